//! A judge of annotated workbooks that doesn't use the code that makes them.
//!
//! It unpacks both files with another reader, takes each part into its tags and texts, and holds that the original's are
//! all there, in order, and that what came in between is only what an annotation may add.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::Event;
use zip::ZipArchive;

/// The elements that may be added to parts that are there.
const MAY_ADD: &[&str] = &[
    "Default",
    "Override",
    "Relationship",
    "sheet",
    "conditionalFormatting",
    "cfRule",
    "formula",
    "legacyDrawing",
    "AlternateContent",
    "Choice",
    "authors",
    "author",
    "comment",
    "text",
    "r",
    "rPr",
    "b",
    "u",
    "sz",
    "color",
    "rFont",
    "family",
    "t",
    "shape",
    "shapetype",
    "shapelayout",
    "idmap",
    "stroke",
    "path",
    "fill",
    "shadow",
    "textbox",
    "div",
    "ClientData",
    "MoveWithCells",
    "SizeWithCells",
    "Anchor",
    "AutoFill",
    "Row",
    "Column",
    "font",
    "name",
    "patternFill",
    "fgColor",
    "bgColor",
    "border",
    "left",
    "right",
    "top",
    "bottom",
    "diagonal",
    "xf",
    "alignment",
    "dxf",
];
/// The order of what may stand in a sheet, as far as the tests have it.
const ORDER: &[&str] = &[
    "sheetPr",
    "dimension",
    "sheetData",
    "mergeCells",
    "conditionalFormatting",
    "dataValidations",
    "pageMargins",
    "pageSetup",
    "drawing",
    "legacyDrawing",
    "extLst",
];

/// Returns the parts of a file by name, in its order.
#[track_caller]
pub(super) fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let read = |number| {
        let mut file = archive.by_index(number).unwrap();
        let mut held = Vec::new();
        file.read_to_end(&mut held).unwrap();
        // A part that is named with backslashes is the part that is named with slashes.
        (file.name().unwrap().replace('\\', "/"), held)
    };
    let numbers = 0..count;
    numbers.map(read).collect()
}

/// Holds that `annotated` is `original` with additions; returns the names of the parts that changed.
#[track_caller]
pub(super) fn additions(original: &[u8], annotated: &[u8]) -> Vec<String> {
    let before = parts(original);
    let after: BTreeMap<String, Vec<u8>> = parts(annotated).into_iter().collect();
    assert_eq!(after.len(), parts(annotated).len(), "no name stands twice");
    let mut changed = Vec::new();
    for (name, bytes) in &before {
        let new = after.get(name).unwrap_or_else(|| panic!("{name} is lost"));
        if new != bytes {
            only_added(name, bytes, new);
            changed.push(name.clone());
        }
    }
    let kinds = String::from_utf8(after["[Content_Types].xml"].clone()).unwrap();
    for name in after.keys().filter(|name| name.as_str() != "[Content_Types].xml") {
        let extension = name.rsplit('.').next().unwrap();
        let has_own = kinds.matches(&format!("\"/{name}\"")).count();
        let has_default = kinds.contains(&format!("Extension=\"{extension}\""));
        assert!(has_own == 1 || has_own == 0 && has_default, "{name} has one content type");
        if ["xml", "rels"].contains(&extension) {
            well_formed(name, &after[name]);
        }
        if extension == "rels" {
            links_lead_somewhere(name, &after);
        }
    }
    changed
}

/// Holds that what a part is linked to is there.
#[track_caller]
fn links_lead_somewhere(name: &str, all: &BTreeMap<String, Vec<u8>>) {
    let folder = name.split("_rels/").next().unwrap();
    let text = String::from_utf8(all[name].clone()).unwrap();
    for link in text.split("<Relationship ").skip(1).filter(|link| !link.contains("TargetMode=\"External\"")) {
        let target = link.split("Target=\"").nth(1).unwrap().split('"').next().unwrap();
        let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
        for step in target.split('/') {
            if step == ".." {
                steps.retain(|step| !step.is_empty());
                steps.pop();
            } else {
                steps.push(step);
            }
        }
        steps.retain(|step| !step.is_empty());
        assert!(all.contains_key(&steps.join("/")), "{name} leads to {target}, which isn't there");
    }
}

/// Holds that a part differs by additions alone.
#[track_caller]
fn only_added(name: &str, before: &[u8], after: &[u8]) {
    let (before, after) = (tokens(before), tokens(after));
    let mut rest = before.iter().peekable();
    for token in &after {
        if rest.peek().is_some_and(|next| *next == token) {
            rest.next();
        } else if let Some(tag) = token.strip_prefix('<') {
            let tag = tag.trim_start_matches('/').split([' ', '>']).next().unwrap();
            let local = tag.rsplit(':').next().unwrap();
            assert!(MAY_ADD.contains(&local), "{name}: {token} was added");
        }
    }
    assert_eq!(rest.next(), None, "{name} lost something");
}

/// Takes a part into tags and texts; counts are left out, and an empty element is an opening and a closing tag.
fn tokens(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let mut tokens = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let end = if rest.starts_with('<') {
            rest.find('>').map_or(rest.len(), |end| end + 1)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let (token, after) = rest.split_at(end);
        let token = without(&without(token, " count=\""), " data=\"");
        match token.strip_suffix("/>") {
            Some(open) => {
                let name = open[1..].split(' ').next().unwrap();
                tokens.extend([format!("{}>", open.trim_end()), format!("</{name}>")]);
            }
            None => tokens.push(token),
        }
        rest = after;
    }
    tokens
}

/// Takes an attribute out of a tag.
fn without(tag: &str, attribute: &str) -> String {
    match tag.split_once(attribute).filter(|(before, _)| before.starts_with('<')) {
        Some((before, rest)) => format!("{before}{}", rest.split_once('"').map_or("", |(_, after)| after)),
        None => tag.to_owned(),
    }
}

/// Holds that a part is XML, and a sheet's children in the order of the schema.
#[track_caller]
fn well_formed(name: &str, bytes: &[u8]) {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let mut reader = quick_xml::Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut depth = 0_u32;
    let mut last = 0;
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}"));
        depth -= u32::from(matches!(event, Event::End(_)));
        let opens = u32::from(matches!(event, Event::Start(_)));
        if matches!(event, Event::Eof) {
            break;
        }
        let (Event::Start(tag) | Event::Empty(tag)) = event else { continue };
        let local = tag.local_name().into_inner().to_owned();
        if let Some(rank) =
            ORDER.iter().position(|ordered| *ordered == local).filter(|_| depth == 1 && name.contains("sheets/sheet"))
        {
            assert!(rank >= last, "{name}: {local} is out of order");
            last = rank;
        }
        depth += opens;
    }
    assert_eq!(depth, 0, "{name} ends too early");
}
