// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What is ours, over seenby.h. Not for apps.

#ifndef SEENBY_V2TIM_DETAIL_SEENBY_MANAGER_H
#define SEENBY_V2TIM_DETAIL_SEENBY_MANAGER_H

#include "../V2TIMSeenBy.h"
#include "core.h"

SEENBY_V2TIM_BEGIN

namespace detail {

class SeenByManager final : public V2TIMSeenByManager {
public:
    explicit SeenByManager(Core& core) : core_(core) {}

    Core& core() { return core_; }

    seenby_client_t* GetClient() override { return core_.client(); }

    void AddSeenByListener(V2TIMSeenByListener* listener) override { core_.Add(listener); }
    void RemoveSeenByListener(V2TIMSeenByListener* listener) override { core_.Remove(listener); }

    void CachedReceipts(const V2TIMStringVector& msgIDs,
                        V2TIMValueCallback<V2TIMMessageReceiptVector>* callback) override {
        const Target target = core_.target();
        const std::vector<seenby_str_t> ids = views(msgIDs);
        const Ending<seenby_receipts_fn> end = ending(target, callback, static_cast<seenby_receipts_fn>(&end_receipts));
        seenby_cached_receipts(target.client, ids.data(), ids.size(), end.data, end.fn, end.destroy);
    }
    void SetReadReceiptsEnabled(bool enabled, V2TIMCallback* callback) override {
        const Target target = core_.target();
        const Ending<seenby_done_fn> end = ending(target, callback, static_cast<seenby_done_fn>(&end_done));
        seenby_set_read_receipts_enabled(target.client, enabled ? 1 : 0, end.data, end.fn, end.destroy);
    }

    int64_t GetServerTimeMs() override {
        int64_t time = 0;
        seenby_server_time_ms(core_.client(), &time);
        return time;
    }
    V2TIMString DebugState() override {
        seenby_string_t json = {nullptr, 0};
        return seenby_debug_state(core_.client(), &json) == SEENBY_OK ? take(json) : V2TIMString();
    }
    int32_t NetworkAvailable(bool available) override {
        return seenby_network_available(core_.client(), available ? 1 : 0);
    }
    int32_t Foreground(bool foreground) override { return seenby_foreground(core_.client(), foreground ? 1 : 0); }

private:
    Core& core_;
};

typedef std::function<void(int32_t, const V2TIMString&)> LogSink;

inline void log_to_function(void* data, int32_t level, seenby_str_t message) {
    const LogSink& sink = *static_cast<LogSink*>(data);
#if SEENBY_V2TIM_EXCEPTIONS
    // Not reported: the report would be a line of the log.
    try {
        sink(level, string_of(message));
    } catch (...) {
    }
#else
    sink(level, string_of(message));
#endif
}

class DoneFunctions final : public V2TIMCallback {
public:
    DoneFunctions(std::function<void()> success, V2TIMSeenByCallback::Error error)
        : success_(std::move(success)), error_(std::move(error)) {}
    void OnSuccess() override {
        const std::unique_ptr<DoneFunctions> self(this);
        if (success_) success_();
    }
    void OnError(int code, const V2TIMString& message) override {
        const std::unique_ptr<DoneFunctions> self(this);
        if (error_) error_(code, message);
    }

private:
    std::function<void()> success_;
    V2TIMSeenByCallback::Error error_;
};

template <class Base, class T>
class ValueFunctions : public Base {
public:
    ValueFunctions(std::function<void(const T&)> success, V2TIMSeenByCallback::Error error)
        : success_(std::move(success)), error_(std::move(error)) {}
    void OnSuccess(const T& value) override {
        const std::unique_ptr<ValueFunctions> self(this);
        if (success_) success_(value);
    }
    void OnError(int code, const V2TIMString& message) override {
        const std::unique_ptr<ValueFunctions> self(this);
        if (error_) error_(code, message);
    }

private:
    std::function<void(const T&)> success_;
    V2TIMSeenByCallback::Error error_;
};

class SentFunctions final : public ValueFunctions<V2TIMSendCallback, V2TIMMessage> {
public:
    SentFunctions(std::function<void(const V2TIMMessage&)> success, V2TIMSeenByCallback::Error error)
        : ValueFunctions<V2TIMSendCallback, V2TIMMessage>(std::move(success), std::move(error)) {}
    void OnProgress(uint32_t) override {}
};

}  // namespace detail

inline V2TIMSeenByError V2TIMSeenByManager::LastError() {
    V2TIMSeenByError last;
    if (const seenby_error_t* error = seenby_last_error()) {
        last.code = error->code;
        last.message = detail::string_of(error->message);
        last.retryAfterMs = error->retry_after_ms;
    }
    return last;
}

inline V2TIMMessage V2TIMSeenByManager::MessageReference(const V2TIMString& conversationID, const V2TIMString& msgID,
                                                         const V2TIMString& sender) {
    V2TIMMessage reference;
    reference.msgID = msgID;
    reference.sender = sender;
    reference.seenBy.conversationID = conversationID;
    return reference;
}

inline int32_t V2TIMSeenByManager::EnqueueReceipts(uint32_t sdkAppID, const V2TIMSDKConfig& config,
                                                   const V2TIMString& userID, const V2TIMMessageVector& messages) {
    seenby_spool_target_t target = SEENBY_SPOOL_TARGET_INIT;
    target.app = sdkAppID;
    target.server = detail::view(config.seenBy.server);
    target.data_dir = detail::view(config.initPath);
    target.user_id = detail::view(userID);
    const detail::Refs refs(messages);
    return seenby_enqueue_receipts(&target, refs.Data(), refs.Size());
}

inline V2TIMSeenByDrawState V2TIMSeenByManager::DrawState(const V2TIMMessage& message,
                                                          const V2TIMMessageReceipt* receipt) {
    if (!receipt) receipt = message.seenBy.receipt.get();
    seenby_draw_query_t query = SEENBY_DRAW_QUERY_INIT;
    query.status = message.status;
    query.is_self = message.isSelf ? 1 : 0;
    query.need_read_receipt = message.needReadReceipt ? 1 : 0;
    if (receipt) {
        query.has_receipt = 1;
        query.is_group = receipt->groupID.Empty() ? 0 : 1;
        query.is_peer_read = receipt->isPeerRead ? 1 : 0;
        query.read_count = static_cast<uint32_t>(receipt->readCount);
        query.unread_count = static_cast<uint32_t>(receipt->unreadCount);
    }
    seenby_draw_state_t state = {SEENBY_DRAW_UNAVAILABLE, 0, 0};
    seenby_draw_state(&query, &state);
    V2TIMSeenByDrawState drawn;
    drawn.state = state.state;
    drawn.read = state.read;
    drawn.of = state.of;
    return drawn;
}

inline int32_t V2TIMSeenByManager::SetLogSink(int32_t level,
                                              std::function<void(int32_t, const V2TIMString&)> sink) {
    if (!sink) return seenby_set_log_sink(level, nullptr, nullptr, nullptr);
    return seenby_set_log_sink(level, new detail::LogSink(std::move(sink)), &detail::log_to_function,
                               &detail::destroy<detail::LogSink>);
}

inline int32_t V2TIMSeenByReadTracker::Visible(const V2TIMMessageVector& messages) {
    const detail::Refs refs(messages);
    return seenby_tracker_visible(tracker_, refs.Data(), refs.Size());
}

inline int32_t V2TIMSeenByReadTracker::Hidden(const V2TIMMessageVector& messages) {
    const detail::Refs refs(messages);
    return seenby_tracker_hidden(tracker_, refs.Data(), refs.Size());
}

inline int32_t V2TIMSeenByService::Open(uint32_t sdkAppID, const V2TIMSDKConfig& config,
                                        const V2TIMString& settingsJson, const V2TIMString& limitsJson) {
    Close();
    V2TIMSDKConfig place = config;
    // These are of managers.
    place.seenBy.dispatcher.reset();
    place.seenBy.tokenProvider.reset();
    return detail::with_config(sdkAppID, place, nullptr, nullptr, [&](const seenby_config_t& ready) {
        return seenby_service_open(&ready, detail::view(settingsJson), detail::view(limitsJson), &service_);
    });
}

inline int32_t V2TIMSeenByService::Configure(const V2TIMString& settingsJson) {
    return seenby_service_configure(service_, detail::view(settingsJson));
}

inline int32_t V2TIMSeenByService::DeleteUser(const V2TIMString& userID) {
    return seenby_service_delete_user(service_, detail::view(userID));
}

inline int32_t V2TIMSeenByService::DeleteMessage(const V2TIMString& seenBy, const V2TIMString& conversationID,
                                                 const V2TIMString& msgID) {
    return seenby_service_delete_message(service_, detail::view(seenBy), detail::view(conversationID),
                                         detail::view(msgID));
}

inline V2TIMCallback* V2TIMSeenByCallback::Done(std::function<void()> success, Error error) {
    return new detail::DoneFunctions(std::move(success), std::move(error));
}

template <class T>
V2TIMValueCallback<T>* V2TIMSeenByCallback::Value(std::function<void(const T&)> success, Error error) {
    return new detail::ValueFunctions<V2TIMValueCallback<T>, T>(std::move(success), std::move(error));
}

inline V2TIMSendCallback* V2TIMSeenByCallback::Sent(std::function<void(const V2TIMMessage&)> success, Error error) {
    return new detail::SentFunctions(std::move(success), std::move(error));
}

SEENBY_V2TIM_END

#endif  // SEENBY_V2TIM_DETAIL_SEENBY_MANAGER_H
