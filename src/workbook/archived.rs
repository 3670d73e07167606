//! A zip that packs workbooks rather than being one, and which names are workbooks': told by names alone, nothing is unpacked.

use memchr::memmem;

use crate::wording::visible;

/// The extensions of workbooks, in lower case.
const WORKBOOKS: [&str; 12] =
    ["xlsx", "xlsm", "xlsb", "xls", "ods", "xltx", "xltm", "xlt", "xlam", "ots", "fods", "numbers"];
/// The bytes that a zip begins with.
const ZIP: &[u8] = b"PK\x03\x04";
/// The bytes that an entry of a zip's directory begins with.
const ENTRY: &[u8] = b"PK\x01\x02";
/// The bytes that the end of a zip's directory begins with.
const END: &[u8] = b"PK\x05\x06";
/// The bytes of an entry before its name.
const HEAD: usize = 46;
/// Parts that documents have at their top, and archives that people pack haven't: a document may hold a workbook as an attachment.
const OF_DOCUMENTS: [&str; 6] = [
    "[content_types].xml",
    "mimetype",
    "content.xml",
    "meta-inf/manifest.xml",
    "index/document.iwa",
    "androidmanifest.xml",
];

/// Whether a file is a workbook by its extension.
pub fn has_workbook_extension(name: &str) -> bool {
    let extension = last_part(name).rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| WORKBOOKS.contains(&visible(extension).trim().to_lowercase().as_str()))
}

/// Returns the names of the workbooks that are packed in a zip, in the zip's order; none where it is no zip, or is itself a document.
pub fn packed_workbooks(bytes: &[u8]) -> Vec<String> {
    if !bytes.starts_with(ZIP) {
        return Vec::new();
    }
    let names = names(bytes);
    if names.iter().any(|name| OF_DOCUMENTS.contains(&name.to_lowercase().as_str())) {
        return Vec::new();
    }
    names.into_iter().filter(|name| has_workbook_extension(name) && !is_beside(name)).collect()
}

/// Whether a packed file is what a system or a program keeps beside others.
fn is_beside(name: &str) -> bool {
    let is_kept = |part: &str| part.starts_with('.') || part.starts_with("~$") || part == "__MACOSX";
    name.split('/').any(is_kept)
}

/// Returns a name without its folders.
fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or_default()
}

/// Returns the names in a zip's directory, with `/` between folders.
fn names(bytes: &[u8]) -> Vec<String> {
    let stated = memmem::rfind(bytes, END).and_then(|end| number(bytes, end + 16, 4));
    let is_entry = |at: &usize| bytes.get(*at..).is_some_and(|rest| rest.starts_with(ENTRY));
    // Of more than 4 GiB, and where other bytes stand before the zip, the directory isn't where its end says.
    let mut at = stated.filter(is_entry).or_else(|| memmem::find(bytes, ENTRY));
    let mut names = Vec::new();
    while let Some((name, next)) = at.filter(is_entry).and_then(|at| entry(bytes, at)) {
        names.push(String::from_utf8_lossy(name).replace('\\', "/"));
        at = Some(next);
    }
    names
}

/// Returns the name of an entry, and where the next one is.
fn entry(bytes: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let [name, extra, comment] = [28, 30, 32].map(|field| number(bytes, at + field, 2));
    let end = at + HEAD + name?;
    Some((bytes.get(at + HEAD..end)?, end + extra? + comment?))
}

/// Returns a number of so many bytes, the least first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let bytes = bytes.get(at..at + length)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::*;

    /// Packs files of these names, each with some content.
    fn packed(names: &[&str], method: CompressionMethod, content: &[u8]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn workbooks_in_a_zip_are_named_and_attachments_of_documents_are_not() {
        let cases: [(&[&str], &[&str]); 7] = [
            (&["Acme.xlsx", "notes.txt", "South/Retail.XLS"], &["Acme.xlsx", "South/Retail.XLS"]),
            (&["South\\Retail.ods"], &["South/Retail.ods"]),
            (&["__MACOSX/._Acme.xlsx", "~$Acme.xlsx", ".Acme.xlsx"], &[]),
            (&["[Content_Types].xml", "word/embeddings/Sheet1.xlsx"], &[]),
            (&["mimetype", "Object 1/table.ods"], &[]),
            (&["report.pdf", "data.csv"], &[]),
            (&["Bolt.xlsb\u{200e}"], &["Bolt.xlsb\u{200e}"]),
        ];
        let inner = packed(&["xl/inner.xlsx"], CompressionMethod::Stored, b"");
        for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
            for (names, expected) in cases {
                assert_eq!(packed_workbooks(&packed(names, method, &inner)), expected, "{names:?}");
            }
        }
    }

    #[test]
    fn a_cut_or_odd_zip_gives_what_can_be_told() {
        let whole = packed(&["Acme.xlsx", "Bolt.xlsx"], CompressionMethod::Deflated, b"words");
        let before = [b"PK\x03\x04 other bytes", &whole[..]].concat();
        assert_eq!(packed_workbooks(&before), ["Acme.xlsx", "Bolt.xlsx"]);
        for length in 0..whole.len() {
            assert!(packed_workbooks(&whole[..length]).len() <= 2);
        }
        assert!(packed_workbooks(b"Acme.xlsx").is_empty());
    }
}
