//! What kind of file the bytes are, told by the bytes alone.
//!
//! [`recognise`] looks at how a file begins. A zip and a compound file may hold a workbook; everything else is named in
//! words that its sender understands, since the usual cause is a file saved by another program under a workbook's name.

/// The bytes that a zip begins with: its first record, or the end of an empty one.
const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
/// The bytes that the container of the old binary formats begins with.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// How much of a file is looked at.
const HEAD: usize = 4096;

/// What the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A zip: Office Open XML, OpenDocument, or something else.
    Zip,
    /// The container of Excel 97 to 2003, of encrypted workbooks, and of other old programs' files.
    Compound,
    /// Something that holds no workbook we read; the text says what, as in "the file is …".
    Foreign(&'static str),
}

/// Beginnings by which a file is known that holds no workbook.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"PAR1", "a Parquet table"),
    (b"MZ", "a program"),
    (b"ID;P", "a SYLK table, an exchange format from before Excel"),
    (b"\x09\x00\x04\x00", "a sheet of Excel 2, which is not read"),
    (b"\x09\x02\x06\x00", "a sheet of Excel 3, which is not read"),
    (b"\x09\x04\x06\x00", "a sheet of Excel 4, which is not read"),
    (b"\x00\x00\x02\x00\x06\x04", "a sheet of Lotus 1-2-3"),
];

/// Words near the beginning of a text that tell what it is; in lower case, the telling ones first.
const TEXTS: &[(&str, &str)] = &[
    ("urn:schemas-microsoft-com:office:spreadsheet", "an Excel 2003 XML spreadsheet, which is not read"),
    ("opendocument.spreadsheet", "a flat OpenDocument spreadsheet (fods), which is not read"),
    ("urn:schemas-microsoft-com:office:excel", "a web page (HTML) saved from Excel"),
    ("<!doctype html", WEB_PAGE),
    ("<html", WEB_PAGE),
    ("<table", WEB_PAGE),
    ("mime-version:", "a web archive (MHTML)"),
    ("<?xml", "an XML document"),
];

const WEB_PAGE: &str = "a web page (HTML)";
/// Beginnings of documents that are letters alone, as lists are.
const DOCUMENTS: [&[u8]; 2] = [b"%PDF", b"{\\rtf"];
/// How texts begin that are written for programs.
const MARKUP: [&str; 2] = ["<", "mime-version:"];

/// Tells what the bytes are.
pub(super) fn recognise(bytes: &[u8]) -> Container {
    let head = &bytes[..bytes.len().min(HEAD)];
    if ZIP.iter().any(|start| head.starts_with(start)) {
        Container::Zip
    } else if head.starts_with(COMPOUND) {
        Container::Compound
    } else {
        Container::Foreign(foreign(head))
    }
}

/// Names a file that is neither a workbook nor a list in plain text, as far as that can be told; `None` where it may be a list.
pub(super) fn no_list(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let letters = letters(head);
    let start = String::from_utf8_lossy(&letters)
        .trim_start_matches(['\u{feff}', char::REPLACEMENT_CHARACTER])
        .trim_start()
        .to_lowercase();
    let is_markup = MARKUP.iter().any(|mark| start.starts_with(mark));
    let is_document = !is_text(&letters) || DOCUMENTS.iter().any(|start| head.starts_with(start));
    let listed = FOREIGN.iter().find(|(start, _)| head.starts_with(start)).map(|(_, what)| *what);
    listed.filter(|_| is_document).or_else(|| marked(&letters).filter(|_| is_markup))
}

/// Names what is neither a zip nor a compound file.
fn foreign(head: &[u8]) -> &'static str {
    let listed = FOREIGN.iter().find(|(start, _)| head.starts_with(start));
    listed.map_or_else(|| text(head), |(_, what)| what)
}

/// Names a text, or says that it is none.
fn text(head: &[u8]) -> &'static str {
    let plain = letters(head);
    let other = if is_text(&plain) {
        "plain text, such as comma-separated values (CSV)"
    } else {
        "of a kind that is not known"
    };
    marked(&plain).unwrap_or(other)
}

/// Names a text by the words that it has near its beginning.
fn marked(letters: &[u8]) -> Option<&'static str> {
    let lower = String::from_utf8_lossy(letters).to_lowercase();
    let listed = TEXTS.iter().find(|(word, _)| lower.contains(word)).filter(|_| is_text(letters));
    listed.map(|(_, what)| *what)
}

/// Returns bytes without the noughts between those of letters of two bytes.
fn letters(head: &[u8]) -> Vec<u8> {
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        head.iter().copied().filter(|byte| *byte != 0).collect()
    } else {
        head.to_vec()
    }
}

/// Whether bytes are letters, signs and blanks.
fn is_text(letters: &[u8]) -> bool {
    letters.iter().all(|byte| *byte >= b' ' || matches!(byte, b'\t' | b'\r' | b'\n' | b'\x0C'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_how_it_begins() {
        let cases: [(&[u8], &str); 7] = [
            (b"%PDF-1.7 ...", "PDF"),
            (b"Code,Score\r\n1.1,2\r\n", "CSV"),
            (b"\xFF\xFEC\0o\0d\0e\0,\0", "CSV"),
            (b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>", "saved from Excel"),
            (b"\r\n<!DOCTYPE HTML>", "HTML"),
            (b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "2003 XML"),
            (b"\x01\x02\x03\x7F", "not known"),
        ];
        for (bytes, expected) in cases {
            let Container::Foreign(what) = recognise(bytes) else { panic!("{bytes:?}") };
            assert!(what.contains(expected), "{bytes:?}: {what}");
        }
        assert_eq!(recognise(b"PK\x03\x04..."), Container::Zip);
        assert_eq!(recognise(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..."), Container::Compound);
    }
}
