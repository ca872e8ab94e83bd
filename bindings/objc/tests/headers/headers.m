// The headers alone, in any order and twice: each includes what it needs, and the documented names are there.

#import <SeenBy/V2TIMManager+Conversation.h>
#import <SeenBy/V2TIMManager+Group.h>
#import <SeenBy/V2TIMManager+Message.h>
#import <SeenBy/SeenBy.h>
#import <SeenBy/SeenBy.h>

// As apps' headers write it after an import.
@class V2TIMMessage;

// A category and a subclass by the documented names.
@interface V2TIMMessage (Apps)
- (BOOL)appsIsUnread;
@end
@implementation V2TIMMessage (Apps)
- (BOOL)appsIsUnread {
    return !self.isRead;
}
@end

@interface AppsListener : NSObject <V2TIMSDKListener, V2TIMAdvancedMsgListener, V2TIMSimpleMsgListener, V2TIMGroupListener,
                                    V2TIMConversationListener, SeenByListener>
@end
@implementation AppsListener
@end

_Static_assert(V2TIM_PRIORITY_NORMAL == 2, "the documented number");
_Static_assert(V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD == 1, "the documented number");
_Static_assert(ERR_INVALID_PARAMETERS == 6017, "the documented number");
