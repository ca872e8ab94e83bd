// SPDX-License-Identifier: MIT OR Apache-2.0

#import "SeenByManager.h"

@implementation SeenByV2TIMManager (Conversation)

- (void)addConversationListener:(id<SeenByV2TIMConversationListener>)listener {
    [self.core addListener:listener bind:&SBBindConversation];
}

- (void)removeConversationListener:(id<SeenByV2TIMConversationListener>)listener {
    [self.core removeListener:listener bind:&SBBindConversation];
}

- (void)getConversationList:(uint64_t)nextSeq
                      count:(int)count
                       succ:(SeenByV2TIMConversationResultSucc)succ
                       fail:(SeenByV2TIMFail)fail {
    seenby_get_conversation_list([self.core client], nextSeq, SBCount(count), SB_ENDS(SBEndConversations, succ, fail));
}

- (void)getConversation:(NSString *)conversationID
                   succ:(SeenByV2TIMConversationSucc)succ
                   fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_get_conversation([self.core client], SBText(&arena, conversationID), SB_ENDS(SBEndConversation, succ, fail));
}

- (void)getTotalUnreadMessageCount:(SeenByV2TIMTotalUnreadMessageCountSucc)succ fail:(SeenByV2TIMFail)fail {
    seenby_get_total_unread_message_count([self.core client], SB_ENDS(SBEndCount, succ, fail));
}

- (void)cleanConversationUnreadMessageCount:(NSString *)conversationID
                             cleanTimestamp:(uint64_t)cleanTimestamp
                              cleanSequence:(uint64_t)cleanSequence
                                       succ:(SeenByV2TIMSucc)succ
                                       fail:(SeenByV2TIMFail)fail {
    SB_ARENA(arena);
    seenby_clean_conversation_unread_message_count([self.core client], SBText(&arena, conversationID), cleanTimestamp,
                                                   cleanSequence, SB_ENDS(SBEndDone, succ, fail));
}

- (void)getConversationList:(NSArray<NSString *> *)conversationIDList
                       succ:(SeenByV2TIMConversationListSucc)succ
                       fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"getConversationList by ids");
}

- (void)deleteConversation:(NSString *)conversationID succ:(SeenByV2TIMSucc)succ fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"deleteConversation");
}

- (void)deleteConversationList:(NSArray<NSString *> *)conversationIDList
                  clearMessage:(BOOL)clearMessage
                          succ:(SeenByV2TIMConversationOperationResultListSucc)succ
                          fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"deleteConversationList");
}

- (void)setConversationDraft:(NSString *)conversationID
                   draftText:(NSString *)draftText
                        succ:(SeenByV2TIMSucc)succ
                        fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"setConversationDraft");
}

- (void)pinConversation:(NSString *)conversationID
               isPinned:(BOOL)isPinned
                   succ:(SeenByV2TIMSucc)succ
                   fail:(SeenByV2TIMFail)fail {
    SBUnsupported(self.core, fail, @"pinConversation");
}

@end
