// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Before init, after uninit, several managers, and the end.

#include "support.h"

/// A call on a line that never answers: nothing listens there, or whatever does says nothing.
static V2TIMSDKConfig nowhere() {
    V2TIMSDKConfig config = config_for("ws://127.0.0.1:1");
    return config;
}

static int find(V2TIMManager* manager, std::string* sentence = nullptr) {
    ValueEnd<V2TIMMessageVector> end;
    manager->GetMessageManager()->FindMessages(V2TIMStringVector{"x"}, &end);
    const int code = end.outcome.Await();
    if (sentence) *sentence = end.outcome.Sentence();
    return code;
}

TEST("the singleton is one object, and answers 6013 before init and after uninit") {
    V2TIMManager* manager = V2TIMManager::GetInstance();
    CHECK(manager == V2TIMManager::GetInstance());
    CHECK(manager->GetMessageManager() == V2TIMManager::GetInstance()->GetMessageManager());
    CHECK_EQ(manager->GetVersion(), V2TIMString(SEENBY_VERSION));
    CHECK(manager->GetSeenByManager()->GetClient() == seenby_shared_client());
    for (int round = 0; round < 2; ++round) {
        std::string sentence;
        CHECK_EQ(find(manager, &sentence), 6013);
        CHECK(!sentence.empty());
        CHECK_EQ(done([&](V2TIMCallback* end) { manager->Login("alice", "sig", end); }), 6013);
        CHECK_EQ(done([&](V2TIMCallback* end) { manager->GetMessageManager()->DeleteMessages({}, end); }), 6013);
        V2TIMMessage message = manager->GetMessageManager()->CreateTextMessage("x");
        SendEnd sent;
        CHECK(manager->GetMessageManager()
                  ->SendMessage(message, "bob", "", V2TIM_PRIORITY_DEFAULT, false, {}, &sent)
                  .Empty());
        CHECK_EQ(sent.outcome.Await(), 6013);
        CHECK_EQ(message.status, V2TIM_MSG_STATUS_SEND_FAIL);
        CHECK(manager->GetLoginUser().Empty());
        CHECK_EQ(manager->GetLoginStatus(), V2TIM_STATUS_LOGOUT);
        CHECK_EQ(manager->GetServerTime(), 0);
        CHECK(manager->GetSeenByManager()->DebugState().Empty());

        CHECK(manager->InitSDK(7, config_for(fresh_service())));
        CHECK(!manager->InitSDK(7, config_for(fresh_service())));
        CHECK_EQ(V2TIMSeenByManager::LastError().code, 6017);
        CHECK_EQ(find(manager), 6014);
        CHECK_EQ(done([&](V2TIMCallback* end) { manager->Login("alice", "sig", end); }), 0);
        CHECK_EQ(manager->GetLoginUser(), V2TIMString("alice"));
        CHECK_EQ(manager->GetLoginStatus(), V2TIM_STATUS_LOGINED);
        CHECK(manager->GetServerTime() > 1600000000);
        CHECK(manager->GetSeenByManager()->GetServerTimeMs() / 1000 >= 1600000000);
        CHECK_EQ(done([&](V2TIMCallback* end) { manager->Logout(end); }), 0);
        CHECK_EQ(manager->GetLoginStatus(), V2TIM_STATUS_LOGOUT);
        CHECK(V2TIMSeenByString::ToStd(manager->GetSeenByManager()->DebugState()).find("endpoint") !=
              std::string::npos);
        manager->UnInitSDK();
    }
    CHECK_EQ(V2TIMSeenByManager::DestroyManager(manager), SEENBY_ERR_NOT_SUPPORTED);
}

TEST("a refused init says why") {
    V2TIMManager* manager = V2TIMManager::GetInstance();
    CHECK(!manager->InitSDK(7, config_for("gopher://x")));
    const V2TIMSeenByError error = V2TIMSeenByManager::LastError();
    CHECK_EQ(error.code, 6017);
    CHECK(V2TIMSeenByString::ToStd(error.message).find("gopher") != std::string::npos);
    CHECK_EQ(find(manager), 6013);
}

TEST("a further manager answers 6013 before init, and 90003 after uninit") {
    V2TIMManager* manager = V2TIMSeenByManager::CreateManager();
    CHECK(manager->GetSeenByManager()->GetClient() == nullptr);
    std::string sentence;
    CHECK_EQ(find(manager, &sentence), 6013);
    CHECK(sentence.find("InitSDK") != std::string::npos);
    CHECK_EQ(done([&](V2TIMCallback* end) { manager->GetMessageManager()->DeleteMessages({}, end); }), 6013);
    V2TIMMessage message = manager->GetMessageManager()->CreateTextMessage("x");
    SendEnd sent;
    manager->GetMessageManager()->SendMessage(message, "bob", "", V2TIM_PRIORITY_DEFAULT, false, {}, &sent);
    CHECK_EQ(sent.outcome.Await(), 6013);
    manager->UnInitSDK();
    CHECK(manager->InitSDK(7, config_for(fresh_service())));
    CHECK(!manager->InitSDK(7, config_for(fresh_service())));
    CHECK_EQ(find(manager), 6014);
    manager->UnInitSDK();
    CHECK_EQ(find(manager), 90003);
    CHECK(manager->InitSDK(7, config_for(fresh_service())));
    CHECK_EQ(find(manager), 6014);
    CHECK_EQ(V2TIMSeenByManager::DestroyManager(manager), SEENBY_OK);
    CHECK_EQ(V2TIMSeenByManager::DestroyManager(nullptr), SEENBY_OK);
}

TEST("two managers and the singleton in one process are three users") {
    const V2TIMString server = fresh_service();
    Inbox heard;
    Device alice(server, "alice"), bob(server, "bob");
    V2TIMManager* carol = V2TIMManager::GetInstance();
    CHECK(carol->InitSDK(7, config_for(server)));
    CHECK_EQ(done([&](V2TIMCallback* end) { carol->Login("carol", "sig", end); }), 0);
    carol->GetMessageManager()->AddAdvancedMsgListener(&heard);
    const V2TIMMessage first = alice.Send("from alice", "carol", "");
    CHECK_EQ(heard.Message(0).msgID, first.msgID);
    const V2TIMMessage second = bob.Send("from bob", "carol", "");
    CHECK_EQ(heard.Message(1).sender, V2TIMString("bob"));
    CHECK_EQ(heard.Message(1).msgID, second.msgID);
    carol->GetMessageManager()->RemoveAdvancedMsgListener(&heard);
    carol->UnInitSDK();
}

TEST("calls that are out end with 7009, exactly once") {
    V2TIMManager* manager = V2TIMManager::GetInstance();
    CHECK(manager->InitSDK(7, nowhere()));
    DoneEnd out[5];
    for (DoneEnd& end : out) manager->Login("alice", "sig", &end);
    manager->UnInitSDK();
    for (DoneEnd& end : out) {
        const int code = end.outcome.Await();
        // Those that had been refused already were refused for another reason.
        CHECK(code == 7009 || code == 6013 || (code >= 9508 && code <= 9525));
    }
}

TEST("inside a callback: uninit is allowed, destroying is not") {
    const V2TIMString server = fresh_service();
    Outcome outcome;
    V2TIMManager* manager = V2TIMSeenByManager::CreateManager();
    CHECK(manager->InitSDK(7, config_for(server)));
    manager->Login("alice", "sig", V2TIMSeenByCallback::Done(
                                       [&] {
                                           CHECK_EQ(V2TIMSeenByManager::DestroyManager(manager),
                                                    SEENBY_ERR_CALLED_FROM_CALLBACK);
                                           manager->UnInitSDK();
                                           outcome.End(0, "");
                                       },
                                       [&](int code, const V2TIMString& sentence) { outcome.End(code, sentence); }));
    CHECK_EQ(outcome.Await(), 0);
    CHECK_EQ(V2TIMSeenByManager::DestroyManager(manager), SEENBY_OK);
}

TEST("the end of the program: listeners and calls that nobody ended") {
    // Left as they are: nothing may crash while the program ends, and no callback finds a destroyed manager.
    static Inbox* heard = new Inbox;
    V2TIMManager* manager = V2TIMManager::GetInstance();
    CHECK(manager->InitSDK(7, config_for(fresh_service())));
    manager->GetMessageManager()->AddAdvancedMsgListener(heard);
    CHECK_EQ(done([&](V2TIMCallback* end) { manager->Login("alice", "sig", end); }), 0);
    for (int i = 0; i < 50; ++i) {
        V2TIMMessage message = manager->GetMessageManager()->CreateTextMessage("late");
        manager->GetMessageManager()->SendMessage(message, "alice", "", V2TIM_PRIORITY_DEFAULT, false, {},
                                                  V2TIMSeenByCallback::Sent(nullptr, nullptr));
    }
}

RUN_TESTS()
