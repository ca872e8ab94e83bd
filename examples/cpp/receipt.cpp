// Sends a message to a group, hears that it was read, and looks at history with its receipts: the documented classes, as an
// app uses them.
//
// Alice and Bob are both in this process here, in a service of its own: Alice behind the documented singleton, Bob behind a
// manager that SeenBy adds to it. With `config.seenBy.server = "wss://…"` each is on a device of theirs.

#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <unordered_map>

#include <V2TIMGroupManager.h>
#include <V2TIMManager.h>
#include <V2TIMMessageManager.h>

#include "wait.h"

// What Alice's window shows. A listener overrides what it needs; it must live until it is removed.
class AliceListener final : public V2TIMAdvancedMsgListener {
public:
    void OnRecvMessageReadReceipts(const V2TIMMessageReceiptVector& receipts) override {
        for (size_t i = 0; i < receipts.Size(); ++i)
            std::printf("%d have read it, %d have not\n", receipts[i].readCount, receipts[i].unreadCount);
        std::lock_guard<std::mutex> lock(mutex_);
        last_ = receipts[receipts.Size() - 1];
        heard_.notify_all();
    }

    V2TIMMessageReceipt WaitForReaders(int32_t count) {
        std::unique_lock<std::mutex> lock(mutex_);
        Check(heard_.wait_for(lock, std::chrono::seconds(30), [&] { return last_.readCount >= count; }),
              "Alice hears of no receipt");
        return last_;
    }

private:
    std::mutex mutex_;
    std::condition_variable heard_;
    V2TIMMessageReceipt last_;
};

// Bob reads what comes as soon as it does.
class BobListener final : public V2TIMAdvancedMsgListener {
public:
    explicit BobListener(V2TIMManager* bob) : bob_(bob) {}

    void OnRecvNewMessage(const V2TIMMessage& message) override {
        if (message.isSelf || !message.needReadReceipt) return;
        auto callback = new Callback;
        callback->SetCallback([=]() { delete callback; },
                              [=](int error_code, const V2TIMString& error_message) {
                                  std::fprintf(stderr, "error %d: %s\n", error_code, error_message.CString());
                                  delete callback;
                              });
        V2TIMMessageVector seen;
        seen.PushBack(message);
        bob_->GetMessageManager()->SendMessageReadReceipts(seen, callback);
    }

private:
    V2TIMManager* bob_;
};

static void Begin(V2TIMManager* manager, const char* user) {
    V2TIMSDKConfig config;
    config.seenBy.server = "embedded:mem/lunch";
    config.seenBy.deviceLabel = user;
    Check(manager->InitSDK(1, config), "InitSDK refuses");
    Run("login", [=](V2TIMCallback* callback) { manager->Login(user, "", callback); });
}

// The newest messages of a group, and who has read one's own.
static void ShowHistory(V2TIMManager* alice, const char* group) {
    V2TIMMessageListGetOption option;
    option.getType = V2TIMMessageGetType::V2TIM_GET_CLOUD_OLDER_MSG;
    option.count = 20;
    option.groupID = group;

    Ending<int32_t> shown("history");
    const OnFailure failure = shown.Failure();
    auto callback = new ValueCallback<V2TIMMessageVector>;
    callback->SetCallback(
        [=](const V2TIMMessageVector& messages) {
            // A call from inside a callback. The list may hold other people's messages: they are left out of the answer.
            auto receipt_callback = new ValueCallback<V2TIMMessageReceiptVector>;
            receipt_callback->SetCallback(
                [=](const V2TIMMessageReceiptVector& receipts) {
                    std::unordered_map<V2TIMString, V2TIMMessageReceipt> by_id;
                    for (size_t i = 0; i < receipts.Size(); ++i) by_id[receipts[i].msgID] = receipts[i];
                    int32_t readers = 0;
                    for (size_t i = 0; i < messages.Size(); ++i) {
                        const auto found = by_id.find(messages[i].msgID);
                        if (found == by_id.end()) continue;
                        std::printf("message %d: read by %d\n", static_cast<int>(messages[i].seq), found->second.readCount);
                        readers += found->second.readCount;
                    }
                    shown.Set(readers);
                    delete receipt_callback;
                },
                [=](int error_code, const V2TIMString& error_message) { failure(error_code, error_message); });
            alice->GetMessageManager()->GetMessageReadReceipts(messages, receipt_callback);
            delete callback;
        },
        [=](int error_code, const V2TIMString& error_message) { failure(error_code, error_message); });
    alice->GetMessageManager()->GetHistoryMessageList(option, callback);
    Check(shown.Wait() == 1, "history knows of one reader");
}

int main() {
    V2TIMManager* const alice = V2TIMManager::GetInstance();
    V2TIMManager* const bob = V2TIMSeenByManager::CreateManager();
    AliceListener aliceListener;
    BobListener bobListener(bob);
    alice->GetMessageManager()->AddAdvancedMsgListener(&aliceListener);
    bob->GetMessageManager()->AddAdvancedMsgListener(&bobListener);
    Begin(alice, "alice");
    Begin(bob, "bob");

    Ask<V2TIMString>("the group", [=](V2TIMValueCallback<V2TIMString>* callback) {
        V2TIMGroupInfo group;
        group.groupID = "lunch";
        group.groupType = "Work";
        group.groupName = "Lunch";
        V2TIMCreateGroupMemberInfoVector members;
        for (const char* user : {"bob", "carol"}) {
            V2TIMCreateGroupMemberInfo member;
            member.userID = user;
            members.PushBack(member);
        }
        alice->GetGroupManager()->CreateGroup(group, members, callback);
    });

    Ending<V2TIMMessage> sent("the message");
    const OnFailure failure = sent.Failure();
    auto callback = new SendCallback;
    callback->SetCallback(
        [=](const V2TIMMessage& message) {
            sent.Set(message);
            delete callback;
        },
        [=](int error_code, const V2TIMString& error_message) { failure(error_code, error_message); },
        [=](uint32_t) {});

    V2TIMMessage message = alice->GetMessageManager()->CreateTextMessage(u8"Lunch at noon?");
    message.needReadReceipt = true;
    alice->GetMessageManager()->SendMessage(message, {}, "lunch", V2TIM_PRIORITY_NORMAL, false, {}, callback);
    message = sent.Wait();

    const V2TIMMessageReceipt receipt = aliceListener.WaitForReaders(1);
    Check(receipt.msgID == message.msgID && receipt.groupID == "lunch", "the receipt is of that message");
    Check(receipt.readCount == 1 && receipt.unreadCount == 1, "of Bob and Carol, Bob has read it");
    const auto readers = Ask<V2TIMGroupMessageReadMemberList>(
        "the readers", [=](V2TIMValueCallback<V2TIMGroupMessageReadMemberList>* asked) {
            alice->GetMessageManager()->GetGroupMessageReadMemberList(
                message, V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ, 0, 100, asked);
        });
    Check(readers.isFinished && readers.members.Size() == 1, "there is one reader");
    std::printf("%s has\n", readers.members[0].userID.CString());
    ShowHistory(alice, "lunch");

    // After a remove no call of the listener begins, and none is running: it may go.
    alice->GetMessageManager()->RemoveAdvancedMsgListener(&aliceListener);
    bob->GetMessageManager()->RemoveAdvancedMsgListener(&bobListener);
    alice->UnInitSDK();
    bob->UnInitSDK();
    V2TIMSeenByManager::DestroyManager(bob);
    return readers.members[0].userID == "bob" ? 0 : 1;
}
