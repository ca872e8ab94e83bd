import Foundation
import SeenByV2TIM

/// Performs scenarios through the documented Swift classes, as tests/scenarios/PROTOCOL.md says.
@main
enum Agent {
    private static let worlds = Worlds()

    static func main() {
        let requests = DispatchGroup()
        let threads = DispatchQueue(label: "requests", attributes: .concurrent)
        while let line = readLine() {
            guard let fields = try? JSON.parse(line), case .whole(let id)? = fields["id"] else {
                Lines.give(up: "this is no request: \(line)")
            }
            threads.async(group: requests) {
                let reply = Reply(id: id)
                do {
                    try serve(With(fields: fields), reply)
                } catch {
                    reply.broken("\(error)")
                }
            }
        }
        if requests.wait(timeout: .now() + 30) == .timedOut {
            Lines.give(up: "a request was still being worked on 30 s after the last line")
        }
    }

    private static func serve(_ request: With, _ reply: Reply) throws {
        let number: Int64 = request.number("world")
        let what = request.text("do")
        if what == "forget" {
            return reply.done { worlds.take(number)?.close() }
        }
        let world = worlds.get(number)
        let name = request.text("device")
        switch what {
        case "init":
            reply.done { try world.initialize(request) }
        case "close":
            reply.done { try world.close(name) }
        case "network":
            reply.done { try world.device(name).manager.seenByNetworkAvailable(request.flag("available")) }
        case "call":
            let calls = Calls(
                device: try world.device(name), values: world.values, with: request.with("with"), reply: reply)
            try calls.perform(request.text("name"))
        case "enqueueReceipts":
            reply.done { try world.enqueue(request) }
        case "service.open":
            reply.done { try world.openService(request) }
        case "service.configure":
            reply.done {
                try world.held().configure(appSettings: try (request.fields["settings"] ?? .object([:])).written)
            }
        case "service.deleteUser":
            reply.done { try world.held().deleteUser(userId: request.text("user")) }
        case "service.deleteMessage":
            reply.done {
                try world.held().deleteMessage(
                    seenBy: request.text("seenBy"), conversationId: request.text("conversationID"),
                    msgId: request.text("msgID"))
            }
        case "service.close":
            reply.done { world.closeService() }
        default:
            throw Broken(description: "\"\(what)\" is nothing that an agent does")
        }
    }
}

/// The scenarios that are under way.
private final class Worlds: @unchecked Sendable {
    // Unchecked: it is read and written under the lock.
    private let lock = NSLock()
    private var worlds: [Int64: World] = [:]

    func get(_ number: Int64) -> World {
        lock.lock()
        defer { lock.unlock() }
        let world = worlds[number] ?? World(number: number)
        worlds[number] = world
        return world
    }

    func take(_ number: Int64) -> World? {
        lock.lock()
        defer { lock.unlock() }
        return worlds.removeValue(forKey: number)
    }
}
