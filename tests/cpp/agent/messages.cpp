// Messages, receipts, marks.

#include "calls.h"

namespace {

V2TIMBuffer BufferOf(const V2TIMString& text) {
    return V2TIMBuffer(reinterpret_cast<const uint8_t*>(text.CString()), text.Size());
}

V2TIMMessage NewMessage(V2TIMMessageManager& messages, const Json& given) {
    if (!given.is_object()) throw Broken(given.dump() + " is no message");
    const With fields(given);
    V2TIMMessage message = fields.Has("customData") ? messages.CreateCustomMessage(BufferOf(fields.Text("customData")))
                                                    : messages.CreateTextMessage(fields.Text("text"));
    if (!message.msgID.Empty()) throw Broken("a new message has no id");
    message.needReadReceipt = fields.Flag("needReadReceipt");
    message.isExcludedFromUnreadCount = fields.Flag("isExcludedFromUnreadCount");
    message.isExcludedFromLastMessage = fields.Flag("isExcludedFromLastMessage");
    if (fields.Has("cloudCustomData")) message.cloudCustomData = BufferOf(fields.Text("cloudCustomData"));
    message.msgID = fields.Text("msgID");
    return message;
}

/// Waits for both: the object that SendMessage wrote to is only the caller's, and the end may come before it has returned.
class Sending : public V2TIMSendCallback {
public:
    Sending(const Reply& reply, std::shared_ptr<Natives> natives) : reply_(reply), natives_(std::move(natives)) {}

    void OnProgress(uint32_t) override { Broken_("OnProgress came, without an upload"); }
    void OnSuccess(const V2TIMMessage& message) override {
        std::unique_lock<std::mutex> lock(turn_);
        sent_.reset(new V2TIMMessage(message));
        ended_ = true;
        End(lock);
    }
    void OnError(int code, const V2TIMString& message) override {
        std::unique_lock<std::mutex> lock(turn_);
        code_ = code;
        why_ = message;
        ended_ = true;
        End(lock);
    }
    /// SendMessage has returned.
    void Returned(const V2TIMString& id, const V2TIMMessage& message) {
        std::unique_lock<std::mutex> lock(turn_);
        id_ = id;
        returned_.reset(new V2TIMMessage(message));
        End(lock);
    }

private:
    void Broken_(const char* why) { std::fprintf(stderr, "%s\n", why); }

    void End(std::unique_lock<std::mutex>& lock) {
        if (!ended_ || !returned_) return;
        lock.unlock();
        if (sent_ && (id_.Empty() || id_ != returned_->msgID || id_ != sent_->msgID)) {
            reply_.Break("sendMessage returned the id " + Std(id_) + ", wrote " + Std(returned_->msgID) +
                         " and ended with " + Std(sent_->msgID));
        } else if (sent_) {
            reply_.Answer(natives_->Of(*sent_));
        } else {
            returned_->status = V2TIM_MSG_STATUS_SEND_FAIL;
            reply_.Refuse(code_, why_, natives_->Of(*returned_));
        }
        delete this;
    }

    const Reply reply_;
    const std::shared_ptr<Natives> natives_;
    std::mutex turn_;
    bool ended_ = false;
    std::unique_ptr<V2TIMMessage> sent_;
    std::unique_ptr<V2TIMMessage> returned_;
    V2TIMString id_;
    int code_ = 0;
    V2TIMString why_;
};

void Send(const Call& call) {
    V2TIMMessageManager& messages = *call.device.Manager().GetMessageManager();
    const Json& given = call.with.At("message");
    const std::shared_ptr<const V2TIMMessage> known = call.world.natives->Message(given);
    V2TIMMessage message = known ? *known : NewMessage(messages, given);
    Sending* sending = new Sending(call.reply, call.world.natives);
    const V2TIMString id = messages.SendMessage(
        message, call.with.Text("receiver"), call.with.Text("groupID"),
        static_cast<V2TIMMessagePriority>(call.with.Number32("priority")), call.with.Flag("onlineUserOnly"),
        V2TIMOfflinePushInfo(), sending);
    sending->Returned(id, message);
}

void History(const Call& call) {
    V2TIMMessageListGetOption option;
    option.getType = call.with.Flag("newer") ? V2TIM_GET_CLOUD_NEWER_MSG : V2TIM_GET_CLOUD_OLDER_MSG;
    option.userID = call.with.Text("userID");
    option.groupID = call.with.Text("groupID");
    option.count = call.with.Number32("count");
    V2TIMMessage last;
    if (call.with.Has("lastMsg")) {
        last = call.world.natives->MustBeMessage(call.with.At("lastMsg"));
        option.lastMsg = &last;
    }
    option.lastMsgSeq = call.with.Number("lastMsgSeq");
    option.getTimeBegin = static_cast<int64_t>(call.with.Number("getTimeBegin"));
    option.getTimePeriod = static_cast<int64_t>(call.with.Number("getTimePeriod"));
    const std::shared_ptr<Natives> natives = call.world.natives;
    call.device.Manager().GetMessageManager()->GetHistoryMessageList(
        option, call.reply.Value<V2TIMMessageVector>(
                    [natives](const V2TIMMessageVector& messages) { return natives->Of(messages); }));
}

seenby_str_t View(const V2TIMString& text) { return {text.CString(), text.Size()}; }

void Reference(const Call& call) {
    const V2TIMString conversation = call.with.Text("conversationID");
    const V2TIMString id = call.with.Text("msgID");
    const V2TIMString sender = call.with.Text("sender");
    // The documented struct cannot refuse; this says at once what its use would say.
    seenby_message_ref_t ref = SEENBY_MESSAGE_REF_INIT;
    ref.msg_id = View(id);
    ref.conversation_id = View(conversation);
    ref.sender = View(sender);
    const int32_t code = seenby_message_ref_check(&ref);
    if (code != SEENBY_OK) return call.reply.AtOnce(code);
    const V2TIMMessage reference = V2TIMSeenByManager::MessageReference(conversation, id, sender);
    call.reply.Answer(call.world.natives->OfReference(reference));
}

void Draw(const Call& call) {
    const V2TIMMessage message = call.world.natives->MustBeMessage(call.with.At("message"));
    std::shared_ptr<const V2TIMMessageReceipt> receipt;
    if (call.with.Has("receipt")) {
        receipt = call.world.natives->Receipt(call.with.At("receipt"));
        if (!receipt) throw Broken("drawState takes a receipt");
    }
    call.reply.Answer(JsonOf(V2TIMSeenByManager::DrawState(message, receipt.get())));
}

}  // namespace

bool CallMessages(const Call& call) {
    V2TIMMessageManager& messages = *call.device.Manager().GetMessageManager();
    const std::shared_ptr<Natives> natives = call.world.natives;
    const std::string& name = call.name;
    if (name == "sendMessage") {
        Send(call);
    } else if (name == "revokeMessage") {
        const V2TIMMessage message = natives->MustBeMessage(call.with.At("message"));
        messages.RevokeMessage(message, call.reply.Callback());
    } else if (name == "getHistoryMessageList") {
        History(call);
    } else if (name == "findMessages") {
        messages.FindMessages(call.with.Texts("msgIDs"),
                              call.reply.Value<V2TIMMessageVector>(
                                  [natives](const V2TIMMessageVector& found) { return natives->Of(found); }));
    } else if (name == "messageReference") {
        Reference(call);
    } else if (name == "drawState") {
        Draw(call);
    } else {
        return false;
    }
    return true;
}

bool CallReceipts(const Call& call) {
    V2TIMMessageManager& messages = *call.device.Manager().GetMessageManager();
    const std::shared_ptr<Natives> natives = call.world.natives;
    const auto receipts = [natives](const V2TIMMessageReceiptVector& list) { return natives->Of(list); };
    const std::string& name = call.name;
    if (name == "sendMessageReadReceipts") {
        // First what may be broken: a callback that nobody gets is never freed.
        const V2TIMMessageVector list = natives->MustBeMessages(call.with.List("messages"));
        messages.SendMessageReadReceipts(list, call.reply.Callback());
    } else if (name == "getMessageReadReceipts") {
        const V2TIMMessageVector list = natives->MustBeMessages(call.with.List("messages"));
        messages.GetMessageReadReceipts(list, call.reply.Value<V2TIMMessageReceiptVector>(receipts));
    } else if (name == "cachedReceipts") {
        call.device.SeenBy().CachedReceipts(call.with.Texts("msgIDs"),
                                            call.reply.Value<V2TIMMessageReceiptVector>(receipts));
    } else if (name == "getGroupMessageReadMemberList") {
        const V2TIMMessage message = natives->MustBeMessage(call.with.At("message"));
        const uint32_t count = call.with.Number32("count");
        messages.GetGroupMessageReadMemberList(
            message,
            static_cast<V2TIMGroupMessageReadMembersFilter>(call.with.Number32("filter")), call.with.Number("nextSeq"),
            count,
            call.reply.Value<V2TIMGroupMessageReadMemberList>(
                [](const V2TIMGroupMessageReadMemberList& page) { return JsonOf(page); }));
    } else if (name == "markC2CMessageAsRead") {
        messages.MarkC2CMessageAsRead(call.with.Text("userID"), call.reply.Callback());
    } else if (name == "markGroupMessageAsRead") {
        messages.MarkGroupMessageAsRead(call.with.Text("groupID"), call.reply.Callback());
    } else if (name == "markAllMessageAsRead") {
        messages.MarkAllMessageAsRead(call.reply.Callback());
    } else if (name == "trackerVisible") {
        call.reply.AtOnce(call.device.Tracker().Visible(natives->MustBeMessages(call.with.List("messages"))));
    } else if (name == "trackerHidden") {
        call.reply.AtOnce(call.device.Tracker().Hidden(natives->MustBeMessages(call.with.List("messages"))));
    } else if (name == "trackerForeground") {
        call.reply.AtOnce(call.device.Tracker().Foreground(call.with.Flag("foreground")));
    } else {
        return false;
    }
    return true;
}

void EnqueueReceipts(World& world, const With& request, const Reply& reply) {
    V2TIMMessageVector messages = world.natives->MustBeMessages(request.List("messages"));
    for (const V2TIMString& id : request.Texts("msgIDs")) {
        messages.PushBack(V2TIMSeenByManager::MessageReference(V2TIMString(), id, V2TIMString()));
    }
    reply.AtOnce(V2TIMSeenByManager::EnqueueReceipts(request.Number32("app"), ConfigOf(request), request.Text("user"),
                                                     messages));
}
