//! The sheet of findings: the outcome on top, then a row for each finding, the worst first.
//!
//! Its texts are stored in the cells themselves, never as formulas. Its column headings are also how the sheet is known
//! again when the sender has saved the workbook with a program of their own.

use std::collections::BTreeSet;

use super::Heading;
use super::column::{COLUMNS, Column, HIDDEN};
use super::explanation::{Explanation, explanations_of};
use super::manifest::text_digest;
use super::markup::{LONGEST, cut, written};
use super::style::{Formats, Look};
use crate::cell::{CellRef, column_letters};
use crate::finding::Finding;
use crate::ooxml::{Book, Form, SheetKind, SheetState};
use crate::words::{sentence, standing, tally};

/// The most links that a sheet can have.
const MOST_LINKS: usize = 65_000;

/// A row of the table, as it is shown.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    /// The finding.
    pub(super) finding: &'a Finding,
    /// The texts under the headings.
    pub(super) texts: [String; 10],
    /// Where the cell's link leads; `None` where there is no cell to go to.
    pub(super) link: Option<String>,
}

/// Returns the findings as rows: the worst first, causes before others as bad, then in the order of the tabs and cells.
pub(super) fn rows<'a>(findings: &'a [Finding], explanations: &[Explanation], book: Option<&Book>) -> Vec<Row<'a>> {
    let tab = |finding: &Finding| {
        let name = finding.place.sheet()?;
        book?.sheets.iter().position(|sheet| sheet.name == name)
    };
    let mut ordered: Vec<(&Finding, Option<&Explanation>)> =
        findings.iter().zip(explanations_of(explanations, findings)).collect();
    ordered.sort_by_key(|(finding, _)| {
        let is_alone = finding.effects.is_empty();
        (std::cmp::Reverse(finding.severity), is_alone, tab(finding).unwrap_or(usize::MAX), finding.place.cells())
    });
    ordered.into_iter().map(|(finding, explained)| Row::of(finding, explained, book)).collect()
}

impl<'a> Row<'a> {
    fn of(finding: &'a Finding, explained: Option<&Explanation>, book: Option<&Book>) -> Self {
        let name = finding.place.sheet().unwrap_or_default();
        let cells = finding.place.cells();
        let entry = book.and_then(|book| book.sheet(name));
        let is_hidden = entry.is_some_and(|entry| entry.state != SheetState::Visible);
        let can_go = entry.is_some_and(|entry| entry.kind == SheetKind::Worksheet) && !is_hidden;
        let shown = entry.map_or(name, |entry| entry.name.as_str());
        let link = cells.filter(|_| can_go).map(|cells| format!("'{}'!{cells}", shown.replace('\'', "''")));
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        let texts = [
            standing(finding).to_owned(),
            format!("{name}{}", if is_hidden { HIDDEN } else { "" }),
            cells.map(|cells| cells.to_string()).unwrap_or_default(),
            finding.about().unwrap_or_default().to_owned(),
            optional(&finding.found),
            optional(&finding.expected),
            sentence(&finding.message),
            finding.help.clone(),
            explained
                .map(|explanation| explanation.text.clone())
                .or_else(|| finding.explanation.clone())
                .unwrap_or_default(),
            finding.rule.to_string(),
        ];
        Self { finding, texts: texts.map(|text| cut(&text, LONGEST)), link }
    }
}

/// How the sender answers.
pub(super) const HOW_TO_ANSWER: &str = "Please put right what must be put right in the sheets themselves. Where a value is \
    right as it stands, say why in the column \u{201c}Your explanation\u{201d} and send the workbook back.";

/// Returns the lines above the table.
pub(super) fn lines(heading: &Heading, findings: &[Finding]) -> Vec<(Look, String)> {
    let title = match heading.organisation.as_str() {
        "" => "Findings".to_owned(),
        organisation => format!("Findings \u{2013} {organisation}"),
    };
    let below: Vec<&str> =
        [heading.framework.as_str(), heading.date.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
    let answer = if findings.is_empty() { "" } else { HOW_TO_ANSWER };
    let lines = [
        (Look::Title, title),
        (Look::Subtitle, below.join("  \u{b7}  ")),
        (Look::Outcome, heading.outcome.clone()),
        (Look::Interval, heading.interval.clone()),
        (Look::Detail, tally(findings)),
        (Look::Detail, answer.to_owned()),
    ];
    lines.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

/// Returns the digests of the texts that a sheet of findings is given, but for what the sender had explained.
pub(super) fn digests<'t>(above: impl Iterator<Item = &'t str>, rows: &'t [Row<'_>]) -> BTreeSet<String> {
    let in_row = |row: &'t Row<'_>| {
        let texts = Column::ALL.into_iter().zip(&row.texts).filter(|(column, _)| *column != Column::Explanation);
        texts.map(|(_, text)| text.as_str())
    };
    let headings = COLUMNS.into_iter().map(|(heading, _)| heading);
    let texts = above.chain(headings).chain(rows.iter().flat_map(in_row));
    texts.filter(|text| !text.is_empty()).map(text_digest).collect()
}

/// A sheet of findings to be written.
pub(super) struct Page<'a> {
    /// The lines above the table.
    pub(super) lines: Vec<(Look, String)>,
    /// The rows of the table.
    pub(super) rows: Vec<Row<'a>>,
    /// What stands at the foot of each printed page.
    pub(super) foot: String,
}

impl Page<'_> {
    /// Returns the row of the column headings.
    fn heading_row(&self) -> u32 {
        u32::try_from(self.lines.len()).expect("there are six lines at most") + 2
    }

    fn last_row(&self) -> u32 {
        self.heading_row() + u32::try_from(self.rows.len()).unwrap_or(u32::MAX / 2)
    }

    /// Writes the part.
    pub(super) fn written(&self, form: Form, formats: &Formats) -> String {
        let (top, last) = (self.heading_row(), self.last_row());
        let below = top + 1;
        let end = column_letters(u32::try_from(COLUMNS.len()).expect("there are ten"));
        let column = |(number, (_, width)): (u32, (&str, u32))| {
            format!("<col min=\"{number}\" max=\"{number}\" width=\"{width}.7109375\" customWidth=\"1\"/>")
        };
        let columns = (1..).zip(COLUMNS).map(column).collect::<Vec<_>>().concat();
        let merges = (1..=self.lines.len()).map(|row| format!("<mergeCell ref=\"A{row}:{end}{row}\"/>"));
        [
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned(),
            format!("<worksheet xmlns=\"{}\">", form.main()),
            "<sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr>".to_owned(),
            format!(
                "<dimension ref=\"A1:{end}{last}\"/><sheetViews><sheetView showGridLines=\"0\" workbookViewId=\"0\">"
            ),
            format!("<pane ySplit=\"{top}\" topLeftCell=\"A{below}\" activePane=\"bottomLeft\" state=\"frozen\"/>"),
            format!(
                "<selection pane=\"bottomLeft\" activeCell=\"A{below}\" sqref=\"A{below}\"/></sheetView></sheetViews>"
            ),
            format!("<sheetFormatPr defaultRowHeight=\"15\"/><cols>{columns}</cols><sheetData>"),
            self.lines_written(formats),
            self.table_written(formats),
            format!("</sheetData><autoFilter ref=\"A{top}:{end}{last}\"/>"),
            format!("<mergeCells count=\"{}\">{}</mergeCells>", self.lines.len(), merges.collect::<Vec<_>>().concat()),
            self.links_written(),
            "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
                .to_owned(),
            "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>".to_owned(),
            format!("<headerFooter><oddFooter>{}</oddFooter></headerFooter></worksheet>", written(&self.foot)),
        ]
        .concat()
    }

    fn lines_written(&self, formats: &Formats) -> String {
        let wide: u32 = COLUMNS.iter().map(|(_, width)| width).sum();
        let line = |(row, (look, text)): (u32, &(Look, String))| {
            let lines = lines_of(text, wide);
            let height = if *look == Look::Title { 32 } else { look.size() * lines * 3 / 2 + 4 };
            format!(
                "<row r=\"{row}\" ht=\"{height}\" customHeight=\"1\">{}</row>",
                cell(CellRef::new(row, 1), formats.look(*look), text)
            )
        };
        (1..).zip(&self.lines).map(line).collect()
    }

    fn table_written(&self, formats: &Formats) -> String {
        let top = self.heading_row();
        let heading = |(column, (heading, _)): (u32, (&str, u32))| {
            cell(CellRef::new(top, column), formats.look(Look::Heading), heading)
        };
        let headings = (1..).zip(COLUMNS).map(heading).collect::<Vec<_>>().concat();
        let row = |(row, shown): (u32, &Row<'_>)| {
            let written = |(column, text): (u32, &String)| {
                cell(CellRef::new(row, column), formats.look(shown.look(column)), text)
            };
            let cells = (1..).zip(&shown.texts).map(written).collect::<Vec<_>>().concat();
            // A height that isn't called custom grows with what the sender writes.
            format!("<row r=\"{row}\" ht=\"{}\">{cells}</row>", shown.height())
        };
        let rows = (top + 1..).zip(&self.rows).map(row).collect::<Vec<_>>().concat();
        format!("<row r=\"{top}\" ht=\"22\" customHeight=\"1\">{headings}</row>{rows}")
    }

    fn links_written(&self) -> String {
        let links = (self.heading_row() + 1..).zip(&self.rows).filter_map(|(row, shown)| {
            let link = written(shown.link.as_ref()?);
            Some(format!("<hyperlink ref=\"C{row}\" location=\"{link}\" display=\"{link}\"/>"))
        });
        let links = links.take(MOST_LINKS).collect::<Vec<_>>().concat();
        if links.is_empty() { links } else { format!("<hyperlinks>{links}</hyperlinks>") }
    }
}

impl Row<'_> {
    /// Returns how a column of the row looks.
    fn look(&self, column: u32) -> Look {
        match column {
            1 => Look::of(self.finding.severity),
            3 if self.link.is_some() => Look::Link,
            9 => Look::Answer,
            10 => Look::Rule,
            _ => Look::Body,
        }
    }

    /// Returns the height in points that the longest text of the row needs.
    pub(super) fn height(&self) -> u32 {
        height_of(self.texts.iter().zip(COLUMNS).map(|(text, (_, width))| (text.as_str(), width)))
    }
}

/// Returns the height in points of a row of texts, each in a column of a width.
pub(super) fn height_of<'a>(texts: impl Iterator<Item = (&'a str, u32)>) -> u32 {
    let lines = texts.map(|(text, width)| lines_of(text, width)).max().unwrap_or(1);
    (lines * 13 + 7).clamp(20, 400)
}

/// Returns how many lines a text takes in a column of a width, words kept whole.
fn lines_of(text: &str, width: u32) -> u32 {
    // A column's width counts digits of the usual size; of the smaller letters used here more stand in it.
    let letters = (width * 5 / 4).max(4) as usize;
    let lines = text.split('\n').map(|line| wrapped(line, letters)).sum::<usize>();
    u32::try_from(lines).unwrap_or(u32::MAX / 100)
}

/// Returns how many lines a paragraph takes.
fn wrapped(paragraph: &str, width: usize) -> usize {
    let mut lines = 1;
    let mut used = 0;
    for word in paragraph.split(' ').map(|word| word.chars().count()) {
        if used > 0 && used + 1 + word > width {
            lines += 1;
            used = 0;
        }
        used += word + usize::from(used > 0);
        // A word that is longer than the line is broken.
        lines += used.saturating_sub(1) / width;
        used = if used > width { (used - 1) % width + 1 } else { used };
    }
    lines
}

/// Writes a cell that holds text.
fn cell(at: CellRef, format: usize, text: &str) -> String {
    if text.is_empty() {
        return format!("<c r=\"{at}\" s=\"{format}\"/>");
    }
    format!("<c r=\"{at}\" s=\"{format}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", written(text))
}
