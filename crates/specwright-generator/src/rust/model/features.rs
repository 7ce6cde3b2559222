//! One Cargo feature per resource.

use std::collections::BTreeSet;

use super::{Resource, names};

/// Features that every crate has.
const OWN: &[&str] = &["default", "all", "reqwest", "serde", "jiff"];

/// Names the features, if there is more than one resource.
pub(super) fn name(resources: &mut [Resource]) {
    if resources.len() < 2 {
        return;
    }
    let mut taken: BTreeSet<String> = OWN.iter().map(|&it| it.to_owned()).collect();
    for resource in resources {
        let wished = resource.module.trim_matches('_').replace('_', "-");
        // Cargo takes letters of any script, but a feature must not begin with a dash.
        let wished = if wished.is_empty() {
            "resource".to_owned()
        } else {
            wished
        };
        resource.feature = Some(names::unique(wished, &mut taken));
    }
}
