// A stand-in: queues.

public class DispatchObject: @unchecked Sendable {}

public final class DispatchQueue: DispatchObject, @unchecked Sendable {
    public init(label: String) {}

    public class var main: DispatchQueue { fatalError() }

    @preconcurrency
    public func async(execute work: @escaping @Sendable @convention(block) () -> Void) {}
}
