"""The contacts of a case with the persons present, topics and notes."""

from datetime import timedelta

from odoo.fields import Command

from ..people.households import ADULT_AGE
from ..referral.referrals import ReferralWriter
from ..workdays import workday
from . import note_texts
from .topics import CHANNELS, DURATIONS, PLAIN, TOGETHER, pool

# Where somebody can interpret
SPOKEN = TOGETHER | {"telephone", "video", "accompanying"}
NOTE_SHARE, CONFIDENTIAL_SHARE = 0.45, 0.03
MISSED_SHARE, CASE_WORK_SHARE, CANCELLED_SHARE = 0.13, 0.14, 0.01
WITH_FAMILY_SHARE = 0.45


class ContactWriter:
    """Writes the contacts of one member's case in batches, as the worker at that time."""

    def __init__(self, family, member, timeline):
        self.family, self.member, self.timeline = family, member, timeline
        self.rng, self.county = family.rng, family.county
        self._used = set()
        self._sensitive = self.county.sensitive("topic")
        self._referrals = ReferralWriter(family, member)

    def write_talks(self, days, until):
        """Create talks on ``days``, and around them what did not come about.

        :param until: last day of the worker in whose name it is written
        """
        entries = []
        for day in days:
            phase = self.timeline.phase(day)
            if self.rng.random() < MISSED_SHARE:
                entries.append(self._missed(day, phase))
            entries.append(self._talk(day, phase))
            if self.rng.random() < CASE_WORK_SHARE:
                entries.append(self._case_work(day, until))
        self._create(entries)

    def write_attempts(self, days):
        """Create visits of somebody who has not agreed to a file: nobody is named."""
        entries = []
        for index, day in enumerate(days):
            if index % 2:
                entries.append(self._missed(day, "getting_to_know", note=False))
            else:
                vals = self._vals(day, "home_visit")
                vals["unnamed_count"] = len(self.family.members)
                entries.append((vals, None))
        self._create(entries)

    def _create(self, entries):
        env = self.family.env
        contacts = env["integration.contact"].create([vals for vals, _note in entries])
        env["integration.note"].create(
            [
                dict(note, contact_id=contact.id)
                for contact, (_vals, note) in zip(contacts, entries, strict=True)
                if note and self.member.may_be_named(contact.date)
            ]
        )

    # ------------------------------------------------------------
    # Kinds of contacts
    # ------------------------------------------------------------

    def _vals(self, day, channel):
        shortest, longest = DURATIONS[channel]
        minutes = self.rng.randrange(shortest, longest + 1, 5)
        worker = self.family.env.uid
        return {
            "case_id": self.member.case.id,
            "date": day,
            "time_start": self.county.diary.book(self.rng, worker, day, minutes),
            "duration": minutes,
            "channel_id": self.county.code("channel", channel),
        }

    def _talk(self, day, phase):
        rng = self.rng
        channel = _weighted(rng, CHANNELS[phase])
        if channel == "messenger" and "messenger" not in self.member.purposes:
            channel = "email"
        vals = self._vals(day, channel)
        present = self._present(channel)
        named = [member for member in present if member.may_be_named(day)]
        topics = rng.sample(pool(self.family.household.themes, phase), rng.choice([1, 1, 2, 2, 3]))
        if channel == "accompanying":
            topics[0] = "accompanying"
        topics = [self._agreed_topic(topic, named) for topic in topics]
        vals.update(
            person_ids=[Command.create({"client_id": member.client.id}) for member in named],
            unnamed_count=len(present) - len(named),
            topic_ids=[Command.set([self.county.code("topic", topic) for topic in set(topics)])],
        )
        if self.member.drawn:
            rng.random()  # what was drawn here before there was a pool: the rest stays as it is
        vals.update(
            cancelled=rng.random() < CANCELLED_SHARE,
            **(self.county.pool.in_contact(self.member.client, vals) if channel in SPOKEN else {}),
        )
        self._referrals.complete(vals, topics, channel)
        return vals, self._note(topics[0])

    def _agreed_topic(self, topic, named):
        """Return ``topic``, or another one if it needs a consent that somebody did not give."""
        purpose = self._sensitive.get(topic)
        agreed = all(purpose in member.purposes for member in named or [self.member])
        return topic if agreed or not purpose else PLAIN

    def _present(self, channel):
        """Return the client and, where one sees a family, those who sat with them."""
        rng, family = self.rng, self.family
        present = [self.member]
        if channel not in TOGETHER or rng.random() > WITH_FAMILY_SHARE:
            return present
        if self.member is not family.members[0]:
            return present
        for member in family.members[1:]:
            share = 0.75 if member.person.age >= ADULT_AGE else 0.35
            if rng.random() < (share if channel == "home_visit" else share / 2):
                present.append(member)
        return present

    def _missed(self, day, phase, note=True):
        channel = "home_visit" if phase in ("getting_to_know", "assessment") else "telephone"
        earlier = workday(day - timedelta(days=self.rng.randint(1, 3)), self.timeline.start, day)
        vals = self._vals(earlier, channel)
        vals.update(reached=False, duration=5)
        text = {"body": self.rng.choice(note_texts.NOT_REACHED)}
        return vals, text if note and self.rng.random() < NOTE_SHARE else None

    def _case_work(self, day, until):
        later = workday(day + timedelta(days=1), day, min(day + timedelta(days=4), until))
        text = {"body": self.rng.choice(note_texts.CASE_WORK)}
        vals = self._vals(later, "case_work")
        vals["topic_ids"] = [Command.set([self.county.code("topic", "authority_call")])]
        return vals, text if self.rng.random() < NOTE_SHARE else None

    def _note(self, topic):
        rng = self.rng
        if rng.random() < CONFIDENTIAL_SHARE:
            return {"body": rng.choice(note_texts.CONFIDENTIAL), "confidentiality": "confidential"}
        texts = [text for text in note_texts.BY_TOPIC.get(topic, ()) if self._fits(text)]
        if not texts or rng.random() > NOTE_SHARE:
            return None
        text = rng.choice(texts)
        self._used.add(text)
        return {"body": text}

    def _fits(self, text):
        """Return whether a note is new in this file and suits the person it is about."""
        if text in self._used:
            return False
        about_children = any(word in text for word in note_texts.OF_CHILDREN)
        return self.family.has_children or not about_children


def _weighted(rng, weights):
    return rng.choices(list(weights), weights=list(weights.values()))[0]
