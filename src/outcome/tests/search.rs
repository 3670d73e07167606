//! The extreme ways that are found by branch and bound are those of all ways.

use proptest::prelude::*;

use super::completion::{CONDITIONS, GRADES, TOTALS, WEIGHTS, of, scheme, weighted};
use super::*;
use crate::outcome::basis::Basis;
use crate::outcome::completed::{Completed, completed};
use crate::outcome::completion::one_by_one;
use crate::outcome::search::{End, farthest};
use crate::outcome::subject::Subject;

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_is_the_farthest_of_all_ways(
        (total, condition) in (0..TOTALS.len(), 0..CONDITIONS.len()),
        picks in proptest::collection::vec(0..9_usize, 4),
        weights in proptest::collection::vec(0..WEIGHTS.len(), 4),
    ) {
        let scheme = weighted(TOTALS[total], CONDITIONS[condition], &weights);
        let written: Vec<&str> = picks.iter().map(|pick| GRADES.get(*pick).copied().unwrap_or("-")).collect();
        prop_assume!(written.contains(&"-"));
        let mut sent = answered(&scheme, &written, &[]);
        sent.fields.insert("size".into(), given(EntryValue::Text("Small".into())));
        let outcome = score(&scheme, &sent, &rater());
        let basis = Basis::of(&scheme, &sent, &outcome);
        let subject = Subject::whole(&basis);
        // Where nothing that is missing decides, there is one way, and nothing is sought.
        prop_assume!(!subject.missing(&basis.given()).is_empty());
        let mut all: Vec<Completed> =
            one_by_one(subject).unwrap().slots.iter().map(|slots| completed(subject, slots)).collect();
        let has_totals = all.iter().any(|completed| completed.total.is_some());
        if has_totals {
            all.retain(|completed| completed.total.is_some());
        }
        for end in End::ALL {
            let reach = |completed: &Completed| end.reach(&scheme.outcome, completed);
            let found = farthest(subject, end, &[], has_totals);
            // What isn't found is said to be a bound; these few ways are nearly always.
            if found.is_some() || all.len() < 64 {
                prop_assert_eq!(found.as_ref().and_then(reach), all.iter().filter_map(reach).max(), "{:?}", end);
            }
        }
    }
}

/// Returns a scheme with ten criteria a section, none of which counts like another.
fn long(total: &str, condition: &str) -> Framework {
    let mut scheme = scheme(total, condition);
    let weights = ["0.3", "0.7"].map(exact);
    scheme.sections = ["A", "B"]
        .into_iter()
        .zip(weights)
        .map(|(id, weight)| Section { weight: Some(weight), ..section(id, 10, "three") })
        .collect();
    let criteria = scheme.sections.iter_mut().flat_map(|section| &mut section.criteria);
    for (number, criterion) in criteria.enumerate() {
        criterion.weight = Some(Exact::from(i64::try_from(number).unwrap() + 1));
    }
    scheme
}

#[test]
fn the_ends_are_reached_where_there_are_too_many_ways_to_look_at_each() {
    let cases = [
        // All of A count three times their weights (55), none of B once.
        ("sum('A') - sum('B')", "lowest('all') >= 2", ("-465", "165")),
        ("weighted_percentage()", "count_at('A', 1) == 1", ("33.333", "100")),
        ("highest('A') - lowest('B')", "sum('A') > sum('B')", ("-2", "2")),
        ("sum('A') * sum('B')", "not applies('B') or score('B2') in [1, 3]", ("0", "76725")),
    ];
    for (total, condition, (least, most)) in cases {
        let outcome = of(&long(total, condition), &["-"; 20], "Small");
        let bounds = outcome.award.bounds.unwrap_or_else(|| panic!("{total}"));
        assert!(outcome.award.ends.are_reached(), "{total} {condition} {bounds:?}");
        assert_eq!(
            (bounds.lowest.to_fixed(3), bounds.highest.to_fixed(3)),
            (exact(least).to_fixed(3), exact(most).to_fixed(3)),
            "{total}"
        );
    }
}
