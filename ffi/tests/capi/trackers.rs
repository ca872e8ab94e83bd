//! Read trackers.

use crate::support::*;
use seenby::capi::tracker::*;
use seenby::capi::types::*;
use std::ptr;

fn reference(id: &str) -> seenby_message_ref_t {
    let mut message: seenby_message_ref_t = unsafe { std::mem::zeroed() };
    message.size = size_of::<seenby_message_ref_t>() as u32;
    (message.is_self, message.need_read_receipt) = (SEENBY_UNKNOWN, SEENBY_UNKNOWN);
    message.msg_id = str(id);
    message
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn a_tracker_outlives_nothing_but_its_own_handle() {
    let client = client();
    assert_eq!(log_in(client, "alice"), SEENBY_OK);
    let mut tracker = ptr::null_mut();
    let wrong = unsafe { seenby_tracker_new(client, str("bob"), &raw mut tracker) };
    assert!(refused(wrong, SEENBY_ERR_INVALID_PARAMETERS).contains("bob"));
    assert!(tracker.is_null());
    ok(unsafe { seenby_tracker_new(client, str("c2c_bob"), &raw mut tracker) });
    let messages = [reference("m1"), reference("m2")];
    ok(unsafe { seenby_tracker_visible(tracker, messages.as_ptr(), 2) });
    ok(unsafe { seenby_tracker_hidden(tracker, messages.as_ptr(), 1) });
    ok(unsafe { seenby_tracker_visible(tracker, ptr::null(), 0) });
    ok(unsafe { seenby_tracker_foreground(tracker, 0) });
    refused(unsafe { seenby_tracker_foreground(tracker, 2) }, SEENBY_ERR_INVALID_PARAMETERS);
    refused(unsafe { seenby_tracker_visible(tracker, ptr::null(), 3) }, SEENBY_ERR_INVALID_PARAMETERS);
    refused(unsafe { seenby_tracker_hidden(tracker, messages.as_ptr(), usize::MAX) }, SEENBY_ERR_INVALID_PARAMETERS);
    let mut odd = [reference("m1"), reference("m2")];
    odd[1].size = 8;
    refused(unsafe { seenby_tracker_visible(tracker, odd.as_ptr(), 2) }, SEENBY_ERR_INVALID_PARAMETERS);

    // Its client ends: it is refused, and freed all the same.
    free(client);
    refused(unsafe { seenby_tracker_visible(tracker, messages.as_ptr(), 2) }, SEENBY_ERR_CLOSED);
    refused(unsafe { seenby_tracker_foreground(tracker, 1) }, SEENBY_ERR_CLOSED);
    ok(unsafe { seenby_tracker_free(tracker) });
    refused(unsafe { seenby_tracker_free(tracker) }, SEENBY_ERR_CLOSED);
}
