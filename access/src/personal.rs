//! Personal data at rest: sealed under keys that are not in the database, so that neither
//! the database nor a copy of it tells any, and found again by a keyed digest, which tells
//! of two values that they are the same.

use std::str::FromStr;

use base64::{Engine, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead, Generate, Key as RandomKey, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::error::AccessError;

/// Keys for personal data. The first seals; the others open what was sealed before it.
#[derive(Clone)]
pub struct PersonalKeys(Vec<Key>);

/// One key, with what is derived from it.
#[derive(Clone)]
struct Key {
    name: KeyName,
    cipher: XChaCha20Poly1305,
    digest: Hmac<Sha256>,
    audit: Hmac<Sha256>,
}

/// Tells keys apart, and tells nothing of them.
type KeyName = [u8; 4];

const KEY: usize = 32;
const NONCE: usize = 24;

/// A text that a key has sealed proves that it is the key.
const PROOF: &str = "GRASSROOTS";
const OF_PROOF: Spot<'_> = Spot {
    column: PROOF,
    record: 0,
};

/// Where a sealed value belongs: it opens nowhere else.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot<'a> {
    /// The column's name with its table's.
    pub(crate) column: &'a str,
    /// Key of the record.
    pub(crate) record: i64,
}

impl Spot<'_> {
    fn bytes(&self) -> Vec<u8> {
        format!("{}\0{}", self.column, self.record).into_bytes()
    }
}

/// A value that is sealed, and the digest by which it is found.
pub(crate) struct SealedText {
    pub(crate) bytes: Vec<u8>,
    pub(crate) digest: i64,
}

impl PersonalKeys {
    /// A new key, as [`PersonalKeys::from_str`] reads it.
    pub fn generate() -> String {
        STANDARD.encode(RandomKey::<XChaCha20Poly1305>::generate())
    }

    /// The names of the keys, the one that seals first, in eight hexadecimal digits.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|key| hexadecimal(key.name))
    }

    /// Seals a value for its spot.
    pub(crate) fn seal(&self, spot: Spot<'_>, value: &str) -> Result<SealedText, AccessError> {
        let [key, ..] = self.0.as_slice() else {
            return Err(AccessError::internal("there is no key for personal data"));
        };
        let value = normal(value);
        Ok(SealedText {
            bytes: key.seal(spot, &value)?,
            digest: key.digest(spot.column, &value),
        })
    }

    /// Opens what was sealed under any of the keys.
    pub(crate) fn open(&self, spot: Spot<'_>, sealed: &[u8]) -> Result<String, AccessError> {
        let opened = self.key_of(sealed).and_then(|key| key.open(spot, sealed));
        opened.ok_or_else(|| {
            AccessError::internal(format!(
                "{} of {} can't be opened: its key is not given, or it was changed or moved",
                spot.column, spot.record
            ))
        })
    }

    /// The digests by which a value may be found, by the key that it was sealed under.
    pub(crate) fn digests(&self, column: &str, value: &str) -> impl Iterator<Item = i64> {
        let value = normal(value);
        self.0.iter().map(move |key| key.digest(column, &value))
    }

    /// What begins everything that the key that seals now has sealed.
    pub(crate) fn current(&self) -> &[u8] {
        self.0.first().map_or(&[], |key| key.name.as_slice())
    }

    /// Whether the key that seals now sealed this.
    pub(crate) fn is_current(&self, sealed: &[u8]) -> bool {
        sealed.starts_with(self.current())
    }

    /// What proves the key that seals.
    pub(crate) fn proof(&self) -> Result<Vec<u8>, AccessError> {
        Ok(self.seal(OF_PROOF, PROOF)?.bytes)
    }

    /// Whether one of the keys gave this proof.
    pub(crate) fn proves(&self, proof: &[u8]) -> bool {
        self.open(OF_PROOF, proof).is_ok_and(|text| text == PROOF)
    }

    /// What only who has the key that seals now can make of a message.
    pub(crate) fn authenticate(&self, message: &[u8]) -> Result<Vec<u8>, AccessError> {
        let [key, ..] = self.0.as_slice() else {
            return Err(AccessError::internal("there is no key for the audit trail"));
        };
        let code = key.audit.clone().chain_update(message).finalize();
        Ok([key.name.as_slice(), &code.into_bytes()].concat())
    }

    /// Whether it was made of this message; nothing where its key is not among these.
    pub(crate) fn is_authentic(&self, message: &[u8], code: &[u8]) -> Option<bool> {
        let key = self.key_of(code)?;
        let expected = key.audit.clone().chain_update(message);
        let code = code.get(key.name.len()..).unwrap_or_default();
        Some(expected.verify_slice(code).is_ok())
    }

    fn key_of(&self, sealed: &[u8]) -> Option<&Key> {
        self.0.iter().find(|key| sealed.starts_with(&key.name))
    }
}

/// What of a sealed value tells its key.
pub(crate) fn key_name(sealed: &[u8]) -> String {
    let name = sealed.first_chunk().copied().unwrap_or_default();
    hexadecimal(name)
}

fn hexadecimal(name: KeyName) -> String {
    format!("{:08x}", u32::from_be_bytes(name))
}

/// Numbers are written with and without blanks, and a check digit X in either case.
fn normal(value: &str) -> String {
    let letters = value.chars().filter(|letter| !letter.is_whitespace());
    letters.flat_map(char::to_uppercase).collect()
}

/// Keys in base64, 32 bytes each, separated by commas or white space.
impl FromStr for PersonalKeys {
    type Err = String;

    fn from_str(text: &str) -> Result<PersonalKeys, String> {
        let words = text.split(|letter: char| letter == ',' || letter.is_whitespace());
        let words = words.filter(|word| !word.is_empty());
        let keys: Vec<Key> = words.map(Key::read).collect::<Result<_, _>>()?;
        match keys.is_empty() {
            true => Err("it holds no key".to_owned()),
            false => Ok(PersonalKeys(keys)),
        }
    }
}

impl Key {
    /// The key stays out of the message.
    fn read(text: &str) -> Result<Key, String> {
        let bytes = STANDARD.decode(text).ok();
        let key = bytes.and_then(|bytes| <[u8; KEY]>::try_from(bytes).ok());
        let key = key.ok_or_else(|| {
            format!("a key of it is not {KEY} bytes in base64; `grassroots key` prints one")
        })?;
        let derived = |purpose: &str| {
            let mut derive = mac(&key);
            derive.update(purpose.as_bytes());
            <[u8; KEY]>::from(derive.finalize().into_bytes())
        };
        let [a, b, c, d, ..] = derived("name");
        Ok(Key {
            name: [a, b, c, d],
            cipher: XChaCha20Poly1305::new(&derived("seal").into()),
            digest: mac(&derived("digest")),
            audit: mac(&derived("audit")),
        })
    }

    fn seal(&self, spot: Spot<'_>, value: &str) -> Result<Vec<u8>, AccessError> {
        let nonce = XNonce::generate();
        let payload = Payload {
            msg: value.as_bytes(),
            aad: &spot.bytes(),
        };
        let sealed = self.cipher.encrypt(&nonce, payload);
        let sealed = sealed.map_err(AccessError::internal)?;
        Ok([&self.name, nonce.as_slice(), &sealed].concat())
    }

    fn open(&self, spot: Spot<'_>, sealed: &[u8]) -> Option<String> {
        let sealed = sealed.strip_prefix(&self.name)?;
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let payload = Payload {
            msg: sealed,
            aad: &spot.bytes(),
        };
        let nonce = XNonce::try_from(nonce).ok()?;
        let opened = self.cipher.decrypt(&nonce, payload).ok()?;
        String::from_utf8(opened).ok()
    }

    /// Sixty-four bits tell the values of a whole country apart.
    fn digest(&self, column: &str, value: &str) -> i64 {
        let mut digest = self.digest.clone();
        for part in [column, "\0", value] {
            digest.update(part.as_bytes());
        }
        let digest = digest.finalize().into_bytes();
        digest
            .first_chunk()
            .map_or(0, |first| i64::from_be_bytes(*first))
    }
}

/// A key that is shorter than a block is filled up with zeros.
fn mac(key: &[u8; KEY]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    block[..KEY].copy_from_slice(key);
    Hmac::new(&block.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONE: Spot<'_> = Spot {
        column: "person.phone",
        record: 1,
    };
    const NUMBER: Spot<'_> = Spot {
        column: "person.identity_number",
        record: 1,
    };

    fn keys(texts: &[&str]) -> PersonalKeys {
        texts.join(",").parse().unwrap()
    }

    #[test]
    fn a_value_opens_in_its_spot_and_under_its_key_alone() {
        let (old, new) = (PersonalKeys::generate(), PersonalKeys::generate());
        let sealed = keys(&[&old]).seal(PHONE, "138 1234 5678").unwrap();
        assert!(!sealed.bytes.windows(4).any(|four| four == b"1381"));
        for ring in [keys(&[&old]), keys(&[&new, &old])] {
            assert_eq!(ring.open(PHONE, &sealed.bytes).unwrap(), "13812345678");
            assert!(ring.open(NUMBER, &sealed.bytes).is_err());
            let of_another = Spot { record: 2, ..PHONE };
            assert!(ring.open(of_another, &sealed.bytes).is_err());
            let mut digests = ring.digests("person.phone", "13812345678");
            assert!(digests.any(|digest| digest == sealed.digest));
        }
        assert!(keys(&[&new]).open(PHONE, &sealed.bytes).is_err());
        assert!(keys(&[&old, &new]).is_current(&sealed.bytes));
        assert!(!keys(&[&new, &old]).is_current(&sealed.bytes));
        let mut changed = sealed.bytes.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(keys(&[&old]).open(PHONE, &changed).is_err());
    }

    #[test]
    fn one_value_is_sealed_differently_each_time_and_found_the_same() {
        let keys = keys(&[&PersonalKeys::generate()]);
        let [one, other] = [(); 2].map(|()| keys.seal(PHONE, "1").unwrap());
        assert_ne!(one.bytes, other.bytes);
        assert_eq!(one.digest, other.digest);
        let elsewhere = keys.seal(NUMBER, "1").unwrap();
        assert_ne!(elsewhere.digest, one.digest);
    }

    #[test]
    fn a_key_is_proved_by_what_it_sealed() {
        let (one, other) = (PersonalKeys::generate(), PersonalKeys::generate());
        let proof = keys(&[&one]).proof().unwrap();
        assert!(keys(&[&other, &one]).proves(&proof));
        assert!(!keys(&[&other]).proves(&proof));
        assert_eq!(keys(&[&one]).names().next(), Some(key_name(&proof)));
    }

    #[test]
    fn what_is_no_key_is_not_repeated() {
        for bad in [
            "",
            " , ",
            "c2VjcmV0",
            "%%%",
            &format!("{},secret", PersonalKeys::generate()),
        ] {
            let problem = bad.parse::<PersonalKeys>().err().unwrap();
            assert!(
                !problem.contains("c2VjcmV0") && !problem.contains("secret"),
                "{problem}"
            );
        }
    }
}
