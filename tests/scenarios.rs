//! Every scenario of `tests/scenarios`, twice: embedded, and against a separate `seenbyd`. Each is a test of its own.
//!
//! `cargo test --test scenarios embedded::r7` runs some by name, like any test. With `SEENBY_AGENT="cpp=build/agent"` they
//! run through that program too, as `cpp-embedded::…` and `cpp-seenbyd::…`.

mod scenarios_runner;

use libtest_mimic::{Arguments, Failed, Trial};
use scenarios_runner::{Language, Mode, agents, checks};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Scenarios mostly wait for each other's devices: more of them at a time than there are processors.
const AT_A_TIME: usize = 8;

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let paths =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    let scenario = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "json") && path.file_stem().is_some_and(|s| s != "schema")
    };
    let mut paths: Vec<_> = paths.into_iter().filter(scenario).collect();
    paths.sort();
    Ok(paths)
}

fn main() -> ExitCode {
    if let Some(ended) = scenarios_runner::run_if_asked() {
        return ended;
    }
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(AT_A_TIME);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let files = match files(&folder) {
        Ok(files) => files,
        Err(error) => {
            eprintln!("{} cannot be listed: {error}", folder.display());
            return ExitCode::FAILURE;
        }
    };
    let languages = match scenarios_runner::languages() {
        Ok(languages) => languages,
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::FAILURE;
        }
    };
    let mut trials = agents::trials(&files);
    for language in &languages {
        let prefix = language.prefix();
        let mut check = |name: &str, check: fn(&Language) -> Result<(), String>| {
            let language = language.clone();
            let run = move || check(&language).map_err(Failed::from);
            trials.push(Trial::test(format!("{prefix}runner::{name}"), run));
        };
        check("what_is_so_passes", checks::what_is_so_passes);
        check("what_is_not_so_fails", checks::what_is_not_so_fails);
        for (mode, name) in [(Mode::Embedded, "embedded"), (Mode::Seenbyd, "seenbyd")] {
            for path in &files {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                // One that cannot be read fails when it runs.
                if scenarios_runner::read(path).is_ok_and(|scenario| !scenario.runs_in(mode)) {
                    continue;
                }
                let (path, language) = (path.clone(), language.clone());
                let unsaid = language.unsaid(&stem);
                let run = move || scenarios_runner::run(&path, mode, &language).map_err(Failed::from);
                let trial = Trial::test(format!("{prefix}{name}::{stem}"), run);
                trials.push(match unsaid {
                    Some(why) => trial.with_kind(why).with_ignored_flag(true),
                    None => trial,
                });
            }
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    let mut code = conclusion.exit_code();
    for language in &languages {
        if let Err(why) = language.finish() {
            eprintln!("{why}");
            code = ExitCode::FAILURE;
        }
    }
    code
}
