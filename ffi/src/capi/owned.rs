//! Messages that belong to the caller. Each lives in a piece of memory of its own; which ones there are is known, so that
//! freeing what is none is told and never done.

use super::input;
use super::types::*;
use super::view::Views;
use bumpalo::Bump;
use parking_lot::Mutex;
use seenby_client::{Error, ErrorCode, Message, Result};
use std::collections::BTreeMap;
use std::ptr;

/// The memory of each, by the address of the message in it.
static OWNED: Mutex<BTreeMap<usize, Bump>> = Mutex::new(BTreeMap::new());

fn keep(message: *const seenby_message_t, memory: Bump) -> *mut seenby_message_t {
    // Moving the piece of memory does not move what is in it.
    OWNED.lock().insert(message.addr(), memory);
    message.cast_mut()
}

/// A message for the caller to keep.
pub(super) fn message(message: &Message) -> *mut seenby_message_t {
    let bump = Bump::new();
    keep(Views::new(&bump).message(message), bump)
}

/// Frees one; 90003 if it is none.
pub(super) fn free(message: *const seenby_message_t) -> Result<()> {
    let memory = OWNED.lock().remove(&message.addr());
    memory.map(drop).ok_or_else(|| {
        let sentence = if message.is_null() {
            "the message is NULL; pass one that seenby_message_clone or seenby_send_message gave".to_owned()
        } else {
            format!(
                "the message {message:p} is none that can be freed: it was freed already, or lives only in its callback; \
                 pass one that seenby_message_clone or seenby_send_message gave"
            )
        };
        Error::new(ErrorCode::Closed, sentence)
    })
}

/// A copy of a message of this library's.
///
/// # Safety
/// `from` is one that this library gave and that is still there, or NULL.
pub(super) unsafe fn clone(from: *const seenby_message_t) -> Result<*mut seenby_message_t> {
    // SAFETY: passed on.
    let from = unsafe { look(from) }?;
    let bump = Bump::new();
    // SAFETY: what is in it is there as long as it is.
    let message = unsafe { copy_message(&Views::new(&bump), from) }?;
    Ok(keep(message, bump))
}

/// A message of this library's, to look at.
///
/// # Safety
/// As [`clone`].
pub(super) unsafe fn look<'a>(from: *const seenby_message_t) -> Result<&'a seenby_message_t> {
    if !from.is_aligned() {
        return Err(Error::invalid(format!("the message at {from:p} is not aligned, so it is none")));
    }
    // SAFETY: the caller says that it is there, or NULL.
    unsafe { from.as_ref() }
        .ok_or_else(|| Error::invalid("the message is NULL; pass one that a callback or a call gave"))
}

/// # Safety
/// The texts in it are there.
unsafe fn copy_message(views: &Views<'_>, from: &seenby_message_t) -> Result<*const seenby_message_t> {
    // SAFETY: the caller says so.
    let text = |what, text| Ok::<_, Error>(views.text(unsafe { input::text(what, text) }?));
    // SAFETY: the caller says so.
    let bytes = |what, bytes| Ok::<_, Error>(views.bytes(unsafe { input::bytes(what, bytes) }?));
    // SAFETY: as for the message.
    let receipt = match unsafe { from.receipt.as_ref() } {
        // SAFETY: the caller says so.
        Some(receipt) => unsafe { copy_receipt(views, receipt) }?,
        None => ptr::null(),
    };
    Ok(views.keep(seenby_message_t {
        msg_id: text("msg_id", from.msg_id)?,
        conversation_id: text("conversation_id", from.conversation_id)?,
        user_id: text("user_id", from.user_id)?,
        group_id: text("group_id", from.group_id)?,
        sender: text("sender", from.sender)?,
        nick_name: text("nick_name", from.nick_name)?,
        face_url: text("face_url", from.face_url)?,
        text: text("text", from.text)?,
        data: bytes("data", from.data)?,
        description: text("description", from.description)?,
        extension: text("extension", from.extension)?,
        cloud_custom_data: bytes("cloud_custom_data", from.cloud_custom_data)?,
        receipt,
        ..*from
    }))
}

/// # Safety
/// What is in it is there.
unsafe fn copy_receipt(views: &Views<'_>, from: &seenby_receipt_t) -> Result<*const seenby_receipt_t> {
    // SAFETY: the caller says so.
    let text = |what, text| Ok::<_, Error>(views.text(unsafe { input::text(what, text) }?));
    let mut readers = Vec::with_capacity(from.reader_count);
    for i in 0..from.reader_count {
        // SAFETY: it has that many, which the caller says are there.
        let reader = unsafe { &**from.readers.add(i) };
        let user_id = text("reader", reader.user_id)?;
        readers.push(views.keep(seenby_reader_t { user_id, timestamp_ms: reader.timestamp_ms }));
    }
    Ok(views.keep(seenby_receipt_t {
        msg_id: text("msg_id", from.msg_id)?,
        conversation_id: text("conversation_id", from.conversation_id)?,
        user_id: text("user_id", from.user_id)?,
        group_id: text("group_id", from.group_id)?,
        readers: views.list(&readers, |_, reader| *reader),
        ..*from
    }))
}
