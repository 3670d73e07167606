//! Whose reports these are, and how they look.

use std::sync::Arc;

use super::Part;
use super::colour::Colour;

/// What a season says about its reports; all of it may be left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Branding {
    /// Who sends out the reports; printed at the head of each page. Empty where nobody is named.
    pub organisation: String,
    /// The season's title: "Network review 2025–26". Empty for the framework's own title.
    pub title: String,
    /// A picture for the title block; `None` where there is none.
    pub logo: Option<Logo>,
    /// The colour of headings and rules; where text in it couldn't be read, the text is darker.
    pub accent: Colour,
    /// The ground of the panel with the outcome.
    pub panel: Colour,
    /// Paragraphs before a return's results, with a blank line between; empty where there are none.
    pub return_introduction: String,
    /// Paragraphs before the season's results, with a blank line between; empty where there are none.
    pub season_introduction: String,
    /// What the editor says before the season's results, as parts; none where nothing is said.
    pub foreword: Vec<Part>,
    /// What the editor says behind them.
    pub conclusions: Vec<Part>,
    /// Whom to ask, printed at the end; empty where nobody is named.
    pub contact: String,
}

impl Default for Branding {
    fn default() -> Self {
        Self {
            organisation: String::new(),
            title: String::new(),
            logo: None,
            accent: Colour([0x17, 0x41, 0x5f]),
            panel: Colour([0xf1, 0xf4, 0xf6]),
            return_introduction: String::new(),
            season_introduction: String::new(),
            foreword: Vec::new(),
            conclusions: Vec::new(),
            contact: String::new(),
        }
    }
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// What kind of picture it is.
    pub kind: PictureKind,
    /// What it shows, for those who don't see it.
    pub alt: String,
    /// The file.
    pub bytes: Arc<[u8]>,
}

/// A kind of picture that reports can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// Scalable Vector Graphics.
    Svg,
}

/// Why a file isn't a picture that reports can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is neither a PNG, a JPEG, a GIF nor an SVG picture")]
pub struct NotAPicture;

impl Logo {
    /// Returns the picture in a file, by what the file holds.
    pub fn of(bytes: Vec<u8>, alt: String) -> Result<Self, NotAPicture> {
        let kind = PictureKind::of(&bytes).ok_or(NotAPicture)?;
        Ok(Self { kind, alt, bytes: bytes.into() })
    }

    /// Returns the picture's name among the files of a document.
    pub fn name(&self) -> &'static str {
        match self.kind {
            PictureKind::Png => "logo.png",
            PictureKind::Jpeg => "logo.jpg",
            PictureKind::Gif => "logo.gif",
            PictureKind::Svg => "logo.svg",
        }
    }
}

impl PictureKind {
    /// Returns the kind of picture that a file holds; `None` for all else.
    fn of(bytes: &[u8]) -> Option<Self> {
        let start = &bytes[..bytes.len().min(4096)];
        match start {
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', ..] => Some(Self::Gif),
            _other => memchr::memmem::find(start, b"<svg").map(|_| Self::Svg),
        }
    }
}

/// Returns the paragraphs of a text: what stands between blank lines.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines().map(str::trim) {
        let Some(last) = paragraphs.last_mut() else { continue };
        match (line.is_empty(), last.is_empty()) {
            (true, true) => {}
            (true, false) => paragraphs.push(String::new()),
            (false, true) => last.push_str(line),
            (false, false) => {
                last.push(' ');
                last.push_str(line);
            }
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_what_they_hold() {
        let cases: [(&[u8], Option<&str>); 5] = [
            (b"\x89PNG\r\n", Some("logo.png")),
            (b"\xff\xd8\xff\xe0", Some("logo.jpg")),
            (b"GIF89a", Some("logo.gif")),
            (b"<?xml version=\"1.0\"?>\n<svg xmlns=\"x\"/>", Some("logo.svg")),
            (b"%PDF-1.7", None),
        ];
        for (bytes, name) in cases {
            let logo = Logo::of(bytes.to_vec(), String::new()).ok();
            assert_eq!(logo.as_ref().map(Logo::name), name, "{bytes:?}");
        }
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        let cases: [(&str, &[&str]); 4] = [
            ("", &[]),
            ("\n one\n", &["one"]),
            ("one\ntwo\n\n\nthree", &["one two", "three"]),
            ("one\n \ntwo\n\n", &["one", "two"]),
        ];
        for (text, expected) in cases {
            assert_eq!(paragraphs(text), expected, "{text:?}");
        }
    }
}
