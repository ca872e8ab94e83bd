// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The documented entrance. Its categories have the rest: V2TIMManager+Message.h, +Group.h, +Conversation.h; what is ours is in
// SeenByV2TIM.h. SeenBy.h includes everything.

#ifndef SEENBY_OBJC_V2TIM_MANAGER_H
#define SEENBY_OBJC_V2TIM_MANAGER_H

#import "V2TIMCallback.h"
#import "V2TIMErrorCode.h"
#import "V2TIMListener.h"

@class SeenByConfig;
@class SeenByCore;

NS_ASSUME_NONNULL_BEGIN

typedef NS_ENUM(NSInteger, SeenByV2TIMLoginStatus) {
    SEENBY_NAME(V2TIM_STATUS_LOGINED) = 1,
    SEENBY_NAME(V2TIM_STATUS_LOGINING) = 2,
    SEENBY_NAME(V2TIM_STATUS_LOGOUT) = 3,
};
SEENBY_TYPE_NAME(V2TIMLoginStatus)

typedef NS_ENUM(NSInteger, SeenByV2TIMLogLevel) {
    SEENBY_NAME(V2TIM_LOG_NONE) = 0,
    SEENBY_NAME(V2TIM_LOG_DEBUG) = 3,
    SEENBY_NAME(V2TIM_LOG_INFO) = 4,
    SEENBY_NAME(V2TIM_LOG_WARN) = 5,
    SEENBY_NAME(V2TIM_LOG_ERROR) = 6,
};
SEENBY_TYPE_NAME(V2TIMLogLevel)

/// Gets the lines of the log, one at a time, on a thread of their own.
typedef void (^SeenByV2TIMLogListener)(SeenByV2TIMLogLevel logLevel, NSString *logContent);
SEENBY_TYPE_NAME(V2TIMLogListener)

/// How the SDK is set up. Everything may be left as it is.
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMSDKConfig : NSObject {
  @package
    SeenByV2TIMLogListener _logListener;
    SeenByV2TIMLogLevel _logLevel;
    SeenByConfig *_seenBy;
}
/// With logListener: what it gets. V2TIM_LOG_INFO unless it is set.
@property (nonatomic, assign) SeenByV2TIMLogLevel logLevel;
/// Takes the log of the process, until unInitSDK. nil: leaves it (stderr).
@property (nonatomic, copy, nullable) SeenByV2TIMLogListener logListener;
/// Ours: where to connect, and more.
@property (nonatomic, strong, readonly) SeenByConfig *seenBy;
@end
SEENBY_CLASS_NAME(V2TIMSDKConfig)

/// One device of one user at a time. Every call may be made from any thread, and from inside a callback; none waits for the
/// network. Before initSDK calls answer 6013, before login 6014.
SEENBY_OBJC_EXPORT
@interface SeenByV2TIMManager : NSObject {
  @package
    SeenByCore *_core;
    NSError *_refusal;
}

/// The documented singleton: the client of the process, which Swift's SeenByV2TIM shares. Further managers:
/// +seenByCreateManager.
+ (instancetype)sharedInstance;

/// Where to connect is config.seenBy.server (R28). NO: it was refused, and seenByLastInitError says why.
- (BOOL)initSDK:(int)sdkAppID config:(nullable SeenByV2TIMSDKConfig *)config NS_SWIFT_NAME(initSDK(_:config:));
/// As above; the listener is added first.
- (BOOL)initSDK:(int)sdkAppID
         config:(nullable SeenByV2TIMSDKConfig *)config
       listener:(nullable id<SeenByV2TIMSDKListener>)listener NS_SWIFT_NAME(initSDK(_:config:listener:));
/// Never waits. Calls that are out end with 7009, possibly after this has returned; later ones with 6013. Listeners stay.
- (void)unInitSDK;
/// Of SeenBy, "0.1.0".
- (NSString *)getVersion;
/// In s; 0 before initSDK.
- (uint64_t)getServerTime;

- (void)addIMSDKListener:(nullable id<SeenByV2TIMSDKListener>)listener NS_SWIFT_NAME(addIMSDKListener(listener:));
- (void)removeIMSDKListener:(nullable id<SeenByV2TIMSDKListener>)listener
    NS_SWIFT_NAME(removeIMSDKListener(listener:));

/// userSig: a token that the app's backend made (R21). The user who is logged in: renews it (R30).
- (void)login:(nullable NSString *)userID
      userSig:(nullable NSString *)userSig
         succ:(nullable SeenByV2TIMSucc)succ
         fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(login(userID:userSig:succ:fail:));
/// What waits to be sent stays on the device (R16).
- (void)logout:(nullable SeenByV2TIMSucc)succ fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(logout(succ:fail:));
/// nil: nobody.
- (nullable NSString *)getLoginUser;
- (SeenByV2TIMLoginStatus)getLoginStatus;

- (void)addSimpleMsgListener:(nullable id<SeenByV2TIMSimpleMsgListener>)listener
    NS_SWIFT_NAME(addSimpleMsgListener(listener:));
- (void)removeSimpleMsgListener:(nullable id<SeenByV2TIMSimpleMsgListener>)listener
    NS_SWIFT_NAME(removeSimpleMsgListener(listener:));
// Messages without receipts; with them: sendMessage. They return the message's id; nil: refused at once.
- (nullable NSString *)sendC2CTextMessage:(nullable NSString *)text
                                       to:(nullable NSString *)userID
                                     succ:(nullable SeenByV2TIMSucc)succ
                                     fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(sendC2CTextMessage(text:to:succ:fail:));
- (nullable NSString *)sendC2CCustomMessage:(nullable NSData *)customData
                                         to:(nullable NSString *)userID
                                       succ:(nullable SeenByV2TIMSucc)succ
                                       fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(sendC2CCustomMessage(customData:to:succ:fail:));
- (nullable NSString *)sendGroupTextMessage:(nullable NSString *)text
                                         to:(nullable NSString *)groupID
                                   priority:(SeenByV2TIMMessagePriority)priority
                                       succ:(nullable SeenByV2TIMSucc)succ
                                       fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(sendGroupTextMessage(text:to:priority:succ:fail:));
- (nullable NSString *)sendGroupCustomMessage:(nullable NSData *)customData
                                           to:(nullable NSString *)groupID
                                     priority:(SeenByV2TIMMessagePriority)priority
                                         succ:(nullable SeenByV2TIMSucc)succ
                                         fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(sendGroupCustomMessage(customData:to:priority:succ:fail:));

- (void)addGroupListener:(nullable id<SeenByV2TIMGroupListener>)listener NS_SWIFT_NAME(addGroupListener(listener:));
- (void)removeGroupListener:(nullable id<SeenByV2TIMGroupListener>)listener
    NS_SWIFT_NAME(removeGroupListener(listener:));
/// groupType: Work, Public, Meeting, Community or AVChatRoom. groupID nil: one is made. The block has the id.
- (void)createGroup:(nullable NSString *)groupType
            groupID:(nullable NSString *)groupID
          groupName:(nullable NSString *)groupName
               succ:(nullable SeenByV2TIMCreateGroupSucc)succ
               fail:(nullable SeenByV2TIMFail)fail
    NS_SWIFT_NAME(createGroup(groupType:groupID:groupName:succ:fail:));
/// `msg` is not told to anybody.
- (void)joinGroup:(nullable NSString *)groupID
              msg:(nullable NSString *)msg
             succ:(nullable SeenByV2TIMSucc)succ
             fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(joinGroup(groupID:msg:succ:fail:));
- (void)quitGroup:(nullable NSString *)groupID
             succ:(nullable SeenByV2TIMSucc)succ
             fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(quitGroup(groupID:succ:fail:));
- (void)dismissGroup:(nullable NSString *)groupID
                succ:(nullable SeenByV2TIMSucc)succ
                fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(dismissGroup(groupID:succ:fail:));

- (void)getUsersInfo:(nullable NSArray<NSString *> *)userIDList
                succ:(nullable SeenByV2TIMUserFullInfoListSucc)succ
                fail:(nullable SeenByV2TIMFail)fail;
/// Of `Info`: nickName and faceURL (R27), each if it is not nil.
- (void)setSelfInfo:(nullable SeenByV2TIMUserFullInfo *)Info
               succ:(nullable SeenByV2TIMSucc)succ
               fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(setSelfInfo(info:succ:fail:));

/// Outside SeenBy: 7013.
- (void)callExperimentalAPI:(nullable NSString *)api
                      param:(nullable NSObject *)param
                       succ:(nullable SeenByV2TIMCallExperimentalAPISucc)succ
                       fail:(nullable SeenByV2TIMFail)fail NS_SWIFT_NAME(callExperimentalAPI(api:param:succ:fail:));

@end
SEENBY_CLASS_NAME(V2TIMManager)

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_V2TIM_MANAGER_H
