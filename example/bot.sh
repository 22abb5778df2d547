#!/bin/sh
# The example bot: GET /health says that it trades, GET /version which one it is. BROKER_ACCOUNT comes from the app's secret.
set -eu
version=$(cat /app/www/version)
if [ -z "${BROKER_ACCOUNT:-}" ]; then
  echo "bot $version: KeyError: 'BROKER_ACCOUNT'" >&2
  exit 1
fi

# As process 1 httpd would ignore SIGTERM: the shell takes it, as a bot takes it to close its positions.
httpd -f -p "$PORT" -h /app/www &
server=$!
close() {
  echo "bot $version: positions closed"
  kill "$server"
  exit 0
}
trap close TERM INT
echo "bot $version: trading"
wait "$server"
