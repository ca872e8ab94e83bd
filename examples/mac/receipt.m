// Sends a message to a group, hears that it was read, and asks who has: the documented classes, as an app uses them.
//
// Alice and Bob are both in this process here, in a service of its own: Alice behind the documented singleton, Bob behind a
// manager that SeenBy adds to it. With config.seenBy.server = @"wss://…" each is on a device of theirs. Blocks and listeners are
// called on the main queue, which this program runs until it is over.
//
// The same source with ARC and without; what is made here lives as long as the program.

#import <SeenBy/SeenBy.h>

#include <stdio.h>
#include <stdlib.h>

static V2TIMMessage *question;
static BOOL over;

static const V2TIMFail failed = ^(int code, NSString *desc) {
    fprintf(stderr, "error %d: %s\n", code, [desc UTF8String]);
    exit(1);
};

// Runs the main queue until something has come. An app does it all its life.
static void runUntil(BOOL (^come)(void), const char *what) {
    NSDate *end = [NSDate dateWithTimeIntervalSinceNow:30];
    while (!come()) {
        if ([end timeIntervalSinceNow] < 0) {
            fprintf(stderr, "%s: nothing came\n", what);
            exit(1);
        }
        [[NSRunLoop currentRunLoop] runMode:NSDefaultRunLoopMode beforeDate:[NSDate dateWithTimeIntervalSinceNow:0.1]];
    }
}

// What Alice's window shows. A listener has the methods that it wants; it is held weakly.
@interface AliceListener : NSObject <V2TIMAdvancedMsgListener>
@end

@implementation AliceListener

- (void)onRecvMessageReadReceipts:(NSArray<V2TIMMessageReceipt *> *)receiptList {
    for (V2TIMMessageReceipt *receipt in receiptList) {
        printf("%d have read it, %d have not\n", receipt.readCount, receipt.unreadCount);
    }
    // A call from inside a callback.
    [[V2TIMManager sharedInstance] getGroupMessageReadMemberList:question
        filter:V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ
        nextSeq:0
        count:100
        succ:^(NSMutableArray<V2TIMGroupMemberInfo *> *members, uint64_t nextSeq, BOOL isFinished) {
            for (V2TIMGroupMemberInfo *member in members) printf("%s has\n", [member.userID UTF8String]);
            over = isFinished && nextSeq == 0 && members.count == 1;
        }
        fail:failed];
}

@end

// Bob reads what comes as soon as it does.
@interface BobListener : NSObject <V2TIMAdvancedMsgListener>
@end

static V2TIMManager *bob;

@implementation BobListener

- (void)onRecvNewMessage:(V2TIMMessage *)msg {
    if (!msg.isSelf && msg.needReadReceipt) {
        [bob sendMessageReadReceipts:@[ msg ] succ:nil fail:failed];
    }
}

@end

static void logIn(V2TIMManager *manager, NSString *user) {
    V2TIMSDKConfig *config = [[V2TIMSDKConfig alloc] init];
    config.seenBy.server = @"embedded:mem/lunch";
    config.seenBy.deviceLabel = user;
    if (![manager initSDK:1 config:config]) {
        fprintf(stderr, "%s\n", [[manager.seenByLastInitError localizedDescription] UTF8String]);
        exit(1);
    }
    __block BOOL done = NO;
    [manager login:user
           userSig:@""
              succ:^{
                  done = YES;
              }
              fail:failed];
    runUntil(^{ return done; }, "login");
}

static void createGroup(NSString *groupID, NSArray<NSString *> *users) {
    V2TIMGroupInfo *group = [[V2TIMGroupInfo alloc] init];
    group.groupID = groupID;
    group.groupType = GroupType_Work;
    group.groupName = @"Lunch";
    NSMutableArray<V2TIMCreateGroupMemberInfo *> *members = [NSMutableArray array];
    for (NSString *user in users) {
        V2TIMCreateGroupMemberInfo *member = [[V2TIMCreateGroupMemberInfo alloc] init];
        member.userID = user;
        [members addObject:member];
    }
    __block BOOL made = NO;
    [[V2TIMManager sharedInstance] createGroup:group
                                    memberList:members
                                          succ:^(NSString *made_) {
                                              made = [made_ isEqualToString:groupID];
                                          }
                                          fail:failed];
    runUntil(^{ return made; }, "the group");
}

int main(void) {
    @autoreleasepool {
        V2TIMManager *alice = [V2TIMManager sharedInstance];
        bob = [V2TIMManager seenByCreateManager];
        AliceListener *aliceListener = [[AliceListener alloc] init];
        BobListener *bobListener = [[BobListener alloc] init];
        [alice addAdvancedMsgListener:aliceListener];
        [bob addAdvancedMsgListener:bobListener];
        logIn(alice, @"alice");
        logIn(bob, @"bob");
        createGroup(@"lunch", @[ @"bob", @"carol" ]);

        V2TIMMessage *message = [[V2TIMManager sharedInstance] createTextMessage:@"Lunch at noon?"];
        message.needReadReceipt = YES;
        question = message;
        [[V2TIMManager sharedInstance] sendMessage:message
                                          receiver:nil
                                           groupID:@"lunch"
                                          priority:V2TIM_PRIORITY_NORMAL
                                    onlineUserOnly:NO
                                   offlinePushInfo:nil
                                          progress:nil
                                              succ:nil
                                              fail:failed];
        runUntil(^{ return over; }, "who has read it");

        // After a remove no call of the listener begins.
        [alice removeAdvancedMsgListener:aliceListener];
        [bob removeAdvancedMsgListener:bobListener];
        [alice unInitSDK];
        [bob unInitSDK];
    }
    return 0;
}
