//! The policy of an office as a file of TOML: what it demands of algorithms, of changes
//! after signing, and of who must have signed.

use serde::Deserialize;

use crate::verify::demand::Demands;
use crate::verify::level::Stage;
use crate::verify::policy::Policy;
use crate::verify::role::Role;

/// Bytes of such a file.
pub const MOST_BYTES: u64 = 64 << 10;

/// What the file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    profile: Profile,
    algorithms: Algorithms,
    changes: Changes,
    require: Require,
}

/// What it begins from.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Profile {
    #[default]
    Usual,
    Tt15,
}

/// Fewest bits.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Algorithms {
    rsa: usize,
    ec: usize,
    digest: usize,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Changes {
    after_signing: Permitted,
}

/// What may come after a signature.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Permitted {
    /// What the signatures permit, and what is usual where they say nothing.
    #[default]
    Usual,
    /// What keeps signatures alive, and further signatures.
    Signatures,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Require {
    signed: bool,
    signer: Option<String>,
    roles: Vec<Demanded>,
    at_least: Option<Least>,
}

/// A role that can be demanded.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Demanded {
    Leader,
    Agency,
    SaoY,
}

/// A level that can be demanded.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Least {
    #[serde(alias = "B", alias = "B-B")]
    B,
    #[serde(alias = "T", alias = "B-T")]
    T,
    #[serde(alias = "LT", alias = "B-LT")]
    Lt,
    #[serde(alias = "LTA", alias = "B-LTA")]
    Lta,
}

/// Why a policy cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there, in the parser's words.
    pub detail: String,
}

/// Reads the policy of an office.
///
/// # Errors
///
/// When it is not TOML, or a key or value is none that there is: a misspelt demand
/// must not go unheard.
pub fn read(text: &str) -> Result<(Policy, Demands), PolicyError> {
    let text = text.trim_start_matches('\u{feff}');
    let written: Written = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        PolicyError {
            line: 1 + before.map_or(0, |before| before.matches('\n').count()),
            detail: error.message().to_owned(),
        }
    })?;
    let Written { profile, algorithms, changes, require } = written;
    let Algorithms { rsa, ec, digest } = algorithms;
    let policy = Policy {
        tt15: matches!(profile, Profile::Tt15),
        rsa,
        ec,
        digest,
        only_expected: matches!(changes.after_signing, Permitted::Signatures),
    };
    let role = |role: &Demanded| {
        let role = match role {
            Demanded::Leader => Role::Person,
            Demanded::Agency => Role::Agency,
            Demanded::SaoY => Role::Copy,
        };
        role.name().to_owned()
    };
    let level = |level| match level {
        Least::B => Stage::B,
        Least::T => Stage::T,
        Least::Lt => Stage::Lt,
        Least::Lta => Stage::Lta,
    };
    let demands = Demands {
        signed: require.signed,
        signer: require.signer,
        at_least: require.at_least.map(level),
        roles: require.roles.iter().map(role).collect(),
    };
    Ok((policy, demands))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_demanded() {
        let text = "profile = \"tt15\"\n[algorithms]\nrsa = 3072\n[changes]\n\
                    after_signing = \"signatures\"\n[require]\nsigned = true\n\
                    roles = [\"leader\", \"sao-y\"]\nat_least = \"LT\"\n";
        let (policy, demands) = read(text).unwrap();
        let asked = Policy { rsa: 3072, only_expected: true, ..Policy::TT15 };
        assert_eq!(policy, asked);
        assert_eq!((demands.signed, demands.at_least), (true, Some(Stage::Lt)));
        assert_eq!(demands.roles, ["leader", "sao-y"]);
        assert_eq!(read("").unwrap().0, Policy::default());
    }

    #[test]
    fn what_is_misspelt_is_an_error_of_its_line() {
        for (text, line, word) in [
            ("[require]\n\nsignd = true\n", 3, "signd"),
            ("[algorithms]\nrsa = \"3072\"\n", 2, "string"),
            ("profile = \"tt16\"\n", 1, "tt16"),
            ("[require]\nroles = [\n\"boss\"]\n", 3, "boss"),
            ("[requires]\n", 1, "requires"),
            ("[algorithms]\nec = -1\n", 2, "-1"),
            ("a", 1, "a"),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!(error.line, line, "{error:?}");
            assert!(text.len() < 2 || error.detail.contains(word), "{error:?}");
        }
    }
}
