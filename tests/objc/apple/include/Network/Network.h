// A stand-in: whether there is a path to the network.
#ifndef STAND_IN_NETWORK_H
#define STAND_IN_NETWORK_H
#include <Availability.h>
#include <dispatch/dispatch.h>

#pragma clang assume_nonnull begin
@protocol OS_nw_path_monitor <NSObject>
@end
@protocol OS_nw_path <NSObject>
@end
typedef NSObject<OS_nw_path_monitor> *nw_path_monitor_t;
typedef NSObject<OS_nw_path> *nw_path_t;
typedef enum {
    nw_path_status_invalid = 0,
    nw_path_status_satisfied = 1,
    nw_path_status_unsatisfied = 2,
    nw_path_status_satisfiable = 3
} nw_path_status_t;
typedef void (^nw_path_monitor_update_handler_t)(nw_path_t path);
typedef void (^nw_path_monitor_cancel_handler_t)(void);

#ifdef __cplusplus
extern "C" {
#endif
nw_path_monitor_t nw_path_monitor_create(void) __attribute__((ns_returns_retained)) STAND_IN_SINCE(10.14, 12.0);
void nw_path_monitor_set_queue(nw_path_monitor_t monitor, dispatch_queue_t queue) STAND_IN_SINCE(10.14, 12.0);
void nw_path_monitor_set_update_handler(nw_path_monitor_t monitor, nw_path_monitor_update_handler_t handler)
    STAND_IN_SINCE(10.14, 12.0);
void nw_path_monitor_set_cancel_handler(nw_path_monitor_t monitor, nw_path_monitor_cancel_handler_t handler)
    STAND_IN_SINCE(10.14, 12.0);
void nw_path_monitor_start(nw_path_monitor_t monitor) STAND_IN_SINCE(10.14, 12.0);
void nw_path_monitor_cancel(nw_path_monitor_t monitor) STAND_IN_SINCE(10.14, 12.0);
nw_path_status_t nw_path_get_status(nw_path_t path) STAND_IN_SINCE(10.14, 12.0);
#ifdef __cplusplus
}
#endif
#pragma clang assume_nonnull end

#endif
