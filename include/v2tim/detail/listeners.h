// SPDX-License-Identifier: MIT OR Apache-2.0
//
// From the one listener of seenby.h to the documented ones. Not for apps.

#ifndef SEENBY_V2TIM_DETAIL_LISTENERS_H
#define SEENBY_V2TIM_DETAIL_LISTENERS_H

#include "calls.h"

SEENBY_V2TIM_BEGIN

namespace detail {

/// What a listener of seenby.h is called with.
template <class L>
struct Ear {
    seenby_client_t* client;
    L* listener;
};

/// Runs code with the listener.
template <class L, class F>
void tell(void* data, const F& run) {
    const Ear<L>& ear = *static_cast<Ear<L>*>(data);
    L& listener = *ear.listener;
    guarded(ear.client, [&] { run(listener); });
}

inline void bind(seenby_listener_t& to, V2TIMSDKListener*) {
    typedef V2TIMSDKListener L;
    to.on_connecting = [](void* data) { tell<L>(data, [](L& listener) { listener.OnConnecting(); }); };
    to.on_connect_success = [](void* data) { tell<L>(data, [](L& listener) { listener.OnConnectSuccess(); }); };
    to.on_connect_failed = [](void* data, const seenby_error_t* error) {
        tell<L>(data, [&](L& listener) { listener.OnConnectFailed(error->code, string_of(error->message)); });
    };
    to.on_kicked_offline = [](void* data) { tell<L>(data, [](L& listener) { listener.OnKickedOffline(); }); };
    to.on_user_sig_expired = [](void* data) { tell<L>(data, [](L& listener) { listener.OnUserSigExpired(); }); };
}

inline void bind(seenby_listener_t& to, V2TIMSimpleMsgListener*) {
    typedef V2TIMSimpleMsgListener L;
    to.on_recv_new_message = [](void* data, const seenby_message_t* message) {
        // Its methods cannot say that a message is one's own, from another device.
        if (message->is_self) return;
        tell<L>(data, [&](L& listener) {
            const V2TIMString id = string_of(message->msg_id);
            if (message->group_id.len) {
                V2TIMGroupMemberFullInfo sender;
                sender.userID = string_of(message->sender);
                sender.nickName = string_of(message->nick_name);
                sender.faceURL = string_of(message->face_url);
                if (message->body == SEENBY_BODY_TEXT) {
                    listener.OnRecvGroupTextMessage(id, string_of(message->group_id), sender,
                                                    string_of(message->text));
                } else if (message->body == SEENBY_BODY_CUSTOM) {
                    listener.OnRecvGroupCustomMessage(id, string_of(message->group_id), sender,
                                                      buffer_of(message->data));
                }
            } else {
                V2TIMUserFullInfo sender;
                sender.userID = string_of(message->sender);
                sender.nickName = string_of(message->nick_name);
                sender.faceURL = string_of(message->face_url);
                if (message->body == SEENBY_BODY_TEXT) {
                    listener.OnRecvC2CTextMessage(id, sender, string_of(message->text));
                } else if (message->body == SEENBY_BODY_CUSTOM) {
                    listener.OnRecvC2CCustomMessage(id, sender, buffer_of(message->data));
                }
            }
        });
    };
}

inline void bind(seenby_listener_t& to, V2TIMAdvancedMsgListener*) {
    typedef V2TIMAdvancedMsgListener L;
    to.on_recv_new_message = [](void* data, const seenby_message_t* message) {
        tell<L>(data, [&](L& listener) { listener.OnRecvNewMessage(message_of(*message)); });
    };
    to.on_recv_message_read_receipts = [](void* data, const seenby_receipt_t* const* list, size_t count) {
        tell<L>(data, [&](L& listener) { listener.OnRecvMessageReadReceipts(receipts_of(list, count)); });
    };
    to.on_recv_c2c_read_receipt = [](void* data, const seenby_receipt_t* const* list, size_t count) {
        tell<L>(data, [&](L& listener) { listener.OnRecvC2CReadReceipt(receipts_of(list, count)); });
    };
    to.on_recv_message_revoked = [](void* data, seenby_str_t, seenby_str_t id, uint64_t, seenby_str_t by) {
        tell<L>(data, [&](L& listener) {
            const V2TIMString message = string_of(id);
            V2TIMUserFullInfo user;
            user.userID = string_of(by);
            listener.OnRecvMessageRevoked(message);
            listener.OnRecvMessageRevoked(message, user, V2TIMString());
        });
    };
}

inline void group_changed(V2TIMGroupListener& listener, const V2TIMSeenByGroupChange& change) {
    const V2TIMGroupMemberInfo by = member_named(change.by);
    V2TIMGroupMemberInfoVector members;
    for (const V2TIMString& user : change.members) members.PushBack(member_named(user));
    switch (change.change) {
        case SEENBY_GROUP_CREATED:
            listener.OnGroupCreated(change.groupID);
            break;
        case SEENBY_GROUP_JOINED:
            listener.OnMemberEnter(change.groupID, members);
            break;
        case SEENBY_GROUP_INVITED:
            listener.OnMemberInvited(change.groupID, by, members);
            break;
        case SEENBY_GROUP_QUIT:
            for (const V2TIMGroupMemberInfo& member : members) listener.OnMemberLeave(change.groupID, member);
            break;
        case SEENBY_GROUP_KICKED:
            listener.OnMemberKicked(change.groupID, by, members);
            break;
        case SEENBY_GROUP_ROLE_CHANGED:
            if (change.role == V2TIM_GROUP_MEMBER_ROLE_ADMIN) {
                listener.OnGrantAdministrator(change.groupID, by, members);
            } else if (change.role == V2TIM_GROUP_MEMBER_ROLE_MEMBER) {
                listener.OnRevokeAdministrator(change.groupID, by, members);
            } else if (change.role == V2TIM_GROUP_MEMBER_ROLE_SUPER) {
                V2TIMGroupChangeInfo owner;
                owner.type = V2TIM_GROUP_INFO_CHANGE_TYPE_OWNER;
                owner.value = change.members[0];
                V2TIMGroupChangeInfoVector changes;
                changes.PushBack(owner);
                listener.OnGroupInfoChanged(change.groupID, changes);
            }
            break;
        case SEENBY_GROUP_DISMISSED:
            listener.OnGroupDismissed(change.groupID, by);
            break;
        default:
            // The count alone, and what later versions add: V2TIMSeenByListener hears of it.
            break;
    }
}

inline void bind(seenby_listener_t& to, V2TIMGroupListener*) {
    typedef V2TIMGroupListener L;
    to.on_group_changed = [](void* data, const seenby_group_change_t* change) {
        tell<L>(data, [&](L& listener) { group_changed(listener, change_of(*change)); });
    };
}

inline void bind(seenby_listener_t& to, V2TIMConversationListener*) {
    typedef V2TIMConversationListener L;
    to.on_conversation_changed = [](void* data, const seenby_conversation_t* const* list, size_t count) {
        tell<L>(data, [&](L& listener) {
            listener.OnConversationChanged(list_of<V2TIMConversationVector>(list, count, conversation_of));
        });
    };
    to.on_total_unread_message_count_changed = [](void* data, uint64_t count) {
        tell<L>(data, [&](L& listener) { listener.OnTotalUnreadMessageCountChanged(count); });
    };
}

inline void bind(seenby_listener_t& to, V2TIMSeenByListener*) {
    typedef V2TIMSeenByListener L;
    to.on_receipts_sent = [](void* data, seenby_str_t conversation, const seenby_str_t* list, size_t count) {
        tell<L>(data,
                [&](L& listener) { listener.OnReceiptsSent(string_of(conversation), strings_of(list, count)); });
    };
    to.on_read_receipts_enabled_changed = [](void* data, bool enabled) {
        tell<L>(data, [&](L& listener) { listener.OnReadReceiptsEnabledChanged(enabled); });
    };
    to.on_group_changed = [](void* data, const seenby_group_change_t* change) {
        tell<L>(data, [&](L& listener) { listener.OnGroupChanged(change_of(*change)); });
    };
    to.on_recv_message_revoked = [](void* data, seenby_str_t conversation, seenby_str_t id, uint64_t seq,
                                    seenby_str_t by) {
        tell<L>(data, [&](L& listener) {
            listener.OnMessageRevoked(string_of(conversation), string_of(id), seq, string_of(by));
        });
    };
}

/// Adds a listener to a client. 0: it could not be added.
template <class L>
seenby_listener_id_t attach(seenby_client_t* client, void* object) {
    seenby_listener_t listener = SEENBY_LISTENER_INIT;
    L* const of = static_cast<L*>(object);
    listener.user_data = new Ear<L>{client, of};
    listener.destroy = &destroy<Ear<L>>;
    bind(listener, of);
    seenby_listener_id_t id = 0;
    return seenby_add_listener(client, &listener, &id) == SEENBY_OK ? id : 0;
}

}  // namespace detail

SEENBY_V2TIM_END

#endif  // SEENBY_V2TIM_DETAIL_LISTENERS_H
