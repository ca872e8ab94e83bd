// SPDX-License-Identifier: MIT OR Apache-2.0
//
// V2TIMMessageManager over seenby.h. Not for apps.

#ifndef SEENBY_V2TIM_DETAIL_MESSAGE_MANAGER_H
#define SEENBY_V2TIM_DETAIL_MESSAGE_MANAGER_H

#include "../V2TIMMessageManager.h"
#include "core.h"

#if defined(_WIN32)
#pragma push_macro("SendMessage")
#undef SendMessage
#endif

SEENBY_V2TIM_BEGIN

namespace detail {

class MessageManager final : public V2TIMMessageManager {
public:
    explicit MessageManager(Core& core) : core_(core) {}

    void AddAdvancedMsgListener(V2TIMAdvancedMsgListener* listener) override { core_.Add(listener); }
    void RemoveAdvancedMsgListener(V2TIMAdvancedMsgListener* listener) override { core_.Remove(listener); }

    V2TIMMessage CreateTextMessage(const V2TIMString& text) override {
        V2TIMMessage message;
        message.AddElem(std::unique_ptr<V2TIMTextElem>(new V2TIMTextElem()))->text = text;
        return message;
    }
    V2TIMMessage CreateCustomMessage(const V2TIMBuffer& data) override {
        return CreateCustomMessage(data, V2TIMString(), V2TIMString());
    }
    V2TIMMessage CreateCustomMessage(const V2TIMBuffer& data, const V2TIMString& description,
                                     const V2TIMString& extension) override {
        V2TIMMessage message;
        V2TIMCustomElem* custom = message.AddElem(std::unique_ptr<V2TIMCustomElem>(new V2TIMCustomElem()));
        custom->data = data;
        custom->desc = description;
        custom->extension = extension;
        return message;
    }
    V2TIMMessage CreateForwardMessage(const V2TIMMessage& message) override {
        V2TIMMessage forward;
        forward.CopyElems(message);
        forward.cloudCustomData = message.cloudCustomData;
        forward.seenBy.unsupported = message.seenBy.unsupported;
        return forward;
    }

    V2TIMMessage CreateTextAtMessage(const V2TIMString& text, const V2TIMStringVector& atUserList) override {
        V2TIMMessage message = CreateTextMessage(text);
        message.groupAtUserList = atUserList;
        return message;
    }
    V2TIMMessage CreateImageMessage(const V2TIMString&) override {
        return Foreign(V2TIM_ELEM_TYPE_IMAGE, "CreateImageMessage");
    }
    V2TIMMessage CreateSoundMessage(const V2TIMString&, uint32_t) override {
        return Foreign(V2TIM_ELEM_TYPE_SOUND, "CreateSoundMessage");
    }
    V2TIMMessage CreateVideoMessage(const V2TIMString&, const V2TIMString&, uint32_t, const V2TIMString&) override {
        return Foreign(V2TIM_ELEM_TYPE_VIDEO, "CreateVideoMessage");
    }
    V2TIMMessage CreateFileMessage(const V2TIMString&, const V2TIMString&) override {
        return Foreign(V2TIM_ELEM_TYPE_FILE, "CreateFileMessage");
    }
    V2TIMMessage CreateLocationMessage(const V2TIMString&, double, double) override {
        return Foreign(V2TIM_ELEM_TYPE_LOCATION, "CreateLocationMessage");
    }
    V2TIMMessage CreateFaceMessage(uint32_t, const V2TIMBuffer&) override {
        return Foreign(V2TIM_ELEM_TYPE_FACE, "CreateFaceMessage");
    }
    V2TIMMessage CreateMergerMessage(const V2TIMMessageVector&, const V2TIMString&, const V2TIMStringVector&,
                                     const V2TIMString&) override {
        return Foreign(V2TIM_ELEM_TYPE_MERGER, "CreateMergerMessage");
    }
    V2TIMMessage CreateTargetedGroupMessage(const V2TIMMessage& message, const V2TIMStringVector&) override {
        V2TIMMessage targeted = CreateForwardMessage(message);
        targeted.seenBy.unsupported = "CreateTargetedGroupMessage";
        return targeted;
    }
    V2TIMMessage CreateAtSignedGroupMessage(const V2TIMMessage& message, const V2TIMStringVector& atUserList) override {
        V2TIMMessage signed_message = CreateForwardMessage(message);
        signed_message.needReadReceipt = message.needReadReceipt;
        signed_message.groupAtUserList = atUserList;
        return signed_message;
    }

    V2TIMString SendMessage(V2TIMMessage& message, const V2TIMString& receiver, const V2TIMString& groupID,
                            V2TIMMessagePriority priority, bool onlineUserOnly, const V2TIMOfflinePushInfo&,
                            V2TIMSendCallback* callback) override {
        seenby_outgoing_message_t outgoing = SEENBY_OUTGOING_MESSAGE_INIT;
        const V2TIMString refusal = Prepare(message, outgoing);
        const Target target = core_.target();
        if (!refusal.Empty()) {
            message.status = V2TIM_MSG_STATUS_SEND_FAIL;
            refuse(target, static_cast<V2TIMValueCallback<V2TIMMessage>*>(callback), SEENBY_ERR_NOT_SUPPORTED, refusal);
            return V2TIMString();
        }
        outgoing.priority = priority;
        outgoing.online_user_only = onlineUserOnly ? 1 : 0;
        Ending<seenby_message_fn> end = {nullptr, nullptr, nullptr};
        if (callback) {
            end.data = new PendingSend{target, callback, message};
            end.fn = &end_send;
            end.destroy = &destroy<PendingSend>;
        }
        seenby_message_t* made = nullptr;
        seenby_send_message(target.client, &outgoing, view(receiver), view(groupID), &made, end.data, end.fn, end.destroy);
        // The callback may have come and gone on its thread by now; `message` is the caller's, and only this thread's.
        if (!made) {
            message.status = V2TIM_MSG_STATUS_SEND_FAIL;
            return message.msgID;
        }
        assign_head(message, *made);
        seenby_message_free(made);
        return message.msgID;
    }

    void GetHistoryMessageList(const V2TIMMessageListGetOption& option,
                               V2TIMValueCallback<V2TIMMessageVector>* callback) override {
        const Target target = core_.target();
        if (!option.messageTypeList.Empty()) {
            refuse(target, callback, SEENBY_ERR_NOT_SUPPORTED,
                   "messageTypeList is outside of SeenBy; leave it empty, and choose among the messages that come");
            return;
        }
        seenby_history_query_t query = SEENBY_HISTORY_QUERY_INIT;
        switch (option.getType) {
            case V2TIM_GET_CLOUD_OLDER_MSG:
            case V2TIM_GET_LOCAL_OLDER_MSG:
                query.newer = 0;
                break;
            case V2TIM_GET_CLOUD_NEWER_MSG:
            case V2TIM_GET_LOCAL_NEWER_MSG:
                query.newer = 1;
                break;
            default:
                refuse(target, callback, SEENBY_ERR_INVALID_PARAMETERS,
                       "getType is none of V2TIMMessageGetType; set V2TIM_GET_CLOUD_OLDER_MSG or _NEWER_MSG");
                return;
        }
        query.count = option.count;
        query.user_id = view(option.userID);
        query.group_id = view(option.groupID);
        query.last_msg_seq = option.lastMsgSeq;
        query.time_begin_s = option.getTimeBegin;
        query.time_period_s = option.getTimePeriod;
        const Refs last(option.lastMsg);
        if (last.Size()) query.last_msg = last.Data();
        const Ending<seenby_messages_fn> end = ending(target, callback, static_cast<seenby_messages_fn>(&end_messages));
        seenby_get_history_message_list(target.client, &query, end.data, end.fn, end.destroy);
    }

    void RevokeMessage(const V2TIMMessage& message, V2TIMCallback* callback) override {
        const Target target = core_.target();
        const Refs ref(message);
        const Ending<seenby_done_fn> end = Done(target, callback);
        seenby_revoke_message(target.client, ref.Data(), end.data, end.fn, end.destroy);
    }

    void FindMessages(const V2TIMStringVector& messageIDList,
                      V2TIMValueCallback<V2TIMMessageVector>* callback) override {
        const Target target = core_.target();
        const std::vector<seenby_str_t> ids = views(messageIDList);
        const Ending<seenby_messages_fn> end = ending(target, callback, static_cast<seenby_messages_fn>(&end_messages));
        seenby_find_messages(target.client, ids.data(), ids.size(), end.data, end.fn, end.destroy);
    }

    void SendMessageReadReceipts(const V2TIMMessageVector& messageList, V2TIMCallback* callback) override {
        const Target target = core_.target();
        const Refs refs(messageList);
        const Ending<seenby_done_fn> end = Done(target, callback);
        seenby_send_message_read_receipts(target.client, refs.Data(), refs.Size(), end.data, end.fn, end.destroy);
    }

    void GetMessageReadReceipts(const V2TIMMessageVector& messageList,
                                V2TIMValueCallback<V2TIMMessageReceiptVector>* callback) override {
        const Target target = core_.target();
        const Refs refs(messageList);
        const Ending<seenby_receipts_fn> end = ending(target, callback, static_cast<seenby_receipts_fn>(&end_receipts));
        seenby_get_message_read_receipts(target.client, refs.Data(), refs.Size(), end.data, end.fn, end.destroy);
    }

    void GetGroupMessageReadMemberList(const V2TIMMessage& message, V2TIMGroupMessageReadMembersFilter filter,
                                       uint64_t nextSeq, uint32_t count,
                                       V2TIMValueCallback<V2TIMGroupMessageReadMemberList>* callback) override {
        const Target target = core_.target();
        const Refs ref(message);
        const Ending<seenby_read_members_fn> end =
            ending(target, callback, static_cast<seenby_read_members_fn>(&end_read_members));
        seenby_get_group_message_read_member_list(target.client, ref.Data(), filter, nextSeq, count, end.data, end.fn,
                                                  end.destroy);
    }

    void MarkC2CMessageAsRead(const V2TIMString& userID, V2TIMCallback* callback) override {
        const Target target = core_.target();
        const Ending<seenby_done_fn> end = Done(target, callback);
        seenby_mark_c2c_message_as_read(target.client, view(userID), end.data, end.fn, end.destroy);
    }
    void MarkGroupMessageAsRead(const V2TIMString& groupID, V2TIMCallback* callback) override {
        const Target target = core_.target();
        const Ending<seenby_done_fn> end = Done(target, callback);
        seenby_mark_group_message_as_read(target.client, view(groupID), end.data, end.fn, end.destroy);
    }
    void MarkAllMessageAsRead(V2TIMCallback* callback) override {
        const Target target = core_.target();
        const Ending<seenby_done_fn> end = Done(target, callback);
        seenby_mark_all_message_as_read(target.client, end.data, end.fn, end.destroy);
    }

    void SetC2CReceiveMessageOpt(const V2TIMStringVector&, V2TIMReceiveMessageOpt, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "SetC2CReceiveMessageOpt");
    }
    void GetC2CReceiveMessageOpt(const V2TIMStringVector&,
                                 V2TIMValueCallback<V2TIMReceiveMessageOptInfoVector>* callback) override {
        unsupported(core_.target(), callback, "GetC2CReceiveMessageOpt");
    }
    void SetGroupReceiveMessageOpt(const V2TIMString&, V2TIMReceiveMessageOpt, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "SetGroupReceiveMessageOpt");
    }
    void ModifyMessage(const V2TIMMessage&, V2TIMCompleteCallback<V2TIMMessage>* callback) override {
        unsupported(core_.target(), callback, "ModifyMessage");
    }
    void DeleteMessages(const V2TIMMessageVector&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "DeleteMessages");
    }
    void ClearC2CHistoryMessage(const V2TIMString&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "ClearC2CHistoryMessage");
    }
    void ClearGroupHistoryMessage(const V2TIMString&, V2TIMCallback* callback) override {
        unsupported(core_.target(), callback, "ClearGroupHistoryMessage");
    }
    V2TIMString InsertGroupMessageToLocalStorage(V2TIMMessage&, const V2TIMString&, const V2TIMString&,
                                                 V2TIMValueCallback<V2TIMMessage>* callback) override {
        unsupported(core_.target(), callback, "InsertGroupMessageToLocalStorage");
        return V2TIMString();
    }
    V2TIMString InsertC2CMessageToLocalStorage(V2TIMMessage&, const V2TIMString&, const V2TIMString&,
                                               V2TIMValueCallback<V2TIMMessage>* callback) override {
        unsupported(core_.target(), callback, "InsertC2CMessageToLocalStorage");
        return V2TIMString();
    }
    void SearchLocalMessages(const V2TIMMessageSearchParam&,
                             V2TIMValueCallback<V2TIMMessageSearchResult>* callback) override {
        unsupported(core_.target(), callback, "SearchLocalMessages");
    }
    void SetMessageExtensions(const V2TIMMessage&, const V2TIMMessageExtensionVector&,
                              V2TIMValueCallback<V2TIMMessageExtensionResultVector>* callback) override {
        unsupported(core_.target(), callback, "SetMessageExtensions");
    }
    void GetMessageExtensions(const V2TIMMessage&, V2TIMValueCallback<V2TIMMessageExtensionVector>* callback) override {
        unsupported(core_.target(), callback, "GetMessageExtensions");
    }
    void DeleteMessageExtensions(const V2TIMMessage&, const V2TIMStringVector&,
                                 V2TIMValueCallback<V2TIMMessageExtensionResultVector>* callback) override {
        unsupported(core_.target(), callback, "DeleteMessageExtensions");
    }
    void TranslateText(const V2TIMStringVector&, const V2TIMString&, const V2TIMString&,
                       V2TIMValueCallback<V2TIMStringToV2TIMStringMap>* callback) override {
        unsupported(core_.target(), callback, "TranslateText");
    }

private:
    static Ending<seenby_done_fn> Done(const Target& target, V2TIMCallback* callback) {
        return ending(target, callback, static_cast<seenby_done_fn>(&end_done));
    }

    /// A message of a kind that SeenBy does not carry.
    static V2TIMMessage Foreign(V2TIMElemType type, const char* call) {
        V2TIMMessage message;
        message.AddElem(std::unique_ptr<V2TIMElem>(new V2TIMElem(type)));
        message.seenBy.unsupported = call;
        return message;
    }

    /// What seenby.h wants of a message; it points into it. A sentence: why SeenBy cannot carry it.
    static V2TIMString Prepare(const V2TIMMessage& message, seenby_outgoing_message_t& to) {
        if (!message.seenBy.unsupported.Empty()) {
            return joined(message.seenBy.unsupported.CString(),
                          " makes a message that is outside of SeenBy; send text and custom messages");
        }
        if (!message.groupAtUserList.Empty()) {
            return "groupAtUserList is outside of SeenBy; send the message without it";
        }
        if (message.elemList.Size() > 1) {
            return "the message has more than one elem; SeenBy carries one, a text or a custom elem";
        }
        const V2TIMElem* elem = message.elemList.Empty() ? nullptr : message.elemList[0];
        if (elem && elem->elemType == V2TIM_ELEM_TYPE_TEXT) {
            to.body = SEENBY_BODY_TEXT;
            to.text = view(static_cast<const V2TIMTextElem*>(elem)->text);
        } else if (elem && elem->elemType == V2TIM_ELEM_TYPE_CUSTOM) {
            const V2TIMCustomElem* custom = static_cast<const V2TIMCustomElem*>(elem);
            to.body = SEENBY_BODY_CUSTOM;
            to.data = view(custom->data);
            to.description = view(custom->desc);
            to.extension = view(custom->extension);
        } else {
            return "the message has no text or custom elem; make it with CreateTextMessage or CreateCustomMessage";
        }
        to.msg_id = view(message.msgID);
        to.need_read_receipt = message.needReadReceipt ? 1 : 0;
        to.is_excluded_from_unread_count = message.isExcludedFromUnreadCount ? 1 : 0;
        to.is_excluded_from_last_message = message.isExcludedFromLastMessage ? 1 : 0;
        to.cloud_custom_data = view(message.cloudCustomData);
        return V2TIMString();
    }

    Core& core_;
};

}  // namespace detail

SEENBY_V2TIM_END

#if defined(_WIN32)
#pragma pop_macro("SendMessage")
#endif

#endif  // SEENBY_V2TIM_DETAIL_MESSAGE_MANAGER_H
