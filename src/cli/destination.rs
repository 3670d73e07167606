//! What `--out` means where a copy of a workbook is written: the copy itself, or the folder that it goes to.

use std::path::{Path, PathBuf};

use crate::batch::store;

/// The endings of workbooks that can be annotated, in lower case.
const WORKBOOKS: [&str; 8] = ["xlsx", "xlsm", "xltx", "xltm", "xlam", "xlsb", "xls", "ods"];

/// Returns where a copy goes that is called `usual`: where it says that it is a workbook, that is the copy, else its folder.
pub(super) fn destination(out: &Path, usual: &str) -> PathBuf {
    let name = Path::new(usual).file_name().unwrap_or_default();
    if is_file(out) { out.to_owned() } else { out.join(name) }
}

/// Whether a place is that of a file, by its name or since there is no folder of this name.
pub(super) fn is_file(out: &Path) -> bool {
    let extension = out.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| WORKBOOKS.contains(&extension.as_str())) && !store::is_folder(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_s_name_is_the_copy_and_all_else_a_folder() {
        let cases = [
            ("marked/mine.xlsx", "marked/mine.xlsx"),
            ("mine.XLSM", "mine.XLSM"),
            ("marked", "marked/a.annotated.xlsx"),
            ("marked/", "marked/a.annotated.xlsx"),
            ("spring.2026", "spring.2026/a.annotated.xlsx"),
        ];
        for (out, expected) in cases {
            assert_eq!(destination(Path::new(out), "returns/a.annotated.xlsx"), Path::new(expected), "{out}");
        }
        let folder = tempfile::Builder::new().suffix(".xlsx").tempdir().unwrap();
        assert!(!is_file(folder.path()));
    }
}
