# shellcheck shell=bash
# How this machine runs its app. Where it listens is in environment variables, on a machine from /etc/charlie/machine.env,
# because NGINX answers before anything can be asked. The others are read at each boot from a parameter of Systems Manager,
# so that a change of the stack reaches the releases that were made before it. Without a parameter, all are variables.
#
#   CHARLIE_PARAMETER        name of that parameter, /charlie/<app>/machine; empty for none
#   CHARLIE_LISTEN           address and port on which NGINX answers Lifecycle (0.0.0.0:80)
#   CHARLIE_TRAFFIC          address and port on which NGINX hands traffic on to the app (0.0.0.0:8000)
#   CHARLIE_HEALTH_PATH      path of the health answer on both (/health)
#   CHARLIE_APP_PORT         port on which the app listens (8080); the app is told as PORT
#   CHARLIE_APP_HEALTH       path of the app's own health answer (/health); empty: the app is healthy while it runs
#   CHARLIE_NETWORK          network of the container: bridge (it cannot reach the metadata service) or host
#   CHARLIE_CONTAINER        name of the container (charlie-app)
#   CHARLIE_RUN              folder for what is true until the next boot (/run/charlie)
#
# In the parameter, a JSON object, each under the name in brackets:
#
#   CHARLIE_REGISTRY_SECRET  [registrySecret] secret with {"username", "password"} for the registry: a name or ARN of
#                            Secrets Manager, or ssm:<name> for a SecureString of Parameter Store; empty for no login
#   CHARLIE_APP_SECRET       [appSecret] secret with a JSON object that the app gets as environment variables; empty: none
#   CHARLIE_ADDRESS          [address] allocation id of the Elastic IP that the one trader holds; empty for none
#   CHARLIE_SINGLETON        [singleton] whether the app must never run on two machines at once (true). The instance's tag
#                            charlie:singleton=true makes it true whatever is said here
#   CHARLIE_START_SECONDS    [startSeconds] how long an image that the registry does not know is asked for again, and a
#                            preflight that fails (60)
#   CHARLIE_PREFLIGHT        [preflight] words of a command that must end with 0 in a container of the image before the lock;
#                            empty: the image's label charlie.preflight has it, or there is none; none: whatever the label says
#   CHARLIE_PREFLIGHT_SECONDS [preflightSeconds] how long one try of it may take, 1 to 120 (60)
#   CHARLIE_LOCK_SECONDS     [lockSeconds] how long to wait for the lock that keeps two traders apart (240)
#   CHARLIE_STOP_SECONDS     [stopSeconds] how long the app may take to close its positions after SIGTERM (60)
#   CHARLIE_READ_ONLY_ROOT   [readOnlyRoot] whether the container's root is read-only, with a /tmp in memory (true)
#   CHARLIE_TMP_MEGABYTES    [tmpMegabytes] size of that /tmp; it counts as the app's memory (64)
#   CHARLIE_CAPABILITIES     [capabilities] the capabilities that the app keeps, with commas between; empty: none
#   CHARLIE_PIDS             [pids] how many processes and threads it may have (512)
#   CHARLIE_MEMORY_PERCENT   [memoryPercent] how much of the machine's memory it may have (80)
#   CHARLIE_INIT             [init] whether process 1 is the engine's own, where it has one (true)
#   CHARLIE_LOG_GROUP        [logGroup] log group of CloudWatch for the app's own log; empty: it stays on this machine

# Those that an app may want, and none with which it could leave its container.
readonly CAPABILITY='(CHOWN|DAC_OVERRIDE|FOWNER|FSETID|IPC_LOCK|KILL|NET_BIND_SERVICE|NET_RAW|SETGID|SETPCAP|SETUID|SYS_NICE)'
readonly SECRET_SHAPE='^[A-Za-z0-9/_+=.@:-]*$' SECRET_WORDS='a secret name or ARN, ssm:<name>, or nothing'

# Words with a space between them: no shell reads them, so that an image without one can have a preflight too.
readonly PREFLIGHT_SHAPE='^([A-Za-z0-9_./][A-Za-z0-9_./:=@%+,-]*( [A-Za-z0-9_./:=@%+,-]+)*)?$'
readonly PREFLIGHT_WORDS='words of letters, digits and _./:=@%+,- with one space between them, or nothing'

settings_read() {
  CHARLIE_PARAMETER=${CHARLIE_PARAMETER:-}
  CHARLIE_LISTEN=${CHARLIE_LISTEN:-0.0.0.0:80}
  CHARLIE_TRAFFIC=${CHARLIE_TRAFFIC:-0.0.0.0:8000}
  CHARLIE_HEALTH_PATH=${CHARLIE_HEALTH_PATH:-/health}
  CHARLIE_APP_PORT=${CHARLIE_APP_PORT:-8080}
  CHARLIE_APP_HEALTH=${CHARLIE_APP_HEALTH-/health}
  CHARLIE_NETWORK=${CHARLIE_NETWORK:-bridge}
  CHARLIE_CONTAINER=${CHARLIE_CONTAINER:-charlie-app}
  CHARLIE_RUN=${CHARLIE_RUN:-/run/charlie}
  CHARLIE_REGISTRY_SECRET=${CHARLIE_REGISTRY_SECRET:-}
  CHARLIE_APP_SECRET=${CHARLIE_APP_SECRET:-}
  CHARLIE_ADDRESS=${CHARLIE_ADDRESS:-}
  CHARLIE_SINGLETON=${CHARLIE_SINGLETON:-true}
  CHARLIE_START_SECONDS=${CHARLIE_START_SECONDS:-60}
  CHARLIE_PREFLIGHT=${CHARLIE_PREFLIGHT:-}
  CHARLIE_PREFLIGHT_SECONDS=${CHARLIE_PREFLIGHT_SECONDS:-60}
  CHARLIE_LOCK_SECONDS=${CHARLIE_LOCK_SECONDS:-240}
  CHARLIE_STOP_SECONDS=${CHARLIE_STOP_SECONDS:-60}
  CHARLIE_READ_ONLY_ROOT=${CHARLIE_READ_ONLY_ROOT:-true}
  CHARLIE_TMP_MEGABYTES=${CHARLIE_TMP_MEGABYTES:-64}
  CHARLIE_CAPABILITIES=${CHARLIE_CAPABILITIES:-}
  CHARLIE_PIDS=${CHARLIE_PIDS:-512}
  CHARLIE_MEMORY_PERCENT=${CHARLIE_MEMORY_PERCENT:-80}
  CHARLIE_INIT=${CHARLIE_INIT:-true}
  CHARLIE_LOG_GROUP=${CHARLIE_LOG_GROUP:-}

  setting_matches CHARLIE_PARAMETER '^(/[A-Za-z0-9_.-]+)*$' 'a parameter name such as /charlie/bot/machine, or nothing'
  setting_matches CHARLIE_LISTEN '^[0-9.]+:[1-9][0-9]{0,4}$' 'an address and port such as 0.0.0.0:80'
  setting_matches CHARLIE_TRAFFIC '^[0-9.]+:[1-9][0-9]{0,4}$' 'an address and port such as 0.0.0.0:8000'
  setting_matches CHARLIE_HEALTH_PATH '^/[A-Za-z0-9._~/-]*$' 'a path such as /health'
  setting_matches CHARLIE_APP_PORT '^[1-9][0-9]{0,4}$' 'a port'
  setting_matches CHARLIE_APP_HEALTH '^(/[A-Za-z0-9._~/-]*)?$' 'a path such as /health, or nothing'
  setting_matches CHARLIE_NETWORK '^(bridge|host)$' 'bridge or host'
  setting_matches CHARLIE_CONTAINER '^[A-Za-z0-9][A-Za-z0-9_.-]*$' 'a container name'
  setting_matches CHARLIE_RUN '^/[A-Za-z0-9._/-]+$' 'an absolute path'
  settings_check setting_matches
}

# settings_check <command>: gives the command name, pattern and words of each setting that the parameter may have.
settings_check() {
  "$1" CHARLIE_REGISTRY_SECRET "$SECRET_SHAPE" "$SECRET_WORDS"
  "$1" CHARLIE_APP_SECRET "$SECRET_SHAPE" "$SECRET_WORDS"
  "$1" CHARLIE_ADDRESS '^(eipalloc-[0-9a-f]+)?$' 'an allocation id such as eipalloc-0123456789abcdef0, or nothing'
  "$1" CHARLIE_SINGLETON '^(true|false)$' 'true or false'
  "$1" CHARLIE_START_SECONDS '^[0-9]{1,4}$' 'seconds'
  "$1" CHARLIE_PREFLIGHT "$PREFLIGHT_SHAPE" "$PREFLIGHT_WORDS"
  "$1" CHARLIE_PREFLIGHT_SECONDS '^([1-9]|[1-9][0-9]|1[01][0-9]|120)$' '1 to 120 seconds'
  "$1" CHARLIE_LOCK_SECONDS '^[0-9]{1,4}$' 'seconds'
  "$1" CHARLIE_STOP_SECONDS '^[0-9]{1,4}$' 'seconds'
  "$1" CHARLIE_READ_ONLY_ROOT '^(true|false)$' 'true or false'
  "$1" CHARLIE_TMP_MEGABYTES '^[1-9][0-9]{0,4}$' '1 to 99999'
  "$1" CHARLIE_CAPABILITIES "^($CAPABILITY(,$CAPABILITY)*)?\$" 'names such as NET_BIND_SERVICE,SETUID, or nothing'
  "$1" CHARLIE_PIDS '^[1-9][0-9]{0,4}$' '1 to 99999'
  "$1" CHARLIE_MEMORY_PERCENT '^([1-9][0-9]?|100)$' '1 to 100'
  "$1" CHARLIE_INIT '^(true|false)$' 'true or false'
  "$1" CHARLIE_LOG_GROUP '^[A-Za-z0-9_./#-]{0,512}$' 'the name of a log group, or nothing'
}

# Without settings there is no place for the health answer either: NGINX fails with the same words.
setting_matches() {
  if ! [[ ${!1} =~ $2 ]]; then
    printf 'charlie: %s must be %s; it is "%s".\n' "$1" "$3" "${!1}" >&2
    exit 64
  fi
}

# A key that this version of the scripts does not know is left alone.
settings_from_parameter() {
  [ -n "$CHARLIE_PARAMETER" ] || return 0
  local text key value
  text=$(secret_read "ssm:$CHARLIE_PARAMETER") || fail machine "$(secret_trouble "$CHARLIE_PARAMETER" parameter)"
  jq -e 'type == "object"' > /dev/null 2>&1 <<< "$text" || fail machine "the parameter $CHARLIE_PARAMETER must be a JSON object"
  while IFS=$'\t' read -r key value; do
    case $key in
      registrySecret) CHARLIE_REGISTRY_SECRET=$value ;;
      appSecret) CHARLIE_APP_SECRET=$value ;;
      address) CHARLIE_ADDRESS=$value ;;
      singleton) CHARLIE_SINGLETON=$value ;;
      startSeconds) CHARLIE_START_SECONDS=$value ;;
      preflight) CHARLIE_PREFLIGHT=$value ;;
      preflightSeconds) CHARLIE_PREFLIGHT_SECONDS=$value ;;
      lockSeconds) CHARLIE_LOCK_SECONDS=$value ;;
      stopSeconds) CHARLIE_STOP_SECONDS=$value ;;
      readOnlyRoot) CHARLIE_READ_ONLY_ROOT=$value ;;
      tmpMegabytes) CHARLIE_TMP_MEGABYTES=$value ;;
      capabilities) CHARLIE_CAPABILITIES=$value ;;
      pids) CHARLIE_PIDS=$value ;;
      memoryPercent) CHARLIE_MEMORY_PERCENT=$value ;;
      init) CHARLIE_INIT=$value ;;
      logGroup) CHARLIE_LOG_GROUP=$value ;;
    esac
  done < <(jq -r 'to_entries[] | [.key, (.value | tostring)] | @tsv' <<< "$text")

  settings_check setting_fits
}

setting_fits() {
  [[ ${!1} =~ $2 ]] || fail machine "the parameter $CHARLIE_PARAMETER is wrong: $1 must be $3"
}
