# shellcheck shell=bash
# What NGINX answers: a few lines of its configuration, written from what is known, and read again only when they changed.
#
# health.conf is for Lifecycle; docs/machine.md has its headers. traffic.conf is for everybody else, and names none.

# What is known. The times are of this machine's clock, in Unix seconds; empty where there is none.
phase=boot failure='' prepared_image='' running_image='' run_since='' healthy_since='' unhealthy_since='' restarts='' last=''

# health_phase <phase>: says it, and writes what a restart of this script has to know.
health_phase() {
  phase=$1
  health_show
}

# now <variable>: sets it to this moment.
now() {
  local time=${EPOCHREALTIME/,/.}
  printf -v "$1" '%s' "${time::-3}"
}

# fail app|machine <reason> [exit code]: says it in the health answer and the journal, and ends the script. The app does not
# run after it. Exit code 1 is tried again by systemd, the others are not: see charlie-app.service.
fail() {
  local code=1
  [ "$1" = machine ] || code=3
  # Lifecycle reads whose fault it is: no part of a secret may hide that.
  failure="$1: $(printf '%s' "$2" | secrets_mask | health_plain)"
  healthy_since=''
  printf 'charlie: %s\n' "$failure" >&2
  health_show
  app_end
  exit "${3:-$code}"
}

# One line of printable ASCII without what NGINX's strings give a meaning to.
health_plain() {
  tr '\n\t"\134' "  '/" | LC_ALL=C tr -cd '\40-\176' | cut -c 1-500
}

health_show() {
  health_write health.conf "$(health_lines)"
  if [ -n "$running_image" ] && [ -z "$failure" ]; then
    health_write traffic.conf "$(traffic_lines)"
  else
    health_write traffic.conf "$(unavailable_lines)"
  fi
}

# Healthy, the app is asked by NGINX too: one that is gone this moment is not named.
health_lines() {
  local healthy='return 200 "healthy\n";'
  if [ -n "$CHARLIE_APP_HEALTH" ]; then
    healthy="proxy_pass http://127.0.0.1:$CHARLIE_APP_PORT$CHARLIE_APP_HEALTH;
  proxy_connect_timeout 1s;
  proxy_read_timeout 2s;
  proxy_intercept_errors on;
  error_page 300 301 302 303 304 307 308 400 401 402 403 404 405 406 408 409 410 411 413 415 418 422 425 428 429 431 = @unhealthy;
  error_page 500 501 502 503 504 505 507 508 510 511 = @unhealthy;"
  fi

  if [ -z "$healthy_since" ]; then
    health_location "= $CHARLIE_HEALTH_PATH" "return 503 \"$phase\\n\";"
  else
    health_location "= $CHARLIE_HEALTH_PATH" "$healthy"
    healthy_since='' health_location @unhealthy "return 503 \"$phase\\n\";"
  fi

  printf 'location / {\n  return 404;\n}\n'
}

# health_location <location> <directives>
health_location() {
  printf 'location %s {\n  default_type text/plain;\n  add_header X-Charlie-Now $msec always;\n' "$1"
  if [ -n "$healthy_since" ]; then
    header Image "$running_image"
  elif [[ $failure != app:* ]]; then
    header Phase "$phase"
  fi

  if [ "$phase" = lock ] && [ -z "$failure" ]; then
    header Prepared "$prepared_image"
  fi

  header Failure "$failure"
  header Run-Since "$run_since"
  header Healthy-Since "$healthy_since"
  header Unhealthy-Since "$unhealthy_since"
  header Restarts "$restarts"
  header Last "$last"
  printf '  %s\n}\n' "$2"
}

header() {
  [ -z "$2" ] || printf '  add_header X-Charlie-%s "%s" always;\n' "$1" "${2//\$/\$\{dollar\}}"
}

traffic_lines() {
  local health="proxy_pass http://127.0.0.1:$CHARLIE_APP_PORT$CHARLIE_APP_HEALTH;"
  [ -n "$CHARLIE_APP_HEALTH" ] || health='default_type text/plain; return 200 "running\n";'
  printf 'location = %s {\n  %s\n  proxy_connect_timeout 1s;\n  proxy_read_timeout 2s;\n}\n' "$CHARLIE_HEALTH_PATH" "$health"
  printf 'location / {\n  proxy_pass http://127.0.0.1:%s;\n}\n' "$CHARLIE_APP_PORT"
}

unavailable_lines() {
  printf 'location / {\n  default_type text/plain;\n  return 503 "not running\\n";\n}\n'
}

# health_write <file> <text>: swapped as a whole, and by a name of its own: run_nginx.sh may write its first one at the same
# moment.
health_write() {
  local new file=$CHARLIE_RUN/$1
  if [ -e "$file" ] && [ "$(< "$file")" = "$2" ]; then
    return 0
  fi

  new=$(mktemp "$CHARLIE_RUN/health.XXXXXX")
  printf '%s\n' "$2" > "$new"
  mv "$new" "$file"
  nginx_reload
}

# The first answer, unless run_app.sh said more already.
health_first() {
  local new file
  for file in health.conf traffic.conf; do
    new=$(mktemp "$CHARLIE_RUN/health.XXXXXX")
    if [ "$file" = health.conf ]; then
      health_lines > "$new"
    else
      unavailable_lines > "$new"
    fi

    ln "$new" "$CHARLIE_RUN/$file" 2> /dev/null || true
    rm -f "$new"
  done
}

# An NGINX that starts just now may have read what was there before: it is told once it can be, and once more.
nginx_reload() {
  local pid=$CHARLIE_RUN/nginx.pid tries
  if [ ! -s "$pid" ]; then
    for ((tries = 0; tries < 50; tries++)); do
      [ -s "$pid" ] && break
      sleep 0.1
    done

    [ -s "$pid" ] && kill -HUP "$(cat "$pid")" 2> /dev/null && sleep 0.2
  fi

  if [ -s "$pid" ]; then
    kill -HUP "$(cat "$pid")" 2> /dev/null || true
  fi
}
