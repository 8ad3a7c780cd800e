"""How long it takes to suggest which of 5,000 people may be one, beside comparing everybody with everybody.

``python benchmarks/bench_people.py`` prints a Markdown table. The rivals only compare spellings (no pinyin,
phones or reasons): ``rapidfuzz.process.cdist`` on all pairs at once, and the standard library's ``difflib``,
which is timed on one of 200 people and counted 200 times. What we remember of names is forgotten each time.
"""

from __future__ import annotations

import difflib
import random

import numpy as np
import pandas as pd
from _timing import interleave, machine, markdown_table
from rapidfuzz import fuzz, process

from sanshe_net.build import sounds
from sanshe_net.build.suggest import suggest_people

PEOPLE, PART = 5_000, 200
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂小晓红玉华建国文志海燕春梅兰凤琴云莲真环雪荣"


def people(count: int, seed: int = 1) -> pd.DataFrame:
    """Return made-up people as profiles: half with a phone, some of them a household's."""
    draw = random.Random(seed)
    rows = []
    for _ in range(count):
        name = draw.choice(SURNAMES) + "".join(draw.choice(GIVEN) for _ in range(draw.choice((1, 2, 2))))
        phone = (f"138{draw.randrange(count):08d}",) if draw.random() < 0.5 else ()
        building = (f"{draw.randrange(40)}栋",) if draw.random() < 0.7 else ()
        rows.append((name, phone, (), building))
    columns = ["name", "phone", "person_no", "building"]
    return pd.DataFrame(rows, columns=columns, index=[f"P{i:05d}" for i in range(count)])


def main() -> None:
    """Print the table."""
    known = people(PEOPLE)
    names = list(known["name"])
    part = names[::PART]

    def all_pairs() -> int:
        scores = process.cdist(names, names, scorer=fuzz.ratio, score_cutoff=66, dtype=np.uint8)
        return int((np.triu(scores, 1) > 0).sum())

    def by_difflib() -> int:
        return sum(
            len(difflib.get_close_matches(name, names, n=50, cutoff=0.66)) for name in part[: len(part) // 10]
        )

    def ours() -> int:
        for remembered in (sounds.core, sounds.readings, sounds.sounds, sounds.rough):
            remembered.cache_clear()
        return len(suggest_people(known, {}))

    calls = {"ours": ours, "cdist": all_pairs, "difflib": by_difflib}
    seconds = interleave(calls, repeats=3)
    seconds["difflib"] *= PART
    rows = [
        ("suggest_people (pinyin, phones, reasons)", f"{seconds['ours']:.2f} s", ours()),
        ("rapidfuzz cdist, all pairs", f"{seconds['cdist']:.2f} s", all_pairs()),
        ("difflib, all pairs (1 of 200 people timed)", f"{seconds['difflib']:.0f} s", "–"),
    ]
    print(f"{PEOPLE:,} people; {machine('rapidfuzz', 'pypinyin', 'pandas')}\n")
    print(markdown_table(("way", "seconds", "pairs"), rows))


if __name__ == "__main__":
    main()
