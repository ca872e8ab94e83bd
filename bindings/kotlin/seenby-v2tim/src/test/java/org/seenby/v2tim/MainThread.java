package org.seenby.v2tim;

import static org.junit.Assert.assertTrue;
import static org.robolectric.Shadows.shadowOf;

import android.os.Looper;
import java.util.concurrent.TimeUnit;
import org.seenby.v2tim.Waiting.Done;

/** Android's main thread under Robolectric, which is the test's. */
final class MainThread {
    private MainThread() {}

    interface Condition {
        boolean isSo() throws Exception;
    }

    /** Runs what waits for the main thread until this is so. */
    static void until(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.isSo()) {
            assertTrue("it did not come", System.nanoTime() < end);
            shadowOf(Looper.getMainLooper()).idle();
            Thread.sleep(5);
        }
    }

    /** A login that the main thread is told of. */
    static Done login(V2TIMManager manager, String user) throws Exception {
        Done login = new Done();
        manager.login(user, "", login);
        until(login::isOver);
        login.answer();
        return login;
    }
}
