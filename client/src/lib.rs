//! Exact read receipts for any chat app: the client of SeenBy.
//!
//! ```no_run
//! use seenby_client::{Client, Config, SendOptions};
//!
//! # async fn run() -> seenby_client::Result<()> {
//! let alice = Client::new(Config::new(1400000001).server("wss://chat.example"))?;
//! alice.login("alice", "userSig made by your backend").await?;
//! let mut message = alice.create_text_message("Lunch?");
//! message.need_read_receipt = true;
//! let message = alice.send_message(message, Some("bob"), None, SendOptions::default()).await?;
//! let receipts = alice.get_message_read_receipts([&message]).await?;
//! println!("read by bob: {}", receipts[0].is_peer_read);
//! # Ok(())
//! # }
//! ```
//!
//! [`Client`] has every documented call, each as a future of any executor ([`Call`]), with a callback
//! ([`Client::call`]), or to be waited for ([`Call::wait`]). What happens by itself comes to listeners
//! ([`Client::add_listener`]) or as a stream ([`Client::events`]). docs/threading.md says on which threads, and what an
//! app may do there.

mod call;
mod calls;
mod client;
mod clock;
mod config;
mod delivery;
mod device;
mod endpoint;
mod enqueue;
mod events;
mod folder;
mod listener;
#[cfg(feature = "embedded")]
mod operator;
#[cfg(not(feature = "embedded"))]
#[path = "no_operator.rs"]
mod operator;
mod runtime;
mod shared;
mod tls;
mod tracker;
mod transport;
mod writer;

pub use call::{Call, Sending, wait};
pub use calls::{ConversationPage, GroupMemberPage, MemberResult, MessagePage};
pub use client::{Client, SendOptions, SpoolTarget};
pub use config::{Config, TlsConfig};
pub use delivery::{Dispatcher, Job, TokenProvider, TokenReply};
pub use events::Events;
pub use listener::{Listener, ListenerId};
pub use operator::EmbeddedService;
pub use seenby_core::hub::HubLimits;
pub use seenby_core::model::{
    AppId, AppSettings, Body, ConversationId, ConversationInfo, DeviceId, DrawState, Error, ErrorCode, GroupId,
    GroupInfo, GroupKind, GroupMember, MemberFilter, MemberOutcome, Message, MessageId, MessageReceipt, MessageStatus,
    Priority, Profile, ReadMember, ReadMemberPage, ReaderAt, Result, Role, Seen, Seq, TimeMs, UserId, limits,
};
pub use seenby_core::session::{Answer, CallId, Command, Event, GroupChange, HistoryQuery, MessageHandle};
pub use shared::LoginStatus;
pub use tls::{TlsFailure, TlsPeer, TlsProvider, TlsSession, TlsStep};
pub use tracker::ReadTracker;
