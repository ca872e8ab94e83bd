// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The documented value types: texts, bytes, vectors, maps, messages, conversations.

#include <type_traits>
#include <unordered_map>

#include "support.h"

TEST("a text holds what it was given, NUL bytes and emoji too") {
    CHECK(V2TIMString().Empty());
    CHECK(V2TIMString(nullptr).Empty());
    CHECK(V2TIMString(static_cast<const char*>(nullptr), 3).Empty());
    CHECK_EQ(V2TIMString("abc").Size(), 3u);
    CHECK_EQ(V2TIMString("abc").Length(), 3u);
    const V2TIMString with_nul("a\0b", 3);
    CHECK_EQ(with_nul.Size(), 3u);
    CHECK(with_nul != V2TIMString("a"));
    CHECK(std::memcmp(with_nul.CString(), "a\0b\0", 4) == 0);
    // Four bytes each: a thumb, and a skin tone that is part of what is seen as one.
    const V2TIMString thumb("\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD");
    CHECK_EQ(thumb.Size(), 8u);
    const V2TIMString literal = u8"\U0001F44D\U0001F3FD";
    CHECK(literal == thumb);
}

TEST("texts compare as bytes, with their length") {
    CHECK(V2TIMString("a", 1) < V2TIMString("a\0", 2));
    CHECK(V2TIMString("a") < V2TIMString("b"));
    CHECK(!(V2TIMString("b") < V2TIMString("a")));
    // The same letter, composed and decomposed: two ids (R23).
    CHECK(V2TIMString("\xC3\xA9") != V2TIMString("e\xCC\x81"));
}

TEST("a text is assigned from itself and from its own inside") {
    V2TIMString text("a long text that is not kept in place, surely");
    const V2TIMString& same = text;
    text = same;
    CHECK_EQ(text, V2TIMString("a long text that is not kept in place, surely"));
    text = text.CString() + 7;
    CHECK_EQ(text, V2TIMString("text that is not kept in place, surely"));
    V2TIMString moved(std::move(text));
    CHECK_EQ(moved.Size(), 38u);
    text = static_cast<const char*>(nullptr);
    CHECK(text.Empty());
}

TEST("a text is read and written by index, and nothing is read outside of it") {
    V2TIMString text("abc");
    text[1] = 'x';
    CHECK_EQ(text, V2TIMString("axc"));
    CHECK(text[3] == '\0');
    CHECK(text[-1] == '\0');
    text[100] = 'z';
    CHECK(text[101] == '\0');
    CHECK_EQ(text, V2TIMString("axc"));
}

TEST("a text is a key of maps") {
    std::unordered_map<V2TIMString, V2TIMMessageReceipt> map;
    V2TIMMessageReceipt receipt;
    receipt.readCount = 4;
    map[V2TIMString("a\0b", 3)] = receipt;
    map[V2TIMString("a")];
    CHECK_EQ(map.size(), 2u);
    CHECK_EQ(map[V2TIMString("a\0b", 3)].readCount, 4);
    CHECK_EQ(map.count("b"), 0u);
}

TEST("bytes hold what they were given") {
    const uint8_t bytes[] = {0, 255, 0};
    V2TIMBuffer buffer(bytes, 3);
    V2TIMBuffer copy(buffer);
    copy.Data()[1] = 7;
    CHECK_EQ(buffer.Size(), 3u);
    CHECK(buffer.Data()[1] == 255);
    CHECK(buffer != copy);
    const V2TIMBuffer& same = buffer;
    buffer = same;
    CHECK_EQ(buffer.Size(), 3u);
    CHECK_EQ(V2TIMBuffer(nullptr, 5).Size(), 0u);
}

TEST("a vector keeps its entries, and gives an empty one past its end") {
    V2TIMStringVector list;
    CHECK(list.Empty());
    list.PopBack();
    list.Erase(0);
    list.PushBack("a");
    list.PushBack("b");
    list.PushBack("c");
    list.Erase(1);
    list.Erase(9);
    CHECK_EQ(list.Size(), 2u);
    CHECK_EQ(list[1], V2TIMString("c"));
    const V2TIMStringVector& fixed = list;
    CHECK_EQ(fixed[2], V2TIMString());
    CHECK_EQ(fixed[static_cast<size_t>(-1)], V2TIMString());
    // What is written there is in no list, and not in the next empty entry.
    list[7] = "lost";
    CHECK_EQ(list[7], V2TIMString());
    CHECK_EQ(fixed[7], V2TIMString());
    CHECK_EQ(list.Size(), 2u);
    list.PopBack();
    CHECK_EQ(list.Size(), 1u);
    list.Clear();
    CHECK(list.Empty());
}

TEST("a vector is copied, assigned from itself, and takes its own entries") {
    V2TIMMessageReceiptVector list;
    for (int i = 0; i < 100; ++i) {
        V2TIMMessageReceipt receipt;
        receipt.readCount = i;
        list.PushBack(receipt);
    }
    V2TIMMessageReceiptVector copy(list);
    copy[0].readCount = 77;
    CHECK_EQ(list[0].readCount, 0);
    const V2TIMMessageReceiptVector& same = list;
    list = same;
    CHECK_EQ(list.Size(), 100u);
    for (int i = 0; i < 100; ++i) list.PushBack(list[5]);
    CHECK_EQ(list[199].readCount, 5);
    V2TIMMessageReceiptVector& alias = list;
    list = std::move(alias);
    CHECK_EQ(list.Size(), 200u);
    int sum = 0;
    for (const V2TIMMessageReceipt& receipt : copy) sum += receipt.readCount;
    CHECK_EQ(sum, 77 + 99 * 100 / 2);
}

TEST("the documented names of vectors are there") {
    CHECK((std::is_same<V2TIMMessageVector, TXV2TIMMessageVector>::value));
    CHECK((std::is_same<V2TIMElemVector, TXPV2TIMElemVector>::value));
    V2TIMElemTypeVector types;
    types.PushBack(V2TIM_ELEM_TYPE_TEXT);
    CHECK_EQ(types[0], V2TIM_ELEM_TYPE_TEXT);
    CHECK_EQ(types[1], V2TIM_ELEM_TYPE_NONE);
    CHECK(V2TIMElemVector()[0] == nullptr);
}

struct Point {
    int x = 0;
};
DEFINE_VECTOR(Point)
typedef TXPointVector PointVector;
DEFINE_POINT_VECTOR(Point)
DEFINE_MAP(V2TIMString, Point)

TEST("an app defines vectors and maps of its own") {
    Point point;
    point.x = 3;
    PointVector list;
    list.PushBack(point);
    CHECK_EQ(list[0].x, 3);
    TXPPointVector pointers;
    pointers.PushBack(&point);
    CHECK_EQ(pointers[0]->x, 3);
    TXV2TIMStringToPointMap map;
    map.Insert("p", point);
    CHECK_EQ(map.Get("p").x, 3);
    CHECK_EQ(map.Get("q").x, 0);
    CHECK_EQ(map.Size(), 1u);
    CHECK_EQ(map.AllKeys()[0], V2TIMString("p"));
}

TEST("a message is a value: copies share nothing") {
    V2TIMMessage message = V2TIMManager::GetInstance()->GetMessageManager()->CreateTextMessage("one");
    message.setNeedReadReceipt(true);
    CHECK(message.needReadReceipt);
    message.msgID = "id";
    message.cloudCustomData = V2TIMBuffer(reinterpret_cast<const uint8_t*>("xy"), 2);
    V2TIMMessage copy(message);
    CHECK_EQ(copy.elemList.Size(), 1u);
    CHECK(copy.elemList[0] != message.elemList[0]);
    static_cast<V2TIMTextElem*>(copy.elemList[0])->text = "two";
    CHECK_EQ(static_cast<V2TIMTextElem*>(message.elemList[0])->text, V2TIMString("one"));
    CHECK(copy.needReadReceipt);
    CHECK_EQ(copy.msgID, V2TIMString("id"));
    CHECK_EQ(copy.cloudCustomData.Size(), 2u);

    const V2TIMMessage& same = copy;
    copy = same;
    CHECK_EQ(static_cast<V2TIMTextElem*>(copy.elemList[0])->text, V2TIMString("two"));
    copy = message;
    CHECK_EQ(static_cast<V2TIMTextElem*>(copy.elemList[0])->text, V2TIMString("one"));
    V2TIMMessage moved(std::move(copy));
    CHECK_EQ(static_cast<V2TIMTextElem*>(moved.elemList[0])->text, V2TIMString("one"));
    CHECK(copy.elemList.Empty());
    V2TIMMessageVector list;
    for (int i = 0; i < 50; ++i) list.PushBack(moved);
    CHECK_EQ(static_cast<V2TIMTextElem*>(list[49].elemList[0])->text, V2TIMString("one"));
}

TEST("a message keeps an app's own elem as the app's, and copies of it as its own") {
    V2TIMTextElem mine;
    mine.text = "mine";
    V2TIMMessage copy;
    {
        V2TIMMessage message;
        message.elemList.PushBack(&mine);
        message.elemList.PushBack(nullptr);
        copy = message;
        message.elemList.Erase(0);
    }
    CHECK_EQ(copy.elemList.Size(), 1u);
    CHECK(copy.elemList[0] != &mine);
    CHECK_EQ(static_cast<V2TIMTextElem*>(copy.elemList[0])->text, V2TIMString("mine"));
}

TEST("a custom message has its parts, and a forwarded one has copies") {
    V2TIMMessageManager* messages = V2TIMManager::GetInstance()->GetMessageManager();
    const uint8_t bytes[] = {1, 0, 2};
    V2TIMMessage custom = messages->CreateCustomMessage(V2TIMBuffer(bytes, 3), "what", "more");
    CHECK_EQ(custom.elemList[0]->elemType, V2TIM_ELEM_TYPE_CUSTOM);
    custom.msgID = "old";
    custom.needReadReceipt = true;
    V2TIMMessage forward = messages->CreateForwardMessage(custom);
    CHECK(forward.msgID.Empty());
    CHECK(!forward.needReadReceipt);
    const V2TIMCustomElem* elem = static_cast<const V2TIMCustomElem*>(forward.elemList[0]);
    CHECK(elem->data == V2TIMBuffer(bytes, 3));
    CHECK_EQ(elem->desc, V2TIMString("what"));
    CHECK_EQ(elem->extension, V2TIMString("more"));
}

TEST("a conversation owns its last message") {
    V2TIMConversation one;
    CHECK(one.lastMessage == nullptr);
    V2TIMMessage message;
    message.msgID = "m";
    one.SetLastMessage(message);
    V2TIMConversation two(one);
    CHECK(two.lastMessage != one.lastMessage);
    two.lastMessage->msgID = "n";
    CHECK_EQ(one.lastMessage->msgID, V2TIMString("m"));
    one = two;
    CHECK_EQ(one.lastMessage->msgID, V2TIMString("n"));
    one = V2TIMConversation();
    CHECK(one.lastMessage == nullptr);
    V2TIMConversationVector list;
    for (int i = 0; i < 20; ++i) list.PushBack(two);
    CHECK_EQ(list[19].lastMessage->msgID, V2TIMString("n"));
}

TEST("the documented numbers") {
    CHECK_EQ(static_cast<int>(V2TIMMessagePriority::V2TIM_PRIORITY_LOW), 3);
    CHECK_EQ(static_cast<int>(V2TIM_GET_LOCAL_NEWER_MSG), 4);
    CHECK_EQ(static_cast<int>(V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD), 1);
    CHECK_EQ(static_cast<int>(V2TIM_MSG_STATUS_LOCAL_REVOKED), 6);
    CHECK_EQ(static_cast<int>(V2TIM_ELEM_TYPE_MERGER), 10);
    CHECK_EQ(static_cast<int>(V2TIM_STATUS_LOGOUT), 3);
    CHECK_EQ(static_cast<int>(V2TIM_GROUP_MEMBER_ROLE_SUPER), 400);
    CHECK_EQ(static_cast<int>(ERR_SDK_NOT_INITIALIZED), 6013);
    CHECK_EQ(static_cast<int>(ERR_INVALID_PARAMETERS), 6017);
    CHECK_EQ(static_cast<int>(ERR_SDK_INTERFACE_NOT_SUPPORT), 7013);
    CHECK_EQ(static_cast<int>(ERR_SVR_GROUP_PERMISSION_DENY), 10007);
}

RUN_TESTS()
