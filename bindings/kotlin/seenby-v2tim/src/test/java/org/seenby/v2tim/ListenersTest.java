package org.seenby.v2tim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seenby.core.Held;
import org.seenby.core.Reports;
import org.seenby.v2tim.Waiting.Done;
import org.seenby.v2tim.Waiting.Got;
import org.seenby.v2tim.Waiting.Heard;

class ListenersTest {
    private final Heard<Throwable> thrown = new Heard<>();
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void open() throws Exception {
        Reports.setHandler((where, what) -> thrown.add(what));
        String service = Phone.service();
        alice = Phone.of("alice", service);
        bob = Phone.of("bob", service);
    }

    @AfterEach
    void close() {
        alice.close();
        bob.close();
        Reports.setHandler(null);
    }

    @Test
    void oneThatThrowsIsReportedAndTheOthersGoOn() throws Exception {
        Error error = new Error("a bug of the app's");
        bob.messages.addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                throw error;
            }
        });
        Heard<String> after = new Heard<>();
        bob.messages.addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                after.add(msg.getTextElem().getText());
            }
        });
        for (String text : List.of("one", "two")) {
            alice.text(text, "bob");
            assertEquals(text, bob.received.next().getTextElem().getText());
            assertEquals(text, after.next());
            assertSame(error, thrown.next());
        }
    }

    @Test
    void aCallbackThatThrowsIsReportedAndTheManagerGoesOn() throws Exception {
        RuntimeException exception = new IllegalStateException("a bug of the app's");
        alice.messages.getMessageReadReceipts(List.of(), new V2TIMValueCallback<List<V2TIMMessageReceipt>>() {
            @Override
            public void onSuccess(List<V2TIMMessageReceipt> receipts) {
                throw exception;
            }

            @Override
            public void onError(int code, String desc) {
                thrown.add(new AssertionError("onError after onSuccess threw: " + code));
            }
        });
        assertSame(exception, thrown.next());
        alice.text("goes on", "bob");
        assertTrue(thrown.isEmpty());
    }

    @Test
    void addedTwiceHearsOnceAndRemovedHearsNothing() throws Exception {
        AtomicInteger times = new AtomicInteger();
        V2TIMAdvancedMsgListener twice = new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                times.incrementAndGet();
            }
        };
        bob.messages.removeAdvancedMsgListener(twice);
        bob.messages.addAdvancedMsgListener(twice);
        bob.messages.addAdvancedMsgListener(twice);
        Heard<String> last = new Heard<>();
        bob.messages.addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                last.add(msg.getTextElem().getText());
            }
        });
        alice.text("one", "bob");
        last.next();
        assertEquals(1, times.get());
        bob.messages.removeAdvancedMsgListener(twice);
        alice.text("two", "bob");
        last.next();
        assertEquals(1, times.get());
        bob.messages.addAdvancedMsgListener(twice);
        Heard<String> laster = new Heard<>();
        bob.messages.addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                laster.add(msg.getTextElem().getText());
            }
        });
        alice.text("three", "bob");
        laster.next();
        assertEquals(2, times.get());
    }

    @Test
    void oneMayRemoveItselfInItsCallback() throws Exception {
        Heard<String> heard = new Heard<>();
        bob.messages.addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                bob.messages.removeAdvancedMsgListener(this);
                heard.add(msg.getTextElem().getText());
            }
        });
        Heard<String> after = new Heard<>();
        bob.messages.addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                after.add(msg.getTextElem().getText());
            }
        });
        alice.text("one", "bob");
        assertEquals("one", heard.next());
        after.next();
        alice.text("two", "bob");
        assertEquals("two", after.next());
        assertTrue(heard.isEmpty());
    }

    @Test
    void simpleListenersHearWhatIsSaid() throws Exception {
        Heard<String> heard = new Heard<>();
        bob.manager.addSimpleMsgListener(new V2TIMSimpleMsgListener() {
            @Override
            public void onRecvC2CTextMessage(String msgID, V2TIMUserInfo sender, String text) {
                heard.add("c2c " + sender.getUserID() + " " + text);
            }

            @Override
            public void onRecvC2CCustomMessage(String msgID, V2TIMUserInfo sender, byte[] customData) {
                heard.add("c2c " + sender.getUserID() + " data " + customData[0]);
            }

            @Override
            public void onRecvGroupTextMessage(String msgID, String groupID, V2TIMGroupMemberInfo sender, String text) {
                heard.add(groupID + " " + sender.getUserID() + " " + text);
            }

            @Override
            public void onRecvGroupCustomMessage(String msgID, String groupID, V2TIMGroupMemberInfo sender, byte[] customData) {
                heard.add(groupID + " " + sender.getUserID() + " data " + customData[0]);
            }
        });
        String group = alice.group("bob");
        for (int i = 0; i < 4; i++) {
            Got<V2TIMMessage> sent = new Got<>();
            String id = i == 0 ? alice.manager.sendC2CTextMessage("hi", "bob", sent)
                    : i == 1 ? alice.manager.sendC2CCustomMessage(new byte[] {7}, "bob", sent)
                    : i == 2 ? alice.manager.sendGroupTextMessage("all", group, V2TIMMessage.V2TIM_PRIORITY_HIGH, sent)
                    : alice.manager.sendGroupCustomMessage(new byte[] {8}, group, V2TIMMessage.V2TIM_PRIORITY_LOW, sent);
            assertEquals(id, sent.answer().getMsgID());
        }
        assertEquals("c2c alice hi", heard.next());
        assertEquals("c2c alice data 7", heard.next());
        assertEquals(group + " alice all", heard.next());
        assertEquals(group + " alice data 8", heard.next());
    }

    @Test
    void marksAreHeardWithoutAMessage() throws Exception {
        Heard<V2TIMMessageReceipt> marks = new Heard<>();
        alice.messages.addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvC2CReadReceipt(List<V2TIMMessageReceipt> receiptList) {
                receiptList.forEach(marks::add);
            }
        });
        alice.text("one", "bob");
        bob.received.next();
        Done marked = new Done();
        bob.messages.markC2CMessageAsRead("alice", marked);
        marked.answer();
        V2TIMMessageReceipt mark = marks.next();
        assertEquals("bob", mark.getUserID());
        assertEquals("", mark.getMsgID());
        assertTrue(mark.getTimestamp() > 1_700_000_000L);
        assertTrue(alice.receipts.isEmpty(), "a mark is no receipt");
    }

    /** Contract 3: after remove has returned the app may free what its listener used. */
    @Test
    void removeWaitsForACallOnAnotherThread() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean over = new AtomicBoolean();
        V2TIMAdvancedMsgListener slow = new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                inside.countDown();
                Waiting.quietly(go);
                over.set(true);
            }
        };
        bob.messages.addAdvancedMsgListener(slow);
        alice.text("slowly", "bob");
        inside.await();
        AtomicBoolean wasOver = new AtomicBoolean();
        Thread removing = new Thread(() -> {
            bob.messages.removeAdvancedMsgListener(slow);
            wasOver.set(over.get());
        });
        removing.start();
        while (removing.getState() != Thread.State.WAITING) {
            assertTrue(removing.isAlive(), "it did not wait");
            Thread.onSpinWait();
        }
        go.countDown();
        removing.join();
        assertTrue(wasOver.get());
    }

    /** Where it would wait for itself, or for one who waits for it. */
    @Test
    void insideACallbackRemoveNeverWaits() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        V2TIMAdvancedMsgListener slow = new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                inside.countDown();
                Waiting.quietly(go);
            }
        };
        bob.messages.addAdvancedMsgListener(slow);
        alice.text("slowly", "bob");
        inside.await();
        Done removed = new Done();
        alice.messages.markAllMessageAsRead(new V2TIMCallback() {
            @Override
            public void onSuccess() {
                bob.messages.removeAdvancedMsgListener(slow);
                removed.onSuccess();
            }

            @Override
            public void onError(int code, String desc) {
                removed.onError(code, desc);
            }
        });
        removed.answer();
        go.countDown();
    }

    @Test
    void oneRemovedByAnEarlierOneHearsNothingMore() throws Exception {
        Heard<String> heard = new Heard<>();
        V2TIMAdvancedMsgListener later = new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                heard.add("later " + msg.getTextElem().getText());
            }
        };
        bob.messages.addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                heard.add("earlier " + msg.getTextElem().getText());
                if (msg.getTextElem().getText().equals("two")) {
                    bob.messages.removeAdvancedMsgListener(later);
                }
            }
        });
        bob.messages.addAdvancedMsgListener(later);
        // Another kind hears in its turn too.
        bob.manager.addSimpleMsgListener(new V2TIMSimpleMsgListener() {
            @Override
            public void onRecvC2CTextMessage(String msgID, V2TIMUserInfo sender, String text) {
                heard.add("last " + text);
            }
        });
        for (String text : List.of("one", "two")) {
            alice.text(text, "bob");
            assertEquals("earlier " + text, heard.next());
            if (text.equals("one")) {
                assertEquals("later one", heard.next());
            }
            assertEquals("last " + text, heard.next());
        }
        assertTrue(heard.isEmpty());
    }

    /** What a batch costs does not grow with the listeners: the library knows one of a manager. */
    @Test
    void anyNumberOfListenersIsOneOfTheLibrary() throws Exception {
        // Only listeners are counted: no call is out, and nothing else is made meanwhile.
        int before = LifetimeTest.steady();
        for (int i = 0; i < 100; i++) {
            bob.messages.addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {});
            bob.conversations.addConversationListener(new V2TIMConversationListener() {});
            bob.manager.addGroupListener(new V2TIMGroupListener() {});
            bob.manager.addIMSDKListener(new V2TIMSDKListener() {});
            SeenByV2TIM.addListener(bob.manager, new SeenByListener() {});
        }
        assertTrue(Held.count() <= before, "held: " + Held.count() + ", before " + before);
    }
}
