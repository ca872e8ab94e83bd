// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Ours, not documented: what SeenBy adds to the documented types. It is always in a field named seenBy, so that it is seen
// where it is used. What is ours beside fields is in V2TIMSeenBy.h.

#ifndef SEENBY_V2TIM_SEENBY_FIELDS_H
#define SEENBY_V2TIM_SEENBY_FIELDS_H

#include "V2TIMString.h"

SEENBY_V2TIM_BEGIN

SEENBY_V2TIM_VECTOR(V2TIMString)
typedef TXV2TIMStringVector V2TIMStringVector;

struct V2TIMMessageReceipt;

/// A piece of work for a dispatcher (docs/threading.md, contract 8): Run or Drop it, once, now or later, on any thread. The
/// next one comes when this one is over. Copies are the same job.
class V2TIMSeenByJob {
public:
    explicit V2TIMSeenByJob(seenby_job_t* job) : job_(job) {}
    /// Brings the callbacks. SEENBY_OK, or 90003 if it was run or dropped before.
    int32_t Run() const { return seenby_job_run(job_); }
    /// Counts as delivered; callback objects of calls are then never called.
    int32_t Drop() const { return seenby_job_drop(job_); }

private:
    seenby_job_t* job_;
};

/// Brings callbacks and listeners to a thread of the app.
class V2TIMSeenByDispatcher {
public:
    virtual ~V2TIMSeenByDispatcher() {}
    /// Called on the delivery thread. An exception that leaves it drops the job.
    virtual void Dispatch(const V2TIMSeenByJob& job) = 0;
};

/// What takes a new userSig, once, now or later, on any thread. Copies are the same.
class V2TIMSeenByTokenReply {
public:
    explicit V2TIMSeenByTokenReply(seenby_token_reply_t* reply) : reply_(reply) {}
    /// SEENBY_OK, or 90003 if it was answered before.
    int32_t Accept(const V2TIMString& userSig) const {
        seenby_str_t text = {userSig.CString(), userSig.Size()};
        return seenby_token_accept(reply_, text);
    }
    /// OnUserSigExpired follows.
    int32_t Refuse(const V2TIMString& why) const {
        seenby_str_t text = {why.CString(), why.Size()};
        return seenby_token_refuse(reply_, text);
    }

private:
    seenby_token_reply_t* reply_;
};

/// Renews the userSig silently (R30).
class V2TIMSeenByTokenProvider {
public:
    virtual ~V2TIMSeenByTokenProvider() {}
    /// An exception that leaves it refuses.
    virtual void OnToken(const V2TIMString& userID, const V2TIMSeenByTokenReply& reply) = 0;
};

/// V2TIMSDKConfig::seenBy: where to connect, and how. The data folder is the documented initPath.
struct V2TIMSeenByConfig {
    /// Where to connect (R28): wss://…, ws://…, embedded:, embedded:mem/NAME, embedded:file/PATH. Empty: the environment
    /// variable SEENBY_SERVER, else embedded:, which is logged as a warning.
    V2TIMString server;
    /// Managers that share a data folder and are to count as different devices give different labels (R30).
    V2TIMString deviceLabel;
    /// A PEM file with the certificates to trust (R29).
    V2TIMString caFile;
    /// http://[user:password@]host:port of an HTTP proxy.
    V2TIMString proxy;
    /// Name and version of the app, for the server's log.
    V2TIMString clientName;
    /// Base64 of SHA-256 of the public keys to accept (R29). Empty: any valid certificate.
    V2TIMStringVector pins;
    /// Allows ws:// to other machines, unencrypted.
    bool allowPlain = false;
    /// Pushes of receipts name the readers added since the last one (R12): V2TIMMessageReceipt::seenBy.readers.
    bool withReaders = false;
    /// How long a message must be seen to count as read by a V2TIMSeenByReadTracker, in ms. 0: 300 (R33).
    uint32_t seenForMs = 0;
    /// How long a request waits for its answer before 6012, in ms. 0: 10 000.
    uint32_t requestTimeoutMs = 0;
    /// How long opening a connection may take before 9510, in ms. 0: 10 000.
    uint32_t connectTimeoutMs = 0;
    /// Null: the manager's delivery thread. Kept until the manager has gone.
    std::shared_ptr<V2TIMSeenByDispatcher> dispatcher;
    /// Null: OnUserSigExpired, then log in again. Kept until the manager has gone.
    std::shared_ptr<V2TIMSeenByTokenProvider> tokenProvider;
};

/// A reader, and when.
struct V2TIMSeenByReader {
    V2TIMString userID;
    /// When its receipt was accepted (R6), in ms.
    int64_t timestampMs = 0;
};
SEENBY_V2TIM_VECTOR(V2TIMSeenByReader)
typedef TXV2TIMSeenByReaderVector V2TIMSeenByReaderVector;

/// V2TIMMessageReceipt::seenBy.
struct V2TIMSeenByReceipt {
    /// c2c_<peer> or group_<id>.
    V2TIMString conversationID;
    /// The message's number in its conversation; 0 if this device does not know it.
    uint64_t seq = 0;
    /// As timestamp, in ms.
    int64_t timestampMs = 0;
    /// Of two summaries of one message the one with the higher position is the newer.
    uint64_t position = 0;
    /// Those added since the last push, if V2TIMSeenByConfig::withReaders is set (R12).
    V2TIMSeenByReaderVector readers;
    /// There were more than readers holds.
    bool moreReaders = false;
};

/// V2TIMMessage::seenBy.
struct V2TIMSeenByMessage {
    /// c2c_<peer> or group_<id>; empty until it was sent.
    V2TIMString conversationID;
    /// As timestamp, in ms.
    int64_t timestampMs = 0;
    /// Whether this user's own receipt for it was sent, from any of its devices (R13).
    bool hasSentReceipt = false;
    /// Only for who was online (R20).
    bool onlineUserOnly = false;
    /// The last known summary, in history (R18). Null: none.
    std::shared_ptr<const V2TIMMessageReceipt> receipt;
    /// Whether isSelf and needReadReceipt say what is so: set in messages that SeenBy gave. A reference
    /// (V2TIMSeenByManager::MessageReference), or a V2TIMMessage filled by hand, knows neither, and the service decides.
    bool isKnown = false;
    /// The documented call that made this message and is outside SeenBy; SendMessage then answers 7013.
    V2TIMString unsupported;
};

/// V2TIMGroupMemberInfo::seenBy.
struct V2TIMSeenByMember {
    /// In a list of readers (R11): when it read the message, in ms. 0 elsewhere.
    int64_t readTimestampMs = 0;
};

/// V2TIMConversation::seenBy.
struct V2TIMSeenByConversation {
    /// The highest seq.
    uint64_t lastSequence = 0;
    /// This user's mark: everything up to this seq is read (R14).
    uint64_t ownReadSequence = 0;
    /// One to one: the peer's mark, as far as it is shown (R14, R15).
    uint64_t peerReadSequence = 0;
    /// One to one: when the peer set it, in ms; 0 if never.
    int64_t peerReadTimestampMs = 0;
};

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::TXV2TIMSeenByReaderVector;
using seenby_v2tim::TXV2TIMStringVector;
using seenby_v2tim::V2TIMMessageReceipt;
using seenby_v2tim::V2TIMSeenByConfig;
using seenby_v2tim::V2TIMSeenByConversation;
using seenby_v2tim::V2TIMSeenByDispatcher;
using seenby_v2tim::V2TIMSeenByJob;
using seenby_v2tim::V2TIMSeenByMember;
using seenby_v2tim::V2TIMSeenByMessage;
using seenby_v2tim::V2TIMSeenByReader;
using seenby_v2tim::V2TIMSeenByReaderVector;
using seenby_v2tim::V2TIMSeenByReceipt;
using seenby_v2tim::V2TIMSeenByTokenProvider;
using seenby_v2tim::V2TIMSeenByTokenReply;
using seenby_v2tim::V2TIMStringVector;
#endif

#endif  // SEENBY_V2TIM_SEENBY_FIELDS_H
