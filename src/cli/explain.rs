//! `explain`: what a rule finds, why, an example, what to do; or what a figure rests on.

use std::fmt::Write;
use std::path::Path;

use super::args::{ExplainArgs, SeasonArgs};
use super::console::{self, Screen};
use super::exit::ExitStatus;
use super::failure::Failure;
use super::figure;
use super::packs;
use crate::catalogue;
use crate::finding::{Rule, Silencing};
use crate::framework::spoken;
use crate::wording::near_hint;
use crate::words::{capital, list};

/// Explains a rule or a figure, or lists all rules.
pub(super) fn explain(args: &ExplainArgs) -> Result<ExitStatus, Failure> {
    let screen = console::screen(false);
    let text = match (&args.figure[..], &args.rule) {
        ([id, out], _) => screen.fitted_lines(&figure::explained(id, Path::new(out))?) + "\n",
        (_, None) => all_rules(screen),
        (_, Some(id)) => match (catalogue::find(id), id.split_once('/')) {
            (Some(rule), _) => rendered(rule, screen),
            (None, Some((framework, slug))) => own(framework, slug, &args.season, screen)?,
            (None, None) => return Err(unknown(id)),
        },
    };
    console::show(&text)?;
    Ok(ExitStatus::Clean)
}

/// Says that there is no such rule, and which is the nearest.
fn unknown(id: &str) -> Failure {
    let names: Vec<&str> = catalogue::rules().iter().map(|rule| rule.id).collect();
    Failure::Unknown(format!("there is no rule `{id}`{}", near_hint(id, &names)))
}

/// Explains a rule of a framework's own: what it says, in its pack's words, and when.
fn own(framework: &str, slug: &str, season: &SeasonArgs, screen: Screen) -> Result<String, Failure> {
    let packs = packs::of_season(season)?;
    let framework = &packs::find(&packs, framework)?.framework;
    let rules = || framework.rules.iter().filter(|rule| rule.says.is_none());
    let names: Vec<&str> = rules().map(|rule| rule.slug.as_str()).collect();
    let missing = || format!("“{}” has no rule `{slug}`{}", framework.title, near_hint(slug, &names));
    let rule = rules().find(|rule| rule.slug == slug).ok_or_else(|| Failure::Unknown(missing()))?;
    let head = format!("{}[{}/{slug}]", rule.severity, framework.id);
    let words = spoken::in_words(framework, rule);
    let over = rule.over.as_ref().and_then(|over| framework.register(over));
    let over = over.map_or_else(String::new, |register| format!("In a row of “{}”: ", register.title));
    let finds = format!("{over}{}.", if over.is_empty() { capital(&words.finds) } else { words.finds });
    let mut sections = vec![("What it finds", finds)];
    let looks_at = (!words.looks_at.is_empty()).then(|| capital(&format!("{}.", list(&words.looks_at))));
    sections.extend(looks_at.map(|looks_at| ("What it looks at", looks_at)));
    sections.push(("What to do", rule.help.clone()));
    let paint = screen.paint;
    let section =
        |(heading, text): &(&str, String)| format!("\n{}\n\n{}\n", paint.strong(heading), screen.fitted(text, ""));
    let told: Vec<String> = sections.iter().map(section).collect();
    let head = format!("{}: a rule of “{}”", paint.severity(rule.severity, &head), framework.title);
    Ok(format!("{}\n{}", screen.fitted(&head, "  "), told.concat()))
}

/// Returns all rules in their groups.
fn all_rules(screen: Screen) -> String {
    let (mut text, paint) = (String::new(), screen.paint);
    for group in catalogue::groups() {
        let _infallible = writeln!(text, "{}", paint.strong(group.title));
        for rule in group.rules {
            let severity = format!("{:7}", rule.severity.as_str());
            let line = format!("  {}  {:32}  {}", paint.severity(rule.severity, &severity), rule.id, rule.title);
            let _infallible = writeln!(text, "{}", screen.fitted(&line, "           "));
        }
        text.push('\n');
    }
    text.push_str(&(screen.fitted("`scrutineer explain RULE` says more of one.", "") + "\n"));
    text
}

/// Returns what a documentation consists of: its headings, its examples line by line, and paragraphs of which each is one line.
fn parts(docs: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let (mut goes_on, mut is_example) = (false, false);
    for line in docs.lines() {
        let is_fence = line.starts_with("```");
        let is_prose = !is_example && !is_fence && !is_set(line);
        match parts.last_mut().filter(|_| goes_on && is_prose) {
            Some(part) => part.extend([" ", line]),
            None => parts.push(line.to_owned()),
        }
        is_example ^= is_fence;
        goes_on = is_prose;
    }
    parts
}

/// Whether a line stands as it is: a blank one, a heading, a point, or an example's.
fn is_set(line: &str) -> bool {
    line.is_empty() || line.starts_with([' ', '#', '-', '|']) || line.starts_with("```")
}

/// Returns a rule's documentation.
fn rendered(rule: &Rule, screen: Screen) -> String {
    let paint = screen.paint;
    let head = format!("{}[{}]", rule.severity, rule.id);
    let head = format!("{}: {}", paint.severity(rule.severity, &head), rule.title);
    let mut text = format!("{}\n\n", screen.fitted(&head, "  "));
    for part in parts(rule.docs) {
        match part.strip_prefix("## ") {
            Some(heading) => text.push_str(&paint.strong(heading)),
            None if is_set(&part) => text.push_str(&part),
            None => text.push_str(&screen.fitted(&part, "")),
        }
        text.push('\n');
    }
    if rule.silencing == Silencing::Never {
        text.push_str("\nNo setting of a season grades this otherwise or leaves it out.\n");
    }
    text
}
