//! The scenarios as files: every one fits the schema, and every rule is told, of success and of refusal.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios")
}

fn json(path: &std::path::Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{} is not JSON: {e}", path.display()))
}

fn scenarios() -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder()).expect("tests/scenarios is part of the repository") {
        let path = entry.expect("the folder can be listed").path();
        let name = path.file_stem().and_then(|s| s.to_str()).expect("file names are UTF-8").to_owned();
        if path.extension().is_some_and(|e| e == "json") && name != "schema" {
            all.insert(name, json(&path));
        }
    }
    all
}

fn validator() -> jsonschema::Validator {
    let schema = json(&folder().join("schema.json"));
    jsonschema::validator_for(&schema).expect("schema.json is a JSON schema")
}

#[test]
fn every_scenario_fits_the_schema() {
    let validator = validator();
    let mut wrong = Vec::new();
    for (name, scenario) in scenarios() {
        for error in validator.iter_errors(&scenario) {
            wrong.push(format!("{name}.json at {}: {error}", error.instance_path()));
        }
    }
    assert!(wrong.is_empty(), "{} places do not fit tests/scenarios/schema.json:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_schema_refuses_what_is_not_in_the_vocabulary() {
    let validator = validator();
    let with_step = |step: Value| serde_json::json!({ "rules": ["R1"], "story": "A story that is long enough.", "devices": { "a": {} }, "steps": [step] });
    let good = serde_json::json!({ "on": "a", "call": "sendMessage", "with": { "message": { "text": "x" }, "receiver": "b" } });
    assert!(validator.is_valid(&with_step(good)));
    for bad in [
        serde_json::json!({ "on": "a", "call": "sendTelegram" }),
        serde_json::json!({ "on": "a", "call": "sendMessage", "with": { "message": { "txt": "x" } } }),
        serde_json::json!({ "on": "a", "call": "getMessageReadReceipts", "with": { "messageList": [] } }),
        serde_json::json!({ "on": "a", "call": "logout", "expect": 1, "error": 6017 }),
        serde_json::json!({ "on": "a", "hear": [{ "onSomething": {} }] }),
        serde_json::json!({ "on": "a", "hear": [] }),
        serde_json::json!({ "wait": 60000 }),
        serde_json::json!({ "service": "configure", "app": { "visiblity": "members" } }),
        serde_json::json!({}),
    ] {
        assert!(!validator.is_valid(&with_step(bad.clone())), "{bad} should not fit the schema");
    }
}

/// The rules that a scenario must show, and why one has no refusal to show.
const RULES: &[(u32, Option<&str>)] = &[
    (1, Some("a message without receipts is a message: reports of it are skipped, not refused (R2)")),
    (2, None),
    (3, None),
    (4, Some("lists of any length are taken; only the web API limits them")),
    (5, Some("a repeat is a success that changes nothing")),
    (6, Some("times are kept within their bounds, not refused")),
    (7, Some("it says who is counted")),
    (8, None),
    (9, None),
    (10, Some("what may not be seen is left out, an empty list succeeds")),
    (11, None),
    (12, Some("it says what the sender hears")),
    (13, Some("it says what the reader's other devices hear")),
    (14, None),
    (15, None),
    (16, None),
    (17, None),
    (18, None),
    (20, Some("a message for who is online is a message: what is refused is R18's")),
    (21, None),
    (22, None),
    (23, None),
    (24, None),
    (25, None),
    (26, None),
    (27, None),
    (28, None),
    (30, None),
    (31, Some("every message has a state to draw")),
    (32, None),
    (33, Some("what was not seen is not reported; nothing is refused")),
];

#[test]
fn every_rule_has_a_scenario_of_success_and_of_refusal() {
    let (mut shown, mut refused) = (BTreeSet::new(), BTreeSet::new());
    let all = scenarios();
    for (name, scenario) in &all {
        for (key, set) in [("rules", &mut shown), ("refusals", &mut refused)] {
            for rule in scenario[key].as_array().into_iter().flatten() {
                let rule = rule.as_str().expect("the schema says so");
                assert!(
                    rule[1..].parse().is_ok_and(|n: u32| RULES.iter().any(|(known, _)| *known == n)),
                    "{name} names {rule}, which is not in the table of this test"
                );
                set.insert(rule.to_owned());
            }
        }
        let first = name.split('_').next().unwrap_or_default().to_uppercase();
        let its_own = |key: &str| scenario[key].as_array().is_some_and(|a| a.iter().any(|r| r == first.as_str()));
        assert!(its_own("rules") || its_own("refusals"), "{name} is named after {first} and does not list it");
    }
    for (rule, no_refusal) in RULES {
        let rule = format!("R{rule}");
        assert!(shown.contains(&rule), "no scenario shows that {rule} works");
        match no_refusal {
            None => assert!(refused.contains(&rule), "no scenario shows what {rule} refuses"),
            Some(why) => assert!(
                !refused.contains(&rule),
                "{rule} is said to refuse nothing ({why}), but a scenario shows a refusal"
            ),
        }
    }
    assert!(all.len() >= 50, "only {} scenarios", all.len());
}

/// A refusal that only `error` steps can show must have one; a scenario of refusal without any is not one.
#[test]
fn a_scenario_of_refusal_has_a_call_that_fails_with_its_number() {
    fn fails(steps: &Value) -> bool {
        steps.as_array().into_iter().flatten().any(|step| {
            step.get("error").is_some() || step.get("until").is_some()
                || fails(&step["steps"])
                // The session is ended from the other side: that is how a revoked or expired token shows (R21, R30).
                || step["hear"].as_array().into_iter().flatten().any(|h| h.get("onUserSigExpired").is_some())
        })
    }
    for (name, scenario) in scenarios() {
        if scenario["refusals"].as_array().is_some_and(|a| !a.is_empty()) {
            assert!(fails(&scenario["steps"]), "{name} is said to show a refusal, but no step of it is refused");
        }
    }
}
