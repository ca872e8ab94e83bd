//! A service inside the process, held and operated (R28).

use super::handle::{self, Handle, Table};
use super::types::*;
use super::{client, input, outcome};
use seenby_client::{AppSettings, ConversationId, EmbeddedService, Error, HubLimits, MessageId, Result, wait};
use serde_json::Value;
use std::sync::Arc;

impl Handle for seenby_service_t {
    type Object = EmbeddedService;
    const NAME: &'static str = "service";
    const TAG: usize = 5;
    fn table() -> &'static Table<EmbeddedService> {
        static TABLE: Table<EmbeddedService> = Table::new();
        &TABLE
    }
}

/// What JSON of the host's says; `None` if it is not set.
///
/// # Safety
/// As [`input::text`].
unsafe fn json(what: &str, json: seenby_str_t) -> Result<Option<Value>> {
    // SAFETY: passed on.
    let Some(json) = (unsafe { input::optional(what, json) })? else { return Ok(None) };
    match serde_json::from_str(json) {
        Ok(Value::Object(object)) => Ok(Some(Value::Object(object))),
        Ok(_) => Err(Error::invalid(format!("{what} is {json:?}; it must be a JSON object"))),
        Err(error) => Err(Error::invalid(format!("{what} is not JSON: {error}"))),
    }
}

/// # Safety
/// As [`input::text`].
unsafe fn settings(settings_json: seenby_str_t) -> Result<Option<AppSettings>> {
    let wrong = |error| Error::invalid(format!("settings_json: {error}"));
    // SAFETY: passed on.
    unsafe { json("settings_json", settings_json) }?.map(serde_json::from_value).transpose().map_err(wrong)
}

/// # Safety
/// As [`input::text`].
unsafe fn limits(limits_json: seenby_str_t) -> Result<HubLimits> {
    let wrong = |error| Error::invalid(format!("limits_json: {error}"));
    // SAFETY: passed on.
    let limits = unsafe { json("limits_json", limits_json) }?.map(serde_json::from_value).transpose().map_err(wrong)?;
    Ok(limits.unwrap_or_default())
}

/// Opens a service inside this process, to hold and operate it: for tests, demos, and programs that are a service themselves.
/// Clients with the same endpoint meet in it. It lives until this handle and the last of them are gone. An app needs none of
/// this: such a service starts by itself, with the default settings.
///
/// @param config         `server` and `app` say which service; nothing else is used, but what the struct says is freed is freed
///                       as by seenby_client_new, before this returns.
/// @param settings_json  The app's settings, a JSON object: any of `receipt_kinds` (of "Work", "Public", "Meeting"),
///                       `receipt_members`, `unsupported` ("downgrade" or "reject"), `visibility` ("sender" or "members"),
///                       `register` ("server" or "client"), `retention_ms`, `switch_allowed`, `off_still_sees`. Not set, or
///                       what it lacks: the defaults.
/// @param limits_json    The limits (R24), a JSON object of numbers: any of `requests_per_second`, `burst`, `refusals`,
///                       `idle_ms`, `connections_per_user`, `lag_bytes`, `group_members`, `proposals`, `housekeeping_ms`,
///                       `roll_up_ms`, `roll_up_events`. Not set, or what it lacks: the defaults.
/// @param out_service    Gets the service. Free it with seenby_service_free.
/// @return SEENBY_OK or an error number.
///
/// Errors: 6017 the endpoint is a server's, its service is running already, or a wrong value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_service_open(
    config: *const seenby_config_t,
    settings_json: seenby_str_t,
    limits_json: seenby_str_t,
    out_service: *mut *mut seenby_service_t,
) -> i32 {
    outcome::at_once(|| {
        // SAFETY: the caller says that they are there for the call.
        let (config, settings, limits) =
            unsafe { (client::config(config)?, settings(settings_json)?, limits(limits_json)?) };
        let out = input::out("out_service", out_service)?;
        let service = EmbeddedService::open(&config, settings, limits)?;
        let handle = handle::insert(Arc::new(service))?;
        // SAFETY: not NULL, and the caller's.
        unsafe { out.write(handle) };
        Ok(())
    })
}

/// Changes the app's settings from now on; what was sent before keeps what it was sent with. Waits until it is done.
///
/// @param service        The service.
/// @param settings_json  All of the settings, as for seenby_service_open.
/// @return SEENBY_OK or an error number.
///
/// Errors: 6017 a wrong value; 90002 inside a callback, where nothing may wait; 90003 the handle is none; 90004 the service's
/// journal refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_service_configure(service: *mut seenby_service_t, settings_json: seenby_str_t) -> i32 {
    outcome::at_once(|| {
        let service = handle::get(service)?;
        // SAFETY: the caller says that it is there for the call.
        let settings = unsafe { settings(settings_json) }?.unwrap_or_default();
        wait(service.configure(settings))
    })
}

/// Deletes a user (R32). Waits until it is done.
///
/// @param service  The service.
/// @param user_id  Who.
/// @return SEENBY_OK or an error number.
///
/// Errors: as seenby_service_configure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_service_delete_user(service: *mut seenby_service_t, user_id: seenby_str_t) -> i32 {
    outcome::at_once(|| {
        let service = handle::get(service)?;
        // SAFETY: the caller says that it is there for the call.
        let user = unsafe { input::text("user_id", user_id) }?;
        wait(service.delete_user(user))
    })
}

/// Deletes a message and its receipts (R32). Waits until it is done.
///
/// @param service          The service.
/// @param seen_by          A user of the conversation: `conversation_id` is as this one sees it.
/// @param conversation_id  `c2c_<peer>` or `group_<id>`.
/// @param msg_id           The message.
/// @return SEENBY_OK or an error number.
///
/// Errors: as seenby_service_configure; 10062 there is no such message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_service_delete_message(
    service: *mut seenby_service_t,
    seen_by: seenby_str_t,
    conversation_id: seenby_str_t,
    msg_id: seenby_str_t,
) -> i32 {
    outcome::at_once(|| {
        let service = handle::get(service)?;
        // SAFETY: the caller says that they are there for the call.
        let (seen_by, conversation, message) = unsafe {
            (
                input::text("seen_by", seen_by)?,
                ConversationId::parse(input::text("conversation_id", conversation_id)?)?,
                MessageId::new(input::text("msg_id", msg_id)?)?,
            )
        };
        wait(service.delete_message(seen_by, &conversation, &message))
    })
}

/// Lets a service go: it ends with the last client in it. Does not wait.
///
/// @param service  The service. NULL does nothing.
/// @return SEENBY_OK or an error number.
///
/// Errors: 90003 the handle is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn seenby_service_free(service: *mut seenby_service_t) -> i32 {
    outcome::at_once(|| -> Result<()> {
        if !service.is_null() {
            handle::remove(service)?;
        }
        Ok(())
    })
}
