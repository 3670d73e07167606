//! Documents for Typst: a template, the document as data beside it, and the files that it uses.

mod template;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use crate::document::Document;
use crate::document::branding::{Branding, Logo};
use crate::document::colour::Colour;
use crate::document::letters::Letters;
use template::DOCUMENT;

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
        if file == DOCUMENT {
            return format!("{}:{line}:{column}:{words}", self.template);
        }
        let folder = self.folders.get(file).map_or("", String::as_str);
        format!("{folder}{file}:{line}:{column}:{words}")
    }
}

/// A file that a document uses.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct File {
    /// Its name, without folders.
    pub name: String,
    /// What it holds; shared by all documents that use it.
    pub bytes: Arc<[u8]>,
}

/// Why a report can't be written.
#[derive(Debug, thiserror::Error)]
#[error("hand the document to its template")]
pub struct ReportError(#[from] serde_json::Error);

/// Templates, ready to print documents.
#[derive(Debug)]
pub struct Renderer {
    templates: Templates,
    files: Vec<File>,
    letters: Letters,
}

impl Renderer {
    /// Takes templates, and what can be printed.
    pub fn new(templates: &Templates, letters: Letters) -> Self {
        let file = |(name, bytes): (&str, &[u8])| File { name: name.to_owned(), bytes: bytes.into() };
        let files = templates.imported().map(file).collect();
        Self { templates: templates.clone(), files, letters }
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
        let origin = Origin { template: self.templates.place(&name), folders: Arc::clone(&self.templates.folders) };
        Ok(Markup { text: format!("{text}\n// {}\n", in_one_line(&document.title)), origin, files })
    }
}

/// Returns a title for a comment, which ends with its line: whoever looks into a document's folder sees what it is about.
fn in_one_line(title: &str) -> String {
    let ends_line = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    title.split(ends_line).collect::<Vec<_>>().join(" ")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Part};

    /// Prints a document of one part.
    fn printed(templates: &Templates) -> Markup {
        let renderer = Renderer::new(templates, Letters::OfTypst);
        let document = Document::new(Kind::Return, "*Acme* #1").part(Part::new("#eval").points(["\"", "\u{e000}"]));
        renderer.print(&document, &Branding::default()).unwrap()
    }

    #[test]
    fn texts_reach_a_template_as_data_alone() {
        let markup = printed(&Templates::default());
        let (template, comment) = markup.text.trim_end().rsplit_once('\n').unwrap();
        assert!(!template.contains("Acme"), "{template}");
        assert_eq!(comment, "// *Acme* #1");
        let data = markup.files.iter().find(|file| file.name == DATA).unwrap();
        let data: serde_json::Value = serde_json::from_slice(&data.bytes).unwrap();
        assert_eq!((&data["title"], &data["parts"][0]["heading"]), (&json!("*Acme* #1"), &json!("#eval")));
        assert_eq!(data["parts"][0]["blocks"][0]["of"], json!(["\"", "\u{25a1}"]));
    }

    #[test]
    fn a_title_stays_in_its_comment() {
        for end in ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'] {
            assert_eq!(in_one_line(&format!("Acme{end}#eval(1)")), "Acme #eval(1)");
        }
    }

    #[test]
    fn faults_are_told_by_file_and_line_of_the_template() {
        let files = vec![("layout.typ".to_owned(), Vec::new()), ("return.typ".to_owned(), b"#unknown".to_vec())];
        let document = printed(&Templates::with_folder("ours", files).unwrap());
        for (told, expected) in [
            ("main.typ:1:1: error: unknown variable", "ours/return.typ:1:1: error: unknown variable"),
            ("layout.typ:7:2: error: no", "ours/layout.typ:7:2: error: no"),
            ("table.typ:7:2: error: no", "table.typ:7:2: error: no"),
            ("error: no place", "error: no place"),
        ] {
            assert_eq!(document.origin.placed(told), expected);
        }
    }

    #[test]
    fn the_library_goes_with_the_document() {
        let files = printed(&Templates::default()).files;
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["block.typ", "chart.typ", "document.typ", "layout.typ", "table.typ", DATA]);
    }
}
