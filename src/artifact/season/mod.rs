//! The season workbook: what came, what it says, and what is to be done, for the people who process a season.
//!
//! [`season`] writes one sheet a file beside this one: an overview with charts, the returns, the criteria with a heat map, the
//! parts of organisations put together, the findings as a worklist, the rows of registers where a scheme judges rows, the
//! dates, what was drawn for moderation, the statistics, what was hidden, and what the columns mean. Texts of returns are written as texts and
//! never as formulas. The time of creation is an argument, so that the same season gives the same bytes.

mod consolidation;
mod criteria;
mod dates;
mod dictionary;
mod findings;
mod heat_map;
mod moderation;
mod overview;
mod page;
mod registers;
mod returns;
mod statistics;
mod style;
mod suppression;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::Artifact;
use super::report::Branding;
use crate::network::Network;
use crate::network::statistics::Statistics;
use page::Page;
use style::Style;

/// What the season workbook is made from.
#[derive(Clone, Copy, Debug)]
pub struct SeasonView<'a> {
    /// How the season is called.
    pub title: &'a str,
    /// Who runs it, and how that looks.
    pub branding: &'a Branding,
    /// The returns.
    pub network: &'a Network<'a>,
    /// What they come to.
    pub statistics: &'a Statistics,
    /// Where the files made for each return lie, by the return's file.
    pub made: &'a BTreeMap<String, Made>,
    /// The day whose state it shows; `None` where neither the season nor a return names one.
    pub date: Option<Date>,
}

/// The files made for a return, as paths from the season workbook's folder with `/` between folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// The annotated copy, or the workbook of findings beside a format that can't be annotated.
    pub annotated: Option<String>,
    /// The report.
    pub report: Option<String>,
}

/// Why the season workbook couldn't be made.
#[derive(Debug, thiserror::Error)]
pub enum SeasonError {
    /// The writer refused something.
    #[error("the season workbook can't be written")]
    Written(#[from] XlsxError),
}

/// Makes the season workbook.
pub fn season(view: &SeasonView) -> Result<Artifact, SeasonError> {
    type Fill = fn(&SeasonView, &mut Page) -> Result<(), XlsxError>;
    let optional: [(bool, (&str, Fill)); 4] = [
        (consolidation::is_wanted(view), ("Consolidation", consolidation::fill)),
        (registers::has_rows(view), ("Registers", registers::fill)),
        (dates::is_wanted(view), ("Dates", dates::fill)),
        (moderation::is_wanted(view), ("Moderation", moderation::fill)),
    ];
    let first: [(&str, Fill); 5] = [
        ("Overview", overview::fill),
        ("Returns", returns::fill),
        ("Criteria", criteria::fill),
        ("Heat map", heat_map::fill),
        ("Findings", findings::fill),
    ];
    let last: [(&str, Fill); 3] = [
        ("Statistics", statistics::fill),
        ("Hidden figures", suppression::fill),
        ("Data dictionary", dictionary::fill),
    ];
    let style = Style::new(view.branding.accent);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(view)?);
    let optional = optional.into_iter().filter_map(|(is_wanted, sheet)| is_wanted.then_some(sheet));
    for (name, fill) in first.into_iter().chain(optional).chain(last) {
        let mut page = Page::new(workbook.add_worksheet(), &style, name, view.title)?;
        fill(view, &mut page)?;
    }
    Ok(Artifact { name: "season.xlsx".to_owned(), bytes: workbook.save_to_buffer()? })
}

/// Returns the document properties.
fn properties(view: &SeasonView) -> Result<DocProperties, XlsxError> {
    // Files carry a day even so, which must not be that of the run.
    let at = view.date.unwrap_or(super::NO_DAY);
    let date = ExcelDateTime::from_ymd(
        u16::try_from(at.year()).unwrap_or(1900),
        u8::try_from(at.month()).unwrap_or(1),
        u8::try_from(at.day()).unwrap_or(1),
    )?;
    let time = date.and_hms(0, 0, 0.0)?;
    Ok(DocProperties::new()
        .set_title(view.title)
        .set_subject("Season workbook")
        .set_author("scrutineer")
        .set_company(&view.branding.organisation)
        .set_creation_datetime(&time))
}

#[cfg(test)]
pub(in crate::artifact::season) mod tests {
    use super::*;
    use crate::network::{SeasonRecord, sample};
    use crate::ooxml::Limits;
    use crate::workbook::{Cell, Source, read};

    fn made(network: &Network) -> BTreeMap<String, Made> {
        let made = network.returns.iter().map(|found| {
            let file = &found.review.file;
            let stem = file.trim_end_matches(".xlsx");
            let annotated = Some(format!("returns/{stem}.annotated.xlsx"));
            (file.clone(), Made { annotated, report: Some(format!("returns/{stem}.report.pdf")) })
        });
        made.collect()
    }

    /// Returns the rows of a sheet below its headings, as a person sees them; `None` where there is no such sheet.
    pub(in crate::artifact::season) fn sheet(network: &Network, name: &str) -> Option<Vec<Vec<String>>> {
        let view = SeasonView {
            title: "Spring 2026",
            branding: &Branding::default(),
            network,
            statistics: &Statistics::of_season(network).unwrap(),
            made: &BTreeMap::new(),
            date: Some(jiff::civil::date(2026, 4, 1)),
        };
        let source = Source { name: "season.xlsx".to_owned(), bytes: season(&view).unwrap().bytes };
        let workbook = read(&source, &Limits::default()).unwrap();
        let shown = |cells: &[Cell]| -> Vec<String> {
            let filled = cells.iter().filter(|cell| !cell.value.is_blank());
            filled.map(|cell| cell.value.shown(workbook.date_system)).collect()
        };
        Some(workbook.sheet(name)?.rows().skip(3).map(|(_, cells)| shown(cells)).collect())
    }

    fn bytes(organisations: usize) -> Vec<u8> {
        let frameworks = [sample::usual()];
        let mut network = sample::network(&frameworks, organisations);
        for season in ["Spring 2023", "Spring 2024", "Spring 2025"] {
            let season = network.season().called(Some(season.to_owned()), None);
            network.previous = Some(SeasonRecord::of(&season, &frameworks));
        }
        if let Some(first) = network.returns.first_mut() {
            first.organisation = Some("=HYPERLINK(\"http://x\")".to_owned());
        }
        let statistics = Statistics::of_season(&network).unwrap();
        let made = made(&network);
        let branding = Branding { organisation: "Sample Awarding Body".to_owned(), ..Branding::default() };
        let view = SeasonView {
            title: "Spring 2026",
            branding: &branding,
            network: &network,
            statistics: &statistics,
            made: &made,
            date: Some(jiff::civil::date(2026, 4, 1)),
        };
        season(&view).unwrap().bytes
    }

    #[test]
    fn the_same_season_gives_the_same_bytes() {
        let first = bytes(40);
        assert_eq!(first, bytes(40));
    }

    #[test]
    fn a_name_that_looks_like_a_formula_stays_a_text() {
        let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes(6))).unwrap();
        for place in 0..package.len() {
            let mut part = package.by_index(place).unwrap();
            let name = part.name().unwrap().into_owned();
            if name.starts_with("xl/worksheets/sheet") {
                let mut text = String::new();
                std::io::Read::read_to_string(&mut part, &mut text).unwrap();
                assert!(!text.contains("<f>"), "{name} has a formula");
            }
        }
    }

    #[test]
    fn a_season_without_returns_has_its_sheets() {
        assert!(!bytes(0).is_empty());
    }
}
