//! The simulator: the real hub and the real sessions in one thread, from one seed. The clock is virtual, the network cuts
//! and delays, the service dies and comes back from its journal, devices are killed and come back from their store.
//! What they show is checked against plain sets (`oracle`) that share no code with the ledger.
//!
//! Every seed is run twice, and the two runs must be the same to the byte: no clock, no map order, no thread leaks into
//! the brains. `SEENBY_SIM_SEEDS=5000` runs more seeds, `SEENBY_SIM_SEED=42` one, with its story printed.

mod device;
mod judge;
mod oracle;
mod random;
mod server;
mod world;

use world::World;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name)
        .ok()
        .map(|text| text.parse().unwrap_or_else(|_| panic!("{name} must be a number, not {text:?}")))
}

fn run(seed: u64, story: bool) -> world::Report {
    let mut world = World::new(seed, story);
    world.run();
    world.report()
}

#[test]
fn every_seed_holds_and_runs_the_same_twice() {
    let seeds = match setting("SEENBY_SIM_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..setting("SEENBY_SIM_SEEDS").unwrap_or(1000),
    };
    let story = setting("SEENBY_SIM_SEED").is_some();
    let mut total = world::Report::default();
    let mut failed = Vec::new();
    let count = seeds.end - seeds.start;
    for seed in seeds {
        let once = run(seed, story);
        let twice = run(seed, false);
        if once.trace != twice.trace {
            failed.push(format!("seed {seed}: two runs differ"));
        }
        failed.extend(once.broken.iter().map(|what| format!("seed {seed}: {what}")));
        total.add(&once);
        if failed.len() > 20 {
            break;
        }
    }
    println!("{count} seeds: {total}");
    assert!(
        failed.is_empty(),
        "{}\nSEENBY_SIM_SEED=<seed> cargo test --test sim -- --nocapture tells the story",
        failed.join("\n")
    );
    // A simulation in which nothing happens proves nothing.
    assert!(total.messages > 0 && total.receipts > 0 && total.summaries_shown > 0 && total.crashes > 0);
}
