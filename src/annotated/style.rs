//! The formats that we add to the workbook's styles: three for highlights, and those of the sheet of findings.
//!
//! All stand behind the sender's own, so that no number of a format changes its meaning.

use super::AnnotateError;
use super::markup::prefixed;
use crate::finding::Severity;
use crate::ooxml::{Book, Edit, Outline, PackageError, PartName, Patch, STYLE_ORDER, XmlFault};

/// The numbers of the formats that were added.
#[derive(Clone, Debug)]
pub(super) struct Formats {
    highlights: Vec<(Severity, usize)>,
    first_look: usize,
}

/// How a cell of the sheet of findings looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The sheet's title.
    Title,
    /// What stands below the title.
    Subtitle,
    /// The outcome.
    Outcome,
    /// What the outcome could become.
    Interval,
    /// How many findings there are, and how to answer.
    Detail,
    /// The headings of the columns.
    Heading,
    /// The duty of a fault that must be put right.
    Error,
    /// The duty of a fault to check or explain.
    Warning,
    /// The duty of what is good to know.
    Note,
    /// Text.
    Body,
    /// A link to a cell.
    Link,
    /// Where the sender writes.
    Answer,
    /// The name of the rule.
    Rule,
}

impl Look {
    /// All looks, in the order in which their formats are added.
    const ALL: [Self; 13] = [
        Self::Title,
        Self::Subtitle,
        Self::Outcome,
        Self::Interval,
        Self::Detail,
        Self::Heading,
        Self::Error,
        Self::Warning,
        Self::Note,
        Self::Body,
        Self::Link,
        Self::Answer,
        Self::Rule,
    ];

    /// Returns the look of the duty of a finding.
    pub(super) const fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }

    /// Returns weight, size and colour of the letters.
    pub(super) const fn letters(self) -> (&'static str, u32, &'static str) {
        match self {
            Self::Title => ("<b/>", 18, "FF1F3864"),
            Self::Subtitle => ("", 11, "FF595959"),
            Self::Outcome => ("<b/>", 13, "FF1F3864"),
            Self::Interval | Self::Detail => ("", 11, "FF404040"),
            Self::Heading => ("<b/>", 10, "FFFFFFFF"),
            Self::Error => ("<b/>", 10, "FF9C0006"),
            Self::Warning => ("<b/>", 10, "FF7F5F00"),
            Self::Note => ("<b/>", 10, "FF1F4E79"),
            Self::Body | Self::Answer => ("", 10, "FF262626"),
            Self::Link => ("<u/>", 10, "FF0563C1"),
            Self::Rule => ("", 8, "FF7F7F7F"),
        }
    }

    /// Returns the colour of the ground; `None` where there is none.
    pub(super) const fn ground(self) -> Option<&'static str> {
        match self {
            Self::Heading => Some("FF1F3864"),
            Self::Outcome | Self::Interval => Some("FFE9EFF7"),
            Self::Error => Some("FFFDE4E4"),
            Self::Warning => Some("FFFFF2CC"),
            Self::Note => Some("FFDDEBF7"),
            Self::Answer => Some("FFFFFDF0"),
            Self::Title | Self::Subtitle | Self::Detail | Self::Body | Self::Link | Self::Rule => None,
        }
    }

    /// Whether the cell is one of the table.
    pub(super) const fn is_in_table(self) -> bool {
        match self {
            Self::Title | Self::Subtitle | Self::Outcome | Self::Interval | Self::Detail => false,
            Self::Heading
            | Self::Error
            | Self::Warning
            | Self::Note
            | Self::Body
            | Self::Link
            | Self::Answer
            | Self::Rule => true,
        }
    }

    /// Returns the size of the letters in points.
    pub(super) const fn size(self) -> u32 {
        self.letters().1
    }

    /// Returns how the text lies in its cell.
    fn alignment(self) -> String {
        let upright = if self.is_in_table() && self != Self::Heading { "top" } else { "center" };
        format!("<alignment vertical=\"{upright}\" wrapText=\"1\"/>")
    }
}

impl Formats {
    /// Returns the number of a highlight's format.
    pub(super) fn of(&self, severity: Severity) -> Option<usize> {
        self.highlights.iter().find(|(of, _)| *of == severity).map(|(_, number)| *number)
    }

    /// Returns the number of a look's format.
    pub(super) fn look(&self, look: Look) -> usize {
        let place = Look::ALL.iter().position(|other| *other == look).expect("all looks are in the list");
        self.first_look + place
    }
}

/// Adds the formats to the workbook's styles, making that part where there is none.
pub(super) fn add(edit: &mut Edit<'_>, book: &Book, severities: &[Severity]) -> Result<Formats, AnnotateError> {
    let package = edit.package();
    let links = package.relationships(Some(&book.part))?;
    if let Some(part) = links.by_word("styles").and_then(|link| package.target(link)) {
        let bytes = package.read_plain(part)?;
        let outline = package.outline(part)?;
        if outline.name != "styleSheet" || !outline.namespace.is_spreadsheet() || outline.close.is_none() {
            let fault = XmlFault::Root(outline.name);
            return Err(PackageError::Xml { part: part.clone(), fault }.into());
        }
        return Ok(write(edit.patch(part), &bytes, &outline, severities));
    }
    let form = book.namespace.form();
    let empty = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{}\"></styleSheet>",
        form.main()
    );
    let outline = Outline::of_bytes(empty.as_bytes(), package.limits()).expect("it has just been written");
    let mut patch = Patch::default();
    let formats = write(&mut patch, empty.as_bytes(), &outline, severities);
    let part = free_name(edit, book.part.split().0)?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
    edit.add(part.clone(), patch.apply(empty.as_bytes()), kind);
    edit.link(&book.part, &format!("{}/styles", form.relationship()), &part)?;
    Ok(formats)
}

/// Returns the name for a part of styles in a folder: the usual one, which some programs look for, where it is free.
fn free_name(edit: &Edit<'_>, folder: &str) -> Result<PartName, PackageError> {
    let usual = PartName::new(&format!("{folder}styles.xml"));
    if edit.is_free(&usual)? { Ok(usual) } else { edit.free_name(&format!("{folder}styles{{}}.xml")) }
}

/// A list of the styles that grows.
struct List<'a> {
    patch: &'a mut Patch,
    bytes: &'a [u8],
    outline: &'a Outline,
}

impl List<'_> {
    /// Adds items to a list, behind at least as many others as there must be; returns the number of the first.
    fn add(&mut self, name: &str, others: &[&str], items: &[String]) -> usize {
        let present = self.outline.child(name).map_or(0, |child| child.items);
        let missing = others.get(present..).unwrap_or_default();
        let text = prefixed(&format!("{}{}", missing.concat(), items.concat()), &self.outline.prefix);
        self.outline.append(self.patch, self.bytes, name, STYLE_ORDER, (&text, missing.len() + items.len()));
        present + missing.len()
    }
}

/// Writes the formats; the lists are met in the order of the schema.
fn write(patch: &mut Patch, bytes: &[u8], outline: &Outline, severities: &[Severity]) -> Formats {
    let mut list = List { patch, bytes, outline };
    let plain = "<font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>";
    let fonts: Vec<String> = Look::ALL.iter().map(|look| font(*look)).collect();
    let first_font = list.add("fonts", &[plain], &fonts);
    let no_fill = "<fill><patternFill patternType=\"none\"/></fill>";
    let grey_fill = "<fill><patternFill patternType=\"gray125\"/></fill>";
    let mut grounds: Vec<&str> = Look::ALL.iter().filter_map(|look| look.ground()).collect();
    grounds.dedup();
    let fills: Vec<String> = grounds.iter().map(|ground| fill(ground)).collect();
    let first_fill = list.add("fills", &[no_fill, grey_fill], &fills);
    let no_border = "<border><left/><right/><top/><bottom/><diagonal/></border>";
    let border = list.add("borders", &[no_border], &[lines("FFBFBFBF")]);
    if outline.child("cellStyleXfs").is_none_or(|styles| styles.items == 0) {
        list.add("cellStyleXfs", &[], &["<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>".to_owned()]);
    }
    let cell = |(number, look): (usize, &Look)| {
        let ground = look.ground().and_then(|ground| grounds.iter().position(|other| *other == ground));
        let fill = ground.map_or(0, |ground| first_fill + ground);
        let border = if look.is_in_table() { border } else { 0 };
        format!(
            "<xf numFmtId=\"0\" fontId=\"{}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" quotePrefix=\"1\" \
             applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\">{}</xf>",
            first_font + number,
            look.alignment()
        )
    };
    let cells: Vec<String> = Look::ALL.iter().enumerate().map(cell).collect();
    let plain = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>";
    let first_look = list.add("cellXfs", &[plain], &cells);
    let highlights: Vec<String> = severities.iter().map(|severity| highlight(*severity)).collect();
    let first = if highlights.is_empty() { 0 } else { list.add("dxfs", &[], &highlights) };
    Formats { highlights: severities.iter().copied().zip(first..).collect(), first_look }
}

fn font(look: Look) -> String {
    let (weight, size, colour) = look.letters();
    let (bold, underline) = if weight == "<u/>" { ("", weight) } else { (weight, "") };
    format!(
        "<font>{bold}{underline}<sz val=\"{size}\"/><color rgb=\"{colour}\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
    )
}

fn fill(colour: &str) -> String {
    format!(
        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{colour}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
    )
}

/// Returns a border with lines above and below.
fn lines(colour: &str) -> String {
    let line = |side: &str| format!("<{side} style=\"thin\"><color rgb=\"{colour}\"/></{side}>");
    format!("<border><left/><right/>{}{}<diagonal/></border>", line("top"), line("bottom"))
}

/// Returns the format of a highlight: a ground and a border, so that something shows beside the sender's own rules.
fn highlight(severity: Severity) -> String {
    let (ground, border) = match severity {
        Severity::Error => ("FFFFC7CE", "FFC00000"),
        Severity::Warning => ("FFFFEB9C", "FFBF8F00"),
        Severity::Note => ("FFDDEBF7", "FF2F75B5"),
    };
    let side = |side: &str| format!("<{side} style=\"thin\"><color rgb=\"{border}\"/></{side}>");
    let sides = ["left", "right", "top", "bottom"].map(side).concat();
    format!(
        "<dxf><fill><patternFill patternType=\"solid\"><fgColor rgb=\"{ground}\"/><bgColor rgb=\"{ground}\"/></patternFill>\
         </fill><border>{sides}</border></dxf>"
    )
}
