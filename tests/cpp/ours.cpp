// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What is ours and not documented: V2TIMSeenBy….

#include <deque>

#include "support.h"

static V2TIMMessageVector list_of(const V2TIMMessage& message) {
    V2TIMMessageVector list;
    list.PushBack(message);
    return list;
}

/// A thread of the app's own, as a message loop is.
class Loop : public V2TIMSeenByDispatcher {
public:
    void Dispatch(const V2TIMSeenByJob& job) override {
        signal_.Change([&] { jobs_.push_back(job); });
    }
    /// Runs jobs on this thread until `over`.
    template <class F>
    void RunUntil(const F& over) {
        while (!over()) {
            std::vector<V2TIMSeenByJob> next;
            signal_.Await("a job", [&] {
                next.assign(jobs_.begin(), jobs_.end());
                jobs_.clear();
                return !next.empty();
            });
            for (const V2TIMSeenByJob& job : next) {
                CHECK_EQ(job.Run(), SEENBY_OK);
                CHECK_EQ(job.Run(), SEENBY_ERR_CLOSED);
                CHECK_EQ(job.Drop(), SEENBY_ERR_CLOSED);
            }
        }
    }

private:
    Signal signal_;
    std::deque<V2TIMSeenByJob> jobs_;
};

TEST("a dispatcher brings callbacks and listeners to the app's own thread") {
    class Here : public V2TIMSDKListener {
    public:
        void OnConnectSuccess() override {
            heard = true;
            where = std::this_thread::get_id();
        }
        bool heard = false;
        std::thread::id where;
    } here;
    const std::shared_ptr<Loop> loop = std::make_shared<Loop>();
    V2TIMSDKConfig config = config_for(fresh_service());
    config.seenBy.dispatcher = loop;
    V2TIMManager* manager = V2TIMSeenByManager::CreateManager();
    manager->AddSDKListener(&here);
    CHECK(manager->InitSDK(7, config));
    // Only this thread touches them.
    bool ended = false;
    int code = -1;
    manager->Login("alice", "sig", V2TIMSeenByCallback::Done(
                                       [&] {
                                           ended = true;
                                           code = 0;
                                       },
                                       [&](int error, const V2TIMString&) {
                                           ended = true;
                                           code = error;
                                       }));
    loop->RunUntil([&] { return ended && here.heard; });
    CHECK_EQ(code, 0);
    CHECK(here.where == std::this_thread::get_id());
    manager->RemoveSDKListener(&here);
    CHECK_EQ(V2TIMSeenByManager::DestroyManager(manager), SEENBY_OK);
}

TEST("a dropped job counts as delivered: its callback is never called") {
    class Dropper : public V2TIMSeenByDispatcher {
    public:
        void Dispatch(const V2TIMSeenByJob& job) override {
            CHECK_EQ(job.Drop(), SEENBY_OK);
            dropped.End(0, "");
        }
        Outcome dropped;
    };
    const std::shared_ptr<Dropper> dropper = std::make_shared<Dropper>();
    V2TIMSDKConfig config = config_for(fresh_service());
    config.seenBy.dispatcher = dropper;
    V2TIMManager* manager = V2TIMSeenByManager::CreateManager();
    CHECK(manager->InitSDK(7, config));
    static std::atomic<int> called(0);
    class Never : public V2TIMCallback {
        void OnSuccess() override { ++called; }
        void OnError(int, const V2TIMString&) override { ++called; }
    } never;
    manager->Logout(&never);
    CHECK_EQ(dropper->dropped.Await(), 0);
    CHECK_EQ(V2TIMSeenByManager::DestroyManager(manager), SEENBY_OK);
    CHECK_EQ(called.load(), 0);
}

TEST("what a configuration holds is freed once its manager has gone, and when init is refused") {
    const std::shared_ptr<Loop> loop = std::make_shared<Loop>();
    {
        V2TIMSDKConfig config = config_for("gopher://nowhere");
        config.seenBy.dispatcher = loop;
        V2TIMManager* manager = V2TIMSeenByManager::CreateManager();
        CHECK(!manager->InitSDK(7, config));
        CHECK_EQ(V2TIMSeenByManager::DestroyManager(manager), SEENBY_OK);
    }
    CHECK_EQ(loop.use_count(), 1);
}

TEST("a tracker reports what was seen") {
    const V2TIMString server = fresh_service();
    V2TIMSDKConfig quick = config_for(server);
    quick.seenBy.seenForMs = 1;
    Inbox heard_by_alice, heard_by_bob;
    Device alice(server, "alice"), bob(quick, "bob");
    alice.Messages().AddAdvancedMsgListener(&heard_by_alice);
    bob.Messages().AddAdvancedMsgListener(&heard_by_bob);
    const V2TIMMessage message = alice.Send("look", "bob", "");
    {
        V2TIMSeenByReadTracker first(bob.manager, "c2c_alice");
        CHECK_EQ(first.Code(), SEENBY_OK);
        V2TIMSeenByReadTracker tracker(std::move(first));
        CHECK_EQ(tracker.Foreground(true), SEENBY_OK);
        CHECK_EQ(tracker.Visible(list_of(heard_by_bob.Message(0))), SEENBY_OK);
        CHECK(heard_by_alice.Receipt(message.msgID, 0).isPeerRead);
        CHECK_EQ(tracker.Hidden(list_of(heard_by_bob.Message(0))), SEENBY_OK);
    }
    V2TIMSeenByReadTracker wrong(bob.manager, "nothing_like_it");
    CHECK_EQ(wrong.Code(), SEENBY_ERR_INVALID_PARAMETERS);
    CHECK(!V2TIMSeenByManager::LastError().message.Empty());
    CHECK_EQ(wrong.Foreground(true), SEENBY_ERR_CLOSED);
    alice.Messages().RemoveAdvancedMsgListener(&heard_by_alice);
    bob.Messages().RemoveAdvancedMsgListener(&heard_by_bob);
}

TEST("what to draw, the readers in a receipt, and what the device remembers") {
    const V2TIMString server = fresh_service();
    V2TIMSDKConfig naming = config_for(server);
    naming.seenBy.withReaders = true;
    Inbox heard;
    Device alice(naming, "alice"), bob(server, "bob");
    alice.Messages().AddAdvancedMsgListener(&heard);
    value<V2TIMString>([&](V2TIMValueCallback<V2TIMString>* end) { alice->CreateGroup("Public", "g", "G", end); });
    CHECK_EQ(done([&](V2TIMCallback* end) { bob->JoinGroup("g", "", end); }), 0);
    const V2TIMMessage message = alice.Send("draw me", "", "g");
    CHECK_EQ(V2TIMSeenByManager::DrawState(message, nullptr).state, SEENBY_DRAW_SENT);
    V2TIMMessage failed = alice.Messages().CreateTextMessage("x");
    alice.Messages().SendMessage(failed, "", "", V2TIM_PRIORITY_DEFAULT, false, {}, nullptr);
    failed.isSelf = true;
    CHECK_EQ(V2TIMSeenByManager::DrawState(failed, nullptr).state, SEENBY_DRAW_FAILED);
    const V2TIMMessage reference = V2TIMSeenByManager::MessageReference("group_g", message.msgID, "");
    CHECK_EQ(done([&](V2TIMCallback* end) { bob.Messages().SendMessageReadReceipts(list_of(reference), end); }), 0);
    const V2TIMMessageReceipt receipt = heard.Receipt(message.msgID, 1);
    CHECK_EQ(receipt.seenBy.readers.Size(), 1u);
    CHECK_EQ(receipt.seenBy.readers[0].userID, V2TIMString("bob"));
    CHECK(receipt.seenBy.readers[0].timestampMs > 0);
    CHECK(!receipt.seenBy.moreReaders);
    CHECK(receipt.seenBy.position > 0);
    CHECK_EQ(V2TIMSeenByManager::DrawState(message, &receipt).state, SEENBY_DRAW_ALL_READ);
    V2TIMMessageReceipt half = receipt;
    half.unreadCount = 2;
    const V2TIMSeenByDrawState drawn = V2TIMSeenByManager::DrawState(message, &half);
    CHECK_EQ(drawn.state, SEENBY_DRAW_READ_BY);
    CHECK_EQ(drawn.read, 1u);
    CHECK_EQ(drawn.of, 3u);

    CHECK_EQ(alice.Ours().NetworkAvailable(false), SEENBY_OK);
    const auto cached = value<V2TIMMessageReceiptVector>([&](V2TIMValueCallback<V2TIMMessageReceiptVector>* end) {
        alice.Ours().CachedReceipts(V2TIMStringVector{message.msgID, "unknown"}, end);
    });
    CHECK_EQ(cached.Size(), 1u);
    CHECK_EQ(cached[0].readCount, 1);
    CHECK_EQ(alice.Ours().Foreground(false), SEENBY_OK);
    alice.Messages().RemoveAdvancedMsgListener(&heard);
}

TEST("receipts are left on the disk without a manager") {
    const std::string folder =
        "ours-" + std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
    V2TIMSDKConfig alices = config_for(V2TIMSeenByString::FromStd("embedded:file/" + folder + "-service"));
    V2TIMSDKConfig bobs = alices;
    alices.initPath = V2TIMSeenByString::FromStd(folder + "-alice");
    bobs.initPath = V2TIMSeenByString::FromStd(folder + "-bob");
    Inbox heard;
    Device alice(alices, "alice");
    alice.Messages().AddAdvancedMsgListener(&heard);
    const V2TIMMessage message = alice.Send("notify", "bob", "");
    const V2TIMMessage reference = V2TIMSeenByManager::MessageReference("c2c_alice", message.msgID, "alice");
    CHECK_EQ(V2TIMSeenByManager::EnqueueReceipts(7, bobs, "bob", list_of(reference)), SEENBY_OK);
    {
        Device bob(bobs, "bob");
        CHECK(heard.Receipt(message.msgID, 0).isPeerRead);
    }
    CHECK_EQ(V2TIMSeenByManager::EnqueueReceipts(7, config_for(fresh_service()), "bob", list_of(reference)),
             SEENBY_ERR_INVALID_PARAMETERS);
    CHECK_EQ(V2TIMSeenByManager::LastError().code, SEENBY_ERR_INVALID_PARAMETERS);
    alice.Messages().RemoveAdvancedMsgListener(&heard);
}

TEST("a service that is held is configured, and its users and messages are deleted") {
    V2TIMSeenByService service;
    const V2TIMString server = fresh_service();
    CHECK_EQ(service.Open(7, config_for(server), "{\"unsupported\": \"reject\"}", ""), SEENBY_OK);
    Device alice(server, "alice");
    value<V2TIMString>([&](V2TIMValueCallback<V2TIMString>* end) { alice->CreateGroup("Community", "c", "C", end); });
    V2TIMMessage message = alice.Messages().CreateTextMessage("no receipts here");
    message.needReadReceipt = true;
    SendEnd rejected;
    alice.Messages().SendMessage(message, "", "c", V2TIM_PRIORITY_DEFAULT, false, {}, &rejected);
    CHECK_EQ(rejected.outcome.Await(), 7013);
    CHECK_EQ(service.Configure("{\"unsupported\": \"downgrade\"}"), SEENBY_OK);
    SendEnd downgraded;
    V2TIMMessage again = alice.Messages().CreateTextMessage("no receipts here");
    again.needReadReceipt = true;
    alice.Messages().SendMessage(again, "", "c", V2TIM_PRIORITY_DEFAULT, false, {}, &downgraded);
    CHECK_EQ(downgraded.outcome.Await(), 0);
    CHECK(!downgraded.value.needReadReceipt);
    CHECK(service.Configure("{\"no_such_setting\": 1}") != SEENBY_OK);
    const V2TIMMessage sent = alice.Send("to be deleted", "bob", "");
    CHECK_EQ(service.DeleteMessage("alice", "c2c_bob", sent.msgID), SEENBY_OK);
    CHECK_EQ(service.DeleteUser("bob"), SEENBY_OK);
    CHECK_EQ(service.Close(), SEENBY_OK);
    CHECK_EQ(service.Configure("{}"), SEENBY_ERR_CLOSED);
}

TEST("the log goes to a function, or to the documented listener") {
    Signal signal;
    std::string lines;
    CHECK_EQ(V2TIMSeenByManager::SetLogSink(SEENBY_LOG_WARN,
                                            [&](int32_t level, const V2TIMString& line) {
                                                signal.Change([&] {
                                                    lines += std::to_string(level) + V2TIMSeenByString::ToStd(line);
                                                });
                                            }),
             SEENBY_OK);
    seenby_log(SEENBY_LOG_WARN, seenby_str("mark-one"));
    signal.Await("a line", [&] { return lines.find("mark-one") != std::string::npos; });
    CHECK_EQ(V2TIMSeenByManager::SetLogSink(SEENBY_LOG_WARN, nullptr), SEENBY_OK);
    CHECK_EQ(V2TIMSeenByManager::SetLogSink(99, [](int32_t, const V2TIMString&) {}), SEENBY_ERR_INVALID_PARAMETERS);

    class Log : public V2TIMLogListener {
    public:
        void OnLog(V2TIMLogLevel level, const V2TIMString& line) override {
            signal.Change([&] {
                if (V2TIMSeenByString::ToStd(line).find("mark-two") != std::string::npos) heard = level;
            });
        }
        Signal signal;
        int heard = 0;
    };
    {
        Log log;
        V2TIMSDKConfig config = config_for(fresh_service());
        config.logListener = &log;
        config.logLevel = V2TIM_LOG_ERROR;
        V2TIMManager* manager = V2TIMManager::GetInstance();
        CHECK(manager->InitSDK(7, config));
        seenby_log(SEENBY_LOG_WARN, seenby_str("mark-two, not at this level"));
        seenby_log(SEENBY_LOG_ERROR, seenby_str("mark-two"));
        log.signal.Await("a line", [&] { return log.heard == V2TIM_LOG_ERROR; });
        manager->UnInitSDK();
    }
    seenby_log(SEENBY_LOG_ERROR, seenby_str("to nobody's listener"));
}

TEST("a reply to a token provider that is none is refused") {
    CHECK_EQ(V2TIMSeenByTokenReply(nullptr).Accept("sig"), SEENBY_ERR_CLOSED);
    CHECK_EQ(V2TIMSeenByTokenReply(nullptr).Refuse("why"), SEENBY_ERR_CLOSED);
}

TEST("texts of the standard library and back, NUL bytes too") {
    CHECK_EQ(V2TIMSeenByString::FromStd(std::string("a\0b", 3)).Size(), 3u);
    CHECK_EQ(V2TIMSeenByString::ToStd(V2TIMString("a\0b", 3)).size(), 3u);
}

RUN_TESTS()
