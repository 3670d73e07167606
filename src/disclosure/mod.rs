//! What may be published of small groups, and the log of what was hidden.
//!
//! Figures over fewer than k returns are hidden, and so are figures from which those could be worked out: of the same table by
//! subtraction ([`suppress`], shown not to leak by trying all tables), and of another grouping with the same members. Counts of
//! people are rounded. How many returns of the whole network have an outcome isn't hidden: those are organisations' results, which
//! the network knows. Lists that name returns (the season workbook's returns and findings) are for the people who process the
//! season, and aren't screened.

#[cfg(test)]
mod attacks;
mod bounds;
mod groups;
pub mod hiding;
mod people;
mod protect;
mod suppress;

pub use bounds::Masked;
pub use suppress::{small_groups, suppress};
