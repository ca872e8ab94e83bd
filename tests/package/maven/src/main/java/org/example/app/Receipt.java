package org.example.app;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.seenby.v2tim.SeenByV2TIM;
import org.seenby.v2tim.V2TIMAdvancedMsgListener;
import org.seenby.v2tim.V2TIMCallback;
import org.seenby.v2tim.V2TIMManager;
import org.seenby.v2tim.V2TIMMessage;
import org.seenby.v2tim.V2TIMMessageManager;
import org.seenby.v2tim.V2TIMMessageReceipt;
import org.seenby.v2tim.V2TIMSDKConfig;
import org.seenby.v2tim.V2TIMSendCallback;

/** Alice writes, Bob reads, and Alice sees that he did: over the documented classes, in one process. */
public final class Receipt {
    private static final String SERVICE = "embedded:mem/app";

    private Receipt() {}

    public static void main(String[] arguments) throws Exception {
        V2TIMManager alice = manager("alice");
        V2TIMManager bob = manager("bob");

        CompletableFuture<V2TIMMessage> received = new CompletableFuture<>();
        SeenByV2TIM.messages(bob).addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                received.complete(msg);
            }
        });
        CompletableFuture<V2TIMMessageReceipt> seen = new CompletableFuture<>();
        V2TIMMessageManager messages = SeenByV2TIM.messages(alice);
        messages.addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvMessageReadReceipts(List<V2TIMMessageReceipt> receiptList) {
                seen.complete(receiptList.get(0));
            }
        });

        V2TIMMessage message = messages.createTextMessage("Lunch?");
        message.setNeedReadReceipt(true);
        CompletableFuture<V2TIMMessage> sent = new CompletableFuture<>();
        messages.sendMessage(message, "bob", null, V2TIMMessage.V2TIM_PRIORITY_NORMAL, false, null,
                new V2TIMSendCallback<V2TIMMessage>() {
                    @Override
                    public void onProgress(int progress) {}

                    @Override
                    public void onSuccess(V2TIMMessage message) {
                        sent.complete(message);
                    }

                    @Override
                    public void onError(int code, String desc) {
                        sent.completeExceptionally(new IllegalStateException(code + ": " + desc));
                    }
                });
        String id = of(sent).getMsgID();

        CompletableFuture<Void> reported = new CompletableFuture<>();
        SeenByV2TIM.messages(bob).sendMessageReadReceipts(Collections.singletonList(of(received)), done(reported));
        of(reported);
        V2TIMMessageReceipt receipt = of(seen);
        if (!receipt.getMsgID().equals(id) || !receipt.isPeerRead()) {
            throw new IllegalStateException("not read: " + receipt.getMsgID() + ", and sent was " + id);
        }

        alice.unInitSDK();
        bob.unInitSDK();
        System.out.println("bob has read " + of(received).getTextElem().getText());
    }

    private static V2TIMManager manager(String user) throws Exception {
        V2TIMSDKConfig config = new V2TIMSDKConfig();
        config.getSeenBy().setServer(SERVICE).setDeviceLabel(user);
        V2TIMManager manager = SeenByV2TIM.createManager(1400000001, config);
        CompletableFuture<Void> login = new CompletableFuture<>();
        manager.login(user, "", done(login));
        of(login);
        return manager;
    }

    private static V2TIMCallback done(CompletableFuture<Void> done) {
        return new V2TIMCallback() {
            @Override
            public void onSuccess() {
                done.complete(null);
            }

            @Override
            public void onError(int code, String desc) {
                done.completeExceptionally(new IllegalStateException(code + ": " + desc));
            }
        };
    }

    private static <T> T of(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }
}
