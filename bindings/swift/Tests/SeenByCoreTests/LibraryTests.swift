import SeenByCore
import XCTest

final class LibraryTests: XCTestCase {
    func testTheLibraryIsThereAndItsVersionIsThatOfTheHeaders() {
        let parts = libraryVersion().split(separator: ".")
        XCTAssertEqual(parts.count, 3, libraryVersion())
    }
}
