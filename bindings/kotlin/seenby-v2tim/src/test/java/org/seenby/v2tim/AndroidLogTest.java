package org.seenby.v2tim;

import static org.junit.Assert.assertTrue;
import static org.seenby.v2tim.MainThread.until;

import android.content.Context;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowLog;
import org.seenby.core.Logs;
import org.seenby.core.SeenbyKt;

/** The log goes to Android's. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34, manifest = Config.NONE)
public class AndroidLogTest {
    @After
    public void end() {
        V2TIMManager.getInstance().unInitSDK();
    }

    @Test
    public void withoutAListenerItGoesToLogcat() throws Exception {
        Context context = RuntimeEnvironment.getApplication();
        assertTrue(V2TIMManager.getInstance().initSDK(context, Phone.APP, Phone.config(Phone.service(), null)));
        SeenbyKt.logLine(Logs.WARN, "a line for logcat");
        until(() -> ShadowLog.getLogsForTag("SeenBy").stream()
                .anyMatch(item -> item.type == android.util.Log.WARN && item.msg.equals("a line for logcat")));
    }
}
