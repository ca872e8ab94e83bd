// A stand-in.
#ifndef STAND_IN_STRING_H
#define STAND_IN_STRING_H
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *memory, int byte, size_t size);
int memcmp(const void *one, const void *other, size_t size);
void *memchr(const void *memory, int byte, size_t size);
size_t strlen(const char *text);
int strcmp(const char *one, const char *other);
int strncmp(const char *one, const char *other, size_t size);
char *strdup(const char *text);
size_t strcspn(const char *text, const char *bytes);
char *strchr(const char *text, int byte);
#ifdef __cplusplus
}
#endif
#endif
