"""链接图片: links that readers cannot open or should not, and images without words.

Hosts of the office network and of one's own machine, files of a computer, drafts and temporary links,
shared disks, links carrying somebody's session, shortened, empty, misspelt or broken ones, Markdown;
images without a description, or with the file name of a camera in its place.
"""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address

from town_portal.proofreading.rules.finding import Family, Finding
from town_portal.proofreading.rules.lexicon import Lexicon
from town_portal.proofreading.rules.writing import Writing

Span = tuple[int, int, str]

_INTERNAL = "这是内网或本机地址，外面的人打不开，也会暴露内部网络，请换成公开网址或删去。"
_TEMPORARY = "这是临时、预览或网盘链接，随时会失效，请换成正式网址，或把文件作为附件上传。"
_SESSION = "链接里带有登录凭证或会话参数，请去掉“?”后面的内容，或换成公开网址。"
_SHORT = "这是短链接，看不出去向，请换成完整的正式网址。"
_BROKEN = "这个链接写得不完整或写错了，读者点不开，请核对后重写。"
_IMAGE = "图片没有文字说明，请写一句话说明画面内容。"
_CAMERA = "这是相机、手机或微信自动起的文件名，请换成说明画面内容的文字。"

_URL_SIGN = r"[A-Za-z0-9\-._~:/?#@!$&'*+=%;\[\]{}|\\]"
_URL = re.compile(rf"(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]{{1,14}}):(?P<slashes>//?/?)(?P<rest>{_URL_SIGN}*)")
_BARE = re.compile(
    rf"(?<![A-Za-z0-9@./\-])(?P<host>(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{{2,10}}"
    rf"|(?:\d{{1,3}}\.){{3}}\d{{1,3}})(?::\d{{2,5}})?(?P<rest>/{_URL_SIGN}*)?(?![A-Za-z0-9@])"
)
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}")
_LOCAL_HOST = re.compile(
    r"localhost$|\.(?:local|lan|internal|intranet|intra|corp|home|localdomain|test|example)$", re.IGNORECASE
)
_LOCAL_SCHEME = re.compile(
    r"file|smb|ftp|blob|data|cid|javascript|vbscript|about|wxfile|content|chrome|edge|ms-\w+|localhost|nfs"
    r"|wxlocalresource",
    re.IGNORECASE,
)
_LOCAL_FILE = re.compile(
    r"(?<![A-Za-z\\])(?:[A-Za-z]:[\\/](?![/\s])[^\s，。；“”<>|]*|\\\\[A-Za-z0-9.\-_\u4e00-\u9fff]+(?:\\[^\s，。；“”<>|]*)+"
    r"|/(?:home|Users|var|tmp|mnt|storage|sdcard)/[^\s，。；“”<>|]+"
    r"|(?:blob|data|cid|javascript|about):[A-Za-z0-9;,/+.\-@(]+|wxfile:[^\s，。]+)"
)
_DISK = re.compile(
    r"(?:^|\.)(?:pan\.baidu|yun\.baidu|aliyundrive|alipan|lanzou\w*|lanzn|weiyun|123pan|123684|ctfile|cloud\.189"
    r"|quark|jianguoyun|dropbox|onedrive\.live|drive\.google|wenshushu|cowtransfer|xunlei|115|139|caiyun\.139)\.\w+",
    re.IGNORECASE,
)
_SHORTENED = re.compile(
    r"^(?:t\.cn|dwz\.\w+|url\.cn|suo\.\w+|bit\.ly|tinyurl\.com|goo\.gl|is\.gd|t\.co|sourl\.\w+|985\.so|mrw\.so"
    r"|w\.url\.cn|dwz\d\.\w+|u\.nu|ow\.ly|rb\.gy|c\.xhsl\.cn|xhslink\.com|b23\.tv|u\.to|tb\.cn|m\.tb\.cn|3\.cn|a\.co"
    r"|s\.click|rrd\.me|ft12\.com|6du\.in|reurl\.cc|cutt\.ly|v\.gd|qr\.ae|lnk\.\w+|urlc\.cn|u3v\.cn|x\.co|tny\.im"
    r"|kks\.me|n9\.cl|shorturl\.at)$",
    re.IGNORECASE,
)
_TEMPORARY_PATH = re.compile(
    r"tempkey=|[?&](?:preview|draft|temp|tmp|expires?|Expires|X-Amz-\w+|OSSAccessKeyId)=|/(?:tmp|temp|temporary"
    r"|preview|draft|cache)(?:/|$|\?)|(?:^|[/.])(?:test|dev|uat|staging)\.",
    re.IGNORECASE,
)
_SESSION_PART = re.compile(
    r"[?&;#](?:\w*token|\w*session\w*|sid|jsessionid|phpsessid|ticket|sign(?:ature)?|auth\w*|\w*key|openid|unionid"
    r"|user_?(?:id|name)?|uid|code|passw(?:or)?d|pwd|login\w*|cookie|credential|sso\w*|secret)=[^&\s]+",
    re.IGNORECASE,
)
_WRONG_SCHEME = re.compile(
    rf"(?<![A-Za-z])(?:h{{1,3}}t{{1,4}}p{{1,3}}s{{0,3}}|ttps?|htps?|hhtps?|htttps?|hppts?|hptts?|http5|https?s|htpp"
    rf"|tthps?)\s*[:：;；,，.、]?\s*(?:[/\\／＼]{{1,4}})\s*(?:https?:?//)?{_URL_SIGN}*"
)
_RIGHT_SCHEME = re.compile(r"https?://[A-Za-z0-9\[]")
_WRONG_HOST = re.compile(
    rf"(?<![A-Za-z.@/])https?:(?=www\.){_URL_SIGN}+"
    rf"|(?<![A-Za-z.])(?:w{{2}}|w{{4,}}|vvv|wvw|www)[.。,，、·]{_URL_SIGN}*(?:[。，,、·]{_URL_SIGN}+)*"
)
_CHINESE_STOP = re.compile(r"[A-Za-z0-9](?:[。，、·])(?=gov|com|cn|net|org)[A-Za-z.。]+")
_WRONG_DOMAIN = re.compile(
    r"\.(?:gov|com|org|net)\.(?:c|cm|con|vn|com|nc|ch|co)(?![A-Za-z])|\.gov\.?(?:cm|con|com|n)(?![A-Za-z])|\.(?:govcn"
    r"|gvo\.cn|gov\.\.cn|gov,cn|comcn|cmo)(?![A-Za-z])",
    re.IGNORECASE,
)
_SPACE_INSIDE = re.compile(
    r"https?:\s*//\s*(?:[A-Za-z0-9.\-/_]*)(?:(?<=[./\-:])[ \u3000]+(?=[A-Za-z0-9])(?!https?|www\.)"
    r"|[ \u3000]+(?=[./][A-Za-z0-9])|[ \u3000]+(?=[A-Za-z0-9_\-]+(?:/|\.s?html?|\.aspx?|\.jsp|\.php|\.gov|\.com"
    r"|\.cn))(?!https?:|www\.))[A-Za-z0-9./\-_?=&]+"
    r"|https?:\s*//[ \u3000]+[A-Za-z0-9]|https?[ \u3000]+://|www[ \u3000]*\.[ \u3000]+[A-Za-z0-9.]+"
    r"|www[ \u3000]+\.[A-Za-z0-9.]+"
)
_MARKDOWN = re.compile(r"!?\[[^\[\]\n]{0,60}\]\([^()\n]{0,300}\)")
_EMPTY = re.compile(
    r"(?:链接|网址|链接地址|下载地址|访问地址|报名链接)[:：]\s*(?=[。；，,;）)\n]|$)|https?://(?![A-Za-z0-9\[\s\u3000/h])"
    r"|<a\b[^<>]*?href\s*=\s*(?:\"\s*(?:#|javascript:[^\"]*)?\s*\"|'\s*#?\s*')[^<>]*>|<a\s*>"
    r"|<a\b(?![^<>]*href)[^<>]*>(?=[^<])"
)
_IMG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>\"']+))", re.IGNORECASE)
_IMAGE_MARK = re.compile(
    r"[【\[［](?:图片?|照片|配图|插图|附图|视频|image|img|photo|pic|文件|动画表情|语音)\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?\s*[】\]］]"
    r"|^[ \u3000]*[(（]图片?\s*[\d一二三四五六七八九十]{0,3}[)）](?=[ \u3000]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_IMAGE_LINE = re.compile(
    r"(?m)^[ \u3000]*(?:图|图片|照片|附图|配图)\s*[\d一二三四五六七八九十]{1,2}\s*[:：]?[ \u3000]*$"
)
_REFERRED = re.compile(r"(?:如|见|参见|详见|参照|与|和|至|、)$")
_WORDS_AFTER = re.compile(r"[ \u3000:：]*[\u4e00-\u9fffA-Za-z]")
_CAMERA_NAME = re.compile(
    r"(?:IMG|DSC[FN]?|DJI|MVIMG|PXL|VID|PANO|BURST|SAM|GOPR|C360|wx_camera|mmexport|WechatIMG|WeChat(?: |_)?Image"
    r"|QQ图片|QQ截图|微信图片|微信截图|企业微信截图|Screenshot|Screen Shot|屏幕截图|屏幕快照|截屏|截图|photo|Photo|image|Image|picture|Picture|pic"
    r"|(?<![\u4e00-\u9fff]{2})(?:图片|照片)|捕获|无标题|未命名|未标题|下载|faceu|beauty|retouch|lADP\w*|tmp|P\d{3})"
    r"[ _\-]?(?=[\dA-Za-z_\-() .:]{0,40}\d|\.)[\dA-Za-z_\-()（） .:]{0,40}?\.(?:jpe?g|png|gif|bmp|webp|heic|tiff?|mp4"
    r"|mov"
    r"|avi)"
    r"|(?:IMG|DSC[FN]?|DJI|MVIMG|PXL|VID|PANO)[_\-]?\d{4,}[\d_]*|mmexport\d{8,}|wx_camera_\d{8,}|WechatIMG\d+|(?:微信图片"
    r"|微信截图|QQ图片|QQ截图|企业微信截图|屏幕截图|屏幕快照|Screenshot)[ _\-]?\d{6,}[\d_\-.]*"
    r"|(?<![\w\u4e00-\u9fff/.\-])[0-9a-f]{16,}\.(?:jpe?g|png|gif|webp)|(?<![\w\u4e00-\u9fff/.\-])\d{1,20}\.(?:jpe?g"
    r"|png|gif|webp|heic)",
    re.IGNORECASE,
)


def check(writing: Writing, lexicon: Lexicon) -> Iterator[Finding]:
    """Every such link and image, each stretch once."""
    del lexicon
    plain = writing.plain
    last = -1
    spans = {*_addresses(plain), *_misspelt(plain), *_images(plain)}
    for start, end, message in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last:
            last = end
            yield writing.finding(Family.LINK_MEDIA, start, end, message)


def _addresses(plain: str) -> Iterator[Span]:
    """Links judged by their scheme, host and parameters."""
    for match in _URL.finditer(plain):
        end = match.start() + len(match.group().rstrip(".,:;!?'*"))
        message = _judged(match["scheme"], match["rest"])
        if message:
            yield match.start(), end, message
    for match in _BARE.finditer(plain):
        message = _judged("", match["host"] + (match["rest"] or ""))
        if message and not _is_a_version(plain, match):
            yield *match.span(), message
    for match in _LOCAL_FILE.finditer(plain):
        yield *match.span(), _INTERNAL
    for match in _MARKDOWN.finditer(plain):
        yield *match.span(), _BROKEN
    for match in _EMPTY.finditer(plain):
        yield *match.span(), _BROKEN


def _judged(scheme: str, rest: str) -> str | None:
    """What is wrong with a link, if anything."""
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2].split(":")[0].lower()
    if _LOCAL_SCHEME.fullmatch(scheme):
        return _INTERNAL
    if scheme and scheme.lower() not in {"http", "https"}:
        return None
    if _ADDRESS.fullmatch(host):
        return _INTERNAL if scheme or _is_private(host) else None
    if _LOCAL_HOST.search(host) or (scheme and host and "." not in host):
        return _INTERNAL
    if _DISK.search(host) or _TEMPORARY_PATH.search(rest):
        return _TEMPORARY
    if _SHORTENED.match(host):
        return _SHORT
    return _SESSION if _SESSION_PART.search(rest) else None


def _is_private(host: str) -> bool:
    try:
        return IPv4Address(host).is_private
    except ValueError:
        return False


def _is_a_version(plain: str, number: re.Match[str]) -> bool:
    return plain[max(0, number.start() - 2) : number.start()].lower().endswith(("v", "版", "本", "第"))


def _misspelt(plain: str) -> Iterator[Span]:
    """Links with a wrong scheme, a wrong domain, Chinese stops or spaces in them."""
    for match in _WRONG_SCHEME.finditer(plain):
        if not _RIGHT_SCHEME.match(match.group()) or re.match(r"https?://https?:?/", match.group()):
            yield *match.span(), _BROKEN
    for match in _WRONG_HOST.finditer(plain):
        if not re.match(r"www\.[A-Za-z0-9]", match.group()) or re.search(r"[。，,、·](?=[A-Za-z])", match.group()):
            yield *match.span(), _BROKEN
    for pattern in (_CHINESE_STOP, _WRONG_DOMAIN, _SPACE_INSIDE):
        for match in pattern.finditer(plain):
            yield *match.span(), _BROKEN


def _images(plain: str) -> Iterator[Span]:
    """Images without words, and file names in their place."""
    tags = [match.span() for match in re.finditer(r"<[^<>]*>", plain)]
    for match in _IMG.finditer(plain):
        alt = _ALT.search(match.group())
        words = (alt["double"] or alt["single"] or alt["bare"] or "").strip() if alt else ""
        if not words:
            yield *match.span(), _IMAGE
        elif _CAMERA_NAME.search(words) or re.fullmatch(
            r"(?:图片?|照片|image|img|pic|photo|配图)?\s*\d*", words, re.IGNORECASE
        ):
            yield *match.span(), _CAMERA
    for match in _IMAGE_MARK.finditer(plain):
        if not _WORDS_AFTER.match(plain, match.end()) and not _REFERRED.search(
            plain, max(0, match.start() - 3), match.start()
        ):
            yield *match.span(), _IMAGE
    for match in _IMAGE_LINE.finditer(plain):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        yield start, match.end(), _IMAGE
    for match in _CAMERA_NAME.finditer(plain):
        if not any(start <= match.start() < end for start, end in tags):
            yield *match.span(), _CAMERA
