//! The process of an agent: requests go in, answers and what devices hear come out, and its end is noticed.

use super::host::Hear;
use parking_lot::{Condvar, Mutex};
use serde_json::Value;
use std::collections::HashMap;
use std::io::{BufReader, Read, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

/// How long an answer may take: longer than any call of a client, with sanitizers and emulators in between.
const ANSWER: Duration = Duration::from_secs(60);
/// How long a process may take to end when nothing more is asked of it.
const END: Duration = Duration::from_secs(60);
/// How long what it said last is waited for: something that it started may hold its output open.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// How much of what it says on stderr is kept.
const WORDS: usize = 32 * 1024;

/// Its standard error: the last of it.
#[derive(Default)]
struct Words {
    text: Mutex<(Vec<u8>, bool)>,
    ended: Condvar,
}

impl Words {
    fn listen(self: Arc<Self>, mut from: impl Read + Send + 'static) {
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = from.read(&mut buffer) {
                let mut text = self.text.lock();
                text.0.extend_from_slice(&buffer[..read]);
                let over = text.0.len().saturating_sub(WORDS);
                text.0.drain(..over);
            }
            self.text.lock().1 = true;
            self.ended.notify_all();
        });
    }

    fn last(&self) -> String {
        let mut text = self.text.lock();
        self.ended.wait_while_for(&mut text, |text| !text.1, LAST_WORDS);
        match String::from_utf8_lossy(&text.0).trim() {
            "" => "; it said nothing".to_owned(),
            words => format!("; it said:\n{words}"),
        }
    }
}

#[derive(Default)]
struct State {
    waiting: HashMap<u64, mpsc::Sender<Value>>,
    ears: HashMap<(u64, String), Hear>,
    /// How it ended.
    ended: Option<String>,
}

pub(crate) struct Process {
    name: String,
    child: Mutex<Child>,
    input: Mutex<Option<ChildStdin>>,
    words: Arc<Words>,
    state: Mutex<State>,
    next: AtomicU64,
}

impl Process {
    pub(crate) fn start(name: &str, command: &[String]) -> Result<Arc<Self>, String> {
        let (program, arguments) = command.split_first().ok_or_else(|| format!("the agent {name} has no command"))?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the agent {name} does not start: {program}: {error}"))?;
        let (Some(input), Some(output), Some(errors)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(format!("the agent {name} has no pipes"));
        };
        let words = Arc::new(Words::default());
        words.clone().listen(errors);
        let process = Arc::new(Self {
            name: name.to_owned(),
            child: Mutex::new(child),
            input: Mutex::new(Some(input)),
            words,
            state: Mutex::default(),
            next: AtomicU64::new(1),
        });
        let reader = process.clone();
        std::thread::spawn(move || {
            let fault = reader.read(BufReader::new(output));
            reader.ended(fault);
        });
        Ok(process)
    }

    /// Reads until its end. The answer is what it said that is not of the protocol.
    fn read(&self, output: impl std::io::BufRead) -> Option<String> {
        for line in output.lines() {
            let line = match line {
                Ok(line) => line,
                Err(error) => return Some(format!("a line could not be read: {error}")),
            };
            if !line.trim().is_empty()
                && let Err(why) = self.take(&line)
            {
                return Some(format!("{why}: {}", line.chars().take(500).collect::<String>()));
            }
        }
        None
    }

    fn take(&self, line: &str) -> Result<(), String> {
        let mut said: Value = serde_json::from_str(line).map_err(|error| format!("a line is no JSON ({error})"))?;
        if let Some(id) = said["id"].as_u64() {
            let waiting = self.state.lock().waiting.remove(&id).ok_or("an answer to nothing that was asked")?;
            // Nobody may be waiting any more.
            let _ = waiting.send(said);
            return Ok(());
        }
        let (Some(world), Some(device), Some(callback)) =
            (said["world"].as_u64(), said["device"].as_str(), said["heard"].as_str())
        else {
            return Err("a line is neither an answer nor something heard".into());
        };
        // A world may be over while its last callbacks come.
        let ears = self.state.lock().ears.get(&(world, device.to_owned())).cloned();
        let callback = callback.to_owned();
        if let Some(ears) = ears {
            ears(vec![(callback, said["entry"].take())]);
        }
        Ok(())
    }

    fn ended(&self, fault: Option<String>) {
        let status = {
            let mut child = self.child.lock();
            if fault.is_some() {
                // What it says cannot be trusted any more.
                let _ = child.kill();
            }
            child.wait()
        };
        let how = match (fault, status) {
            (Some(fault), _) => format!("was ended: {fault}"),
            (None, Ok(status)) => format!("ended with {status}"),
            (None, Err(error)) => format!("ended, nobody knows how: {error}"),
        };
        let ended = format!("the agent {} {how}{}", self.name, self.words.last());
        let mut state = self.state.lock();
        state.ended = Some(ended);
        // Who waits finds that its sender is gone.
        state.waiting.clear();
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.state.lock().ended.is_some()
    }

    fn end(&self) -> String {
        let ended = self.state.lock().ended.clone();
        ended.unwrap_or_else(|| format!("the agent {} does not listen{}", self.name, self.words.last()))
    }

    pub(crate) fn listen(&self, world: u64, device: &str, hear: Hear) {
        self.state.lock().ears.insert((world, device.to_owned()), hear);
    }

    pub(crate) fn forget(&self, world: u64) {
        self.state.lock().ears.retain(|(of, _), _| *of != world);
    }

    pub(crate) fn ask(&self, mut request: Value) -> Result<Value, String> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        request["id"] = id.into();
        let (sender, answer) = mpsc::channel();
        {
            let mut state = self.state.lock();
            if state.ended.is_some() {
                drop(state);
                return Err(self.end());
            }
            state.waiting.insert(id, sender);
        }
        let line = format!("{request}\n");
        let written = match &mut *self.input.lock() {
            Some(input) => input.write_all(line.as_bytes()).and_then(|()| input.flush()),
            None => Err(std::io::ErrorKind::BrokenPipe.into()),
        };
        let by = Instant::now() + ANSWER;
        match answer.recv_timeout(ANSWER) {
            Ok(answer) => Ok(answer),
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(self.end()),
            Err(mpsc::RecvTimeoutError::Timeout) => {
                self.state.lock().waiting.remove(&id);
                let late = Instant::now().saturating_duration_since(by) + ANSWER;
                let why = written.err().map(|error| format!(" (it could not be asked: {error})")).unwrap_or_default();
                Err(format!("the agent {} did not answer within {} s{why}", self.name, late.as_secs()))
            }
        }
    }

    /// Nothing more will be asked: it ends by itself, with status 0.
    pub(crate) fn finish(&self) -> Result<(), String> {
        if self.has_ended() {
            // The tests that it failed have said so.
            return Ok(());
        }
        *self.input.lock() = None;
        let by = Instant::now() + END;
        while Instant::now() < by {
            // Its reader waits for it; here, only look.
            if self.has_ended() {
                let good = self.child.lock().try_wait().is_ok_and(|status| status.is_some_and(|s| s.success()));
                return if good { Ok(()) } else { Err(self.end()) };
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.lock().kill();
        Err(format!("the agent {} did not end within {} s{}", self.name, END.as_secs(), self.words.last()))
    }
}
