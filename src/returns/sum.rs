//! Lines that sum up a register's rows.
//!
//! They are told by what their formulas do, by figures that are the sums of the rows above, and by their words: “Total”,
//! “Grand total: 3 partners”, “Cyfanswm”. A name that begins so (“Total Care Ltd”) is a name. Where only typed figures say it, under
//! words of the sender's own (“All partners”), or under such as say what a figure is of those above (“Average fee”), the line is told.

use std::collections::BTreeSet;

use crate::cell::{CellRange, CellRef};
use crate::exact::Exact;
use crate::framework::RegisterSpec;
use crate::wording::Wording;
use crate::workbook::{Cell, Uses, Value};

use super::line::Line;

/// Words for what sums up, in English and in Welsh.
const HEADS: [&str; 17] = [
    "count",
    "counts",
    "crynswth",
    "cyfanswm",
    "cyfansymiau",
    "gyfanswm",
    "isgyfanswm",
    "nifer",
    "number",
    "overall",
    "subtotal",
    "subtotals",
    "sum",
    "sums",
    "swm",
    "total",
    "totals",
];
/// The same for what lies in the middle.
const MIDDLES: [&str; 9] =
    ["average", "averages", "avg", "canolrif", "cyfartaledd", "cyfartalog", "cymedr", "mean", "median"];
/// The same for the ends.
const ENDS: [&str; 14] = [
    "biggest", "highest", "isaf", "largest", "lleiaf", "lowest", "max", "maximum", "min", "minimum", "mwyaf",
    "smallest", "uchaf", "uchafswm",
];

/// The most decimals to which people round what lies in the middle.
const DECIMALS: u32 = 2;

/// Words that stand beside them.
const FILLERS: [&str; 26] = [
    "a",
    "all",
    "and",
    "ar",
    "brought",
    "carried",
    "cyffredinol",
    "date",
    "far",
    "final",
    "for",
    "forward",
    "grand",
    "i",
    "in",
    "is",
    "no",
    "o",
    "of",
    "so",
    "sub",
    "terfynol",
    "the",
    "to",
    "y",
    "yr",
];

/// Functions that make one figure of many.
const GATHERING: [&str; 17] = [
    "AGGREGATE",
    "AVERAGE",
    "AVERAGEA",
    "AVERAGEIF",
    "AVERAGEIFS",
    "COUNT",
    "COUNTA",
    "COUNTIF",
    "COUNTIFS",
    "MAX",
    "MEDIAN",
    "MIN",
    "SUBTOTAL",
    "SUM",
    "SUMIF",
    "SUMIFS",
    "SUMPRODUCT",
];

/// Functions that programs write below the rows of a table, for nothing else than to sum them up.
const SUMMING_UP: [&str; 2] = ["AGGREGATE", "SUBTOTAL"];

/// Whether a formula names a whole column of a table: `Partners[Amount]`, not `Partners[@Amount]` of its own row.
fn names_column_of_table(formula: &str) -> bool {
    let own = formula.contains("[@") || formula.contains("#This Row");
    let mut pairs = formula.chars().zip(formula.chars().skip(1));
    !own && pairs.any(|(before, next)| next == '[' && (before.is_alphanumeric() || before == '_'))
}

/// Returns the words by which a register calls itself, its rows and its columns.
pub(super) fn own_words(spec: &RegisterSpec) -> BTreeSet<String> {
    let headings = spec.columns.iter().map(|column| column.heading.as_str());
    let named = headings.chain([spec.title.as_str(), spec.row_noun.as_str()]);
    let mut words: BTreeSet<String> = named.flat_map(words_of).collect();
    words.extend(words_of(&spec.row_noun).into_iter().map(|noun| format!("{noun}s")));
    words
}

/// Returns the words of a text, as they are compared.
fn words_of(text: &str) -> Vec<String> {
    let words = Wording::of(text);
    words.each_word().map(str::to_owned).collect()
}

/// What the first text of a line says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    /// That it sums up, and nothing else.
    Plain,
    /// That it sums up, with other words.
    Mixed,
    /// Something else.
    Other,
    /// There is none.
    None,
}

impl Line<'_> {
    /// Whether it sums rows up.
    pub(super) fn sums_up(&self) -> bool {
        if self.gathers() || self.is_of_totals() {
            return true;
        }
        let is_sparse = self.filled.len() * 2 <= self.most;
        match self.label() {
            Label::Plain => is_sparse || self.filled.iter().filter(|cell| figure(cell).is_none()).count() <= 1,
            Label::Mixed => is_sparse && self.figures_are_sums(),
            Label::None => self.figures_are_sums() && self.filled.iter().all(|cell| figure(cell).is_some()),
            Label::Other => false,
        }
    }

    /// Whether the spreadsheet program itself keeps it to sum up its table.
    fn is_of_totals(&self) -> bool {
        self.filled.iter().any(|cell| self.sheet.totals.iter().any(|rows| rows.contains(cell.at)))
    }

    /// Whether it may sum rows up in words of its own: beside one text it has figures alone, and each is the sum of all that stands
    /// above it, or what the text says of them. So may a row be that happens to come to as much, so that it is told.
    pub(super) fn may_sum_up(&self) -> bool {
        let figures: Vec<(u32, Exact)> = self.figures();
        let is_sum = |(column, figure): &(u32, Exact)| {
            !figure.is_zero() && (self.sums_above(*column).contains(figure) || self.is_as_said(*column, figure))
        };
        self.filled.len() * 2 <= self.most
            && self.filled.len() == figures.len() + 1
            && !figures.is_empty()
            && figures.iter().all(is_sum)
    }

    /// Whether formulas that gather rows, and show something, are all that stands where senders fill something in.
    pub(super) fn gathers_alone(&self) -> bool {
        let is_entry = |cell: &&Cell| {
            self.columns.iter().any(|column| column.at == cell.at.column && column.spec.computed.is_none())
        };
        let mut entries = self.cells.iter().filter(is_entry).filter(|cell| !cell.value.is_blank());
        entries.any(|cell| self.gathers_rows(cell))
    }

    /// Whether the line's first text says what a figure is of those above it: their middle, however rounded, or one of their ends.
    fn is_as_said(&self, column: u32, figure: &Exact) -> bool {
        let words = self.first_text().map(words_of).unwrap_or_default();
        let says =
            |names: &[&str]| [words.first(), words.last()].into_iter().flatten().any(|word| names.contains(&&**word));
        let is_middle = |above: &Vec<Exact>| middles(above).iter().any(|middle| is_rounded(middle, figure));
        let is_end = |above: &Vec<Exact>| [above.iter().min(), above.iter().max()].contains(&Some(figure));
        let above = self.figures_above(column);
        (says(&MIDDLES) && above.iter().any(is_middle)) || (says(&ENDS) && above.iter().any(is_end))
    }

    /// Returns the line's first text, behind the key where the form prints that.
    fn first_text(&self) -> Option<&str> {
        let is_printed = |cell: &&Cell| self.has_printed_keys && Some(cell.at.column) == self.key;
        self.cells.iter().filter(|cell| !is_printed(cell)).find_map(Cell::text)
    }

    /// Returns what the line's first text says of it.
    fn label(&self) -> Label {
        let Some(text) = self.first_text() else { return Label::None };
        let bare: String = text.to_lowercase().split_whitespace().collect();
        let words = words_of(text);
        let is_head = |word: &String| [&HEADS[..], &MIDDLES, &ENDS].iter().any(|heads| heads.contains(&word.as_str()));
        let is_known = |word: &String| {
            is_head(word)
                || FILLERS.contains(&word.as_str())
                || word.chars().all(|c| c.is_ascii_digit())
                || self.words.contains(word)
        };
        let speaks = words.first().is_some_and(is_head) || words.last().is_some_and(is_head);
        match () {
            () if bare.starts_with("n=") => Label::Plain,
            () if words.iter().any(is_head) && words.iter().all(is_known) => Label::Plain,
            () if speaks => Label::Mixed,
            () => Label::Other,
        }
    }

    /// Whether its formulas gather rows, and it has little besides.
    fn gathers(&self) -> bool {
        let typed = self.filled.iter().filter(|cell| cell.formula.is_none()).count();
        let gathering = self.cells.iter().filter(|cell| {
            // A running number is made of the rows above, too.
            (typed == 0 || Some(cell.at.column) != self.key) && self.gathers_rows(cell)
        });
        let gathering = gathering.count();
        gathering > 0 && typed <= gathering + 1
    }

    /// Whether a cell's formula makes one figure of other rows of the register.
    fn gathers_rows(&self, cell: &Cell) -> bool {
        let Some(formula) = cell.formula.as_deref() else { return false };
        let uses = Uses::of(formula);
        let is_of_rows = |range: &CellRange| {
            let columns = &self.columns;
            range.last.row > self.place.heading
                && !(range.first.row == cell.at.row && range.last.row == cell.at.row)
                && columns.iter().any(|column| (range.first.column..=range.last.column).contains(&column.at))
        };
        let own = uses.references.iter().filter(|(sheet, range)| sheet.is_none() && is_of_rows(range)).count();
        let calls = |names: &[&str]| uses.functions.iter().any(|function| names.contains(&function.as_str()));
        let is_gathering = calls(&GATHERING);
        if calls(&SUMMING_UP) || (is_gathering && names_column_of_table(formula)) {
            return true;
        }
        let is_sum = uses.functions.is_empty() && uses.constants.is_empty() && own == uses.references.len();
        own > 0 && is_gathering || own > 1 && is_sum
    }

    /// Whether it has figures, and each is the sum or the count of at least two rows above.
    fn figures_are_sums(&self) -> bool {
        let figures = self.figures();
        !figures.is_empty() && figures.iter().all(|(column, figure)| self.is_sum(*column, figure))
    }

    /// Returns its figures, each with its column.
    fn figures(&self) -> Vec<(u32, Exact)> {
        self.filled.iter().filter_map(|cell| Some((cell.at.column, figure(cell)?))).collect()
    }

    /// Whether a figure is the sum or the count of what stands above it, from the first row or from the last line that sums up.
    fn is_sum(&self, column: u32, value: &Exact) -> bool {
        let counts = |rows: &[u32]| rows.len() > 1 && Exact::from(rows.len()) == *value;
        self.sums_above(column).contains(value) || self.rows_above().into_iter().any(counts)
    }

    /// Returns the sums of at least two figures above, from the first row and from the last line that sums up.
    fn sums_above(&self, column: u32) -> Vec<Exact> {
        self.figures_above(column).iter().map(|figures| figures.iter().sum()).collect()
    }

    /// Returns the figures above, where they are two at least, from the first row and from the last line that sums up.
    fn figures_above(&self, column: u32) -> Vec<Vec<Exact>> {
        let figures = |rows: &[u32]| -> Vec<Exact> {
            let cells = rows.iter().filter_map(|row| self.sheet.cell(CellRef::new(*row, column)));
            cells.filter_map(figure).collect()
        };
        self.rows_above().into_iter().map(figures).filter(|figures| figures.len() > 1).collect()
    }

    /// Returns the rows above, from the first and from the last line that sums up.
    fn rows_above(&self) -> [&[u32]; 2] {
        [0, self.since].map(|from| self.above.get(from..).unwrap_or_default())
    }
}

/// Returns the mean and the median of some figures.
fn middles(figures: &[Exact]) -> Vec<Exact> {
    let mut sorted: Vec<&Exact> = figures.iter().collect();
    sorted.sort();
    let middle: Vec<&Exact> = sorted[(sorted.len() - 1) / 2..=sorted.len() / 2].to_vec();
    let mean = |figures: &[&Exact]| figures.iter().copied().sum::<Exact>().divided_by(&Exact::from(figures.len()));
    [mean(&sorted), mean(&middle)].into_iter().flatten().collect()
}

/// Whether a figure is another, rounded as people do or not at all.
fn is_rounded(exact: &Exact, figure: &Exact) -> bool {
    exact == figure || (0..=DECIMALS).any(|places| exact.rounded(places) == *figure)
}

/// Returns the number that a cell holds.
pub(super) fn figure(cell: &Cell) -> Option<Exact> {
    match &cell.value {
        Value::Number(number) => Exact::from_float(*number),
        Value::Text(_)
        | Value::Empty
        | Value::Date(_)
        | Value::Elapsed(_)
        | Value::Picture
        | Value::Logical(_)
        | Value::Error(_) => None,
    }
}
