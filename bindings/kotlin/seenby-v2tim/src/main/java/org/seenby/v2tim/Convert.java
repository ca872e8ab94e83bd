package org.seenby.v2tim;

import java.util.ArrayList;
import java.util.List;
import org.seenby.core.Conversation;
import org.seenby.core.Failure;
import org.seenby.core.GroupInfo;
import org.seenby.core.GroupMember;
import org.seenby.core.MemberResult;
import org.seenby.core.Message;
import org.seenby.core.MessageRef;
import org.seenby.core.Profile;
import org.seenby.core.ReadMember;
import org.seenby.core.Reader;
import org.seenby.core.Receipt;

/** From the core's values to the documented ones. */
final class Convert {
    private Convert() {}

    /** One of a list; java.util.function is not on every Android that this runs on. */
    interface One<F, T> {
        T of(F from);
    }

    static <F, T> List<T> list(List<? extends F> from, One<F, T> one) {
        List<T> list = new ArrayList<>(from.size());
        for (F f : from) {
            list.add(one.of(f));
        }
        return list;
    }

    /** A null list is an empty one; a null in it is refused (6017). */
    static List<MessageRef> refs(List<V2TIMMessage> messages) throws Failure {
        List<V2TIMMessage> given = read("messages", messages);
        List<MessageRef> refs = new ArrayList<>(given.size());
        for (V2TIMMessage message : given) {
            if (message == null) {
                throw invalid("message " + (refs.size() + 1) + " of " + given.size() + " is null; pass messages alone");
            }
            refs.add(message.ref());
        }
        return refs;
    }

    /** What an app's list holds; null is an empty one. An adapter's may be changed by another thread meanwhile: that is refused (6017). */
    static <T> List<T> read(String what, List<T> list) throws Failure {
        List<T> read = new ArrayList<>();
        if (list != null) {
            try {
                for (T one : list) {
                    read.add(one);
                }
            } catch (RuntimeException e) {
                throw invalid("the list of " + what + " cannot be read (" + e + "); pass one that nobody changes meanwhile");
            }
        }
        return read;
    }

    static MessageRef ref(V2TIMMessage message) throws Failure {
        if (message == null) {
            throw invalid("the message is null; pass one that was sent, received or referred to");
        }
        return message.ref();
    }

    static Failure invalid(String why) {
        return new Failure.Refused(BaseConstants.ERR_INVALID_PARAMETERS, why, 0);
    }

    static V2TIMMessageReceipt receipt(Receipt from) {
        V2TIMMessageReceipt to = new V2TIMMessageReceipt();
        to.msgID = from.getMsgId();
        to.userID = from.getUserId();
        to.groupID = from.getGroupId();
        to.isPeerRead = from.isPeerRead();
        to.timestamp = Texts.seconds(from.getTimestampMs());
        to.readCount = from.getReadCount();
        to.unreadCount = from.getUnreadCount();
        to.seenBy.conversationID = from.getConversationId();
        to.seenBy.seq = from.getSeq();
        to.seenBy.timestampMs = from.getTimestampMs();
        to.seenBy.moreReaders = from.getMoreReaders();
        to.seenBy.position = from.getPosition();
        for (Reader reader : from.getReaders()) {
            to.seenBy.readers.put(reader.getUserId(), reader.getTimestampMs());
        }
        return to;
    }

    static V2TIMGroupMemberInfo member(String userID) {
        V2TIMGroupMemberInfo to = new V2TIMGroupMemberInfo();
        to.userID = userID;
        return to;
    }

    static V2TIMGroupMemberInfo readMember(ReadMember from) {
        V2TIMGroupMemberInfo to = member(from.getUserId());
        to.nickName = from.getNickName();
        to.faceUrl = from.getFaceUrl();
        to.readTimeMs = from.getTimestampMs();
        return to;
    }

    static V2TIMGroupMemberInfo sender(Message from) {
        V2TIMGroupMemberInfo to = member(from.getSender());
        to.nickName = from.getNickName();
        to.faceUrl = from.getFaceUrl();
        return to;
    }

    static V2TIMUserInfo user(Message from) {
        V2TIMUserInfo to = new V2TIMUserInfo();
        to.userID = from.getSender();
        to.nickName = from.getNickName();
        to.faceUrl = from.getFaceUrl();
        return to;
    }

    static V2TIMGroupMemberFullInfo groupMember(GroupMember from) {
        V2TIMGroupMemberFullInfo to = new V2TIMGroupMemberFullInfo();
        to.userID = from.getUserId();
        to.nickName = from.getNickName();
        to.faceUrl = from.getFaceUrl();
        to.role = from.getRole();
        to.joinTime = Texts.seconds(from.getJoinedMs());
        return to;
    }

    static V2TIMGroupInfo group(GroupInfo from) {
        V2TIMGroupInfo to = new V2TIMGroupInfo();
        to.groupID = from.getGroupId();
        to.groupType = from.getGroupType();
        to.groupName = from.getName();
        to.owner = from.getOwner();
        to.createTime = Texts.seconds(from.getCreatedMs());
        to.memberCount = from.getMemberCount();
        to.role = from.getRole();
        return to;
    }

    static V2TIMGroupMemberOperationResult result(MemberResult from) {
        V2TIMGroupMemberOperationResult to = new V2TIMGroupMemberOperationResult();
        to.memberID = from.getUserId();
        to.result = from.getResult();
        return to;
    }

    static V2TIMConversation conversation(Conversation from) {
        V2TIMConversation to = new V2TIMConversation();
        GroupInfo group = from.getGroup();
        boolean isGroup = !from.getGroupId().isEmpty();
        to.conversationID = from.getConversationId();
        to.type = isGroup ? V2TIMConversation.V2TIM_GROUP : V2TIMConversation.V2TIM_C2C;
        to.userID = from.getUserId();
        to.groupID = from.getGroupId();
        to.groupType = group == null ? "" : group.getGroupType();
        to.showName = !isGroup ? from.getUserId()
                : group == null || group.getName().isEmpty() ? from.getGroupId() : group.getName();
        to.unreadCount = from.getUnreadCount();
        to.lastMessage = from.getLastMessage() == null ? null : V2TIMMessage.of(from.getLastMessage());
        to.groupReadSequence = isGroup ? from.getOwnReadSeq() : 0;
        to.ownReadSequence = from.getOwnReadSeq();
        to.peerReadSequence = from.getPeerReadSeq();
        to.peerReadTimeMs = from.getPeerReadMs();
        return to;
    }

    static V2TIMUserFullInfo profile(Profile from) {
        V2TIMUserFullInfo to = new V2TIMUserFullInfo();
        to.userID = from.getUserId();
        to.nickName = from.getNickName();
        to.faceUrl = from.getFaceUrl();
        return to;
    }
}
