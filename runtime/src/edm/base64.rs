//! Bytes as text (RFC 4648): what `Edm.Binary` and the bodies of batches are written in.

use base64::Engine as _;
use base64::alphabet;
#[cfg(feature = "base64")]
use base64::engine::general_purpose::STANDARD;
use base64::engine::general_purpose::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// The standard alphabet, with padding.
#[cfg(feature = "base64")]
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The URL-safe alphabet, with padding.
pub(crate) fn encode_url(bytes: &[u8]) -> String {
    URL_SAFE.encode(bytes)
}

/// Either alphabet, with padding or without.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let alphabet = if text.contains(['-', '_']) { alphabet::URL_SAFE } else { alphabet::STANDARD };
    GeneralPurpose::new(&alphabet, LENIENT).decode(text).ok()
}
