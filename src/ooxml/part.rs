//! The name of a part: `xl/worksheets/sheet1.xml`.

use std::cmp::Ordering;
use std::fmt;

/// The name of a part, without the slash that it begins with; two names that differ only in ASCII case are one.
#[derive(Clone, Debug)]
pub struct PartName(String);

impl PartName {
    /// Takes a name as it stands in the file; a leading slash is dropped and backslashes are slashes.
    pub fn new(name: &str) -> Self {
        Self(name.trim_start_matches(['/', '\\']).replace('\\', "/"))
    }

    /// Returns the name of the part that lists the content types.
    pub fn content_types() -> Self {
        Self("[Content_Types].xml".to_owned())
    }

    /// Returns the name of the part that lists what `source` (`None`: the package) is linked to.
    pub fn of_relationships(source: Option<&Self>) -> Self {
        let (folder, name) = source.map_or(("", ""), Self::split);
        Self(format!("{folder}_rels/{name}.rels"))
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the bytes of the name without its case.
    fn folded(&self) -> impl Iterator<Item = u8> {
        self.0.bytes().map(|byte| byte.to_ascii_lowercase())
    }

    /// Returns what stands after the last full stop, in lower case; empty where there is none.
    pub fn extension(&self) -> String {
        self.split().1.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
    }

    /// Returns the folder with its slash, and the name in it.
    pub fn split(&self) -> (&str, &str) {
        self.0.split_at(self.0.rfind('/').map_or(0, |slash| slash + 1))
    }

    /// Returns the part that `target`, written in the relationships of `source`, leads to; `None` where it climbs out of
    /// the package or is empty.
    pub fn resolve(source: Option<&Self>, target: &str) -> Option<Self> {
        let target = target.split(['#', '?']).next().unwrap_or_default().replace('\\', "/");
        let folder = if target.starts_with('/') { "" } else { source.map_or("", |source| source.split().0) };
        let mut steps: Vec<&str> = Vec::new();
        for step in folder.split('/').chain(target.split('/')) {
            match step {
                "" | "." => {}
                ".." => drop(steps.pop()?),
                name => steps.push(name),
            }
        }
        (!steps.is_empty() && !target.is_empty()).then(|| Self(steps.join("/")))
    }

    /// Returns the target that leads from `source` to this part: relative where both lie in one folder or below it.
    pub fn target_from(&self, source: Option<&Self>) -> String {
        let folder = source.map_or("", |source| source.split().0);
        match self.0.strip_prefix(folder) {
            Some(rest) => rest.to_owned(),
            None => format!("{}{}", "../".repeat(folder.matches('/').count()), self.0),
        }
    }

    /// Returns the name with `%20` and the like as the characters they stand for.
    #[must_use]
    pub fn unescaped(&self) -> Self {
        let mut rest = self.0.as_bytes();
        let mut plain = Vec::with_capacity(rest.len());
        while let Some((first, after)) = rest.split_first() {
            let digits = after.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
            let value = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            plain.push(value.unwrap_or(*first));
            rest = if value.is_some() { &after[2..] } else { after };
        }
        Self(String::from_utf8_lossy(&plain).into_owned())
    }
}

impl fmt::Display for PartName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for PartName {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl Ord for PartName {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded().cmp(other.folded())
    }
}

impl PartialOrd for PartName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for PartName {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for PartName {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_from_their_source() {
        let cases = [
            ("xl/workbook.xml", "worksheets/sheet1.xml", Some("xl/worksheets/sheet1.xml")),
            ("xl/workbook.xml", "/xl/worksheets/sheet1.xml", Some("xl/worksheets/sheet1.xml")),
            ("xl/worksheets/sheet1.xml", "../comments1.xml", Some("xl/comments1.xml")),
            ("xl/worksheets/sheet1.xml", "..\\comments1.xml", Some("xl/comments1.xml")),
            ("xl/workbook.xml", "./styles.xml", Some("xl/styles.xml")),
            ("xl/workbook.xml", "../../escape.xml", None),
            ("xl/workbook.xml", "", None),
        ];
        for (source, target, expected) in cases {
            let resolved = PartName::resolve(Some(&source.into()), target);
            assert_eq!(resolved.as_ref().map(PartName::as_str), expected, "{source} to {target}");
        }
    }

    #[test]
    fn a_target_leads_back_to_its_part() {
        for (source, part) in [
            ("xl/worksheets/sheet1.xml", "xl/comments1.xml"),
            ("xl/workbook.xml", "xl/worksheets/sheet1.xml"),
            ("xl/workbook.xml", "customXml/item1.xml"),
            ("workbook.xml", "sheet.xml"),
        ] {
            let (source, part) = (PartName::new(source), PartName::new(part));
            assert_eq!(PartName::resolve(Some(&source), &part.target_from(Some(&source))), Some(part));
        }
    }

    #[test]
    fn case_and_escapes_do_not_tell_names_apart() {
        assert_eq!(PartName::new("/XL/Workbook.xml"), PartName::new("xl\\workbook.xml"));
        assert_eq!(PartName::new("xl/a%20b%C3%A4.xml").unescaped(), PartName::new("xl/a b\u{e4}.xml"));
        assert_eq!(PartName::of_relationships(None).as_str(), "_rels/.rels");
        assert_eq!(PartName::of_relationships(Some(&"xl/workbook.xml".into())).as_str(), "xl/_rels/workbook.xml.rels");
    }
}
