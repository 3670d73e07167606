//! A framework on the screen: what it asks, what it comes to and what settings call it, in lines that fit.

use super::console::Screen;
use super::marked_lines::{Part, plain};
use crate::exact::Exact;
use crate::framework::pack::Pack;
use crate::framework::spoken::{in_words, looked_at};
use crate::framework::{
    Applies, Band, BandList, CalendarStep, Field, Framework, Grade, GradeSpec, Grades, Limit, Member, NotApplicable,
    Otherwise, OutcomeSpec, OwnRule, RegisterSpec, Scale, Section, StepKind,
};
use crate::words::{capital, either, list, measured, percent, titled};

/// So many letters of a digest tell a pack from all others; a line of the narrowest screen holds them.
const LETTERS_OF_DIGEST: usize = 16;

/// Returns the frameworks: what each is called, and below it what settings and the line call it.
pub(super) fn listed(packs: &[Pack], screen: Screen) -> String {
    let mut text = String::new();
    for Pack { framework, .. } in packs {
        text.push_str(&(screen.fitted(&named(framework), "    ") + "\n"));
        let made_up = if framework.illustrative { ": some of its wording is our own" } else { "" };
        text.push_str(&(screen.fitted(&format!("  {}{made_up}", framework.id), "    ") + "\n"));
    }
    text.push('\n');
    text.push_str(&screen.fitted("`scrutineer framework show`, with the name below a title, says what one asks.", ""));
    text + "\n"
}

/// Returns all that a person may want to know of a framework.
pub(super) fn shown(pack: &Pack, screen: Screen) -> String {
    let framework = &pack.framework;
    let mut parts = vec![head(pack)];
    parts.extend(members(framework));
    parts.extend(framework.sections.iter().map(asked));
    parts.extend([weights(framework), applies(framework), answers(framework)].into_iter().flatten());
    parts.extend(tables(framework));
    parts.extend(framework.grades.iter().filter_map(grade));
    parts.extend(framework.band_lists().iter().filter_map(|bands| outcomes(bands, framework)));
    parts.extend([values(framework), own_rules(framework)].into_iter().flatten());
    parts.extend([steps(framework), cover(framework)].into_iter().flatten());
    let parts: Vec<String> = parts.iter().map(|part| part.on(screen)).collect();
    parts.join("\n")
}

/// Returns a framework's title and version.
fn named(framework: &Framework) -> String {
    format!("{}, version {}", framework.title, framework.version)
}

/// Returns what a framework is.
fn head(pack: &Pack) -> Part {
    let framework = &pack.framework;
    let digest: String = pack.text.digest().chars().take(LETTERS_OF_DIGEST).collect();
    let lines = [
        named(framework),
        format!("Settings and the line call it {}, or {} for this version alone", framework.id, exactly(pack)),
        format!("Owner: {}", framework.owner),
        format!("Source: {}", framework.provenance),
        format!("Digest, as run.json has it: {digest}\u{2026}"),
    ];
    plain(None, lines)
}

/// Returns the instruments of a bundle, each with the framework of its returns and how many are wanted; nothing where the framework asks
/// something itself.
fn members(framework: &Framework) -> Option<Part> {
    let line = |member: &Member| {
        let kind = member.kind.as_ref().map_or_else(String::new, |kind| format!(", of kind {kind}"));
        let wanted = match member.least {
            0 => "as many as come".to_owned(),
            least => format!("{least} at least"),
        };
        let title = member.title.as_ref().map_or_else(String::new, |title| format!("{title}, "));
        (member.id.clone(), format!("{title}returns of {}{kind}: {wanted}", member.framework))
    };
    let lines: Vec<(String, String)> = framework.members.iter().map(line).collect();
    (!lines.is_empty()).then(|| Part { heading: Some("Puts together".to_owned()), lines })
}

/// Returns the words by which the line means one version of a framework.
fn exactly(pack: &Pack) -> String {
    format!("{}@{}", pack.id.framework, pack.id.version)
}

/// Returns what a section asks.
fn asked(section: &Section) -> Part {
    let weight = section.weight.as_ref().map(|weight| format!(" ({} of the total)", percent(weight)));
    let criteria = section.criteria.iter().map(|criterion| (criterion.id.to_string(), criterion.text.clone()));
    let measures = section.measures.iter().map(|measure| (measure.id.to_string(), measure.text.clone()));
    let heading = titled(&section.id, &section.title) + &weight.unwrap_or_default();
    Part { heading: Some(heading), lines: criteria.chain(measures).collect() }
}

/// Returns how criteria count beside others, and what weights an organisation gives itself; nothing where the weights of sections are all.
fn weights(framework: &Framework) -> Option<Part> {
    let lines: Vec<(String, String)> =
        framework.sections.iter().flat_map(|section| weighted(framework, section)).collect();
    (!lines.is_empty()).then(|| Part { heading: Some("Weights".to_owned()), lines })
}

/// Returns the weights of a section and its criteria, other than the share of the total that the scheme gives it.
fn weighted(framework: &Framework, section: &Section) -> Vec<(String, String)> {
    let own = section.weight_from.as_ref().map(|from| {
        let place = list(&looked_at(framework, from));
        let otherwise = section.weight.as_ref().map(|weight| format!("; {} where that is blank", percent(weight)));
        format!("the organisation\u{2019}s own share of the total, by {place}{}", otherwise.unwrap_or_default())
    });
    let column = section.weights_in.as_ref().and_then(|id| framework.column(id)).map(|column| {
        format!("the organisation\u{2019}s own shares of its criteria, in \u{201c}{}\u{201d}", column.heading)
    });
    let of_section = own.into_iter().chain(column).map(|words| (section.id.to_string(), words));
    let counted = section.criteria.iter().filter_map(|criterion| {
        let weight = criterion.weight.as_ref().filter(|weight| **weight != Exact::one())?;
        Some((criterion.id.to_string(), format!("counts {weight} times")))
    });
    of_section.chain(counted).collect()
}

/// Returns what is asked of some returns only; nothing where all is asked of all.
fn applies(framework: &Framework) -> Option<Part> {
    let line = |applies: &Applies| {
        let otherwise = match applies.otherwise {
            Otherwise::NotApplicable => "not applicable",
            Otherwise::Optional => "may stay blank",
        };
        let words = match &applies.when {
            Some(when) => format!("asked where {}; otherwise {otherwise}", when.written),
            None => otherwise.to_owned(),
        };
        (list(&applies.to), words)
    };
    let lines: Vec<(String, String)> = framework.applies.iter().map(line).collect();
    (!lines.is_empty()).then(|| Part { heading: Some("Asked of some returns only".to_owned()), lines })
}

/// Returns what answers can be, with the criteria that are answered so; nothing where there are no criteria.
fn answers(framework: &Framework) -> Option<Part> {
    let mut kinds: Vec<(String, Vec<&str>)> = Vec::new();
    for criterion in framework.criteria() {
        let words = answer(framework.scale(criterion));
        match kinds.iter_mut().find(|(own, _)| *own == words) {
            Some((_, criteria)) => criteria.push(&criterion.id),
            None => kinds.push((words, vec![&criterion.id])),
        }
    }
    let only = kinds.len() == 1;
    let line = |(words, criteria): &(String, Vec<&str>)| {
        if only { words.clone() } else { format!("{words}: {}", list(criteria)) }
    };
    let lines: Vec<String> = kinds.iter().map(line).collect();
    (!lines.is_empty()).then(|| plain(Some("Answers".to_owned()), lines))
}

/// Says what an answer on a scale can be.
fn answer(scale: &Scale) -> String {
    let of_grade = |grade: &Grade| {
        let label = grade.label.as_ref().filter(|label| **label != grade.id).map(|label| format!(" {label}"));
        let points = grade.points.as_ref().map(ToString::to_string).filter(|points| *points != grade.id);
        format!("{}{}{}", grade.id, label.unwrap_or_default(), points.map(|of| format!(" ({of})")).unwrap_or_default())
    };
    let words = match &scale.grades {
        Grades::Listed(grades) => either(&grades.iter().map(of_grade).collect::<Vec<String>>()),
        Grades::Range { minimum, maximum, step: None } => format!("{minimum} to {maximum}"),
        Grades::Range { minimum, maximum, step: Some(step) } if *step == Exact::one() && minimum.is_whole() => {
            format!("{minimum} to {maximum}, whole numbers")
        }
        Grades::Range { minimum, maximum, step: Some(step) } => format!("{minimum} to {maximum} in steps of {step}"),
    };
    match &scale.not_applicable {
        NotApplicable::Refused => words,
        NotApplicable::Dropped { written } => format!("{words}, or {}", either(written)),
    }
}

/// Returns the values that a framework names, by the names that expressions take; nothing where it names none.
fn values(framework: &Framework) -> Option<Part> {
    let lines: Vec<String> = framework.values.iter().map(|value| format!("{}: {}", value.title, value.name)).collect();
    (!lines.is_empty()).then(|| plain(Some("Values, and what expressions call them".to_owned()), lines))
}

/// Returns what a framework's own rules find, by their names; nothing where it has none.
fn own_rules(framework: &Framework) -> Option<Part> {
    let line = |rule: &OwnRule| format!("{}: {}", rule.slug, in_words(framework, rule).finds);
    let lines: Vec<String> = framework.rules.iter().map(line).collect();
    (!lines.is_empty()).then(|| plain(Some("Rules of its own".to_owned()), lines))
}

/// Returns the tables that a form keeps, with what each has in a row; nothing where it keeps none.
fn tables(framework: &Framework) -> Option<Part> {
    let line = |register: &RegisterSpec| {
        let headings: Vec<&str> = register.columns.iter().map(|column| column.heading.as_str()).collect();
        format!("{}: {}", register.title, list(&headings))
    };
    let lines: Vec<String> = framework.registers.iter().map(line).collect();
    (!lines.is_empty()).then(|| plain(Some("Tables that the form keeps".to_owned()), lines))
}

/// Returns the outcomes by which returns of some kinds are judged; nothing where the framework has none.
fn outcomes(bands: &BandList, framework: &Framework) -> Option<Part> {
    let of_kinds = if bands.kinds.is_empty() { String::new() } else { format!(" of {}", list(&bands.kinds)) };
    let heading = format!("Outcomes{of_kinds}, best first");
    let lines: Vec<String> = bands.bands.iter().map(|band| outcome(band, &framework.outcome)).collect();
    (!lines.is_empty()).then(|| plain(Some(heading), lines))
}

/// Returns a grade that parts have, with its bands; nothing where no part has it.
fn grade(grade: &GradeSpec) -> Option<Part> {
    let spec = grade.spec()?;
    let parts: Vec<&str> = grade.over.iter().map(|part| part.title.as_str()).collect();
    let heading = format!("{} of {}, best first", grade.title, list(&parts));
    Some(plain(Some(heading), spec.bands.iter().map(|band| outcome(band, spec))))
}

/// Returns an outcome, from where on it is reached and what it needs beside that.
fn outcome(band: &Band, spec: &OutcomeSpec) -> String {
    let told = |limit: Limit| limit.in_words(&measured(limit.number(), &spec.unit, spec.decimals));
    let gates = spec.gates.iter().filter(|gate| band.gates.contains(&gate.id)).map(|gate| gate.title.clone());
    let wanted: Vec<String> = band.limit().map(told).into_iter().chain(gates).collect();
    format!("{}: {}", band.title, if wanted.is_empty() { "otherwise".to_owned() } else { wanted.join("; ") })
}

/// Returns the steps that the season's settings may tell as done, by the names that these take.
fn steps(framework: &Framework) -> Option<Part> {
    let is_told = |step: &&CalendarStep| step.kind == StepKind::Task && step.over.is_none();
    let steps = framework.calendar.iter().filter(is_told);
    let lines: Vec<String> = steps.map(|step| format!("{}: {}", capital(&step.title), step.id)).collect();
    let heading = "Steps, and what [done] in season.toml calls them";
    (!lines.is_empty()).then(|| plain(Some(heading.to_owned()), lines))
}

/// Returns the fields of the cover, by the names that grouping takes.
fn cover(framework: &Framework) -> Option<Part> {
    let line = |field: &Field| {
        let called = framework.called(&field.id).unwrap_or_else(|| field.label.clone());
        format!("{called}: {}", field.id)
    };
    let lines: Vec<String> = framework.fields.iter().map(line).collect();
    let heading = "Fields of the cover, and what group_by in season.toml calls them";
    (!lines.is_empty()).then(|| plain(Some(heading.to_owned()), lines))
}

#[cfg(test)]
mod tests {
    use textwrap::core::display_width;

    use super::super::console::Paint;
    use super::super::packs;
    use super::*;
    use crate::finding::Findings;
    use crate::framework::builtin;
    use std::path::Path;

    /// Returns the program's own packs and those of the samples, which use all of the language.
    fn all() -> Vec<Pack> {
        let samples =
            ["reference", "good/food-hygiene", "good/ips-25", "good/step-free", "bundle/frameworks/coaching-mark"];
        let opened = samples.iter().map(|name| {
            let text = packs::text(&Path::new("samples/packs").join(name)).unwrap();
            text.open(&mut Findings::default()).unwrap()
        });
        builtin::packs().into_iter().chain(opened).collect()
    }

    #[test]
    fn lines_fit_every_screen() {
        let packs = all();
        for width in 40..=200 {
            let screen = Screen { paint: Paint::None, width };
            let mut texts: Vec<String> = packs.iter().map(|pack| shown(pack, screen)).collect();
            texts.push(listed(&packs, screen));
            for line in texts.iter().flat_map(|text| text.lines()) {
                assert!(display_width(line) <= width, "{width}: {line}");
                assert_eq!(line, line.trim_end(), "{width}");
            }
        }
    }

    #[test]
    fn frameworks_are_told_in_their_own_words() {
        let screen = Screen { paint: Paint::None, width: 10_000 };
        for pack in all() {
            let (framework, text) = (&pack.framework, shown(&pack, screen));
            let outcomes = framework.outcome.bands.iter().map(|band| &band.title);
            let gates = framework.outcome.bands.iter().flat_map(|band| &band.gates);
            let gates = gates.map(|id| &framework.gate(id).unwrap().title);
            let registers =
                framework.registers.iter().flat_map(|register| register.columns.iter().map(|column| &column.heading));
            let items = framework.criteria().map(|criterion| &criterion.text);
            for words in outcomes.chain(gates).chain(registers).chain(items).chain([&framework.title, &framework.owner])
            {
                assert!(text.contains(words.as_str()), "{}: {words}", framework.id);
            }
            for band in framework.outcome.bands.iter().filter(|band| !band.gates.is_empty()) {
                assert!(!text.contains(&format!("{}: otherwise", band.title)), "{}: {text}", framework.id);
            }
        }
    }

    #[test]
    fn what_is_asked_of_some_only_is_told_with_its_condition() {
        let text = packs::text(Path::new("samples/packs/good/careers-benchmarks")).unwrap();
        let pack = text.open(&mut Findings::default()).unwrap();
        let text = shown(&pack, Screen { paint: Paint::None, width: 10_000 });
        assert!(text.contains("Asked of some returns only"), "{text}");
        for applies in &pack.framework.applies {
            let when = &applies.when.as_ref().unwrap().written;
            assert!(text.contains(&format!("asked where {when}; otherwise")), "{when}: {text}");
        }
    }

    #[test]
    fn weights_of_criteria_and_those_that_organisations_give_are_told() {
        let text = packs::text(Path::new("samples/packs/good/excellence-radar")).unwrap();
        let mut pack = text.open(&mut Findings::default()).unwrap();
        pack.framework.sections[0].criteria[0].weight = Some(Exact::from(2));
        let first = pack.framework.sections[0].criteria[0].id.to_string();
        let text = shown(&pack, Screen { paint: Paint::None, width: 10_000 });
        let part = text.split("\n\n").find(|part| part.starts_with("Weights")).unwrap_or_default();
        assert!(part.contains("own share of the total, by \u{201c}"), "{text}");
        assert!(part.contains("; 40% where that is blank\n"), "{text}");
        assert!(part.contains("own shares of its criteria, in \u{201c}Weight within its part, %\u{201d}\n"), "{text}");
        assert!(part.lines().any(|line| line.contains(&first) && line.ends_with("counts 2 times")), "{text}");
        let ips =
            builtin::load("investors-in-people").map(|pack| shown(&pack, Screen { paint: Paint::None, width: 10_000 }));
        assert!(!ips.unwrap().contains("Weights\n"), "a scheme without weights says nothing of them");
    }

    #[test]
    fn names_of_settings_stand_after_the_words_of_the_form() {
        let seqf = builtin::load("seqf").unwrap();
        let text = shown(&seqf, Screen { paint: Paint::None, width: 10_000 });
        let part = |heading: &str| text.split("\n\n").find(|part| part.starts_with(heading)).unwrap_or_default();
        assert!(part("Steps").contains(": draft_report\n"), "{text}");
        assert!(part("Fields of the cover").contains(": organisation\n"), "{text}");
        assert!(text.contains("1.1 Engaging Jobseekers (15% of the total)\n"), "{text}");
        assert!(text.contains("Good: 75% or more; KPI points"), "{text}");
    }
}
