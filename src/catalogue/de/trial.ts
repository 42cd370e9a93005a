export const trial = {
  "trial.kicker": "Ein zufälliges Netz",
  "trial.headline": "Können sich Server einig werden, wenn alles kaputtgeht?",
  "trial.text":
    "{servers|# Server|# Server}, {people|# Mensch|# Menschen} und der Zufall. Menschen schreiben, laden ein, verbannen und benennen um; Kabel reißen, Nachrichten gehen verloren, Server bleiben stehen. Dann wird alles geflickt. Drück auf Weiter und schau zu.",
  "trial.text-check":
    "Am Ende muss jeder Server, der noch in einem Raum ist, dieselben Events und denselben Zustand haben wie alle anderen, und jeder Mensch muss sehen, was sein Server hat.",
  "trial.playing": "Der Zufall ist am Werk …",
  "trial.later": "Am Ende der Wiedergabe steht hier, ob es gehalten hat.",
  "trial.held": "Es hat gehalten: Am Ende sind sich alle einig.",
  "trial.not-held": "Es hat nicht gehalten:",
  "trial.failed": "Dieses Netz ließ sich nicht abspielen.",
  "trial.seed": "Startzahl",
  "trial.play": "Abspielen",
  "trial.next": "Nächste Startzahl",
  "trial.end": "Zum Ende",
} as const;
