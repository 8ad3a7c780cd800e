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
        "“{value}”可能是同名的 {count} 个人（电话、楼栋或性别不同），已分开计。若是同一人，请在表里统一。",
        "{value} may be {count} people of one name (phone, building or sex differ) and is counted separately. "
        "If it is one person, make them agree.",
    ),
    "W-NAME-INCOMPLETE": warning(
        "“{value}”不是完整的姓名：不与任何人合并，凭电话、编号或楼栋才算同一人。请补上全名。",
        "{value} is not a whole name: it is joined with nobody, and is one person only by phone, person number or building. Add the full name.",
    ),
    "W-NAME-UNRESOLVED": warning(
        "“{value}”不是完整的姓名，这一行又没有电话、编号或楼栋；计入人次，未计入个人结果。请补上全名或电话。",
        "{value} is not a whole name and this row has no phone, person number or building; counted as a head, left out of person results. Add the full name or a phone.",
    ),
    "E-ID-REUSED": error(
        "编号“{value}”在第 {first} 行属于另一个姓名。一个编号只能属于一个人，请核对这两行。",
        "The number {value} belongs to another name in row {first}. A number is one person's only: check both rows.",
    ),
    "W-WITHDRAWAL-UNMATCHED": warning(
        "这条撤回同意没有对应的人：没有这个姓名，或电话、楼栋与记录里的不同。请核对，以免本人仍留在结果里。",
        "This withdrawal fits nobody: the name is not in the records, or phone and building differ. Check it, or the person may stay in the results.",
    ),
    "E-DECISION-COLUMNS": error(
        "这不是认人决定文件：列是 {found}。需要的列：{allowed}，或者 keep_id,merge_id,decision。",
        "This is no file of decisions: its columns are {found}. Needed: {allowed}; or keep_id,merge_id,decision.",
    ),
    "E-DECISION-SYNTAX": error(
        "这个文件不是 UTF-8 的 CSV，读不出决定。请用 sanshe people 写出的文件，或另存为 UTF-8 CSV。",
        "This file is not CSV in UTF-8. Use the file that sanshe people apply writes, or save it as CSV in UTF-8.",
    ),
    "E-DECISION-FIELDS": error(
        "这一行的格数与表头不同；整个文件未使用。请改正这一行。",
        "This line has another number of cells than the header; the whole file is not used. Correct this line.",
    ),
    "E-DECISION-KIND": error(
        "不认识的类别“{found}”；整个文件未使用。可用：{allowed}。",
        "Unknown kind {found}; the whole file is not used. Allowed: {allowed}.",
    ),
    "E-DECISION-WORD": error(
        "不认识的决定“{found}”；整个文件未使用。可用：{allowed}。",
        "Unknown decision {found}; the whole file is not used. Allowed: {allowed}.",
    ),
    "E-DECISION-END": error(
        "这一行缺姓名或名称，或活动缺日期（例如 2024-05-04）；整个文件未使用。请补上。",
        "This line lacks a name, or an activity lacks its day (such as 2024-05-04); the whole file is not used. Add it.",
    ),
    "E-DECISION-UNKNOWN": error(
        "记录里没有：{found}；整个文件未使用。请核对，或用 sanshe people 重新写出待认表。",
        "Not in the records: {found}; the whole file is not used. Check it, or run sanshe people review again.",
    ),
    "E-DECISION-SELF": error(
        "这一行把同一个人（组织、活动）与自己配对；整个文件未使用。请删去这一行。",
        "This line pairs something with itself; the whole file is not used. Delete this line.",
    ),
    "E-DECISION-CIRCLE": error(
        "这一行与前面的决定绕成一圈（甲并入乙、乙又并入甲）；整个文件未使用。请只保留一个方向。",
        "This line makes a circle with earlier ones (A into B, B into A); the whole file is not used. Keep only one direction.",
    ),
    "E-DECISION-BOTH": error(
        "这一对在这里是不同人，但其他行已把他们连成同一人；整个文件未使用。请改正其中之一。",
        "This pair is different here, yet other lines join it; the whole file is not used. Correct one of them.",
    ),
    "E-DECISION-LINE": error(
        "这一行没有决定；文件里共有 {allowed} 条决定，从第 2 行开始。什么都没有撤销。请核对行号。",
        "There is no decision on this line; the file holds {allowed}, from line 2 on. Nothing was undone. Check the line numbers.",
    ),
    "E-REVIEW-COLUMNS": error(
        "这不是 sanshe people 写出的待认表，或者改过表头。需要的列：{allowed}。",
        "This is not a review workbook that sanshe people wrote, or its heads were changed. Needed: {allowed}.",
    ),
    "N-DECISION-UNUSED": note(
        "有 {count} 条认人决定在这次的记录里找不到对应的人，未用；决定文件不变。",
        "{count} decisions fit nobody in these records and were not used; the file stays as it is.",
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
        "有 {count} 处需要您决定才能继续；没有写出任何结果。多数可以用 sanshe map-columns 一次答好、下次照用；其余请在表里改清楚。",
        "{count} decisions are needed before the work can go on; nothing was written. "
        "Most are answered once with sanshe map-columns and used again next time; write the others clearly in the sheets.",
    ),
    "E-MANY": error(
        "共 {count} 处问题使运行停止，请改正后再运行；没有写出任何结果。",
        "{count} problems stop the run; nothing was written. Correct them and run again.",
    ),
    "E-RECORD-COLUMNS": error(
        "记录表 {table} 缺少列：{found}。", "The table {table} lacks columns: {found}."
    ),
    "E-NO-RECORDS": error(
        "读完全部文件，没有一条可用的签到记录。至少需要 姓名、活动、日期 三列。",
        "All files were read and hold no usable attendance record. At least the columns name, activity, date are needed.",
    ),
}
