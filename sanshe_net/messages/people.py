"""Who is who, and who must not be in the records."""

from __future__ import annotations

from typing import Final

from sanshe_net.messages.message import Message, error, note, question, warning

MESSAGES: Final[dict[str, Message]] = {
    "W-PERSON-UNRESOLVED": warning(
        "名册里有 {count} 位“{value}”，这一行没有电话或楼栋可以区分；未计入个人结果。请补上电话或楼栋。",
        "There are {count} people called {value} and this row has no phone or building to tell them apart; "
        "left out of person results. Add a phone or a building.",
    ),
    "W-SAME-NAME": warning(
        "“{value}”可能是同名的 {count} 个人（电话或楼栋不同），已分开计。若是同一人，请在表里统一电话和楼栋。",
        "{value} may be {count} people of one name (phone or building differ) and is counted separately. "
        "If it is one person, make phone and building agree.",
    ),
    "N-ORG-KIND-ASSUMED": note(
        "组织名册里没有“{value}”，按名称和出现的位置归为{kind}。",
        "{value} is not in the list of organisations; taken as {kind} from its name and where it appears.",
        personal=(),
    ),
    "W-PERSON-KIND-ASSUMED": warning(
        "“{value}”没有写身份，但以工作人员签到过，归为{kind}，不参加居民的比较。若是居民，请在名册里写明身份。",
        "{value} has no kind but signed in as staff; taken as {kind} and not compared with residents. "
        "If this is a resident, give the kind in the list of people.",
    ),
    "W-ACTOR-UNKNOWN": warning(
        "“{value}”既不在人员里也不在组织里，这个名字未使用。请在名册或签到表里补上。",
        "{value} is neither a known person nor a known organisation; the name was not used. "
        "Add it to a roster or a sign-in sheet.",
    ),
    "N-CONSENT-WITHHELD": note(
        "本人不同意或已撤回同意，全部记录未使用。",
        "Consent refused or withdrawn: none of this person's records is used.",
    ),
    "Q-MANY": question(
        "有 {count} 处需要您决定才能继续，已全部列出；没有写出任何结果。可以用 sanshe map-columns 一次答好，下次照用。",
        "{count} decisions are needed before the work can go on; all are listed and nothing was written. "
        "Answer them once with sanshe map-columns and use the answers again next time.",
    ),
    "E-MANY": error(
        "共 {count} 处问题使运行停止，已全部列出；没有写出任何结果。",
        "{count} problems stop the run; all are listed and nothing was written.",
    ),
    "E-RECORD-COLUMNS": error(
        "记录表 {table} 缺少列：{found}。", "The table {table} lacks columns: {found}."
    ),
    "E-NO-RECORDS": error(
        "读完全部文件，没有一条可用的签到记录。至少需要 姓名、活动、日期 三列。",
        "All files were read and hold no usable attendance record. At least the columns name, activity, date are needed.",
    ),
}
