# shellcheck shell=bash
# The app's container. Log rotation is the daemon's (daemon.json).

readonly CONTAINER_RESTARTS=3 PULL_TRIES=3 LAST_LINES=3 WATCH_PAUSE=1

container_pull() {
  local said try
  said=$(docker version 2>&1) || fail machine "Docker does not answer: $(tail -n 1 <<< "$said")"
  export DOCKER_CONFIG=$CHARLIE_RUN/docker
  mkdir -p "$DOCKER_CONFIG"
  if [ -n "$CHARLIE_REGISTRY_SECRET" ]; then
    registry_login
  fi

  for ((try = 1; ; try++)); do
    if said=$(docker pull --quiet "$image" 2>&1); then
      break
    fi

    registry_judge "$said" "$try"
    pause $((try * 2))
  done

  # What the login left is of no use any more.
  rm -rf "$DOCKER_CONFIG"
}

registry_login() {
  local registry=${image%%/*} secret said try
  secret=$(secret_read "$CHARLIE_REGISTRY_SECRET") || fail machine "$(secret_trouble "$CHARLIE_REGISTRY_SECRET")"
  local user
  if ! jq -e '(.username | strings) and (.password | strings)' > /dev/null 2>&1 <<< "$secret"; then
    fail machine "the secret $CHARLIE_REGISTRY_SECRET must be JSON with username and password"
  fi

  user=$(jq -r '.username' <<< "$secret")
  for ((try = 1; ; try++)); do
    if said=$(jq -j '.password' <<< "$secret" | docker login --username "$user" --password-stdin "$registry" 2>&1); then
      return
    fi

    registry_judge "$said" "$try"
    pause $((try * 2))
  done
}

# Ends the script where trying again is of no use.
registry_judge() {
  local said=$1 try=$2 registry=${image%%/*} last
  last=$(tail -n 1 <<< "$said")
  case $said in
    *'manifest unknown'* | *'not found: manifest'* | *'name unknown'*) fail app "the image $image is not in the registry" ;;
    *[Uu]nauthorized* | *'authentication required'* | *denied* | *'403 Forbidden'* | *'invalid username/password'*) fail machine "the registry $registry refused the login" ;;
    *'no space left on device'*) fail machine 'the disk is full: no space left for the image' ;;
  esac
  printf 'charlie: try %s: %s\n' "$try" "$last" >&2
  [ "$try" -lt "$PULL_TRIES" ] || fail machine "the registry $registry does not answer: $last"
}

container_start() {
  local -a network=(--network host)
  if [ "$CHARLIE_NETWORK" = bridge ]; then
    network=(--publish "127.0.0.1:$CHARLIE_APP_PORT:$CHARLIE_APP_PORT")
  fi

  app_environment > "$CHARLIE_RUN/app.env"
  # One that this script started before it was started again closes its positions like any other.
  container_stop
  local said code=0
  said=$(docker run --detach --name "$CHARLIE_CONTAINER" --restart "on-failure:$CONTAINER_RESTARTS" --stop-timeout "$CHARLIE_STOP_SECONDS" \
    --security-opt no-new-privileges --env-file "$CHARLIE_RUN/app.env" "${network[@]}" "$image" 2>&1) || code=$?
  rm -f "$CHARLIE_RUN/app.env"
  case $code in
    0) ;;
    126 | 127) fail app "cannot be started: $(tail -n 1 <<< "$said")" ;;
    *)
      case $said in
        *'no space left on device'*) fail machine 'the disk is full: no space left for the container' ;;
        *'executable file'* | *'no such file or directory'*) fail app "cannot be started: $(tail -n 1 <<< "$said")" ;;
      esac
      fail machine "the container could not be started: $(tail -n 1 <<< "$said")"
      ;;
  esac
}

# One NAME=value a line, as --env-file reads it. The caller redirects and does not capture: in a subshell a failure would
# not end the script.
app_environment() {
  printf 'PORT=%s\n' "$CHARLIE_APP_PORT"
  if [ -n "$CHARLIE_APP_SECRET" ]; then
    local secret
    secret=$(secret_read "$CHARLIE_APP_SECRET") || fail machine "$(secret_trouble "$CHARLIE_APP_SECRET")"
    if ! jq -e 'type == "object" and all(to_entries[];
        (.key | test("^[A-Za-z_][A-Za-z0-9_]*$")) and (.value | type == "string" and (contains("\n") | not)))' > /dev/null 2>&1 <<< "$secret"; then
      fail machine "the secret $CHARLIE_APP_SECRET must be a JSON object of names and texts in one line"
    fi

    jq -r 'to_entries[] | "\(.key)=\(.value)"' <<< "$secret"
  fi
}

# What runs, in the daemon's own words.
container_image() {
  docker inspect --format '{{.Config.Image}}' "$CHARLIE_CONTAINER"
}

container_stop() {
  docker stop -t "$CHARLIE_STOP_SECONDS" "$CHARLIE_CONTAINER" > /dev/null 2>&1 || true
  docker rm "$CHARLIE_CONTAINER" > /dev/null 2>&1 || true
}

# Until the app is down for good, after the daemon started it again as often as it may. Each answer of the daemon's is a
# sign of life for systemd's watchdog.
container_watch() {
  local state code
  while true; do
    if read -r state code < <(timeout 20 docker inspect --format '{{.State.Status}} {{.State.ExitCode}}' "$CHARLIE_CONTAINER" 2> /dev/null); then
      say_to_systemd WATCHDOG=1
      if [ "$state" = exited ] || [ "$state" = dead ]; then
        fail app "exited with $code: $(docker logs --tail "$LAST_LINES" "$CHARLIE_CONTAINER" 2>&1 | tail -n "$LAST_LINES" | tr '\n' ' ')"
      fi
    elif docker version > /dev/null 2>&1; then
      fail machine 'the container is gone: somebody removed it'
    fi

    pause "$WATCH_PAUSE"
  done
}
