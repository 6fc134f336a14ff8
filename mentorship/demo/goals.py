"""Goals in the words of a junior, by domain: as different as people are."""

from __future__ import annotations

from collections.abc import Mapping

GOALS: Mapping[str, tuple[str, ...]] = {
    "Laagspanning": (
        "een verdeelkast zelf aansluiten en doormeten",
        "zelf een storing in een groep vinden",
        "een NEN 1010-keuring kunnen doen",
    ),
    "Middenspanning": (
        "veilig kunnen schakelen in een trafostation",
        "weten wat ik wel en niet mag aanraken",
    ),
    "PLC-programmering": (
        "zelf een programma aanpassen en testen",
        "een storing terugvinden in het programma",
        "een kleine machine van nul af programmeren",
    ),
    "Meet- en regeltechniek": (
        "een regelkring zelf kunnen inregelen",
        "weten waarom een regeling blijft slingeren",
    ),
    "Brandmeldinstallaties": (
        "een installatie zelf opleveren",
        "een valse melding kunnen verklaren",
    ),
    "Instrumentatie": (
        "transmitters zelf kalibreren",
        "een meting kunnen controleren zonder hulp",
    ),
    "Functional safety": (
        "een beveiliging kunnen testen en vastleggen",
        "begrijpen wat een SIL-eis van mij vraagt",
    ),
    "Hydrauliek": (
        "een pomp zelf reviseren",
        "een lek opsporen zonder alles los te halen",
        "een schema kunnen lezen bij een storing",
    ),
    "Pneumatiek": (
        "ventielen en cilinders zelf vervangen",
        "een pneumatisch schema vlot lezen",
    ),
    "Uitlijnen": (
        "een pomp met de laser uitlijnen",
        "zelf een trillingsmeting beoordelen",
    ),
    "TIG-lassen": (
        "rvs lassen die door de keuring komt",
        "pijp lassen in positie",
    ),
    "Pijpfitten": (
        "een leiding zelf uitzetten en fitten",
        "isometrieën vlot lezen",
    ),
    "Koudetechniek": (
        "een koelinstallatie vullen en afpersen",
        "mijn F-gassencertificaat halen",
    ),
    "Warmtepompen": (
        "een warmtepomp zelf in bedrijf stellen",
        "klachten over het rendement kunnen oplossen",
    ),
    "Gebouwbeheersystemen": (
        "een klimaatregeling op afstand bijstellen",
        "zelf een punt toevoegen in het systeem",
    ),
    "Storingsanalyse": (
        "stap voor stap zoeken in plaats van gokken",
        "een storing helder kunnen opschrijven",
    ),
    "Klantcontact op locatie": (
        "een klant rustig uitleggen wat er mis is",
        "meerwerk bespreken zonder ruzie",
    ),
    "Werkvoorbereiding": (
        "zelf een klus calculeren en plannen",
        "een werkpakket maken waar de ploeg mee verder kan",
    ),
    "BIM/Revit": (
        "een model zelf bijwerken na een wijziging",
        "botsingen in het model vinden voor de bouw",
    ),
    "OT-cybersecurity": (
        "weten welke aansluiting een risico is",
        "een netwerk van een machine kunnen scheiden",
    ),
}
