//! Nothing is printed that was not compared: every fact the demo shows went through here first.

use std::collections::BTreeSet;
use std::fmt::{self, Debug, Display};
use std::sync::Mutex;

/// Why the demo ends with a failure.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// SeenBy did something else than its rules say.
    Wrong {
        /// Which rules, as in `R7`.
        rules: String,
        /// What was looked at.
        what: String,
        /// What the rule demands.
        expected: String,
        /// What was seen.
        seen: String,
    },
    /// The demo could not go on.
    Failed(String),
}

/// What the demo's functions return.
pub(crate) type Result<T, E = Trouble> = std::result::Result<T, E>;

impl Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrong { rules, what, expected, seen } => {
                write!(f, "{what} is not as {rules} demands\n  expected: {expected}\n  seen:     {seen}")
            }
            Self::Failed(sentence) => f.write_str(sentence),
        }
    }
}

impl std::error::Error for Trouble {}

impl Trouble {
    /// For `map_err`: what was being done, and what went wrong.
    pub(crate) fn doing<E: Display>(what: impl Display) -> impl FnOnce(E) -> Self {
        move |e| Self::Failed(format!("{what}: {e}"))
    }
}

/// Counts what was compared.
#[derive(Default)]
pub(crate) struct Checks {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    compared: usize,
    rules: BTreeSet<u32>,
    /// The first thing that was wrong where nobody could be told: in a listener.
    heard: Option<Trouble>,
}

impl Checks {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Compares; `rules` is as in `R5 R7`.
    pub(crate) fn equal<T: PartialEq + Debug>(
        &self,
        rules: &str,
        what: impl Display,
        expected: T,
        seen: T,
    ) -> Result<()> {
        let ok = expected == seen;
        self.count(rules);
        if ok { Ok(()) } else { Err(wrong(rules, what, format!("{expected:?}"), format!("{seen:?}"))) }
    }

    /// Demands; `expected` says it in words.
    pub(crate) fn that(
        &self,
        rules: &str,
        what: impl Display,
        expected: impl Display,
        seen: impl Debug,
        ok: bool,
    ) -> Result<()> {
        self.count(rules);
        if ok { Ok(()) } else { Err(wrong(rules, what, expected.to_string(), format!("{seen:?}"))) }
    }

    /// Keeps what a listener found wrong, until [`Self::listeners`] is asked.
    pub(crate) fn note(&self, outcome: Result<()>) {
        if let Err(trouble) = outcome {
            self.state().heard.get_or_insert(trouble);
        }
    }

    /// What a listener found wrong meanwhile.
    pub(crate) fn listeners(&self) -> Result<()> {
        self.state().heard.take().map_or(Ok(()), Err)
    }

    /// How many comparisons there were, of how many rules.
    pub(crate) fn tally(&self) -> (usize, usize) {
        let state = self.state();
        (state.compared, state.rules.len())
    }

    fn count(&self, rules: &str) {
        let mut state = self.state();
        state.compared += 1;
        state.rules.extend(rules.split_whitespace().filter_map(|rule| rule.strip_prefix('R')?.parse::<u32>().ok()));
    }
}

fn wrong(rules: &str, what: impl Display, expected: String, seen: String) -> Trouble {
    Trouble::Wrong { rules: rules.to_owned(), what: what.to_string(), expected, seen }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_compared_is_counted_and_what_is_wrong_is_told() {
        let checks = Checks::default();
        checks.equal("R7", "the sum", 5, 5).unwrap();
        checks.that("R5 R6", "the time", "not later", 3, true).unwrap();
        assert_eq!(checks.tally(), (2, 3));
        let told = checks.equal("R7", "the sum", 5, 4).unwrap_err().to_string();
        assert!(told.contains("R7") && told.contains("expected: 5") && told.contains("seen:     4"), "{told}");
    }

    #[test]
    fn what_a_listener_found_is_told_once() {
        let checks = Checks::default();
        checks.note(checks.equal("R12", "a summary", 1, 2));
        assert!(checks.listeners().is_err());
        assert!(checks.listeners().is_ok());
    }
}
