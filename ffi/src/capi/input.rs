//! What comes from the host, checked before it is looked at: texts, bytes, lists, structs that begin with their size, flags
//! and numbers that stand for names.

use super::types::*;
use seenby_client::{ConversationId, Error, MessageHandle, MessageId, Result, UserId};
use std::mem::{MaybeUninit, size_of};
use std::{ptr, slice, str};

/// No text or body that means anything is longer: a length above this is a mistake, and what it points to is not read.
const LONGEST: usize = 16 << 20;
/// No list that means anything is longer.
const MOST: usize = 1 << 20;

/// A text. `what` names it in the sentence.
///
/// # Safety
/// `data` points to `len` bytes that stay as they are for `'a`, or is NULL, or `len` is more than [`LONGEST`].
pub(super) unsafe fn text<'a>(what: &str, text: seenby_str_t) -> Result<&'a str> {
    // SAFETY: passed on.
    let bytes = unsafe { bytes(what, seenby_bytes_t { data: text.data.cast(), len: text.len }) }?;
    str::from_utf8(bytes).map_err(|error| {
        Error::invalid(format!("the {what} is not UTF-8: byte {} of {}; pass UTF-8", error.valid_up_to(), bytes.len()))
    })
}

/// A text that may be left out: `None` if it is empty.
///
/// # Safety
/// As [`text`].
pub(super) unsafe fn optional<'a>(what: &str, value: seenby_str_t) -> Result<Option<&'a str>> {
    // SAFETY: passed on.
    let value = unsafe { text(what, value) }?;
    Ok(Some(value).filter(|value| !value.is_empty()))
}

/// A text by pointer, which leaves things as they are if it is NULL.
///
/// # Safety
/// `value` points to a text as for [`text`], or is NULL.
pub(super) unsafe fn nullable<'a>(what: &str, value: *const seenby_str_t) -> Result<Option<&'a str>> {
    if value.is_null() {
        return Ok(None);
    }
    // SAFETY: passed on; `length` has looked at the alignment.
    length(what, value, 1).and_then(|_| unsafe { text(what, *value) }).map(Some)
}

/// Bytes.
///
/// # Safety
/// As [`text`].
pub(super) unsafe fn bytes<'a>(what: &str, bytes: seenby_bytes_t) -> Result<&'a [u8]> {
    if bytes.len == 0 {
        return Ok(&[]);
    }
    if bytes.data.is_null() {
        return Err(Error::invalid(format!("the {what} is NULL, with a length of {}; pass NULL with 0", bytes.len)));
    }
    if bytes.len > LONGEST {
        return Err(Error::invalid(format!("the {what} has a length of {}; at most {LONGEST} is possible", bytes.len)));
    }
    // SAFETY: not NULL, and of that length as the caller says, which is far below isize::MAX.
    Ok(unsafe { slice::from_raw_parts(bytes.data, bytes.len) })
}

/// The length of a list, if it can be one.
fn length<T>(what: &str, data: *const T, count: usize) -> Result<usize> {
    if count > 0 && data.is_null() {
        return Err(Error::invalid(format!("the list of {what} is NULL, with a count of {count}; pass NULL with 0")));
    }
    if !data.is_aligned() {
        return Err(Error::invalid(format!("the list of {what} at {data:p} is not aligned, so it is none")));
    }
    if count > MOST {
        return Err(Error::invalid(format!("the list of {what} has a count of {count}; at most {MOST} is possible")));
    }
    Ok(count)
}

/// A list of texts.
///
/// # Safety
/// `data` points to `count` texts, each as for [`text`], or is NULL, or `count` is more than [`MOST`].
pub(super) unsafe fn texts<'a>(what: &str, data: *const seenby_str_t, count: usize) -> Result<Vec<&'a str>> {
    let count = length(what, data, count)?;
    // SAFETY: the length was checked, the caller says that they are there.
    (0..count).map(|i| unsafe { text(what, *data.add(i)) }).collect()
}

/// A list of user ids.
///
/// # Safety
/// As [`texts`].
pub(super) unsafe fn users(what: &str, data: *const seenby_str_t, count: usize) -> Result<Vec<UserId>> {
    // SAFETY: passed on.
    unsafe { texts(what, data, count) }?.into_iter().map(UserId::new).collect()
}

/// A list of message ids.
///
/// # Safety
/// As [`texts`].
pub(super) unsafe fn message_ids(data: *const seenby_str_t, count: usize) -> Result<Vec<MessageId>> {
    // SAFETY: passed on.
    unsafe { texts("message ids", data, count) }?.into_iter().map(MessageId::new).collect()
}

/// A struct that the host fills and that begins with its size, as `u32`.
///
/// # Safety
/// All bytes 0 is a value of it, as is every other pattern of bits.
pub(super) unsafe trait HostStruct: Copy {
    /// For sentences.
    const NAME: &'static str;
    /// How large it was when the first release had it: what it may not be smaller than.
    const FIRST_SIZE: usize;
}

macro_rules! host_struct {
    ($($name:ident: $first_size:expr;)*) => {$(
        // SAFETY: integers, pointers and nullable functions alone, of which 0 is a value; those that are not 0 are as good
        // as the host's word for them.
        unsafe impl HostStruct for $name {
            const NAME: &'static str = stringify!($name);
            const FIRST_SIZE: usize = $first_size;
        }
    )*};
}

host_struct! {
    seenby_config_t: size_of::<seenby_config_t>();
    seenby_outgoing_message_t: size_of::<seenby_outgoing_message_t>();
    seenby_message_ref_t: size_of::<seenby_message_ref_t>();
    seenby_history_query_t: size_of::<seenby_history_query_t>();
    seenby_spool_target_t: size_of::<seenby_spool_target_t>();
    seenby_draw_query_t: size_of::<seenby_draw_query_t>();
    seenby_listener_t: size_of::<seenby_listener_t>();
}

/// The size that a struct of the host's says it has, if it can have it.
///
/// # Safety
/// `from` points to at least four bytes.
unsafe fn size_of_host<T: HostStruct>(from: *const T) -> Result<usize> {
    // SAFETY: every such struct begins with its size, and there are at least those bytes.
    let size = unsafe { from.cast::<u32>().read_unaligned() } as usize;
    if !(T::FIRST_SIZE..=4096).contains(&size) {
        return Err(Error::invalid(format!(
            "the size in the {} is {size}; it must be sizeof, which is {} here: begin with its INIT macro",
            T::NAME,
            size_of::<T>()
        )));
    }
    Ok(size)
}

/// Reads a struct of the host's: an older and smaller one has 0 in what it lacks, a newer and larger one must have 0 in
/// what this library does not know.
///
/// # Safety
/// `from` points to as many bytes as its first four say, or is NULL.
pub(super) unsafe fn read<T: HostStruct>(from: *const T) -> Result<T> {
    // SAFETY: passed on.
    let (read, rest) = unsafe { read_known(from) }?;
    rest.map(|()| read)
}

/// As [`read`], for structs that hold what is to be freed: gives what this library knows of a newer and larger one also
/// when the rest is wrong. One whose size cannot be is not looked at.
///
/// # Safety
/// As [`read`].
pub(super) unsafe fn read_known<T: HostStruct>(from: *const T) -> Result<(T, Result<()>)> {
    if from.is_null() {
        return Err(Error::invalid(format!("the {} is NULL; pass one that was begun with its INIT macro", T::NAME)));
    }
    // SAFETY: passed on.
    let size = unsafe { size_of_host(from) }?;
    let known = size.min(size_of::<T>());
    // SAFETY: the caller says that these bytes are there.
    let more = unsafe { slice::from_raw_parts(from.cast::<u8>().add(known), size - known) };
    let rest = match more.iter().position(|byte| *byte != 0) {
        None => Ok(()),
        Some(at) => Err(Error::invalid(format!(
            "the {} has {size} bytes, of which this library knows {known}, and byte {} is not 0: the program uses what \
             a newer library has",
            T::NAME,
            known + at
        ))),
    };
    let mut read = MaybeUninit::<T>::zeroed();
    // SAFETY: both are valid for `known` bytes; what is left is 0, which HostStruct says is a value.
    unsafe {
        ptr::copy_nonoverlapping(from.cast::<u8>(), read.as_mut_ptr().cast::<u8>(), known);
        Ok((read.assume_init(), rest))
    }
}

/// Writes a struct that begins with its size, as much of it as the host has; what it has and this library does not know
/// becomes 0. `make` is given the size.
///
/// # Safety
/// `to` points to as many bytes as its first four say, which may be written.
pub(super) unsafe fn write<T: HostStruct>(to: *mut T, make: impl FnOnce(u32) -> T) -> Result<()> {
    // SAFETY: passed on.
    let size = unsafe { size_of_host(to) }?;
    let value = make(size as u32);
    let known = size.min(size_of::<T>());
    // SAFETY: `to` has `size` bytes, `value` has the first `known` of them.
    unsafe {
        ptr::copy_nonoverlapping((&raw const value).cast::<u8>(), to.cast::<u8>(), known);
        ptr::write_bytes(to.cast::<u8>().add(known), 0, size - known);
    }
    Ok(())
}

/// A field that later versions may give a meaning.
pub(super) fn reserved(of: &str, value: impl Into<u64>) -> Result<()> {
    match value.into() {
        0 => Ok(()),
        other => Err(Error::invalid(format!(
            "a reserved field of the {of} is {other}; it must be 0: begin with its INIT macro"
        ))),
    }
}

/// As [`reserved`], for a field of several bytes.
pub(super) fn all_reserved(of: &str, values: &[u8]) -> Result<()> {
    values.iter().try_for_each(|value| reserved(of, *value))
}

/// The name of a struct, for sentences.
pub(super) fn name<T: HostStruct>() -> &'static str {
    T::NAME
}

/// A flag of a struct: 0 or 1.
pub(super) fn flag(what: &str, value: u8) -> Result<bool> {
    switch(what, value.into())
}

/// A flag that is a parameter: 0 or 1.
pub(super) fn switch(what: &str, value: i32) -> Result<bool> {
    match value {
        0 => Ok(false),
        1 => Ok(true),
        other => Err(Error::invalid(format!("{what} is {other}; it must be 0 or 1"))),
    }
}

/// 1, 0 or SEENBY_UNKNOWN.
fn three_valued(what: &str, value: i32) -> Result<Option<bool>> {
    match value {
        SEENBY_UNKNOWN => Ok(None),
        0 => Ok(Some(false)),
        1 => Ok(Some(true)),
        other => Err(Error::invalid(format!("{what} is {other}; it must be 0, 1 or SEENBY_UNKNOWN (-1)"))),
    }
}

/// Whether `sender` is the caller, for references that say who sent a message but not whose it is.
pub(super) type IsMe<'a> = &'a dyn Fn(&UserId) -> Option<bool>;

/// A message that a call is about.
///
/// # Safety
/// As [`read`], and its texts as for [`text`].
pub(super) unsafe fn message(from: *const seenby_message_ref_t, is_me: IsMe<'_>) -> Result<MessageHandle> {
    // SAFETY: passed on.
    let message = unsafe { read(from) }?;
    reserved(name::<seenby_message_ref_t>(), message.reserved)?;
    // SAFETY: its texts are what the caller says.
    let (id, conversation, sender) = unsafe {
        (
            optional("message's msg_id", message.msg_id)?,
            optional("message's conversation_id", message.conversation_id)?,
            optional("message's sender", message.sender)?,
        )
    };
    let sender = sender.map(UserId::new).transpose()?;
    let is_self = three_valued("the message's is_self", message.is_self)?;
    Ok(MessageHandle {
        conversation: conversation.map(ConversationId::parse).transpose()?,
        id: id.map(MessageId::new).transpose()?,
        seq: message.seq,
        is_self: is_self.or_else(|| sender.as_ref().and_then(is_me)),
        need_read_receipt: three_valued("the message's need_read_receipt", message.need_read_receipt)?,
    })
}

/// A list of messages: an array of structs of one size.
///
/// # Safety
/// `data` points to `count` structs, each as large as the first says, each as for [`message`]; or is NULL, or `count` is more
/// than [`MOST`].
pub(super) unsafe fn messages(
    data: *const seenby_message_ref_t,
    count: usize,
    is_me: IsMe<'_>,
) -> Result<Vec<MessageHandle>> {
    let count = length("messages", data, count)?;
    if count == 0 {
        return Ok(Vec::new());
    }
    // SAFETY: there is a first one, which begins with its size.
    let stride = unsafe { data.cast::<u32>().read_unaligned() };
    let mut messages = Vec::with_capacity(count);
    for i in 0..count {
        // SAFETY: each is as large as the first says; one whose own size differs is refused before more of it is read.
        let one = unsafe { data.cast::<u8>().add(i * stride as usize).cast::<seenby_message_ref_t>() };
        // SAFETY: as above.
        let size = unsafe { one.cast::<u32>().read_unaligned() };
        if size != stride {
            return Err(Error::invalid(format!(
                "message {i} of the list has the size {size}, and message 0 has {stride}; all must have sizeof: begin \
                 each with SEENBY_MESSAGE_REF_INIT"
            )));
        }
        // SAFETY: as above.
        messages.push(unsafe { message(one, is_me) }?);
    }
    Ok(messages)
}

/// Where a result goes: refused if it is NULL.
pub(super) fn out<T>(what: &str, to: *mut T) -> Result<*mut T> {
    if to.is_null() {
        return Err(Error::invalid(format!("{what} is NULL; pass where the result goes")));
    }
    Ok(to)
}
