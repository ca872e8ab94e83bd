// A stand-in: queues. Under ARC they are objects.
#ifndef STAND_IN_DISPATCH_H
#define STAND_IN_DISPATCH_H
#include <Availability.h>
#include <stddef.h>
#include <stdint.h>
#if defined(__OBJC__)
#import <Foundation/NSObject.h>

@protocol OS_dispatch_object <NSObject>
@end
@protocol OS_dispatch_queue <OS_dispatch_object>
@end
@protocol OS_dispatch_semaphore <OS_dispatch_object>
@end
@protocol OS_dispatch_group <OS_dispatch_object>
@end
typedef NSObject<OS_dispatch_queue> *dispatch_queue_t;
typedef NSObject<OS_dispatch_semaphore> *dispatch_semaphore_t;
typedef NSObject<OS_dispatch_group> *dispatch_group_t;
typedef NSObject<OS_dispatch_object> *dispatch_queue_attr_t;
#define DISPATCH_QUEUE_SERIAL ((dispatch_queue_attr_t _Nullable)0)
#endif

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin
typedef void (^dispatch_block_t)(void);
typedef void (*dispatch_function_t)(void *_Nullable);
typedef long dispatch_once_t;
typedef unsigned int qos_class_t;
enum { QOS_CLASS_BACKGROUND = 0x09, QOS_CLASS_UTILITY = 0x11, QOS_CLASS_DEFAULT = 0x15, QOS_CLASS_USER_INITIATED = 0x19 };
typedef uint64_t dispatch_time_t;
#define DISPATCH_TIME_NOW 0ull
#define DISPATCH_TIME_FOREVER (~0ull)
#define NSEC_PER_SEC 1000000000ull
#define NSEC_PER_MSEC 1000000ull
void dispatch_once(dispatch_once_t *token, __attribute__((noescape)) dispatch_block_t block);
#if defined(__OBJC__)
dispatch_queue_t dispatch_get_main_queue(void);
dispatch_queue_t dispatch_get_global_queue(intptr_t identifier, uintptr_t flags);
dispatch_queue_t dispatch_queue_create(const char *_Nullable label, dispatch_queue_attr_t _Nullable attributes)
    __attribute__((ns_returns_retained));
void dispatch_async(dispatch_queue_t queue, dispatch_block_t block);
void dispatch_async_f(dispatch_queue_t queue, void *_Nullable context, dispatch_function_t work);
void dispatch_sync(dispatch_queue_t queue, __attribute__((noescape)) dispatch_block_t block);
void dispatch_after(dispatch_time_t when, dispatch_queue_t queue, dispatch_block_t block);
dispatch_time_t dispatch_time(dispatch_time_t when, int64_t delta);
dispatch_semaphore_t dispatch_semaphore_create(intptr_t value) __attribute__((ns_returns_retained));
intptr_t dispatch_semaphore_wait(dispatch_semaphore_t semaphore, dispatch_time_t timeout);
intptr_t dispatch_semaphore_signal(dispatch_semaphore_t semaphore);
#endif
#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
#endif
