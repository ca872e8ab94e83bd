// SPDX-License-Identifier: MIT OR Apache-2.0

#ifndef SEENBY_V2TIM_CONVERSATION_H
#define SEENBY_V2TIM_CONVERSATION_H

#include "V2TIMMessage.h"

SEENBY_V2TIM_BEGIN

enum V2TIMConversationType : int { V2TIM_C2C = 1, V2TIM_GROUP = 2 };

enum V2TIMGroupAtType : int { V2TIM_AT_ME = 1, V2TIM_AT_ALL = 2, V2TIM_AT_ALL_AT_ME = 3 };

struct V2TIMGroupAtInfo {
    uint64_t seq = 0;
    V2TIMGroupAtType atType = V2TIM_AT_ME;
};
SEENBY_V2TIM_VECTOR(V2TIMGroupAtInfo)
typedef TXV2TIMGroupAtInfoVector V2TIMGroupAtInfoVector;

/// A conversation (R26): a value, which may be copied and kept.
struct V2TIMConversation {
    V2TIMConversationType type = V2TIM_C2C;
    /// c2c_<peer> or group_<id>.
    V2TIMString conversationID;
    /// One to one: the peer.
    V2TIMString userID;
    /// Groups: the group.
    V2TIMString groupID;
    /// Groups: Work, Public, Meeting, Community or AVChatRoom.
    V2TIMString groupType;
    /// Groups: the name, or the id where there is none. One to one: the peer's id.
    V2TIMString showName;
    /// Not used.
    V2TIMString faceUrl;
    /// Messages of others after this user's mark that count.
    int unreadCount = 0;
    V2TIMReceiveMessageOpt recvOpt = V2TIM_RECEIVE_MESSAGE;
    /// The last message that counts, or nullptr. It belongs to this object.
    V2TIMMessage* lastMessage = nullptr;
    V2TIMGroupAtInfoVector groupAtInfolist;
    V2TIMString draftText;
    uint64_t draftTimestamp = 0;
    bool isPinned = false;
    /// The time of the last message, in ms: the higher, the further up.
    uint64_t orderKey = 0;
    UInt64Vector markList;
    V2TIMBuffer customData;
    V2TIMStringVector conversationGroupList;
    /// Ours.
    V2TIMSeenByConversation seenBy;

    V2TIMConversation() {}
    V2TIMConversation(const V2TIMConversation& other)
        : type(other.type),
          conversationID(other.conversationID),
          userID(other.userID),
          groupID(other.groupID),
          groupType(other.groupType),
          showName(other.showName),
          faceUrl(other.faceUrl),
          unreadCount(other.unreadCount),
          recvOpt(other.recvOpt),
          groupAtInfolist(other.groupAtInfolist),
          draftText(other.draftText),
          draftTimestamp(other.draftTimestamp),
          isPinned(other.isPinned),
          orderKey(other.orderKey),
          markList(other.markList),
          customData(other.customData),
          conversationGroupList(other.conversationGroupList),
          seenBy(other.seenBy) {
        if (other.lastMessage) SetLastMessage(*other.lastMessage);
    }
    V2TIMConversation(V2TIMConversation&& other) noexcept = default;
    V2TIMConversation& operator=(const V2TIMConversation& other) {
        V2TIMConversation copy(other);
        *this = std::move(copy);
        return *this;
    }
    V2TIMConversation& operator=(V2TIMConversation&& other) noexcept = default;
    ~V2TIMConversation() {}

    /// Ours: takes a copy as lastMessage.
    void SetLastMessage(const V2TIMMessage& message) {
        owned_.reset(new V2TIMMessage(message));
        lastMessage = owned_.get();
    }

private:
    std::unique_ptr<V2TIMMessage> owned_;
};
SEENBY_V2TIM_VECTOR(V2TIMConversation)
typedef TXV2TIMConversationVector V2TIMConversationVector;
typedef TXV2TIMConversationVector V2TIMVConversationVector;

struct V2TIMConversationResult {
    /// What the next call passes.
    uint64_t nextSeq = 0;
    bool isFinished = false;
    V2TIMConversationVector conversationList;
};

// Types of documented calls that are outside SeenBy, so that code which mentions them compiles.
struct V2TIMConversationListFilter {
    V2TIMConversationType type = V2TIM_C2C;
    V2TIMString conversationGroup;
    uint64_t markType = 0;
    bool hasUnreadCount = false;
    bool hasGroupAtInfo = false;
};

struct V2TIMConversationOperationResult {
    V2TIMString conversationID;
    int32_t resultCode = 0;
    V2TIMString resultInfo;
};
SEENBY_V2TIM_VECTOR(V2TIMConversationOperationResult)
typedef TXV2TIMConversationOperationResultVector V2TIMConversationOperationResultVector;

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::TXV2TIMConversationOperationResultVector;
using seenby_v2tim::TXV2TIMConversationVector;
using seenby_v2tim::TXV2TIMGroupAtInfoVector;
using seenby_v2tim::V2TIMConversation;
using seenby_v2tim::V2TIMConversationListFilter;
using seenby_v2tim::V2TIMConversationOperationResult;
using seenby_v2tim::V2TIMConversationOperationResultVector;
using seenby_v2tim::V2TIMConversationResult;
using seenby_v2tim::V2TIMConversationType;
using seenby_v2tim::V2TIMConversationVector;
using seenby_v2tim::V2TIMGroupAtInfo;
using seenby_v2tim::V2TIMGroupAtInfoVector;
using seenby_v2tim::V2TIMGroupAtType;
using seenby_v2tim::V2TIMVConversationVector;
using seenby_v2tim::V2TIM_AT_ALL;
using seenby_v2tim::V2TIM_AT_ALL_AT_ME;
using seenby_v2tim::V2TIM_AT_ME;
using seenby_v2tim::V2TIM_C2C;
using seenby_v2tim::V2TIM_GROUP;
#endif

#endif  // SEENBY_V2TIM_CONVERSATION_H
