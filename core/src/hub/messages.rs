//! Sending, recalling, and asking for receipts afterwards (R1, R8, R18, R20, R32).

use super::book::{ConvIdx, Place, UserIdx};
use super::hub::Hub;
use super::proposals::{Asker, Then};
use super::{Effect, LogKey, Record};
use crate::ledger::journal::{Created, Deleted, Joined, Requested, Sent, event};
use crate::model::{
    ConvKey, ConversationId, Error, ErrorCode, GroupId, MessageId, Ordinal, Result, Role, Seq, Unsupported, UserId,
    limits,
};
use crate::wire::{self, Downgrade, content, conversation, frame};
use prost::Message as _;
use sha2::{Digest as _, Sha256};

/// A message that a call is about, found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) conv: ConvIdx,
    /// The caller's ordinal.
    pub(super) who: Ordinal,
    pub(super) seq: Seq,
}

impl Hub {
    pub(super) fn send_message(&mut self, asker: Asker, send: wire::Send, out: &mut Vec<Effect>) -> Result<()> {
        let to = conversation_of(send.conversation.as_ref())?;
        let id = MessageId::new(&send.id)?;
        if send.priority > 3 {
            return Err(Error::invalid(format!("the priority is {}; it must be 0 to 3", send.priority)));
        }
        let body = body_of(send.content.as_ref())?;
        let me = self.book.users[asker.user as usize].id.clone();
        let digest = digest(&me, &send, &body);
        let (log, found, sender) = match &to {
            ConversationId::Group(_) => match self.book.place(asker.user, &to) {
                Place::Missing => return Err(group_missing(&to)),
                Place::Inside { conv, who, member: true } => (self.book.conv(conv).log, Some(conv), who),
                Place::Outside | Place::Inside { .. } => return Err(no_member(&to)),
            },
            ConversationId::C2c(peer) => {
                if self.book.app.is_deleting(peer.as_str()) {
                    return Err(Error::too_frequent(format!("{peer:?} is being deleted; try again later"), 1000));
                }
                let (log, found) = self.book.conv_log(&to.key(&me));
                (log, found, c2c_ordinal(&me, peer))
            }
        };
        // A repeat of what is durable already is answered at once (R16).
        if let Some(conv) = found
            && let Some(seq) = self.book.conv(conv).fold.find(id.as_str())
            && let Some(message) = self.book.conv(conv).fold.message(seq)
        {
            // R8: a downgraded message came back without receipts, and is the same one when that is sent again.
            let asked = wire::Send { need_receipt: true, ..send.clone() };
            let same = message.digest() == digest
                || (message.flags().downgrade != 0 && message.digest() == self::digest(&me, &asked, &body));
            if message.sender() != sender || !same {
                return Err(Error::new(
                    ErrorCode::Conflict,
                    format!("the message id {:?} is in use, by another message; use a new one", id.as_str()),
                ));
            }
            if let Some(sent) = self.sent(conv, seq) {
                self.reply(asker.conn, asker.request, frame::Body::Sent(sent), out);
                return Ok(());
            }
        }
        let downgrade = if send.need_receipt { self.downgrade(found)? } else { Downgrade::None };
        let event = self.event(event::Body::Sent(Sent {
            sender,
            id: send.id,
            digest,
            need_receipt: send.need_receipt && downgrade == Downgrade::None,
            downgrade: downgrade as u32,
            online_only: send.online_only,
            exclude_unread: send.exclude_unread,
            exclude_last: send.exclude_last,
            body_bytes: body.len() as u32,
            priority: send.priority,
            ..Sent::default()
        }));
        let mut records = Vec::with_capacity(3);
        if let ConversationId::C2c(peer) = &to
            && found.is_none_or(|conv| self.book.conv(conv).key.is_none())
        {
            self.begin_c2c(log, &me, peer, &mut records);
        }
        records.push(Record { log, event, body: Some(body) });
        self.propose(records, Some(asker), Then::Send(None), out);
        Ok(())
    }

    /// The first two records of a pair. Where they are there already they change nothing.
    fn begin_c2c(&self, log: LogKey, me: &UserId, peer: &UserId, records: &mut Vec<Record>) {
        let (first, second) = if me <= peer { (me, peer) } else { (peer, me) };
        let mut users = vec![first.as_str().to_owned()];
        if first != second {
            users.push(second.as_str().to_owned());
        }
        let created = self.event(event::Body::Created(Created::default()));
        let joined = self.event(event::Body::Joined(Joined { users, role: Role::Member as u32, ..Joined::default() }));
        records.push(Record { log, event: created, body: None });
        records.push(Record { log, event: joined, body: None });
    }

    /// R8: why a message here goes without receipts. `None` is for a C2C pair that has none yet.
    fn downgrade(&self, conv: Option<ConvIdx>) -> Result<Downgrade> {
        let Some(fold) = conv.map(|conv| &self.book.conv(conv).fold) else { return Ok(Downgrade::None) };
        let Some(kind) = fold.kind() else { return Ok(Downgrade::None) };
        let settings = self.book.settings();
        let (why, sentence) = if !settings.receipts_in(kind) {
            (Downgrade::GroupKind, format!("there are no read receipts in groups of kind {}", kind.name()))
        } else if fold.roster().count() > settings.receipt_members {
            let sentence = format!(
                "the group has {} members; read receipts end at {}",
                fold.roster().count(),
                settings.receipt_members
            );
            (Downgrade::GroupSize, sentence)
        } else {
            return Ok(Downgrade::None);
        };
        match settings.unsupported {
            Unsupported::Downgrade => Ok(why),
            Unsupported::Reject => Err(Error::new(
                ErrorCode::NotSupported,
                format!("{sentence}; send the message without needReadReceipt"),
            )),
        }
    }

    /// What the sender of a message is told of it.
    pub(super) fn sent(&self, conv: ConvIdx, seq: Seq) -> Option<wire::Sent> {
        let message = self.book.conv(conv).fold.message(seq)?;
        let flags = message.flags();
        Some(wire::Sent {
            seq,
            time_ms: message.time_ms(),
            need_receipt: flags.need_receipt,
            downgrade: i32::from(flags.downgrade),
        })
    }

    // ---- calls about one message ----

    /// Finds the one message that a call is about (R22): 6017, 10010, 10062 in this order. Whether the caller was never
    /// there or the message is unknown cannot be told apart.
    pub(super) fn find_one(
        &self,
        user: UserIdx,
        conversation: Option<&wire::Conversation>,
        message: Option<&wire::MessageRef>,
    ) -> Result<Found> {
        let Some(message) = message else {
            return Err(Error::invalid("the message is unset; name it by seq or id"));
        };
        let id = if message.id.is_empty() { None } else { Some(MessageId::new(&message.id)?) };
        let found = match conversation {
            None => {
                let Some(id) = id else {
                    return Err(Error::invalid("a message without conversation must be named by its id"));
                };
                self.book.searcher(user).find(&id).map(|(conv, who, seq)| Found { conv, who, seq })
            }
            Some(conversation) => {
                let place = conversation_of(Some(conversation))?;
                if message.seq == 0 && id.is_none() {
                    return Err(Error::invalid("the message has neither seq nor id; one of them is needed"));
                }
                match self.book.place(user, &place) {
                    Place::Missing => return Err(group_missing(&place)),
                    Place::Outside => None,
                    Place::Inside { conv, who, .. } => {
                        let fold = &self.book.conv(conv).fold;
                        let seq = match &id {
                            Some(id) if message.seq == 0 => fold.find(id.as_str()),
                            _ => Some(message.seq),
                        };
                        seq.map(|seq| Found { conv, who, seq })
                    }
                }
            }
        };
        let found = found.ok_or_else(unknown_message)?;
        let entry = self.book.conv(found.conv);
        if entry.is_group() && entry.fold.is_dismissed() {
            return Err(match &entry.key {
                Some(ConvKey::Group(group)) => group_missing(&ConversationId::Group(group.clone())),
                _ => unknown_message(),
            });
        }
        let Some(meta) = entry.fold.message(found.seq) else { return Err(unknown_message()) };
        // Who never saw it does not learn that it exists.
        let saw = meta.sender() == found.who
            || entry.fold.in_audience(found.seq, found.who)
            || entry.fold.may_see(found.who, found.seq);
        if !saw || self.book.is_over(meta.time_ms(), self.now) {
            return Err(unknown_message());
        }
        Ok(found)
    }

    pub(super) fn recall(&mut self, asker: Asker, recall: wire::Recall, out: &mut Vec<Effect>) -> Result<()> {
        let found = self.find_one(asker.user, recall.conversation.as_ref(), recall.message.as_ref())?;
        let entry = self.book.conv(found.conv);
        let Some(message) = entry.fold.message(found.seq) else { return Err(unknown_message()) };
        let may = entry.fold.roster().member(found.who).is_some_and(|me| {
            me.member && (message.sender() == found.who || (entry.is_group() && me.role >= Role::Admin))
        });
        if !may {
            let sentence =
                "only its sender, and owner and admins of a group, can recall a message, while they are in it";
            return Err(Error::new(ErrorCode::PermissionDenied, sentence));
        }
        if message.flags().deleted {
            self.reply(asker.conn, asker.request, frame::Body::Done(wire::Done {}), out);
            return Ok(());
        }
        let body = event::Body::Deleted(Deleted { seq: found.seq, by: found.who + 1 });
        self.propose_one(entry.log, body, asker, Then::Done, out);
        Ok(())
    }

    /// The operator deletes a message. What is not there needs no deleting.
    pub(super) fn delete_message(&mut self, key: &ConvKey, id: &str, out: &mut Vec<Effect>) {
        let (log, Some(conv)) = self.book.conv_log(key) else { return };
        let Some(seq) = self.book.conv(conv).fold.find(id) else { return };
        let event = self.event(event::Body::Deleted(Deleted { seq, by: 0 }));
        self.propose(vec![Record { log, event, body: None }], None, Then::Done, out);
    }

    pub(super) fn request_receipts(
        &mut self,
        asker: Asker,
        request: wire::RequestReceipts,
        out: &mut Vec<Effect>,
    ) -> Result<()> {
        let found = self.find_one(asker.user, request.conversation.as_ref(), request.message.as_ref())?;
        let entry = self.book.conv(found.conv);
        let Some(message) = entry.fold.message(found.seq) else { return Err(unknown_message()) };
        let flags = message.flags();
        if flags.deleted {
            return Err(Error::new(ErrorCode::NoReceipts, "the message was recalled; it has no receipts"));
        }
        if message.sender() != found.who {
            return Err(Error::new(ErrorCode::PermissionDenied, "only its sender can ask for a message's receipts"));
        }
        if flags.need_receipt {
            self.reply(asker.conn, asker.request, frame::Body::Done(wire::Done {}), out);
            return Ok(());
        }
        if self.downgrade(Some(found.conv))? != Downgrade::None {
            return Err(Error::new(
                ErrorCode::NotSupported,
                "there are no read receipts in this group, because of its kind or its size",
            ));
        }
        let body = event::Body::Requested(Requested { seq: found.seq, by: found.who });
        self.propose_one(entry.log, body, asker, Then::Done, out);
        Ok(())
    }
}

/// Reads the conversation that a request names; 6017 if it names none.
pub(super) fn conversation_of(conversation: Option<&wire::Conversation>) -> Result<ConversationId> {
    match conversation.and_then(|conversation| conversation.of.as_ref()) {
        Some(conversation::Of::User(user)) => Ok(ConversationId::C2c(UserId::new(user)?)),
        Some(conversation::Of::Group(group)) => Ok(ConversationId::Group(GroupId::new(group)?)),
        None => Err(Error::invalid("the conversation is unset; name a user or a group")),
    }
}

/// 10010.
pub(super) fn group_missing(id: &ConversationId) -> Error {
    let name = match id {
        ConversationId::Group(group) => group.as_str(),
        ConversationId::C2c(peer) => peer.as_str(),
    };
    Error::new(ErrorCode::GroupMissing, format!("the group {name:?} does not exist, or was dismissed"))
}

/// 10007.
pub(super) fn no_member(id: &ConversationId) -> Error {
    Error::new(ErrorCode::PermissionDenied, format!("you are no member of {id}; join it first"))
}

/// 10062, the one answer for both "never there" and "no such message" (R22).
pub(super) fn unknown_message() -> Error {
    Error::new(ErrorCode::NoReceipts, "no such message is known to you; check conversation and message id")
}

/// The two users of a pair have the ordinals 0 and 1, in byte order.
fn c2c_ordinal(me: &UserId, peer: &UserId) -> Ordinal {
    Ordinal::from(me > peer)
}

/// What a message says, encoded; 6017 if it says nothing, 80002 if it is too long.
fn body_of(content: Option<&wire::Content>) -> Result<Vec<u8>> {
    let says = match content.and_then(|content| content.elem.as_ref()) {
        Some(content::Elem::Text(text)) => !text.is_empty(),
        Some(content::Elem::Custom(custom)) => {
            !custom.data.is_empty() || !custom.description.is_empty() || !custom.extension.is_empty()
        }
        None => false,
    };
    let Some(content) = content.filter(|_| says) else {
        return Err(Error::invalid("the message says nothing; it must have text or custom data"));
    };
    let body = content.encode_to_vec();
    if body.len() > limits::BODY_BYTES {
        return Err(Error::new(
            ErrorCode::BodyTooLong,
            format!("the message has {} bytes; at most {} are allowed", body.len(), limits::BODY_BYTES),
        ));
    }
    Ok(body)
}

/// Of all that makes a message what it is: the same id with another digest is another message (R23).
fn digest(sender: &UserId, send: &wire::Send, body: &[u8]) -> u64 {
    let mut hash = Sha256::new();
    hash.update((sender.as_str().len() as u32).to_be_bytes());
    hash.update(sender.as_str().as_bytes());
    hash.update([
        u8::from(send.need_receipt),
        u8::from(send.online_only),
        u8::from(send.exclude_unread),
        u8::from(send.exclude_last),
        send.priority as u8,
    ]);
    hash.update(body);
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize()[..8]);
    u64::from_be_bytes(first)
}
