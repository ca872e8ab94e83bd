// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Listeners: partly overridden, added twice, removed inside themselves, before init and after uninit.

#include "support.h"

/// Counts messages; may remove itself, or another, in the first.
class Counter : public V2TIMAdvancedMsgListener {
public:
    explicit Counter(V2TIMMessageManager* of = nullptr) : of_(of) {}
    void OnRecvNewMessage(const V2TIMMessage&) override {
        if (of_ && count_ == 0) {
            of_->RemoveAdvancedMsgListener(this);
            of_->AddAdvancedMsgListener(this);
            of_->RemoveAdvancedMsgListener(this);
        }
        signal_.Change([&] { ++count_; });
    }
    void Await(int count) {
        signal_.Await("messages", [&] { return count_ >= count; });
    }
    int Count() {
        int count = 0;
        signal_.Change([&] { count = count_; });
        return count;
    }

private:
    V2TIMMessageManager* of_;
    Signal signal_;
    int count_ = 0;
};

TEST("a listener that overrides nothing hears everything in silence") {
    const V2TIMString server = fresh_service();
    V2TIMAdvancedMsgListener nothing;
    V2TIMSDKListener no_sdk;
    V2TIMGroupListener no_groups;
    V2TIMConversationListener no_conversations;
    V2TIMSimpleMsgListener no_simple;
    V2TIMSeenByListener no_ours;
    Counter last;
    Device alice(server, "alice"), bob(server, "bob");
    bob.Messages().AddAdvancedMsgListener(&nothing);
    bob->AddSDKListener(&no_sdk);
    bob->AddGroupListener(&no_groups);
    bob.Conversations().AddConversationListener(&no_conversations);
    bob->AddSimpleMsgListener(&no_simple);
    bob.Ours().AddSeenByListener(&no_ours);
    bob.Messages().AddAdvancedMsgListener(&last);
    alice.Send("hi", "bob", "");
    last.Await(1);
    bob.Messages().RemoveAdvancedMsgListener(&last);
    bob.Messages().RemoveAdvancedMsgListener(&nothing);
    bob->RemoveSDKListener(&no_sdk);
    bob->RemoveGroupListener(&no_groups);
    bob.Conversations().RemoveConversationListener(&no_conversations);
    bob->RemoveSimpleMsgListener(&no_simple);
    bob.Ours().RemoveSeenByListener(&no_ours);
}

TEST("a listener that is added twice is told once, and removed once") {
    const V2TIMString server = fresh_service();
    Counter twice, last;
    Device alice(server, "alice"), bob(server, "bob");
    bob.Messages().AddAdvancedMsgListener(&twice);
    bob.Messages().AddAdvancedMsgListener(&twice);
    bob.Messages().AddAdvancedMsgListener(&last);
    alice.Send("1", "bob", "");
    last.Await(1);
    CHECK_EQ(twice.Count(), 1);
    bob.Messages().RemoveAdvancedMsgListener(&twice);
    alice.Send("2", "bob", "");
    last.Await(2);
    CHECK_EQ(twice.Count(), 1);
    // Once more does nothing.
    bob.Messages().RemoveAdvancedMsgListener(&twice);
    bob.Messages().RemoveAdvancedMsgListener(&last);
}

TEST("one object may be several listeners") {
    class Both : public Counter, public V2TIMSimpleMsgListener {
    public:
        void OnRecvC2CTextMessage(const V2TIMString&, const V2TIMUserFullInfo& sender, const V2TIMString& text) override {
            simple.Change([&] {
                from = sender.userID;
                said = text;
            });
        }
        Signal simple;
        V2TIMString from, said;
    } both;
    const V2TIMString server = fresh_service();
    Device alice(server, "alice"), bob(server, "bob");
    bob.Messages().AddAdvancedMsgListener(&both);
    bob->AddSimpleMsgListener(&both);
    SendEnd sent;
    alice->SendC2CTextMessage("simple", "bob", &sent);
    CHECK_EQ(sent.outcome.Await(), 0);
    both.Await(1);
    both.simple.Await("a simple message",
                      [&] { return both.from == V2TIMString("alice") && both.said == V2TIMString("simple"); });
    bob->RemoveSimpleMsgListener(&both);
    bob.Messages().RemoveAdvancedMsgListener(&both);
}

TEST("a listener removes itself inside its callback") {
    const V2TIMString server = fresh_service();
    Counter last;
    Device alice(server, "alice"), bob(server, "bob");
    Counter once(&bob.Messages());
    bob.Messages().AddAdvancedMsgListener(&once);
    bob.Messages().AddAdvancedMsgListener(&last);
    alice.Send("1", "bob", "");
    alice.Send("2", "bob", "");
    last.Await(2);
    bob.Messages().RemoveAdvancedMsgListener(&last);
    CHECK_EQ(once.Count(), 1);
}

TEST("after a remove the listener may be freed at once") {
    const V2TIMString server = fresh_service();
    Device alice(server, "alice"), bob(server, "bob");
    for (int i = 0; i < 30; ++i) {
        std::unique_ptr<Counter> counter(new Counter);
        bob.Messages().AddAdvancedMsgListener(counter.get());
        V2TIMMessage message = alice.Messages().CreateTextMessage("x");
        alice.Messages().SendMessage(message, "bob", "", V2TIM_PRIORITY_DEFAULT, false, {}, nullptr);
        if (i % 2) counter->Await(1);
        bob.Messages().RemoveAdvancedMsgListener(counter.get());
    }
}

TEST("a listener stays through uninit and init") {
    const V2TIMString server = fresh_service();
    class Line : public V2TIMSDKListener {
    public:
        void OnConnectSuccess() override {
            signal.Change([&] { ++up; });
        }
        Signal signal;
        int up = 0;
    } line;
    V2TIMManager* manager = V2TIMSeenByManager::CreateManager();
    manager->AddSDKListener(&line);
    for (int round = 1; round <= 2; ++round) {
        CHECK(manager->InitSDK(7, config_for(server)));
        CHECK_EQ(done([&](V2TIMCallback* end) { manager->Login("alice", "sig", end); }), 0);
        line.signal.Await("the line", [&] { return line.up >= round; });
        manager->UnInitSDK();
    }
    manager->RemoveSDKListener(&line);
    CHECK_EQ(V2TIMSeenByManager::DestroyManager(manager), SEENBY_OK);
}

/// Writes down what happens in groups.
class Groups : public V2TIMGroupListener, public V2TIMSeenByListener {
public:
    void OnMemberEnter(const V2TIMString& group, const V2TIMGroupMemberInfoVector& members) override {
        Note("enter " + Name(group) + Names(members));
    }
    void OnMemberLeave(const V2TIMString& group, const V2TIMGroupMemberInfo& member) override {
        Note("leave " + Name(group) + " " + Name(member.userID));
    }
    void OnMemberInvited(const V2TIMString& group, const V2TIMGroupMemberInfo& by,
                         const V2TIMGroupMemberInfoVector& members) override {
        Note("invited " + Name(group) + " by " + Name(by.userID) + Names(members));
    }
    void OnMemberKicked(const V2TIMString& group, const V2TIMGroupMemberInfo& by,
                        const V2TIMGroupMemberInfoVector& members) override {
        Note("kicked " + Name(group) + " by " + Name(by.userID) + Names(members));
    }
    void OnGroupDismissed(const V2TIMString& group, const V2TIMGroupMemberInfo& by) override {
        Note("dismissed " + Name(group) + " by " + Name(by.userID));
    }
    void OnGrantAdministrator(const V2TIMString& group, const V2TIMGroupMemberInfo& by,
                              const V2TIMGroupMemberInfoVector& members) override {
        Note("admin " + Name(group) + " by " + Name(by.userID) + Names(members));
    }
    void OnRevokeAdministrator(const V2TIMString& group, const V2TIMGroupMemberInfo& by,
                               const V2TIMGroupMemberInfoVector& members) override {
        Note("member " + Name(group) + " by " + Name(by.userID) + Names(members));
    }
    void OnGroupChanged(const V2TIMSeenByGroupChange& change) override {
        signal_.Change([&] { count_ = change.memberCount; });
    }
    void Await(const std::string& what) {
        signal_.Await(what.c_str(), [&] {
            for (const std::string& note : notes_) {
                if (note == what) return true;
            }
            return false;
        });
    }
    void AwaitCount(uint32_t count) {
        signal_.Await("a count of members", [&] { return count_ == count; });
    }

private:
    static std::string Name(const V2TIMString& text) { return V2TIMSeenByString::ToStd(text); }
    static std::string Names(const V2TIMGroupMemberInfoVector& members) {
        std::string names;
        for (const V2TIMGroupMemberInfo& member : members) names += " " + Name(member.userID);
        return names;
    }
    void Note(const std::string& what) {
        signal_.Change([&] { notes_.push_back(what); });
    }

    Signal signal_;
    std::vector<std::string> notes_;
    uint32_t count_ = 0;
};

TEST("changes of groups come by the documented methods") {
    const V2TIMString server = fresh_service();
    Groups heard;
    Device alice(server, "alice"), bob(server, "bob"), carol(server, "carol");
    alice->AddGroupListener(&heard);
    alice.Ours().AddSeenByListener(&heard);
    value<V2TIMString>([&](V2TIMValueCallback<V2TIMString>* end) { alice->CreateGroup("Public", "g", "G", end); });
    value<V2TIMString>([&](V2TIMValueCallback<V2TIMString>* end) { bob->CreateGroup("Work", "w", "W", end); });
    value<V2TIMGroupMemberOperationResultVector>([&](V2TIMValueCallback<V2TIMGroupMemberOperationResultVector>* end) {
        bob.Groups().InviteUserToGroup("w", V2TIMStringVector{"alice", "carol"}, end);
    });
    heard.Await("invited w by bob alice carol");
    CHECK_EQ(done([&](V2TIMCallback* end) { bob->JoinGroup("g", "", end); }), 0);
    heard.Await("enter g bob");
    CHECK_EQ(done([&](V2TIMCallback* end) { carol->JoinGroup("g", "", end); }), 0);
    heard.AwaitCount(3);
    CHECK_EQ(done([&](V2TIMCallback* end) { alice.Groups().SetGroupMemberRole("g", "bob", 300, end); }), 0);
    heard.Await("admin g by alice bob");
    CHECK_EQ(done([&](V2TIMCallback* end) { alice.Groups().SetGroupMemberRole("g", "bob", 200, end); }), 0);
    heard.Await("member g by alice bob");
    CHECK_EQ(done([&](V2TIMCallback* end) { bob->QuitGroup("g", end); }), 0);
    heard.Await("leave g bob");
    value<V2TIMGroupMemberOperationResultVector>([&](V2TIMValueCallback<V2TIMGroupMemberOperationResultVector>* end) {
        alice.Groups().KickGroupMember("g", V2TIMStringVector{"carol"}, "", end);
    });
    heard.Await("kicked g by alice carol");
    CHECK_EQ(done([&](V2TIMCallback* end) { alice->DismissGroup("g", end); }), 0);
    heard.Await("dismissed g by alice");
    alice->RemoveGroupListener(&heard);
    alice.Ours().RemoveSeenByListener(&heard);
}

TEST("conversations are told, and the reader's other device knows") {
    class Talks : public V2TIMConversationListener, public V2TIMSeenByListener {
    public:
        void OnConversationChanged(const V2TIMConversationVector& list) override {
            signal.Change([&] {
                for (const V2TIMConversation& one : list) {
                    if (one.conversationID == V2TIMString("c2c_alice")) unread = one.unreadCount;
                }
            });
        }
        void OnTotalUnreadMessageCountChanged(uint64_t count) override {
            signal.Change([&] { total = count; });
        }
        void OnReceiptsSent(const V2TIMString& conversation, const V2TIMStringVector& ids) override {
            signal.Change([&] {
                where = conversation;
                which = ids[0];
            });
        }
        void OnReadReceiptsEnabledChanged(bool is) override {
            signal.Change([&] { enabled = is ? 1 : 0; });
        }
        Signal signal;
        int unread = -1;
        uint64_t total = 99;
        V2TIMString where, which;
        int enabled = -1;
    } talks;
    const V2TIMString server = fresh_service();
    V2TIMSDKConfig second = config_for(server);
    second.seenBy.deviceLabel = "tablet";
    Inbox inbox;
    Device alice(server, "alice"), bob(server, "bob"), tablet(second, "bob");
    tablet.Conversations().AddConversationListener(&talks);
    tablet.Ours().AddSeenByListener(&talks);
    bob.Messages().AddAdvancedMsgListener(&inbox);
    const V2TIMMessage message = alice.Send("hi", "bob", "");
    talks.signal.Await("one unread", [&] { return talks.unread == 1 && talks.total == 1; });
    V2TIMMessageVector read;
    read.PushBack(inbox.Message(0));
    CHECK_EQ(done([&](V2TIMCallback* end) { bob.Messages().SendMessageReadReceipts(read, end); }), 0);
    talks.signal.Await("the receipt", [&] {
        return talks.where == V2TIMString("c2c_alice") && talks.which == message.msgID;
    });
    CHECK_EQ(done([&](V2TIMCallback* end) { bob.Messages().MarkC2CMessageAsRead("alice", end); }), 0);
    talks.signal.Await("nothing unread", [&] { return talks.unread == 0 && talks.total == 0; });
    CHECK_EQ(done([&](V2TIMCallback* end) { bob.Ours().SetReadReceiptsEnabled(false, end); }), 0);
    talks.signal.Await("the switch", [&] { return talks.enabled == 0; });
    bob.Messages().RemoveAdvancedMsgListener(&inbox);
    tablet.Conversations().RemoveConversationListener(&talks);
    tablet.Ours().RemoveSeenByListener(&talks);
}

RUN_TESTS()
