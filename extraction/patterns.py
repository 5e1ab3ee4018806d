"""The rules as data: what is said of two names, in templates over masked sentences.

A template is a regular expression in which `{s}` and `{o}` stand for subject and object slots, filled from
the rule's slot types, and the words between them are the trigger. Every quantifier is bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from marquee.schema.kinds import Kind

# Slot types -> the label letters they take. "who" and "thing" take a name of any kind where the verb is so
# plain that a wrong kind is the text's error, for the graph's check to see, and not a misreading.
SLOTS = {
    "person": "PX",
    "who": "PXOAWC",
    "work": "WX",
    "thing": "WXPOA",
    "title": "W",
    "org": "OX",
    "company": "O",
    "owner": "OPX",
    "award": "A",
    "place": "LX",
    "honoured": "PWXO",
    "any": "PWOAXC",
    "date": "D",
    "money": "M",
    "time": "T",
    "genre": "G",
    "group": "PXO",
    "band": "POX",
    "artist": "PWX",
    "label": "OX",
    "network": "O",
    "tongue": "N",
}
SEPARATOR = r"(?:,? and |,? & |, ?|; and |; | / |/|,? as well as |,? along with |,? plus |,? alongside |,? opposite )"
_ROLE = (
    r"(?:(?:the |an? |his |her |<P\d+>'s |fellow |co-)?(?:(?:<[LADGNX]+\d+>|(?!and\b|by\b|with\b|in\b|of\b|for\b|as\b)[a-z][a-z'-]*)[ -]){0,3}?"
    r"(?:actors?|actress(?:es)?|star|directors?|filmmakers?|producers?|screenwriters?|writers?|composers?|cinematographers?|singers?|comedians?|rappers?|musicians?|newcomers?|duo|brothers|veterans?|performers?|novelists?|playwrights?|partner|wife|husband|brother|sister|studio|network|label|distributor|newcomer|creator|co-creator|auteur|legend|comic|playwright|journalist|artist|choreographer|producing partner|giant|streamer|company),?(?: (?:and|/) (?:actor|actress|director|producer|writer|screenwriter|singer))? )?"
)


def symbol(slot: str) -> str:
    """The expression for one mention of a slot type."""
    return rf"<[A-Z]*[{SLOTS[slot]}][A-Z]*\d+>"


def item(slot: str) -> str:
    """One mention, perhaps with a word for its role before it: "director <P1>"."""
    return _ROLE + rf"(?:the )?{symbol(slot)}"


def listing(slot: str) -> str:
    """One or more of them: "<P1>, <P2> and <P3>"."""
    return rf"{item(slot)}(?:{SEPARATOR}{item(slot)}){{0,24}}"


CHARACTER = r"(?:(?:the |an? |dr\.? |mr\.? |mrs\.? |captain |detective |agent |king |queen |young |villain |[a-z]+ ){0,3}<[A-Z]*[PXCWOL][A-Z]*\d+>(?:[ '-]{1,2}<[A-Z]+\d+>){0,2}|himself|herself|themselves)"
AS_WHAT = r"(?:[a-z'-]+|<[A-Z]+\d+>'s?)(?: [a-z'-]+){0,6}"
CAST_ITEM = (
    rf"{item('who')}(?:,? (?:as|playing|portraying) (?:{CHARACTER}|{AS_WHAT})| \((?:as )?[^()]{{1,40}}\)"
    rf"| (?:reprising|in) (?:his|her|their|the|an?) [a-z -]{{1,40}}(?: as {CHARACTER})?)?"
)
CAST = rf"{CAST_ITEM}(?:(?:{SEPARATOR}|,? with ){CAST_ITEM}){{0,24}}"
_CAST_OF = r"(?: (?:the voices?(?: talents)? of|an? [^<>,.]{0,40}(?:cast|ensemble)[^<>,.]{0,60}?(?:of|including|includes|featuring|by|starring)))?"
CAST_INTRO = (
    rf"(?:also )?(?:co-)?(?:starring|stars|starred|features|featured){_CAST_OF}"
    r"|with (?:an? )?(?:[a-z]+ ){0,2}cast (?:of|including|that includes|featuring)"
    r"|(?:the|its|an?|'s)(?: [a-z-]+){0,3} cast(?: members)?(?: [a-z ]{0,40})? (?:also )?(?:includes?|included|features?|consists of|comprises|is led by|led by|including|are)"
    r"|reprising (?:his|her|their) roles?[^<>,.]{0,40} (?:is|are)|featuring"
)
# Words that may stand between a subject and its verb.
AUX = (
    r"(?:,? (?:has|have|had|is|are|was|were|will|would|did|does|do|may|might|could|can|should|must|be|been|being|to|not|never|"
    r"also|later|then|once|both|all|who|that|he|she|it|set|due|slated|scheduled|expected|considered|considering|considers|denies|denied|"
    r"denying|going|about|poised|attached|tapped|hired|agreed|declined|refused|refuses|said|supposed|rumou?red|previously|"
    r"originally|first|famously|again|still|now|no|longer|having|signed|signs|on|in|talks|early|final|negotiations|tipped|tried|wanted|wants|hopes|hoped|planning|plans|board|cast|helped|along|[a-z]+ly|[a-z]+n't)){0,8}"
)


@dataclass(frozen=True)
class Rule:
    """A relation that a template reads: {s} stands for its subject, {o} for its object, in any order.

    `words`: one of them must stand in the sentence, a quick test before the expression runs.
    `kind`: the object must be known to be of it.
    `score`: the share of its claims that were right on held-out text, or a careful guess.
    """

    relation: str
    template: str
    subject: str
    object: str
    score: float
    words: frozenset[str]
    kind: Kind | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled template; groups s, v (the trigger), o, and any the template names."""
        text = self.template.replace("{aux}", AUX)
        text = text.replace("{s}", f"(?P<s>{_slot(self.subject)})" if self.subject else "").replace(
            "{o}", f"(?P<o>{_slot(self.object)})"
        )
        text = re.sub(r"\{(\w+):(\w+\+?)\}", lambda m: f"(?P<{m[1]}>{_slot(m[2])})", text)
        return re.compile(text.replace("[[", "(?P<v>").replace("]]", ")"))


def _slot(name: str) -> str:
    if name == "cast":
        return CAST
    return listing(name[:-1]) if name.endswith("+") else item(name)


# Slots whose bearer must be known to be of one kind: their words alone say too little.
_KIND_OF_SLOT = {"band": Kind.GROUP, "label": Kind.RECORD_LABEL, "network": Kind.NETWORK}


def _rule(relation: str, template: str, subject: str, object_: str, score: float, words: str) -> Rule:
    return Rule(relation, template, subject, object_, score, frozenset(words.split()), _KIND_OF_SLOT.get(object_))


# Verbs by the relation they say: active forms between a person and a work.
ACTIVE: tuple[tuple[str, str], ...] = (
    ("acted_in", rf"(?:co-?)?(?:star|starring|starred|stars|appear|appears|appeared|appearing|act|acts|acted|acting)(?: (?:together|alongside <[A-Z]+\d+>|opposite <[A-Z]+\d+>))?(?: as (?P<char>{CHARACTER}))? in|(?:play|plays|played|playing|portray|portrays|portrayed|portraying|voices|voiced|voicing) (?P<char2>{CHARACTER}),?(?: an? [^<>,]{{1,50}},)? in|headlin(?:es?|ed|ing)|topline[sd]?|cast(?: as {CHARACTER})? (?:in|for)"),
    ("executive_produced", r"executive[- ]produc(?:es?|ed|ing)"),
    ("directed", r"(?:co-?)?direct(?:s|ed|ing)?|helm(?:s|ed|ing)?"),
    ("composed", r"(?:compos(?:es?|ed|ing)|wrote|writ(?:es?|ing)|provid(?:es?|ed|ing)) (?:the |its )?(?:original |film |musical )?(?:music|score|soundtrack|film score)(?: for| to| of)|scor(?:es?|ed|ing)|compos(?:es?|ed|ing)"),
    ("wrote", r"(?:co-?)?(?:writes?|wrote|written|writing)(?: the (?:screenplay|script|story|teleplay) (?:for|of))?|pen(?:s|ned)|script(?:s|ed)|co-?created?s?|creat(?:es|ed)|adapt(?:s|ed)"),
    ("produced", r"(?:co-?)?produc(?:es?|ed|ing)"),
    ("edited", r"(?:co-?)?edit(?:s|ed|ing)?|cut"),
    ("shot", r"photograph(?:s|ed)|lens(?:es|ed)|shot|shoots|(?:served as|was) (?:the )?(?:cinematographer|director of photography) (?:on|for|of)"),
    ("performed", r"(?:perform|sing|record)(?:s|ed|ing)?|sang"),
    ("made", r"made|makes|making"),
)  # fmt: skip
# Participles before "by", between a work and who made it.
PASSIVE: tuple[tuple[str, str], ...] = (
    ("executive_produced", r"executive[- ]produced"),
    ("directed", r"(?:co-?)?directed|helmed"),
    ("wrote", r"(?:co-?)?written|penned|scripted|co-?created|(?<!characters )(?<!character )created"),
    ("produced", r"(?:co-?)?produced"),
    ("production_company", r"(?:co-?)?financed"),
    ("composed", r"(?:composed|scored)"),
    ("edited", r"(?:co-?)?edited"),
    ("shot", r"photographed|shot|lensed"),
    ("performed", r"performed|sung|recorded"),
    ("distributed_by", r"(?:co-?)?distributed|released"),
    ("broadcast_by", r"broadcast|aired|televised"),
)
# Nouns before "by": "a screenplay by <P1>".
NOUN_BY: tuple[tuple[str, str], ...] = (
    ("wrote", r"screenplay|script|teleplay|story and screenplay"),
    ("composed", r"music|score|original score|original music|film score|musical score|soundtrack"),
    ("shot", r"cinematography|photography"),
    ("edited", r"editing|film editing"),
    ("directed", r"direction|film|movie|picture|documentary"),
    ("performed", r"album|single|song|ep|lp|mixtape"),
)

RULES: tuple[Rule, ...] = (
    # --- cast
    _rule("acted_in", r"{o},?{aux} [[(?:co-?)?(?:stars?|starred|starring|features?|featured|featuring|toplines?|toplined)]](?: the)?(?: (?:an?|an? ensemble) cast (?:of|that includes|including|headed by|led by))?,? {s}", "cast", "work", 0.97, "star stars starred starring features feature featured featuring topline toplines toplined"),
    _rule("acted_in", r"(?:the |an? )?(?:[a-z]+ )?(?:ensemble |supporting |main |principal |voice )?[[cast (?:of|for)]] {o}(?:,? (?:also )?(?:includes?|included|features?|featured|is led by|is headed by|consists of|comprises)|:) {s}", "cast", "title", 0.95, "cast"),
    _rule("acted_in", r"{s}(?:,? (?:who )?{aux})? [[(?:star|stars|starred|starring|appear|appears|appeared|co-star|co-stars|co-starred)]] (?:alongside|opposite|with) {co:person+},? in {o}", "person+", "thing", 0.9, "alongside opposite with"),
    _rule("acted_in", r"{s} [[(?:joins?|joined|joining|rounds? out|leads?|led|headlines?|headlined|completes?)]] (?:the )?(?:voice |ensemble )?cast (?:of|for|in) {o}", "who+", "thing", 0.93, "cast"),
    _rule("acted_in", r"{o}'s [[(?:leading man|leading lady|lead actor|lead actress|stars?)]],? {s}", "person+", "title", 0.85, "leading lead star stars"),
    _rule("acted_in", r"{s},? (?:(?:the|a) )?[[(?:co-)?stars? of]] {o}", "person+", "title", 0.88, "star stars co-star"),
    _rule("acted_in", r"\bin {o},? {s}{aux} [[(?:plays?|played|playing|stars?|starred|portrays|portrayed|appears|appeared|voices|voiced|co-stars?)]]", "person+", "title", 0.9, "plays play played playing star stars starred portrays portrayed appears appeared voices voiced co-stars"),
    _rule("acted_in", r"\bopposite {s} in {o}(?: is| was)? [[(?:is|was|are|were)]] {co:person+}", "person+", "title", 0.85, "opposite"),
    _rule("directed", r"{o} \([[(?:dir\.|directed by|d\.)]] {s}", "person+", "title", 0.95, "("),
    _rule("directed", r"{o} \(<D\d+>[[[;,] (?:dir\. |d\. )?]]{s}\)", "person+", "title", 0.8, "("),
    _rule("directed", r"{o} \({s}[[,]] <[LD]\d+>", "person+", "title", 0.8, "("),
    _rule("country", r"{s} \(<[PX]+\d+>[[,]] {o}(?:, <D\d+>)?\)", "title", "place", 0.8, "("),
    _rule("broadcast_by", r"{s} [[\(]]{o}\)", "title", "network", 0.8, "("),
    _rule("release_date", r"{s} [[\(]](?:[^()<>]{0,20}(?:<[A-Z]+\d+>)?[,;] ?)?{o}(?:[,;][^()]{0,60})?\)", "title", "date", 0.88, "("),
    # --- making
    _rule("directed", r"{s},? (?:who is |is |was |were )?(?:the |a )?[[(?:co-)?directors? (?:of|on|behind|for)]] {o}", "person+", "thing", 0.92, "director directors co-director"),
    _rule("directed", r"{o}'s [[(?:co-)?directors?]],? {s}", "person+", "title", 0.9, "director directors"),
    _rule("acted_in", r"{s}{aux} [[(?:makes|made|making) (?:his|her|their|<P\d+>'s) (?:film |screen |feature film |feature |television |tv |acting |big-screen )?debut in]] (?:the )?(?:[a-z-]+ |<[OGLD]\d+> ){0,3}{o}", "person", "title", 0.85, "debut"),
    _rule("acted_in", r"{s},? (?:who is |who was |was |is )?(?:best |widely |perhaps best |also )?[[known (?:as|for playing|for (?:his|her|<P\d+>'s) roles? as)]] (?:the )?(?:[a-z-]+ ){0,3}<[PXCW]+\d+> (?:in|on) (?:the )?(?:[a-z-]+ |<[OGLD]\d+> ){0,4}{o}", "person", "title", 0.88, "known"),
    _rule("directed", r"{s}{aux} [[(?:makes|made|making) (?:his|her|their|<P\d+>'s) (?:feature |feature film |film )debut with]] {o}", "person", "title", 0.8, "debut"),
    _rule("directed", r"{s} [[(?:makes|made|making) (?:his|her|their|<P\d+>'s) (?:feature |feature film |film )?(?:directorial|directing) debut (?:with|on|in)]] {o}", "person+", "work", 0.95, "debut"),
    _rule("directed", r"{s}[['s]] {o}", "person", "title", 0.55, "'s"),
    _rule("wrote", r"{s},? (?:who is |is |was |were )?(?:the |a )?[[(?:co-)?(?:screenwriter|writer|creator|showrunner)s? (?:of|on|behind|for)]] {o}", "person+", "thing", 0.8, "screenwriter writer creator showrunner co-writer co-creator screenwriters writers creators"),
    _rule("produced", r"{s},? (?:who is |is |was |were )?(?:the |a )?[[(?:co-)?producers? (?:of|on|behind|for)]] {o}", "person+", "thing", 0.85, "producer producers co-producer"),
    _rule("composed", r"{s},? (?:who is |is |was )?(?:the |a )?[[composers? (?:of|on|for)]] {o}", "person+", "thing", 0.85, "composer composers"),
    _rule("edited", r"{s},? (?:who is |is |was )?(?:the |an? )?[[(?:film )?editor (?:of|on|for)]] {o}", "person+", "title", 0.8, "editor"),
    _rule("shot", r"{s},? (?:who is |is |was |served as )?(?:the |a )?[[(?:cinematographer|director of photography) (?:of|on|for)]] {o}", "person+", "title", 0.85, "cinematographer photography"),
    _rule("production_company", r"{o}{aux} [[(?:co-?)?(?:produc(?:es?|ed|ing)|financ(?:es?|ed|ing)|develop(?:s|ed|ing)|green-?lit|greenlights?|greenlighted)]] {s}", "work", "company+", 0.9, "produce produces produced producing co-produced finance financed develops developed developing greenlit greenlights green-lit greenlighted financing finances"),
    _rule("distributed_by", r"{o}{aux} [[(?:co-?)?(?:distribut(?:es?|ed|ing)|releas(?:es?|ed|ing)|theatrically release[sd]?|opened|issued|put out|brought out|handled)]] {s}", "work", "who+", 0.93, "distribute distributes distributed distributing release releases released releasing opened issued put brought handled"),
    _rule("distributed_by", r"{o}{aux} [[(?:acquir(?:es?|ed)|lands?|landed|nabs?|nabbed|buys?|bought|picks? up|picked up|takes?|took|secures?|secured|snaps? up|snapped up|wins?)]] (?:the |all )?(?:(?:worldwide|global|domestic|distribution|[a-z]+|<[LX]+\d+>) ){0,4}(?:rights (?:to|for|on)) {s}", "work", "company+", 0.85, "rights"),
    _rule("broadcast_by", r"{o}{aux} [[(?:aired?|airs|ran|runs|carried|carries|shows|showed|broadcast|broadcasts|streams|streamed|renew(?:s|ed)|order(?:s|ed)|cancel(?:s|l?ed)|picks? up|picked up)]] (?:the |a )?{s}", "title", "company+", 0.85, "air aired airs ran runs carried carries shows showed broadcast broadcasts streams streamed renews renewed orders ordered cancels canceled cancelled picks picked"),
    _rule("broadcast_by", r"(?:the )?{o}'s [[(?:hit |drama |comedy |crime |original |<G\d+> )*(?:series|sitcom|show)]] {s}", "title", "company", 0.85, "series sitcom show"),
    _rule("released_by", r"{s}{aux} [[(?:signed|signs|signed a (?:record )?deal|inked a deal|records|recorded)]] (?:a (?:record|recording) (?:deal|contract) )?(?:with|to|for) {o}", "person+", "company", 0.7, "signed signs inked records recorded"),
    # --- works
    _rule("based_on", r"[[(?<![a-z])(?:loosely |partly |largely )?(?:based (?:up)?on|adapted from|inspired by)]] (?:[a-z' -]|<[DLGN]\d+>|<[A-Z]*[PX][A-Z]*\d+>'s? ){0,60}?{o}", "", "title", 0.85, "based adapted inspired"),
    _rule("based_on", r"[[(?:,|is|was) (?:an?|the|his|her|<P\d+>'s) (?:[a-z-]+ |<[DLGNT]\d+>[ -]){0,4}(?:adaptation|dramatization|version) of]] (?:[a-z' -]|<[DLGN]\d+>|<[A-Z]*[PX][A-Z]*\d+>'s? ){0,60}?{o}", "", "title", 0.8, "adaptation dramatization version"),
    _rule("sequel_of", r"[[(?:,? (?:is|was|as|and)?,? ?(?:an?|the|its) (?:[a-z-]+ |<[DLGNT]\d+>[ -]){0,5})?(?:sequel (?:to|of)|follow-up (?:to|of)|follow-up film (?:to|of)|continuation of)]] (?:[a-z' -]|<[DLGN]\d+>|<[PX]+\d+>'s? ){0,50}?{o}", "", "title", 0.93, "sequel follow-up continuation"),
    _rule("sequel_of", r"{o}(?:[^<>;.]){0,30}?[[(?:was |is )?followed by(?: (?:a|the|its))?(?: <D\d+>)?(?: sequel)?]],? {s}", "title", "title", 0.8, "followed"),
    _rule("sequel_of", r"{o}'s(?: <D\d+>)? [[sequel]],? {s}", "title", "title", 0.9, "sequel"),
    _rule("remake_of", r"[[(?:,? (?:is|was|as|and)?,? ?(?:an?|the|its) (?:[a-z-]+ |<[DLGNT]\d+>[ -]){0,5})?(?:remake|reboot|re-imagining|reimagining) of]] (?:[a-z' -]|<[DLGN]\d+>|<[PX]+\d+>'s? ){0,50}?{o}", "", "title", 0.92, "remake reboot re-imagining reimagining"),
    _rule("remake_of", r"{s}{aux} [[(?:remakes|remade|reboots|rebooted)]] {o}", "title", "title", 0.8, "remakes remade reboots rebooted"),
    _rule("spin_off_of", r"[[(?:,? (?:is|was|as|and)?,? ?(?:an?|the|its) (?:[a-z-]+ |<[DLGNT]\d+>[ -]){0,5})?(?:spin-?off|spinoff|offshoot) (?:of|from|to)]] (?:[a-z' -]|<[DLGN]\d+>){0,50}?{o}", "", "title", 0.92, "spin-off spinoff offshoot"),
    _rule("part_of", r"[[(?:,? (?:is|was|as|and)?,? ?(?:an?|the|its) (?:[a-z-]+ |<[DLGNT]\d+>[ -]){0,5})?(?:installment|instalment|entry|chapter|film|episode|season) (?:in|of)]] (?:the )?{o} (?:franchise|series|film series|trilogy|saga|universe)", "", "title", 0.8, "franchise series trilogy saga universe"),
    # --- people
    _rule("spouse", r"{s}{aux} [[(?:married|marries|wed|weds|is married to|was married to|has been married to|been married to|remarried|eloped with)]] (?:to )?{o}", "person", "person", 0.93, "married marries wed weds remarried eloped"),
    _rule("spouse", r"{s}(?:'s| and (?:his|her|<P\d+>'s)|,)(?: [a-z-]+){0,2} [[(?:wife|husband|spouse|ex-wife|ex-husband|widow|widower)]](?:,| of)? (?:[a-z]+ (?=<))?{o}", "person", "person", 0.9, "wife husband spouse ex-wife ex-husband widow widower"),
    _rule("spouse", r"{s} and {o} [[(?:are|were|got|have been) (?:also )?married]]", "person", "person", 0.92, "married"),
    _rule("sibling", r"{s}(?:'s| and (?:his|her|<P\d+>'s)|,)(?: [a-z-]+){0,2} [[(?:brother|sister|sibling|half-brother|half-sister|twin|twin brother|twin sister)]](?:,| of)? (?:[a-z]+ (?=<))?{o}", "person", "person", 0.88, "brother sister sibling half-brother half-sister twin"),
    _rule("sibling", r"{s} is (?:the )?(?:[a-z-]+ ){0,2}[[(?:brother|sister|sibling|twin) of]] (?:[a-z]+ )?{o}", "person", "person", 0.93, "brother sister sibling twin"),
    _rule("sibling", r"(?:the )?[[(?:brothers|sisters|siblings)]] {s} and {o}", "person", "person", 0.85, "brothers sisters siblings"),
    _rule("parent", r"{s},?(?: is| was| are)?,? (?:the )?(?:[a-z-]+ ){0,2}[[(?:sons?|daughters?|child|children) of]] (?:[a-z]+ ){0,3}?{o}", "person", "person+", 0.88, "son daughter child children sons daughters"),
    _rule("parent", r"{s}(?:'s| and (?:his|her|<P\d+>'s))(?: [a-z-]+){0,2} [[(?:father|mother)]],? {o}", "person", "person", 0.88, "father mother"),
    _rule("parent", r"{o}(?:'s| and (?:his|her|<P\d+>'s))(?: [a-z-]+){0,2} [[(?:son|daughter)]],? {s}", "person", "person", 0.85, "son daughter"),
    _rule("parent", r"{o},?(?: is| was)?,? (?:the )?[[(?:father|mother) of]] (?:[a-z]+ ){0,2}?{s}", "person", "person", 0.88, "father mother"),
    _rule("member_of", r"{s},?{aux}(?: is| was| became)? (?:the |a |an )?(?:[a-z-]+ ){0,3}[[(?:member|members|frontman|singer|vocalist|lead singer|drummer|guitarist|bassist|keyboardist) (?:of|for|with)]] (?:the )?(?:[a-z]+ ){0,3}?(?:band |group |duo |trio )?{o}", "person+", "group", 0.8, "member members frontman singer vocalist drummer guitarist bassist keyboardist"),
    _rule("member_of", r"{o}[[(?: - | is | are | was | were |: | consists? of | comprises? )]]{s}", "person+", "band", 0.85, "is are was were - : consist consists comprise comprises"),
    _rule("member_of", r"{s},? [[(?:of|from)]] (?:the )?(?:band |group |duo |trio )?{o}", "person+", "band", 0.85, "of"),
    _rule("member_of", r"{s}{aux} [[(?:fronts?|fronted|founded|formed|co-founded|joined|left|quit|leads|led|rejoined|(?:sings|sang|drums|drummed|plays|played)(?: [a-z]+){0,2} (?:in|for|with))]] (?:the )?(?:band |group )?{o}", "person+", "band", 0.85, "fronts front fronted founded formed co-founded joined left quit leads led rejoined sings sang drums drummed plays played"),
    _rule("part_of", r"{o}{aux} [[(?:contains?|contained|includes?|included|features?|featured|spawned|yielded)]] the (?:hit )?(?:singles?|songs?|tracks?|hits?) {s}", "title+", "title", 0.85, "contain contains contained include includes included features featured spawned yielded"),
    _rule("member_of", r"{o}(?:'s?)? [[(?:lead |rhythm |bass |founding |original |former )?(?:singer|vocalist|frontman|frontwoman|guitarist|drummer|bassist|keyboardist|member|leader)s?]],? {s}", "person+", "band", 0.88, "singer vocalist frontman frontwoman guitarist drummer bassist keyboardist member members leader"),
    _rule("member_of", r"\b[[(?:lead )?(?:singer|vocalist|frontman|frontwoman|guitarist|drummer|bassist|keyboardist|member)s?]] {s} of (?:the )?{o}", "person+", "band", 0.85, "singer vocalist frontman frontwoman guitarist drummer bassist keyboardist member members"),
    _rule("member_of", r"{o},? [[(?:fronted|led|formed|founded) by]] {s}", "person+", "band", 0.85, "fronted led formed founded"),
    _rule("released_by", r"{s}{aux} (?:[a-z]+ ){0,2}[[(?:signed|signs|records?|recorded|is|are|was|were|releases|released)(?: [a-z ]{0,20})? (?:to|with|for|on|at|by)]] (?:the )?(?:label )?{o}", "artist+", "label", 0.85, "signed signs record records recorded is are was were releases released"),
    _rule("released_by", r"{o}{aux} [[(?:signed|signs|released|releases|records|represents|is (?:also )?(?:home|the label) (?:to|of|for)|home to|put out|puts out|issued|counts)]] (?:the )?(?:records of |albums by |music by )?{s}", "artist+", "label", 0.85, "signed signs released releases records represents home label put puts issued counts"),
    _rule("released_by", r"{o}'s? (?:[a-z]+ )?[[(?:roster|artists?|acts?|signings?|stable|catalogue?)]](?: (?:of artists )?(?:also )?(?:includes?|included|has|are|is|:))?,?:? {s}", "artist+", "label", 0.85, "roster artist artists act acts signing signings stable catalog catalogue"),
    _rule("released_by", r"{s},? [[(?:of|on|from)]] (?:the )?{o}", "artist+", "label", 0.75, "of on from"),
    # --- institutions
    _rule("founded", r"{s}{aux} [[(?:co-?)?(?:founded|founds|established|formed|launched|set up)]] (?:the )?(?:[a-z' -]{1,50} )?{o}", "person+", "org", 0.85, "founded founds co-founded established formed launched set"),
    _rule("founded", r"{o}(?:[^<>;.]{0,30}| is an? [^;.]{0,60})?[[(?:was |were )?(?:co-?)?(?:founded|established|formed)(?: in <D\d+>)? by]] {s}", "who+", "org", 0.92, "founded co-founded established formed"),
    _rule("founded", r"{s},? (?:the |a |an )?(?:[a-z-]+ (?:and )?){0,2}[[(?:co-?)?founders? of]] (?:the )?{o}", "person+", "org", 0.93, "founder founders co-founder co-founders cofounder"),
    _rule("founded", r"{o}'s? [[(?:co-?)?founders?]],? {s}", "person+", "company", 0.9, "founder founders co-founder co-founders"),
    _rule("subsidiary_of", r"{s}(?:[^<>;.]|<[LD]\d+>){0,30}?[[(?:(?:wholly[- ]owned )?subsidiary|division|unit|arm|imprint|label|banner|branch) of]] (?:the )?(?:[a-z-]+ ){0,3}{o}", "org", "company", 0.9, "subsidiary division unit arm imprint label banner branch"),
    _rule("subsidiary_of", r"{o}'s(?: [a-z-]+){0,2} [[(?:subsidiary|division|unit|arm|imprint|banner)]],? {s}", "company", "company", 0.85, "subsidiary division unit arm imprint banner"),
    _rule("subsidiary_of", r"{o},? (?:the )?[[parent (?:company )?of]] {s}", "company", "company", 0.85, "parent"),
    _rule("acquired_by", r"{o}{aux} [[(?:acquir(?:es?|ed|ing)|buys?|bought|purchas(?:es?|ed)|takes? over|took over|absorb(?:s|ed)|snaps? up|snapped up)]] (?:the )?(?:(?:rival |independent |film |television |music |production |[a-z-]+ )?(?:studio|company|label|network|distributor|agency) )?{s}(?!'s| rights)", "company", "company", 0.9, "acquire acquires acquired acquiring buy buys bought purchase purchases purchased take takes took absorb absorbs absorbed snaps snapped"),
    _rule("acquired_by", r"{s}{aux} [[(?:acquired|bought|purchased|absorbed|taken over|sold)(?: in <D\d+>)? (?:by|to)]] (?:the )?{o}", "company", "owner", 0.93, "acquired bought purchased absorbed taken sold"),
    _rule("owned_by", r"{s},?{aux} [[(?:is |was |are )?(?:jointly |wholly |partly |majority[- ]|now |then )?owned by]] {o}", "org", "who+", 0.93, "owned"),
    _rule("owned_by", r"{o}{aux} [[(?:owns|owned|controls|controlled)]] (?:the )?(?:(?:an?|its) )?(?:<[A-Z]+\d+> |[a-z]+ ){0,3}{s}", "company", "owner", 0.8, "owns owned controls controlled"),
    _rule("founded", r"{o},? which {s}{aux} [[(?:co-?)?(?:founded|started|set up|launched|established|formed)]]", "person+", "org", 0.9, "founded co-founded started set launched established formed"),
    _rule("founded", r"{s}{aux} [[(?:co-?)?(?:started|created)]] (?:the )?(?:studio |company |label |network |production company |band |group |agency )?{o}", "person+", "company", 0.7, "started created"),
    _rule("subsidiary_of", r"{s}{aux} [[(?:is|was|became|remains|has been|now) (?:now |then |today )?(?:a )?part of|belongs to|belonged to|sits (?:inside|under|within)|operates (?:under|within)]] (?:the )?(?:[a-z-]+ ){0,2}{o}", "company", "company", 0.8, "part belongs belonged sits operates"),
    _rule("subsidiary_of", r"{o}{aux} [[(?:is|was) the (?:corporate )?parent(?: company)? of|owns the (?:label|studio|network)s?|houses]] (?:the )?{s}", "company+", "company", 0.8, "parent owns houses"),
    _rule("acquired_by", r"{o}'s (?:[a-z-]+ ){0,2}[[(?:acquisition|purchase|takeover|buyout) of]] (?:the )?{s}", "company", "owner", 0.88, "acquisition purchase takeover buyout"),
    _rule("acquired_by", r"\b[[sale of]] (?:the )?{s} to {o}", "company", "owner", 0.88, "sale"),
    _rule("acquired_by", r"{s}{aux} [[(?:passed|went|sold(?: itself)?|was merged into|merged into)]] (?:to )?{o}", "company", "company", 0.75, "passed went sold merged"),
    _rule("employed_by", r"{s},? (?:who )?{aux}(?:is |was |became |becomes |named |appointed |as )?(?:the |a |an )?[[(?P<role>(?:former |new |chief |vice |senior |executive |co-|[a-z-]+ ){0,3}(?:president|chairman|chairwoman|chair|ceo|chief executive(?: officer)?|chief|head|executive|executive vice president|co-chair|co-head|cfo|coo)) (?:of|at|for)]] (?:the )?(?:[a-z]+ ){0,2}{o}", "person", "company", 0.88, "president chairman chairwoman chair ceo chief head executive co-chair co-head cfo coo"),
    _rule("employed_by", r"{o} [[(?P<role>(?:[a-z-]+ ){0,2}(?:president|chairman|chairwoman|chair|ceo|chief executive|chief|boss|head|executive|co-chair|co-head))]] {s}", "person", "company", 0.88, "president chairman chairwoman chair ceo chief boss head executive co-chair co-head"),
    _rule("employed_by", r"{s}{aux} [[(?:joined|joins|works? (?:for|at)|worked (?:for|at)|employed (?:by|at)|left|leaves|hired by|recruited by)]] {o}(?: as (?:an? |the |its )?(?P<role>[a-z][a-z -]{2,40}))?", "person", "company", 0.7, "joined joins work works worked employed left leaves hired recruited"),
    _rule("represented_by", r"{s},?{aux} [[(?:represented|repped|managed)(?: by| at)]] {o}", "person+", "org+", 0.92, "represented repped managed"),
    _rule("represented_by", r"{s}{aux} [[(?:signed|signs|has signed|inked|inks)(?: a deal)? with]] (?:the )?(?:[a-z]+ )?(?:agency )?{o}(?: for representation)?", "person+", "company", 0.75, "signed signs inked inks"),
    _rule("represented_by", r"{o}{aux} [[(?:represents?|reps|signed|signs)]] {s}", "person+", "company", 0.8, "represents represent reps signed signs"),
    # --- shared
    _rule("born_in", r"{s}(?: ?\(|,?{aux} )[[born]](?: (?:[a-z]+ ){0,2}<D\d+>,?)?(?: to [^;.]{1,60}?)? (?:in|at) (?:the )?{o}", "person", "place", 0.93, "born"),
    _rule("born_in", r"{s},? an? [[native of]] {o}", "person", "place", 0.88, "native"),
    _rule("birth_date", r"{s}(?: ?\(|,?{aux} )[[born]](?: [a-z]+(?: <[A-Z]+\d+>)?,?)? (?:on |in )?{o}", "person", "date", 0.94, "born"),
    _rule("birth_date", r"{s},?{aux} [[born]] in <[LX]+\d+>(?:, <[LX]+\d+>){0,2},? (?:on |in ){o}", "person", "date", 0.92, "born"),
    _rule("birth_date", r"{s} [[\(]](?:[a-z ]{0,9})?{o} - ", "person", "date", 0.9, "("),
    _rule("death_date", r"{s}{aux} [[(?:died|passed away)]](?: (?!in <[LX])[a-z]+){0,4} (?:on |in )?{o}", "person", "date", 0.9, "died passed"),
    _rule("death_date", r"{s} [[\(]](?:[a-z ]{0,9})?<D\d+> - {o}\)", "person", "date", 0.92, "("),
    # --- figures; without a subject slot: the work that governs the words
    _rule("release_date", r"\b[[(?:released?|opened|opens|opening|(?:hits?|reach(?:es|ed)) (?:theaters|theatres|cinemas|screens)|arrives?|arrived|came out|comes out|bowed|bows|due|(?:slated|scheduled|set|dated) (?:for|to)(?: (?:release|be released|open|an? [a-z ]{0,20}release))?|release date of|was published|distributed|issued|put out|brought out)]](?: (?!to\b|with\b|at\b)[a-z]+){0,4}(?: (?:in|by|through|to|via) (?:the )?<[LOX]+\d+>(?: (?:and|theaters|theatres|cinemas))?){0,2},? (?:on |in |for |of )?{o}(?: in (?:the )?(?P<territory><L\d+>))?", "", "date", 0.92, "release released opened opens opening hit hits reach reaches reached arrive arrives arrived came comes bowed bows due slated scheduled set dated published distributed issued put brought"),
    _rule("release_date", r"{o}[['s]] {s}", "title", "date", 0.9, "'s"),
    _rule("release_date", r"{s}'s (?:[a-z]+ ){0,3}[[release]] (?:on |in |of )?{o}", "title", "date", 0.85, "release"),
    _rule("release_date", r"<[A-Z]*O[A-Z]*\d+>{aux} [[(?:releas(?:es?|ed)|opens|opened|distributed|put out)]] {s}(?: in (?:the )?(?:theaters|theatres|cinemas|<L\d+>)){0,2} (?:on|in) {o}", "work", "date", 0.9, "release releases released opens opened distributed put"),
    _rule("runtime", r"\b[[(?:runs?|ran|runtime|running time|run time|clocks? in|lasts?|running)]] (?:of |at |for |is |was )?(?:about |just |over |nearly )?{o}", "", "time", 0.92, "run runs ran runtime running clocks clock last lasts"),
    _rule("runtime", r"{s} is [[]]{o} long", "work", "time", 0.92, "long"),
    _rule("budget", r"\b[[(?:budget of|budgeted at|costs?|made (?:for|on)|produced (?:for|on)|shot (?:for|on)|costing|on)]] (?:an? |its )?(?:estimated |reported |modest |about |around |roughly |some |over |budget of |production budget of )*{o}(?! (?:from|in ticket))(?= budget| production budget|,|\.|$| to make| and| while| but| -|;| on| \()", "", "money", 0.86, "budget budgeted cost costs made produced shot costing"),
    _rule("budget", r"\b[[(?:made|produced|shot|filmed|completed|bought)]] {s} (?:for|on) (?:an? )?(?:estimated |reported |about |around |roughly |some |over |budget of )*{o}", "title", "money", 0.8, "made produced shot filmed completed"),
    _rule("budget", r"\b[[against]] (?:an? |its )?(?:estimated |reported |[a-z]+ )?(?:budget of )?{o}(?: production)?(?: budget)?", "", "money", 0.9, "budget"),
    _rule("revenue", r"\b[[(?:gross(?:es|ed|ing)?|earn(?:s|ed|ing)?|made|took in|collect(?:s|ed)|brought in|raked in|takes in|took|taking)]] (?:a |an |total of |more than |over |about |around |nearly |almost |approximately |an estimated |only |just |some |under |up to |another )*{o}(?! budget)(?! to make)(?: (?:at the )?(?:box office )?(?:in|from) (?:the )?(?P<territory><L\d+>))?(?=[^<]{0,40}(?:box office|worldwide|globally|domestic|theat|cinema|ticket|against|on a |<L\d+>|\.?$|,|;| and))", "", "money", 0.86, "gross grosses grossed grossing earn earns earned earning made took collected brought raked takes taking"),
    _rule("filmed_in", r"\b[[(?:filmed|shot|shoots|filming|photographed|filmed on location|shot on location|principal photography (?:took place|began|was held))]](?: (?:primarily|mainly|mostly|entirely|partly|largely|on location|also))? (?:in|at|around|on location in) (?:the )?{o}", "", "place+", 0.9, "filmed shot shoots filming photographed photography"),
    _rule("language", r"\b[[(?:filmed|shot|performed|made|told|spoken|plays?|is|was|dialogue is|entirely|partly|mostly)? ?(?:entirely |partly |mostly )?in]] (?:both )?{o}", "", "tongue+", 0.85, "in"),
    _rule("shown_at", r"\b[[(?:premiered?|premieres|premiering|screened|screens|debuted|bowed|unveiled|shown|opened|competed|selected|played)]] (?:[a-z-]+ ){0,5}(?:at|in|out of competition at|for) (?:the )?(?:<[DX]+\d+> )?{o}", "", "company", 0.88, "played premiere premiered premieres premiering screened screens debuted bowed unveiled shown opened competed selected"),
    _rule("broadcast_by", r"\b[[(?:air(?:s|ed|ing)?|ran|runs|broadcasts?|premieres?|premiered|debuts|debuted|streams?|streamed|streaming|shown|launched|launches|began)]] (?:[a-z]+ ){0,3}(?:on|over) (?:the )?(?:<G\d+> |[a-z]+ )?{o}", "", "company+", 0.92, "air airs aired airing ran runs broadcast broadcasts premiere premiered premieres debuted debuts stream streams streamed streaming shown launched launches began"),
)  # fmt: skip
