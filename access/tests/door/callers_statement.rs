// refused: E0624 select
pub fn run<S>(caller: &access::Caller, statement: &S) {
    drop(caller.select(statement));
}
