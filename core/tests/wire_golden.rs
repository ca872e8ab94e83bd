//! Golden vectors of the wire: frames as bytes, committed. Whoever writes another implementation can check theirs against
//! `golden/wire.txt`; and a change of the schema that would break released devices fails here.
//!
//! `SEENBY_REGENERATE=1` writes the file anew: only ever to add lines.

#[path = "golden/frames.rs"]
mod frames;
#[path = "golden/requests.rs"]
mod requests;

use frames::frames;
use requests::requests;
use seenby_core::wire;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

pub(crate) fn group(id: &str) -> Option<wire::Conversation> {
    Some(wire::Conversation { of: Some(wire::conversation::Of::Group(id.into())) })
}

pub(crate) fn peer(id: &str) -> Option<wire::Conversation> {
    Some(wire::Conversation { of: Some(wire::conversation::Of::User(id.into())) })
}

pub(crate) fn content() -> Option<wire::Content> {
    Some(wire::Content {
        elem: Some(wire::content::Elem::Custom(wire::Custom {
            data: vec![0, 1, 0xff],
            description: "d".into(),
            extension: "e".into(),
        })),
        cloud_custom_data: vec![7],
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[test]
fn golden_vectors_hold() {
    let mut rendered = String::new();
    for (name, request) in requests() {
        let bytes = wire::encode_request(&request).unwrap();
        assert_eq!(wire::decode_request(&bytes).unwrap(), request, "{name}");
        let _ = writeln!(rendered, "request {name}: {}", hex(&bytes));
    }
    for (name, frame) in frames() {
        let bytes = wire::encode_frame(&frame);
        assert_eq!(wire::decode_frame(&bytes).unwrap(), frame, "{name}");
        let _ = writeln!(rendered, "frame {name}: {}", hex(&bytes));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/wire.txt");
    if std::env::var_os("SEENBY_REGENERATE").is_some() {
        std::fs::write(&path, &rendered).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert_eq!(committed, rendered, "a released device would not be understood any more");
}

/// The numbers of the `oneof body` of a message in the schema.
fn bodies_in_schema(message: &str) -> BTreeSet<u64> {
    let schema = include_str!("../proto/wire.proto");
    let body = schema.split(&format!("message {message} {{")).nth(1).expect("the message is in the schema");
    let body = body.split("oneof body {").nth(1).and_then(|rest| rest.split('}').next()).expect("it has bodies");
    body.lines().filter_map(|line| line.split(';').next()?.split('=').nth(1)?.trim().parse().ok()).collect()
}

/// The numbers of the fields of an encoded message that are messages or bytes.
fn fields(mut bytes: &[u8]) -> Vec<u64> {
    fn varint(bytes: &mut &[u8]) -> u64 {
        prost::encoding::decode_varint(bytes).expect("bytes that prost wrote")
    }
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes);
        let value = varint(&mut bytes);
        if tag & 7 == 2 {
            found.push(tag >> 3);
            bytes = &bytes[value as usize..];
        }
    }
    found
}

#[test]
fn every_request_and_frame_of_the_schema_has_a_vector() {
    let requests: BTreeSet<u64> =
        requests().iter().flat_map(|(_, request)| fields(&wire::encode_request(request).unwrap())).collect();
    assert_eq!(requests, bodies_in_schema("Request"));
    let frames: BTreeSet<u64> = frames().iter().flat_map(|(_, frame)| fields(&wire::encode_frame(frame))).collect();
    assert_eq!(frames, bodies_in_schema("Frame"));
}
