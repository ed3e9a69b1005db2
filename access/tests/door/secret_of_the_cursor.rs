// refused: E0624 seal
pub fn seal(caller: &access::Caller) {
    let _ = caller.seal();
}
