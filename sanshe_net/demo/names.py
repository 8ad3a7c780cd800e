"""Invented Chinese names: common surnames with ordinary given characters, no well-known person."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

SURNAMES = tuple(
    "陈李黄张梁林刘王吴罗何杨周郭谢邓叶冯曾曹莫卢钟苏潘蔡欧胡朱徐马许赵彭余孙杜郑廖江谭温汤范方石姚宋邱邹覃"
)
FIRST = {
    "女": tuple("秀丽玉桂惠雪彩淑美月春燕碧翠婉佩凤群妙雁"),
    "男": tuple("志永德海成兆景炳耀汉培均润坤添鸿庆敬启仲"),
}
SECOND = {
    "女": tuple("芸萍琴兰莲芬玲霞婷颖蓉珍娟仪媚芳茵莉妍珊"),
    "男": tuple("伟锐豪健辉彬松林森荣祥铭桦桐雄昌标泉钊源"),
}
SHARE_OF_SHORT_NAMES = 0.18

KNOWN_TO_THE_PUBLIC = """
罗志祥 曾志伟 陈德森 林永健 汪海林 李健 王健 方健 王森 许晴 李玉玲 张雪莲
陈永祥 郭培 张海林 李庆祥 陈健 林雪 李春燕 李玲玉 周海媚 林凤娇 蔡琴 宋佳
杨丽萍 张雨绮 范志毅 马志明 马景涛 王海燕 陈耀辉 李成林 郑成林 李秀莲 周培源 李德伦
黄海冰 何润东 黄仲昆 林德荣 江珊 刘丽娟 蔡国庆 张兆辉 陈启泰 李兆基 郑仲夏 杨德昌
石美玲 苏永康 余永定 杨彩玉 李美珍 李惠仙 王林 陈林 李永标 徐志雄 陈志雄 许志雄
胡海泉 黄蓉 林彬 林森 陈德铭 吴仪 苏荣 林健 林雄 何健 蔡妍 李丽珍 陈玉莲 刘玉玲 余丽珍 梁美芬 朱茵
张茵 刘桦 王源 欧豪 王莉 李霞 王芳 陈婷 李娟 姚莉 叶莉 王祥 杨雄 张松 曹彬 杨森 周耀辉 陈豪 陈铭
张莉 林玲 林志玲 张颖 陈伟 李伟
"""
WELL_KNOWN = frozenset(KNOWN_TO_THE_PUBLIC.split())
"""Well-known people whose names the characters above could form."""


def invent_names(rng: np.random.Generator, sexes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Give every person a name of their own that suits their sex.

    Parameters
    ----------
    rng
        Source of chance.
    sexes
        One of ``女`` and ``男`` for each person.

    Returns
    -------
    Array of distinct names, in the order of ``sexes``.
    """
    names = np.empty(len(sexes), dtype=object)
    for sex in FIRST:
        wanted = np.flatnonzero(sexes == sex)
        names[wanted] = _distinct_names(rng, sex, len(wanted))
    return names


def _distinct_names(rng: np.random.Generator, sex: str, count: int) -> list[str]:
    """Draw ``count`` distinct names; common surnames come up more often."""
    frequency = 1 / np.arange(4, 4 + len(SURNAMES))
    lots = 4 * count + 50
    surname = rng.choice(np.array(SURNAMES, dtype=object), lots, p=frequency / frequency.sum())
    first = rng.choice(np.array(FIRST[sex], dtype=object), lots)
    first[rng.random(lots) < SHARE_OF_SHORT_NAMES] = ""
    second = rng.choice(np.array(SECOND[sex], dtype=object), lots)
    distinct = pd.unique(surname + first + second)
    return [name for name in distinct if name not in WELL_KNOWN][:count]
