// refused: E0599 connection
pub fn connection(access: &access::Access) {
    let _ = access.connection();
}
