"""Firms and shops by what is said around them: 在小龙坎火锅端盘子, 裕同包装又裁人了, 老公进了比亚迪.

LAC is not asked: it cuts 天天见面馆 and 盛世豪庭酒店 in ways of its own. Instead somebody has to work there, and the name in front of the
kind of shop must be none of the words that say where or which one (`general`, `reader().knows`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.heard import Heard
from bot.privacy.lexicon.lookalikes import WORDS
from bot.privacy.lexicon.places import COARSE, TOWNS

# What one does where one works, right behind the name.
WORKS = re.compile(
    "(?:里面?|那边|那里|这边|后厨|仓库|车间|门店|店里|厂里|楼面)?(?:又|也|都|还|就|一直|专门|天天|每天|负责|主要|最近|已经|白天|晚上|长期)?"
    "(?:上[大小白夜早晚中][夜班]|上班|打工|打[包杂磨]|打螺丝|做(?![梦错题饭菜人到不客手检体活核治完作])|干(?![净吗嘛什预脆])|当(?![时然地心])|帮[忙工厨]|端|洗(?!衣机|衣液|发水|手液|手间)|打扫|包(?:饺子|馄饨|包子|粽子|零食|糖|货)|补[胎衣鞋]|理[书]|烧[火锅炉]|上货|看(?:烘|炉|锅|场)|铺[地砖]|叠被|穿串|插[线件]|搓澡|扛|折页|翻台|分菜|配[菜料]|剥|焊|刷|体检|没过|派[的我]|(?:说|喊|通知)?(?:要|又|还)?招[工人聘满夜白]|炒|切|配菜|传菜|收银|理货|搬|装[货车卸箱盒]|卸|拉[货砖料菜车]|送[货餐外快件水奶]|分[拣货]|扫|铺床|铺货|保洁|保安"
    "|站[柜岗]|看[门仓机店大设]|守[店夜门仓]|值[班夜]|糊|贴[标瓷砖片]|磨|缝|车[衣位包]|针车|裁|剪|踩|织|染|绣|喷(?![雾剂])|烫|焊|压|注塑|调机|质检|品检|验货|检[验货]|包装|插件|贴片|拧|钉|漆|卖|销售|导购|推销|跑[业单车]|学徒|学[手厨理美修技]|带班|管[仓宿]|招[工人聘]|应聘|面试|辞[工职]"
    "|裁[员人]|倒闭|关门|停工|开工|发[不工]|欠|拖[欠了]|押[工了]|加班|倒班|[两三]班|放假|过年[只不才]|请假|不[给让准批][请放休批加结调]|培训|实习|宿舍|食堂|流水线|普工|文员|厨师|服务员|工资|待遇|开(?:车|叉|塔|吊|挖|铲|货|大)|修[车机手]|杀[鱼鸡猪鸭]|剁|揉面|烤|炸|蒸|煮|熬|擀|泡茶|按摩|剪头|绑钢|扎钢|砌|刷墙|抹灰|打桩|盯|值守|一个月[放休才只发]|返费|兼职|架[桥线]|试用期|招小时|给我们|噪音|味道|伙食|包住|体检|给[人别][人家]?(?:看|打|做|开|干|送|修|帮)|没几天|没多久|包吃|打杂|帮厨|养[猪鸡鸭牛]|到处跑|不?交社保|搬厂|缺人|的(?:老板|工资|宿舍|食堂|员工|工人|普工|厂|仓库|车间|工友|同事|骑手|司机|服务员|活儿?|保安|保洁|师傅|组长|主管|经理))"
)
# Who is there: 他在华勤. What follows then has to end the clause.
_IS_AT = re.compile(
    "(?:[我他她俺们]|爸|妈|公|婆|哥|弟|姐|妹|舅|叔|姑|姨|爷|儿子|女儿|男人|都|也|还|就|一直|现在|以前|原来|之前|后来|一起|一个)(?:在|去了?|进了?|到了?|换到了?|(?<!还)是)$"
)
# 妈妈在如家叠被子: whatever is done there, but for what guests do.
_SOMEBODY_AT = re.compile("(?:[我他她俺]们?|爸|妈|公|婆|哥|弟|姐|妹|舅|叔|姑|姨|媳|爷|男人)(?:现在|以前|都|也|还|就|一直)?在$")
_VISITS = re.compile(
    "(?:里面?)?.{0,3}(?:买|吃|喝|逛|订|寄|取|玩|点|住|看|等|排队|遇|碰|见|陪|带|过生日|生的|生孩|检查|输液|打针|挂|下单|充|领|退|换|摔|丢|哭|闹|迷路|门口)|$|[，,。！？!? ]"
)
_ENDS = re.compile(
    "$|[，,。;；!！ ]|那边|这边|一个在|里面?(?:$|[，,。])|上?了?[一二两三四五六七八九十几半\\d]+(?:来?年|个?多?月)|[呆待混]|的(?:$|[，,。])|打[工拼]"
)
# Enough by itself: one goes to work.
# 刚从宝龙物业辞职, 人在大润发，走不开.
_LEFT = re.compile("从$")
_LEAVES = re.compile("(?:里面?|那边|这边)?(?:辞|离职|出来|下[了班岗]|跳槽|跑出|被(?:裁|辞|开)|转到|走[了的]|请假|赶)")
_PERSON_AT = re.compile("(?:^|[，,。 我他她公婆爸妈])人(?:还|都|就|现)?在$")
_HIRED = re.compile("(?:进了|入职了?|应聘|面试|跳槽到|考进了?|招进了?|(?<![买订寄投])进)$")
_AFTER_HIRED = re.compile("(?!货|价|口|的店|商场里|门)")
# 跑美团, 开滴滴: what is driven for somebody; 开比亚迪 is a car.
_DRIVES = re.compile("(?:[跑送做干]|开)$")
_DRIVEN = frozenset("满帮 运满满 蜂鸟 嘀嗒 滴滴 美团 饿了么 闪送 达达 货拉拉 快狗 曹操出行 T3 顺丰 京东 圆通 中通 申通 韵达 极兔".split())
_NEXT_TO = re.compile("隔壁|旁边|对面|后面|背后|楼上|楼下|附近")
_LIVES = re.compile("(?:在|住|租|就是|离|靠近?|挨着)$")
_BUYS = re.compile("[^，,。]{0,2}(?:买|吃|逛|订|寄|取|玩|下单|付|借|贷|充|领|点[餐的了])")
SHOPS = (
    "大?酒店|宾馆|大?饭店|酒楼|酒家|大排档|餐厅|餐馆|餐饮|火锅店?|烤鱼店?|烧烤店?|烤肉店?|奶茶店|奶茶|茶饮|面馆|米线店?|粉店|饺子馆|馄饨店?|包子铺?|早餐店|早点店|快餐店?|羊肉[汤馆]|牛肉[汤面馆]|鱼[庄馆]|土菜馆|私房菜|菜馆|煲仔饭|酸菜鱼|饭庄|食府|烧饼|煎饼|肠粉|凉皮|米粉店?|拉面|卤味店?|豆浆店?|鸭脖|鸡排|粥[铺店]|炸串|熟食店?|炸鸡店?|烤鸭店?|汉堡店?|浴场|温泉|水疗|桑拿|洗浴|医院|小吃店?|麻辣烫|冒菜|串串香?|小炒|农家乐|农庄|山庄|度假村|茶楼|茶馆|咖啡馆?|蛋糕店?|烘焙|面包店?"
    "|理发店|美发店?|发廊|造型|美容院?|美甲店?|足浴城?|足疗店?|足道|养生馆|推拿馆?|按摩店|洗浴中心?|会所|网吧|KTV|健身房?|月子中心|母婴店?|驾校|超市|便利店|商行|百货|批发部|经营部|门市部?|小卖部|水果店?|生鲜店?|大药房|药房|药店|中医馆|诊所|养老院|敬老院|护理院|汽修厂?|修理厂|洗车行?|车行|轮胎店|五金店?|建材店?|家私城?|家居|门业|灯具城?|广告|图文|印务|彩印|洗衣店?|干洗店?|洗涤|幼教|托管中心|菜市场|农贸市场|批发市场|市场|商场|广场|大厦|购物中心|物业|家政|保洁|保安|房产|地产|租赁|搬家|货运|驿站|养[猪鸡鸭牛羊鱼]场|屠宰场|[石沙茶林农渔采]场|果园|煤矿|矿业|电站|加油站|快递点|网点|工地|建筑队|工程队|施工队|装修队|茶餐厅|棋牌室|宠物店|花店|文具店|手机店|服装店|鞋店|影楼|影[院城]|酒吧|茶庄|球馆|游乐[场园]?"
)
FIRMS = "客车|重汽|快运|冷链|皮鞋|童鞋|皮衣|木器|乳业|药业|股份|重科|数控|化纤|棉纺|毛纺|丝绸|阀门|轴承|电缆|科技|电子|电器|电气|光学|声学|光电|精密|重工|机械|机电|五金|塑胶|塑料|模具|皮具|皮革|箱包|手袋|鞋业|鞋材|服饰|服装|制衣|成衣|针织|毛织|纺织|印染|印刷|包装|纸业|纸品|食品|饮料|药业|制药|家具|家私|木业|陶瓷|玻璃|铝业|钢铁|化工|涂料|玩具|灯饰|照明|物流|速递|劳务|实业|集团|新材料|新能源|半导体|线缆|通讯|通信|智能|医疗|建筑|建设|装饰|工程|园林|市政|环卫|水泥|砖厂|石材|混凝土|钢构|门窗|卫浴|饲料|养殖|农业|水产"
_KIND = re.compile(f"(?:{SHOPS}|{FIRMS})(?:公司|厂|店|城)?")
_FURTHEST = 6
# No part of a firm's name: verbs, measures, whose and which.
_NO_NAME = re.compile(
    "[的了着过们个不如在到进当拿用从往打厂屋冇有地一几这那哪什么谁有没做是搞学买卖开去来找帮等看住吃喝说叫想要会把被给让或就也还又追才很太最多少我你他她它咱俺谁间所某每各另磨班]|^[和跟与都]|[修建盖挖包]$|[切洗搬扫卸炒剁]|[后前里外]头|[大人自老回我你他她谁婆娘公外]家|家里|^家|旁|附近|隔壁|对面|门口|楼[上下]|朋友|亲戚|老乡|老板|同学|工厂|学校|医院|小区|商场|车站|街道|广场|步行|夜市|工业|工地|外面|里面|城[里区]|镇[里上]|县[里城]|村[里口上]|本地|当地|外地|孩子|老公|老婆|晚上|白天|现在|以前|网上|手机|周末|暑假|过年|今年|去年|明年"
)
# Of good omen, though made of such words: 好又来饭店, 如意宾馆.
_LUCKY = re.compile("绿地|好[又再]来|[客福喜旺鑫利常]来|[喜乐]多多?|多多|来[福顺喜旺利]|又一[村春]|如[意海]|[百万]家[福乐惠]|家家[乐福惠]|有余|有福|一品|第一|人家|老地方")
_TOWNS_OF_LUCK = frozenset("安康 永康 泰安 吉安 安顺 新乐 长乐".split())
# Kinds of food, trades and sizes that stand in front of a kind: 海鲜酒楼, 连锁药店.
_GENERIC = re.compile(
    "(?:外省|外市|牛肉|羊肉|面|粉|川菜|湘菜|粤菜|中餐|西餐|重庆|成都|四川|湖南|东北|潮汕|新疆|兰州|桂林|柳州|云南|陕西|武汉|自助|海鲜|羊肉|牛肉|牛杂|猪脚|猪肚|鸡煲|鱼头|酸菜|麻辣|羊汤|螺蛳粉?|砂锅|铁锅|柴火|私房|家常|特色|连锁|品牌|正规|高档|五星级?|四星级?|快捷|商务|度假|便民|生活|社区|平价|折扣|综合|专业|国产|进口|二手|家用|家电|汽车|电动车|摩托车|手机|电脑|数码|服装|女装|童装|男装|内衣|布料|鞋子|窗帘|沙发|木门|不锈钢|铝合金|塑胶|五金|电子|半导体|食品|蔬菜|水果|粮油|花卉|建材|建筑|建设|高铁|铁路|地铁|公路|桥梁|隧道|拆迁|楼房|装修|装饰|家具|玩具|文具|图书|医疗|美容|美发|儿童|老人|老年|母婴|中心|国营|私人|民营|外资|港资|台资|日资|韩资|合资|小型|大型|中型|地方|全国|国际|中国|环球|人民|农村|城乡|互联网|人工|高新|先进|现代|传统|手工|代加工|来料|出口|外贸|小|大|老|新|好|中|高|低)+"
)
_LEADS = re.compile("(?:挂?在|挂靠|进了?|到|去了?|给|帮|来|于|叫|(?<![我他她你就])是|单位是|厂子是|厂是|公司是|厂里叫|厂名|单位[:： ]|公司[:： ]|跟着?)$")
_STATED = re.compile("(?:挂[在靠]|(?:厂[子里]?|单位|公司|企业)(?:名字?|名称)?(?:就?是|叫做?|[:： ]))$")
# 我是美团骑手.
_IS = re.compile("(?:是|做|当)(?:一?个|一?名)?$")
_HAND = re.compile("骑手|快递员|外卖员|司机|员工|普工|保安|保洁|服务员|技工|工人")
# 在东莞大岭山|台升家具上班.
_IN_TOWN = re.compile(f"(?:{COARSE.pattern}|{'|'.join(sorted(TOWNS))})+$")
# 月嫂，爱帝宫的.
_OF_IT = re.compile("的(?:$|[，,。])")
# 在广汽的老钟.
_CLAUSE_AT = re.compile("(?:^|[^\\w])在$")
_TOLD_WORK = re.compile("(?:做|当|干)(?:保洁|保安|普工|服务员|收银|厨|学徒|小工|的|了|着)|上班|打工|[白夜]班")
_COLLEAGUE = re.compile("的(?:[老小阿大][\u4e00-\u9fff]|[\u4e00-\u9fff]{1,3}(?:姐|哥|嫂|叔|姨|师傅))")
_OURS = re.compile("(?:^|[，,。 ])(?:我们|俺们|咱们|我)(?:那?个?厂|公司|单位)?(?:是|叫)?$")


# 在聚福楼端菜.
_EATING = re.compile(
    f"(?:在|进了?|给|去了?|到)(?P<name>(?![酒茶饭教办大高阁厕][楼坊居]|写字|住院|宿舍|门诊|实验|综合|行政|商务|居民|家属|.?[一二三四五六七八九十])[\u4e00-\u9fff]{{2,3}}(?<![酒茶饭])(?<!邻)(?<!作)(?<!政)[楼轩阁居坊斋府])(?=后厨|打荷|$|[，,。]|{WORKS.pattern})"
)


_NAMES = ("ORG", "nz", "nw")
# Of nobody but those who work there.
_ONLY_WORKERS = re.compile(
    "(?:这边|那边|里面|厂里|今年|现在|最近)?(?:不[给让准批][请放休批]|加班|[招缺][工人聘小普]|拖[欠了]|欠薪|发不[出起]|宿舍|食堂|流水线|(?:屠宰|包装|装配)?车间|[白夜]班|[两三]班倒|普工|月休|一个月[放休]|包[吃住]|返费|裁员|停工|倒闭|压工资|要求(?:高中|初中|大专|中专|十八|身份证)|体检)"
)
_DEPARTMENT = re.compile("客房|后厨|前台|财务|人事|仓库|车间|楼面|厨房|采购|业务部")
# Offices, schools and sights: many go there.
_PUBLIC = re.compile("派出所|公安|法院|民政|教育局|医院|学校|小学|中学|大学|学院|幼儿园|政府|居委|村委|社区|火车站|车站|机场|公园|银行|微信|抖音|快手|淘宝|拼多多|支付宝|QQ|腾讯|百度|小红书|王者|超级")
_PLACES = re.compile("[省市县区镇乡村路街巷屯寨]$|[镇乡村]|^上|新加坡|日本|韩国|越南|非洲|迪拜|美国|老挝|缅甸|柬埔寨")


def employed(heard: Heard, start: int, end: int) -> bool:
    """Whether somebody works for the brand at [start, end), or lives right beside its place."""
    before = heard.before(start, 8)
    after = heard.after(end, 8)
    if _BUYS.match(after):
        return False
    if _HIRED.search(before) and _AFTER_HIRED.match(after):
        return True
    if _DRIVES.search(before) and heard.text[start:end] in _DRIVEN and _ENDS.match(after):
        return True
    if _LEADS.search(before) and WORKS.match(after):
        return True
    if _SOMEBODY_AT.search(before) and not _VISITS.match(after):
        return True
    if _IS.search(before) and _HAND.match(after):
        return True
    if _LEFT.search(before) and _LEAVES.match(after):
        return True
    if (_IS_AT.search(before) or _PERSON_AT.search(before) or _STATED.search(before)) and _ENDS.match(after):
        return True
    if _CLAUSE_AT.search(before):
        # 做保洁，在银泰中心: the work was said before.
        told = _ENDS.match(after) and _TOLD_WORK.search(heard.text[:start])
        if told or _COLLEAGUE.match(after):
            return True
    if _LIVES.search(before) and _NEXT_TO.match(after):
        return True
    return not before[-1:].isalnum() and (WORKS.match(after) or _OF_IT.match(after)) is not None


def works_there(heard: Heard, start: int, end: int) -> bool:
    """What a brand that is a word as well needs: 表姐在思念包饺子."""
    return _SOMEBODY_AT.search(heard.before(start, 8)) is not None and WORKS.match(heard.after(end, 8)) is not None


def buys(heard: Heard, end: int) -> bool:
    """Whether what follows is done by a guest."""
    return _BUYS.match(heard.after(end, 8)) is not None


def told(heard: Heard) -> Iterator[tuple[int, int]]:
    """What stands between 在 and the work, if LAC sees a name in it: 在新希望六和杀鸭子; or begins a clause: 大族激光这边要求高中毕业."""
    for number, word in enumerate(heard.words):
        if word.text[-1] in "在进给到于来" and word.end < len(heard.text):
            yield from _run(heard, number + 1, word.end)
        elif word.tag in _NAMES and len(word.text) > 1 and not heard.before(word.start, 1).isalnum():
            end = word.end
            for after in heard.words[number + 1 : number + 3]:
                if after.start == end and after.tag in ("n", "nz", "vn") and not _ONLY_WORKERS.match(heard.text, after.start):
                    end = after.end
            if _ONLY_WORKERS.match(heard.text, end) and _is_firm(heard, word.start, end):
                yield word.start, end


def _run(heard: Heard, number: int, start: int) -> Iterator[tuple[int, int]]:
    """The words from `start` on up to those that say what is done there."""
    end = start
    for word in heard.words[number : number + 5]:
        if end > start + 1 and (WORKS.match(heard.text, end) or _DEPARTMENT.match(word.text)):
            break
        if word.tag in ("w", "u", "r", "c", "p", "d", "TIME", "xc"):
            return
        end = word.end
    # 湖南路桥架桥: LAC took the work for a part of the name.
    if (WORKS.match(heard.after(end, 8)) or _DEPARTMENT.match(heard.after(end, 4))) and not buys(heard, end) and _is_firm(heard, start, end):
        yield start, end


def _is_firm(heard: Heard, start: int, end: int) -> bool:
    text = heard.text[start:end]
    bare = COARSE.sub("", text)
    names = [word for word in heard.words if word.start < end and word.end > start and word.tag in _NAMES and not COARSE.fullmatch(word.text)]
    unlikely = _NO_NAME.search(_LUCKY.sub("福", bare)) or _GENERIC.fullmatch(re.sub("(?:公司|厂|店|企业)$", "", bare)) or _PUBLIC.search(text) or text in WORDS or _PLACES.search(text)
    return 2 <= len(bare) <= 8 and bool(names) and not unlikely


def shops(heard: Heard) -> Iterator[tuple[int, int]]:
    """Every shop or firm with a name of its own where somebody works."""
    for house in _EATING.finditer(heard.text):
        if _named(house["name"][:-1]):
            yield house.span("name")
    for word in heard.words:
        # 弟媳在小肥羊穿串: of no kind, but LAC sees a name in it.
        named = word.tag in ("ORG", "nz", "nw", "PER") and len(word.text) > 1 and not COARSE.match(word.text)
        if named and works_there(heard, word.start, word.end) and _named(re.sub("(?:公司|厂|店|单位)$", "", _KIND.sub("", word.text))):
            yield word.start, word.end
    for kind in _KIND.finditer(heard.text):
        start = _start(heard, kind)
        if start is not None:
            yield start, kind.end()


def _start(heard: Heard, kind: re.Match[str]) -> int | None:
    """Where the name in front of `kind` begins: behind the nearest word that leads to it, or at the beginning of the clause."""
    after = heard.after(kind.end(), 8)
    works, ends = WORKS.match(after) is not None, _ENDS.match(after) is not None or _LEAVES.match(after) is not None
    visits = _VISITS.match(after) is not None or kind.group() in ("医院", "诊所", "广场", "大厦")
    if not works and not ends and visits:
        return None
    for length in range(2, min(_FURTHEST, kind.start()) + 1):
        start = kind.start() - length
        before = _IN_TOWN.sub("", heard.before(start, 12))
        if not "\u4e00" <= heard.text[start] <= "\u9fff":
            return None
        led = _LEADS.search(before) and (works or (_SOMEBODY_AT.search(before) and not visits) or _IS_AT.search(before) or _PERSON_AT.search(before) or _STATED.search(before))
        led = led or (_LEFT.search(before) and _LEAVES.match(after))
        begins = works and (not before[-1:].isalnum() or _OURS.search(before))
        if (led or begins) and _named(heard.text[start : kind.start()]):
            return start
    return None


def _named(name: str) -> bool:
    bare = COARSE.sub("", name)
    known = _GENERIC.fullmatch(bare) or _NO_NAME.search(_LUCKY.sub("福", bare))
    return (len(bare) >= 2 and not known) or name in _TOWNS_OF_LUCK
