// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The configuration, and what it brings callbacks and userSigs by.

#import "SeenByCalls.h"

@implementation SeenByConfig

@synthesize server = _server;
@synthesize dataFolder = _dataFolder;
@synthesize appGroup = _appGroup;
@synthesize deviceLabel = _deviceLabel;
@synthesize caFile = _caFile;
@synthesize proxy = _proxy;
@synthesize clientName = _clientName;
@synthesize pins = _pins;
@synthesize allowPlain = _allowPlain;
@synthesize withReaders = _withReaders;
@synthesize seenForMs = _seenForMs;
@synthesize requestTimeoutMs = _requestTimeoutMs;
@synthesize connectTimeoutMs = _connectTimeoutMs;
#ifdef SEENBY_HAS_DISPATCH
@synthesize callbackQueue = _callbackQueue;
#endif
@synthesize callbacksOnDeliveryThread = _callbacksOnDeliveryThread;
@synthesize followsSystem = _followsSystem;

- (instancetype)init {
    if ((self = [super init])) _followsSystem = YES;
    return self;
}

SB_DEALLOC(SeenByConfig)

- (SeenByDispatcher)dispatcher {
    return _dispatcher;
}

- (void)setDispatcher:(SeenByDispatcher)dispatcher {
    SB_SET_BLOCK(_dispatcher, dispatcher);
}

- (SeenByTokenProvider)tokenProvider {
    return _tokenProvider;
}

- (void)setTokenProvider:(SeenByTokenProvider)tokenProvider {
    SB_SET_BLOCK(_tokenProvider, tokenProvider);
}
@end

@implementation SeenByV2TIMSDKConfig

@synthesize logLevel = _logLevel;
@synthesize seenBy = _seenBy;

- (instancetype)init {
    if ((self = [super init])) {
        _logLevel = (SeenByV2TIMLogLevel)4;
        _seenBy = [[SeenByConfig alloc] init];
    }
    return self;
}

SB_DEALLOC(SeenByV2TIMSDKConfig)

- (SeenByV2TIMLogListener)logListener {
    return _logListener;
}

- (void)setLogListener:(SeenByV2TIMLogListener)listener {
    SB_SET_BLOCK(_logListener, listener);
}
@end

static __thread int running;

@implementation SeenByJob

- (instancetype)initWithJob:(seenby_job_t *)job {
    if ((self = [super init])) _job = job;
    return self;
}

- (instancetype)initWithBlock:(void (^)(void))block {
    if ((self = [super init])) _block = SB_BLOCK_COPY(block);
    return self;
}

+ (BOOL)isRunning {
    return running > 0;
}

- (void)run {
    seenby_job_t *job = NULL;
    void (^block)(void) = NULL;
    @synchronized(self) {
        job = _job;
        block = _block;
        _job = NULL;
        _block = NULL;
    }
    ++running;
    @autoreleasepool {
        if (job) seenby_job_run(job);
        if (block) block();
    }
    --running;
    SB_BLOCK_RELEASE(block);
}

- (void)drop {
    seenby_job_t *job = NULL;
    void (^block)(void) = NULL;
    @synchronized(self) {
        job = _job;
        block = _block;
        _job = NULL;
        _block = NULL;
    }
    if (job) seenby_job_drop(job);
    SB_BLOCK_RELEASE(block);
}

- (void)dealloc {
    [self drop];
#if !__has_feature(objc_arc)
    [super dealloc];
#endif
}
@end

@implementation SeenByRoute

- (instancetype)initWithConfig:(SeenByConfig *)config {
    if ((self = [super init])) {
        _dispatcher = SB_BLOCK_COPY(config.dispatcher);
#ifdef SEENBY_HAS_DISPATCH
        dispatch_queue_t queue = config.callbackQueue;
        _direct = config.callbacksOnDeliveryThread && !_dispatcher && !queue;
        _queue = SB_RETAIN(queue ? queue : dispatch_get_main_queue());
#else
        _direct = config.callbacksOnDeliveryThread && !_dispatcher;
#endif
    }
    return self;
}

SB_DEALLOC(SeenByRoute)

- (BOOL)isDirect {
    return _direct;
}

- (void)bring:(SeenByJob *)job {
    if (_dispatcher) {
        // What it throws leaves the job alone, which counts as dropped when it goes.
        SB_GUARDED(NULL, _dispatcher(job);)
        return;
    }
#ifdef SEENBY_HAS_DISPATCH
    dispatch_async(_queue, ^{
        [job run];
    });
#else
    [job performSelectorOnMainThread:@selector(run) withObject:nil waitUntilDone:NO];
#endif
}
@end

@implementation SeenByTokenReply

- (BOOL)accept:(NSString *)userSig {
    @synchronized(self) {
        SB_ARENA(arena);
        if (!_reply || seenby_token_accept(_reply, SBText(&arena, userSig)) != SEENBY_OK) return NO;
        _reply = NULL;
        return YES;
    }
}

- (BOOL)refuse:(NSString *)why {
    @synchronized(self) {
        SB_ARENA(arena);
        if (!_reply || seenby_token_refuse(_reply, SBText(&arena, why)) != SEENBY_OK) return NO;
        _reply = NULL;
        return YES;
    }
}

- (void)dealloc {
    seenby_str_t why = seenby_str("the token provider let its reply go");
    if (_reply) seenby_token_refuse(_reply, why);
#if !__has_feature(objc_arc)
    [super dealloc];
#endif
}
@end

static void dispatchJob(void *data, seenby_job_t *job) {
    @autoreleasepool {
        SeenByJob *made = [[SeenByJob alloc] initWithJob:job];
        [SB_BORROW(SeenByRoute *, data) bring:made];
        SB_RELEASE(made);
    }
}

/// A block in an object, so that it can be user data.
@interface SeenByHolder : NSObject {
  @public
    SeenByTokenProvider _block;
}
@end
@implementation SeenByHolder
SB_DEALLOC(SeenByHolder)
@end

static void provideToken(void *data, seenby_str_t user, seenby_token_reply_t *reply) {
    @autoreleasepool {
        SeenByTokenReply *made = [SeenByTokenReply alloc];
        made->_reply = reply;
        NSString *userID = SBNewString(user);
        SB_GUARDED(NULL, SB_BORROW(SeenByHolder *, data)->_block(userID, made);)
        SB_RELEASE(userID);
        SB_RELEASE(made);
    }
}

NSError *SBWithConfig(int app, SeenByV2TIMSDKConfig *given, SeenByRoute *route,
                      int32_t (*use)(const seenby_config_t *config, void *context), void *context) {
    SB_ARENA(arena);
    SeenByConfig *from = given.seenBy;
    NSError *wrong = nil;
    NSString *folder = SBDataFolder(from, &wrong);
    if (wrong) return wrong;
    seenby_config_t config = SEENBY_CONFIG_INIT;
    config.app = (uint32_t)app;
    config.allow_plain = from.allowPlain ? 1 : 0;
    config.with_readers = from.withReaders ? 1 : 0;
    config.server = SBText(&arena, from.server);
    config.data_dir = SBText(&arena, folder);
    config.device_label = SBText(&arena, from.deviceLabel);
    config.ca_file = SBText(&arena, from.caFile);
    config.proxy = SBText(&arena, from.proxy);
    config.client_name = SBText(&arena, from.clientName);
    config.pins = SBTexts(&arena, from.pins, &config.pin_count);
    config.seen_for_ms = from.seenForMs;
    config.request_timeout_ms = from.requestTimeoutMs;
    config.connect_timeout_ms = from.connectTimeoutMs;
    if (route && ![route isDirect]) {
        config.dispatch = &dispatchJob;
        config.dispatch_user_data = SB_HAND_OVER(route);
        config.dispatch_destroy = &SBEndCall;
    }
    SeenByTokenProvider provider = from.tokenProvider;
    if (route && provider) {
        SeenByHolder *holder = [[SeenByHolder alloc] init];
        holder->_block = SB_BLOCK_COPY(provider);
        config.token_provider = &provideToken;
        config.token_user_data = SB_HAND_OVER(holder);
        config.token_destroy = &SBEndCall;
        SB_RELEASE(holder);
    }
    const int32_t code = use(&config, context);
    return code == SEENBY_OK ? nil : SBLastError(code);
}
