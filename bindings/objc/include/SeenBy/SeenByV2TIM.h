// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Ours, not documented: the calls of SeenBy that the documented API does not have. All of their names begin with seenBy.

#ifndef SEENBY_OBJC_SEENBY_V2TIM_H
#define SEENBY_OBJC_SEENBY_V2TIM_H

#import "SeenByConfig.h"
#import "SeenByDetails.h"
#import "V2TIMManager.h"

struct seenby_client_t;

NS_ASSUME_NONNULL_BEGIN

/// The domain of our errors: the code is one of V2TIMErrorCode, localizedDescription the sentence.
SEENBY_OBJC_EXPORT extern NSString *const SeenByErrorDomain;

/// Gets the lines of the log, one at a time, on a thread of their own. Levels: 1 error, 2 warn, 3 info, 4 debug, 5 trace.
typedef void (^SeenByLogSink)(int32_t level, NSString *line);

/// What the documents have no listener for. As those, it is held weakly, and every method is optional.
@protocol SeenByListener <NSObject>
@optional
/// Another device of this user sent receipts for these messages (R13).
- (void)onReceiptsSent:(NSString *)conversationID
                msgIDs:(NSArray<NSString *> *)msgIDs NS_SWIFT_NAME(onReceiptsSent(conversationID:msgIDs:));
/// The privacy switch was changed from another device (R15).
- (void)onReadReceiptsEnabledChanged:(BOOL)enabled NS_SWIFT_NAME(onReadReceiptsEnabledChanged(_:));
/// All that V2TIMGroupListener hears, and the count in big groups.
- (void)onGroupChanged:(SeenByGroupChange *)change NS_SWIFT_NAME(onGroupChanged(_:));
/// As onRecvMessageRevoked, with the conversation and the seq.
- (void)onMessageRevoked:(NSString *)conversationID
                   msgID:(NSString *)msgID
                     seq:(uint64_t)seq
              operatorID:(nullable NSString *)operatorID
    NS_SWIFT_NAME(onMessageRevoked(conversationID:msgID:seq:operatorID:));
@end

@interface SeenByV2TIMManager (SeenBy)

/// A further manager beside the documented singleton (R28), so that one process holds several users. It begins with initSDK,
/// as the singleton does, and ends when it is deallocated: calls that are out end with 7009, on the usual queue. After
/// unInitSDK its calls answer 90003, until another initSDK.
+ (SeenByV2TIMManager *)seenByCreateManager;

/// Why the last initSDK answered NO: a number of V2TIMErrorCode and a sentence. nil: it did not.
@property (nonatomic, strong, readonly, nullable) NSError *seenByLastInitError;

/// For the functions of seenby.h. It belongs to the manager. NULL: a further manager before initSDK.
@property (nonatomic, assign, readonly, nullable) struct seenby_client_t *seenByClient;

- (void)addSeenByListener:(nullable id<SeenByListener>)listener NS_SWIFT_NAME(addSeenByListener(listener:));
- (void)removeSeenByListener:(nullable id<SeenByListener>)listener NS_SWIFT_NAME(removeSeenByListener(listener:));

/// A message that another system carried, or of which only the id is known (R19), for every call that takes one.
///
/// @param conversationID c2c_<peer> or group_<id>; nil: found by the id alone (R23).
/// @param sender who sent it; nil: not known.
/// @param error why it is nil: 6017 no id, or a value that is not within its limits (R23).
+ (nullable SeenByV2TIMMessage *)seenByMessageReference:(nullable NSString *)conversationID
                                                  msgID:(nullable NSString *)msgID
                                                 sender:(nullable NSString *)sender
                                                  error:(NSError *_Nullable *_Nullable)error;

/// Leaves receipts on the disk for the next manager of this user (R16): for a notification extension. Needs no initSDK, and
/// any process may do it. Of `config`: seenBy.server, dataFolder and appGroup. On the disk when it returns: not for the main
/// thread. Errors: 6017 a wrong value or a service in memory; 90004 the disk refuses.
+ (BOOL)seenByEnqueueReceipts:(nullable NSArray<SeenByV2TIMMessage *> *)messages
                       userID:(nullable NSString *)userID
                     sdkAppID:(int)sdkAppID
                       config:(nullable SeenByV2TIMSDKConfig *)config
                        error:(NSError *_Nullable *_Nullable)error;

/// What to draw beside a message (R31). `receipt`: its latest summary; nil: message.seenBy.receipt.
+ (SeenByDrawState *)seenByDrawState:(nullable SeenByV2TIMMessage *)message
                             receipt:(nullable SeenByV2TIMMessageReceipt *)receipt;

/// The log of the process, from 1 (errors) to 5 (everything); 0: none. A nil sink: back to stderr. NO: no such level.
+ (BOOL)seenBySetLogLevel:(int32_t)level sink:(nullable SeenByLogSink)sink;

/// The last summaries that this device has seen, also offline (R16).
- (void)seenByCachedReceipts:(nullable NSArray<NSString *> *)msgIDs
                        succ:(nullable SeenByV2TIMMessageReadReceiptsSucc)succ
                        fail:(nullable SeenByV2TIMFail)fail;
/// The privacy switch of this user (R15). Works offline.
- (void)seenBySetReadReceiptsEnabled:(BOOL)enabled
                                succ:(nullable SeenByV2TIMSucc)succ
                                fail:(nullable SeenByV2TIMFail)fail;
/// As getGroupMemberList, with a count of 1 to 100.
- (void)seenByGetGroupMemberList:(nullable NSString *)groupID
                         nextSeq:(uint64_t)nextSeq
                           count:(uint32_t)count
                            succ:(nullable SeenByV2TIMGroupMemberInfoResultSucc)succ
                            fail:(nullable SeenByV2TIMFail)fail;

/// The device's estimate of the service's clock, in ms; 0 before initSDK.
- (int64_t)seenByServerTimeMs;
/// For people who look for a fault (R34): JSON without ids. Empty before initSDK.
- (NSString *)seenByDebugState;
/// The system says that the network is there, or gone: connects at once, or sleeps. NO: it is not initialized.
- (BOOL)seenByNetworkAvailable:(BOOL)available;
/// The app came to the foreground, or went to the background. NO: it is not initialized.
- (BOOL)seenByForeground:(BOOL)foreground;

@end

@interface SeenByV2TIMMessage (SeenBy)
/// msgID, settable before sendMessage: for a message of which only the id is left, after the app was started anew say. Under
/// one id it cannot be stored twice (R16).
@property (nonatomic, copy, nullable) NSString *seenByMsgID;
@end

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_SEENBY_V2TIM_H
