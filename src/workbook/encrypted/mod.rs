//! Workbooks that Excel encrypts without having asked for a password, and opens without asking for one.
//!
//! It does so for workbooks whose structure is protected or that are marked as final or for reading only, by a password
//! that all its versions know. `package` opens those of the later formats, in the two ways in which they are encrypted;
//! `stream` opens those of Excel 97 to 2003.

mod agile;
mod cipher;
mod package;
mod password;
mod standard;
mod stream;

pub(super) use package::open;
pub(super) use stream::open_stream;
