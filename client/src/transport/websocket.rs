//! A server over WebSocket: one binary frame a message, TLS outside loopback, through a proxy if there is one.

use super::proxy::Proxy;
use super::tls::Tls;
use super::{FrameSink, FrameStream, Opening, Stream, Transport, io_error};
use crate::config::Config;
use crate::endpoint::ServerAddress;
use futures_util::{SinkExt, StreamExt};
use seenby_core::model::{Error, ErrorCode, Result, limits};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::{CapacityError, Error as WsError, ProtocolError};
use tokio_tungstenite::tungstenite::http::StatusCode;
use tokio_tungstenite::tungstenite::protocol::{Message, WebSocketConfig};

/// Room for what a frame may have beside its 256 KiB.
const SLACK: usize = 1024;

pub(super) struct WebSocket {
    address: ServerAddress,
    tls: Option<Tls>,
    proxy: Option<Proxy>,
}

impl WebSocket {
    pub(super) fn new(config: &Config, address: &ServerAddress) -> Result<Self> {
        let tls = if address.tls { Some(Tls::new(config)?) } else { None };
        let proxy = config.proxy.as_deref().map(Proxy::parse).transpose()?;
        Ok(Self { address: address.clone(), tls, proxy })
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
        let stream = match &self.tls {
            Some(tls) => tls.connect(&address.host, address.port, stream).await?,
            None => Box::pin(stream),
        };
        self.upgrade(stream).await
    }

    async fn upgrade(&self, stream: Stream) -> Result<(FrameSink, FrameStream)> {
        let scheme = if self.address.tls { "wss" } else { "ws" };
        let url = format!("{scheme}://{}{}", self.address.authority(), self.address.path);
        let config = WebSocketConfig::default()
            .max_message_size(Some(limits::FRAME_BYTES + SLACK))
            .max_frame_size(Some(limits::FRAME_BYTES + SLACK));
        let connected = tokio_tungstenite::client_async_with_config(url, stream, Some(config)).await;
        let (stream, _) = connected.map_err(|error| self.ws_error(error))?;
        Ok(frames(stream, self.address.host.clone()))
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
        // Cut off, while it answered or later: it may have been killed.
        WsError::ConnectionClosed
        | WsError::AlreadyClosed
        | WsError::Protocol(ProtocolError::HandshakeIncomplete | ProtocolError::ResetWithoutClosingHandshake) => {
            Error::new(ErrorCode::Disconnected, format!("{host} closed the connection"))
        }
        error => Error::new(ErrorCode::Protocol, format!("the connection to {host}: {error}")),
    }
}

fn frames(stream: WebSocketStream<Stream>, host: String) -> (FrameSink, FrameStream) {
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
