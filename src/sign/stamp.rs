//! Time-stamps from an authority (RFC 3161) over HTTP.
//!
//! Several authorities may be named: the next one is asked when one is down, slow
//! or answers nonsense. What comes back is believed only after it is checked: it
//! must answer this question, be about this digest, be signed by the key of a
//! certificate that may stamp time, and tell a time that our clock can live with.

use std::sync::Mutex;
use std::time::Duration;

use crate::cms::Token;
use crate::net::{self, Door, NetError, Question};
use crate::pki::der::{self, Tag};
use crate::pki::{Certificate, Hash};
use crate::sign::SignError;
use crate::sign::cades::algorithm;
use crate::sign::error::StampError;
use crate::sign::key::{KeyError, random};
use crate::time::Timestamp;

/// Seconds by which the authority's clock and ours may differ. Its time counts,
/// but a clock further off signs with certificates it believes valid.
const MOST_DRIFT: i64 = 300;
/// Rounds through all authorities.
const ROUNDS: u32 = 3;
/// The wait before the second round; each further one is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// The longest wait that an authority may ask for.
const MOST_WAIT: u64 = 30;
/// Bytes that tokens of one authority may differ in.
pub const SLACK: usize = 1024;

/// The authorities, in the order in which they are asked.
#[derive(Debug)]
pub struct Authorities {
    urls: Vec<String>,
    door: Door,
    /// The largest token so far.
    largest: Mutex<usize>,
}

/// A token that was checked.
#[derive(Clone, Debug)]
pub struct Stamped {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The authority's certificate.
    pub certificate: Certificate,
    /// Certificates that came with it.
    pub pool: Vec<Certificate>,
    /// The time it tells.
    pub time: Timestamp,
}

impl Authorities {
    /// These authorities, asked through this door.
    #[must_use]
    pub fn new(urls: Vec<String>, door: Door) -> Self {
        Self { urls, door, largest: Mutex::new(0) }
    }

    /// Bytes that a token will not exceed, measured by asking for one.
    ///
    /// # Errors
    ///
    /// When no authority answers.
    pub fn size(&self, hash: Hash, now: Timestamp) -> Result<usize, SignError> {
        let known = self.largest.lock().map_or(0, |largest| *largest);
        if known > 0 {
            return Ok(known + SLACK);
        }
        let token = self.stamp(hash, &vec![0; hash.length()], now)?;
        Ok(token.bytes.len() + SLACK)
    }

    /// A token over something with this digest.
    ///
    /// # Errors
    ///
    /// When no authority gives one that can be used.
    pub fn stamp(
        &self,
        hash: Hash,
        digest: &[u8],
        now: Timestamp,
    ) -> Result<Stamped, SignError> {
        let mut failed: Vec<(String, StampError)> = Vec::new();
        for round in 0..ROUNDS {
            failed.clear();
            for url in &self.urls {
                match ask(url, (hash, digest), now, &self.door)? {
                    Ok(token) => {
                        if let Ok(mut largest) = self.largest.lock() {
                            *largest = token.bytes.len().max(*largest);
                        }
                        return Ok(token);
                    }
                    Err(error) => failed.push((url.clone(), error)),
                }
            }
            let passing = |(_, error): &(String, StampError)| matches!(error, StampError::Net(error) if error.is_passing());
            if round + 1 == ROUNDS || !failed.iter().any(passing) {
                break;
            }
            let asked = failed.iter().filter_map(|(_, error)| {
                if let StampError::Net(NetError::Status(_, after)) = error {
                    *after
                } else {
                    None
                }
            });
            let asked = Duration::from_secs(asked.max().unwrap_or(0).min(MOST_WAIT));
            net::wait(asked.max(FIRST_WAIT * 2_u32.pow(round)));
        }
        Err(SignError::NoStamp(failed))
    }
}

/// Asks one authority once.
fn ask(
    url: &str,
    (hash, digest): (Hash, &[u8]),
    now: Timestamp,
    door: &Door,
) -> Result<Result<Stamped, StampError>, KeyError> {
    let mut nonce: [u8; 8] = random()?;
    // A positive number of the full length.
    nonce[0] = nonce[0] & 0x3f | 0x40;
    let request = request((hash, digest), &nonce);
    let question = Question::Post("application/timestamp-query", &request);
    let answer = match door.ask(url, question) {
        Ok(answer) => answer,
        Err(error) => return Ok(Err(StampError::Net(error))),
    };
    Ok(check(&answer, (hash, digest), &nonce, now))
}

/// A `TimeStampReq` (RFC 3161, 2.4.1).
#[must_use]
pub fn request((hash, digest): (Hash, &[u8]), nonce: &[u8]) -> Vec<u8> {
    let imprint =
        der::sequence(&[&algorithm(hash.oid()), &der::encode(Tag::OCTET_STRING, digest)]);
    der::sequence(&[
        &der::encode(Tag::INTEGER, &[1]),
        &imprint,
        &der::encode(Tag::INTEGER, der::shortest(nonce)),
        // With the authority's certificate.
        &der::encode(Tag::BOOLEAN, &[0xff]),
    ])
}

/// What a `TimeStampResp` is worth (RFC 3161, 2.4.2).
///
/// # Errors
///
/// When its token cannot be used.
pub fn check(
    answer: &[u8],
    (hash, digest): (Hash, &[u8]),
    nonce: &[u8],
    now: Timestamp,
) -> Result<Stamped, StampError> {
    let nonsense = |_| StampError::Nonsense;
    let mut parts = der::whole_sequence(answer).map_err(nonsense)?;
    let mut status = parts.sequence().map_err(nonsense)?;
    let code = status.small().map_err(nonsense)?;
    if code > 1 {
        let why = status.optional(Tag::SEQUENCE).ok().flatten();
        let why = why.and_then(|texts| texts.reader().any().ok());
        let why = why.map(|text| String::from_utf8_lossy(text.value).into_owned());
        return Err(StampError::Refused(code, why.unwrap_or_default()));
    }
    let bytes = parts.expect(Tag::SEQUENCE).map_err(nonsense)?.raw.to_vec();
    let token = Token::parse(&bytes).map_err(|_not| StampError::Nonsense)?;
    if token.info.nonce.as_deref().map(der::magnitude) != Some(der::magnitude(nonce)) {
        return Err(StampError::Other);
    }
    let own = |asked: Hash| if asked == hash { digest.to_vec() } else { Vec::new() };
    let facts = token.verify(&own, &[]);
    if facts.imprint != crate::cms::timestamp::ImprintFact::Matches {
        return Err(StampError::Other);
    }
    let time = token.info.time;
    let fit = facts.is_intact() && facts.unfit.is_none() && facts.name_agrees;
    let certificate = facts.certificate.filter(|one| fit && one.is_valid_at(time));
    let certificate = certificate.ok_or(StampError::Unfit)?;
    let drift = time.unix() - now.unix();
    if drift.abs() > MOST_DRIFT {
        return Err(StampError::Clock(drift));
    }
    let pool = token.signed.certificates.clone();
    Ok(Stamped { bytes, certificate, pool, time })
}
