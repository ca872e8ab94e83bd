//! The operator's HTTP API. Every call wants `Authorization: Bearer` with the token of the data folder.

use crate::config::check_settings;
use crate::http::{Context, Failure, Shared};
use crate::{metrics, token};
use axum::Json;
use axum::Router;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use seenby_core::model::{AppId, AppSettings, ConvKey, Error, ErrorCode, GroupId, MessageId, UserId};
use seenby_service::{Clock as _, SystemClock};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The default life of a userSig: 180 days.
pub(crate) const TOKEN_SECONDS: u64 = 180 * 24 * 3600;

pub(crate) fn router(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    Router::new()
        .route("/metrics", get(metrics_page))
        .route("/v1/admin/apps", get(apps))
        .route("/v1/admin/apps/{app}/settings", get(settings).put(configure))
        .route("/v1/admin/apps/{app}/tokens", post(issue))
        .route("/v1/admin/apps/{app}/users/{user}", delete(delete_user))
        .route("/v1/admin/apps/{app}/users/{user}/revoke", post(revoke))
        .route("/v1/admin/apps/{app}/messages/delete", post(delete_message))
        .layer(DefaultBodyLimit::max(64 << 10))
        .route_layer(middleware::from_fn_with_state(shared.clone(), authorize))
}

async fn authorize(State(shared): Context, request: Request, next: Next) -> Response {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim);
    if given.is_some_and(|given| same(given.as_bytes(), shared.admin_token.as_bytes())) {
        return next.run(request).await;
    }
    let what = "an operator's call needs the header `Authorization: Bearer TOKEN`, with admin_token of keys.toml in the \
                data folder";
    Failure(StatusCode::UNAUTHORIZED, Error::new(ErrorCode::PermissionDenied, what)).into_response()
}

/// Compares in a time that tells nothing but the length.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && std::hint::black_box(a.iter().zip(b).fold(0, |acc, (x, y)| acc | (x ^ y))) == 0
}

type Answer<T> = Result<T, Failure>;
type AppPath = Result<Path<u32>, PathRejection>;
type UserPath = Result<Path<(u32, String)>, PathRejection>;

fn app(path: AppPath) -> Answer<AppId> {
    path.map(|Path(app)| AppId(app)).map_err(bad_path)
}

fn user(path: UserPath) -> Answer<(AppId, UserId)> {
    let Path((app, user)) = path.map_err(bad_path)?;
    Ok((AppId(app), UserId::new(user)?))
}

fn bad_path(e: PathRejection) -> Failure {
    Failure::from(Error::invalid(format!("the path is wrong: {}", e.body_text())))
}

fn body<T>(json: Result<Json<T>, JsonRejection>) -> Answer<T> {
    json.map(|Json(body)| body).map_err(|e| {
        Failure(
            e.status(),
            Error::invalid(format!("the body must be JSON as docs/operations.md says: {}", e.body_text())),
        )
    })
}

async fn metrics_page(State(shared): Context) -> Answer<Response> {
    let page = metrics::page(shared.service.metrics().await?, shared.gate.refused());
    let page =
        page.map_err(|e| Error::new(ErrorCode::ServiceInternal, format!("the page could not be written: {e}")))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], page).into_response())
}

#[derive(Serialize)]
struct AppList {
    apps: Vec<u32>,
}

async fn apps(State(shared): Context) -> Json<AppList> {
    Json(AppList { apps: shared.keys.keys().map(|app| app.0).collect() })
}

async fn settings(State(shared): Context, path: AppPath) -> Answer<Json<AppSettings>> {
    Ok(Json(shared.service.settings(app(path)?).await?))
}

async fn configure(
    State(shared): Context,
    path: AppPath,
    json: Result<Json<AppSettings>, JsonRejection>,
) -> Answer<Response> {
    let (app, settings) = (app(path)?, body(json)?);
    check_settings(&settings).map_err(Error::invalid)?;
    shared.service.configure(app, settings).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IssueToken {
    user: String,
    expires_seconds: Option<u64>,
}

#[derive(Serialize)]
struct Issued {
    user_sig: String,
    expires_seconds: u64,
}

async fn issue(
    State(shared): Context,
    path: AppPath,
    json: Result<Json<IssueToken>, JsonRejection>,
) -> Answer<Json<Issued>> {
    let (app, request) = (app(path)?, body(json)?);
    let user = UserId::new(request.user)?;
    let seconds = request.expires_seconds.unwrap_or(TOKEN_SECONDS);
    if !(1..=3650 * 24 * 3600).contains(&seconds) {
        return Err(
            Error::invalid(format!("expires_seconds is {seconds}; it must be 1 to 315360000 (ten years)")).into()
        );
    }
    let key = shared.keys.get(&app).ok_or_else(|| Error::invalid(format!("there is no app {app} here")))?;
    let user_sig = token::issue(key, app, &user, SystemClock::new().now(), seconds)?;
    Ok(Json(Issued { user_sig, expires_seconds: seconds }))
}

async fn delete_user(State(shared): Context, path: UserPath) -> Answer<StatusCode> {
    let (app, user) = user(path)?;
    shared.service.delete_user(app, user).await?;
    tracing::info!("an operator deletes a user of app {app}");
    Ok(StatusCode::ACCEPTED)
}

async fn revoke(State(shared): Context, path: UserPath) -> Answer<StatusCode> {
    let (app, user) = user(path)?;
    shared.service.revoke_tokens(app, user).await?;
    tracing::info!("an operator ends the userSigs of a user of app {app}");
    Ok(StatusCode::ACCEPTED)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeleteMessage {
    group: Option<String>,
    users: Option<[String; 2]>,
    id: String,
}

async fn delete_message(
    State(shared): Context,
    path: AppPath,
    json: Result<Json<DeleteMessage>, JsonRejection>,
) -> Answer<StatusCode> {
    let (app, request) = (app(path)?, body(json)?);
    let conversation = match (request.group, request.users) {
        (Some(group), None) => ConvKey::Group(GroupId::new(group)?),
        (None, Some([a, b])) => ConvKey::c2c(UserId::new(a)?, UserId::new(b)?),
        _ => {
            return Err(
                Error::invalid("exactly one of group and users (the two of a C2C conversation) is needed").into()
            );
        }
    };
    shared.service.delete_message(app, conversation, MessageId::new(request.id)?).await?;
    tracing::info!("an operator deletes a message of app {app}");
    Ok(StatusCode::ACCEPTED)
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn tokens_are_compared_whole() {
        assert!(same(b"secret", b"secret"));
        assert!(!same(b"secret", b"secreT") && !same(b"secret", b"secre") && !same(b"", b"s"));
    }
}
