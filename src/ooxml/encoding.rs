//! The encoding of a part's XML: whatever it is, everybody else sees UTF-8.
//!
//! Office programs write UTF-8, the standard allows UTF-16 as well, and other programs declare what they like. The mark at
//! the beginning counts first, then how the first letter is written, then what the part declares.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// Returns a part's text without its mark: borrowed, byte for byte as it lies in the file, where that is UTF-8. What can't be
/// read so is refused by the name of its encoding.
pub(super) fn text_of(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let fault = |encoding: &'static Encoding| encoding.name().to_owned();
    let (encoding, plain) = encoding_of(bytes)?;
    if encoding == UTF_8 || !is_wide(encoding) && plain.is_ascii() {
        return std::str::from_utf8(plain).map(Cow::Borrowed).map_err(|_| fault(encoding));
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(plain).ok_or_else(|| fault(encoding))?;
    Ok(Cow::Owned(declared_anew(text.into_owned())))
}

/// Returns a part's bytes in UTF-8: as they lie in the file, mark and all, where they are that, or nobody can tell what.
pub(super) fn in_utf8(bytes: Vec<u8>) -> Vec<u8> {
    let text = match text_of(&bytes) {
        Ok(Cow::Owned(text)) => Some(text.into_bytes()),
        Ok(Cow::Borrowed(_)) | Err(_) => None,
    };
    text.unwrap_or(bytes)
}

/// Returns what a part is written in, and its bytes without the mark that says so.
fn encoding_of(bytes: &[u8]) -> Result<(&'static Encoding, &[u8]), String> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok((encoding, &bytes[length..]));
    }
    // The first letter is one of ASCII, so that one of its two bytes is nought.
    match bytes {
        [0, _, ..] => return Ok((UTF_16BE, bytes)),
        [_, 0, ..] => return Ok((UTF_16LE, bytes)),
        _ => {}
    }
    let Some(name) = declared(bytes).map(|name| &bytes[name]) else { return Ok((UTF_8, bytes)) };
    match Encoding::for_label_no_replacement(name) {
        // What can be read as single bytes isn't of two, whatever it declares.
        Some(encoding) if !is_wide(encoding) => Ok((encoding, bytes)),
        Some(_) => Ok((UTF_8, bytes)),
        None if std::str::from_utf8(bytes).is_ok() => Ok((UTF_8, bytes)),
        None => Err(String::from_utf8_lossy(name).into_owned()),
    }
}

/// Whether letters of an encoding take two bytes, those of ASCII among them.
fn is_wide(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// Returns where the name of the encoding stands that a part declares.
fn declared(bytes: &[u8]) -> Option<Range<usize>> {
    let head = &bytes[..memmem::find(&bytes[..bytes.len().min(256)], b"?>")?];
    let after = memmem::find(head.strip_prefix(b"<?xml")?, b"encoding")? + b"<?xmlencoding".len();
    let start = after + head[after..].iter().position(|byte| matches!(byte, b'"' | b'\''))? + 1;
    let length = head[start..].iter().position(|byte| *byte == head[start - 1])?;
    Some(start..start + length)
}

/// Returns a text that says that it is in UTF-8, as it is from now on.
fn declared_anew(mut text: String) -> String {
    if let Some(name) = declared(text.as_bytes()) {
        text.replace_range(name, "UTF-8");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes that a UTF-8 part may begin with.
    const MARK: &[u8] = b"\xef\xbb\xbf";
    const LETTERS: &str = "<a t='\u{e9}'>\u{2019}\u{154}\u{65e5}\u{1f600}</a>";

    fn text(bytes: &[u8]) -> Result<String, String> {
        text_of(bytes).map(Cow::into_owned)
    }

    #[test]
    fn letters_of_two_bytes_are_read_with_a_mark_and_without() {
        for declaration in ["", "<?xml version=\"1.0\"?>", "<?xml version='1.0' encoding='UTF-16' standalone='yes'?>"] {
            let expected = format!("{declaration}{LETTERS}").replace("UTF-16", "UTF-8");
            for mark in ["", "\u{feff}"] {
                let units: Vec<u16> = format!("{mark}{declaration}{LETTERS}").encode_utf16().collect();
                let little: Vec<u8> = units.iter().copied().flat_map(u16::to_le_bytes).collect();
                let big: Vec<u8> = units.iter().copied().flat_map(u16::to_be_bytes).collect();
                assert_eq!(text(&little).as_ref(), Ok(&expected));
                assert_eq!(text(&big).as_ref(), Ok(&expected));
                assert_eq!(in_utf8(little), expected.as_bytes());
                assert!(text(&big[..big.len() - 1]).is_err(), "it is cut within a letter");
            }
        }
    }

    #[test]
    fn utf_8_is_borrowed_and_keeps_its_mark_in_the_file() {
        let plain = LETTERS.as_bytes();
        let marked = [MARK, plain].concat();
        assert!(matches!(text_of(plain), Ok(Cow::Borrowed(LETTERS))));
        assert!(matches!(text_of(&marked), Ok(Cow::Borrowed(LETTERS))));
        assert_eq!(in_utf8(marked.clone()), marked);
        assert_eq!(in_utf8(b"<a>\xe4</a>".to_vec()), b"<a>\xe4</a>");
    }

    #[test]
    fn every_encoding_that_programs_know_by_name_is_read_as_declared() {
        let all = [
            "Big5",
            "EUC-JP",
            "EUC-KR",
            "GBK",
            "IBM866",
            "ISO-8859-1",
            "ISO-8859-2",
            "ISO-8859-3",
            "ISO-8859-4",
            "ISO-8859-5",
            "ISO-8859-6",
            "ISO-8859-7",
            "ISO-8859-8",
            "ISO-8859-9",
            "ISO-8859-10",
            "ISO-8859-13",
            "ISO-8859-14",
            "ISO-8859-15",
            "ISO-8859-16",
            "KOI8-R",
            "KOI8-U",
            "Shift_JIS",
            "US-ASCII",
            "gb18030",
            "macintosh",
            "windows-1250",
            "windows-1251",
            "windows-1252",
            "windows-1253",
            "windows-1254",
            "windows-1255",
            "windows-1256",
            "windows-1257",
            "windows-1258",
            "windows-874",
            "x-mac-cyrillic",
        ];
        for name in all {
            let encoding = Encoding::for_label(name.as_bytes()).unwrap();
            let mut letters = [
                "\u{e9}\u{154}",
                "\u{416}",
                "\u{3b1}",
                "\u{5d0}",
                "\u{627}",
                "\u{65e5}",
                "\u{e01}",
                "\u{159}",
                "\u{e4}",
            ]
            .into_iter()
            .flat_map(str::chars)
            .filter(|letter| !encoding.encode(letter.encode_utf8(&mut [0; 4])).2)
            .collect::<String>();
            letters.insert(0, 'a');
            assert!(letters.len() > 1, "{name}");
            for quote in ['"', '\''] {
                let written = |name: &str| {
                    format!("<?xml version={quote}1.0{quote} encoding = {quote}{name}{quote}?><a>{letters}</a>")
                };
                assert_eq!(text(&encoding.encode(&written(name)).0), Ok(written("UTF-8")), "{name}");
            }
        }
    }

    #[test]
    fn what_cannot_be_told_is_refused_by_name() {
        let cases: [(&[u8], &str); 5] = [
            (b"<a>\xe4</a>", "UTF-8"),
            (b"<?xml version='1.0' encoding='UTF-8'?><a>\xe4</a>", "UTF-8"),
            (b"<?xml version='1.0' encoding='Shift_JIS'?><a>\x81</a>", "Shift_JIS"),
            (b"<?xml version='1.0' encoding='cp0815'?><a>\xe4</a>", "cp0815"),
            (b"\xff\xfe<\0a\0\x00\xdc>\0", "UTF-16LE"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(text(bytes).unwrap_err(), expected);
        }
        let wrongly = "<?xml version='1.0' encoding='UTF-16'?><a>\u{e9}</a>";
        assert_eq!(text(wrongly.as_bytes()).as_deref(), Ok(wrongly), "single bytes are not of two");
        assert_eq!(text(b"").as_deref(), Ok(""));
    }
}
