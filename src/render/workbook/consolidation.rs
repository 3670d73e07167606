//! The units of each organisation side by side: what each says, what the rule makes of it, what the whole's return states.

use rust_xlsxwriter::XlsxError;

use super::SeasonView;
use super::page::Page;
use crate::framework::{BandId, Criterion, Framework, Grades};
use crate::season::consolidation::{Consolidation, CriterionConsolidated, RuleSource, VoiceRecord, VoiceStanding};

/// The columns before those of the units.
const BEFORE: [&str; 2] = ["Criterion", "In a few words"];

/// The columns after those of the units.
const AFTER: [&str; 4] = ["By the rule", "Stated for the whole", "Agrees", "By the whole's columns"];

/// Whether a season has anything for this sheet.
pub(super) fn is_wanted(view: &SeasonView) -> bool {
    !view.season.consolidations.is_empty()
}

/// The least and the greatest width of a unit's column, in characters.
const WIDTH: [usize; 2] = [12, 24];

/// The most letters of a unit's name that stand above its column.
const LETTERS: usize = 64;

/// The height of the row of names, in points.
const NAMES: u16 = 150;

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    let found: Vec<(&Framework, &Consolidation)> = view
        .season
        .consolidations
        .iter()
        .filter_map(|of| Some((view.season.frameworks.iter().find(|framework| framework.id == of.framework)?, of)))
        .collect();
    page.widths(&widths(&found))?;
    page.title(
        "Consolidation",
        "What the parts of an organisation come to together. A part's own return speaks for it, else its column (marked *) in the return about the whole.",
    )?;
    page.sheet.set_freeze_panes(page.row, 2)?;
    page.sheet.set_repeat_columns(0, 1)?;
    for (number, (framework, of)) in found.into_iter().enumerate() {
        if number > 0 {
            page.break_here();
        }
        organisation(page, framework, of)?;
    }
    Ok(())
}

/// Returns the widths of the columns: of units as wide as the longest that one says, then of what follows from them.
fn widths(found: &[(&Framework, &Consolidation)]) -> Vec<f64> {
    let units = found.iter().map(|(_, of)| of.units.len()).max().unwrap_or(0);
    let [least, most] = WIDTH;
    let said = found.iter().flat_map(|(framework, of)| {
        let criteria = framework.criteria().zip(&of.criteria);
        criteria.flat_map(|(criterion, found)| found.voices.iter().map(|voice| said(framework, criterion, voice)))
    });
    let longest = said.map(|said| said.chars().count() + 3).max().unwrap_or(least).clamp(least, most);
    let longest = f64::from(u32::try_from(longest).unwrap_or(u32::MAX));
    [10.0, 40.0].into_iter().chain(std::iter::repeat_n(longest, units + AFTER.len())).collect()
}

/// Writes one organisation.
fn organisation(page: &mut Page, framework: &Framework, of: &Consolidation) -> Result<(), XlsxError> {
    let units = u16::try_from(of.units.len()).unwrap_or(u16::MAX - 8);
    page.part(&format!("{}, {}", of.organisation, framework.title), 6 + units)?;
    page.note(&summary(framework, of))?;
    names(page, of, units)?;
    for (criterion, found) in framework.criteria().zip(&of.criteria) {
        if page.is_full() {
            page.break_here();
            names(page, of, units)?;
        }
        row(page, framework, criterion, found)?;
    }
    page.next()
}

/// Writes the headings: the units' names stand upright.
fn names(page: &mut Page, of: &Consolidation, units: u16) -> Result<(), XlsxError> {
    page.sheet.write_string_with_format(page.row, 0, BEFORE[0], &page.style.heading)?;
    page.sheet.write_string_with_format(page.row, 1, BEFORE[1], &page.style.inner_heading)?;
    for (column, unit) in (2_u16..).zip(&of.units) {
        page.sheet.write_string_with_format(page.row, column, super::cut(&unit.name, LETTERS), &page.style.upright)?;
    }
    for (column, heading) in (2 + units..).zip(AFTER) {
        page.sheet.write_string_with_format(page.row, column, heading, &page.style.inner_heading)?;
    }
    page.next_of(NAMES)
}

/// Returns the rule and what it comes to in one line.
fn summary<'a>(framework: &'a Framework, of: &'a Consolidation) -> String {
    let titled = |id: &'a Option<BandId>| id.as_ref().map_or("open", |id| framework.band_title(id));
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
    let differ = match of.criteria.iter().filter(|found| found.agrees == Some(false)).count() {
        0 => String::new(),
        1 => " On 1 criterion the whole\u{2019}s return states something else than the rule gives.".to_owned(),
        more => format!(" On {more} criteria the whole\u{2019}s return states something else than the rule gives."),
    };
    format!("Rule: {} ({named}). Together: {outcome}{}.{differ}", of.rule.words, stated.unwrap_or_default())
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
    let (agrees, format) = match found.agrees {
        Some(true) => ("yes", &page.style.inner_text),
        Some(false) => ("differs", &page.style.strong),
        None => ("\u{2013}", &page.style.inner_text),
    };
    let stated = found.stated.as_ref().map_or_else(|| "\u{2013}".to_owned(), |_| label(&found.stated));
    let columns = found.by_columns.as_ref().map_or_else(|| "\u{2013}".to_owned(), |_| label(&found.by_columns));
    page.text(column, &label(&found.status))?;
    page.text(column + 1, &stated)?;
    page.formatted(column + 2, agrees, format)?;
    page.text(column + 3, &columns)?;
    page.next()
}

/// Returns what a unit says; a star marks what stands in its column in the return about the whole.
fn said(framework: &Framework, criterion: &Criterion, voice: &VoiceRecord) -> String {
    use crate::season::consolidation::VoiceSource::Column;
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
