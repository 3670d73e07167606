//! Several instruments that belong together: what their returns come to, and what a bundle can't ask of them.

use std::fs;

use scrutineer::document::branding::Branding;
use scrutineer::document::letters::Letters;
use scrutineer::finding::Findings;
use scrutineer::framework::language::{Function, Place, functions};
use scrutineer::framework::{Framework, FrameworkId, Known, PackText, builtin, fits_members, load};
use scrutineer::ooxml::Limits;
use scrutineer::report::{Audience, FrameworkSeason, Setting, overarching};
use scrutineer::review::{Review, Settings, review};
use scrutineer::season::bundle::BundleRecord;
use scrutineer::season::{Season, Surroundings};
use scrutineer::statistics::Statistics;
use scrutineer::workbook::Source;

use super::{check, definitions, pack, samples};

/// Returns the text of the sample bundle.
fn bundle() -> PackText {
    pack(&samples().join("bundle/frameworks/coaching-mark/framework.toml"))
}

/// Returns the frameworks of the sample's instruments.
fn instruments() -> Vec<Framework> {
    let files = definitions("bundle/frameworks");
    files.iter().map(|file| check(&pack(file)).0.unwrap()).filter(|framework| !framework.is_bundle()).collect()
}

/// Returns all that is told of a bundle beside its instruments and the program's own frameworks.
fn told(bundle: &PackText) -> Vec<String> {
    let mut findings = Findings::default();
    let frameworks = [instruments(), builtin::all()].concat();
    if let Some(framework) = load(bundle, &mut findings) {
        fits_members(bundle, &framework, Known { frameworks: &frameworks, broken: &[] }, &mut findings);
    }
    findings.into_sorted().into_iter().map(|finding| finding.message).collect()
}

/// Reviews the returns of the sample whose files begin so.
fn reviews(frameworks: &[Framework], begins: &str) -> Vec<Review> {
    let settings = Settings::new(frameworks, Limits::default());
    let files = fs::read_dir(samples().join("bundle/returns")).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &std::path::Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let mine = files.filter(|path| name(path).starts_with(begins));
    mine.map(|path| review(&settings, &Source::new(name(&path), fs::read(&path).unwrap()))).collect()
}

/// Returns what the sample's returns come to by a bundle, of the organisation whose files begin so.
fn came_to(bundle: &PackText, begins: &str) -> BundleRecord {
    let (framework, findings) = check(bundle);
    let frameworks = [instruments(), vec![framework.unwrap_or_else(|| panic!("{findings:#?}"))]].concat();
    let season = Season::new(&frameworks, Surroundings::default(), reviews(&frameworks, begins));
    assert_eq!(season.bundles.len(), 1, "{begins}");
    season.bundles[0].clone()
}

#[test]
fn the_sample_is_sound_and_asks_what_its_instruments_have() {
    assert_eq!(told(&bundle()), Vec::<String>::new());
}

#[test]
fn each_function_of_bundles_gives_what_its_example_says() {
    let of_bundles = || functions().filter(|function| function.place == Place::Bundle);
    let value = |function: &Function| {
        format!("\n[[values]]\nname = \"{0}_\"\ntitle = \"{0}\"\nvalue = \"{1}\"\n", function.name, function.example)
    };
    let values: Vec<String> = of_bundles().map(value).collect();
    let text = bundle().text + &values.concat();
    let record = came_to(&PackText { text, ..bundle() }, "Harbour");
    for function in of_bundles() {
        let value = record.values.iter().find(|value| value.title == function.name).unwrap();
        assert_eq!(value.value.as_deref(), Some(function.comes_to), "{}", function.example);
    }
}

#[test]
fn instruments_come_to_an_outcome_together() {
    let record = came_to(&bundle(), "Harbour");
    assert_eq!(record.outcome.band.as_deref(), Some("gold"));
    assert_eq!(record.outcome.total, Some("2030/27".parse().unwrap()));
    assert!(!record.is_open());
}

#[test]
fn a_return_that_is_wanted_leaves_the_outcome_open_only_where_it_can_change_it() {
    let record = came_to(&bundle(), "Mill");
    assert_eq!(record.members[1].awaited, 1);
    assert_eq!(record.outcome.band.as_deref(), Some("gold"), "two of three are expert");
    let ends = (record.outcome.lowest.clone().unwrap(), record.outcome.highest.clone().unwrap());
    assert_eq!(ends, ("2065/27".parse().unwrap(), "2515/27".parse().unwrap()));
    assert!(record.outcome.ends.are_reached(), "{record:#?}");
    let strict = bundle().text.replace("skilled_share >= 2 / 3", "skilled_share >= 0.9");
    let record = came_to(&PackText { text: strict, ..bundle() }, "Mill");
    assert!(record.is_open());
    let bands = (record.outcome.band_lowest.as_deref(), record.outcome.band_highest.as_deref());
    assert_eq!(bands, (Some("mark"), Some("gold")));
    let gate = record.outcome.gates.iter().find(|gate| gate.id == *"most-skilled").unwrap();
    assert_eq!(gate.why, "it can't be told yet: Team survey, of which 1 more is wanted is open");
}

#[test]
fn what_is_open_in_a_return_is_open_in_the_bundle() {
    let record = came_to(&bundle(), "Quay");
    assert_eq!(record.outcome.band.as_deref(), Some("no-mark"), "whatever the blank score says");
    let states: Vec<Option<bool>> = record.outcome.gates.iter().map(|gate| gate.holds).collect();
    assert_eq!(states, [Some(false), None, Some(false)]);
    assert_eq!(record.outcome.gates[0].why, "the check says fair or poor");
}

#[test]
fn an_instrument_whose_pack_has_a_fault_is_told_as_that() {
    let (bundle, mut findings) = (bundle(), Findings::default());
    let framework = load(&bundle, &mut findings).unwrap();
    let broken = [FrameworkId::from("coach-survey")];
    let sound: Vec<Framework> = instruments().into_iter().filter(|framework| framework.id != broken[0]).collect();
    fits_members(&bundle, &framework, Known { frameworks: &sound, broken: &broken }, &mut findings);
    let told: Vec<String> = findings.into_sorted().into_iter().map(|finding| finding.message).collect();
    assert_eq!(told, ["the pack of `coach-survey` is here, and can’t be relied on"]);
}

#[test]
fn a_bundle_can_ask_only_what_its_instruments_have() {
    let cases = [
        (
            "framework = \"coaching-check\"",
            "framework = \"coaching-chek\"",
            "there is no framework `coaching-chek` here",
        ),
        ("framework = \"coaching-check\"", "framework = \"coaching-mark\"", "a bundle is no member of itself"),
        ("kind = \"Full check\"", "kind = \"Own\"", "`coaching-check` has no kind of return `Own`"),
        ("least = 3", "least = 3, kind = \"Own\"", "`coach-survey` doesn’t ask which kind of return it is"),
        (
            "framework = \"coaching-check\"",
            "framework = \"coaching-check\", least = 2",
            "2 returns of `coaching-check` are wanted, and of one organisation only one counts: the form doesn’t ask which part of it a return is about",
        ),
        (
            "total_of('tool')",
            "total_of('people')",
            "`total_of` asks for the one return of `people`, of which 3 are wanted",
        ),
        ("mean_of('people')", "mean_of('people', 'care')", "there is no value `care` here"),
        ("'skilled', 'expert')\"\n\n# Half", "'skiled', 'expert')\"\n\n# Half", "there is no band `skiled` here"),
        (
            "outcome_of('tool') == 'good'",
            "outcome_of('tool') == 'Good'",
            "`outcome_of('tool')` is never 'Good'; it can be `good`, `fair`, `poor`",
        ),
        (
            "outcome_of('tool') == 'good'",
            "grade_of('tool', 'rating', 'start') == 'sound'",
            "there is no grade of parts `rating` here",
        ),
        (
            "outcome_of('tool') == 'good'",
            "grade_of('tool', 'standing', 'begin') == 'sound'",
            "there is no part with this grade `begin` here",
        ),
        (
            "outcome_of('tool') == 'good'",
            "grade_of('tool', 'standing', 'start') == 'strong'",
            "`grade_of('tool', 'standing', 'start')` is never 'strong'; it can be `sound`, `weak`",
        ),
        ("outcome_of('tool') == 'good'", "outcome_of('tool')", "`outcome_of('tool')` is a text, which is no condition"),
        ("outcome_of('tool') == 'good'", "score('all') > 2", "there is no function `score` here"),
    ];
    for (written, instead, expected) in cases {
        let text = bundle().text.replacen(written, instead, 1);
        assert_ne!(text, bundle().text, "{written}");
        let told = told(&PackText { text, ..bundle() });
        assert!(told.iter().any(|message| message == expected), "{instead}: {told:#?}");
    }
}

#[test]
fn overarching_reports_on_instruments_say_to_the_team_what_bundles_come_to() {
    let strict = bundle().text.replace("skilled_share >= 2 / 3", "skilled_share >= 0.9");
    let framework = check(&PackText { text: strict, ..bundle() }).0.unwrap();
    let frameworks = [instruments(), vec![framework]].concat();
    let season = Season::new(&frameworks, Surroundings::default(), reviews(&frameworks, ""));
    let statistics = Statistics::of_season(&season).unwrap();
    let told = |id: &str, audience| {
        let framework = frameworks.iter().find(|framework| framework.id == *id).unwrap();
        let of = FrameworkSeason {
            framework,
            statistics: statistics.of(&framework.id).unwrap(),
            hidings: &[],
            returns: &season.returns,
            findings: &season.findings,
            silenced: &season.decisions.silenced,
            graded: &season.decisions.graded,
            consolidations: &season.consolidations,
            frameworks: &frameworks,
            previous: None,
            bundles: &season.bundles,
            limits: season.settings.disclosure,
            audience,
            title_of: |_| None,
        };
        let setting = Setting {
            branding: Branding::default(),
            date: None,
            data_date: None,
            letter_date: None,
            letters: Letters::All,
        };
        format!("{:?}", overarching(&setting, &of))
    };
    for id in ["coaching-check", "coach-survey"] {
        let team = told(id, Audience::Team);
        let open = season.bundles.iter().filter(|of| of.is_open()).count();
        let sentence =
            format!("together; {open} {} open while returns are wanted", if open == 1 { "is" } else { "are" });
        assert!(open > 0 && team.contains("Together as Job coaching mark") && team.contains(&sentence), "{team}");
        assert!(team.contains("1 return of Team survey"), "{team}");
        assert!(!told(id, Audience::Everybody).contains("Together as"));
    }
}
