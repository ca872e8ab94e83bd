// A stand-in.
#ifndef STAND_IN_UNISTD_H
#define STAND_IN_UNISTD_H
#ifdef __cplusplus
extern "C" {
#endif
int usleep(unsigned int us);
#ifdef __cplusplus
}
#endif
#endif
