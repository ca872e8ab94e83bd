import Foundation
import SeenByCore

/// A call on its way: it resumes who waits for it exactly once, whatever comes first: the answer, or cancellation.
final class PendingCall: Completion, @unchecked Sendable {
    private let lock = NSLock()
    private let held = HeldMark(.completion)
    // All of these with the lock held.
    private var waiting: CheckedContinuation<Answer, any Error>?
    private var isCancelled = false
    private var call: Int64 = 0

    /// Begins the call, unless it was cancelled before.
    func begin(
        _ continuation: CheckedContinuation<Answer, any Error>, _ client: SeenByCore.SeenByClient, _ what: (PendingCall) throws -> Int64
    ) {
        let late = lock.locked {
            if isCancelled { return true }
            waiting = continuation
            return false
        }
        if late {
            continuation.resume(throwing: CancellationError())
            return
        }
        do {
            let call = try what(self)
            let cancelled = lock.locked {
                self.call = call
                return isCancelled
            }
            if cancelled { client.cancel(call: call) }
        } catch {
            resume(.failure(SeenByError(error)))
        }
    }

    /// The task was cancelled: the call is taken back. What was sent takes effect all the same.
    func cancel(_ client: SeenByCore.SeenByClient) {
        let call = lock.locked {
            isCancelled = true
            return self.call
        }
        resume(.failure(CancellationError()))
        if call != 0 { client.cancel(call: call) }
    }

    private func resume(_ result: Result<Answer, any Error>) {
        let continuation = lock.locked {
            defer { waiting = nil }
            return waiting
        }
        continuation?.resume(with: result)
    }

    func succeeded(answer: Answer) { resume(.success(answer)) }

    func failed(failure: Failure) { resume(.failure(SeenByError(failure))) }

    func dropped() {
        let text = "the queue of this client dropped the call's end; it must run what it is given"
        resume(.failure(SeenByError(code: .interrupted, text: text)))
    }
}

extension SeenByCore.SeenByClient {
    /// Begins a call and waits for its end.
    func answer(_ begin: (SeenByCore.SeenByClient, any Completion) throws -> Int64) async throws -> Answer {
        let pending = PendingCall()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                pending.begin(continuation, self) { try begin(self, $0) }
            }
        } onCancel: {
            pending.cancel(self)
        }
    }

    /// A call that is answered by nothing but that it is done.
    func done(_ begin: (SeenByCore.SeenByClient, any Completion) throws -> Int64) async throws {
        _ = try await answer(begin)
    }

    /// A call with this kind of answer. One of another kind would be a mistake of ours; the caller hears of it.
    func answer<T>(
        _ begin: (SeenByCore.SeenByClient, any Completion) throws -> Int64, as convert: (Answer) -> T?
    ) async throws -> T {
        let answer = try await answer(begin)
        guard let converted = convert(answer) else {
            throw SeenByError(code: .protocol, text: "a call was answered with what is no answer to it; please report it")
        }
        return converted
    }
}
