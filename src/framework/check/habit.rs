//! What people write who know spreadsheets, and what the language has for it.

/// A habit: what is written, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Habit {
    /// Where it stands in the text, in bytes.
    pub(super) offset: usize,
    /// What is written.
    written: String,
    /// What to do, as the end of a sentence.
    instead: &'static str,
}

/// Signs of spreadsheets, each with what to write instead; longer ones before those that they begin with.
const SIGNS: [(&str, &str); 30] = [
    ("<>", "write `!=` for “is not”"),
    ("=>", "write `>=`"),
    ("=<", "write `<=`"),
    ("==", ""),
    ("!=", ""),
    (">=", ""),
    ("<=", ""),
    ("&&", "write `and`"),
    ("||", "write `or`"),
    ("&", "write `~` to join texts, `and` to join conditions"),
    ("=", "write `==` to compare"),
    ("!", "write `not`"),
    ("^", "write the product out: `a * a`"),
    ("%", "write a share such as 0.15, or compare with `percentage(part, whole)`, which counts in percent"),
    (";", "put a comma between arguments"),
    ("“", "write straight quotes: '…'"),
    ("”", "write straight quotes: '…'"),
    ("‘", "write straight quotes: '…'"),
    ("’", "write straight quotes: '…'"),
    ("≤", "write `<=`"),
    ("≥", "write `>=`"),
    ("≠", "write `!=`"),
    ("×", "write `*`"),
    ("÷", "write `/`"),
    ("\u{2212}", "write `-`, the hyphen of the keyboard"),
    ("–", "write `-`, the hyphen of the keyboard"),
    ("—", "write `-`, the hyphen of the keyboard"),
    (NO_BREAK, "write a plain space in the place of one that doesn\u{2019}t break"),
    ("\u{202f}", "write a plain space in the place of a narrow one that doesn\u{2019}t break"),
    ("\u{2007}", "write a plain space in the place of a wide one that doesn\u{2019}t break"),
];

/// A space at which no line breaks.
const NO_BREAK: &str = "\u{a0}";

/// Words of spreadsheets that stand between operands.
const WORDS: [(&str, &str); 3] = [
    ("AND", "write `and` in small letters"),
    ("OR", "write `or` in small letters"),
    ("NOT", "write `not` in small letters"),
];

/// Functions of spreadsheets, each with what to write instead.
const FUNCTIONS: [(&str, &str); 42] = [
    ("ABS", "write `abs(number)`"),
    ("AND", "write `a and b`"),
    ("AVERAGE", "write `mean('group')` over criteria, `rows_mean('register', 'column')` over rows"),
    ("AVERAGEIF", "write `rows_mean('register', 'column', 'condition')` over rows"),
    ("CONCAT", "write `a ~ b`"),
    ("CONCATENATE", "write `a ~ b`"),
    ("COUNT", "write `answered('group')` over criteria, `rows_count('register', 'column')` over rows"),
    ("COUNTA", "write `answered('group')` over criteria, `rows_count('register', 'column')` over rows"),
    ("COUNTBLANK", "write `count('group') - answered('group')`"),
    ("COUNTIF", COUNT_IF),
    ("COUNTIFS", COUNT_IF),
    ("DATE", "write `date('2026-09-30')`"),
    ("DATEDIF", "write `days_between(from, to)`"),
    ("DAYS", "write `days_between(from, to)`"),
    ("EDATE", "write `months_after(day, number)`"),
    ("IF", CHOICE),
    ("IFERROR", "write `first_given(a, b)`"),
    ("IFNA", "write `first_given(a, b)`"),
    ("IFS", CHOICE),
    ("INDEX", LOOK_UP),
    ("ISBLANK", "write `a is blank`"),
    ("ISNUMBER", "write `a is given`"),
    ("LEFT", "write `starts_with(text, start)`"),
    ("LOWER", "write `lower(text)`"),
    ("MATCH", LOOK_UP),
    ("MAX", "write `highest('group')` over criteria, `max(a, b)` over values"),
    ("MIN", "write `lowest('group')` over criteria, `min(a, b)` over values"),
    ("NETWORKDAYS", "write `working_days_after(day, number, region)` in dated steps"),
    ("NOT", "write `not a`"),
    ("NOW", "write `data_date`"),
    ("OR", "write `a or b`"),
    ("ROUND", "write `round(number, places)`"),
    ("SEARCH", "write `contains(text, part)`"),
    ("SUM", "write `sum('group')` over criteria, `rows_sum('register', 'column')` over rows"),
    ("SUMIF", "write `rows_sum('register', 'column', 'condition')` over rows"),
    ("SUMIFS", "write `rows_sum('register', 'column', 'condition')` over rows"),
    ("SUMPRODUCT", "write `weighted_percentage()` over weighted sections"),
    ("TODAY", "write `data_date`"),
    ("VLOOKUP", LOOK_UP),
    ("WORKDAY", "write `working_days_after(day, number, region)` in dated steps"),
    ("XLOOKUP", LOOK_UP),
    ("XOR", "write `a != b`"),
];

const CHOICE: &str = "write `a if condition else b`";
const COUNT_IF: &str = "write `count_grade('group', 'grade')`, `count_at_least('group', points)` and their like over criteria, \
    `rows_with('register', 'column', value)` over rows";
const LOOK_UP: &str = "write `looked_up('register', key, 'column')`";

/// Returns what to write instead of a function of spreadsheets; `None` where it is none.
pub(super) fn instead_of_function(name: &str) -> Option<&'static str> {
    let upper = name.to_uppercase();
    FUNCTIONS.iter().find(|(habit, _)| *habit == upper).map(|(_, instead)| *instead)
}

/// Returns what to write instead of a name that is a habit: `TRUE`, a cell.
pub(super) fn instead_of_name(name: &str) -> Option<&'static str> {
    match name {
        "TRUE" => Some("write `true` in small letters"),
        "FALSE" => Some("write `false` in small letters"),
        "yes" | "Yes" | "no" | "No" => Some("write what is compared: `field.consent == 'Yes'`"),
        _ => is_cell(name).then_some("name what stands there, not its cell: a criterion as in `score('1.1')`, a field as in `field.organisation`"),
    }
}

/// Returns the habits in an expression that can't be read, in their order.
pub(super) fn all(written: &str) -> Vec<Habit> {
    let plain = without_texts(written);
    let mut habits = leading(&plain).into_iter().collect::<Vec<Habit>>();
    let start = habits.first().map_or(0, |habit| habit.offset + 1);
    habits.extend(signs(&plain, start));
    habits.extend(words(&plain));
    habits.extend(decimal_commas(&plain));
    habits.extend(labels(&plain));
    habits.sort_by_key(|habit| habit.offset);
    habits
}

/// Returns the habits in the part of a message in which it can't be read.
pub(super) fn in_message(written: &str, offset: usize) -> Vec<Habit> {
    let before = written.get(..offset).unwrap_or(written);
    let start = before.rfind("{{").max(before.rfind("{%")).map_or(0, |start| start + 2);
    let rest = written.get(start..).unwrap_or_default();
    let end = rest.find("}}").into_iter().chain(rest.find("%}")).min().unwrap_or(rest.len());
    let is_within = start > 0;
    let within = if is_within { rest.get(..end).unwrap_or_default() } else { "" };
    all(within).into_iter().map(|habit| Habit { offset: habit.offset + start, ..habit }).collect()
}

/// Says what is written and what to write instead, each habit once.
pub(super) fn told(habits: &[Habit]) -> Option<(String, String)> {
    let first = habits.first()?;
    let mut instead: Vec<String> = Vec::new();
    for habit in habits {
        let one = format!("for `{}` {}", habit.written, habit.instead);
        if !instead.contains(&one) {
            instead.push(one);
        }
    }
    let message = format!("`{}` isn\u{2019}t written here as in a spreadsheet", first.written);
    let help = instead.join("; ");
    Some((message, format!("{}{}.", help[..1].to_uppercase(), &help[1..])))
}

/// Returns the sign with which formulas of spreadsheets begin.
fn leading(plain: &str) -> Option<Habit> {
    let offset = plain.len() - plain.trim_start().len();
    let is_formula = plain[offset..].starts_with('=') && !plain[offset..].starts_with("==");
    is_formula
        .then(|| Habit { offset, written: "= …".to_owned(), instead: "leave the sign before an expression out" })
}

/// Returns the signs of spreadsheets from a place on.
fn signs(plain: &str, start: usize) -> Vec<Habit> {
    let mut habits = Vec::new();
    let mut at = start;
    while let Some(rest) = plain.get(at..).filter(|rest| !rest.is_empty()) {
        let sign = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign));
        if let Some((sign, instead)) = sign.filter(|(_, instead)| !instead.is_empty()) {
            habits.push(Habit { offset: at, written: (*sign).to_owned(), instead });
        }
        let letter = rest.chars().next().map_or(1, char::len_utf8);
        at += sign.map_or(letter, |(sign, _)| sign.len());
    }
    habits
}

/// Returns the words of spreadsheets, functions among them.
fn words(plain: &str) -> Vec<Habit> {
    let mut habits = Vec::new();
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
    let mut rest = 0;
    for word in plain.split(|letter| !is_word(letter)) {
        let offset = rest;
        rest += word.len() + plain[rest + word.len()..].chars().next().map_or(0, char::len_utf8);
        let is_called = plain[offset + word.len()..].trim_start().starts_with('(');
        let between = WORDS.iter().find(|(habit, _)| *habit == word).map(|(_, instead)| *instead);
        let function = || instead_of_function(word).filter(|_| word == word.to_uppercase());
        let instead = if is_called { function() } else { between.or_else(|| instead_of_name(word)) };
        habits.extend(instead.map(|instead| Habit { offset, written: word.to_owned(), instead }));
    }
    habits
}

/// Returns the numbers that have a comma for the point; between brackets a comma stands between arguments.
fn decimal_commas(plain: &str) -> Vec<Habit> {
    let is_outside = |at: usize| {
        let before = &plain[..at];
        before.matches(['(', '[']).count() == before.matches([')', ']']).count()
    };
    let is_part = |letter: &char| letter.is_ascii_digit();
    let number = |(at, _): (usize, &str)| {
        let whole: String = plain[..at].chars().rev().take_while(is_part).collect();
        let part: String = plain[at + 1..].chars().take_while(is_part).collect();
        let is_number = !whole.is_empty() && !part.is_empty() && is_outside(at);
        is_number.then(|| Habit {
            offset: at - whole.len(),
            written: plain[at - whole.len()..=at + part.len()].to_owned(),
            instead: "write a point before decimals: 20.5",
        })
    };
    plain.match_indices(',').filter_map(number).collect()
}

/// Returns the fields that are named by several words, as their labels are.
fn labels(plain: &str) -> Vec<Habit> {
    const BETWEEN: [&str; 7] = ["and", "or", "not", "in", "is", "if", "else"];
    let several = |(at, before): (usize, &str)| {
        let name = &plain[at + before.len()..];
        let words = name.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ' ').next()?;
        let label: Vec<&str> = words.split_whitespace().take_while(|word| !BETWEEN.contains(word)).collect();
        (label.len() > 1).then(|| Habit {
            offset: at,
            written: format!("{before}{}", label.join(" ")),
            instead: "name a field by its `id`, not by its label",
        })
    };
    plain.match_indices("field.").filter_map(several).collect()
}

/// Whether a word is the name of a cell.
fn is_cell(word: &str) -> bool {
    let digits = word.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    let letters = word.len() - digits.len();
    (1..=3).contains(&letters) && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns an expression with blanks for what stands in quotes, byte for byte.
fn without_texts(written: &str) -> String {
    let mut quote = None;
    let blanked = written.chars().map(|letter| match (quote, letter) {
        (None, '\'' | '"') => {
            quote = Some(letter);
            " ".to_owned()
        }
        (Some(open), letter) => {
            if letter == open {
                quote = None;
            }
            " ".repeat(letter.len_utf8())
        }
        (None, letter) => letter.to_string(),
    });
    blanked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::expression::Expression;
    use crate::framework::language;

    #[test]
    fn what_spreadsheets_have_is_answered_at_its_place() {
        let cases: [(&str, &[(usize, &str)]); 22] = [
            ("=SUM(B4:B9)", &[(0, "= …"), (1, "SUM"), (5, "B4"), (8, "B9")]),
            ("= total", &[(0, "= …")]),
            ("field.kind = 'Judging'", &[(11, "=")]),
            ("a <> b", &[(2, "<>")]),
            ("a && b || !c", &[(2, "&&"), (7, "||"), (10, "!")]),
            ("a ^ 2", &[(2, "^")]),
            ("IF(a > 2, 1, 0)", &[(0, "IF")]),
            ("AND(a == 1; OR(b; c))", &[(0, "AND"), (10, ";"), (12, "OR"), (16, ";")]),
            ("a AND NOT b", &[(2, "AND"), (6, "NOT")]),
            ("total > 50%", &[(10, "%")]),
            ("field.kind == ‘Judging’", &[(14, "‘"), (24, "’")]),
            ("'é = <> &&' ~ a & b", &[(17, "&")]),
            ("total => 3", &[(6, "=>")]),
            ("total ≥ 3", &[(6, "≥")]),
            ("total × 3 – 1", &[(6, "×"), (11, "–")]),
            ("total\u{a0}>= 3", &[(5, "\u{a0}")]),
            ("total >= 20,5", &[(9, "20,5")]),
            ("max(3,5) > round(total,1)", &[]),
            ("field.Weight of Safety > 2 and not field.a in b", &[(0, "field.Weight of Safety")]),
            ("a == TRUE", &[(5, "TRUE")]),
            ("sum('all') >= 3 and total != 2 or total <= 4", &[]),
            ("count('1') > 3 and not max(3, 4) < 2", &[]),
        ];
        for (written, expected) in cases {
            let found: Vec<(usize, String)> =
                all(written).into_iter().map(|habit| (habit.offset, habit.written)).collect();
            let expected: Vec<(usize, String)> = expected.iter().map(|(at, sign)| (*at, (*sign).to_owned())).collect();
            assert_eq!(found, expected, "{written}");
        }
    }

    #[test]
    fn what_is_to_be_written_instead_is_in_the_language() {
        let instead = FUNCTIONS.iter().chain(&SIGNS).chain(&WORDS).map(|(_, instead)| *instead);
        for words in instead {
            for code in words.split('`').skip(1).step_by(2).filter(|code| code.contains('(')) {
                let name = code.split('(').next().unwrap();
                assert!(language::function(name).is_some(), "{words}");
                let form = code.replace("condition", "true");
                assert!(Expression::parse(&form).is_ok() || name == "date", "{form}");
            }
        }
    }
}
