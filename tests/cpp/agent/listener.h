// All that a device hears, as lines.

#ifndef SEENBY_AGENT_LISTENER_H
#define SEENBY_AGENT_LISTENER_H

#include <deque>

#include "values.h"

/// The listeners of one device in one object, as apps have it. Calls come one at a time.
class Listener : public V2TIMSDKListener,
                 public V2TIMAdvancedMsgListener,
                 public V2TIMConversationListener,
                 public V2TIMGroupListener,
                 public V2TIMSeenByListener {
public:
    Listener(uint64_t world, std::string device, std::shared_ptr<Natives> natives)
        : world_(world), device_(std::move(device)), natives_(std::move(natives)) {}

    void AddTo(V2TIMManager& manager);
    /// No call comes after this has returned.
    void RemoveFrom(V2TIMManager& manager);

    void OnConnecting() override { Hear("onConnecting"); }
    void OnConnectSuccess() override { Hear("onConnectSuccess"); }
    void OnConnectFailed(int code, const V2TIMString& message) override;
    void OnKickedOffline() override { Hear("onKickedOffline"); }
    void OnUserSigExpired() override { Hear("onUserSigExpired"); }

    void OnRecvNewMessage(const V2TIMMessage& message) override;
    void OnRecvC2CReadReceipt(const V2TIMMessageReceiptVector& receipts) override;
    void OnRecvMessageReadReceipts(const V2TIMMessageReceiptVector& receipts) override;
    void OnRecvMessageRevoked(const V2TIMString& msgID) override;
    void OnRecvMessageRevoked(const V2TIMString& msgID, const V2TIMUserFullInfo& by, const V2TIMString&) override;

    void OnConversationChanged(const V2TIMConversationVector& conversations) override;
    void OnTotalUnreadMessageCountChanged(uint64_t total) override;

    // What the documented methods tell of a group must be what OnGroupChanged tells, which comes after them.
    void OnMemberEnter(const V2TIMString& groupID, const V2TIMGroupMemberInfoVector& members) override;
    void OnMemberLeave(const V2TIMString& groupID, const V2TIMGroupMemberInfo& member) override;
    void OnMemberInvited(const V2TIMString& groupID, const V2TIMGroupMemberInfo& by,
                         const V2TIMGroupMemberInfoVector& members) override;
    void OnMemberKicked(const V2TIMString& groupID, const V2TIMGroupMemberInfo& by,
                        const V2TIMGroupMemberInfoVector& members) override;
    void OnGroupCreated(const V2TIMString& groupID) override;
    void OnGroupDismissed(const V2TIMString& groupID, const V2TIMGroupMemberInfo& by) override;
    void OnGrantAdministrator(const V2TIMString& groupID, const V2TIMGroupMemberInfo& by,
                              const V2TIMGroupMemberInfoVector& members) override;
    void OnRevokeAdministrator(const V2TIMString& groupID, const V2TIMGroupMemberInfo& by,
                               const V2TIMGroupMemberInfoVector& members) override;

    void OnReceiptsSent(const V2TIMString& conversationID, const V2TIMStringVector& msgIDs) override;
    void OnReadReceiptsEnabledChanged(bool enabled) override { Hear("onReadReceiptsEnabledChanged", {{"enabled", enabled}}); }
    void OnGroupChanged(const V2TIMSeenByGroupChange& change) override;

private:
    void Hear(const char* callback, Json entry = Json::object()) const;
    void Documented(const char* change, const V2TIMString& groupID, const V2TIMGroupMemberInfoVector& members);

    const uint64_t world_;
    const std::string device_;
    const std::shared_ptr<Natives> natives_;
    /// What the documented methods told of groups and OnGroupChanged has not yet: change, group, user.
    std::deque<Json> documented_;
    V2TIMString revoked_;
};

#endif  // SEENBY_AGENT_LISTENER_H
