"""Verbs and nouns of the trade by what they say, as the grammar reads them."""

from __future__ import annotations

import re

from marquee.extraction.lexicon import words_of

# What a verb says -> its forms. A credit's name is its relation; the other names are read in `frames`.
_FORMS: dict[str, str] = {
    "directed": "direct directs directed directing co-directed co-directs helmed helms helming helmer",
    "wrote": "wrote writes write written writing co-wrote co-writes co-written co-write penned pens scripted scripts created creates "
    "co-created adapted adapts co-writing rewrote",
    "produced": "produces produced produce producing co-produced co-produces co-produce",
    "executive_produced": "executive-produced executive-produces executive-produce executive-producing",
    "composed": "composed composes compose composing scored scores scoring",
    "edited": "edited edits edit editing co-edited cut cuts",
    "shot": "shot shoots shooting photographed photographs lensed lenses",
    "filmed_in": "filmed",
    "performed": "performed performs sang sings sung recorded records",
    "distributed_by": "distributed distributes distribute distributing co-distributed released releases release releasing",
    "aired": "broadcast broadcasts televised aired airs airing ran runs carries carried shown streams streamed streaming premiered premieres debuted began",
    "acquired_by": "acquired acquires acquire bought buys buy purchased purchases absorbed snapped",
    "owned_by": "owned owns own",
    "signed": "signed signs sign recorded records records",
    "posted": "appointed hired joined joins joining works worked",
    "belonged": "belonged belongs left quit leaves rejoined fronted fronts fronting",
    "production_company": "financed finances co-financed bankrolled developed develops backed backs "
    "funded funds",
    "made": "made makes making",
    "supplied": "provided provides supplied supplies contributed contributes handled handles delivered delivers did does shared shares "
    "share took takes arranged has have had earned gets got",
    "played": "play plays played playing portray portrays portrayed portraying voices voiced voice voicing",
    "starred": "star stars starred starring co-star co-stars co-starred co-starring appear appears appeared appearing act acts acted acting "
    "feature features featured featuring headlines headlined toplines topline headline doubles doubled has have had",
    "cast": "lead leads led head heads headed complete completes completed round rounds rounded join joins joined fill fills filled anchor "
    "anchors top tops share shares shared",
    "is": "is are was were been became become remains",
    "won": "won wins win winning received receives collected shared shares took takes earned earns claimed claims landed scored picked picks nabbed nabs",
    "nominated_for": "nominated shortlisted",
    "honored_at": "honored honoured",
    "named": "named",
    "born_in": "born",
    "founded": "founded co-founded founds established formed forms started created creates co-created",
}  # fmt: skip
VERBS: dict[str, tuple[str, ...]] = {}
for _sense, _forms in _FORMS.items():
    for _form in _forms.split():
        VERBS[_form] = (*VERBS.get(_form, ()), _sense)

AUXILIARIES = words_of(
    "is are was were be been being am has have had having will would shall should may might must can could did does do to "
    "not never no became become remains"
)
BEING = words_of("is are was were be been being became become remains")
HAVING = words_of("has have had having")
# Words that change nothing in who did what.
ADVERBS = words_of(
    "also both all each then later again too once first twice always often still already only just even himself herself itself "
    "themselves together alone instead respectively meanwhile subsequently eventually soon ever now jointly here there either"
)
_IRREGULAR = words_of("written co-written shot cut made won born sung led broadcast had taken shown bought left ran")
PARTICIPLES = frozenset(form for form in VERBS if form.endswith("ed")) | _IRREGULAR
ONLY_PARTICIPLES = words_of("written co-written sung born")
PREPOSITIONS = words_of(
    "of in on at for from by with to as into under through via alongside opposite including among after before since until "
    "over about against between during within without than like behind around throughout near above across beside"
)
DETERMINERS = words_of(
    "the a an this that whose his her its their our another some any every each two three four five six several many most"
)
# These verbs are nouns before "of": "star of", "head of".
NOUNS_TOO = words_of("star stars co-star co-stars head heads lead leads cut release voice top play share cast part")
ABBREVIATED = words_of("dr mr mrs ms st jr sr lt col capt gen sgt prof rev")
QUANTIFIED = words_of("one some most much half part parts all both many several two three none among")
RELATIVES = words_of("who which that whom where")
CONJUNCTIONS = words_of("and or but while whereas & when though although because so if whether as-well-as")

# Nouns for a part in the making, by relation; and for what somebody makes.
ROLES: dict[str, str] = {
    word: relation
    for relation, words in {
        "directed": "director directors co-director co-directors helmer filmmaker",
        "wrote": "writer writers co-writer co-writers screenwriter screenwriters creator creators co-creator co-creators showrunner",
        "produced": "producer producers co-producer co-producers",
        "composed": "composer composers",
        "shot": "cinematographer cinematographers cameraman",
        "edited": "editor editors",
        "acted_in": "star stars co-star co-stars lead leads",
    }.items()
    for word in words.split()
}
THINGS: dict[str, str] = {
    word: relation
    for relation, words in {
        "wrote": "screenplay script teleplay scripts adaptation writing",
        "composed": "music score soundtrack scores",
        "shot": "cinematography photography camerawork",
        "edited": "editing cutting",
        "directed": "direction",
        "distributed_by": "distribution release",
        "acted_in": "voices voice",
        "production_company": "financing",
    }.items()
    for word in words.split()
}
# What one takes part in by a verb of casting: "complete the trio", "have smaller roles".
CASTING = words_of(
    "cast ensemble lead leads role roles part parts trio quartet screen voice support leading supporting"
)
# What a director's own work is called: "her debut feature".
FILMS = words_of("film feature picture movie documentary debut short drama comedy thriller")
RECORDS = words_of("album single song ep lp record mixtape")
SEQUELS = {
    "sequel": "sequel_of",
    "follow-up": "sequel_of",
    "spin-off": "spin_off_of",
    "spinoff": "spin_off_of",
    "remake": "remake_of",
}
# Objects that stand for the work itself.
PARTS = words_of("episode episodes pilot season seasons film picture movie")
COMPANY_CREDITS = frozenset(("distributed_by", "broadcast_by", "production_company", "released_by"))
TOKEN = re.compile(r"<([A-Z]+)(\d+)>|'s?(?![a-z])|[a-z0-9][a-z0-9']*(?:[-/][a-z0-9']+)*|\S")
