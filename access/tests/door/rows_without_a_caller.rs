// refused: E0061 argument
pub fn all() {
    let _ = access::Rows::<entity::facility::Entity>::of();
}
