package org.seenby.v2tim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seenby.v2tim.Waiting.Done;
import org.seenby.v2tim.Waiting.Got;
import org.seenby.v2tim.Waiting.Sent;

/** Whatever Java lets an app pass: documented numbers, and the manager works on. */
class BadInputTest {
    private static final int INVALID = BaseConstants.ERR_INVALID_PARAMETERS;
    /** Half of an emoji, as substring() leaves it. */
    private static final String HALF = "😀".substring(0, 1);

    private Phone alice;
    private Phone bob;

    @BeforeEach
    void open() throws Exception {
        String service = Phone.service();
        alice = Phone.of("alice", service);
        bob = Phone.of("bob", service);
    }

    @AfterEach
    void close() throws Exception {
        // Whatever was passed, the next call works.
        alice.text("still here", "bob");
        assertTrue(SeenByV2TIM.debugState(alice.manager).startsWith("{"));
        alice.close();
        bob.close();
    }

    @Test
    void nullLists() throws Exception {
        Done reported = new Done();
        alice.messages.sendMessageReadReceipts(null, reported);
        reported.refused(INVALID);
        Got<List<V2TIMMessageReceipt>> receipts = new Got<>();
        alice.messages.getMessageReadReceipts(null, receipts);
        assertEquals(0, receipts.answer().size());
        Got<List<V2TIMMessage>> found = new Got<>();
        alice.messages.findMessages(null, found);
        found.refused(INVALID);
        Got<List<V2TIMUserFullInfo>> people = new Got<>();
        alice.manager.getUsersInfo(null, people);
        people.refused(INVALID);
        Got<List<V2TIMMessageReceipt>> cached = new Got<>();
        SeenByV2TIM.cachedReceipts(alice.manager, null, cached);
        assertEquals(0, cached.answer().size());
        Got<String> group = new Got<>();
        V2TIMGroupInfo info = new V2TIMGroupInfo();
        info.setGroupType("Work");
        alice.groups.createGroup(info, null, group);
        assertTrue(!group.answer().isEmpty());
    }

    @Test
    void emptyLists() throws Exception {
        Done reported = new Done();
        alice.messages.sendMessageReadReceipts(new ArrayList<>(), reported);
        reported.refused(INVALID);
        Got<List<V2TIMMessageReceipt>> receipts = new Got<>();
        alice.messages.getMessageReadReceipts(Collections.emptyList(), receipts);
        assertEquals(0, receipts.answer().size());
    }

    @Test
    void nullsInLists() throws Exception {
        V2TIMMessage sent = alice.text("one", "bob");
        V2TIMMessage received = bob.received.next();
        Done reported = new Done();
        bob.messages.sendMessageReadReceipts(Arrays.asList(received, null), reported);
        reported.refused(INVALID);
        Got<List<V2TIMMessage>> found = new Got<>();
        alice.messages.findMessages(Arrays.asList(sent.getMsgID(), null), found);
        found.refused(INVALID);
        Got<String> group = new Got<>();
        V2TIMGroupInfo info = new V2TIMGroupInfo();
        info.setGroupType("Work");
        alice.groups.createGroup(info, Arrays.asList((V2TIMCreateGroupMemberInfo) null), group);
        group.refused(INVALID);
    }

    /** An adapter's list, to which another thread adds. */
    @Test
    void listsThatChange() throws Exception {
        Done reported = new Done();
        alice.messages.sendMessageReadReceipts(new Changing<>(), reported);
        assertTrue(reported.refused(INVALID).contains("ConcurrentModification"));
        Got<List<V2TIMMessageReceipt>> receipts = new Got<>();
        alice.messages.getMessageReadReceipts(new Changing<>(), receipts);
        receipts.refused(INVALID);
        Got<List<V2TIMMessage>> found = new Got<>();
        alice.messages.findMessages(new Changing<>(), found);
        found.refused(INVALID);
        Got<String> group = new Got<>();
        V2TIMGroupInfo info = new V2TIMGroupInfo();
        info.setGroupType("Work");
        alice.groups.createGroup(info, new Changing<>(), group);
        group.refused(INVALID);
        try (SeenByTracker tracker = SeenByV2TIM.readTracker(alice.manager, null)) {
            tracker.show(new Changing<>());
        }
    }

    private static final class Changing<T> extends AbstractList<T> {
        @Override
        public T get(int index) {
            throw new ConcurrentModificationException();
        }

        @Override
        public int size() {
            return 1;
        }
    }

    @Test
    void nullMessages() throws Exception {
        Sent sent = new Sent();
        assertEquals("", alice.messages.sendMessage(null, "bob", null, 0, false, null, sent));
        sent.refused(INVALID);
        Done revoked = new Done();
        alice.messages.revokeMessage(null, revoked);
        revoked.refused(INVALID);
        Got<V2TIMGroupMessageReadMemberList> readers = new Got<>();
        alice.messages.getGroupMessageReadMemberList(null, 0, 0, 10, readers);
        readers.refused(INVALID);
        SeenByException drawn = assertThrows(SeenByException.class, () -> SeenByV2TIM.drawState(null, null));
        assertEquals(INVALID, drawn.getCode());
    }

    @Test
    void nullTexts() throws Exception {
        Done login = new Done();
        alice.manager.login(null, null, login);
        login.refused(INVALID);
        for (V2TIMMessage message : List.of(alice.messages.createTextMessage(null), alice.messages.createCustomMessage(null),
                alice.messages.createCustomMessage(null, null, null))) {
            Sent sent = new Sent();
            alice.messages.sendMessage(message, "bob", null, 0, false, null, sent);
            sent.refused(INVALID);
        }
        V2TIMMessage message = alice.messages.createTextMessage("x");
        message.setCloudCustomData(null);
        message.setLocalCustomData(null);
        assertEquals("", message.getCloudCustomData());
        assertEquals("", message.getLocalCustomData());
        Done marked = new Done();
        alice.messages.markC2CMessageAsRead(null, marked);
        marked.refused(INVALID);
        Done joined = new Done();
        alice.manager.joinGroup(null, null, joined);
        joined.refused(INVALID);
        Got<String> group = new Got<>();
        alice.manager.createGroup(null, null, null, group);
        group.refused(INVALID);
        Got<V2TIMConversation> conversation = new Got<>();
        alice.conversations.getConversation(null, conversation);
        conversation.refused(INVALID);
        SeenByException reference = assertThrows(SeenByException.class, () -> SeenByV2TIM.messageReference(null, null, null));
        assertEquals(INVALID, reference.getCode());
    }

    @Test
    void nullReceiverAndGroup() throws Exception {
        for (String[] to : new String[][] {{null, null}, {"", ""}, {"bob", "group"}}) {
            Sent sent = new Sent();
            V2TIMMessage message = alice.messages.createTextMessage("to whom?");
            alice.messages.sendMessage(message, to[0], to[1], 0, false, null, sent);
            sent.refused(INVALID);
            assertEquals(V2TIMMessage.V2TIM_MSG_STATUS_SEND_FAIL, message.getStatus());
        }
        alice.text("an empty group is none", "bob");
    }

    @Test
    void nullCallbacksListenersAndOptions() throws Exception {
        V2TIMMessage message = alice.messages.createTextMessage("nobody waits");
        assertTrue(!alice.messages.sendMessage(message, "bob", null, 0, false, null, null).isEmpty());
        assertEquals("nobody waits", bob.received.next().getTextElem().getText());
        alice.messages.sendMessageReadReceipts(null, null);
        alice.messages.getMessageReadReceipts(null, null);
        alice.messages.getHistoryMessageList(null, null);
        alice.messages.deleteMessages(null, null);
        alice.manager.sendC2CTextMessage("nor here", "bob", null);
        assertEquals("nor here", bob.received.next().getTextElem().getText());

        alice.messages.addAdvancedMsgListener(null);
        alice.messages.removeAdvancedMsgListener(null);
        alice.manager.addIMSDKListener(null);
        alice.manager.removeIMSDKListener(null);
        alice.manager.addGroupListener(null);
        alice.manager.removeGroupListener(null);
        alice.manager.addSimpleMsgListener(null);
        alice.manager.removeSimpleMsgListener(null);
        alice.conversations.addConversationListener(null);
        alice.conversations.removeConversationListener(null);
        SeenByV2TIM.addListener(alice.manager, null);
        SeenByV2TIM.removeListener(alice.manager, null);

        Got<List<V2TIMMessage>> history = new Got<>();
        alice.messages.getHistoryMessageList(null, history);
        history.refused(INVALID);
        Got<String> group = new Got<>();
        alice.groups.createGroup(null, null, group);
        group.refused(INVALID);
        Done self = new Done();
        alice.manager.setSelfInfo(null, self);
        self.refused(INVALID);
        V2TIMSDKConfig config = Phone.config(Phone.service(), null);
        config.getSeenBy().setPins((String[]) null).setClientName(null).setDispatcher(null).setTokenProvider(null);
        SeenByV2TIM.createManager(Phone.APP, config).unInitSDK();
    }

    @Test
    void messagesOfTwoConversations() throws Exception {
        String group = alice.group("bob");
        alice.text("one to one", "bob");
        alice.groupText("in the group", group);
        V2TIMMessage one = bob.received.next();
        V2TIMMessage other = bob.received.next();
        Done reported = new Done();
        bob.messages.sendMessageReadReceipts(Arrays.asList(one, other), reported);
        String why = reported.refused(INVALID);
        assertTrue(why.contains("conversation"), why);
        for (V2TIMMessage message : List.of(one, other)) {
            Done alone = new Done();
            bob.messages.sendMessageReadReceipts(List.of(message), alone);
            alone.answer();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void counts(int count) throws Exception {
        V2TIMMessage sent = alice.groupText("read me", alice.group("bob"));
        Got<V2TIMGroupMessageReadMemberList> readers = new Got<>();
        alice.messages.getGroupMessageReadMemberList(sent, 0, 0, count, readers);
        assertTrue(readers.refused(INVALID).contains(String.valueOf(count)));
        Got<List<V2TIMMessage>> history = new Got<>();
        alice.messages.getC2CHistoryMessageList("bob", count, null, history);
        history.refused(INVALID);
        Got<V2TIMConversationResult> conversations = new Got<>();
        alice.conversations.getConversationList(0, count, conversations);
        conversations.refused(INVALID);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 53, Long.MIN_VALUE, Long.MAX_VALUE, 1_000_000})
    void cursors(long nextSeq) throws Exception {
        String group = alice.group("bob");
        V2TIMMessage sent = alice.groupText("read me", group);
        Got<V2TIMGroupMessageReadMemberList> readers = new Got<>();
        alice.messages.getGroupMessageReadMemberList(sent, 0, nextSeq, 100, readers);
        readers.refused(INVALID);
        Got<V2TIMGroupMemberInfoResult> members = new Got<>();
        alice.groups.getGroupMemberList(group, 0, nextSeq, members);
        if (nextSeq < 0 || nextSeq >= 1L << 53) {
            members.refused(INVALID);
        } else {
            assertEquals(0, members.answer().getMemberInfoList().size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void filtersAndPriorities(int number) throws Exception {
        V2TIMMessage sent = alice.groupText("read me", alice.group("bob"));
        Got<V2TIMGroupMessageReadMemberList> readers = new Got<>();
        alice.messages.getGroupMessageReadMemberList(sent, number, 0, 100, readers);
        readers.refused(INVALID);
        if (number != 2) {
            Sent again = new Sent();
            V2TIMMessage message = alice.messages.createTextMessage("how urgent?");
            message.setNeedReadReceipt(true);
            message.setCloudCustomData("stays");
            assertEquals("", alice.messages.sendMessage(message, "bob", null, number, false, null, again));
            assertTrue(again.refused(INVALID).contains(String.valueOf(number)));
            assertTrue(message.isNeedReadReceipt());
            assertEquals("stays", message.getCloudCustomData());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, -1, Integer.MAX_VALUE})
    void kindsOfHistory(int getType) throws Exception {
        V2TIMMessageListGetOption option = new V2TIMMessageListGetOption();
        assertEquals(V2TIMMessageListGetOption.V2TIM_GET_CLOUD_OLDER_MSG, option.getGetType());
        option.setUserID("bob");
        option.setCount(10);
        Got<List<V2TIMMessage>> older = new Got<>();
        alice.messages.getHistoryMessageList(option, older);
        older.answer();
        option.setGetType(getType);
        Got<List<V2TIMMessage>> neither = new Got<>();
        alice.messages.getHistoryMessageList(option, neither);
        assertTrue(neither.refused(INVALID).contains("getType is " + getType));
    }

    @Test
    void emojiEverywhere() throws Exception {
        String emoji = "👩‍👩‍👧😀";
        String service = Phone.service();
        try (Phone from = Phone.of(emoji, service); Phone to = Phone.of("ü" + emoji, service)) {
            String group = from.group("ü" + emoji);
            V2TIMMessage message = from.messages.createCustomMessage(emoji.getBytes(StandardCharsets.UTF_8), emoji,
                    emoji.getBytes(StandardCharsets.UTF_8));
            message.setCloudCustomData(emoji);
            Sent sent = new Sent();
            from.messages.sendMessage(message, null, group, 1, false, null, sent);
            sent.answer();
            V2TIMMessage received = to.received.next();
            assertEquals(emoji, received.getSender());
            assertEquals(emoji, received.getCloudCustomData());
            assertEquals(emoji, new String(received.getCustomElem().getData(), StandardCharsets.UTF_8));
            assertEquals(emoji, received.getCustomElem().getDescription());
            assertEquals(emoji, new String(received.getCustomElem().getExtension(), StandardCharsets.UTF_8));
            assertEquals(emoji, received.getSender());
        }
    }

    @Test
    void halvesOfCharacters() throws Exception {
        V2TIMMessage text = alice.messages.createTextMessage("a" + HALF);
        V2TIMMessage description = alice.messages.createCustomMessage(new byte[1], HALF, null);
        V2TIMMessage cloud = alice.messages.createTextMessage("a");
        cloud.setCloudCustomData(HALF);
        V2TIMMessage id = alice.messages.createTextMessage("a");
        id.setSeenByMsgID(HALF);
        V2TIMMessage extension = alice.messages.createCustomMessage(new byte[1], "", new byte[] {(byte) 0xC3});
        for (V2TIMMessage message : List.of(text, description, cloud, id, extension)) {
            Sent sent = new Sent();
            assertEquals("", alice.messages.sendMessage(message, "bob", null, 0, false, null, sent));
            sent.refused(INVALID);
            assertEquals(V2TIMMessage.V2TIM_MSG_STATUS_SEND_FAIL, message.getStatus());
        }
        cloud.setCloudCustomData("whole");
        Sent whole = new Sent();
        alice.messages.sendMessage(cloud, "bob", null, 0, false, null, whole);
        whole.answer();
        assertEquals("whole", bob.received.next().getCloudCustomData());

        Sent to = new Sent();
        alice.messages.sendMessage(alice.messages.createTextMessage("a"), HALF, null, 0, false, null, to);
        to.refused(INVALID);
        Sent group = new Sent();
        alice.messages.sendMessage(alice.messages.createTextMessage("a"), null, HALF, 0, false, null, group);
        group.refused(INVALID);
        Done[] ends = new Done[8];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = new Done();
        }
        V2TIMUserFullInfo name = new V2TIMUserFullInfo();
        name.setNickname(HALF);
        V2TIMUserFullInfo face = new V2TIMUserFullInfo();
        face.setFaceUrl(HALF);
        alice.manager.login(HALF, "", ends[0]);
        alice.manager.login("alice", HALF, ends[1]);
        alice.manager.joinGroup(HALF, "", ends[2]);
        alice.manager.setSelfInfo(name, ends[3]);
        alice.manager.setSelfInfo(face, ends[4]);
        alice.messages.markC2CMessageAsRead(HALF, ends[5]);
        alice.conversations.cleanConversationUnreadMessageCount(HALF, 0, 0, ends[6]);
        alice.groups.setGroupMemberRole("g", HALF, 300, ends[7]);
        for (Done end : ends) {
            end.refused(INVALID);
        }
        Got<List<V2TIMMessage>> found = new Got<>();
        alice.messages.findMessages(List.of(HALF), found);
        found.refused(INVALID);
        Got<List<V2TIMMessage>> history = new Got<>();
        alice.messages.getC2CHistoryMessageList(HALF, 10, null, history);
        history.refused(INVALID);
        Got<List<V2TIMGroupMemberOperationResult>> invited = new Got<>();
        alice.groups.inviteUserToGroup("g", List.of(HALF), invited);
        invited.refused(INVALID);
        Got<List<V2TIMGroupMemberOperationResult>> kicked = new Got<>();
        alice.groups.kickGroupMember("g", List.of(HALF), HALF, kicked);
        kicked.refused(INVALID);
        assertEquals(INVALID,
                assertThrows(SeenByException.class, () -> SeenByV2TIM.messageReference(null, HALF, null)).getCode());
        assertEquals(INVALID, assertThrows(SeenByException.class,
                () -> SeenByV2TIM.createManager(Phone.APP, Phone.config(HALF, "x"))).getCode());
        assertEquals(INVALID, assertThrows(SeenByException.class, () -> SeenByV2TIM.enqueueReceipts("wss://example.org",
                Phone.APP, HALF, "alice", List.of(SeenByV2TIM.messageReference(null, "m", null)))).getCode());
    }
}
