//! Pages the program prints itself, judged by what others read in them.

use std::collections::BTreeSet;

use sohoa::digest::Digest;
use sohoa::pdfa::About;
use sohoa::print::{
    A4, Align, Column, Cut, Faces, Form, Pixels, Sheet, Span, Style, font_folders, print,
};
use sohoa::time::Timestamp;

use crate::pdfa::judges::{conformance, file, readings, structure};

/// A notice with all that a sheet can hold.
fn notice(faces: &Faces) -> Sheet {
    let (plain, bold) = (Style::new(Cut::Regular, 13.0), Style::new(Cut::Bold, 13.0));
    let mut sheet = Sheet::new(A4);
    let head = Column { left: 30.0, top: 20.0, width: 165.0 };
    let motto = [Span::new(bold, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")];
    let below = sheet.paragraph(faces, &motto, Form::aligned(Align::Centre), head);
    let text = "Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ về thực \
                hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính;";
    let spans = [Span::new(plain, text), Span::new(bold, " phường Nghĩa Đô")];
    let form = Form { align: Align::Justify, indent: 10.0, pitch: 1.3 };
    let below = sheet.paragraph(faces, &spans, form, Column { top: below + 5.0, ..head });
    sheet.frame([30.0, below + 5.0, 165.0, 40.0], 0.5);
    sheet.modules([[35.0, below + 10.0, 0.8, 0.8], [36.6, below + 10.0, 0.8, 0.8]]);
    sheet.fill([60.0, below + 10.0, 20.0, 30.0], [0.8, 0.1, 0.1]);
    let rgba = [[200, 0, 0, 255], [200, 0, 0, 64]].concat();
    let pixels = Pixels { width: 2, height: 1, rgba };
    sheet.picture([90.0, below + 10.0, 30.0, 30.0], pixels);
    sheet
}

#[test]
fn a_printed_page_is_sound_conforming_and_read_alike_by_all() {
    let faces = Faces::find(&font_folders(None)).unwrap();
    let created = Timestamp::from_unix(1_784_171_625).unwrap();
    let about = About::new("Giấy tiếp nhận", created, Digest::of(b"notice"));
    let mut bytes = Vec::new();
    let missing = print(&mut bytes, about, &[notice(&faces)], &faces).unwrap();
    assert_eq!(missing, BTreeSet::new());
    let pdf = file("a printed notice", &bytes);
    assert!(structure(&pdf).is_none_or(|said| said.is_empty()), "{}", pdf.display());
    if let Some(verdict) = conformance(&pdf) {
        assert_eq!(verdict.trim(), "PDF/A-2b: pass");
    }
    for reading in readings(&pdf) {
        let text = reading.pages.concat();
        let text: Vec<_> = text.split_whitespace().collect();
        let text = text.join(" ");
        for part in [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "một cửa liên thông",
            "phường Nghĩa Đô",
        ] {
            assert!(text.contains(part), "{} reads {text}", reading.judge);
        }
    }
}
