package org.seenby.example;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.seenby.v2tim.SeenByV2TIM;
import org.seenby.v2tim.V2TIMAdvancedMsgListener;
import org.seenby.v2tim.V2TIMCallback;
import org.seenby.v2tim.V2TIMCreateGroupMemberInfo;
import org.seenby.v2tim.V2TIMGroupInfo;
import org.seenby.v2tim.V2TIMManager;
import org.seenby.v2tim.V2TIMMessage;
import org.seenby.v2tim.V2TIMMessageReceipt;
import org.seenby.v2tim.V2TIMSDKConfig;
import org.seenby.v2tim.V2TIMSendCallback;
import org.seenby.v2tim.V2TIMValueCallback;

/**
 * Sends a message to a group, and prints that it was read: the documented classes, as an app uses them.
 *
 * <p>Alice and Bob are both in this process here, in a service of its own: Alice behind the documented singleton, Bob behind a
 * manager that SeenBy adds to it. With setServer("wss://…") each is on a device of theirs. An Android app has a Context, and
 * passes it: {@code V2TIMManager.getInstance().initSDK(context, sdkAppID, config)}.
 */
public final class Receipt {
    private Receipt() {}

    public static void main(String[] args) throws Exception {
        if (!SeenByV2TIM.initSDK(1, config("alice's laptop"))) {
            throw new IllegalStateException(SeenByV2TIM.lastInitError());
        }
        final V2TIMManager alice = V2TIMManager.getInstance();
        final V2TIMManager bob = SeenByV2TIM.createManager(1, config("bob's phone"));
        final CountDownLatch shown = new CountDownLatch(1);

        V2TIMManager.getMessageManager().addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvMessageReadReceipts(List<V2TIMMessageReceipt> receiptList) {
                for (V2TIMMessageReceipt receipt : receiptList) {
                    System.out.println(receipt.getReadCount() + " have read it, " + receipt.getUnreadCount() + " have not");
                }
                shown.countDown();
            }
        });
        SeenByV2TIM.messages(bob).addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                SeenByV2TIM.messages(bob).sendMessageReadReceipts(Arrays.asList(msg), null);
            }
        });

        Done aliceIn = new Done();
        alice.login("alice", "", aliceIn);
        aliceIn.await();
        Done bobIn = new Done();
        bob.login("bob", "", bobIn);
        bobIn.await();
        createGroup();

        V2TIMSendCallback<V2TIMMessage> sent = new V2TIMSendCallback<V2TIMMessage>() {
            @Override
            public void onProgress(int progress) {}

            @Override
            public void onSuccess(V2TIMMessage message) {}

            @Override
            public void onError(int code, String desc) {
                System.err.println("error " + code + ": " + desc);
            }
        };
        V2TIMMessage message = V2TIMManager.getMessageManager().createTextMessage("Lunch at noon?");
        message.setNeedReadReceipt(true);
        V2TIMManager.getMessageManager().sendMessage(message, null, "lunch", V2TIMMessage.V2TIM_PRIORITY_NORMAL, false, null, sent);

        if (!shown.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Alice hears of no receipt");
        }
        bob.unInitSDK();
        alice.unInitSDK();
    }

    private static V2TIMSDKConfig config(String device) {
        V2TIMSDKConfig config = new V2TIMSDKConfig();
        config.getSeenBy().setServer("embedded:mem/lunch-java").setDeviceLabel(device);
        return config;
    }

    private static void createGroup() throws InterruptedException {
        V2TIMGroupInfo info = new V2TIMGroupInfo();
        info.setGroupID("lunch");
        info.setGroupName("Lunch");
        info.setGroupType(V2TIMManager.GROUP_TYPE_WORK);
        V2TIMCreateGroupMemberInfo bob = new V2TIMCreateGroupMemberInfo();
        bob.setUserID("bob");
        V2TIMCreateGroupMemberInfo carol = new V2TIMCreateGroupMemberInfo();
        carol.setUserID("carol");
        Done made = new Done();
        V2TIMManager.getGroupManager().createGroup(info, Arrays.asList(bob, carol), made);
        made.await();
    }

    /** The end of a call, which this program waits for; an app goes on, and acts in onSuccess. */
    private static final class Done implements V2TIMCallback, V2TIMValueCallback<String> {
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile String refused = "the call did not end";

        @Override
        public void onSuccess() {
            refused = null;
            over.countDown();
        }

        @Override
        public void onSuccess(String id) {
            onSuccess();
        }

        @Override
        public void onError(int code, String desc) {
            refused = "error " + code + ": " + desc;
            System.err.println(refused);
            over.countDown();
        }

        void await() throws InterruptedException {
            over.await(30, TimeUnit.SECONDS);
            if (refused != null) {
                throw new IllegalStateException(refused);
            }
        }
    }
}
