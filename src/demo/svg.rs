//! The picture in the README: what the demo printed, as an SVG.

use super::screen::{Ink, Line};
use std::fmt::Write as _;

const CHAR: f64 = 7.8;
const ROW: f64 = 18.0;
const MARGIN: f64 = 18.0;

/// These lines, as a picture of a terminal.
pub(crate) fn render(lines: &[Line]) -> String {
    let columns = lines.iter().map(Line::width).max().unwrap_or(0) as f64;
    let (width, height) = (columns * CHAR + 2.0 * MARGIN, lines.len() as f64 * ROW + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
         height=\"{height:.0}\" role=\"img\" aria-label=\"What the demo prints\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"#14181f\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"13\" xml:space=\"preserve\">\n"
    );
    for (row, line) in lines.iter().enumerate() {
        let y = MARGIN + ROW * (row as f64 + 0.75);
        let mut column = 0;
        for (ink, text) in &line.0 {
            let (colour, weight) = match ink {
                Ink::Plain => ("#d5dae3", ""),
                Ink::Dim => ("#7d8796", ""),
                Ink::Bold => ("#ffffff", " font-weight=\"bold\""),
                Ink::Good => ("#4cc38a", ""),
                Ink::Wait => ("#d9a648", ""),
                Ink::Head => ("#58b6d6", " font-weight=\"bold\""),
            };
            // Word by word, each at its column, so that every font keeps the table straight; bars are drawn.
            for (at, word) in words(text) {
                let (x, length) = (MARGIN + CHAR * (column + at) as f64, CHAR * word.chars().count() as f64);
                let _ = match word.chars().next() {
                    Some(block @ ('█' | '░')) => writeln!(
                        svg,
                        "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"{length:.1}\" height=\"11\" fill=\"{colour}\"{}/>",
                        y - 10.0,
                        if block == '░' { " opacity=\"0.35\"" } else { "" }
                    ),
                    _ => writeln!(
                        svg,
                        "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\" fill=\"{colour}\"{weight}>{}</text>",
                        escape(&word)
                    ),
                };
            }
            column += text.chars().count();
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// The words of a text, each with the column it begins at.
fn words(text: &str) -> Vec<(usize, String)> {
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    for (at, c) in text.chars().enumerate() {
        match words.last_mut() {
            _ if c == ' ' => inside = false,
            Some((_, word)) if inside => word.push(c),
            _ => {
                words.push((at, c.to_string()));
                inside = true;
            }
        }
    }
    words
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_keeps_its_column_and_is_escaped() {
        let svg = render(&[Line::new().add(Ink::Plain, "  ").add(Ink::Good, "a  <b&")]);
        assert!(svg.contains(">&lt;b&amp;</text>"), "{svg}");
        for column in [2.0, 5.0] {
            assert!(svg.contains(&format!("x=\"{:.1}\"", MARGIN + column * CHAR)), "{svg}");
        }
    }

    #[test]
    fn bars_are_drawn() {
        let svg = render(&[Line::new().add(Ink::Good, "███").add(Ink::Dim, "░░")]);
        assert_eq!(svg.matches("height=\"11\"").count(), 2, "{svg}");
    }
}
