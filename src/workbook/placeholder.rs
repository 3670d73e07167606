//! What stands where a workbook is to be: the placeholders that cloud folders keep, links, downloads that haven't ended, files of nothing.
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
/// Endings of downloads and copies that haven't ended.
const UNFINISHED: [&str; 7] = ["crdownload", "download", "filepart", "opdownload", "part", "partial", "tmp"];
/// What names of workbooks hold, in lower case.
const ENDINGS: [&str; 5] = [".xls", ".xlt", ".ods", ".ots", ".numbers"];
/// What else links to workbooks hold, which need not say their names: pages about them, or of a shared folder, have none of it.
const LINKED: [&str; 6] =
    ["spreadsheet", "/:x:/", "1drv.ms/x/", "docs.google.com/d/", "icloud.com/numbers", "onedrive.live.com/edit"];
/// What begins the names of a workbook's parts, which stand as they are in the package.
const PARTS: &[u8] = b"xl/work";

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
    if UNFINISHED.contains(&extension) {
        let is_workbook = names_workbook(stem.as_bytes()) || memmem::find(bytes, PARTS).is_some();
        return is_workbook.then_some("a download or copy that hasn't ended");
    }
    of(&OF_CLOUDS).or_else(|| of(&LINKS).filter(|_| names_workbook(stem.as_bytes()) || leads_to_workbook(bytes)))
}

/// Whether a name is a workbook's, whatever stands behind its ending.
fn names_workbook(name: &[u8]) -> bool {
    ENDINGS.iter().any(|word| memmem::find(name, word.as_bytes()).is_some())
}

/// Whether what a link holds, in one or two bytes a letter, names a workbook.
fn leads_to_workbook(bytes: &[u8]) -> bool {
    let plain: Vec<u8> = bytes.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    names_workbook(&plain) || LINKED.iter().any(|word| memmem::find(&plain, word.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_known_by_its_name_and_by_what_it_holds() {
        let zeros = vec![0; 70_000];
        let cases: [(&str, &[u8], Option<&str>); 27] = [
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
            ("Guidance.url", b"[InternetShortcut]\r\nURL=https://a.sharepoint.com/sites/guidance", None),
            ("Our folder.url", b"[InternetShortcut]\r\nURL=https://www.dropbox.com/home", None),
            ("How to fill in the spreadsheet.url", b"[InternetShortcut]\r\nURL=https://example.org/help", None),
            ("Return.desktop", b"[Desktop Entry]\nType=Link\nURL=file:///Return.ods", Some("elsewhere")),
            ("Help.desktop", b"[Desktop Entry]\nType=Application\nExec=help", None),
            ("Guidance.docx.part", b"PK\x03\x04 word/document.xml", None),
            ("Unconfirmed 7.crdownload", b"PK\x03\x04 xl/workbook.xml", Some("hasn't ended")),
            ("notes.tmp", b"notes", None),
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

    #[test]
    fn a_download_of_any_program_is_known_while_it_has_not_ended() {
        for ending in UNFINISHED {
            for extension in ["xlsx", "xlsm", "xlsb", "xls", "ods"] {
                for name in [
                    format!("Return.{extension}.{ending}"),
                    format!("North/Return (1).{extension}.{ending}").to_uppercase(),
                ] {
                    assert!(placeholder(&name, b"PK\x03\x04").is_some(), "{name}");
                }
            }
            assert_eq!(placeholder(&format!("Guidance.pdf.{ending}"), b"%PDF"), None);
        }
    }
}
