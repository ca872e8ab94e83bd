// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Receipts, members, groups, conversations, people.

#import "SeenByValues.h"

@implementation SeenByReader

@synthesize userID = _userID;
@synthesize timestampMs = _timestampMs;

SB_DEALLOC(SeenByReader)
@end

@interface SeenByReceiptDetails ()
- (instancetype)initWithReceipt:(SeenByV2TIMMessageReceipt *)receipt;
@end

@implementation SeenByV2TIMMessageReceipt

#if !__has_feature(objc_arc)
- (void)dealloc {
    [_msgID release];
    [_userID release];
    [_groupID release];
    [_conversationID release];
    [_readers release];
    [super dealloc];
}
#endif

- (instancetype)init {
    if ((self = [super init])) {
        _msgID = @"";
        _conversationID = @"";
    }
    return self;
}

- (NSString *)msgID {
    return _msgID;
}

- (NSString *)userID {
    return _userID;
}

- (BOOL)isPeerRead {
    return _peerRead;
}

- (time_t)timestamp {
    return (time_t)SBSeconds(_timestampMs);
}

- (NSString *)groupID {
    return _groupID;
}

- (int)readCount {
    return (int)_read;
}

- (int)unreadCount {
    return (int)_unread;
}

- (SeenByReceiptDetails *)seenBy {
    return SB_AUTORELEASE([[SeenByReceiptDetails alloc] initWithReceipt:self]);
}
@end

@implementation SeenByReceiptDetails

SB_DEALLOC(SeenByReceiptDetails)

- (instancetype)initWithReceipt:(SeenByV2TIMMessageReceipt *)receipt {
    if ((self = [super init])) _receipt = SB_RETAIN(receipt);
    return self;
}

- (NSString *)conversationID {
    return _receipt->_conversationID;
}

- (uint64_t)seq {
    return _receipt->_seq;
}

- (int64_t)timestampMs {
    return _receipt->_timestampMs;
}

- (uint64_t)position {
    return _receipt->_position;
}

- (NSArray<SeenByReader *> *)readers {
    return _receipt->_readers ? _receipt->_readers : @[];
}

- (BOOL)moreReaders {
    return _receipt->_moreReaders;
}
@end

SeenByV2TIMMessageReceipt *SBNewReceipt(const seenby_receipt_t *from) {
    SeenByV2TIMMessageReceipt *to = [[SeenByV2TIMMessageReceipt alloc] init];
    to->_msgID = SBNewString(from->msg_id);
    to->_userID = SBNewStringOrNil(from->user_id);
    to->_groupID = SBNewStringOrNil(from->group_id);
    to->_conversationID = SBNewString(from->conversation_id);
    to->_seq = from->seq;
    to->_position = from->position;
    to->_timestampMs = from->timestamp_ms;
    to->_read = from->read_count;
    to->_unread = from->unread_count;
    to->_peerRead = from->is_peer_read;
    to->_moreReaders = from->more_readers;
    if (from->reader_count) {
        NSMutableArray *readers = [[NSMutableArray alloc] initWithCapacity:from->reader_count];
        for (size_t i = 0; i < from->reader_count; ++i) {
            SeenByReader *reader = [[SeenByReader alloc] init];
            reader->_userID = SBNewString(from->readers[i]->user_id);
            reader->_timestampMs = from->readers[i]->timestamp_ms;
            [readers addObject:reader];
            SB_RELEASE(reader);
        }
        to->_readers = readers;
    }
    return to;
}

@implementation SeenByMemberDetails

@synthesize readTimestampMs = _readTimestampMs;


@end

@implementation SeenByV2TIMGroupMemberInfo

@synthesize userID = _userID;
@synthesize nickName = _nickName;
@synthesize friendRemark = _friendRemark;
@synthesize nameCard = _nameCard;
@synthesize faceURL = _faceURL;

SB_DEALLOC(SeenByV2TIMGroupMemberInfo)

- (SeenByMemberDetails *)seenBy {
    SeenByMemberDetails *details = [[SeenByMemberDetails alloc] init];
    details->_readTimestampMs = _readTimestampMs;
    return SB_AUTORELEASE(details);
}
@end

@interface SeenByV2TIMGroupMemberFullInfo ()
@property (nonatomic, assign, readwrite) uint32_t role;
@property (nonatomic, assign, readwrite) time_t joinTime;
@end
@implementation SeenByV2TIMGroupMemberFullInfo

@synthesize customInfo = _customInfo;
@synthesize muteUntil = _muteUntil;
@synthesize role = _role;
@synthesize joinTime = _joinTime;

SB_DEALLOC(SeenByV2TIMGroupMemberFullInfo)
@end

static void name(SeenByV2TIMGroupMemberInfo *to, seenby_str_t user, seenby_str_t nick, seenby_str_t face) {
    NSString *userID = SBNewStringOrNil(user), *nickName = SBNewStringOrNil(nick), *faceURL = SBNewStringOrNil(face);
    to.userID = userID;
    to.nickName = nickName;
    to.faceURL = faceURL;
    SB_RELEASE(userID);
    SB_RELEASE(nickName);
    SB_RELEASE(faceURL);
}

SeenByV2TIMGroupMemberInfo *SBNewReader(const seenby_read_member_t *from) {
    SeenByV2TIMGroupMemberInfo *to = [[SeenByV2TIMGroupMemberInfo alloc] init];
    name(to, from->user_id, from->nick_name, from->face_url);
    to->_readTimestampMs = from->timestamp_ms;
    return to;
}

SeenByV2TIMGroupMemberFullInfo *SBNewMember(const seenby_group_member_t *from) {
    SeenByV2TIMGroupMemberFullInfo *to = [[SeenByV2TIMGroupMemberFullInfo alloc] init];
    name(to, from->user_id, from->nick_name, from->face_url);
    to.role = (uint32_t)from->role;
    to.joinTime = (time_t)SBSeconds(from->joined_ms);
    return to;
}

SeenByV2TIMGroupMemberInfo *SBNewMemberNamed(NSString *user) {
    SeenByV2TIMGroupMemberInfo *to = [[SeenByV2TIMGroupMemberInfo alloc] init];
    to.userID = user;
    return to;
}

@implementation SeenByV2TIMCreateGroupMemberInfo

@synthesize userID = _userID;
@synthesize role = _role;

SB_DEALLOC(SeenByV2TIMCreateGroupMemberInfo)
@end

@interface SeenByV2TIMGroupInfo ()
@property (nonatomic, copy, readwrite) NSString *owner;
@property (nonatomic, assign, readwrite) uint32_t createTime;
@property (nonatomic, assign, readwrite) uint32_t memberCount;
@property (nonatomic, assign, readwrite) uint32_t role;
@end
@implementation SeenByV2TIMGroupInfo

@synthesize groupID = _groupID;
@synthesize groupType = _groupType;
@synthesize groupName = _groupName;
@synthesize notification = _notification;
@synthesize introduction = _introduction;
@synthesize faceURL = _faceURL;
@synthesize allMuted = _allMuted;
@synthesize customInfo = _customInfo;
@synthesize groupAddOpt = _groupAddOpt;
@synthesize recvOpt = _recvOpt;
@synthesize owner = _owner;
@synthesize createTime = _createTime;
@synthesize memberCount = _memberCount;
@synthesize role = _role;

- (instancetype)init {
    if ((self = [super init])) _groupAddOpt = (SeenByV2TIMGroupAddOpt)2;
    return self;
}

SB_DEALLOC(SeenByV2TIMGroupInfo)
@end

SeenByV2TIMGroupInfo *SBNewGroup(const seenby_group_t *from) {
    SeenByV2TIMGroupInfo *to = [[SeenByV2TIMGroupInfo alloc] init];
    NSString *groupID = SBNewStringOrNil(from->group_id), *type = SBNewStringOrNil(from->group_type);
    NSString *groupName = SBNewStringOrNil(from->name), *owner = SBNewStringOrNil(from->owner);
    to.groupID = groupID;
    to.groupType = type;
    to.groupName = groupName;
    to.owner = owner;
    SB_RELEASE(groupID);
    SB_RELEASE(type);
    SB_RELEASE(groupName);
    SB_RELEASE(owner);
    to.createTime = (uint32_t)SBSeconds(from->created_ms);
    to.memberCount = from->member_count;
    to.role = (uint32_t)from->role;
    return to;
}

@implementation SeenByV2TIMGroupMemberOperationResult

@synthesize userID = _userID;
@synthesize result = _result;

SB_DEALLOC(SeenByV2TIMGroupMemberOperationResult)
@end

SeenByV2TIMGroupMemberOperationResult *SBNewResult(const seenby_member_result_t *from) {
    SeenByV2TIMGroupMemberOperationResult *to = [[SeenByV2TIMGroupMemberOperationResult alloc] init];
    to->_userID = SBNewStringOrNil(from->user_id);
    to->_result = (SeenByV2TIMGroupMemberResult)from->result;
    return to;
}

@implementation SeenByV2TIMGroupChangeInfo

@synthesize type = _type;
@synthesize value = _value;
@synthesize key = _key;

SB_DEALLOC(SeenByV2TIMGroupChangeInfo)
@end

SeenByV2TIMGroupChangeInfo *SBNewOwnerChange(NSString *owner) {
    SeenByV2TIMGroupChangeInfo *to = [[SeenByV2TIMGroupChangeInfo alloc] init];
    to->_type = (SeenByV2TIMGroupInfoChangeType)5;
    to->_value = [owner copy];
    return to;
}

@implementation SeenByConversationDetails

@synthesize lastSequence = _lastSequence;
@synthesize ownReadSequence = _ownReadSequence;
@synthesize peerReadSequence = _peerReadSequence;
@synthesize peerReadTimestampMs = _peerReadTimestampMs;


@end

@implementation SeenByV2TIMConversation

@synthesize type = _type;
@synthesize conversationID = _conversationID;
@synthesize userID = _userID;
@synthesize groupID = _groupID;
@synthesize groupType = _groupType;
@synthesize showName = _showName;
@synthesize faceUrl = _faceUrl;
@synthesize unreadCount = _unreadCount;
@synthesize recvOpt = _recvOpt;
@synthesize lastMessage = _lastMessage;
@synthesize draftText = _draftText;
@synthesize isPinned = _isPinned;
@synthesize orderKey = _orderKey;
@synthesize groupReadSequence = _groupReadSequence;
@synthesize c2cReadTimestamp = _c2cReadTimestamp;
@synthesize seenBy = _seenBy;

SB_DEALLOC(SeenByV2TIMConversation)
@end

SeenByV2TIMConversation *SBNewConversation(const seenby_conversation_t *from) {
    SeenByV2TIMConversation *to = [[SeenByV2TIMConversation alloc] init];
    to->_conversationID = SBNewStringOrNil(from->conversation_id);
    to->_userID = SBNewStringOrNil(from->user_id);
    to->_groupID = SBNewStringOrNil(from->group_id);
    to->_type = (SeenByV2TIMConversationType)(to->_groupID ? 2 : 1);
    seenby_str_t shown = to->_groupID ? from->group_id : from->user_id;
    if (from->group) {
        to->_groupType = SBNewStringOrNil(from->group->group_type);
        if (from->group->name.len) shown = from->group->name;
    }
    to->_showName = SBNewStringOrNil(shown);
    to->_unreadCount = from->unread_count > INT_MAX ? INT_MAX : (int)from->unread_count;
    if (from->last_message) {
        to->_lastMessage = SBNewMessage(from->last_message);
        to->_orderKey = (NSUInteger)from->last_message->timestamp_ms;
    }
    if (to->_groupID) to->_groupReadSequence = from->own_read_seq;
    to->_seenBy = [[SeenByConversationDetails alloc] init];
    to->_seenBy->_lastSequence = from->last_seq;
    to->_seenBy->_ownReadSequence = from->own_read_seq;
    to->_seenBy->_peerReadSequence = from->peer_read_seq;
    to->_seenBy->_peerReadTimestampMs = from->peer_read_ms;
    return to;
}

@implementation SeenByV2TIMConversationOperationResult

@synthesize conversationID = _conversationID;
@synthesize resultCode = _resultCode;
@synthesize resultInfo = _resultInfo;

SB_DEALLOC(SeenByV2TIMConversationOperationResult)
@end

@implementation SeenByV2TIMUserInfo

@synthesize userID = _userID;
@synthesize nickName = _nickName;
@synthesize faceURL = _faceURL;

SB_DEALLOC(SeenByV2TIMUserInfo)
@end

@implementation SeenByV2TIMUserFullInfo

@synthesize selfSignature = _selfSignature;
@synthesize gender = _gender;
@synthesize birthday = _birthday;
@synthesize allowType = _allowType;
@synthesize customInfo = _customInfo;
@synthesize role = _role;
@synthesize level = _level;

SB_DEALLOC(SeenByV2TIMUserFullInfo)
@end

SeenByV2TIMUserFullInfo *SBNewProfile(const seenby_profile_t *from) {
    SeenByV2TIMUserFullInfo *to = [[SeenByV2TIMUserFullInfo alloc] init];
    NSString *user = SBNewStringOrNil(from->user_id), *nick = SBNewStringOrNil(from->nick_name);
    NSString *face = SBNewStringOrNil(from->face_url);
    to.userID = user;
    to.nickName = nick;
    to.faceURL = face;
    SB_RELEASE(user);
    SB_RELEASE(nick);
    SB_RELEASE(face);
    return to;
}

@implementation SeenByGroupChange

@synthesize groupID = _groupID;
@synthesize kind = _kind;
@synthesize role = _role;
@synthesize by = _by;
@synthesize members = _members;
@synthesize memberCount = _memberCount;

SB_DEALLOC(SeenByGroupChange)
@end

SeenByGroupChange *SBNewGroupChange(const seenby_group_change_t *from) {
    SeenByGroupChange *to = [[SeenByGroupChange alloc] init];
    to->_groupID = SBNewString(from->group_id);
    to->_kind = (SeenByGroupChangeKind)from->change;
    to->_role = (uint32_t)from->role;
    to->_by = SBNewStringOrNil(from->by);
    to->_members = SBNewStrings(from->members, from->member_list_count);
    to->_memberCount = from->member_count;
    return to;
}

@implementation SeenByDrawState

@synthesize kind = _kind;
@synthesize read = _read;
@synthesize of = _of;


@end

SeenByDrawState *SBNewDrawState(const seenby_draw_state_t *from) {
    SeenByDrawState *to = [[SeenByDrawState alloc] init];
    to->_kind = (SeenByDrawKind)from->state;
    to->_read = from->read;
    to->_of = from->of;
    return to;
}

// Lists, entry by entry.
#define SB_LIST(name, from, to, one) \
    NSMutableArray<to *> *name(const from *const *list, size_t count) { \
        NSMutableArray *made = [[NSMutableArray alloc] initWithCapacity:count]; \
        for (size_t i = 0; i < count; ++i) { \
            to *entry = one(list[i]); \
            [made addObject:entry]; \
            SB_RELEASE(entry); \
        } \
        return made; \
    }
SB_LIST(SBNewMessages, seenby_message_t, SeenByV2TIMMessage, SBNewMessage)
SB_LIST(SBNewReceipts, seenby_receipt_t, SeenByV2TIMMessageReceipt, SBNewReceipt)
SB_LIST(SBNewReaders, seenby_read_member_t, SeenByV2TIMGroupMemberInfo, SBNewReader)
SB_LIST(SBNewMembers, seenby_group_member_t, SeenByV2TIMGroupMemberFullInfo, SBNewMember)
SB_LIST(SBNewGroups, seenby_group_t, SeenByV2TIMGroupInfo, SBNewGroup)
SB_LIST(SBNewResults, seenby_member_result_t, SeenByV2TIMGroupMemberOperationResult, SBNewResult)
SB_LIST(SBNewConversations, seenby_conversation_t, SeenByV2TIMConversation, SBNewConversation)
SB_LIST(SBNewProfiles, seenby_profile_t, SeenByV2TIMUserFullInfo, SBNewProfile)
