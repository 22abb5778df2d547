#!/usr/bin/env bash
# Runs the app's container from boot to shutdown, and keeps what NGINX answers to the health question true.
#
# What has to run is in the instance's tags (charlie:image, charlie:singleton); how this machine runs it is in its
# settings (lib/settings.sh). Every failure ends in X-Charlie-Failure: "app: ..." where another machine would fail
# just so, "machine: ..." where it would not.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/settings.sh
. "$here/lib/settings.sh"
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
# shellcheck source=lib/container.sh
. "$here/lib/container.sh"

stop() {
  trap '' TERM INT
  health_starting
  container_stop
  exit 0
}

main() {
  umask 077
  settings_read
  mkdir -p "$CHARLIE_RUN"
  health_starting
  trap stop TERM INT
  trap secrets_forget EXIT
  metadata_read
  lock_take
  container_pull
  container_start
  health_running "$(container_image)"
  say_to_systemd --ready
  container_watch
}

main "$@"
