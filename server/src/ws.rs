//! One device: a WebSocket on one side, a connection of the service on the other.

use crate::listen::Place;
use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use bytes::Bytes;
use futures_util::stream::SplitStream;
use futures_util::{SinkExt as _, StreamExt as _};
use seenby_core::model::{Error, ErrorCode, limits};
use seenby_service::{Connection, Service};
use std::sync::Arc;
use std::time::Duration;
use tokio_tungstenite::tungstenite;

/// Bytes written before the socket is flushed.
const BATCH_BYTES: usize = 64 << 10;
/// A batch that is not taken within this means that nobody is there.
const WRITE_TIME: Duration = Duration::from_secs(60);
/// How long the other side may take to say goodbye.
const GOODBYE_TIME: Duration = Duration::from_secs(2);

/// Serves one WebSocket until it ends. The place is held until then.
pub(crate) async fn serve(socket: WebSocket, service: Arc<Service>, _place: Arc<Place>) {
    let (mut connection, mut outgoing) = service.connect();
    drop(service); // A connection must not keep the service from ending
    let (mut sink, mut stream) = socket.split();
    let cut = outgoing.cut();

    let writing = async {
        let mut frames = Vec::new();
        while outgoing.take(&mut frames, BATCH_BYTES).await {
            let batch = async {
                for frame in frames.drain(..) {
                    sink.feed(Message::Binary(Bytes::from_owner(frame))).await?;
                }
                sink.flush().await
            };
            match tokio::time::timeout(WRITE_TIME, batch).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) | Err(_) => return,
            }
        }
        // The reason is in the last frame (wire::Close); this is the WebSocket's own goodbye.
        let goodbye = Message::Close(Some(CloseFrame { code: close_code::NORMAL, reason: "".into() }));
        let _ = tokio::time::timeout(GOODBYE_TIME, sink.send(goodbye)).await;
    };

    tokio::pin!(writing);
    let over = tokio::select! {
        over = read(&mut stream, &mut connection) => over,
        () = writing.as_mut() => Over::Ended,
        () = cut => return,
    };
    if let Over::Refused = over {
        writing.await;
    }
    if let Over::Refused | Over::Ended = over {
        // Reading on until the other side is done: closing with bytes unread would take the reason with it.
        let rest = async { while let Some(Ok(_)) = stream.next().await {} };
        let _ = tokio::time::timeout(GOODBYE_TIME, rest).await;
    }
}

/// Ends when the device has gone or the connection is over.
async fn read(stream: &mut SplitStream<WebSocket>, connection: &mut Connection) -> Over {
    while let Some(message) = stream.next().await {
        match message {
            Ok(Message::Binary(bytes)) => {
                if connection.receive(&bytes).await.is_err() {
                    return Over::Refused;
                }
            }
            Ok(Message::Text(_)) => {
                connection.refuse(&Error::new(ErrorCode::Protocol, "a text frame; only binary frames are taken"));
                return Over::Refused;
            }
            Ok(Message::Ping(_) | Message::Pong(_)) => {}
            Ok(Message::Close(_)) => return Over::Gone,
            Err(e) => match refusal(e) {
                Some(error) => {
                    connection.refuse(&error);
                    return Over::Refused;
                }
                None => return Over::Gone,
            },
        }
    }
    Over::Gone
}

enum Over {
    /// The device went.
    Gone,
    /// It broke the protocol; the last frame says how.
    Refused,
    /// The service ended it.
    Ended,
}

/// What to tell a device whose WebSocket broke; `None`: it has gone.
fn refusal(e: axum::Error) -> Option<Error> {
    let inner = e.into_inner();
    match inner.downcast_ref::<tungstenite::Error>() {
        Some(tungstenite::Error::Capacity(_)) => Some(Error::new(
            ErrorCode::TooLarge,
            format!("a frame of more than {} bytes; split long lists", limits::REQUEST_BYTES),
        )),
        Some(tungstenite::Error::Protocol(tungstenite::error::ProtocolError::ResetWithoutClosingHandshake)) => None,
        Some(e @ (tungstenite::Error::Protocol(_) | tungstenite::Error::Utf8(_))) => {
            Some(Error::new(ErrorCode::Protocol, format!("not the WebSocket protocol: {e}")))
        }
        _ => None,
    }
}
