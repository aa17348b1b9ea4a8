//! Signatures beside files, `.p7s`: ours are held to be valid by OpenSSL, those of
//! OpenSSL are judged as any other, and none is judged without what it signs.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that panics is a test that fails; one that is skipped says so"
)]

use std::fs;
use std::process::Command;

use serde_json::Value;
use sohoa::cms::{Parts, SignedData};

use crate::office::Run;
use crate::sign::{Bureau, pem, plain};

/// `sohoa verify --json` with the trust and the lists of the office.
pub(crate) fn verify(bureau: &Bureau, line: &[&str]) -> Run {
    let trust = ["--trust", "trust", "--trust", "lists", "--json"];
    bureau.run(&[&["verify"], line, &trust].concat())
}

/// The row of the one file judged.
pub(crate) fn row(run: &Run) -> Value {
    let whole: Value = serde_json::from_str(&run.stdout).unwrap_or_default();
    let files = whole["files"].as_array().map(Vec::len);
    assert_eq!(files, Some(1), "{}{}", run.stdout, run.stderr);
    whole["files"][0].clone()
}

/// Runs `openssl` at the desk; false where it is not there.
fn openssl(bureau: &Bureau, line: &[&str]) -> bool {
    let Ok(output) =
        Command::new("openssl").current_dir(&bureau.desk.0).args(line).output()
    else {
        println!("skipped: OpenSSL is not there");
        return false;
    };
    assert!(
        output.status.success(),
        "{line:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    true
}

/// OpenSSL finds our signature over `content` good.
pub(crate) fn openssl_agrees(bureau: &Bureau, signature: &str, content: &str) {
    let line = [
        "cms",
        "-verify",
        "-binary",
        "-inform",
        "DER",
        "-in",
        signature,
        "-content",
        content,
        "-CAfile",
        "root.pem",
        "-attime",
        "1784171700",
        "-purpose",
        "any",
        "-out",
        "seen",
    ];
    if openssl(bureau, &line) {
        assert_eq!(bureau.read("seen"), bureau.read(content), "{signature}");
    }
}

#[test]
fn a_signature_is_judged_by_the_file_beside_it_and_never_without() {
    let bureau = Bureau::new("beside");
    bureau.desk.put("to-khai.xml", "<a>số liệu</a>".as_bytes());
    assert_eq!(bureau.sign(&["to-khai.xml", "--detached"]).code, Some(0));
    openssl_agrees(&bureau, "to-khai.xml.p7s", "to-khai.xml");
    let run = verify(&bureau, &["to-khai.xml.p7s"]);
    let found = row(&run);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert_eq!(found["verdict"], "passed");
    assert_eq!(found["signs"]["path"], "to-khai.xml");
    let signature = &found["signatures"][0];
    assert_eq!(signature["level"], "B-B");
    assert_eq!(signature["format"], "CMS.detached");
    assert_eq!(signature["coverage"]["covers"], "whole-file");
    assert_eq!(signature["coverage"]["bytes"], 18);
    assert!(signature["time"]["claimed"].is_string(), "{signature}");
    let by_file = verify(&bureau, &["to-khai.xml"]);
    assert_eq!(by_file.stdout, run.stdout, "the signature beside it is meant");

    // The file elsewhere, by name and by folder.
    fs::create_dir_all(bureau.path("khac")).unwrap();
    fs::rename(bureau.path("to-khai.xml"), bureau.path("khac/to-khai.xml")).unwrap();
    let run = verify(&bureau, &["to-khai.xml.p7s"]);
    assert_eq!(run.code, Some(2), "{}", run.stdout);
    let found = row(&run);
    assert_eq!(found["verdict"], "unreadable");
    assert!(found["signatures"].as_array().unwrap().is_empty(), "no verdict: {found}");
    assert!(run.stdout.contains("--content"), "{}", run.stdout);
    for content in ["khac/to-khai.xml", "khac"] {
        let run = verify(&bureau, &["to-khai.xml.p7s", "--content", content]);
        assert_eq!(run.code, Some(0), "{content}: {}{}", run.stdout, run.stderr);
    }
    bureau.desk.put("khac/to-khai.xml", "<a>so lieu</a>".as_bytes());
    let run = verify(&bureau, &["to-khai.xml.p7s", "--content", "khac"]);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert_eq!(row(&run)["signatures"][0]["sub_indication"], "HASH_FAILURE");
    let run = verify(&bureau, &["khong-co.p7s", "--content", "khac/to-khai.xml"]);
    assert_eq!(row(&run)["verdict"], "unreadable", "{}", run.stdout);
    for line in [
        &["to-khai.xml.p7s", "to-khai.xml.p7s", "--content", "khac/to-khai.xml"][..],
        &["khac/to-khai.xml", "--content", "khac/to-khai.xml"],
        &["to-khai.xml.p7s", "--content", "khong-co"],
    ] {
        let run = verify(&bureau, line);
        assert_eq!(run.code, Some(2), "{line:?}: {}", run.stdout);
        assert!(run.stdout.is_empty(), "{line:?}: {}", run.stdout);
    }
    bureau.desk.put("rac.p7s", b"hello");
    assert_eq!(verify(&bureau, &["rac.p7s"]).code, Some(2));
}

#[test]
#[expect(clippy::too_many_lines, reason = "one case after the other over one desk")]
fn signatures_of_other_programs_are_judged_as_ours() {
    let bureau = Bureau::new("beside-openssl");
    bureau.desk.put("a.xml", "<a>\n\u{1ef1}</a>\r\n".as_bytes());
    bureau.desk.put("signer.crt", pem(&bureau.office.signer).as_bytes());
    bureau.desk.put("issuing.crt", pem(&bureau.office.issuing).as_bytes());
    let base = [
        "cms",
        "-sign",
        "-binary",
        "-md",
        "sha256",
        "-in",
        "a.xml",
        "-signer",
        "signer.crt",
        "-inkey",
        "signer.pem",
        "-certfile",
        "issuing.crt",
        "-out",
        "a.xml.p7s",
    ];
    let pss = ["-outform", "DER", "-keyopt", "rsa_padding_mode:pss"];
    let cases: [(&str, &[&str], bool); 8] = [
        ("plain", &["-outform", "DER"], false),
        ("baseline", &["-outform", "DER", "-cades"], false),
        ("in letters", &["-outform", "PEM"], false),
        ("without attributes", &["-outform", "DER", "-noattr"], false),
        ("PSS", &pss, false),
        ("with content", &["-outform", "DER", "-nodetach"], true),
        ("with content, BER", &["-outform", "DER", "-nodetach", "-stream"], true),
        (
            "with content, no attributes",
            &["-outform", "DER", "-nodetach", "-noattr"],
            true,
        ),
    ];
    for (name, more, within) in cases {
        if !openssl(&bureau, &[&base[..], more].concat()) {
            return;
        }
        let run = verify(&bureau, &["a.xml.p7s"]);
        assert_eq!(run.code, Some(0), "{name}: {}{}", run.stdout, run.stderr);
        let signature = &row(&run)["signatures"][0];
        let level = if name == "baseline" { "B-B" } else { "PKCS7-B" };
        assert_eq!(signature["level"], level, "{name}");
        assert_eq!(signature["coverage"]["covers"], "whole-file", "{name}");
        // Another file beside it.
        let good = bureau.read("a.xml");
        bureau.desk.put("a.xml", b"<a>khac</a>");
        let run = verify(&bureau, &["a.xml.p7s"]);
        assert_eq!(run.code, Some(1), "{name}: {}", run.stdout);
        fs::remove_file(bureau.path("a.xml")).unwrap();
        let run = verify(&bureau, &["a.xml.p7s"]);
        assert_eq!(run.code, Some(if within { 0 } else { 2 }), "{name}: {}", run.stdout);
        if within {
            let found = row(&run);
            assert_eq!(found["signatures"][0]["coverage"]["covers"], "enclosed");
            assert_eq!(found["signs"], Value::Null);
        }
        bureau.desk.put("a.xml", &good);
    }
    // What is within was changed: the bytes of the file stand there as they are.
    let mut signed = bureau.read("a.xml.p7s");
    let at = signed.windows(3).position(|three| three == b"<a>").unwrap() + 1;
    signed[at] ^= 1;
    fs::remove_file(bureau.path("a.xml")).unwrap();
    bureau.desk.put("a.xml.p7s", &signed);
    assert_eq!(verify(&bureau, &["a.xml.p7s"]).code, Some(1));
}

#[test]
fn attributes_taken_from_a_signature_are_no_content_that_was_signed() {
    let bureau = Bureau::new("beside-attributes");
    bureau.desk.put("a.xml", b"<a/>");
    assert_eq!(bureau.sign(&["a.xml", "--detached"]).code, Some(0));
    let whole = bureau.read("a.xml.p7s");
    let data = SignedData::parse(&whole).unwrap();
    let own = data.signers[0].signed.as_ref().unwrap().stored.clone();
    // The same signature over the attributes, as if they were a file.
    let mut parts = Parts::parse(&whole).unwrap();
    let fields = &parts.signers[0].fields;
    let tagged = [&[0xa0][..], &own[1..]].concat();
    let at = fields.windows(tagged.len()).position(|part| part == tagged).unwrap();
    let fields = [&fields[..at], &fields[at + tagged.len()..]].concat();
    parts.signers[0].fields = fields;
    bureau.desk.put("b.bin", &own);
    bureau.desk.put("b.bin.p7s", &parts.der());
    let run = verify(&bureau, &["b.bin.p7s"]);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert_eq!(row(&run)["signatures"][0]["sub_indication"], "HASH_FAILURE");
}

#[test]
fn two_signers_of_one_file_are_two_signatures() {
    let bureau = Bureau::new("beside-two");
    bureau.desk.put("a.xml", b"<a/>");
    for key in ["signer", "signer-p256"] {
        let certificate = if key == "signer" {
            &bureau.office.signer
        } else {
            &bureau.office.signer_p256
        };
        bureau.desk.put(&format!("{key}.crt"), pem(certificate).as_bytes());
    }
    bureau.desk.put("issuing.crt", pem(&bureau.office.issuing).as_bytes());
    let line = [
        "cms",
        "-sign",
        "-binary",
        "-md",
        "sha256",
        "-in",
        "a.xml",
        "-signer",
        "signer.crt",
        "-inkey",
        "signer.pem",
        "-signer",
        "signer-p256.crt",
        "-inkey",
        "signer-p256.pem",
        "-certfile",
        "issuing.crt",
        "-outform",
        "DER",
        "-out",
        "a.xml.p7s",
    ];
    if !openssl(&bureau, &line) {
        return;
    }
    let run = verify(&bureau, &["a.xml.p7s"]);
    assert_eq!(run.code, Some(0), "{}", run.stdout);
    assert_eq!(row(&run)["signatures"].as_array().unwrap().len(), 2);
    // One of them is broken, and so is the file's verdict.
    let mut bytes = bureau.read("a.xml.p7s");
    let data = SignedData::parse(&bytes).unwrap();
    let value = &data.signers[1].signature;
    let at = bytes.windows(value.len()).position(|own| own == value).unwrap();
    bytes[at + value.len() - 1] ^= 1;
    bureau.desk.put("a.xml.p7s", &bytes);
    let run = verify(&bureau, &["a.xml.p7s"]);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    let found = row(&run);
    assert_eq!(found["signatures"][0]["verdict"], "passed");
    assert_eq!(found["signatures"][1]["verdict"], "failed");
}

#[test]
fn a_folder_is_judged_with_the_signatures_beside_its_files_and_goes_on_where_it_was() {
    let bureau = Bureau::new("beside-folder");
    bureau.desk.put("ho-so/a.xml", b"<a/>");
    bureau.desk.put("ho-so/sub/b.xlsx", b"PK");
    bureau.desk.put("c.pdf", &plain().classic());
    for file in ["ho-so/a.xml", "ho-so/sub/b.xlsx"] {
        assert_eq!(bureau.sign(&[file, "--detached"]).code, Some(0));
    }
    assert_eq!(bureau.sign(&["c.pdf", "-o", "ho-so/c.pdf"]).code, Some(0));
    let line = ["ho-so", "--resume", "notes"];
    let run = verify(&bureau, &line);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.contains("\"summary\":{\"files\":3,\"passed\":3"),
        "{}",
        run.stdout
    );
    assert_eq!(verify(&bureau, &line).stdout, run.stdout);
    // Finished verdicts are about the signed file as it was.
    bureau.desk.put("ho-so/a.xml", b"<b/>");
    let run = verify(&bureau, &line);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    // Signing a folder takes its PDF files alone.
    let run = bureau.sign_as("signer-p256", &["ho-so", "--out-dir", "ra"]);
    assert!(run.stdout.contains("1 signed"), "{}{}", run.stdout, run.stderr);
}
