//! What is served to whom: devices at `/v1/connect`, health for whoever starts it, the rest for operators.

use crate::admin;
use crate::listen::{Gate, Place};
use crate::ws;
use axum::Router;
use axum::extract::{Extension, State, WebSocketUpgrade};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use seenby_core::model::{AppId, Error, ErrorCode, limits};
use seenby_service::Service;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::watch;

/// What the handlers share.
pub(crate) struct Shared {
    pub(crate) service: Arc<Service>,
    pub(crate) gate: Arc<Gate>,
    pub(crate) keys: BTreeMap<AppId, Vec<u8>>,
    pub(crate) admin_token: String,
    pub(crate) stop: watch::Receiver<bool>,
}

pub(crate) type Context = State<Arc<Shared>>;

/// For devices.
pub(crate) fn devices(shared: &Arc<Shared>) -> Router {
    with_health(for_devices(), shared)
}

/// For operators: everything wants the token, health apart.
pub(crate) fn operators(shared: &Arc<Shared>) -> Router {
    with_health(admin::router(shared), shared)
}

/// For both on one address.
pub(crate) fn both(shared: &Arc<Shared>) -> Router {
    with_health(admin::router(shared).merge(for_devices()), shared)
}

fn for_devices() -> Router<Arc<Shared>> {
    Router::new().route("/", get(hint)).route("/v1/connect", get(connect))
}

fn with_health(router: Router<Arc<Shared>>, shared: &Arc<Shared>) -> Router {
    router.route("/healthz", get(healthz)).route("/readyz", get(readyz)).fallback(missing).with_state(shared.clone())
}

async fn connect(
    State(shared): Context,
    Extension(place): Extension<Arc<Place>>,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Response {
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    upgrade
        .max_message_size(limits::REQUEST_BYTES)
        .max_frame_size(limits::REQUEST_BYTES)
        .read_buffer_size(16 << 10)
        .write_buffer_size(16 << 10)
        .on_upgrade(move |socket| ws::serve(socket, shared.service.clone(), place))
}

async fn hint() -> &'static str {
    "This is a SeenBy server. Devices connect by WebSocket to /v1/connect; /healthz tells whether it is well.\n"
}

/// The process is there.
async fn healthz() -> &'static str {
    "ok\n"
}

/// It takes devices.
async fn readyz(State(shared): Context) -> Response {
    if shared.service.failure().is_some() {
        return (StatusCode::SERVICE_UNAVAILABLE, "failed\n").into_response();
    }
    if *shared.stop.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "shutting down\n").into_response();
    }
    "ready\n".into_response()
}

async fn missing() -> Failure {
    Failure(
        StatusCode::NOT_FOUND,
        Error::invalid("there is nothing at this path; docs/operations.md lists what there is"),
    )
}

/// An error as JSON: `{"code": …, "message": …}`.
pub(crate) struct Failure(pub(crate) StatusCode, pub(crate) Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let status = match error.code {
            ErrorCode::InvalidParameters => StatusCode::BAD_REQUEST,
            ErrorCode::PermissionDenied => StatusCode::FORBIDDEN,
            ErrorCode::GroupMissing | ErrorCode::NoReceipts => StatusCode::NOT_FOUND,
            ErrorCode::Conflict => StatusCode::CONFLICT,
            ErrorCode::TooFrequent => StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::Disconnected => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self(status, error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Self(status, error) = self;
        let body = serde_json::json!({ "code": error.code.number(), "message": error.message });
        let mut response = (status, axum::Json(body)).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
        }
        response
    }
}
