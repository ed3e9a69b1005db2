// refused: E0624 scope
pub fn scope(caller: &access::Caller) {
    let _ = caller.scope();
}
