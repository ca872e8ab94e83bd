// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Texts, data and numbers between Foundation and seenby.h. Not for apps.

#ifndef SEENBY_OBJC_TEXT_H
#define SEENBY_OBJC_TEXT_H

#import "SeenByMemory.h"
#include <seenby.h>

NS_ASSUME_NONNULL_BEGIN

/// What a call borrows: freed when the call has returned.
typedef struct SBArena {
    struct SBChunk *_Nullable chunks;
} SBArena;

void SBArenaFree(SBArena *arena);
/// Never NULL: without memory the process ends, as Foundation's own allocations do.
void *SBTake(SBArena *arena, size_t size);
/// An arena that lives as long as the block of code.
#define SB_ARENA(name) SBArena name __attribute__((cleanup(SBArenaFree))) = {NULL}

/// A text as UTF-8; nil, and what is no text, are not set. Half of a surrogate pair is written as it is: that is no UTF-8, and
/// the library refuses it with 6017.
seenby_str_t SBText(SBArena *arena, id _Nullable text);
/// The texts of a list, and how many; what is no list is an empty one.
const seenby_str_t *_Nullable SBTexts(SBArena *arena, id _Nullable list, size_t *count);
/// Bytes, which live as long as the data.
seenby_bytes_t SBBytes(id _Nullable data);

/// A text of the library's.
SB_OWNED NSString *SBNewString(seenby_str_t text);
/// nil: it is empty.
SB_OWNED NSString *_Nullable SBNewStringOrNil(seenby_str_t text);
/// nil: there are none.
SB_OWNED NSData *_Nullable SBNewData(seenby_bytes_t bytes);
/// Takes a text that the library gave for good.
SB_OWNED NSString *SBNewTaken(seenby_string_t *text);
SB_OWNED NSArray<NSString *> *SBNewStrings(const seenby_str_t *_Nullable list, size_t count);

/// An error of ours.
NSError *SBError(int32_t code, NSString *_Nullable sentence);
/// Why the last function of seenby.h on this thread was refused.
NSError *SBLastError(int32_t code);

/// The documents say seconds where SeenBy has milliseconds; towards the past, also before 1970.
static inline int64_t SBSeconds(int64_t ms) { return ms >= 0 ? ms / 1000 : -((999 - ms) / 1000); }
/// A number that stays out of range if it was.
static inline int32_t SBInt32(NSInteger number) {
    return number < INT32_MIN || number > INT32_MAX ? INT32_MIN : (int32_t)number;
}
static inline uint32_t SBUInt32(NSUInteger number) { return number > UINT32_MAX ? UINT32_MAX : (uint32_t)number; }
static inline int64_t SBInt64(NSUInteger number) {
    return (uint64_t)number > (uint64_t)INT64_MAX ? INT64_MAX : (int64_t)number;
}
/// Of a count that is no count, one that is refused.
static inline uint32_t SBCount(int number) { return number < 0 ? UINT32_MAX : (uint32_t)number; }

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_TEXT_H
