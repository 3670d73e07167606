//! What an expression uses, so that a pack's check can name what is undefined.

use super::{Node, Quantity};

/// What stands in a call for the name of the part that an expression is about, whichever that is.
pub const SECTION_ID: &str = "section.id";

/// Something that an expression uses and that must be defined.
#[derive(Clone, Debug, PartialEq)]
pub enum Mention {
    /// A name: `total`.
    Name(String),
    /// A part of a name: `field.data_date`.
    Attribute(String, String),
    /// A function with its arguments; an argument is `None` where it isn't written out but worked out.
    Call(String, Vec<Option<Quantity>>),
}

impl Node {
    /// Returns everything that this part of an expression uses, in its order.
    pub fn names(&self) -> Vec<Mention> {
        let mut mentions = Vec::new();
        self.gather(&mut mentions);
        mentions
    }

    /// Returns the name that this part is, and nothing else; of those of which the first that is given is taken the first.
    pub fn alone(&self) -> Option<Mention> {
        let is_name = match self {
            Self::Call(function, arguments) if function == "first_given" => return arguments.first()?.alone(),
            Self::Name(_) => true,
            Self::Attribute(of, _) => matches!(**of, Self::Name(_)),
            Self::Constant(_)
            | Self::Call(..)
            | Self::Not(_)
            | Self::Negative(_)
            | Self::Binary(..)
            | Self::Choose(..)
            | Self::Is(..)
            | Self::List(_) => false,
        };
        if let [named] = &self.names()[..] { is_name.then(|| named.clone()) } else { None }
    }

    /// Returns the texts that this part gives as they are written out, whatever it gives besides.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Constant(value) => value.text().into_iter().collect(),
            Self::Choose(_, yes, no) => yes.texts().into_iter().chain(no.texts()).collect(),
            Self::Name(_)
            | Self::Attribute(..)
            | Self::Call(..)
            | Self::Not(_)
            | Self::Negative(_)
            | Self::Binary(..)
            | Self::Is(..)
            | Self::List(_) => Vec::new(),
        }
    }

    /// Returns the parts that this part is made of, in their order.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        let parts: Vec<&Self> = match self {
            Self::Constant(_) | Self::Name(_) => Vec::new(),
            Self::Attribute(of, _) | Self::Not(of) | Self::Negative(of) | Self::Is(of, _) => vec![&**of],
            Self::Call(_, several) | Self::List(several) => several.iter().collect(),
            Self::Binary(_, left, right) => vec![&**left, right],
            Self::Choose(condition, yes, no) => vec![&**condition, yes, no],
        };
        parts.into_iter()
    }

    /// Adds what this part uses.
    fn gather(&self, mentions: &mut Vec<Mention>) {
        match self {
            Self::Constant(_) => {}
            Self::Name(name) => mentions.push(Mention::Name(name.clone())),
            Self::Attribute(of, part) => match of.as_name() {
                Some(name) => mentions.push(Mention::Attribute(name.to_owned(), part.clone())),
                None => of.gather(mentions),
            },
            Self::Call(function, arguments) => {
                mentions.push(Mention::Call(function.clone(), arguments.iter().map(Self::literal).collect()));
                gather_all(arguments, mentions);
            }
            Self::Not(of) | Self::Negative(of) | Self::Is(of, _) => of.gather(mentions),
            Self::Binary(_, left, right) => gather_all([&**left, right], mentions),
            Self::Choose(condition, yes, no) => gather_all([&**condition, yes, no], mentions),
            Self::List(several) => gather_all(several, mentions),
        }
    }

    /// Returns the name that this is.
    pub(super) fn as_name(&self) -> Option<&str> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    /// Returns the value of an argument that is written out; the name of the part that an expression is about counts as that.
    fn literal(&self) -> Option<Quantity> {
        match self {
            Self::Constant(value) => Some(value.clone()),
            Self::Attribute(of, part) if of.as_name() == Some("section") && part == "id" => {
                Some(Quantity::from(SECTION_ID))
            }
            Self::Name(_)
            | Self::Attribute(..)
            | Self::Call(..)
            | Self::Not(_)
            | Self::Negative(_)
            | Self::Binary(..)
            | Self::Choose(..)
            | Self::Is(..)
            | Self::List(_) => None,
        }
    }
}

/// Adds what several parts use.
fn gather_all<'a>(nodes: impl IntoIterator<Item = &'a Node>, mentions: &mut Vec<Mention>) {
    for node in nodes {
        node.gather(mentions);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Expression;
    use super::*;

    #[test]
    fn texts_that_are_given_are_told_from_those_that_are_compared() {
        let cases = [
            ("('Y' if met == 'all' else 'N') if is_sent else none", &["Y", "N"][..]),
            ("'c' if field.kind == 'x' else band", &["c"]),
            ("band", &[]),
            ("3", &[]),
        ];
        for (written, expected) in cases {
            assert_eq!(Expression::parse(written).unwrap().node.texts(), expected, "{written}");
        }
    }

    #[test]
    fn everything_used_is_told_in_order() {
        let expression =
            Expression::parse("score('A') + max(total, field.age) if section.count in [1, x] else 2").unwrap();
        let expected = [
            Mention::Attribute("section".to_owned(), "count".to_owned()),
            Mention::Name("x".to_owned()),
            Mention::Call("score".to_owned(), vec![Some(Quantity::from("A"))]),
            Mention::Call("max".to_owned(), vec![None, None]),
            Mention::Name("total".to_owned()),
            Mention::Attribute("field".to_owned(), "age".to_owned()),
        ];
        assert_eq!(expression.names(), expected);
    }
}
