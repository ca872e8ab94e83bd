// A stand-in.
#ifndef STAND_IN_PTHREAD_H
#define STAND_IN_PTHREAD_H
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
typedef struct stand_in_thread *pthread_t;
typedef struct { long stand_in[8]; } pthread_mutex_t;
typedef struct { long stand_in[6]; } pthread_cond_t;
typedef struct { long stand_in[2]; } pthread_once_t;
#define PTHREAD_MUTEX_INITIALIZER {{0}}
#define PTHREAD_COND_INITIALIZER {{0}}
#define PTHREAD_ONCE_INIT {{0}}
int pthread_mutex_init(pthread_mutex_t *mutex, const void *attributes);
int pthread_mutex_destroy(pthread_mutex_t *mutex);
int pthread_mutex_lock(pthread_mutex_t *mutex);
int pthread_mutex_unlock(pthread_mutex_t *mutex);
int pthread_once(pthread_once_t *once, void (*run)(void));
int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex);
int pthread_cond_broadcast(pthread_cond_t *condition);
int pthread_create(pthread_t *thread, const void *attributes, void *(*run)(void *), void *argument);
int pthread_detach(pthread_t thread);
int pthread_join(pthread_t thread, void **result);
pthread_t pthread_self(void);
int pthread_main_np(void);
#ifdef __cplusplus
}
#endif
#endif
