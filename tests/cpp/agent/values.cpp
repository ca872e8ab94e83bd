#include "values.h"

namespace {

int64_t Seconds(int64_t ms) { return ms / 1000; }

std::string Std(const V2TIMBuffer& buffer) {
    return buffer.Size() ? std::string(reinterpret_cast<const char*>(buffer.Data()), buffer.Size()) : std::string();
}

const char* StatusName(V2TIMMessageStatus status) {
    switch (status) {
        case V2TIM_MSG_STATUS_SENDING:
            return "SENDING";
        case V2TIM_MSG_STATUS_SEND_SUCC:
            return "SEND_SUCC";
        case V2TIM_MSG_STATUS_SEND_FAIL:
            return "SEND_FAIL";
        case V2TIM_MSG_STATUS_HAS_DELETED:
            return "HAS_DELETED";
        case V2TIM_MSG_STATUS_LOCAL_REVOKED:
            return "LOCAL_REVOKED";
        default:
            return "a status that no message of SeenBy has";
    }
}

}  // namespace

void Natives::Keep(Native native, Json& value) {
    std::lock_guard<std::mutex> lock(turn_);
    value["$native"] = kept_.size();
    kept_.push_back(std::move(native));
}

Natives::Native Natives::Find(const Json& value) const {
    if (!value.is_object() || !value.contains("$native")) return Native();
    const size_t number = value["$native"].get<size_t>();
    std::lock_guard<std::mutex> lock(turn_);
    return number < kept_.size() ? kept_[number] : Native();
}

std::shared_ptr<const V2TIMMessage> Natives::Message(const Json& value) const { return Find(value).message; }

std::shared_ptr<const V2TIMMessageReceipt> Natives::Receipt(const Json& value) const { return Find(value).receipt; }

V2TIMMessage Natives::MustBeMessage(const Json& value) const {
    const std::shared_ptr<const V2TIMMessage> message = Message(value);
    if (!message) throw Broken(value.dump().substr(0, 200) + " is no message");
    return *message;
}

V2TIMMessageVector Natives::MustBeMessages(const Json& list) const {
    V2TIMMessageVector messages;
    for (const Json& value : list) messages.PushBack(MustBeMessage(value));
    return messages;
}

Json Natives::Of(const V2TIMMessage& message) {
    V2TIMString text;
    V2TIMBuffer data;
    for (const V2TIMElem* elem : message.elemList) {
        if (elem->elemType == V2TIM_ELEM_TYPE_TEXT) text = static_cast<const V2TIMTextElem*>(elem)->text;
        if (elem->elemType == V2TIM_ELEM_TYPE_CUSTOM) data = static_cast<const V2TIMCustomElem*>(elem)->data;
    }
    Json value = {
        {"msgID", Std(message.msgID)},
        {"conversationID", Std(message.seenBy.conversationID)},
        {"userID", Std(message.userID)},
        {"groupID", Std(message.groupID)},
        {"seq", message.seq},
        {"sender", Std(message.sender)},
        {"timestamp", message.timestamp},
        {"status", StatusName(message.status)},
        {"isSelf", message.isSelf},
        {"needReadReceipt", message.needReadReceipt},
        {"hasSentReceipt", message.seenBy.hasSentReceipt},
        {"isRead", message.IsRead()},
        {"isPeerRead", message.IsPeerRead()},
        {"text", Std(text)},
        {"customData", Std(data)},
        {"cloudCustomData", Std(message.cloudCustomData)},
        {"priority", static_cast<int>(message.priority)},
        {"nickName", Std(message.nickName)},
        {"faceURL", Std(message.faceURL)},
        {"receipt", message.seenBy.receipt ? Of(*message.seenBy.receipt) : Json()},
    };
    Keep({std::make_shared<V2TIMMessage>(message), nullptr}, value);
    return value;
}

Json Natives::OfReference(const V2TIMMessage& reference) {
    Json value = {{"msgID", Std(reference.msgID)}};
    Keep({std::make_shared<V2TIMMessage>(reference), nullptr}, value);
    return value;
}

Json Natives::Of(const V2TIMMessageVector& messages) {
    Json list = Json::array();
    for (const V2TIMMessage& message : messages) list.push_back(Of(message));
    return list;
}

Json Natives::Of(const V2TIMMessageReceipt& receipt) {
    Json readers = Json::array();
    for (const V2TIMSeenByReader& reader : receipt.seenBy.readers) {
        readers.push_back({{"userID", Std(reader.userID)}, {"timestamp", Seconds(reader.timestampMs)}});
    }
    Json value = {
        {"msgID", Std(receipt.msgID)},
        {"userID", Std(receipt.userID)},
        {"groupID", Std(receipt.groupID)},
        {"isPeerRead", receipt.isPeerRead},
        {"timestamp", receipt.timestamp},
        {"readCount", receipt.readCount},
        {"unreadCount", receipt.unreadCount},
        {"readers", std::move(readers)},
        {"moreReaders", receipt.seenBy.moreReaders},
    };
    Keep({nullptr, std::make_shared<V2TIMMessageReceipt>(receipt)}, value);
    return value;
}

Json Natives::Of(const V2TIMMessageReceiptVector& receipts) {
    Json list = Json::array();
    for (const V2TIMMessageReceipt& receipt : receipts) list.push_back(Of(receipt));
    return list;
}

Json Natives::Of(const V2TIMConversation& conversation) {
    return {
        {"conversationID", Std(conversation.conversationID)},
        {"userID", Std(conversation.userID)},
        {"groupID", Std(conversation.groupID)},
        {"unreadCount", conversation.unreadCount},
        {"lastMessage", conversation.lastMessage ? Of(*conversation.lastMessage) : Json()},
        {"ownReadSequence", conversation.seenBy.ownReadSequence},
        {"peerReadSequence", conversation.seenBy.peerReadSequence},
        {"peerReadTimestamp", Seconds(conversation.seenBy.peerReadTimestampMs)},
    };
}

Json Natives::Of(const V2TIMConversationResult& page) {
    Json list = Json::array();
    for (const V2TIMConversation& conversation : page.conversationList) list.push_back(Of(conversation));
    return {{"conversations", std::move(list)}, {"nextSeq", page.nextSeq}, {"isFinished", page.isFinished}};
}

Json JsonOf(const V2TIMGroupMessageReadMemberList& page) {
    Json members = Json::array();
    for (const V2TIMGroupMemberInfo& member : page.members) {
        members.push_back({{"userID", Std(member.userID)},
                           {"nickName", Std(member.nickName)},
                           {"faceURL", Std(member.faceURL)},
                           {"timestamp", Seconds(member.seenBy.readTimestampMs)}});
    }
    return {{"members", std::move(members)}, {"nextSeq", page.nextSeq}, {"isFinished", page.isFinished}};
}

Json JsonOf(const V2TIMGroupInfoVector& groups) {
    Json list = Json::array();
    for (const V2TIMGroupInfo& group : groups) {
        list.push_back({{"groupID", Std(group.groupID)},
                        {"groupType", Std(group.groupType)},
                        {"groupName", Std(group.groupName)},
                        {"owner", Std(group.owner)},
                        {"memberCount", group.memberCount},
                        {"role", group.role}});
    }
    return list;
}

Json JsonOf(const V2TIMGroupMemberFullInfoVector& members) {
    Json list = Json::array();
    for (const V2TIMGroupMemberFullInfo& member : members) {
        list.push_back({{"userID", Std(member.userID)},
                        {"nickName", Std(member.nickName)},
                        {"faceURL", Std(member.faceURL)},
                        {"role", member.role},
                        {"joinTime", member.joinTime}});
    }
    return list;
}

Json JsonOf(const V2TIMGroupMemberInfoResult& page) {
    return {{"members", JsonOf(page.memberInfoList)}, {"nextSeq", page.nextSequence}};
}

Json JsonOf(const V2TIMGroupMemberOperationResultVector& results) {
    Json list = Json::array();
    for (const V2TIMGroupMemberOperationResult& one : results) {
        const char* result = one.result == V2TIM_GROUP_MEMBER_RESULT_SUCC      ? "done"
                             : one.result == V2TIM_GROUP_MEMBER_RESULT_INVALID ? "alreadyMember"
                                                                               : "failed";
        list.push_back({{"userID", Std(one.userID)}, {"result", result}});
    }
    return list;
}

Json JsonOf(const V2TIMUserFullInfoVector& profiles) {
    Json list = Json::array();
    for (const V2TIMUserFullInfo& profile : profiles) {
        list.push_back({{"userID", Std(profile.userID)},
                        {"nickName", Std(profile.nickName)},
                        {"faceURL", Std(profile.faceURL)}});
    }
    return list;
}

Json JsonOf(const V2TIMSeenByDrawState& state) {
    switch (state.state) {
        case SEENBY_DRAW_SENDING:
            return {{"state", "sending"}};
        case SEENBY_DRAW_FAILED:
            return {{"state", "failed"}};
        case SEENBY_DRAW_SENT:
            return {{"state", "sent"}};
        case SEENBY_DRAW_READ_BY_PEER:
            return {{"state", "readByPeer"}};
        case SEENBY_DRAW_READ_BY:
            return {{"state", "readBy"}, {"read", state.read}, {"of", state.of}};
        case SEENBY_DRAW_ALL_READ:
            return {{"state", "allRead"}};
        case SEENBY_DRAW_UNAVAILABLE:
            return {{"state", "unavailable"}};
        default:
            throw Broken("there is no draw state " + std::to_string(state.state));
    }
}

Json JsonOf(const V2TIMSeenByGroupChange& change) {
    Json value = {{"groupID", Std(change.groupID)},
                  {"memberCount", change.memberCount},
                  {"by", Std(change.by)},
                  {"members", JsonOf(change.members)}};
    switch (change.change) {
        case SEENBY_GROUP_COUNT:
            value["change"] = "count";
            break;
        case SEENBY_GROUP_CREATED:
            value["change"] = "created";
            break;
        case SEENBY_GROUP_JOINED:
            value["change"] = "joined";
            break;
        case SEENBY_GROUP_INVITED:
            value["change"] = "invited";
            break;
        case SEENBY_GROUP_QUIT:
            value["change"] = "quit";
            break;
        case SEENBY_GROUP_KICKED:
            value["change"] = "kicked";
            break;
        case SEENBY_GROUP_ROLE_CHANGED:
            value["change"] = "roleChanged";
            value["role"] = change.role;
            break;
        case SEENBY_GROUP_DISMISSED:
            value["change"] = "dismissed";
            break;
        default:
            value["change"] = "an unknown change " + std::to_string(change.change);
    }
    return value;
}

Json JsonOf(const V2TIMStringVector& texts) {
    Json list = Json::array();
    for (const V2TIMString& text : texts) list.push_back(Std(text));
    return list;
}
