// refused: E0603 database
use access::database::Database;
