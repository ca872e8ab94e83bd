import SeenByCore
import SeenByV2TIM
import XCTest

final class LoadingTests: XCTestCase {
    func testTheLibraryIsThere() {
        XCTAssertFalse(libraryVersion().isEmpty)
    }
}
