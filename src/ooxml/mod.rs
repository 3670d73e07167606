//! An Office file as named parts in a zip.
