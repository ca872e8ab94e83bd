import Foundation
import SeenByC
import SeenByCore
import XCTest

/// Swift and Objective-C in one app share one client: the one of the process, here from Swift's side and from that of the C header.
final class SharedClientTests: XCTestCase {
    private final class Ending: Completion {
        let done: @Sendable (Int32) -> Void

        init(_ done: @escaping @Sendable (Int32) -> Void) {
            self.done = done
        }

        func succeeded(answer: Answer) { done(0) }

        func failed(failure: Failure) {
            if case .Refused(let code, _, _) = failure { done(code) }
        }

        func dropped() { done(-1) }
    }

    private func login(_ user: String) -> Int32 {
        let ended = expectation(description: "the login's end")
        nonisolated(unsafe) var result: Int32 = -2
        _ = sharedClient().login(userId: user, userSig: "", completion: Ending {
            result = $0
            ended.fulfill()
        })
        wait(for: [ended], timeout: 60)
        return result
    }

    /// Who is logged in, as Objective-C's layer asks.
    private func userByC() -> (code: Int32, user: String) {
        var text = seenby_string_t()
        let code = seenby_login_user(seenby_shared_client(), &text)
        guard code == 0 else { return (code, "") }
        defer { seenby_string_free(&text) }
        let bytes = UnsafeRawBufferPointer(start: text.data, count: Int(text.len))
        return (code, String(decoding: bytes, as: UTF8.self))
    }

    func testWhatOneInitializesTheOtherUses() throws {
        XCTAssertEqual(userByC().code, 6013)
        let settings = ClientConfig(app: 1_400_000_001, server: "embedded:mem/\(UUID().uuidString)")
        try sharedInit(settings: settings, dispatcher: nil, provider: nil)
        XCTAssertEqual(login("alice"), 0)
        XCTAssertEqual(userByC().user, "alice")

        // It ends for both, whoever ends it.
        XCTAssertEqual(seenby_shared_uninit(), 0)
        XCTAssertThrowsError(try sharedClient().loginUser()) {
            guard case Failure.Refused(6013, _, _) = $0 else { return XCTFail("\($0)") }
        }

        // The other way round: init by the C header.
        var config = seenby_config_t()
        config.size = UInt32(MemoryLayout<seenby_config_t>.size)
        config.abi_version = UInt32(SEENBY_ABI_VERSION)
        config.app = 1_400_000_001
        let server = "embedded:mem/\(UUID().uuidString)"
        let code: Int32 = server.withCString {
            config.server = seenby_str_t(data: $0, len: strlen($0))
            return seenby_shared_init(&config)
        }
        XCTAssertEqual(code, 0)
        XCTAssertThrowsError(try sharedInit(settings: settings, dispatcher: nil, provider: nil)) {
            guard case Failure.Refused(6017, _, _) = $0 else { return XCTFail("\($0)") }
        }
        XCTAssertEqual(login("bob"), 0)
        XCTAssertEqual(userByC().user, "bob")
        XCTAssertEqual(try sharedClient().loginUser(), "bob")
        try sharedUninit()
        XCTAssertEqual(userByC().code, 6013)
    }
}
