// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The few memory calls, with ARC (Apple) and without (GNUstep) from one source. Not for apps.
//
// SBNew… functions and methods that begin with copy give an object that the caller owns, in both.

#ifndef SEENBY_OBJC_MEMORY_H
#define SEENBY_OBJC_MEMORY_H

#import "../include/SeenBy/SeenBy.h"
#include <Block.h>
#include <objc/runtime.h>

#define SB_OWNED __attribute__((ns_returns_retained))
/// A variable that holds on to its object to its end, and not just to its last use.
#define SB_TO_ITS_END __attribute__((objc_precise_lifetime, unused))

#if __has_feature(objc_arc)

#define SB_RETAIN(object) (object)
#define SB_RELEASE(object) ((void)(object))
#define SB_AUTORELEASE(object) (object)
#define SB_BLOCK_COPY(block) [(block) copy]
#define SB_BLOCK_RELEASE(block) ((void)(block))
#define SB_UNSAFE __unsafe_unretained
/// An object as the user data of a C callback, which owns it, until SB_GIVE_UP.
#define SB_HAND_OVER(object) ((__bridge_retained void *)(object))
#define SB_BORROW(type, data) ((__bridge type)(data))
#define SB_GIVE_UP(data) \
    do { \
        id given_ = (__bridge_transfer id)(data); \
        (void)given_; \
    } while (0)
#define SB_ADDRESS(object) ((__bridge const void *)(object))
#define SB_DEALLOC(type)

#else

#define SB_RETAIN(object) [(object) retain]
#define SB_RELEASE(object) [(object) release]
#define SB_AUTORELEASE(object) [(object) autorelease]
// Blocks are no objects everywhere.
#define SB_BLOCK_COPY(block) ((block) ? Block_copy(block) : NULL)
#define SB_BLOCK_RELEASE(block) \
    do { \
        if (block) Block_release(block); \
    } while (0)
#define SB_UNSAFE
#define SB_HAND_OVER(object) ((void *)[(object) retain])
#define SB_BORROW(type, data) ((type)(data))
#define SB_GIVE_UP(data) [(id)(data) release]
#define SB_ADDRESS(object) ((const void *)(object))
/// Lets go of every object and block that the class itself declares.
#define SB_DEALLOC(type) \
    -(void)dealloc { \
        SBReleaseFields(self, [type class]); \
        [super dealloc]; \
    }

static inline void SBReleaseFields(id object, Class type) {
    unsigned int count = 0;
    Ivar *fields = class_copyIvarList(type, &count);
    for (unsigned int i = 0; i < count; ++i) {
        const char *encoding = ivar_getTypeEncoding(fields[i]);
        if (!encoding || encoding[0] != '@') continue;
        void *value = *(void **)((char *)object + ivar_getOffset(fields[i]));
        if (encoding[1] == '?') {
            SB_BLOCK_RELEASE(value);
        } else {
            [(id)value release];
        }
    }
    free(fields);
}

#endif

/// Sets a block that a class keeps, also where blocks are no objects.
#define SB_SET_BLOCK(field, block) \
    do { \
        __typeof__(field) old_ = (field); \
        (field) = SB_BLOCK_COPY(block); \
        SB_BLOCK_RELEASE(old_); \
    } while (0)

#endif  // SEENBY_OBJC_MEMORY_H
