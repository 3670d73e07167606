//! What owners and senders may write in a way of their own, and what comes of it.

use scrutineer::cell::CellRef;
use scrutineer::exact::Exact;
use scrutineer::finding::Findings;
use scrutineer::framework::{BandId, PackText, load};
use scrutineer::ooxml::Limits;
use scrutineer::review::{OutcomeRecord, Review, Settings, review_workbook};
use scrutineer::workbook::{Cell, Source, Value, Workbook, read};

use super::{pack, samples};

/// Returns what comes of the return beside a good pack, with other texts in the pack and other values in some cells.
fn changed(name: &str, texts: &[(&str, &str)], cells: &[(&str, &str, Value)]) -> Review {
    let folder = samples().join("good").join(name);
    let mut pack = pack(&folder.join("framework.toml"));
    for (written, instead) in texts {
        assert!(pack.text.contains(written), "{name}: {written}");
        pack = PackText { text: pack.text.replacen(written, instead, 1), ..pack };
    }
    let bytes = std::fs::read(folder.join("return.xlsx")).unwrap();
    let mut workbook = read(&Source::new("return.xlsx", bytes), &Limits::default()).unwrap();
    for (sheet, at, value) in cells {
        put(&mut workbook, sheet, at, value);
    }
    let mut findings = Findings::default();
    let frameworks = [load(&pack, &mut findings).unwrap_or_else(|| panic!("{:#?}", findings.into_sorted()))];
    review_workbook(&Settings::new(&frameworks, Limits::default()), "return.xlsx", &workbook)
}

/// Puts a value into a cell.
fn put(workbook: &mut Workbook, sheet: &str, at: &str, value: &Value) {
    let at: CellRef = at.parse().unwrap();
    let sheet = workbook.sheets.iter_mut().find(|own| own.name == sheet).unwrap();
    sheet.cells.retain(|cell| cell.at != at);
    sheet.cells.push(Cell::new(at, value.clone(), None));
    sheet.cells.sort_by_key(|cell| (cell.at.row, cell.at.column));
}

/// Returns a text as a value.
fn text(words: &str) -> Value {
    Value::Text(words.into())
}

/// Returns the messages of a rule.
fn told<'r>(review: &'r Review, rule: &str) -> Vec<&'r str> {
    let findings = review.findings.iter().filter(|finding| finding.rule.as_str() == rule);
    findings.map(|finding| finding.message.as_str()).collect()
}

/// Returns what a return comes to.
fn outcome(review: &Review) -> &OutcomeRecord {
    review.outcome.as_ref().unwrap()
}

/// Returns the band that a return comes to.
fn band(review: &Review) -> Option<&str> {
    outcome(review).band.as_ref().map(BandId::as_str)
}

#[test]
fn what_does_not_apply_is_known_however_it_is_said() {
    for said in ["N/A", "NA", "na", "n.a.", "Not applicable", "not  applicable", "Does not apply"] {
        let review = changed("green-homes", &[], &[("Credits", "C9", text(said))]);
        assert_eq!(outcome(&review).missing, [] as [&str; 0], "{said}: {:#?}", review.findings);
    }
    // Where the scale doesn't allow it, it is no answer.
    for (cell, said) in [("C5", "N/A"), ("C5", "NA"), ("C9", "no"), ("C9", "applies")] {
        let review = changed("green-homes", &[], &[("Credits", cell, text(said))]);
        assert_eq!(outcome(&review).missing.len(), 1, "{cell} {said}");
    }
    // Nor where that is a grade of the scale.
    let letters =
        ("{ id = \"No\", points = 0, written = [\"Not met\"] }", "{ id = \"No\", points = 0, written = [\"NA\"] }");
    let review = changed("report-card", &[letters], &[("Standards", "C17", text("NA"))]);
    let answer = review.answers.iter().find(|answer| answer.id == *"L2").unwrap();
    assert_eq!((answer.value.as_deref(), answer.points.clone()), (Some("No"), Some(Exact::zero())));
}

#[test]
fn a_stated_grade_of_a_part_is_compared_by_its_title() {
    let stated = |value: &str| {
        format!(
            "[[stated]]\nid = \"t\"\nsheet = \"standards\"\nrow = \"Teaching\"\nvalue = \"{value}\"\nkind = \"outcome\"\n\n[[tables]]"
        )
    };
    let either = "graded('area', 'teaching') if answered('all') > 0 else 'None'";
    for value in ["graded('area', 'teaching')", either] {
        for (said, differs) in [("Strong standard", 0), ("Excellent", 0), ("Needs attention", 1)] {
            let written = ("title = \"Strong standard\",", "title = \"Strong standard\", written = [\"Excellent\"],");
            let texts = [("[[tables]]", &*stated(value)), written];
            let review = changed("report-card", &texts, &[("Standards", "B7", text(said))]);
            assert_eq!(told(&review, "outcome-differs").len(), differs, "{value}, {said}: {:#?}", review.findings);
        }
    }
    // What missing answers leave open is any of what it can become.
    for (said, differs) in [("Strong standard", 0), ("Expected standard", 0), ("Needs attention", 1)] {
        let cells = [("Standards", "B7", text(said)), ("Standards", "C8", Value::Empty)];
        let review = changed("report-card", &[("[[tables]]", &stated("graded('area', 'teaching')"))], &cells);
        assert_eq!(told(&review, "outcome-differs").len(), differs, "open, {said}: {:#?}", review.findings);
    }
}

#[test]
fn a_grade_asks_for_groups_by_the_name_of_each_part() {
    let groups = "[groups]\n\"expected-{each.id}\" = { for_each = \"section\", members = [\"{each.id}\"], within = \"expected\" }\n\n[[sheets]]";
    let gate = ("holds = \"count_at(section.id, 0) == 0\"", "holds = \"count_at('expected-{section.id}', 0) == 0\"");
    let why = (
        "why = \"{{ count_at(section.id, 0) }} not met\"",
        "why = \"{{ count_at('expected-{section.id}', 0) }} of {section.title}\"",
    );
    for (cell, band, holds) in [("C10", "strong", true), ("C9", "expected", false)] {
        let review = changed("report-card", &[("[[sheets]]", groups), gate, why], &[("Standards", cell, text("No"))]);
        let teaching = review.grades.iter().find(|grade| grade.of == "teaching").unwrap();
        assert_eq!(teaching.outcome.band.as_ref().map(BandId::as_str), Some(band), "{cell}");
        let gate = teaching.outcome.gates.iter().find(|gate| gate.id == *"all-met").unwrap();
        assert_eq!((gate.holds, holds || gate.why == "1 of Teaching"), (Some(holds), true), "{}", gate.why);
    }
}

#[test]
fn a_band_ends_under_its_limit() {
    let under = ("at_most = 4", "under = 4");
    for (answers, expected) in
        [(["Minor", "Major"], "failed"), (["In order", "Major"], "conditions"), (["In order", "In order"], "passed")]
    {
        let cells: Vec<(&str, &str, Value)> = ["C5", "C6", "C7", "C8", "C9"]
            .into_iter()
            .map(|at| {
                (
                    "Checks",
                    at,
                    text(match at {
                        "C6" => answers[0],
                        "C7" => answers[1],
                        _ => "In order",
                    }),
                )
            })
            .collect();
        assert_eq!(band(&changed("fire-checks", &[under], &cells)), Some(expected), "{answers:?}");
    }
}

#[test]
fn weights_of_what_applies_come_to_the_whole() {
    let scale = ("unit = \"%\"", "unit = \"%\"\nnot_applicable = [\"N/A\"]");
    let weights = |of: [Option<f64>; 3]| {
        let cells = ["E5", "E6", "E7"]
            .into_iter()
            .zip(of)
            .map(|(at, weight)| ("Scores", at, weight.map_or(Value::Empty, Value::Number)));
        let cells: Vec<(&str, &str, Value)> = cells.chain([("Scores", "C5", text("N/A"))]).collect();
        changed("excellence-radar", &[scale], &cells)
    };
    for of in
        [[None, Some(40.0), Some(60.0)], [Some(0.0), Some(40.0), Some(60.0)], [Some(50.0), Some(20.0), Some(30.0)]]
    {
        let review = weights(of);
        assert_eq!(told(&review, "weight-differs"), [] as [&str; 0], "{of:?}");
        // 45 of P2 counts twice where 60 of P3 counts thrice: 54.
        let purpose = review.sections.iter().find(|section| section.id == *"purpose").unwrap();
        assert_eq!(purpose.percent, "54".parse().ok(), "{of:?}");
    }
    let review = weights([Some(10.0), Some(20.0), Some(30.0)]);
    assert_eq!(told(&review, "weight-differs").len(), 1);
    let [provisional] = told(&review, "outcome-provisional")[..] else { panic!("{:#?}", review.findings) };
    assert!(provisional.starts_with("3 weights don't come to 100%: "), "{provisional}");
}

#[test]
fn what_does_not_apply_at_all_comes_to_nothing() {
    let all = |sheet: &'static str, rows: &[u32]| -> Vec<(&'static str, String)> {
        rows.iter().map(|row| (sheet, format!("C{row}"))).collect()
    };
    let scale = ("[scales.credits]\nwhole = [0, 5]", "[scales.credits]\nwhole = [0, 5]\nnot_applicable = [\"N/A\"]");
    for (name, texts, cells) in [
        ("green-homes", &[scale][..], all("Credits", &[5, 6, 7, 8, 9])),
        ("report-card", &[], all("Standards", &[8, 9, 10, 12, 13, 14, 16, 17])),
    ] {
        let cells: Vec<(&str, &str, Value)> =
            cells.iter().map(|(sheet, at)| (*sheet, at.as_str(), text("N/A"))).collect();
        let review = changed(name, texts, &cells);
        assert_eq!(band(&review), None, "{name}");
        assert!(outcome(&review).does_not_apply && outcome(&review).gates.is_empty(), "{name}");
    }
}

#[test]
fn an_outcome_that_may_be_none_says_so() {
    // Six points lie between the two bands.
    let bands = "bands = [\n  { id = \"gold\", title = \"Gold\", at_least = 15, printed_to = 25 },\n  { id = \"silver\", title = \"Silver\", at_least = 5, printed_to = 12 },\n]\nmode = \"literal\"\n";
    let folder = samples().join("good/green-homes/framework.toml");
    let own = pack(&folder).text;
    let start = own.find("bands = [\n  { id = \"gold\"").unwrap();
    let end = own.find("# Gold needs what silver needs").unwrap();
    let minimums = own[end..].find("# An answer below").unwrap() + end;
    let texts =
        [(&own[start..end], bands), (&own[end..minimums], ""), ("when = \"score < minimum\"", "when = \"score < 1\"")];
    let review = changed("green-homes", &texts, &[("Credits", "C5", Value::Empty)]);
    assert!(outcome(&review).may_be_none, "{:#?}", outcome(&review));
    let [provisional] = told(&review, "outcome-provisional")[..] else { panic!("{:#?}", review.findings) };
    assert!(provisional.ends_with("the outcome may be none"), "{provisional}");
}
