// SPDX-License-Identifier: MIT OR Apache-2.0

#import "SeenByEars.h"
#import "SeenByCalls.h"
#import "SeenByValues.h"

/// What a listener of seenby.h is called with.
@interface SeenByEar : NSObject {
  @public
    SeenByWeak *listener;
    seenby_client_t *client;
}
@end
@implementation SeenByEar
#if !__has_feature(objc_arc)
- (void)dealloc {
    [listener release];
    [super dealloc];
}
#endif
@end

seenby_listener_id_t SBAttach(seenby_client_t *client, SeenByWeak *weak, SBBind bind) {
    SeenByEar *ear = [[SeenByEar alloc] init];
    ear->listener = SB_RETAIN(weak);
    ear->client = client;
    seenby_listener_t listener = SEENBY_LISTENER_INIT;
    listener.user_data = SB_HAND_OVER(ear);
    listener.destroy = &SBEndCall;
    SB_RELEASE(ear);
    bind(&listener);
    seenby_listener_id_t number = 0;
    return seenby_add_listener(client, &listener, &number) == SEENBY_OK ? number : 0;
}

// Runs code with the listener, if it is still there and has the method.
#define SB_TELL(data, type, method, ...) \
    @autoreleasepool { \
        SeenByEar *ear = SB_BORROW(SeenByEar *, data); \
        id<type> listener = [ear->listener object]; \
        if ([listener respondsToSelector:@selector(method)]) { \
            SB_GUARDED(ear->client, __VA_ARGS__) \
        } \
    }

static void onConnecting(void *data) {
    SB_TELL(data, SeenByV2TIMSDKListener, onConnecting, [listener onConnecting];)
}

static void onConnectSuccess(void *data) {
    SB_TELL(data, SeenByV2TIMSDKListener, onConnectSuccess, [listener onConnectSuccess];)
}

static void onConnectFailed(void *data, const seenby_error_t *error) {
    SB_TELL(data, SeenByV2TIMSDKListener, onConnectFailed:err:,
            [listener onConnectFailed:error->code err:SB_AUTORELEASE(SBNewString(error->message))];)
}

static void onKickedOffline(void *data) {
    SB_TELL(data, SeenByV2TIMSDKListener, onKickedOffline, [listener onKickedOffline];)
}

static void onUserSigExpired(void *data) {
    SB_TELL(data, SeenByV2TIMSDKListener, onUserSigExpired, [listener onUserSigExpired];)
}

void SBBindSDK(seenby_listener_t *to) {
    to->on_connecting = &onConnecting;
    to->on_connect_success = &onConnectSuccess;
    to->on_connect_failed = &onConnectFailed;
    to->on_kicked_offline = &onKickedOffline;
    to->on_user_sig_expired = &onUserSigExpired;
}

static void simpleMessage(void *data, const seenby_message_t *message) {
    // Its methods cannot say that a message is one's own, from another device.
    if (message->is_self) return;
    const BOOL text = message->body == SEENBY_BODY_TEXT;
    if (!text && message->body != SEENBY_BODY_CUSTOM) return;
    @autoreleasepool {
        NSString *msgID = SB_AUTORELEASE(SBNewString(message->msg_id));
        NSString *said = SB_AUTORELEASE(SBNewString(message->text));
        NSData *bytes = SB_AUTORELEASE(SBNewData(message->data));
        const seenby_profile_t profile = {message->sender, message->nick_name, message->face_url};
        SeenByV2TIMUserFullInfo *user = SB_AUTORELEASE(SBNewProfile(&profile));
        if (!message->group_id.len) {
            if (text) {
                SB_TELL(data, SeenByV2TIMSimpleMsgListener, onRecvC2CTextMessage:sender:text:,
                        [listener onRecvC2CTextMessage:msgID sender:user text:said];)
            } else {
                SB_TELL(data, SeenByV2TIMSimpleMsgListener, onRecvC2CCustomMessage:sender:customData:,
                        [listener onRecvC2CCustomMessage:msgID sender:user customData:bytes];)
            }
            return;
        }
        NSString *groupID = SB_AUTORELEASE(SBNewString(message->group_id));
        SeenByV2TIMGroupMemberInfo *member = SB_AUTORELEASE(SBNewMemberNamed(user.userID));
        member.nickName = user.nickName;
        member.faceURL = user.faceURL;
        if (text) {
            SB_TELL(data, SeenByV2TIMSimpleMsgListener, onRecvGroupTextMessage:groupID:sender:text:,
                    [listener onRecvGroupTextMessage:msgID groupID:groupID sender:member text:said];)
        } else {
            SB_TELL(data, SeenByV2TIMSimpleMsgListener, onRecvGroupCustomMessage:groupID:sender:customData:,
                    [listener onRecvGroupCustomMessage:msgID groupID:groupID sender:member customData:bytes];)
        }
    }
}

void SBBindSimple(seenby_listener_t *to) { to->on_recv_new_message = &simpleMessage; }

static void newMessage(void *data, const seenby_message_t *message) {
    SB_TELL(data, SeenByV2TIMAdvancedMsgListener, onRecvNewMessage:,
            [listener onRecvNewMessage:SB_AUTORELEASE(SBNewMessage(message))];)
}

static void readReceipts(void *data, const seenby_receipt_t *const *list, size_t count) {
    SB_TELL(data, SeenByV2TIMAdvancedMsgListener, onRecvMessageReadReceipts:,
            [listener onRecvMessageReadReceipts:SB_AUTORELEASE(SBNewReceipts(list, count))];)
}

static void c2cReadReceipt(void *data, const seenby_receipt_t *const *list, size_t count) {
    SB_TELL(data, SeenByV2TIMAdvancedMsgListener, onRecvC2CReadReceipt:,
            [listener onRecvC2CReadReceipt:SB_AUTORELEASE(SBNewReceipts(list, count))];)
}

static void revoked(void *data, seenby_str_t conversation, seenby_str_t id_, uint64_t seq, seenby_str_t by) {
    @autoreleasepool {
        NSString *msgID = SB_AUTORELEASE(SBNewString(id_));
        SB_TELL(data, SeenByV2TIMAdvancedMsgListener, onRecvMessageRevoked:, [listener onRecvMessageRevoked:msgID];)
        const seenby_profile_t profile = {by, {NULL, 0}, {NULL, 0}};
        SeenByV2TIMUserFullInfo *user = SB_AUTORELEASE(SBNewProfile(&profile));
        SB_TELL(data, SeenByV2TIMAdvancedMsgListener, onRecvMessageRevoked:operateUser:reason:,
                [listener onRecvMessageRevoked:msgID operateUser:user reason:@""];)
    }
}

void SBBindAdvanced(seenby_listener_t *to) {
    to->on_recv_new_message = &newMessage;
    to->on_recv_message_read_receipts = &readReceipts;
    to->on_recv_c2c_read_receipt = &c2cReadReceipt;
    to->on_recv_message_revoked = &revoked;
}

static NSArray<SeenByV2TIMGroupMemberInfo *> *membersOf(const seenby_group_change_t *change) {
    NSMutableArray *members = [NSMutableArray arrayWithCapacity:change->member_list_count];
    for (size_t i = 0; i < change->member_list_count; ++i) {
        NSString *user = SBNewString(change->members[i]);
        SeenByV2TIMGroupMemberInfo *member = SBNewMemberNamed(user);
        [members addObject:member];
        SB_RELEASE(member);
        SB_RELEASE(user);
    }
    return members;
}

static NSString *loginUser(seenby_client_t *client) {
    seenby_string_t user = {NULL, 0};
    return seenby_login_user(client, &user) == SEENBY_OK ? SB_AUTORELEASE(SBNewTaken(&user)) : @"";
}

static void membersQuit(void *data, NSString *group, NSArray<SeenByV2TIMGroupMemberInfo *> *members) {
    NSString *me = loginUser(SB_BORROW(SeenByEar *, data)->client);
    for (SeenByV2TIMGroupMemberInfo *member in members) {
        if ([member.userID isEqualToString:me]) {
            SB_TELL(data, SeenByV2TIMGroupListener, onQuitFromGroup:, [listener onQuitFromGroup:group];)
        } else {
            SB_TELL(data, SeenByV2TIMGroupListener, onMemberLeave:member:,
                    [listener onMemberLeave:group member:member];)
        }
    }
}

static void roleChanged(void *data, const seenby_group_change_t *change, NSString *group,
                        SeenByV2TIMGroupMemberInfo *by, NSArray<SeenByV2TIMGroupMemberInfo *> *members) {
    if (change->role == SEENBY_ROLE_ADMIN) {
        SB_TELL(data, SeenByV2TIMGroupListener, onGrantAdministrator:opUser:memberList:,
                [listener onGrantAdministrator:group opUser:by memberList:members];)
    } else if (change->role == SEENBY_ROLE_MEMBER) {
        SB_TELL(data, SeenByV2TIMGroupListener, onRevokeAdministrator:opUser:memberList:,
                [listener onRevokeAdministrator:group opUser:by memberList:members];)
    } else if (change->role == SEENBY_ROLE_OWNER) {
        SeenByV2TIMGroupChangeInfo *owner = SB_AUTORELEASE(SBNewOwnerChange(members.firstObject.userID));
        SB_TELL(data, SeenByV2TIMGroupListener, onGroupInfoChanged:changeInfoList:,
                [listener onGroupInfoChanged:group changeInfoList:@[ owner ]];)
    }
}

static void groupChanged(void *data, const seenby_group_change_t *change) {
    @autoreleasepool {
        NSString *group = SB_AUTORELEASE(SBNewString(change->group_id));
        NSString *who = SB_AUTORELEASE(SBNewStringOrNil(change->by));
        SeenByV2TIMGroupMemberInfo *by = SB_AUTORELEASE(SBNewMemberNamed(who));
        NSArray<SeenByV2TIMGroupMemberInfo *> *members = membersOf(change);
        switch (change->change) {
            case SEENBY_GROUP_CREATED:
                SB_TELL(data, SeenByV2TIMGroupListener, onGroupCreated:, [listener onGroupCreated:group];)
                break;
            case SEENBY_GROUP_JOINED:
                SB_TELL(data, SeenByV2TIMGroupListener, onMemberEnter:memberList:,
                        [listener onMemberEnter:group memberList:members];)
                break;
            case SEENBY_GROUP_INVITED:
                SB_TELL(data, SeenByV2TIMGroupListener, onMemberInvited:opUser:memberList:,
                        [listener onMemberInvited:group opUser:by memberList:members];)
                break;
            case SEENBY_GROUP_QUIT:
                membersQuit(data, group, members);
                break;
            case SEENBY_GROUP_KICKED:
                SB_TELL(data, SeenByV2TIMGroupListener, onMemberKicked:opUser:memberList:,
                        [listener onMemberKicked:group opUser:by memberList:members];)
                break;
            case SEENBY_GROUP_ROLE_CHANGED:
                roleChanged(data, change, group, by, members);
                break;
            case SEENBY_GROUP_DISMISSED:
                SB_TELL(data, SeenByV2TIMGroupListener, onGroupDismissed:opUser:,
                        [listener onGroupDismissed:group opUser:by];)
                break;
            default:
                // The count alone, and what later versions add: SeenByListener hears of it.
                break;
        }
    }
}

void SBBindGroup(seenby_listener_t *to) { to->on_group_changed = &groupChanged; }

static void conversationsChanged(void *data, const seenby_conversation_t *const *list, size_t count) {
    SB_TELL(data, SeenByV2TIMConversationListener, onConversationChanged:,
            [listener onConversationChanged:SB_AUTORELEASE(SBNewConversations(list, count))];)
}

static void totalUnreadChanged(void *data, uint64_t count) {
    SB_TELL(data, SeenByV2TIMConversationListener, onTotalUnreadMessageCountChanged:,
            [listener onTotalUnreadMessageCountChanged:count];)
}

void SBBindConversation(seenby_listener_t *to) {
    to->on_conversation_changed = &conversationsChanged;
    to->on_total_unread_message_count_changed = &totalUnreadChanged;
}

static void receiptsSent(void *data, seenby_str_t conversation, const seenby_str_t *list, size_t count) {
    SB_TELL(data, SeenByListener, onReceiptsSent:msgIDs:,
            [listener onReceiptsSent:SB_AUTORELEASE(SBNewString(conversation))
                              msgIDs:SB_AUTORELEASE(SBNewStrings(list, count))];)
}

static void enabledChanged(void *data, bool enabled) {
    SB_TELL(data, SeenByListener, onReadReceiptsEnabledChanged:,
            [listener onReadReceiptsEnabledChanged:enabled ? YES : NO];)
}

static void anyGroupChange(void *data, const seenby_group_change_t *change) {
    SB_TELL(data, SeenByListener, onGroupChanged:,
            [listener onGroupChanged:SB_AUTORELEASE(SBNewGroupChange(change))];)
}

static void messageRevoked(void *data, seenby_str_t conversation, seenby_str_t id_, uint64_t seq, seenby_str_t by) {
    SB_TELL(data, SeenByListener, onMessageRevoked:msgID:seq:operatorID:,
            [listener onMessageRevoked:SB_AUTORELEASE(SBNewString(conversation))
                                 msgID:SB_AUTORELEASE(SBNewString(id_))
                                   seq:seq
                            operatorID:SB_AUTORELEASE(SBNewStringOrNil(by))];)
}

void SBBindSeenBy(seenby_listener_t *to) {
    to->on_receipts_sent = &receiptsSent;
    to->on_read_receipts_enabled_changed = &enabledChanged;
    to->on_group_changed = &anyGroupChange;
    to->on_recv_message_revoked = &messageRevoked;
}

/// A block that takes the log: one of the two.
@interface SeenByLog : NSObject {
  @public
    SeenByV2TIMLogListener _listener;
    SeenByLogSink _sink;
}
@end
@implementation SeenByLog
SB_DEALLOC(SeenByLog)
@end

static SeenByV2TIMLogLevel documented(int32_t level) {
    switch (level) {
        case SEENBY_LOG_OFF:
            return (SeenByV2TIMLogLevel)0;
        case SEENBY_LOG_ERROR:
            return (SeenByV2TIMLogLevel)6;
        case SEENBY_LOG_WARN:
            return (SeenByV2TIMLogLevel)5;
        case SEENBY_LOG_INFO:
            return (SeenByV2TIMLogLevel)4;
        default:
            return (SeenByV2TIMLogLevel)3;
    }
}

static int32_t ours(SeenByV2TIMLogLevel level) {
    switch ((NSInteger)level) {
        case 0:
            return SEENBY_LOG_OFF;
        case 4:
            return SEENBY_LOG_INFO;
        case 5:
            return SEENBY_LOG_WARN;
        case 6:
            return SEENBY_LOG_ERROR;
        default:
            return SEENBY_LOG_DEBUG;
    }
}

static void line(void *data, int32_t level, seenby_str_t message) {
    @autoreleasepool {
        SeenByLog *log = SB_BORROW(SeenByLog *, data);
        NSString *text = SB_AUTORELEASE(SBNewString(message));
        // Not reported: the report would be a line of the log.
        @try {
            if (log->_listener) {
                log->_listener(documented(level), text);
            } else {
                log->_sink(level, text);
            }
        } @catch (id thrown) {
        }
    }
}

static int32_t setSink(int32_t level, SeenByV2TIMLogListener listener, SeenByLogSink sink) {
    SeenByLog *log = [[SeenByLog alloc] init];
    log->_listener = SB_BLOCK_COPY(listener);
    log->_sink = SB_BLOCK_COPY(sink);
    void *data = SB_HAND_OVER(log);
    SB_RELEASE(log);
    return seenby_set_log_sink(level, data, &line, &SBEndCall);
}

void SBListenToLog(SeenByV2TIMLogListener listener, SeenByV2TIMLogLevel level) { setSink(ours(level), listener, nil); }

int32_t SBSetLogSink(int32_t level, SeenByLogSink sink) {
    return sink ? setSink(level, nil, sink) : seenby_set_log_sink(level, NULL, NULL, NULL);
}
