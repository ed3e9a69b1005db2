// refused: E0616 Access
pub fn inside(access: &access::Access) {
    let _ = &access.0;
}
