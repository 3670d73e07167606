//! Two seasons with everything planted in them at once: all of it is found, and nothing else is told.

use std::collections::{BTreeMap, BTreeSet};

use super::draw::Draws;
use super::verdict::Chance;
use super::verdict::question::{Reason, questions};
use super::{ChangeSummary, Statistics};
use crate::cell::CellRef;
use crate::finding::{Place, Severity};
use crate::framework::sample::field;
use crate::framework::{EntryKind, FieldRole, Framework};
use crate::review::{Review, evidence};
use crate::season::{Expected, Roster, Season, SeasonRecord, Surroundings, sample};

/// The criterion that is answered a step lower this season.
const DRIFTED: &str = "1.5";
/// Where the form leads people astray.
const FAULTY: &str = "2.3";
/// Who judges higher than others.
const LENIENT: &str = "E. Marsh";
/// Who assesses.
const ASSESSORS: [&str; 5] = ["A. Field", "B. Hill", "C. Lake", "D. Moor", LENIENT];
/// How many organisations there are in the first season.
const ORGANISATIONS: usize = 60;
/// The text that was copied.
const COPIED: &str = "Twelve client files were sampled in February by a reviewer from the sister service, and eleven held a plan that the client had signed.";
/// A shorter text that two have alike.
const LESS: &str = "Green kites were flown over seven old harbour walls during autumn festivals";
/// What many write, each with a figure and a month of its own.
const USUAL: [&str; 3] = [
    "Report of {month} from the database shows that {figure}% of all cases were complete and on time",
    "Minutes of the steering group in {month}, item {figure}, and the action plan that came of them",
    "Survey of staff in {month} with {figure} replies; see also the handbook and the training records",
];
/// Months of those texts.
const MONTHS: [&str; 6] = ["January", "March", "May", "June", "October", "November"];

/// The numbers of organisations with something planted.
const ROSE: usize = 7;
const FELL: usize = 18;
const LEFT_THE_ROSTER: usize = 22;
const ABSENT: usize = 31;
const COPIERS: [usize; 3] = [4, 25, 43];
const ALIKE: [usize; 2] = [12, 50];
const JOINED: [usize; 3] = [60, 61, 62];
const CAME_BACK: usize = 63;

/// How many organisations there are in all.
const ALL: usize = ORGANISATIONS + JOINED.len() + 1;

/// A framework of thirty criteria whose form names the assessor.
fn framework() -> Framework {
    let mut framework = sample::framework(&[("1", "Leadership", 12), ("2", "Delivery", 10), ("3", "Partners", 8)]);
    framework.fields.push(field("assessor", "Lead assessor", EntryKind::Text, FieldRole::Assessor));
    framework
}

fn name(number: usize) -> String {
    format!("Organisation {number:02}")
}

/// Returns an answer from 0 to 2, for an ability from nought to one.
#[expect(clippy::float_arithmetic, reason = "random numbers are no scores")]
fn answer(draws: &mut Draws, ability: f64) -> u32 {
    let by_chance = draws.share() + ability;
    u32::from(by_chance > 0.5) + u32::from(by_chance > 1.0)
}

/// Returns what an organisation answers to every criterion in both seasons: most of it is the same twice.
fn answers(draws: &mut Draws, framework: &Framework, number: usize) -> [Vec<u32>; 2] {
    let ability = draws.share();
    let [before, now] = match number {
        ROSE => [0.05, 0.95],
        FELL => [0.95, 0.05],
        _ => [ability; 2],
    };
    let both = framework.criteria().map(|criterion| {
        let then = answer(draws, before);
        let again = before.total_cmp(&now).is_eq() && draws.share() < 0.8;
        let drift = u32::from(criterion.id.as_str() == DRIFTED);
        (then, if again { then } else { answer(draws, now) }.saturating_sub(drift))
    });
    let (before, now) = both.unzip();
    [before, now]
}

/// Returns a self-assessment, with evidence of its own but for those who copied.
fn own(draws: &mut Draws, framework: &Framework, number: usize, answers: &[u32]) -> Review {
    let given: Vec<Option<u32>> = answers.iter().copied().map(Some).collect();
    let mut review = sample::review(framework, &name(number), "Self-assessment", &given);
    for (at, criterion) in framework.criteria().enumerate() {
        let usual = USUAL[draws.below(USUAL.len())].replace("{month}", MONTHS[draws.below(MONTHS.len())]);
        let text = usual.replace("{figure}", &(10 + draws.below(80)).to_string());
        let text = match at {
            14 if COPIERS.contains(&number) => COPIED.to_owned(),
            3 if ALIKE.contains(&number) => LESS.to_owned(),
            _ => text,
        };
        let place = Place::cell("Evidence", CellRef::new(u32::try_from(at).unwrap() + 5, 6));
        review.evidence.extend(evidence::record(criterion.id.as_str(), &place, &text, &BTreeSet::new()));
    }
    warned(draws, review)
}

/// Returns what an assessor gives: the organisation's own answers, one in ten a step off, and a step higher of the lenient one's.
fn external(draws: &mut Draws, framework: &Framework, number: usize, own: &[u32]) -> Review {
    let assessor = ASSESSORS[number / 2 % ASSESSORS.len()];
    let judged = |own: &u32| match draws.below(20) {
        0 => own.saturating_sub(1),
        1 => (own + 1).min(2),
        _ if assessor == LENIENT => (own + 1).min(2),
        _ => *own,
    };
    let answers: Vec<Option<u32>> = own.iter().map(judged).map(Some).collect();
    let mut review = sample::review(framework, &name(number), "External assessment", &answers);
    review.fields.insert("assessor".into(), assessor.into());
    warned(draws, review)
}

/// Gives a return the finding that three in five have at one place, and one wherever it falls.
fn warned(draws: &mut Draws, mut review: Review) -> Review {
    let everywhere = (draws.share() < 0.6).then(|| (FAULTY.to_owned(), 7));
    let scattered = (format!("1.{}", 1 + draws.below(12)), 20);
    let findings = everywhere.into_iter().chain([scattered]);
    let findings = findings.map(|(subject, row)| sample::finding("total-differs", Severity::Error, &subject, row));
    review.findings.extend(findings);
    review
}

/// Returns the returns of both seasons.
fn seasons(framework: &Framework, seed: f64) -> [Vec<Review>; 2] {
    let mut draws = Draws::of(&[seed]);
    let mut reviews = [Vec::new(), Vec::new()];
    for number in 0..ALL {
        let [before, now] = answers(&mut draws, framework, number);
        if !JOINED.contains(&number) && number != CAME_BACK {
            reviews[0].push(own(&mut draws, framework, number, &before));
        }
        if ![ABSENT, LEFT_THE_ROSTER].contains(&number) {
            reviews[1].push(own(&mut draws, framework, number, &now));
            reviews[1].extend((number % 2 == 0).then(|| external(&mut draws, framework, number, &now)));
        }
    }
    reviews
}

/// Returns the roster of this season.
fn roster() -> Roster {
    let mut roster = Roster::default();
    for number in (0..ALL).filter(|number| *number != LEFT_THE_ROSTER) {
        let (organisation, kinds) = (name(number), vec!["Self-assessment".to_owned()]);
        roster.add(Expected { organisation, kinds, columns: BTreeMap::new() });
    }
    roster
}

/// Returns whom the findings of a rule name, of these organisations.
fn named(season: &Season, rule: &str) -> Vec<Vec<usize>> {
    let of_rule = season.findings.iter().filter(|finding| finding.rule.as_str() == rule);
    let all = || 0..ALL;
    of_rule.map(|finding| all().filter(|number| finding.message.contains(&name(*number))).collect()).collect()
}

/// Asserts what the findings about the season tell.
#[track_caller]
fn assert_findings(season: &Season) {
    assert_eq!(named(season, "change-implausible"), [[ROSE], [FELL]]);
    assert_eq!(named(season, "return-missing"), [[ABSENT]]);
    // What weighs most comes first.
    assert_eq!(named(season, "evidence-shared"), [&COPIERS[..], &ALIKE]);
    let systemic = season.findings.iter().filter(|finding| finding.rule.as_str() == "finding-systemic");
    let systemic: Vec<&str> = systemic.map(|finding| &*finding.message).collect();
    assert!(systemic.len() == 1 && systemic[0].contains(FAULTY), "{systemic:?}");
}

/// Asserts who came and who didn't.
#[track_caller]
fn assert_members(change: &ChangeSummary) {
    let joined: Vec<String> = JOINED.iter().map(|number| name(*number)).collect();
    assert_eq!((&change.members.joined, &change.members.came_back), (&joined, &vec![name(CAME_BACK)]));
    let left = change.members.left.iter().map(|left| (&*left.organisation, left.is_expected));
    assert_eq!(left.collect::<Vec<_>>(), [(&*name(LEFT_THE_ROSTER), false), (&*name(ABSENT), true)]);
}

#[test]
fn what_was_planted_is_found_and_nothing_else_is_told() {
    let frameworks = [framework()];
    for seed in [1.0, 2.0, 5.0, 8.0] {
        let [before, now] = seasons(&frameworks[0], seed);
        let earlier = own(&mut Draws::of(&[seed]), &frameworks[0], CAME_BACK, &[1; 30]);
        let earlier = Season::new(&frameworks, Surroundings::default(), vec![earlier]);
        let previous = Some(SeasonRecord::of(&earlier));
        let last = Season::new(&frameworks, Surroundings { previous, ..Surroundings::default() }, before);
        let previous = Some(SeasonRecord::of(&last));
        let surroundings = Surroundings { previous, roster: Some(roster()), ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, now);
        assert_findings(&season);
        let statistics = Statistics::of_season(&season).unwrap();
        let framework = statistics.of("sample").unwrap();
        let change = framework.change.as_ref().unwrap();
        assert_members(change);
        let drifted = change.criteria.iter().filter(|row| Chance::is_unlikely(&row.chance_adjusted));
        assert_eq!(drifted.map(|row| &*row.criterion).collect::<Vec<_>>(), [DRIFTED], "seed {seed}");
        let asked = questions(&frameworks[0], framework).into_iter().filter(|of| of.reason == Reason::Systemic);
        let asked: Vec<Option<String>> = asked.map(|of| of.criterion).collect();
        assert_eq!(asked, [Some(FAULTY.to_owned())], "seed {seed}");
        let lenient = framework.assessors.iter().filter(|row| Chance::is_unlikely(&row.chance));
        assert_eq!(lenient.map(|row| &*row.assessor).collect::<Vec<_>>(), [LENIENT], "seed {seed}");
    }
}
