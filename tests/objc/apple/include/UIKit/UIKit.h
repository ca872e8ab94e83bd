// A stand-in: the app's life, and lists on the screen.
#ifndef STAND_IN_UIKIT_H
#define STAND_IN_UIKIT_H
#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

FOUNDATION_EXPORT NSNotificationName const UIApplicationDidEnterBackgroundNotification;
FOUNDATION_EXPORT NSNotificationName const UIApplicationWillEnterForegroundNotification;
FOUNDATION_EXPORT NSNotificationName const UIApplicationDidBecomeActiveNotification;
FOUNDATION_EXPORT NSNotificationName const UIApplicationWillResignActiveNotification;
FOUNDATION_EXPORT NSNotificationName const UIApplicationWillTerminateNotification;

typedef NSUInteger UIBackgroundTaskIdentifier;
FOUNDATION_EXPORT const UIBackgroundTaskIdentifier UIBackgroundTaskInvalid;
typedef NSInteger UIApplicationState;
enum { UIApplicationStateActive, UIApplicationStateInactive, UIApplicationStateBackground };

@interface UIResponder : NSObject
@end

@interface UIApplication : UIResponder
@property (class, readonly, strong) UIApplication *sharedApplication;
@property (readonly) UIApplicationState applicationState;
- (UIBackgroundTaskIdentifier)beginBackgroundTaskWithExpirationHandler:(nullable void (^)(void))handler;
- (void)endBackgroundTask:(UIBackgroundTaskIdentifier)identifier;
@end

@interface UIView : UIResponder
@end

@interface UIWindow : UIView
@end

@interface UIView (StandInWindow)
@property (nullable, nonatomic, readonly) UIWindow *window;
@end

@interface UIScrollView : UIView
@end

@interface UITableView : UIScrollView
@property (nullable, nonatomic, readonly) NSArray<NSIndexPath *> *indexPathsForVisibleRows;
@end

@interface UICollectionView : UIScrollView
@property (nonatomic, readonly) NSArray<NSIndexPath *> *indexPathsForVisibleItems;
@end

@interface NSIndexPath (StandInUIKit)
@property (nonatomic, readonly) NSInteger section;
@property (nonatomic, readonly) NSInteger row;
@property (nonatomic, readonly) NSInteger item;
@end

NS_ASSUME_NONNULL_END

#endif
