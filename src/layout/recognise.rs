//! Says which framework a workbook is of, by its sheets, headings, labels and criteria.

use std::collections::{BTreeSet, HashMap};

use crate::framework::{Framework, FrameworkId};
use crate::wording::Wording;

use super::text::{SheetText, WorkbookText};

/// The share of a framework's texts that a workbook must hold to be taken for one of its returns.
const ENOUGH: f64 = 0.3;
/// How many texts it must hold besides, where most of the sheets are there by name.
const TEXTS_BESIDE_SHEETS: usize = 4;

/// The share that is enough where the framework is named: then only what has hardly a word of its form is refused.
const ENOUGH_IF_NAMED: f64 = 0.1;

/// What came of recognising a workbook.
#[derive(Debug)]
pub enum Recognition<'a> {
    /// It is a return of this framework.
    Fits(&'a Framework),
    /// It is a return of this framework, which isn't the one that is insisted on.
    Other(&'a Framework),
    /// No framework fits; the nearest, with how many of its texts were found, of how many.
    Unrecognised(Option<Nearest<'a>>),
}

/// A framework that comes nearest without fitting.
#[derive(Clone, Debug)]
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
    /// Returns the share of the texts that were found.
    fn share(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "likeness is no score")]
        if self.all == 0 { 0.0 } else { self.found as f64 / self.all as f64 }
    }

    /// Whether most of its sheets are there by name, with texts of its own: what a sheet alone holds may be missing with it.
    fn has_sheets(&self) -> bool {
        self.sheets * 3 >= self.framework.sheets.len() * 2 && self.found >= self.sheets + TEXTS_BESIDE_SHEETS
    }

    /// Whether it isn't nearer than another, or only as another version of the same framework.
    fn is_no_better(&self, other: &Self) -> bool {
        self.share() <= other.share() || self.framework.id == other.framework.id
    }

    /// Whether so many of the texts are here that it is taken for the framework.
    fn is_enough(&self, insisted: Option<&Insisted>) -> bool {
        self.share() >= if insisted.is_some() { ENOUGH_IF_NAMED } else { ENOUGH } || self.has_sheets()
    }
}

/// A framework that all returns must be of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Insisted {
    /// Its name.
    pub framework: FrameworkId,
    /// The version; `None` takes any.
    pub version: Option<String>,
}

impl Insisted {
    /// Insists on the framework of a name, and on a version where `seqf@2024-25` was written.
    pub fn new(framework: FrameworkId, written: &str) -> Self {
        Self { framework, version: written.split_once('@').map(|(_, version)| version.to_owned()) }
    }

    /// Whether a framework is the one that is meant.
    pub fn is_met_by(&self, framework: &Framework) -> bool {
        framework.id == self.framework && self.version.as_ref().is_none_or(|version| framework.version == *version)
    }
}

/// What frameworks' forms say, prepared once for recognising any number of workbooks.
#[derive(Debug)]
pub struct Recogniser<'a> {
    frameworks: Vec<Form<'a>>,
    /// The number of each text that any of the forms says.
    numbers: HashMap<Wording, usize>,
}

/// A framework with what tells its form.
#[derive(Debug)]
struct Form<'a> {
    framework: &'a Framework,
    /// The numbers of its texts, each once.
    texts: BTreeSet<usize>,
    /// The names of its sheets.
    sheets: Vec<Wording>,
}

impl<'a> Recogniser<'a> {
    /// Prepares recognising returns of these frameworks.
    pub fn new(frameworks: impl IntoIterator<Item = &'a Framework>) -> Self {
        let mut numbers = HashMap::new();
        let mut number = |words: Wording| {
            let next = numbers.len();
            *numbers.entry(words).or_insert(next)
        };
        // A bundle asks nothing itself, so that no workbook is of it.
        let frameworks = frameworks.into_iter().filter(|framework| !framework.is_bundle()).map(|framework| Form {
            framework,
            texts: expected(framework).into_iter().map(&mut number).collect(),
            sheets: framework.sheets.iter().map(|sheet| Wording::of(&sheet.title)).collect(),
        });
        Self { frameworks: frameworks.collect(), numbers }
    }

    /// Recognises a workbook as a return of one of the frameworks; of equals the first wins.
    ///
    /// Where a framework is insisted on, a workbook that is sooner of another isn't read as if it were of this one, and one
    /// that is hardly like any is taken for it.
    pub fn recognise(&self, insisted: Option<&Insisted>, text: &WorkbookText) -> Recognition<'a> {
        let fits = self.fits(text);
        let meant = |fit: &&Nearest| insisted.is_none_or(|insisted| insisted.is_met_by(fit.framework));
        let wanted = best(fits.iter().filter(meant));
        match (best(&fits), wanted) {
            (Some(best), Some(wanted)) if best.is_enough(None) && !best.is_no_better(wanted) => {
                Recognition::Other(best.framework)
            }
            (_, Some(wanted)) if wanted.is_enough(insisted) => Recognition::Fits(wanted.framework),
            (_, wanted) => Recognition::Unrecognised(wanted.filter(|nearest| nearest.found > 0).cloned()),
        }
    }

    /// Returns the other frameworks whose forms a workbook holds on sheets that a framework's own form doesn't have, each with those sheets.
    pub fn others(&self, own: &Framework, text: &WorkbookText) -> Vec<(&'a Framework, Vec<String>)> {
        let titles: BTreeSet<Wording> = own.sheets.iter().map(|sheet| Wording::of(&sheet.title)).collect();
        let foreign = text.sheets.iter().filter(|sheet| !titles.contains(&Wording::of(&sheet.sheet.name)));
        let foreign: Vec<&SheetText> = foreign.collect();
        let is_other = |fit: &Nearest| fit.framework.id != own.id && fit.sheets > 0 && fit.is_enough(None);
        let fits = self.fits_on(&foreign).into_iter().filter(is_other);
        let named = |framework: &Framework| {
            let titles: BTreeSet<Wording> = framework.sheets.iter().map(|sheet| Wording::of(&sheet.title)).collect();
            let names = foreign.iter().map(|sheet| &sheet.sheet.name);
            names.filter(|name| titles.contains(&Wording::of(name))).cloned().collect::<Vec<String>>()
        };
        fits.map(|fit| (fit.framework, named(fit.framework))).collect()
    }

    /// Says of each framework how much of its form a workbook holds.
    fn fits(&self, text: &WorkbookText) -> Vec<Nearest<'a>> {
        self.fits_on(&text.sheets.iter().collect::<Vec<_>>())
    }

    /// Says of each framework how much of its form some sheets hold.
    fn fits_on(&self, sheets: &[&SheetText]) -> Vec<Nearest<'a>> {
        let mut said = vec![false; self.numbers.len()];
        let texts = sheets.iter().flat_map(|sheet| &sheet.texts);
        for number in texts.filter_map(|(_, words)| self.numbers.get(words)) {
            said[*number] = true;
        }
        let names: BTreeSet<Wording> = sheets.iter().map(|sheet| Wording::of(&sheet.sheet.name)).collect();
        self.frameworks.iter().map(|form| form.fit(&said, &names)).collect()
    }
}

impl<'a> Form<'a> {
    /// Counts how many of a framework's texts a workbook holds, of which `said` tells which it says.
    fn fit(&self, said: &[bool], names: &BTreeSet<Wording>) -> Nearest<'a> {
        let sheets = self.sheets.iter().filter(|sheet| names.contains(sheet)).count();
        let found = self.texts.iter().filter(|text| said[**text]).count() + sheets;
        Nearest { framework: self.framework, found, all: self.texts.len() + self.sheets.len(), sheets }
    }
}

/// Returns the best of several; of equals the first.
fn best<'f, 'a>(fits: impl IntoIterator<Item = &'f Nearest<'a>>) -> Option<&'f Nearest<'a>>
where
    'a: 'f,
{
    fits.into_iter().reduce(|first, next| if first.share() >= next.share() { first } else { next })
}

/// Returns the texts of a framework's form, each once.
fn expected(framework: &Framework) -> BTreeSet<Wording> {
    let labels = framework.fields.iter().map(|field| field.label.clone());
    let headings = framework.tables.iter().flat_map(|table| table.columns.iter().map(|column| column.heading.clone()));
    let criteria =
        framework.tables.iter().flat_map(|table| super::identity::items(framework, table)).map(|item| item.written());
    let registers =
        framework.registers.iter().flat_map(|register| register.columns.iter().map(|column| column.heading.clone()));
    let all = labels.chain(headings).chain(criteria).chain(registers);
    all.map(|text| Wording::of(&text)).filter(|words| !words.is_empty()).collect()
}
