#!/usr/bin/env bash
# A real Request Tracker 5 with its own PostgreSQL, on loopback, from Debian's packages.
#
#   server.sh install   the packages; needs root and apt
#   server.sh start     makes the desk, if it is not there, and starts it as it was then; prints name=value
#   server.sh reset     everything as it was at the start, while it runs
#   server.sh stop
#
# Ends with 77, and says why, where Request Tracker cannot be had. By the environment:
#   SERVER_FOLDER    where the desk is; it needs 100 MB
#   SERVER_WEBHOOK   where its webhook calls, signed with SERVER_SECRET; none if empty
#   SERVER_COST      the work that checking a password takes: 4 is 5 ms; 12, as in production, is 250 ms
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
setup=$here/../../../../../routes/support/request-tracker/handoff.initialdata
packages=(request-tracker5 rt5-standalone rt5-db-postgresql dbconfig-no-thanks msmtp-mta postgresql)
export TZ=UTC LC_ALL=C.UTF-8

cannot() { echo "Request Tracker cannot be installed here: $*"; exit 77; }

have() { [ -x /usr/share/request-tracker5/libexec/rt-server ] && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

install_packages() {
  have && return
  [ "$(id -u)" = 0 ] || cannot "this is not root"
  command -v apt-get >/dev/null || cannot "there is no apt-get"
  export DEBIAN_FRONTEND=noninteractive
  # The packages only: nothing is configured or started on this machine.
  printf 'request-tracker5 request-tracker5/%s\n' 'rtname string desk.example' 'organization string desk.example' \
    'handle-siteconfig-permissions boolean false' 'install-cronjobs boolean false' | debconf-set-selections
  local forbids=/usr/sbin/policy-rc.d own='' clusters=/etc/postgresql-common/createcluster.conf
  [ -e $forbids ] || { own=1; printf '#!/bin/sh\nexit 101\n' >$forbids; chmod 755 $forbids; }
  [ -e $clusters ] || { mkdir -p "${clusters%/*}"; echo 'create_main_cluster = false' >$clusters; }
  local log; log=$(mktemp)
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >"$log" 2>&1 </dev/null || true
  [ -z "$own" ] || rm -f $forbids
  have || cannot "$(tail -n 3 "$log" | tr '\n' ' ')"
  rm -f "$log"
}

as() { # user, command: without a controlling terminal's rights, and in a folder that the user may enter
  local user=$1; shift
  (cd / && setpriv --reuid="$user" --regid="$user" --init-groups env HOME="$folder" RT_SITE_CONFIG="$folder/RT_SiteConfig.pm" \
    RT_SITE_CONFIG_DIR="$folder/none" TZ=UTC LC_ALL=C.UTF-8 "$@" 3>&-)
}

database() { as postgres "$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)/$1" "${@:2}"; }

sql() { database psql -q -h 127.0.0.1 -p "$database_port" -d postgres -v ON_ERROR_STOP=1 "$@" >/dev/null; }

read_ports() { read -r port database_port <"$folder/ports" || [ -n "$database_port" ]; }

configure() {
  mkdir -p "$folder"/{none,mason,session,var,database}
  chown www-data:www-data "$folder"/{mason,session,var}
  chown postgres:postgres "$folder/database"
  local path=$folder; while [ "$path" != / ]; do chmod o+x "$path" 2>/dev/null || true; path=${path%/*}; path=${path:-/}; done
  perl -MIO::Socket::INET -e 'print join " ", map { $_->sockport } map {
    IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1) } 1, 2' >"$folder/ports"
  read_ports
  cat >"$folder/RT_SiteConfig.pm" <<PERL
Set(\$rtname, 'desk.example'); Set(\$Organization, 'desk.example'); Set(\$Timezone, 'UTC');
Set(\$WebDomain, '127.0.0.1'); Set(\$WebPort, $port); Set(\$WebBaseURL, 'http://127.0.0.1:$port');
Set(\$DatabaseType, 'Pg'); Set(\$DatabaseHost, '127.0.0.1'); Set(\$DatabaseRTHost, '127.0.0.1');
Set(\$DatabasePort, $database_port); Set(\$DatabaseName, 'rt'); Set(\$DatabaseUser, 'rt');
Set(\$DatabasePassword, 'rt'); Set(\$DatabaseAdmin, 'postgres');
Set(\$MasonDataDir, '$folder/mason'); Set(\$MasonSessionDir, '$folder/session'); Set(\$VarPath, '$folder/var');
Set(\$LogToSyslog, undef); Set(\$LogToSTDERR, 'warning'); Set(\$MailCommand, 'testfile'); Set(\$RestrictReferrer, 0);
Set(\$UseSQLForACLChecks, 1); Set(\$BcryptCost, ${SERVER_COST:-4});
Set(\$HandoffWebhook, '${SERVER_WEBHOOK:-}'); Set(\$HandoffSecret, '${SERVER_SECRET:-}');
1;
PERL
}

start_database() {
  if [ ! -e "$folder/database/PG_VERSION" ]; then
    database initdb -D "$folder/database" -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    printf "listen_addresses='127.0.0.1'\nunix_socket_directories='%s'\nfsync=off\nsynchronous_commit=off\nfull_page_writes=off\n" \
      "$folder/database" >>"$folder/database/postgresql.conf"
  fi
  database_runs ||
    database pg_ctl -D "$folder/database" -w -s -l "$folder/database/log" -o "-p $database_port" start
}

fill() {
  local setup_database=(as www-data /usr/sbin/rt-setup-database-5 --dba postgres --dba-password none)
  printf 'root-password' >"$folder/root"; chmod 644 "$folder/root"
  cp "$setup" "$here/desk.initialdata" "$folder"
  "${setup_database[@]}" --action init --root-password-file "$folder/root" >"$folder/log" 2>&1
  for data in handoff desk; do
    "${setup_database[@]}" --action insert --datafile "$folder/$data.initialdata" >>"$folder/log" 2>&1
  done
  # A token can be read only when it is made.
  as www-data perl -I/usr/share/request-tracker5/lib -e 'use RT; RT::LoadConfig(); RT::Init();
    my $user = RT::User->new(RT->SystemUser); $user->Load("handoff");
    my ($id, $said, $token) = RT::AuthToken->new(RT->SystemUser)->Create(Owner => $user->id, Description => "gateway");
    die $said unless $id; print $token;' >"$folder/made" 2>>"$folder/log"
  sql -c 'create database clean template rt'
  mv "$folder/made" "$folder/token"
}

# After a crash of the machine another process may have its number.
runs() { [ -s "$folder/pid" ] && grep -qa rt-server "/proc/$(cat "$folder/pid")/cmdline" 2>/dev/null; }

# It closes each connection after its answer: an idle one would keep a worker from everybody else. A new worker compiles
# its pages anew, which by default is after 100 answers.
start() {
  (cd / && exec setsid setpriv --reuid=www-data --regid=www-data --init-groups env HOME="$folder" \
    RT_SITE_CONFIG="$folder/RT_SiteConfig.pm" RT_SITE_CONFIG_DIR="$folder/none" \
    /usr/bin/perl /usr/share/request-tracker5/libexec/rt-server --host 127.0.0.1 --port "$port" --max-workers 6 \
    --max-reqs-per-child 5000 --env deployment) >>"$folder/log" 2>&1 </dev/null 3>&- &
  echo $! >"$folder/pid"
  for _ in $(seq 600); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return
    kill -0 "$!" 2>/dev/null || break
    sleep 0.1
  done
  echo "Request Tracker did not start; see $folder/log" >&2; exit 1
}

stop() {
  if runs; then
    kill -TERM -- "-$(cat "$folder/pid")" 2>/dev/null || kill -TERM "$(cat "$folder/pid")" || true
    for _ in $(seq 100); do runs || break; sleep 0.1; done
    runs && kill -KILL -- "-$(cat "$folder/pid")" || true
  fi
  rm -f "$folder/pid"
}

database_runs() { database pg_ctl -D "$folder/database" status >/dev/null 2>&1; }

stop_database() {
  ! database_runs || database pg_ctl -D "$folder/database" -m immediate -s stop
}

reset() {
  sql -c 'drop database if exists rt with (force)'; sql -c 'create database rt template clean'
}

folder=${SERVER_FOLDER:-${TMPDIR:-/tmp}/handoff-request-tracker}
case ${1:-} in
  install) install_packages ;;
  start)
    have || cannot "the packages are not there; 'server.sh install', as root, puts them in"
    [ "$(id -u)" = 0 ] || cannot "this is not root"
    stop; stop_database
    # Made only in part, or from other data than today's: once more.
    [ -e "$folder/token" ] && cmp -s "$setup" "$folder/handoff.initialdata" && cmp -s "$here/desk.initialdata" "$folder/desk.initialdata" ||
      rm -rf "${folder:?}"/*
    # What most of it says goes into the log, and so would what is said at its end.
    exec 3>&2; trap '[ $? = 0 ] || tail -n 20 "$folder/log" >&3 || true' EXIT
    configure; start_database
    if [ -e "$folder/token" ]; then reset; else fill; fi
    start
    echo "url=http://127.0.0.1:$port"; echo "token=$(cat "$folder/token")" ;;
  reset) read_ports; reset ;;
  stop) stop; stop_database ;;
  *) sed -n '2,15s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
