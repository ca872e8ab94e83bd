// A small chat in a terminal, with ticks. Start a server (cargo run --release -- serve, or seenbyd) and, in two terminals,
//
//     chat ws://127.0.0.1:7733/v1/connect alice eyJ… c2c_bob
//     chat ws://127.0.0.1:7733/v1/connect bob   eyJ… c2c_alice
//
// with the userSigs that the server gave. A conversation may also be group_ID: whoever comes first makes the group. Type a line
// to send it; what comes is read as soon as it is shown. /who N asks who has read message N of a group; /quit, or the end of the
// input, ends.
//
// The same source with ARC and without; what is made here lives as long as the program.

#import <SeenBy/SeenBy.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// The conversation on the screen. All of it on the main thread.
@interface Chat : NSObject <V2TIMSDKListener, V2TIMAdvancedMsgListener> {
    V2TIMManager *_manager;
    NSString *_conversation;
    NSString *_user;
    NSString *_group;
    NSMutableArray<V2TIMMessage *> *_shown;
    NSMutableDictionary<NSString *, V2TIMMessageReceipt *> *_receipts;
    NSUInteger _underWay;
    BOOL _quits;
}
- (instancetype)initWithConversation:(NSString *)conversation;
- (BOOL)startWithServer:(NSString *)server folder:(NSString *)folder;
- (void)logIn:(NSString *)user userSig:(NSString *)userSig;
/// On a thread of its own.
- (void)readLines;
- (void)line:(NSString *)line;
@end

@implementation Chat

- (instancetype)initWithConversation:(NSString *)conversation {
    if ((self = [super init])) {
        _manager = [V2TIMManager sharedInstance];
        _conversation = [conversation copy];
        if ([conversation hasPrefix:@"group_"]) {
            _group = [[conversation substringFromIndex:6] copy];
        } else {
            _user = [[conversation substringFromIndex:4] copy];
        }
        _shown = [[NSMutableArray alloc] init];
        _receipts = [[NSMutableDictionary alloc] init];
        [_manager addIMSDKListener:self];
        [_manager addAdvancedMsgListener:self];
    }
    return self;
}

- (BOOL)startWithServer:(NSString *)server folder:(NSString *)folder {
    V2TIMSDKConfig *config = [[V2TIMSDKConfig alloc] init];
    config.seenBy.server = server;
    config.seenBy.dataFolder = folder;
    config.seenBy.clientName = @"seenby-chat-objc";
    if ([_manager initSDK:1 config:config]) return YES;
    fprintf(stderr, "%s\n", [[_manager.seenByLastInitError localizedDescription] UTF8String]);
    return NO;
}

// A call that is under way keeps the program alive until it has ended.

- (void)begun {
    _underWay++;
}

- (void)ended:(int)code why:(NSString *)why {
    if (code != 0) printf("      error %d: %s\n", code, [why UTF8String]);
    fflush(stdout);
    _underWay--;
    if (_quits && _underWay == 0) {
        [_manager unInitSDK];
        exit(0);
    }
}

- (void)logIn:(NSString *)user userSig:(NSString *)userSig {
    [_manager login:user
            userSig:userSig
               succ:^{
                   [self enter];
               }
               fail:^(int code, NSString *desc) {
                   fprintf(stderr, "cannot log in: error %d: %s\n", code, [desc UTF8String]);
                   exit(1);
               }];
}

/// Whoever comes first makes the group.
- (void)enter {
    if (_group == nil) {
        [self showHistory];
        return;
    }
    [_manager joinGroup:_group
                    msg:nil
                   succ:^{
                       [self showHistory];
                   }
                   fail:^(int code, NSString *desc) {
                       [self createGroup];
                   }];
}

- (void)createGroup {
    [_manager createGroup:GroupType_Public
                  groupID:_group
                groupName:_group
                     succ:^(NSString *groupID) {
                         [self showHistory];
                     }
                     fail:^(int code, NSString *desc) {
                         fprintf(stderr, "there is no such group: error %d: %s\n", code, [desc UTF8String]);
                         exit(1);
                     }];
}

- (void)showHistory {
    V2TIMMessageListSucc succ = ^(NSArray<V2TIMMessage *> *msgs) {
        // They come newest first.
        for (V2TIMMessage *message in [msgs reverseObjectEnumerator]) {
            [self show:message];
            [self report:message];
        }
        printf("      talking in %s; /who N, /quit\n", [self->_conversation UTF8String]);
        fflush(stdout);
        [NSThread detachNewThreadSelector:@selector(readLines) toTarget:self withObject:nil];
    };
    V2TIMFail fail = ^(int code, NSString *desc) {
        fprintf(stderr, "there is no history: error %d: %s\n", code, [desc UTF8String]);
        exit(1);
    };
    if (_group != nil) {
        [_manager getGroupHistoryMessageList:_group count:20 lastMsg:nil succ:succ fail:fail];
    } else {
        [_manager getC2CHistoryMessageList:_user count:20 lastMsg:nil succ:succ fail:fail];
    }
}

// What is drawn beside a message (R31).
- (void)printTicks:(V2TIMMessage *)message {
    V2TIMMessageReceipt *receipt = message.msgID == nil ? nil : [_receipts objectForKey:(NSString *)message.msgID];
    SeenByDrawState *state = [V2TIMManager seenByDrawState:message receipt:receipt];
    switch (state.kind) {
        case SeenByDrawSending: printf("…\n"); break;
        case SeenByDrawFailed: printf("✗ not sent\n"); break;
        case SeenByDrawSent: printf("✓\n"); break;
        case SeenByDrawReadByPeer: printf("✓✓ read\n"); break;
        case SeenByDrawReadBy: printf("✓✓ read by %u of %u\n", state.read, state.of); break;
        case SeenByDrawAllRead: printf("✓✓ read by all\n"); break;
        case SeenByDrawUnavailable: printf("\n"); break;
    }
    fflush(stdout);
}

- (void)show:(V2TIMMessage *)message {
    [_shown addObject:message];
    const char *who = message.isSelf ? "me" : [message.sender UTF8String];
    const char *what = message.textElem == nil ? "(not text)" : [message.textElem.text UTF8String];
    printf("%4lu  %s: %s  ", (unsigned long)[_shown count], who, what);
    [self printTicks:message];
}

/// What is on the screen has been read.
- (void)report:(V2TIMMessage *)message {
    if (message.isSelf || !message.needReadReceipt || message.seenBy.hasSentReceipt) return;
    [self begun];
    [_manager sendMessageReadReceipts:@[ message ]
                                 succ:^{
                                     [self ended:0 why:nil];
                                 }
                                 fail:^(int code, NSString *desc) {
                                     [self ended:code why:desc];
                                 }];
}

// What the client tells by itself.

- (void)onRecvNewMessage:(V2TIMMessage *)msg {
    NSString *here = _group ? _group : _user;
    if (![here isEqualToString:(NSString *)(_group ? msg.groupID : msg.userID)]) {
        printf("      (something new from %s)\n", [msg.sender UTF8String]);
        return;
    }
    [self show:msg];
    [self report:msg];
}

- (void)onRecvMessageReadReceipts:(NSArray<V2TIMMessageReceipt *> *)receiptList {
    for (V2TIMMessageReceipt *receipt in receiptList) {
        [_receipts setObject:receipt forKey:receipt.msgID];
        for (NSUInteger i = 0; i < [_shown count]; i++) {
            V2TIMMessage *message = [_shown objectAtIndex:i];
            if (![receipt.msgID isEqual:message.msgID]) continue;
            printf("%4lu  ", (unsigned long)i + 1);
            [self printTicks:message];
        }
    }
}

- (void)onConnectFailed:(int)code err:(NSString *)err {
    printf("      cannot connect: %s\n", [err UTF8String]);
}

- (void)onKickedOffline {
    printf("      this user has logged in elsewhere on this device\n");
}

- (void)onUserSigExpired {
    printf("      the userSig has run out: ask the server for another one\n");
}

// What can be typed.

- (void)say:(NSString *)text {
    V2TIMMessage *message = [_manager createTextMessage:text];
    message.needReadReceipt = YES;
    [self begun];
    [_manager sendMessage:message
                 receiver:_user
                  groupID:_group
                 priority:V2TIM_PRIORITY_NORMAL
           onlineUserOnly:NO
          offlinePushInfo:nil
                 progress:nil
                     succ:^{
                         [self show:message];
                         [self ended:0 why:nil];
                     }
                     fail:^(int code, NSString *desc) {
                         [self ended:code why:desc];
                     }];
}

- (void)who:(NSUInteger)number filter:(V2TIMGroupMessageReadMembersFilter)filter called:(const char *)called {
    [self begun];
    [_manager getGroupMessageReadMemberList:[_shown objectAtIndex:number - 1]
        filter:filter
        nextSeq:0
        count:100
        succ:^(NSMutableArray<V2TIMGroupMemberInfo *> *members, uint64_t nextSeq, BOOL isFinished) {
            for (V2TIMGroupMemberInfo *member in members) printf("      %s %s\n", called, [member.userID UTF8String]);
            if (!isFinished) printf("      … and more\n");
            [self ended:0 why:nil];
        }
        fail:^(int code, NSString *desc) {
            [self ended:code why:desc];
        }];
}

- (void)line:(NSString *)line {
    if ([line isEqualToString:@"/quit"]) {
        // Nothing begins by itself from here.
        [_manager removeAdvancedMsgListener:self];
        _quits = YES;
        [self begun];
        [self ended:0 why:nil];
    } else if ([line hasPrefix:@"/who "]) {
        NSInteger number = [[line substringFromIndex:5] integerValue];
        if (number < 1 || (NSUInteger)number > [_shown count]) {
            printf("      there is no message %ld on the screen\n", (long)number);
            return;
        }
        [self who:(NSUInteger)number filter:V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ called:"read by"];
        [self who:(NSUInteger)number filter:V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD called:"not yet"];
    } else if ([line length] > 0) {
        [self say:line];
    }
}

- (void)readLines {
    static char line[12 * 1024];
    BOOL quits = NO;
    while (!quits && fgets(line, sizeof line, stdin) != NULL) {
        @autoreleasepool {
            line[strcspn(line, "\r\n")] = '\0';
            NSString *text = [NSString stringWithUTF8String:line];
            quits = strcmp(line, "/quit") == 0;
            if (text != nil) [self performSelectorOnMainThread:@selector(line:) withObject:text waitUntilDone:YES];
        }
    }
    if (!quits) [self performSelectorOnMainThread:@selector(line:) withObject:@"/quit" waitUntilDone:NO];
}

@end

int main(int argc, char **argv) {
    @autoreleasepool {
        BOOL isConversation = argc > 4 && (strncmp(argv[4], "c2c_", 4) == 0 || strncmp(argv[4], "group_", 6) == 0);
        if (!isConversation || argc > 6) {
            fprintf(stderr, "usage: chat SERVER USER USERSIG c2c_USER|group_GROUP [DATA_FOLDER]\n");
            return 2;
        }
        NSMutableArray<NSString *> *words = [NSMutableArray array];
        for (int i = 0; i < argc; i++) {
            NSString *word = [NSString stringWithUTF8String:argv[i]];
            if (word == nil) {
                fprintf(stderr, "argument %d is no UTF-8\n", i);
                return 2;
            }
            [words addObject:word];
        }
        NSString *user = [words objectAtIndex:2];
        // A folder of its own for each user: a folder belongs to one process at a time.
        NSString *own = [@"seenby-chat-" stringByAppendingString:user];
        NSString *folder = argc > 5 ? [words objectAtIndex:5] : [NSTemporaryDirectory() stringByAppendingPathComponent:own];
        Chat *chat = [[Chat alloc] initWithConversation:[words objectAtIndex:4]];
        if (![chat startWithServer:[words objectAtIndex:1] folder:folder]) return 1;
        [chat logIn:user userSig:[words objectAtIndex:3]];
        for (;;) {
            @autoreleasepool {
                [[NSRunLoop currentRunLoop] runMode:NSDefaultRunLoopMode beforeDate:[NSDate distantFuture]];
            }
        }
    }
}
