//! What the foreign languages' own tests cannot reach: panics, and completions that nobody is told of.
#![allow(clippy::unwrap_used)] // in tests

use super::client::at_once;
use super::*;
use parking_lot::Mutex;
use std::sync::{Arc, mpsc};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(60);

#[derive(Debug, PartialEq)]
enum End {
    Succeeded,
    Failed(i32),
    Dropped,
}

struct Telling(Mutex<mpsc::Sender<End>>);

impl Telling {
    fn pair() -> (Option<Arc<dyn Completion>>, mpsc::Receiver<End>) {
        let (sender, receiver) = mpsc::channel();
        (Some(Arc::new(Self(Mutex::new(sender)))), receiver)
    }

    fn tell(&self, end: End) -> Result<(), Thrown> {
        self.0.lock().send(end).map_err(|_| Thrown::Unexpected)
    }
}

impl Completion for Telling {
    fn succeeded(&self, _: Answer) -> Result<(), Thrown> {
        self.tell(End::Succeeded)
    }

    fn failed(&self, failure: Failure) -> Result<(), Thrown> {
        let Failure::Refused { code, .. } = failure;
        self.tell(End::Failed(code))
    }

    fn dropped(&self) -> Result<(), Thrown> {
        self.tell(End::Dropped)
    }
}

fn settings(name: &str) -> ClientConfig {
    ClientConfig {
        app: 1_400_000_001,
        server: Some(format!("embedded:mem/{name}")),
        allow_plain: false,
        data_dir: None,
        device_label: None,
        with_readers: false,
        ca_file: None,
        pins: Vec::new(),
        proxy: None,
        seen_for_ms: 0,
        request_timeout_ms: 0,
        connect_timeout_ms: 0,
        client_name: String::new(),
    }
}

#[test]
fn a_panic_is_an_error_and_ends_its_client_alone() {
    let Err(Failure::Refused { code, .. }) = at_once::<()>(|| panic!("a mistake of ours")) else { panic!("no error") };
    assert_eq!(code, 90001);

    let (hit, other) = (
        SeenByClient::new(settings("uni-panic"), None, None, None).unwrap(),
        SeenByClient::new(settings("uni-panic"), None, None, None).unwrap(),
    );
    let Err(Failure::Refused { code, .. }) = hit.with::<()>(|_| panic!("a mistake of ours")) else {
        panic!("no error")
    };
    assert_eq!(code, 90001);
    let (completion, ends) = Telling::pair();
    hit.get_total_unread(completion);
    assert_eq!(ends.recv_timeout(SOON).unwrap(), End::Failed(90001));
    let (completion, ends) = Telling::pair();
    other.login("alice".to_owned(), String::new(), completion);
    assert_eq!(ends.recv_timeout(SOON).unwrap(), End::Succeeded);

    let (completion, ends) = Telling::pair();
    other.call(completion, |_| panic!("while a call is prepared"));
    assert_eq!(ends.recv_timeout(SOON).unwrap(), End::Failed(90001));
}

#[test]
fn each_completion_hears_once() {
    let client = SeenByClient::new(settings("uni-once"), None, None, None).unwrap();
    let (completion, ends) = Telling::pair();
    client.login("alice".to_owned(), String::new(), completion);
    assert_eq!(ends.recv_timeout(SOON).unwrap(), End::Succeeded);
    // The sender is gone with the completion: nothing comes after.
    assert!(ends.recv_timeout(SOON).is_err());
}

struct Dropping;

impl CallbackDispatcher for Dropping {
    fn dispatch(&self, work: Arc<Work>) -> Result<(), Thrown> {
        work.discard();
        Ok(())
    }
}

struct Throwing;

impl CallbackDispatcher for Throwing {
    fn dispatch(&self, _: Arc<Work>) -> Result<(), Thrown> {
        Err(Thrown::Unexpected)
    }
}

#[test]
fn a_dispatcher_that_drops_or_throws_tells_the_completion_so() {
    for dispatcher in [Arc::new(Dropping) as Arc<dyn CallbackDispatcher>, Arc::new(Throwing)] {
        let client = SeenByClient::new(settings("uni-drop"), Some(dispatcher), None, None).unwrap();
        let (completion, ends) = Telling::pair();
        client.get_total_unread(completion);
        assert_eq!(ends.recv_timeout(SOON).unwrap(), End::Dropped);
        assert!(ends.recv_timeout(SOON).is_err());
    }
}

struct Lines(Mutex<mpsc::Sender<(i32, String)>>);

impl LogSink for Lines {
    fn line(&self, level: i32, line: String) -> Result<(), Thrown> {
        // Nobody may be listening any more. It throws in any case: the next line comes all the same.
        let _ = self.0.lock().send((level, line));
        Err(Thrown::Unexpected)
    }
}

#[test]
fn the_log_goes_to_the_sink_and_a_sink_that_throws_goes_on() {
    let (sender, lines) = mpsc::channel();
    set_log_sink(3, Some(Arc::new(Lines(Mutex::new(sender))))).unwrap();
    // Other tests of this process log too.
    let wait_for = |what: &str| {
        loop {
            let (level, line) = lines.recv_timeout(SOON).expect(what);
            if line.contains(what) {
                return level;
            }
        }
    };
    log_line(1, "line of a test: first".to_owned()).unwrap();
    log_line(4, "line of a test: not logged".to_owned()).unwrap();
    log_line(3, "line of a test: last".to_owned()).unwrap();
    assert_eq!(wait_for("line of a test"), 1);
    assert_eq!(wait_for("line of a test"), 3);
    set_log_sink(2, None).unwrap();
    for wrong in [-1, 6] {
        let Err(Failure::Refused { code, text, .. }) = set_log_sink(wrong, None) else { panic!("{wrong}") };
        assert!(code == 6017 && text.contains(&wrong.to_string()), "{text}");
    }
    let Err(Failure::Refused { code: 6017, .. }) = log_line(0, String::new()) else { panic!("a line of level off") };
}

#[test]
fn app_zero_is_none() {
    let zero = || ClientConfig { app: 0, ..settings("uni-zero") };
    let refused = [
        SeenByClient::new(zero(), None, None, None).err(),
        EmbeddedService::open(zero(), String::new(), String::new()).err(),
        shared_init(zero(), None, None, None).err(),
    ];
    for refused in refused {
        let Some(Failure::Refused { code, text, .. }) = refused else { panic!("app 0 was accepted") };
        assert!(code == 6017 && text.contains("sdkAppID"), "{text}");
    }
}

/// A provider that takes no authorities, and whose sessions answer so.
struct Tls(fn() -> Result<TlsStep, Thrown>);

impl TlsProvider for Tls {
    fn check(&self, authorities: Vec<Vec<u8>>) -> Result<Option<String>, Thrown> {
        assert_eq!(authorities, [vec![1], vec![2, 3]]);
        (self.0)().map(|step| step.failure.map(|failure| failure.why))
    }

    fn connect(&self, peer: TlsPeer) -> Result<Arc<dyn TlsSession>, Thrown> {
        unreachable!("nobody connects here to {peer:?}")
    }
}

impl TlsSession for Tls {
    fn advance(&self, received: Vec<u8>, outgoing: Vec<u8>) -> Result<TlsStep, Thrown> {
        assert_eq!((received, outgoing), (vec![1], vec![2]));
        (self.0)()
    }

    fn finish(&self) -> Result<Vec<u8>, Thrown> {
        (self.0)().map(|step| step.send)
    }
}

fn step(failure: Option<TlsFailure>) -> TlsStep {
    let certificates = vec![vec![5]];
    TlsStep { send: vec![3], plain: vec![4], is_open: true, is_closed: false, certificates, failure }
}

fn refusal(is_refusal: bool) -> TlsStep {
    step(Some(TlsFailure { is_refusal, why: "it is old".to_owned() }))
}

#[test]
fn a_provider_of_tls_takes_authorities_refuses_them_or_throws() {
    let ask = |answer| {
        let tls: Arc<dyn TlsProvider> = Arc::new(Tls(answer));
        let made = super::client::config(settings("uni-tls"), None, None, Some(tls)).unwrap();
        made.tls_provider.unwrap().check(&[vec![1], vec![2, 3]])
    };
    assert_eq!(ask(|| Ok(step(None))), Ok(()));
    assert_eq!(ask(|| Ok(refusal(false))), Err("it is old".to_owned()));
    assert!(ask(|| Err(Thrown::Unexpected)).unwrap_err().contains("threw"));
}

#[test]
fn a_session_of_tls_goes_on_fails_or_throws() {
    use seenby_client::{TlsFailure as Failure, TlsSession as _};
    let ask = |answer| tls::Speaking(Arc::new(Tls(answer))).advance(&[1], &[2]);
    let went = ask(|| Ok(step(None)));
    assert_eq!((went.send, went.plain, went.certificates), (vec![3], vec![4], vec![vec![5]]));
    assert_eq!((went.is_open, went.is_closed, went.failure), (true, false, None));
    assert_eq!(ask(|| Ok(refusal(true))).failure, Some(Failure::Refused("it is old".to_owned())));
    assert_eq!(ask(|| Ok(refusal(false))).failure, Some(Failure::Failed("it is old".to_owned())));
    let Some(Failure::Failed(why)) = ask(|| Err(Thrown::Unexpected)).failure else { panic!("it threw") };
    assert!(why.contains("threw"), "{why}");
    assert_eq!(tls::Speaking(Arc::new(Tls(|| Err(Thrown::Unexpected)))).finish(), Vec::<u8>::new());
    assert_eq!(tls::Speaking(Arc::new(Tls(|| Ok(step(None))))).finish(), [3]);
}
