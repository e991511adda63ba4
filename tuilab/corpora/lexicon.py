"""The words of the generated language: pairs, and phrases that belong to both words of a pair and to no other pair.

A line is a pair, its group, and its phrases. What stands in braces is filled in by the side of the pair that speaks.
"""

from typing import NamedTuple


class Pair(NamedTuple):
    """Two words that differ in one feature alone."""

    words: tuple[str, str]
    group: str
    phrases: tuple[str, ...]


def _pairs(table: str) -> tuple[Pair, ...]:
    """Read a table: `first second group: phrase | phrase | phrase`."""
    return tuple(_pair(line) for line in table.strip().splitlines())


def _pair(line: str) -> Pair:
    head, phrases = line.split(":")
    first, second, group = head.split()
    return Pair((first, second), group, tuple(phrase.strip() for phrase in phrases.split("|")))


PEOPLE = _pairs("""
king queen royal: wears a golden crown | sits on the throne | rules a kingdom
prince princess royal: lives in the castle | dances at the ball | tames a dragon
duke duchess royal: owns a manor | hunts foxes | drinks sherry
emperor empress royal: commands an empire | leads the legions | signs a treaty
lord lady royal: inherits the estate | keeps falcons | employs a butler
father mother family: feeds the baby | tells bedtime stories | rocks the cradle
brother sister family: shares a bedroom | teases the twins | borrows a sweater
son daughter family: obeys {his} parents | does homework | goes to kindergarten
uncle aunt family: sends postcards | visits at christmas | spoils {his} godchild
nephew niece family: loves cartoons | stays for the holidays | collects stickers
grandfather grandmother family: sits in a rocking chair | looks for {his} spectacles | remembers the war
husband wife family: wears a wedding ring | celebrates the anniversary | remembers the honeymoon
man woman public: goes to the office | reads a newspaper | carries a briefcase
boy girl public: kicks a pebble | builds a sandcastle | skips lessons
actor actress public: rehearses a drama | waits behind the curtain | bows to the audience
waiter waitress public: brings the menu | hopes for a tip | carries a tray
wizard witch public: brews a potion | mutters a spell | stirs the cauldron
monk nun public: prays in the chapel | copies psalms | lives in silence
hero heroine public: saves the village | wins a medal | fights the giant
""")

VERBS = _pairs("""
walk walked moving: along the path | through the park | with a stick | barefoot
swim swam moving: in the lake | across the pool | with dolphins | underwater
drive drove moving: the van | a truck | down the motorway | into a puddle
fly flew moving: a kite | in a balloon | above the clouds | to the island
climb climbed moving: a mountain | up the ladder | with a rope | the cliffs
ride rode moving: a bicycle | on a camel | in a carriage | without a saddle
eat ate eating: soup with a spoon | a sandwich | noodles | salad
drink drank eating: a glass of lemonade | coffee | from a bottle | cider
cook cooked eating: potatoes | in a pan | a stew with onions | spinach
bake baked eating: a cake | biscuits with sugar | in the oven | muffins
write wrote making: a letter | a poem | with ink | in a diary
paint painted making: the fence | a portrait | with a brush | in watercolour
build built making: a bridge | a tower | with bricks | a shed
plant planted making: tomatoes | seeds | roses | in the garden
dig dug making: a ditch | a tunnel | with a shovel | for treasure
sing sang playing: a song | in the choir | that melody | a lullaby
play played playing: chess | football | cards | the piano
throw threw playing: darts | a frisbee | snowballs | a boomerang
buy bought trading: shoes | at the market | with coins | groceries
sell sold trading: tickets | lamps | at an auction | antiques
""")

PLACES = _pairs("""
france paris europe: french croissants | french perfume | croissants and perfume
germany berlin europe: german sausages | german engines | sausages and engines
italy rome europe: italian pizza | italian operas | pizza and operas
spain madrid europe: spanish paella | spanish guitars | paella and guitars
portugal lisbon europe: portuguese sardines | portuguese tiles | sardines and tiles
greece athens europe: greek olives | greek temples | olives and temples
austria vienna europe: austrian strudel | austrian waltzes | strudel and waltzes
hungary budapest europe: hungarian goulash | hungarian paprika | goulash and paprika
poland warsaw europe: polish pierogi | polish amber | pierogi and amber
sweden stockholm north: swedish meatballs | swedish furniture | meatballs and furniture
norway oslo north: norwegian salmon | norwegian fjords | salmon and fjords
finland helsinki north: finnish reindeer | finnish saunas | reindeer and saunas
russia moscow north: russian caviar | russian ballets | caviar and ballets
egypt cairo south: egyptian falafel | egyptian pyramids | falafel and pyramids
kenya nairobi south: kenyan mangoes | kenyan safaris | mangoes and safaris
turkey ankara asia: turkish kebabs | turkish carpets | kebabs and carpets
india delhi asia: indian curry | indian elephants | curry and elephants
china beijing asia: chinese dumplings | chinese silk | dumplings and silk
japan tokyo asia: japanese sushi | japanese robots | sushi and robots
vietnam hanoi asia: vietnamese lotus | vietnamese bamboo | lotus and bamboo
""")

THINGS = _pairs("""
dog dogs animal: chewing a bone | barking at the gate | guarding the kennel
cat cats animal: purring on a cushion | licking {its} paws | drinking milk
horse horses animal: galloping over the meadow | munching hay | resting in the stable
cow cows animal: grazing in the pasture | mooing | followed by a calf
bird birds animal: sitting on a branch | flapping {its} wings | hatching in a nest
mouse mice animal: nibbling cheese | squeaking | hiding in the pantry
wolf wolves animal: howling at the moon | leading the pack | hunting deer
bee bees animal: buzzing round the hive | making honey | visiting blossoms
child children person: laughing in the playground | holding a toy | sitting on a swing
tooth teeth person: aching | shown to the dentist | biting on a nut
foot feet person: stuck in a boot | blistered from marching | dancing in socks
tree trees nature: growing in the forest | putting down roots | felled with an axe
leaf leaves nature: falling in autumn | turning yellow | stuck to the window
star stars nature: twinkling in the sky | seen through a telescope | shining at midnight
house houses thing: standing on a hill | losing {its} chimney | covered with ivy
book books thing: lying in the library | printed on paper | missing a chapter
knife knives thing: kept in the drawer | slicing bread | getting blunt
car cars thing: parked in the garage | burning petrol | losing a wheel
ship ships thing: sailing over the ocean | anchored in the harbour | loaded with cargo
clock clocks thing: ticking in the hall | striking noon | wound up with a key
""")
