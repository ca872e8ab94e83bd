// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Exceptions that leave callbacks of the app: caught, reported, and the next one comes.

#include <stdexcept>

#include "support.h"

static int exceptions_of(const Device& device) {
    const std::string state = V2TIMSeenByString::ToStd(device.Ours().DebugState());
    const std::string key = "\"app_exceptions\":";
    const size_t at = state.find(key);
    if (at == std::string::npos) check::fail(__FILE__, __LINE__, "no app_exceptions in " + state);
    return std::atoi(state.c_str() + at + key.size());
}

class Thrower : public V2TIMCallback, public V2TIMAdvancedMsgListener, public V2TIMSDKListener {
public:
    void OnSuccess() override { throw std::runtime_error("success"); }
    void OnError(int, const V2TIMString&) override { throw 7; }
    void OnRecvNewMessage(const V2TIMMessage&) override { throw std::logic_error("heard"); }
};

TEST("exceptions of callbacks and listeners are caught, and counted") {
    const V2TIMString server = fresh_service();
    Thrower thrower;
    Inbox after;
    Device alice(server, "alice"), bob(server, "bob");
    CHECK_EQ(exceptions_of(bob), 0);
    bob.Messages().AddAdvancedMsgListener(&thrower);
    bob.Messages().AddAdvancedMsgListener(&after);
    // Success, refusal, a call outside SeenBy, and a listener.
    bob.Messages().MarkAllMessageAsRead(&thrower);
    bob.Messages().SendMessageReadReceipts(V2TIMMessageVector(), &thrower);
    bob.Messages().DeleteMessages(V2TIMMessageVector(), &thrower);
    const V2TIMMessage message = alice.Send("hi", "bob", "");
    CHECK_EQ(after.Message(0).msgID, message.msgID);
    // Callbacks come in order, so the three are over too.
    CHECK_EQ(done([&](V2TIMCallback* end) { bob.Messages().MarkAllMessageAsRead(end); }), 0);
    CHECK_EQ(exceptions_of(bob), 4);
    CHECK_EQ(exceptions_of(alice), 0);
    bob.Messages().RemoveAdvancedMsgListener(&thrower);
    bob.Messages().RemoveAdvancedMsgListener(&after);
}

TEST("an exception of a function callback frees it all the same") {
    Device alice(fresh_service(), "alice");
    std::shared_ptr<int> held = std::make_shared<int>(1);
    alice.Messages().MarkAllMessageAsRead(V2TIMSeenByCallback::Done([held] { throw std::runtime_error("x"); }, nullptr));
    CHECK_EQ(done([&](V2TIMCallback* end) { alice.Messages().MarkAllMessageAsRead(end); }), 0);
    CHECK_EQ(held.use_count(), 1);
}

TEST("a dispatcher that throws drops the job, a token provider that throws refuses") {
    class Broken : public V2TIMSeenByDispatcher {
    public:
        void Dispatch(const V2TIMSeenByJob& job) override {
            if (broken.exchange(false)) throw std::runtime_error("no thread");
            job.Run();
        }
        std::atomic<bool> broken{false};
    };
    const std::shared_ptr<Broken> dispatcher = std::make_shared<Broken>();
    V2TIMSDKConfig config = config_for(fresh_service());
    config.seenBy.dispatcher = dispatcher;
    Device alice(config, "alice");
    dispatcher->broken = true;
    DoneEnd lost;
    alice.Messages().MarkAllMessageAsRead(&lost);
    while (dispatcher->broken) std::this_thread::yield();
    CHECK_EQ(done([&](V2TIMCallback* end) { alice.Messages().MarkAllMessageAsRead(end); }), 0);
    CHECK_EQ(exceptions_of(alice), 1);
}

RUN_TESTS()
