"""Judges instances, and nothing else."""

import re
import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

import health
import judging
from aws import Aws, Details
from records import Attempts, Confirmed, Down, Reported, parse_instant, parse_release, show
from reports import Reports, moments, priority

FIRST_PACE, SLOWEST_PACE, GROWTH, SILENCE_PACE = 0.25, 2.0, 1.25, 2
READ_INTERVAL, MOVING_INTERVAL, READ_LAG, MARGIN = 10, 1, 10, 10
SWEEP_LIMIT, RECORD_AGE = 240, 5
QUIET = ("nothing", "wait")


def now():
    return datetime.now(timezone.utc)


@dataclass
class Seen:
    at: datetime
    records: object
    group: object
    details: dict = field(default_factory=dict)

    def of_desired_release(self, one):
        version = self.records.version(one.version)
        return version is not None and version.release == self.records.desired_release

    @property
    def probed(self):
        confirmed = self.records.is_confirmed(self.records.desired_release)
        return [
            one for one in self.group.instances
            if (one.waits_at_launch or (one.in_service and not confirmed)) and self.of_desired_release(one)
        ]

    @property
    def first_launch(self):
        """Since when the desired release has been tried."""
        attempts = self.records.attempts_of(self.records.desired_release)
        launches = (self.details.get(one.id, Details()).launched_at for one in self.group.instances if self.of_desired_release(one))
        return attempts.first_launch if attempts else min(filter(None, launches), default=None)


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
                    return self.reports.nothing(f"hook {hook} of group {group} is not the launch hook of this stack")
                return Watch(self).follow(instance, available)
            case "aws.events", "Scheduled Event":
                return Watch(self, sweeps=True).sweep(min(available, SWEEP_LIMIT))
            case "lambda", "Lambda Function Invocation Result - Success":
                return self.delivered((event.get("detail") or {}).get("responsePayload") or {})
            case source, detail_type:
                return self.reports.rejected("an event", f"Lifecycle does not know source '{source}' with detail-type '{detail_type}'")

    def delivered(self, report):
        release, kind, at = parse_release(report.get("release")), report.get("outcome"), parse_instant(report.get("endedAt"))
        if not release or kind not in ("Confirmed", "RolledBack") or not at:
            return self.reports.rejected("an event 'Lambda Function Invocation Result - Success'", "responsePayload must name release, outcome and endedAt")
        records = self.aws.records()
        end = next((end for end in records.outcomes() if end[0] == release), None)
        if not end or end[1:3] != (kind, at):
            return self.reports.nothing(f"{kind} is not the last final outcome of release {show(release)}")
        if not records.is_reported(end):
            self.aws.write_tag(Reported(release, kind, at))
        return self.reports.nothing(f"recorded delivery of the {kind} report for release {show(release)}")


class Watch:
    """Reads AWS, probes, decides and acts, again and again. Before anything is admitted or ended the records are read again."""

    def __init__(self, function, sweeps=False):
        self.settings, self.aws, self.reports, self.log = function.settings, function.aws, function.reports, function.log
        self.sweeps, self.done = sweeps, set()
        self.evidence, self.in_service = {}, {}

    def read_all(self, before=None):
        records, group = self.aws.read_all()
        return self.complete(Seen(now(), records, group, before.details if before else {}))

    def read_group(self, before):
        return self.complete(replace(before, group=self.aws.group()))

    def complete(self, seen):
        wanted = [one for one in seen.group.instances if self.sweeps and one.in_service or one in seen.probed]
        unknown = [
            one.id for one in wanted
            if not (its := self.details(seen, one)).address or not its.launched_at or (one.in_service and not its.in_service_at)
        ]
        if unknown:
            seen.details = seen.details | self.aws.details(unknown)
        return seen

    def details(self, seen, one):
        """What was written a moment ago may not be read yet."""
        its = seen.details.get(one.id, Details())
        return its._replace(in_service_at=its.in_service_at or self.in_service.get(one.id))

    def follow(self, instance_id, available):
        started, pace, held, shown = time.monotonic(), FIRST_PACE, None, False
        seen = self.read_all()
        while True:
            instance = next((one for one in seen.group.instances if one.id == instance_id), None)
            shown = shown or instance is not None
            lagging = not shown and time.monotonic() - started < READ_LAG
            self.probe(seen, seen.probed)
            decisions = self.decide(seen)
            acted = acts(decisions)
            if acted:
                seen, report, left = self.apply(seen, decisions)
                if report and (priority(report) >= 3 or not left):
                    return report
                held = report or held
                pace = FIRST_PACE
            elif not lagging and all(decision[0] == "nothing" for decision in decisions.values()):
                why = decisions[instance_id][1] if instance_id in decisions else "the group does not list it"
                return held or self.reports.nothing(f"instance {instance_id}: {why}")

            moving = lagging or acted or (instance and not instance.waits_at_launch and not instance.in_service)
            becoming_healthy = any(one.waits_at_launch and self.of(one.id).successes for one in seen.probed)
            wait = MOVING_INTERVAL if moving else FIRST_PACE if becoming_healthy else pace
            pace = min(pace * GROWTH, SLOWEST_PACE) if wait == pace else pace
            if time.monotonic() + wait - started >= available:
                return held or self.reports.nothing(f"instance {instance_id} is not healthy yet; the sweep goes on")
            time.sleep(wait)
            if now() - seen.at >= timedelta(seconds=READ_INTERVAL):
                seen = self.read_all(seen)
            elif moving:
                seen = self.read_group(seen)

    def sweep(self, available):
        """Probes every instance in service, and goes on with those that are not judged yet or whose silence may end."""
        started, held, rounds = time.monotonic(), None, 0
        seen = self.read_all()
        probed = [one for one in seen.group.instances if one in seen.probed or one.in_service]
        while True:
            self.probe(seen, probed)
            rounds += 1
            while acts(decisions := self.decide(seen)):
                seen, report, _ = self.apply(seen, decisions)
                if report and report["outcome"] in ("Confirmed", "RolledBack"):
                    return report
                held = greater(held, report)
            gains = rounds < self.settings.successes and bool(seen.probed)
            probed = [one for one in seen.group.instances if gains and one in seen.probed or self.is_silent(seen, one)]
            wait = FIRST_PACE if gains else SILENCE_PACE
            if not probed or time.monotonic() + wait - started >= available:
                return self.close(seen, held)
            time.sleep(wait)

    def is_silent(self, seen, one):
        evidence, launched = self.of(one.id), self.details(seen, one).launched_at
        late = launched and (now() - launched).total_seconds() >= self.settings.machine_deadline
        return (
            evidence.last is not None and evidence.last.unanswered and evidence.unanswered_for < judging.SERVICE_TOLERANCE
            and seen.of_desired_release(one) and (one.in_service or (one.waits_at_launch and late))
        )

    def close(self, seen, held):
        """What to record of the group as a whole, and then to report."""
        records, release, first = seen.records, seen.records.desired_release, seen.first_launch
        confirmed, attempts = records.is_confirmed(release), seen.records.attempts_of(seen.records.desired_release)
        if not seen.group.desired and not confirmed and attempts:
            self.aws.delete_tag(attempts)
            records = records.without_attempts(release)
        elif seen.group.desired and not confirmed and not attempts and first and now() - first >= timedelta(minutes=5):
            self.aws.write_tag(tag := Attempts(release, first))
            records = records.with_attempts(tag)
        seen = replace(seen, records=records)
        before, up = records.down or Down(), self.is_up(seen)
        down = self.down(seen, up)
        if down == before:
            return held or self.lasting(seen)
        if now() - seen.at > timedelta(seconds=RECORD_AGE):
            return self.close(self.read_all(seen), held)
        tells = down.told > before.told
        activity = self.aws.last_activity() if tells else None
        self.aws.write_tag(down)
        if tells:
            return greater(held, self.reports.stuck(records, down.since, activity, now()))
        rejected_at = records.newest_rejection_at
        if before.since and not down.since and up:
            told = bool(before.told or (rejected_at and rejected_at >= before.since))
            return greater(held, self.reports.all_clear(records, before.since, now(), told))
        return held or self.lasting(seen)

    def is_up(self, seen):
        return any(
            one.in_service and (last := self.of(one.id).last) and last.kind == "healthy"
            and (version := seen.records.version(one.version)) and last.text == version.image
            for one in seen.group.instances
        )

    def down(self, seen, up):
        if up or not seen.group.desired:
            return Down()
        down = seen.records.down or Down()
        if not down.since:
            down = Down(now())
        elif (now() - down.since) // timedelta(minutes=15) > down.told:
            down = replace(down, told=down.told + 1)
        # A booting app is not healthy either; one that served, or ended and was started again, is sick.
        sick = seen.records.is_confirmed(seen.records.desired_release) and any(
            (last := self.of(one.id).last) and last.kind == "unhealthy" and (one.in_service or last.restarts)
            for one in seen.group.instances if seen.of_desired_release(one))
        return replace(down, of_app=down.of_app or bool(sick))

    def lasting(self, seen):
        records, settings, first = seen.records, self.settings, seen.first_launch
        limit = timedelta(seconds=settings.deployment_deadline + settings.bake, minutes=15)
        unconfirmed = seen.group.desired and not records.is_confirmed(records.desired_release) and first and now() - first >= limit
        if unconfirmed and now().minute % 15 == 0:
            return self.reports.unconfirmed(records, first)
        for end in records.outcomes():
            reported_by_sweep = end[3] and end[3].by != "charlie"
            if not records.is_reported(end) and (reported_by_sweep or now() - end[2] >= timedelta(minutes=2)):
                return self.reports.again(end, records)
        return self.reports.nothing(f"no instance of {seen.group.name} needs action")

    def of(self, instance_id):
        return self.evidence.setdefault(instance_id, health.Evidence())

    def probe(self, seen, instances):
        addressed = [(one, self.details(seen, one).address) for one in instances if self.details(seen, one).address]
        responses = self.aws.pool.map(
            lambda pair: health.probe(pair[1], self.settings.health_port, self.settings.health_path), addressed)
        for (one, _), response in zip(addressed, responses):
            version = seen.records.version(one.version)
            self.of(one.id).add(response, version.image if version else None, now())

    def decide(self, seen):
        """A sweep does nothing twice: reads may lag behind what it did."""
        at, settings = now(), self.settings
        facts = [
            judging.Facts(
                one, seen.records.version(one.version), self.details(seen, one), self.of(one.id), seen.records, seen.first_launch, at)
            for one in seen.group.instances
        ]
        baked = sum(seen.of_desired_release(one.instance) and one.baked(settings) for one in facts)
        decisions = {one.instance.id: judging.decide(one, settings, baked, max(1, seen.group.desired)) for one in facts}
        return {key: ("wait", "done") if (key, what[0]) in self.done else what for key, what in decisions.items()}

    def apply(self, seen, decisions):
        """Reads afresh what lets something in or out, decides from that and acts; the report, and whether more is to come."""
        if any(decision[0] not in (*QUIET, "record") for decision in decisions.values()):
            seen = self.read_all(seen)
            decisions = self.decide(seen)
        order = ("roll back", "confirm", "record", "continue", "supersede", "retry", "replace")
        acting = sorted((d for d in decisions.items() if d[1][0] in order), key=lambda d: order.index(d[1][0]))
        if not acting:
            return seen, None, True
        instance_id, (what, fact) = acting[0]
        if self.sweeps:
            self.done.add((instance_id, what))
        one = next(one for one in seen.group.instances if one.id == instance_id)
        self.log("Decided", decision=what, instance=instance_id)
        if what == "record":
            self.in_service[one.id] = now()
            self.evidence[one.id] = self.of(one.id).afresh()
            self.aws.record_in_service(one.id, self.in_service[one.id])
            return seen, None, True
        report = self.execute(seen, one, what, fact)
        bakes = not seen.records.is_confirmed(seen.records.desired_release)
        return seen, report, what == "continue" and bakes

    def execute(self, seen, one, what, fact):
        records, version, its = seen.records, seen.records.version(one.version), self.details(seen, one)
        times = {
            "pushedAt": version.pushed_at, "launchedAt": its.launched_at, "firstHealthyAt": self.of(one.id).first_healthy,
            "inServiceAt": its.in_service_at,
        }
        facts = {"timings": moments(**times), "failedProbes": self.of(one.id).failures}
        match what:
            case "continue":
                if not self.aws.complete(one.id, "CONTINUE"):
                    return None
                if (attempts := records.attempts_of(version.release)) and attempts.count:
                    self.aws.write_tag(Attempts(version.release, attempts.first_launch))
                return self.reports.ready(version, one.id, **facts)
            case "confirm":
                tag = Confirmed(version.release, version.number, now())
                self.aws.write_tag(tag)
                back = records.fallback_of(version.release)
                previous = records.version_of(back).image if back is not None else None
                return self.reports.confirmed(version, one.id, fact, previous, tag.at, **facts | {"timings": moments(**times, confirmedAt=tag.at)})
            case "supersede":
                if not self.remove(one):
                    return None
                if fact:
                    return self.reports.nothing(f"instance {one.id} was abandoned: its release {show(version.release)} is rejected")
                return self.reports.superseded(version, one.id, records.desired_release)
            case "retry":
                reason, attempts = fact
                if attempts != records.attempts_of(version.release):
                    self.aws.write_tag(attempts)
                return self.reports.retrying(version, one.id, attempts.count, reason, **facts) if self.remove(one) else None
            case "replace":
                reason, replacement = fact
                self.aws.write_tag(replacement)
                confirmed = records.is_confirmed(version.release)
                return self.reports.sick(
                    version, one.id, confirmed, replacement.count, reason, **facts) if self.remove(one) else None
            case "roll back":
                rejection = records.reject(version.release, records.fallback_of(version.release), now(), "charlie", fact)
                self.aws.write_tag(rejection)
                records = records.with_rejection(rejection)
                back = records.version_of(records.desired_release)
                if back and seen.group.pin != back.number:
                    self.aws.pin(back.number)
                self.remove(one)
                return self.reports.rolled_back(version, one.id, back, rejection, fact, **facts)

    def remove(self, one):
        return self.aws.complete(one.id, "ABANDON") if one.waits_at_launch else self.aws.terminate(one.id)


def acts(decisions):
    return any(decision[0] not in QUIET for decision in decisions.values())


def greater(held, report):
    """Of two reports the one to return; of equals the first."""
    return held if report is None or (held and priority(held) >= priority(report)) else report
