//! Reports as documents: what they say, and the pages that Typst makes of them.

mod pages;
mod sample;
mod sentences;
