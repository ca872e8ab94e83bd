import Foundation
import SeenByCore
import SeenByV2TIM

/// A scenario or this program is wrong.
struct Broken: Error, CustomStringConvertible {
    let description: String
}

/// Writes lines, one at a time.
enum Lines {
    private static let lock = NSLock()

    static func say(_ line: [String: JSON]) {
        do {
            let data = try JSONEncoder().encode(JSON.object(line)) + Data([UInt8(ascii: "\n")])
            lock.lock()
            defer { lock.unlock() }
            try FileHandle.standardOutput.write(contentsOf: data)
        } catch {
            give(up: "a line cannot be written: \(error)")
        }
    }

    /// What the runner cannot be told in a line must not pass.
    static func give(up why: String) -> Never {
        FileHandle.standardError.write(Data("scenario agent: \(why)\n".utf8))
        exit(1)
    }
}

/// The line that answers a request: one, exactly.
final class Reply: @unchecked Sendable {
    // Unchecked: `answered` is read and written under the lock.
    private let id: Int64
    private let lock = NSLock()
    private var answered = false

    init(id: Int64) {
        self.id = id
    }

    private func once(_ line: [String: JSON]) {
        lock.lock()
        let before = answered
        answered = true
        lock.unlock()
        if before {
            Lines.give(up: "request \(id) ended twice, now with \(line)")
        }
        Lines.say(line.merging(["id": .whole(id)]) { own, _ in own })
    }

    func answer(_ value: JSON) {
        once(["answer": value])
    }

    func refused(_ code: Int32, _ message: String?, _ value: JSON? = nil) {
        var line: [String: JSON] = ["error": .object(["code": JSON(code), "message": JSON(message)])]
        line["answer"] = value
        once(line)
    }

    func broken(_ why: String) {
        once(["broken": .text(why)])
    }

    /// What answers when it returns.
    func atOnce(_ make: () throws -> JSON) {
        do {
            answer(try make())
        } catch let error as SeenByV2TIMError {
            refused(error.code, error.text)
        } catch let Failure.Refused(code, text, _) {
            refused(code, text)
        } catch {
            broken("\(error)")
        }
    }

    /// What is done when it returns.
    func done(_ act: () throws -> Void) {
        atOnce {
            try act()
            return .null
        }
    }

    /// The closures of a call that answers nothing.
    var succ: V2TIMSucc {
        { self.answer(.null) }
    }

    /// The closure of a call that is refused.
    var fail: V2TIMFail {
        { code, desc in self.refused(code, desc) }
    }

    /// The closure of a call that answers a list: nil is none.
    func list<One>(_ json: @escaping (One) -> JSON) -> ([One]?) -> Void {
        { list in
            guard let list else { return self.broken("nil came instead of a list") }
            self.answer(.list(list.map(json)))
        }
    }

    /// The closure of a call that answers one thing.
    func one<One>(_ json: @escaping (One) -> JSON) -> (One?) -> Void {
        { one in
            guard let one else { return self.broken("nil came instead of an answer") }
            self.answer(json(one))
        }
    }
}
