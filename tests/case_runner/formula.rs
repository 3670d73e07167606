//! Keeps the references of formulas right when rows and columns move, as a spreadsheet program does.

use scrutineer::cell::{CellRef, column_letters};

use super::edit::Move;

/// Returns a formula after cells of the sheet `moved` have moved; `own` says whether the formula stands on that sheet.
pub(super) fn moved(formula: &str, own: bool, moved: &str, how: Move) -> String {
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    let mut here = own;
    while let Some(c) = rest.chars().next() {
        let length = token(rest);
        let (word, after) = rest.split_at(length);
        if let Some(sheet) = word.strip_suffix('!') {
            here = sheet.trim_matches('\'').replace("''", "'") == moved;
            out.push_str(word);
        } else {
            match word.parse::<CellRef>() {
                Ok(at) if here && !after.starts_with('(') => out.push_str(&replaced(word, at, how)),
                Ok(_) | Err(_) => out.push_str(word),
            }
            // A sheet's name holds for both corners of a range.
            here = if c == ':' || after.starts_with(':') { here } else { own };
        }
        rest = after;
    }
    out
}

/// Returns where a reference points afterwards; one to what is gone stays where it was, at what came into its place.
fn replaced(word: &str, at: CellRef, how: Move) -> String {
    let at = how.place(at).unwrap_or(at);
    let fixed = |is_fixed| if is_fixed { "$" } else { "" };
    let (column, row) = (fixed(word.starts_with('$')), fixed(word[1..].contains('$')));
    format!("{column}{}{row}{}", column_letters(at.column), at.row)
}

/// Returns the length of the next text, sheet's name, word or sign.
fn token(rest: &str) -> usize {
    let first = rest.chars().next().expect("there is a rest");
    let end = |is_inside: fn(char) -> bool| rest.find(|c| !is_inside(c)).unwrap_or(rest.len());
    match first {
        '"' => rest[1..].find('"').map_or(rest.len(), |at| at + 2),
        '\'' => rest.find("'!").map_or(rest.len(), |at| at + 2),
        c if c.is_alphanumeric() || c == '$' => {
            let word = end(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '$'));
            if rest[word..].starts_with('!') { word + 1 } else { word }
        }
        c => c.len_utf8(),
    }
}

#[test]
fn references_follow_what_they_mean() {
    let cases = [
        ("SUM(G4:G16)+3*COUNTIF(G4:G16,\"G16\")", true, Move::DeleteRow(5), "SUM(G4:G15)+3*COUNTIF(G4:G15,\"G16\")"),
        ("SUM(G4:G16)", true, Move::InsertRow(6), "SUM(G4:G17)"),
        ("SUM($G$4:G$16)+$A16", true, Move::InsertRow(6), "SUM($G$4:G$17)+$A17"),
        ("SUM(Data!G4:G16)+G16", false, Move::InsertRow(6), "SUM(Data!G4:G17)+G16"),
        ("'Da ta'!G4+Other!G16", true, Move::InsertRow(1), "'Da ta'!G4+Other!G16"),
        ("SUM(D4:D9)", true, Move::SwapColumns(4, 5), "SUM(E4:E9)"),
        ("LOG10(G4)", true, Move::InsertColumn(2), "LOG10(H4)"),
    ];
    for (formula, own, how, expected) in cases {
        assert_eq!(moved(formula, own, "Data", how), expected, "{formula} {how:?}");
    }
}
