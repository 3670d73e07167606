//! What can be wrong with a workbook as a file.

use crate::finding::declare_rules;

declare_rules! {
    DATE_SYSTEM_1904 = "date-system-1904", Warning, Allowed,
        "the workbook counts dates from 1904; they are still read rightly";
    EXTENSION_MISMATCH = "extension-mismatch", Warning, Allowed,
        "the content is another format than the file's extension says";
    FILE_NOT_HERE = "file-not-here", Error, Allowed,
        "a placeholder of a cloud folder, a link, an archive, or nothing at all where a workbook is to be";
    WORKBOOK_ENCRYPTED = "workbook-encrypted", Error, Never, "protected with a password for opening";
    WORKBOOK_HAS_EXTERNAL_LINKS = "workbook-has-external-links", Warning, Allowed,
        "formulas or links point to other workbooks; they are never followed";
    WORKBOOK_HAS_MACROS = "workbook-has-macros", Warning, Allowed, "a macro project is present; it is never run";
    WORKBOOK_TOO_LARGE = "workbook-too-large", Error, Never, "beyond a limit; the limit is named";
    WORKBOOK_UNREADABLE = "workbook-unreadable", Error, Never,
        "damaged, cut off, not a workbook, or of a format that is not read";
}
