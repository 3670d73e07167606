//! Conditions and values of a pack: minijinja's expressions, worked out exactly.
//!
//! The text is parsed by minijinja, then evaluated by us over exact numbers, dates and texts, because minijinja itself
//! counts in binary floats. A value that isn't known makes what depends on it not known, and no more than that:
//! `a and b` is false as soon as one of the two is false.

use std::fmt;

use jiff::civil::Date;

use crate::exact::Exact;

/// An expression, parsed.
#[derive(Clone, Debug)]
pub struct Expression {
    /// As the pack writes it.
    pub written: String,
    /// What it does.
    pub node: Node,
}

/// A part of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A number, text, truth or nothing.
    Constant(Quantity),
    /// A name.
    Name(String),
    /// A part of a name: `field.data_date`.
    Attribute(Box<Node>, String),
    /// A call with its arguments.
    Call(String, Vec<Node>),
    /// `not a`.
    Not(Box<Node>),
    /// `-a`.
    Negative(Box<Node>),
    /// Two operands.
    Binary(Operator, Box<Node>, Box<Node>),
    /// `a if condition else b`.
    Choose(Box<Node>, Box<Node>, Box<Node>),
    /// `a is given`, `a is blank`.
    Is(Box<Node>, Test),
    /// `[a, b]`.
    List(Vec<Node>),
}

/// What joins two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Join,
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
    In,
    And,
    Or,
}

/// What `is` asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// There is a value.
    Given,
    /// There is none.
    Blank,
}

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantity {
    /// Not known: an answer is missing, or a divisor is nought.
    Unknown,
    /// A number.
    Number(Exact),
    /// A text.
    Text(String),
    /// Yes or no.
    Truth(bool),
    /// A day.
    Date(Date),
    /// Several.
    List(Vec<Quantity>),
}

/// Where an expression finds what it names.
pub trait Scope {
    /// Returns the value of a name; `None` where the scope has no such name (which the pack's check has made impossible).
    fn name(&self, name: &str) -> Option<Quantity>;
    /// Returns a part of a name: `field.data_date`.
    fn attribute(&self, name: &str, part: &str) -> Option<Quantity>;
    /// Returns what a function of this scope gives; `None` where it has no such function.
    fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity>;
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}
