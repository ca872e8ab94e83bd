//! What a server's certificate says of itself.

use rustls_pki_types::{CertificateDer, ServerName};
use sha2::{Digest as _, Sha256};

/// Whether it is for this name; `Err` is why not.
pub(super) fn is_for(certificate: &CertificateDer<'_>, name: &ServerName<'_>) -> Result<(), String> {
    webpki::EndEntityCert::try_from(certificate)
        .and_then(|certificate| certificate.verify_is_valid_for_subject_name(name))
        .map_err(|error| match error {
            webpki::Error::CertNotValidForName(context) => {
                let for_whom = match &context.presented[..] {
                    [] => "it has no name".to_owned(),
                    names => format!("it is for {}", names.join(", ")),
                };
                format!("it is not valid for name {}: {for_whom}", name.to_str())
            }
            error => format!("it cannot be read: {error}"),
        })
}

/// SHA-256 of its public key (SubjectPublicKeyInfo).
pub(super) fn public_key_hash(certificate: &CertificateDer<'_>) -> Option<[u8; 32]> {
    let certificate = webpki::EndEntityCert::try_from(certificate).ok()?;
    Some(Sha256::digest(certificate.subject_public_key_info().as_ref()).into())
}

/// The issuer's common name, or organisation, for people.
pub(super) fn issuer(certificate: &CertificateDer<'_>) -> String {
    let Ok(certificate) = webpki::EndEntityCert::try_from(certificate) else {
        return "not readable".into();
    };
    let name = certificate.issuer();
    [COMMON_NAME, ORGANISATION].iter().find_map(|kind| attribute(name, kind)).unwrap_or_else(|| "unnamed".into())
}

/// The encoded object identifiers of the two attributes that name an authority (X.520).
const COMMON_NAME: &[u8] = &[0x06, 0x03, 0x55, 0x04, 0x03];
const ORGANISATION: &[u8] = &[0x06, 0x03, 0x55, 0x04, 0x0a];

/// The text behind an attribute's identifier in a DER name: kind, length (short form: an attribute of more than 127 bytes
/// is left out), text.
fn attribute(name: &[u8], kind: &[u8]) -> Option<String> {
    let at = name.windows(kind.len()).position(|window| window == kind)?;
    let value = name.get(at + kind.len()..)?;
    let (&length, text) = value.get(1..)?.split_first()?;
    let text = text.get(..usize::from(length))?;
    let text: String = String::from_utf8_lossy(text).chars().filter(|c| !c.is_control()).collect();
    (!text.is_empty()).then_some(text)
}
