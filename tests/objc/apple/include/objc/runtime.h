// A stand-in.
#ifndef STAND_IN_OBJC_RUNTIME_H
#define STAND_IN_OBJC_RUNTIME_H
#include <objc/objc.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
@class Protocol;
typedef uintptr_t objc_AssociationPolicy;
enum {
    OBJC_ASSOCIATION_ASSIGN = 0,
    OBJC_ASSOCIATION_RETAIN_NONATOMIC = 1,
    OBJC_ASSOCIATION_COPY_NONATOMIC = 3,
    OBJC_ASSOCIATION_RETAIN = 01401,
    OBJC_ASSOCIATION_COPY = 01403
};
void objc_setAssociatedObject(id _Nonnull object, const void *_Nonnull key, id _Nullable value, objc_AssociationPolicy policy);
id _Nullable objc_getAssociatedObject(id _Nonnull object, const void *_Nonnull key);
Class _Nullable object_getClass(id _Nullable object);
Class _Nullable objc_getClass(const char *_Nonnull name);
const char *_Nonnull class_getName(Class _Nullable cls);
const char *_Nonnull sel_getName(SEL _Nonnull selector);
BOOL sel_isEqual(SEL _Nonnull one, SEL _Nonnull other);
#ifdef __cplusplus
}
#endif
#endif
