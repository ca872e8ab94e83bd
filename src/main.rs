//! The demo: `cargo run --release`. It is also the server it talks to, run again in another process.

mod demo;

use clap::{Parser, Subcommand};
use demo::Result;
use std::process::ExitCode;

/// Watch exact read receipts work: two people, a group, a reader without a line, a server that is killed.
#[derive(Parser, Debug)]
#[command(name = "cargo run --release --", bin_name = "cargo run --release --", version)]
#[command(args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(flatten)]
    demo: demo::Options,
    #[command(subcommand)]
    command: Option<What>,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Stay up as a server, and print what an app needs to connect.
    Serve(demo::ServeOptions),
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|first| first == demo::AS_SERVER) {
        return seenby_server::main_from(arguments.into_iter().skip(1));
    }
    let cli = Cli::parse();
    match run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            demo::complain(&trouble);
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(demo::Trouble::doing("starting the runtime"))?;
    runtime.block_on(async {
        match &cli.command {
            Some(What::Serve(options)) => demo::serve(options).await,
            None if cli.demo.measure => demo::measure().await,
            None => demo::in_time(&cli.demo).await,
        }
    })
}
