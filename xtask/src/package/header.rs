//! What `include/seenby.h` says: which functions there are, and which version of the interface.

use super::{Result, Stop};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Where it is.
pub(crate) const HEADER: &str = "include/seenby.h";

/// The header, read.
pub(crate) struct Header {
    /// Every function that the library exports. None else is exported.
    pub(crate) functions: BTreeSet<String>,
    /// `SEENBY_ABI_VERSION`: the number in the file name that programs look for.
    pub(crate) abi: u32,
}

impl Header {
    /// Reads the header in the folder of the workspace.
    pub(crate) fn read() -> Result<Self> {
        Self::at(Path::new(HEADER))
    }

    /// Reads the header at `path`.
    pub(crate) fn at(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).map_err(|e| Stop::failed(format!("{}: {e}", path.display())))?;
        Self::parse(&text).map_err(|why| Stop::failed(format!("{}: {why}", path.display())))
    }

    fn parse(text: &str) -> std::result::Result<Self, String> {
        let functions = functions(&without_comments(text))?;
        if functions.is_empty() {
            return Err("no function is declared in it".into());
        }
        let abi = text
            .lines()
            .find_map(|line| line.trim().strip_prefix("#define SEENBY_ABI_VERSION "))
            .ok_or("it does not define SEENBY_ABI_VERSION")?;
        let abi = abi.trim().parse().map_err(|_| format!("SEENBY_ABI_VERSION is {abi:?}, not a number"))?;
        Ok(Self { functions, abi })
    }
}

/// Declarations begin with SEENBY_API; what lacks it (inline functions, types of callbacks) is not in the library.
fn functions(text: &str) -> std::result::Result<BTreeSet<String>, String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with('#')).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for declaration in code.split("SEENBY_API").skip(1) {
        let head = declaration.split('(').next().unwrap_or_default();
        let name = head.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').find(|word| !word.is_empty());
        match name {
            Some(name) if name.starts_with("seenby_") => found.insert(name.to_owned()),
            _ => return Err(format!("a declaration without a name of ours: {head:?}")),
        };
    }
    Ok(found)
}

/// Comments may show declarations.
fn without_comments(text: &str) -> String {
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("/*") {
        left.push_str(&rest[..at]);
        rest = rest[at..].find("*/").map_or("", |end| &rest[at + end + 2..]);
    }
    left.push_str(rest);
    left.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
#define SEENBY_ABI_VERSION 7
#define SEENBY_API __declspec(dllimport)
/* SEENBY_API void seenby_in_a_comment(void); */
// SEENBY_API void seenby_in_a_line(void);
typedef void (*seenby_log_fn)(void *user_data);
SEENBY_API
const char *seenby_version(void);
SEENBY_API seenby_call_t seenby_send(seenby_client_t *client,
                                     seenby_log_fn callback);
static inline seenby_str_t seenby_str(const char *text) { return text; }
";

    #[test]
    fn only_what_the_library_exports_is_found() {
        let header = Header::parse(TEXT).unwrap();
        assert_eq!(header.functions.iter().map(String::as_str).collect::<Vec<_>>(), ["seenby_send", "seenby_version"]);
        assert_eq!(header.abi, 7);
    }

    #[test]
    fn a_header_without_functions_or_version_is_refused() {
        assert!(Header::parse("#define SEENBY_ABI_VERSION 7\n").is_err());
        assert!(Header::parse("SEENBY_API void seenby_a(void);").err().unwrap().contains("SEENBY_ABI_VERSION"));
        assert!(Header::parse("#define SEENBY_ABI_VERSION x\nSEENBY_API void seenby_a(void);").is_err());
    }
}
