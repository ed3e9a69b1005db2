// refused: E0451 caller
pub fn of(rows: access::Rows<entity::facility::Entity>, caller: access::Caller) {
    let _ = access::Rows { caller, ..rows };
}
