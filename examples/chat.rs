//! A small chat in a terminal, with ticks. Start a server in one terminal (`cargo run --release -- serve`), and in two
//! others what it prints, which looks like
//!
//! ```text
//! cargo run --release --example chat -- --server ws://127.0.0.1:7733/v1/connect --app 1 --user alice --sig eyJ… --to bob
//! ```
//!
//! Type a line to send it; what comes is read as soon as it is shown. `/who N` asks who has read message N of a group
//! (`--group G` instead of `--to`), `/off` and `/on` switch one's receipts, `/state` shows what the client is doing, `/quit`
//! ends. State is kept in a folder of its own for each user under the system's temporary folder; `--data DIR` names another.

use seenby_client::{
    Client, Config, DrawState, Error, Event, GroupKind, MemberFilter, Message, MessageHandle, MessageReceipt, Result,
    SendOptions,
};
use std::io::{BufRead as _, Write as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Default)]
struct Arguments {
    server: Option<String>,
    app: u32,
    user: String,
    sig: String,
    to: Option<String>,
    group: Option<String>,
    data: Option<PathBuf>,
}

const USAGE: &str = "chat --server URL --app N --user U --sig S (--to USER | --group GROUP) [--data DIR]";

fn arguments() -> Result<Arguments> {
    let mut all = Arguments { app: 1, ..Arguments::default() };
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        let value = given.next().ok_or_else(|| Error::invalid(format!("{name} has no value\nusage: {USAGE}")))?;
        match name.as_str() {
            "--server" => all.server = Some(value),
            "--app" => {
                all.app = value.parse().map_err(|_| Error::invalid(format!("--app {value} is no number")))?;
            }
            "--user" => all.user = value,
            "--sig" => all.sig = value,
            "--to" => all.to = Some(value),
            "--group" => all.group = Some(value),
            "--data" => all.data = Some(value.into()),
            _ => return Err(Error::invalid(format!("{name} is not known\nusage: {USAGE}"))),
        }
    }
    if all.user.is_empty() || all.to.is_some() == all.group.is_some() {
        return Err(Error::invalid(format!("--user and one of --to and --group are needed\nusage: {USAGE}")));
    }
    Ok(all)
}

/// The messages on the screen, numbered as they were shown.
#[derive(Default)]
struct Screen {
    shown: Vec<(Message, Option<MessageReceipt>)>,
}

impl Screen {
    /// What is drawn beside a message (R31).
    fn ticks(message: &Message, receipt: Option<&MessageReceipt>) -> String {
        match DrawState::of(message, receipt) {
            DrawState::Sending => "…".into(),
            DrawState::Failed => "✗ not sent".into(),
            DrawState::Sent => "✓".into(),
            DrawState::ReadByPeer => "✓✓ read".into(),
            DrawState::ReadBy { read, of } => format!("✓✓ read by {read} of {of}"),
            DrawState::AllRead => "✓✓ read by all".into(),
            DrawState::Unavailable => String::new(),
        }
    }

    fn show(&mut self, message: Message) {
        let text = match &message.body {
            seenby_client::Body::Text(text) => text.clone(),
            _ => "(not text)".into(),
        };
        let who =
            if message.is_self { "me".into() } else { message.sender.as_ref().map_or("?".into(), ToString::to_string) };
        self.shown.push((message, None));
        if let Some((message, _)) = self.shown.last() {
            println!("{:>4}  {who}: {text}  {}", self.shown.len(), Self::ticks(message, None));
        }
    }

    fn receipts(&mut self, receipts: &[MessageReceipt]) {
        for receipt in receipts {
            for (n, (message, known)) in self.shown.iter_mut().enumerate() {
                if message.id == receipt.message && message.conversation.as_ref() == Some(&receipt.conversation) {
                    *known = Some(receipt.clone());
                    println!("{:>4}  {}", n + 1, Self::ticks(message, known.as_ref()));
                }
            }
        }
    }
}

fn main() {
    if let Err(error) = chat() {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

fn chat() -> Result<()> {
    let arguments = arguments()?;
    let data = arguments.data.clone().unwrap_or_else(|| {
        let name: String = arguments.user.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        std::env::temp_dir().join(format!("seenby-chat-{name}"))
    });
    let mut config = Config::new(arguments.app).data_dir(data).with_readers(true).client_name("seenby-chat");
    config.server.clone_from(&arguments.server);
    let client = Client::new(config)?;
    let screen = Arc::new(Mutex::new(Screen::default()));
    let here = match (&arguments.to, &arguments.group) {
        (Some(user), _) => format!("c2c_{user}"),
        (_, Some(group)) => format!("group_{group}"),
        _ => String::new(),
    };

    // The listener must not keep the client: it would keep itself. What is to be reported goes out by a channel.
    let (report, reports) = std::sync::mpsc::channel::<MessageHandle>();
    let (theirs, shown_here) = (screen.clone(), here.clone());
    client.add_listener(Arc::new(move |events: &[Event]| {
        let mut screen = theirs.lock().unwrap_or_else(PoisonError::into_inner);
        for event in events {
            match event {
                Event::NewMessage(message) => {
                    if message.conversation.as_ref().is_some_and(|c| c.to_string() == shown_here) {
                        if !message.is_self {
                            let _ = report.send(message.as_ref().into());
                        }
                        screen.show((**message).clone());
                    } else if let Some(conversation) = &message.conversation {
                        println!("      (something new in {conversation})");
                    }
                }
                Event::ReadReceipts(receipts) => {
                    for receipt in receipts.iter().filter(|receipt| !receipt.readers.is_empty()) {
                        let names: Vec<String> = receipt.readers.iter().map(|reader| reader.user.to_string()).collect();
                        println!("      just read: {}", names.join(", "));
                    }
                    screen.receipts(receipts);
                }
                Event::Connecting => println!("      connecting …"),
                Event::Connected => println!("      connected"),
                Event::ConnectFailed(error) => println!("      cannot connect: {error}"),
                Event::KickedOffline => println!("      this user has logged in elsewhere on this device"),
                Event::UserSigExpired => println!("      the userSig has run out: ask the server for another one"),
                _ => {}
            }
        }
    }));
    let reader = client.clone();
    std::thread::spawn(move || {
        while let Ok(message) = reports.recv() {
            if let Err(error) = reader.send_message_read_receipts([message]).wait() {
                println!("      the receipt was refused: {error}");
            }
        }
    });

    client.login(&arguments.user, &arguments.sig).wait()?;
    if let Some(group) = &arguments.group {
        // Whoever comes first makes it; anyone may join.
        if client.join_group(group).wait().is_err() {
            client.create_group(GroupKind::Public, Some(group), group, []).wait()?;
        }
    }
    println!("      talking in {here}; /who N, /off, /on, /state, /quit");
    let _ = std::io::stdout().flush();
    for line in std::io::stdin().lock().lines().map_while(std::io::Result::ok) {
        let answer = match line.split_once(' ').unwrap_or((line.as_str(), "")) {
            ("", "") => Ok(()),
            ("/quit", _) => break,
            ("/state", _) => {
                println!("{}", client.debug_state());
                Ok(())
            }
            ("/on", _) => client.set_read_receipts_enabled(true).wait(),
            ("/off", _) => client.set_read_receipts_enabled(false).wait(),
            ("/who", number) => who(&client, &screen, number),
            _ => send(&client, &screen, &arguments, &line),
        };
        if let Err(error) = answer {
            println!("      {error}");
        }
    }
    client.logout().wait()
}

fn send(client: &Client, screen: &Mutex<Screen>, arguments: &Arguments, text: &str) -> Result<()> {
    let mut message = client.create_text_message(text);
    message.need_read_receipt = true;
    let sending =
        client.send_message(message, arguments.to.as_deref(), arguments.group.as_deref(), SendOptions::default());
    let sent = sending.wait()?;
    screen.lock().unwrap_or_else(PoisonError::into_inner).show(sent);
    Ok(())
}

fn who(client: &Client, screen: &Mutex<Screen>, number: &str) -> Result<()> {
    let at = number.trim().parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    let message = {
        let screen = screen.lock().unwrap_or_else(PoisonError::into_inner);
        at.and_then(|at| screen.shown.get(at)).map(|(message, _)| MessageHandle::from(message))
    };
    let message = message.ok_or_else(|| Error::invalid(format!("there is no message {number:?} on the screen")))?;
    for (filter, title) in [(MemberFilter::Read, "read by"), (MemberFilter::Unread, "not yet")] {
        let mut next = 0;
        loop {
            let page = client.get_group_message_read_member_list(message.clone(), filter, next, 100).wait()?;
            for member in page.members {
                println!("      {title} {}", member.user);
            }
            if page.is_finished {
                break;
            }
            next = page.next_seq;
        }
    }
    Ok(())
}
