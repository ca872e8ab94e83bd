#import "Values.h"

static NSString *const NATIVE = @"$native";

NSString *OrEmpty(NSString *text) { return text == nil ? @"" : (NSString *)text; }

static NSString *textOfData(NSData *data) {
    if (data == nil) return @"";
    NSString *text = AUTORELEASED([[NSString alloc] initWithData:(NSData *)data encoding:NSUTF8StringEncoding]);
    return text == nil ? @"(not UTF-8)" : text;
}

static NSNumber *seconds(int64_t ms) { return @((long long)(ms / 1000)); }

static NSString *statusName(V2TIMMessageStatus status) {
    switch (status) {
        case V2TIM_MSG_STATUS_SENDING: return @"SENDING";
        case V2TIM_MSG_STATUS_SEND_SUCC: return @"SEND_SUCC";
        case V2TIM_MSG_STATUS_SEND_FAIL: return @"SEND_FAIL";
        case V2TIM_MSG_STATUS_HAS_DELETED: return @"HAS_DELETED";
        case V2TIM_MSG_STATUS_LOCAL_REVOKED: return @"LOCAL_REVOKED";
        default: return [NSString stringWithFormat:@"a status that no message of SeenBy has: %d", (int)status];
    }
}

@implementation Natives

- (instancetype)init {
    if ((self = [super init])) _kept = [[NSMutableArray alloc] init];
    return self;
}

#if !__has_feature(objc_arc)
- (void)dealloc {
    [_kept release];
    [super dealloc];
}
#endif

- (Json *)keep:(id)object as:(NSMutableDictionary<NSString *, id> *)value {
    [value setObject:@((long)[_kept count]) forKey:NATIVE];
    [_kept addObject:object];
    return value;
}

- (nullable id)behind:(nullable id)value {
    if (![value isKindOfClass:[NSDictionary class]]) return nil;
    NSNumber *number = [(Json *)value objectForKey:NATIVE];
    return number == nil ? nil : [_kept objectAtIndex:[number unsignedIntegerValue]];
}

- (V2TIMMessage *)messageBehind:(id)value {
    id object = [self behind:value];
    return [object isKindOfClass:[V2TIMMessage class]] ? object : nil;
}

- (V2TIMMessage *)mustBeMessage:(id)value {
    V2TIMMessage *message = [self messageBehind:value];
    if (message == nil) Broken(@"%@ is no message", value);
    return (V2TIMMessage *_Nonnull)message;
}

- (NSArray<V2TIMMessage *> *)mustBeMessages:(NSArray *)values {
    NSMutableArray<V2TIMMessage *> *messages = [NSMutableArray array];
    for (id value in values) [messages addObject:[self mustBeMessage:value]];
    return messages;
}

- (V2TIMMessageReceipt *)mustBeReceipt:(id)value {
    id object = [self behind:value];
    if (![object isKindOfClass:[V2TIMMessageReceipt class]]) Broken(@"%@ is no receipt", value);
    return (id _Nonnull)object;
}

- (Json *)message:(V2TIMMessage *)message {
    SeenByMessageDetails *details = message.seenBy;
    V2TIMMessageReceipt *receipt = details.receipt;
    long long timestamp = message.timestamp == nil ? 0 : (long long)[message.timestamp timeIntervalSince1970];
    NSMutableDictionary<NSString *, id> *value = [NSMutableDictionary dictionary];
    [value setObject:OrEmpty(message.msgID) forKey:@"msgID"];
    [value setObject:OrEmpty(details.conversationID) forKey:@"conversationID"];
    [value setObject:OrEmpty(message.userID) forKey:@"userID"];
    [value setObject:OrEmpty(message.groupID) forKey:@"groupID"];
    [value setObject:@((unsigned long long)message.seq) forKey:@"seq"];
    [value setObject:OrEmpty(message.sender) forKey:@"sender"];
    [value setObject:@(timestamp) forKey:@"timestamp"];
    [value setObject:statusName(message.status) forKey:@"status"];
    [value setObject:Flag(message.isSelf) forKey:@"isSelf"];
    [value setObject:Flag(message.needReadReceipt) forKey:@"needReadReceipt"];
    [value setObject:Flag(details.hasSentReceipt) forKey:@"hasSentReceipt"];
    [value setObject:Flag(message.isRead) forKey:@"isRead"];
    [value setObject:Flag(message.isPeerRead) forKey:@"isPeerRead"];
    [value setObject:OrEmpty(message.textElem.text) forKey:@"text"];
    [value setObject:textOfData(message.customElem.data) forKey:@"customData"];
    [value setObject:textOfData(message.cloudCustomData) forKey:@"cloudCustomData"];
    [value setObject:@((int)message.priority) forKey:@"priority"];
    [value setObject:OrEmpty(message.nickName) forKey:@"nickName"];
    [value setObject:OrEmpty(message.faceURL) forKey:@"faceURL"];
    [value setObject:receipt == nil ? (id)[NSNull null] : [self receipt:(V2TIMMessageReceipt *)receipt] forKey:@"receipt"];
    return [self keep:message as:value];
}

- (NSArray<Json *> *)messages:(NSArray<V2TIMMessage *> *)messages {
    NSMutableArray<Json *> *list = [NSMutableArray array];
    for (V2TIMMessage *message in messages) [list addObject:[self message:message]];
    return list;
}

- (Json *)reference:(V2TIMMessage *)reference {
    NSMutableDictionary<NSString *, id> *value = [NSMutableDictionary dictionary];
    [value setObject:OrEmpty(reference.msgID) forKey:@"msgID"];
    return [self keep:reference as:value];
}

- (Json *)receipt:(V2TIMMessageReceipt *)receipt {
    NSMutableArray *readers = [NSMutableArray array];
    for (SeenByReader *reader in receipt.seenBy.readers) {
        [readers addObject:@{ @"userID" : reader.userID, @"timestamp" : seconds(reader.timestampMs) }];
    }
    NSMutableDictionary<NSString *, id> *value = [NSMutableDictionary dictionary];
    [value setObject:receipt.msgID forKey:@"msgID"];
    [value setObject:OrEmpty(receipt.userID) forKey:@"userID"];
    [value setObject:OrEmpty(receipt.groupID) forKey:@"groupID"];
    [value setObject:Flag(receipt.isPeerRead) forKey:@"isPeerRead"];
    [value setObject:@((long long)receipt.timestamp) forKey:@"timestamp"];
    [value setObject:@(receipt.readCount) forKey:@"readCount"];
    [value setObject:@(receipt.unreadCount) forKey:@"unreadCount"];
    [value setObject:readers forKey:@"readers"];
    [value setObject:Flag(receipt.seenBy.moreReaders) forKey:@"moreReaders"];
    return [self keep:receipt as:value];
}

- (NSArray<Json *> *)receipts:(NSArray<V2TIMMessageReceipt *> *)receipts {
    NSMutableArray<Json *> *list = [NSMutableArray array];
    for (V2TIMMessageReceipt *receipt in receipts) [list addObject:[self receipt:receipt]];
    return list;
}

- (Json *)conversation:(V2TIMConversation *)conversation {
    V2TIMMessage *last = conversation.lastMessage;
    SeenByConversationDetails *details = conversation.seenBy;
    return @{
        @"conversationID" : OrEmpty(conversation.conversationID),
        @"userID" : OrEmpty(conversation.userID),
        @"groupID" : OrEmpty(conversation.groupID),
        @"unreadCount" : @(conversation.unreadCount),
        @"lastMessage" : last == nil ? (id)[NSNull null] : [self message:(V2TIMMessage *)last],
        @"ownReadSequence" : @((unsigned long long)details.ownReadSequence),
        @"peerReadSequence" : @((unsigned long long)details.peerReadSequence),
        @"peerReadTimestamp" : seconds(details.peerReadTimestampMs),
    };
}

- (NSArray<Json *> *)conversations:(NSArray<V2TIMConversation *> *)conversations {
    NSMutableArray<Json *> *list = [NSMutableArray array];
    for (V2TIMConversation *conversation in conversations) [list addObject:[self conversation:conversation]];
    return list;
}

@end

static NSDictionary *person(V2TIMGroupMemberInfo *member) {
    return @{
        @"userID" : OrEmpty(member.userID),
        @"nickName" : OrEmpty(member.nickName),
        @"faceURL" : OrEmpty(member.faceURL),
    };
}

NSArray<Json *> *JsonOfReadMembers(NSArray<V2TIMGroupMemberInfo *> *members) {
    NSMutableArray<Json *> *list = [NSMutableArray array];
    for (V2TIMGroupMemberInfo *member in members) {
        NSMutableDictionary *one = AUTORELEASED([person(member) mutableCopy]);
        [one setObject:seconds(member.seenBy.readTimestampMs) forKey:@"timestamp"];
        [list addObject:one];
    }
    return list;
}

NSArray<Json *> *JsonOfGroups(NSArray<V2TIMGroupInfo *> *groups) {
    NSMutableArray<Json *> *list = [NSMutableArray array];
    for (V2TIMGroupInfo *group in groups) {
        [list addObject:@{
            @"groupID" : OrEmpty(group.groupID),
            @"groupType" : OrEmpty(group.groupType),
            @"groupName" : OrEmpty(group.groupName),
            @"owner" : OrEmpty(group.owner),
            @"memberCount" : @(group.memberCount),
            @"role" : @(group.role),
        }];
    }
    return list;
}

NSArray<Json *> *JsonOfMembers(NSArray<V2TIMGroupMemberFullInfo *> *members) {
    NSMutableArray<Json *> *list = [NSMutableArray array];
    for (V2TIMGroupMemberFullInfo *member in members) {
        NSMutableDictionary *one = AUTORELEASED([person(member) mutableCopy]);
        [one setObject:@(member.role) forKey:@"role"];
        [one setObject:@((long long)member.joinTime) forKey:@"joinTime"];
        [list addObject:one];
    }
    return list;
}

NSArray<Json *> *JsonOfResults(NSArray<V2TIMGroupMemberOperationResult *> *results) {
    NSMutableArray<Json *> *list = [NSMutableArray array];
    for (V2TIMGroupMemberOperationResult *one in results) {
        NSString *result = one.result == V2TIM_GROUP_MEMBER_RESULT_SUCC      ? @"done"
                           : one.result == V2TIM_GROUP_MEMBER_RESULT_INVALID ? @"alreadyMember"
                                                                             : @"failed";
        [list addObject:@{ @"userID" : OrEmpty(one.userID), @"result" : result }];
    }
    return list;
}

NSArray<Json *> *JsonOfProfiles(NSArray<V2TIMUserFullInfo *> *profiles) {
    NSMutableArray<Json *> *list = [NSMutableArray array];
    for (V2TIMUserFullInfo *profile in profiles) {
        [list addObject:@{
            @"userID" : OrEmpty(profile.userID),
            @"nickName" : OrEmpty(profile.nickName),
            @"faceURL" : OrEmpty(profile.faceURL),
        }];
    }
    return list;
}

Json *JsonOfDrawState(SeenByDrawState *state) {
    switch (state.kind) {
        case SeenByDrawSending: return @{ @"state" : @"sending" };
        case SeenByDrawFailed: return @{ @"state" : @"failed" };
        case SeenByDrawSent: return @{ @"state" : @"sent" };
        case SeenByDrawReadByPeer: return @{ @"state" : @"readByPeer" };
        case SeenByDrawReadBy: return @{ @"state" : @"readBy", @"read" : @(state.read), @"of" : @(state.of) };
        case SeenByDrawAllRead: return @{ @"state" : @"allRead" };
        case SeenByDrawUnavailable: return @{ @"state" : @"unavailable" };
    }
    Broken(@"there is no draw state %d", (int)state.kind);
}

static NSString *changeName(SeenByGroupChangeKind kind) {
    switch (kind) {
        case SeenByGroupCount: return @"count";
        case SeenByGroupCreated: return @"created";
        case SeenByGroupJoined: return @"joined";
        case SeenByGroupInvited: return @"invited";
        case SeenByGroupQuit: return @"quit";
        case SeenByGroupKicked: return @"kicked";
        case SeenByGroupRoleChanged: return @"roleChanged";
        case SeenByGroupDismissed: return @"dismissed";
    }
    return [NSString stringWithFormat:@"an unknown change %d", (int)kind];
}

NSMutableDictionary<NSString *, id> *JsonOfChange(SeenByGroupChange *change) {
    NSMutableDictionary<NSString *, id> *value = [NSMutableDictionary dictionary];
    [value setObject:changeName(change.kind) forKey:@"change"];
    [value setObject:change.groupID forKey:@"groupID"];
    [value setObject:change.members forKey:@"members"];
    [value setObject:OrEmpty(change.by) forKey:@"by"];
    [value setObject:@(change.memberCount) forKey:@"memberCount"];
    if (change.kind == SeenByGroupRoleChanged) [value setObject:@(change.role) forKey:@"role"];
    return value;
}
