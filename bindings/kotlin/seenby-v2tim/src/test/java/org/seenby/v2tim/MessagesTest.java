package org.seenby.v2tim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seenby.v2tim.Waiting.Done;
import org.seenby.v2tim.Waiting.Got;
import org.seenby.v2tim.Waiting.Sent;

/** The message that an app holds: before it is sent, when sendMessage has returned, when its callback comes, sent again. */
class MessagesTest {
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void open() throws Exception {
        String service = Phone.service();
        alice = Phone.of("alice", service);
        bob = Phone.of("bob", service);
    }

    @AfterEach
    void close() {
        alice.close();
        bob.close();
    }

    @Test
    void itIsBroughtUpToDate() throws Exception {
        V2TIMMessage message = alice.messages.createTextMessage("hello");
        assertEquals("", message.getMsgID());
        assertEquals(0, message.getSeq());
        assertFalse(message.isNeedReadReceipt());
        assertEquals(V2TIMMessage.V2TIM_ELEM_TYPE_TEXT, message.getElemType());
        assertNull(message.getCustomElem());
        message.setNeedReadReceipt(true);
        message.setCloudCustomData("{\"a\":1}");
        message.setLocalCustomData("draft 7");
        message.setLocalCustomInt(7);
        assertTrue(message.isNeedReadReceipt());

        Sent sent = new Sent();
        String id = alice.messages.sendMessage(message, "bob", null, V2TIMMessage.V2TIM_PRIORITY_HIGH, false, null, sent);
        assertFalse(id.isEmpty());
        assertEquals(id, message.getMsgID());
        assertEquals("alice", message.getSender());
        assertEquals("bob", message.getUserID());
        assertEquals("c2c_bob", message.getSeenByConversationID());
        assertTrue(message.isSelf());
        assertTrue(message.getTimestamp() > 1_700_000_000L);

        assertSame(message, sent.answer());
        assertEquals(V2TIMMessage.V2TIM_MSG_STATUS_SEND_SUCC, message.getStatus());
        assertEquals(id, message.getMsgID());
        assertEquals(1, message.getSeq());
        assertEquals(V2TIMMessage.V2TIM_PRIORITY_HIGH, message.getPriority());
        assertTrue(message.isNeedReadReceipt());
        assertEquals("{\"a\":1}", message.getCloudCustomData());
        assertEquals("draft 7", message.getLocalCustomData());
        assertEquals(7, message.getLocalCustomInt());

        V2TIMMessage received = bob.received.next();
        assertEquals(id, received.getMsgID());
        assertEquals("alice", received.getUserID());
        assertFalse(received.isSelf());
        assertEquals("{\"a\":1}", received.getCloudCustomData());
        assertEquals(message.getTimestamp(), received.getTimestamp());
        assertEquals("", received.getLocalCustomData());
    }

    @Test
    void theSameObjectIsStoredOnce() throws Exception {
        V2TIMMessage message = alice.text("once", "bob");
        String id = message.getMsgID();
        Sent again = new Sent();
        assertEquals(id, alice.messages.sendMessage(message, "bob", null, message.getPriority(), false, null, again));
        assertSame(message, again.answer());
        assertEquals(1, message.getSeq());
        Got<List<V2TIMMessage>> history = new Got<>();
        alice.messages.getC2CHistoryMessageList("bob", 10, null, history);
        assertEquals(1, history.answer().size());
    }

    @Test
    void oneThatFailedIsSentAgain() throws Exception {
        try (Phone carol = new Phone(Phone.config(Phone.service(), "carol"))) {
            V2TIMMessage message = carol.messages.createTextMessage("later");
            message.setNeedReadReceipt(true);
            message.setSeenByMsgID("order-1");
            Sent early = new Sent();
            carol.messages.sendMessage(message, "bob", null, 0, false, null, early);
            assertEquals(V2TIMMessage.V2TIM_MSG_STATUS_SEND_FAIL, message.getStatus());
            early.refused(BaseConstants.ERR_SDK_NOT_LOGGED_IN);
            assertEquals(V2TIMMessage.V2TIM_MSG_STATUS_SEND_FAIL, message.getStatus());
            assertTrue(message.isNeedReadReceipt());
            Done login = new Done();
            carol.manager.login("carol", "", login);
            login.answer();
            Sent late = new Sent();
            assertEquals("order-1", carol.messages.sendMessage(message, "bob", null, 0, false, null, late));
            late.answer();
            assertEquals(V2TIMMessage.V2TIM_MSG_STATUS_SEND_SUCC, message.getStatus());
            assertTrue(message.isNeedReadReceipt());
        }
    }

    @Test
    void dataIsTakenWhenItIsGiven() throws Exception {
        byte[] data = {1, 2, 3};
        V2TIMMessage message = alice.messages.createCustomMessage(data, "description", new byte[] {'x'});
        data[0] = 9;
        message.getCustomElem().getData()[1] = 9;
        Sent sent = new Sent();
        alice.messages.sendMessage(message, "bob", null, 0, false, null, sent);
        sent.answer();
        V2TIMMessage received = bob.received.next();
        assertEquals(V2TIMMessage.V2TIM_ELEM_TYPE_CUSTOM, received.getElemType());
        assertArrayEquals(new byte[] {1, 2, 3}, received.getCustomElem().getData());
        assertEquals("description", received.getCustomElem().getDescription());
        assertArrayEquals(new byte[] {'x'}, received.getCustomElem().getExtension());
        assertNull(received.getTextElem());
    }

    /** As docs/android.md has it for messages that another SDK carries (R19). */
    @Test
    void aStandInGivesAnotherSystemsMessageReceipts() throws Exception {
        V2TIMMessage standIn = alice.messages.createCustomMessage(new byte[] {'-'});
        standIn.setSeenByMsgID("theirs-7");
        standIn.setNeedReadReceipt(true);
        standIn.setExcludedFromUnreadCount(true);
        Sent sent = new Sent();
        alice.messages.sendMessage(standIn, "bob", null, V2TIMMessage.V2TIM_PRIORITY_NORMAL, false, null, sent);
        sent.answer();
        Done reported = new Done();
        bob.messages.sendMessageReadReceipts(
                List.of(SeenByV2TIM.messageReference("c2c_alice", "theirs-7", "alice")), reported);
        reported.answer();
        V2TIMMessageReceipt receipt = alice.receipts.next();
        assertEquals("theirs-7", receipt.getMsgID());
        assertTrue(receipt.isPeerRead());
        Got<Long> unread = new Got<>();
        bob.conversations.getTotalUnreadMessageCount(unread);
        assertEquals(0, unread.answer());
    }

    @Test
    void aReferenceStandsForAMessage() throws Exception {
        V2TIMMessage sent = alice.text("by reference", "bob");
        bob.received.next();
        V2TIMMessage reference = SeenByV2TIM.messageReference("c2c_alice", sent.getMsgID(), "alice");
        assertEquals("alice", reference.getUserID());
        Done reported = new Done();
        bob.messages.sendMessageReadReceipts(List.of(reference), reported);
        reported.answer();
        V2TIMMessageReceipt receipt = alice.receipts.next();
        assertEquals(sent.getMsgID(), receipt.getMsgID());
        assertTrue(receipt.isPeerRead());
        assertEquals("bob", receipt.getUserID());
        assertEquals("c2c_bob", receipt.getSeenBy().getConversationID());
        SeenByDrawState state = SeenByV2TIM.drawState(sent, receipt);
        assertEquals(SeenByDrawState.Kind.READ_BY_PEER, state.getKind());
        // Of a message that another chat carries there is the receipt alone.
        assertEquals(SeenByDrawState.Kind.READ_BY_PEER, SeenByV2TIM.drawState(receipt).getKind());
        assertEquals(SeenByDrawState.Kind.SENT, SeenByV2TIM.drawState(null).getKind());
        Sent resent = new Sent();
        bob.messages.sendMessage(reference, "alice", null, 0, false, null, resent);
        resent.refused(BaseConstants.ERR_INVALID_PARAMETERS);
    }
}
