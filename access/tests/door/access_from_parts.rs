// refused: E0624 new
pub fn door<A, B, C>(database: A, verifier: B, seal: C) {
    let _ = access::Access::new(database, verifier, seal);
}
