package org.seenby.v2tim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Structure;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.seenby.core.Held;

/** Managers made and closed by the thousand, and listeners replaced, leave nothing behind: counted, and measured. */
class LifetimeTest {
    private static final int ROUNDS = 5;
    private static final int LIVES = 200;
    private static final Pattern JVM_S = Pattern.compile("\\((?:malloc|arena)=(\\d+)KB");

    private static long residentKb() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError("the kernel does not say how much memory this process has");
    }

    /** What is reachable: the least of several looks, as a collection may not have ended. */
    private static long heapKb() throws Exception {
        long least = Long.MAX_VALUE;
        for (int look = 0; look < 5; look++) {
            System.gc();
            Thread.sleep(20);
            Runtime all = Runtime.getRuntime();
            least = Math.min(least, (all.totalMemory() - all.freeMemory()) / 1024);
        }
        return least;
    }

    /** What the C library's mallinfo2 fills: all arenas together. */
    @Structure.FieldOrder({"arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"})
    public static final class Allocated extends Structure implements Structure.ByValue {
        public long arena;
        public long ordblks;
        public long smblks;
        public long hblks;
        public long hblkhd;
        public long usmblks;
        public long fsmblks;
        public long uordblks;
        public long fordblks;
        public long keepcost;
    }

    /** What native code has allocated and not freed, but the JVM itself, whose compiler takes and gives back megabytes. */
    private static long nativeKb() throws Exception {
        Allocated all = (Allocated) NativeLibrary.getProcess().getFunction("mallinfo2").invoke(Allocated.class, new Object[0]);
        // Needs -XX:NativeMemoryTracking=summary (pom.xml).
        String report = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "vmNativeMemory", new Object[] {new String[] {"summary"}},
                new String[] {String[].class.getName()});
        long ofTheJvm = 0;
        for (Matcher part = JVM_S.matcher(report); part.find();) {
            ofTheJvm += Long.parseLong(part.group(1));
        }
        assertTrue(ofTheJvm > 1000, report);
        return (all.uordblks + all.hblkhd) / 1024 - ofTheJvm;
    }

    private static int threads() {
        return new File("/proc/self/task").list().length;
    }

    /** What the library holds when no call is out, and nothing of an earlier test's is on its way out. */
    static int steady() throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        int held = -1;
        long since = System.nanoTime();
        while (Held.count() != held || Held.completions() > 0 || System.nanoTime() - since < 100_000_000L) {
            if (Held.count() != held) {
                held = Held.count();
                since = System.nanoTime();
            }
            assertTrue(System.nanoTime() < end, "calls are out: " + Held.completions());
            Thread.sleep(5);
        }
        return held;
    }

    /** Until the library has let go of what came since. */
    static void untilHeld(int held) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (Held.count() > held) {
            assertTrue(System.nanoTime() < end, "still held: " + Held.count() + ", before " + held);
            Thread.sleep(5);
        }
    }

    /** A manager's whole life. */
    private static void life(String service, int at) throws Exception {
        try (Phone phone = Phone.of("u" + at % 4, Phone.config(service, "d" + at % 4))) {
            for (int i = 0; i < 3; i++) {
                V2TIMAdvancedMsgListener replaced = new V2TIMAdvancedMsgListener() {};
                phone.messages.addAdvancedMsgListener(replaced);
                phone.messages.removeAdvancedMsgListener(replaced);
            }
            phone.manager.addGroupListener(new V2TIMGroupListener() {});
            phone.text("n" + at, "peer");
            SeenByV2TIM.readTracker(phone.manager, null).close();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "memory and threads are read from /proc")
    void managersByTheThousandLeaveNothing() throws Exception {
        int held = steady();
        List<long[]> rounds = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int round = 0; round < ROUNDS; round++) {
            String service = Phone.service();
            for (int at = 0; at < LIVES; at++) {
                life(service, at);
            }
            untilHeld(held);
            long[] now = {heapKb(), nativeKb(), residentKb(), threads()};
            rounds.add(now);
            text.append(String.format("heap %d KB, native %d KB, VmRSS %d KB, %d threads; ", now[0], now[1], now[2], now[3]));
        }
        System.out.println(LIVES + " managers a round: " + text);
        // The first rounds are for caches and the JIT. A leak of two KB a manager would be 800 KB, two rounds later.
        long[] before = rounds.get(1);
        long[] after = rounds.get(ROUNDS - 1).clone();
        for (int measure = 0; measure < after.length; measure++) {
            after[measure] = Math.min(after[measure], rounds.get(ROUNDS - 2)[measure]);
        }
        assertTrue(after[0] - before[0] < 800, "the heap grows: " + text);
        assertTrue(after[1] - before[1] < 800, "native memory grows: " + text);
        // What neither of them counts: mappings, stacks, what a heap keeps when it is torn to pieces.
        assertTrue(after[2] - before[2] < 16_000, "the process grows: " + text);
        assertTrue(after[3] - before[3] < 8, "threads stay: " + text);
    }

    @Test
    void aManagerThatIsForgottenIsCollected() throws Exception {
        int held = steady();
        for (int i = 0; i < 10; i++) {
            V2TIMManager forgotten = SeenByV2TIM.createManager(Phone.APP, Phone.config(Phone.service(), "forgotten"));
            // Listeners that do not know the manager: what knows it keeps it, until unInitSDK.
            forgotten.addGroupListener(new V2TIMGroupListener() {});
            SeenByV2TIM.messages(forgotten).addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {});
            assertEquals("", forgotten.getLoginUser());
        }
        long end = System.nanoTime() + 60_000_000_000L;
        while (Held.count() > held) {
            assertTrue(System.nanoTime() < end, "still held: " + Held.count() + ", before " + held);
            System.gc();
            Thread.sleep(20);
        }
    }
}
