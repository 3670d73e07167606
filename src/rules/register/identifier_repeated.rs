//! Keys that stand twice, references that differ by nothing but the signs between their parts, and organisations with one number.

use std::collections::BTreeMap;

use super::numbers;
use crate::finding::{Finding, Findings, Severity, declare_rule};
use crate::framework::{ColumnId, EntryKind, Personal, RegisterSpec};
use crate::returns::{EntryValue, Row};
use crate::rules::{Judged, ReturnRule};
use crate::wording::{Wording, as_seen};

declare_rule! {
    RULE = "identifier-repeated", Error, Allowed, "a key that must be unique stands twice"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds rows whose key another row has already.
fn check(judged: &Judged, findings: &mut Findings) {
    for spec in &judged.framework.registers {
        if let (Some(key), Some(register)) = (&spec.key, judged.sent.registers.get(&spec.id)) {
            findings.extend(repeated(spec, key, &register.rows));
            let is_reference = spec.declared(key).is_some_and(|key| matches!(key.kind, EntryKind::Reference(_)));
            findings.extend(is_reference.then(|| alike(spec, key, &register.rows)).into_iter().flatten());
            findings.extend(numbers::repeated(&RULE, spec, key, &register.rows));
        }
    }
}

/// Says which rows repeat a key.
fn repeated(spec: &RegisterSpec, key: &ColumnId, rows: &[Row]) -> Vec<Finding> {
    let mut first: BTreeMap<Wording, u32> = BTreeMap::new();
    let shown = is_told(spec, key);
    let again = rows.iter().filter_map(|row| {
        let entry = row.entry(key.as_str())?;
        let Some(EntryValue::Text(text)) = entry.given() else { return None };
        let earlier = *first.entry(Wording::of(&as_seen(text))).or_insert(row.number);
        if earlier == row.number {
            return None;
        }
        // What tells who a person is goes by the row in which it stands first.
        let is_masked = **text == *format!("row {earlier}");
        let name = if shown && !is_masked { text } else { "the key" };
        let message = format!("{name} stands in row {earlier} already; each {} has one row", spec.row_noun);
        Some(
            Finding::new(&RULE, entry.place(), message)
                .with_subject(row.name(spec))
                .with_found(name)
                .with_help("Check which row is right, and correct or delete the other."),
        )
    });
    again.collect()
}

/// Whether a key may be told outside its return.
fn is_told(spec: &RegisterSpec, key: &ColumnId) -> bool {
    spec.columns.iter().any(|column| column.id == *key && column.personal != Personal::Belongs)
}

/// Says which references may be that of a row above, since they differ only by blanks, hyphens and the like. They count as two.
fn alike(spec: &RegisterSpec, key: &ColumnId, rows: &[Row]) -> Vec<Finding> {
    let mut first: BTreeMap<String, Vec<(u32, Reference)>> = BTreeMap::new();
    let again = rows.iter().filter_map(|row| {
        let entry = row.entry(key.as_str())?;
        let Some(EntryValue::Text(text)) = entry.given() else { return None };
        let reference = Reference::of(text);
        let above = first.entry(reference.signs()).or_default();
        if above.iter().any(|(_, other)| other.words == reference.words) {
            return None;
        }
        let like = above.iter().find(|(_, other)| other.may_be(&reference)).map(|(number, other)| (*number, other.clone()));
        above.push((row.number, reference.clone()));
        let (number, other) = like?;
        let (name, other) = if is_told(spec, key) { (&**text, other.written) } else { ("the key", "that".to_owned()) };
        let message = format!(
            "{name} may be the same as {other} in row {number}: they differ only by blanks, hyphens and the like; they count as two"
        );
        let help = format!("If it is one {}, delete one row; if it is two, give them references that nobody mistakes.", spec.row_noun);
        let finding = Finding::new(&RULE, entry.place(), message).with_severity(Severity::Warning);
        Some(finding.with_subject(row.name(spec)).with_found(name).with_help(help))
    });
    again.collect()
}

/// A reference as it is compared with others.
#[derive(Clone, Debug)]
struct Reference {
    /// As it is written.
    written: String,
    /// As repeated keys are compared.
    words: Wording,
    /// Its parts: letters and figures that nothing stands between.
    parts: Vec<String>,
}

impl Reference {
    fn of(text: &str) -> Self {
        let words = Wording::of(&as_seen(text));
        let parts = words.as_str().split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        let parts = parts.map(str::to_owned).collect();
        Self { written: text.trim().to_owned(), parts, words }
    }

    /// Returns its letters and figures.
    fn signs(&self) -> String {
        self.parts.concat()
    }

    /// Whether it may be another that has the same letters and figures: of figures that are parted otherwise (1-12 and 11-2) that isn't so.
    fn may_be(&self, other: &Self) -> bool {
        let figures = |reference: &Self| -> Vec<usize> {
            let mut ends = Vec::new();
            let mut length = 0;
            for pair in reference.parts.windows(2) {
                length += pair[0].len();
                let between =
                    pair[0].ends_with(|c: char| c.is_numeric()) && pair[1].starts_with(|c: char| c.is_numeric());
                ends.extend(between.then_some(length));
            }
            ends
        };
        let (own, others) = (figures(self), figures(other));
        own == others || own.is_empty() || others.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_alike_but_for_the_signs_between_their_parts() {
        let same = [
            ("CL0029", "CL 0029"),
            ("CL-0029", "cl.0029"),
            ("С-0029", "C/0029"),
            ("2024-001", "2024 001"),
            ("2024-001", "2024001"),
        ];
        let others = [("1-12", "11-2"), ("CL1-12", "CL 11-2")];
        let may_be = |(one, other): (&str, &str)| {
            let (one, other) = (Reference::of(one), Reference::of(other));
            one.signs() == other.signs() && one.may_be(&other)
        };
        for (pair, expected) in same.map(|pair| (pair, true)).into_iter().chain(others.map(|pair| (pair, false))) {
            assert_eq!(may_be(pair), expected, "{pair:?}");
        }
    }
}
