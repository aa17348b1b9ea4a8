//! What only the archive can derive from a dossier code.
//!
//! The look-up secret (mã tra cứu) is printed on the slip beside the code, and
//! the page of a dossier is published under a name nobody can guess. Both are
//! keyed hashes (HMAC, RFC 2104) of the code, so nothing has to be stored.

use crate::archive::Code;
use crate::archive::address::KEY_LENGTH;
use crate::digest::Digest;

/// Letters of a look-up secret.
const LENGTH: usize = 4;
/// Its letters: none that is mistaken for another.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Bytes of a block of SHA-256 (FIPS 180-4, 5.1.1).
const BLOCK: usize = 64;

/// The secret that unlocks the particulars of a dossier.
#[must_use]
pub fn look_up(key: &[u8; 32], code: &Code) -> String {
    let letter =
        |byte: &u8| char::from(*LETTERS.get(usize::from(byte & 31)).unwrap_or(&b'2'));
    derived(key, "look-up", code).bytes().iter().take(LENGTH).map(letter).collect()
}

/// The name of the published page of a dossier.
#[must_use]
pub fn page(key: &[u8; 32], code: &Code) -> String {
    derived(key, "page", code).to_string().chars().take(KEY_LENGTH).collect()
}

/// Whether somebody knows the secret; case and spaces do not matter.
#[must_use]
pub fn is_look_up(key: &[u8; 32], code: &Code, typed: &str) -> bool {
    let typed = typed.trim().to_ascii_uppercase();
    typed == look_up(key, code)
}

/// HMAC-SHA-256 of what the code is wanted for and its canonical spelling.
fn derived(key: &[u8; 32], purpose: &str, code: &Code) -> Digest {
    let pad = |with: u8| {
        let mut block = [with; BLOCK];
        block.iter_mut().zip(key).for_each(|(to, from)| *to ^= from);
        block
    };
    let text = format!("{purpose}\n{}", code.canonical());
    let inner = Digest::of(&[&pad(0x36)[..], text.as_bytes()].concat());
    Digest::of(&[&pad(0x5c)[..], inner.bytes()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_have_one_secret_and_no_two_codes_share_a_page() {
        let key = [7; 32];
        let code = |text: &str| text.parse::<Code>().unwrap();
        let (new, old) = (code("H32.18-260716-0001"), code("000.00.18.H32-260716-0001"));
        assert_eq!(look_up(&key, &new), look_up(&key, &old));
        assert_eq!(look_up(&key, &new).len(), LENGTH);
        assert!(is_look_up(&key, &new, &look_up(&key, &old).to_lowercase()));
        let pages: std::collections::BTreeSet<_> = (1..500)
            .map(|number| page(&key, &code(&format!("H32.18-260716-{number:04}"))))
            .collect();
        assert_eq!(pages.len(), 499);
        assert_ne!(page(&key, &new), page(&[8; 32], &new));
    }

    #[test]
    fn the_keyed_hash_is_that_of_the_standard() {
        // Computed with `openssl dgst -sha256 -mac hmac`.
        let code = "H32.18-260716-0001".parse().unwrap();
        let derived = derived(&[0x0b; 32], "page", &code).to_string();
        assert_eq!(
            derived,
            "d7554983faa216c409cf5931474f62c176bf6109fc731bead19faf887ae45813"
        );
    }
}
