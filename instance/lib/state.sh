# shellcheck shell=bash
# What a script that starts again has to know of the one before it: in memory, so that a boot begins with nothing.

# What this machine is and how it runs its app, as it was read when this boot began.
readonly STATE_OF_MACHINE=(instance_id image singleton AWS_REGION CHARLIE_REGISTRY_SECRET CHARLIE_APP_SECRET
  CHARLIE_ADDRESS CHARLIE_SINGLETON
  CHARLIE_START_SECONDS CHARLIE_LOCK_SECONDS CHARLIE_STOP_SECONDS group app)

# What became of the app's container since it was made.
readonly STATE_OF_RUN=(running_image run_since healthy_since unhealthy_since restarts last ever_healthy)

state_save() {
  state_write machine "${STATE_OF_MACHINE[@]}"
}

run_save() {
  state_write run "${STATE_OF_RUN[@]}"
}

# state_write <file> <variable...>
state_write() {
  local file=$CHARLIE_RUN/$1.state name
  shift
  for name in "$@"; do
    printf '%s=%q\n' "$name" "${!name:-}"
  done > "$file.new"
  mv "$file.new" "$file"
}

# Whether the script ran before in this boot; what it knew is known again then.
state_read() {
  [ -e "$CHARLIE_RUN/machine.state" ] && [ -e "$CHARLIE_RUN/run.state" ] || return 1
  # shellcheck source=/dev/null
  . "$CHARLIE_RUN/machine.state"
  # shellcheck source=/dev/null
  . "$CHARLIE_RUN/run.state"
  export AWS_REGION AWS_DEFAULT_REGION=$AWS_REGION
}

run_forget() {
  rm -f "$CHARLIE_RUN/run.state"
  running_image='' prepared_image='' run_since='' healthy_since='' unhealthy_since='' restarts='' last='' ever_healthy=''
}
