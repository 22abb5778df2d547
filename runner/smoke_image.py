#!/usr/bin/env python3
"""Runs an image once before it is deployed: `smoke-image IMAGE`.

The container gets PORT as on the machine, and the variables of the file that CHARLIE_SMOKE_VARIABLES names, where it is set
(docker's --env-file: NAME=value lines; a CI/CD variable of type File). Its limits are those of the machine too, each by the
machine's own variable (CHARLIE_READ_ONLY_ROOT, CHARLIE_CAPABILITIES ...). It has CHARLIE_SMOKE_SECONDS to become healthy at
CHARLIE_SMOKE_PATH, and STOP_SECONDS to end after SIGTERM. The exit code is 0 only for an image that does both. Its last lines are
shown; the container is removed whatever came of it.
"""

import http.client
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

# As on the machine, where the script waits for the app to close its positions.
STOP_SECONDS = 60
DOCKER_SECONDS = 120
RESPONSE_SECONDS = 5
LAST_LINES = 20
KILLED = 137
# The engine is no proxy's to reach.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))

# variable: (its default, what it has to look like, the same in words)
SETTINGS = {
    "CHARLIE_SMOKE_PATH": ("/health", r"/[A-Za-z0-9._~/?=&%-]{0,200}", "a path that begins with /"),
    "CHARLIE_SMOKE_PORT": ("8080", r"[1-9][0-9]{0,4}", "a port"),
    "CHARLIE_SMOKE_SECONDS": ("60", r"[1-9][0-9]{0,2}", "seconds, 1 to 999"),
    "CHARLIE_SMOKE_VARIABLES": ("", r"[^\x00-\x1f]*", "the path of a file"),
}

CAPABILITY = (
    "(CHOWN|DAC_OVERRIDE|FOWNER|FSETID|IPC_LOCK|KILL|NET_BIND_SERVICE|NET_RAW|SETGID|SETPCAP|SETUID|SYS_NICE)")

# The machine's own, with its defaults (instance/lib/settings.sh); a test compares them.
LIMITS = {
    "CHARLIE_READ_ONLY_ROOT": ("true", r"(true|false)", "true or false"),
    "CHARLIE_TMP_MEGABYTES": ("64", r"[1-9][0-9]{0,4}", "1 to 99999"),
    "CHARLIE_CAPABILITIES": (
        "", rf"({CAPABILITY}(,{CAPABILITY})*)?", "names such as NET_BIND_SERVICE,SETUID, or nothing"),
    "CHARLIE_PIDS": ("512", r"[1-9][0-9]{0,4}", "1 to 99999"),
    "CHARLIE_MEMORY_PERCENT": ("80", r"([1-9][0-9]?|100)", "1 to 100"),
    "CHARLIE_INIT": ("true", r"(true|false)", "true or false"),
}


class Failed(Exception):
    """The image does not do what it must; the message is for the job's log."""


def read(environment):
    values = {}
    for name, (default, pattern, words) in {**SETTINGS, **LIMITS}.items():
        value = environment.get(name) or default
        if not re.fullmatch(pattern, value):
            raise Failed(f"{name} is {value!r}; it has to be {words}")
        values[name] = value
    file = values["CHARLIE_SMOKE_VARIABLES"]
    if file and not os.path.isfile(file):
        raise Failed(f"CHARLIE_SMOKE_VARIABLES names {file!r}, which is not a file: make the CI/CD variable one of type File")
    return values


def host_of(environment):
    """Where the engine's host network is: a service of the job has a name of its own."""
    engine = urllib.parse.urlsplit(environment.get("DOCKER_HOST", ""))
    return engine.hostname if engine.scheme == "tcp" and engine.hostname else "127.0.0.1"


def docker(*arguments):
    try:
        return subprocess.run(
            ["docker", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace", timeout=DOCKER_SECONDS, check=True).stdout.strip()
    except FileNotFoundError:
        raise Failed("there is no `docker` command on PATH") from None
    except subprocess.TimeoutExpired:
        raise Failed(f"`docker {arguments[0]}` took longer than {DOCKER_SECONDS} s") from None
    except subprocess.CalledProcessError as error:
        raise Failed(f"`docker {arguments[0]}` ended with {error.returncode}: {error.stdout.strip()}") from None


def limits(values, has_init, memory_info):
    """The options of `docker create` that limit a container: the same as in instance/lib/limits.sh, in its order."""
    total = re.search(r"^MemTotal:\s+(\d+) kB", memory_info, re.MULTILINE)
    if not total:
        raise Failed("/proc/meminfo does not say how much memory this machine has")
    memory = f"{int(total[1]) * int(values['CHARLIE_MEMORY_PERCENT']) // 100}k"
    options = [
        "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--pids-limit", values["CHARLIE_PIDS"],
        "--memory", memory, "--memory-swap", memory]
    for capability in filter(None, values["CHARLIE_CAPABILITIES"].split(",")):
        options += ["--cap-add", capability]
    if has_init and values["CHARLIE_INIT"] == "true":
        options.append("--init")
    if values["CHARLIE_READ_ONLY_ROOT"] == "true":
        options += ["--read-only", "--tmpfs", f"/tmp:rw,noexec,nosuid,nodev,mode=1777,size={values['CHARLIE_TMP_MEGABYTES']}m"]
    return options


def create(image, values, has_init):
    variables = values["CHARLIE_SMOKE_VARIABLES"]
    with open("/proc/meminfo", encoding="utf-8") as memory:
        options = limits(values, has_init, memory.read())
    return docker(
        "create", "--restart", "no", "--env", f"PORT={values['CHARLIE_SMOKE_PORT']}",
        *(["--env-file", variables] if variables else []), *options, "--network", "host", image).splitlines()[-1]


def start(image, values):
    """The container, started; without an init where the engine has none, as on the machine."""
    for has_init in (True, False):
        container = None
        try:
            container = create(image, values, has_init)
            docker("start", container)
            return container
        except Failed as failed:
            lacks = "docker-init" in str(failed) or "container-init binary" in str(failed)
            if container:
                docker("rm", "--force", container)
            if not lacks or not has_init or values["CHARLIE_INIT"] == "false":
                raise
    raise AssertionError("the second try ends in the loop")


def state(container):
    found = json.loads(docker("inspect", "--format", "{{json .State}}", container))
    return found["Status"], found["ExitCode"]


def become_healthy(container, url, seconds):
    begun = time.monotonic()
    reason = "no response"
    while time.monotonic() - begun < seconds:
        status, code = state(container)
        if status not in ("created", "running"):
            raise Failed(f"the app ended with {code} before it was healthy")
        try:
            with DIRECT.open(url, timeout=RESPONSE_SECONDS) as response:
                if response.status == 200:
                    return time.monotonic() - begun
                reason = f"HTTP {response.status}"
        except urllib.error.HTTPError as error:
            reason = f"HTTP {error.code}"
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason = str(getattr(error, "reason", error)) or type(error).__name__
        time.sleep(0.5)
    raise Failed(f"{url} did not become healthy in {seconds} s; its last answer: {reason}")


def stop(container):
    begun = time.monotonic()
    docker("stop", "--time", str(STOP_SECONDS), container)
    _, code = state(container)
    took = time.monotonic() - begun
    if code == KILLED:
        raise Failed(f"the app did not end within {STOP_SECONDS} s of SIGTERM: on the machine it would be killed as it trades")
    return took, code


def check(image, values, environment):
    url = f"http://{host_of(environment)}:{values['CHARLIE_SMOKE_PORT']}{values['CHARLIE_SMOKE_PATH']}"
    container = start(image, values)
    try:
        healthy = become_healthy(container, url, int(values["CHARLIE_SMOKE_SECONDS"]))
        took, code = stop(container)
        print(f"smoke-image: healthy after {healthy:.1f} s; ended with {code} {took:.1f} s after SIGTERM")
    except Failed:
        print(docker("logs", "--tail", str(LAST_LINES), container), file=sys.stderr)
        raise
    finally:
        docker("rm", "--force", container)


def main(arguments):
    try:
        if len(arguments) != 1 or arguments[0].startswith("-"):
            raise Failed("it takes one image: smoke-image IMAGE")
        check(arguments[0], read(os.environ), os.environ)
    except Failed as failed:
        print(f"smoke-image: {failed}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
