//! The runner itself: a story that is not true must fail, whichever step tells the untruth.

use super::{Language, Mode, run};
use serde_json::{Value, json};

/// A story up to the message that Bob has heard; then this step.
fn story(step: &Value) -> Value {
    let sent = json!({ "message": { "text": "hi", "needReadReceipt": true }, "receiver": "bob" });
    json!({
        "rules": ["R1"], "story": "Bob hears a message and one more thing happens.", "devices": { "alice": {}, "bob": {} },
        "steps": [
            { "on": "alice", "call": "sendMessage", "with": sent, "as": "m", "expect": { "seq": { "$bind": "seq" } } },
            { "on": "bob", "hear": [{ "onRecvNewMessage": { "text": "hi" } }], "as": "b" },
            { "on": "bob", "call": "sendMessageReadReceipts", "with": { "messages": ["$b"] } },
            step
        ]
    })
}

fn outcome(step: &Value, language: &Language) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let path = folder.path().join("story.json");
    std::fs::write(&path, story(step).to_string()).map_err(|error| error.to_string())?;
    run(&path, Mode::Embedded, language)
}

pub(crate) fn what_is_so_passes(language: &Language) -> Result<(), String> {
    let hear = |order: &str, receipt: Value| json!({ "on": "alice", "order": order, "within": 2000, "hear": [{ "onRecvMessageReadReceipts": receipt }] });
    let get = |expect: Value| json!({ "on": "alice", "call": "getMessageReadReceipts", "with": { "messages": ["$m"] }, "expect": expect });
    let truths = [
        hear("given", json!({ "msgID": "$m.msgID", "isPeerRead": true })),
        hear("any", json!({ "userID": "bob", "timestamp": { "$atLeast": "$m.timestamp" } })),
        hear("loose", json!({ "userID": { "$not": "alice" } })),
        get(json!([{ "isPeerRead": true }])),
        get(json!({ "$anyOrder": [{ "isPeerRead": true }] })),
        get(json!({ "$length": { "$sum": ["$seq", 0] } })),
        json!({ "on": "alice", "hearNothing": ["onRecvNewMessage"], "for": 50 }),
        json!({ "on": "alice", "call": "markC2CMessageAsRead", "with": { "userID": "" }, "error": 6017 }),
        json!({ "repeat": 2, "index": "i", "steps": [get(json!([{ "msgID": "$m.msgID" }]))] }),
        json!({ "repeat": 2, "until": 6017, "steps": [
            { "on": "alice", "call": "markC2CMessageAsRead", "with": { "userID": "" }, "maybe": 6017 }
        ] }),
    ];
    truths.iter().try_for_each(|step| outcome(step, language).map_err(|why| format!("{step} is true, but {why}")))
}

pub(crate) fn what_is_not_so_fails(language: &Language) -> Result<(), String> {
    let hear = |order: &str, receipt: Value| json!({ "on": "alice", "order": order, "within": 300, "hear": [{ "onRecvMessageReadReceipts": receipt }] });
    let get = |expect: Value| json!({ "on": "alice", "call": "getMessageReadReceipts", "with": { "messages": ["$m"] }, "expect": expect });
    let untruths = [
        hear("given", json!({ "isPeerRead": false })),
        hear("any", json!({ "userID": "carol" })),
        hear("loose", json!({ "readCount": 1 })),
        hear("given", json!({ "msgID": { "$absent": true } })),
        json!({ "on": "alice", "within": 300, "hear": [{ "onRecvNewMessage": {} }] }),
        json!({ "on": "alice", "within": 300, "hear": [{ "onRecvMessageReadReceipts": {} }, { "onRecvMessageReadReceipts": {} }] }),
        json!({ "on": "alice", "hearNothing": ["onRecvMessageReadReceipts"], "for": 2000 }),
        get(json!([])),
        get(json!([{}, {}])),
        get(json!([{ "timestamp": { "$atMost": 1 } }])),
        get(json!([{ "noSuchField": 0 }])),
        get(json!({ "$contains": { "isPeerRead": false } })),
        get(json!({ "$anyOrder": [{}, {}] })),
        get(json!([{ "msgID": "$nothing.msgID" }])),
        json!({ "on": "alice", "call": "getMessageReadReceipts", "with": { "messages": ["$m"] }, "error": 6017 }),
        json!({ "on": "alice", "call": "getMessageReadReceipts", "with": { "messages": ["$m"] }, "error": "network" }),
        json!({ "on": "alice", "call": "markC2CMessageAsRead", "with": { "userID": "" } }),
        json!({ "on": "alice", "call": "markC2CMessageAsRead", "with": { "userID": "" }, "error": 10007 }),
        json!({ "on": "alice", "call": "markC2CMessageAsRead", "with": { "userID": "" }, "error": "network" }),
        json!({ "on": "alice", "call": "sendMessageReadReceipts", "with": { "messages": ["not a message"] } }),
        json!({ "on": "nobody", "call": "getTotalUnreadMessageCount" }),
        json!({ "repeat": 2, "index": "i", "steps": [get(json!({ "$length": "$i" }))] }),
        json!({ "repeat": 2, "until": 6017, "steps": [get(json!([{}]))] }),
    ];
    untruths.iter().try_for_each(|step| match outcome(step, language) {
        Err(_) => Ok(()),
        Ok(()) => Err(format!("{step} is not true, but the runner found nothing")),
    })
}
