// A stand-in: the log as it is since iOS 10.

public struct OSLogType: Sendable {
    public static let error = OSLogType()
}

public final class OSLog: @unchecked Sendable {
    public init(subsystem: String, category: String) {}
}

public func os_log(_ message: StaticString, log: OSLog, type: OSLogType, _ arguments: any CVarArg...) {}
