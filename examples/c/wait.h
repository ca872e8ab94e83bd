/* A lock, and waiting for what another thread brings: C11's <threads.h> is not everywhere, so this is POSIX or Windows. */
#ifndef EXAMPLE_WAIT_H
#define EXAMPLE_WAIT_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef _WIN32
#include <windows.h>

typedef struct {
    SRWLOCK lock;
    CONDITION_VARIABLE changed;
} monitor_t;

#define MONITOR_INIT {SRWLOCK_INIT, CONDITION_VARIABLE_INIT}

static inline void monitor_enter(monitor_t *m) { AcquireSRWLockExclusive(&m->lock); }
static inline void monitor_leave(monitor_t *m) { ReleaseSRWLockExclusive(&m->lock); }
static inline void monitor_notify(monitor_t *m) { WakeAllConditionVariable(&m->changed); }

/* Waits for a notification, at most 30 s: then it answers false. Call it in a loop that looks at what is waited for. */
static inline bool monitor_wait(monitor_t *m) {
    return SleepConditionVariableSRW(&m->changed, &m->lock, 30000, 0) != 0;
}

#else
#include <pthread.h>
#include <time.h>

typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
} monitor_t;

#define MONITOR_INIT {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER}

static inline void monitor_enter(monitor_t *m) { pthread_mutex_lock(&m->lock); }
static inline void monitor_leave(monitor_t *m) { pthread_mutex_unlock(&m->lock); }
static inline void monitor_notify(monitor_t *m) { pthread_cond_broadcast(&m->changed); }

/* Waits for a notification, at most 30 s: then it answers false. Call it in a loop that looks at what is waited for. */
static inline bool monitor_wait(monitor_t *m) {
    struct timespec until;
    if (timespec_get(&until, TIME_UTC) == 0) return false;
    until.tv_sec += 30;
    return pthread_cond_timedwait(&m->changed, &m->lock, &until) == 0;
}
#endif

#endif /* EXAMPLE_WAIT_H */
