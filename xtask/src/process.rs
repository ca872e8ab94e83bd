//! Running a program quietly: its output goes to a log, one line tells how far it is, and what failed is shown.

use std::env;
use std::fs;
use std::io::{self, BufRead as _, BufReader, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// Where the output of the parts is kept.
const LOGS: &str = "target/xtask";

/// A program that has ended.
pub(crate) struct Finished {
    /// Whether it ended with 0.
    pub(crate) ok: bool,
    /// Everything it printed, as it came.
    pub(crate) lines: Vec<String>,
    /// Where that is kept.
    pub(crate) log: PathBuf,
}

impl Finished {
    /// What a person wants to see when this failed: all but what went well.
    pub(crate) fn show(&self) {
        let boring = |line: &str| {
            let line = line.trim_start();
            line.starts_with("Compiling ")
                || line.starts_with("Checking ")
                || line.starts_with("Downloaded ")
                || line.starts_with("Downloading ")
                || line.starts_with("Blocking ")
                || (line.starts_with("test ") && line.ends_with(" ... ok"))
                || line.starts_with("test result: ok.")
                || (line.starts_with("running ") && line.ends_with(" tests"))
        };
        let lines: Vec<&String> = self.lines.iter().filter(|line| !boring(line)).collect();
        const SHOWN: usize = 400;
        let from = lines.len().saturating_sub(SHOWN);
        if from > 0 {
            println!("    … {from} earlier lines are in the log");
        }
        for line in &lines[from..] {
            println!("    {line}");
        }
        println!("    (all of it: {})", self.log.display());
    }
}

/// Runs `command`, whose output is kept under `name`. `Err` if it cannot be started.
pub(crate) fn run(name: &str, command: &mut Command) -> io::Result<Finished> {
    fs::create_dir_all(LOGS)?;
    let log = PathBuf::from(LOGS).join(format!("{name}.log"));
    let mut log_file = fs::File::create(&log)?;
    // Cargo has set them for this program. A build script that looks at them (ring's) would run again, and all that needs it would
    // be compiled again, each time a person and this take turns.
    for (name, _) in env::vars_os() {
        if ["CARGO_MANIFEST_", "CARGO_PKG_"].iter().any(|start| name.to_string_lossy().starts_with(start)) {
            command.env_remove(name);
        }
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", command.get_program().to_string_lossy())))?;

    let (sender, receiver) = mpsc::channel::<String>();
    let mut readers = Vec::new();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    if let Some(stdout) = stdout {
        readers.push(forward(stdout, sender.clone()));
    }
    if let Some(stderr) = stderr {
        readers.push(forward(stderr, sender.clone()));
    }
    drop(sender);

    let mut progress = Progress::new(name);
    let mut lines = Vec::new();
    loop {
        match receiver.recv_timeout(Duration::from_millis(500)) {
            Ok(line) => {
                writeln!(log_file, "{line}")?;
                progress.saw(&line);
                lines.push(line);
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
        progress.draw();
    }
    progress.clear();
    for reader in readers {
        let _ = reader.join();
    }
    Ok(Finished { ok: child.wait()?.success(), lines, log })
}

fn forward(from: impl io::Read + Send + 'static, to: mpsc::Sender<String>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut reader = BufReader::new(from);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            if to.send(text).is_err() {
                break;
            }
            line.clear();
        }
    })
}

/// One line on a terminal, drawn over itself; elsewhere a line every half minute, so that a CI log shows life.
struct Progress<'a> {
    name: &'a str,
    started: Instant,
    drawn: Instant,
    terminal: bool,
    visible: bool,
    doing: String,
    tests: u64,
}

impl<'a> Progress<'a> {
    fn new(name: &'a str) -> Self {
        let now = Instant::now();
        let terminal = io::stdout().is_terminal();
        Self { name, started: now, drawn: now, terminal, visible: false, doing: "starting".into(), tests: 0 }
    }

    fn saw(&mut self, line: &str) {
        let line = line.trim();
        if line.starts_with("test ") && (line.ends_with(" ... ok") || line.ends_with("FAILED")) {
            self.tests += 1;
        } else if let Some((what @ ("Compiling" | "Checking" | "Running" | "Documenting" | "Downloaded"), rest)) =
            line.split_once(' ')
        {
            let rest = rest.split(" (").next().unwrap_or(rest);
            self.doing = format!("{} {rest}", what.to_lowercase());
        } else if line.starts_with("Doc-tests") {
            self.doing = line.to_lowercase();
        }
    }

    fn draw(&mut self) {
        let every = Duration::from_secs(if self.terminal { 1 } else { 30 });
        if self.drawn.elapsed() < every {
            return;
        }
        self.drawn = Instant::now();
        let seconds = self.started.elapsed().as_secs();
        let mut text = format!("{} … {seconds} s, {}", self.name, self.doing);
        if self.tests > 0 {
            text.push_str(&format!(", {} tests so far", self.tests));
        }
        if self.terminal {
            let text: String = text.chars().take(100).collect();
            anstream::print!("\r\x1b[2K  {text}");
            let _ = io::stdout().flush();
            self.visible = true;
        } else {
            println!("  {text}");
        }
    }

    fn clear(&mut self) {
        if self.visible {
            anstream::print!("\r\x1b[2K");
            let _ = io::stdout().flush();
        }
    }
}
