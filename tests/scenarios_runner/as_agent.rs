//! An agent of Rust's own: this program run again, with what makes it one. It shows that a scenario told to an agent is the
//! same scenario, and what happens when an agent fails.

use super::host::{Broken, Hear, Host, Operation, Outcome, Setup, SpoolFor};
use super::in_process::InProcess;
use parking_lot::Mutex;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// The first argument that makes this program an agent.
pub(crate) const AS_AGENT: &str = "--as-agent";
/// The call at which one that is told to ends, with these words.
pub(crate) const DIES_AT: (&str, &str) = ("dismissGroup", "the ground gives way");
/// The call at which one that is told to says what is not of the protocol.
pub(crate) const RAVES_AT: &str = "quitGroup";

type Worlds = Arc<Mutex<HashMap<u64, Arc<Mutex<InProcess>>>>>;

/// Is an agent if the arguments say so; a second argument makes it one that fails.
pub(crate) fn run_if_asked() -> Option<ExitCode> {
    let mut args = std::env::args().skip(1);
    (args.next()? == AS_AGENT).then(|| serve(args.next().is_some()))
}

fn say(line: &Value) {
    // The runner is gone if this fails, and so are we soon.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

fn serve(fails: bool) -> ExitCode {
    let worlds = Worlds::default();
    std::thread::scope(|scope| {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            let Ok(request) = serde_json::from_str::<Value>(&line) else { return ExitCode::FAILURE };
            if fails && request["name"] == DIES_AT.0 {
                eprintln!("{}", DIES_AT.1);
                std::process::exit(3);
            }
            if fails && request["name"] == RAVES_AT {
                say(&"once upon a time".into());
            }
            let worlds = worlds.clone();
            scope.spawn(move || say(&answer(&worlds, &request)));
        }
        ExitCode::SUCCESS
    })
}

fn answer(worlds: &Worlds, request: &Value) -> Value {
    let id = &request["id"];
    match perform(worlds, request) {
        Ok(Outcome::Answer(answer)) => json!({ "id": id, "answer": answer }),
        Ok(Outcome::Refused(error, answer)) => {
            json!({ "id": id, "error": { "code": error.code, "message": error.message }, "answer": answer })
        }
        Err(broken) => json!({ "id": id, "broken": broken }),
    }
}

fn perform(worlds: &Worlds, request: &Value) -> Result<Outcome, Broken> {
    let number = request["world"].as_u64().ok_or("a request has a world")?;
    let what = request["do"].as_str().unwrap_or_default();
    if what == "forget" {
        worlds.lock().remove(&number);
        return Ok(Outcome::Answer(Value::Null));
    }
    let world = worlds.lock().entry(number).or_default().clone();
    let mut world = world.lock();
    let text = |key: &str| request[key].as_str().unwrap_or_default();
    let map = |key: &str| request[key].as_object().cloned().unwrap_or_default();
    let device = text("device");
    let done = match what {
        "init" => {
            let setup = Setup {
                endpoint: text("endpoint").to_owned(),
                folder: PathBuf::from(text("dataDir")),
                ca_file: request["caFile"].as_str().map(PathBuf::from),
                label: text("label").to_owned(),
                with_readers: request["withReaders"] == true,
                seen_for_ms: request["seenForMs"].as_u64(),
            };
            return world.init(device, &setup, hear(number, device));
        }
        "call" => return world.call(device, text("name"), &map("with")),
        "enqueueReceipts" => {
            let folder = Path::new(text("dataDir"));
            let target = SpoolFor { endpoint: text("endpoint"), folder, user: text("user") };
            let with = Map::from_iter(["messages", "msgIDs"].map(|key| (key.to_owned(), request[key].clone())));
            return world.enqueue_receipts(&target, &with);
        }
        "close" => world.close(device),
        "network" => world.network(device, request["available"] == true),
        "service.open" => world.open_service(text("endpoint"), &map("settings"), &map("limits")),
        "service.configure" => world.operate(&Operation::Configure { app: &map("settings") }),
        "service.deleteUser" => world.operate(&Operation::DeleteUser { user: text("user") }),
        "service.deleteMessage" => {
            let (seen_by, conversation, id) = (text("seenBy"), text("conversationID"), text("msgID"));
            world.operate(&Operation::DeleteMessage { seen_by, conversation, id })
        }
        "service.close" => world.close_service(),
        other => Err(format!("{other:?} is nothing that an agent does")),
    };
    done.map(|()| Outcome::Answer(Value::Null))
}

fn hear(world: u64, device: &str) -> Hear {
    let device = device.to_owned();
    Arc::new(move |entries| {
        for (callback, entry) in entries {
            say(&json!({ "world": world, "device": device, "heard": callback, "entry": entry }));
        }
    })
}
