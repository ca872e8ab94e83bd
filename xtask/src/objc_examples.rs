//! The examples in examples/mac and the samples in tests/objc/samples: each a program, which must end well and print what it should.

use crate::objc::{self, Kit};
use crate::outcome::Counts;
use crate::process::Finished;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// A program, what it is given, and what it must print, in this order.
struct Example {
    source: &'static str,
    arguments: &'static [&'static str],
    input: &'static str,
    prints: &'static [&'static str],
}

const EXAMPLES: &[Example] = &[
    Example {
        source: "examples/mac/receipt.m",
        arguments: &[],
        input: "",
        prints: &["1 have read it, 1 have not", "bob has"],
    },
    // Alone with a group of her own: nobody else can read it, and nobody is listed.
    Example {
        source: "examples/mac/chat.m",
        arguments: &["embedded:", "alice", "any", "group_lunch", "DATA"],
        input: "Lunch at noon?\n/quit\n",
        prints: &["talking in group_lunch", "   1  me: Lunch at noon?  ✓"],
    },
    Example {
        source: "tests/objc/samples/samples.m",
        arguments: &[],
        input: "",
        prints: &[
            "sent with a receipt",
            "read by 1, not by 1",
            "history: 1 of 2",
            "page by page: bob carol dave eve",
            "done",
        ],
    },
];

/// Builds and runs them. `layer` are the objects of the classes.
pub(crate) fn run(kit: &Kit, layer: &[PathBuf]) -> io::Result<Counts> {
    let began = Instant::now();
    let mut counts = Counts::default();
    for example in EXAMPLES {
        let source = Path::new(example.source);
        let name = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let ok = match built(kit, layer, &name, source)? {
            Ok(program) => example.runs(kit, &name, &program)?,
            Err(failed) => {
                failed.show();
                false
            }
        };
        counts.add(Counts::one(ok));
    }
    println!("  examples and samples: {} passed, {:.1} s", counts.passed, began.elapsed().as_secs_f64());
    Ok(counts)
}

fn built(kit: &Kit, layer: &[PathBuf], name: &str, source: &Path) -> io::Result<Result<PathBuf, Finished>> {
    let mut objects = match kit.objects("examples", &[source.to_owned()], &[])? {
        Ok(objects) => objects,
        Err(failed) => return Ok(Err(failed)),
    };
    objects.extend(layer.iter().cloned());
    kit.link(&format!("example-{name}"), &objects)
}

impl Example {
    fn runs(&self, kit: &Kit, name: &str, program: &Path) -> io::Result<bool> {
        let data = kit.folder.join(format!("{name}-example.data"));
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        let arguments = self.arguments.iter().map(|word| match *word {
            "DATA" => data.clone().into_os_string(),
            word => word.into(),
        });
        let mut command = Command::new(program);
        command.args(arguments).env("ASAN_OPTIONS", "detect_leaks=0").env_remove("SEENBY_SERVER");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        if let Some(mut input) = child.stdin.take() {
            // One that has ended reads nothing more; what it printed says why.
            let _ = input.write_all(self.input.as_bytes());
        }
        let output = child.wait_with_output()?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let missing = missing(&printed, self.prints);
        if output.status.success() && missing.is_none() {
            return Ok(true);
        }
        println!("    {} ended with {}", self.source, output.status);
        if let Some(missing) = missing {
            println!("    it did not print {missing:?} in its place; it printed:");
        }
        println!("{printed}{}", String::from_utf8_lossy(&output.stderr));
        Ok(false)
    }
}

/// The first of these that does not come, after those before it.
fn missing<'a>(printed: &str, expected: &[&'a str]) -> Option<&'a str> {
    let mut rest = printed;
    for one in expected {
        match rest.split_once(one) {
            Some((_, after)) => rest = after,
            None => return Some(one),
        }
    }
    None
}

/// Every source of these folders is run.
pub(crate) fn all_there() -> io::Result<Counts> {
    let mut counts = Counts::default();
    for folder in ["examples/mac", "tests/objc/samples"] {
        for source in objc::sources(Path::new(folder))? {
            let known = EXAMPLES.iter().any(|example| Path::new(example.source) == source);
            if !known {
                println!("    {} is run by nobody: xtask/src/objc_examples.rs lists them", source.display());
            }
            counts.add(Counts::one(known));
        }
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_must_come_in_order() {
        assert_eq!(missing("one two three", &["one", "three"]), None);
        assert_eq!(missing("one two three", &["three", "one"]), Some("one"));
        assert_eq!(missing("", &["one"]), Some("one"));
    }
}
