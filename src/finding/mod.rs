//! What can be said about an input.
//!
//! A [`Rule`] is a kind of fault with its name, severity and documentation; a [`Finding`] is one fault at one [`Place`].
//! This module knows no rule: each is declared beside the check that finds it, by `declare_rule!` or `declare_rules!`, and
//! `catalogue` gathers them.

mod json;
mod list;
pub mod listed;
mod place;
mod rule;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::cell::CellRange;
use crate::day::long_date;
use crate::wording::excerpt;

pub use json::FindingOfSeason;
pub use list::Findings;
pub use place::Place;
pub use rule::{Rule, RuleId, Silencing};
pub(crate) use rule::{declare_rule, declare_rules};

/// How what is to be done for a finding begins that stands as it is.
pub(crate) const NOTHING_TO_DO: &str = "Nothing to do: ";

/// How much a finding weighs, from the least.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing to do, good to know.
    #[default]
    Note,
    /// Must be looked at, and put right or explained.
    Warning,
    /// Must be put right before the return can be accepted.
    Error,
}

impl Severity {
    /// All, from the worst.
    pub const WORST_FIRST: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// Returns the word that stands before a finding.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One fault, at one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    /// Which kind of fault.
    pub rule: RuleId,
    /// How much it weighs here.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// The criterion, measure, field or row key that it belongs to; `None` for the workbook or sheet itself.
    pub subject: Option<String>,
    /// The value as the person would see it; `None` where nothing stands.
    pub found: Option<String>,
    /// What was expected; `None` where there is no one thing to expect.
    pub expected: Option<String>,
    /// One sentence: what is there and what was expected.
    pub message: String,
    /// One sentence: what to do.
    pub help: String,
    /// What the sender wrote beside it in the annotated copy; `None` where nothing.
    pub explanation: Option<String>,
    /// What follows from it and is put right with it: figures that differ, and what else is wrong with its cell.
    pub effects: Vec<Finding>,
    /// How much it weighs without what follows from it, where that weighs more.
    pub by_itself: Option<Severity>,
    /// Whether nearly every return of the season has it, so that it is told once, of all of them, and no sender is asked.
    pub is_everybodys: bool,
    /// Who fills in its cell; `None` where the sender does.
    pub whose: Option<String>,
    /// What it belongs to in the form's words; `None` where its name is the form's, or it belongs to nothing.
    pub item: Option<String>,
    /// The decision that it, or what it follows from, stands as it is; `None` where nobody decided so.
    pub waived: Option<Waived>,
}

/// A decision of the quality-assurance team that a finding stands as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Waived {
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub by: String,
    /// The last day on which it holds: `2026-03-31`.
    pub until: String,
    /// How much the finding weighs without it.
    pub severity: Severity,
}

impl Waived {
    /// Returns the last day on which it holds, as people read it.
    pub fn last_day(&self) -> String {
        self.until.parse().map_or_else(|_| self.until.clone(), long_date)
    }
}

impl Finding {
    /// Starts a finding of `rule` at `place` with the rule's own severity; the `with_…` functions say the rest.
    pub fn new(rule: &'static Rule, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self::of_rule(rule.into(), rule.severity, place.into(), message.into())
    }

    /// Starts a finding of a rule that is known by its name alone.
    pub fn of_rule(rule: RuleId, severity: Severity, place: Place, message: String) -> Self {
        Self {
            rule,
            severity,
            place,
            subject: None,
            found: None,
            expected: None,
            message,
            help: String::new(),
            explanation: None,
            effects: Vec::new(),
            by_itself: None,
            is_everybodys: false,
            whose: None,
            item: None,
            waived: None,
        }
    }

    /// Returns the sheet's name, where the finding is on one.
    pub fn sheet(&self) -> Option<&str> {
        self.place.sheet()
    }

    /// Returns the cell or range, where the finding is at some.
    pub fn cells(&self) -> Option<CellRange> {
        self.place.cells()
    }

    /// Returns the cell or range in A1 form, where the finding is at some.
    pub fn cell(&self) -> Option<String> {
        self.cells().map(|cells| cells.to_string())
    }

    /// Returns what it belongs to, in the form's words where these are known.
    pub fn about(&self) -> Option<&str> {
        self.item.as_deref().or(self.subject.as_deref())
    }

    /// Whether it belongs to this, by its name or in the form's words.
    pub fn is_about(&self, subject: &str) -> bool {
        [&self.subject, &self.item].into_iter().flatten().any(|name| name == subject)
    }

    /// Returns the organisation, where the finding is of the season and about one.
    pub fn organisation(&self) -> Option<&str> {
        self.place.organisation()
    }

    /// Returns the files that a finding of the season names.
    pub fn files(&self) -> &[String] {
        self.place.files()
    }

    /// Whether it is of this kind of fault.
    pub fn is_of(&self, rule: &Rule) -> bool {
        self.rule.as_str() == rule.id
    }

    /// Whether the sender has said why it is right as it is, so that it isn't asked again; an error stands all the same.
    pub fn is_explained(&self) -> bool {
        self.explanation.is_some() && self.severity != Severity::Error
    }

    /// Whether nobody is asked about it again: the sender has explained it, or the team has decided that it stands.
    pub fn is_settled(&self) -> bool {
        self.waived.is_some() || self.is_explained()
    }

    /// Takes the decision that it stands as it is: it is a note, as is what follows from it, and nothing has to be done.
    #[must_use]
    pub fn waived(self, decision: &Waived) -> Self {
        let cause = self.place.named().unwrap_or_else(|| "another finding".to_owned());
        let follows = format!("this follows from {cause}, which {} accepted", decision.by);
        let effects = self.effects.iter().map(|effect| effect.clone().settled(&follows, decision)).collect();
        Self { effects, ..self.settled(&format!("{} accepted this", decision.by), decision) }
    }

    /// Says what was decided, and that nothing has to be done for it.
    fn settled(mut self, how: &str, decision: &Waived) -> Self {
        self.help = format!("{NOTHING_TO_DO}{how} until {}: {}", decision.last_day(), decision.reason);
        self.waived = Some(Waived { severity: self.severity, ..decision.clone() });
        (self.severity, self.by_itself) = (Severity::Note, None);
        self
    }

    /// Words anew what it says and what to do, also in what follows from it: in the nouns of a scheme.
    pub fn reword(&mut self, anew: &dyn Fn(&str) -> String) {
        for text in [&mut self.message, &mut self.help] {
            *text = anew(text);
        }
        self.effects.iter_mut().for_each(|effect| effect.reword(anew));
    }

    /// Cuts what it quotes where that is long, also in what follows from it: nobody reads a formula of thousands of letters, and its
    /// cell has all of it.
    pub fn shorten(&mut self) {
        for quoted in [&mut self.found, &mut self.expected].into_iter().flatten() {
            if let Cow::Owned(short) = excerpt(quoted, LONGEST_QUOTED) {
                *quoted = short;
            }
        }
        if self.message.len() > LONGEST_QUOTED {
            self.message = with_short_quotes(&self.message);
        }
        self.effects.iter_mut().for_each(Self::shorten);
    }

    /// Says which criterion, measure, field or row key it belongs to.
    #[must_use]
    pub fn with_subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Says what was found, as the person sees it.
    #[must_use]
    pub fn with_found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(found.into());
        self
    }

    /// Says what was expected.
    #[must_use]
    pub fn with_expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Says who fills in its cell, which isn't the sender; what to do is then for them.
    #[must_use]
    pub fn of_others(mut self, who: &str) -> Self {
        self.help = format!("{who} fills this in, not the sender. {}", self.help);
        self.whose = Some(who.to_owned());
        self
    }

    /// Grades the finding otherwise than its rule does.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Takes others as what follows from it; it weighs as much as the worst of them.
    #[must_use]
    pub fn with_effects(mut self, effects: impl IntoIterator<Item = Self>) -> Self {
        self.effects.extend(effects);
        let own = self.by_itself.unwrap_or(self.severity);
        self.severity = self.effects.iter().map(|effect| effect.severity).fold(own, Severity::max);
        self.by_itself = (self.severity != own).then_some(own);
        self
    }

    /// Returns it as it would be if nothing followed from it, and what follows.
    pub fn apart(mut self) -> (Self, Vec<Self>) {
        let effects = std::mem::take(&mut self.effects);
        self.severity = self.by_itself.take().unwrap_or(self.severity);
        (self, effects)
    }

    /// Returns it and what follows from it.
    pub fn with_its_effects(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.effects)
    }

    /// Returns what follows from it at other cells than its own.
    pub fn effects_elsewhere(&self) -> impl Iterator<Item = &Self> {
        self.effects.iter().filter(|effect| effect.place != self.place)
    }
}

/// The most letters of a formula that are told within a sentence.
pub const LONGEST_FORMULA: usize = 100;
/// The most characters that are quoted of what stands in a workbook.
const LONGEST_QUOTED: usize = 300;

/// Returns a message with what it has between quotes cut where that is long.
fn with_short_quotes(message: &str) -> String {
    let mut parts = message.split('\u{201c}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |short, part| {
        let (quoted, after) =
            part.split_once('\u{201d}').map_or((part, ""), |(quoted, _)| (quoted, &part[quoted.len()..]));
        format!("{short}\u{201c}{}{after}", excerpt(quoted, LONGEST_QUOTED))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    static RULE: Rule = Rule {
        id: "formula-changed",
        severity: Severity::Warning,
        title: "a formula is another than the form's",
        docs: "",
        silencing: Silencing::Allowed,
    };

    #[test]
    fn what_is_long_is_quoted_in_part_and_the_words_around_it_stay() {
        let long = format!("=A1{}", "+1".repeat(4000));
        let about = |text: &str| {
            let message = format!("“Total” is “{text}” and “{text}”, in the form another");
            Finding::new(&RULE, Place::Workbook, message).with_found(text).with_expected(text)
        };
        let mut finding = about(&long).with_effects([about(&long)]);
        finding.shorten();
        for finding in finding.with_its_effects() {
            let quoted = finding.found.as_deref().unwrap_or_default();
            assert!(quoted.starts_with("=A1+1") && quoted.ends_with('…') && quoted.chars().count() < 310, "{quoted}");
            assert_eq!(finding.expected.as_deref(), Some(quoted));
            assert_eq!(finding.message, format!("“Total” is “{quoted}” and “{quoted}”, in the form another"));
        }
        let mut short = about("=A1+1");
        short.shorten();
        assert_eq!(short, about("=A1+1"));
    }
}
