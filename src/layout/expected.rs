//! What a tab of the form says, by which it is told whatever it is called.

use crate::framework::{Framework, SheetSpec, Table};
use crate::wording::Wording;

use super::text::SheetText;

/// A name at least this alike is taken for the sheet's where nothing fits better.
const NEAR_NAME: f64 = 0.6;
/// The share of a sheet's expected texts that tells it whatever its name.
pub(super) const ENOUGH_TEXTS: f64 = 0.5;

/// What a sheet of the form is called and says, prepared once for all tabs.
pub(super) struct Expected<'a> {
    /// The sheet.
    pub(super) spec: &'a SheetSpec,
    /// Whether anything is read from it.
    pub(super) is_read: bool,
    /// Whether senders fill something in on it; what only shows results is told by its name, whatever was typed over there.
    pub(super) takes_entries: bool,
    /// Its title, then the other names that it goes by.
    names: Vec<Wording>,
    headings: Vec<Wording>,
    texts: Vec<Wording>,
}

/// How a tab's name is like the form's, from the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NameFit {
    /// It says nothing.
    Other,
    /// It holds one of the names, or is much like it.
    Near,
    /// It is one that the sheet goes by too.
    Also,
    /// It is the form's own.
    Title,
}

/// How a tab fits a sheet of the form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    /// How its name does.
    pub(super) name: NameFit,
    /// How alike the names are.
    pub(super) likeness: f64,
    /// The share of the expected texts that stand on it.
    pub(super) texts: f64,
    /// The share of the expected headings that do.
    pub(super) headings: f64,
}

impl Fit {
    /// Whether the texts on it tell that it is the sheet.
    pub(super) fn is_by_texts(&self) -> bool {
        self.texts >= ENOUGH_TEXTS
    }
}

impl<'a> Expected<'a> {
    /// Gathers what a sheet of the form holds: labels, headings, criteria and what the pack calls its signs.
    pub(super) fn of(framework: &Framework, spec: &'a SheetSpec) -> Self {
        let fields = framework.fields.iter().filter(|field| field.sheet == spec.id).map(|field| &field.label);
        let tables = framework.tables.iter().filter(|table| table.sheet == spec.id);
        let registers = framework.registers.iter().filter(|register| register.sheet == spec.id);
        let takes_entries =
            fields.clone().count() + registers.clone().count() > 0 || tables.clone().any(takes_entries_in);
        let columns = tables.clone().flat_map(|table| table.columns.iter().map(|column| &column.heading));
        let columns =
            columns.chain(registers.flat_map(|register| register.columns.iter().map(|column| &column.heading)));
        let criteria = tables.flat_map(|table| super::identity::items(framework, table)).map(|item| item.written());
        let criteria: Vec<String> = criteria.collect();
        let headings = wordings(columns);
        let mut texts: Vec<Wording> = headings.iter().cloned().chain(wordings(fields.chain(&criteria))).collect();
        let is_read = !texts.is_empty() || framework.stated.iter().any(|stated| stated.sheet == spec.id);
        texts.extend(wordings(spec.signs.iter()));
        let names = wordings(std::iter::once(&spec.title).chain(&spec.also));
        Self { spec, is_read, takes_entries, names, headings, texts }
    }

    /// Says how a tab fits.
    pub(super) fn fit(&self, sheet: &SheetText) -> Fit {
        let name = Wording::of(&sheet.sheet.name);
        let likeness = self.names.iter().map(|known| likeness(&name, known)).fold(0.0, f64::max);
        let fit = match self.names.iter().position(|known| *known == name) {
            Some(0) => NameFit::Title,
            Some(_) => NameFit::Also,
            None if likeness >= NEAR_NAME || self.names.iter().any(|known| holds(&name, known)) => NameFit::Near,
            None => NameFit::Other,
        };
        let (texts, headings) = (share(sheet, &self.texts), share(sheet, &self.headings));
        Fit { name: fit, likeness, texts, headings }
    }

    /// Whether a tab that fits so may be the sheet.
    pub(super) fn is_fitted_by(&self, fit: &Fit) -> bool {
        fit.is_by_texts() || (fit.likeness >= NEAR_NAME && (fit.texts > 0.0 || self.texts.is_empty()))
    }

    /// Whether the form's sheet says this.
    pub(super) fn says(&self, words: &Wording) -> bool {
        self.texts.contains(words)
    }
}

/// Whether a table has a column that senders fill in.
fn takes_entries_in(table: &Table) -> bool {
    table.columns.iter().any(|column| !column.holds.is_printed())
}

/// Folds texts, leaving out the empty ones.
fn wordings<'t>(texts: impl Iterator<Item = &'t String>) -> Vec<Wording> {
    texts.map(|text| Wording::of(text)).filter(|words| !words.is_empty()).collect()
}

/// Returns how alike two names are; one that begins with the other counts as near.
fn likeness(name: &Wording, known: &Wording) -> f64 {
    if name.as_str().starts_with(known.as_str()) { 0.9 } else { name.likeness(known) }
}

/// Whether a name has another in it, word for word.
fn holds(name: &Wording, known: &Wording) -> bool {
    let is_mark = |c: char| !c.is_alphanumeric();
    let words = |wording: &Wording| -> Vec<String> {
        wording.as_str().split(is_mark).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (name, known) = (words(name), words(known));
    !known.is_empty() && name.windows(known.len()).any(|part| part == known)
}

/// Returns the share of texts that stand on a sheet.
fn share(sheet: &SheetText, expected: &[Wording]) -> f64 {
    let shared = expected.iter().filter(|text| sheet.says(text)).count();
    #[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "likeness is no score")]
    if expected.is_empty() { 0.0 } else { shared as f64 / expected.len() as f64 }
}
