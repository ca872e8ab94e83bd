// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The blocks that end calls. Each call ends in exactly one of its two, on the main queue (SeenByConfig.callbackQueue says
// otherwise), never inside the call. Both may be nil. A block is copied, and released when it was called.

#ifndef SEENBY_OBJC_V2TIM_CALLBACK_H
#define SEENBY_OBJC_V2TIM_CALLBACK_H

#import "SeenByDefines.h"

@class SeenByV2TIMConversation;
@class SeenByV2TIMConversationOperationResult;
@class SeenByV2TIMGroupInfo;
@class SeenByV2TIMGroupMemberFullInfo;
@class SeenByV2TIMGroupMemberInfo;
@class SeenByV2TIMGroupMemberOperationResult;
@class SeenByV2TIMMessage;
@class SeenByV2TIMMessageReceipt;
@class SeenByV2TIMUserFullInfo;

NS_ASSUME_NONNULL_BEGIN

typedef void (^SeenByV2TIMSucc)(void);
/// The number is one of V2TIMErrorCode; the sentence names the offending value and what would be right.
typedef void (^SeenByV2TIMFail)(int code, NSString *_Nullable desc);
/// 0 to 100.
typedef void (^SeenByV2TIMProgress)(uint32_t progress);

typedef void (^SeenByV2TIMMessageListSucc)(NSArray<SeenByV2TIMMessage *> *msgs);
typedef void (^SeenByV2TIMMessageReadReceiptsSucc)(NSArray<SeenByV2TIMMessageReceipt *> *receiptList);
/// nextSeq: what the next call passes; 0 when finished.
typedef void (^SeenByV2TIMGroupMessageReadMemberListSucc)(NSMutableArray<SeenByV2TIMGroupMemberInfo *> *members,
                                                          uint64_t nextSeq, BOOL isFinished);
typedef void (^SeenByV2TIMMessageModifyCompletion)(int code, NSString *_Nullable desc,
                                                   SeenByV2TIMMessage *_Nullable msg);

typedef void (^SeenByV2TIMCreateGroupSucc)(NSString *_Nullable groupID);
typedef void (^SeenByV2TIMGroupInfoListSucc)(NSArray<SeenByV2TIMGroupInfo *> *groupList);
/// nextSeq: what the next call passes; 0: this was the last page.
typedef void (^SeenByV2TIMGroupMemberInfoResultSucc)(uint64_t nextSeq,
                                                     NSArray<SeenByV2TIMGroupMemberFullInfo *> *memberList);
typedef void (^SeenByV2TIMGroupMemberInfoListSucc)(NSArray<SeenByV2TIMGroupMemberFullInfo *> *memberList);
typedef void (^SeenByV2TIMGroupMemberOperationResultListSucc)(
    NSArray<SeenByV2TIMGroupMemberOperationResult *> *resultList);
typedef void (^SeenByV2TIMGroupAttributeSucc)(NSMutableDictionary<NSString *, NSString *> *groupAttributeList);
typedef void (^SeenByV2TIMGroupOnlineMemberCountSucc)(NSInteger count);

typedef void (^SeenByV2TIMConversationSucc)(SeenByV2TIMConversation *conv);
typedef void (^SeenByV2TIMConversationListSucc)(NSArray<SeenByV2TIMConversation *> *list);
/// nextSeq: what the next call passes.
typedef void (^SeenByV2TIMConversationResultSucc)(NSArray<SeenByV2TIMConversation *> *list, uint64_t nextSeq,
                                                  BOOL isFinished);
typedef void (^SeenByV2TIMConversationOperationResultListSucc)(
    NSArray<SeenByV2TIMConversationOperationResult *> *resultList);
typedef void (^SeenByV2TIMTotalUnreadMessageCountSucc)(uint64_t totalCount);

typedef void (^SeenByV2TIMUserFullInfoListSucc)(NSArray<SeenByV2TIMUserFullInfo *> *infoList);
typedef void (^SeenByV2TIMCallExperimentalAPISucc)(NSObject *_Nullable result);

SEENBY_TYPE_NAME(V2TIMSucc)
SEENBY_TYPE_NAME(V2TIMFail)
SEENBY_TYPE_NAME(V2TIMProgress)
SEENBY_TYPE_NAME(V2TIMMessageListSucc)
SEENBY_TYPE_NAME(V2TIMMessageReadReceiptsSucc)
SEENBY_TYPE_NAME(V2TIMGroupMessageReadMemberListSucc)
SEENBY_TYPE_NAME(V2TIMMessageModifyCompletion)
SEENBY_TYPE_NAME(V2TIMCreateGroupSucc)
SEENBY_TYPE_NAME(V2TIMGroupInfoListSucc)
SEENBY_TYPE_NAME(V2TIMGroupMemberInfoResultSucc)
SEENBY_TYPE_NAME(V2TIMGroupMemberInfoListSucc)
SEENBY_TYPE_NAME(V2TIMGroupMemberOperationResultListSucc)
SEENBY_TYPE_NAME(V2TIMGroupAttributeSucc)
SEENBY_TYPE_NAME(V2TIMGroupOnlineMemberCountSucc)
SEENBY_TYPE_NAME(V2TIMConversationSucc)
SEENBY_TYPE_NAME(V2TIMConversationListSucc)
SEENBY_TYPE_NAME(V2TIMConversationResultSucc)
SEENBY_TYPE_NAME(V2TIMConversationOperationResultListSucc)
SEENBY_TYPE_NAME(V2TIMTotalUnreadMessageCountSucc)
SEENBY_TYPE_NAME(V2TIMUserFullInfoListSucc)
SEENBY_TYPE_NAME(V2TIMCallExperimentalAPISucc)

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_V2TIM_CALLBACK_H
