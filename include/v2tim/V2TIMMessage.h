// SPDX-License-Identifier: MIT OR Apache-2.0

#ifndef SEENBY_V2TIM_MESSAGE_H
#define SEENBY_V2TIM_MESSAGE_H

#include "V2TIMCommon.h"
#include "V2TIMGroup.h"
#include "V2TIMOfflinePush.h"

SEENBY_V2TIM_BEGIN

enum V2TIMMessagePriority : int {
    V2TIM_PRIORITY_DEFAULT = SEENBY_PRIORITY_DEFAULT,
    V2TIM_PRIORITY_HIGH = SEENBY_PRIORITY_HIGH,
    V2TIM_PRIORITY_NORMAL = SEENBY_PRIORITY_NORMAL,
    V2TIM_PRIORITY_LOW = SEENBY_PRIORITY_LOW
};

enum V2TIMMessageStatus : int {
    V2TIM_MSG_STATUS_SENDING = SEENBY_MESSAGE_SENDING,
    V2TIM_MSG_STATUS_SEND_SUCC = SEENBY_MESSAGE_SEND_SUCC,
    V2TIM_MSG_STATUS_SEND_FAIL = SEENBY_MESSAGE_SEND_FAIL,
    V2TIM_MSG_STATUS_HAS_DELETED = SEENBY_MESSAGE_HAS_DELETED,
    V2TIM_MSG_STATUS_LOCAL_IMPORTED = 5,
    V2TIM_MSG_STATUS_LOCAL_REVOKED = SEENBY_MESSAGE_LOCAL_REVOKED
};

enum V2TIMElemType : int {
    V2TIM_ELEM_TYPE_NONE = 0,
    V2TIM_ELEM_TYPE_TEXT = 1,
    V2TIM_ELEM_TYPE_CUSTOM = 2,
    V2TIM_ELEM_TYPE_IMAGE = 3,
    V2TIM_ELEM_TYPE_SOUND = 4,
    V2TIM_ELEM_TYPE_VIDEO = 5,
    V2TIM_ELEM_TYPE_FILE = 6,
    V2TIM_ELEM_TYPE_LOCATION = 7,
    V2TIM_ELEM_TYPE_FACE = 8,
    V2TIM_ELEM_TYPE_GROUP_TIPS = 9,
    V2TIM_ELEM_TYPE_MERGER = 10
};
SEENBY_V2TIM_VECTOR(V2TIMElemType)
typedef TXV2TIMElemTypeVector V2TIMElemTypeVector;

enum V2TIMMessageGetType : int {
    V2TIM_GET_CLOUD_OLDER_MSG = 1,
    V2TIM_GET_CLOUD_NEWER_MSG = 2,
    V2TIM_GET_LOCAL_OLDER_MSG = 3,
    V2TIM_GET_LOCAL_NEWER_MSG = 4
};

enum V2TIMGroupMessageReadMembersFilter : int {
    V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ = SEENBY_FILTER_READ,
    V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD = SEENBY_FILTER_UNREAD
};

/// A part of a message. SeenBy carries text and custom ones.
struct V2TIMElem : public V2TIMBaseObject {
    V2TIMElemType elemType;

    V2TIMElem() : elemType(V2TIM_ELEM_TYPE_NONE) {}
    explicit V2TIMElem(V2TIMElemType type) : elemType(type) {}
    /// Ours: a copy of the whole, on the heap.
    virtual V2TIMElem* Clone() const { return new V2TIMElem(*this); }
};
SEENBY_V2TIM_POINT_VECTOR(V2TIMElem)
typedef TXPV2TIMElemVector V2TIMElemVector;

struct V2TIMTextElem : public V2TIMElem {
    V2TIMString text;

    V2TIMTextElem() : V2TIMElem(V2TIM_ELEM_TYPE_TEXT) {}
    V2TIMElem* Clone() const override { return new V2TIMTextElem(*this); }
};

struct V2TIMCustomElem : public V2TIMElem {
    V2TIMBuffer data;
    V2TIMString desc;
    V2TIMString extension;

    V2TIMCustomElem() : V2TIMElem(V2TIM_ELEM_TYPE_CUSTOM) {}
    V2TIMElem* Clone() const override { return new V2TIMCustomElem(*this); }
};

/// A message's receipts, counted (R10), or a conversation mark of the peer (R14).
struct V2TIMMessageReceipt {
    /// Empty: the peer marked the conversation as read.
    V2TIMString msgID;
    /// One to one: the peer. Empty in groups.
    V2TIMString userID;
    /// One to one: whether the peer has read it.
    bool isPeerRead = false;
    /// One to one, in s: when the peer read it, or marked the conversation.
    int64_t timestamp = 0;
    /// Empty one to one.
    V2TIMString groupID;
    /// Groups: how many have read it; 0: nobody.
    int32_t readCount = 0;
    /// Groups: how many have not; 0: everybody has read it.
    int32_t unreadCount = 0;
    /// Ours.
    V2TIMSeenByReceipt seenBy;
};
SEENBY_V2TIM_VECTOR(V2TIMMessageReceipt)
typedef TXV2TIMMessageReceiptVector V2TIMMessageReceiptVector;

/// A message: a value, which may be copied and kept.
struct V2TIMMessage : public V2TIMBaseObject {
    /// Empty until SendMessage. A message that failed keeps it: sending it again cannot store it twice (R16).
    V2TIMString msgID;
    /// In s: when the service accepted it; the device's estimate before.
    int64_t timestamp = 0;
    V2TIMString sender;
    V2TIMString nickName;
    V2TIMString friendRemark;
    V2TIMString nameCard;
    V2TIMString faceURL;
    /// Groups: the group.
    V2TIMString groupID;
    /// One to one: the peer, in both directions.
    V2TIMString userID;
    /// Its number in the conversation, dense and growing; 0 until the service gave it.
    uint64_t seq = 0;
    /// Not used.
    uint64_t random = 0;
    V2TIMMessageStatus status = V2TIM_MSG_STATUS_SENDING;
    /// Not used.
    bool supportMessageExtension = false;
    bool isSelf = false;
    /// Whether receipts are wanted (R1): set it before SendMessage. False again in OnSuccess if it was downgraded (R8).
    bool needReadReceipt = false;
    /// Not used.
    bool isBroadcastMessage = false;
    V2TIMMessagePriority priority = V2TIM_PRIORITY_NORMAL;
    /// Outside SeenBy: SendMessage answers 7013 if it is not empty.
    V2TIMStringVector groupAtUserList;
    /// What the message made itself it also owns; what an app adds stays the app's, and must live as long as it is here.
    /// Copies of a message have copies of all.
    V2TIMElemVector elemList;
    /// Stays in this object, and in the one that its OnSuccess gets; SeenBy does not keep it.
    V2TIMBuffer localCustomData;
    /// As localCustomData.
    int localCustomInt = 0;
    V2TIMBuffer cloudCustomData;
    bool isExcludedFromUnreadCount = false;
    bool isExcludedFromLastMessage = false;
    /// Not used: SeenBy sends no push notifications.
    V2TIMOfflinePushInfo offlinePushInfo;
    /// What IsRead says.
    bool isRead = false;
    /// What IsPeerRead says.
    bool isPeerRead = false;
    /// Ours.
    V2TIMSeenByMessage seenBy;

    V2TIMMessage() {}
    V2TIMMessage(const V2TIMMessage& other);
    V2TIMMessage(V2TIMMessage&& other) noexcept = default;
    V2TIMMessage& operator=(const V2TIMMessage& other) {
        V2TIMMessage copy(other);
        *this = std::move(copy);
        return *this;
    }
    V2TIMMessage& operator=(V2TIMMessage&& other) noexcept = default;
    ~V2TIMMessage() override {}

    /// Whether this user's mark covers it (R14).
    bool IsRead() const { return isRead; }
    /// One to one: whether the peer's mark covers it (R14). Not from receipts.
    bool IsPeerRead() const { return isPeerRead; }

    /// Ours: as the documented samples write it.
    void setNeedReadReceipt(bool need) { needReadReceipt = need; }
    /// Ours: adds a part that the message owns.
    template <class Elem>
    Elem* AddElem(std::unique_ptr<Elem> elem) {
        Elem* added = elem.get();
        owned_.push_back(std::unique_ptr<V2TIMElem>(std::move(elem)));
        elemList.PushBack(added);
        return added;
    }
    /// Ours: takes copies of all parts of another message, and drops those that are here.
    void CopyElems(const V2TIMMessage& other) {
        std::vector<std::unique_ptr<V2TIMElem>> owned;
        V2TIMElemVector list;
        for (V2TIMElem* elem : other.elemList) {
            if (!elem) continue;
            owned.push_back(std::unique_ptr<V2TIMElem>(elem->Clone()));
            list.PushBack(owned.back().get());
        }
        elemList = std::move(list);
        owned_ = std::move(owned);
    }

private:
    std::vector<std::unique_ptr<V2TIMElem>> owned_;
};

inline V2TIMMessage::V2TIMMessage(const V2TIMMessage& other)
    : V2TIMBaseObject(other),
      msgID(other.msgID),
      timestamp(other.timestamp),
      sender(other.sender),
      nickName(other.nickName),
      friendRemark(other.friendRemark),
      nameCard(other.nameCard),
      faceURL(other.faceURL),
      groupID(other.groupID),
      userID(other.userID),
      seq(other.seq),
      random(other.random),
      status(other.status),
      supportMessageExtension(other.supportMessageExtension),
      isSelf(other.isSelf),
      needReadReceipt(other.needReadReceipt),
      isBroadcastMessage(other.isBroadcastMessage),
      priority(other.priority),
      groupAtUserList(other.groupAtUserList),
      localCustomData(other.localCustomData),
      localCustomInt(other.localCustomInt),
      cloudCustomData(other.cloudCustomData),
      isExcludedFromUnreadCount(other.isExcludedFromUnreadCount),
      isExcludedFromLastMessage(other.isExcludedFromLastMessage),
      offlinePushInfo(other.offlinePushInfo),
      isRead(other.isRead),
      isPeerRead(other.isPeerRead),
      seenBy(other.seenBy) {
    CopyElems(other);
}

SEENBY_V2TIM_VECTOR(V2TIMMessage)
typedef TXV2TIMMessageVector V2TIMMessageVector;

/// A page of those who have read a group message, or have not (R11).
struct V2TIMGroupMessageReadMemberList {
    /// What the next call passes; 0 when finished.
    uint64_t nextSeq = 0;
    bool isFinished = false;
    V2TIMGroupMemberInfoVector members;
};

/// Which messages of a conversation (R18).
struct V2TIMMessageListGetOption {
    /// From the cloud or from the device is the same to SeenBy.
    V2TIMMessageGetType getType = V2TIM_GET_CLOUD_OLDER_MSG;
    /// Exactly one of this and groupID.
    V2TIMString userID;
    V2TIMString groupID;
    /// 1 to 100.
    uint32_t count = 0;
    /// Outside SeenBy: 7013 if it is not empty.
    V2TIMElemTypeVector messageTypeList;
    /// Begin beside this message, without it; wins over lastMsgSeq. Read within the call. nullptr: none.
    V2TIMMessage* lastMsg = nullptr;
    /// Begin at this seq, with it; 0: from the end.
    uint64_t lastMsgSeq = 0;
    /// In s; 0: now.
    int64_t getTimeBegin = 0;
    /// In s; 0: unbounded. The interval is closed.
    int64_t getTimePeriod = 0;
};

// Types of documented calls that are outside SeenBy, so that code which mentions them compiles.
struct V2TIMMessageExtension {
    V2TIMString extensionKey;
    V2TIMString extensionValue;
};
SEENBY_V2TIM_VECTOR(V2TIMMessageExtension)
typedef TXV2TIMMessageExtensionVector V2TIMMessageExtensionVector;

struct V2TIMMessageExtensionResult {
    int32_t resultCode = 0;
    V2TIMString resultInfo;
    V2TIMMessageExtension extension;
};
SEENBY_V2TIM_VECTOR(V2TIMMessageExtensionResult)
typedef TXV2TIMMessageExtensionResultVector V2TIMMessageExtensionResultVector;

struct V2TIMReceiveMessageOptInfo {
    V2TIMString userID;
    V2TIMReceiveMessageOpt receiveOpt = V2TIM_RECEIVE_MESSAGE;
};
SEENBY_V2TIM_VECTOR(V2TIMReceiveMessageOptInfo)
typedef TXV2TIMReceiveMessageOptInfoVector V2TIMReceiveMessageOptInfoVector;

struct V2TIMMessageSearchParam {
    V2TIMStringVector keywordList;
    V2TIMStringVector senderUserIDList;
    V2TIMElemTypeVector messageTypeList;
    V2TIMString conversationID;
    uint32_t searchTimePosition = 0;
    uint32_t searchTimePeriod = 0;
    uint32_t pageIndex = 0;
    uint32_t pageSize = 0;
};

struct V2TIMMessageSearchResultItem {
    V2TIMString conversationID;
    uint32_t messageCount = 0;
    V2TIMMessageVector messageList;
};
SEENBY_V2TIM_VECTOR(V2TIMMessageSearchResultItem)
typedef TXV2TIMMessageSearchResultItemVector V2TIMMessageSearchResultItemVector;

struct V2TIMMessageSearchResult {
    uint32_t totalCount = 0;
    V2TIMMessageSearchResultItemVector messageSearchResultItems;
};

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::TXPV2TIMElemVector;
using seenby_v2tim::TXV2TIMElemTypeVector;
using seenby_v2tim::TXV2TIMMessageExtensionResultVector;
using seenby_v2tim::TXV2TIMMessageExtensionVector;
using seenby_v2tim::TXV2TIMMessageReceiptVector;
using seenby_v2tim::TXV2TIMMessageSearchResultItemVector;
using seenby_v2tim::TXV2TIMMessageVector;
using seenby_v2tim::TXV2TIMReceiveMessageOptInfoVector;
using seenby_v2tim::V2TIMCustomElem;
using seenby_v2tim::V2TIMElem;
using seenby_v2tim::V2TIMElemType;
using seenby_v2tim::V2TIMElemTypeVector;
using seenby_v2tim::V2TIMElemVector;
using seenby_v2tim::V2TIMGroupMessageReadMemberList;
using seenby_v2tim::V2TIMGroupMessageReadMembersFilter;
using seenby_v2tim::V2TIMMessage;
using seenby_v2tim::V2TIMMessageExtension;
using seenby_v2tim::V2TIMMessageExtensionResult;
using seenby_v2tim::V2TIMMessageExtensionResultVector;
using seenby_v2tim::V2TIMMessageExtensionVector;
using seenby_v2tim::V2TIMMessageGetType;
using seenby_v2tim::V2TIMMessageListGetOption;
using seenby_v2tim::V2TIMMessagePriority;
using seenby_v2tim::V2TIMMessageReceipt;
using seenby_v2tim::V2TIMMessageReceiptVector;
using seenby_v2tim::V2TIMMessageSearchParam;
using seenby_v2tim::V2TIMMessageSearchResult;
using seenby_v2tim::V2TIMMessageSearchResultItem;
using seenby_v2tim::V2TIMMessageSearchResultItemVector;
using seenby_v2tim::V2TIMMessageStatus;
using seenby_v2tim::V2TIMMessageVector;
using seenby_v2tim::V2TIMReceiveMessageOptInfo;
using seenby_v2tim::V2TIMReceiveMessageOptInfoVector;
using seenby_v2tim::V2TIMTextElem;
using seenby_v2tim::V2TIM_ELEM_TYPE_CUSTOM;
using seenby_v2tim::V2TIM_ELEM_TYPE_FACE;
using seenby_v2tim::V2TIM_ELEM_TYPE_FILE;
using seenby_v2tim::V2TIM_ELEM_TYPE_GROUP_TIPS;
using seenby_v2tim::V2TIM_ELEM_TYPE_IMAGE;
using seenby_v2tim::V2TIM_ELEM_TYPE_LOCATION;
using seenby_v2tim::V2TIM_ELEM_TYPE_MERGER;
using seenby_v2tim::V2TIM_ELEM_TYPE_NONE;
using seenby_v2tim::V2TIM_ELEM_TYPE_SOUND;
using seenby_v2tim::V2TIM_ELEM_TYPE_TEXT;
using seenby_v2tim::V2TIM_ELEM_TYPE_VIDEO;
using seenby_v2tim::V2TIM_GET_CLOUD_NEWER_MSG;
using seenby_v2tim::V2TIM_GET_CLOUD_OLDER_MSG;
using seenby_v2tim::V2TIM_GET_LOCAL_NEWER_MSG;
using seenby_v2tim::V2TIM_GET_LOCAL_OLDER_MSG;
using seenby_v2tim::V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ;
using seenby_v2tim::V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD;
using seenby_v2tim::V2TIM_MSG_STATUS_HAS_DELETED;
using seenby_v2tim::V2TIM_MSG_STATUS_LOCAL_IMPORTED;
using seenby_v2tim::V2TIM_MSG_STATUS_LOCAL_REVOKED;
using seenby_v2tim::V2TIM_MSG_STATUS_SENDING;
using seenby_v2tim::V2TIM_MSG_STATUS_SEND_FAIL;
using seenby_v2tim::V2TIM_MSG_STATUS_SEND_SUCC;
using seenby_v2tim::V2TIM_PRIORITY_DEFAULT;
using seenby_v2tim::V2TIM_PRIORITY_HIGH;
using seenby_v2tim::V2TIM_PRIORITY_LOW;
using seenby_v2tim::V2TIM_PRIORITY_NORMAL;
#endif

#endif  // SEENBY_V2TIM_MESSAGE_H
