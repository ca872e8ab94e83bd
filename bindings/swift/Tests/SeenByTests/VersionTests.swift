import SeenBy
import XCTest

final class VersionTests: XCTestCase {
    func testTheVersionIsTheLibrarys() {
        XCTAssertEqual(seenByVersion.split(separator: ".").count, 3, seenByVersion)
    }
}
