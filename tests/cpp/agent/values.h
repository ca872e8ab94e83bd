// What the classes hold, in the words of the scenarios (tests/scenarios/README.md), and back.

#ifndef SEENBY_AGENT_VALUES_H
#define SEENBY_AGENT_VALUES_H

#include <memory>
#include <mutex>
#include <vector>

#include "wire.h"

/// The objects of one scenario that its values stand for. Values carry their numbers. Any thread.
class Natives {
public:
    Json Of(const V2TIMMessage& message);
    Json Of(const V2TIMMessageVector& messages);
    Json Of(const V2TIMMessageReceipt& receipt);
    Json Of(const V2TIMMessageReceiptVector& receipts);
    Json Of(const V2TIMConversation& conversation);
    Json Of(const V2TIMConversationResult& page);
    /// A reference is a message of which nothing else is known.
    Json OfReference(const V2TIMMessage& reference);

    /// The object that a value stands for; nullptr: none, or another kind.
    std::shared_ptr<const V2TIMMessage> Message(const Json& value) const;
    std::shared_ptr<const V2TIMMessageReceipt> Receipt(const Json& value) const;
    /// As Message, but it must be one.
    V2TIMMessage MustBeMessage(const Json& value) const;
    V2TIMMessageVector MustBeMessages(const Json& list) const;

private:
    struct Native {
        std::shared_ptr<const V2TIMMessage> message;
        std::shared_ptr<const V2TIMMessageReceipt> receipt;
    };
    void Keep(Native native, Json& value);
    Native Find(const Json& value) const;

    mutable std::mutex turn_;
    std::vector<Native> kept_;
};

Json JsonOf(const V2TIMGroupMessageReadMemberList& page);
Json JsonOf(const V2TIMGroupInfoVector& groups);
Json JsonOf(const V2TIMGroupMemberFullInfoVector& members);
Json JsonOf(const V2TIMGroupMemberInfoResult& page);
Json JsonOf(const V2TIMGroupMemberOperationResultVector& results);
Json JsonOf(const V2TIMUserFullInfoVector& profiles);
Json JsonOf(const V2TIMSeenByDrawState& state);
Json JsonOf(const V2TIMSeenByGroupChange& change);
Json JsonOf(const V2TIMStringVector& texts);

#endif  // SEENBY_AGENT_VALUES_H
