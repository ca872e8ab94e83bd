// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the system tells: foreground and background, the network's coming and going. Not for apps.

#ifndef SEENBY_OBJC_SYSTEM_H
#define SEENBY_OBJC_SYSTEM_H

#import "SeenByMemory.h"
#include <seenby.h>

NS_ASSUME_NONNULL_BEGIN

/// Tells a client, from now until it is stopped. Does nothing outside of Apple's systems.
@interface SeenBySystem : NSObject
- (instancetype)initWithClient:(nullable seenby_client_t *)client;
- (void)stop;
@end

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_SYSTEM_H
