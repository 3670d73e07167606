//! The units of each organisation side by side: what each says, what the rule makes of it, what the whole's return states.

use rust_xlsxwriter::XlsxError;

use super::SeasonView;
use super::page::{Page, clipped};
use crate::framework::{Criterion, Framework, Grades};
use crate::network::consolidation::{Consolidation, CriterionConsolidated, RuleSource, VoiceRecord, VoiceStanding};

/// The columns before those of the units.
const BEFORE: [&str; 2] = ["Criterion", "In a few words"];

/// The columns after those of the units.
const AFTER: [&str; 4] = ["By the rule", "Stated for the whole", "Agrees", "By the whole's columns"];

/// Whether a season has anything for this sheet.
pub(super) fn is_wanted(view: &SeasonView) -> bool {
    !view.network.consolidations.is_empty()
}

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    page.widths(&[10.0, 40.0])?;
    page.title(
        "Consolidation",
        "What the parts of an organisation come to together. A part's own return speaks for it, else its column (marked *) in the return about the whole.",
    )?;
    for of in &view.network.consolidations {
        if let Some(framework) = view.network.frameworks.iter().find(|framework| framework.id == of.framework) {
            organisation(page, framework, of)?;
        }
    }
    Ok(())
}

/// Writes one organisation.
fn organisation(page: &mut Page, framework: &Framework, of: &Consolidation) -> Result<(), XlsxError> {
    let units = u16::try_from(of.units.len()).unwrap_or(u16::MAX - 8);
    page.part(&format!("{}, {}", of.organisation, framework.title), 6 + units)?;
    page.text(0, &summary(framework, of))?;
    page.row += 1;
    for (column, heading) in (0_u16..).zip(BEFORE) {
        page.sheet.write_string_with_format(page.row, column, heading, &page.style.heading)?;
    }
    for (column, unit) in (2_u16..).zip(&of.units) {
        page.sheet.write_string_with_format(page.row, column, clipped(&unit.name), &page.style.upright)?;
        page.sheet.set_column_width(column, 14.0)?;
    }
    for (column, heading) in (2 + units..).zip(AFTER) {
        page.sheet.write_string_with_format(page.row, column, heading, &page.style.heading)?;
        page.sheet.set_column_width(column, 14.0)?;
    }
    page.sheet.set_row_height(page.row, 150)?;
    page.row += 1;
    for (criterion, found) in framework.criteria().zip(&of.criteria) {
        row(page, framework, criterion, found)?;
    }
    page.row += 1;
    Ok(())
}

/// Returns the rule and what it comes to in one line.
fn summary(framework: &Framework, of: &Consolidation) -> String {
    let titled = |id: &Option<String>| {
        let band = framework.outcome.bands.iter().find(|band| Some(band.id.as_str()) == id.as_deref());
        band.map_or("open", |band| band.title.as_str())
    };
    let outcome = match &of.outcome.band {
        Some(_) => titled(&of.outcome.band).to_owned(),
        None => format!("open, {} to {}", titled(&of.outcome.band_lowest), titled(&of.outcome.band_highest)),
    };
    let named = match of.rule.named_by {
        RuleSource::Return => "as the return about the whole says",
        RuleSource::Season => "as the season has it where no return names one",
        RuleSource::Framework => "as the framework has it where no return names one",
    };
    let stated =
        of.whole.as_ref().map(|whole| format!("; the return about the whole comes to {}", titled(&whole.band)));
    format!("Rule: {} ({named}). Together: {outcome}{}.", of.rule.words, stated.unwrap_or_default())
}

/// Writes one criterion.
fn row(
    page: &mut Page,
    framework: &Framework,
    criterion: &Criterion,
    found: &CriterionConsolidated,
) -> Result<(), XlsxError> {
    let label = |id: &Option<String>| id.as_deref().map_or("open", |id| grade(framework, criterion, id)).to_owned();
    page.text(0, criterion.id.as_str())?;
    page.text(1, if criterion.short.is_empty() { &criterion.text } else { &criterion.short })?;
    let mut column = 2;
    for voice in &found.voices {
        page.text(column, &said(framework, criterion, voice))?;
        column += 1;
    }
    let agrees = match found.agrees {
        Some(true) => "yes",
        Some(false) => "NO",
        None => "\u{2013}",
    };
    let stated = found.stated.as_ref().map_or_else(|| "\u{2013}".to_owned(), |_| label(&found.stated));
    let columns = found.by_columns.as_ref().map_or_else(|| "\u{2013}".to_owned(), |_| label(&found.by_columns));
    for text in [label(&found.status), stated, agrees.to_owned(), columns] {
        page.text(column, &text)?;
        column += 1;
    }
    page.row += 1;
    Ok(())
}

/// Returns what a unit says; a star marks what stands in its column in the return about the whole.
fn said(framework: &Framework, criterion: &Criterion, voice: &VoiceRecord) -> String {
    use crate::network::consolidation::VoiceSource::Column;
    let given = voice.grade.as_deref().map_or("open", |id| grade(framework, criterion, id));
    let star = if voice.source == Some(Column) { " *" } else { "" };
    let differs = voice.column.as_deref().map(|id| format!(" (column: {})", grade(framework, criterion, id)));
    let left_out = if voice.standing == VoiceStanding::LeftOut { ", left out" } else { "" };
    format!("{given}{star}{left_out}{}", differs.unwrap_or_default())
}

/// Returns a grade as people call it.
fn grade<'a>(framework: &'a Framework, criterion: &Criterion, id: &'a str) -> &'a str {
    let Grades::Listed(grades) = &framework.scale(criterion).grades else { return id };
    let listed = grades.iter().find(|listed| listed.id == id);
    listed.and_then(|listed| listed.label.as_deref()).unwrap_or(id)
}
