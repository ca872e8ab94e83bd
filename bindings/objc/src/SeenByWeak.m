// SPDX-License-Identifier: MIT OR Apache-2.0
//
// With ARC the runtime has such references. The GNU runtime has none, so there an object that is referred to gets a class of
// its own, between it and its class, whose release forgets the references before the last one lets go. One lock for all of
// them makes taking the object and its last release exclude each other; dealloc runs outside of it, so that it may do
// anything.

#import "SeenByWeak.h"
#import <Foundation/Foundation.h>

#if __has_feature(objc_arc)

@implementation SeenByWeak

- (instancetype)initWithObject:(id)object {
    if ((self = [super init])) {
        _object = object;
        _address = SB_ADDRESS(object);
    }
    return self;
}

- (id)object {
    return _object;
}

- (const void *)address {
    return _address;
}

@end

#else

#include <pthread.h>
#include <string.h>

static const char kPrefix[] = "SeenByWatched_";
static pthread_mutex_t lock;
/// Address of an object: a table of the references to it. Neither is kept.
static NSMapTable *references;

static void prepare(void) {
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    // A release that is not the last may run code of a class that overrides it, which may release another one.
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&lock, &attributes);
    pthread_mutexattr_destroy(&attributes);
    references = NSCreateMapTable(NSNonOwnedPointerMapKeyCallBacks, NSObjectMapValueCallBacks, 16);
}

static Class watched(id object) {
    Class type = object_getClass(object);
    while (type && strncmp(class_getName(type), kPrefix, sizeof kPrefix - 1) != 0) type = class_getSuperclass(type);
    return type;
}

static IMP inherited(id object, SEL selector) {
    return class_getMethodImplementation(class_getSuperclass(watched(object)), selector);
}

@interface SeenByWeak ()
- (void)forget;
@end

/// Called under the lock.
static void forget(id object) {
    NSHashTable *all = NSMapGet(references, object);
    if (!all) return;
    NSHashEnumerator each = NSEnumerateHashTable(all);
    SeenByWeak *weak;
    while ((weak = NSNextHashEnumeratorItem(&each))) [weak forget];
    NSEndHashTableEnumeration(&each);
    NSMapRemove(references, object);
}

static void watchedRelease(id self, SEL command) {
    const IMP release = inherited(self, command);
    pthread_mutex_lock(&lock);
    if ([self retainCount] > 1) {
        ((void (*)(id, SEL))release)(self, command);
        pthread_mutex_unlock(&lock);
        return;
    }
    // The last one. Nobody else has it, and nobody can get it any more.
    forget(self);
    pthread_mutex_unlock(&lock);
    ((void (*)(id, SEL))release)(self, command);
}

static Class watchedClass(id self, SEL command) { return class_getSuperclass(watched(self)); }

/// Called under the lock.
static void watch(id object) {
    if (watched(object)) return;
    Class type = object_getClass(object);
    char name[512];
    snprintf(name, sizeof name, "%s%s", kPrefix, class_getName(type));
    Class made = objc_getClass(name);
    if (!made) {
        made = objc_allocateClassPair(type, name, 0);
        class_addMethod(made, @selector(release), (IMP)watchedRelease, "v@:");
        class_addMethod(made, @selector(class), (IMP)watchedClass, "#@:");
        objc_registerClassPair(made);
    }
    object_setClass(object, made);
}

@implementation SeenByWeak

+ (void)initialize {
    if (self == [SeenByWeak class]) prepare();
}

- (instancetype)initWithObject:(id)object {
    if ((self = [super init])) {
        _object = object;
        _address = object;
        pthread_mutex_lock(&lock);
        watch(object);
        NSHashTable *all = NSMapGet(references, object);
        if (!all) {
            all = NSCreateHashTable(NSNonOwnedPointerHashCallBacks, 4);
            NSMapInsert(references, object, all);
            [all release];
        }
        NSHashInsert(all, self);
        pthread_mutex_unlock(&lock);
    }
    return self;
}

- (void)dealloc {
    pthread_mutex_lock(&lock);
    if (_object) {
        NSHashTable *all = NSMapGet(references, _object);
        NSHashRemove(all, self);
        if (!NSCountHashTable(all)) NSMapRemove(references, _object);
    }
    pthread_mutex_unlock(&lock);
    [super dealloc];
}

- (void)forget {
    _object = nil;
}

- (id)object {
    pthread_mutex_lock(&lock);
    id object = [_object retain];
    pthread_mutex_unlock(&lock);
    return [object autorelease];
}

- (const void *)address {
    return _address;
}

@end

#endif
