//! What reports say, by rules from the figures.

use std::path::Path;

use scrutineer::document::branding::Logo;
use scrutineer::figure::Disclosure;
use scrutineer::finding::{Findings, Severity};
use scrutineer::framework::{Criterion, Framework, Grades, PackText, load};
use scrutineer::ooxml::Limits;
use scrutineer::outcome::{Route, RouteStep};
use scrutineer::render::{overarching_report, return_report};
use scrutineer::report::{Audience, FrameworkSeason};
use scrutineer::review::{PlanRecord, Review, Settings};
use scrutineer::season::{Season, SeasonReturn, Surroundings};
use scrutineer::statistics::{FrameworkStatistics, GroupRow, Statistics};
use scrutineer::workbook::Source;

use super::sample::{of_sixty, overarching, renderer, setting};
use crate::support::season::{self, Gaps};
use crate::support::{framework, said, statistics};

/// The text of a return's report without comparison.
fn text(framework: &Framework, review: &Review) -> String {
    said(&return_report(&renderer(), &setting(), framework, review, None).unwrap())
}

#[test]
fn an_open_outcome_is_a_range_and_no_total() {
    let framework = framework::values();
    let mut review = season::review(&framework, "Acme", 4, Gaps::Few);
    let record = review.outcome.as_mut().unwrap();
    record.missing = vec!["U1".into()];
    (record.total, record.band, record.raw_band) = (None, None, None);
    (record.lowest, record.highest) = (Some(37.into()), Some(40.into()));
    (record.band_lowest, record.band_highest) = (Some("partially-meeting".into()), Some("meeting".into()));
    let text = text(&framework, &review);
    let expected = "1 answer of Acme is missing, so there is no total yet. With it the total will be 37 to 40 points, and the \
                    outcome is anything from Partially meeting to Meeting.";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn a_near_limit_is_told_once_where_nothing_has_to_be_done() {
    let mut framework = framework::values();
    let mut review = season::review(&framework, "Acme", 1, Gaps::None);
    let record = review.outcome.as_mut().unwrap();
    (record.total, record.band) = (Some(39.into()), Some("meeting".into()));
    record.raw_band.clone_from(&record.band);
    let told = |severity| {
        let message = "the total 39 just reaches the limit of “Meeting”, 39";
        season::finding("near-boundary", severity, None, None, message, "Check the scores on which it hangs.")
    };
    for (severity, near, is_finding) in
        [(Severity::Note, true, false), (Severity::Warning, true, true), (Severity::Note, false, true)]
    {
        framework.outcome.near = near.then(|| 1.into());
        review.findings = vec![told(severity)];
        let text = text(&framework, &review);
        assert_eq!(text.contains("a second look at the scores is worth while"), near, "{severity} {near}: {text}");
        assert_eq!(text.contains("just reaches"), is_finding, "{severity} {near}: {text}");
    }
}

#[test]
fn a_withheld_band_is_told_with_its_reason() {
    let mut framework = framework::values();
    framework.outcome.bands[1].gates = vec![framework.outcome.gates[0].id.clone()];
    let mut review = season::review(&framework, "Acme", 1, Gaps::None);
    let record = review.outcome.as_mut().unwrap();
    record.total = Some(49.into());
    (record.band, record.raw_band) = (Some("partially-meeting".into()), Some("exceeding".into()));
    record.gates[0].holds = Some(false);
    let text = text(&framework, &review);
    for expected in [
        "Acme comes out as Partially meeting, with a total of 49 points.",
        "By the total alone it would be Exceeding, but the condition \u{201c}No criterion is scored 1\u{201d} doesn\u{2019}t hold.",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(!text.contains("more than Partially meeting needs"), "the total decides nothing: {text}");
}

#[test]
fn only_the_conditions_of_the_band_that_is_withheld_are_told() {
    let mut framework = framework::values();
    framework.outcome.bands[0].gates = vec!["for-the-best".into()];
    let mut best = framework.outcome.gates[0].clone();
    (best.id, best.title) = ("for-the-best".into(), "Something for the best band".to_owned());
    framework.outcome.gates.push(best);
    framework.outcome.bands[1].gates = vec![framework.outcome.gates[0].id.clone()];
    let mut review = season::review(&framework, "Acme", 1, Gaps::None);
    let record = review.outcome.as_mut().unwrap();
    record.total = Some(40.into());
    (record.band, record.raw_band) = (Some("partially-meeting".into()), Some("meeting".into()));
    let mut other = record.gates[0].clone();
    other.id = "for-the-best".into();
    record.gates.push(other);
    record.gates.iter_mut().for_each(|gate| gate.holds = Some(false));
    let text = text(&framework, &review);
    let expected = "By the total alone it would be Meeting, but the condition \u{201c}No criterion is scored 1\u{201d} doesn\u{2019}t hold.";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn what_outcomes_ask_of_parts_is_a_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/packs/good/green-homes");
    let file = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let definition = String::from_utf8(file("framework.toml")).unwrap();
    let pack =
        PackText { file: "green-homes".to_owned(), text: definition, form: Some(file("form.xlsx")), criteria: None };
    let frameworks = [load(&pack, &mut Findings::default()).unwrap()];
    let settings = Settings::new(&frameworks, Limits::default());
    let review = scrutineer::review::review(&settings, &Source::new("return.xlsx", file("return.xlsx")));
    let text = text(&frameworks[0], &review);
    for words in ["What each outcome asks", "Asked of", "2, met"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Ene 1: at least 2"), "not among the conditions too: {text}");
}

#[test]
fn a_margin_is_what_the_band_needs_less() {
    let mut framework = framework::values();
    framework.outcome.near = None;
    let mut review = season::review(&framework, "Acme", 1, Gaps::None);
    let record = review.outcome.as_mut().unwrap();
    record.total = Some(44.into());
    (record.band, record.raw_band) = (Some("exceeding".into()), Some("exceeding".into()));
    let text = text(&framework, &review);
    assert!(text.contains("That is 1 point more than Exceeding needs."), "{text}");
}

#[test]
fn a_return_that_names_nobody_is_told_by_its_file_without_folders() {
    let framework = framework::values();
    let mut review = season::review(&framework, "Acme", 4, Gaps::None);
    (review.organisation, review.file) = (None, "North/late/Acme 2026.xlsx".to_owned());
    let text = text(&framework, &review);
    assert!(text.contains("\"title\":\"\u{201c}Acme 2026\u{201d}\""), "{text}");
    assert!(text.contains("\"This return comes out as"), "{text}");
}

#[test]
fn many_changes_to_the_next_band_are_told_by_section() {
    let framework = framework::values();
    let mut review = season::review(&framework, "Acme", 4, Gaps::None);
    let step = |criterion: &Criterion| RouteStep { id: (&criterion.id).into(), from: 1.into(), to: 4.into() };
    let steps = framework.criteria().map(step).collect();
    let next = Route { band: "exceeding".into(), steps, fewest: true, impossible: None };
    review.outcome.as_mut().unwrap().next = Some(next);
    let text = text(&framework, &review);
    assert!(
        text.contains(
            "The table shows one way, in 13 changes; others may do as well, none with fewer steps up the scales."
        ),
        "{text}"
    );
    assert!(text.contains("\"of\":\"U1, U2, U3\"") && !text.contains("\"heading\":\"Gain\""), "{text}");
}

#[test]
fn grades_that_are_labels_have_no_column_for_their_meaning() {
    let mut framework = framework::values();
    let scale = framework.scales.values_mut().next().unwrap();
    let Grades::Listed(grades) = &mut scale.grades else { panic!("the scale lists its grades") };
    for grade in grades {
        (grade.id, grade.label) = (format!("not-{}", grade.id), Some(format!("Not {}", grade.id)));
    }
    let mut review = season::review(&framework, "Acme", 4, Gaps::None);
    for answer in &mut review.answers {
        answer.value = answer.value.as_ref().map(|value| format!("not-{value}"));
    }
    let text = text(&framework, &review);
    assert!(text.contains("\"Not 3\"]") && !text.contains("\"not-3\"]"), "{text}");
    assert!(!text.contains("\"heading\":\"Meaning\""), "{text}");
}

#[test]
fn a_senders_actions_stand_in_the_plan_at_their_criteria() {
    let framework = scrutineer::framework::builtin::load("code-of-practice").unwrap().framework;
    let mut review = season::review(&framework, "Acme", 1, Gaps::None);
    for answer in review.answers.iter_mut().filter(|answer| answer.id == "U3") {
        (answer.value, answer.points) = (Some("1".to_owned()), Some(1.into()));
    }
    let row = |what: &str, how: &str| PlanRecord {
        row: "row 4".to_owned(),
        what: what.to_owned(),
        how: vec![how.to_owned()],
        why: Vec::new(),
        when: vec!["2026-09-14".to_owned()],
        who: vec!["Niamh Wright".to_owned()],
        deadline: None,
    };
    review.plan = vec![row("U3", "Consult employers"), row("The board", "Meet twice")];
    let text = text(&framework, &review);
    for expected in ["\"Planned: Consult employers.\"", "\"14 September 2026\"", "Niamh Wright", "\"of\":\"The board\""]
    {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(!text.contains("The plan as it was sent"), "{text}");
}

#[test]
fn nobody_elses_name_or_figure_is_in_a_senders_report() {
    let framework = framework::values();
    let names = season::organisations();
    let text = said(&of_sixty(&framework, 0));
    assert!(text.contains("Against the network"));
    for name in names.iter().skip(1) {
        assert!(!text.contains(name.as_str()), "{name}");
    }
}

#[test]
fn made_up_frameworks_say_so() {
    let (real, made_up) = (framework::values(), framework::practice());
    for (framework, marked) in [(real, false), (made_up, true)] {
        let review = season::review(&framework, "Acme", 2, Gaps::None);
        assert_eq!(text(&framework, &review).contains("Illustrative framework"), marked);
        assert_eq!(said(&overarching(&framework, vec![review])).contains("Illustrative framework"), marked);
    }
}

#[test]
fn what_disclosure_control_hides_stays_hidden() {
    let framework = framework::values();
    let returns = season::season(season::mixed(&framework));
    let groups = statistics::of(&framework, &returns).groups;
    assert!(groups.iter().any(|group| !group.returns.is_shown()));
    let text = said(&overarching(&framework, season::mixed(&framework)));
    assert!(!text.contains(r#""of":"Isles""#), "the small group is shown");
    assert!(text.contains("Not shown by region: Isles."), "it isn't told that it is hidden: {text}");
    assert_eq!(
        text.matches("Groups behind which too few returns stand").count(),
        1,
        "why groups are hidden is said once"
    );
}

#[test]
fn a_return_that_names_nobody_is_called_by_its_file() {
    let framework = framework::values();
    let mut reviews = season::mixed(&framework);
    for (review, file) in
        reviews.iter_mut().zip(["North/Late/Copy of return (1).xlsx", "West/form.xlsx", "East/form.xlsx"])
    {
        (review.file, review.organisation) = (file.to_owned(), None);
    }
    let text = said(&overarching(&framework, reviews));
    for expected in
        ["\u{201c}Copy of return (1)\u{201d}", "\u{201c}form\u{201d} in West", "\u{201c}form\u{201d} in East"]
    {
        assert!(text.contains(expected), "{expected}");
    }
    assert!(!text.contains("North/Late"), "a path is no name");
}

#[test]
fn what_a_season_has_nothing_of_is_left_out() {
    let mut framework = framework::values();
    framework.outcome.bands.clear();
    let mut review = season::review(&framework, "Acme", 2, Gaps::None);
    review.findings.clear();
    review.outcome = None;
    let returns = season::season(vec![review]);
    let mut statistics = statistics::of(&framework, &returns);
    statistics.outcomes.retain(|row| row.band == "incomplete");
    let text = of_season(&framework, &returns, &statistics);
    for told in
        ["\"heading\":\"Outcomes\"", "\"kind\":\"stack\"", "\"heading\":\"Who needs to be assessed again\"", "Kendall"]
    {
        assert!(!text.contains(told), "{told} in {text}");
    }
}

/// A season of these returns with these statistics, for the team.
fn season_of<'a>(
    framework: &'a Framework,
    returns: &'a [SeasonReturn],
    statistics: &'a FrameworkStatistics,
) -> FrameworkSeason<'a> {
    FrameworkSeason {
        framework,
        statistics,
        hidings: &[],
        returns,
        findings: &[],
        silenced: &[],
        graded: &[],
        consolidations: &[],
        frameworks: &[],
        previous: None,
        bundles: &[],
        limits: Disclosure::default(),
        audience: Audience::Team,
        title_of: scrutineer::catalogue::title_of,
    }
}

/// The overarching report on some returns with these statistics.
fn of_season(framework: &Framework, returns: &[SeasonReturn], statistics: &FrameworkStatistics) -> String {
    said(&overarching_report(&renderer(), &setting(), &season_of(framework, returns, statistics)).unwrap())
}

#[test]
fn a_report_for_everybody_names_no_organisation() {
    let framework = framework::values();
    let returns = season::season(season::mixed(&framework));
    let statistics = statistics::of(&framework, &returns);
    let of = |audience| {
        let season = FrameworkSeason { audience, ..season_of(&framework, &returns, &statistics) };
        said(&overarching_report(&renderer(), &setting(), &season).unwrap())
    };
    let names: Vec<&String> = returns.iter().filter_map(|sent| sent.organisation.as_ref()).collect();
    // What statistics name is taken out of those that are published.
    let shown = statistics.strongest.iter().flat_map(|row| &row.organisations);
    let shown: Vec<&String> = shown.chain(statistics.outliers.iter().map(|row| &row.organisation)).collect();
    let told = |text: &str| names.iter().filter(|name| !shown.contains(name) && text.contains(name.as_str())).count();
    assert!(told(&of(Audience::Team)) > 0);
    assert_eq!(told(&of(Audience::Everybody)), 0);
}

#[test]
fn one_group_of_all_is_no_grouping() {
    let framework = framework::values();
    let returns = season::season(season::mixed(&framework));
    let mut statistics = statistics::of(&framework, &returns);
    let with_groups = of_season(&framework, &returns, &statistics);
    assert!(with_groups.contains("\"heading\":\"By group\""));
    let (by, first) = (statistics.groups[0].by.clone(), statistics.groups[0].group.clone());
    // One group beside those of which it isn't stated compares nothing, and neither do the latter alone.
    statistics.groups.retain(|row| row.by == by && (row.group == first || row.group.is_none()));
    assert!(first.is_some() && !of_season(&framework, &returns, &statistics).contains("\"heading\":\"By group\""));
    statistics.groups.retain(|row| row.group.is_none());
    assert!(!of_season(&framework, &returns, &statistics).contains("\"heading\":\"By group\""));
}

#[test]
fn ids_of_figures_stand_in_one_place() {
    let frameworks = [framework::values()];
    let framework = &frameworks[0];
    let season = Season::new(&frameworks, Surroundings::default(), season::mixed(framework));
    let text = of_season(framework, &season.returns, &Statistics::of_season(&season).unwrap().frameworks[0]);
    let id = format!("{}/outcome/", framework.id);
    assert_eq!(text.matches(&id).count(), 2, "in the table of ids, and in the example above it");
    assert!(text.contains("Where figures come from"));
}

#[test]
fn groups_of_which_only_the_number_may_be_shown_have_no_row() {
    let framework = framework::values();
    let returns = season::season(season::mixed(&framework));
    let mut statistics = statistics::of(&framework, &returns);
    let is_shown = |row: &GroupRow| row.group.is_some() && row.returns.is_shown();
    // Beside it two others are compared.
    let at = statistics.groups.iter().position(is_shown).unwrap();
    let third = GroupRow { group: Some("Midlands".to_owned()), ..statistics.groups[at].clone() };
    statistics.groups.insert(at + 1, third);
    let of_group = &mut statistics.groups[at];
    let name = of_group.group.clone().unwrap();
    (of_group.totals.median, of_group.totals.mean) = (statistics::hidden(), statistics::hidden());
    for outcome in of_group.outcomes.iter_mut().filter(|outcome| outcome.band != "incomplete") {
        outcome.count = statistics::hidden();
    }
    let text = of_season(&framework, &returns, &statistics);
    let left_out = text.split("Not shown by ").skip(1).any(|rest| rest.split('.').next().unwrap().contains(&name));
    assert!(left_out, "{name}: {text}");
}

#[test]
fn hidden_means_have_no_ranking() {
    let framework = framework::values();
    let returns = season::season(vec![season::review(&framework, "Acme", 2, Gaps::None)]);
    let mut statistics = statistics::of(&framework, &returns);
    for row in &mut statistics.criteria {
        row.mean = statistics::hidden();
    }
    for row in statistics.strongest.iter_mut().chain(&mut statistics.weakest) {
        row.mean = statistics::hidden();
    }
    let text = of_season(&framework, &returns, &statistics);
    for told in ["strongest", "weakest", "\"heading\":\"Criteria\""] {
        assert!(!text.contains(told), "{told} tells a hidden figure");
    }
}

#[test]
fn a_return_without_criteria_says_nothing_of_them() {
    let mut framework = framework::values();
    framework.sections.clear();
    let mut review = season::review(&framework, "Acme", 2, Gaps::None);
    (review.answers, review.sections) = (Vec::new(), Vec::new());
    let text = text(&framework, &review);
    for told in ["Criteria in full", "answers given", "Improvement plan", "no criteria"] {
        assert!(!text.contains(told), "{told} in {text}");
    }
}

#[test]
fn findings_that_say_the_same_on_one_sheet_share_a_row() {
    let framework = framework::values();
    let text = text(&framework, &super::sample::with_findings(&framework, 60));
    assert!(text.contains("A sheet with quite a long name, C5 and C35"), "{text}");
    assert_eq!(text.matches("names no document").count(), 30, "each other message stands once");
}

#[test]
fn keys_of_registers_are_not_in_the_managers_report() {
    let framework = framework::values();
    let returns = season::season(vec![season::review(&framework, "Acme", 2, Gaps::None)]);
    let mut statistics = statistics::of(&framework, &returns);
    let mut row = statistics.findings[0].clone();
    row.subject = Some("ABC1234".to_owned());
    statistics.findings.push(row);
    let text = of_season(&framework, &returns, &statistics);
    assert!(text.contains("Commonest findings") && !text.contains("ABC1234"));
    assert!(text.contains("The only return came out as"), "{text}");
}

#[test]
fn a_house_style_reaches_both_reports() {
    let framework = framework::values();
    let mut setting = setting();
    setting.branding.accent = "#ffd400".parse().unwrap();
    setting.branding.return_introduction = "First *paragraph*.\n\nSecond one.".to_owned();
    setting.branding.season_introduction = "For the board.".to_owned();
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>".to_vec();
    setting.branding.logo = Some(Logo::of(svg, "A \"seal\"".to_owned()).unwrap());
    let review = season::review(&framework, "Acme", 2, Gaps::None);
    let of_return = return_report(&renderer(), &setting, &framework, &review, None).unwrap();
    let returns = season::season(vec![review]);
    let statistics = statistics::of(&framework, &returns);
    let season = season_of(&framework, &returns, &statistics);
    let of_season = overarching_report(&renderer(), &setting, &season).unwrap();
    for (document, introduction) in [(&of_return, "\"First *paragraph*.\""), (&of_season, "\"For the board.\"")] {
        assert!(document.files.iter().any(|part| part.name == "logo.svg"));
        for expected in [introduction, "#ffd400", "\"A \\\"seal\\\"\"", "The Partnership Council"] {
            assert!(said(document).contains(expected), "{expected} in {}", said(document));
        }
    }
    assert!(
        [&of_return, &of_season]
            .iter()
            .all(|document| !said(document).replace(": ", ":").contains("\"accent\":\"#ffd400\"")),
        "yellow text on white can't be read"
    );
}

#[test]
fn each_page_of_the_managers_report_says_for_whom_it_is() {
    let framework = framework::values();
    let returns = season::season(vec![season::review(&framework, "Acme", 2, Gaps::None)]);
    let statistics = statistics::of(&framework, &returns);
    for (audience, expected) in [
        (Audience::Team, "For the team that runs the season: it names organisations"),
        (Audience::Everybody, "For everybody: it names no"),
    ] {
        let season = FrameworkSeason { audience, ..season_of(&framework, &returns, &statistics) };
        let text = said(&overarching_report(&renderer(), &setting(), &season).unwrap());
        assert!(text.contains(&format!("\"reader\":\"{expected}")), "{text}");
    }
}

#[test]
fn each_files_own_title_says_which_return_it_is_about() {
    let framework = framework::values();
    let title = |file: &str, kind: &str| {
        let mut review = season::review(&framework, "Acme", 2, Gaps::None);
        (review.file, review.kind) = (file.to_owned(), Some(kind.to_owned()));
        let text = text(&framework, &review);
        text.split("\"full_title\":\"").nth(1).unwrap().split("\",").next().unwrap().to_owned()
    };
    let titles = [title("a/One.xlsx", "Self"), title("a/One.xlsx", "External"), title("a/Two.xlsx", "External")];
    assert!(titles[0].ends_with("report, Self, \u{201c}One\u{201d}"), "{titles:?}");
    assert_eq!(titles.iter().collect::<std::collections::BTreeSet<_>>().len(), 3, "{titles:?}");
}
