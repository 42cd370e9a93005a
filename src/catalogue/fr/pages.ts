export const pages = {
  "app.hero": "Apprendre Matrix en s’en servant.",
  "app.lead":
    "Matrix est un réseau de discussion qui n’appartient à aucune entreprise. Un petit réseau, vrai de bout en bout, vit dans cet onglet. Écrivez à ses habitants, suivez vos mots de maison en maison, cassez des choses et voyez ce qui tient.",
  "app.continue": "Continuer : {title}",
  "app.continue-at": "Étape {number} sur {count} : {headline}",
  "app.start-again-from": "Vous avez terminé tout ce qu’il y a ici. Chaque tutoriel peut être rejoué.",
  "app.promise-account": "Ni numéro de téléphone, ni adresse e-mail, rien à installer",
  "app.promise-private": "Rien ne quitte ce navigateur",
  "app.promise-offline": "Fonctionne sans réseau après la première visite",
  "app.minutes": "{minutes|# minute|# minutes}",
  "app.steps": "{count|# étape|# étapes}",
  "app.step-progress": "{done} sur {count|# étape|# étapes}",
  "app.done": "Terminé",
  "app.not-found-text":
    "L’adresse a peut-être été mal tapée, ou elle nomme un tutoriel ou une étape qui n’existe pas ici. Rien n’est perdu : votre progression est là où elle était.",
  "app.not-found-step": "{title} n’a pas cette étape. Cela commence ici :",
  "loaded.title": "Ce tutoriel ne peut pas être joué",
  "loaded.no-url": "« {url} » n’est pas l’adresse web d’un tutoriel. Elle commence par https://.",
  "loaded.not-reached":
    "Rien ne répond à {url}. Y a-t-il un réseau, et l’adresse est-elle juste ? Alors réessayez.",
  "loaded.not-there": "Il n’y a rien à lire à {url}. Vérifiez l’adresse.",
  "loaded.not-allowed":
    "L’hôte de {url} ne permet pas aux autres pages de le lire. Qui l’administre peut le permettre par l’en-tête Access-Control-Allow-Origin.",
  "loaded.web-page":
    "À {url} se trouve une page web, pas un tutoriel. Il faut les fichiers tutorial.yaml et en.md tels quels : beaucoup d’hôtes ont pour eux une adresse « raw ».",
  "loaded.too-large": "Ce qui se trouve à {url} est plus grand qu’un tutoriel ne peut l’être.",
  "loaded.faults": "Il se trouve à {url}, et voici ce qui ne va pas :",
  "about.real": "Ce qui est réel",
  "about.real-text":
    "Tout ce qui répond. Les maisons sur la carte sont des serveurs d’accueil Matrix : elles vérifient les mots de passe, signent les événements, tiennent les salons et suivent les règles de la spécification. Les appareils font tourner matrix-js-sdk, le logiciel dont sont faites de vraies applications Matrix. Ce qui bouge sur la carte est la requête qui a été faite, au moment où elle a été faite. Les personnes de la scène suivent un scénario, mais chacune a un vrai client, et rien n’apparaît dans un salon qu’aucun client n’ait envoyé.",
  "about.not-real": "Ce qui ne l’est pas",
  "about.not-real-text":
    "Le réseau entre elles. Il vit dans cet onglet, ses serveurs ont des noms en .example, et rien n’en est accessible de l’extérieur. Certaines choses qu’un navigateur et l’internet ajouteraient ne sont donc pas jouées :",
  "about.not-cors":
    "Les requêtes préliminaires CORS. Un navigateur demande la permission à un serveur avant de laisser une page lui parler. Ici les appareils ne demandent rien à un navigateur, et ces requêtes OPTIONS n’apparaissent pas.",
  "about.not-tls":
    "DNS, TCP et TLS. Une requête voyage en un seul paquet ; la recherche des noms et l’accord sur le chiffrement de la ligne sont laissés de côté.",
  "about.not-cost":
    "Les mots de passe coûteux. Ils sont hachés par une fonction faite pour cela, mais à faible coût, car c’est un réseau d’exercice.",
  "about.stored": "Ce qui est enregistré",
  "about.stored-text":
    "Votre place dans chaque tutoriel, son petit réseau avec vos messages, et le thème que vous avez choisi. Tout cela dans ce navigateur seulement. Pas de compte, pas de cookies, pas de comptage des visites, aucune requête à qui que ce soit d’autre.",
  "about.stored-nothing":
    "Ce navigateur ne donne aucun espace à la page. Tout fonctionne, mais votre progression s’arrête avec la page.",
  "about.yours": "Ce qui est à vous",
  "about.progress": "Votre progression",
  "about.progress-text":
    "Emportez votre progression dans un autre navigateur : un petit fichier avec les étapes que vous avez faites. Il ne contient aucun message.",
  "about.export": "Exporter la progression",
  "about.import": "Importer la progression",
  "about.imported": "Votre progression a été importée.",
  "about.import-fault": "Ce fichier n’est pas une progression de Homeroom : {fault}",
  "progress.fault-not-json": "ce n’est pas du JSON.",
  "progress.fault-not-progress": "il contient autre chose.",
  "progress.fault-newer": "il vient d’un Homeroom plus récent que celui-ci.",
  "progress.fault-damaged": "des parties manquent ou sont fausses.",
  "about.delete": "Tout effacer",
  "about.delete-text":
    "Retire de ce navigateur tous les comptes, messages et progressions de Homeroom. C’est irréversible.",
  "about.delete-ask": "Effacer tout ce que Homeroom garde dans ce navigateur ?",
  "about.delete-ask-text": "Vos comptes, vos messages et votre progression disparaîtront pour de bon.",
  "about.delete-yes": "Oui, tout effacer",
  "about.deleted": "Tout a été effacé.",
  "about.delete-failed":
    "Une partie n’a pas pu être effacée, car un autre onglet de Homeroom est ouvert. Fermez-le et réessayez.",
  "about.browsers": "Navigateurs",
  "about.browsers-text":
    "Chrome, Edge, Firefox et Safari des deux dernières années, sur un ordinateur ou un téléphone.",
  "about.source": "Homeroom est un logiciel libre, sous licence Apache 2.0.",
} as const;
