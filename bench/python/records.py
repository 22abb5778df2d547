"""All that is remembered: the template's versions and the marks in its tags. The target follows from them."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timezone

BASE = (0, 0)


def parse_release(text):
    found = re.fullmatch(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)", text or "")
    return (int(found[1]), int(found[2])) if found else None


def show(release):
    return f"{release[0]}.{release[1]}"


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
class Floor:
    rejected: tuple
    go_back_to: tuple
    origin: tuple
    at: datetime
    why: str

    @property
    def key(self):
        return f"charlie:floor:{show(self.rejected)}:{show(self.go_back_to)}"

    @property
    def value(self):
        return f"{show(self.origin)} {write_instant(self.at)} {self.why}"[:256]

    def rejects(self, release):
        return self.go_back_to < release <= self.rejected


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
class Records:
    versions: tuple
    confirmed: tuple
    floors: tuple
    reported: tuple

    @staticmethod
    def read(versions, tags):
        confirmed, floors, reported = [], [], []
        for key, value in tags.items():
            words = value.split(" ", 2)
            match key.split(":"):
                case ["charlie", "confirmed", release] if len(words) == 2 and words[0].isdigit():
                    confirmed.append(Confirmed(parse_release(release), int(words[0]), parse_instant(words[1])))
                case ["charlie", "floor", rejected, back] if len(words) == 3:
                    floors.append(Floor(parse_release(rejected), parse_release(back), parse_release(words[0]), parse_instant(words[1]), words[2]))
                case ["charlie", "reported", release] if len(words) == 2:
                    reported.append(Reported(parse_release(release), words[0], parse_instant(words[1])))
        return Records(tuple(filter(None, versions)), tuple(confirmed), tuple(floors), tuple(reported))

    def with_version(self, version):
        return replace(self, versions=(*self.versions, version))

    def with_floor(self, floor):
        return replace(self, floors=(*self.floors, floor))

    @property
    def counting_floor(self):
        return min(self.floors, key=lambda floor: ((-floor.rejected[0], -floor.rejected[1]), floor.go_back_to), default=None)

    def version(self, number):
        return next((version for version in self.versions if version.number == number), None)

    def version_of(self, release):
        mark = next((mark for mark in self.confirmed if mark.release == release), None)
        proved = self.version(mark.version) if mark else None
        if proved and proved.release == release:
            return proved
        return max((v for v in self.versions if v.release == release), key=lambda v: v.number, default=None)

    def is_confirmed(self, release):
        return any(mark.release == release for mark in self.confirmed)

    def go_back_from(self, release):
        return max(
            (
                mark.release
                for mark in self.confirmed
                if mark.release < release
                and any(version.release == mark.release for version in self.versions)
                and not any(floor.rejects(mark.release) for floor in self.floors)
            ),
            default=None,
        )

    def raise_floor(self, release, go_back_to, at, why):
        floor = self.counting_floor
        return Floor(max(floor.rejected, release) if floor else release, go_back_to, release, at, why)

    @property
    def target(self):
        floor = self.counting_floor
        pushed = [v.release for v in self.versions if floor is None or v.release > floor.rejected]
        return max(pushed, default=floor.go_back_to if floor else BASE)

    def ends(self):
        """The last end of each release that has one, the oldest first: (release, kind, at, floor)."""
        last = {}
        for end in [(m.release, "Confirmed", m.at, None) for m in self.confirmed] + [(f.origin, "RolledBack", f.at, f) for f in self.floors]:
            if end[0] not in last or (end[2], end[1]) > (last[end[0]][2], last[end[0]][1]):
                last[end[0]] = end
        return sorted(last.values(), key=lambda end: end[2])

    def is_reported(self, end):
        return any((mark.release, mark.kind, mark.at) == end[:3] for mark in self.reported)
