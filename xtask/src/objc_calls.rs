//! That docs/apple.md lists each documented call of the Objective-C headers, and no other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const HEADERS: [&str; 4] =
    ["V2TIMManager.h", "V2TIMManager+Message.h", "V2TIMManager+Group.h", "V2TIMManager+Conversation.h"];

/// The first words of the methods' names, `sendMessage` of `- (…)sendMessage:(…)message receiver:…`, of the manager.
fn methods(header: &str) -> impl Iterator<Item = &str> {
    let manager = header.split_once("@interface SeenByV2TIMManager").map_or("", |(_, manager)| manager);
    manager.lines().filter(|line| line.starts_with("- (") || line.starts_with("+ (")).filter_map(|line| {
        let name = line.split_once(')')?.1;
        Some(name.split([':', ';', ' ']).next().unwrap_or_default())
    })
}

/// The first words of the calls in the tables of the page: each is in backticks in the first column, and may end in `…`.
fn listed(page: &str) -> BTreeSet<&str> {
    let (_, tables) = page.split_once("## Each documented call").expect("the page has the tables");
    let tables = tables.split_once("\n## ").map_or(tables, |(tables, _)| tables);
    let mut listed = BTreeSet::new();
    for row in tables.lines().filter(|line| line.starts_with("| `")) {
        let column = row.split('|').nth(1).unwrap_or_default();
        for call in column.split('`').skip(1).step_by(2) {
            listed.insert(call.trim_start_matches('+').split([':', '…', ' ']).next().unwrap_or_default());
        }
    }
    // The heads of the tables, and the tail of a name that is written before it.
    listed.remove("V2TIMManager");
    listed.remove("");
    listed
}

#[test]
fn the_page_lists_each_call() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let headers = HEADERS
        .map(|name| fs::read_to_string(root.join("bindings/objc/include/SeenBy").join(name)).expect("the header"));
    let page = fs::read_to_string(root.join("docs/apple.md")).expect("the page");
    let there: BTreeSet<&str> = headers.iter().flat_map(|header| methods(header)).collect();
    assert!(there.len() > 70, "{there:?}");
    let listed = listed(&page);
    let missing: Vec<_> = there.difference(&listed).collect();
    let others: Vec<_> = listed.difference(&there).collect();
    assert!(
        missing.is_empty() && others.is_empty(),
        "not in docs/apple.md: {missing:?}; not in the headers: {others:?}"
    );
}
