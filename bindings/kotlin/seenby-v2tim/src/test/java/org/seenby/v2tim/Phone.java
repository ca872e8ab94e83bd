package org.seenby.v2tim;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.seenby.v2tim.Waiting.Done;
import org.seenby.v2tim.Waiting.Got;
import org.seenby.v2tim.Waiting.Heard;
import org.seenby.v2tim.Waiting.Sent;

/** A further manager, logged in, and what it hears. */
final class Phone implements AutoCloseable {
    static final int APP = 1400000001;

    final V2TIMManager manager;
    final V2TIMMessageManager messages;
    final V2TIMGroupManager groups;
    final V2TIMConversationManager conversations;
    final Heard<V2TIMMessage> received = new Heard<>();
    final Heard<V2TIMMessageReceipt> receipts = new Heard<>();

    /** The name of a service in memory that nobody else has. */
    static String service() {
        return "embedded:mem/" + UUID.randomUUID();
    }

    static V2TIMSDKConfig config(String service, String label) {
        V2TIMSDKConfig config = new V2TIMSDKConfig();
        config.getSeenBy().setServer(service).setDeviceLabel(label);
        return config;
    }

    /** Nobody is logged in. */
    Phone(V2TIMSDKConfig config) throws SeenByException {
        manager = SeenByV2TIM.createManager(APP, config);
        messages = SeenByV2TIM.messages(manager);
        groups = SeenByV2TIM.groups(manager);
        conversations = SeenByV2TIM.conversations(manager);
        messages.addAdvancedMsgListener(new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvNewMessage(V2TIMMessage msg) {
                received.add(msg);
            }

            @Override
            public void onRecvMessageReadReceipts(List<V2TIMMessageReceipt> receiptList) {
                receiptList.forEach(receipts::add);
            }
        });
    }

    /** With a data folder. */
    static V2TIMSDKConfig config(String service, String label, String data) {
        V2TIMSDKConfig config = config(service, label);
        config.getSeenBy().setDataDir(data);
        return config;
    }

    static Phone of(String user, String service) throws Exception {
        return of(user, config(service, user));
    }

    static Phone of(String user, V2TIMSDKConfig config) throws Exception {
        Phone phone = new Phone(config);
        Done login = new Done();
        phone.manager.login(user, "", login);
        login.answer();
        return phone;
    }

    /** Sends a text, with receipts, to a user. */
    V2TIMMessage text(String text, String receiver) throws Exception {
        return send(text, receiver, null);
    }

    /** Sends a text, with receipts, to a group. */
    V2TIMMessage groupText(String text, String group) throws Exception {
        return send(text, null, group);
    }

    private V2TIMMessage send(String text, String receiver, String group) throws Exception {
        V2TIMMessage message = messages.createTextMessage(text);
        message.setNeedReadReceipt(true);
        Sent sent = new Sent();
        messages.sendMessage(message, receiver, group, V2TIMMessage.V2TIM_PRIORITY_NORMAL, false, null, sent);
        return sent.answer();
    }

    /** A Work group with these members. */
    String group(String... users) throws Exception {
        List<V2TIMCreateGroupMemberInfo> members = new ArrayList<>();
        for (String user : users) {
            V2TIMCreateGroupMemberInfo member = new V2TIMCreateGroupMemberInfo();
            member.setUserID(user);
            members.add(member);
        }
        V2TIMGroupInfo info = new V2TIMGroupInfo();
        info.setGroupType(V2TIMManager.GROUP_TYPE_WORK);
        info.setGroupName("team");
        Got<String> made = new Got<>();
        groups.createGroup(info, members, made);
        return made.answer();
    }

    @Override
    public void close() {
        manager.unInitSDK();
    }
}
