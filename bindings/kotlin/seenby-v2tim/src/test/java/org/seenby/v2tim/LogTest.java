package org.seenby.v2tim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.seenby.core.Logs;
import org.seenby.core.Reports;
import org.seenby.v2tim.Waiting.Heard;

class LogTest {
    @AfterEach
    void end() throws Exception {
        V2TIMManager.getInstance().unInitSDK();
        Logs.to(Logs.WARN, null);
        Reports.setHandler(null);
    }

    /** Without a server there is only a service in memory, which the log says loudly (R28). */
    private static V2TIMSDKConfig loud(int level, V2TIMLogListener listener) {
        V2TIMSDKConfig config = new V2TIMSDKConfig();
        config.setLogLevel(level);
        config.setLogListener(listener);
        return config;
    }

    private static V2TIMLogListener into(Heard<String> lines) {
        return new V2TIMLogListener() {
            @Override
            public void onLog(int logLevel, String logContent) {
                lines.add(logLevel + " " + logContent);
            }
        };
    }

    @Test
    void aListenerGetsWhatItAskedFor() throws Exception {
        Heard<String> lines = new Heard<>();
        V2TIMManager shared = V2TIMManager.getInstance();
        assertTrue(shared.initSDK(null, Phone.APP, loud(V2TIMSDKConfig.V2TIM_LOG_WARN, into(lines))));
        String line = lines.next();
        assertTrue(line.startsWith("5 ") && line.contains("no server is configured"), line);
        shared.unInitSDK();

        // Errors alone: the same warning is not among them.
        Heard<String> errors = new Heard<>();
        assertTrue(shared.initSDK(null, Phone.APP, loud(V2TIMSDKConfig.V2TIM_LOG_ERROR, into(errors))));
        org.seenby.core.SeenbyKt.logLine(Logs.ERROR, "the only one");
        assertEquals("6 the only one", errors.next());
        shared.unInitSDK();

        Heard<String> all = new Heard<>();
        assertTrue(shared.initSDK(null, Phone.APP, loud(V2TIMSDKConfig.V2TIM_LOG_DEBUG, into(all))));
        org.seenby.core.SeenbyKt.logLine(Logs.DEBUG, "detail");
        for (String next = all.next(); !next.equals("3 detail"); next = all.next()) {
            assertFalse(next.isEmpty());
        }
        assertTrue(lines.isEmpty(), "the first one is told no more");
    }

    @Test
    void aFurtherManagerWithoutOneLeavesTheLogWhereItIs() throws Exception {
        Heard<String> lines = new Heard<>();
        assertTrue(SeenByV2TIM.initSDK(Phone.APP, loud(V2TIMSDKConfig.V2TIM_LOG_WARN, into(lines))));
        lines.next();
        SeenByV2TIM.createManager(Phone.APP, Phone.config(Phone.service(), "further")).unInitSDK();
        org.seenby.core.SeenbyKt.logLine(Logs.WARN, "still there");
        assertEquals("5 still there", lines.next());
    }

    @Test
    void oneThatThrowsIsReportedAndGetsTheNextLine() throws Exception {
        Heard<Throwable> thrown = new Heard<>();
        Reports.setHandler((where, what) -> thrown.add(what));
        Error error = new Error("a bug of the app's");
        assertTrue(SeenByV2TIM.initSDK(Phone.APP, loud(V2TIMSDKConfig.V2TIM_LOG_WARN, new V2TIMLogListener() {
            @Override
            public void onLog(int logLevel, String logContent) {
                throw error;
            }
        })));
        assertEquals(error, thrown.next());
        org.seenby.core.SeenbyKt.logLine(Logs.WARN, "again");
        assertEquals(error, thrown.next());
    }

    @Test
    void aLevelThatIsNone() {
        for (int level : new int[] {1, 2, 7, -1, Integer.MAX_VALUE}) {
            assertFalse(SeenByV2TIM.initSDK(Phone.APP, loud(level, null)));
            assertTrue(SeenByV2TIM.lastInitError().startsWith("logLevel is " + level + ";"), SeenByV2TIM.lastInitError());
        }
    }
}
