"""Random small events as an export sees them: nobody has to play them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

from facilitate import exports
from facilitate.exports.content import Content, Occasion, Person, Proof, Proposal, Question
from facilitate.queries.room import Row
from facilitate.scoring.scales import SCALES, Criterion
from facilitate.scoring.settings import Settings

TITLES = (
    "Bus",
    "=SUM(1;2)",
    "Café « d’été »",
    "عيادة",
    "A van, and\na driver",
    "-1",
    "Évaluation",
    "x|=1",
    "@home",
    "Zoo",
)
DAY = date(2026, 11, 22)


def random_event(seed: int) -> Content:
    """Everything is left to chance: scales, weights, who answers what, thresholds, merges, evidence, late ideas."""
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    questions = tuple(_question(random, code) for code in "ABCD"[: random.randint(1, 4)])
    if not any(question.scale.counts for question in questions):
        return random_event(seed + 100_000)
    ideas = [_proposal(random, at) for at in range(random.randint(1, 7))]
    ideas[0] = _in_state(ideas[0], "shown")
    ideas = [_merged(random, idea, ideas) for idea in ideas]
    people = tuple(
        Person(f"b{at:02}", random.choice(("", "Agency", "Employer")), random.choice(("", "", "Maple")), "phone")
        for at in range(random.randint(0, 16))
    )
    shown = [idea for idea in ideas if idea.state == "shown"]
    return Content(
        occasion=_occasion(),
        settings=Settings(
            minimum=random.randint(1, 5),
            top=random.randint(1, 4),
            k=random.randint(3, 6),
            balance=any(person.group for person in people) and random.random() < 0.1,
        ),
        questions=questions,
        ideas=tuple(sorted(ideas, key=lambda idea: (idea.title.casefold(), idea.id))),
        withdrawn=random.randint(0, 2),
        people=people,
        set_apart={"trial": 1} if random.random() < 0.2 else {},
        rows=tuple(_rows(random, questions, shown, people)),
        earlier=(),
        rounds={},
    )


def _question(random: Random, code: str) -> Question:
    scale = random.choice(list(SCALES.values()))
    weight = random.choice(("0", "0.5", "1", "1", "2", "3.25"))
    values = [str(float(level.value)).removesuffix(".0") for level in scale.levels]
    label = {"en": f"Criterion {code}", "fr": f"Critère {code}"}
    criterion = Criterion(
        code, Fraction(weight), scale.low, scale.high, random.random() < 0.3, label["en"], len(scale.levels)
    )
    levels = tuple((value, dict(level.label)) for value, level in zip(values, scale.levels, strict=True))
    return Question(criterion, weight, label, {"en": "How so?"}, {"en": "Plainly"}, levels, random.random() < 0.5)


def _proposal(random: Random, at: int) -> Proposal:
    proofs = (Proof("Report", random.choice(TITLES), ""), Proof("Statistic", "42 %", "https://example.org"))
    return Proposal(
        id=f"idea-{random.random():.6f}",
        state=random.choice(("shown", "shown", "shown", "merged", "hidden", "waiting")),
        title=f"{random.choice(TITLES)} {at}",
        short_label=random.choice(TITLES),
        details=random.choice(("", "Two\nlines")),
        kind="Gap",
        sector=random.choice(("", "Language")),
        community="",
        organization="",
        language="en",
        channel="phone",
        is_late=random.random() < 0.1,
        reason="",
        merged_into="",
        evidence=proofs[: random.randint(0, 2)],
    )


def _in_state(idea: Proposal, state: str, into: str = "") -> Proposal:
    return Proposal(**{**vars(idea), "state": state, "merged_into": into})


def _merged(random: Random, idea: Proposal, ideas: list[Proposal]) -> Proposal:
    homes = [other.id for other in ideas if other.state == "shown"]
    return _in_state(idea, "merged", random.choice(homes)) if idea.state == "merged" else idea


def _rows(
    random: Random, questions: tuple[Question, ...], ideas: list[Proposal], people: tuple[Person, ...]
) -> list[Row]:
    rows = []
    eagerness = random.choice((0.5, 0.9, 1.0))
    for idea in ideas:
        for person in people:
            is_recused = random.random() < 0.05
            for question in questions:
                answer = "recused" if is_recused else random.choice([*question.values, *question.values, "dont_know"])
                if is_recused or random.random() < eagerness:
                    rows.append(Row(idea.id, question.scale.code, person.ballot, answer))
    return rows


def _occasion() -> Occasion:
    return Occasion(
        code="48291376",
        title={"en": "Planning Day"},
        language="en",
        languages=("en", "fr"),
        day=DAY,
        place="Hall",
        preset="ircc-planning-day",
        scoring_opened_on=DAY,
        exported_on=DAY,
        is_revealed=True,
        is_rehearsal=False,
        closing_hash="2:00",
        software="0.1.0",
        admission="open",
        heads=None,
    )


def written(content: Content, folder: Path, *, way: str = "") -> Path:
    """The files of an export in a folder, with ballots where a way is named."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in exports.names(with_ballots=bool(way)):
        (folder / name).write_bytes(exports.make(name, content, way=way or "linked"))
    return folder
