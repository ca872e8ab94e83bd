//! `serve`: stays up, and prints what an app or a second terminal needs to connect.

use super::check::{Result, Trouble};
use super::server::{APP, PATH, Server};
use clap::Args;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};

/// How it stays up.
#[derive(Args, Debug)]
pub(crate) struct ServeOptions {
    /// Also for other machines in this network: phones, say. The line is not encrypted: for a network you trust.
    #[arg(long)]
    lan: bool,
    /// The port.
    #[arg(long, default_value_t = 7733)]
    port: u16,
    /// Where the server keeps its data [default: target/serve in this clone].
    #[arg(long)]
    data: Option<PathBuf>,
}

/// Serves until it is ended (Ctrl-C), or the server ends.
pub(crate) async fn serve(options: &ServeOptions) -> Result<()> {
    let data = options.data.clone().unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/serve"));
    let ip = if options.lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    let listen = SocketAddr::new(ip.into(), options.port);
    if std::net::TcpListener::bind(listen).is_err() {
        let sentence = format!("{listen} is in use; end what listens there, or choose another with --port");
        return Err(Trouble::Failed(sentence));
    }
    let plain: &[&str] = if options.lan { &["--allow-plain"] } else { &[] };
    let mut server = Server::launch_at(&data, listen, plain).await?;
    let url = format!("ws://{}{PATH}", SocketAddr::new(reach(options.lan), options.port));
    let sigs = [("alice", server.user_sig("alice")?), ("bob", server.user_sig("bob")?)];

    println!("SeenBy is up, and stays up until Ctrl-C. Its data: {}\n", data.display());
    println!("  server     {url}");
    println!("  sdkAppID   {APP}");
    for (user, sig) in &sigs {
        println!("  user       {user}\n  userSig    {sig}");
    }
    let [_, (user, sig)] = &sigs;
    let link =
        format!("seenby:?server={}&app={APP}&user={user}&sig={sig}", url.replace(':', "%3A").replace('/', "%2F"));
    if let Ok(code) = QrCode::new(&link) {
        println!("\nThe same for {user}'s phone:\n");
        println!("{}", code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build());
    }
    println!("Chat in two more terminals:\n");
    for ((user, sig), peer) in sigs.iter().zip(["bob", "alice"]) {
        println!(
            "  cargo run --release --example chat -- --server {url} --app {APP} --user {user} --sig {sig} --to {peer}\n"
        );
    }
    let status = server.ended().await?;
    Err(Trouble::Failed(format!("the server ended by itself ({status}); it said: {}", server.log().display())))
}

/// The address others reach this machine by. Nothing is sent: the system is asked which way a packet would take.
fn reach(lan: bool) -> IpAddr {
    let route = || {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
        Some(socket.local_addr().ok()?.ip())
    };
    let here = IpAddr::from(Ipv4Addr::LOCALHOST);
    if lan { route().unwrap_or(here) } else { here }
}
