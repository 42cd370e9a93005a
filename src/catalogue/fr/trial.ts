export const trial = {
  "trial.kicker": "Un réseau au hasard",
  "trial.headline": "Les serveurs peuvent-ils s’accorder quand tout casse ?",
  "trial.text":
    "{servers|# serveur|# serveurs}, {people|# personne|# personnes}, et le hasard. On discute, on invite, on bannit, on renomme ; des câbles cassent, des messages se perdent, des serveurs s’arrêtent. Puis tout est réparé. Appuyez sur Reprendre et regardez.",
  "trial.text-check":
    "À la fin, chaque serveur encore présent dans un salon doit avoir les mêmes événements et le même état que les autres, et chacun doit voir ce que son serveur a.",
  "trial.playing": "Le hasard est à l’œuvre…",
  "trial.later": "À la fin de la lecture, on lit ici si cela a tenu.",
  "trial.held": "Cela a tenu : à la fin, tous sont d’accord.",
  "trial.not-held": "Cela n’a pas tenu :",
  "trial.failed": "Ce réseau n’a pas pu être joué.",
  "trial.seed": "Graine",
  "trial.play": "Jouer",
  "trial.next": "Graine suivante",
  "trial.end": "Jusqu’à la fin",
} as const;
