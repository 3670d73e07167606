//! Documents on the screen: headings, sentences, and tables whose rows are lines; a table that is too wide is told row by row.

use textwrap::core::display_width;

use super::console::Screen;
use super::format::Format;
use crate::document::{Block, Cell, Document, Part, Side, Table};

/// What stands between two columns.
const GAP: &str = "  ";

/// Returns documents as a person reads them, those without any row only with their introduction.
pub(super) fn documents(documents: &[Document], format: Format, screen: Screen) -> String {
    let printer = Printer { is_narrated: matches!(format, Format::Plain), screen };
    let texts: Vec<String> = documents.iter().map(|document| printer.document(document)).collect();
    texts.join("\n")
}

/// How documents are printed.
#[derive(Clone, Copy)]
struct Printer {
    is_narrated: bool,
    screen: Screen,
}

impl Printer {
    fn document(self, document: &Document) -> String {
        let title = format!("{}\n", self.screen.paint.strong(&document.title));
        let introduction = document.introduction.iter().map(|words| self.line(words, ""));
        let parts = document.parts.iter().map(|part| self.part(part));
        std::iter::once(title).chain(introduction).chain(parts).collect()
    }

    fn part(self, part: &Part) -> String {
        let heading = part.heading.as_ref().map(|heading| format!("\n{}\n", self.screen.paint.strong(heading)));
        let blocks = part.blocks.iter().map(|block| self.block(block));
        heading.into_iter().chain(blocks).collect()
    }

    fn block(self, block: &Block) -> String {
        match block {
            Block::Lead(texts) | Block::Points(texts) => texts.iter().map(|text| self.line(text, "")).collect(),
            Block::Paragraph(text) | Block::Note(text) | Block::Statement(text) | Block::Notice(text) => {
                self.line(text, "")
            }
            Block::Labelled(facts) | Block::Facts(facts) | Block::Figures(facts) => {
                facts.iter().map(|fact| self.line(&format!("{}: {}", fact.label, fact.value), "  ")).collect()
            }
            Block::Table(table) => self.table(table),
            Block::Part(part) => self.part(part),
            Block::Panel(_) | Block::Cards(_) | Block::Chart(_) | Block::Signature { .. } | Block::Contents => {
                String::new()
            }
        }
    }

    fn line(self, text: &str, indent: &str) -> String {
        format!("{}\n", self.screen.fitted(text, indent))
    }

    fn table(self, table: &Table) -> String {
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(text).collect()).collect();
        let widths = widths(table, &rows);
        let width = widths.iter().sum::<usize>() + GAP.len() * widths.len().saturating_sub(1);
        if self.is_narrated || width > self.screen.width {
            return rows.iter().map(|row| self.line(&narrated(table, row), "    ")).collect();
        }
        let headings: Vec<String> = table.columns.iter().map(|head| head.heading.clone()).collect();
        let heading = self.screen.paint.faint(&aligned(table, &headings, &widths));
        let lines = rows.iter().map(|row| format!("{}\n", aligned(table, row, &widths)));
        std::iter::once(format!("{heading}\n")).chain(lines).collect()
    }
}

fn widths(table: &Table, rows: &[Vec<String>]) -> Vec<usize> {
    let widest = |at: usize| rows.iter().map(|row| display_width(&row[at])).max().unwrap_or_default();
    table.columns.iter().enumerate().map(|(at, head)| widest(at).max(display_width(&head.heading))).collect()
}

fn aligned(table: &Table, row: &[String], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).zip(&table.columns).map(|((text, width), head)| {
        let room = " ".repeat(width.saturating_sub(display_width(text)));
        match head.side {
            Side::Left | Side::Center => format!("{text}{room}"),
            Side::Right => format!("{room}{text}"),
        }
    });
    cells.collect::<Vec<String>>().join(GAP).trim_end().to_owned()
}

/// Returns a row as a sentence: what it is about, then what is told of that.
fn narrated(table: &Table, row: &[String]) -> String {
    let told = row.iter().zip(&table.columns).skip(1).filter(|(text, _)| !text.is_empty());
    let told: Vec<String> = told.map(|(text, head)| format!("{}: {text}", head.heading.to_lowercase())).collect();
    let first = row.first().map(String::as_str).unwrap_or_default();
    format!("{first} \u{2013} {}", told.join("; "))
}

/// Returns what stands in a cell, in one line.
fn text(cell: &Cell) -> String {
    let text = match cell {
        Cell::Empty | Cell::Bar { .. } | Cell::Range { .. } | Cell::Interval { .. } | Cell::Shares(_) => String::new(),
        Cell::Text(text) | Cell::Strong(text) | Cell::Faint(text) | Cell::Code(text) | Cell::Link { text, .. } => {
            text.clone()
        }
        Cell::Lines(lines) => lines.join("; "),
        Cell::Noted(text, note) => format!("{text} ({note})"),
        Cell::Day(day) => day.to_string(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(shown) => shown.text().unwrap_or_default(),
        Cell::Between(low, high) => low.up_to(high).unwrap_or_default(),
        Cell::Level(_, name) => name.clone(),
        Cell::Heat { label, .. } => label.clone(),
    };
    text.replace(['\r', '\n'], " ")
}
