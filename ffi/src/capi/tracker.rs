//! The read tracker: what a list shows, turned into reports (R33).

use super::handle::{self, Handle, Table};
use super::outcome;
use super::receipts::is_me;
use super::types::*;
use super::{client, input};
use seenby_client::{Client, MessageHandle, ReadTracker, Result};
use std::sync::Arc;

/// What a tracker's handle stands for.
pub(super) struct TrackerObject {
    client: Client,
    tracker: ReadTracker,
}

impl Handle for seenby_tracker_t {
    type Object = TrackerObject;
    const NAME: &'static str = "read tracker";
    const TAG: usize = 4;
    fn table() -> &'static Table<TrackerObject> {
        static TABLE: Table<TrackerObject> = Table::new();
        &TABLE
    }
}

/// Tells the tracker which messages came or went.
///
/// # Safety
/// As [`input::messages`].
unsafe fn tell(
    tracker: *const seenby_tracker_t,
    messages: *const seenby_message_ref_t,
    count: usize,
    what: impl FnOnce(&ReadTracker, Vec<MessageHandle>),
) -> i32 {
    outcome::at_once(|| {
        let object = handle::get(tracker)?;
        object.client.check_open()?;
        // SAFETY: passed on.
        let messages = unsafe { input::messages(messages, count, &is_me(&object.client)) }?;
        what(&object.tracker, messages);
        Ok(())
    })
}

/// Makes a read tracker: it is told which messages are on the screen, and reports those of others that were seen for long
/// enough (`seen_for_ms` of the configuration), each once, while the app is in the foreground. It counts as being there until
/// seenby_tracker_foreground, or seenby_foreground of its client, says otherwise.
///
/// @param client           The client that reports; the tracker keeps it until it is freed.
/// @param conversation_id  `c2c_<peer>` or `group_<id>` that all messages are of which do not say; may be empty.
/// @param out_tracker      Gets the tracker. Free it with seenby_tracker_free.
/// @return SEENBY_OK or an error number.
///
/// Errors: 6013 the client of the process is not initialized; 6017 what is no conversation; 90003 the client was shut down,
/// or the handle is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_tracker_new(
    client: *mut seenby_client_t,
    conversation_id: seenby_str_t,
    out_tracker: *mut *mut seenby_tracker_t,
) -> i32 {
    outcome::at_once(|| {
        let client = client::resolve(client)?;
        client.check_open()?;
        let out = input::out("out_tracker", out_tracker)?;
        // SAFETY: the caller says that it is there for the call.
        let conversation = unsafe { input::optional("conversation_id", conversation_id) }?;
        let tracker = client.read_tracker(conversation)?;
        let handle = handle::insert(Arc::new(TrackerObject { client, tracker }))?;
        // SAFETY: not NULL, and the caller's.
        unsafe { out.write(handle) };
        Ok(())
    })
}

/// These messages came onto the screen.
///
/// @param tracker   The tracker.
/// @param messages  The messages, borrowed for the call. One's own and those without receipts may be among them.
/// @param count     How many; 0 does nothing.
/// @return SEENBY_OK or an error number.
///
/// What it reports later goes through the outbox (R16); a report that is refused, because nobody is logged in say, is logged.
///
/// Errors: 6013, 90003 the client was shut down, or the handle is none; 6017 a wrong value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_tracker_visible(
    tracker: *mut seenby_tracker_t,
    messages: *const seenby_message_ref_t,
    count: usize,
) -> i32 {
    // SAFETY: the caller says that the messages are there for the call.
    unsafe { tell(tracker, messages, count, |tracker, messages| tracker.visible(messages)) }
}

/// These messages left the screen.
///
/// @param tracker   The tracker.
/// @param messages  The messages, borrowed for the call.
/// @param count     How many; 0 does nothing.
/// @return SEENBY_OK or an error number.
///
/// Errors: as seenby_tracker_visible.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_tracker_hidden(
    tracker: *mut seenby_tracker_t,
    messages: *const seenby_message_ref_t,
    count: usize,
) -> i32 {
    // SAFETY: the caller says that the messages are there for the call.
    unsafe { tell(tracker, messages, count, |tracker, messages| tracker.hidden(messages)) }
}

/// The app came to the foreground, or went to the background: then what was seen for long enough is reported at once.
///
/// @param tracker     The tracker.
/// @param foreground  1 or 0.
/// @return SEENBY_OK or an error number.
///
/// Errors: 6013, 90003 the client was shut down, or the handle is none; 6017 neither 0 nor 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_tracker_foreground(tracker: *mut seenby_tracker_t, foreground: i32) -> i32 {
    outcome::at_once(|| {
        let object = handle::get(tracker)?;
        object.client.check_open()?;
        object.tracker.foreground(input::switch("foreground", foreground)?);
        Ok(())
    })
}

/// Ends a tracker: what was seen for long enough by now is reported. Does not wait.
///
/// @param tracker  The tracker. NULL does nothing.
/// @return SEENBY_OK or an error number.
///
/// Errors: 90003 the handle is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_tracker_free(tracker: *mut seenby_tracker_t) -> i32 {
    outcome::at_once(|| -> Result<()> {
        if !tracker.is_null() {
            handle::remove(tracker)?;
        }
        Ok(())
    })
}
