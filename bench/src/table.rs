//! What was measured, side by side, with what the conversion alone costs.

use std::collections::BTreeMap;

pub(crate) const RUST: &str = "Rust";
pub(crate) const C: &str = "C";
pub(crate) const CPP: &str = "C++";
pub(crate) const OBJC: &str = "Objective-C";

/// What is aimed at, in ns: of a receipt in batches, and of a call or an event of one.
pub(crate) struct Aims {
    pub(crate) receipt: f64,
    pub(crate) call: f64,
}

/// The best of each, by what, receipts and language.
pub(crate) struct Table {
    /// Beside Rust.
    languages: Vec<&'static str>,
    aims: Aims,
    rows: BTreeMap<(String, usize), BTreeMap<&'static str, u64>>,
}

impl Table {
    pub(crate) fn new(languages: Vec<&'static str>, aims: Aims) -> Self {
        Self { languages, aims, rows: BTreeMap::new() }
    }

    pub(crate) fn add(&mut self, language: &'static str, what: &str, receipts: usize, ns: u64) {
        let row = self.rows.entry((what.to_owned(), receipts)).or_default();
        let best = row.entry(language).or_insert(ns);
        *best = ns.min(*best);
    }

    pub(crate) fn print(&self) {
        println!("What crossing into {} costs beside the Rust API.\n", self.languages.join(" and into "));
        let mut head = format!("{:>20} {RUST:>11}", "");
        for language in &self.languages {
            head += &format!(" {language:>13}");
        }
        for language in &self.languages {
            head += &format!(" {:>16}", format!("{language}/{RUST}"));
        }
        println!("{head}   conversion alone");
        for ((what, receipts), row) in self.rows.iter().rev() {
            println!("{}", self.line(what, *receipts, row));
        }
        println!(
            "\nTimes are those that the thread computed (not waited), medians of many calls, the best of {} runs in turn.\n\
             report: sendMessageReadReceipts, from the call's begin to its return, on the caller's thread.\n\
             event: onRecvMessageReadReceipts, from the end of the callback before it to the end of the listener's call\n\
             (in Objective-C: until all that was made for it is gone), on the client's delivery thread.\n\
             bench/src/crossing.rs says more.",
            crate::native::RUNS
        );
    }

    fn line(&self, what: &str, receipts: usize, row: &BTreeMap<&'static str, u64>) -> String {
        let ns = |language: &str| row.get(language).copied().unwrap_or(0) as f64;
        let rust = ns(RUST);
        let per = receipts as f64;
        let (aim, of) = if receipts == 1 { (self.aims.call, "a call") } else { (self.aims.receipt, "a receipt") };
        let mut line = format!("{:>20} {rust:>8.0} ns", format!("{what} of {receipts}"));
        for language in &self.languages {
            line += &format!(" {:>10.0} ns", ns(language));
        }
        for language in &self.languages {
            line += &format!(" {:>16.2}", ns(language) / rust);
        }
        let more: Vec<f64> = self.languages.iter().map(|language| (ns(language) - rust).max(0.0) / per).collect();
        let said: Vec<String> = more.iter().map(|more| format!("{more:.0}")).collect();
        line += &format!("   {} ns{}", said.join(" and "), if receipts == 1 { "" } else { " a receipt" });
        if more.iter().any(|more| *more >= aim) {
            line += &format!("  ← more than the {aim:.0} ns {of} aimed at");
        }
        line
    }
}
