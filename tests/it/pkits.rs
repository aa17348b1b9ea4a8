//! NIST's Public Key Interoperability Test Suite: 246 chains that a validator
//! of RFC 5280 must tell apart. Read from the corpus, skipped without it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sohoa::pki::path::{self, Purpose, Request, Status};
use sohoa::pki::policy::PolicyInputs;
use sohoa::pki::store::Place;
use sohoa::pki::{Certificate, Crl, Evidence, Oid, Store};
use sohoa::time::Timestamp;

/// 2020-01-01: most of the suite holds from 2010 to 2030.
const NOW: i64 = 1_577_836_800;

/// The tests that are about revocation lists: 4.4, 4.5, 4.7.4 and 4.7.5,
/// 4.14 and 4.15.
const ABOUT_LISTS: [&str; 6] = ["404", "405", "40704", "40705", "414", "415"];

#[test]
fn every_case_of_pkits_is_decided_as_nist_does() {
    let Some(suite) = suite() else {
        println!("skipped: no PKITS in the corpus; set SOHOA_CORPUS");
        return;
    };
    let cases: Vec<Value> =
        serde_json::from_str(&fs::read_to_string(suite.join("cases.json")).unwrap())
            .unwrap();
    assert_eq!(cases.len(), 246);
    let anchor = certificate(&suite, "TrustAnchorRootCertificate.crt");
    let mut store = Store::default();
    store.add_anchor(&Place::default(), anchor);
    let mut wrong = Vec::new();
    for case in &cases {
        let path = judge(&suite, &store, case);
        let expected = case["expected"] == "VALID";
        // A chain refused for another fault must not be refused for want of a list.
        let id = case["id"].as_str().unwrap();
        let unknown = matches!(path.status, Status::RevocationUnknown(_));
        let by_luck = unknown && !ABOUT_LISTS.iter().any(|about| id.starts_with(about));
        if path.is_valid() != expected || by_luck {
            wrong.push(format!(
                "{} {} {}: {:?}",
                case["id"], case["name"], case["params"], path.problems
            ));
        }
    }
    println!("PKITS: {} of {} as NIST decides", cases.len() - wrong.len(), cases.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn judge(suite: &Path, store: &Store, case: &Value) -> path::Path {
    let target = certificate(suite, case["leaf"].as_str().unwrap());
    let pool: Vec<Certificate> =
        names(&case["others"]).map(|name| certificate(suite, name)).collect();
    let root_list = Some("TrustAnchorRootCRL.crl");
    let crls = names(&case["crls"]).chain(root_list).map(|name| {
        Crl::parse(&fs::read(suite.join("crls").join(name)).unwrap()).unwrap()
    });
    let evidence = Evidence { crls: crls.collect(), ocsps: Vec::new() };
    let now = Timestamp::from_unix(NOW).unwrap();
    let mut request = Request::new(&target, store, &evidence, now);
    request.pool = &pool;
    request.purpose = Purpose::Any;
    request.policy = policy(&case["params"]);
    path::validate(&request)
}

fn policy(params: &Value) -> PolicyInputs {
    let set = params["user_initial_policy_set"].as_array().map(|set| {
        let oids = set.iter().map(|oid| Oid::new_unwrap(oid.as_str().unwrap()));
        oids.collect::<BTreeSet<Oid>>()
    });
    let flag = |name: &str| params[name] == true;
    PolicyInputs {
        accepted: set,
        require_explicit: flag("initial_explicit_policy"),
        inhibit_mapping: flag("initial_policy_mapping_inhibit"),
        inhibit_any: flag("initial_any_policy_inhibit"),
    }
}

fn names(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().unwrap().iter().map(|name| name.as_str().unwrap())
}

fn certificate(suite: &Path, name: &str) -> Certificate {
    let bytes = fs::read(suite.join("certs").join(name)).unwrap();
    Certificate::parse(&bytes).expect(name)
}

/// The suite in the corpus, if it is there.
fn suite() -> Option<PathBuf> {
    let corpus = std::env::var("SOHOA_CORPUS");
    let corpus = PathBuf::from(corpus.unwrap_or_else(|_| "../shared/corpus".to_owned()));
    let suite = corpus.join("pkits");
    suite.join("cases.json").exists().then_some(suite)
}
