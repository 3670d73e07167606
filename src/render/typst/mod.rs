//! Documents for Typst: a template, the document as data beside it, and the files that it uses.

mod escape;
mod line;
mod template;

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};
use serde::Serialize;

use crate::document::Document;
use crate::document::branding::{Branding, Logo};
use crate::document::colour::Colour;
use crate::document::letters::Letters;
use escape::{literal, markup};
use line::{marked, unmarked};
use serde_json::json;
use template::{DOCUMENT, FILLED_IN};

pub use template::{TemplateError, Templates, own_names};

/// A document as Typst takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markup {
    /// The document itself.
    pub text: String,
    /// Where it comes from, for messages.
    pub origin: Origin,
    /// The files that it uses, all in the same folder.
    pub files: Vec<File>,
}

/// Where a document comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The template, with its folder where it isn't the program's own.
    template: String,
    /// The template's line for each line of the document.
    lines: Vec<usize>,
    /// The folders of the other files, by name, where they aren't the program's own.
    folders: Arc<BTreeMap<String, String>>,
}

impl Origin {
    /// Returns a fault as Typst tells it, with the template's file and line instead of the document's: `main.typ:31:4: error: …`.
    pub fn placed(&self, told: &str) -> String {
        let mut parts = told.splitn(4, ':');
        let (Some(file), Some(line), Some(column), Some(words)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return told.to_owned();
        };
        // Typst may tell the way to a file from where it runs.
        let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let known = line.parse::<usize>().ok().and_then(|line| self.lines.get(line.checked_sub(1)?));
        match (file, known) {
            (DOCUMENT, Some(line)) => format!("{}:{line}:{words}", self.template),
            (file, _) => {
                let folder = self.folders.get(file).map_or("", String::as_str);
                format!("{folder}{file}:{line}:{column}:{words}")
            }
        }
    }
}

/// A file that a document uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without folders.
    pub name: String,
    /// What it holds; shared by all documents that use it.
    pub bytes: Arc<[u8]>,
}

/// Why a report can't be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A template is wrong.
    #[error("fill in the template {place}: {message}")]
    Template {
        /// Which, and where in it: `ours/return.typ:12`.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// A view can't be given to a template.
    #[error("hand the report's figures to its template")]
    View(#[from] serde_json::Error),
}

/// Templates, read and ready to be filled in.
#[derive(Debug)]
pub struct Renderer {
    environment: Environment<'static>,
    templates: Templates,
    files: Vec<File>,
    letters: Letters,
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
            let added = environment.add_template_owned(name.to_owned(), marked(text));
            added.map_err(|error| wrong(templates, name, &error))?;
        }
        let file = |(name, bytes): (&str, &[u8])| File { name: name.to_owned(), bytes: bytes.into() };
        let files = templates.imported().map(file).collect();
        Ok(Self { environment, templates: templates.clone(), files, letters })
    }

    /// Prints a document in a house's style. The template reads it from a file, so that nothing in it can be taken for markup.
    pub fn print(&self, document: &Document, branding: &Branding) -> Result<Markup, ReportError> {
        let (name, text) = self.templates.of(document.kind);
        let mut data = serde_json::to_value(document)?;
        data["look"] = look(branding);
        let bytes = serde_json::to_vec(&printable(data, self.letters))?;
        let mut files = self.files.clone();
        files.push(File { name: DATA.to_owned(), bytes: bytes.into() });
        files.extend(logo(branding));
        let lines = (1..=text.lines().count()).collect();
        let origin = Origin { template: self.templates.place(&name), lines, folders: self.templates.folders() };
        Ok(Markup { text: text.to_owned(), origin, files })
    }

    /// Fills in a template with what it may see.
    pub fn render(&self, name: &str, view: &impl Serialize) -> Result<Markup, ReportError> {
        let view = Value::from(Serde(serde_json::to_value(view)?));
        let filled_in = self.environment.get_template(name).and_then(|template| template.render(view));
        let (text, lines) = unmarked(&filled_in.map_err(|error| wrong(&self.templates, name, &error))?);
        let origin = Origin { template: self.templates.place(name), lines, folders: self.templates.folders() };
        Ok(Markup { text, origin, files: self.files.clone() })
    }
}

/// The file in which a template finds its document.
const DATA: &str = "document.json";

/// The colour of quiet texts.
const QUIET: Colour = Colour([0x51, 0x5c, 0x66]);

/// Returns how a house's documents look, and whose they are.
fn look(branding: &Branding) -> serde_json::Value {
    let logo = branding.logo.as_ref();
    json!({
        // The brand's colour, for rules; and for text, as far as it can be read.
        "rule": branding.accent.to_string(),
        "accent": branding.accent.readable_on(&[Colour::WHITE]).to_string(),
        "panel": branding.panel.to_string(),
        "panel_ink": Colour::INK.readable_on(&[branding.panel]).to_string(),
        "panel_quiet": QUIET.readable_on(&[branding.panel]).to_string(),
        "owner": branding.organisation,
        "logo": logo.map(Logo::name),
        "logo_alt": logo.map(|logo| &logo.alt),
    })
}

/// Returns the logo as a file of a document.
pub(crate) fn logo(branding: &Branding) -> Option<File> {
    branding.logo.as_ref().map(|logo| File { name: logo.name().to_owned(), bytes: Arc::clone(&logo.bytes) })
}

/// Returns data with only letters that can be printed.
fn printable(data: serde_json::Value, letters: Letters) -> serde_json::Value {
    match data {
        serde_json::Value::String(text) => letters.printable(&text).into(),
        serde_json::Value::Array(items) => items.into_iter().map(|item| printable(item, letters)).collect(),
        serde_json::Value::Object(entries) => {
            entries.into_iter().map(|(name, value)| (name, printable(value, letters))).collect()
        }
        other @ (serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_)) => other,
    }
}

/// Says what is wrong with a template, and where.
fn wrong(templates: &Templates, name: &str, error: &Error) -> ReportError {
    let line = error.line().map_or_else(String::new, |line| format!(":{line}"));
    let detail = error.detail().map_or_else(String::new, |detail| format!(": {detail}"));
    let place = format!("{}{line}", templates.place(error.name().unwrap_or(name)));
    ReportError::Template { place, message: format!("{}{detail}", error.kind()) }
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
    fn faults_are_told_by_file_and_line_of_the_template() {
        let mut templates = Templates::with_folder("ours", vec![("layout.typ".to_owned(), Vec::new())]).unwrap();
        templates.replace("return.typ", "= {{ name }}\n{% for item in items %}\n- {{ item }}\n{% endfor %}\n#unknown");
        let renderer = Renderer::new(&templates, Letters::OfTypst).unwrap();
        let document = renderer.render("return.typ", &json!({"name": "x", "items": [1, 2, 3]})).unwrap();
        let line = document.text.lines().position(|line| line == "#unknown").unwrap() + 1;
        for (told, expected) in [
            (
                format!("main.typ:{line}:1: error: unknown variable: unknown"),
                "return.typ:5: error: unknown variable: unknown",
            ),
            ("layout.typ:7:2: error: no".to_owned(), "ours/layout.typ:7:2: error: no"),
            ("error: no place".to_owned(), "error: no place"),
        ] {
            assert_eq!(document.origin.placed(&told), expected);
        }
        templates.replace("return.typ", "one\n{{ nobody }}");
        let renderer = Renderer::new(&templates, Letters::OfTypst).unwrap();
        let error = renderer.render("return.typ", &json!({})).unwrap_err();
        assert!(error.to_string().starts_with("fill in the template return.typ:2: undefined value"), "{error}");
    }

    #[test]
    fn the_library_goes_with_the_document() {
        let renderer = Renderer::new(&Templates::default(), Letters::OfTypst).unwrap();
        let names: Vec<&str> = renderer.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["block.typ", "chart.typ", "document.typ", "layout.typ", "paper.typ", "table.typ"]);
    }
}
