# shellcheck shell=bash
# How this machine runs its app: environment variables, on a machine from /etc/charlie/machine.env.
#
#   CHARLIE_REGISTRY_SECRET  secret with {"username", "password"} for the registry: a name or ARN of Secrets Manager, or
#                            ssm:<name> for a SecureString of Parameter Store; empty for a registry without login
#   CHARLIE_APP_SECRET       secret with a JSON object that the app gets as environment variables; empty for none
#   CHARLIE_ADDRESS          allocation id of the Elastic IP that the one trader holds; empty: EC2's word decides
#   CHARLIE_APP_PORT         port on which the app listens (8080); the app is told as PORT
#   CHARLIE_APP_HEALTH       path of the app's own health answer (/health)
#   CHARLIE_LISTEN           address and port on which NGINX answers (0.0.0.0:80)
#   CHARLIE_HEALTH_PATH      path of the health question (/health)
#   CHARLIE_LOCK_SECONDS     how long to wait for the lock that keeps two traders apart (240): longer than an app's stop,
#                            shorter than the stack's HealthDeadlineSeconds
#   CHARLIE_STOP_SECONDS     how long the app may take to close its positions after SIGTERM (60)
#   CHARLIE_NETWORK          network of the container: bridge (it cannot reach the metadata service) or host
#   CHARLIE_CONTAINER        name of the container (charlie-app)
#   CHARLIE_RUN              folder for what is true until the next boot (/run/charlie)

settings_read() {
  CHARLIE_REGISTRY_SECRET=${CHARLIE_REGISTRY_SECRET:-}
  CHARLIE_APP_SECRET=${CHARLIE_APP_SECRET:-}
  CHARLIE_ADDRESS=${CHARLIE_ADDRESS:-}
  CHARLIE_APP_PORT=${CHARLIE_APP_PORT:-8080}
  CHARLIE_APP_HEALTH=${CHARLIE_APP_HEALTH:-/health}
  CHARLIE_LISTEN=${CHARLIE_LISTEN:-0.0.0.0:80}
  CHARLIE_HEALTH_PATH=${CHARLIE_HEALTH_PATH:-/health}
  CHARLIE_LOCK_SECONDS=${CHARLIE_LOCK_SECONDS:-240}
  CHARLIE_STOP_SECONDS=${CHARLIE_STOP_SECONDS:-60}
  CHARLIE_NETWORK=${CHARLIE_NETWORK:-bridge}
  CHARLIE_CONTAINER=${CHARLIE_CONTAINER:-charlie-app}
  CHARLIE_RUN=${CHARLIE_RUN:-/run/charlie}

  setting_matches CHARLIE_REGISTRY_SECRET '^[A-Za-z0-9/_+=.@:-]*$' 'a secret name or ARN, ssm:<name>, or nothing'
  setting_matches CHARLIE_APP_SECRET '^[A-Za-z0-9/_+=.@:-]*$' 'a secret name or ARN, ssm:<name>, or nothing'
  setting_matches CHARLIE_ADDRESS '^(eipalloc-[0-9a-f]+)?$' 'an allocation id such as eipalloc-0123456789abcdef0, or nothing'
  setting_matches CHARLIE_APP_PORT '^[1-9][0-9]{0,4}$' 'a port'
  setting_matches CHARLIE_APP_HEALTH '^/[A-Za-z0-9._~/-]*$' 'a path such as /health'
  setting_matches CHARLIE_LISTEN '^[0-9.]+:[1-9][0-9]{0,4}$' 'an address and port such as 0.0.0.0:80'
  setting_matches CHARLIE_HEALTH_PATH '^/[A-Za-z0-9._~/-]*$' 'a path such as /health'
  setting_matches CHARLIE_LOCK_SECONDS '^[0-9]{1,4}$' 'seconds'
  setting_matches CHARLIE_STOP_SECONDS '^[0-9]{1,4}$' 'seconds'
  setting_matches CHARLIE_NETWORK '^(bridge|host)$' 'bridge or host'
  setting_matches CHARLIE_CONTAINER '^[A-Za-z0-9][A-Za-z0-9_.-]*$' 'a container name'
  setting_matches CHARLIE_RUN '^/[A-Za-z0-9._/-]+$' 'an absolute path'
}

# Without settings there is no place for the health answer either: NGINX fails with the same words.
setting_matches() {
  if ! [[ ${!1} =~ $2 ]]; then
    printf 'charlie: %s must be %s; it is "%s".\n' "$1" "$3" "${!1}" >&2
    exit 64
  fi
}
