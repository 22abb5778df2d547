# shellcheck shell=bash
# What NGINX answers: a few lines of its configuration, swapped as a whole.

health_starting() {
  health_write <<< "$(health_unavailable 'starting' '')"
}

# fail app|machine <reason>: says it in the health answer and the journal, and ends the script.
fail() {
  local reason
  reason=$(health_plain "$1: $2")
  printf 'charlie: %s\n' "$reason" >&2
  health_write <<< "$(health_unavailable 'failed' "add_header X-Charlie-Failure \"${reason//\$/\$\{dollar\}}\" always;")"
  exit 1
}

# The image is named only where the app itself answers 200; what the app says of an image or a failure is dropped.
health_running() {
  health_write << END
location = $CHARLIE_HEALTH_PATH {
  proxy_pass http://127.0.0.1:$CHARLIE_APP_PORT$CHARLIE_APP_HEALTH;
  proxy_hide_header X-Charlie-Image;
  proxy_hide_header X-Charlie-Failure;
  proxy_connect_timeout 1s;
  proxy_read_timeout 2s;
  add_header X-Charlie-Image "$1";
}
location / {
  proxy_pass http://127.0.0.1:$CHARLIE_APP_PORT;
  proxy_hide_header X-Charlie-Image;
  proxy_hide_header X-Charlie-Failure;
}
END
}

health_unavailable() {
  printf 'location / {\n  default_type text/plain;\n  %s\n  return 503 "%s\\n";\n}\n' "$2" "$1"
}

# One line of printable ASCII without what NGINX's strings give a meaning to.
health_plain() {
  printf '%s' "$1" | tr '\n\t"\134' "  '/" | LC_ALL=C tr -cd '\40-\176' | cut -c 1-500
}

# Swapped as a whole, and by a name of its own: run_nginx.sh may write its first one at the same moment.
health_write() {
  local new
  new=$(mktemp "$CHARLIE_RUN/health.XXXXXX")
  cat > "$new"
  mv "$new" "$CHARLIE_RUN/health.conf"
  nginx_reload
}

# The first answer, unless run_app.sh said more already.
health_first() {
  local new
  new=$(mktemp "$CHARLIE_RUN/health.XXXXXX")
  health_unavailable 'starting' '' > "$new"
  ln "$new" "$CHARLIE_RUN/health.conf" 2> /dev/null || true
  rm -f "$new"
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
