//! Groups that are said by what is in them, once for each of several parts where they are alike: the core criteria of each section.

use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue};

use super::each::{KEY, Repeat};
use super::part::Part;
use crate::framework::schema::shape::Misshape;
use crate::framework::written::{Node, get, table, text};

impl Repeat<'_> {
    /// Lists what is in each group that is said otherwise than by a list.
    pub(super) fn groups(&mut self, root: &mut Node) {
        let Some(groups) = table(root).and_then(|root| table(root.get_mut("groups")?)) else { return };
        let (said, mut whole): (DeTable, DeTable) =
            std::mem::take(groups).into_iter().partition(|(_, group)| group.get_ref().is_table());
        for (name, group) in said {
            let listed = self.group(&name, &group);
            if listed.iter().all(|(_, items)| items.is_empty()) {
                self.empty(&name);
            }
            for (own, items) in listed.into_iter().filter(|(_, items)| !items.is_empty()) {
                if whole.contains_key(own.as_str()) {
                    self.twice(&name, &own);
                }
                whole.insert(Spanned::new(name.span(), own.into()), list(items, &group));
            }
        }
        *groups = whole;
    }

    /// Returns the groups that an entry stands for, each with the names of what is in it.
    fn group(&mut self, name: &Spanned<DeString>, group: &Node) -> Vec<(String, Vec<String>)> {
        let Some(parts) = get(group, KEY).map(|named| self.wanted(named)) else {
            return vec![(name.get_ref().to_string(), self.within(group))];
        };
        let copies = parts.iter().map(|part| {
            let own = self.said(name.get_ref(), name.span().start, part);
            let copy = self.copy(group, part);
            (own, self.within(&copy))
        });
        copies.collect()
    }

    /// Returns what is in a group: what its members stand for, where that is in what else it is within.
    fn within(&mut self, group: &Node) -> Vec<String> {
        let members = get(group, "members").map_or_else(Vec::new, |members| self.listed(members));
        let at = get(group, "within").map_or(0, |within| within.span().start);
        let within: Option<Part> = text(group, "within").and_then(|within| self.part(within, at));
        let is_within = |item: &String| within.as_ref().is_none_or(|within| within.items.contains(item));
        let mut items: Vec<String> = Vec::new();
        for item in members.into_iter().flat_map(|part| part.items).filter(is_within) {
            if !items.contains(&item) {
                items.push(item);
            }
        }
        items
    }

    /// Says that there is nothing in a group, unless something else is wrong with it.
    fn empty(&mut self, name: &Spanned<DeString>) {
        if self.misshapes.is_empty() {
            let message = format!("nothing is in the group `{}`", name.get_ref());
            let help = "Name in `members` and in `within` what has criteria in common.".to_owned();
            self.misshapes.push(Misshape { offset: name.span().start, message, help });
        }
    }

    /// Says that two groups have one name.
    fn twice(&mut self, name: &Spanned<DeString>, own: &str) {
        let message = format!("there are two groups called `{own}`");
        let help = "Give one of them another name; `{each.id}` in it is the name of the part.".to_owned();
        self.misshapes.push(Misshape { offset: name.span().start, message, help });
    }
}

/// Returns names as a list that stands where the group does.
fn list<'a>(items: Vec<String>, group: &Node<'a>) -> Node<'a> {
    let mut list = DeArray::new();
    for item in items {
        list.push(Spanned::new(group.span(), DeValue::String(item.into())));
    }
    Spanned::new(group.span(), DeValue::Array(list))
}
