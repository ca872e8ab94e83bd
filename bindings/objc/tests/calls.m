// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Every documented call that works, between users of a service in this process, with callbacks on the main thread.

#import "check.h"

static V2TIMManager *alice, *bob, *carol;

@interface Listener : NSObject <V2TIMAdvancedMsgListener, V2TIMSimpleMsgListener, V2TIMGroupListener,
                                V2TIMConversationListener, V2TIMSDKListener, SeenByListener> {
  @public
    NSMutableArray *heard;
    V2TIMMessage *message;
    V2TIMMessageReceipt *receipt;
    V2TIMMessageReceipt *mark;
    V2TIMConversation *conversation;
    uint64_t unread;
    BOOL offMain;
}
@end

@implementation Listener

- (instancetype)init {
    if ((self = [super init])) heard = [[NSMutableArray alloc] init];
    return self;
}

#if !__has_feature(objc_arc)
- (void)dealloc {
    [heard release];
    [message release];
    [receipt release];
    [mark release];
    [conversation release];
    [super dealloc];
}
#endif

- (BOOL)heard:(NSString *)what {
    return [heard containsObject:what];
}

- (void)hear:(NSString *)what {
    [heard addObject:what];
    if (![NSThread isMainThread]) offMain = YES;
}

- (void)onRecvNewMessage:(V2TIMMessage *)msg {
    SET(message, msg);
    [self hear:@"message"];
}
- (void)onRecvMessageReadReceipts:(NSArray<V2TIMMessageReceipt *> *)receiptList {
    SET(receipt, [receiptList lastObject]);
    [self hear:@"receipts"];
}
- (void)onRecvC2CReadReceipt:(NSArray<V2TIMMessageReceipt *> *)receiptList {
    SET(mark, [receiptList lastObject]);
    [self hear:@"mark"];
}
- (void)onRecvMessageRevoked:(NSString *)msgID operateUser:(V2TIMUserFullInfo *)operateUser reason:(NSString *)reason {
    [self hear:[@"revoked by " stringByAppendingString:operateUser.userID]];
}
- (void)onRecvMessageRevoked:(NSString *)msgID {
    [self hear:@"revoked"];
}
- (void)onRecvC2CTextMessage:(NSString *)msgID sender:(V2TIMUserInfo *)info text:(NSString *)text {
    [self hear:[NSString stringWithFormat:@"%@ of %@", text, info.userID]];
}
- (void)onRecvGroupCustomMessage:(NSString *)msgID
                         groupID:(NSString *)groupID
                          sender:(V2TIMGroupMemberInfo *)info
                      customData:(NSData *)data {
    [self hear:[NSString stringWithFormat:@"%d bytes of %@ in %@", (int)data.length, info.userID, groupID]];
}
- (void)onMemberEnter:(NSString *)groupID memberList:(NSArray<V2TIMGroupMemberInfo *> *)memberList {
    [self hear:[@"entered " stringByAppendingString:[[memberList lastObject] userID]]];
}
- (void)onMemberInvited:(NSString *)groupID
                 opUser:(V2TIMGroupMemberInfo *)opUser
             memberList:(NSArray<V2TIMGroupMemberInfo *> *)memberList {
    [self hear:[@"invited " stringByAppendingString:[[memberList lastObject] userID]]];
}
- (void)onMemberKicked:(NSString *)groupID
                opUser:(V2TIMGroupMemberInfo *)opUser
            memberList:(NSArray<V2TIMGroupMemberInfo *> *)memberList {
    [self hear:[NSString stringWithFormat:@"%@ kicked %@", opUser.userID, [[memberList lastObject] userID]]];
}
- (void)onMemberLeave:(NSString *)groupID member:(V2TIMGroupMemberInfo *)member {
    [self hear:[@"left " stringByAppendingString:member.userID]];
}
- (void)onQuitFromGroup:(NSString *)groupID {
    [self hear:@"quit"];
}
- (void)onGrantAdministrator:(NSString *)groupID
                      opUser:(V2TIMGroupMemberInfo *)opUser
                  memberList:(NSArray<V2TIMGroupMemberInfo *> *)memberList {
    [self hear:[@"admin " stringByAppendingString:[[memberList lastObject] userID]]];
}
- (void)onGroupDismissed:(NSString *)groupID opUser:(V2TIMGroupMemberInfo *)opUser {
    [self hear:@"dismissed"];
}
- (void)onConversationChanged:(NSArray<V2TIMConversation *> *)conversationList {
    SET(conversation, [conversationList lastObject]);
    [self hear:@"conversation"];
}
- (void)onTotalUnreadMessageCountChanged:(uint64_t)totalUnreadCount {
    unread = totalUnreadCount;
    [self hear:@"unread"];
}
- (void)onConnectSuccess {
    [self hear:@"connected"];
}
- (void)onGroupChanged:(SeenByGroupChange *)change {
    [self hear:[NSString stringWithFormat:@"change %d", (int)change.kind]];
}
- (void)onReadReceiptsEnabledChanged:(BOOL)enabled {
    [self hear:enabled ? @"on" : @"off"];
}

@end

static V2TIMMessage *Send(V2TIMManager *from, NSString *text, NSString *user, NSString *group) {
    V2TIMMessage *message = [from createTextMessage:text];
    CHECK_NUMBER(message.elemType, V2TIM_ELEM_TYPE_TEXT);
    CHECK(message.msgID == nil);
    message.needReadReceipt = YES;
    Ending *sent = [Ending ending];
    NSString *msgID = [from sendMessage:message
                               receiver:user
                                groupID:group
                               priority:V2TIM_PRIORITY_NORMAL
                         onlineUserOnly:NO
                        offlinePushInfo:nil
                               progress:nil
                                   succ:[sent done]
                                   fail:[sent fail]];
    CHECK(msgID.length > 0);
    CHECK_EQUAL(message.msgID, msgID);
    CHECK_NUMBER([sent wait], 0);
    CHECK(sent->onMain);
    CHECK_NUMBER(message.status, V2TIM_MSG_STATUS_SEND_SUCC);
    CHECK(message.seq > 0 && message.timestamp != nil && message.isSelf && message.needReadReceipt);
    return message;
}

static void OneToOne(void) {
    Listener *heard = [[Listener alloc] init], *told = [[Listener alloc] init];
    [bob addAdvancedMsgListener:heard];
    [bob addSimpleMsgListener:heard];
    [bob addConversationListener:heard];
    [alice addAdvancedMsgListener:told];
    V2TIMMessage *sent = Send(alice, @"Lunch? 🍜", @"bob", nil);
    WAIT([heard heard:@"message"] && [heard heard:@"unread"] && [heard heard:@"conversation"]);
    CHECK([heard heard:@"Lunch? 🍜 of alice"]);
    CHECK_EQUAL(heard->message.textElem.text, @"Lunch? 🍜");
    CHECK_EQUAL(heard->message.sender, @"alice");
    CHECK_EQUAL(heard->message.userID, @"alice");
    CHECK(heard->message.groupID == nil && !heard->message.isSelf && heard->message.needReadReceipt);
    CHECK_EQUAL(heard->message.seenBy.conversationID, @"c2c_alice");
    CHECK_EQUAL(heard->conversation.conversationID, @"c2c_alice");
    CHECK_NUMBER(heard->conversation.type, V2TIM_C2C);
    CHECK_EQUAL(heard->conversation.lastMessage.msgID, sent.msgID);
    CHECK_NUMBER(heard->unread, 1);
    CHECK_NUMBER([V2TIMManager seenByDrawState:sent receipt:nil].kind, SeenByDrawSent);

    Ending *read = [Ending ending];
    [bob sendMessageReadReceipts:@[ heard->message ] succ:[read done] fail:[read fail]];
    CHECK_NUMBER([read wait], 0);
    WAIT([told heard:@"receipts"]);
    CHECK_EQUAL(told->receipt.msgID, sent.msgID);
    CHECK_EQUAL(told->receipt.userID, @"bob");
    CHECK(told->receipt.groupID == nil && told->receipt.isPeerRead && told->receipt.timestamp > 1600000000);
    CHECK_EQUAL(told->receipt.seenBy.conversationID, @"c2c_bob");
    CHECK(told->receipt.seenBy.timestampMs / 1000 == told->receipt.timestamp && told->receipt.seenBy.position > 0);
    CHECK_NUMBER([V2TIMManager seenByDrawState:sent receipt:told->receipt].kind, SeenByDrawReadByPeer);

    Ending *asked = [Ending ending];
    [alice getMessageReadReceipts:@[ sent ] succ:[asked one] fail:[asked fail]];
    CHECK_NUMBER([asked wait], 0);
    CHECK([[asked->value lastObject] isPeerRead]);
    Ending *cached = [Ending ending];
    [alice seenByCachedReceipts:@[ sent.msgID ] succ:[cached one] fail:[cached fail]];
    CHECK_NUMBER([cached wait], 0);
    CHECK_EQUAL([[cached->value lastObject] msgID], sent.msgID);

    Ending *marked = [Ending ending];
    [bob markC2CMessageAsRead:@"alice" succ:[marked done] fail:[marked fail]];
    CHECK_NUMBER([marked wait], 0);
    WAIT([told heard:@"mark"]);
    CHECK_EQUAL(told->mark.msgID, @"");
    CHECK_EQUAL(told->mark.userID, @"bob");

    Ending *history = [Ending ending];
    [alice getC2CHistoryMessageList:@"bob" count:20 lastMsg:nil succ:[history one] fail:[history fail]];
    CHECK_NUMBER([history wait], 0);
    CHECK_EQUAL([[history->value lastObject] msgID], sent.msgID);
    CHECK([[history->value lastObject] isPeerRead]);
    V2TIMMessage *old = [history->value lastObject];
    CHECK(old.seenBy.receipt.isPeerRead);

    Ending *found = [Ending ending];
    [bob findMessages:@[ sent.msgID, @"nowhere" ] succ:[found one] fail:[found fail]];
    CHECK_NUMBER([found wait], 0);
    CHECK_NUMBER([found->value count], 1);

    Ending *revoked = [Ending ending];
    [alice revokeMessage:sent succ:[revoked done] fail:[revoked fail]];
    CHECK_NUMBER([revoked wait], 0);
    WAIT([heard heard:@"revoked"] && [heard heard:@"revoked by alice"]);
    CHECK(!heard->offMain && !told->offMain);
    [bob removeAdvancedMsgListener:heard];
    [bob removeSimpleMsgListener:heard];
    [bob removeConversationListener:heard];
    [alice removeAdvancedMsgListener:told];
    LET_GO(heard);
    LET_GO(told);
}

static void Groups(void) {
    Listener *heard = [[Listener alloc] init], *own = [[Listener alloc] init], *told = [[Listener alloc] init];
    [bob addGroupListener:heard];
    [bob addSimpleMsgListener:heard];
    [bob addAdvancedMsgListener:heard];
    [bob addSeenByListener:heard];
    [carol addGroupListener:own];
    [alice addAdvancedMsgListener:told];
    V2TIMGroupInfo *info = [[V2TIMGroupInfo alloc] init];
    info.groupType = GroupType_Work;
    info.groupID = @"team";
    info.groupName = @"The team";
    V2TIMCreateGroupMemberInfo *member = [[V2TIMCreateGroupMemberInfo alloc] init];
    member.userID = @"bob";
    Ending *made = [Ending ending];
    [alice createGroup:info memberList:@[ member ] succ:[made one] fail:[made fail]];
    CHECK_NUMBER([made wait], 0);
    CHECK_EQUAL(made->value, @"team");
    LET_GO(info);
    LET_GO(member);

    Ending *invited = [Ending ending];
    [alice inviteUserToGroup:@"team" userList:@[ @"carol", @"bob" ] succ:[invited one] fail:[invited fail]];
    CHECK_NUMBER([invited wait], 0);
    V2TIMGroupMemberOperationResult *first = [invited->value firstObject], *second = [invited->value lastObject];
    CHECK_EQUAL(first.userID, @"carol");
    CHECK_NUMBER(first.result, V2TIM_GROUP_MEMBER_RESULT_SUCC);
    CHECK_NUMBER(second.result, V2TIM_GROUP_MEMBER_RESULT_INVALID);
    WAIT([heard heard:@"invited carol"]);

    V2TIMMessage *sent = Send(alice, @"To all", nil, @"team");
    WAIT(heard->message != nil);
    CHECK_EQUAL(heard->message.groupID, @"team");
    CHECK(heard->message.userID == nil);
    Ending *read = [Ending ending];
    [bob sendMessageReadReceipts:@[ heard->message ] succ:[read done] fail:[read fail]];
    CHECK_NUMBER([read wait], 0);
    WAIT(told->receipt.readCount == 1);
    CHECK_NUMBER(told->receipt.unreadCount, 1);
    CHECK_EQUAL(told->receipt.groupID, @"team");
    CHECK(told->receipt.userID == nil);
    SeenByDrawState *drawn = [V2TIMManager seenByDrawState:sent receipt:told->receipt];
    CHECK(drawn.kind == SeenByDrawReadBy && drawn.read == 1 && drawn.of == 2);

    Ending *readers = [Ending ending], *others = [Ending ending];
    [alice getGroupMessageReadMemberList:sent
                                  filter:V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ
                                 nextSeq:0
                                   count:100
                                    succ:[readers page]
                                    fail:[readers fail]];
    [alice getGroupMessageReadMemberList:sent
                                  filter:V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD
                                 nextSeq:0
                                   count:1
                                    succ:[others page]
                                    fail:[others fail]];
    CHECK_NUMBER([readers wait], 0);
    CHECK_NUMBER([others wait], 0);
    CHECK([readers->value isKindOfClass:[NSMutableArray class]] && readers->finished);
    CHECK_EQUAL([[readers->value lastObject] userID], @"bob");
    V2TIMGroupMemberInfo *reader = [readers->value lastObject];
    CHECK(reader.seenBy.readTimestampMs > 0);
    CHECK_EQUAL([[others->value lastObject] userID], @"carol");

    Ending *custom = [Ending ending];
    [alice sendGroupCustomMessage:[NSData dataWithBytes:"\0\1\2" length:3]
                               to:@"team"
                         priority:V2TIM_PRIORITY_HIGH
                             succ:[custom done]
                             fail:[custom fail]];
    CHECK_NUMBER([custom wait], 0);
    WAIT([heard heard:@"3 bytes of alice in team"]);

    Ending *members = [Ending ending], *some = [Ending ending], *page = [Ending ending];
    [alice getGroupMemberList:@"team"
                       filter:V2TIM_GROUP_MEMBER_FILTER_ALL
                      nextSeq:0
                         succ:[members memberPage]
                         fail:[members fail]];
    CHECK_NUMBER([members wait], 0);
    CHECK_NUMBER([members->value count], 3);
    CHECK_NUMBER([[members->value firstObject] role], V2TIM_GROUP_MEMBER_ROLE_SUPER);
    [alice getGroupMembersInfo:@"team" memberList:@[ @"bob" ] succ:[some one] fail:[some fail]];
    CHECK_NUMBER([some wait], 0);
    CHECK_NUMBER([[some->value lastObject] role], V2TIM_GROUP_MEMBER_ROLE_MEMBER);
    [alice seenByGetGroupMemberList:@"team" nextSeq:0 count:2 succ:[page memberPage] fail:[page fail]];
    CHECK_NUMBER([page wait], 0);
    CHECK([page->value count] == 2 && page->next != 0);

    Ending *role = [Ending ending], *kicked = [Ending ending], *joined = [Ending ending], *quit = [Ending ending];
    [alice setGroupMemberRole:@"team"
                       member:@"bob"
                      newRole:V2TIM_GROUP_MEMBER_ROLE_ADMIN
                         succ:[role done]
                         fail:[role fail]];
    CHECK_NUMBER([role wait], 0);
    WAIT([heard heard:@"admin bob"] && [heard heard:@"change 6"]);
    [carol quitGroup:@"team" succ:[quit done] fail:[quit fail]];
    CHECK_NUMBER([quit wait], 0);
    WAIT([heard heard:@"left carol"] && [own heard:@"quit"]);
    CHECK(![own heard:@"left carol"]);
    // Two calls that are out at a time may be done in any order.
    Ending *back = [Ending ending];
    [alice inviteUserToGroup:@"team" userList:@[ @"carol" ] succ:[back one] fail:[back fail]];
    CHECK_NUMBER([back wait], 0);
    [alice kickGroupMember:@"team" memberList:@[ @"carol" ] reason:@"why" succ:[kicked one] fail:[kicked fail]];
    CHECK_NUMBER([kicked wait], 0);
    WAIT([heard heard:@"alice kicked carol"]);
    [alice getJoinedGroupList:[joined one] fail:[joined fail]];
    CHECK_NUMBER([joined wait], 0);
    CHECK_EQUAL([[joined->value lastObject] groupName], @"The team");
    CHECK_EQUAL([[joined->value lastObject] owner], @"alice");

    Ending *opened = [Ending ending], *entered = [Ending ending], *dismissed = [Ending ending];
    [alice createGroup:GroupType_Public groupID:@"club" groupName:nil succ:[opened one] fail:[opened fail]];
    CHECK_NUMBER([opened wait], 0);
    [bob joinGroup:@"club" msg:@"let me in" succ:[entered done] fail:[entered fail]];
    CHECK_NUMBER([entered wait], 0);
    [alice dismissGroup:@"club" succ:[dismissed done] fail:[dismissed fail]];
    CHECK_NUMBER([dismissed wait], 0);
    WAIT([heard heard:@"dismissed"]);
    LET_GO(heard);
    LET_GO(own);
    LET_GO(told);
}

static void ConversationsAndPeople(void) {
    Ending *list = [Ending ending], *one = [Ending ending], *total = [Ending ending], *clean = [Ending ending];
    [bob getConversationList:0 count:50 succ:[list page] fail:[list fail]];
    CHECK_NUMBER([list wait], 0);
    CHECK([list->value count] >= 2 && list->finished);
    [bob getConversation:@"group_team" succ:[one one] fail:[one fail]];
    CHECK_NUMBER([one wait], 0);
    CHECK_EQUAL([one->value showName], @"The team");
    CHECK_EQUAL([one->value groupType], @"Work");
    CHECK_NUMBER([one->value unreadCount], 2);
    [bob cleanConversationUnreadMessageCount:@""
                              cleanTimestamp:0
                               cleanSequence:0
                                        succ:[clean done]
                                        fail:[clean fail]];
    CHECK_NUMBER([clean wait], 0);
    [bob getTotalUnreadMessageCount:[total number] fail:[total fail]];
    CHECK_NUMBER([total wait], 0);
    CHECK_NUMBER(total->next, 0);

    V2TIMUserFullInfo *info = [[V2TIMUserFullInfo alloc] init];
    info.nickName = @"Bob B.";
    Ending *set = [Ending ending], *users = [Ending ending];
    [bob setSelfInfo:info succ:[set done] fail:[set fail]];
    CHECK_NUMBER([set wait], 0);
    [alice getUsersInfo:@[ @"bob" ] succ:[users one] fail:[users fail]];
    CHECK_NUMBER([users wait], 0);
    CHECK_EQUAL([[users->value lastObject] nickName], @"Bob B.");
    LET_GO(info);

    Ending *off = [Ending ending], *on = [Ending ending];
    [bob seenBySetReadReceiptsEnabled:NO succ:[off done] fail:[off fail]];
    CHECK_NUMBER([off wait], 0);
    [bob seenBySetReadReceiptsEnabled:YES succ:[on done] fail:[on fail]];
    CHECK_NUMBER([on wait], 0);

    CHECK_EQUAL([bob getLoginUser], @"bob");
    CHECK_NUMBER([bob getLoginStatus], V2TIM_STATUS_LOGINED);
    CHECK([bob getServerTime] > 1600000000 && [bob seenByServerTimeMs] / 1000 >= (int64_t)[bob getServerTime] - 1);
    CHECK([[bob seenByDebugState] hasPrefix:@"{"] && [[bob getVersion] length] > 0);
    CHECK([bob seenByForeground:NO] && [bob seenByForeground:YES] && [bob seenByNetworkAvailable:YES]);
    Ending *out = [Ending ending];
    [bob logout:[out done] fail:[out fail]];
    CHECK_NUMBER([out wait], 0);
    CHECK([bob getLoginUser] == nil);
    CHECK_NUMBER([bob getLoginStatus], V2TIM_STATUS_LOGOUT);
}

int main(void) {
    BEGIN_TEST();
    @autoreleasepool {
        alice = NewUser(@"calls", @"alice");
        bob = NewUser(@"calls", @"bob");
        carol = NewUser(@"calls", @"carol");
        OneToOne();
        Groups();
        ConversationsAndPeople();
        LET_GO(alice);
        LET_GO(bob);
        LET_GO(carol);
    }
    CHECK_NOTHING_LEFT(NO);
    return Report();
}
