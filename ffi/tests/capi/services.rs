//! Services inside the process, held and operated.

use crate::support::*;
use seenby::capi::service::*;
use seenby::capi::types::*;
use std::ptr;

fn open(server: &str, settings: &str, limits: &str) -> (i32, *mut seenby_service_t) {
    let mut config = config();
    config.server = str(server);
    let mut service = ptr::null_mut();
    let result = unsafe { seenby_service_open(&raw const config, str(settings), str(limits), &raw mut service) };
    (result, service)
}

#[test]
fn wrong_values_are_named() {
    for (server, settings, limits, named) in [
        ("wss://example.com", "", "", "names a server"),
        ("embedded:mem/w", "{", "", "settings_json is not JSON"),
        ("embedded:mem/w", "[]", "", "must be a JSON object"),
        ("embedded:mem/w", "{\"colour\": 1}", "", "colour"),
        ("embedded:mem/w", "{\"visibility\": \"all\"}", "", "all"),
        ("embedded:mem/w", "", "{\"burst\": \"many\"}", "many"),
        ("embedded:mem/w", "", "{\"burst\": -1}", "-1"),
        ("embedded:mem/w", "", "{\"bursts\": 1}", "bursts"),
    ] {
        let (result, service) = open(server, settings, limits);
        let sentence = refused(result, SEENBY_ERR_INVALID_PARAMETERS);
        assert!(sentence.contains(named) && service.is_null(), "{named}: {sentence}");
    }
    let config = config();
    let result = unsafe { seenby_service_open(&raw const config, NONE, NONE, ptr::null_mut()) };
    assert!(refused(result, SEENBY_ERR_INVALID_PARAMETERS).contains("out_service"));
    let mut service = ptr::null_mut();
    let result = unsafe { seenby_service_open(&raw const config, NOT_UTF8, NONE, &raw mut service) };
    refused(result, SEENBY_ERR_INVALID_PARAMETERS);
}

#[test]
#[cfg_attr(miri, ignore = "starts a service, whose runtime Miri does not have")]
fn it_is_set_up_and_operated() {
    let endpoint = endpoint();
    let (result, service) = open(&endpoint, r#"{"visibility": "members"}"#, r#"{"connections_per_user": 1}"#);
    ok(result);
    let (first, second) = (client_at(&endpoint), client_at(&endpoint));
    assert_eq!(log_in(first, "alice"), SEENBY_OK);
    assert_eq!(log_in(second, "bob"), SEENBY_OK);
    // It runs: it has its settings.
    let (result, none) = open(&endpoint, "", "");
    refused(result, SEENBY_ERR_INVALID_PARAMETERS);
    assert!(none.is_null());

    ok(unsafe { seenby_service_configure(service, str(r#"{"switch_allowed": false}"#)) });
    ok(unsafe { seenby_service_configure(service, NONE) });
    refused(unsafe { seenby_service_configure(service, str("{\"a\":1}")) }, SEENBY_ERR_INVALID_PARAMETERS);
    refused(unsafe { seenby_service_delete_user(service, NONE) }, SEENBY_ERR_INVALID_PARAMETERS);
    ok(unsafe { seenby_service_delete_user(service, str("bob")) });
    for (seen_by, conversation, message) in [("", "c2c_b", "m"), ("a", "b", "m"), ("a", "c2c_b", "")] {
        let result = unsafe { seenby_service_delete_message(service, str(seen_by), str(conversation), str(message)) };
        refused(result, SEENBY_ERR_INVALID_PARAMETERS);
    }

    // Inside a callback nothing may wait; freeing does not.
    let sent = Sent(service);
    let data = Data::inside(move || {
        refused(unsafe { seenby_service_configure(sent.get(), NONE) }, SEENBY_ERR_CALLED_FROM_CALLBACK);
        refused(unsafe { seenby_service_delete_user(sent.get(), str("x")) }, SEENBY_ERR_CALLED_FROM_CALLBACK);
        ok(unsafe { seenby_service_free(sent.get()) });
    });
    unsafe { seenby::capi::client::seenby_logout(first, data.ptr(), Some(done), Some(destroy)) };
    data.wait_freed();
    refused(unsafe { seenby_service_free(service) }, SEENBY_ERR_CLOSED);
    free(first);
    free(second);
}
