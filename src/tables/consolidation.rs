//! The table of what the units of organisations come to together.

use polars::prelude::{DataFrame, PolarsResult};

use super::{exact, text};
use crate::season::consolidation::{Consolidation, CriterionConsolidated, RuleSource, VoiceStanding};

/// A criterion with its organisation, and what its units say in one text.
type Row<'a> = (&'a Consolidation, &'a CriterionConsolidated, String, String);

/// Returns the table: a row a criterion of an organisation.
pub(super) fn consolidation(all: &[Consolidation]) -> PolarsResult<DataFrame> {
    let rows = all.iter().flat_map(|of| of.criteria.iter().map(move |criterion| row(of, criterion)));
    let rows: Vec<Row> = rows.collect();
    DataFrame::new_infer_height(vec![
        text("organisation", &rows, |(of, ..)| Some(&of.organisation)),
        text("framework", &rows, |(of, ..)| Some(&of.framework)),
        text("criterion", &rows, |(_, criterion, ..)| Some(&criterion.id)),
        text("by_unit", &rows, |(.., units, _)| Some(units)),
        text("status", &rows, |(_, criterion, ..)| criterion.status.as_deref()),
        text("rule", &rows, |(of, ..)| Some(&of.rule.words)),
        text("rule_named_by", &rows, |(of, ..)| Some(source(of.rule.named_by))),
        exact("share_lowest", &rows, |(_, criterion, ..)| criterion.share_lowest.as_ref()),
        exact("share_highest", &rows, |(_, criterion, ..)| criterion.share_highest.as_ref()),
        text("stated", &rows, |(_, criterion, ..)| criterion.stated.as_deref()),
        text("agrees", &rows, |(_, criterion, ..)| criterion.agrees.map(|agrees| if agrees { "yes" } else { "no" })),
        text("by_columns", &rows, |(_, criterion, ..)| criterion.by_columns.as_deref()),
        text("columns_differing", &rows, |(.., differing)| Some(differing)),
    ])
}

/// Returns a row.
fn row<'a>(of: &'a Consolidation, criterion: &'a CriterionConsolidated) -> Row<'a> {
    let units = || of.units.iter().zip(&criterion.voices);
    let said = units().map(|(unit, voice)| {
        let grade = voice.grade.as_deref().unwrap_or("not given");
        let left_out = if voice.standing == VoiceStanding::LeftOut { " (left out)" } else { "" };
        format!("{}: {grade}{left_out}", unit.name)
    });
    let said = said.collect::<Vec<_>>().join("; ");
    let differing = units().filter(|(_, voice)| voice.column.is_some()).map(|(unit, _)| unit.name.as_str());
    (of, criterion, said, differing.collect::<Vec<_>>().join("; "))
}

/// Returns the word for who names a rule.
fn source(named_by: RuleSource) -> &'static str {
    match named_by {
        RuleSource::Return => "return",
        RuleSource::Season => "season",
        RuleSource::Framework => "framework",
    }
}
