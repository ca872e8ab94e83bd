/*
 * What crossing into the Objective-C classes costs: ../src/crossing.rs is the same work through the Rust API, and says what is
 * measured and how. Prints `report N NS` and `event N NS` lines, each a median. An event ends here when every object that was
 * made for it is gone.
 */
#import <SeenBy/SeenBy.h>
#include <objc/runtime.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#if __has_feature(objc_arc)
#define RELEASE(object) ((void)(object))
#define AUTORELEASE(object) (object)
#else
#define RELEASE(object) [(object) release]
#define AUTORELEASE(object) [(object) autorelease]
#endif

enum { ROUNDS = 200, CALLS = 50, MOST = 64 };

static const int REPORTS[] = {1, 30};
static const int EVENTS[] = {1, 30, 64};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ended, heard;              /* since they were last set to 0 */
static uint64_t found[ROUNDS];        /* what is measured now */
static int found_count, looked_for;
static __thread uint64_t last_callback; /* when this thread's last one ended, in ns of its own time */

static uint64_t thread_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void check(BOOL good, NSString *what) {
    if (good) return;
    fprintf(stderr, "%s\n", [what UTF8String]);
    exit(1);
}

static void add(int *count, int n) {
    pthread_mutex_lock(&lock);
    *count += n;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

static void wait_for(int *count, int n) {
    pthread_mutex_lock(&lock);
    while (*count < n) pthread_cond_wait(&changed, &lock);
    *count = 0;
    pthread_mutex_unlock(&lock);
}

static int compare(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void print_median(const char *what, int n) {
    check(found_count > 0, @"nothing was measured");
    qsort(found, (size_t)found_count, sizeof found[0], compare);
    printf("%s %d %llu\n", what, n, (unsigned long long)found[found_count / 2]);
    fflush(stdout);
    found_count = 0;
}

/* Goes when the pool of the event is emptied, after the objects of the event. */
@interface Last : NSObject {
  @public
    int count, read;
}
@end
@implementation Last
- (void)dealloc {
    uint64_t spent = thread_ns() - last_callback;
    if (count == looked_for && last_callback != 0 && found_count < ROUNDS) found[found_count++] = spent;
    add(&heard, read);
    last_callback = thread_ns();
#if !__has_feature(objc_arc)
    [super dealloc];
#endif
}
@end

@interface Listener : NSObject <V2TIMAdvancedMsgListener>
@end
@implementation Listener
- (void)onRecvMessageReadReceipts:(NSArray<V2TIMMessageReceipt *> *)receiptList {
    Last *last = [[Last alloc] init];
    for (V2TIMMessageReceipt *receipt in receiptList) last->read += receipt.isPeerRead;
    last->count = (int)receiptList.count;
#ifdef __APPLE__
    /* Its pools are emptied from the end; what is associated goes after what the list holds. */
    static const char key;
    objc_setAssociatedObject(receiptList, &key, last, OBJC_ASSOCIATION_RETAIN);
    RELEASE(last);
#else
    last = AUTORELEASE(last);
#endif
}
@end

static V2TIMSDKConfig *config_of(NSString *user) {
    V2TIMSDKConfig *config = AUTORELEASE([[V2TIMSDKConfig alloc] init]);
    config.seenBy.server = @"embedded:mem/crossing-objc";
    config.seenBy.deviceLabel = user;
    config.seenBy.callbacksOnDeliveryThread = YES;
    return config;
}

static V2TIMFail failing(void) {
    return ^(int code, NSString *desc) {
        check(NO, desc);
    };
}

/* The caller owns it. */
__attribute__((ns_returns_retained)) static V2TIMManager *new_user(NSString *user) {
    V2TIMManager *manager = [[V2TIMManager alloc] init];
    check([manager initSDK:1 config:config_of(user)], @"no manager");
    if (user.length) {
        [manager login:user
               userSig:@"any"
                  succ:^{
                      add(&ended, 1);
                  }
                  fail:failing()];
        wait_for(&ended, 1);
    }
    return manager;
}

static NSMutableArray<V2TIMMessage *> *references(V2TIMManager *from, NSArray<NSString *> *ids) {
    NSMutableArray<V2TIMMessage *> *messages = [NSMutableArray array];
    for (NSString *msgID in ids) {
        V2TIMMessage *message = [V2TIMManager seenByMessageReference:@"c2c_alice" msgID:msgID sender:nil error:NULL];
        check(message != nil, @"no reference");
        [messages addObject:message];
    }
    return messages;
}

/* What a report costs its caller: the call, of a manager where nobody is logged in, so that it ends there. */
static void reports(int n) {
    V2TIMManager *nobody = new_user(@"");
    @autoreleasepool {
        NSMutableArray<NSString *> *ids = [NSMutableArray array];
        for (int i = 0; i < n; i++) {
            [ids addObject:[NSString stringWithFormat:@"0123456789abcdefghijklmnopqrst%02d", i]]; /* as long as ours */
        }
        NSMutableArray<V2TIMMessage *> *messages = references(nobody, ids);
        for (int round = 0; round < ROUNDS; round++) {
            uint64_t begin = thread_ns();
            for (int i = 0; i < CALLS; i++) {
                @autoreleasepool {
                    [nobody sendMessageReadReceipts:messages
                        succ:^{
                            check(NO, @"nobody is logged in, and a report was taken");
                        }
                        fail:^(int code, NSString *desc) {
                            check(code == ERR_SDK_NOT_LOGGED_IN, desc);
                            add(&ended, 1);
                        }];
                }
            }
            found[found_count++] = (thread_ns() - begin) / CALLS;
            wait_for(&ended, CALLS);
        }
    }
    print_median("report", n);
    RELEASE(nobody);
}

/* What an event of n receipts costs the thread that brings it. */
static void events(V2TIMManager *alice, V2TIMManager *bob, int n) {
    looked_for = n;
    for (int round = 0; round < ROUNDS; round++) {
        @autoreleasepool {
            NSMutableArray<NSString *> *ids = [NSMutableArray array];
            for (int i = 0; i < n; i++) {
                V2TIMMessage *message = [alice createTextMessage:@"Lunch?"];
                message.needReadReceipt = YES;
                NSString *msgID = [alice sendMessage:message
                                            receiver:@"bob"
                                             groupID:nil
                                            priority:V2TIM_PRIORITY_NORMAL
                                      onlineUserOnly:NO
                                     offlinePushInfo:nil
                                            progress:nil
                                                succ:^{
                                                    add(&ended, 1);
                                                    last_callback = thread_ns();
                                                }
                                                fail:failing()];
                [ids addObject:msgID];
            }
            wait_for(&ended, n);
            [bob sendMessageReadReceipts:references(bob, ids)
                                    succ:^{
                                        add(&ended, 1);
                                    }
                                    fail:failing()];
            wait_for(&ended, 1);
            wait_for(&heard, n);
        }
    }
    print_median("event", n);
}

int main(void) {
    @autoreleasepool {
        /* The rate limits are not what is measured. */
        NSError *error = nil;
        SeenByTestService *service =
            [[SeenByTestService alloc] initWithAppID:1
                                              config:config_of(@"")
                                            settings:nil
                                              limits:@"{\"requests_per_second\": 1000000, \"burst\": 1000000}"
                                               error:&error];
        check(service != nil, error.localizedDescription);
        for (size_t i = 0; i < sizeof REPORTS / sizeof REPORTS[0]; i++) reports(REPORTS[i]);
        V2TIMManager *alice = new_user(@"alice"), *bob = new_user(@"bob");
        Listener *listener = [[Listener alloc] init];
        [alice addAdvancedMsgListener:listener];
        for (size_t i = 0; i < sizeof EVENTS / sizeof EVENTS[0]; i++) events(alice, bob, EVENTS[i]);
        [alice removeAdvancedMsgListener:listener];
        RELEASE(listener);
        RELEASE(bob);
        RELEASE(alice);
        RELEASE(service);
    }
    return 0;
}
