//! A group: alice sends, the others read, and the counts are exact at every moment.

use super::check::{Checks, Result, Trouble};
use super::one_to_one::nothing_comes;
use super::people::{Device, To};
use super::screen::{Ink, Line};
use super::stage::{Stage, now_ms, span};
use super::table::{Row, table};
use seenby_client::{GroupKind, Message, MessageReceipt};
use seenby_core::model::{DrawState, MemberFilter};
use std::sync::Arc;

/// Rows of the table; more messages are checked and not shown.
const ROWS: usize = 8;
const NAMES: [&str; 9] = ["bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy"];
const TEXTS: [&str; 6] = [
    "Summit at nine?",
    "Bring water",
    "Trail map is pinned",
    "Who drives?",
    "Meet at the north gate",
    "Weather looks fine",
];

/// The group, and what must be so: written down by the demo alone, apart from anything SeenBy says.
pub(crate) struct Group {
    pub(crate) id: String,
    /// All but alice, in the order of joining.
    pub(crate) members: Vec<Device>,
    pub(crate) messages: Vec<Message>,
    /// For each message who has reported it, in order.
    pub(crate) expected: Vec<Vec<String>>,
    /// For each message who was in the group when it was sent, without its sender, in the order of joining.
    pub(crate) audience: Vec<Vec<String>>,
    /// Who has left.
    pub(crate) gone: Option<String>,
}

impl Group {
    pub(crate) fn names(&self) -> Vec<&str> {
        self.members.iter().map(|member| member.user.as_str()).collect()
    }

    /// The members that are still in the group.
    pub(crate) fn present(&self) -> Vec<usize> {
        (0..self.members.len()).filter(|&at| Some(&self.members[at].user) != self.gone.as_ref()).collect()
    }

    /// This member reports these messages (by index), and the model learns of it.
    pub(crate) async fn read(&mut self, member: usize, which: &[usize]) -> Result<()> {
        let mut received = Vec::new();
        for &at in which {
            received.push(self.members[member].message(&self.messages[at].id).await?);
        }
        self.members[member].read(&received).await?;
        let name = self.members[member].user.clone();
        for &at in which {
            if !self.expected[at].contains(&name) {
                self.expected[at].push(name.clone());
            }
        }
        Ok(())
    }

    /// Sends one more message with receipts.
    pub(crate) async fn say(&mut self, alice: &Device, text: &str, audience: Vec<String>) -> Result<()> {
        self.messages.push(alice.say(To::Group(&self.id), text, true).await?);
        self.expected.push(Vec::new());
        self.audience.push(audience);
        Ok(())
    }

    /// What the sender's device shows now.
    pub(crate) fn draw(&self, alice: &Device) -> Vec<Line> {
        let heard = alice.heard();
        let row = |(at, message): (usize, &Message)| {
            let id = message.id.as_ref();
            let receipt = id.and_then(|id| heard.receipts.get(id));
            let all = u32::try_from(self.audience[at].len()).unwrap_or(u32::MAX);
            let text = match &message.body {
                seenby_client::Body::Text(text) => text.clone(),
                _ => String::new(),
            };
            Row {
                text,
                readers: id.and_then(|id| heard.readers.get(id)).into_iter().flat_map(|r| r.keys().cloned()).collect(),
                read: receipt.map_or(0, |receipt| receipt.read_count),
                unread: receipt.map_or(all, |receipt| receipt.unread_count),
            }
        };
        let rows: Vec<Row> = self.messages.iter().enumerate().take(ROWS).map(row).collect();
        table(&self.names(), &rows, self.messages.len().saturating_sub(ROWS))
    }

    /// Waits until this device was told everything the model knows, then holds what it was told, and what the service
    /// answers, against the model.
    pub(crate) async fn agree(&self, checks: &Checks, alice: &Device) -> Result<()> {
        for (at, message) in self.messages.iter().enumerate() {
            let reported = self.expected[at].len();
            alice
                .until(&format!("that {reported} have read message {}", at + 1), |heard| {
                    let receipt = message.id.as_ref().and_then(|id| heard.receipts.get(id));
                    (receipt.map_or(0, |receipt| receipt.read_count as usize) >= reported).then_some(())
                })
                .await?;
        }
        let answers = alice.receipts(&self.messages).await?;
        checks.equal("R10", "receipts the service answers with", self.messages.len(), answers.len())?;
        for (at, (message, answer)) in self.messages.iter().zip(&answers).enumerate() {
            self.hold(checks, at, message, answer, &format!("message {} by get", at + 1))?;
            let (pushed, named) = {
                let heard = alice.heard();
                let of = |id| (heard.receipts.get(id).cloned(), heard.readers.get(id).cloned().unwrap_or_default());
                message.id.as_ref().map(of).unwrap_or_default()
            };
            if let Some(pushed) = pushed {
                self.hold(checks, at, message, &pushed, &format!("message {} by push", at + 1))?;
            }
            for name in named.keys() {
                let what = format!("whether {name}, a reader of message {} by push, has reported", at + 1);
                checks.equal("R5 R12", what, true, self.expected[at].contains(name))?;
            }
        }
        checks.listeners()
    }

    fn hold(&self, checks: &Checks, at: usize, message: &Message, receipt: &MessageReceipt, what: &str) -> Result<()> {
        let (read, all) = (self.expected[at].len(), self.audience[at].len());
        checks.equal("R10", format!("the id of {what}"), &message.id, &receipt.message)?;
        checks.equal("R5", format!("readCount of {what}"), read, receipt.read_count as usize)?;
        checks.equal("R7", format!("unreadCount of {what}"), all - read, receipt.unread_count as usize)?;
        let drawn = match read {
            0 => DrawState::Sent,
            _ if read == all => DrawState::AllRead,
            _ => DrawState::ReadBy { read: receipt.read_count, of: receipt.read_count + receipt.unread_count },
        };
        checks.equal("R31", format!("what is drawn for {what}"), drawn, DrawState::of(message, Some(receipt)))
    }

    /// Walks the readers and the others of a message, and holds them against the model.
    pub(crate) async fn hold_lists(&self, checks: &Checks, alice: &Device, at: usize) -> Result<()> {
        let read = alice.pages(&self.messages[at], MemberFilter::Read).await?;
        checks.equal("R11", format!("the readers of message {}, in order", at + 1), &self.expected[at], &read)?;
        let mut others = self.audience[at].clone();
        others.retain(|name| !self.expected[at].contains(name));
        let unread = alice.pages(&self.messages[at], MemberFilter::Unread).await?;
        checks.equal("R11", format!("who has not read message {}, in order", at + 1), others, unread)
    }
}

/// The group is made, alice sends, and all but the last member read, each a little less than the one before.
pub(crate) async fn play(stage: &mut Stage, alice: &Device, members: usize, messages: usize) -> Result<Group> {
    let others = members - 1;
    let checks = Arc::clone(&stage.checks);
    stage.act(&format!("A group of {members}"), "alice sends; the columns and counts are what her phone was told");
    let mut group = Group {
        id: "hikers".to_owned(),
        members: Vec::new(),
        messages: Vec::new(),
        expected: Vec::new(),
        audience: Vec::new(),
        gone: None,
    };
    for n in 0..others {
        let name = NAMES.get(n).map_or_else(|| format!("member{n}"), |name| (*name).to_owned());
        group.members.push(stage.login(&name, "tablet").await?);
    }
    let names: Vec<String> = group.names().into_iter().map(str::to_owned).collect();
    let invited: Vec<&str> = group.names();
    let made = alice.client.create_group(GroupKind::Work, Some("hikers"), "Hikers", invited).await;
    let made = made.map_err(Trouble::doing("alice makes the group"))?;
    stage.checks.equal("R25", "the group's id", "hikers", made.as_str())?;
    for n in 0..messages {
        group.say(alice, TEXTS[n % TEXTS.len()], names.clone()).await?;
        stage.screen.draw(group.draw(alice));
        stage.beat(80).await;
    }
    group.agree(&checks, alice).await?;
    stage.beat(500).await;

    // The first reads everything, the next one less, …, the last nothing.
    let pace = 1600 / (others * messages).max(1) as u64;
    for n in 0..others.saturating_sub(1) {
        let upto = (messages * (others - n)).div_ceil(others).min(messages);
        if stage.screen.watched() && others <= 10 {
            for at in 0..upto {
                group.read(n, &[at]).await?;
                stage.screen.draw(group.draw(alice));
                stage.beat(pace).await;
            }
        } else {
            group.read(n, &(0..upto).collect::<Vec<_>>()).await?;
            stage.screen.draw(group.draw(alice));
        }
    }
    group.agree(&checks, alice).await?;
    stage.screen.draw(group.draw(alice));
    stage.screen.settle();
    for at in 0..messages.min(ROWS) {
        group.hold_lists(&checks, alice, at).await?;
    }
    stage.fact("counts, names and both lists agree with who reported; read + unread stayed the same", "R5 R7 R11");
    Ok(group)
}

/// Pages through the readers while another one reports.
pub(crate) async fn pages(stage: &mut Stage, alice: &Device, group: &mut Group) -> Result<()> {
    stage.act("Who has, who has not", "in pages of two, with a receipt arriving between two pages");
    let checks = Arc::clone(&stage.checks);
    // The message with the most readers that somebody but the last member has yet to read, else the first one.
    let late = group.members.len() - 2;
    let at = (0..group.messages.len()).find(|&at| !group.expected[at].contains(&group.members[late].user)).unwrap_or(0);
    let message = group.messages[at].clone();
    let before = group.expected[at].clone();
    let (mut walk, mut next, mut pages) = (Vec::new(), 0, 0);
    loop {
        let page = alice.page(&message, MemberFilter::Read, next, 2).await?;
        let fits = page.members.len() <= 2 && (page.is_finished || !page.members.is_empty());
        checks.that("R11", "a page of two", "1 or 2 members", page.members.len(), fits)?;
        walk.extend(page.members);
        pages += 1;
        if pages == 1 {
            group.read(late, &[at]).await?;
        }
        if page.is_finished {
            checks.equal("R11", "nextSeq of the last page", 0, page.next_seq)?;
            break;
        }
        next = page.next_seq;
    }
    let names: Vec<String> = walk.iter().map(|member| member.user.to_string()).collect();
    let expected = &group.expected[at];
    let whole = names.len() >= before.len() && expected[..names.len().min(expected.len())] == names[..];
    checks.that("R11", "the walk", format!("{before:?}, each once, in the order of acceptance"), &names, whole)?;
    let mut last = message.time_ms;
    for member in &walk {
        let sound = (last..=now_ms()).contains(&member.time_ms);
        checks.that("R6 R11", "the times of readers", format!("from {last} up to now"), member.time_ms, sound)?;
        last = member.time_ms;
    }
    group.agree(&checks, alice).await?;
    group.hold_lists(&checks, alice, at).await?;

    let shown = |name: &str, ms: i64| format!("{name} after {}", span(ms - message.time_ms));
    let text = match &message.body {
        seenby_client::Body::Text(text) => text.clone(),
        _ => String::new(),
    };
    let mut read: Vec<String> = walk.iter().take(4).map(|m| shown(m.user.as_str(), m.time_ms)).collect();
    if walk.len() > read.len() {
        read.push(format!("… {} more", walk.len() - read.len()));
    }
    let unread = alice.pages(&message, MemberFilter::Unread).await?;
    let line = Line::new().add(Ink::Bold, format!("  {text}"));
    stage.screen.line(line);
    stage.screen.line(Line::new().add(Ink::Good, "    ✓✓ ").add(Ink::Plain, read.join(", ")));
    let mut names: Vec<String> = unread.iter().take(8).cloned().collect();
    if unread.len() > names.len() {
        names.push(format!("… {} more", unread.len() - names.len()));
    }
    let names = if names.is_empty() { "nobody is left".to_owned() } else { names.join(", ") };
    stage.screen.line(Line::new().add(Ink::Wait, "    ·  ").add(Ink::Plain, names));
    stage.fact(format!("{pages} pages: each reader once, in the order in which the receipts were accepted"), "R6 R11");
    Ok(())
}

/// One leaves, one comes: what was sent before keeps its audience.
pub(crate) async fn comings_and_goings(stage: &mut Stage, alice: &Device, group: &mut Group) -> Result<()> {
    let checks = Arc::clone(&stage.checks);
    let leaver = group.members.len() - 2;
    let name = group.members[leaver].user.clone();
    let quit = group.members[leaver].client.quit_group(&group.id).await;
    quit.map_err(Trouble::doing(format!("{name} leaves the group")))?;
    group.gone = Some(name.clone());
    let newcomer = stage.login("zoe", "tablet").await?;
    let invited = alice.client.invite_user_to_group(&group.id, ["zoe"]).await;
    invited.map_err(Trouble::doing("alice invites zoe"))?;
    group.agree(&checks, alice).await?;

    let mut audience: Vec<String> = group.names().into_iter().filter(|n| *n != name).map(str::to_owned).collect();
    audience.push("zoe".to_owned());
    let size = audience.len();
    let welcome = alice.say(To::Group(&group.id), "Welcome, zoe", true).await?;
    let received = newcomer.message(&welcome.id).await?;
    newcomer.read(std::slice::from_ref(&received)).await?;
    let id = welcome.id.clone();
    let receipt = alice
        .until("zoe's receipt", |heard| heard.receipts.get(id.as_ref()?).filter(|r| r.read_count > 0).cloned())
        .await?;
    checks.equal(
        "R7",
        "who may read what was sent after",
        (1, size - 1),
        (receipt.read_count as usize, receipt.unread_count as usize),
    )?;
    let mut others = audience;
    others.retain(|name| name != "zoe");
    let unread = alice.pages(&welcome, MemberFilter::Unread).await?;
    checks.equal("R7 R11", "who has not read what was sent after", others, unread)?;
    stage.fact(format!("{name} left and zoe joined: what was sent before still counts {name} and not zoe"), "R7 R25");
    // The leaver was in the audience of what came before, and may report it still.
    let left: Vec<usize> =
        (0..group.messages.len()).filter(|&at| !group.expected[at].contains(&name)).take(1).collect();
    if !left.is_empty() {
        group.read(leaver, &left).await?;
        group.agree(&checks, alice).await?;
        stage.fact(format!("{name} reports a message from before leaving, and it counts"), "R2");
    }
    Ok(())
}

/// Nobody has told alice anything yet.
pub(crate) async fn silent(stage: &Stage, group: &Group, alice: &Device) -> Result<()> {
    nothing_comes().await;
    for (at, message) in group.messages.iter().enumerate() {
        let read = message.id.as_ref().and_then(|id| alice.heard().receipts.get(id).map(|r| r.read_count as usize));
        let what = format!("readCount of message {} before the report has arrived", at + 1);
        stage.checks.equal("R16", what, group.expected[at].len(), read.unwrap_or(0))?;
    }
    Ok(())
}
