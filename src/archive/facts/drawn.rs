//! Facts drawn from records.
//!
//! The same facts are drawn from a line of an imported register, which uses the
//! field names of the one-stop shop (Quyết định 766/QĐ-TTg) as records do.

use serde_json::{Map, Value};

use crate::archive::dossier::{Document, Dossier};
use crate::archive::facts::{
    Components, DocumentFacts, DossierFacts, Exemption, Mark, Marks, Trait, Traits,
};
use crate::archive::state::State;
use crate::time::{Day, Timestamp};

/// The lowest resolution of a copy across and down (Nghị định 30/2020/NĐ-CP,
/// Phụ lục I, Phần II, Mục I.2.c).
const LEAST_DPI: f64 = 199.5;

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
        let traits = page
            .traits
            .with(Trait::Scanned, scanned || is("DuocSoHoa", 1))
            .with(Trait::AsItCame, as_it_came)
            .with(Trait::Outgoing, is("VanBanDi", 1))
            .with(Trait::NotOutgoing, is("VanBanDi", 0))
            .with(Trait::OnPaper, is("PhatHanhGiay", 1))
            .with(Trait::FromStore, from_store)
            .with(Trait::Reused, from_store || is("DuocTaiSuDung", 1));
        let small = |name| u32::try_from(number_of(fields, name)?).ok();
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
}

/// What the record of a document says about its pages.
#[derive(Default)]
struct Pages {
    is_read: bool,
    traits: Traits,
    textless: u32,
    confidence: Option<u8>,
}

impl Pages {
    fn of(record: &Value) -> Self {
        let mut all = Self::default();
        let (mut words, mut sure) = (0.0_f64, 0.0_f64);
        let list =
            |value: &Value, name| value.get(name).and_then(Value::as_array).cloned();
        list(record, "findings").iter().flatten().for_each(|finding| all.note(finding));
        for page in record.get("pages").and_then(Value::as_array).into_iter().flatten() {
            let says = |name| page.get(name).and_then(Value::as_str).unwrap_or_default();
            if says("place") != "kept" {
                continue;
            }
            all.is_read |= says("text") == "read";
            all.textless += u32::from(says("text") == "unread");
            let coarse = |dpi: &Value| dpi.as_f64().is_some_and(|dpi| dpi < LEAST_DPI);
            let is_coarse = list(page, "dpi").iter().flatten().any(coarse);
            all.traits = all.traits.with(Trait::Coarse, is_coarse);
            let number = |name| page.get(name).and_then(Value::as_f64).unwrap_or(0.0);
            words += number("words");
            sure += number("words") * number("confidence");
            list(page, "findings").iter().flatten().for_each(|finding| all.note(finding));
        }
        if words > 0.0 {
            all.confidence = percent(sure / words);
        }
        all
    }

    fn note(&mut self, finding: &Value) {
        let says = |name| finding.get(name).and_then(Value::as_str).unwrap_or_default();
        let found = match says("code") {
            "standard.dpi" => Some(Trait::Coarse),
            "standard.colour" => Some(Trait::NotColour),
            "page.dark" | "text.doubtful" | "text.timed-out" | "text.refused" => {
                Some(Trait::Poor)
            }
            _ => None,
        };
        if let Some(found) = found {
            self.traits = self.traits.with(found, true);
        }
        let needs_person = says("weight") == "needs_person";
        self.traits = self.traits.with(Trait::NeedsPerson, needs_person);
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
        let known = State::typed(text);
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

/// Minutes begun between two moments of the counter: by a register, or by what
/// the printing of the slip measured.
fn slip_minutes(fields: &Map<String, Value>) -> Option<u32> {
    let moment = |name| Timestamp::read(text(fields, name));
    let seconds = match (moment("ThoiDiemTiepNhan"), moment("ThoiDiemInPhieu")) {
        (Some(from), Some(to)) => {
            u64::try_from(to.unix().checked_sub(from.unix())?).ok()?
        }
        (None, _) | (_, None) => number_of(fields, "slip_seconds")?,
    };
    u32::try_from(seconds.div_ceil(60)).ok()
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
