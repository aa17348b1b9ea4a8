//! Which policies a chain was issued under (RFC 5280, 6.1, in the form RFC
//! 9618 gives it).
//!
//! RFC 5280 draws a tree whose size can double with every certificate. RFC
//! 9618 draws the same as a graph with one node for each policy and depth,
//! whose size is that of the certificates themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::pki::certificate::Certificate;
use crate::pki::{Oid, oid};

/// What the relying party demands (RFC 5280, 6.1.1 (c) to (g)).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyInputs {
    /// The policies that are good enough; `None` for any.
    pub accepted: Option<BTreeSet<Oid>>,
    /// Whether a policy is demanded from the start.
    pub require_explicit: bool,
    /// Whether mapping is forbidden from the start.
    pub inhibit_mapping: bool,
    /// Whether `anyPolicy` counts from the start.
    pub inhibit_any: bool,
}

/// The policy a chain fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyError {
    /// A policy is demanded and none is left.
    NoneLeft,
    /// A mapping from or to `anyPolicy`.
    MapsAny,
}

/// One policy at one depth.
#[derive(Clone, Debug)]
struct Node {
    expected: BTreeSet<Oid>,
    parents: BTreeSet<Oid>,
}

type Level = BTreeMap<Oid, Node>;

/// The state variables of RFC 5280, 6.1.2 (a) and (d) to (f).
#[derive(Clone, Debug)]
pub(crate) struct Policies {
    /// Levels by depth; empty when no policy is left.
    graph: Vec<Level>,
    explicit: usize,
    mapping: usize,
    any: usize,
}

impl Policies {
    /// Before the first of `length` certificates.
    pub(crate) fn new(inputs: &PolicyInputs, length: usize) -> Self {
        let count = |now: bool| if now { 0 } else { length + 1 };
        let root = Node {
            expected: BTreeSet::from([oid::ANY_POLICY]),
            parents: BTreeSet::new(),
        };
        Self {
            graph: vec![Level::from([(oid::ANY_POLICY, root)])],
            explicit: count(inputs.require_explicit),
            mapping: count(inputs.inhibit_mapping),
            any: count(inputs.inhibit_any),
        }
    }

    /// RFC 5280, 6.1.3 (d) to (f).
    pub(crate) fn take(
        &mut self,
        certificate: &Certificate,
        is_last: bool,
    ) -> Result<(), PolicyError> {
        match &certificate.extensions().policies {
            Some(policies) => {
                let any_counts = self.any > 0 || !is_last && certificate.is_self_issued();
                self.grow(policies, any_counts);
            }
            None => self.graph.clear(),
        }
        if self.explicit > 0 || !self.graph.is_empty() {
            Ok(())
        } else {
            Err(PolicyError::NoneLeft)
        }
    }

    /// RFC 9618, 5.3: the new 6.1.3 (d).
    fn grow(&mut self, policies: &BTreeSet<Oid>, any_counts: bool) {
        let Some(above) = self.graph.last() else { return };
        let mut level = Level::new();
        for policy in policies.iter().filter(|policy| **policy != oid::ANY_POLICY) {
            let mut parents = expecting(above, *policy);
            if parents.is_empty() && above.contains_key(&oid::ANY_POLICY) {
                parents.insert(oid::ANY_POLICY);
            }
            if !parents.is_empty() {
                level.insert(*policy, node(*policy, parents));
            }
        }
        if policies.contains(&oid::ANY_POLICY) && any_counts {
            let expected: BTreeSet<Oid> =
                above.values().flat_map(|node| &node.expected).copied().collect();
            for policy in expected {
                let parents = expecting(above, policy);
                level.entry(policy).or_insert_with(|| node(policy, parents));
            }
        }
        self.graph.push(level);
        self.prune();
    }

    /// RFC 5280, 6.1.4 (a) and (b): what policies mean to the next certificate.
    pub(crate) fn map(&mut self, certificate: &Certificate) -> Result<(), PolicyError> {
        let mappings = &certificate.extensions().policy_mappings;
        let mut mapped: BTreeMap<Oid, BTreeSet<Oid>> = BTreeMap::new();
        for (issuers, subjects) in mappings {
            if *issuers == oid::ANY_POLICY || *subjects == oid::ANY_POLICY {
                return Err(PolicyError::MapsAny);
            }
            mapped.entry(*issuers).or_default().insert(*subjects);
        }
        let allowed = self.mapping > 0;
        let Some(level) = self.graph.last_mut() else { return Ok(()) };
        let has_any = level.contains_key(&oid::ANY_POLICY);
        for (policy, expected) in mapped {
            if !allowed {
                level.remove(&policy);
            } else if let Some(node) = level.get_mut(&policy) {
                node.expected = expected;
            } else if has_any {
                let parents = BTreeSet::from([oid::ANY_POLICY]);
                level.insert(policy, Node { expected, parents });
            }
        }
        self.prune();
        Ok(())
    }

    /// RFC 5280, 6.1.4 (h) to (j): what the next certificate is held to.
    pub(crate) fn prepare(&mut self, certificate: &Certificate) {
        if !certificate.is_self_issued() {
            for count in [&mut self.explicit, &mut self.mapping, &mut self.any] {
                *count = count.saturating_sub(1);
            }
        }
        let extensions = certificate.extensions();
        lower(&mut self.explicit, extensions.require_explicit_policy);
        lower(&mut self.mapping, extensions.inhibit_policy_mapping);
        lower(&mut self.any, extensions.inhibit_any_policy);
    }

    /// RFC 5280, 6.1.5 (a), (b) and (g): the policies that are left for the
    /// relying party; `None` for all there are.
    pub(crate) fn finish(
        mut self,
        certificate: &Certificate,
        accepted: Option<&BTreeSet<Oid>>,
    ) -> Result<Option<BTreeSet<Oid>>, PolicyError> {
        self.explicit = self.explicit.saturating_sub(1);
        if certificate.extensions().require_explicit_policy == Some(0) {
            self.explicit = 0;
        }
        let left = self.left(accepted);
        if self.explicit == 0 && left.as_ref().is_some_and(BTreeSet::is_empty) {
            return Err(PolicyError::NoneLeft);
        }
        Ok(left)
    }

    /// The policies in terms of the anchor's domain that reach the end.
    fn left(&self, accepted: Option<&BTreeSet<Oid>>) -> Option<BTreeSet<Oid>> {
        let Some(last) = self.graph.last() else { return Some(BTreeSet::new()) };
        if last.contains_key(&oid::ANY_POLICY) {
            return accepted.cloned();
        }
        let below_any = self.graph.iter().flatten().filter(|(policy, node)| {
            **policy != oid::ANY_POLICY && node.parents.contains(&oid::ANY_POLICY)
        });
        let policies = below_any.map(|(policy, _)| *policy);
        Some(policies.filter(|p| accepted.is_none_or(|set| set.contains(p))).collect())
    }

    /// Takes away what no longer leads to the last level.
    fn prune(&mut self) {
        let mut needed: Option<BTreeSet<Oid>> = None;
        for level in self.graph.iter_mut().rev() {
            if let Some(needed) = needed {
                level.retain(|policy, _| needed.contains(policy));
            }
            needed =
                Some(level.values().flat_map(|node| &node.parents).copied().collect());
        }
        if self.graph.last().is_none_or(BTreeMap::is_empty) {
            self.graph.clear();
        }
    }
}

fn node(policy: Oid, parents: BTreeSet<Oid>) -> Node {
    Node { expected: BTreeSet::from([policy]), parents }
}

/// The policies of a level that expect this one next.
fn expecting(level: &Level, policy: Oid) -> BTreeSet<Oid> {
    let expecting = level.iter().filter(|(_, node)| node.expected.contains(&policy));
    expecting.map(|(parent, _)| *parent).collect()
}

fn lower(count: &mut usize, to: Option<u32>) {
    if let Some(to) = to.and_then(|to| usize::try_from(to).ok()) {
        *count = (*count).min(to);
    }
}
