//! The way of encrypting that Excel 2010 and later have: what was done is described as XML.

use quick_xml::events::BytesStart;

use super::cipher::{BLOCK, Cipher, Hash};
use crate::workbook::facts::element::{Tag, attribute, next_tag, number, reader};

/// How often a digest is made over again at most; Excel does it a tenth as often.
const MOST_TIMES: u32 = 1_000_000;
/// How many bytes are encrypted together.
const SEGMENT: usize = 4096;
/// What each key that the password gives is made with.
const OF_VERIFIER: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const OF_VERIFIERS_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const OF_KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

/// How something was encrypted.
#[derive(Debug)]
struct Manner {
    salt: Vec<u8>,
    hash: Hash,
    key_length: usize,
}

/// Decrypts a package by what `description` says; `None` where the password isn't the one that is known, or another way of
/// encrypting was used.
pub(super) fn decrypted(description: &str, mut content: Vec<u8>) -> Option<Vec<u8>> {
    let key = find(description, "encryptedKey")?;
    let content_manner = manner(&find(description, "keyData")?)?;
    let cipher = Cipher::new(&secret(&key)?)?;
    for (number, segment) in (0_u32..).zip(content.chunks_mut(SEGMENT)) {
        let first = content_manner.hash.of(&content_manner.salt, &number.to_le_bytes());
        cipher.decrypt_chained(segment, &fitted(first, BLOCK));
    }
    Some(content)
}

/// Returns the key of the content, which is itself encrypted by the password.
fn secret(key: &BytesStart<'_>) -> Option<Vec<u8>> {
    let manner = manner(key)?;
    let times = number(key, "spinCount").filter(|times| *times <= MOST_TIMES)?;
    let of_password = manner.hash.of_password(&manner.salt, times);
    let first = fitted(manner.salt.clone(), BLOCK);
    let decrypted = |name: &str, made_with: &[u8]| {
        let mut bytes = bytes(key, name)?;
        let cipher = Cipher::new(&fitted(manner.hash.of(&of_password, made_with), manner.key_length))?;
        cipher.decrypt_chained(&mut bytes, &first);
        Some(bytes)
    };
    let verifier = decrypted("encryptedVerifierHashInput", &OF_VERIFIER)?;
    let expected = manner.hash.of(&verifier, &[]);
    let is_known = decrypted("encryptedVerifierHashValue", &OF_VERIFIERS_HASH)?.starts_with(&expected);
    let mut secret = decrypted("encryptedKeyValue", &OF_KEY).filter(|_| is_known)?;
    secret.truncate(manner.key_length);
    Some(secret)
}

/// Returns the element of this name.
fn find(description: &str, name: &str) -> Option<BytesStart<'static>> {
    let mut reader = reader(description);
    loop {
        match next_tag(&mut reader).ok()?? {
            Tag::Start(start) if start.local_name().as_ref() == name => return Some(start.into_owned()),
            Tag::Start(_) | Tag::Empty(_) | Tag::End(_) => {}
        }
    }
}

fn manner(element: &BytesStart<'_>) -> Option<Manner> {
    let is_usual = attribute(element, "cipherAlgorithm")? == "AES"
        && attribute(element, "cipherChaining")? == "ChainingModeCBC"
        && number(element, "blockSize")? as usize == BLOCK;
    let hash = Hash::named(&attribute(element, "hashAlgorithm")?).filter(|_| is_usual)?;
    let key_length = number(element, "keyBits").filter(|bits| [128, 192, 256].contains(bits))? as usize / 8;
    Some(Manner { salt: bytes(element, "saltValue")?, hash, key_length })
}

/// Returns the bytes that an attribute holds.
fn bytes(element: &BytesStart<'_>, name: &str) -> Option<Vec<u8>> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(attribute(element, name)?.trim()).ok()
}

/// Returns bytes as many as a key or a block has.
fn fitted(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    const FILL: u8 = 0x36;
    bytes.resize(length, FILL);
    bytes
}
