//! Long schemes without typing: criteria in a spreadsheet beside the pack, scales where they are used, entries for several parts.

use std::fs;

use scrutineer::finding::{Finding, Findings, Place};
use scrutineer::framework::difference::Definitions;
use scrutineer::framework::{Framework, Grades, PackText};
use scrutineer::ooxml::Limits;
use scrutineer::review::rehearsal::rehearse;
use scrutineer::review::{Settings, review};
use scrutineer::workbook::Source;

use super::{check, line, pack, samples};

/// Returns the sample pack whose criteria stand in a spreadsheet.
fn step_free() -> PackText {
    pack(&samples().join("good/step-free/framework.toml"))
}

/// Returns a pack with other criteria beside it, and without its form, so that only its own sense counts.
fn with_criteria(criteria: &[u8]) -> PackText {
    let good = step_free();
    let text = good.text.replace("form = \"form.xlsx\"\n", "");
    PackText { text, form: None, criteria: Some(criteria.to_vec()), ..good }
}

/// Returns the criteria of the sample pack as text, without the mark on top.
fn criteria() -> String {
    String::from_utf8(step_free().criteria.unwrap()).unwrap().trim_start_matches('\u{feff}').to_owned()
}

/// Returns the criteria of a framework as their sections, names, texts, tags and greatest points.
fn asked(framework: &Framework) -> Vec<String> {
    let of = |section: &scrutineer::framework::Section| {
        let told = |one: &scrutineer::framework::Criterion| {
            format!("{} {} {} {:?} {}", section.id, one.id, one.text, one.tags, framework.scale(one).maximum())
        };
        section.criteria.iter().map(told).collect::<Vec<String>>()
    };
    framework.sections.iter().flat_map(of).collect()
}

#[test]
fn criteria_are_read_whatever_program_saved_them() {
    let plain = criteria();
    let expected = asked(&check(&with_criteria(plain.as_bytes())).0.unwrap());
    assert_eq!(expected.len(), 20);
    assert_eq!(expected[4], "1 1.5 The entrance can be found by its signs from every side. [\"signs\"] 5");
    assert_eq!(expected[3], "1 1.4 A taxi can stop at the entrance; its passengers needn't cross a road. [] 3");
    let tabs = plain.replace("\"A taxi can stop at the entrance; its", "\u{1}").replace("a road.\"", "a road.");
    let tabs = tabs.replace(';', "\t").replace('\u{1}', "A taxi can stop at the entrance; its");
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(tabs.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let windows = encoding_rs::WINDOWS_1252.encode(&plain).0.into_owned();
    let named = format!("sep=;\r\n{plain}");
    let capitals = plain.replacen("section;id", "Section; ID", 1).replace("\r\n", "\n");
    let blank_rows = plain.replace("\r\n2;2.1", "\r\n;;;;;\r\n\r\n2;2.1");
    let savings: [(&str, Vec<u8>); 6] = [
        ("tabs in UTF-16", utf16),
        ("letters of Windows", windows),
        ("a named separator", named.into_bytes()),
        ("capitals", capitals.into_bytes()),
        ("blank rows", blank_rows.into_bytes()),
        ("a mark on top", step_free().criteria.unwrap()),
    ];
    for (how, bytes) in savings {
        let (framework, findings) = check(&with_criteria(&bytes));
        let framework = framework.unwrap_or_else(|| panic!("{how}: {findings:#?}"));
        assert_eq!(asked(&framework), expected, "{how}");
    }
}

/// Slips in a file of criteria: what is written, what is written instead, the line at which that is told, the message and the help.
const SLIPS: [(&str, &str, usize, &str, &str); 17] = [
    (
        "tags;scale\r\n1;1.1;A marked",
        "tags;\r\n1;1.1;A marked",
        6,
        "“{ whole = [0, 5] }” stands under no heading",
        "heading",
    ),
    ("short;tags", "shrot;tags", 1, "`shrot` is no column of criteria", "Did you mean `short`?"),
    ("section;id", "part;id", 1, "`part` is no column of criteria", "Criteria have `section`, `id`"),
    ("text;short", ";short", 1, "the criteria have no column `text`", "Head the columns `section`, `id`, `text`"),
    ("short;tags", "text;tags", 1, "there are two columns `text`", "Keep one"),
    ("1;1.1;", "1;;", 2, "the criterion has no id", "leave the whole row blank"),
    ("1;1.1;", ";;", 2, "the criterion has no section and id", "leave the whole row blank"),
    ("2;2.1;", "5;2.1;", 7, "there is no section `5`", "There are `1`, `2`, `3`, `4`."),
    ("1;1.2;", "1;1.1;", 3, "there are two criteria or measures called `1.1`", "another name"),
    ("essential;yes-no", "essential;yesno", 10, "there is no scale `yesno`", "Did you mean `yes-no`?"),
    ("{ whole = [0, 5] }", "{ hole = [0, 5] }", 6, "`hole` is no key of `scale`", "Did you mean `whole`?"),
    ("{ whole = [0, 5] }", "{ whole = [0, 5 }", 6, "“{ whole = [0, 5 }” can't be read", "`{ whole = [0, 3] }`"),
    ("{ whole = [0, 5] }", "{ whole = [5, 0] }", 6, "the range begins at 5 and ends at 0", "least number first"),
    (
        "Way from the bus stop;essential;",
        "Way from the bus stop;essential;;more",
        2,
        "the row has 7 cells; there are 6 headings",
        "give the column a heading",
    ),
    ("\"A taxi", "A taxi", 5, "the row has 7 cells; there are 6 headings", "quotation marks"),
    ("a road.\"", "a road.", 5, "this quotation mark is never closed", "Close it"),
    ("\r\n3;3.1", "\r\n3;\"3.1", 12, "this quotation mark is never closed", "Close it"),
];

#[test]
fn faults_of_criteria_are_told_at_their_lines() {
    let good = criteria();
    let mut wrong = Vec::new();
    for (written, instead, at, told, help) in SLIPS {
        assert!(good.contains(written), "{written}");
        let (framework, findings) = check(&with_criteria(good.replacen(written, instead, 1).as_bytes()));
        let is_there =
            |finding: &Finding| matches!(&finding.place, Place::Definition { file, .. } if file == "criteria.csv");
        let is_told = |finding: &Finding| {
            finding.message.contains(told) && finding.help.contains(help) && line(finding) == at && is_there(finding)
        };
        if framework.is_some() || !findings.iter().any(is_told) {
            wrong.push(format!("{instead}, line {at}: {findings:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_file_of_criteria_that_cannot_be_had_is_told_where_it_is_named() {
    let good = with_criteria(criteria().as_bytes());
    let named = |name: &str| good.text.replace("criteria = \"criteria.csv\"", &format!("criteria = \"{name}\""));
    let cases = [
        (PackText { criteria: None, ..good.clone() }, "the criteria `criteria.csv` aren't beside the pack"),
        (PackText { criteria: Some(b"PK\x03\x04\0\0".to_vec()), ..good.clone() }, "can't be read: it isn’t text"),
        (
            PackText { text: named("../criteria.csv"), ..good.clone() },
            "`../criteria.csv` is no name of a file beside the pack",
        ),
        (PackText { criteria: Some(b"\n\n".to_vec()), ..good.clone() }, "the file of criteria says nothing"),
    ];
    for (pack, told) in cases {
        let (framework, findings) = check(&pack);
        let is_told = findings.iter().any(|finding| finding.message.contains(told) && !finding.help.is_empty());
        assert!(framework.is_none() && is_told, "{told}: {findings:#?}");
    }
}

#[test]
fn several_tags_and_levels_stand_in_one_cell_or_in_columns() {
    let cell = "section,id,text,tags,levels\n4,4.1,One,\"essential, signs\",\"Yes, always\nNo\"\n";
    let columns = "section,id,text,tags,tags,levels,levels\n4,4.1,One,essential,signs,\"Yes, always\",No\n";
    for csv in [cell, columns] {
        let rest = "1,1.1,Two,,\n2,2.1,Three,,\n3,3.1,Four,,\n";
        let (framework, findings) = check(&with_criteria(format!("{csv}{rest}").as_bytes()));
        let framework = framework.unwrap_or_else(|| panic!("{findings:#?}"));
        let one = framework.criterion("4.1").unwrap();
        assert_eq!(
            (&one.tags[..], &one.levels[..]),
            (&["essential".into(), "signs".into()][..], &["Yes, always".into(), "No".into()][..])
        );
    }
}

#[test]
fn what_the_form_words_otherwise_is_told_at_the_line_of_its_criterion() {
    let good = step_free();
    let criteria = criteria().replace("Lifts say their floors.", "Lifts say where they are.");
    let pack = PackText { criteria: Some(criteria.into_bytes()), ..good };
    let mut findings = Findings::default();
    let opened = pack.open(&mut findings).unwrap();
    rehearse(&opened, &mut findings);
    let [finding] = &findings.into_sorted()[..] else { panic!("one criterion is reworded") };
    assert!(finding.message.contains("says “Lifts say their floors.”"), "{}", finding.message);
    let place = Place::Definition { file: "criteria.csv".to_owned(), line: 13, column: 7 };
    assert_eq!(finding.place, place);
}

#[test]
fn the_digest_of_a_pack_takes_in_its_criteria() {
    let pack = step_free();
    let other = PackText { criteria: Some(criteria().replace("Taxis", "Cabs").into_bytes()), ..pack.clone() };
    let without = PackText { criteria: None, ..pack.clone() };
    assert!(pack.digest() != other.digest() && pack.digest() != without.digest());
}

#[test]
fn what_differs_between_files_of_criteria_is_told_as_of_criteria() {
    let before = with_criteria(criteria().as_bytes());
    let after = with_criteria(criteria().replace("Lifts say their floors.", "Lifts speak.").as_bytes());
    let definitions = Definitions::of(&before, &after).unwrap();
    let [difference] = &definitions.differences()[..] else { panic!("{:#?}", definitions.differences()) };
    assert_eq!(difference.path, ["sections", "3", "criteria", "3.2", "text"]);
    assert_eq!(definitions.with(|_| true).unwrap().criterion("3.2").unwrap().text, "Lifts speak.");
}

#[test]
fn a_scale_stands_where_it_is_used() {
    let framework = check(&step_free()).0.unwrap();
    let most = |id: &str| framework.scale(framework.criterion(id).unwrap()).maximum().to_string();
    assert_eq!([most("1.1"), most("1.5"), most("3.4")], ["3", "5", "3"]);
    let listed = &framework.scale(framework.criterion("3.4").unwrap()).grades;
    assert!(matches!(listed, Grades::Listed(grades) if grades.len() == 3));
    let slip = step_free();
    let slip = PackText { text: slip.text.replacen("scale = { whole = [0, 3] }", "scale = 3", 1), ..slip };
    let (_, findings) = check(&slip);
    assert_eq!(findings[0].message, "`scale` is the number 3; a text in quotes or a table was expected");
}

#[test]
fn an_entry_for_each_of_several_parts_is_there_once_for_each() {
    let framework = check(&step_free()).0.unwrap();
    let values: Vec<&str> = framework.values.iter().map(|value| value.name.as_str()).collect();
    assert_eq!(values, ["share_1", "share_2", "share_3", "share_4"]);
    assert_eq!(framework.values[1].title, "Tickets in percent");
    let gates: Vec<&str> = framework.outcome.gates.iter().map(|gate| gate.id.as_str()).collect();
    assert_eq!(gates, ["half-1", "half-2", "half-3", "half-4", "all-essential", "all-signs"]);
    let needed: Vec<usize> = framework.outcome.bands.iter().map(|band| band.gates.len()).collect();
    assert_eq!(needed, [6, 4, 0]);
    assert_eq!(framework.rules.len(), 4);
    assert_eq!(framework.rules[2].when.written, "highest('3') == 0");
}

#[test]
fn stated_values_requirements_and_steps_can_be_said_for_several_parts() {
    let more = r#"
[[stated]]
for_each = "section"
id = "points-{each.slug}"
sheet = "audit"
row = "{each.title}"
value = "score('{each.id}')"

[[requirements]]
for_each = ["signs", "essential"]
when = "score == 0"
rule = "reassessment-required"
severity = "note"
help = "Look at {each.title} again."

[[calendar]]
for_each = "section"
id = "look_{each.name}"
title = "Look at {each.title}"
due = "date('2026-04-01')"
"#;
    let text = step_free().text + more;
    let (framework, findings) = check(&PackText { text, ..step_free() });
    let framework = framework.unwrap_or_else(|| panic!("{findings:#?}"));
    let stated: Vec<&str> = framework.stated.iter().rev().take(4).map(|stated| stated.id.as_str()).collect();
    assert_eq!(stated, ["points-4", "points-3", "points-2", "points-1"]);
    let helps: Vec<&str> = framework.requirements.iter().rev().take(2).map(|of| of.help.as_str()).collect();
    assert_eq!(helps, ["Look at essential again.", "Look at signs again."]);
    let steps: Vec<&str> = framework.calendar.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(steps, ["look_1", "look_2", "look_3", "look_4"]);
}

#[test]
fn groups_are_listed_by_what_is_in_them_for_each_part_that_has_something() {
    let more = r#"
[groups]
inner = ["1", "2"]
core = { members = ["inner", "3"], within = "signs" }
"signs-{each.slug}" = { for_each = "section", members = ["{each.id}"], within = "signs" }
"#;
    let text = step_free().text + more;
    let (framework, findings) = check(&PackText { text, ..step_free() });
    let framework = framework.unwrap_or_else(|| panic!("{findings:#?}"));
    let signs = |section: &scrutineer::framework::Section| {
        let criteria = section.criteria.iter().filter(|criterion| criterion.tags.iter().any(|tag| tag == "signs"));
        criteria.map(|criterion| criterion.id.to_string()).collect::<Vec<String>>()
    };
    let [first, second, third, fourth] = &framework.sections[..] else { panic!("four sections") };
    let mut expected = 0;
    for section in [first, second, third, fourth] {
        let listed = framework.groups.get(&format!("signs-{}", section.id));
        let wanted = signs(section);
        expected += usize::from(!wanted.is_empty());
        assert_eq!(listed, (!wanted.is_empty()).then_some(&wanted), "{}", section.id);
    }
    assert!(expected > 0 && expected < 4, "some sections have criteria about signs, and some have none");
    assert_eq!(framework.groups["core"], [signs(first), signs(second), signs(third)].concat());
}

/// Slips in entries for several parts: what is written, what is written instead, the message and the help.
const SLIPS_OF_EACH: [(&str, &str, &str, &str); 6] = [
    (
        "for_each = \"section\"",
        "for_each = \"sectoin\"",
        "`for_each` is `sectoin`; it can be `section`, `tag`",
        "`section`?",
    ),
    (
        "[\"essential\", \"signs\"]",
        "[\"esential\", \"signs\"]",
        "no section, tag, group or criterion `esential`",
        "`essential`?",
    ),
    ("[\"essential\", \"signs\"]", "[]", "there is nothing for which this entry is", "Name sections"),
    ("share_{each.name}\"", "share_{each.nmae}\"", "`{each.nmae}` means nothing", "`{each.id}`, `{each.title}`"),
    ("name = \"share_{each.name}\"", "name = \"share\"", "there are two values called `share`", "another name"),
    ("sum('{each.id}')", "sum('{each.title}')", "there is no group `Getting there` here", ""),
];

#[test]
fn faults_of_entries_for_several_parts_are_told_at_their_place() {
    let good = fs::read_to_string(samples().join("good/step-free/framework.toml")).unwrap();
    for (written, instead, told, help) in SLIPS_OF_EACH {
        assert!(good.contains(written), "{written}");
        let text = good.replacen(written, instead, 1);
        let at = text[..text.find(instead).unwrap()].matches('\n').count() + 1;
        let (framework, findings) = check(&PackText { text, ..step_free() });
        let is_told =
            |finding: &Finding| finding.message.contains(told) && finding.help.contains(help) && line(finding) == at;
        assert!(framework.is_none() && findings.iter().any(is_told), "{instead}, line {at}: {findings:#?}");
    }
}

#[test]
fn a_part_whose_total_is_near_a_limit_of_its_grade_is_told() {
    let reference = samples().join("reference");
    let told = |near: &str| {
        let mut pack = pack(&reference.join("framework.toml"));
        pack.text = pack.text.replacen("near = 1\n", near, 1);
        let frameworks = [check(&pack).0.unwrap()];
        let bytes = fs::read(reference.join("return.xlsx")).unwrap();
        let review = review(&Settings::new(&frameworks, Limits::default()), &Source::new("return.xlsx", bytes));
        let near = review.findings.into_iter().filter(|finding| finding.rule.as_str() == "near-boundary");
        near.map(|finding| finding.message).collect::<Vec<String>>()
    };
    let misses = "the total 75.0 of “Soil” just misses the limit of “Thriving”, 75";
    assert_eq!((told(""), told("near = 1\n")), (Vec::new(), vec![misses.to_owned()]));
    let all = told("near = 100\n");
    assert!(
        all.iter().any(|message| message.contains(" of “Soil” is only just above the limit of “Steady”, 40")),
        "{all:?}"
    );
}
