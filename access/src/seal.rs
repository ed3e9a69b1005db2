//! Sealed cursors: a position that clients carry without being able to read or
//! change it, nor use it with another order or filter than it came from.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Generate, Payload},
};
use serde::{Deserialize, Serialize};

use crate::{datum::Datum, error::AccessError};

/// Where a row stands in its list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    /// Value of the order's column; none where there is no such column, or the
    /// value is NULL or not clear.
    pub(crate) key: Option<Datum>,
    pub(crate) id: i64,
}

pub(crate) struct Seal {
    cipher: XChaCha20Poly1305,
}

const NONCE: usize = 24;

impl Seal {
    /// # Errors
    /// If the secret isn't 32 bytes long.
    pub(crate) fn new(secret: &[u8]) -> Result<Seal, AccessError> {
        let cipher = XChaCha20Poly1305::new_from_slice(secret).map_err(AccessError::internal)?;
        Ok(Seal { cipher })
    }

    /// Seals a position of the list that `list` describes.
    pub(crate) fn seal(&self, position: &Position, list: &[u8]) -> Result<String, AccessError> {
        let message = serde_json::to_vec(position).map_err(AccessError::internal)?;
        let nonce = XNonce::generate();
        let sealed = self
            .cipher
            .encrypt(
                &nonce,
                Payload {
                    msg: &message,
                    aad: list,
                },
            )
            .map_err(AccessError::internal)?;
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Opens a cursor of the list that `list` describes.
    pub(crate) fn open(&self, cursor: &str, list: &[u8]) -> Result<Position, AccessError> {
        let open = || {
            let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
            let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
            let nonce = XNonce::try_from(nonce).ok()?;
            let payload = Payload {
                msg: sealed,
                aad: list,
            };
            let message = self.cipher.decrypt(&nonce, payload).ok()?;
            serde_json::from_slice(&message).ok()
        };
        open().ok_or_else(|| {
            AccessError::InvalidInput(
                "the cursor does not belong to this list: take it from a page with the same \
                 order and filter, asked for by the same user"
                    .to_owned(),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_opens_in_its_own_list_alone() {
        let seal = Seal::new(&[7; 32]).unwrap();
        let position = Position {
            key: Some(Datum::Text("王".into())),
            id: 42,
        };
        let cursor = seal.seal(&position, b"staff by name").unwrap();
        assert_eq!(seal.open(&cursor, b"staff by name").unwrap(), position);
        assert!(seal.open(&cursor, b"staff by division").is_err());
        assert!(
            Seal::new(&[8; 32])
                .unwrap()
                .open(&cursor, b"staff by name")
                .is_err()
        );
        for forged in ["", "x", "AAAA", &cursor[1..], &format!("{cursor}A")] {
            assert!(seal.open(forged, b"staff by name").is_err(), "{forged}");
        }
    }
}
