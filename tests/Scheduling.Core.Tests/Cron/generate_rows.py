#!/usr/bin/env python3
"""Writes the rows of the place tests beside it (ParisTests.cs, ...) from the zone rules as Python's zoneinfo knows them.

It shares nothing with the engine or with NodaTime: it walks UTC minute by minute (second by second for six fields), asks zoneinfo for the offset, and applies
docs/semantics.md: local times that a change of offset skips fire at the first instant after it, merged; repeated ones fire in the first pass, and in the second
too when second, minute or hour has a star, range or step.

Usage: python3 generate_rows.py     (needs the tz database; rewrites the files)
"""
import calendar
import pathlib
import re
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

UTC = timezone.utc
NAMES = {n: i for i, n in enumerate("SUN MON TUE WED THU FRI SAT".split())} | {n: i + 1 for i, n in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split())}


def number(text):
    return NAMES[text] if text in NAMES else int(text)


def values(field, low, high):
    found = set()
    for item in field.split(","):
        item, _, step = item.partition("/")
        if item in "*?":
            a, b = low, high
        elif "-" in item:
            a, b = (number(x) for x in item.split("-"))
        else:
            a = number(item)
            b = high if step else a
        size = (7 if high == 7 else high) - low + (0 if high == 7 else 1)
        b = b if b >= a else b + size
        found |= {(v - low) % size + low if v > high else v for v in range(a, b + 1, int(step or 1))}
    return found


def day_matches(field, d):
    length = calendar.monthrange(d.year, d.month)[1]
    special = re.fullmatch(r"(?:L(?:-(\d+))?|(\d+)(?=W))(W?)", field)
    if not special:
        return d.day in values(field, 1, 31)
    day = int(special[2]) if special[2] else length - int(special[1] or 0)
    if not 1 <= day <= length:
        return False
    if special[3]:
        working = [x for x in range(1, length + 1) if d.replace(day=x).weekday() < 5]
        day = min(working, key=lambda x: abs(x - day))
    return d.day == day


def weekday_matches(field, d):
    weekday = d.isoweekday() % 7
    if "#" in field:
        name, nth = field.split("#")
        return weekday == number(name) % 7 and (d.day - 1) // 7 + 1 == int(nth)
    if re.fullmatch(r"(\d|[A-Z]{3})L", field):
        return weekday == number(field[:-1]) % 7 and d.day + 7 > calendar.monthrange(d.year, d.month)[1]
    found = values(field, 0, 7)
    return weekday in found or (weekday == 0 and 7 in found)


class Cron:
    def __init__(self, text):
        fields = text.split()
        self.step = 1 if len(fields) == 6 else 60
        second, minute, hour, self.day, month, self.weekday = fields if len(fields) == 6 else ["0"] + fields
        self.seconds, self.minutes, self.hours, self.months = values(second, 0, 59), values(minute, 0, 59), values(hour, 0, 23), values(month, 1, 12)
        self.interval = any(re.search(r"[*?/-]", f) for f in (second, minute, hour))

    def matches(self, t):
        return (t.minute in self.minutes and t.hour in self.hours and t.second in self.seconds and t.month in self.months
                and day_matches(self.day, t) and weekday_matches(self.weekday, t))

    def chain(self, zone, start, count, horizon):
        """The first occurrences after an instant."""
        step = timedelta(seconds=self.step)
        at = start.astimezone(UTC).replace(second=0) if self.step == 60 else start.astimezone(UTC)
        found = []
        before = at.astimezone(zone)
        while len(found) < count and at < start + horizon:
            at += step
            local = at.astimezone(zone)
            skipped = local.utcoffset() - before.utcoffset()
            wall, fires = local.replace(tzinfo=None), False
            if skipped > timedelta(0):
                gap = before.replace(tzinfo=None) + step
                while gap < wall and not fires:
                    fires = self.matches(gap)
                    gap += step
            fires = fires or (self.matches(wall) and (local.fold == 0 or self.interval))
            if fires:
                found.append(local)
            before = local
        return found


def write(t):
    offset = int(t.utcoffset().total_seconds())
    sign, offset = "-" if offset < 0 else "+", abs(offset)
    text = t.strftime("%Y-%m-%d %H:%M") + (t.strftime(":%S") if t.second else "")
    return text + f"{sign}{offset // 3600:02}" + (f":{offset // 60 % 60:02}" if offset // 60 % 60 else "")


def expressions(change, zone):
    """What is worth asking around one change of offset: fixed times in, before and after what is skipped or repeated, interval-like ones, and day rules that meet the day."""
    before, after = (change - timedelta(seconds=1)).astimezone(zone), change.astimezone(zone)
    wall_before = before.replace(tzinfo=None) + timedelta(seconds=1)
    wall_after = after.replace(tzinfo=None)
    first, last = sorted((wall_before, wall_after))
    span = min(last - first, timedelta(hours=2))
    middle = first + span / 2
    middle = middle.replace(second=0)
    edge = last - timedelta(minutes=1)
    prior = first - timedelta(minutes=1)
    names = "SUN MON TUE WED THU FRI SAT".split()
    m, h, day = middle.minute, middle.hour, middle
    length = calendar.monthrange(day.year, day.month)[1]
    nth = (day.day - 1) // 7 + 1
    yield from [
        f"{m} {h} * * *",
        f"{first.minute} {first.hour} * * *",
        f"{last.minute} {last.hour} * * *",
        f"{edge.minute} {edge.hour} * * *",
        f"{prior.minute} {prior.hour} * * *",
        f"{first.minute},{m},{edge.minute} {h} * * *",
        f"{m} * * * *",
        "*/15 * * * *",
        "0 */2 * * *",
        f"0 {h}-{(h + 2) % 24} * * *",
        f"{m}-{m} {h} * * *",
        f"30 {m} {h} * * *",
        f"*/20 {m} {h} * * *",
        f"{m} {h} {day.day} {day.month} *",
        f"{m} {h} * * {names[day.isoweekday() % 7]}",
        f"{m} {h} * * {names[day.isoweekday() % 7]}#{nth}",
        f"{m} {h} L-{length - day.day} * *",
        f"{m} {h} {day.day}W * *",
        f"{m} {h} */2 * *",
        f"{m} {h},{(h + 12) % 24} * {day.month} *",
    ]


PLACES = [
    ("Paris", "Europe/Paris", "spring 02:00 to 03:00, autumn 03:00 to 02:00.", ["2017-03-26T01:00", "2017-10-29T01:00"]),
    ("NewYork", "America/New_York", "spring 02:00 to 03:00, autumn 02:00 to 01:00.", ["2017-03-12T07:00", "2017-11-05T06:00"]),
    ("LordHowe", "Australia/Lord_Howe", "half an hour of daylight saving: 02:00 to 02:30, and 02:00 to 01:30.", ["2017-09-30T15:30", "2017-04-01T15:00"]),
    ("Troll", "Antarctica/Troll", "two hours of daylight saving: 01:00 to 03:00, and 03:00 to 01:00.", ["2017-03-26T01:00", "2017-10-29T01:00"]),
    ("Apia", "Pacific/Apia", "2011-12-30 was skipped when Samoa crossed the date line; later daylight saving.", ["2011-12-30T10:00", "2012-03-31T14:00"]),
    ("Santiago", "America/Santiago", "daylight saving begins and ends at midnight: 00:00 to 01:00, and 24:00 to 23:00.", ["2019-09-08T04:00", "2019-04-07T03:00"]),
    ("Beirut", "Asia/Beirut", "daylight saving begins and ends at midnight.", ["2017-03-25T22:00", "2017-10-28T21:00"]),
    ("Cairo", "Africa/Cairo", "daylight saving came back in 2023: the last Friday of April at 00:00, the last Thursday of October at 24:00.", ["2023-04-27T22:00", "2023-10-26T21:00"]),
    ("Asuncion", "America/Asuncion", "daylight saving began and ended at midnight.", ["2017-10-01T04:00", "2017-03-26T03:00"]),
    ("Dublin", "Europe/Dublin", "summer is standard time and winter daylight saving of minus one hour.", ["2017-03-26T01:00", "2017-10-29T01:00"]),
    ("Casablanca", "Africa/Casablanca", "the clock goes back for Ramadan and forward after it.", ["2019-05-05T02:00", "2019-06-09T02:00"]),
    ("Caracas", "America/Caracas", "the standard offset moved by half an hour in 2007 and back in 2016.", ["2007-12-09T07:00", "2016-05-01T07:00"]),
    ("Pyongyang", "Asia/Pyongyang", "the standard offset moved by half an hour at midnight in 2015 and back at 23:30 in 2018.", ["2015-08-14T15:00", "2018-05-04T15:00"]),
    ("Kathmandu", "Asia/Kathmandu", "from +05:30 to +05:45 at midnight of 1986-01-01.", ["1985-12-31T18:30"]),
    ("Kwajalein", "Pacific/Kwajalein", "1993-08-21 was skipped by crossing the date line.", ["1993-08-21T12:00"]),
    ("Moscow", "Europe/Moscow", "daylight saving ended for good by a move of the standard offset, forward in 2011 and back in 2014.", ["2011-03-26T23:00", "2014-10-25T22:00"]),
    ("StJohns", "America/St_Johns", "changes at 00:01 in 2006: 00:01 to 01:01, and 00:01 to 23:01 of the day before.", ["2006-04-02T03:31", "2006-10-29T02:31"]),
]


def main():
    here = pathlib.Path(__file__).parent
    total = 0
    for name, zone_id, about, changes in PLACES:
        zone, rows = ZoneInfo(zone_id), []
        for text in changes:
            change = datetime.fromisoformat(text).replace(tzinfo=UTC)
            moved = change.astimezone(zone).utcoffset() - (change - timedelta(seconds=1)).astimezone(zone).utcoffset()
            assert moved, (zone_id, text)
            for expression in dict.fromkeys(expressions(change, zone)):
                start = (change - timedelta(hours=30 if abs(moved) < timedelta(hours=3) else 3)).astimezone(zone)
                if re.match(r"[*]/15|\S+ \* \* \* \*", expression):
                    start = (change - timedelta(minutes=50)).astimezone(zone)
                six = len(expression.split()) == 6
                expected = Cron(expression).chain(zone, start, 7 if "/15" in expression else 4, timedelta(days=3 if six else 100))
                if expected:
                    rows.append((expression, [write(start)] + [write(t) for t in expected]))
            # Asked from inside a repeated stretch the answer is the same as asked from before it.
            if moved < timedelta(0):
                for inside in (-moved / 3, -moved * 2 / 3):
                    start = (change + inside).astimezone(zone).replace(second=0, microsecond=0)
                    for expression in list(dict.fromkeys(expressions(change, zone)))[:2] + ["*/15 * * * *"]:
                        rows.append((expression, [write(start)] + [write(t) for t in Cron(expression).chain(zone, start, 2, timedelta(days=5))]))
        lines = [f'    [InlineData("{e}", ' + ", ".join(f'"{x}"' for x in r) + ")]" for e, r in rows]
        total += len(lines)
        (here / f"{name}Tests.cs").write_text(f"""namespace Scheduling.Core.Tests.Cron;

/// <summary>{zone_id}: {about} Rows: expression, question, then each answer from the one before; from the zone rules by generate_rows.py.</summary>
public class {name}Tests
{{
    [Theory]
""" + "\n".join(lines) + f"""
    public void Next_WhenTheOffsetChanges_FollowsTheZoneRules(string expression, string from, params string[] expected) =>
        OccurrenceRow.Check("{zone_id}", expression, from, expected);
}}
""")
    print(total, "rows")


main()
