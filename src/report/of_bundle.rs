//! The report on what an organisation's returns of several frameworks come to together.
//!
//! The outcome with its conditions, each instrument with its returns and what is still wanted of it, and the values that the bundle names.

use super::bundle::{of_return as told, wanted};
use super::of_return::outcome::came_to;
use super::of_return::{self, gauge};
use super::setting::{Around, Setting};
use super::{graded, pairs};
use crate::document::branding::paragraphs;
use crate::document::{Column, Document, Fact, Kind, Panel, Part, Table};
use crate::framework::{self, Framework};
use crate::season::bundle::{BundleRecord, MemberRecord, MemberReturn};
use crate::words::{Nouns, capital, list};

/// A return with the member that it belongs to; none where nothing came of that.
type Row<'a> = (&'a MemberRecord, Option<&'a MemberReturn>);

/// Returns the report on a bundle, among the frameworks that are known.
pub fn on_bundle(setting: &Setting, bundle: &Framework, of: &BundleRecord, frameworks: &[Framework]) -> Document {
    let noun = capital(&bundle.return_noun);
    let scheme = of_return::versioned(bundle);
    let around = of_return::around(setting, bundle, Kind::Consolidated, &noun, &of.organisation);
    let document = setting.document(Around { scheme: &scheme, ..around }, bundle);
    let document = Document { facts: facts(bundle, of), ..document }
        .introduction(paragraphs(&setting.branding.return_introduction))
        .part(outcome(bundle, of))
        .part(members(of, frameworks))
        .part(values(of))
        .part(of_return::made("report", methods(bundle)))
        .part(setting.contact("report"));
    document.spelled(&nouns(bundle, frameworks))
}

/// Returns the bundle's nouns, but for the returns that it is made of, which are its instruments'.
fn nouns(bundle: &Framework, frameworks: &[Framework]) -> Nouns {
    let instruments = bundle.members.iter().filter_map(|member| framework::find(frameworks, &member.framework, None));
    bundle.nouns.clone().with_common("return", instruments.map(|instrument| &instrument.nouns))
}

/// Returns what stands beside the title.
fn facts(bundle: &Framework, of: &BundleRecord) -> Vec<Fact> {
    let framework = Fact::new("Framework", format!("{}, {}", bundle.title, bundle.version));
    let came = of.members.iter().map(|member| Fact::new(member.title.clone(), member.came()));
    std::iter::once(framework).chain(came).collect()
}

/// Returns what it comes to.
fn outcome(bundle: &Framework, of: &BundleRecord) -> Part {
    let kicker = if of.is_open() { "Outcome, still open" } else { "Outcome" };
    let sent: usize = of.members.iter().map(|member| member.returns.len()).sum();
    let wanted: usize = of.members.iter().map(|member| member.awaited).sum();
    let tiles = vec![Fact::count("¤returns that count", sent), Fact::count("still wanted", wanted)];
    let panel = Panel { kicker: kicker.to_owned(), tiles, total_word: "¤total".to_owned(), ..Panel::default() };
    came_to(bundle, &of.outcome, panel, sentences(bundle, of))
}

/// Returns what the outcome means, in sentences.
fn sentences(bundle: &Framework, of: &BundleRecord) -> Vec<String> {
    let name = &of.organisation;
    let record = &of.outcome;
    let band = record.bands_in_words(&bundle.outcome);
    let total = gauge::total(bundle, record).map_or_else(String::new, |total| format!(", with a ¤total of {total}"));
    let whatever = if record.total.is_none() && record.highest.is_some() { " whatever is still open" } else { "" };
    let widest = record.ends.at_the_widest();
    let outcome = match (band, of.is_open()) {
        (Some(band), true) => format!("What {name} sent can come to {band}{total}{widest}."),
        (Some(band), false) => format!("Together what {name} sent comes to {band}{whatever}{total}."),
        (None, _) => format!("Together what {name} sent has no outcome{total}."),
    };
    let wanted = wanted(of);
    let wanted = (!wanted.is_empty()).then(|| format!("Still wanted: {}.", list(&wanted)));
    [outcome].into_iter().chain(wanted).collect()
}

/// Returns each instrument with its returns.
fn members(of: &BundleRecord, frameworks: &[Framework]) -> Part {
    let rows: Vec<Row> = of.members.iter().flat_map(returns).collect();
    let columns = vec![
        Column::new("Instrument").share(1.2).cell(|(member, _): &Row| (&member.title).into()),
        Column::new("Comes to").share(1.2).cell(move |(member, sent): &Row| {
            let framework = framework::find(frameworks, &member.framework, None);
            sent.map_or_else(|| "still wanted".to_owned(), |sent| told(framework, sent)).into()
        }),
        Column::new("File").share(1.6).cell(|(_, sent): &Row| {
            sent.map_or("\u{2013}", |sent| sent.file.rsplit('/').next().unwrap_or_default()).into()
        }),
    ];
    Part::new("What it is made of").block(Table::of(&rows, columns).caption("The ¤returns that belong together"))
}

/// Returns the returns of a member, then those that are wanted.
fn returns(member: &MemberRecord) -> Vec<Row<'_>> {
    let sent = member.returns.iter().map(move |sent| (member, Some(sent)));
    sent.chain(std::iter::repeat_n((member, None), member.awaited)).collect()
}

/// Returns the values that the bundle names; `None` where it names none.
fn values(of: &BundleRecord) -> Option<Part> {
    let rows: Vec<Fact> = of.values.iter().map(|value| Fact::new(value.title.clone(), graded::value(value))).collect();
    let table = || pairs(&rows, ["Value", "Comes to"]).caption("Values that are worked out of the ¤returns");
    (!rows.is_empty()).then(|| Part::new("Values").block(table()))
}

/// Returns how the figures came about.
fn methods(bundle: &Framework) -> Vec<String> {
    let notes = [
        "Each ¤return is worked out by its own framework; the outcome follows from what they come to, exactly.".to_owned(),
        "What is open in a ¤return, and a ¤return that is still wanted, isn\u{2019}t nought: the outcome is given as the range of what it can become."
            .to_owned(),
    ];
    let about = (!bundle.provenance.is_empty()).then(|| format!("About the framework: {}", bundle.provenance));
    notes.into_iter().chain(about).collect()
}
