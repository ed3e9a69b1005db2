//! Random numbers from a seed, the same on every machine.

/// Steele, Lea and Flood's SplitMix64.
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Rng {
        Rng(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A generator of its own for the numbered part of what this one's seed makes.
    pub(crate) fn part(seed: u64, number: u64) -> Rng {
        let mut whole = Rng::new(seed ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93));
        Rng::new(whole.next())
    }

    /// From 0 to one less than `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// From `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// True in so many cases of a hundred.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        &among[self.below(among.len())]
    }

    /// Something in so many cases of a hundred.
    pub(crate) fn maybe<T>(
        &mut self,
        percent: usize,
        draw: impl FnOnce(&mut Rng) -> T,
    ) -> Option<T> {
        self.chance(percent).then(|| draw(self))
    }

    /// Each of them in so many cases of a hundred.
    pub(crate) fn some<T: Clone>(&mut self, percent: usize, among: &[T]) -> Vec<T> {
        let chosen = among.iter().filter(|_| self.chance(percent));
        chosen.cloned().collect()
    }

    /// Between `least` and `most` of them, in another order.
    pub(crate) fn sample<T: Clone>(&mut self, least: usize, most: usize, among: &[T]) -> Vec<T> {
        let mut left = among.to_vec();
        let count = self.between(least, most).min(left.len());
        (0..count)
            .map(|_| left.swap_remove(self.below(left.len())))
            .collect()
    }
}
