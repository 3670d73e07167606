//! Formulas as OpenDocument writes them, written as Excel writes them.
//!
//! OpenDocument puts references in brackets with a full stop before the cell (`[$Lists.$J$2:.$J$13]`) and semicolons
//! between arguments; [`translate`] gives `Lists!$J$2:$J$13` and commas, so that one formula reads the same in every
//! format.

/// The functions that OpenDocument marks as Excel's, and Excel as newer than the file format.
const MARKS: [(&str, &str); 1] = [("COM.MICROSOFT.", "_xlfn.")];

/// Returns a formula as Excel writes it, without its equals sign and without the name of its language.
pub(super) fn translate(formula: &str) -> String {
    let language = formula.find('=').filter(|at| formula[..*at].chars().all(|c| c.is_ascii_alphanumeric() || c == ':'));
    let body = language.map_or(formula, |at| &formula[at + 1..]);
    let mut excel = String::with_capacity(body.len());
    let (mut rest, mut is_array) = (body, false);
    while let Some(next) = rest.chars().next() {
        let piece = piece_length(rest, next);
        let (piece, after) = rest.split_at(piece);
        match next {
            '[' => excel.push_str(&reference(piece.trim_start_matches('[').trim_end_matches(']'))),
            '{' | '}' => {
                is_array = next == '{';
                excel.push(next);
            }
            ';' | '~' => excel.push(','),
            '|' if is_array => excel.push(';'),
            _ => excel.push_str(piece),
        }
        rest = after;
    }
    for (theirs, ours) in MARKS {
        excel = excel.replace(theirs, ours);
    }
    excel
}

/// Returns the length of the piece that begins with `next`: a text in quotes, a reference in brackets, or one character.
fn piece_length(rest: &str, next: char) -> usize {
    match next {
        '"' | '\'' => quoted_length(rest, next),
        '[' => {
            let mut at = 1;
            while at < rest.len() && !rest[at..].starts_with(']') {
                at += if rest[at..].starts_with('\'') { quoted_length(&rest[at..], '\'') } else { width(&rest[at..]) };
            }
            (at + 1).min(rest.len())
        }
        _ => next.len_utf8(),
    }
}

/// Returns the length of a text in quotes, in which the quote itself is doubled; a text without an end is the rest.
fn quoted_length(rest: &str, quote: char) -> usize {
    rest[1..].find(quote).map_or(rest.len(), |at| at + 2)
}

/// Returns the width of the first character.
fn width(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

/// Returns a reference, given without its brackets, as Excel writes it.
fn reference(inside: &str) -> String {
    let (first, second) = split_outside_quotes(inside, ':');
    let (sheet, cell) = sheet_and_cell(first);
    let mut excel = sheet.map_or_else(String::new, |sheet| format!("{}!", sheet.trim_start_matches('$')));
    excel.push_str(cell);
    if let Some(second) = second {
        excel.push(':');
        excel.push_str(sheet_and_cell(second).1);
    }
    excel
}

/// Splits `$Sheet.A1` or `.A1`.
fn sheet_and_cell(text: &str) -> (Option<&str>, &str) {
    match split_outside_quotes(text, '.') {
        ("", Some(cell)) | (cell, None) => (None, cell),
        (sheet, Some(cell)) => (Some(sheet), cell),
    }
}

/// Splits at the first `mark` that doesn't stand in single quotes.
fn split_outside_quotes(text: &str, mark: char) -> (&str, Option<&str>) {
    let mut is_quoted = false;
    let at = text.char_indices().find_map(|(at, c)| {
        is_quoted ^= c == '\'';
        (c == mark && !is_quoted).then_some(at)
    });
    at.map_or((text, None), |at| (&text[..at], Some(&text[at + 1..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_read_as_in_excel() {
        let cases = [
            ("of:=SUM([.C4:.C13])", "SUM(C4:C13)"),
            ("of:=COUNT([.C4:.C13])&\" of 10; done [x]\"", "COUNT(C4:C13)&\" of 10; done [x]\""),
            ("of:=IF(COUNT([.G4:.G13])=0;\"\";SUM([.G4:.G13]))", "IF(COUNT(G4:G13)=0,\"\",SUM(G4:G13))"),
            ("of:=['1.1 A.B''s: x'.$C$5]+[$Lists.$J$2:.$J$13]", "'1.1 A.B''s: x'!$C$5+Lists!$J$2:$J$13"),
            ("of:=MATCH(2;{1;2|3;4};0)", "MATCH(2,{1,2;3,4},0)"),
            ("of:=COM.MICROSOFT.CONCAT([.A1];[.B1])", "_xlfn.CONCAT(A1,B1)"),
            ("of:=[.#REF!]", "#REF!"),
            ("=1+1", "1+1"),
            ("of:=\"unended", "\"unended"),
            ("of:=[.A1", "A1"),
        ];
        for (written, expected) in cases {
            assert_eq!(translate(written), expected, "{written}");
        }
    }
}
