// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A reference that does not keep its object. Not for apps.

#ifndef SEENBY_OBJC_WEAK_H
#define SEENBY_OBJC_WEAK_H

#import "SeenByMemory.h"

NS_ASSUME_NONNULL_BEGIN

/// Any thread.
@interface SeenByWeak : NSObject {
  @package
#if __has_feature(objc_arc)
    __weak id _object;
#else
    id _object;
#endif
    const void *_address;
}
- (instancetype)initWithObject:(id)object;
/// The object, alive until the pool is emptied at least; nil: it is gone, or is about to go.
- (nullable id)object;
/// Where the object is, or was.
- (const void *)address;
@end

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_WEAK_H
