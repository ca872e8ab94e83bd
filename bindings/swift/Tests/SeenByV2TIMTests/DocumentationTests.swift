import Foundation
import XCTest

/// Everything public has a comment: what DocC shows of it.
final class DocumentationTests: XCTestCase {
    /// What protocols of Swift's own ask for, which have their comments.
    private static let known = [
        "description", "rawValue", "init(rawValue", "init?(rawValue", "errorDescription", "errorDomain", "errorCode", "errorUserInfo",
        "Element", "makeAsyncIterator", "init()",
    ]

    /// The lines that say something public, and have no comment before them.
    static func bare(in source: String) -> [String] {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        var bare: [String] = []
        /// How far in the cases of a public enumeration are.
        var cases: Int?
        for (number, line) in lines.enumerated() {
            let text = line.drop { $0 == " " }
            let indent = line.count - text.count
            if text.hasPrefix("public enum ") { cases = indent + 4 }
            if let now = cases, text == "}", indent == now - 4 { cases = nil }
            let isCase = cases == indent && text.hasPrefix("case ")
            guard isCase || text.hasPrefix("public ") || text.hasPrefix("open ") else { continue }
            // Listeners' defaults do nothing; their comments are the protocols'.
            if text.contains("override ") || text.hasPrefix("public extension ")
                || text.hasPrefix("public func on") || text.hasSuffix("{}") { continue }
            let words = text.replacingOccurrences(of: "(", with: " (").split(separator: " ")
            let name = words.first { !["public", "static", "let", "var", "func", "typealias", "class", "convenience"].contains($0) }
            if let name, known.contains(where: { text.contains($0) && $0.hasPrefix(name.prefix { $0 != ":" }) }) { continue }
            var before = number - 1
            while before >= 0, lines[before].drop(while: { $0 == " " }).hasPrefix("@") { before -= 1 }
            if before < 0 || !lines[before].drop(while: { $0 == " " }).hasPrefix("///") { bare.append("\(number + 1): \(text)") }
        }
        return bare
    }

    func testWhatHasNoCommentIsFound() {
        let source = """
            /// Has one.
            @MainActor
            public struct A {
                public let b: Int
                let own: Int
            }
            public enum C {
                /// Has one.
                case d
                case e
            }
            """
        XCTAssertEqual(Self.bare(in: source), ["4: public let b: Int", "7: public enum C {", "10: case e"])
    }

    func testEverythingPublicHasAComment() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Sources")
        var seen = 0
        for module in ["SeenBy", "SeenByV2TIM", "SeenByTestKit"] {
            let folder = sources.appendingPathComponent(module)
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".swift") {
                let source = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
                XCTAssertEqual(Self.bare(in: source), [], name)
                seen += 1
            }
        }
        XCTAssertGreaterThan(seen, 40)
    }
}
