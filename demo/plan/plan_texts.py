"""Goals and steps of integration plans by theme: (area, goal, months, steps).

A step is (text, who, weeks after the agreement).
"""

GOALS = {
    "language": (
        (
            "language",
            "Deutsch auf dem Niveau B1 sprechen und die Prüfung bestehen",
            10,
            (
                ("Anmeldung bei der Koordinierungsstelle für Sprachkurse", "worker", 2),
                ("Einstufungstest machen", "client", 5),
                ("Integrationskurs regelmäßig besuchen", "client", 24),
                ("Zur Prüfung anmelden", "client", 36),
            ),
        ),
        (
            "language",
            "Sich im Alltag auf Deutsch verständigen können",
            8,
            (
                ("Zweimal im Monat ins Sprachcafé gehen", "client", 8),
                ("Lernpatin oder Lernpaten finden", "volunteer", 12),
                ("Beim Arzt und im Rathaus selbst nachfragen", "client", 26),
            ),
        ),
    ),
    "work": (
        (
            "work",
            "Eine sozialversicherungspflichtige Arbeit finden",
            9,
            (
                ("Termin bei der Arbeitsvermittlung vereinbaren", "client", 3),
                ("Bewerbungsmappe im Bewerbungsbüro erstellen", "third", 6),
                ("Jede Woche zwei Bewerbungen schreiben", "client", 20),
            ),
        ),
        (
            "work",
            "Mit einem Praktikum in einen Betrieb hineinschauen",
            5,
            (
                ("Wunschberufe aufschreiben", "client", 2),
                ("Liste mit Betrieben in der Nähe besprechen", "worker", 4),
                ("Praktikum von zwei Wochen machen", "client", 16),
            ),
        ),
    ),
    "housing": (
        (
            "housing",
            "Eine eigene Wohnung finden",
            12,
            (
                ("Selbstauskunft und Schufa-Auskunft bereitlegen", "client", 4),
                ("Suchaufträge in zwei Portalen einrichten", "client", 3),
                ("Wohnberechtigungsschein beantragen", "client", 6),
                ("Wohnraumakquise der Gemeinde ansprechen", "worker", 8),
            ),
        ),
        (
            "housing",
            "Gut in der Wohnung ankommen und den Mietvertrag verstehen",
            4,
            (
                ("Hausordnung und Mülltrennung durchgehen", "worker", 2),
                ("Stromanbieter und Abschläge klären", "client", 5),
                ("Sich bei den Nachbarn vorstellen", "client", 4),
            ),
        ),
    ),
    "children": (
        (
            "children",
            "Ein Kitaplatz, damit der Sprachkurs besucht werden kann",
            7,
            (
                ("Im Vormerksystem anmelden", "client", 2),
                ("Gespräch mit der Kita führen", "client", 10),
                ("Antrag auf Übernahme der Gebühren stellen", "client", 12),
            ),
        ),
        (
            "children",
            "Feste Angebote für die Kinder in der Freizeit",
            6,
            (
                ("Sportverein anschauen", "client", 5),
                ("Bildung und Teilhabe beantragen", "client", 4),
                ("Familientreff besuchen", "volunteer", 8),
            ),
        ),
    ),
    "school": (
        (
            "school",
            "Die Kinder kommen in der Schule gut mit",
            10,
            (
                ("Lernförderung beantragen", "client", 4),
                ("Elterngespräch mit der Klassenleitung führen", "client", 6),
                ("Hausaufgabenhilfe im Quartier besuchen", "volunteer", 8),
            ),
        ),
        (
            "school",
            "Einen Schulabschluss erreichen",
            14,
            (
                ("Schullaufbahnberatung besuchen", "client", 6),
                ("Wechsel in die Regelklasse besprechen", "third", 20),
            ),
        ),
    ),
    "health": (
        (
            "health",
            "Sich im Gesundheitssystem selbst zurechtfinden",
            6,
            (
                ("Hausärztin oder Hausarzt am Ort suchen", "client", 4),
                ("Vorsorgetermine vereinbaren", "client", 8),
                ("Notfallnummern und Bereitschaftsdienst kennen", "worker", 2),
            ),
        ),
    ),
    "finances": (
        (
            "finances",
            "Überblick über Einnahmen, Ausgaben und Schulden",
            6,
            (
                ("Alle Briefe und Mahnungen sammeln", "client", 2),
                ("Termin bei der Schuldnerberatung wahrnehmen", "client", 5),
                ("Haushaltsbuch drei Monate führen", "client", 16),
                ("Daueraufträge für Miete und Strom einrichten", "client", 4),
            ),
        ),
    ),
    "asylum": (
        (
            "asylum",
            "Den Stand des Verfahrens verstehen und Fristen einhalten",
            6,
            (
                ("Termin bei der Verfahrensberatung", "third", 3),
                ("Alle Schreiben in einem Ordner abheften", "client", 2),
                ("Nachweise für die Ausländerbehörde sammeln", "client", 10),
            ),
        ),
    ),
    "vocation": (
        (
            "vocation",
            "Eine Ausbildung beginnen",
            12,
            (
                ("Berufsberatung besuchen", "client", 4),
                ("Einstiegsqualifizierung oder Praktikum machen", "client", 20),
                ("Fünf Bewerbungen für Ausbildungsplätze schreiben", "client", 26),
            ),
        ),
    ),
    "qualification": (
        (
            "qualification",
            "Die Anerkennung des Berufsabschlusses erreichen",
            14,
            (
                ("Beratungstermin bei der Anerkennungsstelle", "third", 4),
                ("Zeugnisse übersetzen lassen", "client", 10),
                ("Antrag auf Anerkennung stellen", "client", 18),
            ),
        ),
    ),
    "participation": (
        (
            "participation",
            "Menschen am Ort kennenlernen",
            6,
            (
                ("Begegnungscafé besuchen", "client", 4),
                ("Verein oder Chor ausprobieren", "client", 10),
                ("Patenschaft vermitteln", "volunteer", 8),
            ),
        ),
    ),
}
# How both see that a goal is reached; the others have not said it yet.
SEEN = {
    "Deutsch auf dem Niveau B1 sprechen und die Prüfung bestehen": "Das B1-Zertifikat liegt vor",
    "Sich im Alltag auf Deutsch verständigen können": (
        "Ein Termin im Rathaus ist ohne Dolmetschen gelungen"
    ),
    "Eine sozialversicherungspflichtige Arbeit finden": "Der Arbeitsvertrag ist unterschrieben",
    "Mit einem Praktikum in einen Betrieb hineinschauen": "Zwei Wochen Praktikum sind gemacht",
    "Eine eigene Wohnung finden": "Der Mietvertrag ist unterschrieben",
    "Gut in der Wohnung ankommen und den Mietvertrag verstehen": (
        "Anmeldung, Strom und Müllabfuhr sind geregelt"
    ),
    "Ein Kitaplatz, damit der Sprachkurs besucht werden kann": (
        "Der Betreuungsvertrag ist unterschrieben"
    ),
    "Feste Angebote für die Kinder in der Freizeit": "Jedes Kind hat jede Woche ein Angebot",
    "Einen Schulabschluss erreichen": "Das Abschlusszeugnis liegt vor",
    "Überblick über Einnahmen, Ausgaben und Schulden": "Ein Haushaltsbuch ist drei Monate geführt",
    "Eine Ausbildung beginnen": "Der Ausbildungsvertrag ist unterschrieben",
    "Die Anerkennung des Berufsabschlusses erreichen": "Der Anerkennungsbescheid liegt vor",
}
DROPPED = "Hat sich erledigt: anderer Weg gewählt."
MISSED = "Zu wenig Zeit neben dem Kurs, wird später wieder aufgenommen."
REOPENED = "Neue Fragen zu Arbeit und Wohnung"
