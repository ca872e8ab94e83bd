// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Ours, not documented: what a list shows, turned into reports (R33).

#ifndef SEENBY_OBJC_READ_TRACKER_H
#define SEENBY_OBJC_READ_TRACKER_H

#import "SeenByV2TIM.h"

#if defined(__has_include)
#if __has_include(<UIKit/UIKit.h>)
#import <UIKit/UIKit.h>
#define SEENBY_HAS_UIKIT 1
#endif
#endif

struct seenby_tracker_t;

NS_ASSUME_NONNULL_BEGIN

/// A message that was seen for 300 ms (SeenByConfig.seenForMs) in the foreground is reported, once. Any thread. What it
/// reports goes through the outbox (R16). When it is deallocated, what was seen for long enough is reported.
SEENBY_OBJC_EXPORT
@interface SeenByReadTracker : NSObject {
  @package
    struct seenby_tracker_t *_tracker;
    /// What onScreen: was told last, by id.
    NSDictionary<NSString *, SeenByV2TIMMessage *> *_shown;
}
SEENBY_NO_INIT
/// conversationID: c2c_<peer> or group_<id> that all messages are of which do not say; nil: each is found by the device's index
/// or by the service. nil: 6013 the manager is not initialized; 6017 what is no conversation; 90003 it is closed.
- (nullable instancetype)initWithManager:(nullable SeenByV2TIMManager *)manager
                          conversationID:(nullable NSString *)conversationID
                                   error:(NSError *_Nullable *_Nullable)error NS_DESIGNATED_INITIALIZER;
/// These came onto the screen. One's own and those without receipts may be among them. NO: 6017 a wrong value; 6013, 90003
/// the manager is closed.
- (BOOL)visible:(nullable NSArray<SeenByV2TIMMessage *> *)messages;
/// These left the screen.
- (BOOL)hidden:(nullable NSArray<SeenByV2TIMMessage *> *)messages;
/// These, and no others, are on the screen now: what came and what left is found.
- (BOOL)onScreen:(nullable NSArray<SeenByV2TIMMessage *> *)messages;
/// The app came to the foreground, or went to the background: then what was seen for long enough is reported at once.
/// seenByForeground: of the manager, and so the system where it is followed, tells it to all of its trackers.
- (BOOL)foreground:(BOOL)foreground;
@end

#ifdef SEENBY_HAS_UIKIT
/// The message of a row, or nil if the row is none.
typedef SeenByV2TIMMessage *_Nullable (^SeenByMessageAt)(NSIndexPath *indexPath);

/// Reads off what a list shows. Call these where the list has scrolled, was loaded again, or came onto the screen or left it
/// (scrollViewDidScroll:, viewDidAppear:, viewDidDisappear:). Main thread.
@interface SeenByReadTracker (Lists)
- (BOOL)tableViewDidChange:(nullable UITableView *)tableView messageAt:(SeenByMessageAt)messageAt;
- (BOOL)collectionViewDidChange:(nullable UICollectionView *)collectionView messageAt:(SeenByMessageAt)messageAt;
@end
#endif

NS_ASSUME_NONNULL_END

#endif  // SEENBY_OBJC_READ_TRACKER_H
