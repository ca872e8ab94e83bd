// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What is wrong in a call is told to its block, once, on the main thread, with a documented number and a sentence; nothing
// crashes, and nothing is told inside the call. Blocks may be nil.

#import "check.h"

static V2TIMManager *alice, *bob;

// The call ends with this number; `end` is at hand for its blocks. Then it is made again without blocks.
#define FAILS(wanted_code, ...) \
    do { \
        Ending *end = [Ending ending]; \
        id done = (id)[end done], one = (id)[end one], page = (id)[end page], memberPage = (id)[end memberPage]; \
        id counted = (id)[end number]; \
        id fail = (id)[end fail]; \
        (void)done, (void)one, (void)page, (void)memberPage, (void)counted; \
        __VA_ARGS__; \
        CHECK(![end ended]); \
        [end wait]; \
        if (!CheckAt(end->failures == 1 && end->code == (int)(wanted_code), #wanted_code ": " #__VA_ARGS__, __FILE__, __LINE__)) { \
            printf("    %d: %s\n", end->code, [end->sentence UTF8String]); \
        } \
        CHECK(end->onMain && end->sentence.length > 10); \
        done = one = page = memberPage = counted = fail = nil; \
        __VA_ARGS__; \
    } while (0)

/// Ends well.
#define WORKS(...) \
    do { \
        Ending *end = [Ending ending]; \
        id done = (id)[end done], one = (id)[end one], page = (id)[end page], memberPage = (id)[end memberPage]; \
        id counted = (id)[end number]; \
        id fail = (id)[end fail]; \
        (void)done, (void)one, (void)page, (void)memberPage, (void)counted; \
        __VA_ARGS__; \
        [end wait]; \
        if (!CheckAt(end->succeeded == 1, #__VA_ARGS__, __FILE__, __LINE__)) { \
            printf("    %d: %s\n", end->code, [end->sentence UTF8String]); \
        } \
    } while (0)

static NSString *SendTo(V2TIMManager *by, V2TIMMessage *message, NSString *user, NSString *group, id done, id fail) {
    return [by sendMessage:message
                  receiver:user
                   groupID:group
                  priority:V2TIM_PRIORITY_NORMAL
            onlineUserOnly:NO
           offlinePushInfo:nil
                  progress:nil
                      succ:done
                      fail:fail];
}

/// Every call that asks the service something.
static void Calls(V2TIMManager *by, int number) {
    V2TIMMessage *message = [V2TIMManager seenByMessageReference:@"group_g" msgID:@"1" sender:@"alice" error:NULL];
    V2TIMMessageListGetOption *option = LATER([[V2TIMMessageListGetOption alloc] init]);
    option.userID = @"bob";
    option.count = 1;
    V2TIMUserFullInfo *info = LATER([[V2TIMUserFullInfo alloc] init]);
    info.nickName = @"A";
    FAILS(number, [by sendMessageReadReceipts:@[ message ] succ:done fail:fail]);
    FAILS(number, [by getMessageReadReceipts:@[ message ] succ:one fail:fail]);
    FAILS(number, [by getGroupMessageReadMemberList:message
                                             filter:V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ
                                            nextSeq:0
                                              count:1
                                               succ:page
                                               fail:fail]);
    V2TIMMessage *sent = [by createTextMessage:@"Lunch?"];
    FAILS(number, SendTo(by, sent, @"bob", nil, done, fail));
    CHECK_NUMBER(sent.status, V2TIM_MSG_STATUS_SEND_FAIL);
    FAILS(number, [by getC2CHistoryMessageList:@"bob" count:1 lastMsg:nil succ:one fail:fail]);
    FAILS(number, [by getGroupHistoryMessageList:@"g" count:1 lastMsg:nil succ:one fail:fail]);
    FAILS(number, [by getHistoryMessageList:option succ:one fail:fail]);
    FAILS(number, [by findMessages:@[ @"1" ] succ:one fail:fail]);
    FAILS(number, [by revokeMessage:message succ:done fail:fail]);
    FAILS(number, [by markC2CMessageAsRead:@"bob" succ:done fail:fail]);
    FAILS(number, [by markGroupMessageAsRead:@"g" succ:done fail:fail]);
    FAILS(number, [by markAllMessageAsRead:done fail:fail]);
    FAILS(number, [by createGroup:GroupType_Work groupID:nil groupName:nil succ:one fail:fail]);
    FAILS(number, [by createGroup:nil memberList:nil succ:one fail:fail]);
    FAILS(number, [by joinGroup:@"g" msg:nil succ:done fail:fail]);
    FAILS(number, [by quitGroup:@"g" succ:done fail:fail]);
    FAILS(number, [by dismissGroup:@"g" succ:done fail:fail]);
    FAILS(number, [by getJoinedGroupList:one fail:fail]);
    FAILS(number, [by getGroupMemberList:@"g" filter:0 nextSeq:0 succ:memberPage fail:fail]);
    FAILS(number, [by getGroupMembersInfo:@"g" memberList:@[ @"bob" ] succ:one fail:fail]);
    FAILS(number, [by inviteUserToGroup:@"g" userList:@[ @"bob" ] succ:one fail:fail]);
    FAILS(number, [by kickGroupMember:@"g" memberList:@[ @"bob" ] reason:nil succ:one fail:fail]);
    FAILS(number, [by setGroupMemberRole:@"g"
                                  member:@"bob"
                                 newRole:V2TIM_GROUP_MEMBER_ROLE_ADMIN
                                    succ:done
                                    fail:fail]);
    FAILS(number, [by getConversationList:0 count:1 succ:page fail:fail]);
    FAILS(number, [by getConversation:@"c2c_bob" succ:one fail:fail]);
    FAILS(number, [by getTotalUnreadMessageCount:counted fail:fail]);
    FAILS(number, [by cleanConversationUnreadMessageCount:@""
                                           cleanTimestamp:0
                                            cleanSequence:0
                                                     succ:done
                                                     fail:fail]);
    FAILS(number, [by getUsersInfo:@[ @"bob" ] succ:one fail:fail]);
    FAILS(number, [by setSelfInfo:info succ:done fail:fail]);
    FAILS(number, [by seenByCachedReceipts:@[ @"1" ] succ:one fail:fail]);
    FAILS(number, [by seenBySetReadReceiptsEnabled:YES succ:done fail:fail]);
    FAILS(number, [by logout:done fail:fail]);
}

/// Every documented call that is outside SeenBy.
static void Outside(V2TIMManager *by) {
    const int number = ERR_SDK_INTERFACE_NOT_SUPPORT;
    V2TIMMessage *message = [by createTextMessage:@"Lunch?"];
    FAILS(number, [by deleteMessages:@[ message ] succ:done fail:fail]);
    FAILS(number, [by deleteMessageFromLocalStorage:message succ:done fail:fail]);
    FAILS(number, [by clearC2CHistoryMessage:@"bob" succ:done fail:fail]);
    FAILS(number, [by clearGroupHistoryMessage:@"g" succ:done fail:fail]);
    FAILS(number, [by insertGroupMessageToLocalStorage:message to:@"g" sender:@"bob" succ:done fail:fail]);
    FAILS(number, [by insertC2CMessageToLocalStorage:message to:@"bob" sender:@"bob" succ:done fail:fail]);
    FAILS(number, [by setC2CReceiveMessageOpt:@[ @"bob" ] opt:V2TIM_RECEIVE_MESSAGE succ:done fail:fail]);
    FAILS(number, [by setGroupReceiveMessageOpt:@"g" opt:V2TIM_RECEIVE_MESSAGE succ:done fail:fail]);
    FAILS(number, [by setGroupInfo:nil succ:done fail:fail]);
    FAILS(number, [by setGroupMemberInfo:@"g" info:nil succ:done fail:fail]);
    FAILS(number, [by transferGroupOwner:@"g" member:@"bob" succ:done fail:fail]);
    FAILS(number, [by muteGroupMember:@"g" member:@"bob" muteTimeSeconds:1 succ:done fail:fail]);
    FAILS(number, [by setGroupAttributes:@"g" attributes:@{@"a" : @"b"} succ:done fail:fail]);
    FAILS(number, [by deleteGroupAttributes:@"g" keys:@[ @"a" ] succ:done fail:fail]);
    FAILS(number, [by getGroupAttributes:@"g" keys:@[ @"a" ] succ:one fail:fail]);
    FAILS(number, [by getGroupOnlineMemberCount:@"g" succ:counted fail:fail]);
    FAILS(number, [by getJoinedCommunityList:one fail:fail]);
    FAILS(number, [by getConversationList:@[ @"c2c_bob" ] succ:one fail:fail]);
    FAILS(number, [by deleteConversation:@"c2c_bob" succ:done fail:fail]);
    FAILS(number, [by deleteConversationList:@[ @"c2c_bob" ] clearMessage:YES succ:one fail:fail]);
    FAILS(number, [by setConversationDraft:@"c2c_bob" draftText:@"L" succ:done fail:fail]);
    FAILS(number, [by pinConversation:@"c2c_bob" isPinned:YES succ:done fail:fail]);
    FAILS(number, [by callExperimentalAPI:@"a" param:nil succ:one fail:fail]);
    FAILS(number, [by kickGroupMember:@"g" memberList:@[ @"bob" ] reason:nil duration:1 succ:one fail:fail]);
    FAILS(number, [by getGroupMemberList:@"g"
                                  filter:V2TIM_GROUP_MEMBER_FILTER_ADMIN
                                 nextSeq:0
                                    succ:memberPage
                                    fail:fail]);
    Ending *modified = [Ending ending];
    V2TIMFail told = [modified fail];
    [by modifyMessage:message
           completion:^(int code, NSString *desc, V2TIMMessage *msg) {
               CHECK(msg == nil);
               told(code, desc);
           }];
    [by modifyMessage:message completion:nil];
    CHECK_NUMBER([modified wait], number);
    NSArray<V2TIMMessage *> *foreign = @[
        [by createImageMessage:@"a"], [by createSoundMessage:@"a" duration:1],
        [by createVideoMessage:@"a" type:@"b" duration:1 snapshotPath:@"c"], [by createFileMessage:@"a" fileName:@"b"],
        [by createLocationMessage:@"a" longitude:1 latitude:2], [by createFaceMessage:1 data:nil],
        [by createMergerMessage:@[ message ] title:@"a" abstractList:nil compatibleText:nil],
        [by createTargetedGroupMessage:message receiverList:@[ @"bob" ]],
        [by createTextAtMessage:@"a" atUserList:@[ @"bob" ]],
        [by createAtSignedGroupMessage:message atUserList:@[ @"bob" ]],
        [by createForwardMessage:[by createImageMessage:@"a"]], [by createForwardMessage:nil]
    ];
    for (V2TIMMessage *one_ in foreign) {
        FAILS(number, CHECK(SendTo(by, one_, @"bob", nil, done, fail) == nil));
        CHECK_NUMBER(one_.status, V2TIM_MSG_STATUS_SEND_FAIL);
    }
    WORKS(SendTo(by, [by createForwardMessage:message], @"bob", nil, done, fail));
}

static void Nils(void) {
    const int number = ERR_INVALID_PARAMETERS;
    FAILS(number, [alice sendMessageReadReceipts:nil succ:done fail:fail]);
    FAILS(number, [alice sendMessageReadReceipts:@[] succ:done fail:fail]);
    // What was never sent, and what is no message, is skipped.
    WORKS([alice sendMessageReadReceipts:(id)@[ [NSNull null] ] succ:done fail:fail]);
    FAILS(number, [alice sendMessageReadReceipts:(id)@"no list" succ:done fail:fail]);
    WORKS([alice sendMessageReadReceipts:@[ [alice createTextMessage:@"never sent"] ] succ:done fail:fail]);
    // Asked of nothing, the answer is nothing (R10).
    WORKS([alice getMessageReadReceipts:nil succ:one fail:fail]);
    WORKS([alice getMessageReadReceipts:@[] succ:one fail:fail]; WAIT([end ended]); CHECK([end->value count] == 0));
    FAILS(number, [alice getGroupMessageReadMemberList:nil filter:0 nextSeq:0 count:1 succ:page fail:fail]);
    FAILS(number, SendTo(alice, nil, @"bob", nil, done, fail));
    FAILS(number, SendTo(alice, (V2TIMMessage *)@"no message", @"bob", nil, done, fail));
    FAILS(number, SendTo(alice, [alice createTextMessage:@"a"], nil, nil, done, fail));
    FAILS(number, SendTo(alice, [alice createTextMessage:@"a"], @"bob", @"g", done, fail));
    FAILS(number, SendTo(alice, [alice createTextMessage:nil], @"bob", nil, done, fail));
    FAILS(number, SendTo(alice, [alice createCustomMessage:nil], @"bob", nil, done, fail));
    FAILS(ERR_SVR_COMM_BODY_SIZE_LIMIT,
          SendTo(alice,
                 [alice createTextMessage:[@"" stringByPaddingToLength:13000 withString:@"long" startingAtIndex:0]],
                 @"bob", nil, done, fail));
    FAILS(number, [alice getHistoryMessageList:nil succ:one fail:fail]);
    FAILS(number, [alice getC2CHistoryMessageList:nil count:1 lastMsg:nil succ:one fail:fail]);
    FAILS(number, [alice findMessages:nil succ:one fail:fail]);
    FAILS(number, [alice findMessages:(id)@[ [NSNull null], @7 ] succ:one fail:fail]);
    FAILS(number, [alice revokeMessage:nil succ:done fail:fail]);
    FAILS(number, [alice markC2CMessageAsRead:nil succ:done fail:fail]);
    FAILS(number, [alice markGroupMessageAsRead:@"" succ:done fail:fail]);
    FAILS(number, [alice createGroup:nil groupID:nil groupName:nil succ:one fail:fail]);
    FAILS(number, [alice createGroup:(V2TIMGroupInfo *)nil memberList:(id)@[ @1 ] succ:one fail:fail]);
    FAILS(number, [alice joinGroup:nil msg:nil succ:done fail:fail]);
    FAILS(number, [alice inviteUserToGroup:@"g" userList:nil succ:one fail:fail]);
    FAILS(number, [alice kickGroupMember:@"g" memberList:@[] reason:nil succ:one fail:fail]);
    FAILS(number, [alice getConversation:nil succ:one fail:fail]);
    FAILS(number, [alice getConversation:@"neither" succ:one fail:fail]);
    FAILS(number, [alice cleanConversationUnreadMessageCount:@"neither"
                                              cleanTimestamp:0
                                               cleanSequence:0
                                                        succ:done
                                                        fail:fail]);
    FAILS(number, [alice getUsersInfo:nil succ:one fail:fail]);
    FAILS(number, [alice setSelfInfo:nil succ:done fail:fail]);
    FAILS(number, [alice login:nil userSig:nil succ:done fail:fail]);
    FAILS(ERR_SDK_INTERFACE_NOT_SUPPORT, {
        V2TIMGroupInfo *info = LATER([[V2TIMGroupInfo alloc] init]);
        V2TIMCreateGroupMemberInfo *admin = LATER([[V2TIMCreateGroupMemberInfo alloc] init]);
        info.groupType = GroupType_Work;
        admin.userID = @"bob";
        admin.role = V2TIM_GROUP_MEMBER_ROLE_ADMIN;
        [alice createGroup:info memberList:@[ admin ] succ:one fail:fail];
    });
    // Listeners that are nil, or were never added.
    [alice addAdvancedMsgListener:nil];
    [alice removeAdvancedMsgListener:nil];
    [alice removeAdvancedMsgListener:(id<V2TIMAdvancedMsgListener>)alice];
}

static void Numbers(void) {
    const int number = ERR_INVALID_PARAMETERS;
    V2TIMMessage *message = [alice createTextMessage:@"To all"];
    message.needReadReceipt = YES;
    WORKS([alice createGroup:GroupType_Work groupID:@"numbers" groupName:nil succ:one fail:fail]);
    WORKS(SendTo(alice, message, nil, @"numbers", done, fail));
    for (NSNumber *count_ in @[ @0, @101, @UINT32_MAX ]) {
        FAILS(number, [alice getGroupMessageReadMemberList:message
                                                    filter:0
                                                   nextSeq:0
                                                     count:count_.unsignedIntValue
                                                      succ:page
                                                      fail:fail]);
        FAILS(number, [alice getConversationList:0 count:count_.intValue succ:page fail:fail]);
        FAILS(number, [alice getGroupHistoryMessageList:@"numbers"
                                                  count:count_.intValue
                                                lastMsg:nil
                                                   succ:one
                                                   fail:fail]);
    }
    WORKS([alice getGroupMessageReadMemberList:message filter:0 nextSeq:0 count:100 succ:page fail:fail]);
    FAILS(number, [alice getGroupMessageReadMemberList:message
                                                filter:(V2TIMGroupMessageReadMembersFilter)(1ll << 32)
                                               nextSeq:0
                                                 count:1
                                                  succ:page
                                                  fail:fail]);
    FAILS(number, [alice getGroupMessageReadMemberList:message filter:0 nextSeq:UINT64_MAX count:1 succ:page fail:fail]);
    FAILS(number, [alice getConversationList:UINT64_MAX count:1 succ:page fail:fail]);
    V2TIMMessageListGetOption *option = LATER([[V2TIMMessageListGetOption alloc] init]);
    option.groupID = @"numbers";
    option.count = (NSUInteger)1 << 32;
    FAILS(number, [alice getHistoryMessageList:option succ:one fail:fail]);
    option.count = 10;
    option.getType = (V2TIMMessageGetType)9;
    FAILS(number, [alice getHistoryMessageList:option succ:one fail:fail]);
    option.getType = V2TIM_GET_LOCAL_NEWER_MSG;
    option.userID = @"bob";
    FAILS(number, [alice getHistoryMessageList:option succ:one fail:fail]);
    option.userID = nil;
    WORKS([alice getHistoryMessageList:option succ:one fail:fail]);
    option.messageTypeList = @[ @1 ];
    FAILS(ERR_SDK_INTERFACE_NOT_SUPPORT, [alice getHistoryMessageList:option succ:one fail:fail]);
    FAILS(number, [alice sendMessage:[alice createTextMessage:@"a"]
                                     receiver:@"bob"
                                      groupID:nil
                                     priority:(V2TIMMessagePriority)7
                               onlineUserOnly:NO
                              offlinePushInfo:nil
                                     progress:nil
                                         succ:done
                                         fail:fail]);
    FAILS(number, [alice setGroupMemberRole:@"numbers" member:@"bob" newRole:UINT32_MAX succ:done fail:fail]);

    // Mixed lists: one's own and those without receipts are skipped, another conversation is not.
    V2TIMMessage *other = [alice createTextMessage:@"Lunch?"];
    WORKS(SendTo(alice, other, @"bob", nil, done, fail));
    WORKS([alice sendMessageReadReceipts:@[ message, message ] succ:done fail:fail]);
    FAILS(number, [alice sendMessageReadReceipts:@[ message, other ] succ:done fail:fail]);
    FAILS(number, [alice getMessageReadReceipts:@[ other, message ] succ:one fail:fail]);
    WORKS([alice getMessageReadReceipts:@[ other ] succ:one fail:fail]);
    V2TIMMessage *unknown = [V2TIMManager seenByMessageReference:@"group_numbers" msgID:@"unknown" sender:nil error:NULL];
    FAILS(ERR_SVR_GROUP_READ_RECEIPT_NOT_FOUND,
          [alice getGroupMessageReadMemberList:unknown filter:0 nextSeq:0 count:1 succ:page fail:fail]);
}

static void Texts(void) {
    const int number = ERR_INVALID_PARAMETERS;
    NSString *half = Half();
    CHECK_NUMBER(half.length, 6);
    FAILS(number, SendTo(alice, [alice createTextMessage:half], @"bob", nil, done, fail));
    FAILS(number, SendTo(alice, [alice createTextMessage:@"a"], half, nil, done, fail));
    FAILS(number, SendTo(alice, [alice createTextMessage:@"a"], nil, half, done, fail));
    NSData *data = [NSData dataWithBytes:"a" length:1];
    FAILS(number, SendTo(alice, [alice createCustomMessage:data desc:half extension:nil], @"bob", nil, done, fail));
    FAILS(number, SendTo(alice, [alice createCustomMessage:data desc:nil extension:half], @"bob", nil, done, fail));
    FAILS(number, [alice login:half userSig:@"any" succ:done fail:fail]);
    FAILS(number, [alice login:@"alice" userSig:half succ:done fail:fail]);
    FAILS(number, [alice getC2CHistoryMessageList:half count:1 lastMsg:nil succ:one fail:fail]);
    FAILS(number, [alice findMessages:@[ @"1", half ] succ:one fail:fail]);
    FAILS(number, [alice createGroup:half groupID:nil groupName:nil succ:one fail:fail]);
    FAILS(number, [alice createGroup:GroupType_Work groupID:half groupName:nil succ:one fail:fail]);
    FAILS(number, [alice createGroup:GroupType_Work groupID:nil groupName:half succ:one fail:fail]);
    FAILS(number, [alice joinGroup:half msg:half succ:done fail:fail]);
    FAILS(number, [alice getUsersInfo:@[ half ] succ:one fail:fail]);
    FAILS(number, [alice getConversation:half succ:one fail:fail]);
    FAILS(number, [alice markC2CMessageAsRead:half succ:done fail:fail]);
    V2TIMUserFullInfo *info = LATER([[V2TIMUserFullInfo alloc] init]);
    info.nickName = half;
    FAILS(number, [alice setSelfInfo:info succ:done fail:fail]);
    NSError *error = nil;
    CHECK([V2TIMManager seenByMessageReference:nil msgID:half sender:nil error:&error] == nil);
    CHECK_NUMBER(error.code, number);
    CHECK([V2TIMManager seenByMessageReference:half msgID:@"1" sender:nil error:NULL] == nil);
    CHECK([V2TIMManager seenByMessageReference:@"c2c_a" msgID:nil sender:nil error:&error] == nil);
    CHECK([V2TIMManager seenByMessageReference:@"c2c_a" msgID:@"" sender:nil error:&error] == nil);
    CHECK_EQUAL(error.domain, SeenByErrorDomain);
    CHECK(error.localizedDescription.length > 10);

    // Whole ones arrive whole, zero characters too.
    const unichar zero = 0;
    NSString *whole = [NSString stringWithFormat:@"👩‍👩‍👧 %@ 𝄞", [NSString stringWithCharacters:&zero length:1]];
    V2TIMMessage *message = [alice createTextMessage:whole];
    WORKS(SendTo(alice, message, @"bob", nil, done, fail));
    Ending *found = [Ending ending];
    [bob findMessages:@[ message.msgID ] succ:[found one] fail:[found fail]];
    CHECK_NUMBER([found wait], 0);
    CHECK_EQUAL([[found->value lastObject] textElem].text, whole);
}

static void Configurations(void) {
    V2TIMManager *manager = [[V2TIMManager alloc] init];
    V2TIMSDKConfig *config = ConfigFor(@"bad", @"x");
    CHECK(![manager initSDK:0 config:config] && manager.seenByLastInitError.code == ERR_INVALID_PARAMETERS);
    config.seenBy.server = @"gopher://nowhere";
    CHECK(![manager initSDK:1 config:config] && manager.seenByLastInitError.code == ERR_INVALID_PARAMETERS);
    config.seenBy.server = Half();
    CHECK(![manager initSDK:1 config:config] && manager.seenByLastInitError.code == ERR_INVALID_PARAMETERS);
    config.seenBy.server = @"embedded:mem/bad";
    config.seenBy.deviceLabel = Half();
    CHECK(![manager initSDK:1 config:config] && manager.seenByLastInitError.localizedDescription.length > 10);
    config.seenBy.deviceLabel = @"x";
    CHECK([manager initSDK:1 config:config] && manager.seenByLastInitError == nil);
    CHECK(![manager initSDK:1 config:config] && manager.seenByLastInitError.code == ERR_INVALID_PARAMETERS);
    LET_GO(manager);
}

int main(void) {
    BEGIN_TEST();
    @autoreleasepool {
        printf("before init\n");
        Calls([V2TIMManager sharedInstance], ERR_SDK_NOT_INITIALIZED);
        FAILS(ERR_SDK_NOT_INITIALIZED, [[V2TIMManager sharedInstance] login:@"a" userSig:@"b" succ:done fail:fail]);
        V2TIMManager *early = [V2TIMManager seenByCreateManager];
        Calls(early, ERR_SDK_NOT_INITIALIZED);
        CHECK([early getLoginUser] == nil && [early getServerTime] == 0 && [early seenByDebugState].length == 0);
        CHECK(![early seenByForeground:YES] && ![early seenByNetworkAvailable:NO] && early.seenByClient == NULL);
        NSError *error = nil;
        CHECK([[SeenByReadTracker alloc] initWithManager:nil conversationID:nil error:&error] == nil && error.code != 0);

        printf("before login\n");
        CHECK([early initSDK:1 config:ConfigFor(@"badinput", @"early")]);
        Calls(early, ERR_SDK_NOT_LOGGED_IN);

        printf("logged in\n");
        alice = NewUser(@"badinput", @"alice");
        bob = NewUser(@"badinput", @"bob");
        Nils();
        Numbers();
        Texts();
        Outside(alice);
        Configurations();

        printf("after uninit\n");
        [early unInitSDK];
        Calls(early, SeenByErrorClosed);
        CHECK([[V2TIMManager sharedInstance] initSDK:1 config:ConfigFor(@"badinput", @"shared")]);
        [[V2TIMManager sharedInstance] unInitSDK];
        [[V2TIMManager sharedInstance] unInitSDK];
        Calls([V2TIMManager sharedInstance], ERR_SDK_NOT_INITIALIZED);
        LET_GO(alice);
        LET_GO(bob);
    }
    CHECK_NOTHING_LEFT(YES);
    return Report();
}
