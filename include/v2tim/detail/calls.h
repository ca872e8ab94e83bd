// SPDX-License-Identifier: MIT OR Apache-2.0
//
// How a call ends: from the callbacks of seenby.h to the documented ones. Not for apps.

#ifndef SEENBY_V2TIM_DETAIL_CALLS_H
#define SEENBY_V2TIM_DETAIL_CALLS_H

#include <exception>

#include "../V2TIMCallback.h"
#include "convert.h"

SEENBY_V2TIM_BEGIN

namespace detail {

inline void report(seenby_client_t* client, const char* what) { seenby_report_exception(client, seenby_str(what)); }

/// Runs code of the app. No exception leaves it: there are frames of another language below. Whether it ended normally.
template <class F>
bool guarded(seenby_client_t* client, const F& run) noexcept {
#if SEENBY_V2TIM_EXCEPTIONS
    try {
        run();
        return true;
    } catch (const std::exception& exception) {
        report(client, exception.what());
    } catch (...) {
        report(client, "an exception that is no std::exception");
    }
    return false;
#else
    static_cast<void>(client);
    run();
    return true;
#endif
}

/// Which client a call is for.
struct Target {
    seenby_client_t* client;
    /// false: a further manager before its InitSDK, which has no client yet.
    bool initialized;
};

/// A call that is out, and the callback that ends it.
template <class C>
struct Pending {
    Target target;
    C* callback;
};

template <class T>
void destroy(void* data) {
    delete static_cast<T*>(data);
}

/// The three last parameters of a call.
template <class Fn>
struct Ending {
    void* data;
    Fn fn;
    seenby_destroy_fn destroy;
};

/// How a call ends with this callback; nullptr: unheard.
template <class C, class Fn>
Ending<Fn> ending(const Target& target, C* callback, Fn fn) {
    Ending<Fn> end = {nullptr, nullptr, nullptr};
    if (callback) {
        end.data = new Pending<C>{target, callback};
        end.fn = fn;
        end.destroy = &destroy<Pending<C>>;
    }
    return end;
}

/// Calls `tell` with the number and the sentence.
template <class F>
void with_error(const Target& target, const seenby_error_t& error, const F& tell) {
    if (!target.initialized && error.code == SEENBY_ERR_CLOSED) {
        tell(static_cast<int>(SEENBY_ERR_NOT_INITIALIZED),
             V2TIMString("this manager is not initialized; call InitSDK before anything else"));
    } else {
        tell(static_cast<int>(error.code), string_of(error.message));
    }
}

template <class C>
void fail(const Pending<C>& pending, const seenby_error_t& error) {
    // The callback may delete itself, and is not touched again.
    C* callback = pending.callback;
    with_error(pending.target, error,
               [callback](int code, const V2TIMString& sentence) { callback->OnError(code, sentence); });
}

/// Ends calls that answer nothing.
inline void end_done(void* data, const seenby_error_t* error) {
    const Pending<V2TIMCallback>& pending = *static_cast<Pending<V2TIMCallback>*>(data);
    guarded(pending.target.client, [&] {
        if (error) {
            fail(pending, *error);
        } else {
            pending.callback->OnSuccess();
        }
    });
}

/// Ends a call with what `make` makes.
template <class T, class F>
void give(void* data, const seenby_error_t* error, const F& make) {
    const Pending<V2TIMValueCallback<T>>& pending = *static_cast<Pending<V2TIMValueCallback<T>>*>(data);
    guarded(pending.target.client, [&] {
        if (error) {
            fail(pending, *error);
        } else {
            const T value = make();
            pending.callback->OnSuccess(value);
        }
    });
}

inline void end_messages(void* data, const seenby_error_t* error, const seenby_message_t* const* list, size_t count,
                         bool /*is_finished*/) {
    give<V2TIMMessageVector>(data, error, [&] { return list_of<V2TIMMessageVector>(list, count, message_of); });
}

inline void end_receipts(void* data, const seenby_error_t* error, const seenby_receipt_t* const* list, size_t count) {
    give<V2TIMMessageReceiptVector>(data, error, [&] { return receipts_of(list, count); });
}

inline void end_read_members(void* data, const seenby_error_t* error, const seenby_read_member_t* const* list,
                             size_t count, uint64_t next_seq, bool is_finished) {
    give<V2TIMGroupMessageReadMemberList>(data, error, [&] {
        V2TIMGroupMessageReadMemberList page;
        page.nextSeq = next_seq;
        page.isFinished = is_finished;
        page.members = list_of<V2TIMGroupMemberInfoVector>(list, count, reader_of);
        return page;
    });
}

inline void end_text(void* data, const seenby_error_t* error, seenby_str_t text) {
    give<V2TIMString>(data, error, [&] { return string_of(text); });
}

inline void end_count(void* data, const seenby_error_t* error, uint64_t count) {
    give<uint64_t>(data, error, [&] { return count; });
}

inline void end_groups(void* data, const seenby_error_t* error, const seenby_group_t* const* list, size_t count) {
    give<V2TIMGroupInfoVector>(data, error, [&] { return list_of<V2TIMGroupInfoVector>(list, count, group_of); });
}

inline void end_member_page(void* data, const seenby_error_t* error, const seenby_group_member_t* const* list,
                            size_t count, uint64_t next_seq) {
    give<V2TIMGroupMemberInfoResult>(data, error, [&] {
        V2TIMGroupMemberInfoResult page;
        page.nextSequence = next_seq;
        page.memberInfoList = list_of<V2TIMGroupMemberFullInfoVector>(list, count, member_of);
        return page;
    });
}

inline void end_members(void* data, const seenby_error_t* error, const seenby_group_member_t* const* list,
                        size_t count, uint64_t /*next_seq*/) {
    give<V2TIMGroupMemberFullInfoVector>(
        data, error, [&] { return list_of<V2TIMGroupMemberFullInfoVector>(list, count, member_of); });
}

inline void end_member_results(void* data, const seenby_error_t* error, const seenby_member_result_t* const* list,
                               size_t count) {
    give<V2TIMGroupMemberOperationResultVector>(
        data, error, [&] { return list_of<V2TIMGroupMemberOperationResultVector>(list, count, result_of); });
}

inline void end_conversations(void* data, const seenby_error_t* error, const seenby_conversation_t* const* list,
                              size_t count, uint64_t next_seq, bool is_finished) {
    give<V2TIMConversationResult>(data, error, [&] {
        V2TIMConversationResult page;
        page.nextSeq = next_seq;
        page.isFinished = is_finished;
        page.conversationList = list_of<V2TIMConversationVector>(list, count, conversation_of);
        return page;
    });
}

inline void end_conversation(void* data, const seenby_error_t* error, const seenby_conversation_t* conversation) {
    give<V2TIMConversation>(data, error, [&] { return conversation_of(*conversation); });
}

inline void end_profiles(void* data, const seenby_error_t* error, const seenby_profile_t* const* list, size_t count) {
    give<V2TIMUserFullInfoVector>(data, error,
                                  [&] { return list_of<V2TIMUserFullInfoVector>(list, count, profile_of); });
}

/// A message on its way, with what SeenBy does not carry.
struct PendingSend {
    Target target;
    V2TIMSendCallback* callback;
    V2TIMMessage message;
};

inline void end_send(void* data, const seenby_error_t* error, const seenby_message_t* sent) {
    PendingSend& pending = *static_cast<PendingSend*>(data);
    guarded(pending.target.client, [&] {
        V2TIMSendCallback* callback = pending.callback;
        if (error) {
            with_error(pending.target, *error,
                       [callback](int code, const V2TIMString& sentence) { callback->OnError(code, sentence); });
        } else {
            assign_head(pending.message, *sent);
            callback->OnSuccess(pending.message);
        }
    });
}

/// Ends a call that was refused here.
template <class C>
void end_refused(void* data, const seenby_error_t* error) {
    const Pending<C>& pending = *static_cast<Pending<C>*>(data);
    guarded(pending.target.client, [&] {
        if (error) fail(pending, *error);
    });
}

/// As above, for the callbacks that get a value in any case.
template <class T>
void end_refused_complete(void* data, const seenby_error_t* error) {
    const Pending<V2TIMCompleteCallback<T>>& pending = *static_cast<Pending<V2TIMCompleteCallback<T>>*>(data);
    V2TIMCompleteCallback<T>* callback = pending.callback;
    guarded(pending.target.client, [&] {
        if (!error) return;
        with_error(pending.target, *error, [callback](int code, const V2TIMString& sentence) {
            const T value = T();
            callback->OnComplete(code, sentence, value);
        });
    });
}

inline V2TIMString joined(const char* first, const char* second) {
    std::string text(first);
    text.append(second);
    return V2TIMString(text.data(), text.size());
}

/// Refuses a call, in its turn: the callback comes as for any other.
template <class C>
void refuse(const Target& target, C* callback, int32_t code, const V2TIMString& sentence) {
    Ending<seenby_done_fn> end = ending(target, callback, static_cast<seenby_done_fn>(&end_refused<C>));
    seenby_refuse(target.client, code, view(sentence), end.data, end.fn, end.destroy);
}

/// A documented call outside SeenBy: 7013.
template <class C>
void unsupported(const Target& target, C* callback, const char* call) {
    refuse(target, callback, SEENBY_ERR_NOT_SUPPORTED,
           joined(call, " is outside of SeenBy; docs/v2tim-cpp.md lists the calls that work"));
}

template <class T>
void unsupported(const Target& target, V2TIMCompleteCallback<T>* callback, const char* call) {
    const V2TIMString sentence = joined(call, " is outside of SeenBy; docs/v2tim-cpp.md lists the calls that work");
    Ending<seenby_done_fn> end =
        ending(target, callback, static_cast<seenby_done_fn>(&end_refused_complete<T>));
    seenby_refuse(target.client, SEENBY_ERR_NOT_SUPPORTED, view(sentence), end.data, end.fn, end.destroy);
}

}  // namespace detail

SEENBY_V2TIM_END

#endif  // SEENBY_V2TIM_DETAIL_CALLS_H
