package org.seenby.v2tim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seenby.core.Body;
import org.seenby.core.Failure;
import org.seenby.core.Message;
import org.seenby.core.MessageRef;
import org.seenby.core.OutgoingMessage;
import org.seenby.core.Text;

/**
 * A message. One that is sent is brought up to date when {@link V2TIMMessageManager#sendMessage} returns and when its
 * callback comes, so the same object can be sent again when it failed, and cannot be stored twice (R16).
 */
public class V2TIMMessage {
    /** On its way. */
    public static final int V2TIM_MSG_STATUS_SENDING = 1;
    /** The service has it. */
    public static final int V2TIM_MSG_STATUS_SEND_SUCC = 2;
    /** It did not get there. */
    public static final int V2TIM_MSG_STATUS_SEND_FAIL = 3;
    /** Deleted. */
    public static final int V2TIM_MSG_STATUS_HAS_DELETED = 4;
    /** Put in on this device. SeenBy never says this. */
    public static final int V2TIM_MSG_STATUS_LOCAL_IMPORTED = 5;
    /** Taken back. */
    public static final int V2TIM_MSG_STATUS_LOCAL_REVOKED = 6;

    /** Nothing. */
    public static final int V2TIM_ELEM_TYPE_NONE = 0;
    /** Text. */
    public static final int V2TIM_ELEM_TYPE_TEXT = 1;
    /** Data of the app's. */
    public static final int V2TIM_ELEM_TYPE_CUSTOM = 2;
    /** An image; SeenBy carries none. */
    public static final int V2TIM_ELEM_TYPE_IMAGE = 3;
    /** Sound; SeenBy carries none. */
    public static final int V2TIM_ELEM_TYPE_SOUND = 4;
    /** Video; SeenBy carries none. */
    public static final int V2TIM_ELEM_TYPE_VIDEO = 5;
    /** A file; SeenBy carries none. */
    public static final int V2TIM_ELEM_TYPE_FILE = 6;
    /** A place; SeenBy carries none. */
    public static final int V2TIM_ELEM_TYPE_LOCATION = 7;
    /** A face; SeenBy carries none. */
    public static final int V2TIM_ELEM_TYPE_FACE = 8;
    /** What happened in a group; SeenBy carries none. */
    public static final int V2TIM_ELEM_TYPE_GROUP_TIPS = 9;
    /** Merged messages; SeenBy carries none. */
    public static final int V2TIM_ELEM_TYPE_MERGER = 10;

    /** As the service likes. */
    public static final int V2TIM_PRIORITY_DEFAULT = 0;
    /** High. */
    public static final int V2TIM_PRIORITY_HIGH = 1;
    /** Normal. */
    public static final int V2TIM_PRIORITY_NORMAL = 2;
    /** Low. */
    public static final int V2TIM_PRIORITY_LOW = 3;

    /** Those who have read a message. */
    public static final int V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ = 0;
    /** Those who have not. */
    public static final int V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD = 1;

    /** What the service and the device know of it; replaced as a whole, so that no thread sees half of it. */
    private volatile Message known;
    private volatile boolean needReadReceipt;
    private volatile byte[] cloudCustomData;
    /** What the app set and was not sent yet: text that is none is refused when it is sent. */
    private volatile String newCloudCustomData;
    private volatile boolean excludedFromUnreadCount;
    private volatile boolean excludedFromLastMessage;
    private volatile String localCustomData = "";
    private volatile int localCustomInt;
    /** A reference (R19) says no more than this. */
    private final MessageRef reference;
    /** Why it cannot be sent, where it was made of bytes that should be text and are none. */
    private volatile String notText;
    /** What it would be made of, where SeenBy cannot carry it. */
    final int unsupportedElemType;

    private V2TIMMessage(Message known, MessageRef reference, int unsupportedElemType) {
        this.reference = reference;
        this.unsupportedElemType = unsupportedElemType;
        update(known);
    }

    static V2TIMMessage of(Message known) {
        return new V2TIMMessage(known, null, V2TIM_ELEM_TYPE_NONE);
    }

    static V2TIMMessage created(Body body) {
        return of(blank(body, null));
    }

    static V2TIMMessage custom(byte[] data, String description, byte[] extension) {
        String text = extension == null ? "" : new String(extension, StandardCharsets.UTF_8);
        byte[] own = data == null ? new byte[0] : data.clone();
        V2TIMMessage message = created(new Body.Custom(own, Texts.orEmpty(description), text));
        if (extension != null && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), extension)) {
            message.notText = "the extension is no UTF-8; it must be text, and bytes belong into the data";
        }
        return message;
    }

    static V2TIMMessage unsupported(int elemType) {
        return new V2TIMMessage(blank(Body.Nothing.INSTANCE, null), null, elemType);
    }

    static V2TIMMessage reference(MessageRef reference) {
        return new V2TIMMessage(blank(Body.Nothing.INSTANCE, reference), reference, V2TIM_ELEM_TYPE_NONE);
    }

    private static Message blank(Body body, MessageRef reference) {
        String id = reference == null ? "" : Texts.orEmpty(reference.getMsgId());
        String conversation = reference == null ? "" : Texts.orEmpty(reference.getConversationId());
        String user = conversation.startsWith("c2c_") ? conversation.substring(4) : "";
        String group = conversation.startsWith("group_") ? conversation.substring(6) : "";
        String sender = reference == null ? "" : Texts.orEmpty(reference.getSender());
        return new Message(id, conversation, user, group, sender, "", "", 0, 0, V2TIM_MSG_STATUS_SENDING,
                V2TIM_PRIORITY_DEFAULT, reference == null, false, false, false, false, false, false, false, body,
                new byte[0], null);
    }

    /** Sends it: whatever its callback says of it comes after what sending says at once. */
    interface Send {
        Message send() throws Exception;
    }

    synchronized void sending(Send send) throws Exception {
        Message begun = send.send();
        if (begun.getStatus() == V2TIM_MSG_STATUS_SEND_FAIL) {
            // Refused at once: the answer knows less of it than this object may.
            failed();
        } else {
            update(begun);
        }
    }

    /** The call that sent it has failed. */
    synchronized void failed() {
        known = with(known, known.getMsgId(), V2TIM_MSG_STATUS_SEND_FAIL);
    }

    private static Message with(Message m, String msgID, int status) {
        return new Message(msgID, m.getConversationId(), m.getUserId(), m.getGroupId(), m.getSender(), m.getNickName(),
                m.getFaceUrl(), m.getSeq(), m.getTimestampMs(), status, m.getPriority(), m.isSelf(), m.getNeedReadReceipt(),
                m.getHasSentReceipt(), m.isRead(), m.isPeerRead(), m.getOnlineUserOnly(), m.isExcludedFromUnreadCount(),
                m.isExcludedFromLastMessage(), m.getBody(), m.getCloudCustomData(), m.getReceipt());
    }

    final synchronized void update(Message message) {
        known = message;
        needReadReceipt = message.getNeedReadReceipt();
        cloudCustomData = message.getCloudCustomData();
        newCloudCustomData = null;
        excludedFromUnreadCount = message.isExcludedFromUnreadCount();
        excludedFromLastMessage = message.isExcludedFromLastMessage();
    }

    /** What is sent. */
    OutgoingMessage outgoing(int priority, boolean onlineUserOnly) throws Failure {
        Message message = known;
        if (notText != null) {
            throw new Failure.Refused(BaseConstants.ERR_INVALID_PARAMETERS, notText, 0);
        }
        Texts.in("cloudCustomData", newCloudCustomData);
        if (message.getBody() instanceof Body.Text) {
            Texts.in("text", ((Body.Text) message.getBody()).getText());
        } else if (message.getBody() instanceof Body.Custom) {
            Texts.in("description", ((Body.Custom) message.getBody()).getDescription());
        }
        return new OutgoingMessage(message.getBody(), Texts.optional("msgID", message.getMsgId()),
                needReadReceipt, priority, onlineUserOnly, excludedFromUnreadCount, excludedFromLastMessage,
                cloudCustomData);
    }

    /** What a call about it passes. */
    MessageRef ref() throws Failure {
        if (reference != null) {
            Text.checked("msgID", reference.getMsgId());
            Text.checked("conversationID", reference.getConversationId());
            Text.checked("sender", reference.getSender());
            return reference;
        }
        Message message = known;
        return new MessageRef(Texts.orNull(message.getMsgId()), Texts.orNull(message.getConversationId()), null,
                message.getSeq(), message.isSelf(), message.getNeedReadReceipt());
    }

    /** What is known of it. */
    Message known() {
        return known;
    }

    /** Its id; empty until it was sent. */
    public String getMsgID() {
        return known.getMsgId();
    }

    /** Gives it an id of the app's own before it is sent: 1 to 128 bytes that name one message in the app (ours, R23). */
    public synchronized void setSeenByMsgID(String msgID) {
        known = with(known, Texts.orEmpty(msgID), known.getStatus());
    }

    /** When the service accepted it, in seconds; the device's estimate before. */
    public long getTimestamp() {
        return Texts.seconds(known.getTimestampMs());
    }

    /** Who sent it. */
    public String getSender() {
        return known.getSender();
    }

    /** The sender's nick name when it was delivered; may be empty (R27). */
    public String getNickName() {
        return known.getNickName();
    }

    /** Always empty: SeenBy has no friends. */
    public String getFriendRemark() {
        return "";
    }

    /** Always empty: SeenBy has no names of groups' own. */
    public String getNameCard() {
        return "";
    }

    /** The sender's face URL when it was delivered; may be empty (R27). */
    public String getFaceUrl() {
        return known.getFaceUrl();
    }

    /** Groups: the group. */
    public String getGroupID() {
        return known.getGroupId();
    }

    /** One to one: the peer, in both directions. */
    public String getUserID() {
        return known.getUserId();
    }

    /** Where it stands: V2TIM_MSG_STATUS_*. */
    public int getStatus() {
        return known.getStatus();
    }

    /** Its number in the conversation; 0 until the service gave it. */
    public long getSeq() {
        return known.getSeq();
    }

    /** Always 0: SeenBy tells messages apart by their ids. */
    public long getRandom() {
        return 0;
    }

    /** V2TIM_PRIORITY_*. */
    public int getPriority() {
        return known.getPriority();
    }

    /** Whether the caller sent it. */
    public boolean isSelf() {
        return known.isSelf();
    }

    /** Whether the caller's mark covers it (R14). */
    public boolean isRead() {
        return known.isRead();
    }

    /** One to one: whether the peer's mark covers it (R14). Not from receipts. */
    public boolean isPeerRead() {
        return known.isPeerRead();
    }

    /** Whether receipts are wanted; false again if the service downgraded it (R8). */
    public boolean isNeedReadReceipt() {
        return needReadReceipt;
    }

    /** Whether receipts are wanted: set it before sending (R1). */
    public void setNeedReadReceipt(boolean needReadReceipt) {
        this.needReadReceipt = needReadReceipt;
    }

    /** What it is made of: V2TIM_ELEM_TYPE_*. */
    public int getElemType() {
        Body body = known.getBody();
        if (body instanceof Body.Text) {
            return V2TIM_ELEM_TYPE_TEXT;
        }
        return body instanceof Body.Custom ? V2TIM_ELEM_TYPE_CUSTOM : unsupportedElemType;
    }

    /** The text; null if it is none. */
    public V2TIMTextElem getTextElem() {
        Body body = known.getBody();
        if (!(body instanceof Body.Text)) {
            return null;
        }
        V2TIMTextElem elem = new V2TIMTextElem();
        elem.text = ((Body.Text) body).getText();
        return elem;
    }

    /** The data; null if it is none. */
    public V2TIMCustomElem getCustomElem() {
        Body body = known.getBody();
        if (!(body instanceof Body.Custom)) {
            return null;
        }
        V2TIMCustomElem elem = new V2TIMCustomElem();
        elem.data = ((Body.Custom) body).getData().clone();
        elem.description = ((Body.Custom) body).getDescription();
        elem.extension = ((Body.Custom) body).getExtension();
        return elem;
    }

    /** Data the app attached; UTF-8 where it is text. */
    public String getCloudCustomData() {
        String set = newCloudCustomData;
        return set != null ? set : new String(cloudCustomData, StandardCharsets.UTF_8);
    }

    /** Data the app attaches. */
    public void setCloudCustomData(String data) {
        newCloudCustomData = Texts.orEmpty(data);
        cloudCustomData = newCloudCustomData.getBytes(StandardCharsets.UTF_8);
    }

    /** The app's own, on this object alone. */
    public String getLocalCustomData() {
        return localCustomData;
    }

    /** The app's own, on this object alone: SeenBy keeps it nowhere. */
    public void setLocalCustomData(String data) {
        localCustomData = Texts.orEmpty(data);
    }

    /** The app's own, on this object alone. */
    public int getLocalCustomInt() {
        return localCustomInt;
    }

    /** The app's own, on this object alone: SeenBy keeps it nowhere. */
    public void setLocalCustomInt(int number) {
        localCustomInt = number;
    }

    /** Does not count as unread. */
    public boolean isExcludedFromUnreadCount() {
        return excludedFromUnreadCount;
    }

    /** Does not count as unread: set it before sending. */
    public void setExcludedFromUnreadCount(boolean excluded) {
        excludedFromUnreadCount = excluded;
    }

    /** Is no conversation's last message. */
    public boolean isExcludedFromLastMessage() {
        return excludedFromLastMessage;
    }

    /** Is no conversation's last message: set it before sending. */
    public void setExcludedFromLastMessage(boolean excluded) {
        excludedFromLastMessage = excluded;
    }

    /** Always empty: SeenBy has no mentions. */
    public List<String> getGroupAtUserList() {
        return new ArrayList<>();
    }

    /** Whether one's own receipt for it was sent, from any of one's devices (ours, R13). */
    public boolean hasSeenBySentReceipt() {
        return known.getHasSentReceipt();
    }

    /** The last known receipt, in history; null if none is known (ours, R18). */
    public V2TIMMessageReceipt getSeenByReceipt() {
        return known.getReceipt() == null ? null : Convert.receipt(known.getReceipt());
    }

    /** c2c_&lt;peer&gt; or group_&lt;id&gt;; empty until it was sent (ours). */
    public String getSeenByConversationID() {
        return known.getConversationId();
    }

    /** As {@link #getTimestamp()}, in ms (ours). */
    public long getSeenByTimestampMs() {
        return known.getTimestampMs();
    }
}
