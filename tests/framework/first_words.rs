//! Packs that use no more than the language had at first: they work still, or are told what to add.

use std::path::{Path, PathBuf};

use scrutineer::exact::Exact;
use scrutineer::framework::PackText;
use scrutineer::outcome::score;
use scrutineer::returns::{Entry, Grading, Reading, Return, Standing};

use super::{check, line, pack, samples};

/// Returns the place of such a pack.
fn first(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/first_words").join(name)
}

#[test]
fn a_pack_with_every_key_of_the_first_language_works() {
    let text = pack(&first("garden-award.toml")).text.replacen("form = \"form.xlsx\"\n", "", 1);
    let (framework, findings) =
        check(&PackText { file: "garden-award.toml".to_owned(), text, criteria: None, form: None });
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert!(rules.iter().all(|rule| *rule == "framework-inconsistent"), "{findings:#?}");
    let framework = framework.unwrap();
    let rater = framework.raters[0].id.clone();
    assert!(score(&framework, &Return::empty(rater.clone()), &rater).award.bounds.is_some());
}

#[test]
fn a_pack_that_reads_no_workbook_is_told_what_to_add() {
    let (framework, findings) = check(&pack(&first("food-hygiene.toml")));
    assert!(framework.is_none());
    let [finding] = &findings[..] else { panic!("{findings:#?}") };
    assert!(finding.message.contains("no `[[tables]]`") && finding.help.contains("`[[sheets]]`"), "{finding:#?}");
    assert!(line(finding) > 1);
}

#[test]
fn a_minimum_in_points_holds_on_a_scale_of_letters() {
    let text = pack(&samples().join("bad/minimum-of-nothing.toml")).text;
    let letters =
        "grades = [\n  { id = \"A\", points = 3 },\n  { id = \"B\", points = 2 },\n  { id = \"C\", points = 1 },\n]";
    let text = text.replace("of = \"Soill\"", "of = \"S1\"").replace("whole = [0, 3]", letters);
    assert!(text.contains(letters));
    let (framework, findings) = check(&PackText { file: "letters.toml".to_owned(), text, criteria: None, form: None });
    let framework = framework.unwrap_or_else(|| panic!("{findings:#?}"));
    assert_eq!(findings, []);
    let rater = framework.raters[0].id.clone();
    for (letters, expected) in [(["B", "A"], "good"), (["C", "A"], "fair"), (["A", "C"], "fair")] {
        let points = |letter: &str| {
            Some(Exact::from(match letter {
                "A" => 3,
                "B" => 2,
                _ => 1,
            }))
        };
        let entry = |letter: &&str| {
            let grade = (*letter).to_owned();
            Entry::unplaced(Reading::Given(Grading { points: points(letter), grade, standing: Standing::Counts }))
        };
        let criteria = framework.criteria().map(|criterion| (rater.clone(), criterion.id.clone()));
        let answers = criteria.zip(letters.iter().map(entry)).collect();
        let award = score(&framework, &Return { answers, ..Return::empty(rater.clone()) }, &rater).award;
        assert_eq!(award.band.as_deref(), Some(expected), "{letters:?}");
        let why: Vec<&str> = award.gates.iter().map(|gate| gate.why.as_str()).filter(|why| !why.is_empty()).collect();
        let told = if letters[0] == "C" { vec!["S1 Soil: 1, at least 2 needed"] } else { Vec::new() };
        assert_eq!(why, told, "{letters:?}");
    }
}
