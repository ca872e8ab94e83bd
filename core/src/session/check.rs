//! Every parameter, checked before anything is sent, with a sentence that names the value (R22, R23). Ids were checked
//! where they came in.

use super::MessageHandle;
use super::remember::Memory;
use crate::model::{
    AppId, ConversationId, Error, ErrorCode, MemberFilter, Message, MessageId, Result, Seq, UserId, conversation_tag,
    limits,
};
use crate::wire;
use prost::Message as _;

/// A count of 1 to 100 (R11).
pub(super) fn count(count: u32, max: u32) -> Result<()> {
    if count == 0 || count > max {
        return Err(Error::invalid(format!("the count is {count}; it must be 1 to {max}")));
    }
    Ok(())
}

/// A nextSeq below 2^53 (R11). Whether it is on the list, the service knows.
pub(super) fn next_seq(next_seq: u64) -> Result<()> {
    if next_seq >= limits::NEXT_SEQ_END {
        return Err(Error::invalid(format!(
            "the nextSeq is {next_seq}; it must be 0, or what the last page gave (below {})",
            limits::NEXT_SEQ_END
        )));
    }
    Ok(())
}

/// A documented filter.
pub(super) fn filter(number: u32) -> Result<MemberFilter> {
    MemberFilter::parse(number.into())
}

/// A text of at most so many bytes.
pub(super) fn text(what: &str, text: &str, max: usize) -> Result<()> {
    if text.len() > max {
        return Err(Error::invalid(format!("the {what} has {} bytes; at most {max} are allowed", text.len())));
    }
    Ok(())
}

/// A list that names something.
pub(super) fn not_empty<T>(what: &str, list: &[T]) -> Result<()> {
    if list.is_empty() {
        return Err(Error::invalid(format!("the list of {what} is empty; it must name at least one")));
    }
    Ok(())
}

/// A span of time that is not negative.
pub(super) fn seconds(what: &str, seconds: i64) -> Result<()> {
    if seconds < 0 {
        return Err(Error::invalid(format!("the {what} is {seconds} s; it must be 0 or more")));
    }
    Ok(())
}

/// What a message says: something, and at most 12 KB (R18).
pub(super) fn body(message: &Message, content: &wire::Content) -> Result<()> {
    if content.elem.is_none() {
        return Err(Error::invalid(
            "the message says nothing; make it with createTextMessage or createCustomMessage (a reference cannot be sent)",
        ));
    }
    let length = content.encoded_len();
    if length > limits::BODY_BYTES {
        return Err(Error::new(
            ErrorCode::BodyTooLong,
            format!("the message has {length} bytes; at most {} are allowed", limits::BODY_BYTES),
        ));
    }
    debug_assert!(message.status != crate::model::MessageStatus::LocalRevoked || message.id.is_some());
    Ok(())
}

/// The one conversation of a list (R3), as far as it can be known here; ids alone are looked up in the index, or told
/// apart by the tags of ids that SeenBy made (R23).
pub(super) fn one_conversation(
    app: AppId,
    me: &UserId,
    memory: &Memory,
    messages: &[MessageHandle],
) -> Result<Option<ConversationId>> {
    let mut place: Option<ConversationId> = None;
    let differ = |a: &ConversationId, b: &ConversationId| {
        Error::invalid(format!("the list names messages of {a} and of {b}; one call is about one conversation"))
    };
    for message in messages {
        let here = match (&message.conversation, &message.id) {
            (Some(conversation), _) => Some(conversation.clone()),
            (None, Some(id)) => memory.find(id, None).map(|known| known.conversation.clone()),
            (None, None) => None,
        };
        match (&place, here) {
            (Some(first), Some(here)) if *first != here => return Err(differ(first, &here)),
            (None, Some(here)) => place = Some(here),
            _ => {}
        }
    }
    // What is left are ids alone that this device does not know.
    let unknown = messages.iter().filter(|message| message.conversation.is_none()).filter_map(|m| m.id.as_ref());
    let mut tag: Option<[u8; 8]> = place.as_ref().map(|place| conversation_tag(app, &place.key(me)));
    for id in unknown.filter(|id| memory.find(id, None).is_none()) {
        match (tag, id.tag()) {
            (Some(first), Some(other)) if first != other => {
                return Err(Error::invalid(format!(
                    "the message {id} is of another conversation than the rest of the list; one call is about one"
                )));
            }
            (None, Some(other)) => tag = Some(other),
            _ => {}
        }
    }
    Ok(place)
}

/// A message that can be named to the service: with what the index knows of it.
pub(super) fn named(memory: &Memory, handle: &MessageHandle) -> Result<MessageHandle> {
    let mut handle = handle.clone();
    fill(memory, &mut handle);
    if handle.id.is_none() && (handle.seq == 0 || handle.conversation.is_none()) {
        return Err(Error::invalid("the message has no id: it was never sent; send it first"));
    }
    Ok(handle)
}

/// Adds what the index knows of a message.
pub(super) fn fill(memory: &Memory, handle: &mut MessageHandle) {
    let Some(id) = &handle.id else { return };
    let Some(known) = memory.find(id, handle.conversation.as_ref()) else { return };
    handle.conversation = Some(known.conversation.clone());
    if handle.seq == 0 {
        handle.seq = known.seq;
    }
    handle.is_self = handle.is_self.or(known.is_self);
    // The service may have downgraded it (R8), and what the caller holds may be from before.
    handle.need_read_receipt = known.need_receipt.or(handle.need_read_receipt);
}

/// The seq beside which a history page begins.
pub(super) fn anchor(memory: &Memory, conversation: &ConversationId, handle: &MessageHandle) -> Result<Seq> {
    let handle = named(memory, handle)?;
    if let Some(other) = handle.conversation.as_ref().filter(|other| *other != conversation) {
        return Err(Error::invalid(format!("lastMsg is of {other}; the history asked for is that of {conversation}")));
    }
    if handle.seq == 0 {
        return Err(Error::invalid(format!(
            "lastMsg {} is not known on this device; pass a message that a history page gave, or lastMsgSeq",
            handle.id.as_ref().map_or("", MessageId::as_str)
        )));
    }
    Ok(handle.seq)
}
