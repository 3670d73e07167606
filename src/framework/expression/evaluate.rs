//! Working an expression out, exactly and with three answers.
//!
//! What isn't known stays not known only where it matters: `false and x` is false and `true or x` is true whatever `x`
//! is. Values of different kinds are unequal, and none is before the other. Of what can't be told the ends are counted with, so
//! that a comparison is settled where both ends say the same.

use std::cmp::Ordering;

use super::{Node, Operator, Quantity, Scope, Test, function};

/// What scopes are asked for the percentage that a group's points are of the most that it can score; packs have no name for it.
pub const SCORED: &str = "percentage scored";

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
                if let Some(percentage) = percentage_scored(function, arguments, scope) {
                    return percentage;
                }
                let arguments: Vec<Quantity> = arguments.iter().map(|argument| argument.evaluate(scope)).collect();
                let ours = function::call(function, &arguments);
                ours.or_else(|| scope.call(function, &arguments)).unwrap_or(Quantity::Unknown)
            }
            Self::Not(of) => {
                let of = of.evaluate(scope);
                truth(of.truth().map(|holds| !holds), &[&of])
            }
            Self::Negative(of) => negative(&of.evaluate(scope)),
            Self::Binary(operator, left, right) => binary(*operator, left, right, scope),
            Self::Choose(condition, yes, no) => choose(condition, yes, no, scope),
            Self::Is(of, Test::Given) => is_given(&of.evaluate(scope)).map_or_else(Quantity::open, Quantity::Truth),
            Self::Is(of, Test::Blank) => {
                is_given(&of.evaluate(scope)).map_or_else(Quantity::open, |given| Quantity::Truth(!given))
            }
            Self::List(several) => Quantity::List(several.iter().map(|node| node.evaluate(scope)).collect()),
        }
    }
}

/// Returns the percentage that a group's points are of the most that it can score, as one: both rest on the same answers, so that their
/// ends don't meet. `None` of all else, and where the scope knows of none.
fn percentage_scored(function: &str, arguments: &[Node], scope: &dyn Scope) -> Option<Quantity> {
    match arguments {
        [Node::Call(points, of), Node::Call(maximum, all)]
            if function == "percentage" && is_points(points) && maximum == "maximum" && of == all =>
        {
            let [Node::Constant(group)] = &of[..] else { return None };
            scope.call(SCORED, std::slice::from_ref(group))
        }
        [Node::Attribute(of, points), Node::Attribute(all, maximum)]
            if function == "percentage" && is_points(points) && maximum == "maximum" && of == all =>
        {
            scope.attribute(of.as_name()?, SCORED)
        }
        _ => None,
    }
}

/// Whether a function gives the points of a group.
fn is_points(function: &str) -> bool {
    ["sum", "score", "points"].contains(&function)
}

/// Returns a yes or a no; where neither is settled, that it can't be told or isn't known, by what it rests on.
fn truth(holds: Option<bool>, operands: &[&Quantity]) -> Quantity {
    let is_open = || operands.iter().any(|operand| operand.has_open());
    holds.map_or_else(|| if is_open() { Quantity::open() } else { Quantity::Unknown }, Quantity::Truth)
}

/// Whether there is a value; `None` where that can't be told.
fn is_given(value: &Quantity) -> Option<bool> {
    (value.is_given() || !value.is_open()).then(|| value.is_given())
}

/// Returns a number with its sign turned.
fn negative(of: &Quantity) -> Quantity {
    let turned = |end: &Quantity| -> Quantity { end.number().cloned().map(|number| -number).into() };
    if of.is_open() { Quantity::between(turned(of.most()), turned(of.least())) } else { turned(of) }
}

/// Chooses one of two; where it isn't known which, they may still be the same.
fn choose(condition: &Node, yes: &Node, no: &Node, scope: &dyn Scope) -> Quantity {
    let condition = condition.evaluate(scope);
    match condition.truth() {
        Some(true) => yes.evaluate(scope),
        Some(false) => no.evaluate(scope),
        None if condition.is_open() => Quantity::one_of([yes.evaluate(scope), no.evaluate(scope)]),
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
    let settled = |holds| truth(holds, &[&left, &right]);
    match operator {
        Operator::And => settled(both(left.truth(), right.truth())),
        Operator::Or => settled(either(left.truth(), right.truth())),
        Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide => counted(operator, &left, &right),
        Operator::Join if left.is_known() && right.is_known() => Quantity::from(format!("{left}{right}")),
        _ if left == Quantity::Unknown || right == Quantity::Unknown => Quantity::Unknown,
        Operator::Join => Quantity::open(),
        Operator::Equal => settled(equal(&left, &right)),
        Operator::Unequal => settled(equal(&left, &right).map(|same| !same)),
        Operator::Less => settled(is_less(&left, &right)),
        Operator::AtMost => settled(is_less(&right, &left).map(|more| !more)),
        Operator::More => settled(is_less(&right, &left)),
        Operator::AtLeast => settled(is_less(&left, &right).map(|less| !less)),
        Operator::In => settled(is_in(&left, &right)),
    }
}

/// Counts with two numbers, of which the ends may be all that is known.
fn counted(operator: Operator, left: &Quantity, right: &Quantity) -> Quantity {
    if *left == Quantity::Unknown || *right == Quantity::Unknown || !(left.is_open() || right.is_open()) {
        return arithmetic(operator, left, right).into();
    }
    let nought = Quantity::Number(0.into());
    let is_divisor = is_less(right, &nought) == Some(true) || is_less(&nought, right) == Some(true);
    if operator == Operator::Divide && !is_divisor {
        return Quantity::open();
    }
    let at = |left: &Quantity, right: &Quantity| arithmetic(operator, left, right);
    let between = if operator == Operator::Add {
        Quantity::between(at(left.least(), right.least()).into(), at(left.most(), right.most()).into())
    } else if operator == Operator::Subtract {
        Quantity::between(at(left.least(), right.most()).into(), at(left.most(), right.least()).into())
    } else {
        let ends = [left.least(), left.most()].into_iter();
        let corners = ends.flat_map(|left| [at(left, right.least()), at(left, right.most())]);
        let corners = corners.collect::<Option<Vec<_>>>().unwrap_or_default();
        Quantity::between(corners.iter().min().cloned().into(), corners.iter().max().cloned().into())
    };
    if left.is_given() && right.is_given() { between } else { between.perhaps() }
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

/// Whether two values are the same; where one can't be told, it may still be none of what it can be.
fn equal(left: &Quantity, right: &Quantity) -> Option<bool> {
    match (left.is_known(), right.is_known()) {
        (true, true) => Some(left == right),
        (false, true) if left.is_given() => (!left.can_be(right)).then_some(false),
        (true, false) if right.is_given() => (!right.can_be(left)).then_some(false),
        _ => None,
    }
}

/// Whether a value comes before another, where they are of a kind that has an order and their ends say the same.
fn is_less(left: &Quantity, right: &Quantity) -> Option<bool> {
    if !left.is_given() || !right.is_given() {
        return None;
    }
    match (order(left.most(), right.least()), order(left.least(), right.most())) {
        (Some(Ordering::Less), _) => Some(true),
        (_, Some(Ordering::Equal | Ordering::Greater)) => Some(false),
        _ => None,
    }
}

/// Returns which of two values comes first, where they are of a kind that has an order.
pub(super) fn order(left: &Quantity, right: &Quantity) -> Option<Ordering> {
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
