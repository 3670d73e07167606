//! The outcome of a return with its reasons, its interval and the way to the next band.

use super::gauge::gauge;
use super::total::{in_unit, total};
use super::{pairs, standing};
use crate::document::{Cell, Column, Fact, Panel, Part, Side, Table, Width};
use crate::exact::Exact;
use crate::finding::Severity;
use crate::framework::{Framework, GateId};
use crate::outcome::nearness;
use crate::outcome::{GateState, Route, RouteStep};
use crate::report::subject::Subjects;
use crate::review::{OutcomeRecord, Review, Status};
use crate::words::{agree, capital, count, duty_of_some, list, number, sentence};

/// The most changes that are told one by one.
const MOST_STEPS: usize = 12;

/// Returns the outcome with what it rests on, what would settle it, and the way to the next one.
pub(super) fn part(framework: &Framework, review: &Review, subjects: &Subjects) -> Part {
    let record = review.outcome.as_ref();
    let panel = Panel {
        kicker: kicker(review).to_owned(),
        title: record.map_or_else(|| standing(review.status).to_owned(), |record| title(framework, record)),
        total: record.and_then(|record| total(framework, record)),
        tiles: tiles(framework, review),
    };
    Part::new("Outcome")
        .block(panel)
        .lead(sentences(framework, review))
        .blocks(record.and_then(|record| gauge(framework, record)))
        .blocks(record.map(|record| gates(framework, record)))
        .part(record.and_then(|record| missing(framework, record, subjects)))
        .part(record.and_then(|record| next(framework, record, subjects)))
}

/// Returns the word above the outcome.
fn kicker(review: &Review) -> &'static str {
    match review.status {
        Status::Scored => "Result",
        Status::Provisional => "Provisional outcome",
        Status::Unreadable | Status::Unrecognised => "No outcome",
        Status::Duplicate | Status::Superseded => "Outcome of a return that does not count",
    }
}

/// Returns the outcome's title: the band, or the range of bands.
pub(in crate::report) fn title(framework: &Framework, record: &OutcomeRecord) -> String {
    let titled = |id| framework.band_title(id);
    match (&record.band, &record.band_lowest, &record.band_highest) {
        (Some(band), _, _) => titled(band).to_owned(),
        (None, Some(low), Some(high)) if low == high => titled(low).to_owned(),
        (None, Some(low), Some(high)) => format!("{} to {}", titled(low), titled(high)),
        (None, None, Some(high)) => format!("At best {}", titled(high)),
        (None, _, None) if !record.missing.is_empty() => "Open".to_owned(),
        (None, _, None) if framework.outcome.bands.is_empty() => "Scored".to_owned(),
        (None, _, None) => "No band".to_owned(),
    }
}

/// Returns a difference of totals with its unit.
fn in_points(framework: &Framework, difference: &Exact) -> String {
    let unit = if *difference == Exact::one() { " percentage point" } else { " percentage points" };
    in_unit(framework, difference).replace('%', unit)
}

/// Returns the figures beside the outcome.
fn tiles(framework: &Framework, review: &Review) -> Vec<Fact> {
    let (missing, asked) = (review.outcome.as_ref().map_or(0, |record| record.missing.len()), asked(framework));
    let mut tiles = Vec::new();
    if review.outcome.is_some() && asked > 0 {
        tiles.push(Fact::new("answers given", format!("{} of {asked}", asked.saturating_sub(missing))));
    }
    let of = |severity| Fact::new(duty_of_some(severity), review.graded(severity).to_string());
    tiles.extend(Severity::WORST_FIRST.map(of));
    tiles
}

/// Returns how many answers a framework asks for.
fn asked(framework: &Framework) -> usize {
    framework.criteria().count() + framework.measures().count()
}

/// Returns what the outcome means, in sentences.
fn sentences(framework: &Framework, review: &Review) -> Vec<String> {
    let name = review.organisation.as_deref();
    let not_counted = "It is shown here so that its sender can see what was read, and isn\u{2019}t part of the season\u{2019}s figures.";
    let first = match review.status {
        Status::Unreadable => format!(
            "The workbook {} couldn\u{2019}t be read, so nothing in it was scored. The findings say why.",
            review.file
        ),
        Status::Unrecognised => format!(
            "The workbook {} was read, but isn\u{2019}t a form of any framework of this season, so nothing in it was scored.",
            review.file
        ),
        Status::Duplicate => format!(
            "Another file with the same content, or of the same organisation and kind, counts instead of this one. {not_counted}"
        ),
        Status::Superseded => {
            let of = name.map_or_else(String::new, |name| format!(" of {name}"));
            format!("A later return{of} counts instead of this one. {not_counted}")
        }
        Status::Scored | Status::Provisional => String::new(),
    };
    let mut sentences: Vec<String> = [first].into_iter().filter(|text| !text.is_empty()).collect();
    if let Some(record) = &review.outcome {
        sentences.push(if record.missing.is_empty() {
            settled(framework, record, name.unwrap_or("This return"))
        } else {
            open(framework, record, name)
        });
        // Where a condition withholds a band, it isn't the total that decides, and how far it is from a limit says nothing.
        let margin = || near(framework, record).or_else(|| spare(framework, record));
        sentences.extend(capped(framework, record).or_else(margin));
    }
    sentences
}

/// Returns what a complete return comes to.
fn settled(framework: &Framework, record: &OutcomeRecord, name: &str) -> String {
    let total = total(framework, record).unwrap_or_else(|| "no total".to_owned());
    match &record.band {
        Some(band) => format!("{name} comes out as {}, with a total of {total}.", framework.band_title(band)),
        None if framework.outcome.bands.is_empty() => {
            format!("{name} has a total of {total}. This framework gives no bands.")
        }
        None => format!("{name} has a total of {total}, for which no outcome is given."),
    }
}

/// Returns what an incomplete return can come to.
fn open(framework: &Framework, record: &OutcomeRecord, name: Option<&str>) -> String {
    let missing = record.missing.len();
    let answers = capital(&count(missing, "answer", "answers"));
    let verb = agree(missing, "is", "are");
    let of = name.map_or_else(String::new, |name| format!(" of {name}"));
    let first = format!("{answers}{of} {verb} missing, so there is no total yet.");
    let Some(range) = total(framework, record) else { return first };
    let titled = |id| framework.band_title(id);
    let bands = match (&record.band_lowest, &record.band_highest) {
        (Some(low), Some(high)) if low == high => {
            format!(", and the outcome will be {} whatever {} say", titled(low), agree(missing, "it may", "they"))
        }
        (Some(low), Some(high)) => format!(", and the outcome is anything from {} to {}", titled(low), titled(high)),
        (None, Some(high)) => format!(", and the outcome is at best {}", titled(high)),
        (_, None) => String::new(),
    };
    let with = agree(missing, "it", "them");
    format!("{first} With {with} the total will be {range}{bands}.")
}

/// Returns that the total alone would give another band.
pub(in crate::report) fn capped(framework: &Framework, record: &OutcomeRecord) -> Option<String> {
    let raw = record.raw_band.as_ref().filter(|raw| Some(*raw) != record.band.as_ref())?;
    let asked = conditions_between(framework, raw, record.band.as_deref());
    let failing = record.gates.iter().filter(|gate| gate.holds == Some(false) && asked.contains(&gate.id.as_str()));
    let failing: Vec<String> =
        failing.map(|gate| format!("\u{201c}{}\u{201d}", gate_title(framework, &gate.id))).collect();
    let raw = framework.band_title(raw);
    Some(match failing.as_slice() {
        [] => format!("By the total alone it would be {raw}."),
        [one] => format!("By the total alone it would be {raw}, but the condition {one} doesn\u{2019}t hold."),
        several => {
            format!("By the total alone it would be {raw}, but the conditions {} don\u{2019}t hold.", list(several))
        }
    })
}

/// Returns the conditions of the bands from the one that the total gives down to the one above that which is awarded: those
/// of better bands have nothing to do with it.
fn conditions_between<'a>(framework: &'a Framework, raw: &str, awarded: Option<&str>) -> Vec<&'a str> {
    let bands = framework.outcome.bands.iter().skip_while(|band| band.id.as_str() != raw);
    let withheld = bands.take_while(|band| Some(band.id.as_str()) != awarded);
    withheld.flat_map(|band| &band.gates).map(GateId::as_str).collect()
}

/// Returns that the total lies near a limit, where the framework has a margin for that.
fn near(framework: &Framework, record: &OutcomeRecord) -> Option<String> {
    let near = nearness::nearest(&framework.outcome, record.total.as_ref()?)?;
    let away = match near.above.abs() {
        distance if distance.is_zero() => "exactly on".to_owned(),
        distance => format!("{} from", in_points(framework, &distance)),
    };
    let limit = format!("the limit of {} ({})", near.band.title, in_unit(framework, near.limit));
    Some(format!("The total is {away} {limit}: a second look at the scores is worth while."))
}

/// Returns how far a settled total is above the limit of its band; `None` where that is no margin, or where a condition and not
/// the total decides.
fn spare(framework: &Framework, record: &OutcomeRecord) -> Option<String> {
    if record.raw_band.is_some() && record.raw_band != record.band {
        return None;
    }
    let band = framework.band(record.band.as_ref()?)?;
    let spare = nearness::spare(band, record.total.as_ref()?)?;
    Some(format!("That is {} more than {} needs.", in_points(framework, &spare), band.title))
}

/// Returns a gate's title; its name in words where the framework doesn't have it.
fn gate_title(framework: &Framework, id: &str) -> String {
    let gate = framework.outcome.gates.iter().find(|gate| gate.id.as_str() == id);
    gate.map_or_else(|| crate::words::words_of(id), |gate| gate.title.clone())
}

/// Returns the gates, those that don't hold first.
pub(in crate::report) fn gates(framework: &Framework, record: &OutcomeRecord) -> Table {
    let mut gates: Vec<&GateState> = record.gates.iter().collect();
    gates.sort_by_key(|gate| match gate.holds {
        Some(false) => 0,
        None => 1,
        Some(true) => 2,
    });
    let told = gates.iter().any(|gate| !gate.why.is_empty());
    let state = |gate: &&GateState| match gate.holds {
        Some(true) => "met".into(),
        Some(false) => Cell::Strong("not met".to_owned()),
        None => Cell::Strong("open".to_owned()),
    };
    let why = |gate: &&GateState| if gate.why.is_empty() { "\u{2013}".into() } else { sentence(&gate.why).into() };
    let columns = vec![
        Column::new("Condition")
            .share(if told { 1.0 } else { 1.4 })
            .cell(|gate: &&GateState| gate_title(framework, &gate.id).into()),
        Column::new("State").width(if told { Width::Fit } else { Width::Share(1.0) }).cell(state),
        Column::new("Why").share(1.6).cell(why).only_if(told),
    ];
    Table::of(&gates, columns).caption("Conditions on the outcome")
}

/// Returns which answers would settle a provisional outcome, by section.
fn missing(framework: &Framework, record: &OutcomeRecord, subjects: &Subjects) -> Option<Part> {
    let number = record.missing.len();
    if number == 0 {
        return None;
    }
    // Many are told by their names alone: the table of criteria has their texts.
    let many = number > 12;
    let named = |id: &str| if many { id.to_owned() } else { subjects.title(id) };
    let separator = if many { ", " } else { "; " };
    let of_section = |section: &crate::framework::Section| {
        let ids = section.criteria.iter().map(|c| c.id.as_str()).chain(section.measures.iter().map(|m| m.id.as_str()));
        let open: Vec<String> =
            ids.filter(|id| record.missing.iter().any(|missing| missing == id)).map(named).collect();
        (!open.is_empty()).then(|| Fact::new(super::section::title(section), open.join(separator)))
    };
    let rows: Vec<Fact> = framework.sections.iter().filter_map(of_section).collect();
    let sentence = match number {
        1 => "This answer would settle the outcome.".to_owned(),
        several => format!("These {several} answers would settle the outcome."),
    };
    let table = pairs(&rows, ["Section", "Still open"]).caption("Answers that are missing or can\u{2019}t be used");
    Some(Part::new("What would settle it").lead([sentence]).block(table))
}

/// Returns the way to the next band; `None` for the best one, and while answers are missing.
fn next(framework: &Framework, record: &OutcomeRecord, subjects: &Subjects) -> Option<Part> {
    let next = record.next.as_ref()?;
    let band = framework.band_title(&next.band);
    let part = Part::new("The way to the next outcome");
    if let Some(why) = &next.impossible {
        let told =
            format!("The next outcome, {band}, can\u{2019}t be reached by better answers alone. {}", sentence(why));
        return Some(part.lead([told]));
    }
    let distance = distance(framework, record, next)
        .map_or_else(String::new, |short| format!(" The total is {short} short of it."));
    let changes = match next.steps.len() {
        0 => String::new(),
        1 => " One change reaches it.".to_owned(),
        several => {
            format!(" The fewest changes that reach it are {several}; the table shows one way of choosing them.")
        }
    };
    let table = if next.steps.len() > MOST_STEPS {
        pairs(&steps_by_section(framework, next), ["Section", "Criteria and measures"])
    } else {
        steps(&next.steps, subjects)
    };
    let caption = format!("The fewest changes that reach {band}");
    Some(part.lead([format!("The next outcome is {band}.{distance}{changes}")]).block(table.caption(caption)))
}

/// Returns what is changed in each section, by name.
fn steps_by_section(framework: &Framework, next: &Route) -> Vec<Fact> {
    let of_section = |section: &crate::framework::Section| {
        let ids = section.criteria.iter().map(|c| c.id.as_str()).chain(section.measures.iter().map(|m| m.id.as_str()));
        let taken: Vec<&str> = ids.filter(|id| next.steps.iter().any(|step| step.id == *id)).collect();
        (!taken.is_empty()).then(|| Fact::new(super::section::title(section), taken.join(", ")))
    };
    framework.sections.iter().filter_map(of_section).collect()
}

/// Returns how far the total is from the next band's limit; `None` where it isn't the total that is short.
fn distance(framework: &Framework, record: &OutcomeRecord, next: &Route) -> Option<String> {
    let band = framework.band(&next.band)?;
    let short = band.at_least.as_ref()? - record.total.as_ref()?;
    let shown = in_points(framework, &short);
    (short > Exact::zero()).then_some(shown)
}

/// Returns the changes on the way, one by one.
fn steps(steps: &[RouteStep], subjects: &Subjects) -> Table {
    let points = |points: &Exact| Cell::Text(number(points, 2));
    let columns = vec![
        Column::new("No.").cell(|step: &RouteStep| step.id.to_string().into()),
        Column::new("Criterion or measure")
            .share(1.0)
            .cell(|step: &RouteStep| Cell::text_or_empty(subjects.short(&step.id))),
        Column::new("Points").side(Side::Right).cell(move |step: &RouteStep| points(&step.from)),
        Column::new("Needed").side(Side::Right).cell(move |step: &RouteStep| points(&step.to)),
        Column::new("Gain")
            .side(Side::Right)
            .cell(|step: &RouteStep| format!("+{}", number(&(&step.to - &step.from), 2)).into()),
    ];
    Table::of(steps, columns)
}
