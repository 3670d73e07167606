//! `explain`: what a rule finds, why, an example, what to do; or what a figure rests on.

use std::fmt::Write;
use std::path::Path;

use super::args::ExplainArgs;
use super::config::near_hint;
use super::console::{self, Paint};
use super::exit::ExitStatus;
use super::failure::Failure;
use super::figure;
use crate::catalogue;
use crate::finding::{Rule, Silencing};

/// Explains a rule or a figure, or lists all rules.
pub(super) fn explain(args: &ExplainArgs) -> Result<ExitStatus, Failure> {
    let paint = console::paint(false);
    let text = match (&args.figure[..], &args.rule) {
        ([id, out], _) => figure::explained(id, Path::new(out))?,
        (_, None) => list(paint),
        (_, Some(id)) => {
            let rule = catalogue::find(id).ok_or_else(|| unknown(id))?;
            rendered(rule, paint)
        }
    };
    console::write(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

/// Says that there is no such rule, and which is the nearest.
fn unknown(id: &str) -> Failure {
    let names: Vec<&str> = catalogue::rules().iter().map(|rule| rule.id).collect();
    Failure::Unknown(format!("there is no rule `{id}`{}", near_hint(id, &names)))
}

/// Returns all rules in their groups, a line each.
fn list(paint: Paint) -> String {
    let mut text = String::new();
    for group in catalogue::groups() {
        let _infallible = writeln!(text, "{}", paint.strong(group.title));
        for rule in group.rules {
            let severity = format!("{:7}", rule.severity.as_str());
            let _infallible =
                writeln!(text, "  {}  {:32}  {}", paint.severity(rule.severity, &severity), rule.id, rule.title);
        }
        text.push('\n');
    }
    text.push_str("`scrutineer explain RULE` says more of one.\n");
    text
}

/// Returns a rule's documentation.
fn rendered(rule: &Rule, paint: Paint) -> String {
    let head = format!("{}[{}]", rule.severity, rule.id);
    let mut text = format!("{}: {}\n\n", paint.severity(rule.severity, &head), rule.title);
    for line in rule.docs.lines() {
        match line.strip_prefix("## ") {
            Some(heading) => text.push_str(&paint.strong(heading)),
            None => text.push_str(line),
        }
        text.push('\n');
    }
    if rule.silencing == Silencing::Never {
        text.push_str("\nNo setting of a season grades this otherwise or leaves it out.\n");
    }
    text
}
