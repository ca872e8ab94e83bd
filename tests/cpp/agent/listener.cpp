#include "listener.h"

void Listener::AddTo(V2TIMManager& manager) {
    manager.AddSDKListener(this);
    manager.GetMessageManager()->AddAdvancedMsgListener(this);
    manager.GetConversationManager()->AddConversationListener(this);
    manager.AddGroupListener(this);
    manager.GetSeenByManager()->AddSeenByListener(this);
}

void Listener::RemoveFrom(V2TIMManager& manager) {
    manager.RemoveSDKListener(this);
    manager.GetMessageManager()->RemoveAdvancedMsgListener(this);
    manager.GetConversationManager()->RemoveConversationListener(this);
    manager.RemoveGroupListener(this);
    manager.GetSeenByManager()->RemoveSeenByListener(this);
}

void Listener::Hear(const char* callback, Json entry) const {
    Say({{"world", world_}, {"device", device_}, {"heard", callback}, {"entry", std::move(entry)}});
}

void Listener::OnConnectFailed(int code, const V2TIMString&) { Hear("onConnectFailed", {{"code", code}}); }

void Listener::OnRecvNewMessage(const V2TIMMessage& message) { Hear("onRecvNewMessage", natives_->Of(message)); }

void Listener::OnRecvC2CReadReceipt(const V2TIMMessageReceiptVector& receipts) {
    for (const V2TIMMessageReceipt& receipt : receipts) Hear("onRecvC2CReadReceipt", natives_->Of(receipt));
}

void Listener::OnRecvMessageReadReceipts(const V2TIMMessageReceiptVector& receipts) {
    for (const V2TIMMessageReceipt& receipt : receipts) Hear("onRecvMessageReadReceipts", natives_->Of(receipt));
}

void Listener::OnRecvMessageRevoked(const V2TIMString& msgID) { revoked_ = msgID; }

void Listener::OnRecvMessageRevoked(const V2TIMString& msgID, const V2TIMUserFullInfo& by, const V2TIMString&) {
    // Both tell it, the older one first.
    const std::string id = revoked_ == msgID ? Std(msgID) : "the two callbacks of a recall do not agree";
    Hear("onRecvMessageRevoked", {{"msgID", id}, {"operator", Std(by.userID)}});
}

void Listener::OnConversationChanged(const V2TIMConversationVector& conversations) {
    for (const V2TIMConversation& conversation : conversations) Hear("onConversationChanged", natives_->Of(conversation));
}

void Listener::OnTotalUnreadMessageCountChanged(uint64_t total) {
    Hear("onTotalUnreadMessageCountChanged", {{"totalUnreadCount", total}});
}

void Listener::Documented(const char* change, const V2TIMString& groupID, const V2TIMGroupMemberInfoVector& members) {
    Json users = Json::array();
    for (const V2TIMGroupMemberInfo& member : members) users.push_back(Std(member.userID));
    // Who quits is told one at a time.
    if (!documented_.empty() && change == std::string("quit") && documented_.back()["change"] == change &&
        documented_.back()["groupID"] == Std(groupID)) {
        documented_.back()["members"].insert(documented_.back()["members"].end(), users.begin(), users.end());
        return;
    }
    documented_.push_back({{"change", change}, {"groupID", Std(groupID)}, {"members", std::move(users)}});
}

void Listener::OnMemberEnter(const V2TIMString& groupID, const V2TIMGroupMemberInfoVector& members) {
    Documented("joined", groupID, members);
}
void Listener::OnMemberLeave(const V2TIMString& groupID, const V2TIMGroupMemberInfo& member) {
    Documented("quit", groupID, V2TIMGroupMemberInfoVector{member});
}
void Listener::OnMemberInvited(const V2TIMString& groupID, const V2TIMGroupMemberInfo&,
                               const V2TIMGroupMemberInfoVector& members) {
    Documented("invited", groupID, members);
}
void Listener::OnMemberKicked(const V2TIMString& groupID, const V2TIMGroupMemberInfo&,
                              const V2TIMGroupMemberInfoVector& members) {
    Documented("kicked", groupID, members);
}
void Listener::OnGroupCreated(const V2TIMString& groupID) { Documented("created", groupID, V2TIMGroupMemberInfoVector()); }
void Listener::OnGroupDismissed(const V2TIMString& groupID, const V2TIMGroupMemberInfo&) {
    Documented("dismissed", groupID, V2TIMGroupMemberInfoVector());
}
void Listener::OnGrantAdministrator(const V2TIMString& groupID, const V2TIMGroupMemberInfo&,
                                    const V2TIMGroupMemberInfoVector& members) {
    Documented("roleChanged", groupID, members);
}
void Listener::OnRevokeAdministrator(const V2TIMString& groupID, const V2TIMGroupMemberInfo&,
                                     const V2TIMGroupMemberInfoVector& members) {
    Documented("roleChanged", groupID, members);
}

void Listener::OnGroupChanged(const V2TIMSeenByGroupChange& change) {
    Json entry = JsonOf(change);
    const bool is_documented = change.change != SEENBY_GROUP_COUNT &&
                               !(change.change == SEENBY_GROUP_ROLE_CHANGED && change.role == SEENBY_ROLE_OWNER);
    if (is_documented) {
        const Json told = documented_.empty() ? Json::object() : documented_.front();
        if (!documented_.empty()) documented_.pop_front();
        for (const char* key : {"change", "groupID", "members"}) {
            if (told.value(key, Json()) == entry[key]) continue;
            entry["change"] = "the documented listener told something else: " + told.dump();
            break;
        }
    }
    Hear("onGroupChanged", std::move(entry));
}

void Listener::OnReceiptsSent(const V2TIMString& conversationID, const V2TIMStringVector& msgIDs) {
    for (const V2TIMString& id : msgIDs) {
        Hear("onMessageReceiptsSent", {{"conversationID", Std(conversationID)}, {"msgID", Std(id)}});
    }
}
