//! Says which framework a workbook is of, by its sheets, headings, labels and criteria.

use std::collections::BTreeSet;

use crate::framework::Framework;
use crate::wording::Wording;

use super::text::WorkbookText;

/// The share of a framework's texts that a workbook must hold to be taken for one of its returns.
const ENOUGH: f64 = 0.3;
/// How many texts it must hold besides, where most of the sheets are there by name.
const TEXTS_BESIDE_SHEETS: usize = 4;

/// What came of recognising a workbook.
#[derive(Debug)]
pub enum Recognition<'a> {
    /// It is a return of this framework.
    Fits(&'a Framework),
    /// No framework fits; the nearest, with how many of its texts were found, of how many.
    Unrecognised(Option<Nearest<'a>>),
}

/// A framework that comes nearest without fitting.
#[derive(Debug)]
pub struct Nearest<'a> {
    /// The framework.
    pub framework: &'a Framework,
    /// How many of its texts the workbook holds.
    pub found: usize,
    /// How many there are.
    pub all: usize,
    /// Its sheets that are there by name.
    pub sheets: usize,
}

impl Nearest<'_> {
    /// Whether most of its sheets are there by name, with texts of its own: what a sheet alone holds may be missing with it.
    fn has_sheets(&self) -> bool {
        self.sheets * 3 >= self.framework.sheets.len() * 2 && self.found >= self.sheets + TEXTS_BESIDE_SHEETS
    }

    /// Returns the share of the texts that were found.
    fn share(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "likeness is no score")]
        if self.all == 0 { 0.0 } else { self.found as f64 / self.all as f64 }
    }
}

/// Recognises a workbook as a return of one of `frameworks`; of equals the first wins.
pub fn recognise<'a>(frameworks: impl IntoIterator<Item = &'a Framework>, text: &WorkbookText) -> Recognition<'a> {
    let said: BTreeSet<&Wording> =
        text.sheets.iter().flat_map(|sheet| sheet.texts.iter().map(|(_, words)| words)).collect();
    let names: BTreeSet<Wording> = text.sheets.iter().map(|sheet| Wording::of(&sheet.sheet.name)).collect();
    let fits = frameworks.into_iter().map(|framework| fit(framework, &said, &names));
    let best = fits.fold(None, |best: Option<Nearest>, next| match best {
        Some(found) if found.share() >= next.share() => Some(found),
        Some(_) | None => Some(next),
    });
    match best {
        Some(best) if best.share() >= ENOUGH || best.has_sheets() => Recognition::Fits(best.framework),
        nearest => Recognition::Unrecognised(nearest.filter(|nearest| nearest.found > 0)),
    }
}

/// Counts how many of a framework's texts a workbook holds.
fn fit<'a>(framework: &'a Framework, said: &BTreeSet<&Wording>, names: &BTreeSet<Wording>) -> Nearest<'a> {
    let expected = expected(framework);
    let sheets = framework.sheets.iter().filter(|sheet| names.contains(&Wording::of(&sheet.title))).count();
    let found = expected.iter().filter(|words| said.contains(words)).count() + sheets;
    Nearest { framework, found, all: expected.len() + framework.sheets.len(), sheets }
}

/// Returns the texts of a framework's form, each once.
fn expected(framework: &Framework) -> BTreeSet<Wording> {
    let labels = framework.fields.iter().map(|field| field.label.clone());
    let headings = framework.tables.iter().flat_map(|table| table.columns.iter().map(|column| column.heading.clone()));
    let criteria =
        framework.tables.iter().flat_map(|table| super::criteria::items(framework, table)).map(|item| item.written());
    let registers =
        framework.registers.iter().flat_map(|register| register.columns.iter().map(|column| column.heading.clone()));
    let all = labels.chain(headings).chain(criteria).chain(registers);
    all.map(|text| Wording::of(&text)).filter(|words| !words.is_empty()).collect()
}
