//! How returns come out: bands, totals, and totals that stand out.

use polars::prelude::PolarsResult;

use super::interval::{bounded, share};
use super::query;
use super::subject::Subject;
use super::table::Table;
use crate::exact::Exact;
use crate::figure::{Figure, FigureOf, Measure, Share, Spread, figures};
use crate::framework::{Band, BandList};
use crate::review::Review;
use crate::season::SeasonReturn;
use crate::season::record::percent;
use crate::tables::{band, column};
use crate::words::{INCOMPLETE, OPEN};

/// With fewer totals none can be told to stand out.
const LEAST_FOR_OUTLIERS: usize = 8;

/// How many organisations have an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct BandRow {
    /// The kinds of return that are judged by this band and those beside it; empty where all kinds are, and of `incomplete`.
    pub kinds: Vec<String>,
    /// The band's name, or `incomplete`.
    pub band: String,
    /// The band's title.
    pub title: String,
    /// How many have it for certain, and their share; its interval is that of all who were expected, whatever the open outcomes become.
    pub share: Share,
    /// How many can have it at most once all answers are in.
    pub at_most: Figure,
}

figures!(BandRow: share, at_most);

/// How totals spread.
#[derive(Clone, Debug, PartialEq)]
pub struct TotalRow {
    /// The kind of return; `None` is one return an organisation, of whichever kind stands for it.
    pub kind: Option<String>,
    /// The totals of complete returns.
    pub spread: Spread,
}

figures!(TotalRow: spread);

/// A return whose total stands out: more than 3.5 standard deviations, as the median deviation gives them, from the median.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlierRow {
    /// The return.
    pub file: String,
    /// Whose it is.
    pub organisation: String,
    /// Its total.
    pub total: f64,
    /// The median of all totals.
    pub median: f64,
}

/// Returns how many organisations have each outcome; those are their results, which the network knows. Nothing where the framework sums
/// no return up: nobody's outcome is open then.
pub(super) fn outcomes(subject: &Subject) -> Vec<BandRow> {
    if subject.framework.outcome.bands.is_empty() {
        return Vec::new();
    }
    let lists = subject.framework.band_lists();
    let rows = lists.iter().flat_map(|list| of_list(subject, list));
    rows.chain([open(subject)]).collect()
}

/// Why there is no count of an outcome.
const NOBODY: &str = "no return that these outcomes judge stands for an organisation";

/// Returns the outcomes of those that are judged by the same bands.
fn of_list(subject: &Subject, list: &BandList) -> Vec<BandRow> {
    let judged =
        |sent: &&SeasonReturn| list.judges(subject.framework, sent.review.kind.as_deref(), Some(band(&sent.review)));
    let mine: Vec<&SeasonReturn> = subject.headline().filter(judged).collect();
    // Of several lists it isn't known by which of them those would be judged who didn't come.
    let population = subject.population().filter(|_| list.kinds.is_empty());
    let row = |one: &&Band| {
        let least = mine.iter().filter(|sent| band(&sent.review) == one.id.as_str()).count();
        let place = |band: &str| subject.framework.place_of_band(band);
        let can_become = |review: &Review| review.outcome.as_ref().is_some_and(|own| own.can_become(&one.id, place));
        let open = mine.iter().filter(|sent| can_become(&sent.review)).count();
        let about = subject.about(FigureOf::Outcome(one.id.to_string())).open();
        let counted = |count: usize| if mine.is_empty() { Err(NOBODY) } else { Ok(Exact::from(count).to_float()) };
        let share = bounded(&about, (least, least + open), mine.len(), population);
        BandRow {
            kinds: list.kinds.iter().map(ToString::to_string).collect(),
            band: one.id.to_string(),
            title: one.title.clone(),
            share: Share { count: about.figure(Measure::Count, counted(least), mine.len()), ..share },
            at_most: about.figure(Measure::AtMost, counted(least + open), mine.len()),
        }
    };
    list.bands.iter().map(row).collect()
}

/// Returns how many have no certain outcome; what will become of them is no estimate of anything, so that it has no interval.
fn open(subject: &Subject) -> BandRow {
    let all = subject.headline().count();
    let count = subject.headline().filter(|sent| band(&sent.review) == INCOMPLETE).count();
    let about = subject.about(FigureOf::Outcome(INCOMPLETE.to_owned())).open();
    let none = |measure| about.figure(measure, Err("an open outcome is none that could be found again"), all);
    BandRow {
        kinds: Vec::new(),
        band: INCOMPLETE.to_owned(),
        title: OPEN.to_owned(),
        share: Share { low: none(Measure::Low), high: none(Measure::High), ..share(&about, count, all, None) },
        at_most: about.figure(Measure::AtMost, Ok(Exact::from(count).to_float()), all),
    }
}

/// Returns how totals spread: of one return an organisation, then of all returns of each kind.
pub(super) fn totals(subject: &Subject) -> PolarsResult<Vec<TotalRow>> {
    let by = |rows, key| Table::spreads(rows, &[key], column::TOTAL_NEAR);
    let returns = &subject.frames.returns;
    let all = by(query::headline(subject, returns), column::FRAMEWORK)?;
    let kinds = by(query::counted(subject, returns), column::KIND)?;
    let about = |kind| subject.about(FigureOf::Total(kind));
    let spread = all.spread(&[(column::FRAMEWORK, Some(&subject.framework.id))], &about(None), 1.0);
    let by_kind = kinds.rows().filter_map(|at| {
        let kind = kinds.text(column::KIND, at)?;
        let spread = kinds.spread(&[(column::KIND, Some(&kind))], &about(Some(kind.clone())), 1.0);
        Some(TotalRow { kind: Some(kind), spread })
    });
    Ok([TotalRow { kind: None, spread }].into_iter().chain(by_kind).collect())
}

/// Returns the returns whose total stands out from the others; none where too few have one, half of them have the same, or totals have
/// no most: a number of people or the like says how large an organisation is, and not how good.
pub(super) fn outliers(subject: &Subject, totals: &Spread) -> PolarsResult<Vec<OutlierRow>> {
    if !subject.headline().any(|sent| percent(&sent.review, subject.season.frameworks).is_some()) {
        return Ok(Vec::new());
    }
    let spread = totals.median.value.zip(totals.deviation.value).filter(|(_, deviation)| *deviation > 0.0);
    let Some((median, deviation)) = spread.filter(|_| totals.n >= LEAST_FOR_OUTLIERS) else { return Ok(Vec::new()) };
    let table = Table::of(query::standing_out(subject, median, deviation))?;
    let rows = table.rows().filter_map(|row| {
        let file = table.text(column::FILE, row)?;
        let organisation = subject.season.organisation_of(&file).map(ToOwned::to_owned);
        let total = table.number(column::TOTAL_NEAR, row)?;
        Some(OutlierRow { file, organisation: organisation.unwrap_or_default(), total, median })
    });
    Ok(rows.collect())
}
