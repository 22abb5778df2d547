#!/bin/sh
# Each new machine runs it before it waits for the old one: what would stop the bot at its start stops it here, while the
# old one still trades. A real bot asks its broker whether the account is open.
set -eu
if [ -z "${BROKER_ACCOUNT:-}" ]; then
  echo "bot $(cat /app/www/version): KeyError: 'BROKER_ACCOUNT'" >&2
  exit 1
fi
