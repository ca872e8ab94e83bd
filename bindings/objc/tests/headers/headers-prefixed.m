// With SEENBY_NO_GLOBAL_NAMES another library's header may declare the documented names in the same file.

#import <SeenBy/SeenBy.h>

@protocol V2TIMAdvancedMsgListener <NSObject>
@end
@interface V2TIMManager : NSObject
@end
@interface V2TIMMessage : NSObject
@end
@interface V2TIMMessageReceipt : NSObject
@end
typedef void (^V2TIMSucc)(int another);
typedef enum { V2TIM_PRIORITY_DEFAULT = 7 } V2TIMMessagePriority;
static NSString *const GroupType_Work = @"another";

static SeenByV2TIMMessagePriority Ours(void) { return SeenByV2TIM_PRIORITY_HIGH; }

int Both(V2TIMMessage *theirs, SeenByV2TIMMessage *ours);
int Both(V2TIMMessage *theirs, SeenByV2TIMMessage *ours) {
    return (int)Ours() + (int)V2TIM_PRIORITY_DEFAULT + (theirs != nil) + (ours != nil) + (int)GroupType_Work.length;
}
