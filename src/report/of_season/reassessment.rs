//! Who needs to be assessed again, and whose outcome is open.

use std::collections::BTreeSet;

use super::names::{named, plain};
use super::{FrameworkSeason, outcome};
use crate::day::long_date;
use crate::document::{Column, Part, Table};
use crate::figure::FigureState;
use crate::framework::{BandId, BandList, Framework};
use crate::outcome::RouteStep;
use crate::report::of_return::outcome::{self as of_return, title};
use crate::review::{OutcomeRecord, Review, Status};
use crate::season::{SeasonReturn, headline, reassessment};
use crate::words::{agree, capital, count, list, titled};

/// The most changes on the way to an outcome that are named where it is withheld.
const FEW_CHANGES: usize = 3;

/// The most letters of a day; what is longer says why there is none, and wants room as other texts do.
const LONGEST_DAY: usize = 20;

/// A return that is concerned: whose it is, its outcome, why, and by when; the last is empty where that isn't known.
type Row = [String; 4];

/// Returns who needs to be assessed again, where the framework says who does, whose better outcome a condition withholds, and whose
/// outcome is open, with what is said of the first two in brief; `None` where the framework sums no return up and nobody is concerned.
pub(super) fn part(season: &FrameworkSeason) -> Option<(Part, Option<String>)> {
    let named = standing(season);
    let is_known = reassessment::is_known(season.framework);
    let asked = |review: &Review| Some(reassessment::of(season.framework, review)?.why);
    let held = |review: &Review| if is_known && asked(review).is_some() { None } else { withheld(season, review) };
    let (again, held) = (concerned(season, &named, asked), concerned(season, &named, held));
    let open = concerned(season, &named, still_open);
    let outcomes = capital(&count(open.len(), "outcome is", "outcomes are"));
    let still = (!open.is_empty()).then(|| format!("{outcomes} open until the missing answers are in."));
    let says_who = is_known && outcome::sums_up(&season.statistics.outcomes);
    let concerns = says_who || [&again, &held, &open].into_iter().any(|rows| !rows.is_empty());
    let needed = season.framework.outcome.needed_again();
    let heading =
        if is_known { format!("Who needs {needed}") } else { "Outcomes that are withheld or open".to_owned() };
    let is_asked = |review: &Review| reassessment::of(season.framework, review).is_some();
    let is_waived = |review: &Review| !is_asked(review) && reassessment::is_waived(review);
    let waived = waived_sentence(of_how_many(season, &named, is_waived));
    let asked = is_known.then(|| asked_sentence(needed, of_how_many(season, &named, is_asked)));
    let withheld = held_sentence(&held);
    let brief = if is_known { asked.clone() } else { withheld.clone() };
    let part = Part::new(heading).lead(asked).lead(waived);
    let part = part.block(table(&again).caption(format!("¤Organisations that need {needed}")));
    let part = part.lead(withheld).block(table(&held).caption("Outcomes that a condition withholds"));
    concerns.then(|| (part.lead(still).block(table(&open).caption("Outcomes that are open")), brief))
}

/// Returns the returns that stand for their organisations, each with how it is called: one an organisation, and one for each list of
/// outcomes by which kinds of its returns are judged apart, since what one asks for the other doesn't settle.
fn standing<'a>(season: &FrameworkSeason<'a>) -> Vec<(String, &'a Review)> {
    let framework = season.framework;
    let of_list = |list: &BandList| {
        let judged = |sent: &&SeasonReturn| {
            list.judges(framework, sent.review.kind.as_deref(), sent.review.settled().map(BandId::as_str))
        };
        headline::of(season.counted().filter(judged), std::slice::from_ref(framework))
    };
    let lists = framework.band_lists();
    let standing = lists.iter().flat_map(of_list).chain(season.counted().filter(|sent| sent.is_headline));
    let files: BTreeSet<&str> = standing.map(|sent| sent.review.file.as_str()).collect();
    named(season).into_iter().filter(|(_, review)| files.contains(review.file.as_str())).collect()
}

/// Returns the returns that stand for their organisations and ask for more, each with why and by when.
pub(in crate::report) fn asked<'a>(season: &FrameworkSeason<'a>) -> Vec<(&'a Review, String)> {
    let needed = season.framework.outcome.needed_again();
    let said = |review: &'a Review| {
        let why = without_people(season, review, reassessment::of(season.framework, review)?.why);
        let by = match due(season, review) {
            Some(Due::On(day)) => format!(" by {day}"),
            Some(Due::Open(why)) => format!("; by when isn\u{2019}t known, since {why}"),
            None => String::new(),
        };
        Some((review, format!("It needs {needed}{by}. {why}")))
    };
    standing(season).into_iter().filter_map(|(_, review)| said(review)).collect()
}

/// By when something is wanted.
enum Due<'a> {
    /// By a day.
    On(String),
    /// By a day that isn't known for a reason.
    Open(&'a str),
}

/// Returns by when what is asked of a return is wanted; `None` where nothing is, or the framework has no day for it.
fn due<'a>(season: &FrameworkSeason, review: &'a Review) -> Option<Due<'a>> {
    let step = reassessment::due(season.framework, review)?;
    step.date.map(|day| Due::On(long_date(day))).or_else(|| Some(Due::Open(step.why.as_deref()?)))
}

/// Says by when something is wanted, as a line of a table.
fn by(season: &FrameworkSeason, review: &Review) -> Option<String> {
    Some(match due(season, review)? {
        Due::On(day) => day,
        Due::Open(why) => capital(why),
    })
}

/// Returns of how many organisations something is true.
fn of_how_many(season: &FrameworkSeason, named: &[(String, &Review)], is_true: impl Fn(&Review) -> bool) -> usize {
    let concerned = named.iter().filter(|(_, review)| is_true(review));
    let whose = |review: &Review| season.counted().find(|sent| sent.review.file == review.file).map(plain);
    concerned.filter_map(|(_, review)| whose(review)).collect::<BTreeSet<_>>().len()
}

/// Says of how many organisations the team decided that nothing is asked for what was found; `None` where it decided so of none.
fn waived_sentence(waived: usize) -> Option<String> {
    let of = count(waived, "¤organisation", "¤organisations");
    (waived > 0).then(|| {
        format!("Of {of} it was decided that what was found stands as it is; \u{201c}Decisions on findings\u{201d} says why.")
    })
}

/// Says how many organisations are asked for more.
fn asked_sentence(needed: &str, asked: usize) -> String {
    match asked {
        0 => format!("No ¤organisation needs {needed}."),
        number => format!(
            "{} {} {needed}.",
            capital(&count(number, "¤organisation", "¤organisations")),
            agree(number, "needs", "need")
        ),
    }
}

/// Says how many have a total for a better outcome than they get; `None` where none has.
fn held_sentence(held: &[Row]) -> Option<String> {
    let returns = count(held.len(), "¤return", "¤returns");
    match held.len() {
        0 => None,
        1 => Some(format!("By its ¤total alone {returns} would have a better outcome; a condition withholds that.")),
        _ => Some(format!("By their ¤totals alone {returns} would have a better outcome; conditions withhold that.")),
    }
}

/// Returns the better outcome that the total alone would give whatever missing answers may say, the conditions that withhold it, and what few
/// answers would reach it.
fn withheld(season: &FrameworkSeason, review: &Review) -> Option<String> {
    let (by_total, _) = of_return::withheld(season.framework, review.outcome.as_ref()?)?;
    let why = reassessment::kept_from(season.framework, review).map_or_else(String::new, |why| format!(" {why}"));
    let way =
        review.outcome.as_ref().and_then(|record| way(season.framework, record, &by_total.id)).unwrap_or_default();
    Some(format!("By the ¤total alone it would be {}.{why}{way}", by_total.title))
}

/// Names the criteria of a way to an outcome that few changes reach; `None` where many do, or none.
fn way(framework: &Framework, record: &OutcomeRecord, to: &BandId) -> Option<String> {
    let steps = &record.next.as_ref().filter(|next| next.band == *to)?.steps;
    let named = |step: &RouteStep| {
        let criterion = framework.criterion(step.id.as_str())?;
        Some(titled(criterion.id.as_str(), criterion.few_words()))
    };
    let named: Vec<String> = steps.iter().map_while(named).collect();
    let is_told = named.len() == steps.len() && (1..=FEW_CHANGES).contains(&named.len());
    let answers = agree(named.len(), "a better answer", "better answers");
    is_told.then(|| format!(" One way there: {answers} to {}.", list(&named)))
}

/// Returns the returns that are concerned for a reason.
fn concerned(
    season: &FrameworkSeason,
    named: &[(String, &Review)],
    why: impl Fn(&Review) -> Option<String>,
) -> Vec<Row> {
    let row = |(name, review): &(String, &Review)| {
        let why = why(review)?;
        let why = if review.status == Status::Provisional { why } else { without_people(season, review, why) };
        let why = if reassessment::is_waived(review) { format!("{why} {DECIDED}") } else { why };
        let asked = reassessment::of(season.framework, review).and_then(|_| by(season, review));
        Some([name.clone(), title(season.framework, review.outcome.as_ref()?), why, asked.unwrap_or_default()])
    };
    named.iter().filter_map(row).collect()
}

/// Returns a reason, without its numbers where they could be those of rows that are hidden elsewhere in the report.
fn without_people(season: &FrameworkSeason, review: &Review, why: String) -> String {
    let results = season.statistics.registers.iter().flat_map(|register| &register.results);
    let is_hidden = results.into_iter().any(|row| row.share.count.state() == FigureState::Hidden);
    if !is_hidden || !why.contains(|letter: char| letter.is_ascii_digit()) {
        return why;
    }
    let conditions = reassessment::conditions(season.framework, review);
    let conditions = conditions.iter().map(|gate| format!("\u{201c}{}\u{201d}", gate.title));
    match conditions.collect::<Vec<_>>().as_slice() {
        [] => UNTOLD.to_owned(),
        [one] => format!("The condition {one} isn\u{2019}t met; its own report has the numbers."),
        some => format!("These conditions aren\u{2019}t met: {}; its own report has the numbers.", list(some)),
    }
}

/// Stands beside what a condition asks for that was decided otherwise.
const DECIDED: &str = "It was decided that this stands as it is.";

/// Stands for a reason that has numbers of few people and is no condition with a name.
const UNTOLD: &str = "What its rows come to; its own report says more.";

/// Returns how much is missing where an outcome is open.
fn still_open(review: &Review) -> Option<String> {
    let is_open = |outcome: &&OutcomeRecord| review.status == Status::Provisional && outcome.settled().is_none();
    let outcome = review.outcome.as_ref().filter(is_open)?;
    let missing = outcome.missing.len();
    let answers = (missing > 0).then(|| format!("{} missing", count(missing, "answer is", "answers are")));
    let told: Vec<String> = answers.into_iter().chain(outcome.entries_in_words()).collect();
    Some(format!("{}.", capital(&told.join(", and "))))
}

/// Returns the table of some returns.
fn table(rows: &[Row]) -> Table {
    let by = Column::new("By").cell(|[.., by]: &Row| by.into()).only_if(rows.iter().any(|[.., by]| !by.is_empty()));
    let is_day = rows.iter().all(|[.., by]| by.chars().count() <= LONGEST_DAY);
    let columns = vec![
        Column::new("¤Organisation").share(1.2).cell(|[organisation, ..]: &Row| organisation.into()),
        Column::new("Outcome").cell(|[_, outcome, ..]: &Row| outcome.into()),
        Column::new("Why").share(1.6).cell(|[_, _, why, _]: &Row| why.into()),
        if is_day { by } else { by.share(1.2) },
    ];
    Table::of(rows, columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::rows;
    use crate::framework::{Band, CalendarStep, ReturnKind, sample as parts};
    use crate::outcome::Route;
    use crate::report::Audience;
    use crate::review::DateRecord;
    use crate::schedule::StepState;
    use crate::season::{Season, Surroundings, sample};
    use crate::statistics::Statistics;

    /// Returns a framework whose approvals and submissions are judged apart, and what it says that those need who fail.
    fn judged_apart(again: Option<&str>) -> Framework {
        let mut framework = sample::usual();
        let band = |id: &str, least: &str, again| Band { again, ..parts::band(id, least, &[]) };
        framework.outcome.bands = vec![
            band("met", "50", false),
            band("refer", "", true),
            band("meets", "50", false),
            band("develop", "", true),
        ];
        framework.outcome.again = again.map(ToOwned::to_owned);
        let kind = |choice: &str, bands: [&str; 2]| ReturnKind {
            choice: choice.to_owned(),
            bands: bands.map(Into::into).to_vec(),
        };
        framework.kinds = vec![kind("Submission", ["met", "refer"]), kind("Approval", ["meets", "develop"])];
        framework
    }

    /// Returns what is told of returns of these kinds, of which so many points of 24 pass.
    fn told_of(framework: Framework, returns: &[(&str, &str, u32)], also: impl Fn(&mut Review)) -> Option<Part> {
        let frameworks: [Framework; 1] = [framework];
        let review = |(organisation, kind, points): &(&str, &str, u32)| {
            let mut review = sample::review(&frameworks[0], organisation, kind, &[Some(*points); 12]);
            let bands = if *kind == "Submission" { ["met", "refer"] } else { ["meets", "develop"] };
            review.outcome.as_mut().unwrap().band = Some(bands[usize::from(*points == 0)].into());
            also(&mut review);
            review
        };
        let season = Season::new(&frameworks, Surroundings::default(), returns.iter().map(review).collect());
        let statistics = Statistics::of_season(&season).unwrap();
        part(&FrameworkSeason::sampled(&season, &statistics, Audience::Team)).map(|(part, _)| part)
    }

    /// Returns the first sentence of that.
    fn told(again: Option<&str>, returns: &[(&str, &str, u32)]) -> String {
        told_of(judged_apart(again), returns, |_| {}).unwrap().leading()[0].clone()
    }

    #[test]
    fn by_when_more_is_wanted_stands_beside_why() {
        let mut framework = judged_apart(None);
        let step = |again| CalendarStep { again, ..parts::step("next", "days_after(data_date, 28)") };
        let returns = [("A", "Submission", 0), ("B", "Submission", 2)];
        let dated = |review: &mut Review| {
            review.dates = vec![sample::step("next", Some("2026-04-28"), StepState::Due)];
        };
        framework.calendar = vec![step(true)];
        let asked = told_of(framework.clone(), &returns, dated).unwrap();
        let why = "The total is 0.0%; met needs 50.0%.";
        assert_eq!(rows(&asked), [["A", "refer", why, "28 April 2026"]]);
        let undated = |review: &mut Review| {
            let why = Some("the letter has no date".to_owned());
            review.dates = vec![DateRecord { why, ..sample::step("next", None, StepState::Unknown) }];
        };
        let asked = told_of(framework.clone(), &returns, undated).unwrap();
        assert_eq!(rows(&asked), [["A", "refer", why, "The letter has no date"]]);
        framework.calendar = vec![step(false)];
        let plain = told_of(framework, &returns, dated).unwrap();
        assert_eq!(rows(&plain), [["A", "refer", why]]);
    }

    #[test]
    fn a_scheme_that_asks_nobody_has_no_chapter_without_what_is_withheld_or_open() {
        let mut framework = judged_apart(None);
        framework.outcome.bands.iter_mut().for_each(|band| band.again = false);
        assert_eq!(told_of(framework, &[("A", "Submission", 2)], |_| {}), None);
    }

    #[test]
    fn what_few_answers_would_reach_is_told_with_them() {
        let framework = sample::usual();
        let to: BandId = "good".into();
        let step = |id: &str| RouteStep { id: id.into(), from: 0.into(), to: 1.into() };
        let told = |ids: &[&str], band: &str| {
            let next = Route {
                band: band.into(),
                steps: ids.iter().map(|id| step(id)).collect(),
                fewest: true,
                impossible: None,
            };
            way(&framework, &OutcomeRecord { next: Some(next), ..OutcomeRecord::default() }, &to)
        };
        let criteria: Vec<&str> = framework.criteria().map(|criterion| criterion.id.as_str()).collect();
        let named = |at: usize| titled(criteria[at], framework.criterion(criteria[at]).unwrap().few_words());
        let one = format!(" One way there: a better answer to {}.", named(0));
        let two = format!(" One way there: better answers to {} and {}.", named(0), named(1));
        for (ids, band, expected) in [
            (&criteria[..1], "good", Some(one)),
            (&criteria[..2], "good", Some(two)),
            (&criteria[..1], "excellent", None),
            (&criteria[..4], "good", None),
            (&[][..], "good", None),
            (&["no-criterion"][..], "good", None),
        ] {
            assert_eq!(told(ids, band), expected, "{ids:?} {band}");
        }
    }

    #[test]
    fn organisations_of_which_the_team_decided_are_counted_apart() {
        assert_eq!(waived_sentence(0), None);
        assert_eq!(
            waived_sentence(2).as_deref(),
            Some(
                "Of 2 ¤organisations it was decided that what was found stands as it is; \u{201c}Decisions on findings\u{201d} says why."
            )
        );
    }

    #[test]
    fn what_one_kind_of_return_asks_for_isnt_lost_behind_another_and_is_in_the_schemes_words() {
        let returns = [("A", "Submission", 2), ("A", "Approval", 0), ("B", "Submission", 0), ("B", "Approval", 0)];
        assert_eq!(told(Some("to send it again"), &returns), "2 ¤organisations need to send it again.");
        assert_eq!(told(None, &returns[..2]), "1 ¤organisation needs to be assessed again.");
        assert_eq!(told(None, &returns[..1]), "No ¤organisation needs to be assessed again.");
    }
}
