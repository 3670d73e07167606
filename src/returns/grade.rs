//! A cell as an answer on a scale, or as points.

use crate::cell::CellRef;
use crate::exact::Exact;
use crate::finding::{Finding, Findings};
use crate::framework::{Better, Grade, Grades, NotApplicable, Scale};
use crate::wording::{Wording, nearest};
use crate::words::{either, is_for_programs};
use crate::workbook::{Cell, DateSystem, Sheet, Value};

use super::place::Spot;
use super::rule::{
    ANSWER_IS_A_DATE, ANSWER_IS_AN_ERROR, ANSWER_NOT_A_NUMBER, ANSWER_OFF_SCALE, CHOICE_UNKNOWN,
    FORMULA_NOT_CALCULATED, NUMBER_AS_TEXT,
};
use super::{Grading, Reading, Standing, number, percent};

/// Reads a cell as an answer on a scale, and says what is wrong with it.
pub(super) fn read(spot: &Spot, scale: &Scale, findings: &mut Findings) -> Reading<Grading> {
    let Some(cell) = spot.cell else { return Reading::Blank };
    match &cell.value {
        Value::Text(text) => read_text(spot, text, scale, findings),
        Value::Number(stored) => match Exact::from_float(*stored) {
            Some(number) => read_number(spot, number, scale, findings),
            None => unusable(findings, not_a_number(spot, scale)),
        },
        Value::Empty if cell.formula.is_some() => unusable(findings, not_calculated(spot)),
        Value::Empty => Reading::Blank,
        Value::Date(_) => unusable(findings, is_a_date(spot, scale)),
        Value::Logical(_) => read_text(spot, &spot.written(), scale, findings),
        Value::Error(_) => unusable(findings, is_an_error(spot)),
        Value::Elapsed(_) | Value::Picture => unusable(findings, not_a_number(spot, scale)),
    }
}

/// Whether a scale has an answer, or a way to say that there is none, that is written so.
pub fn takes(scale: &Scale, written: &str) -> bool {
    let at = CellRef::new(1, 1);
    let value = match written.parse() {
        Ok(number) => Value::Number(number),
        Err(_) => Value::Text(written.into()),
    };
    let sheet = Sheet { cells: vec![Cell::new(at, value, None)], ..Sheet::empty("") };
    let spot = Spot::new(&sheet, at, DateSystem::From1900, "");
    let spot = spot.in_unit(percent::unit(&spot, scale, None));
    !matches!(read(&spot, scale, &mut Findings::default()), Reading::Unusable)
}

/// Reads a number, which where answers are in percent may be a share or a percentage.
fn read_number(spot: &Spot, number: Exact, scale: &Scale, findings: &mut Findings) -> Reading<Grading> {
    match &percent::meanings(spot, number, scale)[..] {
        [first, second] => unusable(findings, percent::unclear(spot, first, second)),
        [only, ..] => on_scale(spot, only, scale, findings),
        [] => unusable(findings, not_a_number(spot, scale)),
    }
}

/// Reads a cell as the answer to a criterion, of which the form says what each grade means, best first: a number with these words
/// after it, or with their beginning, is the grade.
pub(super) fn read_of(spot: &Spot, scale: &Scale, levels: &[String], findings: &mut Findings) -> Reading<Grading> {
    let text = spot.cell.and_then(Cell::text);
    let Some(grading) = text.and_then(|text| level_said(text, scale, levels)) else {
        return read(spot, scale, findings);
    };
    findings.extend(label_as_text(spot, &grading.grade));
    Reading::Given(grading)
}

/// Returns the grade of whose number and meaning, both, a text speaks; `None` where the words are no grade's, or another's.
fn level_said(text: &str, scale: &Scale, levels: &[String]) -> Option<Grading> {
    let (number, words) = text.trim().split_once(|c: char| !c.is_ascii_digit())?;
    let words = Wording::of(words.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let begins = |level: &&String| Wording::of(level).as_str().starts_with(words.as_str());
    let place = place_of(&number.parse().ok()?, scale).filter(|_| words.as_str().contains(' '))?;
    let (meant, several) = (levels.get(place)?, levels.iter().filter(begins).count());
    (begins(&meant) && several == 1).then(|| graded(scale, &number.parse().ok()?)).flatten()
}

/// Returns the place of a number among the steps of a scale, the best being the first.
fn place_of(number: &Exact, scale: &Scale) -> Option<usize> {
    let Grades::Range { minimum, maximum, step: Some(step) } = &scale.grades else { return None };
    let from_best = match scale.better {
        Better::Higher => maximum.clone() - number.clone(),
        Better::Lower => number.clone() - minimum.clone(),
    };
    from_best.divided_by(step)?.to_string().parse().ok()
}

/// Reads points that are claimed, from nought to a maximum.
pub(super) fn read_points(spot: &Spot, maximum: &Exact, findings: &mut Findings) -> Reading<Exact> {
    let scale = Scale {
        grades: Grades::Range { minimum: Exact::zero(), maximum: maximum.clone(), step: None },
        placeholders: Vec::new(),
        missing: Vec::new(),
        not_applicable: NotApplicable::Refused,
        better: Better::Higher,
        unit: None,
    };
    match read(spot, &scale, findings) {
        Reading::Given(grading) => grading.points.map_or(Reading::Unusable, Reading::Given),
        Reading::Blank => Reading::Blank,
        Reading::Unusable => Reading::Unusable,
        Reading::Absent => Reading::Absent,
    }
}

/// Reads a text: a grade's name or label, a number typed as text, or a word that the scale knows as no answer.
fn read_text(spot: &Spot, text: &str, scale: &Scale, findings: &mut Findings) -> Reading<Grading> {
    let words = Wording::of_answer(text);
    let is_one = |listed: &[String]| listed.iter().any(|word| Wording::of_answer(word) == words);
    if words.is_empty() || is_one(&scale.placeholders) || is_one(&scale.missing) {
        return Reading::Blank;
    }
    if let NotApplicable::Dropped { written } = &scale.not_applicable
        && (is_one(written) || says_not_applicable(&words) && labelled(&words, scale).is_none())
    {
        return Reading::Given(Grading { grade: text.trim().to_owned(), points: None, standing: Standing::Dropped });
    }
    let numbers = percent::readings(spot, text, scale);
    match labelled(&words, scale) {
        Some(grade) if numbers.is_empty() => {
            findings.extend(label_as_text(spot, &grade.id));
            Reading::Given(Grading::of(grade))
        }
        Some(_) | None => read_readings(spot, &numbers, scale, findings),
    }
}

/// How people say that something doesn't apply, in English and Welsh, without the signs and blanks between.
const NOT_APPLICABLE: [&str; 6] =
    ["na", "notapplicable", "doesnotapply", "doesntapply", "amherthnasol", "ddimynberthnasol"];

/// Whether words say in another way than the scale's that something doesn't apply: “NA”, “n.a.”, “not applicable”.
pub(super) fn says_not_applicable(words: &Wording) -> bool {
    let letters: String = words.as_str().chars().filter(|c| c.is_alphanumeric()).collect();
    NOT_APPLICABLE.contains(&letters.as_str())
}

/// Reads a number typed as text: the one of its readings that the scale has, where it can mean several.
fn read_readings(spot: &Spot, numbers: &[Exact], scale: &Scale, findings: &mut Findings) -> Reading<Grading> {
    let fitting: Vec<Exact> = numbers.iter().filter(|number| has(scale, number)).cloned().collect();
    match (&fitting[..], numbers) {
        ([number], _) => {
            // A code for no answer is none that sums leave out.
            findings.extend(graded(scale, number).map(|_| as_text(spot, number)));
            on_scale(spot, number, scale, findings)
        }
        ([], [number, ..]) => on_scale(spot, number, scale, findings),
        ([first, second, ..], _) => unusable(findings, unclear(spot, first, second)),
        ([], []) => unusable(findings, not_a_number(spot, scale)),
    }
}

/// Returns the grade that goes by these words, or by its number and its words: “3 - Good”.
fn labelled<'a>(words: &Wording, scale: &'a Scale) -> Option<&'a Grade> {
    let Grades::Listed(grades) = &scale.grades else { return None };
    let named = |grade: &&Grade| grade.names().any(|name| Wording::of_answer(name) == *words);
    let is_alike = |grade: &&Grade| grade.names().any(|name| is_same_but_signs(name, words));
    grades.iter().find(named).or_else(|| grades.iter().find(is_alike)).or_else(|| {
        let is_said = |grade: &&Grade| says_two(grade, words);
        grades.iter().find(is_said)
    })
}

/// Whether words say a grade by two of its names, in either order: its number and its label.
fn says_two(grade: &Grade, words: &Wording) -> bool {
    let parts = |c: char| matches!(c, ' ' | '-' | ':' | '=' | '.' | ',' | '(' | ')' | '[' | ']' | '/' | '|');
    let bare = |text: &str| text.replace(parts, "");
    let words = bare(words.as_str());
    let names: Vec<String> = grade.names().map(|name| bare(Wording::of_answer(name).as_str())).collect();
    let is_rest =
        |name: &String, rest: &str| !name.is_empty() && names.iter().any(|other| other != name && other == rest);
    names.iter().any(|name| words.strip_prefix(name.as_str()).is_some_and(|rest| is_rest(name, rest)))
}

/// Whether a name differs from words only in dashes, hyphens and blanks between its letters.
fn is_same_but_signs(name: &str, words: &Wording) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).collect::<String>();
    bare(Wording::of(name).as_str()) == bare(words.as_str())
}

/// Returns the answer that a number is on a scale.
fn on_scale(spot: &Spot, number: &Exact, scale: &Scale, findings: &mut Findings) -> Reading<Grading> {
    if scale.missing.contains(&number.to_string()) {
        return Reading::Blank;
    }
    let unknown = || if is_of_words(scale) { not_a_number(spot, scale) } else { off_scale(spot, scale) };
    graded(scale, number).map_or_else(|| unusable(findings, unknown()), Reading::Given)
}

/// Whether a scale has a number, as an answer or as none.
fn has(scale: &Scale, number: &Exact) -> bool {
    scale.missing.contains(&number.to_string()) || graded(scale, number).is_some()
}

/// Returns the answer that a number is, where the scale has it.
fn graded(scale: &Scale, number: &Exact) -> Option<Grading> {
    let named = number.to_string();
    match &scale.grades {
        listed @ Grades::Listed(_) => listed.numbered(number).map(Grading::of),
        range @ Grades::Range { .. } => range.has(number).then(|| Grading {
            grade: named,
            points: Some(number.clone()),
            standing: Standing::Counts,
        }),
    }
}

impl Grading {
    /// Returns a listed grade as an answer.
    pub fn of(grade: &Grade) -> Self {
        Self { grade: grade.id.clone(), points: grade.points.clone(), standing: Standing::Counts }
    }
}

/// Says why an answer can't be used.
fn unusable<T>(findings: &mut Findings, finding: Finding) -> Reading<T> {
    findings.push(finding);
    Reading::Unusable
}

/// Says what a scale allows: `0, 1 or 2`.
pub(super) fn allowed(scale: &Scale) -> String {
    match &scale.grades {
        Grades::Range { minimum, maximum, step: None } => format!("a number from {minimum} to {maximum}"),
        Grades::Range { minimum, maximum, step: Some(step) } if *step == Exact::one() && minimum.is_whole() => {
            format!("a whole number from {minimum} to {maximum}")
        }
        Grades::Range { minimum, maximum, step: Some(step) } => {
            format!("a number from {minimum} to {maximum} in steps of {step}")
        }
        Grades::Listed(grades) => {
            let words = words(grades);
            either(&in_order(grades).into_iter().map(words).chain(not_applicable(scale)).collect::<Vec<_>>())
        }
    }
}

/// Returns how senders say that a question doesn't apply; `None` where they can't.
fn not_applicable(scale: &Scale) -> Option<&str> {
    match &scale.not_applicable {
        NotApplicable::Refused => None,
        NotApplicable::Dropped { written } => written.first().map(String::as_str),
    }
}

/// Returns the answer in words that is meant by one that the scale doesn't have, as the end of a sentence; nothing where none is near.
fn hint(spot: &Spot, scale: &Scale) -> String {
    let Grades::Listed(grades) = &scale.grades else { return String::new() };
    let named = grades.iter().flat_map(|grade| grade.names().map(move |name| (name.as_str(), grade)));
    let words: Vec<(&str, &Grade)> = named.filter(|(name, _)| number::parse(name).is_none()).collect();
    let written = spot.written();
    let near = nearest(written.trim(), words.iter().map(|(name, _)| *name), 0.7);
    let grade = near.and_then(|near| words.iter().find(|(name, _)| *name == near)).map(|(_, grade)| in_words(grade));
    grade.map_or_else(String::new, |grade| format!("; did you mean “{grade}”?"))
}

/// Returns how grades are written, all in one way: by their labels where their names are words for programs, else by their names, but for
/// those that the label only spells out.
fn words(grades: &[Grade]) -> fn(&Grade) -> &str {
    let are_named = grades.iter().all(|grade| is_for_programs(&grade.id) && grade.label.is_some());
    if are_named { |grade| grade.label.as_deref().unwrap_or(&grade.id) } else { in_words }
}

/// Returns a grade as the form writes it: results name it in small letters with dashes, which the label says in words.
fn in_words(grade: &Grade) -> &str {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    grade.label.as_deref().filter(|label| letters(label) == letters(&grade.id)).unwrap_or(&grade.id)
}

/// Returns grades as people count: numbers upward, then words in the scale's own order.
fn in_order(grades: &[Grade]) -> Vec<&Grade> {
    let number = |grade: &Grade| grade.id.parse::<Exact>().ok();
    let mut sorted: Vec<&Grade> = grades.iter().collect();
    sorted.sort_by_key(|grade| (number(grade).is_none(), number(grade)));
    sorted
}

fn off_scale(spot: &Spot, scale: &Scale) -> Finding {
    let message = format!("the answer is {}; it can be {}", spot.told(), allowed(scale));
    spot.finding(&ANSWER_OFF_SCALE, message)
        .with_expected(allowed(scale))
        .with_help("Choose an answer that the scale has.")
}

/// Whether the answers of a scale are words, none of which is a number.
fn is_of_words(scale: &Scale) -> bool {
    match &scale.grades {
        Grades::Listed(grades) => grades.iter().all(|grade| number::parse(&grade.id).is_none()),
        Grades::Range { .. } => false,
    }
}

fn not_a_number(spot: &Spot, scale: &Scale) -> Finding {
    let message =
        format!("the answer is “{}”; it can be {}{}", spot.written().trim(), allowed(scale), hint(spot, scale));
    let rule = if is_of_words(scale) { &CHOICE_UNKNOWN } else { &ANSWER_NOT_A_NUMBER };
    spot.finding(rule, message)
        .with_expected(allowed(scale))
        .with_help("Put one answer of the scale here, and words into the column for comments.")
}

fn is_a_date(spot: &Spot, scale: &Scale) -> Finding {
    let message = format!("the answer has become the date {}; it can be {}", spot.written(), allowed(scale));
    spot.finding(&ANSWER_IS_A_DATE, message)
        .with_expected(allowed(scale))
        .with_help("Format the cell as a number and type the answer again.")
}

fn is_an_error(spot: &Spot) -> Finding {
    let (message, help) = spot.error_told("answer");
    spot.finding(&ANSWER_IS_AN_ERROR, message).with_help(help)
}

fn not_calculated(spot: &Spot) -> Finding {
    spot.finding(
        &FORMULA_NOT_CALCULATED,
        "the cell has a formula whose result was never stored, so there is no answer to read",
    )
    .with_help("Open the workbook in Excel, let it calculate, and save it; or type the answer itself.")
}

/// Says that the words of a number stand where the number belongs, unless the form has them chosen.
fn label_as_text(spot: &Spot, grade: &str) -> Option<Finding> {
    number::parse(grade).filter(|_| !spot.is_chosen)?;
    let message = format!(
        "the answer is written as “{}”, which is {} on the scale; the workbook's own sums leave words out",
        spot.written().trim(),
        grade
    );
    let finding = spot.finding(&NUMBER_AS_TEXT, message).with_expected(grade);
    Some(finding.with_help("Type the number instead, in a cell formatted as a number."))
}

/// Says that a text can mean two numbers.
pub(super) fn unclear(spot: &Spot, first: &Exact, second: &Exact) -> Finding {
    let message = format!("“{}” can mean {first} or {second}", spot.written().trim());
    spot.finding(&ANSWER_NOT_A_NUMBER, message)
        .with_expected(format!("{first} or {second}"))
        .with_help("Type the number that is meant again, in a cell formatted as a number.")
}

fn as_text(spot: &Spot, number: &Exact) -> Finding {
    let message = format!(
        "{} is stored as text (“{}”), so the workbook's own sums leave it out",
        number::named(number),
        spot.written()
    );
    spot.finding(&NUMBER_AS_TEXT, message)
        .with_expected(number::shown(number))
        .with_help("Type the number again in a cell formatted as a number.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::sample::{exact, points_scale};
    use crate::framework::{Better, ScaleUnit};

    #[test]
    fn a_number_with_what_it_means_is_the_grade_and_told() {
        let grades = Grades::Range { minimum: Exact::zero(), maximum: Exact::from(2), step: Some(Exact::one()) };
        let scale = Scale { grades, ..points_scale(&["0"], Better::Higher) };
        let levels =
            ["Substantial and consistent evidence of access.", "Some evidence of access.", "Little or no evidence."];
        let levels = levels.map(str::to_owned);
        let at = CellRef::new(1, 1);
        for (written, expected) in [
            ("2 - Substantial and consistent evidence", Some("2")),
            ("2: Substantial and consistent evidence of access.", Some("2")),
            ("1 (some evidence", Some("1")),
            ("0 \u{2013} Little or no evidence", Some("0")),
            ("1 - Substantial and consistent evidence", None),
            ("2 - not really", None),
            ("2 - S", None),
            ("3 - Substantial and consistent evidence", None),
        ] {
            let sheet = Sheet { cells: vec![Cell::new(at, Value::Text(written.into()), None)], ..Sheet::empty("A") };
            let spot = Spot::new(&sheet, at, DateSystem::From1900, "1.1");
            let mut findings = Findings::default();
            let reading = read_of(&spot, &scale, &levels, &mut findings);
            let grade = reading.given().map(|grading| grading.grade.clone());
            assert_eq!(grade.as_deref(), expected, "{written}");
            let is_text = findings.into_sorted().iter().any(|finding| finding.is_of(&NUMBER_AS_TEXT));
            assert_eq!(is_text, expected.is_some(), "{written}");
        }
    }

    #[test]
    fn what_does_not_apply_has_no_points() {
        let mut scale = points_scale(&["0", "1", "2"], Better::Higher);
        scale.not_applicable = NotApplicable::Dropped { written: vec!["N/A".to_owned()] };
        let at = CellRef::new(1, 1);
        for (written, expected) in [("n/a", (None, Standing::Dropped)), ("0", (Some(Exact::zero()), Standing::Counts))]
        {
            let sheet = Sheet { cells: vec![Cell::new(at, Value::Text(written.into()), None)], ..Sheet::empty("A") };
            let spot = Spot::new(&sheet, at, DateSystem::From1900, "1.1");
            let Reading::Given(grading) = read(&spot, &scale, &mut Findings::default()) else { panic!("{written}") };
            assert_eq!((grading.points, grading.standing), expected, "{written}");
        }
    }

    /// Reads a cell on a scale; returns what it counts, and the rules of what is said of it.
    fn told(scale: &Scale, cell: Cell) -> (String, Vec<String>) {
        let sheet = Sheet { cells: vec![cell], ..Sheet::empty("A") };
        let spot = Spot::new(&sheet, CellRef::new(1, 1), DateSystem::From1900, "1.1");
        let spot = spot.in_unit(percent::unit(&spot, scale, None));
        let mut findings = Findings::default();
        let reading = read(&spot, scale, &mut findings);
        let points = reading.given().and_then(|grading| grading.points.as_ref()).map(ToString::to_string);
        let rules = findings.into_sorted().iter().map(|finding| finding.rule.to_string()).collect();
        (points.unwrap_or_default(), rules)
    }

    /// Returns a cell with a number, by the code of its format.
    fn number_cell(number: f64, code: &str) -> Cell {
        let mut cell = Cell::new(CellRef::new(1, 1), Value::Number(number), None);
        cell.look.format = crate::workbook::NumberFormat::of(code).map(Into::into);
        cell
    }

    #[test]
    fn a_percentage_is_one_answer_however_it_is_written() {
        let text = |text: &str| Cell::new(CellRef::new(1, 1), Value::Text(text.into()), None);
        let (percent, share) = (Some(ScaleUnit::Percent), None);
        let radar = |unit, most: &str, step: &str| Scale {
            grades: Grades::Range { minimum: Exact::zero(), maximum: exact(most), step: step.parse().ok() },
            unit,
            ..points_scale(&[], Better::Higher)
        };
        let as_text: &[&str] = &["number-as-text"];
        let cases: [(Scale, Cell, &str, &[&str]); 20] = [
            (radar(percent, "100", ""), number_cell(60.0, ""), "60", &[]),
            (radar(percent, "100", ""), number_cell(0.6, "0%"), "60", &[]),
            (radar(percent, "100", ""), text("60 %"), "60", as_text),
            (radar(percent, "100", ""), text("60"), "60", as_text),
            (radar(percent, "100", ""), text("60 per cent"), "60", as_text),
            (radar(percent, "100", ""), number_cell(0.6, ""), "", &["percent-ambiguous"]),
            (radar(percent, "100", ""), text("0.6"), "", &["answer-not-a-number"]),
            (radar(percent, "100", ""), number_cell(0.0, ""), "0", &[]),
            (radar(percent, "100", ""), number_cell(1.0, ""), "1", &[]),
            (radar(percent, "100", ""), number_cell(1.0, "0%"), "100", &[]),
            (radar(percent, "100", ""), number_cell(1.05, "0%"), "", &["answer-off-scale"]),
            (radar(percent, "100", ""), number_cell(60.0, "0%"), "60", &[]),
            (radar(percent, "100", "5"), number_cell(0.6, ""), "60", &[]),
            (radar(percent, "100", "5"), number_cell(1.0, ""), "100", &[]),
            (radar(percent, "100", "5"), number_cell(0.62, "0%"), "", &["answer-off-scale"]),
            (radar(percent, "1", ""), number_cell(60.0, ""), "0.6", &[]),
            (radar(percent, "1", ""), text("60%"), "0.6", as_text),
            (radar(share, "100", ""), number_cell(0.6, ""), "0.6", &[]),
            (radar(share, "100", ""), number_cell(0.6, "0%"), "60", &[]),
            (radar(share, "10", ""), number_cell(0.6, "0%"), "0.6", &[]),
        ];
        for (scale, cell, points, rules) in cases {
            let written = format!("{:?} on {:?}", cell.value, scale.grades);
            assert_eq!(
                told(&scale, cell),
                (points.to_owned(), rules.iter().map(|rule| (*rule).to_owned()).collect()),
                "{written}"
            );
        }
    }

    #[test]
    fn a_number_and_its_label_are_one_answer() {
        let grade = |id: &str, points: i64, label: &str, written: &[&str]| Grade {
            id: id.to_owned(),
            points: Some(Exact::from(points)),
            label: Some(label.to_owned()),
            written: written.iter().map(|word| (*word).to_owned()).collect(),
            not_advised: false,
        };
        let numbered = Scale {
            grades: Grades::Listed(vec![grade("3", 3, "Good standard", &[]), grade("1", 1, "Inadequate", &[])]),
            ..points_scale(&[], Better::Higher)
        };
        let worded = Scale {
            grades: Grades::Listed(vec![
                grade("good", 3, "Good standard", &["3"]),
                grade("poor", 1, "Inadequate", &["1"]),
            ]),
            ..points_scale(&[], Better::Higher)
        };
        let text = |text: &str| Cell::new(CellRef::new(1, 1), Value::Text(text.into()), None);
        for written in [
            "3 - Good standard",
            "3",
            "Good standard",
            "3: good standard",
            "Good standard (3)",
            "3 \u{2013} Good standard",
            "[3] Good Standard.",
        ] {
            for scale in [&numbered, &worded] {
                assert_eq!(told(scale, text(written)).0, "3", "{written}");
            }
        }
        for written in ["3 - Inadequate", "1 - Good standard", "33", "3 3", "Standard", "3 - Good standard or 1"] {
            for scale in [&numbered, &worded] {
                assert_eq!(told(scale, text(written)).0, "", "{written}");
            }
        }
    }
}
