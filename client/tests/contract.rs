//! The contract with callers (docs/threading.md), point by point, as far as it shows without a service: calls are
//! refused or cut short here, and events come from logins that cannot connect.
#![allow(clippy::unwrap_used)] // in helpers of tests

mod common;

use common::{Counted, offline};
use parking_lot::{Condvar, Mutex};
use seenby_client::{
    Call, Client, Command, Config, ConversationId, Dispatcher, ErrorCode, Event, GroupKind, HistoryQuery, Job,
    MemberFilter, MessageId, Role, SendOptions, UserId,
};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(20);

fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let end = Instant::now() + SOON;
    while !condition() {
        assert!(Instant::now() < end, "not in time: {what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn r21_before_login_every_call_is_6014() {
    let (client, _folder) = offline();
    assert_eq!(client.get_total_unread_message_count().wait().unwrap_err().code, ErrorCode::NotLoggedIn);
    // Also one whose parameters are wrong.
    assert_eq!(client.join_group("").wait().unwrap_err().code, ErrorCode::NotLoggedIn);
    let message = client.create_text_message("hello");
    let sending = client.send_message(message, Some("bob"), None, SendOptions::default());
    assert_eq!(sending.id(), None);
    assert_eq!(sending.wait().unwrap_err().code, ErrorCode::NotLoggedIn);
    assert_eq!(client.logout().wait().unwrap_err().code, ErrorCode::NotLoggedIn);
    assert_eq!(client.login("", "sig").wait().unwrap_err().code, ErrorCode::InvalidParameters);
}

#[test]
fn a_callback_comes_once_on_the_delivery_thread_and_never_inside_the_call() {
    let (client, _folder) = offline();
    let (sender, receiver) = mpsc::channel();
    for _ in 0..100 {
        let inside = Arc::new(AtomicBool::new(true));
        let (sender, seen) = (sender.clone(), inside.clone());
        // The call holds this lock: a callback inside it would deadlock, one that comes later waits.
        let lock = Arc::new(Mutex::new(()));
        let held = lock.lock();
        let theirs = lock.clone();
        client.call(Command::TotalUnread, move |result| {
            let _held = theirs.lock();
            assert!(!seen.load(Ordering::SeqCst), "inside the call");
            sender.send((std::thread::current().id(), result.unwrap_err().code)).unwrap();
        });
        inside.store(false, Ordering::SeqCst);
        drop(held);
    }
    drop(sender);
    let mut threads = Vec::new();
    for _ in 0..100 {
        let (thread, code) = receiver.recv_timeout(SOON).unwrap();
        assert_eq!(code, ErrorCode::NotLoggedIn);
        threads.push(thread);
    }
    threads.dedup();
    assert_eq!(threads.len(), 1, "one delivery thread a client");
    assert_ne!(threads[0], std::thread::current().id());
    assert!(receiver.recv_timeout(SOON).is_err(), "no callback twice: every sender is gone");
}

/// Calls from many threads while the client is shut down at some moment: each ends once, each callback is dropped once.
#[test]
fn every_callback_and_every_destructor_exactly_once_whenever_shutdown_comes() {
    for round in 0..40_u64 {
        let (client, _folder) = offline();
        let (ran, counted) = (Arc::new(AtomicUsize::new(0)), Counted::default());
        let calls = 4 * 50;
        std::thread::scope(|scope| {
            for _ in 0..4 {
                let (client, ran, counted) = (client.clone(), ran.clone(), counted.clone());
                scope.spawn(move || {
                    for n in 0..50 {
                        let (ran, token) = (ran.clone(), counted.token());
                        let callback = move |result: seenby_client::Result<_>| {
                            let _token = token;
                            let refused = [
                                ErrorCode::NotLoggedIn,
                                ErrorCode::Interrupted,
                                ErrorCode::Closed,
                                ErrorCode::ConnectRefused,
                            ];
                            // Logging out of a login under way is the one thing that can succeed.
                            let expected = result.map_or_else(|error| refused.contains(&error.code), |_| n % 10 == 1);
                            assert!(expected);
                            ran.fetch_add(1, Ordering::SeqCst);
                        };
                        match n % 10 {
                            0 => drop(client.login_with("alice", "sig", callback)),
                            1 => drop(client.logout_with(callback)),
                            _ => drop(client.call(Command::MarkAllAsRead, callback)),
                        }
                    }
                });
            }
            std::thread::sleep(Duration::from_micros(round * 97 % 3000));
            client.shutdown();
        });
        until("every callback", || ran.load(Ordering::SeqCst) == calls);
        until("every destructor", || counted.alive() == 0);
        assert_eq!(counted.made(), calls);
        drop(client);
        std::thread::sleep(Duration::from_millis(2));
        assert_eq!(ran.load(Ordering::SeqCst), calls, "none twice");
    }
}

#[test]
fn later_calls_are_refused_as_configured_on_one_fallback_thread() {
    let (client, _folder) = offline();
    client.shutdown();
    client.shutdown();
    let error = client.get_joined_group_list().wait().unwrap_err();
    assert_eq!(error.code, ErrorCode::Closed);
    assert_eq!(error.code.number(), 90003);

    let folder = tempfile::tempdir().unwrap();
    let config = Config::new(1).server("ws://127.0.0.1:1").data_dir(folder.path());
    let singleton = Client::new(config.closed_error(ErrorCode::NotInitialized)).unwrap();
    singleton.shutdown();
    assert_eq!(singleton.get_joined_group_list().wait().unwrap_err().code.number(), 6013);

    let (sender, receiver) = mpsc::channel();
    for client in [&client, &singleton] {
        let sender = sender.clone();
        client.call(Command::TotalUnread, move |_| sender.send(std::thread::current().id()).unwrap());
    }
    assert_eq!(receiver.recv_timeout(SOON).unwrap(), receiver.recv_timeout(SOON).unwrap());
}

#[test]
fn every_call_may_be_made_inside_a_callback() {
    let (client, _folder) = offline();
    let (done, finished) = mpsc::channel();
    let inner = client.clone();
    client.call(Command::TotalUnread, move |_| {
        let c = &inner;
        let id = MessageId::new("m").unwrap();
        let message = c.create_custom_message(vec![1], "d", "e");
        let query = HistoryQuery {
            conversation: ConversationId::C2c(UserId::new("bob").unwrap()),
            newer: false,
            count: 20,
            last_message: None,
            from_seq: 0,
            begin_s: 0,
            period_s: 0,
        };
        assert_eq!(c.get_total_unread_message_count().wait().unwrap_err().code, ErrorCode::CalledFromCallback);
        let mut calls: Vec<Call<()>> = vec![
            c.login("alice", "sig"),
            c.send_message_read_receipts([id.clone()]),
            c.set_read_receipts_enabled(true),
            c.mark_c2c_message_as_read("bob"),
            c.mark_group_message_as_read("g"),
            c.mark_all_message_as_read(),
            c.clean_conversation_unread_message_count("", 0, 0),
            c.join_group("g"),
            c.quit_group("g"),
            c.set_group_member_role("g", "bob", Role::Admin),
            c.dismiss_group("g"),
            c.set_self_info(Some("n"), None),
            c.revoke_message(id.clone()),
        ];
        let (a, b, d) = (
            c.get_message_read_receipts([id.clone()]),
            c.get_group_message_read_member_list(id.clone(), MemberFilter::Read, 0, 10),
            c.create_group(GroupKind::Work, None, "name", ["bob"]),
        );
        let (e, f, g) = (c.get_history_message_list(query), c.find_messages(["m"]), c.get_conversation("c2c_bob"));
        let sending = c.send_message(message, Some("bob"), None, SendOptions::default());
        drop((c.get_users_info(["bob"]), c.get_joined_group_list(), c.get_conversation_list(0, 10)));
        drop((c.get_group_members_info("g", ["bob"]), c.get_group_member_list("g", 0, 10)));
        drop((c.invite_user_to_group("g", ["bob"]), c.kick_group_member("g", ["bob"]), c.cached_receipts(["m"])));
        let listener = c.add_listener(Arc::new(|_: &[Event]| {}));
        c.remove_listener(listener);
        drop(c.events());
        c.network_available(true);
        c.foreground(true);
        drop(c.read_tracker(None));
        let _ = (c.login_user(), c.login_status(), c.server_time(), c.debug_state());
        calls[0].cancel();
        calls.push(c.logout());
        let done = done.clone();
        std::thread::spawn(move || {
            let mut ends = 0;
            for call in calls {
                ends += usize::from(call.wait().is_err());
            }
            ends += usize::from(a.wait().is_err()) + usize::from(b.wait().is_err()) + usize::from(d.wait().is_err());
            ends += usize::from(e.wait().is_err()) + usize::from(f.wait().is_err()) + usize::from(g.wait().is_err());
            ends += usize::from(sending.wait().is_err());
            done.send(ends).unwrap();
        });
        // The last handle but one goes inside a callback, too.
        let last = inner.clone();
        inner.call(Command::TotalUnread, move |_| last.shutdown());
    });
    assert!(finished.recv_timeout(SOON).unwrap() >= 19, "all of them ended");
}

#[test]
fn the_last_handle_may_be_dropped_inside_a_callback() {
    let (client, _folder) = offline();
    let (sender, receiver) = mpsc::channel();
    let only = client.clone();
    let out = client.call(Command::TotalUnread, move |_| {
        let call = only.get_total_unread_message_count();
        drop(only);
        std::thread::spawn(move || sender.send(call.wait()).unwrap());
    });
    let _ = out;
    drop(client);
    let code = receiver.recv_timeout(SOON).unwrap().unwrap_err().code;
    assert!([ErrorCode::Interrupted, ErrorCode::NotLoggedIn, ErrorCode::Closed].contains(&code), "{code:?}");
}

#[test]
fn a_panic_in_a_callback_ends_that_client_alone_with_90001() {
    let (client, _folder) = offline();
    let (other, _other_folder) = offline();
    let counted = Counted::default();
    let token = counted.token();
    let listener = counted.token();
    client.add_listener(Arc::new(move |_: &[Event]| drop(listener.clone())));
    client.call(Command::TotalUnread, move |_| {
        let _token = token;
        panic!("a callback of the app panics: this is part of a test");
    });
    until("poisoned", || client.get_total_unread_message_count().wait().unwrap_err().code == ErrorCode::Panic);
    until("destructors, also the listener's", || counted.alive() == 0);
    assert_eq!(other.get_total_unread_message_count().wait().unwrap_err().code, ErrorCode::NotLoggedIn);
}

#[test]
fn a_panic_in_a_listener_ends_the_calls_that_are_out_with_90001() {
    // Nobody answers: the login is out until something ends it.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let server = format!("ws://{}", silent.local_addr().unwrap());
    let client = Client::new(Config::new(1).server(server).data_dir(folder.path())).unwrap();
    client.add_listener(Arc::new(|_: &[Event]| panic!("a listener of the app panics: this is part of a test")));
    assert_eq!(client.login("alice", "sig").wait().unwrap_err().code, ErrorCode::Panic);
}

/// Keeps jobs until it is told what to do with them.
#[derive(Default)]
struct Desk {
    jobs: Mutex<Vec<Job>>,
    came: Condvar,
}

impl Dispatcher for Desk {
    fn dispatch(&self, job: Job) {
        self.jobs.lock().push(job);
        self.came.notify_all();
    }
}

impl Desk {
    fn take(&self) -> Job {
        let mut jobs = self.jobs.lock();
        while jobs.is_empty() {
            assert!(!self.came.wait_for(&mut jobs, SOON).timed_out(), "no job came");
        }
        jobs.remove(0)
    }
}

fn with_desk() -> (Client, Arc<Desk>, tempfile::TempDir) {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Arc::new(Desk::default()));
    let config = Config::new(1).server("ws://127.0.0.1:1").data_dir(folder.path()).dispatcher(desk.clone());
    (Client::new(config).unwrap(), desk, folder)
}

#[test]
fn a_dispatcher_runs_callbacks_where_it_likes_one_at_a_time_and_in_order() {
    let (client, desk, _folder) = with_desk();
    let order = Arc::new(Mutex::new(Vec::new()));
    for n in 0..20 {
        let order = order.clone();
        client.call(Command::TotalUnread, move |_| order.lock().push((n, std::thread::current().id())));
    }
    for n in 0..20 {
        let job = desk.take();
        std::thread::sleep(Duration::from_millis(1));
        assert!(desk.jobs.lock().is_empty(), "one at a time");
        job.run();
        assert_eq!(order.lock().len(), n + 1);
    }
    let here = std::thread::current().id();
    assert_eq!(*order.lock(), (0..20).map(|n| (n, here)).collect::<Vec<_>>());
}

#[test]
fn a_dispatcher_may_drop_jobs_and_each_counts_as_delivered() {
    let (client, desk, _folder) = with_desk();
    let counted = Counted::default();
    for _ in 0..10 {
        let token = counted.token();
        client.call(Command::TotalUnread, move |_| {
            let _token = token;
            unreachable!("dropped");
        });
    }
    for left in (0..10).rev() {
        drop(desk.take());
        assert_eq!(counted.alive(), left, "the destructor has run");
    }
    let call = client.get_total_unread_message_count();
    drop(desk.take());
    assert_eq!(call.wait().unwrap_err().code, ErrorCode::Interrupted);
    // And the client goes on.
    let call = client.get_total_unread_message_count();
    desk.take().run();
    assert_eq!(call.wait().unwrap_err().code, ErrorCode::NotLoggedIn);
}

#[test]
fn shutdown_never_waits_for_the_dispatcher_and_calls_that_are_out_end_with_7009_through_it() {
    let (client, desk, _folder) = with_desk();
    let stuck = client.get_total_unread_message_count();
    let _job = desk.take();
    let (sender, receiver) = mpsc::channel();
    for _ in 0..3 {
        let sender = sender.clone();
        client.login_with("alice", "sig", move |result| sender.send(result.unwrap_err().code).unwrap());
    }
    let begun = Instant::now();
    client.shutdown();
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(receiver.try_recv().is_err(), "through the dispatcher, which is busy");
    _job.run();
    assert!(stuck.wait().is_err());
    for _ in 0..3 {
        desk.take().run();
        let code = receiver.recv_timeout(SOON).unwrap();
        assert!([ErrorCode::Interrupted, ErrorCode::ConnectRefused].contains(&code), "{code:?}");
    }
    // Later ones do not go through it.
    assert_eq!(client.get_total_unread_message_count().wait().unwrap_err().code, ErrorCode::Closed);
}

/// On a host's main thread: what waits there when somebody leaves is not told to who comes next.
#[test]
fn after_shutdown_no_call_of_a_listener_starts() {
    let (client, desk, _folder) = with_desk();
    let heard = Arc::new(AtomicUsize::new(0));
    let hearing = heard.clone();
    client.add_listener(Arc::new(move |events: &[Event]| {
        hearing.fetch_add(events.len(), Ordering::SeqCst);
    }));
    let login = client.login("alice", "sig");
    // That it is connecting.
    let waiting = desk.take();
    client.shutdown();
    waiting.run();
    desk.take().run();
    assert!(login.wait().is_err());
    assert_eq!(heard.load(Ordering::SeqCst), 0);
}

/// Logs in again and again, which emits Connecting and ConnectFailed each time.
fn make_events(client: &Client, stop: &AtomicBool) {
    while !stop.load(Ordering::SeqCst) {
        let _ = client.login("alice", "sig").wait();
    }
}

#[test]
fn after_remove_listener_returns_no_call_starts() {
    let (client, _folder) = offline();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| make_events(&client, &stop));
        let mut heard = 0;
        for round in 0..150_u64 {
            let removed = Arc::new(AtomicBool::new(false));
            let (calls, counted) = (Arc::new(AtomicUsize::new(0)), Counted::default());
            let (gone, count, token) = (removed.clone(), calls.clone(), counted.token());
            let id = client.add_listener(Arc::new(move |events: &[Event]| {
                let _token = &token;
                assert!(!events.is_empty());
                assert!(!gone.load(Ordering::SeqCst), "called after remove had returned");
                count.fetch_add(1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_micros(200));
                assert!(!gone.load(Ordering::SeqCst), "remove returned while the listener ran");
            }));
            std::thread::sleep(Duration::from_micros(round * 131 % 4000));
            client.remove_listener(id);
            removed.store(true, Ordering::SeqCst);
            heard += calls.load(Ordering::SeqCst);
            until("its destructor", || counted.alive() == 0);
        }
        stop.store(true, Ordering::SeqCst);
        assert!(heard > 0, "some were called");
    });
    assert_ne!(client.get_total_unread_message_count().wait().unwrap_err().code, ErrorCode::Panic);
}

#[test]
fn a_listener_may_remove_itself_and_others_inside_a_call() {
    let (client, _folder) = offline();
    let weak = Arc::new(Mutex::new(None::<(Client, BTreeSet<_>)>));
    let calls = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
    let mut ids = BTreeSet::new();
    for n in 0..2 {
        let (calls, weak) = (calls.clone(), Arc::downgrade(&weak));
        ids.insert(client.add_listener(Arc::new(move |_: &[Event]| {
            calls[n].fetch_add(1, Ordering::SeqCst);
            let strong = Weak::upgrade(&weak).unwrap();
            let both = strong.lock().take();
            if let Some((client, ids)) = both {
                ids.into_iter().for_each(|id| client.remove_listener(id));
            }
        })));
    }
    *weak.lock() = Some((client.clone(), ids));
    for _ in 0..3 {
        let _ = client.login("alice", "sig").wait();
    }
    assert_eq!(calls[0].load(Ordering::SeqCst), 1, "the first removes both");
    assert_eq!(calls[1].load(Ordering::SeqCst), 0, "the second was removed before its turn");
}

#[test]
fn listeners_are_dropped_once_when_the_client_ends() {
    let (client, _folder) = offline();
    let counted = Counted::default();
    for _ in 0..3 {
        let token = counted.token();
        client.add_listener(Arc::new(move |_: &[Event]| {
            let _ = &token;
        }));
    }
    client.shutdown();
    until("destructors", || counted.alive() == 0);
    // One that comes too late is dropped at once.
    let token = counted.token();
    client.add_listener(Arc::new(move |_: &[Event]| {
        let _ = &token;
    }));
    until("its destructor", || counted.alive() == 0);
    assert_eq!(counted.made(), 4);
}

#[test]
fn a_stream_of_events_ends_with_the_client() {
    let (client, _folder) = offline();
    let mut events = client.events();
    let error = client.login("alice", "sig").wait().unwrap_err();
    assert_eq!(error.code, ErrorCode::ConnectRefused);
    until("both", || events.try_next().is_some_and(|event| matches!(event, Event::ConnectFailed(_))));
    client.shutdown();
    let next = Box::pin(async move { events.next().await });
    assert_eq!(common::block_on(next), None);
}
