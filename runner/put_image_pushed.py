#!/usr/bin/env python3
"""Puts the one `Image Pushed` event of a GitLab deploy job.

Reads the environment (GitLab's CI_* variables; CHARLIE_APP, CHARLIE_IMAGE and CHARLIE_EVENT_BUS_ARN; CHARLIE_TAG if
wanted), refuses what is malformed before anything is sent, and exits 0 only when EventBridge took the event: the `aws`
command exits 0 as well when it did not. With CHARLIE_DEPLOYMENT=charlie it first creates the deployment in GitLab that
Charlie ends; where GitLab refuses, the job says so and deploys all the same.
"""

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

POSITIVE_INTEGER = r"[1-9][0-9]{0,17}"
# The names that git allows for a branch (git check-ref-format --branch). Refresh has the same rule.
BRANCH = r"(?!-|HEAD$|.*(?:\.\.|@\{|//|/\.|\.lock/|\.lock$))(?![./])[^\x00-\x20\x7f~^:?*\[\\]+(?<![./])"
BRANCH_BYTES = 255
HOST = r"[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?"

# variable: (what it has to look like, the same in words)
REQUIRED = {
    "CHARLIE_APP": (r"[a-z][a-z0-9-]{0,62}", "a lower-case name"),
    "CHARLIE_IMAGE": (
        HOST + r"(/[a-z0-9]+([._-]+[a-z0-9]+)*)+@sha256:[0-9a-f]{64}",
        "repository@sha256:digest, as pushed",
    ),
    "CHARLIE_EVENT_BUS_ARN": (
        r"arn:aws[a-z-]*:events:[a-z0-9-]+:[0-9]{12}:event-bus/(?!default$)[A-Za-z0-9._-]{1,256}",
        "the ARN of the event bus (the stack's output EventBusArn)",
    ),
    "CI_COMMIT_SHA": (r"[0-9a-f]{40}", "40 hexadecimal digits"),
    "CI_COMMIT_BRANCH": (BRANCH, "the name of a branch (a tag or merge request is not deployed)"),
    "CI_PIPELINE_ID": (POSITIVE_INTEGER, "a positive integer"),
    "CI_JOB_ID": (POSITIVE_INTEGER, "a positive integer"),
    "CI_PROJECT_ID": (POSITIVE_INTEGER, "a positive integer"),
    "CI_PROJECT_URL": (r"https://" + HOST + r"(/[A-Za-z0-9._-]+){2,}", "an https URL"),
    "CI_PIPELINE_URL": (r"https://[A-Za-z0-9.:/_-]+", "the pipeline's URL"),
}
OPTIONAL = {
    "CHARLIE_TAG": (r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}", "an image tag"),
    "CHARLIE_DEPLOYMENT": (r"job|charlie", "job or charlie"),
}
# What a commit says is the committer's choice, and no reason to refuse a push.
TEXT_LENGTH = 120
GITLAB_SECONDS = 10


class Refused(Exception):
    """Nothing was sent, or EventBridge did not take it; the message is for the job's log."""


def read(environment):
    values = {}
    for name, (pattern, words) in (REQUIRED | OPTIONAL).items():
        value = environment.get(name, "")
        if not value and name in OPTIONAL:
            continue
        if not re.fullmatch(pattern, value) or (name == "CI_COMMIT_BRANCH" and not is_short(value)):
            raise Refused(f"{name} is {value!r}; it has to be {words}")
        values[name] = value

    pipeline_url = f"{values['CI_PROJECT_URL']}/-/pipelines/{values['CI_PIPELINE_ID']}"
    if values["CI_PIPELINE_URL"] != pipeline_url:
        raise Refused(f"CI_PIPELINE_URL is {values['CI_PIPELINE_URL']!r}; it has to be {pipeline_url}")
    return values


def is_short(branch):
    try:
        return len(branch.encode()) <= BRANCH_BYTES
    except UnicodeEncodeError:
        return False


def line(text):
    """One line of printable characters, cut where it is too long."""
    printable = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(printable.split())[:TEXT_LENGTH]


def texts_of(environment):
    return {
        "commitTitle": line(environment.get("CI_COMMIT_TITLE", "")),
        # "Name <mail address>": the address is nobody's business.
        "commitAuthor": line(re.sub(r"\s*<[^>]*>\s*$", "", environment.get("CI_COMMIT_AUTHOR", ""))),
    }


def entry(values, texts, deployment):
    detail = {
        "app": values["CHARLIE_APP"],
        "image": values["CHARLIE_IMAGE"],
        "commit": values["CI_COMMIT_SHA"],
        "ref": values["CI_COMMIT_BRANCH"],
        "pipelineId": int(values["CI_PIPELINE_ID"]),
        "jobId": int(values["CI_JOB_ID"]),
        "pipelineUrl": values["CI_PIPELINE_URL"],
        "projectId": int(values["CI_PROJECT_ID"]),
    }
    if "CHARLIE_TAG" in values:
        detail["tag"] = values["CHARLIE_TAG"]
    if deployment is not None:
        detail["deploymentId"] = deployment
    for field, text in texts.items():
        if text:
            detail[field] = text
    return {
        "EventBusName": values["CHARLIE_EVENT_BUS_ARN"],
        "Source": "charlie.ci",
        "DetailType": "Image Pushed",
        "Detail": json.dumps(detail),
    }


def create_deployment(values, environment):
    """The id of a new deployment that runs; None where GitLab did not create it."""
    form = {
        "environment": environment.get("CI_ENVIRONMENT_NAME", ""),
        "sha": values["CI_COMMIT_SHA"],
        "ref": values["CI_COMMIT_BRANCH"],
        "tag": "false",
        "status": "running",
    }
    request = urllib.request.Request(
        f"{environment.get('CI_API_V4_URL', '')}/projects/{values['CI_PROJECT_ID']}/deployments",
        data=urllib.parse.urlencode(form).encode(),
        headers={"JOB-TOKEN": environment.get("CI_JOB_TOKEN", "")},
    )
    try:
        with urllib.request.urlopen(request, timeout=GITLAB_SECONDS) as response:
            created = json.load(response)["id"]
        if isinstance(created, bool) or not isinstance(created, int) or created <= 0:
            raise ValueError(f"its id is {created!r}")
        return created
    except urllib.error.HTTPError as error:
        reason = f"HTTP {error.code}: {line(error.read(2000).decode(errors='replace'))}"
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = line(str(error))
    print(f"put_image_pushed: GitLab did not create the deployment ({reason}); the release is deployed all the same",
          file=sys.stderr)
    return None


def put(event):
    region = event["EventBusName"].split(":")[3]
    command = ["aws", "events", "put-events", "--region", region, "--output", "json", "--entries", json.dumps([event])]
    try:
        response = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    except FileNotFoundError:
        raise Refused("there is no `aws` command on PATH") from None
    except subprocess.CalledProcessError as error:
        raise Refused(f"`aws events put-events` ended with {error.returncode}; its message is above") from None

    try:
        result = json.loads(response)
        failed, first = result["FailedEntryCount"], result["Entries"][0]
    except (ValueError, KeyError, IndexError, TypeError):
        raise Refused(f"`aws events put-events` gave a response that cannot be read: {response!r}") from None
    if failed != 0:
        raise Refused(f"EventBridge did not take the event: {first.get('ErrorCode')}: {first.get('ErrorMessage')}")
    return first["EventId"]


def main():
    try:
        values = read(os.environ)
        deployment = create_deployment(values, os.environ) if values.get("CHARLIE_DEPLOYMENT") == "charlie" else None
        event_id = put(entry(values, texts_of(os.environ), deployment))
    except Refused as refused:
        print(f"put_image_pushed: {refused}", file=sys.stderr)
        return 1
    print(f"Event {event_id}: release {values['CI_PIPELINE_ID']}.{values['CI_JOB_ID']}, {values['CHARLIE_IMAGE']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
