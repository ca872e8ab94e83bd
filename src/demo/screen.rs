//! What a person sees: lines that stay, and one block that is drawn over itself while things change. On anything but a
//! terminal (or with NO_COLOR) only what stays is printed, plain.

use anstyle::{AnsiColor, Style};
use std::io::{self, IsTerminal as _, Write as _};

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Plain,
    Dim,
    Bold,
    /// Read, right.
    Good,
    /// Not read yet.
    Wait,
    /// Headings.
    Head,
}

impl Ink {
    fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Dim => Style::new().dimmed(),
            Self::Bold => Style::new().bold(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Wait => AnsiColor::Yellow.on_default(),
            Self::Head => AnsiColor::Cyan.on_default().bold(),
        }
    }
}

/// A line, in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line(pub(crate) Vec<(Ink, String)>);

impl Line {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a piece.
    pub(crate) fn add(mut self, ink: Ink, text: impl Into<String>) -> Self {
        self.0.push((ink, text.into()));
        self
    }

    /// Adds spaces up to this column.
    pub(crate) fn to(self, column: usize) -> Self {
        let missing = column.saturating_sub(self.width());
        self.add(Ink::Plain, " ".repeat(missing))
    }

    /// Columns used. Everything that the demo prints is one column a character.
    pub(crate) fn width(&self) -> usize {
        self.0.iter().map(|(_, text)| text.chars().count()).sum()
    }

    fn styled(&self) -> String {
        self.0
            .iter()
            .map(|(ink, text)| {
                let style = ink.style();
                format!("{style}{text}{style:#}")
            })
            .collect()
    }
}

/// The terminal, or whatever stdout is.
pub(crate) struct Screen {
    live: bool,
    /// The block that is still changing.
    block: Vec<Line>,
    /// How many lines of it are on the terminal.
    drawn: usize,
    /// Everything that stayed.
    kept: Vec<Line>,
}

impl Screen {
    pub(crate) fn new() -> Self {
        let stdout = io::stdout();
        let coloured = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
        Self { live: stdout.is_terminal() && coloured, block: Vec::new(), drawn: 0, kept: Vec::new() }
    }

    /// Whether somebody is watching: then things are shown at a pace that can be followed.
    pub(crate) fn watched(&self) -> bool {
        self.live
    }

    /// A line that stays.
    pub(crate) fn line(&mut self, line: Line) {
        self.settle();
        anstream::println!("{}", line.styled());
        self.kept.push(line);
    }

    /// An empty line.
    pub(crate) fn gap(&mut self) {
        self.line(Line::new());
    }

    /// Shows the block as it is now, over what it was before.
    pub(crate) fn draw(&mut self, block: Vec<Line>) {
        if self.live && block != self.block {
            // One write, between the marks of a synchronised update where the terminal knows them: no flicker.
            let mut text = String::from("\x1b[?2026h");
            if self.drawn > 0 {
                text.push_str(&format!("\x1b[{}A", self.drawn));
            }
            for line in &block {
                text.push_str(&format!("\r{}\x1b[K\n", line.styled()));
            }
            for _ in block.len()..self.drawn {
                text.push_str("\x1b[K\n");
            }
            text.push_str("\x1b[?2026l");
            self.drawn = self.drawn.max(block.len());
            let mut stdout = anstream::stdout().lock();
            let _ = stdout.write_all(text.as_bytes());
            let _ = stdout.flush();
        }
        self.block = block;
    }

    /// The block stays as it is.
    pub(crate) fn settle(&mut self) {
        let block = std::mem::take(&mut self.block);
        if !self.live {
            for line in &block {
                anstream::println!("{}", line.styled());
            }
        }
        self.drawn = 0;
        self.kept.extend(block);
    }

    /// Everything that stayed, for the picture.
    pub(crate) fn kept(&self) -> &[Line] {
        &self.kept
    }
}

/// `read` of `of`, drawn `width` columns wide: full only when it is full, empty only when it is empty.
pub(crate) fn bar(read: u32, of: u32, width: usize) -> (String, String) {
    let share = (u64::from(read) * width as u64).checked_div(u64::from(of)).unwrap_or(0);
    let mut full = usize::try_from(share).unwrap_or(width).min(width);
    if read > 0 && full == 0 {
        full = 1;
    }
    ("█".repeat(full), "░".repeat(width - full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_only_when_all_have_read() {
        let count = |read, of| bar(read, of, 10).0.chars().count();
        assert_eq!((count(0, 5), count(1, 500), count(4, 5), count(499, 500), count(5, 5)), (0, 1, 8, 9, 10));
        assert_eq!(count(0, 0), 0);
    }

    #[test]
    fn columns_are_counted_in_characters() {
        let line = Line::new().add(Ink::Good, "✓✓").to(5).add(Ink::Plain, "x");
        assert_eq!(line.width(), 6);
    }
}
