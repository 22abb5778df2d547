"""Records what was requested, and reconciles."""

import re
from datetime import datetime, timedelta, timezone

from aws import Aws
from records import Release, parse_release, show, write_instant
from reports import NOTES, Reports

REF = re.compile(r"(?!-|HEAD$|.*(?:\.\.|@\{|//|/\.|\.lock/|\.lock$))(?![./])[^\x00-\x20\x7f~^:?*\[\\]{1,255}(?<![./])")
TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
TEXT = re.compile(r"[^\x00-\x1f\x7f]{1,120}")


class InvalidEvent(Exception):
    pass


def now():
    return datetime.now(timezone.utc)


def time_of(event):
    try:
        return min(datetime.fromisoformat(event["time"]), now())
    except (KeyError, ValueError, TypeError):
        raise InvalidEvent("time must be the event's time in ISO 8601") from None


class Refresh:
    def __init__(self, settings, log):
        self.settings, self.log = settings, log
        self.aws, self.reports = Aws(settings), Reports(settings)

    def handle(self, event, context):
        self.log("Received", source=event.get("source"), detailType=event.get("detail-type"))
        report = self.route(event)
        self.log(report["summary"], outcome=report["outcome"])
        return report

    def route(self, event):
        try:
            match event.get("source"), event.get("detail-type"):
                case "charlie.ci", "Image Pushed":
                    return self.push(event)
                case "charlie.ops", "Rollback Requested":
                    return self.roll_back(event)
                case "aws.events", "Scheduled Event":
                    return self.sweep()
                case "lambda", "Lambda Function Invocation Result - Failure":
                    return self.run_again(event)
                case source, detail_type:
                    return self.reports.rejected("an event", f"Refresh does not know source '{source}' with detail-type '{detail_type}'")
        except InvalidEvent as invalid:
            return self.reports.rejected(f"an event '{event.get('detail-type')}'", str(invalid))

    def push(self, event, again=False):
        release, tags = self.read_push(event)
        facts = {
            "release": show(release), "image": tags["charlie:image"], "pipelineId": release.pipeline, "jobId": release.job,
            "pipelineUrl": tags["charlie:pipeline-url"], "commit": tags["charlie:commit"], "projectId": self.settings.project_id,
        }
        records, group = self.aws.read_all()
        known = records.version_of(release)
        if known and known.image != tags["charlie:image"]:
            return self.reports.rejected(
                f"release {show(release)}",
                f"release {show(release)} was pushed before with another image, {known.image}: a retried job has a new jobId", **facts)
        if why := self.why_stale(release, records):
            duplicate = records.is_recorded(release)
            end = "its event was delivered again" if duplicate else "retry its job to deploy it anyway"
            return self.reports.stale(f"Release {show(release)} was not deployed", f"{why}; {end}", duplicate, **facts)
        if known:
            return self.reconcile(records, group, "its event was delivered again")
        if again:
            return self.reports.nothing(f"another run records release {show(release)} at this moment")

        base = max((version for version in records.versions if version.is_base), key=lambda version: version.number, default=None)
        if base is None:
            return self.reports.rejected(
                f"release {show(release)}",
                "the launch template has no version without charlie:release to derive from: update the infrastructure stack", **facts)
        version = self.aws.create_version(show(release), tags, base)
        if version is None:
            return self.push(event, again=True)
        return self.reconcile(records.with_version(version), group, "a new image was pushed")

    @staticmethod
    def why_stale(release, records):
        rejection = records.effective_rejection
        if rejection and rejection.covers(release):
            return f"release {show(release)} was rejected at {write_instant(rejection.at)} with release {show(rejection.origin)} ({rejection.reason})"
        if release < records.desired_release:
            return f"release {show(records.desired_release)} is newer: its job id is greater"
        return None

    def roll_back(self, event):
        detail = self.detail(event)
        origin, to = parse_release(detail.get("fromRelease")), parse_release(detail.get("toRelease"))
        reason = detail.get("reason")
        if origin is None or (to is None and detail.get("toRelease") is not None) or not isinstance(reason, str) or not reason.strip():
            raise InvalidEvent("detail must name fromRelease, a reason, and toRelease as a release where it is given")
        requested_at = time_of(event)
        records, group = self.aws.read_all()
        what = f"The rollback from release {show(origin)} was not done"
        if origin != records.desired_release:
            return self.reports.stale(what, f"release {show(origin)} is not the desired release, which is {show(records.desired_release)}", release=show(origin))
        newest = records.newest_rejection_at
        if newest and requested_at <= newest:
            return self.reports.stale(what, f"the request is older than the rejection of {write_instant(newest)}", release=show(origin))
        to = to or records.fallback_of(origin)
        if to is None or to >= origin or not any(version.release == to for version in records.versions):
            return self.reports.rejected(f"the rollback from release {show(origin)}", "there is no release with a version to fall back to")
        if violation := self.violation(group):
            return self.reports.refused(show(to), violation)
        rejection = records.reject(origin, to, now(), "operator", reason)
        self.aws.write_tag(rejection)
        return self.reconcile(records.with_rejection(rejection), group, f"an operator rolled release {show(origin)} back ({reason})")

    def sweep(self):
        records, group = self.aws.read_all()
        if self.plan(records, group) != (None, []):
            violation = self.violation(group)
            if violation and now().minute % 15:
                return self.reports.nothing(violation)
            return self.reconcile(records, group, "the scheduled check found the group out of sync")
        return self.reports.nothing(f"{group.name} is in sync with its desired release {show(records.desired_release)}")

    def run_again(self, event):
        failed = event["detail"].get("requestPayload")
        if not isinstance(failed, dict) or failed.get("source") not in ("charlie.ci", "charlie.ops") or now() - time_of(failed) > timedelta(hours=1):
            return self.reports.nothing("the failed event is not run again: it is too old, or the next sweep does its work")
        return self.route(failed)

    def plan(self, records, group):
        """The version to pin, if another is pinned, and the instances of other releases, unless a launch is pending."""
        desired_release = records.desired_release
        version = records.version_of(desired_release)
        if version is None:
            return None, []
        others = [
            one.id for one in group.instances
            if one.in_service and (its := records.version(one.version)) and its.release != desired_release
        ]
        return version if group.pin != version.number else None, [] if any(one.pending for one in group.instances) else others

    def reconcile(self, records, group, reason):
        version = records.version_of(records.desired_release)
        if version is None:
            raise LookupError(f"The desired release {show(records.desired_release)} has no launch template version any more.")
        pin, others = self.plan(records, group)
        if not pin and not others:
            return self.reports.already_current(version)
        if violation := self.violation(group):
            return self.reports.refused(show(records.desired_release), violation)
        timings = {}
        if pin:
            self.aws.pin(pin.number)
            timings["pinnedAt"] = now()
        for instance in others:
            if self.aws.terminate(instance):
                timings["terminatedAt"] = now()
        if not timings:
            return self.reports.already_current(version)
        previous = records.version(group.pin)
        return self.reports.started(version, previous.image if previous else None, reason, timings)

    def violation(self, group):
        suspended = {process["ProcessName"] for process in group.raw.get("SuspendedProcesses", [])}
        stopped = [process for process in ("Launch", "Terminate") if process in suspended]
        if stopped:
            return f"the group's process {' and '.join(stopped)} is suspended: resume it (aws autoscaling resume-processes --auto-scaling-group-name {group.name})"
        if "MixedInstancesPolicy" in group.raw:
            return "the group has a mixed-instances policy: let it launch from the launch template itself"
        if "WarmPoolConfiguration" in group.raw:
            return "the group has a warm pool, whose instances were launched from older versions: delete it"
        if group.pin is None:
            return "the group's launch template version is no number: pin one (aws autoscaling update-auto-scaling-group), since $Latest and $Default move by themselves"
        if group.desired > 1:
            return f"the group's desired capacity is {group.desired} and strategy Replace is for one instance: set it to 1, or take strategy Rolling"
        if self.settings.singleton and (group.raw.get("InstanceMaintenancePolicy") or {}).get("MaxHealthyPercentage", 0) > 100:
            return "the app is a singleton and the group's maintenance policy launches before it terminates: set it to 0/100"
        return None

    def detail(self, event):
        detail = event.get("detail")
        if not isinstance(detail, dict):
            raise InvalidEvent("detail must be an object")
        self.check(detail, "app", detail.get("app") == self.settings.app, f"'{self.settings.app}'")
        return detail

    def read_push(self, event):
        detail = self.detail(event)
        repository = self.settings.repository
        self.match(detail, "image", re.compile(re.escape(repository) + "@sha256:[0-9a-f]{64}"),
                   f"{repository}@sha256: and 64 hexadecimal digits (an image by its digest, from that repository)")
        self.match(detail, "commit", re.compile("[0-9a-f]{40}"), "40 hexadecimal digits in lower case")
        self.match(detail, "ref", REF, "a branch name")
        if detail.get("tag") is not None:
            self.match(detail, "tag", TAG, "an image tag")
        for name in ("commitTitle", "commitAuthor"):
            if detail.get(name) is not None:
                self.match(detail, name, TEXT, "one line of at most 120 characters")
        for name in ("pipelineId", "jobId"):
            self.check(detail, name, type(detail.get(name)) is int and detail[name] > 0, "a positive integer")
        release = Release(detail["jobId"], detail["pipelineId"])
        url = f"{self.settings.project_url}/-/pipelines/{release.pipeline}"
        self.check(detail, "pipelineUrl", detail.get("pipelineUrl") == url, url)
        self.check(detail, "projectId", detail.get("projectId") == self.settings.project_id, str(self.settings.project_id))
        return release, {
            "charlie:image": detail["image"], "charlie:release": show(release), "charlie:commit": detail["commit"],
            "charlie:pipeline-url": url, "charlie:project": str(self.settings.project_id),
            "charlie:pushed-at": write_instant(time_of(event)),
        } | {f"charlie:{key}": str(detail[name]) for name, key in NOTES.items() if detail.get(name) is not None}

    def match(self, detail, name, pattern, allowed):
        value = detail.get(name)
        self.check(detail, name, isinstance(value, str) and pattern.fullmatch(value), allowed)

    @staticmethod
    def check(detail, name, matches, allowed):
        if not matches:
            raise InvalidEvent(f"detail.{name} must be {allowed}; it is {str(detail.get(name, 'missing'))[:80]}")
