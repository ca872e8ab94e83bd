package org.seenby.v2tim.scenarios;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seenby.v2tim.SeenByDrawState;
import org.seenby.v2tim.SeenByListener.Change;
import org.seenby.v2tim.V2TIMConversation;
import org.seenby.v2tim.V2TIMConversationResult;
import org.seenby.v2tim.V2TIMGroupInfo;
import org.seenby.v2tim.V2TIMGroupMemberFullInfo;
import org.seenby.v2tim.V2TIMGroupMemberInfoResult;
import org.seenby.v2tim.V2TIMGroupMemberOperationResult;
import org.seenby.v2tim.V2TIMGroupMessageReadMemberList;
import org.seenby.v2tim.V2TIMMessage;
import org.seenby.v2tim.V2TIMMessageReceipt;
import org.seenby.v2tim.V2TIMUserFullInfo;

/** What calls answer and listeners are told, in the words of the scenarios; and the objects behind, by their numbers. */
final class Values {
    private static final String NATIVE = "$native";

    /** Of one scenario; listeners and callbacks add to it from their threads. */
    private final List<Object> natives = new ArrayList<>();

    private JsonObject keep(Object object, JsonObject value) {
        synchronized (natives) {
            value.addProperty(NATIVE, natives.size());
            natives.add(object);
        }
        return value;
    }

    private Object find(JsonElement value) {
        if (value == null || !value.isJsonObject() || !value.getAsJsonObject().has(NATIVE)) {
            return null;
        }
        synchronized (natives) {
            return natives.get(value.getAsJsonObject().get(NATIVE).getAsInt());
        }
    }

    /** The message behind a value; null if there is none. */
    V2TIMMessage messageOrNull(JsonElement value) {
        Object object = find(value);
        return object instanceof V2TIMMessage ? (V2TIMMessage) object : null;
    }

    V2TIMMessage message(JsonElement value) {
        V2TIMMessage message = messageOrNull(value);
        if (message == null) {
            throw new IllegalArgumentException(value + " is no message");
        }
        return message;
    }

    List<V2TIMMessage> messages(List<JsonElement> values) {
        List<V2TIMMessage> messages = new ArrayList<>();
        values.forEach(value -> messages.add(message(value)));
        return messages;
    }

    V2TIMMessageReceipt receipt(JsonElement value) {
        if (find(value) instanceof V2TIMMessageReceipt receipt) {
            return receipt;
        }
        throw new IllegalArgumentException(value + " is no receipt");
    }

    static <T> JsonArray list(List<T> list, Reply.Json<T> json) {
        JsonArray array = new JsonArray();
        list.forEach(one -> array.add(json.of(one)));
        return array;
    }

    static String name(Change change) {
        return change == Change.ROLE_CHANGED ? "roleChanged" : change.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String status(V2TIMMessage message) {
        return switch (message.getStatus()) {
            case V2TIMMessage.V2TIM_MSG_STATUS_SENDING -> "SENDING";
            case V2TIMMessage.V2TIM_MSG_STATUS_SEND_SUCC -> "SEND_SUCC";
            case V2TIMMessage.V2TIM_MSG_STATUS_SEND_FAIL -> "SEND_FAIL";
            case V2TIMMessage.V2TIM_MSG_STATUS_HAS_DELETED -> "HAS_DELETED";
            case V2TIMMessage.V2TIM_MSG_STATUS_LOCAL_REVOKED -> "LOCAL_REVOKED";
            default -> "the unknown status " + message.getStatus();
        };
    }

    JsonObject message(V2TIMMessage message) {
        JsonObject value = new JsonObject();
        value.addProperty("msgID", message.getMsgID());
        value.addProperty("conversationID", message.getSeenByConversationID());
        value.addProperty("userID", message.getUserID());
        value.addProperty("groupID", message.getGroupID());
        value.addProperty("seq", message.getSeq());
        value.addProperty("sender", message.getSender());
        value.addProperty("timestamp", message.getTimestamp());
        value.addProperty("status", status(message));
        value.addProperty("isSelf", message.isSelf());
        value.addProperty("needReadReceipt", message.isNeedReadReceipt());
        value.addProperty("hasSentReceipt", message.hasSeenBySentReceipt());
        value.addProperty("isRead", message.isRead());
        value.addProperty("isPeerRead", message.isPeerRead());
        value.addProperty("text", message.getTextElem() == null ? "" : message.getTextElem().getText());
        value.addProperty("customData", message.getCustomElem() == null ? ""
                : new String(message.getCustomElem().getData(), StandardCharsets.UTF_8));
        value.addProperty("cloudCustomData", message.getCloudCustomData());
        value.addProperty("priority", message.getPriority());
        value.addProperty("nickName", message.getNickName());
        value.addProperty("faceURL", message.getFaceUrl());
        V2TIMMessageReceipt receipt = message.getSeenByReceipt();
        value.add("receipt", receipt == null ? null : receipt(receipt));
        return keep(message, value);
    }

    JsonElement messages(Iterable<V2TIMMessage> messages) {
        JsonArray list = new JsonArray();
        messages.forEach(message -> list.add(message(message)));
        return list;
    }

    /** A reference is a message of which nothing else is known. */
    JsonObject reference(V2TIMMessage message) {
        JsonObject value = new JsonObject();
        value.addProperty("msgID", message.getMsgID());
        return keep(message, value);
    }

    JsonObject receipt(V2TIMMessageReceipt receipt) {
        JsonArray readers = new JsonArray();
        for (Map.Entry<String, Long> reader : receipt.getSeenBy().getReaders().entrySet()) {
            JsonObject one = new JsonObject();
            one.addProperty("userID", reader.getKey());
            one.addProperty("timestamp", seconds(reader.getValue()));
            readers.add(one);
        }
        JsonObject value = new JsonObject();
        value.addProperty("msgID", receipt.getMsgID());
        value.addProperty("userID", receipt.getUserID());
        value.addProperty("groupID", receipt.getGroupID());
        value.addProperty("isPeerRead", receipt.isPeerRead());
        value.addProperty("timestamp", receipt.getTimestamp());
        value.addProperty("readCount", receipt.getReadCount());
        value.addProperty("unreadCount", receipt.getUnreadCount());
        value.add("readers", readers);
        value.addProperty("moreReaders", receipt.getSeenBy().hasMoreReaders());
        return keep(receipt, value);
    }

    JsonElement receipts(List<V2TIMMessageReceipt> receipts) {
        return list(receipts, this::receipt);
    }

    JsonObject conversation(V2TIMConversation conversation) {
        JsonObject value = new JsonObject();
        value.addProperty("conversationID", conversation.getConversationID());
        value.addProperty("userID", conversation.getUserID());
        value.addProperty("groupID", conversation.getGroupID());
        value.addProperty("unreadCount", conversation.getUnreadCount());
        V2TIMMessage last = conversation.getLastMessage();
        value.add("lastMessage", last == null ? null : message(last));
        value.addProperty("ownReadSequence", conversation.getSeenByOwnReadSequence());
        value.addProperty("peerReadSequence", conversation.getSeenByPeerReadSequence());
        value.addProperty("peerReadTimestamp", seconds(conversation.getSeenByPeerReadTimeMs()));
        return value;
    }

    JsonElement conversations(V2TIMConversationResult page) {
        JsonObject value = new JsonObject();
        value.add("conversations", list(page.getConversationList(), this::conversation));
        value.addProperty("nextSeq", page.getNextSeq());
        value.addProperty("isFinished", page.isFinished());
        return value;
    }

    private static long seconds(long ms) {
        return Math.floorDiv(ms, 1000L);
    }

    static JsonElement readMembers(V2TIMGroupMessageReadMemberList page) {
        JsonObject value = new JsonObject();
        value.add("members", list(page.getMemberInfoList(), member -> {
            JsonObject one = new JsonObject();
            one.addProperty("userID", member.getUserID());
            one.addProperty("nickName", member.getNickName());
            one.addProperty("faceURL", member.getFaceUrl());
            one.addProperty("timestamp", seconds(member.getSeenByReadTimeMs()));
            return one;
        }));
        value.addProperty("nextSeq", page.getNextSeq());
        value.addProperty("isFinished", page.isFinished());
        return value;
    }

    static JsonElement groups(List<V2TIMGroupInfo> groups) {
        return list(groups, group -> {
            JsonObject one = new JsonObject();
            one.addProperty("groupID", group.getGroupID());
            one.addProperty("groupType", group.getGroupType());
            one.addProperty("groupName", group.getGroupName());
            one.addProperty("owner", group.getOwner());
            one.addProperty("memberCount", group.getMemberCount());
            one.addProperty("role", group.getRole());
            return one;
        });
    }

    static JsonElement members(List<V2TIMGroupMemberFullInfo> members) {
        return list(members, member -> {
            JsonObject one = new JsonObject();
            one.addProperty("userID", member.getUserID());
            one.addProperty("nickName", member.getNickName());
            one.addProperty("faceURL", member.getFaceUrl());
            one.addProperty("role", member.getRole());
            one.addProperty("joinTime", member.getJoinTime());
            return one;
        });
    }

    static JsonElement memberPage(V2TIMGroupMemberInfoResult page) {
        JsonObject value = new JsonObject();
        value.add("members", members(page.getMemberInfoList()));
        value.addProperty("nextSeq", page.getNextSeq());
        return value;
    }

    static JsonElement results(List<V2TIMGroupMemberOperationResult> results) {
        return list(results, result -> {
            JsonObject one = new JsonObject();
            one.addProperty("userID", result.getMemberID());
            one.addProperty("result", switch (result.getResult()) {
                case V2TIMGroupMemberOperationResult.OPERATION_RESULT_SUCC -> "done";
                case V2TIMGroupMemberOperationResult.OPERATION_RESULT_INVALID -> "alreadyMember";
                case V2TIMGroupMemberOperationResult.OPERATION_RESULT_FAIL -> "failed";
                default -> "the unknown result " + result.getResult();
            });
            return one;
        });
    }

    static JsonElement profiles(List<V2TIMUserFullInfo> profiles) {
        return list(profiles, profile -> {
            JsonObject one = new JsonObject();
            one.addProperty("userID", profile.getUserID());
            one.addProperty("nickName", profile.getNickName());
            one.addProperty("faceURL", profile.getFaceUrl());
            return one;
        });
    }

    static JsonElement drawState(SeenByDrawState state) {
        JsonObject value = new JsonObject();
        value.addProperty("state", switch (state.getKind()) {
            case SENDING -> "sending";
            case FAILED -> "failed";
            case SENT -> "sent";
            case READ_BY_PEER -> "readByPeer";
            case READ_BY -> "readBy";
            case ALL_READ -> "allRead";
            case UNAVAILABLE -> "unavailable";
        });
        if (state.getKind() == SeenByDrawState.Kind.READ_BY) {
            value.addProperty("read", state.getRead());
            value.addProperty("of", state.getOf());
        }
        return value;
    }
}
