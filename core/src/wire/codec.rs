//! Bytes to frames and back. Nothing that comes from the network is trusted further than its size (R24).

use super::{Frame, Message, Request, frame};
use crate::model::{Error, ErrorCode, Result, limits};
use prost::Message as _;

/// A request as one binary WebSocket message.
///
/// 9522 if it is longer than [`limits::REQUEST_BYTES`]: the caller splits lists, and nothing else comes near.
pub fn encode_request(request: &Request) -> Result<Vec<u8>> {
    let length = request.encoded_len();
    if length > limits::REQUEST_BYTES {
        return Err(Error::new(
            ErrorCode::TooLarge,
            format!("the request has {length} bytes; at most {} are allowed", limits::REQUEST_BYTES),
        ));
    }
    Ok(request.encode_to_vec())
}

/// What a device sent. 90007 if it is no request of this protocol; 9522 if it is too long.
pub fn decode_request(bytes: &[u8]) -> Result<Request> {
    if bytes.len() > limits::REQUEST_BYTES {
        return Err(Error::new(
            ErrorCode::TooLarge,
            format!("the frame has {} bytes; at most {} are allowed", bytes.len(), limits::REQUEST_BYTES),
        ));
    }
    Request::decode(bytes).map_err(|e| Error::new(ErrorCode::Protocol, format!("the frame is no request: {e}")))
}

/// A frame as one binary WebSocket message.
pub fn encode_frame(frame: &Frame) -> Vec<u8> {
    frame.encode_to_vec()
}

/// What the service sent. 90007 if it is no frame of this protocol; 9522 if it is too long.
pub fn decode_frame(bytes: &[u8]) -> Result<Frame> {
    if bytes.len() > limits::FRAME_BYTES {
        return Err(Error::new(
            ErrorCode::TooLarge,
            format!("the frame has {} bytes; at most {} are allowed", bytes.len(), limits::FRAME_BYTES),
        ));
    }
    Frame::decode(bytes)
        .map_err(|e| Error::new(ErrorCode::Protocol, format!("the frame is none of this protocol: {e}")))
}

impl Frame {
    /// Every message in the frame that can have content, in one fixed order: messages, then last messages of the
    /// conversations. What [`crate::hub::Effect::SendWithBodies`] numbers.
    pub fn messages_mut(&mut self) -> Box<dyn Iterator<Item = &mut Message> + '_> {
        match &mut self.body {
            Some(frame::Body::Messages(m)) => Box::new(m.messages.iter_mut()),
            Some(frame::Body::Sync(s)) => Box::new(
                s.messages.iter_mut().chain(s.states.iter_mut().filter_map(|state| state.last_message.as_mut())),
            ),
            Some(frame::Body::Conversations(c)) => {
                Box::new(c.conversations.iter_mut().filter_map(|state| state.last_message.as_mut()))
            }
            Some(frame::Body::Marked(m)) => {
                Box::new(m.states.iter_mut().filter_map(|state| state.last_message.as_mut()))
            }
            Some(frame::Body::OwnMarks(m)) => {
                Box::new(m.states.iter_mut().filter_map(|state| state.last_message.as_mut()))
            }
            _ => Box::new(std::iter::empty()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r24_what_is_too_long_or_no_frame_is_an_error() {
        assert_eq!(decode_request(&vec![0; limits::REQUEST_BYTES + 1]).unwrap_err().code, ErrorCode::TooLarge);
        assert_eq!(decode_request(&[0xff; 9]).unwrap_err().code, ErrorCode::Protocol);
        assert_eq!(decode_frame(&[0x08]).unwrap_err().code, ErrorCode::Protocol);
    }
}
