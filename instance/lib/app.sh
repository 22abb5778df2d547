# shellcheck shell=bash
# The app's life: watched each second, started again whenever it ends, and stopped when the script ends.

# Seconds. An app that was healthy for STEADY starts again at once the next time. LOOK: how often Docker is asked for the
# container, beside the wait for its end; SILENT: how long Docker may not answer.
readonly WATCH_PAUSE=1 BACKOFF_MOST=30 STEADY=60 LOOK=30 SILENT=90 STARTS_FAILED=5

app_watch() {
  local looked=$SECONDS backoff=1 starts_failed=0
  docker_seen=$SECONDS
  app_await
  while true; do
    say_to_systemd WATCHDOG=1
    if ! kill -0 "$waiter" 2> /dev/null; then
      app_look
      [ "$code" = '' ] || app_again
      app_await
    elif [ $((SECONDS - looked)) -ge "$LOOK" ]; then
      app_look
      if [ "$code" != '' ]; then
        app_again
        app_await
      fi

      app_started &
      looked=$SECONDS
    fi

    app_ask
    pause "$WATCH_PAUSE"
  done
}

# The daemon says when the container ends, so that nothing has to be asked each second.
app_await() {
  [ -z "${waiter:-}" ] || kill "$waiter" 2> /dev/null || true
  timeout 86400 docker wait "$CHARLIE_CONTAINER" > /dev/null 2>&1 < /dev/null &
  waiter=$!
}

# Sets $code to the exit code of an app that ended; empty while it runs, or nothing is known.
app_look() {
  code=''
  if ! container_state; then
    [ $((SECONDS - docker_seen)) -lt "$SILENT" ] || fail machine "Docker does not answer: $(said_last)"
    return 0
  fi

  docker_seen=$SECONDS
  if [ "$said" = gone ]; then
    # A daemon that starts again may not know its containers yet.
    pause 2
    if container_state && [ "$said" = gone ]; then
      fail machine 'the container is gone: somebody removed it'
    fi
  elif [[ $said =~ ^(exited|dead|stopped)\ (.*)$ ]]; then
    code=${BASH_REMATCH[2]}
  fi
}

# One look a second. An app without a health answer is healthy while it runs.
app_ask() {
  local status=200
  if [ -n "$CHARLIE_APP_HEALTH" ]; then
    status=$(curl --silent --output /dev/null --noproxy '*' --max-time 2 --write-out '%{http_code}' \
      "http://127.0.0.1:$CHARLIE_APP_PORT$CHARLIE_APP_HEALTH") || status=000
  fi

  if [ "$status" = 200 ] && [ -z "$healthy_since" ]; then
    now healthy_since
    unhealthy_since='' ever_healthy=true
    run_save
    health_show
  elif [ "$status" != 200 ] && [ -n "$healthy_since" ]; then
    app_is_unhealthy
  fi
}

app_is_unhealthy() {
  now unhealthy_since
  [ $((${unhealthy_since%.*} - ${healthy_since%.*})) -lt "$STEADY" ] || backoff=1
  healthy_since=''
  run_save
  health_show
}

# The app ended with $code: starts it again, for ever. Whether that is a failure is not decided here, unless it cannot be
# executed at all.
app_again() {
  local lines='(kept back: the secret could not be read)'
  secrets_know && lines=$(container_last | secrets_mask)
  last=$(health_plain <<< "exited with $code: $lines")
  if [ -z "$ever_healthy" ] && { [ "$code" = 126 ] || [ "$code" = 127 ] || [[ $lines == *[Ee]'xec format error'* ]]; }; then
    fail app "$last"
  fi

  printf 'charlie: the app %s\n' "$last" >&2
  if [ -n "$healthy_since" ]; then
    app_is_unhealthy
  else
    run_save
    health_show
  fi

  pause "$backoff"
  backoff=$((backoff * 2 < BACKOFF_MOST ? backoff * 2 : BACKOFF_MOST))
  if docker_call start "$CHARLIE_CONTAINER"; then
    starts_failed=0
    restarts=$((restarts + 1))
    run_save
    health_show
  else
    starts_failed=$((starts_failed + 1))
    [ "$starts_failed" -lt "$STARTS_FAILED" ] || fail machine "the container could not be started again: $(said_last)"
  fi
}

# tag_write <key>: the moment, on this instance.
tag_write() {
  aws_call ec2 create-tags --resources "$instance_id" --tags "Key=$1,Value=$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)" \
    || { printf 'charlie: %s: %s\n' "$1" "$(said_last)" >&2; return 1; }
}

# Once in this machine's life. It need not wait for AWS: the watch tries again.
app_started() {
  [ ! -e "$CHARLIE_RUN/started" ] || return 0
  if { [ -n "${metadata_token:-}" ] && metadata_tag charlie:app-started-at > /dev/null; } || tag_write charlie:app-started-at; then
    : > "$CHARLIE_RUN/started"
  fi
}

# The app is down after it. A machine that goes down itself says so, so that the next one need not wait until EC2 calls this
# one terminated. Only then, or where the app may not start here, the address is free for others.
app_end() {
  trap '' TERM INT
  say_to_systemd WATCHDOG_USEC=900000000
  [ "$phase" != prepare ] || preflight_forget
  container_stop || return 0
  # What was prepared and never started is of no use to anybody, and knows the secret.
  [ -n "$run_since" ] || docker_call rm "$CHARLIE_CONTAINER" || true
  if [ -n "$instance_id" ] && machine_stops; then
    tag_write charlie:app-stopped-at || tag_write charlie:app-stopped-at || true
    address_give_back
  elif [ -n "$failure" ]; then
    address_give_back
  fi
}

# systemd stops the script: the app closes its positions.
stop() {
  trap '' TERM INT
  running_image='' healthy_since=''
  now unhealthy_since
  health_show
  jobs -p | xargs --no-run-if-empty kill 2> /dev/null || true
  app_end
  docker_call rm "$CHARLIE_CONTAINER" || true
  rm -f "$CHARLIE_RUN/run.state"
  exit 0
}
