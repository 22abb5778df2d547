"""The stack's own facts and parameters, read once at start from environment variables and checked."""

import re
from dataclasses import dataclass

RULES = {
    "CHARLIE_APP": r"[A-Za-z0-9][A-Za-z0-9-]{0,62}",
    "CHARLIE_GROUP": r"[\x20-\x7E]{1,255}",
    "CHARLIE_LAUNCH_TEMPLATE": r"lt-[0-9a-f]{8,17}",
    "CHARLIE_LAUNCH_HOOK": r"[A-Za-z0-9\-_/]{1,255}",
    "CHARLIE_IMAGE_REPOSITORY": r"[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+",
    "CHARLIE_PROJECT_ID": r"[1-9][0-9]{0,18}",
    "CHARLIE_PROJECT_URL": r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._-]+){2,}",
    "CHARLIE_HEALTH_PORT": r"[0-9]{1,5}",
    "CHARLIE_HEALTH_PATH": r"/[A-Za-z0-9._~/-]{0,254}",
    "CHARLIE_HEALTH_SUCCESSES": r"[1-9]|10",
    "CHARLIE_MACHINE_DEADLINE_SECONDS": r"[0-9]{2,3}",
    "CHARLIE_START_SECONDS": r"[0-9]{1,3}",
    "CHARLIE_HEALTH_DEADLINE_SECONDS": r"[0-9]{1,3}",
    "CHARLIE_BAKE_SECONDS": r"[0-9]{1,3}",
    "CHARLIE_DEPLOYMENT_DEADLINE_SECONDS": r"[0-9]{3,5}",
    "CHARLIE_STRATEGY": r"Replace",
    "CHARLIE_SINGLETON": r"true|false",
}


@dataclass(frozen=True)
class Settings:
    app: str
    group: str
    template: str
    hook: str
    repository: str
    project_id: int
    project_url: str
    health_port: int
    health_path: str
    successes: int
    machine_deadline: int
    start_time: int
    health_deadline: int
    bake: int
    deployment_deadline: int
    singleton: bool

    @staticmethod
    def read(variables):
        wrong = [
            f"{name} is {variables.get(name)!r}: it must match {rule}"
            for name, rule in RULES.items()
            if not re.fullmatch(rule, variables.get(name) or "")
        ]
        if wrong:
            raise ValueError("\n".join(wrong))

        def of(name):
            return variables["CHARLIE_" + name]

        return Settings(
            of("APP"), of("GROUP"), of("LAUNCH_TEMPLATE"), of("LAUNCH_HOOK"), of("IMAGE_REPOSITORY"),
            int(of("PROJECT_ID")), of("PROJECT_URL"), int(of("HEALTH_PORT")), of("HEALTH_PATH"),
            int(of("HEALTH_SUCCESSES")), int(of("MACHINE_DEADLINE_SECONDS")), int(of("START_SECONDS")),
            int(of("HEALTH_DEADLINE_SECONDS")), int(of("BAKE_SECONDS")), int(of("DEPLOYMENT_DEADLINE_SECONDS")),
            of("SINGLETON") == "true",
        )
