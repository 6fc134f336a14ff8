"""What columns are called in the exports of other systems, folded to letters and figures; the likeliest first."""

from __future__ import annotations

import re

NUMBER = (
    "medewerkernr medewerkersnummer medewerkersnr medewerkerid medewerkercode mednr personeelsnummer personeelsnr "
    "personeelnummer personeelnr persnr persnummer personeelsid personeelscode persoonsnummer werknemernummer "
    "werknemersnummer werknemernr werknemersnr werknemerid employeenumber employeeno employeenr employeeid "
    "employeecode empid empno empnr staffnumber staffid staffno personnelnumber personnelno personnelid personid "
    "workerid stamnummer stamnr personalnummer pernr nummer nr number no id"
)
_SOMEBODY = "medewerker werknemer employee worker persoon collega"
SOMEBODY = frozenset(_SOMEBODY.split())
"""What is called so holds a number or a name, as its values say."""
WHOSE = f"{NUMBER} {_SOMEBODY}"
"""Where no other column can hold a name, what is called so holds the number."""
FAMILY = "achternaam familienaam geslachtsnaam lastname surname familyname"
_PARTS = f"{FAMILY} voornamen voornaam roepnaam voorletters initialen firstname givenname tussenvoegsels tussenvoegsel"
_PARTS = f"{_PARTS} voorvoegsels voorvoegsel middlename prefix infix initials".replace(" ", "|")
_AHEAD = "(?:volledigenaam|medewerker|werknemer|employee|worker|fullname|naam|name)?"
WHOLE_NAME = re.compile(f"{_AHEAD}(?:{_PARTS})(?:(?:en|and)?(?:{_PARTS}))+")
"""A heading that names two or more parts of a name, folded."""
FAMILY_FIRST = re.compile(f"{_AHEAD}(?:{FAMILY.replace(' ', '|')}).*")
DOMAIN = "vak domein vakdomein domain craft skill vaardigheid competentie kennisgebied field"
ROSTER = "roosternaam roostercode roosternr werkrooster dienstrooster ploegenrooster roster schedule workschedule"

SPELLINGS: dict[str, dict[str, str]] = {
    "medewerkers.csv": {
        "Medewerkernummer": NUMBER,
        "Roepnaam": "voornaam voornamen vorna rufnm preferredfirstname firstname givenname legalfirstname forename "
        "callname voorletters initialen initials",
        "Voorvoegsel": "voorvoegsels tussenvoegsel tussenvoegsels tussenvgsl tussenv tsv tv infix nameprefix "
        "surnameprefix lastnameprefix voorvoegselachternaam tussenvoegselachternaam vorsw middlename prefix "
        "voorvoegselgeboortenaam tussenvoegselgeboortenaam achternaamvoorvoegsel achternaamtussenvoegsel",
        "Achternaam": f"{FAMILY} achternaamsamengesteld samengesteldeachternaam nachn preferredlastname legallastname "
        "geboortenaam geboorteachternaam achternaamgeboorte eigennaam",
        "Naam": "volledigenaam naamvolledig medewerkernaam naammedewerker werknemernaam medewerker werknemer fullname "
        "employeename workername displayname weergavenaam roepnaamachternaam legalname preferredname ename cname "
        "name employee worker collega persoon",
        "E-mail werk": "emailwerk emailadreszakelijk werkemail werkmail emailadreswerk emailzakelijk "
        "zakelijkemail zakelijkemailadres werkemailadres bedrijfsemail workemail workemailaddress emailwork "
        "primaryworkemail emailprimarywork businessemail usridlong emailadres emailaddress mailadres "
        "email mail userprincipalname upn",
        "Vestiging": "vestigingsnaam standplaats werklocatie locatie locatienaam site sitename location worklocation "
        "locatieomschrijving vestigingomschrijving werkplek werkplaats workplace werks btrtl personeelsgebied "
        "personeelsdeelgebied persgebied persdeelgebied office branch kantoor filiaal depot",
        "Afdeling": "afdelingsnaam afd department departmentname dept organisatieeenheid "
        "organisatorischeeenheid oeomschrijving afdelingomschrijving orgeenheid oe oenaam orgeh orgunit "
        "supervisoryorganization unit team kostenplaatsnaam kostenplaatsomschrijving kostenplaats kostl costcenter "
        "costcentre",
        "Rol": "rollen rolinprogramma role roles functie functienaam functieomschrijving "
        "functietitel functiebenaming jobtitle jobprofile businesstitle positiontitle position job title stell plans",
        "Leidinggevende": "leidinggevendenummer leidinggevendenr leidinggevendeid nummerleidinggevende "
        "personeelsnummerleidinggevende medewerkernummerleidinggevende personeelsnrleidinggevende managerid "
        "managernumber managernummer managernr manageremployeeid linemanagerid supervisorid supervisorpernr mgrpernr "
        "leidinggevende directleidinggevende naamleidinggevende leidinggevendenaam manager managername linemanager "
        "workersmanager supervisor supervisorname reportsto rapporteertaan chef teamleider baas",
        "Rooster": f"{ROSTER} shiftpattern ploeg ploegendienst",
        "Schooldag": "schooldagen schoolday schooldays bbldag lesdag",
        "Talen": "taal werktaal werktalen voertaal voertalen spreekt languages language spokenlanguages",
        "Plaatsen mentor": "mentorplaatsen plaatsenalsmentor aantalplaatsen mentorplekken plekken plaatsen "
        "mentorplaces places",
        "Uren mentor p/w": "urenmentorperweek urenmentor mentorurenperweek mentoruren begeleidingsuren "
        "mentorhoursperweek mentorhours",
        "Verwachte uitstroom": "uitstroom expectedoutflow outflow",
        "Op afstand": "kanopafstand opafstandwerken werktopafstand thuiswerken remote worksremotely remotework",
    },
    "diensten.csv": {
        "Dienst": "dienstcode code shift shiftcode afkorting",
        "Begin": "begintijd aanvang aanvangstijd starttijd start van vanaf from starttime begintime",
        "Eind": "eindtijd einde end endtime tot until to",
        "Omschrijving": "dienstnaam dienstomschrijving naam betekenis toelichting description name",
    },
    "roosters.csv": {
        "Rooster": f"{ROSTER} ploeg naam code name",
        "Startdatum": "start begindatum ingangsdatum vanaf startdate startson begin",
        "Cyclus": "patroon reeks schema rotatie cycle pattern rotation diensten",
        "Datum": "dag date day werkdag",
        "Dienst": "dienstcode shift shiftcode code",
    },
    "vakgebieden.csv": {
        "Vakgebied": f"{DOMAIN} naam name",
        "Kritiek": "kritisch iskritiek critical",
        "Op afstand te leren": "opafstand opafstandleren remote remotelearnable learnableremotely",
    },
    "vaardigheden.csv": {
        "Medewerkernummer": WHOSE,
        "Vakgebied": DOMAIN,
        "Niveau": "level score kennisniveau vaardigheidsniveau skilllevel",
        "Wil overdragen": "overdragen wildoorgeven wilditoverdragen wilbegeleiden willing willingtoteach",
    },
    "leervoorkeuren.csv": {
        "Medewerkernummer": WHOSE,
        "doen op de werkvloer": "opdewerkvloer werkvloer doen praktijk onthejob",
        "klassikaal": "klas inklas lessen classroom",
        "online": "elearning onlineleren",
        "samen met een ervaren collega": "meteenervarencollega metervarencollega metcollega ervarencollega "
        "withcolleague withanexperiencedcolleague",
        "korte leerblokken": "korteblokken kortemodules shortmodules modules",
    },
    "aanvragen.csv": {
        "Medewerkernummer": WHOSE,
        "Vakgebied": DOMAIN,
        "Huidig niveau": "huidig niveaunu nu currentlevel current",
        "Gewenst niveau": "gewenst doelniveau streefniveau targetlevel target",
        "Belang": "prioriteit weging importance priority weight",
        "Doel": "leerdoel leerwens toelichting omschrijving goal",
    },
    "duos.csv": {
        "Mentor": "mentornummer mentornr mentorid begeleider",
        "Junior": "juniornummer juniornr juniorid leerling mentee menteeid",
        "Vakgebied": DOMAIN,
        "Sinds": "vanaf startdatum begindatum start begin since startdate startedon",
    },
    "afwezigheid.csv": {
        "Medewerkernummer": WHOSE,
        "Van": "vanaf datumvan vandatum begindatum startdatum eerstedag begin start from fromdate startdate firstday",
        "Tot": "totenmet tm datumtot totdatum einddatum laatstedag eind einde until to untildate enddate lastday end",
    },
}

_NEVER = (
    "indienst datumindienst indienstsinds indiensttreding datumindiensttreding indienstdatum hiredate startdate "
    "dateofhire employmentstart dienstjaren ancienniteit yearsofservice seniority geboortedatum gebdatum "
    "gbdat geboortejaar begindatumdienstverband begindatumcontract datumaanvangdienstverband contractbegin begda "
    "originalhiredate continuousservicedate servicedate jubileumdatum ancienniteitsdatum birthdate "
    "dateofbirth birthday dob leeftijd age generatie generation"
)
NEVER = frozenset(_NEVER.split())
"""Columns that say somebody's age, or stand in for it."""
_PRIVATE = (
    "bsn burgerservicenummer sofinummer ssn geslacht gender sekse nationaliteit nationality iban rekeningnummer "
    "salaris salary loon burgerlijkestaat religie ziekte verzuim ziektemelding fte contracturen urenperweek "
    "hoursperweek parttimepercentage deeltijdpercentage bsnnummer gesch natio famst perid nationalid bankrekening "
    "uurloon schaal trede emailprive priveemail emailadresprive emailpersoonlijk personalemail homeemail telefoonprive "
    "straat huisnummer postcode woonplaats adres postalcode homeaddress achternaampartner voorvoegselpartner "
    "geboortenaampartner naampartner partnernaam"
)
PRIVATE = frozenset(_PRIVATE.split())
"""Columns that are nobody's business here."""
