// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Ours, not documented: a service inside this process, held and operated, for tests and demos (R28).

#ifndef SEENBY_OBJC_TEST_SERVICE_H
#define SEENBY_OBJC_TEST_SERVICE_H

#import "SeenByV2TIM.h"

struct seenby_service_t;

NS_ASSUME_NONNULL_BEGIN

/// It lives as long as this object or a manager that named it. Its calls wait, and answer 90002 inside a callback.
SEENBY_OBJC_EXPORT
@interface SeenByTestService : NSObject {
  @package
    struct seenby_service_t *_service;
}
SEENBY_NO_INIT
/// config.seenBy.server: embedded:mem/NAME or embedded:file/PATH. Settings of the app and limits as JSON (seenby.h says
/// which); nil: plain. nil: 6017 a server's endpoint, one that is running already, or a wrong value.
- (nullable instancetype)initWithAppID:(int)sdkAppID
                                config:(nullable SeenByV2TIMSDKConfig *)config
                              settings:(nullable NSString *)settingsJson
                                limits:(nullable NSString *)limitsJson
                                 error:(NSError *_Nullable *_Nullable)error NS_DESIGNATED_INITIALIZER;
/// Changes the app's settings from now on.
- (BOOL)configure:(nullable NSString *)settingsJson error:(NSError *_Nullable *_Nullable)error;
/// Deletes a user (R32).
- (BOOL)deleteUser:(nullable NSString *)userID error:(NSError *_Nullable *_Nullable)error;
/// Deletes a message and its receipts (R32). seenBy: a user of the conversation, which is named as this one sees it.
- (BOOL)deleteMessage:(nullable NSString *)msgID
       conversationID:(nullable NSString *)conversationID
               seenBy:(nullable NSString *)userID
                error:(NSError *_Nullable *_Nullable)error;
/// Lets it go before this object goes.
- (void)close;
@end

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_TEST_SERVICE_H
