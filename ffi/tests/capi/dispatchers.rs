//! Dispatchers that run, drop, wait, panic; and token replies.

use crate::support::*;
use parking_lot::Mutex;
use seenby::capi::client::*;
use seenby::capi::dispatcher::*;
use seenby::capi::types::*;
use std::ffi::c_void;
use std::sync::Arc;
use std::sync::mpsc;

/// A dispatcher's user data: where its jobs go.
struct Jobs {
    sender: Mutex<mpsc::Sender<Sent<seenby_job_t>>>,
    data: Arc<Data>,
}

unsafe extern "C-unwind" fn dispatch(user_data: *mut c_void, job: *mut seenby_job_t) {
    // Nobody takes it after the test: then it is dropped, as the header asks.
    if unsafe { &*user_data.cast::<Jobs>() }.sender.lock().send(Sent(job)).is_err() {
        unsafe { seenby_job_drop(job) };
    }
}

unsafe extern "C-unwind" fn destroy_jobs(user_data: *mut c_void) {
    let jobs = unsafe { Box::from_raw(user_data.cast::<Jobs>()) };
    unsafe { destroy(jobs.data.ptr()) };
}

/// A client with a dispatcher: its jobs, and what counts how often the dispatcher is freed.
fn dispatched() -> (*mut seenby_client_t, mpsc::Receiver<Sent<seenby_job_t>>, Arc<Data>) {
    let (sender, receiver) = mpsc::channel();
    let data = Data::new();
    let jobs = Box::new(Jobs { sender: Mutex::new(sender), data: data.clone() });
    let mut config = config();
    let endpoint = endpoint();
    config.server = str(&endpoint);
    config.dispatch = Some(dispatch);
    config.dispatch_user_data = Box::into_raw(jobs).cast();
    config.dispatch_destroy = Some(destroy_jobs);
    (client_of(&config), receiver, data)
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn a_job_runs_where_the_host_runs_it_and_once() {
    let (client, jobs, dispatcher) = dispatched();
    let data = Data::new();
    unsafe { seenby_logout(client, data.ptr(), Some(done), Some(destroy)) };
    let job = jobs.recv_timeout(SOON).unwrap().get();
    assert!(data.told().is_empty());
    ok(unsafe { seenby_job_run(job) });
    assert_eq!(data.told()[0].code, SEENBY_ERR_NOT_LOGGED_IN);
    assert_eq!(data.told()[0].thread, std::thread::current().name().unwrap());
    assert_eq!(data.freed(), 1);
    refused(unsafe { seenby_job_run(job) }, SEENBY_ERR_CLOSED);
    refused(unsafe { seenby_job_drop(job) }, SEENBY_ERR_CLOSED);
    free(client);
    dispatcher.wait_freed();
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn a_dropped_job_frees_what_it_was_to_call_and_the_next_one_comes() {
    let (client, jobs, dispatcher) = dispatched();
    let (first, second) = (Data::new(), Data::new());
    unsafe { seenby_logout(client, first.ptr(), Some(done), Some(destroy)) };
    unsafe { seenby_logout(client, second.ptr(), Some(done), Some(destroy)) };
    ok(unsafe { seenby_job_drop(jobs.recv_timeout(SOON).unwrap().get()) });
    assert_eq!((first.told().len(), first.freed()), (0, 1));
    ok(unsafe { seenby_job_run(jobs.recv_timeout(SOON).unwrap().get()) });
    assert_eq!((second.told().len(), second.freed()), (1, 1));
    free(client);
    dispatcher.wait_freed();
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn shutdown_and_free_do_not_wait_for_a_dispatcher() {
    let (client, jobs, dispatcher) = dispatched();
    let data = Data::new();
    unsafe { seenby_logout(client, data.ptr(), Some(done), Some(destroy)) };
    let job = jobs.recv_timeout(SOON).unwrap().get();
    ok(unsafe { seenby_client_shutdown(client) });
    free(client);
    assert_eq!((data.freed(), dispatcher.freed()), (0, 0), "it may still be run");
    ok(unsafe { seenby_job_run(job) });
    assert_eq!((data.told().len(), data.freed()), (1, 1));
    dispatcher.wait_freed();
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn a_job_ends_on_a_thread_that_may_free_nothing() {
    let (client, jobs, _) = dispatched();
    let sent = Sent(client);
    let data = Data::inside(move || {
        refused(unsafe { seenby_client_free(sent.get()) }, SEENBY_ERR_CALLED_FROM_CALLBACK);
    });
    unsafe { seenby_logout(client, data.ptr(), Some(done), Some(destroy)) };
    ok(unsafe { seenby_job_run(jobs.recv_timeout(SOON).unwrap().get()) });
    assert_eq!(data.freed(), 1);
    // Outside of the job the same thread may.
    free(client);
}

unsafe extern "C-unwind" fn panicking(_: *mut c_void, _: *mut seenby_job_t) {
    panic!("injected");
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn a_dispatcher_that_panics_ends_its_client_and_frees_the_job() {
    let (dispatcher, data) = (Data::new(), Data::new());
    let endpoint = endpoint();
    let mut config = config();
    config.server = str(&endpoint);
    config.dispatch = Some(panicking);
    config.dispatch_user_data = dispatcher.ptr();
    config.dispatch_destroy = Some(destroy);
    let client = client_of(&config);
    unsafe { seenby_logout(client, data.ptr(), Some(done), Some(destroy)) };
    data.wait_freed();
    assert!(data.told().is_empty());
    until("it is closed", || unsafe { seenby_network_available(client, 1) } == SEENBY_ERR_PANIC);
    free(client);
    dispatcher.wait_freed();
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn without_a_function_the_delivery_thread_is_used() {
    let dispatcher = Data::new();
    let endpoint = endpoint();
    let mut config = config();
    config.server = str(&endpoint);
    config.dispatch_user_data = dispatcher.ptr();
    config.dispatch_destroy = Some(destroy);
    let client = client_of(&config);
    assert_eq!(dispatcher.freed(), 1);
    let data = Data::new();
    unsafe { seenby_logout(client, data.ptr(), Some(done), Some(destroy)) };
    assert_eq!(data.wait(1)[0].thread, "seenby-delivery");
    free(client);
    assert_eq!(dispatcher.freed(), 1);
}
