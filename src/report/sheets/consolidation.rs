//! The units of each organisation side by side: what each says, what the rule makes of it, what the whole's return states.

use super::{SeasonView, sheet, upright_name};
use crate::document::{Cell, Column, Document, Lies, Part, Table, Use};
use crate::framework::{BandId, Criterion, Framework};
use crate::season::consolidation::{
    Consolidation, CriterionConsolidated, RuleSource, VoiceRecord, VoiceSource, VoiceStanding,
};
use crate::words::count;

/// The least and the greatest width of a unit's column, in letters.
const WIDTH: [usize; 2] = [12, 24];

/// A criterion with what came of it.
type Of<'a> = (&'a Criterion, &'a CriterionConsolidated);

/// Returns the sheet; `None` where no organisation's units are put together.
pub(super) fn consolidation(view: &SeasonView) -> Option<Document> {
    let all = view.season.consolidations.iter();
    let parts: Vec<Part> =
        all.filter_map(|of| Some(organisation(view.season.framework_named(&of.framework)?, of))).collect();
    let about = "What the parts of an ¤organisation come to together. A part's own ¤return speaks for it, else its column (marked *) in the ¤return about the whole.";
    (!parts.is_empty()).then(|| sheet(view, "Consolidation", about).part(parts))
}

/// Returns the part on one organisation.
fn organisation(framework: &Framework, of: &Consolidation) -> Part {
    let rows: Vec<Of> = framework.criteria().zip(&of.criteria).collect();
    let width = width(framework, &rows);
    let units = of.units.iter().enumerate().map(|(at, unit)| {
        let said = move |(criterion, consolidated): &Of| {
            consolidated.voices.get(at).map_or(Cell::Empty, |voice| said(framework, criterion, voice).into())
        };
        Column::new(upright_name(&unit.name, "")).upright().chars(width).cell(said)
    });
    let columns = names().into_iter().chain(units).chain(results(framework, width)).collect();
    Part::new(format!("{}, {}", of.organisation, framework.title))
        .lying(Lies::NewPage)
        .lead([summary(framework, of)])
        .block(Table::of(&rows, columns).used(Use::Kept(2)))
}

/// Returns the columns that say which criterion it is.
fn names<'a>() -> [Column<'a, Of<'a>>; 2] {
    [
        Column::new("¤Criterion").chars(10.0).cell(|(criterion, _): &Of| criterion.id.as_str().into()),
        Column::new("In a few words").chars(40.0).cell(|(criterion, _): &Of| criterion.few_words().into()),
    ]
}

/// Returns the columns of what follows from the units.
fn results(framework: &Framework, width: f64) -> [Column<'_, Of<'_>>; 4] {
    let named = move |criterion: &Criterion, id: Option<&str>, without: &str| {
        id.map_or(without, |id| grade(framework, criterion, id)).into()
    };
    [
        Column::new("By the rule")
            .meaning("The answer for the whole by the rule above; open while a part's missing answer could change it.")
            .cell(move |(criterion, consolidated): &Of| named(criterion, consolidated.status.as_deref(), "open")),
        Column::new("Stated for the whole")
            .cell(move |(criterion, consolidated): &Of| named(criterion, consolidated.stated.as_deref(), "\u{2013}")),
        Column::new("Agrees")
            .meaning("Whether the ¤return about the whole states the same.")
            .cell(|(_, consolidated): &Of| agrees(consolidated.agrees)),
        Column::new("By the whole's columns")
            .meaning("What the same rule makes of the columns of the parts in the ¤return about the whole alone.")
            .cell(move |(criterion, consolidated): &Of| {
                named(criterion, consolidated.by_columns.as_deref(), "\u{2013}")
            }),
    ]
    .map(|column| column.chars(width))
}

/// Returns the width of the columns of units and of what follows from them: that of the longest that a unit says.
fn width(framework: &Framework, rows: &[Of]) -> f64 {
    let [least, most] = WIDTH;
    let said = rows.iter().flat_map(|(criterion, consolidated)| {
        consolidated.voices.iter().map(|voice| said(framework, criterion, voice).chars().count() + 3)
    });
    let longest = said.max().unwrap_or(least).clamp(least, most);
    f64::from(u32::try_from(longest).unwrap_or(u32::MAX))
}

/// Returns the rule and what it comes to in one line.
fn summary<'a>(framework: &'a Framework, of: &'a Consolidation) -> String {
    let titled = |id: &'a Option<BandId>| id.as_ref().map_or("open", |id| framework.band_title(id));
    let outcome = match &of.outcome.band {
        Some(_) => titled(&of.outcome.band).to_owned(),
        None => {
            of.outcome.bands_in_words(&framework.outcome).map_or("open".to_owned(), |bands| format!("open, {bands}"))
        }
    };
    let named = match of.rule.named_by {
        RuleSource::Return => "as the ¤return about the whole says",
        RuleSource::Season => "as the season has it where no ¤return names one",
        RuleSource::Framework => "as the framework has it where no ¤return names one",
    };
    let stated =
        of.whole.as_ref().map(|whole| format!("; the ¤return about the whole comes to {}", titled(&whole.band)));
    let differ = match of.criteria.iter().filter(|criterion| criterion.agrees == Some(false)).count() {
        0 => String::new(),
        differ => format!(
            " On {} the whole\u{2019}s ¤return states something else than the rule gives.",
            count(differ, "¤criterion", "¤criteria")
        ),
    };
    format!("Rule: {} ({named}). Together: {outcome}{}.{differ}", of.rule.words, stated.unwrap_or_default())
}

/// Returns whether the return about the whole states the same.
fn agrees(agrees: Option<bool>) -> Cell {
    match agrees {
        Some(true) => "yes".into(),
        Some(false) => Cell::Strong("differs".to_owned()),
        None => "\u{2013}".into(),
    }
}

/// Returns what a unit says; a star marks what stands in its column in the return about the whole.
fn said(framework: &Framework, criterion: &Criterion, voice: &VoiceRecord) -> String {
    let given = voice.grade.as_deref().map_or("open", |id| grade(framework, criterion, id));
    let star = if voice.source == Some(VoiceSource::Column) { " *" } else { "" };
    let differs = voice.column.as_deref().map(|id| format!(" (column: {})", grade(framework, criterion, id)));
    let left_out = if voice.standing == VoiceStanding::LeftOut { ", left out" } else { "" };
    format!("{given}{star}{left_out}{}", differs.unwrap_or_default())
}

/// Returns a grade as people call it.
fn grade<'a>(framework: &'a Framework, criterion: &Criterion, id: &'a str) -> &'a str {
    framework.scale(criterion).label(id).unwrap_or(id)
}
