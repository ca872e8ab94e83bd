//! What a service does with connections before a hub knows them, and how it ends.

#![allow(clippy::unwrap_used, reason = "a test that fails says where")]

use seenby_core::hub::{HubLimits, Identity};
use seenby_core::model::{AppId, Error, ErrorCode, TimeMs, UserId};
use seenby_core::wire::{self, frame, request};
use seenby_service::{
    AcceptAny, AppConfig, Apps, Authenticator, Ended, Outgoing, Service, ServiceConfig, ServiceLimits, SystemClock,
};
use seenby_store::MemoryJournal;
use std::sync::Arc;
use std::time::Duration;

/// Knows app 1 only.
struct OnlyOne;

impl Authenticator for OnlyOne {
    fn check(&self, app: AppId, user: &UserId, sig: &str, now: TimeMs) -> Result<Identity, Error> {
        if sig == "good" {
            AcceptAny.check(app, user, sig, now)
        } else {
            Err(Error::new(ErrorCode::UserSigInvalid, "no"))
        }
    }

    fn knows(&self, app: AppId) -> bool {
        app == AppId(1)
    }
}

fn service(limits: ServiceLimits) -> Service {
    let app = AppConfig { app: AppId(1), settings: None, limits: HubLimits::default() };
    Service::start(ServiceConfig {
        journal: Box::new(MemoryJournal::new().unwrap()),
        apps: Apps::These(vec![app]),
        authenticator: Arc::new(OnlyOne),
        server_name: "test".to_owned(),
        clock: Arc::new(SystemClock::new()),
        limits,
    })
    .unwrap()
}

fn request(body: request::Body) -> Vec<u8> {
    wire::encode_request(&wire::Request { id: 1, seen: 0, body: Some(body) }).unwrap()
}

fn hello(app: u32, version: u32) -> Vec<u8> {
    request(request::Body::Hello(wire::Hello {
        version,
        app,
        user: "alice".into(),
        user_sig: "good".into(),
        device: "d1".into(),
        ..wire::Hello::default()
    }))
}

async fn close(outgoing: &mut Outgoing) -> wire::Close {
    let last = tokio::time::timeout(Duration::from_secs(10), async {
        let mut last = None;
        while let Some(frame) = outgoing.next().await {
            last = Some(frame);
        }
        last
    });
    let frame = last.await.expect("the connection ends").expect("and says why");
    match wire::decode_frame(&frame).unwrap().body {
        Some(frame::Body::Close(close)) => close,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn r24_a_first_frame_that_is_no_hello_closes_with_a_reason() {
    let service = service(ServiceLimits::default());
    let cases = [
        (request(request::Body::Ping(wire::Ping {})), 90007, "Hello"),
        (vec![0xff; 40], 90007, "no request"),
        (vec![], 90007, "Hello"),
        (vec![0; 64 * 1024 + 1], 9522, "65536"),
        (hello(1, 2), 90006, "version 1"),
        (hello(1, 0), 90006, "not 0"),
        (hello(7, 1), 70003, "sdkAppID 7"),
        (hello(u32::MAX, 1), 70003, "4294967295"),
    ];
    for (bytes, code, word) in cases {
        let (mut connection, mut outgoing) = service.connect();
        assert_eq!(connection.receive(&bytes).await, Err(Ended), "{code} {word}");
        let close = close(&mut outgoing).await;
        assert_eq!(close.code, code, "{}", close.reason);
        assert!(close.reason.contains(word), "{word}: {}", close.reason);
        assert_eq!(connection.receive(&hello(1, 1)).await, Err(Ended), "it stays closed");
    }
}

#[tokio::test]
async fn r24_hello_must_come_in_time() {
    let service = service(ServiceLimits { hello_ms: 50, ..ServiceLimits::default() });
    let (mut connection, mut outgoing) = service.connect();
    let close = close(&mut outgoing).await;
    assert_eq!((close.code, close.kicked), (6012, false));
    assert_eq!(connection.receive(&hello(1, 1)).await, Err(Ended));
}

#[tokio::test]
async fn a_second_hello_breaks_the_protocol() {
    let service = service(ServiceLimits::default());
    let (mut connection, mut outgoing) = service.connect();
    assert_eq!(connection.receive(&hello(1, 1)).await, Ok(()));
    assert_eq!(connection.receive(&hello(1, 1)).await, Err(Ended));
    assert_eq!(close(&mut outgoing).await.code, 90007);
}

#[tokio::test]
async fn shutdown_says_goodbye_and_refuses_from_then_on() {
    let service = service(ServiceLimits { linger: Duration::from_secs(10), ..ServiceLimits::default() });
    let (waiting, mut waiting_out) = service.connect();
    let (mut welcomed, mut welcomed_out) = service.connect();
    welcomed.receive(&hello(1, 1)).await.unwrap();
    let reader = tokio::spawn(async move {
        let first = close(&mut waiting_out).await;
        drop(waiting);
        while welcomed_out.next().await.is_some() {}
        drop(welcomed);
        first
    });
    let started = std::time::Instant::now();
    service.shutdown().await;
    assert!(started.elapsed() < Duration::from_secs(5), "nobody was left to wait for");
    assert!(reader.await.unwrap().reason.contains("shutting down"));
    let (mut connection, mut outgoing) = service.connect();
    assert_eq!(connection.receive(&hello(1, 1)).await, Err(Ended));
    assert_eq!(close(&mut outgoing).await.code, 9508);
    assert!(service.metrics().await.is_err());
    drop((connection, outgoing));
    service.shutdown().await;
}

#[tokio::test]
async fn metrics_and_operators_calls_name_what_is_missing() {
    let service = service(ServiceLimits::default());
    let error = service.settings(AppId(9)).await.unwrap_err();
    assert!(error.code.number() == 6017 && error.message.contains('9'), "{error}");
    let error = service.revoke_tokens(AppId(9), UserId::new("alice").unwrap()).await.unwrap_err();
    assert_eq!(error.code.number(), 6017);
    let (mut connection, outgoing) = service.connect();
    let _ = connection.receive(&[1, 2, 3]).await;
    let metrics = service.metrics().await.unwrap();
    assert_eq!((metrics.connections, metrics.accepted, metrics.frames_in, metrics.protocol_errors), (1, 1, 1, 1));
    assert_eq!(metrics.apps.len(), 1);
    drop((connection, outgoing));
    assert_eq!(service.metrics().await.unwrap().connections, 0);
    assert_eq!(service.failure(), None);
}
