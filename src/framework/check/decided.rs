//! Conditions that never hold, and ones that always do, found by trying all that their parts can be.
//!
//! A part is what is compared with something written out, or is yes or no by itself. Of a number it is enough to try what it is compared
//! with and what lies between; of a text the words, and one that is none of them. Parts that rest on each other are taken for free, so
//! that what is said is certain, and something may be left unsaid.

use super::About;
use super::names::{Names, Refusal};
use super::range::Range;
use super::shown::shown;
use crate::exact::Exact;
use crate::framework::expression::{Node, Operator, Quantity, Scope};
use crate::framework::language::Kind;

/// The most ways in which parts are tried together.
const MOST: usize = 4096;

/// What a text is that is none of those written out.
const ANOTHER: &str = "\u{1}";

/// A part of a condition with all that is to be tried of it.
struct Free<'n> {
    part: &'n Node,
    tried: Vec<Quantity>,
}

/// Where nothing is known but what is written out.
struct Anything;

impl Scope for Anything {
    fn name(&self, _: &str) -> Option<Quantity> {
        Some(Quantity::open())
    }

    fn attribute(&self, _: &str, _: &str) -> Option<Quantity> {
        Some(Quantity::open())
    }

    fn call(&self, _: &str, _: &[Quantity]) -> Option<Quantity> {
        Some(Quantity::open())
    }
}

impl Names<'_> {
    /// Returns the outermost conditions made of several that never hold, or always do.
    pub(super) fn decided(&self, node: &Node, about: About) -> Vec<Refusal> {
        let is_of_several = matches!(node, Node::Binary(Operator::And | Operator::Or, ..));
        match self.holds(node, about).filter(|_| is_of_several) {
            Some(true) => {
                let message = format!("`{}` always holds, whatever its parts are", shown(node));
                vec![(message, "Correct one of the conditions, or write `and` in place of `or`.".to_owned())]
            }
            Some(false) => {
                let message = format!("`{}` never holds, whatever its parts are", shown(node));
                vec![(message, "Correct one of the conditions, or write `or` in place of `and`.".to_owned())]
            }
            None => node.parts().flat_map(|part| self.decided(part, about)).collect(),
        }
    }

    /// Returns whether a condition holds whatever its parts are; `None` where that rests on them, or can't be told.
    pub(super) fn holds(&self, node: &Node, about: About) -> Option<bool> {
        let mut compared: Vec<(&Node, Vec<Quantity>)> = Vec::new();
        self.gather_compared(node, about, &mut compared);
        let free: Option<Vec<Free>> = compared.into_iter().map(|(part, with)| self.free(part, with, about)).collect();
        let free = free?;
        let ways = free.iter().try_fold(1_usize, |ways, free| ways.checked_mul(free.tried.len()))?;
        if !(1..=MOST).contains(&ways) {
            return None;
        }
        let mut seen = (0..ways).map(|way| filled(node, &free, way).evaluate(&Anything));
        let first = seen.next()?;
        match first {
            Quantity::Truth(true) => seen.all(|one| one == Quantity::Truth(true)).then_some(true),
            // What is not known doesn't hold either.
            Quantity::Truth(false) | Quantity::Unknown => {
                seen.all(|one| matches!(one, Quantity::Truth(false) | Quantity::Unknown)).then_some(false)
            }
            Quantity::Open(_) | Quantity::Number(_) | Quantity::Text(_) | Quantity::Date(_) | Quantity::List(_) => None,
        }
    }

    /// Adds the parts of a condition, each with all that it is compared with.
    fn gather_compared<'n>(&self, node: &'n Node, about: About, compared: &mut Vec<(&'n Node, Vec<Quantity>)>) {
        match node {
            Node::Binary(Operator::And | Operator::Or, left, right) => {
                self.gather_compared(left, about, compared);
                self.gather_compared(right, about, compared);
            }
            Node::Not(of) => self.gather_compared(of, about, compared),
            Node::Choose(condition, yes, no) => {
                for part in [condition, yes, no] {
                    self.gather_compared(part, about, compared);
                }
            }
            Node::Binary(operator, left, right) => {
                let sides = [(left, right), (right, left)];
                let sides = &sides[..if *operator == Operator::In { 1 } else { 2 }];
                for (part, other) in sides.iter().filter(|(part, other)| !is_written_out(part) && is_written_out(other))
                {
                    add(compared, part, values(&other.evaluate(&Anything)));
                }
            }
            Node::Name(_) | Node::Attribute(..) | Node::Call(..) | Node::Is(..)
                if self.kind(node, about) == Kind::Truth =>
            {
                add(compared, node, vec![Quantity::Truth(true), Quantity::Truth(false)]);
            }
            Node::Constant(_)
            | Node::Name(_)
            | Node::Attribute(..)
            | Node::Call(..)
            | Node::Negative(_)
            | Node::Is(..)
            | Node::List(_) => {}
        }
    }

    /// Returns a part with all that is to be tried of it; `None` where that can't be listed.
    fn free<'n>(&self, part: &'n Node, compared: Vec<Quantity>, about: About) -> Option<Free<'n>> {
        let numbers: Option<Vec<Exact>> = compared.iter().map(|one| one.number().cloned()).collect();
        let are_texts = compared.iter().all(|one| one.text().is_some());
        let mut tried = match numbers {
            Some(numbers) => self.numbers_tried(part, numbers, about),
            None if are_texts => self.words_tried(part, compared, about),
            None if compared.iter().all(|one| one.truth().is_some()) => compared,
            None => return None,
        };
        // What senders enter may be wanting.
        let is_entered =
            matches!(part, Node::Attribute(..)) || are_texts || matches!(about, About::Row(..) | About::Mark(..));
        tried.extend(Some(Quantity::Unknown).filter(|_| is_entered));
        Some(Free { part, tried })
    }

    /// Returns the numbers to be tried of a part that is compared with some: these, and what lies between and beyond, as far as it can be
    /// so.
    fn numbers_tried(&self, part: &Node, mut compared: Vec<Exact>, about: About) -> Vec<Quantity> {
        let range = self.range_of(part, about);
        compared.extend([&range.least, &range.most].into_iter().flatten().cloned());
        compared.sort();
        compared.dedup();
        let one = Exact::one();
        let between = compared.windows(2).filter_map(|pair| (&pair[0] + &pair[1]).divided_by(&Exact::from(2)));
        let beside = compared.iter().flat_map(|number| [number - &one, number + &one]);
        let is_whole = self.is_counted(part, 0);
        let mut all: Vec<Exact> = between.chain(beside).chain(compared.clone()).collect();
        all.sort();
        all.dedup();
        let can_be = |number: &Exact| range.has(number) && (!is_whole || number.is_whole());
        all.into_iter().filter(can_be).map(Quantity::Number).collect()
    }

    /// Returns the texts to be tried of a part that is compared with some: all that it can say, else these and another.
    fn words_tried(&self, part: &Node, compared: Vec<Quantity>, about: About) -> Vec<Quantity> {
        match self.words_of(part, about).filter(|words| !words.is_empty()) {
            Some(words) => words.into_iter().map(|(word, _)| Quantity::from(word)).collect(),
            None => compared.into_iter().chain([Quantity::from(ANOTHER)]).collect(),
        }
    }

    /// Whether a part is a count, by itself or by the name of a value.
    fn is_counted(&self, part: &Node, depth: usize) -> bool {
        match part {
            Node::Call(name, _) => name.starts_with("count") || matches!(name.as_str(), "answered" | "rows_count"),
            Node::Name(name) => {
                let value = self.value_named(name, depth);
                value.is_some_and(|value| self.is_counted(&value.node, depth + 1))
            }
            Node::Binary(Operator::Add, left, right) => self.is_counted(left, depth) && self.is_counted(right, depth),
            Node::Constant(_)
            | Node::Attribute(..)
            | Node::Not(_)
            | Node::Negative(_)
            | Node::Binary(..)
            | Node::Choose(..)
            | Node::Is(..)
            | Node::List(_) => false,
        }
    }
}

impl Range {
    /// Whether a number lies within it.
    fn has(&self, number: &Exact) -> bool {
        self.least.as_ref().is_none_or(|least| number >= least) && self.most.as_ref().is_none_or(|most| number <= most)
    }
}

/// Whether a part is the same in every return.
fn is_written_out(node: &Node) -> bool {
    node.names().is_empty()
}

/// Returns a value, or each of several.
fn values(of: &Quantity) -> Vec<Quantity> {
    if let Quantity::List(several) = of { several.to_vec() } else { vec![of.clone()] }
}

/// Adds what a part is compared with.
fn add<'n>(compared: &mut Vec<(&'n Node, Vec<Quantity>)>, part: &'n Node, with: Vec<Quantity>) {
    let place = compared.iter().position(|(other, _)| *other == part).unwrap_or_else(|| {
        compared.push((part, Vec::new()));
        compared.len() - 1
    });
    for value in with {
        if !compared[place].1.contains(&value) {
            compared[place].1.push(value);
        }
    }
}

/// Returns a condition with what is tried in the place of its parts, the ways being numbered.
fn filled(node: &Node, free: &[Free], mut way: usize) -> Node {
    let mut chosen: Vec<(&Node, &Quantity)> = Vec::new();
    for Free { part, tried } in free {
        chosen.push((part, &tried[way % tried.len()]));
        way /= tried.len();
    }
    with(node, &chosen)
}

/// Returns a condition with values in the place of its parts.
fn with(node: &Node, chosen: &[(&Node, &Quantity)]) -> Node {
    let within = |node: &Node| Box::new(with(node, chosen));
    let all = |several: &[Node]| several.iter().map(|node| with(node, chosen)).collect();
    if let Some((_, value)) = chosen.iter().find(|(part, _)| *part == node) {
        return Node::Constant((*value).clone());
    }
    match node {
        Node::Constant(_) | Node::Name(_) | Node::Attribute(..) => node.clone(),
        Node::Call(name, arguments) => Node::Call(name.clone(), all(arguments)),
        Node::Not(of) => Node::Not(within(of)),
        Node::Negative(of) => Node::Negative(within(of)),
        Node::Binary(operator, left, right) => Node::Binary(*operator, within(left), within(right)),
        Node::Choose(condition, yes, no) => Node::Choose(within(condition), within(yes), within(no)),
        Node::Is(of, test) => Node::Is(within(of), *test),
        Node::List(several) => Node::List(all(several)),
    }
}
