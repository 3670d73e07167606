//! What differs between two packs, and packs that take some of the differences and leave the others.
//!
//! Both definitions are gone through side by side. The entries of a list are known by the name that they bear, so that one that was
//! put in between changes nothing of those after it. [`Definitions::differences`] lists what differs; [`Definitions::with`] gives the
//! framework of the first with the differences that are chosen.

use std::collections::BTreeSet;

use serde::Serialize;
use toml::{Table, Value};

use super::schema::Number;
use super::{Framework, PackText, expansion, load};
use crate::exact::Exact;
use crate::finding::Findings;

/// The keys by which entries of a list are known, the first that an entry has.
const NAMES: [&str; 9] = ["id", "name", "slug", "choice", "who", "rule", "column", "of", "title"];

/// What stands at the end of the way to a list whose entries are in another order.
const ORDER: &str = "order";

/// Two definitions that are set side by side.
#[derive(Debug)]
pub struct Definitions {
    file: String,
    before: Table,
    after: Table,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The keys and names that lead to it: `sections`, `1.1`, `weight`.
    pub path: Vec<String>,
    /// What stood there; `None` where nothing did.
    pub before: Option<String>,
    /// What stands there; `None` where nothing does.
    pub after: Option<String>,
}

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Sections, and how much they and their criteria weigh.
    Weight,
    /// What a band asks of the total.
    Threshold,
    /// What withholds a band.
    Gate,
    /// How answers and values count.
    Scoring,
    /// What is asked.
    Criterion,
    /// How something is worded.
    Text,
    /// All else: the workbook, rules, dates, the report.
    Other,
}

/// Differences that only make sense together: all of one section's weight, of one band, of one gate, of one criterion.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Lever {
    /// What they are about.
    pub topic: Topic,
    /// The name of the section, band, gate, criterion …; empty where there is one of them.
    pub name: String,
}

impl Definitions {
    /// Sets two packs side by side; `None` where one is no TOML.
    pub fn of(before: &PackText, after: &PackText) -> Option<Self> {
        let table = |pack: &PackText| expansion::whole_table(pack);
        Some(Self { file: after.file.clone(), before: table(before)?, after: table(after)? })
    }

    /// Returns what differs, in the order of the definitions.
    pub fn differences(&self) -> Vec<Difference> {
        let mut differences = Vec::new();
        self.blended(&mut |difference| {
            differences.push(difference.clone());
            false
        });
        differences
    }

    /// Returns the framework of the first with those differences of the second that are chosen; `None` where that is no framework
    /// that can be relied on. It has no form. Where some of several changed weights are chosen all are scaled, so that they sum to what
    /// they did and one weight can be taken by itself.
    pub fn with(&self, is_chosen: impl Fn(&Difference) -> bool) -> Option<Framework> {
        let mut table = self.blended(&mut |difference| is_chosen(difference));
        if let Some(Value::Table(head)) = table.get_mut("framework") {
            head.remove("form");
            head.remove("criteria");
        }
        let text = toml::to_string(&table).ok()?;
        let framework =
            load(&PackText { file: self.file.clone(), text, form: None, criteria: None }, &mut Findings::default())?;
        Some(self.scaled(framework))
    }

    /// Returns a framework with its weights scaled to the sum that both definitions have; as it is where they differ in that.
    fn scaled(&self, mut framework: Framework) -> Framework {
        let [before, after] = [&self.before, &self.after].map(weights);
        let now: Exact = framework.sections.iter().filter_map(|section| section.weight.as_ref()).sum();
        if let Some(scale) = before.filter(|before| after.as_ref() == Some(before)).and_then(|sum| sum.divided_by(&now))
        {
            for weight in framework.sections.iter_mut().filter_map(|section| section.weight.as_mut()) {
                *weight = &*weight * &scale;
            }
        }
        framework
    }

    fn blended(&self, choose: &mut dyn FnMut(&Difference) -> bool) -> Table {
        let mut blend = Blend { path: Vec::new(), choose };
        blend.table(&self.before, &self.after)
    }
}

/// A way through two definitions, on which each difference is chosen or left.
struct Blend<'a> {
    path: Vec<String>,
    choose: &'a mut dyn FnMut(&Difference) -> bool,
}

impl Blend<'_> {
    fn table(&mut self, before: &Table, after: &Table) -> Table {
        let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let each =
            keys.into_iter().filter_map(|key| Some((key.clone(), self.at(key, before.get(key), after.get(key))?)));
        each.collect()
    }

    /// Returns what is chosen at a key or name; `None` where nothing is.
    fn at(&mut self, key: &str, before: Option<&Value>, after: Option<&Value>) -> Option<Value> {
        self.path.push(key.to_owned());
        let chosen = match (before, after) {
            (Some(Value::Table(before)), Some(Value::Table(after))) => Some(Value::Table(self.table(before, after))),
            (Some(Value::Array(before)), Some(Value::Array(after))) => Some(Value::Array(self.list(before, after))),
            (before, after) if before == after => before.cloned(),
            (before, after) => {
                if self.is_chosen(before.map(shown), after.map(shown)) { after } else { before }.cloned()
            }
        };
        self.path.pop();
        chosen
    }

    fn is_chosen(&mut self, before: Option<String>, after: Option<String>) -> bool {
        (self.choose)(&Difference { path: self.path.clone(), before, after })
    }

    fn list(&mut self, before: &[Value], after: &[Value]) -> Vec<Value> {
        let (Some(first), Some(second)) = (names(before), names(after)) else {
            let whole = |values: &[Value]| Some(shown(&Value::Array(values.to_vec())));
            let is_taken = before != after && self.is_chosen(whole(before), whole(after));
            return if is_taken { after.to_vec() } else { before.to_vec() };
        };
        let find = |names: &[String], values: &[Value], name: &String| {
            names.iter().position(|own| own == name).map(|at| values[at].clone())
        };
        let sequence = self.sequence(&first, &second);
        let each = sequence
            .iter()
            .filter_map(|name| self.at(name, find(&first, before, name).as_ref(), find(&second, after, name).as_ref()));
        each.collect()
    }

    /// Returns all names of two lists in the order that is chosen; a name of one list alone stays after the one before it.
    fn sequence(&mut self, before: &[String], after: &[String]) -> Vec<String> {
        let common = |names: &[String], others: &[String]| -> Vec<String> {
            names.iter().filter(|name| others.contains(name)).cloned().collect()
        };
        let (first, second) = (common(before, after), common(after, before));
        let is_taken = first == second || {
            self.path.push(ORDER.to_owned());
            let is_taken = self.is_chosen(Some(first.join(", ")), Some(second.join(", ")));
            self.path.pop();
            is_taken
        };
        let (base, other) = if is_taken { (after, before) } else { (before, after) };
        let mut sequence = base.to_vec();
        for (at, name) in other.iter().enumerate().filter(|(_, name)| !base.contains(name)) {
            let before_it = at.checked_sub(1).and_then(|at| sequence.iter().position(|own| *own == other[at]));
            sequence.insert(before_it.map_or(0, |at| at + 1), name.clone());
        }
        sequence
    }
}

/// Returns the sum of the weights that a definition gives its sections; `None` where one can't be read.
fn weights(definition: &Table) -> Option<Exact> {
    let sections = definition.get("sections")?.as_array()?.iter();
    let weights =
        sections.filter_map(|section| section.get("weight")).map(|weight| Some(Number::read(&shown(weight))?.0));
    weights.collect::<Option<Vec<Exact>>>().map(|weights| weights.into_iter().sum())
}

/// Returns the names of a list's entries, each its own; `None` where they have none.
fn names(values: &[Value]) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for value in values {
        let name = name(value)?;
        let again = names.iter().filter(|own| **own == name || own.starts_with(&format!("{name} ("))).count();
        names.push(if again == 0 { name } else { format!("{name} ({})", again + 1) });
    }
    Some(names)
}

fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Table(table) => NAMES.iter().find_map(|key| table.get(*key)).map(shown),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) | Value::Array(_) => None,
    }
}

/// Returns a value as a person reads it.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Integer(_)
        | Value::Float(_)
        | Value::Boolean(_)
        | Value::Datetime(_)
        | Value::Array(_)
        | Value::Table(_) => value.to_string(),
    }
}

impl Difference {
    /// Returns what it is about.
    pub fn topic(&self) -> Topic {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        match path[..] {
            ["outcome", .., ORDER] => Topic::Scoring,
            [.., ORDER] => Topic::Other,
            ["sections", _]
            | ["sections", _, "weight" | "weight_from" | "weights_in"]
            | ["sections", _, "criteria", _, "weight"] => Topic::Weight,
            ["outcome", "gates" | "minimums" | "maximums", _]
            | ["outcome", "gates", _, "holds"]
            | ["outcome", "minimums" | "maximums", _, "bands" | "of", ..]
            | ["outcome", "bands", _, "gates", ..] => Topic::Gate,
            ["outcome", "bands", _]
            | ["outcome", "bands", _, "at_least" | "over" | "at_most" | "under" | "printed_to"] => Topic::Threshold,
            ["sections", _, "criteria" | "measures", _] => Topic::Criterion,
            [.., "text" | "title" | "short" | "label" | "note" | "why" | "message" | "help"] | [.., "levels", _] => {
                Topic::Text
            }
            [
                "values" | "grades" | "scales" | "outcome" | "groups" | "applies" | "raters" | "kinds"
                | "consolidation" | "sections" | "bundle",
                ..,
            ] => Topic::Scoring,
            _ => Topic::Other,
        }
    }

    /// Returns what it belongs together with.
    pub fn lever(&self) -> Lever {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        let of = |topic, name: &str| Lever { topic, name: name.to_owned() };
        match path[..] {
            [.., list, ORDER] => of(self.topic(), list),
            ["sections", name]
            | ["sections", name, "weight" | "weight_from" | "weights_in"]
            | ["sections", _, "criteria", name, "weight"] => of(Topic::Weight, name),
            ["outcome", "gates" | "minimums" | "maximums", name, ..] | ["outcome", "bands", _, "gates", name, ..] => {
                of(Topic::Gate, name)
            }
            ["outcome", "bands", name, ..] => of(Topic::Threshold, name),
            ["sections", _, "criteria" | "measures", name, ..] => of(Topic::Criterion, name),
            ["values" | "grades" | "scales" | "groups" | "raters" | "kinds", name, ..] => of(Topic::Scoring, name),
            [first, ..] => of(self.topic(), first),
            [] => of(Topic::Other, ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::builtin;

    /// A pack in small, of which only the shape matters.
    const PACK: &str = r#"
        [framework]
        id = "small"
        title = "Small"
        [[sections]]
        id = "1"
        weight = "60%"
        criteria = [{ id = "1.1", text = "One", levels = ["a", "b"] }, { id = "1.2", text = "Two" }]
        [[sections]]
        id = "2"
        weight = "40%"
        measures = [{ id = "A", steps = [{ at_least = 10, points = 2 }] }]
        [groups]
        core = ["1.1"]
        [outcome]
        total = "sum()"
        [[outcome.bands]]
        id = "best"
        at_least = 80
        gates = ["most"]
        [[outcome.bands]]
        id = "rest"
        [[outcome.gates]]
        id = "most"
        holds = "core >= 1"
        [[rules]]
        slug = "same"
        when = "true"
        [[rules]]
        slug = "same"
        when = "false"
    "#;

    fn pack(text: &str) -> PackText {
        PackText { file: "framework.toml".to_owned(), text: text.to_owned(), form: None, criteria: None }
    }

    fn definitions(before: &str, after: &str) -> Definitions {
        Definitions::of(&pack(before), &pack(after)).unwrap()
    }

    /// What is replaced by what, where that is told, and what it is about.
    type Case<'a> = (&'a str, &'a str, &'a [&'a str], Topic, &'a str);

    const CASES: [Case; 19] = [
        ("\"60%\"", "\"50%\"", &["sections › 1 › weight"], Topic::Weight, "1"),
        (
            "text = \"Two\"",
            "text = \"Two\", weight = 2",
            &["sections › 1 › criteria › 1.2 › weight"],
            Topic::Weight,
            "1.2",
        ),
        ("\"40%\"", "\"40%\"\n        weights_in = \"own\"", &["sections › 2 › weights_in"], Topic::Weight, "2"),
        (
            "\"40%\"",
            "\"40%\"\n        weight_from = \"field.own\"",
            &["sections › 2 › weight_from"],
            Topic::Weight,
            "2",
        ),
        ("at_least = 80", "at_least = 85", &["outcome › bands › best › at_least"], Topic::Threshold, "best"),
        ("at_least = 80\n", "\n", &["outcome › bands › best › at_least"], Topic::Threshold, "best"),
        ("core >= 1", "core >= 2", &["outcome › gates › most › holds"], Topic::Gate, "most"),
        ("gates = [\"most\"]", "gates = []", &["outcome › bands › best › gates › most"], Topic::Gate, "most"),
        ("[[outcome.bands]]\n        id = \"rest\"", "", &["outcome › bands › rest"], Topic::Threshold, "rest"),
        (
            "id = \"1.1\", text",
            "id = \"1.0\", text",
            &["sections › 1 › criteria › 1.0", "sections › 1 › criteria › 1.1"],
            Topic::Criterion,
            "1.0",
        ),
        (", { id = \"1.2\", text = \"Two\" }", "", &["sections › 1 › criteria › 1.2"], Topic::Criterion, "1.2"),
        ("\"Two\"", "\"Too\"", &["sections › 1 › criteria › 1.2 › text"], Topic::Text, "1.2"),
        (
            "[\"a\", \"b\"]",
            "[\"a\", \"c\"]",
            &["sections › 1 › criteria › 1.1 › levels › c", "sections › 1 › criteria › 1.1 › levels › b"],
            Topic::Text,
            "1.1",
        ),
        ("at_least = 10", "at_least = 20", &["sections › 2 › measures › A › steps"], Topic::Scoring, "A"),
        ("sum()", "mean()", &["outcome › total"], Topic::Scoring, "outcome"),
        ("[\"1.1\"]", "[\"1.1\", \"1.2\"]", &["groups › core › 1.2"], Topic::Scoring, "core"),
        ("\"Small\"", "\"Smaller\"", &["framework › title"], Topic::Text, "framework"),
        ("when = \"false\"", "when = \"no\"", &["rules › same (2) › when"], Topic::Other, "rules"),
        (
            "id = \"best\"",
            "id = \"better\"",
            &["outcome › bands › better", "outcome › bands › best"],
            Topic::Threshold,
            "better",
        ),
    ];

    #[test]
    fn each_difference_is_told_at_its_place() {
        for (old, new, expected, topic, name) in CASES {
            let after = PACK.replacen(old, new, 1);
            assert_ne!(after, PACK, "{old}");
            let differences = definitions(PACK, &after).differences();
            let mut paths: Vec<String> = differences.iter().map(|of| of.path.join(" › ")).collect();
            let mut expected: Vec<&str> = expected.to_vec();
            paths.sort();
            expected.sort_unstable();
            assert_eq!(paths, expected, "{old}");
            let of = differences.iter().find(|of| of.lever().name == name);
            assert_eq!(of.map(Difference::topic), Some(topic), "{old}: {differences:?}");
        }
        assert!(definitions(PACK, PACK).differences().is_empty());
    }

    #[test]
    fn another_order_is_one_difference() {
        let (first, second) =
            ("{ id = \"1.1\", text = \"One\", levels = [\"a\", \"b\"] }", "{ id = \"1.2\", text = \"Two\" }");
        let after = PACK.replace(&format!("{first}, {second}"), &format!("{second}, {first}"));
        let differences = definitions(PACK, &after).differences();
        assert_eq!(differences.len(), 1);
        assert_eq!(differences[0].path.join(" › "), "sections › 1 › criteria › order");
        assert_eq!(differences[0].after.as_deref(), Some("1.2, 1.1"));
    }

    #[test]
    fn with_none_it_is_the_first_and_with_all_it_is_the_second() {
        let swapped = PACK
            .replace("core = [\"1.1\"]", "core = [\"1.2\", \"1.1\"]")
            .replace("id = \"rest\"", "id = \"a\"\n[[outcome.bands]]\nid = \"rest\"");
        let afters = CASES.iter().map(|(old, new, ..)| PACK.replacen(old, new, 1)).chain([swapped]);
        for after in afters {
            for (first, second) in [(PACK, after.as_str()), (after.as_str(), PACK)] {
                let definitions = definitions(first, second);
                assert_eq!(definitions.blended(&mut |_| false), definitions.before, "{after}");
                assert_eq!(definitions.blended(&mut |_| true), definitions.after, "{after}");
            }
        }
    }

    #[test]
    fn a_pack_with_nothing_taken_is_the_framework_that_it_was() {
        for pack in builtin::packs() {
            let definitions = Definitions::of(&pack.text, &pack.text).unwrap();
            assert!(definitions.differences().is_empty(), "{}", pack.id);
            let again =
                definitions.with(|_| true).unwrap_or_else(|| panic!("{} can't be used without its form", pack.id));
            assert_eq!((again.id, again.sections.len()), (pack.framework.id, pack.framework.sections.len()));
        }
    }
}
