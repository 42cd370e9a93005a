export const app = {
  "app.name": "Homeroom",
  "app.title": "{page} · Homeroom",
  "app.home-title": "Homeroom : apprendre Matrix en s’en servant",
  "app.description":
    "Apprenez Matrix, le réseau ouvert de communication sûre et décentralisée, en utilisant un vrai réseau dans cet onglet du navigateur.",
  "app.skip-link": "Aller au contenu",
  "app.home": "Accueil",
  "app.about": "À propos",
  "app.where": "Où vous êtes",
  "app.step-of": "Étape {number} sur {count}",
  "app.language": "Langue",
  "app.theme": "Thème : {choice}",
  "app.theme-system": "comme le système",
  "app.theme-light": "clair",
  "app.theme-dark": "sombre",
  "app.too-old":
    "Ce navigateur est trop ancien pour Homeroom. Il faut Chrome, Edge, Firefox ou Safari des deux dernières années. Vous pouvez tout de même lire chaque étape.",
  "app.no-script":
    "Homeroom fait vivre un petit réseau dans cette page, et cela demande JavaScript. Vous pouvez tout de même lire chaque étape.",
  "app.close": "Fermer",
  "app.cancel": "Annuler",
  "app.start": "Commencer : {title}",
  "app.not-loaded": "Cette partie n’est pas arrivée",
  "app.not-loaded-text":
    "Il n’y a peut-être pas de réseau en ce moment, ou un Homeroom plus récent a remplacé celui-ci. Rien de ce qui est à vous n’est perdu.",
  "app.try-again": "Réessayer",
  "app.seeds-title": "Réseaux au hasard",
  "app.not-found": "Il n’y a rien à cette adresse",
  "about.title": "Ce qui est réel ici, et ce qui est gardé",
  "app.to-home": "Vers l’accueil",

  "stage.name": "Scène",
  "stage.you": "Vous",
  "stage.views": "Vues",
  "stage.network": "Carte",
  "stage.graph": "Graphe du salon",
  "stage.chairs": "Chaises",
  "stage.keys": "Clés",
  "stage.forge": "Établi du faussaire",
  "stage.inspector": "Loupe",
  "stage.log": "Journal",
  "stage.addresses": "Adresses",
  "stage.chat-on": "{name}, {device}",
  "stage.past": "Vous regardez le passé. On ne peut rien y faire.",
  "stage.device-gone": "Cet appareil a disparu. {name} ne peut plus s’en servir.",
  "stage.arriving": "Le petit réseau démarre…",
  "stage.crypto-arriving": "Le chiffrement est en route, une seule fois : {loaded} Mo sur {size}",
  "crypto.missing-title": "« {title} » ne peut pas jouer dans cette page",
  "crypto.missing-webassembly":
    "Ses appareils chiffrent pour de vrai, avec un programme en WebAssembly, et ce navigateur n’en a pas, ou l’a désactivé. Certains navigateurs le désactivent dans leur mode le plus strict.",
  "crypto.missing-secure-context":
    "Ses appareils chiffrent pour de vrai, et les navigateurs ne donnent à une page ce qu’il faut que par https, ou depuis cette machine même. Ouvrez cette page par son adresse https.",
  "crypto.missing-others": "Ces tutoriels jouent ici",

  "note.not-kept":
    "Ce navigateur ne garde rien pour cette page, ou n’a plus de place. Vous pouvez jouer, mais votre progression s’arrête avec la page.",
  "note.copy":
    "Ce tutoriel est ouvert dans un autre onglet. Voici une copie neuve de l’étape ; ce que vous y faites n’est pas gardé.",
  "note.given-away": "Vous avez continué ce tutoriel dans un autre onglet.",
  "note.older-version":
    "Ce tutoriel a changé depuis votre dernière visite. L’étape recommence, et tout ce qui précède est déjà fait pour vous.",
  "note.damaged":
    "Ce que ce navigateur avait gardé du tutoriel n’a pas pu être lu. L’étape recommence, et tout ce qui précède est déjà fait pour vous.",
  "note.continue-here": "Continuer ici",
  "note.download": "Télécharger ce qui était gardé",

  "finish.title": "C’était tout. Bravo !",
  "finish.text":
    "Vous avez terminé « {title} ». Le réseau où vous avez joué reste ici ; revenez le voir quand vous voulez.",
  "finish.next": "Ensuite : {title}.",
} as const;
