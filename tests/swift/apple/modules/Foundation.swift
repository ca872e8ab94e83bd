// A stand-in: what the sources here use of Foundation, as Apple's declares it. Nothing of it runs.
@_exported import Darwin
@_exported import Dispatch

public typealias TimeInterval = Double

public protocol NSObjectProtocol: AnyObject {}

open class NSObject: NSObjectProtocol, Equatable, Hashable, CustomStringConvertible {
    public init() {}
    open var description: String { fatalError() }
    open var hash: Int { fatalError() }
    open func isEqual(_ object: Any?) -> Bool { fatalError() }
    public static func == (lhs: NSObject, rhs: NSObject) -> Bool { fatalError() }
    public func hash(into hasher: inout Hasher) {}
}

public protocol NSLocking {
    func lock()
    func unlock()
}

open class NSLock: NSObject, NSLocking, @unchecked Sendable {
    open func lock() {}
    open func unlock() {}
}

extension NSLocking {
    @available(macOS 10.10, iOS 8.0, *)
    public func withLock<R>(_ body: () throws -> R) rethrows -> R { try body() }
}

open class NSMutableDictionary: NSObject {
    open subscript(key: Any) -> Any? {
        get { fatalError() }
        set {}
    }
}

@available(*, unavailable)
extension NSMutableDictionary: Sendable {}

open class Thread: NSObject, @unchecked Sendable {
    open class var current: Thread { fatalError() }
    open var threadDictionary: NSMutableDictionary { fatalError() }
}

public struct Date: Comparable, Hashable, Sendable {
    public init() {}
    public init(timeIntervalSince1970: TimeInterval) {}
    public init(timeIntervalSinceNow: TimeInterval) {}
    public var timeIntervalSince1970: TimeInterval { fatalError() }
    public static func < (lhs: Date, rhs: Date) -> Bool { fatalError() }

    @available(macOS 12, iOS 15, *)
    public static var now: Date { fatalError() }
}

public struct Data: RandomAccessCollection, MutableCollection, RangeReplaceableCollection, Hashable, Sendable {
    public typealias Index = Int
    public typealias Element = UInt8

    public init() {}
    public init<S: Sequence>(_ elements: S) where S.Element == UInt8 {}
    public init(_ bytes: UnsafeRawBufferPointer) {}
    public init(bytes: UnsafeRawPointer, count: Int) {}
    public var startIndex: Int { fatalError() }
    public var endIndex: Int { fatalError() }
    public subscript(index: Int) -> UInt8 {
        get { fatalError() }
        set {}
    }
    public mutating func replaceSubrange<C: Collection>(_ range: Range<Int>, with elements: C) where C.Element == UInt8 {}
    public func withUnsafeBytes<ResultType>(_ body: (UnsafeRawBufferPointer) throws -> ResultType) rethrows -> ResultType {
        fatalError()
    }
}

public struct UUID: Hashable, Sendable {
    public init() {}
    public var uuidString: String { fatalError() }
}

public struct CharacterSet: Sendable {
    public static var whitespacesAndNewlines: CharacterSet { fatalError() }
}

// Where Objective-C is, a string is an argument as an NSString is.
extension String: CVarArg {
    public var _cVarArgEncoding: [Int] { fatalError() }
}

extension StringProtocol {
    public func trimmingCharacters(in set: CharacterSet) -> String { fatalError() }
}

public struct IndexPath: Hashable, Sendable {}

public struct URLQueryItem: Hashable, Sendable {
    public var name: String
    public var value: String?
}

public struct URLComponents: Hashable, Sendable {
    public init?(string: String) {}
    public var queryItems: [URLQueryItem]?
}

public struct URLResourceValues: Sendable {
    public init() {}
    public var isExcludedFromBackup: Bool?
}

public struct URL: Hashable, Sendable {
    public init(fileURLWithPath path: String, isDirectory: Bool) {}
    public var path: String { fatalError() }
    public var absoluteString: String { fatalError() }
    public func appendingPathComponent(_ component: String, isDirectory: Bool) -> URL { fatalError() }
    public mutating func setResourceValues(_ values: URLResourceValues) throws {}

    @available(macOS 13.0, iOS 16.0, *)
    public func appending<S: StringProtocol>(path: S) -> URL { fatalError() }
    @available(macOS 13.0, iOS 16.0, *)
    public static var applicationSupportDirectory: URL { fatalError() }
}

public struct FileAttributeKey: Hashable, Sendable {
    public static let protectionKey = FileAttributeKey()
}

open class FileManager: NSObject, @unchecked Sendable {
    public enum SearchPathDirectory: UInt, Sendable { case applicationSupportDirectory = 14 }

    public struct SearchPathDomainMask: OptionSet, Sendable {
        public let rawValue: UInt
        public init(rawValue: UInt) { self.rawValue = rawValue }
        public static var userDomainMask: SearchPathDomainMask { fatalError() }
    }

    open class var `default`: FileManager { fatalError() }
    open func url(
        for directory: SearchPathDirectory, in domain: SearchPathDomainMask, appropriateFor url: URL?, create shouldCreate: Bool
    ) throws -> URL { fatalError() }
    open func containerURL(forSecurityApplicationGroupIdentifier groupIdentifier: String) -> URL? { fatalError() }
    open func fileExists(atPath path: String) -> Bool { fatalError() }
    open func createDirectory(
        at url: URL, withIntermediateDirectories createIntermediates: Bool, attributes: [FileAttributeKey: Any]? = nil
    ) throws {}
}

open class Bundle: NSObject, @unchecked Sendable {
    open class var main: Bundle { fatalError() }
    open var bundleIdentifier: String? { fatalError() }
}

open class NSNotification: NSObject {
    public struct Name: Hashable, RawRepresentable, Sendable {
        public let rawValue: String
        public init(_ rawValue: String) { self.rawValue = rawValue }
        public init(rawValue: String) { self.rawValue = rawValue }
    }
}

@available(*, unavailable)
extension NSNotification: Sendable {}

public struct Notification {
    public typealias Name = NSNotification.Name
    public var name: Name
}

@available(*, unavailable)
extension Notification: Sendable {}

open class OperationQueue: NSObject, @unchecked Sendable {}

open class NotificationCenter: NSObject, @unchecked Sendable {
    open class var `default`: NotificationCenter { fatalError() }
    @preconcurrency
    open func addObserver(
        forName name: NSNotification.Name?, object: Any?, queue: OperationQueue?,
        using block: @escaping @Sendable (Notification) -> Void
    ) -> any NSObjectProtocol { fatalError() }
    open func removeObserver(_ observer: Any) {}
}

public let NSLocalizedDescriptionKey = "NSLocalizedDescription"

extension Error {
    public var localizedDescription: String { fatalError() }
}

public protocol LocalizedError: Error {
    var errorDescription: String? { get }
    var failureReason: String? { get }
    var recoverySuggestion: String? { get }
    var helpAnchor: String? { get }
}

extension LocalizedError {
    public var errorDescription: String? { nil }
    public var failureReason: String? { nil }
    public var recoverySuggestion: String? { nil }
    public var helpAnchor: String? { nil }
}

public protocol CustomNSError: Error {
    static var errorDomain: String { get }
    var errorCode: Int { get }
    var errorUserInfo: [String: Any] { get }
}

extension CustomNSError {
    public static var errorDomain: String { fatalError() }
    public var errorCode: Int { fatalError() }
    public var errorUserInfo: [String: Any] { fatalError() }
}
