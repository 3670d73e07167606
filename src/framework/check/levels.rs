//! Checks what bands need of parts of the scheme, level by level, and makes gates of it.
//!
//! A table of minimum standards is so many gates: those that ask the same of the same part are one. What doesn't apply is passed over.

use super::scoring::in_few_words;
use super::{About, Check};
use crate::exact::Exact;
use crate::framework::expression::{Expression, Node, Operator, Quantity};
use crate::framework::language::Kind;
use crate::framework::schema::{LevelEntry, ValueEntry};
use crate::framework::written::Path;
use crate::framework::{Asked, Band, Edge, Framework, Gate, GateId, Level, Mode};

/// What a level is about.
struct Part {
    /// How it is worked out.
    value: Node,
    /// Whether it applies; `None` where it always does.
    applies: Option<Node>,
    /// As people call it.
    title: String,
}

impl Check<'_> {
    /// Checks the levels of an outcome, and gives its bands their gates.
    pub(super) fn levels_of_parts(&mut self, at: &Path, bands: &mut [Band], gates: &mut Vec<Gate>) -> Vec<Level> {
        let outcome = &self.file.outcome;
        let mut levels = Vec::new();
        let lists = [(Edge::AtLeast, "minimums", &outcome.minimums), (Edge::AtMost, "maximums", &outcome.maximums)];
        for (edge, key, entries) in lists {
            let list = at.key(key);
            for (index, entry) in entries.iter().enumerate() {
                self.asked_twice(&list.at(index), &entries[..index], entry);
                levels.extend(self.level(edge, &list.at(index), entry, bands, gates));
            }
        }
        levels
    }

    /// Checks one level.
    fn level(
        &mut self,
        edge: Edge,
        at: &Path,
        entry: &LevelEntry,
        bands: &mut [Band],
        gates: &mut Vec<Gate>,
    ) -> Option<Level> {
        let part = self.part_of_level(at, entry)?;
        let asked = self.asked(edge, &at.key("bands"), entry, bands);
        let asked = asked.into_iter().map(|(number, limit)| {
            let gate = gate(edge, &part, entry, &limit, gates);
            bands[number].gates.push(gate.clone());
            Asked { band: bands[number].id.clone(), limit, gate }
        });
        let asked = asked.collect();
        let unit = entry.unit.as_deref().filter(|unit| !unit.is_empty());
        let title = unit.map_or_else(|| part.title.clone(), |unit| format!("{} ({unit})", part.title));
        Some(Level { of: entry.of.clone(), title, edge, asked })
    }

    /// Tells bands of which an entry above asks something of the same part already.
    fn asked_twice(&mut self, at: &Path, above: &[LevelEntry], entry: &LevelEntry) {
        let at = at.key("bands");
        for (band, limit) in &entry.bands {
            let mut others = above.iter().filter(|other| other.of == entry.of);
            if let Some(other) = others.find_map(|other| other.bands.get(band)) {
                let message = format!("`{band}` asks {} of `{}` above, and {} here", other.0, entry.of, limit.0);
                self.doubt(&at.key(band), message, "Keep one of the two.");
            }
        }
    }

    /// Tells what is asked of the worst band where none is left for returns that don't come to it.
    fn asked_of_the_worst(&mut self, at: &Path, entry: &LevelEntry, bands: &[Band]) {
        let worst = bands.last().filter(|_| self.file.outcome.mode == Mode::Cascade);
        let is_asked = |worst: &&Band| entry.bands.contains_key(worst.id.as_str());
        let takes_the_rest =
            |worst: &&Band| worst.limit().is_none() && bands.iter().filter(|band| band.id == worst.id).count() == 1;
        let Some(worst) = worst.filter(is_asked).filter(takes_the_rest) else { return };
        let message = format!("`{}` is the worst band, and a return that doesn\u{2019}t come to it has none", worst.id);
        let help = "Take it out here, or add a band for all that is worse.";
        self.doubt(&at.key(worst.id.as_str()), message, help);
    }

    /// Returns what a level is about; `None` where there is no such part.
    fn part_of_level(&mut self, at: &Path, entry: &LevelEntry) -> Option<Part> {
        let (name, at) = (entry.of.as_str(), at.key("of"));
        self.means_one_thing(&at, name)?;
        if let Some(value) = self.file.values.iter().find(|value| value.name == name) {
            let title = entry.title.clone().unwrap_or_else(|| value.title.clone());
            let value = Node::Name(name.to_owned());
            if let Some((message, help)) = self.names.other_than(Kind::Number, &value, About::whole(self.file)) {
                self.fault(&at, message, help);
                return None;
            }
            return Some(Part { value, applies: None, title });
        }
        let values = self.file.values.iter().map(|value| value.name.as_str());
        let names: Vec<&str> = self.names.groups.iter().copied().chain(values).collect();
        self.refers(&at, name, "criterion, measure, section, tag, group or value", &names);
        let call = |function: &str| Node::Call(function.to_owned(), vec![Node::Constant(Quantity::from(name))]);
        let title = entry.title.clone().unwrap_or_else(|| self.called_part(name));
        names.contains(&name).then(|| Part { value: call("sum"), applies: Some(call("applies")), title })
    }

    /// Holds that a name isn't both a value's and that of something else that has points, unless both come to the same; `None` where it is.
    fn means_one_thing(&mut self, at: &Path, name: &str) -> Option<()> {
        let value = self.file.values.iter().find(|value| value.name == name);
        let points = ["sum", "score", "points"]
            .map(|function| Node::Call(function.to_owned(), vec![Node::Constant(Quantity::from(name))]));
        let is_other =
            |value: &ValueEntry| Expression::parse(&value.value).is_ok_and(|read| !points.contains(&read.node));
        if value.is_some_and(is_other) && self.names.groups.contains(&name) {
            let message = format!("`{name}` is a value, and the name of a criterion, measure, section, tag or group");
            self.fault(at, message, "Give one of them another name, and write here the one that is meant.");
            return None;
        }
        Some(())
    }

    /// Returns what people call a section or a criterion; the name itself of all else.
    fn called_part(&self, name: &str) -> String {
        let sections = &self.file.sections;
        let section = sections.iter().find(|section| section.id == name).map(|section| section.title.clone());
        let criterion = || sections.iter().flat_map(|section| &section.criteria).find(|entry| entry.id == name);
        let words = || criterion().map(|entry| format!("{name} {}", in_few_words(entry.short.as_ref(), &entry.text)));
        section.or_else(words).unwrap_or_else(|| name.to_owned())
    }

    /// Returns what each band asks, by its number, the worst first: what is written, else what the next worse band asks.
    fn asked(&mut self, edge: Edge, at: &Path, entry: &LevelEntry, bands: &[Band]) -> Vec<(usize, Exact)> {
        let names: Vec<&str> = bands.iter().map(|band| band.id.as_str()).collect();
        if entry.bands.is_empty() {
            self.fault(at, format!("no band asks anything of `{}`", entry.of), "Add a band, or take the entry out.");
        }
        for band in entry.bands.keys() {
            self.refers(&at.key(band), band, "band", &names);
        }
        let told = self.findings.iter().count();
        let mut asked = Vec::new();
        let mut worse: Option<(&str, Exact)> = None;
        for (number, band) in bands.iter().enumerate().rev() {
            let own = entry.bands.get(band.id.as_str()).map(|own| (band.id.as_str(), own.0.clone()));
            if let (Some((better, own)), Some((worse, limit))) = (&own, &worse)
                && own != limit
                && !edge.holds(own, limit)
            {
                let message =
                    format!("`{better}` asks {own} of `{}`, and `{worse}`, which is worse, {limit}", entry.of);
                self.doubt(&at.key(better), message, "Correct the number, or the order of the bands.");
            }
            worse = own.or(worse);
            asked.extend(worse.as_ref().map(|(_, limit)| (number, limit.clone())));
        }
        if self.findings.iter().count() == told {
            self.asked_of_the_worst(at, entry, bands);
        }
        asked
    }

    /// Tells minimums that no answers reach.
    pub(super) fn levels_beyond_reach(&mut self, framework: &Framework) {
        let outcome = Path::ROOT.key("outcome");
        let list = outcome.key("minimums");
        for (index, entry) in self.file.outcome.minimums.iter().enumerate() {
            let Some(most) = most(framework, &entry.of) else { continue };
            for (band, limit) in entry.bands.iter().filter(|(_, limit)| limit.0 > most) {
                let message = format!("`{}` comes to {most} at most; `{band}` asks {}", entry.of, limit.0);
                self.doubt(&list.at(index).key("bands").key(band), message, "Correct the number.");
            }
        }
    }
}

/// Returns the name of the gate that asks a limit of a part; makes it where there is none yet.
fn gate(edge: Edge, part: &Part, entry: &LevelEntry, limit: &Exact, gates: &mut Vec<Gate>) -> GateId {
    let (operator, words, needed) = match edge {
        Edge::AtMost | Edge::Under => (Operator::AtMost, "at most", "allowed"),
        Edge::AtLeast | Edge::Over => (Operator::AtLeast, "at least", "needed"),
    };
    let number = Box::new(Node::Constant(Quantity::Number(limit.clone())));
    let reached = Node::Binary(operator, Box::new(part.value.clone()), number);
    let node = part.applies.iter().fold(reached, |reached, applies| {
        Node::Binary(Operator::Or, Box::new(Node::Not(Box::new(applies.clone()))), Box::new(reached))
    });
    if let Some(known) = gates.iter().find(|gate| gate.holds.node == node) {
        return known.id.clone();
    }
    let id = free_name(&kebab(&format!("{} {words} {limit}", entry.of)), gates);
    let unit = entry
        .unit
        .as_deref()
        .map_or_else(String::new, |unit| if unit == "%" { "%".to_owned() } else { format!(" {unit}") });
    let written = match &part.applies {
        Some(_) => format!("sum({})", in_quotes(&entry.of)),
        None => entry.of.clone(),
    };
    gates.push(Gate {
        id: id.clone(),
        title: format!("{}: {words} {limit}{unit}", part.title),
        why: format!(
            "{}: {{{{ round({written}, 2) }}}}{}, {words} {limit}{} {needed}",
            plain(&part.title),
            plain(&unit),
            plain(&unit)
        ),
        holds: Expression { written: format!("{written} {} {limit}", operator.written()), node },
    });
    id
}

/// Returns a name that no gate has.
fn free_name(name: &str, gates: &[Gate]) -> GateId {
    let is_free = |name: &String| gates.iter().all(|gate| gate.id.as_str() != name);
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(is_free).unwrap_or_default().as_str().into()
}

/// Returns words as a name in kebab-case.
fn kebab(words: &str) -> String {
    let parts = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// Returns a text as a message shows it and doesn't read it.
fn plain(text: &str) -> String {
    text.replace('{', "{{ '{' }}")
}

/// Returns a text in the quotes of an expression.
fn in_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// Returns the most that a group comes to; `None` where the name is a value's.
fn most(framework: &Framework, name: &str) -> Option<Exact> {
    if framework.value(name).is_some() {
        return None;
    }
    let most = |item: &str| {
        let of_criterion = framework.criterion(item).map(|criterion| framework.scale(criterion).maximum());
        of_criterion.or_else(|| framework.measure(item).map(|measure| measure.maximum.clone()))
    };
    Some(framework.items_of(name).into_iter().filter_map(most).sum())
}
