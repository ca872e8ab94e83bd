// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What only Apple's systems tell and have, run over stand-ins of it: background and foreground, the network's coming and going,
// the data folder, queues, lists. Compiled for an iPhone and for a Mac.

#import "../check.h"
#import <Network/Network.h>
#import <UIKit/UIKit.h>

#ifdef SEENBY_STAND_INS_PHONE
static NSString *const kCame = @"UIApplicationWillEnterForegroundNotification";
static NSString *const kActive = @"UIApplicationDidBecomeActiveNotification";
static NSString *const kLeft = @"UIApplicationDidEnterBackgroundNotification";
#else
static NSString *const kCame = @"NSApplicationDidUnhideNotification";
static NSString *const kActive = @"NSApplicationDidBecomeActiveNotification";
static NSString *const kLeft = @"NSApplicationDidHideNotification";
#endif

static int created, cancelled;
static NSMutableArray<NSString *> *leftOut;

/// A serial queue; without operations: the main one.
@interface Queue : NSObject {
  @public
    NSOperationQueue *operations;
}
@end
@implementation Queue
- (void)dealloc {
    [operations release];
    [super dealloc];
}
@end

@interface Work : NSObject {
  @public
    void (^block)(void);
}
@end
@implementation Work
- (void)run {
    block();
}
- (void)dealloc {
    Block_release(block);
    [super dealloc];
}
@end

@interface Monitor : NSObject {
  @public
    id queue;
    void (^handler)(nw_path_t path);
    BOOL started;
}
@end
static Monitor *last;
@implementation Monitor
- (void)dealloc {
    if (last == self) last = nil;
    [queue release];
    if (handler) Block_release(handler);
    [super dealloc];
}
@end

dispatch_queue_t dispatch_queue_create(const char *label, void *attributes) {
    Queue *queue = [[Queue alloc] init];
    queue->operations = [[NSOperationQueue alloc] init];
    [queue->operations setMaxConcurrentOperationCount:1];
    return queue;
}

dispatch_queue_t dispatch_get_main_queue(void) {
    static Queue *queue;
    if (!queue) queue = [[Queue alloc] init];
    return queue;
}

void dispatch_async(dispatch_queue_t queue, void (^block)(void)) {
    NSOperationQueue *operations = ((Queue *)queue)->operations;
    Work *work = [[Work alloc] init];
    work->block = Block_copy(block);
    if (operations) {
        [operations addOperation:LATER([[NSInvocationOperation alloc] initWithTarget:work
                                                                            selector:@selector(run)
                                                                              object:nil])];
    } else {
        [work performSelectorOnMainThread:@selector(run) withObject:nil waitUntilDone:NO];
    }
    [work release];
}

nw_path_monitor_t nw_path_monitor_create(void) {
    created++;
    return last = [[Monitor alloc] init];
}

void nw_path_monitor_set_queue(nw_path_monitor_t monitor, dispatch_queue_t queue) {
    ((Monitor *)monitor)->queue = [queue retain];
}

void nw_path_monitor_set_update_handler(nw_path_monitor_t monitor, void (^handler)(nw_path_t path)) {
    ((Monitor *)monitor)->handler = Block_copy(handler);
}

void nw_path_monitor_start(nw_path_monitor_t monitor) {
    CHECK(((Monitor *)monitor)->queue != nil && ((Monitor *)monitor)->handler != nil);
    ((Monitor *)monitor)->started = YES;
}

void nw_path_monitor_cancel(nw_path_monitor_t monitor) {
    CHECK(((Monitor *)monitor)->started);
    cancelled++;
}

nw_path_status_t nw_path_get_status(nw_path_t path) { return (nw_path_status_t)[path intValue]; }

@implementation NSURL (StandIn)
- (BOOL)setResourceValue:(id)value forKey:(NSString *)key error:(NSError **)error {
    CHECK_EQUAL(key, NSURLIsExcludedFromBackupKey);
    CHECK_EQUAL(value, @(YES));
    CHECK([[NSFileManager defaultManager] fileExistsAtPath:[self path]]);
    [leftOut addObject:[self path]];
    return YES;
}
@end

@implementation UITableView
- (id)window {
    return window;
}
- (NSArray<NSIndexPath *> *)indexPathsForVisibleRows {
    return rows;
}
@end

@implementation UICollectionView
- (id)window {
    return window;
}
- (NSArray<NSIndexPath *> *)indexPathsForVisibleItems {
    return rows;
}
@end

static NSString *Data(void) { return [[[NSProcessInfo processInfo] environment] objectForKey:@"SEENBY_TEST_DATA"]; }

NSArray *StandInFolders(NSSearchPathDirectory directory) {
    CHECK_NUMBER(directory, NSApplicationSupportDirectory);
    return [NSArray arrayWithObject:[Data() stringByAppendingPathComponent:@"Support"]];
}

@implementation NSFileManager (StandIn)
- (NSURL *)containerURLForSecurityApplicationGroupIdentifier:(NSString *)group {
    if (![group isEqualToString:@"group.test"]) return nil;
    return [NSURL fileURLWithPath:[Data() stringByAppendingPathComponent:@"container"] isDirectory:YES];
}
@end

static void Post(NSString *name) { [[NSNotificationCenter defaultCenter] postNotificationName:name object:nil]; }

@interface Ear : NSObject <V2TIMAdvancedMsgListener> {
  @public
    NSMutableArray<V2TIMMessage *> *messages;
    NSMutableSet<NSString *> *read;
}
@end
@implementation Ear
- (instancetype)init {
    if ((self = [super init])) {
        messages = [[NSMutableArray alloc] init];
        read = [[NSMutableSet alloc] init];
    }
    return self;
}
- (void)onRecvNewMessage:(V2TIMMessage *)msg {
    [messages addObject:msg];
}
- (void)onRecvMessageReadReceipts:(NSArray<V2TIMMessageReceipt *> *)receiptList {
    for (V2TIMMessageReceipt *receipt in receiptList) [read addObject:receipt.msgID];
}
- (void)dealloc {
    [messages release];
    [read release];
    [super dealloc];
}
@end

/// Everything that was asked before is answered.
static void Settle(V2TIMManager *by, NSString *user) {
    Ending *history = [Ending ending];
    [by getC2CHistoryMessageList:user count:1 lastMsg:nil succ:[history one] fail:[history fail]];
    CHECK_NUMBER([history wait], 0);
}

static void Background(void) {
    V2TIMManager *alice = NewUser(@"system", @"alice");
    V2TIMSDKConfig *config = ConfigFor(@"system", @"bob");
    config.seenBy.seenForMs = 1;
    V2TIMManager *bob = NewWith(config, @"bob");
    Ear *told = [[Ear alloc] init], *heard = [[Ear alloc] init];
    [alice addAdvancedMsgListener:told];
    [bob addAdvancedMsgListener:heard];
    V2TIMMessage *first = SendLunch(alice, @"bob"), *second = SendLunch(alice, @"bob"), *third = SendLunch(alice, @"bob");
    WAIT(heard->messages.count == 3);
    SeenByReadTracker *tracker = [[SeenByReadTracker alloc] initWithManager:bob conversationID:@"c2c_alice" error:NULL];
    // Nothing is seen in the background.
    Post(kLeft);
    CHECK([tracker visible:@[ [heard->messages objectAtIndex:0] ]]);
    Settle(bob, @"alice");
    usleep(20000);
    Settle(bob, @"alice");
    Settle(alice, @"bob");
    CHECK_NUMBER(told->read.count, 0);
    Post(kCame);
    WAIT([told->read containsObject:first.msgID]);
    Post(kLeft);
    CHECK([tracker visible:@[ [heard->messages objectAtIndex:1] ]]);
    Post(kActive);
    WAIT([told->read containsObject:second.msgID]);
    LET_GO(tracker);
    LET_GO(bob);

    // Not followed: the app says it.
    config.seenBy.followsSystem = NO;
    bob = NewWith(config, @"bob");
    const int before = created;
    tracker = [[SeenByReadTracker alloc] initWithManager:bob conversationID:@"c2c_alice" error:NULL];
    Post(kLeft);
    CHECK([tracker visible:@[ [heard->messages objectAtIndex:2] ]]);
    WAIT([told->read containsObject:third.msgID]);
    CHECK_NUMBER(created, before);
    LET_GO(tracker);
    LET_GO(bob);
    LET_GO(alice);
    LET_GO(told);
    LET_GO(heard);
}

static NSArray<NSIndexPath *> *Rows(NSUInteger first, NSUInteger past) {
    NSMutableArray *rows = [NSMutableArray array];
    for (NSUInteger row = first; row < past; ++row) [rows addObject:[NSIndexPath indexPathWithIndex:row]];
    return rows;
}

/// What lists show is reported, row by row.
static void Lists(void) {
    V2TIMManager *alice = NewUser(@"lists", @"alice");
    V2TIMSDKConfig *config = ConfigFor(@"lists", @"bob");
    config.seenBy.seenForMs = 1;
    V2TIMManager *bob = NewWith(config, @"bob");
    Ear *told = [[Ear alloc] init], *heard = [[Ear alloc] init];
    [alice addAdvancedMsgListener:told];
    [bob addAdvancedMsgListener:heard];
    NSMutableArray<V2TIMMessage *> *sent = [NSMutableArray array];
    for (int i = 0; i < 5; ++i) [sent addObject:SendLunch(alice, @"bob")];
    WAIT(heard->messages.count == 5);
    SeenByReadTracker *tracker = [[SeenByReadTracker alloc] initWithManager:bob conversationID:@"c2c_alice" error:NULL];
    // The first row is a date.
    SeenByMessageAt at = ^V2TIMMessage *(NSIndexPath *row) {
        const NSUInteger index = [row indexAtPosition:0];
        return index ? [heard->messages objectAtIndex:index - 1] : nil;
    };
    UITableView *table = LATER([[UITableView alloc] init]);
    table->rows = Rows(0, 3);
    // Not on the screen.
    CHECK([tracker tableViewDidChange:table messageAt:at]);
    Settle(bob, @"alice");
    usleep(20000);
    Settle(bob, @"alice");
    Settle(alice, @"bob");
    CHECK_NUMBER(told->read.count, 0);
    table->window = table;
    CHECK([tracker tableViewDidChange:table messageAt:at]);
    WAIT(told->read.count == 2);
    CHECK([told->read containsObject:[[sent objectAtIndex:0] msgID]] && [told->read containsObject:[[sent objectAtIndex:1] msgID]]);
    UICollectionView *collection = LATER([[UICollectionView alloc] init]);
    collection->window = table;
    collection->rows = Rows(2, 4);
    CHECK([tracker collectionViewDidChange:collection messageAt:at]);
    WAIT(told->read.count == 3);
    CHECK([told->read containsObject:[[sent objectAtIndex:2] msgID]]);
    CHECK([tracker collectionViewDidChange:nil messageAt:at] && [tracker tableViewDidChange:nil messageAt:at]);
    LET_GO(tracker);
    LET_GO(bob);
    LET_GO(alice);
    LET_GO(told);
    LET_GO(heard);
}

/// The queue that is given, and the main one if none is.
static void Queues(void) {
    Queue *queue = dispatch_queue_create("test", NULL);
    V2TIMSDKConfig *config = ConfigFor(@"queues", @"alice");
    config.seenBy.callbackQueue = queue;
    // The queue wins.
    config.seenBy.callbacksOnDeliveryThread = YES;
    V2TIMManager *alice = NewWith(config, @"alice"), *bob = NewUser(@"queues", @"bob");
    __block int ended = 0;
    __block BOOL right = YES, onMain = NO;
    for (int i = 0; i < 50; ++i) {
        [alice findMessages:i % 2 ? @[ @"nowhere" ] : nil
            succ:^(NSArray<V2TIMMessage *> *msgs) {
                if ([NSThread isMainThread]) onMain = YES;
                ended++;
            }
            fail:^(int code, NSString *desc) {
                if (code != ERR_INVALID_PARAMETERS) right = NO;
                if ([NSThread isMainThread]) onMain = YES;
                ended++;
            }];
    }
    WAIT(ended == 50);
    CHECK(right && !onMain);
    Ending *main = [Ending ending], *early = [Ending ending];
    [bob getUsersInfo:@[ @"bob" ] succ:[main one] fail:[main fail]];
    CHECK_NUMBER([main wait], 0);
    CHECK(main->onMain);
    V2TIMManager *none = [[V2TIMManager alloc] init];
    [none getUsersInfo:@[ @"bob" ] succ:[early one] fail:[early fail]];
    CHECK_NUMBER([early wait], ERR_SDK_NOT_INITIALIZED);
    CHECK(early->onMain);
    LET_GO(none);
    LET_GO(alice);
    LET_GO(bob);
    LET_GO(queue);
}

static void Network(void) {
    V2TIMManager *alice = NewUser(@"network", @"alice");
    CHECK(last != nil && last->started);
    last->handler([NSNumber numberWithInt:nw_path_status_unsatisfied]);
    Ending *offline = [Ending ending];
    [alice getUsersInfo:@[ @"alice" ] succ:[offline one] fail:[offline fail]];
    CHECK_NUMBER([offline wait], ERR_SDK_NET_DISCONNECT);
    last->handler([NSNumber numberWithInt:nw_path_status_satisfied]);
    int code = ERR_SDK_NET_DISCONNECT;
    for (int i = 0; i < 100 && code == ERR_SDK_NET_DISCONNECT; ++i) {
        Ending *again = [Ending ending];
        [alice getUsersInfo:@[ @"alice" ] succ:[again one] fail:[again fail]];
        code = [again wait];
        usleep(10000);
    }
    CHECK_NUMBER(code, 0);
    // It ends with unInitSDK, and begins with the next initSDK.
    const int before = cancelled;
    [alice unInitSDK];
    CHECK_NUMBER(cancelled, before + 1);
    Post(kLeft);
    CHECK([alice initSDK:1 config:ConfigFor(@"network", @"alice")]);
    CHECK(last != nil);
    LET_GO(alice);
    CHECK_NUMBER(cancelled, created);
    CHECK(last == nil);
    Post(kCame);
}

static void Folders(void) {
    NSFileManager *files = [NSFileManager defaultManager];
    V2TIMSDKConfig *config = LATER([[V2TIMSDKConfig alloc] init]);
    V2TIMManager *manager = [[V2TIMManager alloc] init];
    // In memory nothing is made.
    CHECK([manager initSDK:1 config:ConfigFor(@"folders", nil)]);
    [manager unInitSDK];
    CHECK_NUMBER(leftOut.count, 0);
    // Nor where nobody names a server, nor for one that is refused.
    unsetenv("SEENBY_SERVER");
    CHECK([manager initSDK:1 config:config]);
    [manager unInitSDK];
    config.seenBy.server = @"embedded:memory";
    CHECK(![manager initSDK:1 config:config]);
    CHECK_NUMBER(manager.seenByLastInitError.code, ERR_INVALID_PARAMETERS);
    CHECK([manager.seenByLastInitError.localizedDescription rangeOfString:@"embedded:memory"].location != NSNotFound);
    CHECK_NUMBER(leftOut.count, 0);
    // The environment may name one.
    config.seenBy.server = nil;
    setenv("SEENBY_SERVER", "wss://chat.example", 1);
    CHECK([manager initSDK:1 config:config]);
    [manager unInitSDK];
    unsetenv("SEENBY_SERVER");
    CHECK_NUMBER(leftOut.count, 1);
    config.seenBy.server = [@"embedded:file/" stringByAppendingString:[Data() stringByAppendingPathComponent:@"service"]];

    // Application Support.
    CHECK([manager initSDK:1 config:config]);
    [manager unInitSDK];
    NSString *own = [leftOut lastObject];
    CHECK_EQUAL(own, [Data() stringByAppendingPathComponent:@"Support/SeenBy"]);
    CHECK([files contentsOfDirectoryAtPath:own error:NULL].count > 0);

    // An App Group that the app is not in.
    config.seenBy.appGroup = @"group.other";
    CHECK(![manager initSDK:1 config:config]);
    CHECK_NUMBER(manager.seenByLastInitError.code, ERR_INVALID_PARAMETERS);
    CHECK([manager.seenByLastInitError.localizedDescription rangeOfString:@"group.other"].location != NSNotFound);

    // A notification extension leaves a receipt in the group's folder, before the app was ever started; the app sends it.
    config.seenBy.appGroup = @"group.test";
    NSString *group = [Data() stringByAppendingPathComponent:@"container/Library/Application Support/SeenBy"];
    V2TIMSDKConfig *hers = LATER([[V2TIMSDKConfig alloc] init]);
    hers.seenBy.server = config.seenBy.server;
    hers.seenBy.dataFolder = [Data() stringByAppendingPathComponent:@"alice"];
    V2TIMManager *alice = NewWith(hers, @"alice");
    CHECK_EQUAL([leftOut lastObject], hers.seenBy.dataFolder);
    Ear *told = [[Ear alloc] init];
    [alice addAdvancedMsgListener:told];
    V2TIMMessage *sent = SendLunch(alice, @"bob");
    V2TIMMessage *known = [V2TIMManager seenByMessageReference:@"c2c_alice" msgID:sent.msgID sender:nil error:NULL];
    NSError *error = nil;
    CHECK([V2TIMManager seenByEnqueueReceipts:@[ known ] userID:@"bob" sdkAppID:1 config:config error:&error]);
    CHECK_EQUAL([leftOut lastObject], group);
    V2TIMManager *bob = NewWith(config, @"bob");
    CHECK_EQUAL([leftOut lastObject], group);
    WAIT([told->read containsObject:sent.msgID]);
    LET_GO(bob);

    // A folder of the app's own is used and left as it is.
    const NSUInteger made = leftOut.count;
    NSString *given = [Data() stringByAppendingPathComponent:@"given"];
    CHECK([files createDirectoryAtPath:given withIntermediateDirectories:YES attributes:nil error:NULL]);
    config.seenBy.dataFolder = given;
    CHECK([manager initSDK:1 config:config]);
    [manager unInitSDK];
    CHECK([files contentsOfDirectoryAtPath:given error:NULL].count > 0);
    CHECK_NUMBER(leftOut.count, made);

    // One that cannot be made: there is a file in its way. And one that is no text.
    NSString *file = [Data() stringByAppendingPathComponent:@"file"];
    CHECK([files createFileAtPath:file contents:[NSData data] attributes:nil]);
    config.seenBy.dataFolder = [file stringByAppendingPathComponent:@"below"];
    CHECK(![manager initSDK:1 config:config]);
    CHECK_NUMBER(manager.seenByLastInitError.code, SeenByErrorStore);
    CHECK([manager.seenByLastInitError.localizedDescription rangeOfString:file].location != NSNotFound);
    CHECK(![V2TIMManager seenByEnqueueReceipts:@[ known ] userID:@"bob" sdkAppID:1 config:config error:&error]);
    CHECK_NUMBER(error.code, SeenByErrorStore);
    config.seenBy.dataFolder = Half();
    CHECK(![manager initSDK:1 config:config]);
    CHECK_NUMBER(manager.seenByLastInitError.code, ERR_INVALID_PARAMETERS);
    LET_GO(manager);
    LET_GO(alice);
    LET_GO(told);
}

int main(void) {
    BEGIN_TEST();
    @autoreleasepool {
        leftOut = [[NSMutableArray alloc] init];
        Background();
        Lists();
        Queues();
        Network();
        Folders();
    }
    CHECK_NOTHING_LEFT(NO);
    return Report();
}
