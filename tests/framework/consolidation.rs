//! Returns about the directorates of one organisation, put together by the declared rule.

use std::collections::BTreeMap;

use scrutineer::exact::Exact;
use scrutineer::framework::{Framework, ShareRule};
use scrutineer::outcome::consolidation::Declared;
use scrutineer::returns::State;
use scrutineer::review::{AnswerRecord, OpinionRecord, Review, Status, UnitRecord};
use scrutineer::season::consolidation::VoiceStanding::{self, Fails, Holds, LeftOut, Open};
use scrutineer::season::consolidation::{Consolidation, RuleSource, consolidate};
use scrutineer::season::{Season, SeasonReturn, Settings, Surroundings};

use super::scheme::shipped;

/// Returns the review of a return: its kind, its unit, its weight, and its grades in the form's order, the last for all others.
fn sent(framework: &Framework, kind: &str, unit: &str, weight: &str, grades: &[&str]) -> Review {
    let file = format!("{kind} {unit}.xlsx");
    let mut review = Review::unread(&file, String::new(), Status::Scored, Vec::new());
    review.framework = Some(framework.id.clone());
    review.organisation = Some("Anytown Council".to_owned());
    review.kind = Some(kind.to_owned());
    review.counts = Some("reviewer".into());
    let fields = [("scope", unit), ("headcount", weight), ("assessment_date", "2013-06-01")];
    review.fields = fields.into_iter().map(|(id, text)| (id.into(), text.into())).collect();
    let grade = |place: usize| grades.get(place).or(grades.last()).copied().unwrap_or_default();
    let answer = |(place, criterion): (usize, &scrutineer::framework::Criterion)| {
        let value = Some(grade(place).to_owned()).filter(|grade| !grade.is_empty());
        let points = match grade(place) {
            "met" => Some(1.into()),
            "partly" | "not-met" => Some(0.into()),
            _ => None,
        };
        AnswerRecord {
            id: (&criterion.id).into(),
            rater: "reviewer".into(),
            state: if value.is_some() { State::Given } else { State::Blank },
            value,
            points,
            sheet: None,
            cell: None,
        }
    };
    review.answers = framework.criteria().enumerate().map(answer).collect();
    review
}

/// Names the rule in a return about the whole.
fn by_rule(mut whole: Review, rule: &str, share: &str) -> Review {
    whole.fields.insert("share_rule".into(), rule.into());
    if !share.is_empty() {
        whole.fields.insert("share_needed".into(), share.into());
    }
    whole
}

/// Puts the returns of a season together.
fn together(framework: &Framework, reviews: Vec<Review>) -> Vec<Consolidation> {
    Season::new(std::slice::from_ref(framework), Surroundings::default(), reviews).consolidations
}

/// Returns the four directorates of the worked example: 1.1 is met where 100, 50 and 450 work, and unmet where 400 do.
fn four(framework: &Framework) -> Vec<Review> {
    let all = [("Alpha", "100", "met"), ("Beta", "50", "met"), ("Gamma", "450", "met"), ("Delta", "400", "not-met")];
    all.map(|(unit, weight, first)| sent(framework, "Directorate", unit, weight, &[first, "met"])).to_vec()
}

#[test]
fn the_rule_of_the_cover_decides_over_workbooks() {
    let framework = shipped("investors-in-people");
    let cases = [
        ("All directorates", "", "not-met", "not-recognised", "3/4"),
        ("Any directorate", "", "met", "gold", "3/4"),
        ("Majority of directorates", "", "met", "gold", "3/4"),
        ("Share of directorates at least", "0.75", "met", "gold", "3/4"),
        ("Share of directorates at least", "0.8", "not-met", "not-recognised", "3/4"),
        ("Headcount share at least", "0.6", "met", "gold", "3/5"),
        ("Headcount share at least", "0.61", "not-met", "not-recognised", "3/5"),
    ];
    for (rule, share, status, band, reached) in cases {
        let mut reviews = four(&framework);
        reviews.push(by_rule(sent(&framework, "Corporate", "Whole organisation", "1000", &["met"]), rule, share));
        let all = together(&framework, reviews);
        let [one] = &all[..] else { panic!("{rule}: {} organisations", all.len()) };
        assert_eq!(one.units.len(), 4, "{rule}: no directorate supersedes another");
        let first = &one.criteria[0];
        assert_eq!(first.status.as_deref(), Some(status), "{rule} {share}");
        assert_eq!(one.outcome.band.as_deref(), Some(band), "{rule} {share}");
        let reached: Exact = reached.parse().unwrap();
        assert_eq!(first.share_lowest, Some(reached), "{rule}");
        assert_eq!(first.agrees, Some(status == "met"), "{rule}: the whole says met");
        assert_eq!(one.disagreements.is_empty(), status == "met", "{rule}");
    }
}

#[test]
fn without_a_return_about_the_whole_the_frameworks_rule_decides() {
    let framework = shipped("investors-in-people");
    let all = together(&framework, four(&framework));
    assert_eq!((all[0].rule.words.as_str(), all[0].whole.is_none()), ("all directorates", true));
    assert_eq!(all[0].developments, ["1.1"]);
    let delta = all[0].units.iter().find(|unit| unit.name == "Delta").unwrap();
    assert_eq!(delta.developments, ["1.1"]);
    assert!(all[0].criteria.iter().all(|criterion| criterion.agrees.is_none()));
}

#[test]
fn the_seasons_rule_decides_where_no_return_names_one() {
    let framework = shipped("investors-in-people");
    let season = |rule, share: &str| Declared::new(rule, share.parse().ok().as_ref());
    let whole = || sent(&framework, "Corporate", "Whole organisation", "1000", &["met"]);
    let cases = [
        (None, season(ShareRule::Any, ""), "met", "any directorate", RuleSource::Season),
        (
            None,
            season(ShareRule::WeightedShare, "0.6"),
            "met",
            "directorates with at least 60% of the",
            RuleSource::Season,
        ),
        (
            None,
            season(ShareRule::WeightedShare, "0.61"),
            "not-met",
            "directorates with at least 61%",
            RuleSource::Season,
        ),
        (Some(whole()), season(ShareRule::Any, ""), "met", "any directorate", RuleSource::Season),
        (
            Some(by_rule(whole(), "All directorates", "")),
            season(ShareRule::Any, ""),
            "not-met",
            "all directorates",
            RuleSource::Return,
        ),
    ];
    for (whole, rule, status, words, named_by) in cases {
        let reviews: Vec<Review> = four(&framework).into_iter().chain(whole).collect();
        let settings = Settings { consolidation: Some(rule), ..Settings::default() };
        let surroundings = Surroundings { settings, ..Surroundings::default() };
        let all = Season::new(std::slice::from_ref(&framework), surroundings, reviews).consolidations;
        assert_eq!(all[0].criteria[0].status.as_deref(), Some(status), "{words}");
        assert!(all[0].rule.words.starts_with(words), "{}", all[0].rule.words);
        assert_eq!(all[0].rule.named_by, named_by, "{words}");
    }
}

#[test]
fn one_directorate_alone_is_not_put_together() {
    let framework = shipped("investors-in-people");
    assert!(together(&framework, four(&framework)[..1].to_vec()).is_empty());
}

#[test]
fn what_a_directorate_leaves_open_stays_open_unless_it_does_not_matter() {
    let framework = shipped("investors-in-people");
    for open in ["", "not-assessed"] {
        let reviews = vec![
            sent(&framework, "Directorate", "Alpha", "1", &["met", "not-met", "met"]),
            sent(&framework, "Directorate", "Beta", "1", &[open, open, "met"]),
        ];
        let all = together(&framework, reviews);
        let statuses: Vec<Option<&str>> = all[0].criteria[..3].iter().map(|of| of.status.as_deref()).collect();
        assert_eq!(statuses, [None, Some("not-met"), Some("met")], "{open}");
        let outcome = &all[0].outcome;
        assert_eq!((outcome.band.as_deref(), outcome.missing.clone()), (None, vec!["1.1".into()]), "{open}");
        // The second criterion is core and fails, so the first can't lift the level.
        let found = (outcome.band_lowest.as_deref(), outcome.band_highest.as_deref());
        assert_eq!(found, (Some("not-recognised"), Some("not-recognised")), "{open}");
    }
}

#[test]
fn a_column_speaks_where_no_return_does_and_not_assessed_is_left_out_there() {
    let framework = shipped("investors-in-people");
    let mut whole = by_rule(sent(&framework, "Corporate", "Whole organisation", "", &["met"]), "All directorates", "");
    whole.units =
        ["Alpha", "Beta", "Gamma"].map(|name| UnitRecord { name: name.to_owned(), weight: Some(10.into()) }).to_vec();
    let opinion = |unit: &str, id: &str, value: &str| OpinionRecord {
        unit: unit.to_owned(),
        id: id.into(),
        value: Some(value.to_owned()),
        counts: value != "not-assessed",
    };
    whole.opinions = vec![
        opinion("ALPHA", "1.1", "not-met"),
        opinion("Beta", "1.1", "met"),
        opinion("Gamma", "1.1", "not-assessed"),
        opinion("Beta", "1.2", "partly"),
    ];
    let reviews = vec![sent(&framework, "Directorate", "alpha", "99", &["met"]), whole];
    let all = together(&framework, reviews);
    let units: Vec<(&str, Option<Exact>)> =
        all[0].units.iter().map(|unit| (unit.name.as_str(), unit.weight.clone())).collect();
    assert_eq!(units, ["Alpha", "Beta", "Gamma"].map(|name| (name, Some(10.into()))));
    let standings =
        |at: usize| -> Vec<VoiceStanding> { all[0].criteria[at].voices.iter().map(|voice| voice.standing).collect() };
    assert_eq!(standings(0), [Holds, Holds, LeftOut]);
    assert_eq!(standings(1), [Holds, Fails, Open]);
    let first = &all[0].criteria[0];
    assert_eq!((first.status.as_deref(), first.by_columns.as_deref()), (Some("met"), Some("not-met")));
    assert_eq!(first.voices[0].column.as_deref(), Some("not-met"));
    assert_eq!(all[0].disagreements, ["1.2"]);
}

#[test]
fn the_order_of_returns_changes_nothing() {
    let framework = shipped("investors-in-people");
    let returns = |reviews: Vec<Review>| -> Vec<SeasonReturn> {
        let made = |review: Review| SeasonReturn {
            organisation: review.organisation.clone(),
            unit: review.fields.get("scope").map(ToString::to_string),
            each: BTreeMap::new(),
            is_of_several: false,
            groups: BTreeMap::new(),
            is_headline: true,
            review,
        };
        reviews.into_iter().map(made).collect()
    };
    let frameworks = [framework];
    let mut reviews = four(&frameworks[0]);
    let first = consolidate(&returns(reviews.clone()), &frameworks, None);
    reviews.reverse();
    let second = consolidate(&returns(reviews), &frameworks, None);
    assert_eq!(first[0].outcome, second[0].outcome);
    let statuses = |of: &Consolidation| of.criteria.iter().map(|of| of.status.clone()).collect::<Vec<_>>();
    assert_eq!(statuses(&first[0]), statuses(&second[0]));
}
