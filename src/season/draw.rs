//! Drawing organisations again, by random numbers that are the same everywhere for the same input.

/// How often organisations are drawn again for an interval.
pub const DRAWS: usize = 2000;

/// Random numbers by Steele, Lea and Flood's `SplitMix64`, whose row begins with what is drawn from: other inputs have other numbers.
#[derive(Debug)]
pub struct Draws(u64);

impl Draws {
    /// Begins a row of numbers for these inputs.
    pub fn of(inputs: &[f64]) -> Self {
        let mut draws = Self(20_260_331);
        for input in inputs {
            draws.0 ^= input.to_bits();
            draws.0 = draws.next();
        }
        draws
    }

    /// Returns the next number.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns the next number below `most`, by the upper half of a product.
    pub fn below(&mut self, most: usize) -> usize {
        let product = u128::from(self.next()) * most as u128;
        usize::try_from(product >> 64).unwrap_or_default()
    }

    /// Puts values into another order, each as likely as any other (Fisher and Yates).
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last + 1));
        }
    }

    /// Returns the next number from nought to one.
    #[cfg(test)]
    #[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "random numbers are no scores")]
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Returns how often each of so many is drawn when as many are drawn again.
    pub fn again(&mut self, of: usize) -> Vec<usize> {
        let mut times = vec![0; of];
        (0..of).for_each(|_| times[self.below(of)] += 1);
        times
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_inputs_draw_the_same_and_others_draw_others() {
        let drawn = |inputs: &[f64]| Draws::of(inputs).again(40);
        assert_eq!(drawn(&[0.5, 1.0]), drawn(&[0.5, 1.0]));
        assert!(drawn(&[0.5, 1.0]) != drawn(&[1.0, 0.5]) && drawn(&[]) != drawn(&[0.0]));
        assert_eq!(drawn(&[]).iter().sum::<usize>(), 40);
    }
}
