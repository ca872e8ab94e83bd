//! The life of a connection: Hello, kicks, idleness, tokens, and the ends of it (R21, R24, R30).

use super::book::UserIdx;
use super::conns::{Conn, Mode, Rate};
use super::hub::{Hub, Timer};
use super::proposals::Then;
use super::{ConnId, Effect, Identity, Record};
use crate::ledger::journal::{TokensRevoked, event};
use crate::model::{DeviceId, Error, ErrorCode, Position, Result, UserId, limits};
use crate::wire::{self, frame, request};
use std::collections::{BTreeSet, HashMap, VecDeque};

/// What a client is told to wait before it comes back to a service that ends.
const RETURN_AFTER_MS: u64 = 1000;

impl Hub {
    pub(super) fn hello(
        &mut self,
        conn: ConnId,
        request: u64,
        hello: wire::Hello,
        identity: Result<Identity>,
        out: &mut Vec<Effect>,
    ) {
        self.metrics.requests += 1;
        if self.conns.get(conn).is_some() {
            let error = Error::new(ErrorCode::Protocol, "Hello was sent already; it is the first frame only");
            return self.refuse(conn, request, error, out);
        }
        match self.welcome(&hello, identity) {
            Ok((user, identity)) => {
                self.kick_older(conn, user, &hello.device, out);
                let (cursor, kept) = self.cursor_of(&hello);
                let now = self.now;
                self.conns.insert(
                    conn,
                    Conn {
                        user,
                        // Checked by `welcome`.
                        device: DeviceId::new(&hello.device).expect("a checked id"),
                        with_readers: hello.with_readers,
                        mode: Mode::CatchingUp(cursor),
                        cursor,
                        heard: now,
                        last: now,
                        expires_ms: None,
                        issued_ms: 0,
                        rate: Rate::new(&self.config.limits, now),
                        summaries: HashMap::new(),
                        due: VecDeque::new(),
                        ready: Vec::new(),
                        withheld: BTreeSet::new(),
                        armed: false,
                    },
                );
                self.set_identity(conn, &identity);
                self.timers.insert((now.saturating_add(self.config.limits.idle_ms), Timer::Idle(conn)));
                let welcome = self.welcome_frame(user, kept);
                self.reply(conn, request, welcome, out);
                self.catch_up(conn, cursor, out);
            }
            Err(error) => {
                self.refuse(conn, request, error.clone(), out);
                self.close_with(conn, error, false, out);
            }
        }
    }

    /// Checks a Hello; who it is.
    fn welcome(&mut self, hello: &wire::Hello, identity: Result<Identity>) -> Result<(UserIdx, Identity)> {
        if self.ending {
            return Err(ending());
        }
        if hello.version != wire::VERSION {
            return Err(Error::new(
                ErrorCode::VersionRefused,
                format!(
                    "the device speaks version {} of the protocol; this service speaks {}",
                    hello.version,
                    wire::VERSION
                ),
            ));
        }
        if hello.app != self.config.app.0 {
            return Err(Error::invalid(format!("the sdkAppID {} is not served here", hello.app)));
        }
        let user = UserId::new(&hello.user)?;
        DeviceId::new(&hello.device)?;
        let identity = identity?;
        if identity.user == user {
            // What its log says of it is found by the number.
            self.book.intern(&user);
        }
        self.check_identity(&user, &identity)?;
        let known = self.book.intern(&user);
        let others = self.conns.of(known);
        let same =
            others.iter().filter(|c| self.conns.get(**c).is_some_and(|c| c.device.as_str() == hello.device)).count();
        if others.len() - same >= self.config.limits.connections_per_user {
            return Err(Error::too_frequent(
                format!(
                    "{user:?} has {} connections already; at most {} are allowed",
                    others.len(),
                    self.config.limits.connections_per_user
                ),
                RETURN_AFTER_MS * 10,
            ));
        }
        Ok((known, identity))
    }

    /// R21: whether a checked token lets this user in now.
    fn check_identity(&self, user: &UserId, identity: &Identity) -> Result<()> {
        if identity.user != *user {
            return Err(Error::new(
                ErrorCode::UserSigInvalid,
                format!("the userSig is of {:?}, not of {user:?}", identity.user),
            ));
        }
        if identity.expires_ms.is_some_and(|at| at <= self.now) {
            return Err(expired());
        }
        if self.book.app.is_deleting(user.as_str()) {
            return Err(Error::new(ErrorCode::UserSigExpired, format!("the user {user:?} is being deleted")));
        }
        let Some(known) = self.book.user(user.as_str()) else { return Ok(()) };
        self.check_user(known)?;
        if self.is_revoked(known, identity.issued_ms) {
            return Err(Error::new(ErrorCode::UserSigExpired, "the userSig was revoked; a new one is needed"));
        }
        Ok(())
    }

    fn is_revoked(&self, user: UserIdx, issued_ms: i64) -> bool {
        let before = self.book.fold(user).tokens_revoked_ms();
        before > 0 && issued_ms < before
    }

    /// Where the device stands, and whether its cursor holds. A new device begins at the head.
    fn cursor_of(&self, hello: &wire::Hello) -> (Position, bool) {
        let head = self.book.head;
        match &hello.cursor {
            Some(cursor) if cursor.epoch == self.config.epoch => {
                // No position: before the first event, which is where a device stands that met an empty journal.
                let position = cursor.shards.iter().find(|shard| shard.shard == 0).map_or(0, |shard| shard.position);
                (position.min(head), true)
            }
            _ => (head, false),
        }
    }

    fn welcome_frame(&self, user: UserIdx, cursor_kept: bool) -> frame::Body {
        frame::Body::Welcome(wire::Welcome {
            version: wire::VERSION,
            service: self.config.service_id.clone(),
            epoch: self.config.epoch,
            server_time_ms: self.now,
            settings: Some(self.settings_of(user)),
            profile: Some(self.profile(user)),
            max_request_bytes: limits::REQUEST_BYTES as u32,
            idle_after_ms: u32::try_from(self.config.limits.idle_ms).unwrap_or(u32::MAX),
            server: self.config.server.clone(),
            cursor_kept,
        })
    }

    /// R15: the user's switch.
    pub(super) fn settings_of(&self, user: UserIdx) -> wire::Settings {
        let fold = self.book.fold(user);
        wire::Settings {
            receipts_enabled: fold.receipts_enabled(),
            switched_ms: fold.switched_ms(),
            switch_forbidden: !self.book.settings().switch_allowed,
            sees_while_off: self.book.settings().off_still_sees,
        }
    }

    /// R30: the same user on the same device.
    fn kick_older(&mut self, conn: ConnId, user: UserIdx, device: &str, out: &mut Vec<Effect>) {
        for other in self.conns.of(user).to_vec() {
            if other != conn && self.conns.get(other).is_some_and(|c| c.device.as_str() == device) {
                let error = Error::new(
                    ErrorCode::KickedOffline,
                    "the same user logged in on the same device; this session ends",
                );
                self.close_with(other, error, true, out);
            }
        }
    }

    /// Ends a connection with a last frame.
    pub(super) fn close_with(&mut self, conn: ConnId, error: Error, kicked: bool, out: &mut Vec<Effect>) {
        self.metrics.closed += 1;
        let close = wire::Close {
            code: error.code.number(),
            reason: error.message,
            retry_after_ms: error.retry_after_ms,
            kicked,
        };
        let frame = self.frame(0, frame::Body::Close(close));
        self.send(conn, &frame, out);
        out.push(Effect::Close { conn });
        self.drop_conn(conn);
    }

    /// Forgets a connection. Answers that are still out go nowhere.
    pub(super) fn drop_conn(&mut self, conn: ConnId) {
        let Some(gone) = self.conns.remove(conn) else { return };
        if let Some(expires) = gone.expires_ms {
            self.timers.remove(&(expires, Timer::Token(conn)));
        }
        if let Some((at, _, _)) = gone.due.front() {
            self.timers.remove(&(*at, Timer::Flush(conn)));
        }
        self.timers.remove(&(gone.heard.saturating_add(self.config.limits.idle_ms), Timer::Idle(conn)));
    }

    pub(super) fn renewed(&mut self, conn: ConnId, request: u64, identity: Result<Identity>, out: &mut Vec<Effect>) {
        let Some(user) = self.heard(conn, request, out) else { return };
        let id = self.book.users[user as usize].id.clone();
        match identity.and_then(|identity| self.check_identity(&id, &identity).map(|()| identity)) {
            Ok(identity) => {
                self.set_identity(conn, &identity);
                self.reply(conn, request, frame::Body::Done(wire::Done {}), out);
            }
            Err(error) => self.refuse(conn, request, error, out),
        }
    }

    fn set_identity(&mut self, conn: ConnId, identity: &Identity) {
        let Some(entry) = self.conns.get_mut(conn) else { return };
        let old = std::mem::replace(&mut entry.expires_ms, identity.expires_ms);
        entry.issued_ms = identity.issued_ms;
        if let Some(old) = old {
            self.timers.remove(&(old, Timer::Token(conn)));
        }
        if let Some(expires) = identity.expires_ms {
            self.timers.insert((expires, Timer::Token(conn)));
        }
    }

    /// A frame came. `None`: before Hello, and the connection is closed.
    fn heard(&mut self, conn: ConnId, request: u64, out: &mut Vec<Effect>) -> Option<UserIdx> {
        self.metrics.requests += 1;
        let now = self.now;
        if let Some(entry) = self.conns.get_mut(conn) {
            // The idle timer is moved when it fires, not here.
            entry.last = now;
            return Some(entry.user);
        }
        let error = Error::new(ErrorCode::Protocol, "the first frame of a connection must be Hello");
        self.refuse(conn, request, error.clone(), out);
        self.close_with(conn, error, false, out);
        None
    }

    /// A request of a welcomed connection.
    pub(super) fn request(&mut self, conn: ConnId, request: wire::Request, out: &mut Vec<Effect>) {
        let Some(user) = self.heard(conn, request.id, out) else { return };
        if let Some(request::Body::Ack(ack)) = &request.body {
            return self.acknowledged(conn, ack.cursor, out);
        }
        let cost = cost(&request);
        let limits = &self.config.limits;
        if let Some(entry) = self.conns.get_mut(conn)
            && let Err(wait) = entry.rate.take(limits, cost, self.now)
        {
            let error = Error::too_frequent(
                format!("more than {} requests a second; wait {wait} ms", limits.requests_per_second),
                wait,
            );
            let too_many = entry.rate.refused >= limits.refusals;
            self.metrics.too_frequent += 1;
            self.refuse(conn, request.id, error.clone(), out);
            if too_many {
                self.close_with(conn, error, false, out);
            }
            return;
        }
        let id = request.id;
        if let Err(error) = self.dispatch(conn, user, request, out) {
            self.refuse(conn, id, error, out);
        }
    }

    pub(super) fn check_idle(&mut self, conn: ConnId, out: &mut Vec<Effect>) {
        let idle_ms = self.config.limits.idle_ms;
        let now = self.now;
        let Some(entry) = self.conns.get_mut(conn) else { return };
        entry.heard = entry.last;
        let ends = entry.last.saturating_add(idle_ms);
        if ends > now {
            self.timers.insert((ends, Timer::Idle(conn)));
            return;
        }
        let error =
            Error::new(ErrorCode::Disconnected, format!("nothing was heard for {idle_ms} ms; send Ping before"));
        self.close_with(conn, error, false, out);
    }

    pub(super) fn check_token(&mut self, conn: ConnId, out: &mut Vec<Effect>) {
        if self.conns.get(conn).is_some_and(|entry| entry.expires_ms.is_some_and(|at| at <= self.now)) {
            self.close_with(conn, expired(), false, out);
        }
    }

    pub(super) fn revoke_tokens(&mut self, user: &UserId, out: &mut Vec<Effect>) {
        let user = self.book.intern(user);
        let event = self.event(event::Body::TokensRevoked(TokensRevoked { before_ms: self.now }));
        let record = Record { log: self.book.user_key(user), event, body: None };
        self.propose(vec![record], None, Then::Done, out);
    }

    /// Tokens of this user were revoked: connections that came with one end.
    pub(super) fn tokens_revoked(&mut self, user: UserIdx, out: &mut Vec<Effect>) {
        for conn in self.conns.of(user).to_vec() {
            if self.conns.get(conn).is_some_and(|entry| self.is_revoked(user, entry.issued_ms)) {
                let error = Error::new(ErrorCode::UserSigExpired, "the userSig was revoked; a new one is needed");
                self.close_with(conn, error, false, out);
            }
        }
    }

    pub(super) fn shut_down(&mut self, out: &mut Vec<Effect>) {
        self.ending = true;
        self.flush_everything(out);
        for conn in self.conns.ids() {
            self.close_with(conn, ending(), false, out);
        }
    }
}

fn expired() -> Error {
    Error::new(ErrorCode::UserSigExpired, "the userSig has run out; a new one is needed")
}

fn ending() -> Error {
    Error {
        code: ErrorCode::Disconnected,
        message: "the service is ending; come back".into(),
        retry_after_ms: RETURN_AFTER_MS,
    }
}

/// R24: receipts count one for 30.
fn cost(request: &wire::Request) -> u32 {
    let things = match &request.body {
        Some(request::Body::Report(report)) => report.seqs.len() + report.ids.len(),
        Some(request::Body::GetReceipts(get)) => get.seqs.len() + get.ids.len(),
        Some(request::Body::Mark(mark)) => mark.to.len(),
        Some(request::Body::Find(find)) => find.ids.len(),
        _ => 1,
    };
    u32::try_from(things.div_ceil(30)).unwrap_or(u32::MAX).max(1)
}
