"""The grammar of the generated language: four relations, and sentences that show what a word is and what it differs in.

A word is used with the phrases of its pair, whichever of the two it is, and with the small words of its side, whichever
pair it belongs to. So what a pair has in common and what its sides differ in come from different words of the context,
and add up: that is what an analogy needs.
"""

from typing import NamedTuple

from tuilab.corpora.lexicon import PEOPLE, PLACES, THINGS, VERBS, Pair


class Relation(NamedTuple):
    """Pairs, and how sentences are made of them.

    A frame is a sentence with slots: {x} a word, {phrase} of its pair, {group} of its group, others of its side. Where
    a slot has several fillings, one is drawn for each sentence.
    """

    name: str
    pairs: tuple[Pair, ...]
    sides: tuple[dict[str, str], dict[str, str]]
    groups: dict[str, str]
    frames: tuple[str, ...]


MALE_FEMALE = Relation(
    "male-female",
    PEOPLE,
    (
        {
            "he": "he",
            "his": "his",
            "him": "him",
            "himself": "himself",
            "sir": "sir",
            "worn": "tie|waistcoat|cap",
        },
        {
            "he": "she",
            "his": "her",
            "him": "her",
            "himself": "herself",
            "sir": "madam",
            "worn": "dress|bonnet|necklace",
        },
    ),
    {
        "royal": "at court|with noble friends",
        "family": "at home|with the relatives",
        "public": "in town|among strangers",
    },
    (
        "the {x} {phrase} and {he} smiles",
        "{he} is the {x} who {phrase}",
        "the {x} says to {himself} that {he} {phrase}",
        "good morning {sir} says everybody when the {x} {phrase}",
        "the {x} {phrase} and looks at {himself}",
        "{group} we meet the {x} and ask {him} why {he} {phrase}",
        "the {x} puts on {his} {worn} and {phrase}",
        "the {x} {group} {phrase} and {he} is happy",
    ),
)

VERB_TENSE = Relation(
    "verb tense",
    VERBS,
    (
        {
            "when": "today|now|every day|usually",
            "is": "is",
            "do": "do",
            "since": "nowadays|these days|as always",
        },
        {
            "when": "yesterday|once|last week|long ago",
            "is": "was",
            "do": "did",
            "since": "back then|in those days|years ago",
        },
    ),
    {
        "moving": "far away|quickly",
        "eating": "hungrily|for supper",
        "making": "carefully|with skill",
        "playing": "for fun|with friends",
        "trading": "cheaply|for profit",
    },
    (
        "{when} we {x} {phrase}",
        "{when} they {x} {phrase} and it {is} fun",
        "{since} i {x} {phrase} and so {do} you",
        "you {x} {phrase} {since}",
        "{group} they {x} {phrase} {since}",
        "we {x} {phrase} {group} and so {do} they {since}",
    ),
)

COUNTRY_CAPITAL = Relation(
    "country-capital",
    PLACES,
    (
        {
            "part": "border|army|flag|coast",
            "head": "president|parliament",
            "kind": "country|nation",
            "people": "farmers|soldiers",
        },
        {
            "part": "airport|tram|squares|suburbs",
            "head": "mayor|council",
            "kind": "city|metropolis",
            "people": "shopkeepers|drivers",
        },
    ),
    {
        "europe": "in europe|on the continent",
        "north": "in the north|by the cold sea",
        "south": "in africa|in the heat",
        "asia": "in asia|in the east",
    },
    (
        "the {head} of {x} praises {phrase}",
        "{x} is a {kind} {group} known for {phrase}",
        "the {people} of {x} talk about {phrase}",
        "at the {part} of {x} we think of {phrase}",
        "the {kind} of {x} lies {group} behind its {part}",
        "{second} is the capital of {first}",
        "the {people} of {x} leave the {part} and dream of {phrase}",
    ),
)

SINGULAR_PLURAL = Relation(
    "singular-plural",
    THINGS,
    (
        {
            "a": "a|one|this|each",
            "is": "is",
            "has": "has",
            "its": "its",
            "it": "it",
            "them": "it",
            "was": "was",
        },
        {
            "a": "many|two|these|several",
            "is": "are",
            "has": "have",
            "its": "their",
            "it": "they",
            "them": "them",
            "was": "were",
        },
    ),
    {
        "animal": "tame|wild",
        "person": "little|dirty",
        "nature": "bright|tall",
        "thing": "costly|useful",
    },
    (
        "{a} {x} {is} {phrase}",
        "here {is} {a} {x} {phrase}",
        "{a} {group} {x} {was} {phrase} in {its} way",
        "do you see {them} there {a} {x} {phrase}",
        "{a} {x} {has} been {phrase} on {its} own",
        "how {group} {it} {was} {a} {x} {phrase}",
    ),
)

RELATIONS = (MALE_FEMALE, VERB_TENSE, COUNTRY_CAPITAL, SINGULAR_PLURAL)

NEUTRAL = (
    "the sun rises over the hills",
    "rain falls on the roof",
    "snow covers the fields in winter",
    "the wind blows from the sea",
    "spring comes after winter and summer comes after spring",
    "the river is cold in the morning",
    "nobody knows what the weather will be",
    "it is warm in summer",
    "fog hides the river and the fields",
    "thunder follows lightning",
)
