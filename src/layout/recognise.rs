//! Says which framework a workbook is of, by its sheets, headings, labels and criteria.

use std::collections::{BTreeSet, HashMap};

use crate::framework::Framework;
use crate::wording::Wording;

use super::text::WorkbookText;

/// The share of a framework's texts that a workbook must hold to be taken for one of its returns.
const ENOUGH: f64 = 0.3;

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
    /// Returns the share of the texts that were found.
    fn share(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "likeness is no score")]
        if self.all == 0 { 0.0 } else { self.found as f64 / self.all as f64 }
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
        let frameworks = frameworks.into_iter().map(|framework| Form {
            framework,
            texts: expected(framework).into_iter().map(&mut number).collect(),
            sheets: framework.sheets.iter().map(|sheet| Wording::of(&sheet.title)).collect(),
        });
        Self { frameworks: frameworks.collect(), numbers }
    }

    /// Recognises a workbook as a return of one of the frameworks; of equals the first wins.
    pub fn recognise(&self, text: &WorkbookText) -> Recognition<'a> {
        let mut said = vec![false; self.numbers.len()];
        let texts = text.sheets.iter().flat_map(|sheet| &sheet.texts);
        for number in texts.filter_map(|(_, words)| self.numbers.get(words)) {
            said[*number] = true;
        }
        let names: BTreeSet<Wording> = text.sheets.iter().map(|sheet| Wording::of(&sheet.sheet.name)).collect();
        let fits = self.frameworks.iter().map(|form| form.fit(&said, &names));
        let best = fits.fold(None, |best: Option<Nearest>, next| match best {
            Some(found) if found.share() >= next.share() => Some(found),
            Some(_) | None => Some(next),
        });
        match best {
            Some(best) if best.share() >= ENOUGH => Recognition::Fits(best.framework),
            nearest => Recognition::Unrecognised(nearest.filter(|nearest| nearest.found > 0)),
        }
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
