// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Compiled, not run: under every standard, with and without exceptions and RTTI. Uses the headers as the samples do.

#include <unordered_map>

#include "V2TIMManager.h"

#if defined(_WIN32)
// After the headers: it makes SendMessage a macro.
#include <windows.h>
#endif

namespace {

class Send final : public V2TIMSendCallback {
public:
    Send() = default;
    ~Send() override = default;
    void OnSuccess(const V2TIMMessage&) override { delete this; }
    void OnError(int, const V2TIMString&) override { delete this; }
    void OnProgress(uint32_t) override {}
};

template <class T>
class Value final : public V2TIMValueCallback<T> {
public:
    void OnSuccess(const T& value) override {
        last = value;
        delete this;
    }
    void OnError(int, const V2TIMString&) override { delete this; }
    T last{};
};

class Listener final : public V2TIMAdvancedMsgListener {
public:
    void OnRecvMessageReadReceipts(const V2TIMMessageReceiptVector& receiptList) override {
        for (size_t i = 0; i < receiptList.Size(); ++i) {
            const V2TIMMessageReceipt& receipt = receiptList[i];
            V2TIMString msgID = receipt.msgID;
            int64_t timestamp = receipt.timestamp;
            int32_t readCount = receipt.readCount;
            map[msgID] = receipt;
            sum += timestamp + readCount;
        }
    }
    // One of two with this name.
    void OnRecvMessageRevoked(const V2TIMString&) override {}
    std::unordered_map<V2TIMString, V2TIMMessageReceipt> map;
    int64_t sum = 0;
};

}  // namespace

int64_t everything();

int64_t everything() {
    V2TIMManager* manager = V2TIMManager::GetInstance();
    V2TIMMessageManager* messages = manager->GetMessageManager();
    V2TIMSDKConfig config;
    config.seenBy.server = "embedded:";
    manager->InitSDK(1, config);
    Listener listener;
    messages->AddAdvancedMsgListener(&listener);
    V2TIMMessage message = messages->CreateTextMessage(u8"\u7fa4");
    message.setNeedReadReceipt(true);
    messages->SendMessage(message, {}, "groupA", V2TIMMessagePriority::V2TIM_PRIORITY_DEFAULT, false, {}, new Send{});
    V2TIMMessageListGetOption option;
    option.getType = V2TIMMessageGetType::V2TIM_GET_CLOUD_OLDER_MSG;
    messages->GetHistoryMessageList(option, new Value<V2TIMMessageVector>{});
    V2TIMMessageVector list;
    list.PushBack(message);
    const V2TIMMessageVector fixed = list;
    auto keeps = [=]() { return fixed[0].isSelf && !message.needReadReceipt; };
    messages->SendMessageReadReceipts(fixed, nullptr);
    messages->GetMessageReadReceipts(fixed, new Value<V2TIMMessageReceiptVector>{});
    messages->GetGroupMessageReadMemberList(
        message, V2TIMGroupMessageReadMembersFilter::V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ, 0, 100,
        new Value<V2TIMGroupMessageReadMemberList>{});
    manager->GetGroupManager()->GetJoinedGroupList(new Value<V2TIMGroupInfoVector>{});
    manager->GetConversationManager()->GetConversation("group_groupA", new Value<V2TIMConversation>{});
    manager->GetConversationManager()->GetTotalUnreadMessageCount(new Value<uint64_t>{});
    V2TIMSeenByReadTracker tracker(manager, "group_groupA");
    tracker.Visible(fixed);
    V2TIMString none = nullptr;
    const V2TIMString zero(NULL);
    return listener.sum + (keeps() ? 1 : 0) + static_cast<int64_t>(none.Size() + zero.Size());
}
