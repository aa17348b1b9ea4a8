//! What verification says of the signatures of a file, as reports count them.
//!
//! A province has half a million signatures: texts are numbers of [`Names`], and
//! what is remembered from one report to the next is packed.

use crate::archive::facts::packing::{Packing, Unpacking};
use crate::report::names::{Name, Names};
use crate::time::Timestamp;
use crate::verify::role::Role;

/// The packed form begins with it; another form is not remembered.
const FORM: u64 = 2;

/// What verification says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The worst of its signatures.
    pub signed: Signed,
    /// Its signatures.
    pub signatures: Box<[SignatureFact]>,
}

/// Whether a file is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signed {
    /// It bears no signature.
    Unsigned,
    /// HỢP LỆ.
    Valid,
    /// CHƯA ĐỦ CĂN CỨ KẾT LUẬN.
    Undecided,
    /// KHÔNG HỢP LỆ.
    Invalid,
}

/// A signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureFact {
    /// What it comes to.
    pub signed: Signed,
    /// Who signed; `None` for a document time-stamp.
    pub role: Option<Role>,
    /// The signer's name.
    pub name: Name,
    /// The level reached.
    pub level: Name,
    /// When the certificate ends.
    pub until: Option<Timestamp>,
    /// When it was signed, as far as is known.
    pub at: Option<Timestamp>,
}

impl Verdict {
    /// That of a file without signatures.
    #[must_use]
    pub fn unsigned() -> Self {
        Self { signed: Signed::Unsigned, signatures: Box::default() }
    }

    /// Whether a valid signature has this role.
    #[must_use]
    pub fn has_valid(&self, role: Role) -> bool {
        let mut valid = self.signatures.iter().filter(|one| one.signed == Signed::Valid);
        valid.any(|one| one.role == Some(role))
    }

    /// The packed form, with the texts its numbers stand for; nothing for a file
    /// without signatures.
    #[must_use]
    pub fn pack(&self, names: &Names) -> Vec<u8> {
        if self.signed == Signed::Unsigned {
            return Vec::new();
        }
        let mut to = Packing::default();
        to.number(FORM);
        to.number(self.signed.number());
        to.number(self.signatures.len() as u64);
        for one in &self.signatures {
            to.number(one.signed.number());
            to.text(one.role.map(Role::name).unwrap_or_default());
            to.text(names.text(one.name));
            to.text(names.text(one.level));
            to.moment(one.until);
            to.moment(one.at);
        }
        to.0
    }

    /// Reads the packed form; `None` for anything else.
    #[must_use]
    pub fn unpack(bytes: &[u8], names: &mut Names) -> Option<Self> {
        if bytes.is_empty() {
            return Some(Self::unsigned());
        }
        let mut from = Unpacking(bytes);
        if from.number()? != FORM {
            return None;
        }
        let signed = Signed::of(from.number()?)?;
        let count = from.number()?;
        let mut signature = |_| {
            Some(SignatureFact {
                signed: Signed::of(from.number()?)?,
                role: match from.text()? {
                    "" => None,
                    name => Some(Role::named(name)?),
                },
                name: names.of(from.text()?),
                level: names.of(from.text()?),
                until: from.moment()?,
                at: from.moment()?,
            })
        };
        let signatures = (0..count).map(&mut signature).collect::<Option<_>>()?;
        Some(Self { signed, signatures })
    }

    /// Gives texts the numbers they have elsewhere, by the numbers they have here.
    pub(crate) fn renumber(&mut self, numbers: &[Name]) {
        let there = |here: Name| numbers.get(here as usize).copied().unwrap_or_default();
        for one in &mut self.signatures {
            (one.name, one.level) = (there(one.name), there(one.level));
        }
    }
}

impl Signed {
    const ALL: [Self; 4] = [Self::Unsigned, Self::Valid, Self::Undecided, Self::Invalid];

    fn number(self) -> u64 {
        Self::ALL.into_iter().zip(0..).find(|(one, _)| *one == self).map_or(0, |(_, n)| n)
    }

    fn of(number: u64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        let mut names = Names::default();
        let one = |role, name: &str, names: &mut Names| SignatureFact {
            signed: Signed::Valid,
            role,
            name: names.of(name),
            level: names.of("B-LT"),
            until: Timestamp::from_unix(1_784_171_625),
            at: None,
        };
        let leader = one(Some(Role::Person), "Nguyễn Văn An", &mut names);
        let stamp = one(None, "", &mut names);
        let verdict =
            Verdict { signed: Signed::Undecided, signatures: [leader, stamp].into() };
        let packed = verdict.pack(&names);
        let mut others = Names::default();
        assert_eq!(others.of("something else"), 1);
        let read = Verdict::unpack(&packed, &mut others).unwrap();
        assert_eq!(others.text(read.signatures[0].name), "Nguyễn Văn An");
        let mut renumbered = read.clone();
        let numbers: Vec<Name> = others.texts().map(|text| names.of(text)).collect();
        renumbered.renumber(&numbers);
        assert_eq!(renumbered, verdict);
        for length in 1..packed.len() {
            assert_eq!(Verdict::unpack(&packed[..length], &mut others), None);
        }
        assert_eq!(Verdict::unpack(b"{\"signed\":\"valid\"}", &mut others), None);
        let none = Verdict::unsigned();
        assert_eq!(Verdict::unpack(&none.pack(&names), &mut names), Some(none));
    }
}
