"""Reminders ready to copy: polite Indonesian by content, with form, day and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sidara.progress.core.stuck import Stuck
from sidara.verification.core import Step

MOST = 6
"""Forms that a reminder names; of more it says how many."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A form in a reminder: its name with the period, when it is due and was sent in words.

    `open` are required cells that are not filled, `returned` those to be mended.
    """

    form: str
    due: str
    open: int = 0
    returned: int = 0
    sent: str = ""
    is_begun: bool = True

    @property
    def line(self) -> str:
        """The form in one line."""
        if self.sent:
            return f"- {self.form}: dikirim {self.sent}"
        if self.returned:
            return f"- {self.form}: {self.returned} isian perlu dibetulkan, batas {self.due}"
        if not self.is_begun:
            return f"- {self.form}: belum dimulai, batas {self.due}"
        left = f"{self.open} isian wajib belum terisi" if self.open else "lengkap, belum dikirim"
        return f"- {self.form}: {left}, batas {self.due}"


def reminder(texts: Mapping[str, str], one: Stuck, place: str, who: str, missing: Sequence[Missing]) -> str:
    """Write the reminder for one hand: `place` names the village, `who` the step in words.

    `texts` are those of content, by reason; `waiting` goes to a step, `endorsing` to the head.
    """
    lines = [each.line for each in missing[:MOST]]
    if len(missing) > MOST:
        lines.append(f"- dan {len(missing) - MOST} formulir lain")
    text = texts["endorsing" if one.step is Step.VILLAGE else one.reason.value]
    forms = "\n".join(lines)
    return text.strip().format(place=place, who=who, days=one.days, n=one.forms, forms=forms)
