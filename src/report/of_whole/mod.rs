//! The report on an organisation as a whole: its units put together by the declared rule.
//!
//! The outcome and how it came about, the units with their own outcomes, sections by unit as a heat map, where the return about
//! the whole says otherwise, strengths and development areas of the whole and of each unit, the improvement plan, and every
//! criterion with what each unit says. Units are numbered, so that tables stay narrow.

mod criterion;
mod outcome;
mod unit;

use super::of_return::{self, sent};
use super::setting::{Around, Setting};
use crate::document::branding::paragraphs;
use crate::document::{Document, Fact, Kind};
use crate::framework::{ConsolidationSpec, Criterion, Framework};
use crate::review::Review;
use crate::season::SeasonReturn;
use crate::season::consolidation::{Consolidation, CriterionConsolidated};
use crate::words::capital;

/// An organisation's units put together, with what the report draws on.
#[derive(Clone, Copy)]
pub(super) struct Whole<'a> {
    framework: &'a Framework,
    spec: &'a ConsolidationSpec,
    of: &'a Consolidation,
    returns: &'a [SeasonReturn],
}

impl<'a> Whole<'a> {
    /// Returns the review of a file.
    fn review(&self, file: Option<&String>) -> Option<&'a Review> {
        let file = file?;
        self.returns.iter().map(|sent| &sent.review).find(|review| review.file == *file)
    }

    /// Returns the return about the whole.
    fn whole(&self) -> Option<&'a Review> {
        self.review(self.of.whole.as_ref().map(|whole| &whole.file))
    }

    /// Returns the returns of the units, with each unit's place.
    fn own(&self) -> impl Iterator<Item = (usize, &'a Review)> {
        let units = self.of.units.iter().enumerate();
        units.filter_map(|(at, unit)| Some((at, self.review(unit.file.as_ref())?)))
    }

    /// Returns a criterion of the framework with what came of it.
    fn criteria(&self) -> impl Iterator<Item = (&'a Criterion, &'a CriterionConsolidated)> {
        self.framework.criteria().zip(&self.of.criteria)
    }

    /// Returns a grade as people call it.
    fn grade(&self, criterion: &'a Criterion, id: Option<&'a str>) -> &'a str {
        id.map_or("open", |id| self.framework.scale(criterion).label(id).unwrap_or(id))
    }

    /// Returns how many of some criteria hold for the whole.
    fn held(&self, is_meant: impl Fn(&str) -> bool) -> usize {
        let held = self.of.criteria.iter().filter(|of| of.status.as_ref() == Some(&self.spec.grade));
        held.filter(|of| is_meant(&of.id)).count()
    }

    /// Returns what the whole is called within a sentence: "corporate".
    fn kind(&self) -> String {
        self.spec.whole_kind.to_lowercase()
    }

    /// Returns units by their numbers: "1, 4".
    fn numbers(units: impl Iterator<Item = usize>) -> String {
        units.map(|at| (at + 1).to_string()).collect::<Vec<_>>().join(", ")
    }
}

/// Returns the report on an organisation whose units are put together; `None` where the framework puts nothing together.
pub fn on_whole(
    setting: &Setting,
    framework: &Framework,
    of: &Consolidation,
    returns: &[SeasonReturn],
) -> Option<Document> {
    let whole = Whole { framework, spec: framework.consolidation.as_ref()?, of, returns };
    let noun = format!("{} report", capital(&whole.spec.whole_kind));
    let scheme = of_return::versioned(framework);
    let around = of_return::around(setting, framework, Kind::Consolidated, &noun, &of.organisation);
    let document = setting.document(Around { scheme: &scheme, ..around }, framework);
    let document = Document { facts: facts(whole), ..document }
        .introduction(paragraphs(&setting.branding.return_introduction))
        .part(outcome::part(whole))
        .part(unit::part(whole))
        .part(criterion::disagreements(whole))
        .part(criterion::strengths(whole))
        .part(criterion::developments(whole))
        .part(unit::by_unit(whole))
        .part(whole.whole().and_then(|review| sent::part(framework, review, sent::Findings::Elsewhere)))
        .part(of_return::made("report", methods(whole)))
        .part(setting.contact("report"))
        .part(criterion::criteria(whole));
    Some(document.spelled(&framework.nouns))
}

/// Returns what stands beside the title.
fn facts(whole: Whole) -> Vec<Fact> {
    let (units, own) = (whole.of.units.len(), whole.own().count());
    let file = whole.of.whole.as_ref().map_or("none was sent", |whole| whole.file.as_str());
    vec![
        Fact::new("Framework", format!("{}, {}", whole.framework.title, whole.framework.version)),
        Fact::new("Rule", capital(&whole.of.rule.words)),
        Fact::new(capital(&whole.spec.plural), format!("{units}, of which {own} sent a ¤return")),
        Fact::new(format!("{} ¤return", whole.spec.whole_kind), file),
    ]
}

/// Returns how the figures came about.
fn methods(whole: Whole) -> Vec<String> {
    let (noun, plural, kind) = (&whole.spec.noun, &whole.spec.plural, whole.kind());
    let notes = [
        format!(
            "A {noun}\u{2019}s own ¤return speaks for it; where none was sent, its column in the {kind} ¤return does."
        ),
        format!(
            "Where a {noun}\u{2019}s own ¤return has no answer, the ¤criterion stays open unless the rule comes to the same \
             either way. In the columns of the {kind} ¤return, {plural} without a judgement are left out of the share."
        ),
        "Shares are worked out exactly. The outcome follows from the ¤criteria as the framework\u{2019}s rule has it; the \
         judgement that counts is the assessor\u{2019}s own."
            .to_owned(),
    ];
    let files = whole.own().map(|(at, review)| format!("{} {}: {}", capital(noun), at + 1, review.file));
    notes.into_iter().chain(files).collect()
}
