import Foundation
import SeenByCore
import SeenByV2TIM

/// One scenario: its devices, its values and its service.
final class World: @unchecked Sendable {
    // Unchecked: requests of one world come one at a time.
    let values = Values()
    private let number: Int64
    private var devices: [String: Device] = [:]
    private var service: EmbeddedService?

    init(number: Int64) {
        self.number = number
    }

    func initialize(_ request: With) throws {
        let name = request.text("device")
        if devices[name] != nil { throw Broken(description: "\(name) is not closed") }
        let config = V2TIMSDKConfig()
        config.seenBy.server = request.text("endpoint")
        config.seenBy.dataDir = request.text("dataDir")
        config.seenBy.deviceLabel = request.text("label")
        config.seenBy.withReaders = request.flag("withReaders")
        config.seenBy.seenForMs = request.number("seenForMs")
        config.seenBy.clientName = "scenarios"
        config.seenBy.callbackQueue = nil
        let manager = try V2TIMManager.seenByCreateManager(sdkAppID: request.number("app"), config: config)
        devices[name] = Device(world: number, name: name, values: values, manager: manager)
    }

    func device(_ name: String) throws -> Device {
        guard let device = devices[name] else { throw Broken(description: "\(name) is closed") }
        return device
    }

    func close(_ name: String) throws {
        try device(name).close()
        devices[name] = nil
    }

    func enqueue(_ request: With) throws {
        let known = try request.list("messages").map { try values.message($0) }
        let named = try request.texts("msgIDs").map {
            try V2TIMManager.seenByMessageReference(conversationID: nil, msgID: $0, sender: nil)
        }
        let config = V2TIMSDKConfig()
        config.seenBy.server = request.text("endpoint")
        config.seenBy.dataDir = request.text("dataDir")
        try V2TIMManager.seenByEnqueueReceipts(
            known + named, userID: request.text("user"), sdkAppID: request.number("app"), config: config)
    }

    func close() {
        devices.values.forEach { $0.close() }
        devices = [:]
        service = nil
    }

    // The embedded service, as its operator has it.

    func openService(_ request: With) throws {
        let client = ClientConfig(app: request.number("app"), server: request.text("endpoint"), clientName: "scenarios")
        service = try EmbeddedService.open(
            client: client, appSettings: try (request.fields["settings"] ?? .object([:])).written,
            limitsJson: try (request.fields["limits"] ?? .object([:])).written)
    }

    func closeService() {
        service = nil
    }

    func held() throws -> EmbeddedService {
        guard let service else { throw Broken(description: "the service is gone") }
        return service
    }
}
