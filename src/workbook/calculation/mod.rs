//! What formulas come to over what stands on the sheets: whether a stored figure is the one that its formula gives, and what it would be were
//! something else in a cell. Worked out are the formulas of the issued form alone ([`Shapes`]), over whatever cells; never one that a sender made.
//!
//! Formulas are read by [`term`], with the operators of [`worth`] and the few functions of [`function`], over exact numbers. Whatever
//! else a formula uses, or what programs answer differently, isn't told: the answer is then `None`. Nothing of it is kept, and nothing that the
//! workbook states is replaced by it.

mod condition;
mod function;
mod shape;
mod term;
mod worth;

use std::cell::{Cell as Counter, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Sheet, Uses, Value, Workbook};
use crate::cell::{CellRange, CellRef};
use crate::exact::Exact;
use crate::wording::Wording;

use term::Term;

pub use shape::{Shapes, shape_of};
pub use worth::Worth;

/// The most cells that are looked at for one figure.
const MOST_CELLS: u32 = 100_000;

/// The longest text that is counted with, in bytes.
const LONGEST_TEXT: usize = 4_096;

/// So many bytes of a text are as much work as a cell.
const BYTES_A_CELL: usize = 64;

/// The most formulas that are worked out one for the sake of another.
const MOST_DEEP: u32 = 32;

/// Which sheet, by its number, and which cell.
type Spot = (usize, CellRef);

/// Works out formulas of a workbook.
#[derive(Debug)]
pub struct Calculation<'a> {
    workbook: &'a Workbook,
    /// What the formulas do that are worked out.
    shapes: &'a Shapes,
    /// What is taken to stand in some cells.
    instead: BTreeMap<Spot, Worth>,
    /// Whether nothing that is stored counts which a formula gives.
    is_anew: bool,
    /// What formulas come to that were worked out; `None` where that can't be told.
    known: RefCell<BTreeMap<Spot, Option<Worth>>>,
    /// Which formulas use such a cell.
    moved: RefCell<BTreeMap<Spot, bool>>,
    /// How many cells may still be looked at.
    left: Counter<u32>,
    /// How many formulas are being worked out.
    deep: Counter<u32>,
}

impl<'a> Calculation<'a> {
    /// Goes by what is stored, and works out formulas that do what the form's do.
    pub fn of(workbook: &'a Workbook, shapes: &'a Shapes) -> Self {
        Self {
            workbook,
            shapes,
            instead: BTreeMap::new(),
            is_anew: false,
            known: RefCell::default(),
            moved: RefCell::default(),
            left: Counter::new(MOST_CELLS),
            deep: Counter::new(0),
        }
    }

    /// Works every formula out again, whatever is stored.
    pub fn again(workbook: &'a Workbook, shapes: &'a Shapes) -> Self {
        Self { is_anew: true, ..Self::of(workbook, shapes) }
    }

    /// Goes by something else in a cell; formulas that use it are then worked out in turn.
    #[must_use]
    pub fn with(mut self, sheet: &Wording, at: CellRef, worth: Worth) -> Self {
        if let Some(sheet) = self.sheet(sheet) {
            self.instead.insert((sheet, at), worth);
        }
        self
    }

    /// Returns what the formula of a cell comes to; `None` where it has none, or that can't be told.
    pub fn worth(&self, sheet: &Wording, at: CellRef) -> Option<Worth> {
        self.left.set(MOST_CELLS);
        self.worked_out((self.sheet(sheet)?, at))
    }

    /// Whether what a cell with a formula has stored is what the formula comes to; `None` where that can't be told.
    pub fn is_as_stored(&self, sheet: &Wording, at: CellRef) -> Option<bool> {
        let number = self.sheet(sheet)?;
        let stored = stored(self.workbook.sheets[number].cell(at)?)?;
        Some(self.worth(sheet, at)?.is_same(&stored))
    }

    /// Returns the number of a sheet.
    fn sheet(&self, name: &Wording) -> Option<usize> {
        self.workbook.sheets.iter().position(|sheet| Wording::of(&sheet.name) == *name)
    }

    /// Works out the formula of a cell.
    fn worked_out(&self, spot: Spot) -> Option<Worth> {
        if let Some(known) = self.known.borrow().get(&spot) {
            return known.clone();
        }
        if self.deep.get() == MOST_DEEP {
            return None;
        }
        // What uses itself in turn isn't told.
        self.known.borrow_mut().insert(spot, None);
        self.deep.set(self.deep.get() + 1);
        let worth = self.term(spot).and_then(|term| self.of_term(&term, spot.0));
        self.deep.set(self.deep.get() - 1);
        self.known.borrow_mut().insert(spot, worth.clone());
        worth
    }

    /// Reads the formula of a cell; `None` where the form has none like it.
    fn term(&self, (sheet, at): Spot) -> Option<Term> {
        let term = term::parse(&Uses::meant(self.workbook.sheets[sheet].cell(at)?.formula.as_deref()?))?;
        self.shapes.have(&term).then_some(term)
    }

    /// Works out a term of a formula on a sheet.
    fn of_term(&self, term: &Term, own: usize) -> Option<Worth> {
        match term {
            Term::Worth(worth) => Some(worth.clone()),
            Term::Cells(sheet, cells) if cells.first == cells.last => {
                self.at((self.named(sheet.as_ref(), own)?, cells.first))
            }
            Term::Cells(..) => None,
            Term::Negative(of) => worth::combined('-', &Worth::Number(Exact::zero()), &self.of_term(of, own)?),
            Term::Percent(of) => worth::combined('/', &self.of_term(of, own)?, &Worth::Number(Exact::from(100))),
            Term::Arithmetic(operator, left, right) => {
                worth::combined(*operator, &self.of_term(left, own)?, &self.of_term(right, own)?)
            }
            Term::Compared(wanted, left, right) => {
                worth::compared(*wanted, &self.of_term(left, own)?, &self.of_term(right, own)?)
            }
            Term::Call(name, arguments) => function::call(self, name, arguments, own),
        }
    }

    /// Returns the sheet of a name that a formula on another has; `None` where there is none.
    fn named(&self, name: Option<&String>, own: usize) -> Option<usize> {
        name.map_or(Some(own), |name| self.sheet(&Wording::of(name)))
    }

    /// Returns what stands in a cell; `None` where that can't be told.
    fn at(&self, spot: Spot) -> Option<Worth> {
        if let Some(instead) = self.instead.get(&spot) {
            self.charge(1)?;
            return Some(instead.clone());
        }
        let Some(cell) = self.workbook.sheets[spot.0].cell(spot.1) else {
            self.charge(1)?;
            return Some(Worth::Blank);
        };
        self.charge(1 + text_of(cell).len() / BYTES_A_CELL)?;
        if cell.formula.is_some() && (self.is_anew || self.is_moved(spot)?) {
            self.worked_out(spot)
        } else {
            stored(cell)
        }
    }

    /// Counts work on so many cells; `None` where there was enough of it.
    fn charge(&self, cells: usize) -> Option<()> {
        self.left.set(self.left.get().checked_sub(u32::try_from(cells).ok()?)?);
        Some(())
    }

    /// Whether a formula uses a cell in which something else is taken to stand, also by another; `None` where it can't be read.
    fn is_moved(&self, spot: Spot) -> Option<bool> {
        if self.instead.is_empty() {
            return Some(false);
        }
        if let Some(known) = self.moved.borrow().get(&spot) {
            return Some(*known);
        }
        if self.deep.get() == MOST_DEEP {
            return None;
        }
        self.moved.borrow_mut().insert(spot, false);
        let mut cells = BTreeSet::new();
        self.term(spot)?.cells(&mut |sheet, range| _ = cells.insert((self.named(sheet, spot.0), range)));
        self.deep.set(self.deep.get() + 1);
        let is_moved = self.uses_moved(&cells);
        self.deep.set(self.deep.get() - 1);
        self.moved.borrow_mut().insert(spot, is_moved?);
        is_moved
    }

    /// Whether some of these cells are, or use, one in which something else is taken to stand.
    fn uses_moved(&self, cells: &BTreeSet<(Option<usize>, CellRange)>) -> Option<bool> {
        for (sheet, range) in cells.iter().filter_map(|(sheet, range)| Some(((*sheet)?, range))) {
            if self.instead.keys().any(|(other, at)| *other == sheet && range.contains(*at)) {
                return Some(true);
            }
            for cell in rows(&self.workbook.sheets[sheet], *range) {
                self.charge(1)?;
                if cell.formula.is_some() && range.contains(cell.at) && self.is_moved((sheet, cell.at))? {
                    return Some(true);
                }
            }
        }
        Some(false)
    }

    /// Returns what stands in the filled cells of a range, in order; `None` where that can't be told of one.
    fn filled(&self, sheet: Option<&String>, range: CellRange, own: usize) -> Option<Vec<Worth>> {
        let number = self.named(sheet, own)?;
        let mut held = Vec::new();
        for cell in rows(&self.workbook.sheets[number], range) {
            self.charge(1)?;
            held.extend(range.contains(cell.at).then_some(cell.at));
        }
        let instead = self.instead.keys().filter(|(other, at)| *other == number && range.contains(*at));
        let all: BTreeSet<CellRef> = held.into_iter().chain(instead.map(|(_, at)| *at)).collect();
        all.into_iter().map(|at| self.at((number, at))).collect()
    }

    /// Returns what stands in each cell of a range, blank or not, in order.
    fn each(&self, sheet: Option<&String>, range: CellRange, own: usize) -> Option<Vec<Worth>> {
        let number = self.named(sheet, own)?;
        let (rows, columns) = (range.first.row..=range.last.row, range.first.column..=range.last.column);
        rows.flat_map(|row| columns.clone().map(move |column| CellRef::new(row, column)))
            .map(|at| self.at((number, at)))
            .collect()
    }
}

/// Returns the filled cells in the rows of a range, in order.
fn rows(sheet: &Sheet, range: CellRange) -> impl Iterator<Item = &Cell> {
    let first = sheet.cells.partition_point(|cell| cell.at.row < range.first.row);
    sheet.cells[first..].iter().take_while(move |cell| cell.at.row <= range.last.row)
}

/// Returns the text of a cell; an empty one of all else.
fn text_of(cell: &Cell) -> &str {
    if let Value::Text(text) = &cell.value { cell.look.letters.as_deref().unwrap_or(text) } else { "" }
}

/// Returns what a cell has stored; `None` where a formula has no result.
fn stored(cell: &Cell) -> Option<Worth> {
    match &cell.value {
        Value::Text(text) => (text.len() <= LONGEST_TEXT).then(|| Worth::Text(text_of(cell).to_owned())),
        Value::Number(number) | Value::Date(number) | Value::Elapsed(number) => {
            Exact::from_float(*number).map(Worth::Number)
        }
        Value::Logical(truth) => Some(Worth::Truth(*truth)),
        Value::Error(error) => Some(Worth::Error(error.to_string())),
        Value::Empty | Value::Picture => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the name of the sheet.
    fn own() -> Wording {
        Wording::of("S")
    }

    /// Returns a workbook of one sheet with numbers, texts (in quotes) and formulas.
    fn workbook(cells: &[(&str, &str)]) -> Workbook {
        let mut sheet = Sheet::empty("S");
        for (at, written) in cells {
            let (written, formula) =
                written.split_once(" <- ").map_or((*written, None), |(value, formula)| (value, Some(formula)));
            let value = written.parse().map_or_else(|_| Value::Text(written.trim_matches('"').into()), Value::Number);
            sheet.cells.push(Cell::new(at.parse().expect("an address"), value, formula.map(Into::into)));
        }
        sheet.cells.sort_by_key(|cell| cell.at);
        let format = super::super::Format::Xlsx;
        Workbook {
            format,
            date_system: super::super::DateSystem::From1900,
            sheets: vec![sheet],
            has_macros: false,
            external_links: Vec::new(),
        }
    }

    /// Returns what a formula comes to beside a few cells, in words.
    fn comes_to(formula: &str) -> String {
        let cells = [
            ("A1", "3"),
            ("A2", "4"),
            ("A3", "\"Accredited\""),
            ("A5", "\"\""),
            ("B1", "2"),
            ("B2", "5"),
            ("B3", "\"x\""),
        ];
        let made = format!("0 <- {formula}");
        let mut all = cells.to_vec();
        all.push(("Z9", &made));
        let workbook = workbook(&all);
        let worth = Calculation::of(&workbook, &Shapes::of(&workbook)).worth(&own(), "Z9".parse().expect("an address"));
        worth.map_or_else(|| "untold".to_owned(), |worth| worth.to_string())
    }

    #[test]
    fn formulas_come_to_what_spreadsheets_make_of_them() {
        let cases = [
            ("SUM(A1:A5)+3*COUNTIF(A1:A5,\"Accredited\")", "10"),
            ("COUNT(A1:A5)+COUNTIF(A1:A5,\"accredited\")&\" of 13\"", "3 of 13"),
            ("IF(A1>=4,\"Exceeding\",IF(A1>=3,\"Meeting\",\"Not\"))", "Meeting"),
            ("IF(AND(A1>2,NOT(A2=3)),1,0)", "1"),
            ("-A1^2+10%", "9.1"),
            ("ROUND(A1/7,2)", "0.43"),
            ("A4+1", "1"),
            ("A5+1", "#VALUE!"),
            ("A1/A4", "#DIV/0!"),
            ("IFERROR(A1/A4,\"none\")", "none"),
            ("IF(A4=\"\",\"\",1)", ""),
            ("A3>=43", "TRUE"),
            ("COUNTA(A1:A5)", "4"),
            ("COUNTBLANK(A1:A5)", "2"),
            ("COUNTIFS(A1:A3,\">=3\",B1:B3,2)", "1"),
            ("SUMIFS(B1:B5,A1:A5,\"<>Accredited\",A1:A5,\"\")", "0"),
            ("SUMIFS(B1:B2,A1:A2,\"<>3\")", "5"),
            ("SUMIF(A1:A3,\">3\",B1:B3)", "5"),
            ("AVERAGE(A1:A3)", "3.5"),
            ("MAX(A1:A5)-MIN(A1:A5)", "1"),
            ("LEFT(A3,3)", "Acc"),
            ("N(A3)+N(A1)", "3"),
            ("of:=SUM([.A1:.A2])", "7"),
            ("'S'!A1+$A$2", "7"),
            ("IF(A1;\"a;b\";2)", "a;b"),
            ("(((A1)))", "3"),
            ("A1<>A2", "TRUE"),
            ("1E2+.5", "100.5"),
        ];
        for (formula, expected) in cases {
            assert_eq!(comes_to(formula), expected, "{formula}");
        }
    }

    #[test]
    fn what_is_unknown_or_doubtful_is_not_told() {
        let (deep, long) = (format!("{}A1{}", "(".repeat(500), ")".repeat(500)), "A1+".repeat(40_000) + "0");
        for formula in
            ["VLOOKUP(A1,A1:B3,2)", &long, "A1:A3", "COUNTIF(A1:A3,\"Acc*\")", "Other!A1", "SUM(", "NAME+1", "", &deep]
        {
            assert_eq!(comes_to(formula), "untold", "{formula}");
        }
    }

    #[test]
    fn no_formula_is_worked_out_that_the_form_does_not_have() {
        let at = |cell: &str| cell.parse::<CellRef>().expect("an address");
        let form = workbook(&[("A1", "3"), ("A9", "3 <- SUM(A1:A2)")]);
        let sent = workbook(&[("B1", "3"), ("B2", "4"), ("B9", "3 <- SUM(B1:B2)"), ("C9", "3 <- SUM(B1:B2)*2")]);
        let shapes = Shapes::of(&form);
        let calculation = Calculation::of(&sent, &shapes);
        let told = ["B9", "C9"].map(|cell| calculation.worth(&own(), at(cell)).map(|worth| worth.to_string()));
        assert_eq!(told, [Some("7".to_owned()), None]);
    }

    #[test]
    fn what_stands_instead_moves_all_that_uses_it_and_nothing_else() {
        let workbook =
            workbook(&[("A1", "3"), ("A2", "4"), ("A3", "9 <- SUM(A1:A2)"), ("A4", "50 <- A3*2"), ("B1", "8 <- A2*2")]);
        let at = |cell: &str| cell.parse::<CellRef>().expect("an address");
        let shapes = Shapes::of(&workbook);
        let as_is = Calculation::of(&workbook, &shapes);
        assert_eq!(
            [as_is.is_as_stored(&own(), at("A3")), as_is.is_as_stored(&own(), at("B1"))],
            [Some(false), Some(true)]
        );
        assert_eq!(
            as_is.worth(&own(), at("A4")).map(|worth| worth.to_string()).as_deref(),
            Some("18"),
            "over what is stored"
        );
        let other = Calculation::of(&workbook, &shapes).with(&own(), at("A1"), Worth::Number(Exact::from(10)));
        assert_eq!(other.worth(&own(), at("A4")).map(|worth| worth.to_string()).as_deref(), Some("28"));
        assert_eq!(other.worth(&own(), at("B1")).map(|worth| worth.to_string()).as_deref(), Some("8"));
    }
}
