// A stand-in.
#ifndef STAND_IN_STDIO_H
#define STAND_IN_STDIO_H
#include <stdarg.h>
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
typedef struct stand_in_file FILE;
extern FILE *__stdinp;
extern FILE *__stdoutp;
extern FILE *__stderrp;
#define stdin __stdinp
#define stdout __stdoutp
#define stderr __stderrp
int printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
int fprintf(FILE *file, const char *format, ...) __attribute__((format(printf, 2, 3)));
int snprintf(char *text, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
int fputs(const char *text, FILE *file);
int fputc(int byte, FILE *file);
int puts(const char *text);
typedef long ssize_t;
ssize_t getline(char **line, size_t *size, FILE *file);
char *fgets(char *line, int size, FILE *file);
size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file);
int fflush(FILE *file);
#ifdef __cplusplus
}
#endif
#endif
