//! What is laid over a page and is not in its picture: it shows on paper, under the
//! pointer, in a layer, upright on a turned page, or beyond its rectangle.

use crate::afterwards::{
    ANNOTATIONS, ANNOTS, APPROVAL, BESIDE, CATALOG, FIELD, FORM, FORMS, OVER, PAGE,
    blank, note, pades, signed, stream, told, unsigned, white,
};

const HELD: (&str, Vec<&str>) = ("undecided", Vec::new());
/// A look that shows nothing, and one that is white all over.
const CLEAR: &str = "/Type/XObject/Subtype/Form/BBox[0 0 400 40]";
const WHITE: &str = "1 1 1 rg 0 0 400 40 re f";

fn hidden() -> (&'static str, Vec<&'static str>) {
    ("failed", vec!["CONTENT_HIDDEN"])
}

fn page(more: &str) -> String {
    format!("<<{PAGE}{}{more}>>", ANNOTS.replace("9 0 R]", "9 0 R 20 0 R]"))
}

/// The verdict on a certification that permits notes after this one was added.
fn noted(note: &str, more: &[(u32, &str)]) -> (&'static str, Vec<&'static str>) {
    let (page, white, clear) = (page(""), white(), stream(CLEAR, ""));
    let mut objects = vec![(3, page.as_str()), (20, note), (21, &white), (22, &clear)];
    objects.extend(more);
    told(signed(ANNOTATIONS, "").with(&objects))
}

#[test]
fn a_look_under_the_pointer_is_a_look() {
    for (looks, hides) in [
        ("/AP<</N 22 0 R>>", false),
        ("/AP<</N 22 0 R/R 21 0 R>>", true),
        ("/AP<</N 22 0 R/D 21 0 R>>", true),
        ("/AP<</N 22 0 R/D 22 0 R/R null>>", false),
    ] {
        let expected = if hides { hidden() } else { HELD };
        assert_eq!(noted(&note("Stamp", OVER, looks), &[]), expected, "{looks}");
        assert_eq!(noted(&note("Stamp", BESIDE, looks), &[]), HELD, "{looks}");
    }
    // What is seen where the pointer is.
    for (flags, expected) in
        [("/F 32", HELD), ("/F 288", hidden()), ("/F 290", HELD), ("/F 36", hidden())]
    {
        let note = note("Stamp", OVER, "/AP<</N 21 0 R>>").replace("/F 4", flags);
        assert_eq!(noted(&note, &[]), expected, "{flags}");
    }
}

#[test]
fn a_look_in_a_layer_may_be_switched_on() {
    // A layer of the document that is off.
    let layers = "/OCProperties<</OCGs[13 0 R]/D<</Order[13 0 R]/OFF[13 0 R]>>>>";
    let catalog = format!("<<{CATALOG}{FORM}/Perms<</DocMDP 7 0 R>>{layers}>>");
    let layer = "<</Type/OCG/Name(Lop)>>";
    let within = format!("{CLEAR}/Resources<</Properties<</L 13 0 R>>>>");
    let nested = format!("{CLEAR}/Resources<</XObject<</X 23 0 R>>>>");
    for (own, inner) in [
        (stream(&within, &format!("/OC/L BDC {WHITE} EMC")), "null".to_owned()),
        (stream(&format!("{CLEAR}/OC 13 0 R"), WHITE), "null".to_owned()),
        (stream(&nested, "/X Do"), stream(&format!("{CLEAR}/OC 13 0 R"), WHITE)),
    ] {
        for (rect, expected) in [(OVER, hidden()), (BESIDE, HELD)] {
            let before = unsigned(ANNOTATIONS, "").with(&[(1, &catalog), (13, layer)]);
            let (page, note) = (page(""), note("Stamp", rect, "/AP<</N 21 0 R>>"));
            let objects =
                [(3, page.as_str()), (20, &note), (21, &own), (23, inner.as_str())];
            let file = before.signed(pades).with(&objects);
            assert_eq!(told(file), expected, "{own}");
        }
    }
}

#[test]
fn a_reader_that_draws_a_line_asks_no_rectangle() {
    let nowhere = "9 9 9 9";
    for rect in [BESIDE, nowhere] {
        for (kind, points) in [
            ("Line", "/L[50 705 450 705]"),
            ("PolyLine", "/Vertices[50 705 450 705]"),
            ("Ink", "/InkList[[50 705 450 705]]"),
            ("Redact", "/QuadPoints[50 730 450 730 50 690 450 690]"),
        ] {
            let note = note(kind, rect, &format!("{points}/BS<</W 40>>/C[1 1 1]"));
            assert_eq!(noted(&note, &[]), hidden(), "{kind} {rect}");
        }
    }
    let aside = note("Line", BESIDE, "/L[50 405 450 435]/BS<</W 20>>");
    assert_eq!(noted(&aside, &[]), HELD);
    // With a look it is that which is painted.
    let look = "/L[50 705 450 705]/BS<</W 40>>/AP<</N 22 0 R>>";
    assert_eq!(noted(&note("Line", BESIDE, look), &[]), HELD);
}

#[test]
fn a_watermark_on_paper_asks_no_rectangle_either() {
    let printed = "/FixedPrint<</Type/FixedPrint/V 0.2>>/AP<</N 21 0 R>>";
    for (kind, more, expected) in
        [("Watermark", printed, hidden()), ("Watermark", "/AP<</N 21 0 R>>", HELD)]
    {
        assert_eq!(noted(&note(kind, BESIDE, more), &[]), expected, "{more}");
    }
}

#[test]
fn what_stays_upright_on_a_turned_page_lies_elsewhere() {
    let turned = |flags: &str, rect: &str, rotate: &str| {
        let annots = "/Annots[6 0 R 8 0 R 9 0 R]";
        let before = format!("<<{PAGE}{annots}{rotate}>>");
        let file = unsigned(ANNOTATIONS, "").with(&[(3, &before)]).signed(pades);
        let (page, white) = (page(rotate), white());
        let note = note("Stamp", rect, "/AP<</N 21 0 R>>").replace("/F 4", flags);
        told(file.with(&[(3, &page), (20, &note), (21, &white)]))
    };
    let rect = "60 300 100 690";
    assert_eq!(turned("/F 20", rect, "/Rotate 90"), hidden());
    assert_eq!(turned("/F 20", rect, "/Rotate 0"), HELD);
    assert_eq!(turned("/F 20", rect, ""), HELD);
    assert_eq!(turned("/F 4", rect, "/Rotate 90"), HELD);
    // A mark beside the print.
    assert_eq!(turned("/F 28", "60 660 84 684", "/Rotate 90"), HELD);
}

#[test]
fn a_later_signature_shows_nothing_elsewhere_either() {
    let perms = "/Perms<</DocMDP 7 0 R>>";
    let form = format!("<<{CATALOG}{}{perms}>>", FORM.replace("9 0 R]", "9 0 R 20 0 R]"));
    let (page, white, clear) = (page(""), white(), stream(CLEAR, ""));
    for (looks, flags, expected) in [
        ("/N 22 0 R", "/F 4", HELD),
        ("/N 22 0 R/R 21 0 R", "/F 4", hidden()),
        ("/N 21 0 R", "/F 288", hidden()),
    ] {
        let field = FIELD.replace("/F 4", flags);
        let field =
            format!("<<{field}/FT/Sig/T(Moi)/Rect[{OVER}]/V 23 0 R/AP<<{looks}>>>>");
        let objects = [
            (1, form.as_str()),
            (3, &page),
            (20, &field),
            (21, &white),
            (22, &clear),
            (23, &blank("")),
        ];
        let file = signed(FORMS, "").with(&objects).signed(pades);
        assert_eq!(told(file), expected, "{looks} {flags}");
    }
}

#[test]
fn a_locked_field_is_not_filled_in_by_way_of_its_group() {
    let form = "/AcroForm<</Fields[6 0 R 13 0 R 9 0 R]/SigFlags 3>>";
    let catalog = format!("<<{CATALOG}{form}>>");
    let kid = format!("<<{FIELD}/T(Ten)/Parent 13 0 R/Rect[60 100 260 130]>>");
    let group = |value: &str| format!("<</FT/Tx/T(Nhom)/V({value})/Kids[8 0 R]>>");
    for (lock, expected) in [
        ("/Action/Include/Fields[(Nhom.Ten)]", ("failed", vec!["LOCKED_FIELD_MODIFIED"])),
        ("/Action/Include/Fields[(Nhom)]", ("failed", vec!["LOCKED_FIELD_MODIFIED"])),
        ("/Action/Include/Fields[(Ten)]", HELD),
    ] {
        let lock = format!("/Lock<</Type/SigFieldLock{lock}>>");
        let first = group("1");
        let before = unsigned(APPROVAL, &lock);
        let file = before.with(&[(1, &catalog), (8, &kid), (13, &first)]).signed(pades);
        assert_eq!(told(file.with(&[(13, &group("9"))])), expected, "{lock}");
    }
}
