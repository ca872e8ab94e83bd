//! A server over WebSocket: one binary frame a message, TLS outside loopback, through a proxy if there is one.

use super::proxy::Proxy;
use super::tls::Trust;
use super::{FrameSink, FrameStream, Opening, Transport};
use crate::config::Config;
use crate::endpoint::ServerAddress;
use futures_util::{SinkExt, StreamExt};
use rustls_pki_types::ServerName;
use seenby_core::model::{Error, ErrorCode, Result, limits};
use std::io;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::{CapacityError, Error as WsError};
use tokio_tungstenite::tungstenite::http::StatusCode;
use tokio_tungstenite::tungstenite::protocol::{Message, WebSocketConfig};

/// Room for what a frame may have beside its 256 KiB.
const SLACK: usize = 1024;

pub(super) struct WebSocket {
    address: ServerAddress,
    trust: Option<Trust>,
    proxy: Option<Proxy>,
}

impl WebSocket {
    pub(super) fn new(config: &Config, address: &ServerAddress) -> Result<Self> {
        let trust = if address.tls { Some(Trust::new(config)?) } else { None };
        let proxy = config.proxy.as_deref().map(Proxy::parse).transpose()?;
        Ok(Self { address: address.clone(), trust, proxy })
    }

    async fn connect(&self) -> Result<(FrameSink, FrameStream)> {
        let address = &self.address;
        let stream = match &self.proxy {
            None => connect_to(&address.host, address.port).await?,
            Some(proxy) => {
                let stream = connect_to(&proxy.host, proxy.port).await?;
                proxy.tunnel(stream, &address.authority()).await?
            }
        };
        // A receipt is small, and somebody waits for it.
        let _ = stream.set_nodelay(true);
        let Some(trust) = &self.trust else { return self.upgrade(stream).await };
        let name = ServerName::try_from(address.host.clone())
            .map_err(|_| Error::invalid(format!("{:?} is no host name that a certificate could have", address.host)))?;
        let (config, refusal) = trust.connection()?;
        let connected = handshake(TlsConnector::from(Arc::new(config)), name, stream).await;
        let stream = connected
            .map_err(|error| refusal.error(&address.host).unwrap_or_else(|| self.io_error(&error, "TLS with")))?;
        self.upgrade(stream).await
    }

    async fn upgrade(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    ) -> Result<(FrameSink, FrameStream)> {
        let scheme = if self.address.tls { "wss" } else { "ws" };
        let url = format!("{scheme}://{}{}", self.address.authority(), self.address.path);
        let config = WebSocketConfig::default()
            .max_message_size(Some(limits::FRAME_BYTES + SLACK))
            .max_frame_size(Some(limits::FRAME_BYTES + SLACK));
        let connected = tokio_tungstenite::client_async_with_config(url, stream, Some(config)).await;
        let (stream, _) = connected.map_err(|error| self.ws_error(error))?;
        Ok(frames(stream, self.address.host.clone()))
    }

    fn io_error(&self, error: &io::Error, doing: &str) -> Error {
        io_error(error, &format!("{doing} {}", self.address.authority()))
    }

    fn ws_error(&self, error: WsError) -> Error {
        ws_error(error, &self.address.host)
    }
}

impl Transport for WebSocket {
    fn open(&self) -> Opening<'_> {
        Box::pin(self.connect())
    }
}

/// TLS's handshake, on a thread of its own, which may block: who judges the certificate may ask the disk, the network, or the
/// host's code. Given up, it ends at its next wait.
async fn handshake(
    tls: TlsConnector,
    name: ServerName<'static>,
    stream: TcpStream,
) -> io::Result<TlsStream<TcpStream>> {
    let runtime = Handle::current();
    let (mut answer, connected) = oneshot::channel();
    std::thread::Builder::new().name("seenby-tls".into()).spawn(move || {
        let connected = runtime.block_on(async {
            tokio::select! {
                connected = tls.connect(name, stream) => Some(connected),
                () = answer.closed() => None,
            }
        });
        if let Some(connected) = connected {
            // Given up meanwhile: it is closed.
            let _ = answer.send(connected);
        }
    })?;
    connected.await.map_err(|_| io::Error::other("it failed inside"))?
}

async fn connect_to(host: &str, port: u16) -> Result<TcpStream> {
    let addresses = tokio::net::lookup_host((host, port)).await.map_err(|error| {
        Error::new(
            ErrorCode::Unreachable,
            format!("the host {host} has no address: {error}; check its name and the network"),
        )
    })?;
    let mut last = None;
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = Some(error),
        }
    }
    Err(match last {
        Some(error) => io_error(&error, &format!("connecting to {host}, port {port}")),
        None => Error::new(ErrorCode::Unreachable, format!("the host {host} has no address; check its name")),
    })
}

fn io_error(error: &io::Error, doing: &str) -> Error {
    let code = match error.kind() {
        io::ErrorKind::ConnectionRefused => ErrorCode::ConnectRefused,
        io::ErrorKind::TimedOut => ErrorCode::ConnectTimeout,
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable | io::ErrorKind::AddrNotAvailable => {
            ErrorCode::Unreachable
        }
        _ => ErrorCode::Disconnected,
    };
    Error::new(code, format!("{doing}: {error}"))
}

fn ws_error(error: WsError, host: &str) -> Error {
    match error {
        WsError::Io(error) => io_error(&error, &format!("the connection to {host}")),
        WsError::Http(response) => {
            let status = response.status();
            let what = format!("{host} answered with HTTP status {status} instead of a WebSocket");
            match status {
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                    Error::new(ErrorCode::Disconnected, format!("{what}: it has too much to do"))
                }
                _ => Error::new(ErrorCode::ConnectRefused, format!("{what}; check host, port and path")),
            }
        }
        WsError::Capacity(CapacityError::MessageTooLong { size, max_size }) => Error::new(
            ErrorCode::Protocol,
            format!("{host} sent a frame of {size} bytes; at most {max_size} are allowed"),
        ),
        WsError::ConnectionClosed | WsError::AlreadyClosed => {
            Error::new(ErrorCode::Disconnected, format!("{host} closed the connection"))
        }
        error => Error::new(ErrorCode::Protocol, format!("the connection to {host}: {error}")),
    }
}

fn frames<S>(stream: WebSocketStream<S>, host: String) -> (FrameSink, FrameStream)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (sink, stream) = stream.split();
    let name = host.clone();
    let sink = sink
        .with(|frame: Vec<u8>| std::future::ready(Ok::<_, WsError>(Message::Binary(frame.into()))))
        .sink_map_err(move |error| ws_error(error, &name));
    let stream = stream.filter_map(move |message| {
        std::future::ready(match message {
            Ok(Message::Binary(frame)) => Some(Ok(frame.into())),
            Ok(Message::Close(reason)) => {
                let reason = reason.map(|reason| reason.reason.to_string()).filter(|reason| !reason.is_empty());
                let reason = reason.unwrap_or_else(|| "without a reason".into());
                Some(Err(Error::new(ErrorCode::Disconnected, format!("{host} closed the connection: {reason}"))))
            }
            Ok(Message::Text(_)) => {
                Some(Err(Error::new(ErrorCode::Protocol, format!("{host} sent text; frames are binary"))))
            }
            // Pings are answered by the library.
            Ok(_) => None,
            Err(error) => Some(Err(ws_error(error, &host))),
        })
    });
    (Box::pin(sink), Box::pin(stream))
}
