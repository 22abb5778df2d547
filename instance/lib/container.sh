# shellcheck shell=bash
# The app's container. Log rotation is the daemon's (daemon.json). The daemon never starts it by itself: a machine that boots
# again takes the lock first.

readonly DOCKER_SECONDS=60 DOCKER_BOOTS=30 PULL_SECONDS=420 PULL_TRIES=3 LAST_LINES=3

# docker_call <arguments...>: like limited, without standard input.
docker_call() {
  limited "$DOCKER_SECONDS" docker "$@" < /dev/null
}

# A daemon that starts just now is asked again.
docker_await() {
  local until=$((SECONDS + DOCKER_BOOTS))
  until docker_call ps --quiet; do
    [ "$SECONDS" -lt "$until" ] || fail machine "Docker does not answer: $(said_last)"
    pause 2
  done
}

image_is_there() {
  docker_call image inspect --format '{{.Id}}' "$image"
}

# The registry's login in $registry_secret; empty where none is needed.
registry_secret_fetch() {
  [ -n "$CHARLIE_REGISTRY_SECRET" ] || return 0
  registry_secret=$(secret_read "$CHARLIE_REGISTRY_SECRET") || fail machine "$(secret_trouble "$CHARLIE_REGISTRY_SECRET")"
  if ! jq -e '(.username | strings) and (.password | strings)' > /dev/null 2>&1 <<< "$registry_secret"; then
    fail machine "the secret $CHARLIE_REGISTRY_SECRET must be JSON with username and password"
  fi
}

image_pull() {
  export DOCKER_CONFIG=$CHARLIE_RUN/docker
  mkdir -p "$DOCKER_CONFIG"
  [ -z "$registry_secret" ] || registry_try registry_login
  registry_secret=''
  registry_try limited "$PULL_SECONDS" docker pull --quiet "$image"
  # What the login left is of no use any more.
  rm -rf "$DOCKER_CONFIG"
}

registry_login() {
  local user
  user=$(jq -r '.username' <<< "$registry_secret")
  limited "$DOCKER_SECONDS" docker login --username "$user" --password-stdin "${image%%/*}" < <(jq -j '.password' <<< "$registry_secret")
}

# registry_try <command...>: until it succeeds, or trying again is of no use. What the registry does not know yet, and one
# that does not answer, are asked again for the start time.
registry_try() {
  local try since=$SECONDS registry=${image%%/*}
  for ((try = 1; ; try++)); do
    ! "$@" < /dev/null || return 0
    printf 'charlie: try %s: %s\n' "$try" "$(said_last)" >&2
    case $said in
      *'no space left on device'*)
        if docker_call image ls --quiet && [ -z "$said" ]; then
          fail app 'the disk is full: no space left for the image on a machine with nothing else on it'
        fi

        fail machine 'the disk is full: no space left for the image'
        ;;
      *'manifest unknown'* | *'not found: manifest'* | *'name unknown'*)
        [ $((SECONDS - since)) -lt "$CHARLIE_START_SECONDS" ] || fail app "the image $image is not in the registry"
        ;;
      *[Uu]nauthorized* | *'authentication required'* | *denied* | *'403 Forbidden'* | *'invalid username/password'*)
        fail machine "the registry $registry refused the login"
        ;;
      *)
        [ $((SECONDS - since)) -lt "$CHARLIE_START_SECONDS" ] || [ "$try" -lt "$PULL_TRIES" ] \
          || fail machine "the registry $registry does not answer: $(said_last)"
        ;;
    esac
    pause $((try < 5 ? try : 5))
  done
}

# The container of what is to run, not started yet. It is never one that was there before: only what this script made itself
# has today's image, settings and secret.
container_prepare() {
  local -a network=(--network host) log
  if [ "$CHARLIE_NETWORK" = bridge ]; then
    network=(--publish "127.0.0.1:$CHARLIE_APP_PORT:$CHARLIE_APP_PORT")
  fi

  # One that this script started before it was started again closes its positions like any other.
  container_remove || fail machine "Docker does not answer: $(said_last)"
  log_read
  until container_create "$CHARLIE_CONTAINER" "${network[@]}" "${log[@]}" "$image"; do
    container_without || container_failed
    container_remove || fail machine "Docker does not answer: $(said_last)"
    log_read
  done

  prepared_image=$(container_image) || fail machine 'Docker does not say which image the container has'
  [ "$prepared_image" = "$image" ] || fail machine "the container has the image $prepared_image and not $image"
}

# container_create <name> <options, image and words...>: the same security for whatever runs of an image.
container_create() {
  local name=$1 code=0 key key_text
  local -a limits long=()
  shift
  limits_read
  container_environment > "$CHARLIE_RUN/app.env"
  # A file of variables has a line for each; what has several lines comes by the environment of this one call.
  while IFS= read -r key; do
    [ -z "${!key+set}" ] || fail machine "the secret $CHARLIE_APP_SECRET: the value $key has several lines, and needs another name"
    long+=(--env "$key")
    IFS= read -r -d '' key_text < <(jq -j --arg key "$key" '.[$key], "\u0000"' <<< "$app_secret") || true
    local -x "$key=$key_text"
  done < <(jq -r 'to_entries[] | select(.value | contains("\n")) | .key' <<< "$app_secret")
  docker_call create --name "$name" --restart no --stop-timeout "$CHARLIE_STOP_SECONDS" \
    --env-file "$CHARLIE_RUN/app.env" "${long[@]}" "${limits[@]}" "$@" || code=$?
  rm -f "$CHARLIE_RUN/app.env"
  return "$code"
}

container_start() {
  until docker_call start "$CHARLIE_CONTAINER"; do
    container_without || container_failed
    container_prepare
  done

  running_image=$(container_image) || fail machine "Docker does not say which image runs"
  now run_since
  unhealthy_since=$run_since restarts=0
  run_save
}

# What the engine cannot do, and the app can do without from now on: an init of the engine's own, in Docker's words or Podman's,
# and a log beside this machine's. The result says whether it was one of them.
container_without() {
  if [ "$CHARLIE_INIT" = true ] && [[ $said == *docker-init* || $said == *'container-init binary'* ]]; then
    printf 'charlie: this engine has no init: the app is process 1\n' >&2
    CHARLIE_INIT=false
  elif [ -n "$CHARLIE_LOG_GROUP" ] && [[ $said == *'logging driver'* ]]; then
    printf 'charlie: the log of the app stays on this machine: %s\n' "$(said_last)" >&2
    CHARLIE_LOG_GROUP=''
  else
    return 1
  fi
}

# container_failed [prefix]: whose fault it is that a container could not be made or started. Only the daemon's words about
# executing are the app's; "permission denied" of the docker command itself is about its socket.
container_failed() {
  local words
  if [[ $said == *'no space left on device'* ]]; then
    fail machine 'the disk is full: no space left for the container'
  fi

  words=$(grep -m 1 'rror response from daemon' <<< "$said") || words=''
  case $words in
    *' exec: '* | *'permission denied'* | *[Nn]'o command'* | *'executable file'*'not found'* | *'exec format error'*)
      fail app "${1:-}cannot be started: $words"
      ;;
  esac
  fail machine "the container could not be started: ${words:-$(said_last)}"
}

# One NAME=value a line, as --env-file reads it.
container_environment() {
  printf 'PORT=%s\n' "$CHARLIE_APP_PORT"
  jq -r 'to_entries[] | select(.value | contains("\n") | not) | "\(.key)=\(.value)"' <<< "$app_secret"
}

# What runs, in the engine's own words: the digest of the image whose id the container has.
container_image() {
  local id digest first=''
  docker_call inspect --format '{{.Image}}' "$CHARLIE_CONTAINER" || return 1
  id=$said
  docker_call image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$id" || return 1
  while read -r digest; do
    if [ "$(image_name "$digest")" = "$(image_name "$image")" ]; then
      printf '%s' "$image"
      return 0
    fi

    first=${first:-$digest}
  done <<< "$said"
  printf '%s' "${first:-$id}"
}

# Docker leaves its own hub's name out.
image_name() {
  local name=${1#docker.io/}
  printf '%s' "${name#library/}"
}

# Whether the container that the script before this one started still runs, with the image that this machine is to run.
container_adopt() {
  docker_call inspect --format '{{.State.Running}}' "$CHARLIE_CONTAINER" && [ "$said" = true ] || return 1
  running_image=$(container_image) && [ "$running_image" = "$image" ]
}

# container_state [name]: its status and exit code in $said, gone where there is none. The result says whether Docker answered.
container_state() {
  if docker_call inspect --format '{{.State.Status}} {{.State.ExitCode}}' "${1:-$CHARLIE_CONTAINER}"; then
    return 0
  fi

  case $said in
    *[Nn]'o such '*) said=gone ;;
    *) return 1 ;;
  esac
}

# The result says whether it is certain that it does not run any more.
container_stop() {
  limited $((CHARLIE_STOP_SECONDS + DOCKER_SECONDS)) docker stop -t "$CHARLIE_STOP_SECONDS" "$CHARLIE_CONTAINER" < /dev/null || true
  container_is_down && return 0
  docker_call kill "$CHARLIE_CONTAINER" || true
  container_is_down
}

container_is_down() {
  container_state && [[ $said =~ ^(gone|exited|dead|created|stopped|configured)( |$) ]]
}

container_remove() {
  container_stop || return 1
  docker_call rm "$CHARLIE_CONTAINER" || true
}

# container_last [name]: its last lines in one.
container_last() {
  docker_call logs --tail "$LAST_LINES" "${1:-$CHARLIE_CONTAINER}" || return 0
  tail -n "$LAST_LINES" <<< "$said"
}
