//! What stays in a return: cells of registers that tell who a person is, and the same words wherever else they stand.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, Match, MatchKind};

use crate::cell::CellRef;
use crate::finding::{Finding, Findings};
use crate::framework::expression::{misspelt, reaches_nobody};
use crate::framework::{EntryKind, Framework, Personal, RegisterColumn, RegisterSpec};
use crate::layout::{Layout, RegisterPlace};
use crate::personal::{
    Belongs, Contacts, MASK, OwnWords, References, is_astray, kind_in, kind_of, masked, tells_of_a_person,
};
use crate::wording::name_words;
use crate::workbook::{Cell, DateSystem, Sheet, Value, Workbook};

use super::headed::{self, HeadedColumn};
use super::people::{self, asks_for_contacts};
use super::place::Spot;
use super::stopgap::names_nothing;
use super::sum::own_words;
use super::unit::Unit;
use super::{Entry, EntryValue, Reading, entry};

/// Words of fewer letters stand in too many texts to be taken out of others than their own cell's.
const TELLING: usize = 5;
/// Words of fewer letters are parts of too many others.
const LEAST: usize = 3;

/// The cells of a return of which nothing leaves it.
#[derive(Clone, Debug, Default)]
pub struct Private {
    /// By their sheet, with what they show: also what says how to reach somebody, which forms ask for and nobody else needs.
    cells: BTreeMap<String, BTreeMap<CellRef, String>>,
    /// The columns of registers that have such cells, by their sheet, with the first of their headings: what stands beside them may
    /// be anything. None are known where nobody knows the headings.
    beside: BTreeMap<String, (u32, BTreeSet<u32>)>,
    /// Finds what tells who a person is, where only references belong; `None` where nothing does.
    told: Option<AhoCorasick>,
}

impl Private {
    /// Finds the cells of a return that tell who a person is.
    pub(crate) fn of(framework: &Framework, workbook: &Workbook, layout: &Layout) -> Self {
        let columns = headed::columns(framework, workbook, layout);
        let found = people::found(framework, workbook, layout);
        Self::with(framework, workbook, layout, (&columns, &found))
    }

    /// Finds them, where the columns that tell who people are and what else was found are known.
    pub(super) fn with(
        framework: &Framework,
        workbook: &Workbook,
        layout: &Layout,
        (columns, found): (&[HeadedColumn], &[Finding]),
    ) -> Self {
        let mut cells = BTreeMap::new();
        let mut beside: BTreeMap<String, (u32, BTreeSet<u32>)> = BTreeMap::new();
        let mut told = BTreeSet::new();
        let registers = framework.registers.iter();
        let placed = registers.flat_map(|spec| layout.with_rivals().map(move |layout| (spec, layout)));
        for (spec, layout) in placed {
            let Some(place) = layout.registers.get(&spec.id) else { continue };
            let columns = place.columns.iter().filter_map(|(id, at)| Some((*at, spec.column(id)?)));
            let columns = columns.filter(|(_, column)| column.personal != Personal::Allowed);
            let columns: BTreeMap<u32, &RegisterColumn> = columns.collect();
            let sheet = &workbook.sheets[place.sheet];
            if !columns.is_empty() {
                let here = layout.registers.values().filter(|other| other.sheet == place.sheet);
                let known = here.flat_map(|other| other.columns.values().copied()).collect();
                let first = beside.entry(sheet.name.clone()).or_insert((place.heading, known));
                first.0 = first.0.min(place.heading);
            }
            let written = references(framework, spec, (sheet, place), workbook.date_system);
            let below = below(sheet, place.heading, (&columns, &written), workbook.date_system);
            let astray = if columns.is_empty() {
                Vec::new()
            } else {
                astray(framework, spec, (sheet, place), workbook.date_system)
            };
            for (at, shown, is_searched) in below.chain(astray) {
                told.extend((is_searched && shown.chars().count() >= TELLING).then(|| shown.clone()));
                cells.entry(sheet.name.clone()).or_insert_with(BTreeMap::new).insert(at, shown);
            }
        }
        for (sheet, at, shown, is_searched) in anywhere(workbook, columns, found) {
            told.extend((is_searched && shown.chars().count() >= TELLING).then(|| shown.clone()));
            cells.entry(sheet.to_owned()).or_insert_with(BTreeMap::new).entry(at).or_insert(shown);
        }
        for (sheet, at, shown) in reaching(framework, workbook, layout) {
            cells.entry(sheet).or_insert_with(BTreeMap::new).entry(at).or_insert(shown);
        }
        let unheaded = layout.with_rivals().flat_map(|layout| &layout.unheaded);
        for (id, (sheet, heading)) in unheaded {
            let columns = framework.register(id).into_iter().flat_map(|spec| &spec.columns);
            if columns.into_iter().any(|column| column.personal != Personal::Allowed) {
                beside.insert(workbook.sheets[*sheet].name.clone(), (*heading, BTreeSet::new()));
            }
        }
        let told = (!told.is_empty()).then(|| searched(&told));
        Self { cells, beside, told }
    }

    /// Whether nothing of a cell leaves the return.
    pub fn covers(&self, sheet: &str, at: CellRef) -> bool {
        self.cells.get(sheet).is_some_and(|cells| cells.contains_key(&at))
    }

    /// Whether a cell stands beside such cells, in a column of which nobody knows what it is for.
    pub fn is_beside(&self, sheet: &str, at: CellRef) -> bool {
        self.beside.get(sheet).is_some_and(|(heading, known)| at.row > *heading && !known.contains(&at.column))
    }

    /// Whether a text has within it what tells who a person is elsewhere in the return.
    pub fn repeats(&self, text: &str) -> bool {
        self.told.as_ref().is_some_and(|told| whole_words(told, text).next().is_some())
    }

    /// Whether others may see a cell, without what tells who a person is elsewhere in the return.
    pub fn lets_out(&self, sheet: &str, at: CellRef) -> bool {
        !self.covers(sheet, at) && !self.is_beside(sheet, at)
    }

    /// Returns what others may see of a cell that shows a text.
    pub fn shown<'a>(&self, sheet: &str, at: CellRef, text: &'a str) -> Cow<'a, str> {
        if self.lets_out(sheet, at) { self.without(text) } else { Cow::Borrowed(MASK) }
    }

    /// Returns a text without what tells who a person is.
    fn without<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let Some(told) = self.told.as_ref().filter(|_| self.repeats(text)) else { return masked(text) };
        let (mut shown, mut end) = (String::new(), 0);
        for found in whole_words(told, text) {
            shown.push_str(&text[end..found.start()]);
            shown.push_str(MASK);
            end = found.end();
        }
        shown.push_str(&text[end..]);
        Cow::Owned(masked(&shown).into_owned())
    }

    /// Takes what tells who a person is out of a finding; the address of its cell is enough.
    pub fn keep(&self, finding: &mut Finding) {
        let is_here = self.within(finding).next().is_some();
        let here = self.within(finding).flat_map(|shown| [Some(shown.as_str()), misspelt(shown)]).flatten();
        let here: Vec<&str> = here.filter(|shown| shown.chars().count() >= LEAST).collect();
        let kept = |text: &mut String| {
            for words in &here {
                *text = text.replace(words, MASK);
            }
            if let Cow::Owned(shown) = self.without(text) {
                *text = shown;
            }
        };
        if is_here {
            finding.found = None;
        }
        kept(&mut finding.message);
        kept(&mut finding.help);
        let others = [&mut finding.found, &mut finding.expected, &mut finding.subject, &mut finding.item];
        others.into_iter().flatten().for_each(kept);
        finding.effects.iter_mut().for_each(|effect| self.keep(effect));
    }

    /// Returns what the cells show that are a finding's and stay in the return.
    fn within<'a>(&'a self, finding: &Finding) -> impl Iterator<Item = &'a String> {
        let on_sheet = finding.cells().zip(finding.sheet().and_then(|sheet| self.cells.get(sheet)));
        let between =
            on_sheet.into_iter().flat_map(|(of, cells)| cells.range(of.first..=of.last).map(move |at| (of, at)));
        between.filter(|(of, (at, _))| of.contains(**at)).map(|(_, (_, shown))| shown)
    }
}

/// Returns what finds texts in others, whatever capitals they are in there.
fn searched(texts: &BTreeSet<String>) -> AhoCorasick {
    let mut builder = AhoCorasickBuilder::new();
    let builder = builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest);
    builder.build(texts).expect("few texts of one workbook are searched for")
}

/// Returns where one of the texts that are searched for stands, and is no part of longer words.
fn whole_words<'a>(told: &'a AhoCorasick, text: &'a str) -> impl Iterator<Item = Match> {
    let is_whole = |found: &Match| {
        let (before, after) = (text[..found.start()].chars().next_back(), text[found.end()..].chars().next());
        let ends = text[found.range()].chars().next().zip(text[found.range()].chars().next_back());
        let is_within =
            |other: Option<char>, end: char| end.is_alphanumeric() && other.is_some_and(char::is_alphanumeric);
        ends.is_none_or(|(first, last)| !is_within(before, first) && !is_within(after, last))
    };
    told.find_iter(text).filter(is_whole)
}

/// Returns the cells that say how to reach somebody, and whom, with what they show: what is malformed there is no less personal, though
/// nothing about it says so. What stands in for a contact that isn't given tells nobody anything.
fn reaching<'a>(
    framework: &'a Framework,
    workbook: &'a Workbook,
    layout: &'a Layout,
) -> impl Iterator<Item = (String, CellRef, String)> + 'a {
    let fields = layout.with_rivals().flat_map(move |layout| {
        let asking = framework.fields.iter().filter(|field| may_reach(&field.label, &field.kind));
        asking.filter_map(move |field| {
            let place = layout.fields.get(&field.id)?;
            let sheet = &workbook.sheets[place.sheet];
            let cell = sheet.cell(sheet.shown_at(place.entry)).filter(|cell| !cell.value.is_blank())?;
            let behind = place.behind_label(sheet).map(str::to_owned);
            Some((sheet, cell.at, behind.unwrap_or_else(|| cell.shown(workbook.date_system)), &field.kind))
        })
    });
    let columns = layout.with_rivals().flat_map(move |layout| {
        let specs = framework.registers.iter().filter_map(|spec| Some((spec, layout.registers.get(&spec.id)?)));
        specs.flat_map(move |(spec, place)| {
            let columns = place.columns.iter().filter_map(|(id, at)| Some((*at, spec.column(id)?)));
            let columns = columns.filter(|(_, column)| may_reach(&column.heading, &column.kind));
            let columns: BTreeMap<u32, &RegisterColumn> = columns.collect();
            let sheet = &workbook.sheets[place.sheet];
            let cells = if columns.is_empty() { &[][..] } else { &sheet.cells[..] };
            let below = cells.iter().filter(|cell| cell.at.row > place.heading);
            let filled = below.filter(|cell| !cell.value.is_blank());
            let dates = workbook.date_system;
            filled
                .filter_map(move |cell| Some((sheet, cell.at, cell.shown(dates), &columns.get(&cell.at.column)?.kind)))
        })
    });
    let reaching = fields.chain(columns).filter(|(_, _, shown, kind)| reaches(kind, shown));
    reaching.map(|(sheet, at, shown, _)| (sheet.name.clone(), at, shown))
}

/// Whether an entry of a kind, over or beside which these words stand, may say how to reach somebody, or whom.
fn may_reach(label: &str, kind: &EntryKind) -> bool {
    matches!(kind, EntryKind::Contact) || matches!(kind, EntryKind::Text) && asks_for_contacts(label)
}

/// Whether an entry that may say how to reach somebody, or whom, does.
fn reaches(kind: &EntryKind, shown: &str) -> bool {
    if matches!(kind, EntryKind::Contact) { !reaches_nobody(shown) } else { kind_of(shown, Belongs::Nobody).is_some() }
}

/// Returns the cells that tell who a person is where the form has no place for it, with what they show and whether that is sought
/// elsewhere, too: the words of a column that is there for it.
fn anywhere<'a>(
    workbook: &'a Workbook,
    columns: &'a [HeadedColumn],
    found: &'a [Finding],
) -> impl Iterator<Item = (&'a str, CellRef, String, bool)> {
    let dates = workbook.date_system;
    let headed = columns.iter().flat_map(move |column| {
        column.cells.iter().map(move |cell| {
            let is_words = cell.text().is_some() && column.has_such(cell);
            (column.sheet.name.as_str(), cell.at, cell.shown(dates), is_words)
        })
    });
    let found = found.iter().filter_map(move |finding| {
        let sheet = workbook.sheet(finding.sheet()?)?;
        let cell = sheet.cell(finding.cells()?.first).filter(|cell| cell.text().is_some_and(is_told))?;
        Some((sheet.name.as_str(), cell.at, cell.shown(dates), false))
    });
    headed.chain(found)
}

/// Whether a text itself tells who a person is, and no comment on its cell.
fn is_told(text: &str) -> bool {
    kind_in(text, Contacts::NotAsked).is_some()
}

/// Returns the cells of these columns below a register's heading that stay in the return, with what they show and whether that is
/// sought elsewhere, too: it tells who a person is where only references belong, and is no day, of which there are many.
fn below(
    sheet: &Sheet,
    heading: u32,
    (columns, references): (&BTreeMap<u32, &RegisterColumn>, &BTreeMap<u32, References>),
    dates: DateSystem,
) -> impl Iterator<Item = (CellRef, String, bool)> {
    let below = sheet.cells.iter().chain(&sheet.covered).filter(move |cell| cell.at.row > heading);
    let filled = below.filter(move |cell| !cell.value.is_blank() && !columns.is_empty());
    filled.filter_map(move |cell| {
        let column = columns.get(&cell.at.column)?;
        let shown = cell.shown(dates);
        let is_told = told_as((column, references.get(&cell.at.column)), cell, &shown, dates).is_some();
        let is_searched = is_told && !matches!(cell.value, Value::Date(_));
        (is_told || column.personal == Personal::Belongs).then_some((cell.at, shown, is_searched))
    })
}

/// Returns the cells of a register of people that tell who a person is where one of a few choices, a mark, a day, a figure or another
/// reference belongs, so that they can't be used, with what they show and that it is sought elsewhere.
fn astray(
    framework: &Framework,
    spec: &RegisterSpec,
    (sheet, place): (&Sheet, &RegisterPlace),
    dates: DateSystem,
) -> Vec<(CellRef, String, bool)> {
    let columns = place.columns.iter().filter_map(|(id, at)| Some((*at, spec.column(id)?)));
    let is_asked = |column: &RegisterColumn| column.personal == Personal::Allowed && column.computed.is_none();
    let columns: BTreeMap<u32, &RegisterColumn> =
        columns.filter(|(_, column)| is_asked(column) && !is_free(&column.kind)).collect();
    let printed: BTreeSet<String> = printed(framework, spec).flat_map(name_words).collect();
    let of_column = |column: &RegisterColumn| OwnWords {
        about: column.kind.choices().into_iter().flatten().flatten().flat_map(|text| name_words(text)).collect(),
        printed: printed.clone(),
    };
    let own: BTreeMap<u32, OwnWords> = columns.iter().map(|(at, column)| (*at, of_column(column))).collect();
    let below = sheet.cells.iter().filter(|cell| cell.at.row > place.heading && cell.text().is_some());
    let told = below.filter_map(|cell| {
        let (column, own) = columns.get(&cell.at.column).zip(own.get(&cell.at.column))?;
        let shown = cell.shown(dates);
        let spot =
            Spot { sheet, at: cell.at, cell: Some(cell), dates, subject: "", unit: Unit::default(), is_chosen: false };
        let is_told = is_astray(&shown, own)
            && matches!(entry::reading(&spot, &column.kind, &mut Findings::default()), Reading::Unusable);
        is_told.then_some((cell.at, shown, true))
    });
    told.collect()
}

/// Returns the texts that the form has on the sheet of a register.
fn printed<'f>(framework: &'f Framework, spec: &RegisterSpec) -> impl Iterator<Item = &'f str> {
    framework.issued_sheet(&spec.sheet).into_iter().flat_map(|form| &form.cells).filter_map(Cell::text)
}

/// Whether an entry is in the sender's own words.
const fn is_free(kind: &EntryKind) -> bool {
    matches!(kind, EntryKind::Text | EntryKind::Contact)
}

/// Returns how the references of a register's columns are written in which no person may be named. What stands alone in its row, where most
/// rows have more, is the title of some and no name; so are the form's own words.
pub(super) fn references(
    framework: &Framework,
    spec: &RegisterSpec,
    (sheet, place): (&Sheet, &RegisterPlace),
    dates: DateSystem,
) -> BTreeMap<u32, References> {
    let is_asked = |column: &&RegisterColumn| {
        column.personal == Personal::Refused
            && column.computed.is_none()
            && matches!(column.kind, EntryKind::Reference(_))
    };
    let columns = place.columns.iter().filter(|(id, _)| spec.column(id).as_ref().is_some_and(is_asked));
    let known: BTreeSet<u32> = place.columns.values().copied().collect();
    let read = |at: u32| {
        let below = sheet.cells.iter().filter(|cell| cell.at.column == at && cell.at.row > place.heading);
        let (mut beside, mut alone) = (Vec::new(), Vec::new());
        for cell in below.filter(|cell| !cell.value.is_blank()) {
            let mut others = sheet.row(cell.at.row).iter().filter(|other| other.at != cell.at);
            let has_others = others.any(|other| known.contains(&other.at.column) && !other.value.is_blank());
            if has_others { &mut beside } else { &mut alone }.push(cell.written(dates));
        }
        let (titles, rows) =
            if alone.len() < beside.len() { (alone, beside) } else { (Vec::new(), [alone, beside].concat()) };
        let titles: Vec<&str> =
            titles.iter().map(String::as_str).filter(|title| title.split_whitespace().count() == 1).collect();
        References::among(rows.iter().map(String::as_str), || {
            let printed = printed(framework, spec).chain(titles);
            OwnWords { about: own_words(spec), printed: printed.flat_map(name_words).collect() }
        })
    };
    columns.map(|(_, at)| (*at, read(*at))).collect()
}

/// Says what personal data stands in a cell, which shows `shown`, of a column that may have none; what the column's own form asks for is none.
/// Where it holds references, `references` says how those of the whole column are written.
pub(super) fn told_as(
    (column, references): (&RegisterColumn, Option<&References>),
    cell: &Cell,
    shown: &str,
    dates: DateSystem,
) -> Option<&'static str> {
    if column.personal != Personal::Refused || column.computed.is_some() {
        return None;
    }
    let EntryKind::Reference(pattern) = &column.kind else { return kind_of(shown, Belongs::Fact) };
    let written = cell.written(dates);
    if pattern.as_deref().is_some_and(|pattern| entry::has_shape(&written, pattern)) {
        return None;
    }
    if let Value::Date(_) = cell.value {
        return Some("a date (perhaps a birth date)");
    }
    let belongs = references.filter(|_| !names_nothing(shown)).map_or(Belongs::Nobody, Belongs::Reference);
    kind_of(shown, belongs).or_else(|| kind_of(&written, belongs))
}

/// Returns what stands beside a score without what tells who a person is: reports repeat its words.
pub(super) fn without_people(entry: Entry, kind: &EntryKind) -> Entry {
    if !matches!(kind, EntryKind::Text) {
        return entry;
    }
    let reading = match entry.reading {
        Reading::Given(EntryValue::Text(text)) => Reading::Given(EntryValue::Text(unnamed(&text).into())),
        other @ (Reading::Given(_) | Reading::Blank | Reading::Unusable | Reading::Absent) => other,
    };
    Entry { reading, written: unnamed(&entry.written).into_owned(), ..entry }
}

/// Returns a text without what tells who a person is: all of it, where the words around that may name them.
fn unnamed(text: &str) -> Cow<'_, str> {
    if tells_of_a_person(text) { Cow::Borrowed(MASK) } else { masked(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Findings, Place};
    use crate::framework::builtin;
    use crate::layout::{WorkbookText, locate};

    /// Returns what is private in a return whose clients' first references are these.
    fn private(values: &[Value]) -> Private {
        let framework = builtin::load("seqf").expect("the shipped packs load").framework;
        let mut workbook = framework.form().cloned().expect("the shipped packs have a form");
        let sheet = workbook.sheets.iter_mut().find(|sheet| sheet.name == "Client data").expect("the form has it");
        sheet.cells.retain(|cell| cell.at.row < 5);
        let cells = (5..).zip(values).map(|(row, value)| Cell::new(CellRef::new(row, 1), value.clone(), None));
        sheet.cells.extend(cells);
        let layout = locate(&framework, &WorkbookText::new(&workbook), &mut Findings::default());
        Private::of(&framework, &workbook, &layout)
    }

    #[test]
    fn what_stays_in_a_return_is_taken_out_of_every_finding() {
        let private = private(&[Value::Text("Jamie Rowe".into()), Value::Text("C01".into()), Value::Date(31000.0)]);
        let told = |sheet: &str, at: &str, text: &str| {
            let place = Place::cell(sheet, at.parse().expect("it is an address"));
            let finding = Finding::new(&super::super::rule::PERSONAL_DATA_PRESENT, place, text).with_found(text);
            let mut finding = finding.with_subject(text).with_help(text).with_expected(text);
            finding.effects.push(finding.clone());
            private.keep(&mut finding);
            format!("{finding:?}")
        };
        assert!(!told("Cover", "B2", "seen by Jamie Rowe and j@example.org").contains("Jamie Rowe"));
        assert!(!told("Cover", "B2", "seen by Jamie Rowe and j@example.org").contains("example.org"));
        assert!(!told("Client data", "A7", "14/11/1984").contains("1984"), "a date is taken out at its own cell");
        assert!(told("Client data", "A6", "C01 stands twice").contains("C01"));
        assert!(told("Cover", "B2", "14/11/1984").contains("1984"), "a date elsewhere is none of theirs");
    }

    #[test]
    fn a_malformed_contact_is_told_by_its_address_alone() {
        const MALFORMED: [&str; 9] = [
            "rhona.mackie@wigan,gov.uk",
            "rhona.mackie at wigan.gov.uk",
            "rhona.mackie@wigan",
            "Rhona Mackie <rhona@wigan.gov.uk>",
            "01632 960957 / 960958",
            "1632960957",
            "01632",
            "0131 496 00",
            "Rhona",
        ];
        let mut tried = 0;
        for framework in builtin::all() {
            let form = framework.form().cloned().expect("the shipped packs have a form");
            let layout = locate(&framework, &WorkbookText::new(&form), &mut Findings::default());
            let contacts = framework.fields.iter().filter(|field| matches!(field.kind, EntryKind::Contact));
            for (place, written) in contacts
                .filter_map(|field| layout.fields.get(&field.id))
                .flat_map(|at| MALFORMED.map(|text| (at, text)))
            {
                let mut workbook = form.clone();
                let sheet = &mut workbook.sheets[place.sheet];
                let at = sheet.shown_at(place.entry);
                sheet.cells.retain(|cell| cell.at != at);
                sheet.cells.push(Cell::new(at, Value::Text(written.into()), None));
                sheet.cells.sort_by_key(|cell| cell.at);
                let name = sheet.name.clone();
                let private = Private::of(&framework, &workbook, &layout);
                for quoted in [written, misspelt(written).unwrap_or(written)] {
                    let message = format!("the entry has “{quoted}”");
                    let rule = &super::super::rule::PLACEHOLDER_LEFT;
                    let mut finding = Finding::new(rule, Place::cell(&name, at), message).with_found(written);
                    private.keep(&mut finding);
                    assert!(!format!("{finding:?}").contains(quoted), "{written} at {name}!{at}: {finding:?}");
                }
                assert_eq!(private.shown(&name, at, written), MASK, "{written} at {name}!{at}");
                tried += 1;
            }
        }
        assert!(tried > 30, "{tried}");
    }

    #[test]
    fn rows_around_findings_show_that_something_stands_there() {
        let private = private(&[Value::Text("Jamie Rowe".into()), Value::Text("C01".into())]);
        let shown = |at: &str, text: &str| {
            private.shown("Client data", at.parse().expect("it is an address"), text).into_owned()
        };
        assert_eq!(shown("A5", "Jamie Rowe"), MASK);
        assert_eq!(shown("A6", "C01"), "C01");
        assert_eq!(shown("B6", "19-24"), "19-24");
        assert_eq!(shown("B6", "as Jamie Rowe"), format!("as {MASK}"));
        assert_eq!(shown("AA6", "Jamie"), MASK, "nobody knows what the column is for");
        assert_eq!(shown("AA2", "Client register"), "Client register", "it stands above the register");
    }
}
