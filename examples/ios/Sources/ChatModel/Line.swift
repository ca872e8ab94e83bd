import Foundation
import SeenBy

/// A message as the screen shows it.
public struct Line: Identifiable, Hashable, Sendable {
    /// The message's id; one's own have it before they are sent.
    public let id: String
    public let text: String
    /// Who sent it.
    public let sender: String
    /// The sender's name, or id.
    public let name: String
    public let isOwn: Bool
    /// When the service accepted it; while it is on its way: when it was written.
    public let time: Date
    /// What to draw beside one's own (R31); nil beside other people's.
    public let state: DrawState?
    /// nil: it is not sent yet.
    public let message: Message?
}
