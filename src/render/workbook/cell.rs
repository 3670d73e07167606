//! The cells of tables on a sheet: texts as texts, which never become formulas, numbers as numbers, and links that open what they
//! name.

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format as Look, Url, XlsxError};

use super::page::{Page, clipped};
use super::style::Style;
use crate::day::long_date;
use crate::document::{Cell, Format, Target};
use crate::figure::FigureState;

/// The most links that a sheet can have.
const MOST_LINKS: usize = 65_530;

/// Writes a cell into the row at hand.
pub(super) fn write(page: &mut Page, column: u16, cell: &Cell) -> Result<(), XlsxError> {
    let style = page.style;
    let plain = if column == 0 { &style.text } else { &style.inner_text };
    match cell {
        Cell::Empty | Cell::Shares(_) => text(page, column, "", plain),
        Cell::Text(words) | Cell::Code(words) | Cell::Level(_, words) => text(page, column, words, plain),
        Cell::Strong(words) => text(page, column, words, &style.strong),
        Cell::Faint(words) => text(page, column, words, &style.quiet),
        Cell::Lines(lines) => text(page, column, &lines.join("\n"), plain),
        Cell::Noted(words, note) if note.is_empty() => text(page, column, words, plain),
        Cell::Noted(words, note) => text(page, column, &format!("{words}\n{note}"), plain),
        Cell::Count(count) => number(page, column, as_float(*count), &style.count),
        Cell::Day(day) => self::day(page, column, *day),
        Cell::Number(shown) => match shown.number() {
            Some(value) => number(page, column, value.to_float(), &look(style, &shown.format)),
            None => unknown(page, column, shown.state),
        },
        Cell::Between(low, high) => match low.up_to(high) {
            Some(words) => text(page, column, &words, &style.range),
            None => unknown(page, column, low.state_up_to(high)),
        },
        Cell::Bar { low, .. } => number(page, column, *low, &style.share),
        Cell::Range { median, .. } => number(page, column, *median, &style.share),
        Cell::Interval { value, .. } => number(page, column, *value, &style.share),
        Cell::Heat { place: Some(place), label } => heat(page, column, *place, label),
        Cell::Heat { place: None, label } => text(page, column, label, &style.quiet),
        Cell::Link { text: words, target } => link(page, column, words, target, plain),
    }
}

/// Writes a text that runs on over the free cells beside it.
pub(super) fn run_on(page: &mut Page, column: u16, words: &str) -> Result<(), XlsxError> {
    page.written.write_string_with_format(page.row, column, clipped(words), &page.style.remark)?;
    Ok(())
}

/// Writes a text among numbers.
pub(super) fn on_the_right(page: &mut Page, column: u16, words: &str) -> Result<(), XlsxError> {
    text(page, column, words, &page.style.range)
}

/// Returns how numbers of a format look.
fn look(style: &Style, format: &Format) -> Look {
    match format {
        Format::Whole => style.count.clone(),
        Format::Fixed(1) | Format::Percent(_) => style.tenth.clone(),
        Format::Unit(places, unit) | Format::Measured(places, unit) => {
            style.tenth.clone().set_num_format(with_unit((*places).max(1), unit))
        }
        Format::Fixed(_) => style.number.clone(),
        Format::Signed(_) => style.signed.clone(),
        Format::Share => style.share.clone(),
        Format::Likelihood => style.likelihood.clone(),
    }
}

/// Returns how numbers with a unit are written.
fn with_unit(places: u32, unit: &str) -> String {
    let decimals = "0".repeat(usize::try_from(places).unwrap_or_default());
    match unit {
        "" => format!("0.{decimals}"),
        "%" => format!("0.{decimals}\"%\""),
        unit => format!("0.{decimals}\" {}\"", unit.replace('"', "")),
    }
}

/// Writes a place between the worst and the best, which colours the cell; where that has a name, the cell shows it.
fn heat(page: &mut Page, column: u16, place: f64, label: &str) -> Result<(), XlsxError> {
    let look = page.style.heat.clone();
    if label.ends_with('%') {
        return number(page, column, place, &look);
    }
    page.fit(column, label);
    number(page, column, place, &look.set_num_format(format!("\"{}\"", label.replace('"', "\u{201d}"))))
}

fn text(page: &mut Page, column: u16, words: &str, format: &Look) -> Result<(), XlsxError> {
    page.fit(column, words);
    page.written.write_string_with_format(page.row, column, clipped(words), format)?;
    Ok(())
}

fn number(page: &mut Page, column: u16, value: f64, format: &Look) -> Result<(), XlsxError> {
    page.written.write_number_with_format(page.row, column, value, format)?;
    Ok(())
}

/// Writes a day, as a text where a workbook knows no such day.
fn day(page: &mut Page, column: u16, day: Date) -> Result<(), XlsxError> {
    let parts = (u16::try_from(day.year()), u8::try_from(day.month()), u8::try_from(day.day()));
    let (Ok(year), Ok(month), Ok(of_month)) = parts else { return text(page, column, "", &page.style.day) };
    match ExcelDateTime::from_ymd(year, month, of_month) {
        Ok(day) => page.written.write_datetime_with_format(page.row, column, &day, &page.style.day).map(|_| ()),
        Err(_) => text(page, column, &long_date(day), &page.style.day),
    }
}

/// Writes that a figure is hidden or not defined.
fn unknown(page: &mut Page, column: u16, state: FigureState) -> Result<(), XlsxError> {
    let words = match state {
        FigureState::Hidden => "hidden",
        FigureState::Undefined | FigureState::Shown => "\u{2013}",
    };
    text(page, column, words, &page.style.quiet)
}

/// Writes a text that opens a file beside the workbook or a cell in it; the text alone where there can be no more links.
fn link(page: &mut Page, column: u16, words: &str, target: &Target, plain: &Look) -> Result<(), XlsxError> {
    if page.links >= MOST_LINKS {
        return text(page, column, words, plain);
    }
    page.fit(column, words);
    let url = Url::new(address(target)).set_text(clipped(words));
    match page.written.write_url_with_format(page.row, column, url, &page.style.link).map(|_| ()) {
        Ok(()) => page.links += 1,
        Err(XlsxError::MaxUrlLengthExceeded) => text(page, column, words, plain)?,
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Returns the address of a file beside the workbook, and of a cell in it.
///
/// The writer takes an address as it is only where it sees in it what stands for another letter, of which the number sign's isn't
/// one. Where there is no other such letter, the address leads into a folder and out of it again, which all programs leave out.
pub(super) fn address(target: &Target) -> String {
    let stands_for = |letter: char| match letter {
        '%' | '"' | ' ' | '<' | '>' | '[' | ']' | '^' | '`' | '{' | '}' | '#' => format!("%{:02X}", u32::from(letter)),
        other => other.to_string(),
    };
    let path: String = target.file.chars().map(stands_for).collect();
    let rest = path.replace("%23", "");
    let around = if rest.len() == path.len() || rest.contains('%') { "" } else { "%20/../" };
    let place = target.place.as_ref();
    let place = place.map_or_else(String::new, |(sheet, cell)| format!("#'{}'!{cell}", sheet.replace('\'', "''")));
    format!("file:///{around}{path}{place}")
}

/// Returns how many as sheets hold numbers.
pub(super) fn as_float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative_and_lead_to_their_cell() {
        let whole = |file: &str| Target::file(file);
        for (target, expected) in [
            (whole("returns/a.pdf"), "file:///returns/a.pdf"),
            (whole("returns/a b.pdf"), "file:///returns/a%20b.pdf"),
            (whole("100% #1.xlsx"), "file:///100%25%20%231.xlsx"),
            (whole("no#space.xlsx"), "file:///%20/../no%23space.xlsx"),
            (Target::cell("a.xlsx", "Bob\u{2019}s 'own'", "C5"), "file:///a.xlsx#'Bob\u{2019}s ''own'''!C5"),
        ] {
            assert_eq!(address(&target), expected, "{target:?}");
        }
    }
}
