// refused: E0624 new
pub fn anyone<A, B, C>(access: A, identity: B, known: C) {
    let _ = access::Caller::new(access, identity, known);
}
