//! Evidence as it is compared between returns.
//!
//! Beside its words, which a finding shows, a text is kept as the digests of its runs of five words, in order and each once, without those that the form itself has
//! (examples of evidence that a sender left in place or copied aren't shared between senders). Texts of fewer than
//! [`LEAST_WORDS`] words name a document and are left out: naming one document twice is no fault. Runs don't reach from one entry
//! of a list into the next.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::Place;
use crate::framework::{Framework, ItemId};
use crate::returns::{EntryValue, Return};
use crate::wording::Wording;

/// Texts of fewer words aren't compared.
pub const LEAST_WORDS: usize = 8;

/// How many words make a run.
const RUN: usize = 5;

/// One text of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceRecord {
    /// The criterion or measure that it stands beside.
    pub id: ItemId,
    /// The sheet.
    pub sheet: String,
    /// The cell.
    pub cell: String,
    /// What it says.
    pub text: String,
    /// Digests of its runs of five words, ascending, each once.
    pub runs: Vec<u32>,
}

/// A word of a text and the one before it, where the form hasn't both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The digest of the word before it.
    pub before: u32,
    /// The digest of both.
    pub both: u32,
    /// The digests of the runs that have both.
    pub runs: Vec<u32>,
}

impl EvidenceRecord {
    /// Returns the steps from word to word that are the sender's own, in order.
    pub fn steps(&self) -> Vec<Step> {
        passages(&self.text).iter().flat_map(|passage| self.steps_of(passage)).collect()
    }

    /// Returns the sender's own steps of a passage.
    fn steps_of(&self, passage: &Wording) -> Vec<Step> {
        let words = words(passage);
        let windows: Vec<u32> = words.windows(RUN).map(digest).collect();
        let step = |(at, pair): (usize, &[&str])| {
            let around = windows.get((at + 2).saturating_sub(RUN)..(at + 1).min(windows.len()))?;
            let is_own = around.iter().all(|run| self.runs.binary_search(run).is_ok());
            is_own.then(|| Step { before: digest(&pair[..1]), both: digest(pair), runs: around.to_vec() })
        };
        words.windows(2).enumerate().filter_map(step).collect()
    }
}

/// Returns the evidence of a return; `form` holds the runs of the form's own texts ([`runs_of_form`]).
pub fn evidence(framework: &Framework, sent: &Return, form: &BTreeSet<u32>) -> Vec<EvidenceRecord> {
    let columns = framework.evidence_columns();
    let notes = sent.notes.iter().filter(|((_, column), _)| columns.contains(column));
    let records = notes.filter_map(|((id, _), entry)| match entry.given()? {
        EntryValue::Text(text) => record(id, entry.place.as_ref()?, text, form),
        EntryValue::Number(_) | EntryValue::Date(_) => None,
    });
    records.collect()
}

/// Returns the runs of the texts that a framework's form holds.
pub fn runs_of_form(framework: &Framework) -> BTreeSet<u32> {
    let criteria = framework.criteria().flat_map(|criterion| criterion.levels.iter().chain([&criterion.text]));
    let measures = framework.measures().map(|measure| &measure.text);
    criteria.chain(measures).flat_map(|text| runs(text)).collect()
}

/// Returns the record of one text, where it is long enough and something of it is the sender's own.
pub fn record(id: &str, place: &Place, text: &str, form: &BTreeSet<u32>) -> Option<EvidenceRecord> {
    let (Some(sheet), Some(cells)) = (place.sheet(), place.cells()) else { return None };
    let runs: Vec<u32> = runs(text).into_iter().filter(|run| !form.contains(run)).collect();
    (runs.len() > LEAST_WORDS - RUN).then(|| EvidenceRecord {
        id: id.into(),
        sheet: sheet.to_owned(),
        cell: cells.to_string(),
        text: text.to_owned(),
        runs,
    })
}

/// Returns the digests of a text's runs of five words, each once.
pub fn runs(text: &str) -> BTreeSet<u32> {
    passages(text).iter().flat_map(|passage| words(passage).windows(RUN).map(digest).collect::<Vec<_>>()).collect()
}

/// Returns the passages of a text: a list has one for each of its entries, and a line that goes on in the next ends none.
fn passages(text: &str) -> Vec<Wording> {
    let mut passages: Vec<String> = Vec::new();
    for line in text.split(['\n', '\r', ';']).map(str::trim).filter(|line| !line.is_empty()) {
        match passages.last_mut().filter(|_| line.starts_with(char::is_lowercase)) {
            Some(passage) => passage.extend([" ", line]),
            None => passages.push(line.to_owned()),
        }
    }
    passages.iter().map(|passage| Wording::of(passage)).collect()
}

/// Returns the words of a text, in order.
fn words(wording: &Wording) -> Vec<&str> {
    wording.each_word().collect()
}

/// Digests a run of words (FNV-1a, folded to 32 bits: two runs in some thousand million share one).
fn digest(words: &[&str]) -> u32 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([b' ']));
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    u32::try_from((hash >> 32) ^ (hash & 0xffff_ffff)).expect("both halves are 32 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Minutes of the board of 3 March show that the plan was agreed and published.";

    fn of(text: &str, form: &str) -> Option<usize> {
        let place = Place::cell("Sheet", crate::cell::CellRef::new(1, 1));
        record("1.1", &place, text, &runs(form)).map(|record| record.runs.len())
    }

    #[test]
    fn the_forms_own_words_are_left_out() {
        let cases = [
            (TEXT, "", Some(11)),
            (TEXT, "Minutes of the board of 3 March", Some(8)),
            (TEXT, TEXT, None),
            ("See the minutes of March", "", None),
        ];
        for (text, form, expected) in cases {
            assert_eq!(of(text, form), expected, "{text} / {form}");
        }
    }

    #[test]
    fn steps_are_those_that_the_form_has_not() {
        let place = Place::cell("Sheet", crate::cell::CellRef::new(1, 1));
        let steps = |form: &str| record("1.1", &place, TEXT, &runs(form)).unwrap().steps().len();
        assert_eq!(steps(""), 14, "one from each word to the next");
        assert_eq!(steps("Minutes of the board of 3 March"), 8);
    }

    #[test]
    fn case_and_punctuation_do_not_matter() {
        assert_eq!(runs("One, two; three - four FIVE six"), runs("one two three four five (six)"));
        assert_eq!(runs("One two three\nfour five six"), runs("one two three four five six"));
        assert!(runs("Minutes of the board\nSurvey of the staff\nPlan for the year").is_empty(), "a list of documents");
    }
}
