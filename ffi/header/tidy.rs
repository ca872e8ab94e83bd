//! Makes cbindgen's declarations a header for people: in the order of the sources, under their headings, in few lines.

use std::collections::BTreeMap;

/// The longest line.
const WIDTH: usize = 120;

enum Part {
    Heading(String),
    Item(String),
}

/// What a source declares, in its order. The heading is what the source's `//!` says first.
fn parts(source: &str) -> Vec<Part> {
    let starts = ["pub const ", "pub type ", "pub struct ", "pub unsafe extern \"C\" fn ", "pub extern \"C\" fn "];
    let (mut parts, mut lines) = (Vec::new(), source.lines().peekable());
    let mark = "//! ";
    while let Some(line) = lines.next() {
        if let Some(text) = line.strip_prefix(mark).filter(|_| parts.is_empty()) {
            let mut heading = text.to_owned();
            while let Some(more) = lines.next_if(|next| next.starts_with(mark)) {
                heading.push(' ');
                heading.push_str(&more[mark.len()..]);
            }
            parts.push(Part::Heading(heading));
        } else if let Some(rest) = starts.iter().find_map(|start| line.strip_prefix(start)) {
            let end = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            parts.push(Part::Item(rest[..end].to_owned()));
        }
    }
    parts
}

/// The declarations that cbindgen rendered, in the order of the sources. Panics if one has no place there.
pub(crate) fn tidy(rendered: &str, sources: &[String]) -> String {
    let mut blocks: BTreeMap<String, String> = BTreeMap::new();
    for block in rendered.replace("\r\n", "\n").split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        let block = compact(block);
        blocks.insert(name(&block).unwrap_or_else(|| panic!("no name is found in:\n{block}")), block);
    }
    let (mut out, mut last) = (String::new(), String::new());
    for source in sources {
        let mut heading = None;
        for part in parts(source) {
            let item = match part {
                Part::Heading(text) => {
                    heading = Some(text);
                    continue;
                }
                Part::Item(item) => item,
            };
            // What nobody uses is not rendered.
            let Some(block) = blocks.remove(&item) else { continue };
            if let Some(text) = heading.take() {
                out.push_str(if out.is_empty() { "" } else { "\n" });
                out.push_str(&self::heading(&text));
                last.clear();
            }
            // Numbers of one kind stand together.
            let kind = kind(&block, &item);
            let together = out.is_empty() || out.ends_with("\n\n") || (!kind.is_empty() && kind == last);
            if !together {
                out.push('\n');
            }
            out.push_str(&block);
            out.push('\n');
            last = kind;
        }
    }
    assert!(blocks.is_empty(), "these have no place in the header: {:?}", blocks.keys());
    // Compilers that take source for the code page of their country (MSVC without /utf-8) warn of anything else.
    let out = out.replace('\u{2026}', "...").replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ");
    let foreign: String = out.chars().filter(|c| !c.is_ascii()).collect();
    assert!(foreign.is_empty(), "the header is ASCII, and the comments of its sources have {foreign:?}");
    out
}

fn heading(text: &str) -> String {
    let (title, rest) = match text.split_once([':', '.']) {
        Some((title, rest)) => (title, rest.trim()),
        None => (text, ""),
    };
    let line = format!("/* ---- {title} ");
    let mut out = format!("{line}{} */\n\n", "-".repeat(WIDTH.saturating_sub(line.len() + 3)));
    let mut rest = rest.to_owned();
    if let Some(first) = rest.get(..1).map(str::to_uppercase) {
        rest.replace_range(..1, &first);
        out.push_str(&fill("/* ", format!("{rest} */").split(' '), "   "));
        out.push_str("\n\n");
    }
    out
}

/// What a number is of: SEENBY_ERR, SEENBY_ROLE. Empty for what is no number.
fn kind(block: &str, item: &str) -> String {
    if block.contains("#define ") { item.split('_').take(2).collect::<Vec<_>>().join("_") } else { String::new() }
}

/// Words in lines of at most [`WIDTH`], the first after `begin`, the others after `indent`.
fn fill<'a>(begin: &str, words: impl Iterator<Item = &'a str>, indent: &str) -> String {
    let (mut out, mut line) = (String::new(), begin.to_owned());
    for word in words {
        if line.len() + 1 + word.len() > WIDTH {
            out.push_str(line.trim_end());
            out.push('\n');
            line = indent.to_owned();
        }
        if !line.ends_with(' ') && !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    out + line.trim_end()
}

/// A declaration with its comment, in few lines.
fn compact(block: &str) -> String {
    let (comment, code) = match block.rfind("\n */\n") {
        Some(at) if block.starts_with("/**") => block.split_at(at + 5),
        _ => ("", block),
    };
    let mut code = code.replace("struct seenby_", "seenby_");
    if block.contains("\ntypedef struct ") {
        code = code.replacen("typedef seenby_", "typedef struct seenby_", 1);
    }
    if let Some((define, number)) = code.rsplit_once(' ').filter(|(define, _)| define.starts_with("#define ")) {
        if number.starts_with('-') {
            code = format!("{define} ({number})");
        }
    } else if !code.contains('{') {
        // A parameter is not torn apart.
        let words = code.split_whitespace().collect::<Vec<_>>().join(" ");
        code = fill("", words.split_inclusive([',', '(']).map(str::trim), "    ").replace("( ", "(");
    }
    one_line_comments(&format!("{comment}{code}"))
}

/// A comment of one line takes one line.
fn one_line_comments(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let (mut out, mut i) = (Vec::new(), 0);
    while i < lines.len() {
        if let [first, middle, last, ..] = &lines[i..]
            && first.trim() == "/**"
            && last.trim() == "*/"
        {
            let indent = &first[..first.len() - 3];
            let line = format!("{indent}/** {} */", middle.trim().trim_start_matches("* "));
            if line.len() <= WIDTH {
                out.push(line);
                i += 3;
                continue;
            }
        }
        out.push(lines[i].to_owned());
        i += 1;
    }
    out.join("\n")
}

/// What a block declares.
fn name(block: &str) -> Option<String> {
    let code = block.rsplit("*/\n").find(|part| !part.trim().is_empty())?;
    let code = if block.contains("\n} ") { block.rsplit("\n} ").next()? } else { code };
    let word = |text: &str| {
        let end = text.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(text.len());
        Some(text[..end].to_owned()).filter(|word| !word.is_empty())
    };
    if let Some(rest) = code.strip_prefix("#define ") {
        word(rest)
    } else if let Some((_, rest)) = code.split_once("(*") {
        word(rest)
    } else if let Some((before, _)) = code.split_once('(') {
        word(before.rsplit([' ', '*']).next()?)
    } else {
        word(code.trim_end_matches(';').rsplit(' ').next()?)
    }
}
