import Foundation
import SeenByCore

/// Texts, numbers and times, between the documents and the core.
enum Texts {
    /// A text that crosses: nil is empty. Half of a surrogate pair, which an NSString may hold, is no text: 6017.
    static func text(_ what: String, _ text: String?) throws -> String {
        guard let text else { return "" }
        // What is UTF-8 in memory is whole. Another storage is an NSString's.
        if !text.isContiguousUTF8 {
            try check(what, text.utf16)
        }
        return text
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

    /// Refuses code units that are no text.
    static func check<Units: Collection>(_ what: String, _ units: Units) throws where Units.Element == UInt16 {
        guard let at = loneSurrogate(units) else { return }
        let unit = String(units[units.index(units.startIndex, offsetBy: at)], radix: 16, uppercase: true)
        throw Failure.invalid(
            "\(what) holds half of a character (U+\(unit), at \(at) of \(units.count)); it must be whole text, which UTF-8 can write")
    }

    /// Where the first half of a surrogate pair is that stands alone.
    static func loneSurrogate<Units: Sequence>(_ units: Units) -> Int? where Units.Element == UInt16 {
        var high: Int?
        var at = 0
        for unit in units {
            let isLow = unit & 0xFC00 == 0xDC00
            if let high, !isLow { return high }
            if high == nil, isLow { return at }
            high = unit & 0xFC00 == 0xD800 ? at : nil
            at += 1
        }
        return high
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
