package org.seenby.v2tim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Callbacks that tests wait for. The limit is for a machine that is busy, not a thing that is tested. */
final class Waiting {
    private static final long SECONDS = 60;

    private Waiting() {}

    /** Waits inside a callback, which may not throw. */
    static void quietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(SECONDS, TimeUnit.SECONDS), "it did not come");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The end of a call: once. */
    static class End<T> {
        private final CountDownLatch over = new CountDownLatch(1);
        private final AtomicInteger times = new AtomicInteger();
        private volatile T value;
        private volatile int code;
        private volatile String text = "";
        volatile Thread thread;

        void succeed(T value) {
            this.value = value;
            end();
        }

        void fail(int code, String text) {
            this.code = code;
            this.text = text;
            end();
        }

        private void end() {
            thread = Thread.currentThread();
            times.incrementAndGet();
            over.countDown();
        }

        private void await() throws InterruptedException {
            assertTrue(over.await(SECONDS, TimeUnit.SECONDS), "the call did not end");
            assertEquals(1, times.get(), "a call ends once");
        }

        /** What it answered. */
        T answer() throws InterruptedException {
            await();
            assertEquals(0, code, text);
            return value;
        }

        /** It was refused with this number, and a sentence, which is answered. */
        String refused(int expected) throws InterruptedException {
            await();
            assertEquals(expected, code, text);
            assertTrue(text.length() > 10, "a sentence: " + text);
            return text;
        }

        /** With which number it ended; 0: it succeeded. */
        int code() throws InterruptedException {
            await();
            return code;
        }

        boolean isOver() {
            return over.getCount() == 0;
        }

        int times() {
            return times.get();
        }
    }

    static final class Done extends End<Void> implements V2TIMCallback {
        @Override
        public void onSuccess() {
            succeed(null);
        }

        @Override
        public void onError(int code, String desc) {
            fail(code, desc);
        }
    }

    static final class Got<T> extends End<T> implements V2TIMValueCallback<T> {
        @Override
        public void onSuccess(T value) {
            succeed(value);
        }

        @Override
        public void onError(int code, String desc) {
            fail(code, desc);
        }
    }

    static final class Sent extends End<V2TIMMessage> implements V2TIMSendCallback<V2TIMMessage> {
        @Override
        public void onProgress(int progress) {
            throw new AssertionError("there is no upload");
        }

        @Override
        public void onSuccess(V2TIMMessage message) {
            succeed(message);
        }

        @Override
        public void onError(int code, String desc) {
            fail(code, desc);
        }
    }

    /** What a listener was told, in order. */
    static final class Heard<T> {
        private final BlockingQueue<T> all = new LinkedBlockingQueue<>();

        void add(T one) {
            all.add(one);
        }

        T next() throws InterruptedException {
            T next = all.poll(SECONDS, TimeUnit.SECONDS);
            assertFalse(next == null, "nothing was heard");
            return next;
        }

        boolean isEmpty() {
            return all.isEmpty();
        }
    }
}
