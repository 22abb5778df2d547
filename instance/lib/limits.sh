# shellcheck shell=bash
# What the app's container may use of its machine. Each limit is a setting (lib/settings.sh).

# Sets $limits to the options of docker create.
limits_read() {
  local memory capability
  memory=$(memory_limit) || fail machine 'the memory of this machine is not known'
  limits=(
    --cap-drop ALL
    --security-opt no-new-privileges
    --pids-limit "$CHARLIE_PIDS"
    # As much with swap as without: the app gets none.
    --memory "${memory}k" --memory-swap "${memory}k"
  )
  for capability in ${CHARLIE_CAPABILITIES//,/ }; do
    limits+=(--cap-add "$capability")
  done

  [ "$CHARLIE_INIT" = false ] || limits+=(--init)
  [ "$CHARLIE_READ_ONLY_ROOT" = false ] \
    || limits+=(--read-only --tmpfs "/tmp:rw,noexec,nosuid,nodev,mode=1777,size=${CHARLIE_TMP_MEGABYTES}m")
}

# In KiB. What is left is the system's, Docker's and NGINX's: an app that takes too much is ended, and not one of them.
memory_limit() {
  local name total
  while read -r name total _; do
    if [ "$name" = MemTotal: ]; then
      printf '%s' $((total * CHARLIE_MEMORY_PERCENT / 100))
      return 0
    fi
  done < /proc/meminfo
  return 1
}
