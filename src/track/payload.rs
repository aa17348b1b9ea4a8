//! What the symbols on paper say.
//!
//! A tracking code is the bare dossier code, which any telephone shows as it
//! is, or the address of the agency's look-up page with the code in it. What
//! steers a scan is marked more strongly, because a page must never be taken
//! for a separator by chance: it begins with [`MARK`] and ends with a check of
//! twenty bits. Everything is written in the alphanumeric mode of QR (ISO/IEC
//! 18004, 7.4.4), whose letters fit half as large a symbol as bytes do.

use crate::archive::address::Address;
use crate::archive::{Code, CodeError};
use crate::digest::Digest;

/// What everything begins with that steers a scan; the digit is its version.
const MARK: &str = "SOHOA1";
/// What a sealed payload begins with.
pub const SEAL_MARK: &str = "SOHOAS1:";
/// Stands between the parts.
const BETWEEN: char = '/';
/// The letters of the check: none that is mistaken for another.
const CHECK_LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Letters of the check.
const CHECK_LENGTH: usize = 4;
/// Most documents or pages a sheet can announce.
pub const MOST_ANNOUNCED: u32 = 9_999;
/// Most bytes of a payload that is looked at; the largest symbol holds 2 953.
const MOST_BYTES: usize = 7_089;
/// Fields of the code on a citizen's card (thẻ căn cước), at least.
const CARD_FIELDS: usize = 6;

/// What a symbol says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// Which dossier the paper belongs to.
    Dossier(Code),
    /// A separator sheet.
    Sheet(Sheet),
    /// A separator sheet of the office's own.
    Separator,
    /// The calibration sheet, of this size of module in hundredths of a
    /// millimetre.
    Calibration(u32),
    /// A sealed statement about a document, still to be opened.
    Sealed(String),
    /// The code on a citizen's card: personal data.
    Card,
    /// Ours, but torn: it has our mark and its check is wrong.
    Damaged,
    /// Somebody else's.
    Foreign,
}

/// A separator sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What begins after it.
    pub begins: Begins,
    /// The dossier, where it is known.
    pub dossier: Option<Code>,
    /// A number that tells blank sheets apart; 0 for none.
    pub serial: u32,
    /// Documents that follow, if announced; of a sheet that begins a dossier.
    pub documents: Option<u32>,
    /// Pages that follow, if announced.
    pub pages: Option<u32>,
    /// Which side of the sheet this is.
    pub side: Side,
}

/// What begins after a separator sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Begins {
    /// A document of the same dossier.
    Document,
    /// A dossier.
    Dossier,
}

/// A side of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The front.
    Front,
    /// The back, printed for scanners that see both sides.
    Back,
}

/// What an archive knows that payloads are held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The address of the look-up page, if the agency has one.
    pub address: Option<Address>,
    /// Payloads that are the office's own separators, to the letter.
    pub separators: Vec<String>,
}

impl Payload {
    /// What these bytes say.
    #[must_use]
    pub fn read(bytes: &[u8], known: &Known) -> Self {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) if text.len() <= MOST_BYTES => text.trim(),
            Ok(_) | Err(_) => return Self::Foreign,
        };
        if known.separators.iter().any(|own| own.trim() == text) {
            return Self::Separator;
        }
        if let Some(sealed) = text.strip_prefix(SEAL_MARK) {
            return Self::Sealed(sealed.to_owned());
        }
        if let Some(rest) =
            text.strip_prefix(MARK).filter(|rest| rest.starts_with(BETWEEN))
        {
            return marked(text, rest).unwrap_or(Self::Damaged);
        }
        if let Ok(code) = text.parse() {
            return Self::Dossier(code);
        }
        if let Some(code) = known.address.as_ref().and_then(|address| address.read(text))
        {
            return Self::Dossier(code);
        }
        if is_card(text) { Self::Card } else { Self::Foreign }
    }

    /// A stable name for scripts.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Dossier(_) => "dossier",
            Self::Sheet(_) => "sheet",
            Self::Separator => "separator",
            Self::Calibration(_) => "calibration",
            Self::Sealed(_) => "sealed",
            Self::Card => "citizen_card",
            Self::Damaged => "damaged",
            Self::Foreign => "foreign",
        }
    }
}

/// What a text with our mark says; `None` if its check is wrong or it means
/// nothing.
fn marked(text: &str, rest: &str) -> Option<Payload> {
    let (body, check) = text.rsplit_once(BETWEEN)?;
    if self::check(body) != check {
        return None;
    }
    let mut parts = rest.split(BETWEEN).skip(1);
    let kind = parts.next()?;
    if kind == "K" {
        let module = parts.next()?.parse().ok()?;
        return (parts.count() == 1).then_some(Payload::Calibration(module));
    }
    let begins = match kind {
        "H" => Begins::Dossier,
        "V" => Begins::Document,
        _ => return None,
    };
    let whose = parts.next()?;
    let serial = whose.strip_prefix('N').and_then(|number| number.parse().ok());
    let dossier = match (whose, serial) {
        ("", _) | (_, Some(_)) => None,
        (code, None) => Some(code.parse().ok()?),
    };
    let announced = |part: &str| match part {
        "" => Some(None),
        number => number.parse().ok().filter(|n| *n <= MOST_ANNOUNCED).map(Some),
    };
    let (documents, pages) = (announced(parts.next()?)?, announced(parts.next()?)?);
    let side = match parts.next()? {
        "A" => Side::Front,
        "B" => Side::Back,
        _ => return None,
    };
    let serial = serial.unwrap_or(0);
    let sheet = Sheet { begins, dossier, serial, documents, pages, side };
    (parts.count() == 1).then_some(Payload::Sheet(sheet))
}

/// Four letters that follow from a text: a payload read wrong passes once in a
/// million times.
fn check(body: &str) -> String {
    let digest = Digest::of(body.as_bytes());
    let letter = |byte: &u8| {
        char::from(CHECK_LETTERS.get(usize::from(byte & 31)).copied().unwrap_or(b'2'))
    };
    digest.bytes().iter().take(CHECK_LENGTH).map(letter).collect()
}

/// Whether this is the code on a citizen's card: its number, that of the card
/// before it or nothing, name, day of birth, sex, residence, day of issue.
fn is_card(text: &str) -> bool {
    let fields: Vec<_> = text.split('|').collect();
    let is_digits = |field: Option<&&str>, length| {
        field.is_some_and(|f| f.len() == length && f.bytes().all(|b| b.is_ascii_digit()))
    };
    fields.len() >= CARD_FIELDS
        && is_digits(fields.first(), 12)
        && is_digits(fields.get(3), 8)
}

impl Sheet {
    /// What its symbol says.
    #[must_use]
    pub fn payload(&self) -> String {
        let kind = match self.begins {
            Begins::Dossier => 'H',
            Begins::Document => 'V',
        };
        let whose = match (&self.dossier, self.serial) {
            (Some(code), _) => code.to_string(),
            (None, 0) => String::new(),
            (None, serial) => format!("N{serial}"),
        };
        let announced =
            |count: Option<u32>| count.map_or(String::new(), |count| count.to_string());
        let (documents, pages) = (announced(self.documents), announced(self.pages));
        let side = match self.side {
            Side::Front => 'A',
            Side::Back => 'B',
        };
        checked(&format!("{MARK}/{kind}/{whose}/{documents}/{pages}/{side}"))
    }

    /// Whether both are sides of one sheet, or one sheet that went through the
    /// scanner twice.
    #[must_use]
    pub fn is_same_sheet(&self, other: &Self) -> bool {
        Self { side: Side::Front, ..self.clone() }
            == Self { side: Side::Front, ..other.clone() }
    }
}

/// What a symbol of the calibration sheet says, with modules of so many
/// hundredths of a millimetre.
#[must_use]
pub fn calibration(module: u32) -> String {
    checked(&format!("{MARK}/K/{module}"))
}

/// A text and its check.
fn checked(body: &str) -> String {
    let check = check(body);
    format!("{body}{BETWEEN}{check}")
}

/// The code that a text typed by a person means: a code, or an address with one.
///
/// # Errors
///
/// When it is neither.
pub fn typed(text: &str, known: &Known) -> Result<Code, CodeError> {
    let by_address = known.address.as_ref().and_then(|address| address.read(text.trim()));
    by_address.map_or_else(|| text.parse(), Ok)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr::Correction;
    use crate::qr::make::Symbol;

    fn code() -> Code {
        "H32.18-260716-0001".parse().unwrap()
    }

    fn sheet() -> Sheet {
        Sheet {
            begins: Begins::Dossier,
            dossier: Some(code()),
            serial: 0,
            documents: Some(3),
            pages: Some(14),
            side: Side::Front,
        }
    }

    fn read(text: &str) -> Payload {
        Payload::read(text.as_bytes(), &Known::default())
    }

    #[test]
    fn every_kind_comes_back_as_it_went() {
        assert_eq!(read("H32.18-260716-0001"), Payload::Dossier(code()));
        let blank = Sheet {
            begins: Begins::Document,
            dossier: None,
            serial: 12,
            documents: None,
            pages: None,
            side: Side::Back,
        };
        let old = Some("000.00.18.H32-260716-0001".parse().unwrap());
        for sheet in [sheet(), blank, Sheet { dossier: old, ..sheet() }] {
            assert_eq!(read(&sheet.payload()), Payload::Sheet(sheet));
        }
        assert_eq!(read(&calibration(40)), Payload::Calibration(40));
        assert_eq!(read("SOHOAS1:6BF"), Payload::Sealed("6BF".to_owned()));
    }

    #[test]
    fn a_sheet_read_wrong_in_one_letter_is_no_sheet() {
        let payload = sheet().payload();
        for at in "SOHOA1/".len()..payload.len() {
            let mut wrong = payload.clone().into_bytes();
            wrong[at] = if wrong[at] == b'7' { b'8' } else { b'7' };
            let wrong = Payload::read(&wrong, &Known::default());
            assert_eq!(wrong, Payload::Damaged, "letter {at} of {payload}");
        }
    }

    #[test]
    fn what_others_print_never_matches() {
        for foreign in [
            "https://example.vn/H32.18-260716-0001",
            "8934563138165",
            "SOHOA1",
            "SOHOA2/H//3/14/A/XXXX",
            "H32.18-260230-0001",
            "",
        ] {
            assert_eq!(read(foreign), Payload::Foreign, "{foreign}");
        }
        assert_eq!(Payload::read(&[0xff, 0xfe], &Known::default()), Payload::Foreign);
        let card = "056090000123||NGUYỄN VĂN A|01011990|Nam|Tổ 1, Khánh Hòa|15042021";
        assert_eq!(read(card), Payload::Card);
    }

    #[test]
    fn the_address_of_the_look_up_page_is_a_tracking_code() {
        let address = Address::read_template("https://x.gov.vn/?ma={ma_ho_so}").unwrap();
        let text = address.of(&code(), "");
        assert_eq!(read(&text), Payload::Foreign, "of nobody we know");
        let known = Known { address: Some(address), ..Known::default() };
        assert_eq!(Payload::read(text.as_bytes(), &known), Payload::Dossier(code()));
    }

    #[test]
    fn the_offices_own_sheets_are_separators_to_the_letter() {
        let known =
            Known { separators: vec!["NGAN CACH".to_owned()], ..Known::default() };
        assert_eq!(Payload::read(b"NGAN CACH", &known), Payload::Separator);
        assert_eq!(Payload::read(b"NGAN CACH 2", &known), Payload::Foreign);
    }

    #[test]
    fn a_sheet_fits_a_small_symbol() {
        let symbol = Symbol::of(sheet().payload().as_bytes(), Correction::Q).unwrap();
        assert!(symbol.version() <= 4, "version {}", symbol.version());
    }

    #[test]
    fn both_sides_are_one_sheet() {
        let back = Sheet { side: Side::Back, ..sheet() };
        assert!(sheet().is_same_sheet(&back));
        assert!(!sheet().is_same_sheet(&Sheet { pages: Some(15), ..back }));
    }
}
