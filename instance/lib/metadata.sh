# shellcheck shell=bash
# What the metadata service (IMDSv2) says of this instance. The AWS command takes the same endpoint from the same variable.

readonly METADATA_TRIES=5

metadata_read() {
  local endpoint=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}
  metadata_url=${endpoint%/}/latest
  metadata_token=$(metadata_try -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 21600' "$metadata_url/api/token") \
    || fail machine 'the metadata service does not answer'
  [[ $metadata_token =~ ^[A-Za-z0-9_=-]+$ ]] || fail machine 'the metadata service gives no token'
  instance_id=$(metadata_get meta-data/instance-id) || fail machine 'the metadata service does not name the instance'
  AWS_REGION=$(metadata_get meta-data/placement/region) || fail machine 'the metadata service does not name the region'
  export AWS_REGION AWS_DEFAULT_REGION=$AWS_REGION
  image=$(metadata_tag charlie:image) \
    || fail machine 'no tag charlie:image in the metadata: the launch template must tag instances and set InstanceMetadataTags=enabled'
  [[ $image =~ ^[a-z0-9][a-z0-9.:-]*(/[a-z0-9._-]+)+@sha256:[0-9a-f]{64}$ ]] \
    || fail machine "the tag charlie:image is no image with its digest: $image"
  group=$(metadata_tag aws:autoscaling:groupName) || group=''
  app=$(metadata_tag charlie:app) || app=''
  release=$(metadata_tag charlie:release) || release=''
  singleton=$(metadata_tag charlie:singleton) || singleton=''
  if metadata_tag charlie:app-stopped-at > /dev/null; then
    stopped_for_good
  fi
}

# Another machine may run the app already: EC2's word about this one was that it may.
stopped_for_good() {
  fail machine 'app stopped for good' 4
}

metadata_tag() {
  metadata_get "meta-data/tags/instance/$1"
}

# The token goes by standard input: a command line can be read by everybody.
metadata_get() {
  printf 'X-aws-ec2-metadata-token: %s\n' "$metadata_token" | metadata_try -H @- "$metadata_url/$1"
}

metadata_try() {
  curl --silent --fail --noproxy '*' --max-time 2 --retry "$METADATA_TRIES" --retry-connrefused --retry-delay 1 "$@"
}
