//! The way of encrypting that Excel 2007 has: what was done is described in a few numbers.

use super::cipher::{Cipher, Hash};
use crate::workbook::facts::record::number32;

/// How often the digest of the password is made over again.
const TIMES: u32 = 50_000;

/// What tells whether a password is the right one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verifier<'a> {
    /// What the digest of the password is made with.
    pub(super) salt: &'a [u8],
    /// What is encrypted.
    pub(super) encrypted: &'a [u8],
    /// The digest of that, encrypted.
    pub(super) encrypted_hash: &'a [u8],
}

/// Returns the length of the key in bytes that a description states, and what tells whether a password is right.
pub(super) fn description(header_and_verifier: &[u8]) -> Option<(usize, Verifier<'_>)> {
    let length = number32(header_and_verifier, 0)? as usize;
    let header = header_and_verifier.get(4..)?.get(..length)?;
    let verifier = header_and_verifier.get(4 + length..)?;
    let verifier =
        Verifier { salt: verifier.get(4..20)?, encrypted: verifier.get(20..36)?, encrypted_hash: verifier.get(40..)? };
    Some((number32(header, 16)? as usize / 8, verifier))
}

/// Decrypts a package by a description; `None` where the password isn't the one that is known, or another way of encrypting
/// was used.
pub(super) fn decrypted(header_and_verifier: &[u8], mut content: Vec<u8>) -> Option<Vec<u8>> {
    let (key_length, verifier) = description(header_and_verifier)?;
    let of_password = Hash::Sha1.of_password(verifier.salt, TIMES);
    let cipher = Cipher::new(&key(&Hash::Sha1.of(&of_password, &[0; 4]), key_length)?)?;
    let (mut plain, mut hash) = (verifier.encrypted.to_vec(), verifier.encrypted_hash.get(..32)?.to_vec());
    cipher.decrypt(&mut plain);
    cipher.decrypt(&mut hash);
    if !hash.starts_with(&Hash::Sha1.of(&plain, &[])) {
        return None;
    }
    cipher.decrypt(&mut content);
    Some(content)
}

/// Makes a key of a digest.
fn key(digest: &[u8], length: usize) -> Option<Vec<u8>> {
    let filled = |fill: u8| {
        let mut bytes = [fill; 64];
        bytes.iter_mut().zip(digest).for_each(|(byte, of_digest)| *byte ^= of_digest);
        Hash::Sha1.of(&bytes, &[])
    };
    [filled(0x36), filled(0x5C)].concat().get(..length).map(<[u8]>::to_vec)
}
