//! The password that all versions of Excel know.

const PASSWORD: &str = "VelvetSweatshop";

/// Returns the password as it is hashed: two bytes a character.
pub(super) fn password() -> Vec<u8> {
    PASSWORD.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
