import Foundation

/// Text that may cross. A string that came from an `NSString` may hold halves of a character (lone surrogates) on Apple's systems,
/// which are no text: those are refused here with 6017, before anything was handed over.
package enum Text {
    /// INVALID_PARAMETERS of docs/SPEC.md.
    private static let invalidParameters: Int32 = 6017

    /// Refuses `text` unless it is text; `what` names it in the sentence.
    package static func check(_ what: @autoclosure () -> String, _ text: String) throws {
        // Swift's own strings are whole by construction; only a bridged one is looked at.
        if text.utf8.withContiguousStorageIfAvailable({ _ in true }) == true { return }
        try check(what(), units: Array(text.utf16))
    }

    /// `text`, if it is text; nil stays nil.
    @_disfavoredOverload
    package static func checked(_ what: @autoclosure () -> String, _ text: String?) throws -> String? {
        if let text { try check(what(), text) }
        return text
    }

    /// `text`, if it is text.
    package static func checked(_ what: @autoclosure () -> String, _ text: String) throws -> String {
        try check(what(), text)
        return text
    }

    /// The same, of UTF-16.
    package static func check(_ what: String, units: [UInt16]) throws {
        guard let at = loneSurrogate(units) else { return }
        let unit = String(units[at], radix: 16, uppercase: true)
        throw Failure.Refused(
            code: invalidParameters,
            text: "\(what) holds half of a character (U+\(unit), at \(at) of \(units.count)); it must be whole text, "
                + "which UTF-8 can write",
            retryAfterMs: 0
        )
    }

    /// Where the first lone surrogate is.
    package static func loneSurrogate(_ units: [UInt16]) -> Int? {
        var at = 0
        while at < units.count {
            let unit = units[at]
            if UTF16.isLeadSurrogate(unit), at + 1 < units.count, UTF16.isTrailSurrogate(units[at + 1]) {
                at += 1
            } else if UTF16.isSurrogate(unit) {
                return at
            }
            at += 1
        }
        return nil
    }
}
