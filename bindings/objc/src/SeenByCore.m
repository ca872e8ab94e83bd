// SPDX-License-Identifier: MIT OR Apache-2.0

#import "SeenByCore.h"
#import "SeenByEars.h"
#import "SeenBySystem.h"
#import "SeenByWeak.h"
#include <pthread.h>

/// A listener that was added.
@interface SeenByEntry : NSObject {
  @public
    SeenByWeak *listener;
    SBBind bind;
    seenby_listener_id_t number;
}
@end
@implementation SeenByEntry
#if !__has_feature(objc_arc)
- (void)dealloc {
    [listener release];
    [super dealloc];
}
#endif
@end

static void *freeLater(void *client) {
    seenby_client_free(client);
    return NULL;
}

/// Frees a client, also inside a callback, where it must be done by another thread.
static void freeClient(seenby_client_t *client) {
    if (!client || seenby_client_free(client) != SEENBY_ERR_CALLED_FROM_CALLBACK) return;
    seenby_client_shutdown(client);
    pthread_t thread;
    // Without a thread its handle is lost, and no more.
    if (!pthread_create(&thread, NULL, &freeLater, client)) pthread_detach(thread);
}

@implementation SeenByCore

- (instancetype)initShared:(BOOL)shared {
    if ((self = [super init])) {
        pthread_mutex_init(&_lock, NULL);
        _shared = shared;
        _client = shared ? seenby_shared_client() : NULL;
        _route = [[SeenByRoute alloc] initWithConfig:nil];
        _entries = [[NSMutableArray alloc] init];
        _old = [[NSMutableArray alloc] init];
    }
    return self;
}

- (void)dealloc {
    pthread_mutex_destroy(&_lock);
#if !__has_feature(objc_arc)
    [_route release];
    [_system release];
    [_entries release];
    [_old release];
    [super dealloc];
#endif
}

- (BOOL)isShared {
    return _shared;
}

- (seenby_client_t *)client {
    pthread_mutex_lock(&_lock);
    seenby_client_t *client = _client;
    pthread_mutex_unlock(&_lock);
    return client;
}

- (SeenByRoute *)route {
    pthread_mutex_lock(&_lock);
    SeenByRoute *route = SB_RETAIN(_route);
    pthread_mutex_unlock(&_lock);
    return SB_AUTORELEASE(route);
}

static int32_t initShared(const seenby_config_t *config, void *context) { return seenby_shared_init(config); }

static int32_t initOwn(const seenby_config_t *config, void *context) { return seenby_client_new(config, context); }

- (NSError *)startApp:(int)app config:(SeenByV2TIMSDKConfig *)config {
    if (!_shared) {
        pthread_mutex_lock(&_lock);
        const BOOL open = _open;
        _open = YES;
        pthread_mutex_unlock(&_lock);
        if (open) {
            return SBError(SEENBY_ERR_INVALID_PARAMETERS,
                           @"this manager is initialized already; call unInitSDK before another initSDK");
        }
    }
    if (config.logListener) {
        SBListenToLog(config.logListener, config.logLevel);
        _hasLog = YES;
    }
    SeenByRoute *route = [[SeenByRoute alloc] initWithConfig:config.seenBy];
    seenby_client_t *made = NULL;
    NSError *error = SBWithConfig(app, config, route, _shared ? &initShared : &initOwn, &made);
    if (error) {
        SB_RELEASE(route);
        if (!_shared) {
            pthread_mutex_lock(&_lock);
            _open = NO;
            pthread_mutex_unlock(&_lock);
        }
        [self endLog];
        return error;
    }
    pthread_mutex_lock(&_lock);
    // Goes after the lock was left: with it goes what the app's dispatcher holds, which may call this.
    SB_TO_ITS_END SeenByRoute *old = _route;
    _route = route;
    if (!_shared) {
        if (_client) [_old addObject:[NSValue valueWithPointer:_client]];
        _client = made;
        for (SeenByEntry *entry in _entries) entry->number = SBAttach(_client, entry->listener, entry->bind);
    }
    seenby_client_t *client = _client;
    pthread_mutex_unlock(&_lock);
    SB_RELEASE(old);
    if (!config || config.seenBy.followsSystem) {
        SeenBySystem *system = [[SeenBySystem alloc] initWithClient:client];
        [self setSystem:system];
        SB_RELEASE(system);
    }
    return nil;
}

- (void)setSystem:(SeenBySystem *)system {
    pthread_mutex_lock(&_lock);
    SeenBySystem *old = _system;
    _system = SB_RETAIN(system);
    pthread_mutex_unlock(&_lock);
    [old stop];
    SB_RELEASE(old);
}

- (void)stop {
    [self setSystem:nil];
    if (_shared) {
        seenby_shared_uninit();
    } else {
        // The handle stays, so that later calls are answered by it: 90003.
        seenby_client_shutdown([self client]);
        pthread_mutex_lock(&_lock);
        _open = NO;
        pthread_mutex_unlock(&_lock);
    }
    [self endLog];
}

- (void)end {
    if (_shared) return;
    [self setSystem:nil];
    pthread_mutex_lock(&_lock);
    seenby_client_t *client = _client;
    _client = NULL;
    NSArray *old = SB_AUTORELEASE([_old copy]);
    [_old removeAllObjects];
    pthread_mutex_unlock(&_lock);
    for (NSValue *one in old) freeClient([one pointerValue]);
    freeClient(client);
    [self endLog];
}

- (void)endLog {
    if (!_hasLog) return;
    _hasLog = NO;
    seenby_set_log_sink(SEENBY_LOG_WARN, NULL, NULL, NULL);
}

- (void)addListener:(id)listener bind:(SBBind)bind {
    if (!listener) return;
    @autoreleasepool {
        [self add:listener bind:bind];
    }
}

- (void)add:(id)listener bind:(SBBind)bind {
    // Not under the lock: what listened at this place before may be gone, and is freed now.
    [self removeGone];
    // Others may let go of a listener meanwhile: then its dealloc, which may remove it, runs where these let go.
    NSMutableArray *alive = [NSMutableArray array];
    pthread_mutex_lock(&_lock);
    BOOL known = NO;
    for (SeenByEntry *entry in _entries) {
        id there = [entry->listener object];
        if (there) [alive addObject:there];
        known = known || (entry->bind == bind && there == listener);
    }
    if (!known) {
        SeenByEntry *entry = [[SeenByEntry alloc] init];
        entry->listener = [[SeenByWeak alloc] initWithObject:listener];
        entry->bind = bind;
        if (_client) entry->number = SBAttach(_client, entry->listener, bind);
        [_entries addObject:entry];
        SB_RELEASE(entry);
    }
    pthread_mutex_unlock(&_lock);
    [alive removeAllObjects];
}

- (void)removeListener:(id)listener bind:(SBBind)bind {
    if (!listener) return;
    const void *address = SB_ADDRESS(listener);
    @autoreleasepool {
        // By the address: in its own dealloc there is no other way to know it.
        [self removeThose:^BOOL(SeenByEntry *entry) {
            return entry->bind == bind && [entry->listener address] == address;
        }];
    }
}

- (void)removeGone {
    NSMutableArray *alive = [NSMutableArray array];
    [self removeThose:^BOOL(SeenByEntry *entry) {
        id there = [entry->listener object];
        if (there) [alive addObject:there];
        return !there;
    }];
    // As in add:bind:.
    [alive removeAllObjects];
}

- (void)removeThose:(BOOL (^)(SeenByEntry *entry))those {
    NSMutableArray<SeenByEntry *> *removed = [NSMutableArray array];
    pthread_mutex_lock(&_lock);
    seenby_client_t *client = _client;
    for (NSUInteger i = _entries.count; i-- > 0;) {
        SeenByEntry *entry = [_entries objectAtIndex:i];
        if (!those(entry)) continue;
        [removed addObject:entry];
        [_entries removeObjectAtIndex:i];
    }
    pthread_mutex_unlock(&_lock);
    // Not under the lock: this waits for a call of the listener that runs, which may add and remove.
    for (SeenByEntry *entry in removed) {
        if (entry->number) seenby_remove_listener(client, entry->number);
    }
}
@end
