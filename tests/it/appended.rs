//! How files go on after a signature, as programs of every kind write it: sections
//! of either kind, trailers that say too little, and what stands behind the end.

use std::fmt::Write as _;

use crate::afterwards::{
    ANNOTS, APPROVAL, CATALOG, FIELD, FORM, FORMS, File, NOTHING, PAGE, TEXT, blank,
    doubts, pades, signed, stream, told, unsigned,
};

/// Metadata that say something else.
fn metadata() -> String {
    let text = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><a/></x:xmpmeta>";
    stream("/Type/Metadata/Subtype/XML", text)
}

fn held(file: File) -> bool {
    told(file) == ("undecided", Vec::new())
}

/// The findings about the file, by their codes.
fn findings(file: File) -> Vec<String> {
    file.judged().findings.into_iter().map(|finding| finding.code).collect()
}

#[test]
fn nothing_but_white_space_follows_the_end_mark() {
    for space in ["", "\n", "\r\n\r\n", "  \n", "\0\0"] {
        assert!(held(signed(APPROVAL, "").followed_by(space.as_bytes())), "{space:?}");
    }
    for more in ["x", "% a remark\n", "%%EOF\n", "\n% PK\u{3}\u{4}\n"] {
        let file = || signed(APPROVAL, "").followed_by(more.as_bytes());
        assert_eq!(told(file()), ("failed", vec![]), "{more:?}");
        assert_eq!(findings(file()), ["file.after-end"], "{more:?}");
    }
    // A remark within a revision is nobody's, and not behind the end.
    let file = signed(APPROVAL, "").followed_by(b"% a remark\n");
    assert!(held(file.with(&[(10, &metadata())])));
}

#[test]
fn nothing_comes_to_lie_where_a_signed_table_points() {
    let page = format!("<<{}{ANNOTS}>>", PAGE.replace("4 0 R", "[4 0 R 30 0 R]"));
    let more = stream("", "BT /F1 18 Tf 60 600 Td (va 900 000 dong) Tj ET");
    let more = format!("30 0 obj\n{more}\nendobj\n");
    for level in [APPROVAL, NOTHING] {
        let before = || unsigned(level, "").with(&[(3, &page), (30, "null")]);
        let (at, end) = (unsigned(level, "").len(), before().len());
        // Where the object lies that is to lie behind the end instead.
        let at = at + format!("3 0 obj\n{page}\nendobj\n").len();
        let [row, other] = [at, end].map(|at| format!("30 1\n{at:010}"));
        let signed = || before().altered(&row, &other).signed(pades);
        assert!(held(signed().with(&[(10, &metadata())])), "{level:?}");
        let shown = signed().followed_by(more.as_bytes()).with(&[(10, &metadata())]);
        assert_eq!(told(shown), ("failed", vec![]), "{level:?}");
        let shown = signed().followed_by(more.as_bytes()).with(&[(10, &metadata())]);
        let codes = findings(shown);
        assert!(codes.iter().any(|code| code == "file.entry-ahead"), "{codes:?}");
    }
}

#[test]
fn what_is_odd_in_the_signed_part_hides_nothing_behind_it() {
    let mut odd = String::new();
    for number in 100..1200 {
        writeln!(odd, "{number} 0 obj null endobj\njunk").unwrap();
    }
    let before = || unsigned(APPROVAL, "").followed_by(odd.as_bytes());
    let signed = || before().with(&[(30, "null")]).signed(pades);
    let metadata = metadata();
    assert!(held(signed().with(&[(10, &metadata)])));
    for more in ["2000 0 obj (x) endobj\n", "junk\n", "10 0 obj << /A 1 >>\n"] {
        let file = signed().followed_by(more.as_bytes()).with(&[(10, &metadata)]);
        assert_eq!(told(file).0, "failed", "{more:?}");
    }
}

#[test]
fn a_section_that_lists_what_is_not_there_is_found_among_many() {
    let nowhere = |numbers: std::ops::Range<u32>| -> String {
        numbers.map(|number| format!("{number} 1\n0000000001 00000 n \n")).collect()
    };
    for many in [0, 1, 30] {
        let before = || unsigned(APPROVAL, "").listing(nowhere(100..100 + many));
        let signed = || before().with(&[(30, "null")]).signed(pades);
        let more = |rows| signed().listing(rows).with(&[(10, &metadata())]);
        assert!(held(more(String::new())), "{many}");
        let file = || more(nowhere(31..32));
        assert_eq!(told(file()), ("failed", vec![]), "{many}");
        let codes = findings(file());
        assert!(codes.iter().any(|code| code == "file.misplaced-object"), "{codes:?}");
    }
}

#[test]
fn a_section_of_one_kind_follows_one_of_the_other() {
    let metadata = metadata();
    // The catalogue goes into an object stream, which a table cannot list.
    let pack = |more: &str| {
        let catalog = format!("1 0 <<{CATALOG}{FORM}{more}>>");
        stream("/Type/ObjStm/N 1/First 4", &catalog)
    };
    for (level, perms) in [(APPROVAL, ""), (NOTHING, "/Perms<</DocMDP 7 0 R>>")] {
        let pack = pack(perms);
        let file = || signed(level, "").packed(&[(20, &pack)], (1, 20));
        assert!(held(file()), "{level:?}");
        let table = || file().with(&[(10, &metadata)]);
        assert!(held(table()), "{level:?}");
        assert!(held(table().packed(&[(21, &pack)], (1, 21))), "{level:?}");
    }
    let evil = pack("/Lang(vi)");
    let (verdict, codes) = told(signed(APPROVAL, "").packed(&[(20, &evil)], (1, 20)));
    assert_eq!((verdict, codes), ("failed", vec!["NOT_ALLOWED_CATALOG_CHANGES"]));
}

#[test]
fn white_space_behind_an_offset_is_white_space() {
    let file = signed(APPROVAL, "").saying("/Own(x)").with(&[(10, &metadata())]);
    // An entry nobody knows is refused; white space in its place is not.
    assert_eq!(told(file.clone()), ("failed", vec!["NOT_ALLOWED_CATALOG_CHANGES"]));
    assert!(held(file.altered("/ID[<00><00>]/Own(x)>>", "/ID[<00><00>]   \n   >>")));
    let file = signed(APPROVAL, "").saying("       ").with(&[(10, &metadata())]);
    assert!(held(file.altered("/ID[<00><00>]       >>", "  \r\n  /ID[<00><00>] >>")));
}

#[test]
fn a_code_over_the_file_goes_with_the_file() {
    let code = |code| signed(FORMS, "").saying(code).with(&[(10, &metadata())]);
    assert!(held(code("/AuthCode<</MACLocation/Standalone/MAC<0102>/ByteRange[0 1]>>")));
    assert!(held(code("/AuthCode<</MACLocation/AttachedToSig/SigObjRef 7 0 R>>")));
}

#[test]
fn a_size_that_is_too_small_is_told() {
    let less = |size: &str| {
        let file = signed(NOTHING, "").with(&[(10, &metadata())]);
        let report = file.altered("/Size 40", size).judged();
        let changes = report.signatures.into_iter().flat_map(|it| it.changes);
        changes.map(|change| change.code).collect::<Vec<_>>()
    };
    assert_eq!(less("/Size 13"), ["change.metadata"]);
    assert_eq!(less("/Size 12"), ["change.metadata", "change.size-lowered"]);
}

#[test]
fn a_time_stamp_that_is_called_a_signature_besides_is_no_forgery() {
    let catalog = format!("<<{CATALOG}{}>>", FORM.replace("9 0 R]", "9 0 R 20 0 R]"));
    let field = format!("<<{FIELD}/FT/Sig/T(b)/Rect[0 0 0 0]/V 21 0 R>>");
    let stamp = |more: &str| {
        let stamp = blank(&format!("/Type/DocTimeStamp{more}"));
        let stamp = stamp.replace("ETSI.CAdES.detached", "ETSI.RFC3161");
        signed(APPROVAL, "").with(&[(1, &catalog), (20, &field), (21, &stamp)])
    };
    assert!(held(stamp("")));
    let (verdict, codes) = told(stamp("/Reason(a)/Reason(b)"));
    assert_eq!((verdict, codes), ("failed", vec!["change.key-twice"]));
    let (verdict, codes) = told(stamp("/Prop_Build<</A 1/A 2>>"));
    assert_eq!((verdict, codes), ("failed", vec!["change.key-twice"]));
}

#[test]
fn what_cannot_be_read_is_not_known_to_be_permitted() {
    // A key that nobody has: what the values and the names of fields are is sealed.
    let sealed = "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4\
                  /O<0000000000000000000000000000000000000000000000000000000000000000>\
                  /U<0000000000000000000000000000000000000000000000000000000000000000>>>";
    let filled = format!("<<{FIELD}{TEXT}/V(1 000)>>");
    let locks = "/Lock<</Type/SigFieldLock/Action/Include/Fields[(Ten)]>>";
    let seal = |level, sealed: &'static str, lock: &str| {
        let file = unsigned(level, lock).saying(sealed);
        file.with(&[(30, "null")]).signed(pades).with(&[(8, &filled)])
    };
    assert_eq!(doubts(seal(APPROVAL, "", "")).2, Vec::<&str>::new());
    let locked = told(seal(APPROVAL, "", locks));
    assert_eq!(locked, ("failed", vec!["LOCKED_FIELD_MODIFIED"]));
    for level in [APPROVAL, FORMS] {
        let (verdict, sub, codes) = doubts(seal(level, sealed, ""));
        assert_eq!((verdict, sub), ("undecided", "SIG_CONSTRAINTS_FAILURE"));
        assert_eq!(codes, ["change.field-filled", "change.content-unseen"]);
    }
}
