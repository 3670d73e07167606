//! What findings belong to, in the form's words.

use crate::finding::Finding;
use crate::framework::Framework;

/// Says in the form's words what findings, and what follows from them, belong to.
pub(super) fn said(framework: &Framework, findings: &mut [Finding]) {
    for finding in findings {
        finding.item = finding.subject.as_deref().and_then(|name| framework.called(name));
        said(framework, &mut finding.effects);
    }
}
