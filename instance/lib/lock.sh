# shellcheck shell=bash
# Keeps two traders apart: the app starts only after this machine holds the lock.
#
# With an allocated address the address is the lock: EC2 gives it to one instance, and frees it when that one is gone.
# Without one, EC2's word decides: no other instance of the group that was launched earlier may still be there.

readonly LOCK_PAUSE=2

lock_take() {
  [ "$singleton" = true ] || return 0
  local until=$((SECONDS + CHARLIE_LOCK_SECONDS))
  if [ -n "$CHARLIE_ADDRESS" ]; then
    until_held "$until" lock_address "the address $CHARLIE_ADDRESS is still with another instance"
  else
    lock_group=$(metadata_tag aws:autoscaling:groupName) || fail machine 'no tag aws:autoscaling:groupName in the metadata: not an instance of a group'
    until_held "$until" lock_alone "an older instance of $lock_group is still there"
  fi
}

until_held() {
  local until=$1 attempt=$2 why=$3
  until "$attempt"; do
    if [ "$SECONDS" -ge "$until" ]; then
      fail machine "$why after ${CHARLIE_LOCK_SECONDS} s"
    fi

    pause "$LOCK_PAUSE"
  done
}

lock_address() {
  local said
  if said=$(aws ec2 associate-address --allocation-id "$CHARLIE_ADDRESS" --instance-id "$instance_id" --no-allow-reassociation --output text 2>&1); then
    return 0
  fi

  case $said in
    *Resource.AlreadyAssociated*) lock_address_is_ours ;;
    *InvalidAllocationID.NotFound*) fail machine "the address $CHARLIE_ADDRESS does not exist" ;;
    *UnauthorizedOperation*) fail machine "the role of the instance may not take the address $CHARLIE_ADDRESS" ;;
    *)
      printf 'charlie: %s\n' "${said##*$'\n'}" >&2
      return 1
      ;;
  esac
}

# Taken before this script was started again.
lock_address_is_ours() {
  [ "$(aws ec2 describe-addresses --allocation-ids "$CHARLIE_ADDRESS" --query 'Addresses[0].InstanceId' --output text)" = "$instance_id" ]
}

# The oldest goes first; of two launched at one moment the one with the smaller id.
lock_alone() {
  local others
  others=$(aws ec2 describe-instances --output json \
    --filters "Name=tag:aws:autoscaling:groupName,Values=$lock_group" Name=instance-state-name,Values=pending,running,stopping,shutting-down) || return 1
  jq -e --arg me "$instance_id" '
    [.Reservations[].Instances[] | {id: .InstanceId, key: [.LaunchTime, .InstanceId]}]
    | (map(select(.id == $me))[0].key) as $mine
    | $mine != null and all(.[]; .key >= $mine)' > /dev/null <<< "$others"
}
