//! What is done to a file after it was signed, one kind of change at a time: what
//! the verdict on the first signature is, and which rule says so.
//!
//! The files are made here to the byte, so that each breaks one rule and no
//! other. Where the judges of other programs disagree, the comment says why we
//! side with one.
#![expect(clippy::indexing_slicing, reason = "a test that panics is a test that fails")]

use std::fmt::Write as _;
use std::sync::OnceLock;

use sohoa::cos::Source;
use sohoa::pki::der::{self, Tag};
use sohoa::pki::{Certificate, Store, oid};
use sohoa::verify::examine::{Policy, Report, Terms, examine};
use sohoa::verify::rights::Effect;

use crate::authority::{self, Cms, Key, Office, PLAIN, attributes, signer};

/// Bytes of a signature that are reserved.
const ROOM: usize = 8192;
/// What a range is written over.
const BLANK: &str = "/ByteRange[0 0000000000 0000000000 0000000000]";

/// A file that grows by objects, revision by revision.
#[derive(Clone)]
pub(crate) struct File {
    pub(crate) bytes: Vec<u8>,
    /// Where the section before begins.
    prev: Option<usize>,
    /// More entries of the trailers to come.
    trailer: &'static str,
    /// More rows of the sections to come.
    rows: String,
}

impl File {
    fn new() -> Self {
        Self {
            bytes: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(),
            prev: None,
            trailer: "",
            rows: String::new(),
        }
    }

    /// With a revision of these objects.
    pub(crate) fn with(mut self, objects: &[(u32, &str)]) -> Self {
        let mut rows = self.rows.clone();
        for (number, object) in objects {
            let at = self.bytes.len();
            self.bytes.extend_from_slice(
                format!("{number} 0 obj\n{object}\nendobj\n").as_bytes(),
            );
            write!(rows, "{number} 1\n{at:010} 00000 n \n").unwrap();
        }
        let prev = self.prev.map_or(String::new(), |prev| format!("/Prev {prev}"));
        let at = self.bytes.len();
        let tail = format!(
            "xref\n0 1\n0000000000 65535 f \n{rows}trailer\n\
             <</Size 40/Root 1 0 R{prev}/ID[<00><00>]{}>>\nstartxref\n{at}\n%%EOF\n",
            self.trailer
        );
        self.bytes.extend_from_slice(tail.as_bytes());
        self.prev = Some(at);
        self
    }

    /// With a revision of these objects, one of them an object stream in which the
    /// object `held` is found; its section is a stream, the object 39.
    pub(crate) fn packed(mut self, objects: &[(u32, &str)], held: (u32, u32)) -> Self {
        let row = |number: u32, kind: u8, first: usize| -> (u32, Vec<u8>) {
            let first = u32::try_from(first).unwrap().to_be_bytes();
            (number, [&[kind][..], &first, &[0]].concat())
        };
        let mut rows = vec![row(held.0, 2, held.1.try_into().unwrap())];
        for (number, object) in objects {
            rows.push(row(*number, 1, self.bytes.len()));
            let object = format!("{number} 0 obj\n{object}\nendobj\n");
            self.bytes.extend_from_slice(object.as_bytes());
        }
        let at = self.bytes.len();
        rows.push(row(39, 1, at));
        let index: Vec<_> =
            rows.iter().map(|(number, _)| format!("{number} 1")).collect();
        let all: Vec<u8> = rows.into_iter().flat_map(|(_, row)| row).collect();
        let head = format!(
            "39 0 obj\n<</Type/XRef/W[1 4 1]/Index[{}]/Size 40/Root 1 0 R/Prev {}\
             /ID[<00><00>]/Length {}>>\nstream\n",
            index.join(" "),
            self.prev.unwrap(),
            all.len()
        );
        let tail = format!("\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n");
        self.bytes.extend([head.as_bytes(), &all, tail.as_bytes()].concat());
        self.prev = Some(at);
        self
    }

    /// With these entries in the trailers to come.
    pub(crate) fn saying(mut self, trailer: &'static str) -> Self {
        self.trailer = trailer;
        self
    }

    /// With these rows in the sections to come.
    pub(crate) fn listing(mut self, rows: String) -> Self {
        self.rows = rows;
        self
    }

    /// How many bytes it has.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// With these bytes at its end.
    pub(crate) fn followed_by(mut self, bytes: &[u8]) -> Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    /// With the last `from` replaced by `to`, which is as long.
    pub(crate) fn altered(mut self, from: &str, to: &str) -> Self {
        assert_eq!(from.len(), to.len());
        let mut parts = self.bytes.windows(from.len());
        let at = parts.rposition(|part| part == from.as_bytes()).unwrap();
        self.bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        self
    }

    /// The last blank signature filled in, over everything there is.
    pub(crate) fn signed(mut self, make: impl Fn(&[u8]) -> Vec<u8>) -> Self {
        let find = |word: &[u8]| {
            let at = self.bytes.windows(word.len()).rposition(|part| part == word);
            at.unwrap()
        };
        let (range, hole) = (find(BLANK.as_bytes()), find(b"/Contents<0000") + 9);
        let end = hole + ROOM * 2 + 2;
        let all = self.bytes.len();
        let text = format!("/ByteRange[0 {hole:010} {end:010} {:010}]", all - end);
        self.bytes[range..range + text.len()].copy_from_slice(text.as_bytes());
        let covered = [&self.bytes[..hole], &self.bytes[end..]].concat();
        let digits: String =
            make(&covered).iter().map(|byte| format!("{byte:02x}")).collect();
        self.bytes[hole + 1..hole + 1 + digits.len()].copy_from_slice(digits.as_bytes());
        self
    }

    pub(crate) fn judged(self) -> Report {
        self.judged_by(&Store::default())
    }

    pub(crate) fn judged_by(self, trust: &Store) -> Report {
        let at = authority::now();
        let terms = Terms { trust, at, policy: Policy::default(), password: None };
        examine(Source::held(self.bytes), &terms).unwrap()
    }
}

/// A file of one page that somebody signed.
pub(crate) fn signed_by(certificate: &Certificate, key: &Key) -> Vec<u8> {
    let make = |covered: &[u8]| {
        let own = attributes(oid::DATA, covered, certificate);
        let made = signer(certificate, (key, PLAIN), own, &[]);
        Cms::new(oid::DATA, None).with(certificate).signed(made).bytes()
    };
    simple().signed(make).bytes
}

/// A file of one page with a blank signature and nothing else.
pub(crate) fn simple() -> File {
    simple_of(&blank(""))
}

/// The same with another blank signature.
pub(crate) fn simple_of(signature: &str) -> File {
    let page = format!("<<{PAGE}/Annots[6 0 R]>>");
    let field = format!("<<{FIELD}/FT/Sig/T(a)/Rect[0 0 0 0]/V 7 0 R>>");
    File::new().with(&[
        (1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/SigFlags 3>>>>"),
        (2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (3, &page),
        (4, &stream("", "")),
        (5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
        (6, &field),
        (7, signature),
    ])
}

/// Signed data over these bytes, as PAdES has them.
pub(crate) fn pades(covered: &[u8]) -> Vec<u8> {
    static OFFICE: OnceLock<Office> = OnceLock::new();
    let office = OFFICE.get_or_init(Office::new);
    let own = attributes(oid::DATA, covered, &office.signer_p256);
    let by = (&office.signer_p256_key, PLAIN);
    Cms::new(oid::DATA, None)
        .with(&office.signer_p256)
        .signed(signer(&office.signer_p256, by, own, &[]))
        .bytes()
}

pub(crate) fn blank(more: &str) -> String {
    format!(
        "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:20260101000000Z)\
         {more}{BLANK}/Contents<{}>>>",
        "0".repeat(ROOM * 2)
    )
}

pub(crate) fn stream(head: &str, text: &str) -> String {
    format!("<<{head}/Length {}>>\nstream\n{text}\nendstream", text.len())
}

pub(crate) const CATALOG: &str = "/Type/Catalog/Pages 2 0 R/Metadata 10 0 R/Own 12 0 R";
pub(crate) const FORM: &str = "/AcroForm<</Fields[6 0 R 8 0 R 9 0 R]/SigFlags 3>>";
pub(crate) const PAGE: &str = "/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
                    /Resources<</Font<</F1 5 0 R>>>>";
pub(crate) const ANNOTS: &str = "/Annots[6 0 R 8 0 R 9 0 R]";
pub(crate) const FIELD: &str = "/Type/Annot/Subtype/Widget/F 4/P 3 0 R";
pub(crate) const TEXT: &str = "/FT/Tx/T(Ten)/Rect[60 100 260 130]/DA(/F1 12 Tf 0 g)";
pub(crate) const EMPTY: &str = "/FT/Sig/T(Co quan)/Rect[300 100 500 130]";

/// A file of one page, signed in the field `Lanh dao` with these rights: a
/// certification by its level, or none. Objects 6 to 9 are its signature field,
/// the signature, a text field and an empty signature field.
pub(crate) fn signed(level: Option<u8>, lock: &str) -> File {
    unsigned(level, lock).signed(pades)
}

/// The same before it is signed.
pub(crate) fn unsigned(level: Option<u8>, lock: &str) -> File {
    let rights = level.map_or(String::new(), |level| {
        format!(
            "/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams\
             <</Type/TransformParams/P {level}/V/1.2>>>>]"
        )
    });
    let perms = if level.is_some() { "/Perms<</DocMDP 7 0 R>>" } else { "" };
    let catalog = format!("<<{CATALOG}{FORM}{perms}>>");
    let text = stream("", "BT /F1 18 Tf 60 700 Td (Tong so tien: 100 000 dong) Tj ET");
    let page = format!("<<{PAGE}{ANNOTS}>>");
    let own = format!(
        "<<{FIELD}/FT/Sig/T(Lanh dao)/Rect[60 200 260 240]/V 7 0 R/AP<</N 11 0 R>>{lock}>>"
    );
    let look = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 200 40]/Resources<</Font<</F1 5 0 R>>>>",
        "BT /F1 9 Tf 2 2 Td (Da ky) Tj ET",
    );
    let metadata =
        stream("/Type/Metadata/Subtype/XML", "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>");
    let objects = [
        (1, catalog.as_str()),
        (2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (3, &page),
        (4, &text),
        (5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
        (6, &own),
        (7, &blank(&rights)),
        (8, &format!("<<{FIELD}{TEXT}>>")),
        (9, &format!("<<{FIELD}{EMPTY}>>")),
        (10, &metadata),
        (11, &look),
        (12, "[(own) 595.27612]"),
    ];
    File::new().with(&objects)
}

/// Where a change may go.
pub(crate) const APPROVAL: Option<u8> = None;
pub(crate) const NOTHING: Option<u8> = Some(1);
pub(crate) const FORMS: Option<u8> = Some(2);
pub(crate) const ANNOTATIONS: Option<u8> = Some(3);

/// The verdict on the first signature, and the changes that decide it.
pub(crate) fn told(file: File) -> (&'static str, Vec<&'static str>) {
    let report = file.judged();
    let first = &report.signatures[0];
    assert!(first.facts.is_intact(), "{:?}", first.verdict);
    let mut codes: Vec<_> = first
        .changes
        .iter()
        .filter(|change| change.effect == Effect::Breaks)
        .map(|change| change.code)
        .collect();
    codes.dedup();
    (first.verdict.indication.word(), codes)
}

fn holds(name: &str, level: Option<u8>, objects: &[(u32, &str)]) {
    let told = told(signed(level, "").with(objects));
    assert_eq!(told, ("undecided", vec![]), "{name} under {level:?}");
}

fn breaks(name: &str, level: Option<u8>, objects: &[(u32, &str)], code: &str) {
    let (verdict, codes) = told(signed(level, "").with(objects));
    assert_eq!(verdict, "failed", "{name} under {level:?}");
    assert!(codes.contains(&code), "{name} under {level:?}: {codes:?}");
}

fn catalog(more: &str) -> String {
    format!("<<{CATALOG}{FORM}{more}>>")
}

#[test]
fn what_keeps_a_signature_alive_is_allowed_at_every_level() {
    let grown =
        catalog("/DSS 20 0 R/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>");
    let metadata = stream(
        "/Type/Metadata/Subtype/XML",
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><a/></x:xmpmeta>",
    );
    for level in [APPROVAL, NOTHING, FORMS, ANNOTATIONS] {
        let perms = if level.is_some() { "/Perms<</DocMDP 7 0 R>>" } else { "" };
        let grown = grown.replace("/DSS", &format!("{perms}/DSS"));
        let certificate = stream("", "der");
        holds(
            "validation data",
            level,
            &[
                (1, &grown),
                (20, "<</Certs[21 0 R]/VRI<</AA<</Cert[21 0 R]>>>>>>"),
                (21, &certificate),
            ],
        );
        holds("metadata", level, &[(10, &metadata)]);
        holds("a number in fewer digits", level, &[(12, "[(own) 595.28]")]);
        let other = [(12, "[(own) 595.4]")];
        breaks("another number", level, &other, "NOT_ALLOWED_CATALOG_CHANGES");
        holds(
            "the same again",
            level,
            &[
                (12, "[<6f776e> 595.27612]"),
                (5, "<</BaseFont/Helvetica/Subtype/Type1/Type/Font>>"),
            ],
        );
        holds("an object nothing leads to", level, &[(30, "(Hello)")]);
    }
}

#[test]
fn validation_data_and_metadata_keep_their_form() {
    let with = catalog("/DSS 20 0 R");
    for (name, dss) in [
        ("a string", "(Hi)"),
        ("certificates that are a name", "<</Certs/x>>"),
        ("certificates that are no objects", "<</Certs[(x)]>>"),
        ("entries that are a name", "<</VRI/x>>"),
        ("an entry that is a name", "<</VRI<</AA/x>>>>"),
        ("a page as a certificate", "<</Certs[3 0 R]>>"),
    ] {
        breaks(name, APPROVAL, &[(1, &with), (20, dss)], "change.validation-data-broken");
    }
    let bogus = stream("", "This is bogus");
    breaks("bogus metadata", APPROVAL, &[(10, &bogus)], "change.metadata-broken");
    breaks(
        "metadata that are a dictionary",
        APPROVAL,
        &[(10, "<<>>")],
        "change.metadata-broken",
    );
    // Nothing that is shown hangs on metadata: told, not refused.
    holds("metadata removed", APPROVAL, &[(10, "null")]);
    // Writers that put the dictionary together anew leave out what they do not know.
    let file = signed(APPROVAL, "")
        .with(&[
            (1, &with),
            (20, "<</Certs[21 0 R 22 0 R]>>"),
            (21, &bogus),
            (22, &bogus),
        ])
        .with(&[(20, "<</Certs[22 0 R]>>")]);
    let report = file.judged();
    let codes: Vec<_> = report.signatures[0].changes.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["change.validation-data", "change.validation-data-shrunk"]);
}

#[test]
fn a_form_may_be_filled_in_and_nothing_else_about_it_changes() {
    let filled = format!("<<{FIELD}{TEXT}/V(An)>>");
    for level in [APPROVAL, FORMS, ANNOTATIONS] {
        holds("a value", level, &[(8, &filled)]);
    }
    breaks("a value", NOTHING, &[(8, &filled)], "change.field-filled");
    for (name, more) in [
        ("kids that are a name", "/Kids/Test"),
        ("kids without a kid", "/Kids[]"),
        ("kids that are nothing", "/Kids[null]"),
        ("another page", "/P 2 0 R"),
        ("an action", "/AA<</K<</S/JavaScript/JS(x)>>>>"),
    ] {
        let field = FIELD
            .replace("/P 3 0 R", if more.starts_with("/P") { "" } else { "/P 3 0 R" });
        let changed = format!("<<{field}{TEXT}{more}>>");
        breaks(name, APPROVAL, &[(8, &changed)], "NOT_ALLOWED_ACROFORM_CHANGES");
    }
    let renamed = format!("<<{FIELD}{}>>", TEXT.replace("(Ten)", "(Khac)"));
    breaks("a name", APPROVAL, &[(8, &renamed)], "FIELD_REMOVED");
    let sign = format!("<<{FIELD}{}>>", TEXT.replace("/Tx", "/Sig"));
    breaks("a type", APPROVAL, &[(8, &sign)], "FIELD_REMOVED");
    let copy = format!("<<{FIELD}{}>>", TEXT.replace("(Ten)", "(Ten 2)"));
    let form = catalog("").replace("9 0 R]", "9 0 R 20 0 R]");
    breaks("a field more", APPROVAL, &[(1, &form), (20, &copy)], "UNEXPECTED_FORM_FIELD");
}

#[test]
fn what_a_signature_looks_like_is_part_of_it() {
    let other = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 200 40]/Resources<</Font<</F1 5 0 R>>>>",
        "BT /F1 9 Tf 2 2 Td (Nguoi khac da ky) Tj ET",
    );
    breaks("another look", APPROVAL, &[(11, &other)], "SIGNATURE_MODIFIED");
    // The same font within the stream instead of beside it: Acrobat says nothing,
    // iText refuses. Nobody has a reason to rewrite a signature's look.
    let within = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 200 40]\
         /Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
        "BT /F1 9 Tf 2 2 Td (Da ky) Tj ET",
    );
    breaks("a look put together anew", APPROVAL, &[(11, &within)], "SIGNATURE_MODIFIED");
    let moved = format!(
        "<<{FIELD}/FT/Sig/T(Lanh dao)/Rect[60 690 260 730]/V 7 0 R/AP<</N 11 0 R>>>>"
    );
    breaks("another place", APPROVAL, &[(6, &moved)], "SIGNATURE_MODIFIED");
    let gone = format!(
        "<<{FIELD}/FT/Sig/T(Lanh dao)/Rect[60 200 260 240]/V(x)/AP<</N 11 0 R>>>>"
    );
    breaks("a string in its place", APPROVAL, &[(6, &gone)], "REFERENCE_REMOVED");
}

/// A second signature, in a field of its own at `rect` with this look, or in
/// the empty field.
fn signed_again(file: File, rect: &str, look: &str) -> File {
    let perms = "/Perms<</DocMDP 7 0 R>>";
    let certified = file.bytes.windows(perms.len()).any(|it| it == perms.as_bytes());
    let form = format!(
        "<<{CATALOG}{}{}>>",
        FORM.replace("9 0 R]", "9 0 R 20 0 R]"),
        if certified { perms } else { "" }
    );
    let page = format!("<<{PAGE}{}>>", ANNOTS.replace("9 0 R]", "9 0 R 20 0 R]"));
    let field =
        format!("<<{FIELD}/FT/Sig/T(Moi)/Rect[{rect}]/V 21 0 R/AP<</N 22 0 R>>>>");
    let look = stream("/Type/XObject/Subtype/Form/BBox[0 0 400 60]", look);
    file.with(&[(1, &form), (3, &page), (20, &field), (21, &blank("")), (22, &look)])
        .signed(pades)
}

#[test]
fn a_later_signature_hides_nothing_that_was_certified() {
    const OPAQUE: &str = "1 1 1 rg 0 0 400 60 re f";
    const BLACK: &str = "0 0 0 rg 0 0 400 60 re f";
    const LINES: &str = "0 0 1 RG 0 0 m 400 0 l S";
    let told_of = |level, rect, look| told(signed_again(signed(level, ""), rect, look));
    for level in [FORMS, ANNOTATIONS] {
        for look in [OPAQUE, BLACK] {
            let over_text = told_of(level, "50 690 450 730", look);
            assert_eq!(over_text, ("failed", vec!["CONTENT_HIDDEN"]), "{level:?} {look}");
        }
        assert_eq!(
            told_of(level, "50 400 450 460", OPAQUE).0,
            "undecided",
            "beside the text"
        );
        assert_eq!(
            told_of(level, "50 690 450 730", LINES).0,
            "undecided",
            "text shines through"
        );
        assert_eq!(told_of(level, "0 0 0 0", OPAQUE).0, "undecided", "takes no room");
    }
    assert_eq!(told_of(NOTHING, "0 0 0 0", OPAQUE).0, "failed");
}

/// The verdict on the first signature, why, and the changes that leave it open.
pub(crate) fn doubts(file: File) -> (&'static str, &'static str, Vec<&'static str>) {
    let report = file.judged();
    let first = &report.signatures[0];
    let doubted = first.changes.iter().filter(|it| it.effect == Effect::Doubted);
    let codes = doubted.map(|change| change.code).collect();
    let sub = first.verdict.sub.map_or("", sohoa::verify::verdict::Sub::name);
    (first.verdict.indication.word(), sub, codes)
}

const OPEN: (&str, &str) = ("undecided", "SIG_CONSTRAINTS_FAILURE");

#[test]
fn what_may_show_something_else_is_neither_valid_nor_forged() {
    // A stamp over print after a plain approval: honest people do it too.
    let opaque = "1 1 1 rg 0 0 400 60 re f";
    let over = doubts(signed_again(signed(APPROVAL, ""), "50 690 450 730", opaque));
    assert_eq!(over, (OPEN.0, OPEN.1, vec!["CONTENT_HIDDEN"]));
    let beside = doubts(signed_again(signed(APPROVAL, ""), "50 400 450 460", opaque));
    assert_eq!(beside, ("undecided", "NO_CERTIFICATE_CHAIN_FOUND", vec![]));
    // Another look of a field without another value.
    let look = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 200 30]/Resources<</Font<</F1 5 0 R>>>>",
        "BT /F1 12 Tf 2 2 Td (900 000) Tj ET",
    );
    let field = format!("<<{FIELD}{TEXT}/AP<</N 20 0 R>>>>");
    let shown = [(8, field.as_str()), (20, &look)];
    for level in [FORMS, ANNOTATIONS] {
        let told = doubts(signed(level, "").with(&shown));
        assert_eq!(told, (OPEN.0, OPEN.1, vec!["change.field-appearance"]), "{level:?}");
    }
    for level in [NOTHING, APPROVAL] {
        breaks("a look", level, &shown, "change.field-appearance");
    }
}

#[test]
fn what_is_filled_in_hides_nothing_silently() {
    // A field that the signer did not see lies over the amount.
    let over = TEXT.replace("60 100 260 130", "50 690 450 730");
    let field = |more: &str| format!("<<{FIELD}{over}{more}>>");
    let white = white();
    let file = |level: Option<u8>| {
        let unsigned = unsigned(level, "");
        unsigned.with(&[(8, &field(""))]).signed(pades)
    };
    for level in [APPROVAL, FORMS, ANNOTATIONS] {
        let filled = field("/V(900 000)/AP<</N 20 0 R>>");
        let told = doubts(file(level).with(&[(8, &filled), (20, &white)]));
        let codes = vec!["change.content-filled-over"];
        assert_eq!(told, (OPEN.0, OPEN.1, codes), "{level:?}");
    }
}

#[test]
fn many_changes_hide_none() {
    // More than are told: what comes behind them counts.
    let most = 2_100;
    let field = |at: u32, more: &str| format!("<</FT/Tx/T(f{at}){more}>>");
    let refs: Vec<String> = (0..most).map(|at| format!("{} 0 R", 100 + at)).collect();
    let form = format!("/AcroForm<</Fields[6 0 R {}]/SigFlags 3>>", refs.join(" "));
    let plain: Vec<(u32, String)> =
        (0..most).map(|at| (100 + at, field(at, ""))).collect();
    let filled: Vec<(u32, String)> =
        (0..most).map(|at| (100 + at, field(at, "/V(x)"))).collect();
    let with = |file: File, objects: &[(u32, String)]| {
        let objects: Vec<(u32, &str)> =
            objects.iter().map(|(number, text)| (*number, text.as_str())).collect();
        file.with(&objects)
    };
    let mut first = plain;
    first.push((1, format!("<<{CATALOG}{form}/Perms<</DocMDP 7 0 R>>>>")));
    let file = || with(unsigned(FORMS, ""), &first).signed(pades);
    let mut evil = filled.clone();
    evil.push((4, stream("", "BT /F1 18 Tf 60 700 Td (900 000 dong) Tj ET")));
    let (verdict, codes) = told(with(file(), &evil));
    assert_eq!((verdict, codes), ("failed", vec!["change.unknown"]));
    // Fewer are all told.
    let (verdict, codes) = told(with(file(), &filled[..1_500]));
    assert_eq!((verdict, codes), ("undecided", vec![]));
}

#[test]
fn what_readers_would_read_differently_is_refused() {
    let evil = stream("", "BT /F1 18 Tf 60 700 Td (900 000 dong) Tj ET");
    let twice = format!("<</Contents 20 0 R{PAGE}{ANNOTS}>>");
    for level in [APPROVAL, NOTHING, FORMS, ANNOTATIONS] {
        breaks("a key twice", level, &[(3, &twice), (20, &evil)], "change.key-twice");
        // An object stream with a page that no section lists there.
        let page = format!("3 0 <<{}{ANNOTS}>> ", PAGE.replace("4 0 R", "20 0 R"));
        let packed = stream("/Type/ObjStm/N 1/First 4", &page);
        let report = signed(level, "").with(&[(30, &packed), (20, &evil)]).judged();
        let first = &report.signatures[0];
        assert_eq!(first.verdict.indication.word(), "failed", "{level:?}");
        let codes: Vec<_> = first.findings.iter().map(|it| it.code.as_str()).collect();
        assert!(codes.contains(&"file.unlisted-object"), "{level:?}: {codes:?}");
    }
}

#[test]
fn a_signature_that_no_section_lists_is_not_absent() {
    let mut file = signed(APPROVAL, "");
    file.prev = None;
    let page = format!("<<{PAGE}>>");
    let report = file
        .with(&[
            (1, "<</Type/Catalog/Pages 2 0 R>>"),
            (2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"),
            (3, &page),
            (4, &stream("", "")),
        ])
        .judged();
    assert_eq!(report.indication.word(), "failed");
    assert!(report.signatures[0].facts.claim.removed);
}

#[test]
fn a_lock_permits_no_more_than_what_is_in_force() {
    let lock = |level: u8| {
        let file = signed(FORMS, "");
        let field = format!(
            "<<{FIELD}{EMPTY}/V 21 0 R/Lock<</Type/SigFieldLock/Action/All/P {level}>>>>"
        );
        let report = file.with(&[(9, &field), (21, &blank(""))]).signed(pades).judged();
        let second = &report.signatures[1];
        let raised =
            second.findings.iter().any(|it| it.code == "ACCESS_PERMISSIONS_ADDED");
        (second.verdict.sub.unwrap().name(), raised)
    };
    assert_eq!(lock(3), ("SIG_CONSTRAINTS_FAILURE", true));
    assert_eq!(lock(2), ("NO_CERTIFICATE_CHAIN_FOUND", false));
}

/// A place on the page over its print, and one beside it.
pub(crate) const OVER: &str = "50 690 450 730";
pub(crate) const BESIDE: &str = "50 400 450 440";
/// A look that object 21 is.
pub(crate) const LOOKS: &str = "/AP<</N 21 0 R>>";

/// An annotation that is printed, with `more` in its dictionary.
pub(crate) fn note(kind: &str, rect: &str, more: &str) -> String {
    format!("<</Type/Annot/Subtype/{kind}/F 4/Rect[{rect}]/Contents(x){more}>>")
}

/// A look that is white all over.
pub(crate) fn white() -> String {
    stream("/Type/XObject/Subtype/Form/BBox[0 0 400 40]", "1 1 1 rg 0 0 400 40 re f")
}

#[test]
fn an_annotation_hides_nothing_that_was_certified() {
    let page = format!("<<{PAGE}{}>>", ANNOTS.replace("9 0 R]", "9 0 R 20 0 R]"));
    let white = white();
    for kind in ["FreeText", "Stamp", "Highlight", "Link"] {
        let (hiding, aside) = (note(kind, OVER, LOOKS), note(kind, BESIDE, LOOKS));
        let hiding = [(3, page.as_str()), (20, &hiding), (21, &white)];
        let aside = [(3, page.as_str()), (20, &aside), (21, &white)];
        breaks(kind, ANNOTATIONS, &hiding, "CONTENT_HIDDEN");
        holds(kind, ANNOTATIONS, &aside);
        breaks(kind, FORMS, &aside, "ANNOTATIONS_MODIFIED");
        breaks(kind, APPROVAL, &aside, "ANNOTATIONS_MODIFIED");
    }
    // Without a look readers paint a redaction themselves, and no highlight hides.
    breaks(
        "redaction",
        ANNOTATIONS,
        &[(3, &page), (20, &note("Redact", OVER, ""))],
        "CONTENT_HIDDEN",
    );
    let laid = |kind, more| note(kind, OVER, more);
    for (kind, more) in [
        ("Highlight", ""),
        ("Highlight", "/C[1 1 0]"),
        ("Link", "/Border[0 0 1]"),
        ("Link", "/BS<</W 2>>"),
    ] {
        let note = laid(kind, more);
        holds(more, ANNOTATIONS, &[(3, &page), (20, &note)]);
    }
    // Print that is dark stays dark under black, and a frame may be all there is.
    for (kind, more) in [
        ("Highlight", "/C[0 0 0]"),
        ("Highlight", "/C[0 0 0 1]"),
        ("Link", "/Border[0 0 40]/C[1 1 1]"),
        ("Link", "/BS<</W 40>>"),
        ("Square", "/AP<</R 21 0 R>>"),
    ] {
        let note = laid(kind, more);
        let objects = [(3, page.as_str()), (20, &note), (21, &white)];
        breaks(more, ANNOTATIONS, &objects, "CONTENT_HIDDEN");
    }
    // Not on the screen, but on paper; or in a layer that somebody switches on.
    for (flags, more) in [("/F 36", LOOKS), ("/F 4", "/OC 22 0 R/AP<</N 21 0 R>>")] {
        let note = note("Stamp", OVER, more).replace("/F 4", flags);
        let layer = "<</Type/OCG/Name(a)>>";
        let objects = [(3, page.as_str()), (20, &note), (21, &white), (22, layer)];
        breaks(flags, ANNOTATIONS, &objects, "CONTENT_HIDDEN");
    }
    let nowhere = note("Stamp", OVER, LOOKS).replace("/F 4", "/F 2");
    holds("hidden", ANNOTATIONS, &[(3, &page), (20, &nowhere), (21, &white)]);
}

#[test]
fn an_annotation_within_the_list_of_its_page_hides_nothing_either() {
    let white = white();
    // Added, grown, or with another look.
    let within = |note: &str| {
        format!("<<{PAGE}{}>>", ANNOTS.replace("9 0 R]", &format!("9 0 R {note}]")))
    };
    let (hiding, aside) = (note("Stamp", OVER, LOOKS), note("Stamp", BESIDE, LOOKS));
    let (hiding, aside) = (within(&hiding), within(&aside));
    let added = |page: &str| signed(ANNOTATIONS, "").with(&[(3, page), (21, &white)]);
    assert_eq!(told(added(&hiding)), ("failed", vec!["CONTENT_HIDDEN"]));
    assert_eq!(told(added(&aside)), ("undecided", vec![]));
    let clear = stream("/Type/XObject/Subtype/Form/BBox[0 0 400 40]", "");
    let with = |page: &str, look: &str| {
        unsigned(ANNOTATIONS, "").with(&[(3, page), (21, look)]).signed(pades)
    };
    let grown = with(&aside, &white).with(&[(3, &hiding)]);
    assert_eq!(told(grown), ("failed", vec!["CONTENT_HIDDEN"]));
    let filled = with(&hiding, &clear).with(&[(21, &white)]);
    assert_eq!(told(filled), ("failed", vec!["CONTENT_HIDDEN"]));
    // What covered the print before hides nothing by staying there.
    let square = note("Square", OVER, "");
    let before = unsigned(ANNOTATIONS, "").with(&[(3, &within(&square))]).signed(pades);
    let more = within(&format!("{square}{}", note("Text", "9 9 20 20", "")));
    assert_eq!(told(before.with(&[(3, &more)])), ("undecided", vec![]));
}

#[test]
fn a_document_time_stamp_needs_no_permission_whatever_it_calls_itself() {
    for kind in ["/Type/DocTimeStamp", "/Type/Sig", ""] {
        for level in [APPROVAL, NOTHING, FORMS] {
            let form = format!(
                "<<{CATALOG}{}{}>>",
                FORM.replace("9 0 R]", "9 0 R 20 0 R]"),
                if level.is_some() { "/Perms<</DocMDP 7 0 R>>" } else { "" }
            );
            let page = format!("<<{PAGE}{}>>", ANNOTS.replace("9 0 R]", "9 0 R 20 0 R]"));
            let field = format!("<<{FIELD}/FT/Sig/T(Dau)/Rect[0 0 0 0]/V 21 0 R>>");
            let stamp = format!(
                "<<{kind}/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161{BLANK}/Contents<{}>>>",
                "0".repeat(ROOM * 2)
            );
            let office = Office::new();
            let token = |covered: &[u8]| {
                let imprint = sohoa::pki::Hash::Sha256.of(covered);
                authority::token(
                    &imprint,
                    "20260101000000Z",
                    &office.tsa,
                    &office.tsa_key,
                )
            };
            let file = signed(level, "")
                .with(&[(1, &form), (3, &page), (20, &field), (21, &stamp)])
                .signed(token);
            let report = file.judged();
            let first = &report.signatures[0];
            assert_eq!(first.verdict.indication.word(), "undecided", "{kind} {level:?}");
            let codes: Vec<_> = first.changes.iter().map(|it| it.code).collect();
            assert_eq!(codes, ["change.time-stamp"], "{kind} {level:?}");
        }
    }
}

#[test]
fn a_locked_field_stays_as_it_is() {
    let filled = format!("<<{FIELD}{TEXT}/V(An)>>");
    for (lock, expected) in [
        ("/Action/All", "failed"),
        ("/Action/Include/Fields[(Ten)]", "failed"),
        ("/Action/Exclude/Fields[(Co quan)]", "failed"),
        ("/Action/Include/Fields[(Co quan)]", "undecided"),
        ("/Action/Exclude/Fields[(Ten)]", "undecided"),
        ("/Action/Include/Fields[(Co quan)]/P 1", "failed"),
    ] {
        let file = signed(APPROVAL, &format!("/Lock<</Type/SigFieldLock{lock}>>"));
        let (verdict, codes) = told(file.with(&[(8, &filled)]));
        assert_eq!(verdict, expected, "{lock}: {codes:?}");
    }
}

#[test]
fn signed_attributes_stand_once() {
    let sub = |more: fn(&Certificate) -> Vec<Vec<u8>>, from: usize| {
        let make = |covered: &[u8]| {
            let office = Office::new();
            let mut own = attributes(oid::DATA, covered, &office.signer_p256);
            own.drain(..from);
            own.extend(more(&office.signer_p256));
            let by = (&office.signer_p256_key, PLAIN);
            let made = signer(&office.signer_p256, by, own, &[]);
            Cms::new(oid::DATA, None).with(&office.signer_p256).signed(made).bytes()
        };
        let verdict = simple().signed(make).judged().signatures[0].verdict;
        (verdict.indication.word(), verdict.sub.unwrap().name())
    };
    let whole = ("undecided", "NO_CERTIFICATE_CHAIN_FOUND");
    assert_eq!(sub(|_| Vec::new(), 0), whole);
    let twice = |_: &Certificate| {
        let other = der::encode(Tag::OCTET_STRING, &[0; 32]);
        vec![authority::attribute(oid::MESSAGE_DIGEST, &other)]
    };
    assert_eq!(sub(twice, 0), ("failed", "HASH_FAILURE"));
    let reference = |signer: &Certificate| {
        vec![authority::attribute(
            oid::SIGNING_CERTIFICATE_V2,
            &authority::reference(signer),
        )]
    };
    assert_eq!(sub(reference, 0), OPEN);
    // Without the type of what is signed.
    assert_eq!(sub(|_| Vec::new(), 1), OPEN);
}

#[test]
fn what_is_enclosed_must_be_what_the_file_says_and_never_passes() {
    let by = |content: fn(&[u8]) -> Vec<u8>, twice: bool| {
        move |covered: &[u8]| {
            let office = Office::new();
            let one = |certificate, key| {
                let own = attributes(oid::DATA, covered, certificate);
                signer(certificate, (key, PLAIN), own, &[])
            };
            let enclosed = Some(content(covered)).filter(|content| content != b"none");
            let mut cms = Cms::new(oid::DATA, enclosed)
                .with(&office.signer_p256)
                .with(&office.signer)
                .signed(one(&office.signer_p256, &office.signer_p256_key));
            if twice {
                cms = cms.signed(one(&office.signer, &office.signer_key));
            }
            cms.bytes()
        }
    };
    let sub = |file: File| {
        let verdict = file.judged().signatures[0].verdict;
        (verdict.indication.word(), verdict.sub.unwrap().name())
    };
    // Readers of signed data alone would be shown something else.
    let empty = simple().signed(by(|_| Vec::new(), false));
    assert_eq!(sub(empty), ("failed", "HASH_FAILURE"));
    let another = simple().signed(by(|_| b"another".to_vec(), false));
    assert_eq!(sub(another), ("failed", "HASH_FAILURE"));
    let same = simple().signed(by(<[u8]>::to_vec, false));
    assert_eq!(sub(same), ("undecided", "SIG_CONSTRAINTS_FAILURE"));
    let signers = simple().signed(by(|_| b"none".to_vec(), true));
    assert_eq!(sub(signers), ("undecided", "SIG_CONSTRAINTS_FAILURE"));
}
