//! Accepting: limits on connections, TLS, and HTTP with time limits, so that nobody holds a connection by saying nothing.

use axum::Router;
use hyper::service::Service as _;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_rustls::TlsAcceptor;

/// Who may connect, over all listeners.
pub(crate) struct Gate {
    total: Arc<Semaphore>,
    per_ip: usize,
    by_ip: Mutex<HashMap<IpAddr, usize>>,
    refused: AtomicU64,
}

/// One connection's place; given back when dropped.
pub(crate) struct Place {
    gate: Arc<Gate>,
    ip: Option<IpAddr>,
    _permit: OwnedSemaphorePermit,
}

impl Gate {
    pub(crate) fn new(total: usize, per_ip: usize) -> Arc<Self> {
        Arc::new(Self {
            total: Arc::new(Semaphore::new(total.min(Semaphore::MAX_PERMITS))),
            per_ip,
            by_ip: Mutex::default(),
            refused: AtomicU64::new(0),
        })
    }

    /// Connections refused so far.
    pub(crate) fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    fn enter(self: &Arc<Self>, ip: IpAddr) -> Option<Place> {
        let place = self.total.clone().try_acquire_owned().ok().and_then(|permit| {
            // A proxy on this machine speaks for many.
            let ip = (!ip.to_canonical().is_loopback()).then(|| subscriber(ip));
            if let Some(ip) = ip {
                let mut by_ip = self.by_ip.lock();
                let n = by_ip.entry(ip).or_insert(0);
                if *n >= self.per_ip {
                    return None;
                }
                *n += 1;
            }
            Some(Place { gate: self.clone(), ip, _permit: permit })
        });
        if place.is_none() {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        place
    }
}

/// What counts as one address: with IPv6, everybody has a /64.
fn subscriber(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) => IpAddr::V6((u128::from(ip) & !u128::from(u64::MAX)).into()),
        ip => ip,
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(ip) = self.ip else { return };
        let mut by_ip = self.gate.by_ip.lock();
        if let Some(n) = by_ip.get_mut(&ip) {
            *n = n.saturating_sub(1);
            if *n == 0 {
                by_ip.remove(&ip);
            }
        }
    }
}

/// One listener.
pub(crate) struct Listening {
    pub(crate) listener: TcpListener,
    pub(crate) tls: Option<TlsAcceptor>,
    pub(crate) router: Router,
    pub(crate) gate: Arc<Gate>,
    pub(crate) patience: Duration,
    pub(crate) stop: watch::Receiver<bool>,
}

impl Listening {
    /// Accepts until told to stop.
    pub(crate) async fn run(mut self) {
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = stopped(&mut self.stop) => return,
            };
            match accepted {
                Ok((stream, peer)) => self.take(stream, peer),
                Err(e) => {
                    // Out of file handles, most likely: others must be given time to end.
                    tracing::warn!("accepting a connection failed: {e}");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }

    fn take(&self, stream: TcpStream, peer: SocketAddr) {
        // Over the limit: closed at once, before anything is spent on it.
        let Some(place) = self.gate.enter(peer.ip()) else { return };
        let _ = stream.set_nodelay(true);
        let (router, patience, stop) = (self.router.clone(), self.patience, self.stop.clone());
        let place = Arc::new(place);
        match self.tls.clone() {
            None => {
                tokio::spawn(http(stream, router, place, patience, stop));
            }
            Some(tls) => {
                tokio::spawn(async move {
                    match tokio::time::timeout(patience, tls.accept(stream)).await {
                        Ok(Ok(stream)) => http(stream, router, place, patience, stop).await,
                        Ok(Err(e)) => tracing::debug!("a TLS handshake failed: {e}"),
                        Err(_) => tracing::debug!("a TLS handshake took too long"),
                    }
                });
            }
        }
    }
}

/// Resolves when the server is to stop, or has gone.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Serves HTTP on one connection, until it ends or becomes a WebSocket; that one keeps the place.
async fn http(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    router: Router,
    place: Arc<Place>,
    patience: Duration,
    mut stop: watch::Receiver<bool>,
) {
    let router = TowerToHyperService::new(router);
    let service = hyper::service::service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(place.clone());
        router.call(request)
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_buf_size(64 << 10)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopped(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(e) = ended {
        tracing::debug!("a connection broke: {e}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r24_connections_are_limited_in_all_and_by_address() {
        let gate = Gate::new(4, 2);
        let far: IpAddr = "203.0.113.9".parse().unwrap();
        let first = gate.enter(far).unwrap();
        let second = gate.enter("::ffff:203.0.113.9".parse().unwrap()).unwrap();
        assert!(gate.enter(far).is_none(), "the third of one address");
        let other = gate.enter("2001:db8::1".parse().unwrap()).unwrap();
        let loopback = gate.enter("127.0.0.1".parse().unwrap()).unwrap();
        assert!(gate.enter("127.0.0.1".parse().unwrap()).is_none(), "the fifth in all");
        assert_eq!(gate.refused(), 2);
        drop((first, loopback));
        let third = gate.enter(far).unwrap();
        drop((second, third, other));
        assert!(gate.by_ip.lock().is_empty(), "what is given back is forgotten");
        assert_eq!(subscriber("2001:db8::1".parse().unwrap()), subscriber("2001:db8::2:3".parse().unwrap()));
    }
}
