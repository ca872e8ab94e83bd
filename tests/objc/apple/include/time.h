// A stand-in.
#ifndef STAND_IN_TIME_H
#define STAND_IN_TIME_H
#include <stddef.h>
typedef long time_t;
#ifdef __cplusplus
extern "C" {
#endif
time_t time(time_t *seconds);
#ifdef __cplusplus
}
#endif
#endif
