// A stand-in.
#ifndef STAND_IN_UNISTD_H
#define STAND_IN_UNISTD_H
#ifdef __cplusplus
extern "C" {
#endif
int usleep(unsigned int us);
unsigned int alarm(unsigned int seconds);
#ifdef __cplusplus
}
#endif
#endif
