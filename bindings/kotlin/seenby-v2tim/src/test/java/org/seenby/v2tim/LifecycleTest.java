package org.seenby.v2tim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.seenby.core.Held;
import org.seenby.v2tim.Waiting.Done;
import org.seenby.v2tim.Waiting.Got;
import org.seenby.v2tim.Waiting.Heard;
import org.seenby.v2tim.Waiting.Sent;

/** The manager of the process, and further ones: before init, after unInit, and where callbacks run. */
class LifecycleTest {
    private final V2TIMManager shared = V2TIMManager.getInstance();

    @AfterEach
    void end() {
        shared.unInitSDK();
    }

    private static void refusedEverywhere(V2TIMManager manager, int code) throws Exception {
        Done login = new Done();
        manager.login("alice", "", login);
        login.refused(code);
        V2TIMMessageManager messages = SeenByV2TIM.messages(manager);
        V2TIMMessage message = messages.createTextMessage("early");
        message.setNeedReadReceipt(true);
        Sent sent = new Sent();
        messages.sendMessage(message, "bob", null, 0, false, null, sent);
        sent.refused(code);
        assertEquals(V2TIMMessage.V2TIM_MSG_STATUS_SEND_FAIL, message.getStatus());
        assertTrue(message.isNeedReadReceipt());
        Done reported = new Done();
        messages.sendMessageReadReceipts(List.of(), reported);
        reported.refused(code);
        Done outside = new Done();
        messages.deleteMessages(null, outside);
        outside.refused(code);
        Got<String> group = new Got<>();
        manager.createGroup("Work", "", "", group);
        group.refused(code);
        Got<Long> total = new Got<>();
        SeenByV2TIM.conversations(manager).getTotalUnreadMessageCount(total);
        total.refused(code);
        messages.sendMessage(null, null, null, 0, false, null, null);
        manager.login(null, null, null);
    }

    @Test
    void beforeInitAndAfterUnInit() throws Exception {
        refusedEverywhere(shared, BaseConstants.ERR_SDK_NOT_INITIALIZED);
        assertEquals("", shared.getLoginUser());
        assertEquals(V2TIMManager.V2TIM_STATUS_LOGOUT, shared.getLoginStatus());
        assertEquals(0, shared.getServerTime());
        assertEquals("", SeenByV2TIM.debugState(null));
        SeenByV2TIM.networkAvailable(null, true);
        shared.unInitSDK();

        assertTrue(SeenByV2TIM.initSDK(Phone.APP, Phone.config(Phone.service(), null)));
        assertEquals("", SeenByV2TIM.lastInitError());
        assertFalse(shared.initSDK(null, Phone.APP, null));
        assertTrue(SeenByV2TIM.lastInitError().contains("6017"), SeenByV2TIM.lastInitError());
        Done login = new Done();
        shared.login("alice", "", login);
        login.answer();
        assertEquals("alice", shared.getLoginUser());
        assertEquals(V2TIMManager.V2TIM_STATUS_LOGINED, shared.getLoginStatus());
        assertTrue(shared.getServerTime() > 1_700_000_000L);

        shared.unInitSDK();
        refusedEverywhere(shared, BaseConstants.ERR_SDK_NOT_INITIALIZED);
        assertEquals("", shared.getLoginUser());
    }

    @Test
    void aWrongConfigurationSaysWhatIsWrong() {
        assertFalse(SeenByV2TIM.initSDK(Phone.APP, Phone.config("http://example.org", null)));
        assertTrue(SeenByV2TIM.lastInitError().contains("http://example.org"), SeenByV2TIM.lastInitError());
        assertTrue(SeenByV2TIM.initSDK(Phone.APP, Phone.config(Phone.service(), null)), "the next one works");
    }

    @Test
    void beforeLogin() throws Exception {
        assertTrue(SeenByV2TIM.initSDK(Phone.APP, Phone.config(Phone.service(), null)));
        Done reported = new Done();
        V2TIMManager.getMessageManager().markC2CMessageAsRead("bob", reported);
        reported.refused(BaseConstants.ERR_SDK_NOT_LOGGED_IN);
    }

    @Test
    void listenersStayOverUnInit() throws Exception {
        Heard<String> heard = new Heard<>();
        V2TIMSDKListener listener = new V2TIMSDKListener() {
            @Override
            public void onConnectSuccess() {
                heard.add("connected");
            }
        };
        try {
            for (int i = 0; i < 2; i++) {
                V2TIMSDKConfig config = Phone.config(Phone.service(), null);
                assertTrue(shared.initSDK(null, Phone.APP, config, listener));
                Done login = new Done();
                shared.login("alice", "", login);
                login.answer();
                assertEquals("connected", heard.next());
                shared.unInitSDK();
                assertTrue(heard.isEmpty());
            }
        } finally {
            shared.removeIMSDKListener(listener);
        }
    }

    @Test
    void aFurtherManagerIsClosedForGood() throws Exception {
        Phone alice = Phone.of("alice", Phone.service());
        assertFalse(alice.manager.initSDK(null, Phone.APP, null));
        alice.close();
        alice.close();
        refusedEverywhere(alice.manager, BaseConstants.ERR_SEENBY_CLOSED);
    }

    @Test
    void callbacksComeWhereTheAppSays() throws Exception {
        Queue<Runnable> loop = new ArrayDeque<>();
        V2TIMSDKConfig config = Phone.config(Phone.service(), "alice");
        config.getSeenBy().setDispatcher(work -> {
            synchronized (loop) {
                loop.add(work);
                loop.notifyAll();
            }
        });
        try (Phone alice = new Phone(config)) {
            Done login = new Done();
            alice.manager.login("alice", "", login);
            while (!login.isOver()) {
                Runnable work;
                synchronized (loop) {
                    while (loop.isEmpty()) {
                        loop.wait();
                    }
                    work = loop.remove();
                }
                work.run();
                // An app's executor may be wrong, and run it twice.
                work.run();
            }
            login.answer();
            assertEquals(Thread.currentThread(), login.thread);
        }
    }

    /** Nothing waits: what is never taken off the loop blocks nobody, and unInit neither. */
    @Test
    void noCallBlocksWhereCallbacksNeverRun() throws Exception {
        V2TIMSDKConfig config = Phone.config(Phone.service(), "alice");
        Queue<Runnable> loop = new ConcurrentLinkedQueue<>();
        config.getSeenBy().setDispatcher(loop::add);
        Phone alice = new Phone(config);
        Done never = new Done();
        alice.manager.login("alice", "", never);
        V2TIMMessage message = alice.messages.createTextMessage("in a tight loop");
        for (int i = 0; i < 2_000; i++) {
            alice.messages.sendMessage(alice.messages.createTextMessage("n" + i), "bob", null, 0, false, null, null);
            alice.messages.sendMessageReadReceipts(List.of(message), never);
            alice.messages.getMessageReadReceipts(List.of(message), null);
            alice.conversations.getTotalUnreadMessageCount(null);
            alice.manager.getLoginStatus();
        }
        alice.close();
        assertEquals(0, never.times());
        // The loop runs after all: what was out ends now, each once.
        long end = System.nanoTime() + 60_000_000_000L;
        while (Held.completions() > 0) {
            Runnable work = loop.poll();
            if (work != null) {
                work.run();
            }
            assertTrue(System.nanoTime() < end, Held.completions() + " calls have not ended");
        }
        assertEquals(2_001, never.times());
    }

    /** Somebody else may be logged in by then. */
    @Test
    void whatWaitsForTheMainThreadIsNotToldAfterUnInit() throws Exception {
        String service = Phone.service();
        Queue<Runnable> loop = new ConcurrentLinkedQueue<>();
        V2TIMSDKConfig config = Phone.config(service, "bob");
        config.getSeenBy().setDispatcher(loop::add);
        Heard<Object> heard = new Heard<>();
        V2TIMAdvancedMsgListener messages = new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                heard.add(msg);
            }
        };
        V2TIMConversationListener conversations = new V2TIMConversationListener() {
            @Override
            public void onConversationChanged(List<V2TIMConversation> changed) {
                heard.add(changed);
            }
        };
        V2TIMManager.getMessageManager().addAdvancedMsgListener(messages);
        V2TIMManager.getConversationManager().addConversationListener(conversations);
        try (Phone alice = Phone.of("alice", service)) {
            assertTrue(SeenByV2TIM.initSDK(Phone.APP, config));
            Done login = new Done();
            shared.login("bob", "", login);
            runUntil(loop, login);
            alice.text("for bob alone", "bob");
            long end = System.nanoTime() + 60_000_000_000L;
            while (loop.isEmpty()) {
                assertTrue(System.nanoTime() < end, "bob is told nothing");
                Thread.sleep(1);
            }
            shared.unInitSDK();
            assertTrue(SeenByV2TIM.initSDK(Phone.APP, config));
            Done next = new Done();
            shared.login("carol", "", next);
            runUntil(loop, next);
            assertTrue(heard.isEmpty(), "carol hears of bob's messages");
        } finally {
            V2TIMManager.getMessageManager().removeAdvancedMsgListener(messages);
            V2TIMManager.getConversationManager().removeConversationListener(conversations);
            shared.unInitSDK();
            while (!loop.isEmpty()) {
                loop.remove().run();
            }
        }
    }

    private static void runUntil(Queue<Runnable> loop, Done end) throws Exception {
        while (!end.isOver()) {
            Runnable work = loop.poll();
            if (work == null) {
                Thread.sleep(1);
            } else {
                work.run();
            }
        }
        end.answer();
    }

    @Test
    void aDispatcherThatThrowsDropsWhatItWasGiven() throws Exception {
        Heard<Throwable> thrown = new Heard<>();
        int held = LifetimeTest.steady();
        org.seenby.core.Reports.setHandler((where, what) -> thrown.add(what));
        try {
            V2TIMSDKConfig config = Phone.config(Phone.service(), "alice");
            IllegalStateException why = new IllegalStateException("the loop has ended");
            config.getSeenBy().setDispatcher(work -> {
                throw why;
            });
            Phone alice = new Phone(config);
            Done dropped = new Done();
            alice.manager.login("alice", "", dropped);
            assertEquals(why, thrown.next());
            alice.close();
            assertEquals(0, dropped.times());
            // It throws as long as it is told something: not into the next test. It is the manager's until that is collected.
            LifetimeTest.untilHeld(held + 1);
        } finally {
            org.seenby.core.Reports.setHandler(null);
        }
    }

    @Test
    void aCallMayComeFromACallback() throws Exception {
        try (Phone alice = Phone.of("alice", Phone.service())) {
            Done inner = new Done();
            alice.messages.markAllMessageAsRead(new V2TIMCallback() {
                @Override
                public void onSuccess() {
                    alice.manager.logout(inner);
                }

                @Override
                public void onError(int code, String desc) {
                    inner.onError(code, desc);
                }
            });
            inner.answer();
        }
    }

    @Test
    void unInitInACallback() throws Exception {
        Phone alice = Phone.of("alice", Phone.service());
        Done closed = new Done();
        alice.messages.markAllMessageAsRead(new V2TIMCallback() {
            @Override
            public void onSuccess() {
                alice.manager.unInitSDK();
                closed.onSuccess();
            }

            @Override
            public void onError(int code, String desc) {
                closed.onError(code, desc);
            }
        });
        closed.answer();
        Done late = new Done();
        alice.manager.logout(late);
        late.refused(BaseConstants.ERR_SEENBY_CLOSED);
    }

    /** Contract 4: it does not wait for the app's code, which goes on. */
    @Test
    void unInitWhileAListenerRuns() throws Exception {
        String service = Phone.service();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Done over = new Done();
        try (Phone alice = Phone.of("alice", service)) {
            Phone bob = Phone.of("bob", service);
            bob.messages.addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
                @Override
                public void onRecvNewMessage(V2TIMMessage msg) {
                    inside.countDown();
                    Waiting.quietly(go);
                    over.onSuccess();
                }
            });
            alice.text("slowly", "bob");
            inside.await();
            Done out = new Done();
            bob.messages.markAllMessageAsRead(out);
            bob.close();
            assertFalse(over.isOver());
            go.countDown();
            over.answer();
            // It was out, and has ended: after the listener, one way or the other.
            int code = out.code();
            assertTrue(code == 0 || code == BaseConstants.ERR_SDK_COMM_INTERRUPT, "ended with " + code);
        }
    }
}
