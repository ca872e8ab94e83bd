//! The host's TLS over a connection of ours.

use super::{Authorities, Failure, Pins, certificate};
use crate::delivery;
use crate::tls::{TlsFailure, TlsPeer, TlsProvider, TlsSession, TlsStep};
use rustls_pki_types::{CertificateDer, ServerName};
use seenby_core::model::Result;
use std::future::Future;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;

/// What is read, and taken to be sent, at once: a record of TLS and its surroundings.
const CHUNK: usize = 18 * 1024;

/// Made once a client.
pub(super) struct Host {
    provider: Arc<dyn TlsProvider>,
    /// Empty: the platform's.
    authorities: Arc<[Vec<u8>]>,
    pins: Pins,
}

impl Host {
    /// 6017 names the field that is wrong.
    pub(super) fn new(provider: Arc<dyn TlsProvider>, authorities: Option<Authorities>, pins: Pins) -> Result<Self> {
        let mut encoded = Vec::new();
        if let Some(authorities) = &authorities {
            encoded.extend(authorities.certificates.iter().map(|certificate| certificate.to_vec()));
            guarded(|| provider.check(&encoded)).unwrap_or_else(Err).map_err(|why| authorities.wrong(why))?;
        }
        Ok(Self { provider, authorities: encoded.into(), pins })
    }

    /// The handshake of one connection. The host is asked when this is polled.
    pub(super) fn connect(
        &self,
        name: ServerName<'static>,
        port: u16,
        stream: TcpStream,
    ) -> impl Future<Output = std::result::Result<HostStream, Failure>> + Send + 'static {
        let (provider, authorities, pins) = (self.provider.clone(), self.authorities.clone(), self.pins.clone());
        async move {
            let host = name.to_str();
            let server_name = matches!(name, ServerName::DnsName(_)).then_some(&*host);
            let peer = TlsPeer { host: &host, port, server_name, authorities: &authorities };
            let session = guarded(|| provider.connect(peer)).unwrap_or_else(Err).map_err(io::Error::other)?;
            let (stream, certificates) = open(Session(session), stream).await?;
            let Some(own) = certificates.first() else {
                return Err(Failure::refused(None, "the host's TLS showed none"));
            };
            certificate::is_for(own, &name).map_err(|why| Failure::refused(Some(own), why))?;
            pins.check(own).map_err(|why| Failure::refused(Some(own), why))?;
            Ok(stream)
        }
    }
}

/// Runs the host's code as a callback is: what waits refuses to, there. `Err` if it panicked.
fn guarded<T>(code: impl FnOnce() -> T) -> std::result::Result<T, String> {
    catch_unwind(AssertUnwindSafe(|| delivery::as_callback(code))).map_err(|_| "the host's TLS panicked".to_owned())
}

/// The host's session.
struct Session(Box<dyn TlsSession>);

impl Session {
    fn advance(&mut self, received: &[u8], outgoing: &[u8]) -> TlsStep {
        guarded(|| self.0.advance(received, outgoing))
            .unwrap_or_else(|why| TlsStep { failure: Some(TlsFailure::Failed(why)), ..TlsStep::default() })
    }
}

/// Speaks until the session is open; what its server showed.
async fn open(
    mut session: Session,
    mut tcp: TcpStream,
) -> std::result::Result<(HostStream, Vec<CertificateDer<'static>>), Failure> {
    let mut received = vec![0; CHUNK];
    let mut length = 0;
    loop {
        let step = session.advance(&received[..length], &[]);
        // An alert, too: the server is told why there will be nothing.
        let sent = tcp.write_all(&step.send).await;
        let certificates: Vec<_> = step.certificates.into_iter().map(CertificateDer::from).collect();
        match step.failure {
            Some(TlsFailure::Refused(why)) => return Err(Failure::refused(certificates.first(), why)),
            Some(TlsFailure::Failed(why)) => return Err(io::Error::other(why).into()),
            None => sent?,
        }
        if step.is_open {
            let stream = HostStream {
                tcp,
                session,
                received: received.into(),
                plain: Pending::new(step.plain),
                send: Pending::default(),
                is_closed: step.is_closed,
                is_over: false,
            };
            return Ok((stream, certificates));
        }
        length = tcp.read(&mut received).await?;
        if length == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the server closed the connection").into());
        }
    }
}

/// Bytes on their way, those before `from` gone.
#[derive(Default)]
struct Pending {
    bytes: Vec<u8>,
    from: usize,
}

impl Pending {
    fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, from: 0 }
    }

    fn rest(&self) -> &[u8] {
        &self.bytes[self.from..]
    }

    fn is_empty(&self) -> bool {
        self.rest().is_empty()
    }

    fn add(&mut self, more: Vec<u8>) {
        if self.is_empty() {
            *self = Self::new(more);
        } else {
            self.bytes.extend(more);
        }
    }
}

/// An open session, and the connection it speaks over.
pub(super) struct HostStream {
    tcp: TcpStream,
    session: Session,
    received: Box<[u8]>,
    plain: Pending,
    send: Pending,
    /// The server has said its last.
    is_closed: bool,
    /// This side has, or the session cannot.
    is_over: bool,
}

impl HostStream {
    /// Gives the session these; what it says is kept for whoever reads and writes.
    fn advance(&mut self, received: usize, outgoing: &[u8]) -> io::Result<()> {
        let step = self.session.advance(&self.received[..received], outgoing);
        self.send.add(step.send);
        self.plain.add(step.plain);
        self.is_closed |= step.is_closed;
        match step.failure {
            None => Ok(()),
            Some(TlsFailure::Refused(why) | TlsFailure::Failed(why)) => {
                self.is_over = true;
                Err(io::Error::other(why))
            }
        }
    }

    fn poll_sent(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.send.is_empty() {
            let sent = ready!(Pin::new(&mut self.tcp).poll_write(context, self.send.rest()))?;
            if sent == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.send.from += sent;
        }
        self.send = Pending::default();
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for HostStream {
    /// What a session has to say because of what it read (an answer to a new key) goes out with what is written next.
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        while this.plain.is_empty() {
            if this.is_closed {
                return Poll::Ready(Ok(()));
            }
            let mut chunk = ReadBuf::new(&mut this.received);
            ready!(Pin::new(&mut this.tcp).poll_read(context, &mut chunk))?;
            let length = chunk.filled().len();
            if length == 0 {
                // Whoever cut the line, it was not the server's session.
                return Poll::Ready(Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the line was cut")));
            }
            this.advance(length, &[])?;
        }
        let rest = this.plain.rest();
        let taken = rest.len().min(into.remaining());
        into.put_slice(&rest[..taken]);
        this.plain.from += taken;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for HostStream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        // Whoever writes more waits until the last is gone: nothing piles up.
        ready!(this.poll_sent(context))?;
        let taken = bytes.len().min(CHUNK);
        this.advance(0, &bytes[..taken])?;
        // It is taken, whether or not it is gone.
        if let Poll::Ready(Err(error)) = this.poll_sent(context) {
            return Poll::Ready(Err(error));
        }
        Poll::Ready(Ok(taken))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.poll_sent(context))?;
        Pin::new(&mut this.tcp).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if !std::mem::replace(&mut this.is_over, true) {
            let last = guarded(|| this.session.0.finish()).map_err(io::Error::other)?;
            this.send.add(last);
        }
        ready!(this.poll_sent(context))?;
        Pin::new(&mut this.tcp).poll_shutdown(context)
    }
}
