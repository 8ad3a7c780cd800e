"""How people write the terms of the fixed vocabularies: term -> other words for it.

The labels of :mod:`sanshe_net.vocabulary` are known anyway.
"""

from __future__ import annotations

from typing import Final

KIND_WORDS: Final = {
    "resident": "居民 社区居民 业主 租户 群众 住户 村民 租客 社区群众 新居民 老居民 本地居民 外来居民 老人 "
    "老年人 儿童 青少年 学生 退休人员 退休居民 localresident residents",
    "social_worker": "社工 社工机构 社工站 社工服务站 社工服务中心 社会工作者 社工员 驻点社工 socialworker",
    "committee": "居委会 居委会工作人员 居委 社区工作人员 社区干部 两委 网格员 党委 committeestaff",
    "organisation": "社会组织 自组织 社区社会组织 团队 兴趣团队 志愿队 organization socialorganisation",
    "partner": "资源方 企业 商户 单位 共建单位 商家 爱心企业 resourcepartner",
    "government": "政府部门 政府 街道 街道办 民政局 街道办事处",
}
ROLE_WORDS: Final = {
    "participant": "参加者 参与者 参加人员 参与人员 参加人 参与人 签到人 普通参加者 参加居民 居民 学员 "
    "成员 组员 队员 会员 观众 听众 家长 attendee member",
    "volunteer": "志愿者 义工 志愿服务者 志愿者队员 志愿服务人员 志工 义务工作者 volunteers helper",
    "organiser": "组织者 组织人 召集人 发起人 策划 策划人 策划者 统筹 organizer convenor",
    "leader": "负责人 队长 组长 带头人 主持人 主持 带队 领队 chair host",
    "speaker": "主讲人 讲师 老师 主讲 主讲老师 授课老师 教师 嘉宾 专家 教练 trainer teacher lecturer",
    "staff": "工作人员 社工 社会工作者 居委会 居委会工作人员 socialworker",
}
MEMBER_WORDS: Final = {
    "member": "成员 队员 组员 会员 普通成员",
    "core": "骨干 核心成员 骨干成员",
    "leader": "队长 负责人 组长 会长 团长 社长 理事长 head",
    "deputy": "副队长 副组长 副会长 副团长 副社长",
    "secretary": "秘书 秘书长",
    "founder": "创始人 发起人 创办人",
}
ACTIVITY_WORDS: Final = {
    "interest": "兴趣 兴趣小组 文体 文娱 文体活动",
    "volunteering": "志愿 志愿活动 义工 公益 公益服务 volunteer",
    "festival": "节庆 节日 节日活动 大型活动",
    "council": "居民议事会 议事 议事会议 councilmeeting",
    "training": "培训活动 讲座 学习 能力建设",
    "action": "行动 自治 自治活动 行动小组 社区行动",
    "group_work": "小组 小组活动 小组工作",
    "outreach": "宣传 走访 外展 探访 宣传活动",
}
SUPPORT_WORDS: Final = {
    "money": "现金 捐款 经费 资金支持",
    "goods": "物品 实物 物资支持",
    "venue": "场所 场地支持",
    "service": "义剪 义诊 服务支持",
    "expertise": "专业支持 技术 讲师 师资",
}
ISSUE_WORDS: Final = {"problem": "问题 问题导向", "development": "发展 发展导向"}
STATE_WORDS: Final = {
    "open": "待处理 未处理 待办 待解决 待落实 未落实 未完成 未办结 搁置 新提出 unsolved pending todo",
    "in_progress": "进行中 跟进中 落实中 办理中 解决中 推进中 部分解决 ongoing inprogress",
    "solved": "已落实 已完成 已办结 已处理 办结 解决 完成 已办 resolved done closed settled",
    "withdrawn": "撤回 取消 已取消 撤销 已撤销 不再处理 cancelled canceled dropped",
}
QUESTION_WORDS: Final = {"trust": "信任的人", "help": "求助对象 帮助", "advice": "意见 出主意 咨询"}
HUKOU_WORDS: Final = {"local": "本地 户籍 本市 是", "non_local": "非本地 非户籍 外地 外来 流动 否 nonlocal"}
CONSENT_WORDS: Final = {
    "yes": "是 同意 可署名 y 愿意 可以 已同意 agree agreed",
    "internal": "内部 仅内部 内部化名 仅统计",
    "no": "否 不同意 不入图 n 拒绝 不愿意 不可以 不 不参加 refuse refused",
    "withdrawn": "撤回 已撤回 退出 已退出 撤销",
}
REGISTERED_WORDS: Final = {
    "yes": "已备案 备案 已登记 登记 是 registered",
    "no": "未备案 未登记 否 unregistered",
}
