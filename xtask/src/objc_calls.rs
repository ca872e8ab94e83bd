//! That docs/apple.md lists each documented call of the Objective-C headers, and no other; and docs/apple-calls.md each by its name in
//! Swift. (That Swift's classes have what docs/apple-calls.md lists is a test of theirs.)

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

/// What Swift calls the methods of the manager: as the header says, else as the compiler would.
fn swift_names(header: &str) -> Vec<String> {
    let manager = header.split_once("@interface SeenByV2TIMManager").map_or("", |(_, manager)| manager);
    let declarations = manager.split(';').filter_map(|text| {
        let begin = text.find("\n- (").or_else(|| text.find("\n+ ("))?;
        Some(&text[begin..])
    });
    let name = |declaration: &str| match declaration.split_once("NS_SWIFT_NAME(") {
        Some((_, name)) => {
            name.trim_end().strip_suffix(')').map_or_else(String::new, |name| name.split_whitespace().collect())
        }
        None => imported(declaration),
    };
    declarations.map(name).collect()
}

/// `getGroupMemberList(_:filter:)` of `- (void)getGroupMemberList:(NSString *)groupID filter:(uint32_t)filter`.
fn imported(declaration: &str) -> String {
    let mut depth = 0;
    let mut outside = |c: &char| {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        depth == 0 && *c != ')'
    };
    let selector: String = declaration.trim_start().chars().skip(1).filter(|c| outside(c)).collect();
    // A label is the word before each colon; behind one comes the parameter's name.
    let labels: Vec<&str> = selector.split(':').filter_map(|part| part.split_whitespace().next_back()).collect();
    match labels.as_slice() {
        [first, others @ .., _] => {
            format!("{first}(_:{})", others.iter().map(|label| format!("{label}:")).collect::<String>())
        }
        _ => format!("{}()", selector.trim()),
    }
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

#[test]
fn swift_has_each_call() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/apple-calls.md")).expect("the page");
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let listed: BTreeSet<&str> = rows.flat_map(|row| row.split('`').skip(1).step_by(2)).collect();
    let mut count = 0;
    for name in HEADERS {
        let header = fs::read_to_string(root.join("bindings/objc/include/SeenBy").join(name)).expect("the header");
        let names = swift_names(&header);
        assert_eq!(names.len(), methods(&header).count(), "{name}: {names:?}");
        let missing: Vec<_> = names.iter().filter(|name| !listed.contains(name.as_str())).collect();
        assert!(missing.is_empty(), "{name} has these, and docs/apple-calls.md has not: {missing:?}");
        count += names.len();
    }
    assert!(count > 80, "{count}");
}
