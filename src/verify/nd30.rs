//! What a signature shows, held against what it is: the signer, agency and time that its
//! look states, and the form that Nghị định 30/2020/NĐ-CP, Phụ lục I, gives it. A true
//! copy and an annex bear one text, Times New Roman in 10 points, upright and black, at
//! the head of the first page on the right, and no picture (Phần I, II.8; Phần II, I); a
//! leader's signature is a picture, an agency's a picture of its seal over the left third
//! of the leader's (Phần I, II.7 and II.8).

use crate::finding::{Finding, Weight};
use crate::pki::{Certificate, oid};
use crate::say::{self, Sentence};
use crate::text::fold::bare;
use crate::time::Timestamp;
use crate::units::Rect;
use crate::verify::appearance::Appearance;
use crate::verify::drawn::Letters;
use crate::verify::notes::{SEVEN_HOURS, SLACK};
use crate::verify::role::Role;
use crate::verify::signature::{Facts, Purpose};
use crate::verify::stated::{Form, stated};

/// Seconds that the moment on a look may be apart from the one in the signature where a
/// look of another country says its zone in letters, or none.
const SOMEWHERE: i64 = 26 * 3600;
/// Letters of a look that a sentence quotes.
const MOST_SHOWN: usize = 160;
/// Millimetres from the top of a page to that of a copy's text: within the margin.
const HEAD: f64 = 25.0;
/// Points of its letters, and what they may be off.
const SIZE: f64 = 10.0;
const OFF: f64 = 0.5;
/// Faces that have the letters of Times New Roman.
const TIMES: [&str; 5] = ["times", "liberationserif", "tinos", "nimbusroman", "termes"];
/// Long names of agencies, and how they are shortened.
const SHORT: [(&str, &str); 4] = [
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
    ("thanh pho", "tp"),
    ("viet nam", "vn"),
];

/// What is to be said of the look of a signature among all of its file.
pub(crate) fn told(facts: &Facts, all: &[Facts]) -> Vec<Finding> {
    let Some(look) = &facts.appearance else { return Vec::new() };
    let (Some(certificate), Purpose::Approval | Purpose::Certification) =
        (facts.certificate(), facts.purpose)
    else {
        return Vec::new();
    };
    let mut found = content(facts, look, certificate);
    let faults = faults(facts, look, certificate, all);
    if let Some(faults) = faults.filter(|faults| !faults.is_empty()) {
        found.push(Finding::new("appearance.not-nd30", Weight::Note, |lang| {
            let faults: Vec<String> = faults.iter().map(|fault| fault(lang)).collect();
            say::verify::not_nd30(lang, faults.join("; "))
        }));
    }
    found
}

/// Whether what it states is what the signature is.
fn content(facts: &Facts, look: &Appearance, certificate: &Certificate) -> Vec<Finding> {
    let Some(text) = &look.text else { return Vec::new() };
    let stated = stated(look.form, text);
    let mut found = Vec::new();
    let subject = certificate.subject();
    let texts = |kinds: &[crate::pki::Oid]| -> Vec<String> {
        let texts = kinds.iter().flat_map(|kind| subject.texts(*kind));
        texts.map(str::to_owned).collect()
    };
    let names = texts(&[oid::COMMON_NAME, oid::GIVEN_NAME, oid::SURNAME, oid::TITLE]);
    let all: Vec<String> =
        subject.attributes().filter_map(|attribute| attribute.text.clone()).collect();
    let shown: String = text.chars().take(MOST_SHOWN).collect();
    if stated.signer.is_some_and(|name| !is_of(&name, &names, &all)) {
        found.push(Finding::new("appearance.other-signer", Weight::Warning, |lang| {
            say::verify::shows_other_signer(lang, &shown, certificate.display_name())
        }));
    }
    if stated.agency.is_some_and(|name| !is_of(&name, &all, &all)) {
        found.push(Finding::new("appearance.other-agency", Weight::Warning, |lang| {
            say::verify::shows_other_agency(lang, &shown, subject)
        }));
    }
    let local = look.form == Form::Labels && !stated.has_offset;
    let slack = if local { SOMEWHERE } else { SLACK };
    if let Some(time) = stated.time.filter(|time| !agrees(*time, facts, slack)) {
        found.push(Finding::new("appearance.other-time", Weight::Warning, |lang| {
            say::verify::shows_other_time(lang, time)
        }));
    }
    found
}

/// Whether a name that is shown is one of these: each of its words is one of the
/// certificate's, or it holds one of these names whole.
fn is_of(shown: &str, names: &[String], all: &[String]) -> bool {
    let shown = words(shown);
    let known: Vec<String> = all.iter().flat_map(|text| words(text)).collect();
    let holds = |name: &String| {
        let name = words(name);
        !name.is_empty() && name.iter().all(|word| shown.contains(word))
    };
    shown.iter().all(|word| known.contains(word)) || names.iter().any(holds)
}

/// The words of a name without marks, long ones shortened.
fn words(text: &str) -> Vec<String> {
    let mut text = bare(text).split_whitespace().collect::<Vec<_>>().join(" ");
    for (long, short) in SHORT {
        text = text.replace(long, short);
    }
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether the moment shown is one that the signature has.
fn agrees(shown: Timestamp, facts: &Facts, slack: i64) -> bool {
    let stamps = facts.good_stamps().map(|stamp| stamp.token.info.time);
    let own = [facts.claimed, facts.signing_time()];
    let mut own = own.into_iter().flatten().chain(stamps).peekable();
    let near = |time: Timestamp| {
        let apart = (shown.unix() - time.unix()).abs();
        // That is told of the signature itself.
        apart <= slack || (apart - SEVEN_HOURS).abs() <= slack
    };
    own.peek().is_none() || own.any(near)
}

/// What is not as the decree asks; none where it asks for nothing.
fn faults(
    facts: &Facts,
    look: &Appearance,
    certificate: &Certificate,
    all: &[Facts],
) -> Option<Vec<Sentence>> {
    let role = Role::of(certificate, facts.reason.as_deref());
    let copy = role == Role::Copy || look.form == Form::Copy;
    if copy || look.form == Form::Annex {
        return Some(of_text(look, copy));
    }
    let mut countries = certificate.subject().texts(oid::COUNTRY);
    if !countries.any(|country| country.eq_ignore_ascii_case("vn")) {
        return None;
    }
    let mut faults: Vec<Sentence> = Vec::new();
    let picture = look.form == Form::Picture;
    match role {
        // An officer's signature has no form of its own; a leader's picture has.
        Role::Person => {}
        // One that shows its seal elsewhere signs numbers and days besides.
        Role::Agency if !picture => {
            let sealed = |other: &Facts| {
                let look = other.appearance.as_ref();
                other.certificate() == Some(certificate)
                    && look.is_some_and(|look| look.form == Form::Picture)
            };
            if !all.iter().any(sealed) {
                faults.push(say::verify::nd30_seal);
            }
        }
        Role::Agency => {
            let leaders = all.iter().filter(|other| is_leader(other, facts));
            let pictures: Vec<&Appearance> =
                leaders.filter_map(|other| other.appearance.as_ref()).collect();
            let over = pictures.iter().any(|leader| lies_over(look, leader));
            if !pictures.is_empty() && !over {
                faults.push(say::verify::nd30_over);
            }
        }
        Role::Copy => {}
    }
    Some(faults)
}

/// Whether this is the picture of a person who signed before.
fn is_leader(other: &Facts, facts: &Facts) -> bool {
    let (Ok(one), Ok(own)) = (other.claim.range, facts.claim.range) else {
        return false;
    };
    let picture = other.appearance.as_ref().is_some_and(|it| it.form == Form::Picture);
    let person = other.certificate().is_some_and(|certificate| {
        Role::of(certificate, other.reason.as_deref()) == Role::Person
    });
    one.end < own.end && picture && person
}

/// Whether a seal covers the left part of a leader's signature, and not all of it.
fn lies_over(seal: &Appearance, leader: &Appearance) -> bool {
    let (Some(own), Some(under)) = (seal.place, leader.place) else { return true };
    let down = own.top < under.bottom && under.top < own.bottom;
    let third = under.left + under.width() / 3.0;
    let (left, right) = (own.left < third, own.right > under.left);
    seal.page == leader.page && down && left && right && own.right < under.right
}

/// What is wrong with the text of a copy or an annex.
fn of_text(look: &Appearance, copy: bool) -> Vec<Sentence> {
    let mut faults: Vec<Sentence> = Vec::new();
    let text = look.text.as_deref().unwrap_or_default();
    let stated = stated(look.form, text);
    let whole = match look.form {
        Form::Copy => stated.agency.is_some_and(|agency| !agency.is_empty()),
        Form::Annex => !copy,
        Form::None | Form::Picture | Form::Labels | Form::Text | Form::Unknown => false,
    };
    if !whole || stated.time.is_none() || !stated.has_offset {
        faults.push(if copy { say::verify::nd30_copy } else { say::verify::nd30_annex });
    }
    if look.form == Form::None {
        return faults;
    }
    let head = |place: Rect| {
        let right = look.sides.is_none_or(|sides| place.centre().0 > sides.0 / 2.0);
        look.page == Some(1) && place.top <= HEAD && right
    };
    if !look.place.is_some_and(head) {
        faults.push(say::verify::nd30_place);
    }
    if look.picture {
        faults.push(say::verify::nd30_picture);
    }
    if !look.letters.iter().all(is_set_so) {
        faults.push(say::verify::nd30_letters);
    }
    faults
}

/// Times New Roman, upright, ten points, black.
fn is_set_so(letters: &Letters) -> bool {
    let font: String = letters.font.chars().filter(|c| c.is_alphanumeric()).collect();
    let font = font.to_lowercase();
    let slanted = ["italic", "oblique", "bold"].iter().any(|cut| font.contains(cut));
    TIMES.iter().any(|face| font.contains(face))
        && !slanted
        && (letters.size - SIZE).abs() <= OFF
        && letters.black
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_certificates_however_it_is_written() {
        let all = ["Văn phòng UBND tỉnh Khánh Hòa", "UBND tỉnh Khánh Hòa", "VN"];
        let all = all.map(str::to_owned);
        let names = ["Nguyễn Văn An".to_owned()];
        assert!(is_of("Ủy ban nhân dân tỉnh Khánh Hoà", &all, &all));
        assert!(is_of("CHỦ TỊCH NGUYỄN VĂN AN", &names, &names));
        assert!(!is_of("Nguyễn Văn Bình", &names, &names));
        assert!(!is_of("UBND tỉnh Phú Yên", &all, &all));
    }

    #[test]
    fn letters_are_those_the_decree_asks_for() {
        let set = |font: &str, size, black| {
            is_set_so(&Letters { font: font.to_owned(), size, black })
        };
        assert!(set("ABCDEF+TimesNewRomanPSMT", 10.0, true));
        assert!(set("Tinos-Regular", 9.7, true));
        assert!(!set("TimesNewRomanPS-ItalicMT", 10.0, true));
        assert!(!set("ArialMT", 10.0, true) && !set("Times-Roman", 8.0, true));
        assert!(!set("Times-Roman", 10.0, false));
    }
}
