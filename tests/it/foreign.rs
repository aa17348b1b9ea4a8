//! Papers as other programs leave them: forms, lists and turns in every shape the
//! standard allows, fields with demands, and signatures of pyHanko already there.

use crate::authority::{Draft, Key};
use crate::pdfa::judges::boxes;
use crate::sign::{Bureau, Paper, commands, judges_agree, pem, plain, pyhanko};

/// A paper with an empty form at the object `6`, or what stands there instead.
fn form(entry: &str, object: &str) -> Paper {
    Paper::new(entry, "").with(object)
}

#[test]
fn forms_and_lists_of_every_shape_are_signed_and_the_judges_agree() {
    let bureau = Bureau::new("foreign-forms");
    let note = "<</Type/Annot/Subtype/Text/Rect[10 10 20 20]/Contents(x)/P 3 0 R>>";
    let stream = "<</Length 5>>\nstream\n<xdp>\nendstream";
    let papers = [
        ("annots", Paper::new("", "/Annots 6 0 R").with("[7 0 R]").with(note)),
        ("no-annots", Paper::new("", "/Annots null")),
        ("lost-annots", Paper::new("", "/Annots 99 0 R")),
        ("no-fields", Paper::new("/AcroForm<<>>", "")),
        ("far-form", form("/AcroForm 6 0 R", "<</DA(/Helv 0 Tf 0 g)>>")),
        ("far-fields", form("/AcroForm<</Fields 6 0 R>>", "[]")),
        ("lost-fields", Paper::new("/AcroForm<</Fields 99 0 R>>", "")),
        ("no-form", Paper::new("/AcroForm null", "")),
        ("lost-form", Paper::new("/AcroForm 99 0 R", "")),
        ("flags", Paper::new("/AcroForm<</Fields[]/SigFlags 1>>", "")),
        ("far-flags", form("/AcroForm<</Fields[]/SigFlags 6 0 R>>", "1")),
        ("perms", form("/Perms 6 0 R", "<<>>")),
        ("extensions", form("/Extensions 6 0 R", "<<>>")),
        ("xfa", form("/AcroForm<</Fields[]/XFA 6 0 R>>", stream)),
    ];
    let mut names = Vec::new();
    for (name, paper) in &papers {
        for (kind, bytes) in [("table", paper.classic()), ("stream", paper.streamed())] {
            let file = format!("{name}.pdf");
            bureau.desk.put(&file, &bytes);
            let output = format!("{name}-{kind}.pdf");
            let run = bureau.sign(&[&file, "-o", &output]);
            assert_eq!(run.code, Some(0), "{output}: {}", run.stderr);
            assert_eq!(run.stderr.contains("XFA"), *name == "xfa", "{}", run.stderr);
            bureau.holds(&bytes, &output, "B-B");
            names.push(output);
        }
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    judges_agree(&bureau, &names);
    bureau.desk.put("xfa.pdf", &papers[13].1.classic());
    let run = bureau.sign(&["xfa.pdf", "-o", "x.pdf", "--strict"]);
    assert!(run.code == Some(2) && run.stderr.contains("XFA"), "{}", run.stderr);
}

#[test]
fn stamps_have_their_size_on_pages_turned_and_measured_otherwise() {
    let bureau = Bureau::new("foreign-units");
    if sohoa::print::Faces::find(&sohoa::print::font_folders(None)).is_err() {
        return;
    }
    let key = Key::fixture("signer");
    let agency = Draft::new("UBND phường X", "CA", 40, &key).usage(0xc0);
    bureau.desk.put("signer.cer", agency.issue(&bureau.office.issuing_key).der());
    let mut names = Vec::new();
    for turn in [0, 90, 180, 270] {
        for unit in [1.0, 2.0] {
            let page = format!("/Rotate {turn}/UserUnit {unit}");
            bureau.desk.put("a.pdf", &Paper::new("", &page).classic());
            let output = format!("{turn}-{unit}.pdf");
            let run = bureau.sign(&["a.pdf", "-o", &output, "--as", "sao-y"]);
            assert_eq!(run.code, Some(0), "{output}: {}", run.stderr);
            bureau.holds(&bureau.read("a.pdf"), &output, "B-B");
            let bytes = bureau.read(&output);
            let text = String::from_utf8_lossy(&bytes);
            let rect = text.rsplit("/Rect [").next().unwrap();
            let rect = rect.split(']').next().unwrap();
            let sides: Vec<f64> =
                rect.split_whitespace().map(|side| side.parse().unwrap()).collect();
            let (wide, high) =
                ((sides[2] - sides[0]) * unit, (sides[3] - sides[1]) * unit);
            // One line of ten points, whatever the page counts in.
            let height = if turn % 180 == 0 { high } else { wide };
            assert!((11.0..13.5).contains(&height), "{output}: {sides:?}");
            names.push(output);
        }
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    judges_agree(&bureau, &names);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of demands")]
fn what_a_field_demands_is_kept_or_refused_with_what_to_type() {
    let bureau = Bureau::new("foreign-seeds");
    let hex = |bytes: &[u8]| {
        let digits: Vec<String> =
            bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("<{}>", digits.concat())
    };
    let (own, other) =
        (hex(bureau.office.signer.der()), hex(bureau.office.signer_p256.der()));
    let issuer = hex(bureau.office.issuing.der());
    let cert = |flags: u8, list: &str| format!("/Cert<</Ff {flags}{list}>>");
    let cases: Vec<(String, &[&str], Option<&str>)> = vec![
        ("/Ff 64/DigestMethod[(SHA256)(SHA512)]".into(), &[], None),
        ("/Ff 64/DigestMethod[(SHA512)]".into(), &[], Some("SHA512")),
        ("/Ff 0/DigestMethod[(SHA512)]".into(), &[], None),
        ("/Ff 2/SubFilter[/adbe.pkcs7.detached]".into(), &[], Some("format")),
        ("/Ff 2/SubFilter[/ETSI.CAdES.detached]".into(), &[], None),
        ("/Ff 1/Filter/Entrust.PPKEF".into(), &[], Some("format")),
        ("/Ff 8/Reasons[(Phe duyet)]".into(), &[], Some("--reason")),
        ("/Ff 8/Reasons[(Phe duyet)]".into(), &["--reason", "Khac"], Some("Phe duyet")),
        ("/Ff 8/Reasons[(Phe duyet)]".into(), &["--reason", "Phe duyet"], None),
        ("/Ff 8/Reasons[(.)]".into(), &["--reason", "Khac"], Some("no reason")),
        ("/Ff 8/Reasons[(.)]".into(), &[], None),
        ("/MDP<</P 2>>".into(), &[], Some("--certify 2")),
        ("/MDP<</P 2>>".into(), &["--certify", "2"], None),
        ("/MDP<</P 0>>".into(), &["--certify", "2"], Some("--certify")),
        ("/MDP<</P 0>>".into(), &[], None),
        ("/TimeStamp<</URL(http://x)/Ff 1>>".into(), &[], Some("--level t")),
        ("/TimeStamp<</URL(http://x)/Ff 0>>".into(), &[], None),
        ("/Ff 32/AddRevInfo true".into(), &[], Some("AddRevInfo")),
        ("/Ff 128/LockDocument/true".into(), &[], Some("LockDocument")),
        ("/Ff 16/LegalAttestation[(x)]".into(), &[], Some("LegalAttestation")),
        (cert(1, &format!("/Subject[{other}]")), &[], Some("another certificate")),
        (cert(1, &format!("/Subject[{other}{own}]")), &[], None),
        (cert(0, &format!("/Subject[{other}]")), &[], None),
        (cert(2, &format!("/Issuer[{issuer}]")), &[], None),
        (cert(2, &format!("/Issuer[{other}]")), &[], Some("another certificate")),
        (cert(8, "/SubjectDN[<</CN(Ai do)>>]"), &[], Some("another certificate")),
        (cert(32, "/KeyUsage[(11)]"), &[], None),
        (cert(32, "/KeyUsage[(0X)]"), &[], Some("another certificate")),
        (cert(4, "/OID[(1.2.3)]"), &[], Some("OID")),
    ];
    let mut names = Vec::new();
    for (number, (seed, more, refused)) in cases.iter().enumerate() {
        let field = format!(
            "<</Type/Annot/Subtype/Widget/FT/Sig/T(F)/F 4/P 3 0 R/Rect[350 100 500 160]\
             /SV<</Type/SV{seed}>>>>"
        );
        let paper =
            Paper::new("/AcroForm<</Fields[6 0 R]>>", "/Annots[6 0 R]").with(&field);
        bureau.desk.put("a.pdf", &paper.classic());
        let output = format!("{number}.pdf");
        let line = ["a.pdf", "-o", &output, "--field", "F"];
        let run = bureau.sign(&[&line[..], more].concat());
        if let Some(said) = refused {
            assert_eq!(run.code, Some(2), "{seed}: {}", run.stdout);
            assert!(run.stderr.contains(said), "{seed}: {}", run.stderr);
            assert!(!bureau.path(&output).exists());
            continue;
        }
        assert_eq!(run.code, Some(0), "{seed}: {}", run.stderr);
        bureau.holds(&bureau.read("a.pdf"), &output, "B-B");
        names.push(output);
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    judges_agree(&bureau, &names);
}

/// The box of all words of a page, as Poppler reads them.
fn written(bureau: &Bureau, name: &str) -> Option<(f64, f64)> {
    let words = boxes(&bureau.path(name), 1)?;
    let own = words.iter().filter(|(_, place)| place.top > 500.0).map(|(_, place)| place);
    let (left, right) = own.clone().fold((f64::MAX, 0.0_f64), |(left, right), word| {
        (left.min(word.left), right.max(word.right))
    });
    let high = own.map(|word| word.bottom - word.top).fold(0.0, f64::max);
    Some((right - left, high))
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of fields")]
fn a_stamp_in_a_field_keeps_its_size_or_is_refused() {
    let bureau = Bureau::new("foreign-field");
    if sohoa::print::Faces::find(&sohoa::print::font_folders(None)).is_err() {
        return;
    }
    let widget = "/Type/Annot/Subtype/Widget/P 3 0 R";
    let own = |more: &str| format!("<</FT/Sig/T(F){widget}{more}>>");
    let large = "/Rect[250 100 550 200]";
    let paper = || Paper::new("/AcroForm<</Fields[6 0 R]>>", "/Annots[6 0 R]");
    let kid = || {
        Paper::new("/AcroForm<</Fields[6 0 R]>>", "/Annots[7 0 R]")
            .with("<</FT/Sig/T(F)/Kids[7 0 R]>>")
            .with(&format!("<<{widget}/F 4/Parent 6 0 R{large}>>"))
    };
    let two = Paper::new("/AcroForm<</Fields[6 0 R]>>", "/Annots[7 0 R 8 0 R]")
        .with("<</FT/Sig/T(F)/Kids[7 0 R 8 0 R]>>")
        .with(&format!("<<{widget}/F 4/Parent 6 0 R{large}>>"))
        .with(&format!("<<{widget}/F 4/Parent 6 0 R{large}>>"));
    let narrow = "/F 4/Rect[250 100 280 200]";
    let cases = [
        ("large", paper().with(&own(&format!("/F 4{large}"))), None),
        ("kid", kid(), None),
        ("narrow", paper().with(&own(narrow)), Some("smaller than the stamp")),
        (
            "hidden",
            paper().with(&own(&format!("/F 2{large}"))),
            Some("no place on a page"),
        ),
        ("none", paper().with(&own("/F 4/Rect[0 0 0 0]")), Some("no place on a page")),
        ("two", two, Some("no place on a page")),
        (
            "read-only",
            paper().with(&own(&format!("/Ff 1/F 4{large}"))),
            Some("read-only"),
        ),
    ];
    let mut names = Vec::new();
    let mut sizes = Vec::new();
    for (name, paper, refused) in cases {
        bureau.desk.put("a.pdf", &paper.classic());
        let output = format!("{name}.pdf");
        let line = ["a.pdf", "-o", &output, "--field", "F", "--as", "officer"];
        let run = bureau.sign(&line);
        if let Some(said) = refused {
            assert_eq!(run.code, Some(2), "{name}: {}", run.stdout);
            assert!(run.stderr.contains(said), "{name}: {}", run.stderr);
            continue;
        }
        assert_eq!(run.code, Some(0), "{name}: {}", run.stderr);
        bureau.holds(&bureau.read("a.pdf"), &output, "B-B");
        sizes.extend(written(&bureau, &output));
        names.push(output);
    }
    for (wide, high) in sizes {
        // Three lines in ten points: neither stretched nor squeezed.
        assert!((100.0..200.0).contains(&wide), "{wide}");
        assert!((8.0..13.0).contains(&high), "{high}");
    }
    assert_eq!(names.len(), 2);
    // In a file that was signed before, the kid of a field stays as it is.
    bureau.desk.put("a.pdf", &kid().classic());
    let run = bureau.sign(&["a.pdf", "-o", "first.pdf", "--certify", "2"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let line = ["first.pdf", "-o", "second.pdf", "--field", "F"];
    let run = bureau.sign_as("signer-p256", &[&line[..], &["--as", "officer"]].concat());
    assert!(run.stderr.contains("no place on a page"), "{}", run.stderr);
    let run = bureau.sign_as("signer-p256", &line);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    bureau.holds(&bureau.read("first.pdf"), "second.pdf", "B-B");
    judges_agree(&bureau, &["large.pdf", "first.pdf"]);
    for told in pyhanko(&bureau, &[vec!["validate", "--pretty-print", "second.pdf"]]) {
        assert_eq!(told.matches("is judged VALID").count(), 2, "{told}");
    }
}

#[test]
fn what_pyhanko_signed_is_signed_once_more_where_that_is_permitted() {
    let bureau = Bureau::new("foreign-pyhanko");
    bureau.desk.put("a.pdf", &plain().classic());
    bureau.desk.put("signer.crt", pem(&bureau.office.signer).as_bytes());
    bureau.desk.put("issuing.crt", pem(&bureau.office.issuing).as_bytes());
    let cases: [(&str, &[&str]); 3] =
        [("cms", &[]), ("pades", &["--use-pades"]), ("certified", &["--certify"])];
    let files: Vec<String> =
        cases.iter().map(|(name, _)| format!("{name}.pdf")).collect();
    let key = ["pemder", "--key", "signer.pem", "--cert", "signer.crt", "--no-pass"];
    let lines: Vec<Vec<&str>> = cases
        .iter()
        .zip(&files)
        .map(|((_, more), file)| {
            let first = ["sign", "addsig", "--field", "Sig1"];
            [&first[..], more, &key, &["--chain", "issuing.crt", "a.pdf", file]].concat()
        })
        .collect();
    let answers = commands(&bureau, &lines);
    if answers.is_empty() {
        return;
    }
    let mut names = Vec::new();
    for (answer, file) in answers.iter().zip(&files) {
        assert_eq!(answer["code"], 0, "{answer}");
        let output = format!("both-{file}");
        let run = bureau.sign_as("signer-p256", &[file, "-o", &output]);
        assert_eq!(run.code, Some(0), "{file}: {}", run.stderr);
        bureau.holds(&bureau.read(file), &output, "B-B");
        names.push(output);
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    judges_agree(&bureau, &names);
}
