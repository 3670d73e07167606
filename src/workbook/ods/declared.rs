//! What `styles.xml`, and `content.xml` before its tables, declare: styles that hide a sheet or say what is seen of a cell, and
//! what cells may hold.
//!
//! A style has what its parent has, unless it says otherwise itself; over all of a family stands its default style.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::BytesStart;

use super::broken;
use super::formula::translate;
use super::length::length;
use super::number_style::NumberStyle;
use super::page;
use crate::workbook::facts::element::{Tag, attribute, next_tag, reader};
use crate::workbook::runs::{Font, Level};
use crate::workbook::symbols::Symbols;
use crate::workbook::{NumberFormat, ReadError};

/// The style of cells that name none, as programs call it.
const USUAL_CELLS: &str = "Default";
/// The name under which a family's default style is kept, which has none.
const OF_ALL: &str = "";
/// The least height or width at which something can be seen, two points, in the unit of drawings.
const LEAST: u64 = 25_400;
/// So many styles stand over each other at most.
const MOST_PARENTS: usize = 32;

/// What has been declared.
#[derive(Debug, Default)]
pub(super) struct Declared {
    /// The style that is being declared.
    current: Option<(Family, String)>,
    styles: BTreeMap<Family, BTreeMap<String, Style>>,
    formats: BTreeMap<String, NumberStyle>,
    /// The formats of styles of cells that were asked for.
    known: RefCell<BTreeMap<String, Option<Arc<NumberFormat>>>>,
    validations: BTreeMap<String, (String, String)>,
    /// What is printed above and below the pages of each kind.
    pages: BTreeMap<String, Vec<String>>,
}

/// What styles are for, as far as they say what is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Cell,
    Paragraph,
    Span,
    Table,
    Row,
    Column,
}

/// What a style says itself.
#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    format: Option<String>,
    strikes: Option<bool>,
    level: Option<Level>,
    /// The name of its font; `None` where it names none.
    font: Option<String>,
    is_shown: Option<bool>,
    /// On which kind of page sheets are printed.
    page: Option<String>,
    /// How high rows or wide columns are, in the unit of drawings.
    size: Option<u64>,
}

impl Family {
    /// Returns the family that a style says it is of.
    fn of(element: &BytesStart<'_>) -> Option<Self> {
        match attribute(element, "family")?.as_str() {
            "table-cell" => Some(Self::Cell),
            "paragraph" => Some(Self::Paragraph),
            "text" => Some(Self::Span),
            "table" => Some(Self::Table),
            "table-row" => Some(Self::Row),
            "table-column" => Some(Self::Column),
            _ => None,
        }
    }
}

impl Declared {
    /// Reads `styles.xml`; what it declares for headers and footers alone goes by names of its own, and is left out.
    pub(super) fn of_styles(part: &str) -> Result<Self, ReadError> {
        let (mut declared, mut reader, mut is_common) = (Self::default(), reader(part), false);
        while let Some(tag) = next_tag(&mut reader).map_err(broken)? {
            match tag {
                Tag::Start(element) if element.name().as_ref() == "office:styles" => is_common = true,
                Tag::Start(element) if element.name().as_ref() == "style:master-page" => {
                    let name = attribute(&element, "name").unwrap_or_default();
                    declared.pages.insert(name, page::words(&mut reader)?);
                }
                Tag::Start(element) if is_common => declared.take(&mut reader, &element)?,
                Tag::End(element) if element.name().as_ref() == "office:styles" => is_common = false,
                Tag::Start(_) | Tag::Empty(_) | Tag::End(_) => {}
            }
        }
        Ok(declared)
    }

    /// Takes an element that declares something.
    pub(super) fn take(&mut self, reader: &mut Reader<&[u8]>, element: &BytesStart<'_>) -> Result<(), ReadError> {
        match element.name().as_ref() {
            "style:style" => self.begin(element, attribute(element, "name").unwrap_or_default()),
            "style:default-style" => self.begin(element, OF_ALL.to_owned()),
            "style:text-properties" => {
                let (strikes, level, font) = (strikes(element), level(element), font(element));
                self.say(|style| {
                    style.strikes = strikes.or(style.strikes);
                    style.level = level.or(style.level);
                    style.font = font.or_else(|| style.font.take());
                });
            }
            "style:table-properties" => {
                let is_shown = attribute(element, "display").map(|value| value != "false");
                self.say(|style| style.is_shown = is_shown.or(style.is_shown));
            }
            "style:table-row-properties" | "style:table-column-properties" => {
                let size = ["row-height", "column-width"].iter().find_map(|name| length(&attribute(element, name)?));
                self.say(|style| style.size = size.or(style.size));
            }
            name if name.starts_with("number:") && name.ends_with("-style") => {
                let style = NumberStyle::read(reader, element)?;
                self.formats.insert(attribute(element, "name").unwrap_or_default(), style);
            }
            "table:content-validation" => {
                let condition = attribute(element, "condition").unwrap_or_default();
                self.validations.insert(attribute(element, "name").unwrap_or_default(), kind_and_formula(&condition));
            }
            _ => {}
        }
        Ok(())
    }

    /// Begins a style.
    fn begin(&mut self, element: &BytesStart<'_>, name: String) {
        self.current = Family::of(element).map(|family| (family, name));
        let (parent, format) = (attribute(element, "parent-style-name"), attribute(element, "data-style-name"));
        if let Some((family, name)) = self.current.clone() {
            let page = attribute(element, "master-page-name");
            self.styles.entry(family).or_default().insert(name, Style { parent, format, page, ..Style::default() });
        }
    }

    /// Says something of the style that is being declared.
    fn say(&mut self, what: impl FnOnce(&mut Style)) {
        let current = self.current.as_ref();
        let style = current.and_then(|(family, name)| self.styles.get_mut(family)?.get_mut(name));
        if let Some(style) = style {
            what(style);
        }
    }

    /// Returns what a style says, or else its parents.
    fn said<'a: 'n, 'n, T>(
        &'a self,
        family: Family,
        name: &'n str,
        what: impl Fn(&'a Style) -> Option<T>,
    ) -> Option<T> {
        let styles = self.styles.get(&family)?;
        let first = if family == Family::Cell && name.is_empty() { USUAL_CELLS } else { name };
        let above = |name: &&'n str| Some(styles.get(*name)?.parent.as_deref().unwrap_or(OF_ALL));
        let mut chain = std::iter::successors(Some(first), above).take(MOST_PARENTS);
        chain.find_map(|name| what(styles.get(name)?)).or_else(|| what(styles.get(OF_ALL)?))
    }

    /// Returns the style of numbers of a style of cells.
    fn numbers(&self, style: &str) -> Option<&NumberStyle> {
        self.formats.get(self.said(Family::Cell, style, |style| style.format.as_deref())?)
    }

    /// Returns how a style of cells shows numbers; `None` for the usual way.
    pub(super) fn format(&self, style: &str) -> Option<Arc<NumberFormat>> {
        if let Some(known) = self.known.borrow().get(style) {
            return known.clone();
        }
        let format = self.numbers(style).and_then(|numbers| numbers.format(&self.formats)).map(Arc::new);
        self.known.borrow_mut().insert(style.to_owned(), format.clone());
        format
    }

    /// Whether a style hides the sheet that has it.
    pub(super) fn hides_sheet(&self, style: &str) -> bool {
        self.said(Family::Table, style, |style| style.is_shown) == Some(false)
    }

    /// Returns what is printed above and below the pages of a sheet that has a style.
    pub(super) fn page_words(&self, style: &str) -> Vec<String> {
        let page = self.said(Family::Table, style, |style| style.page.as_deref());
        page.and_then(|page| self.pages.get(page)).cloned().unwrap_or_default()
    }

    /// Whether rows or columns of a style are so small that nobody sees anything in them.
    pub(super) fn is_unseen(&self, family: Family, style: &str) -> bool {
        self.size(family, style).is_some_and(|size| size < LEAST)
    }

    /// Returns how high rows or wide columns of a style are, in the unit of drawings; `None` where it doesn't say.
    pub(super) fn size(&self, family: Family, style: &str) -> Option<u64> {
        self.said(family, style, |style| style.size)
    }

    /// Returns the font of what has a style, within what is in another.
    pub(super) fn font(&self, family: Family, style: &str, around: Font) -> Font {
        Font {
            is_struck: self.said(family, style, |style| style.strikes).unwrap_or(around.is_struck),
            level: self.said(family, style, |style| style.level).unwrap_or(around.level),
            symbols: self.said(family, style, |style| style.font.as_deref()).map_or(around.symbols, Symbols::named),
        }
    }

    /// Whether a style of cells shows numbers as truths.
    pub(super) fn shows_truths(&self, style: &str) -> bool {
        self.numbers(style).is_some_and(NumberStyle::is_of_truths)
    }

    /// Whether a style of cells shows numbers in a way of its own, or in one that isn't declared.
    pub(super) fn shows_its_own_way(&self, style: &str) -> bool {
        let names_one = self.said(Family::Cell, style, |style| style.format.as_deref()).is_some();
        names_one && self.numbers(style).is_none_or(|numbers| !numbers.is_usual())
    }

    /// Returns the kind and first formula of a validation, by its name.
    pub(super) fn validation(&self, name: &str) -> Option<&(String, String)> {
        self.validations.get(name)
    }
}

/// Whether the properties of a text strike it out; `None` where they say nothing of that.
fn strikes(element: &BytesStart<'_>) -> Option<bool> {
    let said = ["text-line-through-style", "text-line-through-type"].map(|name| attribute(element, name));
    said.into_iter().flatten().map(|value| value != "none").max()
}

/// Returns the name of the font of the properties of a text; `None` where they name none.
fn font(element: &BytesStart<'_>) -> Option<String> {
    ["font-name", "font-family"].into_iter().find_map(|name| attribute(element, name))
}

/// Returns where the properties of a text put its letters; `None` where they say nothing of that.
fn level(element: &BytesStart<'_>) -> Option<Level> {
    let said = attribute(element, "text-position")?;
    let share = |word: &str| word.trim_end_matches('%').parse().ok();
    match said.split_whitespace().next()? {
        "super" => Some(Level::Raised),
        "sub" => Some(Level::Lowered),
        word => share(word).map(|share: f64| match share {
            share if share > 0.0 => Level::Raised,
            share if share < 0.0 => Level::Lowered,
            _ => Level::OnLine,
        }),
    }
}

/// Returns a condition's kind and first formula, as Excel names and writes them.
fn kind_and_formula(condition: &str) -> (String, String) {
    let condition = condition.split_once(':').map_or(condition, |(_, condition)| condition);
    if let Some(list) = inside(condition, "cell-content-is-in-list(") {
        return ("list".to_owned(), list_formula(list));
    }
    let kinds = [
        ("cell-content-is-whole-number()", "whole"),
        ("cell-content-is-decimal-number()", "decimal"),
        ("cell-content-is-date()", "date"),
        ("cell-content-is-time()", "time"),
        ("cell-content-text-length", "textLength"),
        ("is-true-formula(", "custom"),
    ];
    let kind = kinds.iter().find(|(start, _)| condition.starts_with(start)).map_or("none", |(_, kind)| kind);
    let formula = inside(condition, "-between(")
        .map(|both| both.split(',').next().unwrap_or(both))
        .or_else(|| inside(condition, "is-true-formula("))
        .or_else(|| condition.rsplit_once(['<', '>', '=']).map(|(_, formula)| formula));
    (kind.to_owned(), formula.map_or_else(String::new, translate))
}

/// Returns what stands between `start`, wherever it is, and the last bracket.
fn inside<'a>(condition: &'a str, start: &str) -> Option<&'a str> {
    let at = condition.find(start)? + start.len();
    Some(condition[at..].strip_suffix(')').unwrap_or(&condition[at..]))
}

/// Returns the list: a reference, or texts as Excel writes them, in one pair of quotes with commas between.
fn list_formula(list: &str) -> String {
    if !list.starts_with('"') {
        return translate(list);
    }
    let texts = list.split("\";\"").map(|text| text.trim_matches('"'));
    format!("\"{}\"", texts.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_in_which_nobody_sees_anything_are_told_by_their_style() {
        for (size, expected) in [
            ("0cm", true),
            ("0pt", true),
            ("0.02in", true),
            ("0.5mm", true),
            ("0.75pt", true),
            ("0.45cm", false),
            ("12.75pt", false),
            ("5mm", false),
            ("0.2in", false),
            ("tall", false),
        ] {
            let part = format!(
                "<office:styles><style:style style:name=\"ro1\" style:family=\"table-row\"><style:table-row-properties \
                 style:row-height=\"{size}\"/></style:style><style:style style:name=\"co1\" style:family=\"table-column\">\
                 <style:table-column-properties style:column-width=\"{size}\"/></style:style></office:styles>"
            );
            let declared = Declared::of_styles(&part).unwrap();
            let unseen = (declared.is_unseen(Family::Row, "ro1"), declared.is_unseen(Family::Column, "co1"));
            assert_eq!(unseen, (expected, expected), "{size}");
            assert!(!declared.is_unseen(Family::Row, "ro2"));
        }
    }

    #[test]
    fn conditions_are_named_as_in_excel() {
        let cases = [
            ("of:cell-content-is-in-list([$Lists.$J$2:.$J$13])", "list", "Lists!$J$2:$J$13"),
            ("of:cell-content-is-in-list(\"Self\";\"External\")", "list", "\"Self,External\""),
            ("of:cell-content-is-date() and cell-content()>42005", "date", "42005"),
            ("of:cell-content-is-whole-number() and cell-content()>=0", "whole", "0"),
            ("of:cell-content-is-whole-number() and cell-content-is-between(0,2)", "whole", "0"),
            ("of:is-true-formula(LEN([.C5])>2)", "custom", "LEN(C5)>2"),
        ];
        for (condition, kind, formula) in cases {
            assert_eq!(kind_and_formula(condition), (kind.to_owned(), formula.to_owned()), "{condition}");
        }
    }
}
