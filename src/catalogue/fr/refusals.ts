export const refusals = {
  "identifier/empty": "Il n’y a encore rien d’écrit ici.",
  "identifier/wrong-sigil":
    "Aucune adresse ne commence par « {found} ». Les personnes commencent par @, les salons par #, leurs identifiants par !.",
  "identifier/no-server":
    "La maison manque. Ajoutez deux-points et le nom d’un serveur, comme :garden.example.",
  "identifier/empty-localpart": "Le nom manque entre le signe et les deux-points.",
  "identifier/bad-character":
    "« {character} » ne peut pas se trouver dans un nom. Les minuscules, les chiffres et . _ - / = + le peuvent.",
  "identifier/upper-case": "« {character} » est une majuscule. Les noms s’écrivent en minuscules.",
  "identifier/too-long": "C’est trop long : {bytes} octets, et une adresse en a {limit} au plus.",
  "identifier/empty-server": "Après les deux-points, la maison manque. Écrivez-y le nom de son serveur.",
  "identifier/bad-server-character":
    "« {character} » ne peut pas se trouver dans le nom d’un serveur. Les lettres, les chiffres, les points et les tirets le peuvent.",
  "identifier/server-too-long":
    "Le nom du serveur est trop long : {bytes} caractères, et il en a {limit} au plus.",
  "identifier/bad-port":
    "« {port} » n’est pas un port. Un port est un nombre jusqu’à 65535. Sans port, laissez tomber les derniers deux-points.",
  "identifier/bad-ipv4":
    "« {host} » ressemble à une adresse IP, mais chacun de ses nombres doit être 255 au plus.",
  "identifier/bad-ipv6":
    "« {host} » n’est pas une adresse IPv6. Entre les crochets se trouvent des groupes de chiffres hexadécimaux et des deux-points.",
  "link/not-matrix":
    "Aucune adresse Matrix ne commence ainsi. Commencez par @, # ou !, par https://matrix.to/#/ ou par matrix:.",
  "link/no-target": "Le lien ne mène nulle part : mettez à la fin l’adresse d’une personne ou d’un salon.",
  "link/bad-percent-encoding": "Après chaque % viennent deux chiffres hexadécimaux. Pas ici.",
  "link/event-without-room": "Un événement seul est introuvable. Nommez d’abord son salon, puis l’événement.",
  "link/group":
    "Cela mène à un groupe d’autrefois. Matrix a maintenant des espaces, et un espace a l’adresse d’un salon.",
  "link/segments":
    "Un lien matrix: a un genre et un nom, comme matrix:r/tea:garden.example. Celui-ci a {count} parties.",
  "link/unknown-type":
    "« {type} » n’est pas un genre d’adresse. Dans un lien matrix:, u est une personne, r un salon, roomid un identifiant de salon, e un événement.",

  "address/mail":
    "C’est écrit comme une adresse e-mail. Dans Matrix, le signe vient en premier, et deux-points précèdent la maison.",
  "address/web":
    "C’est un lien, mais pas vers Matrix. Les liens Matrix commencent par https://matrix.to/#/ ou par matrix:.",
  "address/no-sigil": "Le signe du début manque : @ pour une personne, # pour un salon.",
  "address/dot":
    "Il n’y a pas de deux-points. Est-ce à ce point que le nom finit et que la maison commence ?",
  "address/space": "Il y a une espace ici. Les adresses n’en ont pas.",
  "address/no-home":
    "{address} ne nomme aucune maison. Demandez un lien qui nomme un serveur présent dans le salon.",

  "sign-up/name-taken": "Quelqu’un porte déjà ce nom chez ce serveur. Essayez-en un autre.",
  "sign-up/name-invalid": "Un nom d’utilisateur ne contient que des minuscules, des chiffres et . _ - / = +.",
  "sign-up/name-reserved": "Ce serveur garde ce nom pour lui. Essayez-en un autre.",
  "sign-up/password-weak": "Le serveur trouve ce mot de passe trop faible.",
  "sign-up/closed": "Ce serveur ne prend pas de nouveaux comptes.",
  "sign-up/unable": "Ce serveur demande quelque chose que ce programme ne sait pas faire.",
  "sign-in/wrong": "Le nom et le mot de passe ne vont pas ensemble.",
  "sign-in/deactivated": "Ce compte a été fermé.",
  "room/alias-taken": "Un autre salon a déjà cette adresse.",
  "room/version-unknown": "Le serveur ne connaît pas cette version de salon.",
  "room/not-found": "Il n’y a pas de salon à cette adresse.",
  "room/not-invited": "On n’entre dans ce salon que sur invitation.",
  "room/may-not-invite": "Vous ne pouvez pas inviter cette personne ici, ou elle y est déjà.",
  "room/may-not-send": "Vous ne pouvez pas écrire dans ce salon.",
  "room/message-too-large": "C’est trop long pour un seul message.",
  "room/may-not-knock": "On ne peut pas frapper à ce salon, ou vous y êtes déjà.",
  "room/alias-invalid":
    "Cela ne peut pas être l’adresse d’un salon. Les lettres, les chiffres et . _ - conviennent.",
  "directory/out-of-reach": "L’annuaire de ce serveur est hors d’atteinte.",
  "request/bad-path": "Un chemin commence par un /.",
  "file/empty": "{name} est vide : il n’y a rien à envoyer.",
  "file/too-large": "{name} est trop grand pour ce serveur.",
  "file/no-picture": "{name} n’est pas une image qui puisse être montrée. On peut l’envoyer comme fichier.",
  "file/gone": "{name} n’est plus là. Choisissez-le de nouveau.",
  "recovery/no-key": "Écrivez d’abord la clé de récupération.",
  "recovery/wrong-key":
    "Ce n’est pas la clé de ce compte. Regardez si elle est complète, ou si c’en est une plus ancienne.",
  "recovery/not-a-key":
    "Ce n’est pas une clé de récupération, ou il s’y trouve une faute : une clé a douze groupes de quatre lettres et chiffres.",
  "recovery/no-recovery": "Ce compte n’a pas de récupération, donc aucune clé n’ouvre rien.",
  "recovery/no-passphrase": "Ce compte n’a pas de phrase secrète. Utilisez la clé de récupération.",
  "recovery/secrets-missing":
    "La clé est bonne, mais ce qu’elle ouvre n’est plus là. Vérifiez avec un autre appareil, ou réinitialisez.",
  "recovery/backup-other-version":
    "L’identité est revenue, mais la sauvegarde des messages a été refaite avec une autre clé. Un autre appareil a peut-être encore les anciens messages.",
  "recovery/backup-damaged":
    "L’identité est revenue, mais rien ne s’ouvre dans la sauvegarde des messages. Un autre appareil a peut-être encore les anciens messages.",
  "verification/none": "Cette vérification n’en est plus là. Recommencez.",
  "encryption/none": "Cet appareil ne sait pas chiffrer.",
  "session/ended": "Cette session est terminée. Connectez-vous de nouveau.",
  "server/too-many-requests": "Le serveur demande une pause. Réessayez dans un instant.",
  "server/forbidden": "Le serveur ne le permet pas.",
  "server/not-found": "Le serveur ne connaît rien de ce nom.",
  "server/too-large": "C’est trop grand pour le serveur.",
  "server/refused": "Le serveur a dit non : {error}",
  "server/other-out-of-reach":
    "L’autre serveur n’a pas répondu à temps. Sa liaison est peut-être coupée, ou il est arrêté : réparez cela, puis réessayez.",
  "network/link-cut": "La liaison est coupée, rien n’est passé. Réparez-la, puis réessayez.",
  "network/host-stopped": "Le serveur ne répond pas. Il est peut-être arrêté : démarrez-le, puis réessayez.",
  "network/lost": "La requête s’est perdue en route. Réessayez.",
  "network/timed-out": "Aucune réponse n’est venue à temps.",
  "network/no-such-host": "Il n’y a pas de serveur de ce nom.",
  "network/aborted": "Cela a été abandonné avant la réponse.",

  "act/unknown-host": "Il n’y a pas de {host} ici.",
  "act/unknown-person": "Personne ne s’appelle {person} ici.",
  "act/no-device": "Cet appareil n’est plus là.",
  "act/device-exists": "Il y a déjà un appareil de ce nom.",
  "act/signed-in": "Cet appareil est déjà connecté.",
  "act/signed-out": "Cet appareil est déconnecté.",
  "act/unknown-room": "Cet appareil ne connaît pas ce salon.",
  "act/stopped": "Ce petit réseau a été rangé. Rechargez la page pour continuer.",
  "act/unknown-event": "Ce message a disparu.",
  "act/nothing-there": "Il n’y a encore rien de tel à regarder.",

  "chat/no-name": "Choisissez d’abord un nom.",
  "chat/no-password": "Il faut aussi un mot de passe.",
  "chat/no-address": "Écrivez d’abord une adresse.",
  "chat/no-room-name": "Donnez d’abord un nom au salon.",
  "chat/no-words": "Écrivez d’abord un mot à chercher.",

  "errcode.M_USER_IN_USE": "Quelqu’un a déjà ce nom. Essayez-en un autre.",
  "errcode.M_INVALID_USERNAME":
    "Un nom d’utilisateur ne contient que des minuscules, des chiffres et . _ - / = +.",
  "errcode.M_EXCLUSIVE": "Ce nom est réservé. Essayez-en un autre.",
  "errcode.M_WEAK_PASSWORD": "Le serveur trouve ce mot de passe trop faible.",
  "errcode.M_FORBIDDEN": "Le serveur ne le permet pas.",
  "errcode.M_UNKNOWN_TOKEN": "Cette session est terminée. Connectez-vous de nouveau.",
  "errcode.M_MISSING_TOKEN": "Le serveur ne sait pas qui demande.",
  "errcode.M_USER_DEACTIVATED": "Ce compte a été fermé.",
  "errcode.M_USER_LOCKED": "Ce compte est verrouillé pour le moment.",
  "errcode.M_USER_SUSPENDED": "Ce compte peut seulement lire pour le moment.",
  "errcode.M_NOT_FOUND": "Le serveur ne connaît rien de ce nom.",
  "errcode.M_ROOM_IN_USE": "Un autre salon a déjà cette adresse.",
  "errcode.M_INVALID_PARAM": "Le serveur ne comprend pas ce qui est écrit.",
  "errcode.M_MISSING_PARAM": "Il manque quelque chose dont le serveur a besoin.",
  "errcode.M_BAD_JSON": "Le serveur ne peut pas lire cela.",
  "errcode.M_NOT_JSON": "Le serveur ne peut pas lire cela.",
  "errcode.M_UNRECOGNIZED": "Le serveur ne sait pas le faire.",
  "errcode.M_TOO_LARGE": "C’est trop grand pour le serveur.",
  "errcode.M_LIMIT_EXCEEDED": "Le serveur demande une pause. Réessayez dans un instant.",
  "errcode.M_UNSUPPORTED_ROOM_VERSION": "Le serveur ne connaît pas cette version de salon.",
  "errcode.M_INCOMPATIBLE_ROOM_VERSION": "Le serveur ne connaît pas la version de ce salon.",
  "errcode.M_UNABLE_TO_AUTHORISE_JOIN": "Le serveur ne peut pas savoir si vous pouvez entrer.",
  "errcode.M_UNABLE_TO_GRANT_JOIN": "Personne qui pourrait vous faire entrer n’est joignable.",
  "errcode.M_DUPLICATE_ANNOTATION": "Vous avez déjà réagi ainsi.",
  "errcode.M_UNKNOWN": "Quelque chose s’est mal passé chez le serveur.",
  "errcode.other": "Cela n’a pas marché ({code}).",
} as const;
