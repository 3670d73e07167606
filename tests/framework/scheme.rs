//! The shipped packs against worked examples of their schemes: levels of a review, learners, partners, directorates.

use std::collections::BTreeMap;
use std::sync::Arc;

use scrutineer::exact::Exact;
use scrutineer::finding::{Finding, Findings, Place};
use scrutineer::framework::{Framework, builtin};
use scrutineer::outcome::{Outcome, score};
use scrutineer::returns::{Columns, Entry, EntryValue, Filled, Grading, Reading, Register, Return, Row, Standing};
use scrutineer::rules::{Judged, bases, run};
use scrutineer::schedule::Schedule;

/// Returns an entry that says this; blank where it is empty.
pub(super) fn entry(text: &str) -> Entry {
    let value = match text.parse::<Exact>() {
        _ if text.is_empty() => {
            return Entry::unplaced(Reading::Blank);
        }
        Ok(number) if text.len() < 6 => EntryValue::Number(number),
        _ => text.parse().map_or_else(|_| EntryValue::Text(text.into()), EntryValue::Date),
    };
    Entry { reading: Reading::Given(value), place: Some(Place::Workbook), written: text.to_owned() }
}

/// Returns a register of which each line gives some columns, divided by `|`.
pub(super) fn register(columns: &[&str], lines: &[&str]) -> Register {
    let found = Arc::new(Columns::new("Sheet", (1..).zip(columns).map(|(at, id)| ((*id).into(), Some(at))).collect()));
    let cell = |(id, text): (&&str, &str)| {
        let Entry { reading, written, .. } = entry(text);
        (!text.is_empty()).then(|| Filled {
            column: found.position(id).unwrap(),
            reading,
            written: written.into(),
            day: None,
        })
    };
    let row = |(number, line): (u32, &&str)| {
        Row::new(number, Arc::clone(&found), columns.iter().zip(line.split('|')).filter_map(cell).collect())
    };
    let rows = (2..).zip(lines).map(row).collect();
    Register::of_rows("Sheet", rows)
}

/// Returns a return that says nothing but these fields.
fn saying(framework: &Framework, fields: &[(&str, &str)]) -> Return {
    Return {
        fields: fields.iter().map(|(id, text)| ((*id).into(), entry(text))).collect(),
        ..Return::empty(framework.raters[0].id.clone())
    }
}

/// Returns a judgement.
pub(super) fn graded(grade: &str) -> Entry<Grading> {
    let points = Some(Exact::from(i64::from(grade == "met")));
    let grading = Grading { grade: grade.to_owned(), points, standing: Standing::Counts };
    Entry { reading: Reading::Given(grading), place: Some(Place::Workbook), written: grade.to_owned() }
}

/// Returns a shipped pack's framework.
pub(super) fn shipped(name: &str) -> Framework {
    builtin::load(name).unwrap().framework
}

/// Scores a return by the rater who counts.
fn scored(framework: &Framework, sent: &Return) -> Outcome {
    score(framework, sent, &sent.counts)
}

/// Returns what the rules find in a return.
pub(super) fn told(framework: &Framework, sent: &Return) -> Vec<Finding> {
    let outcomes = BTreeMap::from([(sent.counts.clone(), scored(framework, sent))]);
    let bases = bases(framework, sent, &outcomes);
    let schedule = Schedule::default();
    let mut findings = Findings::default();
    let judged = Judged {
        framework,
        sent,
        outcomes: &outcomes,
        schedule: &schedule,
        season_date: None,
        bases: &bases,
        variants: None,
    };
    run(&judged, &mut findings);
    findings.into_sorted()
}

/// Answers so many core and additional requirements as met, the others as not met.
pub(super) fn review(framework: &Framework, core: usize, additional: usize) -> Return {
    let mut sent = saying(framework, &[]);
    let mut left = BTreeMap::from([("core", core), ("additional", additional)]);
    for criterion in framework.criteria() {
        let left = left.get_mut(criterion.tags[0].as_str()).unwrap();
        let grade = if *left > 0 { "met" } else { "partly" };
        *left = left.saturating_sub(1);
        sent.answers.insert((sent.counts.clone(), criterion.id.clone()), graded(grade));
    }
    sent
}

#[test]
fn a_level_needs_all_core_requirements() {
    let framework = shipped("investors-in-people");
    let cases = [
        (39, 0, "standard"),
        (39, 25, "standard"),
        (39, 26, "bronze"),
        (39, 75, "bronze"),
        (39, 76, "silver"),
        (39, 125, "silver"),
        (39, 126, "gold"),
        (39, 146, "gold"),
        (39, 157, "gold"),
        (38, 157, "not-recognised"),
        (38, 27, "not-recognised"),
        (0, 157, "not-recognised"),
    ];
    for (core, additional, level) in cases {
        let outcome = scored(&framework, &review(&framework, core, additional));
        assert_eq!(outcome.award.band.unwrap().as_str(), level, "{core} and {additional}");
        assert_eq!(outcome.award.total, Some(Exact::from(core + additional)), "{core} and {additional}");
    }
}

/// Returns what is told where the corporate judgement on 1.1 is another than the directorates come to.
fn differing(rule: &str, share: &str, corporate: &str) -> Option<String> {
    let framework = shipped("investors-in-people");
    let mut sent = review(&framework, 39, 157);
    for (id, text) in [("kind", "Corporate"), ("share_rule", rule), ("share_needed", share)] {
        sent.fields.insert(id.into(), entry(text));
    }
    sent.answers.insert((sent.counts.clone(), "1.1".into()), graded(corporate));
    let staff = ["Alpha|100", "Beta|50", "Gamma|450", "Delta|400"];
    sent.registers.insert("directorates".into(), register(&["directorate", "headcount"], &staff));
    for (name, grade) in [("Alpha", "met"), ("Beta", "met"), ("Gamma", "met"), ("Delta", "not-met")] {
        sent.opinions.insert((name.to_owned(), "1.1".into()), graded(grade));
    }
    let name = "investors-in-people/corporate-differs-from-directorates";
    told(&framework, &sent).into_iter().find(|finding| finding.rule.as_str() == name).map(|finding| finding.message)
}

#[test]
fn directorates_are_consolidated_by_the_declared_rule() {
    // Met where 100, 50 and 450 work and unmet where 400 do: three of four directorates, 60 % of the staff.
    let cases = [
        ("All directorates", "", false, "“All directorates”"),
        ("Any directorate", "", true, "“Any directorate”"),
        ("Majority of directorates", "", true, "“Majority of directorates”"),
        ("Share of directorates at least", "0.75", true, "“Share of directorates at least 75%”"),
        ("Share of directorates at least", "0.8", false, "“Share of directorates at least 80%”"),
        ("Headcount share at least", "0.6", true, "“Headcount share at least 60%”"),
        ("Headcount share at least", "0.615", false, "“Headcount share at least 61.5%”"),
    ];
    for (rule, share, met, said) in cases {
        let (of_met, of_unmet) = (differing(rule, share, "met"), differing(rule, share, "not-met"));
        assert_eq!((of_met.is_some(), of_unmet.is_some()), (!met, met), "{rule} {share}");
        let message = of_met.or(of_unmet).unwrap_or_default();
        assert!(message.contains(&format!("by the rule {said} the directorates")), "{message}");
    }
}

#[test]
fn learners_are_judged_by_distinct_sessions() {
    let framework = shipped("employer-involvement");
    let (lecture, class) = ("Guest lectures from industry practitioners", "Master classes run by employers");
    let (placement, other) = ("Work placement (arranged by the centre)", "Other (does not count)");
    let witness = "Expert witness for practical assessment";
    let activities = [
        format!("A1|{lecture}|Y|"),
        format!("A2|{lecture}|Y|"),
        format!("A3|{class}|Y|"),
        format!("A4|{placement}|Y|"),
        format!("A5|{other}|Y|"),
        format!("A6|{lecture}|N|A1"),
        format!("A7|{witness}|Y|"),
        format!("A8|{lecture}|N|A2"),
    ];
    let activities: Vec<&str> = activities.iter().map(String::as_str).collect();
    let columns = ["enrolment", "name", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8"];
    let learners = [
        ("L1|n|Y|Y", "met_live"),
        ("L2|n|Y", "not_met"),
        ("L3|n||||Y", "met_live"),
        ("L4|n|||||Y", "not_met"),
        ("L5|n||Y||||C", "met_contingency"),
        ("L6|n||||||C||C", "refer"),
        ("L7|n|Y||Y", "met_live"),
        ("L8|n|Y", "not_met"),
        ("L9|n|", "not_met"),
        ("L10|n|||||||Y", "met_live"),
        ("L11|n|Y|||||C", "not_met"),
    ];
    let lines: Vec<&str> = learners.iter().map(|(line, _)| *line).collect();
    let mut sent = saying(&framework, &[("stage", "Submission")]);
    let planner = register(&["number", "type", "live", "contingency_for"], &activities);
    sent.registers.insert("activities".into(), planner);
    sent.registers.insert("learners".into(), register(&columns, &lines));
    let outcome = scored(&framework, &sent);
    let rows = &outcome.registers["learners"];
    for (row, (line, expected)) in rows.iter().zip(learners) {
        assert_eq!(row.outcome(), Some(expected), "{line}");
    }
    assert_eq!(outcome.award.band.unwrap().as_str(), "not-met");
    assert_eq!(outcome.award.total, Some(Exact::from(5)));
}

#[test]
fn partners_are_decided_by_three_verdicts() {
    let framework = shipped("employer-partners");
    let columns = ["partner", "legal_verdict", "ethics_verdict", "reputation_verdict"];
    let partners = [
        ("A|Pass|Pass|Pass", "Accept"),
        ("B|Pass|Refer|Pass", "Refer"),
        ("C|Pass|Pass|", "Refer"),
        ("D|Fail|Refer|Pass", "Decline"),
        ("E|Pass|Fail|Fail", "Decline"),
    ];
    let lines: Vec<&str> = partners.iter().map(|(line, _)| *line).collect();
    let mut sent = saying(&framework, &[("data_date", "2025-03-02")]);
    sent.registers.insert("partners".into(), register(&columns, &lines));
    let outcome = scored(&framework, &sent);
    for (row, (line, expected)) in outcome.registers["partners"].iter().zip(partners) {
        assert_eq!(row.outcome(), Some(expected), "{line}");
    }
    assert_eq!((outcome.award.band, outcome.award.total), (None, None));
}

#[test]
fn a_membership_lapses_thirty_days_after_the_invoice_is_due() {
    let framework = shipped("employer-partners");
    let columns = ["partner", "invoice", "invoice_due", "start"];
    for (today, status) in [("2025-03-02", "Grace"), ("2025-03-03", "Lapsed")] {
        let mut sent = saying(&framework, &[("data_date", today)]);
        let partners = register(&columns, &["A|EP1|2025-01-31|2024-02-29"]);
        sent.registers.insert("partners".into(), partners);
        let outcome = scored(&framework, &sent);
        let spec = framework.registers.iter().find(|spec| spec.id.as_str() == "partners").unwrap();
        let derived = |name| outcome.registers["partners"][0].derived(spec, name).unwrap().to_string();
        assert_eq!(derived("status"), status, "{today}");
        assert_eq!(derived("lapses_after"), "2025-03-02");
    }
}
