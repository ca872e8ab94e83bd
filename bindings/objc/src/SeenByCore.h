// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The client of a manager, where its callbacks go, and the listeners that were added. Not for apps.

#ifndef SEENBY_OBJC_CORE_H
#define SEENBY_OBJC_CORE_H

#import "SeenByText.h"
#include <pthread.h>

@class SeenByEntry;
@class SeenBySystem;

NS_ASSUME_NONNULL_BEGIN

@interface SeenByJob ()
- (instancetype)initWithJob:(nullable seenby_job_t *)job;
/// One of the layer's own.
- (instancetype)initWithBlock:(void (^)(void))block;
/// Whether this thread is inside of one.
+ (BOOL)isRunning;
@end

/// Brings jobs to where the app wants its callbacks.
@interface SeenByRoute : NSObject {
  @package
    SeenByDispatcher _dispatcher;
    BOOL _direct;
#ifdef SEENBY_HAS_DISPATCH
    dispatch_queue_t _queue;
#endif
}
/// As the configuration says; nil: the main queue.
- (instancetype)initWithConfig:(nullable SeenByConfig *)config;
/// Callbacks run on the delivery thread: there is nothing to bring.
- (BOOL)isDirect;
- (void)bring:(SeenByJob *)job;
@end

/// How a listener of seenby.h tells one of the documented ones; `listener` is filled but for its user data.
typedef void (*SBBind)(seenby_listener_t *listener);

/// Any thread.
@interface SeenByCore : NSObject {
  @package
    pthread_mutex_t _lock;
    BOOL _shared;
    BOOL _open;
    BOOL _hasLog;
    seenby_client_t *_client;
    SeenByRoute *_route;
    SeenBySystem *_system;
    NSMutableArray<SeenByEntry *> *_entries;
    /// Clients before an unInitSDK, whose last callbacks may be on their way.
    NSMutableArray<NSValue *> *_old;
}
/// shared: the client of the process, as behind the documented singleton. Otherwise one of its own.
- (instancetype)initShared:(BOOL)shared;
- (BOOL)isShared;
- (nullable seenby_client_t *)client;
/// Where what is told outside of jobs goes: errors of calls while there is no client.
- (SeenByRoute *)route;
- (nullable NSError *)startApp:(int)app config:(nullable SeenByV2TIMSDKConfig *)config;
- (void)stop;
/// Its manager goes: calls that are out end with 7009.
- (void)end;
- (void)addListener:(nullable id)listener bind:(SBBind)bind;
- (void)removeListener:(nullable id)listener bind:(SBBind)bind;
@end

/// Runs `use` with what seenby.h wants of a configuration. nil: it succeeded.
NSError *_Nullable SBWithConfig(int app, SeenByV2TIMSDKConfig *_Nullable config, SeenByRoute *_Nullable route,
                                int32_t (*use)(const seenby_config_t *config, void *context), void *_Nullable context);
/// The folder where the device keeps its state, made if it is not there; nil: the library's own choice, or what is wrong.
NSString *_Nullable SBDataFolder(SeenByConfig *_Nullable config, NSError *_Nullable *_Nonnull wrong);

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_CORE_H
