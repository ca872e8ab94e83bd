package org.seenby.v2tim.scenarios;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import org.seenby.v2tim.SeenByV2TIM;
import org.seenby.v2tim.V2TIMConversationManager;
import org.seenby.v2tim.V2TIMCreateGroupMemberInfo;
import org.seenby.v2tim.V2TIMGroupInfo;
import org.seenby.v2tim.V2TIMGroupManager;
import org.seenby.v2tim.V2TIMManager;
import org.seenby.v2tim.V2TIMMessage;
import org.seenby.v2tim.V2TIMMessageListGetOption;
import org.seenby.v2tim.V2TIMMessageManager;
import org.seenby.v2tim.V2TIMMessageReceipt;
import org.seenby.v2tim.V2TIMSendCallback;
import org.seenby.v2tim.V2TIMUserFullInfo;

/** One call on one device. */
final class Calls {
    private final Device device;
    private final V2TIMManager manager;
    private final V2TIMMessageManager messages;
    private final V2TIMGroupManager groups;
    private final V2TIMConversationManager conversations;
    private final Values values;
    private final With with;
    private final Reply reply;

    Calls(World world, Device device, With with, Reply reply) {
        this.device = device;
        manager = device.manager;
        messages = SeenByV2TIM.messages(manager);
        groups = SeenByV2TIM.groups(manager);
        conversations = SeenByV2TIM.conversations(manager);
        values = world.values;
        this.with = with;
        this.reply = reply;
    }

    private V2TIMMessage message() {
        return values.message(with.get("message"));
    }

    private List<V2TIMMessage> listed() {
        return values.messages(with.list("messages"));
    }

    void perform(String name) {
        switch (name) {
            case "login" -> manager.login(with.text("user"), with.text("userSig"), reply.done());
            case "logout" -> manager.logout(reply.done());
            case "unInit" -> reply.atOnce(manager::unInitSDK);
            case "getLoginUser" -> reply.answer(new JsonPrimitive(manager.getLoginUser()));
            case "getServerTime" -> reply.answer(new JsonPrimitive(manager.getServerTime()));
            case "debugState" -> reply.value(() -> JsonParser.parseString(SeenByV2TIM.debugState(manager)));
            case "sendMessage" -> send();
            case "revokeMessage" -> messages.revokeMessage(message(), reply.done());
            case "sendMessageReadReceipts" -> messages.sendMessageReadReceipts(listed(), reply.done());
            case "getMessageReadReceipts" -> messages.getMessageReadReceipts(listed(), reply.value(values::receipts));
            case "getGroupMessageReadMemberList" -> messages.getGroupMessageReadMemberList(message(),
                    with.number32("filter"), with.number("nextSeq"), with.number32("count"), reply.value(Values::readMembers));
            case "markC2CMessageAsRead" -> messages.markC2CMessageAsRead(with.text("userID"), reply.done());
            case "markGroupMessageAsRead" -> messages.markGroupMessageAsRead(with.text("groupID"), reply.done());
            case "markAllMessageAsRead" -> messages.markAllMessageAsRead(reply.done());
            case "getHistoryMessageList" -> history();
            case "findMessages" -> messages.findMessages(with.texts("msgIDs"), reply.value(values::messages));
            case "setReadReceiptsEnabled" ->
                SeenByV2TIM.setReadReceiptsEnabled(manager, with.flag("enabled"), reply.done());
            case "cachedReceipts" ->
                SeenByV2TIM.cachedReceipts(manager, with.texts("msgIDs"), reply.value(values::receipts));
            case "messageReference" -> reply.value(() -> values.reference(SeenByV2TIM.messageReference(
                    with.text("conversationID"), with.text("msgID"), with.text("sender"))));
            case "drawState" -> drawState();
            case "trackerVisible" -> reply.atOnce(() -> device.tracker().visible(listed()));
            case "trackerHidden" -> reply.atOnce(() -> device.tracker().hidden(listed()));
            case "trackerForeground" -> reply.atOnce(() -> device.tracker().foreground(with.flag("foreground")));
            default -> groupsAndPeople(name);
        }
    }

    private void groupsAndPeople(String name) {
        String group = with.text("groupID");
        switch (name) {
            case "createGroup" -> createGroup();
            case "joinGroup" -> manager.joinGroup(group, "", reply.done());
            case "quitGroup" -> manager.quitGroup(group, reply.done());
            case "dismissGroup" -> manager.dismissGroup(group, reply.done());
            case "inviteUserToGroup" -> groups.inviteUserToGroup(group, with.texts("users"), reply.value(Values::results));
            case "kickGroupMember" -> groups.kickGroupMember(group, with.texts("users"), "", reply.value(Values::results));
            case "setGroupMemberRole" ->
                groups.setGroupMemberRole(group, with.text("userID"), with.number32("role"), reply.done());
            case "getJoinedGroupList" -> groups.getJoinedGroupList(reply.value(Values::groups));
            case "getGroupMemberList" -> SeenByV2TIM.getGroupMemberList(manager, group, with.number("nextSeq"),
                    with.number32("count"), reply.value(Values::memberPage));
            case "getGroupMembersInfo" ->
                groups.getGroupMembersInfo(group, with.texts("users"), reply.value(Values::members));
            case "getConversationList" -> conversations.getConversationList(with.number("nextSeq"),
                    with.number32("count"), reply.value(values::conversations));
            case "getConversation" ->
                conversations.getConversation(with.text("conversationID"), reply.value(values::conversation));
            case "getTotalUnreadMessageCount" -> conversations.getTotalUnreadMessageCount(reply.value(JsonPrimitive::new));
            case "cleanConversationUnreadMessageCount" -> conversations.cleanConversationUnreadMessageCount(
                    with.text("conversationID"), with.number("cleanTimestamp"), with.number("cleanSequence"), reply.done());
            case "setSelfInfo" -> setSelfInfo();
            case "getUsersInfo" -> manager.getUsersInfo(with.texts("users"), reply.value(Values::profiles));
            default -> throw new IllegalArgumentException("the call " + name + " is not in the vocabulary");
        }
    }

    private void createGroup() {
        V2TIMGroupInfo info = new V2TIMGroupInfo();
        info.setGroupType(with.text("groupType"));
        info.setGroupID(with.textOrNull("groupID"));
        info.setGroupName(with.text("groupName"));
        List<V2TIMCreateGroupMemberInfo> members = new ArrayList<>();
        for (String user : with.texts("members")) {
            V2TIMCreateGroupMemberInfo member = new V2TIMCreateGroupMemberInfo();
            member.setUserID(user);
            members.add(member);
        }
        groups.createGroup(info, members, reply.value(JsonPrimitive::new));
    }

    private void setSelfInfo() {
        V2TIMUserFullInfo info = new V2TIMUserFullInfo();
        if (with.has("nickName")) {
            info.setNickname(with.text("nickName"));
        }
        if (with.has("faceURL")) {
            info.setFaceUrl(with.text("faceURL"));
        }
        manager.setSelfInfo(info, reply.done());
    }

    private void history() {
        V2TIMMessageListGetOption option = new V2TIMMessageListGetOption();
        option.setGetType(with.flag("newer") ? V2TIMMessageListGetOption.V2TIM_GET_CLOUD_NEWER_MSG
                : V2TIMMessageListGetOption.V2TIM_GET_CLOUD_OLDER_MSG);
        option.setUserID(with.textOrNull("userID"));
        option.setGroupID(with.textOrNull("groupID"));
        option.setCount(with.number32("count"));
        option.setLastMsg(with.has("lastMsg") ? values.message(with.get("lastMsg")) : null);
        option.setLastMsgSeq(with.number("lastMsgSeq"));
        option.setGetTimeBegin(with.number("getTimeBegin"));
        option.setGetTimePeriod(with.number("getTimePeriod"));
        messages.getHistoryMessageList(option, reply.value(values::messages));
    }

    private void drawState() {
        V2TIMMessage message = message();
        V2TIMMessageReceipt receipt = with.has("receipt") ? values.receipt(with.get("receipt")) : null;
        reply.value(() -> Values.drawState(SeenByV2TIM.drawState(message, receipt)));
    }

    private V2TIMMessage created(With given) {
        V2TIMMessage message = given.has("customData")
                ? messages.createCustomMessage(given.text("customData").getBytes(java.nio.charset.StandardCharsets.UTF_8))
                : messages.createTextMessage(given.text("text"));
        if (!message.getMsgID().isEmpty()) {
            throw new IllegalStateException("a new message has no id");
        }
        message.setNeedReadReceipt(given.flag("needReadReceipt"));
        message.setExcludedFromUnreadCount(given.flag("isExcludedFromUnreadCount"));
        message.setExcludedFromLastMessage(given.flag("isExcludedFromLastMessage"));
        if (given.has("cloudCustomData")) {
            message.setCloudCustomData(given.text("cloudCustomData"));
        }
        if (given.has("msgID")) {
            message.setSeenByMsgID(given.text("msgID"));
        }
        return message;
    }

    private void send() {
        JsonElement given = with.get("message");
        V2TIMMessage known = values.messageOrNull(given);
        V2TIMMessage message = known == null ? created(with.with("message")) : known;
        Sending sending = new Sending(message);
        String id = messages.sendMessage(message, with.textOrNull("receiver"), with.textOrNull("groupID"),
                with.number32("priority"), with.flag("onlineUserOnly"), null, sending);
        sending.returned(id);
    }

    /** Waits for both, the return and the end: the end may come first. */
    private final class Sending implements V2TIMSendCallback<V2TIMMessage> {
        private final V2TIMMessage message;
        private String id;
        private Runnable end;

        Sending(V2TIMMessage message) {
            this.message = message;
        }

        private synchronized void ended(Runnable end) {
            this.end = end;
            if (id != null) {
                end.run();
            }
        }

        synchronized void returned(String id) {
            this.id = id;
            if (end != null) {
                end.run();
            }
        }

        @Override
        public void onProgress(int progress) {
            throw new IllegalStateException("onProgress came, without an upload");
        }

        @Override
        public void onSuccess(V2TIMMessage sent) {
            ended(() -> {
                if (sent != message) {
                    reply.broken("sendMessage ended with another object than it was given");
                } else if (id.isEmpty() || !id.equals(sent.getMsgID())) {
                    reply.broken("sendMessage returned the id " + id + " and ended with " + sent.getMsgID());
                } else {
                    reply.answer(values.message(sent));
                }
            });
        }

        @Override
        public void onError(int code, String desc) {
            ended(() -> reply.refused(code, desc, values.message(message)));
        }
    }
}
