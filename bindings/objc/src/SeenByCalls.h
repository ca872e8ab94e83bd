// SPDX-License-Identifier: MIT OR Apache-2.0
//
// How a call ends: from the callbacks of seenby.h to blocks. Not for apps.

#ifndef SEENBY_OBJC_CALLS_H
#define SEENBY_OBJC_CALLS_H

#import "SeenByCore.h"
#import "SeenByValues.h"

NS_ASSUME_NONNULL_BEGIN

/// Code of the app, from which no exception may get into the library: there are frames of another language below.
#define SB_GUARDED(client, ...) \
    @try { \
        __VA_ARGS__ \
    } @catch (id thrown_) { \
        SBThrown(client, thrown_); \
    }
void SBThrown(seenby_client_t *_Nullable client, id thrown);

/// A call that is out, and the blocks that end it, copied once and released with this.
@interface SeenByPending : NSObject {
  @public
    SeenByCore *core;
    seenby_client_t *_Nullable client;
    id _Nullable succ;
    id _Nullable fail;
    /// Of sendMessage.
    SeenByV2TIMMessage *_Nullable message;
    uint64_t attempt;
}
@end

/// The user data of a call: SBEndCall frees it.
void *SBBeginCall(SeenByCore *core, id _Nullable succ, id _Nullable fail);
void SBEndCall(void *data);

// These take `data` as it is.
void SBEndDone(void *data, const seenby_error_t *_Nullable error);
void SBEndSend(void *data, const seenby_error_t *_Nullable error, const seenby_message_t *_Nullable message);
void SBEndMessages(void *data, const seenby_error_t *_Nullable error,
                   const seenby_message_t *const _Nonnull *_Nullable list, size_t count, bool is_finished);
void SBEndReceipts(void *data, const seenby_error_t *_Nullable error,
                   const seenby_receipt_t *const _Nonnull *_Nullable list, size_t count);
void SBEndReadMembers(void *data, const seenby_error_t *_Nullable error,
                      const seenby_read_member_t *const _Nonnull *_Nullable list, size_t count, uint64_t next_seq,
                      bool is_finished);
void SBEndText(void *data, const seenby_error_t *_Nullable error, seenby_str_t text);
void SBEndCount(void *data, const seenby_error_t *_Nullable error, uint64_t count);
void SBEndGroups(void *data, const seenby_error_t *_Nullable error, const seenby_group_t *const _Nonnull *_Nullable list,
                 size_t count);
/// With the place of the next page.
void SBEndMemberPage(void *data, const seenby_error_t *_Nullable error,
                     const seenby_group_member_t *const _Nonnull *_Nullable list, size_t count, uint64_t next_seq);
void SBEndMembers(void *data, const seenby_error_t *_Nullable error,
                  const seenby_group_member_t *const _Nonnull *_Nullable list, size_t count, uint64_t next_seq);
void SBEndResults(void *data, const seenby_error_t *_Nullable error,
                  const seenby_member_result_t *const _Nonnull *_Nullable list, size_t count);
void SBEndConversations(void *data, const seenby_error_t *_Nullable error,
                        const seenby_conversation_t *const _Nonnull *_Nullable list, size_t count, uint64_t next_seq,
                        bool is_finished);
void SBEndConversation(void *data, const seenby_error_t *_Nullable error,
                       const seenby_conversation_t *_Nullable conversation);
void SBEndProfiles(void *data, const seenby_error_t *_Nullable error,
                   const seenby_profile_t *const _Nonnull *_Nullable list, size_t count);

/// Refuses a call, in its turn: its block comes as for any other.
void SBRefuse(SeenByCore *core, SeenByV2TIMFail _Nullable fail, int32_t code, NSString *sentence);
/// A documented call outside SeenBy: 7013.
void SBUnsupported(SeenByCore *core, SeenByV2TIMFail _Nullable fail, NSString *call);

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_CALLS_H
