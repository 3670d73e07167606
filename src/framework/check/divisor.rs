//! What is divided by something that some return makes nought, so that nothing comes of it there.
//!
//! Where nothing of a group applies, nothing is to come of it, and nothing is said; where a condition asks for the divisor, the pack has
//! thought of it.

use super::names::{Names, Refusal};
use super::quoted_word::literals;
use super::shown::shown;
use crate::exact::Exact;
use crate::framework::expression::{Node, Operator};

impl Names<'_> {
    /// Returns what some return makes nought and something is divided by, with no condition on it.
    pub(super) fn divisors(&self, node: &Node) -> Vec<Refusal> {
        self.divisors_within(node, &[])
    }

    /// Returns the same of a part of an expression, which is asked for only under some conditions.
    fn divisors_within(&self, node: &Node, conditions: &[&Node]) -> Vec<Refusal> {
        match node {
            Node::Choose(condition, yes, no) => {
                let under = [conditions, &[&**condition]].concat();
                let parts = [self.divisors_within(condition, conditions), self.divisors_within(yes, &under)];
                [parts.concat(), self.divisors_within(no, &under)].concat()
            }
            Node::Binary(Operator::And | Operator::Or, left, right) => {
                let under = [conditions, &[&**left]].concat();
                [self.divisors_within(left, conditions), self.divisors_within(right, &under)].concat()
            }
            Node::Constant(_)
            | Node::Name(_)
            | Node::Attribute(..)
            | Node::Call(..)
            | Node::Not(_)
            | Node::Negative(_)
            | Node::Binary(..)
            | Node::Is(..)
            | Node::List(_) => {
                let within = node.parts().flat_map(|part| self.divisors_within(part, conditions));
                let own = divisor(node).filter(|divisor| !conditions.iter().any(|condition| holds(condition, divisor)));
                within.chain(own.and_then(|divisor| self.may_be_nought(divisor))).collect()
            }
        }
    }

    /// Says that a divisor comes to nought in some returns; nothing where it doesn't.
    fn may_be_nought(&self, divisor: &Node) -> Option<Refusal> {
        let what = shown(divisor);
        let message = format!("`{what}` is 0 in some returns, and what is divided by it comes to nothing there");
        let help = format!("Say what it comes to there, as in `0 if {what} == 0 else …`.");
        self.is_nought_in_some(divisor, 0).then_some((message, help))
    }

    /// Whether some answers, all of which apply, make a part nought.
    fn is_nought_in_some(&self, node: &Node, depth: usize) -> bool {
        let of = |node: &Node| self.is_nought_in_some(node, depth);
        match node {
            Node::Name(name) => {
                self.value_named(name, depth).is_some_and(|value| self.is_nought_in_some(&value.node, depth + 1))
            }
            Node::Call(name, arguments) => self.is_nought_of_answers(name, arguments),
            Node::Negative(node) => of(node),
            Node::Binary(Operator::Add, left, right) => of(left) && of(right),
            Node::Binary(Operator::Multiply, left, right) => of(left) || of(right),
            Node::Binary(Operator::Divide, left, _) => of(left),
            Node::Constant(_)
            | Node::Attribute(..)
            | Node::Not(_)
            | Node::Binary(..)
            | Node::Choose(..)
            | Node::Is(..)
            | Node::List(_) => false,
        }
    }

    /// Whether some answers make what a function counts nought.
    fn is_nought_of_answers(&self, name: &str, arguments: &[Node]) -> bool {
        let group = arguments.first().and_then(|group| literals(group).into_iter().next());
        match name {
            "count_grade" | "count_graded" | "count_at" | "count_at_least" | "count_at_most" => true,
            "sum" | "score" | "points" | "mean" | "lowest" | "highest" => {
                let range = group.and_then(|group| self.points_of(group)).unwrap_or_default();
                range.least == Some(Exact::zero()) || range.most == Some(Exact::zero())
            }
            _ => false,
        }
    }
}

/// Returns what something is divided by.
fn divisor(node: &Node) -> Option<&Node> {
    match node {
        Node::Binary(Operator::Divide, _, divisor) => Some(divisor),
        Node::Call(name, arguments) if name == "percentage" => arguments.get(1),
        Node::Constant(_)
        | Node::Name(_)
        | Node::Attribute(..)
        | Node::Call(..)
        | Node::Not(_)
        | Node::Negative(_)
        | Node::Binary(..)
        | Node::Choose(..)
        | Node::Is(..)
        | Node::List(_) => None,
    }
}

/// Whether a part stands somewhere in another.
fn holds(node: &Node, part: &Node) -> bool {
    node == part || node.parts().any(|within| holds(within, part))
}
