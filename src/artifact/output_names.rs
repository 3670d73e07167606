//! What the outputs on each file of a run are called.
//!
//! All names are decided at once, from the files' names alone, so that they are the same at every run. Each file has a stem of its
//! own, also for systems that tell names apart neither by case nor by how accents are written; it fits wherever files are
//! kept: what a system refuses in a name, or as one, is written otherwise, and a long name is cut. Only a name that is cut, or
//! that another file has as well, carries the extension or a short digest of the whole name.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// The most bytes of a stem: with what is put behind it, and what waits beside its place, it is within the 255 of file systems.
const LONGEST_STEM: usize = 220;

/// The most letters of an extension; what is longer is the end of a name with a stop in it.
const LONGEST_EXTENSION: usize = 8;

/// How many digits of a digest tell names apart; where they don't, as many more are taken.
const DIGITS: usize = 8;

/// After so many attempts a name is a file's own, as good as always.
const LIKELY_ATTEMPTS: usize = 2;

/// The extensions under which copies are kept whose files have another.
const USUAL_COPIES: [&str; 2] = ["xlsx", "xlsm"];

/// What our copies have behind a file's stem.
const COPY_SUFFIXES: [&str; 2] = [".annotated", ".findings"];

/// Names that Windows keeps for devices, whatever stands behind a stop.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Names that Windows keeps for devices with a digit behind them.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// The names of the outputs on the files of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputNames {
    prefix: String,
    stems: BTreeMap<String, String>,
}

/// How much of a name is made to fit every system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fitted {
    /// The folders in it as well, since they are made.
    Whole,
    /// The file's own name, since the folders are there.
    FileAlone,
}

impl OutputNames {
    /// Decides for outputs that go into a folder of their own, given what stands before their names, such as `returns/`.
    ///
    /// ```
    /// # use scrutineer::artifact::OutputNames;
    /// let names = OutputNames::within("returns/", ["North/Acme.xlsx", "Beta.xlsm", "Beta.xlsx"]);
    /// assert_eq!(names.annotated("North/Acme.xlsx", "xlsx"), "returns/North/Acme.annotated.xlsx");
    /// assert_eq!(names.report("Beta.xlsm"), "returns/Beta.xlsm.report.pdf");
    /// ```
    pub fn within<'a>(prefix: &str, files: impl IntoIterator<Item = &'a str>) -> Self {
        Self { prefix: prefix.to_owned(), stems: distinct(files, Fitted::Whole) }
    }

    /// Decides for outputs that go beside their files, or below a folder by the files' own paths.
    ///
    /// ```
    /// # use scrutineer::artifact::OutputNames;
    /// let names = OutputNames::beside(["../in/Acme.ods", "../in/Beta.annotated.xlsx"]);
    /// assert_eq!(names.companion("../in/Acme.ods"), "../in/Acme.findings.xlsx");
    /// assert_eq!(names.annotated("../in/Beta.annotated.xlsx", "xlsx"), "../in/Beta (2).annotated.xlsx");
    /// assert_eq!(names.annotated("../in/Acme.ods", "xlsx"), "../in/Acme.annotated.xlsx");
    ///
    /// let names = OutputNames::beside(["../in/Beta.annotated (1).xlsx"]);
    /// assert_eq!(names.annotated("../in/Beta.annotated (1).xlsx", "xlsx"), "../in/Beta (2).annotated.xlsx");
    /// ```
    pub fn beside<'a>(files: impl IntoIterator<Item = &'a str>) -> Self {
        Self { prefix: String::new(), stems: distinct(files, Fitted::FileAlone) }
    }

    /// Returns the name of the annotated copy of a workbook, which is usually kept under such an extension: the file's own is kept where
    /// programs open that as what it is.
    pub fn annotated(&self, file: &str, usual: &str) -> String {
        format!("{}.annotated.{}", self.stem(file), copy_extension(file, usual))
    }

    /// Returns the name of the workbook of findings beside one that can't be annotated.
    pub fn companion(&self, file: &str) -> String {
        format!("{}.findings.xlsx", self.stem(file))
    }

    /// Returns the name of the report on a workbook, or on what else these names are of.
    pub fn report(&self, file: &str) -> String {
        format!("{}.report.pdf", self.stem(file))
    }

    /// Returns the name of the benchmark pack of whoever sent a workbook, as a document.
    pub fn benchmark(&self, file: &str) -> String {
        format!("{}.benchmark.pdf", self.stem(file))
    }

    /// Returns the name of the figures of the same pack.
    pub fn benchmark_figures(&self, file: &str) -> String {
        format!("{}.benchmark.csv", self.stem(file))
    }

    /// Returns the names that outputs on a file may have, of whichever kinds.
    pub fn all(&self, file: &str) -> Vec<String> {
        let copies = USUAL_COPIES.iter().map(|usual| self.annotated(file, usual));
        let others = [self.companion(file), self.report(file), self.benchmark(file), self.benchmark_figures(file)];
        copies.chain(others).collect()
    }

    /// Returns what the names of a file's outputs begin with; a file that isn't among those decided on goes by its own name.
    fn stem(&self, file: &str) -> String {
        let stem = self.stems.get(file).cloned().unwrap_or_else(|| stem(file, Fitted::Whole, 0));
        format!("{}{stem}", self.prefix)
    }
}

/// Whether a file's own name is one that our copy of another in its folder may have.
pub fn is_name_of_copy(name: &str, original: &str) -> bool {
    let begins_alike = name.chars().next() == original.chars().next() || name.starts_with('_');
    let is_usual = |extension: &str| USUAL_COPIES.iter().any(|usual| extension == copy_extension(original, usual));
    let is_copy = |attempt| {
        let stem = stem(original, Fitted::FileAlone, attempt);
        let rest = name.strip_prefix(&stem);
        rest == Some(".findings.xlsx") || rest.and_then(|rest| rest.strip_prefix(".annotated.")).is_some_and(is_usual)
    };
    begins_alike && (0..=LIKELY_ATTEMPTS).any(is_copy)
}

/// Gives each file a stem of its own.
fn distinct<'a>(files: impl IntoIterator<Item = &'a str>, fitted: Fitted) -> BTreeMap<String, String> {
    let mut attempts: BTreeMap<&str, usize> = files.into_iter().map(|file| (file, 0)).collect();
    loop {
        let stems: Vec<(&str, String)> = attempts.iter().map(|(file, at)| (*file, stem(file, fitted, *at))).collect();
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for (_, stem) in &stems {
            *times.entry(folded(stem)).or_default() += 1;
        }
        let shared = stems.iter().filter(|(_, stem)| times[&folded(stem)] > 1);
        let shared: Vec<&str> = shared.map(|(file, _)| *file).collect();
        if shared.is_empty() {
            return stems.into_iter().map(|(file, stem)| (file.to_owned(), stem)).collect();
        }
        for file in shared {
            *attempts.entry(file).or_default() += 1;
        }
    }
}

/// Returns a name as systems compare names that tell least apart.
fn folded(name: &str) -> String {
    name.nfkd().collect::<String>().to_uppercase().to_lowercase().nfkc().collect()
}

/// Returns the stem that a file's outputs get at an attempt: its own, then with its extension, then with ever more of a digest.
fn stem(file: &str, fitted: Fitted, attempt: usize) -> String {
    let (folder, name) = file.rfind('/').map_or(("", file), |slash| file.split_at(slash + 1));
    let folder = match fitted {
        Fitted::Whole => folder.split_inclusive('/').map(fitting_folder).collect(),
        Fitted::FileAlone => folder.to_owned(),
    };
    let (own, extension) = split_extension(name);
    let own = without_copy_suffixes(own);
    let named = if attempt == 1 { format!("{own}.{extension}") } else { own };
    let digits = match attempt {
        0 | 1 => 0,
        more => DIGITS * (more - 1),
    };
    format!("{folder}{}", shortened(&fitting(&named), file, digits))
}

/// Returns a folder's name as every system takes it.
fn fitting_folder(name: &str) -> String {
    match name.strip_suffix('/') {
        Some("") | None => name.to_owned(),
        Some(name) => format!("{}/", fitting(name)),
    }
}

/// Returns a stem within the length that fits, with so many digits of the digest of the whole name behind it; with some in any
/// case where it is cut.
fn shortened(stem: &str, whole: &str, digits: usize) -> String {
    let digits = if stem.len() > LONGEST_STEM { digits.max(DIGITS) } else { digits };
    if digits == 0 {
        return stem.to_owned();
    }
    let digest = hex::encode(Sha256::digest(whole));
    let digest = &digest[..digits.min(digest.len())];
    let kept = stem.floor_char_boundary(LONGEST_STEM - 1 - digest.len());
    format!("{}~{digest}", stem[..kept].trim_end_matches([' ', '.']))
}

/// Returns a stem without what our copies have behind it, counted up: the answer to `A.annotated` is `A (2)`, that to
/// `A (2).annotated` is `A (3)`.
fn without_copy_suffixes(stem: &str) -> String {
    let mut bare = stem;
    while let Some(shorter) = stem_of_original(bare) {
        bare = shorter;
    }
    if bare == stem || bare.is_empty() {
        return stem.to_owned();
    }
    let next = numbered(bare).and_then(|(bare, number)| Some((bare, number.checked_add(1)?)));
    next.map_or_else(|| format!("{bare} (2)"), |(bare, next)| format!("{bare} ({next})"))
}

/// Returns the stem of the file from which our copy of this stem was made; `None` where it is none. Browsers number what they download
/// once more.
///
/// ```
/// # use scrutineer::artifact::stem_of_original;
/// assert_eq!(stem_of_original("Acme.annotated"), Some("Acme"));
/// assert_eq!(stem_of_original("Acme.annotated (1)"), Some("Acme"));
/// assert_eq!(stem_of_original("Acme (1)"), None);
/// ```
pub fn stem_of_original<'a>(stem: &'a str) -> Option<&'a str> {
    let without = |stem: &'a str| COPY_SUFFIXES.iter().find_map(|suffix| stem.strip_suffix(suffix));
    without(stem).or_else(|| without(numbered(stem)?.0)).filter(|bare| !bare.is_empty())
}

/// Returns what stands before the number in brackets at a stem's end, and the number.
fn numbered(stem: &str) -> Option<(&str, u32)> {
    let (bare, number) = stem.strip_suffix(')')?.rsplit_once(" (")?;
    Some((bare, number.parse().ok()?))
}

/// Returns a name as every system takes it: without the marks that some refuse, blanks and stops at its end, or the name of a
/// device.
fn fitting(name: &str) -> String {
    let refused = |c: char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\' | '/');
    let plain: String = name.chars().map(|c| if refused(c) { '_' } else { c }).collect();
    let plain = plain.trim_end_matches([' ', '.']);
    if plain.is_empty() || is_device(plain) { format!("_{plain}") } else { plain.to_owned() }
}

/// Whether Windows takes a name for a device.
fn is_device(name: &str) -> bool {
    let name = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_digit = |rest: &str| matches!(rest.chars().collect::<Vec<_>>()[..], ['0'..='9' | '¹' | '²' | '³']);
    DEVICES.contains(&&*name) || NUMBERED_DEVICES.iter().any(|device| name.strip_prefix(device).is_some_and(is_digit))
}

/// Returns the extension that a copy of a file gets.
fn extension(file: &str) -> &str {
    split_extension(file.rsplit('/').next().unwrap_or_default()).1
}

/// Returns the extension of the annotated copy of a file that is usually kept under such a one: its own, in whatever letters, else that.
fn copy_extension<'a>(file: &'a str, usual: &'a str) -> &'a str {
    let own = extension(file);
    let template = usual.replace("xls", "xlt");
    if [usual, &template].iter().any(|known| own.eq_ignore_ascii_case(known)) { own } else { usual }
}

/// Splits a file's own name from its extension; one without is taken for a workbook's.
fn split_extension(name: &str) -> (&str, &str) {
    let is_extension = |end: &str| {
        (1..=LONGEST_EXTENSION).contains(&end.len()) && end.bytes().all(|letter| letter.is_ascii_alphanumeric())
    };
    let split = name.trim_end_matches([' ', '.']).rsplit_once('.').filter(|(_, end)| is_extension(end));
    split.unwrap_or((name, "xlsx"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXTENSIONS: [&str; 14] =
        ["xlsx", "xlsm", "xlsb", "xls", "ods", "xltx", "xltm", "xlt", "xlam", "ots", "fods", "numbers", "XLSX", "Xlsx"];

    /// Returns all outputs that files could get.
    fn outputs_of<'a>(files: &[&'a str]) -> Vec<(&'a str, String)> {
        let names = OutputNames::within("returns/", files.iter().copied());
        let all = |file: &&'a str| {
            [
                names.annotated(file, "xlsx"),
                names.companion(file),
                names.report(file),
                names.benchmark(file),
                names.benchmark_figures(file),
            ]
            .map(|name| (*file, name))
        };
        files.iter().flat_map(all).collect()
    }

    /// Holds that each file's outputs are its own on any system, fit there, and don't hang on the files' order.
    fn assert_own_outputs(files: &[&str]) {
        let outputs = outputs_of(files);
        for (file, name) in &outputs {
            let own = name.rsplit('/').next().unwrap();
            assert!(own.len() + ".".len() + ".part".len() <= 255, "{file:?}: {name}");
            assert!(!is_device(own), "{file:?}: {name}");
            assert!(own.chars().all(|c| !c.is_control() && !"<>:\"|?*\\".contains(c)), "{file:?}: {name}");
            let stem = &own[..own.len() - own.rsplit('.').take(2).map(|end| end.len() + 1).sum::<usize>()];
            assert_eq!(stem.trim_end_matches([' ', '.']), stem, "{file:?}: {name}");
        }
        let mut distinct: Vec<String> = outputs.iter().map(|(_, name)| folded(name)).collect();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), outputs.len(), "{outputs:#?}");
        let mut turned = files.to_vec();
        turned.reverse();
        let mut again = outputs_of(&turned);
        again.sort();
        let mut outputs = outputs;
        outputs.sort();
        assert_eq!(again, outputs);
    }

    #[test]
    fn a_copy_has_an_extension_under_which_programs_open_it() {
        for (file, usual, expected) in [
            ("Acme.xlsx", "xlsx", "Acme.annotated.xlsx"),
            ("Acme.XLSX", "xlsx", "Acme.annotated.XLSX"),
            ("Acme.xltx", "xlsx", "Acme.annotated.xltx"),
            ("Acme.xlsm", "xlsm", "Acme.annotated.xlsm"),
            ("Acme.xlsm", "xlsx", "Acme.annotated.xlsx"),
            ("Acme.xlsx", "xlsm", "Acme.annotated.xlsm"),
            ("Acme", "xlsm", "Acme.annotated.xlsm"),
        ] {
            assert_eq!(OutputNames::beside([file]).annotated(file, usual), expected);
            let (file, copy) = (file.to_owned(), expected.to_owned());
            assert!(is_name_of_copy(&copy, &file), "{copy}");
        }
        for other in ["xls", "ods", "csv", "zip", "docx", "pdf", "txt", "icloud", "lnk", "bak", "tmp", "numbers"] {
            let file = format!("Acme.{other}");
            let copy = OutputNames::beside([file.as_str()]).annotated(&file, "xlsx");
            assert_eq!(copy, "Acme.annotated.xlsx", "{other}");
            assert!(is_name_of_copy(&copy, &file), "{copy}");
        }
    }

    #[test]
    fn files_that_differ_in_the_extension_have_their_own_outputs() {
        for one in EXTENSIONS {
            for other in EXTENSIONS.iter().filter(|other| **other != one) {
                assert_own_outputs(&[&format!("North/Return.{one}"), &format!("North/Return.{other}"), "North/Return"]);
            }
        }
    }

    #[test]
    fn names_that_a_system_takes_for_one_have_their_own_outputs() {
        let pairs = [
            ("Return.xlsx", "RETURN.xlsx"),
            ("North/Return.xlsx", "north/Return.xlsx"),
            ("Ynys M\u{f4}n.xlsx", "Ynys Mo\u{302}n.xlsx"),
            ("\u{1e9b}\u{323}.xlsx", "\u{1e69}.xlsx"),
            ("Stra\u{df}e.xlsx", "STRASSE.xlsx"),
            ("\u{fb01}le.xlsx", "file.xlsx"),
            ("a?.xlsx", "a*.xlsx"),
            ("a:b.xlsx", "a|b.xlsx"),
            ("a\\b.xlsx", "a_b.xlsx"),
            ("a .xlsx", "a.xlsx"),
            ("a..xlsx", "a.xlsx"),
            ("a.xlsx ", "a.xlsx"),
            ("x?/a.xlsx", "x*/a.xlsx"),
            ("a\u{fffd}E8.xlsx", "a\u{fffd}E9.xlsx"),
            ("Return.xlsx.xlsx", "Return.xlsx"),
            ("Return.annotated.xlsx", "Return.xlsx"),
            ("Return.annotated.xlsx", "Return.annotated.annotated.xlsx"),
            ("Return.findings.xlsx", "Return (2).xlsx"),
        ];
        for (one, other) in pairs {
            assert_own_outputs(&[one, other]);
        }
        let all: Vec<&str> = pairs.into_iter().flat_map(|(one, other)| [one, other]).collect();
        assert_own_outputs(&all.into_iter().collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        for letter in ["a", "\u{f4}", "\u{4e2d}", "\u{1f600}"] {
            for bytes in 200..=255 {
                let long = letter.repeat((bytes - ".xlsx".len()) / letter.len());
                assert_own_outputs(&[
                    &format!("{long}.xlsx"),
                    &format!("{long}.xlsm"),
                    &format!("{}.xlsx", &long[letter.len()..]),
                ]);
            }
        }
        let short = "a".repeat(LONGEST_STEM);
        assert_eq!(
            OutputNames::within("", [&*format!("{short}.ods")]).report(&format!("{short}.ods")),
            format!("{short}.report.pdf")
        );
    }

    #[test]
    fn names_of_devices_are_never_used() {
        let numbered = NUMBERED_DEVICES
            .iter()
            .flat_map(|device| "0123456789¹²³".chars().map(move |digit| format!("{device}{digit}")));
        for device in DEVICES.iter().map(ToString::to_string).chain(numbered) {
            for name in [
                format!("{device}.xlsx"),
                format!("{}.v2.xlsx", device.to_uppercase()),
                format!("{device}/{device} .ods"),
            ] {
                assert_own_outputs(&[&name]);
                assert!(is_device(name.rsplit('/').next().unwrap()));
                assert!(!OutputNames::within("", [&*name]).report(&name).starts_with(&format!("{device}/")));
            }
        }
        assert!(!is_device("Conway.xlsx") && !is_device("com10.xlsx") && !is_device("com.xlsx"));
    }

    #[test]
    fn what_needs_nothing_keeps_its_name() {
        let cases = [
            ("North/Acme Self-assessment (1).xlsx", "returns/North/Acme Self-assessment (1).report.pdf"),
            ("Acme v1. Final, signed.xlsx", "returns/Acme v1. Final, signed.report.pdf"),
            ("Ynys M\u{f4}n.ods", "returns/Ynys M\u{f4}n.report.pdf"),
            ("Acme (2).annotated.xlsx", "returns/Acme (3).report.pdf"),
            ("Acme.annotated.annotated.xlsx", "returns/Acme (2).report.pdf"),
            ("Acme", "returns/Acme.report.pdf"),
            ("Acme, second part. With words", "returns/Acme, second part. With words.report.pdf"),
        ];
        for (file, expected) in cases {
            assert_eq!(OutputNames::within("returns/", [file]).report(file), expected);
        }
    }
}
