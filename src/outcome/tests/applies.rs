//! What applies to some returns only: an entry of the cover that is wanting leaves between what each entry would come to.

use proptest::prelude::*;

use super::*;
use crate::framework::BandId;
use crate::outcome::{Award, Ends};
use crate::returns::settle;

/// A scheme of which some criteria are asked of schools, some of colleges, and one of large ones, else as it pleases.
const PACK: &str = r#"
    [framework]
    language = 1
    id = "careers"
    version = "1"
    title = "Careers"
    owner = "Nobody"
    noun = "visit"
    illustrative = true
    provenance = "Made up."
    [[raters]]
    id = "self"
    title = "Self"
    [scales.three]
    values = [0, 1, 2]
    [[sections]]
    id = "A"
    title = "All"
    scale = "three"
    criteria = [{ id = "A1", text = "One." }, { id = "A2", text = "Two.", tags = ["school"] }]
    [[sections]]
    id = "B"
    title = "More"
    scale = "three"
    criteria = [{ id = "B1", text = "Three.", tags = ["college"] }, { id = "B2", text = "Four.", tags = ["large"] }]
    [[applies]]
    to = ["school"]
    when = "field.kind == 'School'"
    [[applies]]
    to = ["college"]
    when = "field.kind == 'College'"
    [[applies]]
    to = ["large"]
    when = "field.staff > 50"
    otherwise = "optional"
    [[grades]]
    id = "part"
    title = "Part"
    each = "section"
    total = "section.score"
    bands = [{ id = "well", title = "Well", at_least = 2 }, { id = "ill", title = "Ill" }]
    [outcome]
    total = "sum('all')"
    unit = "points"
    decimals = 0
    bands = [
      { id = "gold", title = "Gold", at_least = 5, gates = ["taught"] },
      { id = "silver", title = "Silver", at_least = 3 },
      { id = "none", title = "None" },
    ]
    [[outcome.gates]]
    id = "taught"
    title = "Schools teach it"
    holds = "not applies('school') or sum('school') >= 1"
    why = "It comes to {{ sum('school') }}"
    [[sheets]]
    id = "sheet"
    title = "Sheet"
    [[fields]]
    id = "kind"
    sheet = "sheet"
    label = "Kind"
    kind = { choice = ["School", "College", "Other"] }
    required = "always"
    [[fields]]
    id = "staff"
    sheet = "sheet"
    label = "Staff"
    kind = "number"
    required = "always"
    [[tables]]
    sections = ["A", "B"]
    sheet = "sheet"
    columns = [
      { id = "what", heading = "What", holds = "text" },
      { id = "score", heading = "Score", holds = { score = "self" } },
    ]
"#;

/// Returns the scheme.
fn scheme() -> Framework {
    of_pack(PACK)
}

/// Scores answers of an organisation of a kind with so many staff; `-` is blank.
fn outcome(scheme: &Framework, [kind, staff]: [&str; 2], grades: &[&str]) -> Outcome {
    let mut sent = answered(scheme, grades, &[]);
    let entry = |written: &str| match (written, written.parse::<i64>()) {
        ("-", _) => blank(),
        (_, Ok(number)) => given(EntryValue::Number(number.into())),
        (_, Err(_)) => given(EntryValue::Text(written.into())),
    };
    sent.fields = [("kind", kind), ("staff", staff)].map(|(id, written)| (id.into(), entry(written))).into();
    settle(scheme, &mut sent, &mut Findings::default());
    score(scheme, &sent, &rater())
}

#[test]
fn what_does_not_apply_is_not_missing_and_does_not_count() {
    let scheme = scheme();
    for (cover, answers, total, missing, band) in [
        (["School", "10"], ["2", "2", "-", "-"], Some("4"), 0, "silver"),
        (["School", "10"], ["2", "2", "2", "2"], Some("6"), 0, "gold"),
        (["College", "10"], ["2", "-", "2", "1"], Some("5"), 0, "gold"),
        (["College", "60"], ["2", "-", "2", "-"], None, 1, "-"),
        (["Other", "10"], ["2", "2", "2", "-"], Some("2"), 0, "none"),
    ] {
        let outcome = outcome(&scheme, cover, &answers);
        assert_eq!(outcome.award.total, total.map(exact), "{cover:?} {answers:?}");
        assert_eq!(
            (outcome.missing.len(), name(outcome.award.band.as_ref())),
            (missing, band),
            "{cover:?} {answers:?}"
        );
        assert!(outcome.unusable.is_empty());
    }
}

#[test]
fn an_entry_that_is_wanting_leaves_what_each_would_come_to() {
    let outcome = outcome(&scheme(), ["-", "10"], &["2", "2", "1", "-"]);
    assert_eq!(ends(&outcome), (exact("2"), exact("4")));
    let bands = outcome.award.band_bounds.clone().unwrap();
    assert_eq!((bands.lowest.as_str(), bands.highest.as_str(), outcome.award.ends), ("none", "silver", Ends::Reached));
    assert_eq!((outcome.award.total.clone(), outcome.missing.len(), outcome.is_open()), (None, 0, true));
    assert_eq!((outcome.sections[0].score.clone(), outcome.sections[1].score.clone()), (None, None));
    assert_eq!(outcome.award.gates[0].holds, Some(true));
}

/// The answers of every criterion.
const GRADES: [&str; 3] = ["0", "1", "2"];

/// Returns all ways of filling the blanks of an organisation with so many staff: of few the last stays blank, as it is optional.
fn ways_of(written: &[&'static str], staff: &str) -> Vec<Vec<&'static str>> {
    let (asked, optional) = written.split_at(if staff == "10" { 3 } else { 4 });
    ways(asked, &GRADES).iter().map(|one| [one.as_slice(), optional].concat()).collect()
}

/// Holds that an award lies between its ends however the return is completed.
fn holds_all(bands: &[Band], award: &Award, completed: &[&Award]) {
    let number = |id: &BandId| bands.iter().position(|band| band.id == *id).unwrap();
    let given: Vec<usize> = completed.iter().filter_map(|award| award.band.as_ref().map(number)).collect();
    let ends = award.band_bounds.as_ref().unwrap();
    let ends = (number(&ends.highest), number(&ends.lowest));
    let (best, worst) = (*given.iter().min().unwrap(), *given.iter().max().unwrap());
    assert!(ends.0 <= best && worst <= ends.1, "{award:?}");
    assert!(award.ends == Ends::Outer || ends == (best, worst), "{award:?} {given:?}");
    let totals: Vec<&Exact> = completed.iter().filter_map(|award| award.total.as_ref()).collect();
    let (least, most) = (*totals.iter().min().unwrap(), *totals.iter().max().unwrap());
    let bounds = award.bounds.as_ref().unwrap();
    assert!(bounds.lowest <= *least && *most <= bounds.highest, "{award:?}");
    assert!(award.ends == Ends::Outer || (&bounds.lowest, &bounds.highest) == (least, most), "{award:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_interval_holds_every_cover_and_every_answer(
        kind in prop::sample::select(vec!["-", "-", "School", "College"]),
        staff in prop::sample::select(vec!["-", "10", "60"]),
        picks in proptest::collection::vec(0..5_usize, 4),
    ) {
        let scheme = scheme();
        let written = picked(&picks, &GRADES);
        let here = outcome(&scheme, [kind, staff], &written);
        let kinds = if kind == "-" { vec!["School", "College", "Other"] } else { vec![kind] };
        let staffs = if staff == "-" { vec!["10", "60"] } else { vec![staff] };
        let covers = kinds.iter().flat_map(|kind| staffs.iter().map(move |staff| [*kind, *staff]));
        let all: Vec<Outcome> = covers
            .flat_map(|cover| ways_of(&written, cover[1]).into_iter().map(move |answers| (cover, answers)))
            .map(|(cover, answers)| outcome(&scheme, cover, &answers))
            .filter(|completed| !completed.is_open())
            .collect();
        holds_all(&scheme.outcome.bands, &here.award, &all.iter().map(|one| &one.award).collect::<Vec<_>>());
        for (number, section) in here.sections.iter().enumerate() {
            for score in all.iter().filter_map(|one| one.sections[number].score.as_ref()) {
                prop_assert!(section.bounds.lowest <= *score && *score <= section.bounds.highest);
            }
        }
        if all.iter().any(|one| one.award.gates[0].holds != all[0].award.gates[0].holds) {
            prop_assert_eq!(here.award.gates[0].holds, None);
        }
    }
}

/// Returns the scheme with a section that colleges alone are asked, and one of which schools are asked more.
fn with_a_section_of_colleges() -> Framework {
    let of_colleges = PACK.replace(r#"tags = ["large"]"#, r#"tags = ["college"]"#);
    of_pack(&of_colleges.replace(r#"text = "One.""#, r#"text = "One.", tags = ["large"]"#))
}

#[test]
fn a_part_that_may_not_apply_keeps_what_it_comes_to_where_it_does() {
    let outcome = outcome(&with_a_section_of_colleges(), ["-", "60"], &["2", "2", "2", "1"]);
    let part = &outcome.grades[1].award;
    let ends = part.band_bounds.as_ref().map(|ends| (ends.lowest.as_str(), ends.highest.as_str()));
    assert_eq!((ends, part.may_be_none, part.is_dropped), (Some(("well", "well")), true, false));
}

#[test]
fn a_section_of_another_maximum_in_each_variant_is_settled_by_its_share_alone() {
    let scheme = with_a_section_of_colleges();
    for (answers, score, share) in
        [(["2", "2", "2", "1"], None, Some(("1", "1"))), (["2", "0", "2", "1"], None, Some(("0.5", "1")))]
    {
        let outcome = outcome(&scheme, ["-", "60"], &answers);
        let section = &outcome.sections[0];
        let ends = section.share.as_ref().map(|ends| (ends.lowest.clone(), ends.highest.clone()));
        assert_eq!((section.score.clone(), ends), (score, share.map(|(low, high)| (exact(low), exact(high)))));
    }
}
