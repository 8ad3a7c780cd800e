"""Networks and measures."""

from __future__ import annotations

from typing import Final

from sanshe_net.messages.message import Message, error

MESSAGES: Final[dict[str, Message]] = {
    "E-NOT-A-NETWORK": error(
        "需要 Network、networkx 图或 igraph 图，得到的是 {found}。边表请先用 Network.from_edges 读入。",
        "A Network, a networkx graph or an igraph graph is needed, not {found}. Read a table or a list of ties with "
        "Network.from_edges first.",
    ),
    "E-ACTOR-COLUMNS": error(
        "行动者表缺少列：{found}。请补上，或用 Network.from_edges(…, actors=表)，缺的列会自动补齐。",
        "The table of actors lacks columns: {found}. Add them, or use Network.from_edges(..., actors=table), which does.",
    ),
    "E-ACTOR-TWICE": error(
        "行动者编号 {found} 出现不止一次；编号必须唯一。",
        "Actor id {found} appears more than once; ids must be unique.",
        personal=("found",),
    ),
    "E-TIE-COLUMNS": error(
        "联系表缺少列：{found}。请补上，或用 Network.from_edges(表)，缺的列会自动补齐。",
        "The table of ties lacks columns: {found}. Add them, or use Network.from_edges(table), which does.",
    ),
    "E-EDGE-COLUMNS": error(
        "边表需要 source 和 target 两列，看到的是：{found}。",
        "An edge table needs the columns source and target; found: {found}.",
    ),
    "E-TIE-STRANGER": error(
        "联系 {pair} 的一端 {found} 不在行动者表里。请先把它加进去；缺的请补上，或删去这条联系。",
        "One end of the tie {pair}, {found}, is not in the table of actors. Add it first; if it is missing, fill it "
        "in or delete the tie.",
        personal=("pair", "found"),
    ),
    "E-TIE-WEIGHT": error(
        "{pair} 的强度是 {found}；强度必须是 1e-100 到 1e100 之间的数（文字写的数字请先转换），要么每条都有，要么都没有。",
        "The weight of {pair} is {found}; weights must be numbers from 1e-100 to 1e100 (convert numbers written as "
        "text), on every tie or on none.",
        personal=("pair", "found"),
    ),
    "E-TIE-DATE": error(
        "{pair} 的 {column} 是 {found}；必须是日期，年份在前，例如 2024-05-04，或留空。",
        "{column} of {pair} is {found}; it must be a date, the year first, such as 2024-05-04, or empty.",
        personal=("pair", "found"),
    ),
    "E-TIE-EVIDENCE": error(
        "{pair} 的 evidence 是 {found}；必须是 0 或更大的整数（依据几条记录），或留空。",
        "The evidence of {pair} is {found}; it must be a whole number of 0 or more (how many records), or empty.",
        personal=("pair", "found"),
    ),
    "E-EDGE-ROW": error(
        "边 {found} 看不懂：需要 (一端, 另一端) 或 (一端, 另一端, 强度)；更多内容请用 DataFrame，列名 source、target 等。",
        "The edge {found} cannot be read: (source, target) or (source, target, weight) is needed; for more use a "
        "DataFrame with columns source, target and so on.",
        personal=("found",),
    ),
    "E-EDGE-WEIGHT": error(
        '没有一条联系有名为 {found} 的强度。现有属性：{allowed}。请用 weight="名称" 写明其中之一，或改名为 weight；'
        "不带强度时用 weight=None（from_networkx、from_igraph、from_edges）。",
        'No tie has a weight named {found}. They have: {allowed}. Name one of these with weight="..." or rename it to '
        "weight; weight=None reads none (from_networkx, from_igraph, from_edges).",
    ),
    "E-TOO-MANY-EXACT": error(
        '逐一试过所有划分至多可用于 {allowed} 个行动者，这里有 {found} 个。请用 search="heuristic"。',
        'Every division can be tried for at most {allowed} actors; there are {found}. Use search="heuristic".',
    ),
    "E-LAYER": error(
        "没有联系类型 {found}。现有：{allowed}。请改用其中之一。",
        "There is no layer {found}. The layers are: {allowed}. Use one of these.",
    ),
    "E-KIND": error(
        "没有类别 {found}。现有：{allowed}。请改用其中之一。",
        "There is no kind {found}. The kinds of actors are: {allowed}. Use one of these.",
    ),
    "E-MEASURE": error(
        "没有指标 {found}。是不是 {allowed}？请改用其中之一；全部指标见 README 的指标表。",
        "There is no measure {found}. Did you mean {allowed}? Use one of these; the README lists every measure.",
    ),
    "E-MEASURE-LEVEL": error(
        "有指标 {found}，但它给出的是{level}，这里只能是{allowed}。请在 Python 里直接调用 {path}。",
        "The measure {found} exists, but it gives {level}; here it must be {allowed}. Call it in Python: {path}.",
    ),
    "E-MEASURE-MIXED": error(
        "{allowed} 描述整个网络，{found} 描述每个人，不能放进同一张表。请分两次运行。",
        "{allowed} describes the whole network, {found} each actor; they do not fit one table. Run twice.",
    ),
    "E-MEASURE-TWICE": error("指标 {found} 已经登记过。", "The measure {found} is registered already."),
    "E-ATTRIBUTE": error(
        "行动者没有属性 {found}。现有：{allowed}；{advice}。",
        "Actors have no attribute {found}. They have: {allowed}; {advice}.",
    ),
    "E-TWO-MODE-TABLE": error(
        "这像是一张边表（列：{found}）；这里需要 人 × 活动 的表：每行一人，每列一项活动，格子里是数字。"
        "请用 pd.crosstab(表['source'], 表['target']) 转换。",
        "This looks like a table of ties (columns: {found}); a table of people x activities is needed: a row per "
        "person, a column per activity, numbers in the cells. Make it: pd.crosstab(table['source'], table['target']).",
    ),
    "E-MODE-MISSING": error(
        "行动者 {found} 在 {column} 列里没有写属于哪一类；二模网络里每个行动者都必须写明。",
        "Actor {found} has no mode in the column {column}; in a two-mode network all need one.",
        personal=("found",),
    ),
    "E-MODES": error(
        "二模网络只能有两类行动者，{column} 列里有：{found}。请只保留两类。",
        "A two-mode network has two modes only; the column {column} has: {found}. Keep two of them.",
    ),
    "E-TIE-WITHIN-MODE": error(
        "{pair} 的联系在同一类（{found}）之内；二模网络的联系必须连接不同的两类。请改正或删去这条联系。",
        "The tie {pair} lies within one mode ({found}); ties of a two-mode network must join the two modes. "
        "Correct or delete it.",
        personal=("pair",),
    ),
    "E-ATTRIBUTE-NUMBER": error(
        "属性 {column} 需要数字，{actor} 的是 {found}。请改成数字或留空。",
        "The attribute {column} must be a number; that of {actor} is {found}. Correct it or leave it empty.",
        personal=("actor", "found"),
    ),
    "E-MEMBERSHIP-AMOUNT": error(
        "{actor} 在 {group} 的参与量是 {found}；必须是不小于 0 的数，或留空。",
        "The amount of {actor} in {group} is {found}; it must be a number of 0 or more, or empty.",
        personal=("actor", "found"),
    ),
    "E-MEMBERSHIP-STRANGER": error(
        "成员表里的 {found} 不在网络里。请先加进行动者表，或从成员表里删去。",
        "{found} of the table of memberships is not in the network. Add the actor, or delete the row.",
        personal=("found",),
    ),
    "E-MEMBERSHIP-TWICE": error(
        "成员表里 {found} 有不止一列。请合并成一列，每个组必须只有一列。",
        "The table of memberships has several columns {found}. Each group must have one: add them up.",
    ),
    "E-MEMBERSHIP-TIE": error(
        "{layer} 类联系 {pair} 需要恰好一端是：{allowed}。",
        "The tie {pair} of layer {layer} must have exactly one end among: {allowed}.",
        personal=("pair",),
    ),
    "E-ONE-GROUP": error(
        "这个指标需要每人只属于一个组，{actor} 在 {column} 里不止一个。请每人只留一个组，"
        "或改用按份额计算的 overlapping_roles、ei_index、mixing_matrix。",
        "This measure needs one group per actor; {actor} has several in {column}. Keep one of them, or use a measure "
        "that counts shares: overlapping_roles, ei_index, mixing_matrix.",
        personal=("actor",),
    ),
    "E-CATEGORY": error(
        "出现了没有列出的 {found}。列出的有：{allowed}。请补上，或更正数据。",
        "There is {found}, which is not among those listed: {allowed}. Add it, or correct the data.",
    ),
    "E-PRESTIGE": error(
        "职业（位置）{position} 的声望是 {found}；每个位置都需要一个不小于 0 的数。",
        "The prestige of the position {position} is {found}; every position must have a number of 0 or more.",
    ),
    "E-POSITION-ANSWER": error(
        "{actor} 对 {position} 的回答是 {found}；需要 1（认识）、0（不认识）或留空。",
        "The answer of {actor} on {position} is {found}; it must be 1 (known), 0 (not known) or empty.",
        personal=("actor", "found"),
    ),
    "E-VALUE": error(
        "{name} 不能是 {found}。可用：{allowed}。", "{name} cannot be {found}. Allowed: {allowed}."
    ),
    "E-NO-SHARED-ACTOR": error(
        "这些网络没有共同的行动者（例如 {found} 和 {other}）。请检查编号是否一致。",
        "The networks share no actor (they hold, for example, {found} and {other}). Check that the ids match.",
        personal=("found", "other"),
    ),
    "E-PREDICTOR-TABLE": error(
        "解释变量 {found} 的表需要以行动者编号为行名和列名，两边相同且不重复。",
        "The table of predictor {found} needs the actor ids as index and as columns, the same ones, each once.",
    ),
    "E-PREDICTOR-VALUE": error(
        "解释变量 {name} 缺少 {found} 的数值。请补上，或者用 without() 去掉这位行动者。",
        "Predictor {name} has no number for {found}. Add it, or leave the actor out: use without().",
        personal=("found",),
    ),
    "E-PREDICTOR-DIRECTED": error(
        "解释变量 {found} 有方向，被解释的网络没有方向。请使用没有方向的解释变量。",
        "Predictor {found} has a direction, the network to explain has none. Use a predictor without direction.",
    ),
    "E-SET-ACTOR": error(
        "{name} 里的 {found} 不在这个网络中。请只用行动者表里的编号。",
        "{found}, named in {name}, is not in this network. Use ids of its table of actors only.",
        personal=("found",),
    ),
    "E-SET-SEARCH": error(
        "从 {found} 个候选人中选 {k} 人，组合太多，无法逐一比较。请用 method=swap，或用 candidates 缩小候选范围。",
        "There are too many sets of {k} among {found} candidates to compare. Use method=swap, or name fewer candidates.",
    ),
    "E-SET-SIZE": error(
        "{found} 个候选人的步数表需要 {size} GB 内存。请用 candidates 缩小候选范围。",
        "The steps from {found} candidates take {size} GB of memory. Use candidates to name fewer.",
    ),
}
