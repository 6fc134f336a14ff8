"""Common given and family names, combined at random: nobody in particular."""

from __future__ import annotations

GIVEN = (
    "Ahmed", "Aisha", "Anke", "Anouk", "Arjan", "Bart", "Bas", "Bo", "Bram", "Cem", "Chantal", "Daan", "Daniël",
    "Dewi", "Dirk", "Ellen", "Emma", "Erik", "Esra", "Eva", "Fatima", "Femke", "Floor", "Frank", "Gerrit", "Guus",
    "Hanna", "Hassan", "Hendrik", "Ilse", "Iris", "Ivo", "Jan", "Jasper", "Jelle", "Joke", "Joost", "Karin", "Kees",
    "Khadija", "Koen", "Lars", "Lieke", "Lisa", "Lotte", "Luuk", "Maaike", "Maarten", "Marieke", "Marit", "Mehmet",
    "Merel", "Milan", "Mohamed", "Naomi", "Niels", "Nina", "Omar", "Paul", "Peter", "Piotr", "Renée", "Rob", "Robin",
    "Roos", "Ruben", "Sander", "Sanne", "Sjoerd", "Sophie", "Stefan", "Sven", "Tess", "Thijs", "Tim", "Tjeerd", "Tom",
    "Wessel", "Wouter", "Yara", "Yusuf", "Zoë",
)  # fmt: skip
FAMILY = (
    ("", "Aydin"), ("", "Bakker"), ("van den", "Berg"), ("van der", "Berg"), ("", "Boer"), ("de", "Boer"), ("", "Bos"),
    ("van den", "Bosch"), ("", "Bouman"), ("", "Bouwman"), ("ten", "Brink"), ("van den", "Broek"), ("", "Brouwer"),
    ("de", "Bruin"), ("", "Demir"), ("van", "Dijk"), ("", "Dijkstra"), ("van", "Dongen"), ("", "Driessen"),
    ("", "El Amrani"), ("van der", "Heijden"), ("", "Hendriks"), ("", "Hoekstra"), ("", "Hofman"), ("in 't", "Hout"),
    ("", "Huisman"), ("", "Jacobs"), ("", "Jansen"), ("de", "Jong"), ("", "Kaya"), ("", "Kok"), ("", "Koning"),
    ("", "Koster"), ("", "Kowalski"), ("", "Kramer"), ("", "Kuipers"), ("van der", "Laan"), ("de", "Lange"),
    ("van", "Leeuwen"), ("van der", "Linden"), ("van", "Loon"), ("", "Martens"), ("", "Meijer"), ("van der", "Meer"),
    ("", "Mulder"), ("", "Nguyen"), ("", "Peters"), ("", "Postma"), ("", "Prins"), ("de", "Ruiter"), ("", "Schipper"),
    ("", "Schouten"), ("", "Smit"), ("", "Smits"), ("ter", "Steege"), ("van der", "Veen"), ("", "Veenstra"),
    ("", "Verhoeven"), ("", "Vermeulen"), ("", "Visser"), ("", "Vos"), ("de", "Vries"), ("", "Wiersma"),
    ("de", "Wit"), ("", "Yilmaz"), ("", "Zijlstra"),
)  # fmt: skip
"""Each with its infix."""
