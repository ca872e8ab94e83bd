// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Messages, and what is known of them.

#import "SeenByValues.h"

@interface SeenByMessageDetails ()
- (instancetype)initWithHead:(SeenByMessageHead *)head;
@end

@implementation SeenByMessageHead

- (SeenByMessageHead *)copyFailed {
    SeenByMessageHead *to = [[SeenByMessageHead alloc] init];
    to->msgID = SB_RETAIN(msgID);
    to->conversationID = SB_RETAIN(conversationID);
    to->userID = SB_RETAIN(userID);
    to->groupID = SB_RETAIN(groupID);
    to->sender = SB_RETAIN(sender);
    to->nickName = SB_RETAIN(nickName);
    to->faceURL = SB_RETAIN(faceURL);
    to->receipt = SB_RETAIN(receipt);
    to->seq = seq;
    to->timestampMs = timestampMs;
    to->status = SEENBY_MESSAGE_SEND_FAIL;
    to->priority = priority;
    to->isSelf = isSelf;
    to->needReadReceipt = needReadReceipt;
    to->hasSentReceipt = hasSentReceipt;
    to->isRead = isRead;
    to->isPeerRead = isPeerRead;
    to->onlineUserOnly = onlineUserOnly;
    to->isKnown = isKnown;
    return to;
}

#if !__has_feature(objc_arc)
- (void)dealloc {
    [msgID release];
    [conversationID release];
    [userID release];
    [groupID release];
    [sender release];
    [nickName release];
    [faceURL release];
    [receipt release];
    [super dealloc];
}
#endif

@end

static SB_OWNED SeenByMessageHead *newHead(const seenby_message_t *from) {
    SeenByMessageHead *to = [[SeenByMessageHead alloc] init];
    to->msgID = SBNewStringOrNil(from->msg_id);
    to->conversationID = SBNewStringOrNil(from->conversation_id);
    to->userID = SBNewStringOrNil(from->user_id);
    to->groupID = SBNewStringOrNil(from->group_id);
    to->sender = SBNewStringOrNil(from->sender);
    to->nickName = SBNewStringOrNil(from->nick_name);
    to->faceURL = SBNewStringOrNil(from->face_url);
    if (from->receipt) to->receipt = SBNewReceipt(from->receipt);
    to->seq = from->seq;
    to->timestampMs = from->timestamp_ms;
    to->status = from->status;
    to->priority = from->priority;
    to->isSelf = from->is_self;
    to->needReadReceipt = from->need_read_receipt;
    to->hasSentReceipt = from->has_sent_receipt;
    to->isRead = from->is_read;
    to->isPeerRead = from->is_peer_read;
    to->onlineUserOnly = from->online_user_only;
    to->isKnown = YES;
    return to;
}

@implementation SeenByV2TIMElem

- (SeenByV2TIMElem *)nextElem {
    return nil;
}

@end

@implementation SeenByV2TIMTextElem

@synthesize text = _text;

SB_DEALLOC(SeenByV2TIMTextElem)
@end

@implementation SeenByV2TIMCustomElem

@synthesize data = _data;
@synthesize desc = _desc;
@synthesize extension = _extension;

SB_DEALLOC(SeenByV2TIMCustomElem)
@end

@implementation SeenByV2TIMOfflinePushInfo

@synthesize title = _title;
@synthesize desc = _desc;
@synthesize ext = _ext;
@synthesize disablePush = _disablePush;
@synthesize iOSSound = _iOSSound;
@synthesize ignoreIOSBadge = _ignoreIOSBadge;
@synthesize AndroidOPPOChannelID = _AndroidOPPOChannelID;
@synthesize AndroidFCMChannelID = _AndroidFCMChannelID;
@synthesize AndroidXiaoMiChannelID = _AndroidXiaoMiChannelID;
@synthesize AndroidSound = _AndroidSound;
@synthesize AndroidVIVOClassification = _AndroidVIVOClassification;

SB_DEALLOC(SeenByV2TIMOfflinePushInfo)
@end

@implementation SeenByV2TIMMessageListGetOption

@synthesize getType = _getType;
@synthesize userID = _userID;
@synthesize groupID = _groupID;
@synthesize count = _count;
@synthesize messageTypeList = _messageTypeList;
@synthesize lastMsg = _lastMsg;
@synthesize lastMsgSeq = _lastMsgSeq;
@synthesize getTimeBegin = _getTimeBegin;
@synthesize getTimePeriod = _getTimePeriod;

- (instancetype)init {
    if ((self = [super init])) _getType = (SeenByV2TIMMessageGetType)1;
    return self;
}

SB_DEALLOC(SeenByV2TIMMessageListGetOption)
@end

@implementation SeenByV2TIMMessage

@synthesize needReadReceipt = _needReadReceipt;
@synthesize groupAtUserList = _groupAtUserList;
@synthesize elemType = _elemType;
@synthesize localCustomData = _localCustomData;
@synthesize localCustomInt = _localCustomInt;
@synthesize cloudCustomData = _cloudCustomData;
@synthesize isExcludedFromUnreadCount = _isExcludedFromUnreadCount;
@synthesize isExcludedFromLastMessage = _isExcludedFromLastMessage;
@synthesize supportMessageExtension = _supportMessageExtension;

// What is known of it is replaced as a whole, so that no thread sees half of it.
@synthesize head = _head;

- (instancetype)init {
    if ((self = [super init])) {
        _head = [[SeenByMessageHead alloc] init];
        _head->status = SEENBY_MESSAGE_SENDING;
        _head->isSelf = YES;
    }
    return self;
}

+ (instancetype)messageWithElem:(SeenByV2TIMElem *)elem
                           type:(SeenByV2TIMElemType)type
                    unsupported:(NSString *)call {
    SeenByV2TIMMessage *message = [[self alloc] init];
    message->_elem = SB_RETAIN(elem);
    message->_elemType = type;
    message->_unsupported = [call copy];
    return SB_AUTORELEASE(message);
}

+ (instancetype)referenceWithID:(NSString *)msgID
                 conversationID:(NSString *)conversationID
                         sender:(NSString *)sender {
    SeenByV2TIMMessage *message = [[self alloc] init];
    SeenByMessageHead *head = message->_head;
    head->isSelf = NO;
    head->msgID = [msgID copy];
    head->conversationID = [conversationID copy];
    head->sender = [sender copy];
    if ([conversationID hasPrefix:@"c2c_"]) head->userID = [[conversationID substringFromIndex:4] copy];
    if ([conversationID hasPrefix:@"group_"]) head->groupID = [[conversationID substringFromIndex:6] copy];
    return SB_AUTORELEASE(message);
}

#if !__has_feature(objc_arc)
- (void)dealloc {
    [_head release];
    [_elem release];
    [_unsupported release];
    [_groupAtUserList release];
    [_localCustomData release];
    [_cloudCustomData release];
    [super dealloc];
}
#endif

- (NSString *)unsupported {
    return _unsupported;
}

- (void)setUnsupported:(NSString *)call {
    SB_RELEASE(_unsupported);
    _unsupported = [call copy];
}

- (void)take:(const seenby_message_t *)from {
    SeenByMessageHead *head = newHead(from);
    self.head = head;
    SB_RELEASE(head);
    self.needReadReceipt = from->need_read_receipt;
    self.isExcludedFromUnreadCount = from->is_excluded_from_unread_count;
    self.isExcludedFromLastMessage = from->is_excluded_from_last_message;
}

- (void)fail {
    SeenByMessageHead *head = [self.head copyFailed];
    self.head = head;
    SB_RELEASE(head);
}

- (uint64_t)beginSending {
    @synchronized(self) {
        return ++_attempt;
    }
}

- (void)sending:(uint64_t)attempt began:(const seenby_message_t *)message {
    @synchronized(self) {
        if (attempt <= _endedAttempt || attempt < _attempt) return;
        if (!message || message->status == SEENBY_MESSAGE_SEND_FAIL) {
            // Refused at once: the answer knows less of it than this object may.
            [self fail];
        } else {
            [self take:message];
        }
    }
}

- (void)sending:(uint64_t)attempt ended:(const seenby_message_t *)message {
    @synchronized(self) {
        if (attempt < _attempt) return;
        _endedAttempt = attempt;
        if (message) {
            [self take:message];
        } else {
            [self fail];
        }
    }
}

- (NSString *)msgID {
    return self.head->msgID;
}

- (NSDate *)timestamp {
    const int64_t ms = self.head->timestampMs;
    return ms ? [NSDate dateWithTimeIntervalSince1970:(NSTimeInterval)ms / 1000] : nil;
}

- (NSString *)sender {
    return self.head->sender;
}

- (NSString *)nickName {
    return self.head->nickName;
}

- (NSString *)friendRemark {
    return nil;
}

- (NSString *)nameCard {
    return nil;
}

- (NSString *)faceURL {
    return self.head->faceURL;
}

- (NSString *)groupID {
    return self.head->groupID;
}

- (NSString *)userID {
    return self.head->userID;
}

- (uint64_t)seq {
    return self.head->seq;
}

- (uint64_t)random {
    return 0;
}

- (SeenByV2TIMMessageStatus)status {
    return (SeenByV2TIMMessageStatus)self.head->status;
}

- (BOOL)isSelf {
    return self.head->isSelf;
}

- (BOOL)isRead {
    return self.head->isRead;
}

- (BOOL)isPeerRead {
    return self.head->isPeerRead;
}

- (BOOL)isBroadcastMessage {
    return NO;
}

- (SeenByV2TIMMessagePriority)priority {
    return (SeenByV2TIMMessagePriority)self.head->priority;
}

- (void)setGroupAtUserList:(NSMutableArray<NSString *> *)list {
    NSMutableArray *copy = [list mutableCopy];
    SB_RELEASE(_groupAtUserList);
    _groupAtUserList = copy;
}

- (SeenByV2TIMTextElem *)textElem {
    return [_elem isKindOfClass:[SeenByV2TIMTextElem class]] ? (SeenByV2TIMTextElem *)_elem : nil;
}

- (SeenByV2TIMCustomElem *)customElem {
    return [_elem isKindOfClass:[SeenByV2TIMCustomElem class]] ? (SeenByV2TIMCustomElem *)_elem : nil;
}

- (SeenByV2TIMOfflinePushInfo *)offlinePushInfo {
    return nil;
}

- (SeenByMessageDetails *)seenBy {
    return SB_AUTORELEASE([[SeenByMessageDetails alloc] initWithHead:self.head]);
}
@end

@implementation SeenByV2TIMMessage (SeenBy)

- (NSString *)seenByMsgID {
    return self.msgID;
}

- (void)setSeenByMsgID:(NSString *)msgID {
    @synchronized(self) {
        SeenByMessageHead *head = [self.head copyFailed];
        SB_RELEASE(head->msgID);
        head->msgID = [msgID copy];
        head->status = self.head->status;
        self.head = head;
        SB_RELEASE(head);
    }
}

@end

@implementation SeenByMessageDetails

SB_DEALLOC(SeenByMessageDetails)

- (instancetype)initWithHead:(SeenByMessageHead *)head {
    if ((self = [super init])) _head = SB_RETAIN(head);
    return self;
}

- (NSString *)conversationID {
    return _head->conversationID;
}

- (int64_t)timestampMs {
    return _head->timestampMs;
}

- (BOOL)hasSentReceipt {
    return _head->hasSentReceipt;
}

- (BOOL)onlineUserOnly {
    return _head->onlineUserOnly;
}

- (SeenByV2TIMMessageReceipt *)receipt {
    return _head->receipt;
}

- (BOOL)isKnown {
    return _head->isKnown;
}
@end

SeenByV2TIMMessage *SBNewMessage(const seenby_message_t *from) {
    SeenByV2TIMElem *elem = nil;
    SeenByV2TIMElemType type = (SeenByV2TIMElemType)0;
    if (from->body == SEENBY_BODY_TEXT) {
        SeenByV2TIMTextElem *text = [[SeenByV2TIMTextElem alloc] init];
        NSString *said = SBNewString(from->text);
        text.text = said;
        SB_RELEASE(said);
        elem = text;
        type = (SeenByV2TIMElemType)1;
    } else if (from->body == SEENBY_BODY_CUSTOM) {
        SeenByV2TIMCustomElem *custom = [[SeenByV2TIMCustomElem alloc] init];
        NSData *data = SBNewData(from->data);
        NSString *description = SBNewStringOrNil(from->description), *extension = SBNewStringOrNil(from->extension);
        custom.data = data;
        custom.desc = description;
        custom.extension = extension;
        SB_RELEASE(data);
        SB_RELEASE(description);
        SB_RELEASE(extension);
        elem = custom;
        type = (SeenByV2TIMElemType)2;
    }
    SeenByV2TIMMessage *message = SB_RETAIN([SeenByV2TIMMessage messageWithElem:elem type:type unsupported:nil]);
    SB_RELEASE(elem);
    [message sending:[message beginSending] ended:from];
    NSData *attached = SBNewData(from->cloud_custom_data);
    message.cloudCustomData = attached;
    SB_RELEASE(attached);
    return message;
}

static void fill(SBArena *arena, seenby_message_ref_t *ref, id object) {
    const seenby_message_ref_t begin = SEENBY_MESSAGE_REF_INIT;
    *ref = begin;
    if (![object isKindOfClass:[SeenByV2TIMMessage class]]) return;
    SeenByV2TIMMessage *message = object;
    SeenByMessageHead *head = message.head;
    ref->msg_id = SBText(arena, head->msgID);
    ref->conversation_id = SBText(arena, head->conversationID);
    ref->sender = SBText(arena, head->sender);
    ref->seq = head->seq;
    if (head->isKnown) {
        ref->is_self = head->isSelf ? 1 : 0;
        ref->need_read_receipt = message.needReadReceipt ? 1 : 0;
    }
}

const seenby_message_ref_t *SBRefs(SBArena *arena, id messages, size_t *count) {
    *count = 0;
    if (![messages isKindOfClass:[NSArray class]]) return NULL;
    NSArray *fixed = [messages copy];
    const size_t all = fixed.count;
    seenby_message_ref_t *refs = all ? SBTake(arena, all * sizeof *refs) : NULL;
    for (size_t i = 0; i < all; ++i) fill(arena, &refs[i], [fixed objectAtIndex:i]);
    *count = all;
    SB_RELEASE(fixed);
    return refs;
}

const seenby_message_ref_t *SBRef(SBArena *arena, id message) {
    if (!message) return NULL;
    seenby_message_ref_t *ref = SBTake(arena, sizeof *ref);
    fill(arena, ref, message);
    return ref;
}
