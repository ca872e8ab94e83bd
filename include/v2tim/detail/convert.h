// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Between the types of seenby.h and the documented ones. Not for apps.

#ifndef SEENBY_V2TIM_DETAIL_CONVERT_H
#define SEENBY_V2TIM_DETAIL_CONVERT_H

#include "../V2TIMListener.h"

SEENBY_V2TIM_BEGIN

namespace detail {

inline seenby_str_t view(const V2TIMString& text) {
    seenby_str_t str;
    str.data = text.CString();
    str.len = text.Size();
    return str;
}

inline seenby_bytes_t view(const V2TIMBuffer& buffer) {
    seenby_bytes_t bytes;
    bytes.data = buffer.Data();
    bytes.len = buffer.Size();
    return bytes;
}

inline std::vector<seenby_str_t> views(const V2TIMStringVector& texts) {
    std::vector<seenby_str_t> list;
    list.reserve(texts.Size());
    for (const V2TIMString& text : texts) list.push_back(view(text));
    return list;
}

inline V2TIMString string_of(const seenby_str_t& str) { return V2TIMString(str.data, str.len); }

inline V2TIMBuffer buffer_of(const seenby_bytes_t& bytes) { return V2TIMBuffer(bytes.data, bytes.len); }

/// Takes a text that the library gave.
inline V2TIMString take(seenby_string_t& text) {
    V2TIMString taken(text.data, text.len);
    seenby_string_free(&text);
    return taken;
}

inline V2TIMStringVector strings_of(const seenby_str_t* list, size_t count) {
    V2TIMStringVector strings;
    strings.Reserve(count);
    for (size_t i = 0; i < count; ++i) strings.PushBack(string_of(list[i]));
    return strings;
}

/// Makes a documented vector of a list, entry by entry.
template <class V, class C>
V list_of(const C* const* list, size_t count, typename V::value_type (*one)(const C&)) {
    V made;
    made.Reserve(count);
    for (size_t i = 0; i < count; ++i) made.PushBack(one(*list[i]));
    return made;
}

/// The documents say seconds where SeenBy has milliseconds.
inline int64_t seconds(int64_t ms) { return ms / 1000; }

inline V2TIMMessageReceipt receipt_of(const seenby_receipt_t& from) {
    V2TIMMessageReceipt to;
    to.msgID = string_of(from.msg_id);
    to.userID = string_of(from.user_id);
    to.isPeerRead = from.is_peer_read;
    to.timestamp = seconds(from.timestamp_ms);
    to.groupID = string_of(from.group_id);
    to.readCount = static_cast<int32_t>(from.read_count);
    to.unreadCount = static_cast<int32_t>(from.unread_count);
    to.seenBy.conversationID = string_of(from.conversation_id);
    to.seenBy.seq = from.seq;
    to.seenBy.timestampMs = from.timestamp_ms;
    to.seenBy.position = from.position;
    to.seenBy.moreReaders = from.more_readers;
    for (size_t i = 0; i < from.reader_count; ++i) {
        V2TIMSeenByReader reader;
        reader.userID = string_of(from.readers[i]->user_id);
        reader.timestampMs = from.readers[i]->timestamp_ms;
        to.seenBy.readers.PushBack(std::move(reader));
    }
    return to;
}

inline V2TIMMessageReceiptVector receipts_of(const seenby_receipt_t* const* list, size_t count) {
    return list_of<V2TIMMessageReceiptVector>(list, count, receipt_of);
}

/// What sending gave a message: everything but what the app put in.
inline void assign_head(V2TIMMessage& to, const seenby_message_t& from) {
    to.msgID = string_of(from.msg_id);
    to.timestamp = seconds(from.timestamp_ms);
    to.sender = string_of(from.sender);
    to.nickName = string_of(from.nick_name);
    to.faceURL = string_of(from.face_url);
    to.groupID = string_of(from.group_id);
    to.userID = string_of(from.user_id);
    to.seq = from.seq;
    to.status = static_cast<V2TIMMessageStatus>(from.status);
    to.isSelf = from.is_self;
    to.needReadReceipt = from.need_read_receipt;
    to.priority = static_cast<V2TIMMessagePriority>(from.priority);
    to.isRead = from.is_read;
    to.isPeerRead = from.is_peer_read;
    to.seenBy.conversationID = string_of(from.conversation_id);
    to.seenBy.timestampMs = from.timestamp_ms;
    to.seenBy.hasSentReceipt = from.has_sent_receipt;
    to.seenBy.onlineUserOnly = from.online_user_only;
    to.seenBy.isKnown = true;
    if (from.receipt) {
        to.seenBy.receipt = std::make_shared<V2TIMMessageReceipt>(receipt_of(*from.receipt));
    } else {
        to.seenBy.receipt.reset();
    }
}

inline V2TIMMessage message_of(const seenby_message_t& from) {
    V2TIMMessage to;
    assign_head(to, from);
    to.cloudCustomData = buffer_of(from.cloud_custom_data);
    to.isExcludedFromUnreadCount = from.is_excluded_from_unread_count;
    to.isExcludedFromLastMessage = from.is_excluded_from_last_message;
    if (from.body == SEENBY_BODY_TEXT) {
        to.AddElem(std::unique_ptr<V2TIMTextElem>(new V2TIMTextElem()))->text = string_of(from.text);
    } else if (from.body == SEENBY_BODY_CUSTOM) {
        V2TIMCustomElem* custom = to.AddElem(std::unique_ptr<V2TIMCustomElem>(new V2TIMCustomElem()));
        custom->data = buffer_of(from.data);
        custom->desc = string_of(from.description);
        custom->extension = string_of(from.extension);
    }
    return to;
}

/// References to messages; what they point to lives as long as this and the messages do.
class Refs {
public:
    explicit Refs(const V2TIMMessageVector& messages) {
        made_.reserve(messages.Size());
        refs_.reserve(messages.Size());
        for (const V2TIMMessage& message : messages) Add(message);
    }
    explicit Refs(const V2TIMMessage& message) : Refs(&message) {}
    /// nullptr: none.
    explicit Refs(const V2TIMMessage* message) {
        made_.reserve(1);
        if (message) Add(*message);
    }
    const seenby_message_ref_t* Data() const { return refs_.data(); }
    size_t Size() const { return refs_.size(); }

private:
    Refs(const Refs&);
    Refs& operator=(const Refs&);

    void Add(const V2TIMMessage& message) {
        seenby_message_ref_t ref = SEENBY_MESSAGE_REF_INIT;
        ref.msg_id = view(message.msgID);
        ref.sender = view(message.sender);
        ref.seq = message.seq;
        ref.conversation_id = view(message.seenBy.conversationID);
        if (message.seenBy.isKnown) {
            ref.is_self = message.isSelf ? 1 : 0;
            ref.need_read_receipt = message.needReadReceipt ? 1 : 0;
        } else if (message.seenBy.conversationID.Empty()) {
            // Filled by hand: the documented fields say where it belongs.
            const bool in_group = !message.groupID.Empty();
            const V2TIMString& place = in_group ? message.groupID : message.userID;
            if (!place.Empty()) {
                std::string id(in_group ? "group_" : "c2c_");
                id.append(place.CString(), place.Size());
                made_.push_back(V2TIMString(id.data(), id.size()));
                ref.conversation_id = view(made_.back());
            }
        }
        refs_.push_back(ref);
    }

    // Made conversation ids. Never grows beyond what was reserved: refs_ points into it.
    std::vector<V2TIMString> made_;
    std::vector<seenby_message_ref_t> refs_;
};

inline V2TIMGroupMemberInfo reader_of(const seenby_read_member_t& from) {
    V2TIMGroupMemberInfo to;
    to.userID = string_of(from.user_id);
    to.nickName = string_of(from.nick_name);
    to.faceURL = string_of(from.face_url);
    to.seenBy.readTimestampMs = from.timestamp_ms;
    return to;
}

inline V2TIMGroupMemberFullInfo member_of(const seenby_group_member_t& from) {
    V2TIMGroupMemberFullInfo to;
    to.userID = string_of(from.user_id);
    to.nickName = string_of(from.nick_name);
    to.faceURL = string_of(from.face_url);
    to.role = static_cast<uint32_t>(from.role);
    to.joinTime = seconds(from.joined_ms);
    return to;
}

/// A member of whom only the id is known.
inline V2TIMGroupMemberInfo member_named(const V2TIMString& user) {
    V2TIMGroupMemberInfo member;
    member.userID = user;
    return member;
}

inline V2TIMGroupInfo group_of(const seenby_group_t& from) {
    V2TIMGroupInfo to;
    to.groupID = string_of(from.group_id);
    to.groupType = string_of(from.group_type);
    to.groupName = string_of(from.name);
    to.owner = string_of(from.owner);
    to.createTime = static_cast<uint32_t>(seconds(from.created_ms));
    to.memberCount = from.member_count;
    to.role = static_cast<uint32_t>(from.role);
    return to;
}

inline V2TIMGroupMemberOperationResult result_of(const seenby_member_result_t& from) {
    V2TIMGroupMemberOperationResult to;
    to.userID = string_of(from.user_id);
    to.result = static_cast<V2TIMGroupMemberResult>(from.result);
    return to;
}

inline V2TIMConversation conversation_of(const seenby_conversation_t& from) {
    V2TIMConversation to;
    to.conversationID = string_of(from.conversation_id);
    to.userID = string_of(from.user_id);
    to.groupID = string_of(from.group_id);
    to.type = to.groupID.Empty() ? V2TIM_C2C : V2TIM_GROUP;
    to.showName = to.groupID.Empty() ? to.userID : to.groupID;
    if (from.group) {
        to.groupType = string_of(from.group->group_type);
        if (from.group->name.len) to.showName = string_of(from.group->name);
    }
    to.unreadCount = static_cast<int>(from.unread_count);
    if (from.last_message) {
        to.SetLastMessage(message_of(*from.last_message));
        to.orderKey = static_cast<uint64_t>(from.last_message->timestamp_ms);
    }
    to.seenBy.lastSequence = from.last_seq;
    to.seenBy.ownReadSequence = from.own_read_seq;
    to.seenBy.peerReadSequence = from.peer_read_seq;
    to.seenBy.peerReadTimestampMs = from.peer_read_ms;
    return to;
}

inline V2TIMUserFullInfo profile_of(const seenby_profile_t& from) {
    V2TIMUserFullInfo to;
    to.userID = string_of(from.user_id);
    to.nickName = string_of(from.nick_name);
    to.faceURL = string_of(from.face_url);
    return to;
}

inline V2TIMSeenByGroupChange change_of(const seenby_group_change_t& from) {
    V2TIMSeenByGroupChange to;
    to.groupID = string_of(from.group_id);
    to.change = from.change;
    to.role = static_cast<uint32_t>(from.role);
    to.by = string_of(from.by);
    to.members = strings_of(from.members, from.member_list_count);
    to.memberCount = from.member_count;
    return to;
}

}  // namespace detail

SEENBY_V2TIM_END

#endif  // SEENBY_V2TIM_DETAIL_CONVERT_H
