// SPDX-License-Identifier: MIT OR Apache-2.0

#import "SeenByManager.h"

@implementation SeenByTestService

typedef struct Opening {
    seenby_str_t settings;
    seenby_str_t limits;
    seenby_service_t **service;
} Opening;

static int32_t open(const seenby_config_t *config, void *context) {
    const Opening *opening = context;
    return seenby_service_open(config, opening->settings, opening->limits, opening->service);
}

- (instancetype)initWithAppID:(int)sdkAppID
                       config:(SeenByV2TIMSDKConfig *)config
                     settings:(NSString *)settingsJson
                       limits:(NSString *)limitsJson
                        error:(NSError **)error {
    if (!(self = [super init])) return nil;
    SB_ARENA(arena);
    Opening opening = {SBText(&arena, settingsJson), SBText(&arena, limitsJson), &_service};
    NSError *refused = SBWithConfig(sdkAppID, config, nil, &open, &opening);
    if (refused) {
        if (error) *error = refused;
        SB_RELEASE(self);
        return nil;
    }
    return self;
}

- (void)dealloc {
    [self close];
#if !__has_feature(objc_arc)
    [super dealloc];
#endif
}

static BOOL tell(int32_t code, NSError **error) {
    if (code == SEENBY_OK) return YES;
    if (error) *error = SBLastError(code);
    return NO;
}

- (BOOL)configure:(NSString *)settingsJson error:(NSError **)error {
    SB_ARENA(arena);
    return tell(seenby_service_configure(_service, SBText(&arena, settingsJson)), error);
}

- (BOOL)deleteUser:(NSString *)userID error:(NSError **)error {
    SB_ARENA(arena);
    return tell(seenby_service_delete_user(_service, SBText(&arena, userID)), error);
}

- (BOOL)deleteMessage:(NSString *)msgID
       conversationID:(NSString *)conversationID
               seenBy:(NSString *)userID
                error:(NSError **)error {
    SB_ARENA(arena);
    return tell(seenby_service_delete_message(_service, SBText(&arena, userID), SBText(&arena, conversationID),
                                              SBText(&arena, msgID)),
                error);
}

- (void)close {
    seenby_service_t *service = _service;
    _service = NULL;
    if (service) seenby_service_free(service);
}
@end
