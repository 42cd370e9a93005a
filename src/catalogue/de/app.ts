export const app = {
  "app.name": "Homeroom",
  "app.title": "{page} · Homeroom",
  "app.home-title": "Homeroom: Matrix lernen, indem man es benutzt",
  "app.description":
    "Lerne Matrix, das offene Netz für sichere, dezentrale Kommunikation, indem du in diesem Browser-Tab ein echtes benutzt.",
  "app.skip-link": "Zum Inhalt springen",
  "app.home": "Startseite",
  "app.about": "Über",
  "app.where": "Wo du bist",
  "app.step-of": "Schritt {number} von {count}",
  "app.language": "Sprache",
  "app.theme": "Farben: {choice}",
  "app.theme-system": "wie das System",
  "app.theme-light": "hell",
  "app.theme-dark": "dunkel",
  "app.too-old":
    "Dieser Browser ist zu alt für Homeroom. Es braucht Chrome, Edge, Firefox oder Safari der letzten zwei Jahre. Lesen kannst du trotzdem jeden Schritt.",
  "app.no-script":
    "Homeroom lässt in dieser Seite ein kleines Netz laufen, und das braucht JavaScript. Lesen kannst du trotzdem jeden Schritt.",
  "app.close": "Schließen",
  "app.cancel": "Abbrechen",
  "app.start": "Los: {title}",
  "app.not-loaded": "Dieser Teil ist nicht angekommen",
  "app.not-loaded-text":
    "Vielleicht gibt es gerade kein Netz, oder ein neueres Homeroom hat dieses abgelöst. Nichts von dir ist verloren.",
  "app.try-again": "Noch einmal versuchen",
  "app.seeds-title": "Zufällige Netze",
  "app.not-found": "Unter dieser Adresse ist nichts",
  "about.title": "Was hier echt ist und was aufbewahrt wird",
  "app.to-home": "Zur Startseite",

  "stage.name": "Bühne",
  "stage.you": "Du",
  "stage.views": "Ansichten",
  "stage.network": "Karte",
  "stage.graph": "Raumgraph",
  "stage.chairs": "Stühle",
  "stage.keys": "Schlüssel",
  "stage.forge": "Fälschertisch",
  "stage.inspector": "Lupe",
  "stage.log": "Protokoll",
  "stage.addresses": "Adressen",
  "stage.chat-on": "{name}, {device}",
  "stage.past": "Du siehst die Vergangenheit. Dort lässt sich nichts tun.",
  "stage.device-gone": "Dieses Gerät ist weg. {name} kann es nicht mehr benutzen.",
  "stage.arriving": "Das kleine Netz fährt hoch …",
  "stage.crypto-arriving": "Die Verschlüsselung ist unterwegs, nur dieses eine Mal: {loaded} von {size} MB",
  "crypto.missing-title": "„{title}“ kann in dieser Seite nicht laufen",
  "crypto.missing-webassembly":
    "Seine Geräte verschlüsseln wirklich, mit einem Programm in WebAssembly, und dieser Browser hat keines, oder es ist abgeschaltet. Manche Browser schalten es im strengsten Modus ab.",
  "crypto.missing-secure-context":
    "Seine Geräte verschlüsseln wirklich, und was das braucht, geben Browser einer Seite nur über https oder auf diesem Rechner selbst. Öffne die Seite unter ihrer https-Adresse.",
  "crypto.missing-others": "Diese Tutorials laufen hier",

  "note.not-kept":
    "Dieser Browser bewahrt für diese Seite nichts auf, oder er hat keinen Platz mehr. Du kannst spielen, aber dein Fortschritt endet mit der Seite.",
  "note.copy":
    "Dieses Tutorial ist in einem anderen Tab offen. Hier ist eine frische Kopie des Schritts; was du darin tust, wird nicht aufbewahrt.",
  "note.given-away": "Du hast dieses Tutorial in einem anderen Tab fortgesetzt.",
  "note.older-version":
    "Dieses Tutorial hat sich geändert, seit du hier warst. Der Schritt beginnt neu, und alles davor ist für dich schon getan.",
  "note.damaged":
    "Was dieser Browser von dem Tutorial aufbewahrt hatte, war nicht lesbar. Der Schritt beginnt neu, und alles davor ist für dich schon getan.",
  "note.continue-here": "Hier fortsetzen",
  "note.download": "Aufbewahrtes herunterladen",

  "finish.title": "Das war’s. Gut gemacht!",
  "finish.text":
    "Du hast „{title}“ abgeschlossen. Das Netz, in dem du gespielt hast, bleibt hier; schau zurück, wann du magst.",
  "finish.next": "Als Nächstes: {title}.",
} as const;
