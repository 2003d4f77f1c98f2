"""The nightly root: all heads that moved since the last one, chained to it."""

from datetime import date, datetime

from sidara.collection import models
from sidara.collection.core.chain import GENESIS, Leaf, root_hash
from sidara.kernel.actor import Actor, require
from sidara.records.writing import writing

ROOT = "collection.root"


def make_root(actor: Actor, *, day: date, now: datetime) -> str:
    """Make the root of a day over the heads that moved since the last root; gives its hash.

    The root of a day that has one already is given again. Refuses (`NotAllowed`) an actor without
    `collection.root`.
    """
    require(actor, ROOT)
    with writing():
        made = models.Root.objects.filter(day=day).first()
        if made is not None:
            return made.root_hash
        last = models.Root.objects.order_by("-day").first()
        moved = models.Revision.objects.filter(sequence__gt=last.upto if last else 0).order_by("sequence")
        leaves: dict[str, Leaf] = {}
        upto = last.upto if last else 0
        for one in moved.select_related("submission"):
            uid = str(one.submission.uid)
            leaves[uid] = Leaf(uid, one.number, one.chain_hash)
            upto = one.sequence
        previous = last.root_hash if last else GENESIS
        root = models.Root.objects.create(
            day=day,
            upto=upto,
            previous_hash=previous,
            root_hash=root_hash(day, previous, leaves.values()),
            made_at=now,
        )
        models.RootHead.objects.bulk_create(
            models.RootHead(
                root=root, submission_uid=one.submission, number=one.number, chain_hash=one.chain_hash
            )
            for one in sorted(leaves.values())
        )
    return root.root_hash
