// SPDX-License-Identifier: MIT OR Apache-2.0
//
// V2TIMManager over seenby.h. Not for apps.

#ifndef SEENBY_V2TIM_DETAIL_MANAGER_H
#define SEENBY_V2TIM_DETAIL_MANAGER_H

#include "group_manager.h"
#include "message_manager.h"
#include "outside.h"
#include "seenby_manager.h"

#if defined(_WIN32)
#pragma push_macro("SendMessage")
#undef SendMessage
#endif

SEENBY_V2TIM_BEGIN

namespace detail {

class Manager final : public V2TIMManager {
public:
    explicit Manager(bool shared)
        : core_(shared),
          messages_(core_),
          groups_(core_),
          conversations_(core_),
          friends_(core_),
          push_(core_),
          signaling_(core_),
          seenby_(core_) {}

    void AddSDKListener(V2TIMSDKListener* listener) override { core_.Add(listener); }
    void RemoveSDKListener(V2TIMSDKListener* listener) override { core_.Remove(listener); }

    bool InitSDK(uint32_t sdkAppID, const V2TIMSDKConfig& config) override {
        return core_.Init(sdkAppID, config) == SEENBY_OK;
    }
    void UnInitSDK() override { core_.UnInit(); }
    V2TIMString GetVersion() override { return seenby_version(); }
    int64_t GetServerTime() override { return seconds(seenby_.GetServerTimeMs()); }

    void Login(const V2TIMString& userID, const V2TIMString& userSig, V2TIMCallback* callback) override {
        const Target target = core_.target();
        const Ending<seenby_done_fn> end = Done(target, callback);
        seenby_login(target.client, view(userID), view(userSig), end.data, end.fn, end.destroy);
    }
    void Logout(V2TIMCallback* callback) override {
        const Target target = core_.target();
        const Ending<seenby_done_fn> end = Done(target, callback);
        seenby_logout(target.client, end.data, end.fn, end.destroy);
    }
    V2TIMString GetLoginUser() override {
        seenby_string_t user = {nullptr, 0};
        return seenby_login_user(core_.client(), &user) == SEENBY_OK ? take(user) : V2TIMString();
    }
    V2TIMLoginStatus GetLoginStatus() override {
        int32_t status = SEENBY_LOGIN_STATUS_LOGOUT;
        seenby_login_status(core_.client(), &status);
        return static_cast<V2TIMLoginStatus>(status);
    }

    void AddSimpleMsgListener(V2TIMSimpleMsgListener* listener) override { core_.Add(listener); }
    void RemoveSimpleMsgListener(V2TIMSimpleMsgListener* listener) override { core_.Remove(listener); }
    V2TIMString SendC2CTextMessage(const V2TIMString& text, const V2TIMString& userID,
                                   V2TIMSendCallback* callback) override {
        V2TIMMessage message = messages_.CreateTextMessage(text);
        return Send(message, userID, V2TIMString(), V2TIM_PRIORITY_DEFAULT, callback);
    }
    V2TIMString SendC2CCustomMessage(const V2TIMBuffer& customData, const V2TIMString& userID,
                                     V2TIMSendCallback* callback) override {
        V2TIMMessage message = messages_.CreateCustomMessage(customData);
        return Send(message, userID, V2TIMString(), V2TIM_PRIORITY_DEFAULT, callback);
    }
    V2TIMString SendGroupTextMessage(const V2TIMString& text, const V2TIMString& groupID,
                                     V2TIMMessagePriority priority, V2TIMSendCallback* callback) override {
        V2TIMMessage message = messages_.CreateTextMessage(text);
        return Send(message, V2TIMString(), groupID, priority, callback);
    }
    V2TIMString SendGroupCustomMessage(const V2TIMBuffer& customData, const V2TIMString& groupID,
                                       V2TIMMessagePriority priority, V2TIMSendCallback* callback) override {
        V2TIMMessage message = messages_.CreateCustomMessage(customData);
        return Send(message, V2TIMString(), groupID, priority, callback);
    }

    void AddGroupListener(V2TIMGroupListener* listener) override { core_.Add(listener); }
    void RemoveGroupListener(V2TIMGroupListener* listener) override { core_.Remove(listener); }
    void CreateGroup(const V2TIMString& groupType, const V2TIMString& groupID, const V2TIMString& groupName,
                     V2TIMValueCallback<V2TIMString>* callback) override {
        V2TIMGroupInfo info;
        info.groupType = groupType;
        info.groupID = groupID;
        info.groupName = groupName;
        groups_.CreateGroup(info, V2TIMCreateGroupMemberInfoVector(), callback);
    }
    void JoinGroup(const V2TIMString& groupID, const V2TIMString&, V2TIMCallback* callback) override {
        const Target target = core_.target();
        const Ending<seenby_done_fn> end = Done(target, callback);
        seenby_join_group(target.client, view(groupID), end.data, end.fn, end.destroy);
    }
    void QuitGroup(const V2TIMString& groupID, V2TIMCallback* callback) override {
        const Target target = core_.target();
        const Ending<seenby_done_fn> end = Done(target, callback);
        seenby_quit_group(target.client, view(groupID), end.data, end.fn, end.destroy);
    }
    void DismissGroup(const V2TIMString& groupID, V2TIMCallback* callback) override {
        const Target target = core_.target();
        const Ending<seenby_done_fn> end = Done(target, callback);
        seenby_dismiss_group(target.client, view(groupID), end.data, end.fn, end.destroy);
    }

    void GetUsersInfo(const V2TIMStringVector& userIDList,
                      V2TIMValueCallback<V2TIMUserFullInfoVector>* callback) override {
        const Target target = core_.target();
        const std::vector<seenby_str_t> users = views(userIDList);
        const Ending<seenby_profiles_fn> end = ending(target, callback, static_cast<seenby_profiles_fn>(&end_profiles));
        seenby_get_users_info(target.client, users.data(), users.size(), end.data, end.fn, end.destroy);
    }
    void SetSelfInfo(const V2TIMUserFullInfo& info, V2TIMCallback* callback) override {
        const Target target = core_.target();
        const uint32_t flags = info.modifyFlag;
        const bool set_nick = flags ? (flags & V2TIM_USER_INFO_MODIFY_FLAG_NICK) != 0 : !info.nickName.Empty();
        const bool set_face = flags ? (flags & V2TIM_USER_INFO_MODIFY_FLAG_FACE_URL) != 0 : !info.faceURL.Empty();
        const seenby_str_t nick = view(info.nickName);
        const seenby_str_t face = view(info.faceURL);
        const Ending<seenby_done_fn> end = Done(target, callback);
        seenby_set_self_info(target.client, set_nick ? &nick : nullptr, set_face ? &face : nullptr, end.data, end.fn,
                             end.destroy);
    }

    void SubscribeUserInfo(const V2TIMStringVector&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "SubscribeUserInfo");
    }
    void UnsubscribeUserInfo(const V2TIMStringVector&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "UnsubscribeUserInfo");
    }
    void GetUserStatus(const V2TIMStringVector&, V2TIMValueCallback<V2TIMUserStatusVector>* callback) override {
        unsupported(core_.target(), callback, "GetUserStatus");
    }
    void SetSelfStatus(const V2TIMUserStatus&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "SetSelfStatus");
    }
    void SubscribeUserStatus(const V2TIMStringVector&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "SubscribeUserStatus");
    }
    void UnsubscribeUserStatus(const V2TIMStringVector&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "UnsubscribeUserStatus");
    }
    void CallExperimentalAPI(const V2TIMString&, const void*, V2TIMValueCallback<V2TIMBaseObject>* callback) override {
        unsupported(core_.target(), callback, "CallExperimentalAPI");
    }

    V2TIMMessageManager* GetMessageManager() override { return &messages_; }
    V2TIMGroupManager* GetGroupManager() override { return &groups_; }
    V2TIMConversationManager* GetConversationManager() override { return &conversations_; }
    V2TIMFriendshipManager* GetFriendshipManager() override { return &friends_; }
    V2TIMOfflinePushManager* GetOfflinePushManager() override { return &push_; }
    V2TIMSignalingManager* GetSignalingManager() override { return &signaling_; }
    V2TIMSeenByManager* GetSeenByManager() override { return &seenby_; }

private:
    static Ending<seenby_done_fn> Done(const Target& target, V2TIMCallback* callback) {
        return ending(target, callback, static_cast<seenby_done_fn>(&end_done));
    }
    V2TIMString Send(V2TIMMessage& message, const V2TIMString& receiver, const V2TIMString& groupID,
                     V2TIMMessagePriority priority, V2TIMSendCallback* callback) {
        return messages_.SendMessage(message, receiver, groupID, priority, false, V2TIMOfflinePushInfo(), callback);
    }

    Core core_;
    MessageManager messages_;
    GroupManager groups_;
    ConversationManager conversations_;
    FriendshipManager friends_;
    OfflinePushManager push_;
    SignalingManager signaling_;
    SeenByManager seenby_;
};

}  // namespace detail

inline V2TIMManager* V2TIMManager::GetInstance() {
    // Never destroyed: callbacks may come while the program ends.
    static V2TIMManager* const instance = new detail::Manager(true);
    return instance;
}

inline V2TIMManager* V2TIMSeenByManager::CreateManager() { return new detail::Manager(false); }

inline int32_t V2TIMSeenByManager::DestroyManager(V2TIMManager* manager) {
    if (!manager) return SEENBY_OK;
    V2TIMSeenByManager* ours = manager->GetSeenByManager();
    // The singleton, and a manager that is not ours, are not destroyed.
    if (!ours) return SEENBY_ERR_NOT_SUPPORTED;
    const int32_t code = static_cast<detail::SeenByManager*>(ours)->core().Free();
    if (code == SEENBY_OK) delete manager;
    return code;
}

inline V2TIMSeenByReadTracker::V2TIMSeenByReadTracker(V2TIMManager* manager, const V2TIMString& conversationID) {
    code_ = seenby_tracker_new(manager->GetSeenByManager()->GetClient(), detail::view(conversationID), &tracker_);
}

SEENBY_V2TIM_END

#if defined(_WIN32)
#pragma pop_macro("SendMessage")
#endif

#endif  // SEENBY_V2TIM_DETAIL_MANAGER_H
