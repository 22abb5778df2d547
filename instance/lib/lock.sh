# shellcheck shell=bash
# Keeps two traders apart: the app starts only after this machine holds the lock.
#
# EC2's word comes first: no older instance of the group, or of the app, may still be there, unless it says that it stopped
# the app for good. The address, where there is one, comes last: EC2 gives it to one instance. A machine that waits for
# EC2's word, or may not start at all, gives it back, so that two never wait for each other.

readonly LOCK_PAUSE=2

lock_take() {
  [ "$CHARLIE_SINGLETON" = true ] || [ "$singleton" = true ] || return 0
  local until=$((SECONDS + CHARLIE_LOCK_SECONDS))
  [ -n "$group$app" ] || fail machine 'no tag aws:autoscaling:groupName or charlie:app in the metadata: not an instance of a group'
  if ! lock_alone; then
    address_give_back
    until_held "$until" lock_alone "an older instance of ${group:-$app} is still there"
  fi

  if [ -n "$CHARLIE_ADDRESS" ]; then
    until_held "$until" lock_address "the address $CHARLIE_ADDRESS is still with another instance"
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

# The oldest goes first, by launch time; of two launched at one moment the one with the smaller id. An instance that was
# detached from the group has lost the group's tag, and still has the app's.
lock_alone() {
  aws_call ec2 describe-instances --output json \
    --filters Name=tag-key,Values=aws:autoscaling:groupName,charlie:app \
    Name=instance-state-name,Values=pending,running,stopping,shutting-down \
    || { printf 'charlie: %s\n' "$(said_last)" >&2; return 1; }
  # shellcheck disable=SC2016 # The program is jq's.
  local mine='
    [.Reservations[].Instances[]
      | {id: .InstanceId, key: [(.LaunchTime | sub("[.+].*"; "")), .InstanceId], tags: ((.Tags // []) | from_entries)}]
    | (map(select(.id == $me))[0]) as $mine'
  if jq -e --arg me "$instance_id" "$mine | \$mine.tags | has(\"charlie:app-stopped-at\")" > /dev/null 2>&1 <<< "$said"; then
    stopped_for_good
  fi

  jq -e --arg me "$instance_id" --arg group "$group" --arg app "$app" "$mine"'
    | $mine != null and all(.[]
      | select(($group != "" and .tags["aws:autoscaling:groupName"] == $group) or ($app != "" and .tags["charlie:app"] == $app))
      | select(.tags | has("charlie:app-stopped-at") | not);
      .key >= $mine.key)' > /dev/null <<< "$said"
}

lock_address() {
  if aws_call ec2 associate-address --output text --no-allow-reassociation \
    --allocation-id "$CHARLIE_ADDRESS" --instance-id "$instance_id"; then
    return 0
  fi

  case $said in
    *Resource.AlreadyAssociated*) [ -n "$(address_association)" ] ;;
    *InvalidAllocationID.NotFound*) fail machine "the address $CHARLIE_ADDRESS does not exist" ;;
    *UnauthorizedOperation*) fail machine "the role of the instance may not take the address $CHARLIE_ADDRESS" ;;
    *)
      printf 'charlie: %s\n' "$(said_last)" >&2
      return 1
      ;;
  esac
}

# The association of the address with this instance; nothing where there is none.
address_association() {
  aws_call ec2 describe-addresses --allocation-ids "$CHARLIE_ADDRESS" --output json || return 0
  jq -r --arg me "$instance_id" '.Addresses[] | select(.InstanceId == $me) | .AssociationId // empty' <<< "$said"
}

address_give_back() {
  [ -n "$CHARLIE_ADDRESS" ] && [ -n "${instance_id:-}" ] || return 0
  local association
  association=$(address_association)
  [ -n "$association" ] || return 0
  aws_call ec2 disassociate-address --association-id "$association" --output text || printf 'charlie: %s\n' "$(said_last)" >&2
}
