/*
 * What Rust's LLVM calls under ThreadSanitizer, and the runtime of clang before 15 lacks: its functions of the C library, which it
 * watches, do the same. Weak, for newer runtimes have their own.
 */
#include <string.h>

__attribute__((weak)) void *__tsan_memcpy(void *to, const void *from, size_t n) { return memcpy(to, from, n); }
__attribute__((weak)) void *__tsan_memmove(void *to, const void *from, size_t n) { return memmove(to, from, n); }
__attribute__((weak)) void *__tsan_memset(void *to, int byte, size_t n) { return memset(to, byte, n); }
