//! The table of a group: messages down, readers across, and the counts as the sender's device knows them.

use super::screen::{Ink, Line, bar};
use std::collections::BTreeSet;

/// Up to here every reader has a column.
const COLUMNS: usize = 10;
const TEXT: usize = 26;
const BAR: usize = 20;

/// One message of the table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) text: String,
    /// Who has read it, by name.
    pub(crate) readers: BTreeSet<String>,
    pub(crate) read: u32,
    pub(crate) unread: u32,
}

/// Draws it. `names` are those who may read.
pub(crate) fn table(names: &[&str], rows: &[Row], more: usize) -> Vec<Line> {
    let columns = names.len() <= COLUMNS;
    let width = |name: &str| name.chars().count().max(3) + 2;
    let mut head = Line::new().to(TEXT + 5);
    if columns {
        for name in names {
            let width = width(name);
            head = head.add(Ink::Dim, format!("{name:^width$}"));
        }
    }
    let mut lines = if columns { vec![head] } else { Vec::new() };
    for row in rows {
        let of = row.read + row.unread;
        let (ink, ticks) = match row.read {
            0 => (Ink::Wait, "✓ "),
            read if read == of => (Ink::Good, "✓✓"),
            _ => (Ink::Wait, "✓✓"),
        };
        let mut line = Line::new().add(ink, format!("  {ticks} ")).add(Ink::Plain, fitted(&row.text)).to(TEXT + 5);
        if columns {
            for name in names {
                let read = row.readers.contains(*name);
                let (ink, sign) = if read { (Ink::Good, "✓") } else { (Ink::Dim, "·") };
                let width = width(name);
                line = line.add(ink, format!("{sign:^width$}"));
            }
        }
        let (full, empty) = bar(row.read, of, BAR);
        line = line
            .add(Ink::Plain, " ")
            .add(if row.unread == 0 { Ink::Good } else { Ink::Head }, full)
            .add(Ink::Dim, empty)
            .add(ink, format!("  {} of {of}", row.read));
        lines.push(line);
    }
    if more > 0 {
        lines.push(Line::new().add(Ink::Dim, format!("     … and {more} more messages")));
    }
    lines
}

fn fitted(text: &str) -> String {
    if text.chars().count() < TEXT {
        return text.to_owned();
    }
    text.chars().take(TEXT - 2).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(lines: &[Line]) -> String {
        let line = |line: &Line| line.0.iter().map(|(_, text)| text.as_str()).collect::<String>();
        lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn who_has_read_has_a_tick_under_its_name() {
        let row = Row { text: "Hi".into(), readers: BTreeSet::from(["carol".to_owned()]), read: 1, unread: 1 };
        let drawn = text(&table(&["bob", "carol"], &[row], 0));
        let lines: Vec<Vec<char>> = drawn.lines().map(|line| line.chars().collect()).collect();
        let at = lines[1].iter().enumerate().filter(|(_, c)| **c == '✓').map(|(at, _)| at).next_back().unwrap();
        assert!(lines[0][at.saturating_sub(2)..at + 2].iter().collect::<String>().contains('r'), "{drawn}");
        assert!(drawn.contains("1 of 2"), "{drawn}");
    }

    #[test]
    fn a_large_group_has_bars_only() {
        let names: Vec<String> = (0..500).map(|n| format!("m{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let row = Row { text: "Hi".into(), readers: BTreeSet::new(), read: 250, unread: 249 };
        let drawn = text(&table(&names, &[row], 3));
        assert!(drawn.contains("250 of 499") && !drawn.contains("m7") && drawn.contains("3 more"), "{drawn}");
    }
}
