// A small chat in a terminal, with ticks, over the documented classes. Start a server (`cargo run --release -- serve`, or
// seenbyd) and, in two terminals,
//
//     chat ws://127.0.0.1:7733/v1/connect alice eyJ… c2c_bob
//     chat ws://127.0.0.1:7733/v1/connect bob   eyJ… c2c_alice
//
// with the userSigs that the server gave. A conversation may also be group_ID: whoever comes first makes the group. Type a line
// to send it; what comes is read as soon as it is shown. `/who N` asks who has read message N of a group, `/quit`, or the end
// of the input, ends.

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <string>
#include <vector>

#ifdef _WIN32
#include <windows.h>
#endif

#include <V2TIMGroupManager.h>
#include <V2TIMManager.h>
#include <V2TIMMessageManager.h>

#include "callbacks.h"

// What is drawn beside a message (R31).
static std::string Ticks(const V2TIMMessage& message, const V2TIMMessageReceipt* receipt) {
    const V2TIMSeenByDrawState ticks = V2TIMSeenByManager::DrawState(message, receipt);
    switch (ticks.state) {
        case SEENBY_DRAW_SENDING: return "…";
        case SEENBY_DRAW_FAILED: return "✗ not sent";
        case SEENBY_DRAW_SENT: return "✓";
        case SEENBY_DRAW_READ_BY_PEER: return "✓✓ read";
        case SEENBY_DRAW_READ_BY:
            return "✓✓ read by " + std::to_string(ticks.read) + " of " + std::to_string(ticks.of);
        case SEENBY_DRAW_ALL_READ: return "✓✓ read by all";
        default: return "";
    }
}

class Chat final : public V2TIMSDKListener, public V2TIMAdvancedMsgListener {
public:
    explicit Chat(const std::string& conversation)
        : conversation_(conversation), group_(conversation.compare(0, 6, "group_") == 0),
          peer_(conversation.substr(group_ ? 6 : 4)) {}

    // Logs in and shows the end of the conversation.
    bool Enter(const V2TIMString& user, const V2TIMString& userSig) {
        if (!Wait([&](V2TIMCallback* callback) { Manager()->Login(user, userSig, callback); })) return false;
        if (group_ && !Wait([this](V2TIMCallback* callback) { Manager()->JoinGroup(peer_.c_str(), "", callback); })) {
            std::printf("      so it is made\n");
            auto callback = new ValueCallback<V2TIMString>;
            callback->SetCallback(
                [this, callback](const V2TIMString&) {
                    Ended(true);
                    delete callback;
                },
                [this, callback](int code, const V2TIMString& text) {
                    Failed(code, text);
                    delete callback;
                });
            Begun();
            Manager()->CreateGroup("Public", peer_.c_str(), peer_.c_str(), callback);
            if (!Settle()) return false;
        }
        return History();
    }

    // Sends a line.
    void Say(const std::string& line) {
        auto callback = new SendCallback;
        callback->SetCallback(
            [this, callback](const V2TIMMessage& message) {
                Show(message);
                Ended(true);
                delete callback;
            },
            [this, callback](int code, const V2TIMString& text) {
                Failed(code, text);
                delete callback;
            },
            nullptr);
        V2TIMMessage message = Messages()->CreateTextMessage(line.c_str());
        message.needReadReceipt = true;
        Begun();
        Messages()->SendMessage(message, group_ ? "" : peer_.c_str(), group_ ? peer_.c_str() : "", V2TIM_PRIORITY_NORMAL,
                                false, {}, callback);
    }

    // Lists who has read a message of a group, and who has not.
    void Who(size_t number) {
        V2TIMMessage message;
        {
            std::lock_guard<std::mutex> lock(mutex_);
            if (number < 1 || number > screen_.size()) {
                std::printf("      there is no message %d on the screen\n", static_cast<int>(number));
                return;
            }
            message = screen_[number - 1];
        }
        Page(message, V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ, "read by", 0);
        Page(message, V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD, "not yet", 0);
    }

    // Waits for all that is under way; whether the last of it went well.
    bool Settle() {
        std::unique_lock<std::mutex> lock(mutex_);
        changed_.wait(lock, [&] { return underWay_ == 0; });
        return good_;
    }

    void OnConnectFailed(int, const V2TIMString& text) override {
        std::printf("      cannot connect: %s\n", text.CString());
    }
    void OnKickedOffline() override { std::printf("      this user has logged in elsewhere on this device\n"); }
    void OnUserSigExpired() override { std::printf("      the userSig has run out: ask the server for another one\n"); }

    void OnRecvNewMessage(const V2TIMMessage& message) override {
        if (message.seenBy.conversationID == conversation_.c_str()) {
            Show(message);
            V2TIMMessageVector shown;
            shown.PushBack(message);
            Report(shown);
        } else {
            std::printf("      (something new in %s)\n", message.seenBy.conversationID.CString());
        }
    }

    void OnRecvMessageReadReceipts(const V2TIMMessageReceiptVector& receipts) override {
        std::lock_guard<std::mutex> lock(mutex_);
        for (const V2TIMMessageReceipt& receipt : receipts) {
            for (size_t n = 0; n < screen_.size(); ++n) {
                if (screen_[n].msgID == receipt.msgID)
                    std::printf("%4d  %s\n", static_cast<int>(n + 1), Ticks(screen_[n], &receipt).c_str());
            }
        }
        std::fflush(stdout);
    }

private:
    static V2TIMManager* Manager() { return V2TIMManager::GetInstance(); }
    static V2TIMMessageManager* Messages() { return Manager()->GetMessageManager(); }

    // Begins a call that answers nothing, and waits for its end.
    bool Wait(const std::function<void(V2TIMCallback*)>& begin) {
        Begun();
        begin(Done());
        return Settle();
    }

    V2TIMCallback* Done() {
        auto callback = new Callback;
        callback->SetCallback(
            [this, callback]() {
                Ended(true);
                delete callback;
            },
            [this, callback](int code, const V2TIMString& text) {
                Failed(code, text);
                delete callback;
            });
        return callback;
    }

    bool History() {
        V2TIMMessageListGetOption option;
        option.getType = V2TIM_GET_CLOUD_OLDER_MSG;
        option.count = 20;
        (group_ ? option.groupID : option.userID) = peer_.c_str();
        auto callback = new ValueCallback<V2TIMMessageVector>;
        callback->SetCallback(
            [this, callback](const V2TIMMessageVector& messages) {
                for (size_t i = messages.Size(); i-- > 0;) Show(messages[i]);  // they come newest first
                Report(messages);
                Ended(true);
                delete callback;
            },
            [this, callback](int code, const V2TIMString& text) {
                Failed(code, text);
                delete callback;
            });
        Begun();
        Messages()->GetHistoryMessageList(option, callback);
        return Settle();
    }

    void Show(const V2TIMMessage& message) {
        const V2TIMElem* elem = message.elemList.Empty() ? nullptr : message.elemList[0];
        const bool isText = elem != nullptr && elem->elemType == V2TIM_ELEM_TYPE_TEXT;
        std::lock_guard<std::mutex> lock(mutex_);
        screen_.push_back(message);
        std::printf("%4d  %s: %s  %s\n", static_cast<int>(screen_.size()), message.isSelf ? "me" : message.sender.CString(),
                    isText ? static_cast<const V2TIMTextElem*>(elem)->text.CString() : "(not text)",
                    Ticks(message, nullptr).c_str());
        std::fflush(stdout);
    }

    // What is on the screen has been read. The list may hold messages that need no receipt: they are skipped.
    void Report(const V2TIMMessageVector& shown) {
        if (shown.Empty()) return;
        Begun();
        Messages()->SendMessageReadReceipts(shown, Done());
    }

    void Page(const V2TIMMessage& message, V2TIMGroupMessageReadMembersFilter filter, const char* title, uint64_t nextSeq) {
        auto callback = new ValueCallback<V2TIMGroupMessageReadMemberList>;
        callback->SetCallback(
            [this, callback, message, filter, title](const V2TIMGroupMessageReadMemberList& page) {
                for (const V2TIMGroupMemberInfo& member : page.members)
                    std::printf("      %s %s\n", title, member.userID.CString());
                if (!page.isFinished) Page(message, filter, title, page.nextSeq);
                Ended(true);
                delete callback;
            },
            [this, callback](int code, const V2TIMString& text) {
                Failed(code, text);
                delete callback;
            });
        Begun();
        Messages()->GetGroupMessageReadMemberList(message, filter, nextSeq, 100, callback);
    }

    void Begun() {
        std::lock_guard<std::mutex> lock(mutex_);
        ++underWay_;
    }

    void Ended(bool good) {
        std::lock_guard<std::mutex> lock(mutex_);
        --underWay_;
        good_ = good;
        changed_.notify_all();
    }

    void Failed(int code, const V2TIMString& text) {
        std::printf("      error %d: %s\n", code, text.CString());
        Ended(false);
    }

    const std::string conversation_;
    const bool group_;
    const std::string peer_;  // the user, or the group
    std::mutex mutex_;        // guards what follows
    std::condition_variable changed_;
    std::vector<V2TIMMessage> screen_;
    int underWay_ = 0;  // calls whose end has not come
    bool good_ = true;
};

// A folder of its own for each user: a folder belongs to one process at a time.
static std::string FolderOf(const std::string& user) {
    for (const char* name : {"TMPDIR", "TEMP", "TMP"}) {
        if (const char* folder = std::getenv(name)) return std::string(folder) + "/seenby-chat-" + user;
    }
    return "/tmp/seenby-chat-" + user;
}

int main(int argc, char** argv) {
    const std::string conversation = argc > 4 ? argv[4] : "";
    if (argc < 5 || argc > 6 || (conversation.compare(0, 4, "c2c_") != 0 && conversation.compare(0, 6, "group_") != 0)) {
        std::fprintf(stderr, "usage: chat SERVER USER USERSIG c2c_USER|group_GROUP [DATA_FOLDER]\n");
        return 2;
    }
#ifdef _WIN32
    SetConsoleOutputCP(CP_UTF8);
    SetConsoleCP(CP_UTF8);
#endif
    V2TIMSDKConfig config;
    config.initPath = argc > 5 ? argv[5] : FolderOf(argv[2]).c_str();
    config.seenBy.server = argv[1];
    config.seenBy.clientName = "seenby-chat-cpp";
    Chat chat(conversation);
    V2TIMManager* const manager = V2TIMManager::GetInstance();
    manager->AddSDKListener(&chat);
    manager->GetMessageManager()->AddAdvancedMsgListener(&chat);
    if (!manager->InitSDK(1, config)) {
        std::fprintf(stderr, "%s\n", V2TIMSeenByManager::LastError().message.CString());
        return 1;
    }
    const bool good = chat.Enter(argv[2], argv[3]);
    if (good) std::printf("      talking in %s; /who N, /quit\n", conversation.c_str());
    std::fflush(stdout);
    for (std::string line; good && std::getline(std::cin, line) && line != "/quit";) {
        if (line.compare(0, 5, "/who ") == 0)
            chat.Who(std::strtoul(line.c_str() + 5, nullptr, 10));
        else if (!line.empty())
            chat.Say(line);
    }
    // From here nothing begins by itself; what is under way ends.
    manager->GetMessageManager()->RemoveAdvancedMsgListener(&chat);
    manager->RemoveSDKListener(&chat);
    chat.Settle();
    manager->UnInitSDK();
    return good ? 0 : 1;
}
