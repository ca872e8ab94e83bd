//! The demo: people, devices, a server that is killed, and every shown fact compared with the rules first.

mod check;
mod group;
mod measure;
mod offline;
mod one_to_one;
mod people;
mod place;
mod screen;
mod serve;
mod server;
mod stage;
mod svg;
mod table;

pub(crate) use check::{Result, Trouble};
pub(crate) use measure::measure;
pub(crate) use serve::{ServeOptions, serve};
pub(crate) use server::AS_SERVER;

use check::Checks;
use clap::Args;
use one_to_one::Pair;
use place::Place;
use screen::{Ink, Line, Screen};
use server::Server;
use stage::Stage;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How the demo runs.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// How many people are in the group, alice included.
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u32).range(4..=1000))]
    members: u32,
    /// How many messages alice sends to the group.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=200))]
    messages: u32,
    /// No server: the same service inside this process.
    #[arg(long)]
    embedded: bool,
    /// Measure instead: receipts a second, latency, bytes. Takes about two minutes.
    #[arg(long)]
    pub(crate) measure: bool,
    /// Also write what was shown as a picture.
    #[arg(long, value_name = "FILE", hide = true)]
    svg: Option<PathBuf>,
}

/// Everybody is on one machine here.
const LIMITS: &str = "connections_per_ip = 4000";

/// Plays it; whatever hangs is a failure too.
pub(crate) async fn in_time(options: &Options) -> Result<()> {
    let seconds = 60 + u64::from(options.members.saturating_mul(options.messages)) / 100;
    let late = |_| Trouble::Failed(format!("the demo did not come to its end within {seconds} s"));
    tokio::time::timeout(Duration::from_secs(seconds), play(options)).await.map_err(late)?
}

/// Plays it; an error is what SeenBy did wrong.
async fn play(options: &Options) -> Result<()> {
    let began = Instant::now();
    let folder = tempfile::Builder::new().prefix("seenby-demo-").tempdir().map_err(place::folder_failed)?;
    let mut screen = Screen::new();
    let title = Line::new()
        .add(Ink::Bold, "SeenBy")
        .add(Ink::Dim, "  exact read receipts; nothing is shown before it was compared with the rules");
    screen.line(title);
    let place = if options.embedded {
        Place::Embedded { folder: folder.path().join("service") }
    } else {
        Place::Server(Server::launch(&folder.path().join("server"), LIMITS).await?)
    };
    let about = match &place {
        Place::Server(server) => {
            format!(
                "  a server of its own, {}, process {}, durable in {}",
                server.url(),
                server.pid(),
                server.folder().display()
            )
        }
        Place::Embedded { folder } => format!("  the service inside this process, durable in {}", folder.display()),
    };
    screen.line(Line::new().add(Ink::Dim, about));

    let checks = Arc::new(Checks::default());
    let devices = folder.path().join("devices");
    let mut stage = Stage { place, checks: Arc::clone(&checks), screen, devices };
    let mut pair = Pair {
        phone: stage.login("alice", "phone").await?,
        laptop: stage.login("alice", "laptop").await?,
        bob: stage.login("bob", "phone").await?,
    };
    one_to_one::play(&mut stage, &pair).await?;
    let (members, messages) = (options.members as usize, options.messages as usize);
    let mut group = group::play(&mut stage, &pair.phone, members, messages).await?;
    group::pages(&mut stage, &pair.phone, &mut group).await?;
    group::comings_and_goings(&mut stage, &pair.phone, &mut group).await?;
    offline::reader(&mut stage, &pair.phone, &mut group).await?;
    offline::killed(&mut stage, &mut pair, &mut group).await?;
    checks.listeners()?;

    let (compared, rules) = checks.tally();
    stage.screen.gap();
    let line = Line::new()
        .add(Ink::Good, "✓✓ ")
        .add(Ink::Bold, format!("{compared} comparisons with {rules} rules, all as they demand"))
        .add(Ink::Dim, format!(", in {:.1} s", began.elapsed().as_secs_f64()));
    stage.screen.line(line);
    if let Some(file) = &options.svg {
        let written = std::fs::write(file, svg::render(stage.screen.kept()));
        written.map_err(Trouble::doing(format!("the picture {}", file.display())))?;
    }
    Ok(())
}

/// Says on stderr why it ended.
pub(crate) fn complain(trouble: &Trouble) {
    let style = anstyle::AnsiColor::Red.on_default().bold();
    anstream::eprintln!("\n{style}✗{style:#} {trouble}");
}
