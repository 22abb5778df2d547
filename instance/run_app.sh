#!/usr/bin/env bash
# Runs the app's container from boot to shutdown, and keeps what NGINX answers to the health question true.
#
# What has to run is in the instance's tags (charlie:image); how this machine runs it is in its settings
# (lib/settings.sh). docs/machine.md has the answers. A failure is "app: ..." where another machine would fail just so,
# "machine: ..." where it would not.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/settings.sh
. "$here/lib/settings.sh"
# shellcheck source=lib/commands.sh
. "$here/lib/commands.sh"
# shellcheck source=lib/state.sh
. "$here/lib/state.sh"
# shellcheck source=lib/health.sh
. "$here/lib/health.sh"
# shellcheck source=lib/systemd.sh
. "$here/lib/systemd.sh"
# shellcheck source=lib/metadata.sh
. "$here/lib/metadata.sh"
# shellcheck source=lib/secrets.sh
. "$here/lib/secrets.sh"
# shellcheck source=lib/lock.sh
. "$here/lib/lock.sh"
# shellcheck source=lib/limits.sh
. "$here/lib/limits.sh"
# shellcheck source=lib/logs.sh
. "$here/lib/logs.sh"
# shellcheck source=lib/container.sh
. "$here/lib/container.sh"
# shellcheck source=lib/preflight.sh
. "$here/lib/preflight.sh"
# shellcheck source=lib/app.sh
. "$here/lib/app.sh"

main() {
  umask 077
  settings_read
  mkdir -p "$CHARLIE_RUN"
  instance_id=''
  trap stop TERM INT
  trap secrets_forget EXIT
  if ! { state_read && docker_await && container_adopt; }; then
    boot
  fi

  say_to_systemd --ready
  health_phase run
  app_watch
}

# From nothing to a running container.
boot() {
  run_forget
  health_phase boot
  metadata_read
  settings_from_parameter
  state_save
  docker_await
  preflight_forget

  health_phase secrets
  secrets_fetch
  registry_secret=''
  image_is_there || registry_secret_fetch

  health_phase pull
  image_is_there || image_pull

  health_phase prepare
  container_prepare
  preflight_pass

  health_phase lock
  lock_take

  health_phase start
  app_started &
  container_start
}

main "$@"
