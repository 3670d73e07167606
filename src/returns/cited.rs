//! References to the rows of another register, read as that register writes its keys.
//!
//! Who numbers activities 1 to 12 may still write A1 beside what belongs to the first. A reference that could mean several
//! rows stays as it is written. One text may cite several, all from one to another, or every one: “A1, A2”, “1.9–1.15”, “All”.
//! What is cited and isn't there is told at its cell, and so is a text of which it can't be told what it cites: what rests on
//! it is open.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::CellRef;
use crate::finding::{Finding, Place};
use crate::framework::{Framework, RegisterId, RegisterSpec};
use crate::layout::{Layout, RegisterPlace};
use crate::wording::{Reference, Wording, sign};
use crate::words::{list_of_at_most, number_of};
use crate::workbook::Workbook;

use super::rule::CHOICE_UNKNOWN;
use super::{EntryValue, Reading, Register, RowEntry, stopgap};

/// The most places that are named one by one.
const MOST_NAMED: usize = 10;

/// Reads the references of all registers as the keys that they mean, and says which can't be read.
pub(super) fn settle(
    framework: &Framework,
    workbook: &Workbook,
    layout: &Layout,
    registers: &mut BTreeMap<RegisterId, Register>,
) -> Vec<Finding> {
    let mut told = Vec::new();
    for spec in &framework.registers {
        for column in &spec.columns {
            let Some(cited) = column.refers_to.as_ref().and_then(|id| framework.register(id)) else { continue };
            let keys = Keys::of(cited, listed(workbook, layout, cited), registers);
            let rows = registers.get_mut(&spec.id).into_iter().flat_map(|register| &mut register.rows);
            for row in rows {
                let Some(EntryValue::Text(text)) = row.given(column.id.as_str()) else { continue };
                let reading = keys.read(text);
                if reading == Reading::Unusable {
                    let entry = row.entry(column.id.as_str());
                    told.extend(entry.map(|entry| unreadable(&entry, text, (cited, &keys.listed))));
                }
                row.read_as(column.id.as_str(), reading);
            }
        }
    }
    together(told)
}

/// Says that it can't be told what a text cites.
fn unreadable(entry: &RowEntry, text: &str, (other, listed): (&RegisterSpec, &[String])) -> Finding {
    let message = format!(
        "“{text}” doesn't say which {} of “{}” is meant, so what rests on it is open",
        other.row_noun, other.title
    );
    let help = "Enter nothing but what is cited: one, several with commas between them, or “All”.";
    let finding = Finding::new(&CHOICE_UNKNOWN, entry.place(), message).with_found(text);
    finding.with_expected(listed.join(", ")).with_subject(text).with_help(help)
}

/// Says where a register cites rows of another that has none of that number.
pub(super) fn told(
    framework: &Framework,
    workbook: &Workbook,
    layout: &Layout,
    registers: &BTreeMap<RegisterId, Register>,
) -> Vec<Finding> {
    let mut told: Vec<Finding> = Vec::new();
    for (spec, register) in framework.registers.iter().filter_map(|spec| Some((spec, registers.get(&spec.id)?))) {
        for column in &spec.columns {
            let other = column.refers_to.as_ref().or(column.each.as_ref()).and_then(|id| framework.register(id));
            let Some((other, listed)) = other.and_then(|other| Some((other, listed(workbook, layout, other)?))) else {
                continue;
            };
            if column.each.is_some() {
                let place = layout.registers.get(&spec.id).into_iter();
                told.extend(place.flat_map(|place| headings(register, place, (other, &listed))));
            } else {
                let cells = register.rows.iter().filter_map(|row| row.entry(column.id.as_str()));
                told.extend(cells.filter_map(|entry| unlisted(&entry, (other, &listed))));
            }
        }
    }
    together(told)
}

/// Puts what cites the same together, as it is put right in one way: the first place has the others as what follows from it.
fn together(told: Vec<Finding>) -> Vec<Finding> {
    let mut together: Vec<(Finding, Vec<Finding>)> = Vec::new();
    for finding in told {
        let is_same = |other: &Finding| other.subject == finding.subject && other.expected == finding.expected;
        match together.iter_mut().find(|(first, _)| is_same(first)) {
            Some((_, others)) => others.push(finding),
            None => together.push((finding, Vec::new())),
        }
    }
    together.into_iter().map(|(first, others)| with_others(first, others)).collect()
}

/// Puts findings about the same among the effects of the first, which names where they stand.
fn with_others(mut first: Finding, others: Vec<Finding>) -> Finding {
    let places: Vec<String> = others.iter().filter_map(|other| other.place.named()).collect();
    if !places.is_empty() {
        first.message = format!("{}; so it is with {}", first.message, list_of_at_most(&places, MOST_NAMED));
    }
    let help = first.place.named().map(|place| format!("This is the same as at {place}: put both right at once."));
    first.with_effects(others.into_iter().map(|other| match &help {
        Some(help) => other.with_help(help),
        None => other,
    }))
}

/// Returns what stands in a register's column of keys, also in rows that aren't filled in; `None` where nothing does.
fn listed(workbook: &Workbook, layout: &Layout, register: &RegisterSpec) -> Option<Vec<String>> {
    let place = layout.registers.get(&register.id)?;
    let column = *place.columns.get(register.key.as_ref()?)?;
    let cells = workbook.sheets[place.sheet]
        .cells
        .iter()
        .filter(|cell| cell.at.column == column && cell.at.row > place.heading);
    let keys: Vec<String> =
        cells.map(|cell| cell.shown(workbook.date_system)).filter(|key| !key.trim().is_empty()).collect();
    (!keys.is_empty()).then_some(keys)
}

/// Says which keys a cell cites that aren't listed, where it cites nothing but references.
fn unlisted(entry: &RowEntry, (other, listed): (&RegisterSpec, &[String])) -> Option<Finding> {
    let text = entry.given()?.to_string();
    let cited = Cited::of_references(&text);
    if cited.is_empty() || !cited.iter().all(Cited::is_reference) || listed.contains(&text) {
        return None;
    }
    let order: Vec<&str> = listed.iter().map(String::as_str).collect();
    let missing = cited.iter().find(|cited| !listed.iter().any(|key| cited.names(key, &order)))?;
    let missing = missing.first()?;
    let message = format!("“{missing}” is no {} that “{}” lists", other.row_noun, other.title);
    let finding =
        Finding::new(&CHOICE_UNKNOWN, entry.place(), message).with_found(text).with_expected(order.join(", "));
    let finding = finding.with_subject(missing);
    Some(finding.with_help("Cite one that is listed, or list what is cited."))
}

/// Says which headings name keys that aren't listed, above entries.
fn headings(register: &Register, place: &RegisterPlace, (other, listed): (&RegisterSpec, &[String])) -> Vec<Finding> {
    let order: Vec<&str> = listed.iter().map(String::as_str).collect();
    let is_listed =
        |key: &str| Cited::all_in(key).iter().any(|cited| listed.iter().any(|listed| cited.names(listed, &order)));
    let headed = place
        .columns
        .iter()
        .filter(|(id, _)| Reference::of(&Wording::of(id.as_str())).is_some() && !is_listed(id.as_str()));
    let told = headed.filter_map(|(id, column)| {
        let filled =
            register.rows.iter().filter(|row| row.entry(id.as_str()).is_some_and(|entry| !entry.is_blank())).count();
        let message = format!(
            "{} under “{id}”, which is no {} that “{}” lists",
            number_of(filled, "entry stands", "entries stand"),
            other.row_noun,
            other.title
        );
        let at = Place::cell(&register.sheet, CellRef::new(place.heading, *column));
        let finding =
            Finding::new(&CHOICE_UNKNOWN, at, message).with_found(id.as_str()).with_expected(order.join(", "));
        let finding = finding.with_subject(id.as_str());
        (filled > 0)
            .then(|| finding.with_help("Head the column with one that is listed, or list what the heading names."))
    });
    told.collect()
}

/// What a text cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cited {
    /// One reference, or all from one to another.
    Run {
        /// The first of them.
        first: String,
        /// The last, which is the first where it is one.
        last: String,
    },
    /// Every one that there is.
    Every,
}

impl Cited {
    /// Returns what the text of a column of references cites.
    pub fn of_references(text: &str) -> Vec<Self> {
        if EVERY.contains(&Wording::of(text).as_str().trim_end_matches('.')) {
            return vec![Self::Every];
        }
        Self::all_in(text)
    }

    /// Returns what a text of references cites, however they are parted: `4.3, 4.5`, `A1 and A2`, `1.9–1.15`, `1.9 to 1.15`.
    pub fn all_in(text: &str) -> Vec<Self> {
        let plain: String = text.chars().map(sign).collect();
        let words = plain.split(|c: char| c.is_whitespace() || ",;&/+".contains(c)).filter(|word| !word.is_empty());
        let mut all: Vec<Self> = Vec::new();
        let mut goes_on = false;
        for word in words {
            if TO.contains(&word.to_lowercase().as_str()) {
                goes_on = true;
            } else if word.contains(|c: char| c.is_ascii_digit()) {
                let (first, last) = ends(word);
                match all.last_mut().filter(|_| goes_on) {
                    Some(Self::Run { first, last: until }) => *until = whole(first, last),
                    Some(Self::Every) | None => {
                        all.push(Self::Run { first: first.to_owned(), last: whole(first, last) });
                    }
                }
                goes_on = false;
            } else {
                goes_on = false;
            }
        }
        all
    }

    /// Whether it names a key, of those that stand in an order.
    pub fn names(&self, key: &str, order: &[&str]) -> bool {
        let Self::Run { first, last } = self else { return true };
        let words = Wording::of(key);
        if [first, last].into_iter().any(|own| is_same(&Wording::of(own), &words)) {
            return true;
        }
        if first == last {
            return false;
        }
        let place = |own: &Wording| order.iter().position(|listed| is_same(own, &Wording::of(listed)));
        let ends = place(&Wording::of(first)).zip(place(&Wording::of(last)));
        ends.zip(place(&words)).is_some_and(|((first, last), own)| (first..=last).contains(&own))
    }

    /// Whether it may name a key of these: it does, or runs backwards or to where nothing stands, so that it can't be told what is between.
    pub fn may_name(&self, key: &str, order: &[&str]) -> bool {
        let is_listed = |own: &str| order.iter().any(|listed| is_same(&Wording::of(own), &Wording::of(listed)));
        self.names(key, order) || !self.is_told(order) && self.ends().any(is_listed)
    }

    /// Whether it is told what it names, of keys that stand in an order: all from one to another only where both are there, the first
    /// before the last, and numbered as one.
    pub fn is_told(&self, order: &[&str]) -> bool {
        let Self::Run { first, last } = self else { return true };
        let place = |own: &str| order.iter().position(|listed| is_same(&Wording::of(own), &Wording::of(listed)));
        let letters = |at: usize| reference(order[at]).map(|key| key.letters);
        let is_run = |(first, last): (usize, usize)| first < last && letters(first) == letters(last);
        first == last || place(first).zip(place(last)).is_some_and(is_run)
    }

    /// Returns the first and the last reference; nothing where every one is cited.
    pub fn ends(&self) -> impl Iterator<Item = &str> {
        let ends = match self {
            Self::Run { first, last } => vec![first.as_str(), last.as_str()],
            Self::Every => Vec::new(),
        };
        ends.into_iter()
    }

    /// Returns the first reference; `None` where every one is cited.
    fn first(&self) -> Option<&str> {
        match self {
            Self::Run { first, .. } => Some(first),
            Self::Every => None,
        }
    }

    /// Whether it is a reference, and no word that a digit stands in.
    fn is_reference(&self) -> bool {
        self.first().is_none_or(|first| Reference::of(&Wording::of(first)).is_some())
    }
}

/// Texts that cite every row, in English and Welsh.
const EVERY: [&str; 12] = [
    "all",
    "all activities",
    "all of them",
    "all of the activities",
    "every activity",
    "each activity",
    "every one",
    "any",
    "pob un",
    "pob gweithgaredd",
    "y cyfan",
    "i gyd",
];

/// Words between references that say nothing of their own, beside those of a range.
const AND: [&str; 6] = ["and", "a", "ac", "activities", "activity", "gweithgareddau"];

/// Words by which a text cites what it doesn't name, or names what it doesn't cite.
const SAVE: [&str; 12] =
    ["not", "no", "except", "but", "save", "than", "without", "excluding", "instead", "nid", "heb", "ond"];

/// Words right before a reference that leave it one, in English and Welsh: others say what the number is of.
const BEFORE: [&str; 26] = [
    "act",
    "activity",
    "activities",
    "at",
    "by",
    "during",
    "event",
    "for",
    "from",
    "in",
    "no",
    "number",
    "of",
    "on",
    "re",
    "ref",
    "see",
    "session",
    "the",
    "under",
    "ar",
    "gweithgaredd",
    "gweler",
    "gyfer",
    "o",
    "yn",
];

/// Words and signs between the first and the last of a range.
const TO: [&str; 6] = ["-", "to", "until", "through", "hyd", "i"];

/// Whether two references are the same, word for word or by what numbers them.
fn is_same(one: &Wording, other: &Wording) -> bool {
    one == other || Reference::of(one).zip(Reference::of(other)).is_some_and(|(one, other)| one.agrees(&other))
}

/// Returns the reference that a text is.
fn reference(text: &str) -> Option<Reference> {
    Reference::of(&Wording::of(text))
}

/// Returns the words of a text, as they are compared.
fn words(text: &str) -> impl Iterator<Item = String> {
    let is_parting = |c: char| c.is_whitespace() || ",;&/+()[].:".contains(c);
    let plain: String = text.chars().map(sign).collect();
    let words: Vec<String> = plain.split(is_parting).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.into_iter()
}

/// Whether the words around the one number of a text say that it isn't cited, or is something else's: “not A1”, “Room A1”.
fn says_something_else(text: &str) -> bool {
    let words: Vec<String> = words(text).collect();
    let number = words.iter().position(|word| word.contains(|c: char| c.is_ascii_digit()));
    let before = number.and_then(|at| words[..at].last());
    words.iter().any(|word| SAVE.contains(&word.as_str()))
        || before.is_some_and(|word| !BEFORE.contains(&word.as_str()) && word.chars().any(char::is_alphabetic))
}

/// Whether a word only parts references.
fn is_between(word: &str) -> bool {
    TO.contains(&word) || AND.contains(&word)
}

/// Returns the first and the last reference that one word names.
fn ends(word: &str) -> (&str, &str) {
    let has_number = |part: &str| part.contains(|c: char| c.is_ascii_digit());
    word.split_once('-').filter(|(first, last)| has_number(first) && has_number(last)).unwrap_or((word, word))
}

/// Returns the last reference of a range in full: `1.15` for the 15 in `1.9-15`, `A3` for the 3 in `A1-3`.
fn whole(first: &str, last: &str) -> String {
    let is_short = last.bytes().all(|byte| byte.is_ascii_digit());
    let before = first.trim_end_matches(|c: char| c.is_ascii_digit());
    if is_short && first != last { format!("{before}{last}") } else { last.to_owned() }
}

/// The keys of a register's rows.
#[derive(Default)]
struct Keys {
    /// As the register lists them, also in rows that aren't filled in.
    listed: Vec<String>,
    /// As they are compared.
    wordings: BTreeSet<Wording>,
    /// Those that are references, by their number.
    references: BTreeMap<u32, Vec<(Reference, String)>>,
}

impl Keys {
    /// Collects the keys of a register's rows, each once.
    fn of(spec: &RegisterSpec, listed: Option<Vec<String>>, registers: &BTreeMap<RegisterId, Register>) -> Self {
        let rows = registers.get(&spec.id).map_or(&[][..], |register| &register.rows);
        let key = spec.key.as_ref();
        let given = rows.iter().filter_map(|row| row.given(key?.as_str()));
        let mut keys = Self { listed: listed.unwrap_or_default(), ..Self::default() };
        given.for_each(|key| keys.add(&key.to_string()));
        keys
    }

    /// Reads a reference: as the key that it means, as it is written, as none, or as one that can't be told.
    fn read(&self, text: &str) -> Reading<EntryValue> {
        let given = |text: &str| Reading::Given(EntryValue::Text(text.into()));
        if let Some(key) = self.meant(text) {
            return given(key);
        }
        let is_numbered = !self.listed.is_empty() && self.listed.iter().all(|key| reference(key).is_some());
        let is_key = self.listed.iter().any(|key| Wording::of(key) == Wording::of(text));
        if !is_numbered || is_key || reference(text).is_some() {
            return given(text);
        }
        if stopgap::says_none(text) {
            return Reading::Blank;
        }
        let cited = Cited::of_references(text);
        let has_others = words(text).any(|word| !is_between(&word) && !word.contains(|c: char| c.is_ascii_digit()));
        let listed: Vec<&str> = self.listed.iter().map(String::as_str).collect();
        match &cited[..] {
            _ if !cited.iter().all(|cited| cited.is_told(&listed)) => Reading::Unusable,
            [] => Reading::Unusable,
            [Cited::Every] => given(text),
            _ if !has_others && cited.iter().all(Cited::is_reference) => given(text),
            [only] if !says_something_else(text) => self.only(only).map_or(Reading::Unusable, given),
            _ => Reading::Unusable,
        }
    }

    /// Returns the key that one reference among words names.
    fn only(&self, cited: &Cited) -> Option<&str> {
        let Cited::Run { first, last } = cited else { return None };
        let bare = first.trim_matches(|c: char| !c.is_alphanumeric());
        let own = reference(bare).filter(|own| first == last && !own.letters.is_empty())?;
        self.listed.iter().find(|key| reference(key).as_ref() == Some(&own)).map(String::as_str)
    }

    fn add(&mut self, key: &str) {
        let words = Wording::of(key);
        let reference = Reference::of(&words);
        if self.wordings.insert(words)
            && let Some(reference) = reference
        {
            self.references.entry(reference.number).or_default().push((reference, key.to_owned()));
        }
    }

    /// Returns the key that a reference means, where it isn't one word for word and means no other.
    fn meant(&self, text: &str) -> Option<&str> {
        let words = Wording::of(text);
        let reference = Reference::of(&words).filter(|_| !self.wordings.contains(&words))?;
        let same_number = self.references.get(&reference.number).map_or(&[][..], Vec::as_slice);
        let mut agreeing = same_number.iter().filter(|(key, _)| key.agrees(&reference));
        agreeing.next().filter(|_| agreeing.next().is_none()).map(|(_, key)| key.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{Cited, EntryValue, Keys, Reading};

    #[test]
    fn a_text_cites_all_that_it_names_however_they_are_parted() {
        let order = ["1.8", "1.9", "1.10", "1.11", "1.15", "2.1"];
        for text in ["1.9-1.15", "1.9 - 1.15", "1.9–1.15", "1.9 to 1.15", "1.9 hyd 1.15", "1.9-15"] {
            let cited = Cited::all_in(text);
            let named = order.iter().filter(|key| cited.iter().any(|cited| cited.names(key, &order)));
            assert_eq!(named.collect::<Vec<_>>(), [&"1.9", &"1.10", &"1.11", &"1.15"], "{text}");
        }
        let order = ["A1", "A2", "A3", "A11"];
        for text in [
            "A1, A3",
            "A1 and A3",
            "A1/A3",
            "A1 & A3",
            "A1; 3",
            "Activities 1 + 3",
            "A1
A3",
        ] {
            let cited = Cited::all_in(text);
            let named = order.iter().filter(|key| cited.iter().any(|cited| cited.names(key, &order)));
            assert_eq!(named.collect::<Vec<_>>(), [&"A1", &"A3"], "{text}");
        }
    }

    #[test]
    fn a_range_that_runs_backwards_or_out_of_the_list_may_name_any() {
        let order = ["1.8", "1.9", "1.10"];
        for (text, is_told) in
            [("1.8-1.10", true), ("1.10-1.8", false), ("1.9-1.12", false), ("1.9", true), ("2024-25", false)]
        {
            let cited = Cited::all_in(text);
            assert_eq!(cited[0].is_told(&order), is_told, "{text}");
            assert_eq!(cited[0].may_name("1.8", &order), text.starts_with("1.") && text != "1.9", "{text}");
        }
    }

    #[test]
    fn a_reference_among_words_is_read_where_they_leave_it_alone() {
        let listed = ["A1", "A2", "A10", "B1", "B2"];
        let mut keys = Keys { listed: listed.map(String::from).to_vec(), ..Keys::default() };
        for key in listed {
            keys.add(key);
        }
        let key = |key: &str| Reading::Given(EntryValue::Text(key.into()));
        for (text, expected) in [
            ("A1 (recording)", key("A1")),
            ("for A2", key("A2")),
            ("A1 - Deer talk", key("A1")),
            ("a 10", key("A10")),
            ("A1, A2", key("A1, A2")),
            ("A1 to A10", key("A1 to A10")),
            ("1-2", key("1-2")),
            ("for session A2", key("A2")),
            ("Slides of A2", key("A2")),
            ("see A2", key("A2")),
            ("All activities.", key("All activities.")),
            ("A22", key("A22")),
            ("not A1", Reading::Unusable),
            ("A1 to A3", Reading::Unusable),
            ("A99-A1", Reading::Unusable),
            ("A2-A1", Reading::Unusable),
            ("A1-B2", Reading::Unusable),
            ("A1, A2-A1", Reading::Unusable),
            ("Guest lecture A1", Reading::Unusable),
            ("Room A1", Reading::Unusable),
            ("all but A1", Reading::Unusable),
            ("A1 (10 learners)", Reading::Unusable),
            ("A1 (26/10/2024)", Reading::Unusable),
            ("A1 talk and A2 walk", Reading::Unusable),
            ("the talk", Reading::Unusable),
            ("as above", Reading::Unusable),
            ("TBC", Reading::Unusable),
            ("–", Reading::Blank),
            ("N/A", Reading::Blank),
            ("none", Reading::Blank),
        ] {
            assert_eq!(keys.read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_reference_is_the_only_key_that_it_can_mean() {
        let cases = [
            ("A1", &["1", "11", "2"][..], Some("1")),
            ("Activity 2", &["A1", "A2"], Some("A2")),
            ("A1", &["A1", "1"], None),
            ("1", &["A1", "B1"], None),
            ("B1", &["A1"], None),
            ("the fair", &["A1"], None),
        ];
        for (text, listed, expected) in cases {
            let mut keys = Keys::default();
            for key in listed {
                keys.add(key);
            }
            assert_eq!(keys.meant(text), expected, "{text} among {listed:?}");
        }
    }
}
