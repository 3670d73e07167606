//! How a style of numbers shows them, as the code by which Excel writes the same format.
//!
//! A style has the last section of a format; others, which it names with conditions, have those before it.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::broken;
use crate::workbook::facts::element::{add_text, attribute, is_set};
use crate::workbook::{NumberFormat, ReadError};

/// The conditions that sections have where they state none, in their order.
const USUAL_CONDITIONS: [&[&str]; 3] = [&[">0", ">=0"], &["<0"], &["=0"]];
/// The most digits of a kind that are taken from a style.
const MOST_DIGITS: usize = 15;

/// A style of numbers.
#[derive(Debug, Default)]
pub(super) struct NumberStyle {
    /// Its section.
    code: String,
    /// The styles that have the sections before it, each with its condition.
    before: Vec<(String, String)>,
    kind: Kind,
    /// Whether a time may be longer than a day.
    is_elapsed: bool,
    /// Whether its code has a length of time yet, which only the first part of one is.
    has_length: bool,
}

/// What a style makes of numbers, as far as its parts don't say it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Usual,
    Percentage,
    Truth,
}

impl NumberStyle {
    /// Reads the style that an element begins, up to its end.
    pub(super) fn read(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Result<Self, ReadError> {
        let is_elapsed = attribute(start, "truncate-on-overflow").is_some_and(|value| value == "false");
        let kind = match start.name().as_ref() {
            "number:boolean-style" => Kind::Truth,
            "number:percentage-style" => Kind::Percentage,
            _ => Kind::Usual,
        };
        let mut style = Self { kind, is_elapsed, ..Self::default() };
        let mut text = String::new();
        loop {
            let event = reader.read_event().map_err(broken)?;
            match &event {
                Event::Start(element) => {
                    text.clear();
                    style.take(element);
                }
                Event::End(element) if element.name() == start.name() => return Ok(style),
                Event::End(element) if element.name().as_ref() == "number:text" => style.say(&text),
                Event::End(element) if element.name().as_ref() == "number:currency-symbol" => style.quote(&text),
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => add_text(&event, &mut text),
                Event::Eof => return Err(ReadError::Damaged("its content ends within a style".to_owned())),
                Event::End(_)
                | Event::Empty(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => {}
            }
        }
    }

    /// Whether it shows numbers as truths.
    pub(super) fn is_of_truths(&self) -> bool {
        self.kind == Kind::Truth
    }

    /// Whether it shows numbers with as many decimals as they have, and nothing else.
    pub(super) fn is_usual(&self) -> bool {
        self.before.is_empty() && self.code == "General"
    }

    /// Returns the format that it stands for among others; `None` where it shows numbers in the usual way.
    pub(super) fn format(&self, others: &BTreeMap<String, Self>) -> Option<NumberFormat> {
        let section = |(index, (condition, name)): (usize, &(String, String))| {
            let code = others.get(name).map_or("", |style| &style.code);
            let is_usual = USUAL_CONDITIONS.get(index).is_some_and(|usual| usual.contains(&condition.as_str()));
            if is_usual { code.to_owned() } else { format!("[{condition}]{code}") }
        };
        let mut sections: Vec<String> = self.before.iter().enumerate().map(section).collect();
        sections.push(self.code.clone());
        NumberFormat::of(&sections.join(";"))
    }

    /// Takes a part of it.
    fn take(&mut self, element: &BytesStart<'_>) {
        let is_long = attribute(element, "style").is_some_and(|style| style == "long");
        let by_length = |short: &str, long: &str| if is_long { long.to_owned() } else { short.to_owned() };
        let part = match element.name().as_ref() {
            "number:number" => digits(element),
            "number:scientific-number" => format!("{}E+00", digits(element)),
            "number:fraction" => "# ?/?".to_owned(),
            "number:text-content" => "@".to_owned(),
            "number:day" => by_length("d", "dd"),
            "number:day-of-week" => by_length("ddd", "dddd"),
            "number:month" if is_set(element, "textual") => by_length("mmm", "mmmm"),
            "number:month" => by_length("m", "mm"),
            "number:year" => by_length("yy", "yyyy"),
            "number:hours" => self.time(&by_length("h", "hh")),
            "number:minutes" => self.time(&by_length("m", "mm")),
            "number:seconds" => {
                let places = count(element, "decimal-places").unwrap_or_default();
                self.time(&by_length("s", "ss")) + &decimals(places)
            }
            "number:am-pm" => "AM/PM".to_owned(),
            "style:map" => {
                let condition = attribute(element, "condition").unwrap_or_default();
                let condition = condition.trim().trim_start_matches("value()").to_owned();
                self.before.push((condition, attribute(element, "apply-style-name").unwrap_or_default()));
                return;
            }
            _ => return,
        };
        self.code.push_str(&part);
    }

    /// Returns a part of a time; the first of a length of time goes beyond those of a day or an hour.
    fn time(&mut self, part: &str) -> String {
        if self.is_elapsed && !std::mem::replace(&mut self.has_length, true) {
            format!("[{part}]")
        } else {
            part.to_owned()
        }
    }

    /// Adds words; the sign of hundredths stands for itself where these are shown.
    fn say(&mut self, words: &str) {
        match words.split_once('%').filter(|_| self.kind == Kind::Percentage) {
            Some((before, after)) => {
                self.quote(before);
                self.code.push('%');
                self.quote(after);
            }
            None => self.quote(words),
        }
    }

    /// Adds words between quotes.
    fn quote(&mut self, words: &str) {
        if !words.is_empty() {
            self.code.extend(["\"", &words.replace('"', "\u{201d}"), "\""]);
        }
    }
}

/// Returns how the digits of a number are shown.
fn digits(element: &BytesStart<'_>) -> String {
    let Some(places) = count(element, "decimal-places") else { return "General".to_owned() };
    let whole = count(element, "min-integer-digits").unwrap_or_default();
    let mut digits = if whole == 0 { "#".to_owned() } else { "0".repeat(whole) };
    if is_set(element, "grouping") {
        digits = format!("#,{}{digits}", "#".repeat(3_usize.saturating_sub(digits.len())));
    }
    let factor = attribute(element, "display-factor").and_then(|factor| factor.parse::<u64>().ok()).unwrap_or(1);
    let thousands = (1..=4).take_while(|power| factor >= 1000_u64.pow(*power)).count();
    digits + &decimals(places) + &",".repeat(thousands)
}

/// Returns so many decimals.
fn decimals(places: usize) -> String {
    if places == 0 { String::new() } else { format!(".{}", "0".repeat(places)) }
}

/// Returns a number of digits that an attribute says.
fn count(element: &BytesStart<'_>, name: &str) -> Option<usize> {
    Some(attribute(element, name)?.parse::<usize>().ok()?.min(MOST_DIGITS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::facts::element::reader;
    use crate::workbook::{DateSystem, Shows};

    /// Reads styles as they stand in a file, by their names.
    fn styles(part: &str) -> BTreeMap<String, NumberStyle> {
        let mut reader = reader(part);
        let mut styles = BTreeMap::new();
        while let Event::Start(start) = reader.read_event().unwrap() {
            let name = attribute(&start, "name").unwrap();
            styles.insert(name, NumberStyle::read(&mut reader, &start).unwrap());
        }
        styles
    }

    #[test]
    fn a_style_shows_what_the_same_format_of_excel_does() {
        let number = |said: &str| format!("<number:number {said}/>");
        let (whole, two) = (
            number("number:decimal-places=\"0\" number:min-integer-digits=\"1\""),
            number("number:decimal-places=\"2\" number:min-integer-digits=\"1\" number:grouping=\"true\""),
        );
        let day = "<number:day number:style=\"long\"/><number:text>/</number:text><number:month number:style=\"long\"/>\
            <number:text>/</number:text><number:year number:style=\"long\"/>";
        let map = |condition: &str| {
            format!("<style:map style:condition=\"value(){condition}\" style:apply-style-name=\"P\"/>")
        };
        let words = |words: &str| format!("<number:text>{words}</number:text>");
        let cases = [
            ("number", whole.clone(), 3.4, "3"),
            ("number", two.clone(), 1234.5, "1,234.50"),
            ("number", number("number:decimal-places=\"0\" number:min-integer-digits=\"8\""), 7_654_321.0, "07654321"),
            (
                "number",
                number("number:decimal-places=\"0\" number:min-integer-digits=\"1\" number:display-factor=\"1000\""),
                15_000.0,
                "15",
            ),
            ("number", whole.clone() + &words(" weeks"), 18.0, "18 weeks"),
            ("percentage", whole.clone() + &words("%"), 0.42, "42%"),
            (
                "currency",
                format!("<number:currency-symbol>\u{a3}</number:currency-symbol>{two}"),
                1500.0,
                "\u{a3}1,500.00",
            ),
            ("date", day.to_owned(), 45_658.0, "01/01/2025"),
            (
                "date",
                "<number:month number:style=\"long\" number:textual=\"true\"/><number:text> </number:text>\
                    <number:year number:style=\"long\"/>"
                    .to_owned(),
                45_658.0,
                "January 2025",
            ),
            (
                "time",
                "<number:hours/><number:text>:</number:text><number:minutes number:style=\"long\"/>".to_owned(),
                0.75,
                "18:00",
            ),
            // Conditions as a format has them without saying so, and others.
            ("number", words("(") + &whole + &words(")") + &map("&gt;=0"), -3.0, "(3)"),
            ("number", number("number:min-integer-digits=\"1\"") + &map("=3"), 3.0, "Meeting"),
            ("number", number("number:min-integer-digits=\"1\"") + &map("=3"), 2.0, "2"),
        ];
        for (kind, said, value, expected) in cases {
            let part = format!(
                "<number:number-style style:name=\"P\"><number:text>Meeting</number:text></number:number-style>\
                 <number:{kind}-style style:name=\"N\">{said}</number:{kind}-style>"
            );
            let styles = styles(&part);
            let format = styles["N"].format(&styles).unwrap_or_else(|| panic!("{part}"));
            assert_eq!(format.number(value, DateSystem::From1900), expected, "{part}");
        }
    }

    #[test]
    fn the_usual_style_and_lengths_of_time_are_told() {
        let part = "<number:number-style style:name=\"N0\"><number:number number:min-integer-digits=\"1\"/></number:number-style>\
            <number:time-style style:name=\"N1\" number:truncate-on-overflow=\"false\"><number:hours/><number:text>:</number:text>\
            <number:minutes number:style=\"long\"/></number:time-style><number:boolean-style style:name=\"N2\"><number:boolean/>\
            </number:boolean-style>";
        let styles = styles(part);
        assert_eq!(styles["N0"].format(&styles), None);
        let length = styles["N1"].format(&styles);
        assert_eq!(length.as_ref().map(NumberFormat::shows), Some(Shows::Elapsed));
        assert_eq!(length.unwrap().number(1.5, DateSystem::From1900), "36:00");
        assert!(styles["N2"].is_of_truths() && styles["N2"].format(&styles).is_none());
    }
}
