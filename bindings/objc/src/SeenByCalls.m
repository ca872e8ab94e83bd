// SPDX-License-Identifier: MIT OR Apache-2.0

#import "SeenByCalls.h"

void SBThrown(seenby_client_t *client, id thrown) {
    SB_ARENA(arena);
    NSString *what = [thrown isKindOfClass:[NSException class]]
        ? [NSString stringWithFormat:@"%@: %@", [thrown name], [thrown reason]]
        : [thrown description];
    seenby_report_exception(client, SBText(&arena, what));
}

@implementation SeenByPending
#if !__has_feature(objc_arc)
- (void)dealloc {
    SB_BLOCK_RELEASE(succ);
    SB_BLOCK_RELEASE(fail);
    [core release];
    [message release];
    [super dealloc];
}
#endif
@end

void *SBBeginCall(SeenByCore *core, id succ, id fail) {
    SeenByPending *pending = [[SeenByPending alloc] init];
    pending->core = SB_RETAIN(core);
    pending->client = [core client];
    pending->succ = SB_BLOCK_COPY(succ);
    pending->fail = SB_BLOCK_COPY(fail);
    void *data = SB_HAND_OVER(pending);
    SB_RELEASE(pending);
    return data;
}

void SBEndCall(void *data) {
    @autoreleasepool {
        SB_GIVE_UP(data);
    }
}

static void tellError(SeenByPending *pending, int code, NSString *sentence) {
    SB_GUARDED(pending->client, ((SeenByV2TIMFail)pending->fail)(code, sentence);)
}

static void failed(SeenByPending *pending, const seenby_error_t *error) {
    if (!pending->fail) return;
    // A further manager before its first initSDK has no client, which the library calls closed.
    const BOOL early = !pending->client && error->code == SEENBY_ERR_CLOSED;
    const int code = early ? SEENBY_ERR_NOT_INITIALIZED : error->code;
    NSString *sentence = early ? @"this manager is not initialized; call initSDK before anything else"
                               : SB_AUTORELEASE(SBNewString(error->message));
    SeenByRoute *route = [pending->core route];
    // The client of the process may have been begun by another language's layer, whose jobs are not ours.
    const BOOL others = [pending->core isShared] && code != SEENBY_ERR_NOT_INITIALIZED;
    if ([SeenByJob isRunning] || [route isDirect] || others) {
        tellError(pending, code, sentence);
    } else {
        // The fallback thread of the library: the client is not there, or is closed.
        SeenByJob *late = [[SeenByJob alloc] initWithBlock:^{
            tellError(pending, code, sentence);
        }];
        [route bring:late];
        SB_RELEASE(late);
    }
}

// Ends a call: with an error, or by `good`, where `pending` and its block `succ` of the type `block` are at hand.
#define SB_END(data, error, block, ...) \
    @autoreleasepool { \
        SeenByPending *pending = SB_BORROW(SeenByPending *, data); \
        if (error) { \
            failed(pending, error); \
        } else if (pending->succ) { \
            block succ = (block)pending->succ; \
            SB_GUARDED(pending->client, __VA_ARGS__) \
        } \
    }

void SBEndDone(void *data, const seenby_error_t *error) { SB_END(data, error, SeenByV2TIMSucc, succ();) }

void SBEndSend(void *data, const seenby_error_t *error, const seenby_message_t *message) {
    @autoreleasepool {
        SeenByPending *sent = SB_BORROW(SeenByPending *, data);
        [sent->message sending:sent->attempt ended:error ? NULL : message];
        SBEndDone(data, error);
    }
}

void SBEndMessages(void *data, const seenby_error_t *error, const seenby_message_t *const *list, size_t count,
                   bool is_finished) {
    SB_END(data, error, SeenByV2TIMMessageListSucc, succ(SB_AUTORELEASE(SBNewMessages(list, count)));)
}

void SBEndReceipts(void *data, const seenby_error_t *error, const seenby_receipt_t *const *list, size_t count) {
    SB_END(data, error, SeenByV2TIMMessageReadReceiptsSucc, succ(SB_AUTORELEASE(SBNewReceipts(list, count)));)
}

void SBEndReadMembers(void *data, const seenby_error_t *error, const seenby_read_member_t *const *list, size_t count,
                      uint64_t next_seq, bool is_finished) {
    SB_END(data, error, SeenByV2TIMGroupMessageReadMemberListSucc,
           succ(SB_AUTORELEASE(SBNewReaders(list, count)), next_seq, is_finished ? YES : NO);)
}

void SBEndText(void *data, const seenby_error_t *error, seenby_str_t text) {
    SB_END(data, error, SeenByV2TIMCreateGroupSucc, succ(SB_AUTORELEASE(SBNewString(text)));)
}

void SBEndCount(void *data, const seenby_error_t *error, uint64_t count) {
    SB_END(data, error, SeenByV2TIMTotalUnreadMessageCountSucc, succ(count);)
}

void SBEndGroups(void *data, const seenby_error_t *error, const seenby_group_t *const *list, size_t count) {
    SB_END(data, error, SeenByV2TIMGroupInfoListSucc, succ(SB_AUTORELEASE(SBNewGroups(list, count)));)
}

void SBEndMemberPage(void *data, const seenby_error_t *error, const seenby_group_member_t *const *list, size_t count,
                     uint64_t next_seq) {
    SB_END(data, error, SeenByV2TIMGroupMemberInfoResultSucc,
           succ(next_seq, SB_AUTORELEASE(SBNewMembers(list, count)));)
}

void SBEndMembers(void *data, const seenby_error_t *error, const seenby_group_member_t *const *list, size_t count,
                  uint64_t next_seq) {
    SB_END(data, error, SeenByV2TIMGroupMemberInfoListSucc, succ(SB_AUTORELEASE(SBNewMembers(list, count)));)
}

void SBEndResults(void *data, const seenby_error_t *error, const seenby_member_result_t *const *list, size_t count) {
    SB_END(data, error, SeenByV2TIMGroupMemberOperationResultListSucc,
           succ(SB_AUTORELEASE(SBNewResults(list, count)));)
}

void SBEndConversations(void *data, const seenby_error_t *error, const seenby_conversation_t *const *list, size_t count,
                        uint64_t next_seq, bool is_finished) {
    SB_END(data, error, SeenByV2TIMConversationResultSucc,
           succ(SB_AUTORELEASE(SBNewConversations(list, count)), next_seq, is_finished ? YES : NO);)
}

void SBEndConversation(void *data, const seenby_error_t *error, const seenby_conversation_t *conversation) {
    SB_END(data, error, SeenByV2TIMConversationSucc, succ(SB_AUTORELEASE(SBNewConversation(conversation)));)
}

void SBEndProfiles(void *data, const seenby_error_t *error, const seenby_profile_t *const *list, size_t count) {
    SB_END(data, error, SeenByV2TIMUserFullInfoListSucc, succ(SB_AUTORELEASE(SBNewProfiles(list, count)));)
}

void SBRefuse(SeenByCore *core, SeenByV2TIMFail fail, int32_t code, NSString *sentence) {
    SB_ARENA(arena);
    seenby_refuse([core client], code, SBText(&arena, sentence), SBBeginCall(core, nil, fail), &SBEndDone, &SBEndCall);
}

void SBUnsupported(SeenByCore *core, SeenByV2TIMFail fail, NSString *call) {
    SBRefuse(core, fail, SEENBY_ERR_NOT_SUPPORTED,
             [call stringByAppendingString:@" is outside of SeenBy; docs/apple.md lists the calls that work"]);
}
