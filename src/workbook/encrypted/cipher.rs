//! The ciphers and digests that workbooks are encrypted by.

use aes::cipher::{BlockCipherDecrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256, Block};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::password::password;

/// How many bytes the cipher takes at once.
pub(super) const BLOCK: usize = 16;

/// A way to make a digest, as files name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    /// 20 bytes.
    Sha1,
    /// 32 bytes.
    Sha256,
    /// 48 bytes.
    Sha384,
    /// 64 bytes.
    Sha512,
}

impl Hash {
    /// Returns the one of this name; `None` where it isn't known.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "SHA1" | "SHA-1" => Some(Self::Sha1),
            "SHA256" | "SHA-256" => Some(Self::Sha256),
            "SHA384" | "SHA-384" => Some(Self::Sha384),
            "SHA512" | "SHA-512" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// Returns the digest of two pieces, one after the other.
    pub(super) fn of(self, first: &[u8], second: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => digest::<Sha1>(first, second),
            Self::Sha256 => digest::<Sha256>(first, second),
            Self::Sha384 => digest::<Sha384>(first, second),
            Self::Sha512 => digest::<Sha512>(first, second),
        }
    }

    /// Returns the digest of the password with a salt, made over again as often as it says.
    pub(super) fn of_password(self, salt: &[u8], times: u32) -> Vec<u8> {
        (0..times).fold(self.of(salt, &password()), |hash, time| self.of(&time.to_le_bytes(), &hash))
    }
}

/// Returns the digest of two pieces, one after the other.
pub(super) fn digest<D: Digest>(first: &[u8], second: &[u8]) -> Vec<u8> {
    D::new().chain_update(first).chain_update(second).finalize().to_vec()
}

/// A key of the cipher, of one of its three lengths.
#[derive(Debug)]
pub(super) enum Cipher {
    /// 16 bytes.
    Short(Box<Aes128>),
    /// 24 bytes.
    Middle(Box<Aes192>),
    /// 32 bytes.
    Long(Box<Aes256>),
}

impl Cipher {
    /// Takes a key; `None` where it is of another length.
    pub(super) fn new(key: &[u8]) -> Option<Self> {
        match key.len() {
            16 => Aes128::new_from_slice(key).ok().map(|key| Self::Short(Box::new(key))),
            24 => Aes192::new_from_slice(key).ok().map(|key| Self::Middle(Box::new(key))),
            32 => Aes256::new_from_slice(key).ok().map(|key| Self::Long(Box::new(key))),
            _ => None,
        }
    }

    /// Decrypts blocks that stand each for itself; a rest that is no block stays.
    pub(super) fn decrypt(&self, bytes: &mut [u8]) {
        for block in bytes.chunks_exact_mut(BLOCK) {
            let block: &mut Block = block.try_into().expect("it is as long as a block");
            match self {
                Self::Short(key) => key.decrypt_block(block),
                Self::Middle(key) => key.decrypt_block(block),
                Self::Long(key) => key.decrypt_block(block),
            }
        }
    }

    /// Decrypts blocks each of which is mixed with the one before it, the first with `first`.
    pub(super) fn decrypt_chained(&self, bytes: &mut [u8], first: &[u8]) {
        let before = [first, bytes].concat();
        self.decrypt(bytes);
        for (byte, before) in bytes.iter_mut().zip(before) {
            *byte ^= before;
        }
    }
}
