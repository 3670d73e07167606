//! The pack's own words: each name means one thing, each section stands in a table, each level has its grade.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, FRAMEWORK_INVALID};
use crate::finding::Finding;
use crate::framework::schema::{ColumnEntry, CriterionEntry, HoldsEntry, ScaleEntry, SectionEntry, TableEntry};
use crate::framework::written::{Node, Path};
use crate::wording::Wording;

/// A name that stands for several criteria and measures, or for one.
struct Meaning<'a> {
    /// The name.
    name: &'a str,
    /// What has it: a section, a tag.
    what: &'static str,
    /// The criteria and measures that it stands for.
    members: BTreeSet<&'a str>,
    /// Where the pack gives it: the keys and places from the root.
    at: At<'a>,
}

/// Where a pack gives a name.
#[derive(Clone, Copy)]
enum At<'a> {
    Section(usize),
    Item(usize, &'static str, usize),
    Tag(usize, usize),
    Group(&'a str),
}

impl<'a> Check<'a> {
    /// Checks the names, the tables and the levels.
    pub(super) fn own_words(&mut self) {
        self.blank_words();
        self.titled_alike();
        self.clashes();
        self.uncollected();
        self.collected_twice();
        self.levels();
    }

    /// Tells names and texts that say nothing: people would read a gap in their place.
    fn blank_words(&mut self) {
        let mut blank: Vec<(String, usize)> = Vec::new();
        gather_blank(&self.written.root, &mut blank);
        for (key, offset) in blank {
            self.is_broken = true;
            let place = self.written.place_at(offset);
            let finding = Finding::new(&FRAMEWORK_INVALID, place, format!("the `{key}` is blank"));
            self.findings.push(finding.with_help("Write what people are to read there."));
        }
    }

    /// Tells sections that go by the title of another: neither a sheet nor a report could say which is meant.
    fn titled_alike(&mut self) {
        let list = Path::ROOT.key("sections");
        let sections = &self.file.sections;
        for (place, section) in sections.iter().enumerate() {
            let is_alike = |other: &&SectionEntry| Wording::of(&other.title) == Wording::of(&section.title);
            let Some(other) = sections[..place].iter().find(is_alike) else { continue };
            let message = format!("sections `{}` and `{}` have one title: “{}”", other.id, section.id, section.title);
            self.doubt(&list.at(place).key("title"), message, "Give one of them another title.");
        }
    }

    /// Tells names that mean two things: what is asked of one of them would be answered for the other.
    fn clashes(&mut self) {
        let meanings = self.meanings();
        let mut told: Vec<&str> = Vec::new();
        for (index, meaning) in meanings.iter().enumerate() {
            let earlier =
                meanings[..index].iter().find(|other| other.name == meaning.name && other.what != meaning.what);
            let Some(other) = earlier.filter(|other| other.members != meaning.members) else { continue };
            if told.contains(&meaning.name) {
                continue;
            }
            told.push(meaning.name);
            let message = format!("`{}` is a {} and a {} of other criteria", meaning.name, other.what, meaning.what);
            self.fault_at(meaning.at, message, "Give one of them another name.");
        }
        if let Some(all) = meanings.iter().find(|meaning| meaning.name == "all") {
            self.fault_at(all.at, format!("`all` is all criteria, and a {}", all.what), "Give it another name.");
        }
    }

    /// Says what is wrong where a name is given.
    fn fault_at(&mut self, at: At, message: String, help: &str) {
        let (sections, groups) = (Path::ROOT.key("sections"), Path::ROOT.key("groups"));
        match at {
            At::Section(section) => self.fault(&sections.at(section).key("id"), message, help),
            At::Item(section, key, item) => {
                self.fault(&sections.at(section).key(key).at(item).key("id"), message, help);
            }
            At::Tag(section, criterion) => {
                self.fault(&sections.at(section).key("criteria").at(criterion).key("tags"), message, help);
            }
            At::Group(name) => self.fault(&groups.key(name), message, help),
        }
    }

    /// Returns all names with what they stand for.
    fn meanings(&self) -> Vec<Meaning<'a>> {
        let file = self.file;
        let mut meanings: Vec<Meaning<'a>> = Vec::new();
        for (place, section) in file.sections.iter().enumerate() {
            let at = At::Section(place);
            meanings.push(Meaning { name: &section.id, what: "section", members: items(section), at });
        }
        for (place, section) in file.sections.iter().enumerate() {
            let criteria = section.criteria.iter().enumerate().map(|(item, entry)| ("criteria", item, &entry.id));
            let measures = section.measures.iter().enumerate().map(|(item, entry)| ("measures", item, &entry.id));
            for (key, item, id) in criteria.chain(measures) {
                let what = if key == "criteria" { "criterion" } else { "measure" };
                let at = At::Item(place, key, item);
                meanings.push(Meaning { name: id, what, members: BTreeSet::from([id.as_str()]), at });
            }
        }
        meanings.extend(self.tags());
        let groups = file.groups.iter();
        meanings.extend(groups.map(|(name, members)| {
            let members = members.iter().map(String::as_str).collect();
            Meaning { name, what: "group", members, at: At::Group(name) }
        }));
        meanings
    }

    /// Returns the tags with the criteria that have them, each where it stands first.
    fn tags(&self) -> Vec<Meaning<'a>> {
        let sections = self.file.sections.iter().enumerate();
        let criteria = sections.flat_map(|(place, section)| {
            section.criteria.iter().enumerate().map(move |(number, criterion)| (At::Tag(place, number), criterion))
        });
        let tagged = criteria.flat_map(|(at, criterion)| criterion.tags.iter().map(move |tag| (tag, at, criterion)));
        let mut tags: BTreeMap<&str, Meaning<'a>> = BTreeMap::new();
        for (name, at, criterion) in tagged {
            let tag = tags.entry(name).or_insert(Meaning { name, what: "tag", members: BTreeSet::new(), at });
            tag.members.insert(&criterion.id);
        }
        tags.into_values().collect()
    }

    /// Tells sections that no table holds: their answers would be found nowhere.
    fn uncollected(&mut self) {
        let list = Path::ROOT.key("sections");
        // A name that is mistyped at one of the two places is told at the table.
        let mut named = self.file.tables.iter().flat_map(|table| &table.sections);
        if named.any(|name| self.file.section(name).is_none()) {
            return;
        }
        let is_held =
            |section: &SectionEntry| self.file.tables.iter().any(|table| table.sections.contains(&section.id));
        let is_loose = |section: &SectionEntry| !is_held(section) && !items(section).is_empty();
        let sections = self.file.sections.iter().enumerate();
        let loose: Vec<usize> = sections.filter(|(_, section)| is_loose(section)).map(|(place, _)| place).collect();
        if self.file.tables.is_empty() && !loose.is_empty() {
            let message = "the pack has no `[[tables]]`, so that its answers are found in no workbook";
            let help = "Say on which sheet and under which headings they stand: `[[sheets]]`, then `[[tables]]` with its `columns`.";
            return self.fault(&list, message, help);
        }
        for place in loose {
            let message = format!("no table holds section `{}`", self.file.sections[place].id);
            let help = "Name it in the `sections` of the table in which its criteria stand.";
            self.fault(&list.at(place).key("id"), message, help);
        }
    }

    /// Tells sections whose answers of one rater two tables hold: only those of one of them would count.
    fn collected_twice(&mut self) {
        let list = Path::ROOT.key("tables");
        for (place, table) in self.file.tables.iter().enumerate() {
            let own = raters(table);
            let above = &self.file.tables[..place];
            let alike = |other: &&TableEntry| raters(other).iter().any(|rater| own.contains(rater));
            for (number, section) in table.sections.iter().enumerate() {
                if above.iter().filter(alike).any(|other| other.sections.contains(section)) {
                    let message = format!("section `{section}` stands in a table above already");
                    let help = "Name it in the table in which its criteria stand, and there alone.";
                    self.fault(&list.at(place).key("sections").at(number), message, help);
                }
            }
        }
    }

    /// Tells criteria whose levels are fewer or more than the answers of their scale.
    fn levels(&mut self) {
        let list = Path::ROOT.key("sections");
        for (place, section) in self.file.sections.iter().enumerate() {
            for (number, criterion) in section.criteria.iter().enumerate() {
                let Some(answers) = self.answers(section, criterion) else { continue };
                let levels = criterion.levels.len();
                if levels > 0 && levels != answers {
                    let message = format!("{} has {levels} levels; its scale has {answers} answers", criterion.id);
                    let at = list.at(place);
                    let at = at.key("criteria");
                    self.doubt(&at.at(number).key("levels"), message, "Describe each answer, the best first.");
                }
            }
        }
    }

    /// Returns how many answers with points a criterion's scale has; `None` where any number of a range is one.
    fn answers(&self, section: &SectionEntry, criterion: &CriterionEntry) -> Option<usize> {
        let scale = self.file.scales.get(criterion.scale.as_ref().or(section.scale.as_ref())?)?;
        let ScaleEntry { whole, values, grades, .. } = scale;
        let whole = whole.as_ref().and_then(|[least, most]| usize::try_from((&most.0 - &least.0).to_whole()?).ok());
        let graded = grades.as_ref().map(|grades| grades.iter().filter(|grade| grade.points.is_some()).count());
        values.as_ref().map(Vec::len).or(graded).or(whole.map(|steps| steps + 1))
    }
}

/// The keys whose texts people read, or by which they name things.
const READ: [&str; 6] = ["id", "label", "noun", "owner", "text", "title"];

/// Adds the keys with such texts that are blank, each with its place.
fn gather_blank(node: &Node, blank: &mut Vec<(String, usize)>) {
    if let Some(list) = node.get_ref().as_array() {
        list.iter().for_each(|item| gather_blank(item, blank));
    }
    for (key, value) in node.get_ref().as_table().into_iter().flatten() {
        let is_blank = value.get_ref().as_str().is_some_and(|text| text.trim().is_empty());
        if is_blank && READ.contains(&key.get_ref().as_ref()) {
            blank.push((key.get_ref().to_string(), value.span().start));
        }
        gather_blank(value, blank);
    }
}

/// Returns the criteria and measures of a section.
fn items(section: &SectionEntry) -> BTreeSet<&str> {
    let criteria = section.criteria.iter().map(|criterion| criterion.id.as_str());
    criteria.chain(section.measures.iter().map(|measure| measure.id.as_str())).collect()
}

/// Returns whose answers a table holds.
fn raters(table: &TableEntry) -> Vec<&str> {
    table.columns.iter().filter_map(rater).collect()
}

/// Returns whose answers a column holds.
fn rater(column: &ColumnEntry) -> Option<&str> {
    if let HoldsEntry::Score(rater) = &column.holds { Some(rater) } else { None }
}
