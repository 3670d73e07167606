//! Makes the files that no change of cells can make.

use std::io::{Cursor, Read, Write};

use scrutineer::ooxml::Limits;
use scrutineer::workbook::Source;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The namespace of relationships to what an Office document holds.
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The part that lists what the workbook leads to.
const LINKS: &str = "xl/_rels/workbook.xml.rels";

/// Makes a file of a kind from a clean return, with the limits within which it is read.
pub(super) fn make(kind: &str, bytes: &[u8]) -> Result<(Source, Limits), String> {
    let made = match kind {
        "as it is" => bytes.to_vec(),
        "cut off in the middle" => bytes[..bytes.len() / 2].to_vec(),
        "of nothing" => Vec::new(),
        "of zero bytes alone" => vec![0; bytes.len()],
        "locked with a password" => locked(bytes),
        "with protected sheets" => {
            edited(bytes, "xl/worksheets/sheet", "</sheetData>", "</sheetData><sheetProtection sheet=\"1\"/>")
        }
        "with a macro project" => with_macros(bytes),
        "with a link to another workbook" => with_link(bytes),
        "with a module of Excel 95" => with_sheet(bytes, ""),
        "with a sheet that nothing leads to" => with_sheet(bytes, "rId999"),
        "counting dates from 1904" => {
            edited(bytes, "xl/workbook.xml", "<sheets>", "<workbookPr date1904=\"1\"/><sheets>")
        }
        "counting dates from 1900" => {
            edited(bytes, "xl/workbook.xml", "<sheets>", "<workbookPr date1904=\"0\"/><sheets>")
        }
        "beyond a limit" => {
            let limits = Limits { file: bytes.len() as u64 - 1, ..Limits::default() };
            return Ok((named("return.xlsx", bytes.to_vec()), limits));
        }
        _ => {
            let name = kind.strip_prefix("called ").ok_or_else(|| format!("`{kind}` is no kind of file"))?;
            return Ok((named(name, bytes.to_vec()), Limits::default()));
        }
    };
    Ok((named("return.xlsx", made), Limits::default()))
}

/// Returns a file of this name.
fn named(name: &str, bytes: Vec<u8>) -> Source {
    Source::new(name, bytes)
}

/// Returns a container as Excel writes it around a workbook that asks for a password.
fn locked(bytes: &[u8]) -> Vec<u8> {
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, content) in [("/EncryptionInfo", &[4, 0, 4, 0][..]), ("/EncryptedPackage", bytes)] {
        container.create_stream(name).unwrap().write_all(content).unwrap();
    }
    container.into_inner().into_inner()
}

/// Adds a macro project.
fn with_macros(bytes: &[u8]) -> Vec<u8> {
    let bytes = edited(bytes, LINKS, "</Relationships>", &link("vbaProject", "vbaProject.bin"));
    let default = "<Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/><Override";
    repacked(
        &edited(&bytes, "[Content_Types].xml", "<Override", default),
        &[("xl/vbaProject.bin", "project")],
        |_, text| text,
    )
}

/// Adds a workbook from which formulas take values.
fn with_link(bytes: &[u8]) -> Vec<u8> {
    let bytes = edited(bytes, LINKS, "</Relationships>", &link("externalLink", "externalLinks/externalLink1.xml"));
    let path = link("externalLinkPath", "Scores 2024.xlsx").replace("/>", " TargetMode=\"External\"/>");
    let path = format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{path}");
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let book =
        format!("<externalLink xmlns=\"{main}\"><externalBook xmlns:r=\"{OFFICE}\" r:id=\"new\"/></externalLink>");
    let parts =
        [("xl/externalLinks/externalLink1.xml", &*book), ("xl/externalLinks/_rels/externalLink1.xml.rels", &*path)];
    repacked(&bytes, &parts, |_, text| text)
}

/// Names one more sheet, with this id of a link that isn't there.
fn with_sheet(bytes: &[u8], id: &str) -> Vec<u8> {
    let sheet = format!(
        "<sheet xmlns:r=\"{OFFICE}\" name=\"Module1\" sheetId=\"999\" state=\"veryHidden\" r:id=\"{id}\"/></sheets>"
    );
    edited(bytes, "xl/workbook.xml", "</sheets>", &sheet)
}

/// Returns a relationship, and the end of the list that it is the last of.
fn link(kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"new\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>")
}

/// Replaces a text, once, in the parts whose names begin like this.
fn edited(bytes: &[u8], part: &str, old: &str, new: &str) -> Vec<u8> {
    repacked(bytes, &[], |name, text| if name.starts_with(part) { text.replacen(old, new, 1) } else { text })
}

/// Packs a workbook anew, with changes of its parts' texts and further parts.
pub(crate) fn repacked(bytes: &[u8], more: &[(&str, &str)], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let mut write = |name: &str, text: &str| {
        new.start_file(name, SimpleFileOptions::default()).unwrap();
        new.write_all(text.as_bytes()).unwrap();
    };
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let name = part.name().unwrap().into_owned();
        write(&name, &change(&name, text));
    }
    for (name, text) in more {
        write(name, text);
    }
    new.finish().unwrap().into_inner()
}
