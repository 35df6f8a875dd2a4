"""The three particles 的、地、得, where the words on both sides decide which one it must be.

- 地 between a manner and the verb it colours: 认真的开展排查, 耐心的向群众讲解, 有效得遏制了;
- 得 between a verb and how it went: 做的很好, 开展地有声有色, 忙的不可开交, 取的了成效;
- 的 before a noun: 良好地氛围, 我们地生活, 群众地诉求.

Silent where the verb may be a noun: 进行了认真的讨论, 积极的推动作用, 实实在在的帮助.
"""

import re
from collections.abc import Iterator

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.vocabulary import vocabulary
from town_portal.proofreading.rules.values.words import Word, cut, words_of
from town_portal.proofreading.rules.writing import Writing

# How something is done. Each of them also stands before nouns: what follows decides.
MANNERS = frozenset(
    "认真 仔细 细致 细心 耐心 热心 热情 积极 主动 自觉 自发 踊跃 扎实 切实 踏实 深入 深刻 全面 系统 全力 大力 努力 奋力 "
    "有效 有力 有序 有序有力 高效 快速 迅速 飞速 及时 准时 按时 如期 适时 准确 精准 精确 科学 合理 严格 严肃 严厉 严密 "
    "广泛 充分 集中 统一 灵活 巧妙 创造性 针对性 有针对性 有计划 有步骤 有组织 有重点 分批 分类 分级 逐一 逐个 逐户 "
    "逐村 逐家 逐项 逐条 逐人 逐栋 逐处 逐段 详细 具体 生动 形象 通俗 清晰 清楚 明确 客观 公正 公平 公开 透明 真实 如实 真诚 诚恳 诚挚 热烈 亲切 温柔 "
    "勇敢 果断 坚决 坚定 顽强 刻苦 勤奋 辛勤 谨慎 小心 小心翼翼 稳妥 稳步 稳定 平稳 顺利 圆满 成功 完整 彻底 "
    "持续 长期 经常 定期 反复 多次 连续 不断 逐步 逐渐 渐渐 日益 进一步 最大限度 更好 更快 更多 最大程度 "
    "紧张 贴心 热心 忠实 无私 显著 明显 高兴 激动 感慨 开心 自豪 欣慰 动情 兴奋 愉快 欢快 骄傲 欣喜 感激 满意 焦急 着急 伤心 郑重 庄严 虔诚 "
    "默默 悄悄 静静 轻轻 慢慢 缓缓 紧紧 牢牢 深深 狠狠 偷偷 匆匆 纷纷 暗暗 久久 紧密 密切 妥善 依法 规范 合法 "
    "一致 共同 直接 间接 直观 亲自 当场 当面 自由 自主 独立 单独 简单 粗暴 盲目 随意 任意 擅自 错误 片面 机械 "
    "积极主动 认真负责 深入细致 扎实有效 稳妥有序 安全有序 高质量 高标准 高效率 大规模 大幅度 面对面 手把手 一对一 "
    "点对点 挨家挨户 全方位 多渠道 多层次 多角度 全天候 分阶段 分层次 常态化 制度化 规范化 动态 实时 无偿 免费 "
    "毫不犹豫 自始至终 一丝不苟 不厌其烦 有条不紊 全力以赴 坚持不懈 坚定不移 持之以恒 雷厉风行 争先恐后 齐心协力 "
    "夜以继日 源源不断 津津有味 兴致勃勃 绘声绘色 设身处地 因地制宜 全心全意 一心一意 与时俱进 循序渐进 潜移默化 "
    "认认真真 仔仔细细 踏踏实实 扎扎实实 实实在在 高高兴兴 兢兢业业 勤勤恳恳 完完全全 清清楚楚 轻轻松松 快快乐乐".split()
)
# What colours only verbs: before any verb it is 地.
VERB_ONLY = frozenset(
    "不断 逐步 逐渐 渐渐 稳步 日益 进一步 默默 悄悄 静静 轻轻 慢慢 缓缓 紧紧 牢牢 狠狠 偷偷 匆匆 纷纷 暗暗 亲自 当场 当面 "
    "切实 大力 全力 奋力 踊跃 逐户 逐村 逐家 逐项 逐条 逐人 逐栋 逐处 逐段 逐一 逐个 毫不犹豫 全力以赴 争先恐后 齐心协力 不厌其烦 有条不紊 小心翼翼 兴致勃勃".split()
)
# Verbs that take an object and hardly ever stand before a noun as its attribute.
ACTIONS = frozenset(
    "开展 推进 推动 推行 落实 贯彻 贯彻落实 做好 抓好 办好 管好 用好 守好 干好 建好 搞好 担当 担当作为 查看 察看 查找 听取 询问 了解 "
    "解答 回答 完成 解决 化解 处理 处置 防止 防范 遏制 避免 杜绝 消除 履行 执行 遵守 发挥 带动 促进 提升 提高 增强 加强 改善 "
    "改进 完善 优化 美化 净化 巩固 拓展 维护 保护 保障 帮助 支持 组织 参与 参加 投入 配合 引导 指导 督促 动员 排查 清理 整治 "
    "清除 领会 把握 掌握 记录 介绍 倾听 对待 接待 照顾 关心 关爱 陪伴 守护 坚守 传授 传播 宣讲 讲述 讲解 叙述 汇报 通报 "
    "报告 反映 表达 表示 展示 展现 制定 编制 实施 落细 走访 慰问 看望 探望 检验 核查 核实 核对 核算 登记 填写 收集 征求 采纳 "
    "满足 适应 打击 查处 惩治 保证 确保 树立 筑牢 夯实 压实 扛起 承担 担负 肩负 投身 融入 对接 服务 响应 回应 利用 运用 使用 "
    "分析 研究 研判 谋划 部署 安排 调度 统筹 协调 联系 团结 凝聚 调动 激发 弘扬 传承 践行 宣传 普及 学习 阅读 观看 参观 观摩 "
    "体验 感受 认识 理解 接受 拥护 认为 认清 看到 意识到 感到 做到 达到 实现 取得 赢得 营造 打造 建设 建立 构建 搭建 形成 "
    "开始 走进 走到 来到 奔赴 赶到 赶往 深入 走上 踏上 拿起 拿出 伸出 打开 关上 转移 疏散 救助 救治 抢修 搬运 清扫 打扫 告诉 "
    "告知 提醒 劝说 劝导 劝阻 纠正 制止 检查 巡查 监督 监管 管理 控制 压缩 降低 减少 减轻 增加 扩大 缩短 延长 加快 加大 补齐".split()
)
# Of those, the ones that never stand before a noun as its attribute, not even before 工作 or 作用.
NEVER_ATTRIBUTES = frozenset(
    "开展 贯彻 贯彻落实 做好 抓好 办好 管好 用好 守好 干好 建好 搞好 查看 察看 听取 完成 遏制 防止 避免 杜绝 履行 遵守 发挥 "
    "树立 筑牢 夯实 压实 扛起 看到 感到 做到 达到 取得 赢得 营造 打造 走进 走到 来到 奔赴 赶到 赶往 拿起 拿出 伸出 打开 认为 担当 "
    "告诉 做 抓 办 干 说 看 走 写 讲 听 问 唱 笑 完善 推进 落实 加强 提高 增强 保障 维护 解决 改善 优化 美化 制定 编制 接待 化解 消除 转移".split()
)
_CLOSES = frozenset("的 和 与 及 或 、 是 为 也 都 将 使 让 能 之 之下 之中 之后 下 中 上 后 前 基础 过程".split())
"""What comes after an action that is a noun already."""
_OUTCOMES = frozenset(
    "赢得 得到 受到 获得 取得 成为 确保 吸引 感动 打动 促进 推动 提升 带动 保障 换来 带来 感染 深受 给 温暖 激发 离不开 值得 令 促使".split()
)
"""What an action brings about: before them the action is the subject (高效的服务赢得好评)."""
_CAUSES = frozenset("确保 保证 让 使 促使 推动 促进 保障".split())
_COLOURING = frozenset({"a", "ad", "an", "d", "z", "i", "l"})
_STATES = frozenset("飞快 火速 急速 径直 依次 相继 成群结队 三五成群 一溜烟 齐刷刷 风风火火 不约而同 迫不及待".split())
_PAIRWISE = re.compile(r"([\u4e00-\u9fff])\1([\u4e00-\u9fff])\2")
_STEP_BY_STEP = re.compile(
    r"一(.)一\1|一笔一画|一笔一划|一字一句|一针一线|一招一式|一五一十|一砖一瓦|一锄一镐|一来二去|逐.逐.|(?:挨|按)[家户].[家户]"
)
_SOUNDED = re.compile(r"[\u4e00-\u9fff]([\u4e00-\u9fff])\1")
"""轰隆隆, 急匆匆, 笑呵呵: how something sounds or looks while it moves."""
_HEADED = re.compile(r"[\u4e00-\u9fff][进到向往回](?<!报到)(?<!签到)")
_MOVED = re.compile(r"[冲跑走飞跃跳爬游驶开涌奔扑赶挤闯滑滚流射钻驰溜踏迈搬抬扛背挪推拉][出进上下回过向入到离开往起]")
_WHITHER = frozenset("在 向 往 到".split())
_HANDLING = frozenset("把 给 帮 替".split())
_TOWARDS = frozenset("为 向 对 跟 同".split())
_PRONOUNS = frozenset("我 我们 他 他们 她 她们 它 你 你们 您 大家 咱们 人们 自己".split())
_PERSONS = frozenset(
    "群众 村民 居民 老人 孩子 学生 家长 游客 病人 患者 同学 商户 企业 农户 干部 党员 职工 司机 行人 乡亲 老乡 客人 战士 百姓 路人 住户".split()
)
_CARES = frozenset(
    "转移 疏散 慰问 看望 救助 照料 服务 帮助 关心 关爱 引导 发动 组织 动员 解救 安置 接送 救治 照顾 陪伴 对待 接待".split()
)
_TELLING = frozenset("叮嘱 嘱咐 告诉 告诫 劝说 劝导 提醒 询问 安慰 安抚 鼓励 照料 照看 搀扶 护送 招呼".split())
_SAYING = frozenset("说 说道 讲 喊 喊道 问 问道 答道 写道 笑道 感慨道 回答说".split())
_HANDLED = frozenset(
    "赶往 赶到 赶赴 奔赴 奔向 送往 送到 送上 走到 走向 走进 走出 来到 回到 跑到 跑向 冲进 冲向 冲上 跳进 坐在 站在 躺在 守在 蹲在 握住 抓住 抱住 围住 "
    "接过 递给 交给 端起 举起 捧着 拿起 放下 放进 装进 献上 扶起 扶上 抬起 抬上 背起 搬到 转移到 疏散到 望着 看着 听着 等着 守着 唱着 指出 写下 写道 "
    "投入到 参与到 融入到 落实到 贯彻到 运用到 应用到 做到 想到 看到 听到 感到 感受到 认识到 体会到 意识到 了解到".split()
)
_ALSO_ATTRIBUTES = frozenset(
    "推进 落实 加强 提高 增强 保障 维护 解决 改善 优化 美化 完善 完成 化解 消除 转移 接待 制定 编制".split()
)
_SPEECH = frozenset(
    "说 说道 讲 讲述 表示 告诉 介绍 笑 笑道 喊 喊道 唱 唱起 回忆 回答 问 问道 写道 谈起 谈到 感叹 感慨".split()
)
_HEADS = frozenset(
    "态度 方法 措施 作用 工作 精神 氛围 效果 活动 方式 机制 手段 力度 意识 能力 习惯 环境 体系 模式 制度 水平 成果 体验 队伍 人员 "
    "人才 行动 过程 局面 计划 方案 条件 基础 渠道 途径 平台 意义 影响 关系 经验 做法 举措 建议 意见 支持 保障 阶段 情况 状态 形式 "
    "内容 功能 优势 策略 思路 要求 目标 任务 标准 程序 流程 规定 办法 服务 宣传 教育 管理 监督 指导 建设 发展 贡献 成效 问题 案例 "
    "路径 载体 场所 场景 时间 空间 力量 氛围 格局 合力 样板 典型 者 性 化 率 度 感 网 站 点 队 室".split()
)
_PREPOSITIONS = frozenset("帮 把 将 向 给 对 为 跟 替 往 朝 从 用 围绕 按照 按 与 同".split())
_MODALS = frozenset(
    "要 应 应当 应该 必须 须 能 能够 会 可以 将 都 也 就 才 便 正 正在 在 又 还 再 一直 始终 仍 仍然 更 不 请 需 需要 来 去 一起 "
    "一同 共同 为了 为 以便 我们 他们 她们 你们 大家 他 她 我 咱们 自己".split()
)
_GOVERNORS = frozenset(
    "进行 作 做 作出 做出 给予 给与 予以 有 是 得到 受到 获得 通过 经过 以 用 提供 提出 形成 产生 起到 具有 加以 展开 离不开 带来 "
    "取得 作为 需要 缺乏 缺少 没有 促进 实现 达到 保持 引起 表示 表达 这种 那种 各种 种种 这样 那样 一种 一个 一次 一场 一份 "
    "一项 一番 一系列 各项 任何 以及 的 之".split()
)
_ASPECTS = frozenset("了 着 过".split())
_RESULTS = frozenset("起来 下去 下来 出来 出 到 好 完 住 上 进 进去 起 回 开 掉 成 给 向 在 往 过来 过去 出去".split())

# How well something goes: what a complement says.
_DEGREES = frozenset(
    "很 非常 十分 特别 相当 极 极其 格外 更加 更 比较 较 越来越 太 不够 不太 又 挺 尤为 极为 颇为 异常 分外".split()
)
_WELL = frozenset(
    "好 快 慢 细 实 稳 准 严 紧 透 累 顺 顺利 认真 仔细 到位 扎实 出色 漂亮 红火 火红 精彩 圆满 清楚 明白 透彻 彻底 生动 详细 具体 "
    "及时 规范 干净 整洁 整齐 热闹 激烈 顺畅 充实 幸福 滋润 有序 有力 有效 明显 完善 完整 全面 深入 细致 周到 周密 火热 动情 "
    "起劲 入神 开心 高兴 愉快 旺盛 茂盛 牢固 结实 宽敞 平整 合理 科学 严密 迅速 迅猛 缓慢 成功 精心 用心 熟练 流利 准确 通透 美丽 "
    "亮丽 明亮 投入 专注 尽兴 过瘾 痛快 舒坦 安心 放心 妥帖 平坦 敞亮 早 晚 远 香 响 轻松 艰难 艰苦 辛苦 突出 显著 平稳 稳健 丰富多彩 井然有序 贴心 踏实 不错 极好 最好 差 快速 高效 通畅 强烈 紧张 大 小 亮 密 热烈 庄重 简朴 红 美 香 甜".split()
)
_WELL_IDIOMS = frozenset(
    "有声有色 井井有条 井然有序 热火朝天 红红火火 如火如荼 淋漓尽致 恰到好处 滴水不漏 一清二楚 明明白白 有条不紊 有板有眼 有模有样 "
    "有滋有味 头头是道 津津有味 一尘不染 焕然一新 面目一新 整整齐齐 漂漂亮亮 一干二净 不亦乐乎 热热闹闹 风生水起 面面俱到 严严实实 "
    "妥妥当当 天衣无缝 栩栩如生 惟妙惟肖 绘声绘色 轰轰烈烈 扎扎实实 又好又快 又快又好 又宽又平 不尽如人意 不够理想 不够到位 郁郁葱葱 "
    "枝繁叶茂 精疲力竭 筋疲力尽 炉火纯青 得心应手 蒸蒸日上 有始有终 圆圆满满 绰绰有余 可圈可点 无微不至 细致入微".split()
)
_DOUBLED = re.compile(r"(?![方点家里上时日条形风是])([\u4e00-\u9fff])\1([\u4e00-\u9fff])\2")
_DONE = frozenset(
    "反映 布置 做 下 干 办 搞 抓 跑 跳 走 学 建 修 收 长 变 过 活 管 飞 打 练 演 睡 擦 铺 洗 笑 哭 讲 唱 说 写 开展 完成 发展 落实 打扫 布置 组织 "
    "安排 处理 表现 恢复 进展 建设 管理 收拾 清理 打理 装扮 装点 运转 推进 掌握 宣传 解释 讲解 整治 治理 绿化 执行 配合 准备 运行 "
    "进行 衔接 贯彻 清扫 举办 策划 设计 规划 收割 生长 经营 服务 维护 保护 保养 干活 工作 生活 学习 玩 聊 交流 发挥 变化 改造 举行 办理 "
    "练习 表演 演出 飘 摆放 摆 放 挂 坐 站 睡 扮 考 答 传 卖 开 进步 提升 增长".split()
)
_OVERCOME = re.compile(
    r"(?:忙|累|热|冷|急|气|吓|高兴|激动|感动|兴奋|开心|乐|笑|疼|痛|饿|渴|晒|冻|羞|听|看|激动)(?P<de>的)(?=不可开交|团团转|合不拢嘴|"
    r"热泪盈眶|说不出话|直不起腰|满头大汗|汗流浃背|手舞足蹈|前仰后合|泪流满面|气喘吁吁|满脸通红|像过年|像个|像孩子|像小孩|流下|流出|掉下|落下|跳了?起来|喘不过气|"
    r"脚不沾地|一塌糊涂|瑟瑟发抖|直发抖|直跺脚|直冒汗|睡不着|入了?[神迷]|津津有味|像个孩子|哭了|直流)"
    r"|(?:忙|累|热|冷|急|气|吓|乐|笑|晒|冻|疼)(?P<di>地)(?=不可开交|团团转|合不拢嘴|直不起腰|满头大汗|汗流浃背|一塌糊涂|瑟瑟发抖)"
)
_POSSIBLE = re.compile(
    r"(?:看(?P<a>的)[见清起]|听(?P<b>的)[懂见清]|摸(?P<c>的)着|靠(?P<d>的)[住]|信(?P<e>的)过|吃(?P<f>的)消|拿(?P<g>的)出|"
    r"[站顶立管留稳抓守扛耐坐挺记](?P<h>的)住|叫(?P<i>的)响|用(?P<j>的)[上起]|[对经禁担买住看负](?P<k>的)起|[帮跟赶排](?P<l>的)上|"
    r"打(?P<m>的)[赢好]|豁(?P<n>的)出|沉(?P<o>的)下|[办做](?P<p>的)[到成](?!位)|行(?P<q>的)通|过(?P<r>的)去|数(?P<s>的)着)"
    r"(?![解闻识面证效习位底处口面价])"
)
_BOUND = re.compile(
    r"(?<![获夺窃提换所采收索录听])取(?P<a>[的地])(?=了|较|明显|显著|良好|积极|实效|新|一定|阶段性|圆满|重大|决定性|可喜|初步|优异|实实在在|好成绩|成功|突破|胜利|进展|实质)"
    r"|(?:雨|雪)下(?P<k>[的地])(?=很|特别|非常|越来越|正|又|好|这么|那么)"
    r"|获(?P<b>[的地])(?=了|一致|群众|好评|第一|冠军|荣誉|称号|全|省|市|国家|优|[一二三]等)"
    r"|(?<![价升贬产净现币数等面总增保不])值(?P<c>[的地])(?=肯定|推广|学习|借鉴|注意|一提|关注|称赞|表扬|信赖|"
    r"信任|思考|深思|期待|庆贺|点赞|重视|珍惜|我们|大家|去|拥有|尊敬|骄傲|高兴|纪念)"
    r"|(?<=不)值(?P<d>[的地])(?=提倡|推广|一提|去|[，。；])"
    r"|(?<![睡困午感])觉(?P<e>[的地])(?=很|非常|十分|特别|这|自己|有|应该|没|不|生活|大家|更|挺|自豪|日子|心里|我们|村|住)"
    r"|(?<![明浅凸彰突尤])显(?P<f>[的地])(?=格外|十分|非常|更|更加|很|尤为|特别|有些|有点|那么|异常|分外|越发|尤其|极为)"
    r"|(?<![登书速笔札牢传标印])记(?P<g>的)(?=那|去年|刚|小时|第一|当时|当年|有一|以前|带|按时|随手|关)"
    r"|(?<![改转演质量突应蜕])变(?P<h>[的地])(?=更|越来越|十分|非常|很|格外|干净|整洁|宽敞|漂亮|美丽|富裕|明亮|井|焕然|平坦|热闹|清澈|有序|整齐|简单|轻松|便捷)"
    r"|(?:巴不|恨不|怪不|来不|顾不|舍不|由不|使不|见不|等不|免不)(?P<i>[的地])(?=[\u4e00-\u9fff，。；、])"
    r"|(?<![征])(?:懂|晓|觉|获)(?P<j>地)(?=了|群众|他|我|大家|人|更|广)"
)

# What only nouns are called by.
_ATTRIBUTES = frozenset(
    "良好 重要 美丽 优美 显著 明显 浓厚 宝贵 坚实 坚强 优秀 先进 巨大 突出 主要 基本 美好 幸福 舒适 整洁 宽敞 独特 丰富 强大 强烈 "
    "广大 深厚 深远 现实 根本 关键 优良 优异 崭新 全新 新鲜 著名 珍贵 光荣 伟大 崇高 高尚 淳朴 和谐 宜居 便利 便捷 优质 特殊 "
    "紧密 密切 热烈 积极 有力 有利 健康 绿色 温馨 安全 清新 文明 平安 稳定 长远 具体 实际 真实 深刻 广阔 壮丽 动人 感人 可喜".split()
)
_PURE_ATTRIBUTES = frozenset(
    "良好 重要 美丽 优美 浓厚 宝贵 坚实 优秀 先进 巨大 美好 独特 优良 优异 崭新 珍贵 淳朴 优质 丰富 广阔 主要".split()
)
_OWNERS = frozenset(
    "我们 他们 她们 你们 咱们 大家 人们 群众 村民 居民 党员 干部 企业 学生 孩子 老人 农户 商户 同志 代表 国家 社会 政府 单位 全镇 "
    "我镇 全村 各级 百姓 老百姓 农民 群众们 村民们 家长 业主 家乡 祖国 他人 生活 工作 心中 身边 当前 目前".split()
)
_OWNED = frozenset(
    "利益 生活 需求 诉求 意见 建议 问题 意识 支持 声音 心声 权益 收入 困难 安全 健康 发展 责任 力量 作用 工作 努力 家园 家乡 孩子 "
    "幸福 积极性 满意度 获得感 幸福感 安全感 任务 目标 重点 成果 成绩 成效 困惑 难题 烦恼 关心 帮助 热情 信心 日子 变化 美好 合法".split()
)
_FOUND_OUT = frozenset(
    "取得 存在 发现 面临 反映 提出 获得 作出 做出 付出 形成 关心 关注 需要 遇到 期盼 收到 采取".split()
)
_FINDS = frozenset("成绩 成效 问题 困难 隐患 诉求 意见 建议 贡献 努力 难题 措施 事情 荣誉 进展 效果 不足 线索".split())
_NOUNS = frozenset(
    "态度 作用 作风 精神 氛围 成效 意义 基础 效果 影响 贡献 成绩 局面 关系 环境 条件 水平 能力 形象 优势 特点 信心 决心 责任 使命 "
    "印象 风景 家园 乡村 景色 生活 保障 支撑 机遇 方法 措施 经验 做法 举措 秩序 风气 家风 习惯 面貌 素质 前景 前提 资源 文化 "
    "空气 品质 群众 村民 城市 农村 村庄 社会 校园 问题 情况 意见 建议 阶段 力量 平台 力度 态势 势头 成果 意识 氛围".split()
)
_FINAL = frozenset("，。；、！？”）：\n")
_STEPWISE = re.compile(
    r"(?:一([\u4e00-\u9fff])(?:又|接|连)?一\1|一[层笔针步步遍点家户天声圈]一[画线脚趟滴家户夜字]|[深浅]一[脚步][深浅]一[脚步]|一[口股]气|三天两头|没日没夜|不分昼夜|起早贪黑|"
    r"挨家挨户|挨村挨户|逐[家户村条项][逐挨]?[家户村条项]?|大步流星|目不转睛|手把手|你追我赶|有说有笑|头也不回|不厌其烦|不由自主|二话不说|三步并作两步|小心翼翼|一丝不苟)"
    r"(?P<de>的)(?=[\u4e00-\u9fff])"
)
"""How something is done step by step; before a verb it wants 地."""
_WITH = frozenset("用 往 向 朝 从 把 将 给 替 帮 在 跟 对 为".split())
_HOW_IT_WENT = re.compile(
    r"(?:[洗擦扫打扫粉刷冲刷收拾整理装扮布置铺刷染照映晒]{1,2})(?P<de>[的地])(?=(?:雪白|锃亮|通红|干干净净|整整齐齐|一尘不染|漂漂亮亮|亮堂堂|红彤彤|亮晶晶|透亮|金黄|洁白|干净|平平整整|井井有条)(?:[，。；！、]|$))"
    r"|(?<=[\u4e00-\u9fff])(?:水退|卖|烧|来|走|跑|退|涨|办|跌|落|升|传)(?P<de2>的)(?=(?:(?:很|更|太)[\u4e00-\u9fff]{1,2}[，。；！]|比[^，。；的]{1,10}|让[^，。；]{2,12}(?:心服口服|放心|满意|安心|佩服)|正旺|正红|正香|正欢|飞快|快[，。；]|慢[，。；]|早[，。；]|晚[，。；]|及时[，。；]|不是时候))"
    r"|(?:整改|落实|完成|推进|开展|治理|服务|管理|处置|应对|处理|衔接|配合|组织)(?P<de3>的)(?=(?:很|非常|十分|较为|比较|更加|相当|特别)?(?:到位|及时|顺利|迅速|彻底|扎实|圆满|默契|有力|有效|得当)[，。；！])"
)
_SAY = {
    "地": "“{0}”后面是动作，“{1}”应为“地”，请改正。",
    "得": "“{0}”后面说的是程度或结果，“{1}”应为“得”，请改正。",
    "的": "“{0}”后面是名词，“{1}”应为“的”，请改正。",
}


_ONE_SIGN_VERBS = "摸跑转卖修敲舞记花说听讲看涨下过打扫洗擦理摆养管干办抓做学教唱跳笑哭忙累晒吹烧煮炒刷铺建盖长开走飞游划喊叫吃喝睡起来去坐站写画算查问想种收割插挑扛背搬送修练踢投跟追赶急乐气冻热"
_SHOWS_HOW = re.compile(
    rf"(?<![的是所之这那][\u4e00-\u9fff])(?<![的是所之这那])[{_ONE_SIGN_VERBS}](?P<de>的)"
    r"(?:(?P<idiom>[\u4e00-\u9fff]{4})|又[\u4e00-\u9fff]{1,2}又[\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff]{1,2}天响|飞快|通亮|透亮|通红|锃亮|笔直|[\u4e00-\u9fff]{2}作响|合不拢嘴|直不起腰|喘不过气|睁不开眼)"
    r"(?=[，。；！”、])"
)
_WENT_SO = re.compile(
    rf"(?:^|(?<=[，。；！？“\n]))[{_ONE_SIGN_VERBS}](?P<de>的)[勤早快远准稳细深实紧]，(?=才|就|自然|也才|便)"
    rf"|(?<=[\u4e00-\u9fff，])(?<![的是所之这那])[{_ONE_SIGN_VERBS}](?P<de2>的)比[^，。；的]{{1,6}}?(?:贵|好|快|高|早|稳|远|甜|旺|顺|火|强|勤|大|壮|香)(?=[，。；])"
)
_AABB = re.compile(r"(.)\1(.)\2")
_HOW_IDIOMS = frozenset(
    "目不转睛 眉飞色舞 虎虎生风 热泪盈眶 泪流满面 满头大汗 气喘吁吁 汗流浃背 筋疲力尽 不可开交 前仰后合 手舞足蹈 七上八下 有来有往 喜笑颜开 眉开眼笑 乐不可支 "
    "满满当当 滚瓜烂熟 朗朗上口 出神入化 炉火纯青 闻所未闻 一波三折 七零八落 东倒西歪 密密匝匝 四平八稳 井水不犯 面红耳赤 面目全非 有鼻子有眼 油光发亮".split()
)


def _went(plain: str) -> Iterator[tuple[int, int]]:
    """摸的一清二楚, 修的又宽又平, 跑的勤，才…: a verb of one sign and how it went."""
    for match in _SHOWS_HOW.finditer(plain):
        idiom = match["idiom"]
        if (
            not idiom
            or idiom in _WELL_IDIOMS
            or idiom in _HOW_IDIOMS
            or _AABB.fullmatch(idiom)
            or idiom.endswith("作响")
        ):
            yield match.span("de")
    for match in _WENT_SO.finditer(plain):
        yield match.span("de" if match["de"] else "de2")


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """One finding for each particle that must be another."""
    words = words_of(writing, lexicon)
    said: set[int] = set()
    hasty = ((match.start("de"), "地", match.group()[:-1]) for match in writing.matches(_HASTY))
    went = ((start, "得", writing.plain[start - 1]) for start, _ in _went(writing.plain))
    for place, right, before in (*_by_words(words), *_by_form(writing.plain), *went, *hasty):
        if place not in said:
            said.add(place)
            written = writing.plain[place]
            message = _SAY[right].format(before, written)
            yield writing.finding(Family.DE_PARTICLE, place, place + 1, message, right)


_HASTY = re.compile(
    r"(?:飞快|火速|急速|径直|麻利|利索|干脆|爽快|一笔一[画划]|一字一句|一针一线|一招一式|一五一十|一砖一瓦)(?P<de>的)(?=[划跑走跳奔冲记写说讲念查砌补缝跟赶骑开搬接教做应答]|穿过|掠过|驶|把|向)"
)


def _by_form(plain: str) -> Iterator[tuple[int, str, str]]:
    """Fixed forms that want 得: 取得, 忙得团团转, 看得见."""
    for match in _STEPWISE.finditer(plain):
        place = match.start("de")
        if _verb_at(plain, place + 1):
            yield place, "地", plain[match.start() : place]
    for pattern in (_BOUND, _OVERCOME, _POSSIBLE, _HOW_IT_WENT):
        for match in pattern.finditer(plain):
            if pattern is _POSSIBLE and plain[match.end() - 1 : match.end() + 1] in vocabulary():
                continue  # 用的上下班时间
            place = next(match.start(name) for name, text in match.groupdict().items() if text)
            yield place, "得", plain[match.start() : place]


def _verb_at(plain: str, place: int) -> bool:
    """Does a verb, or what leads to one, begin at a place?"""
    word = next(iter(cut(plain[place : place + 8].split("，", maxsplit=1)[0])), "")
    return word in ACTIONS or word in _WITH or word in _SPEECH or vocabulary().tag(word) in ("v", "vd", "vi")


def _by_words(words: tuple[Word, ...]) -> Iterator[tuple[int, str, str]]:
    """(place, right particle, word before) where the words on both sides decide."""
    for at in range(1, len(words) - 1):
        word = words[at]
        if word.text not in ("的", "地", "得"):
            continue
        before = words[at - 1].text
        if word.text != "地" and _colours_a_verb(words, at):
            yield word.start, "地", before
        elif word.text != "得" and _says_how_well(words, at):
            yield word.start, "得", before
        elif word.text != "的" and _names_a_thing(words, at):
            yield word.start, "的", before


# 地


def _colours_a_verb(words: tuple[Word, ...], at: int) -> bool:
    manner, following = words[at - 1].text, words[at + 1].text
    if manner not in MANNERS and not {manner[:2], manner[2:]} <= MANNERS:
        if words[at].text != "的":
            return False
        if _SOUNDED.fullmatch(manner) and _HEADED.fullmatch(following) and _is_verb(words[at + 1]):
            return True
        return _may_colour(words, at - 1) and _acts_surely(words, at + 1)
    if words[at].text == "得" and following not in ACTIONS | _PREPOSITIONS:
        return False
    opening = _opening(words, at - 1)
    before = _text(words, opening - 1)
    if before in _GOVERNORS or before in _ASPECTS or _of_a_noun(words, at) or _one_of_two_nouns(words, opening):
        return False
    if following in _PREPOSITIONS:
        return _verb_follows(words, at + 2)
    if words[at].text == "的" and (_text(words, at + 1) in _HANDLED or _heads_somewhere(words, at + 1)):
        return True
    return _acts(words, at + 1, manner in VERB_ONLY, before in _MODALS or _caused(words, opening))


def _of_a_noun(words: tuple[Word, ...], at: int) -> bool:
    """对诉求合理的解决到位: is the word before 的 what a noun is, and 的 closes a group without its head?"""
    return at >= 3 and len(words[at - 2].text) > 1 and _text(words, at - 3) in ("对", "对于")


def _one_of_two_nouns(words: tuple[Word, ...], opening: int) -> bool:
    """得到热烈的欢迎和大力的支持: does a governor stand farther before, with 和 between?"""
    if _text(words, opening - 1) not in ("和", "与", "及", "以及", "、"):
        return False
    for word in reversed(words[max(0, opening - 10) : opening - 1]):
        if word.text in _GOVERNORS - {"的", "之", "以", "用", "是", "和", "以及"}:
            return True
        if word.is_mark and word.text != "、":
            return False
    return False


def _may_colour(words: tuple[Word, ...], at: int) -> bool:
    """May a word say how something is done, though it stands in no list: 语重心长, 一笔一笔, 显著?"""
    word, before = words[at], _text(words, at - 1)
    if before in _GOVERNORS or before in _ASPECTS or word.text in _ATTRIBUTES or len(word.text) < 2:
        return False
    return (
        word.tag in _COLOURING
        or word.text in _STATES
        or any(
            form is not None for form in (_PAIRWISE.fullmatch(word.text), _STEP_BY_STEP.fullmatch(before + word.text))
        )
    )


def _acts_surely(words: tuple[Word, ...], at: int) -> bool:
    """Does what stands at ``at`` leave no doubt: 说, 把…, 为老人…, 提高了, 赶往, 招呼我们?"""
    verb, second, third = (_text(words, at + step) for step in range(3))
    if verb in _HANDLING or (verb in _TOWARDS and (second in _PERSONS or second in _PRONOUNS)):
        return _verb_follows(words, at + 1)
    if not _is_verb(words[at]) or verb in ("是", "有", "在", "为"):
        return False
    if verb in _TELLING and words[at + 1].tag != "x":
        return True
    if verb in _SAYING:
        return second in _PRONOUNS or second in ("：", "，", "了", "“")
    if second in _PRONOUNS or (verb in _CARES and second in _PERSONS and (third in _FINAL or not third)):
        return third not in _HEADS
    if second == "了":
        return third not in ("的", "，", "。") or verb in ACTIONS
    if len(verb) == 2 and second in _WHITHER and third not in _FINAL and third:
        return True
    return verb in _HANDLED or (verb in ACTIONS and second in _WELL) or _heads_somewhere(words, at)


def _heads_somewhere(words: tuple[Word, ...], at: int) -> bool:
    """冲出起点, 跃上坝顶: a verb of movement with its direction, before a place and the end of the clause."""
    rest = [word.text for word in words[at + 1 : at + 5]]
    end = next((place for place, text in enumerate(rest) if text in _FINAL), len(rest))
    return (
        words[at].text not in ACTIONS
        and _MOVED.fullmatch(words[at].text) is not None
        and 0 < end < 4
        and "的" not in rest[:end]
    )


def _caused(words: tuple[Word, ...], at: int) -> bool:
    """Does the clause say that something is brought about (确保工作有序的开展)?"""
    for word in reversed(words[max(0, at - 8) : at]):
        if word.text in _CAUSES or word.is_mark:
            return word.text in _CAUSES
    return False


def _acts(words: tuple[Word, ...], at: int, verb_only: bool, called_for: bool) -> bool:
    """Does an action stand at ``at``, and not a noun made of one?"""
    verb, second, third = (_text(words, at + step) for step in range(3))
    if verb[:2] in NEVER_ATTRIBUTES and len(verb) == 4:
        return True
    if not _is_verb(words[at]):
        return False
    if second in _CLOSES or second[:2] in _OUTCOMES or second[:1] == "之":
        return False
    if (second in _ASPECTS and third != "的") or second in _RESULTS or verb in _SPEECH:
        return True
    if second in _FINAL or not second:
        return (verb_only or called_for) and verb in ACTIONS
    if verb_only or (verb in NEVER_ATTRIBUTES and not (verb in _ALSO_ATTRIBUTES and second in _HEADS)):
        return True
    if verb not in ACTIONS or (second in ACTIONS and third in _HEADS | _CLOSES):
        return False
    return (words[at + 1].tag != "v" or second in ACTIONS) and not _noun_made_of(words, at + 1)


def _noun_made_of(words: tuple[Word, ...], at: int) -> bool:
    """May the words from ``at`` be the head of a noun that the verb before them belongs to (服务态度)?"""
    head = _text(words, at)
    return head in _HEADS or (len(head) == 1 and not words[at].is_mark and words[at].tag not in ("r", "m", "p"))


def _opening(words: tuple[Word, ...], at: int) -> int:
    """Where the manner begins: past 很, 更加, and past 认真、 in 认真、细致."""
    while at and (words[at - 1].text in _DEGREES or (words[at - 1].text in "、和又而且" and words[at - 1].text)):
        if words[at - 1].text in _DEGREES:
            at -= 1
        elif at >= 2 and words[at - 2].text in MANNERS | _ATTRIBUTES:
            at -= 2
        else:
            break
    return at


def _verb_follows(words: tuple[Word, ...], at: int) -> bool:
    """Is there a verb in what is left of the clause?"""
    if _text(words, at) in _PRONOUNS:
        return True
    for word in words[at : at + 12]:
        if word.is_mark and word.text in _FINAL:
            return False
        if word.text in ACTIONS or word.text in _SPEECH or word.tag in ("v", "vn"):
            return True
    return False


def _is_verb(word: Word) -> bool:
    return word.text in ACTIONS or word.text in NEVER_ATTRIBUTES or word.tag in ("v", "vn") or word.text in _SPEECH


# 得


def _says_how_well(words: tuple[Word, ...], at: int) -> bool:
    if words[at - 1].text not in _DONE or (at >= 2 and words[at - 2].text in ("所", "是")):
        return False
    after = at + 1
    while _text(words, after) in _DEGREES:
        after += 1
    degree = after > at + 1
    complement, end = _text(words, after), _text(words, after + 1)
    if complement == "不够" or (complement.startswith("很快")):
        return end in _FINAL
    settled = not end or (end in _FINAL and (degree or end != "、")) or end == "了" or (end == "的" and degree)
    if complement in _WELL:
        return settled
    if complement == "又" and _text(words, after + 2) == "又":
        return _text(words, after + 4) in _FINAL
    return settled and not degree and (complement in _WELL_IDIOMS or _DOUBLED.fullmatch(complement) is not None)


# 的


def _names_a_thing(words: tuple[Word, ...], at: int) -> bool:
    owner, thing, after = words[at - 1].text, words[at + 1].text, _text(words, at + 2)
    if owner in _OWNERS and words[at].text == "地":
        return thing in _OWNED
    if owner in _OWNERS and owner.endswith("们"):
        return thing in _OWNED
    if owner in _FOUND_OUT:
        return thing in _FINDS
    if (
        owner in _PURE_ATTRIBUTES
        and words[at].text == "地"
        and words[at + 1].tag in ("n", "nz", "s")
        and len(thing) > 1
    ):
        return True
    if owner in _ATTRIBUTES or owner in MANNERS:
        return thing in _NOUNS and (not after or after in _FINAL or after in ("和", "与", "及", "以及", "等", "的"))
    return False


def _text(words: tuple[Word, ...], at: int) -> str:
    return words[at].text if 0 <= at < len(words) else ""
