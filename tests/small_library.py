"""A small library with one of everything, for tests that build real sites of it.

Three spaces of two initiatives, their notes, practices and outputs, with a withdrawn note, an old address
and a text in French. All of it is invented.
"""

from __future__ import annotations

from typing import Final

from tests.sites import VOCABULARY

CONSENT: Final = "consent: {level: public, given: 2021-04-20, by: group}"

LIBRARY: Final = {
    "spaces/vocabulary.yml": VOCABULARY,
    "spaces/riverside/space.md": """\
---
title: Riverside coaches
type: CoP
host: River Centre
purpose: Coaches who learn from one another’s cases.
initiative: Two Shores
started: 2020
principles:
  - shared-ownership: This room belongs to us all.
practices: [check-in-round]
---

We meet at the river. A [[practice:check-in-round]] opens every evening.
""",
    "spaces/riverside/harvests/2021-04-14-first-circle.md": f"""\
---
title: First circle
date: 2021-04-14
participants: 11
practices:
  - check-in-round
  - {{id: talking-piece, relation: did-not-work, note: Nobody wanted to hold it.}}
principles: [curiosity-over-judgement]
outputs: [listening-card]
reflections:
  stories-shared: One of us told of a first day at work.
quotes:
  - text: Somebody asked, and then waited.
    role: Participant
    consent: {{level: public, given: 2021-04-20, by: person}}
{CONSENT}
---

Eleven of us met in the back room.

## What we tried

A round, and then silence. The facilitator listened.
""",
    "spaces/riverside/harvests/2021-09-01-under-the-trees.md": f"""\
---
title: Under the trees
date: 2021-09-01
practices: [talking-piece]
{CONSENT}
---

It was warm enough to sit outside.
""",
    "spaces/riverside/harvests/2022-01-05-what-was-told.md": """\
---
title: "-"
date: 2022-01-05
withdrawn: 2022-03-01
tombstone: note
---
""",
    "spaces/riverside/practices/check-in-round.md": """\
---
title: Check-in round
summary: Everybody says how they arrive.
time: 10-20 minutes
group_size: 4-15
roles: [facilitator]
principles: [safe-respected-supported]
approaches: [trauma-informed]
watch_for: [Somebody may prefer to pass.]
aliases: [opening-round, practices/old/round]
---

## How it goes

1. One person begins.
2. The next follows.
""",
    "spaces/riverside/outputs/listening-card.md": """\
---
title: Listening card
kind: tool
summary: A card that reminds its holder to listen.
practices: [check-in-round]
used_by:
  - {who: Another river centre, how: Prints it, date: 2022}
---

Fold it once.
""",
    "spaces/practices/talking-piece.md": """\
---
title: Talking piece
summary: Who holds it speaks; the others listen.
related: [check-in-round]
---

Any small thing will do.
""",
    "spaces/hill/space.md": """\
---
title: Hill learners
type: CoL
host: Hill School
initiative: Two Shores
approaches: [safe-space]
---

We read together on the hill.
""",
    "spaces/hill/harvests/2021-11-03-une-soiree.md": f"""\
---
title: Une soirée sur la colline
date: 2021-11-03
language: fr
practices:
  - {{title: Lecture à deux, summary: Deux personnes lisent ensemble.}}
{CONSENT}
---

Nous avons lu à deux, à voix basse.
""",
    "spaces/harbour/space.md": """\
---
title: Harbour lab
type: SIL
host: Harbour Works
initiative: Tide
---

We try things at the harbour.
""",
    "spaces/harbour/harvests/2020-02-12-a-map.md": f"""\
---
title: A map on the wall
date: 2020-02-12
practices:
  - {{title: Wall map, summary: Everybody draws on one map.}}
outputs:
  - {{title: Harbour map, kind: tool, summary: The map that was drawn.}}
{CONSENT}
---

We drew until the wall was full.
""",
}
