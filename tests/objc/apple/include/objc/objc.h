// A stand-in.
#ifndef STAND_IN_OBJC_H
#define STAND_IN_OBJC_H
#include <stdbool.h>

typedef struct objc_class *Class;
typedef struct objc_selector *SEL;
typedef struct objc_object { Class isa; } *id;
typedef id (*IMP)(id, SEL, ...);
typedef bool BOOL;
#define OBJC_BOOL_IS_BOOL 1
#define YES __objc_yes
#define NO __objc_no
#ifdef __cplusplus
#define nil nullptr
#define Nil nullptr
#else
#define nil ((void *)0)
#define Nil ((void *)0)
#endif
#define OBJC_EXPORT extern

#endif
