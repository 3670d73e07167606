//! `framework functions`: the functions, operators and names of the language of packs.

use serde::Serialize;

use super::args::ListFormat;
use super::console::{self, Screen};
use super::exit::ExitStatus;
use super::failure::Failure;
use super::marked_lines::{Part, plain};
use crate::export::results;
use crate::framework::language::{
    Function, NAMES, NameScope, Named, OPERATORS, OperatorUse, Place, Subject, Wanting, function, functions as all,
};
use crate::wording::near_hint;

/// What is to be known of all examples, and of all functions of answers.
const OF_ALL: &str = "Examples are of the sample pack `garden-award` and the return beside it. A value that isn't known makes what \
    rests on it not known, but for `and`, `or` and `if`, where the rest may settle it. In values that a form states, in \
    `total_given` and in rules about each criterion, blanks are passed over, as a form's own sum does.";

/// Lists all, or says what is to be known of one of them.
pub(super) fn functions(name: Option<&str>, format: Option<ListFormat>) -> Result<ExitStatus, Failure> {
    let one = name.map(named).transpose()?;
    match (format, one) {
        (Some(ListFormat::Json), Some(Word::Function(one))) => {
            console::write(&results::pretty(&FunctionRecord::from(one)))
        }
        (Some(ListFormat::Json), Some(Word::Operator(one))) => {
            console::write(&results::pretty(&OperatorRecord::from(one)))
        }
        (Some(ListFormat::Json), Some(Word::Names(several))) => {
            let several: Vec<NameRecord> = several.into_iter().map(NameRecord::from).collect();
            console::write(&results::pretty(&several))
        }
        (Some(ListFormat::Json), None) => console::write(&results::pretty(&LanguageRecord::new())),
        (Some(ListFormat::Human) | None, Some(one)) => console::show(&one.told(console::screen(false))),
        (Some(ListFormat::Human) | None, None) => console::show(&listed(console::screen(false))),
    }?;
    Ok(ExitStatus::Clean)
}

/// A word of the language.
enum Word {
    Function(&'static Function),
    Operator(&'static OperatorUse),
    /// The names that are written so, each where it can be used.
    Names(Vec<&'static Named>),
}

impl Word {
    /// Returns the function, the operator or the names of a word; `None` where it is none.
    fn of(name: &str) -> Option<Self> {
        let whole_sign = || OPERATORS.iter().find(|operator| signs(operator).any(|signs| signs.join(" ") == name));
        let has_word = |operator: &&OperatorUse| signs(operator).flatten().any(|word| word == name);
        let operator = || whole_sign().or_else(|| OPERATORS.iter().find(has_word));
        let is_named = |named: &&Named| named.name == name || whole(named) == name;
        let names: Vec<&Named> = NAMES.iter().filter(is_named).collect();
        let function = function(name.trim_end_matches("()")).map(Self::Function);
        let names = Some(names).filter(|names| !names.is_empty());
        function.or_else(|| operator().map(Self::Operator)).or_else(|| names.map(Self::Names))
    }

    /// Returns all that is to be known of it.
    fn told(&self, screen: Screen) -> String {
        match self {
            Self::Function(function) => told(function, screen),
            Self::Operator(operator) => operator_told(operator, screen),
            Self::Names(names) => {
                let said = |named: &&Named| {
                    let (_, place) =
                        SCOPES.iter().find(|(scope, _)| *scope == named.scope).copied().unwrap_or(SCOPES[0]);
                    plain(Some(place.to_owned()), [format!("{}: {}", whole(named), named.says)]).on(screen)
                };
                names.iter().map(said).collect::<Vec<String>>().join("\n")
            }
        }
    }
}

/// Returns the word of a name.
fn named(name: &str) -> Result<Word, Failure> {
    let functions = all().map(|function| function.name);
    let names: Vec<&str> = functions.chain(NAMES.iter().map(|named| named.name)).collect();
    let unknown =
        || Failure::Unknown(format!("there is no function, operator or name `{name}`{}", near_hint(name, &names)));
    Word::of(name).ok_or_else(unknown)
}

/// Returns the signs and words by which an operator is written, way after way: `<`, `not in`, `is given`.
fn signs(operator: &OperatorUse) -> impl Iterator<Item = Vec<&'static str>> {
    let is_operand = |word: &&str| word.chars().all(|c| matches!(c, 'a' | 'b' | 'c' | '[' | ']' | ','));
    operator.written.split(", ").map(move |way| way.split([' ', ',']).filter(|word| !is_operand(word)).collect())
}

/// Returns a name with what it is a part of.
fn whole(named: &Named) -> String {
    format!("{}{}", named.scope.before(), named.name)
}

/// Returns all that the language has, a line each.
fn listed(screen: Screen) -> String {
    let mut parts: Vec<Part> = PLACES.iter().map(|(place, heading)| of_place(*place, heading)).collect();
    let operators = OPERATORS.iter().map(|operator| format!("{}: {}", operator.written, operator.does));
    parts.push(plain(Some("Operators".to_owned()), operators));
    parts.extend(SCOPES.iter().map(|(scope, heading)| of_scope(*scope, heading)));
    let more = "`scrutineer framework functions`, with a name behind it, says what a function or an operator takes, gives an example, and says \
        what becomes of it where an answer doesn't apply, is blank or can't be used.";
    parts.push(plain(None, [more.to_owned()]));
    let parts: Vec<String> = parts.iter().map(|part| part.on(screen)).collect();
    parts.join("\n")
}

/// The headings of the functions of each place.
const PLACES: [(Place, &str); 7] = [
    (Place::Everywhere, "Functions of values, in every expression"),
    (Place::Return, "Functions of answers, about a return"),
    (Place::ReturnOrRow, "Functions over rows of registers, about a return or a row"),
    (Place::Row, "Functions of a row among others"),
    (Place::Criterion, "Functions in rules about each criterion"),
    (Place::Step, "Functions in dated steps"),
    (Place::Bundle, "Functions of a bundle, about the returns of its members"),
];

/// The headings of the names of each scope.
const SCOPES: [(NameScope, &str); 8] = [
    (NameScope::Return, "Names about a return, beside `field.…` and the values of the pack"),
    (NameScope::Section, "Parts of `section`, in stated values that there are for each"),
    (NameScope::Score, "Names in requirements"),
    (NameScope::Criterion, "Parts of `criterion`, in rules about each, beside the columns of its table"),
    (NameScope::Row, "Parts of `row`, about a row of a register, beside its columns and derived values"),
    (NameScope::Outcome, "Names of what a row comes to, in reports"),
    (NameScope::Step, "Names in the calendar, beside `done.…` for when another step was done"),
    (NameScope::Mark, "Names in rules about marks, beside `marked.…` for the row that is marked"),
];

/// Returns the functions of a place, each with what it does.
fn of_place(place: Place, heading: &str) -> Part {
    let functions = all().filter(|function| function.place == place);
    let lines = functions.map(|function| (function.name.to_owned(), function.does.to_owned())).collect();
    Part { heading: Some(heading.to_owned()), lines }
}

/// Returns the names of a scope, each with what it says.
fn of_scope(scope: NameScope, heading: &str) -> Part {
    let names = NAMES.iter().filter(|named| named.scope == scope);
    let lines = names.map(|named| (named.name.to_owned(), named.says.to_owned())).collect();
    Part { heading: Some(heading.to_owned()), lines }
}

/// Returns all that is to be known of a function.
fn told(function: &Function, screen: Screen) -> String {
    let example = format!("{} gives {}{}", function.example, function.comes_to, told_of(function.subject));
    let upon = function.upon;
    let lines = [
        ("It gives", function.gives.told().to_owned()),
        ("It can be used", function.place.told().to_owned()),
        ("For example", example),
        ("Not applicable", upon.not_applicable.told().to_owned()),
        ("Blank", upon.blank.told().to_owned()),
        ("Can't be used", upon.unusable.told().to_owned()),
    ];
    let lines = lines.map(|(mark, words)| (mark.to_owned(), words)).into();
    let heading = plain(Some(function.form()), [function.does.to_owned()]);
    let parts =
        [heading.on(screen), Part { heading: None, lines }.on(screen), plain(None, [OF_ALL.to_owned()]).on(screen)];
    parts.join("\n")
}

/// Returns all that is to be known of an operator.
fn operator_told(operator: &OperatorUse, screen: Screen) -> String {
    let lines = [
        ("For example", format!("{} gives {}", operator.example, operator.comes_to)),
        ("Blank", operator.blank.told().to_owned()),
        ("Can't be used", operator.unusable.told().to_owned()),
    ];
    let lines = lines.map(|(mark, words)| (mark.to_owned(), words)).into();
    let heading = plain(Some(operator.written.to_owned()), [operator.does.to_owned()]);
    [heading.on(screen), Part { heading: None, lines }.on(screen)].join("\n")
}

/// Says what an example is about, where it isn't the return.
fn told_of(subject: Subject) -> String {
    match subject {
        Subject::Return => String::new(),
        Subject::Criterion(id) => format!(" about criterion {id}"),
        Subject::Row(register, key) => format!(" in the row of {key} in `{register}`"),
    }
}

/// All that the language has, for programs.
#[derive(Serialize)]
struct LanguageRecord {
    functions: Vec<FunctionRecord>,
    operators: Vec<OperatorRecord>,
    names: Vec<NameRecord>,
}

/// A function, for programs.
#[derive(Serialize)]
struct FunctionRecord {
    name: &'static str,
    form: String,
    does: &'static str,
    gives: &'static str,
    used: &'static str,
    example: &'static str,
    comes_to: &'static str,
    about: String,
    not_applicable: &'static str,
    blank: &'static str,
    unusable: &'static str,
}

/// An operator, for programs.
#[derive(Serialize)]
struct OperatorRecord {
    written: &'static str,
    does: &'static str,
    example: &'static str,
    comes_to: &'static str,
    blank: &'static str,
    unusable: &'static str,
}

/// A name, for programs.
#[derive(Serialize)]
struct NameRecord {
    name: String,
    is: &'static str,
    says: &'static str,
}

impl LanguageRecord {
    /// Gathers all.
    fn new() -> Self {
        Self {
            functions: all().map(FunctionRecord::from).collect(),
            operators: OPERATORS.iter().map(OperatorRecord::from).collect(),
            names: NAMES.iter().map(NameRecord::from).collect(),
        }
    }
}

impl From<&'static Function> for FunctionRecord {
    fn from(function: &'static Function) -> Self {
        let told = Wanting::told;
        Self {
            name: function.name,
            form: function.form(),
            does: function.does,
            gives: function.gives.told(),
            used: function.place.told(),
            example: function.example,
            comes_to: function.comes_to,
            about: told_of(function.subject).trim().to_owned(),
            not_applicable: told(function.upon.not_applicable),
            blank: told(function.upon.blank),
            unusable: told(function.upon.unusable),
        }
    }
}

impl From<&'static Named> for NameRecord {
    fn from(named: &'static Named) -> Self {
        Self { name: whole(named), is: named.kind.told(), says: named.says }
    }
}

impl From<&'static OperatorUse> for OperatorRecord {
    fn from(operator: &'static OperatorUse) -> Self {
        let OperatorUse { written, does, example, comes_to, blank, unusable } = *operator;
        Self { written, does, example, comes_to, blank: blank.told(), unusable: unusable.told() }
    }
}

#[cfg(test)]
mod tests {
    use textwrap::core::display_width;

    use super::super::console::Paint;
    use super::*;

    #[test]
    fn lines_fit_every_screen() {
        for width in [60, 80, 100, 200] {
            let screen = Screen { paint: Paint::None, width };
            let texts = all().map(|function| told(function, screen)).chain([listed(screen)]);
            for text in texts {
                for line in text.lines() {
                    assert!(display_width(line) <= width, "{width}: {line}");
                }
            }
        }
    }

    #[test]
    fn operators_and_names_are_told_by_what_is_written() {
        let screen = Screen { paint: Paint::None, width: 80 };
        for (written, expected) in [
            ("and", "a and b"),
            ("or", "a or b"),
            ("not", "not a"),
            ("in", "a in [b, c], a not in [b, c]"),
            ("not in", "a in [b, c], a not in [b, c]"),
            ("+", "a + b, a - b, a * b"),
            ("-", "a + b, a - b, a * b"),
            ("/", "a / b"),
            ("~", "a ~ b"),
            ("!=", "a == b, a != b"),
            ("<=", "a < b, a <= b, a > b, a >= b"),
            ("if", "b if a else c"),
            ("is given", "a is given, a is blank"),
            ("band", "Names about a return"),
            ("section.maximum", "Parts of `section`"),
            ("count()", "count('group')"),
        ] {
            let text = Word::of(written).map(|word| word.told(screen)).unwrap_or_default();
            assert!(text.starts_with(expected), "{written}: {text}");
        }
        assert!(Word::of("a").is_none() && Word::of("b,").is_none());
    }

    #[test]
    fn all_are_listed_and_each_is_told_whole() {
        let text = listed(Screen { paint: Paint::None, width: 10_000 });
        let names = all().map(|function| function.name).chain(NAMES.iter().map(|named| named.name));
        for name in names {
            assert!(text.lines().any(|line| line.trim_start().starts_with(name)), "{name}");
        }
        for function in all() {
            let screen = Screen { paint: Paint::None, width: 80 };
            let text = told(function, screen);
            for (words, what) in [(function.does, "does"), (function.example, "example"), (function.comes_to, "result")]
            {
                assert!(!words.is_empty(), "{} has no {what}", function.name);
            }
            assert!(text.starts_with(&function.form()), "{text}");
        }
    }
}
