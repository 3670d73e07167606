//! Finds the tabs: by name, by near names, and last by what stands on them.

use std::collections::BTreeMap;

use crate::finding::{Finding, Findings, Place};
use crate::framework::{Framework, Presence, SheetId, SheetSpec};
use crate::wording::Wording;

use super::rule::{SHEET_MISSING, SHEET_RENAMED};
use super::text::{SheetText, WorkbookText};

/// A name at least this alike is taken for the sheet's where nothing fits better.
const NEAR_NAME: f64 = 0.6;
/// The share of a sheet's expected texts that tells it whatever its name.
const ENOUGH_TEXTS: f64 = 0.5;

/// Finds each of the framework's sheets, and says which were renamed and which are missing.
pub(super) fn locate(framework: &Framework, text: &WorkbookText, findings: &mut Findings) -> BTreeMap<SheetId, usize> {
    let mut found = by_name(framework, text);
    let others = framework.sheets.iter().filter_map(|spec| Some((spec, &text.sheets[*found.get(&spec.id)?])));
    let others = others.filter(|(spec, sheet)| Wording::of(&spec.title) != Wording::of(&sheet.sheet.name));
    findings.extend(others.map(|(spec, sheet)| renamed(spec, sheet, &Why::OtherName)));
    for spec in &framework.sheets {
        if !found.contains_key(&spec.id)
            && let Some((index, why)) = by_likeness(framework, spec, text, &found)
        {
            findings.push(renamed(spec, &text.sheets[index], &why));
            found.insert(spec.id.clone(), index);
        }
    }
    let missing = framework.sheets.iter().filter(|spec| !found.contains_key(&spec.id));
    findings.extend(missing.filter(|spec| matches!(spec.required, Presence::Required)).map(absent));
    found
}

/// Finds the sheets whose name is one that the framework gives them.
fn by_name(framework: &Framework, text: &WorkbookText) -> BTreeMap<SheetId, usize> {
    let names: Vec<Wording> = text.sheets.iter().map(|sheet| Wording::of(&sheet.sheet.name)).collect();
    let find = |spec: &SheetSpec| {
        let mut known = std::iter::once(&spec.title).chain(&spec.also);
        known.find_map(|name| names.iter().position(|found| *found == Wording::of(name)))
    };
    framework.sheets.iter().filter_map(|spec| Some((spec.id.clone(), find(spec)?))).collect()
}

/// How a sheet was known that isn't named as expected.
enum Why {
    OtherName,
    Name,
    Texts,
}

/// Finds the free sheet that is most like the one expected, by its texts and its name.
fn by_likeness(
    framework: &Framework,
    spec: &SheetSpec,
    text: &WorkbookText,
    found: &BTreeMap<SheetId, usize>,
) -> Option<(usize, Why)> {
    let expected = expected_texts(framework, spec);
    let free = (0..text.sheets.len()).filter(|index| !found.values().any(|taken| taken == index));
    let fits = free.map(|index| {
        let sheet = &text.sheets[index];
        (texts_shared(sheet, &expected), name_likeness(spec, &sheet.sheet.name), index)
    });
    let best = fits.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(b.2.cmp(&a.2)));
    best.and_then(|(texts, name, index)| match (texts >= ENOUGH_TEXTS, name >= NEAR_NAME) {
        (true, _) => Some((index, Why::Texts)),
        (false, true) if texts > 0.0 || expected.is_empty() => Some((index, Why::Name)),
        (false, true | false) => None,
    })
}

/// Returns how alike a tab's name is to the names that a sheet goes by; a name that holds one counts as near.
fn name_likeness(spec: &SheetSpec, name: &str) -> f64 {
    let name = Wording::of(name);
    let known = std::iter::once(&spec.title).chain(&spec.also).map(|known| Wording::of(known));
    known
        .map(|known| if name.as_str().starts_with(known.as_str()) { 0.9 } else { name.likeness(&known) })
        .fold(0.0, f64::max)
}

/// Returns the texts that a sheet of the form holds: labels, headings, criteria and what the pack calls its signs.
fn expected_texts(framework: &Framework, spec: &SheetSpec) -> Vec<Wording> {
    let fields = framework.fields.iter().filter(|field| field.sheet == spec.id).map(|field| field.label.clone());
    let tables = framework.tables.iter().filter(|table| table.sheet == spec.id);
    let headings = tables.clone().flat_map(|table| table.columns.iter().map(|column| column.heading.clone()));
    let criteria = tables.flat_map(|table| super::identity::items(framework, table)).map(|item| item.written());
    let registers = framework.registers.iter().filter(|register| register.sheet == spec.id);
    let columns = registers.flat_map(|register| register.columns.iter().map(|column| column.heading.clone()));
    let all = fields.chain(headings).chain(criteria).chain(columns).chain(spec.signs.iter().cloned());
    all.map(|text| Wording::of(&text)).filter(|text| !text.is_empty()).collect()
}

/// Returns the share of the expected texts that stand on a sheet.
fn texts_shared(sheet: &SheetText, expected: &[Wording]) -> f64 {
    let shared = expected.iter().filter(|text| sheet.says(text)).count();
    #[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "likeness is no score")]
    if expected.is_empty() { 0.0 } else { shared as f64 / expected.len() as f64 }
}

/// Says that a sheet goes by another name.
fn renamed(spec: &SheetSpec, sheet: &SheetText, why: &Why) -> Finding {
    let name = &sheet.sheet.name;
    let known = match why {
        Why::OtherName => "as one that goes by that name too",
        Why::Name => "by its similar name",
        Why::Texts => "by the texts that stand on it",
    };
    let message = format!("the sheet “{name}” was taken for “{}”, {known}", spec.title);
    Finding::new(&SHEET_RENAMED, Place::Sheet(name.clone()), message)
        .with_found(name)
        .with_expected(&spec.title)
        .with_help("Check that it is that sheet; keep the form's sheet names next time.")
}

/// Says that a sheet isn't there.
fn absent(spec: &SheetSpec) -> Finding {
    Finding::new(&SHEET_MISSING, Place::Workbook, format!("there is no sheet “{}”, nor one like it", spec.title))
        .with_subject(spec.id.as_str())
        .with_expected(&spec.title)
        .with_help("Put the sheet back from the issued form and fill it in.")
}
