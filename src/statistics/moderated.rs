//! Moderation as a survey: what moderators found among the returns that were drawn, and what that says of those nobody looked at.
//!
//! Returns that were taken for certain, or looked at without being drawn, speak for themselves alone. Each that was drawn by chance
//! stands for as many as it was drawn from, by the outcome that it had then; of outcomes of which no return was looked at nothing is said.
//! An outcome that was open can't change: such returns neither count as looked at among those drawn by chance nor are told of.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "an estimate is a statistic, not a score")]

use std::cmp::Ordering;
use std::collections::BTreeMap;

use statrs::distribution::{Beta, ContinuousCDF, DiscreteCDF, Hypergeometric};

use super::subject::Subject;
use crate::figure::{About, Facet, Figure, FigureOf, Measure, figures};
use crate::framework::BandId;
use crate::season::moderation::risk::Risk;
use crate::season::moderation::said::{Doubt, Moderated};
use crate::season::moderation::{Drawn, DrawnFor, LEAST_BY_CHANCE};

/// Outside of an interval the truth lies at either end this often.
const TAIL: f64 = 0.025;

/// Which returns are drawn for moderation, and what moderators found.
#[derive(Clone, Debug, PartialEq)]
pub struct ModerationSummary {
    /// From how many returns, one an organisation, they are drawn.
    pub all: usize,
    /// How many are drawn.
    pub drawn: usize,
    /// How many of these were taken for certain, for what about them asks for a second look.
    pub at_risk: usize,
    /// What asks for it of those, with how many.
    pub risks: Vec<(Risk, usize)>,
    /// What the draw hung on.
    pub seed: String,
    /// What moderators say that isn't put to a return, and why.
    pub doubts: Vec<String>,
    /// What moderators found; `None` while nothing came back.
    pub results: Option<ModerationResults>,
}

figures!(ModerationSummary: results);

/// What moderators found.
#[derive(Clone, Debug, PartialEq)]
pub struct ModerationResults {
    /// How many returns they looked at.
    pub returns: Figure,
    /// How many outcomes stand.
    pub same: Figure,
    /// How many outcomes changed to a better one.
    pub better: Figure,
    /// How many outcomes changed to a worse one.
    pub worse: Figure,
    /// The share of the outcomes that stand.
    pub share: Figure,
    /// How many outcomes were open as sent.
    pub open: usize,
    /// How many of those looked at aren't drawn.
    pub undrawn: usize,
    /// How many of those drawn nobody has looked at.
    pub waiting: usize,
    /// The returns that nobody looked at.
    pub unseen: Unseen,
    /// What was looked at, in order of the files.
    pub rows: Vec<ModeratedRow>,
}

figures!(ModerationResults: returns, same, better, worse, share, unseen);

/// A return that a moderator looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModeratedRow {
    /// The return.
    pub file: String,
    /// Whose it is; `None` where it doesn't say.
    pub organisation: Option<String>,
    /// What of the organisation it is about: a part, or one of several services; `None` where it is about the whole, or doesn't say.
    pub part: Option<String>,
    /// The outcome as sent; `None` where it is open.
    pub sent: Option<BandId>,
    /// The outcome that the moderator gives; `None` where the framework has none.
    pub moderated: Option<BandId>,
    /// Who looked at it.
    pub moderator: String,
    /// What the moderator says beside.
    pub remark: String,
}

/// What is to be expected of the returns that nobody looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Unseen {
    /// Of how many something can be said.
    pub returns: usize,
    /// Of how many nothing can be said, since no return that was drawn by chance and looked at stands for them.
    pub beyond: usize,
    /// How many of their outcomes would change.
    pub changed: Figure,
    /// The lower end of its 95 % interval.
    pub low: Figure,
    /// The upper end of its 95 % interval.
    pub high: Figure,
    /// How the interval is worked out.
    pub method: Method,
}

figures!(Unseen: changed, low, high);

/// How an interval is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// All had the same chance: exactly, by the hypergeometric distribution.
    Hypergeometric,
    /// By Clopper and Pearson, with Kish's number of returns drawn alike.
    Kish,
}

/// Returns that were drawn by chance from the same ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stratum {
    /// From how many.
    pub(super) all: usize,
    /// How many of those drawn were looked at.
    pub(super) seen: usize,
    /// How many outcomes of these changed.
    pub(super) changed: usize,
}

/// Of fewer that were drawn by chance and looked at nothing follows for the others: where none of four changed, half of the others still
/// could.
pub const LEAST_SEEN: usize = LEAST_BY_CHANCE;

/// How many outcomes would change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Estimate {
    /// The likeliest number.
    pub(super) changed: f64,
    /// At least so many.
    pub(super) low: f64,
    /// At most so many.
    pub(super) high: f64,
    /// How the interval is worked out.
    pub(super) method: Method,
}

/// Returns which returns are drawn and what moderators found; `None` where none is drawn.
pub(super) fn summary(subject: &Subject) -> Option<ModerationSummary> {
    let moderation = &subject.season.moderation;
    let mine = moderation.drawn.iter().filter(|drawn| drawn.framework == subject.framework.id);
    let drawn: Vec<&Drawn> = mine.collect();
    let at_risk: Vec<&&Drawn> = drawn.iter().filter(|drawn| drawn.drawn == DrawnFor::Risk).collect();
    let mut risks: BTreeMap<Risk, usize> = BTreeMap::new();
    at_risk.iter().flat_map(|drawn| &drawn.risks).for_each(|risk| *risks.entry(*risk).or_default() += 1);
    let moderated = moderation.moderated.iter().filter(|one| one.framework == subject.framework.id);
    let moderated: Vec<&Moderated> = moderated.collect();
    let is_own = |doubt: &&Doubt| doubt.framework.as_ref().is_none_or(|named| *named == subject.framework.id);
    let doubts = moderation.doubts.iter().filter(is_own).map(|doubt| doubt.why.clone());
    (!drawn.is_empty() || !moderated.is_empty()).then(|| ModerationSummary {
        all: subject.headline().count(),
        drawn: drawn.len(),
        at_risk: at_risk.len(),
        risks: risks.into_iter().collect(),
        seed: moderation.seed.clone(),
        doubts: doubts.collect(),
        results: (!moderated.is_empty()).then(|| results(subject, &drawn, &moderated)),
    })
}

/// Returns what moderators found.
fn results(subject: &Subject, drawn: &[&Drawn], moderated: &[&Moderated]) -> ModerationResults {
    let rows = rows(subject, moderated);
    let place = |band: &Option<BandId>| subject.framework.place_of_band(band.as_ref()?);
    let moved = |row: &ModeratedRow| Some(place(&row.sent)?.cmp(&place(&row.moderated)?));
    let count = |wanted: Ordering| rows.iter().filter(|row| moved(row) == Some(wanted)).count();
    let (same, better, worse) = (count(Ordering::Equal), count(Ordering::Greater), count(Ordering::Less));
    let judged = same + better + worse;
    // Organisations' outcomes are no secret of the team's.
    let about = subject.about(FigureOf::Moderation).open();
    let counted = |measure, count: usize| about.figure(measure, Ok(count as f64), judged);
    let drawn_and_seen = drawn.iter().filter(|drawn| rows.iter().any(|row| row.file == drawn.file)).count();
    ModerationResults {
        returns: about.figure(Measure::Returns, Ok(rows.len() as f64), rows.len()),
        same: counted(Measure::Same, same),
        better: counted(Measure::Better, better),
        worse: counted(Measure::Worse, worse),
        share: about.figure(Measure::Share, share(same, judged).ok_or("no outcome as sent is settled"), judged),
        open: rows.iter().filter(|row| row.sent.is_none() && row.moderated.is_some()).count(),
        undrawn: rows.len() - drawn_and_seen,
        waiting: drawn.len() - drawn_and_seen,
        unseen: unseen(subject, &about, drawn, &rows),
        rows,
    }
}

fn share(count: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| count as f64 / of as f64)
}

/// Returns what moderators looked at, in order of the files.
fn rows(subject: &Subject, moderated: &[&Moderated]) -> Vec<ModeratedRow> {
    let row = |one: &&Moderated| {
        let sent = subject.season.of_file(&one.file)?;
        Some(ModeratedRow {
            file: one.file.clone(),
            organisation: sent.organisation.clone(),
            part: sent.part(),
            sent: sent.review.settled().cloned(),
            moderated: one.band.clone(),
            moderator: one.moderator.clone(),
            remark: one.remark.clone(),
        })
    };
    let mut rows: Vec<ModeratedRow> = moderated.iter().filter_map(row).collect();
    rows.sort_by(|a, b| a.file.cmp(&b.file));
    rows
}

/// Returns what those drawn by chance say of the returns that nobody looked at.
fn unseen(subject: &Subject, about: &About, drawn: &[&Drawn], rows: &[ModeratedRow]) -> Unseen {
    let told: Vec<Stratum> = strata(subject, drawn, rows).into_iter().filter(|stratum| stratum.seen > 0).collect();
    let left = subject.headline().count().saturating_sub(rows.len());
    let returns = told.iter().map(|stratum| stratum.all - stratum.seen).sum::<usize>().min(left);
    let about = about.facet(Facet::Unseen);
    let seen = told.iter().map(|stratum| stratum.seen).sum();
    let estimate = estimate(&told).filter(|_| seen >= LEAST_SEEN);
    let why = format!("{seen} returns drawn by chance were looked at; at least {LEAST_SEEN} are needed");
    let figure = |measure, value: Option<f64>| about.figure(measure, value.ok_or(&why), seen);
    Unseen {
        returns,
        beyond: left - returns,
        changed: figure(Measure::Count, estimate.map(|estimate| estimate.changed)),
        low: figure(Measure::Low, estimate.map(|estimate| estimate.low)),
        high: figure(Measure::High, estimate.map(|estimate| estimate.high)),
        method: estimate.map_or(Method::Hypergeometric, |estimate| estimate.method),
    }
}

/// By what returns were drawn by chance together: for what, and by which outcome.
type Together<'a> = (DrawnFor, Option<&'a BandId>);

/// Gathers the returns that had an outcome by what those drawn by chance were drawn from: those taken for certain are none of them, nor
/// those that count no more, nor those looked at without being drawn.
fn strata(subject: &Subject, drawn: &[&Drawn], rows: &[ModeratedRow]) -> Vec<Stratum> {
    let mut strata: BTreeMap<Together, Stratum> = BTreeMap::new();
    let with_outcome = drawn.iter().filter(|one| one.drawn != DrawnFor::Risk && one.drawn_band.is_some());
    for one in with_outcome {
        let stratum = strata.entry(together(one.drawn, one.drawn_band.as_ref())).or_default();
        stratum.all = stratum.all.max(one.from);
        if let Some(row) = rows.iter().find(|row| row.file == one.file && row.sent.is_some()) {
            stratum.seen += 1;
            stratum.changed += usize::from(row.moderated != row.sent);
        }
    }
    let is_drawn = |row: &ModeratedRow| drawn.iter().any(|one| one.file == row.file);
    let beside = rows
        .iter()
        .filter(|row| row.sent.is_some() && !is_drawn(row))
        .flat_map(|row| [DrawnFor::Outcome, DrawnFor::Rest].map(|drawn| together(drawn, row.sent.as_ref())));
    let gone = subject.season.moderation.gone.iter().filter(|gone| gone.framework == subject.framework.id);
    let gone = gone.filter(|gone| gone.band.is_some()).map(|gone| together(gone.drawn, gone.band.as_ref()));
    for key in beside.chain(gone) {
        if let Some(stratum) = strata.get_mut(&key) {
            stratum.all = stratum.all.saturating_sub(1).max(stratum.seen);
        }
    }
    strata.into_values().collect()
}

/// Returns by what a return was drawn that had this outcome.
fn together(drawn: DrawnFor, band: Option<&BandId>) -> Together<'_> {
    (drawn, band.filter(|_| drawn == DrawnFor::Outcome))
}

/// Returns how many outcomes would change among those of some strata that nobody looked at; `None` where nothing was looked at.
pub(super) fn estimate(strata: &[Stratum]) -> Option<Estimate> {
    let sum = |of: fn(&Stratum) -> usize| strata.iter().map(of).sum::<usize>();
    let (all, seen, changed) = (sum(|of| of.all), sum(|of| of.seen), sum(|of| of.changed));
    if seen == 0 {
        return None;
    }
    let weight = |of: &Stratum| of.all as f64 / of.seen as f64;
    let expected = strata.iter().map(|of| (of.all - of.seen) as f64 * of.changed as f64 / of.seen as f64).sum();
    let is_alike = strata.iter().all(|of| of.all * seen == all * of.seen);
    let (low, high) = if is_alike {
        exactly(all, seen, changed)?
    } else {
        let share = strata.iter().map(|of| weight(of) * of.changed as f64).sum::<f64>() / all as f64;
        let alike = (all as f64).powi(2) / strata.iter().map(|of| weight(of).powi(2) * of.seen as f64).sum::<f64>();
        let (low, high) = clopper_pearson(share * alike, alike)?;
        ((low * all as f64).floor(), (high * all as f64).ceil())
    };
    // What was seen is certain; the rest is between none and all of those that weren't.
    let rest = |total: f64| (total - changed as f64).clamp(0.0, (all - seen) as f64);
    let method = if is_alike { Method::Hypergeometric } else { Method::Kish };
    Some(Estimate { changed: expected, low: rest(low), high: rest(high), method })
}

/// Returns the fewest and the most of all that can be of a kind, where so many of those seen are: all numbers under which as many or
/// as few come at least once in forty draws.
fn exactly(all: usize, seen: usize, changed: usize) -> Option<(f64, f64)> {
    let number = |count: usize| u64::try_from(count).ok();
    let among = |of_kind: usize| Hypergeometric::new(number(all)?, number(of_kind)?, number(seen)?).ok();
    let as_many = |of_kind: usize| {
        let below = number(changed)?.checked_sub(1);
        below.map_or(Some(1.0), |below| Some(1.0 - among(of_kind)?.cdf(below)))
    };
    let as_few = |of_kind: usize| Some(among(of_kind)?.cdf(number(changed)?));
    let possible = || changed..=all - (seen - changed);
    let low = possible().find(|of_kind| as_many(*of_kind).is_some_and(|chance| chance >= TAIL))?;
    let high = possible().rev().find(|of_kind| as_few(*of_kind).is_some_and(|chance| chance >= TAIL))?;
    Some((low as f64, high as f64))
}

/// Returns the 95 % interval of a share by Clopper and Pearson; counts needn't be whole.
fn clopper_pearson(count: f64, n: f64) -> Option<(f64, f64)> {
    let low = if count <= 0.0 { 0.0 } else { Beta::new(count, n - count + 1.0).ok()?.inverse_cdf(TAIL) };
    let high = if count >= n { 1.0 } else { Beta::new(count + 1.0, n - count).ok()?.inverse_cdf(1.0 - TAIL) };
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::framework::Framework;
    use crate::review::Review;
    use crate::season::moderation::said;
    use crate::season::{Season, Surroundings, sample};
    use crate::statistics::Statistics;
    use crate::statistics::trace::Figures;
    use crate::workbook::Source;

    /// Returns the moderation of a season of 40, where moderators say of each return that was drawn what this says.
    fn moderated(says: impl Fn(&Drawn) -> Option<&'static str>) -> ModerationSummary {
        moderated_beside(says, "")
    }

    /// Returns the same where moderators say beside what these lines say of organisations.
    fn moderated_beside(says: impl Fn(&Drawn) -> Option<&'static str>, beside: &str) -> ModerationSummary {
        let frameworks = [sample::usual()];
        let statistics = Statistics::of_season(&season(&frameworks, says, beside)).unwrap();
        statistics.of("sample").unwrap().moderation.clone().unwrap()
    }

    /// Returns the season of which they say it.
    fn season<'a>(
        frameworks: &'a [Framework],
        says: impl Fn(&Drawn) -> Option<&'static str>,
        beside: &str,
    ) -> Season<'a> {
        let season = |moderated| {
            let surroundings = Surroundings { moderated, ..Surroundings::default() };
            Season::new(frameworks, surroundings, sample::reviews(&frameworks[0], 40, 5))
        };
        let lines = season(Vec::new()).moderation.drawn;
        let lines =
            lines.iter().filter_map(|drawn| Some(format!("{},{}\n", drawn.organisation.as_ref()?, says(drawn)?)));
        let list = format!("organisation,moderated outcome\n{}{beside}", lines.collect::<String>());
        season(said::read(&Source::new("moderated.csv", list.into_bytes())).unwrap())
    }

    #[test]
    fn figures_of_moderation_rest_on_the_outcomes_of_as_many_returns_as_they_are_over() {
        let frameworks = [sample::usual()];
        let season = season(&frameworks, as_sent, "Organisation 02,good\nOrganisation 11,none\n");
        let figures = Figures::of(&season, &Statistics::of_season(&season).unwrap());
        let reviews: Vec<Review> = season.reviews().cloned().collect();
        let mut over = BTreeSet::new();
        for figure in figures.below("sample/moderation").filter(|figure| figure.value.is_some()) {
            let traced = figures.trace(&reviews, &figure.id);
            let files: BTreeSet<&str> = traced.iter().map(|one| one.file.as_str()).collect();
            assert_eq!(files.len(), figure.n, "{}", figure.id);
            assert!(traced.iter().all(|one| ["outcome", "after moderation"].contains(&one.about.as_str())));
            over.insert(figure.n);
        }
        assert!(over.len() > 1, "some rest on those drawn by chance alone: {over:?}");
    }

    /// Returns the outcome as sent.
    fn as_sent(drawn: &Drawn) -> Option<&'static str> {
        ["excellent", "good", "none"].into_iter().find(|band| drawn.band.as_deref() == Some(*band))
    }

    #[test]
    fn nothing_is_said_while_nothing_came_back() {
        let summary = moderated(|_| None);
        assert_eq!((summary.all, summary.drawn, summary.results), (40, 7, None));
    }

    #[test]
    fn outcomes_that_stand_and_that_changed_are_counted_and_what_is_unseen_is_estimated() {
        let all_stand = moderated(as_sent).results.unwrap();
        assert_eq!(
            (all_stand.same.value, all_stand.share.value, all_stand.returns.n + all_stand.waiting),
            (all_stand.returns.value, Some(1.0), 7)
        );
        assert_eq!((all_stand.unseen.changed.value, all_stand.unseen.low.value), (Some(0.0), Some(0.0)));
        assert!(all_stand.unseen.high.value.unwrap() > 5.0);
        let all_fall = moderated(|drawn| as_sent(drawn).map(|band| if band == "excellent" { "good" } else { "none" }));
        let results = all_fall.results.unwrap();
        let fell = results.rows.iter().filter(|row| row.sent.as_deref() != Some("none")).count();
        assert_eq!(results.worse.value.map(|worse| worse.to_string()), Some(fell.to_string()));
        assert_eq!(results.better.value, Some(0.0));
    }

    #[test]
    fn of_outcomes_of_which_none_came_back_nothing_is_said() {
        let results = moderated(|drawn| as_sent(drawn).filter(|band| *band == "good")).results.unwrap();
        assert!(results.waiting > 0 && results.unseen.beyond > 0, "{results:?}");
    }

    #[test]
    fn each_return_was_looked_at_or_is_told_of_or_isnt() {
        let says: [fn(&Drawn) -> Option<&'static str>; 4] = [
            as_sent,
            |drawn| as_sent(drawn).filter(|_| drawn.place < 3),
            |drawn| as_sent(drawn).filter(|_| drawn.place > 3),
            |_| None,
        ];
        for says in says {
            for beside in ["", "Organisation 02,good\nOrganisation 11,none\n"] {
                let Some(results) = moderated_beside(says, beside).results else { continue };
                let Unseen { returns, beyond, .. } = results.unseen;
                assert_eq!(results.rows.len() + returns + beyond, 40, "{results:?}");
                assert_eq!(results.rows.len() - results.undrawn + results.waiting, 7, "{results:?}");
                assert!(results.unseen.high.value.is_none_or(|high| high <= returns as f64), "{results:?}");
            }
        }
    }

    #[test]
    fn those_drawn_by_chance_stand_for_what_they_were_drawn_from_whatever_they_come_to_since() {
        let frameworks = [sample::usual()];
        let made = sample::moderated(&frameworks, &[], None);
        let (list, put_right) = sample::answered(&made);
        let results = |put_right: &[&str]| {
            let mut season = sample::moderated(&frameworks, put_right, Some(list.clone()));
            season.moderation.drawn.clone_from(&made.moderation.drawn);
            Statistics::of_season(&season).unwrap().of("sample").unwrap().moderation.clone().unwrap().results.unwrap()
        };
        let (before, after) = (results(&[]), results(&[&put_right]));
        assert_eq!((before.unseen.returns, before.unseen.beyond), (after.unseen.returns, after.unseen.beyond));
        assert!(after.unseen.changed.value > before.unseen.changed.value, "{after:?}");
    }

    #[test]
    fn an_outcome_that_was_open_neither_stands_nor_changed() {
        // Where blanks leave the outcome open, moderators say what it is.
        let open = "Organisation 18,good\n";
        let results = moderated_beside(|drawn| as_sent(drawn).or(Some("good")), open).results.unwrap();
        let open = results.rows.iter().filter(|row| row.sent.is_none()).count();
        assert!(open > 0, "{results:?}");
        assert_eq!((results.open, results.same.value), (open, Some((results.rows.len() - open) as f64)));
        assert_eq!(results.unseen.changed.value, Some(0.0));
    }
}
