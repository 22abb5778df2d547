# shellcheck shell=bash
# How other programs are called: each with a time limit, and so that a signal to the script is taken at once.
#
# No function returns without saying what: inside a trap a bare return gives the code of what the signal interrupted.

readonly AWS_SECONDS=60

# The AWS command gives the metadata service one second, once, by itself.
export AWS_METADATA_SERVICE_TIMEOUT=5 AWS_METADATA_SERVICE_NUM_ATTEMPTS=3

# limited <seconds> <command...>: its output and errors in $said, its exit code as the result.
limited() {
  local seconds=$1 code=0 file
  shift
  file=$(mktemp "$CHARLIE_RUN/said.XXXXXX")
  timeout --kill-after 5 "$seconds" "$@" <&0 > "$file" 2>&1 &
  wait $! || code=$?
  said=$(< "$file")
  rm -f "$file"
  return "$code"
}

# The last line of what the command said that was called last.
said_last() {
  tail -n 1 <<< "$said"
}

# aws_call <arguments...>: like limited, without standard input.
aws_call() {
  limited "$AWS_SECONDS" aws --cli-connect-timeout 5 --cli-read-timeout 10 "$@" < /dev/null
}
