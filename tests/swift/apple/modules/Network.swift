// A stand-in: whether there is a path to the network.
import Dispatch

@available(macOS 10.14, iOS 12.0, *)
public struct NWPath: Sendable {
    public enum Status: Sendable {
        case satisfied
        case unsatisfied
        case requiresConnection
    }

    public let status: NWPath.Status
}

@available(macOS 10.14, iOS 12.0, *)
public final class NWPathMonitor: @unchecked Sendable {
    public init() {}

    @preconcurrency
    public final var pathUpdateHandler: (@Sendable (_ newPath: NWPath) -> Void)? {
        get { fatalError() }
        set {}
    }

    public final func start(queue: DispatchQueue) {}
    public final func cancel() {}
}
