// One scenario: its devices, its values, and its service inside this process.

#ifndef SEENBY_AGENT_WORLD_H
#define SEENBY_AGENT_WORLD_H

#import "Device.h"

NS_ASSUME_NONNULL_BEGIN

@interface World : NSObject {
    NSNumber *_number;
    Natives *_natives;
    NSMutableDictionary<NSString *, Device *> *_devices;
    SeenByTestService *_service;
}
+ (instancetype)numbered:(NSNumber *)number;
/// Answers a request that is about this world.
- (void)serve:(NSString *)what request:(With *)request reply:(Reply *)reply;
/// Closes every device, then the service.
- (void)close;
@end

/// Performs one call on one device.
void Perform(NSString *name, Device *device, Natives *natives, With *with, Reply *reply);

NS_ASSUME_NONNULL_END

#endif  // SEENBY_AGENT_WORLD_H
