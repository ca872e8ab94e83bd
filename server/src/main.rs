//! `seenbyd`: the self-hosted SeenBy server. `seenbyd --help` explains everything.

use std::process::ExitCode;

fn main() -> ExitCode {
    seenby_server::main_from(std::env::args_os())
}
