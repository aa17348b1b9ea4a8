//! Where a request goes: the address, and the proxy on the way to it.
//!
//! Proxies stand in the environment as `curl` and others read it: `http_proxy`,
//! `https_proxy`, `all_proxy` and `no_proxy`, in small letters or capitals. Plain
//! requests are passed on by the proxy, safe ones go through a tunnel (RFC 9110,
//! 9.3.6): many offices' proxies open tunnels to port 443 alone.

use std::fmt;

use crate::net::NetError;
use crate::text::base64;

/// An address, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// Whether it is asked by TLS.
    pub(crate) secure: bool,
    /// Host with port, as the address writes it.
    pub(crate) authority: String,
    /// The host, without brackets.
    pub(crate) host: String,
    /// The port.
    pub(crate) port: u16,
    /// Path and query.
    pub(crate) path: String,
}

impl Address {
    /// Reads an `http` or `https` address (RFC 9110, 4.2).
    pub(crate) fn read(url: &str) -> Result<Self, NetError> {
        let bad = || NetError::Address(url.to_owned());
        let plain = url.bytes().all(|byte| byte.is_ascii_graphic());
        let (scheme, rest) = url.split_once("://").filter(|_| plain).ok_or_else(bad)?;
        let secure = match scheme.to_ascii_lowercase().as_str() {
            "http" => false,
            "https" => true,
            _ => return Err(bad()),
        };
        let (authority, path) = match rest.find(['/', '?', '#']) {
            Some(at) => rest.split_at(at),
            None => (rest, "/"),
        };
        let path = path.split('#').next().unwrap_or("/");
        let path =
            if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let usual = if secure { 443 } else { 80 };
        let (host, port) = host_and_port(authority, usual).ok_or_else(bad)?;
        Ok(Self { secure, authority: authority.to_owned(), host, port, path })
    }

    /// The address as a whole.
    pub(crate) fn whole(&self) -> String {
        let scheme = if self.secure { "https" } else { "http" };
        format!("{scheme}://{}{}", self.authority, self.path)
    }

    /// The address that `next`, seen from here, means (RFC 3986, 5.2).
    pub(crate) fn leads_to(&self, next: &str) -> Result<Self, NetError> {
        if next.contains("://") {
            return Self::read(next);
        }
        let scheme = if self.secure { "https" } else { "http" };
        if let Some(elsewhere) = next.strip_prefix("//") {
            return Self::read(&format!("{scheme}://{elsewhere}"));
        }
        let path = if next.starts_with('/') {
            next.to_owned()
        } else {
            let own = self.path.split('?').next().unwrap_or("/");
            let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{folder}/{next}")
        };
        Self::read(&format!("{scheme}://{}{path}", self.authority))
    }
}

/// The host without brackets, and the port. Nothing with a name and password in it:
/// they would be sent in clear.
fn host_and_port(authority: &str, usual: u16) -> Option<(String, u16)> {
    if authority.contains('@') {
        return None;
    }
    if let Some(rest) = authority.strip_prefix('[') {
        let (host, after) = rest.split_once(']')?;
        let port = match after.strip_prefix(':') {
            Some(port) => port.parse().ok()?,
            None if after.is_empty() => usual,
            None => return None,
        };
        return Some((host.to_owned(), port));
    }
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, port.parse().ok()?),
        None => (authority, usual),
    };
    (!host.is_empty()).then(|| (host.to_owned(), port))
}

/// The office's proxies.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    http: Option<String>,
    https: Option<String>,
    /// Hosts that are asked without.
    without: Vec<String>,
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An address of a proxy may hold its password.
        f.write_str("Proxies")
    }
}

impl Proxies {
    /// Those of an environment.
    #[must_use]
    pub fn of(get: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| get(name).filter(|value| !value.trim().is_empty());
        let either = |name: &str| set(name).or_else(|| set(&name.to_uppercase()));
        let all = either("all_proxy");
        let without = either("no_proxy").unwrap_or_default();
        let without = without.split([',', ' ']).map(|host| host.trim().to_lowercase());
        Self {
            http: either("http_proxy").or_else(|| all.clone()),
            https: either("https_proxy").or(all),
            without: without.filter(|host| !host.is_empty()).collect(),
        }
    }

    /// The proxy on the way to an address.
    pub(crate) fn to(&self, address: &Address) -> Result<Option<Proxy>, NetError> {
        let named = if address.secure { &self.https } else { &self.http };
        match named {
            Some(proxy) if !self.is_without(address) => Proxy::read(proxy).map(Some),
            Some(_) | None => Ok(None),
        }
    }

    /// `*` is everything, `a.vn` and `.a.vn` are `a.vn` and all below it.
    fn is_without(&self, address: &Address) -> bool {
        let host = address.host.to_lowercase();
        self.without.iter().any(|entry| {
            let (name, port) = match host_and_port(entry, address.port) {
                Some((name, port)) if entry.matches(':').count() < 2 => (name, port),
                // An IPv6 address without brackets.
                Some(_) | None => (entry.clone(), address.port),
            };
            let name = name.trim_start_matches("*.").trim_start_matches('.');
            let below = host.strip_suffix(name).is_some_and(|head| head.ends_with('.'));
            port == address.port && (name == "*" || host == name || below)
        })
    }
}

/// A proxy.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Proxy {
    /// Its host.
    pub(crate) host: String,
    /// Its port.
    pub(crate) port: u16,
    /// `name:password`.
    user: Option<String>,
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({}:{})", self.host, self.port)
    }
}

impl Proxy {
    /// Reads `[http://][name:password@]host[:port]`.
    fn read(text: &str) -> Result<Self, NetError> {
        let (scheme, rest) = text.trim().split_once("://").unwrap_or(("http", text));
        let (user, place) = match rest.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, rest),
        };
        let place = place.trim().trim_end_matches('/');
        let bad = || NetError::Proxy(format!("{scheme}://{place}"));
        if !scheme.eq_ignore_ascii_case("http") {
            return Err(bad());
        }
        let (host, port) = host_and_port(place, 80).ok_or_else(bad)?;
        Ok(Self { host, port, user: user.map(decoded) })
    }

    /// The header that lets us through, or nothing (RFC 7617).
    pub(crate) fn credentials(&self) -> String {
        let line = |user: &String| {
            let coded = base64::encode(user.as_bytes());
            format!("Proxy-Authorization: Basic {coded}\r\n")
        };
        self.user.as_ref().map(line).unwrap_or_default()
    }
}

/// A text with `%41` as what it stands for (RFC 3986, 2.1).
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let code = after.get(..2).and_then(|two| u8::from_str_radix(two, 16).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(b'%');
                rest = after;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(url: &str) -> Address {
        Address::read(url).unwrap()
    }

    #[test]
    fn addresses_are_taken_apart() {
        let plain = address("http://tsa.vn/a?b#c");
        assert_eq!((plain.secure, plain.port, plain.path.as_str()), (false, 80, "/a?b"));
        let six = address("https://[::1]:8443");
        assert_eq!((six.host.as_str(), six.port, six.path.as_str()), ("::1", 8443, "/"));
        for bad in
            ["ftp://a/", "http://", "http://u:p@a/", "http://a:x/", "a.vn", "http://a b/"]
        {
            assert!(Address::read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_address_leads_to_the_next_as_seen_from_it() {
        let from = address("https://a.vn/x/y?z");
        let to = |next: &str| from.leads_to(next).unwrap().whole();
        assert_eq!(to("http://b.vn/"), "http://b.vn/");
        assert_eq!(to("//b.vn/c"), "https://b.vn/c");
        assert_eq!(to("/c"), "https://a.vn/c");
        assert_eq!(to("c"), "https://a.vn/x/c");
    }

    #[test]
    fn proxies_are_those_that_the_environment_names() {
        let proxies = Proxies::of(|name| match name {
            "HTTP_PROXY" => Some("http://u%40x:p@proxy.vn:3128/".to_owned()),
            "all_proxy" => Some("proxy2".to_owned()),
            "no_proxy" => Some("localhost, .gov.vn,10.0.0.1:81".to_owned()),
            _ => None,
        });
        let to = |url: &str| proxies.to(&address(url)).unwrap();
        let plain = to("http://tsa.vn/").unwrap();
        assert_eq!((plain.host.as_str(), plain.port), ("proxy.vn", 3128));
        assert_eq!(plain.credentials(), "Proxy-Authorization: Basic dUB4OnA=\r\n");
        assert!(!format!("{plain:?}{proxies:?}").contains("p@"));
        assert_eq!(to("https://tsa.vn/").unwrap().host, "proxy2");
        for near in [
            "http://localhost/",
            "http://ca.gov.vn/",
            "https://gov.vn/",
            "http://10.0.0.1:81/",
        ] {
            assert_eq!(to(near), None, "{near}");
        }
        assert!(to("http://10.0.0.1/").is_some() && to("http://notgov.vn/").is_some());
        let socks = Proxies::of(|name| {
            (name == "all_proxy").then(|| "socks5://u:secret@p:1".to_owned())
        });
        let told = socks.to(&address("http://a/")).unwrap_err().to_string();
        assert!(told.contains("socks5://p:1") && !told.contains("secret"), "{told}");
    }
}
