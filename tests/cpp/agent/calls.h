// The calls of the vocabulary, by what they are about. Each function answers whether the name is one of its own.

#ifndef SEENBY_AGENT_CALLS_H
#define SEENBY_AGENT_CALLS_H

#include "devices.h"

/// One call on one device.
struct Call {
    World& world;
    Device& device;
    const std::string& name;
    const With& with;
    const Reply& reply;
};

bool CallLogin(const Call& call);
bool CallMessages(const Call& call);
bool CallReceipts(const Call& call);
bool CallGroups(const Call& call);
bool CallMembers(const Call& call);
bool CallPeople(const Call& call);
bool CallConversations(const Call& call);

/// Any of these.
void Perform(const Call& call);

/// The requests that are about the world's service, and the one that needs no device.
bool Operate(World& world, const std::string& what, const With& request, const Reply& reply);
void EnqueueReceipts(World& world, const With& request, const Reply& reply);

#endif  // SEENBY_AGENT_CALLS_H
