// SPDX-License-Identifier: MIT OR Apache-2.0

#import "SeenBySystem.h"
#import "SeenByCore.h"
#import "SeenByText.h"

#if defined(__APPLE__)

#include <TargetConditionals.h>
#import <Network/Network.h>

#if TARGET_OS_IPHONE
// By name, so that UIKit is not linked: an extension may not have it, and there they never come. A Mac's app goes on in the
// background.
static NSString *const kEntered = @"UIApplicationWillEnterForegroundNotification";
static NSString *const kLeft = @"UIApplicationDidEnterBackgroundNotification";
#endif

@implementation SeenBySystem {
    NSMutableArray *_observers;
    nw_path_monitor_t _monitor;
}

- (instancetype)initWithClient:(seenby_client_t *)client {
    if ((self = [super init])) {
        // The handle is told from a good one when the client has gone.
        _observers = [NSMutableArray array];
#if TARGET_OS_IPHONE
        [self observe:kEntered client:client foreground:1];
        [self observe:kLeft client:client foreground:0];
#endif
        _monitor = nw_path_monitor_create();
        nw_path_monitor_set_queue(_monitor, dispatch_get_global_queue(QOS_CLASS_UTILITY, 0));
        nw_path_monitor_set_update_handler(_monitor, ^(nw_path_t path) {
            // One that can be had by connecting is tried.
            seenby_network_available(client, nw_path_get_status(path) == nw_path_status_unsatisfied ? 0 : 1);
        });
        nw_path_monitor_start(_monitor);
    }
    return self;
}

#if TARGET_OS_IPHONE
- (void)observe:(NSString *)name client:(seenby_client_t *)client foreground:(int32_t)foreground {
    [_observers addObject:[[NSNotificationCenter defaultCenter] addObserverForName:name
                                                                            object:nil
                                                                             queue:nil
                                                                        usingBlock:^(NSNotification *note) {
                                                                            seenby_foreground(client, foreground);
                                                                        }]];
}
#endif

- (void)stop {
    for (id observer in _observers) [[NSNotificationCenter defaultCenter] removeObserver:observer];
    [_observers removeAllObjects];
    if (_monitor) nw_path_monitor_cancel(_monitor);
    _monitor = nil;
}

- (void)dealloc {
    [self stop];
}

@end

NSString *SBDataFolder(SeenByConfig *config, NSError **wrong) {
    if (config.dataFolder.length) return config.dataFolder;
    NSFileManager *files = [NSFileManager defaultManager];
    NSURL *folder = nil;
    if (config.appGroup.length) {
        folder = [files containerURLForSecurityApplicationGroupIdentifier:config.appGroup];
    } else {
        folder = [files URLForDirectory:NSApplicationSupportDirectory
                               inDomain:NSUserDomainMask
                      appropriateForURL:nil
                                 create:YES
                                  error:NULL];
#if !TARGET_OS_IPHONE
        // Without a sandbox all apps of the user share it.
        NSString *app = [NSBundle mainBundle].bundleIdentifier;
        if (app.length) folder = [folder URLByAppendingPathComponent:app isDirectory:YES];
#endif
    }
    if (!folder && config.appGroup.length) {
        *wrong = SBError(SEENBY_ERR_INVALID_PARAMETERS,
                         [NSString stringWithFormat:@"appGroup %@ is no group of this app; name one of its entitlement "
                                                    @"com.apple.security.application-groups",
                                                    config.appGroup]);
    }
    if (!folder) return nil;
    folder = [folder URLByAppendingPathComponent:@"SeenBy" isDirectory:YES];
    [files createDirectoryAtURL:folder withIntermediateDirectories:YES attributes:nil error:NULL];
    // What the service has need not be in a backup, and a device's state must not appear on another one.
    [folder setResourceValue:@YES forKey:NSURLIsExcludedFromBackupKey error:NULL];
    return folder.path;
}

#else

@implementation SeenBySystem

- (instancetype)initWithClient:(seenby_client_t *)client {
    return [super init];
}

- (void)stop {
}

@end

NSString *SBDataFolder(SeenByConfig *config, NSError **wrong) { return config.dataFolder; }

#endif
