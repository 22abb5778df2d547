"""All that is remembered: the template's versions and its record tags. The desired release follows from them."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import NamedTuple


class Release(NamedTuple):
    """Ordered by job id, then by pipeline id."""

    job: int
    pipeline: int


BASE = Release(0, 0)


def parse_release(text):
    found = re.fullmatch(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)", text or "")
    return Release(int(found[2]), int(found[1])) if found else None


def show(release):
    return f"{release.pipeline}.{release.job}"


def one_line(text, length):
    """What is not printable becomes a space."""
    text = text if len(text) <= length else text[: length - 1] + "…"
    return "".join(character if character.isprintable() else " " for character in text)


def parse_instant(text):
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ" if "." in text else "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    except (ValueError, TypeError):
        return None


def write_instant(at):
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


@dataclass(frozen=True)
class Version:
    number: int
    release: tuple
    tags: dict

    @property
    def is_base(self):
        return self.release == BASE

    @property
    def image(self):
        return self.tags.get("charlie:image")

    @property
    def pushed_at(self):
        return parse_instant(self.tags.get("charlie:pushed-at"))

    @staticmethod
    def read(number, tags):
        written = tags.get("charlie:release")
        release = BASE if written is None else parse_release(written)
        return None if release is None or (written is not None and release == BASE) else Version(number, release, tags)


@dataclass(frozen=True)
class Confirmed:
    release: tuple
    version: int
    at: datetime

    @property
    def key(self):
        return "charlie:confirmed:" + show(self.release)

    @property
    def value(self):
        return f"{self.version} {write_instant(self.at)}"


@dataclass(frozen=True)
class Rejection:
    through: tuple
    fallback: tuple
    origin: tuple
    at: datetime
    by: str
    reason: str

    @property
    def key(self):
        return f"charlie:rejected:{show(self.through)}:{show(self.fallback)}"

    @property
    def value(self):
        return f"{show(self.origin)} {write_instant(self.at)} {self.by} {self.reason}"[:256]

    def covers(self, release):
        return self.fallback < release <= self.through


@dataclass(frozen=True)
class Reported:
    release: tuple
    kind: str
    at: datetime

    @property
    def key(self):
        return "charlie:reported:" + show(self.release)

    @property
    def value(self):
        return f"{self.kind} {write_instant(self.at)}"


@dataclass(frozen=True)
class Attempts:
    """The machines that could not run a release; emptied when one becomes healthy, but for the first launch."""

    release: tuple
    first_launch: datetime
    count: int = 0
    instances: tuple = ()
    failure: str = ""

    @property
    def key(self):
        return "charlie:attempts:" + show(self.release)

    @property
    def value(self):
        return f"{write_instant(self.first_launch)} {self.count} {','.join(self.instances) or '-'} {self.failure or '-'}"

    def and_one(self, instance, failure):
        """With one more machine; one that is counted already changes nothing."""
        return self if instance in self.instances else replace(
            self, count=self.count + 1, instances=(*self.instances, instance)[-5:], failure=one_line(failure, 100))


@dataclass(frozen=True)
class Replacement:
    """The back-off by which sick instances of a release are replaced that there is nothing better than."""

    release: tuple
    count: int
    at: datetime

    @property
    def key(self):
        return "charlie:replaced:" + show(self.release)

    @property
    def value(self):
        return f"{self.count} {write_instant(self.at)}"

    @staticmethod
    def following(last, release, sick_since, now):
        """At once, then after 10, 30 and 60 minutes, and anew after an hour without one; None while that lasts."""
        count = 0 if last is None or sick_since - last.at >= timedelta(hours=1) else last.count
        if last and now - last.at < timedelta(minutes=(0, 10, 30, 60)[min(count, 3)]):
            return None
        return Replacement(release, count + 1, now)


@dataclass(frozen=True)
class Down:
    """Since when no healthy instance is in service, how often that was told, and whether the app was seen to fail."""

    since: datetime | None = None
    told: int = 0
    of_app: bool = False
    key = "charlie:down-since"

    @property
    def value(self):
        return f"{write_instant(self.since)} {self.told} {'app' if self.of_app else '-'}" if self.since else "-"


@dataclass(frozen=True)
class Records:
    versions: tuple
    confirmed: tuple
    rejections: tuple
    reported: tuple
    attempts: tuple = ()
    replaced: tuple = ()
    down: Down | None = None

    @staticmethod
    def read(versions, tags):
        confirmed, rejections, reported, attempts, replaced, down = [], [], [], [], [], None
        for key, value in tags.items():
            words = value.split(" ", 3)
            match key.split(":"):
                case ["charlie", "confirmed", release] if len(words) == 2 and words[0].isdigit():
                    confirmed.append(Confirmed(parse_release(release), int(words[0]), parse_instant(words[1])))
                case ["charlie", "rejected", through, fallback] if len(words) == 4:
                    rejections.append(Rejection(
                        parse_release(through), parse_release(fallback), parse_release(words[0]), parse_instant(words[1]), words[2], words[3]))
                case ["charlie", "reported", release] if len(words) == 2:
                    reported.append(Reported(parse_release(release), words[0], parse_instant(words[1])))
                case ["charlie", "attempts", release] if len(words) == 4 and words[1].isdigit():
                    first, count, instances, failure = words
                    attempts.append(Attempts(
                        parse_release(release), parse_instant(first), int(count),
                        () if instances == "-" else tuple(instances.split(",")), "" if failure == "-" else failure))
                case ["charlie", "replaced", release] if len(words) == 2 and words[0].isdigit():
                    replaced.append(Replacement(parse_release(release), int(words[0]), parse_instant(words[1])))
                case ["charlie", "down-since"] if len(words) == 3 and words[1].isdigit():
                    down = Down(parse_instant(words[0]), int(words[1]), words[2] == "app")
                case ["charlie", "down-since"]:
                    down = Down()
        return Records(
            tuple(filter(None, versions)), tuple(confirmed), tuple(rejections), tuple(reported), tuple(attempts), tuple(replaced), down)

    def with_version(self, version):
        return replace(self, versions=(*self.versions, version))

    def with_rejection(self, rejection):
        return replace(self, rejections=(*self.rejections, rejection))

    def with_attempts(self, tag):
        return replace(self, attempts=(*(other for other in self.attempts if other.release != tag.release), tag))

    def without_attempts(self, release):
        return replace(self, attempts=tuple(tag for tag in self.attempts if tag.release != release))

    def attempts_of(self, release):
        return next((tag for tag in self.attempts if tag.release == release), None)

    def replacement_of(self, release):
        return next((tag for tag in self.replaced if tag.release == release), None)

    @property
    def effective_rejection(self):
        return min(self.rejections, key=lambda rejection: ((-rejection.through.job, -rejection.through.pipeline), rejection.fallback), default=None)

    @property
    def newest_rejection_at(self):
        return max((rejection.at for rejection in self.rejections), default=None)

    def version(self, number):
        return next((version for version in self.versions if version.number == number), None)

    def version_of(self, release):
        tag = next((tag for tag in self.confirmed if tag.release == release and not self.is_overruled(tag)), None)
        confirmed = self.version(tag.version) if tag else None
        if confirmed and confirmed.release == release:
            return confirmed
        return max((v for v in self.versions if v.release == release), key=lambda v: v.number, default=None)

    def is_confirmed(self, release):
        return any(tag.release == release and not self.is_overruled(tag) for tag in self.confirmed)

    def is_overruled(self, tag):
        """Whether a rejection of its release is older, and none between the two went back to the release."""
        return any(
            rejection.covers(tag.release)
            and rejection.at < tag.at
            and not any(back.fallback == tag.release and rejection.at < back.at < tag.at for back in self.rejections)
            for rejection in self.rejections
        )

    def is_recorded(self, release):
        """Whether a push of the release was accepted before."""
        return (
            any(version.release == release for version in self.versions)
            or any(tag.release == release for tag in (*self.confirmed, *self.reported))
            or any(rejection.origin == release for rejection in self.rejections)
        )

    @property
    def went_back_to(self):
        """The fallback of the rejection in effect, unless a newer rejection covers it: then that one's."""
        effective = self.effective_rejection
        fallback = effective.fallback if effective else None
        newer = sorted((one for one in self.rejections if effective and one.at > effective.at), key=lambda one: one.at, reverse=True)
        for rejection in newer:
            fallback = rejection.fallback if rejection.covers(fallback) else fallback
        return fallback

    def fallback_of(self, release):
        return max(
            (
                tag.release
                for tag in self.confirmed
                if tag.release < release
                and any(version.release == tag.release for version in self.versions)
                and not self.is_overruled(tag)
                and (tag.release == self.went_back_to or not any(rejection.covers(tag.release) for rejection in self.rejections))
            ),
            key=lambda fallback: (fallback.pipeline == release.pipeline, fallback),
            default=None,
        )

    def reject(self, release, fallback, at, by, reason):
        rejection = self.effective_rejection
        return Rejection(max(rejection.through, release) if rejection else release, fallback, release, at, by, reason)

    @property
    def desired_release(self):
        rejection = self.effective_rejection
        pushed = [v.release for v in self.versions if rejection is None or v.release > rejection.through]
        return max(pushed, default=rejection.fallback if rejection else BASE)

    @property
    def desired_since(self):
        """Since when it is the desired one; None where the records do not tell."""
        rejection, release = self.effective_rejection, self.desired_release
        if rejection and rejection.fallback == release:
            return rejection.at
        version = self.version_of(release)
        return (version.pushed_at if version else None) or next(
            (tag.at for tag in self.confirmed if tag.release == release and not self.is_overruled(tag)), None)

    def outcomes(self):
        """The last final outcome of each release that has one, the oldest first: (release, kind, at, rejection)."""
        last = {}
        for end in [(m.release, "Confirmed", m.at, None) for m in self.confirmed if not self.is_overruled(m)] + [(f.origin, "RolledBack", f.at, f) for f in self.rejections]:
            if end[0] not in last or (end[2], end[1]) > (last[end[0]][2], last[end[0]][1]):
                last[end[0]] = end
        return sorted(last.values(), key=lambda end: end[2])

    def is_reported(self, end):
        return any((tag.release, tag.kind, tag.at) == end[:3] for tag in self.reported)
