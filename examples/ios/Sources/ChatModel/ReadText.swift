import SeenBy

/// What a state (R31) looks like: ticks, and in groups a line of words.
public enum ReadText {
    /// The ticks.
    public enum Ticks: Hashable, Sendable {
        case clock, failed, one, two, twoBlue
    }

    public static func ticks(_ state: DrawState) -> Ticks? {
        switch state {
        case .sending: .clock
        case .failed: .failed
        case .sent: .one
        case .readBy: .two
        case .readByPeer, .allRead: .twoBlue
        case .unavailable: nil
        }
    }

    /// The words under a message; nil: none.
    public static func words(_ state: DrawState, inGroup: Bool) -> String? {
        switch state {
        case .failed: "Not sent. Tap to try again"
        case .sent: inGroup ? "Not read yet" : nil
        case .readBy(let read, let of): "Read by \(read) of \(of)"
        case .allRead: "Read by everyone"
        case .sending, .readByPeer, .unavailable: nil
        }
    }

    /// What VoiceOver says of the ticks.
    public static func spoken(_ state: DrawState) -> String {
        switch state {
        case .sending: "On its way"
        case .failed: "Not sent"
        case .sent: "Sent"
        case .readByPeer: "Read"
        case .readBy(let read, let of): "Read by \(read) of \(of)"
        case .allRead: "Read by everyone"
        case .unavailable: ""
        }
    }
}
