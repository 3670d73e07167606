//! A part of an expression as a message repeats it.

use crate::framework::expression::{Node, Quantity, Test};

/// Returns a part as it is written; of what is long, its beginning.
pub(super) fn shown(node: &Node) -> String {
    match node {
        Node::Constant(Quantity::Text(text)) => format!("'{text}'"),
        Node::Constant(Quantity::Truth(truth)) => truth.to_string(),
        Node::Constant(Quantity::Date(day)) => format!("date('{day}')"),
        Node::Constant(Quantity::Unknown) => "none".to_owned(),
        Node::Constant(Quantity::List(several)) => {
            let several: Vec<String> = several.iter().map(|one| shown(&Node::Constant(one.clone()))).collect();
            format!("[{}]", several.join(", "))
        }
        Node::Constant(value @ (Quantity::Number(_) | Quantity::Open(_))) => value.to_string(),
        Node::Name(name) => name.clone(),
        Node::Attribute(of, part) => format!("{}.{part}", shown(of)),
        Node::Call(name, arguments) => format!("{name}({})", listed(arguments)),
        Node::Not(of) => format!("not {}", shown(of)),
        Node::Negative(of) => format!("-{}", shown(of)),
        Node::Binary(operator, left, right) => format!("{} {} {}", shown(left), operator.written(), shown(right)),
        Node::Choose(condition, yes, no) => format!("{} if {} else {}", shown(yes), shown(condition), shown(no)),
        Node::Is(of, Test::Given) => format!("{} is given", shown(of)),
        Node::Is(of, Test::Blank) => format!("{} is blank", shown(of)),
        Node::List(several) => format!("[{}]", listed(several)),
    }
}

/// Returns several parts in a row.
fn listed(nodes: &[Node]) -> String {
    nodes.iter().map(shown).collect::<Vec<String>>().join(", ")
}
