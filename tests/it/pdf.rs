//! Reading PDFs: pages that are one picture, pages that are painted, text,
//! encryption, and files made to do harm. The files are made here; the
//! corpus, where there is one, is read as a whole.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sohoa::pdf::{self, Content, Encryption, Opened, Page, PdfError};
use sohoa::raster::{DecodeError, Depth, Filter, Limits};
use sohoa::units::Quarter;

const PLAIN: &str = "/Type /Page /Parent 2 0 R /MediaBox [0 0 192 288]";
const WHOLE: &str = "q 192 0 0 288 0 0 cm /Im Do Q";

/// A file of numbered objects with a table; object 1 is the catalogue.
fn file(objects: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let last = objects.iter().map(|(number, _)| *number).max().unwrap_or(0);
    let mut places = BTreeMap::new();
    for (number, body) in objects {
        places.insert(*number, out.len());
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    let entry = |number| match places.get(&number) {
        Some(place) => format!("{place:010} 00000 n \n"),
        None => "0000000000 65535 f \n".to_owned(),
    };
    let table: String = (0..=last).map(entry).collect();
    out.extend(format!("xref\n0 {}\n{}", last + 1, table).bytes());
    let size = last + 1;
    out.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\n").bytes());
    out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    out
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<< {dict} /Length {} >>\nstream\n", data.len()).into_bytes();
    out.extend(data);
    out.extend(b"\nendstream");
    out
}

/// One page: its dictionary, its content, its resources, and objects from 5 on.
fn one_page(
    page: &str,
    content: &str,
    resources: &str,
    more: &[(u32, Vec<u8>)],
) -> Vec<u8> {
    let page = format!("<< {page} /Contents 4 0 R /Resources << {resources} >> >>");
    let mut objects = vec![
        (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
        (2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec()),
        (3, page.into_bytes()),
        (4, stream("", content.as_bytes())),
    ];
    objects.extend_from_slice(more);
    file(&objects)
}

/// A page with the picture `Im`.
fn picture(page: &str, content: &str, dict: &str, data: &[u8]) -> Vec<u8> {
    let dict = format!("/Type /XObject /Subtype /Image {dict}");
    one_page(page, content, "/XObject << /Im 5 0 R >>", &[(5, stream(&dict, data))])
}

fn open(bytes: Vec<u8>) -> Opened {
    pdf::open(bytes.into(), None, Limits::default()).unwrap()
}

fn refusal(bytes: Vec<u8>) -> PdfError {
    pdf::open(bytes.into(), None, Limits::default()).err().unwrap()
}

fn only(bytes: Vec<u8>) -> Page {
    open(bytes).page(0).unwrap()
}

fn rows(page: &Page) -> Result<Vec<u8>, DecodeError> {
    let mut all = Vec::new();
    page.scan.rows.decode(&mut |row| {
        all.extend_from_slice(row);
        Ok(())
    })?;
    Ok(all)
}

/// 4 × 6 pixels of RGB, all different.
fn colours() -> Vec<u8> {
    (0..72).map(|i| i * 3).collect()
}

const RGB: &str = "/Width 4 /Height 6 /ColorSpace /DeviceRGB /BitsPerComponent 8";

// Pages that are one picture.

#[test]
fn a_picture_that_covers_the_page_is_handed_on_in_its_own_pixels() {
    let page = only(picture(PLAIN, WHOLE, RGB, &colours()));
    assert_eq!(page.content, Content::OneImage);
    assert_eq!((page.scan.header.width, page.scan.header.height), (4, 6));
    assert_eq!(rows(&page).unwrap(), colours());
    let placed = page.scan.placed.unwrap();
    assert_eq!((placed.width, placed.height), (192.0, 288.0));
    assert_eq!(placed.map.apply(0.0, 0.0), (0.0, 288.0));
    assert_eq!(placed.map.apply(4.0, 6.0), (192.0, 0.0));
}

#[test]
fn the_page_as_seen_knows_rotation_and_user_unit() {
    let turned = format!("{PLAIN} /Rotate 90 /UserUnit 2");
    let page = only(picture(&turned, WHOLE, RGB, &colours()));
    let placed = page.scan.placed.unwrap();
    assert_eq!(page.content, Content::OneImage);
    assert_eq!(page.scan.header.turn, Quarter::Right);
    assert_eq!((placed.width, placed.height), (576.0, 384.0));
    // The first pixel of the picture is seen in the top right corner.
    assert_eq!(placed.map.apply(0.0, 0.0), (576.0, 384.0));
    assert_eq!(placed.map.apply(4.0, 0.0), (576.0, 0.0));
}

#[test]
fn one_bit_stays_one_bit_and_1_is_black() {
    let grey = "/Width 12 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 1";
    let page = only(picture(PLAIN, WHOLE, grey, &[0x0f, 0xff, 0xf0, 0x00]));
    assert_eq!(page.scan.header.depth, Depth::Bilevel);
    assert_eq!(rows(&page).unwrap(), [0xf0, 0x00, 0x0f, 0xf0]);
    let turned = format!("{grey} /Decode [1 0]");
    let page = only(picture(PLAIN, WHOLE, &turned, &[0x0f, 0xff, 0xf0, 0x00]));
    assert_eq!(rows(&page).unwrap(), [0x0f, 0xf0, 0xf0, 0x00]);
}

#[test]
fn a_palette_of_black_and_white_is_one_bit_and_another_is_not() {
    let indexed = |palette: &str| {
        format!(
            "/Width 8 /Height 1 /BitsPerComponent 1 \
             /ColorSpace [/Indexed /DeviceRGB 1 <{palette}>]"
        )
    };
    let page = only(picture(PLAIN, WHOLE, &indexed("ffffff000000"), &[0xa5]));
    assert_eq!(page.scan.header.depth, Depth::Bilevel);
    assert_eq!(rows(&page).unwrap(), [0xa5]);
    let page = only(picture(PLAIN, WHOLE, &indexed("ff000000ff00"), &[0x80]));
    assert_eq!(page.scan.header.depth, Depth::Rgb);
    assert_eq!(rows(&page).unwrap()[..6], [0, 255, 0, 255, 0, 0]);
}

#[test]
fn a_stencil_in_black_is_a_one_bit_scan_and_in_red_is_painted() {
    let stencil = "/Width 8 /Height 2 /ImageMask true";
    let page = only(picture(PLAIN, WHOLE, stencil, &[0xf0, 0x0f]));
    assert_eq!(page.content, Content::OneImage);
    assert_eq!(rows(&page).unwrap(), [0x0f, 0xf0]);
    let red = format!("1 0 0 rg {WHOLE}");
    let page = only(picture(PLAIN, &red, stencil, &[0xf0, 0x0f]));
    assert_eq!((page.content, page.scan.header.depth), (Content::Drawn, Depth::Rgb));
}

#[test]
fn samples_of_4_and_16_bits_become_bytes() {
    let dict = "/Width 3 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 4";
    assert_eq!(
        rows(&only(picture(PLAIN, WHOLE, dict, &[0x0f, 0x80]))).unwrap(),
        [0, 255, 136]
    );
    let dict = "/Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 16";
    assert_eq!(
        rows(&only(picture(PLAIN, WHOLE, dict, &[1, 2, 200, 3]))).unwrap(),
        [1, 200]
    );
}

#[test]
fn filters_may_follow_one_another() {
    let hex: String = colours().iter().map(|byte| format!("{byte:02x}")).collect();
    let dict = format!("{RGB} /Filter /ASCIIHexDecode");
    assert_eq!(
        rows(&only(picture(PLAIN, WHOLE, &dict, hex.as_bytes()))).unwrap(),
        colours()
    );
}

#[test]
fn a_jpeg_is_passed_through_untouched() {
    let jpeg = jpeg(16, 24);
    let dict = "/Width 16 /Height 24 /ColorSpace /DeviceRGB /BitsPerComponent 8 \
                /Filter /DCTDecode";
    let page = only(picture(PLAIN, WHOLE, dict, &jpeg));
    let kept = page.scan.header.passthrough.clone().unwrap();
    assert_eq!((kept.filter, kept.bytes.as_bytes()), (Filter::Jpeg, jpeg.as_slice()));
    assert_eq!(rows(&page).unwrap().len(), 16 * 24 * 3);
    let turned = format!("{dict} /Decode [1 0 1 0 1 0]");
    let page = only(picture(PLAIN, WHOLE, &turned, &jpeg));
    assert_eq!(page.scan.header.passthrough, None);
}

#[test]
fn a_fax_is_passed_through_and_read_alike_in_both_polarities() {
    let black_square = [[false; 16], [true; 16]].concat();
    let mut encoder = fax::encoder::Encoder::new(fax::VecWriter::new());
    for row in black_square.chunks(16) {
        let pixel =
            |black: &bool| if *black { fax::Color::Black } else { fax::Color::White };
        encoder.encode_line(row.iter().map(pixel), 16).unwrap();
    }
    let data = encoder.finish().unwrap().finish();
    for (flag, expected) in [(false, [0, 0, 255, 255]), (true, [255, 255, 0, 0])] {
        let dict = format!(
            "/Width 16 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 1 \
             /Filter /CCITTFaxDecode \
             /DecodeParms << /K -1 /Columns 16 /Rows 2 /BlackIs1 {flag} >>"
        );
        let page = only(picture(PLAIN, WHOLE, &dict, &data));
        let kept = page.scan.header.passthrough.clone().unwrap();
        assert_eq!(kept.filter, Filter::G4 { black_is_1: flag });
        assert_eq!(rows(&page).unwrap(), expected);
    }
}

#[test]
fn jbig2_is_decoded_and_passed_through() {
    use jbig2enc_rust::{Jbig2Config, Jbig2Context, encode_single_image_with_config};
    let (width, height) = (40, 30);
    let pixels: Vec<u8> = (0..width * height).map(|i| u8::from(i % 7 == 0)).collect();
    let context = Jbig2Context::with_config(Jbig2Config::lossless(), true);
    let encoded =
        encode_single_image_with_config(&pixels, width, height, context).unwrap();
    let dict = "/Width 40 /Height 30 /ColorSpace /DeviceGray /BitsPerComponent 1 \
                /Filter /JBIG2Decode";
    let page = only(picture(PLAIN, WHOLE, dict, &encoded.page_data));
    assert!(matches!(
        page.scan.header.passthrough.as_ref().map(|kept| &kept.filter),
        Some(Filter::Jbig2 { globals: None })
    ));
    let packed = rows(&page).unwrap();
    let black = |i: usize| packed[i / 40 * 5 + i % 40 / 8] >> (7 - i % 40 % 8) & 1;
    assert!(pixels.iter().enumerate().all(|(i, pixel)| black(i) == *pixel));
}

#[test]
fn an_earlier_recognition_under_the_picture_is_told_and_changes_nothing() {
    let content = format!("{WHOLE} BT 3 Tr /F 20 Tf 20 100 Td (Xin chao) Tj ET");
    let font = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
    let resources = format!("/XObject << /Im 5 0 R >> {font}");
    let image = stream(&format!("/Type /XObject /Subtype /Image {RGB}"), &colours());
    let page = only(one_page(PLAIN, &content, &resources, &[(5, image)]));
    assert_eq!(page.content, Content::OneImage);
    let text = page.text.unwrap();
    assert_eq!((text.text().as_str(), text.hidden_only), ("Xin chao\n", true));
}

// Pages that are painted.

#[test]
fn marks_masks_clips_mirrors_and_partial_cover_are_painted() {
    let over = format!("{WHOLE} 1 0 0 rg 20 20 30 30 re f");
    let clipped = format!("q 20 20 80 80 re W n {WHOLE} Q");
    let keyed = format!("{RGB} /Mask [0 9 0 9 0 9]");
    for (content, dict) in [
        (over.as_str(), RGB),
        (clipped.as_str(), RGB),
        (WHOLE, keyed.as_str()),
        ("q -192 0 0 288 192 0 cm /Im Do Q", RGB),
        ("q 90 0 0 288 0 0 cm /Im Do Q", RGB),
        ("q 250 0 0 350 -20 -20 cm /Im Do Q", RGB),
        ("q 192 0 0 288 0 0 cm /Im Do Q q 20 0 0 20 5 5 cm /Im Do Q", RGB),
    ] {
        let page = only(picture(PLAIN, content, dict, &colours()));
        assert_eq!(page.content, Content::Drawn, "{content}");
        let header = &page.scan.header;
        let size = header.depth.row_bytes(header.width) * header.height as usize;
        assert_eq!(rows(&page).unwrap().len(), size);
    }
}

#[test]
fn what_lies_under_the_picture_or_is_white_on_white_does_not_count() {
    let under = format!("1 0 0 rg 20 20 30 30 re f {WHOLE}");
    let backdrop = format!("1 g 0 0 192 288 re f 0 0 192 288 re W n {WHOLE}");
    for content in [under, backdrop] {
        let page = only(picture(PLAIN, &content, RGB, &colours()));
        assert_eq!(page.content, Content::OneImage, "{content}");
    }
}

#[test]
fn a_painted_page_fills_its_picture_to_the_last_row() {
    let a4 = "/Type /Page /Parent 2 0 R /MediaBox [0 0 595.28 841.68]";
    let page = only(one_page(a4, "0 g 0 0 595.28 841.68 re f", "", &[]));
    assert_eq!(page.content, Content::Drawn);
    assert_eq!((page.scan.header.width, page.scan.header.height), (2480, 3507));
    assert!(rows(&page).unwrap().iter().all(|pixel| *pixel == 0));
}

#[test]
fn an_empty_page_is_empty_and_white() {
    let page = only(one_page(PLAIN, "", "", &[]));
    assert_eq!(page.content, Content::Empty);
    assert!(rows(&page).unwrap().iter().all(|pixel| *pixel == 255));
}

#[test]
fn a_page_without_size_is_taken_for_a4_and_says_so() {
    let page = only(one_page("/Type /Page /Parent 2 0 R", "", "", &[]));
    let placed = page.scan.placed.unwrap();
    assert!(page.assumed_size);
    assert!(
        (placed.width - 595.28).abs() < 0.01 && (placed.height - 841.89).abs() < 0.01
    );
}

#[test]
fn a_large_sheet_is_painted_as_fine_as_the_limit_allows() {
    let plan = "/Type /Page /Parent 2 0 R /MediaBox [0 0 14400 14400]";
    let bytes = one_page(plan, "0 0 99 99 re f", "", &[]);
    let limits = Limits { pixels: 4_000_000, ..Limits::default() };
    let page = pdf::open(bytes.into(), None, limits).unwrap().page(0).unwrap();
    assert_eq!((page.scan.header.width, page.scan.header.height), (2000, 2000));
}

// Damage and malice.

#[test]
fn files_that_are_no_pdf_are_told_apart() {
    assert_eq!(refusal(Vec::new()), PdfError::Empty);
    assert_eq!(refusal(b"GIF89a".to_vec()), PdfError::NotPdf);
    assert_eq!(refusal(b"%PDF-1.7\n%%EOF".to_vec()), PdfError::Damaged);
    let pages = b"<< /Type /Pages /Kids [] /Count 7 >>".to_vec();
    let catalog = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    assert_eq!(refusal(file(&[(1, catalog), (2, pages)])), PdfError::NoPages);
}

#[test]
fn a_page_tree_that_bites_its_tail_ends() {
    let catalog = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let pages = b"<< /Type /Pages /Kids [2 0 R 3 0 R 4 0 R 9 0 R] /Count 99 >>".to_vec();
    let inner = b"<< /Type /Pages /Kids [2 0 R 3 0 R] >>".to_vec();
    let page = b"<< /Type /Page /MediaBox [0 0 9 9] >>".to_vec();
    let opened = open(file(&[(1, catalog), (2, pages), (3, inner), (4, page)]));
    assert_eq!((opened.page_count(), opened.missing_pages), (1, 1));
}

#[test]
fn too_many_pages_are_refused() {
    let mut objects = vec![(1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec())];
    let kids: String = (3..14).map(|kid| format!("{kid} 0 R ")).collect();
    objects.push((2, format!("<< /Type /Pages /Kids [{kids}] >>").into_bytes()));
    objects.extend((3..14).map(|kid| (kid, b"<< /Type /Page >>".to_vec())));
    let limits = Limits { pages: 10, ..Limits::default() };
    let error = pdf::open(file(&objects).into(), None, limits).err().unwrap();
    assert_eq!(error, PdfError::TooManyPages { found: 11, most: 10 });
}

#[test]
fn a_vast_picture_is_refused_from_its_dictionary() {
    let dict = "/Width 35000 /Height 35000 /ColorSpace /DeviceGray /BitsPerComponent 1";
    let error = open(picture(PLAIN, WHOLE, dict, &[0; 40])).page(0).err().unwrap();
    let (width, height) = (35_000, 35_000);
    let expected =
        PdfError::PictureTooLarge { page: 1, width, height, most: 128_000_000 };
    assert_eq!(error, expected);
}

#[test]
fn a_bomb_is_refused_and_the_other_pages_go_on() {
    let bomb = zlib(&vec![b' '; 70 << 20]);
    let objects = [
        (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
        (2, b"<< /Type /Pages /Kids [3 0 R 5 0 R] /MediaBox [0 0 9 9] >>".to_vec()),
        (3, b"<< /Type /Page /Contents 4 0 R >>".to_vec()),
        (4, stream("/Filter /FlateDecode", &bomb)),
        (5, b"<< /Type /Page >>".to_vec()),
    ];
    let opened = open(file(&objects));
    assert!(matches!(
        opened.page(0),
        Err(PdfError::StreamTooLarge { page: 1, object: 4, .. })
    ));
    assert!(opened.page(1).is_ok());
}

#[test]
fn forms_that_call_forms_are_stopped() {
    let mut more: Vec<(u32, Vec<u8>)> = (5..45)
        .map(|n| {
            let dict = format!(
                "/Type /XObject /Subtype /Form /BBox [0 0 99 99] \
                 /Resources << /XObject << /Im {} 0 R >> >>",
                n + 1
            );
            (n, stream(&dict, b"/Im Do /Im Do"))
        })
        .collect();
    more.push((
        45,
        stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"0 0 1 1 re f"),
    ));
    let bytes = one_page(PLAIN, "/Im Do", "/XObject << /Im 5 0 R >>", &more);
    assert_eq!(open(bytes).page(0).err(), Some(PdfError::PageTooBusy { page: 1 }));
}

#[test]
fn deep_nesting_does_not_overflow() {
    let deep = format!("{PLAIN} /X {}{}", "[".repeat(200_000), "]".repeat(200_000));
    let _refused_or_read =
        pdf::open(one_page(&deep, "", "", &[]).into(), None, Limits::default());
    let page = only(one_page(PLAIN, &"[".repeat(200_000), "", &[]));
    assert_eq!(page.content, Content::Empty);
}

#[test]
fn lost_content_does_not_pass_for_a_blank_page() {
    let objects = [
        (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
        (2, b"<< /Type /Pages /Kids [3 0 R] /MediaBox [0 0 9 9] >>".to_vec()),
        (3, b"<< /Type /Page /Contents 77 0 R >>".to_vec()),
    ];
    assert_eq!(
        open(file(&objects)).page(0).err(),
        Some(PdfError::PageDamaged { page: 1 })
    );
    let lost = one_page(PLAIN, WHOLE, "/XObject << /Im 77 0 R >>", &[]);
    assert_eq!(open(lost).page(0).err(), Some(PdfError::PageDamaged { page: 1 }));
}

#[test]
fn a_picture_that_ends_early_is_an_error() {
    let page = only(picture(PLAIN, WHOLE, RGB, &colours()[..30]));
    assert_eq!(rows(&page), Err(DecodeError::EndsEarly { found: 30, expected: 72 }));
}

#[test]
fn junk_before_the_header_and_a_wrong_table_are_mended() {
    let whole = picture(PLAIN, WHOLE, RGB, &colours());
    let junk = [b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), whole.clone()].concat();
    let text = String::from_utf8_lossy(&whole).into_owned();
    assert!(text.contains("startxref"));
    let cut = whole.windows(5).rposition(|word| word == b"xref\n").unwrap();
    for bytes in [junk, whole[..cut].to_vec()] {
        let opened = open(bytes);
        assert!(opened.recovered);
        assert_eq!(rows(&opened.page(0).unwrap()).unwrap(), colours());
    }
    assert!(!open(whole).recovered);
}

#[test]
fn every_cut_and_every_flipped_byte_is_survived() {
    let whole = picture(PLAIN, WHOLE, RGB, &colours());
    for at in (0..whole.len()).step_by(7) {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x15;
        for bytes in [whole[..at].to_vec(), flipped] {
            if let Ok(opened) = pdf::open(bytes.into(), None, Limits::default()) {
                for page in opened.pages().flatten() {
                    let _damaged_or_not = rows(&page);
                }
            }
        }
    }
}

// Encryption and signatures: the fixtures are `one_page` through
// `qpdf --allow-weak-crypto --encrypt USER OWNER BITS`.

#[test]
fn encrypted_files_open_with_either_password_and_no_other() {
    for name in ["rc4-128", "aes-128", "aes-256"] {
        let bytes = fixture(name);
        let try_with =
            |password| pdf::open(Arc::clone(&bytes), password, Limits::default());
        assert_eq!(try_with(None).err(), Some(PdfError::NeedsPassword), "{name}");
        assert_eq!(try_with(Some("sai")).err(), Some(PdfError::WrongPassword), "{name}");
        for password in ["matkhau", "chu"] {
            let opened = try_with(Some(password)).unwrap();
            assert_eq!(opened.encryption, Some(Encryption::NeededPassword), "{name}");
            assert_eq!(rows(&opened.page(0).unwrap()).unwrap(), colours(), "{name}");
        }
    }
}

#[test]
fn an_empty_user_password_opens_and_is_told() {
    let opened =
        pdf::open(fixture("owner-only"), Some("sai"), Limits::default()).unwrap();
    assert_eq!(opened.encryption, Some(Encryption::EmptyUserPassword));
    assert_eq!(rows(&opened.page(0).unwrap()).unwrap(), colours());
}

#[test]
fn a_signature_field_with_a_value_signs_the_file_and_one_without_does_not() {
    let signed = |value: &str| {
        let catalog = "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] >> >>";
        let objects = [
            (1, catalog.as_bytes().to_vec()),
            (2, b"<< /Type /Pages /Kids [3 0 R] >>".to_vec()),
            (3, b"<< /Type /Page /MediaBox [0 0 9 9] >>".to_vec()),
            (5, b"<< /FT /Sig /Kids [6 0 R] >>".to_vec()),
            (6, format!("<< {value} /Parent 5 0 R >>").into_bytes()),
        ];
        open(file(&objects)).signed
    };
    assert!(signed("/V << /Type /DocTimeStamp >>"));
    assert!(!signed(""));
}

// The corpus.

#[test]
fn the_scans_of_the_corpus_are_one_picture_and_the_originals_signed() {
    let Some(corpus) = corpus() else { return };
    for folder in ["real", "synthetic"] {
        for path in files(&corpus.join(folder)) {
            let opened = open(std::fs::read(&path).unwrap());
            let original = path.to_string_lossy().contains(".original.");
            assert_eq!(opened.signed, original, "{}", path.display());
            for page in opened.pages() {
                let page = page.unwrap();
                let scan = page.content == Content::OneImage;
                assert!(scan || original, "{}", path.display());
                if scan {
                    let header = &page.scan.header;
                    let size =
                        header.depth.row_bytes(header.width) * header.height as usize;
                    assert_eq!(rows(&page).unwrap().len(), size);
                }
            }
        }
    }
}

#[test]
fn no_signed_file_of_the_corpus_does_harm() {
    let Some(corpus) = corpus() else { return };
    for path in files(&corpus.join("signed")) {
        #[expect(clippy::disallowed_methods, reason = "a test of speed")]
        let start = Instant::now();
        let bytes = std::fs::read(&path).unwrap();
        if let Ok(opened) = pdf::open(bytes.into(), None, Limits::default()) {
            let read = opened.pages().take(3).filter(Result::is_ok).count();
            assert!(read > 0, "{}", path.display());
        }
        // Twice what is promised, for machines with much else to do.
        assert!(start.elapsed() < Duration::from_secs(4), "{}", path.display());
    }
}

fn corpus() -> Option<PathBuf> {
    let stated = std::env::var_os("SOHOA_CORPUS").map(PathBuf::from);
    let corpus = stated.unwrap_or_else(|| PathBuf::from("../shared/corpus"));
    if !corpus.is_dir() {
        #[expect(clippy::print_stdout, reason = "a skipped test says so")]
        {
            println!("skipped: no corpus at `{}`; set SOHOA_CORPUS", corpus.display());
        }
        return None;
    }
    Some(corpus)
}

fn files(folder: &std::path::Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "pdf"));
    paths.sort();
    paths
}

fn fixture(name: &str) -> Arc<[u8]> {
    std::fs::read(format!("tests/fixtures/pdf/{name}.pdf")).unwrap().into()
}

fn zlib(data: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder =
        flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn jpeg(width: usize, height: usize) -> Vec<u8> {
    let mut encoder = mozjpeg::Compress::new(mozjpeg::ColorSpace::JCS_RGB);
    encoder.set_size(width, height);
    let mut started = encoder.start_compress(Vec::new()).unwrap();
    let pixels: Vec<u8> =
        (0..width * height * 3).map(|i| u8::try_from(i % 251).unwrap()).collect();
    started.write_scanlines(&pixels).unwrap();
    started.finish().unwrap()
}
