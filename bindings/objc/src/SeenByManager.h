// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the categories of the manager share. Not for apps.

#ifndef SEENBY_OBJC_MANAGER_H
#define SEENBY_OBJC_MANAGER_H

#import "SeenByCalls.h"
#import "SeenByEars.h"

NS_ASSUME_NONNULL_BEGIN

@interface SeenByV2TIMManager ()
@property (nonatomic, strong, readonly) SeenByCore *core;
@property (atomic, strong, nullable) NSError *refusal;
@end

// The last three parameters of a call that is ended by these blocks.
#define SB_ENDS(end, succ, fail) SBBeginCall(self.core, succ, fail), &end, &SBEndCall

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_MANAGER_H
