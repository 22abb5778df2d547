"""Judges instances, and nothing else."""

import http.client
import re
import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

from aws import Aws
from records import Confirmed, Reported, parse_instant, parse_release, show
from reports import Reports, gravity, moments

FIRST_PACE, SLOWEST_PACE, GROWTH = 0.25, 2.0, 1.25
READ_INTERVAL, MOVING_INTERVAL, READ_LAG, MARGIN = 10, 1, 10, 10


def now():
    return datetime.now(timezone.utc)


@dataclass
class Evidence:
    proofs: int = 0
    misses: int = 0
    first_healthy: datetime | None = None
    last: tuple = ()

    def add(self, answer, image):
        if answer == ("healthy", image):
            self.proofs, self.misses, self.first_healthy = self.proofs + 1, 0, self.first_healthy or now()
        else:
            self.proofs, self.misses = 0, self.misses + 1
        self.last = answer


@dataclass
class Seen:
    at: datetime
    records: object
    group: object
    details: dict = field(default_factory=dict)

    @property
    def judged(self):
        records, target = self.records, self.records.target
        confirmed = records.is_confirmed(target)
        return [
            one for one in self.group.instances
            if (one.waits_at_launch or (one.in_service and not confirmed))
            and (version := records.version(one.version)) and version.release == target
        ]


class Lifecycle:
    def __init__(self, settings, log):
        self.settings, self.log = settings, log
        self.aws, self.reports = Aws(settings), Reports(settings)

    def handle(self, event, context):
        self.log("Received", source=event.get("source"), detailType=event.get("detail-type"))
        report = self.route(event, context.remaining() - MARGIN)
        self.log(report["summary"], outcome=report["outcome"])
        return report

    def route(self, event, available):
        match event.get("source"), event.get("detail-type"):
            case "aws.autoscaling", "EC2 Instance-launch Lifecycle Action":
                detail = event.get("detail") or {}
                group, hook, instance = (detail.get(name) for name in ("AutoScalingGroupName", "LifecycleHookName", "EC2InstanceId"))
                if not group or not hook or not re.fullmatch("i-[0-9a-f]{8,17}", str(instance)):
                    return self.reports.rejected(
                        f"an event '{event['detail-type']}'", "detail must name AutoScalingGroupName, LifecycleHookName and EC2InstanceId")
                if (group, hook) != (self.settings.group, self.settings.hook):
                    return self.reports.nothing(f"hook {hook} of group {group} is not Charlie's")
                return Watch(self).follow(instance, available)
            case "aws.events", "Scheduled Event":
                return Watch(self).sweep()
            case "lambda", "Lambda Function Invocation Result - Success":
                return self.departed((event.get("detail") or {}).get("responsePayload") or {})
            case source, detail_type:
                return self.reports.rejected("an event", f"Lifecycle does not know source '{source}' with detail-type '{detail_type}'")

    def departed(self, report):
        release, kind, at = parse_release(report.get("release")), report.get("outcome"), parse_instant(report.get("endedAt"))
        if not release or kind not in ("Confirmed", "RolledBack") or not at:
            return self.reports.rejected("an event 'Lambda Function Invocation Result - Success'", "responsePayload must name release, outcome and endedAt")
        records = self.aws.records()
        end = next((end for end in records.ends() if end[0] == release), None)
        if not end or end[1:3] != (kind, at):
            return self.reports.nothing(f"{kind} is not the last end of release {show(release)}")
        if not records.is_reported(end):
            self.aws.write_mark(Reported(release, kind, at))
        return self.reports.nothing(f"the report that release {show(release)} is {kind} left")


class Watch:
    """Reads AWS, probes, decides and acts, again and again. Before anything is let in or out the records are read once more."""

    def __init__(self, function):
        self.settings, self.aws, self.reports, self.log = function.settings, function.aws, function.reports, function.log
        self.evidence, self.in_service = {}, {}

    def observe(self, before=None):
        records, group = self.aws.observe()
        return self.complete(Seen(now(), records, group, before.details if before else {}))

    def look_at_group(self, before):
        return self.complete(replace(before, group=self.aws.group()))

    def complete(self, seen):
        unknown = [
            one.id for one in seen.judged
            if not all(seen.details.get(one.id, (None,))[:2])
            or (one.in_service and not (seen.details[one.id][2] or one.id in self.in_service))
        ]
        if unknown:
            seen.details = seen.details | self.aws.details(unknown)
        return seen

    def follow(self, instance_id, available):
        started, pace, held, shown = time.monotonic(), FIRST_PACE, None, False
        seen = self.observe()
        while True:
            instance = next((one for one in seen.group.instances if one.id == instance_id), None)
            shown = shown or instance is not None
            lagging = not shown and time.monotonic() - started < READ_LAG
            self.probe(seen)
            decisions = self.decide(seen)
            acts = any(decision[0] not in ("nothing", "wait") for decision in decisions.values())
            if acts:
                seen, report, left = self.apply(seen, decisions)
                if report and (gravity(report) >= 3 or not left):
                    return report
                held = report or held
                pace = FIRST_PACE
            elif not lagging and all(decision[0] == "nothing" for decision in decisions.values()):
                why = decisions[instance_id][1] if instance_id in decisions else "the instance is not in the group"
                return held or self.reports.nothing(f"{instance_id}: {why}")

            moving = lagging or acts or (instance and not instance.waits_at_launch and not instance.in_service)
            proving = any(one.waits_at_launch and self.of(one.id).proofs for one in seen.judged)
            wait = MOVING_INTERVAL if moving else FIRST_PACE if proving else pace
            pace = min(pace * GROWTH, SLOWEST_PACE) if wait == pace else pace
            if time.monotonic() + wait - started >= available:
                return held or self.reports.nothing(f"{instance_id} is not proved yet; the sweep goes on")
            time.sleep(wait)
            if now() - seen.at >= timedelta(seconds=READ_INTERVAL):
                seen = self.observe(seen)
            elif moving:
                seen = self.look_at_group(seen)

    def sweep(self):
        seen, done, held = self.observe(), set(), None
        for turn in range(self.settings.successes):
            if turn and not seen.judged:
                break
            if turn:
                time.sleep(FIRST_PACE)
            self.probe(seen)
            decisions = self.decide(seen)
            while news := {(key, decision[0]) for key, decision in decisions.items() if decision[0] not in ("nothing", "wait")} - done:
                done |= news
                seen, report, _ = self.apply(seen, decisions)
                if report and report["outcome"] in ("Confirmed", "RolledBack"):
                    return report
                held = report or held
                decisions = self.decide(seen)
        if held:
            return held
        for end in seen.records.ends():
            asked = end[3] and end[3].why.startswith("operator: ")
            if not seen.records.is_reported(end) and (asked or now() - end[2] >= timedelta(minutes=2)):
                return self.reports.again(end, seen.records)
        return self.reports.nothing(f"no instance of {seen.group.name} has come to a decision")

    def of(self, instance_id):
        return self.evidence.setdefault(instance_id, Evidence())

    def probe(self, seen):
        asked = [(one, seen.details[one.id][0]) for one in seen.judged if seen.details.get(one.id, (None,))[0]]
        answers = self.aws.pool.map(self.ask, [address for _, address in asked])
        for (one, _), answer in zip(asked, answers):
            self.of(one.id).add(answer, seen.records.version(one.version).image)

    def ask(self, address):
        connection = http.client.HTTPConnection(address, self.settings.health_port, timeout=2)
        try:
            connection.request("GET", self.settings.health_path)
            response = connection.getresponse()
            image, failure = response.headers.get("X-Charlie-Image"), response.headers.get("X-Charlie-Failure")
            if response.status == 200:
                return ("healthy", image) if image else ("not yet", "200 without X-Charlie-Image")
            if response.status == 503 and failure:
                kind, _, reason = failure.partition(":")
                return ("machine", reason.strip()) if kind == "machine" else ("app", (reason if kind == "app" else failure).strip())
            return "not yet", f"status {response.status}"
        except OSError as error:
            return "not yet", f"no answer ({type(error).__name__})"
        finally:
            connection.close()

    def decide(self, seen):
        return {one.id: self.judge(seen, one) for one in seen.group.instances}

    def judge(self, seen, one):
        records, settings = seen.records, self.settings
        if not one.on_its_way and not one.in_service:
            return "nothing", f"the instance is {one.state}"
        version = records.version(one.version)
        if version is None:
            return "wait", "the instance's launch template version is not to be read yet"
        target, confirmed = records.target, records.is_confirmed(records.target)
        if version.release != target:
            return ("supersede", version.release > target) if one.waits_at_launch else ("nothing", f"release {show(target)} should run; Refresh replaces what is in service")
        _, launched, entered = seen.details.get(one.id, (None, None, None))
        entered = entered or self.in_service.get(one.id)
        if one.in_service and confirmed:
            return "nothing", "the release is confirmed"
        if one.in_service and not entered:
            return "record", None
        if not one.in_service and not one.waits_at_launch:
            return "wait", f"the instance is {one.state}"

        evidence = self.of(one.id)
        over = version.pushed_at is not None and now() - version.pushed_at >= timedelta(seconds=settings.deployment_deadline)
        proved = evidence.proofs >= settings.successes
        late = launched and now() - launched >= timedelta(seconds=settings.health_deadline)
        match evidence.last:
            case ("machine", reason) if confirmed or not over:
                return "retry", f"machine: {reason}"
            case ("machine", reason):
                return self.reject(records, version, f"no machine could run it until its deadline after the push: {reason}")
            case ("app", reason):
                return self.reject(records, version, f"app: {reason}")
            case ("healthy", image) if image != version.image:
                return self.reject(records, version, f"the instance runs {image} and not {version.image}")
        if not proved and late and (evidence.misses >= settings.successes or (evidence.misses and over)):
            return self.reject(records, version, f"not healthy {timedelta(seconds=settings.health_deadline)} after launch: {evidence.last[1]}")
        if not proved:
            return "wait", "not proved yet"
        if one.waits_at_launch:
            return "continue", None
        proving = sum(1 for other in seen.judged if other.in_service and self.of(other.id).proofs >= settings.successes)
        if now() - entered >= timedelta(seconds=settings.bake) and proving >= max(1, seen.group.desired):
            return "confirm", proving
        return "wait", "the bake time is not over"

    @staticmethod
    def reject(records, version, reason):
        back = None if records.is_confirmed(version.release) else records.go_back_from(version.release)
        return ("roll back", reason) if back is not None else ("fail", reason)

    def apply(self, seen, decisions):
        """Reads afresh what lets something in or out, decides from that and acts; the report, and whether more is to come."""
        if any(decision[0] not in ("nothing", "wait", "record") for decision in decisions.values()):
            seen = self.observe(seen)
            decisions = self.decide(seen)
        order = ("roll back", "confirm", "record", "continue", "supersede", "retry", "fail")
        acting = sorted((d for d in decisions.items() if d[1][0] in order), key=lambda d: order.index(d[1][0]))
        if not acting:
            return seen, None, True
        instance_id, (what, fact) = acting[0]
        one = next(one for one in seen.group.instances if one.id == instance_id)
        self.log("Decided", decision=what, instance=instance_id)
        if what == "record":
            self.in_service[one.id] = now()
            self.evidence[one.id] = Evidence(first_healthy=self.of(one.id).first_healthy)
            self.aws.record_in_service(one.id, self.in_service[one.id])
            return seen, None, True
        report = self.carry_out(seen, one, what, fact)
        bakes = not seen.records.is_confirmed(seen.records.target)
        return seen, report, what == "continue" and bakes

    def carry_out(self, seen, one, what, fact):
        records, version = seen.records, seen.records.version(one.version)
        _, launched, entered = seen.details.get(one.id, (None, None, None))
        times = {
            "pushedAt": version.pushed_at, "launchedAt": launched, "firstHealthyAt": self.of(one.id).first_healthy,
            "inServiceAt": entered or self.in_service.get(one.id),
        }
        match what:
            case "continue":
                return self.reports.ready(version, one.id, moments(**times)) if self.aws.complete(one.id, "CONTINUE") else None
            case "confirm":
                mark = Confirmed(version.release, version.number, now())
                self.aws.write_mark(mark)
                back = records.go_back_from(version.release)
                previous = records.version_of(back).image if back is not None else None
                return self.reports.confirmed(version, one.id, fact, previous, mark.at, moments(**times, confirmedAt=mark.at))
            case "supersede":
                if not self.give_up(one):
                    return None
                if fact:
                    return self.reports.nothing(f"{one.id} was given up: its release {show(version.release)} was rolled back before")
                return self.reports.superseded(version, one.id, records.target)
            case "retry":
                return self.reports.retrying(version, one.id, fact, moments(**times)) if self.give_up(one) else None
            case "fail":
                return self.reports.failed(version, one.id, records.is_confirmed(version.release), fact, moments(**times)) if self.give_up(one) else None
            case "roll back":
                floor = records.raise_floor(version.release, records.go_back_from(version.release), now(), f"charlie: {fact}")
                self.aws.write_mark(floor)
                records = records.with_floor(floor)
                back = records.version_of(records.target)
                if back and seen.group.pin != back.number:
                    self.aws.pin(back.number)
                self.give_up(one)
                return self.reports.rolled_back(version, one.id, back, floor, fact, moments(**times))

    def give_up(self, one):
        if one.waits_at_launch:
            return self.aws.complete(one.id, "ABANDON")
        self.aws.terminate(one.id)
        return True
