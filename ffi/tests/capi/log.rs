//! The log: its sink, its levels, what it may hold.

use crate::support::*;
use parking_lot::Mutex;
use seenby::capi::client::*;
use seenby::capi::library::*;
use seenby::capi::types::*;
use std::ffi::c_void;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

/// There is one log in a process.
static LOG: Mutex<()> = Mutex::new(());

unsafe extern "C-unwind" fn line(user_data: *mut c_void, level: i32, message: seenby_str_t) {
    unsafe { &*user_data.cast::<Data>() }.tell(level, string(message));
}

fn set(level: i32, data: &Arc<Data>) {
    ok(unsafe { seenby_set_log_sink(level, data.ptr(), Some(line), Some(destroy)) });
}

fn unset() {
    ok(unsafe { seenby_set_log_sink(SEENBY_LOG_WARN, std::ptr::null_mut(), None, None) });
}

fn log(level: i32, message: &str) {
    ok(unsafe { seenby_log(level, str(message)) });
}

/// Lines of this test's: others run beside it.
fn lines(data: &Data, mark: &str) -> Vec<(i32, String, String)> {
    let told = data.told().into_iter().filter(|told| told.sentence.contains(mark));
    told.map(|told| (told.code, told.sentence, told.thread)).collect()
}

#[test]
fn a_sink_gets_what_its_level_lets_through_on_a_thread_of_its_own() {
    let _alone = LOG.lock();
    let (data, nothing) = (Data::new(), Data::new());
    set(SEENBY_LOG_INFO, &data);
    for level in SEENBY_LOG_ERROR..=SEENBY_LOG_TRACE {
        log(level, &format!("levels {level}"));
    }
    until("three lines", || lines(&data, "levels").len() == 3);
    set(SEENBY_LOG_OFF, &nothing);
    assert_eq!(data.freed(), 1, "freed when it was replaced");
    log(SEENBY_LOG_ERROR, "levels off");
    let thread = String::from("seenby-log");
    let expected: Vec<_> = (1..=3).map(|level| (level, format!("levels {level}"), thread.clone())).collect();
    assert_eq!(lines(&data, "levels"), expected);
    unset();
    assert_eq!((data.freed(), nothing.freed()), (1, 1));
}

#[test]
fn wrong_levels_and_texts_are_refused_and_free_once() {
    let _alone = LOG.lock();
    for level in [-1, 6, i32::MAX] {
        let data = Data::new();
        let result = unsafe { seenby_set_log_sink(level, data.ptr(), Some(line), Some(destroy)) };
        assert!(refused(result, SEENBY_ERR_INVALID_PARAMETERS).contains(&level.to_string()));
        assert_eq!(data.freed(), 1);
        refused(unsafe { seenby_log(level, str("x")) }, SEENBY_ERR_INVALID_PARAMETERS);
    }
    refused(unsafe { seenby_log(SEENBY_LOG_OFF, str("x")) }, SEENBY_ERR_INVALID_PARAMETERS);
    refused(unsafe { seenby_log(SEENBY_LOG_WARN, NOT_UTF8) }, SEENBY_ERR_INVALID_PARAMETERS);
    // Without a function there is nothing to keep.
    let data = Data::new();
    ok(unsafe { seenby_set_log_sink(SEENBY_LOG_WARN, data.ptr(), None, Some(destroy)) });
    assert_eq!(data.freed(), 1);
}

#[test]
fn replacing_waits_for_a_call_that_is_running() {
    let _alone = LOG.lock();
    let (entered, gate) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(())));
    let closed = gate.lock();
    let (entered_in, gate_in) = (entered.clone(), gate.clone());
    let data = Data::inside(move || {
        entered_in.store(true, Ordering::SeqCst);
        drop(gate_in.lock());
    });
    set(SEENBY_LOG_ERROR, &data);
    log(SEENBY_LOG_ERROR, "running");
    until("it is called", || entered.load(Ordering::SeqCst));
    let replacing = std::thread::spawn(unset);
    std::thread::sleep(std::time::Duration::from_millis(20));
    assert!(!replacing.is_finished() && data.freed() == 0, "it waits");
    drop(closed);
    replacing.join().unwrap();
    assert_eq!(data.freed(), 1);
}

#[test]
#[cfg_attr(miri, ignore = "too many lines for Miri")]
fn what_a_slow_sink_loses_is_counted_and_told() {
    let _alone = LOG.lock();
    let (entered, gate) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(())));
    let closed = gate.lock();
    let (entered_in, gate_in) = (entered.clone(), gate.clone());
    let data = Data::inside(move || {
        entered_in.store(true, Ordering::SeqCst);
        drop(gate_in.lock());
    });
    set(SEENBY_LOG_ERROR, &data);
    log(SEENBY_LOG_ERROR, "row 0");
    until("it is called", || entered.load(Ordering::SeqCst));
    for n in 1..=1024 + 50 {
        log(SEENBY_LOG_ERROR, &format!("row {n}"));
    }
    drop(closed);
    until("it is told", || !lines(&data, "were lost").is_empty());
    let lost: usize = lines(&data, "were lost")[0].1.split(' ').next().unwrap().parse().unwrap();
    let came = lines(&data, "row ").len();
    assert!(lost >= 50 && came <= 1025, "{lost} lost, {came} came");
    unset();
}

#[test]
fn a_sink_may_replace_itself() {
    let _alone = LOG.lock();
    let (next, result) = (Data::new(), Arc::new(AtomicI32::new(-1)));
    let (next_in, result_in) = (next.clone(), result.clone());
    let data = Data::inside(move || {
        let result = unsafe { seenby_set_log_sink(SEENBY_LOG_ERROR, next_in.ptr(), Some(line), Some(destroy)) };
        result_in.store(result, Ordering::SeqCst);
    });
    set(SEENBY_LOG_ERROR, &data);
    log(SEENBY_LOG_ERROR, "first");
    data.wait_freed();
    assert_eq!(result.load(Ordering::SeqCst), SEENBY_OK);
    log(SEENBY_LOG_ERROR, "second");
    until("the next one hears", || !lines(&next, "second").is_empty());
    assert!(lines(&data, "second").is_empty());
    unset();
    assert_eq!((data.freed(), next.freed()), (1, 1));
}

unsafe extern "C-unwind" fn panicking(_: *mut c_void, _: i32, _: seenby_str_t) {
    panic!("injected");
}

#[test]
fn a_sink_that_panics_is_removed() {
    let _alone = LOG.lock();
    let data = Data::new();
    ok(unsafe { seenby_set_log_sink(SEENBY_LOG_ERROR, data.ptr(), Some(panicking), Some(destroy)) });
    log(SEENBY_LOG_ERROR, "for a sink that panics");
    data.wait_freed();
    // The thread goes on.
    let next = Data::new();
    set(SEENBY_LOG_ERROR, &next);
    log(SEENBY_LOG_ERROR, "after it");
    until("the next one hears", || !lines(&next, "after it").is_empty());
    unset();
    assert_eq!(next.freed(), 1);
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn a_sink_may_do_what_callbacks_may() {
    let _alone = LOG.lock();
    let client = client();
    let sent = Sent(client);
    let (free_result, cancel_result) = (Arc::new(AtomicI32::new(-1)), Arc::new(AtomicI32::new(-1)));
    let (free_in, cancel_in) = (free_result.clone(), cancel_result.clone());
    let data = Data::inside(move || {
        cancel_in.store(unsafe { seenby_cancel(sent.get(), 1) }, Ordering::SeqCst);
        free_in.store(unsafe { seenby_client_free(sent.get()) }, Ordering::SeqCst);
    });
    set(SEENBY_LOG_ERROR, &data);
    log(SEENBY_LOG_ERROR, "x");
    until("it was called", || free_result.load(Ordering::SeqCst) != -1);
    assert_eq!(cancel_result.load(Ordering::SeqCst), SEENBY_OK);
    assert_eq!(free_result.load(Ordering::SeqCst), SEENBY_ERR_CALLED_FROM_CALLBACK);
    unset();
    free(client);
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn r34_at_the_default_level_no_line_holds_an_id_or_a_token() {
    let _alone = LOG.lock();
    let (data, debug) = (Data::new(), Data::new());
    set(SEENBY_LOG_WARN, &data);
    let client = client();
    let login = Data::new();
    let (user, sig) = (str("u-r34-user"), str("u-r34-token"));
    unsafe { seenby_login(client, user, sig, login.ptr(), Some(done), Some(destroy)) };
    login.wait(1);
    ok(unsafe { seenby_report_exception(client, str("u-r34-what")) });
    until("the exception is told", || !lines(&data, "threw an exception").is_empty());
    assert!(lines(&data, "threw")[0].1.contains("code=90001"));
    set(SEENBY_LOG_DEBUG, &debug);
    ok(unsafe { seenby_report_exception(client, str("u-r34-what")) });
    until("what it says is told at debug", || !lines(&debug, "u-r34-what").is_empty());
    unset();
    assert!(lines(&data, "u-r34").is_empty(), "{:?}", lines(&data, "u-r34"));
    free(client);
}
