//! The outcome of a return with its reasons, its interval and the way to the next band.

use super::gauge::{format, gauge, total};
use super::{pairs, section};
use crate::document::{Block, Cell, Column, Fact, Panel, Part, Side, Table, Width};
use crate::exact::Exact;
use crate::finding::Severity;
use crate::framework::{Asked, Band, BandId, Better, Edge, Framework, GateId, Level};
use crate::outcome::{GateState, Route, RouteStep, nearness};
use crate::report::subject::Subjects;
use crate::returns::{NOT_APPLICABLE, State};
use crate::review::{AnswerRecord, OutcomeRecord, Review, Status};
use crate::words::{
    agree, capital, count, duty_of_some, is_for_programs, list, list_of_at_most, number, sentence, words_of,
};

/// The most changes that are told one by one.
const MOST_STEPS: usize = 12;

/// Returns the outcome with what it rests on, what would settle it, and the way to the next one.
pub(super) fn part(subjects: &Subjects) -> Part {
    let (framework, review) = (subjects.framework, subjects.review);
    let (kicker, standing) = standing(review.status);
    let panel = Panel {
        kicker: kicker.to_owned(),
        title: standing.to_owned(),
        total: None,
        total_word: "¤total".to_owned(),
        tiles: tiles(subjects),
    };
    let Some(record) = &review.outcome else {
        return Part::new("Outcome").block(Block::Panel(panel)).lead(not_scored(review));
    };
    came_to(framework, record, panel, sentences(framework, review, record))
        .part(missing(record, subjects))
        .part(next(record, subjects))
}

/// Returns what it comes to: in one look, in sentences, on the scale of totals, and by its conditions.
pub(in crate::report) fn came_to(
    framework: &Framework,
    record: &OutcomeRecord,
    panel: Panel,
    sentences: Vec<String>,
) -> Part {
    let panel = Panel { title: title(framework, record), total: total(framework, record), ..panel };
    Part::new("Outcome")
        .block(Block::Panel(panel))
        .lead(sentences)
        .blocks(gauge(framework, record).map(Block::Chart))
        .block(minimums(framework, record))
        .block(gates(framework, record))
}

/// Returns the word above the outcome, and what stands in its place where there is none.
fn standing(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::Scored => ("Result", "Scored"),
        Status::Provisional => ("Provisional outcome", "Provisional"),
        Status::Unreadable => ("No outcome", "Could not be read"),
        Status::Unrecognised => ("No outcome", "Framework not recognised"),
        Status::Duplicate => ("Outcome of a ¤return that does not count", "Duplicate"),
        Status::Superseded => ("Outcome of a ¤return that does not count", "Superseded"),
    }
}

/// Returns the outcome's title: the band, or the range of bands.
pub(in crate::report) fn title(framework: &Framework, record: &OutcomeRecord) -> String {
    record.bands_in_words(&framework.outcome).unwrap_or_else(|| match &record.band_highest {
        Some(high) => format!("At best {}", framework.band_title(high)),
        None if record.is_open() => "Open".to_owned(),
        None if record.does_not_apply => "Doesn\u{2019}t apply".to_owned(),
        None if framework.outcome.bands.is_empty() => "Scored".to_owned(),
        None => "No band".to_owned(),
    })
}

/// Returns a difference of totals with its unit.
fn in_points(framework: &Framework, difference: &Exact) -> String {
    let unit = if *difference == Exact::one() { " percentage point" } else { " percentage points" };
    format(framework).text(difference).replace('%', unit)
}

/// Returns the figures beside the outcome.
fn tiles(subjects: &Subjects) -> Vec<Fact> {
    let (framework, review) = (subjects.framework, subjects.review);
    let given = given(subjects);
    let told = |record: &OutcomeRecord| format!("{given} of {}", given + record.missing.len());
    let asks = framework.criteria().count() + framework.measures().count() > 0;
    let given = review.outcome.as_ref().filter(|_| asks).map(|record| Fact::new("answers given", told(record)));
    let of = |severity| Fact::count(duty_of_some(severity), review.to_answer(severity));
    given.into_iter().chain(Severity::WORST_FIRST.map(of)).collect()
}

/// Returns how many of those criteria and measures are answered that are asked of a return.
fn given(subjects: &Subjects) -> usize {
    // What isn't asked is recorded as what doesn't apply.
    let is_asked = |answer: &AnswerRecord| {
        subjects.framework.applies.is_empty() || answer.value.as_deref() != Some(NOT_APPLICABLE)
    };
    let criteria = subjects.framework.criteria().filter_map(|criterion| subjects.answer(&criterion.id));
    let measures = subjects.framework.measures().filter_map(|measure| subjects.answer(&measure.id));
    let answers = criteria.chain(measures);
    answers.filter(|answer| answer.state == State::Given && is_asked(answer)).count()
}

/// Says why a return has no outcome, or that another one counts; `None` where it has one and counts.
fn not_scored(review: &Review) -> Option<String> {
    let file = &review.file;
    let why = match review.status {
        Status::Unreadable => {
            format!("The workbook {file} couldn\u{2019}t be read, so nothing in it was scored. The findings say why.")
        }
        Status::Unrecognised => format!(
            "The workbook {file} was read, but isn\u{2019}t a form of any framework of this season, so nothing in it was scored."
        ),
        Status::Duplicate | Status::Superseded => format!(
            "{} It is shown here so that its sender can see what was read, and isn\u{2019}t part of the season\u{2019}s figures.",
            replaced(review)?
        ),
        Status::Scored | Status::Provisional => return None,
    };
    Some(why)
}

/// Says of a return that another one replaces that it does; `None` where it counts.
pub(super) fn replaced(review: &Review) -> Option<String> {
    let of = review.organisation.as_ref().map_or_else(String::new, |name| format!(" of {name}"));
    match review.status {
        Status::Duplicate => Some(
            "Another file with the same content, or of the same ¤organisation and kind, counts instead of this one."
                .to_owned(),
        ),
        Status::Superseded => Some(format!("A later ¤return{of} counts instead of this one.")),
        Status::Scored | Status::Provisional | Status::Unreadable | Status::Unrecognised => None,
    }
}

/// Returns what the outcome means, in sentences.
fn sentences(framework: &Framework, review: &Review, record: &OutcomeRecord) -> Vec<String> {
    let name = review.organisation.as_deref();
    let told = if record.is_open() {
        open(framework, record, name)
    } else {
        settled(framework, record, name.unwrap_or("This ¤return"))
    };
    // Where a condition withholds a band, it isn't the total that decides, and how far it is from a limit says nothing.
    let margin = || near(framework, record).or_else(|| spare(framework, record));
    let why = capped(framework, record).or_else(margin);
    not_scored(review).into_iter().chain([told]).chain(why).collect()
}

/// Returns what a complete return comes to.
fn settled(framework: &Framework, record: &OutcomeRecord, name: &str) -> String {
    let title = record.band.as_ref().map(|band| framework.band_title(band));
    match (title, total(framework, record), framework.outcome.bands.is_empty()) {
        (Some(title), Some(total), _) => format!("{name} comes out as {title}, with a ¤total of {total}."),
        (Some(title), None, _) => format!("{name} comes out as {title}."),
        (None, _, _) if record.does_not_apply => {
            format!("Nothing of it applies to {name}, so that there is no outcome.")
        }
        (None, Some(total), true) => format!("{name} has a ¤total of {total}. This framework gives no bands."),
        (None, Some(total), false) => format!("{name} has a ¤total of {total}, for which no outcome is given."),
        (None, None, true) => format!("All of {name} could be read."),
        (None, None, false) => format!("{name} has no outcome yet."),
    }
}

/// Returns what an incomplete return can come to.
fn open(framework: &Framework, record: &OutcomeRecord, name: Option<&str>) -> String {
    let missing = record.missing.len();
    let number = record.missing.len() + record.unusable.len();
    let of = name.map_or_else(String::new, |name| format!(" of {name}"));
    let first = if record.missing.is_empty() {
        let entries = entries(record).unwrap_or_default();
        let said = name.map_or_else(|| capital(&entries), |name| format!("Of {name}, {entries}"));
        format!("{said}, so the outcome is open.")
    } else {
        let answers = capital(&count(missing, "answer", "answers"));
        let what = if framework.outcome.has_total() { "¤total" } else { "outcome" };
        let are = agree(missing, "is", "are");
        let entries = entries(record).map_or_else(String::new, |entries| format!(", and {entries}"));
        format!("{answers}{of} {are} missing{entries}, so there is no {what} yet.")
    };
    let range = total(framework, record);
    let widest = record.ends.at_the_widest();
    let is_range = record.lowest != record.highest;
    let range = range.map(|range| if is_range { format!("{range}{widest}") } else { range });
    let titled = |id| framework.band_title(id);
    let bands = match (&record.band_lowest, &record.band_highest) {
        (Some(low), Some(high)) if low == high => {
            Some(format!("the outcome will be {} whatever {} say", titled(low), agree(number, "it may", "they")))
        }
        (Some(_), Some(_)) if !record.can_be.is_empty() => {
            record.bands_in_words(&framework.outcome).map(|bands| format!("the outcome will be {bands}{widest}"))
        }
        (Some(low), Some(high)) => {
            Some(format!("the outcome is anything from {} to {}{widest}", titled(low), titled(high)))
        }
        (None, Some(high)) => Some(format!("the outcome is at best {}", titled(high))),
        (_, None) => None,
    };
    let ends: Vec<String> = range.map(|range| format!("the ¤total will be {range}")).into_iter().chain(bands).collect();
    if ends.is_empty() {
        return first;
    }
    let none = match (record.may_be_none, framework.outcome.takes_all()) {
        (false, _) => "",
        (true, true) => " Where nothing that it rests on applies, there is no outcome.",
        (true, false) => " It may come to none, too.",
    };
    format!("{first} With {} {}.{none}", agree(number, "it", "them"), ends.join(", and "))
}

/// Says which entries are blank or can't be used on which an open outcome rests; `None` where there are none.
pub(super) fn entries(record: &OutcomeRecord) -> Option<String> {
    let entries = record.entries_in_words()?;
    Some(format!("{entries} ({})", list_of_at_most(&record.unusable, 8)))
}

/// Returns the band that the total alone would give, where that is another one than comes out, whatever missing answers may say; and
/// whether the total could even give a better one.
pub(in crate::report) fn withheld<'a>(framework: &'a Framework, record: &OutcomeRecord) -> Option<(&'a Band, bool)> {
    if let Some(raw) = &record.raw_band {
        return framework.band(raw).filter(|raw| Some(&raw.id) != record.band.as_ref()).map(|raw| (raw, false));
    }
    let (lowest, highest) = record.lowest.as_ref().zip(record.highest.as_ref())?;
    let place = |band: &BandId| framework.place_of_band(band);
    let raw = nearness::by_total(&framework.outcome, lowest, highest)?;
    let best = nearness::by_total(&framework.outcome, highest, lowest)?;
    let is_better = place(&raw.id)? < place(record.settled()?)?;
    is_better.then_some((raw, best.id != raw.id))
}

/// Returns that the total alone would give another band.
pub(in crate::report) fn capped(framework: &Framework, record: &OutcomeRecord) -> Option<String> {
    let (raw, is_least) = withheld(framework, record)?;
    let asked = conditions_between(framework, &raw.id, record.settled().map(BandId::as_str));
    let failing = record.gates.iter().filter(|gate| gate.holds == Some(false) && asked.contains(&gate.id.as_str()));
    let failing: Vec<String> =
        failing.map(|gate| format!("\u{201c}{}\u{201d}", gate_title(framework, &gate.id))).collect();
    let raw = if is_least { format!("at least {}", raw.title) } else { raw.title.clone() };
    Some(match failing.as_slice() {
        [] => format!("By the ¤total alone it would be {raw}."),
        [one] => format!("By the ¤total alone it would be {raw}, but the condition {one} doesn\u{2019}t hold."),
        several => {
            format!("By the ¤total alone it would be {raw}, but the conditions {} don\u{2019}t hold.", list(several))
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

/// Whether the sentences on an outcome say that its total lies near a limit.
pub(super) fn tells_nearness(framework: &Framework, review: &Review) -> bool {
    let told = |record: &OutcomeRecord| capped(framework, record).is_none() && near(framework, record).is_some();
    review.outcome.as_ref().is_some_and(told)
}

/// Returns that the total lies near a limit, where the framework has a margin for that.
fn near(framework: &Framework, record: &OutcomeRecord) -> Option<String> {
    let near = nearness::nearest(&framework.outcome, record.total.as_ref()?)?;
    let away = match near.above.abs() {
        distance if distance.is_zero() => "exactly on".to_owned(),
        distance => format!("{} from", in_points(framework, &distance)),
    };
    let limit = format!("the limit of {} ({})", near.band.title, format(framework).text(near.limit));
    Some(format!("The ¤total is {away} {limit}: a second look at the scores is worth while."))
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
    framework.gate(id).map_or_else(|| words_of(id), |gate| gate.title.clone())
}

/// Returns what bands ask of parts of the scheme, a row a part and a column a band; without rows where they ask nothing.
fn minimums(framework: &Framework, record: &OutcomeRecord) -> Table {
    // Nothing is asked of what doesn't apply.
    let levels = if record.does_not_apply { &[][..] } else { &framework.outcome.levels };
    let state = |asked: &Asked| record.gates.iter().find(|gate| gate.id == asked.gate);
    let asks = |band: &&Band| levels.iter().flat_map(|level| &level.asked).any(|asked| asked.band == band.id);
    let of_band = |band: &Band| {
        let id = band.id.clone();
        let cell = move |level: &Level| {
            let Some(asked) = level.asked.iter().find(|asked| asked.band == id) else {
                return Cell::or_dash(None::<Cell>);
            };
            asked_in_words(&asked.limit, level.edge, state(asked).and_then(|gate| gate.holds))
        };
        Column::new(band.title.clone()).cell(cell)
    };
    let why = |level: &Level| {
        let failing = level.asked.iter().filter_map(state).find(|gate| gate.holds != Some(true));
        Cell::or_dash(failing.filter(|gate| !gate.why.is_empty()).map(|gate| sentence(&gate.why)))
    };
    let told = levels.iter().flat_map(|level| &level.asked).filter_map(state).any(|gate| !gate.why.is_empty());
    let part = Column::new("Asked of").share(1.0).cell(|level: &Level| (&level.title).into());
    let bands = framework.outcome.bands.iter().filter(asks).map(of_band);
    let why = Column::new("Why").share(1.4).cell(why).only_if(told);
    Table::of(levels, std::iter::once(part).chain(bands).chain([why]).collect()).caption("What each outcome asks")
}

/// Returns what a band asks, and whether that holds.
fn asked_in_words(limit: &Exact, edge: Edge, holds: Option<bool>) -> Cell {
    let limit = number(limit, 2);
    let most = if edge == Edge::AtMost { "at most " } else { "" };
    match holds {
        Some(true) => format!("{most}{limit}, met").into(),
        Some(false) => Cell::Strong(format!("{most}{limit}, not met")),
        None => Cell::Strong(format!("{most}{limit}, open")),
    }
}

/// Returns the gates, those that don't hold first; what bands ask of parts of the scheme has a table of its own.
pub(in crate::report) fn gates(framework: &Framework, record: &OutcomeRecord) -> Table {
    let levels = &framework.outcome.levels;
    let is_level = |id: &GateId| levels.iter().flat_map(|level| &level.asked).any(|asked| asked.gate == *id);
    let mut gates: Vec<&GateState> = record.gates.iter().filter(|gate| !is_level(&gate.id)).collect();
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
    let why = |gate: &&GateState| Cell::or_dash((!gate.why.is_empty()).then(|| sentence(&gate.why)));
    let (wide, narrow) = if told { (1.0, Width::Fit) } else { (1.4, Width::Share(1.0)) };
    let columns = vec![
        Column::new("Condition").share(wide).cell(|gate: &&GateState| gate_title(framework, &gate.id).into()),
        Column::new("State").width(narrow).cell(state),
        Column::new("Why").share(1.6).cell(why).only_if(told),
    ];
    Table::of(&gates, columns).caption("Conditions on the outcome")
}

/// Returns which answers would settle a provisional outcome, by section.
fn missing(record: &OutcomeRecord, subjects: &Subjects) -> Option<Part> {
    let is_missing = |id: &str| record.missing.iter().any(|missing| missing == id);
    let has_total = subjects.framework.outcome.has_total();
    let [heading, what] = match record.settled() {
        Some(_) if has_total => ["What is missing", "the ¤total; the outcome is certain without"],
        Some(_) => ["What is missing", "what the ¤sections come to; the outcome is certain without"],
        None => ["What would settle it", "the outcome"],
    };
    let sentence = match (record.missing.len(), record.settled().is_some()) {
        (0, _) => return None,
        (1, true) => format!("This answer would settle {what} it."),
        (1, false) => format!("This answer would settle {what}."),
        (several, true) => format!("These {several} answers would settle {what} them."),
        (several, false) => format!("These {several} answers would settle {what}."),
    };
    let beside = entries(record).map(|entries| format!("Beside them {entries}: it takes these as well."));
    // Many are told by their names alone: the table of criteria has their texts.
    let many = record.missing.len() > 12;
    let rows = section::told(subjects.framework, |section| {
        let open = section::items(section, is_missing);
        let titles = || open.iter().map(|id| subjects.title(id)).collect::<Vec<_>>();
        if many { open.join(", ") } else { titles().join("; ") }
    });
    let table = pairs(&rows, ["¤Section", "Still open"]).caption("Answers that are missing or can\u{2019}t be used");
    Some(Part::new(heading).lead(std::iter::once(sentence).chain(beside)).block(table))
}

/// Returns the way to the next band; `None` for the best one, and while answers are missing.
fn next(record: &OutcomeRecord, subjects: &Subjects) -> Option<Part> {
    let next = record.next.as_ref()?;
    let band = subjects.framework.band_title(&next.band);
    let part = Part::new("The way to the next outcome");
    if let Some(why) = &next.impossible {
        let why = sentence(why);
        let told = format!("The next outcome, {band}, can\u{2019}t be reached by better answers alone. {why}");
        return Some(part.lead([told]));
    }
    let changes = match next.steps.len() {
        0 => String::new(),
        1 => "One change reaches it; the table shows one that does.".to_owned(),
        several if next.fewest => {
            format!(
                "The table shows one way, in {several} changes; others may do as well, none with fewer steps up the scales."
            )
        }
        several => format!("The table shows one way, in {several} changes; others may do as well, or be shorter."),
    };
    let sentences = [Some(format!("The next outcome is {band}.")), distance(subjects.framework, record, next)];
    let caption = format!("Changes that reach {band}");
    let told = sentences.into_iter().flatten().chain([changes]);
    Some(part.lead(told).block(steps(next, subjects).caption(caption)))
}

/// Says how far the total is from the next band's limit; `None` where it isn't the total that is short.
fn distance(framework: &Framework, record: &OutcomeRecord, next: &Route) -> Option<String> {
    let limit = framework.band(&next.band)?.limit().filter(|limit| limit.is_least())?;
    let short = limit.number() - record.total.as_ref()?;
    (short > Exact::zero()).then(|| format!("The ¤total is {} short of it.", in_points(framework, &short)))
}

/// Returns the changes on the way: one by one, or by section where they are many.
fn steps(next: &Route, subjects: &Subjects) -> Table {
    if next.steps.len() > MOST_STEPS {
        let is_taken = |id: &str| next.step(id).is_some();
        let taken = section::told(subjects.framework, |section| section::items(section, is_taken).join(", "));
        let judged =
            if subjects.framework.measures().next().is_none() { "¤Criteria" } else { "¤Criteria and measures" };
        return pairs(&taken, ["¤Section", judged]);
    }
    let has_total = subjects.framework.outcome.has_total();
    let is_lower = subjects.framework.outcome.better == Better::Lower;
    let short = |step: &RouteStep| Cell::text_or_empty(subjects.short(&step.id));
    let gain = |step: &RouteStep| {
        let gain = &step.to - &step.from;
        format!("{}{}", if gain.is_negative() { "" } else { "+" }, number(&gain, 2)).into()
    };
    let columns = vec![
        Column::new("No.")
            .cell(|step: &RouteStep| step.id.to_string().into())
            .only_if(next.steps.iter().any(|step| !is_for_programs(step.id.as_str()))),
        Column::new(subjects.judged()).share(1.0).cell(short),
        Column::new("Now").side(Side::Right).cell(|step: &RouteStep| subjects.given(&step.id, &step.from).into()),
        Column::new("Needed").side(Side::Right).cell(|step: &RouteStep| subjects.answered(&step.id, &step.to).into()),
        Column::new(if is_lower { "Change" } else { "Gain" }).side(Side::Right).cell(gain).only_if(has_total),
    ];
    Table::of(&next.steps, columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::sample::exact;
    use crate::season::sample;

    /// Returns the outcome of a return whose total lies in a range, and that comes out as this whatever missing answers say.
    fn record(lowest: &str, highest: &str, settled: &str, gate: Option<bool>) -> OutcomeRecord {
        let gate = GateState { id: "gate".into(), holds: gate, why: String::new() };
        OutcomeRecord {
            lowest: Some(exact(lowest)),
            highest: Some(exact(highest)),
            band_lowest: Some(settled.into()),
            band_highest: Some(settled.into()),
            missing: vec!["1.1".into()],
            gates: vec![gate],
            ..OutcomeRecord::default()
        }
    }

    #[test]
    fn what_is_open_names_answers_and_entries_that_it_rests_on() {
        let framework = sample::usual();
        let open = |missing: usize, unusable: &[&str], may_be_none| {
            let record = OutcomeRecord {
                missing: vec!["1.1".into(); missing],
                unusable: unusable.iter().map(|place| (*place).to_owned()).collect(),
                may_be_none,
                ..record("10", "20", "good", None)
            };
            open(&framework, &record, Some("Acme"))
        };
        let both = open(2, &["Cover!C5"], true);
        let first = "2 answers of Acme are missing, and 1 entry is blank or can\u{2019}t be used (Cover!C5), so there is no ¤total yet. With them ";
        assert!(both.starts_with(first) && both.ends_with(" It may come to none, too."), "{both}");
        let answers = open(1, &[], false);
        assert!(answers.starts_with("1 answer of Acme is missing, so there is no ¤total yet. With it "), "{answers}");
        assert!(
            open(0, &["Cover!C5"], false).contains("Of Acme, 1 entry is blank or can\u{2019}t be used (Cover!C5), so")
        );
    }

    #[test]
    fn a_condition_that_withholds_an_outcome_is_told_though_answers_are_missing() {
        let mut framework = sample::usual();
        framework.outcome.bands[..2].iter_mut().for_each(|band| band.gates = vec!["gate".into()]);
        let limit = |at: usize| framework.outcome.bands[at].at_least.clone().unwrap();
        let (excellent, good) = (limit(0).to_string(), limit(1).to_string());
        let because = ", but the condition \u{201c}Gate\u{201d} doesn\u{2019}t hold.";
        let cases = [
            (
                record(&excellent, "100", "good", Some(false)),
                Some(format!("By the ¤total alone it would be Excellent{because}")),
            ),
            (
                record(&good, "100", "none", Some(false)),
                Some(format!("By the ¤total alone it would be at least Good{because}")),
            ),
            (record(&good, "100", "good", Some(false)), None),
        ];
        for (record, expected) in cases {
            assert_eq!(capped(&framework, &record), expected, "{record:?}");
            let subjects_say = open(&framework, &record, Some("Acme"));
            assert!(subjects_say.ends_with("whatever it may say."), "{subjects_say}");
        }
    }
}
