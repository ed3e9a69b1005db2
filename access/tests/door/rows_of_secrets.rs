// refused: E0277 Resource
pub fn all(caller: &access::Caller) {
    let _ = access::Rows::<entity::secret::Entity>::of(caller);
}
