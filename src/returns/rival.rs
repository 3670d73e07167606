//! What several sheets say of which nothing tells which counts: what is the same on all is given, all else is open.

use std::collections::{BTreeMap, BTreeSet};

use crate::framework::RegisterId;
use crate::words::either;

use super::{Entry, Reading, Return};

/// Leaves of a return what others say too that are as likely: entries that differ can't be used, registers and stated figures
/// that do are left out.
pub(super) fn agree(sent: &mut Return, rivals: &[Return]) {
    if rivals.is_empty() {
        return;
    }
    shared(&mut sent.fields, rivals, |rival| &rival.fields);
    shared(&mut sent.notes, rivals, |rival| &rival.notes);
    shared(&mut sent.opinions, rivals, |rival| &rival.opinions);
    let answers = shared(&mut sent.answers, rivals, |rival| &rival.answers).into_iter().map(|(_, id)| id.to_string());
    let points = shared(&mut sent.points, rivals, |rival| &rival.points).into_iter().map(|(_, id)| id.to_string());
    let results = shared(&mut sent.results, rivals, |rival| &rival.results).into_iter().map(|id| id.to_string());
    sent.untold.items.extend(answers.chain(points).chain(results));
    let is_stated = |name: &String, value| {
        rivals.iter().all(|rival| rival.stated.get(name).is_some_and(|other| other.value == value))
    };
    sent.stated.retain(|name, entry| is_stated(name, entry.value.clone()));
    let registers = rivals.iter().flat_map(|rival| rival.registers.keys()).chain(sent.registers.keys());
    let registers: BTreeSet<_> = registers.cloned().collect();
    let is_shared = |id: &RegisterId| {
        let own = sent.registers.get(id);
        rivals.iter().all(|rival| own.zip(rival.registers.get(id)).is_some_and(|(own, other)| own.says(other)))
    };
    let sheet = |id: &RegisterId| {
        std::iter::once(&*sent)
            .chain(rivals)
            .find_map(|one| one.registers.get(id))
            .map(|register| register.sheet.clone())
    };
    let untold = registers.into_iter().filter(|id| !is_shared(id)).filter_map(|id| Some((id.clone(), sheet(&id)?)));
    let untold: Vec<_> = untold.collect();
    sent.untold.registers.extend(untold);
    sent.registers.retain(|id, _| !sent.untold.registers.contains_key(id));
}

/// Leaves what all say of some entries; returns the others, which can't be used.
fn shared<K: Clone + Ord, T: Clone + PartialEq>(
    entries: &mut BTreeMap<K, Entry<T>>,
    rivals: &[Return],
    of: impl Fn(&Return) -> &BTreeMap<K, Entry<T>>,
) -> Vec<K> {
    let keys: BTreeSet<K> = rivals.iter().flat_map(|rival| of(rival).keys()).chain(entries.keys()).cloned().collect();
    let mut differing = Vec::new();
    for key in keys {
        let all: Vec<Option<&Entry<T>>> =
            std::iter::once(entries.get(&key)).chain(rivals.iter().map(|rival| of(rival).get(&key))).collect();
        if !all.windows(2).all(|two| two[0].map(|one| &one.reading) == two[1].map(|other| &other.reading)) {
            let open = open(&all);
            entries.insert(key.clone(), open);
            differing.push(key);
        }
    }
    differing
}

/// Returns an entry that can be any of several; `None` where a sheet has no place for it.
fn open<T>(all: &[Option<&Entry<T>>]) -> Entry<T> {
    let written = |entry: Option<&Entry<T>>| entry.map_or("", |entry| entry.written.trim()).to_owned();
    let mut words: Vec<String> = all.iter().copied().map(written).collect();
    words.sort();
    words.dedup();
    let words = words.iter().map(|words| if words.is_empty() { "nothing" } else { words.as_str() });
    let place = all.iter().flatten().find_map(|entry| entry.place.clone());
    Entry { reading: Reading::Unusable, place, written: either(&words.collect::<Vec<_>>()) }
}
