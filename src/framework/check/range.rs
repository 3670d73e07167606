//! Between which ends the numbers of an expression lie, as far as the pack tells, and comparisons that no return decides.
//!
//! What only a return tells has no ends, and nothing is said. A comparison with an end itself is left alone: `score >= 0` may be
//! written to say that there is a score.

use std::fmt;

use super::About;
use super::names::{Names, Refusal};
use super::quoted_word::literals;
use super::shown::shown;
use crate::exact::Exact;
use crate::framework::expression::{Expression, Node, Operator, Quantity};
use crate::framework::schema::{KindEntry, Number, ScaleEntry};
use crate::words::list;

/// More values that rest on each other than this go in a circle, which is told elsewhere.
const DEEPEST: usize = 20;

/// The ends between which a number lies; `None` where there is no such end.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Range {
    pub(super) least: Option<Exact>,
    pub(super) most: Option<Exact>,
}

impl Range {
    /// Returns the range between two ends.
    fn between(least: &Exact, most: &Exact) -> Self {
        Self { least: Some(least.clone()), most: Some(most.clone()) }
    }

    /// Returns the range of a count of so many things.
    fn up_to(most: usize) -> Self {
        Self::between(&Exact::zero(), &Exact::from(most))
    }

    /// Returns the range from nought up.
    fn from_nought() -> Self {
        Self { least: Some(Exact::zero()), most: None }
    }

    /// Returns the range of a share.
    fn share() -> Self {
        Self::between(&Exact::zero(), &Exact::one())
    }

    /// Returns the range of the sum of two numbers.
    fn plus(&self, other: &Self) -> Self {
        let sum = |one: &Option<Exact>, other: &Option<Exact>| Some(one.as_ref()? + other.as_ref()?);
        Self { least: sum(&self.least, &other.least), most: sum(&self.most, &other.most) }
    }

    /// Returns the range of a number with the other sign.
    fn negated(&self) -> Self {
        let negated = |end: &Option<Exact>| end.as_ref().map(|end| &Exact::zero() - end);
        Self { least: negated(&self.most), most: negated(&self.least) }
    }

    /// Returns the range of the product of two numbers; where an end isn't known, neither is one of the product.
    fn times(&self, other: &Self) -> Self {
        let ends = |range: &Self| Some([range.least.clone()?, range.most.clone()?]);
        let Some((own, others)) = ends(self).zip(ends(other)) else { return Self::default() };
        let products = || own.iter().flat_map(|one| others.iter().map(move |other| one * other));
        Self { least: products().min(), most: products().max() }
    }

    /// Returns the range of what a number is divided by to come to one: that of a single number that isn't nought.
    fn inverse(&self) -> Self {
        let single = self.least.as_ref().filter(|least| self.most.as_ref() == Some(least));
        let inverse = single.and_then(|number| Exact::one().divided_by(number));
        inverse.map_or_else(Self::default, |inverse| Self::between(&inverse, &inverse))
    }

    /// Returns the range that holds two others.
    fn or(&self, other: &Self) -> Self {
        let both = |one: &Option<Exact>, other: &Option<Exact>| Some((one.clone()?, other.clone()?));
        Self {
            least: both(&self.least, &other.least).map(|(one, other)| one.min(other)),
            most: both(&self.most, &other.most).map(|(one, other)| one.max(other)),
        }
    }

    /// Whether all its numbers are less than all of another.
    fn is_below(&self, other: &Self) -> bool {
        self.most.as_ref().zip(other.least.as_ref()).is_some_and(|(most, least)| most < least)
    }

    /// Whether none of its numbers is less than any of another, though one may be the same.
    fn is_not_below(&self, other: &Self) -> bool {
        self.least.as_ref().zip(other.most.as_ref()).is_some_and(|(least, most)| least >= most)
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.least, &self.most) {
            (Some(least), Some(most)) if least == most => write!(f, "{least}"),
            (Some(least), Some(most)) => write!(f, "from {least} to {most}"),
            (Some(least), None) => write!(f, "{least} or more"),
            (None, Some(most)) => write!(f, "{most} or less"),
            (None, None) => f.write_str("any number"),
        }
    }
}

impl Names<'_> {
    /// Returns the comparisons of an expression that never hold, or always do, and counts that are always nought.
    pub(super) fn vain(&self, node: &Node, about: About) -> Vec<Refusal> {
        let mut refusals: Vec<Refusal> = node.parts().flat_map(|part| self.vain(part, about)).collect();
        match node {
            Node::Binary(operator, left, right) => refusals.extend(self.vain_comparison(*operator, left, right, about)),
            Node::Call(name, arguments) => refusals.extend(self.vain_count(name, arguments, node)),
            Node::Constant(_)
            | Node::Name(_)
            | Node::Attribute(..)
            | Node::Not(_)
            | Node::Negative(_)
            | Node::Choose(..)
            | Node::Is(..)
            | Node::List(_) => {}
        }
        refusals
    }

    /// Says that a comparison comes out alike in every return.
    fn vain_comparison(&self, operator: Operator, left: &Node, right: &Node, about: About) -> Option<Refusal> {
        let is_constant = |node: &Node| node.names().is_empty();
        if is_constant(left) && is_constant(right) {
            return None;
        }
        let (one, other) = (self.range(left, about, 0), self.range(right, about, 0));
        let (never, always) = match operator {
            Operator::Less => (one.is_not_below(&other), one.is_below(&other)),
            Operator::AtMost => (other.is_below(&one), one.is_below(&other)),
            Operator::More => (other.is_not_below(&one), other.is_below(&one)),
            Operator::AtLeast => (one.is_below(&other), other.is_below(&one)),
            Operator::Equal => (one.is_below(&other) || other.is_below(&one), false),
            Operator::Unequal
            | Operator::Add
            | Operator::Subtract
            | Operator::Multiply
            | Operator::Divide
            | Operator::Join
            | Operator::In
            | Operator::And
            | Operator::Or => (false, false),
        };
        let how = if never { "never" } else { "always" };
        let (of, range) = if is_constant(left) { (right, other) } else { (left, one) };
        let what = format!("{} {} {}", shown(left), operator.written(), shown(right));
        let message = format!("`{what}` {how} holds: `{}` is {range}", shown(of));
        let help = if range == Range::share() {
            "Write shares as such: 0.8 for 80%.".to_owned()
        } else {
            "Correct the number, or what is compared with it.".to_owned()
        };
        (never || always).then_some((message, help))
    }

    /// Says that no answer has the points that are counted.
    fn vain_count(&self, name: &str, arguments: &[Node], node: &Node) -> Option<Refusal> {
        let [group, Node::Constant(Quantity::Number(points))] = arguments else { return None };
        let group = literals(group).into_iter().next()?;
        let scales = self.scales_of(group)?;
        let is_had = |scale: &&ScaleEntry| match name {
            "count_at" => has(scale, points),
            "count_at_least" => ends(scale).is_none_or(|(_, most)| most >= *points),
            "count_at_most" => ends(scale).is_none_or(|(least, _)| least <= *points),
            _ => true,
        };
        if scales.is_empty() || scales.iter().any(is_had) {
            return None;
        }
        let message = format!("`{}` is always 0: answers have {}", shown(node), counted(&scales));
        Some((message, "Count points that answers have.".to_owned()))
    }

    /// Returns the scales of the criteria of a group; `None` where measures may be in it, whose points are many.
    fn scales_of(&self, group: &str) -> Option<Vec<&ScaleEntry>> {
        let ids = self.members(group);
        let mut scales: Vec<&ScaleEntry> = Vec::new();
        for id in &ids {
            scales.push(self.scale_of(id)?);
        }
        self.measures.is_empty().then_some(scales)
    }

    /// Returns between which ends a part of an expression lies.
    pub(super) fn range_of(&self, node: &Node, about: About) -> Range {
        self.range(node, about, 0)
    }

    /// Returns what a value of the pack is worked out from, by its name, so many names within others.
    pub(super) fn value_named(&self, name: &str, depth: usize) -> Option<Expression> {
        let value = self.file.values.iter().find(|value| value.name == *name && depth < DEEPEST)?;
        Expression::parse(&value.value).ok()
    }

    /// Returns between which ends a part of an expression lies, so many names within others.
    fn range(&self, node: &Node, about: About, depth: usize) -> Range {
        let of = |node: &Node| self.range(node, about, depth);
        match node {
            Node::Constant(Quantity::Number(number)) => Range::between(number, number),
            Node::Name(name) if about == About::Score && name == "score" => self.points_of("all").unwrap_or_default(),
            Node::Name(name) => {
                let read = self.value_named(name, depth);
                let is_seen = !matches!(about, About::Row(..) | About::RowTold(_) | About::Mark(..) | About::Score);
                read.filter(|_| is_seen).map_or_else(Range::default, |read| self.range(&read.node, about, depth + 1))
            }
            Node::Attribute(of, part) if **of == Node::Name("field".to_owned()) => {
                self.file.field(part).map_or_else(Range::default, of_entry_kind)
            }
            Node::Call(name, arguments) => self.range_of_call(name, arguments),
            Node::Negative(node) => of(node).negated(),
            Node::Binary(Operator::Add, left, right) => of(left).plus(&of(right)),
            Node::Binary(Operator::Subtract, left, right) => of(left).plus(&of(right).negated()),
            Node::Binary(Operator::Multiply, left, right) => of(left).times(&of(right)),
            Node::Binary(Operator::Divide, left, right) => of(left).times(&of(right).inverse()),
            Node::Choose(_, yes, no) => of(yes).or(&of(no)),
            Node::Constant(_)
            | Node::Attribute(..)
            | Node::Not(_)
            | Node::Binary(..)
            | Node::Is(..)
            | Node::List(_) => Range::default(),
        }
    }

    /// Returns between which ends lies what a function gives.
    fn range_of_call(&self, name: &str, arguments: &[Node]) -> Range {
        let group = arguments.first().and_then(|group| literals(group).into_iter().next());
        match name {
            "count" | "answered" | "count_at" | "count_at_least" | "count_at_most" | "count_grade" => {
                let items = |group| self.members(group).len() + self.measures.len();
                group.map_or_else(Range::from_nought, |group| Range::up_to(items(group)))
            }
            "mean" | "lowest" | "highest" => group.and_then(|group| self.points_of(group)).unwrap_or_default(),
            "sum" | "score" | "points" => group.and_then(|group| self.sum_of(group)).unwrap_or_default(),
            "count_graded" => {
                group.map_or_else(Range::from_nought, |grade| Range::up_to(self.parts_graded(grade).len()))
            }
            "returns_share" | "opinion_share" | "weight" => Range::share(),
            "returns" | "count_outcome" | "count_grade_of" | "rows_count" | "rows_distinct" | "rows_with"
            | "rows_citing" | "abs" => Range::from_nought(),
            _ => Range::default(),
        }
    }

    /// Returns between which ends the sum of the points of a group lies, of which some may not apply; `None` where that can't be told.
    fn sum_of(&self, group: &str) -> Option<Range> {
        let (scales, sections) = (self.scales_of(group)?, &self.file.sections);
        let mut criteria = sections.iter().flat_map(|section| &section.criteria);
        let is_weighted = criteria.any(|criterion| criterion.weight.is_some())
            || sections.iter().any(|section| section.weights_in.is_some());
        let may_drop = |scale: &ScaleEntry| !self.file.applies.is_empty() || !scale.not_applicable.is_empty();
        let ranges = scales.into_iter().map(|scale| {
            let (least, most) = ends(scale)?;
            let range = Range::between(&least, &most);
            let nought = Exact::zero();
            Some(if may_drop(scale) { range.or(&Range::between(&nought, &nought)) } else { range })
        });
        let ranges: Vec<Range> = ranges.collect::<Option<_>>().filter(|_| !is_weighted)?;
        ranges.into_iter().reduce(|all, range| all.plus(&range))
    }

    /// Returns between which ends the points of each answer of a group lie; `None` where that can't be told.
    pub(super) fn points_of(&self, group: &str) -> Option<Range> {
        let ranges = self
            .scales_of(group)?
            .into_iter()
            .map(|scale| ends(scale).map(|(least, most)| Range::between(&least, &most)));
        let ranges: Vec<Range> = ranges.collect::<Option<_>>()?;
        ranges.into_iter().reduce(|all, range| all.or(&range))
    }
}

/// Returns between which ends an entry lies that isn't told as wrong.
fn of_entry_kind(field: &crate::framework::schema::FieldEntry) -> Range {
    match &field.kind {
        KindEntry::Between([least, most]) | KindEntry::WholeBetween([least, most]) => Range::between(&least.0, &most.0),
        KindEntry::AtLeast(least) | KindEntry::WholeAtLeast(least) => {
            Range { least: Some(least.0.clone()), most: None }
        }
        KindEntry::Text
        | KindEntry::Email
        | KindEntry::Contact
        | KindEntry::Number
        | KindEntry::Whole
        | KindEntry::Date
        | KindEntry::PastDate
        | KindEntry::Reference
        | KindEntry::Choice(_)
        | KindEntry::Mark(_)
        | KindEntry::Shape(_)
        | KindEntry::Registration(_) => Range::default(),
    }
}

/// Returns the points that the answers of a scale have, where they are listed.
fn listed(scale: &ScaleEntry) -> Vec<&Exact> {
    let values = scale.values.iter().flatten().map(|value| &value.0);
    values.chain(scale.grades.iter().flatten().filter_map(|grade| grade.points.as_ref())).collect()
}

/// Returns the least and the most points of a scale.
fn ends(scale: &ScaleEntry) -> Option<(Exact, Exact)> {
    let pair = |ends: &Option<[Number; 2]>| ends.as_ref().map(|[least, most]| (least.0.clone(), most.0.clone()));
    let listed = listed(scale);
    let of_list = || Some(((*listed.iter().min()?).clone(), (*listed.iter().max()?).clone()));
    pair(&scale.whole).or_else(|| pair(&scale.range)).or_else(of_list)
}

/// Whether an answer of a scale has so many points; numbers between two steps of a range are taken for some.
fn has(scale: &ScaleEntry, points: &Exact) -> bool {
    match (&scale.whole, &scale.range) {
        (None, None) => listed(scale).contains(&points),
        (Some([least, most]), _) => points.is_whole() && (&least.0..=&most.0).contains(&points),
        (None, Some([least, most])) => (&least.0..=&most.0).contains(&points),
    }
}

/// Says which points the answers of some scales have.
fn counted(scales: &[&ScaleEntry]) -> String {
    let mut points: Vec<&Exact> = scales.iter().flat_map(|scale| listed(scale)).collect();
    points.sort();
    points.dedup();
    let ranges =
        scales.iter().filter(|scale| scale.whole.is_some() || scale.range.is_some()).filter_map(|scale| ends(scale));
    let mut said: Vec<String> = points.into_iter().map(ToString::to_string).collect();
    for (least, most) in ranges {
        let range = format!("{least} to {most}");
        if !said.contains(&range) {
            said.push(range);
        }
    }
    format!("{} points", list(&said))
}
