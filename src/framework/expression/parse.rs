//! From minijinja's parse of a text to our own parts of an expression.
//!
//! What is left out of the language is refused with a sentence and its place: maps, slices, powers, remainders,
//! methods, named arguments. `a|round(1)` is another way to write `round(a, 1)`. A date is written
//! `date('2025-09-30')`.

use minijinja::machinery::ast::{
    BinOp, BinOpKind, Call, CallArg, Compare, CompareOpKind, Const, Expr, Filter, GetAttr, GetItem, IfExpr, UnaryOpKind,
};
use minijinja::machinery::parse_expr;
use minijinja::value::{Value, ValueKind};

use super::day::days;
use super::{ExpressionError, Node, Operator, Quantity, Test, function};
use crate::exact::Exact;

/// Reads a text as an expression.
pub(super) fn expression(written: &str) -> Result<Node, ExpressionError> {
    let parsed = parse_expr(written).map_err(|error| fault(&error))?;
    node(&parsed)
}

/// Turns minijinja's refusal into ours.
pub(in crate::framework) fn fault(error: &minijinja::Error) -> ExpressionError {
    let message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    ExpressionError { message, offset: error.range().map_or(0, |range| range.start) }
}

/// Refuses what stands at an expression.
fn refused<T>(expr: &Expr<'_>, message: impl Into<String>) -> Result<T, ExpressionError> {
    Err(ExpressionError { message: message.into(), offset: expr.span().start_offset as usize })
}

/// Turns a parsed expression into ours.
pub(in crate::framework) fn node(expr: &Expr<'_>) -> Result<Node, ExpressionError> {
    match expr {
        Expr::Var(name) => Ok(Node::Name(name.id.to_owned())),
        Expr::Const(constant) => constant_of(expr, constant),
        Expr::UnaryOp(unary) => match unary.op {
            UnaryOpKind::Not => Ok(Node::Not(boxed(&unary.expr)?)),
            UnaryOpKind::Neg => Ok(Node::Negative(boxed(&unary.expr)?)),
        },
        Expr::BinOp(binary) => joined(expr, binary),
        Expr::Compare(chain) => compared(chain),
        Expr::IfExpr(choice) => choose(expr, choice),
        Expr::Filter(filter) => filtered(expr, filter),
        Expr::Test(test) => asked(expr, test.name, &test.expr, test.args.len()),
        Expr::GetAttr(part) => attribute(expr, part),
        Expr::GetItem(item) => subscript(expr, item),
        Expr::Call(call) => called(expr, call),
        Expr::List(list) => Ok(several(nodes(&list.items)?)),
        Expr::Tuple(tuple) => Ok(several(nodes(&tuple.items)?)),
        Expr::Slice(_) => refused(expr, "a slice can't be used here"),
        Expr::Map(_) => refused(expr, "a map can't be used here"),
    }
}

/// Reads a part that is kept apart.
fn boxed(expr: &Expr<'_>) -> Result<Box<Node>, ExpressionError> {
    node(expr).map(Box::new)
}

/// Reads several parts.
fn nodes(items: &[Expr<'_>]) -> Result<Vec<Node>, ExpressionError> {
    items.iter().map(node).collect()
}

/// Returns several parts as one; constants are put together once for all.
fn several(parts: Vec<Node>) -> Node {
    let constant = |part: &Node| if let Node::Constant(value) = part { Some(value.clone()) } else { None };
    match parts.iter().map(constant).collect::<Option<Vec<Quantity>>>() {
        Some(constants) => Node::Constant(Quantity::List(constants.into())),
        None => Node::List(parts),
    }
}

/// Reads a number, a text, a truth or nothing.
fn constant_of(expr: &Expr<'_>, constant: &Const) -> Result<Node, ExpressionError> {
    match quantity(&constant.value) {
        Some(value) => Ok(Node::Constant(value)),
        None => refused(expr, "this is neither a number, a text, true, false nor none"),
    }
}

/// Returns what a literal stands for: a float is its shortest decimal.
fn quantity(value: &Value) -> Option<Quantity> {
    match value.kind() {
        ValueKind::None => Some(Quantity::Unknown),
        ValueKind::Bool => Some(Quantity::Truth(value.is_true())),
        ValueKind::String => value.as_str().map(Quantity::from),
        ValueKind::Number if value.is_integer() => value.to_string().parse().ok().map(Quantity::Number),
        ValueKind::Number => f64::try_from(value.clone()).ok().and_then(Exact::from_float).map(Quantity::Number),
        ValueKind::Undefined
        | ValueKind::Bytes
        | ValueKind::Seq
        | ValueKind::Map
        | ValueKind::Iterable
        | ValueKind::Plain
        | ValueKind::Invalid
        | _ => None,
    }
}

/// Reads two operands and what joins them.
fn joined(expr: &Expr<'_>, binary: &BinOp<'_>) -> Result<Node, ExpressionError> {
    let operator = match binary.op {
        BinOpKind::Eq => Operator::Equal,
        BinOpKind::Ne => Operator::Unequal,
        BinOpKind::Lt => Operator::Less,
        BinOpKind::Lte => Operator::AtMost,
        BinOpKind::Gt => Operator::More,
        BinOpKind::Gte => Operator::AtLeast,
        BinOpKind::ScAnd => Operator::And,
        BinOpKind::ScOr => Operator::Or,
        BinOpKind::Add => Operator::Add,
        BinOpKind::Sub => Operator::Subtract,
        BinOpKind::Mul => Operator::Multiply,
        BinOpKind::Div => Operator::Divide,
        BinOpKind::Concat => Operator::Join,
        BinOpKind::In => Operator::In,
        BinOpKind::FloorDiv => return refused(expr, "`//` can't be used here: divide with `/`, which is exact"),
        BinOpKind::Rem => return refused(expr, "`%` can't be used here"),
        BinOpKind::Pow => return refused(expr, "`**` can't be used here"),
    };
    Ok(Node::Binary(operator, boxed(&binary.left)?, boxed(&binary.right)?))
}

/// Reads a chain such as `1 < a <= 3` as `1 < a and a <= 3`.
fn compared(chain: &Compare<'_>) -> Result<Node, ExpressionError> {
    let mut left = node(&chain.expr)?;
    let mut links = Vec::new();
    for link in &chain.ops {
        let right = node(&link.expr)?;
        links.push(link_of(link.op, left, right.clone()));
        left = right;
    }
    let all = links.into_iter().reduce(|all, link| Node::Binary(Operator::And, Box::new(all), Box::new(link)));
    Ok(all.expect("a chain has at least two links"))
}

/// Returns one link of a chain.
fn link_of(kind: CompareOpKind, left: Node, right: Node) -> Node {
    let link = |operator| Node::Binary(operator, Box::new(left), Box::new(right));
    match kind {
        CompareOpKind::Eq => link(Operator::Equal),
        CompareOpKind::Ne => link(Operator::Unequal),
        CompareOpKind::Lt => link(Operator::Less),
        CompareOpKind::Lte => link(Operator::AtMost),
        CompareOpKind::Gt => link(Operator::More),
        CompareOpKind::Gte => link(Operator::AtLeast),
        CompareOpKind::In => link(Operator::In),
        CompareOpKind::NotIn => Node::Not(Box::new(link(Operator::In))),
    }
}

/// Reads `a if condition else b`.
fn choose(expr: &Expr<'_>, choice: &IfExpr<'_>) -> Result<Node, ExpressionError> {
    let Some(otherwise) = &choice.false_expr else {
        return refused(expr, "`if` wants an `else` here");
    };
    Ok(Node::Choose(boxed(&choice.test_expr)?, boxed(&choice.true_expr)?, boxed(otherwise)?))
}

/// Reads `a is given` and `a is blank`.
fn asked(expr: &Expr<'_>, name: &str, of: &Expr<'_>, arguments: usize) -> Result<Node, ExpressionError> {
    let test = match (name, arguments) {
        ("given", 0) => Test::Given,
        ("blank", 0) => Test::Blank,
        _ => return refused(expr, format!("`is {name}` is not known: there are `is given` and `is blank`")),
    };
    Ok(Node::Is(boxed(of)?, test))
}

/// Reads `field.data_date`.
fn attribute(expr: &Expr<'_>, part: &GetAttr<'_>) -> Result<Node, ExpressionError> {
    let of = node(&part.expr)?;
    if matches!(of, Node::Name(_)) {
        return Ok(Node::Attribute(Box::new(of), part.name.to_owned()));
    }
    refused(expr, format!("`.{}` can only follow a name", part.name))
}

/// Reads `field['data-date']`, which names what `.` can't.
fn subscript(expr: &Expr<'_>, item: &GetItem<'_>) -> Result<Node, ExpressionError> {
    match (node(&item.expr)?, node(&item.subscript_expr)?) {
        (of @ Node::Name(_), Node::Constant(Quantity::Text(part))) => {
            Ok(Node::Attribute(Box::new(of), part.to_string()))
        }
        _ => refused(expr, "`[…]` can only follow a name, and holds a text"),
    }
}

/// Reads `a|round(1)` as `round(a, 1)`.
fn filtered(expr: &Expr<'_>, filter: &Filter<'_>) -> Result<Node, ExpressionError> {
    let Some(of) = &filter.expr else {
        return refused(expr, format!("`|{}` wants something before it", filter.name));
    };
    let mut all = vec![node(of)?];
    all.extend(arguments(expr, &filter.args)?);
    function_of(expr, filter.name, all)
}

/// Reads a call of a function.
fn called(expr: &Expr<'_>, call: &Call<'_>) -> Result<Node, ExpressionError> {
    let Node::Name(name) = node(&call.expr)? else {
        return refused(expr, "only a function's name can stand before `(`");
    };
    function_of(expr, &name, arguments(expr, &call.args)?)
}

/// Reads the arguments of a call, all of them by place.
fn arguments(expr: &Expr<'_>, given: &[CallArg<'_>]) -> Result<Vec<Node>, ExpressionError> {
    let positional = |argument: &CallArg<'_>| match argument {
        CallArg::Pos(argument) => node(argument),
        CallArg::Kwarg(name, _) => refused(expr, format!("`{name}=` can't be used here: arguments go by their place")),
        CallArg::PosSplat(_) | CallArg::KwargSplat(_) => refused(expr, "`*` can't stand before an argument here"),
    };
    given.iter().map(positional).collect()
}

/// Returns the call of a function; one of ours must have the arguments that it takes.
fn function_of(expr: &Expr<'_>, name: &str, given: Vec<Node>) -> Result<Node, ExpressionError> {
    if let Some(wanted) = function::wanting(name, given.len()) {
        return refused(expr, wanted);
    }
    if name != "date" {
        return Ok(Node::Call(name.to_owned(), given));
    }
    let day = match given.as_slice() {
        [Node::Constant(Quantity::Text(day))] => day.parse().ok(),
        _ => None,
    };
    if let Some(day) = day {
        return Ok(Node::Constant(Quantity::Date(day)));
    }
    let meant = given.first().and_then(|node| node.texts().first().and_then(|text| days(text).next()));
    let meant = meant.map_or_else(String::new, |day| format!(": here '{day}'"));
    refused(expr, format!("`date` wants a day written as '2025-09-30'{meant}"))
}

#[cfg(test)]
mod tests {
    use super::super::Expression;

    #[test]
    fn what_is_not_supported_is_refused_at_its_place() {
        let cases = [
            ("1 + {'a': 2}", 4, "a map can't be used here"),
            ("a[1:2]", 0, "a slice can't be used here"),
            ("2 ** 3", 0, "`**` can't be used here"),
            ("a is odd", 5, "`is odd` is not known: there are `is given` and `is blank`"),
            ("1 if a", 0, "`if` wants an `else` here"),
            ("f(x=1)", 0, "`x=` can't be used here: arguments go by their place"),
            ("a.b.c", 1, "`.c` can only follow a name"),
            ("a.b(1)", 1, "only a function's name can stand before `(`"),
            ("percentage(1)", 0, "`percentage` takes 2 arguments, not 1"),
            ("round()", 0, "`round` takes 1 to 2 arguments, not 0"),
            ("min()", 0, "`min` takes at least 1 argument, not 0"),
            ("date('31/09/2025')", 0, "`date` wants a day written as '2025-09-30'"),
            ("date('30/09/2025')", 0, "`date` wants a day written as '2025-09-30': here '2025-09-30'"),
        ];
        for (written, offset, message) in cases {
            let error = Expression::parse(written).unwrap_err();
            assert_eq!((error.offset, error.message.as_str()), (offset, message), "{written}");
        }
    }

    #[test]
    fn what_is_no_expression_is_refused_at_its_place() {
        for (written, offset) in [("a +", 2), ("a b", 2), ("(a", 1), ("", 0), ("'é' = 1", 5)] {
            let error = Expression::parse(written).unwrap_err();
            assert_eq!(error.offset, offset, "{written}: {error}");
        }
    }
}
