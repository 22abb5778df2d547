# shellcheck shell=bash
# The app's own check of whether it could start here: a command in a container of the image that is to run, with the app's
# secret, before the lock. While it fails, another machine's app is not stopped for this one.

readonly PREFLIGHT_TRIES=2

# Returns when it passed, or there is none. One that fails is asked again for the start time, and once at least: what it needs
# may be away for a moment.
preflight_pass() {
  local try since=$SECONDS command='' why=''
  preflight_command
  [ -n "$command" ] || return 0
  for ((try = 1; ; try++)); do
    ! preflight_try || return 0
    printf 'charlie: preflight, try %s: %s\n' "$try" "$why" >&2
    [ $((SECONDS - since)) -lt "$CHARLIE_START_SECONDS" ] || [ "$try" -lt "$PREFLIGHT_TRIES" ] || fail app "preflight: $why"
    pause $((try < 5 ? try : 5))
  done
}

# Sets $command: the setting's, else the one of the image's label charlie.preflight.
preflight_command() {
  command=$CHARLIE_PREFLIGHT
  if [ -z "$command" ]; then
    docker_call image inspect --format '{{json .Config.Labels}}' "$image" \
      || fail machine "Docker does not say which labels the image has: $(said_last)"
    command=$(jq -r '.["charlie.preflight"] // empty' <<< "$said") || fail machine "Docker names the image's labels in no way known here"
    [[ $command =~ $PREFLIGHT_SHAPE ]] || fail app "preflight: the image's label charlie.preflight must be $PREFLIGHT_WORDS"
  fi

  # Where the image's own is what is wrong.
  [ "$command" != none ] || command=''
}

# Whether it ended with 0; else $why says how it ended. It listens nowhere: no port and not the host's network.
preflight_try() {
  local code=0 lines name=$CHARLIE_CONTAINER-preflight
  local -a words
  read -ra words <<< "$command"
  until preflight_start; do
    container_without || container_failed 'preflight: '
  done

  limited "$CHARLIE_PREFLIGHT_SECONDS" docker wait "$name" < /dev/null || code=$?
  container_state "$name" || fail machine "Docker does not answer: $(said_last)"
  if [[ $said =~ ^(exited|dead|stopped)\ (.*)$ ]]; then
    code=${BASH_REMATCH[2]} why="exited with ${BASH_REMATCH[2]}"
  elif [ "$said" = gone ]; then
    fail machine "the preflight's container is gone: somebody removed it"
  elif [ "$code" -eq 124 ]; then
    why="timed out after $CHARLIE_PREFLIGHT_SECONDS s"
  else
    fail machine "Docker does not say how the preflight ended"
  fi

  lines=$(container_last "$name" | secrets_mask)
  why=$(printf '%s' "$why${lines:+: $lines}" | health_plain)
  preflight_forget
  return "$code"
}

preflight_start() {
  preflight_forget
  container_create "$name" --network bridge --entrypoint "${words[0]}" "$image" "${words[@]:1}" && docker_call start "$name"
}

# Also one that a script before this one left.
preflight_forget() {
  docker_call rm --force "$CHARLIE_CONTAINER-preflight" || true
}
