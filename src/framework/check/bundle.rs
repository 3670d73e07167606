//! Checks which instruments a bundle puts together, and that it asks nothing itself.

use super::Check;
use crate::framework::Member;
use crate::framework::written::Path;

/// What a bundle may have.
const KEYS: [&str; 5] = ["framework", "words", "bundle", "values", "outcome"];

impl Check<'_> {
    /// Checks the members of a bundle; there are none where the pack asks something itself.
    pub(super) fn members(&mut self) -> Vec<Member> {
        let Some(bundle) = &self.file.bundle else { return Vec::new() };
        self.asks_nothing();
        let at = Path::ROOT.key("bundle");
        let list = at.key("members");
        self.unique(&list, "id", "members", bundle.members.iter().map(|member| member.id.as_str()));
        if bundle.members.iter().all(|member| member.least == 0) {
            let message = "no return need come of anything that belongs to the bundle";
            self.fault(&list, message, "Name at least one member of which a return is wanted, without `least = 0`.");
        }
        let own = self.file.framework.id.as_str();
        let members = bundle.members.iter().enumerate().map(|(index, member)| {
            let at = list.at(index);
            self.kebab(&at.key("id"), &member.id);
            if member.framework == own {
                self.fault(&at.key("framework"), "a bundle is no member of itself", "Name the framework of a form.");
            }
            Member {
                id: member.id.clone(),
                title: member.title.clone(),
                framework: member.framework.as_str().into(),
                kind: member.kind.clone(),
                least: member.least,
            }
        });
        members.collect()
    }

    /// Tells what only a pack has that asks something.
    fn asks_nothing(&mut self) {
        let help = "Take it out; the members' own packs say what is asked.";
        let root = self.written.root.get_ref().as_table();
        let keys: Vec<String> = root.into_iter().flatten().map(|(key, _)| key.get_ref().to_string()).collect();
        for key in keys.iter().filter(|key| !KEYS.contains(&key.as_str())) {
            self.fault(&Path::ROOT.key(key), format!("a bundle has no `{key}`"), help);
        }
        let head = Path::ROOT.key("framework");
        let of = &self.file.framework;
        let of_forms = [
            ("form", of.form.is_some()),
            ("criteria", of.criteria.is_some()),
            ("elsewhere", !of.elsewhere.is_empty()),
            ("tolerance", of.tolerance.is_some()),
        ];
        for (key, _) in of_forms.into_iter().filter(|(_, is_there)| *is_there) {
            self.fault(&head.key(key), format!("a bundle has no `{key}`"), help);
        }
    }
}
