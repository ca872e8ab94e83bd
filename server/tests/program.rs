//! `seenbyd` as a person or a service manager runs it: a process of its own.

#![allow(clippy::unwrap_used, reason = "a test that fails says where")]

mod common;

use common::{Daemon, Device, c2c, group, peer_read, seenbyd, token};
use seenby_core::wire::{self, frame, request};
use std::path::Path;
use std::process::Output;

fn run(data: &Path, args: &[&str]) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = seenbyd(data).args(args).output().unwrap();
    (status.code(), String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr))
}

fn report(conversation: wire::Conversation, seqs: &[u64]) -> request::Body {
    request::Body::Report(wire::Report {
        conversation: Some(conversation),
        seqs: seqs.to_vec(),
        ..wire::Report::default()
    })
}

#[test]
fn the_first_line_names_the_data_folder_and_the_key_in_it_stays() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("new").join("data");
    let (code, out) = run(&data, &["token", "--user", "alice"]);
    assert!(code == Some(2) && out.contains("start seenbyd once"), "{out}");

    let daemon = Daemon::start(&data, &[]);
    assert!(daemon.first_line.contains(data.to_str().unwrap()), "{}", daemon.first_line);
    assert!(daemon.url.starts_with("ws://127.0.0.1:") && daemon.url.ends_with("/v1/connect"), "{}", daemon.url);
    assert!(!daemon.url.contains(":0/"), "the port it got, not the one asked for: {}", daemon.url);
    let keys = std::fs::read(data.join("keys.toml")).unwrap();
    drop(daemon);
    let daemon = Daemon::start(&data, &[]);
    assert_eq!(std::fs::read(data.join("keys.toml")).unwrap(), keys);
    drop(daemon);

    let sig = token(&data, "alice");
    assert_eq!(sig.split('.').count(), 3, "{sig}");
    let (code, out) = run(&data, &["token", "--user", "alice", "--app", "9"]);
    assert!(code == Some(2) && out.contains("--app is 9") && out.contains("there is 1"), "{out}");
    let (code, out) = run(&data, &["token", "--user", &"a".repeat(65)]);
    assert!(code == Some(2) && out.contains("65 bytes"), "{out}");
    let (code, out) = run(&data, &["token", "--user", "a", "--expires", "soon"]);
    assert!(code == Some(2) && out.contains("soon") && out.contains("3650d"), "{out}");
}

#[test]
fn a_wrong_configuration_is_named_before_anything_starts() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = folder.path().join("seenbyd.toml");
    let config = file.to_str().unwrap();
    for (text, names) in [
        ("lissten = 1", vec!["lissten", "listen", "line 1"]),
        ("[limits]\nidle_seconds = 1", vec!["limits.idle_seconds is 1", "10 to 86400"]),
        ("[tls]\ncert = \"c\"", vec!["key"]),
        ("listen = \"localhost\"", vec!["localhost", "127.0.0.1:8787"]),
        ("listen = \"0.0.0.0:0\"", vec!["0.0.0.0:0", "--allow-plain"]),
        ("log = \"lo=ud=\"", vec!["lo=ud=", "debug"]),
        ("[[app]]\nid = 1\nkey = \"%%\"", vec!["key of app 1", "base64"]),
    ] {
        std::fs::write(&file, text).unwrap();
        for command in ["check", "serve"] {
            let (code, out) = run(&data, &[command, "--config", config]);
            assert_eq!(code, Some(2), "{text}: {out}");
            for name in &names {
                assert!(out.contains(name), "{text}: {name} is not in {out}");
            }
        }
    }
    assert!(!data.exists(), "nothing was made");
    for (args, name) in [
        (vec!["--listen", "here"], "127.0.0.1:8787"),
        (vec!["--tls-cert", "c.pem"], "--tls-key"),
        (vec!["--tls-cert", "/no/c.pem", "--tls-key", "/no/k.pem"], "c.pem"),
        (vec!["--config", "/no/such.toml"], "such.toml"),
        (vec!["--no-such-flag"], "no-such-flag"),
    ] {
        let (code, out) = run(&data, &args);
        assert!(code == Some(2) && out.contains(name), "{args:?}: {out}");
    }
    std::fs::write(&file, "listen = \"127.0.0.1:0\"\n").unwrap();
    assert_eq!(run(&data, &["check", "--config", config]).0, Some(0));
}

#[test]
fn flags_go_before_the_environment_and_that_before_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    // The file in the data folder is found without being named.
    std::fs::write(data.join("seenbyd.toml"), "listen = \"file\"\n").unwrap();
    let (code, out) = run(&data, &[]);
    assert!(code == Some(2) && out.contains("\"file\""), "{out}");
    std::fs::write(data.join("seenbyd.toml"), "listen = \"0.0.0.0:1\"\n").unwrap();
    let with = |env: Option<&str>, args: &[&str]| {
        let mut command = seenbyd(&data);
        if let Some(env) = env {
            command.env("SEENBY_LISTEN", env);
        }
        let output = command.arg("check").args(args).output().unwrap();
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(with(None, &[]).contains("0.0.0.0:1"));
    assert!(with(Some("0.0.0.0:2"), &[]).contains("0.0.0.0:2"));
    assert!(with(Some("0.0.0.0:2"), &["--listen", "0.0.0.0:3"]).contains("0.0.0.0:3"));
}

#[test]
fn a_folder_or_port_in_use_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let daemon = Daemon::start(&data, &[]);
    let (code, out) = run(&data, &["--listen", "127.0.0.1:0"]);
    assert!(code == Some(1) && out.contains("in use"), "{code:?} {out}");
    let port = daemon.url.trim_start_matches("ws://").trim_end_matches("/v1/connect").to_owned();
    let (code, out) = run(&folder.path().join("other"), &["--listen", &port]);
    assert!(code == Some(1) && out.contains(&port) && out.contains("--listen"), "{code:?} {out}");
}

/// A backup put back: devices that know what came after it begin anew, and what it holds is there.
#[tokio::test(flavor = "multi_thread")]
async fn renew_epoch_makes_devices_begin_anew_and_keeps_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (code, out) = run(&data, &["renew-epoch"]);
    assert!(code == Some(2) && out.contains("no journal here"), "{code:?} {out}");
    assert!(!data.exists(), "nothing was made");

    let daemon = Daemon::start(&data, &[]);
    let sig = token(&data, "alice");
    let (mut alice, before) = Device::login(&daemon.url, 1, "alice", "a", &sig).await;
    let seq = alice.say(c2c("bob"), "m1", "hello").await;
    let (code, out) = run(&data, &["renew-epoch"]);
    assert!(code == Some(2) && out.contains("in use"), "{code:?} {out}");
    daemon.kill();

    let (code, out) = run(&data, &["renew-epoch"]);
    assert!(code == Some(0) && out.contains("new epoch") && out.contains("journal"), "{code:?} {out}");
    assert_eq!(out.lines().count(), 1, "{out}");
    let daemon = Daemon::start(&data, &[]);
    let mut alice = Device::connect(&daemon.url).await;
    let shards = vec![wire::ShardPosition { shard: 0, position: 1 }];
    let cursor = Some(wire::Cursor { epoch: before.epoch, shards });
    let hello = wire::Hello { cursor, ..common::hello(1, "alice", "a", &sig) };
    match alice.ask(request::Body::Hello(hello)).await {
        frame::Body::Welcome(welcome) => {
            assert_ne!(welcome.epoch, before.epoch);
            assert!(!welcome.cursor_kept, "a cursor of the old epoch is no cursor");
            assert_eq!(welcome.service, before.service, "it is the same service");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(alice.say(c2c("bob"), "m2", "again").await, seq + 1, "what was there is there");
}

/// What was acknowledged is there after a power cut, and R12 tells the sender what it missed.
#[tokio::test(flavor = "multi_thread")]
async fn kill_9_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let daemon = Daemon::start(&data, &[]);
    let (alice_sig, bob_sig) = (token(&data, "alice"), token(&data, "bob"));
    let (mut alice, welcome) = Device::login(&daemon.url, 1, "alice", "a", &alice_sig).await;
    let (mut bob, _) = Device::login(&daemon.url, 1, "bob", "b", &bob_sig).await;
    let seq = alice.say(c2c("bob"), "m1", "hello").await;
    let made = alice
        .ask(request::Body::CreateGroup(wire::CreateGroup {
            group: "g".into(),
            kind: 2,
            name: "G".into(),
            members: vec!["bob".into()],
        }))
        .await;
    assert!(matches!(made, frame::Body::GroupCreated(_)), "{made:?}");
    let in_group = alice.say(group("g"), "g1", "hello all").await;
    for (conversation, seq) in [(c2c("alice"), seq), (group("g"), in_group)] {
        match bob.ask(report(conversation, &[seq])).await {
            frame::Body::Reported(reported) => assert_eq!(reported.outcomes, [wire::Outcome::Taken as i32]),
            other => panic!("{other:?}"),
        }
    }
    let read_at = alice.push(|frame| peer_read(frame, "m1")).await;
    daemon.kill();

    let daemon = Daemon::start(&data, &[]);
    let (mut alice, again) = Device::login(&daemon.url, 1, "alice", "a", &alice_sig).await;
    assert_eq!((again.service, again.epoch), (welcome.service, welcome.epoch));
    let get = |conversation, id: &str| {
        request::Body::GetReceipts(wire::GetReceipts {
            conversation: Some(conversation),
            seqs: vec![],
            ids: vec![id.into()],
        })
    };
    match alice.ask(get(c2c("bob"), "m1")).await {
        frame::Body::Receipts(receipts) => {
            assert!(receipts.receipts[0].peer_read);
            assert_eq!(receipts.receipts[0].time_ms, read_at, "R5: the time stays");
        }
        other => panic!("{other:?}"),
    }
    match alice.ask(get(group("g"), "g1")).await {
        frame::Body::Receipts(receipts) => {
            assert_eq!((receipts.receipts[0].read, receipts.receipts[0].unread), (1, 0));
        }
        other => panic!("{other:?}"),
    }
    let history = wire::History { conversation: Some(c2c("bob")), count: 10, ..wire::History::default() };
    match alice.ask(request::Body::History(history)).await {
        frame::Body::Messages(messages) => {
            let content = messages.messages[0].content.clone().unwrap();
            assert_eq!(content.elem, Some(wire::content::Elem::Text("hello".into())), "what it says is kept too");
        }
        other => panic!("{other:?}"),
    }
    // Seqs go on where they were.
    assert_eq!(alice.say(c2c("bob"), "m2", "again").await, seq + 1);
    assert_eq!(alice.say(c2c("bob"), "m1", "hello").await, seq, "R18: the same id is the same message");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn told_to_end_it_answers_what_it_took_says_goodbye_and_ends_with_0() {
    for signal in ["-TERM", "-INT"] {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let daemon = Daemon::start(&data, &[]);
        let (mut alice, _) = Device::login(&daemon.url, 1, "alice", "a", &token(&data, "alice")).await;
        let (mut bob, _) = Device::login(&daemon.url, 1, "bob", "b", &token(&data, "bob")).await;
        let seq = alice.say(c2c("bob"), "m1", "hello").await;
        let asked = bob.send(report(c2c("alice"), &[seq])).await;
        bob.answer(asked).await;
        let ended = tokio::task::spawn_blocking(move || daemon.terminate(signal));
        let close = alice.closed().await;
        assert!(!close.kicked && close.retry_after_ms > 0, "it may come back: {close:?}");
        bob.closed().await;
        let (code, out) = ended.await.unwrap();
        assert_eq!(code, Some(0), "{out}");
        assert!(out.contains("everything is on disk"), "{out}");
        let daemon = Daemon::start(&data, &[]);
        let (mut alice, _) = Device::login(&daemon.url, 1, "alice", "a", &token(&data, "alice")).await;
        assert_eq!(alice.say(c2c("bob"), "m2", "again").await, seq + 1);
    }
}

/// R34, over a session with everything that leaves traces: logins refused, messages, receipts, nonsense, a restart.
#[tokio::test(flavor = "multi_thread")]
async fn r34_at_the_default_level_no_id_body_or_token_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut log = String::new();
    let (mut alice_sig, mut admin_token) = (String::new(), String::new());
    for round in 0..2 {
        let daemon = Daemon::start(&data, &[]);
        alice_sig = token(&data, "alice-person");
        let keys = std::fs::read_to_string(data.join("keys.toml")).unwrap();
        admin_token = keys.lines().find_map(|line| line.strip_prefix("admin_token = \"")).unwrap().replace('"', "");
        let (mut alice, _) = Device::login(&daemon.url, 1, "alice-person", "alice-phone", &alice_sig).await;
        let (mut bob, _) = Device::login(&daemon.url, 1, "bob-person", "b", &token(&data, "bob-person")).await;
        let seq = alice.say(c2c("bob-person"), &format!("message-id-{round}"), "hush-hush-body").await;
        bob.ask(report(c2c("alice-person"), &[seq])).await;
        bob.refused(request::Body::JoinGroup(wire::JoinGroup { group: "secret-group".into() })).await;
        let mut mallory = Device::connect(&daemon.url).await;
        let hello = common::hello(1, "mallory-person", "m", &alice_sig);
        let (code, _) = mallory.refused(request::Body::Hello(hello)).await;
        assert_eq!(code, 70003);
        bob.send_bytes(b"\xff\xff not a frame: alice-person".to_vec()).await;
        bob.closed().await;
        let base = daemon.url.replace("ws://", "http://").replace("/v1/connect", "");
        let path = "/v1/admin/apps/1/users/zoe-person/revoke";
        assert_eq!(common::http(&base, "POST", path, Some(&admin_token), None).await.0, 202);
        drop(alice);
        log += &daemon.log();
    }
    for word in ["-person", "alice-phone", "message-id", "hush-hush", "secret-group", &alice_sig, &admin_token] {
        assert!(!log.contains(word), "{word} is in the log:\n{log}");
    }
    assert!(log.contains("an operator ends the userSigs"), "the log is on, so the words would be there:\n{log}");
}
