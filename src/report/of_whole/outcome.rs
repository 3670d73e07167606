//! What the units come to together, and how that came about.

use super::Whole;
use crate::document::{Fact, Panel, Part};
use crate::report::of_return::gauge::total;
use crate::report::of_return::outcome as of_return;
use crate::season::consolidation::RuleSource;
use crate::words::{agree, capital, count};

/// Returns the outcome.
pub(super) fn part(whole: Whole) -> Part {
    let record = &whole.of.outcome;
    let kicker = if record.missing.is_empty() { "Consolidated outcome" } else { "Consolidated outcome, still open" };
    let panel = Panel { kicker: kicker.to_owned(), tiles: tiles(whole), ..Panel::default() };
    of_return::came_to(whole.framework, record, panel, sentences(whole))
}

/// Returns the figures beside the outcome.
fn tiles(whole: Whole) -> Vec<Fact> {
    vec![
        Fact::new("hold", format!("{} of {}", whole.held(|_| true), whole.of.criteria.len())),
        Fact::count("don\u{2019}t hold", whole.of.developments.len()),
        Fact::count("open", whole.of.outcome.missing.len()),
        Fact::count("judged otherwise", whole.of.disagreements.len()),
    ]
}

/// Returns what the outcome means, in sentences.
fn sentences(whole: Whole) -> Vec<String> {
    let (of, spec) = (whole.of, whole.spec);
    let named = match of.rule.named_by {
        RuleSource::Return => format!("the rule that the {} ¤return names", whole.kind()),
        RuleSource::Season => "the season\u{2019}s rule, as no ¤return names one".to_owned(),
        RuleSource::Framework => "the framework\u{2019}s own rule, as no ¤return names one".to_owned(),
    };
    let units = of.units.len();
    let heard = format!("{units} {} {} heard.", agree(units, &spec.noun, &spec.plural), agree(units, "is", "are"));
    let (organisation, rule) = (&of.organisation, &of.rule.words);
    let rule = format!("A ¤criterion holds for {organisation} where it holds in {rule}: {named}. {heard}");
    let capped = of_return::capped(whole.framework, &of.outcome);
    [rule, together(whole)].into_iter().chain(capped).chain(stated(whole)).collect()
}

/// Returns what the units come to.
fn together(whole: Whole) -> String {
    let record = &whole.of.outcome;
    let title = of_return::title(whole.framework, record);
    let with = total(whole.framework, record).map_or_else(String::new, |total| format!(", with {total}"));
    let open = match record.missing.len() {
        0 => String::new(),
        open => format!(" {} still open.", capital(&count(open, "¤criterion is", "¤criteria are"))),
    };
    format!("Together the {} come to {title}{with}.{open}", whole.spec.plural)
}

/// Returns what the return about the whole comes to beside that.
fn stated(whole: Whole) -> Option<String> {
    let record = whole.whole()?.outcome.as_ref()?;
    let (kind, title) = (whole.kind(), of_return::title(whole.framework, record));
    let too = if record.band == whole.of.outcome.band && record.band.is_some() { " too" } else { "" };
    let differing = match whole.of.disagreements.len() {
        0 => ", and no ¤criterion is".to_owned(),
        differing => format!("; {}", count(differing, "¤criterion is", "¤criteria are")),
    };
    let judged = "judged otherwise there than the rule has it";
    Some(format!("The {kind} ¤return itself comes to {title}{too}{differing} {judged}."))
}
