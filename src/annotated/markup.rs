//! Text as it is written into a part, so that it comes out as the same text.
//!
//! Everything that isn't ASCII is written as character references, so that the encoding of the part doesn't matter.
//! Characters that XML can't hold are written the way spreadsheet programs do it, `_x0007_`; text that looks like such an
//! escape gets its underscore escaped.

use std::fmt::Write;

/// The most characters, counted as UTF-16, that a cell or a note can hold.
pub(super) const LONGEST: usize = 32_767;

/// Writes text as content or as the value of an attribute.
pub(super) fn written(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '_' if looks_escaped(&text[at..]) => out.push_str("_x005F_"),
            '\n' | '\t' => push(&mut out, format_args!("&#{};", u32::from(c))),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => push(&mut out, format_args!("_x{:04X}_", u32::from(c))),
            ' '..='~' => out.push(c),
            _ => push(&mut out, format_args!("&#x{:X};", u32::from(c))),
        }
    }
    out
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a string can be written to");
}

/// Whether text begins like an escaped character: `_x005F_`.
fn looks_escaped(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

/// Returns what escaped text stands for.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let escape = rest.get(2..6).filter(|_| looks_escaped(rest));
        let meant = escape.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        out.push(meant.unwrap_or(c));
        rest = if meant.is_some() { &rest[7..] } else { &rest[c.len_utf8()..] };
    }
    out
}

/// Cuts text to a number of characters, counted as UTF-16; what is cut ends with an ellipsis.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut left = most.saturating_sub(1);
    let fits = |c: &char| {
        let fits = c.len_utf16() <= left;
        left -= c.len_utf16().min(left);
        fits
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push('\u{2026}');
    short
}

/// Returns text without the characters that a note can't show.
pub(super) fn shown(text: &str) -> String {
    let shows = |c: &char| *c == '\n' || *c == '\t' || !(c.is_control() || *c == '\u{fffe}' || *c == '\u{ffff}');
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(shows).collect()
}

/// Gives every element of a piece of markup a prefix, which has its colon or is empty.
pub(super) fn prefixed(markup: &str, prefix: &str) -> String {
    if prefix.is_empty() {
        return markup.to_owned();
    }
    markup.replace('<', &format!("<{prefix}")).replace(&format!("<{prefix}/"), &format!("</{prefix}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_written_so_that_it_comes_out_the_same() {
        let cases = [
            ("=1+1", "=1+1"),
            ("a & <b>", "a &amp; &lt;b&gt;"),
            ("bell \u{7}", "bell _x0007_"),
            ("_x0007_", "_x005F_x0007_"),
            ("_x00_", "_x00_"),
            ("caf\u{e9} \u{1f600}", "caf&#xE9; &#x1F600;"),
            ("two\nlines\r", "two&#10;lines_x000D_"),
        ];
        for (text, expected) in cases {
            assert_eq!(written(text), expected);
            let read = quick_xml::escape::unescape(expected).unwrap().into_owned();
            assert_eq!(unescaped(&read), text);
        }
    }

    #[test]
    fn a_cut_counts_as_spreadsheet_programs_count() {
        for (text, most, expected) in
            [("abc", 3, "abc"), ("abcd", 3, "ab\u{2026}"), ("\u{1f600}\u{1f600}", 3, "\u{1f600}\u{2026}")]
        {
            assert_eq!(cut(text, most), expected);
        }
    }

    #[test]
    fn a_prefix_is_given_to_every_tag() {
        assert_eq!(prefixed("<a><b c=\"d\"/></a>", "x:"), "<x:a><x:b c=\"d\"/></x:a>");
    }
}
