/* Locks and threads where the tests run: those of Windows, or POSIX's. (C11's own are not everywhere.) */
#ifndef PLATFORM_H
#define PLATFORM_H

#include <stdbool.h>
#include <stdlib.h>

#ifdef _WIN32

#include <windows.h>

typedef SRWLOCK lock_t;
typedef CONDITION_VARIABLE condition_t;
#define LOCK_INIT SRWLOCK_INIT
#define CONDITION_INIT CONDITION_VARIABLE_INIT

static inline void lock_take(lock_t *lock) { AcquireSRWLockExclusive(lock); }
static inline void lock_release(lock_t *lock) { ReleaseSRWLockExclusive(lock); }
static inline void condition_wake(condition_t *condition) { WakeAllConditionVariable(condition); }
/* false: the time is up. */
static inline bool condition_wait(condition_t *condition, lock_t *lock, unsigned ms) {
    return SleepConditionVariableSRW(condition, lock, ms, 0) != 0;
}

typedef struct platform_thread_t {
    HANDLE handle;
    void (*run)(void *context);
    void *context;
} platform_thread_t;

static DWORD WINAPI platform_thread_main(LPVOID argument) {
    platform_thread_t *thread = argument;
    thread->run(thread->context);
    return 0;
}

static inline bool platform_thread_start(platform_thread_t *thread, void (*run)(void *), void *context) {
    thread->run = run;
    thread->context = context;
    thread->handle = CreateThread(NULL, 0, platform_thread_main, thread, 0, NULL);
    return thread->handle != NULL;
}

static inline void platform_thread_join(platform_thread_t *thread) {
    WaitForSingleObject(thread->handle, INFINITE);
    CloseHandle(thread->handle);
}

#else

#include <pthread.h>
#include <time.h>

typedef pthread_mutex_t lock_t;
typedef pthread_cond_t condition_t;
#define LOCK_INIT PTHREAD_MUTEX_INITIALIZER
#define CONDITION_INIT PTHREAD_COND_INITIALIZER

static inline void lock_take(lock_t *lock) { pthread_mutex_lock(lock); }
static inline void lock_release(lock_t *lock) { pthread_mutex_unlock(lock); }
static inline void condition_wake(condition_t *condition) { pthread_cond_broadcast(condition); }
/* false: the time is up. */
static inline bool condition_wait(condition_t *condition, lock_t *lock, unsigned ms) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ms / 1000;
    return pthread_cond_timedwait(condition, lock, &until) == 0;
}

typedef struct platform_thread_t {
    pthread_t handle;
    void (*run)(void *context);
    void *context;
} platform_thread_t;

static inline void *platform_thread_main(void *argument) {
    platform_thread_t *thread = argument;
    thread->run(thread->context);
    return NULL;
}

static inline bool platform_thread_start(platform_thread_t *thread, void (*run)(void *), void *context) {
    thread->run = run;
    thread->context = context;
    return pthread_create(&thread->handle, NULL, platform_thread_main, thread) == 0;
}

static inline void platform_thread_join(platform_thread_t *thread) { pthread_join(thread->handle, NULL); }

#endif

#endif
