//! What a cell or a part of a formula comes to, and what operators make of it.

use std::cmp::Ordering;
use std::fmt;

use crate::exact::Exact;

/// The error of what can't be reckoned with.
pub(super) const NO_VALUE: &str = "#VALUE!";

/// The error of a division by nought.
pub(super) const DIVIDED_BY_NOUGHT: &str = "#DIV/0!";

/// What a cell or a part of a formula comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Worth {
    /// Nothing stands there.
    Blank,
    /// A number; days are numbers.
    Number(Exact),
    /// A text, which may be empty.
    Text(String),
    /// TRUE or FALSE.
    Truth(bool),
    /// An error value.
    Error(String),
}

impl Worth {
    /// Whether two are the same figure, but for how exactly programs reckon.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(own), Self::Number(other)) => {
                let most = Exact::one().max(own.abs()).max(other.abs());
                // Spreadsheets reckon with fifteen digits, of which long sums lose some.
                (own - other).abs() * Exact::from(1_000_000_000_i64) <= most
            }
            (Self::Blank, Self::Number(number)) | (Self::Number(number), Self::Blank) => number.is_zero(),
            (Self::Blank, Self::Text(text)) | (Self::Text(text), Self::Blank) => text.is_empty(),
            _ => self == other,
        }
    }

    /// Returns the number that it is reckoned with; an error where it is none, `None` where programs take it differently.
    fn reckoned(&self) -> Option<Result<Exact, Self>> {
        match self {
            Self::Blank => Some(Ok(Exact::zero())),
            Self::Number(number) => Some(Ok(number.clone())),
            Self::Truth(truth) => Some(Ok(Exact::from(i64::from(*truth)))),
            Self::Error(_) => Some(Err(self.clone())),
            // A text that may be a number, a day or an amount is taken for one by some programs.
            Self::Text(text) if text.chars().any(|c| c.is_ascii_digit()) => None,
            Self::Text(_) => Some(Err(Self::Error(NO_VALUE.to_owned()))),
        }
    }

    /// Returns whether a condition holds that comes to this; an error where it is none.
    pub(super) fn holds(&self) -> Option<Result<bool, Self>> {
        match self {
            Self::Truth(truth) => Some(Ok(*truth)),
            Self::Blank => Some(Ok(false)),
            Self::Number(number) => Some(Ok(!number.is_zero())),
            Self::Error(_) => Some(Err(self.clone())),
            Self::Text(_) => None,
        }
    }
}

impl fmt::Display for Worth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => Ok(()),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) | Self::Error(text) => f.write_str(text),
            Self::Truth(truth) => f.write_str(if *truth { "TRUE" } else { "FALSE" }),
        }
    }
}

/// How two are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Same,
    Other,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Comparison {
    /// Returns the one that a sign is for.
    pub(super) fn of(sign: &str) -> Option<Self> {
        match sign {
            "=" => Some(Self::Same),
            "<>" => Some(Self::Other),
            "<" => Some(Self::Less),
            "<=" => Some(Self::AtMost),
            ">" => Some(Self::More),
            ">=" => Some(Self::AtLeast),
            _ => None,
        }
    }

    /// Whether two that stand so to one another fulfil it.
    pub(super) fn is_met(self, order: Ordering) -> bool {
        match self {
            Self::Same => order.is_eq(),
            Self::Other => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::More => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

/// The longest number or text that is told of what formulas come to, in letters: others only cost time and room.
const LONGEST: usize = 1_000;

/// Works out two with an operator between them.
pub(super) fn combined(operator: char, left: &Worth, right: &Worth) -> Option<Worth> {
    if operator == '&' {
        return joined(left, right);
    }
    let (left, right) = match (left.reckoned()?, right.reckoned()?) {
        (Ok(left), Ok(right)) => (left, right),
        (Err(error), _) | (_, Err(error)) => return Some(error),
    };
    let number = match operator {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        '/' => match left.divided_by(&right) {
            Some(number) => number,
            None => return Some(Worth::Error(DIVIDED_BY_NOUGHT.to_owned())),
        },
        '^' => power(&left, &right)?,
        _ => return None,
    };
    (number.to_string().len() <= LONGEST).then_some(Worth::Number(number))
}

/// Returns a number to a small whole power; other powers aren't told.
fn power(base: &Exact, exponent: &Exact) -> Option<Exact> {
    let times = exponent.to_whole().filter(|times| (0..=8).contains(times))?;
    Some((0..times).fold(Exact::one(), |power, _| power * base.clone()))
}

/// Joins two as texts.
fn joined(left: &Worth, right: &Worth) -> Option<Worth> {
    if let Some(error) = [left, right].into_iter().find(|one| matches!(one, Worth::Error(_))) {
        return Some(error.clone());
    }
    let text = |one: &Worth| {
        let text = one.to_string();
        let is_plain = !matches!(one, Worth::Number(_)) || !text.contains('/') && text.len() <= 12;
        is_plain.then_some(text)
    };
    let whole = text(left)? + &text(right)?;
    (whole.len() <= LONGEST).then_some(Worth::Text(whole))
}

/// Compares two: numbers come before texts and these before truths, a blank is nought or an empty text.
pub(super) fn compared(wanted: Comparison, left: &Worth, right: &Worth) -> Option<Worth> {
    if let Some(error) = [left, right].into_iter().find(|one| matches!(one, Worth::Error(_))) {
        return Some(error.clone());
    }
    let rank = |one: &Worth| match one {
        Worth::Blank | Worth::Number(_) | Worth::Error(_) => 0,
        Worth::Text(_) => 1,
        Worth::Truth(_) => 2,
    };
    let order = match (left, right) {
        (Worth::Number(left), Worth::Number(right)) => left.cmp(right),
        (Worth::Text(left), Worth::Text(right)) => order_of_texts(wanted, left, right)?,
        (Worth::Blank, Worth::Text(text)) => order_of_texts(wanted, "", text)?,
        (Worth::Text(text), Worth::Blank) => order_of_texts(wanted, text, "")?,
        (Worth::Blank, Worth::Number(number)) => Exact::zero().cmp(number),
        (Worth::Number(number), Worth::Blank) => number.cmp(&Exact::zero()),
        (Worth::Truth(left), Worth::Truth(right)) => left.cmp(right),
        (Worth::Truth(truth), Worth::Blank) => truth.cmp(&false),
        (Worth::Blank, Worth::Truth(truth)) => false.cmp(truth),
        _ => rank(left).cmp(&rank(right)),
    };
    Some(Worth::Truth(wanted.is_met(order)))
}

/// Compares two texts without regard to capitals; which of two others comes first depends on the language.
fn order_of_texts(wanted: Comparison, left: &str, right: &str) -> Option<Ordering> {
    let (left, right) = (left.to_lowercase(), right.to_lowercase());
    let is_of_sameness = matches!(wanted, Comparison::Same | Comparison::Other);
    let order = left.cmp(&right);
    (order.is_eq() || is_of_sameness || left.is_empty() || right.is_empty()).then_some(order)
}
