//! A host in miniature: user data that counts how often it is freed, and callbacks that write down what they are told.

use parking_lot::{Condvar, Mutex};
use seenby::capi::client::*;
use seenby::capi::types::*;
use std::ffi::{c_char, c_void};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

/// Far more than anything takes. (Miri takes a hundred times as long, most of all to print where something panicked.)
pub(crate) const SOON: Duration = Duration::from_secs(if cfg!(miri) { 1800 } else { 60 });

/// Tests of the client of the process come one at a time.
pub(crate) static SHARED: Mutex<()> = Mutex::new(());

pub(crate) fn str(text: &str) -> seenby_str_t {
    seenby_str_t { data: text.as_ptr().cast::<c_char>(), len: text.len() }
}

pub(crate) const NONE: seenby_str_t = seenby_str_t { data: std::ptr::null(), len: 0 };
/// A byte that is nowhere in UTF-8.
pub(crate) const NOT_UTF8: seenby_str_t = seenby_str_t { data: b"a\xff".as_ptr().cast::<c_char>(), len: 2 };

/// What the library gave, as a String.
pub(crate) fn string(text: seenby_str_t) -> String {
    assert!(!text.data.is_null());
    let bytes = unsafe { std::slice::from_raw_parts(text.data.cast::<u8>(), text.len + 1) };
    assert_eq!(bytes[text.len], 0, "a NUL byte is behind it");
    String::from_utf8(bytes[..text.len].to_vec()).unwrap()
}

/// What a callback or a sink was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) code: i32,
    pub(crate) sentence: String,
    pub(crate) thread: String,
}

/// User data.
#[derive(Default)]
pub(crate) struct Data {
    told: Mutex<Vec<Told>>,
    more: Condvar,
    freed: AtomicUsize,
    /// What runs inside the callback.
    pub(crate) inside: Mutex<Option<Box<dyn FnMut() + Send>>>,
}

impl Data {
    /// Lives as long as the process: a callback that has told may still be on its way out when the test goes on, and where
    /// there is no destructor nothing says when it is through.
    pub(crate) fn new() -> Arc<Self> {
        let data = Arc::default();
        std::mem::forget(Arc::clone(&data));
        data
    }

    pub(crate) fn inside(code: impl FnMut() + Send + 'static) -> Arc<Self> {
        let data = Self::new();
        *data.inside.lock() = Some(Box::new(code));
        data
    }

    /// What C passes. The test keeps the Arc until nothing uses this any more.
    pub(crate) fn ptr(self: &Arc<Self>) -> *mut c_void {
        Arc::as_ptr(self).cast_mut().cast()
    }

    pub(crate) fn freed(&self) -> usize {
        self.freed.load(Ordering::SeqCst)
    }

    pub(crate) fn told(&self) -> Vec<Told> {
        self.told.lock().clone()
    }

    pub(crate) fn tell(&self, code: i32, sentence: String) {
        let thread = std::thread::current().name().unwrap_or_default().to_owned();
        self.told.lock().push(Told { code, sentence, thread });
        self.more.notify_all();
        if let Some(inside) = &mut *self.inside.lock() {
            inside();
        }
    }

    /// Waits until it was told `count` times.
    pub(crate) fn wait(&self, count: usize) -> Vec<Told> {
        let mut told = self.told.lock();
        while told.len() < count {
            assert!(!self.more.wait_for(&mut told, SOON).timed_out(), "told {} times of {count}", told.len());
        }
        told.clone()
    }

    /// Waits until it was freed, and is sure that it was once.
    pub(crate) fn wait_freed(&self) {
        until("freed", || self.freed() > 0);
        assert_eq!(self.freed(), 1, "freed once");
    }
}

pub(crate) fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let end = std::time::Instant::now() + SOON;
    while !condition() {
        assert!(std::time::Instant::now() < end, "not in time: {what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

unsafe fn data<'a>(user_data: *mut c_void) -> &'a Data {
    unsafe { &*user_data.cast::<Data>() }
}

pub(crate) unsafe extern "C-unwind" fn destroy(user_data: *mut c_void) {
    unsafe { data(user_data) }.freed.fetch_add(1, Ordering::SeqCst);
}

pub(crate) fn read_error(error: *const seenby_error_t) -> (i32, String) {
    if error.is_null() {
        return (0, String::new());
    }
    let error = unsafe { &*error };
    (error.code, string(error.message))
}

pub(crate) unsafe extern "C-unwind" fn done(user_data: *mut c_void, error: *const seenby_error_t) {
    let (code, sentence) = read_error(error);
    unsafe { data(user_data) }.tell(code, sentence);
}

/// The last error of this thread, which must be there.
pub(crate) fn last() -> (i32, String) {
    let error = seenby::capi::library::seenby_last_error();
    assert!(!error.is_null());
    read_error(error)
}

/// A call that answered at once was refused with this number, and its sentence is there.
#[track_caller]
pub(crate) fn refused(result: i32, code: i32) -> String {
    assert_eq!(result, code, "{:?}", if result == 0 { (0, String::new()) } else { last() });
    let (last_code, sentence) = last();
    assert_eq!(last_code, code);
    assert!(!sentence.is_empty());
    sentence
}

#[track_caller]
pub(crate) fn ok(result: i32) {
    assert_eq!(result, SEENBY_OK, "{:?}", last());
}

/// SEENBY_CONFIG_INIT.
pub(crate) fn config() -> seenby_config_t {
    let mut config: seenby_config_t = unsafe { std::mem::zeroed() };
    config.size = size_of::<seenby_config_t>() as u32;
    config.abi_version = SEENBY_ABI_VERSION;
    config.app = 1_400_000_001;
    config
}

/// SEENBY_LISTENER_INIT, with user data.
pub(crate) fn listener(data: &Arc<Data>) -> seenby_listener_t {
    let mut listener: seenby_listener_t = unsafe { std::mem::zeroed() };
    listener.size = size_of::<seenby_listener_t>() as u32;
    listener.user_data = data.ptr();
    listener.destroy = Some(destroy);
    listener
}

/// The endpoint of a service that no other test has.
pub(crate) fn endpoint() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("embedded:mem/capi-{}", NEXT.fetch_add(1, Ordering::SeqCst))
}

pub(crate) fn client_of(config: &seenby_config_t) -> *mut seenby_client_t {
    let mut client = std::ptr::null_mut();
    ok(unsafe { seenby_client_new(config, &raw mut client) });
    client
}

/// A client of a service of its own.
pub(crate) fn client() -> *mut seenby_client_t {
    client_at(&endpoint())
}

pub(crate) fn client_at(endpoint: &str) -> *mut seenby_client_t {
    let mut config = config();
    config.server = str(endpoint);
    client_of(&config)
}

pub(crate) fn free(client: *mut seenby_client_t) {
    ok(unsafe { seenby_client_free(client) });
}

/// Logs in and waits; the number it ends with.
pub(crate) fn log_in(client: *mut seenby_client_t, user: &str) -> i32 {
    let data = Data::new();
    unsafe { seenby_login(client, str(user), str("sig"), data.ptr(), Some(done), Some(destroy)) };
    let told = data.wait(1);
    data.wait_freed();
    told[0].code
}

/// A pointer that is sent to another thread, as C sends it.
pub(crate) struct Sent<T>(pub(crate) *mut T);
unsafe impl<T> Send for Sent<T> {}
unsafe impl<T> Sync for Sent<T> {}
impl<T> Sent<T> {
    pub(crate) fn get(&self) -> *mut T {
        self.0
    }
}
