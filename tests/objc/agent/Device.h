// A device whose app runs: a manager with listeners for everything, and what they are told, as lines.

#ifndef SEENBY_AGENT_DEVICE_H
#define SEENBY_AGENT_DEVICE_H

#import "Values.h"

NS_ASSUME_NONNULL_BEGIN

@interface Device : NSObject <V2TIMSDKListener, V2TIMAdvancedMsgListener, V2TIMConversationListener, V2TIMGroupListener,
                              SeenByListener> {
    NSNumber *_world;
    NSString *_name;
    Natives *_natives;
    V2TIMManager *_manager;
    SeenByReadTracker *_tracker;
    /// What the documented methods told of groups and onGroupChanged has not yet.
    NSMutableArray<NSMutableDictionary<NSString *, id> *> *_documented;
    NSString *_revoked;
}
/// A manager of ours (R28), not initialized.
+ (instancetype)named:(NSString *)name world:(NSNumber *)world natives:(Natives *)natives;
- (V2TIMManager *)manager;
/// Of this device, for all conversations; made when first asked for.
- (SeenByReadTracker *)tracker;
/// The app ends without logging out: the tracker first, then everything is let go.
- (void)close;
@end

V2TIMSDKConfig *ConfigOf(With *request);

NS_ASSUME_NONNULL_END

#endif  // SEENBY_AGENT_DEVICE_H
