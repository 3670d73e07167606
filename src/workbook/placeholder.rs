//! What stands where a workbook is to be: the placeholders that cloud folders keep, links, and files of nothing.
//!
//! They are told by the name as well as by the content, since a placeholder holds nothing of the workbook.

use memchr::memmem;

/// Endings of files that cloud folders keep in the place of others, and what they are, as in "the file is …".
const OF_CLOUDS: [(&str, &str); 6] = [
    ("icloud", "a placeholder of iCloud Drive, which hasn't brought the workbook here yet"),
    ("gsheet", "a link to a sheet of Google Drive"),
    ("gdoc", "a link to a document of Google Drive"),
    ("gslides", "a link to a presentation of Google Drive"),
    ("cloud", "a placeholder of a cloud folder, which hasn't brought the workbook here yet"),
    ("cloudf", "a placeholder of a cloud folder, which hasn't brought the workbook here yet"),
];
/// Endings of files that lead to another, which need not be a workbook.
const LINKS: [(&str, &str); 4] = [
    ("url", "a link to a place on the web"),
    ("webloc", "a link to a place on the web"),
    ("lnk", "a link to a file elsewhere"),
    ("desktop", "a link to a file elsewhere"),
];
/// What names and links to workbooks, and to where they are shared, hold, in lower case.
const WORKBOOKS: [&str; 14] = [
    ".xls",
    ".xlt",
    ".ods",
    ".ots",
    ".numbers",
    "spreadsheet",
    "sharepoint.",
    "onedrive",
    "1drv.ms",
    "docs.google.",
    "drive.google.",
    "dropbox",
    "icloud.com",
    "box.com/",
];

/// Says what a file is that holds nothing of the workbook that is to be in its place; `None` where it may hold one.
pub fn placeholder(name: &str, bytes: &[u8]) -> Option<&'static str> {
    if bytes.is_empty() {
        return Some("empty");
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return Some("nothing but zero bytes, as an interrupted copy leaves it");
    }
    let name = name.rsplit('/').next().unwrap_or_default().to_lowercase();
    let (stem, extension) = name.rsplit_once('.')?;
    let of =
        |list: &[(&str, &'static str)]| list.iter().find(|(ending, _)| *ending == extension).map(|(_, what)| *what);
    if extension == "icloud" && !names_workbook(stem.as_bytes()) {
        return None;
    }
    of(&OF_CLOUDS).or_else(|| of(&LINKS).filter(|_| names_workbook(stem.as_bytes()) || names_workbook(bytes)))
}

/// Whether a name or what a link holds, in one or two bytes a letter, names a workbook or where workbooks are shared.
fn names_workbook(bytes: &[u8]) -> bool {
    let plain: Vec<u8> = bytes.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    WORKBOOKS.iter().any(|word| memmem::find(&plain, word.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_known_by_its_name_and_by_what_it_holds() {
        let zeros = vec![0; 70_000];
        let cases: [(&str, &[u8], Option<&str>); 19] = [
            ("Return.xlsx", b"", Some("empty")),
            ("Return.ods", &zeros, Some("zero bytes")),
            ("Return.xlsx", b"PK", None),
            ("Return.xlsx", &[0, 0, 1], None),
            ("North/.Return.xlsx.icloud", b"bplist00", Some("iCloud")),
            (".Return.XLS.ICLOUD", b"bplist00", Some("iCloud")),
            (".Photo.jpg.icloud", b"bplist00", None),
            ("Return.gsheet", br#"{"url":""}"#, Some("Google")),
            ("Return.gdoc", br#"{"url":""}"#, Some("Google")),
            ("Return.xlsx.url", b"[InternetShortcut]\r\nURL=https://example.org/1", Some("web")),
            ("Return.url", b"[InternetShortcut]\r\nURL=https://a.sharepoint.com/:x:/r", Some("web")),
            ("Return.url", b"[InternetShortcut]\r\nURL=https://docs.google.com/d/1", Some("web")),
            ("Guidance.url", b"[InternetShortcut]\r\nURL=https://example.org/guidance", None),
            ("Return.webloc", b"<string>https://1drv.ms/x/s!A</string>", Some("web")),
            ("Return.xlsx - Shortcut.lnk", b"L\0\0\0", Some("elsewhere")),
            ("Return.lnk", b"L\0\0\0C\0:\0\\\0R\0.\0x\0l\0s\0x\0", Some("elsewhere")),
            ("Printer.lnk", b"L\0\0\0C\0:\0\\\0P\0", None),
            ("Return", b"PK\x03\x04", None),
            ("notes.txt", b"see Return.xlsx", None),
        ];
        for (name, bytes, expected) in cases {
            let found = placeholder(name, bytes);
            assert_eq!(found.is_some(), expected.is_some(), "{name}: {found:?}");
            assert!(expected.is_none_or(|words| found.unwrap().contains(words)), "{name}: {found:?}");
        }
    }
}
