// SPDX-License-Identifier: MIT OR Apache-2.0
//
// SeenBy beside another library with the documented names, in one program and in one file: its classes are its own, and its
// messages get receipts by their ids (R19).

#define SEENBY_NO_GLOBAL_NAMES
#define V2TIMManager SeenByV2TIMManager
#define V2TIMSDKConfig SeenByV2TIMSDKConfig
#define V2TIMMessage SeenByV2TIMMessage
#define V2TIM_PRIORITY_NORMAL SeenByV2TIM_PRIORITY_NORMAL
#include "check.h"
#undef V2TIMManager
#undef V2TIMSDKConfig
#undef V2TIMMessage
#undef V2TIM_PRIORITY_NORMAL
#import "vendor/vendor.h"
#include <objc/runtime.h>

@interface Both : NSObject <V2TIMAdvancedMsgListener, SeenByV2TIMAdvancedMsgListener> {
  @public
    SeenByV2TIMMessageReceipt *receipt;
}
@end
@implementation Both
#if !__has_feature(objc_arc)
- (void)dealloc {
    [receipt release];
    [super dealloc];
}
#endif
- (void)onRecvNewMessage:(id)msg {
}
- (void)onRecvMessageReadReceipts:(NSArray<SeenByV2TIMMessageReceipt *> *)receiptList {
    SET(receipt, [receiptList lastObject]);
}
@end

int main(void) {
    BEGIN_TEST();
    @autoreleasepool {
        CHECK_EQUAL([[V2TIMManager sharedInstance] getVersion], @"the other library");
        CHECK(![[[SeenByV2TIMManager sharedInstance] getVersion] isEqual:@"the other library"]);
        CHECK(objc_getClass("V2TIMManager") == [V2TIMManager class]);
        CHECK(objc_getClass("SeenByV2TIMManager") == [SeenByV2TIMManager class]);
        CHECK(objc_getClass("V2TIMGroupInfo") == nil && objc_getClass("V2TIMConversation") == nil);
        CHECK(@protocol(V2TIMAdvancedMsgListener) != @protocol(SeenByV2TIMAdvancedMsgListener));

        // Their message: a stand-in has its id and wants receipts, and it is read by the id.
        SeenByV2TIMManager *alice = NewUser(@"beside", @"alice"), *bob = NewUser(@"beside", @"bob");
        NSString *msgID = [[[V2TIMManager sharedInstance] createTextMessage:@"Lunch?"] msgID];
        Both *both = [[Both alloc] init];
        [alice addAdvancedMsgListener:both];
        SeenByV2TIMMessage *message = [alice createCustomMessage:[NSData dataWithBytes:"-" length:1]];
        message.seenByMsgID = msgID;
        message.isExcludedFromUnreadCount = YES;
        message.needReadReceipt = YES;
        CHECK_EQUAL(message.msgID, @"theirs");
        Ending *sent = [Ending ending], *read = [Ending ending];
        [alice sendMessage:message
                   receiver:@"bob"
                    groupID:nil
                   priority:SeenByV2TIM_PRIORITY_NORMAL
             onlineUserOnly:NO
            offlinePushInfo:nil
                   progress:nil
                       succ:[sent done]
                       fail:[sent fail]];
        CHECK_NUMBER([sent wait], 0);
        CHECK_EQUAL(message.msgID, @"theirs");
        SeenByV2TIMMessage *reference = [SeenByV2TIMManager seenByMessageReference:@"c2c_alice"
                                                                            msgID:msgID
                                                                           sender:@"alice"
                                                                            error:NULL];
        CHECK(!reference.seenBy.isKnown && !reference.isSelf);
        CHECK_EQUAL(reference.userID, @"alice");
        [bob sendMessageReadReceipts:@[ reference ] succ:[read done] fail:[read fail]];
        CHECK_NUMBER([read wait], 0);
        WAIT(both->receipt != nil);
        CHECK_EQUAL(both->receipt.msgID, @"theirs");
        LET_GO(both);
        LET_GO(alice);
        LET_GO(bob);
    }
    CHECK_NOTHING_LEFT(YES);
    return Report();
}
