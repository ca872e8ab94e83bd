//! Login and line (R30): hello and welcome, pings, what happens when the line goes, and when it is tried again.

use super::outbox::{Key, Outbox};
use super::requests::Purpose;
use super::session::{Session, Shown};
use super::{Answer, CallId, Effect, Event, StoreEntry, convert};
use crate::model::{Error, ErrorCode, TimeMs, limits};
use crate::wire::{self, frame, request};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::VecDeque;

/// The first pause after a failed attempt, and the longest (ms). The pause doubles; a random half of it is taken off, so
/// that a thousand devices do not come back in one moment.
const BACKOFF_FIRST_MS: i64 = 500;
const BACKOFF_LONGEST_MS: i64 = 30_000;
/// A silent line is asked for a sign of life at least this often.
const PING_LONGEST_MS: i64 = 45_000;
/// How long before it runs out a new userSig is asked for.
const RENEW_BEFORE_MS: i64 = 60_000;
/// Frames that may come while the namespace is being bound.
const HELD_FRAMES: usize = 1024;

/// Where the line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// No line, and none wanted.
    Idle,
    /// None; tried again at this time, or (`None`) when the network or a userSig comes.
    Waiting(Option<TimeMs>),
    /// Asked for; given up at this time.
    Opening(TimeMs),
    /// Hello is out.
    Greeting,
    /// Welcome came.
    Live,
}

impl Link {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Idle => "off",
            Self::Waiting(_) => "waiting",
            Self::Opening(_) => "opening",
            Self::Greeting => "greeting",
            Self::Live => "live",
        }
    }
}

/// When a userSig runs out, if it says so: the claim `exp` of a JWT (R21). Only the service can tell whether it is true.
fn expiry(user_sig: &str) -> Option<TimeMs> {
    let claims = URL_SAFE_NO_PAD.decode(user_sig.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&claims).ok()?;
    claims.get("exp")?.as_i64()?.checked_mul(1000)
}

impl Session {
    pub(super) fn login(&mut self, now: TimeMs, call: CallId, user_sig: String, out: &mut Vec<Effect>) {
        self.open.insert(call);
        if user_sig.len() > 16 * 1024 {
            let error = Error::new(
                ErrorCode::UserSigInvalid,
                format!("the userSig has {} bytes; a token has at most {}", user_sig.len(), 16 * 1024),
            );
            self.complete(call, Err(error), out);
            return;
        }
        if let Some(older) = self.login_call.take() {
            let error = Error::new(ErrorCode::Interrupted, "another login began before this one was answered");
            self.complete(older, Err(error), out);
        }
        self.sig_refused = None;
        self.sig_wanted = false;
        self.user_sig = user_sig;
        if self.link == Link::Live {
            // R30: the line, the outbox and the listeners stay.
            let body = request::Body::RenewToken(wire::RenewToken { user_sig: self.user_sig.clone() });
            if let Err(error) = self.request(now, body, Purpose::Renew { call }, out) {
                self.complete(call, Err(error), out);
            }
            return;
        }
        self.login_call = Some(call);
        if !matches!(self.link, Link::Idle | Link::Waiting(_)) {
            self.drop_line(out);
        }
        self.attempts = 0;
        if !self.network {
            let error = Error::new(ErrorCode::Disconnected, "the device has no network; log in when it is back");
            return self.attempt_failed(now, error, false, out);
        }
        self.connect(now, out);
    }

    /// Asks for a transport.
    fn connect(&mut self, now: TimeMs, out: &mut Vec<Effect>) {
        self.generation += 1;
        self.link = Link::Opening(now.saturating_add(self.config.request_timeout_ms));
        if !matches!(self.shown, Some(Shown::Connecting | Shown::Failed)) || self.attempts == 0 {
            self.show(Shown::Connecting, None);
        }
        out.push(Effect::Connect);
    }

    /// R30: once per change.
    fn show(&mut self, shown: Shown, error: Option<&Error>) {
        if self.shown == Some(shown) {
            return;
        }
        self.shown = Some(shown);
        self.deliver.event(match (shown, error) {
            (Shown::Failed, Some(error)) => Event::ConnectFailed(error.clone()),
            (Shown::Connected, _) => Event::Connected,
            _ => Event::Connecting,
        });
    }

    pub(super) fn opened(&mut self, now: TimeMs, out: &mut Vec<Effect>) {
        if !matches!(self.link, Link::Opening(_)) {
            return;
        }
        // Without a position: a device that met an empty journal, and has missed everything since.
        let position = Some(self.state.cursor).filter(|position| *position > 0);
        let cursor = (self.state.epoch != 0).then(|| wire::Cursor {
            epoch: self.state.epoch,
            shards: position.map(|position| wire::ShardPosition { shard: 0, position }).into_iter().collect(),
        });
        let hello = wire::Hello {
            version: wire::VERSION,
            app: self.config.app.0,
            user: self.config.user.to_string(),
            user_sig: self.user_sig.clone(),
            device: self.config.device.to_string(),
            cursor,
            client: self.config.client.clone(),
            with_readers: self.config.with_readers,
        };
        self.link = Link::Greeting;
        if let Err(error) = self.request(now, request::Body::Hello(hello), Purpose::Hello { sent: now }, out) {
            self.attempt_failed(now, error, true, out);
        }
    }

    /// The transport says that the line is gone, or never was.
    pub(super) fn lost(&mut self, now: TimeMs, error: Error, out: &mut Vec<Effect>) {
        if matches!(self.link, Link::Opening(_) | Link::Greeting | Link::Live) {
            self.attempt_failed(now, error, false, out);
        }
    }

    /// The line is no good (any more): what was out ends, and unless nobody wants it, it is tried again.
    pub(super) fn attempt_failed(&mut self, now: TimeMs, error: Error, disconnect: bool, out: &mut Vec<Effect>) {
        self.note(now, &error);
        let was_live = self.link == Link::Live;
        if disconnect {
            out.push(Effect::Disconnect);
        }
        self.line_gone(out);
        let first_login = self.login_call.is_some() && !self.logged_in;
        if !was_live {
            self.show(Shown::Failed, Some(&error));
        }
        if let Some(call) = self.login_call.take() {
            self.complete(call, Err(error.clone()), out);
        }
        if first_login || !self.logged_in {
            // A login that did not succeed leaves nobody logged in, and nothing is tried behind the app's back.
            self.link = Link::Idle;
            return;
        }
        if !self.network {
            self.link = Link::Waiting(None);
            return;
        }
        let exponent = self.attempts.min(10);
        let longest = BACKOFF_FIRST_MS.saturating_mul(1 << exponent).min(BACKOFF_LONGEST_MS);
        let pause = self.random.between(longest / 2, longest).max(i64::try_from(error.retry_after_ms).unwrap_or(0));
        self.attempts = self.attempts.saturating_add(1);
        self.link = Link::Waiting(Some(now.saturating_add(pause)));
        if was_live {
            self.show(Shown::Connecting, None);
        }
    }

    /// Ends what was out on a line that is gone: calls with 9508, reports by the device's own disk (R16).
    fn line_gone(&mut self, out: &mut Vec<Effect>) {
        self.link = Link::Idle;
        self.held_frames = None;
        self.bound = None;
        let error = Error::new(
            ErrorCode::Disconnected,
            "the connection to the service was lost before the answer came; what was asked may have taken effect",
        );
        for (_, request) in std::mem::take(&mut self.requests) {
            self.request_over(request, &error, out);
        }
        let calls: Vec<CallId> = self.ongoing.keys().copied().collect();
        for call in calls {
            self.complete(call, Err(error.clone()), out);
        }
        for entry in self.outbox.entries.values_mut() {
            entry.late = true;
        }
        self.store_waited_for(out);
    }

    /// Everything that a call waits for becomes durable on the device, and the calls are answered.
    pub(super) fn store_waited_for(&mut self, out: &mut Vec<Effect>) {
        let keys: Vec<Key> = self
            .outbox
            .entries
            .iter()
            .filter(|(_, entry)| !entry.stored || !entry.calls.is_empty())
            .map(|(key, _)| *key)
            .collect();
        self.make_durable(&keys, out);
    }

    /// Drops the line by the session's own will.
    fn drop_line(&mut self, out: &mut Vec<Effect>) {
        if matches!(self.link, Link::Opening(_) | Link::Greeting | Link::Live) {
            out.push(Effect::Disconnect);
        }
        self.line_gone(out);
    }

    pub(super) fn logout(&mut self, _now: TimeMs, call: CallId, out: &mut Vec<Effect>) {
        self.open.insert(call);
        // What is kept on the device is as good as sent (R16): those calls succeed. The others are cut short.
        self.store_waited_for(out);
        self.end(&Error::new(ErrorCode::Interrupted, "the user logged out before the answer came"), Some(call), out);
        self.shown = None;
        self.complete(call, Ok(Answer::Done), out);
    }

    /// Nobody is logged in any more: calls still out end with this error.
    fn end(&mut self, error: &Error, except: Option<CallId>, out: &mut Vec<Effect>) {
        self.store_waited_for(out);
        self.logged_in = false;
        self.login_call = None;
        self.user_sig.clear();
        let calls: Vec<CallId> = self.open.iter().copied().filter(|call| Some(*call) != except).collect();
        for call in calls {
            self.complete(call, Err(error.clone()), out);
        }
        self.drop_line(out);
        self.sending.clear();
        self.held_receipts.clear();
        self.refresh.clear();
    }

    pub(super) fn network_available(&mut self, now: TimeMs, available: bool, out: &mut Vec<Effect>) {
        self.network = available;
        match self.link {
            Link::Waiting(_) if available && self.sig_refused.is_none() => {
                self.attempts = 0;
                self.connect(now, out);
            }
            // Perhaps another network: find out whether this line still is one.
            Link::Live if available => self.ping(now, out),
            Link::Opening(_) | Link::Greeting | Link::Live if !available => {
                let error = Error::new(ErrorCode::Disconnected, "the device has no network");
                self.attempt_failed(now, error, true, out);
            }
            Link::Waiting(_) if !available => self.link = Link::Waiting(None),
            _ => {}
        }
    }

    /// In front again: a pause between attempts is cut short, and a line is asked whether it still is one, as systems suspend
    /// the sockets of apps in the background without a word. Behind: the line stays for as long as the system lets it.
    pub(super) fn foreground(&mut self, now: TimeMs, foreground: bool, out: &mut Vec<Effect>) {
        match self.link {
            Link::Waiting(Some(_)) if foreground => {
                self.attempts = 0;
                self.connect(now, out);
            }
            Link::Live if foreground => self.ping(now, out),
            _ => {}
        }
    }

    pub(super) fn bytes(&mut self, now: TimeMs, bytes: Vec<u8>, out: &mut Vec<Effect>) {
        if !matches!(self.link, Link::Greeting | Link::Live) {
            return;
        }
        self.heard += 1;
        if let Some(held) = &mut self.held_frames {
            held.push_back(bytes);
            if held.len() > HELD_FRAMES {
                let error = Error::new(ErrorCode::Store, "the device's store did not answer while frames came");
                self.attempt_failed(now, error, true, out);
            }
            return;
        }
        match wire::decode_frame(&bytes) {
            Ok(frame) => self.frame(now, frame, out),
            Err(error) => self.attempt_failed(now, error, true, out),
        }
    }

    fn frame(&mut self, now: TimeMs, frame: wire::Frame, out: &mut Vec<Effect>) {
        if frame.request != 0 {
            self.answered(now, frame, out);
            return;
        }
        match frame.body {
            Some(frame::Body::Close(close)) => self.closed(now, close, out),
            _ if self.link == Link::Live => {
                self.seen = self.seen.max(frame.position);
                self.pushed(now, frame, out);
            }
            _ => {}
        }
    }

    pub(super) fn welcome(&mut self, now: TimeMs, sent: TimeMs, frame: wire::Frame, out: &mut Vec<Effect>) {
        let Some(frame::Body::Welcome(welcome)) = frame.body else {
            let error = Error::new(ErrorCode::Protocol, "the service answered Hello with something else");
            self.attempt_failed(now, error, true, out);
            return;
        };
        if welcome.version != wire::VERSION {
            let error = Error::new(
                ErrorCode::VersionRefused,
                format!("the service speaks version {} of the protocol; this is {}", welcome.version, wire::VERSION),
            );
            self.refused(now, error, out);
            return;
        }
        if welcome.service != self.state.service {
            // R16: the outbox belongs to (service, app, user). Everything is in the old namespace before it is left: what
            // was made before the first contact moves to the new one, what belongs to another service stays behind.
            self.store_waited_for(out);
            self.flush(false, out);
            if !self.state.service.is_empty() {
                self.outbox = Outbox::default();
            }
            self.state.service = welcome.service.clone();
            self.held_frames = Some(VecDeque::new());
            out.push(Effect::Bind { service: welcome.service.clone() });
            self.link = Link::Greeting;
            let frame = wire::Frame { body: Some(frame::Body::Welcome(welcome)), ..frame };
            self.bound = Some((sent, frame));
            return;
        }
        let cursor = frame.cursor.max(if welcome.cursor_kept { 0 } else { frame.position });
        self.state_dirty = true;
        self.clock(now, sent, welcome.server_time_ms);
        if self.state.epoch != welcome.epoch {
            if self.state.epoch != 0 {
                self.memory.new_epoch();
                self.outbox.new_epoch();
                self.deliver.forget_markers();
            }
            self.state.epoch = welcome.epoch;
            self.state.cursor = 0;
            self.seen = 0;
        }
        if !welcome.cursor_kept {
            // A new device, or a new epoch: live from the head on (R12). Synced: if a power cut took this back, the device
            // would be a new one again, and never hear of what happened while it was away.
            self.state.cursor = cursor;
            self.flush(true, out);
        }
        self.seen = self.seen.max(frame.position);
        self.idle_after_ms = i64::from(welcome.idle_after_ms);
        self.link = Link::Live;
        self.attempts = 0;
        self.logged_in = true;
        self.show(Shown::Connected, None);
        if let Some(settings) = welcome.settings {
            self.settings(&settings, true);
        }
        if let Some(call) = self.login_call.take() {
            self.complete(call, Ok(Answer::Done), out);
        }
        if !welcome.cursor_kept || self.memory.convs().next().is_none() {
            self.list_all(now, 0, out);
        }
        if self.state.cursor == 0 {
            // The head was not named: the first push will.
            self.state.cursor = cursor;
        }
    }

    /// The namespace of this service is in memory now.
    pub(super) fn restored(&mut self, now: TimeMs, entries: &[StoreEntry], out: &mut Vec<Effect>) {
        let service = std::mem::take(&mut self.state.service);
        let (clock, known) = (self.state.clock_ahead_ms, self.state.clock_known);
        self.load(entries);
        if !self.state.clock_known {
            (self.state.clock_ahead_ms, self.state.clock_known) = (clock, known);
        }
        self.state.service = service;
        self.state_dirty = true;
        // Not written anywhere yet, and the namespace may be another one: what is in memory alone is unchanged, what was
        // moved is there under its key.
        let held = self.held_frames.take();
        let Some((sent, welcome)) = self.bound.take().filter(|_| self.link == Link::Greeting) else { return };
        let epoch = match &welcome.body {
            Some(frame::Body::Welcome(welcome)) => welcome.epoch,
            _ => 0,
        };
        if self.state.cursor > 0 && self.state.epoch == epoch {
            // This device knows this service from another address: say so, and catch up.
            out.push(Effect::Disconnect);
            self.connect(now, out);
            return;
        }
        self.welcome(now, sent, welcome, out);
        for bytes in held.into_iter().flatten() {
            self.bytes(now, bytes, out);
        }
    }

    /// The service's clock, as it was half a round trip ago.
    pub(super) fn clock(&mut self, now: TimeMs, sent: TimeMs, server_ms: TimeMs) {
        let half = now.saturating_sub(sent).max(0) / 2;
        self.state.clock_ahead_ms = server_ms.saturating_add(half).saturating_sub(now);
        self.state.clock_known = true;
    }

    /// The last frame of a connection.
    fn closed(&mut self, now: TimeMs, close: wire::Close, out: &mut Vec<Effect>) {
        let code = ErrorCode::from_number(close.code).unwrap_or(ErrorCode::Disconnected);
        let reason = if close.reason.is_empty() { "the service closed the connection" } else { &close.reason };
        let error = Error { code, message: reason.to_owned(), retry_after_ms: close.retry_after_ms };
        if close.kicked || code == ErrorCode::KickedOffline {
            self.note(now, &error);
            let error = Error::new(ErrorCode::KickedOffline, error.message);
            self.end(&error, None, out);
            self.shown = None;
            self.deliver.event(Event::KickedOffline);
            return;
        }
        self.refused(now, error, out);
    }

    /// The service refuses the connection, or ends it: whether to come back depends on why.
    pub(super) fn refused(&mut self, now: TimeMs, error: Error, out: &mut Vec<Effect>) {
        let expired = matches!(
            error.code,
            ErrorCode::UserSigExpired | ErrorCode::UserSigExpiredLocally | ErrorCode::UserSigInvalid
        );
        let for_good = matches!(error.code, ErrorCode::VersionRefused | ErrorCode::InvalidParameters);
        let by_call = self.login_call.is_some();
        let code = error.clone();
        self.attempt_failed(now, error, true, out);
        if !(expired || for_good) {
            return;
        }
        if self.logged_in {
            // Nothing is tried before something changes. Receipts are kept meanwhile.
            self.link = Link::Waiting(None);
            self.sig_refused = Some(code);
            if expired && !by_call {
                self.deliver.event(Event::UserSigExpired);
                self.want_user_sig(out);
            }
        }
    }

    fn want_user_sig(&mut self, out: &mut Vec<Effect>) {
        if !self.sig_wanted {
            self.sig_wanted = true;
            out.push(Effect::WantUserSig);
        }
    }

    fn ping(&mut self, now: TimeMs, out: &mut Vec<Effect>) {
        let out_already = self.requests.values().any(|request| matches!(request.purpose, Purpose::Ping { .. }));
        if !out_already {
            let sent = self.request(now, request::Body::Ping(wire::Ping {}), Purpose::Ping { sent: now }, out);
            debug_assert!(sent.is_ok(), "a ping fits every frame");
        }
    }

    fn ping_every(&self) -> i64 {
        if self.idle_after_ms > 0 { (self.idle_after_ms / 2).clamp(1, PING_LONGEST_MS) } else { PING_LONGEST_MS }
    }

    /// When the userSig should be renewed: a minute before it runs out, if anybody was not asked yet.
    fn renew_at(&self) -> Option<TimeMs> {
        if self.sig_wanted || self.link != Link::Live {
            return None;
        }
        let device_ms = expiry(&self.user_sig)?.checked_sub(self.state.clock_ahead_ms)?;
        device_ms.checked_sub(RENEW_BEFORE_MS)
    }

    /// When the line itself has something to do.
    pub(super) fn line_wake(&self) -> Option<TimeMs> {
        match self.link {
            Link::Idle | Link::Greeting => None,
            Link::Waiting(at) => at,
            Link::Opening(until) => Some(until),
            Link::Live => {
                let ping = self.said_at.saturating_add(self.ping_every());
                Some(self.renew_at().map_or(ping, |renew| renew.min(ping)))
            }
        }
    }

    pub(super) fn tick(&mut self, now: TimeMs, out: &mut Vec<Effect>) {
        // Reports that got no answer in time: the device's own disk counts (R16).
        let late: Vec<CallId> =
            self.outbox.durable.iter().filter(|(_, waiting)| waiting.deadline <= now).map(|(call, _)| *call).collect();
        let keys: Vec<Key> = late
            .iter()
            .filter_map(|call| self.outbox.durable.get(call))
            .flat_map(|waiting| waiting.waits.iter().copied())
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect();
        self.make_durable(&keys, out);
        self.expire_requests(now, out);
        match self.link {
            Link::Waiting(Some(at)) if at <= now && self.logged_in && self.sig_refused.is_none() => {
                self.connect(now, out);
            }
            Link::Opening(until) if until <= now => {
                let error = Error::new(
                    ErrorCode::ConnectTimeout,
                    format!("connecting took longer than {} ms", self.config.request_timeout_ms),
                );
                self.attempt_failed(now, error, true, out);
            }
            Link::Live => {
                if self.renew_at().is_some_and(|at| at <= now) {
                    self.want_user_sig(out);
                }
                if self.said_at.saturating_add(self.ping_every()) <= now {
                    self.ping(now, out);
                }
            }
            _ => {}
        }
    }

    /// R15: what the service says of the user's switch.
    pub(super) fn settings(&mut self, settings: &wire::Settings, at_welcome: bool) {
        self.state.switch_forbidden = settings.switch_forbidden;
        self.state.sees_while_off = settings.sees_while_off;
        self.state_dirty = true;
        // A toggle that still waits is newer than what the service knows of.
        if let Some(enabled) = self.outbox.last_switch() {
            self.switched_to(enabled);
            return;
        }
        let first = at_welcome && self.state.switched_ms == 0 && !self.state.receipts_off && settings.receipts_enabled;
        let changed = self.state.receipts_off == settings.receipts_enabled;
        self.switched_to(settings.receipts_enabled);
        self.state.switched_ms = settings.switched_ms;
        if changed && !first {
            self.deliver.event(Event::ReadReceiptsEnabledChanged(settings.receipts_enabled));
        }
    }

    /// The service waits for this before its next page.
    pub(super) fn acknowledge(&mut self, now: TimeMs, cursor: u64, out: &mut Vec<Effect>) {
        self.next_request += 1;
        let ack = wire::Request {
            id: self.next_request,
            seen: self.seen,
            body: Some(request::Body::Ack(wire::Ack { cursor })),
        };
        if let Ok(bytes) = wire::encode_request(&ack) {
            self.said_at = now;
            out.push(Effect::Send(bytes));
        }
    }

    /// Reads a conversation state; what makes no sense is left out.
    pub(super) fn state_of(wire: &wire::ConversationState) -> Option<crate::model::ConversationId> {
        convert::conversation(wire.conversation.as_ref())
    }
}

/// Used by the outbox: how long a report whose message is not known yet waits before it is tried again (R19).
pub(super) fn retry_pause(tries: u32) -> i64 {
    2_000_i64.saturating_mul(1 << tries.min(9)).min(limits::UNKNOWN_RETRY_MS / 96)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r21_the_expiry_is_read_from_a_token_that_has_one() {
        let claims = URL_SAFE_NO_PAD.encode(br#"{"sub":"a","exp":1700000000}"#);
        assert_eq!(expiry(&format!("h.{claims}.s")), Some(1_700_000_000_000));
        for none in ["", "anything", "a.b.c", "h.e30.s"] {
            assert_eq!(expiry(none), None, "{none:?}");
        }
    }
}
