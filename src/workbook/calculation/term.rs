//! A formula, read: what it does with what.

use crate::cell::{CellRange, CellRef};
use crate::exact::Exact;

use super::worth::{Comparison, Worth};

/// The most brackets within one another; Excel allows 64.
const MOST_BRACKETS: u32 = 64;

/// The longest formula that is read, in bytes: a chain of operators is as deep as it is long.
const LONGEST: usize = 2_000;

/// A part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Term {
    /// A number, text, truth or error, or nothing.
    Worth(Worth),
    /// Cells, with the sheet's name where one is written.
    Cells(Option<String>, CellRange),
    /// `-a`.
    Negative(Box<Term>),
    /// `a%`.
    Percent(Box<Term>),
    /// `+`, `-`, `*`, `/`, `^` or `&` of two.
    Arithmetic(char, Box<Term>, Box<Term>),
    /// Two compared.
    Compared(Comparison, Box<Term>, Box<Term>),
    /// A function, in capitals, of some.
    Call(String, Vec<Term>),
}

impl Term {
    /// Returns the same, with all cells being one.
    pub(super) fn without_cells(&self) -> Self {
        let of = |term: &Self| Box::new(term.without_cells());
        match self {
            Self::Worth(_) => self.clone(),
            Self::Cells(..) => Self::Cells(None, CellRange::from(CellRef::new(0, 0))),
            Self::Negative(term) => Self::Negative(of(term)),
            Self::Percent(term) => Self::Percent(of(term)),
            Self::Arithmetic(sign, left, right) => Self::Arithmetic(*sign, of(left), of(right)),
            Self::Compared(wanted, left, right) => Self::Compared(*wanted, of(left), of(right)),
            Self::Call(name, arguments) => {
                Self::Call(name.clone(), arguments.iter().map(Self::without_cells).collect())
            }
        }
    }

    /// Hands over all cells that it uses.
    pub(super) fn cells(&self, take: &mut dyn FnMut(Option<&String>, CellRange)) {
        match self {
            Self::Worth(_) => {}
            Self::Cells(sheet, range) => take(sheet.as_ref(), *range),
            Self::Negative(of) | Self::Percent(of) => of.cells(take),
            Self::Arithmetic(_, left, right) | Self::Compared(_, left, right) => {
                left.cells(take);
                right.cells(take);
            }
            Self::Call(_, arguments) => arguments.iter().for_each(|argument| argument.cells(take)),
        }
    }
}

/// Reads a formula as Excel or OpenDocument writes it; `None` where it has something else than this knows.
pub(super) fn parse(formula: &str) -> Option<Term> {
    if formula.len() > LONGEST {
        return None;
    }
    let rest = formula.trim_start_matches("of:").trim_start_matches('=');
    let mut reader = Reader { rest, brackets: 0 };
    let term = reader.term(0)?;
    reader.skip_blanks();
    reader.rest.is_empty().then_some(term)
}

/// Operators between two, those that bind less first, each with how much it binds.
const BETWEEN: [(&str, u8); 12] = [
    ("<>", 1),
    ("<=", 1),
    (">=", 1),
    ("=", 1),
    ("<", 1),
    (">", 1),
    ("&", 2),
    ("+", 3),
    ("-", 3),
    ("*", 4),
    ("/", 4),
    ("^", 5),
];

/// What is left to read.
struct Reader<'a> {
    rest: &'a str,
    brackets: u32,
}

impl<'a> Reader<'a> {
    /// Passes over blanks.
    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Takes a sign, and says whether it was there.
    fn takes(&mut self, sign: &str) -> bool {
        self.skip_blanks();
        let after = self.rest.strip_prefix(sign);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// Reads a term whose operators bind more than `least`.
    fn term(&mut self, least: u8) -> Option<Term> {
        let mut left = self.signed()?;
        loop {
            self.skip_blanks();
            let operator = BETWEEN.iter().find(|(sign, _)| self.rest.starts_with(sign));
            let Some((sign, binds)) = operator.filter(|(_, binds)| *binds > least) else { return Some(left) };
            self.rest = &self.rest[sign.len()..];
            let (left_of, right_of) = (Box::new(left), Box::new(self.term(*binds)?));
            left = match Comparison::of(sign) {
                Some(comparison) => Term::Compared(comparison, left_of, right_of),
                None => Term::Arithmetic(sign.chars().next()?, left_of, right_of),
            };
        }
    }

    /// Reads what has a sign before it or a percent sign behind it, which bind more than all operators.
    fn signed(&mut self) -> Option<Term> {
        let mut is_negative = false;
        loop {
            if self.takes("-") {
                is_negative = !is_negative;
            } else if !self.takes("+") {
                break;
            }
        }
        let mut term = self.single()?;
        while self.takes("%") {
            term = Term::Percent(Box::new(term));
        }
        Some(if is_negative { Term::Negative(Box::new(term)) } else { term })
    }

    /// Reads a constant, cells, a function, or what stands in brackets.
    fn single(&mut self) -> Option<Term> {
        self.skip_blanks();
        match self.rest.chars().next()? {
            '(' => self.bracketed(|reader| {
                reader.rest = &reader.rest[1..];
                let term = reader.term(0)?;
                reader.takes(")").then_some(term)
            }),
            '"' => self.text().map(|text| Term::Worth(Worth::Text(text))),
            '#' => Some(self.error()),
            '[' => self.open_document_cells(),
            c if c.is_ascii_digit() || c == '.' => self.number(),
            c if c.is_alphabetic() || matches!(c, '\'' | '$' | '_') => self.word(),
            _ => None,
        }
    }

    /// Reads something within brackets, as long as there aren't too many within one another.
    fn bracketed(&mut self, read: impl FnOnce(&mut Self) -> Option<Term>) -> Option<Term> {
        if self.brackets == MOST_BRACKETS {
            return None;
        }
        self.brackets += 1;
        let term = read(self);
        self.brackets -= 1;
        term
    }

    /// Takes so many bytes.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Reads a text, with its doubled quotes.
    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        self.rest = self.rest.strip_prefix('"')?;
        loop {
            let end = self.rest.find('"')?;
            text.push_str(self.take(end));
            self.rest = &self.rest[1..];
            match self.rest.strip_prefix('"') {
                Some(after) => {
                    text.push('"');
                    self.rest = after;
                }
                None => return Some(text),
            }
        }
    }

    /// Reads an error value.
    fn error(&mut self) -> Term {
        let end = self.rest[1..].find(|c: char| !(c.is_ascii_alphanumeric() || "/!?".contains(c)));
        let error = self.take(end.map_or(self.rest.len(), |end| end + 1));
        Term::Worth(Worth::Error(error.to_owned()))
    }

    /// Reads a number.
    fn number(&mut self) -> Option<Term> {
        let mut end = self.rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(self.rest.len());
        if let Some(power) = self.rest[end..].strip_prefix(['e', 'E']) {
            let signed = power.strip_prefix(['+', '-']).unwrap_or(power);
            let digits = signed.find(|c: char| !c.is_ascii_digit()).unwrap_or(signed.len());
            end += if digits == 0 { 0 } else { 1 + power.len() - signed.len() + digits };
        }
        self.take(end).replace("E+", "E").parse::<Exact>().ok().map(|number| Term::Worth(Worth::Number(number)))
    }

    /// Reads a function, a truth, or cells with or without their sheet.
    fn word(&mut self) -> Option<Term> {
        let sheet = self.sheet();
        let end = self.rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | ':')));
        let word = self.take(end.unwrap_or(self.rest.len()));
        if sheet.is_none() && self.rest.starts_with('(') {
            let name = word.trim_start_matches("_xlfn.").to_uppercase();
            return self.bracketed(|reader| reader.arguments().map(|arguments| Term::Call(name, arguments)));
        }
        match (sheet, word.to_uppercase().as_str()) {
            (None, "TRUE") => Some(Term::Worth(Worth::Truth(true))),
            (None, "FALSE") => Some(Term::Worth(Worth::Truth(false))),
            (sheet, _) => word.parse().ok().map(|cells| Term::Cells(sheet, cells)),
        }
    }

    /// Reads the name of a sheet before a reference, where there is one.
    fn sheet(&mut self) -> Option<String> {
        if let Some(quoted) = self.rest.strip_prefix('\'') {
            let end = quoted.find("'!")?;
            self.rest = &quoted[end + 2..];
            return Some(quoted[..end].replace("''", "'"));
        }
        let end = self.rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(self.rest.len());
        let is_named = end > 0 && self.rest[end..].starts_with('!');
        is_named.then(|| {
            let name = self.take(end).to_owned();
            self.rest = &self.rest[1..];
            name
        })
    }

    /// Reads an OpenDocument reference: `[.C4:.C13]`, `[$'A sheet'.C4]`.
    fn open_document_cells(&mut self) -> Option<Term> {
        let end = self.rest.find(']')?;
        let inside = self.take(end + 1)[1..end].trim_start_matches('$');
        let (sheet, cells) = match inside.strip_prefix('\'').and_then(|quoted| quoted.rsplit_once("'.")) {
            Some((sheet, cells)) => (sheet.replace("''", "'"), cells),
            None => inside.split_once('.').map(|(sheet, cells)| (sheet.to_owned(), cells))?,
        };
        let cells = cells.replace('.', "").parse().ok()?;
        Some(Term::Cells(Some(sheet).filter(|sheet| !sheet.is_empty()), cells))
    }

    /// Reads the arguments of a function; one that is left out is nothing.
    fn arguments(&mut self) -> Option<Vec<Term>> {
        self.takes("(");
        let mut arguments = Vec::new();
        if self.takes(")") {
            return Some(arguments);
        }
        loop {
            self.skip_blanks();
            let is_left_out = self.rest.starts_with([',', ';', ')']);
            arguments.push(if is_left_out { Term::Worth(Worth::Blank) } else { self.term(0)? });
            if self.takes(")") {
                return Some(arguments);
            }
            if !(self.takes(",") || self.takes(";")) {
                return None;
            }
        }
    }
}
