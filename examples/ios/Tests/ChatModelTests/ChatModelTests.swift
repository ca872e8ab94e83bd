import ChatModel
import SeenBy
import SeenByTestKit
import XCTest

/// What the screens show, with several people behind them.
final class ChatModelTests: XCTestCase {
    func testAGroupShowsHowManyHaveRead() async throws { try await Screens.aGroupShowsHowManyHaveRead() }

    func testWhoHasReadAndWhoHasNot() async throws { try await Screens.whoHasReadAndWhoHasNot() }

    func testALinkSignsIn() async throws { try await Screens.aLinkSignsIn() }

    func testWhatIsOnTheScreenIsReported() async throws { try await Screens.whatIsOnTheScreenIsReported() }

    func testWhatFailsIsSentAgainAndArrivesOnce() async throws { try await Screens.whatFailsIsSentAgainAndArrivesOnce() }
}

/// Where screens live. (The list of tests that SwiftPM writes on Linux takes none of the main actor's.)
@MainActor
private enum Screens {
    private static let names = ["Ben", "Carla", "Deniz", "Emeka", "Fay"]

    private static func until(_ what: String, line: UInt = #line, _ holds: () throws -> Bool) async throws {
        // For a machine that is busy; not a thing that is tested.
        let end = Date().addingTimeInterval(60)
        while try !holds() {
            if Date() > end {
                XCTFail("it did not come: \(what)", line: line)
                throw CancellationError()
            }
            try await Task.sleep(nanoseconds: 2_000_000)
        }
    }

    private static func people(_ service: TestService, _ count: Int = names.count) async throws -> [SeenByClient] {
        var people: [SeenByClient] = []
        for name in names.prefix(count) {
            let person = try await service.user(name.lowercased())
            try await person.people.setSelf(nickName: name)
            people.append(person)
        }
        return people
    }

    /// A group of these and Alice.
    private static func group(_ people: [SeenByClient]) async throws -> Chat {
        let members = people.dropFirst().compactMap(\.loginUser) + ["alice"]
        return .group(try await people[0].groups.create(.work, name: "Lunch", members: members, groupID: "lunch"))
    }

    private static func read(_ text: String, by reader: SeenByClient, in chat: Chat) async throws {
        let page = try await reader.history(of: chat)
        try await reader.sendReadReceipts(for: page.messages.filter { $0.text == text })
    }

    /// What the lines say.
    private static func said(_ model: ConversationModel) -> [String] {
        model.lines.map { line in
            let state = line.state.map { ReadText.words($0, inGroup: model.isGroup) ?? ReadText.spoken($0) }
            return (line.isOwn ? "" : line.name + ": ") + line.text + (state.map { " [\($0)]" } ?? "")
        }
    }

    static func aGroupShowsHowManyHaveRead() async throws {
        let service = try TestService()
        let alice = try await service.user("alice")
        let people = try await people(service)
        let chat = try await group(people)
        _ = try await people[0].send("Who is in the office today?", to: chat)
        let model = try ConversationModel(chat, client: alice)
        var changes = 0
        model.onChange = { changes += 1 }
        await model.open()
        XCTAssertEqual(model.title, "Lunch")
        await model.send("Lunch at noon?")
        for person in people { try await read("Lunch at noon?", by: person, in: chat) }
        _ = try await people[2].send("Count me in!", to: chat)
        try await until("Deniz's message") { model.lines.count == 3 }
        await model.send("I book a table for six.")
        for person in people.prefix(3) { try await read("I book a table for six.", by: person, in: chat) }
        await model.send("Meet at the entrance.")
        let wanted = [
            "Ben: Who is in the office today?",
            "Lunch at noon? [Read by everyone]",
            "Deniz: Count me in!",
            "I book a table for six. [Read by 3 of 5]",
            "Meet at the entrance. [Not read yet]",
        ]
        try await until("all of it: \(wanted)") { said(model) == wanted }
        XCTAssertGreaterThan(changes, 4)
        XCTAssertNil(model.trouble)

        // A screen that opens later asks, and shows the same.
        let later = try ConversationModel(chat, client: alice)
        await later.open()
        XCTAssertEqual(said(later), wanted)
        later.close()
        model.close()
        service.close()
    }

    static func whoHasReadAndWhoHasNot() async throws {
        let service = try TestService()
        let alice = try await service.user("alice")
        let people = try await people(service)
        let chat = try await group(people)
        let sent = try await alice.send("I book a table for six.", to: chat)
        let seen = MessageReference(messageID: sent.messageID, chat: chat)
        for person in people.prefix(3) { try await person.sendReadReceipts(for: [seen]) }
        let model = ReadMembersModel(sent, client: alice, pageSize: 2)
        await model.open()
        try await until("the counts") { model.tab(.read) == "Read (3)" && model.tab(.unread) == "Not read (2)" }
        try await until("a page") { model.members(.read).members.count == 2 }
        XCTAssertFalse(model.members(.read).isFinished)
        await model.more(.read)
        try await until("the next page") { model.members(.read).isFinished }
        XCTAssertEqual(model.members(.read).members.map(\.nickName), ["Ben", "Carla", "Deniz"])
        // A receipt that came meanwhile has it walk both lists again.
        try await until("the other list") { Set(model.members(.unread).members.map(\.nickName)) == ["Emeka", "Fay"] }

        // The others read it while the list is open.
        for person in people.dropFirst(3) { try await person.sendReadReceipts(for: [seen]) }
        try await until("nobody is left") {
            model.tab(.read) == "Read (5)" && model.members(.unread).isFinished && model.members(.unread).members.isEmpty
        }
        XCTAssertEqual(model.tab(.unread), "Not read (0)")
        XCTAssertNil(model.trouble)
        model.close()
        service.close()
    }

    static func whatIsOnTheScreenIsReported() async throws {
        let service = try TestService()
        let alice = try await service.user("alice")
        let ben = try await people(service, 1)[0]
        let seen = try await ben.send("seen", to: .user("alice"))
        let model = try ConversationModel(.user("ben"), client: alice)
        await model.open()
        XCTAssertEqual(model.title, "Ben")
        let unseen = try await ben.send("not seen", to: .user("alice"))
        try await until("both") { model.lines.count == 2 }
        try model.tracker.setForeground(true)
        try model.tracker.visible(model.lines.filter { $0.text == "seen" }.compactMap(\.message))
        // From Ben's side: the ticks of his own screen.
        let other = try ConversationModel(.user("alice"), client: ben)
        await other.open()
        try await until("it is read") { said(other) == ["seen [Read]", "not seen [Sent]"] }
        let receipts = try await ben.readReceipts(of: [seen, unseen])
        XCTAssertEqual(receipts.map(\.isPeerRead), [true, false])
        other.close()
        model.close()
        service.close()
    }

    static func aLinkSignsIn() async throws {
        let link = "seenby:?server=embedded%3Amem%2Fchat-app&app=1400000001&user=alice&sig=x"
        let account = try XCTUnwrap(Account(link: link))
        XCTAssertEqual(account, Account(server: "embedded:mem/chat-app", appID: 1_400_000_001, user: "alice", userSig: "x"))
        XCTAssertNil(Account(link: "seenby:?server=embedded%3A&user=alice"))
        let session = SessionModel()
        await session.signIn(Account(server: "not a server", appID: 1, user: "alice", userSig: ""))
        XCTAssertNil(session.client)
        XCTAssertTrue(session.trouble?.contains("not a server") == true, session.trouble ?? "nothing is said")
        await session.signIn(account)
        XCTAssertEqual(session.client?.loginUser, "alice")
        session.signOut()
        XCTAssertNil(session.client)
    }

    static func whatFailsIsSentAgainAndArrivesOnce() async throws {
        let service = try TestService()
        let alice = try await service.user("alice")
        let ben = try await people(service, 1)[0]
        let model = try ConversationModel(.user("ben"), client: alice)
        await model.open()
        try await alice.logout()
        await model.send("Hello")
        XCTAssertEqual(said(model), ["Hello [Not sent. Tap to try again]"])
        XCTAssertNotNil(model.trouble)
        try await alice.login(userID: "alice", userSig: "")
        await model.retry(model.lines[0])
        try await until("it is sent") { said(model) == ["Hello [Sent]"] }
        let page = try await ben.history(of: .user("alice"))
        XCTAssertEqual(page.messages.compactMap(\.text), ["Hello"])
        model.close()
        service.close()
    }
}
