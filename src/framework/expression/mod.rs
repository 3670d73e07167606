//! Conditions and values of a pack: minijinja's expressions, worked out exactly.
//!
//! The text is parsed by minijinja ([`Expression::parse`]), then evaluated by us over exact numbers, dates and texts
//! ([`Expression::evaluate`]), because minijinja itself counts in binary floats. A value that isn't known makes what
//! depends on it not known, and no more than that: `a and b` is false as soon as one of the two is false. What rests on an
//! entry that can't be used is [`Open`]: it has a value, and only between which ends can be told.

mod about;
mod contact;
mod day;
mod evaluate;
mod function;
mod mention;
mod open;
mod parse;
mod timescale;

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use crate::exact::Exact;

pub(crate) use contact::{misspelt, reaches_nobody};
pub(in crate::framework) use day::days;
pub use evaluate::SCORED;
pub use function::{academic_year, is_built_in};
pub use mention::{Mention, SECTION_ID};
pub use open::Open;
pub(super) use parse::{fault, node};
pub use timescale::lines;

/// An expression, parsed.
#[derive(Clone, Debug)]
pub struct Expression {
    /// As the pack writes it.
    pub written: String,
    /// What it does.
    pub node: Node,
}

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExpressionError {
    /// What is wrong, as a sentence without its stop.
    pub message: String,
    /// Where in the text it is wrong, in bytes from its beginning.
    pub offset: usize,
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
    /// `a if condition else b`, as condition, `a`, `b`.
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

impl Operator {
    /// Returns it as it is written.
    pub fn written(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Join => "~",
            Self::Equal => "==",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::In => "in",
            Self::And => "and",
            Self::Or => "or",
        }
    }
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
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Quantity {
    /// Not known: an answer is missing, or a divisor is nought.
    #[default]
    Unknown,
    /// It can't be told, because it rests on an entry that can't be used.
    Open(Box<Open>),
    /// A number.
    Number(Exact),
    /// A text.
    Text(Arc<str>),
    /// Yes or no.
    Truth(bool),
    /// A day.
    Date(Date),
    /// Several.
    List(Arc<[Quantity]>),
}

/// Where an expression finds what it names.
pub trait Scope {
    /// Returns the value of a name; `None` where the scope has no such name (which the pack's check has made
    /// impossible).
    fn name(&self, name: &str) -> Option<Quantity>;
    /// Returns a part of a name: `field.data_date`.
    fn attribute(&self, name: &str, part: &str) -> Option<Quantity>;
    /// Returns what a function of this scope gives; `None` where it has no such function.
    fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity>;
}

impl Expression {
    /// Reads an expression as a pack writes it.
    ///
    /// ```
    /// # use scrutineer::framework::expression::Expression;
    /// assert!(Expression::parse("score('1.1') >= 15 and note is given").is_ok());
    /// assert_eq!(Expression::parse("a +* b").unwrap_err().offset, 3);
    /// ```
    pub fn parse(written: &str) -> Result<Self, ExpressionError> {
        Ok(Self { written: written.to_owned(), node: parse::expression(written)? })
    }

    /// Works the expression out over what a scope knows.
    pub fn evaluate(&self, scope: &dyn Scope) -> Quantity {
        self.node.evaluate(scope)
    }

    /// Returns everything that the expression uses, in its order.
    pub fn names(&self) -> Vec<Mention> {
        self.node.names()
    }
}

impl Quantity {
    /// Returns the number that this is.
    pub fn number(&self) -> Option<&Exact> {
        match self {
            Self::Number(number) => Some(number),
            Self::Unknown | Self::Open(_) | Self::Text(_) | Self::Truth(_) | Self::Date(_) | Self::List(_) => None,
        }
    }

    /// Returns the text that this is.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Unknown | Self::Open(_) | Self::Number(_) | Self::Truth(_) | Self::Date(_) | Self::List(_) => None,
        }
    }

    /// Returns the yes or no that this is.
    pub fn truth(&self) -> Option<bool> {
        match self {
            Self::Truth(truth) => Some(*truth),
            Self::Unknown | Self::Open(_) | Self::Number(_) | Self::Text(_) | Self::Date(_) | Self::List(_) => None,
        }
    }

    /// Returns the day that this is.
    pub fn date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Unknown | Self::Open(_) | Self::Number(_) | Self::Text(_) | Self::Truth(_) | Self::List(_) => None,
        }
    }

    /// Whether there is a value that can be told.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown | Self::Open(_))
    }
}

impl From<Exact> for Quantity {
    fn from(number: Exact) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Quantity {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Quantity {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl<T: Into<Quantity>> From<Option<T>> for Quantity {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Into::into)
    }
}

impl fmt::Display for Quantity {
    /// Prints as messages have it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("not known"),
            Self::Open(open) if open.least.is_known() && open.most.is_known() => {
                write!(f, "{} to {}", shown(&open.least), shown(&open.most))
            }
            Self::Open(open) if !open.among.is_empty() && open.among.iter().all(|one| one.text().is_some()) => {
                let texts: Vec<&str> = open.among.iter().filter_map(Self::text).collect();
                f.write_str(&texts.join(" or "))
            }
            Self::Open(open) if open.least.is_known() => write!(f, "at least {}", shown(&open.least)),
            Self::Open(open) if open.most.is_known() => write!(f, "at most {}", shown(&open.most)),
            Self::Open(_) => f.write_str("not to be told yet"),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::Truth(true) => f.write_str("yes"),
            Self::Truth(false) => f.write_str("no"),
            Self::Date(date) => date.fmt(f),
            Self::List(several) => {
                let several: Vec<String> = several.iter().map(ToString::to_string).collect();
                f.write_str(&several.join(", "))
            }
        }
    }
}

/// Returns an end of what is open as people read it.
fn shown(end: &Quantity) -> String {
    end.number().map_or_else(|| end.to_string(), Exact::to_decimals)
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}
