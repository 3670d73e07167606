//! Seasons made up for tests: a framework like those that exist, and reviews of its returns, the same at every run.

use std::collections::BTreeMap;

use super::moderation::said;
use super::moderation::{Drawn, DrawnFor};
use super::record::name;
use super::{Expected, Roster, Season, SeasonRecord, Surroundings};
use crate::cell::CellRef;
use crate::exact::Exact;
use crate::finding::{Finding, Place, RuleId, Severity};
use crate::framework::sample::{self, field, points_scale};
use crate::framework::{
    Band, Better, Criterion, EntryKind, Field, FieldRole, Framework, ItemId, Measure, OutcomeSpec, ScaleId, Section,
    Tense,
};
use crate::returns::State;
use crate::review::{AnswerRecord, DateRecord, MeasureRecord, OutcomeRecord, Review, SectionRecord, Status};
use crate::schedule::StepState;
use crate::words::Nouns;
use crate::workbook::Source;

/// The regions of made-up organisations.
const REGIONS: [&str; 5] = ["North", "South", "East", "West", "Isles"];

/// Numbers that look random and are the same at every run.
pub(crate) struct Dice(u64);

impl Dice {
    /// Starts a row of numbers.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Returns the next number below `most`.
    pub(crate) fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % most
    }
}

fn section(id: &str, title: &str, criteria: usize) -> Section {
    let criterion = |number| Criterion {
        text: format!("{title}, point {number} as the form words it"),
        short: format!("{title} {number}"),
        ..sample::criterion(&format!("{id}.{number}"), "scale", &[])
    };
    let criteria = (1..=criteria).map(criterion).collect();
    Section { title: title.to_owned(), criteria, ..sample::section(id, 0, "scale") }
}

fn measure() -> Measure {
    let (text, short) = ("Started within a year".to_owned(), "Started".to_owned());
    Measure { text, short, ..sample::measure("A", "10", None) }
}

fn band(id: &str, title: &str, at_least: &str) -> Band {
    Band { title: title.to_owned(), ..sample::band(id, at_least, &[]) }
}

/// Returns a dated step of a return that stands as of 10 March 2026.
pub(crate) fn step(id: &str, date: Option<&str>, state: StepState) -> DateRecord {
    DateRecord {
        step: id.into(),
        title: format!("The {id}"),
        is_end: state == StepState::Expired,
        register: None,
        row: None,
        date: date.map(|date| date.parse().unwrap()),
        basis: "two weeks before".to_owned(),
        done: None,
        state,
        as_of: Some(jiff::civil::date(2026, 3, 10)),
        why: None,
    }
}

/// Returns a framework with these sections (name, title, criteria), answers of 0 to 2, and three bands.
pub(crate) fn framework(sections: &[(&str, &str, usize)]) -> Framework {
    let mut sections: Vec<Section> = sections.iter().map(|(id, title, count)| section(id, title, *count)).collect();
    sections.extend([Section { measures: vec![measure()], ..section("K", "Results", 0) }]);
    let small = sample::framework("1");
    Framework {
        id: "sample".into(),
        title: "Sample Framework".to_owned(),
        return_noun: "assessment".to_owned(),
        nouns: Nouns::default(),
        scales: BTreeMap::from([(ScaleId::from("scale"), points_scale(&["0", "1", "2"], Better::Higher))]),
        sections,
        outcome: OutcomeSpec {
            unit: "%".to_owned(),
            bands: vec![band("excellent", "Excellent", "80"), band("good", "Good", "65"), band("none", "None", "0")],
            incomplete: None,
            ..small.outcome
        },
        fields: vec![
            field("organisation", "Organisation", EntryKind::Text, FieldRole::Organisation),
            field("kind", "Kind", EntryKind::Text, FieldRole::Kind),
            field("region", "Region", EntryKind::Text, FieldRole::Region),
            field("data_date", "Data date", EntryKind::Date(Tense::Past), FieldRole::DataDate),
        ],
        ..small
    }
}

/// Returns the framework that most tests use: three sections of 5, 4 and 3 criteria.
pub(crate) fn usual() -> Framework {
    framework(&[("1", "Leadership", 5), ("2", "Delivery", 4), ("3", "Partners", 3)])
}

/// Gives a framework's form a field for the part of the organisation that a return is about.
pub(crate) fn of_units(mut framework: Framework) -> Framework {
    framework.fields.push(field("directorate", "Directorate", EntryKind::Text, FieldRole::Unit));
    framework
}

/// Has a framework's form sent once for each service.
pub(crate) fn of_services(mut framework: Framework) -> Framework {
    framework.fields.push(Field { role: None, ..field("service", "Service", EntryKind::Text, FieldRole::Unit) });
    framework.one_for_each = vec!["service".into()];
    framework
}

/// Returns the review of a return about a service with this answer to everything.
pub(crate) fn of_service(framework: &Framework, service: &str, kind: &str, points: u32) -> Review {
    let mut review = review(framework, "Acme", kind, &[Some(points); 12]);
    review.file = format!("{service} {kind}.xlsx");
    review.sha256.clone_from(&review.file);
    review.fields.insert("service".into(), service.into());
    review
}

/// Returns the review of a return with these answers, in the order of the framework's criteria; `None` is a blank.
pub(crate) fn review(framework: &Framework, organisation: &str, kind: &str, answers: &[Option<u32>]) -> Review {
    let file = format!("{organisation} {kind}.xlsx");
    let status = if answers.contains(&None) { Status::Provisional } else { Status::Scored };
    let mut review = Review::unread(&file, format!("{file} {answers:?}"), status, Vec::new());
    review.framework = Some(framework.id.clone());
    review.framework_version = Some(framework.version.clone());
    review.organisation = Some(organisation.to_owned());
    review.kind = Some(kind.to_owned());
    review.counts = Some("self".into());
    review.fields.insert("data_date".into(), "2026-03-31".into());
    let mut left = answers.iter();
    for section in &framework.sections {
        let mine: Vec<Option<u32>> = section.criteria.iter().map(|_| *left.next().expect("one each")).collect();
        let criteria = section.criteria.iter().zip(&mine).enumerate();
        review.answers.extend(criteria.map(|(row, (criterion, points))| answer(section, criterion, row, *points)));
        review.sections.extend((!mine.is_empty()).then(|| scored(section, &mine)));
    }
    review.outcome = Some(outcome(framework, answers));
    review
}

fn answer(section: &Section, criterion: &Criterion, row: usize, points: Option<u32>) -> AnswerRecord {
    AnswerRecord {
        id: ItemId::from(&criterion.id),
        rater: "self".into(),
        state: if points.is_some() { State::Given } else { State::Blank },
        value: points.map(|points| points.to_string()),
        points: points.map(Exact::from),
        sheet: Some(section.title.clone()),
        cell: Some(format!("C{}", row + 5)),
    }
}

fn scored(section: &Section, answers: &[Option<u32>]) -> SectionRecord {
    let score: Option<u32> = answers.iter().copied().sum();
    let given: u32 = answers.iter().flatten().sum();
    let blanks = answers.iter().filter(|answer| answer.is_none()).count();
    let most = Exact::from(2 * answers.len());
    let percent = score.and_then(|score| Exact::from(score * 100).divided_by(&most));
    SectionRecord {
        id: section.id.clone(),
        score: score.map(Exact::from),
        max: most,
        lowest: Exact::from(given),
        highest: Exact::from(given) + Exact::from(2 * blanks),
        percent,
        percent_ends: None,
        weight: None,
        contribution: None,
    }
}

fn outcome(framework: &Framework, answers: &[Option<u32>]) -> OutcomeRecord {
    let score: Option<u32> = answers.iter().copied().sum();
    let total = score.and_then(|score| Exact::from(score * 50).divided_by(&Exact::from(answers.len())));
    let bands = &framework.outcome.bands;
    let reached = total.as_ref().and_then(|total| bands.iter().find(|band| band.at_least.as_ref() <= Some(total)));
    let band = reached.map(|band| band.id.clone());
    OutcomeRecord {
        raw_band: band.clone(),
        band,
        display: total.as_ref().map(|total| total.to_fixed(1)),
        total,
        lowest: None,
        highest: None,
        band_lowest: None,
        band_highest: None,
        can_be: Vec::new(),
        ends: crate::outcome::Ends::default(),
        may_be_none: false,
        does_not_apply: false,
        gates: Vec::new(),
        next: None,
        missing: Vec::new(),
        unusable: Vec::new(),
        uneven: Vec::new(),
    }
}

/// Returns a finding at a criterion.
pub(crate) fn finding(rule: &str, severity: Severity, subject: &str, row: u32) -> Finding {
    let place = Place::cell("Leadership", CellRef::new(row, 4));
    let message = format!("{subject} has no evidence");
    let finding = Finding::of_rule(RuleId::named(rule.to_owned()), severity, place, message).with_subject(subject);
    finding.with_expected("evidence").with_help("Say what shows it.")
}

/// Returns made-up returns: each organisation a self-assessment, every third an external one too, some with blanks.
pub(crate) fn reviews(framework: &Framework, organisations: usize, seed: u64) -> Vec<Review> {
    let mut dice = Dice::new(seed);
    let mut reviews = Vec::new();
    for number in 0..organisations {
        let name = format!("Organisation {:02}", number + 1);
        let strength = dice.below(7);
        let mut answers: Vec<Option<u32>> =
            framework.criteria().map(|_| Some(grade(dice.below(10) + strength))).collect();
        if number % 9 == 8 {
            answers[2] = None;
        }
        reviews.push(dressed(review(framework, &name, "Self-assessment", &answers), number, &mut dice));
        if number % 3 == 0 {
            let external: Vec<Option<u32>> =
                answers.iter().map(|own| own.map(|own| own.saturating_sub(u32::from(dice.below(3) == 0)))).collect();
            reviews.push(dressed(review(framework, &name, "External assessment", &external), number, &mut dice));
        }
    }
    reviews
}

/// Returns the framework that most tests use, whose form names the assessor.
pub(crate) fn assessed() -> Framework {
    let mut framework = usual();
    framework.fields.push(field("lead", "Lead assessor", EntryKind::Text, FieldRole::Assessor));
    framework
}

/// Returns self-assessments, of which that of organisation 7 is a step higher, and external ones by five assessors who give nearly the
/// same, but for the first, who gives so many steps more.
pub(crate) fn assessments(framework: &Framework, organisations: u32, more: u32) -> Vec<Review> {
    let of = |number: u32| {
        let name = format!("Organisation {number:02}");
        let strange = u32::from(number == 7);
        let own: Vec<u32> = (0..12).map(|place| (number + place) % 2 + strange).collect();
        let more = if number.is_multiple_of(5) { more } else { 0 };
        let stricter = |place| u32::from(place == 0 && number.is_multiple_of(3));
        let external = own.iter().zip(0..).map(|(own, place)| Some(own.saturating_sub(stricter(place)) + more));
        let mut assessment = review(framework, &name, "External assessment", &external.collect::<Vec<_>>());
        assessment.fields.insert("lead".into(), format!("Assessor {}", number % 5).as_str().into());
        [review(framework, &name, "Self-assessment", &own.into_iter().map(Some).collect::<Vec<_>>()), assessment]
    };
    (0..organisations).flat_map(of).collect()
}

/// Returns the grade for a throw of 0 to 15.
fn grade(throw: u64) -> u32 {
    match throw {
        0..4 => 0,
        4..9 => 1,
        _ => 2,
    }
}

/// Adds region, a measure and findings to a made-up review.
fn dressed(mut review: Review, number: usize, dice: &mut Dice) -> Review {
    review.fields.insert("region".into(), REGIONS[(number * number + number / 4) % REGIONS.len()].into());
    let (people, started) = (10 + dice.below(40), dice.below(10));
    review.measures.push(MeasureRecord {
        id: "A".into(),
        value: None,
        points: None,
        claimed: None,
        from_register: Exact::ratio(started * 100, people),
        register_lowest: None,
        register_highest: None,
        cohort: Some(Exact::from(people)),
    });
    for row in 5..5 + u32::try_from(dice.below(5)).expect("it is below 5") {
        review.findings.push(finding("evidence-missing", Severity::Error, &format!("1.{}", row - 4), row));
    }
    review
}

impl SeasonRecord {
    /// Keeps of a season what the next one compares with.
    pub(crate) fn of(season: &Season) -> Self {
        let name = name(season.title.clone(), season.date);
        let earlier = season.previous.as_ref().map(Self::seasons).unwrap_or_default();
        Self::new(name, season.reviews(), earlier, season.frameworks)
    }
}

/// Returns a season of 40 in which these returns were put right to the least of all, with what stands in a list that came back.
pub(crate) fn moderated<'a>(frameworks: &'a [Framework], put_right: &[&str], list: Option<Vec<u8>>) -> Season<'a> {
    let said = list.map(|list| said::read(&Source::new("moderation", list)).unwrap());
    let put_right = |review: Review| {
        let whose = review.organisation.as_deref().zip(review.kind.as_deref());
        let is_one = put_right.contains(&review.file.as_str());
        let new = whose.filter(|_| is_one).map(|(name, kind)| self::review(&frameworks[0], name, kind, &[Some(0); 12]));
        new.unwrap_or(review)
    };
    let reviews = reviews(&frameworks[0], 40, 5).into_iter().map(put_right).collect();
    Season::new(frameworks, Surroundings { moderated: said.unwrap_or_default(), ..Surroundings::default() }, reviews)
}

/// Returns a list of what moderators say of each return that a season drew: that it stands; and of one that isn't drawn, and of one that
/// isn't there; with a return that was drawn by chance.
pub(crate) fn answered(season: &Season) -> (Vec<u8>, String) {
    let drawn = &season.moderation.drawn;
    let line = |drawn: &Drawn| Some(format!("{},A. Moderator,{},seen\n", drawn.file, drawn.band.as_ref()?));
    let undrawn = season.headline().find(|sent| !drawn.iter().any(|drawn| drawn.file == sent.review.file)).unwrap();
    let beside =
        format!("{},B. Moderator,good,by the way\nelsewhere.xlsx,C. Moderator,good,lost\n", undrawn.review.file);
    let lines: String = drawn.iter().filter_map(line).collect();
    let is_put_right = |drawn: &&Drawn| drawn.drawn != DrawnFor::Risk && drawn.band.as_deref() == Some("good");
    let put_right = drawn.iter().find(is_put_right).unwrap().file.clone();
    (format!("file,moderator,moderated_outcome,remark\n{lines}{beside}").into_bytes(), put_right)
}

/// Tries that a list which comes back in the shape that this gives keeps its draw and all that moderators wrote, whatever became of the
/// workbooks, and that what they wrote of another outcome doesn't count.
pub(crate) fn try_list(shape: impl Fn(&Season) -> Vec<u8>) {
    let frameworks = [usual()];
    let drawn = |season: &Season| {
        let as_drawn = |one: &Drawn| {
            (one.file.clone(), one.place, one.drawn, one.from, one.taken, one.drawn_band.clone(), one.risks.clone())
        };
        season.moderation.drawn.iter().map(as_drawn).collect::<Vec<_>>()
    };
    let files = |season: &Season| season.moderation.moderated.iter().map(|one| one.file.clone()).collect::<Vec<_>>();
    let made = moderated(&frameworks, &[], None);
    let (list, put_right) = answered(&made);
    let first = moderated(&frameworks, &[], Some(list));
    let count = first.moderation.moderated.len();
    assert!(files(&first).contains(&put_right) && first.moderation.doubts.len() == 1, "{:?}", first.moderation.doubts);
    // An empty list keeps the draw too.
    let empty = moderated(&frameworks, &[&put_right], Some(shape(&made)));
    assert_eq!((drawn(&empty), empty.moderation.seed.as_str()), (drawn(&made), made.moderation.seed.as_str()));
    assert_ne!(moderated(&frameworks, &[&put_right], None).moderation.drawn, made.moderation.drawn);
    let mut list = shape(&first);
    for run in 0..3 {
        let again = moderated(&frameworks, &[&put_right], Some(list));
        assert_eq!(drawn(&again), drawn(&made), "{run}");
        assert!(!files(&again).contains(&put_right) && files(&again).len() == count - 1, "{run}: {:?}", files(&again));
        let told: Vec<&str> = again.moderation.doubts.iter().map(|doubt| doubt.why.as_str()).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        let changed =
            format!("{put_right} was \u{201c}Good\u{201d} when it was looked at and is \u{201c}None\u{201d} now");
        assert!(
            told.iter().any(|why| why.contains(&changed)) && told.iter().any(|why| why.contains("elsewhere.xlsx")),
            "{told:?}"
        );
        list = shape(&again);
    }
    let back = moderated(&frameworks, &[], Some(list));
    assert_eq!((drawn(&back), files(&back)), (drawn(&made), files(&first)));
}

/// Returns a made-up season.
pub(crate) fn season(framework: &[Framework], organisations: usize) -> Season<'_> {
    let reviews = reviews(&framework[0], organisations, 7);
    let mut roster = Roster::default();
    for number in 0..=organisations {
        let organisation = format!("Organisation {:02}", number + 1);
        let group = ["Large", "Small"][usize::from(number % 4 == 0)].to_owned();
        let columns = BTreeMap::from([("group".to_owned(), group)]);
        roster.add(Expected { organisation, kinds: vec!["Self-assessment".to_owned()], columns });
    }
    Season::new(framework, Surroundings { roster: Some(roster), ..Surroundings::default() }, reviews)
}
