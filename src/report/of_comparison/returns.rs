//! What differs between two returns of a framework.

use std::collections::BTreeSet;

use super::{Extent, Sides, difference, sheet, value};
use crate::comparison::findings::FindingChanges;
use crate::comparison::of_returns::{Answered, CanBecome, Compared, Filled, ReturnComparison, Row, Scored};
use crate::comparison::{Pair, Presence};
use crate::day::long_date;
use crate::document::{Cell, Column, Document, Part, Table, Use};
use crate::exact::Exact;
use crate::finding::{Finding, Severity};
use crate::framework::{BandId, Framework, RaterId, Section};
use crate::outcome::{shown, with_unit};
use crate::report::sheets::status;
use crate::returns::State;
use crate::words::{number, number_of, standing, titled};

/// What the documents on two returns are made of.
#[derive(Clone, Copy)]
struct View<'a> {
    compared: &'a ReturnComparison,
    framework: &'a Framework,
    sides: &'a Sides,
    extent: Extent,
}

/// One of the two, with what it is called.
type Side<'a> = (&'a String, &'a Option<Compared>);

/// Returns the documents on two returns: what they come to, the answers, the rows of registers where there are any, the findings.
pub fn on_returns(compared: &ReturnComparison, framework: &Framework, extent: Extent) -> Vec<Document> {
    let kind = |side: &'_ Option<Compared>| side.as_ref().and_then(|side| side.kind.clone());
    let kinds = [kind(&compared.returns.before), kind(&compared.returns.after)];
    let sides = Sides::of_kinds([kinds[0].as_deref(), kinds[1].as_deref()]);
    let view = View { compared, framework, sides: &sides, extent };
    let rows = (!compared.rows.is_empty()).then(|| rows(view));
    let documents = [outcome(view), answers(view)].into_iter().chain(rows).chain([findings(&compared.findings)]);
    documents.map(|document| document.spelled(&framework.nouns)).collect()
}

/// Returns what the two come to.
fn outcome(view: View) -> Document {
    let View { compared, framework, extent, .. } = view;
    let section = |id: &str| framework.section(id).map_or_else(|| id.to_owned(), |of| section_of(framework, of));
    let sections = extent.of(&compared.sections, |row| row.value.differs());
    let measures = extent.of(&compared.measures, |row| row.value.differs());
    let fields = extent.of(&compared.fields, |row| row.value.differs());
    let item = |id: &str| measured(framework, id);
    let parts = [
        Part::new("¤Sections").block(scores(view, &sections, 1, &section)),
        Part::new("Measures").block(scores(view, &measures, 2, &item)),
        Part::new("Cover").block(cover(view, &fields)),
    ];
    let filled = parts.into_iter().filter(|part| !part.blocks.is_empty());
    let lead = Part::new("Outcome").lead(comes_to(view));
    let returns = Part::default().block(compared_are(view));
    sheet("Comparison", "Two ¤returns compared", unlike(compared)).part(returns).part(lead).part(filled)
}

/// Returns which returns are compared.
fn compared_are(view: View) -> Table {
    let View { compared, sides: Sides { names: [first, second], .. }, .. } = view;
    let rows = [(first, &compared.returns.before), (second, &compared.returns.after)];
    let text = |of: fn(&Compared) -> Option<&str>| move |row: &Side| Cell::or_dash(row.1.as_ref().and_then(of));
    Table::of(
        &rows,
        vec![
            Column::new("¤Return").share(3.0).cell(|row: &Side| row.0.into()),
            Column::new("File").chars(18.0).cell(text(|of| Some(&of.file))),
            Column::new("¤Organisation").chars(18.0).cell(text(|of| of.organisation.as_deref())),
            Column::new("Version").chars(12.0).cell(text(|of| of.framework_version.as_deref())),
            Column::new("What became of it").chars(18.0).cell(text(|of| Some(status(of.status)))),
        ],
    )
}

/// Says what must be known of two returns that aren't alike; nothing of others.
fn unlike(compared: &ReturnComparison) -> Vec<String> {
    let versions =
        "They are of different versions of the framework: what has one name may be asked or weighed otherwise.";
    let whose = if compared.may_be_of_one_organisation() {
        "They give different names of the ¤organisation, so alike that one may be a slip."
    } else {
        "They give different ¤organisations."
    };
    let told = [(compared.is_of_two_versions(), versions), (compared.is_of_two_organisations(), whose)];
    told.into_iter().filter(|(holds, _)| *holds).map(|(_, words)| words.to_owned()).collect()
}

/// Says what outcome and total are on both sides; of an open one, what it can become.
fn comes_to(view: View) -> Vec<String> {
    let View { compared, framework, sides, .. } = view;
    let title = |band: &BandId| framework.band_title(band).to_owned();
    let spec = &framework.outcome;
    let number = |total: &Exact| with_unit(&shown(total, spec), spec);
    let band = |band: &Option<BandId>, open: &Option<CanBecome>| {
        let ends = || open.as_ref()?.bands.as_ref().map(|(worst, best)| range(&title(worst), &title(best)));
        band.as_ref().map(title).or_else(ends)
    };
    let total = |total: &Option<Exact>, open: &Option<CanBecome>| {
        let ends = || open.as_ref()?.totals.as_ref().map(|(least, most)| range(&number(least), &number(most)));
        total.as_ref().map(number).or_else(ends)
    };
    let Pair { before: open_before, after: open_after } = &compared.open;
    let bands = Pair::new(band(&compared.band.before, open_before), band(&compared.band.after, open_after));
    let totals = Pair::new(total(&compared.total.before, open_before), total(&compared.total.after, open_after));
    let bands = (!framework.outcome.bands.is_empty()).then(|| sides.moved("Outcome", &bands));
    bands.into_iter().chain([sides.moved("¤Total", &totals)]).collect()
}

/// Says from where to where an open value can come out.
fn range(least: &str, most: &str) -> String {
    if least == most { least.to_owned() } else { format!("open ({least} to {most})") }
}

/// Returns what a section is called, with the most that it can score.
fn section_of(framework: &Framework, section: &Section) -> String {
    let most = framework.maximum_of(section);
    format!("{} (points of {})", titled(&section.id, &section.title), number(&most, 1))
}

/// Returns what a measure is called, with its unit.
fn measured(framework: &Framework, id: &str) -> String {
    let unit = framework.measure(id).map_or("", |measure| measure.unit.as_str());
    let unit = if unit.is_empty() { String::new() } else { format!(" ({unit})") };
    format!("{}{unit}", item(framework, id))
}

/// Returns what an item is called.
fn item(framework: &Framework, id: &str) -> String {
    let criterion = framework.criterion(id).map(|criterion| &criterion.text);
    let text = criterion.or_else(|| framework.measure(id).map(|measure| &measure.text));
    text.map_or_else(|| id.to_owned(), |text| titled(id, text))
}

fn scores(view: View, rows: &[&Scored], places: u32, title: &dyn Fn(&str) -> String) -> Table {
    let [first, second] = &view.sides.names;
    let of = move |of: &Option<Exact>| value(of.as_ref(), places);
    Table::of(
        rows,
        vec![
            Column::new("What").share(3.0).cell(|row: &&Scored| title(&row.id).into()),
            Column::new(first).chars(18.0).cell(move |row: &&Scored| of(&row.value.before)),
            Column::new(second).chars(18.0).cell(move |row: &&Scored| of(&row.value.after)),
            Column::new("Difference").chars(12.0).cell(move |row: &&Scored| difference(&row.value, places)),
        ],
    )
}

fn cover(view: View, rows: &[&Filled]) -> Table {
    let [first, second] = &view.sides.names;
    let label = |row: &&Filled| view.framework.field(&row.id).map_or(row.id.as_str(), |field| &field.label).into();
    let of = |value: &Option<String>| Cell::or_dash(value.as_deref().map(dated));
    Table::of(
        rows,
        vec![
            Column::new("What").share(3.0).cell(label),
            Column::new(first).chars(18.0).cell(move |row: &&Filled| of(&row.value.before)),
            Column::new(second).chars(18.0).cell(move |row: &&Filled| of(&row.value.after)),
        ],
    )
}

/// Returns an entry as people write it: a date in words, all else as it is.
fn dated(value: &str) -> String {
    value.parse().map_or_else(|_| value.to_owned(), long_date)
}

fn answers(view: View) -> Document {
    let rows = view.extent.of(&view.compared.answers, Answered::differs);
    let table = answer_table(view, &rows).used(Use::List(1));
    sheet("Answers", "Answers", [agreement(view)]).part(Part::default().block(table))
}

/// Says how many answers agree.
fn agreement(view: View) -> String {
    let [first, second] = &view.sides.places;
    let answers = &view.compared.answers;
    let is_given = |row: &&Answered| row.state.before == Some(State::Given) && row.state.after == Some(State::Given);
    let both: Vec<&Answered> = answers.iter().filter(is_given).collect();
    let of = |is: fn(&Exact, &Exact) -> bool| {
        let points = both.iter().filter_map(|row| row.points.before.as_ref().zip(row.points.after.as_ref()));
        points.filter(|(before, after)| is(before, after)).count()
    };
    let same = both.iter().filter(|row| !row.value.differs()).count();
    let (up, down) = (of(|before, after| after > before), of(|before, after| after < before));
    let given = number_of(both.len(), "answer is given in both", "answers are given in both");
    let points = format!(", {up} with more points {second}, {down} with more {first}");
    let points = if up + down == 0 { "" } else { &points };
    let is_in = |row: &Answered| [row.state.before, row.state.after].contains(&Some(State::Given));
    let either = answers.iter().filter(|row| is_in(row)).count();
    let told = [(either - both.len(), "in one of them alone"), (answers.len() - either, "in neither")];
    let told = told.into_iter().filter(|(number, _)| *number > 0);
    let apart = told.map(|(number, words)| format!(" {} {words}.", number_of(number, "is given", "are given")));
    format!("{given}: {same} the same{points}.{}", apart.collect::<String>())
}

fn answer_table(view: View, rows: &[&Answered]) -> Table {
    let View { framework, sides: Sides { names: [first, second], .. }, .. } = view;
    let rater = |rater: &Option<RaterId>| {
        let id = rater.as_ref()?;
        Some(framework.rater(id).map_or_else(|| id.to_string(), |rater| rater.title.clone()))
    };
    let whose = move |row: &&Answered| {
        let words = [rater(&row.raters.before), rater(&row.raters.after)].map(Option::unwrap_or_default);
        if words[0] == words[1] { words[0].clone() } else { words.join(", then ") }
    };
    let is_told = rows.iter().map(whose).collect::<BTreeSet<String>>().len() > 1;
    Table::of(
        rows,
        vec![
            Column::new("What is asked").chars(60.0).cell(|row: &&Answered| item(framework, &row.id).into()),
            Column::new("Answered by").chars(24.0).cell(move |row: &&Answered| whose(row).into()).only_if(is_told),
            Column::new(first)
                .chars(24.0)
                .cell(|row: &&Answered| given(framework, row, row.value.before.as_deref(), row.state.before).into()),
            Column::new(second)
                .chars(24.0)
                .cell(|row: &&Answered| given(framework, row, row.value.after.as_deref(), row.state.after).into()),
            Column::new("Points").chars(10.0).cell(|row: &&Answered| difference(&row.points, 1)),
        ],
    )
}

/// Returns an answer as the form words it; a word for what isn't given.
fn given(framework: &Framework, row: &Answered, value: Option<&str>, state: Option<State>) -> String {
    let value = value.unwrap_or_default();
    let label = framework.criterion(&row.id).and_then(|criterion| framework.scale(criterion).label(value));
    match state {
        Some(State::Given) => label.map_or_else(|| dated(value), ToOwned::to_owned),
        Some(State::Blank) => "(blank)".to_owned(),
        Some(State::Unusable) => "(can\u{2019}t be used)".to_owned(),
        Some(State::Absent) | None => "(no such place)".to_owned(),
    }
}

fn rows(view: View) -> Document {
    let all = &view.compared.rows;
    let of = |presence| all.iter().filter(|row| row.presence == presence).count();
    let changed = all.iter().filter(|row| row.presence == Presence::Both && row.outcome.differs()).count();
    let [first, second] = &view.sides.places;
    let (both, left, joined) = (of(Presence::Both), of(Presence::Left), of(Presence::Joined));
    let both = number_of(both, "row is in both", "rows are in both");
    let changed = number_of(changed, "comes to something else", "come to something else");
    let words = format!("{both}, of which {changed}; {left} only {first}, {joined} only {second}.");
    let table = row_table(view, &view.extent.of(all, Row::differs)).used(Use::List(1));
    sheet("Registers", "Rows of registers", [words]).part(Part::default().block(table))
}

fn row_table(view: View, rows: &[&Row]) -> Table {
    let [first, second] = &view.sides.names;
    let register = |row: &Row| view.framework.register(&row.register);
    let title = move |row: &&Row| register(row).map_or_else(|| row.register.to_string(), |spec| spec.title.clone());
    let outcome = move |row: &Row, value: &Option<String>, missing: Presence| {
        if row.presence == missing {
            return "\u{2013}".to_owned();
        }
        let spec = register(row).and_then(|spec| spec.outcome.as_ref());
        let titled = |id: &String| spec.map_or_else(|| id.clone(), |spec| spec.titled(id));
        value.as_ref().map_or_else(|| "open".to_owned(), titled)
    };
    Table::of(
        rows,
        vec![
            Column::new("Register").chars(24.0).cell(move |row: &&Row| title(row).into()),
            Column::new("Row").chars(30.0).cell(|row: &&Row| (&row.key).into()),
            Column::new(first)
                .chars(24.0)
                .cell(move |row: &&Row| outcome(row, &row.outcome.before, Presence::Joined).into()),
            Column::new(second)
                .chars(24.0)
                .cell(move |row: &&Row| outcome(row, &row.outcome.after, Presence::Left).into()),
        ],
    )
}

fn findings(changes: &FindingChanges) -> Document {
    let (gone, new) = (changes.gone.len(), changes.new.len());
    let words = format!("Findings: {gone} gone, {new} new, {} still there{}.", changes.still, accepted(changes));
    let kinds = [("new", &changes.new), ("gone", &changes.gone), ("accepted", &changes.accepted)];
    let all = kinds.into_iter().flat_map(|(kind, some)| some.iter().map(move |finding| (kind, finding)));
    let rows: Vec<(&str, &Finding)> = all.collect();
    let table = Table::of(
        &rows,
        vec![
            Column::new("Change").chars(9.0).cell(|row: &(&str, &Finding)| Cell::strong_if(is_worse(row), row.0)),
            Column::new("Duty").chars(24.0).cell(|row: &(&str, &Finding)| standing(row.1).into()),
            Column::new("Where")
                .chars(24.0)
                .cell(|row: &(&str, &Finding)| Cell::text_or_empty(row.1.place.named().as_deref())),
            Column::new("What").chars(80.0).cell(|row: &(&str, &Finding)| (&row.1.message).into()),
            Column::new("Rule").chars(28.0).cell(|row: &(&str, &Finding)| row.1.rule.as_str().into()),
        ],
    );
    sheet("Findings", "Findings", [words]).part(Part::default().block(table.used(Use::List(1))))
}

/// Says how many of those still there were accepted in between; nothing where none was.
fn accepted(changes: &FindingChanges) -> String {
    match changes.accepted.len() {
        0 => String::new(),
        number => format!(", {} in between", number_of(number, "of which was accepted", "of which were accepted")),
    }
}

fn is_worse((change, finding): &(&str, &Finding)) -> bool {
    *change == "new" && finding.severity == Severity::Error
}
