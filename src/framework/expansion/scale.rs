//! Scales that are written where they are used: each gets a name among the others.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::framework::written::{Node, entries, get, table, text};

/// Gives each scale that a section or a criterion has of its own a name.
pub(super) fn name(root: &mut Node) {
    let mut own = Vec::new();
    for section in entries(root, "sections") {
        own.extend(taken(section));
        own.extend(entries(section, "criteria").into_iter().filter_map(taken));
    }
    if own.is_empty() {
        return;
    }
    let span = root.span();
    let Some(root) = table(root) else { return };
    let scales = Spanned::new(span.clone(), "scales".into());
    let scales = root.entry(scales).or_insert_with(|| Spanned::new(span, DeValue::Table(DeTable::new())));
    if let Some(scales) = table(scales) {
        scales.extend(own.into_iter().map(|(name, scale)| (Spanned::new(scale.span(), name.into()), scale)));
    }
}

/// Takes the scale that a part has of its own, and leaves its name there; `None` where it has none, or only names one.
fn taken<'a>(part: &mut Node<'a>) -> Option<(String, Node<'a>)> {
    let scale = get(part, "scale").filter(|scale| scale.get_ref().is_table())?.clone();
    // No name of a scale looks like this.
    let name = format!("of {}", text(part, "id")?);
    let left = Spanned::new(scale.span(), DeValue::String(name.clone().into()));
    let _scale = table(part)?.insert(Spanned::new(scale.span(), "scale".into()), left);
    Some((name, scale))
}
