"""涉密: marks and matters of secrecy in a text that is going to be published.

Marks are read as marks: 密级 with its star or its years, a line or a bracket that holds nothing but words
of secrecy, a sentence that says of this very text that it must not go round. Talk about secrecy (laws,
training, quoted examples) is none. Matters are numbers of secret telegrams, strengths of forces, plans of
arrest and the routes of persons under guard.
"""

import re
from collections.abc import Iterable, Iterator

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.writing import Writing

_MARK = "这里有密级或不得外传的标记，请先交保密审查；确可公开的，删去标记再发。"
_TELEGRAM = "这里引用了密电、明传电报一类文件，不得在网上出现，请删去并交保密审查。"
_FORCE = "这里写出了民兵、警力等力量的数量、部署或番号，请删去并交保密审查。"
_PLAN = "这里写出了警卫、抓捕等不公开的行程、路线或部署，请删去并交保密审查。"

Span = tuple[int, int, str]

_COMMA = re.compile(r"[，,、；;\n]")
_MARK_LONGEST = 24
_SPACE = r"[\s　]{0,3}"
_TERM = rf"(?:[\d一二三四五六七八九十]{{1,3}}{_SPACE}(?:年|个月|天|日)|长期)"
_GRADE = rf"(?:绝{_SPACE}密|机{_SPACE}密|秘{_SPACE}密)"
_ANY_GRADE = rf"(?:{_GRADE}|商密|内部|涉密|工作秘密|敏感|(?<![\u4e00-\u9fff])密)"
_SUBJECT = r"情况|内容|方案|底价|名单|结果|人选|数据|口径|事项|材料|资料|文件|台账|名册"
"""What a sentence forbids to tell."""
_GRADE_MARK = re.compile(
    rf"(?:[★☆]{_SPACE})?(?:{_ANY_GRADE}(?:级"
    rf"|件)?(?!(?<=[部感])[★☆][\u4e00-\u9fff])){_SPACE}(?:[★☆✱✩⭐✭※●▲](?![★☆]){_SPACE}{_TERM}?|\*{_SPACE}{_TERM})"
    rf"|(?:密{_SPACE}级|保密等级|定密|秘密等级)[:：为]{_SPACE}{_ANY_GRADE}|[★☆]{_SPACE}(?:{_GRADE}|内部)(?![\u4e00-\u9fff])"
    rf"|(?:密级|保密等级|秘密等级|涉密等级){_SPACE}(?:[:：为是]|定为|确定为|\s){_SPACE}[“\"【\[（(]?{_ANY_GRADE}(?:级|件)?"
    rf"|{_GRADE}(?:级|件)?[\s·.,，、（(／/|-]{{0,2}}(?:保密(?:期限?)?[:：为是至]?{_SPACE})?(?:{_TERM}|20\d\d年)(?![前来内后里间度的中代])"
    rf"|{_GRADE}(?:级|件)?[\s·、　★●]{{0,3}}(?:启[用封]前|开[启封]前)(?![^。\n]{{0,12}}(?:核对|检查|应|须))"
    rf"|(?:文件|材料|资料|附件|方案|本件|此件)[系为是]“{_GRADE}”级|(?m:^)[ \t　]*{_GRADE}级?(?:事项|文件|资料|材料|内容)\s*[:：]"
    rf"|{_GRADE}(?:级|件)?[\s·、　]{{0,2}}(?:特急|加急|特提|平急|急件)"
    rf"|(?:特急|加急|特提|平急|急件)[\s·、　/★]{{0,2}}(?:{_GRADE}|密(?![\u4e00-\u9fff]))"
    rf"|号[\s　]{{1,4}}{_GRADE}(?=[\s。，]|$)"
    rf"|(?:(?:{_SUBJECT})(?:均|都|全部|一律)?|[此本该][件文](?:均|都)?)(?:属于?|系|列为|定为)(?:(?:国家|工作)秘密|(?:绝密|机密|秘密)(?:级|件))(?![^。\n]{{0,20}}(?:申请|条例|答复))"
    r"|[（(][\s　]{0,2}(?:内刊|内参|内部刊物|内部资料|内部文件|内部材料|涉密|密)[\s　]{0,2}[)）]"
    r"|(?:领导|舆情|信息|决策|工作)?内参(?=[（(]?第?\s?\d{1,3}\s?期)"
    r"|密级[\s:：]*[★☆]+|(?:附件|附表|[本该此]表)[一二三四五\d]?(?:为|系|是|属)内部(?:使用|掌握|参考|资料|材料|文件)"
    r"|(?m:^)[ \t　]*涉密(?:文件|材料|资料|件)(?=[，,：:\s]|$)"
    rf"|(?:标[注明示]|列|定|属)为{_GRADE}级?的(?:附件|文件|材料|资料)(?=[^，。\n]{{0,4}}(?:随文|下发|转发|印发|如下|见附))"
    rf"|(?<!规定的)保密期限{_SPACE}[:：]{_SPACE}{_TERM}"
    rf"|[此本该](?:件|附件|文件?|通知|通报|材料|资料|方案|纪要|报告|函|电)(?:的?密级)?(?:属于?|系|[为是列按]|定为){{1,2}}(?:国家)?(?:{_GRADE}|涉密|内部)(?:级|件|文件"
    rf"|事项|资料)?"
    rf"|[〔\[【〖（(<]{_SPACE}(?:{_GRADE}|涉密|密)(?:级|件)?{_SPACE}[〕\]】〗）)>]|[\[【〔]{_SPACE}内{_SPACE}部{_SPACE}[〕\]】]"
    rf"|[（(]{_SPACE}(?:内部|不公开|不予公开|非公开|不对外公开){_SPACE}[)）]|定密(?:责任人|依据|单位){_SPACE}[:：]"
    rf"|{_GRADE}级?(?:文件|电报|电文|会议纪要|通报)(?=[《〔:：])"
    rf"|(?:[此本该这][件页文表稿图册段]|(?<![\u4e00-\u9fff])这(?:份[\u4e00-\u9fff]{{0,4}})?)(?:均|都|系|为|是|属于?){{1,2}}(?:密件|涉密[件页]|(?:绝密|机密|秘密)级)"
    rf"|(?<![\u4e00-\u9fff])(?:[说写标注印盖]着?[是为有]|封面[上是]{{0,2}})?[“《【]?(?:绝密|机密)[”》】]?，(?=[^，。]{{0,12}}?(?:才能|方可|亲启|亲拆|专人|不得|拆阅|拆封))"
)
_LONE_GRADE = re.compile(
    rf"(?m)^[ \t　★☆【\[（(]{{0,12}}(?P<mark>{_GRADE}|国家秘密(?=[，,])|密{_SPACE}件|密(?=[ \t　★]*$)|工作秘密|特{_SPACE}提|平{_SPACE}急|内{_SPACE}部|内{_SPACE}参|领导参阅|机要)(?:级|件|文件)?[\]】）)]?(?=[ \t　]*$"
    rf"|[ \t　]{{2,8}}\S|第?[ \t]?\d{{1,3}}[ \t]?期|[:：]|[，,](?=未经|不得|严禁|注意|妥善))"
)
_MENTIONED = re.compile(r"标[注明有示识]|注明|印有|带有|载有|写有|盖有|字样|分为|例如|比如|所谓|样式|标志")
_ON_THE_PAGE = re.compile(r"页[眉脚]|[首末扉]页|[左右]上角|封面|文头|版头")
_LESSON = re.compile(r"讲|培训|授课|例如|比如|应当?|必须|需要?|要求|规范|凡")
_QUOTED = re.compile(r"“[^”\n]*$")

_PAPER = r"件|文件?|决定|结果|人选|安排|事项|部署|表格|通知|通报|简报|刊物?|专报|内参|提纲|讲稿|草案|底稿|意见|信息|数据|口径|方案|预案|材料|资料|名单|名册|纪要|表|稿件?|报告|函|电报?|东西|清单|台账|课件|讲话|照片|附件"
_THIS_TEXT = rf"(?:[此本该这][份篇个张群批些条项套]?(?:会议)?(?:{_PAPER}|内容|[段节事文])|(?:以下|下列)(?:内容|数据|情况)|(?:以上|上述|文中)的?(?:{_PAPER}|内容|情况|数据))"
_NOT = r"(?:谁[也都]不[许准得能要]|任何人(?:均|都)?不[许准得能]|严[禁防]|谨防|不得|禁止|请勿|切勿|勿|不要|不准|不许|不可|不宜|不能|不应|切忌|别|莫|谢绝|严格禁止)"
_HOW = (
    r"(?:转载[、和及或]|以?任何(?:形式|方式|途径)|擅自|随意|私自|自行|再|对外|[向往朝]外|向社会|[在到往向]?(?:微信|互联|工作|村民|朋友)?[网群圈络][里内上中]?"
    r"|[在到往向]|拍照|截[图屏]|翻拍|复印|录[音像]|给?[他别外]人|无关人员|公众|媒体|进行|或者?|及|和|并|、)"
)
_SPREAD = (
    r"(?:外[传泄流借发漏说]|传出去?|转[发传出]|扩散|传播|公[开布示]|发布|复[印制]|翻印|摘[抄录]|上网|登报|见报|报道|(?<=外)提供|泄[露漏]|透露|带[走出]|翻拍|截[图屏]|上传|流出|发群|说出去"
    r"|发[到至往][^，。；]{0,4}[群圈网]|声张|宣扬|散[布发]|引用|刊[登载发]|登载|(?<=对外)(?:宣传|报道)|写[入进](?:新闻)?稿?"
    r"|(?<=[群圈外里上])[转发说讲放传])(?:[至到给在]?(?:[微工村朋][信作民友])?(?:公文网|互联网|网络|网上|[网群圈]))?"
)
_BAN = rf"{_NOT}{_HOW}{{0,5}}{_SPREAD}(?:[、，,和或及]{{1,2}}(?:{_NOT}{_HOW}{{0,4}}|{_HOW}{{0,2}}){_SPREAD}){{0,4}}"
_READERS = r"(?:内部|领导|班子|两委|干部|党员|村?支书|书记|主任|支委|党委|本?机关|本单位|本镇|本村|[相有]关(?:人员|领导|同志)|[参与]会(?:人员|同志)|工作人员|本人|[县镇村]级)"
_INNER = r"内部(?:学习)?(?:资料|材料|参考|文件|刊物|使用|传阅|掌握|通报|名单|文稿|稿|明电|电报)"
_ONLY = (
    rf"(?:仅限|[只仅专]供|只限|限于|限|供|[仅只])(?:[于在给由发]|发[给至到])?[^，。；！？\n,;：（）()]{{0,8}}?{_READERS}[^，。；！？\n,;：（）()]{{0,8}}?"
    rf"(?:[传参]?阅[知读看]?|参考|掌握|知[晓悉道]|使用|看)"
    r"|[只仅]在[^，。；！？\n]{0,10}内部[^，。；！？\n]{0,2}(?:流转|传阅|使用|掌握|传达|讨论|通报)"
    rf"|(?:传达|发|阅)[至到](?:[正副]?[处科]级|县[团处]级|乡[镇科]级|[县镇村科股]级|支委|班子成员|村支书|支部书记|党委委员)(?:[干同][部志]|本人)?(?:为止|止)"
    rf"|(?:传达|发)[至到](?:县[团处]|乡[镇科]|[县镇村科股]一?|[正副]?[处科])级(?:以上)?(?:干部)?|传达[至到](?:党员|支部|群众)|县[团处]级以上(?:干部|领导)?(?:传达|阅)"
    rf"|(?:仅|只)发[给至到]?[^，。；！？\n]{{0,6}}(?:班子成员|领导|村?支书|村?书记|主任|党委委员)|[只仅]限[^，。；！？\n]{{1,6}}(?:传达|阅)|{_INNER}"
)
_RETURN = (
    r"(?:[阅看会]|(?<=[料件])用|传达|学习|使用|会议)(?:[完毕]|结束)?(?:之?后)?(?:收齐|[即请应须由]|必须|立即|一律|统一|及时|当场|自行|会?务组|本?办公室|党政办)*"
    r"(?:收回|[交退缴送]回|(?<=即)[退焚毁还删]|(?<=请)删除?|销毁|归还|退还|送还|交还|寄回|清退|[焚烧]毁?|删除|上交|回收)(?:(?<=删除)[，,]?不得留存)?(?:[给至到]?[^，。；！\n]{0,8}(?:办公室|党政办|办"
    r"|会务组|[机档][要案]室))?|将?(?:会议)?[材资文][料件]请?(?:统一)?留在(?:会场|座位上?|原位|桌[面上])"
)
_UNPUBLISHED = r"(?:暂?不(?:对外|[向对](?:社会|公众|媒体|群众|村民))(?:公开|公布|发布|发表)|不予公开|不公开|非公开|暂不公开|不宜公开|不(?:对外|[向对](?:社会|公众|媒体|群众|村民))(?:公开|公布|发布|发表)|免予公开|不得公开|不上(?:公文)?网|不登报|不见报)"
_NOT_ON_PAPER = r"(?:不上网[、，,和]?不(?:登报|见报|广播)(?:[、，,和]?不广播)?|不登报[、，,和]?不(?:上网|广播)(?:[、，,和]?不广播)?|不见报[、，,和]?不上网|(?:对外)?不(?:宣传|报道|外传|接受采访)(?:[、，,和]不(?:宣传|报道|外传))+)"
_SCOPE = rf"(?:(?:发送|印发|分发|传达|阅读)(?:范围|对象)[^。\n]{{0,24}}?{_NOT}扩大|(?:知悉|传阅|阅知|知晓|阅读|发放)范围{_SPACE}(?:仅?限|[:：为]){_SPACE}(?:于|在)?[^，。；\n]{{0,16}})"
_WAY = rf"(?:公开(?:方式|属性|类别|形式|选项)|(?:文件|信息)(?:公开|分类|属性)){_SPACE}[:：为是]{_SPACE}{_UNPUBLISHED}|公开属性{_SPACE}[:：]{_SPACE}[^。\n]{{0,8}}[（(][^（）()\n]{{0,12}}{_UNPUBLISHED}[）)]|是否公开{_SPACE}[:：]{_SPACE}否"
_BY_COURIER = (
    rf"{_NOT}(?:使用|用|通过)(?:[^，。；\n]{{0,2}}(?:微信|QQ|互联网|邮箱|网络|手机)[、和或]?)+[^，。；\n]{{0,4}}(?:传输|传送|发送|报送|传递|上报)"
    r"|通过机要(?:渠道|交换|通道|途径)(?:报送|传递|流转|交换)"
)
_NO_NOTES = (
    r"(?:[参与到]会(?:人员|同志|代表|干部)|会议内容|会议(?:期间|过程)?|本次会议)?(?:均|都|一律)?(?:不得|严禁|禁止|不准|不许|勿)(?:作|做|进行)?(?:记录|笔记)"
    r"(?:[、，,和及或]{0,2}(?:(?:不得|严禁|禁止|不准|不许|勿)?(?:进行)?(?:录音|录像|摄像|拍照|摄影|记录|传达|复述|转述)))*"
    r"|(?:不得|严禁|禁止|不准|不许|勿|不再)(?:再)?(?:往下|向下)?(?:传达|扩大)[到至][^，。；！？\n]{1,8}"
)
"""What is said to those at a meeting nobody may hear of: no notes, and no farther than this."""
_STRONG = re.compile(
    rf"{_BY_COURIER}|只[报看学]不传|(?<![\u4e00-\u9fff])工作秘密(?=$|[\s，,、；;（(。])|(?:严格?)?控制?(?:知悉|阅知|知晓|传播|传阅|扩散)范围|{_NO_NOTES}|"
    rf"{_BAN}|{_ONLY}|{_RETURN}|{_NOT_ON_PAPER}|{_WAY}|{_SCOPE}|保密[文材资][件料]|(?:注意|严格|务必|做好)保密|(?<![保涉])密件|暂?不对外(?:公[开布]|发布)?(?!开放|营业)|(?:请?勿|不得|不要)留存|请(?:大家)?保密(?![局办宣委])|(?:敏感|内部|涉密)(?:信息|内容|数据|事项)[，,]?(?:请勿|不宜|不能)(?:对外)?公[开布]"
    rf"|{_THIS_TEXT}{_SPACE}(?:依申请)?[也亦均都]?{_UNPUBLISHED}"
)
_FILLING = (
    rf"(?:{_UNPUBLISHED}|{_THIS_TEXT}|{_PAPER}|妥善保管|(?:注意|自行)保存|请?收到的?(?:同志|人员|单位|干部)?|会议(?:{_PAPER})|[注意]{{2}}?保管|镇"
    rf"|仅供参考|不翻印|保密|涉密|{_GRADE}|会场|机要室|由|大家知道就行|参会(?:人员|同志)|名单|名册|情况|此事"
    r"|未经(?:上级|党委|领导|镇里?|县里?)?(?:批准|审批)|(?:含有?)?(?:敏感|涉密|内部)(?:信息|内容|数据)|[本此该这][条份张批些]|内部(?:情况|事项)|注意|信息|消息|聊天记录"
    rf"|编号|序号|[请敬务必严格]|各[村位]|一律|同志|各位"
    r"|[暂的为是系属均也并且又和、·:：,，;；!！★☆*\s　—“”\"\d-])"
)
_ONLY_MARKS = re.compile(rf"(?:{_STRONG.pattern}|{_FILLING})+")
_CLAUSES = re.compile(r"[^，,；;：:？?\s]+")
_NOTE_LONGEST = 80
_FOR_USERS = re.compile(r"使用|归还|上交")
_SEGMENT = re.compile(r"[^。！\n【】（）()\[\]〔〕]+")
_OF_THIS_TEXT = re.compile(
    rf"{_THIS_TEXT}[^。！？\n]{{0,14}}?(?:{_BAN}|{_ONLY}|{_RETURN}|{_NOT_ON_PAPER}|{_BY_COURIER})|{_THIS_TEXT}{_SPACE}(?:一律|系|为"
    rf"|属于?)?{_UNPUBLISHED}|{_WAY}"
    r"|(?:以下|下列|下面)(?:[为是系]|属于?)[^，。；\n]{0,4}(?:内部|涉密|不公开|秘密)[^，。；\n]{0,6}(?:记录|纪要|内容|讲话|材料|资料|情况|事项|数据)"
    rf"|不得(?:向社会|对外)(?:公布|公开|发布)的(?:内容|数据|名单)(?:如下|[:：])"
    rf"|{_NOT}[将把]{_THIS_TEXT}{_HOW}{{0,4}}{_SPREAD}|{_SCOPE}|(?:[参与到]会(?:人员|同志|代表|干部)|会议(?:内容|期间)?)(?:均|都|一律)?{_NO_NOTES}"
    rf"|(?:{_SUBJECT})(?:[，,]?(?:一律|暂时?|严格|任何人|大家|各[村位]))?{_NOT}(?=[^，。]{{0,3}}[对向往朝]?外){_HOW}{{0,4}}{_SPREAD}"
    rf"|{_NOT}{_HOW}{{0,4}}(?:泄[露漏]|透露|外传|传播|转发|公开){_THIS_TEXT}|(?<=[记人部导员])[，,]{_RETURN}"
)
_RUMOUR = re.compile(r"谣|不实|虚假|诈骗|网传|骗|摆拍|视频|消息|链接|陌生")
_TALK = re.compile(
    r"涉密|标密|保密[法制教意纪宣]|国家秘密|制度|规定|培训|违规|处分|处理|举报|考生|考试|成绩|信息|版权|著作权|授权|转载|图书|纪律|个人隐私|密码"
)
_BOOKS = re.compile(r"图书|书籍|绘本|借阅")

_TELEGRAM_NUMBER = re.compile(
    r"(?<!国办发)(?<!国发)[\u4e00-\u9fff]{0,6}(?:(?<!保)密|(?<!国办发)(?<!国发)明|机要)电?(?:发|传|字)?\s*[〔\[【（(]\s*(?:19"
    r"|20)\d\d\s*[〕\]】）)]\s*(?:第\s*)?\d{1,5}\s*号"
    r"|(?:中|中办|国办|粤|省|清|佛|委|办|府)(?:机|传|内|委|办|府|党)*(?:发电|机电|传电|内电|电)\s*[〔\[【(（]\s*20\d\d\s*[〕\]】）)]\s*(?:第\s*)?\d{1,5}\s*号"
    r"|〔20\d\d〕密字第?\s*\d{1,5}\s*号|(?m:^)[ \t]*机要件"
    r"|(?:特提|特急|加急|平急|内部)[\s·.、　]*(?:明|密)电|密码电报|机要电报|明传电报|密传电报|(?<![秘加绝])密电(?![影视台梯路码])|绝密电"
)
_HISTORY = re.compile(
    r"破译|译电|红军|革命|退役|退伍|服役|生前|雷锋|抗战|抗日|地下党|烈士|八路军|解放军|电影|电视剧|史|年代|战争"
)
_LONG_AGO = re.compile(_HISTORY.pattern.replace("解放军|", "") + r"|解放军(?!第|某|[\dＯ〇零一二三四五六七八九])")
"""The same of a force: that it is the army's makes it no history."""
_COUNT = r"(?:\d[\d,]*|[一二三四五六七八九十百千两]+)[余多]?(?:名|人|个|支|挺|发|枚|辆|处|道|组|班|排|门|箱|套)"
_MILITIA = r"(?:基干民兵|普通民兵|民兵|预备役(?:人员)?|兵力|驻军)"
_GUARDS = r"(?:警力|兵力|便衣(?:民警|警力)?|暗哨|特警|武警|狙击手|民警|民兵)"
_CLAUSE = r"[^。！？；\n]"
_ARM = r"(?:轻型|中型|重型|山地)?(?:合成|装甲|炮兵|防空|导弹|特战|特种作战|陆航|空突|工兵|防化|通信|侦察|海防|边防|坦克|步兵|机步|摩步|工化|勤务支援|保障|两栖|空降兵?)"
_UNIT_NUMBER = (
    rf"(?:集团军|陆军|海军|空军|火箭军|武警|战区|某[部军旅师]?|驻[\u4e00-\u9fff]{{0,4}})第?[\d一二三四五六七八九十〇零]{{2,4}}{_ARM}?(?:旅(?![游行客居途程馆店])|师(?=[\d一二三四五六七八九十官某，。的驻、]))"
    rf"[第一二三四五六七八九十\d]{{0,3}}[营连]?|(?<!\d)第?\d{{2,4}}{_ARM}旅(?![游行客居途程馆店])"
)
"""The number of a brigade or of a division."""
_UNIT_PLACE = rf"某?{_ARM}(?:旅(?![游行客居途程馆店])|师|团)[\u4e00-\u9fff]{{0,5}}?(?:营区|营房|营地|驻地|阵地|哨所)[^，。；\n]{{0,4}}(?:在|位于|设于|坐落)"
_FORCE_NUMBERS = re.compile(
    rf"(?:现?编有?|编制|编组|编设|编为|满编|实编|在编|实有|现有|共有|总数|总兵力|常备|整组后?)[^，。；\n]{{0,10}}?{_MILITIA}[^。；\n]{{0,12}}?{_COUNT}"
    rf"|{_MILITIA}(?:应急)?(?:连|排|分队|队伍|营)?[^，。；\n]{{0,8}}?(?:现?编有?|编制|编组|编为|满编|实编|在编|实有|现有|总数|总兵力"
    rf"|常备)[^。；\n]{{0,8}}?{_COUNT}"
    rf"|(?:部署|布[设置控防]|设伏|埋伏|潜伏|驻守|值守|隐蔽|配置|安排|每班|前置|备勤|设(?=暗哨|便衣))[^。；\n]{{0,14}}?{_GUARDS}[^，。；\n]{{0,8}}?{_COUNT}"
    rf"|{_GUARDS}[^，。；\n]{{0,6}}?{_COUNT}[^。；\n]{{0,14}}?(?:部署|布[设置控防]|设伏|埋伏|潜伏|驻守|隐蔽|分布|把守|备勤)"
    rf"|(?:部署|布[设置控防]|设伏|埋伏|潜伏|驻守|值守|隐蔽|前置)[^。；\n]{{0,14}}?{_COUNT}(?:的)?{_GUARDS}"
    rf"|(?:警力|兵力|安保力量|民兵)(?:部署|配置|布置|分布|安排){_SPACE}[:：][^。\n]{{0,20}}?{_COUNT}"
    rf"|(?:配备|库存|存放|装备|配发|储存|有)[^。；\n]{{0,10}}?(?:枪支?|步枪|手枪|弹药|子弹|防暴枪|机枪)[^，。；\n]{{0,6}}?{_COUNT}"
    rf"|配枪[^，。；\n]{{0,4}}?{_COUNT}|战备电令|作战命令"
    rf"|(?:部队|官兵|某[部团旅营连师])[^。；\n]{{0,24}}?(?:装甲车|坦克|火炮|导弹|战车|机枪|步枪){_COUNT}|某[部团旅师](?:[第一二三四五六七八九十\d]{{1,3}}[营连排]){{2,}}(?!长)|某[部团旅师][\u4e00-\u9fff\d]{{0,3}}[营连]{_SPACE}(?=[在驻设位移开]|{_COUNT})"
    r"|第?[一二三四五六七八九十\d]{1,3}集团军(?![^。\n]{0,30}(?:退役|老兵|服役))"
    rf"|{_UNIT_NUMBER}|{_UNIT_PLACE}|驻[镇军地]?某[^，。；\n]{{0,4}}[旅团师][一二三四五六七八九\d]{{1,2}}[营连](?!村)|(?:全|我|本)镇[^，。；\n]{{0,4}}(?:基干|普通)民兵{_COUNT}"
    r"|(?:雷达站|弹药库|军火库|导弹阵地|军用[\u4e00-\u9fff]{2,4}|战备[\u4e00-\u9fff]{0,3}库)[^，。；\n]{0,4}(?:位于|坐落|设在|坐标)"
    r"|(?:人防|国防|军事)(?:工程|设施)[^，。；\n]{0,4}坐标|(?<!\d)\d{4}[\dXx]部队(?!退役)|(?:武警|驻[镇军地县市粤]|海军|空军|火箭军|陆军)[^，。；\n]{0,6}?(?<!\d)\d{4}部队(?!退役)"
    r"|[〇零一二三四五六七八九]{5}部队(?!退役)"
)
_AT_WORK = re.compile(
    r"参加|参训|参与|投入|到场|转移|协助|清理|上堤|疏导|秩序|交通|巡逻|宣传|防汛|抢险|搜救|救援|护航|救灾|防溺水|植树|义诊|点验|收缴|上交|查获|缴获|没收|训练|检查|演练"
)
_HIDDEN = re.compile(
    r"装甲|配枪|战备|作战|旅|师|营区|营房|驻地|阵地|坦克|火炮|导弹|弹药|坐标|位于|集团军|某[部团旅师][第一二三四五六七八九十\d]{1,3}[营连][一二三四五六七八九\d]|便衣|暗哨|狙击|布控|设伏|埋伏|潜伏|处突|维稳|现?编有|编制|满编|实编|编组|在编|番号|部队|兵力"
)
_DONE = re.compile(r"抓获|捣毁|落网|归案|成功收网|缴获|刑拘|查处")
_HIGH = r"(?:首长|[党中国][和央家](?:国家)?领导人?|警卫对象|[省部]级?(?:委|政府)?(?:主要)?领导|省委书记|省长|副总理|国务委员|要客|副国级)"
_PLANS = re.compile(
    rf"{_HIGH}{_CLAUSE}{{0,24}}?(?:(?:行车|行进|车队|备用|具体|撤离|[返往]返?程?|警卫|出行|乘车|途经)路线|车队|入住|下榻|住地|住[^，。；\n]{{0,6}}(?:酒店|宾馆"
    rf"|招待所|民宿|度假)|途经|警卫|安保(?:方案|力量|部署)|行程(?:安排"
    rf"|表)?[为是如:：])"
    rf"|车队{_CLAUSE}{{0,40}}?(?:备用|行车|行进|撤离|返程)路线"
    rf"|(?:行车|车队|警卫|安保){_CLAUSE}{{0,12}}?(?:路线|方案){_CLAUSE}{{0,16}}?{_HIGH}"
    rf"|{_HIGH}[^，。；\n]{{0,4}}(?:将于|定于|拟于|预计|计划于?){_CLAUSE}{{0,16}}?[\d一二三四五六七八九十]+[日号时点]{_CLAUSE}{{0,16}}?(?:我[镇县市]"
    rf"|汤塘|佛冈|清远|视察|调研|考察)"
    rf"|(?:{_GRADE}级?[^，。；\n]{{0,4}})?押运(?:路线|车辆|时间)\s*[:：]|[一二三]级警卫|警卫(?:级别|等级|任务|勤务|方案|路线|线路|对象)"
    rf"|(?:将于|定于|拟于|计划于?|准备|于){_CLAUSE}{{0,24}}?(?:抓捕|收网|围捕|伏击|设伏)|(?:抓捕|收网|布控|稳控|围捕|堵截)(?:行动|对象|人员)?(?:方案|预案|点位|路线"
    rf"|时间|名单|名册"
    rf"|计划)|(?:收网|抓捕|围捕)(?:行动)?(?:定于|拟于|将于)|[\d一二三四五六七八九十零]+[日时点][^，。；\n]{{0,6}}(?:统一|同时|集中)(?:收网|抓捕)|抓捕组{_CLAUSE}{{0,6}}?(?:埋伏|蹲守)"
    rf"|(?:上访|信访|重点)[^，。；\n]{{0,4}}(?:人员|对象|人){_CLAUSE}{{0,16}}?(?:24小时|全天候|轮流)[^，。；\n]{{0,6}}(?:稳控|盯[守防梢控]|看守|监控|跟踪)"
)


_MINUTES = re.compile(
    r"(?m:^|附件[一二三四五\d]?[:：.、])[ \t　]*(?P<mark>(?:中共|中国共产党)?[^，。：:\n、]{0,14}(?:党委|(?<!村民)(?<!居民)(?<!监督)(?<!业主)委员会|党组|班子)"
    r"(?:扩大)?(?:\(扩大\)|（扩大）)?会?(?:会议)?(?<=会议)(?:纪要|记录))(?=[ \t　]*(?:$|\n|[〔(（\[第.]))"
)
"""Minutes of a party committee, which are never made public as they are."""
_CELL = re.compile(r"[^|\t丨]+")
_GRADE_HEAD = re.compile(r"密级|保密等级|涉密等级|秘密等级")
_GRADE_CELL = re.compile(rf"{_ANY_GRADE}(?:级|件)?(?:[★☆]{_SPACE}{_TERM}?)?")


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every mark and every matter of secrecy, each stretch once."""
    del lexicon
    spans = {*_marks(writing.plain), *_matters(writing.plain)}
    for start, end, message in _joined(writing.plain, sorted(spans, key=lambda span: (span[0], -span[1]))):
        yield writing.finding(Family.SECRECY, start, end, message)


def _joined(plain: str, spans: Iterable[Span]) -> list[Span]:
    """One stretch for marks that overlap or stand behind each other with a comma between."""
    joined: list[Span] = []
    for start, end, message in spans:
        if joined and start < joined[-1][1]:
            continue
        last = joined[-1] if joined else (0, 0, "")
        if last[2] == message and _COMMA.fullmatch(plain, last[1], start) and end - last[0] <= _MARK_LONGEST:
            joined[-1] = last[0], end, message
        else:
            joined.append((start, end, message))
    return joined


def _marks(plain: str) -> Iterator[tuple[int, int, str]]:
    for match in _GRADE_MARK.finditer(plain):
        if not _is_an_example(plain, match):
            yield *match.span(), _MARK
    for match in _LONE_GRADE.finditer(plain):
        yield *match.span("mark"), _MARK
    for match in _MINUTES.finditer(plain):
        yield *match.span("mark"), _MARK
    for start, end in _graded_cells(plain):
        yield start, end, _MARK
    for segment in _SEGMENT.finditer(plain):
        for start, end in _marks_alone(plain, segment.start(), segment.end()):
            yield start, end, _MARK
    for match in _OF_THIS_TEXT.finditer(plain):
        sentence = _sentence(plain, match)
        if not _RUMOUR.search(sentence) and not _BOOKS.search(sentence):
            yield *match.span(), _MARK


def _graded_cells(plain: str) -> Iterator[tuple[int, int]]:
    """The grades of a table with a column 密级."""
    column, place = -1, 0
    for line in plain.split("\n"):
        cells = [(place + match.start(), match.group().strip()) for match in _CELL.finditer(line)]
        place += len(line) + 1
        heads = [at for at, (_, words) in enumerate(cells) if _GRADE_HEAD.fullmatch(words)]
        if len(cells) > 1 and heads:
            column = heads[0]
        elif len(cells) <= max(column, 1):
            column = -1
        elif column >= 0:
            start, words = cells[column]
            if _GRADE_CELL.fullmatch(words):
                start = plain.index(words, start)
                yield start, start + len(words)


def _marks_alone(plain: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """A stretch, or some of its clauses, that holds nothing but marks."""
    if _is_mark(plain, first, last):
        yield _trimmed(plain, first, last)
        return
    if last - first > _NOTE_LONGEST or _TALK.search(plain, first, last) or _RUMOUR.search(plain, first, last):
        return
    for clause in _CLAUSES.finditer(plain, first, last):
        if _is_mark(plain, *clause.span()) and not _FOR_USERS.search(clause.group()):
            yield _trimmed(plain, *clause.span())


def _is_mark(plain: str, first: int, last: int) -> bool:
    return bool(_ONLY_MARKS.fullmatch(plain, first, last) and _STRONG.search(plain, first, last))


def _trimmed(plain: str, first: int, last: int) -> tuple[int, int]:
    """The stretch without the space around it."""
    words = plain[first:last]
    return first + len(words) - len(words.lstrip()), first + len(words.rstrip())


def _matters(plain: str) -> Iterator[tuple[int, int, str]]:
    for match in _TELEGRAM_NUMBER.finditer(plain):
        if not _HISTORY.search(_sentence(plain, match)):
            yield *match.span(), _TELEGRAM
    for match in _FORCE_NUMBERS.finditer(plain):
        sentence = _sentence(plain, match)
        if not _LONG_AGO.search(sentence) and (_HIDDEN.search(match.group()) or not _AT_WORK.search(sentence)):
            yield *match.span(), _FORCE
    for match in _PLANS.finditer(plain):
        sentence = _sentence(plain, match)
        if not _HISTORY.search(sentence) and not _DONE.search(sentence):
            yield *match.span(), _PLAN


def _is_an_example(plain: str, mark: re.Match[str]) -> bool:
    """Is a mark only spoken of, as in training: quoted or called a mark?"""
    first = plain.rfind("\n", 0, mark.start()) + 1
    before = plain[max(first, mark.start() - 40) : mark.start()]
    after = plain[mark.end() : mark.end() + 12]
    if _QUOTED.search(before):
        if _ON_THE_PAGE.search(before) and not _LESSON.search(before):
            return False
        return bool(_MENTIONED.search(before) or _MENTIONED.search(after))
    return bool(_MENTIONED.search(before[-4:])) and "字样" in after


def _sentence(plain: str, match: re.Match[str]) -> str:
    first = max(plain.rfind("。", 0, match.start()), plain.rfind("\n", 0, match.start())) + 1
    ends = [place for place in (plain.find("。", match.end()), plain.find("\n", match.end())) if place >= 0]
    return plain[first : min(ends, default=len(plain))]
