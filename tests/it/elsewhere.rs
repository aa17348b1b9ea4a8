//! What a permitted change reaches besides the place where it is permitted: every
//! way to an object counts, and a place that it had before it was taken away.

use crate::afterwards::{
    ANNOTATIONS, ANNOTS, APPROVAL, CATALOG, EMPTY, FIELD, FORM, FORMS, File, NOTHING,
    PAGE, TEXT, blank, pades, signed, stream, told, unsigned,
};

const HELD: (&str, Vec<&str>) = ("undecided", Vec::new());

fn failed(codes: &[&'static str]) -> (&'static str, Vec<&'static str>) {
    ("failed", codes.to_vec())
}

// ------------------------------------------------------- notes that are more

/// A note that is an action and an attribute besides.
fn note(says: &str) -> String {
    format!(
        "<</Type/Annot/Subtype/Text/Rect[300 400 320 420]/Contents(x)/S/JavaScript/JS({says})>>"
    )
}

/// What leads to a note: what it is, the page, another object, and the codes of the
/// changes that decide.
type Way<'a> = (&'a str, String, (u32, &'a str), &'a [&'static str]);

#[test]
fn a_note_that_may_be_changed_acts_nowhere_else() {
    let page = |more: &str| {
        format!("<<{PAGE}{}{more}>>", ANNOTS.replace("9 0 R]", "9 0 R 20 0 R]"))
    };
    let without = |more: &str| format!("<<{PAGE}{ANNOTS}{more}>>");
    let (field, link) = (
        format!("<<{FIELD}{TEXT}/AA<</F 20 0 R>>>>"),
        "<</Type/Annot/Subtype/Link/Rect[9 9 20 20]/A 20 0 R>>",
    );
    let links = page("").replace("20 0 R]", "20 0 R 21 0 R]");
    let within = page("").replace("20 0 R]", &format!("20 0 R {link}]"));
    let ways: [Way<'_>; 7] = [
        ("nothing", page(""), (30, "null"), &[]),
        ("the page", page("/AA<</O 20 0 R>>"), (30, "null"), &["PAGE_MODIFIED"]),
        (
            "an action after another",
            page("/AA<</O<</S/Named/N/NextPage/Next 20 0 R>>>>"),
            (30, "null"),
            &["PAGE_MODIFIED"],
        ),
        ("a field", page(""), (8, &field), &["NOT_ALLOWED_ACROFORM_CHANGES"]),
        ("a link", links, (21, link), &["UNRECOGNIZED_ACTION"]),
        ("a link within its list", within, (30, "null"), &["UNRECOGNIZED_ACTION"]),
        (
            "the tree of pages",
            page(""),
            (2, "<</Type/Pages/Kids[3 0 R]/Count 1/Own 20 0 R>>"),
            &["PAGES_MODIFIED"],
        ),
    ];
    for (name, page, other, codes) in ways {
        let before = || {
            let file = unsigned(ANNOTATIONS, "");
            file.with(&[(3, &page), (20, &note("good")), other]).signed(pades)
        };
        let expected = if codes.is_empty() { HELD } else { failed(codes) };
        let changed = before().with(&[(20, &note("evil"))]);
        assert_eq!(told(changed), expected, "{name}");
        // Taken off the page, it acts where else it stands all the same.
        let off =
            page.replace("20 0 R 21 0 R]", "21 0 R]").replace("9 0 R 20 0 R", "9 0 R");
        let gone = before().with(&[(3, &off), (20, &note("evil"))]);
        assert_eq!(told(gone), expected, "{name}, taken off");
    }
    let gone = signed(ANNOTATIONS, "").with(&[(3, &without("/AA<</O 20 0 R>>"))]);
    assert_eq!(told(gone).0, "failed");
}

#[test]
fn a_field_to_be_signed_starts_no_program() {
    let launch = |flags: &str| {
        let field = FIELD.replace("/F 4", flags);
        format!("<<{field}{EMPTY}/S/Launch/V 21 0 R>>")
    };
    let page = format!("<<{PAGE}{ANNOTS}/AA<</O 9 0 R>>>>");
    let field = launch("/F 4").replace("/V 21 0 R", "");
    let signs = |flags: &str| {
        let before = unsigned(FORMS, "").with(&[(3, &page), (9, &field)]).signed(pades);
        let objects = [(9, launch(flags)), (21, blank(""))];
        let objects = objects.each_ref().map(|(number, text)| (*number, text.as_str()));
        told(before.with(&objects).signed(pades))
    };
    assert_eq!(signs("/F 132"), HELD);
    assert_eq!(signs("/F(evil)"), failed(&["NOT_ALLOWED_ACROFORM_CHANGES"]));
}

#[test]
fn a_signature_is_borne_by_the_field_it_was_made_in() {
    let page = format!("<<{PAGE}{}>>", ANNOTS.replace("9 0 R]", "9 0 R 20 0 R]"));
    for level in [APPROVAL, FORMS, ANNOTATIONS] {
        let perms = if level.is_some() { "/Perms<</DocMDP 7 0 R>>" } else { "" };
        let fields = [
            ("another", FORM.replace("9 0 R]", "9 0 R 20 0 R]")),
            ("another before it", FORM.replace("[6 0 R", "[20 0 R 6 0 R")),
        ];
        for (name, form) in fields {
            let catalog = format!("<<{CATALOG}{form}{perms}>>");
            for place in ["300 300 400 350", "0 0 0 0"] {
                let twin = format!("<<{FIELD}/FT/Sig/T(Khac)/Rect[{place}]/V 7 0 R>>");
                let objects = [(1, catalog.as_str()), (3, &page), (20, &twin)];
                let told = told(signed(level, "").with(&objects));
                assert_eq!(told, failed(&["UNEXPECTED_FORM_FIELD"]), "{name} {level:?}");
            }
        }
        let empty = format!("<<{FIELD}{EMPTY}/V 7 0 R>>");
        let told = told(signed(level, "").with(&[(9, &empty)]));
        assert_eq!(told, failed(&["NOT_ALLOWED_ACROFORM_CHANGES"]), "{level:?}");
    }
    // An object that was nothing until somebody signed.
    let field = format!("<<{FIELD}{EMPTY}/V 30 0 R>>");
    let before = || unsigned(FORMS, "").with(&[(9, &field), (30, "null")]).signed(pades);
    assert_eq!(told(before().with(&[(30, &blank(""))]).signed(pades)), HELD);
}

// ------------------------------------------------- what is no part any more

#[test]
fn pages_keep_the_node_they_hang_on() {
    const NODE: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
    let moved = catalog("").replace("/Pages 2 0 R", "/Pages 20 0 R");
    let turned = NODE.replace("/Count 1", "/Count 1/Rotate 90");
    for level in [APPROVAL, NOTHING, ANNOTATIONS] {
        let perms = if level.is_some() { "/Perms<</DocMDP 7 0 R>>" } else { "" };
        let moved = moved.replace(">>>>", &format!(">>{perms}>>"));
        // Readers find what a page inherits by way of its `/Parent`.
        let file = signed(level, "").with(&[(1, &moved), (20, NODE), (2, &turned)]);
        let (verdict, codes) = told(file);
        assert_eq!((verdict, codes[0]), ("failed", "PAGES_MODIFIED"), "{level:?}");
        assert!(codes.contains(&"PAGE_MODIFIED"), "{codes:?}");
        let file = signed(level, "").with(&[(1, &moved), (20, NODE)]);
        assert_eq!(told(file), failed(&["PAGES_MODIFIED"]), "{level:?}");
    }
}

#[test]
fn a_document_keeps_its_catalogue() {
    let file = signed(APPROVAL, "").with(&[(30, &catalog(""))]);
    assert_eq!(told(file.clone()), HELD);
    // A trailer that is as long as the other.
    let file = file.altered("/Size 40/Root 1 0 R", "/Size 9/Root 30 0 R");
    assert_eq!(told(file), failed(&["NOT_ALLOWED_CATALOG_CHANGES"]));
}

// ------------------------------------------------- what is another way to say it

fn catalog(more: &str) -> String {
    format!("<<{CATALOG}{FORM}{more}>>")
}

#[test]
fn a_content_by_itself_and_the_only_one_of_a_list_are_the_same() {
    let page = |content: &str| format!("<<{}{ANNOTS}>>", PAGE.replace("4 0 R", content));
    let other = stream("", "BT /F1 18 Tf 60 700 Td (900 000 dong) Tj ET");
    let changed = |from: &str, to: &str, list: &str| {
        let before = unsigned(APPROVAL, "").with(&[(3, &page(from)), (31, &other)]);
        told(before.signed(pades).with(&[(3, &page(to)), (30, list)]))
    };
    for (from, to) in [
        ("4 0 R", "[4 0 R]"),
        ("[4 0 R]", "4 0 R"),
        ("4 0 R", "30 0 R"),
        ("[4 0 R]", "30 0 R"),
    ] {
        assert_eq!(changed(from, to, "[4 0 R]"), HELD, "{from} {to}");
    }
    for (from, to) in [
        ("4 0 R", "[31 0 R]"),
        ("4 0 R", "[4 0 R 4 0 R]"),
        ("4 0 R", "[4 0 R 31 0 R]"),
        ("[4 0 R 4 0 R]", "4 0 R"),
        ("4 0 R", "[]"),
        ("4 0 R", "30 0 R"),
    ] {
        assert_eq!(
            changed(from, to, "[31 0 R]"),
            failed(&["PAGE_MODIFIED"]),
            "{from} {to}"
        );
    }
}

#[test]
fn a_field_may_be_called_what_it_is() {
    let bare = FIELD.replace("/Type/Annot", "");
    let signs = |kind: &str| {
        let field = format!("<<{kind}{bare}{EMPTY}/V 21 0 R>>");
        let before = unsigned(FORMS, "").with(&[(9, &format!("<<{bare}{EMPTY}>>"))]);
        let file: File = before.signed(pades).with(&[(9, &field), (21, &blank(""))]);
        told(file.signed(pades))
    };
    assert_eq!(signs(""), HELD);
    assert_eq!(signs("/Type/Annot"), HELD);
    assert_eq!(signs("/Type/Own"), failed(&["NOT_ALLOWED_ACROFORM_CHANGES"]));
}

// ------------------------------------------------------------ the structure

/// A tagged file of two paragraphs in a document, or at the root, or at the root and no
/// objects of their own; before it is signed.
fn tagged(root: &str, elements: &[(u32, &str)], level: Option<u8>) -> File {
    let perms = if level.is_some() { "/Perms<</DocMDP 7 0 R>>" } else { "" };
    let catalog = catalog(&format!("/StructTreeRoot 14 0 R{perms}"));
    let mut objects = vec![(1, catalog.as_str()), (14, root)];
    objects.extend(elements);
    unsigned(level, "").with(&objects)
}

const ROOT: &str = "<</Type/StructTreeRoot/K 15 0 R>>";
const DOCUMENT: &str = "<</Type/StructElem/S/Document/P 14 0 R/K[16 0 R 17 0 R]>>";
const ONE: &str = "<</Type/StructElem/S/P/P 15 0 R/Pg 3 0 R/K 0>>";
const TWO: &str = "<</Type/StructElem/S/P/P 15 0 R/Pg 3 0 R/K 1>>";

fn read_anew(root: &str, elements: &[(u32, &str)], changed: &[(u32, &str)]) {
    for level in [APPROVAL, FORMS, ANNOTATIONS] {
        let file = tagged(root, elements, level).signed(pades);
        let (verdict, codes) = told(file.with(changed));
        assert_eq!(verdict, "failed", "{level:?} {changed:?}");
        assert_eq!(codes, ["STRUCT_TREE_ELEMENT_MODIFIED"], "{level:?} {changed:?}");
    }
}

#[test]
fn what_is_read_aloud_stays_and_stays_in_its_order() {
    let elements = [(15, DOCUMENT), (16, ONE), (17, TWO)];
    let document = |kids: &str| DOCUMENT.replace("16 0 R 17 0 R", kids);
    let wrap = "<</Type/StructElem/S/Artifact/P 15 0 R/K[16 0 R]>>";
    let below = ONE.replace("/K 0", "/K[0 17 0 R]");
    for changed in [
        &[(15, document("17 0 R 16 0 R").as_str())][..],
        &[(15, &document("16 0 R 17 0 R 16 0 R"))],
        &[(15, &document("18 0 R 17 0 R")), (18, wrap)],
        &[(15, &document("16 0 R 18 0 R 17 0 R")), (18, wrap)],
        &[(15, &document("16 0 R")), (16, &below)],
        &[(14, &ROOT.replace("15 0 R", "[17 0 R 15 0 R]"))],
        &[(14, &ROOT.replace("15 0 R", "[15 0 R<</S/P/ActualText(x)>>]"))],
    ] {
        read_anew(ROOT, &elements, changed);
    }
}

#[test]
fn elements_go_with_the_notes_they_hold_and_no_others() {
    let page = format!("<<{PAGE}{}>>", ANNOTS.replace("9 0 R]", "9 0 R 20 0 R]"));
    let note = "<</Type/Annot/Subtype/Text/Rect[300 400 320 420]>>";
    let (off, document) = (format!("<<{PAGE}{ANNOTS}>>"), "16 0 R 17 0 R");
    let with = DOCUMENT.replace(document, "16 0 R 17 0 R 18 0 R");
    let holds = |kids: &str| format!("<</Type/StructElem/S/Sect/P 15 0 R/K[{kids}]>>");
    let object = "<</Type/OBJR/Pg 3 0 R/Obj 20 0 R>>";
    for (outer, expected) in [
        (holds("19 0 R"), HELD),
        (holds(&format!("19 0 R{object}")), HELD),
        (holds("19 0 R 2"), failed(&["STRUCT_TREE_ELEMENT_MODIFIED"])),
        (holds("19 0 R 16 0 R"), failed(&["STRUCT_TREE_ELEMENT_MODIFIED"])),
    ] {
        let inner = holds(object);
        let elements = [
            (3, page.as_str()),
            (15, &with),
            (16, ONE),
            (17, TWO),
            (18, &outer),
            (19, &inner),
            (20, note),
        ];
        let file = tagged(ROOT, &elements, ANNOTATIONS).signed(pades);
        let gone = file.clone().with(&[(3, &off), (15, DOCUMENT)]);
        assert_eq!(told(gone), expected, "{outer}");
        // The note stays.
        let code = failed(&["STRUCT_TREE_ELEMENT_MODIFIED"]);
        assert_eq!(told(file.with(&[(15, DOCUMENT)])), code, "{outer}");
    }
}

#[test]
fn what_hangs_on_the_root_itself_stays_too() {
    let root = |kids: &str| format!("<</Type/StructTreeRoot/K[{kids}]>>");
    let elements = [(16, ONE), (17, TWO), (18, "(read)")];
    let changed = root("17 0 R 16 0 R");
    read_anew(&root("16 0 R 17 0 R"), &elements, &[(14, &changed)]);
    // In a document that was missing, as they were.
    for (kids, expected) in [
        ("16 0 R 17 0 R", HELD),
        ("17 0 R 16 0 R", failed(&["STRUCT_TREE_ELEMENT_MODIFIED"])),
        ("16 0 R 17 0 R 16 0 R", failed(&["STRUCT_TREE_ELEMENT_MODIFIED"])),
        ("16 0 R 17 0 R 3", failed(&["STRUCT_TREE_ELEMENT_MODIFIED"])),
        ("16 0 R", failed(&["STRUCT_TREE_ELEMENT_MODIFIED"])),
    ] {
        let around = format!("<</Type/StructElem/S/Document/P 14 0 R/K[{kids}]>>");
        let file = tagged(&root("16 0 R 17 0 R"), &elements, APPROVAL).signed(pades);
        let changed = root("15 0 R");
        let told = told(file.with(&[(14, &changed), (15, &around)]));
        assert_eq!(told, expected, "{kids}");
    }
    // Elements that are no objects of their own.
    let one = |more: &str| format!("<</S/P/P 14 0 R/Pg 3 0 R/K 0{more}>>");
    let two = "<</S/P/P 14 0 R/Pg 3 0 R/K 1>>";
    let before = root(&format!("{}{two}", one("/ActualText 18 0 R")));
    for kids in [
        format!("{}{two}", one("/ActualText(other)")),
        format!("{two}{}", one("/ActualText 18 0 R")),
        one("/ActualText 18 0 R"),
    ] {
        read_anew(&before, &elements, &[(14, &root(&kids))]);
    }
    read_anew(&before, &elements, &[(18, "(other)")]);
}

#[test]
fn a_signature_has_its_place_in_the_structure() {
    let element = "<</Type/StructElem/S/Form/P 15 0 R/Alt(Chu ky)\
                   /K<</Type/OBJR/Pg 3 0 R/Obj 20 0 R>>>>";
    let nested = "<</Type/StructElem/S/Sect/P 15 0 R/K 18 0 R>>";
    let flat = "<</S/P/P 14 0 R/Pg 3 0 R/K 0>>";
    let of_root = |kids: &str| format!("<</Type/StructTreeRoot/K[{kids}]>>");
    let document = DOCUMENT.replace("17 0 R]", "17 0 R 18 0 R]");
    let below = DOCUMENT.replace("17 0 R]", "17 0 R 19 0 R]");
    let listed = of_root("15 0 R 18 0 R");
    let bare = (of_root(flat), of_root(&format!("{flat} 18 0 R")));
    let cases: [(&str, &[(u32, &str)]); 4] = [
        (ROOT, &[(15, &document), (18, element)]),
        (ROOT, &[(15, &below), (18, element), (19, nested)]),
        (ROOT, &[(14, &listed), (18, element)]),
        (&bare.0, &[(14, &bare.1), (18, element)]),
    ];
    for level in [APPROVAL, FORMS, ANNOTATIONS] {
        for (root, changed) in cases {
            let elements = [(15, DOCUMENT), (16, ONE), (17, TWO)];
            let file = tagged(root, &elements, level).signed(pades);
            let perms = if level.is_some() { "/Perms<</DocMDP 7 0 R>>" } else { "" };
            let catalog = catalog(&format!("/StructTreeRoot 14 0 R{perms}"));
            let catalog = catalog.replace("9 0 R]", "9 0 R 20 0 R]");
            let page = format!("<<{PAGE}{}>>", ANNOTS.replace("9 0 R]", "9 0 R 20 0 R]"));
            let field = format!("<<{FIELD}/FT/Sig/T(Moi)/Rect[0 0 0 0]/V 21 0 R>>");
            let blank = blank("");
            let mut objects =
                vec![(1, catalog.as_str()), (3, &page), (20, &field), (21, &blank)];
            objects.extend(changed);
            let told = told(file.with(&objects).signed(pades));
            assert_eq!(told, HELD, "{level:?} {changed:?}");
        }
    }
}
