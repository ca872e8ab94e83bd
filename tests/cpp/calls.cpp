// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The documented calls, between managers on a service inside the process. What the rules say is told in tests/scenarios; here
// is what C++ adds: how calls end, what becomes of objects, and how the types are filled.

#include <functional>

#include "support.h"

static V2TIMMessageVector list_of(const V2TIMMessage& message) {
    V2TIMMessageVector list;
    list.PushBack(message);
    return list;
}

// The shape of the documented samples: functions in an object that deletes itself.
template <class T>
class ValueCallback final : public V2TIMValueCallback<T> {
public:
    explicit ValueCallback(std::atomic<int>& alive) : alive_(alive) { ++alive_; }
    ~ValueCallback() override { --alive_; }
    void SetCallback(std::function<void(const T&)> success, std::function<void(int, const V2TIMString&)> error) {
        success_ = std::move(success);
        error_ = std::move(error);
    }
    void OnSuccess(const T& value) override {
        if (success_) success_(value);
    }
    void OnError(int code, const V2TIMString& message) override {
        if (error_) error_(code, message);
    }

private:
    std::atomic<int>& alive_;
    std::function<void(const T&)> success_;
    std::function<void(int, const V2TIMString&)> error_;
};

class Callback final : public V2TIMCallback {
public:
    explicit Callback(std::atomic<int>& alive) : alive_(alive) { ++alive_; }
    ~Callback() override { --alive_; }
    void SetCallback(std::function<void()> success, std::function<void(int, const V2TIMString&)> error) {
        success_ = std::move(success);
        error_ = std::move(error);
    }
    void OnSuccess() override {
        if (success_) success_();
    }
    void OnError(int code, const V2TIMString& message) override {
        if (error_) error_(code, message);
    }

private:
    std::atomic<int>& alive_;
    std::function<void()> success_;
    std::function<void(int, const V2TIMString&)> error_;
};

TEST("a message, its receipt, and what everybody sees of them") {
    const V2TIMString server = fresh_service();
    Inbox heard_by_alice, heard_by_bob;
    Device alice(server, "alice"), bob(server, "bob");
    alice.Messages().AddAdvancedMsgListener(&heard_by_alice);
    bob.Messages().AddAdvancedMsgListener(&heard_by_bob);

    V2TIMMessage message = alice.Messages().CreateTextMessage(u8"\u4f60\u597d \U0001F44D");
    message.setNeedReadReceipt(true);
    message.localCustomInt = 42;
    message.cloudCustomData = V2TIMBuffer(reinterpret_cast<const uint8_t*>("c\0d"), 3);
    CHECK(message.msgID.Empty());
    SendEnd sent;
    const V2TIMString id =
        alice.Messages().SendMessage(message, "bob", {}, V2TIMMessagePriority::V2TIM_PRIORITY_HIGH, false, {}, &sent);
    // The object that was passed has what is known at once.
    CHECK(!id.Empty());
    CHECK_EQ(message.msgID, id);
    CHECK_EQ(message.sender, V2TIMString("alice"));
    CHECK_EQ(message.userID, V2TIMString("bob"));
    CHECK(message.groupID.Empty());
    CHECK(message.isSelf);
    CHECK_EQ(message.status, V2TIM_MSG_STATUS_SENDING);
    CHECK(message.timestamp > 1600000000);
    CHECK_EQ(message.localCustomInt, 42);

    CHECK_EQ(sent.outcome.Await(), 0);
    CHECK_EQ(sent.value.msgID, id);
    CHECK_EQ(sent.value.status, V2TIM_MSG_STATUS_SEND_SUCC);
    CHECK(sent.value.needReadReceipt);
    CHECK_EQ(sent.value.localCustomInt, 42);
    CHECK_EQ(sent.value.elemList.Size(), 1u);
    CHECK(sent.value.seq > 0);

    const V2TIMMessage received = heard_by_bob.Message(0);
    CHECK_EQ(received.msgID, id);
    CHECK(!received.isSelf);
    CHECK(received.needReadReceipt);
    CHECK_EQ(received.userID, V2TIMString("alice"));
    CHECK_EQ(received.sender, V2TIMString("alice"));
    CHECK_EQ(received.priority, V2TIM_PRIORITY_HIGH);
    CHECK_EQ(received.timestamp, received.seenBy.timestampMs / 1000);
    CHECK_EQ(received.seenBy.conversationID, V2TIMString("c2c_alice"));
    CHECK_EQ(static_cast<const V2TIMTextElem*>(received.elemList[0])->text,
             V2TIMString(u8"\u4f60\u597d \U0001F44D"));
    CHECK(received.cloudCustomData == V2TIMBuffer(reinterpret_cast<const uint8_t*>("c\0d"), 3));

    CHECK_EQ(done([&](V2TIMCallback* end) { bob.Messages().SendMessageReadReceipts(list_of(received), end); }), 0);
    const V2TIMMessageReceipt receipt = heard_by_alice.Receipt(id, 0);
    CHECK_EQ(receipt.userID, V2TIMString("bob"));
    CHECK(receipt.isPeerRead);
    CHECK(receipt.groupID.Empty());
    CHECK(receipt.timestamp >= received.timestamp);
    CHECK_EQ(receipt.readCount, 0);
    CHECK_EQ(receipt.seenBy.conversationID, V2TIMString("c2c_bob"));

    alice.Messages().RemoveAdvancedMsgListener(&heard_by_alice);
    bob.Messages().RemoveAdvancedMsgListener(&heard_by_bob);
}

TEST("the samples: callbacks that delete themselves, and calls from within them") {
    std::atomic<int> alive(0);
    Signal signal;
    int finished = 0;
    const auto finish = [&] { signal.Change([&] { ++finished; }); };
    {
        const V2TIMString server = fresh_service();
        Device alice(server, "alice"), bob(server, "bob");
        CHECK_EQ((value<V2TIMString>([&](V2TIMValueCallback<V2TIMString>* end) {
                     alice->CreateGroup("Work", "groupA", "A", end);
                 })),
                 V2TIMString("groupA"));
        V2TIMStringVector users;
        users.PushBack("bob");
        const auto results = value<V2TIMGroupMemberOperationResultVector>(
            [&](V2TIMValueCallback<V2TIMGroupMemberOperationResultVector>* end) {
                alice.Groups().InviteUserToGroup("groupA", users, end);
            });
        CHECK_EQ(results.Size(), 1u);
        CHECK_EQ(results[0].result, V2TIM_GROUP_MEMBER_RESULT_SUCC);
        for (int i = 0; i < 5; ++i) alice.Send("text", "", "groupA");

        // History, then the receipts of its messages, from within the callback, as the sample does; the whole list is passed.
        V2TIMMessageManager* messages = &alice.Messages();
        V2TIMMessageListGetOption option;
        option.getType = V2TIMMessageGetType::V2TIM_GET_CLOUD_OLDER_MSG;
        option.count = 20;
        option.groupID = "groupA";
        auto callback = new ValueCallback<V2TIMMessageVector>{alive};
        callback->SetCallback(
            [=, &alive](const V2TIMMessageVector& messageList) {
                auto receipt_callback = new ValueCallback<V2TIMMessageReceiptVector>{alive};
                receipt_callback->SetCallback(
                    [=](const V2TIMMessageReceiptVector& receiptList) {
                        CHECK_EQ(messageList.Size(), 5u);
                        CHECK_EQ(receiptList.Size(), 5u);
                        for (size_t i = 0; i < receiptList.Size(); ++i) {
                            CHECK_EQ(receiptList[i].msgID, messageList[i].msgID);
                            CHECK_EQ(receiptList[i].groupID, V2TIMString("groupA"));
                            CHECK_EQ(receiptList[i].unreadCount, 1);
                        }
                        // Past the end: empty, and no crash.
                        const V2TIMMessageReceipt& receipt = receiptList[messageList.Size()];
                        CHECK(receipt.msgID.Empty());
                        // What the function holds goes with the callback.
                        const auto then = finish;
                        delete receipt_callback;
                        then();
                    },
                    [=](int, const V2TIMString& message) {
                        check::fail(__FILE__, __LINE__, message.CString());
                    });
                messages->GetMessageReadReceipts(messageList, receipt_callback);
                delete callback;
            },
            [=](int, const V2TIMString& message) { check::fail(__FILE__, __LINE__, message.CString()); });
        messages->GetHistoryMessageList(option, callback);
        signal.Await("the receipts", [&] { return finished == 1; });

        // An error deletes too: nobody may ask for a page of 0.
        const V2TIMMessage message = alice.Send("one more", "", "groupA");
        auto members = new ValueCallback<V2TIMGroupMessageReadMemberList>{alive};
        members->SetCallback([=](const V2TIMGroupMessageReadMemberList&) { CHECK(false); },
                             [=](int code, const V2TIMString&) {
                                 CHECK_EQ(code, 6017);
                                 // What the function holds goes with the callback.
                                 const auto then = finish;
                                 delete members;
                                 then();
                             });
        messages->GetGroupMessageReadMemberList(
            message, V2TIMGroupMessageReadMembersFilter::V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ, 0, 0, members);
        signal.Await("the refusal", [&] { return finished == 2; });

        auto report = new Callback{alive};
        report->SetCallback([=]() { CHECK(false); },
                            [=](int code, const V2TIMString& sentence) {
                                CHECK_EQ(code, 6017);
                                CHECK(!sentence.Empty());
                                // What the function holds goes with the callback.
                                const auto then = finish;
                                delete report;
                                then();
                            });
        messages->SendMessageReadReceipts(V2TIMMessageVector(), report);
        signal.Await("the refusal of an empty list", [&] { return finished == 3; });
    }
    CHECK_EQ(alive.load(), 0);
}

/// Walks through all pages: the next call is made from within the callback, with the callback itself.
class Walk : public V2TIMValueCallback<V2TIMGroupMessageReadMemberList> {
public:
    Walk(V2TIMMessageManager& messages, const V2TIMMessage& message, uint32_t count)
        : messages_(messages), message_(message), count_(count) {}
    std::vector<std::string> Run(V2TIMGroupMessageReadMembersFilter filter) {
        filter_ = filter;
        messages_.GetGroupMessageReadMemberList(message_, filter_, 0, count_, this);
        if (outcome.Await() != 0) check::fail(__FILE__, __LINE__, outcome.Sentence());
        return users_;
    }
    void OnSuccess(const V2TIMGroupMessageReadMemberList& page) override {
        for (size_t i = 0; i < page.members.Size(); ++i) {
            users_.push_back(V2TIMSeenByString::ToStd(page.members[i].userID));
            CHECK_EQ(page.members[i].seenBy.readTimestampMs != 0,
                     filter_ == V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ);
        }
        if (page.isFinished) {
            CHECK_EQ(page.nextSeq, 0u);
            outcome.End(0, "");
        } else {
            messages_.GetGroupMessageReadMemberList(message_, filter_, page.nextSeq, count_, this);
        }
    }
    void OnError(int code, const V2TIMString& sentence) override { outcome.End(code, sentence); }
    Outcome outcome;

private:
    V2TIMMessageManager& messages_;
    V2TIMMessage message_;
    uint32_t count_;
    V2TIMGroupMessageReadMembersFilter filter_ = V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ;
    std::vector<std::string> users_;
};

TEST("who has read a group message, page by page") {
    const V2TIMString server = fresh_service();
    Inbox heard_by_alice;
    Device alice(server, "alice");
    alice.Messages().AddAdvancedMsgListener(&heard_by_alice);
    V2TIMGroupInfo info;
    info.groupType = "Public";
    info.groupID = "g";
    info.groupName = "many";
    V2TIMCreateGroupMemberInfoVector members;
    for (int i = 0; i < 7; ++i) {
        V2TIMCreateGroupMemberInfo member;
        member.userID = V2TIMSeenByString::FromStd("u" + std::to_string(i));
        members.PushBack(member);
    }
    value<V2TIMString>([&](V2TIMValueCallback<V2TIMString>* end) { alice.Groups().CreateGroup(info, members, end); });
    const V2TIMMessage message = alice.Send("hi", "", "g");
    for (int i = 0; i < 3; ++i) {
        Inbox inbox;
        Device reader(server, V2TIMSeenByString::FromStd("u" + std::to_string(i)));
        // By its id alone: a device that was not there hears nothing old.
        const V2TIMMessage reference = V2TIMSeenByManager::MessageReference("group_g", message.msgID, "alice");
        CHECK_EQ(done([&](V2TIMCallback* end) { reader.Messages().SendMessageReadReceipts(list_of(reference), end); }),
                 0);
    }
    const V2TIMMessageReceipt receipt = heard_by_alice.Receipt(message.msgID, 3);
    CHECK_EQ(receipt.unreadCount, 4);
    CHECK_EQ(receipt.groupID, V2TIMString("g"));
    CHECK(receipt.userID.Empty());

    Walk read(alice.Messages(), message, 2);
    CHECK((read.Run(V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ) == std::vector<std::string>{"u0", "u1", "u2"}));
    Walk unread(alice.Messages(), message, 3);
    CHECK((unread.Run(V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD) ==
           std::vector<std::string>{"u3", "u4", "u5", "u6"}));
    alice.Messages().RemoveAdvancedMsgListener(&heard_by_alice);
}

TEST("a message that failed keeps its id, and is stored once when it is sent again") {
    const V2TIMString server = fresh_service();
    Inbox heard;
    Device alice(server, "alice"), bob(server, "bob");
    bob.Messages().AddAdvancedMsgListener(&heard);
    V2TIMMessage message = alice.Messages().CreateTextMessage("again");
    CHECK_EQ(alice.Ours().NetworkAvailable(false), SEENBY_OK);
    SendEnd failed;
    const V2TIMString id =
        alice.Messages().SendMessage(message, "bob", "", V2TIM_PRIORITY_DEFAULT, false, {}, &failed);
    const int code = failed.outcome.Await();
    CHECK(code == 6012 || (code >= 9508 && code <= 9525));
    CHECK(!id.Empty());
    CHECK_EQ(message.msgID, id);
    CHECK_EQ(alice.Ours().NetworkAvailable(true), SEENBY_OK);
    for (int i = 0; i < 2;) {
        SendEnd sent;
        CHECK_EQ(alice.Messages().SendMessage(message, "bob", "", V2TIM_PRIORITY_DEFAULT, false, {}, &sent), id);
        // The line may not be up yet.
        if (sent.outcome.Await() != 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            continue;
        }
        CHECK_EQ(sent.value.status, V2TIM_MSG_STATUS_SEND_SUCC);
        ++i;
    }
    const V2TIMMessage other = alice.Send("other", "bob", "");
    CHECK_EQ(heard.Message(0).msgID, id);
    CHECK_EQ(heard.Message(1).msgID, other.msgID);
    bob.Messages().RemoveAdvancedMsgListener(&heard);
}

TEST("what the library refuses comes through as it is: no rule is in C++") {
    const V2TIMString server = fresh_service();
    Device alice(server, "alice");
    V2TIMMessage message = alice.Messages().CreateTextMessage("to whom?");
    SendEnd neither;
    alice.Messages().SendMessage(message, "", "", V2TIM_PRIORITY_DEFAULT, false, {}, &neither);
    CHECK_EQ(neither.outcome.Await(), 6017);
    CHECK_EQ(message.status, V2TIM_MSG_STATUS_SEND_FAIL);
    SendEnd both;
    alice.Messages().SendMessage(message, "bob", "g", V2TIM_PRIORITY_DEFAULT, false, {}, &both);
    CHECK_EQ(both.outcome.Await(), 6017);
    SendEnd priority;
    V2TIMMessage text = alice.Messages().CreateTextMessage("x");
    alice.Messages().SendMessage(text, "bob", "", static_cast<V2TIMMessagePriority>(9), false, {}, &priority);
    CHECK_EQ(priority.outcome.Await(), 6017);
    ValueEnd<V2TIMMessageVector> history;
    alice.Messages().GetHistoryMessageList(V2TIMMessageListGetOption(), &history);
    CHECK_EQ(history.outcome.Await(), 6017);
    V2TIMMessageListGetOption odd;
    odd.userID = "bob";
    odd.count = 1;
    odd.getType = static_cast<V2TIMMessageGetType>(77);
    ValueEnd<V2TIMMessageVector> wrong;
    alice.Messages().GetHistoryMessageList(odd, &wrong);
    CHECK_EQ(wrong.outcome.Await(), 6017);
    CHECK(wrong.outcome.Sentence().find("getType") != std::string::npos);
    ValueEnd<V2TIMGroupMessageReadMemberList> filter;
    const V2TIMMessage sent = alice.Send("y", "bob", "");
    alice.Messages().GetGroupMessageReadMemberList(sent, static_cast<V2TIMGroupMessageReadMembersFilter>(5), 0, 10,
                                                   &filter);
    CHECK_EQ(filter.outcome.Await(), 6017);
    CHECK_EQ(done([&](V2TIMCallback* end) {
                 alice->Login(V2TIMString("no\xFFtext"), "sig", end);
             }),
             6017);
}

TEST("mixed lists are tolerated: receipts of what one may see, in the order passed") {
    const V2TIMString server = fresh_service();
    Inbox heard;
    Device alice(server, "alice"), bob(server, "bob");
    alice.Messages().AddAdvancedMsgListener(&heard);
    const V2TIMMessage first = alice.Send("1", "bob", "");
    bob.Send("from bob", "alice", "");
    V2TIMMessage plain = alice.Messages().CreateTextMessage("without");
    SendEnd sent;
    alice.Messages().SendMessage(plain, "bob", "", V2TIM_PRIORITY_DEFAULT, false, {}, &sent);
    CHECK_EQ(sent.outcome.Await(), 0);
    const V2TIMMessage last = alice.Send("2", "bob", "");
    V2TIMMessageVector mixed;
    mixed.PushBack(last);
    mixed.PushBack(sent.value);
    mixed.PushBack(heard.Message(0));
    mixed.PushBack(alice.Messages().CreateTextMessage("never sent"));
    mixed.PushBack(first);
    const auto receipts = value<V2TIMMessageReceiptVector>([&](V2TIMValueCallback<V2TIMMessageReceiptVector>* end) {
        alice.Messages().GetMessageReadReceipts(mixed, end);
    });
    CHECK_EQ(receipts.Size(), 2u);
    CHECK_EQ(receipts[0].msgID, last.msgID);
    CHECK_EQ(receipts[1].msgID, first.msgID);
    CHECK(!receipts[0].isPeerRead);
    // One's own are skipped, and nothing remains.
    CHECK_EQ(done([&](V2TIMCallback* end) { alice.Messages().SendMessageReadReceipts(list_of(first), end); }), 0);
    alice.Messages().RemoveAdvancedMsgListener(&heard);
}

TEST("a message filled by hand is a reference") {
    const V2TIMString server = fresh_service();
    Inbox heard;
    Device alice(server, "alice"), bob(server, "bob");
    alice.Messages().AddAdvancedMsgListener(&heard);
    const V2TIMMessage message = alice.Send("by id", "bob", "");
    V2TIMMessage by_hand;
    by_hand.msgID = message.msgID;
    by_hand.userID = "alice";
    CHECK_EQ(done([&](V2TIMCallback* end) { bob.Messages().SendMessageReadReceipts(list_of(by_hand), end); }), 0);
    CHECK(heard.Receipt(message.msgID, 0).isPeerRead);
    alice.Messages().RemoveAdvancedMsgListener(&heard);
}

TEST("history has the messages, their parts and their last known summary") {
    const V2TIMString server = fresh_service();
    Inbox heard;
    Device alice(server, "alice"), bob(server, "bob");
    alice.Messages().AddAdvancedMsgListener(&heard);
    const uint8_t bytes[] = {9, 0, 9};
    V2TIMMessage custom = alice.Messages().CreateCustomMessage(V2TIMBuffer(bytes, 3), "desc", "ext");
    custom.needReadReceipt = true;
    SendEnd sent;
    alice.Messages().SendMessage(custom, "bob", "", V2TIM_PRIORITY_DEFAULT, false, {}, &sent);
    CHECK_EQ(sent.outcome.Await(), 0);
    V2TIMMessage text = alice.Send("second", "bob", "");
    const V2TIMMessage reference = V2TIMSeenByManager::MessageReference("c2c_alice", custom.msgID, "alice");
    CHECK_EQ(done([&](V2TIMCallback* end) { bob.Messages().SendMessageReadReceipts(list_of(reference), end); }), 0);
    heard.Receipt(custom.msgID, 0);

    V2TIMMessageListGetOption option;
    option.userID = "bob";
    option.count = 20;
    option.lastMsg = &text;
    const auto older = value<V2TIMMessageVector>([&](V2TIMValueCallback<V2TIMMessageVector>* end) {
        alice.Messages().GetHistoryMessageList(option, end);
    });
    CHECK_EQ(older.Size(), 1u);
    const V2TIMCustomElem* elem = static_cast<const V2TIMCustomElem*>(older[0].elemList[0]);
    CHECK(elem->data == V2TIMBuffer(bytes, 3));
    CHECK_EQ(elem->desc, V2TIMString("desc"));
    CHECK_EQ(elem->extension, V2TIMString("ext"));
    CHECK(older[0].seenBy.receipt != nullptr);
    CHECK(older[0].seenBy.receipt->isPeerRead);

    const auto found = value<V2TIMMessageVector>([&](V2TIMValueCallback<V2TIMMessageVector>* end) {
        alice.Messages().FindMessages(V2TIMStringVector{text.msgID, "nowhere"}, end);
    });
    CHECK_EQ(found.Size(), 1u);
    CHECK_EQ(found[0].msgID, text.msgID);
    alice.Messages().RemoveAdvancedMsgListener(&heard);
}

TEST("conversations, marks and people") {
    const V2TIMString server = fresh_service();
    Inbox heard;
    Device alice(server, "alice"), bob(server, "bob");
    alice.Messages().AddAdvancedMsgListener(&heard);
    V2TIMUserFullInfo self;
    self.nickName = "Alice A.";
    self.faceURL = "https://example.org/a.png";
    CHECK_EQ(done([&](V2TIMCallback* end) { alice->SetSelfInfo(self, end); }), 0);
    self.nickName = "not this";
    self.faceURL = "";
    self.modifyFlag = V2TIM_USER_INFO_MODIFY_FLAG_FACE_URL;
    CHECK_EQ(done([&](V2TIMCallback* end) { alice->SetSelfInfo(self, end); }), 0);
    const auto people = value<V2TIMUserFullInfoVector>([&](V2TIMValueCallback<V2TIMUserFullInfoVector>* end) {
        bob->GetUsersInfo(V2TIMStringVector{"alice"}, end);
    });
    CHECK_EQ(people[0].nickName, V2TIMString("Alice A."));
    CHECK(people[0].faceURL.Empty());

    const V2TIMMessage message = alice.Send("unread", "bob", "");
    V2TIMConversation conversation;
    // It comes as a push, and may not be there yet.
    for (;;) {
        ValueEnd<V2TIMConversation> end;
        bob.Conversations().GetConversation("c2c_alice", &end);
        if (end.outcome.Await() == 0 && end.value.unreadCount == 1) {
            conversation = end.value;
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    CHECK_EQ(conversation.type, V2TIM_C2C);
    CHECK_EQ(conversation.userID, V2TIMString("alice"));
    CHECK_EQ(conversation.lastMessage->msgID, message.msgID);
    const auto page = value<V2TIMConversationResult>([&](V2TIMValueCallback<V2TIMConversationResult>* end) {
        bob.Conversations().GetConversationList(0, 10, end);
    });
    CHECK(page.isFinished);
    CHECK_EQ(page.conversationList.Size(), 1u);
    CHECK_EQ(value<uint64_t>([&](V2TIMValueCallback<uint64_t>* end) {
                 bob.Conversations().GetTotalUnreadMessageCount(end);
             }),
             1u);
    CHECK_EQ(done([&](V2TIMCallback* end) {
                 bob.Conversations().CleanConversationUnreadMessageCount("c2c_alice", 0, 0, end);
             }),
             0);
    const V2TIMMessageReceipt mark = heard.Mark(0);
    CHECK(mark.msgID.Empty());
    CHECK_EQ(mark.userID, V2TIMString("bob"));
    CHECK(mark.timestamp > 0);
    alice.Messages().RemoveAdvancedMsgListener(&heard);
}

TEST("groups: members, roles, and what became of each") {
    const V2TIMString server = fresh_service();
    Device alice(server, "alice"), bob(server, "bob");
    value<V2TIMString>([&](V2TIMValueCallback<V2TIMString>* end) { alice->CreateGroup("Public", "g", "G", end); });
    CHECK_EQ(done([&](V2TIMCallback* end) { bob->JoinGroup("g", "let me in", end); }), 0);
    CHECK_EQ(done([&](V2TIMCallback* end) {
                 alice.Groups().SetGroupMemberRole("g", "bob", V2TIM_GROUP_MEMBER_ROLE_ADMIN, end);
             }),
             0);
    const auto members = value<V2TIMGroupMemberInfoResult>([&](V2TIMValueCallback<V2TIMGroupMemberInfoResult>* end) {
        alice.Groups().GetGroupMemberList("g", V2TIM_GROUP_MEMBER_FILTER_ALL, 0, end);
    });
    CHECK_EQ(members.nextSequence, 0u);
    CHECK_EQ(members.memberInfoList.Size(), 2u);
    CHECK(members.memberInfoList[0].joinTime > 1600000000);
    const auto one =
        value<V2TIMGroupMemberFullInfoVector>([&](V2TIMValueCallback<V2TIMGroupMemberFullInfoVector>* end) {
            alice.Groups().GetGroupMembersInfo("g", V2TIMStringVector{"bob"}, end);
        });
    CHECK_EQ(one[0].role, static_cast<uint32_t>(V2TIM_GROUP_MEMBER_ROLE_ADMIN));
    const auto joined = value<V2TIMGroupInfoVector>([&](V2TIMValueCallback<V2TIMGroupInfoVector>* end) {
        bob.Groups().GetJoinedGroupList(end);
    });
    CHECK_EQ(joined[0].groupType, V2TIMString("Public"));
    CHECK_EQ(joined[0].owner, V2TIMString("alice"));
    CHECK_EQ(joined[0].memberCount, 2u);
    const auto kicked = value<V2TIMGroupMemberOperationResultVector>(
        [&](V2TIMValueCallback<V2TIMGroupMemberOperationResultVector>* end) {
            alice.Groups().KickGroupMember("g", V2TIMStringVector{"bob", "nobody"}, "why", end);
        });
    CHECK_EQ(kicked[0].result, V2TIM_GROUP_MEMBER_RESULT_SUCC);
    CHECK_EQ(kicked[1].result, V2TIM_GROUP_MEMBER_RESULT_FAIL);
    CHECK_EQ(done([&](V2TIMCallback* end) { alice->DismissGroup("g", end); }), 0);
    CHECK_EQ(done([&](V2TIMCallback* end) { bob->QuitGroup("g", end); }), 10010);
}

TEST("no callback is legal, for every call") {
    const V2TIMString server = fresh_service();
    Inbox heard;
    Device alice(server, "alice"), bob(server, "bob");
    bob.Messages().AddAdvancedMsgListener(&heard);
    V2TIMMessage message = alice.Messages().CreateTextMessage("unheard");
    message.needReadReceipt = true;
    CHECK(!alice.Messages().SendMessage(message, "bob", "", V2TIM_PRIORITY_DEFAULT, false, {}, nullptr).Empty());
    V2TIMMessageManager& messages = alice.Messages();
    messages.GetHistoryMessageList(V2TIMMessageListGetOption(), nullptr);
    messages.FindMessages(V2TIMStringVector(), nullptr);
    messages.SendMessageReadReceipts(list_of(message), nullptr);
    messages.GetMessageReadReceipts(list_of(message), nullptr);
    messages.GetGroupMessageReadMemberList(message, V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ, 0, 1, nullptr);
    messages.RevokeMessage(V2TIMMessage(), nullptr);
    messages.MarkC2CMessageAsRead("bob", nullptr);
    messages.MarkGroupMessageAsRead("g", nullptr);
    messages.MarkAllMessageAsRead(nullptr);
    messages.ModifyMessage(message, nullptr);
    messages.DeleteMessages(list_of(message), nullptr);
    alice->CreateGroup("Work", "g", "g", nullptr);
    alice->JoinGroup("g", "", nullptr);
    alice->GetUsersInfo(V2TIMStringVector{"bob"}, nullptr);
    alice->SetSelfInfo(V2TIMUserFullInfo(), nullptr);
    alice.Groups().GetJoinedGroupList(nullptr);
    alice.Groups().GetGroupMemberList("g", 0, 0, nullptr);
    alice.Conversations().GetConversationList(0, 10, nullptr);
    alice.Conversations().GetTotalUnreadMessageCount(nullptr);
    alice.Ours().CachedReceipts(V2TIMStringVector(), nullptr);
    alice.Ours().SetReadReceiptsEnabled(true, nullptr);
    alice->AddSDKListener(nullptr);
    alice->RemoveSDKListener(nullptr);
    CHECK_EQ(heard.Message(0).msgID, message.msgID);
    bob.Messages().RemoveAdvancedMsgListener(&heard);
    alice->Logout(nullptr);
}

TEST("documented calls outside SeenBy answer 7013, in their turn") {
    Device alice(fresh_service(), "alice");
    V2TIMMessageManager& messages = alice.Messages();
    ValueEnd<V2TIMStringToInt64Map> counters;
    alice.Groups().GetGroupCounters("g", V2TIMStringVector(), &counters);
    CHECK_EQ(counters.outcome.Await(), 7013);
    CHECK(counters.outcome.Sentence().find("GetGroupCounters") != std::string::npos);
    CHECK_EQ(done([&](V2TIMCallback* end) { messages.DeleteMessages(V2TIMMessageVector(), end); }), 7013);
    CHECK_EQ(done([&](V2TIMCallback* end) { alice->GetOfflinePushManager()->DoForeground(end); }), 7013);
    CHECK_EQ(done([&](V2TIMCallback* end) { alice->GetSignalingManager()->Invite("bob", "", false, {}, 1, end); }),
             7013);
    ValueEnd<V2TIMFriendInfoVector> friends;
    alice->GetFriendshipManager()->GetFriendList(&friends);
    CHECK_EQ(friends.outcome.Await(), 7013);
    CompleteEnd<V2TIMMessage> modified;
    messages.ModifyMessage(V2TIMMessage(), &modified);
    CHECK_EQ(modified.outcome.Await(), 7013);
    ValueEnd<V2TIMGroupMemberInfoResult> admins;
    alice.Groups().GetGroupMemberList("g", V2TIM_GROUP_MEMBER_FILTER_ADMIN, 0, &admins);
    CHECK_EQ(admins.outcome.Await(), 7013);

    V2TIMMessage foreign[] = {messages.CreateImageMessage("a.png"),
                              messages.CreateTextAtMessage("hi", V2TIMStringVector{"bob"}),
                              messages.CreateTargetedGroupMessage(messages.CreateTextMessage("x"), V2TIMStringVector()),
                              V2TIMMessage()};
    for (V2TIMMessage& message : foreign) {
        SendEnd sent;
        CHECK(messages.SendMessage(message, "bob", "", V2TIM_PRIORITY_DEFAULT, false, {}, &sent).Empty());
        CHECK_EQ(sent.outcome.Await(), 7013);
        CHECK_EQ(message.status, V2TIM_MSG_STATUS_SEND_FAIL);
    }
}

TEST("recalled messages are told, by whom too") {
    class Recalls : public V2TIMAdvancedMsgListener {
    public:
        void OnRecvMessageRevoked(const V2TIMString& id) override { signal.Change([&] { plain = id; }); }
        void OnRecvMessageRevoked(const V2TIMString& id, const V2TIMUserFullInfo& user, const V2TIMString&) override {
            signal.Change([&] {
                full = id;
                by = user.userID;
            });
        }
        Signal signal;
        V2TIMString plain, full, by;
    } recalls;
    const V2TIMString server = fresh_service();
    Device alice(server, "alice"), bob(server, "bob");
    bob.Messages().AddAdvancedMsgListener(&recalls);
    const V2TIMMessage message = alice.Send("oops", "bob", "");
    CHECK_EQ(done([&](V2TIMCallback* end) { alice.Messages().RevokeMessage(message, end); }), 0);
    recalls.signal.Await("the recall", [&] {
        return recalls.plain == message.msgID && recalls.full == message.msgID && recalls.by == V2TIMString("alice");
    });
    bob.Messages().RemoveAdvancedMsgListener(&recalls);
}

RUN_TESTS()
