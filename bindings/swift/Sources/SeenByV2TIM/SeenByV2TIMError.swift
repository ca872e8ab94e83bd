import Foundation
import SeenByCore

/// What a call of ours that answers at once refuses with.
public struct SeenByV2TIMError: LocalizedError, Hashable, Sendable {
    /// The documented number.
    public let code: Int32
    /// A sentence that names the value, and what would be right.
    public let text: String

    init(code: SeenByErrorCode, text: String) {
        self.code = code.rawValue
        self.text = text
    }

    /// Whatever was thrown inside.
    init(_ error: Error) {
        switch error {
        case let Failure.Refused(code, text, _):
            self.init(code: SeenByErrorCode(rawValue: code), text: text)
        case let known as SeenByV2TIMError:
            self = known
        default:
            self.init(code: ERR_SEENBY_PANIC, text: "SeenBy failed inside: \(error); please report it")
        }
    }

    public var errorDescription: String? {
        "\(text) (\(code))"
    }
}
