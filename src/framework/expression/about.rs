//! An expression about any section, made one about a certain part of a scheme.

use super::{Expression, Node, Quantity};

impl Expression {
    /// Returns the expression in which `section` is the part of this name and title: `section.score` is `score('safe')`.
    #[must_use]
    pub fn about(&self, id: &str, title: &str) -> Self {
        Self { written: self.written.clone(), node: self.node.about(id, title) }
    }
}

impl Node {
    fn about(&self, id: &str, title: &str) -> Self {
        let boxed = |node: &Self| Box::new(node.about(id, title));
        let all = |nodes: &[Self]| nodes.iter().map(|node| node.about(id, title)).collect();
        let constant = |words: &str| Self::Constant(Quantity::from(words));
        match self {
            Self::Attribute(of, part) if of.as_name() == Some("section") => match part.as_str() {
                "id" => constant(id),
                "title" => constant(title),
                part => Self::Call(part.to_owned(), vec![constant(id)]),
            },
            Self::Constant(_) | Self::Name(_) => self.clone(),
            Self::Attribute(of, part) => Self::Attribute(boxed(of), part.clone()),
            Self::Call(function, arguments) => Self::Call(function.clone(), all(arguments)),
            Self::Not(of) => Self::Not(boxed(of)),
            Self::Negative(of) => Self::Negative(boxed(of)),
            Self::Binary(operator, left, right) => Self::Binary(*operator, boxed(left), boxed(right)),
            Self::Choose(condition, yes, no) => Self::Choose(boxed(condition), boxed(yes), boxed(no)),
            Self::Is(of, test) => Self::Is(boxed(of), *test),
            Self::List(several) => Self::List(all(several)),
        }
    }
}
