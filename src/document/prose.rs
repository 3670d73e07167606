//! An editor's own text, written as Markdown, as parts of a document: headings, paragraphs, lists and quotations.
//!
//! How words are emphasised is left out, and behind a link stands where it leads; what is numbered keeps its numbers. What a report can't
//! print is refused with its line, so that nothing of a text is lost.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Block, Part};

/// Why a text can't be printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} has {what}, which a report can\u{2019}t print; write headings, paragraphs, lists and quotations")]
pub struct ProseError {
    /// The line, from one.
    pub line: usize,
    /// What stands there.
    pub what: &'static str,
}

/// Returns the parts of a text; what stands before its first heading has this one. A part holds those whose headings are lesser.
pub fn parts(text: &str, usual: &str) -> Result<Vec<Part>, ProseError> {
    let mut prose = Prose { parts: vec![(0, Part::new(usual))], ..Prose::default() };
    // Tables are known so that they can be refused.
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let line = text[..range.start].matches('\n').count() + 1;
        prose.take(event).map_err(|what| ProseError { line, what })?;
    }
    let mut parts = prose.parts;
    if parts[0].1.blocks.is_empty() {
        parts.remove(0);
    } else if let Some(first) = parts.get(1).map(|(level, _)| *level) {
        parts[0].0 = first;
    }
    Ok(nested(parts))
}

/// Puts parts into those before them whose headings are greater.
fn nested(parts: Vec<(usize, Part)>) -> Vec<Part> {
    let mut done: Vec<(usize, Part)> = Vec::new();
    for (level, mut part) in parts.into_iter().rev() {
        while let Some((_, within)) = done.pop_if(|(other, _)| *other > level) {
            part = part.part([within]);
        }
        done.push((level, part));
    }
    done.into_iter().rev().map(|(_, part)| part).collect()
}

/// A text that is being read.
#[derive(Default)]
struct Prose {
    /// The parts so far, each with the level of its heading.
    parts: Vec<(usize, Part)>,
    /// The words since something began.
    words: String,
    /// The points of the list that is being read.
    points: Vec<String>,
    /// The list that is being read; `None` outside one.
    list: Option<List>,
    /// In how many quotations this is.
    quotations: usize,
    /// Where the link leads whose words are being read, and where they began.
    link: Option<(String, usize)>,
}

/// A list.
enum List {
    /// Its points have no numbers.
    Points,
    /// They have, from this one on.
    Numbered(u64),
}

impl Prose {
    /// Takes what comes next; says what it is where a report can't print it.
    fn take(&mut self, event: Event) -> Result<(), &'static str> {
        match event {
            Event::Start(tag) => self.begin(tag)?,
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) => self.words.push_str(&words),
            Event::SoftBreak | Event::HardBreak => self.words.push(' '),
            Event::Rule => {}
            Event::Html(_) | Event::InlineHtml(_) => return Err("HTML"),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {
                return Err("something that is no text");
            }
        }
        Ok(())
    }

    fn begin(&mut self, tag: Tag) -> Result<(), &'static str> {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::Emphasis | Tag::Strong => {}
            Tag::BlockQuote(_) => self.quotations += 1,
            Tag::List(_) if self.list.is_some() => return Err("a list within a list"),
            Tag::List(first) => self.list = Some(first.map_or(List::Points, List::Numbered)),
            Tag::Item => self.point(),
            Tag::Link { dest_url, .. } => self.link = Some((dest_url.to_string(), self.words.len())),
            Tag::CodeBlock(_) => return Err("a block of code"),
            Tag::Table(_) => return Err("a table"),
            Tag::Image { .. } => return Err("a picture"),
            Tag::HtmlBlock => return Err("HTML"),
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => return Err("something that is no text"),
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let heading = self.taken();
                self.parts.push((level as usize, Part::new(heading)));
            }
            TagEnd::Paragraph if self.list.is_some() => self.words.push(' '),
            TagEnd::Paragraph if self.quotations > 0 => {
                let words = self.taken();
                self.add(Block::Statement(words));
            }
            TagEnd::Paragraph => {
                let words = self.taken();
                self.add(Block::Paragraph(words));
            }
            TagEnd::BlockQuote(_) => self.quotations = self.quotations.saturating_sub(1),
            TagEnd::Item => self.point(),
            TagEnd::List(_) => self.end_list(),
            TagEnd::Link => self.end_link(),
            TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Image
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Ends a point of a list where there are words of one.
    fn point(&mut self) {
        let words = self.taken();
        self.points.extend((!words.is_empty()).then_some(words));
    }

    fn end_list(&mut self) {
        let points = std::mem::take(&mut self.points);
        match self.list.take() {
            None | Some(List::Points) => self.add(Block::Points(points)),
            Some(List::Numbered(first)) => {
                let numbered = (first..).zip(points).map(|(number, point)| format!("{number}. {point}"));
                numbered.for_each(|point| self.add(Block::Paragraph(point)));
            }
        }
    }

    /// Says behind the words of a link where it leads, unless they say it.
    fn end_link(&mut self) {
        let Some((leads, began)) = self.link.take() else { return };
        if self.words.get(began..) != Some(leads.as_str()) {
            self.words.extend([" (", &leads, ")"]);
        }
    }

    fn taken(&mut self) -> String {
        std::mem::take(&mut self.words).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Adds a block to the last part.
    fn add(&mut self, block: Block) {
        if let Some((_, part)) = self.parts.last_mut() {
            *part = std::mem::take(part).block(block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_as_parts() {
        let text = "Before *all* else,\nin two lines.\n\n# What we did\n\nSee [the site](https://example.org).\n\n- one\n- two\n\n## A case\n\n> Well said.\n\n# What next\n\n3. First\n4. `Second`\n";
        let paragraph = |words: &str| Block::Paragraph(words.to_owned());
        let points = |points: &[&str]| Block::Points(points.iter().map(ToString::to_string).collect());
        let case = Part::new("A case").block(Block::Statement("Well said.".to_owned()));
        let expected = vec![
            Part::new("Foreword").block(paragraph("Before all else, in two lines.")),
            Part::new("What we did")
                .block(paragraph("See the site (https://example.org)."))
                .block(points(&["one", "two"]))
                .part(case),
            Part::new("What next").block(paragraph("3. First")).block(paragraph("4. Second")),
        ];
        assert_eq!(parts(text, "Foreword"), Ok(expected));
        assert_eq!(parts("## Deep\n\nText\n", "Foreword"), Ok(vec![Part::new("Deep").block(paragraph("Text"))]));
        assert_eq!(parts("", "Foreword"), Ok(Vec::new()));
    }

    #[test]
    fn what_cannot_be_printed_is_refused_with_its_line() {
        for (text, line, what) in [
            ("One\n\n![a cat](cat.png)\n", 3, "a picture"),
            ("<div>\n</div>\n", 1, "HTML"),
            ("A <b>word</b>\n", 1, "HTML"),
            ("- one\n  - within\n", 2, "a list within a list"),
            ("| A | B |\n|---|---|\n| 1 | 2 |\n", 1, "a table"),
            ("One\n\n```\ncode\n```\n", 3, "a block of code"),
        ] {
            assert_eq!(parts(text, "Foreword"), Err(ProseError { line, what }), "{text:?}");
        }
    }
}
