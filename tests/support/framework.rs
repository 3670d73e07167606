//! Frameworks made up for tests: one of a few graded values, one of weighted sections with measures, one of any size.

use std::collections::BTreeMap;

use scrutineer::exact::Exact;
use scrutineer::finding::Severity;
use scrutineer::framework::expression::Expression;
use scrutineer::framework::{
    Band, BandId, Better, Criterion, Edge, Framework, Gate, Grade, Grades, Lookup, LookupStep, Measure, Mode,
    NotApplicable, OutcomeSpec, Rater, RaterId, Requirement, Scale, ScaleId, Section,
};
use scrutineer::words::Nouns;

/// Reads an exact number.
pub(crate) fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

/// Reads an expression.
fn expression(text: &str) -> Expression {
    Expression::parse(text).unwrap()
}

/// Five values with thirteen criteria, graded 1 to 4, whose sum gives the band.
pub(crate) fn values() -> Framework {
    let subjects: [(&str, &str, &[&str]); 5] = [
        (
            "U",
            "Understanding",
            &[
                "Knows the sector well enough to state its needs and ambitions",
                "Has working ways to consult employers",
                "Defines its sector clearly",
            ],
        ),
        (
            "T",
            "Trusted",
            &[
                "Shows active support from employers, representative groups and partners",
                "Plans training paths and standards together with employers",
                "Speaks for the needs of the whole industry",
            ],
        ),
        ("C", "Capable", &["Employs staff with the right expertise", "Can show competence and performance"]),
        (
            "I",
            "Impartial",
            &[
                "Works for the benefit of the industry within its legal status",
                "Finds conflicts of interest when it promotes services",
                "Keeps what clients tell it confidential",
            ],
        ),
        ("S", "Sustainable", &["States what it intends to achieve", "Shows the impact of earlier standards work"]),
    ];
    let section =
        |(id, title, texts): &(&str, &str, &[&str])| section(id, title, None, criteria(id, texts, "four", &LEVELS));
    let mut framework = bare("partner-values", "Values of Partnership", subjects.iter().map(section).collect());
    framework.scales = BTreeMap::from([(ScaleId::from("four"), four())]);
    let bands = [
        ("exceeding", "Exceeding", "43"),
        ("meeting", "Meeting", "39"),
        ("partially-meeting", "Partially meeting", "24"),
        ("not-meeting", "Not meeting", "13"),
    ];
    framework.outcome = outcome("sum(all)", "points", 0, &bands);
    framework.outcome.gates = vec![gate("no-criterion-at-one", "No criterion is scored 1")];
    framework.outcome.near = Some(exact("1"));
    framework
}

/// What each grade of the values means, best first.
const LEVELS: [&str; 4] = [
    "Practice is a model for others, and there is evidence of its effect over several years",
    "Practice is established, and recent evidence shows it throughout the organisation",
    "Practice has begun in parts of the organisation, and some of it is on record",
    "There is little or no practice to show",
];

/// Seven weighted sections with 71 criteria, graded 0 to 2, and five measures; bands in per cent.
#[expect(clippy::too_many_lines, reason = "it is a list")]
pub(crate) fn practice() -> Framework {
    let sections = [
        ("1.1", "Engaging Jobseekers", 10, "15"),
        ("1.2", "Vocational Profiling and Action Planning", 14, "15"),
        ("1.3", "Engaging Employers", 14, "15"),
        ("1.4", "Job Matching and Securing Employment", 10, "15"),
        ("1.5", "In-Work Support & Career Development", 15, "15"),
        ("2.1", "Business Results", 8, "10"),
    ];
    let texts = [
        "Information about the service is accessible to everyone it is for",
        "Support needs and adjustments are recorded and acted on",
        "Plans have steps, owners and dates",
        "Feedback changes how the work is done",
        "Contacts are logged and followed up",
        "Progress is reviewed regularly with the person",
        "Choices are explained and informed",
    ];
    let levels = ["Substantial and consistent", "Some, but inconsistent", "Little or none"];
    let mut made: Vec<Section> = sections
        .iter()
        .map(|(id, title, number, weight)| {
            let texts: Vec<&str> = (0..*number).map(|index| texts[index % texts.len()]).collect();
            let mut section = section(id, title, Some(weight), criteria(&format!("{id}."), &texts, "three", &levels));
            for (index, criterion) in section.criteria.iter_mut().enumerate() {
                criterion.short = format!("{} ({})", criterion.short, index + 1);
            }
            section
        })
        .collect();
    let mut measured = section("2.2", "Key Performance Indicators", Some("15"), Vec::new());
    measured.measures = vec![
        measure(
            "A",
            "Share of starters who reach a paid job",
            "%",
            "10",
            &[(Edge::AtLeast, "50", "10"), (Edge::AtLeast, "40", "8"), (Edge::AtLeast, "30", "6")],
        ),
        measure(
            "B",
            "Mean weeks from start to job",
            "weeks",
            "10",
            &[(Edge::Under, "10", "10"), (Edge::Under, "16", "8"), (Edge::Under, "26", "6")],
        ),
        measure("C", "Employer satisfaction", "rating", "5", &[]),
        measure("D", "Jobseeker satisfaction", "rating", "5", &[]),
        measure(
            "E",
            "Still in work after six months",
            "%",
            "10",
            &[(Edge::Over, "90", "10"), (Edge::Over, "80", "8"), (Edge::Over, "70", "6")],
        ),
    ];
    made.push(measured);
    let mut framework = bare("practice-quality", "Practice Quality Framework", made);
    framework.illustrative = true;
    framework.scales = BTreeMap::from([(ScaleId::from("three"), scale(&[("2", None), ("1", None), ("0", None)]))]);
    framework.outcome = outcome(
        "weighted(all)",
        "%",
        2,
        &[
            ("excellent", "Excellent", "90"),
            ("good", "Good", "75"),
            ("accredited", "Accredited", "55"),
            ("none", "Not accredited", "0"),
        ],
    );
    framework.outcome.gates =
        vec![gate("kpi-excellent", "A + B + E is 20 or more"), gate("kpi-good", "A + B + E is 15 or more")];
    framework
}

/// One section of as many criteria as wanted.
pub(crate) fn of_size(number: usize) -> Framework {
    let mut framework = values();
    let texts: Vec<String> = (1..=number)
        .map(|index| format!("Standard {index} of the scheme is worked to in every part of the organisation"))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    framework.sections = texts
        .chunks(25)
        .enumerate()
        .map(|(index, texts)| {
            let id = char::from(b'A' + u8::try_from(index).unwrap()).to_string();
            section(&id, &format!("Part {id}"), None, criteria(&id, texts, "four", &LEVELS))
        })
        .collect();
    let limit = |part: usize| (number * part / 13).to_string();
    let limits = [limit(43), limit(39), limit(24), limit(13)];
    let names = [
        ("exceeding", "Exceeding"),
        ("meeting", "Meeting"),
        ("partially-meeting", "Partially meeting"),
        ("not-meeting", "Not meeting"),
    ];
    let bands: Vec<(&str, &str, &str)> =
        names.iter().zip(&limits).map(|((id, title), limit)| (*id, *title, limit.as_str())).collect();
    framework.outcome.bands = outcome("sum(all)", "points", 0, &bands).bands;
    framework
}

/// A framework without scales and outcome.
fn bare(id: &str, title: &str, sections: Vec<Section>) -> Framework {
    let rater = |id: &str, title: &str| Rater { id: RaterId::from(id), title: title.to_owned(), counts_when: None };
    Framework {
        id: id.into(),
        version: "2025".to_owned(),
        title: title.to_owned(),
        owner: "The Partnership Council".to_owned(),
        return_noun: "assessment".to_owned(),
        nouns: Nouns::default(),
        valid_from: None,
        valid_until: None,
        provenance: "made up for tests".to_owned(),
        illustrative: false,
        members: Vec::new(),
        raters: vec![rater("self", "Self-assessment"), rater("assessor", "Assessor")],
        scales: BTreeMap::new(),
        sections,
        groups: BTreeMap::new(),
        applies: Vec::new(),
        values: Vec::new(),
        grades: Vec::new(),
        outcome: outcome("sum(all)", "points", 0, &[]),
        sheets: Vec::new(),
        fields: Vec::new(),
        tables: Vec::new(),
        registers: Vec::new(),
        stated: Vec::new(),
        fillers: Vec::new(),
        requirements: vec![Requirement {
            rater: None,
            when: expression("score >= 1"),
            any_of: Vec::new(),
            rule: "evidence-missing".to_owned(),
            severity: Severity::Warning,
            help: "Name the evidence.".to_owned(),
        }],
        kinds: Vec::new(),
        consolidation: None,
        rules: Vec::new(),
        severities: BTreeMap::new(),
        one_for_each: Vec::new(),
        tolerance: None,
        calendar: Vec::new(),
        report: None,
        form: None,
    }
}

/// A section without measures.
fn section(id: &str, title: &str, weight: Option<&str>, criteria: Vec<Criterion>) -> Section {
    let weight = weight.map(|weight| exact(weight).divided_by(&Exact::from(100)).unwrap());
    Section {
        id: id.into(),
        title: title.to_owned(),
        weight,
        weight_from: None,
        weights_in: None,
        sheet: None,
        criteria,
        measures: Vec::new(),
    }
}

/// Criteria with these texts, numbered from one.
fn criteria(prefix: &str, texts: &[&str], scale: &str, levels: &[&str]) -> Vec<Criterion> {
    let short = |text: &str| text.split(' ').take(5).collect::<Vec<_>>().join(" ");
    let criterion = |(index, text): (usize, &&str)| Criterion {
        id: format!("{prefix}{}", index + 1).as_str().into(),
        text: (*text).to_owned(),
        short: short(text),
        scale: scale.into(),
        weight: None,
        tags: Vec::new(),
        levels: levels.iter().map(|level| (*level).to_owned()).collect(),
        note: None,
    };
    texts.iter().enumerate().map(criterion).collect()
}

/// The scale from "Not meeting" to "Exceeding".
fn four() -> Scale {
    scale(&[
        ("4", Some("Exceeding")),
        ("3", Some("Meeting")),
        ("2", Some("Partially meeting")),
        ("1", Some("Not meeting")),
    ])
}

/// A scale of these grades.
fn scale(grades: &[(&str, Option<&str>)]) -> Scale {
    let grade = |(id, label): &(&str, Option<&str>)| Grade {
        id: (*id).to_owned(),
        points: Some(exact(id)),
        label: label.map(ToOwned::to_owned),
        written: Vec::new(),
        not_advised: false,
    };
    Scale {
        grades: Grades::Listed(grades.iter().map(grade).collect()),
        placeholders: Vec::new(),
        missing: Vec::new(),
        not_applicable: NotApplicable::Refused,
        better: Better::Higher,
        unit: None,
    }
}

/// Bands, best first, each from its limit.
fn outcome(total: &str, unit: &str, decimals: u32, bands: &[(&str, &str, &str)]) -> OutcomeSpec {
    let band = |(id, title, at_least): &(&str, &str, &str)| Band {
        again: false,
        id: BandId::from(*id),
        title: (*title).to_owned(),
        written: Vec::new(),
        at_least: Some(exact(at_least)),
        over: None,
        at_most: None,
        under: None,
        printed_to: None,
        gates: Vec::new(),
    };
    OutcomeSpec {
        total: expression(total),
        unit: unit.to_owned(),
        decimals,
        mode: Mode::Cascade,
        bands: bands.iter().map(band).collect(),
        gates: Vec::new(),
        levels: Vec::new(),
        better: Better::Higher,
        near: None,
        incomplete: None,
        again: None,
    }
}

/// A gate; what it comes to stands in the review.
fn gate(id: &str, title: &str) -> Gate {
    Gate { id: id.into(), title: title.to_owned(), holds: expression("true"), why: String::new() }
}

/// A measure whose points are looked up, or are the value where there are no steps.
fn measure(id: &str, text: &str, unit: &str, maximum: &str, steps: &[(Edge, &str, &str)]) -> Measure {
    let step = |(edge, limit, points): &(Edge, &str, &str)| LookupStep {
        edge: *edge,
        limit: exact(limit),
        points: exact(points),
    };
    Measure {
        id: id.into(),
        text: text.to_owned(),
        short: text.to_owned(),
        unit: unit.to_owned(),
        least: None,
        greatest: None,
        decimals: 1,
        maximum: exact(maximum),
        lookup: (!steps.is_empty())
            .then(|| Lookup { steps: steps.iter().map(step).collect(), otherwise: Exact::from(2) }),
        from_register: None,
        cohort: None,
        small_cohort: None,
        register: None,
    }
}
