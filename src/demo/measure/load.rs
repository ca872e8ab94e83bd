//! Load connections: the wire protocol spoken by hand, as light as it goes, so that what is measured is the server.

use crate::demo::check::{Result, Trouble};
use futures_util::{SinkExt as _, StreamExt as _};
use seenby_core::wire::{self, Frame, Request, frame, request};
use std::net::SocketAddr;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

/// A logged-in connection.
pub(crate) struct Conn {
    socket: WebSocketStream<TcpStream>,
    next: u64,
}

impl Conn {
    /// Connects and says Hello, as a new device: nothing is caught up with.
    pub(crate) async fn open(address: SocketAddr, path: &str, app: u32, user: &str, user_sig: &str) -> Result<Self> {
        let tcp = TcpStream::connect(address).await.map_err(Trouble::doing("connecting"))?;
        tcp.set_nodelay(true).map_err(Trouble::doing("connecting"))?;
        let url = format!("ws://{address}{path}");
        let (socket, _) = tokio_tungstenite::client_async(url, tcp).await.map_err(Trouble::doing("the handshake"))?;
        let mut conn = Self { socket, next: 1 };
        let hello = request::Body::Hello(wire::Hello {
            version: wire::VERSION,
            app,
            user: user.to_owned(),
            user_sig: user_sig.to_owned(),
            device: format!("load-{user}"),
            client: "seenby-measure".to_owned(),
            ..Default::default()
        });
        match conn.ask(hello).await? {
            frame::Body::Welcome(_) => Ok(conn),
            other => Err(Trouble::Failed(format!("instead of Welcome the server sent {other:?}"))),
        }
    }

    /// Puts a request behind what waits to be sent; gives its number.
    pub(crate) async fn feed(&mut self, body: request::Body) -> Result<u64> {
        let id = self.next;
        let request = Request { id, seen: 0, body: Some(body) };
        self.next += 1;
        let bytes = wire::encode_request(&request).map_err(Trouble::doing("a request"))?;
        self.socket.feed(Message::Binary(bytes.into())).await.map_err(Trouble::doing("sending"))?;
        Ok(id)
    }

    /// Sends what waits.
    pub(crate) async fn flush(&mut self) -> Result<()> {
        self.socket.flush().await.map_err(Trouble::doing("sending"))
    }

    /// The next frame, answer or push. An error or the end of the connection is a failure.
    pub(crate) async fn frame(&mut self) -> Result<Frame> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Binary(bytes))) => {
                    let frame = wire::decode_frame(&bytes).map_err(Trouble::doing("a frame"))?;
                    return match frame.body {
                        Some(frame::Body::Error(e)) => Err(Trouble::Failed(format!("{} ({})", e.message, e.code))),
                        Some(frame::Body::Close(e)) => Err(Trouble::Failed(format!("{} ({})", e.reason, e.code))),
                        _ => Ok(frame),
                    };
                }
                Some(Ok(_)) => {}
                Some(Err(e)) => return Err(Trouble::Failed(format!("the connection failed: {e}"))),
                None => return Err(Trouble::Failed("the server closed the connection".to_owned())),
            }
        }
    }

    /// The next answer, with the number of its request; pushes are thrown away.
    pub(crate) async fn answer(&mut self) -> Result<(u64, frame::Body)> {
        loop {
            let frame = self.frame().await?;
            if frame.request != 0 {
                let body = frame.body.ok_or_else(|| Trouble::Failed("an answer without a body".to_owned()))?;
                return Ok((frame.request, body));
            }
        }
    }

    /// One request and its answer.
    pub(crate) async fn ask(&mut self, body: request::Body) -> Result<frame::Body> {
        self.feed(body).await?;
        self.flush().await?;
        Ok(self.answer().await?.1)
    }

    /// Sends these with at most `window` of them unanswered; gives every answer to `seen`.
    pub(crate) async fn pipeline(
        &mut self,
        window: usize,
        requests: impl IntoIterator<Item = request::Body>,
        mut seen: impl FnMut(frame::Body),
    ) -> Result<()> {
        let mut requests = requests.into_iter().fuse();
        let mut out = 0;
        loop {
            let mut fed = false;
            while out < window {
                let Some(body) = requests.next() else { break };
                self.feed(body).await?;
                (out, fed) = (out + 1, true);
            }
            if fed {
                self.flush().await?;
            }
            if out == 0 {
                return Ok(());
            }
            seen(self.answer().await?.1);
            out -= 1;
        }
    }
}

/// The group that is measured with.
pub(crate) const GROUP: &str = "load";

pub(crate) fn in_group() -> Option<wire::Conversation> {
    Some(wire::Conversation { of: Some(wire::conversation::Of::Group(GROUP.to_owned())) })
}

/// A report of these messages.
pub(crate) fn report(seqs: impl IntoIterator<Item = u64>) -> request::Body {
    request::Body::Report(wire::Report {
        conversation: in_group(),
        seqs: seqs.into_iter().collect(),
        ids: Vec::new(),
        times_ms: Vec::new(),
    })
}

/// How many reports an answer says were taken.
pub(crate) fn taken(answer: &frame::Body) -> u64 {
    match answer {
        frame::Body::Reported(reported) => {
            reported.outcomes.iter().filter(|outcome| **outcome == wire::Outcome::Taken as i32).count() as u64
        }
        _ => 0,
    }
}
