//! How a section is called.

use crate::framework::Section;
use crate::words;

/// Returns a section's name and title, once where the title begins with the name.
pub(in crate::report) fn title(section: &Section) -> String {
    let (id, title) = (section.id.as_str(), &section.title);
    // A letter may begin its title, a number must not run on: 1 begins no “10 Improvement”.
    let is_number = id.ends_with(|c: char| c.is_ascii_digit());
    let begins = title.get(..id.len()).is_some_and(|start| start.eq_ignore_ascii_case(id));
    if begins && !is_number { title.clone() } else { words::titled(id, title) }
}
