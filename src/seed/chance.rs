//! Repeatable chance: every draw is a function of what is drawn and for whom, so
//! that adding a row somewhere changes no row elsewhere.

/// A sequence of draws about one subject.
pub(super) struct Chance(u64);

impl Chance {
    /// The draws on a topic about the subject with this number.
    pub(super) fn of(topic: &str, subject: i64) -> Self {
        let topic = topic
            .bytes()
            .fold(0, |state: u64, byte| mixed(state ^ u64::from(byte)));
        Self(mixed(topic ^ subject.cast_unsigned()))
    }

    /// The next draw, less than `bound`.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.0) % bound.max(1)
    }

    /// The next draw from a mix in hundredths.
    pub(super) fn among<T: Copy>(&mut self, mix: &Mix<T>) -> T {
        mix.at(self.below(100))
    }
}

/// The finisher of SplitMix64.
fn mixed(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    seed ^ (seed >> 31)
}

/// How often each value occurs, in parts of a whole; what the parts leave over is `otherwise`.
pub(super) struct Mix<T: 'static> {
    pub(super) parts: &'static [(u64, T)],
    pub(super) otherwise: T,
}

impl<T: Copy> Mix<T> {
    /// The value whose part holds the point, counted from 0.
    pub(super) fn at(&self, point: u64) -> T {
        let mut end = 0;
        for &(part, value) in self.parts {
            end += part;
            if point < end {
                return value;
            }
        }
        self.otherwise
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_depends_on_its_topic_and_subject_alone() {
        let draw = |topic, subject| Chance::of(topic, subject).below(1 << 40);
        assert_eq!(draw("name", 7), draw("name", 7));
        assert_ne!(draw("name", 7), draw("name", 8));
        assert_ne!(draw("name", 7), draw("sex", 7));
    }

    #[test]
    fn a_mix_gives_each_value_its_part() {
        let mix = Mix {
            parts: &[(30, 'a'), (20, 'b')],
            otherwise: 'c',
        };
        let drawn: String = (0..100).map(|point| mix.at(point)).collect();
        assert_eq!(
            drawn,
            format!("{}{}{}", "a".repeat(30), "b".repeat(20), "c".repeat(50))
        );
    }
}
