//! Whole pages, built by hand.

use super::*;
use crate::text::Line;

/// Pixels of an A4 page at 200 dpi.
const SIZE: (f64, f64) = (1654.0, 2339.0);

/// The words of a text, well read, nowhere in particular.
pub(super) fn words(text: &str) -> Vec<Word> {
    let word = |text: &str| Word::new(text.to_owned(), Rect::default(), 90.0);
    text.split(' ').map(word).collect()
}

/// Lines as `(left, top, text)`, letters 30 pixels high and 16 wide.
fn layer(lines: &[(f64, f64, &str)]) -> TextLayer {
    let line = |&(x, top, text): &(f64, f64, &str)| {
        let mut left = x;
        let words = text.split(' ').map(|part| {
            let right = left + 16.0 * part.chars().count() as f64;
            let place = Rect { left, top, right, bottom: top + 30.0 };
            left = right + 12.0;
            Word { text: part.to_owned(), place, confidence: 92.0, ..Word::default() }
        });
        Line { words: words.collect(), ..Line::default() }
    };
    TextLayer { lines: lines.iter().map(line).collect(), ..TextLayer::default() }
}

/// A line in the middle of the page.
fn middle(top: f64, text: &str) -> (f64, f64, &str) {
    let letters = text.split(' ').map(|word| word.chars().count()).sum::<usize>() as f64;
    let gaps = text.split(' ').count() as f64 - 1.0;
    ((SIZE.0 - 16.0 * letters - 12.0 * gaps) / 2.0, top, text)
}

fn found(lines: &[(f64, f64, &str)]) -> Fields {
    let text = layer(lines);
    let read = Read { number: 1, text: &text, width: SIZE.0, height: SIZE.1 };
    extract(&[read], Day::new(2026, 7, 16).unwrap())
}

/// A decision, its head as `head`.
fn decision<'a>(number: &'a str, date: &'a str) -> Vec<(f64, f64, &'a str)> {
    vec![
        (240.0, 100.0, "ỦY BAN NHÂN DÂN"),
        (760.0, 100.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (200.0, 140.0, "PHƯỜNG NAM NHA TRANG"),
        (860.0, 140.0, "Độc lập - Tự do - Hạnh phúc"),
        (250.0, 210.0, number),
        (830.0, 210.0, date),
        middle(300.0, "QUYẾT ĐỊNH"),
        middle(345.0, "Về việc kiện toàn Tổ công nghệ số cộng đồng"),
        middle(390.0, "trên địa bàn phường"),
        middle(480.0, "ỦY BAN NHÂN DÂN PHƯỜNG NAM NHA TRANG"),
        (
            300.0,
            540.0,
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        ),
        middle(600.0, "QUYẾT ĐỊNH:"),
        (240.0, 1700.0, "Nơi nhận:"),
        (960.0, 1700.0, "TM. ỦY BAN NHÂN DÂN"),
        (1040.0, 1740.0, "CHỦ TỊCH"),
        (240.0, 1740.0, "- Như Điều 3;"),
        (240.0, 1780.0, "- UBND tỉnh (báo cáo);"),
        (240.0, 1820.0, "- Lưu: VT."),
        (960.0, 1990.0, "Nguyễn Thị Minh Khai"),
    ]
}

#[test]
fn a_decision_gives_all_its_fields() {
    let page = decision("Số: 05/QĐ-UBND", "Nam Nha Trang, ngày 05 tháng 01 năm 2026");
    let found = found(&page);
    let value = |name| found.value(name).unwrap_or_default();
    assert_eq!(value(Name::TypeName), "Quyết định");
    assert_eq!((value(Name::CodeNumber), value(Name::CodeNotation)), ("05", "QĐ-UBND"));
    assert_eq!(
        (value(Name::IssuedDate), value(Name::Place)),
        ("2026-01-05", "Nam Nha Trang")
    );
    assert_eq!(value(Name::OrganName), "ỦY BAN NHÂN DÂN PHƯỜNG NAM NHA TRANG");
    assert_eq!(
        value(Name::Subject),
        "Về việc kiện toàn Tổ công nghệ số cộng đồng trên địa bàn phường"
    );
    assert_eq!(value(Name::Authority), "TM. ỦY BAN NHÂN DÂN");
    assert_eq!(
        (value(Name::Position), value(Name::FullName)),
        ("CHỦ TỊCH", "Nguyễn Thị Minh Khai")
    );
    assert_eq!(value(Name::Recipients), "Như Điều 3\nUBND tỉnh (báo cáo)\nLưu: VT");
    assert_eq!(found.doubtful().count(), 0);
    let place = found.get(Name::CodeNumber).unwrap().place.unwrap();
    assert!(place.left > 300.0 && (200.0..250.0).contains(&place.top), "{place:?}");
}

#[test]
fn the_day_of_a_stamp_at_the_foot_is_not_that_of_the_paper() {
    let found = found(&[
        middle(100.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        middle(140.0, "Độc lập - Tự do - Hạnh phúc"),
        middle(240.0, "ĐƠN ĐỀ NGHỊ"),
        middle(290.0, "Cấp bản sao giấy tờ"),
        (240.0, 400.0, "Kính gửi: Ủy ban nhân dân phường Nam Nha Trang."),
        (860.0, 1700.0, "Nam Nha Trang, ngày 04 tháng 10 năm 2025"),
        (1000.0, 1750.0, "NGƯỜI LÀM ĐƠN"),
        (900.0, 1950.0, "Ngày: 21/5/2026"),
    ]);
    assert_eq!(found.value(Name::IssuedDate), Some("2025-10-04"));
}

#[test]
fn a_body_whose_first_paragraph_has_two_lines_is_no_subject() {
    let mut page = decision("Số: 05/QĐ-UBND", "Nam Nha Trang, ngày 05 tháng 01 năm 2026");
    page.truncate(6);
    let first = "Để quản lý vỉa hè, lòng đường trên địa bàn xã được bảo đảm tiến độ, Ủy";
    page.extend([
        middle(300.0, "THÔNG BÁO"),
        middle(345.0, "Về việc quản lý vỉa hè, lòng đường trên địa bàn xã"),
        (middle(0.0, first).0 + 40.0, 420.0, first),
        (middle(0.0, first).0 - 40.0, 465.0, "ban nhân dân xã thông báo nội dung sau:"),
    ]);
    assert_eq!(
        found(&page).value(Name::Subject),
        Some("Về việc quản lý vỉa hè, lòng đường trên địa bàn xã")
    );
}

#[test]
fn a_subject_of_which_a_stamp_hides_the_end_is_told_in_doubt() {
    let mut page = decision("Số: 05/QĐ-UBND", "Nam Nha Trang, ngày 05 tháng 01 năm 2026");
    page.truncate(6);
    page.extend([
        middle(300.0, "GIẤY MỜI"),
        (330.0, 345.0, "Họp bàn về thu quỹ phận"),
        (
            240.0,
            430.0,
            "Ủy ban nhân dân phường Nam Nha Trang trân trọng kính mời: Bà Phạm Thị",
        ),
        (
            200.0,
            475.0,
            "Ngọc Nga, Trưởng phòng Kinh tế, Hạ tầng và Đô thị phường Nam Nha Trang",
        ),
    ]);
    let found = found(&page);
    let subject = found.get(Name::Subject).unwrap();
    assert_eq!(subject.value.as_deref(), Some("Họp bàn về thu quỹ phận"));
    assert!(subject.is_doubtful());
}

#[test]
fn a_second_line_with_a_small_letter_belongs_to_the_subject() {
    let mut page = decision("Số: 05/HD-STC", "Nam Nha Trang, ngày 05 tháng 01 năm 2026");
    page.truncate(6);
    page.extend([
        middle(300.0, "HƯỚNG DẪN"),
        middle(345.0, "Rà soát, cập nhật dữ liệu hộ tịch"),
        middle(390.0, "trên Cơ sở dữ liệu hộ tịch điện tử"),
        (
            300.0,
            480.0,
            "Trên cơ sở kết quả rà soát, Sở Tài chính hướng dẫn như sau về việc thu",
        ),
    ]);
    assert_eq!(
        found(&page).value(Name::Subject),
        Some("Rà soát, cập nhật dữ liệu hộ tịch trên Cơ sở dữ liệu hộ tịch điện tử")
    );
}

#[test]
fn a_title_that_lost_a_letter_is_one_where_the_notation_says_so() {
    let mut page = decision("Số: 52/KH-UBND", "Nam Nha Trang, ngày 05 tháng 01 năm 2026");
    page.truncate(6);
    page.extend([
        middle(300.0, "KẾ HOẠC"),
        middle(345.0, "Xây dựng nông thôn mới nâng cao"),
        (
            300.0,
            480.0,
            "Căn cứ Luật Cán bộ, công chức ngày 24 tháng 6 năm 2025 và các luật",
        ),
    ]);
    let found = found(&page);
    assert_eq!(found.value(Name::TypeName), Some("Kế hoạch"));
    assert_eq!(found.value(Name::Subject), Some("Xây dựng nông thôn mới nâng cao"));
}

#[test]
fn an_agency_of_which_a_part_is_missing_is_doubted() {
    let mut page = decision("Số: 05/QĐ-UBND", "Nam Nha Trang, ngày 05 tháng 01 năm 2026");
    page.remove(0);
    let found = found(&page);
    let organ = found.get(Name::OrganName).unwrap();
    assert_eq!(organ.value.as_deref(), Some("PHƯỜNG NAM NHA TRANG"));
    assert!(organ.is_doubtful());
}

#[test]
fn a_subject_that_cites_what_is_no_act_is_doubted() {
    let is_doubtful = |act: &str| {
        let mut page = decision("Số: 05/TT-BYT", "Hà Nội, ngày 05 tháng 01 năm 2026");
        let subject = format!("Sửa đổi Thông tư số {act} về tổ chức");
        page[7] = middle(345.0, &subject);
        let found = found(&page);
        found.get(Name::Subject).is_some_and(Field::is_doubtful)
    };
    assert!(is_doubtful("20/2025/TT-BYTT"));
    assert!(!is_doubtful("20/2025/TT-BYT") && !is_doubtful("09/2015/TT-BLĐTBXH"));
}

#[test]
fn a_card_has_no_subject_and_its_holder_was_not_born_on_its_day_of_issue() {
    let found = found(&[
        middle(100.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        middle(140.0, "Độc lập - Tự do - Hạnh phúc"),
        middle(240.0, "CĂN CƯỚC CÔNG DÂN"),
        middle(290.0, "Citizen Identity Card"),
        (240.0, 400.0, "Ngày sinh / Date of birth: 06/01/1999"),
        (240.0, 440.0, "Có giá trị đến / Date of expiry: 06/01/2039"),
        (900.0, 600.0, "Ngày 09/4/2026"),
    ]);
    assert_eq!(found.value(Name::TypeName), Some("Căn cước công dân"));
    assert_eq!((found.value(Name::Subject), found.value(Name::IssuedDate)), (None, None));
}

#[test]
fn a_title_stands_under_the_country_however_short_the_lines_below() {
    let found = found(&[
        middle(100.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        middle(140.0, "Độc lập - Tự do - Hạnh phúc"),
        middle(240.0, "CĂN CƯỚC CÔNG DÂN"),
        middle(290.0, "Citizen Identity Card"),
        (40.0, 400.0, "Ngày sinh: 06/01/1999"),
        (40.0, 440.0, "Có giá trị đến: 06/01/2039"),
    ]);
    assert_eq!(found.value(Name::TypeName), Some("Căn cước công dân"));
}

#[test]
fn a_head_of_which_only_the_motto_was_read_is_a_head() {
    let found = found(&[
        (300.0, 100.0, "BỘ Y TẾ"),
        (860.0, 140.0, "Độc lập - Tự do - Hạnh phúc"),
        (250.0, 210.0, "Số: 3807/BYT-VP"),
        (830.0, 210.0, "Hà Nội, ngày 22 tháng 6 năm 2026"),
        (220.0, 260.0, "VAv trả lời kiến nghị của cử tri"),
        middle(380.0, "Kính gửi: Ủy ban nhân dân tỉnh Sơn Hải."),
    ]);
    assert_eq!(found.value(Name::TypeName), Some("Công văn"));
    assert_eq!(found.value(Name::OrganName), Some("BỘ Y TẾ"));
    assert_eq!(found.value(Name::IssuedDate), Some("2026-06-22"));
    assert_eq!(found.value(Name::Subject), Some("trả lời kiến nghị của cử tri"));
}

#[test]
fn a_letter_whose_number_no_one_could_read_asks_for_it() {
    let found = found(&[
        (240.0, 100.0, "UBND TỈNH KHÁNH HÒA"),
        (760.0, 100.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (300.0, 140.0, "SỞ NỘI VỤ"),
        (860.0, 140.0, "Độc lập - Tự do - Hạnh phúc"),
        (830.0, 210.0, "Khánh Hòa, ngày 16 tháng 7 năm 2026"),
        middle(380.0, "Kính gửi: Ủy ban nhân dân phường Nam Nha Trang."),
    ]);
    assert_eq!(found.value(Name::TypeName), Some("Công văn"));
    for name in [Name::CodeNumber, Name::CodeNotation, Name::TypeName] {
        assert!(found.get(name).is_some_and(Field::is_doubtful), "{name:?}");
    }
    assert_eq!(found.value(Name::CodeNumber), None);
}

#[test]
fn a_letter_has_its_subject_in_the_left_column() {
    let found = found(&[
        (240.0, 100.0, "UBND TỈNH KHÁNH HÒA"),
        (760.0, 100.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (300.0, 140.0, "SỞ NỘI VỤ"),
        (860.0, 140.0, "Độc lập - Tự do - Hạnh phúc"),
        (250.0, 210.0, "Số: 1234/SNV-TCCB"),
        (830.0, 210.0, "Khánh Hòa, ngày 16 tháng 7 năm 2026"),
        (200.0, 250.0, "V/v nâng bậc lương thường xuyên"),
        (250.0, 290.0, "đợt 2 năm 2026"),
        middle(380.0, "Kính gửi: Ủy ban nhân dân phường Nam Nha Trang."),
    ]);
    let value = |name| found.value(name).unwrap_or_default();
    assert_eq!(value(Name::TypeName), "Công văn");
    assert_eq!(
        (value(Name::CodeNumber), value(Name::CodeNotation)),
        ("1234", "SNV-TCCB")
    );
    assert_eq!(value(Name::Subject), "nâng bậc lương thường xuyên đợt 2 năm 2026");
    assert_eq!(
        (value(Name::Superior), value(Name::OrganName)),
        ("UBND TỈNH KHÁNH HÒA", "SỞ NỘI VỤ")
    );
}

#[test]
fn a_paper_of_the_party_has_a_head_of_its_own() {
    let found = found(&[
        (240.0, 100.0, "TỈNH ỦY KHÁNH HÒA"),
        (900.0, 100.0, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        (350.0, 140.0, "*"),
        (260.0, 180.0, "Số 09-NQ/TU"),
        (830.0, 180.0, "Khánh Hòa, ngày 18 tháng 02 năm 2026"),
        middle(280.0, "NGHỊ QUYẾT"),
        middle(325.0, "về chuyển đổi số tỉnh Khánh Hòa đến năm 2030"),
        (300.0, 420.0, "Trong thời gian qua, công tác chuyển đổi số"),
    ]);
    let value = |name| found.value(name).unwrap_or_default();
    assert_eq!((value(Name::CodeNumber), value(Name::CodeNotation)), ("09", "NQ/TU"));
    assert_eq!(
        (value(Name::OrganName), value(Name::TypeName)),
        ("TỈNH ỦY KHÁNH HÒA", "Nghị quyết")
    );
    assert_eq!(value(Name::IssuedDate), "2026-02-18");
    assert_eq!(value(Name::Subject), "về chuyển đổi số tỉnh Khánh Hòa đến năm 2030");
}

#[test]
fn damaged_print_still_gives_its_fields() {
    let page = [
        (240.0, 100.0, "ÚY BAN NHÂN DÂN"),
        (760.0, 100.0, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIẸT NAM"),
        (200.0, 140.0, "PHƯỜNG NAM NHA TRANG"),
        (860.0, 140.0, "Độc lặp - Tự do - Hạnh phức"),
        (250.0, 210.0, "Sô:15/QD-UBND"),
        (830.0, 210.0, "Nam Nha Trang,ngày 05 thảng 01 năm 2026"),
        middle(300.0, "QUYÉT ĐỊNH"),
        middle(345.0, "Về việc thanh lý tài sản"),
        (300.0, 440.0, "Căn cứ Luật Quản lý, sử dụng tài sản công;"),
    ];
    let found = found(&page);
    let value = |name| found.value(name).unwrap_or_default();
    assert_eq!((value(Name::CodeNumber), value(Name::CodeNotation)), ("15", "QĐ-UBND"));
    assert_eq!(value(Name::OrganName), "ỦY BAN NHÂN DÂN PHƯỜNG NAM NHA TRANG");
    assert_eq!(
        (value(Name::TypeName), value(Name::IssuedDate)),
        ("Quyết định", "2026-01-05")
    );
}

#[test]
fn a_number_left_open_is_told_and_not_invented() {
    let page = decision("Số: /QĐ-UBND", "Nam Nha Trang, ngày tháng năm 2026");
    let found = found(&page);
    let doubts = |name| found.get(name).unwrap().doubts.clone();
    assert_eq!(doubts(Name::CodeNumber), [Doubt::Blank]);
    assert_eq!(doubts(Name::IssuedDate), [Doubt::Blank]);
    assert_eq!(found.value(Name::CodeNotation), Some("QĐ-UBND"));
    assert_eq!(found.value(Name::CodeNumber), None);
}

#[test]
fn a_number_that_breaks_at_a_dash_goes_on_below() {
    let mut page = decision("Số: 18/2025/TT-", "Hà Nội, ngày 13 tháng 3 năm 2025");
    page.insert(5, (300.0, 250.0, "BCT"));
    let found = found(&page);
    assert_eq!(found.value(Name::CodeNotation), Some("2025/TT-BCT"));
}

#[test]
fn what_a_citizen_brings_has_no_number_and_no_doubt() {
    let found = found(&[
        middle(100.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        middle(140.0, "Độc lập - Tự do - Hạnh phúc"),
        middle(240.0, "ĐƠN ĐỀ NGHỊ"),
        middle(320.0, "Kính gửi: Ủy ban nhân dân phường Nam Nha Trang."),
        (200.0, 400.0, "Tôi tên là: Trần Văn An Sinh năm: 1980"),
        (200.0, 450.0, "Số định danh cá nhân: 056080000123"),
        (830.0, 1500.0, "Nam Nha Trang, ngày 02 tháng 3 năm 2026"),
        (1000.0, 1550.0, "NGƯỜI LÀM ĐƠN"),
        (1000.0, 1800.0, "Trần Văn An"),
    ]);
    assert_eq!(
        found.kind.map(|kind| (kind.name, kind.class)),
        Some(("Đơn đề nghị", Class::Intake))
    );
    assert_eq!(found.get(Name::CodeNumber), None);
    assert_eq!(found.value(Name::IssuedDate), Some("2026-03-02"));
    assert_eq!(found.personal.len(), 1);
    assert_eq!(found.personal[0].what.masked, "056******123");
    assert_eq!(found.doubtful().count(), 0);
}

#[test]
fn a_page_of_prose_has_no_fields() {
    let found = found(&[
        (200.0, 100.0, "Xét thấy sự công nhận phẩm giá vốn có và những quyền lợi"),
        (200.0, 150.0, "bình đẳng và không thể nhân nhượng của mọi thành viên"),
    ]);
    assert_eq!(found.all, []);
    assert!(found.kind.is_none());
}

#[test]
fn an_unsure_digit_is_doubted() {
    let page = decision("Số: 05/QĐ-UBND", "Nam Nha Trang, ngày 05 tháng 01 năm 2026");
    let mut text = layer(&page);
    let word = text.lines.iter_mut().flat_map(|line| &mut line.words);
    for word in word.filter(|word| word.text == "05/QĐ-UBND") {
        word.confidence = 40.0;
    }
    let read = Read { number: 1, text: &text, width: SIZE.0, height: SIZE.1 };
    let found = extract(&[read], Day::new(2026, 7, 16).unwrap());
    assert_eq!(found.get(Name::CodeNumber).unwrap().doubts, [Doubt::Unsure]);
    assert_eq!(found.value(Name::CodeNumber), Some("05"));
}

/// A decision whose number line is changed by `change`, read.
fn numbered(number: &str, change: impl Fn(&mut Vec<Word>)) -> Fields {
    let page = decision(number, "Nam Nha Trang, ngày 05 tháng 01 năm 2026");
    let mut text = layer(&page);
    let line = text.lines.iter_mut().find(|line| line.text() == number);
    change(&mut line.unwrap().words);
    let read = Read { number: 1, text: &text, width: SIZE.0, height: SIZE.1 };
    extract(&[read], Day::new(2026, 7, 16).unwrap())
}

#[test]
fn a_number_filled_in_by_hand_is_doubted() {
    let doubts = |found: &Fields| found.get(Name::CodeNumber).unwrap().doubts.clone();
    // Room for a digit before the notation; a space as typists leave it is none.
    for (gap, doubt) in [(12.0, None), (38.0, None), (40.0, Some(Doubt::Unsure))] {
        let found = numbered("Số: 2 /QĐ-UBND", |words| {
            let left = words[1].place.right + gap;
            words[2].place.right += left - words[2].place.left;
            words[2].place.left = left;
        });
        assert_eq!(doubts(&found), Vec::from_iter(doubt), "{gap}");
    }
    // Joined across a gap: `445 /QĐ-UBND`, where a pen wrote 115.
    let found = numbered("Số: 445/QĐ-UBND", |words| words[1].is_filled_in = true);
    assert_eq!(doubts(&found), [Doubt::Unsure]);
    assert_eq!(found.value(Name::CodeNumber), Some("445"));
    let found = numbered("Số: 136QĐ-UBND", |_| {});
    assert_eq!(doubts(&found), [Doubt::Malformed]);
    let (number, notation) =
        (found.value(Name::CodeNumber), found.value(Name::CodeNotation));
    assert_eq!((number, notation), (Some("136"), Some("QĐ-UBND")));
    // Part of the line is lost.
    let found = numbered("Số: 173", |_| {});
    assert_eq!(doubts(&found), [Doubt::Unsure]);
}

#[test]
fn a_notation_that_stands_near_the_date_goes_with_the_number() {
    let page = decision("Số:", "/QĐ-UBND Nha Trang, ngày 05 tháng 01 năm 2026");
    let found = found(&page);
    assert_eq!(found.value(Name::Place), Some("Nha Trang"));
    assert_eq!(found.value(Name::CodeNotation), Some("QĐ-UBND"));
    assert_eq!(found.get(Name::CodeNumber).unwrap().doubts, [Doubt::Blank]);
}

#[test]
fn a_signature_shown_above_the_head_is_no_agency() {
    let mut page = decision("Số: 05/QĐ-UBND", "Nha Trang, ngày 05 tháng 01 năm 2026");
    page.insert(0, (200.0, 50.0, "Người ký: CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ"));
    let found = found(&page);
    let organ = found.value(Name::OrganName);
    assert_eq!(organ, Some("ỦY BAN NHÂN DÂN PHƯỜNG NAM NHA TRANG"));
    assert_eq!(found.value(Name::Superior), None);
}

#[test]
fn specks_beside_a_subject_are_no_part_of_it() {
    let mut page = decision("Số: 05/QĐ-UBND", "Nha Trang, ngày 05 tháng 01 năm 2026");
    page[7] = middle(345.0, "Về việc kiện toàn lần thứ II");
    let mut text = layer(&page);
    let speck = Rect { left: 60.0, top: 345.0, right: 140.0, bottom: 375.0 };
    text.lines[7].words.insert(0, Word::new("4G".to_owned(), speck, 12.0));
    let read = Read { number: 1, text: &text, width: SIZE.0, height: SIZE.1 };
    let found = extract(&[read], Day::new(2026, 7, 16).unwrap());
    let subject = found.get(Name::Subject).unwrap();
    assert_eq!(
        subject.value.as_deref(),
        Some("Về việc kiện toàn lần thứ II trên địa bàn phường")
    );
    assert_eq!(subject.doubts, []);
}

#[test]
fn the_issuer_above_the_text_is_not_the_signer() {
    let mut page = decision("Số: 05/QĐ-UBND", "Nha Trang, ngày 05 tháng 01 năm 2026");
    page.retain(|(_, _, text)| !matches!(*text, "CHỦ TỊCH" | "TM. ỦY BAN NHÂN DÂN"));
    page.push((900.0, 500.0, "CHỦ TỊCH ỦY BAN NHÂN DÂN"));
    let found = found(&page);
    assert_eq!(found.value(Name::Position), None);
    assert_eq!(found.value(Name::FullName), Some("Nguyễn Thị Minh Khai"));
}

#[test]
fn a_name_under_a_seal_is_doubted_where_it_is_none() {
    for (read, value, doubts) in [
        ("Nguyễn Thị Minh Khai", "Nguyễn Thị Minh Khai", vec![]),
        ("Cao THỊ Thanh Uyên", "Cao Thị Thanh Uyên", vec![]),
        ("Lưu Văn Tỵ", "Lưu Văn Tỵ", vec![]),
        ("Hô Quốc Dũng", "Hô Quốc Dũng", vec![Doubt::Unsure]),
        ("Võ Km Đào", "Võ Km Đào", vec![Doubt::Unsure]),
        ("THỊ Ngọc Quyên", "Thị Ngọc Quyên", vec![Doubt::Unsure]),
        ("Y BẢN CHÍNH", "Y BẢN CHÍNH", vec![Doubt::Unsure]),
    ] {
        let mut page = decision("Số: 05/QĐ-UBND", "Nha Trang, ngày 05 tháng 01 năm 2026");
        page.retain(|(_, _, text)| *text != "Nguyễn Thị Minh Khai");
        page.push((960.0, 1990.0, read));
        let found = found(&page);
        let field = found.get(Name::FullName).unwrap();
        assert_eq!((field.value.as_deref(), &field.doubts), (Some(value), &doubts));
    }
}

#[test]
fn words_that_cannot_be_are_told_from_those_that_can() {
    for word in ["Lưu", "II,", "“Festival", "nghiêng", "YÊN", "UBMTTQ", "m²"] {
        assert!(!is_no_syllable(word), "{word}");
    }
    for word in ["toàmrdân-tộc", "Lân†TKhê-", "uung", "ắá"] {
        assert!(is_no_syllable(word), "{word}");
    }
}

#[test]
fn values_are_cut_to_what_the_register_has_room_for() {
    let long = "biện pháp ".repeat(80);
    let field = Field { value: Some(long), ..Field::of(Name::Subject) };
    let fitted = field.fitted().unwrap();
    assert!(fitted.chars().count() <= 500 && fitted.ends_with('…'), "{fitted}");
}
