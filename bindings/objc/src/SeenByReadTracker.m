// SPDX-License-Identifier: MIT OR Apache-2.0

#import "../include/SeenBy/SeenByReadTracker.h"
#import "SeenByManager.h"

@implementation SeenByReadTracker

- (instancetype)initWithManager:(SeenByV2TIMManager *)manager
                 conversationID:(NSString *)conversationID
                          error:(NSError **)error {
    if (!(self = [super init])) return nil;
    SB_ARENA(arena);
    const int32_t code = seenby_tracker_new([manager.core client], SBText(&arena, conversationID), &_tracker);
    if (code != SEENBY_OK) {
        if (error) *error = SBLastError(code);
        SB_RELEASE(self);
        return nil;
    }
    _shown = [[NSDictionary alloc] init];
    return self;
}

- (void)dealloc {
    if (_tracker) seenby_tracker_free(_tracker);
#if !__has_feature(objc_arc)
    [_shown release];
    [super dealloc];
#endif
}

- (BOOL)visible:(NSArray<SeenByV2TIMMessage *> *)messages {
    SB_ARENA(arena);
    size_t count;
    const seenby_message_ref_t *refs = SBRefs(&arena, messages, &count);
    return seenby_tracker_visible(_tracker, refs, count) == SEENBY_OK;
}

- (BOOL)hidden:(NSArray<SeenByV2TIMMessage *> *)messages {
    SB_ARENA(arena);
    size_t count;
    const seenby_message_ref_t *refs = SBRefs(&arena, messages, &count);
    return seenby_tracker_hidden(_tracker, refs, count) == SEENBY_OK;
}

- (BOOL)onScreen:(NSArray<SeenByV2TIMMessage *> *)messages {
    NSMutableDictionary *now = [NSMutableDictionary dictionary];
    NSMutableArray *came = [NSMutableArray array], *went = [NSMutableArray array];
    @synchronized(self) {
        for (SeenByV2TIMMessage *message in messages) {
            if (![message isKindOfClass:[SeenByV2TIMMessage class]]) continue;
            NSString *msgID = message.msgID;
            // One that is on its way is nobody's to read yet.
            if (!msgID) continue;
            if (![_shown objectForKey:msgID] && ![now objectForKey:msgID]) [came addObject:message];
            [now setObject:message forKey:msgID];
        }
        for (NSString *msgID in _shown) {
            if (![now objectForKey:msgID]) [went addObject:[_shown objectForKey:msgID]];
        }
        SB_RELEASE(_shown);
        _shown = [now copy];
        const BOOL hidden = [self hidden:went];
        return [self visible:came] && hidden;
    }
}

- (BOOL)foreground:(BOOL)foreground {
    return seenby_tracker_foreground(_tracker, foreground ? 1 : 0) == SEENBY_OK;
}
@end

#ifdef SEENBY_HAS_UIKIT

static NSArray<SeenByV2TIMMessage *> *shown(NSArray<NSIndexPath *> *rows, SeenByMessageAt messageAt) {
    NSMutableArray *messages = [NSMutableArray array];
    for (NSIndexPath *row in rows) {
        SeenByV2TIMMessage *message = messageAt(row);
        if (message) [messages addObject:message];
    }
    return messages;
}

@implementation SeenByReadTracker (Lists)

- (BOOL)tableViewDidChange:(UITableView *)tableView messageAt:(SeenByMessageAt)messageAt {
    return [self onScreen:tableView.window ? shown(tableView.indexPathsForVisibleRows, messageAt) : @[]];
}

- (BOOL)collectionViewDidChange:(UICollectionView *)collectionView messageAt:(SeenByMessageAt)messageAt {
    return [self onScreen:collectionView.window ? shown(collectionView.indexPathsForVisibleItems, messageAt) : @[]];
}

@end

#endif
