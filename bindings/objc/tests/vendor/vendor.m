// SPDX-License-Identifier: MIT OR Apache-2.0

#import "vendor.h"

@implementation V2TIMMessage
- (NSString *)msgID {
    return @"theirs";
}
@end

@implementation V2TIMMessageReceipt
@end

@implementation V2TIMManager
+ (instancetype)sharedInstance {
    static V2TIMManager *shared;
    if (!shared) shared = [[V2TIMManager alloc] init];
    return shared;
}
- (NSString *)getVersion {
    return @"the other library";
}
- (V2TIMMessage *)createTextMessage:(NSString *)text {
    V2TIMMessage *message = [[V2TIMMessage alloc] init];
#if !__has_feature(objc_arc)
    [message autorelease];
#endif
    return message;
}
@end
