//! Documents that were prepared for a forgery before they were signed: everything
//! in them is as it should be until a later revision turns it over.
//!
//! Each table names what was prepared, what the later revision does, and the rule
//! that it breaks. The signature is always intact: only the comparison of
//! revisions can tell.

use crate::afterwards::{
    ANNOTATIONS, ANNOTS, APPROVAL, CATALOG, FIELD, FORM, FORMS, File, NOTHING, PAGE,
    TEXT, blank, doubts, pades, stream, told, unsigned,
};

/// Objects by number.
type Objects = Vec<(u32, String)>;

fn own(list: &[(u32, &str)]) -> Objects {
    list.iter().map(|(number, text)| (*number, (*text).to_owned())).collect()
}

fn with(file: File, objects: &Objects) -> File {
    let objects: Vec<_> =
        objects.iter().map(|(number, text)| (*number, text.as_str())).collect();
    file.with(&objects)
}

/// The verdict on a file with these objects, signed, and changed to those.
fn after(
    level: Option<u8>,
    before: &Objects,
    later: &Objects,
) -> (&'static str, Vec<&'static str>) {
    told(with(with(unsigned(level, ""), before).signed(pades), later))
}

/// Is refused at every level, for this reason.
fn turns(name: &str, before: &[(u32, &str)], later: &[(u32, &str)], code: &str) {
    let (before, later) = (own(before), own(later));
    for level in [APPROVAL, NOTHING, FORMS, ANNOTATIONS] {
        let (verdict, codes) = after(level, &before, &later);
        assert_eq!(verdict, "failed", "{name} under {level:?}");
        assert!(codes.contains(&code), "{name} under {level:?}: {codes:?}");
    }
}

/// A form that shows an amount.
fn amount(text: &str) -> String {
    let head = "/Type/XObject/Subtype/Form/BBox[0 0 400 40]\
                /Resources<</Font<</F1 5 0 R>>>>";
    stream(head, &format!("BT /F1 18 Tf 2 2 Td ({text}) Tj ET"))
}

/// The page with more resources.
fn page(resources: &str) -> String {
    let more = format!("/Font<</F1 5 0 R>>{resources}>>");
    format!("<<{}{ANNOTS}>>", PAGE.replace("/Font<</F1 5 0 R>>>>", &more))
}

/// The catalogue with more entries and with these fields besides.
fn catalog(more: &str, fields: &str) -> String {
    let form = FORM.replace("9 0 R]", &format!("9 0 R {fields}]"));
    format!("<<{CATALOG}{form}/Perms<</DocMDP 7 0 R>>{more}>>")
}

#[test]
fn a_resource_is_a_resource_whatever_its_name() {
    let (honest, evil) = (amount("100 000"), amount("900 000"));
    for name in ["P", "Parent", "D", "Dest", "Pg", "Prev", "Popup", "IRT", "SD"] {
        let page = page(&format!("/XObject<</{name} 20 0 R>>"));
        let before = [(3, page.as_str()), (20, &honest)];
        turns(name, &before, &[(20, &evil)], "PAGE_MODIFIED");
        let list = |number| format!("<</{name} {number} 0 R>>");
        let (one, other) = (list(20), list(22));
        let page = self::page("/XObject 21 0 R");
        let before = [(3, page.as_str()), (20, &honest), (21, &one)];
        turns(name, &before, &[(21, &other), (22, &evil)], "PAGE_MODIFIED");
    }
}

#[test]
fn layers_shown_at_first_stay_as_they_were() {
    let catalog = catalog("/OCProperties 20 0 R", "");
    let before = [
        (1, catalog.as_str()),
        (20, "<</OCGs[21 0 R]/D 22 0 R>>"),
        (21, "<</Type/OCG/Name(a)>>"),
        (22, "<</Order[21 0 R]>>"),
    ];
    let later = [(22, "<</Order[21 0 R]/OFF[21 0 R]>>")];
    turns("a layer", &before, &later, "NOT_ALLOWED_CATALOG_CHANGES");
}

#[test]
fn what_is_a_field_and_a_resource_is_both() {
    let (honest, evil) = (amount("100 000"), amount("900 000"));
    let with_field = catalog("", "20 0 R");
    // A form that is painted is listed as a field; its length stays.
    let both = |form: &str| form.replacen("<<", "<</FT/Tx/T(x)", 1);
    let (one, other) = (both(&honest), both(&evil));
    let painted = page("/XObject<</X 20 0 R>>");
    let before = [(1, with_field.as_str()), (3, &painted), (20, &one)];
    turns("a painted field", &before, &[(20, &other)], "PAGE_MODIFIED");
    // A field is the list of forms, and its appearance one of them.
    let list = page("/XObject 20 0 R");
    let before = [
        (1, with_field.as_str()),
        (3, &list),
        (20, "<</FT/Tx/T(x)/V(a)/AP 21 0 R>>"),
        (21, &honest),
    ];
    let later = [(20, "<</FT/Tx/T(x)/V(b)/AP 22 0 R>>"), (22, evil.as_str())];
    turns("a list that is a field", &before, &later, "PAGE_MODIFIED");
    // A field says which layers show what.
    let layered = page("/Properties<</MC0 20 0 R>>");
    let policy = "<</Type/OCMD/OCGs[21 0 R]/FT/Tx/T(x)";
    let (one, other) = (format!("{policy}>>"), format!("{policy}/P/AllOff>>"));
    let before = [
        (1, with_field.as_str()),
        (3, &layered),
        (20, &one),
        (21, "<</Type/OCG/Name(a)>>"),
    ];
    turns("layers of a field", &before, &[(20, &other)], "PAGE_MODIFIED");
    // The page is its own list of forms, and its metadata one of them.
    let own = page("/XObject 3 0 R").replacen("<<", "<</Metadata 20 0 R", 1);
    let before = [(3, own.as_str()), (20, &honest)];
    turns("metadata that are painted", &before, &[(20, &evil)], "PAGE_MODIFIED");
}

#[test]
fn a_signature_says_what_it_said_when_it_was_made() {
    let rights = |level: u8| format!("<</Type/TransformParams/V/1.2/P {level}>>");
    let (strict, lax) = (rights(1), rights(3));
    let certifies = blank("/Reference[20 0 R]");
    let reference = "<</Type/SigRef/TransformMethod/DocMDP/TransformParams 21 0 R>>";
    let before = [(7, certifies.as_str()), (20, reference), (21, &strict)];
    turns("its rights", &before, &[(21, &lax)], "SIGNATURE_MODIFIED");
    // What may be changed is what it said then.
    let noted = page("").replace("9 0 R]", "9 0 R 22 0 R]");
    let note = "<</Type/Annot/Subtype/Text/Rect[10 10 20 20]/Contents(x)>>";
    let later = [(3, noted.as_str()), (22, note), (21, &lax)];
    turns("its rights, used", &before, &later, "ANNOTATIONS_MODIFIED");
    let reason = blank("/Reason 20 0 R");
    let before = [(7, reason.as_str()), (20, "(Toi dong y)")];
    turns("its reason", &before, &[(20, "(Toi phan doi)")], "SIGNATURE_MODIFIED");
}

#[test]
fn fonts_of_the_form_may_be_joined_by_others_and_not_become_others() {
    let form = FORM.replace("/SigFlags", "/DR<</Font 20 0 R>>/SigFlags");
    let catalog = format!("<<{CATALOG}{form}/Perms<</DocMDP 7 0 R>>>>");
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
    let before = [(1, catalog.as_str()), (20, "<</Helv 21 0 R>>"), (21, font)];
    let swapped = font.replace(">>", "/FontDescriptor 22 0 R>>");
    let later = [(21, swapped.as_str()), (22, "<</Type/FontDescriptor>>")];
    turns("a font", &before, &later, "NOT_ALLOWED_ACROFORM_CHANGES");
    let joined = own(&[(20, "<</Helv 21 0 R/F2 22 0 R>>"), (22, font)]);
    assert_eq!(after(FORMS, &own(&before), &joined), ("undecided", vec![]));
}

#[test]
fn what_a_field_is_drawn_with_stays_what_it_was() {
    let field = format!("<<{FIELD}{TEXT}/V(100)/AP<</N 20 0 R>>>>");
    let drawn = amount("100").replace("5 0 R", "21 0 R");
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
    let before = [(8, field.as_str()), (20, &drawn), (21, font)];
    let swapped = font.replace(">>", "/Encoding<</Differences[49/nine]>>>>");
    for level in [FORMS, ANNOTATIONS] {
        let told = after(level, &own(&before), &own(&[(21, &swapped)]));
        assert_eq!(told, ("failed", vec!["NOT_ALLOWED_ACROFORM_CHANGES"]), "{level:?}");
        // Drawn anew, it is for a person to judge.
        let anew = drawn.replace("(100)", "(900)");
        let told = after(level, &own(&before), &own(&[(20, &anew)]));
        assert_eq!(told, ("undecided", vec![]), "{level:?}");
    }
}

#[test]
fn a_signature_shown_below_its_field_looks_as_it_looked() {
    let shown = format!("<<{FIELD}/Parent 6 0 R/Rect[60 200 260 240]/AP<</N 11 0 R>>>>");
    let page = format!("<<{PAGE}{}>>", ANNOTS.replace("6 0 R", "20 0 R"));
    let before = [
        (3, page.as_str()),
        (6, "<</FT/Sig/T(Lanh dao)/V 7 0 R/Kids[20 0 R]>>"),
        (20, &shown),
    ];
    let moved = shown.replace("60 200", "60 690");
    turns("its place", &before, &[(20, &moved)], "SIGNATURE_MODIFIED");
    turns("its look", &before, &[(11, &amount("Khac"))], "SIGNATURE_MODIFIED");
}

#[test]
fn what_lies_on_top_stays_on_top() {
    for order in ["8 0 R 6 0 R 9 0 R", "6 0 R 8 0 R 9 0 R 6 0 R", "6 0 R 9 0 R 8 0 R"] {
        let page = format!("<<{PAGE}/Annots[{order}]>>");
        turns(order, &[], &[(3, &page)], "PAGE_ANNOTATIONS_MODIFIED");
    }
    // Annotations that are no objects of their own.
    let stamp = |look: u8| {
        format!("<</Subtype/Stamp/F 4/Rect[50 690 450 730]/AP<</N {look} 0 R>>>>")
    };
    let (honest, evil) = (amount("100 000"), amount("900 000"));
    let page = |one: u8, other: u8| {
        let stamps = [stamp(one), stamp(other)].concat();
        format!("<<{PAGE}/Annots[6 0 R 8 0 R 9 0 R {stamps}]>>")
    };
    let (before, later) = (page(20, 21), page(21, 20));
    let before = [(3, before.as_str()), (20, &honest), (21, &evil)];
    turns("stamps within", &before, &[(3, &later)], "PAGE_ANNOTATIONS_MODIFIED");
    let before = &before[..2];
    for level in [APPROVAL, NOTHING, FORMS] {
        let (verdict, codes) = after(level, &own(before), &own(&[(20, &evil)]));
        assert_eq!((verdict, &*codes), ("failed", &["ANNOTATIONS_MODIFIED"][..]));
    }
    let kid = format!("<<{FIELD}{TEXT}/Parent 20 0 R>>");
    let later = [(8, kid.as_str()), (20, "<</V(x)/FT/Tx>>")];
    turns("a field above", &[], &later, "NOT_ALLOWED_ACROFORM_CHANGES");
}

#[test]
fn a_stream_is_as_long_as_it_was() {
    // Whoever trusts the length stops at the first `endstream`, or does not.
    let text = "BT /F1 18 Tf 60 700 Td (900 000) Tj ET\nendstream\nendobj\n ";
    let long = format!("<</Length 20 0 R>>\nstream\n{text}\nendstream");
    let (all, less) = (text.len().to_string(), (text.len() - 19).to_string());
    for (before, later) in [(&all, &less), (&less, &all)] {
        let file = || {
            let before = vec![(4, long.clone()), (20, before.clone())];
            with(unsigned(FORMS, ""), &before).signed(pades)
        };
        let report = with(file(), &vec![(20, later.clone())]).judged();
        let first = &report.signatures[0];
        assert_eq!(first.verdict.indication.word(), "failed", "{before} to {later}");
    }
}

#[test]
fn an_object_stream_written_anew_changes_what_lies_in_it() {
    let page = |contents: u8| {
        let page = PAGE.replace("4 0 R", &format!("{contents} 0 R"));
        let text = format!("3 0 <<{page}{ANNOTS}>> ");
        let head = "/Type/ObjStm/N 1/First 4";
        stream(head, &text)
    };
    let evil = stream("", "BT /F1 18 Tf 60 700 Td (900 000) Tj ET");
    for level in [APPROVAL, NOTHING, FORMS, ANNOTATIONS] {
        let file = unsigned(level, "").packed(&[(30, &page(4))], (3, 30));
        let file = || file.clone().signed(pades);
        assert_eq!(told(file()), ("undecided", vec![]), "{level:?}");
        let later = vec![(30, page(20)), (20, evil.clone())];
        let (verdict, codes) = told(with(file(), &later));
        assert_eq!(verdict, "failed", "{level:?}");
        assert!(codes.contains(&"PAGE_MODIFIED"), "{level:?}: {codes:?}");
    }
}

#[test]
fn pages_stay_where_they_hang() {
    let one = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
    let tree =
        |kids: &str, count: u8| format!("<</Type/Pages/Kids[{kids}]/Count {count}>>");
    let within = |contents: u8| {
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {contents} 0 R>>"
        );
        tree(&format!("3 0 R{page}"), 2)
    };
    let (honest, evil) = (stream("", "100"), stream("", "900"));
    let (before, later) = (within(20), within(21));
    let before = [(2, before.as_str()), (20, &honest)];
    turns("within", &before, &[(2, &later), (21, &evil)], "PAGES_MODIFIED");
    turns("its contents", &before, &[(20, &evil)], "PAGE_MODIFIED");
    let node =
        |turn: u16| tree(&one.replace("/Count", &format!("/Rotate {turn}/Count")), 1);
    let (before, later) = (node(0), node(180));
    turns("a node within", &[(2, &before)], &[(2, &later)], "PAGES_MODIFIED");
    let blank = "<</Type/Page/Parent 20 0 R/MediaBox[0 0 595 842]>>";
    let hangs = |kids: &str, turn: u16| {
        format!("<</Type/Pages/Parent 2 0 R/Kids[{kids}]/Count 2/Rotate {turn}>>")
    };
    let before = [
        (2, &*tree("20 0 R 21 0 R", 3)),
        (20, &*hangs("3 0 R 22 0 R", 0)),
        (21, &*hangs("23 0 R", 180)),
        (22, blank),
        (23, blank),
    ];
    let later = [(20, &*hangs("3 0 R", 0)), (21, &*hangs("22 0 R 23 0 R", 180))];
    turns("on another node", &before, &later, "PAGES_MODIFIED");
    let two = tree("3 0 R 22 0 R", 2);
    let fewer = tree("3 0 R 22 0 R", 1);
    let before = [(2, two.as_str()), (22, blank)];
    turns("counted wrong", &before, &[(2, &fewer)], "PAGES_MODIFIED");
    let below = one.replace("/Count", "/Parent 22 0 R/Count");
    let turned = "<</Type/Pages/Rotate 180>>";
    turns("below another", &[], &[(2, &below), (22, turned)], "PAGES_MODIFIED");
    turns("twice", &[], &[(2, &tree("3 0 R 3 0 R", 1))], "PAGES_MODIFIED");
}

#[test]
fn what_is_read_aloud_is_what_was_signed() {
    let catalog = catalog("/StructTreeRoot 20 0 R/MarkInfo<</Marked true>>", "");
    let element = |more: &str| {
        format!("<</Type/StructElem/S/P/P 20 0 R/Pg 3 0 R/ActualText 22 0 R{more}>>")
    };
    let (order, other) = (element("/K[0 1]"), element("/K[1 0]"));
    let before = [
        (1, catalog.as_str()),
        (20, "<</Type/StructTreeRoot/K 21 0 R>>"),
        (21, &order),
        (22, "(100 000)"),
    ];
    let code = "STRUCT_TREE_ELEMENT_MODIFIED";
    turns("the text", &before, &[(22, "(900 000)")], code);
    turns("the order", &before, &[(21, &other)], code);
    let elsewhere = order.replace("/Pg 3 0 R", "/Pg 23 0 R");
    turns("the page", &before, &[(21, &elsewhere)], code);
    // Words in the place of what was there, or of nothing.
    let tree = |kids: &str| format!("<</Type/StructTreeRoot/K[{kids}]>>");
    let added = |kids: &str, more: &str| {
        format!("<</Type/StructElem/S/Form/P 20 0 R/K[{kids}]{more}>>")
    };
    for (kids, list) in [("21 0 R", "23 0 R"), ("", "21 0 R 23 0 R")] {
        for spoken in ["/ActualText(900 000)", "/Alt(900 000)", "/E(900 000)"] {
            let (tree, element) = (tree(list), added(kids, spoken));
            turns(spoken, &before, &[(20, &tree), (23, &element)], code);
        }
    }
    // An element around others, but the document around all, says what they are.
    let around = added("21 0 R", "");
    turns("around", &before, &[(20, &tree("23 0 R")), (23, &around)], code);
    let document = around.replace("/S/Form", "/S/Document");
    let spoken = added("21 0 R", "/Lang(en)").replace("/S/Form", "/S/Document");
    turns("around", &before, &[(20, &tree("23 0 R")), (23, &spoken)], code);
    // For an annotation with its description.
    let annotation = added("<</Type/OBJR/Obj 9 0 R>>", "/Alt(co quan ky)");
    for (list, element) in [("23 0 R", document), ("21 0 R 23 0 R", annotation)] {
        let later = own(&[(20, &tree(list)), (23, &element)]);
        let found = after(FORMS, &own(&before), &later);
        assert_eq!(found, ("undecided", vec![]), "{element}");
    }
}

#[test]
fn permissions_come_with_the_certification_that_grants_them() {
    let later = |perms: &str| {
        let catalog = format!("<<{CATALOG}{FORM}/Perms<<{perms}>>>>");
        told(
            unsigned(APPROVAL, "")
                .signed(pades)
                .with(&[(1, &catalog), (20, "<</Type/Sig/Filter/Adobe.PPKLite>>")]),
        )
    };
    let refused = ("failed", vec!["NOT_ALLOWED_CATALOG_CHANGES"]);
    assert_eq!(later("/UR3 20 0 R"), refused);
    // The approval becomes no certification afterwards.
    assert_eq!(later("/DocMDP 7 0 R"), refused);
    assert_eq!(later("/DocMDP 20 0 R"), ("undecided", vec![]));
}

#[test]
fn a_key_that_stood_twice_may_not_change_one_of_its_values() {
    let twice = |first: u8| format!("<</Contents {first} 0 R{PAGE}{ANNOTS}>>");
    let (before, later) = (twice(20), twice(21));
    let before = [(3, before.as_str()), (20, &stream("", "100"))];
    let evil = stream("", "900");
    turns("contents", &before, &[(3, &later), (21, &evil)], "change.key-twice");
}

#[test]
fn a_later_signature_does_nothing_but_sign() {
    let page = page("").replace("9 0 R]", "9 0 R 20 0 R]");
    let script = "<</S/JavaScript/JS(x)>>";
    for (action, expected) in [
        (String::new(), ("undecided", vec![])),
        (format!("/A{script}"), ("failed", vec!["NOT_ALLOWED_ACROFORM_CHANGES"])),
        (format!("/AA<</E{script}>>"), ("failed", vec!["NOT_ALLOWED_ACROFORM_CHANGES"])),
    ] {
        let field = format!("<<{FIELD}/FT/Sig/T(Moi)/Rect[0 0 0 0]/V 21 0 R{action}>>");
        let objects = vec![
            (1, catalog("", "20 0 R")),
            (3, page.clone()),
            (20, field),
            (21, blank("")),
        ];
        let signed = unsigned(FORMS, "").signed(pades);
        assert_eq!(told(with(signed, &objects).signed(pades)), expected, "{action}");
    }
}

#[test]
fn a_time_stamp_that_shows_something_is_no_mere_time_stamp() {
    let page = page("").replace("9 0 R]", "9 0 R 23 0 R]");
    let stamp = blank("").replace("ETSI.CAdES.detached", "ETSI.RFC3161");
    let told_of = |rect: &str| {
        let kid = format!("<<{FIELD}/Parent 20 0 R/Rect[{rect}]/AP<</N 24 0 R>>>>");
        let objects = vec![
            (1, catalog("", "20 0 R")),
            (3, page.clone()),
            (20, "<</FT/Sig/T(Dau)/V 21 0 R/Kids[22 0 R]>>".to_owned()),
            (21, stamp.clone()),
            (22, "<</Parent 20 0 R/Kids[23 0 R]>>".to_owned()),
            (23, kid),
            (24, amount("va 900 000")),
            (25, "500".to_owned()),
        ];
        told(with(unsigned(NOTHING, "").signed(pades), &objects)).0
    };
    assert_eq!(told_of("0 0 0 0"), "undecided");
    assert_eq!(told_of("100 400 500 450"), "failed");
    assert_eq!(told_of("100 400 25 0 R 450"), "failed");
}

#[test]
fn a_place_left_for_a_signature_hides_nothing_silently() {
    // The certifier left an empty field over the amount.
    let over = "/FT/Sig/T(Co quan)/Rect[50 690 450 730]";
    let before = vec![(9, format!("<<{FIELD}{over}>>"))];
    let look = |paint: &str| stream("/Type/XObject/Subtype/Form/BBox[0 0 400 40]", paint);
    let sign = |level, look| {
        let field = format!("<<{FIELD}{over}/V 21 0 R/AP<</N 20 0 R>>>>");
        let later = vec![(9, field), (20, look), (21, blank(""))];
        let file = with(unsigned(level, ""), &before).signed(pades);
        doubts(with(file, &later).signed(pades)).2
    };
    let white = "1 1 1 rg 0 0 400 40 re f";
    for level in [FORMS, ANNOTATIONS] {
        assert_eq!(sign(level, look(white)), ["change.content-filled-over"]);
        assert!(sign(level, look("0 0 1 RG 0 0 m 400 0 l S")).is_empty());
    }
    assert!(sign(APPROVAL, look(white)).is_empty());
}

#[test]
fn ways_back_to_what_changed_change_nothing() {
    // A bookmark, names, an action when opened and an article lead to the page
    // whose field is filled in, and nothing of them is another.
    let catalog = catalog(
        "/Outlines 20 0 R/OpenAction[3 0 R/Fit]/Threads[24 0 R]\
         /Names<</Dests<</Names[(a)23 0 R]>>>>",
        "",
    );
    let beads = page("/XObject<</P 26 0 R>>").replacen("<<", "<</B[25 0 R]", 1);
    let before = vec![
        (1, catalog),
        (3, beads),
        (20, "<</Type/Outlines/First 21 0 R/Last 22 0 R/Count 2>>".to_owned()),
        (21, "<</Title(a)/Parent 20 0 R/Next 22 0 R/Dest[3 0 R/Fit]>>".to_owned()),
        (
            22,
            "<</Title(b)/Parent 20 0 R/Prev 21 0 R/A<</S/GoTo/D[3 0 R/Fit]>>>>"
                .to_owned(),
        ),
        (23, "<</D[3 0 R/Fit]>>".to_owned()),
        (24, "<</Type/Thread/F 25 0 R>>".to_owned()),
        (25, "<</T 24 0 R/N 25 0 R/V 25 0 R/P 3 0 R/R[0 0 9 9]>>".to_owned()),
        (26, amount("100 000")),
    ];
    let filled = vec![(8, format!("<<{FIELD}{TEXT}/V(An)>>"))];
    for level in [APPROVAL, FORMS, ANNOTATIONS] {
        let told = after(level, &before, &filled);
        assert_eq!(told, ("undecided", vec![]), "{level:?}");
    }
}
