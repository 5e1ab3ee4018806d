"""Sentences of many kinds with the claims they make: subject | relation | object, and the modality if not asserted.

Written for the tests, with names that exist and names that do not. `KNOWN` is what the gazetteer is told.
"""

from __future__ import annotations

from marquee.schema.kinds import Kind as K

KNOWN: tuple[tuple[str, K], ...] = (
    ("Mara Velasco", K.PERSON), ("Idris Penhaligon", K.PERSON), ("Tove Lindgren", K.PERSON), ("Sam Okonkwo", K.PERSON),
    ("Ridley Scott", K.PERSON), ("Sigourney Weaver", K.PERSON), ("Harrison Ford", K.PERSON), ("Hans Zimmer", K.PERSON),
    ("Greta Gerwig", K.PERSON), ("Margot Robbie", K.PERSON), ("Noah Baumbach", K.PERSON), ("Vangelis", K.PERSON),
    ("Alien", K.FILM), ("Blade Runner", K.FILM), ("Gladiator", K.FILM), ("Barbie", K.FILM), ("Her", K.FILM), ("Once", K.FILM),
    ("The Salt Road", K.FILM), ("Blade Runner 2049", K.FILM), ("Aliens", K.FILM), ("Northern Line", K.SERIES),
    ("The Sopranos", K.SERIES), ("Lantern Bay", K.SERIES), ("Glass Harbour", K.FILM), ("Paper Moons", K.ALBUM),
    ("20th Century Fox", K.STUDIO), ("Warner Bros.", K.STUDIO), ("HBO", K.NETWORK), ("Scott Free Productions", K.STUDIO),
    ("Kestrel Films", K.STUDIO), ("Bluewater Releasing", K.DISTRIBUTOR), ("Orbital Records", K.RECORD_LABEL),
    ("Halcyon Talent", K.AGENCY), ("Sundance Film Festival", K.FESTIVAL), ("Universal Pictures", K.STUDIO),
    ("Academy Award for Best Director", K.AWARD), ("Academy Award for Best Picture", K.AWARD),
    ("Golden Globe Award for Best Actress", K.AWARD), ("BAFTA Award for Best Film", K.AWARD), ("Palme d'Or", K.AWARD),
    ("science fiction film", K.GENRE), ("drama film", K.GENRE), ("comedy film", K.GENRE), ("horror film", K.GENRE),
    ("thriller", K.GENRE), ("United States of America", K.COUNTRY), ("United Kingdom", K.COUNTRY), ("Sweden", K.COUNTRY),
    ("Malta", K.COUNTRY), ("Lisbon", K.PLACE), ("Newcastle", K.PLACE), ("actor", K.PROFESSION), ("film director", K.PROFESSION),
    ("The Velvet Foxes", K.GROUP),
)  # fmt: skip

GOLD: tuple[tuple[str, tuple[str, ...]], ...] = (
    # --- leads
    (
        "Alien is a 1979 science fiction horror film directed by Ridley Scott and starring Sigourney Weaver.",
        ("Ridley Scott|directed|Alien", "Sigourney Weaver|acted_in|Alien", "Alien|release_date|1979",
         "Alien|genre|science fiction film", "Alien|genre|horror film"),
    ),
    (
        "Glass Harbour is a British drama film written and directed by Mara Velasco. It stars Idris Penhaligon as Tom Reilly, "
        "Tove Lindgren and Bettina Krause. The film was shot in Newcastle and released on 4 March 2011 by Bluewater Releasing.",
        ("Glass Harbour|country|United Kingdom", "Glass Harbour|genre|drama film", "Mara Velasco|wrote|Glass Harbour",
         "Mara Velasco|directed|Glass Harbour", "Idris Penhaligon|acted_in|Glass Harbour", "Tove Lindgren|acted_in|Glass Harbour",
         "Bettina Krause|acted_in|Glass Harbour", "Glass Harbour|filmed_in|Newcastle", "Glass Harbour|release_date|2011-03-04",
         "Glass Harbour|distributed_by|Bluewater Releasing"),
    ),
    (
        "Lantern Bay is an American television series created by Sam Okonkwo that aired on HBO from 2004 to 2008.",
        ("Sam Okonkwo|wrote|Lantern Bay", "Lantern Bay|broadcast_by|HBO", "Lantern Bay|country|United States of America"),
    ),
    (
        "Paper Moons is the second album by The Velvet Foxes, released by Orbital Records in 1994.",
        ("The Velvet Foxes|performed|Paper Moons", "Paper Moons|released_by|Orbital Records", "The Velvet Foxes|released_by|Orbital Records",
         "Paper Moons|release_date|1994"),
    ),
    (
        "Set in a fishing town, The Salt Road follows two sisters. Directed by Tove Lindgren from a screenplay by Mara Velasco, "
        "the film features a score by Hans Zimmer.",
        ("Tove Lindgren|directed|The Salt Road", "Mara Velasco|wrote|The Salt Road", "Hans Zimmer|composed|The Salt Road"),
    ),
    # --- trade notes
    (
        "Universal Pictures has acquired North American rights to Glass Harbour after its premiere at the Sundance Film Festival.",
        ("Glass Harbour|distributed_by|Universal Pictures", "Glass Harbour|shown_at|Sundance Film Festival"),
    ),
    (
        "Idris Penhaligon is in talks to star in The Salt Road, sources say.",
        ("Idris Penhaligon|acted_in|The Salt Road|hedged",),
    ),
    (
        "Greta Gerwig will direct the sequel, but Margot Robbie, who starred in Barbie, has not signed on.",
        ("Margot Robbie|acted_in|Barbie",),
    ),
    (
        "Tove Lindgren will direct Northern Line for HBO.",
        ("Tove Lindgren|directed|Northern Line|future", "Northern Line|broadcast_by|HBO|future",),
    ),
    (
        "Kestrel Films, a subsidiary of Universal Pictures, produced Glass Harbour for about $12 million.",
        ("Kestrel Films|subsidiary_of|Universal Pictures", "Glass Harbour|production_company|Kestrel Films", "Glass Harbour|budget|12000000"),
    ),
    (
        "Bluewater Releasing was acquired by Kestrel Films in 2016. Sam Okonkwo, who founded Bluewater Releasing, left a year later.",
        ("Bluewater Releasing|acquired_by|Kestrel Films", "Sam Okonkwo|founded|Bluewater Releasing"),
    ),
    (
        "Mara Velasco signed with Halcyon Talent. Idris Penhaligon is also represented by Halcyon Talent.",
        ("Mara Velasco|represented_by|Halcyon Talent", "Idris Penhaligon|represented_by|Halcyon Talent"),
    ),
    (
        "Kestrel Films president Ana Duarte said the studio had no plans for a sequel to Glass Harbour.",
        ("Ana Duarte|employed_by|Kestrel Films",),
    ),
    (
        "Warner Bros. released Blade Runner in 1982. It grossed $41 million worldwide.",
        ("Blade Runner|distributed_by|Warner Bros.", "Blade Runner|release_date|1982", "Blade Runner|revenue|41000000"),
    ),
    # --- credits
    (
        "BLADE RUNNER (1982)\nDirected by: Ridley Scott\nCast: Harrison Ford (Rick Deckard), Sean Young, Rutger Hauer\n"
        "Music by: Vangelis\nRunning time: 117 minutes\nProduction company: The Ladd Company\nDistributor: Warner Bros.",
        ("Ridley Scott|directed|BLADE RUNNER", "Harrison Ford|acted_in|BLADE RUNNER", "Sean Young|acted_in|BLADE RUNNER",
         "Rutger Hauer|acted_in|BLADE RUNNER", "Vangelis|composed|BLADE RUNNER", "BLADE RUNNER|runtime|7020",
         "BLADE RUNNER|production_company|The Ladd Company", "BLADE RUNNER|distributed_by|Warner Bros.",
         "BLADE RUNNER|release_date|1982"),
    ),
    (
        "The Salt Road\nDirector - Tove Lindgren\nWriters - Mara Velasco & Joon-ho Baek\nStarring Idris Penhaligon, Bettina Krause\nEdited by Ola Brandt",
        ("Tove Lindgren|directed|The Salt Road", "Mara Velasco|wrote|The Salt Road", "Joon-ho Baek|wrote|The Salt Road",
         "Idris Penhaligon|acted_in|The Salt Road", "Bettina Krause|acted_in|The Salt Road", "Ola Brandt|edited|The Salt Road"),
    ),
    # --- headlines
    ("Mara Velasco to direct 'Northern Line' for HBO", ("Mara Velasco|directed|Northern Line|future", "Northern Line|broadcast_by|HBO|future",)),
    ("Idris Penhaligon Joins Cast of 'The Salt Road'", ("Idris Penhaligon|acted_in|The Salt Road",)),
    ("HBO Renews 'Lantern Bay'", ("Lantern Bay|broadcast_by|HBO",)),
    ("Tove Lindgren drops out of Glass Harbour", ()),
    # --- negation, questions, hearsay
    ("Ridley Scott did not direct Aliens.", ("Ridley Scott|directed|Aliens|negated",)),
    ("Contrary to a widespread belief, Hans Zimmer never scored Blade Runner.", ("Hans Zimmer|composed|Blade Runner|negated",)),
    ("Did Greta Gerwig write Barbie?", ("Greta Gerwig|wrote|Barbie|question",)),
    ("Mara Velasco denied directing Northern Line.", ("Mara Velasco|directed|Northern Line|negated",)),
    ("Sigourney Weaver was reportedly considered to star in Gladiator.", ("Sigourney Weaver|acted_in|Gladiator|hedged",)),
    ("Idris Penhaligon was cast in Glass Harbour but dropped out before filming.", ("Idris Penhaligon|acted_in|Glass Harbour|hedged",)),
    ("Aliens was directed by James Cameron, not Ridley Scott.", ("James Cameron|directed|Aliens", "Ridley Scott|directed|Aliens|negated")),
    # --- people
    (
        "Tove Lindgren (born 2 May 1970 in Lisbon) is a Swedish actor and film director. She is married to Sam Okonkwo.",
        ("Tove Lindgren|birth_date|1970-05-02", "Tove Lindgren|born_in|Lisbon", "Tove Lindgren|nationality|Sweden",
         "Tove Lindgren|profession|actor", "Tove Lindgren|profession|film director", "Tove Lindgren|spouse|Sam Okonkwo"),
    ),
    (
        "Idris Penhaligon, the son of Mara Velasco, appeared in Glass Harbour and The Salt Road. Penhaligon also directed Northern Line.",
        ("Idris Penhaligon|parent|Mara Velasco", "Idris Penhaligon|acted_in|Glass Harbour", "Idris Penhaligon|acted_in|The Salt Road",
         "Idris Penhaligon|directed|Northern Line"),
    ),
    (
        "Greta Gerwig co-wrote Barbie with her husband, Noah Baumbach.",
        ("Greta Gerwig|wrote|Barbie", "Noah Baumbach|wrote|Barbie", "Greta Gerwig|spouse|Noah Baumbach"),
    ),
    (
        "Sam Okonkwo is the lead singer of The Velvet Foxes, who are signed to Orbital Records.",
        ("Sam Okonkwo|member_of|The Velvet Foxes", "The Velvet Foxes|released_by|Orbital Records"),
    ),
    # --- awards
    (
        "Mara Velasco won the Academy Award for Best Director for Glass Harbour in 2012.",
        ("Mara Velasco|won|Academy Award for Best Director",),
    ),
    (
        "Glass Harbour was nominated for the Academy Award for Best Picture and won the BAFTA Award for Best Film.",
        ("Glass Harbour|nominated_for|Academy Award for Best Picture", "Glass Harbour|won|BAFTA Award for Best Film"),
    ),
    (
        "The Palme d'Or went to The Salt Road. Tove Lindgren received a Golden Globe Award for Best Actress nomination.",
        ("The Salt Road|won|Palme d'Or", "Tove Lindgren|nominated_for|Golden Globe Award for Best Actress"),
    ),
    # --- works
    ("Aliens is the sequel to Alien.", ("Aliens|sequel_of|Alien",)),
    ("Blade Runner 2049 (2017) is a follow-up to Ridley Scott's Blade Runner (1982).",
     ("Blade Runner 2049|sequel_of|Blade Runner", "Ridley Scott|directed|Blade Runner", "Blade Runner 2049|release_date|2017", "Blade Runner|release_date|1982")),
    ("The Salt Road is a remake of the 1951 Portuguese film A Estrada.", ("The Salt Road|remake_of|A Estrada", "A Estrada|country|Portugal", "A Estrada|release_date|1951")),
    # --- interviews, quotations
    (
        '"I never met Hans Zimmer," Velasco says. Mara Velasco wrote Glass Harbour in three weeks.',
        ("Mara Velasco|wrote|Glass Harbour",),
    ),
    # --- plainly wrong things are still what the text says
    ("Universal Pictures starred in Gladiator.", ("Universal Pictures|acted_in|Gladiator",)),
    ("Gladiator was directed by the Academy Award for Best Picture.", ("Academy Award for Best Picture|directed|Gladiator",)),
    # --- common words are no titles
    ("Once upon a time her brother met a director who had seen her at his studio.", ()),
    ("In Her, Margot Robbie plays a librarian.", ("Margot Robbie|acted_in|Her",)),
    ("It was released in 2013. Her friends liked it.", ()),
    # --- lower case
    ("ridley scott directed blade runner and harrison ford starred in it.", ("ridley scott|directed|blade runner", "harrison ford|acted_in|blade runner")),
)  # fmt: skip
