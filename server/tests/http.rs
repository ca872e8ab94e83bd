//! What is served by HTTP: health, the operator's API, the metrics.

#![allow(clippy::unwrap_used, reason = "a test that fails says where")]

mod common;

use common::http;
use seenby_core::model::{AppId, UserId};
use seenby_server::{AppEntry, Config, Server};
use serde_json::{Value, json};

async fn server() -> (Server, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(Config::in_folder(folder.path())).await.unwrap();
    (server, folder)
}

fn error(body: &str) -> (i64, String) {
    let value: Value = serde_json::from_str(body).unwrap_or_else(|e| panic!("{e}: {body}"));
    (value["code"].as_i64().unwrap(), value["message"].as_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn health_is_open_and_everything_else_wants_the_token() {
    let (server, _folder) = server().await;
    let base = server.admin_url();
    for path in ["/healthz", "/readyz"] {
        assert_eq!(http(&base, "GET", path, None, None).await.0, 200, "{path}");
    }
    for (method, path) in [
        ("GET", "/metrics"),
        ("GET", "/v1/admin/apps"),
        ("GET", "/v1/admin/apps/1/settings"),
        ("PUT", "/v1/admin/apps/1/settings"),
        ("POST", "/v1/admin/apps/1/tokens"),
        ("DELETE", "/v1/admin/apps/1/users/alice"),
        ("POST", "/v1/admin/apps/1/users/alice/revoke"),
        ("POST", "/v1/admin/apps/1/messages/delete"),
    ] {
        for token in [None, Some(""), Some("wrong"), Some(&server.admin_token()[1..])] {
            let (status, body) = http(&base, method, path, token, None).await;
            assert_eq!((status, error(&body).0), (401, 10007), "{method} {path}: {body}");
        }
    }
    let (status, body) = http(&base, "GET", "/nothing", None, None).await;
    assert_eq!((status, error(&body).0), (404, 6017));
    let (status, _) = http(&base, "GET", "/v1/connect", None, None).await;
    assert_eq!(status, 400, "no upgrade asked for");
    server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_see_and_change_settings_and_they_survive_a_restart() {
    let (server, folder) = server().await;
    let token = server.admin_token().to_owned();
    let base = server.admin_url();
    let call = async |method: &str, path: &str, body: Option<Value>| {
        let body = body.map(|body| body.to_string());
        http(&base, method, path, Some(&token), body.as_deref()).await
    };
    let (status, body) = call("GET", "/v1/admin/apps", None).await;
    assert_eq!((status, body.as_str()), (200, r#"{"apps":[1]}"#));
    let (_, body) = call("GET", "/v1/admin/apps/1/settings", None).await;
    let mut settings: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((&settings["unsupported"], &settings["receipt_members"]), (&json!("downgrade"), &json!(10_000)));

    for (wrong, names) in [
        (json!({ "unsupported": "maybe" }), "maybe"),
        (json!({ "unknown": 1 }), "unknown"),
        (json!({ "retention_ms": -1 }), "retention_ms"),
        (json!({ "receipt_members": 100_001 }), "100000"),
        (json!({ "receipt_kinds": ["Community"] }), "Community"),
        (json!([1]), "JSON"),
    ] {
        let (status, body) = call("PUT", "/v1/admin/apps/1/settings", Some(wrong.clone())).await;
        let (code, message) = error(&body);
        assert!(
            (400..=422).contains(&status) && code == 6017 && message.contains(names),
            "{wrong}: {status} {message}"
        );
    }

    settings["unsupported"] = json!("reject");
    let (status, body) = call("PUT", "/v1/admin/apps/1/settings", Some(settings.clone())).await;
    assert_eq!((status, body.as_str()), (202, ""));
    let (status, body) = call("PUT", "/v1/admin/apps/9/settings", Some(settings.clone())).await;
    assert!(status == 400 && error(&body).1.contains("no app 9"), "{body}");

    server.shutdown().await;
    let server = Server::start(Config::in_folder(folder.path())).await.unwrap();
    let (_, body) = http(&server.admin_url(), "GET", "/v1/admin/apps/1/settings", Some(&token), None).await;
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), settings);
    server.shutdown().await;

    // What the configuration says goes before what was set.
    let mut config = Config::in_folder(folder.path());
    config.apps = vec![AppEntry { id: 1, key: None, settings: Some(Default::default()) }];
    let server = Server::start(config).await.unwrap();
    // It is proposed at the start, and in force when it has landed.
    let started = std::time::Instant::now();
    loop {
        let (_, body) = http(&server.admin_url(), "GET", "/v1/admin/apps/1/settings", Some(&token), None).await;
        if serde_json::from_str::<Value>(&body).unwrap()["unsupported"] == json!("downgrade") {
            break;
        }
        assert!(started.elapsed() < common::PATIENCE, "{body}");
    }
    server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r21_a_user_sig_from_the_api_lets_in_until_it_is_revoked() {
    let (server, _folder) = server().await;
    let (base, token) = (server.admin_url(), server.admin_token().to_owned());
    let ask = json!({ "user": "álice/1", "expires_seconds": 60 }).to_string();
    let (status, body) = http(&base, "POST", "/v1/admin/apps/1/tokens", Some(&token), Some(&ask)).await;
    assert_eq!(status, 200, "{body}");
    let issued: Value = serde_json::from_str(&body).unwrap();
    let sig = issued["user_sig"].as_str().unwrap();
    let (mut device, welcome) = common::Device::login(&server.url(), 1, "álice/1", "d1", sig).await;
    assert_eq!(welcome.version, 1);

    for (wrong, names) in [
        (json!({ "user": "", "expires_seconds": 60 }), "empty"),
        (json!({ "user": "a", "expires_seconds": 0 }), "expires_seconds is 0"),
        (json!({ "user": "a", "expires_seconds": u64::MAX }), "315360000"),
        (json!({ "user": "a", "forever": true }), "forever"),
    ] {
        let (_, body) = http(&base, "POST", "/v1/admin/apps/1/tokens", Some(&token), Some(&wrong.to_string())).await;
        assert!(error(&body).1.contains(names), "{wrong}: {body}");
    }

    // A userSig counts as issued before if it is of an earlier second.
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    let path = "/v1/admin/apps/1/users/%C3%A1lice%2F1/revoke";
    assert_eq!(http(&base, "POST", path, Some(&token), None).await.0, 202);
    assert_eq!(device.closed().await.code, 70001);
    let mut again = common::Device::connect(&server.url()).await;
    let body = common::hello(1, "álice/1", "d1", sig);
    let (code, _) = again.refused(seenby_core::wire::request::Body::Hello(body)).await;
    assert_eq!(code, 70001);
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    let fresh = server.issue_token(AppId(1), &UserId::new("álice/1").unwrap(), 60).unwrap();
    common::Device::login(&server.url(), 1, "álice/1", "d1", &fresh).await;
    server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r32_operators_delete_a_message_and_a_user() {
    let (server, _folder) = server().await;
    let (base, token, url) = (server.admin_url(), server.admin_token().to_owned(), server.url());
    let sig = |user: &str| server.issue_token(AppId(1), &UserId::new(user).unwrap(), 600).unwrap();
    let (mut alice, _) = common::Device::login(&url, 1, "alice", "a", &sig("alice")).await;
    let (mut bob, _) = common::Device::login(&url, 1, "bob", "b", &sig("bob")).await;
    alice.say(common::c2c("bob"), "m1", "hello").await;

    let call = async |method: &str, path: &str, body: Value| {
        let body = (!body.is_null()).then(|| body.to_string());
        http(&base, method, path, Some(&token), body.as_deref()).await
    };
    for (wrong, names) in [
        (json!({ "id": "m1" }), "exactly one"),
        (json!({ "id": "m1", "group": "g", "users": ["a", "b"] }), "exactly one"),
        (json!({ "id": "m1", "users": ["a"] }), "length"),
        (json!({ "id": "", "group": "g" }), "empty"),
    ] {
        let (_, body) = call("POST", "/v1/admin/apps/1/messages/delete", wrong.clone()).await;
        assert!(error(&body).1.contains(names), "{wrong}: {body}");
    }
    let message = json!({ "id": "m1", "users": ["bob", "alice"] });
    assert_eq!(call("POST", "/v1/admin/apps/1/messages/delete", message).await.0, 202);
    bob.push(|frame| match &frame.body {
        Some(seenby_core::wire::frame::Body::Recalled(recalled)) => Some(recalled.ids == ["m1"]).filter(|same| *same),
        _ => None,
    })
    .await;

    assert_eq!(call("DELETE", "/v1/admin/apps/1/users/alice", Value::Null).await.0, 202);
    let closed = alice.closed().await;
    assert!(closed.code == 70001 || closed.code == 6208, "{closed:?}");
    let (_, page) = http(&base, "GET", "/metrics", Some(&token), None).await;
    assert!(page.contains("seenby_messages_total{app=\"1\"} 1\n"), "{page}");
    assert!(!page.contains("alice") && !page.contains("bob"), "R34: no ids in metrics");
    server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_can_have_an_address_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config::in_folder(folder.path());
    config.admin_listen = Some("127.0.0.1:0".parse().unwrap());
    let server = Server::start(config).await.unwrap();
    let devices = format!("http://{}", server.addr());
    let token = server.admin_token().to_owned();
    assert_ne!(devices, server.admin_url());
    assert_eq!(http(&devices, "GET", "/metrics", Some(&token), None).await.0, 404);
    assert_eq!(http(&server.admin_url(), "GET", "/metrics", Some(&token), None).await.0, 200);
    assert_eq!(http(&server.admin_url(), "GET", "/v1/connect", None, None).await.0, 404);
    assert_eq!(http(&devices, "GET", "/healthz", None, None).await.0, 200);
    server.shutdown().await;
}
