//! Finds the tabs: by name, by near names, and last by what stands on them.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Findings, Place};
use crate::framework::{Framework, Presence, SheetId, SheetSpec};
use crate::wording::Wording;

use super::expected::{ENOUGH_TEXTS, Expected, Fit, NameFit};
use super::rival::{self, Candidate, Choice, PassedOver};
use super::rule::{SHEET_MISSING, SHEET_RENAMED};
use super::text::{SheetText, WorkbookText};

/// A copy of a sheet has at least this share of its headings, or as many as the sheet itself.
const ENOUGH_HEADINGS: f64 = 0.5;

/// A tab says so much more of another sheet than of the one whose name it has, where the names were exchanged.
const FAR: f64 = 0.25;

/// A tab that says so much of the sheet whose name it has is that sheet.
const LEAST_OWN: f64 = 0.75;

/// The tabs of a workbook, as places in its list.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    /// The tab that each sheet of the form was found in.
    pub(super) taken: BTreeMap<SheetId, usize>,
    /// The tabs that are like a sheet of the form and weren't taken for it, or not before others.
    pub(super) others: BTreeMap<usize, SheetId>,
    /// The tabs of which nothing tells whether they count or the one that was taken.
    pub(super) rivals: Vec<(SheetId, usize)>,
    /// The tabs that were passed over for another though they say something else, each with the sheet that it is like.
    pub(super) passed: Vec<(SheetId, PassedOver)>,
}

/// Finds each of the framework's sheets, and says which were renamed, which are missing and which could be others.
pub(super) fn locate(framework: &Framework, text: &WorkbookText, findings: &mut Findings) -> Sheets {
    let mut named = by_name(framework, text);
    let expected: Vec<Expected> = framework.sheets.iter().map(|spec| Expected::of(framework, spec)).collect();
    for (spec, sheet) in exchanged(&expected, &named, text) {
        named[spec].retain(|at| *at != sheet);
    }
    let free =
        (0..text.sheets.len()).filter(|sheet| !named.iter().flatten().any(|at| at == sheet) && !is_bare(text, *sheet));
    let free: Vec<usize> = free.collect();
    let mut sheets = Sheets::default();
    let is_form_s =
        |sheet: &usize| framework.form().is_some_and(|form| form.sheet(&text.sheets[*sheet].sheet.name).is_some());
    if named.iter().all(|named| named.len() == 1) && free.iter().all(is_form_s) {
        for (spec, named) in framework.sheets.iter().zip(&named) {
            let sheet = &text.sheets[named[0]];
            let is_title = Wording::of(&sheet.sheet.name) == Wording::of(&spec.title);
            findings.extend((!is_title).then(|| renamed(spec, sheet, &Why::OtherName)));
            sheets.taken.insert(spec.id.clone(), named[0]);
        }
        return sheets;
    }
    let search = Search { framework, text, expected, named, free };
    search.named(&mut sheets, findings);
    search.missing(&mut sheets, findings);
    sheets
}

/// Finds the tabs that have the name of one sheet of the form and say what another does, whose name stands on such a tab too: somebody
/// exchanged the names. Each is with the sheet whose name it has.
fn exchanged(expected: &[Expected], named: &[Vec<usize>], text: &WorkbookText) -> Vec<(usize, usize)> {
    let fit = |spec: usize, sheet: usize| expected[spec].fit(&text.sheets[sheet]).texts;
    let only =
        named.iter().enumerate().filter_map(|(spec, tabs)| Some((spec, *tabs.first().filter(|_| tabs.len() == 1)?)));
    let unlike: Vec<(usize, usize, f64)> =
        only.map(|(spec, sheet)| (spec, sheet, fit(spec, sheet))).filter(|(.., own)| *own < LEAST_OWN).collect();
    #[expect(clippy::float_arithmetic, reason = "likeness is no score")]
    let is_rather = |other: usize, sheet: usize, own: f64| fit(other, sheet) >= ENOUGH_TEXTS.max(own + FAR);
    let meant = |(spec, sheet, own): &(usize, usize, f64)| {
        unlike.iter().any(|(other, ..)| other != spec && is_rather(*other, *sheet, *own))
    };
    let is_meant = |(spec, ..): &&(usize, usize, f64)| {
        unlike.iter().any(|(other, sheet, own)| other != spec && is_rather(*spec, *sheet, *own))
    };
    let both = unlike.iter().filter(|one| meant(one)).filter(is_meant);
    both.map(|(spec, sheet, _)| (*spec, *sheet)).collect()
}

/// Finds for each sheet of the form the tabs whose name is one that the framework gives it, its title before others.
fn by_name(framework: &Framework, text: &WorkbookText) -> Vec<Vec<usize>> {
    let names: Vec<Wording> = text.sheets.iter().map(|sheet| Wording::of(&sheet.sheet.name)).collect();
    let titles: BTreeSet<Wording> = framework.sheets.iter().map(|spec| Wording::of(&spec.title)).collect();
    let find = |spec: &SheetSpec| {
        let title = Wording::of(&spec.title);
        let also: Vec<Wording> = spec.also.iter().map(|name| Wording::of(name)).collect();
        let is_also = |name: &Wording| also.contains(name) && !titles.contains(name);
        let by = |is_mine: &dyn Fn(&Wording) -> bool| -> Vec<usize> {
            let mine = names.iter().enumerate().filter(|(at, name)| is_mine(name) && !is_bare(text, *at));
            mine.map(|(at, _)| at).collect()
        };
        by(&|name| *name == title).into_iter().chain(by(&is_also)).collect()
    };
    framework.sheets.iter().map(find).collect()
}

/// Whether nothing stands on a tab, so that it is none of the form's sheets whatever its name.
fn is_bare(text: &WorkbookText, sheet: usize) -> bool {
    text.sheets[sheet].sheet.cells.iter().all(|cell| cell.value.is_blank() && cell.formula.is_none())
}

/// A workbook that isn't plainly the form's sheets and nothing else.
struct Search<'a> {
    framework: &'a Framework,
    text: &'a WorkbookText<'a>,
    expected: Vec<Expected<'a>>,
    /// For each sheet of the form, the tabs that have its name.
    named: Vec<Vec<usize>>,
    /// The tabs that have none of the names.
    free: Vec<usize>,
}

impl Search<'_> {
    /// Returns how a tab fits a sheet of the form.
    fn fit(&self, spec: usize, sheet: usize) -> Fit {
        self.expected[spec].fit(&self.text.sheets[sheet])
    }

    /// Finds the sheets that are there by name.
    fn named(&self, sheets: &mut Sheets, findings: &mut Findings) {
        let copies = self.copies();
        for (spec, named) in self.named.iter().enumerate().filter(|(_, named)| !named.is_empty()) {
            let named = named.iter().map(|sheet| Candidate { sheet: *sheet, fit: self.fit(spec, *sheet) });
            let copies = copies.iter().filter(|(_, of)| *of == spec).map(|(copy, _)| *copy);
            self.settle(spec, &named.chain(copies).collect::<Vec<_>>(), sheets, findings);
        }
    }

    /// Finds the free tabs that have as much of a sheet as is there by name, and more of it than of any that isn't.
    fn copies(&self) -> Vec<(Candidate, usize)> {
        let copy = |sheet: &usize| {
            let fits = (0..self.expected.len()).map(|spec| (spec, self.fit(spec, *sheet)));
            let (missing, present): (Vec<_>, Vec<_>) = fits.partition(|(spec, _)| self.named[*spec].is_empty());
            let like_missing = missing.iter().map(|(_, fit)| fit.texts).fold(0.0, f64::max);
            let present = present.into_iter().filter(|(spec, fit)| {
                let headings = self.named[*spec]
                    .iter()
                    .map(|named| self.fit(*spec, *named).headings)
                    .fold(ENOUGH_HEADINGS, f64::min);
                fit.is_by_texts() && fit.texts > like_missing && fit.headings >= headings
            });
            let best =
                present.max_by(|(_, a), (_, b)| a.texts.total_cmp(&b.texts).then(a.likeness.total_cmp(&b.likeness)));
            best.map(|(spec, fit)| (Candidate { sheet: *sheet, fit }, spec))
        };
        self.free.iter().filter_map(copy).collect()
    }

    /// Finds the other sheets by their likeness, and says which aren't there.
    fn missing(&self, sheets: &mut Sheets, findings: &mut Findings) {
        for (spec, expected) in self.expected.iter().enumerate().filter(|(spec, _)| self.named[*spec].is_empty()) {
            let candidates = self.candidates(spec, sheets);
            let is_there = !candidates.is_empty();
            self.settle(spec, &candidates, sheets, findings);
            if !is_there && matches!(expected.spec.required, Presence::Required) {
                findings.push(self.bare(expected.spec).unwrap_or_else(|| absent(expected.spec)));
            }
        }
    }

    /// Returns the free tabs that may be a sheet and aren't as much another that is missing; where there are none, the best of those
    /// that are.
    fn candidates(&self, spec: usize, sheets: &Sheets) -> Vec<Candidate> {
        let is_open =
            |sheet: &&usize| !sheets.taken.values().any(|at| at == *sheet) && !sheets.others.contains_key(*sheet);
        let fitting =
            self.free.iter().filter(is_open).map(|sheet| Candidate { sheet: *sheet, fit: self.fit(spec, *sheet) });
        let fitting = fitting.filter(|one| self.expected[spec].is_fitted_by(&one.fit));
        let is_as_much_another = |one: &Candidate| {
            let missing = |other: &usize| {
                *other != spec
                    && self.named[*other].is_empty()
                    && !sheets.taken.contains_key(&self.expected[*other].spec.id)
            };
            (0..self.expected.len()).filter(missing).any(|other| self.fit(other, one.sheet).texts >= one.fit.texts)
        };
        let (shared, own): (Vec<Candidate>, Vec<Candidate>) = fitting.partition(is_as_much_another);
        if !own.is_empty() {
            return own;
        }
        let best = shared.into_iter().max_by(|a, b| {
            let texts = a.fit.texts.total_cmp(&b.fit.texts);
            texts.then(a.fit.likeness.total_cmp(&b.fit.likeness)).then(b.sheet.cmp(&a.sheet))
        });
        best.into_iter().collect()
    }

    /// Says that a sheet has its name on a tab on which nothing stands; `None` where there is no such tab.
    fn bare(&self, spec: &SheetSpec) -> Option<Finding> {
        let names: Vec<Wording> =
            std::iter::once(&spec.title).chain(&spec.also).map(|name| Wording::of(name)).collect();
        let tabs = self.text.sheets.iter().map(|text| text.sheet);
        let tab = tabs.into_iter().find(|sheet| names.contains(&Wording::of(&sheet.name)))?;
        let message = format!("nothing stands on the sheet “{}”, neither the form's texts nor an answer", tab.name);
        let finding = Finding::new(&SHEET_MISSING, Place::Sheet(tab.name.clone()), message).with_expected(&spec.title);
        let help = "Put the sheet back from the issued form and fill it in; a picture of it can't be read.";
        Some(finding.with_subject(spec.id.as_str()).with_help(help))
    }

    /// Takes one of the candidates for a sheet, and says what is to be said of that.
    fn settle(&self, spec: usize, candidates: &[Candidate], sheets: &mut Sheets, findings: &mut Findings) {
        let expected = &self.expected[spec];
        let choice = rival::choose(expected, self.framework, self.text, candidates);
        if let Some(taken) = choice.taken {
            let why = why(&choice, &taken.fit).filter(|_| choice.rivals.is_empty());
            findings.extend(why.map(|why| renamed(expected.spec, &self.text.sheets[taken.sheet], &why)));
            sheets.taken.insert(expected.spec.id.clone(), taken.sheet);
        }
        sheets.rivals.extend(choice.rivals.iter().map(|sheet| (expected.spec.id.clone(), *sheet)));
        sheets.others.extend(choice.others.iter().map(|sheet| (*sheet, expected.spec.id.clone())));
        sheets.passed.extend(choice.passed.into_iter().map(|passed| (expected.spec.id.clone(), passed)));
        findings.extend(choice.findings);
    }
}

/// How a sheet was known that isn't named as expected.
enum Why {
    OtherName,
    Name,
    Texts,
    Filled,
}

/// Says how a tab was known; `None` where it has the form's name.
fn why(choice: &Choice, fit: &Fit) -> Option<Why> {
    match fit.name {
        NameFit::Title => None,
        NameFit::Also => Some(Why::OtherName),
        NameFit::Near | NameFit::Other if choice.passes_blank => Some(Why::Filled),
        NameFit::Near | NameFit::Other if fit.is_by_texts() => Some(Why::Texts),
        NameFit::Near | NameFit::Other => Some(Why::Name),
    }
}

/// Says that a sheet goes by another name.
fn renamed(spec: &SheetSpec, sheet: &SheetText, why: &Why) -> Finding {
    let name = &sheet.sheet.name;
    let known = match why {
        Why::OtherName => "as one that goes by that name too",
        Why::Name => "by its similar name",
        Why::Texts => "by the texts that stand on it",
        Why::Filled => "since it is filled in and the sheet of that name isn\u{2019}t",
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
