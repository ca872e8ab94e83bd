// A stand-in: the app's life on a Mac.
#ifndef STAND_IN_APPKIT_H
#define STAND_IN_APPKIT_H
#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

FOUNDATION_EXPORT NSNotificationName const NSApplicationDidBecomeActiveNotification;
FOUNDATION_EXPORT NSNotificationName const NSApplicationDidResignActiveNotification;
FOUNDATION_EXPORT NSNotificationName const NSApplicationDidHideNotification;
FOUNDATION_EXPORT NSNotificationName const NSApplicationDidUnhideNotification;
FOUNDATION_EXPORT NSNotificationName const NSApplicationWillTerminateNotification;

@interface NSApplication : NSObject
@property (class, readonly, strong) NSApplication *sharedApplication;
@property (getter=isActive, readonly) BOOL active;
@end

NS_ASSUME_NONNULL_END

#endif
