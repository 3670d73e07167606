//! What the units come to together, and how that came about.

use super::Whole;
use crate::document::{Fact, Panel, Part};
use crate::report::of_return::total::total;
use crate::report::of_return::{gauge, outcome as of_return};
use crate::season::consolidation::RuleSource;
use crate::words::{capital, count};

/// Returns the outcome.
pub(super) fn part(whole: Whole) -> Part {
    let record = &whole.of.outcome;
    let kicker = if record.missing.is_empty() { "Consolidated outcome" } else { "Consolidated outcome, still open" };
    let panel = Panel {
        kicker: kicker.to_owned(),
        title: of_return::title(whole.framework, record),
        total: total(whole.framework, record),
        tiles: tiles(whole),
    };
    Part::new("Outcome")
        .block(panel)
        .lead(sentences(whole))
        .blocks(gauge(whole.framework, record))
        .block(of_return::gates(whole.framework, record))
}

/// Returns the figures beside the outcome.
fn tiles(whole: Whole) -> Vec<Fact> {
    let held = whole.of.criteria.iter().filter(|of| of.status.as_ref() == Some(&whole.spec.grade)).count();
    vec![
        Fact::new("hold", format!("{held} of {}", whole.of.criteria.len())),
        Fact::new("don\u{2019}t hold", whole.of.developments.len().to_string()),
        Fact::new("open", whole.of.outcome.missing.len().to_string()),
        Fact::new("judged otherwise", whole.of.disagreements.len().to_string()),
    ]
}

/// Returns what the outcome means, in sentences.
fn sentences(whole: Whole) -> Vec<String> {
    let (of, spec) = (whole.of, whole.spec);
    let named = match of.rule.named_by {
        RuleSource::Return => format!("the rule that the {} return names", spec.whole_kind.to_lowercase()),
        RuleSource::Season => "the season\u{2019}s rule, as no return names one".to_owned(),
        RuleSource::Framework => "the framework\u{2019}s own rule, as no return names one".to_owned(),
    };
    let (count, noun) = (of.units.len(), if of.units.len() == 1 { &spec.noun } else { &spec.plural });
    let mut sentences = vec![format!(
        "A criterion holds for {} where it holds in {}: {named}. {count} {noun} {} heard.",
        of.organisation,
        of.rule.words,
        if count == 1 { "is" } else { "are" }
    )];
    sentences.push(together(whole));
    sentences.extend(of_return::capped(whole.framework, &whole.of.outcome));
    sentences.extend(stated(whole));
    sentences
}

/// Returns what the units come to.
fn together(whole: Whole) -> String {
    let record = &whole.of.outcome;
    let title = of_return::title(whole.framework, record);
    let open = record.missing.len();
    let with = total(whole.framework, record).map_or_else(String::new, |total| format!(", with {total}"));
    let open = match open {
        0 => String::new(),
        open => format!(" {} still open.", capital(&count(open, "criterion is", "criteria are"))),
    };
    format!("Together the {} come to {title}{with}.{open}", whole.spec.plural)
}

/// Returns what the return about the whole comes to beside that.
fn stated(whole: Whole) -> Option<String> {
    let review = whole.whole()?;
    let record = review.outcome.as_ref()?;
    let kind = &whole.spec.whole_kind;
    let title = of_return::title(whole.framework, record);
    let differing = whole.of.disagreements.len();
    let claimed = if record.band == whole.of.outcome.band && record.band.is_some() {
        format!("The {} return itself comes to {title} too", kind.to_lowercase())
    } else {
        format!("The {} return itself comes to {title}", kind.to_lowercase())
    };
    Some(match differing {
        0 => format!("{claimed}, and no criterion is judged otherwise there than the rule has it."),
        differing => format!(
            "{claimed}; {} judged otherwise there than the rule has it.",
            count(differing, "criterion is", "criteria are")
        ),
    })
}
