#import "Device.h"

@implementation Device

+ (instancetype)named:(NSString *)name world:(NSNumber *)world natives:(Natives *)natives {
    Device *device = AUTORELEASED([[Device alloc] init]);
    device->_name = RETAINED(name);
    device->_world = RETAINED(world);
    device->_natives = RETAINED(natives);
    device->_documented = [[NSMutableArray alloc] init];
    V2TIMManager *manager = [V2TIMManager seenByCreateManager];
    device->_manager = RETAINED(manager);
    [manager addIMSDKListener:device];
    [manager addAdvancedMsgListener:device];
    [manager addConversationListener:device];
    // Before ours, which compares.
    [manager addGroupListener:device];
    [manager addSeenByListener:device];
    return device;
}

#if !__has_feature(objc_arc)
- (void)dealloc {
    [_manager release];
    [_world release];
    [_name release];
    [_natives release];
    [_tracker release];
    [_documented release];
    [_revoked release];
    [super dealloc];
}
#endif

- (V2TIMManager *)manager {
    return _manager;
}

- (SeenByReadTracker *)tracker {
    if (_tracker == nil) {
        NSError *error = nil;
        _tracker = [[SeenByReadTracker alloc] initWithManager:_manager conversationID:nil error:&error];
        if (_tracker == nil) Broken(@"there is no tracker: %@", error.localizedDescription);
    }
    return _tracker;
}

- (void)close {
    LET_GO(_tracker);
    [_manager unInitSDK];
    [_manager removeIMSDKListener:self];
    [_manager removeAdvancedMsgListener:self];
    [_manager removeConversationListener:self];
    [_manager removeGroupListener:self];
    [_manager removeSeenByListener:self];
    LET_GO(_manager);
}

- (void)heard:(NSString *)callback entry:(NSDictionary<NSString *, id> *)entry {
    Say(@{ @"world" : _world, @"device" : _name, @"heard" : callback, @"entry" : entry });
}

// The line.

- (void)onConnecting {
    [self heard:@"onConnecting" entry:@{}];
}

- (void)onConnectSuccess {
    [self heard:@"onConnectSuccess" entry:@{}];
}

- (void)onConnectFailed:(int)code err:(NSString *)err {
    (void)err;
    [self heard:@"onConnectFailed" entry:@{ @"code" : @(code) }];
}

- (void)onKickedOffline {
    [self heard:@"onKickedOffline" entry:@{}];
}

- (void)onUserSigExpired {
    [self heard:@"onUserSigExpired" entry:@{}];
}

// Messages.

- (void)onRecvNewMessage:(V2TIMMessage *)msg {
    [self heard:@"onRecvNewMessage" entry:[_natives message:msg]];
}

- (void)onRecvC2CReadReceipt:(NSArray<V2TIMMessageReceipt *> *)receiptList {
    for (V2TIMMessageReceipt *receipt in receiptList) {
        [self heard:@"onRecvC2CReadReceipt" entry:[_natives receipt:receipt]];
    }
}

- (void)onRecvMessageReadReceipts:(NSArray<V2TIMMessageReceipt *> *)receiptList {
    for (V2TIMMessageReceipt *receipt in receiptList) {
        [self heard:@"onRecvMessageReadReceipts" entry:[_natives receipt:receipt]];
    }
}

// Both tell of a recall, in whatever order: the second one is passed on.

- (void)recall:(NSString *)msgID by:(nullable NSString *)user {
    if (_revoked == nil) {
        _revoked = RETAINED(([NSString stringWithFormat:@"%@\n%@", msgID, OrEmpty(user)]));
        return;
    }
    NSArray<NSString *> *first = [_revoked componentsSeparatedByString:@"\n"];
    LET_GO(_revoked);
    BOOL agree = [[first objectAtIndex:0] isEqualToString:msgID];
    NSString *operatorID = user == nil ? [first objectAtIndex:1] : (NSString *)user;
    [self heard:@"onRecvMessageRevoked"
          entry:@{
              @"msgID" : agree ? msgID : @"the two callbacks of a recall do not agree",
              @"operator" : operatorID
          }];
}

- (void)onRecvMessageRevoked:(NSString *)msgID {
    [self recall:msgID by:nil];
}

- (void)onRecvMessageRevoked:(NSString *)msgID operateUser:(V2TIMUserFullInfo *)operateUser reason:(NSString *)reason {
    (void)reason;
    [self recall:msgID by:OrEmpty(operateUser.userID)];
}

// Conversations.

- (void)onConversationChanged:(NSArray<V2TIMConversation *> *)conversationList {
    for (V2TIMConversation *conversation in conversationList) {
        [self heard:@"onConversationChanged" entry:[_natives conversation:conversation]];
    }
}

- (void)onTotalUnreadMessageCountChanged:(uint64_t)totalUnreadCount {
    [self heard:@"onTotalUnreadMessageCountChanged"
          entry:@{ @"totalUnreadCount" : @((unsigned long long)totalUnreadCount) }];
}

// Groups: what the documented methods tell must be what onGroupChanged tells, which comes after them.

- (void)told:(NSString *)change of:(NSString *)groupID members:(NSArray<V2TIMGroupMemberInfo *> *)members {
    NSMutableArray<NSString *> *users = [NSMutableArray array];
    for (V2TIMGroupMemberInfo *member in members) [users addObject:OrEmpty(member.userID)];
    NSMutableDictionary<NSString *, id> *last = [_documented lastObject];
    // Who quits is told one at a time.
    if ([change isEqualToString:@"quit"] && [[last objectForKey:@"change"] isEqual:change] &&
        [[last objectForKey:@"groupID"] isEqual:groupID]) {
        [[last objectForKey:@"members"] addObjectsFromArray:users];
        return;
    }
    NSMutableDictionary<NSString *, id> *one = [NSMutableDictionary dictionary];
    [one setObject:change forKey:@"change"];
    [one setObject:groupID forKey:@"groupID"];
    [one setObject:users forKey:@"members"];
    [_documented addObject:one];
}

- (void)onMemberEnter:(NSString *)groupID memberList:(NSArray<V2TIMGroupMemberInfo *> *)memberList {
    [self told:@"joined" of:OrEmpty(groupID) members:memberList];
}

- (void)onMemberLeave:(NSString *)groupID member:(V2TIMGroupMemberInfo *)member {
    [self told:@"quit" of:OrEmpty(groupID) members:@[ member ]];
}

- (void)onMemberInvited:(NSString *)groupID
                 opUser:(V2TIMGroupMemberInfo *)opUser
             memberList:(NSArray<V2TIMGroupMemberInfo *> *)memberList {
    (void)opUser;
    [self told:@"invited" of:OrEmpty(groupID) members:memberList];
}

- (void)onMemberKicked:(NSString *)groupID
                opUser:(V2TIMGroupMemberInfo *)opUser
            memberList:(NSArray<V2TIMGroupMemberInfo *> *)memberList {
    (void)opUser;
    [self told:@"kicked" of:OrEmpty(groupID) members:memberList];
}

- (void)onGroupCreated:(NSString *)groupID {
    [self told:@"created" of:OrEmpty(groupID) members:@[]];
}

- (void)onGroupDismissed:(NSString *)groupID opUser:(V2TIMGroupMemberInfo *)opUser {
    (void)opUser;
    [self told:@"dismissed" of:OrEmpty(groupID) members:@[]];
}

- (void)onGrantAdministrator:(NSString *)groupID
                      opUser:(V2TIMGroupMemberInfo *)opUser
                  memberList:(NSArray<V2TIMGroupMemberInfo *> *)memberList {
    (void)opUser;
    [self told:@"roleChanged" of:OrEmpty(groupID) members:memberList];
}

- (void)onRevokeAdministrator:(NSString *)groupID
                       opUser:(V2TIMGroupMemberInfo *)opUser
                   memberList:(NSArray<V2TIMGroupMemberInfo *> *)memberList {
    (void)opUser;
    [self told:@"roleChanged" of:OrEmpty(groupID) members:memberList];
}

// Ours.

- (void)onReceiptsSent:(NSString *)conversationID msgIDs:(NSArray<NSString *> *)msgIDs {
    for (NSString *msgID in msgIDs) {
        [self heard:@"onMessageReceiptsSent" entry:@{ @"conversationID" : conversationID, @"msgID" : msgID }];
    }
}

- (void)onReadReceiptsEnabledChanged:(BOOL)enabled {
    [self heard:@"onReadReceiptsEnabledChanged" entry:@{ @"enabled" : Flag(enabled) }];
}

- (void)onGroupChanged:(SeenByGroupChange *)change {
    NSMutableDictionary<NSString *, id> *entry = JsonOfChange(change);
    BOOL isOwners = change.kind == SeenByGroupRoleChanged && change.role == V2TIM_GROUP_MEMBER_ROLE_SUPER;
    if (change.kind != SeenByGroupCount && !isOwners) {
        Json *told = @{};
        if ([_documented count] > 0) {
            told = [NSDictionary dictionaryWithDictionary:[_documented objectAtIndex:0]];
            [_documented removeObjectAtIndex:0];
        }
        for (NSString *key in @[ @"change", @"groupID", @"members" ]) {
            if ([[told objectForKey:key] isEqual:[entry objectForKey:key]]) continue;
            NSString *why = [NSString stringWithFormat:@"the documented listener told something else: %@", told];
            [entry setObject:why forKey:@"change"];
            break;
        }
    }
    [self heard:@"onGroupChanged" entry:entry];
}

@end

V2TIMSDKConfig *ConfigOf(With *request) {
    V2TIMSDKConfig *config = AUTORELEASED([[V2TIMSDKConfig alloc] init]);
    config.seenBy.dataFolder = [request textOrNil:@"dataDir"];
    config.seenBy.server = [request textOrNil:@"endpoint"];
    config.seenBy.deviceLabel = [request textOrNil:@"label"];
    config.seenBy.withReaders = [request flag:@"withReaders"];
    config.seenBy.seenForMs = [request number32:@"seenForMs"];
    config.seenBy.clientName = @"scenarios";
    return config;
}
