import Foundation
import SeenByCore

/// Why a call was refused, or failed.
///
/// ```swift
/// do {
///     try await client.sendReadReceipts(for: [message])
/// } catch let error as SeenByError where error.code == .notLoggedIn { … }
/// ```
public struct SeenByError: Error, Hashable, Sendable {
    /// The documented number (docs/SPEC.md, "Errors").
    public let code: Code
    /// A sentence for people: it names the offending value and says what would be right.
    public let text: String
    /// With ``Code/tooFrequent``: how long to wait, in seconds. 0 otherwise.
    public let retryAfter: TimeInterval

    /// For tests of an app: SeenBy makes its own.
    public init(code: Code, text: String, retryAfter: TimeInterval = 0) {
        self.code = code
        self.text = text
        self.retryAfter = retryAfter
    }
}

extension SeenByError: LocalizedError, CustomStringConvertible, CustomNSError {
    public var errorDescription: String? { text }
    public var description: String { "\(text) (\(code.rawValue))" }
    public static var errorDomain: String { "org.seenby" }
    public var errorCode: Int { Int(code.rawValue) }
    public var errorUserInfo: [String: Any] { [NSLocalizedDescriptionKey: text] }
}

extension SeenByError {
    /// What apps are told of what the layer below throws.
    init(_ error: any Error) {
        switch error {
        case let error as SeenByError:
            self = error
        case Failure.Refused(let code, let text, let retryAfterMs):
            self.init(code: Code(rawValue: code), text: text, retryAfter: TimeInterval(retryAfterMs) / 1000)
        default:
            self.init(code: .panic, text: "a panic was caught in SeenBy; please report it, with the log: \(error)")
        }
    }
}

/// Does what answers at once; what it throws is what apps see.
func atOnce<T>(_ what: () throws -> T) throws -> T {
    do {
        return try what()
    } catch {
        throw SeenByError(error)
    }
}
