"""没填的空: what a writer meant to fill in and did not, and what was meant for the editor alone.

Signs that stand for a fact (XX月XX日, ___, 2026年  月  日, 共??人), names of fields left in brackets
(【姓名】), notes to oneself (此处补数据, 待核实, TODO) and instructions of templates (点击此处添加标题).
Masked names and digits, models (XXL, N95), sums, and the blanks of forms that citizens fill in are none.
"""

import re
from collections.abc import Callable, Iterator

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.values.full_names import SURNAMES
from town_portal.proofreading.rules.writing import Writing

_BLANK = "这里还空着没有填，请补上实际内容，或删去这一处。"
_NOTE = "这里是写给自己或编辑看的话，请照着改好后删去。"
_TEMPLATE = "这里是模板的提示语，请换成实际内容。"

Span = tuple[int, int, str]

_QUANTITY = r"[年月日号时名位%万亿元个户场次届期项件条份亩吨]|公里|平方米"
_UNIT = (
    r"(?:[年月日号时分名位人户个场次届期项件条份亩吨元万亿米岁辆间座处家%村镇县市区组局站校院]|公里|平方米|小时|社区|水库|公司|单位|部门|领导|同志|书记|主任|\.(?:docx?|pdf|xlsx?)"
    r"|先生|女士|活动|会议|工程|项目|街道)"
)

# Signs in place of a fact

_CROSSES = re.compile(
    r"(?<![A-Za-z\d+*×○□])(?:[Xx×✕✖]{2,}|[○◯]{2,}|□{2,}|■{2,}|[△▲]{2,}|[●◆※〓]{2,}|[Oo]{3,6}|〇{2,4}(?=同志|书记|主任|村|镇|出席|主持)|#{2,}|\*{1,8})(?![A-Za-z\d*×○□])"
)
_OF_THE_DATE = re.compile(
    r"(?:20[Xx×*?？○_]{2}|20\d[Xx×*?？○_]|(?<!\d)[Xx×]{4})\s*年|(?<![A-Za-z+\d])(?:[XxNn×?？]|某)\s*月(?:[XxNn×?？\d]{1,2}"
    r"|某)\s*日"
    r"|[〇○◯]{2,4}年(?:[〇○◯]{1,2}月(?:[〇○◯]{1,2}日)?)?|(?<![二一年〇])[〇○◯]{1,2}月[〇○◯]{1,2}日"
    r"|(?<!\d)\d{1,2}月(?:[XxNn×*?？]{1,2})日|第[XxNn×](?=[届次期批])"
)
_ONE_CROSS = re.compile(
    r"(?<=[共计约达有为至到完成增长下降参加投入动展了])[XNn×](?=[名位人户个场次件份元万亩吨%]|公里)(?!个百分)"
    r"|(?<![\u4e00-\u9fffA-Za-z\d+＋＆&])[Nn](?=名)"
)
_SOMEBODY = re.compile(
    r"(?:(?<=由)|(?<=村民|群众|书记|镇长|主任|委员|局长|领导|老师|专家|代表|教授)|(?<=村干部|负责人))某某某?"
    r"(?=同志|先生|女士|主持|出席|带队|率队|到场|授课|宣讲|[^，。；\n]{0,4}(?:说|介绍|表示|强调|指出))"
    r"|(?<=在)某某(?:会议室|村|学校|广场)|张三、李四"
)
_MENTIONED = re.compile(r"冒充|诈骗|骗|例如|比如|示例|称谓|样表|不管")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ENDS_HAN = re.compile(r"[\u4e00-\u9fff]$")
_ZEROES = re.compile(r"[〇○零一二三四五六七八九\d]$")
_MODEL = re.compile(
    r"(?:型号|规格|编号|车牌|牌号|尾号|密码|尺码|格式|形如|代码|代号|式样|[+“]|[A-Za-z\d]-?)[^，。；\n]{0,3}$"
    r"|(?:身份证|账号|卡号|手机|电话|号码)[^，。；：:\n]{0,3}$"
)
_BOLD = re.compile(r"\*\*[^*\n]{1,60}\*\*")
_ACTS = re.compile(r"主持|出席|强调|指出|讲话|参加|表示")
_GRADED = re.compile(r"[级型码系]")
_HIDDEN_NAME = re.compile(rf"[{SURNAMES}]$")
_ENDS_WITH_NAME_SIGN = re.compile(
    r"(?:江|成|时|任|程|方|安|常|高|管|单|连|路|龙|明|温|文化|期间|活动|项目|关于|由于|对于|至于|位于|其中|当中|参加|增加|官山|石门|黎安|佛冈|汤塘|中华|马|毛|平)$"
)
_UNDERSCORES = re.compile(
    r"_{2,}|＿{2,}|(?<=[\u4e00-\u9fff：:])_(?=[年月日号时分名位人户个场次届期项件条份亩吨元万亿米岁辆%])|﹍{2,}|(?<!-)-{6,40}(?=[\u4e00-\u9fff])"
    r"|(?<!\.)\.{6,40}(?=[年月日人元名])"
)
_FORM = re.compile(
    r"回执|申请[表书]|报名表|登记表|承诺书|委托书|协议书|合同书|样[式表本]|存根|填表|附表|意见[表书]|问卷|签[名字收]|盖章|公章|申请人|承诺人|委托人|经办人|填[写报]说明|格式如下|测试题|单选|多选"
    r"|选择题|判断题|填空|竞答|题目|答题"
)
_FORM_HEADING = re.compile(rf"(?m)^[ 　]*(?:附[件：: \d]*)?[^\n，。]{{0,12}}(?:{_FORM.pattern})[^\n，。]{{0,4}}$")
_LINE, _FORM_LONGEST = 200, 600
_LABEL_BEFORE = re.compile(
    r"(?:姓名|性别|年龄|电话|手机|住址|地址|单位|日期|签名|签字|编号|身份证号码?|民族|联系人|联系电话|出生年月|户主|申请人|承诺人|职务|意见|盖章|户数|数量)\s*[:：]?\s*$"
)
_GAP = r"[\s　_]"
_EMPTY_DATE = re.compile(
    rf"(?:(?<!\d)\d{{4}}|[二一][〇○零一二三四五六七八九]{{3}}|(?<={_GAP}))年{_GAP}+月(?:{_GAP}*日)?"
    rf"|\d{{4}}年月日|\d{{4}}年{_GAP}*\d{{1,2}}月{_GAP}+日|\d{{4}}年{_GAP}+月{_GAP}*\d{{1,2}}日"
    rf"|(?<!\d)(?<!\d年)\d{{1,2}}月{_GAP}+日|(?<=[至到自于在和、，,—-]){_GAP}+月{_GAP}+日|(?:上午|下午|晚上){_GAP}+时"
)
_MISSING_FIGURE = re.compile(
    r"(?<=[\u4e00-\u9fff])[ 　]{2,}(?=[万亿]元|公里|平方米)|(?<=[\u4e00-\u9fff])[ 　]{3,}(?=[份吨辆])|[一二三四五六七八九十]月[ 　]+日|(?<=[共计约达有为第加至到])[ 　]{2,}(?=[名位人户个场次届期项件条份亩吨元万亿辆间座家%]|公里|平方米)"
    r"|(?<=[\u4e00-\u9fff])[（(][\s　]*[）)](?=[\u4e00-\u9fff，。、；])|【[\s　]*】|(?<=[：:有])[、，]{2,}"
    r"|(?<=[\u4e00-\u9fff])[ 　]+(?=%)"
)
_ASKED = re.compile(
    r"(?<![?？])[?？]{2,8}(?=[\u4e00-\u9fff%])|[（(【\[][?？]{1,8}[）)】\]]|(?<=[共计约达有为第：:])[?？](?=[名位人户个场次届期项件元万亩吨%])"
    r"|(?<=[\u4e00-\u9fff])[?？](?=[份吨亩%]|[万亿]?元(?![旦宵])|公里)"
    r"|(?<=[共计约达有为])(?:…{1,4}|\.{3,6})(?=[名位人户个场次届期项件元万亩吨%])|一是(?:…{1,4}|\.{3,6})[，；]?二是(?:…{1,4}|\.{3,6})(?:[，；]?三是(?:…{1,4}|\.{3,6}))?"
)
_COUNTING = re.compile(
    r"(?<![A-Za-z\d第])(?<!\d-)(?<!QQ[：:])(?:0763-)?(?:123456789?|1234567|0{6,8}|87654321|1{7,8})(?!\d|[户人次件元吨斤株]|公里)"
)
_NO_NUMBER = re.compile(r"(?<!\d)0\d{2,3}-[Xx×*]{6,8}")
_PASSWORD = re.compile(r"密码[^，。；\n]{0,5}$")

# Words of a writer to himself

_FIELD = (
    r"(?:姓名|名字|人名|职务|职称|时间|日期|年月日|地点|地址|地名|村名|单位|单位名称|部门|机构|公司|项目名称?|人数|数字|数据|数量|金额|比例|电话|联系电话|联系人|联系方式|领导"
    r"|领导姓名|领导职务|主持人|主讲人|作者|记者|通讯员|标题|主标题|副标题|正文|内容|摘要|来源|链接|网址|二维码|附件|活动名称|会议名称|主题|小标题|文号|发文日期|开始时间|结束时间)"
)
_BRACKETS = re.compile(
    r"[【\[［{｛<＜〔]{1,2}(?P<square>[^【】\[\]{}<>＜＞〔〕\n]{1,40})[】\]］}｝>＞〕]{1,2}|[（(](?P<round>[^（）()\n]{1,40})[）)]"
)
_FIELD_ALONE = re.compile(rf"(?:具体|相关|实际|会议|活动|某|XX)?{_FIELD}(?:[、/和]{_FIELD})*")
_SLOT_BEFORE = re.compile(r"(?:[：:于在由长约达入资计有款]|书记|主任|同志)$")
_SLOT_AFTER = re.compile(r"[\u4e00-\u9fff]")
_FIELD_BEFORE = re.compile(rf"{_FIELD}$")
_GOES_ON = re.compile(r"(?:同志|先生|女士|于|在|召开|组织|主持|出席|参加|带领|[，、。,；]|的|到|和|与|及|至|对|为|$)")
_VARIABLE = re.compile(
    r"(?<![\d.])%s|\${2,}|@{3,}|[xX]{3,}@[xX]{2,}[\w.]*|www\.[xX]{3,}[\w.]*|\{\{?\s*[A-Za-z_][\w.]*\s*\}?\}|\$\{[^}\n]{1,30}\}|<%[^%\n]{1,40}%>|\{\d\}"
)
_WRITE = (
    r"(?:填[写上入]?|补[充上齐写]?|插入?图?|添加?|加[上入]|配图?|附上|贴上|放|核[实对准]?|确认|查[实证一]?|更[新正]|完善|修改|改|替换|删[除掉去]?|输入|键入|上传|提供|展开|细化"
    r"|润色|斟酌|审定|审核|把关|定|写|问)"
)
_PIECE = (
    r"(?:图片?|照片|配图|插图|文字|数据|数字|人数|金额|比例|名单|名字|姓名|人名|职务|日期|时间|地点|内容|一段|几句|材料|案例|例子|表格?|链接|网址|二维码|小?标题|引语|原话|讲话"
    r"|口径|背景|成效|来源|附件|细节|原文|表述|提法|全称|单位|电话|情况|出处|稿子?|[本此这]段|[本此这]句|一下|下)"
)
_NOTE_WORDS = re.compile(
    rf"(?:[^，。；]{{0,8}}?(?:待|尚?未|需|须|要|请|麻烦|记得|别忘|再|帮忙?|缺|还差|补|回头|可否|是否|此处|这里|本段|此段|这段|此句|这句|本句|下文|上文|@\S{{1,4}}|编者"
    rf"|小编|编辑|校对"
    rf"|领导|办公室)[^，。；]{{0,8}}?)?"
    rf"{_WRITE}(?:[^，。；]{{0,6}}?{_PIECE})?[^，。；]{{0,3}}"
)
_NOTE_START = re.compile(
    r"(?:待|填(?=姓名|名字|单位|职务|日期|时间|数|金额|人)|尚未|未|需|须|要|请|麻烦|记得|别忘|再|帮|缺|还差|回头|此处|这里|本段|此段|这段|这句|此句|下面|@|编辑|校对|小编|图|数据|数字|人数|名单|时间|日期|职务|姓名|名字|单位|金额|照片"
    r"|插入|插图|补上|加上|配图|注[:：])"
)
_DOUBT = re.compile(
    rf"(?:{_FIELD}|[^，。；]{{0,4}}\d[^，。；]{{0,3}})[?？]+|还没(?:拍|写|填|定|核|补|配)[好上完]?|(?:还?缺|还差|没有?)[^，。；]{{0,3}}{_PIECE}"
)
_PUBLIC = re.compile(
    r"携带|预约|身份证|本人|缴|扫码|以上|附件\d|报名|电话|详见|登录|点击|准时|按时|前往|日前|下载|年月|表\d|申请|领取|窗口|反馈|回复|签字|每|逾期"
    r"|原件|复印件|需提供|如需|另行|核对无误|查验|核验|待遇|定制|定向|补[贴助偿]|改[革造建]|写作|放[心假]|问[题卷询]|配[送备套合]"
    r"|(?:请|由)(?:广大)?(?:群众|市民|村民|居民)"
)
_TO_ONESELF = re.compile(
    rf"(?:核|补|改|查|问|删|确认|润色|加|写|换|找|调)(?:实|充|对)?一下|发(?:布|稿|出)?之?前[^，。；]{{0,4}}(?:改|核|补)|删[掉去]|再[补改查问扩]|后续补|回头补"
    rf"|还没(?:出来|定|拍|发|报)|等[^，。；]{{0,8}}(?:发过来|发来|定了|出来|提供|报上来)|[跟同和]?(?:去年|上次|上回|上期)(?:一样|相同)|同上[次期]|要不要|字数|扩一扩|写到这|待(?:采访|统计|领导|书记)"
    rf"|(?:书记|主任|领导|镇长)(?:说|要求|让|审)[^，。；]{{0,8}}(?:改|定|删|加|审)|请(?:[^，。；]{{0,4}}办公?室?|小[\u4e00-\u9fff]|领导|主任|书记|编辑|经办人?)(?:同志)?(?:补|加|填|提供|核)|请[^，。；]{{0,6}}(?:审定|审核后|把关|核稿)|^{_PIECE}(?:另[发附]|稍后|在群里|见邮件|微信发)"
    rf"|数据来源[?？]|(?:我|你)再(?:问|查|核|改)"
)
_AWAITED = re.compile(
    r"[^，。；]{0,8}待(?:[查核补填定写配审]|上传|采访|统计|确认|更新|提供)[^，。；]{0,2}|[^，。；]{0,6}多少[^，。；]{0,4}[?？]|空[白缺]?"
)
_COLOURED = re.compile(r"标红|标黄|红字|高亮|此处省略|再核|发(?:布|稿|出)?之?前[^，。；]{0,4}删|会后补|后补|^@")
_PROMPTED = re.compile(
    rf"[小老阿@][\u4e00-\u9fff]{{1,2}}(?:再|来|去)?(?:核实?|补|填|查实?)|(?:改成|换成|改用|换张)[^，。；]{{0,8}}(?:{_PIECE}|感言|原话|发言)"
    rf"|请?(?:补[充上]|插入|添加|替换|加上)[^，。；]{{0,8}}(?:{_PIECE}|感言|发言|要点)"
    rf"|(?:此处|这里|本段|此段|这段)[^，。；]{{0,4}}(?:需要?|要|缺|差|放|插|加)[^，。；]{{0,8}}{_PIECE}"
    r"|(?:待定|待补充?|待填写?|待核实?|待核对|待确认|待完善|待更新|待审核?|未定稿|未审|暂缺|暂空|空缺|缺|未填|删|可删|重复)"
)
_UNSETTLED = re.compile(
    rf"(?:{_FIELD}|名单|照片|图片?|配图|数额|情况|职务|主持人)(?:尚|仍|还)?(?:待|未)(?:补充?|填写?|定|核实?|核对|确认|更新|查实?|完善|提供"
    rf"|报)(?![后再，,]?[^，。；\n]{{0,2}}(?:另行|后|时|再|完毕|之))(?=[，。；！？、）)\s,;]|$)"
    r"|(?<=[:：])\s*(?:待定|待补充?|待填写?|待核实|待确认|待完善|待更新|暂缺|暂无数据|暂空|同上|略写|请填写|请输入|空缺|未填|未定)(?=[\s，。；,;]|$)"
)
_ANNOUNCED = re.compile(r"另行(?:通知|公布|公告)|后续|关注|通知|以[^，。]{1,8}为准|视[^，。]{1,8}而定")
_HERE = re.compile(
    rf"(?:此处|这里|此段|本段|这段|此句|这句|该处|这个数|此数)(?!的)[^，。；！？\n（）()【】]{{0,6}}?"
    rf"(?:{_WRITE}(?![着了有过])[^，。；！？\n（）()【】]{{0,6}}?{_PIECE}|缺[^，。；\n]{{0,4}}{_PIECE}|留[白空]|空着|插图|配图"
    r"|待[补填定核][\u4e00-\u9fff]{0,2}|[数]?对不上|有出入|存疑)(?!苗|树)"
)
_TODO = re.compile(
    r"(?:记得|别忘了?|回头|麻烦|晚点|稍后|先这样写)[^，。；\n]{0,8}(?:改|补|核对|核实|填|加上|换|删|润色|更新|[配插]图)(?=[，。；！）]|日期|数据|数字|人名|职务|时间|标题|照片|一下|掉|$)|等[^，。；\n]{0,10}再补(?=[，。；）]|$)"
    r"|(?:^|(?<=[\n。！？；]))[ 　]*[@＠][\u4e00-\u9fff]{1,8}[ 　:：，]*[^，。；！？\n]{0,10}?(?:删|改|补|核|确认|看一?下|再定|加上|换|填|审)[^，。；！？\n]{0,8}[？?]?"
    r"|(?<![A-Za-z])(?:TODO|TBD|TBC|FIXME|[Ll]orem ipsum|asdf\w*|qwert\w*)(?![A-Za-z])|(?:@[\u4e00-\u9fff]{1,4}"
    r"|小[\u4e00-\u9fff])\s*(?:帮忙|请|麻烦)?(?:补|核|改|查)一?下|(?m:^)(?:修改意见|审稿意见|批注)[:：]"
    r"|(?:后面|以后|回头|明天|稍后|晚点|下午)(?:再|来)?补[充上齐]?(?=[。，；）)]|$)|(?m:^)待办[:：]|此稿[尚还]?未[完定]"
)
_TEXT_PIECE = r"(?:标题|文字|内容|正文|文本|图片|副标题)"
_TEMPLATE_WORDS = re.compile(
    rf"(?:点击|单击|双击)(?:此处|这里|输入|添加|编辑)(?:[^，。；\n]{{0,4}}(?:添加|输入|编辑|插入|键入))?[^，。；\n]{{0,8}}?{_TEXT_PIECE}"
    r"|(?:在此|此处|在这里|请在此处?|在此处)(?:处)?(?:输入|键入|粘贴|填写)[^，。；\n]{0,8}"
    rf"|(?:在此|此处|在这里)(?:处)?(?:插入|添加)[^，。；\n]{{0,6}}{_TEXT_PIECE}"
    r"|请(?:输入|键入|填入)(?:标题|正文|内容|文字|副标题|摘要|姓名|作者)"
    rf"|(?:样例|占位|测试){_TEXT_PIECE}|(?:(?<=[【（(\[])示例{_TEXT_PIECE}|示例{_TEXT_PIECE}(?=[，。]请))(?![显说表发分来采])|(?:样例|占位|测试)(?:稿件?|段落|数据(?=[。，]|$))"
    rf"|这里是(?:标题|正文|内容|副标题|摘要)|(?:标题|正文)(?:写|填)在?(?:这里|此处)"
)
_WHOLE_LINE = re.compile(
    r"(?m)^[ \t　]*(?:图\d{1,2}[ 　:：]*)?(?P<note>(?:图片说明|说明文字|标题|副标题|正文|摘要|正文内容|配图|插图|图片|照片|(?:测试)+|测试一下|待审核?|待校对|[初草定终]稿|送审稿|未定稿|修改稿|第[一二三四]稿|最终版|未完待续|同上|待补充?|待完善|待续写|略写|此处略|test\d*|TEST\d*|aaa+"
    r"|xxx+)[:：]?)[ \t　]*$"
)
_DRAFT = re.compile(r"[（(](?:[初草]稿|送审稿|未定稿|第[一二三四]稿)[）)]")
_NONSENSE = re.compile(r"\s*(?:([A-Za-z])\1{2,}|abcd?|(\d)\2{3,7}|([\u4e00-\u9fff])\3{3,})\s*")
_SAME = re.compile(r"[（(](?:同上|同前|如上)[）)]")


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every place that still waits for its content, each stretch once."""
    del lexicon
    plain = writing.plain
    last = -1
    spans = {span for find in _FINDERS for span in find(plain)}
    for start, end, message in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last:
            last = end
            yield writing.finding(Family.PLACEHOLDER, start, end, message)


def _signs(plain: str) -> Iterator[Span]:
    """Crosses, rings and stars in place of figures and names."""
    for match in _OF_THE_DATE.finditer(plain):
        yield *match.span(), _BLANK
    for match in _ONE_CROSS.finditer(plain):
        yield *match.span(), _BLANK
    for match in _CROSSES.finditer(plain):
        if not (_is_a_mask(plain, match) or _on_a_form(plain, match.start())):
            yield match.start(), _to_the_end_of_the_date(plain, match.end()), _BLANK


_MORE_OF_THE_DATE = re.compile(r"[年月日](?:[Xx×*○□]{1,4}[年月日]){0,2}")


def _to_the_end_of_the_date(plain: str, end: int) -> int:
    more = _MORE_OF_THE_DATE.match(plain, end)
    return more.end() if more else end


def _is_a_mask(plain: str, signs: re.Match[str]) -> bool:
    """Do the signs hide a private name or a part of a number, name a model, or draw a line?"""
    before, after = plain[max(0, signs.start() - 12) : signs.start()], plain[signs.end() : signs.end() + 8]
    of_a_unit = re.match(_UNIT, after) is not None
    sign = signs.group()[0]
    hidden = _HIDDEN_NAME.search(before) and not re.match(_QUANTITY, after)
    bold = sign == "*" and _BOLD.match(plain, signs.start())
    acting = sign == "*" and not _ENDS_HAN.search(before) and _ACTS.match(after)
    if bold or (sign == "*" and not acting and (not of_a_unit or hidden)):
        return True
    if sign in "Xx" and (_GRADED.match(after) or "化名" in after):
        return True
    if sign in "○◯□△#●■" and not of_a_unit and not (_ENDS_HAN.search(before) and _HAN.match(after)):
        return True
    if _ZEROES.search(before) or re.match(r"[一二三四五六七八九\d]", after):
        return True
    if _MODEL.search(before) and not of_a_unit:
        return True
    named = _HIDDEN_NAME.search(before) and not _ENDS_WITH_NAME_SIGN.search(before)
    return bool(named) and len(signs.group()) <= 2 and not re.match(_QUANTITY, after)


def _blanks(plain: str) -> Iterator[Span]:
    """Lines to write on, empty brackets, dates without their figures."""
    for pattern in (_UNDERSCORES, _EMPTY_DATE, _MISSING_FIGURE):
        for match in pattern.finditer(plain):
            labelled = _LABEL_BEFORE.search(plain, max(0, match.start() - 12), match.start())
            if not labelled and not _on_a_form(plain, match.start()):
                yield *match.span(), _BLANK


def _on_a_form(plain: str, place: int) -> bool:
    """Does it stand on a line of a form that citizens fill in, or below a form's heading?"""
    first = plain.rfind("\n", max(0, place - _LINE), place) + 1
    last = plain.find("\n", place, place + _LINE)
    line = plain[first or max(0, place - _LINE) : last if last >= 0 else place + _LINE]
    return bool(_FORM.search(line)) or _FORM_HEADING.search(plain, max(0, place - _FORM_LONGEST), place) is not None


def _doubts(plain: str) -> Iterator[Span]:
    """Question marks in place of a figure, digits only counted up."""
    for match in (*_ASKED.finditer(plain), *_NO_NUMBER.finditer(plain)):
        yield *match.span(), _BLANK
    for match in _COUNTING.finditer(plain):
        if not _PASSWORD.search(plain, max(0, match.start() - 8), match.start()):
            yield *match.span(), _BLANK


def _in_brackets(plain: str) -> Iterator[Span]:
    """Fields and notes between brackets."""
    for match in _BRACKETS.finditer(plain):
        words = (match["square"] or match["round"]).strip()
        if match["square"] and _FIELD_ALONE.fullmatch(words):
            if (
                not _on_a_form(plain, match.start())
                and not _heads_its_line(plain, match)
                and not _FIELD_BEFORE.search(plain, max(0, match.start() - 4), match.start())
            ):
                yield *match.span(), _BLANK
        elif match["round"] and _FIELD_ALONE.fullmatch(words):
            opens = match.start() == 0 or plain[match.start() - 1] in "。\n；"
            fills = opens or _SLOT_BEFORE.search(plain, max(0, match.start() - 2), match.start())
            if fills and _SLOT_AFTER.match(plain, match.end()) and not _on_a_form(plain, match.start()):
                yield *match.span(), _BLANK
        elif _is_a_note(words) and not ("填" in words and _on_a_form(plain, match.start())):
            yield *match.span(), _NOTE
    for match in _DRAFT.finditer(plain):
        if plain.rfind("《", max(0, match.start() - _LINE), match.start()) <= plain.rfind("》", 0, match.start()):
            yield *match.span(), _NOTE
    for match in (*_VARIABLE.finditer(plain), *_SAME.finditer(plain)):
        yield *match.span(), _BLANK


def _heads_its_line(plain: str, field: re.Match[str]) -> bool:
    """【时间】6月8日: a heading with its content behind it, not a gap."""
    before = plain[max(0, field.start() - 1) : field.start()]
    opens = before in {"", "\n", " ", "　", "。", "；", ";"}
    return opens and not _GOES_ON.match(plain, field.end())


def _is_a_note(words: str) -> bool:
    """Are the words between brackets meant for whoever finishes the text?"""
    if _AWAITED.fullmatch(words) or _COLOURED.search(words):
        return True
    if _PUBLIC.search(words):
        return False
    if _TO_ONESELF.search(words):
        return True
    if _PROMPTED.fullmatch(words) or _DOUBT.fullmatch(words) or _HERE.search(words):
        return True
    return bool(_NOTE_START.match(words) and _NOTE_WORDS.fullmatch(words))


def _notes(plain: str) -> Iterator[Span]:
    """Notes and template words in the open."""
    for match in _UNSETTLED.finditer(plain):
        clause_end = plain.find("。", match.end())
        rest = plain[match.end() : clause_end if clause_end >= 0 else match.end() + 30]
        if not _ANNOUNCED.search(rest[:30]) and not ("请" in match.group() and _on_a_form(plain, match.start())):
            yield *match.span(), _BLANK
    for pattern, message in ((_HERE, _NOTE), (_TODO, _NOTE), (_TEMPLATE_WORDS, _TEMPLATE)):
        for match in pattern.finditer(plain):
            yield *match.span(), message
    if nonsense := _NONSENSE.fullmatch(plain):
        yield *nonsense.span(), _NOTE
    for match in _SOMEBODY.finditer(plain):
        if not _MENTIONED.search(plain, max(0, match.start() - 20), match.end() + 12):
            yield *match.span(), _BLANK
    for match in _WHOLE_LINE.finditer(plain):
        yield *match.span("note"), _NOTE


_SLOT = re.compile(
    r"\{\{[^{}\n]{1,12}\}\}|[$#]\{[^{}\n]{1,12}\}|\[(?:姓名|时间|地点|日期|单位|职务|名称|电话|人数|金额|村名|数据)\]"
    r"|[\[【](?:请)?(?:填写|填入|补填|插入|输入)[\u4e00-\u9fff]{1,8}[\]】]|(?<=[：:])[（(](?:姓名|电话|地址|时间|地点|单位|职务|日期|人数|金额)[）)](?=[，。；、\n]|$)"
    r"|(?<=[任记长员])●{2,}"
)
_CELL = re.compile(r"(?<=\|)[ 　]*(?P<cell>待[填定补核统]\S{0,2}|[?？]{1,3})[ 　]*(?=\|)")
_TO_A_COLLEAGUE = re.compile(r"[（(](?:[小老阿][\u4e00-\u9fff][：:，,][^（）()\n]{2,40}|填写[^（）()\n]{1,8})[）)]")
_NOBODY = re.compile(r"(?:领导|书记|镇长|主任|主席|同志)(?P<name>某某某)|(?P<number>(?<!\d)12345678901(?!\d))")


def _slots(plain: str) -> Iterator[Span]:
    """Variables of a template, cells still to be filled, words to a colleague, a leader without a name."""
    for match in _SLOT.finditer(plain):
        yield *match.span(), _BLANK
    for match in _CELL.finditer(plain):
        if not _on_a_form(plain, match.start()):
            yield *match.span("cell"), _BLANK
    for match in _TO_A_COLLEAGUE.finditer(plain):
        yield *match.span(), _BLANK
    for match in _NOBODY.finditer(plain):
        yield *match.span(match.lastgroup or "name"), _BLANK


_FINDERS: tuple[Callable[[str], Iterator[Span]], ...] = (_signs, _blanks, _slots, _doubts, _in_brackets, _notes)
