// SPDX-License-Identifier: MIT OR Apache-2.0

#import "SeenByManager.h"
#include <pthread.h>

static SeenByV2TIMManager *shared;
static pthread_once_t sharedOnce = PTHREAD_ONCE_INIT;

@interface SeenByV2TIMManager (Private)
- (instancetype)initShared:(BOOL)isShared;
@end

// Never released: callbacks may come while the program ends.
static void makeShared(void) { shared = [[SeenByV2TIMManager alloc] initShared:YES]; }

@implementation SeenByV2TIMManager

@synthesize refusal = _refusal;

@synthesize core = _core;

+ (instancetype)sharedInstance {
    pthread_once(&sharedOnce, &makeShared);
    return shared;
}

- (instancetype)initShared:(BOOL)isShared {
    if ((self = [super init])) _core = [[SeenByCore alloc] initShared:isShared];
    return self;
}

- (instancetype)init {
    return [self initShared:NO];
}

- (void)dealloc {
    [_core end];
#if !__has_feature(objc_arc)
    SBReleaseFields(self, [SeenByV2TIMManager class]);
    [super dealloc];
#endif
}

- (BOOL)initSDK:(int)sdkAppID config:(SeenByV2TIMSDKConfig *)config {
    self.refusal = [self.core startApp:sdkAppID config:config];
    return self.refusal == nil;
}

- (BOOL)initSDK:(int)sdkAppID
         config:(SeenByV2TIMSDKConfig *)config
       listener:(id<SeenByV2TIMSDKListener>)listener {
    [self addIMSDKListener:listener];
    return [self initSDK:sdkAppID config:config];
}

- (void)unInitSDK {
    [self.core stop];
}

- (NSString *)getVersion {
    return @(seenby_version());
}

- (uint64_t)getServerTime {
    const int64_t ms = [self seenByServerTimeMs];
    return ms > 0 ? (uint64_t)SBSeconds(ms) : 0;
}

- (void)addIMSDKListener:(id<SeenByV2TIMSDKListener>)listener {
    [self.core addListener:listener bind:&SBBindSDK];
}

- (void)removeIMSDKListener:(id<SeenByV2TIMSDKListener>)listener {
    [self.core removeListener:listener bind:&SBBindSDK];
}

- (void)login:(NSString *)userID
      userSig:(NSString *)userSig
         succ:(SeenByV2TIMSucc)succ
         fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_login([self.core client], SBText(&arena, userID), SBText(&arena, userSig), SB_ENDS(SBEndDone, succ, fail));
}

- (void)logout:(SeenByV2TIMSucc)succ fail:(SeenByV2TIMFail)fail {
    seenby_logout([self.core client], SB_ENDS(SBEndDone, succ, fail));
}

- (NSString *)getLoginUser {
    seenby_string_t user = {NULL, 0};
    if (seenby_login_user([self.core client], &user) != SEENBY_OK) return nil;
    NSString *name = SB_AUTORELEASE(SBNewTaken(&user));
    return name.length ? name : nil;
}

- (SeenByV2TIMLoginStatus)getLoginStatus {
    int32_t status = SEENBY_LOGIN_STATUS_LOGOUT;
    seenby_login_status([self.core client], &status);
    return (SeenByV2TIMLoginStatus)status;
}

- (void)addSimpleMsgListener:(id<SeenByV2TIMSimpleMsgListener>)listener {
    [self.core addListener:listener bind:&SBBindSimple];
}

- (void)removeSimpleMsgListener:(id<SeenByV2TIMSimpleMsgListener>)listener {
    [self.core removeListener:listener bind:&SBBindSimple];
}

- (NSString *)sendC2CTextMessage:(NSString *)text
                              to:(NSString *)userID
                            succ:(SeenByV2TIMSucc)succ
                            fail:(SeenByV2TIMFail)fail {
    return [self send:[self createTextMessage:text] user:userID group:nil priority:0 succ:succ fail:fail];
}

- (NSString *)sendC2CCustomMessage:(NSData *)customData
                                to:(NSString *)userID
                              succ:(SeenByV2TIMSucc)succ
                              fail:(SeenByV2TIMFail)fail {
    return [self send:[self createCustomMessage:customData] user:userID group:nil priority:0 succ:succ fail:fail];
}

- (NSString *)sendGroupTextMessage:(NSString *)text
                                to:(NSString *)groupID
                          priority:(SeenByV2TIMMessagePriority)priority
                              succ:(SeenByV2TIMSucc)succ
                              fail:(SeenByV2TIMFail)fail {
    return [self send:[self createTextMessage:text] user:nil group:groupID priority:priority succ:succ fail:fail];
}

- (NSString *)sendGroupCustomMessage:(NSData *)customData
                                  to:(NSString *)groupID
                            priority:(SeenByV2TIMMessagePriority)priority
                                succ:(SeenByV2TIMSucc)succ
                                fail:(SeenByV2TIMFail)fail {
    SeenByV2TIMMessage *message = [self createCustomMessage:customData];
    return [self send:message user:nil group:groupID priority:priority succ:succ fail:fail];
}

- (NSString *)send:(SeenByV2TIMMessage *)message
              user:(NSString *)userID
             group:(NSString *)groupID
          priority:(NSInteger)priority
              succ:(SeenByV2TIMSucc)succ
              fail:(SeenByV2TIMFail)fail {
    return [self sendMessage:message
                    receiver:userID
                     groupID:groupID
                    priority:(SeenByV2TIMMessagePriority)priority
              onlineUserOnly:NO
             offlinePushInfo:nil
                    progress:nil
                        succ:succ
                        fail:fail];
}

- (void)addGroupListener:(id<SeenByV2TIMGroupListener>)listener {
    [self.core addListener:listener bind:&SBBindGroup];
}

- (void)removeGroupListener:(id<SeenByV2TIMGroupListener>)listener {
    [self.core removeListener:listener bind:&SBBindGroup];
}

- (void)createGroup:(NSString *)groupType
            groupID:(NSString *)groupID
          groupName:(NSString *)groupName
               succ:(SeenByV2TIMCreateGroupSucc)succ
               fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_create_group([self.core client], SBText(&arena, groupType), SBText(&arena, groupID),
                        SBText(&arena, groupName), NULL, 0, SB_ENDS(SBEndText, succ, fail));
}

- (void)joinGroup:(NSString *)groupID
              msg:(NSString *)msg
             succ:(SeenByV2TIMSucc)succ
             fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_join_group([self.core client], SBText(&arena, groupID), SB_ENDS(SBEndDone, succ, fail));
}

- (void)quitGroup:(NSString *)groupID succ:(SeenByV2TIMSucc)succ fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_quit_group([self.core client], SBText(&arena, groupID), SB_ENDS(SBEndDone, succ, fail));
}

- (void)dismissGroup:(NSString *)groupID succ:(SeenByV2TIMSucc)succ fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_dismiss_group([self.core client], SBText(&arena, groupID), SB_ENDS(SBEndDone, succ, fail));
}

- (void)getUsersInfo:(NSArray<NSString *> *)userIDList
                succ:(SeenByV2TIMUserFullInfoListSucc)succ
                fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    size_t count;
    const seenby_str_t *users = SBTexts(&arena, userIDList, &count);
    seenby_get_users_info([self.core client], users, count, SB_ENDS(SBEndProfiles, succ, fail));
}

- (void)setSelfInfo:(SeenByV2TIMUserFullInfo *)Info succ:(SeenByV2TIMSucc)succ fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    NSString *nickName = Info.nickName, *faceURL = Info.faceURL;
    const seenby_str_t nick = SBText(&arena, nickName), face = SBText(&arena, faceURL);
    seenby_set_self_info([self.core client], nickName ? &nick : NULL, faceURL ? &face : NULL,
                         SB_ENDS(SBEndDone, succ, fail));
}

- (void)callExperimentalAPI:(NSString *)api
                      param:(NSObject *)param
                       succ:(SeenByV2TIMCallExperimentalAPISucc)succ
                       fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"callExperimentalAPI");
}
@end
