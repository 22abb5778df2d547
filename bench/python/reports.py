"""What a function returns: the facts by name, and one sentence for an operator."""

from records import show, write_instant

PRIORITY = {
    "RolledBack": 7, "Confirmed": 6, "Stuck": 5, "AllClear": 5, "Failed": 4, "Unhealthy": 4, "Retrying": 3, "Superseded": 2, "InstanceReady": 1,
}
# What CI says of a push for people, and the version's tag that keeps it.
NOTES = {"tag": "tag", "commitTitle": "commit-title", "commitAuthor": "commit-author"}
NOTIFIED = ("Rejected", "Refused", "Confirmed", "RolledBack", "Stuck", "AllClear", "Unconfirmed", "Unhealthy")


def priority(report):
    return 2 if report["outcome"] == "AllClear" and not report["notify"] else PRIORITY.get(report["outcome"], 0)


class Reports:
    def __init__(self, settings):
        self.settings = settings

    def write(self, outcome, version, summary, **facts):
        report = {"outcome": outcome, "app": self.settings.app, "group": self.settings.group}
        if version:
            report |= {"release": show(version.release), "image": version.image, "version": version.number}
            if not version.is_base:
                project = version.tags.get("charlie:project", "")
                report |= {
                    "pipelineId": version.release.pipeline, "jobId": version.release.job,
                    "pipelineUrl": version.tags.get("charlie:pipeline-url"), "commit": version.tags.get("charlie:commit"),
                    "projectId": int(project) if project.isdigit() else None,
                } | {name: version.tags.get(f"charlie:{key}") for name, key in NOTES.items()}
        attempt = facts.get("attempt")
        due = attempt & (attempt - 1) == 0 if outcome in ("Retrying", "Failed") else outcome in NOTIFIED
        report |= {"notify": due} | facts | {"summary": summary}
        return {name: value for name, value in report.items() if value is not None}

    def nothing(self, why):
        return self.write("NothingToDo", None, f"Nothing to do: {why}.", reason=why)

    def rejected(self, what, reason, **facts):
        return self.write("Rejected", None, f"Rejected {what}: {reason}. Nothing was changed.", reason=reason, **facts)

    def stale(self, what, reason, duplicate=False, **facts):
        return self.write("Stale", None, f"{what}: {reason}.", reason=reason, notify=not duplicate, **facts)

    def refused(self, release, reason):
        summary = f"Release {release} cannot be deployed to {self.settings.group}: {reason}. The group is left as it is; Charlie goes on by itself once that is mended."
        return self.write("Refused", None, summary, release=release, reason=reason)

    def already_current(self, version):
        return self.write("AlreadyCurrent", version, f"{self.settings.group} runs release {show(version.release)}, or is being brought to it, already.")

    def started(self, version, previous_image, reason, timings):
        return self.write(
            "Started", version, f"Started release {show(version.release)} on {self.settings.group}: {reason}.",
            previousImage=previous_image, reason=reason, timings=moments(pushedAt=version.pushed_at, **timings))

    def ready(self, version, instance, **facts):
        return self.write(
            "InstanceReady", version, f"Instance {instance} is healthy with the image of release {show(version.release)} and was admitted.",
            instanceId=instance, **facts)

    def confirmed(self, version, instance, healthy_count, previous_image, at, **facts):
        runs = f"{healthy_count} instances run its image, and {instance}" if healthy_count > 1 else f"instance {instance} runs its image and"
        since = f", {(at - version.pushed_at).total_seconds():.0f} s after the push" if version.pushed_at else ""
        return self.write(
            "Confirmed", version,
            f"Release {show(version.release)} is confirmed: {runs} stayed healthy in service for {self.settings.bake} s{since}.",
            instanceId=instance, previousImage=previous_image, endedAt=write_instant(at), **facts)

    def superseded(self, version, instance, desired_release):
        summary = f"Instance {instance} of release {show(version.release)} was abandoned: release {show(desired_release)} is the desired one."
        return self.write("Superseded", version, summary, instanceId=instance)

    def rolled_back(self, version, instance, back, rejection, reason, **facts):
        return self.write(
            "RolledBack", version, f"Release {show(version.release)} was rolled back to {show(rejection.fallback)}: {reason}.",
            instanceId=instance, previousImage=back.image if back else None, reason=reason,
            endedAt=write_instant(rejection.at), **facts)

    def retrying(self, version, instance, attempt, reason, **facts):
        ordinal = {1: "first", 2: "second", 3: "third"}.get(attempt, f"{attempt}th")
        summary = (
            f"Instance {instance} of release {show(version.release)} was removed for an infrastructure failure,"
            f" the {ordinal} in a row ({reason}); the group launches another."
        )
        return self.write("Retrying", version, summary, instanceId=instance, attempt=attempt, reason=reason, **facts)

    def sick(self, version, instance, confirmed, attempt, reason, **facts):
        what = (
            f"is not healthy: {reason}. The group launches another; the release stands." if confirmed
            else f"failed, and there is no confirmed release below it to fall back to: {reason}. The group launches another; push a release that works."
        )
        return self.write(
            "Unhealthy" if confirmed else "Failed", version, f"Instance {instance} of release {show(version.release)} {what}",
            instanceId=instance, attempt=attempt, reason=reason, **facts)

    def stuck(self, records, since, activity, at):
        release = show(records.desired_release)
        summary = (
            f"No healthy instance of {self.settings.group} has been in service since {write_instant(since)}; release {release} should run."
            f" The group's last activity: {activity or 'none'}."
        )
        return self.write("Stuck", records.version_of(records.desired_release), summary, release=release, reason=activity, secondsOutOfService=(at - since).total_seconds())

    def all_clear(self, records, since, at, told):
        summary = f"A healthy instance of {self.settings.group} is in service again, since {write_instant(since)} there was none."
        return self.write(
            "AllClear", records.version_of(records.desired_release), summary, release=show(records.desired_release), notify=told,
            secondsOutOfService=(at - since).total_seconds())

    def unconfirmed(self, records, first_launch):
        release = show(records.desired_release)
        summary = f"Release {release} has been neither confirmed nor rejected since its first launch at {write_instant(first_launch)}."
        return self.write("Unconfirmed", records.version_of(records.desired_release), summary, release=release)

    def again(self, end, records):
        release, kind, at, rejection = end
        version, previous = records.version_of(release), rejection.fallback if rejection else records.fallback_of(release)
        summary = (
            f"Release {show(release)} was rolled back to {show(rejection.fallback)} at {write_instant(at)}: {rejection.reason}." if rejection
            else f"Release {show(release)} was confirmed at {write_instant(at)}."
        )
        before = records.version_of(previous) if previous else None
        facts = {"release": show(release), "previousImage": before.image if before else None, "reason": rejection.reason if rejection else None}
        return self.write(kind, version, summary, **facts, endedAt=write_instant(at), timings=moments(
            pushedAt=version.pushed_at if version else None, confirmedAt=at if kind == "Confirmed" else None))


def duration(seconds):
    """As 45 s, 5 min, 2 min 10 s, 3 h 5 min."""
    seconds = int(seconds)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    large, small = (f"{hours} h", f"{minutes} min" if minutes else "") if hours else (
        (f"{minutes} min", f"{seconds} s" if seconds else "") if minutes else (f"{seconds} s", ""))
    return f"{large} {small}".strip()


def moments(**times):
    given = {name: at for name, at in times.items() if at is not None}
    seconds = {
        name: (given[end] - given["pushedAt"]).total_seconds()
        for name, end in (("secondsToInService", "inServiceAt"), ("secondsToConfirmed", "confirmedAt"))
        if end in given and "pushedAt" in given
    }
    return {name: at.isoformat() for name, at in given.items()} | seconds
