package org.seenby.v2tim;

import static org.seenby.v2tim.MainThread.until;

import android.app.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.robolectric.android.controller.ActivityController;
import org.seenby.v2tim.Waiting.Got;

/** A screen on which bob sees what alice writes, and what she hears of that. A message counts as read after a millisecond (R33). */
final class BobsScreen implements AutoCloseable {
    final ActivityController<Activity> activity;
    final V2TIMManager bob;
    final SeenByTracker tracker;
    /** What alice wrote, as it came. */
    final List<V2TIMMessage> received = new ArrayList<>();
    private final Phone alice;
    private final List<V2TIMMessage> sent = new ArrayList<>();

    BobsScreen(ActivityController<Activity> activity) throws Exception {
        this.activity = activity;
        String service = Phone.service();
        alice = Phone.of("alice", service);
        V2TIMSDKConfig config = Phone.config(service, "bob");
        config.getSeenBy().setSeenForMs(1);
        bob = SeenByV2TIM.createManager(activity.get(), Phone.APP, config);
        SeenByV2TIM.messages(bob).addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                received.add(msg);
            }
        });
        MainThread.login(bob, "bob");
        tracker = SeenByV2TIM.readTracker(bob, "c2c_alice");
    }

    /** Alice writes this; as bob has it. */
    V2TIMMessage next(String text) throws Exception {
        int before = received.size();
        sent.add(alice.text(text, "bob"));
        until(() -> received.size() > before);
        return received.get(before);
    }

    /** Which of alice's messages bob has read, as she sees it: in the order of sending. */
    Set<Integer> read() throws Exception {
        Got<List<V2TIMMessageReceipt>> got = new Got<>();
        alice.messages.getMessageReadReceipts(sent, got);
        Set<Integer> read = new TreeSet<>();
        List<V2TIMMessageReceipt> receipts = got.answer();
        for (int i = 0; i < receipts.size(); i++) {
            if (receipts.get(i).isPeerRead()) {
                read.add(i);
            }
        }
        return read;
    }

    @Override
    public void close() {
        tracker.close();
        bob.unInitSDK();
        alice.close();
        activity.close();
    }
}
