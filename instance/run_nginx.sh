#!/usr/bin/env bash
# Runs NGINX with this machine's settings; what it answers is in health.conf and traffic.conf, which run_app.sh writes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/settings.sh
. "$here/lib/settings.sh"
# shellcheck source=lib/health.sh
. "$here/lib/health.sh"

settings_read
mkdir -p "$CHARLIE_RUN/nginx"
health_first
sed -e "s|@RUN@|$CHARLIE_RUN|g" -e "s|@LISTEN@|$CHARLIE_LISTEN|g" -e "s|@TRAFFIC@|$CHARLIE_TRAFFIC|g" \
  "$here/nginx.conf" > "$CHARLIE_RUN/nginx.conf"
if [ "${1:-}" = --check ]; then
  exec nginx -t -e stderr -c "$CHARLIE_RUN/nginx.conf"
fi

exec nginx -e stderr -c "$CHARLIE_RUN/nginx.conf"
