"""What to do about one instance: a decision's name, and the fact that belongs to it."""

from dataclasses import dataclass
from datetime import datetime

from records import Attempts, Replacement, show
from reports import duration

SERVICE_TOLERANCE, TOLERANCE = 180, 30
MACHINES_THAT_COUNT = 3
SILENT_AFTER_START = "silent after the app's start"


@dataclass(frozen=True)
class Facts:
    instance: object
    version: object
    details: object
    evidence: object
    records: object
    first_launch: datetime | None
    at: datetime

    @property
    def confirmed(self):
        return self.records.is_confirmed(self.version.release)

    @property
    def fallback(self):
        return None if self.confirmed else self.records.fallback_of(self.version.release)

    @property
    def age(self):
        return (self.at - self.details.launched_at).total_seconds() if self.details.launched_at else 0

    def overdue(self, settings):
        return self.first_launch is not None and (self.at - self.first_launch).total_seconds() >= settings.deployment_deadline

    def baked(self, settings):
        return (
            self.instance.in_service and self.details.in_service_at is not None
            and self.evidence.successes >= settings.successes and self.evidence.last.age >= settings.bake
            and (self.at - self.details.in_service_at).total_seconds() >= settings.bake
        )


def decide(facts, settings, baked, needed):
    records, one, version = facts.records, facts.instance, facts.version
    if not one.pending and not one.in_service:
        return "nothing", f"the instance is {one.state}"
    if version is None:
        return "wait", "the launch template version is not visible yet"
    desired_release = records.desired_release
    if version.release != desired_release:
        return ("supersede", version.release > desired_release) if one.waits_at_launch else (
            "nothing", f"release {show(desired_release)} is the desired one; Refresh replaces this instance")
    if not one.in_service and not one.waits_at_launch:
        return "wait", f"the instance is {one.state}"
    if one.in_service and facts.confirmed and facts.evidence.last is None:
        return "nothing", "the release is confirmed"
    if one.in_service and not facts.confirmed and facts.details.in_service_at is None:
        return "record", None

    match problem(facts, settings):
        case "app", reason, _ if facts.fallback is None:
            return replace(facts, reason)
        case "app", reason, _:
            return "roll back", reason
        case "machine", reason, may_be_release:
            return retry(facts, settings, reason, may_be_release)
    if one.in_service and facts.confirmed:
        return "nothing", "the release is confirmed"
    if facts.evidence.successes < settings.successes:
        return "wait", "not healthy yet"
    if one.waits_at_launch:
        return "continue", None
    return ("confirm", baked) if facts.baked(settings) and baked >= needed else ("wait", "the bake time is not over")


def problem(facts, settings):
    """Whose failure it is, the reason, and whether the release may be the cause of a machine's; None while nothing is wrong."""
    last, image, stands = facts.evidence.last, facts.version.image, facts.fallback is None
    late = facts.age >= settings.machine_deadline
    match last and last.kind:
        # Another machine has the lock, and gives it back in its time: a new machine would wait as long.
        case "machine" if last.phase == "lock":
            return None
        case "machine":
            return "machine", f"machine: {last.text}", last.phase == "pull" and not stands
        case "app":
            return "app", f"app: {last.text}", False
        case "healthy" if last.text != image:
            return "app", f"the instance runs {last.text} and not {image}", False
        case "unhealthy" if last.age >= SERVICE_TOLERANCE if stands else too_long(facts, settings):
            return "app", f"app: {last.text}", False
        case "preparing" | "silent" if stands:
            if late and last.phase != "lock" and (
                    facts.instance.waits_at_launch or facts.evidence.unanswered_for >= SERVICE_TOLERANCE):
                return "machine", f"machine: {last.text}", False
        case "preparing" if late and last.phase != "lock":
            return "machine", f"machine: {last.text} {duration(facts.age)} after its launch", last.phase == "pull"
        case "silent" if late and facts.evidence.unanswered_for >= TOLERANCE:
            ran = facts.details.has_run_app or facts.evidence.has_run_app
            return "machine", f"{SILENT_AFTER_START if ran else 'silent'}: {last.text}", ran
    return None


def too_long(facts, settings):
    """Times count from the app's own start; where the app was down before, health is judged at the deployment deadline only."""
    last, overdue, down = facts.evidence.last, facts.overdue(settings), facts.records.down
    since = facts.records.desired_since
    was_down = down is not None and down.of_app and since is not None and down.since < since
    limit = settings.start_time if last.restarts else settings.health_deadline
    limit = min(TOLERANCE, limit) if facts.instance.in_service else limit
    flapped = last.restarts > 0 or last.age < last.runs_for
    return (last.age >= limit and (overdue or not was_down)) or (overdue and flapped and last.runs_for >= settings.health_deadline)


def retry(facts, settings, reason, may_be_release):
    before, one = facts.records.attempts_of(facts.version.release), facts.instance.id
    attempts = (before or Attempts(facts.version.release, facts.details.launched_at or facts.at)).and_one(one, reason)
    if facts.fallback is not None and may_be_release:
        # The first machine that fell silent may have been its host's victim.
        if before and one not in before.instances and all(why.startswith(SILENT_AFTER_START) for why in (before.failure, reason)):
            return "roll back", f"app: two machines in a row fell {reason}"
        if facts.overdue(settings) and attempts.count >= MACHINES_THAT_COUNT:
            return "roll back", f"no machine could run it within {duration(settings.deployment_deadline)} of its first launch: {reason}"
    return "retry", (reason, attempts)


def replace(facts, reason):
    last = facts.evidence.last
    sick_since = facts.at.timestamp() - (last.age if last.kind == "unhealthy" else 0)
    replacement = Replacement.following(
        facts.records.replacement_of(facts.version.release), facts.version.release,
        datetime.fromtimestamp(sick_since, facts.at.tzinfo), facts.at)
    return ("replace", (reason, replacement)) if replacement else ("wait", f"{reason}; the back-off is not over")
