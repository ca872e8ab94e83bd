import Dispatch
import SeenByCore

/// A client of the core, as the calls use it: whatever is wrong with a call is told to its `fail`, never thrown.
struct Core: Sendable {
    let client: SeenByClient
    /// Where callbacks come, also those of calls before init and after uninit, which the core ends on a thread of its own.
    let place: Locked<DispatchQueue?>

    init(client: SeenByClient, queue: DispatchQueue?) {
        self.client = client
        place = Locked(queue)
    }

    /// Begins a call.
    func call(_ end: End?, _ start: (SeenByClient, Completion?) throws -> Int64) {
        end?.comes(on: place.now)
        do {
            _ = try start(client, end)
        } catch {
            refuse(error, end)
        }
    }

    /// Ends a call with an error, in its turn, never inside the call.
    func refuse(_ error: Error, _ end: End?) {
        end?.comes(on: place.now)
        let failure = SeenByV2TIMError(error)
        _ = client.refuse(code: failure.code, text: failure.text, completion: end)
    }

    /// A documented call that is outside of what SeenBy does.
    func unsupported(_ name: String, _ end: End?) {
        end?.comes(on: place.now)
        let text = "\(name) is outside of what SeenBy does: it carries texts, data and receipts; see docs/apple.md"
        _ = client.refuse(code: ERR_SDK_INTERFACE_NOT_SUPPORT.rawValue, text: text, completion: end)
    }
}
