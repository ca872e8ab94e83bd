//! The numbers of the header are core's, both ways: none is missing, none is made up, none differs.

use super::RENDERED;
use super::parse::Header;
use seenby_client::{
    Body, DrawState, ErrorCode, GroupChange, LoginStatus, MemberFilter, MemberOutcome, MessageStatus, Priority, Role,
};
use std::collections::BTreeMap;
use std::fmt::Debug;

/// `SendSucc` as `SEND_SUCC`; of a variant with fields, its name.
fn upper(name: impl Debug) -> String {
    let name = format!("{name:?}");
    let name = name.split([' ', '(']).next().unwrap_or_default();
    let mut out = String::new();
    for (i, c) in name.chars().enumerate() {
        if i > 0 && c.is_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
    }
    out
}

/// The numbers that begin with this, without it.
fn of(prefix: &str) -> BTreeMap<String, i64> {
    let numbers = Header::parse(RENDERED).numbers;
    numbers.into_iter().filter_map(|(name, number)| Some((name.strip_prefix(prefix)?.to_owned(), number))).collect()
}

fn core<T: Copy + Debug>(all: &[T], number: impl Fn(T) -> i64) -> BTreeMap<String, i64> {
    all.iter().map(|one| (upper(one), number(*one))).collect()
}

#[test]
fn errors() {
    assert_eq!(of("SEENBY_ERR_"), core(ErrorCode::ALL, |code| code.number().into()));
    assert_eq!(of("SEENBY_OK"), BTreeMap::from([(String::new(), 0)]));
}

#[test]
fn documented_numbers() {
    assert_eq!(of("SEENBY_FILTER_"), core(&MemberFilter::ALL, |filter| filter as i64));
    assert_eq!(of("SEENBY_MESSAGE_"), core(&MessageStatus::ALL, |status| status as i64));
    assert_eq!(of("SEENBY_PRIORITY_"), core(&Priority::ALL, |priority| priority as i64));
    assert_eq!(of("SEENBY_ROLE_"), core(&Role::ALL, |role| role as i64));
    let login = [LoginStatus::Logined, LoginStatus::Logining, LoginStatus::Logout];
    assert_eq!(of("SEENBY_LOGIN_STATUS_"), core(&login, |status| status as i64));
    let outcomes = core(&MemberOutcome::ALL, |outcome| outcome as i64);
    let outcomes: BTreeMap<_, _> = outcomes.into_iter().map(|(name, n)| (name.replace("_MEMBER", ""), n)).collect();
    assert_eq!(of("SEENBY_MEMBER_"), outcomes);
}

/// What has no number in core: the C interface numbers it, in this order from `first` on.
fn numbered(prefix: &str, first: i64, all: &[impl Debug]) {
    let core: BTreeMap<String, i64> = all.iter().map(upper).zip(first..).collect();
    assert_eq!(of(prefix), core);
}

#[test]
fn what_core_has_no_number_for() {
    // A variant that is added to core does not compile here before it is in the lists below.
    let _ = |body: Body| match body {
        Body::Text(_) | Body::Custom { .. } | Body::None => (),
    };
    let _ = |state: DrawState| match state {
        DrawState::Sending | DrawState::Failed | DrawState::Sent | DrawState::ReadByPeer => (),
        DrawState::ReadBy { .. } | DrawState::AllRead | DrawState::Unavailable => (),
    };
    let _ = |change: GroupChange| match change {
        GroupChange::Created { .. } | GroupChange::Joined { .. } | GroupChange::Invited { .. } => (),
        GroupChange::Quit { .. } | GroupChange::Kicked { .. } | GroupChange::RoleChanged { .. } => (),
        GroupChange::Dismissed { .. } => (),
    };
    let custom = Body::Custom { data: Vec::new(), description: String::new(), extension: String::new() };
    numbered("SEENBY_BODY_", 0, &[Body::None, Body::Text(String::new()), custom]);
    numbered(
        "SEENBY_DRAW_",
        1,
        &[
            DrawState::Sending,
            DrawState::Failed,
            DrawState::Sent,
            DrawState::ReadByPeer,
            DrawState::ReadBy { read: 1, of: 2 },
            DrawState::AllRead,
            DrawState::Unavailable,
        ],
    );
    let member = seenby_client::UserId::new("a").expect("it is an id");
    let changes = [
        GroupChange::Created { by: None },
        GroupChange::Joined { members: Vec::new() },
        GroupChange::Invited { by: None, members: Vec::new() },
        GroupChange::Quit { members: Vec::new() },
        GroupChange::Kicked { by: None, members: Vec::new() },
        GroupChange::RoleChanged { by: None, member, role: Role::Member },
        GroupChange::Dismissed { by: None },
    ];
    let mut core: BTreeMap<String, i64> = changes.iter().map(upper).zip(1..).collect();
    core.insert("COUNT".into(), 0);
    assert_eq!(of("SEENBY_GROUP_"), core);
}
