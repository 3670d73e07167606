//! What people read, as parts, tables and figures, before it is printed: one model of every report and of every sheet.
//!
//! [`report`](crate::report) says what stands in a document, and [`render`](crate::render) prints it: Typst as pages, a workbook
//! as sheets. Nothing here has words of its own, and nothing here knows how it is printed.
//!
//! A part is written from its heading down. A table's columns are written once, each with what stands over it, what it means,
//! how wide it is, and what stands in its cells; what has no rows, or no sentences, leaves nothing behind:
//!
//! ```
//! use scrutineer::document::{Block, Cell, Column, Format, Part, Table};
//! use scrutineer::figure::{About, Disclosure, Figure, FigureOf, Measure};
//!
//! let about = About::new("s", FigureOf::Section("A".to_owned()), Disclosure { k: 5, quantiles: 20, rounding: 5 });
//! struct Row { title: &'static str, returns: usize, median: Figure, lower: Figure, upper: Figure }
//! let rows = [Row {
//!     title: "Aims",
//!     returns: 12,
//!     median: about.open().figure(Measure::Median, Ok(72.0), 12),
//!     lower: about.open().figure(Measure::LowerQuartile, Ok(60.0), 12),
//!     upper: about.figure(Measure::UpperQuartile, Ok(81.0), 12),
//! }];
//! let weighted = false;
//! let table = Table::of(
//!     &rows,
//!     vec![
//!         Column::new("Section").share(1.6).cell(|row: &Row| row.title.into()),
//!         Column::new("Weight").cell(|_| Cell::Empty).only_if(weighted),
//!         Column::new("Median").cell(|row: &Row| Cell::figure(&row.median, Format::Percent(0))),
//!         Column::new("Middle half").cell(|row: &Row| Cell::between(&row.lower, &row.upper, Format::Percent(0))),
//!         Column::new("n").meaning("How many complete returns it rests on.").cell(|row: &Row| row.returns.into()),
//!     ],
//! );
//! let part = Part::new("Sections")
//!     .lead(["Returns do best in Aims."])
//!     .block(table.caption("Sections in per cent of the most"))
//!     .part(Part::new("By group").points(["North: 4 returns"]));
//! assert!(matches!(part.blocks.as_slice(), [Block::Lead(_), Block::Table(_), Block::Part(_)]));
//! ```
//!
//! A sheet is a document as well: its title, its introduction in one line, and as a rule one part without a heading, whose table
//! is a [`list`](Use::List) (its headings stay in sight, and it can be filtered) or a [`worklist`](Use::Worklist) (that a
//! team fills in). The data dictionary is made of what its columns mean.
//!
//! ```
//! use scrutineer::document::{Cell, Column, Document, Kind, Part, Table, Target, Use};
//!
//! let files = ["a.xlsx", "b.xlsx"];
//! let copy = |file: &&str| Cell::link("open copy", Target::file(format!("returns/{file}")));
//! let table = Table::of(
//!     &files,
//!     vec![
//!         Column::new("File").chars(44.0).cell(|file: &&str| (*file).into()),
//!         Column::new("Annotated copy").meaning("Opens the copy with its notes.").chars(13.0).cell(copy),
//!     ],
//! );
//! let sheet = Document::new(Kind::Sheet, "Returns")
//!     .introduction(["Each file of the folder, with what became of it."])
//!     .part(Part::default().block(table.used(Use::List(1))));
//! assert_eq!(sheet.parts.len(), 1);
//! ```
//!
//! [`branding`] says whose documents these are and how they look, [`prose`] reads what an editor writes, [`colour`] keeps their colours readable, and [`letters`] knows
//! which letters can be printed.

pub mod branding;
mod cell;
mod chart;
pub mod colour;
mod format;
pub mod letters;
pub mod prose;
mod spelled;
mod table;

use serde::Serialize;

pub use cell::{Cell, Shown, Target};
pub use chart::{Bars, Chart, GaugeBand, Lengths, StackPart};
pub use format::Format;
pub use table::{Column, Head, Mark, Side, Table, Use, Width};

/// Something that is printed as a whole: a report, a letter, a sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Document {
    /// What kind of document it is.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its title among all files, for those who look at its properties: with what it is and about what; empty is its title.
    pub full_title: String,
    /// What it is about, for those who look at its properties.
    pub subject: String,
    /// The line above the title.
    pub kicker: String,
    /// To whom it goes, a line each; empty where it names nobody.
    pub to: Vec<String>,
    /// What stands beside the title.
    pub facts: Vec<Fact>,
    /// What stands at the head of each page but the first, on the left and on the right.
    pub head: [String; 2],
    /// What stands at the foot of each page.
    pub foot: String,
    /// For whom it is and whether it names anybody, at the foot of each page; empty where that isn't said.
    pub reader: String,
    /// What must not be missed.
    pub notices: Vec<String>,
    /// The paragraphs before all else.
    pub introduction: Vec<String>,
    /// The parts, in order.
    pub parts: Vec<Part>,
}

/// A kind of document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The report on a return.
    Return,
    /// A letter on a return.
    Letter,
    /// A paper on a return, for those who decide.
    BoardPaper,
    /// The report on an organisation whose parts are put together.
    Consolidated,
    /// An organisation's figures beside the network's.
    Benchmark,
    /// The report on a season.
    Overarching,
    /// A sheet of a workbook.
    #[default]
    Sheet,
}

impl Kind {
    /// Returns its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Return => "return",
            Self::Letter => "letter",
            Self::BoardPaper => "board-paper",
            Self::Consolidated => "consolidated",
            Self::Benchmark => "benchmark",
            Self::Overarching => "overarching",
            Self::Sheet => "sheet",
        }
    }
}

/// A part of a document, with parts of its own among its blocks.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
pub struct Part {
    /// Its heading; `None` where it has none.
    pub heading: Option<String>,
    /// Whether the heading has a number.
    pub numbered: bool,
    /// How it lies on its pages.
    pub lies: Lies,
    /// What stands in it, in order.
    pub blocks: Vec<Block>,
}

/// How a part lies on its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lies {
    /// It goes on where the part before it ends.
    #[default]
    On,
    /// It begins a page.
    NewPage,
    /// It lies on pages of its own that are turned on their side.
    Turned,
    /// It is kept together on one page, and quieter than the others: how a document was made.
    Together,
}

/// What a part is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "kebab-case")]
pub enum Block {
    /// Sentences in one paragraph that stays with what follows it.
    Lead(Vec<String>),
    /// A paragraph.
    Paragraph(String),
    /// A quiet line below what it explains.
    Note(String),
    /// A list.
    Points(Vec<String>),
    /// A list whose items begin with a label.
    Labelled(Vec<Fact>),
    /// Labels above their values, two beside each other.
    Facts(Vec<Fact>),
    /// Labels before their values, a line each.
    Figures(Vec<Fact>),
    /// A statement that is set apart.
    Statement(String),
    /// What must not be missed.
    Notice(String),
    /// What it comes to, in one look.
    Panel(Panel),
    /// A table.
    Table(Table),
    /// Rows one below the other, each its title with what is told of it.
    Cards(Vec<(String, Vec<Fact>)>),
    /// Lines to be signed.
    Signature {
        /// The words above them.
        closing: String,
        /// What each line is for.
        lines: Vec<String>,
        /// What is enclosed, to be listed below; `None` where nothing is.
        enclosed: Option<String>,
    },
    /// A list of the document's headings.
    Contents,
    /// A part within.
    Part(Part),
    /// A figure, told by its own kind.
    #[serde(untagged)]
    Chart(Chart),
}

/// A label with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: String,
    /// The same as a number, where it says how many there are; sheets reckon with it.
    #[serde(skip)]
    pub count: Option<usize>,
}

/// What something comes to, in one look.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Panel {
    /// The word above it.
    pub kicker: String,
    /// What it comes to; empty where there are only tiles.
    pub title: String,
    /// The total; `None` where there is none.
    pub total: Option<String>,
    /// The word above the total; empty is "total".
    pub total_word: String,
    /// A few figures, each with what it is.
    pub tiles: Vec<Fact>,
}

impl Document {
    /// Returns an empty document.
    pub fn new(kind: Kind, title: impl Into<String>) -> Self {
        Self { kind, title: title.into(), ..Self::default() }
    }

    /// Sets the paragraphs before all else.
    #[must_use]
    pub fn introduction<T: Into<String>>(mut self, paragraphs: impl IntoIterator<Item = T>) -> Self {
        self.introduction = paragraphs.into_iter().map(Into::into).collect();
        self
    }

    /// Adds a part, or several, or none.
    #[must_use]
    pub fn part(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.parts.extend(parts);
        self
    }

    /// Returns every table with the headings of the parts that it stands in, in order.
    pub fn tables(&self) -> Vec<&Table> {
        self.parts.iter().flat_map(Part::tables).collect()
    }
}

impl Part {
    /// Returns a part with a heading and nothing below it.
    pub fn new(heading: impl Into<String>) -> Self {
        Self { heading: Some(heading.into()), ..Self::default() }
    }

    /// Says how the part lies on its pages.
    #[must_use]
    pub fn lying(self, lies: Lies) -> Self {
        Self { lies, ..self }
    }

    /// Adds sentences that stay with what follows.
    #[must_use]
    pub fn lead<T: Into<String>>(self, sentences: impl IntoIterator<Item = T>) -> Self {
        let sentences = sentences.into_iter().map(Into::into).filter(|sentence| !sentence.is_empty());
        self.block(Block::Lead(sentences.collect()))
    }

    /// Adds a list.
    #[must_use]
    pub fn points<T: Into<String>>(self, points: impl IntoIterator<Item = T>) -> Self {
        self.block(Block::Points(points.into_iter().map(Into::into).collect()))
    }

    /// Adds paragraphs.
    #[must_use]
    pub fn paragraphs<T: Into<String>>(self, paragraphs: impl IntoIterator<Item = T>) -> Self {
        paragraphs.into_iter().fold(self, |part, words| part.block(Block::Paragraph(words.into())))
    }

    /// Adds a block; one that nothing stands in leaves nothing behind.
    #[must_use]
    pub fn block(mut self, block: impl Into<Block>) -> Self {
        let block = block.into();
        if !block.is_empty() {
            self.blocks.push(block);
        }
        self
    }

    /// Adds a block where there is one, or several.
    #[must_use]
    pub fn blocks<T: Into<Block>>(self, blocks: impl IntoIterator<Item = T>) -> Self {
        blocks.into_iter().fold(self, Self::block)
    }

    /// Adds a part within, or several, or none.
    #[must_use]
    pub fn part(self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.blocks(parts.into_iter().map(Block::Part))
    }

    /// Returns the sentences that it begins with; none where it has no lead.
    pub fn leading(&self) -> &[String] {
        let lead = self.blocks.iter().find_map(|block| if let Block::Lead(lead) = block { Some(lead) } else { None });
        lead.map_or(&[], Vec::as_slice)
    }

    /// Returns the tables, in order.
    fn tables(&self) -> Vec<&Table> {
        let mut tables = Vec::new();
        for block in &self.blocks {
            if let Block::Table(table) = block {
                tables.push(table);
            } else if let Block::Part(part) = block {
                tables.extend(part.tables());
            }
        }
        tables
    }
}

impl Block {
    /// Whether nothing stands in it.
    fn is_empty(&self) -> bool {
        match self {
            Self::Lead(texts) | Self::Points(texts) => texts.is_empty(),
            Self::Paragraph(text) | Self::Note(text) | Self::Statement(text) | Self::Notice(text) => text.is_empty(),
            Self::Labelled(facts) | Self::Facts(facts) | Self::Figures(facts) => facts.is_empty(),
            Self::Table(table) => table.rows.is_empty(),
            Self::Cards(cards) => cards.is_empty(),
            Self::Panel(_) | Self::Chart(_) | Self::Signature { .. } | Self::Contents | Self::Part(_) => false,
        }
    }
}

/// A part is a list of one part, as it may stand where several may.
impl IntoIterator for Part {
    type Item = Self;
    type IntoIter = std::iter::Once<Self>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(self)
    }
}

impl Fact {
    /// Returns a label with its value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), count: None }
    }

    /// Returns how many there are of something.
    pub fn count(label: impl Into<String>, count: usize) -> Self {
        Self { label: label.into(), value: count.to_string(), count: Some(count) }
    }
}

impl From<Table> for Block {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

/// Returns the rows of a part's tables as texts; what isn't a text is left empty.
#[cfg(test)]
pub(crate) fn rows(part: &Part) -> Vec<Vec<String>> {
    let lines = |cell: &Cell| if let Cell::Lines(lines) = cell { lines.join("\n") } else { String::new() };
    let text = |cell: &Cell| if let Cell::Text(text) | Cell::Strong(text) = cell { text.clone() } else { lines(cell) };
    let rows = part.tables().into_iter().flat_map(|table| &table.rows);
    rows.map(|row| row.iter().map(text).collect()).collect()
}
