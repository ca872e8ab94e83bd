//! Groups and who is in them (R8, R25).

use super::{Error, GroupId, Result, TimeMs, UserId};

/// The documented kinds. The numbers are ours, on wire and disk; 0 is a C2C conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[repr(u8)]
pub enum GroupKind {
    /// Members invite.
    Work = 1,
    /// Anyone joins.
    Public = 2,
    /// Anyone joins, and sees what was before.
    Meeting = 3,
    /// Never has receipts.
    Community = 4,
    /// Never has receipts.
    AVChatRoom = 5,
}

impl GroupKind {
    /// Every kind.
    pub const ALL: [GroupKind; 5] = [Self::Work, Self::Public, Self::Meeting, Self::Community, Self::AVChatRoom];

    /// The documented name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Work => "Work",
            Self::Public => "Public",
            Self::Meeting => "Meeting",
            Self::Community => "Community",
            Self::AVChatRoom => "AVChatRoom",
        }
    }

    /// The kind with this documented name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// As [`Self::from_name`], for what a caller wrote: 6017 for another name.
    pub fn parse(name: &str) -> Result<Self> {
        Self::from_name(name).ok_or_else(|| {
            Error::invalid(format!(
                "the group type is {name:?}; it must be Work, Public, Meeting, Community or AVChatRoom"
            ))
        })
    }

    /// The kind with this number.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u32 == number)
    }

    /// Whether receipts can be switched on at all (R8).
    pub const fn can_have_receipts(self) -> bool {
        matches!(self, Self::Work | Self::Public | Self::Meeting)
    }

    /// Whether anyone may join; otherwise members invite (R25).
    pub const fn anyone_joins(self) -> bool {
        !matches!(self, Self::Work)
    }

    /// Whether members see messages from before they joined (R18).
    pub const fn shows_earlier_history(self) -> bool {
        matches!(self, Self::Meeting)
    }
}

/// What a member may do. The documented numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[repr(u16)]
pub enum Role {
    /// Sends, reads, quits.
    #[default]
    Member = 200,
    /// Kicks members too.
    Admin = 300,
    /// Sets roles and dismisses too.
    Owner = 400,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 3] = [Self::Member, Self::Admin, Self::Owner];

    /// The role with this documented number.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|role| *role as u32 == number)
    }

    /// As [`Self::from_number`], for what a caller gave: 6017 for another number.
    pub fn parse(number: i64) -> Result<Self> {
        u32::try_from(number).ok().and_then(Self::from_number).ok_or_else(|| {
            Error::invalid(format!("the role is {number}; it must be 200 (member), 300 (admin) or 400 (owner)"))
        })
    }
}

/// A group, as one of its users sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupInfo {
    /// Its id.
    pub group: GroupId,
    /// Its kind.
    pub kind: GroupKind,
    /// Its name; may be empty.
    pub name: String,
    /// Who owns it; none in a group that a registered message made (R19).
    pub owner: Option<UserId>,
    /// How many members it has now.
    pub members: u32,
    /// The caller's role.
    pub role: Role,
    /// When it was created.
    pub created_ms: TimeMs,
}

/// A member, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupMember {
    /// Who.
    pub user: UserId,
    /// R27; may be empty.
    pub nick_name: String,
    /// R27; may be empty.
    pub face_url: String,
    /// What it may do.
    pub role: Role,
    /// When it joined (last).
    pub joined_ms: TimeMs,
}

/// Which half of a message's audience. The documented numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum MemberFilter {
    /// Those who have read it.
    Read = 0,
    /// Those who have not.
    Unread = 1,
}

impl MemberFilter {
    /// Both.
    pub const ALL: [MemberFilter; 2] = [Self::Read, Self::Unread];

    /// The filter with this documented number.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| *filter as u32 == number)
    }

    /// As [`Self::from_number`], for what a caller gave: 6017 for another number.
    pub fn parse(number: i64) -> Result<Self> {
        u32::try_from(number)
            .ok()
            .and_then(Self::from_number)
            .ok_or_else(|| Error::invalid(format!("the filter is {number}; it must be 0 (read) or 1 (unread)")))
    }
}

/// What became of one user of an invitation or a kick. The documented numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum MemberOutcome {
    /// It could not be done.
    Failed = 0,
    /// It was done.
    Done = 1,
    /// It was a member already.
    AlreadyMember = 2,
}

impl MemberOutcome {
    /// Every outcome.
    pub const ALL: [MemberOutcome; 3] = [Self::Failed, Self::Done, Self::AlreadyMember];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_caller_gave_is_found_or_refused_with_its_value() {
        assert_eq!(Role::parse(300).unwrap(), Role::Admin);
        assert!(Role::parse(-1).unwrap_err().message.contains("-1"));
        assert_eq!(MemberFilter::parse(1).unwrap(), MemberFilter::Unread);
        assert!(MemberFilter::parse((1 << 32) + 1).unwrap_err().message.contains("4294967297"));
        assert_eq!(GroupKind::parse("Meeting").unwrap(), GroupKind::Meeting);
        assert!(GroupKind::parse("work").unwrap_err().message.contains("\"work\""));
    }
}
