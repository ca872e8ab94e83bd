// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a manager and its parts share: the client, and the listeners that were added. Not for apps.

#ifndef SEENBY_V2TIM_DETAIL_CORE_H
#define SEENBY_V2TIM_DETAIL_CORE_H

#include <atomic>

#include "listeners.h"

SEENBY_V2TIM_BEGIN

namespace detail {

/// Held for a few instructions only. (Not std::mutex: some mingw compilers have none.)
class Lock {
public:
    explicit Lock(std::atomic_flag& flag) : flag_(flag) {
        while (flag_.test_and_set(std::memory_order_acquire)) {
        }
    }
    ~Lock() { flag_.clear(std::memory_order_release); }

private:
    Lock(const Lock&);
    Lock& operator=(const Lock&);
    std::atomic_flag& flag_;
};

/// An object of the app that a client holds, and the client once there is one.
template <class T>
struct Held {
    explicit Held(const std::shared_ptr<T>& of) : client(nullptr), object(of) {}
    std::atomic<seenby_client_t*> client;
    std::shared_ptr<T> object;
};

inline void dispatch(void* data, seenby_job_t* job) {
    const Held<V2TIMSeenByDispatcher>& held = *static_cast<Held<V2TIMSeenByDispatcher>*>(data);
    const V2TIMSeenByJob handle(job);
    if (!guarded(held.client.load(), [&] { held.object->Dispatch(handle); })) handle.Drop();
}

inline void provide_token(void* data, seenby_str_t user, seenby_token_reply_t* reply) {
    const Held<V2TIMSeenByTokenProvider>& held = *static_cast<Held<V2TIMSeenByTokenProvider>*>(data);
    const V2TIMSeenByTokenReply handle(reply);
    if (!guarded(held.client.load(), [&] { held.object->OnToken(string_of(user), handle); })) {
        handle.Refuse("the token provider threw an exception");
    }
}

inline int32_t log_level_of(V2TIMLogLevel level) {
    switch (level) {
        case V2TIM_LOG_NONE:
            return SEENBY_LOG_OFF;
        case V2TIM_LOG_INFO:
            return SEENBY_LOG_INFO;
        case V2TIM_LOG_WARN:
            return SEENBY_LOG_WARN;
        case V2TIM_LOG_ERROR:
            return SEENBY_LOG_ERROR;
        default:
            return SEENBY_LOG_DEBUG;
    }
}

inline V2TIMLogLevel log_level_from(int32_t level) {
    switch (level) {
        case SEENBY_LOG_OFF:
            return V2TIM_LOG_NONE;
        case SEENBY_LOG_ERROR:
            return V2TIM_LOG_ERROR;
        case SEENBY_LOG_WARN:
            return V2TIM_LOG_WARN;
        case SEENBY_LOG_INFO:
            return V2TIM_LOG_INFO;
        default:
            return V2TIM_LOG_DEBUG;
    }
}

inline void log_line(void* data, int32_t level, seenby_str_t message) {
    V2TIMLogListener* listener = static_cast<V2TIMLogListener*>(data);
#if SEENBY_V2TIM_EXCEPTIONS
    // Not reported: the report would be a line of the log.
    try {
        listener->OnLog(log_level_from(level), string_of(message));
    } catch (...) {
    }
#else
    listener->OnLog(log_level_from(level), string_of(message));
#endif
}

/// Runs `use` with the configuration that seenby.h wants. What `held_…` point to belongs to the configuration then.
template <class F>
int32_t with_config(uint32_t app, const V2TIMSDKConfig& from, seenby_client_t* known, seenby_client_t** made,
                    const F& use) {
    const std::vector<seenby_str_t> pins = views(from.seenBy.pins);
    seenby_config_t config = SEENBY_CONFIG_INIT;
    config.app = app;
    config.allow_plain = from.seenBy.allowPlain ? 1 : 0;
    config.with_readers = from.seenBy.withReaders ? 1 : 0;
    config.server = view(from.seenBy.server);
    config.data_dir = view(from.initPath);
    config.device_label = view(from.seenBy.deviceLabel);
    config.ca_file = view(from.seenBy.caFile);
    config.proxy = view(from.seenBy.proxy);
    config.client_name = view(from.seenBy.clientName);
    config.pins = pins.data();
    config.pin_count = pins.size();
    config.seen_for_ms = from.seenBy.seenForMs;
    config.request_timeout_ms = from.seenBy.requestTimeoutMs;
    config.connect_timeout_ms = from.seenBy.connectTimeoutMs;
    // The client frees what it was given when it is gone, which may be as soon as it is made.
    std::shared_ptr<Held<V2TIMSeenByDispatcher>> dispatcher;
    std::shared_ptr<Held<V2TIMSeenByTokenProvider>> provider;
    if (from.seenBy.dispatcher) {
        dispatcher = std::make_shared<Held<V2TIMSeenByDispatcher>>(from.seenBy.dispatcher);
        dispatcher->client.store(known);
        config.dispatch = [](void* data, seenby_job_t* job) {
            dispatch(static_cast<std::shared_ptr<Held<V2TIMSeenByDispatcher>>*>(data)->get(), job);
        };
        config.dispatch_user_data = new std::shared_ptr<Held<V2TIMSeenByDispatcher>>(dispatcher);
        config.dispatch_destroy = &destroy<std::shared_ptr<Held<V2TIMSeenByDispatcher>>>;
    }
    if (from.seenBy.tokenProvider) {
        provider = std::make_shared<Held<V2TIMSeenByTokenProvider>>(from.seenBy.tokenProvider);
        provider->client.store(known);
        config.token_provider = [](void* data, seenby_str_t user, seenby_token_reply_t* reply) {
            provide_token(static_cast<std::shared_ptr<Held<V2TIMSeenByTokenProvider>>*>(data)->get(), user, reply);
        };
        config.token_user_data = new std::shared_ptr<Held<V2TIMSeenByTokenProvider>>(provider);
        config.token_destroy = &destroy<std::shared_ptr<Held<V2TIMSeenByTokenProvider>>>;
    }
    const int32_t code = use(config);
    if (code == SEENBY_OK && made) {
        if (dispatcher) dispatcher->client.store(*made);
        if (provider) provider->client.store(*made);
    }
    return code;
}

/// The client of a manager.
class Core {
public:
    /// `shared`: the client of the process, as behind the documented singleton. Otherwise one of its own.
    explicit Core(bool shared) : client_(shared ? seenby_shared_client() : nullptr), shared_(shared) {
        lock_.clear();
    }

    Target target() const {
        Target target = {client_.load(), true};
        target.initialized = target.client != nullptr;
        return target;
    }
    seenby_client_t* client() const { return client_.load(); }
    bool shared() const { return shared_; }

    int32_t Init(uint32_t app, const V2TIMSDKConfig& config) {
        if (config.logListener) {
            seenby_set_log_sink(log_level_of(config.logLevel), config.logListener, &log_line, nullptr);
            has_log_.store(true);
        }
        const int32_t code = shared_ ? with_config(app, config, client(), nullptr,
                                                   [](const seenby_config_t& ready) {
                                                       return seenby_shared_init(&ready);
                                                   })
                                     : InitOwn(app, config);
        if (code != SEENBY_OK) EndLog();
        return code;
    }

    int32_t UnInit() {
        int32_t code = SEENBY_OK;
        if (shared_) {
            code = seenby_shared_uninit();
        } else {
            // The handle stays, so that later calls are answered by it: 90003.
            code = seenby_client_shutdown(client());
            open_.clear();
        }
        EndLog();
        return code;
    }

    /// Frees the clients of a manager of its own. 90002 inside a callback: then nothing was done.
    int32_t Free() {
        if (shared_) return SEENBY_ERR_NOT_SUPPORTED;
        seenby_client_t* current = client();
        if (current) {
            const int32_t code = seenby_client_free(current);
            if (code != SEENBY_OK) return code;
            client_.store(nullptr);
        }
        for (seenby_client_t* old : old_) seenby_client_free(old);
        old_.clear();
        EndLog();
        return SEENBY_OK;
    }

    template <class L>
    void Add(L* listener) {
        if (!listener) return;
        Lock lock(lock_);
        for (const Entry& entry : entries_) {
            if (entry.listener == listener && entry.attach == &attach<L>) return;
        }
        seenby_client_t* now = client();
        const Entry entry = {listener, &attach<L>, now ? attach<L>(now, listener) : 0};
        entries_.push_back(entry);
    }

    template <class L>
    void Remove(L* listener) {
        seenby_listener_id_t id = 0;
        seenby_client_t* of = nullptr;
        {
            Lock lock(lock_);
            for (size_t i = 0; i < entries_.size(); ++i) {
                if (entries_[i].listener != listener || entries_[i].attach != &attach<L>) continue;
                id = entries_[i].id;
                of = client();
                entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(i));
                break;
            }
        }
        // Not under the lock: this waits for a call of the listener that runs, which may add and remove.
        if (id) seenby_remove_listener(of, id);
    }

private:
    Core(const Core&);
    Core& operator=(const Core&);

    struct Entry {
        void* listener;
        seenby_listener_id_t (*attach)(seenby_client_t*, void*);
        seenby_listener_id_t id;
    };

    int32_t InitOwn(uint32_t app, const V2TIMSDKConfig& config) {
        if (open_.test_and_set()) return SEENBY_ERR_INVALID_PARAMETERS;
        seenby_client_t* made = nullptr;
        const int32_t code = with_config(app, config, nullptr, &made, [&made](const seenby_config_t& ready) {
            return seenby_client_new(&ready, &made);
        });
        if (code != SEENBY_OK) {
            open_.clear();
            return code;
        }
        Lock lock(lock_);
        if (client()) old_.push_back(client());
        client_.store(made);
        for (Entry& entry : entries_) entry.id = entry.attach(made, entry.listener);
        return SEENBY_OK;
    }

    void EndLog() {
        if (has_log_.exchange(false)) seenby_set_log_sink(SEENBY_LOG_WARN, nullptr, nullptr, nullptr);
    }

    std::atomic<seenby_client_t*> client_;
    const bool shared_;
    std::atomic<bool> has_log_{false};
    /// A manager of its own: between InitSDK and UnInitSDK.
    std::atomic_flag open_ = ATOMIC_FLAG_INIT;
    std::atomic_flag lock_ = ATOMIC_FLAG_INIT;
    std::vector<Entry> entries_;
    /// Clients before an UnInitSDK: their last callbacks may still be on their way.
    std::vector<seenby_client_t*> old_;
};

}  // namespace detail

SEENBY_V2TIM_END

#endif  // SEENBY_V2TIM_DETAIL_CORE_H
