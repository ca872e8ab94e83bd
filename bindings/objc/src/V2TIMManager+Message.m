// SPDX-License-Identifier: MIT OR Apache-2.0

#import "SeenByManager.h"

/// A message of a kind that SeenBy does not carry.
static SeenByV2TIMMessage *foreign(NSInteger type, NSString *call) {
    return [SeenByV2TIMMessage messageWithElem:nil type:(SeenByV2TIMElemType)type unsupported:call];
}

/// What seenby.h wants of a message; it points into it and the arena. A sentence: why SeenBy cannot carry it.
static NSString *prepare(SBArena *arena, SeenByV2TIMMessage *message, seenby_outgoing_message_t *to) {
    NSString *unsupported = [message unsupported];
    if (unsupported) {
        return [unsupported
            stringByAppendingString:@" makes a message that is outside of SeenBy; send text and custom messages"];
    }
    if (message.groupAtUserList.count) {
        return @"groupAtUserList is outside of SeenBy; send the message without it";
    }
    SeenByV2TIMTextElem *text = message.textElem;
    SeenByV2TIMCustomElem *custom = message.customElem;
    if (text) {
        to->body = SEENBY_BODY_TEXT;
        to->text = SBText(arena, text.text);
    } else if (custom) {
        to->body = SEENBY_BODY_CUSTOM;
        to->data = SBBytes(custom.data);
        to->description = SBText(arena, custom.desc);
        to->extension = SBText(arena, custom.extension);
    } else {
        return @"the message has no text or custom elem; make it with createTextMessage or createCustomMessage";
    }
    to->msg_id = SBText(arena, message.msgID);
    to->need_read_receipt = message.needReadReceipt ? 1 : 0;
    to->is_excluded_from_unread_count = message.isExcludedFromUnreadCount ? 1 : 0;
    to->is_excluded_from_last_message = message.isExcludedFromLastMessage ? 1 : 0;
    to->cloud_custom_data = SBBytes(message.cloudCustomData);
    return nil;
}

static void history(SeenByCore *core, const seenby_history_query_t *query, id succ, id fail) {
    seenby_get_history_message_list([core client], query, SBBeginCall(core, succ, fail), &SBEndMessages, &SBEndCall);
}

@implementation SeenByV2TIMManager (Message)

- (void)addAdvancedMsgListener:(id<SeenByV2TIMAdvancedMsgListener>)listener {
    [self.core addListener:listener bind:&SBBindAdvanced];
}

- (void)removeAdvancedMsgListener:(id<SeenByV2TIMAdvancedMsgListener>)listener {
    [self.core removeListener:listener bind:&SBBindAdvanced];
}

- (SeenByV2TIMMessage *)createTextMessage:(NSString *)text {
    SeenByV2TIMTextElem *elem = SB_AUTORELEASE([[SeenByV2TIMTextElem alloc] init]);
    elem.text = text;
    return [SeenByV2TIMMessage messageWithElem:elem type:(SeenByV2TIMElemType)1 unsupported:nil];
}

- (SeenByV2TIMMessage *)createCustomMessage:(NSData *)data {
    return [self createCustomMessage:data desc:nil extension:nil];
}

- (SeenByV2TIMMessage *)createCustomMessage:(NSData *)data desc:(NSString *)desc extension:(NSString *)extension {
    SeenByV2TIMCustomElem *elem = SB_AUTORELEASE([[SeenByV2TIMCustomElem alloc] init]);
    elem.data = data;
    elem.desc = desc;
    elem.extension = extension;
    return [SeenByV2TIMMessage messageWithElem:elem type:(SeenByV2TIMElemType)2 unsupported:nil];
}

- (SeenByV2TIMMessage *)createForwardMessage:(SeenByV2TIMMessage *)message {
    SeenByV2TIMTextElem *text = message.textElem;
    SeenByV2TIMCustomElem *custom = message.customElem;
    SeenByV2TIMMessage *forward = text ? [self createTextMessage:text.text]
        : custom                       ? [self createCustomMessage:custom.data desc:custom.desc extension:custom.extension]
                                       : foreign(message.elemType, [message unsupported]);
    forward.cloudCustomData = message.cloudCustomData;
    return forward;
}

- (SeenByV2TIMMessage *)createTextAtMessage:(NSString *)text atUserList:(NSArray<NSString *> *)atUserList {
    SeenByV2TIMMessage *message = [self createTextMessage:text];
    message.groupAtUserList = [NSMutableArray arrayWithArray:atUserList ? atUserList : @[]];
    return message;
}

- (SeenByV2TIMMessage *)createImageMessage:(NSString *)imagePath {
    return foreign(3, @"createImageMessage");
}

- (SeenByV2TIMMessage *)createSoundMessage:(NSString *)audioFilePath duration:(int)duration {
    return foreign(4, @"createSoundMessage");
}

- (SeenByV2TIMMessage *)createVideoMessage:(NSString *)videoFilePath
                                      type:(NSString *)type
                                  duration:(int)duration
                              snapshotPath:(NSString *)snapshotPath {
    return foreign(5, @"createVideoMessage");
}

- (SeenByV2TIMMessage *)createFileMessage:(NSString *)filePath fileName:(NSString *)fileName {
    return foreign(6, @"createFileMessage");
}

- (SeenByV2TIMMessage *)createLocationMessage:(NSString *)desc longitude:(double)longitude latitude:(double)latitude {
    return foreign(7, @"createLocationMessage");
}

- (SeenByV2TIMMessage *)createFaceMessage:(int)index data:(NSData *)data {
    return foreign(8, @"createFaceMessage");
}

- (SeenByV2TIMMessage *)createMergerMessage:(NSArray<SeenByV2TIMMessage *> *)messageList
                                      title:(NSString *)title
                               abstractList:(NSArray<NSString *> *)abstractList
                             compatibleText:(NSString *)compatibleText {
    return foreign(10, @"createMergerMessage");
}

- (SeenByV2TIMMessage *)createTargetedGroupMessage:(SeenByV2TIMMessage *)message
                                      receiverList:(NSArray<NSString *> *)receiverList {
    SeenByV2TIMMessage *targeted = [self createForwardMessage:message];
    [targeted setUnsupported:@"createTargetedGroupMessage"];
    return targeted;
}

- (SeenByV2TIMMessage *)createAtSignedGroupMessage:(SeenByV2TIMMessage *)message
                                        atUserList:(NSArray<NSString *> *)atUserList {
    SeenByV2TIMMessage *signedMessage = [self createForwardMessage:message];
    signedMessage.needReadReceipt = message.needReadReceipt;
    signedMessage.groupAtUserList = [NSMutableArray arrayWithArray:atUserList ? atUserList : @[]];
    return signedMessage;
}

- (NSString *)sendMessage:(SeenByV2TIMMessage *)message
                 receiver:(NSString *)receiver
                  groupID:(NSString *)groupID
                 priority:(SeenByV2TIMMessagePriority)priority
           onlineUserOnly:(BOOL)onlineUserOnly
          offlinePushInfo:(SeenByV2TIMOfflinePushInfo *)offlinePushInfo
                 progress:(SeenByV2TIMProgress)progress
                     succ:(SeenByV2TIMSucc)succ
                     fail:(SeenByV2TIMFail)fail {
    if (![message isKindOfClass:[SeenByV2TIMMessage class]]) {
        SBRefuse(self.core, fail, SEENBY_ERR_INVALID_PARAMETERS,
                 @"the message is nil, or is none; pass one that a create call made");
        return nil;
    }
    SB_ARENA(arena);
    seenby_outgoing_message_t outgoing = SEENBY_OUTGOING_MESSAGE_INIT;
    NSString *refusal = prepare(&arena, message, &outgoing);
    const uint64_t attempt = [message beginSending];
    if (refusal) {
        [message sending:attempt ended:NULL];
        SBRefuse(self.core, fail, SEENBY_ERR_NOT_SUPPORTED, refusal);
        return nil;
    }
    outgoing.priority = SBInt32(priority);
    outgoing.online_user_only = onlineUserOnly ? 1 : 0;
    void *data = SBBeginCall(self.core, succ, fail);
    SeenByPending *pending = SB_BORROW(SeenByPending *, data);
    pending->message = SB_RETAIN(message);
    pending->attempt = attempt;
    seenby_message_t *made = NULL;
    seenby_send_message([self.core client], &outgoing, SBText(&arena, receiver), SBText(&arena, groupID), &made, data,
                        &SBEndSend, &SBEndCall);
    [message sending:attempt began:made];
    NSString *msgID = made ? SB_AUTORELEASE(SBNewStringOrNil(made->msg_id)) : nil;
    if (made) seenby_message_free(made);
    return msgID;
}

- (void)getC2CHistoryMessageList:(NSString *)userID
                           count:(int)count
                         lastMsg:(SeenByV2TIMMessage *)lastMsg
                            succ:(SeenByV2TIMMessageListSucc)succ
                            fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_history_query_t query = SEENBY_HISTORY_QUERY_INIT;
    query.user_id = SBText(&arena, userID);
    query.count = SBCount(count);
    query.last_msg = SBRef(&arena, lastMsg);
    history(self.core, &query, succ, fail);
}

- (void)getGroupHistoryMessageList:(NSString *)groupID
                             count:(int)count
                           lastMsg:(SeenByV2TIMMessage *)lastMsg
                              succ:(SeenByV2TIMMessageListSucc)succ
                              fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_history_query_t query = SEENBY_HISTORY_QUERY_INIT;
    query.group_id = SBText(&arena, groupID);
    query.count = SBCount(count);
    query.last_msg = SBRef(&arena, lastMsg);
    history(self.core, &query, succ, fail);
}

- (void)getHistoryMessageList:(SeenByV2TIMMessageListGetOption *)option
                         succ:(SeenByV2TIMMessageListSucc)succ
                         fail:(SeenByV2TIMFail)fail {
    if (!option) {
        SBRefuse(self.core, fail, SEENBY_ERR_INVALID_PARAMETERS,
                 @"the option is nil; pass one that says which messages");
        return;
    }
    if (option.messageTypeList.count) {
        SBRefuse(self.core, fail, SEENBY_ERR_NOT_SUPPORTED,
                 @"messageTypeList is outside of SeenBy; leave it empty, and choose among the messages that come");
        return;
    }
    const NSInteger type = option.getType;
    if (type < 1 || type > 4) {
        SBRefuse(self.core, fail, SEENBY_ERR_INVALID_PARAMETERS,
                 [NSString stringWithFormat:@"getType is %ld, which is none of V2TIMMessageGetType; set "
                                            @"V2TIM_GET_CLOUD_OLDER_MSG or V2TIM_GET_CLOUD_NEWER_MSG",
                                            (long)type]);
        return;
    }
    SB_ARENA(arena);
    seenby_history_query_t query = SEENBY_HISTORY_QUERY_INIT;
    query.newer = type == 2 || type == 4;
    query.count = SBUInt32(option.count);
    query.user_id = SBText(&arena, option.userID);
    query.group_id = SBText(&arena, option.groupID);
    query.last_msg = SBRef(&arena, option.lastMsg);
    query.last_msg_seq = option.lastMsgSeq;
    query.time_begin_s = SBInt64(option.getTimeBegin);
    query.time_period_s = SBInt64(option.getTimePeriod);
    history(self.core, &query, succ, fail);
}

- (void)findMessages:(NSArray<NSString *> *)messageIDList
                succ:(SeenByV2TIMMessageListSucc)succ
                fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    size_t count;
    const seenby_str_t *ids = SBTexts(&arena, messageIDList, &count);
    seenby_find_messages([self.core client], ids, count, SB_ENDS(SBEndMessages, succ, fail));
}

- (void)revokeMessage:(SeenByV2TIMMessage *)msg succ:(SeenByV2TIMSucc)succ fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_revoke_message([self.core client], SBRef(&arena, msg), SB_ENDS(SBEndDone, succ, fail));
}

- (void)sendMessageReadReceipts:(NSArray<SeenByV2TIMMessage *> *)messageList
                           succ:(SeenByV2TIMSucc)succ
                           fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    size_t count;
    const seenby_message_ref_t *refs = SBRefs(&arena, messageList, &count);
    seenby_send_message_read_receipts([self.core client], refs, count, SB_ENDS(SBEndDone, succ, fail));
}

- (void)getMessageReadReceipts:(NSArray<SeenByV2TIMMessage *> *)messageList
                          succ:(SeenByV2TIMMessageReadReceiptsSucc)succ
                          fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    size_t count;
    const seenby_message_ref_t *refs = SBRefs(&arena, messageList, &count);
    seenby_get_message_read_receipts([self.core client], refs, count, SB_ENDS(SBEndReceipts, succ, fail));
}

- (void)getGroupMessageReadMemberList:(SeenByV2TIMMessage *)message
                               filter:(SeenByV2TIMGroupMessageReadMembersFilter)filter
                              nextSeq:(uint64_t)nextSeq
                                count:(uint32_t)count
                                 succ:(SeenByV2TIMGroupMessageReadMemberListSucc)succ
                                 fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_get_group_message_read_member_list([self.core client], SBRef(&arena, message), SBInt32(filter), nextSeq, count,
                                              SB_ENDS(SBEndReadMembers, succ, fail));
}

- (void)markC2CMessageAsRead:(NSString *)userID succ:(SeenByV2TIMSucc)succ fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_mark_c2c_message_as_read([self.core client], SBText(&arena, userID), SB_ENDS(SBEndDone, succ, fail));
}

- (void)markGroupMessageAsRead:(NSString *)groupID succ:(SeenByV2TIMSucc)succ fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_mark_group_message_as_read([self.core client], SBText(&arena, groupID), SB_ENDS(SBEndDone, succ, fail));
}

- (void)markAllMessageAsRead:(SeenByV2TIMSucc)succ fail:(SeenByV2TIMFail)fail {
    seenby_mark_all_message_as_read([self.core client], SB_ENDS(SBEndDone, succ, fail));
}

- (void)modifyMessage:(SeenByV2TIMMessage *)msg completion:(SeenByV2TIMMessageModifyCompletion)completion {
    if (!completion) return;
    SeenByV2TIMMessageModifyCompletion tell = SB_BLOCK_COPY(completion);
    SBUnsupported(self.core, ^(int code, NSString *desc) {
        tell(code, desc, nil);
    }, @"modifyMessage");
    SB_BLOCK_RELEASE(tell);
}

- (void)deleteMessages:(NSArray<SeenByV2TIMMessage *> *)msgList
                  succ:(SeenByV2TIMSucc)succ
                  fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"deleteMessages");
}

- (void)deleteMessageFromLocalStorage:(SeenByV2TIMMessage *)msg
                                 succ:(SeenByV2TIMSucc)succ
                                 fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"deleteMessageFromLocalStorage");
}

- (void)clearC2CHistoryMessage:(NSString *)userID succ:(SeenByV2TIMSucc)succ fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"clearC2CHistoryMessage");
}

- (void)clearGroupHistoryMessage:(NSString *)groupID succ:(SeenByV2TIMSucc)succ fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"clearGroupHistoryMessage");
}

- (NSString *)insertGroupMessageToLocalStorage:(SeenByV2TIMMessage *)msg
                                            to:(NSString *)groupID
                                        sender:(NSString *)sender
                                          succ:(SeenByV2TIMSucc)succ
                                          fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"insertGroupMessageToLocalStorage");
    return nil;
}

- (NSString *)insertC2CMessageToLocalStorage:(SeenByV2TIMMessage *)msg
                                          to:(NSString *)userID
                                      sender:(NSString *)sender
                                        succ:(SeenByV2TIMSucc)succ
                                        fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"insertC2CMessageToLocalStorage");
    return nil;
}

- (void)setC2CReceiveMessageOpt:(NSArray<NSString *> *)userIDList
                            opt:(SeenByV2TIMReceiveMessageOpt)opt
                           succ:(SeenByV2TIMSucc)succ
                           fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"setC2CReceiveMessageOpt");
}

- (void)setGroupReceiveMessageOpt:(NSString *)groupID
                              opt:(SeenByV2TIMReceiveMessageOpt)opt
                             succ:(SeenByV2TIMSucc)succ
                             fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"setGroupReceiveMessageOpt");
}

@end
