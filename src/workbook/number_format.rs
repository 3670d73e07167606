//! Number formats: how a cell shows its number.
//!
//! A format's code has up to four sections, for numbers above nought, below it, nought itself and texts. A section that
//! is left empty shows nothing.

use ssfmt::ast::{FormatPart, Section};
use ssfmt::{FormatOptions, NumberFormat as Code};

use super::date_system::DateSystem;
use super::fixed_point;
use crate::exact::Exact;

/// What a cell shows of a day that no calendar has: before the first, or after the year 9999.
const NO_DAY: &str = "########";

/// A way to show numbers, other than the usual one.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberFormat {
    code: Code,
    /// Whether each section shows nothing.
    is_empty: Vec<bool>,
}

/// What a format makes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// A number.
    Number,
    /// A number of hundredths.
    Percentage,
    /// A day, a time of day, or both.
    Moment,
    /// A length of time: hours, minutes or seconds beyond those of a day or an hour.
    Elapsed,
}

impl NumberFormat {
    /// Reads a code; `None` where it shows numbers in the usual way, or isn't one.
    pub fn of(code: &str) -> Option<Self> {
        let plain = code.trim();
        if plain.is_empty() || plain.eq_ignore_ascii_case("general") || plain == "@" {
            return None;
        }
        let sections = sections(code);
        let is_empty = sections.iter().map(|section| sections.len() > 1 && section.trim().is_empty()).collect();
        Some(Self { code: Code::parse(code).ok()?, is_empty })
    }

    /// Returns the format that an id below 164 stands for, with days and money as in Britain; `None` for the usual one.
    pub fn built_in(id: u32) -> Option<Self> {
        let code = match id {
            5 => "\"£\"#,##0;-\"£\"#,##0",
            6 => "\"£\"#,##0;[Red]-\"£\"#,##0",
            7 => "\"£\"#,##0.00;-\"£\"#,##0.00",
            8 => "\"£\"#,##0.00;[Red]-\"£\"#,##0.00",
            14 | 27..=31 | 36 | 50..=54 | 57 | 58 => "dd/mm/yyyy",
            15 => "dd-mmm-yy",
            16 => "dd-mmm",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 | 32 | 34 | 55 => "hh:mm",
            21 | 33 | 35 | 56 => "hh:mm:ss",
            22 => "dd/mm/yyyy hh:mm",
            41 => "#,##0;-#,##0;-",
            42 => "\"£\"#,##0;-\"£\"#,##0;\"£\"-",
            43 => "#,##0.00;-#,##0.00;-",
            44 => "\"£\"#,##0.00;-\"£\"#,##0.00;\"£\"-",
            _ => ssfmt::format_code_from_id(id)?,
        };
        Self::of(code)
    }

    /// Says what it makes of numbers.
    pub fn shows(&self) -> Shows {
        let parts = || self.code.sections().iter().flat_map(|section| &section.parts);
        if parts().any(|part| matches!(part, FormatPart::Elapsed(_))) {
            Shows::Elapsed
        } else if self.code.is_date_format() {
            Shows::Moment
        } else if self.code.is_percentage() {
            Shows::Percentage
        } else {
            Shows::Number
        }
    }

    /// Returns what is seen of a number; empty where the format hides it.
    pub fn number(&self, number: f64, system: DateSystem) -> String {
        if self.code.has_condition() {
            return self.code.format(number, &options(system)).trim().to_owned();
        }
        let place = self.section_of(number);
        let is_empty = self.is_empty.get(place).copied().unwrap_or_default();
        let Some(section) = self.code.sections().get(place).filter(|_| !is_empty) else { return String::new() };
        let shown = self.in_figures(section, number).unwrap_or_else(|| self.otherwise(section, number, system));
        shown.trim().to_owned()
    }

    /// Returns a number in figures; `None` where its section has it in another way. Below nought, a section of its own says itself
    /// what stands for the sign.
    fn in_figures(&self, section: &Section, number: f64) -> Option<String> {
        let figures = fixed_point::written(section, &Exact::from_float(number)?)?;
        let is_signed = number < 0.0 && self.for_numbers() < 2;
        Some(if is_signed { format!("-{}", figures.trim_start()) } else { figures })
    }

    /// Returns a number as a day, a power of ten, a fraction or words. A day that no calendar has fills its cell with signs.
    fn otherwise(&self, section: &Section, number: f64, system: DateSystem) -> String {
        let is_for_days = section.parts.iter().any(FormatPart::is_date_part);
        if is_for_days && number < 0.0 && system == DateSystem::From1900 {
            return NO_DAY.to_owned();
        }
        // Beside one section for texts, the other is the only one for numbers.
        let is_alone = self.code.sections().len() > 1 && self.for_numbers() == 1;
        let alone = is_alone.then(|| Code::from_sections(vec![section.clone()]));
        let number = mantissa_rounded(section, number).unwrap_or(number);
        let shown = alone.as_ref().unwrap_or(&self.code).format(number, &options(system));
        if is_for_days && shown.trim().is_empty() { NO_DAY.to_owned() } else { shown }
    }

    /// Whether nothing is seen of a number.
    pub fn hides(&self, number: f64, system: DateSystem) -> bool {
        // Of a day something is seen where a section for days shows it, and most are.
        let section = self.code.sections().get(self.section_of(number));
        let is_for_days = section.is_some_and(|section| section.parts.iter().any(FormatPart::is_date_part));
        (!is_for_days || self.code.has_condition()) && self.number(number, system).is_empty()
    }

    /// Returns what is seen of a text; empty where the format hides it.
    pub fn text(&self, text: &str) -> String {
        if self.is_empty.get(3).copied().unwrap_or_default() {
            return String::new();
        }
        match self.text_section() {
            // A section that says “General” alone has no parts, and shows texts as they are.
            Some(section) if !section.parts.is_empty() => {
                section.parts.iter().map(|part| text_part(part, text)).collect()
            }
            Some(_) | None => text.to_owned(),
        }
    }

    /// Returns the section for texts: the fourth, or the last of fewer where it has a place for a text; `None` where there is none.
    fn text_section(&self) -> Option<&Section> {
        let sections = self.code.sections();
        sections.last().filter(|last| sections.len() > 3 || last.has_text_placeholder())
    }

    /// Returns how many of the sections are for numbers.
    fn for_numbers(&self) -> usize {
        self.code.sections().len() - usize::from(self.text_section().is_some())
    }

    /// Returns which of the sections a number is shown by, which goes by the number itself and not by what is shown of it.
    fn section_of(&self, number: f64) -> usize {
        match self.for_numbers() {
            0 | 1 => 0,
            _ if number > 0.0 => 0,
            _ if number < 0.0 => 1,
            2 => 0,
            _ => 2,
        }
    }
}

/// Returns how days are counted.
fn options(system: DateSystem) -> FormatOptions {
    let date_system = match system {
        DateSystem::From1900 => ssfmt::DateSystem::Date1900,
        DateSystem::From1904 => ssfmt::DateSystem::Date1904,
    };
    FormatOptions { date_system, ..FormatOptions::default() }
}

/// Returns what a part of a section for texts shows.
fn text_part<'a>(part: &'a FormatPart, text: &'a str) -> &'a str {
    match part {
        FormatPart::TextPlaceholder | FormatPart::GeneralNumber => text,
        FormatPart::Literal(literal) | FormatPart::EscapedLiteral(literal) => literal,
        FormatPart::Locale(locale) => locale.currency.as_deref().unwrap_or_default(),
        FormatPart::Digit(_)
        | FormatPart::DecimalPoint
        | FormatPart::ThousandsSeparator
        | FormatPart::Percent
        | FormatPart::Scientific { .. }
        | FormatPart::Fraction { .. }
        | FormatPart::DatePart(_)
        | FormatPart::AmPm(_)
        | FormatPart::Elapsed(_)
        | FormatPart::Fill(_)
        | FormatPart::Skip(_) => "",
    }
}

/// Splits a code where it says that a section ends.
fn sections(code: &str) -> Vec<&str> {
    let (mut start, mut is_quoted, mut is_escaped) = (0, false, false);
    let mut sections = Vec::new();
    for (at, sign) in code.char_indices() {
        match sign {
            _ if is_escaped => is_escaped = false,
            '"' => is_quoted = !is_quoted,
            '\\' | '_' | '*' if !is_quoted => is_escaped = true,
            ';' if !is_quoted => {
                sections.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    sections.push(&code[start..]);
    sections
}

/// Rounds a number to the figures that a section with powers of ten shows, so that ten ones are one of the next power; `None` for
/// sections of other kinds.
fn mantissa_rounded(section: &Section, number: f64) -> Option<f64> {
    let power = section.parts.iter().position(|part| matches!(part, FormatPart::Scientific { .. }))?;
    let figures = &section.parts[..power];
    let point = figures.iter().position(|part| *part == FormatPart::DecimalPoint).unwrap_or(power);
    let places = |parts: &[FormatPart]| parts.iter().filter(|part| matches!(part, FormatPart::Digit(_))).count();
    let (whole, decimals) = (places(&figures[..point]).max(1), places(&figures[point..]));
    let written = format!("{number:e}");
    let exponent: i32 = written.split_once('e')?.1.parse().ok()?;
    // As many figures stand before the point as bring the exponent to a multiple of their places.
    let before = usize::try_from(exponent.rem_euclid(i32::try_from(whole).ok()?)).ok()?;
    format!("{number:.*e}", before + decimals).parse().ok().filter(|rounded: &f64| rounded.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SYSTEM: DateSystem = DateSystem::From1900;

    #[test]
    fn numbers_are_shown_as_their_format_says() {
        let cases = [
            ("0.0%", 37.5, "3750.0%"),
            ("0.0%", 0.857, "85.7%"),
            ("00000000", 7_654_321.0, "07654321"),
            ("0,", 1500.0, "2"),
            ("0.0,", 1250.0, "1.3"),
            ("#,##0.00", 1234.5, "1,234.50"),
            ("0.0", 0.25, "0.3"),
            ("0", 2.5, "3"),
            ("0", -2.5, "-3"),
            ("[h]:mm", 16.0 / 24.0, "16:00"),
            ("[h]:mm", 1.5, "36:00"),
            ("[h]:mm:ss", 25.5 / 24.0, "25:30:00"),
            ("[mm]:ss", 1.5, "2160:00"),
            ("[ss]", 1.0 / 24.0, "3600"),
            ("mm:ss.0", 62.5 / 86_400.0, "01:02.5"),
            ("h:mm", 0.25, "6:00"),
            ("h:mm:ss", 0.75, "18:00:00"),
            ("h:mm AM/PM", 0.75, "6:00 PM"),
            ("h:mm AM/PM", 0.0, "12:00 AM"),
            ("h:mm:ss AM/PM", 0.5, "12:00:00 PM"),
            ("d/m/yyyy h:mm", 45658.25, "1/1/2025 6:00"),
            ("dd/mm/yyyy", 45658.0, "01/01/2025"),
            ("d mmm yy", 45658.0, "1 Jan 25"),
            ("\"£\"#,##0", 12_000.0, "£12,000"),
            (";;;", 3.0, ""),
            ("0;;", -3.0, ""),
            ("0;;", 0.0, ""),
            ("0;;", 3.0, "3"),
            ("0;-0;;@", 0.0, ""),
            ("0\" weeks\"", 18.0, "18 weeks"),
            ("_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-", 1200.0, "1,200"),
            // The section is that of the number, not of what is shown of it.
            ("0.00;(0.00);\"-\"", 4e-13, "0.00"),
            ("0.00;(0.00);\"-\"", -4e-13, "(0.00)"),
            ("0%", -0.001, "-0%"),
            // A last section for texts is none for numbers.
            ("0.0;@", -12.34, "-12.3"),
            ("0;-0;@", 0.0, "0"),
            // Days that no calendar has.
            ("dd/mm/yyyy", -1.0, "########"),
            ("dd/mm/yyyy;@", -1.0, "########"),
            ("dd/mm/yyyy", 2_958_466.0, "########"),
            ("[h]:mm", -0.5, "########"),
            // Figures that round up to the next power of ten.
            ("0.00E+00", 9_999_999_999_990.0, "1.00E+13"),
            ("0.00E+00", 12345.0, "1.23E+04"),
            ("0E+00", 0.0, "0E+00"),
            ("0E+00", -9.7, "-1E+01"),
            ("##0.0E+0", 999_960.0, "1.0E+6"),
            ("##0.0E+0", 12345.0, "12.3E+3"),
            // Blanks at the end belong to the sign before them.
            ("#,##0.0_ ;\\-#,##0.0\\ ", 99.1234, "99.1"),
            ("0.0_ ", 1.25, "1.3"),
        ];
        for (code, number, expected) in cases {
            assert_eq!(NumberFormat::of(code).unwrap().number(number, SYSTEM), expected, "{code} of {number}");
        }
    }

    #[test]
    fn texts_are_hidden_by_their_own_section_only() {
        for (code, expected) in [
            (";;;", ""),
            ("0;-0;0;", ""),
            ("0;;", "a"),
            ("0.0", "a"),
            ("0;0;0;\"x\"@", "xa"),
            ("[<1]0;[>2]0;0;[Red]General", "a"),
            ("0;0;0;[Red]General\\ ", "a "),
            ("\"Result on \"@", "Result on a"),
            ("0;\"x\"@", "xa"),
            ("0;-0;\"x\"@", "xa"),
            ("_(@_)", "a"),
        ] {
            assert_eq!(NumberFormat::of(code).unwrap().text("a"), expected, "{code}");
        }
    }

    #[test]
    fn what_a_format_hides_is_what_it_shows_nothing_of() {
        let codes =
            ["dd/mm/yyyy", "dd/mm/yyyy;;", "\" \";dd", "[>9]dd;\" \"", "0;;", ";;;", "hh:mm", "[h]:mm", "0", "#"];
        for code in codes {
            let format = NumberFormat::of(code).unwrap();
            for number in [-1.0, 0.0, 0.5, 1.0, 9.0, 60.0, 45_658.25, 2_958_465.0, 2_958_466.0, 1e12] {
                for system in [DateSystem::From1900, DateSystem::From1904] {
                    let is_empty = format.number(number, system).is_empty();
                    assert_eq!(format.hides(number, system), is_empty, "{code} of {number} {system:?}");
                }
            }
        }
    }

    #[test]
    fn formats_say_what_they_make_of_numbers() {
        let cases = [
            ("0.00", Shows::Number),
            ("\"d\"0", Shows::Number),
            ("\\d0", Shows::Number),
            ("[Red]0", Shows::Number),
            ("0.00E+00", Shows::Number),
            ("[$£-809]#,##0", Shows::Number),
            ("0%", Shows::Percentage),
            ("[$-809]dd mmmm yyyy;@", Shows::Moment),
            ("h:mm AM/PM", Shows::Moment),
            ("[hh]:mm:ss", Shows::Elapsed),
            ("[m]", Shows::Elapsed),
        ];
        for (code, expected) in cases {
            assert_eq!(NumberFormat::of(code).unwrap().shows(), expected, "{code}");
        }
    }

    #[test]
    fn every_built_in_format_shows_what_excel_shows() {
        let cases = [
            (1, "45658", Shows::Number),
            (2, "45658.25", Shows::Number),
            (3, "45,658", Shows::Number),
            (4, "45,658.25", Shows::Number),
            (5, "£45,658", Shows::Number),
            (6, "£45,658", Shows::Number),
            (7, "£45,658.25", Shows::Number),
            (8, "£45,658.25", Shows::Number),
            (9, "4565825%", Shows::Percentage),
            (10, "4565825.00%", Shows::Percentage),
            (11, "4.57E+04", Shows::Number),
            (12, "45658 1/4", Shows::Number),
            (13, "45658  1/4", Shows::Number),
            (14, "01/01/2025", Shows::Moment),
            (15, "01-Jan-25", Shows::Moment),
            (16, "01-Jan", Shows::Moment),
            (17, "Jan-25", Shows::Moment),
            (18, "6:00 AM", Shows::Moment),
            (19, "6:00:00 AM", Shows::Moment),
            (20, "06:00", Shows::Moment),
            (21, "06:00:00", Shows::Moment),
            (22, "01/01/2025 06:00", Shows::Moment),
            (37, "45,658", Shows::Number),
            (38, "45,658", Shows::Number),
            (39, "45,658.25", Shows::Number),
            (40, "45,658.25", Shows::Number),
            (41, "45,658", Shows::Number),
            (42, "£45,658", Shows::Number),
            (43, "45,658.25", Shows::Number),
            (44, "£45,658.25", Shows::Number),
            (45, "00:00", Shows::Moment),
            (46, "1095798:00:00", Shows::Elapsed),
            (47, "0000.0", Shows::Moment),
            (48, "45.7E+3", Shows::Number),
        ];
        for (id, shown, shows) in cases {
            let format = NumberFormat::built_in(id).unwrap();
            assert_eq!((format.number(45658.25, SYSTEM).as_str(), format.shows()), (shown, shows), "{id}");
        }
        for id in (27..=36).chain(50..=58) {
            assert_eq!(NumberFormat::built_in(id).unwrap().shows(), Shows::Moment, "{id}");
        }
        for id in [0, 49, 59, 163] {
            assert_eq!(NumberFormat::built_in(id), None, "{id}");
        }
    }
}
