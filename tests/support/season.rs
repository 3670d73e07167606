//! Seasons of returns, the same for the same seed.

use std::collections::BTreeMap;

use scrutineer::exact::Exact;
use scrutineer::finding::{Finding, Place, RuleId, Severity};
use scrutineer::framework::{BandId, Framework, ItemId, Section};
use scrutineer::outcome::{GateState, Route, RouteStep};
use scrutineer::returns::State;
use scrutineer::review::{AnswerRecord, CellCounts, MeasureRecord, OutcomeRecord, Review, SectionRecord, Status};
use scrutineer::season::SeasonReturn;

use super::framework::exact;

/// A source of numbers that look random and are the same for the same seed.
pub(crate) struct Seed(pub(crate) u64);

impl Seed {
    /// Returns the next number below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Returns the names of sixty organisations, some of them hard to print.
pub(crate) fn organisations() -> Vec<String> {
    let places = [
        "Northgate",
        "Aire Valley",
        "Castlemere",
        "Dunholme",
        "Eastfield",
        "Fernhill",
        "Glenrowan",
        "Harbour",
        "Ironbridge",
        "Kestrel",
    ];
    let kinds = ["Works", "Skills Trust", "Employment Service", "Council", "Partners & Sons", "Academy"];
    let mut names: Vec<String> =
        kinds.iter().flat_map(|kind| places.iter().map(move |place| format!("{place} {kind}"))).collect();
    names[7] = String::from("#read(\"/etc/passwd\") *x* $y$ // @z <w>");
    names[11] = String::from(
        "The Joint Committee for Supported Employment, Skills and Lifelong Learning of the Northern and Western Isles and Districts",
    );
    names[17] = String::from(
        "\u{5d4}\u{5de}\u{5e8}\u{5db}\u{5d6} \u{5dc}\u{5ea}\u{5e2}\u{5e1}\u{5d5}\u{5e7}\u{5d4} (Employment Centre)",
    );
    names[23] = String::from("Caf\u{e9} Stra\u{df}e & Fils \u{4e2d}\u{6587}");
    names
}

/// How many answers of a return are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gaps {
    /// None.
    None,
    /// Half of them.
    Half,
    /// A few.
    Few,
}

/// Returns sixty returns, most of them complete.
pub(crate) fn mixed(framework: &Framework) -> Vec<Review> {
    let reviews = organisations().into_iter().enumerate().map(|(index, name)| match index {
        5 => unread(&name, Status::Unreadable),
        26 => unread(&name, Status::Unrecognised),
        _ => {
            let gaps = if index % 19 == 8 {
                Gaps::Half
            } else if index % 13 == 4 {
                Gaps::Few
            } else {
                Gaps::None
            };
            let mut review = review(framework, &name, index as u64 + 1, gaps);
            if index == 40 {
                review.status = Status::Superseded;
            }
            review
        }
    });
    reviews.collect()
}

/// Returns the review of a file that couldn't be read.
pub(crate) fn unread(name: &str, status: Status) -> Review {
    let mut review =
        Review::unread(&format!("North/{name}.xlsx").replace(['"', '#'], ""), digest(7), status, Vec::new());
    review.findings.push(finding(
        "workbook-unreadable",
        Severity::Error,
        None,
        None,
        "the file ends in the middle of its contents",
        "Send the workbook again; open it first to see that it is whole",
    ));
    review
}

/// Returns a return with answers from a seed; a low seed gives low scores.
pub(crate) fn review(framework: &Framework, organisation: &str, seed: u64, gaps: Gaps) -> Review {
    let mut source = Seed(seed.wrapping_mul(7919));
    let lean = 2 + source.below(4);
    let mut review = Review::unread(
        &format!(
            "North/{} (final).xlsx",
            organisation.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect::<String>()
        ),
        digest(seed),
        Status::Scored,
        Vec::new(),
    );
    review.framework = Some(framework.id.clone());
    review.framework_version = Some(framework.version.clone());
    review.organisation = Some(organisation.to_owned());
    review.kind = Some("Self-assessment".to_owned());
    review.counts = Some("self".into());
    review.fields = BTreeMap::from([("assessment_date".into(), "2026-03-10".into())]);
    review.cells = CellCounts { total: 812, form: 610, answers: 180, formulas: 20, unexpected: 2 };
    for section in &framework.sections {
        answer(framework, section, &mut source, lean, gaps, &mut review);
    }
    finish(framework, &mut review);
    review
}

/// Returns something that looks like a digest.
fn digest(seed: u64) -> String {
    let mut source = Seed(seed);
    (0..64).map(|_| char::from_digit(u32::try_from(source.below(16)).unwrap(), 16).unwrap()).collect()
}

/// Answers a section's criteria and measures.
fn answer(framework: &Framework, section: &Section, source: &mut Seed, lean: usize, gaps: Gaps, review: &mut Review) {
    for criterion in &section.criteria {
        let scale = framework.scale(criterion);
        let (least, most) = (scale.minimum().to_whole().unwrap(), scale.maximum().to_whole().unwrap());
        let steps = usize::try_from(most - least).unwrap();
        let up = (source.below(steps + 1) + source.below(lean)).min(steps);
        let missing = match gaps {
            Gaps::None => false,
            Gaps::Half => source.below(2) == 0,
            Gaps::Few => source.below(25) == 0,
        };
        let points = (least + i64::try_from(up).unwrap()).to_string();
        push_answer(review, criterion.id.as_str(), &section.title, (!missing).then_some(points.as_str()), source);
    }
    for measure in &section.measures {
        let claimed = (source.below(3) * 2 + 4).min(usize::try_from(measure.maximum.to_whole().unwrap()).unwrap());
        review.measures.push(MeasureRecord {
            id: measure.id.clone(),
            value: Some(exact(&format!("{}.5", 20 + source.below(40)))),
            points: Some(claimed.into()),
            claimed: Some(claimed.into()),
            from_register: Some(exact("200/3")),
            register_lowest: None,
            register_highest: None,
            cohort: Some(12.into()),
        });
    }
    let score = section_record(framework, section, review);
    review.sections.push(score);
}

/// Adds an answer, and what was found about it.
fn push_answer(review: &mut Review, id: &str, sheet: &str, value: Option<&str>, source: &mut Seed) {
    let row = review.answers.len() + 5;
    let cell = format!("C{row}");
    if value.is_none() {
        review.findings.push(finding(
            "answer-blank",
            Severity::Error,
            Some((sheet, &cell)),
            Some(id),
            "no score is given",
            "Give a score for each criterion",
        ));
    } else if source.below(9) == 0 {
        review.findings.push(finding(
            "evidence-missing",
            Severity::Warning,
            Some((sheet, &cell)),
            Some(id),
            &format!("the score is {} and no evidence is named beside it", value.unwrap_or_default()),
            "Name the document or link that shows it",
        ));
    } else if source.below(23) == 0 {
        review.findings.push(finding(
            "number-as-text",
            Severity::Note,
            Some((sheet, &cell)),
            Some(id),
            "the number is stored as text",
            "Type the number again",
        ));
    }
    let record = |rater: &str, value: Option<String>| AnswerRecord {
        id: id.into(),
        rater: rater.into(),
        state: if value.is_some() { State::Given } else { State::Blank },
        points: value.as_deref().map(exact),
        value,
        sheet: Some(sheet.to_owned()),
        cell: Some(cell.clone()),
    };
    review.answers.push(record("self", value.map(ToOwned::to_owned)));
}

/// Makes a finding.
pub(crate) fn finding(
    rule: &str,
    severity: Severity,
    place: Option<(&str, &str)>,
    subject: Option<&str>,
    message: &str,
    help: &str,
) -> Finding {
    let cells = |(sheet, cell): (&str, &str)| Place::Cells(sheet.to_owned(), cell.parse().unwrap());
    Finding {
        rule: RuleId::named(rule.to_owned()),
        severity,
        place: place.map_or(Place::Workbook, cells),
        subject: subject.map(ToOwned::to_owned),
        found: None,
        expected: None,
        message: message.to_owned(),
        help: help.to_owned(),
        explanation: None,
        effects: Vec::new(),
        by_itself: None,
        is_everybodys: false,
        whose: None,
        item: None,
        waived: None,
    }
}

/// Adds up a section.
fn section_record(framework: &Framework, section: &Section, review: &Review) -> SectionRecord {
    let answers = section.criteria.iter().map(|criterion| {
        let answer = review.answers.iter().find(|answer| answer.id == criterion.id).unwrap();
        (answer.points.clone(), framework.scale(criterion))
    });
    let answers: Vec<_> = answers.collect();
    let measured: Exact = review
        .measures
        .iter()
        .filter(|m| section.measures.iter().any(|s| s.id == m.id))
        .map(|m| m.claimed.as_ref().unwrap())
        .sum();
    let low = answers.iter().map(|(points, scale)| points.clone().unwrap_or_else(|| scale.minimum())).sum::<Exact>()
        + measured.clone();
    let high = answers.iter().map(|(points, scale)| points.clone().unwrap_or_else(|| scale.maximum())).sum::<Exact>()
        + measured;
    let max = answers.iter().map(|(_, scale)| scale.maximum()).sum::<Exact>()
        + section.measures.iter().map(|m| m.maximum.clone()).sum::<Exact>();
    let complete = answers.iter().all(|(points, _)| points.is_some());
    let percent = complete.then(|| (&low * &Exact::from(100)).divided_by(&max).unwrap());
    let weight = section.weight.as_ref().map(|weight| weight * &Exact::from(100));
    SectionRecord {
        id: section.id.clone(),
        score: complete.then(|| low.clone()),
        max,
        lowest: low,
        highest: high,
        percent_ends: None,
        contribution: percent.as_ref().zip(section.weight.as_ref()).map(|(percent, weight)| percent * weight),
        percent,
        weight,
    }
}

/// Adds up the return and gives its outcome.
fn finish(framework: &Framework, review: &mut Review) {
    let part = |section: &SectionRecord, score: &Exact| match &section.weight {
        Some(weight) => (score * weight).divided_by(&section.max).unwrap(),
        None => score.clone(),
    };
    let low: Exact = review.sections.iter().map(|section| part(section, &section.lowest)).sum();
    let high: Exact = review.sections.iter().map(|section| part(section, &section.highest)).sum();
    let missing: Vec<ItemId> =
        review.answers.iter().filter(|answer| answer.value.is_none()).map(|answer| answer.id.clone()).collect();
    let band = |total: &Exact| {
        framework
            .outcome
            .bands
            .iter()
            .find(|band| band.at_least.as_ref().is_none_or(|least| total >= least))
            .map(|band| band.id.clone())
    };
    let complete = missing.is_empty();
    let lowest_grade = framework.scales.values().next().unwrap().minimum().to_string();
    let ones: Vec<&str> = review
        .answers
        .iter()
        .filter(|answer| answer.value.as_ref() == Some(&lowest_grade))
        .map(|answer| answer.id.as_str())
        .collect();
    let gate = GateState {
        id: framework.outcome.gates[0].id.clone(),
        holds: if ones.is_empty() { complete.then_some(true) } else { Some(false) },
        why: if ones.is_empty() { String::new() } else { format!("the lowest score stands at {}", ones.join(", ")) },
    };
    let raw = complete.then(|| band(&low)).flatten();
    let capped = framework.outcome.bands.iter().rev().nth(1).map(|band| band.id.clone());
    let given = if gate.holds == Some(false)
        && framework.sections.len() == 5
        && raw.as_deref().is_some_and(|raw| raw == "meeting" || raw == "exceeding")
    {
        capped
    } else {
        raw.clone()
    };
    if !complete {
        review.status = Status::Provisional;
    }
    review.outcome = Some(OutcomeRecord {
        next: next(framework, given.as_ref(), &low, review).filter(|_| complete),
        band: given,
        raw_band: raw,
        total: complete.then(|| low.clone()),
        display: complete.then(|| low.to_fixed(framework.outcome.decimals)),
        lowest: (!complete).then(|| low.clone()),
        highest: (!complete).then(|| high.clone()),
        band_lowest: (!complete).then(|| band(&low)).flatten(),
        band_highest: (!complete).then(|| band(&high)).flatten(),
        can_be: Vec::new(),
        gates: vec![gate],
        ends: scrutineer::outcome::Ends::Reached,
        may_be_none: false,
        does_not_apply: false,
        missing,
        unusable: Vec::new(),
        uneven: Vec::new(),
    });
}

/// Returns a way to the next better band: the lowest scores raised.
fn next(framework: &Framework, band: Option<&BandId>, total: &Exact, review: &Review) -> Option<Route> {
    let at = framework.outcome.bands.iter().position(|given| Some(&given.id) == band)?;
    let better = framework.outcome.bands.get(at.checked_sub(1)?)?;
    let short = better.at_least.as_ref()? - total;
    let mut low: Vec<&AnswerRecord> = review.answers.iter().collect();
    low.sort_by_key(|answer| answer.points.clone());
    let number = usize::try_from(short.rounded(0).to_whole().unwrap().clamp(1, 6)).unwrap();
    let steps = low.iter().take(number).map(|answer| RouteStep {
        id: answer.id.clone(),
        from: answer.points.clone().unwrap(),
        to: answer.points.as_ref().unwrap() + &Exact::one(),
    });
    let mut steps: Vec<RouteStep> = steps.collect();
    if let Some(measure) = review.measures.first() {
        steps.push(RouteStep { id: (&measure.id).into(), from: measure.claimed.clone().unwrap(), to: 10.into() });
    }
    Some(Route { band: better.id.clone(), steps, fewest: true, impossible: None })
}

/// Returns reviews as a season holds them.
pub(crate) fn season(reviews: Vec<Review>) -> Vec<SeasonReturn> {
    let place = |review: Review| SeasonReturn {
        organisation: review.organisation.clone(),
        unit: None,
        each: BTreeMap::new(),
        is_of_several: false,
        groups: BTreeMap::new(),
        is_headline: review.status.counts(),
        review,
    };
    reviews.into_iter().map(place).collect()
}
