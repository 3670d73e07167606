//! What `content.xml` declares before its tables: styles that hide a sheet or say what is seen of a cell, and what cells
//! may hold.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::BytesStart;

use super::formula::translate;
use crate::workbook::facts::element::attribute;

/// What has been declared.
#[derive(Debug, Default)]
pub(super) struct Declared {
    style: String,
    hiding_styles: BTreeSet<String>,
    striking_styles: BTreeSet<String>,
    /// The names of formats, by the styles of cells that have them.
    formats: BTreeMap<String, String>,
    /// The formats of lengths of time.
    elapsed: BTreeSet<String>,
    /// The formats that show numbers with as many decimals as they have.
    usual: BTreeSet<String>,
    validations: BTreeMap<String, (String, String)>,
}

impl Declared {
    /// Takes an element that stands before the tables.
    pub(super) fn take(&mut self, element: &BytesStart<'_>) {
        match element.name().as_ref() {
            "style:style" | "style:default-style" => {
                self.style = attribute(element, "name").unwrap_or_default();
                self.formats.extend(attribute(element, "data-style-name").map(|format| (self.style.clone(), format)));
            }
            "style:text-properties" if strikes(element) => drop(self.striking_styles.insert(self.style.clone())),
            "number:number" if attribute(element, "decimal-places").is_none() => {
                self.usual.insert(self.style.clone());
            }
            name if name.starts_with("number:") && name.ends_with("-style") => {
                self.style = attribute(element, "name").unwrap_or_default();
                let is_elapsed = attribute(element, "truncate-on-overflow").is_some_and(|value| value == "false");
                self.elapsed.extend(is_elapsed.then(|| self.style.clone()));
            }
            "style:table-properties" if attribute(element, "display").is_some_and(|value| value == "false") => {
                self.hiding_styles.insert(self.style.clone());
            }
            "table:content-validation" => {
                let condition = attribute(element, "condition").unwrap_or_default();
                self.validations.insert(attribute(element, "name").unwrap_or_default(), kind_and_formula(&condition));
            }
            _ => {}
        }
    }

    /// Whether a style hides the sheet that has it.
    pub(super) fn hides_sheet(&self, style: &str) -> bool {
        self.hiding_styles.contains(style)
    }

    /// Whether a style of cells or of a part of a text strikes out.
    pub(super) fn strikes(&self, style: &str) -> bool {
        self.striking_styles.contains(style)
    }

    /// Whether a style of cells shows lengths of time.
    pub(super) fn shows_elapsed(&self, style: &str) -> bool {
        self.formats.get(style).is_some_and(|format| self.elapsed.contains(format))
    }

    /// Whether a style of cells shows numbers in a way of its own.
    pub(super) fn shows_its_own_way(&self, style: &str) -> bool {
        self.formats.get(style).is_some_and(|format| !self.usual.contains(format))
    }

    /// Returns the kind and first formula of a validation, by its name.
    pub(super) fn validation(&self, name: &str) -> Option<&(String, String)> {
        self.validations.get(name)
    }
}

/// Whether the properties of a text strike it out.
fn strikes(element: &BytesStart<'_>) -> bool {
    let says = |name: &str| attribute(element, name).is_some_and(|value| value != "none");
    says("text-line-through-style") || says("text-line-through-type")
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
