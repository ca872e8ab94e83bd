//! Reads seenby.h, as regular as it is rendered.

use std::collections::BTreeMap;

/// A function, or a type of callbacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signature {
    pub(crate) result: String,
    /// Type and name.
    pub(crate) parameters: Vec<(String, String)>,
}

impl Signature {
    pub(crate) fn show(&self, name: &str) -> String {
        let parameters: Vec<String> = self.parameters.iter().map(|(kind, name)| format!("{kind} {name}")).collect();
        format!("{} {name}({})", self.result, if parameters.is_empty() { "void".into() } else { parameters.join(", ") })
    }
}

/// A field: its type, how many there are of it, its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) kind: String,
    pub(crate) count: usize,
    pub(crate) name: String,
}

#[derive(Default)]
pub(crate) struct Header {
    pub(crate) numbers: BTreeMap<String, i64>,
    pub(crate) functions: BTreeMap<String, Signature>,
    /// The comments of the functions.
    pub(crate) docs: BTreeMap<String, String>,
    pub(crate) callbacks: BTreeMap<String, Signature>,
    pub(crate) structs: BTreeMap<String, Vec<Field>>,
    pub(crate) handles: Vec<String>,
    /// Other names for numbers.
    pub(crate) aliases: BTreeMap<String, String>,
}

/// Text in which every run of blanks is one, and none is beside a bracket or after a star.
fn normal(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace("( ", "(").replace(" )", ")").replace("* ", "*")
}

/// A declaration `type name`, where stars belong to the type.
fn declared(text: &str) -> (String, String) {
    let text = normal(text);
    let at = text.rfind([' ', '*']).unwrap_or_else(|| panic!("{text:?} is no declaration")) + 1;
    (text[..at].trim().to_owned(), text[at..].to_owned())
}

fn parameters(text: &str) -> Vec<(String, String)> {
    let text = text.trim();
    if text == "void" { Vec::new() } else { text.split(',').map(declared).collect() }
}

/// A pointer to a function: `result (*name)(parameters)`.
fn pointer(text: &str) -> Option<(String, Signature)> {
    let (result, rest) = text.split_once("(*")?;
    let (name, rest) = rest.split_once(")(")?;
    let parameters = parameters(rest.trim_end().strip_suffix(')')?);
    Some((name.to_owned(), Signature { result: normal(result), parameters }))
}

fn field(text: &str) -> Field {
    let text = normal(text);
    if let Some((name, signature)) = pointer(&text) {
        return Field { kind: signature.show("(*)"), count: 1, name };
    }
    let (kind, name) = declared(&text);
    match name.split_once('[') {
        Some((name, count)) => {
            let count = count.trim_end_matches(']').parse().expect("a length is a number");
            Field { kind, count, name: name.to_owned() }
        }
        None => Field { kind, count: 1, name },
    }
}

impl Header {
    /// What stands between the two halves of `extern "C"`.
    pub(crate) fn parse(text: &str) -> Self {
        let begin = text.find("extern \"C\" {").expect("the beginning is found");
        let end = text.find("}  /* extern \"C\" */").expect("the end is found");
        let mut header = Self::default();
        let (mut code, mut comment, mut in_comment) = (String::new(), String::new(), false);
        for line in text[begin..end].lines().skip(1) {
            let trimmed = line.trim();
            if in_comment || trimmed.starts_with("/*") {
                if trimmed.starts_with("/*") && code.is_empty() {
                    comment.clear();
                }
                if code.is_empty() {
                    comment.push_str(trimmed);
                    comment.push('\n');
                }
                in_comment = !trimmed.ends_with("*/");
            } else if let Some(define) = trimmed.strip_prefix("#define ") {
                let (name, value) = define.split_once(' ').expect("it has a value");
                let value = value.trim_matches(['(', ')']).parse().expect("it is a number");
                header.numbers.insert(name.to_owned(), value);
            } else if !trimmed.is_empty() && !trimmed.starts_with('#') {
                code.push_str(trimmed);
                code.push(' ');
                let is_over = trimmed.ends_with(';') && code.matches('{').count() == code.matches('}').count();
                if is_over {
                    header.declaration(code.trim().trim_end_matches(';'), &comment);
                    code.clear();
                }
            }
        }
        assert!(code.is_empty(), "this is not over: {code}");
        header
    }

    fn declaration(&mut self, code: &str, comment: &str) {
        if let Some(function) = code.strip_prefix("SEENBY_API ") {
            let (head, rest) = function.split_once('(').expect("a function has parameters");
            let (result, name) = declared(head);
            let parameters = parameters(rest.strip_suffix(')').expect("it ends"));
            self.docs.insert(name.clone(), comment.to_owned());
            self.functions.insert(name, Signature { result, parameters });
            return;
        }
        let code = code.strip_prefix("typedef ").unwrap_or_else(|| panic!("this is not known: {code}"));
        if let Some((head, rest)) = code.split_once('{') {
            let name = head.trim().strip_prefix("struct ").expect("only structs have braces");
            let fields = rest.split_once('}').expect("it ends").0;
            let fields = fields.split(';').filter(|text| !text.trim().is_empty()).map(field).collect();
            self.structs.insert(name.to_owned(), fields);
        } else if let Some(handle) = code.strip_prefix("struct ") {
            self.handles.push(handle.split(' ').next().expect("it has a name").to_owned());
        } else if let Some((name, signature)) = pointer(&normal(code)) {
            self.callbacks.insert(name, signature);
        } else {
            let (kind, name) = declared(code);
            self.aliases.insert(name, kind);
        }
    }
}
