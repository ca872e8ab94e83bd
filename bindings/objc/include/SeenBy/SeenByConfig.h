// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Ours, not documented: where to connect, and where callbacks run.

#ifndef SEENBY_OBJC_CONFIG_H
#define SEENBY_OBJC_CONFIG_H

#import "SeenByDefines.h"

#if defined(__has_include) && !defined(SEENBY_HAS_DISPATCH)
#if __has_include(<dispatch/dispatch.h>) && defined(__APPLE__)
#include <dispatch/dispatch.h>
#define SEENBY_HAS_DISPATCH 1
#endif
#endif

struct seenby_job_t;

struct seenby_token_reply_t;

NS_ASSUME_NONNULL_BEGIN

/// A piece of work for a dispatcher (docs/threading.md, contract 8): run or drop it, once, now or later, on any thread. The
/// next one comes when this one is over. One that is let go without either counts as dropped.
SEENBY_OBJC_EXPORT
@interface SeenByJob : NSObject {
  @package
    struct seenby_job_t *_job;
    void (^_block)(void);
}
SEENBY_NO_INIT
/// Brings the callbacks, inside this call.
- (void)run;
/// Counts as delivered; the blocks of calls are then never called, only released.
- (void)drop;
@end

/// Brings callbacks and listeners to where the app wants them. Called on SeenBy's delivery thread.
typedef void (^SeenByDispatcher)(SeenByJob *job);

/// What takes a new userSig, once, now or later, on any thread. One that is let go unanswered counts as refused.
SEENBY_OBJC_EXPORT
@interface SeenByTokenReply : NSObject {
  @package
    struct seenby_token_reply_t *_reply;
}
SEENBY_NO_INIT
/// NO: it was answered before, or the userSig is empty or no text; then it may be answered again.
- (BOOL)accept:(nullable NSString *)userSig;
/// onUserSigExpired follows when the old one has run out.
- (BOOL)refuse:(nullable NSString *)why;
@end

/// Renews the userSig silently (R30). Called on SeenBy's delivery thread, or by the dispatcher.
typedef void (^SeenByTokenProvider)(NSString *userID, SeenByTokenReply *reply);

/// V2TIMSDKConfig.seenBy. Everything may be left as it is; it is read by initSDK.
SEENBY_OBJC_EXPORT
@interface SeenByConfig : NSObject {
  @package
    SeenByDispatcher _dispatcher;
    SeenByTokenProvider _tokenProvider;
    NSString *_server;
    NSString *_dataFolder;
    NSString *_appGroup;
    NSString *_deviceLabel;
    NSString *_caFile;
    NSString *_proxy;
    NSString *_clientName;
    NSArray<NSString *> *_pins;
    BOOL _allowPlain;
    BOOL _withReaders;
    uint32_t _seenForMs;
    uint32_t _requestTimeoutMs;
    uint32_t _connectTimeoutMs;
#ifdef SEENBY_HAS_DISPATCH
    dispatch_queue_t _callbackQueue;
#endif
    BOOL _callbacksOnDeliveryThread;
    BOOL _followsSystem;
}
/// Where to connect (R28): wss://…, ws://…, embedded:, embedded:mem/NAME, embedded:file/PATH. nil: the environment variable
/// SEENBY_SERVER, else embedded:, which is logged as a warning.
@property (nonatomic, copy, nullable) NSString *server;
/// The data folder, which belongs to one process at a time. nil: on iOS and macOS SeenBy in Application Support, or in the
/// App Group's folder; elsewhere seenby in the user's folder for application data. What SeenBy makes is left out of backups.
@property (nonatomic, copy, nullable) NSString *dataFolder;
/// iOS and macOS: the App Group whose folder holds the data, so that a notification extension can leave receipts there.
@property (nonatomic, copy, nullable) NSString *appGroup;
/// Managers that share a data folder and are to count as different devices give different labels (R30).
@property (nonatomic, copy, nullable) NSString *deviceLabel;
/// A PEM file with the certificates to trust (R29). nil: the platform's trust store.
@property (nonatomic, copy, nullable) NSString *caFile;
/// http://[user:password@]host:port of an HTTP proxy.
@property (nonatomic, copy, nullable) NSString *proxy;
/// Name and version of the app, for the server's log.
@property (nonatomic, copy, nullable) NSString *clientName;
/// Base64 of SHA-256 of the public keys to accept (R29). nil: any valid certificate.
@property (nonatomic, copy, nullable) NSArray<NSString *> *pins;
/// Allows ws:// to other machines, unencrypted.
@property (nonatomic, assign) BOOL allowPlain;
/// Pushes of receipts name the readers added since the last one (R12): V2TIMMessageReceipt.seenBy.readers.
@property (nonatomic, assign) BOOL withReaders;
/// How long a message must be seen to count as read by a SeenByReadTracker, in ms. 0: 300 (R33).
@property (nonatomic, assign) uint32_t seenForMs;
/// How long a request waits for its answer before 6012, in ms. 0: 10 000.
@property (nonatomic, assign) uint32_t requestTimeoutMs;
/// How long opening a connection may take before 9510, in ms. 0: 10 000.
@property (nonatomic, assign) uint32_t connectTimeoutMs;
#ifdef SEENBY_HAS_DISPATCH
/// Where blocks and listeners are called: a serial queue. nil: the main queue. `dispatcher` wins.
@property (nonatomic, strong, nullable) dispatch_queue_t callbackQueue;
#endif
/// YES: blocks and listeners are called on SeenBy's delivery thread. `dispatcher` and `callbackQueue` win.
@property (nonatomic, assign) BOOL callbacksOnDeliveryThread;
/// Runs what calls blocks and listeners. nil: the main queue (GNUstep: the main run loop). Kept, as tokenProvider, as long as the
/// manager: it must not hold the manager.
@property (nonatomic, copy, nullable) SeenByDispatcher dispatcher;
/// nil: onUserSigExpired, then log in again.
@property (nonatomic, copy, nullable) SeenByTokenProvider tokenProvider;
/// iOS and macOS: SeenBy follows the app into the background and back, and the network's coming and going, by itself. YES
/// unless it is set; NO: the app tells it (seenByForeground:, seenByNetworkAvailable:).
@property (nonatomic, assign) BOOL followsSystem;
@end

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_CONFIG_H
