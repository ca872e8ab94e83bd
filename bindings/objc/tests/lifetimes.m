// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Who keeps whom: each object of the app that SeenBy was given goes when it should, once, and no later. Blocks are told to be
// gone by what they hold.

#import "check.h"

static _Atomic int alive;

/// Counts itself.
@interface Counted : NSObject
@end
@implementation Counted
- (instancetype)init {
    if ((self = [super init])) alive++;
    return self;
}
- (void)dealloc {
    alive--;
#if !__has_feature(objc_arc)
    [super dealloc];
#endif
}
@end

@interface Ear : Counted <V2TIMAdvancedMsgListener, V2TIMSDKListener> {
  @public
    _Atomic int heard;
    V2TIMManager *forgetsItselfOf;
    V2TIMManager *leavesInDealloc;
    SeenByV2TIMMessage *message;
}
@end
@implementation Ear
- (void)onRecvNewMessage:(V2TIMMessage *)msg {
    heard++;
    SET(message, msg);
    [forgetsItselfOf removeAdvancedMsgListener:self];
}
- (void)onRecvMessageReadReceipts:(NSArray<V2TIMMessageReceipt *> *)receiptList {
    heard++;
}
- (void)dealloc {
    [leavesInDealloc removeAdvancedMsgListener:self];
#if !__has_feature(objc_arc)
    [message release];
    [super dealloc];
#endif
}
@end

/// The service has told bob everything that was before.
static void Settle(V2TIMManager *bob) {
    Ending *history = [Ending ending];
    [bob getC2CHistoryMessageList:@"alice" count:1 lastMsg:nil succ:[history one] fail:[history fail]];
    [history wait];
}

static void Listeners(void) {
    V2TIMManager *alice = NewUser(@"lifetimes", @"alice"), *bob = NewUser(@"lifetimes", @"bob");
    @autoreleasepool {
        // Not kept, told once though added twice, and no more when it is gone.
        Ear *ear = [[Ear alloc] init], *other = [[Ear alloc] init];
        [bob addAdvancedMsgListener:ear];
        [bob addAdvancedMsgListener:ear];
        [bob addAdvancedMsgListener:other];
        SendLunch(alice, @"bob");
        WAIT(other->heard > 0);
        CHECK_NUMBER(ear->heard, 1);
        CHECK([ear class] == [Ear class] && [ear isMemberOfClass:[Ear class]]);
        LET_GO(ear);
        SendLunch(alice, @"bob");
        WAIT(other->heard == 2);
        LET_GO(other);
    }
    CHECK_NUMBER(alive, 0);
    @autoreleasepool {
        // Removes itself in its own callback.
        Ear *ear = [[Ear alloc] init];
        ear->forgetsItselfOf = bob;
        [bob addAdvancedMsgListener:ear];
        SendLunch(alice, @"bob");
        WAIT(ear->heard > 0);
        SendLunch(alice, @"bob");
        Settle(bob);
        CHECK_NUMBER(ear->heard, 1);
#if __has_feature(objc_arc)
        ear->forgetsItselfOf = nil;
#endif
        LET_GO(ear);
    }
    CHECK_NUMBER(alive, 0);
    @autoreleasepool {
        // Leaves in its dealloc, as many do.
        Ear *ear = [[Ear alloc] init];
        ear->leavesInDealloc = bob;
        [bob addAdvancedMsgListener:ear];
        SendLunch(alice, @"bob");
        WAIT(ear->heard > 0);
        LET_GO(ear);
    }
    CHECK_NUMBER(alive, 0);
    LET_GO(alice);
    LET_GO(bob);
}

static _Atomic BOOL stop;

/// Sends as fast as answers come.
static void *flood(void *manager) {
    V2TIMManager *alice = BRIDGED(V2TIMManager *, manager);
    while (!stop) {
        @autoreleasepool {
            V2TIMMessage *message = [alice createTextMessage:@"Lunch?"];
            [alice sendMessage:message
                       receiver:@"bob"
                        groupID:nil
                       priority:V2TIM_PRIORITY_NORMAL
                 onlineUserOnly:YES
                offlinePushInfo:nil
                       progress:nil
                           succ:nil
                           fail:nil];
            usleep(500);
        }
    }
    return NULL;
}

/// Listeners come and go while messages are told on another thread.
static void ListenersInARush(void) {
    V2TIMManager *alice = NewUser(@"rush", @"alice"), *bob = [[V2TIMManager alloc] init];
    V2TIMSDKConfig *config = ConfigFor(@"rush", @"bob");
    config.seenBy.callbacksOnDeliveryThread = YES;
    CHECK([bob initSDK:1 config:config]);
    Ending *login = [Ending ending];
    [bob login:@"bob" userSig:@"any" succ:[login done] fail:[login fail]];
    CHECK_NUMBER([login wait], 0);
    CHECK(!login->onMain);
    pthread_t thread;
    pthread_create(&thread, NULL, &flood, BRIDGED(void *, alice));
    int heard = 0;
    for (int round = 0; round < 300; ++round) {
        @autoreleasepool {
            Ear *ear = [[Ear alloc] init];
            if (round % 2) ear->leavesInDealloc = bob;
            if (round % 3 == 0) ear->forgetsItselfOf = bob;
            [bob addAdvancedMsgListener:ear];
            if (round % 10 == 0) {
                for (int i = 0; i < 2000 && !ear->heard; ++i) usleep(1000);
            } else {
                usleep(300);
            }
            heard += ear->heard;
            LET_GO(ear);
        }
    }
    stop = YES;
    pthread_join(thread, NULL);
    CHECK(heard >= 30);
    WAIT(alive == 0);
    CHECK_NUMBER(alive, 0);
    LET_GO(alice);
    LET_GO(bob);
}

static _Atomic int told;

/// A call whose blocks hold something, and end on the queue of a manager that goes on or goes away.
static void Ask(V2TIMManager *manager, BOOL good) {
    Counted *held = LATER([[Counted alloc] init]);
    [manager getUsersInfo:good ? @[ @"alice" ] : @[]
                     succ:^(NSArray<V2TIMUserFullInfo *> *infoList) {
                         CHECK(held != nil && good);
                         told++;
                     }
                     fail:^(int code, NSString *desc) {
                         CHECK(held != nil && (!good || code == ERR_SDK_COMM_INTERRUPT));
                         told++;
                     }];
}

static void Blocks(void) {
    V2TIMManager *alice = NewUser(@"blocks", @"alice");
    const int before = told;
    @autoreleasepool {
        for (int i = 0; i < 100; ++i) Ask(alice, i % 2 == 0);
    }
    CHECK(alive > 0);
    WAIT(told - before == 100 && alive == 0);
    // Cut short by the end of the manager: each is told all the same, once.
    @autoreleasepool {
        for (int i = 0; i < 100; ++i) Ask(alice, YES);
    }
    LET_GO(alice);
    WAIT(told - before == 200 && alive == 0);
    CHECK_NUMBER(told - before, 200);
}

@interface Owner : Counted {
  @public
    V2TIMManager *manager;
}
@end
@implementation Owner
#if !__has_feature(objc_arc)
- (void)dealloc {
    [manager release];
    [super dealloc];
}
#endif
@end

/// What an app hands over with its configuration, and objects that hold the manager which holds them.
static void Configuration(void) {
    @autoreleasepool {
        V2TIMManager *manager = [[V2TIMManager alloc] init];
        V2TIMSDKConfig *config = ConfigFor(@"configuration", @"a");
        Counted *forDispatch = [[Counted alloc] init], *forToken = [[Counted alloc] init], *forLog = [[Counted alloc] init];
        config.seenBy.dispatcher = ^(SeenByJob *job) {
            CHECK(forDispatch != nil);
            [job run];
        };
        config.seenBy.tokenProvider = ^(NSString *userID, SeenByTokenReply *reply) {
            CHECK(forToken != nil);
        };
        config.logListener = ^(V2TIMLogLevel level, NSString *text) {
            CHECK(forLog != nil);
        };
        LET_GO(forDispatch);
        LET_GO(forToken);
        LET_GO(forLog);
        CHECK([manager initSDK:1 config:config]);
        Ending *login = [Ending ending];
        [manager login:@"a" userSig:@"any" succ:[login done] fail:[login fail]];
        CHECK_NUMBER([login wait], 0);
        // The configuration keeps them too, until it goes.
        CHECK_NUMBER(alive, 3);
        LET_GO(manager);
    }
    WAIT(alive == 0);

    // A further manager goes in its own callback, and in a block that was its last owner.
    @autoreleasepool {
        Owner *owner = [[Owner alloc] init];
        owner->manager = NewUser(@"configuration", @"b");
        Ending *end = [Ending ending];
        V2TIMFail fail = [end fail];
        [owner->manager getUsersInfo:@[ @"b" ]
                                succ:^(NSArray<V2TIMUserFullInfo *> *infoList) {
                                    V2TIMManager *manager = owner->manager;
                                    owner->manager = nil;
                                    LET_GO(manager);
                                    fail(0, @"it went");
                                }
                                fail:fail];
        CHECK_NUMBER([end wait], 0);
        LET_GO(owner);
    }
    WAIT(alive == 0);
}

/// Managers that all go in a callback, where clients cannot be freed at once.
static void ManyInACallback(void) {
    @autoreleasepool {
        V2TIMManager *alice = NewUser(@"leaving", @"alice");
        NSMutableArray<V2TIMManager *> *managers = [[NSMutableArray alloc] init];
        for (int i = 0; i < 300; ++i) {
            V2TIMManager *manager = [[V2TIMManager alloc] init];
            CHECK([manager initSDK:1 config:ConfigFor(@"leaving", [NSString stringWithFormat:@"%d", i])]);
            [managers addObject:manager];
            LET_GO(manager);
        }
        Ending *end = [Ending ending];
        V2TIMFail fail = [end fail];
        [alice findMessages:nil
                       succ:nil
                       fail:^(int code, NSString *desc) {
                           [managers removeAllObjects];
                           fail(code, desc);
                       }];
        CHECK_NUMBER([end wait], ERR_INVALID_PARAMETERS);
        LET_GO(managers);
        LET_GO(alice);
    }
}

static void Many(void) {
    // Clients by the thousand: what is left behind would show as a refused thread, file or lock.
    for (int i = 0; i < 300; ++i) {
        @autoreleasepool {
            Ear *ear = [[Ear alloc] init];
            V2TIMManager *manager = [[V2TIMManager alloc] init];
            [manager addIMSDKListener:ear];
            if (![manager initSDK:1 config:ConfigFor(@"many", [NSString stringWithFormat:@"%d", i])]) {
                CHECK_EQUAL(manager.seenByLastInitError.localizedDescription, @"");
            }
            if (i % 3 == 0) [manager unInitSDK];
            if (i % 6 == 0) CHECK([manager initSDK:1 config:ConfigFor(@"many", @"again")]);
            LET_GO(manager);
            LET_GO(ear);
        }
    }
    WAIT(alive == 0);
    CHECK_NUMBER(alive, 0);
}

/// Messages, receipts and errors that were given out live on their own.
static void Values(void) {
    V2TIMMessage *kept = nil;
    @autoreleasepool {
        V2TIMManager *alice = NewUser(@"values", @"alice");
        kept = KEEP(SendLunch(alice, @"bob"));
        LET_GO(alice);
    }
    CHECK(kept.msgID.length > 0 && kept.seenBy.conversationID.length > 0 && kept.seenBy.isKnown);
    CHECK_EQUAL(kept.textElem.text, @"Lunch?");
    LET_GO(kept);
}

int main(void) {
    BEGIN_TEST();
    @autoreleasepool {
        Listeners();
        ListenersInARush();
        Blocks();
        Configuration();
        ManyInACallback();
        Many();
        Values();
        CHECK_NUMBER(alive, 0);
    }
    CHECK_NOTHING_LEFT(NO);
    return Report();
}
