// Sends a message to a group, hears that it was read, and asks who has.
//
// Alice and Bob are both in this process here, in a service of its own; with `configuration.server = "wss://…"` each is on a device
// of theirs.
import SeenBy

func connect(_ user: String) async throws -> SeenByClient {
    var configuration = SeenByConfiguration(appID: 1)
    configuration.server = "embedded:mem/lunch"
    configuration.deviceLabel = user
    return try await SeenByClient.connect(configuration, userID: user, userSig: "")
}

let alice = try await connect("alice")
let bob = try await connect("bob")
let groupID = try await alice.groups.create(.work, name: "Lunch", members: ["bob", "carol"], groupID: "lunch")

let message = try await alice.send("Lunch at noon?", to: .group("lunch"))

// On Bob's device.
for await case .new(let message) in bob.messages {
    try await bob.sendReadReceipts(for: [message])
    break
}

// On Alice's.
for await case .ofMessage(let receipt) in alice.receipts {
    print("\(receipt.readCount) have read it, \(receipt.unreadCount) have not")
    break
}
for try await member in alice.allReadMembers(of: message) {
    print("\(member.userID) has")
}

alice.close()
bob.close()
