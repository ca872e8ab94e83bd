// Performs scenarios through the documented Objective-C classes, as tests/scenarios/PROTOCOL.md says. One thread reads; calls are
// made on the main thread, and blocks and listeners come there: as in an app.

#import "World.h"

#include <stdio.h>
#include <stdlib.h>

@interface Agent : NSObject {
    NSMutableDictionary<NSNumber *, World *> *_worlds;
}
@end

@implementation Agent

- (instancetype)init {
    if ((self = [super init])) _worlds = [[NSMutableDictionary alloc] init];
    return self;
}

#if !__has_feature(objc_arc)
- (void)dealloc {
    [_worlds release];
    [super dealloc];
}
#endif

- (void)serve:(With *)request reply:(Reply *)reply {
    NSNumber *number = @((long long)[request number:@"world"]);
    NSString *what = [request text:@"do"];
    World *world = [_worlds objectForKey:number];
    if ([what isEqualToString:@"forget"]) {
        @autoreleasepool {
            [world close];
            [_worlds removeObjectForKey:number];
        }
        return [reply answer:nil];
    }
    if (world == nil) {
        world = [World numbered:number];
        [_worlds setObject:(World *)world forKey:number];
    }
    [world serve:what request:request reply:reply];
}

/// Main thread.
- (void)line:(NSData *)line {
    @autoreleasepool {
        id request = [NSJSONSerialization JSONObjectWithData:line options:0 error:NULL];
        if (![request isKindOfClass:[NSDictionary class]]) {
            fprintf(stderr, "a line is no JSON object: %.*s\n", (int)[line length], (const char *)[line bytes]);
            exit(1);
        }
        Reply *reply = [Reply to:(NSNumber *)[request objectForKey:@"id"]];
        @try {
            [self serve:[With fields:request] reply:reply];
        } @catch (NSException *why) {
            [reply broken:[NSString stringWithFormat:@"%@: %@", why.name, why.reason]];
        }
    }
}

/// The input has ended. Main thread.
- (void)end {
    exit(0);
}

/// On a thread of its own.
- (void)read {
    char *line = NULL;
    size_t size = 0;
    for (;;) {
        @autoreleasepool {
            ssize_t length = getline(&line, &size, stdin);
            if (length < 0) break;
            NSData *bytes = [NSData dataWithBytes:line length:(NSUInteger)length];
            if (length > 1) [self performSelectorOnMainThread:@selector(line:) withObject:bytes waitUntilDone:NO];
        }
    }
    free(line);
    [self performSelectorOnMainThread:@selector(end) withObject:nil waitUntilDone:NO];
}

@end

int main(void) {
    @autoreleasepool {
        Agent *agent = AUTORELEASED([[Agent alloc] init]);
        [NSThread detachNewThreadSelector:@selector(read) toTarget:agent withObject:nil];
        for (;;) {
            @autoreleasepool {
                [[NSRunLoop currentRunLoop] runMode:NSDefaultRunLoopMode beforeDate:[NSDate distantFuture]];
            }
        }
    }
}
