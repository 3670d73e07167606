//! The sheets of the season workbook: what came, what it says, and what is to be done, for the people who process a season.
//!
//! Each sheet is a function that gives a [`Document`]; what its columns mean stands with them, and the
//! data dictionary is made of that.

mod bundles;
mod chase;
mod consolidation;
mod criteria;
mod dates;
mod decisions;
mod dictionary;
mod earlier_notes;
mod findings;
mod grades;
mod heat_map;
mod hidden;
mod moderation;
mod overview;
mod registers;
mod returns;
mod statistics;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::document::branding::Branding;
use crate::document::{Cell, Document, Kind, Part, Table, Target};
use crate::report::{Audience, FrameworkSeason, TitleOf, of_season};
use crate::season::Season;
use crate::season::team_notes::TeamNotes;
use crate::statistics::{FrameworkStatistics, Statistics};
use crate::words::{Nouns, thousands};

pub use returns::status;

/// The most letters of a name that stand above a column.
const LETTERS: usize = 64;

/// A sheet has few more rows than this; what is beyond is in the data.
const MOST_ROWS: usize = 1_000_000;

/// What the season workbook is made from.
#[derive(Clone, Copy, Debug)]
pub struct SeasonView<'a> {
    /// How the season is called.
    pub title: &'a str,
    /// Who runs it, and how that looks.
    pub branding: &'a Branding,
    /// The returns.
    pub season: &'a Season<'a>,
    /// What they come to.
    pub statistics: &'a Statistics,
    /// What the team wrote into the workbook of an earlier run.
    pub notes: &'a TeamNotes,
    /// Where the files made for each return lie, by the return's file.
    pub made: &'a BTreeMap<String, ReturnFiles>,
    /// The day whose state it shows; `None` where neither the season nor a return names one.
    pub date: Option<Date>,
    /// For whom it is.
    pub audience: Audience,
    /// Says what a rule finds, by its name; `None` of a framework's own rule.
    pub title_of: TitleOf,
}

/// The files made for a return, as paths from the season workbook's folder with `/` between folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnFiles {
    /// The annotated copy, or the workbook of findings beside a format that can't be annotated.
    pub annotated: Option<String>,
    /// The report.
    pub report: Option<String>,
    /// The benchmark pack.
    pub benchmark: Option<String>,
}

/// Returns the sheets, in order, in the words of the scheme where all returns are of one.
pub fn season(view: &SeasonView) -> Vec<Document> {
    let nouns = view.season.nouns();
    let mut named: Vec<String> = Vec::new();
    let spelled = |sheet: Document| {
        // A word of the scheme may be that of another sheet.
        let title = nouns.spelled(&sheet.title).into_owned();
        let is_taken = named.iter().any(|name| name.eq_ignore_ascii_case(&title));
        let sheet = if is_taken { sheet.spelled(&Nouns::default()) } else { sheet.spelled(&nouns) };
        named.push(sheet.title.clone());
        sheet
    };
    marked(view).into_iter().map(spelled).collect()
}

/// Returns the sheets with the nouns of schemes marked.
fn marked(view: &SeasonView) -> Vec<Document> {
    let mut sheets = vec![overview::overview(view)];
    sheets.extend(match view.audience {
        Audience::Team => of_team(view),
        Audience::Everybody => criteria::criteria(view).into_iter().collect(),
    });
    sheets.extend(statistics::statistics(view));
    sheets.extend(hidden::hidden(view));
    sheets.push(dictionary::dictionary(view, &sheets));
    sheets
}

/// Returns the sheets that name returns, in order, with that of criteria among them.
fn of_team(view: &SeasonView) -> Vec<Document> {
    let mut sheets = vec![returns::returns(view)];
    sheets.extend(chase::chase(view));
    sheets.extend(criteria::criteria(view));
    sheets.extend(grades::grades(view));
    sheets.extend(heat_map::heat_maps(view));
    sheets.push(findings::findings(view));
    sheets.extend(decisions::decisions(view));
    sheets.extend(consolidation::consolidation(view));
    sheets.extend(bundles::bundles(view));
    sheets.extend(grades::values(view));
    sheets.extend(registers::registers(view));
    sheets.extend(dates::dates(view));
    sheets.extend(moderation::moderation(view));
    sheets.extend(earlier_notes::earlier_notes(view));
    sheets
}

/// Returns what the overarching report on a framework is written from.
fn of_framework<'a>(view: &SeasonView<'a>, statistics: &'a FrameworkStatistics) -> Option<FrameworkSeason<'a>> {
    let (season, framework) = (view.season, view.season.framework_named(&statistics.framework)?);
    let hidings = &view.statistics.hidings;
    let (returns, findings) = (&season.returns, &season.findings);
    let (limits, audience) = (season.settings.disclosure, view.audience);
    let (consolidations, decisions) = (&season.consolidations, &season.decisions);
    Some(FrameworkSeason {
        framework,
        statistics,
        hidings,
        returns,
        findings,
        silenced: &decisions.silenced,
        graded: &decisions.graded,
        consolidations,
        frameworks: season.frameworks,
        previous: season.previous.as_ref(),
        bundles: &season.bundles,
        limits,
        audience,
        title_of: view.title_of,
    })
}

/// Says how many rows are left to the data, to stand behind another sentence; nothing where all are on the sheet.
fn beyond(all: usize) -> String {
    if all <= MOST_ROWS {
        return String::new();
    }
    format!(" Only the first {} of {} stand here; all are in the data.", thousands(MOST_ROWS), thousands(all))
}

/// Returns a cell that opens the report on a return; an empty one where there is none.
fn open_report(view: &SeasonView, file: &str) -> Cell {
    let report = view.made.get(file).and_then(|made| made.report.as_ref());
    report.map_or(Cell::Empty, |report| Cell::link("open report", Target::file(report)))
}

/// Returns a cell that opens the benchmark pack of whoever sent a return; an empty one where there is none.
fn open_pack(view: &SeasonView, file: &str) -> Cell {
    let pack = view.made.get(file).and_then(|made| made.benchmark.as_ref());
    pack.map_or(Cell::Empty, |pack| Cell::link("open pack", Target::file(pack)))
}

/// Returns the annotated copy of a return.
fn copy<'a>(view: &SeasonView<'a>, file: &str) -> Option<&'a str> {
    view.made.get(file)?.annotated.as_deref()
}

/// Returns a cell that opens the annotated copy of a return; an empty one where there is none.
fn open_copy(view: &SeasonView, file: &str) -> Cell {
    copy(view, file).map_or(Cell::Empty, |copy| Cell::link("open copy", Target::file(copy)))
}

/// Returns an organisation; that it isn't said where there is none.
fn whose(organisation: Option<&String>) -> Cell {
    organisation.map_or("not said", String::as_str).into()
}

/// Returns a name as it stands above a column, cut where it is too long, with what stands behind it.
fn upright_name(name: &str, behind: &str) -> String {
    let most = LETTERS - behind.len().min(LETTERS / 2);
    match name.char_indices().nth(most) {
        Some((end, _)) => format!("{}\u{2026}{behind}", name[..end].trim_end()),
        None => format!("{name}{behind}"),
    }
}

/// Returns an empty sheet of this name, with the line below its title.
fn sheet(view: &SeasonView, name: &str, about: &str) -> Document {
    let sheet = Document::new(Kind::Sheet, name).introduction([about]);
    let names_strengths = view.statistics.frameworks.iter().any(FrameworkStatistics::names_strengths);
    let reader = format!("For {}", of_season::reader(view.audience, names_strengths));
    Document { subject: name.to_owned(), head: [view.title.to_owned(), String::new()], reader, ..sheet }
}

/// Returns a sheet of one list; `None` where nothing stands in it.
fn list(view: &SeasonView, name: &str, about: &str, list: Table) -> Option<Document> {
    (!list.rows.is_empty()).then(|| sheet(view, name, about).part(Part::default().block(list)))
}
