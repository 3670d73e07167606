//! Fills in a template: minijinja, strict about names that don't exist, every value escaped for Typst.

use std::sync::Arc;

use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};
use serde::Serialize;

use super::branding::NotAColour;
use super::escape::{literal, markup};
use super::letters::Letters;
use super::template::{FILLED_IN, Templates};

/// A report as Typst takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The document itself.
    pub text: String,
    /// The files that it uses, all in the same folder.
    pub parts: Vec<Part>,
}

/// A file that a document uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name, without folders.
    pub name: String,
    /// What it holds; shared by all documents that use it.
    pub bytes: Arc<[u8]>,
}

/// Why a report can't be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A template is wrong.
    #[error("fill in the template {name}")]
    Template {
        /// Which.
        name: String,
        /// What is wrong and on which line.
        #[source]
        source: Box<Error>,
    },
    /// A view can't be given to a template.
    #[error("hand the report's figures to its template")]
    View(#[from] serde_json::Error),
    /// The season's accent colour is none.
    #[error("use the accent colour")]
    Accent(#[from] NotAColour),
}

/// Templates, read and ready to be filled in.
#[derive(Debug)]
pub struct Renderer {
    environment: Environment<'static>,
    parts: Vec<Part>,
}

impl Renderer {
    /// Reads the templates.
    pub fn new(templates: &Templates, letters: Letters) -> Result<Self, ReportError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // Custom rather than none, so that what a macro gives counts as markup and isn't escaped a second time.
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("typst".into()));
        environment.set_formatter(move |out, _, value| {
            out.write_str(&written(value, letters)?).map_err(|_| Error::new(ErrorKind::WriteFailure, "out of space"))
        });
        environment.remove_filter("safe");
        environment.add_filter("data", move |value: Value| data(&value, letters));
        for (name, text) in templates.iter().filter(|(name, _)| FILLED_IN.contains(name)) {
            let added = environment.add_template_owned(name.to_owned(), text.to_owned());
            added.map_err(|source| ReportError::Template { name: name.to_owned(), source: Box::new(source) })?;
        }
        let part = |(name, text): (&str, &str)| Part { name: name.to_owned(), bytes: text.as_bytes().into() };
        Ok(Self { environment, parts: templates.imported().map(part).collect() })
    }

    /// Fills in a template with what it may see.
    pub fn render(&self, name: &str, view: &impl Serialize) -> Result<Document, ReportError> {
        let failed = |source| ReportError::Template { name: name.to_owned(), source: Box::new(source) };
        let view = Value::from(Serde(serde_json::to_value(view)?));
        let text = self.environment.get_template(name).and_then(|template| template.render(view)).map_err(failed)?;
        Ok(Document { text, parts: self.parts.clone() })
    }
}

/// Returns a value as it stands in markup: texts and numbers as text, markup as it is.
#[expect(clippy::wildcard_enum_match_arm, reason = "all other kinds are refused, whichever there will be")]
fn written(value: &Value, letters: Letters) -> Result<String, Error> {
    match value.kind() {
        ValueKind::String if value.is_safe() => Ok(value.to_string()),
        ValueKind::String | ValueKind::Number => Ok(markup(&value.to_string(), letters)),
        ValueKind::Undefined => Err(ErrorKind::UndefinedError.into()),
        kind => {
            Err(Error::new(ErrorKind::InvalidOperation, format!("a {kind} can't be printed; use the filter `data`")))
        }
    }
}

/// Returns a value as Typst data, which may stand in code.
fn data(value: &Value, letters: Letters) -> Result<Value, Error> {
    if value.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    }
    let failed = |error| Error::new(ErrorKind::BadSerialization, "not data").with_source(error);
    let value = serde_json::to_value(value).map_err(failed)?;
    Ok(Value::from_safe_string(literal(&value, letters)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Fills in a text as the return report's template.
    fn fill_in(template: &str) -> Result<String, ReportError> {
        let mut templates = Templates::default();
        templates.replace("return.typ", template);
        let renderer = Renderer::new(&templates, Letters::OfTypst)?;
        let view = json!({"name": "*Acme* #1", "items": ["\"", 2], "none": null});
        renderer.render("return.typ", &view).map(|document| document.text)
    }

    #[test]
    fn values_enter_escaped() {
        let cases = [
            ("= {{ name }}", r#"= #"*Acme* #1";"#),
            ("#f({{ items | data }})", r#"#f(("\"", 2, ))"#),
            ("{{ items | length }}", r#"#"2";"#),
            ("{% macro m(x) %}_{{ x }}_{% endmacro %}{{ m(name) }}", r#"_#"*Acme* #1";_"#),
            ("{{ name ~ '#x' }}", r#"#"*Acme* #1#x";"#),
        ];
        for (template, expected) in cases {
            assert_eq!(fill_in(template).unwrap(), expected, "{template}");
        }
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        for template in [
            "{{ nobody }}",
            "{{ name.part }}",
            "{% if nobody %}{% endif %}",
            "{{ nobody | data }}",
            "{{ none }}",
            "{{ items }}",
            "{{ name | safe }}",
            "{{ name",
        ] {
            assert!(fill_in(template).is_err(), "{template}");
        }
    }

    #[test]
    fn the_library_goes_with_the_document() {
        let renderer = Renderer::new(&Templates::default(), Letters::OfTypst).unwrap();
        let names: Vec<&str> = renderer.parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["chart.typ", "layout.typ", "paper.typ", "table.typ"]);
    }
}
