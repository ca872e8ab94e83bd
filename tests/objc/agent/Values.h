// What the classes hold, in the words of the scenarios (tests/scenarios/README.md), and back.

#ifndef SEENBY_AGENT_VALUES_H
#define SEENBY_AGENT_VALUES_H

#import <SeenBy/SeenBy.h>

#import "Wire.h"

NS_ASSUME_NONNULL_BEGIN

typedef NSDictionary<NSString *, id> Json;

/// The objects of one scenario that its values stand for, by their numbers. Main thread.
@interface Natives : NSObject {
    NSMutableArray *_kept;
}
- (Json *)message:(V2TIMMessage *)message;
- (NSArray<Json *> *)messages:(NSArray<V2TIMMessage *> *)messages;
/// A reference is a message of which nothing else is known.
- (Json *)reference:(V2TIMMessage *)reference;
- (Json *)receipt:(V2TIMMessageReceipt *)receipt;
- (NSArray<Json *> *)receipts:(NSArray<V2TIMMessageReceipt *> *)receipts;
- (Json *)conversation:(V2TIMConversation *)conversation;
- (NSArray<Json *> *)conversations:(NSArray<V2TIMConversation *> *)conversations;

/// The message behind a value; nil if there is none.
- (nullable V2TIMMessage *)messageBehind:(nullable id)value;
- (V2TIMMessage *)mustBeMessage:(id)value;
- (NSArray<V2TIMMessage *> *)mustBeMessages:(NSArray *)values;
- (V2TIMMessageReceipt *)mustBeReceipt:(id)value;
@end

NSString *OrEmpty(NSString *_Nullable text);
NSArray<Json *> *JsonOfReadMembers(NSArray<V2TIMGroupMemberInfo *> *members);
NSArray<Json *> *JsonOfGroups(NSArray<V2TIMGroupInfo *> *groups);
NSArray<Json *> *JsonOfMembers(NSArray<V2TIMGroupMemberFullInfo *> *members);
NSArray<Json *> *JsonOfResults(NSArray<V2TIMGroupMemberOperationResult *> *results);
NSArray<Json *> *JsonOfProfiles(NSArray<V2TIMUserFullInfo *> *profiles);
Json *JsonOfDrawState(SeenByDrawState *state);
NSMutableDictionary<NSString *, id> *JsonOfChange(SeenByGroupChange *change);

NS_ASSUME_NONNULL_END

#endif  // SEENBY_AGENT_VALUES_H
