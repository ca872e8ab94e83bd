// A stand-in.
#ifndef STAND_IN_TIME_H
#define STAND_IN_TIME_H
#include <stddef.h>
typedef long time_t;
#ifdef __cplusplus
extern "C" {
#endif
time_t time(time_t *seconds);
struct timespec {
    time_t tv_sec;
    long tv_nsec;
};
typedef enum { CLOCK_THREAD_CPUTIME_ID = 16 } clockid_t;
int clock_gettime(clockid_t clock, struct timespec *now);
#ifdef __cplusplus
}
#endif
#endif
