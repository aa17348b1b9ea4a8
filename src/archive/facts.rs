//! What a report counts: the facts of a dossier.
//!
//! A report must not read a quarter of a million records to count them, so the
//! catalogue keeps the facts of each beside its row: dates, channel, state,
//! numbers of components, and for each document what it is and what is wrong
//! with it. They hold nothing that the record does not hold, and they judge
//! nothing; what a fact means is the business of `report`.

mod drawn;
mod packed;
pub(crate) mod packing;

use crate::archive::state::State;
use crate::digest::Digest;
use crate::time::{Day, Timestamp};

/// The facts of a dossier (hồ sơ).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DossierFacts<'a> {
    /// Its code, as written.
    pub code: &'a str,
    /// Its title; the name of its procedure where it has none.
    pub title: &'a str,
    /// Submitted (`NgayNop`).
    pub submitted: Option<Day>,
    /// Received (`NgayTiepNhan`).
    pub received: Option<Day>,
    /// Due (`NgayHenTra`).
    pub due: Option<Day>,
    /// Ended (`NgayKetThucXuLy`).
    pub ended: Option<Day>,
    /// The procedure (`MaTTHC`).
    pub procedure: &'a str,
    /// The unit that handles it (`DonVi`).
    pub unit: &'a str,
    /// Who received it (`CanBoTiepNhan`).
    pub receiver: &'a str,
    /// Who handles it (`CanBoXuLy`).
    pub handler: &'a str,
    /// `KenhThucHien`: 1 at the counter, 2 online, 3 by post; nothing counts as 1.
    pub channel: u8,
    /// How far it is.
    pub state: State,
    /// Times the applicant was asked for more (`SoLanBoSung`).
    pub supplements: u32,
    /// Days the applicant took for it (`SoNgayBoSung`).
    pub supplement_days: u32,
    /// What is said about it besides.
    pub marks: Marks,
    /// What was handed in.
    pub components: Components,
    /// Why it is exempt; the code is empty where it is not.
    pub exemption: Exemption<'a>,
    /// Minutes from the first paper to the slip.
    pub slip_minutes: Option<u32>,
    /// When the archive got it.
    pub created: Option<Timestamp>,
    /// Its documents.
    pub documents: Vec<DocumentFacts<'a>>,
    /// Fields whose value is not of their type.
    pub unreadable: Vec<&'a str>,
}

/// A set of yes-or-no facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u16);

/// A yes-or-no fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Mark {
    /// The result is no paper (`KetQuaLaGiayTo` = 0).
    NoPaperResult = 1,
    /// There is a link to the result's file (`DuongDanTepTinKetQua`).
    ResultLink = 2,
    /// The result has a code (`MaKetQua`).
    ResultCode = 4,
    /// The result was passed on to the national portal (`DaDongBoKetQua`).
    Shared = 8,
    /// The account is verified by `VNeID`.
    Verified = 16,
    /// Data were taken from a database (`MaCSDL`).
    Database = 32,
    /// A fee is due (`DanhSachPhiLePhi[].Gia` > 0).
    Fee = 64,
    /// It was paid online (`DuocThanhToanTrucTuyen` 1 or 2).
    PaidOnline = 128,
    /// The procedure is not for citizens (`DoiTuongCongDan` = 0).
    NotForCitizens = 256,
    /// It is in the archive.
    Archived = 512,
    /// It is in an imported register.
    Registered = 1024,
}

impl Marks {
    /// Whether this is so.
    #[must_use]
    pub fn has(self, mark: Mark) -> bool {
        self.0 & mark as u16 != 0
    }

    /// With this, if it is so.
    #[must_use]
    pub fn with(self, mark: Mark, is_so: bool) -> Self {
        if is_so { Self(self.0 | mark as u16) } else { self }
    }

    /// What either says.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The components (thành phần hồ sơ) of a dossier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Components {
    /// All.
    pub all: u32,
    /// Digitised on receipt (`DuocSoHoa`).
    pub digitised: u32,
    /// Used again instead of being handed in (`DuocTaiSuDung`, or from a store).
    pub reused: u32,
    /// Taken from the citizen's store of the national portal (`DuocLayTuKhoDMQG`).
    pub from_store: u32,
}

/// Why something is exempt, who said so and when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exemption<'a> {
    /// `MAT`, `KTNN`, `GCNQSDD`, `BANDO`, `QUYHOACH`, `KHAC`; empty for none.
    pub code: &'a str,
    /// The reason.
    pub reason: &'a str,
    /// Who.
    pub by: &'a str,
    /// When.
    pub on: Option<Day>,
}

/// The facts of a document (văn bản, tài liệu).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentFacts<'a> {
    /// Its number in the dossier.
    pub ordinal: u32,
    /// Its file, relative to the dossier.
    pub file: &'a str,
    /// What the file hashes to.
    pub sha256: Digest,
    /// `TypeName`.
    pub kind: &'a str,
    /// `OrganName`.
    pub organ: &'a str,
    /// `CodeNumber`.
    pub number: &'a str,
    /// `CodeNotation`.
    pub notation: &'a str,
    /// `Subject`.
    pub subject: &'a str,
    /// `SignerInfo.FullName`.
    pub signer: &'a str,
    /// `ToPlaces`.
    pub to: &'a str,
    /// `IssuedDate`.
    pub issued: Option<Day>,
    /// `ArrivalDate`.
    pub arrived: Option<Day>,
    /// `ArrivalNumber`.
    pub arrival_number: Option<u32>,
    /// Pages.
    pub pages: u32,
    /// Pages that have print and no text.
    pub textless: u32,
    /// Mean confidence of the words, 0 to 100; `None` where nothing was read.
    pub confidence: Option<u8>,
    /// When it was filed.
    pub added: Timestamp,
    /// Copies printed after signing (`SoBanIn`).
    pub printed: u32,
    /// When they were printed (`NgayIn`).
    pub printed_on: Option<Day>,
    /// Copies issued (`IssuedAmount`).
    pub copies: u32,
    /// What is wrong with it, and what is said about it.
    pub traits: Traits,
    /// Why it is exempt.
    pub exemption: Exemption<'a>,
}

/// A set of facts about a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(u16);

/// A fact about a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Trait {
    /// Scanned from paper by us; otherwise it came as a PDF.
    Scanned = 1,
    /// A page has fewer than 200 dpi.
    Coarse = 2,
    /// A page is not in colour.
    NotColour = 4,
    /// A page is dark, skewed or could not be read well.
    Poor = 8,
    /// The file is the input, byte for byte, and not a PDF/A we wrote.
    AsItCame = 16,
    /// Its record says that a person must look.
    NeedsPerson = 32,
    /// Issued by the agency, as a person says (`VanBanDi` = 1).
    Outgoing = 64,
    /// Not issued by the agency, as a person says (`VanBanDi` = 0).
    NotOutgoing = 128,
    /// Issued on paper (`PhatHanhGiay` = 1).
    OnPaper = 256,
    /// Taken from the citizen's store.
    FromStore = 512,
    /// Used again.
    Reused = 1024,
}

impl Traits {
    /// Whether this is so.
    #[must_use]
    pub fn has(self, one: Trait) -> bool {
        self.0 & one as u16 != 0
    }

    /// With this, if it is so.
    #[must_use]
    pub fn with(self, one: Trait, is_so: bool) -> Self {
        if is_so { Self(self.0 | one as u16) } else { self }
    }
}

impl DossierFacts<'_> {
    /// Whether it is only to be counted, and nothing else said about it.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.exemption.code == "MAT"
    }
}

impl DocumentFacts<'_> {
    /// Whether a person says that the agency issued it.
    #[must_use]
    pub fn is_said_outgoing(&self) -> bool {
        self.traits.has(Trait::Outgoing)
    }
}
