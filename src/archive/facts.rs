//! What a report counts: the facts of a dossier, drawn from its record.
//!
//! A report must not read a quarter of a million records to count them, so the
//! catalogue keeps the facts of each beside its row: dates, channel, state,
//! numbers of components, and for each document what it is and what is wrong
//! with it. They hold nothing that the record does not hold, and they judge
//! nothing; what a fact means is the business of `report`.
//!
//! The same facts are drawn from a line of an imported register, which uses the
//! field names of the one-stop shop (Quyết định 766/QĐ-TTg) as records do.
//!
//! The packed form is read in place: texts are borrowed from the bytes. It is
//! part of the catalogue and changes with the catalogue's version.

use serde_json::{Map, Value};

use crate::archive::dossier::{Document, Dossier};
use crate::digest::Digest;
use crate::text::fold;
use crate::time::{Day, Timestamp};

/// The lowest resolution of a copy across and down (Nghị định 30/2020/NĐ-CP,
/// Phụ lục I, Phần II, Mục I.2.c).
const LEAST_DPI: f64 = 199.5;

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

/// How far a dossier is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Being handled.
    #[default]
    Open,
    /// Waiting for the applicant (Yêu cầu bổ sung hồ sơ).
    Supplement,
    /// Đã xử lý xong.
    Done,
    /// Đã trả kết quả.
    Returned,
    /// Từ chối.
    Refused,
    /// Dừng xử lý.
    Stopped,
    /// Công dân yêu cầu rút hồ sơ.
    Withdrawn,
}

impl State {
    const ALL: [Self; 7] = [
        Self::Open,
        Self::Supplement,
        Self::Done,
        Self::Returned,
        Self::Refused,
        Self::Stopped,
        Self::Withdrawn,
    ];

    /// As the portal names it, however it is accented; `None` for something else.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        let text = fold::bare(text);
        let begins = |start: &str| text.trim().starts_with(start);
        let table = [
            ("da xu ly", Self::Done),
            ("da tra", Self::Returned),
            ("tu choi", Self::Refused),
            ("dung", Self::Stopped),
            ("cong dan yeu cau rut", Self::Withdrawn),
            ("rut", Self::Withdrawn),
            ("yeu cau bo sung", Self::Supplement),
            ("cho bo sung", Self::Supplement),
            ("dang", Self::Open),
            ("moi", Self::Open),
            ("tiep nhan", Self::Open),
            ("da tiep nhan", Self::Open),
            ("cho", Self::Open),
        ];
        table.into_iter().find(|(start, _)| begins(start)).map(|(_, state)| state)
    }

    /// Whether nothing more is done about it.
    #[must_use]
    pub fn is_end(self) -> bool {
        match self {
            Self::Open | Self::Supplement => false,
            Self::Done
            | Self::Returned
            | Self::Refused
            | Self::Stopped
            | Self::Withdrawn => true,
        }
    }

    /// Whether it ended with a result.
    #[must_use]
    pub fn has_result(self) -> bool {
        matches!(self, Self::Done | Self::Returned)
    }
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
    /// The account is verified by VNeID.
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

impl<'a> DossierFacts<'a> {
    /// The facts of a dossier of the archive.
    #[must_use]
    pub fn of(dossier: &'a Dossier, code: &'a str) -> Self {
        let mut facts = Self::of_fields(&dossier.fields);
        facts.code = code;
        if let Some(title) = &dossier.title {
            facts.title = title;
        }
        // Thông tư 01/2018/TT-VPCP, Điều 19: the code bears the day of receipt.
        facts.received = facts.received.or(Some(dossier.code.day()));
        facts.marks = facts.marks.with(Mark::Archived, true);
        facts.created = dossier.history.first().map(|event| event.at);
        facts.documents = dossier.documents.iter().map(DocumentFacts::of).collect();
        let has = |one| facts.documents.iter().filter(|d| d.traits.has(one)).count();
        let many = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        if facts.components == Components::default() {
            let incoming = facts.documents.iter().filter(|d| !d.is_said_outgoing());
            facts.components = Components {
                all: many(incoming.clone().count()),
                digitised: many(
                    incoming.filter(|d| d.traits.has(Trait::Scanned)).count(),
                ),
                reused: many(has(Trait::Reused)),
                from_store: many(has(Trait::FromStore)),
            };
        }
        facts
    }

    /// The facts that fields under the names of the one-stop shop give.
    #[must_use]
    pub fn of_fields(fields: &'a Map<String, Value>) -> Self {
        let mut read = Reading { fields, unreadable: Vec::new() };
        let is = |name, number: u64| number_of(fields, name) == Some(number);
        let has_text = |name| !text(fields, name).is_empty();
        let state = text(fields, "TrangThai");
        let fee = fields.get("DanhSachPhiLePhi").and_then(Value::as_array);
        let fee = fee.is_some_and(|all| {
            all.iter()
                .any(|fee| fee.get("Gia").and_then(Value::as_f64).unwrap_or(0.0) > 0.0)
        });
        let paid = matches!(number_of(fields, "DuocThanhToanTrucTuyen"), Some(1 | 2));
        let marks = Marks::default()
            .with(Mark::NoPaperResult, is("KetQuaLaGiayTo", 0))
            .with(Mark::ResultLink, has_text("DuongDanTepTinKetQua"))
            .with(Mark::ResultCode, has_text("MaKetQua"))
            .with(Mark::Shared, is("DaDongBoKetQua", 1))
            .with(Mark::Verified, is("TaiKhoanDuocXacThucVoiVNeID", 1))
            .with(Mark::Database, has_text("MaCSDL"))
            .with(Mark::Fee, fee || number_of(fields, "Gia").is_some_and(|fee| fee > 0))
            .with(Mark::PaidOnline, paid)
            .with(Mark::NotForCitizens, is("DoiTuongCongDan", 0));
        let title = text(fields, "Title");
        let mut facts = Self {
            code: text(fields, "MaHoSo"),
            title: if title.is_empty() { text(fields, "TenTTHC") } else { title },
            submitted: read.day("NgayNop"),
            received: read.day("NgayTiepNhan"),
            due: read.day("NgayHenTra"),
            ended: read.day("NgayKetThucXuLy"),
            procedure: text(fields, "MaTTHC"),
            unit: text(fields, "DonVi"),
            receiver: text(fields, "CanBoTiepNhan"),
            handler: text(fields, "CanBoXuLy"),
            channel: read.channel(),
            state: read.state(state),
            supplements: read.number("SoLanBoSung"),
            supplement_days: read.number("SoNgayBoSung"),
            marks,
            components: components(fields),
            exemption: exemption(fields),
            slip_minutes: slip_minutes(fields),
            created: None,
            documents: Vec::new(),
            unreadable: Vec::new(),
        };
        facts.unreadable = read.unreadable;
        facts
    }

    /// Whether it is only to be counted, and nothing else said about it.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.exemption.code == "MAT"
    }
}

impl<'a> DocumentFacts<'a> {
    fn of(document: &'a Document) -> Self {
        let fields = &document.fields;
        let signer = fields.get("SignerInfo").and_then(|signer| signer.get("FullName"));
        let is = |name, number: u64| number_of(fields, name) == Some(number);
        let page = Pages::of(&document.record);
        let as_it_came = document.sha256 == document.source.sha256;
        let scanned = document.source.kind != "PDF" || page.is_read;
        let from_store = is("DuocLayTuKhoDMQG", 1);
        let traits = Traits::default()
            .with(Trait::Scanned, scanned || is("DuocSoHoa", 1))
            .with(Trait::Coarse, page.coarse)
            .with(Trait::NotColour, page.not_colour)
            .with(Trait::Poor, page.poor)
            .with(Trait::AsItCame, as_it_came)
            .with(Trait::NeedsPerson, page.needs_person)
            .with(Trait::Outgoing, is("VanBanDi", 1))
            .with(Trait::NotOutgoing, is("VanBanDi", 0))
            .with(Trait::OnPaper, is("PhatHanhGiay", 1))
            .with(Trait::FromStore, from_store)
            .with(Trait::Reused, from_store || is("DuocTaiSuDung", 1));
        let small = |name| number_of(fields, name).and_then(|n| u32::try_from(n).ok());
        Self {
            ordinal: document.ordinal,
            file: &document.file,
            sha256: document.sha256,
            kind: text(fields, "TypeName"),
            organ: text(fields, "OrganName"),
            number: text(fields, "CodeNumber"),
            notation: text(fields, "CodeNotation"),
            subject: text(fields, "Subject"),
            signer: signer.and_then(Value::as_str).unwrap_or_default(),
            to: text(fields, "ToPlaces"),
            issued: day_of(fields, "IssuedDate"),
            arrived: day_of(fields, "ArrivalDate"),
            arrival_number: small("ArrivalNumber"),
            pages: document.pages,
            textless: page.textless,
            confidence: page.confidence,
            added: document.added,
            printed: small("SoBanIn").unwrap_or_default(),
            printed_on: day_of(fields, "NgayIn"),
            copies: small("IssuedAmount").unwrap_or_default(),
            traits,
            exemption: exemption(fields),
        }
    }

    /// Whether a person says that the agency issued it.
    #[must_use]
    pub fn is_said_outgoing(&self) -> bool {
        self.traits.has(Trait::Outgoing)
    }
}

/// What the record of a document says about its pages.
#[derive(Default)]
struct Pages {
    is_read: bool,
    coarse: bool,
    not_colour: bool,
    poor: bool,
    needs_person: bool,
    textless: u32,
    confidence: Option<u8>,
}

impl Pages {
    fn of(record: &Value) -> Self {
        let mut all = Self::default();
        let (mut words, mut sure) = (0.0_f64, 0.0_f64);
        let list =
            |value: &'_ Value, name| value.get(name).and_then(Value::as_array).cloned();
        for finding in list(record, "findings").unwrap_or_default() {
            all.note(&finding);
        }
        for page in record.get("pages").and_then(Value::as_array).into_iter().flatten() {
            let says = |name| page.get(name).and_then(Value::as_str).unwrap_or_default();
            if says("place") != "kept" {
                continue;
            }
            all.is_read |= says("text") == "read";
            all.textless += u32::from(says("text") == "unread");
            let dpi = page.get("dpi").and_then(Value::as_array);
            let coarse = |dpi: &Value| dpi.as_f64().is_some_and(|dpi| dpi < LEAST_DPI);
            all.coarse |= dpi.is_some_and(|dpi| dpi.iter().any(coarse));
            let number = |name| page.get(name).and_then(Value::as_f64).unwrap_or(0.0);
            words += number("words");
            sure += number("words") * number("confidence");
            for finding in
                page.get("findings").and_then(Value::as_array).into_iter().flatten()
            {
                all.note(finding);
            }
        }
        if words > 0.0 {
            all.confidence = percent(sure / words);
        }
        all
    }

    fn note(&mut self, finding: &Value) {
        let code = finding.get("code").and_then(Value::as_str).unwrap_or_default();
        let weight = finding.get("weight").and_then(Value::as_str).unwrap_or_default();
        self.needs_person |= weight == "needs_person";
        match code {
            "standard.dpi" => self.coarse = true,
            "standard.colour" => self.not_colour = true,
            "page.dark" | "text.doubtful" | "text.timed-out" | "text.refused" => {
                self.poor = true;
            }
            _ => {}
        }
    }
}

/// A share of a hundred in whole steps.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 100"
)]
fn percent(share: f64) -> Option<u8> {
    share.is_finite().then(|| share.clamp(0.0, 100.0).round() as u8)
}

/// Fields being read; what cannot be is noted.
struct Reading<'a> {
    fields: &'a Map<String, Value>,
    unreadable: Vec<&'a str>,
}

impl Reading<'_> {
    fn day(&mut self, name: &'static str) -> Option<Day> {
        let found = text(self.fields, name);
        let day = day_of(self.fields, name);
        if day.is_none() && !found.is_empty() {
            self.unreadable.push(name);
        }
        day
    }

    fn number(&mut self, name: &'static str) -> u32 {
        if !self.fields.contains_key(name) {
            return 0;
        }
        let number = number_of(self.fields, name).and_then(|n| u32::try_from(n).ok());
        if number.is_none() {
            self.unreadable.push(name);
        }
        number.unwrap_or_default()
    }

    fn channel(&mut self) -> u8 {
        match number_of(self.fields, "KenhThucHien") {
            Some(2) => 2,
            Some(3) => 3,
            // Quyết định 766: nothing counts as 1.
            None | Some(1) => 1,
            Some(_) => {
                self.unreadable.push("KenhThucHien");
                1
            }
        }
    }

    fn state(&mut self, text: &str) -> State {
        let known = State::named(text);
        if known.is_none() && !text.is_empty() {
            self.unreadable.push("TrangThai");
        }
        known.unwrap_or_default()
    }
}

/// The components as a list of the portal, or as numbers of a table.
fn components(fields: &Map<String, Value>) -> Components {
    let number = |name| {
        let number = number_of(fields, name).unwrap_or_default();
        u32::try_from(number).unwrap_or(u32::MAX)
    };
    let Some(list) = fields.get("TaiLieuNop").and_then(Value::as_array) else {
        let digitised =
            number("SoThanhPhanSoHoa").max(u32::from(number("HoSoCoThanhPhanSoHoa") > 0));
        let from_store =
            number("SoThanhPhanTuKho").max(u32::from(number("DuocLayTuKhoDMQG") > 0));
        let reused = number("SoThanhPhanTaiSuDung").max(from_store);
        let all = number("SoThanhPhan").max(digitised).max(reused);
        return Components { all, digitised, reused, from_store };
    };
    let is = |item: &Value, name: &str| {
        let value = item.get(name);
        value.and_then(Value::as_u64).or_else(|| value?.as_str()?.parse().ok()) == Some(1)
    };
    let count = |test: &dyn Fn(&Value) -> bool| {
        u32::try_from(list.iter().filter(|item| test(item)).count()).unwrap_or(u32::MAX)
    };
    Components {
        all: u32::try_from(list.len()).unwrap_or(u32::MAX),
        digitised: count(&|item| is(item, "DuocSoHoa")),
        reused: count(&|item| is(item, "DuocTaiSuDung") || is(item, "DuocLayTuKhoDMQG")),
        from_store: count(&|item| is(item, "DuocLayTuKhoDMQG")),
    }
}

fn exemption(fields: &Map<String, Value>) -> Exemption<'_> {
    Exemption {
        code: text(fields, "MienTru"),
        reason: text(fields, "LyDoMienTru"),
        by: text(fields, "NguoiMienTru"),
        on: day_of(fields, "NgayMienTru"),
    }
}

/// Minutes between two moments of the counter.
fn slip_minutes(fields: &Map<String, Value>) -> Option<u32> {
    let moment = |name| Timestamp::read(text(fields, name));
    let (from, to) = (moment("ThoiDiemTiepNhan")?, moment("ThoiDiemInPhieu")?);
    u32::try_from(to.unix().checked_sub(from.unix())? / 60).ok()
}

/// A field that is a text; empty where it is not.
fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> &'a str {
    fields.get(name).and_then(Value::as_str).unwrap_or_default().trim()
}

/// A field that is a number, also as a text.
fn number_of(fields: &Map<String, Value>, name: &str) -> Option<u64> {
    let value = fields.get(name)?;
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// A field that is a day, alone or as the first part of a moment.
fn day_of(fields: &Map<String, Value>, name: &str) -> Option<Day> {
    let text = text(fields, name);
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    Day::typed(day)
}

// ------------------------------------------------------------------- packed

impl DossierFacts<'_> {
    /// The packed form.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let mut to = Packing(Vec::with_capacity(128 + 160 * self.documents.len()));
        for text in [self.code, self.title, self.procedure, self.unit] {
            to.text(text);
        }
        to.text(self.receiver);
        to.text(self.handler);
        for day in [self.submitted, self.received, self.due, self.ended] {
            to.day(day);
        }
        let state = State::ALL.iter().position(|state| *state == self.state);
        to.number(u64::from(self.channel));
        to.number(state.unwrap_or_default() as u64);
        to.number(u64::from(self.supplements));
        to.number(u64::from(self.supplement_days));
        to.number(u64::from(self.marks.0));
        let Components { all, digitised, reused, from_store } = self.components;
        for count in [all, digitised, reused, from_store] {
            to.number(u64::from(count));
        }
        to.exemption(&self.exemption);
        to.maybe(self.slip_minutes);
        to.moment(self.created);
        to.number(self.unreadable.len() as u64);
        self.unreadable.iter().for_each(|name| to.text(name));
        to.number(self.documents.len() as u64);
        self.documents.iter().for_each(|document| document.pack(&mut to));
        to.0
    }
}

impl<'a> DossierFacts<'a> {
    /// Reads the packed form; `None` for anything else.
    #[must_use]
    pub fn unpack(bytes: &'a [u8]) -> Option<Self> {
        let mut from = Unpacking(bytes);
        let (code, title) = (from.text()?, from.text()?);
        let (procedure, unit) = (from.text()?, from.text()?);
        let (receiver, handler) = (from.text()?, from.text()?);
        let (submitted, received) = (from.day()?, from.day()?);
        let (due, ended) = (from.day()?, from.day()?);
        let channel = u8::try_from(from.number()?).ok()?;
        let state = *State::ALL.get(from.small()? as usize)?;
        let (supplements, supplement_days) = (from.small()?, from.small()?);
        let marks = Marks(u16::try_from(from.number()?).ok()?);
        let components = Components {
            all: from.small()?,
            digitised: from.small()?,
            reused: from.small()?,
            from_store: from.small()?,
        };
        let exemption = from.exemption()?;
        let slip_minutes = from.maybe()?;
        let created = from.moment()?;
        let unreadable =
            (0..from.small()?).map(|_| from.text()).collect::<Option<_>>()?;
        let count = from.small()?;
        let documents = (0..count)
            .map(|_| DocumentFacts::unpack(&mut from))
            .collect::<Option<_>>()?;
        Some(Self {
            code,
            title,
            submitted,
            received,
            due,
            ended,
            procedure,
            unit,
            receiver,
            handler,
            channel,
            state,
            supplements,
            supplement_days,
            marks,
            components,
            exemption,
            slip_minutes,
            created,
            documents,
            unreadable,
        })
    }
}

impl DocumentFacts<'_> {
    fn pack(&self, to: &mut Packing) {
        to.number(u64::from(self.ordinal));
        to.0.extend(self.sha256.bytes());
        let texts = [self.file, self.kind, self.organ, self.number, self.notation];
        texts
            .into_iter()
            .chain([self.subject, self.signer, self.to])
            .for_each(|text| to.text(text));
        to.day(self.issued);
        to.day(self.arrived);
        to.maybe(self.arrival_number);
        to.number(u64::from(self.pages));
        to.number(u64::from(self.textless));
        to.maybe(self.confidence.map(u32::from));
        to.moment(Some(self.added));
        to.number(u64::from(self.printed));
        to.day(self.printed_on);
        to.number(u64::from(self.copies));
        to.number(u64::from(self.traits.0));
        to.exemption(&self.exemption);
    }
}

impl<'a> DocumentFacts<'a> {
    fn unpack(from: &mut Unpacking<'a>) -> Option<Self> {
        let ordinal = from.small()?;
        let sha256 = Digest::from_bytes(*from.take(32)?.first_chunk()?);
        let (file, kind, organ) = (from.text()?, from.text()?, from.text()?);
        let (number, notation) = (from.text()?, from.text()?);
        let (subject, signer, to) = (from.text()?, from.text()?, from.text()?);
        Some(Self {
            ordinal,
            file,
            sha256,
            kind,
            organ,
            number,
            notation,
            subject,
            signer,
            to,
            issued: from.day()?,
            arrived: from.day()?,
            arrival_number: from.maybe()?,
            pages: from.small()?,
            textless: from.small()?,
            confidence: from.maybe()?.and_then(|share| u8::try_from(share).ok()),
            added: from.moment()??,
            printed: from.small()?,
            printed_on: from.day()?,
            copies: from.small()?,
            traits: Traits(u16::try_from(from.number()?).ok()?),
            exemption: from.exemption()?,
        })
    }
}

/// Bytes being packed.
struct Packing(Vec<u8>);

impl Packing {
    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
            number >>= 7;
        }
        self.0.push(u8::try_from(number).unwrap_or_default());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend(text.as_bytes());
    }

    /// Days are years, months and days in one number; 0 for none.
    fn day(&mut self, day: Option<Day>) {
        let packed = day.and_then(|day| {
            let year = u64::try_from(day.year()).ok()?;
            let (month, day) =
                (u64::try_from(day.month()).ok()?, u64::try_from(day.day()).ok()?);
            Some((year * 16 + month) * 32 + day)
        });
        self.number(packed.unwrap_or_default());
    }

    fn maybe(&mut self, number: Option<u32>) {
        self.number(number.map_or(0, |number| u64::from(number) + 1));
    }

    fn moment(&mut self, moment: Option<Timestamp>) {
        let seconds = moment.and_then(|moment| u64::try_from(moment.unix()).ok());
        self.number(seconds.map_or(0, |seconds| seconds.saturating_add(1)));
    }

    fn exemption(&mut self, exemption: &Exemption<'_>) {
        self.text(exemption.code);
        if !exemption.code.is_empty() {
            self.text(exemption.reason);
            self.text(exemption.by);
            self.day(exemption.on);
        }
    }
}

/// Bytes being unpacked.
struct Unpacking<'a>(&'a [u8]);

impl<'a> Unpacking<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (first, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(first & 0x7f) << shift;
            if first & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn day(&mut self) -> Option<Option<Day>> {
        let packed = self.number()?;
        if packed == 0 {
            return Some(None);
        }
        let year = i16::try_from(packed / 512).ok()?;
        let (month, day) = (packed / 32 % 16, packed % 32);
        Some(Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?))
    }

    fn maybe(&mut self) -> Option<Option<u32>> {
        Some(u32::try_from(self.number()?).ok()?.checked_sub(1))
    }

    fn moment(&mut self) -> Option<Option<Timestamp>> {
        let Some(seconds) = self.number()?.checked_sub(1) else { return Some(None) };
        Some(Timestamp::from_unix(i64::try_from(seconds).ok()?))
    }

    fn exemption(&mut self) -> Option<Exemption<'a>> {
        let code = self.text()?;
        if code.is_empty() {
            return Some(Exemption::default());
        }
        Some(Exemption { code, reason: self.text()?, by: self.text()?, on: self.day()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let fields = fields(json!({
            "MaHoSo": "H32.18-260716-0001", "NgayTiepNhan": "16/07/2026",
            "NgayHenTra": "2026-07-20", "KenhThucHien": "2", "TrangThai": "Đã trả kết quả",
            "MienTru": "BANDO", "LyDoMienTru": "bản đồ", "NguoiMienTru": "A",
            "ThoiDiemTiepNhan": "2026-07-16T08:00:00+07:00",
            "ThoiDiemInPhieu": "2026-07-16T08:04:30+07:00",
            "NgayKetThucXuLy": "31/02/2026",
            "TaiLieuNop": [{"DuocSoHoa": 1}, {"DuocLayTuKhoDMQG": 1}, {}],
        }));
        let mut facts = DossierFacts::of_fields(&fields);
        assert_eq!(facts.received, Day::new(2026, 7, 16));
        assert_eq!(facts.state, State::Returned);
        assert_eq!(facts.slip_minutes, Some(4));
        assert_eq!(facts.unreadable, ["NgayKetThucXuLy"]);
        let all = Components { all: 3, digitised: 1, reused: 1, from_store: 1 };
        assert_eq!(facts.components, all);
        facts.documents.push(DocumentFacts {
            ordinal: 1,
            file: "data/001.pdf",
            sha256: Digest::of(b"x"),
            kind: "Quyết định",
            organ: "UBND phường X",
            number: "05",
            notation: "QĐ-UBND",
            subject: "",
            signer: "",
            to: "",
            issued: Day::new(2026, 7, 18),
            arrived: None,
            arrival_number: Some(0),
            pages: 300,
            textless: 0,
            confidence: Some(93),
            added: Timestamp::from_unix(1_784_171_625).unwrap(),
            printed: 2,
            printed_on: None,
            copies: 0,
            traits: Traits::default().with(Trait::Reused, true),
            exemption: Exemption::default(),
        });
        let packed = facts.pack();
        assert_eq!(DossierFacts::unpack(&packed), Some(facts));
        for length in 0..packed.len() {
            assert_eq!(DossierFacts::unpack(&packed[..length]), None, "{length}");
        }
    }

    #[test]
    fn states_are_known_by_their_names() {
        assert_eq!(State::named("Đã xử lý xong"), Some(State::Done));
        assert_eq!(State::named("đã trả kết quả"), Some(State::Returned));
        assert_eq!(State::named("Công dân yêu cầu rút hồ sơ"), Some(State::Withdrawn));
        assert_eq!(State::named("Yêu cầu bổ sung hồ sơ"), Some(State::Supplement));
        assert_eq!(State::named("linh tinh"), None);
    }
}
