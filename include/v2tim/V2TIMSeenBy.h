// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Ours, not documented: the calls and classes of SeenBy that the documented API does not have. All of their names begin with
// V2TIMSeenBy. The fields that are ours are in V2TIMSeenByFields.h, the listener is V2TIMSeenByListener.
//
// Beside these, ours are only: V2TIMManager::GetSeenByManager, V2TIMMessage::setNeedReadReceipt, AddElem and CopyElems,
// V2TIMConversation::SetLastMessage, V2TIMElem::Clone, begin, end, Reserve and construction from { … } of vectors, the
// comparison of buffers, char8_t texts and std::hash<V2TIMString>.

#ifndef SEENBY_V2TIM_SEENBY_H
#define SEENBY_V2TIM_SEENBY_H

#include <functional>
#include <string>

#include "V2TIMCallback.h"
#include "V2TIMCommon.h"
#include "V2TIMListener.h"
#include "V2TIMMessage.h"

SEENBY_V2TIM_BEGIN

class V2TIMManager;

/// What went wrong in a call that answers at once.
struct V2TIMSeenByError {
    /// SEENBY_OK: nothing.
    int32_t code = SEENBY_OK;
    /// Names the offending value and what would be right.
    V2TIMString message;
    /// With 9506: when to try again, in ms.
    uint64_t retryAfterMs = 0;
};

/// What to draw beside a message of one's own (R31).
struct V2TIMSeenByDrawState {
    /// SEENBY_DRAW_*.
    int32_t state = SEENBY_DRAW_UNAVAILABLE;
    /// SEENBY_DRAW_READ_BY: how many have read it.
    uint32_t read = 0;
    /// SEENBY_DRAW_READ_BY: of how many.
    uint32_t of = 0;
};

/// The calls of ours: V2TIMManager::GetSeenByManager().
class V2TIMSeenByManager {
public:
    virtual ~V2TIMSeenByManager() {}

    /// A further manager beside the documented singleton (R28), so that one process holds several users. It begins with
    /// InitSDK, as the singleton does. After UnInitSDK its calls answer 90003, until another InitSDK.
    static V2TIMManager* CreateManager();
    /// Ends one that CreateManager made: UnInitSDK, and the object goes. 90002 inside a callback: then it stays.
    static int32_t DestroyManager(V2TIMManager* manager);

    /// The last error of this thread from a call that answers at once: InitSDK, EnqueueReceipts, trackers, services.
    static V2TIMSeenByError LastError();

    /// A message that another system carried, or of which only the id is known (R19), for every call. Empty: not known.
    static V2TIMMessage MessageReference(const V2TIMString& conversationID, const V2TIMString& msgID,
                                         const V2TIMString& sender);

    /// Leaves receipts on the disk for the next manager of this user (R16): for a notification action. Needs no InitSDK,
    /// and any process may do it. Of `config`: seenBy.server and initPath. 6017 a wrong value or a service in memory;
    /// 90004 the disk refuses.
    static int32_t EnqueueReceipts(uint32_t sdkAppID, const V2TIMSDKConfig& config, const V2TIMString& userID,
                                   const V2TIMMessageVector& messages);

    /// What to draw beside a message (R31). `receipt`: its latest summary; nullptr: message.seenBy.receipt.
    static V2TIMSeenByDrawState DrawState(const V2TIMMessage& message, const V2TIMMessageReceipt* receipt);

    /// The lines of the log, of the whole process, from SEENBY_LOG_ERROR (1) to SEENBY_LOG_TRACE (5), on a thread of their
    /// own. An empty function: back to stderr.
    static int32_t SetLogSink(int32_t level, std::function<void(int32_t, const V2TIMString&)> sink);

    /// For the functions of seenby.h. It belongs to the manager. nullptr: a further manager before InitSDK.
    virtual seenby_client_t* GetClient() = 0;

    virtual void AddSeenByListener(V2TIMSeenByListener* listener) = 0;
    /// No call to it starts after this has returned; outside of callbacks it waits for one that runs.
    virtual void RemoveSeenByListener(V2TIMSeenByListener* listener) = 0;

    /// The last summaries that this device has seen, also offline (R16).
    virtual void CachedReceipts(const V2TIMStringVector& msgIDs,
                                V2TIMValueCallback<V2TIMMessageReceiptVector>* callback) = 0;
    /// The privacy switch of this user (R15).
    virtual void SetReadReceiptsEnabled(bool enabled, V2TIMCallback* callback) = 0;

    /// The device's estimate of the service's clock, in ms; 0 before InitSDK.
    virtual int64_t GetServerTimeMs() = 0;
    /// For people who look for a fault (R34): JSON without ids. Empty before InitSDK.
    virtual V2TIMString DebugState() = 0;
    /// The system says that the network is there, or gone: connects at once, or sleeps.
    virtual int32_t NetworkAvailable(bool available) = 0;
    /// The app came to the foreground, or went to the background; its read trackers are told as well.
    virtual int32_t Foreground(bool foreground) = 0;
};

/// Turns what a list shows into reports (R33): a message that was seen for 300 ms (V2TIMSeenByConfig::seenForMs) in the
/// foreground is reported, once.
class V2TIMSeenByReadTracker {
public:
    /// An empty conversation: each id is found by the device's index or by the service.
    V2TIMSeenByReadTracker(V2TIMManager* manager, const V2TIMString& conversationID);
    /// Reports what was seen for long enough.
    ~V2TIMSeenByReadTracker() {
        if (tracker_) seenby_tracker_free(tracker_);
    }
    V2TIMSeenByReadTracker(V2TIMSeenByReadTracker&& other) noexcept : tracker_(other.tracker_), code_(other.code_) {
        other.tracker_ = nullptr;
    }
    V2TIMSeenByReadTracker& operator=(V2TIMSeenByReadTracker&& other) noexcept {
        std::swap(tracker_, other.tracker_);
        std::swap(code_, other.code_);
        return *this;
    }

    /// SEENBY_OK, or why it could not be made; V2TIMSeenByManager::LastError() has the sentence.
    int32_t Code() const { return code_; }
    int32_t Visible(const V2TIMMessageVector& messages);
    int32_t Hidden(const V2TIMMessageVector& messages);
    int32_t Foreground(bool foreground) { return seenby_tracker_foreground(tracker_, foreground ? 1 : 0); }

private:
    V2TIMSeenByReadTracker(const V2TIMSeenByReadTracker&);
    V2TIMSeenByReadTracker& operator=(const V2TIMSeenByReadTracker&);

    seenby_tracker_t* tracker_ = nullptr;
    int32_t code_ = SEENBY_OK;
};

/// A service inside this process, held and operated: for tests and demos (R28). It lives as long as this or a manager that
/// named it. Its calls wait, and answer 90002 inside a callback.
class V2TIMSeenByService {
public:
    V2TIMSeenByService() {}
    ~V2TIMSeenByService() { Close(); }

    /// `config.seenBy.server`: embedded:mem/NAME or embedded:file/PATH. Settings of the app and limits as JSON; empty: plain.
    int32_t Open(uint32_t sdkAppID, const V2TIMSDKConfig& config, const V2TIMString& settingsJson,
                 const V2TIMString& limitsJson);
    int32_t Configure(const V2TIMString& settingsJson);
    int32_t DeleteUser(const V2TIMString& userID);
    int32_t DeleteMessage(const V2TIMString& seenBy, const V2TIMString& conversationID, const V2TIMString& msgID);
    int32_t Close() {
        seenby_service_t* service = service_;
        service_ = nullptr;
        return service ? seenby_service_free(service) : SEENBY_OK;
    }

private:
    V2TIMSeenByService(const V2TIMSeenByService&);
    V2TIMSeenByService& operator=(const V2TIMSeenByService&);

    seenby_service_t* service_ = nullptr;
};

/// Callbacks made of functions; each deletes itself after its call. (Where a dispatcher drops a job, it is not called, and
/// its memory is not freed.) An empty function is legal.
struct V2TIMSeenByCallback {
    typedef std::function<void(int, const V2TIMString&)> Error;

    static V2TIMCallback* Done(std::function<void()> success, Error error);
    template <class T>
    static V2TIMValueCallback<T>* Value(std::function<void(const T&)> success, Error error);
    static V2TIMSendCallback* Sent(std::function<void(const V2TIMMessage&)> success, Error error);
};

/// Between the texts of the standard library and the documented ones.
struct V2TIMSeenByString {
    static std::string ToStd(const V2TIMString& text) { return std::string(text.CString(), text.Size()); }
    static V2TIMString FromStd(const std::string& text) { return V2TIMString(text.data(), text.size()); }
};

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::V2TIMSeenByCallback;
using seenby_v2tim::V2TIMSeenByDrawState;
using seenby_v2tim::V2TIMSeenByError;
using seenby_v2tim::V2TIMSeenByManager;
using seenby_v2tim::V2TIMSeenByReadTracker;
using seenby_v2tim::V2TIMSeenByService;
using seenby_v2tim::V2TIMSeenByString;
#endif

// The bodies are with the manager's; it ends up complete whichever of the two is included first.
#include "V2TIMManager.h"

#endif  // SEENBY_V2TIM_SEENBY_H
