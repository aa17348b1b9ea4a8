//! The packed form of facts, read in place: texts are borrowed from the bytes. It
//! is part of the catalogue and changes with the catalogue's version.

use crate::archive::facts::packing::{Packing, Unpacking};
use crate::archive::facts::{
    Components, DocumentFacts, DossierFacts, Exemption, Marks, Traits,
};
use crate::archive::state::State;
use crate::digest::Digest;

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

impl Packing {
    fn exemption(&mut self, exemption: &Exemption<'_>) {
        self.text(exemption.code);
        if !exemption.code.is_empty() {
            self.text(exemption.reason);
            self.text(exemption.by);
            self.day(exemption.on);
        }
    }
}

impl<'a> Unpacking<'a> {
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
    use crate::archive::facts::Trait;
    use crate::time::{Day, Timestamp};
    use serde_json::{Map, Value, json};

    fn fields(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let fields = fields(&json!({
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
        assert_eq!(facts.state, State::HandedOver);
        assert_eq!(facts.slip_minutes, Some(5), "minutes begun");
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
}
