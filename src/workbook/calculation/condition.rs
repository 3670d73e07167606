//! The conditions of `COUNTIF` and its like: `"Met"`, `">=3"`, `"<>"`, a number.

use crate::exact::Exact;

use super::worth::{Comparison, Worth};

/// A condition that cells may fulfil.
#[derive(Debug)]
pub(super) struct Condition {
    wanted: Comparison,
    than: Worth,
    /// Whether a sign stands before what it is compared with, without which a blank is no empty text.
    is_signed: bool,
}

impl Condition {
    /// Reads a condition; `None` where programs take it differently, or it has signs for any text.
    pub(super) fn of(worth: &Worth) -> Option<Self> {
        let Worth::Text(text) = worth else {
            let is_plain = matches!(worth, Worth::Number(_));
            return is_plain.then(|| Self { wanted: Comparison::Same, than: worth.clone(), is_signed: false });
        };
        let sign = ["<>", "<=", ">=", "=", "<", ">"].into_iter().find(|sign| text.starts_with(sign));
        let than = &text[sign.map_or(0, str::len)..];
        let wanted = sign.and_then(Comparison::of).unwrap_or(Comparison::Same);
        if than.contains(['*', '?', '~']) {
            return None;
        }
        let number = than.parse::<Exact>().ok().filter(|_| !than.contains('/'));
        let than = number.map_or_else(|| Worth::Text(than.to_lowercase()), Worth::Number);
        let is_order = !matches!(wanted, Comparison::Same | Comparison::Other);
        (!is_order || matches!(than, Worth::Number(_))).then_some(Self { wanted, than, is_signed: sign.is_some() })
    }

    /// Whether what stands in a cell fulfils it; `None` where programs answer differently.
    pub(super) fn is_met(&self, worth: &Worth) -> Option<bool> {
        let is_for_other = self.wanted == Comparison::Other;
        match (&self.than, worth) {
            (Worth::Number(than), Worth::Number(number)) => Some(self.wanted.is_met(number.cmp(than))),
            // A text that is a number is taken for one by some.
            (Worth::Number(_), Worth::Text(text)) if text.trim().parse::<Exact>().is_ok() => None,
            (Worth::Text(than), Worth::Text(text)) if than.is_empty() && text.is_empty() => {
                (!self.is_signed).then_some(true)
            }
            (Worth::Text(than), Worth::Text(text)) => Some((*than == text.to_lowercase()) != is_for_other),
            (Worth::Text(than), Worth::Blank) => Some(than.is_empty() != is_for_other),
            (Worth::Blank | Worth::Number(_) | Worth::Text(_) | Worth::Truth(_) | Worth::Error(_), _) => {
                Some(is_for_other)
            }
        }
    }
}
