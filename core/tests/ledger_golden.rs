//! Recorded logs replay to identical states in every release (DESIGN.md): what a server of today wrote, one of next year
//! reads alike. A file holds one event a line, as `position hex`, and last `hash`. A new release adds files; old ones stay
//! as they are. `SEENBY_REGENERATE=1 cargo test -p seenby-core --test ledger_golden` writes the file of rules 1 again,
//! which is right only before a release.

mod support;

use prost::Message as _;
use seenby_core::ledger::journal::Event;
use seenby_core::ledger::{Conversation, Outcome};
use std::fmt::Write as _;
use std::path::Path;
use support::world::{Step, World};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// A conversation with something of everything, from a number that makes the next by a fixed rule.
fn record() -> String {
    let mut world = World::new(2);
    let mut number = 0x5eed_u64;
    let mut next = move || {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (number >> 40) as u16
    };
    for turn in 0..600 {
        let (by, back) = ((next() % 250) as u8, next() % 40);
        let step = match next() % 20 {
            0 | 1 => Step::Join { users: vec![(next() % 24) as u8, (next() % 24) as u8], by: 0, role: 0 },
            2 => Step::Leave { who: by, by: back as u8 },
            3 => Step::Role { who: by, by: 0, admin: true },
            4..8 => Step::Send { by, flags: next() as u8, again: back == 3 },
            8 => Step::Mark { by, back, silent: back % 4 == 0 },
            9 => Step::Ask { by: 1 + by % 3, back },
            10 => Step::Delete { by, back },
            11 if turn % 3 == 0 => Step::Foreign { by, audience: u32::from(next()), age: next() % 9_000 },
            12 if turn % 4 == 0 => Step::Guests { users: vec![(next() % 40) as u8] },
            13 if turn % 9 == 0 => Step::Erase { who: by },
            14 if turn % 9 == 0 => Step::Expire { keep: back, age: 0 },
            15 if turn % 20 == 0 => Step::Burst { by, count: 200 },
            _ => Step::Read { by, runs: vec![(back, 1 + (next() % 9) as u8, i32::from(next() % 4_000) - 2_000)] },
        };
        world.step(&step);
    }
    world.check();
    let mut text = String::new();
    for (at, event) in &world.log {
        let hex: String = event.encode_to_vec().iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let _ = writeln!(text, "{at} {hex}");
    }
    let _ = writeln!(text, "hash {:016x}", world.ledger.state_hash());
    text
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex")).collect()
}

#[test]
fn recorded_logs_replay_to_identical_states() {
    if std::env::var_os("SEENBY_REGENERATE").is_some() {
        std::fs::create_dir_all(folder()).expect("the folder");
        std::fs::write(folder().join("conversation-rules1.log"), record()).expect("the file is written");
    }
    let mut logs = 0;
    for entry in std::fs::read_dir(folder()).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "log") {
            continue;
        }
        logs += 1;
        let text = std::fs::read_to_string(&path).expect("it is text");
        let (mut ledger, mut reads) = (Conversation::new(), Vec::new());
        let (mut events, mut hash, mut half) = (0, None, None);
        for line in text.lines() {
            let (at, rest) = line.split_once(' ').expect("two words a line");
            if at == "hash" {
                hash = u64::from_str_radix(rest, 16).ok();
                continue;
            }
            let at = at.parse().expect("a position");
            let event = Event::decode(bytes(rest).as_slice()).expect("an event");
            let outcome = ledger.apply(at, &event, &mut reads);
            assert!(matches!(outcome, Outcome::Void(_) | Outcome::Applied(_)), "{}: {at}: {outcome:?}", path.display());
            events += 1;
            if events == 400 {
                half = Some((at, ledger.clone().roll_up(true)));
            }
        }
        assert!(events > 400, "{} has {events} events", path.display());
        assert_eq!(Some(ledger.state_hash()), hash, "{} gives another state than when it was recorded", path.display());
        // And by way of a snapshot.
        let (as_of, parts) = half.expect("a snapshot on the way");
        let parts = parts.into_iter().filter_map(|(part, bytes)| Some((part, bytes?)));
        let mut again = Conversation::restore(as_of, parts).expect("it was rolled up");
        for line in text.lines().filter(|line| !line.starts_with("hash")) {
            let (at, rest) = line.split_once(' ').expect("two words a line");
            let event = Event::decode(bytes(rest).as_slice()).expect("an event");
            again.apply(at.parse().expect("a position"), &event, &mut reads);
        }
        assert_eq!(Some(again.state_hash()), hash);
    }
    assert!(logs > 0, "there are recorded logs");
}
