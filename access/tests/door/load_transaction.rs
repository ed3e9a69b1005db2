// refused: E0616 transaction
pub fn transaction(load: &access::Load) {
    let _ = &load.transaction;
}
