//! How returns come out, and who needs to be assessed again.

use serde::Serialize;

use super::names::Names;
use super::{Season, figure, percent, whole};
use crate::exact::Exact;
use crate::framework::Framework;
use crate::outcome::GateState;
use crate::review::{OutcomeRecord, Review, Status};
use crate::rules::outcome::reassessment_required;
use crate::statistics::{BandRow, GroupRow, OutlierRow};
use crate::words::{INCOMPLETE, agree, amount, capital, count, file_title, list, list_of_at_most, measured, sentence};

/// The outcomes as a template sees them.
#[derive(Clone, Debug, Serialize)]
pub(super) struct OutcomesView {
    sentences: Vec<String>,
    chart: Option<Chart>,
    caption: String,
    rows: Vec<OutcomeRow>,
    groups: Vec<GroupTable>,
    groups_sentence: String,
}

/// One bar of all outcomes.
#[derive(Clone, Debug, Serialize)]
struct Chart {
    caption: String,
    alt: String,
    parts: Vec<ChartPart>,
}

/// One outcome's part of the bar, the worst first.
#[derive(Clone, Debug, Serialize)]
struct ChartPart {
    title: String,
    count: usize,
    shown: String,
    label: String,
    open: bool,
}

/// One outcome's row.
#[derive(Clone, Debug, Serialize)]
struct OutcomeRow {
    title: String,
    count: String,
    share: String,
    low: String,
    high: String,
}

/// Outcomes by one kind of group.
#[derive(Clone, Debug, Serialize)]
struct GroupTable {
    caption: String,
    by: String,
    bands: Vec<String>,
    rows: Vec<GroupLine>,
    /// Which groups aren't shown; `None` where all are.
    hidden: Option<String>,
}

/// One group.
#[derive(Clone, Debug, Serialize)]
struct GroupLine {
    group: String,
    returns: String,
    median: String,
    counts: Vec<String>,
}

/// Who needs to be assessed again.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ReassessmentView {
    sentence: String,
    rows: Vec<ReassessmentRow>,
    open_sentence: String,
    open: Vec<ReassessmentRow>,
}

/// One return.
#[derive(Clone, Debug, Serialize)]
struct ReassessmentRow {
    organisation: String,
    outcome: String,
    why: String,
}

impl OutcomesView {
    /// Returns the sentence that stands for all.
    pub(super) fn first(&self) -> &str {
        self.sentences.first().map_or("", String::as_str)
    }
}

impl ReassessmentView {
    /// Returns the sentence that stands for all.
    pub(super) fn first(&self) -> &str {
        &self.sentence
    }
}

/// Returns the outcomes as a template sees them; `None` where the framework has none.
pub(super) fn view(season: &Season) -> Option<OutcomesView> {
    let rows = &season.statistics.outcomes;
    let row = |row: &BandRow| OutcomeRow {
        title: row.title.clone(),
        count: figure(&row.share.count, amount),
        share: figure(&row.share.share, percent),
        low: figure(&row.share.low, percent),
        high: figure(&row.share.high, percent),
    };
    let groups = groups(season);
    sums_up(rows).then(|| OutcomesView {
        sentences: sentences(season),
        chart: chart(rows),
        caption: "Outcomes, with the range in which each share would lie if the season were repeated".to_owned(),
        rows: rows.iter().map(row).collect(),
        groups_sentence: groups_sentence(&groups),
        groups,
    })
}

/// Says what is left out of the tables by group, and how to read the others.
fn groups_sentence(groups: &[GroupTable]) -> String {
    let shown = groups.iter().any(|group| !group.rows.is_empty());
    let hidden = groups.iter().any(|group| group.hidden.is_some());
    match (shown, hidden) {
        (false, _) => {
            "No group can be shown: too few returns stand behind each, or another could be worked out from it."
                .to_owned()
        }
        (true, false) => "A difference between groups is a reason to ask, not an answer.".to_owned(),
        (true, true) => "A difference between groups is a reason to ask, not an answer. Groups behind which too few \
                         returns stand are left out, and so is what they could be worked out from."
            .to_owned(),
    }
}

/// Whether the framework sums a return up in an outcome.
pub(super) fn sums_up(rows: &[BandRow]) -> bool {
    rows.iter().any(|row| row.band != INCOMPLETE)
}

/// Returns the bar; `None` where a count is hidden or there are none.
fn chart(rows: &[BandRow]) -> Option<Chart> {
    let part = |row: &BandRow| {
        let count = whole(&row.share.count)?;
        let label = format!("{count} ({})", figure(&row.share.share, percent));
        Some(ChartPart {
            title: row.title.clone(),
            count,
            shown: count.to_string(),
            label,
            open: row.band == INCOMPLETE,
        })
    };
    let mut parts: Vec<ChartPart> = rows.iter().map(part).collect::<Option<_>>()?;
    parts.sort_by_key(|part| part.open);
    let bands = parts.iter().filter(|part| !part.open).count();
    parts[..bands].reverse();
    let all: usize = parts.iter().map(|part| part.count).sum();
    let said: Vec<String> = parts.iter().map(|part| format!("{} {}", part.title, part.label)).collect();
    // A bar of one return tells nothing.
    (all > 1).then(|| Chart {
        caption: format!("Outcomes of {}, from the lowest band to the highest", count(all, "return", "returns")),
        alt: format!("A bar of {} in parts: {}.", count(all, "return", "returns"), list(&said)),
        parts,
    })
}

/// Returns what the outcomes mean.
fn sentences(season: &Season) -> Vec<String> {
    let known = |row: &BandRow| whole(&row.share.count).filter(|count| *count > 0);
    let (open, banded): (Vec<&BandRow>, Vec<&BandRow>) =
        season.statistics.outcomes.iter().partition(|row| row.band == INCOMPLETE);
    let mut parts: Vec<String> =
        banded.into_iter().filter_map(|row| Some(format!("{} as {}", known(row)?, row.title))).collect();
    if let Some(first) = parts.first_mut() {
        *first = first.replacen(" as ", " came out as ", 1);
    }
    let open = open
        .first()
        .and_then(|row| known(row))
        .map(|count| format!("{count} {} incomplete", agree(count, "is", "are")));
    let said: Vec<String> = [list(&parts)].into_iter().filter(|parts| !parts.is_empty()).chain(open).collect();
    if said.is_empty() {
        return vec!["No return has an outcome yet.".to_owned()];
    }
    let counted = season.statistics.coverage.counted;
    let said = said.join("; ");
    let mut sentences = vec![match said.strip_prefix("1 ") {
        Some(said) if counted == 1 => format!("The only return {said}."),
        Some(_) | None => format!("Of {}, {said}.", count(counted, "return", "returns")),
    }];
    if let Some(row) = season.statistics.totals.iter().find(|row| row.kind.is_none()) {
        let unit = &season.statistics.unit;
        let shown = |found| figure(found, |value: &Exact| measured(value, unit, 1));
        if row.spread.n > 4 && row.spread.median.is_shown() && row.spread.lower_quartile.is_shown() {
            sentences.push(format!(
                "Half of the complete returns have a total of {} or more; the middle half lies between {} and {} ({}).",
                shown(&row.spread.median),
                shown(&row.spread.lower_quartile),
                shown(&row.spread.upper_quartile),
                count(row.spread.n, "return", "returns")
            ));
        }
    }
    sentences.extend(outliers(season));
    sentences
}

/// Returns whose total stands out from all others; `None` where nobody's does.
fn outliers(season: &Season) -> Option<String> {
    let rows = &season.statistics.outliers;
    let unit = &season.statistics.unit;
    let shown = |value: f64| Exact::from_float(value).map_or_else(String::new, |value| measured(&value, unit, 1));
    let name = |row: &OutlierRow| {
        if row.organisation.is_empty() { file_title(&row.file) } else { row.organisation.clone() }
    };
    let names: Vec<String> = rows.iter().map(|row| format!("{} ({})", name(row), shown(row.total))).collect();
    let median = shown(rows.first()?.median);
    Some(format!(
        "{} far from the median of {median}: {}. Look at {} before reading much into the figures.",
        capital(&count(rows.len(), "total lies", "totals lie")),
        list_of_at_most(&names, 6),
        agree(rows.len(), "that return", "those returns")
    ))
}

/// Returns the outcomes by each kind of group.
fn groups(season: &Season) -> Vec<GroupTable> {
    let rows = &season.statistics.groups;
    let mut kinds: Vec<&str> = rows.iter().map(|row| row.by.as_str()).collect();
    kinds.dedup();
    // Where no return says which group it is of, there is one group of all.
    kinds.retain(|by| rows.iter().any(|row| row.by == *by && row.group.is_some()));
    let unit = &season.statistics.unit;
    let line = |row: &GroupRow| GroupLine {
        group: row.group.clone().unwrap_or_else(|| "not stated".to_owned()),
        returns: figure(&row.returns, amount),
        median: figure(&row.totals.median, |value| measured(value, unit, 1)),
        counts: row.outcomes.iter().map(|outcome| figure(&outcome.count, amount)).collect(),
    };
    let table = |by: &str| {
        let (shown, hidden): (Vec<&GroupRow>, Vec<&GroupRow>) =
            rows.iter().filter(|row| row.by == by).partition(|row| row.returns.is_shown());
        let by = by.replace(['_', '-'], " ");
        GroupTable {
            caption: format!("Outcomes by {by}"),
            bands: shown.first().map(|row| titles(season, row)).unwrap_or_default(),
            hidden: not_shown(&by, shown.len(), &hidden),
            rows: shown.into_iter().map(line).collect(),
            by: capital(&by),
        }
    };
    let mut tables: Vec<GroupTable> = kinds.into_iter().map(table).collect();
    // Where there is no table at all, one sentence says so.
    if tables.iter().all(|table| table.rows.is_empty()) {
        for table in &mut tables {
            table.hidden = None;
        }
    }
    tables
}

/// Says which groups aren't shown; `None` where all are, or where there is no table that they would be missing from.
fn not_shown(by: &str, shown: usize, hidden: &[&GroupRow]) -> Option<String> {
    let names: Vec<&str> = hidden.iter().map(|row| row.group.as_deref().unwrap_or("not stated")).collect();
    match (shown, names.len()) {
        (_, 0) => None,
        (0, _) => Some(format!("By {by} no group can be shown.")),
        (_, _) => Some(format!("Not shown by {by}: {}.", list(&names))),
    }
}

/// Returns the titles over a group's outcomes, of which rare ones are counted together.
fn titles(season: &Season, row: &GroupRow) -> Vec<String> {
    let title = |band: &str| {
        let known = season.statistics.outcomes.iter().find(|row| row.band == band);
        known.map_or_else(|| band.to_owned(), |row| row.title.clone())
    };
    let together = |bands: &str| {
        let titles: Vec<String> = bands.split('+').map(title).collect();
        list(&titles).replace(" and ", " or ")
    };
    row.outcomes.iter().map(|outcome| together(&outcome.band)).collect()
}

/// Returns who needs to be assessed again, and whose outcome is open; `None` where the framework sums no return up and nobody is
/// concerned.
pub(super) fn reassessment(framework: &Framework, season: &Season) -> Option<ReassessmentView> {
    let (counted, names) = (counted(season), Names::of(season));
    let scored = counted.iter().filter(|review| review.status == Status::Scored);
    let rows: Vec<ReassessmentRow> = scored.filter_map(|review| again(framework, &names, review)).collect();
    let open: Vec<ReassessmentRow> = counted
        .iter()
        .filter(|review| review.status == Status::Provisional)
        .filter_map(|review| still_open(framework, &names, review))
        .collect();
    let sentence = match rows.len() {
        0 => "No complete return asks for re-assessment.".to_owned(),
        number => format!(
            "{} {} action and re-assessment.",
            capital(&count(number, "organisation", "organisations")),
            agree(number, "needs", "need")
        ),
    };
    let open_sentence = match open.len() {
        0 => String::new(),
        number => format!(
            "{} {} open until the missing answers are in.",
            capital(&count(number, "outcome", "outcomes")),
            agree(number, "is", "are")
        ),
    };
    let concerns = sums_up(&season.statistics.outcomes) || !rows.is_empty() || !open.is_empty();
    concerns.then_some(ReassessmentView { sentence, rows, open_sentence, open })
}

/// Returns the reviews that count.
pub(super) fn counted<'a>(season: &Season<'a>) -> Vec<&'a Review> {
    let own = |review: &&Review| review.framework.as_ref() == Some(&season.statistics.framework);
    season.returns.iter().filter(|found| found.counts()).map(|found| &found.review).filter(own).collect()
}

/// Returns a return that needs re-assessment: the scheme says so, a condition isn't met, or it is in the lowest band.
fn again(framework: &Framework, names: &Names, review: &Review) -> Option<ReassessmentRow> {
    let record = review.outcome.as_ref()?;
    let said = review.findings.iter().find(|finding| finding.is_of(&reassessment_required::RULE));
    let failed = missed(framework, record);
    let lowest = framework.outcome.bands.len() > 1
        && framework.outcome.bands.last().is_some_and(|band| Some(band.id.as_str()) == record.band.as_deref());
    let capped = record.raw_band != record.band;
    let why = match (said, failed) {
        (Some(finding), _) => sentence(&finding.message),
        (None, Some(gate)) if lowest || capped => sentence(&gate.why),
        (None, Some(_) | None) if lowest => "The outcome is the lowest band.".to_owned(),
        (None, Some(_) | None) => return None,
    };
    Some(ReassessmentRow { organisation: names.name(review), outcome: title(framework, record.band.as_deref()), why })
}

/// Returns the condition that keeps a return from the next better outcome; else the first that doesn't hold.
fn missed<'a>(framework: &Framework, record: &'a OutcomeRecord) -> Option<&'a GateState> {
    let bands = &framework.outcome.bands;
    let at = bands.iter().position(|band| Some(band.id.as_str()) == record.band.as_deref());
    let better = at.and_then(|at| bands.get(at.checked_sub(1)?));
    let is_better = |gate: &&GateState| better.is_some_and(|band| band.gates.contains(&gate.id));
    let failed = || record.gates.iter().filter(|gate| gate.holds == Some(false));
    failed().find(is_better).or_else(|| failed().next())
}

/// Returns a return whose outcome is open.
fn still_open(framework: &Framework, names: &Names, review: &Review) -> Option<ReassessmentRow> {
    let record = review.outcome.as_ref()?;
    let (low, high) =
        (title(framework, record.band_lowest.as_deref()), title(framework, record.band_highest.as_deref()));
    let outcome = if low == high { low } else { format!("{low} to {high}") };
    let missing = record.missing.len();
    Some(ReassessmentRow {
        organisation: names.name(review),
        outcome,
        why: format!("{} missing.", capital(&count(missing, "answer is", "answers are"))),
    })
}

/// Returns a band's title; a dash where there is none.
pub(super) fn title(framework: &Framework, band: Option<&str>) -> String {
    band.map_or("none", |band| framework.band_title(band)).to_owned()
}
