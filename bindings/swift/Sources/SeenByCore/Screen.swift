import Foundation

/// What a list shows, as its tracker is to be told: only what came and what left (R33).
package final class Screen: @unchecked Sendable {
    private let lock = NSLock()
    /// By message and conversation: ids are unique in their conversation only.
    private var shown: [Key: MessageRef] = [:]

    private struct Key: Hashable {
        let msgId: String?
        let conversationId: String?
    }

    package init() {}

    /// Exactly these are on the screen now: `tell` is told what came since the last time, and what left.
    package func show(_ messages: [MessageRef], tell: (_ visible: [MessageRef], _ hidden: [MessageRef]) throws -> Void) rethrows {
        // Told under the lock, so that two threads tell in the order they looked.
        try lock.locked {
            var now: [Key: MessageRef] = [:]
            var came: [MessageRef] = []
            for message in messages {
                let key = Key(msgId: message.msgId, conversationId: message.conversationId)
                if now.updateValue(message, forKey: key) == nil, shown[key] == nil { came.append(message) }
            }
            let left = shown.filter { now[$0.key] == nil }.map(\.value)
            try tell(came, left)
            shown = now
        }
    }
}
