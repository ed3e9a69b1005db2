# Holds a throwaway cluster of PostgreSQL for the process that has the other
# end of standard input, and removes every trace of it when that end closes.
#
# $1: the directory of PostgreSQL's programs; $2: where temporary files go.
# Answers `ok DIRECTORY` when the cluster is made. Each line read is then a port
# to try: `ok PORT` when the server takes connections there, `no` otherwise.

programs=$1
place=$2

exec 2>&1
# The reader may be gone before an answer: not a reason to stop cleaning up.
trap '' PIPE
# PostgreSQL's programs complain of a working directory that they can't enter.
cd /

# PostgreSQL refuses to run as root, so root runs it as somebody else.
as_server() { "$@"; }
owner=
if [ "$(id -u)" -eq 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    uid=$(id -u "$user")
    gid=$(id -g "$user")
    owner=$uid:$gid
    if setpriv --reuid "$uid" --regid "$gid" --clear-groups true 2>/dev/null; then
        as_server() { setpriv --reuid "$uid" --regid "$gid" --clear-groups "$@"; }
    elif runuser -u "$user" -- true 2>/dev/null; then
        as_server() { runuser -u "$user" -- "$@"; }
    else
        echo "PostgreSQL refuses to run as root, and neither setpriv nor runuser became the user $user:"
        echo "run the tests as an ordinary user, or install Debian's package \`util-linux\`"
        exit 1
    fi
    # Root's temporary directory may be closed to that user.
    as_server test -x "$place" || place=/tmp
fi

directory=$(mktemp -d "$place/grassroots-postgres.XXXXXX") || exit 1
data=$directory/data
log=$directory/log

finish() {
    trap '' HUP INT TERM
    # Immediate: nothing in the cluster is worth a checkpoint.
    [ -e "$data/postmaster.pid" ] &&
        as_server "$programs/pg_ctl" stop -s -w -t 60 -m immediate -D "$data" >/dev/null 2>&1
    rm -rf "$directory"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

[ -z "$owner" ] || chown "$owner" "$directory" || exit 1

# The last attempt's output is what explains a failure.
make_cluster() {
    as_server "$programs/initdb" -D "$data" --username=grassroots --auth=trust \
        --encoding=UTF8 --no-sync "$@" >"$log" 2>&1
}

# A collation that differs from the order of bytes, where there is one, so that
# tests notice what depends on it. ICU is a choice since PostgreSQL 15.
make_cluster --locale-provider=icu --icu-locale=en-US --locale=C.UTF-8 ||
    make_cluster --locale=en_US.UTF-8 ||
    make_cluster --locale=C.UTF-8 ||
    make_cluster --no-locale || {
    echo "initdb failed:"
    cat "$log"
    exit 1
}

# Durability is worth nothing here, time is. The socket's directory is the
# server's working directory, its data: a full path may be too long for one.
cat >>"$data/postgresql.conf" <<'SETTINGS' || exit 1
listen_addresses = '127.0.0.1'
unix_socket_directories = '.'
max_connections = 200
shared_buffers = 256MB
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
logging_collector = off
lc_messages = 'C'
SETTINGS

: >"$log"
[ -z "$owner" ] || chown "$owner" "$log"
echo "ok $directory"

while read -r port; do
    if as_server "$programs/pg_ctl" start -s -w -t 60 -D "$data" -l "$log" -o "-p $port"; then
        echo "ok $port"
    else
        echo "the server didn't start on port $port; the end of its log:"
        tail -n 40 "$log"
        echo no
    fi
done
