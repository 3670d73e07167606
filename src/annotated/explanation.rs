//! What the sender wrote beside the findings, and which finding it is of.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::column::Column;
use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, NOTHING_TO_DO};
use crate::returns::names_nothing;
use crate::wording::Wording;
use crate::words::sentence;

/// Words that explain nothing, beside those that name nothing.
const SAYS_NOTHING: [&str; 13] =
    ["yes", "no", "y", "n", "ok", "okay", "see below", "noted", "agreed", "correct", "ie", "na", "iawn"];

/// What is said to a sender whose explanation explains nothing.
pub const NOTHING_SAID: &str = " What was written beside it explains nothing; say why the value is right.";

/// The sender's explanation of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The name of the finding's rule.
    pub rule: String,
    /// The sheet that the finding is on; empty where it is on none.
    pub sheet: String,
    /// The cells that the finding is on; `None` where it is on none.
    pub cells: Option<CellRange>,
    /// What the finding belongs to; empty where it belongs to nothing.
    pub subject: String,
    /// What was found there; empty where the finding quotes nothing.
    #[serde(default)]
    pub found: String,
    /// What the finding says, as our sheet of findings has it.
    #[serde(default)]
    pub message: String,
    /// What stands under “What to do” where the workbook doesn't say any more what we wrote there; empty where it does.
    #[serde(default)]
    pub help: String,
    /// The columns that no longer tell which finding it is of: they are gone, or something else was typed into them.
    #[serde(default)]
    pub lost: Vec<Column>,
    /// Where the sender wrote it: our sheet, and the cell.
    #[serde(default)]
    pub written_at: Option<(String, CellRef)>,
    /// What the sender wrote.
    pub text: String,
}

impl Explanation {
    /// Whether the explanation is of this finding.
    pub fn is_about(&self, finding: &Finding) -> bool {
        self.lost.is_empty() && self.cells == finding.place.cells() && self.is_of_kind(finding)
    }

    /// Whether a column still tells of which finding it is.
    fn tells(&self, column: Column) -> bool {
        !self.lost.contains(&column)
    }

    /// Whether another explanation is of the same rule, sheet and subject.
    fn is_like(&self, other: &Self) -> bool {
        (&self.rule, &self.sheet, &self.subject) == (&other.rule, &other.sheet, &other.subject)
    }

    /// Whether it is of this rule, sheet and subject, wherever that stands now.
    fn is_of_kind(&self, finding: &Finding) -> bool {
        let is_item = |name: Option<&str>| name.unwrap_or_default() == self.subject;
        self.is_of_rule(finding)
            && (!self.tells(Column::Found) || self.is_of_value(finding))
            && (!self.tells(Column::Sheet) || self.sheet == finding.place.sheet().unwrap_or_default())
            && (!self.tells(Column::Item) || is_item(finding.about()) || is_item(finding.subject.as_deref()))
    }

    /// Whether it is of this rule, by its name, else by what the finding says.
    fn is_of_rule(&self, finding: &Finding) -> bool {
        let says = || (Wording::of(&self.message), Wording::of(&sentence(&finding.message)));
        // What follows from a finding is told with it, and may be told no more.
        let is_alike = |(then, now): (Wording, Wording)| {
            let bare = |text: &Wording| text.as_str().trim_end_matches('.').to_owned();
            let (then, now) = (bare(&then), bare(&now));
            then.starts_with(&now) || now.starts_with(&then)
        };
        match (self.tells(Column::Rule), self.tells(Column::Message)) {
            (true, _) => self.rule == finding.rule.as_str(),
            (false, true) => is_alike(says()),
            (false, false) => true,
        }
    }

    /// Returns the findings that it can be of where columns no longer tell which.
    fn can_be_of(&self, findings: &[Finding]) -> Vec<usize> {
        let is_here = |finding: &Finding| !self.tells(Column::Cell) || self.cells == finding.place.cells();
        let can_be = |at: &usize| is_here(&findings[*at]) && self.is_of_kind(&findings[*at]);
        (0..findings.len()).filter(|at| self.tells_something() && can_be(at)).collect()
    }

    /// Whether anything still tells of which finding it is.
    fn tells_something(&self) -> bool {
        [Column::Cell, Column::Rule, Column::Message].into_iter().any(|column| self.tells(column))
    }

    /// Whether what stands there is still what was explained: of a value that was changed since nobody has said anything.
    fn is_of_value(&self, finding: &Finding) -> bool {
        let (then, now) = (Wording::of(&self.found), Wording::of(finding.found.as_deref().unwrap_or_default()));
        let cut = self.found.trim_end().strip_suffix('\u{2026}').map(Wording::of);
        then.is_empty()
            || now.is_empty()
            || then == now
            || cut.is_some_and(|cut| now.as_str().starts_with(cut.as_str()))
    }

    /// Returns what the sender typed over what to do, or behind it; `None` where it is what we wrote, or that can't be told.
    fn typed_over(&self, finding: &Finding) -> Option<String> {
        let (then, now) = (self.help.trim(), finding.help.trim());
        // Whoever decided then or since that it stands as it is wrote over what to do, and the sender didn't.
        if then.starts_with(NOTHING_TO_DO) || now.starts_with(NOTHING_TO_DO) {
            return None;
        }
        if then.is_empty() || now.is_empty() || Wording::of(then) == Wording::of(now) {
            return None;
        }
        let added = then.strip_prefix(now).or_else(|| then.strip_suffix(now)).map(str::trim);
        if let Some(added) = added {
            return Some(added.to_owned()).filter(|added| added != NOTHING_SAID.trim());
        }
        let is_as_then = Wording::of(&self.message) == Wording::of(&sentence(&finding.message));
        let ours: BTreeSet<&str> = now.split_whitespace().collect();
        let shared = then.split_whitespace().filter(|word| ours.contains(word)).count();
        (is_as_then && shared * 3 < then.split_whitespace().count()).then(|| then.to_owned())
    }

    /// Whether it says nothing of the finding: “TBC”, “n/a”, “yes”, “see above”.
    pub fn says_nothing(&self) -> bool {
        says_nothing(&self.text)
    }
}

/// Whether a text explains nothing.
pub(super) fn says_nothing(text: &str) -> bool {
    let words = Wording::of(text);
    let bare = words.as_str().trim_end_matches(|c: char| !c.is_alphanumeric());
    names_nothing(text) || names_nothing(bare) || SAYS_NOTHING.contains(&bare)
}

/// Returns what was said of each finding: beside it, else, where its row has moved, what of its kind and subject stands beside none, if
/// that is one explanation and one finding; and what stands in a row that no longer says all of it, where that can be of one alone.
pub fn explanations_of<'a>(explanations: &'a [Explanation], findings: &[Finding]) -> Vec<Option<&'a Explanation>> {
    let beside = |finding: &Finding| explanations.iter().find(|said| said.is_about(finding));
    let mut told: Vec<Option<&Explanation>> = findings.iter().map(beside).collect();
    let (whole, torn): (Vec<&Explanation>, Vec<&Explanation>) =
        explanations.iter().partition(|said| said.lost.is_empty());
    let moved = whole
        .into_iter()
        .filter(|said| !said.subject.is_empty() && !findings.iter().any(|finding| said.is_about(finding)));
    let moved: Vec<&Explanation> = moved.collect();
    for said in &moved {
        let silent = |at: &usize| told[*at].is_none() && said.is_of_kind(&findings[*at]);
        let places: Vec<usize> = (0..findings.len()).filter(silent).collect();
        let is_alone = !moved.iter().any(|other| !std::ptr::eq(*other, *said) && other.is_like(said));
        if let ([place], true) = (&places[..], is_alone) {
            told[*place] = Some(said);
        }
    }
    for said in torn {
        if let [place] = said.can_be_of(findings)[..] {
            told[place].get_or_insert(said);
        }
    }
    told
}

/// Returns what was said, with what was typed over what to do or behind it where the workbook doesn't say what we wrote there: a finding that
/// says the same as then asks for the same. Leaves out the rows in which nothing is said.
pub fn with_typed_over(explanations: &[Explanation], findings: &[Finding]) -> Vec<Explanation> {
    let told = explanations_of(explanations, findings);
    let of = |said: &Explanation| {
        let index = told.iter().position(|other| other.is_some_and(|other| std::ptr::eq(other, said)))?;
        said.typed_over(&findings[index])
    };
    let all = explanations.iter().map(|said| {
        let texts = [Some(said.text.clone()).filter(|text| !text.is_empty()), of(said)];
        Explanation { text: texts.into_iter().flatten().collect::<Vec<_>>().join("\n"), ..said.clone() }
    });
    all.filter(|said| !said.text.is_empty()).collect()
}

/// Returns what was written on our sheet of findings beside none of them, or where it can't be told beside which; not what is said of a
/// finding that is no more.
pub fn beside_none<'a>(explanations: &'a [Explanation], findings: &[Finding]) -> Vec<&'a Explanation> {
    let told: Vec<&Explanation> = explanations_of(explanations, findings).into_iter().flatten().collect();
    let is_told = |said: &Explanation| told.iter().any(|other| std::ptr::eq(*other, said));
    let is_of_none = |said: &Explanation| !said.tells_something() || !said.can_be_of(findings).is_empty();
    explanations.iter().filter(|said| !said.lost.is_empty() && !is_told(said) && is_of_none(said)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Place, Waived};

    #[test]
    fn what_was_decided_is_not_taken_for_what_the_sender_says() {
        let place = Place::cell("Data", CellRef::new(5, 10));
        let finding = Finding::new(&crate::workbook::rule::FILE_NOT_HERE, place, "450 is out of range")
            .with_help("Check the number with the register.");
        let decision = Waived { reason: "Agreed".to_owned(), by: "J. Smith".to_owned(), ..Waived::default() };
        let waived = finding.clone().waived(&decision);
        let said = |of: &Finding, help: &str| Explanation {
            rule: of.rule.to_string(),
            sheet: "Data".to_owned(),
            cells: of.place.cells(),
            subject: String::new(),
            found: String::new(),
            message: sentence(&of.message),
            help: help.to_owned(),
            lost: Vec::new(),
            written_at: None,
            text: String::new(),
        };
        for (then, now, expected) in [
            (finding.help.as_str(), &finding, None),
            ("It was counted twice.", &finding, Some("It was counted twice.")),
            (waived.help.as_str(), &finding, None),
            (finding.help.as_str(), &waived, None),
        ] {
            let told = with_typed_over(&[said(now, then)], std::slice::from_ref(now));
            assert_eq!(told.first().map(|said| said.text.as_str()), expected, "{then}");
        }
    }

    #[test]
    fn an_explanation_is_of_the_value_that_was_there() {
        let cases = [
            ("450", Some("450"), true),
            ("450", Some("400"), false),
            ("", Some("400"), true),
            ("450", None, true),
            ("A long text that was\u{2026}", Some("A long text that was cut"), true),
            ("A long text that was\u{2026}", Some("Another text"), false),
            (" N ", Some("n"), true),
        ];
        for (then, now, expected) in cases {
            let place = Place::cell("Data", CellRef::new(5, 10));
            let finding = Finding {
                found: now.map(str::to_owned),
                ..Finding::new(&crate::workbook::rule::FILE_NOT_HERE, place, "")
            };
            let said = Explanation {
                rule: finding.rule.to_string(),
                sheet: "Data".to_owned(),
                cells: finding.place.cells(),
                subject: String::new(),
                found: then.to_owned(),
                message: String::new(),
                help: String::new(),
                lost: Vec::new(),
                written_at: None,
                text: "It was counted twice.".to_owned(),
            };
            assert_eq!(said.is_about(&finding), expected, "{then:?} {now:?}");
        }
    }
}
