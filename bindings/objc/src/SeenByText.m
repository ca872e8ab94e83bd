// SPDX-License-Identifier: MIT OR Apache-2.0

#import "SeenByText.h"

NSString *const SeenByErrorDomain = @"org.seenby";

struct SBChunk {
    struct SBChunk *next;
};

void SBArenaFree(SBArena *arena) {
    struct SBChunk *chunk = arena->chunks;
    while (chunk) {
        struct SBChunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
    arena->chunks = NULL;
}

void *SBTake(SBArena *arena, size_t size) {
    // What is behind the link is aligned for everything that is put there: pointers and 64-bit numbers.
    struct SBChunk *chunk = malloc(sizeof(struct SBChunk) + sizeof(uint64_t) + size);
    if (!chunk) abort();
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    return (char *)chunk + sizeof(struct SBChunk) + (sizeof(struct SBChunk) % sizeof(uint64_t));
}

/// UTF-8 of UTF-16; a lone half of a pair becomes the three bytes that UTF-8 forbids.
static size_t encode(const unichar *from, size_t count, char *to) {
    unsigned char *at = (unsigned char *)to;
    for (size_t i = 0; i < count; ++i) {
        uint32_t c = from[i];
        if (c >= 0xd800 && c < 0xdc00 && i + 1 < count && from[i + 1] >= 0xdc00 && from[i + 1] < 0xe000) {
            c = 0x10000 + ((c - 0xd800) << 10) + (from[++i] - 0xdc00u);
        }
        if (c < 0x80) {
            *at++ = (unsigned char)c;
        } else if (c < 0x800) {
            *at++ = (unsigned char)(0xc0 | (c >> 6));
            *at++ = (unsigned char)(0x80 | (c & 0x3f));
        } else if (c < 0x10000) {
            *at++ = (unsigned char)(0xe0 | (c >> 12));
            *at++ = (unsigned char)(0x80 | ((c >> 6) & 0x3f));
            *at++ = (unsigned char)(0x80 | (c & 0x3f));
        } else {
            *at++ = (unsigned char)(0xf0 | (c >> 18));
            *at++ = (unsigned char)(0x80 | ((c >> 12) & 0x3f));
            *at++ = (unsigned char)(0x80 | ((c >> 6) & 0x3f));
            *at++ = (unsigned char)(0x80 | (c & 0x3f));
        }
    }
    return (size_t)(at - (unsigned char *)to);
}

seenby_str_t SBText(SBArena *arena, id text) {
    seenby_str_t none = {NULL, 0};
    if (![text isKindOfClass:[NSString class]]) return none;
    // A copy does not change while it is read.
    NSString *fixed = [text copy];
    const size_t count = fixed.length;
    seenby_str_t made = none;
    if (count) {
        unichar few[128];
        unichar *units = count <= 128 ? few : SBTake(arena, count * sizeof(unichar));
        [fixed getCharacters:units range:NSMakeRange(0, count)];
        char *bytes = SBTake(arena, count * 3);
        made.data = bytes;
        made.len = encode(units, count, bytes);
    }
    SB_RELEASE(fixed);
    return made;
}

const seenby_str_t *SBTexts(SBArena *arena, id list, size_t *count) {
    *count = 0;
    if (![list isKindOfClass:[NSArray class]]) return NULL;
    NSArray *fixed = [list copy];
    const size_t all = fixed.count;
    seenby_str_t *texts = all ? SBTake(arena, all * sizeof(seenby_str_t)) : NULL;
    for (size_t i = 0; i < all; ++i) texts[i] = SBText(arena, [fixed objectAtIndex:i]);
    *count = all;
    SB_RELEASE(fixed);
    return texts;
}

seenby_bytes_t SBBytes(id data) {
    seenby_bytes_t bytes = {NULL, 0};
    if ([data isKindOfClass:[NSData class]]) {
        bytes.data = [data bytes];
        bytes.len = [(NSData *)data length];
    }
    return bytes;
}

NSString *SBNewString(seenby_str_t text) {
    if (!text.len) return @"";
    NSString *made = [[NSString alloc] initWithBytes:text.data length:text.len encoding:NSUTF8StringEncoding];
    return made ? made : @"";
}

NSString *SBNewStringOrNil(seenby_str_t text) { return text.len ? SBNewString(text) : nil; }

NSData *SBNewData(seenby_bytes_t bytes) {
    return bytes.len ? [[NSData alloc] initWithBytes:bytes.data length:bytes.len] : nil;
}

NSString *SBNewTaken(seenby_string_t *text) {
    seenby_str_t view = {text->data, text->len};
    NSString *made = SBNewString(view);
    seenby_string_free(text);
    return made;
}

NSArray<NSString *> *SBNewStrings(const seenby_str_t *list, size_t count) {
    NSMutableArray *made = [[NSMutableArray alloc] initWithCapacity:count];
    for (size_t i = 0; i < count; ++i) {
        NSString *one = SBNewString(list[i]);
        [made addObject:one];
        SB_RELEASE(one);
    }
    return made;
}

NSError *SBError(int32_t code, NSString *sentence) {
    return [NSError errorWithDomain:SeenByErrorDomain
                               code:code
                           userInfo:@{NSLocalizedDescriptionKey : sentence ? sentence : @""}];
}

NSError *SBLastError(int32_t code) {
    const seenby_error_t *last = seenby_last_error();
    if (!last || last->code != code) return SBError(code, @(seenby_error_text(code)));
    NSString *sentence = SB_AUTORELEASE(SBNewString(last->message));
    return SBError(code, sentence);
}
