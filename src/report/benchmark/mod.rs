//! The benchmark pack of an organisation: its own figures beside the network's, as a document; [`Pack::rows`] are the same for programs.

#[cfg(test)]
mod attacks;
mod beside;

use super::of_return::{self, around, kind_and_file, made, named, peer};
use super::of_season::outcome::sums_up;
use super::of_season::whom;
use super::setting::{Around, Setting};
use super::subject::Subjects;
use crate::document::{Block, Cell, Column, Document, Fact, Format, Kind, Panel, Part, Side, Table};
use crate::exact::Exact;
use crate::framework::{FieldRole, Framework, is_of_itself};
use crate::statistics::{ChangeSummary, Figure};
use crate::words::{INCOMPLETE, count, sentence};

pub use beside::{About, Beside, Network, Pack};

/// Returns the pack as a document.
pub fn on_benchmark(setting: &Setting, pack: &Pack) -> Document {
    let (framework, review) = (pack.framework, &pack.sent.review);
    let (name, scheme) = (named(review), of_return::versioned(framework));
    let of = kind_and_file(framework, review);
    let around = Around { scheme: &scheme, of, ..around(setting, framework, Kind::Benchmark, "Benchmark pack", &name) };
    let subjects = Subjects::of(framework, review);
    let rows = pack.rows();
    Document { facts: facts(pack), ..setting.document(around, framework) }
        .part(outcome(pack, &rows))
        .part(figures(pack, &rows))
        .part(peer::part(&subjects, &pack.peers()))
        .part(made("pack", methods(pack, &rows)))
        .part(setting.contact("pack"))
        .spelled(&framework.nouns)
}

/// Returns what stands beside the title.
fn facts(pack: &Pack) -> Vec<Fact> {
    let (framework, review) = (pack.framework, &pack.sent.review);
    let of = |label: &str, value: &Option<String>| value.as_ref().map(|value| Fact::new(label, value));
    let whose = [of("Kind of ¤return", &review.kind), of("Part", &pack.sent.part())];
    [Fact::new("Framework", format!("{}, {}", framework.title, framework.version))]
        .into_iter()
        .chain(whose.into_iter().flatten())
        .chain([Fact::new("¤Network", whom(&pack.published.coverage))])
        .collect()
}

/// Returns how the return came out, and how many others did; `None` where the framework sums no return up.
fn outcome(pack: &Pack, rows: &[Beside]) -> Option<Part> {
    let framework = pack.framework;
    let is_summed_up = framework.outcome.has_total() || sums_up(&pack.published.outcomes);
    let record = pack.sent.review.outcome.as_ref();
    let panel = record.map(|record| Panel {
        kicker: "Result".to_owned(),
        title: of_return::outcome::title(framework, record),
        total: of_return::gauge::total(framework, record),
        total_word: "¤total".to_owned(),
        tiles: tiles(rows),
    });
    let outcomes: Vec<&Beside> =
        rows.iter().filter(|row| row.about == About::Outcome).filter(|row| is_had(row)).collect();
    let is_one = |of: &Option<Exact>| *of == Some(Exact::one());
    let columns = vec![
        Column::new("Outcome").share(1.6).cell(|row: &&Beside| Cell::strong_if(is_one(&row.own), &row.title)),
        Column::new("Number").side(Side::Right).cell(|row: &&Beside| Cell::or_dash(row.network.count)),
        Column::new("This one").share(1.0).cell(|row: &&Beside| standing(is_one(&row.own), is_one(&row.last)).into()),
    ];
    let caption = format!("Outcomes of {}", whom(&pack.published.coverage));
    let is_told = outcomes.iter().any(|row| row.network.count.is_some());
    is_summed_up.then(|| {
        Part::new("Outcome, beside the ¤network\u{2019}s")
            .blocks(panel.map(Block::Panel))
            .lead(sentences(pack, rows))
            .lead((!is_told).then_some(UNTOLD))
            .blocks(is_told.then(|| Table::of(&outcomes, columns).caption(caption)))
    })
}

/// Why no outcomes are counted, whichever part of the rule it is.
const UNTOLD: &str =
    "How many ¤organisations have which outcome isn\u{2019}t told, since too few stand behind some of these numbers.";

/// Whether an outcome is one that is to be told of: a band, or that an outcome is open where some or the own is.
fn is_had(row: &Beside) -> bool {
    row.id != INCOMPLETE || row.network.count.is_some_and(|count| count > 0) || row.own == Some(Exact::one())
}

/// Says whether an outcome is the own one, now or last season.
fn standing(is_own: bool, was_own: bool) -> &'static str {
    match (is_own, was_own) {
        (true, true) => "this season and last",
        (true, false) => "this season",
        (false, true) => "last season",
        (false, false) => "",
    }
}

/// Returns a few figures of the total.
fn tiles(rows: &[Beside]) -> Vec<Fact> {
    let Some(total) = rows.iter().find(|row| row.about == About::Total) else { return Vec::new() };
    let of =
        |label: &str, value: &Option<Exact>| value.as_ref().map(|value| Fact::new(label, total.format.text(value)));
    let network = &total.network;
    let middle =
        of("¤network\u{2019}s median", &network.median).or_else(|| of("¤network\u{2019}s mean", &network.mean));
    of("last season", &total.last).into_iter().chain(middle).collect()
}

/// Says how the own total changed, and how the network's did.
fn sentences(pack: &Pack, rows: &[Beside]) -> Vec<String> {
    let total = rows.iter().find(|row| row.about == About::Total);
    let own = total.and_then(|row| Some((row.own.as_ref()?, row.last.as_ref()?))).map(|(now, then)| {
        let changed = Format::Signed(1).text(&(now - then));
        let unit = if pack.framework.outcome.unit == "%" { "percentage points" } else { &pack.framework.outcome.unit };
        format!("Since last season the own ¤total changed by {changed} {unit}.")
    });
    let network = pack.published.change.as_ref().filter(|_| own.is_some()).and_then(|change| of_network(pack, change));
    own.into_iter().chain(network).collect()
}

/// Says how the totals of those changed that are in both seasons; `None` where that isn't told.
fn of_network(pack: &Pack, change: &ChangeSummary) -> Option<String> {
    let told = |figure: &Figure| pack.told(figure).map(|value| Format::Signed(1).text(&value));
    let of = |words: &str, figure: &Figure| told(figure).map(|value| (format!("{words} {value}"), figure.n));
    let median = || of("the median of their changes is", &change.totals.median);
    let (words, over) = median().or_else(|| of("their ¤totals changed in the mean by", &change.totals.mean))?;
    let all = count(over, "¤organisation has", "¤organisations have");
    let lot = if over < change.matched { ", those left aside by lot apart" } else { "" };
    Some(format!("{all} a ¤return like this season\u{2019}s on record{lot}; {words} percentage points."))
}

/// Returns the own figures beside the network's, but for outcomes and criteria.
fn figures(pack: &Pack, rows: &[Beside]) -> Option<Part> {
    let is_meant = |row: &&Beside| !matches!(row.about, About::Outcome | About::Criterion);
    let rows: Vec<&Beside> = rows.iter().filter(is_meant).collect();
    if rows.iter().all(|row| row.network.count.is_none()) {
        return None;
    }
    let (has_last, has_median) =
        (rows.iter().any(|row| row.last.is_some()), rows.iter().any(|row| row.network.median.is_some()));
    let cell = |row: &Beside, value: &Option<Exact>| Cell::or_dash(value.as_ref().map(|value| row.format.text(value)));
    let open = |row: &Beside| open_total(pack, row);
    let half = |row: &Beside| {
        let ends = row.network.lower.as_ref().zip(row.network.upper.as_ref());
        Cell::or_dash(ends.map(|(lower, upper)| row.format.range(lower, upper)))
    };
    let right = |heading: &str| Column::new(heading).side(Side::Right);
    let columns = vec![
        Column::new("Figure").share(1.6).cell(|row: &&Beside| (&row.title).into()),
        right("Own").cell(|row: &&Beside| open(row).map_or_else(|| cell(row, &row.own), Cell::from)),
        right("Last season").cell(|row: &&Beside| cell(row, &row.last)).only_if(has_last),
        right("¤Network, mean").cell(|row: &&Beside| cell(row, &row.network.mean)),
        right("Median").cell(|row: &&Beside| cell(row, &row.network.median)).only_if(has_median),
        right("Middle half").cell(|row: &&Beside| half(row)).only_if(has_median),
        right("n").cell(|row: &&Beside| Cell::or_dash(row.network.count)),
    ];
    let table = Table::of(&rows, columns).caption("Own figures beside the ¤network\u{2019}s");
    Some(Part::new("Figures").block(table).block(Block::Note(DASH.to_owned())))
}

/// Returns what the own total can still come to; `None` of other figures, and of a total that is settled.
fn open_total(pack: &Pack, row: &Beside) -> Option<String> {
    let record = pack.sent.review.outcome.as_ref().filter(|_| row.about == About::Total && row.own.is_none())?;
    of_return::gauge::total(pack.framework, record)
}

/// What a dash means.
const DASH: &str = "A dash: there is no such figure, or too few others stand behind it. Of measures and of rows of registers, the \
                    mean is that of all people or rows together.";

/// Says which kind of return stands for an organisation before which; nothing of a framework that has but one.
fn kinds(framework: &Framework) -> String {
    let named: Vec<&str> = framework.kinds.iter().map(|kind| kind.choice.as_str()).collect();
    let choices = framework.field_for(FieldRole::Kind).and_then(|field| field.kind.choices()).unwrap_or_default();
    let own = choices.iter().filter(|names| is_of_itself(names.first().map(String::as_str))).count();
    match named.len() {
        0 if own > 0 && own < choices.len() => "what others say before what it says of itself, ".to_owned(),
        0 | 1 => String::new(),
        _several => format!("{}, ", named.join(" before ")),
    }
}

/// Says for each of what of an organisation a return stands, where the form is sent once for each of something.
fn for_each(framework: &Framework) -> String {
    let each = framework.one_for_each_in_words();
    each.map_or_else(String::new, |each| format!("; where it sent one for each {each}, one is counted for each"))
}

/// Returns how the figures came about.
fn methods(pack: &Pack, rows: &[Beside]) -> Vec<String> {
    let k = pack.others_needed();
    let compared = rows.iter().any(|row| row.about == About::Criterion && row.network.count.is_some());
    let notes = [
        format!(
            "Each ¤organisation is counted once, by the ¤return that stands for it: {}the later before the earlier, the whole before its parts{}.",
            kinds(pack.framework),
            for_each(pack.framework)
        ),
        format!(
            "What is told of the ¤network may be passed on to everybody, is the same in all packs, and rests on at least {k} \
             ¤organisations besides this one. The own figures are for this ¤organisation alone."
        ),
    ];
    let quantiles = compared.then(|| of_return::QUARTILES.to_owned());
    notes.into_iter().chain(quantiles).chain(illustrative(pack.framework)).collect()
}

/// Returns what the pack's framework says of itself.
fn illustrative(framework: &Framework) -> Option<String> {
    (!framework.provenance.is_empty()).then(|| format!("About the framework: {}", sentence(&framework.provenance)))
}
