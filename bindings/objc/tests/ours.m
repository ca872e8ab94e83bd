// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the documents do not have: receipts left for later, the tracker, the log, where callbacks go, new userSigs, the service
// in this process, and the one client that this layer shares with others.

#import "check.h"
#include <seenby.h>

@interface Ear : NSObject <V2TIMAdvancedMsgListener, SeenByListener> {
  @public
    NSMutableArray<V2TIMMessage *> *messages;
    NSMutableSet<NSString *> *read;
    NSMutableArray<SeenByReader *> *readers;
    _Atomic int revoked;
}
@end
@implementation Ear
- (instancetype)init {
    if ((self = [super init])) {
        messages = [[NSMutableArray alloc] init];
        read = [[NSMutableSet alloc] init];
        readers = [[NSMutableArray alloc] init];
    }
    return self;
}
#if !__has_feature(objc_arc)
- (void)dealloc {
    [messages release];
    [read release];
    [readers release];
    [super dealloc];
}
#endif
- (void)onRecvNewMessage:(V2TIMMessage *)msg {
    [messages addObject:msg];
}
- (void)onRecvMessageReadReceipts:(NSArray<V2TIMMessageReceipt *> *)receiptList {
    for (V2TIMMessageReceipt *receipt in receiptList) {
        [read addObject:receipt.msgID];
        [readers addObjectsFromArray:receipt.seenBy.readers];
    }
}
- (void)onMessageRevoked:(NSString *)conversationID
                   msgID:(NSString *)msgID
                     seq:(uint64_t)seq
              operatorID:(NSString *)operatorID {
    revoked++;
}
@end

static void Tracker(void) {
    V2TIMManager *alice = NewUser(@"tracker", @"alice");
    V2TIMSDKConfig *config = ConfigFor(@"tracker", @"bob");
    config.seenBy.seenForMs = 1;
    V2TIMManager *bob = NewWith(config, @"bob");
    Ear *told = [[Ear alloc] init], *heard = [[Ear alloc] init];
    [alice addAdvancedMsgListener:told];
    [bob addAdvancedMsgListener:heard];
    V2TIMMessage *first = SendLunch(alice, @"bob"), *second = SendLunch(alice, @"bob"), *third = SendLunch(alice, @"bob");
    WAIT(heard->messages.count == 3);
    V2TIMMessage *one = [heard->messages objectAtIndex:0], *two = [heard->messages objectAtIndex:1];
    V2TIMMessage *three = [heard->messages objectAtIndex:2];
    NSError *error = nil;
    SeenByReadTracker *tracker = [[SeenByReadTracker alloc] initWithManager:bob conversationID:@"c2c_alice" error:&error];
    CHECK(tracker != nil && error == nil);
    CHECK([tracker visible:@[ one ]]);
    WAIT([told->read containsObject:first.msgID]);
    CHECK([tracker hidden:@[ one ]] && [tracker visible:nil] && [tracker hidden:@[]]);
    // What a list shows: what is there again is not told again, what left is hidden.
    CHECK(([tracker onScreen:@[ one, two, two ]]));
    WAIT([told->read containsObject:second.msgID]);
    CHECK([tracker foreground:NO]);
    CHECK(([tracker onScreen:@[ two, three ]]));
    Ending *history = [Ending ending];
    [alice getC2CHistoryMessageList:@"bob" count:1 lastMsg:nil succ:[history one] fail:[history fail]];
    CHECK_NUMBER([history wait], 0);
    CHECK(![told->read containsObject:third.msgID]);
    CHECK([tracker foreground:YES]);
    WAIT([told->read containsObject:third.msgID]);
    CHECK([tracker onScreen:@[]] && [tracker onScreen:nil]);
    CHECK([[SeenByReadTracker alloc] initWithManager:bob conversationID:@"neither" error:&error] == nil);
    CHECK_NUMBER(error.code, ERR_INVALID_PARAMETERS);
    LET_GO(bob);
    CHECK(![tracker visible:@[ one ]]);
    LET_GO(tracker);
    LET_GO(alice);
    LET_GO(told);
    LET_GO(heard);
}

/// As a notification extension does, without a manager.
static void LeftForLater(void) {
    NSString *data = [[[NSProcessInfo processInfo] environment] objectForKey:@"SEENBY_TEST_DATA"];
    V2TIMSDKConfig *config = LATER([[V2TIMSDKConfig alloc] init]);
    config.seenBy.server = [@"embedded:file/" stringByAppendingString:[data stringByAppendingPathComponent:@"service"]];
    config.seenBy.dataFolder = [data stringByAppendingPathComponent:@"alice"];
    V2TIMManager *alice = NewWith(config, @"alice");
    Ear *told = [[Ear alloc] init];
    [alice addAdvancedMsgListener:told];
    V2TIMMessage *sent = SendLunch(alice, @"bob");
    config.seenBy.dataFolder = [data stringByAppendingPathComponent:@"bob"];
    V2TIMMessage *known = [V2TIMManager seenByMessageReference:@"c2c_alice" msgID:sent.msgID sender:nil error:NULL];
    NSError *error = nil;
    CHECK([V2TIMManager seenByEnqueueReceipts:@[ known ] userID:@"bob" sdkAppID:1 config:config error:&error]);
    CHECK(![V2TIMManager seenByEnqueueReceipts:@[] userID:@"bob" sdkAppID:1 config:config error:&error]);
    CHECK_NUMBER(error.code, ERR_INVALID_PARAMETERS);
    CHECK(![V2TIMManager seenByEnqueueReceipts:@[ known ] userID:Half() sdkAppID:1 config:config error:NULL]);
    CHECK(![V2TIMManager seenByEnqueueReceipts:@[ known ]
                                        userID:@"bob"
                                      sdkAppID:1
                                        config:ConfigFor(@"memory", nil)
                                         error:&error]);
    CHECK_NUMBER(error.code, ERR_INVALID_PARAMETERS);
    V2TIMManager *bob = NewWith(config, @"bob");
    WAIT([told->read containsObject:sent.msgID]);
    LET_GO(alice);
    LET_GO(bob);
    LET_GO(told);
}

static _Atomic int dispatched, dropped;

static void Dispatchers(void) {
    V2TIMSDKConfig *config = ConfigFor(@"dispatchers", @"alice");
    // Another thread, later.
    config.seenBy.dispatcher = ^(SeenByJob *job) {
        dispatched++;
        [job performSelectorInBackground:@selector(run) withObject:nil];
    };
    V2TIMManager *alice = [[V2TIMManager alloc] init];
    CHECK([alice initSDK:1 config:config]);
    Ending *login = [Ending ending], *refused = [Ending ending];
    [alice login:@"alice" userSig:@"any" succ:[login done] fail:[login fail]];
    CHECK_NUMBER([login wait], 0);
    CHECK(!login->onMain && dispatched > 0);
    [alice findMessages:nil succ:nil fail:[refused fail]];
    CHECK_NUMBER([refused wait], ERR_INVALID_PARAMETERS);
    CHECK(!refused->onMain);
    [alice unInitSDK];
    // Also what a closed manager refuses goes there, and the blocks throw what they like.
    const int before = dispatched;
    Ending *closed = [Ending ending];
    [alice findMessages:nil succ:nil fail:[closed fail]];
    CHECK_NUMBER([closed wait], SeenByErrorClosed);
    CHECK(dispatched > before && !closed->onMain);
    LET_GO(alice);

    config = ConfigFor(@"dispatchers", @"bob");
    config.seenBy.dispatcher = ^(SeenByJob *job) {
        if (dropped++ % 2) {
            [job drop];
        } else {
            [NSException raise:@"Thrown" format:@"by a dispatcher"];
        }
    };
    V2TIMManager *bob = [[V2TIMManager alloc] init];
    CHECK([bob initSDK:1 config:config]);
    for (int i = 0; i < 10; ++i) {
        [bob findMessages:nil
                     succ:nil
                     fail:^(int code, NSString *desc) {
                         CHECK(NO);
                     }];
    }
    WAIT(dropped >= 10);
    LET_GO(bob);

    V2TIMManager *carol = NewUser(@"dispatchers", @"carol");
    Ending *after = [Ending ending];
    [carol findMessages:nil
                   succ:nil
                   fail:^(int code, NSString *desc) {
                       [NSException raise:@"Thrown" format:@"by a block"];
                   }];
    [carol findMessages:nil succ:nil fail:[after fail]];
    CHECK_NUMBER([after wait], ERR_INVALID_PARAMETERS);
    CHECK([[carol seenByDebugState] rangeOfString:@"exception"].location != NSNotFound);
    LET_GO(carol);
}

static void Services(void) {
    NSError *error = nil;
    SeenByTestService *service = [[SeenByTestService alloc] initWithAppID:1
                                                                   config:ConfigFor(@"services", nil)
                                                                 settings:@"{\"receipt_members\": 200}"
                                                                   limits:nil
                                                                    error:&error];
    CHECK(service != nil && error == nil);
    CHECK(![service configure:@"no JSON" error:&error] && error.localizedDescription.length > 10);
    CHECK([service configure:@"{\"unsupported\": \"reject\"}" error:NULL]);
    V2TIMSDKConfig *config = ConfigFor(@"services", @"alice");
    config.seenBy.withReaders = YES;
    V2TIMManager *alice = NewWith(config, @"alice"), *bob = NewUser(@"services", @"bob");
    // It runs now, with its settings.
    CHECK([[SeenByTestService alloc] initWithAppID:1
                                            config:ConfigFor(@"services", nil)
                                          settings:nil
                                            limits:nil
                                             error:&error] == nil);
    CHECK_NUMBER(error.code, ERR_INVALID_PARAMETERS);
    Ear *told = [[Ear alloc] init], *heard = [[Ear alloc] init];
    [alice addAdvancedMsgListener:told];
    [bob addAdvancedMsgListener:heard];
    [bob addSeenByListener:heard];
    V2TIMMessage *sent = SendLunch(alice, @"bob");
    WAIT(heard->messages.count == 1);
    [bob sendMessageReadReceipts:heard->messages succ:nil fail:nil];
    WAIT(told->readers.count == 1);
    CHECK_EQUAL([told->readers lastObject].userID, @"bob");
    CHECK([told->readers lastObject].timestampMs > 1600000000000);
    CHECK([service deleteMessage:sent.msgID conversationID:@"c2c_bob" seenBy:@"alice" error:&error]);
    WAIT(heard->revoked == 1);
    CHECK([service deleteUser:@"bob" error:NULL] && ![service deleteUser:nil error:&error]);
    [service close];
    CHECK(![service configure:@"{}" error:&error] && error.code == SeenByErrorClosed);
    LET_GO(service);
    LET_GO(alice);
    LET_GO(bob);
    LET_GO(told);
    LET_GO(heard);
}

static _Atomic int lines;

static void Log(void) {
    CHECK([V2TIMManager seenBySetLogLevel:5
                                     sink:^(int32_t level, NSString *line) {
                                         CHECK(level >= 1 && level <= 5 && line.length > 0);
                                         lines++;
                                     }]);
    CHECK(seenby_log(SEENBY_LOG_WARN, seenby_str("a line")) == SEENBY_OK);
    WAIT(lines > 0);
    CHECK(![V2TIMManager seenBySetLogLevel:9 sink:nil]);
    // The documented listener, with the documented level.
    V2TIMManager *manager = [[V2TIMManager alloc] init];
    V2TIMSDKConfig *config = ConfigFor(@"log", @"a");
    config.logLevel = V2TIM_LOG_WARN;
    config.logListener = ^(V2TIMLogLevel level, NSString *content) {
        if ([content rangeOfString:@"another line"].location == NSNotFound) return;
        CHECK_NUMBER(level, V2TIM_LOG_WARN);
        lines = 1000;
    };
    CHECK([manager initSDK:1 config:config]);
    CHECK(seenby_log(SEENBY_LOG_INFO, seenby_str("another line, less grave")) == SEENBY_OK);
    CHECK(seenby_log(SEENBY_LOG_WARN, seenby_str("another line")) == SEENBY_OK);
    WAIT(lines == 1000);
    LET_GO(manager);
    CHECK([V2TIMManager seenBySetLogLevel:2 sink:nil]);
}

/// The singleton and seenby.h, as Swift in the same app, have one client.
static void Shared(void) {
    V2TIMManager *shared = [V2TIMManager sharedInstance];
    CHECK(shared == [V2TIMManager sharedInstance] && shared.seenByClient == seenby_shared_client());
    Ear *ear = [[Ear alloc] init];
    // Before init, and through it.
    [shared addAdvancedMsgListener:ear];
    CHECK([shared initSDK:1 config:ConfigFor(@"shared", @"alice") listener:nil]);
    seenby_string_t json = {NULL, 0};
    CHECK(seenby_debug_state(seenby_shared_client(), &json) == SEENBY_OK);
    seenby_string_free(&json);
    Ending *login = [Ending ending];
    [shared login:@"alice" userSig:@"any" succ:[login done] fail:[login fail]];
    CHECK_NUMBER([login wait], 0);
    V2TIMManager *bob = NewUser(@"shared", @"bob");
    SendLunch(bob, @"alice");
    WAIT(ear->messages.count == 1);
    [shared unInitSDK];
    CHECK([shared initSDK:1 config:ConfigFor(@"shared", @"alice")]);
    Ending *again = [Ending ending];
    [shared login:@"alice" userSig:@"any" succ:[again done] fail:[again fail]];
    CHECK_NUMBER([again wait], 0);
    SendLunch(bob, @"alice");
    WAIT(ear->messages.count >= 2);
    [shared removeAdvancedMsgListener:ear];
    [shared unInitSDK];
    LET_GO(ear);
    LET_GO(bob);
}

static void dispatch(void *data, seenby_job_t *job) {
    (*(_Atomic int *)data)++;
    seenby_job_run(job);
}

/// Another language's layer began the client of the process, as Swift's does: callbacks go where that one wants them, good ends
/// and bad ones, in order. What it ends is ended here too.
static void BegunElsewhere(void) {
    V2TIMManager *shared = [V2TIMManager sharedInstance];
    static _Atomic int jobs;
    seenby_config_t config = SEENBY_CONFIG_INIT;
    config.app = 1;
    config.server = seenby_str("embedded:mem/elsewhere");
    config.dispatch = &dispatch;
    config.dispatch_user_data = (void *)&jobs;
    CHECK(seenby_shared_init(&config) == SEENBY_OK);
    Ending *login = [Ending ending], *refused = [Ending ending];
    [shared login:@"alice" userSig:@"any" succ:[login done] fail:[login fail]];
    CHECK_NUMBER([login wait], 0);
    CHECK(!login->onMain && jobs > 0);
    CHECK_EQUAL([shared getLoginUser], @"alice");
    [shared findMessages:nil succ:nil fail:[refused fail]];
    CHECK_NUMBER([refused wait], ERR_INVALID_PARAMETERS);
    CHECK(!refused->onMain);
    CHECK(seenby_shared_uninit() == SEENBY_OK);
    Ending *after = [Ending ending];
    [shared findMessages:nil succ:nil fail:[after fail]];
    CHECK_NUMBER([after wait], ERR_SDK_NOT_INITIALIZED);
    CHECK(after->onMain);

    // Cut short by the end of it: on the main thread, each once.
    CHECK([shared initSDK:1 config:ConfigFor(@"elsewhere", @"alice")]);
    Ending *again = [Ending ending];
    [shared login:@"alice" userSig:@"any" succ:[again done] fail:[again fail]];
    CHECK_NUMBER([again wait], 0);
    NSMutableArray<Ending *> *out = [NSMutableArray array];
    for (int i = 0; i < 50; ++i) {
        [out addObject:[Ending ending]];
        [shared getUsersInfo:@[ @"alice" ] succ:[[out lastObject] one] fail:[[out lastObject] fail]];
    }
    [shared unInitSDK];
    for (Ending *each in out) {
        const int code = [each wait];
        CHECK((code == 0 || code == ERR_SDK_COMM_INTERRUPT || code == ERR_SDK_NOT_INITIALIZED) && each->onMain);
    }
}

/// Leaves in its dealloc.
@interface Leaver : NSObject {
  @public
    _Atomic int *left;
}
@end
@implementation Leaver
- (void)dealloc {
    [[V2TIMManager sharedInstance] removeAdvancedMsgListener:(id<V2TIMAdvancedMsgListener>)self];
    (*left)++;
#if !__has_feature(objc_arc)
    [super dealloc];
#endif
}
@end

/// What a dispatcher holds goes when the next one takes its place, and may call the manager then.
static void DispatchersReplaced(void) {
    static _Atomic int left;
    V2TIMManager *shared = [V2TIMManager sharedInstance];
    @autoreleasepool {
        Leaver *leaver = LATER([[Leaver alloc] init]);
        leaver->left = &left;
        V2TIMSDKConfig *config = ConfigFor(@"replaced", @"alice");
        config.seenBy.dispatcher = ^(SeenByJob *job) {
            CHECK(leaver != nil);
            [job run];
        };
        CHECK([shared initSDK:1 config:config]);
        [shared unInitSDK];
    }
    CHECK([shared initSDK:1 config:ConfigFor(@"replaced", @"alice")]);
    WAIT(left == 1);
    [shared unInitSDK];
}

int main(void) {
    BEGIN_TEST();
    @autoreleasepool {
        Tracker();
        LeftForLater();
        Dispatchers();
        Services();
        Log();
        Shared();
        BegunElsewhere();
        DispatchersReplaced();
        CHECK_NUMBER([V2TIMManager seenByDrawState:nil receipt:nil].kind, SeenByDrawUnavailable);
    }
    CHECK_NOTHING_LEFT(YES);
    return Report();
}
