//! What came of a part: counts of tests, and why something was skipped.

/// What one part, or one thing inside a part, came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It ran.
    Ran(Counts),
    /// It did not run, for this reason; the second sentence says how to get it.
    Skipped {
        /// Why.
        why: String,
        /// What to do about it.
        how: String,
    },
}

/// Tests, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    /// Tests that their authors marked `#[ignore]`.
    pub(crate) ignored: u64,
}

impl Counts {
    /// A check that is one thing: a lint, a build, a demo.
    pub(crate) fn one(ok: bool) -> Self {
        Self { passed: u64::from(ok), failed: u64::from(!ok), ignored: 0 }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }

    /// What `cargo test` printed: the sum of its `test result:` lines. A run that failed without saying so in a summary
    /// (it did not compile, or a test program was killed) counts as one failure.
    pub(crate) fn of_cargo_test(lines: &[String], succeeded: bool) -> Self {
        let mut sum = Self::default();
        for line in lines {
            if let Some(counts) = test_result(line) {
                sum.add(counts);
            }
        }
        if !succeeded && sum.failed == 0 {
            sum.failed = 1;
        }
        sum
    }

    /// What `ctest` printed: its last line counts, and the tests that did not run are named before it. A run that failed
    /// before there was a test counts as one failure.
    pub(crate) fn of_ctest(lines: &[String], succeeded: bool) -> Self {
        let mut sum = Self::default();
        if let Some((failed, all)) = lines.iter().rev().find_map(|line| ctest_result(line)) {
            // It counts those that skipped themselves as passed, and those that are disabled not at all.
            let having = |what: &str| lines.iter().filter(|line| line.contains(what)).count() as u64;
            let skipped = having("***Skipped");
            sum.ignored = skipped + having("***Not Run (Disabled)");
            sum.failed = failed;
            sum.passed = all.saturating_sub(failed + skipped);
        }
        if !succeeded && sum.failed == 0 {
            sum.failed = 1;
        }
        sum
    }
}

/// `93% tests passed, 1 tests failed out of 14`: those that failed, and all.
fn ctest_result(line: &str) -> Option<(u64, u64)> {
    let (_, rest) = line.trim().split_once("% tests passed, ")?;
    let (failed, rest) = rest.split_once(' ')?;
    let (_, all) = rest.rsplit_once("failed out of ")?;
    Some((failed.parse().ok()?, all.parse().ok()?))
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`
fn test_result(line: &str) -> Option<Counts> {
    let rest = line.trim().strip_prefix("test result: ")?;
    let rest = rest.split_once(". ")?.1;
    let mut counts = Counts::default();
    for part in rest.split(';') {
        let mut words = part.split_whitespace();
        let (Some(number), Some(word)) = (words.next(), words.next()) else { continue };
        let Ok(number) = number.parse() else { continue };
        match word {
            "passed" => counts.passed = number,
            "failed" => counts.failed = number,
            "ignored" => counts.ignored = number,
            _ => {}
        }
    }
    Some(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn summaries_of_cargo_test_are_added_up() {
        let text = "running 2 tests\ntest a ... ok\n\
            test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s\n\
            test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n";
        assert_eq!(Counts::of_cargo_test(&lines(text), false), Counts { passed: 15, failed: 2, ignored: 1 });
    }

    #[test]
    fn a_run_that_did_not_compile_is_a_failure() {
        assert_eq!(
            Counts::of_cargo_test(&lines("error[E0308]: mismatched types"), false),
            Counts { passed: 0, failed: 1, ignored: 0 }
        );
        assert_eq!(Counts::of_cargo_test(&[], true), Counts::default());
    }

    #[test]
    fn a_program_killed_after_others_passed_is_a_failure() {
        let text = "test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            error: test failed, to rerun pass `-p x`\n";
        assert_eq!(Counts::of_cargo_test(&lines(text), false), Counts { passed: 5, failed: 1, ignored: 0 });
    }

    #[test]
    fn the_last_line_of_ctest_is_taken_apart() {
        let text = "      Start 1: handles.null\n\
            1/4 Test #1: handles.null .....................   Passed    0.02 sec\n\
            2/4 Test #2: handles.freed ....................***Failed    0.02 sec\n\
            3/4 Test #3: handles.other ....................***Skipped   0.00 sec\n\
            4/4 Test #4: handles.made_up ..................***Not Run (Disabled)   0.00 sec\n\n\
            67% tests passed, 1 tests failed out of 3\n\n\
            Total Test time (real) =   0.11 sec\n";
        assert_eq!(Counts::of_ctest(&lines(text), false), Counts { passed: 1, failed: 1, ignored: 2 });
        assert_eq!(
            Counts::of_ctest(&lines("100% tests passed, 0 tests failed out of 31"), true),
            Counts { passed: 31, failed: 0, ignored: 0 }
        );
        let nothing = Counts { passed: 0, failed: 1, ignored: 0 };
        assert_eq!(Counts::of_ctest(&lines("No tests were found!!!"), false), nothing);
    }
}
