//! What differs between two packs, and what that does to a season's outcomes.

use super::{Extent, Sides, difference, sheet, titled_band, value};
use crate::comparison::Pair;
use crate::comparison::rescoring::{Cause, PackComparison, Rescored, Rescoring, Threshold};
use crate::document::{Cell, Column, Document, Part, Table, Use};
use crate::exact::Exact;
use crate::framework::difference::{Difference, Lever, Topic};
use crate::framework::{BandId, Framework};
use crate::words::{capital, list, number_of, quoted};

/// How many files are named in a sentence.
const MOST_NAMED: usize = 8;

/// What the documents on two packs are made of.
#[derive(Clone, Copy)]
struct View<'a> {
    compared: &'a PackComparison,
    packs: [&'a Framework; 2],
    extent: Extent,
}

/// Returns the documents on two packs: what differs, whose outcome changes, who stands near a threshold.
pub fn on_packs(compared: &PackComparison, packs: [&Framework; 2], extent: Extent) -> Vec<Document> {
    let view = View { compared, packs, extent };
    let rescoring = compared.rescoring.as_ref();
    let limited = rescoring.map(|rescoring| rescoring.thresholds.as_slice()).filter(|rows| !rows.is_empty());
    let of_season = rescoring.map(|rescoring| outcomes(view, rescoring));
    let near = limited.map(|rows| thresholds(view, rows));
    let documents = std::iter::once(definitions(view)).chain(of_season).chain(near);
    documents.map(|document| document.spelled(&packs[1].nouns)).collect()
}

fn definitions(view: View) -> Document {
    let told = |pack: &Framework, name: Option<&String>| {
        format!("{} {} ({})", pack.title, pack.version, name.map_or("", String::as_str))
    };
    let ([old, new], asked) = (view.packs, &view.compared.names);
    let (before, after) = (told(old, asked.before.as_ref()), told(new, asked.after.as_ref()));
    let forms = if view.compared.is_same_form { "" } else { "The blank workbooks differ." };
    let mut rows: Vec<&Difference> = view.compared.differences.iter().collect();
    rows.sort_by_key(|row| row.topic());
    let counted = number_of(rows.len(), "difference", "differences");
    let words =
        [format!("Before: {before}. After: {after}."), format!("{counted} between the definitions."), forms.to_owned()];
    let [first, second] = Sides::in_time().names;
    let table = Table::of(
        &rows,
        vec![
            Column::new("Where").chars(44.0).cell(move |row: &&Difference| place(view.packs, &row.path).into()),
            Column::new("About").chars(14.0).cell(|row: &&Difference| about(row.topic()).into()),
            Column::new(first).chars(48.0).cell(|row: &&Difference| Cell::or_dash(row.before.clone())),
            Column::new(second).chars(48.0).cell(|row: &&Difference| Cell::or_dash(row.after.clone())),
        ],
    );
    sheet("Packs", "Two packs compared", words).part(Part::default().block(table.used(Use::List(1))))
}

/// The lists of a pack whose entries have names, with what one of them is called.
const LISTS: [(&str, &str); 13] = [
    ("sections", "¤section"),
    ("criteria", "¤criterion"),
    ("measures", "measure"),
    ("bands", "outcome"),
    ("gates", "condition"),
    ("scales", "scale"),
    ("grades", "grade"),
    ("fields", "field"),
    ("registers", "register"),
    ("columns", "column"),
    ("rules", "rule"),
    ("requirements", "requirement"),
    ("kinds", "kind of ¤return"),
];

/// Says in words where in a pack something stands: "Section 1.1, weight".
fn place([before, after]: [&Framework; 2], path: &[String]) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut keys = path.iter().map(String::as_str).peekable();
    while let Some(key) = keys.next() {
        let entry = LISTS.iter().find(|(list, _)| *list == key).zip(keys.peek().copied());
        match (key, entry) {
            // What an outcome asks says itself that it is about the outcome.
            ("outcome", None) if keys.peek().is_some() => {}
            ("at_least", None) => words.push("the least ¤total".to_owned()),
            ("over", None) => words.push("the ¤total to exceed".to_owned()),
            ("at_most", None) => words.push("the greatest ¤total".to_owned()),
            ("under", None) => words.push("the ¤total to stay under".to_owned()),
            (_, Some(((_, one), name))) => {
                words.push(format!("{one} {}", called([before, after], one, name)));
                keys.next();
            }
            (key, None) => words.push(key.replace(['_', '-'], " ")),
        }
    }
    capital(&words.join(", "))
}

/// Returns the title of an outcome or a condition, and the name of anything else.
fn called(packs: [&Framework; 2], one: &str, name: &str) -> String {
    let title = |pack: &Framework| match one {
        "outcome" => pack.band(name).map(|band| band.title.clone()),
        "condition" => pack.gate(name).map(|gate| gate.title.clone()),
        _other => None,
    };
    let title = packs.into_iter().rev().find_map(title);
    title.map_or_else(|| name.to_owned(), |title| format!("\u{201c}{title}\u{201d}"))
}

const fn about(topic: Topic) -> &'static str {
    match topic {
        Topic::Weight => "weight",
        Topic::Threshold => "threshold",
        Topic::Gate => "gate",
        Topic::Scoring => "scoring",
        Topic::Criterion => "what is asked",
        Topic::Text => "wording",
        Topic::Other => "other",
    }
}

fn outcomes(view: View, rescoring: &Rescoring) -> Document {
    let rows = view.extent.of(&rescoring.returns, |row| row.band.differs());
    let changed = rescoring.returns.iter().filter(|row| row.band.differs()).count();
    let scored =
        number_of(rescoring.returns.len(), "¤return was scored by both packs", "¤returns were scored by both packs");
    let words = format!("{scored}: {}.", number_of(changed, "outcome differs", "outcomes differ"));
    let table = outcome_table(view, &rows).used(Use::List(1));
    sheet("Outcomes", "Outcomes by both packs", std::iter::once(words).chain(untold(rescoring)))
        .part(Part::default().block(table))
}

/// Says which returns aren't scored; nothing where all are.
fn untold(rescoring: &Rescoring) -> Option<String> {
    let named: Vec<&str> = rescoring.untold.iter().take(MOST_NAMED).map(String::as_str).collect();
    let more = rescoring.untold.len().saturating_sub(MOST_NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let are = number_of(rescoring.untold.len(), "¤return is", "¤returns are");
    let why =
        "what was recorded doesn\u{2019}t follow from the answers in the results, which have no rows of registers";
    let help = "name the folder of their workbooks with --returns";
    (!named.is_empty()).then(|| format!("{are} left out, since {why} ({help}): {}{more}.", quoted(&named)))
}

fn outcome_table(view: View, rows: &[&Rescored]) -> Table {
    let whose = |row: &&Rescored| {
        let name = row.organisation.clone().unwrap_or_else(|| row.file.clone());
        row.about.iter().chain(&row.kind).fold(name, |text, part| format!("{text}, {part}"))
    };
    let [first, second] = Sides::in_time().names;
    let [before, after] = view.packs;
    let band = |pack: &Framework, band: &Option<BandId>| titled_band(Some(pack), band.as_ref());
    Table::of(
        rows,
        vec![
            Column::new("¤Return").chars(44.0).cell(move |row: &&Rescored| whose(row).into()),
            Column::new(first).chars(18.0).cell(move |row: &&Rescored| band(before, &row.band.before).into()),
            Column::new(second).chars(18.0).cell(move |row: &&Rescored| band(after, &row.band.after).into()),
            Column::new("Difference of ¤totals").chars(14.0).cell(|row: &&Rescored| difference(&row.total, 1)),
            Column::new("Because of").chars(60.0).cell(move |row: &&Rescored| {
                Cell::text_or_empty(row.cause.as_ref().map(|cause| because(view.packs, cause)).as_deref())
            }),
        ],
    )
}

/// Says what makes a band another.
fn because(packs: [&Framework; 2], cause: &Cause) -> String {
    let told = |levers: &[Lever]| levers.iter().map(|lever| words(packs, lever)).collect::<Vec<String>>();
    match cause {
        Cause::Alone(levers) if levers.len() == 1 => told(levers).concat(),
        Cause::Alone(levers) => format!("each by itself: {}", list(&told(levers))),
        Cause::Together(levers) => format!("only together: {}", list(&told(levers))),
        Cause::Several => "several changes together, of which none is needed".to_owned(),
    }
}

/// Returns what a change of the pack is called.
fn words([before, after]: [&Framework; 2], lever: &Lever) -> String {
    let name = lever.name.as_str();
    let band = |pack: &Framework| pack.band(name).map(|band| band.title.clone());
    let gate = |pack: &Framework| pack.gate(name).map(|gate| gate.title.clone());
    let titled = |title: &dyn Fn(&Framework) -> Option<String>| {
        title(after).or_else(|| title(before)).unwrap_or_else(|| name.to_owned())
    };
    match lever.topic {
        Topic::Weight => format!("the weight of {name}"),
        Topic::Threshold => format!("the threshold of {}", titled(&band)),
        Topic::Gate => format!("the gate \u{201c}{}\u{201d}", titled(&gate)),
        Topic::Criterion => format!("what is asked at {name}"),
        Topic::Scoring | Topic::Text | Topic::Other => format!("\u{201c}{name}\u{201d} in the pack"),
    }
}

fn thresholds(view: View, rows: &[Threshold]) -> Document {
    let [before, after] = view.packs;
    let title = move |row: &Threshold| {
        let band = after.band(&row.band).or_else(|| before.band(&row.band));
        band.map_or_else(|| row.band.to_string(), |band| band.title.clone())
    };
    let near = |side: fn(&Pair<usize>) -> Option<usize>| {
        move |row: &Threshold| match (side(&row.below), side(&row.above)) {
            (Some(below), Some(above)) => format!("{below} below, {above} above").into(),
            (None, _) | (_, None) => Cell::from("\u{2013}"),
        }
    };
    let limit = |limit: &Option<Exact>| value(limit.as_ref(), 1);
    let table = Table::of(
        rows,
        vec![
            Column::new("Outcome").chars(44.0).cell(move |row: &Threshold| title(row).into()),
            Column::new("Threshold before").chars(18.0).cell(move |row: &Threshold| limit(&row.limit.before)),
            Column::new("Threshold after").chars(18.0).cell(move |row: &Threshold| limit(&row.limit.after)),
            Column::new("Near it before").chars(20.0).cell(near(|side| side.before)),
            Column::new("Near it after").chars(20.0).cell(near(|side| side.after)),
        ],
    );
    let about = "How many of these ¤returns have a ¤total up to one point below what an outcome asks, and on it or up to one point above.";
    sheet("Thresholds", "Near a threshold", [about.to_owned()]).part(Part::default().block(table))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::sample::{band, framework};

    #[test]
    fn where_something_stands_in_a_pack_is_said_in_words() {
        let mut pack = framework("1");
        pack.outcome.bands = vec![crate::framework::Band { title: "Excellent".to_owned(), ..band("best", "90", &[]) }];
        for (path, expected) in [
            ("sections/1.1/weight", "¤Section 1.1, weight"),
            ("outcome/bands/best/at_least", "Outcome \u{201c}Excellent\u{201d}, the least ¤total"),
            ("outcome/bands/gone/at_most", "Outcome gone, the greatest ¤total"),
            ("outcome/unit", "Unit"),
            ("sections/1/criteria/1.1/text", "¤Section 1, ¤criterion 1.1, text"),
            ("bands", "Bands"),
            ("framework/valid_from", "Framework, valid from"),
        ] {
            let path: Vec<String> = path.split('/').map(str::to_owned).collect();
            assert_eq!(place([&pack, &pack], &path), expected);
        }
    }
}
