// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the test programs share: callbacks that are waited for, and managers on a service inside the process.

#ifndef SEENBY_TESTS_SUPPORT_H
#define SEENBY_TESTS_SUPPORT_H

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <ostream>
#include <thread>

#include "V2TIMManager.h"
#include "check.h"

namespace seenby_v2tim {
inline std::ostream& operator<<(std::ostream& out, const V2TIMString& text) {
    return out << '"' << text.CString() << '"';
}
}  // namespace seenby_v2tim

/// Waits for things that happen on other threads. What does not happen within half a minute never will.
class Signal {
public:
    template <class F>
    void Change(const F& change) {
        std::lock_guard<std::mutex> lock(mutex_);
        change();
        changed_.notify_all();
    }
    template <class F>
    void Await(const char* what, const F& there) {
        std::unique_lock<std::mutex> lock(mutex_);
        if (!changed_.wait_for(lock, std::chrono::seconds(30), there)) {
            check::fail(__FILE__, __LINE__, std::string("never happened: ") + what);
        }
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
};

/// How a call ended; kept by callbacks that are on the stack of a test.
class Outcome {
public:
    void End(int code, const V2TIMString& sentence) {
        signal_.Change([&] {
            code_ = code;
            sentence_ = sentence;
            ++ended_;
        });
    }
    /// The number.
    int Await() {
        int code = 0;
        int ended = 0;
        signal_.Await("the end of a call", [&] {
            code = code_;
            ended = ended_;
            return ended_ > 0;
        });
        CHECK_EQ(ended, 1);
        return code;
    }
    std::string Sentence() {
        Await();
        return V2TIMSeenByString::ToStd(sentence_);
    }

private:
    Signal signal_;
    int code_ = -1;
    V2TIMString sentence_;
    int ended_ = 0;
};

class DoneEnd : public V2TIMCallback {
public:
    void OnSuccess() override { outcome.End(0, ""); }
    void OnError(int code, const V2TIMString& sentence) override { outcome.End(code, sentence); }
    Outcome outcome;
};

template <class T>
class ValueEnd : public V2TIMValueCallback<T> {
public:
    void OnSuccess(const T& given) override {
        value = given;
        outcome.End(0, "");
    }
    void OnError(int code, const V2TIMString& sentence) override { outcome.End(code, sentence); }
    T value{};
    Outcome outcome;
};

class SendEnd : public V2TIMSendCallback {
public:
    void OnSuccess(const V2TIMMessage& given) override {
        value = given;
        outcome.End(0, "");
    }
    void OnError(int code, const V2TIMString& sentence) override { outcome.End(code, sentence); }
    void OnProgress(uint32_t) override {}
    V2TIMMessage value;
    Outcome outcome;
};

template <class T>
class CompleteEnd : public V2TIMCompleteCallback<T> {
public:
    void OnComplete(int code, const V2TIMString& sentence, const T&) override { outcome.End(code, sentence); }
    Outcome outcome;
};

/// Makes a call with a callback, waits, and gives the number.
template <class F>
int done(const F& call) {
    DoneEnd end;
    call(&end);
    return end.outcome.Await();
}

/// Makes a call that must succeed, and gives its value.
template <class T, class F>
T value(const F& call) {
    ValueEnd<T> end;
    call(&end);
    if (end.outcome.Await() != 0) check::fail(__FILE__, __LINE__, end.outcome.Sentence());
    return end.value;
}

/// A service in memory that no other test uses.
inline V2TIMString fresh_service() {
    static std::atomic<int> number(0);
    return V2TIMSeenByString::FromStd("embedded:mem/cpp-" + std::to_string(++number));
}

inline V2TIMSDKConfig config_for(const V2TIMString& server) {
    V2TIMSDKConfig config;
    config.seenBy.server = server;
    return config;
}

/// A further manager with a user who is logged in.
class Device {
public:
    Device(const V2TIMString& server, const V2TIMString& user) : Device(config_for(server), user) {}
    Device(const V2TIMSDKConfig& config, const V2TIMString& user) : manager(V2TIMSeenByManager::CreateManager()) {
        if (!manager->InitSDK(7, config)) {
            check::fail(__FILE__, __LINE__, V2TIMSeenByManager::LastError().message.CString());
        }
        CHECK_EQ(done([&](V2TIMCallback* end) { manager->Login(user, "sig", end); }), 0);
    }
    ~Device() {
        if (manager) CHECK_EQ(V2TIMSeenByManager::DestroyManager(manager), SEENBY_OK);
    }
    V2TIMManager* operator->() const { return manager; }
    V2TIMMessageManager& Messages() const { return *manager->GetMessageManager(); }
    V2TIMGroupManager& Groups() const { return *manager->GetGroupManager(); }
    V2TIMConversationManager& Conversations() const { return *manager->GetConversationManager(); }
    V2TIMSeenByManager& Ours() const { return *manager->GetSeenByManager(); }

    /// Sends a text that wants receipts, and gives it as OnSuccess brought it.
    V2TIMMessage Send(const V2TIMString& text, const V2TIMString& receiver, const V2TIMString& group) const {
        V2TIMMessage message = Messages().CreateTextMessage(text);
        message.needReadReceipt = true;
        SendEnd end;
        Messages().SendMessage(message, receiver, group, V2TIM_PRIORITY_NORMAL, false, {}, &end);
        if (end.outcome.Await() != 0) check::fail(__FILE__, __LINE__, end.outcome.Sentence());
        return end.value;
    }

    V2TIMManager* manager;

private:
    Device(const Device&);
    Device& operator=(const Device&);
};

/// Keeps the messages and receipts it hears.
class Inbox : public V2TIMAdvancedMsgListener {
public:
    void OnRecvNewMessage(const V2TIMMessage& message) override {
        signal_.Change([&] { messages_.push_back(message); });
    }
    void OnRecvMessageReadReceipts(const V2TIMMessageReceiptVector& list) override {
        signal_.Change([&] {
            for (const V2TIMMessageReceipt& receipt : list) receipts_.push_back(receipt);
        });
    }
    void OnRecvC2CReadReceipt(const V2TIMMessageReceiptVector& list) override {
        signal_.Change([&] {
            for (const V2TIMMessageReceipt& receipt : list) marks_.push_back(receipt);
        });
    }
    V2TIMMessage Message(size_t index) {
        V2TIMMessage found;
        signal_.Await("a message", [&] { return Take(messages_, index, found); });
        return found;
    }
    V2TIMMessageReceipt Mark(size_t index) {
        V2TIMMessageReceipt found;
        signal_.Await("a mark", [&] { return Take(marks_, index, found); });
        return found;
    }
    /// The first receipt of this message with so many readers (or read by the peer).
    V2TIMMessageReceipt Receipt(const V2TIMString& id, int32_t readers) {
        V2TIMMessageReceipt found;
        signal_.Await("a receipt", [&] {
            for (const V2TIMMessageReceipt& receipt : receipts_) {
                if (receipt.msgID != id) continue;
                if (receipt.groupID.Empty() ? receipt.isPeerRead : receipt.readCount == readers) {
                    found = receipt;
                    return true;
                }
            }
            return false;
        });
        return found;
    }

private:
    template <class T>
    static bool Take(const std::vector<T>& list, size_t index, T& found) {
        if (list.size() <= index) return false;
        found = list[index];
        return true;
    }

    Signal signal_;
    std::vector<V2TIMMessage> messages_;
    std::vector<V2TIMMessageReceipt> receipts_;
    std::vector<V2TIMMessageReceipt> marks_;
};

#endif  // SEENBY_TESTS_SUPPORT_H
