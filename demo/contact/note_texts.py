"""Short notes as they stand in a file: facts and agreements; no diagnosis, no judgement."""

# Words that only fit where there are children
OF_CHILDREN = ("Kind", "Familie ", "Kita", "Eltern", "Bildung und Teilhabe", "Familienkasse")

BY_TOPIC = {
    "letter_explained": (
        "Bescheid des Jobcenters gemeinsam gelesen. Frist für die Rückmeldung im Kalender notiert.",
        "Schreiben der Krankenkasse erklärt. Es fehlt nur noch ein Passbild, das wird selbst "
        "nachgereicht.",
        "Brief der Ausländerbehörde besprochen, Termin ist nächste Woche um 9 Uhr.",
        "Abrechnung der Stadtwerke erklärt. Nachzahlung ist nachvollziehbar.",
    ),
    "form_help": (
        "Weiterbewilligungsantrag vorbereitet. Für die Anlagen an das Frontoffice verwiesen.",
        "Antrag auf Bildung und Teilhabe gemeinsam begonnen, Rest wird zu Hause ausgefüllt.",
        "Formular selbst ausgefüllt mitgebracht, nur zwei Angaben ergänzt. Klappt immer besser.",
    ),
    "authority_call": (
        "Gemeinsam bei der Familienkasse angerufen (Lautsprecher). Unterlagen sind vollständig.",
        "Anruf beim Bürgerbüro im Beisein, Termin für die Ummeldung vereinbart.",
    ),
    "letter_drafted": (
        "Beim Formulieren geholfen: Bitte um Terminverschiebung. Unterschrift und Versand "
        "übernimmt die Person selbst.",
    ),
    "documents": (
        "Unterlagen sortiert und einen Ordner mit Registern angelegt.",
        "Fehlende Geburtsurkunde: auf die Beratung des Standesamts hingewiesen.",
    ),
    "housing_search": (
        "Wohnungsportale gezeigt und Suchauftrag eingerichtet. Selbstauskunft vorbereitet.",
        "Drei Absagen erhalten. Bewerbungsmappe für Wohnungen überarbeitet.",
        "Neue Anzeige in der Gemeinde, Anruf wird selbst versucht. Stichworte dafür geübt.",
    ),
    "tenancy": (
        "Hausordnung, Ruhezeiten und Mülltrennung besprochen. Müllkalender ausgehändigt.",
        "Lüften und Heizen erklärt, Merkblatt in der Muttersprache mitgegeben.",
    ),
    "viewing": ("Besichtigung wurde allein wahrgenommen, Rückmeldung des Vermieters steht aus.",),
    "housing_costs": (
        "Mietbescheinigung für das Jobcenter besprochen. Abschlag Strom wird überwiesen.",
    ),
    "housing_conflict": (
        "Beschwerde aus dem Haus wegen Lautstärke besprochen. Gespräch mit der Nachbarin geplant.",
    ),
    "allocation": ("Zimmer in der Anschlussunterbringung bezogen, Schlüssel erhalten.",),
    "job_search": (
        "Stellenanzeigen gemeinsam durchgesehen. Termin bei der Arbeitsvermittlung ist vereinbart.",
        "Probearbeiten lief gut, Entscheidung des Betriebs kommt bis Ende der Woche.",
        "Interesse an einer Stelle in der Küche. Deutschniveau wird dort als ausreichend gesehen.",
    ),
    "application_documents": (
        "An das Bewerbungsbüro angebunden, Termin am Donnerstag. Zeugnisse mitnehmen.",
    ),
    "payslip": ("Erste Lohnabrechnung Zeile für Zeile erklärt.",),
    "everyday_work": ("Fragen zu Pünktlichkeit, Pausen und Urlaubsantrag geklärt.",),
    "work_permit": ("Beschäftigungserlaubnis ist beantragt, Bearbeitung dauert etwa vier Wochen.",),
    "sick_note": ("Ablauf der Krankmeldung erklärt: am ersten Tag anrufen, elektronisch melden.",),
    "debts": (
        "Drei Mahnungen mitgebracht. An die Schuldnerberatung vermittelt, Termin in zwei Wochen.",
    ),
    "budgeting": ("Liste mit Einnahmen und Ausgaben erstellt, Daueraufträge erklärt.",),
    "instalments": ("Ratenzahlung mit dem Versorger wird selbst vereinbart, Anschreiben geübt.",),
    "bank_account": ("Kontoeröffnung: welche Unterlagen nötig sind und wie die Karte kommt.",),
    "purchase_contract": (
        "Mobilfunkvertrag besprochen: Laufzeit und Kosten waren nicht klar. Auf die "
        "Verbraucherzentrale hingewiesen.",
    ),
    "benefits": ("Bewilligungszeitraum geprüft, Antrag rechtzeitig im nächsten Monat stellen.",),
    "asylum_letter": (
        "Ladung zur Anhörung erklärt, an die Verfahrensberatung verwiesen. Keine Rechtsberatung.",
        "Schreiben des Bundesamts gelesen. Wegen der Frist heute noch an die Rechtsberatung.",
    ),
    "residence_title": (
        "Aufenthaltstitel läuft in drei Monaten ab. Verlängerung wird online beantragt.",
    ),
    "lawyer_contact": ("Termin in der Kanzlei wird selbst wahrgenommen, Fragen notiert.",),
    "health_system": ("Erklärt: Hausarzt, Facharzt, Bereitschaftsdienst 116117 und wann die 112.",),
    "doctor": ("Terminvereinbarung in der Praxis geübt, Sprachmittlung wird dort organisiert.",),
    "health_insurance": ("Gesundheitskarte ist da. Familienversicherung der Kinder beantragt.",),
    "mental_strain": ("Belastung angesprochen, auf die Fachberatungsstelle hingewiesen.",),
    "pregnancy": ("Auf Vorsorgetermine hingewiesen, Hebammenliste mitgegeben.",),
    "course_advice": (
        "Kursmöglichkeiten besprochen, Wunsch ist ein Abendkurs.",
        "Kurse verglichen: Am besten passt der allgemeine Integrationskurs.",
    ),
    "course_registration": (
        "Bei der Koordinierungsstelle für Sprachkurse im Landratsamt angemeldet.",
        "Einstufungstest am 14., Fahrkarte besprochen. Anmeldung liegt der Koordinierungsstelle "
        "vor.",
    ),
    "course_progress": (
        "Kurs läuft, Fehlzeiten wegen Kinderbetreuung. Gespräch mit dem Kursträger vereinbart.",
        "B1-Prüfung bestanden. Große Freude!",
        "Prüfung knapp nicht bestanden, Wiederholungsstunden sind beantragt.",
    ),
    "language_practice": ("Sprachcafé am Mittwoch empfohlen, Nachbarin geht mit.",),
    "school_enrolment": ("Schulanmeldung zum neuen Halbjahr, Vorbereitungsklasse.",),
    "school_talk": ("Elterngespräch vorbereitet, die Schule stellt eine Sprachmittlerin.",),
    "school_support": ("Lernförderung über Bildung und Teilhabe beantragt.",),
    "child_care": (
        "Anmeldung über das zentrale Vormerksystem gemeinsam ausgefüllt. Warteplatz.",
        "Kitaplatz ab September zugesagt!",
    ),
    "child_benefits": ("Kindergeld ist bewilligt, Kinderzuschlag an die Familienkasse verwiesen.",),
    "child_health": ("Termin für die U-Untersuchung steht, Impfpass mitnehmen.",),
    "parenting": ("Elterncafé im Familientreff vorgestellt, erstes Mal gemeinsam hin.",),
    "career_choice": ("Berufswunsch Elektro oder Pflege. An die Berufsberatung angebunden.",),
    "training_place": ("Einstiegsqualifizierung als Weg in die Ausbildung besprochen.",),
    "training_support": ("Berufsschule ist sprachlich schwer, Nachhilfe über die Agentur läuft.",),
    "recognition": ("An die Anerkennungsberatung verwiesen, Zeugnisse werden übersetzt.",),
    "further_training": ("Qualifizierungskurs Pflegehilfe vorgestellt, Infotag nächste Woche.",),
    "club": ("Fußballverein sucht Mitspieler, Probetraining am Freitag.",),
    "volunteers": (
        "Patenschaft gewünscht. Schweigepflichtentbindung wird beim nächsten Mal besprochen.",
    ),
    "neighbourhood": ("Begegnungsfest im Quartier, Familie möchte etwas kochen.",),
    "mobility": ("Buslinien und Deutschlandticket erklärt.",),
}
NOT_REACHED = (
    "Nicht angetroffen, Nachricht im Briefkasten hinterlassen.",
    "Telefonisch nicht erreicht, auf die Mailbox gesprochen.",
    "Termin nicht wahrgenommen. Neuer Vorschlag per Brief.",
)
CASE_WORK = (
    "Rückfrage bei der Koordinierungsstelle für Sprachkurse (Entbindung liegt vor).",
    "Unterlagen für den nächsten Termin zusammengestellt.",
    "Fallbesprechung im Team, ohne Namen.",
)
CONFIDENTIAL = (
    "Persönliches Gespräch, auf Wunsch nur für mich notiert. Beim nächsten Mal darauf "
    "zurückkommen.",
    "Sorgen um Angehörige. Möchte zurzeit nicht, dass andere davon wissen.",
)
CLOSING = {
    "goals_reached": "Ziele des Plans erreicht: Arbeit, Sprache B1, eigene Wohnung. "
    "Weiß, wohin bei Fragen.",
    "ended_by_client": "Möchte keine Begleitung mehr. Tür bleibt offen.",
    "moved_away": "Umzug in ein anderes Bundesland. Beratungsstelle am neuen Ort genannt.",
    "handed_over": "Umzug innerhalb des Landkreises, Übergabegespräch mit Einwilligung geführt.",
    "maximum_duration": "Höchstdauer erreicht. Regeldienste sind bekannt und angebunden.",
    "low_cooperation": "Mehrfach angesprochen, Termine weiterhin nicht wahrgenommen.",
    "self_protection": "Beendet nach Rücksprache mit der Leitung.",
    "left_country": "Freiwillige Ausreise, Rückkehrberatung war angebunden.",
    "death": "Angehörige wurden an die zuständigen Stellen verwiesen.",
}
