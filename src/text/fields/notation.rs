//! The abbreviations of a notation: `QĐ-UBND`, `UBND-VX`, `NQ/TU`.
//!
//! They are a small set (Nghị định 30/2020/NĐ-CP, Phụ lục III; those of ministries
//! and of the Party). Where what was read differs from one of them only by marks that
//! recognisers confuse (`QD` for `QĐ`), the abbreviation is meant; title and agency
//! of the page confirm or question it and never invent it.

use crate::text::fields::kind::{KINDS, Kind};
use crate::text::fold::bare;
use crate::text::numbers::Doubt;

/// Abbreviations besides those of [`KINDS`]: copies, courts, agencies, units
/// (Phụ lục III; the notations of ministries; those of the Party).
const KNOWN: &[&str] = &[
    "SY", "SL", "TrS", "CV", "HĐKT", "HĐLĐ", "HĐMB", "HĐDV", "TNHS", "QĐST", "HNGĐ",
    "DS", "ST", "PT", "HS", "UBND", "HĐND", "TTHĐND", "ĐĐBQH", "VP", "VPUB", "VPHĐND",
    "VPUBND", "VPĐK", "SNV", "STP", "STC", "SXD", "SYT", "SCT", "SGDĐT", "SKHCN",
    "SNNMT", "SVHTTDL", "SDTTG", "SNG", "TTT", "TTPVHCC", "BQL", "MTTQ", "BTT", "UBMTTQ",
    "BCĐ", "HĐQT", "TTg", "CP", "CTN", "VPCP", "BNV", "BTC", "BTP", "BKHCN", "BCA",
    "BQP", "BNG", "BXD", "BYT", "BCT", "BGDĐT", "BNNMT", "BVHTTDL", "BDTTG", "TTCP",
    "NHNN", "KTNN", "TANDTC", "VKSNDTC", "UBTVQH", "TW", "TU", "HU", "QU", "ĐU", "ĐUK",
    "VPTW", "VPTU", "BTCTW", "BTCTU", "UBKTTW", "UBKTTU", "BTGTU", "BTGDVTU", "BNCTU",
    "BDVTU", "ĐTN", "TĐTN", "LĐLĐ", "HND", "HLHPN", "HCCB", "VX", "NC", "KT", "TH",
    "TCCB", "KTTH", "NNMT", "VHXH", "KTHT", "KTHTĐT", "KGVX", "TCKT", "KHTC", "QLNN",
    "CCHC", "TCHC", "VT", "ĐKKD", "ĐTXD", "GPMB", "QLDA", "NN", "XD", "GD", "KSTT",
    "KSTTHC", "TTHC", "PC", "CN", "BLĐTBXH", "BTNMT", "BNNPTNT", "BTTTT", "BGTVT",
    "BKHĐT", "TTLT",
];

/// What else is known about the paper.
pub(crate) struct Hints<'a> {
    /// What the title says.
    pub(crate) kind: Option<&'a Kind>,
    /// Who issued it.
    pub(crate) agency: Option<&'a str>,
}

impl Hints<'_> {
    /// Whether every abbreviation of a notation is in the table, is this page's
    /// type or agency, or is a year.
    pub(crate) fn is_known(&self, notation: &str) -> bool {
        let initials = self.agency.map(initials).unwrap_or_default();
        let is_year =
            |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
        let is_known = |part: &str| {
            KNOWN.contains(&part)
                || KINDS.iter().any(|kind| kind.short == part)
                || initials.iter().any(|initials| initials == part)
                || is_term_of_parliament(part)
                || is_year(part)
        };
        let mut parts = notation.split(|c: char| !c.is_alphanumeric());
        parts.all(|part| !part.is_empty() && is_known(part))
    }

    /// The notation with its abbreviations as they are spelt.
    pub(crate) fn repair(&self, notation: &str) -> (String, Option<Doubt>) {
        let mut repaired = String::new();
        let mut part = String::new();
        let mut doubt = None;
        let mut first = true;
        for letter in notation.chars().chain(['\0']) {
            if letter.is_alphanumeric() {
                part.push(letter);
                continue;
            }
            if !part.is_empty() {
                let is_year = part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
                let (spelt, odd) =
                    if is_year { (part.clone(), None) } else { self.part(&part, first) };
                repaired.push_str(&spelt);
                doubt = doubt.or(odd);
                first &= is_year;
                part.clear();
            }
            if letter != '\0' {
                repaired.push(letter);
            }
        }
        (repaired, doubt)
    }

    /// One abbreviation; the first names the type, or the agency of a letter.
    fn part(&self, read: &str, first: bool) -> (String, Option<Doubt>) {
        let short =
            self.kind.map(|kind| kind.short).filter(|short| first && !short.is_empty());
        let skeleton = skeleton(read);
        let same = |known: &&str| self::skeleton(known) == skeleton;
        // The title says the type; the notation repeats it, at most one letter ill read.
        if let Some(short) = short
            && (same(&short)
                || differs_by_one(&skeleton, &self::skeleton(short))
                || without_doubles(&skeleton) == self::skeleton(short))
        {
            return (short.to_owned(), None);
        }
        let initials = self.agency.map(initials).unwrap_or_default();
        if let Some(agency) = initials.iter().map(String::as_str).find(same) {
            return (agency.to_owned(), None);
        }
        let known = || KINDS.iter().map(|kind| kind.short).chain(KNOWN.iter().copied());
        let known = || known().filter(|short| !short.is_empty());
        // The title says one type, the notation another.
        let other = short.is_some_and(|short| !read.starts_with(short));
        if let Some(exact) = known().find(|known| *known == read) {
            return (exact.to_owned(), other.then_some(Doubt::Contradicted));
        }
        let alike: Vec<&str> = known().filter(same).collect();
        if let Some(one) = alike.first()
            && alike.iter().all(|other| other == one)
        {
            return ((*one).to_owned(), None);
        }
        // The bar of `Đ` makes two letters of it: `HĐÐĐLĐ`.
        let single = single_bars(read);
        if single != read
            && let Some(known) = known().find(|known| *known == single)
        {
            return (known.to_owned(), other.then_some(Doubt::Contradicted));
        }
        let is_plain =
            read.chars().all(|c| c.is_uppercase()) || is_term_of_parliament(read);
        let doubt = (!is_plain).then_some(Doubt::Unsure);
        (read.to_owned(), doubt.or(other.then_some(Doubt::Contradicted)))
    }
}

/// Whether a word cites a legal act (`24/2025/TT-BYT`) by an abbreviation that is none.
pub(crate) fn is_odd_citation(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let parts: Vec<&str> = word.splitn(3, '/').collect();
    let [number, year, rest] = parts.as_slice() else { return false };
    let is_digits =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    is_digits(number)
        && year.len() == 4
        && is_digits(year)
        && !(Hints { kind: None, agency: None }).is_known(rest)
}

/// A skeleton with each letter that stands twice beside itself once: `QĐĐ`.
fn without_doubles(skeleton: &str) -> String {
    let mut letters: Vec<char> = skeleton.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// The same with each run of `Đ` and `D` as one `Đ`.
fn single_bars(part: &str) -> String {
    let is_bar = |letter: char| matches!(letter, 'Đ' | 'D' | '\u{d0}');
    let mut letters: Vec<char> = part.chars().collect();
    letters.dedup_by(|a, b| is_bar(*a) && is_bar(*b));
    letters.iter().map(|letter| if is_bar(*letter) { 'Đ' } else { *letter }).collect()
}

/// Whether two skeletons of one length differ in one letter.
fn differs_by_one(one: &str, other: &str) -> bool {
    let pairs = one.chars().zip(other.chars()).filter(|(a, b)| a != b).count();
    one.chars().count() == other.chars().count() && one.chars().count() >= 3 && pairs == 1
}

/// `QH15`: the fifteenth National Assembly.
fn is_term_of_parliament(part: &str) -> bool {
    let term = part.strip_prefix("QH").or_else(|| part.strip_prefix("UBTVQH"));
    term.is_some_and(|term| {
        matches!(term.len(), 1..=2) && term.bytes().all(|b| b.is_ascii_digit())
    })
}

/// What is left of an abbreviation when marks that recognisers confuse are gone.
fn skeleton(part: &str) -> String {
    let plain = |letter: char| match letter {
        '0' => 'o',
        '1' | '|' | '!' => 'i',
        '8' => 'b',
        '5' | '$' => 's',
        other => other,
    };
    bare(part).chars().map(plain).collect()
}

/// How an agency may be abbreviated in a notation: its initials, with and
/// without the first word's and that of `và`.
fn initials(agency: &str) -> Vec<String> {
    let first = |word: &str| word.chars().find(|c| c.is_alphabetic());
    let words: Vec<&str> =
        agency.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let take = |from: usize, and: bool| -> String {
        let kept = words.iter().skip(from).filter(|word| and || bare(word) != "va");
        kept.filter_map(|word| first(word)).flat_map(char::to_uppercase).collect()
    };
    let all = [take(0, false), take(1, false), take(0, true)];
    all.into_iter().filter(|initials| initials.chars().count() >= 2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agencys_initials_spell_its_notation() {
        let hints =
            Hints { kind: None, agency: Some("SỞ GIÁO DỤC VÀ ĐÀO TẠO") };
        assert_eq!(hints.repair("SGDDT-VP").0, "SGDĐT-VP");
        let hints = Hints { kind: None, agency: Some("PHÒNG VĂN HÓA - XÃ HỘI") };
        assert_eq!(hints.repair("PVHXH"), ("PVHXH".to_owned(), None));
    }

    #[test]
    fn title_and_notation_must_agree() {
        let hints = Hints { kind: Kind::named("Hướng dẫn"), agency: None };
        assert_eq!(hints.repair("HĐ-SNV"), ("HD-SNV".to_owned(), None));
        let hints = Hints { kind: Kind::named("Kế hoạch"), agency: None };
        assert_eq!(hints.repair("QĐ-SNV").1, Some(Doubt::Contradicted));
        assert_eq!(hints.repair("QKH-SNV").1, Some(Doubt::Contradicted));
        assert_eq!(hints.repair("KHH-SNV"), ("KH-SNV".to_owned(), None));
    }
}
