//! The brain of the service for one app: who is connected, what they may do, what is proposed to the journal, whom to
//! tell, and when. Sans-I/O: inputs with the time in, effects out. Nothing crosses from one app to another because a hub
//! knows one app only.
//!
//! The hub checks early only to refuse early. What decides is the fold, when the event lands; the answer goes out then.
//! It does not assume that this process is the only one that appends: state changes on [`Input::Landed`] alone.

mod book;
mod build;
mod catch_up;
mod connections;
mod conns;
mod conversations;
mod erasure;
mod groups;
mod history;
mod housekeeping;
#[allow(clippy::module_inception)] // the struct Hub lives in the file of its name
mod hub;
mod log_key;
mod marks;
mod messages;
mod metrics;
mod notices;
mod notify;
mod people;
mod proposals;
mod receipts;
mod stopped;
#[cfg(test)]
mod tests;

pub use hub::Hub;
pub use log_key::LogName;
pub use metrics::HubMetrics;

use crate::ledger::journal;
use crate::model::{AppId, AppSettings, ConvKey, Error, Position, TimeMs, UserId};
use crate::wire;
use serde::Deserialize;

/// A connection, numbered by the driver; never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConnId(pub u64);

/// The key of a log in the journal: opaque, so that no user id is in a key (R32). Made by [`Hub::log_key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LogKey(pub [u8; 16]);

/// A proposal on its way to the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Which log.
    pub log: LogKey,
    /// The event.
    pub event: journal::Event,
    /// What the message says (an encoded [`wire::Content`]): kept apart, by position, so that it can go alone.
    pub body: Option<Vec<u8>>,
}

/// How a hub is set up. All of it stays the same while it lives.
#[derive(Clone, Debug)]
pub struct HubConfig {
    /// The app.
    pub app: AppId,
    /// Shown in Welcome.
    pub service_id: String,
    /// The journal's epoch.
    pub epoch: u64,
    /// Keys the logs' names ([`Hub::log_key`]), and seeds what the hub makes up (group ids). Kept with the journal.
    pub secret: [u8; 32],
    /// What the operator wants now; proposed to the app's log where it differs from what stands there. `None`: whatever
    /// stands there (the defaults in a new app).
    pub settings: Option<AppSettings>,
    /// Limits on what devices may do.
    pub limits: HubLimits,
    /// Name and version, for Welcome.
    pub server: String,
}

/// R24, and how often things are kept tidy.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HubLimits {
    /// Requests a second and connection, and how many may come at once before that counts. Receipts count one for 30.
    pub requests_per_second: u32,
    /// See above.
    pub burst: u32,
    /// After this many refusals (9506) in a row the connection is closed.
    pub refusals: u32,
    /// A connection silent for this long is closed (ms).
    pub idle_ms: i64,
    /// Connections of one user at a time; the next Hello is refused with 9506.
    pub connections_per_user: usize,
    /// Unsent bytes at which live pushes stop and the connection falls back to catching up by cursor.
    pub lag_bytes: usize,
    /// Members of one group.
    pub group_members: usize,
    /// Proposals out at a time, over all; more are refused with 9506.
    pub proposals: usize,
    /// How often expiry and waiting jobs are looked after (ms).
    pub housekeeping_ms: i64,
    /// How long after one round of snapshots the next begins (ms). A round costs the journal a few synced writes; what
    /// it has not covered is replayed at the next start.
    pub roll_up_ms: i64,
    /// A round begins earlier when this many events landed since the last one.
    pub roll_up_events: u64,
}

impl Default for HubLimits {
    fn default() -> Self {
        Self {
            requests_per_second: 200,
            burst: 400,
            refusals: 50,
            idle_ms: 120_000,
            connections_per_user: 16,
            lag_bytes: 1 << 20,
            group_members: 100_000,
            proposals: 65_536,
            housekeeping_ms: 5_000,
            roll_up_ms: 60_000,
            roll_up_events: 500_000,
        }
    }
}

/// Who a checked token says is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The user.
    pub user: UserId,
    /// When the token runs out; `None`: never (a service without a key).
    pub expires_ms: Option<TimeMs>,
    /// When it was issued (or 0), for TokensRevoked.
    pub issued_ms: TimeMs,
}

/// What happens to a hub.
#[derive(Clone, Debug)]
pub enum Input {
    /// The first frame of a connection. The driver has checked the token, because that needs cryptography; everything
    /// else about the frame is checked here.
    Hello {
        /// The connection.
        conn: ConnId,
        /// The request's id.
        request: u64,
        /// The frame.
        hello: wire::Hello,
        /// What the token says, or why not.
        identity: Result<Identity, Error>,
    },
    /// Any later frame.
    Request {
        /// The connection.
        conn: ConnId,
        /// The frame. RenewToken does not come here.
        request: wire::Request,
    },
    /// A RenewToken whose token the driver has checked.
    Renewed {
        /// The connection.
        conn: ConnId,
        /// The request's id.
        request: u64,
        /// What the token says, or why not.
        identity: Result<Identity, Error>,
    },
    /// The connection is gone.
    Closed {
        /// The connection.
        conn: ConnId,
    },
    /// The bytes this connection has not sent yet have passed `lag_bytes`: live pushes stop (answers still go out).
    Lagging {
        /// The connection.
        conn: ConnId,
    },
    /// After [`Input::Lagging`]: the unsent bytes have fallen below half of `lag_bytes`.
    Drained {
        /// The connection.
        conn: ConnId,
    },
    /// A record is in the journal, durable. In position order, each once.
    Landed {
        /// Where.
        position: Position,
        /// What: as proposed, or by another process.
        record: Record,
        /// As in [`Effect::Append`], if it was proposed by this hub.
        ticket: Option<u64>,
    },
    /// The journal refused these (it is failing): nothing landed.
    AppendFailed {
        /// As in [`Effect::Append`].
        ticket: u64,
        /// Why, for the log.
        why: String,
    },
    /// The operator wants these settings from now on.
    Configure(Box<AppSettings>),
    /// The operator deletes a user (R32).
    DeleteUser(UserId),
    /// The operator ends all tokens of a user issued before now.
    RevokeTokens(UserId),
    /// The operator deletes a message.
    DeleteMessage {
        /// Where.
        conversation: ConvKey,
        /// Which.
        id: String,
    },
    /// The service is about to end: everything still pushed back is sent, then connections are closed with this reason.
    ShutDown,
    /// It is (at least) the time the hub asked for.
    Tick,
}

/// What a hub wants done, in this order.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Propose these: all land one after another, or none does. Each comes back as [`Input::Landed`] with the ticket.
    Append {
        /// The hub's name for it.
        ticket: u64,
        /// What.
        records: Vec<Record>,
    },
    /// Send this frame. `frame` is encoded already: the same bytes may go to many.
    Send {
        /// To whom.
        conn: ConnId,
        /// An encoded [`wire::Frame`].
        frame: std::sync::Arc<[u8]>,
    },
    /// Send this frame after filling in what its messages say: the content of the n-th message (in the order of
    /// [`wire::Frame::messages_mut`]) is the body at `bodies[n]`; 0 and bodies that are gone leave it unset. A frame that
    /// would pass `FRAME_BYTES` is cut by the hub beforehand: it knows every body's size.
    SendWithBodies {
        /// To whom.
        conn: ConnId,
        /// The frame.
        frame: Box<wire::Frame>,
        /// Positions.
        bodies: Vec<Position>,
    },
    /// End the connection once what was sent is out.
    Close {
        /// Which.
        conn: ConnId,
    },
    /// Store this snapshot of a log: the parts given replace theirs (`None`: delete), in one transaction.
    RollUp {
        /// Which log.
        log: LogKey,
        /// Everything in the log up to here is in the snapshot.
        as_of: Position,
        /// Part number and bytes.
        parts: Vec<(u64, Option<Vec<u8>>)>,
    },
    /// Every event up to here is covered by the snapshot of its log, and may be forgotten. (Bodies stay.)
    Forget {
        /// Where.
        up_to: Position,
    },
    /// These bodies are to go.
    DropBodies {
        /// Their positions.
        positions: Vec<Position>,
    },
    /// Give [`Input::Tick`] at this time; replaces what was asked before.
    WakeAt(TimeMs),
}
