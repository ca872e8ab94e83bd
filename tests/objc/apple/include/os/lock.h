// A stand-in.
#ifndef STAND_IN_OS_LOCK_H
#define STAND_IN_OS_LOCK_H
#include <Availability.h>
#include <stdint.h>
typedef struct { uint32_t stand_in; } os_unfair_lock, *os_unfair_lock_t;
#define OS_UNFAIR_LOCK_INIT ((os_unfair_lock){0})
#ifdef __cplusplus
extern "C" {
#endif
void os_unfair_lock_lock(os_unfair_lock_t _Nonnull lock) STAND_IN_SINCE(10.12, 10.0);
void os_unfair_lock_unlock(os_unfair_lock_t _Nonnull lock) STAND_IN_SINCE(10.12, 10.0);
#ifdef __cplusplus
}
#endif
#endif
