//! Reports as documents: what they say, and the pages that Typst makes of them.

mod pages;
mod papers;
mod sample;
mod sentences;
mod whole;
mod widths;
