"""What a function returns: the facts by name, and one sentence for a person."""

from records import show, write_instant

GRAVITY = {"RolledBack": 6, "Confirmed": 5, "Failed": 4, "Retrying": 3, "Superseded": 2, "InstanceReady": 1}


def gravity(report):
    return GRAVITY.get(report["outcome"], 0)


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
                    "pipelineId": version.release[0], "jobId": version.release[1],
                    "pipelineUrl": version.tags.get("charlie:pipeline-url"), "commit": version.tags.get("charlie:commit"),
                    "projectId": int(project) if project.isdigit() else None,
                }
        report |= facts | {"summary": summary}
        return {name: value for name, value in report.items() if value is not None}

    def nothing(self, why):
        return self.write("NothingToDo", None, f"Nothing to do: {why}.", reason=why)

    def rejected(self, what, reason, **facts):
        return self.write("Rejected", None, f"Rejected {what}: {reason}. Nothing was changed.", reason=reason, **facts)

    def stale(self, what, reason, **facts):
        return self.write("Stale", None, f"{what} was left alone: {reason}.", reason=reason, **facts)

    def refused(self, release, reason):
        summary = f"Release {release} cannot be brought to {self.settings.group}: {reason}. Nothing was changed; run the job again afterwards."
        return self.write("Refused", None, summary, release=release, reason=reason)

    def already_current(self, version):
        return self.write("AlreadyCurrent", version, f"Release {show(version.release)} is what {self.settings.group} runs or is on its way to.")

    def started(self, version, previous_image, reason, timings):
        return self.write(
            "Started", version, f"Started release {show(version.release)} on {self.settings.group}: {reason}.",
            previousImage=previous_image, reason=reason, timings=moments(pushedAt=version.pushed_at, **timings))

    def ready(self, version, instance, timings):
        return self.write(
            "InstanceReady", version, f"Instance {instance} proved the image of release {show(version.release)} and was let in.",
            instanceId=instance, timings=timings)

    def confirmed(self, version, instance, proving, previous_image, at, timings):
        runs = f"{proving} instances run its image, and {instance}" if proving > 1 else f"{instance} runs its image and"
        since = f", {(at - version.pushed_at).total_seconds():.0f} s after the push" if version.pushed_at else ""
        return self.write(
            "Confirmed", version,
            f"Release {show(version.release)} is confirmed: {runs} stayed healthy in service for {self.settings.bake} s{since}.",
            instanceId=instance, previousImage=previous_image, endedAt=write_instant(at), timings=timings)

    def superseded(self, version, instance, target):
        summary = f"Instance {instance} of release {show(version.release)} was given up: release {show(target)} should run."
        return self.write("Superseded", version, summary, instanceId=instance)

    def rolled_back(self, version, instance, back, floor, reason, timings):
        return self.write(
            "RolledBack", version, f"Release {show(version.release)} was rolled back to {show(floor.go_back_to)}: {reason}.",
            instanceId=instance, previousImage=back.image if back else None, reason=reason,
            endedAt=write_instant(floor.at), timings=timings)

    def retrying(self, version, instance, reason, timings):
        summary = f"Instance {instance} of release {show(version.release)} was given up for its machine's fault ({reason}); the group launches another."
        return self.write("Retrying", version, summary, instanceId=instance, reason=reason, timings=timings)

    def failed(self, version, instance, confirmed, reason, timings):
        of = f"Instance {instance} of the confirmed release" if confirmed else f"Instance {instance} of release"
        what = (
            f"did not come up: {reason}. The group launches another." if confirmed
            else f"failed, and there is no confirmed release below it to go back to: {reason}. The group keeps trying; push a release that works."
        )
        return self.write("Failed", version, f"{of} {show(version.release)} {what}", instanceId=instance, reason=reason, timings=timings)

    def again(self, end, records):
        release, kind, at, floor = end
        version, previous = records.version_of(release), floor.go_back_to if floor else records.go_back_from(release)
        summary = (
            f"Release {show(release)} was rolled back to {show(floor.go_back_to)} at {write_instant(at)}: {floor.why}." if floor
            else f"Release {show(release)} is confirmed since {write_instant(at)}."
        )
        before = records.version_of(previous) if previous else None
        facts = {"release": show(release), "previousImage": before.image if before else None, "reason": floor.why if floor else None}
        return self.write(kind, version, summary, **facts, endedAt=write_instant(at), timings=moments(
            pushedAt=version.pushed_at if version else None, confirmedAt=at if kind == "Confirmed" else None))


def moments(**times):
    return {name: at.isoformat() for name, at in times.items() if at is not None}
