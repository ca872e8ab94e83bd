// Programs in the shapes of the documented samples: the singleton, blocks inside of blocks, dictionaries of receipts by id. Some of
// what those samples do by mistake is done here too, and answered as docs/apple.md says.

#import <SeenBy/SeenBy.h>

#include <stdio.h>
#include <stdlib.h>

static NSUInteger underWay;

static void check(BOOL right, const char *what) {
    if (right) return;
    fprintf(stderr, "this is not so: %s\n", what);
    exit(1);
}

static const V2TIMFail failed = ^(int code, NSString *desc) {
    fprintf(stderr, "error %d: %s\n", code, [desc UTF8String]);
    exit(1);
};

static const V2TIMSucc done = ^{
    underWay--;
};

static void settle(const char *what) {
    NSDate *end = [NSDate dateWithTimeIntervalSinceNow:60];
    while (underWay > 0) {
        check([end timeIntervalSinceNow] > 0, what);
        @autoreleasepool {
            [[NSRunLoop currentRunLoop] runMode:NSDefaultRunLoopMode beforeDate:[NSDate dateWithTimeIntervalSinceNow:0.1]];
        }
    }
}

/// A screen that hears of receipts, and a reader that sends them.
@interface Screen : NSObject <V2TIMAdvancedMsgListener> {
@public
    V2TIMManager *_reader;
    int _heard;
}
@end

@implementation Screen

- (void)onRecvNewMessage:(V2TIMMessage *)msg {
    if (_reader == nil) return;
    // This message has been looked at.
    if (![msg.textElem.text isEqualToString:@"lunch at noon?"]) return;
    if (!msg.isSelf && msg.needReadReceipt) {
        [_reader sendMessageReadReceipts:@[msg] succ:^{
            underWay--;
        } fail:^(int code, NSString *desc) {
            failed(code, desc);
        }];
    }
}

- (void)onRecvMessageReadReceipts:(NSArray<V2TIMMessageReceipt *> *)receiptList {
    for (V2TIMMessageReceipt *receipt in receiptList) {
        NSString *msgID = receipt.msgID;
        NSString *userID = receipt.userID;
        BOOL isPeerRead = receipt.isPeerRead;
        time_t timestamp = receipt.timestamp;
        NSString *groupID = receipt.groupID;
        uint64_t readCount = receipt.readCount;
        uint64_t unreadCount = receipt.unreadCount;
        check(msgID.length > 0 && userID == nil && !isPeerRead && timestamp == 0, "a group's receipt has no peer");
        check([groupID isEqualToString:@"groupA"], "it names its group");
        if (_heard == 0) printf("read by %llu, not by %llu\n", (unsigned long long)readCount, (unsigned long long)unreadCount);
        _heard++;
        underWay--;
    }
}

@end

static void begin(V2TIMManager *manager, NSString *user) {
    V2TIMSDKConfig *config = [[V2TIMSDKConfig alloc] init];
    config.seenBy.server = @"embedded:mem/samples";
    config.seenBy.deviceLabel = user;
    check([manager initSDK:1 config:config], "initSDK");
    underWay++;
    [manager login:user userSig:@"" succ:done fail:failed];
    settle("login");
}

static void join(V2TIMManager *manager) {
    underWay++;
    [manager joinGroup:@"groupA" msg:nil succ:done fail:failed];
    settle("joinGroup");
}

/// Sends to the group, and comes back when the service has it.
static V2TIMMessage *ask(NSString *text) {
    V2TIMMessage *message = [[V2TIMManager sharedInstance] createTextMessage:text];
    message.needReadReceipt = YES;
    underWay++;
    [[V2TIMManager sharedInstance] sendMessage:message receiver:nil groupID:@"groupA" priority:V2TIM_PRIORITY_NORMAL onlineUserOnly:NO offlinePushInfo:nil progress:nil succ:done fail:failed];
    settle("sendMessage");
    return message;
}

static void history(void) {
    underWay++;
    [[V2TIMManager sharedInstance] getGroupHistoryMessageList:@"groupA" count:20 lastMsg:nil succ:^(NSArray<V2TIMMessage *> *msgs) {
        NSMutableArray *receiptMsgs = [NSMutableArray array];
        for (V2TIMMessage *msg in msgs) {
            if (msg.isSelf && msg.needReadReceipt) {
                [receiptMsgs addObject:msg];
            }
        }
        [[V2TIMManager sharedInstance] getMessageReadReceipts:receiptMsgs succ:^(NSArray<V2TIMMessageReceipt *> *receiptList) {
            NSMutableDictionary *param = [NSMutableDictionary dictionary];
            for (V2TIMMessageReceipt *receipt in receiptList) {
                // msgID is never nil here: nil as a key would throw.
                [param setObject:receipt forKey:receipt.msgID];
            }
            uint64_t readers = 0;
            for (V2TIMMessage *msg in msgs) {
                V2TIMMessageReceipt *receipt = [param objectForKey:msg.msgID];
                // nil, where others' messages and those without receipts are left out (R10).
                if (receipt == nil) continue;
                uint64_t readCount = receipt.readCount;
                uint64_t unreadCount = receipt.unreadCount;
                check(readCount + unreadCount == 2, "the audience is two");
                readers += readCount;
            }
            check(receiptList.count == 2 && msgs.count == 4, "two of four messages have receipts that are ours");
            printf("history: %llu of %lu\n", (unsigned long long)readers, (unsigned long)receiptList.count);
            underWay--;
        } fail:^(int code, NSString *desc) {
            failed(code, desc);
        }];
        // The whole page, as some pass it: what is not ours is left out.
        underWay++;
        [[V2TIMManager sharedInstance] getMessageReadReceipts:msgs succ:^(NSArray<V2TIMMessageReceipt *> *receiptList) {
            check(receiptList.count == 2, "a mixed list is answered for its own");
            underWay--;
        } fail:^(int code, NSString *desc) {
            failed(code, desc);
        }];
    } fail:^(int code, NSString *desc) {
        failed(code, desc);
    }];
    settle("history");
}

/// Pages of two, the next one asked for in the block of the last one.
static void page(V2TIMMessage *message, uint64_t nextSeq, NSMutableArray *users) {
    [[V2TIMManager sharedInstance] getGroupMessageReadMemberList:message filter:V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD nextSeq:nextSeq count:2 succ:^(NSMutableArray<V2TIMGroupMemberInfo *> *members, uint64_t next, BOOL isFinished) {
        for (V2TIMGroupMemberInfo *member in members) [users addObject:member.userID];
        if (!isFinished) {
            page(message, next, users);
        } else {
            underWay--;
        }
    } fail:^(int code, NSString *desc) {
        failed(code, desc);
    }];
}

int main(void) {
    @autoreleasepool {
        V2TIMManager *alice = [V2TIMManager sharedInstance];
        V2TIMManager *bob = [V2TIMManager seenByCreateManager];
        V2TIMManager *carol = [V2TIMManager seenByCreateManager];
        Screen *aliceScreen = [[Screen alloc] init];
        Screen *bobScreen = [[Screen alloc] init];
        bobScreen->_reader = bob;
        begin(alice, @"alice");
        begin(bob, @"bob");
        begin(carol, @"carol");
        underWay++;
        [alice createGroup:GroupType_Public groupID:@"groupA" groupName:@"A" succ:^(NSString *groupID) {
            check([groupID isEqualToString:@"groupA"], "the id is the one that was asked for");
            underWay--;
        } fail:failed];
        settle("createGroup");
        join(bob);
        join(carol);

        // Sent as the documented sample sends: every block nil.
        V2TIMMessage *message = [[V2TIMManager sharedInstance] createTextMessage:@"群已读回执消息"];
        message.needReadReceipt = YES;
        NSString *msgID = [[V2TIMManager sharedInstance] sendMessage:message receiver:nil groupID:@"groupA" priority:V2TIM_PRIORITY_NORMAL onlineUserOnly:NO offlinePushInfo:nil progress:nil succ:nil fail:nil];
        check([msgID isEqualToString:(NSString *)message.msgID] && message.needReadReceipt, "it has its id at once");
        printf("sent with a receipt\n");
        [[V2TIMManager sharedInstance] addAdvancedMsgListener:aliceScreen];
        [bob addAdvancedMsgListener:bobScreen];
        // Bob's report, and what Alice hears of it.
        underWay += 2;
        ask(@"lunch at noon?");
        [bob removeAdvancedMsgListener:bobScreen];

        // Others' messages are in the page too.
        underWay += 2;
        for (V2TIMManager *other in @[bob, carol]) {
            [other sendMessage:[other createTextMessage:@"yes"] receiver:nil groupID:@"groupA" priority:V2TIM_PRIORITY_DEFAULT onlineUserOnly:NO offlinePushInfo:nil progress:nil succ:done fail:failed];
        }
        settle("the answers");
        history();

        for (NSString *user in @[@"dave", @"eve"]) {
            V2TIMManager *manager = [V2TIMManager seenByCreateManager];
            begin(manager, user);
            join(manager);
            [manager unInitSDK];
        }
        NSMutableArray *users = [NSMutableArray array];
        V2TIMMessage *last = ask(@"and tomorrow?");
        underWay++;
        page(last, 0, users);
        settle("the pages");
        printf("page by page: %s\n", [[users componentsJoinedByString:@" "] UTF8String]);

        [alice removeAdvancedMsgListener:aliceScreen];
        [alice unInitSDK];
        [bob unInitSDK];
        [carol unInitSDK];
        printf("done\n");
    }
    return 0;
}
