//! The program: `seenbyd`.

use crate::config::{self, Config, ConfigError, File, Tls};
use crate::keys::{self, Keys};
use crate::server::Server;
use crate::{NAME, token};
use clap::{Args, Parser, Subcommand};
use seenby_core::model::{AppId, UserId};
use seenby_service::{Clock as _, SystemClock};
use seenby_store::FileJournal;
use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

const AFTER_HELP: &str = "\
Without any argument it listens on 127.0.0.1:8787, keeps its data where the system keeps such things (the first line it \
prints says where), and makes an app with a key of its own when there is none.

Every option can also be in the environment (SEENBY_…) or in the configuration file; an option goes before the \
environment, and that before the file. The file is DATA/seenbyd.toml unless --config names another. docs/operations.md \
explains all of it.

Exit codes: 0 ended as asked, 1 failed while running, 2 the arguments or the configuration are wrong.

Examples:
  seenbyd                                     a server for this machine
  seenbyd token --user alice                  a userSig for alice
  seenbyd --listen 0.0.0.0:443 --tls-cert cert.pem --tls-key key.pem --data /var/lib/seenby
  seenbyd check --config seenbyd.toml         is the configuration right?";

/// The self-hosted SeenBy server: exact read receipts for any chat app.
#[derive(Parser)]
#[command(name = "seenbyd", version, after_long_help = AFTER_HELP, after_help = "`--help` says more.")]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Args, Default)]
struct Options {
    /// The configuration file [default: seenbyd.toml in the data folder, if it is there]
    #[arg(long, global = true, env = "SEENBY_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder for everything that is kept; made if it is missing
    #[arg(long, global = true, env = "SEENBY_DATA", value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Where devices connect; port 0 takes any free one [default: 127.0.0.1:8787]
    #[arg(long, global = true, value_parser = config::parse_address, env = "SEENBY_LISTEN", value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// An address of its own for the operator's API and the metrics [default: the devices' one]
    #[arg(long, global = true, value_parser = config::parse_address, env = "SEENBY_ADMIN_LISTEN", value_name = "ADDRESS:PORT")]
    admin_listen: Option<SocketAddr>,
    /// TLS: a PEM file with the certificate and its chain
    #[arg(long, global = true, env = "SEENBY_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// TLS: a PEM file with the private key
    #[arg(long, global = true, env = "SEENBY_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Listen beyond this machine without TLS: only with a proxy in front that does it, or on a trusted network
    #[arg(long, global = true, env = "SEENBY_ALLOW_PLAIN", num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
    allow_plain: Option<bool>,
    /// What is logged, to stderr: error, warn, info, debug, trace, or a filter like seenby=debug. From debug on it may
    /// name users [default: info]
    #[arg(long, global = true, env = "SEENBY_LOG", value_name = "LEVEL")]
    log: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server (the default)
    Serve,
    /// Print a userSig, with which a user logs in
    Token(TokenArgs),
    /// Check the configuration and end
    Check,
    /// After a backup was put back, before the first start: tells devices to forget their place in the journal
    RenewEpoch,
}

#[derive(Args)]
struct TokenArgs {
    /// The user: 1 to 64 bytes
    #[arg(long, value_name = "ID")]
    user: String,
    /// The sdkAppID [default: the only one there is]
    #[arg(long, value_name = "ID")]
    app: Option<u32>,
    /// How long it is valid: a number with s, m, h or d
    #[arg(long, value_name = "TIME", default_value = "180d", value_parser = parse_duration)]
    expires: u64,
}

fn parse_duration(text: &str) -> Result<u64, String> {
    let wrong = || format!("{text:?} is no time; it must be a number with s, m, h or d, from 1s to 3650d");
    let unit = match text.chars().last().ok_or_else(wrong)? {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 24 * 3600,
        _ => return Err(wrong()),
    };
    let number = text.get(..text.len() - 1).and_then(|n| n.parse::<u64>().ok());
    let seconds = number.and_then(|n| n.checked_mul(unit)).ok_or_else(wrong)?;
    if (1..=3650 * 24 * 3600).contains(&seconds) { Ok(seconds) } else { Err(wrong()) }
}

/// Runs `seenbyd` with these arguments (the first is the program's name), until it is told to end. For a program that
/// wants to be the server too: it runs itself again with arguments of its own, and calls this.
pub fn main_from(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(e) => {
            let _ = e.print();
            return if e.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let result = match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => return serve(&cli.options),
        Command::Token(args) => print_token(&cli.options, &args),
        Command::Check => check(&cli.options),
        Command::RenewEpoch => renew_epoch(&cli.options),
    };
    match result {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(e) => wrong(&e),
    }
}

fn wrong(e: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("seenbyd: {e}");
    ExitCode::from(2)
}

struct Settled {
    config: Config,
    /// Where the configuration is from, for sentences.
    place: String,
    log: String,
}

/// Flags, environment, file, defaults.
fn settle(options: &Options) -> Result<Settled, ConfigError> {
    let data = || options.data.clone().unwrap_or_else(config::default_data);
    let path = options.config.clone().or_else(|| Some(data().join("seenbyd.toml")).filter(|path| path.is_file()));
    let file = path.as_deref().map(File::read).transpose()?.unwrap_or_default();
    let place = path.map_or_else(|| "the arguments".to_owned(), |path| path.display().to_string());
    let tls = match (&options.tls_cert, &options.tls_key) {
        (Some(cert), Some(key)) => Some(Tls { cert: cert.clone(), key: key.clone() }),
        _ => file.tls,
    };
    let config = Config {
        listen: options.listen.or(file.listen).unwrap_or(config::LISTEN),
        data: options.data.clone().or(file.data).unwrap_or_else(config::default_data),
        tls,
        allow_plain: options.allow_plain.or(file.allow_plain).unwrap_or(false),
        admin_listen: options.admin_listen.or(file.admin.listen),
        apps: file.apps,
        limits: file.limits,
    };
    config.check(&place)?;
    let log = options.log.clone().or(file.log).unwrap_or_else(|| "info".to_owned());
    Ok(Settled { config, place, log })
}

fn check(options: &Options) -> Result<String, ConfigError> {
    let Settled { config, place, log } = settle(options)?;
    filter(&log)?;
    if let Some(tls) = &config.tls {
        crate::tls::acceptor(tls)?;
    }
    Keys::read(&config.data)?;
    Ok(format!("{place}: right"))
}

/// The data folder was restored from a backup: positions after it mean something else now, so devices must not go on from
/// where they were.
fn renew_epoch(options: &Options) -> Result<String, ConfigError> {
    let Settled { config, .. } = settle(options)?;
    let journal = config.data.join(crate::server::JOURNAL);
    FileJournal::renew_epoch(&journal).map_err(|e| ConfigError::new(e.to_string()))?;
    Ok(format!(
        "the journal in {} has a new epoch: devices forget their place in it and catch up anew",
        journal.display()
    ))
}

fn filter(log: &str) -> Result<EnvFilter, ConfigError> {
    EnvFilter::try_new(log).map_err(|e| {
        ConfigError::new(format!(
            "log is {log:?}: {e}; it must be error, warn, info, debug, trace or a filter like seenby=debug"
        ))
    })
}

fn print_token(options: &Options, args: &TokenArgs) -> Result<String, ConfigError> {
    let Settled { config, .. } = settle(options)?;
    let user = UserId::new(&args.user).map_err(|e| ConfigError::new(format!("--user: {}", e.message)))?;
    let stored = Keys::read(&config.data)?;
    let given = config.apps.iter().filter_map(|app| app.key.clone().map(|key| keys::AppKey { id: app.id, key }));
    let mut known: Vec<keys::AppKey> = given.collect();
    for app in stored.iter().flat_map(|keys| &keys.apps) {
        if known.iter().all(|other| other.id != app.id) {
            known.push(app.clone());
        }
    }
    let ids = known.iter().map(|app| app.id.to_string()).collect::<Vec<_>>().join(", ");
    let none = || {
        ConfigError::new(format!(
            "there is no app in {} yet; start seenbyd once, which makes one, or name its folder with --data",
            config.data.display()
        ))
    };
    let app = match (args.app, known.as_slice()) {
        (_, []) => return Err(none()),
        (None, [only]) => only,
        (None, _) => return Err(ConfigError::new(format!("there are several apps: --app must be one of {ids}"))),
        (Some(id), _) => known
            .iter()
            .find(|app| app.id == id)
            .ok_or_else(|| ConfigError::new(format!("--app is {id}; there is {ids}")))?,
    };
    let key = app.bytes("the key")?;
    token::issue(&key, AppId(app.id), &user, SystemClock::new().now(), args.expires)
        .map_err(|e| ConfigError::new(e.message))
}

fn serve(options: &Options) -> ExitCode {
    let Settled { config, log, .. } = match settle(options) {
        Ok(settled) => settled,
        Err(e) => return wrong(&e),
    };
    let filter = match filter(&log) {
        Ok(filter) => filter,
        Err(e) => return wrong(&e),
    };
    // Somebody who runs this inside a program of their own may have set one.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => {
            eprintln!("seenbyd: the system gives no threads: {e}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(run(config));
    // Devices that have not taken their last frame by now are not waited for.
    runtime.shutdown_timeout(std::time::Duration::from_millis(500));
    code
}

async fn run(config: Config) -> ExitCode {
    // The first line names the data folder, whatever comes of the rest.
    let data = std::path::absolute(&config.data).unwrap_or_else(|_| config.data.clone());
    print_line(format_args!("{NAME}, data in {}", data.display()));
    let mut told = match Told::new() {
        Ok(told) => told,
        Err(e) => {
            eprintln!("seenbyd: signals cannot be caught: {e}");
            return ExitCode::FAILURE;
        }
    };
    let server = tokio::select! {
        server = Server::start(config) => server,
        // Nothing was taken yet: what the journal does is safe to leave at any point.
        () = told.end() => return ExitCode::SUCCESS,
    };
    let server = match server {
        Ok(server) => server,
        Err(e @ crate::StartError::Config(_)) => return wrong(&e),
        Err(e) => {
            eprintln!("seenbyd: {e}");
            return ExitCode::FAILURE;
        }
    };
    print_start(&server, &data);
    let failed = tokio::select! {
        () = told.end() => None,
        why = server.failed() => Some(why),
    };
    tokio::select! {
        () = server.shutdown() => {}
        () = told.end() => {
            eprintln!("seenbyd: told twice, not waiting any more; whatever was acknowledged is on disk");
            return ExitCode::FAILURE;
        }
    }
    match failed {
        None => {
            print_line(format_args!("ended; everything is on disk"));
            ExitCode::SUCCESS
        }
        Some(why) => {
            eprintln!("seenbyd: {why}");
            ExitCode::FAILURE
        }
    }
}

/// What an app needs to connect, a line each, in this form: programs read it (`url` and the rest begin their lines).
fn print_start(server: &Server, data: &Path) {
    print_line(format_args!("url       {}", server.url()));
    for app in server.apps() {
        print_line(format_args!("sdkAppID  {app}"));
    }
    let keys = data.join(keys::FILE);
    print_line(format_args!("operators {}/v1/admin, with admin_token of {}", server.admin_url(), keys.display()));
    print_line(format_args!("ready     `seenbyd token --user alice` makes a userSig; Ctrl-C ends"));
}

fn print_line(line: std::fmt::Arguments<'_>) {
    // Whoever started this may have gone from the other end: no reason to stop.
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// The ways a system tells a program to end.
struct Told {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
    #[cfg(windows)]
    events: (
        tokio::signal::windows::CtrlC,
        tokio::signal::windows::CtrlBreak,
        tokio::signal::windows::CtrlClose,
        tokio::signal::windows::CtrlShutdown,
    ),
}

impl Told {
    #[cfg(unix)]
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { signals: [signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?] })
    }

    #[cfg(windows)]
    fn new() -> std::io::Result<Self> {
        use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_shutdown};
        Ok(Self { events: (ctrl_c()?, ctrl_break()?, ctrl_close()?, ctrl_shutdown()?) })
    }

    async fn end(&mut self) {
        #[cfg(unix)]
        {
            let [terminate, interrupt] = &mut self.signals;
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        }
        #[cfg(windows)]
        {
            let (c, stop, close, shutdown) = &mut self.events;
            tokio::select! {
                _ = c.recv() => {}
                _ = stop.recv() => {}
                _ = close.recv() => {}
                _ = shutdown.recv() => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
        let help = Cli::command().render_long_help().to_string();
        for word in ["SEENBY_LISTEN", "--tls-cert", "token", "renew-epoch", "127.0.0.1:8787", "Exit codes"] {
            assert!(help.contains(word), "{word} is not in\n{help}");
        }
    }

    #[test]
    fn times_are_read_with_their_unit() {
        assert_eq!(parse_duration("90s"), Ok(90));
        assert_eq!(parse_duration("180d"), Ok(180 * 24 * 3600));
        for text in ["", "d", "5", "-1d", "5w", "0s", "3651d", "99999999999999999999d", "1é"] {
            assert!(parse_duration(text).unwrap_err().contains("3650d"), "{text}");
        }
    }
}
