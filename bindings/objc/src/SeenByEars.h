// SPDX-License-Identifier: MIT OR Apache-2.0
//
// From the one listener of seenby.h to the documented ones. Not for apps.

#ifndef SEENBY_OBJC_EARS_H
#define SEENBY_OBJC_EARS_H

#import "SeenByCore.h"
#import "SeenByWeak.h"

NS_ASSUME_NONNULL_BEGIN

void SBBindSDK(seenby_listener_t *listener);
void SBBindSimple(seenby_listener_t *listener);
void SBBindAdvanced(seenby_listener_t *listener);
void SBBindGroup(seenby_listener_t *listener);
void SBBindConversation(seenby_listener_t *listener);
void SBBindSeenBy(seenby_listener_t *listener);

/// Adds a listener to a client. 0: it could not be added.
seenby_listener_id_t SBAttach(seenby_client_t *client, SeenByWeak *listener, SBBind bind);

/// Gives the log of the process to a listener, at a documented level.
void SBListenToLog(SeenByV2TIMLogListener listener, SeenByV2TIMLogLevel level);
/// Gives it to a sink, at a level of seenby.h. nil: stderr.
int32_t SBSetLogSink(int32_t level, SeenByLogSink _Nullable sink);

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_EARS_H
