//! What each assessor gives beside what organisations give themselves, and beside an average assessor.

use std::collections::BTreeSet;

use super::FrameworkSeason;
use crate::document::{Cell, Column, Format, Part, Table};
use crate::exact::Exact;
use crate::framework::FieldRole;
use crate::report::Room;
use crate::season::SeasonReturn;
use crate::statistics::verdict::Chance;
use crate::statistics::{AssessedRow, AssessorRow, FrameworkStatistics, Tolerance};
use crate::words::{capital, count, list_of_at_most};

/// Returns the part; `None` where no form names assessors, or nobody has both sides.
pub(in crate::report) fn part(statistics: &FrameworkStatistics, room: Room) -> Option<Part> {
    let rows = &statistics.assessors;
    let told = told(statistics);
    let cases: Vec<(&AssessorRow, &AssessedRow)> =
        told.iter().flat_map(|row| row.cases.iter().map(move |case| (*row, case))).collect();
    let is_compared = room == Room::Sheet || rows.iter().any(|row| row.chance.is_shown());
    let compared: Vec<&AssessorRow> = rows.iter().filter(|_| is_compared).collect();
    let part = Part::new("Assessors")
        .lead(sentences(rows, &told))
        .block(table(&compared, room).caption(caption(rows)))
        .block(assessed(&cases).caption("What an average assessor would have given"));
    (!rows.is_empty()).then_some(part)
}

/// Says why assessors aren't compared, to those who are told names; `None` where they are, or fewer than two are named.
pub(super) fn none(season: &FrameworkSeason) -> Option<Part> {
    let named = |sent: &SeasonReturn| sent.review.role(season.framework, FieldRole::Assessor).map(ToString::to_string);
    let several = season.counted().filter_map(named).collect::<BTreeSet<_>>().len() > 1;
    let why = "Assessors can\u{2019}t be compared here: no ¤organisation\u{2019}s view of itself stands beside what they give, and what they give alone may be \
               as their cases are.";
    (several && season.is_named() && season.statistics.assessors.is_empty()).then(|| Part::new("Assessors").lead([why]))
}

/// Returns who is harsher or more lenient, for the brief; `None` where nobody is told.
pub(in crate::report) fn in_brief(statistics: &FrameworkStatistics) -> Option<String> {
    let told: Vec<&AssessorRow> = told(statistics);
    (!told.is_empty()).then(|| apart(&told))
}

/// Says to those who are told no names that what is told rests on somebody who gives otherwise than the others; `None` where nobody does, or
/// names are told.
pub(super) fn without_names(season: &FrameworkSeason) -> Option<String> {
    let said = "Some were assessed by somebody who is harsher or more lenient than the others: what is told here rests on that, too.";
    (season.statistics.is_assessed_apart && !season.is_named()).then(|| said.to_owned())
}

/// Returns the assessors who differ by more than chance is likely to give.
fn told(statistics: &FrameworkStatistics) -> Vec<&AssessorRow> {
    statistics.assessors.iter().filter(|row| Chance::is_unlikely(&row.chance)).collect()
}

/// Says who they are, and what to do.
fn apart(told: &[&AssessorRow]) -> String {
    let named: Vec<String> = told.iter().map(|row| differs(row)).collect();
    format!(
        "{}, by more than chance is likely to give. Look at their assessments with them before the outcomes are final.",
        capital(&list_of_at_most(&named, 9))
    )
}

/// Returns what stands over the table of assessors.
fn caption(rows: &[AssessorRow]) -> String {
    let tolerated = rows.first().map(|row| format!("; tolerance is {} of them", row.tolerated)).unwrap_or_default();
    format!("Assessors beside the self-assessments and beside each other, in percentage points of the scale{tolerated}")
}

/// Says who is harsher or more lenient.
fn sentences(rows: &[AssessorRow], told: &[&AssessorRow]) -> Vec<String> {
    let assessments: usize = rows.iter().map(|row| row.cases.len()).sum();
    let compared = format!(
        "{} by {} can be compared with a self-assessment of the same ¤organisation.",
        capital(&count(assessments, "assessment", "assessments")),
        count(rows.len(), "assessor", "assessors")
    );
    let is_known = rows.iter().any(|row| row.chance.is_shown());
    let judged = match (is_known, told) {
        (false, _) => "Fewer than three assessors have several, so that it can\u{2019}t be told whether one is harsher or more lenient.".to_owned(),
        (true, []) if rows.iter().all(is_average) => "Assessors differ no more than chance alone gives, so that none is set above or below an average one.".to_owned(),
        (true, []) => "No assessor differs from the others by more than chance is likely to give.".to_owned(),
        (true, told) => apart(told),
    };
    vec![compared, judged]
}

/// Whether nothing sets an assessor above or below an average one.
fn is_average(row: &AssessorRow) -> bool {
    row.shrunken.value.and_then(Exact::from_float).is_none_or(|above| above.rounded(1).is_zero())
}

/// Says how an assessor differs from an average one.
fn differs(row: &AssessorRow) -> String {
    let above = row.shrunken.value.and_then(Exact::from_float).unwrap_or_else(Exact::zero);
    let direction = if above.is_negative() { "harsher" } else { "more lenient" };
    format!(
        "{} is {direction} than an average assessor, by {} percentage points",
        row.assessor,
        above.abs().to_fixed(1)
    )
}

/// Returns the table of assessors.
fn table(rows: &[&AssessorRow], room: Room) -> Table {
    let tolerance = |row: &&AssessorRow| match row.tolerance() {
        Some(Tolerance::Within) => "within".into(),
        Some(Tolerance::Beyond) => "beyond".into(),
        Some(Tolerance::Open) => "can\u{2019}t be told".into(),
        None => Cell::Empty,
    };
    let is_set_apart = room == Room::Sheet || !rows.iter().all(|row| is_average(row));
    let columns = vec![
        Column::new("Assessor").share(1.0).cell(|row: &&AssessorRow| (&row.assessor).into()),
        Column::new("Cases").cell(|row: &&AssessorRow| Cell::figure(&row.caseload, Format::Whole)),
        Column::new("Above self")
            .meaning("How far the assessor's answers lie above those of the ¤organisations themselves in the mean; below nought they are stricter.")
            .cell(|row: &&AssessorRow| Cell::figure(&row.bias, Format::Signed(1))),
        Column::new("Interval")
            .meaning("The 95 % interval of that mean.")
            .cell(|row: &&AssessorRow| Cell::between(&row.low, &row.high, Format::Signed(1)))
            .only_if(room == Room::Sheet),
        Column::new("Above average")
            .meaning("The same beside an average assessor, drawn towards that as far as chance makes caseloads differ.")
            .cell(|row: &&AssessorRow| Cell::figure(&row.shrunken, Format::Signed(1)))
            .only_if(is_set_apart),
        Column::new("Its interval")
            .meaning("The 95 % interval of how far the assessor lies above an average one.")
            .cell(|row: &&AssessorRow| Cell::between(&row.shrunken_low, &row.shrunken_high, Format::Signed(1)))
            .only_if(is_set_apart),
        Column::new("p")
            .meaning("How often chance alone would set an assessor as far apart, allowing for how many assessors there are (Holm).")
            .cell(|row: &&AssessorRow| Cell::figure(&row.chance, Format::Likelihood)),
        Column::new("Tolerance")
            .meaning("Whether the whole interval beside an average assessor lies within the tolerance, or beyond it.")
            .cell(tolerance)
            .only_if(is_set_apart),
        Column::new("Other outcome")
            .meaning("The share of outcomes that are another one than by the self-assessment.")
            .cell(|row: &&AssessorRow| Cell::figure(&row.changed, Format::Share)),
    ];
    Table::of(rows, columns)
}

/// Returns the table of what assessors who differ gave.
fn assessed(cases: &[(&AssessorRow, &AssessedRow)]) -> Table {
    let percent = |value: Option<f64>| {
        value.and_then(Exact::from_float).map_or_else(|| "open".into(), |value| Cell::number(value, Format::Fixed(1)))
    };
    let columns = vec![
        Column::new("Assessor").share(1.0).cell(|(row, _): &(&AssessorRow, &AssessedRow)| (&row.assessor).into()),
        Column::new("¤Organisation").share(1.5).cell(|(_, case): &(&AssessorRow, &AssessedRow)| (&case.organisation).into()),
        Column::new("¤Total as given, %").cell(move |(_, case): &(&AssessorRow, &AssessedRow)| percent(case.total)),
        Column::new("By an average assessor, %")
            .meaning("The ¤total that its answers would come to as an average assessor gives them to ¤organisations that say the same of themselves: ¤criteria alone, within the scale, and as far as can be told.")
            .cell(move |(_, case): &(&AssessorRow, &AssessedRow)| percent(case.average)),
    ];
    Table::of(cases, columns)
}
