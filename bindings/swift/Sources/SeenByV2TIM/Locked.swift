import Foundation

/// A value that threads share, and the lock that guards it.
///
/// Unchecked, because the compiler cannot see that nothing reaches the value around the lock. What is in it may be a closure of the
/// app's, which is not Sendable: it is handed over from the thread that made the call to the one that ends it, and used by one at a time.
final class Locked<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) {
        self.value = value
    }

    /// Nothing of the app's is called in here: it could come back for the same lock.
    func with<Result>(_ work: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try work(&value)
    }

    var now: Value {
        with { $0 }
    }
}
