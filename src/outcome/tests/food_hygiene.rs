//! Lower is better, with a limit on any single score: the purest cascade.

use super::*;

/// Returns the scheme.
fn scheme() -> Framework {
    let mut scheme = framework("sum('all')");
    scheme.scales.insert("even".into(), points_scale(&["0", "5", "10", "15", "20", "25"], Better::Lower));
    scheme.scales.insert("uneven".into(), points_scale(&["0", "5", "10", "20", "30"], Better::Lower));
    let mut all = section("H", 2, "even");
    all.criteria.push(criterion("H3", "uneven", &[]));
    scheme.sections = vec![all];
    for (rating, total, single) in [("5", 15, 5), ("4", 20, 10), ("3", 30, 10), ("2", 40, 15), ("1", 50, 20)] {
        let gate_id = format!("single-{rating}");
        scheme.outcome.gates.push(gate(
            &gate_id,
            &format!("highest('all') <= {single}"),
            "one is {{ highest('all') }}",
        ));
        scheme.outcome.bands.push(Band { at_most: Some(total.into()), ..band(rating, "", &[&gate_id]) });
    }
    scheme.outcome.bands.push(band("0", "", &[]));
    scheme
}

#[test]
fn worked_cases() {
    let cases = [
        (["0", "0", "0"], "5"),
        (["5", "5", "5"], "5"),
        (["10", "5", "0"], "4"),
        (["10", "10", "0"], "4"),
        (["15", "5", "0"], "2"),
        (["15", "0", "0"], "2"),
        (["10", "10", "10"], "3"),
        (["15", "15", "10"], "2"),
        (["20", "0", "0"], "1"),
        (["20", "20", "10"], "1"),
        (["25", "0", "0"], "0"),
        (["0", "0", "20"], "1"),
        (["0", "0", "30"], "0"),
        (["25", "25", "30"], "0"),
    ];
    let scheme = scheme();
    for (scores, rating) in cases {
        assert_eq!(name(scored(&scheme, &scores).award.band.as_ref()), rating, "{scores:?}");
    }
}

#[test]
fn all_combinations_fall_as_counted() {
    let scheme = scheme();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut unlike_total = 0;
    for hygiene in ["0", "5", "10", "15", "20", "25"] {
        for structure in ["0", "5", "10", "15", "20", "25"] {
            for confidence in ["0", "5", "10", "20", "30"] {
                let outcome = scored(&scheme, &[hygiene, structure, confidence]);
                *counts.entry(name(outcome.award.band.as_ref()).to_owned()).or_default() += 1;
                unlike_total += usize::from(outcome.award.band != outcome.award.raw_band);
            }
        }
    }
    let counted: Vec<(&str, usize)> = counts.iter().map(|(rating, count)| (rating.as_str(), *count)).collect();
    assert_eq!(counted, [("0", 83), ("1", 49), ("2", 21), ("3", 4), ("4", 15), ("5", 8)]);
    assert_eq!(unlike_total, 112);
}

#[test]
fn a_blank_is_worst_at_its_most() {
    let outcome = scored(&scheme(), &["5", "5", "-"]);
    assert_eq!(ends(&outcome), (exact("10"), exact("40")));
    let bands = outcome.award.band_bounds.unwrap();
    assert_eq!((bands.lowest.as_str(), bands.highest.as_str()), ("0", "5"));
}

#[test]
fn the_way_up_goes_down() {
    let outcome = scored(&scheme(), &["25", "0", "10"]);
    let next = outcome.award.next.unwrap();
    assert_eq!(next.band.as_str(), "1");
    assert_eq!(next.steps.len(), 1);
    assert_eq!((next.steps[0].id.as_str(), next.steps[0].to.clone()), ("H1", exact("20")));
}
