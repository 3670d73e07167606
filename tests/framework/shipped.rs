//! The shipped packs: what they tell of their schemes' own contradictions, and that they find their way on their forms.

use scrutineer::finding::Findings;
use scrutineer::framework::pack::{PackError, find};
use scrutineer::framework::{Framework, builtin};

use super::check;

#[test]
fn what_a_scheme_contradicts_is_told_and_no_more() {
    let expected: &[(&str, &[&str])] = &[
        ("code-of-practice", &["Partially meeting: printed total 24, computed 26"]),
        ("employer-involvement", &[]),
        ("employer-partners", &[]),
        ("investors-in-people", &[]),
        (
            "seqf",
            &[
                "A: the form allows 0 to 10 points; no value earns 1, 3, 5, 7, 9",
                "B: the form allows 0 to 10 points; no value earns 1, 3, 5, 7, 9",
                "E: the form allows 0 to 10 points; no value earns 1, 3, 5, 7, 9",
                "as printed, Good and Excellent leave a gap between 89.9 and 90; bands begin at their least total",
                "as printed, Accredited and Good leave a gap between 74.9 and 75; bands begin at their least total",
            ],
        ),
    ];
    assert_eq!(builtin::NAMES, expected.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    for (name, told) in expected {
        let (framework, findings) = check(&builtin::text(name).unwrap());
        assert!(framework.is_some(), "{name}: {findings:#?}");
        let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, *told, "{name}");
        assert!(findings.iter().all(|finding| finding.rule.as_str() == "framework-inconsistent"));
    }
}

#[test]
fn packs_are_found_by_name_and_version() {
    let packs = builtin::packs();
    for wanted in ["seqf", "seqf@2024-25", "code-of-practice"] {
        let pack = find(&packs, wanted).unwrap();
        assert_eq!(pack.id.framework, wanted.split('@').next().unwrap());
        assert_eq!(pack.text.digest().len(), 64);
        assert!(pack.framework.form().is_some(), "{wanted} has its form");
    }
    assert!(matches!(find(&packs, "sefq"), Err(PackError::Unknown { .. })));
    assert!(matches!(find(&packs, "seqf@1999"), Err(PackError::UnknownVersion { .. })));
}

/// Returns what a framework names and its own form doesn't have.
fn not_on_the_form(framework: &Framework) -> Vec<String> {
    let form = framework.form().unwrap();
    let text = scrutineer::layout::WorkbookText::new(form);
    let mut findings = Findings::default();
    let layout = scrutineer::layout::locate(framework, &text, &mut findings);
    let mut missing: Vec<String> = findings.iter().map(|finding| finding.message.clone()).collect();
    let known: Vec<usize> = layout.sheets.values().copied().collect();
    missing.extend(
        framework.sheets.iter().filter(|sheet| !layout.sheets.contains_key(&sheet.id)).map(|sheet| sheet.title.clone()),
    );
    missing.extend(
        framework.fields.iter().filter(|field| !layout.fields.contains_key(&field.id)).map(|field| field.label.clone()),
    );
    missing.extend(
        framework
            .stated
            .iter()
            .filter(|stated| !layout.stated.contains_key(&stated.id))
            .map(|stated| stated.id.clone()),
    );
    missing.extend(
        framework
            .registers
            .iter()
            .filter(|register| !layout.registers.contains_key(&register.id))
            .map(|register| register.title.clone()),
    );
    for place in &layout.tables {
        let table = &framework.tables[place.table];
        let without = table.columns.iter().filter(|column| !place.columns.contains_key(&column.id));
        missing.extend(without.map(|column| format!("column {}", column.id)));
    }
    let rows: usize = layout.tables.iter().map(|place| place.rows.len()).sum();
    if rows != framework.criteria().count() + framework.measures().count() {
        missing.push(format!("{rows} rows of criteria and measures"));
    }
    assert!(!known.is_empty());
    missing
}

#[test]
fn a_pack_finds_all_that_it_names_on_its_own_form() {
    // The form for a whole organisation has these besides.
    let of_another_form = ["Rule", "Share needed (where the rule asks for one)", "Directorates", "column directorates"];
    for pack in builtin::packs() {
        let mut missing = not_on_the_form(&pack.framework);
        missing.retain(|name| !of_another_form.contains(&name.as_str()));
        assert_eq!(missing, Vec::<String>::new(), "{}", pack.id);
    }
}

/// Only messages and reasons are made of what stands in a return.
#[test]
fn what_to_do_is_said_without_anything_to_be_filled_in() {
    for framework in builtin::all() {
        let rules = framework.rules.iter().map(|rule| (&rule.slug, &rule.help));
        let requirements = framework.requirements.iter().map(|one| (&one.rule, &one.help));
        for (id, help) in rules.chain(requirements) {
            assert!(!help.contains(['{', '}']), "{} {id}: {help}", framework.id);
        }
    }
}
