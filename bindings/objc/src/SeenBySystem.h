// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the system tells: foreground and background, the network's coming and going. Not for apps.

#ifndef SEENBY_OBJC_SYSTEM_H
#define SEENBY_OBJC_SYSTEM_H

#import "SeenByMemory.h"
#include <seenby.h>

/// Apple's systems; tests also run what is only theirs, over stand-ins.
#if defined(__APPLE__) || defined(SEENBY_STAND_INS)
#define SB_APPLE 1
#endif

NS_ASSUME_NONNULL_BEGIN

/// Tells a client, from now until it is stopped. Does nothing outside of Apple's systems.
@interface SeenBySystem : NSObject {
  @package
    seenby_client_t *_Nullable _client;
    id _Nullable _monitor;
}
- (instancetype)initWithClient:(nullable seenby_client_t *)client;
- (void)stop;
@end

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_SYSTEM_H
