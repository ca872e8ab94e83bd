// Blocks outside Apple's systems: those of libBlocksRuntime keep a captured object's address and do not retain the object, as
// Apple's do. A block that is called later, as every callback is, would find it gone. These two functions are what the compiler
// calls when a block is copied or let go; they retain and release objects, and hand on whatever else a block captures.
//
// Compiled into programs for GNUstep only, and linked with libBlocksRuntime before libgnustep-base: the latter has block functions
// too, which leave clang's blocks on the stack.

#if !defined(__APPLE__)

#import <Foundation/Foundation.h>
#include <dlfcn.h>

// The compiler's flags: an object; more bits for a block (7) or a variable that is __block (8); 128: inside of such a variable,
// which does not own what it holds.
enum { IS_OBJECT = 3, KIND = 0xf | 128 };

typedef void (*Assign)(void *to, const void *from, const int flags);
typedef void (*Dispose)(const void *object, const int flags);

static void *theirs(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (found == NULL) {
        fprintf(stderr, "%s is in no library that this program has loaded: link libBlocksRuntime\n", name);
        abort();
    }
    return found;
}

void _Block_object_assign(void *to, const void *from, const int flags) {
    static Assign assign;
    if ((flags & KIND) == IS_OBJECT) {
        *(id *)to = [(id)from retain];
        return;
    }
    if (assign == NULL) assign = (Assign)theirs("_Block_object_assign");
    assign(to, from, flags);
}

void _Block_object_dispose(const void *object, const int flags) {
    static Dispose dispose;
    if ((flags & KIND) == IS_OBJECT) {
        [(id)object release];
        return;
    }
    if (dispose == NULL) dispose = (Dispose)theirs("_Block_object_dispose");
    dispose(object, flags);
}

#endif
