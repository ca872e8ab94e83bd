// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A stand-in for another library whose classes and protocols have the documented names.

#import <Foundation/Foundation.h>

@class V2TIMMessage;

@protocol V2TIMAdvancedMsgListener <NSObject>
@optional
- (void)onRecvNewMessage:(V2TIMMessage *)msg;
@end

@interface V2TIMMessage : NSObject
- (NSString *)msgID;
@end

@interface V2TIMMessageReceipt : NSObject
@end

@interface V2TIMManager : NSObject
+ (instancetype)sharedInstance;
- (NSString *)getVersion;
- (V2TIMMessage *)createTextMessage:(NSString *)text;
@end
