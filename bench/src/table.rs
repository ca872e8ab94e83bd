//! What was measured, side by side, with what the conversion alone costs.

use std::collections::BTreeMap;

pub(crate) const RUST: &str = "Rust";
pub(crate) const C: &str = "C";
pub(crate) const CPP: &str = "C++";

/// What is aimed at: ns a receipt in batches of 30, ns a call.
const RECEIPT: f64 = 1_000.0;
const CALL: f64 = 5_000.0;

/// The best of each, by what, receipts and language.
#[derive(Default)]
pub(crate) struct Table(BTreeMap<(String, usize), BTreeMap<&'static str, u64>>);

impl Table {
    pub(crate) fn add(&mut self, language: &'static str, what: &str, receipts: usize, ns: u64) {
        let row = self.0.entry((what.to_owned(), receipts)).or_default();
        let best = row.entry(language).or_insert(ns);
        *best = ns.min(*best);
    }

    pub(crate) fn print(&self) {
        println!("What crossing into C, and into the C++ classes over it, costs beside the Rust API.\n");
        println!("{:>20} {:>9} {:>9} {:>9} {:>7} {:>7}   conversion alone", "", RUST, C, CPP, "C/Rust", "C++/Rust");
        for ((what, receipts), row) in self.0.iter().rev() {
            let [rust, c, cpp] = [RUST, C, CPP].map(|language| row.get(language).copied().unwrap_or(0) as f64);
            let (more_c, more_cpp) = ((c - rust).max(0.0), (cpp - rust).max(0.0));
            let per = *receipts as f64;
            println!(
                "{:>20} {rust:>6.0} ns {c:>6.0} ns {cpp:>6.0} ns {:>7.2} {:>8.2}   {}",
                format!("{what} of {receipts}"),
                c / rust,
                cpp / rust,
                if *receipts == 1 {
                    format!("{more_c:.0} and {more_cpp:.0} ns{}", within(more_c.max(more_cpp), CALL, "a call"))
                } else {
                    let worst = more_c.max(more_cpp) / per;
                    let (c, cpp) = (more_c / per, more_cpp / per);
                    format!("{c:.0} and {cpp:.0} ns a receipt{}", within(worst, RECEIPT, "a receipt"))
                },
            );
        }
        println!(
            "\nTimes are those that the thread computed (not waited), medians of many calls, the best of {} runs in turn.\n\
             report: sendMessageReadReceipts, from the call's begin to its return, on the caller's thread.\n\
             event: onRecvMessageReadReceipts, from the end of the callback before it to the end of the listener's call,\n\
             on the client's delivery thread. bench/src/crossing.rs says more.",
            crate::native::RUNS
        );
    }
}

fn within(ns: f64, aim: f64, of: &str) -> String {
    if ns < aim { String::new() } else { format!("  ← more than the {aim:.0} ns {of} aimed at") }
}
