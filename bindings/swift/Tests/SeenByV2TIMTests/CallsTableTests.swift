import Foundation
import XCTest

/// docs/apple-calls.md names every call of V2TIMManager, once, and says which are not done.
final class CallsTableTests: XCTestCase {
    private static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    private func matches(_ pattern: String, _ text: String) throws -> [(groups: [String], end: String.Index)] {
        let expression = try NSRegularExpression(pattern: pattern)
        return expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).map { match in
            let groups = (1..<match.numberOfRanges).map { Range(match.range(at: $0), in: text).map { String(text[$0]) } ?? "" }
            return (groups, Range(match.range, in: text)!.upperBound)
        }
    }

    /// `name(label:label:)` of each public function in a source.
    private func calls(in source: String) throws -> [String] {
        try matches(#"public (?:class )?func (\w+)\("#, source).map { found in
            var depth = 1
            var labels = ""
            var isLabel = true
            for character in source[found.end...] {
                switch character {
                case "(", "[": depth += 1
                case ")", "]": depth -= 1
                case "," where depth == 1: isLabel = true
                case " ", ":", "\n":
                    if depth == 1, isLabel, !labels.isEmpty, labels.last != ":" {
                        labels.append(":")
                        isLabel = false
                    }
                default:
                    if depth == 1, isLabel { labels.append(character) }
                }
                if depth == 0 { break }
            }
            return "\(found.groups[0])(\(labels))"
        }
    }

    func testEveryCallIsThereOnce() throws {
        let sources = CallsTableTests.here.appendingPathComponent("../../Sources/SeenByV2TIM")
        var works: [String] = []
        var outside: [String] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: sources.path) where name.hasPrefix("V2TIMManager") {
            let source = try String(contentsOf: sources.appendingPathComponent(name), encoding: .utf8)
            let isOutside = name == "V2TIMManager+Outside.swift"
            for call in try calls(in: source) {
                if isOutside || call.hasPrefix("callExperimentalAPI") { outside.append(call) } else { works.append(call) }
            }
        }
        XCTAssertGreaterThan(works.count, 60)
        let document = CallsTableTests.here.appendingPathComponent("../../../../docs/apple-calls.md")
        var saidToWork: [String] = []
        var saidToBeOutside: [String] = []
        for row in try String(contentsOf: document, encoding: .utf8).split(separator: "\n") where row.hasPrefix("| `") {
            let named = try matches(#"`([^`]+)`"#, String(row)).map(\.groups[0])
            if row.hasSuffix("| 7013 |") { saidToBeOutside += named } else { saidToWork += named }
        }
        XCTAssertEqual(saidToWork.sorted(), works.sorted())
        XCTAssertEqual(saidToBeOutside.sorted(), outside.sorted())
    }
}
