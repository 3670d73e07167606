//! How the figures came about and what they can't show, for what a report has; and how the ids of its figures begin.

use super::{Parts, Season, hidden};
use crate::document::{Cell, Column, Fact, Part, Table};
use crate::framework::Framework;
use crate::statistics::FrameworkStatistics;
use crate::words::sentence;

/// Returns how the figures came about, where each comes from, and what is not shown.
pub(super) fn part(framework: &Framework, parts: &Parts, season: &Season) -> Part {
    Part::new("Methods and caveats")
        .points(notes(framework, parts, season.statistics))
        .part(sources(&traces(framework, parts)))
        .part(hidden::part(season))
}

/// Returns how a figure is followed to what it rests on; `None` where there are no figures.
fn sources(traces: &[Fact]) -> Option<Part> {
    let first = &traces.first()?.value;
    let sentence = format!(
        "Each figure has an id. \u{201c}scrutineer explain --figure {first} OUT\u{201d} lists those that begin so, and says for \
         one of them which returns and cells it rests on."
    );
    let table = Table::of(
        traces,
        vec![
            Column::new("Part of this report").share(1.0).cell(|row: &Fact| (&row.label).into()),
            Column::new("Its figures\u{2019} ids begin with")
                .share(1.4)
                .cell(|row: &Fact| Cell::Code(row.value.clone())),
        ],
    );
    Some(Part::new("Where figures come from").lead([sentence]).block(table.caption("How the ids of figures begin")))
}

/// Returns how the figures came about, and what they can't show.
fn notes(framework: &Framework, parts: &Parts, statistics: &FrameworkStatistics) -> Vec<String> {
    let has_criteria = parts.criteria.is_some();
    let has_quartiles = parts.sections.is_some() || parts.measures.is_some() || parts.outcomes.is_some();
    let has_agreement = parts.agreement.is_some();
    let notes = [
        (
            true,
            "Scores are those typed in the returns. Totals and bands are worked out exactly; figures are rounded only where they are printed.",
        ),
        (
            true,
            "A missing answer is never counted as nought. Returns with missing answers count as incomplete and have a range of outcomes; their given answers count for the criteria.",
        ),
        (has_quartiles, "Medians and quartiles are of type 7, as a spreadsheet\u{2019}s QUARTILE.INC."),
        (
            true,
            "Intervals of shares are Wilson intervals at 95%. They say how far a share could move if the season were repeated with organisations like these.",
        ),
        (
            has_criteria,
            "Criteria are ranked on a scale from 0% (worst grade) to 100% (best grade). Ties share a rank, and neighbours in a ranking may differ only by chance.",
        ),
        (
            true,
            "Returns differ in size, clients and place. A difference between two returns is a reason to ask, not an answer.",
        ),
        (
            !statistics.outliers.is_empty(),
            "A total lies far from the median when it is more than 3.5 times as far as the median distance gives for ordinary spread (MAD, after Iglewicz and Hoaglin).",
        ),
        (
            statistics.consistency.is_some(),
            "Cronbach\u{2019}s alpha is shown from 30 complete returns on, with Feldt\u{2019}s interval: with fewer it says next to nothing.",
        ),
        (
            has_agreement,
            "Agreement of grades is told by quadratic weighted kappa over the whole scale, its interval by drawing organisations again 2,000 times; agreement of totals by the intraclass correlation for absolute agreement of single judgements, ICC(A,1).",
        ),
        (
            has_agreement || parts.change.is_some(),
            "A likelihood p says how often chance alone would give differences like these or larger ones; below 0.05 they are called more than chance. It comes from Wilcoxon\u{2019}s signed ranks, and from McNemar\u{2019}s exact test for the lowest band; where several criteria or sections are looked at, it allows for that (Benjamini and Hochberg).",
        ),
        (
            parts.trend.is_some(),
            "The trend is the Theil\u{2013}Sen slope of the medians of those who sent a return of the same kind and version in every season; how steady it is, is Kendall\u{2019}s tau.",
        ),
    ];
    let mut notes: Vec<String> =
        notes.into_iter().filter(|(applies, _)| *applies).map(|(_, note)| note.to_owned()).collect();
    if !framework.provenance.is_empty() {
        notes.push(format!("About the framework: {}", sentence(&framework.provenance)));
    }
    notes
}

/// Returns the parts of the report with the beginning that the ids of their figures share.
fn traces(framework: &Framework, parts: &Parts) -> Vec<Fact> {
    let known = [
        (parts.outcomes.is_some(), "Outcomes", "outcome"),
        (!parts.registers.is_empty(), "Rows of registers", "register"),
        (parts.sections.is_some(), "Sections", "section"),
        (parts.criteria.is_some(), "Criteria", "criterion"),
        (parts.measures.is_some(), "Measures", "measure"),
        (parts.consistency.is_some(), "How well the criteria go together", "consistency"),
        (parts.agreement.is_some(), "Agreement", "agreement"),
        (parts.change.is_some(), "Change", "change"),
        (parts.trend.is_some(), "Trend", "trend"),
        (parts.findings.is_some(), "Commonest findings", "finding"),
    ];
    let has = known.into_iter().filter(|(has, ..)| *has);
    has.map(|(_, part, id)| Fact::new(part, format!("{}/{id}/", framework.id))).collect()
}
