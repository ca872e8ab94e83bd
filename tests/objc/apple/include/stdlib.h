// A stand-in.
#ifndef STAND_IN_STDLIB_H
#define STAND_IN_STDLIB_H
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *memory, size_t size);
void free(void *memory);
void abort(void) __attribute__((noreturn));
void exit(int status) __attribute__((noreturn));
void qsort(void *first, size_t count, size_t size, int (*compare)(const void *, const void *));
char *getenv(const char *name);
long strtol(const char *text, char **end, int base);
unsigned long strtoul(const char *text, char **end, int base);
#ifdef __cplusplus
}
#endif
#endif
