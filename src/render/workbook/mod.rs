//! Documents on the sheets of a workbook.
//!
//! `page` is a sheet being filled, with the `style` of its cells and the `paper` that it is printed on; `sheet` prints a document
//! on one, `table` its tables, `cell` their cells, `bars` what stands beside them. Texts of returns are written as texts and never as
//! formulas. The time of creation is an argument, so that the same season gives the same bytes.

mod bars;
mod cell;
mod page;
mod paper;
mod sheet;
mod style;
mod table;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Image, Workbook, Worksheet, XlsxError};

use crate::artifact::{Artifact, NO_DAY};
use crate::document::Document;
use crate::document::branding::{Branding, PictureKind};
use crate::report::sheets;
use style::Style;

pub use crate::report::sheets::{ReturnFiles, SeasonView};

/// What the season workbook is called.
pub const NAME: &str = "season.xlsx";
/// The column at whose left edge the logo stands, where charts stand further down.
const LOGO: u16 = 9;

/// Why the season workbook couldn't be made.
#[derive(Debug, thiserror::Error)]
pub enum SeasonError {
    /// The writer refused something.
    #[error("the season workbook can't be written")]
    Written(#[from] XlsxError),
}

/// Makes the season workbook.
pub fn season(view: &SeasonView) -> Result<Artifact, SeasonError> {
    let mut workbook = filled(&sheets::season(view), view.branding, &properties(view)?)?;
    logo(workbook.worksheet_from_index(0)?, view.branding)?;
    Ok(Artifact { name: NAME.to_owned(), bytes: workbook.save_to_buffer()? })
}

/// Makes a workbook of documents, a sheet each, in the usual colours.
pub fn of_documents(documents: &[Document]) -> Result<Vec<u8>, SeasonError> {
    let properties = DocProperties::new().set_author("scrutineer").set_creation_datetime(&time(NO_DAY)?);
    Ok(filled(documents, &Branding::default(), &properties)?.save_to_buffer()?)
}

/// Returns a workbook with a sheet for each document.
fn filled(documents: &[Document], branding: &Branding, properties: &DocProperties) -> Result<Workbook, XlsxError> {
    let style = Style::new(branding.accent);
    let mut workbook = Workbook::new();
    workbook.set_properties(properties);
    // Rows of 15 points and columns of 64 pixels, as programs have them.
    workbook.set_default_format(&style::usual(), 20, 64)?;
    for document in documents {
        sheet::fill(document, workbook.add_worksheet(), &style)?;
    }
    Ok(workbook)
}

/// Shows the logo beside a sheet's title, where there is one that a workbook can show.
fn logo(sheet: &mut Worksheet, branding: &Branding) -> Result<(), XlsxError> {
    let shown = branding.logo.as_ref().filter(|logo| logo.kind != PictureKind::Svg);
    // A picture that the writer doesn't understand, though its first bytes are right, costs the picture and not the workbook.
    let Some((logo, image)) = shown.and_then(|logo| Some((logo, Image::new_from_buffer(&logo.bytes).ok()?))) else {
        return Ok(());
    };
    let image = image.set_scale_to_size(220, 52, true).set_alt_text(&logo.alt);
    sheet.insert_image(0, LOGO, &image)?;
    Ok(())
}

/// Returns the document properties.
fn properties(view: &SeasonView) -> Result<DocProperties, XlsxError> {
    // Files carry a day even so, which must not be that of the run.
    let time = time(view.date.unwrap_or(NO_DAY))?;
    Ok(DocProperties::new()
        .set_title(view.title)
        .set_subject("Season workbook")
        .set_author("scrutineer")
        .set_company(&view.branding.organisation)
        .set_creation_datetime(&time))
}

/// Returns the beginning of a day as workbooks write it.
fn time(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let date = ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or(1900),
        u8::try_from(day.month()).unwrap_or(1),
        u8::try_from(day.day()).unwrap_or(1),
    )?;
    date.and_hms(0, 0, 0.0)
}

#[cfg(test)]
pub(in crate::render::workbook) mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::framework::Framework;
    use crate::ooxml::Limits;
    use crate::report::Audience;
    use crate::season::team_notes::TeamNotes;
    use crate::season::{Season, SeasonRecord, sample};
    use crate::statistics::Statistics;
    use crate::workbook::{Cell, Sheet, Source, read};

    fn made(season: &Season) -> BTreeMap<String, ReturnFiles> {
        let made = season.returns.iter().map(|sent| {
            let file = &sent.review.file;
            let stem = file.trim_end_matches(".xlsx");
            let annotated = Some(format!("returns/{stem}.annotated.xlsx"));
            let [report, benchmark] = ["report", "benchmark"].map(|kind| Some(format!("returns/{stem}.{kind}.pdf")));
            (file.clone(), ReturnFiles { annotated, report, benchmark })
        });
        made.collect()
    }

    /// Returns the workbook of a season, with how many figures are hidden in it.
    fn written(season: &Season) -> (Vec<u8>, usize) {
        let statistics = Statistics::of_season(season).unwrap();
        let branding = Branding { organisation: "Sample Awarding Body".to_owned(), ..Branding::default() };
        let view = SeasonView {
            title: "Spring 2026",
            branding: &branding,
            season,
            statistics: &statistics,
            notes: &TeamNotes::default(),
            made: &made(season),
            date: Some(jiff::civil::date(2026, 4, 1)),
            audience: Audience::Team,
            title_of: |_| None,
        };
        (super::season(&view).unwrap().bytes, statistics.hidings.len())
    }

    /// Returns the rows of a sheet below its headings, as a person sees them; `None` where there is no such sheet.
    pub(in crate::render::workbook) fn sheet(season: &Season, name: &str) -> Option<Vec<Vec<String>>> {
        let view = SeasonView {
            title: "Spring 2026",
            branding: &Branding::default(),
            season,
            statistics: &Statistics::of_season(season).unwrap(),
            notes: &TeamNotes::default(),
            made: &BTreeMap::new(),
            date: Some(jiff::civil::date(2026, 4, 1)),
            audience: Audience::Team,
            title_of: |_| None,
        };
        let source = Source::new(NAME, super::season(&view).unwrap().bytes);
        let workbook = read(&source, &Limits::default()).unwrap();
        let shown = |cells: &[Cell]| -> Vec<String> {
            let filled = cells.iter().filter(|cell| !cell.value.is_blank());
            filled.map(|cell| cell.shown(workbook.date_system)).collect()
        };
        Some(workbook.sheet(name)?.rows().skip(3).map(|(_, cells)| shown(cells)).collect())
    }

    fn bytes(organisations: usize) -> Vec<u8> {
        let frameworks = [sample::usual()];
        let mut season = sample::season(&frameworks, organisations);
        for title in ["Spring 2023", "Spring 2024", "Spring 2025"] {
            season.title = Some(title.to_owned());
            season.previous = Some(SeasonRecord::of(&season));
        }
        if let Some(first) = season.returns.first_mut() {
            first.organisation = Some("=HYPERLINK(\"http://x\")".to_owned());
        }
        written(&season).0
    }

    /// Returns the sheets with their rows of texts.
    fn sheets(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<String>>)> {
        let source = Source::new(NAME, bytes);
        let read = read(&source, &Limits::default()).unwrap();
        let rows = |sheet: &Sheet| {
            let row = |cells: &[Cell]| cells.iter().map(|cell| cell.shown(read.date_system)).collect();
            sheet.rows().map(|(_, cells)| row(cells)).collect()
        };
        read.sheets.iter().map(|sheet| (sheet.name.clone(), rows(sheet))).collect()
    }

    /// Returns the text of a part of the workbook.
    fn parts(bytes: Vec<u8>, beginning: &str) -> Vec<String> {
        let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let names: Vec<String> = package.file_names().map(|name| name.unwrap().into_owned()).collect();
        let wanted = names.into_iter().filter(|name| name.starts_with(beginning));
        let mut read = |name: String| {
            let mut text = String::new();
            std::io::Read::read_to_string(&mut package.by_name(&name).unwrap(), &mut text).unwrap();
            text
        };
        wanted.map(&mut read).collect()
    }

    #[test]
    fn the_same_season_gives_the_same_bytes() {
        let first = bytes(40);
        assert_eq!(first, bytes(40));
    }

    #[test]
    fn a_name_that_looks_like_a_formula_stays_a_text() {
        for text in parts(bytes(6), "xl/worksheets/sheet") {
            assert!(!text.contains("<f>"), "a sheet has a formula");
        }
    }

    #[test]
    fn links_open_files_beside_the_workbook() {
        let written = bytes(6);
        let links = parts(written.clone(), "xl/worksheets/_rels/sheet2").concat();
        assert_eq!(
            links.matches("relationships/hyperlink\"").count(),
            24,
            "a copy, a report and a pack of each return: {links}"
        );
        for target in
            ["Target=\"returns/", ".annotated.xlsx\" TargetMode=\"External\"", ".report.pdf\" TargetMode=\"External\""]
        {
            assert!(links.contains(target), "{target} in {links}");
        }
        assert!(!links.contains("file:"), "{links}");
        let places = parts(written, "xl/worksheets/sheet").concat();
        assert!(places.contains("location=\"'"), "a cell of a copy is opened");
    }

    #[test]
    fn a_season_without_returns_has_only_sheets_that_say_something() {
        let names: Vec<String> = sheets(bytes(0)).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["Overview", "Returns", "To chase", "Findings", "Data dictionary"]);
    }

    #[test]
    fn hidden_figures_are_gathered_by_what_they_are_of() {
        let frameworks = [sample::usual()];
        let (bytes, hidden) = written(&sample::season(&frameworks, 6));
        let all = sheets(bytes);
        let (_, rows) = all.iter().find(|(name, _)| name == "Hidden figures").unwrap();
        let counts: Vec<usize> = rows.iter().filter_map(|row| row.last()?.parse().ok()).collect();
        assert_eq!(counts.iter().sum::<usize>(), hidden);
        assert!(counts.len() < 20 && counts.len() * 3 < hidden, "{} rows for {hidden} figures", counts.len());
    }

    #[test]
    fn each_framework_has_a_heat_map_of_its_own() {
        let mut other = sample::usual();
        other.id = "other".into();
        other.title = "A title that is too long for the name of a sheet".to_owned();
        let frameworks: [Framework; 2] = [sample::usual(), other];
        let mut reviews = sample::reviews(&frameworks[0], 3, 1);
        reviews.extend(sample::reviews(&frameworks[1], 3, 2).into_iter().map(|mut review| {
            review.file = format!("other/{}", review.file);
            review
        }));
        let (bytes, _) = written(&Season::new(&frameworks, crate::season::Surroundings::default(), reviews));
        let names = sheets(bytes).into_iter().map(|(name, _)| name).filter(|name| name.starts_with("Heat map"));
        assert_eq!(names.collect::<Vec<_>>(), ["Heat map A title that is too\u{2026}", "Heat map Sample Framework"]);
    }

    #[test]
    fn every_chart_has_figures_and_every_table_a_sentence() {
        for organisations in [1, 2, 6, 12, 40] {
            let frameworks = [sample::usual()];
            let (bytes, _) = written(&sample::season(&frameworks, organisations));
            for chart in parts(bytes.clone(), "xl/charts/chart") {
                assert!(chart.contains("<c:val>"), "{organisations} organisations: a chart without values");
            }
            for (name, rows) in sheets(bytes).iter().filter(|(name, _)| name == "Overview" || name == "Statistics") {
                let parts = ["Outcomes", "Sections", "Totals of complete returns (points)", "Commonest findings"];
                for (at, heading) in rows.iter().enumerate().filter(|(_, row)| parts.contains(&row.concat().as_str())) {
                    let after = rows.get(at + 1).and_then(|row| row.first());
                    assert!(after.is_some_and(|text| text.ends_with('.')), "{name}: {heading:?}, then {after:?}");
                }
            }
        }
    }

    #[test]
    fn statistics_say_how_many_returns_consistency_takes() {
        let frameworks = [sample::usual()];
        for (organisations, is_told) in [(6, false), (40, true)] {
            let rows = sheet(&sample::season(&frameworks, organisations), "Statistics").unwrap();
            let at = rows.iter().position(|row| row.concat() == "How well the criteria go together");
            let after = rows[at.expect("a part of its own") + 1].concat();
            assert_eq!(
                !after.contains("that takes 30 returns with all answers"),
                is_told,
                "{organisations} organisations: {after}"
            );
        }
    }

    #[test]
    fn sheets_are_fitted_to_the_width_of_their_paper() {
        for text in parts(bytes(12), "xl/worksheets/sheet") {
            let setup = text.split("<pageSetup").nth(1).unwrap_or_default();
            assert!(setup.contains("fitToHeight=\"0\"") || setup.contains("scale="), "{setup}");
        }
    }

    #[test]
    fn each_printed_page_says_for_whom_it_is() {
        for text in parts(bytes(12), "xl/worksheets/sheet") {
            let foot = text.split("<oddFooter>").nth(1).and_then(|foot| foot.split("</oddFooter>").next());
            let foot = foot.unwrap_or_default();
            assert!(foot.contains("For the team that runs the season: it names organisations"), "{foot}");
        }
    }

    #[test]
    fn a_sheet_of_moderation_that_comes_back_keeps_its_draw_and_what_was_written() {
        sample::try_list(|season| written(season).0);
    }

    #[test]
    fn each_drawn_return_has_its_row() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 12);
        let rows = sheet(&season, "Moderation").unwrap();
        let drawn: Vec<String> = season.moderation.drawn.iter().map(|drawn| drawn.file.clone()).collect();
        let listed: Vec<String> = rows.iter().map(|row| row.last().unwrap().clone()).collect();
        assert_eq!((listed, rows[0][0].as_str()), (drawn, "1"));
        assert!(sheet(&sample::season(&frameworks, 0), "Moderation").is_none());
    }

    #[test]
    fn each_step_has_its_row_with_what_is_late_first() {
        let frameworks = [sample::usual()];
        let mut season = sample::season(&frameworks, 1);
        season.returns.truncate(1);
        assert_eq!(sheet(&season, "Dates"), None);
        season.returns[0].review.dates = vec![
            sample::step("plan", Some("2026-05-02"), crate::schedule::StepState::Due),
            sample::step("papers", Some("2026-03-01"), crate::schedule::StepState::Overdue),
        ];
        let whose = season.returns[0].organisation.clone().unwrap();
        let of = |first: [&str; 2], rest: &[&str]| -> Vec<String> {
            let tail = [whose.as_str(), "Sample Framework", "two weeks before", "10 Mar 2026"];
            first.iter().chain(rest).copied().chain(tail).map(ToOwned::to_owned).collect()
        };
        let expected =
            vec![of(["overdue", "1 Mar 2026"], &["9", "The papers"]), of(["to come", "2 May 2026"], &["The plan"])];
        assert_eq!(sheet(&season, "Dates"), Some(expected));
    }
}
