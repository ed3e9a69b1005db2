// refused: E0423 private fields
pub fn anyone<T>(call: T) -> access::Caller {
    access::Caller(call)
}
