//! The text of a pack's messages: minijinja's templates over the same names as the pack's expressions.
//!
//! `{{ … }}` holds an expression, worked out exactly as [`expression`](super::expression) does it; `{% if %}` chooses by
//! one. Loops, macros and the like are refused: a message is a sentence. A number is printed as a short decimal or a
//! fraction; `{{ round(total, 2) }}` shortens it. A day is printed as `30/09/2025`.

use minijinja::machinery::ast::Stmt;
use minijinja::machinery::parse;
use minijinja::syntax::SyntaxConfig;

use super::expression::{ExpressionError, Mention, Node, Quantity, Scope, fault, node};

/// A message, parsed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message(Vec<Piece>);

/// A piece of a message.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    /// Text as it is.
    Text(String),
    /// The value of an expression.
    Value(Node),
    /// One message where the condition holds, else another.
    Choice(Node, Message, Message),
}

/// Writes a message over what a scope knows.
pub fn render(template: &str, scope: &dyn Scope) -> Result<String, ExpressionError> {
    Ok(Message::parse(template)?.render(scope))
}

/// Writes a message over what a scope knows. `shown` returns what the cell shows that has a value named alone, where others see it
/// otherwise than it is counted, such as 0.5 as 50%.
pub fn render_as(template: &str, scope: &dyn Scope, shown: Shown) -> Result<String, ExpressionError> {
    Ok(Message::parse(template)?.render_as(scope, shown))
}

/// Returns what is written in place of a value that is named alone; `None` where that is the value.
pub type Shown<'a> = &'a dyn Fn(&Mention) -> Option<String>;

impl Message {
    /// Reads a message as a pack writes it.
    pub fn parse(template: &str) -> Result<Self, ExpressionError> {
        let parsed = parse(template, "<message>", SyntaxConfig::default()).map_err(|error| fault(&error))?;
        let statements =
            if let Stmt::Template(whole) = &parsed { &whole.children } else { std::slice::from_ref(&parsed) };
        message(statements)
    }

    /// Writes the message over what a scope knows.
    pub fn render(&self, scope: &dyn Scope) -> String {
        self.render_as(scope, &|_| None)
    }

    /// Writes the message with what cells show in place of some values.
    fn render_as(&self, scope: &dyn Scope, shown: Shown) -> String {
        self.0.iter().map(|piece| piece.render(scope, shown)).collect()
    }

    /// Returns the message as a sentence about any return: `value` says what stands in place of a value that uses these.
    pub fn in_words(&self, value: &dyn Fn(&[Mention]) -> String) -> String {
        let told = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value(node) => value(&node.names()),
            Piece::Choice(_, yes, no) => {
                let (yes, no) = (yes.in_words(value), no.in_words(value));
                if yes.trim().is_empty() { no } else { yes }
            }
        };
        self.0.iter().map(told).collect()
    }

    /// Returns the expressions of the message, each with what it is there for.
    pub fn expressions(&self) -> Vec<(&Node, Use)> {
        self.0.iter().flat_map(Piece::expressions).collect()
    }

    /// Returns the texts of the message that are written as they are.
    pub fn texts(&self) -> Vec<&str> {
        self.0.iter().flat_map(Piece::texts).collect()
    }

    /// Returns everything that the message uses, in its order.
    pub fn names(&self) -> Vec<Mention> {
        let of = |piece: &Piece| match piece {
            Piece::Text(_) => Vec::new(),
            Piece::Value(value) => value.names(),
            Piece::Choice(condition, yes, no) => [condition.names(), yes.names(), no.names()].concat(),
        };
        self.0.iter().flat_map(of).collect()
    }
}

/// What an expression of a message is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Its value is written.
    Value,
    /// It chooses what is written.
    Condition,
}

impl Piece {
    /// Returns the texts of the piece that are written as they are.
    fn texts(&self) -> Vec<&str> {
        match self {
            Self::Text(text) => vec![text],
            Self::Value(_) => Vec::new(),
            Self::Choice(_, yes, no) => [yes.texts(), no.texts()].concat(),
        }
    }

    /// Returns the expressions of the piece.
    fn expressions(&self) -> Vec<(&Node, Use)> {
        match self {
            Self::Text(_) => Vec::new(),
            Self::Value(node) => vec![(node, Use::Value)],
            Self::Choice(condition, yes, no) => {
                [vec![(condition, Use::Condition)], yes.expressions(), no.expressions()].concat()
            }
        }
    }

    /// Writes one piece.
    fn render(&self, scope: &dyn Scope, as_seen: Shown) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Value(value) => {
                let seen = value.alone().and_then(|named| as_seen(&named));
                seen.unwrap_or_else(|| shown(&value.evaluate(scope)))
            }
            Self::Choice(condition, yes, no) => match condition.evaluate(scope).truth() {
                Some(true) => yes.render_as(scope, as_seen),
                Some(false) | None => no.render_as(scope, as_seen),
            },
        }
    }
}

/// Returns a value as people write it: a day with its slashes, a number in decimals.
fn shown(value: &Quantity) -> String {
    match (value.date(), value.number()) {
        (Some(day), _) => day.strftime("%d/%m/%Y").to_string(),
        (None, Some(number)) => number.to_decimals(),
        (None, None) => value.to_string(),
    }
}

/// Reads statements in a row.
fn message(statements: &[Stmt<'_>]) -> Result<Message, ExpressionError> {
    statements.iter().map(piece).collect::<Result<_, _>>().map(Message)
}

/// Reads one statement.
#[expect(clippy::wildcard_enum_match_arm, reason = "whatever else minijinja can do is refused")]
fn piece(statement: &Stmt<'_>) -> Result<Piece, ExpressionError> {
    match statement {
        Stmt::EmitRaw(text) => Ok(Piece::Text(text.raw.to_owned())),
        Stmt::EmitExpr(value) => Ok(Piece::Value(node(&value.expr)?)),
        Stmt::IfCond(choice) => {
            Ok(Piece::Choice(node(&choice.expr)?, message(&choice.true_body)?, message(&choice.false_body)?))
        }
        other => Err(ExpressionError {
            message: "only `{{ … }}` and `{% if … %}` can stand in a message".to_owned(),
            offset: offset_of(other),
        }),
    }
}

/// Returns where a refused statement begins; its parts tell it where the statement itself doesn't.
#[expect(clippy::wildcard_enum_match_arm, reason = "other statements tell no more than that they are there")]
fn offset_of(statement: &Stmt<'_>) -> usize {
    let span = match statement {
        Stmt::ForLoop(statement) => statement.span(),
        Stmt::WithBlock(statement) => statement.span(),
        Stmt::Set(statement) => statement.span(),
        Stmt::SetBlock(statement) => statement.span(),
        _ => return 0,
    };
    span.start_offset as usize
}

#[cfg(test)]
mod tests {
    use super::super::expression::Quantity;
    use super::*;

    /// A scope with one number and one text.
    struct Few;

    impl Scope for Few {
        fn name(&self, name: &str) -> Option<Quantity> {
            match name {
                "abe" => Some(Quantity::Number("16.5".parse().unwrap())),
                "who" => Some(Quantity::from("Acme {{ abe }}")),
                _ => None,
            }
        }

        fn attribute(&self, _name: &str, _part: &str) -> Option<Quantity> {
            None
        }

        fn call(&self, _function: &str, _arguments: &[Quantity]) -> Option<Quantity> {
            None
        }
    }

    #[test]
    fn numbers_are_written_in_decimals() {
        for (number, written) in [
            ("500", "500"),
            ("16.5", "16.5"),
            ("416666666666667/1000000000000", "416.67"),
            ("1/3", "0.33"),
            ("499999999999/1000000000", "499.999999999"),
            ("500000001/1000000", "500.000001"),
            ("1/3000000", "0.000000333333"),
        ] {
            let number = || Quantity::Number(number.parse().unwrap());
            assert_eq!(shown(&number()), written);
            assert_eq!(shown(&Quantity::between(number(), Quantity::Unknown)), format!("at least {written}"));
            assert_eq!(shown(&Quantity::between(Quantity::Unknown, number())), format!("at most {written}"));
        }
    }

    #[test]
    fn a_message_holds_values() {
        let cases = [
            ("A + B + E is {{ abe }}, needs 20", "A + B + E is 16.5, needs 20"),
            ("{{ who }}: {{ round(abe / 7, 2) }}", "Acme {{ abe }}: 2.36"),
            ("{% if abe > 20 %}fine{% elif abe > 16 %}near{% else %}far{% endif %}", "near"),
            ("{{ nobody }}", "not known"),
            ("", ""),
        ];
        for (template, expected) in cases {
            assert_eq!(render(template, &Few).unwrap(), expected, "{template}");
        }
    }

    #[test]
    fn what_is_no_message_is_refused_at_its_place() {
        for (template, offset) in [("a {{ b", 5), ("a {{ b[1:] }}", 5), ("a {% for x in y %}{% endfor %}", 5)] {
            let error = Message::parse(template).unwrap_err();
            assert_eq!(error.offset, offset, "{template}: {error}");
        }
    }

    #[test]
    fn what_a_message_uses_is_told() {
        let message = Message::parse("{{ abe }}{% if who %}{{ x.y }}{% endif %}").unwrap();
        assert_eq!(message.names().len(), 3);
    }
}
