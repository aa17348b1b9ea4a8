//! Object identifiers: the names that standards give to algorithms,
//! attributes and extensions.

/// An object identifier.
pub type Oid = const_oid::ObjectIdentifier;

macro_rules! oids {
    ($( $(#[$meta:meta])* $name:ident = $dotted:literal; )*) => { $(
        #[doc = concat!("`", $dotted, "`")]
        $(#[$meta])*
        pub const $name: Oid = Oid::new_unwrap($dotted);
    )* };
}

// Digests (RFC 3279, RFC 4055, RFC 8702, NIST CSOR).
oids! {
    MD5 = "1.2.840.113549.2.5";
    SHA1 = "1.3.14.3.2.26";
    SHA224 = "2.16.840.1.101.3.4.2.4";
    SHA256 = "2.16.840.1.101.3.4.2.1";
    SHA384 = "2.16.840.1.101.3.4.2.2";
    SHA512 = "2.16.840.1.101.3.4.2.3";
    SHA512_224 = "2.16.840.1.101.3.4.2.5";
    SHA512_256 = "2.16.840.1.101.3.4.2.6";
    SHA3_224 = "2.16.840.1.101.3.4.2.7";
    SHA3_256 = "2.16.840.1.101.3.4.2.8";
    SHA3_384 = "2.16.840.1.101.3.4.2.9";
    SHA3_512 = "2.16.840.1.101.3.4.2.10";
    SHAKE256 = "2.16.840.1.101.3.4.2.12";
    SHAKE256_LEN = "2.16.840.1.101.3.4.2.18";
}

// Keys and signatures.
oids! {
    RSA = "1.2.840.113549.1.1.1";
    RSA_MD5 = "1.2.840.113549.1.1.4";
    RSA_SHA1 = "1.2.840.113549.1.1.5";
    RSA_SHA1_OIW = "1.3.14.3.2.29";
    MGF1 = "1.2.840.113549.1.1.8";
    RSA_PSS = "1.2.840.113549.1.1.10";
    RSA_SHA256 = "1.2.840.113549.1.1.11";
    RSA_SHA384 = "1.2.840.113549.1.1.12";
    RSA_SHA512 = "1.2.840.113549.1.1.13";
    RSA_SHA224 = "1.2.840.113549.1.1.14";
    RSA_SHA512_224 = "1.2.840.113549.1.1.15";
    RSA_SHA512_256 = "1.2.840.113549.1.1.16";
    RSA_SHA3_224 = "2.16.840.1.101.3.4.3.13";
    RSA_SHA3_256 = "2.16.840.1.101.3.4.3.14";
    RSA_SHA3_384 = "2.16.840.1.101.3.4.3.15";
    RSA_SHA3_512 = "2.16.840.1.101.3.4.3.16";
    EC = "1.2.840.10045.2.1";
    ECDSA_SHA1 = "1.2.840.10045.4.1";
    ECDSA_SHA224 = "1.2.840.10045.4.3.1";
    ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    ECDSA_SHA384 = "1.2.840.10045.4.3.3";
    ECDSA_SHA512 = "1.2.840.10045.4.3.4";
    ECDSA_SHA3_224 = "2.16.840.1.101.3.4.3.9";
    ECDSA_SHA3_256 = "2.16.840.1.101.3.4.3.10";
    ECDSA_SHA3_384 = "2.16.840.1.101.3.4.3.11";
    ECDSA_SHA3_512 = "2.16.840.1.101.3.4.3.12";
    ECDSA_PLAIN_SHA224 = "0.4.0.127.0.7.1.1.4.1.2";
    ECDSA_PLAIN_SHA256 = "0.4.0.127.0.7.1.1.4.1.3";
    ECDSA_PLAIN_SHA384 = "0.4.0.127.0.7.1.1.4.1.4";
    ECDSA_PLAIN_SHA512 = "0.4.0.127.0.7.1.1.4.1.5";
    P192 = "1.2.840.10045.3.1.1";
    P224 = "1.3.132.0.33";
    K256 = "1.3.132.0.10";
    P256 = "1.2.840.10045.3.1.7";
    P384 = "1.3.132.0.34";
    P521 = "1.3.132.0.35";
    BRAINPOOL_P256R1 = "1.3.36.3.3.2.8.1.1.7";
    BRAINPOOL_P384R1 = "1.3.36.3.3.2.8.1.1.11";
    BRAINPOOL_P224R1 = "1.3.36.3.3.2.8.1.1.5";
    BRAINPOOL_P320R1 = "1.3.36.3.3.2.8.1.1.9";
    BRAINPOOL_P512R1 = "1.3.36.3.3.2.8.1.1.13";
    DSA = "1.2.840.10040.4.1";
    DSA_SHA1 = "1.2.840.10040.4.3";
    DSA_SHA224 = "2.16.840.1.101.3.4.3.1";
    DSA_SHA256 = "2.16.840.1.101.3.4.3.2";
    DSA_SHA384 = "2.16.840.1.101.3.4.3.3";
    DSA_SHA512 = "2.16.840.1.101.3.4.3.4";
    ED25519 = "1.3.101.112";
    ED448 = "1.3.101.113";
}

// Attributes of names (RFC 5280, appendix A; RFC 4519).
oids! {
    COMMON_NAME = "2.5.4.3";
    SURNAME = "2.5.4.4";
    SERIAL_NUMBER = "2.5.4.5";
    COUNTRY = "2.5.4.6";
    LOCALITY = "2.5.4.7";
    STATE = "2.5.4.8";
    STREET = "2.5.4.9";
    ORGANIZATION = "2.5.4.10";
    ORGANIZATIONAL_UNIT = "2.5.4.11";
    TITLE = "2.5.4.12";
    GIVEN_NAME = "2.5.4.42";
    ORGANIZATION_IDENTIFIER = "2.5.4.97";
    EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
    USER_ID = "0.9.2342.19200300.100.1.1";
    DOMAIN_COMPONENT = "0.9.2342.19200300.100.1.25";
}

// Extensions of certificates and revocation lists (RFC 5280, 4.2 and 5.2).
oids! {
    SUBJECT_KEY_ID = "2.5.29.14";
    KEY_USAGE = "2.5.29.15";
    SUBJECT_ALT_NAME = "2.5.29.17";
    ISSUER_ALT_NAME = "2.5.29.18";
    BASIC_CONSTRAINTS = "2.5.29.19";
    CRL_NUMBER = "2.5.29.20";
    REASON_CODE = "2.5.29.21";
    HOLD_INSTRUCTION = "2.5.29.23";
    INVALIDITY_DATE = "2.5.29.24";
    DELTA_CRL_INDICATOR = "2.5.29.27";
    ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    CERTIFICATE_ISSUER = "2.5.29.29";
    NAME_CONSTRAINTS = "2.5.29.30";
    CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    CERTIFICATE_POLICIES = "2.5.29.32";
    ANY_POLICY = "2.5.29.32.0";
    POLICY_MAPPINGS = "2.5.29.33";
    AUTHORITY_KEY_ID = "2.5.29.35";
    POLICY_CONSTRAINTS = "2.5.29.36";
    EXTENDED_KEY_USAGE = "2.5.29.37";
    FRESHEST_CRL = "2.5.29.46";
    INHIBIT_ANY_POLICY = "2.5.29.54";
    /// Revocation will never be told (RFC 9608, 2).
    NO_REV_AVAIL = "2.5.29.56";
    EXPIRED_CERTS_ON_CRL = "2.5.29.60";
    AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
    QC_STATEMENTS = "1.3.6.1.5.5.7.1.3";
    SUBJECT_INFO_ACCESS = "1.3.6.1.5.5.7.1.11";
    ACCESS_OCSP = "1.3.6.1.5.5.7.48.1";
    ACCESS_CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
    OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1";
    OCSP_NONCE = "1.3.6.1.5.5.7.48.1.2";
    OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    OCSP_ARCHIVE_CUTOFF = "1.3.6.1.5.5.7.48.1.6";
    /// Ends so soon that it is valid until then (EN 319 412-1, 5.2.2).
    VALIDITY_ASSURED = "0.4.0.194121.2.1";
    /// Qualified statement: an EU qualified certificate (EN 319 412-5, 4.2.1).
    QC_COMPLIANCE = "0.4.0.1862.1.1";
    /// Qualified statement: the key lies in a signature device (4.2.2).
    QC_DEVICE = "0.4.0.1862.1.4";
}

// What a key may be used for (RFC 5280, 4.2.1.12; RFC 9336).
oids! {
    ANY_USAGE = "2.5.29.37.0";
    SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
    TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";
    DOCUMENT_SIGNING_MICROSOFT = "1.3.6.1.4.1.311.10.3.12";
    AUTHENTIC_DOCUMENTS_ADOBE = "1.2.840.113583.1.1.5";
}

// Signed data and its attributes (RFC 5652, RFC 5035, RFC 5126, RFC 3161).
oids! {
    DATA = "1.2.840.113549.1.7.1";
    SIGNED_DATA = "1.2.840.113549.1.7.2";
    TST_INFO = "1.2.840.113549.1.9.16.1.4";
    CONTENT_TYPE = "1.2.840.113549.1.9.3";
    MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    SIGNING_TIME = "1.2.840.113549.1.9.5";
    COUNTER_SIGNATURE = "1.2.840.113549.1.9.6";
    ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52";
    CONTENT_HINTS = "1.2.840.113549.1.9.16.2.4";
    CONTENT_IDENTIFIER = "1.2.840.113549.1.9.16.2.7";
    CONTENT_REFERENCE = "1.2.840.113549.1.9.16.2.10";
    SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
    SIGNATURE_TIME_STAMP = "1.2.840.113549.1.9.16.2.14";
    SIGNATURE_POLICY = "1.2.840.113549.1.9.16.2.15";
    COMMITMENT_TYPE = "1.2.840.113549.1.9.16.2.16";
    SIGNER_LOCATION = "1.2.840.113549.1.9.16.2.17";
    SIGNER_ATTRIBUTES = "1.2.840.113549.1.9.16.2.18";
    CONTENT_TIME_STAMP = "1.2.840.113549.1.9.16.2.20";
    CERTIFICATE_REFS = "1.2.840.113549.1.9.16.2.21";
    REVOCATION_REFS = "1.2.840.113549.1.9.16.2.22";
    CERTIFICATE_VALUES = "1.2.840.113549.1.9.16.2.23";
    REVOCATION_VALUES = "1.2.840.113549.1.9.16.2.24";
    SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
    SIGNER_ATTRIBUTES_V2 = "0.4.0.19122.1.1";
    MIME_TYPE = "0.4.0.1733.2.1";
    ARCHIVE_TIME_STAMP_V3 = "0.4.0.1733.2.4";
    ATS_HASH_INDEX_V3 = "0.4.0.19122.1.5";
    ADOBE_REVOCATION = "1.2.840.113583.1.1.8";
    /// Time-stamp in the place Microsoft's Authenticode has it.
    MICROSOFT_TIME_STAMP = "1.3.6.1.4.1.311.3.3.1";
    /// An OCSP response among the revocation values of signed data (RFC 5940).
    RI_OCSP_RESPONSE = "1.3.6.1.5.5.7.16.2";
}
