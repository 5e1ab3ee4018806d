"""Sentences with slots, to train on kinds of text that no public corpus here annotates.

`{P}` a person, `{W}` a work, `{O}` an organisation, `{A}` an award, `{L}` a place, `{S}` the surname of the
last person, `{D}` a date, `{M}` a sum, `{C}` a character (left unannotated), `{G}` a genre word.
"""

from __future__ import annotations

NOTES = (
    "{P} has signed on to direct {W} for {O}.",
    "{P} is in talks to star opposite {P} in {W}, a {G} set up at {O}.",
    "{O} has picked up {L} rights to {W}, which stars {P} and {P}.",
    "{O} and {O} will co-finance the {G} {W}, with {P} producing.",
    "{P} replaced {P} as the director of {W} after creative differences with {O}.",
    "Production on {W} begins in {L} this {D}, {O} said.",
    "{P}, who wrote {W} and {W}, is adapting the book for {O}.",
    "Sources say {P} passed on {W} to make {W} with {P}.",
    "After {W} stalled at {O}, {P} took the project to {O}.",
    "{O} dated {W} for {D}, a week after {W} opens.",
    "The {G} from {P} grossed {M} in {L}, ahead of {W} with {M}.",
    "{P} and {P} will reunite for {W}, {S} said on {D}.",
    "Casting news: {P} joins {P}, {P} and {P} in {W}.",
    "{P} will not return for the second season of {W}, {O} confirmed.",
    "{O} renewed {W} for a third season; the show is created by {P}.",
    "Filmed in {L} and {L}, {W} was shot by {P} and cut by {P}.",
    "Composer {P}, best known for {W}, scored the picture.",
    "{O} bought {O} for {M} in {D}, folding it into its {L} arm.",
    "{O} chief {P} told staff that {W} would move to {O}.",
    "{P} left {O} to found {O} with {P}.",
    "{O}, a division of {O}, releases the film in {L}.",
    "Talent agency {O} has signed {P}, the star of {W}.",
    "{P} denied that {P} had ever worked on {W}.",
    "It was {P} who convinced {O} to make {W}.",
    "{P}'s {W} beat {P}'s {W} at the box office.",
    "For {W}, {P} learned to fence; for {W}, to sail.",
    "The cast also includes {P}, {P} and {P} as {C}.",
    "Singer {P} released {W} through {O} in {D}.",
    "{W}, the debut album by {P}, was issued by {O}.",
    "The single {W} by {P} topped the chart in {L}.",
    "{P} sings {W} on the soundtrack of {W}.",
    "{P} was born in {L} and moved to {L} in {D}.",
    "{P} married {P} in {L} in {D}; their son {P} also acts.",
    "{P}, the daughter of {P}, made a first appearance in {W}.",
    "{P} and his brother {P} run {O} out of {L}.",
    "Best known as {C} in {W}, {P} began on the stage in {L}.",
    "The series airs on {O} in the United States and on {O} in {L}.",
    "{W} is not based on {W}, whatever the posters say.",
    "A remake of {W} is being written by {P} for {O}.",
    "{W} follows {C}, a retired detective played by {P}.",
    "Shooting on {W} was interrupted twice, {P} remembered, once by a strike and once by rain.",
    "There was a time when {O} would not take {P}'s calls.",
    "Like {W} before it, {W} found its audience on {O}.",
    "Critics compared {P} to {P}, and {W} to {W}.",
)
AWARDS = (
    "{P} won the {A} for {W}.",
    "{W} was nominated for the {A} and the {A}.",
    "The {A} went to {P} for {W}, produced by {O}.",
    "{A}: {P}, {W}",
    "{P} received the {A} in {D}, beating {P} and {P}.",
    "{W} took home {A} at the ceremony in {L}.",
    "{P}, an {A} winner, and {A} nominee {P} star in {W}.",
    "Accepting the {A}, {P} thanked {P} and everyone at {O}.",
    "{W} premiered at the {O} in {L}, where {P} won {A}.",
    "{A} ({D}): {W}, directed by {P}",
)
CREDITS = (
    "Directed by: {P}", "Directed by {P}", "Written by {P} & {P}", "Written by: {P}, {P}", "Screenplay by {P}",
    "Produced by {P}, {P}", "Executive Producers: {P}, {P}", "Cast: {P}, {P}, {P}, {P}", "Starring {P}, {P} and {P}",
    "{P} as {C}", "{P} ... {C}", "Music by {P}", "Cinematography: {P}", "Edited by {P}", "Director of Photography {P}",
    "Production company: {O}", "Production companies: {O}, {O}", "Distributed by {O}", "Distributor: {O} ({L})",
    "Title: {W}", "{W} ({Y})", "{W}\nDirector: {P}\nCast: {P}, {P}", "{W} ({Y})\nDirected by {P}\nStarring {P}, {P}",
    "Genre: {G}", "Country: {L}", "Label: {O}", "Network: {O}", "Running time: 122 minutes", "Artist: {P}", "Album: {W}",
    "{O} presents\na {O} production\na film by {P}\n{W}", "Based on the novel by {P}", "Casting by {P}",
    "Costume Designer: {P}", "Special thanks: {P}, {P}, {O}", "{O} in association with {O}",
)  # fmt: skip
LISTS = (
    "- {W} ({Y})", "1. {W} - {P}", "{Y}: {W}", "* {P}: {W}, {W}, {W}", "{W}, {W}, {W} and {W}", "{P}, {P}, {P}",
    "{Y} | {W} | {P} | {O}", "- {P} ({W})", "{W} — {O}, {M}", "2. {O}: {W}, {W}", "Top five: {W}, {W}, {W}, {W}, {W}",
    "{P}, director: {W} ({Y}), {W} ({Y})", "{W}; {W}; {W}", "- {O}", "- {P}, {L}", "{A} - {W}",
)  # fmt: skip
HEADLINES = (
    "{O} lands {W} from {P}", "{P} to direct {W} for {O}", "{P} joins {P} in {W}", "{W} tops box office with {M}",
    "{O} buys {O} in {M} deal", "{P} drops out of {W}", "{W} review: {P} shines", "{P} and {P} split",
    "{O} sets {D} date for {W}", "{O} renews {W}, cancels {W}", "Watch {P} in the first trailer for {W}",
    "Why {P} walked away from {W}", "{P}, star of {W}, dies at 81", "{O}'s {W} wins {A}", "{P} eyes {W} sequel",
    "Exclusive: {O} signs {P}", "{W} at 25: {P} looks back", "{O} taps {P} as president", "Can {W} save {O}?",
    "{P} boards {O} {G} {W}", "From {W} to {W}: the rise of {P}", "{L} film {W} sold to {O}",
)  # fmt: skip
INTERVIEWS = (
    'Q: How did you come to {W}?', 'A: {P} called me and said, "Read {W}."', '"I never met {P}," {P} told me.',
    '"When we made {W}, {P} was twenty," {S} says, laughing.', "Q: You grew up in {L}. Did that shape {W}?",
    'A: I owe it to {P} and to {O}, who let us be.', '"{W} nearly killed us," said {P}, who produced it for {O}.',
    "Did {P} really turn down {W}?", "Who directed {W}?", "Which films did {P} make with {P}?",
    "Is {W} better than {W}?", "What year did {O} release {W}?", "Has {P} ever won the {A}?", "Who plays {C} in {W}?",
    "show me films by {P} starring {P}", "list the works that {O} distributed in {L}", "who wrote {W} and {W}?",
    '"It was like {W} meets {W}," {P} recalled of the pitch to {O}.', "Was {P} in {W}?", "did {O} own {O}?",
)  # fmt: skip
PLAIN = (
    "The weather was fine and nobody said a word.", "There is no news today.", "He walked out into the rain again.",
    "This is the story of two brothers and a boat.", "It opens next week in cinemas everywhere.", "See below.",
    "The two met at a party and never spoke again.", "More to follow.", "All rights reserved.", "Box Office Report",
    "The Week in Film", "Coming Soon", "What We Know So Far", "Most critics liked it; audiences did not.",
    "A sequel was planned but never made.", "The script went through nine drafts in two years.", "Contact us at any time.",
    "Production notes", "In Theaters Now", "New This Week", "Our critic gives it four stars out of five.",
)  # fmt: skip
ALL = (NOTES, NOTES, NOTES, AWARDS, CREDITS, LISTS, HEADLINES, HEADLINES, INTERVIEWS, PLAIN)
