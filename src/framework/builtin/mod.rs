//! The packs that the program brings along.
//!
//! Each is a folder with its `framework.toml` and the workbook as issued, `form.xlsx`. A test holds that each is of the
//! language's shape, can be relied on, and that its inconsistencies are the scheme's own; so no run looks at it again.

use super::check::load_sound;
use super::pack::Pack;
use super::{Framework, PackText};

/// A pack's name, definition and form.
type Shipped = (&'static str, &'static str, &'static [u8]);

macro_rules! shipped {
    ($($name:literal),*) => {
        /// The packs, in order of their names.
        const PACKS: &[Shipped] = &[$((
            $name,
            include_str!(concat!($name, "/framework.toml")),
            include_bytes!(concat!($name, "/form.xlsx")),
        )),*];

        /// The names of the packs, in order.
        pub const NAMES: &[&str] = &[$($name),*];
    };
}
shipped!("code-of-practice", "employer-involvement", "employer-partners", "investors-in-people", "seqf");

/// Returns the text of a shipped pack; `None` where there is none of this name.
pub fn text(name: &str) -> Option<PackText> {
    let (_, text, form) = PACKS.iter().find(|(shipped, ..)| *shipped == name)?;
    let file = format!("{name}/framework.toml");
    Some(PackText { file, text: (*text).to_owned(), form: Some(form.to_vec()), criteria: None })
}

/// Returns a shipped pack; `None` where there is none of this name.
#[expect(clippy::missing_panics_doc, reason = "a test holds that each shipped pack can be relied on")]
pub fn load(name: &str) -> Option<Pack> {
    let text = text(name)?;
    let framework = load_sound(&text).expect("a test holds that each shipped pack can be relied on");
    Some(Pack::new(text, framework))
}

/// Returns the packs that the program brings along, in order of their names.
#[expect(clippy::missing_panics_doc, reason = "the names are those of the packs")]
pub fn packs() -> Vec<Pack> {
    NAMES.iter().map(|name| load(name).expect("each name is of a pack")).collect()
}

/// Returns the frameworks of all shipped packs, in order of their names.
pub fn all() -> Vec<Framework> {
    packs().into_iter().map(|pack| pack.framework).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Findings;

    #[test]
    fn a_shipped_pack_is_the_same_whether_it_is_looked_at_or_not() {
        for name in NAMES {
            let (mut looked_at, mut made) =
                (text(name).unwrap().open(&mut Findings::default()).unwrap(), load(name).unwrap());
            // The one form was read to see that it can be, the other is read when it is asked for.
            (looked_at.framework.form, made.framework.form) = (None, None);
            assert_eq!(format!("{:?}", made.framework), format!("{:?}", looked_at.framework), "{name}");
        }
    }
}
