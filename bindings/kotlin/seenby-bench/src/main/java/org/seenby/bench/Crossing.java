package org.seenby.bench;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.seenby.core.Answer;
import org.seenby.core.ClientConfig;
import org.seenby.core.Completion;
import org.seenby.core.Event;
import org.seenby.core.EventListener;
import org.seenby.core.Failure;
import org.seenby.core.SeenByClient;
import org.seenby.core.SeenbyKt;
import org.seenby.core.Threads;
import org.seenby.v2tim.SeenByV2TIM;
import org.seenby.v2tim.Telling;
import org.seenby.v2tim.V2TIMAdvancedMsgListener;
import org.seenby.v2tim.V2TIMManager;
import org.seenby.v2tim.V2TIMMessage;
import org.seenby.v2tim.V2TIMMessageManager;
import org.seenby.v2tim.V2TIMMessageReceipt;
import org.seenby.v2tim.V2TIMSDKConfig;

/** What crossing between the library and the JVM costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class Crossing {
    private static final int BATCH = 64;

    private SeenByClient client;
    private final Semaphore ended = new Semaphore(0);
    private long heard;

    private final EventListener listener = new EventListener() {
        @Override
        public void onEvents(List<? extends Event> events) {
            heard += events.size();
        }
    };

    private final EventListener documented = new Telling(new V2TIMAdvancedMsgListener() {
        @Override
        public void onRecvMessageReadReceipts(List<V2TIMMessageReceipt> receiptList) {
            heard += receiptList.size();
        }
    });

    private V2TIMManager manager;
    private V2TIMMessageManager messages;
    private List<V2TIMMessage> referred;

    private final Completion completion = new Completion() {
        @Override
        public void succeeded(Answer answer) {
            ended.release();
        }

        @Override
        public void failed(Failure failure) {
            ended.release();
        }

        @Override
        public void dropped() {
            ended.release();
        }
    };

    @Setup
    public void open() throws Exception {
        Threads.ready();
        String server = "embedded:mem/" + UUID.randomUUID();
        client = new SeenByClient(new ClientConfig(
                1400000001, server, false, null, null, false, null, List.of(), null, 0, 0, 0, ""), null, null, null);
        client.login("alice", "", completion);
        ended.acquire();
        V2TIMSDKConfig config = new V2TIMSDKConfig();
        config.getSeenBy().setServer("embedded:mem/" + UUID.randomUUID());
        manager = SeenByV2TIM.createManager(1400000001, config);
        messages = SeenByV2TIM.messages(manager);
        referred = List.of(SeenByV2TIM.messageReference("c2c_bob", "bWVhc3VyZWQtbWVzc2FnZS0", "bob"));
    }

    @TearDown
    public void close() {
        manager.unInitSDK();
        client.shutdown();
        client.close();
    }

    /** One event of a batch of 64, each with a receipt, from the library to the listener. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long eventOfABatch(Paid paid) throws Exception {
        paid.done += BATCH;
        SeenbyKt.measureEvents(listener, BATCH, 1);
        return heard;
    }

    /** The same, to the documented onRecvMessageReadReceipts with the documented receipts. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long documentedEventOfABatch(Paid paid) throws Exception {
        paid.done += BATCH;
        SeenbyKt.measureEvents(documented, BATCH, 1);
        return heard;
    }

    /** Handing a documented call over: what an app's main thread pays. */
    @Benchmark
    public void documentedCall(Paid paid) {
        paid.done++;
        messages.getMessageReadReceipts(referred, null);
    }

    /** Handing a call over: what the thread of the caller pays. */
    @Benchmark
    public long call(Paid paid) {
        paid.done++;
        return client.getTotalUnread(null);
    }

    /** A call, through the service inside the process, until its end was heard. */
    @Benchmark
    public void callAndItsEnd(Paid paid) throws Exception {
        paid.done++;
        client.getTotalUnread(completion);
        ended.acquire();
    }
}
