# shellcheck shell=bash
# Secrets come from AWS when they are needed, go by standard input, and are in no variable that a child inherits.

# secret_read <name or ARN, or ssm:name>: its text on standard output.
secret_read() {
  local name=$1 said text
  local -a call=(secretsmanager get-secret-value --secret-id "$name" --query SecretString)
  if [[ $name == ssm:* ]]; then
    call=(ssm get-parameter --name "${name#ssm:}" --with-decryption --query Parameter.Value)
  fi

  said=$(mktemp "$CHARLIE_RUN/said.XXXXXX")
  if text=$(aws --output text --cli-connect-timeout 5 --cli-read-timeout 10 "${call[@]}" 2> "$said"); then
    rm -f "$said"
    printf '%s' "$text"
  else
    printf 'charlie: %s\n' "$(tail -n 1 "$said")" >&2
    # The code of AWS's error; its whole text may name what it should not.
    sed -n 's/.*An error occurred (\([A-Za-z]*\)).*/\1/p' "$said" > "$CHARLIE_RUN/secret.error"
    rm -f "$said"
    return 1
  fi
}

# The words for a secret that could not be read.
secret_trouble() {
  local code
  code=$(cat "$CHARLIE_RUN/secret.error" 2> /dev/null || true)
  case $code in
    ResourceNotFoundException | ParameterNotFound) printf 'the secret %s does not exist' "$1" ;;
    AccessDenied*) printf 'the role of the instance may not read the secret %s' "$1" ;;
    '') printf 'the secret %s could not be read: AWS does not answer' "$1" ;;
    *) printf 'the secret %s could not be read: %s' "$1" "$code" ;;
  esac
}

# However the script ends.
secrets_forget() {
  rm -rf "$CHARLIE_RUN/docker" "$CHARLIE_RUN/app.env" "$CHARLIE_RUN/secret.error"
}
