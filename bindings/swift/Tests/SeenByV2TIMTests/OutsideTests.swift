import SeenByV2TIM
import XCTest

/// Documented calls that SeenBy does not do: each ends with 7013 and says where to look.
final class OutsideTests: PairTestCase {
    func testEachAnswers7013() throws {
        let manager: V2TIMManager = alice.manager
        let message = try alice.text("as it is", to: "bob")
        let calls: [String: (Done) -> Void] = [
            "callExperimentalAPI": { end in
                manager.callExperimentalAPI(api: "x", param: nil, succ: { _ in end.succ() }, fail: end.fail)
            },
            "deleteMessages": { manager.deleteMessages(msgList: [message], succ: $0.succ, fail: $0.fail) },
            "deleteMessageFromLocalStorage": {
                manager.deleteMessageFromLocalStorage(msg: message, succ: $0.succ, fail: $0.fail)
            },
            "clearC2CHistoryMessage": { manager.clearC2CHistoryMessage(userID: "bob", succ: $0.succ, fail: $0.fail) },
            "clearGroupHistoryMessage": {
                manager.clearGroupHistoryMessage(groupID: "g", succ: $0.succ, fail: $0.fail)
            },
            "modifyMessage": { end in
                manager.modifyMessage(msg: message) { code, desc, msg in
                    XCTAssertTrue(msg === message)
                    end.fail(code, desc)
                }
            },
            "insertGroupMessageToLocalStorage": { end in
                XCTAssertNil(
                    manager.insertGroupMessageToLocalStorage(
                        msg: message, to: "g", sender: "bob", succ: end.succ, fail: end.fail))
            },
            "insertC2CMessageToLocalStorage": { end in
                XCTAssertNil(
                    manager.insertC2CMessageToLocalStorage(
                        msg: message, to: "bob", sender: "bob", succ: end.succ, fail: end.fail))
            },
            "setC2CReceiveMessageOpt": {
                manager.setC2CReceiveMessageOpt(
                    userIDList: ["bob"], opt: .RECEIVE_MESSAGE, succ: $0.succ, fail: $0.fail)
            },
            "setGroupReceiveMessageOpt": {
                manager.setGroupReceiveMessageOpt(groupID: "g", opt: .RECEIVE_MESSAGE, succ: $0.succ, fail: $0.fail)
            },
            "setGroupInfo": { manager.setGroupInfo(info: V2TIMGroupInfo(), succ: $0.succ, fail: $0.fail) },
            "kickGroupMember with the duration 60": { end in
                manager.kickGroupMember(
                    groupID: "g", memberList: ["bob"], reason: nil, duration: 60, succ: { _ in end.succ() }, fail: end.fail)
            },
            "setGroupMemberInfo": {
                manager.setGroupMemberInfo(groupID: "g", info: nil, succ: $0.succ, fail: $0.fail)
            },
            "getJoinedCommunityList": { end in
                manager.getJoinedCommunityList(succ: { _ in end.succ() }, fail: end.fail)
            },
            "transferGroupOwner": {
                manager.transferGroupOwner(groupID: "g", memberUserID: "bob", succ: $0.succ, fail: $0.fail)
            },
            "muteGroupMember": {
                manager.muteGroupMember(
                    groupID: "g", memberUserID: "bob", muteTimeSeconds: 1, succ: $0.succ, fail: $0.fail)
            },
            "setGroupAttributes": {
                manager.setGroupAttributes(groupID: "g", attributes: ["a": "b"], succ: $0.succ, fail: $0.fail)
            },
            "deleteGroupAttributes": {
                manager.deleteGroupAttributes(groupID: "g", keys: nil, succ: $0.succ, fail: $0.fail)
            },
            "getGroupAttributes": { end in
                manager.getGroupAttributes("g", keys: nil, succ: { _ in end.succ() }, fail: end.fail)
            },
            "getGroupOnlineMemberCount": { end in
                manager.getGroupOnlineMemberCount(groupID: "g", succ: { _ in end.succ() }, fail: end.fail)
            },
            "deleteConversation": {
                manager.deleteConversation(conversation: "c2c_bob", succ: $0.succ, fail: $0.fail)
            },
            "deleteConversationList": { end in
                manager.deleteConversationList(
                    conversationIDList: ["c2c_bob", "none"], clearMessage: true,
                    succ: { (results: [V2TIMConversationOperationResult]?) in end.succ() }, fail: end.fail)
            },
            "pinConversation": {
                manager.pinConversation(conversationID: "c2c_bob", isPinned: true, succ: $0.succ, fail: $0.fail)
            },
            "setConversationDraft": {
                manager.setConversationDraft(conversationID: "c2c_bob", draftText: "d", succ: $0.succ, fail: $0.fail)
            },
            "getConversationList by ids": { end in
                manager.getConversationList(
                    conversationIDList: ["c2c_bob"], succ: { _ in end.succ() }, fail: end.fail)
            },
        ]
        for (name, call) in calls {
            let end = Done()
            call(end)
            let why = try end.refused(ERR_SDK_INTERFACE_NOT_SUPPORT)
            XCTAssertTrue(why.hasPrefix(name), why)
            XCTAssertTrue(why.contains("docs/apple.md"), why)
        }
        let others: [V2TIMMessage] = [
            manager.createImageMessage(imagePath: "i"), manager.createSoundMessage(audioFilePath: "s", duration: 1),
            manager.createVideoMessage(videoFilePath: "v", type: "mp4", duration: 1, snapshotPath: "s"),
            manager.createFileMessage(filePath: "f", fileName: "f"),
            manager.createLocationMessage(desc: nil, longitude: 1, latitude: 2),
            manager.createFaceMessage(index: 1, data: nil),
            manager.createMergerMessage(messageList: [message], title: "t", abstractList: nil, compatibleText: nil),
            manager.createTextAtMessage(text: "@bob", atUserList: ["bob"]),
            manager.createAtSignedGroupMessage(message: message, atUserList: ["bob"]),
            manager.createTargetedGroupMessage(message: message, receiverList: nil),
            manager.createForwardMessage(message: manager.createImageMessage(imagePath: nil)),
        ]
        XCTAssertEqual(Set(others.map(\.elemType)).count, 8)
        for message in others {
            let sent = alice.send(message, to: "bob")
            XCTAssertNil(sent.id)
            try sent.end.refused(ERR_SDK_INTERFACE_NOT_SUPPORT)
            XCTAssertEqual(message.status, .MSG_STATUS_SEND_FAIL)
        }
    }
}
