//! A season worked on in parts, each apart from the others, and put together again.
//!
//! A part takes the files that fall to it by their names and writes what each review says, whole, with all names that it saw and all that it
//! was asked; so a part can be run again at any time, on any machine. [`Parts`] proves that the parts make the whole, file by file and digest by
//! digest, and gives the reviews in the order that one run would have them: from there on both go the same way.

mod fault;
mod part;
mod parts;
mod told;

pub use fault::PartsError;
pub use part::{Part, PartError};
pub use parts::Parts;
pub use told::{Asked, ShardTold, is_of_part, review_name, table_name};
