import Foundation
import SeenByCore

/// A client of the core, as the calls use it: whatever is wrong with a call is told to its `fail`, never thrown.
struct Core: Sendable {
    let client: SeenByClient

    /// Begins a call.
    func call(_ end: Completion?, _ start: (SeenByClient, Completion?) throws -> Int64) {
        do {
            _ = try start(client, end)
        } catch {
            refuse(error, end)
        }
    }

    /// Ends a call with an error, in its turn, never inside the call.
    func refuse(_ error: Error, _ end: Completion?) {
        let failure = SeenByV2TIMError(error)
        _ = client.refuse(code: failure.code, text: failure.text, completion: end)
    }

    /// A documented call that is outside of what SeenBy does.
    func unsupported(_ name: String, _ end: Completion?) {
        let text = "\(name) is outside of what SeenBy does: it carries texts, data and receipts; see docs/apple.md"
        _ = client.refuse(code: ERR_SDK_INTERFACE_NOT_SUPPORT.rawValue, text: text, completion: end)
    }
}
