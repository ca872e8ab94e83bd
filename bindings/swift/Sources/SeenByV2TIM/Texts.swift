import Foundation
import SeenByCore

/// Texts, numbers and times, between the documents and the core.
enum Texts {
    /// A text that crosses: nil is empty. Half of a surrogate pair, which an NSString may hold, is no text: 6017.
    static func text(_ what: String, _ text: String?) throws -> String {
        try Text.checked(what, text ?? "")
    }

    /// As ``text(_:_:)``, where nil and empty are not set.
    static func optional(_ what: String, _ text: String?) throws -> String? {
        let text = try self.text(what, text)
        return text.isEmpty ? nil : text
    }

    /// A list of ids; nil is an empty one.
    static func list(_ what: String, _ texts: [String]?) throws -> [String] {
        try (texts ?? []).map { try text(what, $0) }
    }

    /// The documents have nil where the core has an empty text.
    static func orNil(_ text: String) -> String? {
        text.isEmpty ? nil : text
    }

    /// The documents have whole seconds; towards the past, also before 1970.
    static func seconds(_ ms: Int64) -> Int {
        let (whole, rest) = ms.quotientAndRemainder(dividingBy: 1000)
        return Int(rest < 0 ? whole - 1 : whole)
    }
}

extension Failure {
    static func invalid(_ why: String) -> Failure {
        .Refused(code: ERR_INVALID_PARAMETERS.rawValue, text: why, retryAfterMs: 0)
    }
}
