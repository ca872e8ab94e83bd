/*
 * SeenBy: exact read receipts for any chat app. The C interface.
 *
 * docs/c-abi.md explains the conventions: who owns what, which thread calls, how errors come, what may change.
 * Rules in brackets (R7) are those of docs/SPEC.md.
 *
 * Calls that take a callback return at once. The callback comes exactly once, errors included, on the client's delivery
 * thread or by its dispatcher, never inside the call; what it is given lives until it returns. It may be NULL.
 * Functions that return int32_t answer SEENBY_OK or the number of an error, of which seenby_last_error() has the sentence;
 * they write their results on success only. Every function may be called from any thread, and from inside a callback.
 *
 * Rendered from ffi/src/capi; do not edit. SPDX-License-Identifier: MIT OR Apache-2.0
 */

#ifndef SEENBY_H
#define SEENBY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A program that links the static library on Windows defines SEENBY_STATIC. */
#ifndef SEENBY_API
#if defined(_WIN32) && !defined(SEENBY_STATIC)
#define SEENBY_API __declspec(dllimport)
#else
#define SEENBY_API
#endif
#endif

/** The version of SeenBy that this header belongs to; seenby_version() says which one the library is. */
#define SEENBY_VERSION "0.1.0"
#define SEENBY_VERSION_MAJOR 0
#define SEENBY_VERSION_MINOR 1
#define SEENBY_VERSION_PATCH 0

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Texts, bytes, calls ----------------------------------------------------------------------------------------- */

/**
 * Which interface this header describes; `seenby_abi_version()` says which one the library has. It changes when a program
 * that was built with an older header would no longer work, and only then: what is added leaves it as it is.
 */
#define SEENBY_ABI_VERSION 1

/**
 * UTF-8 text: a pointer and a length in bytes. As a parameter it lives as long as the call, need not end with a NUL byte,
 * and `{NULL, 0}` or any text of length 0 is "not set". What the library gives ends with a NUL byte, which `len` does not
 * count.
 */
typedef struct seenby_str_t {
    /** The bytes. */
    const char *data;
    /** How many. */
    size_t len;
} seenby_str_t;

/** Bytes: a pointer and a length. */
typedef struct seenby_bytes_t {
    /** The bytes. */
    const uint8_t *data;
    /** How many. */
    size_t len;
} seenby_bytes_t;

/** A text that belongs to the caller: `seenby_string_free` frees it. */
typedef struct seenby_string_t {
    /** The bytes, with a NUL byte behind them. */
    char *data;
    /** How many, without the NUL byte. */
    size_t len;
} seenby_string_t;

/**
 * Names a call that is under way, for `seenby_cancel`. 0: the call was refused before there was anything to cancel; its
 * callback comes all the same.
 */
typedef uint64_t seenby_call_t;

/** Names a listener of one client, for `seenby_remove_listener`. */
typedef uint64_t seenby_listener_id_t;

/* ---- Handles ----------------------------------------------------------------------------------------------------- */

/* Their values are no addresses: a handle that was freed, or is none, is told from a good one. */

/**
 * A client: one device of one user at a time. Made by `seenby_client_new`, freed by `seenby_client_free`; or the one of the
 * process, `seenby_shared_client`, which is never freed.
 */
typedef struct seenby_client_t seenby_client_t;

/** Turns what a list shows into reports (R33). Made by `seenby_tracker_new`, freed by `seenby_tracker_free`. */
typedef struct seenby_tracker_t seenby_tracker_t;

/**
 * A service inside this process, held and operated (R28). Made by `seenby_service_open`, freed by `seenby_service_free`.
 */
typedef struct seenby_service_t seenby_service_t;

/**
 * A piece of work for a dispatcher: run it with `seenby_job_run`, or drop it with `seenby_job_drop`; either ends the
 * handle.
 */
typedef struct seenby_job_t seenby_job_t;

/** What takes a new userSig: `seenby_token_accept` or `seenby_token_refuse`; either ends the handle. */
typedef struct seenby_token_reply_t seenby_token_reply_t;

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

/** No error. */
#define SEENBY_OK 0

/** Web only: the list of messages is empty. */
#define SEENBY_ERR_READ_RECEIPT_LIST_EMPTY 2114
/** No answer in time. */
#define SEENBY_ERR_REQUEST_TIMEOUT 6012
/** A call before init, or after uninit, on the client of the process. */
#define SEENBY_ERR_NOT_INITIALIZED 6013
/** A call before login, or after being kicked. */
#define SEENBY_ERR_NOT_LOGGED_IN 6014
/** A value is not allowed; the sentence names it, and says what would be right. */
#define SEENBY_ERR_INVALID_PARAMETERS 6017
/** The device knows that its userSig has run out. */
#define SEENBY_ERR_USER_SIG_EXPIRED_LOCALLY 6206
/** Another session of this user and device took over. */
#define SEENBY_ERR_KICKED_OFFLINE 6208
/** The call was cut short by shutdown, logout or `seenby_cancel`. */
#define SEENBY_ERR_INTERRUPTED 7009
/** Not supported here: receipts where the app rejects them (R8), or a documented call outside SeenBy. */
#define SEENBY_ERR_NOT_SUPPORTED 7013
/** Too many requests; the sentence and `retry_after_ms` tell how long to wait. */
#define SEENBY_ERR_TOO_FREQUENT 9506
/** No connection to the service. */
#define SEENBY_ERR_DISCONNECTED 9508
/** Connecting took too long. */
#define SEENBY_ERR_CONNECT_TIMEOUT 9510
/** The service refused the connection. */
#define SEENBY_ERR_CONNECT_REFUSED 9511
/** The service's host cannot be reached. */
#define SEENBY_ERR_UNREACHABLE 9512
/** The request was larger than a frame may be. */
#define SEENBY_ERR_TOO_LARGE 9522
/** The service failed inside; nothing was applied. */
#define SEENBY_ERR_SERVICE_INTERNAL 10002
/** An id is in use, by something else (R23, R25). */
#define SEENBY_ERR_CONFLICT 10004
/** Not entitled (R22). */
#define SEENBY_ERR_PERMISSION_DENIED 10007
/** The group does not exist, or was dismissed. */
#define SEENBY_ERR_GROUP_MISSING 10010
/** No receipts are known for this message, or not to this caller (R22). */
#define SEENBY_ERR_NO_RECEIPTS 10062
/** The userSig has run out. */
#define SEENBY_ERR_USER_SIG_EXPIRED 70001
/** The userSig is wrong: signature, app or user. */
#define SEENBY_ERR_USER_SIG_INVALID 70003
/** The message is longer than 12 KB. */
#define SEENBY_ERR_BODY_TOO_LONG 80002
/** A panic was caught; this client is closed for good. */
#define SEENBY_ERR_PANIC 90001
/** This call is not allowed inside a callback. */
#define SEENBY_ERR_CALLED_FROM_CALLBACK 90002
/** This client was closed, or the handle is none (NULL, freed, or of something else). */
#define SEENBY_ERR_CLOSED 90003
/** The data folder failed, is damaged, or belongs to another process. */
#define SEENBY_ERR_STORE 90004
/** The server's certificate was refused; the sentence names issuer and host. */
#define SEENBY_ERR_CERTIFICATE_REFUSED 90005
/** The service does not speak this version of the protocol. */
#define SEENBY_ERR_VERSION_REFUSED 90006
/** A frame that is not of the protocol, or not in this state. */
#define SEENBY_ERR_PROTOCOL 90007

/** A list of those who have read a message (R11). */
#define SEENBY_FILTER_READ 0
/** A list of those who have not. */
#define SEENBY_FILTER_UNREAD 1

/** Logged in; the line may be up or down. */
#define SEENBY_LOGIN_STATUS_LOGINED 1
/** A login is under way. */
#define SEENBY_LOGIN_STATUS_LOGINING 2
/** Nobody is logged in. */
#define SEENBY_LOGIN_STATUS_LOGOUT 3

/** A message on its way. */
#define SEENBY_MESSAGE_SENDING 1
/** The service has it. */
#define SEENBY_MESSAGE_SEND_SUCC 2
/** It did not get there; sending it again with its id cannot store it twice (R16). */
#define SEENBY_MESSAGE_SEND_FAIL 3
/** Deleted. */
#define SEENBY_MESSAGE_HAS_DELETED 4
/** Recalled. */
#define SEENBY_MESSAGE_LOCAL_REVOKED 6

/** A message without a body: a reference (R19), or one that was recalled. */
#define SEENBY_BODY_NONE 0
/** A text message. */
#define SEENBY_BODY_TEXT 1
/** A message of the app's own making. */
#define SEENBY_BODY_CUSTOM 2

/** As the service likes. */
#define SEENBY_PRIORITY_DEFAULT 0
/** High. */
#define SEENBY_PRIORITY_HIGH 1
/** Normal. */
#define SEENBY_PRIORITY_NORMAL 2
/** Low. */
#define SEENBY_PRIORITY_LOW 3

/** A member of a group. */
#define SEENBY_ROLE_MEMBER 200
/** Kicks members too. */
#define SEENBY_ROLE_ADMIN 300
/** Sets roles and dismisses too. */
#define SEENBY_ROLE_OWNER 400

/** An invitation or a kick that could not be done for this user. */
#define SEENBY_MEMBER_FAILED 0
/** It was done. */
#define SEENBY_MEMBER_DONE 1
/** It was a member already. */
#define SEENBY_MEMBER_ALREADY 2

/** What changed in a group: only how many members it has (above 1 000 members, R25). */
#define SEENBY_GROUP_COUNT 0
/** The group was created. */
#define SEENBY_GROUP_CREATED 1
/** Users joined. */
#define SEENBY_GROUP_JOINED 2
/** Users were invited. */
#define SEENBY_GROUP_INVITED 3
/** Users quit. */
#define SEENBY_GROUP_QUIT 4
/** Users were kicked. */
#define SEENBY_GROUP_KICKED 5
/** A member has another role. */
#define SEENBY_GROUP_ROLE_CHANGED 6
/** The group was dismissed. */
#define SEENBY_GROUP_DISMISSED 7

/** Draw a message on its way (R31). */
#define SEENBY_DRAW_SENDING 1
/** Draw that it did not get there. */
#define SEENBY_DRAW_FAILED 2
/** Draw that the service has it; nobody is known to have read it. */
#define SEENBY_DRAW_SENT 3
/** One to one: draw that the peer has read it. */
#define SEENBY_DRAW_READ_BY_PEER 4
/** Groups: draw that `read` of `of` have read it. */
#define SEENBY_DRAW_READ_BY 5
/** Groups: draw that everybody has, and there is somebody. */
#define SEENBY_DRAW_ALL_READ 6
/** Draw nothing: not one's own, without receipts, or deleted. */
#define SEENBY_DRAW_UNAVAILABLE 7

/** Log nothing. */
#define SEENBY_LOG_OFF 0
/** Log what went wrong in SeenBy or its surroundings. */
#define SEENBY_LOG_ERROR 1
/** And what an app's author should know. The default. */
#define SEENBY_LOG_WARN 2
/** And what an operator may want to know. */
#define SEENBY_LOG_INFO 3
/** And what helps to find faults. */
#define SEENBY_LOG_DEBUG 4
/** And everything. May hold ids; never bodies or tokens. */
#define SEENBY_LOG_TRACE 5

/** Not known: for the three-valued fields of `seenby_message_ref_t`. */
#define SEENBY_UNKNOWN (-1)

/* ---- What the library fills -------------------------------------------------------------------------------------- */

/** What went wrong: a number and a sentence. */
typedef struct seenby_error_t {
    /** One of SEENBY_ERR_*; the documented numbers. Later versions may have more. */
    int32_t code;
    /** For people; it names the offending value and what would be right. Not stable. */
    seenby_str_t message;
    /** With SEENBY_ERR_TOO_FREQUENT: when to try again, in ms. 0 otherwise. */
    uint64_t retry_after_ms;
} seenby_error_t;

/** A reader, and when. */
typedef struct seenby_reader_t {
    /** Who. */
    seenby_str_t user_id;
    /** When its receipt was accepted (R6), in ms. */
    int64_t timestamp_ms;
} seenby_reader_t;

/** A message's receipts, counted (R10), or a conversation mark of the peer (R14: then `msg_id` is empty). */
typedef struct seenby_receipt_t {
    /** The message. */
    seenby_str_t msg_id;
    /** `c2c_<peer>` or `group_<id>`. */
    seenby_str_t conversation_id;
    /** One to one: the peer. Empty in groups. */
    seenby_str_t user_id;
    /** Groups: the group. Empty one to one. */
    seenby_str_t group_id;
    /** The message's number in its conversation; 0 if this device does not know it. */
    uint64_t seq;
    /** One to one: when the peer read it, or marked the conversation, in ms; 0 before, and in groups. */
    int64_t timestamp_ms;
    /** Groups: how many have read it. 0 one to one. */
    uint32_t read_count;
    /** Groups: how many have not. 0 one to one. */
    uint32_t unread_count;
    /** One to one: whether the peer has read it. */
    bool is_peer_read;
    /** There were more new readers than `readers` holds. */
    bool more_readers;
    /** Those added since the last push, if `with_readers` was configured (R12); else none. */
    const seenby_reader_t *const *readers;
    /** How many `readers` has. */
    size_t reader_count;
    /** Of two summaries of one message the one with the higher position is the newer. */
    uint64_t position;
} seenby_receipt_t;

/** A message. */
typedef struct seenby_message_t {
    /** Empty until it was sent. */
    seenby_str_t msg_id;
    /** `c2c_<peer>` or `group_<id>`; empty until it was sent. */
    seenby_str_t conversation_id;
    /** One to one: the peer, in both directions. */
    seenby_str_t user_id;
    /** Groups: the group. */
    seenby_str_t group_id;
    /** Who sent it. */
    seenby_str_t sender;
    /** The sender's nick name when it was delivered; may be empty. */
    seenby_str_t nick_name;
    /** The sender's face URL when it was delivered; may be empty. */
    seenby_str_t face_url;
    /** Its number in the conversation; 0 until the service gave it. */
    uint64_t seq;
    /** When the service accepted it, in ms; the device's estimate before. */
    int64_t timestamp_ms;
    /** SEENBY_MESSAGE_*. */
    int32_t status;
    /** SEENBY_PRIORITY_*. */
    int32_t priority;
    /** SEENBY_BODY_*. */
    int32_t body;
    /** Whether the caller sent it. */
    bool is_self;
    /** Whether receipts are wanted; false again if the service downgraded it (R8). */
    bool need_read_receipt;
    /** Whether the caller's own receipt for it was sent, from any of its devices (R13). */
    bool has_sent_receipt;
    /** Whether the caller's mark covers it (R14). */
    bool is_read;
    /** One to one: whether the peer's mark covers it (R14). Not from receipts. */
    bool is_peer_read;
    /** Only for who was online (R20). */
    bool online_user_only;
    /** Does not count as unread. */
    bool is_excluded_from_unread_count;
    /** Is no conversation's last message. */
    bool is_excluded_from_last_message;
    /** SEENBY_BODY_TEXT: the text. */
    seenby_str_t text;
    /** SEENBY_BODY_CUSTOM: the data. */
    seenby_bytes_t data;
    /** SEENBY_BODY_CUSTOM: the documented description. */
    seenby_str_t description;
    /** SEENBY_BODY_CUSTOM: the documented extension. */
    seenby_str_t extension;
    /** Data the app attached. */
    seenby_bytes_t cloud_custom_data;
    /** The last known summary, in history (R18); NULL if there is none. */
    const seenby_receipt_t *receipt;
} seenby_message_t;

/** An entry of a read or unread list (R11). */
typedef struct seenby_read_member_t {
    /** Who. */
    seenby_str_t user_id;
    /** May be empty (R27). */
    seenby_str_t nick_name;
    /** May be empty (R27). */
    seenby_str_t face_url;
    /** When it read the message, in ms; 0 in the unread list. */
    int64_t timestamp_ms;
} seenby_read_member_t;

/** A group, as the caller sees it. */
typedef struct seenby_group_t {
    /** Its id. */
    seenby_str_t group_id;
    /** "Work", "Public", "Meeting", "Community" or "AVChatRoom". */
    seenby_str_t group_type;
    /** Its name; may be empty. */
    seenby_str_t name;
    /** Who owns it; empty in a group that a registered message made (R19). */
    seenby_str_t owner;
    /** When it was created, in ms. */
    int64_t created_ms;
    /** How many members it has now. */
    uint32_t member_count;
    /** The caller's role, SEENBY_ROLE_*. */
    int32_t role;
} seenby_group_t;

/** A member of a group. */
typedef struct seenby_group_member_t {
    /** Who. */
    seenby_str_t user_id;
    /** May be empty (R27). */
    seenby_str_t nick_name;
    /** May be empty (R27). */
    seenby_str_t face_url;
    /** When it joined (last), in ms. */
    int64_t joined_ms;
    /** SEENBY_ROLE_*. */
    int32_t role;
} seenby_group_member_t;

/** What became of one user of an invitation or a kick. */
typedef struct seenby_member_result_t {
    /** Who. */
    seenby_str_t user_id;
    /** SEENBY_MEMBER_*. */
    int32_t result;
} seenby_member_result_t;

/** A conversation (R26). */
typedef struct seenby_conversation_t {
    /** `c2c_<peer>` or `group_<id>`. */
    seenby_str_t conversation_id;
    /** One to one: the peer. */
    seenby_str_t user_id;
    /** Groups: the group. */
    seenby_str_t group_id;
    /** The last message that counts; NULL if there is none. */
    const seenby_message_t *last_message;
    /** Groups: what is known of it; NULL one to one. */
    const seenby_group_t *group;
    /** The highest seq. */
    uint64_t last_seq;
    /** The caller's mark: everything up to this seq is read. */
    uint64_t own_read_seq;
    /** One to one: the peer's mark, as far as it is shown (R14, R15). */
    uint64_t peer_read_seq;
    /** One to one: when the peer set it, in ms; 0 if never. */
    int64_t peer_read_ms;
    /** Messages of others after the caller's mark that count. */
    uint32_t unread_count;
} seenby_conversation_t;

/** What a user says of itself (R27). */
typedef struct seenby_profile_t {
    /** Who. */
    seenby_str_t user_id;
    /** May be empty. */
    seenby_str_t nick_name;
    /** May be empty. */
    seenby_str_t face_url;
} seenby_profile_t;

/** Something that happened in a group (R25). */
typedef struct seenby_group_change_t {
    /** The group. */
    seenby_str_t group_id;
    /** SEENBY_GROUP_*. Later versions may have more. */
    int32_t change;
    /** SEENBY_GROUP_ROLE_CHANGED: the new role, SEENBY_ROLE_*. Else 0. */
    int32_t role;
    /** Who did it; may be empty. */
    seenby_str_t by;
    /** To whom it was done. */
    const seenby_str_t *members;
    /** How many `members` has. */
    size_t member_list_count;
    /** How many members the group has now. */
    uint32_t member_count;
} seenby_group_change_t;

/** What to draw beside a message of one's own (R31). */
typedef struct seenby_draw_state_t {
    /** SEENBY_DRAW_*. */
    int32_t state;
    /** SEENBY_DRAW_READ_BY: how many have read it. Else 0. */
    uint32_t read;
    /** SEENBY_DRAW_READ_BY: of how many. Else 0. */
    uint32_t of;
} seenby_draw_state_t;

/* ---- The types of callbacks -------------------------------------------------------------------------------------- */

/* Each comes exactly once for its call, on the client's delivery thread or by its dispatcher, never inside the call.
   Pointers live until the callback returns. */

/**
 * Frees the user data of a callback: called exactly once, after the last use, also when a call fails. NULL: nothing to
 * free.
 */
typedef void (*seenby_destroy_fn)(void *user_data);

/** The end of a call that answers nothing. `error` is NULL on success. */
typedef void (*seenby_done_fn)(void *user_data, const seenby_error_t *error);

/** The end of a call that answers a message. On success `error` is NULL, otherwise `message` is. */
typedef void (*seenby_message_fn)(void *user_data, const seenby_error_t *error, const seenby_message_t *message);

/** The end of a call that answers messages. `is_finished`: there are no more in this direction. */
typedef void (*seenby_messages_fn)(void *user_data, const seenby_error_t *error,
    const seenby_message_t *const *messages, size_t count, bool is_finished);

/** The end of a call that answers receipts. */
typedef void (*seenby_receipts_fn)(void *user_data, const seenby_error_t *error,
    const seenby_receipt_t *const *receipts, size_t count);

/**
 * The end of a call that answers a page of readers, or of those who have not read. `next_seq`: what the next call passes;
 * 0 when finished.
 */
typedef void (*seenby_read_members_fn)(void *user_data, const seenby_error_t *error,
    const seenby_read_member_t *const *members, size_t count, uint64_t next_seq, bool is_finished);

/** The end of a call that answers a text. */
typedef void (*seenby_text_fn)(void *user_data, const seenby_error_t *error, seenby_str_t text);

/** The end of a call that answers a number. */
typedef void (*seenby_count_fn)(void *user_data, const seenby_error_t *error, uint64_t count);

/** The end of a call that answers groups. */
typedef void (*seenby_groups_fn)(void *user_data, const seenby_error_t *error, const seenby_group_t *const *groups,
    size_t count);

/** The end of a call that answers members of a group. `next_seq`: what the next call passes; 0 when finished. */
typedef void (*seenby_group_members_fn)(void *user_data, const seenby_error_t *error,
    const seenby_group_member_t *const *members, size_t count, uint64_t next_seq);

/** The end of a call that answers what became of each user. */
typedef void (*seenby_member_results_fn)(void *user_data, const seenby_error_t *error,
    const seenby_member_result_t *const *results, size_t count);

/** The end of a call that answers a page of conversations. `next_seq`: what the next call passes; 0 when finished. */
typedef void (*seenby_conversations_fn)(void *user_data, const seenby_error_t *error,
    const seenby_conversation_t *const *conversations, size_t count, uint64_t next_seq, bool is_finished);

/** The end of a call that answers a conversation. */
typedef void (*seenby_conversation_fn)(void *user_data, const seenby_error_t *error,
    const seenby_conversation_t *conversation);

/** The end of a call that answers profiles. */
typedef void (*seenby_profiles_fn)(void *user_data, const seenby_error_t *error,
    const seenby_profile_t *const *profiles, size_t count);

/** Takes a line of the log, on a thread of SeenBy that does nothing else. It may call any function. */
typedef void (*seenby_log_fn)(void *user_data, int32_t level, seenby_str_t message);

/**
 * Takes a job to run or drop, once, now or later, on any thread (contract 8). The next one comes when this one is over.
 */
typedef void (*seenby_dispatch_fn)(void *user_data, seenby_job_t *job);

/** The userSig of `user_id` has run out, or is about to: answer `reply`, now or later (R30). */
typedef void (*seenby_token_fn)(void *user_data, seenby_str_t user_id, seenby_token_reply_t *reply);

/* ---- What the host fills ----------------------------------------------------------------------------------------- */

/** How a client is set up. Begin with SEENBY_CONFIG_INIT, which sets the first two fields and leaves the rest empty. */
typedef struct seenby_config_t {
    /** sizeof(seenby_config_t). */
    uint32_t size;
    /** SEENBY_ABI_VERSION. */
    uint32_t abi_version;
    /** The app, `sdkAppID`: 1 to 4 294 967 295. */
    uint32_t app;
    /** 1 allows `ws://` to other machines, unencrypted. */
    uint8_t allow_plain;
    /** 1: pushes of receipts name the readers added since the last one (R12). */
    uint8_t with_readers;
    /** Reserved: 0. */
    uint16_t reserved;
    /**
     * Where to connect (R28): `wss://...`, `ws://...`, `embedded:`, `embedded:mem/NAME` or `embedded:file/PATH`. Not set: the
     * environment variable SEENBY_SERVER, else `embedded:`, which is logged as a warning.
     */
    seenby_str_t server;
    /**
     * Where the device keeps its outbox, index and cache. Not set: `seenby` in the user's folder for application data. A
     * folder belongs to one process at a time. Not used with a service in memory.
     */
    seenby_str_t data_dir;
    /** Clients that share a data folder and are to count as different devices give different labels (R30). */
    seenby_str_t device_label;
    /**
     * A PEM file with the certificates of the authorities to trust (R29). Not set: the platform's store (on Linux the system's
     * bundle, or the file that the environment variable SSL_CERT_FILE names; on Android Mozilla's, which are in the library).
     */
    seenby_str_t ca_file;
    /** `http://[user:password@]host:port` of an HTTP proxy. */
    seenby_str_t proxy;
    /** Name and version of the app, for the server's log. */
    seenby_str_t client_name;
    /** Base64 of SHA-256 of the public keys to accept (R29); NULL with `pin_count` 0: any valid certificate. */
    const seenby_str_t *pins;
    /** How many `pins` has. */
    size_t pin_count;
    /** How long a message must be seen to count as read by a tracker, in ms. 0: 300 (R33). */
    uint32_t seen_for_ms;
    /** How long a request waits for its answer before 6012, in ms. 0: 10 000. */
    uint32_t request_timeout_ms;
    /** How long opening a connection may take before 9510, in ms. 0: 10 000. */
    uint32_t connect_timeout_ms;
    /** Reserved: 0. */
    uint32_t reserved2;
    /** Runs callbacks and listeners where the host wants them. NULL: the client's delivery thread. */
    seenby_dispatch_fn dispatch;
    /** Passed to `dispatch`. */
    void *dispatch_user_data;
    /** Frees `dispatch_user_data`, when the client is gone; also when making it fails. */
    seenby_destroy_fn dispatch_destroy;
    /** Renews the userSig silently. NULL: `on_user_sig_expired`, then log in again. */
    seenby_token_fn token_provider;
    /** Passed to `token_provider`. */
    void *token_user_data;
    /** Frees `token_user_data`, when the client is gone; also when making it fails. */
    seenby_destroy_fn token_destroy;
} seenby_config_t;

/** A message to send. Begin with SEENBY_OUTGOING_MESSAGE_INIT. */
typedef struct seenby_outgoing_message_t {
    /** sizeof(seenby_outgoing_message_t). */
    uint32_t size;
    /** SEENBY_BODY_TEXT or SEENBY_BODY_CUSTOM. */
    int32_t body;
    /** SEENBY_PRIORITY_*. */
    int32_t priority;
    /** 1: receipts are wanted (R1). */
    uint8_t need_read_receipt;
    /** 1: only for who is online (R20). */
    uint8_t online_user_only;
    /** 1: does not count as unread. */
    uint8_t is_excluded_from_unread_count;
    /** 1: is no conversation's last message. */
    uint8_t is_excluded_from_last_message;
    /**
     * Not set for a new message. To send one again that failed: the id it got, so that it cannot be stored twice (R16).
     */
    seenby_str_t msg_id;
    /** SEENBY_BODY_TEXT: the text, at most 12 KB. */
    seenby_str_t text;
    /** SEENBY_BODY_CUSTOM: the data, at most 12 KB. */
    seenby_bytes_t data;
    /** SEENBY_BODY_CUSTOM: the documented description. */
    seenby_str_t description;
    /** SEENBY_BODY_CUSTOM: the documented extension. */
    seenby_str_t extension;
    /** Data the app attaches. */
    seenby_bytes_t cloud_custom_data;
} seenby_outgoing_message_t;

/**
 * A message that a call is about: what is known of it. `seenby_message_ref_of` makes one of a message; by hand it is the
 * `messageReference` (ours, R19): id, conversation if known, sender if known. Begin with
 * SEENBY_MESSAGE_REF_INIT. All of an array have the same size.
 */
typedef struct seenby_message_ref_t {
    /** sizeof(seenby_message_ref_t). */
    uint32_t size;
    /** 1 one's own, 0 somebody else's, SEENBY_UNKNOWN. */
    int32_t is_self;
    /** 1 with receipts, 0 without, SEENBY_UNKNOWN. */
    int32_t need_read_receipt;
    /** Reserved: 0. */
    uint32_t reserved;
    /** Its id. Not set: it was never sent. */
    seenby_str_t msg_id;
    /** `c2c_<peer>` or `group_<id>`. Not set: by id alone, found in the device's index or by the service (R23). */
    seenby_str_t conversation_id;
    /** Who sent it, if known: used where `is_self` is SEENBY_UNKNOWN. */
    seenby_str_t sender;
    /** Its number in the conversation, 0 if not known. */
    uint64_t seq;
} seenby_message_ref_t;

/**
 * Which messages of a conversation (R18): the documented V2TIMMessageListGetOption. Begin with SEENBY_HISTORY_QUERY_INIT.
 */
typedef struct seenby_history_query_t {
    /** sizeof(seenby_history_query_t). */
    uint32_t size;
    /** At most this many, 1 to 100. */
    uint32_t count;
    /** 1: newer than the anchor, oldest first; 0: older, newest first. */
    uint8_t newer;
    /** Reserved: 0. */
    uint8_t reserved[7];
    /** The peer; exactly one of this and `group_id` is set. */
    seenby_str_t user_id;
    /** The group. */
    seenby_str_t group_id;
    /** Begin beside this message, without it; wins over `last_msg_seq`. NULL: none. */
    const seenby_message_ref_t *last_msg;
    /** Begin at this seq, with it; 0: from the end. */
    uint64_t last_msg_seq;
    /** In seconds since 1970; 0: now. */
    int64_t time_begin_s;
    /** In seconds; 0: unbounded. The interval is closed. */
    int64_t time_period_s;
} seenby_history_query_t;

/** For whom receipts are left on the disk by `seenby_enqueue_receipts`. Begin with SEENBY_SPOOL_TARGET_INIT. */
typedef struct seenby_spool_target_t {
    /** sizeof(seenby_spool_target_t). */
    uint32_t size;
    /** As in the configuration. */
    uint32_t app;
    /** As in the configuration. */
    seenby_str_t server;
    /** As in the configuration. */
    seenby_str_t data_dir;
    /** The user who has read. */
    seenby_str_t user_id;
} seenby_spool_target_t;

/**
 * What `seenby_draw_state` looks at: fields of a message, and its latest summary. Begin with SEENBY_DRAW_QUERY_INIT.
 */
typedef struct seenby_draw_query_t {
    /** sizeof(seenby_draw_query_t). */
    uint32_t size;
    /** SEENBY_MESSAGE_*. */
    int32_t status;
    /** 1: one's own. */
    uint8_t is_self;
    /** 1: with receipts. */
    uint8_t need_read_receipt;
    /** 1: a summary is known, and the next fields are its. */
    uint8_t has_receipt;
    /** 1: the summary is of a group message; 0: of a message to one peer. */
    uint8_t is_group;
    /** One to one: the peer has read it. */
    uint8_t is_peer_read;
    /** Reserved: 0. */
    uint8_t reserved[3];
    /** Groups: how many have read it. */
    uint32_t read_count;
    /** Groups: how many have not. */
    uint32_t unread_count;
} seenby_draw_query_t;

/**
 * What an app hears without having asked. Any function may be NULL. Begin with SEENBY_LISTENER_INIT.
 *
 * They are called one at a time, in the order in which things happened. Pointers live until the function returns.
 */
typedef struct seenby_listener_t {
    /** sizeof(seenby_listener_t). */
    uint32_t size;
    /** Reserved: 0. */
    uint32_t reserved;
    /** Passed to every function. */
    void *user_data;
    /**
     * Frees `user_data`, exactly once: when the listener was removed and no call of it runs, or its client is gone; also
     * when adding it fails.
     */
    seenby_destroy_fn destroy;
    /** A connection is being opened (R30: each of these once per change). */
    void (*on_connecting)(void *user_data);
    /** The line is up. */
    void (*on_connect_success)(void *user_data);
    /** It could not be opened, or is gone; the client goes on trying. */
    void (*on_connect_failed)(void *user_data, const seenby_error_t *error);
    /** Another session of this user and device took over; nobody is logged in any more. */
    void (*on_kicked_offline)(void *user_data);
    /** The userSig has run out, and no token provider had a new one: log in again. */
    void (*on_user_sig_expired)(void *user_data);
    /** A message came (R18). */
    void (*on_recv_new_message)(void *user_data, const seenby_message_t *message);
    /** Messages of one's own were read (R12): the latest summary of each. */
    void (*on_recv_message_read_receipts)(void *user_data, const seenby_receipt_t *const *receipts, size_t count);
    /** Peers marked conversations as read (R14): `user_id` and `timestamp_ms` say who and when, `msg_id` is empty. */
    void (*on_recv_c2c_read_receipt)(void *user_data, const seenby_receipt_t *const *receipts, size_t count);
    /** Another device of this user sent receipts for these messages (R13). */
    void (*on_receipts_sent)(void *user_data, seenby_str_t conversation_id, const seenby_str_t *msg_ids, size_t count);
    /** A message was recalled (R32). */
    void (*on_recv_message_revoked)(void *user_data, seenby_str_t conversation_id, seenby_str_t msg_id, uint64_t seq, seenby_str_t operator_id);
    /** Conversations changed (R26). */
    void (*on_conversation_changed)(void *user_data, const seenby_conversation_t *const *conversations, size_t count);
    /** The number of all unread messages changed (R26). */
    void (*on_total_unread_message_count_changed)(void *user_data, uint64_t count);
    /** Something happened in a group (R25). */
    void (*on_group_changed)(void *user_data, const seenby_group_change_t *change);
    /** The privacy switch was changed from another device (R15). */
    void (*on_read_receipts_enabled_changed)(void *user_data, bool enabled);
} seenby_listener_t;

/* ---- The library itself ------------------------------------------------------------------------------------------ */

/* Versions, error texts, memory, the log. */

/**
 * The version of this library, SEENBY_VERSION of its header.
 *
 * @return A text that lives as long as the library, with a NUL byte at its end.
 */
SEENBY_API const char *seenby_version(void);

/**
 * Which interface this library has. A program that loads the library dynamically compares it with SEENBY_ABI_VERSION before
 * it calls anything else; seenby_client_new compares too.
 *
 * @return SEENBY_ABI_VERSION of its header.
 */
SEENBY_API uint32_t seenby_abi_version(void);

/**
 * What an error number means in general. The sentence that comes with an error says more: which value, and what would be
 * right.
 *
 * @param code  SEENBY_OK or SEENBY_ERR_*.
 * @return A sentence in English, with a NUL byte at its end, that lives as long as the library. Never NULL: a number that
 *         this library does not know has a sentence that says so.
 */
SEENBY_API const char *seenby_error_text(int32_t code);

/**
 * Why the last function on this thread that answers at once, and did not answer SEENBY_OK, was refused. One that succeeds
 * leaves it as it is. What comes by callbacks is told there, and not here.
 *
 * @return The error, or NULL if none has failed on this thread. It lives until the next one fails on this thread, or the
 *         thread ends.
 */
SEENBY_API const seenby_error_t *seenby_last_error(void);

/**
 * Frees a text that a function gave.
 *
 * @param string  The text; it is empty afterwards, `{NULL, 0}`. NULL, and a text that is empty in this way, do nothing.
 */
SEENBY_API void seenby_string_free(seenby_string_t *string);

/**
 * Says where the log of this process goes, and how much of it. Until this is called, warnings and errors go to stderr. At
 * the levels error and warn no line holds a user's or message's id, a body or a token (R34).
 *
 * @param level      SEENBY_LOG_*: this and what is graver is logged.
 * @param user_data  Passed to `sink`, then to `destroy`.
 * @param sink       Takes lines, one at a time, on a thread of its own, `seenby-log`. Up to 1 024 lines wait for it; what is
 *                   lost beyond is counted and told. It may do what callbacks may; what it makes SeenBy log comes to it too.
 *                   NULL: stderr.
 * @param destroy    Frees `user_data`, exactly once, when the sink was replaced and no call of it runs; also when this is
 *                   refused.
 * @return SEENBY_OK or an error number.
 *
 * Outside of callbacks this waits for a call of the old sink that is running: when it has returned, the old one is not
 * called any more, and was freed. Inside a callback, the sink's own too, it does not wait: then at most the call that is
 * running goes on, and the old one is freed after it.
 *
 * Errors: 6017 a level that is none; 10002 the system gives no thread.
 */
SEENBY_API int32_t seenby_set_log_sink(int32_t level, void *user_data, seenby_log_fn sink, seenby_destroy_fn destroy);

/**
 * Logs a line of a layer over this library, or of the app, to where the log goes. Never waits.
 *
 * @param level    SEENBY_LOG_ERROR to SEENBY_LOG_TRACE.
 * @param message  The line. At the levels error and warn it holds no ids, bodies or tokens (R34).
 * @return SEENBY_OK or an error number; SEENBY_OK too for a line that is not logged at the level that was set.
 *
 * Errors: 6017 a level that is none, or a text that is not UTF-8.
 */
SEENBY_API int32_t seenby_log(int32_t level, seenby_str_t message);

/* ---- Clients ----------------------------------------------------------------------------------------------------- */

/* Made, freed, the one of the process; who is logged in, and what the system says. */

/**
 * Makes a client (the documented init): one device of one user at a time. There may be several in a process. It connects at
 * seenby_login.
 *
 * @param config      How it is set up; borrowed for the call, but for what the struct says is freed later.
 * @param out_client  Gets the client. Free it with seenby_client_free.
 * @return SEENBY_OK or an error number.
 *
 * Opens the data folder, which takes as long as the disk does. Its `dispatch_destroy` and `token_destroy` are called exactly
 * once, also when it is refused: but if the size or the ABI version is wrong nothing in the struct can be relied on, and
 * nothing of it is called.
 *
 * Errors: 6017 names the field that is wrong, or both ABI versions; 90004 a data folder that is damaged, or that another
 * process has open.
 */
SEENBY_API int32_t seenby_client_new(const seenby_config_t *config, seenby_client_t **out_client);

/**
 * Ends a client for good: calls that are out end with 7009, on the usual thread, possibly after this has returned; later
 * ones with 90003, on the thread `seenby-fallback`. Never waits, and may be called inside a callback. When the last callback
 * has come, the client's listeners are freed. Another time it does nothing.
 *
 * @param client  The client; its handle stays. Not the one of the process: seenby_shared_uninit ends that.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6017 the client of the process; 90003 the handle is none.
 */
SEENBY_API int32_t seenby_client_shutdown(seenby_client_t *client);

/**
 * Ends a client as seenby_client_shutdown does, and its handle: later calls with it answer 90003. Does not wait: callbacks
 * of calls that were out come afterwards, with 7009.
 *
 * @param client  The client. NULL does nothing.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6017 the client of the process; 90002 inside a callback: call seenby_client_shutdown there; 90003 the handle is
 * none.
 */
SEENBY_API int32_t seenby_client_free(seenby_client_t *client);

/**
 * The client of the process, which is the one of the documented singleton (V2TIMManager::GetInstance): always the same
 * handle, from the start to the end of the process, never freed. Before seenby_shared_init and after seenby_shared_uninit
 * its calls answer 6013; listeners may be added all the same.
 *
 * @return The client.
 */
SEENBY_API seenby_client_t *seenby_shared_client(void);

/**
 * Makes the client of the process (the documented initSDK). As seenby_client_new; listeners that were added before are
 * heard from now on.
 *
 * @param config  As for seenby_client_new.
 * @return SEENBY_OK or an error number.
 *
 * Errors: as seenby_client_new; 6017 also if it is initialized already.
 */
SEENBY_API int32_t seenby_shared_init(const seenby_config_t *config);

/**
 * Ends the client of the process (the documented unInitSDK): calls that are out end with 7009, later ones with 6013. Never
 * waits, and may be called inside a callback. Listeners stay for the next seenby_shared_init.
 *
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6013 it is not initialized.
 */
SEENBY_API int32_t seenby_shared_uninit(void);

/**
 * Logs a user in. Once it has succeeded the client keeps the line by itself, and comes back after a loss, with growing
 * pauses (R30). The user who is logged in already: its userSig is renewed, outbox and listeners stay. Another one: logged
 * out first; its outbox stays for when it comes back.
 *
 * @param client     The client.
 * @param user_id    Who.
 * @param user_sig   A userSig that the app's backend made; any text for a service inside this process.
 * @param user_data  Passed to `callback`, then to `destroy`.
 * @param callback   Comes when the service has answered, or could not be reached.
 * @param destroy    Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6017 a wrong value; 9508 to 9512 the service was not reached, and nobody is logged in; 70001 an expired, 70003 a
 * wrong userSig; 90005, 90006 the server was not accepted.
 */
SEENBY_API seenby_call_t seenby_login(seenby_client_t *client, seenby_str_t user_id, seenby_str_t user_sig,
    void *user_data, seenby_done_fn callback, seenby_destroy_fn destroy);

/**
 * Logs out. What is in the outbox stays on the device and is sent when the user logs in again (R16); calls that are out end
 * with 7009.
 *
 * @param client     The client.
 * @param user_data  Passed to `callback`, then to `destroy`.
 * @param callback   Comes when nobody is logged in any more.
 * @param destroy    Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6014 nobody is logged in.
 */
SEENBY_API seenby_call_t seenby_logout(seenby_client_t *client, void *user_data, seenby_done_fn callback,
    seenby_destroy_fn destroy);

/**
 * Takes a call back: its callback comes with 7009, unless the call ended before. What was sent takes effect all the same.
 *
 * @param client  The client of the call.
 * @param call    What the call returned. One that has ended, or never was, is no error.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6013 the client of the process is not initialized; 90003 the handle is none.
 */
SEENBY_API int32_t seenby_cancel(seenby_client_t *client, seenby_call_t call);

/**
 * Who is logged in, or logging in.
 *
 * @param client       The client.
 * @param out_user_id  Gets the user's id, or an empty text if there is none. Free it with seenby_string_free.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6013 the client of the process is not initialized; 90003 the client was shut down, or the handle is none.
 */
SEENBY_API int32_t seenby_login_user(seenby_client_t *client, seenby_string_t *out_user_id);

/**
 * Whether somebody is logged in.
 *
 * @param client      The client.
 * @param out_status  Gets SEENBY_LOGIN_STATUS_*.
 * @return SEENBY_OK or an error number.
 *
 * Errors: as seenby_login_user.
 */
SEENBY_API int32_t seenby_login_status(seenby_client_t *client, int32_t *out_status);

/**
 * The device's estimate of the service's clock.
 *
 * @param client       The client.
 * @param out_time_ms  Gets the time, in ms since 1970.
 * @return SEENBY_OK or an error number.
 *
 * Errors: as seenby_login_user.
 */
SEENBY_API int32_t seenby_server_time_ms(seenby_client_t *client, int64_t *out_time_ms);

/**
 * The system says that the network is there, or gone: the client connects at once, or sleeps.
 *
 * @param client     The client.
 * @param available  1 or 0.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6017 neither 0 nor 1; else as seenby_login_user.
 */
SEENBY_API int32_t seenby_network_available(seenby_client_t *client, int32_t available);

/**
 * The app came to the foreground, or went to the background. Until told otherwise it counts as being in the foreground.
 * The client's read trackers are told as well.
 *
 * @param client      The client.
 * @param foreground  1 or 0.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6017 neither 0 nor 1; else as seenby_login_user.
 */
SEENBY_API int32_t seenby_foreground(seenby_client_t *client, int32_t foreground);

/**
 * For people who look for a fault (R34): endpoint, state, length of the outbox, last errors, versions. It holds no ids.
 *
 * @param client    The client; it may have been shut down.
 * @param out_json  Gets a JSON object, whose keys are not stable. Free it with seenby_string_free.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6013 the client of the process is not initialized; 90003 the handle is none.
 */
SEENBY_API int32_t seenby_debug_state(seenby_client_t *client, seenby_string_t *out_json);

/**
 * For layers over this one that catch what the app's code throws, which must not leave a callback: logs that it happened,
 * and counts it in seenby_debug_state. The client goes on.
 *
 * @param client  The client whose callback it was. It is logged also if this is none, or was shut down.
 * @param what    What the exception says. It may hold anything, ids too, and so is logged at level debug, not at error
 *                (R34).
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6013 the client of the process is not initialized; 6017 `what` is not UTF-8; 90003 the handle is none.
 */
SEENBY_API int32_t seenby_report_exception(seenby_client_t *client, seenby_str_t what);

/* ---- Listeners --------------------------------------------------------------------------------------------------- */

/* What the app hears without having asked. */

/**
 * Adds a listener: it hears what happens from now on, after those that were added before. They are called on the client's
 * delivery thread, or by its dispatcher, one at a time.
 *
 * The client of the process takes listeners at any time; they stay, also through seenby_shared_uninit, until they are
 * removed.
 *
 * @param client    The client.
 * @param listener  The functions and their user data; the struct is borrowed for the call. Adding one twice makes two, which
 *                  are called and freed each for itself.
 * @param out_id    Gets the number for seenby_remove_listener. The listener may be called before it is written.
 * @return SEENBY_OK or an error number.
 *
 * Its `destroy` is called exactly once, also when this is refused: but if the size is wrong nothing in the struct can be
 * relied on, and nothing of it is called.
 *
 * Errors: 6017 a wrong struct, or no `out_id`; 90003 the client was shut down, or the handle is none.
 */
SEENBY_API int32_t seenby_add_listener(seenby_client_t *client, const seenby_listener_t *listener,
    seenby_listener_id_t *out_id);

/**
 * Removes a listener: no call of it starts after this has returned. Outside of callbacks this also waits for a call that is
 * running on another thread. Inside a callback, of any client, it never waits: a listener that is removed in another client's
 * callback may still be running. It may remove itself.
 *
 * @param client  The client it was added to; it may have been shut down.
 * @param id      What seenby_add_listener gave.
 * @return SEENBY_OK or an error number.
 *
 * Its `destroy` is called when no call of it runs any more: before this returns or soon after, on the thread that was the
 * last to use it.
 *
 * Errors: 6017 the client has no such listener (any more); 90003 the handle is none.
 */
SEENBY_API int32_t seenby_remove_listener(seenby_client_t *client, seenby_listener_id_t id);

/* ---- Where callbacks run, and where new userSigs come from ------------------------------------------------------- */

/* What the host gives with its configuration. */

/**
 * Runs a dispatcher's job here and now: callbacks and listeners are called inside this function. Ends the handle.
 *
 * @param job  What the dispatcher's function got; run or dropped exactly once, on any thread, now or later. Until then the
 *             client brings nothing else.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 90003 the handle is none: the job was run or dropped before.
 */
SEENBY_API int32_t seenby_job_run(seenby_job_t *job);

/**
 * Drops a dispatcher's job, because there is nobody left to run it: it counts as delivered, its callbacks never come, and
 * their `destroy` functions are called inside this function. Ends the handle.
 *
 * @param job  As for seenby_job_run.
 * @return SEENBY_OK or an error number.
 *
 * Errors: as seenby_job_run.
 */
SEENBY_API int32_t seenby_job_drop(seenby_job_t *job);

/**
 * Gives a new userSig to who asked for one. Ends the handle, unless it is refused. Does not wait; may be called on any
 * thread, also after the client was freed, when it does nothing.
 *
 * @param reply     What the token provider's function got.
 * @param user_sig  The new userSig.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6017 the userSig is empty or not UTF-8; 90003 the handle is none: it was answered before.
 */
SEENBY_API int32_t seenby_token_accept(seenby_token_reply_t *reply, seenby_str_t user_sig);

/**
 * Says that there is no new userSig: the app hears `on_user_sig_expired` when the old one has run out, and logs in again.
 * Ends the handle, unless it is refused.
 *
 * @param reply  What the token provider's function got.
 * @param why    A sentence for people who look for a fault; logged at level debug. May be empty.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6017 the sentence is not UTF-8; 90003 the handle is none: it was answered before.
 */
SEENBY_API int32_t seenby_token_refuse(seenby_token_reply_t *reply, seenby_str_t why);

/* ---- Messages ---------------------------------------------------------------------------------------------------- */

/* Sent, recalled, found; kept, referred to, drawn. */

/**
 * Sends a message to a user or to a group: the documented sendMessage (R18). It has its id at once, in `out_message`;
 * to send it again when it failed, set that as `msg_id`, and it cannot be stored twice (R16).
 *
 * @param client      The client.
 * @param message     What to send. Borrowed for the call.
 * @param receiver    The user; exactly one of this and `group_id` is set.
 * @param group_id    The group.
 * @param out_message Where the message goes as it stands now: SEENBY_MESSAGE_SENDING with its id, or, refused at once,
 *                    SEENBY_MESSAGE_SEND_FAIL without one; NULL if there is no client or no message to read. It
 *                    belongs to the caller, who frees it with seenby_message_free. It is set when this function returns.
 *                    May be NULL.
 * @param user_data   Passed to `callback`, then to `destroy`.
 * @param callback    Comes when the service has it, with its seq and time.
 * @param destroy     Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 both or neither of receiver and group, a wrong value, or it
 * says nothing; 7013 receipts where the app rejects them (R8); 9508 and its like: the line is down; 10007 not a member;
 * 10010 there is no such group; 80002 longer than 12 KB.
 */
SEENBY_API seenby_call_t seenby_send_message(seenby_client_t *client, const seenby_outgoing_message_t *message,
    seenby_str_t receiver, seenby_str_t group_id, seenby_message_t **out_message, void *user_data,
    seenby_message_fn callback, seenby_destroy_fn destroy);

/**
 * Takes a message of one's own back, and with it its receipts: the documented revokeMessage (R32).
 *
 * @param client    The client.
 * @param message   Which. Borrowed for the call.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes when it is done.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong value, or it was never sent; 9508 the line is down;
 * 10007 not one's own.
 */
SEENBY_API seenby_call_t seenby_revoke_message(seenby_client_t *client, const seenby_message_ref_t *message,
    void *user_data, seenby_done_fn callback, seenby_destroy_fn destroy);

/**
 * Messages older or newer than a place in a conversation: the documented getHistoryMessageList (R18).
 *
 * @param client    The client.
 * @param query     Which. Borrowed for the call.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes with the page: older ones newest first, newer ones oldest first.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong value, or a `last_msg` that is not known on this
 * device; 9508 the line is down; 10007 not a member; 10010 there is no such group.
 */
SEENBY_API seenby_call_t seenby_get_history_message_list(seenby_client_t *client, const seenby_history_query_t *query,
    void *user_data, seenby_messages_fn callback, seenby_destroy_fn destroy);

/**
 * The messages with these ids that the caller may see, in this order: the documented findMessages (R18). The others are
 * left out.
 *
 * @param client    The client.
 * @param msg_ids   Their ids. Borrowed for the call.
 * @param count     How many; at least 1.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes with the messages.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 an empty list, a wrong id; 9508 the line is down.
 */
SEENBY_API seenby_call_t seenby_find_messages(seenby_client_t *client, const seenby_str_t *msg_ids, size_t count,
    void *user_data, seenby_messages_fn callback, seenby_destroy_fn destroy);

/**
 * Copies a message, for keeping it longer than its callback. Any thread; needs no client.
 *
 * @param message     One that a callback or a call gave, and that is still there.
 * @param out_message Where the copy goes. The caller frees it with seenby_message_free.
 * @return SEENBY_OK, or 6017: NULL.
 */
SEENBY_API int32_t seenby_message_clone(const seenby_message_t *message, seenby_message_t **out_message);

/**
 * Frees a message that belongs to the caller: one that seenby_message_clone or seenby_send_message gave. Any thread.
 *
 * @param message The message.
 * @return SEENBY_OK, or 90003: NULL, freed before, or lent by a callback. Nothing happens to it then.
 */
SEENBY_API int32_t seenby_message_free(seenby_message_t *message);

/**
 * Makes what calls take of a message. Any thread; needs no client.
 *
 * @param message One that a callback or a call gave, and that is still there.
 * @param out_ref Where it goes; its `size` is set by the caller, as SEENBY_MESSAGE_REF_INIT does. Its texts are the
 *                message's, and live as long as that.
 * @return SEENBY_OK, or 6017: NULL, or a wrong size.
 */
SEENBY_API int32_t seenby_message_ref_of(const seenby_message_t *message, seenby_message_ref_t *out_ref);

/**
 * Whether a reference made by hand names a message: an id, and texts within their limits (R19, R23). The calls that take
 * references check them too; this tells at once. Any thread; needs no client.
 *
 * @param message The reference.
 * @return SEENBY_OK, or 6017: NULL, a wrong size, no id, or a wrong value, which the sentence names.
 */
SEENBY_API int32_t seenby_message_ref_check(const seenby_message_ref_t *message);

/**
 * What to draw beside a message of one's own (R31), the same on every platform. Any thread; needs no client.
 *
 * @param query     Fields of the message, and of its latest summary.
 * @param out_state Where the state goes.
 * @return SEENBY_OK, or 6017: NULL, or a wrong value.
 */
SEENBY_API int32_t seenby_draw_state(const seenby_draw_query_t *query, seenby_draw_state_t *out_state);

/* ---- Receipts ---------------------------------------------------------------------------------------------------- */

/* Report, ask, list who has read. */

/**
 * "I have read these" (R2): the documented sendMessageReadReceipts.
 *
 * @param client    The client.
 * @param messages  Messages of one conversation (R3), as many as one likes (R4). One's own and those without receipts are
 *                  skipped. Borrowed for the call.
 * @param count     How many. 0 is SEENBY_ERR_INVALID_PARAMETERS.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes when the receipts are durable: on the service, or, with the line down or slow, on this device,
 *                  from where they go out by themselves (R16).
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6014 nobody is logged in; 6017 an empty list, messages of two conversations, a wrong value; 90004 the device's
 * store refused.
 */
SEENBY_API seenby_call_t seenby_send_message_read_receipts(seenby_client_t *client,
    const seenby_message_ref_t *messages, size_t count, void *user_data, seenby_done_fn callback,
    seenby_destroy_fn destroy);

/**
 * How far messages of one's own have been read: the documented getMessageReadReceipts (R10).
 *
 * @param client    The client.
 * @param messages  Messages of one conversation (R3), as many as one likes (R4). Borrowed for the call.
 * @param count     How many. 0 is SEENBY_ERR_INVALID_PARAMETERS.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes with the receipts, in this order; those one may not see are left out.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 an empty list, messages of two conversations, a wrong
 * value; 9508 the line is down; 10062 none of them has receipts that the caller may see.
 */
SEENBY_API seenby_call_t seenby_get_message_read_receipts(seenby_client_t *client,
    const seenby_message_ref_t *messages, size_t count, void *user_data, seenby_receipts_fn callback,
    seenby_destroy_fn destroy);

/**
 * What this device remembers of messages' receipts, without asking the service; works offline (ours, R16).
 *
 * @param client    The client.
 * @param msg_ids   The messages' ids. Borrowed for the call.
 * @param count     How many.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes with what is known, in this order; the others are left out.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6014 nobody is logged in; 6017 a wrong id.
 */
SEENBY_API seenby_call_t seenby_cached_receipts(seenby_client_t *client, const seenby_str_t *msg_ids, size_t count,
    void *user_data, seenby_receipts_fn callback, seenby_destroy_fn destroy);

/**
 * Who has read a group message, or who has not: the documented getGroupMessageReadMemberList (R11).
 *
 * @param client    The client.
 * @param message   The message. Borrowed for the call.
 * @param filter    SEENBY_FILTER_READ or SEENBY_FILTER_UNREAD.
 * @param next_seq  0 for the first page, then what the last page gave.
 * @param count     At most this many, 1 to 100.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes with the page: readers in the order of their receipts, the others in the order of joining.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong filter, count or place, or no group message; 9508
 * the line is down; 10062 no receipts are known for it, or not to the caller (R22).
 */
SEENBY_API seenby_call_t seenby_get_group_message_read_member_list(seenby_client_t *client,
    const seenby_message_ref_t *message, int32_t filter, uint64_t next_seq, uint32_t count, void *user_data,
    seenby_read_members_fn callback, seenby_destroy_fn destroy);

/**
 * Leaves receipts on the disk for the next client of this user in this data folder (ours, R16): for a notification's
 * action, which has no time for more. Any process may, with or without a client. They count from now; what is left is on
 * the disk when this returns. It touches the disk: not for a thread that draws.
 *
 * @param target   For whom. Borrowed for the call.
 * @param messages The messages that were read. Borrowed for the call.
 * @param count    How many; at least 1.
 * @return SEENBY_OK, or 6017: a wrong value, an empty list, or a service in memory, which nobody can reach later; 90004: the
 * disk refused.
 */
SEENBY_API int32_t seenby_enqueue_receipts(const seenby_spool_target_t *target, const seenby_message_ref_t *messages,
    size_t count);

/**
 * Switches one's receipts off or on, for all of one's devices (ours, R15): off, one neither sends any nor sees the other's.
 * Works offline.
 *
 * @param client    The client.
 * @param enabled   1 on, 0 off.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes when the switch is durable, on the service or on this device (R16).
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6014 nobody is logged in; 6017 neither 0 nor 1; 90004 the device's store refused.
 */
SEENBY_API seenby_call_t seenby_set_read_receipts_enabled(seenby_client_t *client, int32_t enabled, void *user_data,
    seenby_done_fn callback, seenby_destroy_fn destroy);

/* ---- Conversation marks ------------------------------------------------------------------------------------------ */

/* Everything up to here is read (R14). */

/**
 * Marks everything that this device has received from a user as read: the documented markC2CMessageAsRead (R14). It sets
 * the unread count to 0 and tells the peer by `on_recv_c2c_read_receipt`; it makes no receipts.
 *
 * @param client    The client.
 * @param user_id   The peer.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes when the mark is durable, on the service or on this device (R16).
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6014 nobody is logged in; 6017 a wrong id; 90004 the device's store refused.
 */
SEENBY_API seenby_call_t seenby_mark_c2c_message_as_read(seenby_client_t *client, seenby_str_t user_id,
    void *user_data, seenby_done_fn callback, seenby_destroy_fn destroy);

/**
 * Marks everything that this device has received in a group as read: the documented markGroupMessageAsRead (R14). It sets
 * the unread count to 0; it makes no receipts.
 *
 * @param client    The client.
 * @param group_id  The group.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes when the mark is durable, on the service or on this device (R16).
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6014 nobody is logged in; 6017 a wrong id; 90004 the device's store refused.
 */
SEENBY_API seenby_call_t seenby_mark_group_message_as_read(seenby_client_t *client, seenby_str_t group_id,
    void *user_data, seenby_done_fn callback, seenby_destroy_fn destroy);

/**
 * Marks everything that this device has received, in all conversations, as read: the documented markAllMessageAsRead (R14).
 * It makes no receipts.
 *
 * @param client    The client.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes when the marks are durable, on the service or on this device (R16).
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6014 nobody is logged in; 90004 the device's store refused.
 */
SEENBY_API seenby_call_t seenby_mark_all_message_as_read(seenby_client_t *client, void *user_data,
    seenby_done_fn callback, seenby_destroy_fn destroy);

/**
 * Marks a conversation, or many, as read: the documented cleanConversationUnreadMessageCount (R14). The two numbers only
 * lower what is marked; they never mark more than this device has received. It makes no receipts.
 *
 * @param client            The client.
 * @param conversation_id   `c2c_<peer>`, `group_<id>`, "c2c" for all of that kind, "group" for all of that kind, or not set
 *                          for all.
 * @param clean_timestamp_s One to one: only messages up to this time, in seconds since 1970. 0: all.
 * @param clean_sequence    Groups: only messages up to this seq. 0: all.
 * @param user_data         Passed to `callback`, then to `destroy`.
 * @param callback          Comes when the marks are durable, on the service or on this device (R16).
 * @param destroy           Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6014 nobody is logged in; 6017 what is no conversation; 90004 the device's store refused.
 */
SEENBY_API seenby_call_t seenby_clean_conversation_unread_message_count(seenby_client_t *client,
    seenby_str_t conversation_id, uint64_t clean_timestamp_s, uint64_t clean_sequence, void *user_data,
    seenby_done_fn callback, seenby_destroy_fn destroy);

/* ---- The read tracker -------------------------------------------------------------------------------------------- */

/* What a list shows, turned into reports (R33). */

/**
 * Makes a read tracker: it is told which messages are on the screen, and reports those of others that were seen for long
 * enough (`seen_for_ms` of the configuration), each once, while the app is in the foreground. It counts as being there until
 * seenby_tracker_foreground, or seenby_foreground of its client, says otherwise.
 *
 * @param client           The client that reports; the tracker keeps it until it is freed.
 * @param conversation_id  `c2c_<peer>` or `group_<id>` that all messages are of which do not say; may be empty.
 * @param out_tracker      Gets the tracker. Free it with seenby_tracker_free.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6013 the client of the process is not initialized; 6017 what is no conversation; 90003 the client was shut down,
 * or the handle is none.
 */
SEENBY_API int32_t seenby_tracker_new(seenby_client_t *client, seenby_str_t conversation_id,
    seenby_tracker_t **out_tracker);

/**
 * These messages came onto the screen.
 *
 * @param tracker   The tracker.
 * @param messages  The messages, borrowed for the call. One's own and those without receipts may be among them.
 * @param count     How many; 0 does nothing.
 * @return SEENBY_OK or an error number.
 *
 * What it reports later goes through the outbox (R16); a report that is refused, because nobody is logged in say, is logged.
 *
 * Errors: 6013, 90003 the client was shut down, or the handle is none; 6017 a wrong value.
 */
SEENBY_API int32_t seenby_tracker_visible(seenby_tracker_t *tracker, const seenby_message_ref_t *messages,
    size_t count);

/**
 * These messages left the screen.
 *
 * @param tracker   The tracker.
 * @param messages  The messages, borrowed for the call.
 * @param count     How many; 0 does nothing.
 * @return SEENBY_OK or an error number.
 *
 * Errors: as seenby_tracker_visible.
 */
SEENBY_API int32_t seenby_tracker_hidden(seenby_tracker_t *tracker, const seenby_message_ref_t *messages,
    size_t count);

/**
 * The app came to the foreground, or went to the background: then what was seen for long enough is reported at once.
 *
 * @param tracker     The tracker.
 * @param foreground  1 or 0.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6013, 90003 the client was shut down, or the handle is none; 6017 neither 0 nor 1.
 */
SEENBY_API int32_t seenby_tracker_foreground(seenby_tracker_t *tracker, int32_t foreground);

/**
 * Ends a tracker: what was seen for long enough by now is reported. Does not wait.
 *
 * @param tracker  The tracker. NULL does nothing.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 90003 the handle is none.
 */
SEENBY_API int32_t seenby_tracker_free(seenby_tracker_t *tracker);

/* ---- Groups and who is in them (R25) ----------------------------------------------------------------------------- */

/**
 * Creates a group, which the caller owns: the documented createGroup (R25).
 *
 * @param client     The client.
 * @param group_type "Work" (members invite), "Public" (anyone joins), "Meeting" (anyone joins and sees what was before),
 *                   "Community" or "AVChatRoom" (never with receipts, R8).
 * @param group_id   Its id, 1 to 64 bytes. Not set: the service makes one.
 * @param name       Its name, at most 256 bytes; may be empty.
 * @param members    Who is in it from the beginning, besides the caller. Borrowed for the call; NULL with 0: nobody.
 * @param count      How many.
 * @param user_data  Passed to `callback`, then to `destroy`.
 * @param callback   Comes with the group's id.
 * @param destroy    Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong type, id or name; 9508 the line is down; 10004 the
 * id is in use.
 */
SEENBY_API seenby_call_t seenby_create_group(seenby_client_t *client, seenby_str_t group_type, seenby_str_t group_id,
    seenby_str_t name, const seenby_str_t *members, size_t count, void *user_data, seenby_text_fn callback,
    seenby_destroy_fn destroy);

/**
 * Joins a group of a type that anyone joins: the documented joinGroup (R25).
 *
 * @param client    The client.
 * @param group_id  The group.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes when it is done.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong id; 9508 the line is down; 10007 a Work group;
 * 10010 there is no such group.
 */
SEENBY_API seenby_call_t seenby_join_group(seenby_client_t *client, seenby_str_t group_id, void *user_data,
    seenby_done_fn callback, seenby_destroy_fn destroy);

/**
 * Leaves a group: the documented quitGroup (R25).
 *
 * @param client    The client.
 * @param group_id  The group.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes when it is done.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong id; 9508 the line is down; 10007 not a member, or
 * the owner, who dismisses it; 10010 there is no such group.
 */
SEENBY_API seenby_call_t seenby_quit_group(seenby_client_t *client, seenby_str_t group_id, void *user_data,
    seenby_done_fn callback, seenby_destroy_fn destroy);

/**
 * Ends a group of one's own: the documented dismissGroup (R25). Its members hear of it by `on_group_changed`.
 *
 * @param client    The client.
 * @param group_id  The group.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes when it is done.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong id; 9508 the line is down; 10007 not the owner;
 * 10010 there is no such group.
 */
SEENBY_API seenby_call_t seenby_dismiss_group(seenby_client_t *client, seenby_str_t group_id, void *user_data,
    seenby_done_fn callback, seenby_destroy_fn destroy);

/**
 * Brings users into a Work group: the documented inviteUserToGroup (R25).
 *
 * @param client    The client.
 * @param group_id  The group.
 * @param users     Whom. Borrowed for the call.
 * @param count     How many; at least 1.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes with what became of each.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 an empty list, a wrong id; 9508 the line is down; 10007 not
 * a member, or not a Work group; 10010 there is no such group.
 */
SEENBY_API seenby_call_t seenby_invite_user_to_group(seenby_client_t *client, seenby_str_t group_id,
    const seenby_str_t *users, size_t count, void *user_data, seenby_member_results_fn callback,
    seenby_destroy_fn destroy);

/**
 * Removes members: the documented kickGroupMember (R25). Owners and admins may.
 *
 * @param client    The client.
 * @param group_id  The group.
 * @param users     Whom. Borrowed for the call.
 * @param count     How many; at least 1.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes with what became of each.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 an empty list, a wrong id; 9508 the line is down; 10007 not
 * entitled; 10010 there is no such group.
 */
SEENBY_API seenby_call_t seenby_kick_group_member(seenby_client_t *client, seenby_str_t group_id,
    const seenby_str_t *users, size_t count, void *user_data, seenby_member_results_fn callback,
    seenby_destroy_fn destroy);

/**
 * Makes a member an admin, or an admin a member: the documented setGroupMemberRole (R25). The owner may.
 *
 * @param client    The client.
 * @param group_id  The group.
 * @param user_id   Whose role.
 * @param role      SEENBY_ROLE_MEMBER or SEENBY_ROLE_ADMIN.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes when it is done.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong id or role; 9508 the line is down; 10007 not the
 * owner; 10010 there is no such group.
 */
SEENBY_API seenby_call_t seenby_set_group_member_role(seenby_client_t *client, seenby_str_t group_id,
    seenby_str_t user_id, int32_t role, void *user_data, seenby_done_fn callback, seenby_destroy_fn destroy);

/**
 * The groups one is in: the documented getJoinedGroupList (R25).
 *
 * @param client    The client.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes with the groups.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 9508 the line is down.
 */
SEENBY_API seenby_call_t seenby_get_joined_group_list(seenby_client_t *client, void *user_data,
    seenby_groups_fn callback, seenby_destroy_fn destroy);

/**
 * The members of a group, in the order of first joining: the documented getGroupMemberList (R25).
 *
 * @param client    The client.
 * @param group_id  The group.
 * @param next_seq  0 for the first page, then what the last page gave.
 * @param count     At most this many, 1 to 100.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes with the page.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong id, count or place; 9508 the line is down; 10007
 * not a member; 10010 there is no such group.
 */
SEENBY_API seenby_call_t seenby_get_group_member_list(seenby_client_t *client, seenby_str_t group_id,
    uint64_t next_seq, uint32_t count, void *user_data, seenby_group_members_fn callback, seenby_destroy_fn destroy);

/**
 * These members of a group: the documented getGroupMembersInfo (R25). Who is none is left out.
 *
 * @param client    The client.
 * @param group_id  The group.
 * @param users     Whom. Borrowed for the call.
 * @param count     How many; at least 1.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes with the members; `next_seq` is 0.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 an empty list, a wrong id; 9508 the line is down; 10007 not
 * a member; 10010 there is no such group.
 */
SEENBY_API seenby_call_t seenby_get_group_members_info(seenby_client_t *client, seenby_str_t group_id,
    const seenby_str_t *users, size_t count, void *user_data, seenby_group_members_fn callback,
    seenby_destroy_fn destroy);

/* ---- Conversations (R26) ----------------------------------------------------------------------------------------- */

/**
 * One's conversations, latest activity first: the documented getConversationList (R26).
 *
 * @param client    The client.
 * @param next_seq  0 for the first page, then what the last page gave.
 * @param count     At most this many, 1 to 100.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes with the page.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 a wrong count or place; 9508 the line is down.
 */
SEENBY_API seenby_call_t seenby_get_conversation_list(seenby_client_t *client, uint64_t next_seq, uint32_t count,
    void *user_data, seenby_conversations_fn callback, seenby_destroy_fn destroy);

/**
 * One conversation: the documented getConversation (R26).
 *
 * @param client          The client.
 * @param conversation_id `c2c_<peer>` or `group_<id>`.
 * @param user_data       Passed to `callback`, then to `destroy`.
 * @param callback        Comes with the conversation.
 * @param destroy         Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 what is no conversation; 9508 the line is down; 10007 not
 * a member of the group; 10010 there is no such group.
 */
SEENBY_API seenby_call_t seenby_get_conversation(seenby_client_t *client, seenby_str_t conversation_id,
    void *user_data, seenby_conversation_fn callback, seenby_destroy_fn destroy);

/**
 * How many messages are unread in all: the documented getTotalUnreadMessageCount (R26). It is what this device knows, and
 * works offline.
 *
 * @param client    The client.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes with the number.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6014 nobody is logged in.
 */
SEENBY_API seenby_call_t seenby_get_total_unread_message_count(seenby_client_t *client, void *user_data,
    seenby_count_fn callback, seenby_destroy_fn destroy);

/* ---- People ------------------------------------------------------------------------------------------------------ */

/* What users say of themselves (R27). */

/**
 * Sets what one says of oneself: the documented setSelfInfo (R27). Messages and member lists carry it from then on.
 *
 * @param client    The client.
 * @param nick_name At most 256 bytes; an empty text clears it. NULL leaves it as it is.
 * @param face_url  At most 512 bytes; an empty text clears it. NULL leaves it as it is.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes when the service has it.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 both are NULL, or one is too long; 9508 the line is down.
 */
SEENBY_API seenby_call_t seenby_set_self_info(seenby_client_t *client, const seenby_str_t *nick_name,
    const seenby_str_t *face_url, void *user_data, seenby_done_fn callback, seenby_destroy_fn destroy);

/**
 * What users say of themselves: the documented getUsersInfo (R27).
 *
 * @param client    The client.
 * @param users     Their ids. Borrowed for the call.
 * @param count     How many; at least 1.
 * @param user_data Passed to `callback`, then to `destroy`.
 * @param callback  Comes with the profiles.
 * @param destroy   Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: 6012 no answer in time; 6014 nobody is logged in; 6017 an empty list, a wrong id; 9508 the line is down.
 */
SEENBY_API seenby_call_t seenby_get_users_info(seenby_client_t *client, const seenby_str_t *users, size_t count,
    void *user_data, seenby_profiles_fn callback, seenby_destroy_fn destroy);

/* ---- A service inside the process, held and operated (R28) ------------------------------------------------------- */

/**
 * Opens a service inside this process, to hold and operate it: for tests, demos, and programs that are a service themselves.
 * Clients with the same endpoint meet in it. It lives until this handle and the last of them are gone. An app needs none of
 * this: such a service starts by itself, with the default settings.
 *
 * @param config         `server` and `app` say which service; nothing else is used, but what the struct says is freed is freed
 *                       as by seenby_client_new, before this returns.
 * @param settings_json  The app's settings, a JSON object: any of `receipt_kinds` (of "Work", "Public", "Meeting"),
 *                       `receipt_members`, `unsupported` ("downgrade" or "reject"), `visibility` ("sender" or "members"),
 *                       `register` ("server" or "client"), `retention_ms`, `switch_allowed`, `off_still_sees`. Not set, or
 *                       what it lacks: the defaults.
 * @param limits_json    The limits (R24), a JSON object of numbers: any of `requests_per_second`, `burst`, `refusals`,
 *                       `idle_ms`, `connections_per_user`, `lag_bytes`, `group_members`, `proposals`, `housekeeping_ms`,
 *                       `roll_up_ms`, `roll_up_events`. Not set, or what it lacks: the defaults.
 * @param out_service    Gets the service. Free it with seenby_service_free.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6017 the endpoint is a server's, its service is running already, or a wrong value.
 */
SEENBY_API int32_t seenby_service_open(const seenby_config_t *config, seenby_str_t settings_json,
    seenby_str_t limits_json, seenby_service_t **out_service);

/**
 * Changes the app's settings from now on; what was sent before keeps what it was sent with. Waits until it is done.
 *
 * @param service        The service.
 * @param settings_json  All of the settings, as for seenby_service_open.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6017 a wrong value; 90002 inside a callback, where nothing may wait; 90003 the handle is none; 90004 the service's
 * journal refused.
 */
SEENBY_API int32_t seenby_service_configure(seenby_service_t *service, seenby_str_t settings_json);

/**
 * Deletes a user (R32). Waits until it is done.
 *
 * @param service  The service.
 * @param user_id  Who.
 * @return SEENBY_OK or an error number.
 *
 * Errors: as seenby_service_configure.
 */
SEENBY_API int32_t seenby_service_delete_user(seenby_service_t *service, seenby_str_t user_id);

/**
 * Deletes a message and its receipts (R32). Waits until it is done.
 *
 * @param service          The service.
 * @param seen_by          A user of the conversation: `conversation_id` is as this one sees it.
 * @param conversation_id  `c2c_<peer>` or `group_<id>`.
 * @param msg_id           The message.
 * @return SEENBY_OK or an error number.
 *
 * Errors: as seenby_service_configure; 10062 there is no such message.
 */
SEENBY_API int32_t seenby_service_delete_message(seenby_service_t *service, seenby_str_t seen_by,
    seenby_str_t conversation_id, seenby_str_t msg_id);

/**
 * Lets a service go: it ends with the last client in it. Does not wait.
 *
 * @param service  The service. NULL does nothing.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 90003 the handle is none.
 */
SEENBY_API int32_t seenby_service_free(seenby_service_t *service);

/* ---- For layers above this one ----------------------------------------------------------------------------------- */

/* What they refuse themselves ends as every call does, and what they must know beforehand. */

/**
 * Ends a call that a layer above this one refuses (a documented call outside SeenBy, say), as if the library had refused it:
 * in its turn, on the client's delivery thread or by its dispatcher.
 *
 * @param client     The client.
 * @param code       SEENBY_ERR_*.
 * @param message    The sentence: it names the offending value and what would be right.
 * @param user_data  Passed to `callback`, then to `destroy`.
 * @param callback   Comes with this error; with another one if the client could not have been asked either.
 * @param destroy    Frees `user_data`.
 * @return The call, for seenby_cancel.
 *
 * Errors: the one that is passed; 6013 the client of the process is not initialized; 6017 the number or the sentence is
 * none; 90003 the client was shut down, or the handle is none.
 */
SEENBY_API seenby_call_t seenby_refuse(seenby_client_t *client, int32_t code, seenby_str_t message, void *user_data,
    seenby_done_fn callback, seenby_destroy_fn destroy);

/**
 * Whether clients with this server keep anything in a data folder: all do but those of a service in memory. For layers that
 * make the folder themselves, before there is a client.
 *
 * @param server    As `server` of a configuration. Not set: what the environment variable SEENBY_SERVER says, as for a client.
 * @param out_uses  Gets the answer.
 * @return SEENBY_OK or an error number.
 *
 * Errors: 6017 a server that a client would refuse (whether `ws://` is allowed there, only the client says).
 */
SEENBY_API int32_t seenby_uses_data_folder(seenby_str_t server, bool *out_uses);

#ifdef __cplusplus
}  /* extern "C" */
#endif

/* ---- Beginnings ---------------------------------------------------------------------------------------------------- */

/* Structs that the host fills begin as:  seenby_config_t config = SEENBY_CONFIG_INIT;  */
#ifdef __cplusplus
namespace seenby_detail {
template <class T>
inline T begin() {
    T value = T();
    value.size = static_cast<uint32_t>(sizeof(T));
    return value;
}
inline seenby_config_t begin_config() {
    seenby_config_t value = begin<seenby_config_t>();
    value.abi_version = SEENBY_ABI_VERSION;
    return value;
}
inline seenby_message_ref_t begin_message_ref() {
    seenby_message_ref_t value = begin<seenby_message_ref_t>();
    value.is_self = SEENBY_UNKNOWN;
    value.need_read_receipt = SEENBY_UNKNOWN;
    return value;
}
}  // namespace seenby_detail
#define SEENBY_CONFIG_INIT ::seenby_detail::begin_config()
#define SEENBY_OUTGOING_MESSAGE_INIT ::seenby_detail::begin<seenby_outgoing_message_t>()
#define SEENBY_MESSAGE_REF_INIT ::seenby_detail::begin_message_ref()
#define SEENBY_HISTORY_QUERY_INIT ::seenby_detail::begin<seenby_history_query_t>()
#define SEENBY_SPOOL_TARGET_INIT ::seenby_detail::begin<seenby_spool_target_t>()
#define SEENBY_DRAW_QUERY_INIT ::seenby_detail::begin<seenby_draw_query_t>()
#define SEENBY_LISTENER_INIT ::seenby_detail::begin<seenby_listener_t>()
#else
#define SEENBY_CONFIG_INIT { .size = sizeof(seenby_config_t), .abi_version = SEENBY_ABI_VERSION }
#define SEENBY_OUTGOING_MESSAGE_INIT { .size = sizeof(seenby_outgoing_message_t) }
#define SEENBY_MESSAGE_REF_INIT \
    { .size = sizeof(seenby_message_ref_t), .is_self = SEENBY_UNKNOWN, .need_read_receipt = SEENBY_UNKNOWN }
#define SEENBY_HISTORY_QUERY_INIT { .size = sizeof(seenby_history_query_t) }
#define SEENBY_SPOOL_TARGET_INIT { .size = sizeof(seenby_spool_target_t) }
#define SEENBY_DRAW_QUERY_INIT { .size = sizeof(seenby_draw_query_t) }
#define SEENBY_LISTENER_INIT { .size = sizeof(seenby_listener_t) }
#endif

/** A text that ends with a NUL byte. NULL is "not set". */
static inline seenby_str_t seenby_str(const char *text) {
    seenby_str_t str;
    str.data = text;
    str.len = 0;
    while (text && text[str.len]) {
        str.len++;
    }
    return str;
}

#endif /* SEENBY_H */
