//! Whether better answers never give less: what of an expression grows with the points, and what they don't change.

use super::subject::Subject;
use crate::exact::Exact;
use crate::framework::expression::{Expression, Node, Operator, Quantity};
use crate::framework::{Band, Better};

/// Functions that grow with the points of what they are about.
const GROWING: [&str; 9] =
    ["weighted_percentage", "sum", "score", "points", "mean", "lowest", "highest", "given", "count_at_least"];

/// Functions that are sums of what each answer adds.
const ADDING: [&str; 9] =
    ["weighted_percentage", "sum", "score", "points", "mean", "given", "count_at", "count_at_most", "count_at_least"];

/// Functions that no answer changes, while nothing is dropped.
const FIXED: [&str; 9] =
    ["applies", "count", "answered", "maximum", "weight", "result", "from_register", "cohort", "noted"];

/// Whether the total grows with the points, and better answers never give a worse award, where more or less of all points is better.
pub(super) fn improves(subject: Subject<'_>, better: Better) -> bool {
    let (names, spec) = (Names::of(subject), subject.spec);
    let mut limits = spec.bands.iter().filter_map(Band::limit);
    let holds_on = |condition: &Node| match better {
        Better::Higher => names.grows(condition),
        Better::Lower => names.falls(condition),
    };
    // Where only the total decides, it doesn't matter which way it goes.
    let is_aligned = spec.gates.is_empty() || limits.all(|limit| limit.is_least() == (better == Better::Higher));
    names.grows(&spec.total.node) && is_aligned && spec.gates.iter().all(|gate| holds_on(&gate.holds.node))
}

/// Whether a condition, once it holds, holds with better answers too.
pub(super) fn stays(subject: Subject<'_>, condition: &Node) -> bool {
    let are_all = |better: Better| subject.basis.items.iter().all(|item| item.better == better);
    let names = Names::of(subject);
    (are_all(Better::Higher) && names.grows(condition)) || (are_all(Better::Lower) && names.falls(condition))
}

/// Whether what an expression comes to is a sum of what each answer adds to it.
pub(super) fn adds(subject: Subject<'_>, node: &Node) -> bool {
    Names::of(subject).adds(node)
}

/// Whether no answer changes what an expression comes to, while nothing is dropped.
pub(super) fn is_fixed(subject: Subject<'_>, node: &Node) -> bool {
    Names::of(subject).is_fixed(node)
}

/// What names of a framework's own stand for.
#[derive(Clone, Copy)]
struct Names<'a> {
    subject: Subject<'a>,
    /// How many may still be looked into, one within the other; a name may rest on itself.
    left: usize,
}

impl<'a> Names<'a> {
    fn of(subject: Subject<'a>) -> Self {
        Self { subject, left: subject.basis.framework.values.len() + 1 }
    }

    /// Whether what an expression comes to is a sum of what each answer adds, while nothing is dropped.
    fn adds(self, node: &Node) -> bool {
        let adds = |node: &Node| self.adds(node);
        let is_fixed = |node: &Node| self.is_fixed(node);
        is_fixed(node)
            || match node {
                Node::Name(name) => self.within(name).is_some_and(|(of, names)| names.adds(&of.node)),
                Node::Call(function, arguments) => match (function.as_str(), &arguments[..]) {
                    ("percentage", [part, whole]) => adds(part) && is_fixed(whole),
                    (function, _) => ADDING.contains(&function),
                },
                Node::Negative(of) => adds(of),
                Node::Binary(Operator::Add | Operator::Subtract, left, right) => adds(left) && adds(right),
                Node::Binary(Operator::Multiply, left, right) => {
                    (adds(left) && is_fixed(right)) || (is_fixed(left) && adds(right))
                }
                Node::Binary(Operator::Divide, left, right) => adds(left) && is_fixed(right),
                Node::Constant(_)
                | Node::Attribute(..)
                | Node::Not(_)
                | Node::Binary(..)
                | Node::Choose(..)
                | Node::Is(..)
                | Node::List(_) => false,
            }
    }

    /// Whether what an expression comes to never falls, or never turns from yes to no, where points rise.
    fn grows(self, node: &Node) -> bool {
        let grows = |node: &Node| self.grows(node);
        let is_fixed = |node: &Node| self.is_fixed(node);
        match node {
            Node::Name(name) => self.within(name).is_some_and(|(of, names)| names.grows(&of.node)) || is_fixed(node),
            Node::Call(function, arguments) => match (function.as_str(), &arguments[..]) {
                ("min" | "max", all) => all.iter().all(grows),
                ("round", [first, rest @ ..]) => grows(first) && rest.iter().all(is_fixed),
                ("percentage", [part, whole]) => grows(part) && is_above_nought(whole),
                (function, _) => GROWING.contains(&function) || is_fixed(node),
            },
            Node::List(several) => several.iter().all(grows),
            Node::Choose(condition, yes, no) => is_fixed(condition) && grows(yes) && grows(no),
            Node::Binary(operator, left, right) => match operator {
                Operator::Add | Operator::And | Operator::Or => grows(left) && grows(right),
                Operator::Subtract | Operator::AtLeast | Operator::More => grows(left) && is_fixed(right),
                Operator::AtMost | Operator::Less => is_fixed(left) && grows(right),
                Operator::Multiply => {
                    (grows(left) && is_above_nought(right)) || (is_above_nought(left) && grows(right)) || is_fixed(node)
                }
                Operator::Divide => (grows(left) && is_above_nought(right)) || is_fixed(node),
                Operator::Join | Operator::Equal | Operator::Unequal | Operator::In => is_fixed(node),
            },
            Node::Constant(_) | Node::Attribute(..) | Node::Not(_) | Node::Negative(_) | Node::Is(..) => is_fixed(node),
        }
    }

    /// Whether what an expression comes to never rises, or never turns from no to yes, where points rise.
    fn falls(self, node: &Node) -> bool {
        let (grows, falls) = (|node: &Node| self.grows(node), |node: &Node| self.falls(node));
        let is_fixed = |node: &Node| self.is_fixed(node);
        match node {
            Node::Name(name) => self.within(name).is_some_and(|(of, names)| names.falls(&of.node)) || is_fixed(node),
            Node::Call(function, arguments) => match (function.as_str(), &arguments[..]) {
                ("min" | "max", all) => all.iter().all(falls),
                ("round", [first, rest @ ..]) => falls(first) && rest.iter().all(is_fixed),
                ("percentage", [part, whole]) => falls(part) && is_above_nought(whole),
                ("count_at_most", _) => true,
                (_, _) => is_fixed(node),
            },
            Node::List(several) => several.iter().all(falls),
            Node::Choose(condition, yes, no) => is_fixed(condition) && falls(yes) && falls(no),
            Node::Not(of) | Node::Negative(of) => grows(of),
            Node::Binary(operator, left, right) => match operator {
                Operator::Add | Operator::And | Operator::Or => falls(left) && falls(right),
                Operator::Subtract | Operator::AtLeast | Operator::More => {
                    (falls(left) || is_fixed(left)) && (grows(right) || is_fixed(right))
                }
                Operator::AtMost | Operator::Less => {
                    (grows(left) || is_fixed(left)) && (falls(right) || is_fixed(right))
                }
                Operator::Multiply => {
                    (falls(left) && is_above_nought(right)) || (is_above_nought(left) && falls(right)) || is_fixed(node)
                }
                Operator::Divide => (falls(left) && is_above_nought(right)) || is_fixed(node),
                Operator::Join | Operator::Equal | Operator::Unequal | Operator::In => is_fixed(node),
            },
            Node::Constant(_) | Node::Attribute(..) | Node::Is(..) => is_fixed(node),
        }
    }

    /// Whether no answer changes what an expression comes to, while nothing is dropped.
    fn is_fixed(self, node: &Node) -> bool {
        let fixed = |node: &Node| self.is_fixed(node);
        match node {
            Node::Constant(_) => true,
            Node::Name(name) => self.within(name).map_or(name == "data_date", |(of, names)| names.is_fixed(&of.node)),
            Node::Attribute(of, _) => matches!(&**of, Node::Name(name) if name == "field"),
            Node::Call(function, arguments) => {
                let is_of_rows = function.starts_with("rows_") || function == "looked_up";
                let is_built_in = crate::framework::expression::is_built_in(function);
                FIXED.contains(&function.as_str()) || is_of_rows || (is_built_in && arguments.iter().all(fixed))
            }
            Node::Not(of) | Node::Negative(of) | Node::Is(of, _) => fixed(of),
            Node::Binary(_, left, right) => fixed(left) && fixed(right),
            Node::Choose(condition, yes, no) => fixed(condition) && fixed(yes) && fixed(no),
            Node::List(several) => several.iter().all(fixed),
        }
    }

    /// Returns what a name of the framework's own stands for, and the names as it sees them.
    fn within(self, name: &str) -> Option<(&'a Expression, Self)> {
        let left = self.left.checked_sub(1)?;
        let value =
            || self.subject.basis.framework.values.iter().find(|value| value.name == name).map(|value| &value.value);
        let of = if matches!(name, "total" | "total_given") { Some(&self.subject.spec.total) } else { value() };
        Some((of?, Self { left, ..self }))
    }
}

/// Whether a factor or divisor is a number above nought whatever is answered.
fn is_above_nought(node: &Node) -> bool {
    match node {
        Node::Constant(Quantity::Number(number)) => *number > Exact::zero(),
        Node::Call(function, _) => matches!(function.as_str(), "maximum" | "count"),
        Node::Constant(_)
        | Node::Name(_)
        | Node::Attribute(..)
        | Node::Not(_)
        | Node::Negative(_)
        | Node::Binary(..)
        | Node::Choose(..)
        | Node::Is(..)
        | Node::List(_) => false,
    }
}
