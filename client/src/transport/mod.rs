//! How frames get to a service and back: a small trait with two homes, and the task that pumps them.

#[cfg(feature = "embedded")]
pub(crate) mod embedded;
mod proxy;
mod tls;
mod websocket;

use crate::config::Config;
use crate::endpoint::Endpoint;
use futures_util::{Sink, SinkExt, StreamExt};
use seenby_core::model::{Error, ErrorCode, Result};
use seenby_store::DeviceStore;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{mpsc, watch};

pub(crate) type FrameSink = Pin<Box<dyn Sink<Vec<u8>, Error = Error> + Send>>;
pub(crate) type FrameStream = Pin<Box<dyn futures_util::Stream<Item = Result<Vec<u8>>> + Send>>;
pub(crate) type Opening<'a> = Pin<Box<dyn Future<Output = Result<(FrameSink, FrameStream)>> + Send + 'a>>;

/// A connection that carries bytes, with TLS or without: of one type, so that what is over it is compiled once.
type Stream = Pin<Box<dyn Bytes>>;

trait Bytes: AsyncRead + AsyncWrite + Send {}

impl<T: AsyncRead + AsyncWrite + Send> Bytes for T {}

/// Opens connections to one service.
pub(crate) trait Transport: Send + Sync {
    /// A new connection. The stream ends, or gives an error, when the connection is gone.
    fn open(&self) -> Opening<'_>;
}

/// The transport for an endpoint, and where its devices keep things if that is in memory. 6017 for a TLS or proxy
/// configuration that is wrong.
pub(crate) fn choose(config: &Config, endpoint: &Endpoint) -> Result<(Arc<dyn Transport>, Option<DeviceStore>)> {
    Ok(match endpoint {
        Endpoint::Server(address) => (Arc::new(websocket::WebSocket::new(config, address)?), None),
        #[cfg(feature = "embedded")]
        Endpoint::Memory(name) => {
            let service = embedded::memory(name);
            let devices = service.devices();
            (service, Some(devices))
        }
        #[cfg(feature = "embedded")]
        Endpoint::File(folder) => (embedded::file(folder), None),
        #[cfg(not(feature = "embedded"))]
        Endpoint::Memory(_) | Endpoint::File(_) => return Err(crate::operator::without_services()),
    })
}

/// What a link tells its device.
pub(crate) enum LinkEvent {
    Opened,
    Frame(Vec<u8>),
    Lost(Error),
}

/// How long a link that is given up may take for its last frames.
const LINGER: Duration = Duration::from_secs(2);

/// A connection, being opened or open. Dropping it sends what was given to it, then closes.
pub(crate) struct Link {
    out: mpsc::UnboundedSender<Vec<u8>>,
    reading: watch::Sender<bool>,
}

impl Link {
    /// Opens a connection on the runtime this is called in; its events carry `generation`.
    pub(crate) fn open(
        transport: Arc<dyn Transport>,
        timeout: Duration,
        generation: u64,
        events: mpsc::Sender<(u64, LinkEvent)>,
    ) -> Self {
        let (out, frames) = mpsc::unbounded_channel();
        let (reading, may_read) = watch::channel(true);
        tokio::spawn(async move {
            let lost = run(&*transport, timeout, generation, &events, frames, may_read).await;
            // Nobody hears it if the link was given up.
            let _ = events.send((generation, LinkEvent::Lost(lost))).await;
        });
        Self { out, reading }
    }

    /// Sends a frame; lost if the connection is.
    pub(crate) fn send(&self, frame: Vec<u8>) {
        let _ = self.out.send(frame);
    }

    /// Stops reading, or goes on.
    pub(crate) fn read(&self, reading: bool) {
        self.reading.send_replace(reading);
    }
}

async fn run(
    transport: &dyn Transport,
    timeout: Duration,
    generation: u64,
    events: &mpsc::Sender<(u64, LinkEvent)>,
    mut frames: mpsc::UnboundedReceiver<Vec<u8>>,
    may_read: watch::Receiver<bool>,
) -> Error {
    let opening = tokio::time::timeout(timeout, transport.open());
    let (mut sink, stream) = tokio::select! {
        opened = opening => match opened {
            Ok(Ok(opened)) => opened,
            Ok(Err(error)) => return error,
            Err(_) => return Error::new(
                ErrorCode::ConnectTimeout,
                format!("the service did not answer within {} ms of connecting", timeout.as_millis()),
            ),
        },
        // Given up before it was open: nothing can have been sent.
        () = closed(&mut frames) => return Error::new(ErrorCode::Disconnected, "the connection was given up"),
    };
    if events.send((generation, LinkEvent::Opened)).await.is_err() {
        return Error::new(ErrorCode::Disconnected, "the client is closed");
    }
    tokio::select! {
        lost = read(stream, generation, events, may_read) => lost,
        lost = write(&mut sink, &mut frames) => lost,
    }
}

/// Waits until the device has dropped its end, while nothing is sent.
async fn closed(frames: &mut mpsc::UnboundedReceiver<Vec<u8>>) {
    while frames.recv().await.is_some() {}
}

async fn read(
    mut stream: FrameStream,
    generation: u64,
    events: &mpsc::Sender<(u64, LinkEvent)>,
    mut may_read: watch::Receiver<bool>,
) -> Error {
    loop {
        if may_read.wait_for(|reading| *reading).await.is_err() {
            // The link was dropped: the writer sends the rest.
            std::future::pending::<()>().await;
        }
        match stream.next().await {
            Some(Ok(frame)) => {
                if events.send((generation, LinkEvent::Frame(frame))).await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
            Some(Err(error)) => return error,
            None => return Error::new(ErrorCode::Disconnected, "the service closed the connection"),
        }
    }
}

async fn write(sink: &mut FrameSink, frames: &mut mpsc::UnboundedReceiver<Vec<u8>>) -> Error {
    let mut waiting = Vec::new();
    loop {
        if frames.recv_many(&mut waiting, 64).await == 0 {
            // Dropped: everything was sent; say goodbye.
            let _ = tokio::time::timeout(LINGER, sink.close()).await;
            return Error::new(ErrorCode::Disconnected, "the connection was given up");
        }
        for frame in waiting.drain(..) {
            if let Err(error) = sink.feed(frame).await {
                return error;
            }
        }
        if let Err(error) = sink.flush().await {
            return error;
        }
    }
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
