# shellcheck shell=bash
# Where the app's own log goes: into the log group of the stack, which outlives the machine, beside Docker's copy on this machine.

# Sets $log to the options of docker create; none where the log stays on this machine. Docker keeps lines that AWS does not take in a
# buffer and then drops them: an outage of the logs never holds up the app.
log_read() {
  log=()
  [ -n "$CHARLIE_LOG_GROUP" ] || return 0
  if ! docker_call info --format '{{json .Plugins.Log}}' || [[ $said != *'"awslogs"'* ]]; then
    printf 'charlie: this engine has no awslogs: the log of the app stays on this machine\n' >&2
    return 0
  fi

  log=(
    --log-driver awslogs
    --log-opt "awslogs-group=$CHARLIE_LOG_GROUP"
    --log-opt "awslogs-region=$AWS_REGION"
    --log-opt "awslogs-stream=${release:-0.0}/$instance_id"
    --log-opt mode=non-blocking
    --log-opt max-buffer-size=4m
  )
}
