//! Listeners: added twice, removed in the wrong place, never removed; freed exactly once.

use crate::support::*;
use parking_lot::Mutex;
use seenby::capi::client::*;
use seenby::capi::listener::*;
use seenby::capi::types::*;
use std::ffi::c_void;
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

unsafe extern "C-unwind" fn heard(user_data: *mut c_void) {
    unsafe { done(user_data, ptr::null()) };
}

/// Hears that the line is opened and that it is up: two calls a login.
fn of(data: &Arc<Data>) -> seenby_listener_t {
    let mut listener = listener(data);
    listener.on_connecting = Some(heard);
    listener.on_connect_success = Some(heard);
    listener
}

fn add(client: *mut seenby_client_t, listener: seenby_listener_t) -> u64 {
    let mut id = 0;
    ok(unsafe { seenby_add_listener(client, &raw const listener, &raw mut id) });
    assert_ne!(id, 0);
    id
}

fn remove(client: *mut seenby_client_t, id: u64) {
    ok(unsafe { seenby_remove_listener(client, id) });
}

#[test]
fn a_listener_of_the_process_is_freed_when_it_is_removed() {
    let _alone = SHARED.lock();
    let client = seenby_shared_client();
    let data = Data::new();
    let (first, second) = (add(client, of(&data)), add(client, of(&data)));
    assert_ne!(first, second, "one that is added twice is two");
    remove(client, first);
    assert_eq!(data.freed(), 1);
    refused(unsafe { seenby_remove_listener(client, first) }, SEENBY_ERR_INVALID_PARAMETERS);
    remove(client, second);
    assert_eq!(data.freed(), 2, "each for itself");
    for id in [0, second, u64::MAX] {
        let sentence = refused(unsafe { seenby_remove_listener(client, id) }, SEENBY_ERR_INVALID_PARAMETERS);
        assert!(sentence.contains(&id.to_string()));
    }
}

#[test]
fn a_wrong_struct_is_refused() {
    let _alone = SHARED.lock();
    let client = seenby_shared_client();
    let mut id = 7;
    let mut add = |listener: *const seenby_listener_t| unsafe { seenby_add_listener(client, listener, &raw mut id) };
    assert!(refused(add(ptr::null()), 6017).contains("NULL"));
    let size = size_of::<seenby_listener_t>() as u32;
    for wrong in [0, 4, size - 1, 5000, u32::MAX] {
        let data = Data::new();
        let mut listener = of(&data);
        listener.size = wrong;
        assert!(refused(add(&raw const listener), 6017).contains(&wrong.to_string()));
        assert_eq!(data.freed(), 0, "nobody knows what is in it");
    }
    let data = Data::new();
    let mut listener = of(&data);
    listener.reserved = 1;
    assert!(refused(add(&raw const listener), 6017).contains("reserved"));
    assert_eq!(data.freed(), 1);

    let data = Data::new();
    let listener = of(&data);
    let result = unsafe { seenby_add_listener(client, &raw const listener, ptr::null_mut()) };
    assert!(refused(result, 6017).contains("out_id"));
    assert_eq!((data.freed(), id), (1, 7));
}

#[repr(C)]
struct Newer {
    listener: seenby_listener_t,
    on_something_new: u64,
}

#[test]
fn a_larger_struct_is_taken_if_what_is_not_known_is_empty() {
    let _alone = SHARED.lock();
    let client = seenby_shared_client();
    for (more, code) in [(0, SEENBY_OK), (1, SEENBY_ERR_INVALID_PARAMETERS)] {
        let data = Data::new();
        let mut newer = Newer { listener: of(&data), on_something_new: more };
        newer.listener.size = size_of::<Newer>() as u32;
        let mut id = 0;
        let result = unsafe { seenby_add_listener(client, (&raw const newer).cast(), &raw mut id) };
        assert_eq!(result, code);
        if result == SEENBY_OK {
            assert_eq!(data.freed(), 0);
            remove(client, id);
        }
        assert_eq!(data.freed(), 1);
    }
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn one_hears_until_it_is_removed_and_the_others_go_on() {
    let client = client();
    let (first, second, other) = (Data::new(), Data::new(), Data::new());
    let id = add(client, of(&first));
    add(client, of(&second));
    let _alone = SHARED.lock();
    let foreign = add(seenby_shared_client(), of(&other));
    refused(unsafe { seenby_remove_listener(client, foreign) }, SEENBY_ERR_INVALID_PARAMETERS);
    remove(seenby_shared_client(), foreign);
    assert_eq!(log_in(client, "alice"), SEENBY_OK);
    first.wait(2);
    second.wait(2);
    assert!(first.told().iter().all(|told| told.thread == "seenby-delivery"));
    remove(client, id);
    first.wait_freed();
    let before = first.told().len();
    assert_eq!(log_in(client, "bob"), SEENBY_OK);
    second.wait(4);
    assert_eq!(first.told().len(), before);
    // Never removed: freed with its client.
    assert_eq!(second.freed(), 0);
    free(client);
    second.wait_freed();
    assert_eq!(other.freed(), 1);
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn one_that_is_never_removed_is_freed_after_shutdown_too() {
    let client = client();
    let data = Data::new();
    let id = add(client, of(&data));
    ok(unsafe { seenby_client_shutdown(client) });
    data.wait_freed();
    // Its number is still the client's; removing it then is no error.
    remove(client, id);
    free(client);
    assert_eq!(data.freed(), 1);
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn removed_inside_its_own_callback_it_is_not_called_again() {
    let client = client();
    let (sent, id) = (Sent(client), Arc::new(AtomicU64::new(0)));
    let id_in = id.clone();
    let data = Data::inside(move || {
        until("its number is known", || id_in.load(Ordering::SeqCst) != 0);
        remove(sent.get(), id_in.load(Ordering::SeqCst));
    });
    let other = Data::new();
    id.store(add(client, of(&data)), Ordering::SeqCst);
    add(client, of(&other));
    assert_eq!(log_in(client, "alice"), SEENBY_OK);
    other.wait(2);
    data.wait_freed();
    assert_eq!(data.told().len(), 1, "not even what was in the same batch");
    free(client);
    other.wait_freed();
    assert_eq!(data.freed(), 1);
}

#[test]
#[cfg_attr(miri, ignore = "makes a client, whose runtime Miri does not have")]
fn removing_waits_for_a_call_that_is_running() {
    let client = client();
    let (entered, over) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let gate = Arc::new(Mutex::new(()));
    let closed = gate.lock();
    let (entered_in, over_in, gate_in) = (entered.clone(), over.clone(), gate.clone());
    let data = Data::inside(move || {
        entered_in.store(true, Ordering::SeqCst);
        drop(gate_in.lock());
        over_in.store(true, Ordering::SeqCst);
    });
    let id = add(client, of(&data));
    let login = Data::new();
    unsafe { seenby_login(client, str("alice"), str("sig"), login.ptr(), Some(done), Some(destroy)) };
    until("it is called", || entered.load(Ordering::SeqCst));
    let sent = Sent(client);
    let removing = std::thread::spawn(move || remove(sent.get(), id));
    std::thread::sleep(std::time::Duration::from_millis(20));
    assert!(!removing.is_finished() && data.freed() == 0, "it waits");
    drop(closed);
    removing.join().unwrap();
    assert!(over.load(Ordering::SeqCst));
    assert_eq!(data.told().len(), 1);
    data.wait_freed();
    login.wait_freed();
    free(client);
}

#[test]
#[cfg_attr(miri, ignore = "makes clients, whose runtime Miri does not have")]
fn two_clients_that_remove_each_others_listeners_inside_callbacks_do_not_wait() {
    let clients = [client(), client()];
    let ids = Arc::new([AtomicU64::new(0), AtomicU64::new(0)]);
    let both = Arc::new(std::sync::Barrier::new(2));
    let datas: Vec<_> = (0..2)
        .map(|n: usize| {
            let (ids, both, other) = (ids.clone(), both.clone(), Sent(clients[1 - n]));
            let mut first = true;
            Data::inside(move || {
                if std::mem::take(&mut first) {
                    // Both run now; each removes the other.
                    both.wait();
                    remove(other.get(), ids[1 - n].load(Ordering::SeqCst));
                }
            })
        })
        .collect();
    for n in 0..2 {
        ids[n].store(add(clients[n], of(&datas[n])), Ordering::SeqCst);
    }
    let logins = [Data::new(), Data::new()];
    for n in 0..2 {
        unsafe { seenby_login(clients[n], str("alice"), str("sig"), logins[n].ptr(), Some(done), Some(destroy)) };
    }
    for n in 0..2 {
        datas[n].wait_freed();
        // The other may have removed it only after it had returned from the first call.
        assert!(datas[n].told().len() <= 2);
        logins[n].wait_freed();
        free(clients[n]);
    }
}
