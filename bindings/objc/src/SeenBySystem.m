// SPDX-License-Identifier: MIT OR Apache-2.0

#import "SeenBySystem.h"

#ifdef SB_APPLE

#include <TargetConditionals.h>
#import <Network/Network.h>

// By name, so that neither UIKit nor AppKit is linked: an extension may not have them, and there these never come.
#if TARGET_OS_IPHONE
static NSString *const kCame = @"UIApplicationWillEnterForegroundNotification";
static NSString *const kActive = @"UIApplicationDidBecomeActiveNotification";
static NSString *const kLeft = @"UIApplicationDidEnterBackgroundNotification";
#else
// A Mac's app that is not in front may still be seen; hidden, it is not.
static NSString *const kCame = @"NSApplicationDidUnhideNotification";
static NSString *const kActive = @"NSApplicationDidBecomeActiveNotification";
static NSString *const kLeft = @"NSApplicationDidHideNotification";
#endif

@implementation SeenBySystem

- (instancetype)initWithClient:(seenby_client_t *)client {
    if (!(self = [super init])) return nil;
    // The handle is told from a good one when the client has gone.
    _client = client;
    // The center does not keep who observes by a method, and tells nobody that is gone.
    NSNotificationCenter *center = [NSNotificationCenter defaultCenter];
    [center addObserver:self selector:@selector(came:) name:kCame object:nil];
    [center addObserver:self selector:@selector(came:) name:kActive object:nil];
    [center addObserver:self selector:@selector(left:) name:kLeft object:nil];
    nw_path_monitor_t monitor = nw_path_monitor_create();
    // A serial one: what was told last is what holds.
    dispatch_queue_t queue = dispatch_queue_create("org.seenby.network", NULL);
    nw_path_monitor_set_queue(monitor, queue);
    SB_RELEASE(queue);
    nw_path_monitor_set_update_handler(monitor, ^(nw_path_t path) {
        // Also when one network takes another's place: the line over the old one is dead. One that can be had by connecting is
        // tried.
        seenby_network_available(client, nw_path_get_status(path) == nw_path_status_unsatisfied ? 0 : 1);
    });
    nw_path_monitor_start(monitor);
    _monitor = monitor;
    return self;
}

- (void)came:(NSNotification *)note {
    seenby_foreground(_client, 1);
}

- (void)left:(NSNotification *)note {
    seenby_foreground(_client, 0);
}

- (void)stop {
    [[NSNotificationCenter defaultCenter] removeObserver:self];
    if (!_monitor) return;
    nw_path_monitor_cancel(_monitor);
    SB_RELEASE(_monitor);
    _monitor = nil;
}

- (void)dealloc {
    [self stop];
#if !__has_feature(objc_arc)
    [super dealloc];
#endif
}

@end

#else

@implementation SeenBySystem

- (instancetype)initWithClient:(seenby_client_t *)client {
    return [super init];
}

- (void)stop {
}

@end

#endif
