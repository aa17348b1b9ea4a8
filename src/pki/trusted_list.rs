//! Trusted lists of the European form (ETSI TS 119 612): authorities and
//! time-stamping services, and since when a state vouches for them.
//!
//! The list's own signature is not checked. Whoever puts a list into a store
//! vouches for the file, as for a root certificate there, and reports name it
//! by its hash.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::pki::certificate::Certificate;
use crate::pki::error::Malformed;
use crate::pki::pem;
use crate::time::Timestamp;

/// Elements within elements.
const MOST_DEPTH: usize = 64;
/// Services in one list; the largest has a few thousand.
const MOST_SERVICES: usize = 50_000;
/// What stands before the names of kinds of services (TS 119 612, 5.5.1).
const KIND: &str = "http://uri.etsi.org/TrstSvc/Svctype/";
/// What stands before the names of states (TS 119 612, 5.5.4).
const STATE: &str = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/";
/// States in which a service may be relied on, of the present lists and of
/// those before 2016.
const GRANTED: [&str; 6] = [
    "granted",
    "recognisedatnationallevel",
    "undersupervision",
    "supervisionincessation",
    "accredited",
    "setbynationallaw",
];

/// A service that a list speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// What it does.
    pub kind: ServiceKind,
    /// Its states, the newest first.
    pub states: Vec<State>,
}

/// What a service does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceKind {
    /// It issues certificates.
    Authority,
    /// It stamps time.
    TimeStamping,
    /// Something else.
    Other,
}

/// The state of a service from a moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// From when.
    pub from: Timestamp,
    /// Whether it may be relied on.
    pub granted: bool,
}

impl Service {
    /// Whether it might be relied on at this moment.
    #[must_use]
    pub fn is_granted_at(&self, at: Timestamp) -> bool {
        let begun = self.states.iter().filter(|state| state.from <= at);
        begun.max_by_key(|state| state.from).is_some_and(|state| state.granted)
    }
}

/// Whether these bytes look like a trusted list.
#[must_use]
pub fn is_trusted_list(bytes: &[u8]) -> bool {
    const ROOT: &[u8] = b"TrustServiceStatusList";
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    head.windows(ROOT.len()).any(|window| window == ROOT)
}

/// The services of a list, each with the certificates it is known by.
///
/// # Errors
///
/// When it is no list.
pub fn parse(bytes: &[u8]) -> Result<Vec<(Service, Vec<Certificate>)>, Malformed> {
    let text = std::str::from_utf8(bytes).map_err(|_other_encoding| Malformed::Value)?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut list = List::default();
    let mut open: Vec<String> = Vec::new();
    let mut content = String::new();
    loop {
        match reader.read_event().map_err(|_not_xml| Malformed::Value)? {
            Event::Start(tag) => {
                if open.len() == MOST_DEPTH {
                    return Err(Malformed::Depth);
                }
                open.push(tag.local_name().as_ref().to_owned());
                list.begin(open.last().map_or("", String::as_str))?;
                content.clear();
            }
            Event::Text(part) => {
                content.push_str(&part);
            }
            Event::End(_) => {
                let name = open.pop().ok_or(Malformed::Trailing)?;
                list.end(&name, content.trim());
                content.clear();
            }
            // No entity is expanded, and none has a place in what is read.
            Event::DocType(_) => return Err(Malformed::Value),
            Event::Eof => break,
            // `<a/>` says nothing, and references have no place in what is read.
            Event::Empty(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::GeneralRef(_) => {}
        }
    }
    if open.is_empty() { Ok(list.services) } else { Err(Malformed::Ends) }
}

/// A list while it is read.
#[derive(Default)]
struct List {
    services: Vec<(Service, Vec<Certificate>)>,
    certificates: Vec<Certificate>,
    kind: Option<ServiceKind>,
    states: Vec<State>,
    granted: bool,
    in_history: bool,
}

impl List {
    fn begin(&mut self, name: &str) -> Result<(), Malformed> {
        match name {
            "TSPService" => {
                if self.services.len() == MOST_SERVICES {
                    return Err(Malformed::TooMany);
                }
                self.certificates.clear();
                self.states.clear();
                self.kind = None;
                self.in_history = false;
            }
            "ServiceHistory" => self.in_history = true,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, content: &str) {
        match name {
            "ServiceTypeIdentifier" if !self.in_history => {
                self.kind = Some(kind(content));
            }
            "ServiceStatus" => {
                let state = content.strip_prefix(STATE);
                self.granted = state.is_some_and(|state| GRANTED.contains(&state));
            }
            "StatusStartingTime" => {
                let from = moment(content);
                self.states
                    .extend(from.map(|from| State { from, granted: self.granted }));
            }
            "X509Certificate" if !self.in_history => {
                let der = pem::decode(content);
                self.certificates
                    .extend(der.and_then(|der| Certificate::parse(&der).ok()));
            }
            "TSPService" => {
                let kind = self.kind.unwrap_or(ServiceKind::Other);
                let service = Service { kind, states: std::mem::take(&mut self.states) };
                self.services.push((service, std::mem::take(&mut self.certificates)));
            }
            _ => {}
        }
    }
}

fn kind(uri: &str) -> ServiceKind {
    let name = uri.strip_prefix(KIND).unwrap_or_default();
    match name.split('/').next() {
        Some("CA") => ServiceKind::Authority,
        Some("TSA") => ServiceKind::TimeStamping,
        Some(_) | None => ServiceKind::Other,
    }
}

/// `2016-06-30T22:00:00Z` (TS 119 612, 5.1.3).
fn moment(text: &str) -> Option<Timestamp> {
    let moment: jiff::Timestamp = text.parse().ok()?;
    Timestamp::from_unix(moment.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_relied_on_while_its_state_says_so() {
        let state = |name: &str, from: &str| {
            format!(
                "<ServiceStatus>{STATE}{name}</ServiceStatus>\
                 <StatusStartingTime>{from}</StatusStartingTime>"
            )
        };
        let list = format!(
            "<?xml version=\"1.0\"?><tsl:TrustServiceStatusList xmlns:tsl=\"x\"><TSPService>\
             <ServiceInformation><ServiceTypeIdentifier>{KIND}CA/QC</ServiceTypeIdentifier>{}\
             </ServiceInformation><ServiceHistory><ServiceHistoryInstance>{}\
             </ServiceHistoryInstance></ServiceHistory></TSPService></tsl:TrustServiceStatusList>",
            state("withdrawn", "2020-01-01T00:00:00Z"),
            state("granted", "2016-07-01T00:00:00Z"),
        );
        assert!(is_trusted_list(list.as_bytes()));
        let services = parse(list.as_bytes()).unwrap();
        let service = &services[0].0;
        assert_eq!(service.kind, ServiceKind::Authority);
        let at = |text| service.is_granted_at(moment(text).unwrap());
        assert!(!at("2016-06-30T00:00:00Z"));
        assert!(at("2018-01-01T00:00:00Z"));
        assert!(!at("2020-01-01T00:00:00Z"));
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        for bad in ["<TrustServiceStatusList>", "<!DOCTYPE x><a/>", "<a></b>", "\u{0}<"] {
            assert!(parse(bad.as_bytes()).is_err(), "{bad}");
        }
        assert_eq!(parse("<a>".repeat(1000).as_bytes()), Err(Malformed::Depth));
    }
}
