import Foundation
import SeenByCore

/// The end of a call, once: `succ` or `fail` is called, and both are let go of right there, on the queue of the callbacks.
final class End: Completion {
    private struct Closures {
        let success: (Answer) -> Void
        let failure: (Int32, String) -> Void
    }

    private let closures: Locked<Closures?>
    private let queue = Locked<DispatchQueue?>(nil)
    private let held = HeldMark(.completion)

    init(success: @escaping (Answer) -> Void, failure: @escaping (Int32, String) -> Void) {
        closures = Locked(Closures(success: success, failure: failure))
    }

    /// Where it is called, if the core ends the call elsewhere.
    func comes(on queue: DispatchQueue?) {
        self.queue.with { $0 = queue }
    }

    /// Runs it where callbacks come.
    private func there(_ work: @escaping @Sendable () -> Void) {
        if let queue = queue.now, !Place.isHere {
            queue.async(execute: work)
        } else {
            work()
        }
    }

    private func take() -> Closures? {
        closures.with { closures in
            defer { closures = nil }
            return closures
        }
    }

    func succeeded(answer: Answer) {
        there { self.take()?.success(answer) }
    }

    func failed(failure: Failure) {
        let error = SeenByV2TIMError(failure)
        there { self.take()?.failure(error.code, error.text) }
    }

    /// The client is gone before its callback could be delivered: that counts as delivered.
    func dropped() {
        _ = take()
    }

    /// For calls that answer nothing. nil closures are legal; the core does not call back where both are.
    static func done(_ succ: V2TIMSucc?, _ fail: V2TIMFail?) -> End? {
        value(succ.map { succ in { (_: Void) in succ() } }, fail) { _ in () }
    }

    /// For calls that answer a value. `of` gives nil for an answer that is another call's, which cannot be.
    static func value<Value>(
        _ succ: ((Value) -> Void)?, _ fail: V2TIMFail?, _ of: @escaping (Answer) -> Value?
    ) -> End? {
        if succ == nil, fail == nil { return nil }
        return End(
            success: { answer in
                guard let value = of(answer) else {
                    fail?(ERR_SEENBY_PANIC.rawValue, "SeenBy answered with \(answer), which is another call's; please report it")
                    return
                }
                succ?(value)
            },
            failure: { code, text in fail?(code, text) })
    }

    /// For calls that SeenBy does not do: they never succeed.
    static func never(_ fail: V2TIMFail?) -> End? {
        value(nil as ((Never) -> Void)?, fail) { _ in nil }
    }
}
