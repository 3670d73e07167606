//! Packs tried on their own forms: what isn't there as the pack has it is told at its line.

use std::fs;

use scrutineer::finding::{Finding, Findings};
use scrutineer::framework::{PackText, builtin};
use scrutineer::review::rehearsal::rehearse;

use super::{definitions, line, pack, samples};

/// Tries a pack and returns what is said beside what the pack says of itself.
fn rehearsed(pack: &PackText) -> Vec<Finding> {
    let mut findings = Findings::default();
    let opened = pack.clone().open(&mut findings);
    let opened = opened.unwrap_or_else(|| panic!("{:#?}", findings.into_sorted()));
    let mut found = Findings::default();
    rehearse(&opened, &mut found);
    found.into_sorted()
}

#[test]
fn the_programs_packs_and_the_samples_fit_their_forms() {
    let shipped = builtin::NAMES.iter().map(|name| builtin::text(name).unwrap());
    let sampled = definitions("good").into_iter().chain([samples().join("reference/framework.toml")]);
    for pack in shipped.chain(sampled.map(|file| pack(&file))) {
        assert_eq!(rehearsed(&pack), [], "{}", pack.file);
    }
}

/// Slips in a pack: what is written, what is written instead, the line at which that is told, the message and the help.
const SLIPS: [(&str, &str, &str, &str, &str); 16] = [
    (
        "title = \"Inspection\"",
        "title = \"Inspections\"",
        "title = \"Inspections\"",
        "the form has no sheet “Inspections”",
        "Did you mean “Inspection”?",
    ),
    (
        "title = \"Inspection\"\n",
        "title = \"Inspection\"\nsigns = [\"Hygiene Rating\"]\n",
        "title = \"Inspection\"",
        "no cell of the form’s sheet “Inspection” says “Hygiene Rating”",
        "Copy the whole text of a cell",
    ),
    ("\"Business\"", "\"Name of firm\"", "label = \"Name of firm\"", "has no label “Name of firm”", "as the form does"),
    (
        "\"Inspected on\"",
        "\"Inspekted on\"",
        "label = \"Inspekted on\"",
        "has no label “Inspekted on”",
        "“inspected on”?",
    ),
    ("\"Score\"\nholds", "\"Points\"\nholds", "heading = \"Points\"", "has no heading “Points”", "as the form does"),
    ("\"What was observed\"", "\"Remarks\"", "heading = \"Remarks\"", "has no heading “Remarks”", "as the form does"),
    (
        "\"Condition of the premises\"",
        "\"Cleanliness of vehicles\"",
        "text = \"Cleanliness of vehicles\"",
        "has no row for structure: “Cleanliness of vehicles”",
        "as the form does",
    ),
    (
        "[[sections.criteria]]\nid = \"structure\"\ntext = \"Condition of the premises\"\nshort = \"Structure\"\n",
        "",
        "text = \"How hygienically food is handled\"",
        "has a row 8 like those of criteria, “Condition of the premises”, and the pack has no such criterion",
        "Add it",
    ),
    (
        "row = \"Total\"",
        "row = \"All of it\"",
        "row = \"All of it\"",
        "has no row “All of it” with a value under “Score”",
        "form does",
    ),
    ("row = \"Rating\"", "row = \"Verdict\"", "row = \"Verdict\"", "has no row “Verdict”", "as the form does"),
    (
        "under = \"Score\"",
        "under = \"Points\"",
        "under = \"Points\"",
        "has no heading “Points” over a value of the row “Total”",
        "as the form does",
    ),
    (
        "role = \"organisation\"\n",
        "",
        "[[fields]]",
        "no field has `role = \"organisation\"`, so that it can’t be told whose a return is",
        "the sender’s name",
    ),
    (
        "title = \"0\"\n",
        "title = \"0\"\nat_most = 70\n",
        "title = \"0\"",
        "has no band: the last, `rating-0`, has a limit too",
        "add a band",
    ),
    ("at_most = 15", "over = 900", "title = \"5\"", "begins over 900, and no total is more than", "Correct its limit"),
    (
        "total = \"sum('all')\"",
        "total = \"none\"",
        "title = \"5\"",
        "band `rating-5` has a limit, and there is no total that it could be of",
        "Write the total",
    ),
    ("at_most = 15", "at_most = -1", "title = \"5\"", "ends at -1, and no total is less than 0", "Correct its limit"),
];

#[test]
fn what_the_form_has_not_is_told_at_its_line() {
    let good = pack(&samples().join("good/food-hygiene/framework.toml"));
    let mut wrong = Vec::new();
    for (written, instead, at, told, help) in SLIPS {
        assert!(good.text.contains(written), "{written}");
        let slip = PackText { text: good.text.replacen(written, instead, 1), ..good.clone() };
        let found = rehearsed(&slip);
        let at = slip.text.lines().position(|line| line == at).unwrap() + 1;
        let is_told =
            |finding: &Finding| finding.message.contains(told) && finding.help.contains(help) && line(finding) == at;
        if !found.iter().any(is_told) {
            wrong.push(format!("{instead}, line {at}: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn words_that_the_form_has_otherwise_are_told_where_a_number_tells_the_row() {
    let good = pack(&samples().join("good/ips-25/framework.toml"));
    let slip =
        PackText { text: good.text.replacen("text = \"Zero exclusion\"", "text = \"Nobody is excluded\"", 1), ..good };
    let [finding] = &rehearsed(&slip)[..] else { panic!("{:#?}", rehearsed(&slip)) };
    let at = slip.text.lines().position(|line| line == "text = \"Nobody is excluded\"").unwrap() + 1;
    assert_eq!(line(finding), at);
    assert!(finding.message.contains("“Zero exclusion”; the pack has “Nobody is excluded”"), "{}", finding.message);
}

#[test]
fn a_scale_that_goes_the_other_way_than_the_total_is_told() {
    let good = pack(&samples().join("good/food-hygiene/framework.toml"));
    let lower = "better = \"lower\"\n";
    assert!(good.text.contains(lower), "faults are counted");
    // The scales and the outcome say so; each that doesn't is told.
    for (total, told) in [
        ("sum('all')", true),
        ("0 - sum('all')", false),
        ("count_at('all', 0)", false),
        ("count_at_least('all', 10)", true),
    ] {
        let (head, outcome) = good.text.split_once("[outcome]").unwrap();
        let outcome = outcome.replace("sum('all')", total);
        let text = format!("{}[outcome]{outcome}", head.replace(lower, ""));
        let found = rehearsed(&PackText { text, ..good.clone() });
        let is_told = |finding: &&Finding| {
            finding.message.contains("more is better; the total rises with its points, and of the total less is better")
        };
        assert_eq!(found.iter().any(|finding| is_told(&finding)), told, "{total}: {found:#?}");
    }
}

#[test]
fn a_total_that_no_answer_changes_is_told() {
    let good = pack(&samples().join("good/food-hygiene/framework.toml"));
    let written = "total = \"sum('all')\"";
    assert!(good.text.contains(written));
    for constant in ["100", "20 + 80", "0 * sum('all')"] {
        let text = good.text.replacen(written, &format!("total = \"{constant}\""), 1);
        let slip = PackText { text, ..good.clone() };
        let found = rehearsed(&slip);
        let at = slip.text.lines().position(|line| line.starts_with("total = ")).unwrap() + 1;
        let is_told = |finding: &Finding| finding.message.contains("whatever is answered") && line(finding) == at;
        assert!(found.iter().any(is_told), "{constant}: {found:#?}");
    }
}

#[test]
fn a_form_that_is_not_blank_is_told() {
    let mut pack = pack(&samples().join("good/food-hygiene/framework.toml"));
    pack.form = Some(fs::read(samples().join("good/food-hygiene/return.xlsx")).unwrap());
    let found = rehearsed(&pack);
    let told = found.iter().find(|finding| finding.message.contains("the blank form comes to “4”"));
    assert!(told.is_some_and(|told| told.help.contains("Rest the outcome on answers")), "{found:#?}");
}

#[test]
fn rows_of_criteria_that_the_pack_forgot_are_told() {
    let rows = |name: &str, written: &str, instead: &str| -> Vec<String> {
        let good = pack(&samples().join(format!("good/{name}/framework.toml")));
        assert!(good.text.contains(written), "{written}");
        let found = rehearsed(&PackText { text: good.text.replacen(written, instead, 1), ..good });
        let told = found
            .iter()
            .filter_map(|finding| finding.message.split_once("like those of criteria, “")?.1.split('”').next());
        told.map(str::to_owned).collect()
    };
    let c2 = "  { id = \"C2\", text = \"Absence is followed up the same day.\", short = \"Absence\", tags = [\"expected\"] },\n";
    let l2 = "  { id = \"L2\", text = \"Staff are asked what would help them.\", short = \"Help for staff\" },\n";
    let sun = "  { id = \"Ene 2\", text = \"Heat and light from the sun.\", short = \"Sun\" },\n";
    assert_eq!(rows("report-card", c2, ""), ["C2 Absence is followed up the same day."]);
    assert_eq!(rows("report-card", l2, ""), ["L2 Staff are asked what would help them."]);
    assert_eq!(rows("green-homes", sun, ""), ["Ene 2 Heat and light from the sun."]);
    // A row of other words than the pack's is told as such, and not as one that is forgotten.
    assert_eq!(rows("report-card", "Absence is followed up the same day.", "Pets"), [] as [&str; 0]);
}

/// A pack, what is written in it and what instead, the line that is told, and what is said of it.
type Slip<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str, &'a str);

#[test]
fn what_no_answers_come_to_is_told() {
    let perfect = "  { id = \"strong\", title = \"Strong standard\", gates = [\"all-met\"] },\n";
    let again = format!("{perfect}  {{ id = \"perfect\", title = \"Perfect\", gates = [\"none-unmet\"] }},\n");
    let gate = "[[grades.gates]]\nid = \"one-at-most\"";
    let unmet = format!(
        "[[grades.gates]]\nid = \"none-unmet\"\ntitle = \"None is unmet\"\nholds = \"lowest(section.id) >= 1\"\n\
         why = \"Some are\"\n\n{gate}"
    );
    let cases: [Slip; 4] = [
        (
            "care-ratings",
            &[("over = 87", "over = 187")],
            "over = 187",
            "band `outstanding` of the grade `rating` can\u{2019}t be reached: it begins over 187, and no total is more than 100",
        ),
        (
            "care-ratings",
            &[("over = 87", "over = 0.87"), ("at_least = 63", "at_least = 0.63"), ("at_least = 39", "at_least = 0.39")],
            "over = 0.87",
            "the limit of band `outstanding` of the grade `rating` is 0.87; the total is a percentage",
        ),
        (
            "report-card",
            &[("holds = \"count_at(section.id, 0) == 0\"", "holds = \"lowest(section.id) > 1\"")],
            "lowest(section.id) > 1",
            "gate `all-met` never holds, whatever is answered",
        ),
        (
            "report-card",
            &[(perfect, &again), (gate, &unmet)],
            "id = \"perfect\"",
            "band `perfect` of the grade `area` is never given, whatever is answered",
        ),
    ];
    for (name, written, line_of, told) in cases {
        let mut slip = pack(&samples().join(format!("good/{name}/framework.toml")));
        for (written, instead) in written {
            assert!(slip.text.contains(written), "{written}");
            slip.text = slip.text.replacen(written, instead, 1);
        }
        let found = rehearsed(&slip);
        let at = slip.text.lines().position(|line| line.contains(line_of)).unwrap() + 1;
        let [finding] = &found[..] else { panic!("{told}: {found:#?}") };
        assert!(finding.message.starts_with(told), "{}", finding.message);
        assert_eq!(line(finding), at, "{told}");
    }
}

#[test]
fn choices_of_the_form_that_the_pack_lacks_are_told() {
    for (name, written, instead, line_of, told) in [
        (
            "data-security",
            "{ id = \"Not completed\", points = 0 }",
            "{ id = \"Missing\", points = 0 }",
            "[scales.",
            "the form lets senders choose “Not completed” in F5, which the scale doesn\u{2019}t have",
        ),
        (
            "care-ratings",
            "choice = [\"Yes\", \"No\"]",
            "choice = [\"Found\", \"No\"]",
            "label = \"Breach of regulations found?\"",
            "the form lets senders choose “Yes” for `breach`, which the pack doesn\u{2019}t have",
        ),
    ] {
        let good = pack(&samples().join(format!("good/{name}/framework.toml")));
        assert!(good.text.contains(written), "{written}");
        let slip = PackText { text: good.text.replacen(written, instead, 1), ..good };
        let found = rehearsed(&slip);
        let [finding] = &found[..] else { panic!("{told}: {found:#?}") };
        assert_eq!(finding.message, told);
        assert!(slip.text.lines().nth(line(finding) - 1).unwrap().contains(line_of), "{finding:#?}");
    }
}

#[test]
fn columns_that_are_taken_for_one_another_are_told_once_with_what_is_wrong() {
    let good = pack(&samples().join("good/report-card/framework.toml"));
    let both = good.text.replace("heading = \"Code\"\nholds = \"code\"", "heading = \"Code\"\nholds = \"text\"");
    let swapped = both.replace("heading = \"Standard\"\nholds = \"text\"", "heading = \"Standard\"\nholds = \"code\"");
    let twice = good.text.replace("heading = \"How it is known\"", "heading = \"Answer\"");
    for (text, told) in [
        (
            swapped,
            "under the heading “Code” of the form\u{2019}s sheet “Standards” doesn\u{2019}t stand what the pack says",
        ),
        (
            both,
            "the words of the criteria stand in column B of the form\u{2019}s sheet “Standards”, and not under “Code”",
        ),
        (twice, "2 columns of the pack have the heading “Answer”, which the form has once"),
    ] {
        assert_ne!(text, good.text);
        let found = rehearsed(&PackText { text, ..good.clone() });
        assert!(found.iter().any(|finding| finding.message == told), "{found:#?}");
        let is_of_a_row = |finding: &Finding| finding.message.contains("has no row for");
        assert!(!found.iter().any(is_of_a_row), "{found:#?}");
    }
}
