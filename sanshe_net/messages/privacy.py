"""Keys, the registry, and what may be shared."""

from __future__ import annotations

from typing import Final

from sanshe_net.messages.message import Message, error, note, question, warning

MESSAGES: Final[dict[str, Message]] = {
    "E-PRIVATE-PLACE": error(
        "{path} 在 {found} 里面，这个文件夹会被分享，或由 git 保存。请把密钥和登记册移到只有您自己能看的文件夹。",
        "{path} lies in {found}, which is shared or kept by git. Move the key and the registry to a folder that only you see.",
    ),
    "E-PRIVATE-OPEN": error(
        "这台电脑上的其他人可以读 {path}。请运行 chmod 600 {path}，只让自己读写。",
        "Others on this machine can read {path}. Run chmod 600 {path}, so that only you can.",
    ),
    "E-PRIVATE-EXISTS": error(
        "{path} 已经存在，不会被覆盖。请换一个文件名；若是上次中断留下的临时文件，请先删除。",
        "{path} exists and is never replaced. Choose another name; delete it first if an interrupted run left it behind.",
    ),
    "E-KEY-MISSING": error(
        "找不到密钥 {path}。密钥丢失后，原来的编号无法重新生成，已发出的报告仍可阅读。"
        "请从备份找回；确实丢失时，用 sanshe key 新建一个，并加 --new-codes 运行，所有编号都会改变。",
        "There is no key {path}. If it is lost, the earlier codes cannot be made again; reports already given stay readable. "
        "Restore it from a backup; if it is gone, make one with sanshe key new and run with --new-codes: every code will change.",
    ),
    "E-KEY-UNREADABLE": error(
        "不能读取密钥 {path}（{reason}）。请检查文件的权限。",
        "Cannot read the key {path} ({reason}). Check the permissions of the file.",
    ),
    "E-KEY-FORM": error(
        "{path} 不是本工具的密钥，或已残缺。请原样使用本工具新建的密钥文件，不要手工改动。",
        "{path} is not a key of this tool, or it is damaged. Use the file as sanshe key new wrote it, unchanged.",
    ),
    "E-KEY-OTHER": error(
        "登记册一直用密钥 {known}，这次给的是 {found}，所有编号都会改变。请用原来的密钥；确实丢失时加 --new-codes。",
        "The registry has been used with the key {known}, this one is {found}: every code would change. "
        "Use the earlier key; add --new-codes if it is lost.",
    ),
    "E-SCOPE": error(
        "接收方“{found}”不可用。请写明给谁，例如 --scope 街道办。",
        "The recipient {found} cannot be used. Give who will receive the pack, for example --scope 街道办.",
    ),
    "E-REGISTRY-FORM": error(
        "登记册 {path} 无法读取（{reason}）。请从备份恢复，不要手工改动。",
        "The registry {path} cannot be read ({reason}). Restore it from a backup; it must not be edited by hand.",
    ),
    "E-REGISTRY-MISSING": error(
        "找不到登记册 {path}。请检查路径；确实是第一次使用时加 --new-registry。换了登记册，所有编号都会改变。",
        "There is no registry {path}. Check the path; add --new-registry only the first time. Another registry changes every code.",
    ),
    "Q-REGISTRY-MATCH": question(
        "有 {count} 位可能是登记册里的人，但电话或楼栋对不上。请在 {path} 的“决定”列填 同一人 或 新人，再运行一次。",
        "{count} people may be in the registry already, but phone or building differ. "
        "Fill the column 决定 (decision) of {path} with same or new, and run again.",
    ),
    "E-REGISTRY-ANSWER": error(
        "{path} 第 {row} 行的决定是“{found}”。请只填 同一人 或 新人。",
        "The decision in row {row} of {path} is {found}. Allowed: same or new.",
    ),
    "E-CONSENT-NONE": error(
        '记录里没有“是否同意”一列，不知道谁同意对外提供。请补上这一列；若已另外取得同意，加 --assume-consent "理由"，理由会写进清单。',
        "The records have no column about consent, so nobody is known to agree to sharing. "
        'Add the column; if consent was taken elsewhere, give --assume-consent "reason", which goes into the manifest.',
    ),
    "E-CONSENT-GIVEN": error(
        "记录里已有“是否同意”一列，--assume-consent 不能代替它。请去掉这个选项，在表里填写同意情况。",
        "The records have a column about consent, which --assume-consent cannot replace. "
        "Leave the option out and fill the column.",
    ),
    "E-CONSENT-REASON": error(
        "--assume-consent 需要写明理由（至少 {least} 个字），例如“2024年3月纸质同意书，存档于站内”。",
        "--assume-consent needs a reason of at least {least} characters, for example where the signed forms are kept.",
    ),
    "E-SHARE-EMPTY": error(
        "去掉没有同意对外提供的人之后，没有可以分享的内容。需要至少 {least} 位同意的成年居民。",
        "Without those who did not agree to sharing nothing is left to share. At least {least} people who agree are needed.",
    ),
    "E-SHARE-READ": error(
        "表格有 {count} 处问题使运行停止；为不显示姓名，这里不列出。请先运行 sanshe check 查看并改正。",
        "{count} problems in the sheets stop the run; they are not shown here because they may hold names. "
        "Run sanshe check to see and correct them.",
    ),
    "W-SHARE-BIASED": warning(
        "{count} 位没有同意对外提供，或未满 14 岁，已全部去掉。少了他们，联系和名次会有偏差，不能当作全体居民的情况。",
        "{count} people did not agree to sharing or are under 14 and were left out. "
        "Without them ties and ranks are biased and do not describe all residents.",
    ),
    "W-UNIQUE": warning(
        "{share} 的人可以被知道其联系的人认出来（{people} 人中 {unique} 人；按联系人数和联系人的联系人数）。这是去标识化资料，不是无法识别个人的资料。",
        "{share} of people could be picked out by someone who knows their contacts ({unique} of {people}; by number of contacts "
        "and the contacts' contacts). The pack is de-identified; people in it may still be recognised.",
    ),
    "N-BODIES-KEPT": note(
        "{count} 个组织的名称保持原样，请在发出前看一遍有没有人名：{allowed}。",
        "{count} names of bodies stay as they are; check before giving the pack away that none is a person's name: {allowed}.",
    ),
    "E-FORGET-UNKNOWN": error(
        "登记册里没有这个人。请检查姓名或编号；也可以在 {path} 里直接填写 姓名、电话、撤回日期。",
        "The registry does not know this person. Check the name or the id; or fill 姓名, 电话, 撤回日期 in {path} yourself.",
    ),
    "E-FORGET-KEY": error(
        "{path} 是给合作方的资料包，里面只有编号。请加 --key 密钥文件 再查；还没有做任何改动。",
        "{path} is a pack for a partner and holds codes. Add --key with the key file; nothing was changed yet.",
    ),
    "Q-FORGET-SEVERAL": question(
        "登记册里有 {count} 位同名的人。请用编号指明是哪一位：{allowed}。",
        "The registry holds {count} people of this name. Give the id of the one who is meant: {allowed}.",
    ),
    "E-FORGET-FILE": error(
        "{path} 不是撤回登记表。需要 姓名、电话、撤回日期 三列；请换一个文件名。",
        "{path} is not a list of withdrawals. It must have the columns 姓名, 电话, 撤回日期; choose another file.",
    ),
}
