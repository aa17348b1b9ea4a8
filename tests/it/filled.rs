//! What is filled in, added to a form or acts after a signature, and what readers
//! are shown for it.
#![expect(clippy::indexing_slicing, reason = "a test that panics is a test that fails")]

use std::process::Command;
use std::sync::OnceLock;

use sohoa::pki::store::Place;
use sohoa::pki::{Hash, Ocsp, Store, oid};
use sohoa::verify::examine::Report;
use sohoa::verify::rights::Effect;

use crate::afterwards::{
    ANNOTATIONS, ANNOTS, APPROVAL, CATALOG, FIELD, FORM, FORMS, File, NOTHING, PAGE,
    TEXT, blank, doubts, pades, signed, simple, stream, told, unsigned,
};
use crate::authority::{
    Cms, Draft, FRESH, Office, PLAIN, Say, Sign, attributes, ocsp, signer,
};

const FONT: &str = "/Type/XObject/Subtype/Form/BBox[0 0 200 30]\
                    /Resources<</Font<</F1 5 0 R>>>>";

/// The first signature's changes of one effect, and its findings, by their codes.
fn codes(report: &Report, effect: Effect) -> (Vec<&'static str>, Vec<String>) {
    let first = &report.signatures[0];
    let changes = first.changes.iter().filter(|change| change.effect == effect);
    let findings = first.findings.iter().map(|finding| finding.code.clone());
    (changes.map(|change| change.code).collect(), findings.collect())
}

/// The text field filled in with a value, and a look that shows `content`.
fn filled(level: Option<u8>, value: &str, more: &str, content: &str) -> File {
    let field = format!("<<{FIELD}{TEXT}{more}/V{value}/AP<</N 20 0 R>>>>");
    let look = stream(FONT, &format!("/Tx BMC q BT {content} ET Q EMC"));
    signed(level, "").with(&[(8, &field), (20, &look)])
}

#[test]
fn a_value_that_is_shown_otherwise_is_told() {
    const OTHER: &str = "/F1 12 Tf 2 5 Td (9 000 000) Tj";
    let file = |level| filled(level, "(1 000 000)", "", OTHER);
    for level in [FORMS, ANNOTATIONS] {
        let (verdict, _, codes) = doubts(file(level));
        assert_eq!((verdict, codes), ("undecided", vec!["change.field-shows-other"]));
    }
    assert_eq!(told(file(NOTHING)).0, "failed");
    // After an approval filling in is told, and so is this.
    let (allowed, findings) = codes(&file(APPROVAL).judged(), Effect::Told);
    assert_eq!(allowed, ["change.field-filled", "change.field-shows-other"]);
    assert!(findings.iter().any(|code| code == "field.shows-other"), "{findings:?}");
    // No value at all, and yet something is shown.
    for value in ["()", "( )", " null"] {
        let before = unsigned(FORMS, "").with(&[(8, &format!("<<{FIELD}{TEXT}/V(x)>>"))]);
        let field = format!("<<{FIELD}{TEXT}/V{value}/AP<</N 20 0 R>>>>");
        let look =
            |text: &str| stream(FONT, &format!("BT /F1 12 Tf 2 5 Td ({text}) Tj ET"));
        let shows = |text: &str| {
            let signed = before.clone().signed(pades);
            doubts(signed.with(&[(8, &field), (20, &look(text))])).2
        };
        assert_eq!(shows("9 000 000"), ["change.field-shows-other"], "{value}");
        assert_eq!(shows(" "), [""; 0], "{value}");
    }
    // The look of before, which shows another value.
    let before = stream(FONT, "BT /F1 12 Tf (Khong) Tj ET");
    let field = |value: &str| format!("<<{FIELD}{TEXT}/V({value})/AP<</N 20 0 R>>>>");
    let (old, new) = (field("Khong"), field("Dong y"));
    let stale = unsigned(FORMS, "").with(&[(8, &old), (20, &before)]).signed(pades);
    let (_, _, codes) = doubts(stale.with(&[(8, &new)]));
    assert_eq!(codes, ["change.field-shows-other"]);
}

#[test]
fn what_is_filled_in_may_be_drawn_anew_and_is_told() {
    let drawn = |more: &str, value: &str| {
        let field =
            FIELD.replace("/F 4", if more.starts_with("/F") { "" } else { "/F 4" });
        let text = TEXT.replace("/DA(/F1 12 Tf 0 g)", "");
        let text = if more.starts_with("/DA") { text } else { TEXT.to_owned() };
        format!("<<{field}{text}{more}{value}>>")
    };
    for more in ["/F 132", "/DA(/F1 9 Tf 0 g)", "/Q 2", "/DS(font: 9pt)"] {
        let value = drawn(more, "/V(An)");
        let (verdict, _, doubted) = doubts(signed(FORMS, "").with(&[(8, &value)]));
        let expected = ("undecided", vec!["change.field-drawn-anew"]);
        assert_eq!((verdict, doubted), expected, "{more}");
        let (allowed, _) =
            codes(&signed(APPROVAL, "").with(&[(8, &value)]).judged(), Effect::Told);
        assert_eq!(allowed, ["change.field-filled", "change.field-drawn-anew"], "{more}");
        // Not without a value, nor where nothing may be filled in.
        for level in [APPROVAL, FORMS, ANNOTATIONS] {
            let (verdict, codes) = told(signed(level, "").with(&[(8, &drawn(more, ""))]));
            let expected = ("failed", vec!["NOT_ALLOWED_ACROFORM_CHANGES"]);
            assert_eq!((verdict, codes), expected, "{more} {level:?}");
        }
        assert_eq!(told(signed(NOTHING, "").with(&[(8, &value)])).0, "failed", "{more}");
    }
    let file = drawn("/F(evil)", "/V(An)");
    assert_eq!(told(signed(FORMS, "").with(&[(8, &file)])).0, "failed");
    let elsewhere = drawn("/MaxLen 2", "/V(An)");
    assert_eq!(told(signed(FORMS, "").with(&[(8, &elsewhere)])).0, "failed");
}

#[test]
fn a_button_shows_the_state_it_is_in() {
    let look = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "0 0 9 9 re f");
    let field = |value: &str, state: &str| {
        format!(
            "<<{FIELD}/FT/Btn/T(Ten)/Rect[60 100 69 109]/V/{value}/AS/{state}\
             /AP<</N<</Co 20 0 R>>>>>>"
        )
    };
    let (off, signed) = (field("Off", "Off"), unsigned(FORMS, ""));
    let signed = signed.with(&[(8, &off), (20, &look)]).signed(pades);
    let ticked = |state| doubts(signed.clone().with(&[(8, &field("Co", state))])).2;
    assert_eq!(ticked("Co"), Vec::<&str>::new());
    assert_eq!(ticked("Off"), ["change.field-shows-other"]);
    // One of several buttons that another one is pressed of is off.
    let unticked = field("Khong", "Off");
    assert_eq!(doubts(signed.clone().with(&[(8, &unticked)])).2, Vec::<&str>::new());
}

#[test]
fn a_value_that_is_shown_as_honest_programs_do_is_not_accused() {
    let wide = "/F9 12 Tf <00010002> Tj";
    let cases = [
        ("in one", "(1 000 000)", "", "/F1 12 Tf 2 5 Td (1 000 000) Tj"),
        ("kerned", "(1 000 000)", "", "/F1 12 Tf [(1)-20(000)-20(000)] TJ"),
        (
            "a comb",
            "(1985)",
            "/Ff 16777216/MaxLen 4",
            "/F1 12 Tf 5 5 Td (1) Tj 20 0 Td (9) Tj 20 0 Td (8) Tj 20 0 Td (5) Tj",
        ),
        (
            "lines",
            "(12 pho Hue\\nHa Noi)",
            "/Ff 4096",
            "/F1 12 Tf 2 20 Td (12 pho) Tj 0 -12 Td (Hue) Tj 0 -12 Td (Ha Noi) Tj",
        ),
        (
            "lines that do not fit",
            "(mot hai ba bon nam)",
            "/Ff 4096",
            "/F1 12 Tf (mot hai) Tj T* (ba) Tj",
        ),
        (
            "letters the font lacks",
            "<FEFF004E00671EF7 0020 0041006E>",
            "",
            "/F1 12 Tf (Ng An) Tj",
        ),
        ("a font nobody knows", "(1 000 000)", "", wide),
        ("no font", "(1 000 000)", "", "(9 000 000) Tj"),
        ("a picture", "(1 000 000)", "", "/F1 12 Tf (Hinh) Tj /X Do"),
        (
            "a format",
            "(2026-11-29)",
            "/AA<</F<</S/JavaScript/JS(x)>>>>",
            "/F1 12 Tf (29 thang 11) Tj",
        ),
        ("a password", "(bi mat)", "/Ff 8192", "/F1 12 Tf (******) Tj"),
        ("nothing", "(1 000 000)", "", "/F1 12 Tf () Tj"),
        ("unseen", "(1 000 000)", "", "/F1 12 Tf 3 Tr (9 000 000) Tj 0 Tr (1000000) Tj"),
    ];
    for (name, value, more, content) in cases {
        let field = format!("<<{FIELD}{TEXT}{more}/AP<</N 20 0 R>>>>");
        let filled = field.replace("/AP", &format!("/V{value}/AP"));
        let look = stream(FONT, &format!("/Tx BMC q BT {content} ET Q EMC"));
        let file = unsigned(FORMS, "").with(&[(8, &field), (20, &look)]).signed(pades);
        let (_, _, codes) = doubts(file.with(&[(8, &filled), (20, &look)]));
        assert_eq!(codes, [""; 0], "{name}");
    }
}

#[test]
fn a_font_that_tells_its_letters_is_read() {
    let map = "/CIDInit /ProcSet findresource begin begincmap\n\
               1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
               2 beginbfchar <0001> <0031> <0002> <1ED3> endbfchar\n\
               1 beginbfrange <0003> <0005> <0037> endbfrange\nendcmap end";
    let font =
        "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 24 0 R>>";
    let look = |text: &str| {
        stream(
            "/Resources<</Font<</F9 23 0 R>>>>",
            &format!("BT /F9 12 Tf <{text}> Tj ET"),
        )
    };
    let told_of = |value: &str, text: &str| {
        let field = format!("<<{FIELD}{TEXT}/V{value}/AP<</N 20 0 R>>>>");
        let objects =
            [(8, field), (20, look(text)), (23, font.to_owned()), (24, stream("", map))];
        let objects: Vec<(u32, &str)> =
            objects.iter().map(|(number, text)| (*number, text.as_str())).collect();
        doubts(signed(FORMS, "").with(&objects)).2
    };
    assert_eq!(told_of("<FEFF00311ED300370039>", "0001000200030005"), [""; 0]);
    assert_eq!(told_of("(1)", "0001000200030005"), ["change.field-shows-other"]);
}

// ------------------------------------------------------------ groups of fields

/// A file whose signature stands in a group of fields, and a second one in it.
fn grouped(lock: &str, signs: &str, kids: &str) -> File {
    let form = "/AcroForm<</Fields[13 0 R 8 0 R 9 0 R]/SigFlags 3>>";
    let own = format!(
        "<<{FIELD}/FT/Sig/T(Lanh dao)/Parent 13 0 R/Rect[60 200 260 240]/V 7 0 R\
         /AP<</N 11 0 R>>{lock}>>"
    );
    let catalog = format!("<<{CATALOG}{form}>>");
    let first = unsigned(APPROVAL, "")
        .with(&[(1, &catalog), (6, &own), (13, "<</T(Nhom)/Kids[6 0 R]>>")])
        .signed(pades);
    let page = format!("<<{PAGE}{}>>", ANNOTS.replace("9 0 R]", "9 0 R 20 0 R]"));
    let field = format!("<<{FIELD}/T(Moi)/Parent 13 0 R/Rect[0 0 0 0]{signs}>>");
    let group = format!("<</T(Nhom)/Kids[{kids}]>>");
    first.with(&[(3, &page), (13, &group), (20, &field), (21, &blank(""))])
}

#[test]
fn a_group_of_fields_may_get_another_signature() {
    let signs = "/FT/Sig/V 21 0 R";
    let file = grouped("", signs, "6 0 R 20 0 R").signed(pades);
    assert_eq!(told(file), ("undecided", vec![]));
    // Not where the group is locked, nor any other field, nor one in place of another.
    let lock = "/Lock<</Type/SigFieldLock/Action/Include/Fields[(Nhom)]>>";
    let file = grouped(lock, signs, "6 0 R 20 0 R").signed(pades);
    assert_eq!(told(file), ("failed", vec!["LOCKED_FIELD_KIDS_ADDED"]));
    for (signs, kids) in [
        ("/FT/Tx/V(x)", "6 0 R 20 0 R"),
        (signs, "20 0 R"),
        (signs, "20 0 R 20 0 R"),
        (signs, "6 0 R 20 0 R 8 0 R"),
    ] {
        assert_eq!(told(grouped("", signs, kids)).0, "failed", "{signs} {kids}");
    }
}

// --------------------------------------------------------- annotations that act

#[test]
fn a_certification_that_permits_notes_permits_nothing_that_acts() {
    let page = format!("<<{PAGE}{}>>", ANNOTS.replace("9 0 R]", "9 0 R 20 0 R]"));
    let note = |kind: &str, more: &str| {
        format!("<</Type/Annot/Subtype/{kind}/Rect[300 400 320 420]/Contents(x){more}>>")
    };
    let added =
        |note: &str| told(signed(ANNOTATIONS, "").with(&[(3, &page), (20, note)]));
    let holds = [
        note("Text", ""),
        note("Link", "/A<</S/URI/URI(https://example.vn)>>"),
        note("Link", "/A<</S/GoTo/D[3 0 R/Fit]/Next[<</S/Named/N/NextPage>>]>>"),
    ];
    for note in holds {
        assert_eq!(added(&note), ("undecided", vec![]), "{note}");
    }
    let acts = [
        note("Text", "/A<</S/JavaScript/JS(x)>>"),
        note("Link", "/A<</S/URI/URI(https://example.vn)/Next<</S/Hide/T(Ten)>>>>"),
        note("Text", "/AA<</PV<</S/JavaScript/JS(x)>>>>"),
        note("Link", "/A<</S/SetOCGState/State[/OFF 12 0 R]>>"),
        note("Link", "/A<</S/Launch/F(x)>>"),
        note("RichMedia", ""),
    ];
    for note in &acts {
        assert_eq!(added(note), ("failed", vec!["UNRECOGNIZED_ACTION"]), "{note}");
    }
    // One that was there and acts now; one that acted before says something else.
    let with = |note: &str| {
        unsigned(ANNOTATIONS, "").with(&[(3, &page), (20, note)]).signed(pades)
    };
    let plain = note("Text", "");
    let file = with(&plain).with(&[(20, &acts[0])]);
    assert_eq!(told(file), ("failed", vec!["UNRECOGNIZED_ACTION"]));
    let reworded = acts[0].replace("(x)/A", "(y)/A");
    let file = with(&acts[0]).with(&[(20, &reworded)]);
    assert_eq!(told(file), ("undecided", vec![]));
}

// ------------------------------------------------------------------- limits

#[test]
fn more_fields_than_are_compared_leave_the_verdict_open() {
    let most = sohoa::verify::claim::MOST_FIELDS;
    let form = |count: usize| {
        let bare = "<<>>".repeat(count);
        format!("<<{CATALOG}/AcroForm<</Fields[6 0 R 8 0 R 9 0 R{bare}]/SigFlags 3>>>>")
    };
    let metadata = stream(
        "/Type/Metadata/Subtype/XML",
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>",
    );
    for (count, open) in [(most - 3, false), (most, true)] {
        let file = unsigned(APPROVAL, "").with(&[(1, &form(count))]).signed(pades);
        let report = file.with(&[(1, &form(count)), (10, &metadata)]).judged();
        let (doubted, findings) = codes(&report, Effect::Doubted);
        let told = findings.iter().any(|code| code == "changes.not-compared");
        assert_eq!(
            (doubted == ["change.not-compared"], told),
            (open, open),
            "{doubted:?}"
        );
    }
}

#[test]
fn more_elements_than_are_compared_leave_the_verdict_open() {
    // As many as there may be pages, each an object of its own.
    let most = 300_000;
    let file = |count: u32| {
        let form = format!("<<{CATALOG}{FORM}/StructTreeRoot 50 0 R>>");
        let kids: String = (0..count).map(|at| format!("{} 0 R ", 60 + at)).collect();
        let list = format!("[{kids}]");
        let mut objects = vec![
            (1, form.as_str()),
            (50, "<</Type/StructTreeRoot/K 51 0 R>>"),
            (51, list.as_str()),
        ];
        objects.extend((0..count).map(|at| (60 + at, "<<>>")));
        let grown = "<</Type/StructTreeRoot/K 51 0 R/ParentTreeNextKey 1>>";
        unsigned(APPROVAL, "").with(&objects).signed(pades).with(&[(50, grown)])
    };
    // Of fewer nothing is said.
    assert_eq!(doubts(file(3)).2, Vec::<&str>::new());
    assert_eq!(doubts(file(most + 1)).2, ["change.not-compared"]);
}

// ------------------------------------------------------------ how it was signed

fn office() -> &'static Office {
    static OFFICE: OnceLock<Office> = OnceLock::new();
    OFFICE.get_or_init(Office::new)
}

#[test]
fn parameters_that_are_not_relied_on_are_told_as_what_they_are() {
    let office = office();
    let make = |mask| {
        move |covered: &[u8]| {
            let own = attributes(oid::DATA, covered, &office.signer);
            let made =
                signer(&office.signer, (&office.signer_key, Sign::Pss(mask)), own, &[]);
            Cms::new(oid::DATA, None).with(&office.signer).signed(made).bytes()
        }
    };
    let mut trust = office.store();
    for list in office.lists().crls {
        trust.add_crl(&Place::default(), list);
    }
    trust.add_intermediate(&Place::default(), office.issuing.clone());
    let report = simple().signed(make(Hash::Sha256)).judged_by(&trust);
    assert_eq!(report.signatures[0].verdict.indication.word(), "passed");
    // A mask with another digest: no signature is called another's for it.
    let report = simple().signed(make(Hash::Sha1)).judged_by(&trust);
    assert_eq!(report.signatures[0].verdict.indication.word(), "failed");
    let (_, findings) = codes(&report, Effect::Fine);
    assert!(findings.iter().any(|code| code == "cms.parameters"), "{findings:?}");
}

#[test]
fn a_responder_whose_own_revocation_is_open_is_told() {
    let office = office();
    let checked = |no_check: bool| {
        let responder = Draft::new("OCSP", "CA", 14, &office.responder_key)
            .usage(0x80)
            .purpose(oid::OCSP_SIGNING, false);
        let responder = match no_check {
            true => responder.extension(oid::OCSP_NO_CHECK, false, &[5, 0]),
            false => responder,
        };
        let responder = responder.issue(&office.issuing_key);
        let about = (&office.signer_p256, &office.issuing);
        let answer: Ocsp =
            ocsp(about, Say::Good, FRESH, (&responder, &office.responder_key));
        let mut trust: Store = office.store();
        trust.add_intermediate(&Place::default(), office.issuing.clone());
        trust.add_crl(&Place::default(), office.root_list());
        trust.add_ocsp(&Place::default(), answer);
        let report = simple().signed(pades).judged_by(&trust);
        assert_eq!(report.signatures[0].verdict.indication.word(), "passed");
        let (_, findings) = codes(&report, Effect::Fine);
        findings.iter().any(|code| code == "chain.responder-unchecked")
    };
    assert!(!checked(true));
    assert!(checked(false));
}

/// How OpenSSL may write signed data over a file, and what comes of it: nothing
/// where the signature is valid, or why it is not.
const WRITTEN: [(&[&str], Option<&str>); 12] = [
    (&["-md", "sha256"], None),
    (&["-md", "sha512"], None),
    (&["-md", "sha512-256"], None),
    (&["-md", "sha3-256"], None),
    (&["-md", "sha3-512"], None),
    (&["-keyid"], None),
    (&["-nosmimecap"], None),
    (&["-keyopt", "rsa_padding_mode:pss"], None),
    (&["-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:0"], None),
    (&["-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:31"], None),
    // Streamed, with lengths that are not told beforehand, and the file within.
    (&["-stream"], Some("SIG_CONSTRAINTS_FAILURE")),
    (&["-nocerts"], Some("NO_SIGNING_CERTIFICATE_FOUND")),
];

#[test]
fn what_openssl_signs_is_judged_whatever_way_it_is_written() {
    let office = office();
    let folder =
        std::env::temp_dir().join(format!("sohoa-filled-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let at = |name: &str| folder.join(name).display().to_string();
    // `-keyid` names the signer by the identifier in its certificate.
    let key_id = sohoa::pki::der::encode(sohoa::pki::der::Tag::OCTET_STRING, &[7; 20]);
    let person = Draft::new("An", "CA", 20, &office.signer_key).usage(0xc0);
    let person = person.extension(oid::SUBJECT_KEY_ID, false, &key_id);
    let person = person.issue(&office.issuing_key);
    std::fs::write(at("signer.der"), person.der()).unwrap();
    let mut trust = office.store();
    for list in office.lists().crls {
        trust.add_crl(&Place::default(), list);
    }
    trust.add_intermediate(&Place::default(), office.issuing.clone());
    let openssl = |line: &[&str]| Command::new("openssl").args(line).output();
    let (der, pem) = (at("signer.der"), at("signer.pem"));
    let made = openssl(&["x509", "-inform", "DER", "-in", &der, "-out", &pem]);
    if made.is_err() {
        println!("skipped: OpenSSL is not there");
        return;
    }
    for (more, expected) in WRITTEN {
        let make = |covered: &[u8]| {
            std::fs::write(at("data"), covered).unwrap();
            let (data, out) = (at("data"), at("out"));
            let key = "tests/fixtures/pki/keys/signer.pem";
            let line = ["cms", "-sign", "-binary", "-cades", "-outform", "DER"];
            let files = ["-in", &data, "-out", &out, "-signer", &pem, "-inkey", key];
            let run = openssl(&[&line[..], &files, more].concat()).unwrap();
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            std::fs::read(at("out")).unwrap()
        };
        let report = simple().signed(make).judged_by(&trust);
        let verdict = report.signatures[0].verdict;
        let sub = verdict.sub.map(sohoa::verify::verdict::Sub::name);
        assert_eq!(sub, expected, "{more:?}: {:?}", report.signatures[0].findings);
        let word = if expected.is_none() { "passed" } else { "undecided" };
        assert_eq!(verdict.indication.word(), word, "{more:?}");
    }
    std::fs::remove_dir_all(folder).unwrap();
    // The same office signs in its own way.
    let make = |covered: &[u8]| {
        let own = attributes(oid::DATA, covered, &office.signer);
        let made = signer(&office.signer, (&office.signer_key, PLAIN), own, &[]);
        Cms::new(oid::DATA, None).with(&office.signer).signed(made).bytes()
    };
    let report = simple().signed(make).judged_by(&trust);
    assert_eq!(report.signatures[0].verdict.indication.word(), "passed");
}
