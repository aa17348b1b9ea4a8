//! `sohoa verify --policy`: what an office demands of algorithms, of changes and of
//! signers, in a file that a report names by its hash.

use std::fs;

use serde_json::Value;
use sohoa::digest::Digest;
use sohoa::verify::office;

use crate::afterwards::{FIELD, TEXT, signed};
use crate::sign::{Bureau, plain};

/// A bureau with a signed file, `b.pdf`.
fn bureau(name: &str) -> Bureau {
    let bureau = Bureau::new(name);
    bureau.desk.put("a.pdf", &plain().classic());
    assert_eq!(bureau.sign(&["a.pdf", "-o", "b.pdf"]).code, Some(0));
    bureau
}

/// The exit code and the report on a file under a policy, and more of the line.
fn judged(
    bureau: &Bureau,
    file: &str,
    policy: &str,
    more: &[&str],
) -> (Option<i32>, Value) {
    bureau.desk.put("policy.toml", policy.as_bytes());
    let line = ["verify", file, "--trust", "trust", "--trust", "lists", "--json"];
    let run = bureau.run(&[&line[..], &["--policy", "policy.toml"], more].concat());
    let report = serde_json::from_str(&run.stdout).expect(&run.stderr);
    (run.code, report)
}

fn codes(row: &Value) -> Vec<&str> {
    let findings = row["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[test]
fn keys_and_digests_must_be_as_large_as_an_office_demands() {
    let bureau = bureau("policy-algorithms");
    for (policy, code) in [
        ("", 0),
        ("[algorithms]\nec = 521\nrsa = 2048\ndigest = 256\n", 0),
        ("[algorithms]\nrsa = 3072\n", 3),
        ("[algorithms]\ndigest = 384\n", 3),
    ] {
        let (exit, report) = judged(&bureau, "b.pdf", policy, &[]);
        assert_eq!(exit, Some(code), "{policy}: {report}");
        let signature = &report["files"][0]["signatures"][0];
        let told = codes(signature).contains(&"policy.algorithm");
        assert_eq!(told, code == 3, "{signature}");
        if code == 3 {
            assert_eq!(signature["sub_indication"], "CRYPTO_CONSTRAINTS_FAILURE");
        }
    }
}

#[test]
fn what_a_signature_permits_an_office_may_forbid() {
    let bureau = bureau("policy-changes");
    // A field filled in after a certification that permits it.
    let field = format!("<<{FIELD}{TEXT}/V(Nguyen Van A)>>");
    bureau.desk.put("filled.pdf", &signed(Some(2), "").with(&[(8, &field)]).bytes);
    let strict = "[changes]\nafter_signing = \"signatures\"\n";
    let (exit, report) = judged(&bureau, "filled.pdf", "", &[]);
    assert_eq!(exit, Some(0), "{report}");
    let (exit, report) = judged(&bureau, "filled.pdf", strict, &[]);
    assert_eq!(exit, Some(1), "{report}");
    let signature = &report["files"][0]["signatures"][0];
    assert_eq!(signature["sub_indication"], "FORMAT_FAILURE");
    assert!(codes(signature).contains(&"policy.changes"), "{signature}");
    assert_eq!(signature["changes"][0]["effect"], "forbidden");
    // A further signature may follow.
    assert_eq!(bureau.sign(&["b.pdf", "-o", "c.pdf"]).code, Some(0));
    let (exit, report) = judged(&bureau, "c.pdf", strict, &[]);
    assert_eq!(exit, Some(0), "{report}");
}

#[test]
fn an_office_demands_signers_and_the_line_may_say_otherwise() {
    let bureau = bureau("policy-demands");
    let policy = "[require]\nat_least = \"lta\"\nsigner = \"Nobody\"\n";
    let (exit, report) = judged(&bureau, "b.pdf", policy, &[]);
    assert_eq!(exit, Some(1), "{report}");
    assert_eq!(codes(&report["files"][0]), ["require.signer", "require.level"]);
    let name = report["files"][0]["signatures"][0]["signer"]["name"].as_str().unwrap();
    let more = ["--at-least", "B-B", "--require-signer", name];
    let (exit, report) = judged(&bureau, "b.pdf", policy, &more);
    assert_eq!(exit, Some(0), "{report}");
    let (exit, _) = judged(&bureau, "a.pdf", "[require]\nsigned = true\n", &[]);
    assert_eq!(exit, Some(1));
}

#[test]
fn a_report_names_its_policy_and_the_evidence_holds_it() {
    let bureau = bureau("policy-named");
    let policy = "profile = \"usual\"\n";
    let (_, report) =
        judged(&bureau, "b.pdf", policy, &["--export-evidence", "evidence"]);
    let sha256 = Digest::of(policy.as_bytes()).to_string();
    assert_eq!(report["policy"]["name"], "policy.toml");
    assert_eq!(report["policy"]["sha256"], sha256);
    let kept = bureau.desk.path(&format!("evidence/policy/{sha256}.toml"));
    assert_eq!(fs::read_to_string(kept).unwrap(), policy);
    let run = bureau.run(&["verify", "b.pdf", "--json", "--policy", "tt15"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["policy"], serde_json::json!({ "name": "tt15" }));
    let run = bureau.run(&["verify", "b.pdf", "--html", "--policy", "policy.toml"]);
    assert!(run.stdout.contains(&format!("policy.toml, SHA-256 {sha256}")));
}

#[test]
fn a_policy_that_is_none_is_an_error_and_says_where() {
    let bureau = bureau("policy-none");
    bureau.desk.put("misspelt.toml", b"[require]\nsignd = true\n");
    bureau.desk.put("large.toml", &b"# \n".repeat(30_000));
    bureau.desk.put("binary.toml", b"\xff\xfe\x00");
    for (policy, told) in [
        ("tt16", "tt16"),
        ("misspelt.toml", "signd"),
        ("misspelt.toml", "2"),
        ("large.toml", "65536"),
        ("binary.toml", "binary.toml"),
        ("trust", "trust"),
    ] {
        let run = bureau.run(&["verify", "b.pdf", "--policy", policy]);
        assert_eq!(run.code, Some(2), "{policy}: {}", run.stdout);
        assert!(run.stdout.is_empty() && run.stderr.contains(told), "{}", run.stderr);
    }
}

#[test]
fn the_example_is_a_policy() {
    let (policy, demands) =
        office::read(include_str!("../../examples/policy.toml")).unwrap();
    assert!(policy.only_expected && demands.signed);
    assert_eq!(demands.roles, ["leader", "agency"]);
}
