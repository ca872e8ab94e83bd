//! A host as C would write it: user data that counts what is done with it, callbacks that write down what they are given.

use seenby::capi::client::*;
use seenby::capi::messages::*;
use seenby::capi::types::*;
use serde_json::{Value, json};
use std::ffi::c_void;
use std::mem::{MaybeUninit, size_of};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::{ptr, slice, str};

/// Calls a function of the header.
macro_rules! c {
    ($call:expr) => {{
        // SAFETY: what is passed is there for the call; where it is wrong on purpose, it is wrong as the header allows.
        #[allow(unused_unsafe)]
        let result = unsafe { $call };
        result
    }};
}
pub(crate) use c;

#[derive(Default)]
struct Told {
    calls: AtomicUsize,
    destroyed: AtomicUsize,
    answer: Mutex<Option<Answer>>,
    changed: Condvar,
}

/// What a callback was given.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) sentence: String,
    pub(crate) value: Value,
}

impl Answer {
    /// The value of a call that succeeded.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert_eq!((self.code, self.sentence.as_str()), (SEENBY_OK, ""));
        self.value
    }
}

/// The user data of one call. When it goes, its callback and its destructor must each have come exactly once.
pub(crate) struct Call(Arc<Told>);

impl Call {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Told::default()))
    }

    pub(crate) fn data(&self) -> *mut c_void {
        Arc::as_ptr(&self.0).cast_mut().cast()
    }

    /// What it ended with. The destructor is the last thing that happens, so nothing comes after it.
    #[track_caller]
    pub(crate) fn wait(self) -> Answer {
        let mut answer = self.0.answer.lock().unwrap();
        while self.0.destroyed.load(Ordering::SeqCst) == 0 {
            answer = self.0.changed.wait(answer).unwrap();
        }
        let answer = answer.take();
        assert_eq!(self.0.calls.load(Ordering::SeqCst), 1, "the callback comes once");
        assert_eq!(self.0.destroyed.load(Ordering::SeqCst), 1, "the destructor comes once");
        answer.expect("the callback comes before the destructor")
    }

    /// For a call without a callback: only the destructor comes.
    pub(crate) fn wait_without_callback(self) {
        let mut answer = self.0.answer.lock().unwrap();
        while self.0.destroyed.load(Ordering::SeqCst) == 0 {
            answer = self.0.changed.wait(answer).unwrap();
        }
        assert_eq!((self.0.calls.load(Ordering::SeqCst), self.0.destroyed.load(Ordering::SeqCst)), (0, 1));
    }
}

/// Makes a call and waits for its end.
#[track_caller]
pub(crate) fn ended(begin: impl FnOnce(*mut c_void)) -> Answer {
    let call = Call::new();
    begin(call.data());
    call.wait()
}

fn told<'a>(user_data: *mut c_void) -> &'a Told {
    // SAFETY: a `Call` keeps it until its destructor has come.
    unsafe { &*user_data.cast::<Told>() }
}

fn tell(user_data: *mut c_void, error: *const seenby_error_t, value: impl FnOnce() -> Value) {
    // SAFETY: NULL, or there until the callback returns.
    let answer = match unsafe { error.as_ref() } {
        None => Answer { code: SEENBY_OK, sentence: String::new(), value: value() },
        Some(error) => Answer { code: error.code, sentence: text(error.message), value: Value::Null },
    };
    let told = told(user_data);
    told.calls.fetch_add(1, Ordering::SeqCst);
    *told.answer.lock().unwrap() = Some(answer);
}

pub(crate) unsafe extern "C-unwind" fn destroy(user_data: *mut c_void) {
    let told = told(user_data);
    let _answer = told.answer.lock().unwrap();
    told.destroyed.fetch_add(1, Ordering::SeqCst);
    told.changed.notify_all();
}

/// A text that the library gave: it ends with a NUL byte.
pub(crate) fn text(of: seenby_str_t) -> String {
    // SAFETY: the library says that there are as many bytes, and one more.
    let bytes = unsafe { slice::from_raw_parts(of.data.cast::<u8>(), of.len + 1) };
    assert_eq!(bytes[of.len], 0);
    str::from_utf8(&bytes[..of.len]).unwrap().to_owned()
}

/// A text of the host's.
pub(crate) fn s(of: &str) -> seenby_str_t {
    seenby_str_t { data: of.as_ptr().cast(), len: of.len() }
}

pub(crate) const UNSET: seenby_str_t = seenby_str_t { data: ptr::null(), len: 0 };
/// Not UTF-8 from its first byte on.
pub(crate) const BROKEN: seenby_str_t = seenby_str_t { data: b"\xff\xfe".as_ptr().cast(), len: 2 };
/// A length that nothing has.
pub(crate) const HUGE: seenby_str_t = seenby_str_t { data: c"x".as_ptr(), len: usize::MAX };
/// A length, and nothing there.
pub(crate) const NOWHERE: seenby_str_t = seenby_str_t { data: ptr::null(), len: 3 };

/// A struct as its INIT macro makes it.
pub(crate) fn begun<T: Copy>() -> T {
    let mut value = MaybeUninit::<T>::zeroed();
    // SAFETY: structs that the host fills begin with their size, and 0 is a value of all they have.
    unsafe {
        value.as_mut_ptr().cast::<u32>().write(size_of::<T>() as u32);
        value.assume_init()
    }
}

pub(crate) fn reference(conversation: &str, id: &str) -> seenby_message_ref_t {
    let unknown = seenby_message_ref_t { is_self: -1, need_read_receipt: -1, ..begun() };
    seenby_message_ref_t { conversation_id: s(conversation), msg_id: s(id), ..unknown }
}

fn each<T>(list: *const *const T, count: usize, show: impl Fn(&T) -> Value) -> Value {
    assert!(!list.is_null(), "an empty list is one too");
    // SAFETY: the library says that there are as many.
    let list = unsafe { slice::from_raw_parts(list, count) };
    // SAFETY: as above.
    list.iter().map(|one| show(unsafe { &**one })).collect()
}

pub(crate) fn show(message: &seenby_message_t) -> Value {
    json!({
        "id": text(message.msg_id), "conversation": text(message.conversation_id), "user": text(message.user_id),
        "group": text(message.group_id), "sender": text(message.sender), "seq": message.seq, "status": message.status,
        "body": message.body, "text": text(message.text), "description": text(message.description),
        "isSelf": message.is_self, "needReadReceipt": message.need_read_receipt,
        "hasSentReceipt": message.has_sent_receipt, "priority": message.priority,
        "data": message.data.len, "cloud": message.cloud_custom_data.len, "nickName": text(message.nick_name),
        // SAFETY: NULL, or there as long as the message.
        "receipt": unsafe { message.receipt.as_ref() }.map(show_receipt),
    })
}

fn show_receipt(receipt: &seenby_receipt_t) -> Value {
    json!({
        "id": text(receipt.msg_id), "conversation": text(receipt.conversation_id), "user": text(receipt.user_id),
        "group": text(receipt.group_id), "isPeerRead": receipt.is_peer_read, "read": receipt.read_count,
        "unread": receipt.unread_count,
    })
}

fn show_group(group: &seenby_group_t) -> Value {
    json!({
        "id": text(group.group_id), "type": text(group.group_type), "name": text(group.name),
        "owner": text(group.owner), "count": group.member_count, "role": group.role,
    })
}

fn show_conversation(conversation: &seenby_conversation_t) -> Value {
    json!({
        "id": text(conversation.conversation_id), "unread": conversation.unread_count, "lastSeq": conversation.last_seq,
        // SAFETY: NULL, or there as long as the conversation.
        "last": unsafe { conversation.last_message.as_ref() }.map(|message| text(message.text)),
        // SAFETY: as above.
        "group": unsafe { conversation.group.as_ref() }.map(show_group),
    })
}

pub(crate) unsafe extern "C-unwind" fn on_done(data: *mut c_void, error: *const seenby_error_t) {
    tell(data, error, || Value::Null);
}

pub(crate) unsafe extern "C-unwind" fn on_message(
    data: *mut c_void,
    error: *const seenby_error_t,
    message: *const seenby_message_t,
) {
    assert_ne!(error.is_null(), message.is_null(), "one of the two is NULL");
    // SAFETY: there until the callback returns.
    tell(data, error, || show(unsafe { &*message }));
}

/// As [`on_message`]; what it tells is the address of a copy.
pub(crate) unsafe extern "C-unwind" fn on_message_keep(
    data: *mut c_void,
    error: *const seenby_error_t,
    message: *const seenby_message_t,
) {
    let mut copy = ptr::null_mut();
    assert_eq!(c!(seenby_message_clone(message, &mut copy)), SEENBY_OK);
    assert_eq!(c!(seenby_message_free(message.cast_mut())), SEENBY_ERR_CLOSED, "a lent message is not freed");
    tell(data, error, || copy.expose_provenance().into());
}

pub(crate) unsafe extern "C-unwind" fn on_messages(
    data: *mut c_void,
    error: *const seenby_error_t,
    messages: *const *const seenby_message_t,
    count: usize,
    is_finished: bool,
) {
    tell(data, error, || json!({"messages": each(messages, count, show), "isFinished": is_finished}));
}

pub(crate) unsafe extern "C-unwind" fn on_receipts(
    data: *mut c_void,
    error: *const seenby_error_t,
    receipts: *const *const seenby_receipt_t,
    count: usize,
) {
    tell(data, error, || each(receipts, count, show_receipt));
}

pub(crate) unsafe extern "C-unwind" fn on_read_members(
    data: *mut c_void,
    error: *const seenby_error_t,
    members: *const *const seenby_read_member_t,
    count: usize,
    next_seq: u64,
    is_finished: bool,
) {
    let show = |member: &seenby_read_member_t| json!([text(member.user_id), member.timestamp_ms > 0]);
    tell(data, error, || json!({"members": each(members, count, show), "next": next_seq, "isFinished": is_finished}));
}

pub(crate) unsafe extern "C-unwind" fn on_text(data: *mut c_void, error: *const seenby_error_t, it: seenby_str_t) {
    tell(data, error, || text(it).into());
}

pub(crate) unsafe extern "C-unwind" fn on_count(data: *mut c_void, error: *const seenby_error_t, count: u64) {
    tell(data, error, || count.into());
}

pub(crate) unsafe extern "C-unwind" fn on_groups(
    data: *mut c_void,
    error: *const seenby_error_t,
    groups: *const *const seenby_group_t,
    count: usize,
) {
    tell(data, error, || each(groups, count, show_group));
}

pub(crate) unsafe extern "C-unwind" fn on_group_members(
    data: *mut c_void,
    error: *const seenby_error_t,
    members: *const *const seenby_group_member_t,
    count: usize,
    next_seq: u64,
) {
    let show = |member: &seenby_group_member_t| json!([text(member.user_id), member.role]);
    tell(data, error, || json!({"members": each(members, count, show), "next": next_seq}));
}

pub(crate) unsafe extern "C-unwind" fn on_member_results(
    data: *mut c_void,
    error: *const seenby_error_t,
    results: *const *const seenby_member_result_t,
    count: usize,
) {
    tell(data, error, || each(results, count, |result| json!([text(result.user_id), result.result])));
}

pub(crate) unsafe extern "C-unwind" fn on_conversations(
    data: *mut c_void,
    error: *const seenby_error_t,
    conversations: *const *const seenby_conversation_t,
    count: usize,
    next_seq: u64,
    is_finished: bool,
) {
    let list = || each(conversations, count, show_conversation);
    tell(data, error, || json!({"conversations": list(), "next": next_seq, "isFinished": is_finished}));
}

pub(crate) unsafe extern "C-unwind" fn on_conversation(
    data: *mut c_void,
    error: *const seenby_error_t,
    conversation: *const seenby_conversation_t,
) {
    assert_ne!(error.is_null(), conversation.is_null(), "one of the two is NULL");
    // SAFETY: there until the callback returns.
    tell(data, error, || show_conversation(unsafe { &*conversation }));
}

pub(crate) unsafe extern "C-unwind" fn on_profiles(
    data: *mut c_void,
    error: *const seenby_error_t,
    profiles: *const *const seenby_profile_t,
    count: usize,
) {
    let show =
        |profile: &seenby_profile_t| json!([text(profile.user_id), text(profile.nick_name), text(profile.face_url)]);
    tell(data, error, || each(profiles, count, show));
}

/// A client, freed when it goes.
pub(crate) struct Client(pub(crate) *mut seenby_client_t);

impl Client {
    /// With a service in memory of this name; nobody is logged in.
    pub(crate) fn new(service: &str) -> Self {
        let server = format!("embedded:mem/{service}");
        let config = seenby_config_t { abi_version: SEENBY_ABI_VERSION, app: 1, server: s(&server), ..begun() };
        let mut client = ptr::null_mut();
        assert_eq!(c!(seenby_client_new(&config, &mut client)), SEENBY_OK);
        Self(client)
    }

    pub(crate) fn login(self, user: &str) -> Self {
        ended(|data| {
            c!(seenby_login(self.0, s(user), s("any"), data, Some(on_done), Some(destroy)));
        })
        .ok();
        self
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        assert_eq!(c!(seenby_client_free(self.0)), SEENBY_OK);
    }
}
