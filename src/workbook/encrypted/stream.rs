//! Streams of Excel 97 to 2003: the contents of most of their records are encrypted, in one of three ways.

use std::ops::Range;

use md5::Md5;
use rc4::{KeyInit, Rc4, StreamCipher};

use super::cipher::{Hash, digest};
use super::password::password;
use super::standard;
use crate::workbook::facts::record::{number16, record_at};

const FILE_PASS: u16 = 0x002F;
const SHEET: u16 = 0x0085;
/// Records whose content is never encrypted: beginnings, this one, and what other programs are to see.
const IN_CLEAR: [u16; 7] = [0x0809, FILE_PASS, 0x00E1, 0x0138, 0x0194, 0x0195, 0x0196];
/// How many bytes are encrypted by one key.
const BLOCK: usize = 1024;
/// How many bytes of a record that names a sheet say in clear where it begins.
const PLACE: usize = 4;

/// What a stream is decrypted by.
enum Key {
    /// Bytes that those of the stream are mixed with.
    Mixed,
    /// What the key of each block is made of, and by which digest, and how long it is.
    Streamed(Vec<u8>, Digest, usize),
}

/// Which digest a key is made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Digest {
    Md5,
    Sha1,
}

/// Decrypts a stream in place, where it is encrypted by the password that is known; says whether it can be read.
pub(in crate::workbook) fn open_stream(stream: &mut [u8]) -> bool {
    let mut at = 0;
    while let Some((kind, content)) = record_at(stream, at) {
        if kind == FILE_PASS {
            let Some(key) = key(&stream[content]) else { return false };
            decrypt(stream, &key);
            // What says that the stream is encrypted holds no longer.
            stream[at..at + 2].fill(0xFF);
            return true;
        }
        at = content.end;
    }
    true
}

/// Returns the key that the known password gives; `None` where it isn't the right one.
fn key(file_pass: &[u8]) -> Option<Key> {
    const VERIFIER_OF_MIXED: u16 = 0x9A0A;
    match (number16(file_pass, 0)?, number16(file_pass, 2)?, number16(file_pass, 4)?) {
        (0, _, verifier) => (verifier == VERIFIER_OF_MIXED).then_some(Key::Mixed),
        (1, 1, 1) => key_of_97(file_pass.get(6..)?),
        (1, 2..=4, 2) => key_of_2002(file_pass.get(10..)?),
        _ => None,
    }
}

fn key_of_97(verifier: &[u8]) -> Option<Key> {
    const SHORT: usize = 5;
    let of_password = digest::<Md5>(&password(), &[]);
    let salted = [&of_password[..SHORT], verifier.get(..16)?].concat().repeat(16);
    let key = Key::Streamed(digest::<Md5>(&salted, &[])[..SHORT].to_vec(), Digest::Md5, 16);
    is_right(&key, verifier.get(16..32)?, verifier.get(32..48)?).then_some(key)
}

fn key_of_2002(header_and_verifier: &[u8]) -> Option<Key> {
    const SHORT: usize = 5;
    let (length, verifier) = standard::description(header_and_verifier)?;
    let length = if length == 0 { SHORT } else { length };
    let key = Key::Streamed(Hash::Sha1.of(verifier.salt, &password()), Digest::Sha1, length);
    is_right(&key, verifier.encrypted, verifier.encrypted_hash.get(..20)?).then_some(key)
}

/// Whether a key decrypts something whose digest is known.
fn is_right(key: &Key, encrypted: &[u8], encrypted_hash: &[u8]) -> bool {
    let mut bytes = [encrypted, encrypted_hash].concat();
    key.decrypt_block(0, &mut bytes);
    let (plain, hash) = bytes.split_at(encrypted.len());
    hash == digest::<Md5>(plain, &[]) || hash == Hash::Sha1.of(plain, &[])
}

impl Key {
    /// Decrypts the block of a number.
    fn decrypt_block(&self, number: u32, bytes: &mut [u8]) {
        const LEAST: usize = 16;
        let Self::Streamed(made_of, by, length) = self else { return };
        let mut key = match by {
            Digest::Md5 => digest::<Md5>(made_of, &number.to_le_bytes()),
            Digest::Sha1 => Hash::Sha1.of(made_of, &number.to_le_bytes()),
        };
        key.truncate(*length);
        key.resize(key.len().max(LEAST), 0);
        if let Ok(mut cipher) = Rc4::new_from_slice(&key) {
            cipher.apply_keystream(bytes);
        }
    }
}

/// Decrypts the contents of all records.
fn decrypt(stream: &mut [u8], key: &Key) {
    let mut decrypted = stream.to_vec();
    for (number, block) in (0..).zip(decrypted.chunks_mut(BLOCK)) {
        key.decrypt_block(number, block);
    }
    let mut at = 0;
    while let Some((kind, content)) = record_at(stream, at) {
        at = content.end;
        let start = content.start + if kind == SHEET { PLACE.min(content.len()) } else { 0 };
        if !IN_CLEAR.contains(&kind) {
            match key {
                Key::Mixed => unmix(stream, &content, start),
                Key::Streamed(..) => stream[start..at].copy_from_slice(&decrypted[start..at]),
            }
        }
    }
}

/// Takes the known password out of a record's content, from `start` on.
fn unmix(stream: &mut [u8], content: &Range<usize>, start: usize) {
    /// What the password comes to in this way of encrypting.
    const MIXED_WITH: [u8; 16] =
        [0x87, 0x6B, 0x9A, 0xE2, 0x1E, 0xE3, 0x05, 0x62, 0x1E, 0x69, 0x96, 0x60, 0x98, 0x6E, 0x94, 0x04];
    for at in start..content.end {
        let mixed_with = MIXED_WITH[(at + content.len()) % MIXED_WITH.len()];
        stream[at] = (stream[at] ^ mixed_with).rotate_right(5);
    }
}
