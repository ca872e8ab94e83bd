package org.seenby.v2tim.scenarios;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.seenby.v2tim.SeenByException;
import org.seenby.v2tim.SeenByListener;
import org.seenby.v2tim.SeenByTracker;
import org.seenby.v2tim.SeenByV2TIM;
import org.seenby.v2tim.V2TIMAdvancedMsgListener;
import org.seenby.v2tim.V2TIMConversation;
import org.seenby.v2tim.V2TIMConversationListener;
import org.seenby.v2tim.V2TIMManager;
import org.seenby.v2tim.V2TIMMessage;
import org.seenby.v2tim.V2TIMMessageReceipt;
import org.seenby.v2tim.V2TIMSDKListener;
import org.seenby.v2tim.V2TIMUserFullInfo;

/** A manager with listeners for everything. */
final class Device {
    final V2TIMManager manager;
    private final World world;
    private final String name;
    private final Values values;
    private final Groups groups = new Groups(this);
    private final Lines lines = new Lines();
    private final Messages messages = new Messages();
    private final Conversations conversations = new Conversations();
    private final Ours ours = new Ours();
    private SeenByTracker tracker;

    Device(World world, String name, V2TIMManager manager) {
        this.world = world;
        this.name = name;
        this.values = world.values;
        this.manager = manager;
        manager.addIMSDKListener(lines);
        SeenByV2TIM.messages(manager).addAdvancedMsgListener(messages);
        SeenByV2TIM.conversations(manager).addConversationListener(conversations);
        // Before ours, which compares.
        manager.addGroupListener(groups);
        SeenByV2TIM.addListener(manager, ours);
    }

    SeenByTracker tracker() throws SeenByException {
        if (tracker == null) {
            tracker = SeenByV2TIM.readTracker(manager, null);
        }
        return tracker;
    }

    void network(boolean available) {
        SeenByV2TIM.networkAvailable(manager, available);
    }

    /** The app ends without logging out. */
    void close() {
        if (tracker != null) {
            tracker.close();
        }
        manager.unInitSDK();
        manager.removeIMSDKListener(lines);
        SeenByV2TIM.messages(manager).removeAdvancedMsgListener(messages);
        SeenByV2TIM.conversations(manager).removeConversationListener(conversations);
        manager.removeGroupListener(groups);
        SeenByV2TIM.removeListener(manager, ours);
    }

    void heard(String callback, JsonObject entry) {
        JsonObject line = new JsonObject();
        line.addProperty("world", world.number);
        line.addProperty("device", name);
        line.addProperty("heard", callback);
        line.add("entry", entry);
        Reply.say(line);
    }

    private final class Lines extends V2TIMSDKListener {
        @Override
        public void onConnecting() {
            heard("onConnecting", new JsonObject());
        }

        @Override
        public void onConnectSuccess() {
            heard("onConnectSuccess", new JsonObject());
        }

        @Override
        public void onConnectFailed(int code, String error) {
            JsonObject entry = new JsonObject();
            entry.addProperty("code", code);
            heard("onConnectFailed", entry);
        }

        @Override
        public void onKickedOffline() {
            heard("onKickedOffline", new JsonObject());
        }

        @Override
        public void onUserSigExpired() {
            heard("onUserSigExpired", new JsonObject());
        }
    }

    private final class Messages extends V2TIMAdvancedMsgListener {
        private final Deque<String> revoked = new ArrayDeque<>();

        @Override
        public void onRecvNewMessage(V2TIMMessage msg) {
            heard("onRecvNewMessage", values.message(msg));
        }

        @Override
        public void onRecvC2CReadReceipt(List<V2TIMMessageReceipt> receiptList) {
            receiptList.forEach(receipt -> heard("onRecvC2CReadReceipt", values.receipt(receipt)));
        }

        @Override
        public void onRecvMessageReadReceipts(List<V2TIMMessageReceipt> receiptList) {
            receiptList.forEach(receipt -> heard("onRecvMessageReadReceipts", values.receipt(receipt)));
        }

        @Override
        public void onRecvMessageRevoked(String msgID) {
            revoked.add(msgID);
        }

        @Override
        public void onRecvMessageRevoked(String msgID, V2TIMUserFullInfo operateUser, String reason) {
            // Both tell it, the older one first.
            JsonObject entry = new JsonObject();
            entry.addProperty("msgID", msgID.equals(revoked.poll()) ? msgID : "the two callbacks of a recall do not agree");
            entry.addProperty("operator", operateUser.getUserID());
            heard("onRecvMessageRevoked", entry);
        }
    }

    private final class Conversations extends V2TIMConversationListener {
        @Override
        public void onConversationChanged(List<V2TIMConversation> conversationList) {
            conversationList.forEach(one -> heard("onConversationChanged", values.conversation(one)));
        }

        @Override
        public void onTotalUnreadMessageCountChanged(long totalUnreadCount) {
            JsonObject entry = new JsonObject();
            entry.addProperty("totalUnreadCount", totalUnreadCount);
            heard("onTotalUnreadMessageCountChanged", entry);
        }
    }

    private final class Ours extends SeenByListener {
        @Override
        public void onReceiptsSent(String conversationID, List<String> msgIDs) {
            for (String id : msgIDs) {
                JsonObject entry = new JsonObject();
                entry.addProperty("conversationID", conversationID);
                entry.addProperty("msgID", id);
                heard("onMessageReceiptsSent", entry);
            }
        }

        @Override
        public void onReadReceiptsEnabledChanged(boolean enabled) {
            JsonObject entry = new JsonObject();
            entry.addProperty("enabled", enabled);
            heard("onReadReceiptsEnabledChanged", entry);
        }

        @Override
        public void onGroupChanged(String groupID, Change change, List<String> members, String by, int role,
                int memberCount) {
            JsonObject entry = new JsonObject();
            entry.addProperty("groupID", groupID);
            entry.addProperty("change", Values.name(change));
            JsonArray list = new JsonArray();
            members.forEach(list::add);
            entry.add("members", list);
            entry.addProperty("by", by);
            entry.addProperty("memberCount", memberCount);
            if (change == Change.ROLE_CHANGED) {
                entry.addProperty("role", role);
            }
            groups.compare(entry, change, role);
            heard("onGroupChanged", entry);
        }
    }
}
