#import "World.h"

@implementation World

+ (instancetype)numbered:(NSNumber *)number {
    World *world = AUTORELEASED([[World alloc] init]);
    world->_number = RETAINED(number);
    world->_natives = [[Natives alloc] init];
    world->_devices = [[NSMutableDictionary alloc] init];
    return world;
}

#if !__has_feature(objc_arc)
- (void)dealloc {
    [_number release];
    [_natives release];
    [_devices release];
    [_service release];
    [super dealloc];
}
#endif

- (Device *)open:(With *)request {
    NSString *name = [request text:@"device"];
    Device *device = [_devices objectForKey:name];
    if (device == nil) Broken(@"%@ is closed", name);
    return (Device *_Nonnull)device;
}

- (void)closeDevice:(NSString *)name {
    // What it still holds goes before the request is answered: its data folder is free then.
    @autoreleasepool {
        [[_devices objectForKey:name] close];
        [_devices removeObjectForKey:name];
    }
}

- (void)close {
    for (NSString *name in [_devices allKeys]) [self closeDevice:name];
    [_service close];
    LET_GO(_service);
}

- (void)serve:(NSString *)what request:(With *)request reply:(Reply *)reply {
    if ([what isEqualToString:@"init"]) return [self begin:request reply:reply];
    if ([what isEqualToString:@"close"]) {
        [self open:request];
        [self closeDevice:[request text:@"device"]];
        return [reply answer:nil];
    }
    if ([what isEqualToString:@"network"]) {
        V2TIMManager *manager = [[self open:request] manager];
        if (![manager seenByNetworkAvailable:[request flag:@"available"]]) Broken(@"the device is not initialized");
        return [reply answer:nil];
    }
    if ([what isEqualToString:@"call"]) {
        Perform([request text:@"name"], [self open:request], _natives, [request withAt:@"with"], reply);
        return;
    }
    if ([what isEqualToString:@"enqueueReceipts"]) return [self enqueue:request reply:reply];
    if ([what hasPrefix:@"service."]) return [self operate:what request:request reply:reply];
    Broken(@"\"%@\" is nothing that an agent does", what);
}

- (void)begin:(With *)request reply:(Reply *)reply {
    NSString *name = [request text:@"device"];
    if ([_devices objectForKey:name] != nil) Broken(@"%@ is not closed", name);
    NSError *error = nil;
    @autoreleasepool {
        Device *device = [Device named:name world:_number natives:_natives];
        if ([[device manager] initSDK:(int)[request number32:@"app"] config:ConfigOf(request)]) {
            [_devices setObject:device forKey:name];
        } else {
            error = RETAINED([device manager].seenByLastInitError);
            [device close];
        }
    }
    [reply did:[_devices objectForKey:name] != nil error:error];
    LET_GO(error);
}

- (void)enqueue:(With *)request reply:(Reply *)reply {
    NSError *error = nil;
    NSMutableArray<V2TIMMessage *> *messages = [NSMutableArray array];
    [messages addObjectsFromArray:[_natives mustBeMessages:[request list:@"messages"]]];
    for (NSString *msgID in [request texts:@"msgIDs"]) {
        V2TIMMessage *reference = [V2TIMManager seenByMessageReference:nil msgID:msgID sender:nil error:&error];
        if (reference == nil) return [reply did:NO error:error];
        [messages addObject:(V2TIMMessage *)reference];
    }
    BOOL done = [V2TIMManager seenByEnqueueReceipts:messages
                                             userID:[request text:@"user"]
                                           sdkAppID:(int)[request number32:@"app"]
                                             config:ConfigOf(request)
                                              error:&error];
    [reply did:done error:error];
}

- (void)operate:(NSString *)what request:(With *)request reply:(Reply *)reply {
    NSError *error = nil;
    if ([what isEqualToString:@"service.open"]) {
        if (_service != nil) Broken(@"there is a service already");
        _service = [[SeenByTestService alloc] initWithAppID:(int)[request number32:@"app"]
                                                     config:ConfigOf(request)
                                                   settings:JsonText([request at:@"settings"])
                                                     limits:JsonText([request at:@"limits"])
                                                      error:&error];
        return [reply did:_service != nil error:error];
    }
    if ([what isEqualToString:@"service.close"]) {
        [_service close];
        LET_GO(_service);
        return [reply answer:nil];
    }
    if (_service == nil) Broken(@"there is no service");
    BOOL done = NO;
    if ([what isEqualToString:@"service.configure"]) {
        done = [_service configure:JsonText([request at:@"settings"]) error:&error];
    } else if ([what isEqualToString:@"service.deleteUser"]) {
        done = [_service deleteUser:[request text:@"user"] error:&error];
    } else if ([what isEqualToString:@"service.deleteMessage"]) {
        done = [_service deleteMessage:[request text:@"msgID"]
                       conversationID:[request text:@"conversationID"]
                               seenBy:[request text:@"seenBy"]
                                error:&error];
    } else {
        Broken(@"\"%@\" is nothing that an agent does", what);
    }
    [reply did:done error:error];
}

@end
