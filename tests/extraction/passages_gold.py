"""Denser passages in the manner of trade papers, notes and lists, with every claim they make about `KNOWN` and others."""

from __future__ import annotations

PASSAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Glass Harbour came out in 2011. Mara Velasco wrote and directed it, Joon-ho Baek shot it and Ola Brandt cut it. "
        "Idris Penhaligon and Tove Lindgren play the leads. Hans Zimmer wrote the music. Kestrel Films made it for $12 million, "
        "and Bluewater Releasing handled distribution.",
        ("Glass Harbour|release_date|2011", "Mara Velasco|wrote|Glass Harbour", "Mara Velasco|directed|Glass Harbour",
         "Joon-ho Baek|shot|Glass Harbour", "Ola Brandt|edited|Glass Harbour", "Idris Penhaligon|acted_in|Glass Harbour",
         "Tove Lindgren|acted_in|Glass Harbour", "Hans Zimmer|composed|Glass Harbour", "Glass Harbour|production_company|Kestrel Films",
         "Glass Harbour|budget|12000000", "Glass Harbour|distributed_by|Bluewater Releasing"),
    ),
    (
        "The Salt Road is a thriller. The director is Tove Lindgren; the script is by Mara Velasco. Bettina Krause stars, with "
        "Idris Penhaligon and Sam Okonkwo in supporting roles. The cinematography is by Joon-ho Baek and the score by Hans Zimmer. "
        "It was filmed in Malta and Lisbon, in Portuguese.",
        ("The Salt Road|genre|thriller", "Tove Lindgren|directed|The Salt Road", "Mara Velasco|wrote|The Salt Road",
         "Bettina Krause|acted_in|The Salt Road", "Idris Penhaligon|acted_in|The Salt Road", "Sam Okonkwo|acted_in|The Salt Road",
         "Joon-ho Baek|shot|The Salt Road", "Hans Zimmer|composed|The Salt Road", "The Salt Road|filmed_in|Malta",
         "The Salt Road|filmed_in|Lisbon", "The Salt Road|language|Portuguese"),
    ),
    (
        "For Gladiator, Ridley Scott turned to composer Hans Zimmer. Universal Pictures co-produced with Scott Free Productions. "
        "The executive producers were Mara Velasco and Sam Okonkwo.",
        ("Hans Zimmer|composed|Gladiator", "Hans Zimmer|profession|composer", "Gladiator|production_company|Universal Pictures", "Gladiator|production_company|Scott Free Productions",
         "Mara Velasco|executive_produced|Gladiator", "Sam Okonkwo|executive_produced|Gladiator"),
    ),
    (
        "Barbie, from director Greta Gerwig, opened in 2023. Warner Bros. released the comedy. Margot Robbie heads the cast, and "
        "Noah Baumbach shares the writing credit with Gerwig.",
        ("Greta Gerwig|directed|Barbie", "Greta Gerwig|profession|film director", "Barbie|release_date|2023", "Barbie|distributed_by|Warner Bros.", "Barbie|genre|comedy film",
         "Margot Robbie|acted_in|Barbie", "Noah Baumbach|wrote|Barbie", "Greta Gerwig|wrote|Barbie"),
    ),
    (
        "Films directed by Ridley Scott:\n- Alien (1979)\n- Blade Runner (1982)\n- Gladiator (2000)",
        ("Ridley Scott|directed|Alien", "Ridley Scott|directed|Blade Runner", "Ridley Scott|directed|Gladiator",
         "Alien|release_date|1979", "Blade Runner|release_date|1982", "Gladiator|release_date|2000"),
    ),
    (
        "The cast of Glass Harbour:\n* Idris Penhaligon as Tom Reilly\n* Tove Lindgren as Ines\n* Bettina Krause",
        ("Idris Penhaligon|acted_in|Glass Harbour", "Tove Lindgren|acted_in|Glass Harbour", "Bettina Krause|acted_in|Glass Harbour"),
    ),
    (
        "1. Alien, directed by Ridley Scott\n2. Barbie, directed by Greta Gerwig\n3. The Salt Road, directed by Tove Lindgren",
        ("Ridley Scott|directed|Alien", "Greta Gerwig|directed|Barbie", "Tove Lindgren|directed|The Salt Road"),
    ),
    (
        "American actor Sigourney Weaver and British director Ridley Scott were both in Lisbon on Friday.",
        ("Sigourney Weaver|profession|actor", "Sigourney Weaver|nationality|United States of America",
         "Ridley Scott|profession|film director", "Ridley Scott|nationality|United Kingdom"),
    ),
    (
        "Mara Velasco, who was born in Newcastle, is a film director. Tove Lindgren, a Swedish actor, comes from Lisbon.",
        ("Mara Velasco|born_in|Newcastle", "Mara Velasco|profession|film director", "Tove Lindgren|profession|actor",
         "Tove Lindgren|nationality|Sweden", "Tove Lindgren|born_in|Lisbon"),
    ),
    (
        "The Velvet Foxes are Sam Okonkwo, Petra Holm and Luis Arce. The band signed to Orbital Records in 1991.",
        ("Sam Okonkwo|member_of|The Velvet Foxes", "Petra Holm|member_of|The Velvet Foxes", "Luis Arce|member_of|The Velvet Foxes",
         "The Velvet Foxes|released_by|Orbital Records"),
    ),
    (
        "Sam Okonkwo fronts The Velvet Foxes; Petra Holm of The Velvet Foxes has a solo record out. "
        "Orbital Records is home to The Velvet Foxes and Greta Lund.",
        ("Sam Okonkwo|member_of|The Velvet Foxes", "Petra Holm|member_of|The Velvet Foxes",
         "The Velvet Foxes|released_by|Orbital Records", "Greta Lund|released_by|Orbital Records"),
    ),
    (
        "Kestrel Films, which Ana Duarte started in 1998, is now part of Universal Pictures. Bluewater Releasing belongs to Kestrel Films.",
        ("Ana Duarte|founded|Kestrel Films", "Kestrel Films|subsidiary_of|Universal Pictures", "Bluewater Releasing|subsidiary_of|Kestrel Films"),
    ),
    (
        "Universal Pictures has completed its acquisition of Kestrel Films. The sale of Bluewater Releasing to Warner Bros. closed in March.",
        ("Kestrel Films|acquired_by|Universal Pictures", "Bluewater Releasing|acquired_by|Warner Bros."),
    ),
    (
        "HBO, founded by Charles Dolan, airs Lantern Bay. The Sopranos was an HBO series.",
        ("Charles Dolan|founded|HBO", "Lantern Bay|broadcast_by|HBO", "The Sopranos|broadcast_by|HBO"),
    ),
    (
        "Mara Velasco took the Academy Award for Best Director for Glass Harbour. The film also collected the BAFTA Award for Best Film "
        "and earned Tove Lindgren a Golden Globe Award for Best Actress nomination.",
        ("Mara Velasco|won|Academy Award for Best Director", "Glass Harbour|won|BAFTA Award for Best Film",
         "Tove Lindgren|nominated_for|Golden Globe Award for Best Actress"),
    ),
    (
        "Academy Award for Best Director: Mara Velasco, Glass Harbour\nBAFTA Award for Best Film: The Salt Road\nPalme d'Or: Barbie",
        ("Mara Velasco|won|Academy Award for Best Director", "The Salt Road|won|BAFTA Award for Best Film", "Barbie|won|Palme d'Or"),
    ),
    (
        "Glass Harbour brought Mara Velasco the Academy Award for Best Director. Among the nominees for the Palme d'Or was The Salt Road.",
        ("Mara Velasco|won|Academy Award for Best Director", "The Salt Road|nominated_for|Palme d'Or"),
    ),
    (
        "Lantern Bay ran on HBO for four seasons. Sam Okonkwo created the drama, and Idris Penhaligon, Tove Lindgren and Bettina Krause starred. "
        "Mara Velasco was an executive producer.",
        ("Lantern Bay|broadcast_by|HBO", "Sam Okonkwo|wrote|Lantern Bay", "Lantern Bay|genre|drama film",
         "Idris Penhaligon|acted_in|Lantern Bay", "Tove Lindgren|acted_in|Lantern Bay", "Bettina Krause|acted_in|Lantern Bay",
         "Mara Velasco|executive_produced|Lantern Bay"),
    ),
    (
        'Q: You made Glass Harbour with Mara Velasco. What was she like?\nA: She directed Glass Harbour in six weeks. Hans Zimmer did the music.',
        ("Mara Velasco|directed|Glass Harbour", "Hans Zimmer|composed|Glass Harbour"),
    ),
    (
        "Ridley Scott's Gladiator and James Cameron's Aliens were both released by 20th Century Fox.",
        ("Ridley Scott|directed|Gladiator", "James Cameron|directed|Aliens", "Gladiator|distributed_by|20th Century Fox",
         "Aliens|distributed_by|20th Century Fox"),
    ),
    (
        "Vangelis composed the score of Blade Runner, which Ridley Scott directed and Warner Bros. distributed in 1982. "
        "Harrison Ford plays Rick Deckard.",
        ("Vangelis|composed|Blade Runner", "Ridley Scott|directed|Blade Runner", "Blade Runner|distributed_by|Warner Bros.",
         "Blade Runner|release_date|1982", "Harrison Ford|acted_in|Blade Runner"),
    ),
    (
        "A horror film set on a ship, Alien made Sigourney Weaver a star. Ridley Scott was hired to direct after others passed. "
        "20th Century Fox opened the picture in May 1979.",
        ("Alien|genre|horror film", "Ridley Scott|directed|Alien", "Alien|distributed_by|20th Century Fox", "Alien|release_date|1979-05"),
    ),
    (
        "Her credits include Alien, Aliens and Gladiator, according to the agency.",
        (),
    ),
    (
        "Glass Harbour (2011; Mara Velasco). The Salt Road (dir. Tove Lindgren, 2014). Northern Line (HBO).",
        ("Mara Velasco|directed|Glass Harbour", "Glass Harbour|release_date|2011", "Tove Lindgren|directed|The Salt Road",
         "The Salt Road|release_date|2014", "Northern Line|broadcast_by|HBO"),
    ),
    (
        "Producer Ana Duarte hired Mara Velasco to direct Glass Harbour from a script by Joon-ho Baek.",
        ("Mara Velasco|directed|Glass Harbour|future", "Joon-ho Baek|wrote|Glass Harbour", "Ana Duarte|profession|producer"),
    ),
    (
        "Starring Idris Penhaligon and Tove Lindgren, Glass Harbour was written by Joon-ho Baek, edited by Ola Brandt and "
        "executive produced by Ana Duarte.",
        ("Idris Penhaligon|acted_in|Glass Harbour", "Tove Lindgren|acted_in|Glass Harbour", "Joon-ho Baek|wrote|Glass Harbour",
         "Ola Brandt|edited|Glass Harbour", "Ana Duarte|executive_produced|Glass Harbour"),
    ),
    (
        "Opposite Idris Penhaligon in The Salt Road is Bettina Krause. Tove Lindgren, Sam Okonkwo and Petra Holm are also in the cast.",
        ("Idris Penhaligon|acted_in|The Salt Road", "Bettina Krause|acted_in|The Salt Road", "Tove Lindgren|acted_in|The Salt Road",
         "Sam Okonkwo|acted_in|The Salt Road", "Petra Holm|acted_in|The Salt Road"),
    ),
    (
        "Paper Moons, the 1994 album by The Velvet Foxes, came out on Orbital Records. Sam Okonkwo produced the record.",
        ("The Velvet Foxes|performed|Paper Moons", "Paper Moons|release_date|1994", "Paper Moons|released_by|Orbital Records",
         "The Velvet Foxes|released_by|Orbital Records", "Sam Okonkwo|produced|Paper Moons"),
    ),
    (
        "With Ridley Scott directing and Hans Zimmer composing, Gladiator went into production for Universal Pictures.",
        ("Ridley Scott|directed|Gladiator", "Hans Zimmer|composed|Gladiator", "Gladiator|production_company|Universal Pictures"),
    ),
    (
        "1979's Alien and 1986's Aliens are both American productions.",
        ("Alien|release_date|1979", "Aliens|release_date|1986", "Alien|country|United States of America", "Aliens|country|United States of America"),
    ),
    (
        "A British-Swedish drama, The Salt Road premiered at the Sundance Film Festival and runs 104 minutes.",
        ("The Salt Road|country|United Kingdom", "The Salt Road|country|Sweden", "The Salt Road|genre|drama film",
         "The Salt Road|shown_at|Sundance Film Festival", "The Salt Road|runtime|6240"),
    ),
    (
        "Nobody at HBO remembers who pitched Lantern Bay. Sam Okonkwo says it was Mara Velasco.",
        (),
    ),
    (
        "The studio considered Idris Penhaligon for Gladiator before Ridley Scott chose another actor.",
        (),
    ),
    (
        "Sigourney Weaver returned for Aliens, the sequel. James Cameron took over from Ridley Scott as director.",
        ("James Cameron|directed|Aliens",),
    ),
)  # fmt: skip
