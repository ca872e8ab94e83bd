//! The hub against a journal in memory that lands appends at once, or when told.

mod catching_up;
mod chats;
mod deletion;
mod groups;
mod receipts;
mod sessions;
mod stopped;
mod summaries;
mod world;
