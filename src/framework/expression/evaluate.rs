//! Working an expression out, exactly and with three answers.
//!
//! What isn't known stays not known only where it matters: `false and x` is false and `true or x` is true whatever `x`
//! is. Values of different kinds are unequal, and none is before the other.

use std::cmp::Ordering;

use super::{Node, Operator, Quantity, Scope, Test, function};

impl Node {
    /// Works this part out.
    pub fn evaluate(&self, scope: &dyn Scope) -> Quantity {
        match self {
            Self::Constant(value) => value.clone(),
            Self::Name(name) => scope.name(name).unwrap_or(Quantity::Unknown),
            Self::Attribute(of, part) => {
                of.as_name().and_then(|name| scope.attribute(name, part)).unwrap_or(Quantity::Unknown)
            }
            Self::Call(function, arguments) => {
                let arguments: Vec<Quantity> = arguments.iter().map(|argument| argument.evaluate(scope)).collect();
                let ours = function::call(function, &arguments);
                ours.or_else(|| scope.call(function, &arguments)).unwrap_or(Quantity::Unknown)
            }
            Self::Not(of) => truth(of.evaluate(scope).truth().map(|holds| !holds)),
            Self::Negative(of) => of.evaluate(scope).number().cloned().map(|number| -number).into(),
            Self::Binary(operator, left, right) => binary(*operator, left, right, scope),
            Self::Choose(condition, yes, no) => choose(condition, yes, no, scope),
            Self::Is(of, Test::Given) => Quantity::Truth(of.evaluate(scope).is_known()),
            Self::Is(of, Test::Blank) => Quantity::Truth(!of.evaluate(scope).is_known()),
            Self::List(several) => Quantity::List(several.iter().map(|node| node.evaluate(scope)).collect()),
        }
    }
}

/// Returns a yes, a no or not known.
fn truth(holds: Option<bool>) -> Quantity {
    holds.map_or(Quantity::Unknown, Quantity::Truth)
}

/// Chooses one of two; where it isn't known which, they may still be the same.
fn choose(condition: &Node, yes: &Node, no: &Node, scope: &dyn Scope) -> Quantity {
    match condition.evaluate(scope).truth() {
        Some(true) => yes.evaluate(scope),
        Some(false) => no.evaluate(scope),
        None => {
            let (yes, no) = (yes.evaluate(scope), no.evaluate(scope));
            if yes == no { yes } else { Quantity::Unknown }
        }
    }
}

/// Works two operands out and joins them.
fn binary(operator: Operator, left: &Node, right: &Node, scope: &dyn Scope) -> Quantity {
    let left = left.evaluate(scope);
    match (operator, left.truth()) {
        (Operator::And, Some(false)) => return Quantity::Truth(false),
        (Operator::Or, Some(true)) => return Quantity::Truth(true),
        _ => {}
    }
    let right = right.evaluate(scope);
    match operator {
        Operator::And => truth(both(left.truth(), right.truth())),
        Operator::Or => truth(either(left.truth(), right.truth())),
        Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide => {
            arithmetic(operator, &left, &right).into()
        }
        Operator::Join if left.is_known() && right.is_known() => Quantity::from(format!("{left}{right}")),
        Operator::Join => Quantity::Unknown,
        Operator::Equal => truth(equal(&left, &right)),
        Operator::Unequal => truth(equal(&left, &right).map(|same| !same)),
        Operator::Less => truth(order(&left, &right).map(Ordering::is_lt)),
        Operator::AtMost => truth(order(&left, &right).map(Ordering::is_le)),
        Operator::More => truth(order(&left, &right).map(Ordering::is_gt)),
        Operator::AtLeast => truth(order(&left, &right).map(Ordering::is_ge)),
        Operator::In => truth(is_in(&left, &right)),
    }
}

/// Kleene's "and".
fn both(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    if left == Some(false) || right == Some(false) { Some(false) } else { left.zip(right).map(|_| true) }
}

/// Kleene's "or".
fn either(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    if left == Some(true) || right == Some(true) { Some(true) } else { left.zip(right).map(|_| false) }
}

/// Counts with two numbers.
fn arithmetic(operator: Operator, left: &Quantity, right: &Quantity) -> Option<crate::exact::Exact> {
    let (left, right) = (left.number()?, right.number()?);
    match operator {
        Operator::Add => Some(left + right),
        Operator::Subtract => Some(left - right),
        Operator::Multiply => Some(left * right),
        Operator::Divide => left.divided_by(right),
        Operator::Join
        | Operator::Equal
        | Operator::Unequal
        | Operator::Less
        | Operator::AtMost
        | Operator::More
        | Operator::AtLeast
        | Operator::In
        | Operator::And
        | Operator::Or => None,
    }
}

/// Whether two values are the same.
fn equal(left: &Quantity, right: &Quantity) -> Option<bool> {
    (left.is_known() && right.is_known()).then(|| left == right)
}

/// Returns which of two values comes first, where they are of a kind that has an order.
fn order(left: &Quantity, right: &Quantity) -> Option<Ordering> {
    match (left, right) {
        (Quantity::Number(left), Quantity::Number(right)) => Some(left.cmp(right)),
        (Quantity::Date(left), Quantity::Date(right)) => Some(left.cmp(right)),
        (Quantity::Text(left), Quantity::Text(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

/// Whether a value is one of several, or a text part of another.
fn is_in(item: &Quantity, several: &Quantity) -> Option<bool> {
    match (item, several) {
        (Quantity::Text(part), Quantity::Text(whole)) => Some(whole.contains(&**part)),
        (item, Quantity::List(several)) => {
            several.iter().map(|one| equal(item, one)).reduce(either).unwrap_or(Some(false))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Expression, Quantity, Scope};

    /// A scope with a number, a text, a day, and one name for what isn't known.
    struct Few;

    impl Scope for Few {
        fn name(&self, name: &str) -> Option<Quantity> {
            match name {
                "two" => Some(Quantity::Number(2.into())),
                "word" => Some(Quantity::from("Met")),
                "day" => Some(Quantity::Date(jiff::civil::date(2025, 9, 30))),
                "unknown" => Some(Quantity::Unknown),
                _ => None,
            }
        }

        fn attribute(&self, name: &str, part: &str) -> Option<Quantity> {
            (name == "field" && part == "own-name").then(|| Quantity::from("Acme"))
        }

        fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity> {
            (function == "how_many").then(|| Quantity::Number(arguments.len().into()))
        }
    }

    #[track_caller]
    fn gives(cases: &[(&str, &str)]) {
        for (written, expected) in cases {
            let value = Expression::parse(written).unwrap().evaluate(&Few);
            assert_eq!(value.to_string(), *expected, "{written}");
        }
    }

    #[test]
    fn numbers_are_exact() {
        gives(&[
            ("0.1 + 0.2", "0.3"),
            ("1 / 3 * 3", "1"),
            ("-two - 1.5", "-3.5"),
            ("0.1 + 0.2 == 0.3", "yes"),
            ("1e3 * 18446744073709551616", "18446744073709551616000"),
            ("1 / 0", "not known"),
            ("word + 1", "not known"),
            ("percentage(2, 3)", "200/3"),
            ("percentage(1, 0)", "not known"),
        ]);
    }

    #[test]
    fn what_is_not_known_matters_only_where_it_must() {
        gives(&[
            ("unknown and false", "no"),
            ("unknown and true", "not known"),
            ("true or unknown", "yes"),
            ("unknown or false", "not known"),
            ("not unknown", "not known"),
            ("unknown == unknown", "not known"),
            ("two in [unknown, 2]", "yes"),
            ("two in [unknown, 3]", "not known"),
            ("1 if unknown else 1", "1"),
            ("1 if unknown else 2", "not known"),
            ("unknown is blank", "yes"),
            ("two is given and not (unknown is given)", "yes"),
            ("two is not blank", "yes"),
            ("none is blank", "yes"),
        ]);
    }

    #[test]
    fn unlike_kinds_are_unequal_and_have_no_order() {
        gives(&[
            ("two == '2'", "no"),
            ("word != 2", "yes"),
            ("word < 2", "not known"),
            ("day > two", "not known"),
            ("'a' < 'b'", "yes"),
            ("word == 'met'", "no"),
            ("word not in ['Met', 'Not met']", "no"),
            ("'et' in word", "yes"),
        ]);
    }

    #[test]
    fn chains_and_joins_read_as_written() {
        gives(&[
            ("1 < two <= 2", "yes"),
            ("1 < two < 2", "no"),
            ("1 < unknown < 0", "not known"),
            ("'is ' ~ word ~ ' ' ~ two", "is Met 2"),
            ("field['own-name'] ~ '.'", "Acme."),
            ("how_many(1, 'x')", "2"),
            ("(7 / 3)|round(1)", "2.3"),
        ]);
    }
}
