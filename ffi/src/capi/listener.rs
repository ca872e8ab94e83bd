//! Listeners: what the app hears without having asked.

use super::client::{ClientObject, Which};
use super::handle;
use super::input;
use super::outcome::{self, UserData};
use super::types::*;
use super::view::Views;
use crate::singleton;
use bumpalo::Bump;
use seenby_client::{Error, Event, GroupChange, GroupId, Listener, ListenerId, MessageReceipt, Result, Role, UserId};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A listener that was added through a client's handle.
pub(super) struct Added {
    number: seenby_listener_id_t,
    id: Id,
    removed: Arc<AtomicBool>,
}

enum Id {
    Own(ListenerId),
    Shared,
}

/// The functions of the host.
struct HostListener {
    of: seenby_listener_t,
    user_data: UserData,
    /// Looked at before every call, so that none starts after the removing one has returned, not even of the same batch.
    removed: Arc<AtomicBool>,
}

// SAFETY: it holds functions, and user data of which the header says that it is used on other threads.
unsafe impl Send for HostListener {}
// SAFETY: as above; it is not changed, and its functions are called one at a time.
unsafe impl Sync for HostListener {}

impl Listener for HostListener {
    fn on_events(&self, events: &[Event]) {
        let mut bump = Bump::new();
        for event in events {
            if self.removed.load(Ordering::Acquire) {
                return;
            }
            self.tell(&Views::new(&bump), event);
            bump.reset();
        }
    }
}

/// Calls a function of the host's if it is not NULL.
macro_rules! tell {
    ($function:expr, $($argument:expr),*) => {
        if let Some(function) = $function {
            // SAFETY: the host's function, with what it was given to be called with.
            unsafe { function($($argument),*) }
        }
    };
}

impl HostListener {
    fn tell(&self, views: &Views<'_>, event: &Event) {
        let (of, data) = (&self.of, self.user_data.get());
        match event {
            Event::Connecting => tell!(of.on_connecting, data),
            Event::Connected => tell!(of.on_connect_success, data),
            Event::ConnectFailed(error) => tell!(of.on_connect_failed, data, views.error(error)),
            Event::KickedOffline => tell!(of.on_kicked_offline, data),
            Event::UserSigExpired => tell!(of.on_user_sig_expired, data),
            Event::NewMessage(message) => tell!(of.on_recv_new_message, data, views.message(message)),
            Event::ReadReceipts(receipts) => {
                tell!(of.on_recv_message_read_receipts, data, list(views, receipts), receipts.len());
            }
            Event::C2cReadReceipt(receipts) => {
                tell!(of.on_recv_c2c_read_receipt, data, list(views, receipts), receipts.len());
            }
            Event::ReceiptsSent { conversation, messages } => {
                let conversation = views.text(&conversation.to_string());
                let ids = views.texts(messages.iter().map(|(_, id)| id.as_str()));
                tell!(of.on_receipts_sent, data, conversation, ids, messages.len());
            }
            Event::MessageRecalled { conversation, seq, message, operator } => {
                let conversation = views.text(&conversation.to_string());
                let (message, operator) = (views.text(message.as_str()), views.text(operator));
                tell!(of.on_recv_message_revoked, data, conversation, message, *seq, operator);
            }
            Event::ConversationsChanged(conversations) => {
                let list = views.list(conversations, |views, conversation| views.conversation(conversation));
                tell!(of.on_conversation_changed, data, list, conversations.len());
            }
            Event::TotalUnreadChanged(count) => tell!(of.on_total_unread_message_count_changed, data, *count),
            Event::GroupChanged { group, changes, members } => self.tell_group(views, group, changes, *members),
            Event::ReadReceiptsEnabledChanged(enabled) => {
                tell!(of.on_read_receipts_enabled_changed, data, *enabled);
            }
        }
    }

    /// Each change by itself; if there is none, only the count has changed.
    fn tell_group(&self, views: &Views<'_>, group: &GroupId, changes: &[GroupChange], member_count: u32) {
        let group = views.text(group.as_str());
        let tell = |change: i32, by: Option<&UserId>, members: &[UserId], role: Option<Role>| {
            if self.removed.load(Ordering::Acquire) {
                return;
            }
            let change = seenby_group_change_t {
                group_id: group,
                change,
                role: role.map_or(0, |role| role as i32),
                by: views.text(by.map(UserId::as_str).unwrap_or_default()),
                members: views.texts(members.iter().map(UserId::as_str)),
                member_list_count: members.len(),
                member_count,
            };
            tell!(self.of.on_group_changed, self.user_data.get(), &raw const change);
        };
        if changes.is_empty() {
            tell(SEENBY_GROUP_COUNT, None, &[], None);
        }
        for change in changes {
            match change {
                GroupChange::Created { by } => tell(SEENBY_GROUP_CREATED, by.as_ref(), &[], None),
                GroupChange::Joined { members } => tell(SEENBY_GROUP_JOINED, None, members, None),
                GroupChange::Invited { by, members } => tell(SEENBY_GROUP_INVITED, by.as_ref(), members, None),
                GroupChange::Quit { members } => tell(SEENBY_GROUP_QUIT, None, members, None),
                GroupChange::Kicked { by, members } => tell(SEENBY_GROUP_KICKED, by.as_ref(), members, None),
                GroupChange::RoleChanged { by, member, role } => {
                    tell(SEENBY_GROUP_ROLE_CHANGED, by.as_ref(), std::slice::from_ref(member), Some(*role));
                }
                GroupChange::Dismissed { by } => tell(SEENBY_GROUP_DISMISSED, by.as_ref(), &[], None),
            }
        }
    }
}

fn list(views: &Views<'_>, receipts: &[MessageReceipt]) -> *const *const seenby_receipt_t {
    views.list(receipts, |views, receipt| views.receipt(receipt))
}

/// What the host's struct describes; it owns the user data from here on.
///
/// # Safety
/// As [`input::read`], and its functions as the header says.
unsafe fn read(from: *const seenby_listener_t) -> Result<HostListener> {
    // SAFETY: passed on.
    let (of, rest) = unsafe { input::read_known(from) }?;
    let user_data = UserData::new(of.user_data, of.destroy);
    rest?;
    input::reserved(input::name::<seenby_listener_t>(), of.reserved)?;
    Ok(HostListener { of, user_data, removed: Arc::default() })
}

fn add(object: &ClientObject, listener: HostListener) -> Result<seenby_listener_id_t> {
    let removed = listener.removed.clone();
    let listener = Arc::new(listener);
    // Under the lock, so that whoever removes by a number finds it.
    let mut listeners = object.listeners.lock();
    let (number, id) = match &object.which {
        Which::Own(client) => {
            client.check_open()?;
            (singleton::next_number(), Id::Own(client.add_listener(listener.clone())))
        }
        Which::Shared => (singleton::add_listener(listener.clone()), Id::Shared),
    };
    listeners.push(Added { number, id, removed });
    // Not with the lock: if the client has ended meanwhile, this frees the user data.
    drop(listeners);
    drop(listener);
    Ok(number)
}

/// Adds a listener: it hears what happens from now on, after those that were added before. They are called on the client's
/// delivery thread, or by its dispatcher, one at a time.
///
/// The client of the process takes listeners at any time; they stay, also through seenby_shared_uninit, until they are
/// removed.
///
/// @param client    The client.
/// @param listener  The functions and their user data; the struct is borrowed for the call. Adding one twice makes two, which
///                  are called and freed each for itself.
/// @param out_id    Gets the number for seenby_remove_listener. The listener may be called before it is written.
/// @return SEENBY_OK or an error number.
///
/// Its `destroy` is called exactly once, also when this is refused: but if the size is wrong nothing in the struct can be
/// relied on, and nothing of it is called.
///
/// Errors: 6017 a wrong struct, or no `out_id`; 90003 the client was shut down, or the handle is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_add_listener(
    client: *mut seenby_client_t,
    listener: *const seenby_listener_t,
    out_id: *mut seenby_listener_id_t,
) -> i32 {
    outcome::at_once(|| {
        // SAFETY: the caller says that it is one. First, so that its user data has an owner.
        let listener = unsafe { read(listener) }?;
        let object = handle::get(client)?;
        let out = input::out("out_id", out_id)?;
        let number = add(&object, listener)?;
        // SAFETY: not NULL, and the caller's.
        unsafe { out.write(number) };
        Ok(())
    })
}

/// Removes a listener: no call of it starts after this has returned. Outside of callbacks this also waits for a call that is
/// running on another thread. Inside a callback, of any client, it never waits: a listener that is removed in another client's
/// callback may still be running. It may remove itself.
///
/// @param client  The client it was added to; it may have been shut down.
/// @param id      What seenby_add_listener gave.
/// @return SEENBY_OK or an error number.
///
/// Its `destroy` is called when no call of it runs any more: before this returns or soon after, on the thread that was the
/// last to use it.
///
/// Errors: 6017 the client has no such listener (any more); 90003 the handle is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_remove_listener(client: *mut seenby_client_t, id: seenby_listener_id_t) -> i32 {
    outcome::at_once(|| {
        let object = handle::get(client)?;
        let added = {
            let mut listeners = object.listeners.lock();
            let at = listeners.iter().position(|added| added.number == id);
            at.map(|at| listeners.remove(at))
        };
        let Some(added) = added else {
            let sentence = format!("this client has no listener {id}: it was removed, or added to another client");
            return Err(Error::invalid(sentence));
        };
        added.removed.store(true, Ordering::Release);
        match (&object.which, added.id) {
            (Which::Own(client), Id::Own(listener)) => client.remove_listener(listener),
            _ => {
                singleton::remove_listener(id);
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests;
