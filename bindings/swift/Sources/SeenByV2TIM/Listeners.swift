import Foundation
import SeenByCore

/// The listeners of one kind, held weakly. An object that is added twice hears once.
final class Listeners: Sendable {
    private struct Entry {
        weak var object: AnyObject?
        let hears: Hears
        let number: Int64
    }

    private let client: SeenByClient
    private let entries = Locked<[ObjectIdentifier: Entry]>([:])

    init(_ client: SeenByClient) {
        self.client = client
    }

    func add(_ object: AnyObject, _ hears: Hears) {
        let gone: [Entry] = entries.with { entries in
            // One that is gone may have lived where this one does.
            let gone = entries.filter { $0.value.object == nil }
            gone.keys.forEach { entries[$0] = nil }
            let id = ObjectIdentifier(object)
            if entries[id] == nil {
                entries[id] = Entry(object: object, hears: hears, number: client.addListener(listener: hears))
            }
            return Array(gone.values)
        }
        gone.forEach { client.removeListener(number: $0.number) }
    }

    /// How many are kept, those that are gone and were not noticed yet among them.
    var count: Int { entries.with { $0.count } }

    func remove(_ object: AnyObject) {
        guard let entry = entries.with({ $0.removeValue(forKey: ObjectIdentifier(object)) }) else { return }
        entry.hears.end()
        // Not under the lock: it may wait for a call of the listener that is running, which may call us.
        client.removeListener(number: entry.number)
    }
}

/// Tells one listener, weakly held, what the core tells.
final class Hears: EventListener, @unchecked Sendable {
    // Unchecked, because a listener need not be Sendable: it is told on the queue of the callbacks alone, one thing at a time.
    private let tell: (Event) -> Bool
    private let isOver = Locked(false)
    private let held = HeldMark(.listener)

    private init(_ tell: @escaping (Event) -> Bool) {
        self.tell = tell
    }

    /// `listener` gives it while it lives.
    static func weakly<Listener>(_ listener: @escaping () -> Listener?, _ tell: @escaping (Listener, Event) -> Void) -> Hears {
        Hears { event in
            guard let listener = listener() else { return false }
            tell(listener, event)
            return true
        }
    }

    /// Nothing more is told: also not the rest of a batch, in the middle of which it was removed.
    func end() {
        isOver.with { $0 = true }
    }

    func onEvents(events: [Event]) {
        for event in events {
            if isOver.now || !tell(event) { return }
        }
    }
}
