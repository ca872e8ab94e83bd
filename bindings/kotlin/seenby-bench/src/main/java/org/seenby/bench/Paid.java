package org.seenby.bench;

import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the thread that runs a benchmark pays: its own processor time. That of a busy machine's other threads is not in it. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Paid {
    /** Processor time of this iteration. */
    public long cpuNs;
    /** How often the thing was done in it. */
    public long done;
    private long began;

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Setup(Level.Iteration)
    public void begin() {
        done = 0;
        began = now();
    }

    @TearDown(Level.Iteration)
    public void end() {
        cpuNs = now() - began;
    }
}
