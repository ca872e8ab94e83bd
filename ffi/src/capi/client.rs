//! Clients: made, freed, the one of the process; who is logged in, and what the system says.

use super::dispatcher;
use super::handle::{self, Handle, Table};
use super::input;
use super::listener::Added;
use super::outcome;
use super::types::*;
use crate::singleton;
use parking_lot::Mutex;
use seenby_client::{CallId, Client, Config, Error, ErrorCode, Result};
use std::ffi::c_void;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// What a client's handle stands for.
pub(super) struct ClientObject {
    pub(super) which: Which,
    /// The listeners that were added through it.
    pub(super) listeners: Mutex<Vec<Added>>,
}

/// Which client that is.
pub(super) enum Which {
    /// One of the app's own.
    Own(Client),
    /// The one of the process.
    Shared,
}

impl Handle for seenby_client_t {
    type Object = ClientObject;
    const NAME: &'static str = "client";
    const TAG: usize = 1;
    fn table() -> &'static Table<ClientObject> {
        static TABLE: Table<ClientObject> = Table::new();
        &TABLE
    }
}

/// The client that a handle stands for: 90003 if it is none, 6013 if it is the process's before init.
pub(super) fn resolve(client: *const seenby_client_t) -> Result<Client> {
    match &handle::get(client)?.which {
        Which::Own(client) => Ok(client.clone()),
        Which::Shared => singleton::client(),
    }
}

/// Runs what answers at once and only an open client does.
fn at_once_open(client: *const seenby_client_t, what: impl FnOnce(&Client) -> Result<()>) -> i32 {
    outcome::at_once_with(client, |client| {
        client.check_open()?;
        what(client)
    })
}

/// The configuration that the host's struct describes. What it holds to be freed is freed, also when it is wrong, unless its
/// size or version says that nobody knows where that is.
///
/// # Safety
/// As [`input::read`], with texts as for [`input::text`], and functions as the header says.
pub(super) unsafe fn config(from: *const seenby_config_t) -> Result<Config> {
    // SAFETY: passed on.
    let (from, rest) = unsafe { input::read_known(from) }?;
    if from.abi_version != SEENBY_ABI_VERSION {
        return Err(Error::invalid(format!(
            "the program was built with a seenby.h of ABI version {}, and this library has version {SEENBY_ABI_VERSION}; \
             build the program with the header of this library, or give it the library of its header",
            from.abi_version
        )));
    }
    // First, so that what is to be freed has its owner before anything can be refused.
    let dispatcher = dispatcher::dispatcher(from.dispatch, from.dispatch_user_data, from.dispatch_destroy);
    let provider = dispatcher::token_provider(from.token_provider, from.token_user_data, from.token_destroy);
    rest?;
    input::reserved(input::name::<seenby_config_t>(), from.reserved)?;
    input::reserved(input::name::<seenby_config_t>(), from.reserved2)?;

    let mut config = Config::new(from.app);
    config.dispatcher = dispatcher;
    config.token_provider = provider;
    config.allow_plain = input::flag("the configuration's field allow_plain", from.allow_plain)?;
    config.with_readers = input::flag("the configuration's field with_readers", from.with_readers)?;
    // SAFETY: the caller says that they are there for the call.
    let (optional, pins) = unsafe {
        let text = |what: &str, value| {
            input::optional(&format!("configuration's field {what}"), value).map(|text| text.map(str::to_owned))
        };
        let texts = [
            text("server", from.server)?,
            text("data_dir", from.data_dir)?,
            text("device_label", from.device_label)?,
            text("ca_file", from.ca_file)?,
            text("proxy", from.proxy)?,
            text("client_name", from.client_name)?,
        ];
        (texts, input::texts("pins of the configuration", from.pins, from.pin_count)?)
    };
    let [server, data_dir, device_label, ca_file, proxy, client_name] = optional;
    config.server = server;
    config.data_dir = data_dir.map(Into::into);
    config.device_label = device_label;
    config.tls.ca_file = ca_file.map(Into::into);
    config.tls.pins = pins.into_iter().map(str::to_owned).collect();
    config.proxy = proxy;
    config.client_name = client_name.unwrap_or_default();
    let time = |ms: u32, default| if ms == 0 { default } else { Duration::from_millis(ms.into()) };
    config.seen_for = time(from.seen_for_ms, config.seen_for);
    config.request_timeout = time(from.request_timeout_ms, config.request_timeout);
    config.connect_timeout = time(from.connect_timeout_ms, config.connect_timeout);
    Ok(config)
}

fn not_in_a_callback(name: &str) -> Result<()> {
    if Client::in_callback() {
        let sentence =
            format!("{name} was called inside a callback; call it outside, or seenby_client_shutdown inside");
        return Err(Error::new(ErrorCode::CalledFromCallback, sentence));
    }
    Ok(())
}

/// Makes a client (the documented init): one device of one user at a time. There may be several in a process. It connects at
/// seenby_login.
///
/// @param config      How it is set up; borrowed for the call, but for what the struct says is freed later.
/// @param out_client  Gets the client. Free it with seenby_client_free.
/// @return SEENBY_OK or an error number.
///
/// Opens the data folder, which takes as long as the disk does. Its `dispatch_destroy` and `token_destroy` are called exactly
/// once, also when it is refused: but if the size or the ABI version is wrong nothing in the struct can be relied on, and
/// nothing of it is called.
///
/// Errors: 6017 names the field that is wrong, or both ABI versions; 90004 a data folder that is damaged, or that another
/// process has open.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_client_new(
    config: *const seenby_config_t,
    out_client: *mut *mut seenby_client_t,
) -> i32 {
    outcome::at_once(|| {
        // SAFETY: the caller says that it is one.
        let config = unsafe { self::config(config) }?;
        let out = input::out("out_client", out_client)?;
        let client = Client::new(config)?;
        let handle = handle::insert(Arc::new(ClientObject { which: Which::Own(client), listeners: Mutex::default() }))?;
        // SAFETY: not NULL, and the caller's.
        unsafe { out.write(handle) };
        Ok(())
    })
}

/// Ends a client for good: calls that are out end with 7009, on the usual thread, possibly after this has returned; later
/// ones with 90003, on the thread `seenby-fallback`. Never waits, and may be called inside a callback. When the last callback
/// has come, the client's listeners are freed. Another time it does nothing.
///
/// @param client  The client; its handle stays. Not the one of the process: seenby_shared_uninit ends that.
/// @return SEENBY_OK or an error number.
///
/// Errors: 6017 the client of the process; 90003 the handle is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_client_shutdown(client: *mut seenby_client_t) -> i32 {
    outcome::at_once(|| match &handle::get(client)?.which {
        Which::Own(client) => {
            client.shutdown();
            Ok(())
        }
        Which::Shared => Err(not_of_the_process()),
    })
}

fn not_of_the_process() -> Error {
    Error::invalid("this is the client of the process, which is neither shut down nor freed; call seenby_shared_uninit")
}

/// Ends a client as seenby_client_shutdown does, and its handle: later calls with it answer 90003. Does not wait: callbacks
/// of calls that were out come afterwards, with 7009.
///
/// @param client  The client. NULL does nothing.
/// @return SEENBY_OK or an error number.
///
/// Errors: 6017 the client of the process; 90002 inside a callback: call seenby_client_shutdown there; 90003 the handle is
/// none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_client_free(client: *mut seenby_client_t) -> i32 {
    outcome::at_once(|| {
        if client.is_null() {
            return Ok(());
        }
        not_in_a_callback("seenby_client_free")?;
        if matches!(handle::get(client)?.which, Which::Shared) {
            return Err(not_of_the_process());
        }
        if let Which::Own(client) = &handle::remove(client)?.which {
            client.shutdown();
        }
        Ok(())
    })
}

/// The client of the process, which is the one of the documented singleton (V2TIMManager::GetInstance): always the same
/// handle, from the start to the end of the process, never freed. Before seenby_shared_init and after seenby_shared_uninit
/// its calls answer 6013; listeners may be added all the same.
///
/// @return The client.
#[unsafe(no_mangle)]
pub extern "C" fn seenby_shared_client() -> *mut seenby_client_t {
    static HANDLE: OnceLock<usize> = OnceLock::new();
    let made = HANDLE.get_or_init(|| {
        let object = ClientObject { which: Which::Shared, listeners: Mutex::default() };
        // Fails only if there are as many clients as there can be; then calls with it say that it is none.
        handle::insert(Arc::new(object)).map_or(0, |handle: *mut seenby_client_t| handle.addr())
    });
    std::ptr::without_provenance_mut(*made)
}

/// Makes the client of the process (the documented initSDK). As seenby_client_new; listeners that were added before are
/// heard from now on.
///
/// @param config  As for seenby_client_new.
/// @return SEENBY_OK or an error number.
///
/// Errors: as seenby_client_new; 6017 also if it is initialized already.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_shared_init(config: *const seenby_config_t) -> i32 {
    // SAFETY: the caller says that it is one.
    outcome::at_once(|| singleton::init(unsafe { self::config(config) }?))
}

/// Ends the client of the process (the documented unInitSDK): calls that are out end with 7009, later ones with 6013. Never
/// waits, and may be called inside a callback. Listeners stay for the next seenby_shared_init.
///
/// @return SEENBY_OK or an error number.
///
/// Errors: 6013 it is not initialized.
#[unsafe(no_mangle)]
pub extern "C" fn seenby_shared_uninit() -> i32 {
    outcome::at_once(singleton::uninit)
}

/// Logs a user in. Once it has succeeded the client keeps the line by itself, and comes back after a loss, with growing
/// pauses (R30). The user who is logged in already: its userSig is renewed, outbox and listeners stay. Another one: logged
/// out first; its outbox stays for when it comes back.
///
/// @param client     The client.
/// @param user_id    Who.
/// @param user_sig   A userSig that the app's backend made; any text for a service inside this process.
/// @param user_data  Passed to `callback`, then to `destroy`.
/// @param callback   Comes when the service has answered, or could not be reached.
/// @param destroy    Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6017 a wrong value; 9508 to 9512 the service was not reached, and nobody is logged in; 70001 an expired, 70003 a
/// wrong userSig; 90005, 90006 the server was not accepted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_login(
    client: *mut seenby_client_t,
    user_id: seenby_str_t,
    user_sig: seenby_str_t,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::begin(
        client,
        (user_data, callback, destroy),
        // SAFETY: the caller says that they are there for the call.
        |_| unsafe { Ok((input::text("user_id", user_id)?, input::text("user_sig", user_sig)?)) },
        |client, login, end| client.login_checked(login, end),
    )
}

/// Logs out. What is in the outbox stays on the device and is sent when the user logs in again (R16); calls that are out end
/// with 7009.
///
/// @param client     The client.
/// @param user_data  Passed to `callback`, then to `destroy`.
/// @param callback   Comes when nobody is logged in any more.
/// @param destroy    Frees `user_data`.
/// @return The call, for seenby_cancel.
///
/// Errors: 6014 nobody is logged in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_logout(
    client: *mut seenby_client_t,
    user_data: *mut c_void,
    callback: seenby_done_fn,
    destroy: seenby_destroy_fn,
) -> seenby_call_t {
    outcome::begin(client, (user_data, callback, destroy), |_| Ok(()), |client, _, end| client.logout_with(end))
}

/// Takes a call back: its callback comes with 7009, unless the call ended before. What was sent takes effect all the same.
///
/// @param client  The client of the call.
/// @param call    What the call returned. One that has ended, or never was, is no error.
/// @return SEENBY_OK or an error number.
///
/// Errors: 6013 the client of the process is not initialized; 90003 the handle is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_cancel(client: *mut seenby_client_t, call: seenby_call_t) -> i32 {
    outcome::at_once_with(client, |client| {
        client.cancel(CallId(call));
        Ok(())
    })
}

/// Who is logged in, or logging in.
///
/// @param client       The client.
/// @param out_user_id  Gets the user's id, or an empty text if there is none. Free it with seenby_string_free.
/// @return SEENBY_OK or an error number.
///
/// Errors: 6013 the client of the process is not initialized; 90003 the client was shut down, or the handle is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_login_user(client: *mut seenby_client_t, out_user_id: *mut seenby_string_t) -> i32 {
    at_once_open(client, |client| {
        let out = input::out("out_user_id", out_user_id)?;
        let user = client.login_user();
        // SAFETY: not NULL, and the caller's.
        unsafe { out.write(outcome::owned(user.as_ref().map(|user| user.as_str()).unwrap_or_default())) };
        Ok(())
    })
}

/// Whether somebody is logged in.
///
/// @param client      The client.
/// @param out_status  Gets SEENBY_LOGIN_STATUS_*.
/// @return SEENBY_OK or an error number.
///
/// Errors: as seenby_login_user.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_login_status(client: *mut seenby_client_t, out_status: *mut i32) -> i32 {
    at_once_open(client, |client| {
        let out = input::out("out_status", out_status)?;
        // SAFETY: not NULL, and the caller's.
        unsafe { out.write(client.login_status() as i32) };
        Ok(())
    })
}

/// The device's estimate of the service's clock.
///
/// @param client       The client.
/// @param out_time_ms  Gets the time, in ms since 1970.
/// @return SEENBY_OK or an error number.
///
/// Errors: as seenby_login_user.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_server_time_ms(client: *mut seenby_client_t, out_time_ms: *mut i64) -> i32 {
    at_once_open(client, |client| {
        let out = input::out("out_time_ms", out_time_ms)?;
        // SAFETY: not NULL, and the caller's.
        unsafe { out.write(client.server_time()) };
        Ok(())
    })
}

/// The system says that the network is there, or gone: the client connects at once, or sleeps.
///
/// @param client     The client.
/// @param available  1 or 0.
/// @return SEENBY_OK or an error number.
///
/// Errors: 6017 neither 0 nor 1; else as seenby_login_user.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_network_available(client: *mut seenby_client_t, available: i32) -> i32 {
    at_once_open(client, |client| {
        client.network_available(input::switch("available", available)?);
        Ok(())
    })
}

/// The app came to the foreground, or went to the background. Until told otherwise it counts as being in the foreground.
/// The client's read trackers are told as well.
///
/// @param client      The client.
/// @param foreground  1 or 0.
/// @return SEENBY_OK or an error number.
///
/// Errors: 6017 neither 0 nor 1; else as seenby_login_user.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_foreground(client: *mut seenby_client_t, foreground: i32) -> i32 {
    at_once_open(client, |client| {
        client.foreground(input::switch("foreground", foreground)?);
        Ok(())
    })
}

/// For people who look for a fault (R34): endpoint, state, length of the outbox, last errors, versions. It holds no ids.
///
/// @param client    The client; it may have been shut down.
/// @param out_json  Gets a JSON object, whose keys are not stable. Free it with seenby_string_free.
/// @return SEENBY_OK or an error number.
///
/// Errors: 6013 the client of the process is not initialized; 90003 the handle is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_debug_state(client: *mut seenby_client_t, out_json: *mut seenby_string_t) -> i32 {
    outcome::at_once_with(client, |client| {
        let out = input::out("out_json", out_json)?;
        // SAFETY: not NULL, and the caller's.
        unsafe { out.write(outcome::owned(&client.debug_state())) };
        Ok(())
    })
}

/// For layers over this one that catch what the app's code throws, which must not leave a callback: logs that it happened,
/// and counts it in seenby_debug_state. The client goes on.
///
/// @param client  The client whose callback it was. It is logged also if this is none, or was shut down.
/// @param what    What the exception says. It may hold anything, ids too, and so is logged at level debug, not at error
///                (R34).
/// @return SEENBY_OK or an error number.
///
/// Errors: 6013 the client of the process is not initialized; 6017 `what` is not UTF-8; 90003 the handle is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_report_exception(client: *mut seenby_client_t, what: seenby_str_t) -> i32 {
    outcome::at_once(|| {
        tracing::error!(
            code = ErrorCode::Panic.number(),
            "a callback of the app threw an exception, which was caught; what it says is logged at level debug"
        );
        // SAFETY: the caller says that it is there for the call.
        let what = unsafe { input::text("what", what) };
        if let Ok(what) = what {
            tracing::debug!("the exception says: {what}");
        }
        resolve(client)?.note_app_exception();
        what.map(|_| ())
    })
}
