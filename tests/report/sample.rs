//! The reports of made-up seasons.

use jiff::civil::date;
use scrutineer::catalogue;
use scrutineer::document::branding::Branding;
use scrutineer::document::letters::Letters;
use scrutineer::figure::{Disclosure, FigureId};
use scrutineer::finding::Severity;
use scrutineer::framework::Framework;
use scrutineer::render::typst::{Markup, Renderer, Templates};
use scrutineer::render::{overarching_report, return_report};
use scrutineer::report::{Audience, FrameworkSeason, Peers, Setting};
use scrutineer::review::{Review, Status};

use crate::support::{framework, season, statistics};

/// A setting like a real season's.
pub(super) fn setting() -> Setting {
    let branding = Branding {
        organisation: "The Partnership Council".to_owned(),
        contact: "quality@example.org".to_owned(),
        ..Branding::default()
    };
    Setting { branding, date: Some(date(2026, 4, 20)), data_date: None, letter_date: None, letters: Letters::OfTypst }
}

/// Templates as they come.
pub(super) fn renderer() -> Renderer {
    Renderer::new(&Templates::default(), Letters::OfTypst)
}

/// The overarching report on some returns.
pub(super) fn overarching(framework: &Framework, reviews: Vec<Review>) -> Markup {
    let returns = season::season(reviews);
    let statistics = statistics::of(framework, &returns);
    let hiding = |figure: &str| FigureId::parse(&format!("{}/{figure}", framework.id)).unwrap();
    let hidings = if returns.len() > 5 { vec![hiding("group/region/Isles/returns")] } else { Vec::new() };
    let (statistics, hidings, returns, limits) = (&statistics, &hidings, &returns, Disclosure::default());
    let audience = Audience::Team;
    let season = FrameworkSeason {
        framework,
        statistics,
        hidings,
        returns,
        findings: &[],
        silenced: &[],
        graded: &[],
        consolidations: &[],
        frameworks: &[],
        previous: None,
        bundles: &[],
        limits,
        audience,
        title_of: catalogue::title_of,
    };
    overarching_report(&renderer(), &setting(), &season).unwrap()
}

/// The report on one of sixty returns, compared with the others.
pub(super) fn of_sixty(framework: &Framework, index: usize) -> Markup {
    let returns = season::season(season::mixed(framework));
    let statistics = statistics::of(framework, &returns);
    let review = &returns[index].review;
    let peers = Peers::of(&statistics, Some(&statistics), &review.file, Disclosure::default());
    return_report(&renderer(), &setting(), framework, review, Some(&peers)).unwrap()
}

/// A return with this many findings, of several kinds.
pub(super) fn with_findings(framework: &Framework, number: usize) -> Review {
    let mut review = season::review(framework, "Castlemere Works", 3, season::Gaps::None);
    let kinds = [
        ("answer-off-scale", "Type a score of the scale."),
        ("date-in-future", "Type the day on which it was."),
        ("evidence-repeated", "Name what shows this criterion."),
        ("number-as-text", "Type the number again."),
        ("placeholder-left", "Write what is asked for."),
    ];
    review.findings = (0..number)
        .map(|index| {
            let severity = [Severity::Error, Severity::Warning, Severity::Note][index % 3];
            let message = if index % 2 == 0 {
                "the score is 7; this scale runs from 1 to 4".to_owned()
            } else {
                format!("the text \u{201c}see shared drive, folder {index}\u{201d} names no document")
            };
            let cell = format!("C{}", index + 5);
            let (rule, help) = kinds[index % 5];
            let place = Some(("A sheet with quite a long name", &*cell));
            season::finding(rule, severity, place, Some("U1"), &message, help)
        })
        .collect();
    review
}

/// All kinds of report that there are, by name.
pub(super) fn all() -> Vec<(String, Markup)> {
    let (values, practice, large) = (framework::values(), framework::practice(), framework::of_size(200));
    let one = |framework: &Framework, review: &Review| {
        return_report(&renderer(), &setting(), framework, review, None).unwrap()
    };
    let mut all = Vec::new();
    for index in [0, 2, 4, 5, 7, 8, 11, 17, 23, 26, 40] {
        all.push((format!("values-{index}"), of_sixty(&values, index)));
    }
    for index in [0, 8, 11] {
        all.push((format!("practice-{index}"), of_sixty(&practice, index)));
    }
    all.push(("large".to_owned(), one(&large, &season::review(&large, "Dunholme Works", 5, season::Gaps::Few))));
    all.push(("findings".to_owned(), one(&values, &with_findings(&values, 300))));
    all.push(("overarching-values".to_owned(), overarching(&values, season::mixed(&values))));
    all.push(("overarching-practice".to_owned(), overarching(&practice, season::mixed(&practice))));
    all.push(("overarching-large".to_owned(), overarching(&large, season::mixed(&large))));
    all.push((
        "overarching-one".to_owned(),
        overarching(&values, vec![season::review(&values, "Acme", 1, season::Gaps::None)]),
    ));
    let unread = ["A", "B"].map(|name| season::unread(name, Status::Unreadable)).to_vec();
    all.push(("overarching-none".to_owned(), overarching(&values, unread)));
    all.extend(super::papers::all());
    all.push(("whole".to_owned(), super::whole::document()));
    all
}
