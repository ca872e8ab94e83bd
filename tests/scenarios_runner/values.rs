//! Variables, made values, and patterns that match values.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Why something is not as the scenario says.
pub(crate) type Mismatch = String;

#[derive(Default)]
pub(crate) struct Variables(BTreeMap<String, Value>);

impl Variables {
    /// Keeps a value; `list[]` appends it to a list.
    pub(crate) fn keep(&mut self, name: &str, value: Value) -> Result<(), Mismatch> {
        let name = self.text(name)?;
        match name.strip_suffix("[]") {
            None => {
                self.0.insert(name, value);
            }
            Some(list) => match self.0.entry(list.to_owned()).or_insert_with(|| json!([])) {
                Value::Array(entries) => entries.push(value),
                other => return Err(format!("${list} is no list but {other}")),
            },
        }
        Ok(())
    }

    fn look_up(&self, path: &str) -> Result<Value, Mismatch> {
        let mut parts = path.split('.');
        let name = parts.next().unwrap_or_default();
        let mut value = self.0.get(name).ok_or_else(|| format!("there is no variable ${name} (yet)"))?;
        for part in parts {
            let next = match value {
                Value::Array(list) => part.parse().ok().and_then(|i: usize| list.get(i)),
                other => other.get(part),
            };
            value = next.ok_or_else(|| format!("${path}: there is no {part} in {}", shown(value)))?;
        }
        Ok(value.clone())
    }

    /// `${x}` is replaced by the text of x.
    pub(crate) fn text(&self, text: &str) -> Result<String, Mismatch> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, tail) = after.split_once('}').ok_or_else(|| format!("{text:?} has ${{ without }}"))?;
            out.push_str(before);
            match self.look_up(name)? {
                Value::String(s) => out.push_str(&s),
                other => out.push_str(&other.to_string()),
            }
            rest = tail;
        }
        out.push_str(rest);
        Ok(out)
    }

    /// The value that stands for this one: variables replaced, made values made.
    pub(crate) fn resolve(&self, value: &Value) -> Result<Value, Mismatch> {
        match value {
            Value::String(s) => {
                let text = self.text(s)?;
                match text.strip_prefix('$') {
                    Some(path) if is_path(path) => self.look_up(path),
                    _ => Ok(Value::String(text)),
                }
            }
            Value::Array(list) => list.iter().map(|v| self.resolve(v)).collect::<Result<_, _>>().map(Value::Array),
            Value::Object(map) => self.made(map)?.map_or_else(|| self.resolve_map(map).map(Value::Object), Ok),
            other => Ok(other.clone()),
        }
    }

    pub(crate) fn resolve_map(&self, map: &Map<String, Value>) -> Result<Map<String, Value>, Mismatch> {
        // What `$bind` names is no value.
        map.iter().map(|(k, v)| Ok((k.clone(), if k == "$bind" { v.clone() } else { self.resolve(v)? }))).collect()
    }

    fn made(&self, map: &Map<String, Value>) -> Result<Option<Value>, Mismatch> {
        let number = |v: &Value| -> Result<i64, Mismatch> {
            self.resolve(v)?.as_i64().ok_or_else(|| format!("{v} is no number"))
        };
        let size = |v: Option<&Value>| -> Result<usize, Mismatch> {
            let v = v.ok_or_else(|| format!("{} lacks a number", json!(map)))?;
            usize::try_from(number(v)?).map_err(|_| format!("{v} is negative"))
        };
        if let Some(text) = map.get("$text").and_then(Value::as_str) {
            return Ok(Some(Value::String(text.repeat(size(map.get("times"))?))));
        }
        if let Some(terms) = map.get("$sum").and_then(Value::as_array) {
            return Ok(Some(terms.iter().map(number).sum::<Result<i64, _>>()?.into()));
        }
        if let Some(text) = map.get("$each").and_then(Value::as_str) {
            let count = size(map.get("count"))?;
            let each = (1..=count).map(|n| Value::String(text.replace("${n}", &n.to_string())));
            return Ok(Some(Value::Array(each.collect())));
        }
        if let Some(list) = map.get("$slice") {
            let list = self.resolve(list)?;
            let list = list.as_array().ok_or("$slice is of lists")?;
            let (from, to) = (size(map.get("from"))?, size(map.get("to"))?);
            let part = list.get(from..to).ok_or_else(|| format!("{from} to {to} of a list of {}", list.len()))?;
            return Ok(Some(Value::Array(part.to_vec())));
        }
        Ok(None)
    }
}

fn is_path(path: &str) -> bool {
    path.starts_with(|c: char| c.is_ascii_alphabetic())
        && path.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
}

/// A value, short enough for a message. Without what the runner hides in it.
pub(crate) fn shown(value: &Value) -> String {
    fn clean(value: &Value) -> Value {
        match value {
            Value::Object(map) => {
                Value::Object(map.iter().filter(|(k, _)| *k != "$native").map(|(k, v)| (k.clone(), clean(v))).collect())
            }
            Value::Array(list) => Value::Array(list.iter().map(clean).collect()),
            other => other.clone(),
        }
    }
    let text = clean(value).to_string();
    match text.char_indices().nth(1500) {
        Some((at, _)) => format!("{}… ({} bytes)", &text[..at], text.len()),
        None => text,
    }
}

/// Whether a resolved pattern matches; what it binds is kept in `binds`.
pub(crate) fn matches(pattern: &Value, value: &Value, binds: &mut Vec<(String, Value)>) -> Result<(), Mismatch> {
    match pattern {
        Value::Object(map) if map.keys().any(|k| k.starts_with('$') && k != "$native") => operator(map, value, binds),
        Value::Object(map) => {
            for (key, pattern) in map.iter().filter(|(key, _)| *key != "$native") {
                let field = value.get(key).unwrap_or(&Value::Null);
                matches(pattern, field, binds).map_err(|why| format!("{key}: {why}"))?;
            }
            if value.is_object() { Ok(()) } else { Err(format!("{} is no object", shown(value))) }
        }
        Value::Array(patterns) => {
            let list = value.as_array().ok_or_else(|| format!("{} is no list", shown(value)))?;
            if list.len() != patterns.len() {
                return Err(format!("{} entries expected, there are {}: {}", patterns.len(), list.len(), shown(value)));
            }
            for (i, (pattern, value)) in patterns.iter().zip(list).enumerate() {
                matches(pattern, value, binds).map_err(|why| format!("[{i}]: {why}"))?;
            }
            Ok(())
        }
        plain if plain == value => Ok(()),
        plain => Err(format!("{} expected, it is {}", shown(plain), shown(value))),
    }
}

fn length(value: &Value) -> Option<usize> {
    match value {
        Value::Array(list) => Some(list.len()),
        Value::String(text) => Some(text.chars().count()),
        _ => None,
    }
}

fn operator(map: &Map<String, Value>, value: &Value, binds: &mut Vec<(String, Value)>) -> Result<(), Mismatch> {
    let no = |what: String| Err(format!("{what} expected, it is {}", shown(value)));
    for (operator, with) in map {
        match operator.as_str() {
            "$bind" => {
                let name = with.as_str().ok_or("$bind takes a name")?;
                binds.push((name.to_owned(), value.clone()));
            }
            "$absent" if value.is_null() => {}
            "$absent" => return no("nothing".into()),
            "$not" => {
                if matches(with, value, &mut Vec::new()).is_ok() {
                    return Err(format!("{} matches {}, which it should not", shown(value), shown(with)));
                }
            }
            "$length" => {
                if length(value).map(|n| n as u64) != with.as_u64() {
                    return no(format!("a length of {with} (not {:?})", length(value)));
                }
            }
            "$atLeast" if value.as_i64().zip(with.as_i64()).is_some_and(|(v, w)| v >= w) => {}
            "$atLeast" => return no(format!("at least {with}")),
            "$atMost" if value.as_i64().zip(with.as_i64()).is_some_and(|(v, w)| v <= w) => {}
            "$atMost" => return no(format!("at most {with}")),
            "$contains" => match (value, with) {
                (Value::String(text), Value::String(part)) if text.contains(part.as_str()) => {}
                (Value::Array(list), _) if list.iter().any(|v| matches(with, v, &mut Vec::new()).is_ok()) => {}
                _ => return no(format!("something with {}", shown(with))),
            },
            "$anyOrder" => {
                let patterns = with.as_array().ok_or("$anyOrder takes a list")?;
                let mut left: Vec<&Value> = value.as_array().into_iter().flatten().collect();
                for pattern in patterns {
                    let at = left.iter().position(|v| matches(pattern, v, binds).is_ok());
                    let Some(at) = at else { return no(format!("an entry like {}", shown(pattern))) };
                    left.remove(at);
                }
                if let Some(more) = left.first() {
                    return Err(format!("{} was not expected", shown(more)));
                }
            }
            other => return Err(format!("the pattern {other} is not in the vocabulary")),
        }
    }
    Ok(())
}
