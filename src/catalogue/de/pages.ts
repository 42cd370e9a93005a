export const pages = {
  "app.hero": "Matrix lernen, indem man es benutzt.",
  "app.lead":
    "Matrix ist ein Netz zum Chatten, das keiner Firma gehört. Ein kleines, echt von Ende zu Ende, läuft in diesem Tab. Schreib den Leuten darin, folge deinen Worten von Haus zu Haus, mach etwas kaputt und sieh, was hält.",
  "app.continue": "Fortsetzen: {title}",
  "app.continue-at": "Schritt {number} von {count}: {headline}",
  "app.start-again-from":
    "Du hast alles abgeschlossen, was es hier gibt. Jedes Tutorial lässt sich noch einmal spielen.",
  "app.promise-account": "Keine Telefonnummer, keine E-Mail-Adresse, nichts zu installieren",
  "app.promise-private": "Nichts verlässt diesen Browser",
  "app.promise-offline": "Läuft nach dem ersten Besuch auch ohne Netz",
  "app.minutes": "{minutes|# Minute|# Minuten}",
  "app.steps": "{count|# Schritt|# Schritte}",
  "app.step-progress": "{done} von {count|# Schritt|# Schritten}",
  "app.done": "Geschafft",
  "app.not-found-text":
    "Vielleicht ist die Adresse vertippt, oder sie nennt ein Tutorial oder einen Schritt, den es hier nicht gibt. Nichts ist verloren: Dein Fortschritt ist, wo er war.",
  "app.not-found-step": "Einen solchen Schritt hat {title} nicht. Hier fängt es an:",
  "loaded.title": "Dieses Tutorial lässt sich nicht spielen",
  "loaded.no-url": "„{url}“ ist keine Webadresse eines Tutorials. Eine solche beginnt mit https://.",
  "loaded.not-reached":
    "Unter {url} antwortet niemand. Gibt es ein Netz, und stimmt die Adresse? Dann versuche es noch einmal.",
  "loaded.not-there": "Unter {url} gibt es nichts zu lesen. Prüfe, ob die Adresse stimmt.",
  "loaded.not-allowed":
    "Der Host von {url} erlaubt anderen Seiten nicht, es zu lesen. Wer ihn betreibt, kann das mit dem Header Access-Control-Allow-Origin erlauben.",
  "loaded.web-page":
    "Unter {url} liegt eine Webseite, kein Tutorial. Gebraucht werden die Dateien tutorial.yaml und en.md, so wie sie sind: Viele Hosts haben dafür eine „Raw“-Adresse.",
  "loaded.too-large": "Was unter {url} liegt, ist größer, als ein Tutorial sein darf.",
  "loaded.faults": "Es liegt unter {url}, und das ist daran falsch:",
  "about.real": "Was echt ist",
  "about.real-text":
    "Alles, was antwortet. Die Häuser auf der Karte sind Matrix-Homeserver: Sie prüfen Passwörter, signieren Events, führen Räume und halten sich an die Spezifikation. Auf den Geräten läuft matrix-js-sdk, die Software, aus der echte Matrix-Apps gemacht sind. Was sich auf der Karte bewegt, ist die Anfrage, die gestellt wurde, in dem Moment, in dem sie gestellt wurde. Die Leute in der Szene folgen einem Drehbuch, aber jeder von ihnen hat einen echten Client, und nichts erscheint in einem Raum, das kein Client gesendet hat.",
  "about.not-real": "Was nicht",
  "about.not-real-text":
    "Das Netz dazwischen. Es lebt in diesem Tab, seine Server haben Namen auf .example, und von außen ist nichts davon erreichbar. Manches, was ein Browser und das Internet hinzufügen würden, wird deshalb nicht gespielt:",
  "about.not-cors":
    "CORS-Preflights. Ein Browser fragt einen Server um Erlaubnis, bevor er eine Seite mit ihm reden lässt. Hier fragen die Geräte keinen Browser, also kommen diese OPTIONS-Anfragen nicht vor.",
  "about.not-tls":
    "DNS, TCP und TLS. Eine Anfrage reist als ein Paket; das Nachschlagen von Namen und das Aushandeln der Verschlüsselung der Leitung fehlen.",
  "about.not-cost":
    "Teure Passwörter. Sie werden mit einer dafür gemachten Funktion gehasht, aber zu geringen Kosten, denn das hier ist ein Netz zum Üben.",
  "about.stored": "Was gespeichert wird",
  "about.stored-text":
    "Wo du in jedem Tutorial bist, sein kleines Netz mit deinen Nachrichten, und die Farben, die du gewählt hast. Alles nur in diesem Browser. Kein Konto, keine Cookies, keine Zählung von Besuchern, keine Anfrage an irgendwen sonst.",
  "about.stored-nothing":
    "Dieser Browser gibt der Seite keinen Speicher. Alles läuft, aber dein Fortschritt endet mit der Seite.",
  "about.yours": "Was dir gehört",
  "about.progress": "Dein Fortschritt",
  "about.progress-text":
    "Nimm deinen Fortschritt in einen anderen Browser mit: eine kleine Datei mit den Schritten, die du geschafft hast. Nachrichten sind nicht darin.",
  "about.export": "Fortschritt exportieren",
  "about.import": "Fortschritt importieren",
  "about.imported": "Dein Fortschritt wurde importiert.",
  "about.import-fault": "Diese Datei ist kein Fortschritt von Homeroom: {fault}",
  "progress.fault-not-json": "sie ist kein JSON.",
  "progress.fault-not-progress": "etwas anderes ist darin.",
  "progress.fault-newer": "sie kommt von einem neueren Homeroom als diesem.",
  "progress.fault-damaged": "Teile davon fehlen oder sind falsch.",
  "about.delete": "Alles löschen",
  "about.delete-text":
    "Entfernt alle Konten, Nachrichten und Fortschritte von Homeroom aus diesem Browser. Das lässt sich nicht rückgängig machen.",
  "about.delete-ask": "Alles löschen, was Homeroom in diesem Browser aufbewahrt?",
  "about.delete-ask-text": "Deine Konten, deine Nachrichten und dein Fortschritt sind dann endgültig weg.",
  "about.delete-yes": "Ja, alles löschen",
  "about.deleted": "Alles wurde gelöscht.",
  "about.delete-failed":
    "Einiges ließ sich nicht löschen, weil Homeroom in einem anderen Tab offen ist. Schließ ihn und versuch es noch einmal.",
  "about.browsers": "Browser",
  "about.browsers-text":
    "Chrome, Edge, Firefox und Safari der letzten zwei Jahre, auf einem Rechner oder einem Telefon.",
  "about.source": "Homeroom ist quelloffen, unter der Apache-Lizenz 2.0.",
} as const;
