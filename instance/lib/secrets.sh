# shellcheck shell=bash
# Secrets come from AWS when they are needed, go by standard input, and are in no variable that a child inherits: but a value of
# several lines, which the docker command takes from its own environment only, while it starts the container.

# secret_read <name or ARN, or ssm:name>: its text on standard output.
secret_read() {
  local name=$1 errors text
  local -a call=(secretsmanager get-secret-value --secret-id "$name" --query SecretString)
  if [ "$name" = "ssm:$CHARLIE_PARAMETER" ]; then
    call=(ssm get-parameter --name "${name#ssm:}" --query Parameter.Value)
  elif [[ $name == ssm:* ]]; then
    call=(ssm get-parameter --name "${name#ssm:}" --with-decryption --query Parameter.Value)
  fi

  errors=$(mktemp "$CHARLIE_RUN/said.XXXXXX")
  if text=$(timeout --kill-after 5 "$AWS_SECONDS" \
    aws --output text --cli-connect-timeout 5 --cli-read-timeout 10 "${call[@]}" 2> "$errors"); then
    rm -f "$errors"
    printf '%s' "$text"
  else
    printf 'charlie: %s\n' "$(tail -n 1 "$errors")" >&2
    # The code of AWS's error; its whole text may name what it should not.
    sed -n 's/.*An error occurred (\([A-Za-z]*\)).*/\1/p' "$errors" > "$CHARLIE_RUN/secret.error"
    rm -f "$errors"
    return 1
  fi
}

# secret_trouble <name> [kind]: the words for a secret or parameter that could not be read.
secret_trouble() {
  local code what="${2:-secret} $1"
  code=$(cat "$CHARLIE_RUN/secret.error" 2> /dev/null || true)
  case $code in
    ResourceNotFoundException | ParameterNotFound) printf 'the %s does not exist' "$what" ;;
    AccessDenied*) printf 'the role of the instance may not read the %s' "$what" ;;
    '') printf 'the %s could not be read: AWS does not answer' "$what" ;;
    *) printf 'the %s could not be read: %s' "$what" "$code" ;;
  esac
}

# The app's secret in $app_secret, checked: it becomes lines of NAME=value.
secrets_fetch() {
  app_secret='{}'
  [ -n "$CHARLIE_APP_SECRET" ] || return 0
  app_secret=$(secret_read "$CHARLIE_APP_SECRET") || fail machine "$(secret_trouble "$CHARLIE_APP_SECRET")"
  if ! jq -e 'type == "object" and all(to_entries[];
      (.key | test("^[A-Za-z_][A-Za-z0-9_]*$")) and (.value | type == "string" and all(explode[]; . != 0)))' \
    > /dev/null 2>&1 <<< "$app_secret"; then
    app_secret='{}'
    fail machine "the secret $CHARLIE_APP_SECRET must be a JSON object of names and texts"
  fi
}

# A script that adopted its container knows no secret yet. The result says whether all are known now.
secrets_know() {
  [ -z "${app_secret:-}" ] || return 0
  app_secret='{}'
  [ -z "$CHARLIE_APP_SECRET" ] || app_secret=$(secret_read "$CHARLIE_APP_SECRET") || { app_secret=''; return 1; }
}

# Standard input with ***** for each value of the app's secret that is known, as it is and as programs often write it.
secrets_mask() {
  local text value
  text=$(cat)
  if [ -n "${app_secret:-}" ]; then
    # The longest first, so that no part of one is left over. Of a value of several lines the short ones hide nothing, and would hide
    # every word that has their letters.
    while IFS= read -r value; do
      text=${text//"$value"/*****}
    done < <(jq -r '
      [.[] | strings | select(. != "")
        | if contains("\n") then split("\n")[] | select(length >= 8) else . end, (tojson | .[1:-1]), @uri, @base64]
      | unique | sort_by(-length)[]' <<< "$app_secret")
  fi

  printf '%s' "$text"
}

# However the script ends.
secrets_forget() {
  rm -rf "$CHARLIE_RUN/docker" "$CHARLIE_RUN/app.env" "$CHARLIE_RUN/secret.error" "$CHARLIE_RUN"/said.??????
}
