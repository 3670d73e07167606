//! What a formula uses, whoever wrote it down: functions, constants and references, without their spelling.

use std::borrow::Cow;

use crate::cell::{CellRange, CellRef, column_letters};

/// What a formula uses.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// The functions, in order of the alphabet.
    pub functions: Vec<String>,
    /// The numbers and texts, in order.
    pub constants: Vec<String>,
    /// The references: the sheet's name where one is written, and the cells.
    pub references: Vec<(Option<String>, CellRange)>,
}

impl Uses {
    /// Reads a formula as Excel or OpenDocument writes it.
    pub fn of(formula: &str) -> Self {
        let mut uses = Self::default();
        let mut rest = formula.trim_start_matches("of:").trim_start_matches('=');
        while let Some(after) = uses.next(rest) {
            rest = after;
        }
        uses.functions.sort();
        uses.constants.sort();
        uses
    }

    /// Whether a formula reads another workbook, as Excel (`[1]Data!A1`, `'C:\\x\\[a.xlsx]Data'!A1`) or OpenDocument
    /// (`'file:///x/a.ods'#$Data.A1`) writes it.
    pub fn is_of_other_workbook(formula: &str) -> bool {
        let mut parts = formula.split('"').step_by(2);
        parts.any(|part| {
            part.contains("'#") || part.match_indices('!').any(|(at, _)| named_before(&part[..at]).contains('['))
        })
    }

    /// Returns the formula for which a program put a stand-in, with its last result, since no other program has the function:
    /// `IFERROR(__xludf.DUMMYFUNCTION("COUNTA(A9:A48)"),12)` is what Google writes.
    pub fn meant(formula: &str) -> Cow<'_, str> {
        let inner = formula.split_once("DUMMYFUNCTION(\"").map(|(_, rest)| rest.replace("\"\"", "\u{0}"));
        let inner = inner.and_then(|rest| Some(rest.split_once('"')?.0.replace('\u{0}', "\"")));
        inner.map_or(Cow::Borrowed(formula), |inner| Cow::Owned(inner.trim_start_matches('=').to_owned()))
    }

    /// Returns a formula as Excel writes it with other references in place of its own: `moved` says which sheet and cells are used in
    /// place of some.
    pub fn moved(
        formula: &str,
        mut moved: impl FnMut(Option<&str>, CellRange) -> (Option<String>, CellRange),
    ) -> String {
        let (mut uses, mut rest, mut written) = (Self::default(), formula, String::new());
        while let Some(after) = uses.next(rest) {
            let word = &rest[..rest.len() - after.len()];
            match uses.references.pop() {
                Some((sheet, cells)) => {
                    let (to, moved) = moved(sheet.as_deref(), cells);
                    written.push_str(&reference(word, (sheet, to), moved));
                }
                None => written.push_str(word),
            }
            rest = after;
        }
        written
    }

    /// Takes what comes next, and returns what is left; `None` where nothing is.
    fn next<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        let left = match rest.chars().next()? {
            '"' => self.text(rest),
            '[' => self.bracketed(rest),
            c if c.is_ascii_digit() || c == '.' => self.number(rest),
            c if c.is_alphabetic() || matches!(c, '\'' | '$' | '_') => self.word(rest),
            c => &rest[c.len_utf8()..],
        };
        Some(left)
    }

    /// Takes a text, with its doubled quotes.
    fn text<'a>(&mut self, rest: &'a str) -> &'a str {
        let mut end = 1;
        while let Some(quote) = rest[end..].find('"') {
            end += quote + 1;
            if !rest[end..].starts_with('"') {
                break;
            }
            end += 1;
        }
        let end = if end == 1 { rest.len() } else { end };
        self.constants.push(rest[..end].to_owned());
        &rest[end..]
    }

    /// Takes a number.
    fn number<'a>(&mut self, rest: &'a str) -> &'a str {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let number = rest[..end].parse().map_or_else(|_| rest[..end].to_owned(), |number: f64| number.to_string());
        self.constants.push(number);
        &rest[end..]
    }

    /// Takes an OpenDocument reference: `[.C4:.C13]`, `[$'A sheet'.C4]`.
    fn bracketed<'a>(&mut self, rest: &'a str) -> &'a str {
        let end = rest.find(']').unwrap_or(rest.len());
        let inside = rest[1..end].trim_start_matches('$');
        let (sheet, cells) = match inside.strip_prefix('\'').and_then(|quoted| quoted.rsplit_once("'.")) {
            Some((sheet, cells)) => (sheet.replace("''", "'"), cells),
            None => inside.split_once('.').map_or((String::new(), inside), |(sheet, cells)| (sheet.to_owned(), cells)),
        };
        self.reference(Some(sheet).filter(|sheet| !sheet.is_empty()), &cells.replace('.', ""));
        &rest[(end + 1).min(rest.len())..]
    }

    /// Takes a function, a name, or a reference with or without its sheet.
    fn word<'a>(&mut self, rest: &'a str) -> &'a str {
        let (sheet, rest) = sheet_before(rest);
        let end =
            rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | ':'))).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if after.starts_with('(') && sheet.is_none() {
            self.functions.push(word.trim_start_matches("_xlfn.").to_uppercase());
        } else if !self.reference(sheet, word) && !word.is_empty() {
            self.constants.push(word.to_uppercase());
        }
        if end == 0 { rest.get(1..).unwrap_or_default() } else { after }
    }

    /// Takes a reference, and says whether it was one.
    fn reference(&mut self, sheet: Option<String>, cells: &str) -> bool {
        let range = cells.parse::<CellRange>();
        if let Ok(range) = range {
            self.references.push((sheet, range));
            return true;
        }
        false
    }
}

/// Writes other cells in place of those that a word names, each end fixed where it was.
fn reference(word: &str, (sheet, to): (Option<String>, Option<String>), cells: CellRange) -> String {
    let (_, old) = sheet_before(word);
    let before = &word[..word.len() - old.len()];
    let before = match to {
        Some(to) if sheet.as_ref() != Some(&to) => format!("'{}'!", to.replace('\'', "''")),
        Some(_) | None => before.to_owned(),
    };
    let end = |old: &str, at: CellRef| {
        let fixed = |is_fixed| if is_fixed { "$" } else { "" };
        let (column, row) = (fixed(old.starts_with('$')), fixed(old.trim_start_matches('$').contains('$')));
        format!("{column}{}{row}{}", column_letters(at.column), at.row)
    };
    let cells = match old.split_once(':') {
        Some((first, last)) => format!("{}:{}", end(first, cells.first), end(last, cells.last)),
        None => end(old, cells.first),
    };
    format!("{before}{cells}")
}

/// Splits the sheet's name from a reference that has one: `Sheet!`, `'A sheet''s name'!`.
fn sheet_before(rest: &str) -> (Option<String>, &str) {
    if let Some(quoted) = rest.strip_prefix('\'') {
        let end = quoted.find("'!");
        return end.map_or((None, &rest[1..]), |end| (Some(quoted[..end].replace("''", "'")), &quoted[end + 2..]));
    }
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(rest.len());
    match rest[end..].strip_prefix('!') {
        Some(after) if end > 0 => (Some(rest[..end].to_owned()), after),
        Some(_) | None => (None, rest),
    }
}

/// Returns the name of a sheet, with its workbook's, that a piece of a formula ends in.
fn named_before(piece: &str) -> &str {
    if let Some(quoted) = piece.strip_suffix('\'') {
        // A quote within a name stands twice.
        let within = quoted.replace("''", "  ");
        return &piece[within.rfind('\'').map_or(0, |at| at + 1)..];
    }
    let is_between = |c: char| "+-*/^&=<>(),;{ ".contains(c);
    &piece[piece.rfind(is_between).map_or(0, |at| at + 1)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_makes_no_difference() {
        let pairs = [
            ("SUM(C4:C13)", "of:=SUM([.C4:.C13])"),
            ("'1.1 A'!C14*0.15", "of:=[$'1.1 A'.C14]*0.15"),
            ("SUM($C$4:$C$13)", "sum( C4:C13 )"),
            ("IF(H4=\"\",\"\",E4*H4/C4)", "IF(H4=\"\";\"\";E4*H4/C4)"),
            ("COUNT(Assessment!G4:G16)&\" of 13\"", "COUNT(Assessment!$G$4:$G$16) & \" of 13\""),
        ];
        for (a, b) in pairs {
            assert_eq!(Uses::of(a), Uses::of(b), "{a} and {b}");
        }
    }

    #[test]
    fn what_matters_makes_one() {
        for (a, b) in [
            ("SUM(C4:C13)", "SUM(C5:C13)"),
            ("SUM(C4:C13)", "SUM(C4:C13)+1"),
            ("IF(A1>=0.9,1,0)", "IF(A1>=0.8,1,0)"),
            ("SUM(A1)", "MAX(A1)"),
        ] {
            assert_ne!(Uses::of(a), Uses::of(b), "{a} and {b}");
        }
    }

    #[test]
    fn references_move_and_all_else_stays() {
        let down = |sheet: Option<&str>, cells: CellRange| {
            let down = |at: CellRef| CellRef::new(at.row + 1, at.column + 1);
            let sheet = sheet.map(|sheet| sheet.replace("Old", "A new"));
            (sheet, CellRange::new(down(cells.first), down(cells.last)))
        };
        for (formula, moved) in [
            ("COUNTA(A9:A48)", "COUNTA(B10:B49)"),
            ("SUM($C$4:C$13, $D5)", "SUM($D$5:D$14, $E6)"),
            ("Assessment!G4&\"G4 \"\"of\"\" 13\"", "Assessment!H5&\"G4 \"\"of\"\" 13\""),
            ("Old!A1+'1.1 A''s'!B2*0.15", "'A new'!B2+'1.1 A''s'!C3*0.15"),
            ("IF(D11<13,\"Incomplete\",LOG10(2))", "IF(E12<13,\"Incomplete\",LOG10(2))"),
            ("", ""),
        ] {
            assert_eq!(Uses::moved(formula, down), moved, "{formula}");
        }
    }

    #[test]
    fn nothing_odd_stops_it() {
        for formula in ["", "=", "\"open", "[", "'", "'sheet'!", "$", "A1:", "SUM(", "é(ß!", "{1,2}", "Table1[Col]"] {
            let _ = Uses::of(formula);
            assert_eq!(Uses::moved(formula, |_, cells| (None, cells)), formula);
        }
    }

    #[test]
    fn a_formula_that_reads_another_workbook_is_known() {
        let cases = [
            ("SUM([1]Assessment!G4:G6)", true),
            ("G4+[2]Data!A1", true),
            ("'[1]1.1 Engaging'!G4", true),
            ("'C:\\Users\\jo\\[Old return.xlsx]Data'!$A$1", true),
            ("SUM('[1]It''s old'!A1)", true),
            ("of:='file:///srv/jo/old.ods'#$Data.A1", true),
            ("SUM(Assessment!G4:G6)", false),
            ("SUM(Table1[Total])+Assessment!G4", false),
            ("Table1[[#This Row],[Score]]*'1.1 Engaging'!G4", false),
            ("IF(A1=\"[1]Data!A1\",Data!B1,0)", false),
            ("", false),
        ];
        for (formula, expected) in cases {
            assert_eq!(Uses::is_of_other_workbook(formula), expected, "{formula}");
        }
    }

    #[test]
    fn a_stand_in_of_another_program_is_the_formula_it_stands_for() {
        let cases = [
            ("IFERROR(__xludf.DUMMYFUNCTION(\"COUNTA(A9:A48)\"),12)", "COUNTA(A9:A48)"),
            ("IFERROR(__xludf.DUMMYFUNCTION(\"=IF(A1=\"\"x\"\",1,0)\"),0)", "IF(A1=\"x\",1,0)"),
            ("COUNTA(A9:A48)", "COUNTA(A9:A48)"),
        ];
        for (written, expected) in cases {
            assert_eq!(Uses::meant(written), expected, "{written}");
        }
    }
}
