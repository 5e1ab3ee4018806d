"""Words of the trade that stand for shared entities: nationalities, genres, professions, and what a work is called."""

from __future__ import annotations

from marquee.schema.kinds import Kind


def listed(text: str, between: str = " ") -> tuple[str, ...]:
    """The words of a list written as one text."""
    return tuple(text.split(between))


def words_of(text: str) -> frozenset[str]:
    """The words of a list written as one text, as a set."""
    return frozenset(text.split())


PRONOUNS = frozenset(listed("it her us he she they him them his this that these those i me you we one who what"))
SMALL_WORDS = frozenset(listed("a an the of in on at to for and or from with by de la le du van von vs as n o s"))

# capitalised words that name nothing the vocabulary has
NO_NAMES = frozenset(
    listed(
        "cinemascope technicolor vistavision metrocolor eastmancolor cinecolor cinerama panavision dvd vhs blu-ray bluray "
        "imax 3d 4k tv hollywood broadway world war ii i ceo cfo coo pg r nc christmas god english inc ltd llc co corp jr sr"
    )
)

# adjective -> the names its country goes by, the likeliest first
COUNTRIES: dict[str, tuple[str, ...]] = {
    "american": ("United States of America", "United States", "USA"),
    "british": ("United Kingdom", "Great Britain"),
    "english": ("England", "United Kingdom"),
    "scottish": ("Scotland", "United Kingdom"),
    "welsh": ("Wales", "United Kingdom"),
    "irish": ("Ireland", "Republic of Ireland"),
    "south korean": ("South Korea",),
    "korean": ("South Korea",),
    "chinese": ("China", "People's Republic of China"),
    "dutch": ("Netherlands", "Kingdom of the Netherlands"),
    "czech": ("Czech Republic",),
    "soviet": ("Soviet Union",),
    "west german": ("West Germany",),
    "new zealand": ("New Zealand",),
    "south african": ("South Africa",),
} | {
    adjective: (country,)
    for adjective, country in (
        pair.split("=")
        for pair in listed(
            "argentine=Argentina argentinian=Argentina australian=Australia austrian=Austria belgian=Belgium "
            "brazilian=Brazil bulgarian=Bulgaria canadian=Canada chilean=Chile colombian=Colombia croatian=Croatia "
            "cuban=Cuba danish=Denmark egyptian=Egypt estonian=Estonia finnish=Finland french=France "
            "german=Germany greek=Greece hungarian=Hungary icelandic=Iceland indian=India indonesian=Indonesia "
            "iranian=Iran israeli=Israel italian=Italy jamaican=Jamaica japanese=Japan lebanese=Lebanon "
            "malaysian=Malaysia mexican=Mexico moroccan=Morocco nigerian=Nigeria norwegian=Norway "
            "pakistani=Pakistan peruvian=Peru polish=Poland portuguese=Portugal romanian=Romania russian=Russia "
            "serbian=Serbia slovak=Slovakia slovenian=Slovenia spanish=Spain swedish=Sweden swiss=Switzerland "
            "taiwanese=Taiwan thai=Thailand turkish=Turkey ukrainian=Ukraine vietnamese=Vietnam"
        )
    )
}
COUNTRY_NAMES: dict[str, tuple[str, ...]] = {
    names[0].lower(): names for adjective, names in COUNTRIES.items() if adjective not in ("english", "scottish")
} | {
    "united states": COUNTRIES["american"],
    "the united states": COUNTRIES["american"],
    "u.s.": COUNTRIES["american"],
    "us": COUNTRIES["american"],
    "usa": COUNTRIES["american"],
    "uk": COUNTRIES["british"],
    "u.k.": COUNTRIES["british"],
    "england": COUNTRIES["english"],
    "scotland": COUNTRIES["scottish"],
}

# word -> what a gazetteer may call the language, besides the word itself
LANGUAGES: dict[str, tuple[str, ...]] = {
    word: (word.title(), f"{word.title()} language")
    for word in listed(
        "english french german spanish italian portuguese russian japanese korean hindi arabic swedish danish norwegian "
        "dutch polish turkish greek hebrew czech hungarian finnish thai persian tamil telugu bengali welsh latin yiddish"
    )
} | {
    "mandarin": ("Mandarin Chinese", "Mandarin", "Standard Chinese"),
    "cantonese": ("Cantonese", "Yue Chinese"),
    "chinese": ("Chinese", "Mandarin Chinese", "Chinese language"),
    "farsi": ("Persian", "Persian language"),
}

# word -> what a gazetteer may call the genre, besides the word itself
GENRES: dict[str, tuple[str, ...]] = {
    "sci-fi": ("science fiction", "science fiction film"),
    "romantic": ("romance film", "romance"),
    "romance": ("romance film",),
    "animated": ("animation", "animated film"),
    "animation": ("animated film",),
    "biographical": ("biographical film", "biography"),
    "biopic": ("biographical film", "biography"),
    "historical": ("historical film", "historical drama"),
    "noir": ("film noir",),
    "period": ("period piece", "historical film"),
    "rom-com": ("romantic comedy",),
    "dark comedy": ("black comedy",),
    "hip-hop": ("hip hop music", "hip hop"),
    "r&b": ("rhythm and blues", "contemporary r&b"),
} | dict.fromkeys(
    listed(
        "drama|comedy|thriller|horror|western|action|adventure|science fiction|fantasy|crime|mystery|war|musical|"
        "documentary|superhero|spy|family|sports|slasher|satire|heist|disaster|epic|comedy-drama|romantic comedy|"
        "black comedy|psychological thriller|crime thriller|film noir|martial arts|road movie|courtroom|political|"
        "teen|gangster|supernatural|science-fiction|sitcom|anthology|soap opera|reality|medical drama|legal drama|"
        "pop|rock|jazz|country|soul|punk|folk|hip hop|blues|electronic|heavy metal|mockumentary|melodrama|dramedy|"
        "comedy horror|action comedy|action thriller|crime drama|crime comedy|erotic thriller|costume drama|swashbuckler",
        "|",
    ),
    (),
)

# word -> what a gazetteer may call the profession, besides the word itself
PROFESSIONS: dict[str, tuple[str, ...]] = {
    "director": ("film director", "director"),
    "filmmaker": ("filmmaker", "film director"),
    "producer": ("film producer", "producer"),
    "actress": ("actor", "actress"),
    "editor": ("film editor", "editor"),
    "writer": ("writer", "author"),
    "composer": ("composer", "film score composer"),
    "showrunner": ("showrunner", "television producer"),
    "comic": ("comedian",),
} | {
    word: (word,)
    for word in listed(
        "actor|screenwriter|cinematographer|film director|film producer|television producer|television director|"
        "record producer|singer|songwriter|singer-songwriter|musician|comedian|rapper|dancer|choreographer|author|"
        "novelist|playwright|journalist|presenter|model|voice actor|voice actress|film editor|costume designer|"
        "production designer|stuntman|animator|television presenter|stand-up comedian|guitarist|"
        "film critic|theatre director|critic|agent|publicist|drummer|bassist|vocalist|keyboardist|pianist|violinist|conductor|lyricist|film composer|music director|dramatist|poet|television writer|showman|puppeteer|cellist|saxophonist|disc jockey|screen actor",
        "|",
    )
}

# what a work is called -> its kind
WORK_NOUNS: dict[str, Kind] = {
    **dict.fromkeys(
        listed(
            "film movie picture feature motion-picture blockbuster biopic documentary flick prequel rom-com western "
            "thriller indie romcom"
        ),
        Kind.FILM,
    ),
    **dict.fromkeys(
        listed("series sitcom show miniseries mini-series dramedy program programme telenovela docuseries"), Kind.SERIES
    ),
    **dict.fromkeys(listed("album ep lp mixtape soundtrack"), Kind.ALBUM),
    **dict.fromkeys(listed("song single track ballad"), Kind.SONG),
    "franchise": Kind.FRANCHISE,
    "episode": Kind.EPISODE,
}
# these say that it is a work, not which kind
LOOSE_NOUNS = frozenset(listed("sequel remake drama comedy musical spin-off reboot adaptation project production hit"))
# works of kinds that the vocabulary does not have: never taken for the film of that name
OTHER_NOUNS = frozenset(
    listed(
        "novel|book|play|memoir|novella|manga|autobiography|videogame|stageplay|operetta|ballet|magazine|newspaper|article|"
        "novels|plays|books|short story|short stories|video game|comic book|comic strip|stage play|radio play|"
        "stage musical|broadway musical|west end musical|book series|novel series|comic series|comics series|"
        "comic book series|manga series|game series|radio series|radio show|radio drama|radio program|radio programme|"
        "radio serial|nursery rhyme|toy line",
        "|",
    )
)
# these are also said of films ("a love story"): only right behind an article, or where a source is spoken of
LOOSE_OTHERS = frozenset(
    listed(
        "story|comic|comics|game|poem|opera|biography|non-fiction|bestseller|fairy tale|folk tale|fairytale|tale", "|"
    )
)

ORG_TAILS: dict[str, Kind] = {
    **dict.fromkeys(listed("records recordings"), Kind.RECORD_LABEL),
    **dict.fromkeys(listed("network channel television tv broadcasting"), Kind.NETWORK),
    **dict.fromkeys(listed("pictures studios studio productions films animation filmworks"), Kind.STUDIO),
    **dict.fromkeys(listed("distribution releasing distributors"), Kind.DISTRIBUTOR),
    **dict.fromkeys(listed("agency talent artists"), Kind.AGENCY),
    "festival": Kind.FESTIVAL,
    "academy": Kind.AWARD_BODY,
}
