"""Every name in the sample world: plants and birds, so that nobody takes one for a real person."""

DISTRICT = "Meadowmere"
TEAMS = ("Brook team", "Orchard team", "Heath team", "Harbour team", "Valley team", "Forest team")
SMALL_TEAM = "Saplings pilot"

# fmt: off
FIRST_NAMES = (
    "Ada", "Ben", "Cora", "Dan", "Ella", "Finn", "Gwen", "Hugo", "Iris", "Jack", "Kate", "Leo",
    "Mina", "Ned", "Olga", "Paul", "Quin", "Rosa", "Seth", "Tess", "Una", "Vic", "Wren", "Xena",
    "Yan", "Zoe", "Abel", "Bea", "Carl", "Della", "Emil", "Faye", "Gus", "Hope", "Ivan", "Joan",
    "Kit",
)
PLANTS = (
    "Alder", "Birch", "Cedar", "Daffodil", "Elder", "Fern", "Gorse", "Hazel", "Ivy", "Juniper",
    "Kale", "Larch", "Mallow", "Nettle", "Oak", "Poplar", "Quince", "Rowan", "Sorrel", "Teasel",
    "Umber", "Vetch", "Walnut", "Yarrow", "Zinnia", "Ash", "Bramble", "Clover", "Dock", "Elm",
    "Foxglove", "Garlic", "Heather", "Indigo", "Jasmine", "Knapweed", "Lavender",
)

LEAVER, LEAVER_EMAIL = "Lena Lupin", "lena.lupin@sample.example"

PRIMARY_SCHOOLS = (
    "Acorn", "Bluebell", "Cowslip", "Dandelion", "Evergreen", "Fieldfare", "Goldfinch",
    "Hedgerow", "Ivybank", "Jackdaw", "Kingfisher", "Lapwing", "Meadowlark", "Nuthatch",
)
# fmt: on
SECONDARY_SCHOOLS = ("Oakapple", "Puddingstone", "Quillwort", "Ramson")

DROP_INS = ("Drop-in", "Stay and play", "Coffee morning", "Family drop-in")
GROUPS = (
    "Parenting together",
    "Calm at home",
    "Strong steps",
    "Young carers' club",
    "Fathers' group",
    "Story and play",
    "Moving up to secondary",
    "Women's group",
)

# Surnames of people at partner agencies, so that nobody shares a worker's name.
BIRDS = (
    "Avocet",
    "Bittern",
    "Curlew",
    "Dunnock",
    "Egret",
    "Firecrest",
    "Grebe",
    "Heron",
    "Kestrel",
    "Linnet",
    "Merlin",
    "Osprey",
    "Plover",
    "Redstart",
    "Siskin",
    "Tern",
    "Wagtail",
)

# The only free text there is; informal kinds carry none.
SAFE_NOTES = (
    "Agreed next date.",
    "Room moved at short notice.",
    "Shared the timetable for next term.",
    "Follow-up by phone next week.",
    "Leaflets handed out.",
    "Agenda sent beforehand.",
)
