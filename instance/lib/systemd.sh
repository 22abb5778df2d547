# shellcheck shell=bash
# The script's life as systemd sees it.

# Nothing where it does not run under systemd.
say_to_systemd() {
  [ -z "${NOTIFY_SOCKET:-}" ] || systemd-notify "$@" || true
}

# Seconds in which a signal is taken at once: bash waits for a command in the foreground before it runs a trap.
pause() {
  sleep "$1" &
  wait $!
}

# Whether this machine itself goes down or boots again, and not only the script.
machine_stops() {
  [ "$(timeout 20 systemctl is-system-running 2> /dev/null || true)" = stopping ]
}
