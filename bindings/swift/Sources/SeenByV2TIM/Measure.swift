import SeenByCore

/// What it costs to tell a listener: for the benchmark.
package enum Measure {
    private final class Counting: V2TIMAdvancedMsgListener {
        var heard = 0

        func onRecvMessageReadReceipts(receiptList: [V2TIMMessageReceipt]) {
            heard += receiptList.count
        }
    }

    /// Pushes batches of events with one receipt each, as a client does; answers how many receipts a listener heard.
    package static func receipts(events: Int32, batches: Int32) throws -> Int {
        let listener = Counting()
        try measureEvents(listener: Hears.advanced(listener), events: events, batches: batches)
        return listener.heard
    }
}
