// Stand-ins of what only Apple's systems have, which work: the test says what the system would. Included before every source.
#ifndef SEENBY_STAND_IN_NETWORK_H
#define SEENBY_STAND_IN_NETWORK_H

#import <Foundation/Foundation.h>

typedef id nw_path_monitor_t;
typedef id nw_path_t;
typedef id dispatch_queue_t;
typedef enum { nw_path_status_satisfied = 1, nw_path_status_unsatisfied = 2 } nw_path_status_t;

dispatch_queue_t dispatch_queue_create(const char *label, void *attributes);
dispatch_queue_t dispatch_get_main_queue(void);
void dispatch_async(dispatch_queue_t queue, void (^block)(void));
nw_path_monitor_t nw_path_monitor_create(void);
void nw_path_monitor_set_queue(nw_path_monitor_t monitor, dispatch_queue_t queue);
void nw_path_monitor_set_update_handler(nw_path_monitor_t monitor, void (^handler)(nw_path_t path));
void nw_path_monitor_start(nw_path_monitor_t monitor);
void nw_path_monitor_cancel(nw_path_monitor_t monitor);
nw_path_status_t nw_path_get_status(nw_path_t path);

/// The system's folders are in that of the test.
#define NSSearchPathForDirectoriesInDomains(directory, mask, expand) StandInFolders(directory)
NSArray *StandInFolders(NSSearchPathDirectory directory);
#define NSURLIsExcludedFromBackupKey @"NSURLIsExcludedFromBackupKey"
@interface NSURL (StandIn)
- (BOOL)setResourceValue:(id)value forKey:(NSString *)key error:(NSError **)error;
@end
@interface NSFileManager (StandIn)
- (NSURL *)containerURLForSecurityApplicationGroupIdentifier:(NSString *)group;
@end

#endif
