// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the tests share: checks that count, waiting that turns the main run loop, and an ending for every kind of block.

#ifndef SEENBY_OBJC_CHECK_H
#define SEENBY_OBJC_CHECK_H

#import <SeenBy/SeenBy.h>
#include <pthread.h>
#include <unistd.h>

#if __has_feature(objc_arc)
#define LET_GO(object) ((object) = nil)
#else
#define LET_GO(object) \
    do { \
        [(object) release]; \
        (object) = nil; \
    } while (0)
#endif

static _Atomic int passed, failed;

static inline BOOL CheckAt(BOOL good, const char *what, const char *file, int line) {
    if (good) {
        passed++;
    } else {
        failed++;
        printf("%s:%d: not so: %s\n", file, line, what);
        fflush(stdout);
    }
    return good;
}
#define CHECK(what) CheckAt((what) ? YES : NO, #what, __FILE__, __LINE__)
#define CHECK_EQUAL(is, wanted) \
    do { \
        id is_ = (is), wanted_ = (wanted); \
        if (!CheckAt([is_ isEqual:wanted_], #is " is " #wanted, __FILE__, __LINE__)) { \
            printf("    it is %s\n", [[is_ description] UTF8String]); \
        } \
    } while (0)
#define CHECK_NUMBER(is, wanted) \
    do { \
        long long is_ = (long long)(is), wanted_ = (long long)(wanted); \
        if (!CheckAt(is_ == wanted_, #is " is " #wanted, __FILE__, __LINE__)) printf("    it is %lld\n", is_); \
    } while (0)

/// Turns the main run loop until it holds. A minute later the test has hung, and ends.
static inline void WaitAt(BOOL (^holds)(void), const char *what, const char *file, int line) {
    NSDate *end = [NSDate dateWithTimeIntervalSinceNow:60];
    while (!holds()) {
        @autoreleasepool {
            if ([end timeIntervalSinceNow] < 0) {
                printf("%s:%d: did not come: %s\n%d passed, %d failed\n", file, line, what, passed, failed + 1);
                exit(1);
            }
            [[NSRunLoop mainRunLoop] runMode:NSDefaultRunLoopMode beforeDate:[NSDate dateWithTimeIntervalSinceNow:0.01]];
        }
    }
}
#define WAIT(what) \
    WaitAt( \
        ^BOOL { \
            return (what) ? YES : NO; \
        }, \
        #what, __FILE__, __LINE__)

/// What a call came to.
@interface Ending : NSObject {
  @public
    _Atomic int succeeded;
    _Atomic int failures;
    int code;
    NSString *sentence;
    id value;
    uint64_t next;
    BOOL finished;
    BOOL onMain;
}
+ (Ending *)ending;
- (BOOL)ended;
/// Waits for it; it must have come exactly once.
- (int)wait;
- (SeenByV2TIMSucc)done;
- (SeenByV2TIMFail)fail;
- (void (^)(id))one;
- (void (^)(id, uint64_t, BOOL))page;
- (void (^)(uint64_t, id))memberPage;
- (void (^)(uint64_t))number;
@end

#if __has_feature(objc_arc)
#define KEEP(object) (object)
#define SET(field, object) ((field) = (object))
#define LATER_BLOCK(block) [block copy]
#define LATER(object) (object)
#define BRIDGED(type, object) ((__bridge type)(object))
#else
#define KEEP(object) [(object) retain]
#define SET(field, object) \
    do { \
        id old_ = (field); \
        (field) = [(object) retain]; \
        [old_ release]; \
    } while (0)
#define LATER_BLOCK(block) LaterBlock(Block_copy(block))
#define LATER(object) [(object) autorelease]
#define BRIDGED(type, object) ((type)(object))
#include <Block.h>

/// Lets a block go with the pool: blocks are no objects here.
@interface BlockHolder : NSObject {
  @public
    void *block;
}
@end
@implementation BlockHolder
- (void)dealloc {
    Block_release(block);
    [super dealloc];
}
@end
static inline void *LaterBlock(void *block) {
    BlockHolder *holder = LATER([[BlockHolder alloc] init]);
    holder->block = block;
    return block;
}
#endif

@implementation Ending

+ (Ending *)ending {
    return LATER([[Ending alloc] init]);
}

// When every block that held it is gone.
- (void)dealloc {
    if (succeeded + failures > 1) {
        printf("a call ended %d times\n", succeeded + failures);
        failed++;
    }
#if !__has_feature(objc_arc)
    [sentence release];
    [value release];
    [super dealloc];
#endif
}

- (BOOL)ended {
    return succeeded + failures > 0;
}

- (int)wait {
    WAIT([self ended]);
    CHECK_NUMBER(succeeded + failures, 1);
    return code;
}

- (void)good:(id)with {
    value = KEEP(with);
    onMain = [NSThread isMainThread];
    succeeded++;
}

- (SeenByV2TIMSucc)done {
    return LATER_BLOCK(^{
        [self good:nil];
    });
}

- (SeenByV2TIMFail)fail {
    return LATER_BLOCK((^(int number, NSString *text) {
        self->code = number;
        self->sentence = [text copy];
        self->onMain = [NSThread isMainThread];
        self->failures++;
    }));
}

- (void (^)(id))one {
    return LATER_BLOCK(^(id with) {
        [self good:with];
    });
}

- (void (^)(id, uint64_t, BOOL))page {
    return LATER_BLOCK((^(id with, uint64_t place, BOOL last) {
        self->next = place;
        self->finished = last;
        [self good:with];
    }));
}

- (void (^)(uint64_t, id))memberPage {
    return LATER_BLOCK((^(uint64_t place, id with) {
        self->next = place;
        [self good:with];
    }));
}

- (void (^)(uint64_t))number {
    return LATER_BLOCK(^(uint64_t number) {
        self->next = number;
        [self good:nil];
    });
}

@end

/// A configuration for a service in memory.
static inline V2TIMSDKConfig *ConfigFor(NSString *service, NSString *device) {
    V2TIMSDKConfig *config = LATER([[V2TIMSDKConfig alloc] init]);
    config.seenBy.server = [@"embedded:mem/" stringByAppendingString:service];
    config.seenBy.deviceLabel = device;
    return config;
}

/// A manager of its own with this user logged in; the caller owns it.
__attribute__((ns_returns_retained)) static inline V2TIMManager *NewWith(V2TIMSDKConfig *config, NSString *user) {
    V2TIMManager *manager = [[V2TIMManager alloc] init];
    CHECK([manager initSDK:1 config:config]);
    Ending *login = [Ending ending];
    [manager login:user userSig:@"any" succ:[login done] fail:[login fail]];
    CHECK_NUMBER([login wait], 0);
    return manager;
}

__attribute__((ns_returns_retained)) static inline V2TIMManager *NewUser(NSString *service, NSString *user) {
    return NewWith(ConfigFor(service, user), user);
}

/// A text that wants receipts, sent one to one.
static inline V2TIMMessage *SendLunch(V2TIMManager *from, NSString *user) {
    V2TIMMessage *message = [from createTextMessage:@"Lunch?"];
    message.needReadReceipt = YES;
    Ending *sent = [Ending ending];
    [from sendMessage:message
               receiver:user
                groupID:nil
               priority:V2TIM_PRIORITY_NORMAL
         onlineUserOnly:NO
        offlinePushInfo:nil
               progress:nil
                   succ:[sent done]
                   fail:[sent fail]];
    CHECK_NUMBER([sent wait], 0);
    return message;
}

/// A text with half of a surrogate pair, which a string can hold and UTF-8 cannot.
static inline NSString *Half(void) {
    NSMutableString *text = [NSMutableString stringWithString:@"half "];
    const unichar half = 0xd83d;
    [text appendFormat:@"%C", half];
    return text;
}

#ifdef GNUSTEP
#import <Foundation/NSDebug.h>

/// What SeenBy made and did not let go of, with how many of each.
static inline NSString *LeftOver(BOOL withShared) {
    NSMutableArray *left = [NSMutableArray array];
    for (NSString *line in [[NSString stringWithUTF8String:GSDebugAllocationList(NO)] componentsSeparatedByString:@"\n"]) {
        if ([line rangeOfString:@"\tSeenBy"].location == NSNotFound) continue;
        // The documented singleton is not let go of.
        NSArray *ofShared = [NSArray arrayWithObjects:@"1\tSeenByV2TIMManager", @"1\tSeenByCore", @"1\tSeenByRoute", nil];
        if (!withShared || ![ofShared containsObject:line]) [left addObject:line];
    }
    return [left componentsJoinedByString:@", "];
}
#define COUNT_OBJECTS() GSDebugAllocationActive(YES)
#define CHECK_NOTHING_LEFT(with_shared) \
    do { \
        @autoreleasepool { \
            /* What is on its way is told, and other threads empty their pools. */ \
            for (int i_ = 0; i_ < 1000 && [LeftOver(with_shared) length]; ++i_) { \
                NSDate *soon_ = [NSDate dateWithTimeIntervalSinceNow:0.01]; \
                [[NSRunLoop mainRunLoop] runMode:NSDefaultRunLoopMode beforeDate:soon_]; \
                usleep(1000); \
            } \
            CHECK_EQUAL(LeftOver(with_shared), @""); \
        } \
    } while (0)
#else
// Apple's runtime counts with tools of its own.
#define COUNT_OBJECTS() ((void)0)
#define CHECK_NOTHING_LEFT(with_shared) ((void)0)
#endif

/// First in a test. One that hangs is ended, so that whoever waits for it hears of it.
#define BEGIN_TEST() \
    do { \
        alarm(600); \
        COUNT_OBJECTS(); \
    } while (0)

static inline int Report(void) {
    printf("%d passed, %d failed\n", passed, failed);
    return failed ? 1 : 0;
}

#endif  // SEENBY_OBJC_CHECK_H
