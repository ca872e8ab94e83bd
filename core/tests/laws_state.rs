//! Laws (SPEC.md §7): whatever happens, the ledger says what plain sets say; replicas and restarts agree; nothing goes
//! back. The model shares no code with the ledger.

mod support;

use proptest::prelude::*;
use seenby_core::ledger::{Conversation, Outcome};
use support::world::{Step, World, cases, step};

fn config(share: u64, per_case: u64) -> ProptestConfig {
    ProptestConfig { cases: cases(share, per_case), failure_persistence: None, ..ProptestConfig::default() }
}

fn replay(log: &[(u64, seenby_core::ledger::journal::Event)]) -> Conversation {
    let (mut ledger, mut reads) = (Conversation::new(), Vec::new());
    for (at, event) in log {
        assert!(!matches!(ledger.apply(*at, event, &mut reads), Outcome::Old | Outcome::Unsupported(_)));
    }
    ledger
}

/// The journal's side of snapshots: parts that replace their older selves.
#[derive(Default)]
struct Disk(std::collections::BTreeMap<u64, Vec<u8>>);

impl Disk {
    fn take(&mut self, ledger: &mut Conversation) {
        for (part, bytes) in ledger.roll_up(false) {
            match bytes {
                Some(bytes) => self.0.insert(part, bytes),
                None => self.0.remove(&part),
            };
        }
        assert!(!ledger.is_dirty());
    }

    fn restore(&self, as_of: u64) -> Conversation {
        Conversation::restore(as_of, self.0.clone()).expect("what was rolled up can be read")
    }
}

proptest! {
    #![proptest_config(config(45, 450))]

    /// R7's sum, R5, R6, R14, R15, R17, R18, R20, R25, R26, R32: all of it, after any events.
    #[test]
    fn r7_the_ledger_says_what_plain_sets_say(kind in 0u32..4, steps in prop::collection::vec(step(), 1..300)) {
        let mut world = World::new(kind);
        for (number, step) in steps.iter().enumerate() {
            world.step(step);
            for back in 0..3 {
                world.check_message(world.model.last_seq.saturating_sub(back));
            }
            if number % 16 == 0 {
                world.check_head();
            }
        }
        world.check();
    }
}

proptest! {
    #![proptest_config(config(40, 500))]

    /// Snapshot and tail are the whole replay, wherever the cuts are, and every replica is the same.
    #[test]
    fn replicas_and_restarts_agree(
        kind in 0u32..4,
        steps in prop::collection::vec(step(), 1..250),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
    ) {
        let mut world = World::new(kind);
        let mut disk = Disk::default();
        let cuts: std::collections::BTreeSet<usize> = cuts.iter().map(|cut| cut.index(steps.len())).collect();
        let mut restarted: Option<Conversation> = None;
        let mut landed = world.log.len();
        disk.take(&mut world.ledger);
        for (number, step) in steps.iter().enumerate() {
            world.step(step);
            if let Some(restarted) = &mut restarted {
                let mut reads = Vec::new();
                for (at, event) in &world.log[landed..] {
                    restarted.apply(*at, event, &mut reads);
                }
                landed = world.log.len();
            }
            if cuts.contains(&number) {
                if let Some(restarted) = &restarted {
                    prop_assert_eq!(restarted.state_hash(), world.ledger.state_hash());
                }
                disk.take(&mut world.ledger);
                let again = disk.restore(world.head());
                prop_assert_eq!(again.state_hash(), world.ledger.state_hash());
                prop_assert_eq!(again.last_change(), world.ledger.last_change());
                landed = world.log.len();
                restarted = Some(again);
            }
        }
        let whole = replay(&world.log);
        prop_assert_eq!(whole.state_hash(), world.ledger.state_hash());
        if let Some(restarted) = restarted {
            prop_assert_eq!(restarted.state_hash(), whole.state_hash());
            prop_assert_eq!(restarted.last_change(), whole.last_change());
            // It also answers alike, and goes on alike.
            world.ledger = restarted;
            world.check();
            world.step(&Step::Burst { by: 0, count: 3 });
            world.step(&Step::Read { by: 1, runs: vec![(5, 6, 0)] });
            world.check();
        }
    }
}
