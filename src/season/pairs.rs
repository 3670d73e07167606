//! Self beside external: the answers of one organisation, of one part or service of it, in both of its returns, or under both raters of one return.

use std::collections::BTreeMap;

use super::about::About;
use super::{Season, SeasonReturn};
use crate::exact::Exact;
use crate::framework::{Criterion, Framework, is_of_itself};

/// An answer on both sides.
#[derive(Clone, Debug)]
pub struct Both<'a> {
    /// Whose.
    pub organisation: &'a str,
    /// The return in which the external answer stands.
    pub file: &'a str,
    /// The return in which the organisation's own stands.
    pub own: &'a str,
    /// The criterion.
    pub criterion: &'a Criterion,
    /// How many steps the scale has.
    pub steps: usize,
    /// The organisation's own step and the external one, from the worst.
    pub pair: (usize, usize),
    /// The points of both.
    pub points: (Exact, Exact),
}

/// Returns the returns of a framework that count.
fn counted<'a>(season: &'a Season, framework: &'a Framework) -> impl Iterator<Item = &'a SeasonReturn> {
    season.counted().filter(|sent| sent.review.framework.as_ref() == Some(&framework.id))
}

/// Returns what the sides are called, and the answers that stand on both: in two returns of one organisation by kind, else
/// under two raters of one return.
pub fn sides<'a>(season: &'a Season, framework: &'a Framework) -> Option<((String, String), Vec<Both<'a>>)> {
    let mut kinds: Vec<&str> = counted(season, framework).filter_map(|sent| sent.review.kind.as_deref()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.sort_by_key(|kind| !is_of_itself(Some(kind)));
    if let [own, external] = kinds[..]
        && is_of_itself(Some(own))
    {
        let both = of_two_returns(season, framework, (own, external));
        if !both.is_empty() {
            return Some(((own.to_owned(), external.to_owned()), both));
        }
    }
    let [own, external] = &framework.raters[..] else { return None };
    let both: Vec<Both> = counted(season, framework)
        .flat_map(|sent| paired(framework, (sent, own.id.as_str()), (sent, external.id.as_str())))
        .collect();
    (!both.is_empty()).then(|| ((own.title.clone(), external.title.clone()), both))
}

/// Returns the answers of organisations that have returns of both kinds.
fn of_two_returns<'a>(season: &'a Season, framework: &'a Framework, (own, external): (&str, &str)) -> Vec<Both<'a>> {
    let mut returns: BTreeMap<(&str, About), [Option<&'a SeasonReturn>; 2]> = BTreeMap::new();
    for sent in counted(season, framework) {
        if let Some(organisation) = &sent.organisation {
            let both = returns.entry((organisation, sent.about())).or_default();
            for (side, kind) in [own, external].iter().enumerate() {
                if sent.review.kind.as_deref() == Some(kind) {
                    both[side] = Some(sent);
                }
            }
        }
    }
    let both = returns.into_values().filter_map(|[own, external]| own.zip(external));
    let counts = |sent: &'a SeasonReturn| (sent, sent.review.counts.as_deref().unwrap_or_default());
    both.flat_map(|(own, external)| paired(framework, counts(own), counts(external))).collect()
}

/// Returns the answers that stand on both sides, each side a return and a rater.
fn paired<'a>(
    framework: &'a Framework,
    own: (&'a SeasonReturn, &str),
    external: (&'a SeasonReturn, &str),
) -> Vec<Both<'a>> {
    let points = |(sent, rater): (&SeasonReturn, &str), criterion: &Criterion| {
        let answers = sent.review.answers.iter();
        let mut mine = answers.filter(|answer| answer.rater == rater && answer.id == criterion.id);
        mine.next()?.points.clone()
    };
    let both = framework.criteria().filter_map(|criterion| {
        let (mine, theirs) = (points(own, criterion)?, points(external, criterion)?);
        let steps = framework.scale(criterion).steps()?;
        let step = |points: &Exact| steps.iter().position(|step| step == points);
        Some(Both {
            organisation: own.0.organisation.as_deref()?,
            file: &external.0.review.file,
            own: &own.0.review.file,
            criterion,
            steps: steps.len(),
            pair: (step(&mine)?, step(&theirs)?),
            points: (mine, theirs),
        })
    });
    both.collect()
}
