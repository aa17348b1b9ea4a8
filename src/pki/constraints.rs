//! Names that authorities may speak for (RFC 5280, 6.1.2 (b) and (c),
//! 6.1.3 (b) and (c), 6.1.4 (g)).

use crate::pki::certificate::Certificate;
use crate::pki::extension::NameConstraints;
use crate::pki::general_name::GeneralName;
use crate::pki::oid;

/// Comparisons of a name with a subtree in one chain.
const MOST_COMPARISONS: usize = 200_000;

/// Why a name is not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameError {
    /// It lies in no permitted subtree.
    NotPermitted,
    /// It lies in an excluded subtree.
    Excluded,
    /// It, or a subtree, is of a kind that cannot be compared.
    Incomparable,
    /// There are more names and subtrees than are compared.
    TooMany,
}

/// The constraints of the authorities so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    authorities: Vec<NameConstraints>,
    comparisons: usize,
}

impl Names {
    /// RFC 5280, 6.1.4 (g).
    pub(crate) fn add(&mut self, certificate: &Certificate) {
        self.authorities.extend(certificate.extensions().name_constraints.clone());
    }

    /// RFC 5280, 6.1.3 (b) and (c).
    pub(crate) fn check(&mut self, certificate: &Certificate) -> Result<(), NameError> {
        if self.authorities.is_empty() {
            return Ok(());
        }
        names_of(certificate).iter().try_for_each(|name| self.check_name(name))
    }

    fn check_name(&mut self, name: &GeneralName) -> Result<(), NameError> {
        for authority in &self.authorities {
            let permitted: Vec<_> =
                authority.permitted.iter().filter(|base| base.is_like(name)).collect();
            let excluded = authority.excluded.iter().filter(|base| base.is_like(name));
            self.comparisons += authority.permitted.len() + authority.excluded.len();
            if self.comparisons > MOST_COMPARISONS {
                return Err(NameError::TooMany);
            }
            let mut within = permitted.is_empty();
            for base in permitted {
                within |= name.is_within(base).ok_or(NameError::Incomparable)?;
            }
            if !within {
                return Err(NameError::NotPermitted);
            }
            for base in excluded {
                if name.is_within(base).ok_or(NameError::Incomparable)? {
                    return Err(NameError::Excluded);
                }
            }
            if authority.bounded {
                return Err(NameError::Incomparable);
            }
        }
        Ok(())
    }
}

/// All names a certificate goes by. Addresses of mail in the subject count
/// where no other name tells one (RFC 5280, 4.2.1.10).
fn names_of(certificate: &Certificate) -> Vec<GeneralName> {
    let mut names = certificate.extensions().subject_alt_names.clone();
    let mail = names.iter().any(|name| matches!(name, GeneralName::Email(_)));
    if !mail {
        let in_subject = certificate.subject().texts(oid::EMAIL_ADDRESS);
        names.extend(in_subject.map(|address| GeneralName::Email(address.to_owned())));
    }
    if !certificate.subject().is_empty() {
        names.push(GeneralName::Directory(certificate.subject().clone()));
    }
    names
}
