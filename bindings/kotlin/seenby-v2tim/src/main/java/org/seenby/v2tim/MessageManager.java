package org.seenby.v2tim;

import java.util.List;
import org.seenby.core.Answer;
import org.seenby.core.Body;
import org.seenby.core.Completion;
import org.seenby.core.History;
import org.seenby.core.Sending;

/** The documented message calls, converted and forwarded. */
final class MessageManager extends V2TIMMessageManager {
    private final Core core;
    private final Listeners<V2TIMAdvancedMsgListener> listeners;

    MessageManager(Core core) {
        this.core = core;
        listeners = new Listeners<>(core);
    }

    @Override
    public void addAdvancedMsgListener(V2TIMAdvancedMsgListener listener) {
        if (listener != null) {
            listeners.add(listener, Hearing.advanced(listener));
        }
    }

    @Override
    public void removeAdvancedMsgListener(V2TIMAdvancedMsgListener listener) {
        listeners.remove(listener);
    }

    @Override
    public V2TIMMessage createTextMessage(String text) {
        return V2TIMMessage.created(new Body.Text(Texts.orEmpty(text)));
    }

    @Override
    public V2TIMMessage createCustomMessage(byte[] data) {
        return V2TIMMessage.custom(data, "", null);
    }

    @Override
    public V2TIMMessage createCustomMessage(byte[] data, String description, byte[] extension) {
        return V2TIMMessage.custom(data, description, extension);
    }

    @Override
    public V2TIMMessage createImageMessage(String imagePath) {
        return V2TIMMessage.unsupported(V2TIMMessage.V2TIM_ELEM_TYPE_IMAGE);
    }

    @Override
    public V2TIMMessage createSoundMessage(String soundPath, int duration) {
        return V2TIMMessage.unsupported(V2TIMMessage.V2TIM_ELEM_TYPE_SOUND);
    }

    @Override
    public V2TIMMessage createVideoMessage(String videoFilePath, String type, int duration, String snapshotPath) {
        return V2TIMMessage.unsupported(V2TIMMessage.V2TIM_ELEM_TYPE_VIDEO);
    }

    @Override
    public V2TIMMessage createFileMessage(String filePath, String fileName) {
        return V2TIMMessage.unsupported(V2TIMMessage.V2TIM_ELEM_TYPE_FILE);
    }

    @Override
    public V2TIMMessage createLocationMessage(String desc, double longitude, double latitude) {
        return V2TIMMessage.unsupported(V2TIMMessage.V2TIM_ELEM_TYPE_LOCATION);
    }

    @Override
    public V2TIMMessage createFaceMessage(int index, byte[] data) {
        return V2TIMMessage.unsupported(V2TIMMessage.V2TIM_ELEM_TYPE_FACE);
    }

    @Override
    public String sendMessage(final V2TIMMessage message, final String receiver, final String groupID,
            final int priority, final boolean onlineUserOnly, V2TIMOfflinePushInfo offlinePushInfo,
            final V2TIMSendCallback<V2TIMMessage> callback) {
        if (message == null) {
            core.refuse(BaseConstants.ERR_INVALID_PARAMETERS, "the message is null; pass one that a create call made",
                    Ends.value(callback, none()));
            return "";
        }
        if (message.unsupportedElemType != V2TIMMessage.V2TIM_ELEM_TYPE_NONE) {
            message.failed();
            core.unsupported("sendMessage with elemType " + message.unsupportedElemType, Ends.value(callback, none()));
            return "";
        }
        Completion end = new Ends.End() {
            @Override
            void success(Answer answer) {
                message.update(((Answer.OneMessage) answer).getMessage());
                if (callback != null) {
                    callback.onSuccess(message);
                }
            }

            @Override
            void error(int code, String text) {
                message.failed();
                if (callback != null) {
                    callback.onError(code, text);
                }
            }
        };
        final Sending[] sending = new Sending[1];
        core.call(end, (client, completion) -> message.sending(() -> {
            sending[0] = client.sendMessage(message.outgoing(priority, onlineUserOnly),
                    Texts.optional("receiver", receiver), Texts.optional("groupID", groupID), completion);
            return sending[0].getMessage();
        }));
        return sending[0] == null ? "" : sending[0].getMessage().getMsgId();
    }

    private static Convert.One<Answer, V2TIMMessage> none() {
        return answer -> null;
    }

    @Override
    public void getC2CHistoryMessageList(String userID, int count, V2TIMMessage lastMsg,
            V2TIMValueCallback<List<V2TIMMessage>> callback) {
        V2TIMMessageListGetOption option = new V2TIMMessageListGetOption();
        option.userID = userID;
        older(option, count, lastMsg, callback);
    }

    @Override
    public void getGroupHistoryMessageList(String groupID, int count, V2TIMMessage lastMsg,
            V2TIMValueCallback<List<V2TIMMessage>> callback) {
        V2TIMMessageListGetOption option = new V2TIMMessageListGetOption();
        option.groupID = groupID;
        older(option, count, lastMsg, callback);
    }

    @Override
    public void getHistoryMessageList(V2TIMMessageListGetOption option, V2TIMValueCallback<List<V2TIMMessage>> callback) {
        if (option == null) {
            core.refuse(BaseConstants.ERR_INVALID_PARAMETERS, "the option is null; pass one that says which messages",
                    Ends.value(callback, MessageManager::messages));
            return;
        }
        core.call(Ends.value(callback, MessageManager::messages), (client, end) -> client.getHistory(
                new History(Texts.optional("userID", option.userID), Texts.optional("groupID", option.groupID),
                        option.isNewer(), option.count, option.lastMsg == null ? null : option.lastMsg.ref(), option.lastMsgSeq,
                        option.getTimeBegin, option.getTimePeriod), end));
    }

    private void older(V2TIMMessageListGetOption option, int count, V2TIMMessage lastMsg,
            V2TIMValueCallback<List<V2TIMMessage>> callback) {
        option.getType = V2TIMMessageListGetOption.V2TIM_GET_CLOUD_OLDER_MSG;
        option.count = count;
        option.lastMsg = lastMsg;
        getHistoryMessageList(option, callback);
    }

    private static List<V2TIMMessage> messages(Answer answer) {
        return Convert.list(((Answer.Messages) answer).getMessages(), V2TIMMessage::of);
    }

    @Override
    public void findMessages(List<String> messageIDList, V2TIMValueCallback<List<V2TIMMessage>> callback) {
        core.call(Ends.value(callback, MessageManager::messages),
                (client, end) -> client.findMessages(Texts.list("msgID", messageIDList), end));
    }

    @Override
    public void revokeMessage(V2TIMMessage msg, V2TIMCallback callback) {
        core.call(Ends.done(callback), (client, end) -> client.revokeMessage(Convert.ref(msg), end));
    }

    @Override
    public void markC2CMessageAsRead(String userID, V2TIMCallback callback) {
        core.call(Ends.done(callback), (client, end) -> client.markC2cAsRead(Texts.in("userID", userID), end));
    }

    @Override
    public void markGroupMessageAsRead(String groupID, V2TIMCallback callback) {
        core.call(Ends.done(callback), (client, end) -> client.markGroupAsRead(Texts.in("groupID", groupID), end));
    }

    @Override
    public void markAllMessageAsRead(V2TIMCallback callback) {
        core.call(Ends.done(callback), (client, end) -> client.markAllAsRead(end));
    }

    @Override
    public void sendMessageReadReceipts(List<V2TIMMessage> messageList, V2TIMCallback callback) {
        core.call(Ends.done(callback), (client, end) -> client.sendReadReceipts(Convert.refs(messageList), end));
    }

    @Override
    public void getMessageReadReceipts(List<V2TIMMessage> messageList,
            V2TIMValueCallback<List<V2TIMMessageReceipt>> callback) {
        core.call(Ends.value(callback, MessageManager::receipts),
                (client, end) -> client.getReadReceipts(Convert.refs(messageList), end));
    }

    static List<V2TIMMessageReceipt> receipts(Answer answer) {
        return Convert.list(((Answer.Receipts) answer).getReceipts(), Convert::receipt);
    }

    @Override
    public void getGroupMessageReadMemberList(V2TIMMessage message, int filter, long nextSeq, int count,
            V2TIMValueCallback<V2TIMGroupMessageReadMemberList> callback) {
        core.call(Ends.value(callback, answer -> {
            Answer.ReadMembers page = (Answer.ReadMembers) answer;
            V2TIMGroupMessageReadMemberList list = new V2TIMGroupMessageReadMemberList();
            list.memberInfoList = Convert.list(page.getMembers(), Convert::readMember);
            list.nextSeq = page.getNextSeq();
            list.isFinished = page.isFinished();
            return list;
        }), (client, end) -> client.getReadMembers(Convert.ref(message), filter, nextSeq, count, end));
    }

    @Override
    public void deleteMessages(List<V2TIMMessage> msgs, V2TIMCallback callback) {
        core.unsupported("deleteMessages", Ends.done(callback));
    }

    @Override
    public void deleteMessageFromLocalStorage(V2TIMMessage msg, V2TIMCallback callback) {
        core.unsupported("deleteMessageFromLocalStorage", Ends.done(callback));
    }

    @Override
    public void clearC2CHistoryMessage(String userID, V2TIMCallback callback) {
        core.unsupported("clearC2CHistoryMessage", Ends.done(callback));
    }

    @Override
    public void clearGroupHistoryMessage(String groupID, V2TIMCallback callback) {
        core.unsupported("clearGroupHistoryMessage", Ends.done(callback));
    }

    @Override
    public void modifyMessage(V2TIMMessage msg, V2TIMValueCallback<V2TIMMessage> callback) {
        core.unsupported("modifyMessage", Ends.value(callback, none()));
    }

    @Override
    public void insertGroupMessageToLocalStorage(V2TIMMessage msg, String groupID, String sender,
            V2TIMValueCallback<V2TIMMessage> callback) {
        core.unsupported("insertGroupMessageToLocalStorage", Ends.value(callback, none()));
    }

    @Override
    public void insertC2CMessageToLocalStorage(V2TIMMessage msg, String userID, String sender,
            V2TIMValueCallback<V2TIMMessage> callback) {
        core.unsupported("insertC2CMessageToLocalStorage", Ends.value(callback, none()));
    }

    @Override
    public void setC2CReceiveMessageOpt(List<String> userIDList, int opt, V2TIMCallback callback) {
        core.unsupported("setC2CReceiveMessageOpt", Ends.done(callback));
    }

    @Override
    public void setGroupReceiveMessageOpt(String groupID, int opt, V2TIMCallback callback) {
        core.unsupported("setGroupReceiveMessageOpt", Ends.done(callback));
    }
}
