//! Writes the reports of made-up seasons into a folder, for looking at their pages.

use jiff::civil::date;
use scrutineer::artifact::report::{Branding, Document, Letters, Renderer, Setting, Templates, return_report};
use scrutineer::framework::Framework;

use crate::support::{framework, season};

/// A setting like a real season's.
pub fn setting() -> Setting {
    let branding = Branding { organisation: "The Partnership Council".to_owned(), contact: "quality@example.org".to_owned(), ..Branding::default() };
    Setting { branding, logo: None, date: date(2026, 4, 20), letters: Letters::OfTypst }
}

/// Writes a document into a folder of its own.
fn save(folder: &str, document: &Document) {
    let folder = std::path::Path::new("/tmp/pages").join(folder);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("main.typ"), &document.text).unwrap();
    for part in &document.parts {
        std::fs::write(folder.join(&part.name), &part.bytes).unwrap();
    }
}

#[test]
#[ignore = "for looking"]
fn samples() {
    let renderer = Renderer::new(&Templates::default(), Letters::OfTypst).unwrap();
    let mut all: Vec<(String, Framework)> = vec![("values".to_owned(), framework::values()), ("practice".to_owned(), framework::practice())];
    for (name, framework) in all.drain(..) {
        for (index, review) in season::mixed(&framework).iter().enumerate() {
            if ![0, 5, 7, 8, 11, 17, 4, 23].contains(&index) { continue }
            save(&format!("{name}-{index}"), &return_report(&renderer, &setting(), &framework, review, None).unwrap());
        }
    }
}
