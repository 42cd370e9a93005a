export const refusals = {
  "identifier/empty": "Hier steht noch nichts.",
  "identifier/wrong-sigil":
    "Mit „{found}“ beginnt keine Adresse. Menschen beginnen mit @, Räume mit #, Raumkennungen mit !.",
  "identifier/no-server":
    "Das Zuhause fehlt. Setz einen Doppelpunkt und den Namen eines Servers dahinter, etwa :garden.example.",
  "identifier/empty-localpart": "Zwischen dem Zeichen und dem Doppelpunkt fehlt der Name.",
  "identifier/bad-character":
    "„{character}“ kann nicht in einem Namen stehen. Kleinbuchstaben, Ziffern und . _ - / = + können es.",
  "identifier/upper-case": "„{character}“ ist ein Großbuchstabe. Namen schreibt man klein.",
  "identifier/too-long": "Das ist zu lang: {bytes} Bytes, und eine Adresse hat höchstens {limit}.",
  "identifier/empty-server":
    "Hinter dem Doppelpunkt fehlt das Zuhause. Schreib den Namen seines Servers dorthin.",
  "identifier/bad-server-character":
    "„{character}“ kann nicht im Namen eines Servers stehen. Buchstaben, Ziffern, Punkte und Bindestriche können es.",
  "identifier/server-too-long":
    "Der Name des Servers ist zu lang: {bytes} Zeichen, und er hat höchstens {limit}.",
  "identifier/bad-port":
    "„{port}“ ist kein Port. Ein Port ist eine Zahl bis 65535. Ohne einen fällt der letzte Doppelpunkt weg.",
  "identifier/bad-ipv4":
    "„{host}“ sieht aus wie eine IP-Adresse, aber jede ihrer Zahlen darf höchstens 255 sein.",
  "identifier/bad-ipv6":
    "„{host}“ ist keine IPv6-Adresse. In den Klammern stehen Gruppen aus hexadezimalen Ziffern und Doppelpunkte.",
  "link/not-matrix":
    "So beginnt keine Matrix-Adresse. Beginn mit @, # oder !, mit https://matrix.to/#/ oder mit matrix:.",
  "link/no-target": "Der Link führt nirgendwohin: Setz die Adresse eines Menschen oder eines Raums ans Ende.",
  "link/bad-percent-encoding": "Nach jedem % stehen zwei hexadezimale Ziffern. Hier nicht.",
  "link/event-without-room":
    "Ein Event allein lässt sich nicht finden. Nenn zuerst seinen Raum, dann das Event.",
  "link/group":
    "Das führt zu einer Gruppe aus alten Zeiten. Matrix hat dafür jetzt Spaces, und ein Space hat die Adresse eines Raums.",
  "link/segments":
    "Ein matrix:-Link hat eine Art und einen Namen, etwa matrix:r/tea:garden.example. Dieser hat {count} Teile.",
  "link/unknown-type":
    "„{type}“ ist keine Art von Adresse. In einem matrix:-Link ist u ein Mensch, r ein Raum, roomid eine Raumkennung, e ein Event.",

  "address/mail":
    "Das ist geschrieben wie eine E-Mail-Adresse. In Matrix steht das Zeichen vorn, und vor dem Zuhause steht ein Doppelpunkt.",
  "address/web":
    "Das ist ein Link, aber nicht zu Matrix. Matrix-Links beginnen mit https://matrix.to/#/ oder mit matrix:.",
  "address/no-sigil": "Das Zeichen am Anfang fehlt: @ für einen Menschen, # für einen Raum.",
  "address/dot":
    "Es ist kein Doppelpunkt darin. Endet an diesem Punkt der Name, und beginnt dort das Zuhause?",
  "address/space": "Hier ist ein Leerzeichen. Adressen haben keine.",
  "address/no-home":
    "{address} nennt kein Zuhause. Bitte um einen Link, der einen Server nennt, der in dem Raum ist.",

  "sign-up/name-taken": "Bei diesem Server heißt schon jemand so. Versuch einen anderen Namen.",
  "sign-up/name-invalid": "In einem Benutzernamen stehen nur Kleinbuchstaben, Ziffern und . _ - / = +.",
  "sign-up/name-reserved": "Diesen Namen behält der Server für sich. Versuch einen anderen.",
  "sign-up/password-weak": "Dem Server ist dieses Passwort zu schwach.",
  "sign-up/closed": "Dieser Server nimmt keine neuen Konten auf.",
  "sign-up/unable": "Dieser Server verlangt etwas, das dieses Programm nicht kann.",
  "sign-in/wrong": "Name und Passwort passen nicht zusammen.",
  "sign-in/deactivated": "Dieses Konto wurde geschlossen.",
  "room/alias-taken": "Ein anderer Raum hat diese Adresse schon.",
  "room/version-unknown": "Der Server kennt keine solche Version von Räumen.",
  "room/not-found": "Unter dieser Adresse gibt es keinen Raum.",
  "room/not-invited": "In diesen Raum kommen nur Eingeladene.",
  "room/may-not-invite": "Du darfst diesen Menschen nicht hierher einladen, oder er ist schon da.",
  "room/may-not-send": "Du darfst in diesem Raum nicht schreiben.",
  "room/message-too-large": "Das ist zu lang für eine Nachricht.",
  "room/may-not-knock": "Bei diesem Raum kann man nicht anklopfen, oder du bist schon darin.",
  "room/alias-invalid": "Das kann keine Raumadresse sein. Buchstaben, Ziffern und . _ - gehen gut.",
  "directory/out-of-reach": "Das Verzeichnis dieses Servers ist nicht zu erreichen.",
  "request/bad-path": "Ein Pfad beginnt mit einem /.",
  "file/empty": "{name} ist leer: Es gibt nichts zu senden.",
  "file/too-large": "{name} ist zu groß für diesen Server.",
  "file/no-picture": "{name} ist kein Bild, das sich zeigen lässt. Als Datei lässt es sich senden.",
  "file/gone": "{name} ist nicht mehr da. Wähl es noch einmal.",
  "recovery/no-key": "Schreib zuerst den Wiederherstellungsschlüssel.",
  "recovery/wrong-key":
    "Das ist nicht der Schlüssel dieses Kontos. Sieh nach, ob er vollständig ist, oder ob es ein älterer ist.",
  "recovery/not-a-key":
    "Das ist kein Wiederherstellungsschlüssel, oder es steckt ein Fehler darin: Ein solcher hat zwölf Gruppen aus vier Buchstaben und Ziffern.",
  "recovery/no-recovery":
    "Dieses Konto hat keine Wiederherstellung eingerichtet, also öffnet kein Schlüssel etwas.",
  "recovery/no-passphrase": "Dieses Konto hat keine Passphrase. Nimm den Wiederherstellungsschlüssel.",
  "recovery/secrets-missing":
    "Der Schlüssel stimmt, aber was er öffnet, ist nicht mehr da. Bestätige mit einem anderen Gerät, oder setz alles zurück.",
  "recovery/backup-other-version":
    "Die Identität ist zurück, aber die Sicherung der Nachrichten wurde mit einem anderen Schlüssel neu angelegt. Vielleicht hat ein anderes Gerät die alten Nachrichten noch.",
  "recovery/backup-damaged":
    "Die Identität ist zurück, aber in der Sicherung der Nachrichten lässt sich nichts öffnen. Vielleicht hat ein anderes Gerät die alten Nachrichten noch.",
  "verification/none": "Diese Bestätigung ist nicht mehr an diesem Punkt. Beginn noch einmal.",
  "encryption/none": "Dieses Gerät kann nicht verschlüsseln.",
  "session/ended": "Diese Sitzung ist zu Ende. Melde dich wieder an.",
  "server/too-many-requests": "Der Server bittet um eine Pause. Versuch es gleich noch einmal.",
  "server/forbidden": "Der Server erlaubt das nicht.",
  "server/not-found": "Der Server kennt nichts mit diesem Namen.",
  "server/too-large": "Das ist zu groß für den Server.",
  "server/refused": "Der Server hat Nein gesagt: {error}",
  "server/other-out-of-reach":
    "Der andere Server hat nicht rechtzeitig geantwortet. Vielleicht ist seine Verbindung getrennt, oder er ist angehalten: Behebe das und versuch es noch einmal.",
  "network/link-cut":
    "Die Verbindung ist getrennt, also kam nichts durch. Flicke sie und versuch es noch einmal.",
  "network/host-stopped":
    "Der Server antwortet nicht. Vielleicht ist er angehalten: Starte ihn und versuch es noch einmal.",
  "network/lost": "Die Anfrage ging unterwegs verloren. Versuch es noch einmal.",
  "network/timed-out": "Es kam rechtzeitig keine Antwort.",
  "network/no-such-host": "Einen Server mit diesem Namen gibt es nicht.",
  "network/aborted": "Das wurde abgebrochen, bevor eine Antwort kam.",

  "act/unknown-host": "{host} gibt es hier nicht.",
  "act/unknown-person": "Niemand heißt hier {person}.",
  "act/no-device": "Dieses Gerät ist nicht mehr hier.",
  "act/device-exists": "Es gibt schon ein Gerät mit diesem Namen.",
  "act/signed-in": "Dieses Gerät ist schon angemeldet.",
  "act/signed-out": "Dieses Gerät ist abgemeldet.",
  "act/unknown-room": "Dieses Gerät kennt keinen solchen Raum.",
  "act/stopped": "Dieses kleine Netz wurde weggeräumt. Lade die Seite neu, um weiterzumachen.",
  "act/unknown-event": "Diese Nachricht ist weg.",
  "act/nothing-there": "So etwas gibt es hier noch nicht zu sehen.",

  "chat/no-name": "Wähl zuerst einen Namen.",
  "chat/no-password": "Ein Passwort braucht es auch.",
  "chat/no-address": "Schreib zuerst eine Adresse.",
  "chat/no-room-name": "Gib dem Raum zuerst einen Namen.",
  "chat/no-words": "Schreib zuerst ein Wort, nach dem gesucht wird.",

  "errcode.M_USER_IN_USE": "Diesen Namen hat schon jemand. Versuch einen anderen.",
  "errcode.M_INVALID_USERNAME": "In einem Benutzernamen stehen nur Kleinbuchstaben, Ziffern und . _ - / = +.",
  "errcode.M_EXCLUSIVE": "Dieser Name ist vergeben. Versuch einen anderen.",
  "errcode.M_WEAK_PASSWORD": "Dem Server ist dieses Passwort zu schwach.",
  "errcode.M_FORBIDDEN": "Der Server erlaubt das nicht.",
  "errcode.M_UNKNOWN_TOKEN": "Diese Sitzung ist zu Ende. Melde dich wieder an.",
  "errcode.M_MISSING_TOKEN": "Der Server weiß nicht, wer fragt.",
  "errcode.M_USER_DEACTIVATED": "Dieses Konto wurde geschlossen.",
  "errcode.M_USER_LOCKED": "Dieses Konto ist vorerst gesperrt.",
  "errcode.M_USER_SUSPENDED": "Dieses Konto darf vorerst nur lesen.",
  "errcode.M_NOT_FOUND": "Der Server kennt nichts mit diesem Namen.",
  "errcode.M_ROOM_IN_USE": "Ein anderer Raum hat diese Adresse schon.",
  "errcode.M_INVALID_PARAM": "Der Server versteht nicht, was da steht.",
  "errcode.M_MISSING_PARAM": "Etwas fehlt, das der Server braucht.",
  "errcode.M_BAD_JSON": "Der Server kann das nicht lesen.",
  "errcode.M_NOT_JSON": "Der Server kann das nicht lesen.",
  "errcode.M_UNRECOGNIZED": "Der Server weiß nicht, wie das geht.",
  "errcode.M_TOO_LARGE": "Das ist zu groß für den Server.",
  "errcode.M_LIMIT_EXCEEDED": "Der Server bittet um eine Pause. Versuch es gleich noch einmal.",
  "errcode.M_UNSUPPORTED_ROOM_VERSION": "Der Server kennt keine solche Version von Räumen.",
  "errcode.M_INCOMPATIBLE_ROOM_VERSION": "Der Server kennt die Version dieses Raums nicht.",
  "errcode.M_UNABLE_TO_AUTHORISE_JOIN": "Der Server kann nicht herausfinden, ob du hereindarfst.",
  "errcode.M_UNABLE_TO_GRANT_JOIN": "Niemand, der dich hereinlassen könnte, ist zu erreichen.",
  "errcode.M_DUPLICATE_ANNOTATION": "So hast du schon reagiert.",
  "errcode.M_UNKNOWN": "Beim Server ging etwas schief.",
  "errcode.other": "Das hat nicht geklappt ({code}).",
} as const;
