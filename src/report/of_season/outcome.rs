//! How returns come out, and who needs to be assessed again.

use super::names::Names;
use super::{Season, figure, percent, whole};
use crate::document::{Cell, Column, Format, Part, Stack, StackPart, Table};
use crate::exact::Exact;
use crate::framework::Framework;
use crate::review::{Review, Status};
use crate::season::reassessment;
use crate::statistics::{BandRow, Figure, GroupRow, OutlierRow, Share};
use crate::words::{INCOMPLETE, agree, capital, count, file_title, list, list_of_at_most, measured};

/// Returns the outcomes; `None` where the framework has none.
pub(super) fn part(season: &Season) -> Option<Part> {
    let rows = &season.statistics.outcomes;
    let table = shares(rows, ["Outcome", "Returns"], |row: &BandRow| (&row.title, &row.share))
        .caption("Outcomes, with the range in which each share would lie if the season were repeated");
    let part = || Part::new("Outcomes").lead(sentences(season)).blocks(chart(rows)).block(table);
    sums_up(rows).then(|| part().part(by_group(season)))
}

/// Returns a table of shares with their intervals.
pub(super) fn shares<'a, R>(
    rows: &[R],
    headings: [&str; 2],
    of: impl Fn(&R) -> (&String, &Share) + Copy + 'a,
) -> Table {
    let share = |figure: fn(&Share) -> &Figure| move |row: &R| Cell::figure(figure(of(row).1), Format::Share);
    Table::of(
        rows,
        vec![
            Column::new(headings[0]).share(1.0).cell(move |row| of(row).0.into()),
            Column::new(headings[1]).cell(move |row| Cell::figure(&of(row).1.count, Format::Whole)),
            Column::new("Share").cell(share(|share| &share.share)),
            Column::new("From").cell(share(|share| &share.low)),
            Column::new("To").cell(share(|share| &share.high)),
        ],
    )
}

/// Says what is left out of the tables by group, and how to read the others.
fn groups_sentence(groups: &[Grouping]) -> &'static str {
    let shown = groups.iter().any(|group| !group.shown.is_empty());
    let hidden = groups.iter().any(|group| !group.hidden.is_empty());
    match (shown, hidden) {
        (false, _) => {
            "No group can be shown: too few returns stand behind each, or another could be worked out from it."
        }
        (true, false) => "A difference between groups is a reason to ask, not an answer.",
        (true, true) => {
            "A difference between groups is a reason to ask, not an answer. Groups behind which too few returns stand are \
             left out, and so is what they could be worked out from."
        }
    }
}

/// Whether the framework sums a return up in an outcome.
pub(super) fn sums_up(rows: &[BandRow]) -> bool {
    rows.iter().any(|row| row.band != INCOMPLETE)
}

/// Returns the bar; `None` where a count is hidden or there are none.
fn chart(rows: &[BandRow]) -> Option<Stack> {
    let part = |row: &BandRow| {
        let count = whole(&row.share.count)?;
        let label = format!("{count} ({})", figure(&row.share.share, percent));
        Some(StackPart { title: row.title.clone(), count, label, open: row.band == INCOMPLETE })
    };
    let mut parts: Vec<StackPart> = rows.iter().map(part).collect::<Option<_>>()?;
    parts.sort_by_key(|part| part.open);
    let bands = parts.iter().filter(|part| !part.open).count();
    parts[..bands].reverse();
    let all: usize = parts.iter().map(|part| part.count).sum();
    let said: Vec<String> = parts.iter().map(|part| format!("{} {}", part.title, part.label)).collect();
    // A bar of one return tells nothing.
    (all > 1).then(|| Stack {
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

/// Groups of one kind: those that may be shown, and those that may not.
struct Grouping<'a> {
    by: String,
    shown: Vec<&'a GroupRow>,
    hidden: Vec<&'a GroupRow>,
}

/// Returns the outcomes by each kind of group; `None` where there is none.
fn by_group(season: &Season) -> Option<Part> {
    let groupings = groupings(&season.statistics.groups);
    // Where there is no table at all, one sentence says so.
    let any = groupings.iter().any(|grouping| !grouping.shown.is_empty());
    let part = Part::new("By group").lead([groups_sentence(&groupings)]);
    let told = groupings.iter().filter(|_| any);
    let part = told.fold(part, |part, of| part.lead(not_shown(of)).block(grouped(season, of)));
    (!groupings.is_empty()).then_some(part)
}

/// Returns the kinds of group with their groups.
fn groupings(rows: &[GroupRow]) -> Vec<Grouping<'_>> {
    let mut kinds: Vec<&str> = rows.iter().map(|row| row.by.as_str()).collect();
    kinds.dedup();
    // Where no return says which group it is of, there is one group of all.
    kinds.retain(|by| rows.iter().any(|row| row.by == *by && row.group.is_some()));
    let grouping = |by: &str| {
        let (shown, hidden) = rows.iter().filter(|row| row.by == by).partition(|row| row.returns.is_shown());
        Grouping { by: by.replace(['_', '-'], " "), shown, hidden }
    };
    kinds.into_iter().map(grouping).collect()
}

/// Returns the table of the groups that may be shown.
fn grouped(season: &Season, of: &Grouping) -> Table {
    let unit = &season.statistics.unit;
    let mut columns = vec![
        Column::new(capital(&of.by)).share(1.3).cell(|row: &&GroupRow| name(row).into()),
        Column::new("Returns").cell(|row: &&GroupRow| Cell::figure(&row.returns, Format::Whole)),
        Column::new("Median total")
            .cell(|row: &&GroupRow| Cell::figure(&row.totals.median, Format::Unit(1, unit.clone()))),
    ];
    let titles = of.shown.first().map(|row| titles(season, row)).unwrap_or_default();
    columns.extend(titles.into_iter().enumerate().map(|(at, title)| {
        let count = move |row: &&GroupRow| {
            row.outcomes.get(at).map_or(Cell::Empty, |outcome| Cell::figure(&outcome.count, Format::Whole))
        };
        Column::new(title).share(1.0).cell(count)
    }));
    Table::of(&of.shown, columns).caption(format!("Outcomes by {}", of.by))
}

/// Returns a group's name.
fn name(row: &GroupRow) -> &str {
    row.group.as_deref().unwrap_or("not stated")
}

/// Says which groups aren't shown; `None` where all are.
fn not_shown(of: &Grouping) -> Option<String> {
    let names: Vec<&str> = of.hidden.iter().map(|row| name(row)).collect();
    match (of.shown.len(), names.len()) {
        (_, 0) => None,
        (0, _) => Some(format!("By {} no group can be shown.", of.by)),
        (_, _) => Some(format!("Not shown by {}: {}.", of.by, list(&names))),
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

/// A return that needs to be assessed again, or whose outcome is open.
struct Again {
    organisation: String,
    outcome: String,
    why: String,
}

/// Returns who needs to be assessed again, and whose outcome is open; `None` where the framework sums no return up and nobody is
/// concerned.
pub(super) fn reassessment(framework: &Framework, season: &Season) -> Option<Part> {
    let (counted, names) = (counted(season), Names::of(season));
    let provisional = counted.iter().filter(|review| review.status == Status::Provisional);
    let rows: Vec<Again> = counted.iter().filter_map(|review| again(framework, &names, review)).collect();
    let open: Vec<Again> = provisional.filter_map(|review| still_open(framework, &names, review)).collect();
    let sentence = match rows.len() {
        0 => "No complete return asks for re-assessment.".to_owned(),
        number => format!(
            "{} {} action and re-assessment.",
            capital(&count(number, "organisation", "organisations")),
            agree(number, "needs", "need")
        ),
    };
    let open_sentence = (!open.is_empty()).then(|| {
        format!(
            "{} {} open until the missing answers are in.",
            capital(&count(open.len(), "outcome", "outcomes")),
            agree(open.len(), "is", "are")
        )
    });
    let concerns = sums_up(&season.statistics.outcomes) || !rows.is_empty() || !open.is_empty();
    concerns.then(|| {
        Part::new("Who needs re-assessment")
            .lead([sentence])
            .block(concerned(&rows).caption("Organisations that need action and re-assessment"))
            .lead(open_sentence)
            .block(concerned(&open).caption("Outcomes that are open"))
    })
}

/// Returns the table of some returns.
fn concerned(rows: &[Again]) -> Table {
    Table::of(
        rows,
        vec![
            Column::new("Organisation").share(1.2).cell(|row: &Again| (&row.organisation).into()),
            Column::new("Outcome").cell(|row: &Again| (&row.outcome).into()),
            Column::new("Why").share(1.6).cell(|row: &Again| (&row.why).into()),
        ],
    )
}

/// Returns the reviews that count.
pub(super) fn counted<'a>(season: &Season<'a>) -> Vec<&'a Review> {
    let own = |review: &&Review| review.framework.as_ref() == Some(&season.statistics.framework);
    season.returns.iter().filter(|found| found.counts()).map(|found| &found.review).filter(own).collect()
}

/// Returns a return that asks for another assessment.
fn again(framework: &Framework, names: &Names, review: &Review) -> Option<Again> {
    let why = reassessment::of(framework, review)?.why;
    let band = review.outcome.as_ref().and_then(|record| record.band.as_deref());
    Some(Again { organisation: names.name(review), outcome: title(framework, band), why })
}

/// Returns a return whose outcome is open.
fn still_open(framework: &Framework, names: &Names, review: &Review) -> Option<Again> {
    let record = review.outcome.as_ref()?;
    let (low, high) =
        (title(framework, record.band_lowest.as_deref()), title(framework, record.band_highest.as_deref()));
    let outcome = if low == high { low } else { format!("{low} to {high}") };
    let missing = record.missing.len();
    Some(Again {
        organisation: names.name(review),
        outcome,
        why: format!("{} missing.", capital(&count(missing, "answer is", "answers are"))),
    })
}

/// Returns a band's title; a dash where there is none.
pub(super) fn title(framework: &Framework, band: Option<&str>) -> String {
    band.map_or("none", |band| framework.band_title(band)).to_owned()
}
