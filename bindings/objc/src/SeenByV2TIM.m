// SPDX-License-Identifier: MIT OR Apache-2.0

#import "SeenByManager.h"

static BOOL tell(int32_t code, NSError **error) {
    if (code == SEENBY_OK) return YES;
    if (error) *error = SBLastError(code);
    return NO;
}

@implementation SeenByV2TIMManager (SeenBy)

+ (SeenByV2TIMManager *)seenByCreateManager {
    return SB_AUTORELEASE([[SeenByV2TIMManager alloc] init]);
}

- (NSError *)seenByLastInitError {
    return self.refusal;
}

- (struct seenby_client_t *)seenByClient {
    return [self.core client];
}

- (void)addSeenByListener:(id<SeenByListener>)listener {
    [self.core addListener:listener bind:&SBBindSeenBy];
}

- (void)removeSeenByListener:(id<SeenByListener>)listener {
    [self.core removeListener:listener bind:&SBBindSeenBy];
}

+ (SeenByV2TIMMessage *)seenByMessageReference:(NSString *)conversationID
                                         msgID:(NSString *)msgID
                                        sender:(NSString *)sender
                                         error:(NSError **)error {
    SB_ARENA(arena);
    SeenByV2TIMMessage *message = [SeenByV2TIMMessage referenceWithID:msgID
                                                       conversationID:conversationID
                                                               sender:sender];
    return tell(seenby_message_ref_check(SBRef(&arena, message)), error) ? message : nil;
}

+ (BOOL)seenByEnqueueReceipts:(NSArray<SeenByV2TIMMessage *> *)messages
                       userID:(NSString *)userID
                     sdkAppID:(int)sdkAppID
                       config:(SeenByV2TIMSDKConfig *)config
                        error:(NSError **)error {
    SB_ARENA(arena);
    NSError *wrong = nil;
    NSString *folder = SBDataFolder(config.seenBy, &wrong);
    if (wrong) {
        if (error) *error = wrong;
        return NO;
    }
    seenby_spool_target_t target = SEENBY_SPOOL_TARGET_INIT;
    target.app = (uint32_t)sdkAppID;
    target.server = SBText(&arena, config.seenBy.server);
    target.data_dir = SBText(&arena, folder);
    target.user_id = SBText(&arena, userID);
    size_t count;
    const seenby_message_ref_t *refs = SBRefs(&arena, messages, &count);
    return tell(seenby_enqueue_receipts(&target, refs, count), error);
}

+ (SeenByDrawState *)seenByDrawState:(SeenByV2TIMMessage *)message receipt:(SeenByV2TIMMessageReceipt *)receipt {
    if (!receipt) receipt = message.seenBy.receipt;
    seenby_draw_query_t query = SEENBY_DRAW_QUERY_INIT;
    query.status = message ? SBInt32(message.status) : SEENBY_MESSAGE_HAS_DELETED;
    query.is_self = message.isSelf ? 1 : 0;
    query.need_read_receipt = message.needReadReceipt ? 1 : 0;
    if (receipt) {
        query.has_receipt = 1;
        query.is_group = receipt.groupID.length ? 1 : 0;
        query.is_peer_read = receipt.isPeerRead ? 1 : 0;
        query.read_count = (uint32_t)receipt.readCount;
        query.unread_count = (uint32_t)receipt.unreadCount;
    }
    seenby_draw_state_t state = {SEENBY_DRAW_UNAVAILABLE, 0, 0};
    seenby_draw_state(&query, &state);
    return SB_AUTORELEASE(SBNewDrawState(&state));
}

+ (BOOL)seenBySetLogLevel:(int32_t)level sink:(SeenByLogSink)sink {
    return SBSetLogSink(level, sink) == SEENBY_OK;
}

- (void)seenByCachedReceipts:(NSArray<NSString *> *)msgIDs
                        succ:(SeenByV2TIMMessageReadReceiptsSucc)succ
                        fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    size_t count;
    const seenby_str_t *ids = SBTexts(&arena, msgIDs, &count);
    seenby_cached_receipts([self.core client], ids, count, SB_ENDS(SBEndReceipts, succ, fail));
}

- (void)seenBySetReadReceiptsEnabled:(BOOL)enabled succ:(SeenByV2TIMSucc)succ fail:(SeenByV2TIMFail)fail {
    seenby_set_read_receipts_enabled([self.core client], enabled ? 1 : 0, SB_ENDS(SBEndDone, succ, fail));
}

- (void)seenByGetGroupMemberList:(NSString *)groupID
                         nextSeq:(uint64_t)nextSeq
                           count:(uint32_t)count
                            succ:(SeenByV2TIMGroupMemberInfoResultSucc)succ
                            fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_get_group_member_list([self.core client], SBText(&arena, groupID), nextSeq, count,
                                 SB_ENDS(SBEndMemberPage, succ, fail));
}

- (int64_t)seenByServerTimeMs {
    int64_t now = 0;
    return seenby_server_time_ms([self.core client], &now) == SEENBY_OK ? now : 0;
}

- (NSString *)seenByDebugState {
    seenby_string_t json = {NULL, 0};
    if (seenby_debug_state([self.core client], &json) != SEENBY_OK) return @"";
    return SB_AUTORELEASE(SBNewTaken(&json));
}

- (BOOL)seenByNetworkAvailable:(BOOL)available {
    return seenby_network_available([self.core client], available ? 1 : 0) == SEENBY_OK;
}

- (BOOL)seenByForeground:(BOOL)foreground {
    return seenby_foreground([self.core client], foreground ? 1 : 0) == SEENBY_OK;
}

@end
