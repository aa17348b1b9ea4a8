//! What a signature shows on its page, held against the signature and against Nghị định
//! 30/2020/NĐ-CP.

use std::time::Instant;

use sohoa::verify::appearance::Form;
use sohoa::verify::examine::Report;

use crate::afterwards::{FIELD, File, blank, pades, simple_of, stream};

const HEAD: &str = "/Type/XObject/Subtype/Form/BBox[0 0 200 20]\
                    /Resources<</Font<</F1 21 0 R>>/XObject<</Inner 22 0 R>>>>";
const TIMES: &str = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>";
const HELVETICA: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
/// The top right of an A4 page in points.
const CORNER: &str = "350 810 550 830";

/// A file signed by Trần Văn Bình of Sohoa Test at seven o'clock, whose look in this place
/// has this content and font.
fn showing(place: &str, content: &str, font: &str) -> Report {
    let field = format!(
        "<<{FIELD}/FT/Sig/T(a)/F 132/P 3 0 R/Rect[{place}]/V 7 0 R/AP<</N 20 0 R>>>>"
    );
    let inner = stream(HEAD, "BT /F1 10 Tf (Nguoi ky: Tran Van Binh) Tj ET");
    let file: File = simple_of(&blank("")).with(&[
        (6, &field),
        (20, &stream(HEAD, content)),
        (21, font),
        (22, &inner),
    ]);
    file.signed(pades).judged()
}

/// The form of what it shows, and the codes about it.
fn told(report: &Report) -> (Form, Vec<String>) {
    let first = report.signatures.first().unwrap();
    let look = first.facts.appearance.as_ref().unwrap();
    let codes = first.findings.iter().map(|finding| finding.code.clone());
    (look.form, codes.filter(|code| code.starts_with("appearance.")).collect())
}

fn line(text: &str, size: u32) -> String {
    format!("BT /F1 {size} Tf 2 5 Td ({text}) Tj ET")
}

#[test]
fn a_look_that_names_another_signer_is_told() {
    let labels = |text: &str| told(&showing("50 50 250 70", &line(text, 8), HELVETICA));
    let (form, codes) = labels(
        "Nguoi ky: TRAN VAN BINH Email: a@b.vn Co quan: Sohoa Test Thoi gian ky: 01.01.2026 \
         07:00:02 +07:00",
    );
    assert_eq!((form, codes), (Form::Labels, vec![]));
    // In a zone that only its letters name.
    let (_, codes) =
        labels("Digitally signed by Binh Tran Van. Date: 2026.01.01 03:00:02 MSK");
    assert_eq!(codes, Vec::<String>::new());
    for (text, code) in [
        ("Nguoi ky: Nguyen Thi Hong Co quan: Sohoa Test", "appearance.other-signer"),
        (
            "Digitally signed by Nguyen Thi Hong Date: 2026.01.01 07:00:02 +07'00'",
            "appearance.other-signer",
        ),
        ("Ky boi: Tran Van Binh Co quan: UBND tinh Phu Yen", "appearance.other-agency"),
        (
            "Ky boi: Tran Van Binh Ngay ky: 01.01.2026 08:00:02 +07:00",
            "appearance.other-time",
        ),
        ("Ky boi: Tran Van Binh Ngay ky: 03.01.2026 12:00:02", "appearance.other-time"),
    ] {
        let (form, codes) = labels(text);
        assert_eq!((form, codes), (Form::Labels, vec![code.to_owned()]), "{text}");
    }
}

#[test]
fn a_look_is_read_through_its_forms_and_as_far_as_letters_are_known() {
    let (form, codes) =
        told(&showing("50 50 250 70", "q 1 0 0 1 2 2 cm /Inner Do Q", TIMES));
    assert_eq!((form, codes), (Form::Labels, vec![]));
    let unknown = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H>>";
    let text = line("Nguoi ky: Nguyen Thi Hong", 8);
    let (form, codes) = told(&showing("50 50 250 70", &text, unknown));
    assert_eq!((form, codes), (Form::Unknown, vec![]));
    let (form, codes) = told(&showing("0 0 0 0", &text, TIMES));
    assert_eq!((form, codes), (Form::None, vec![]));
    // A form that draws itself ends.
    let (form, _) = told(&showing("50 50 250 70", "/Inner Do /Own Do", TIMES));
    assert_eq!(form, Form::Unknown);
}

#[test]
fn a_copy_stands_and_reads_as_the_decree_asks() {
    let copy = "SAO Y; Sohoa Test; 01/01/2026; 07:00:00 +07:00";
    let of = |place: &str, text: &str, size: u32, font: &str| {
        let report = showing(place, &line(text, size), font);
        let first = report.signatures.first().unwrap();
        let odd = |code: &&sohoa::finding::Finding| code.code == "appearance.not-nd30";
        let told = first.findings.iter().find(odd).map(|finding| finding.en.clone());
        (first.facts.appearance.as_ref().unwrap().form, told.unwrap_or_default())
    };
    assert_eq!(of(CORNER, copy, 10, TIMES), (Form::Copy, String::new()));
    for (place, text, size, font, why) in [
        ("350 10 550 30", copy, 10, TIMES, "top right"),
        ("10 810 210 830", copy, 10, TIMES, "top right"),
        (CORNER, copy, 8, TIMES, "10 points"),
        (CORNER, copy, 10, HELVETICA, "Times New Roman"),
        (CORNER, "SAO Y; Sohoa Test; 01/01/2026", 10, TIMES, "hour"),
        (CORNER, "SAO Y; Sohoa Test; 01/01/2026 07:00:00", 10, TIMES, "+07:00"),
        // Half as large as it is written.
        ("350 810 450 820", copy, 10, TIMES, "10 points"),
    ] {
        let (form, told) = of(place, text, size, font);
        assert_eq!(form, Form::Copy);
        assert!(told.contains(why), "{text}, {place}: {told:?}");
    }
    let annex = "So: 05/QD-UBND; 01/01/2026; 07:00:00 +07:00";
    assert_eq!(of(CORNER, annex, 10, TIMES), (Form::Annex, String::new()));
}

#[test]
fn a_look_of_very_many_fonts_is_read_as_far_as_is_worth_it() {
    let names: String = (0..1_000).map(|name| format!("/F{name} 21 0 R")).collect();
    let head = format!("/Type/XObject/Subtype/Form/Resources<</Font<<{names}>>>>");
    let content: String =
        (0..1_000).map(|name| format!("/F{name} 9 Tf (\0a) Tj ")).collect();
    let field = format!(
        "<<{FIELD}/FT/Sig/T(a)/P 3 0 R/Rect[0 0 90 90]/V 7 0 R/AP<</N 20 0 R>>>>"
    );
    let font =
        "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 22 0 R>>";
    let map = "1 beginbfchar <0061> <0061> endbfchar ".repeat(25_000);
    let file = simple_of(&blank("")).with(&[
        (6, &field),
        (20, &stream(&head, &content)),
        (21, font),
        (22, &stream("", &map)),
    ]);
    let begun = Instant::now();
    let report = file.signed(pades).judged();
    let seconds = begun.elapsed().as_secs_f64();
    println!("{seconds:.2} s");
    let (form, _) = told(&report);
    assert_eq!(form, Form::Unknown);
    assert!(seconds < 20.0, "{seconds:.2} s");
}
