// The calls of the vocabulary (tests/scenarios/README.md), by what they are about. Each function says whether the name is one of
// its own.

#import "World.h"

/// A sendMessage, from its beginning to its end.
@interface Sending : NSObject {
@public
    V2TIMMessage *_message;
    NSString *_returned;
    uint32_t _progress;
}
@end

@implementation Sending
#if !__has_feature(objc_arc)
- (void)dealloc {
    [_message release];
    [_returned release];
    [super dealloc];
}
#endif
@end

static NSData *bytesOf(NSString *text) { return (NSData *_Nonnull)[text dataUsingEncoding:NSUTF8StringEncoding]; }

static V2TIMMessage *newMessage(V2TIMManager *manager, With *given) {
    V2TIMMessage *message = [given has:@"customData"] ? [manager createCustomMessage:bytesOf([given text:@"customData"])]
                                                      : [manager createTextMessage:[given text:@"text"]];
    if (message.msgID != nil) Broken(@"a new message has no id");
    message.needReadReceipt = [given flag:@"needReadReceipt"];
    message.isExcludedFromUnreadCount = [given flag:@"isExcludedFromUnreadCount"];
    message.isExcludedFromLastMessage = [given flag:@"isExcludedFromLastMessage"];
    if ([given has:@"cloudCustomData"]) message.cloudCustomData = bytesOf([given text:@"cloudCustomData"]);
    if ([given has:@"msgID"]) message.seenByMsgID = [given text:@"msgID"];
    return message;
}

static void sendMessage(V2TIMManager *manager, Natives *natives, With *with, Reply *reply) {
    V2TIMMessage *known = [natives messageBehind:[with at:@"message"]];
    Sending *sending = AUTORELEASED([[Sending alloc] init]);
    V2TIMMessage *message = known == nil ? newMessage(manager, [with withAt:@"message"]) : (V2TIMMessage *)known;
    sending->_message = RETAINED(message);
    // Blocks come on the main thread, which is this one: after the call has returned.
    NSString *returned = [manager sendMessage:message
        receiver:[with textOrNil:@"receiver"]
        groupID:[with textOrNil:@"groupID"]
        priority:(V2TIMMessagePriority)[with number32:@"priority"]
        onlineUserOnly:[with flag:@"onlineUserOnly"]
        offlinePushInfo:nil
        progress:^(uint32_t progress) {
            sending->_progress = progress;
        }
        succ:^{
            NSString *msgID = sending->_message.msgID;
            if (sending->_progress != 0 && sending->_progress != 100) {
                [reply broken:[NSString stringWithFormat:@"progress ended at %u", sending->_progress]];
            } else if (msgID == nil || ![sending->_returned isEqual:msgID]) {
                [reply broken:[NSString stringWithFormat:@"sendMessage returned the id %@ and ended with %@",
                                                         sending->_returned, msgID]];
            } else {
                [reply answer:[natives message:sending->_message]];
            }
        }
        fail:^(int code, NSString *desc) {
            [reply refuse:code because:desc with:[natives message:sending->_message]];
        }];
    sending->_returned = RETAINED(returned);
}

static void history(V2TIMManager *manager, Natives *natives, With *with, Reply *reply) {
    V2TIMMessageListGetOption *option = AUTORELEASED([[V2TIMMessageListGetOption alloc] init]);
    option.getType = [with flag:@"newer"] ? V2TIM_GET_CLOUD_NEWER_MSG : V2TIM_GET_CLOUD_OLDER_MSG;
    option.userID = [with textOrNil:@"userID"];
    option.groupID = [with textOrNil:@"groupID"];
    option.count = [with number32:@"count"];
    if ([with has:@"lastMsg"]) option.lastMsg = [natives mustBeMessage:[with at:@"lastMsg"]];
    option.lastMsgSeq = (NSUInteger)[with number:@"lastMsgSeq"];
    option.getTimeBegin = (NSUInteger)[with number:@"getTimeBegin"];
    option.getTimePeriod = (NSUInteger)[with number:@"getTimePeriod"];
    [manager getHistoryMessageList:option
                              succ:^(NSArray<V2TIMMessage *> *msgs) {
                                  [reply answer:[natives messages:msgs]];
                              }
                              fail:REFUSED];
}

static void readMembers(V2TIMManager *manager, Natives *natives, With *with, Reply *reply) {
    [manager getGroupMessageReadMemberList:[natives mustBeMessage:[with at:@"message"]]
                                    filter:(V2TIMGroupMessageReadMembersFilter)[with number32:@"filter"]
                                   nextSeq:[with number:@"nextSeq"]
                                     count:[with number32:@"count"]
                                      succ:^(NSMutableArray<V2TIMGroupMemberInfo *> *members, uint64_t nextSeq,
                                             BOOL isFinished) {
                                          [reply answer:@{
                                              @"members" : JsonOfReadMembers(members),
                                              @"nextSeq" : @((unsigned long long)nextSeq),
                                              @"isFinished" : Flag(isFinished),
                                          }];
                                      }
                                      fail:REFUSED];
}

static BOOL callLogin(NSString *name, V2TIMManager *manager, With *with, Reply *reply) {
    if ([name isEqualToString:@"login"]) {
        [manager login:[with text:@"user"] userSig:[with text:@"userSig"] succ:DONE fail:REFUSED];
    } else if ([name isEqualToString:@"logout"]) {
        [manager logout:DONE fail:REFUSED];
    } else if ([name isEqualToString:@"unInit"]) {
        [manager unInitSDK];
        [reply answer:nil];
    } else if ([name isEqualToString:@"getLoginUser"]) {
        [reply answer:OrEmpty([manager getLoginUser])];
    } else if ([name isEqualToString:@"getServerTime"]) {
        [reply answer:@((unsigned long long)[manager getServerTime])];
    } else if ([name isEqualToString:@"debugState"]) {
        NSData *state = bytesOf([manager seenByDebugState]);
        [reply answer:[NSJSONSerialization JSONObjectWithData:state options:0 error:NULL]];
    } else if ([name isEqualToString:@"setReadReceiptsEnabled"]) {
        [manager seenBySetReadReceiptsEnabled:[with flag:@"enabled"] succ:DONE fail:REFUSED];
    } else {
        return NO;
    }
    return YES;
}

static BOOL callMessages(NSString *name, V2TIMManager *manager, Natives *natives, With *with, Reply *reply) {
    if ([name isEqualToString:@"sendMessage"]) {
        sendMessage(manager, natives, with, reply);
    } else if ([name isEqualToString:@"revokeMessage"]) {
        [manager revokeMessage:[natives mustBeMessage:[with at:@"message"]] succ:DONE fail:REFUSED];
    } else if ([name isEqualToString:@"getHistoryMessageList"]) {
        history(manager, natives, with, reply);
    } else if ([name isEqualToString:@"findMessages"]) {
        [manager findMessages:[with texts:@"msgIDs"]
                         succ:^(NSArray<V2TIMMessage *> *msgs) {
                             [reply answer:[natives messages:msgs]];
                         }
                         fail:REFUSED];
    } else if ([name isEqualToString:@"messageReference"]) {
        NSError *error = nil;
        V2TIMMessage *reference = [V2TIMManager seenByMessageReference:[with textOrNil:@"conversationID"]
                                                                 msgID:[with textOrNil:@"msgID"]
                                                                sender:[with textOrNil:@"sender"]
                                                                 error:&error];
        if (reference == nil) {
            [reply did:NO error:error];
        } else {
            [reply answer:[natives reference:(V2TIMMessage *)reference]];
        }
    } else if ([name isEqualToString:@"drawState"]) {
        V2TIMMessageReceipt *receipt = [with has:@"receipt"] ? [natives mustBeReceipt:[with at:@"receipt"]] : nil;
        SeenByDrawState *state = [V2TIMManager seenByDrawState:[natives mustBeMessage:[with at:@"message"]] receipt:receipt];
        [reply answer:JsonOfDrawState(state)];
    } else {
        return NO;
    }
    return YES;
}

static BOOL callReceipts(NSString *name, V2TIMManager *manager, Natives *natives, With *with, Reply *reply) {
    V2TIMMessageReadReceiptsSucc answer = ^(NSArray<V2TIMMessageReceipt *> *receiptList) {
        [reply answer:[natives receipts:receiptList]];
    };
    if ([name isEqualToString:@"sendMessageReadReceipts"]) {
        [manager sendMessageReadReceipts:[natives mustBeMessages:[with list:@"messages"]] succ:DONE fail:REFUSED];
    } else if ([name isEqualToString:@"getMessageReadReceipts"]) {
        [manager getMessageReadReceipts:[natives mustBeMessages:[with list:@"messages"]] succ:answer fail:REFUSED];
    } else if ([name isEqualToString:@"cachedReceipts"]) {
        [manager seenByCachedReceipts:[with texts:@"msgIDs"] succ:answer fail:REFUSED];
    } else if ([name isEqualToString:@"getGroupMessageReadMemberList"]) {
        readMembers(manager, natives, with, reply);
    } else if ([name isEqualToString:@"markC2CMessageAsRead"]) {
        [manager markC2CMessageAsRead:[with text:@"userID"] succ:DONE fail:REFUSED];
    } else if ([name isEqualToString:@"markGroupMessageAsRead"]) {
        [manager markGroupMessageAsRead:[with text:@"groupID"] succ:DONE fail:REFUSED];
    } else if ([name isEqualToString:@"markAllMessageAsRead"]) {
        [manager markAllMessageAsRead:DONE fail:REFUSED];
    } else {
        return NO;
    }
    return YES;
}

static BOOL callTracker(NSString *name, Device *device, Natives *natives, With *with, Reply *reply) {
    BOOL done = NO;
    if ([name isEqualToString:@"trackerVisible"]) {
        done = [[device tracker] visible:[natives mustBeMessages:[with list:@"messages"]]];
    } else if ([name isEqualToString:@"trackerHidden"]) {
        done = [[device tracker] hidden:[natives mustBeMessages:[with list:@"messages"]]];
    } else if ([name isEqualToString:@"trackerForeground"]) {
        done = [[device tracker] foreground:[with flag:@"foreground"]];
    } else {
        return NO;
    }
    if (!done) Broken(@"the tracker refuses %@", name);
    [reply answer:nil];
    return YES;
}

static void createGroup(V2TIMManager *manager, With *with, Reply *reply) {
    V2TIMGroupInfo *info = AUTORELEASED([[V2TIMGroupInfo alloc] init]);
    info.groupType = [with textOrNil:@"groupType"];
    info.groupID = [with textOrNil:@"groupID"];
    info.groupName = [with textOrNil:@"groupName"];
    NSMutableArray<V2TIMCreateGroupMemberInfo *> *members = [NSMutableArray array];
    for (NSString *user in [with texts:@"members"]) {
        V2TIMCreateGroupMemberInfo *member = AUTORELEASED([[V2TIMCreateGroupMemberInfo alloc] init]);
        member.userID = user;
        [members addObject:member];
    }
    [manager createGroup:info
              memberList:members
                    succ:^(NSString *groupID) {
                        [reply answer:groupID];
                    }
                    fail:REFUSED];
}

static void memberList(V2TIMManager *manager, With *with, Reply *reply) {
    V2TIMGroupMemberInfoResultSucc answer = ^(uint64_t nextSeq, NSArray<V2TIMGroupMemberFullInfo *> *members) {
        [reply answer:@{ @"members" : JsonOfMembers(members), @"nextSeq" : @((unsigned long long)nextSeq) }];
    };
    // What the documented call asks for in a page; it has no parameter for it.
    const uint32_t documentedPage = 100;
    NSString *group = [with text:@"groupID"];
    uint32_t count = [with number32:@"count"];
    uint64_t nextSeq = [with number:@"nextSeq"];
    if (count == documentedPage) {
        [manager getGroupMemberList:group
                             filter:V2TIM_GROUP_MEMBER_FILTER_ALL
                            nextSeq:nextSeq
                               succ:answer
                               fail:REFUSED];
    } else {
        [manager seenByGetGroupMemberList:group nextSeq:nextSeq count:count succ:answer fail:REFUSED];
    }
}

static BOOL callGroups(NSString *name, V2TIMManager *manager, With *with, Reply *reply) {
    NSString *group = [with text:@"groupID"];
    NSArray<NSString *> *users = [with texts:@"users"];
    V2TIMGroupMemberOperationResultListSucc results = ^(NSArray<V2TIMGroupMemberOperationResult *> *resultList) {
        [reply answer:JsonOfResults(resultList)];
    };
    if ([name isEqualToString:@"createGroup"]) {
        createGroup(manager, with, reply);
    } else if ([name isEqualToString:@"joinGroup"]) {
        [manager joinGroup:group msg:nil succ:DONE fail:REFUSED];
    } else if ([name isEqualToString:@"quitGroup"]) {
        [manager quitGroup:group succ:DONE fail:REFUSED];
    } else if ([name isEqualToString:@"dismissGroup"]) {
        [manager dismissGroup:group succ:DONE fail:REFUSED];
    } else if ([name isEqualToString:@"getJoinedGroupList"]) {
        [manager
            getJoinedGroupList:^(NSArray<V2TIMGroupInfo *> *groupList) {
                [reply answer:JsonOfGroups(groupList)];
            }
                          fail:REFUSED];
    } else if ([name isEqualToString:@"inviteUserToGroup"]) {
        [manager inviteUserToGroup:group userList:users succ:results fail:REFUSED];
    } else if ([name isEqualToString:@"kickGroupMember"]) {
        [manager kickGroupMember:group memberList:users reason:nil succ:results fail:REFUSED];
    } else if ([name isEqualToString:@"setGroupMemberRole"]) {
        [manager setGroupMemberRole:group
                             member:[with text:@"userID"]
                            newRole:[with number32:@"role"]
                               succ:DONE
                               fail:REFUSED];
    } else if ([name isEqualToString:@"getGroupMemberList"]) {
        memberList(manager, with, reply);
    } else if ([name isEqualToString:@"getGroupMembersInfo"]) {
        [manager getGroupMembersInfo:group
                          memberList:users
                                succ:^(NSArray<V2TIMGroupMemberFullInfo *> *members) {
                                    [reply answer:JsonOfMembers(members)];
                                }
                                fail:REFUSED];
    } else {
        return NO;
    }
    return YES;
}

static BOOL callConversations(NSString *name, V2TIMManager *manager, Natives *natives, With *with, Reply *reply) {
    NSString *conversation = [with textOrNil:@"conversationID"];
    if ([name isEqualToString:@"getConversationList"]) {
        [manager getConversationList:[with number:@"nextSeq"]
                               count:(int)[with number32:@"count"]
                                succ:^(NSArray<V2TIMConversation *> *list, uint64_t nextSeq, BOOL isFinished) {
                                    [reply answer:@{
                                        @"conversations" : [natives conversations:list],
                                        @"nextSeq" : @((unsigned long long)nextSeq),
                                        @"isFinished" : Flag(isFinished),
                                    }];
                                }
                                fail:REFUSED];
    } else if ([name isEqualToString:@"getConversation"]) {
        [manager getConversation:conversation
                            succ:^(V2TIMConversation *conv) {
                                [reply answer:[natives conversation:conv]];
                            }
                            fail:REFUSED];
    } else if ([name isEqualToString:@"getTotalUnreadMessageCount"]) {
        [manager
            getTotalUnreadMessageCount:^(uint64_t totalCount) {
                [reply answer:@((unsigned long long)totalCount)];
            }
                                  fail:REFUSED];
    } else if ([name isEqualToString:@"cleanConversationUnreadMessageCount"]) {
        [manager cleanConversationUnreadMessageCount:conversation
                                      cleanTimestamp:[with number:@"cleanTimestamp"]
                                       cleanSequence:[with number:@"cleanSequence"]
                                                succ:DONE
                                                fail:REFUSED];
    } else {
        return NO;
    }
    return YES;
}

static BOOL callPeople(NSString *name, V2TIMManager *manager, With *with, Reply *reply) {
    if ([name isEqualToString:@"setSelfInfo"]) {
        V2TIMUserFullInfo *info = AUTORELEASED([[V2TIMUserFullInfo alloc] init]);
        info.nickName = [with textOrNil:@"nickName"];
        info.faceURL = [with textOrNil:@"faceURL"];
        [manager setSelfInfo:info succ:DONE fail:REFUSED];
    } else if ([name isEqualToString:@"getUsersInfo"]) {
        [manager getUsersInfo:[with texts:@"users"]
                         succ:^(NSArray<V2TIMUserFullInfo *> *infoList) {
                             [reply answer:JsonOfProfiles(infoList)];
                         }
                         fail:REFUSED];
    } else {
        return NO;
    }
    return YES;
}

void Perform(NSString *name, Device *device, Natives *natives, With *with, Reply *reply) {
    V2TIMManager *manager = [device manager];
    BOOL done = callLogin(name, manager, with, reply) || callMessages(name, manager, natives, with, reply) ||
                callReceipts(name, manager, natives, with, reply) || callTracker(name, device, natives, with, reply) ||
                callGroups(name, manager, with, reply) || callConversations(name, manager, natives, with, reply) ||
                callPeople(name, manager, with, reply);
    if (!done) Broken(@"the call %@ is not in the vocabulary", name);
}
