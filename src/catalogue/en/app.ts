export const app = {
  "app.name": "Homeroom",
  "app.title": "{page} · Homeroom",
  "app.home-title": "Homeroom: learn Matrix by using it",
  "app.description":
    "Learn Matrix, the open network for secure, decentralised communication, by using a real one inside this browser tab.",
  "app.skip-link": "Skip to the content",
  "app.home": "Home",
  "app.about": "About",
  "app.where": "Where you are",
  "app.step-of": "Step {number} of {count}",
  "app.language": "Language",
  "app.theme": "Theme: {choice}",
  "app.theme-system": "as the system",
  "app.theme-light": "light",
  "app.theme-dark": "dark",
  "app.too-old":
    "This browser is too old for Homeroom. It needs Chrome, Edge, Firefox or Safari of the last two years. You can still read every step.",
  "app.no-script":
    "Homeroom plays a small network inside this page, and that needs JavaScript. You can still read every step.",
  "app.close": "Close",
  "app.cancel": "Cancel",
  "app.start": "Start: {title}",
  "app.not-loaded": "This part did not arrive",
  "app.not-loaded-text":
    "There may be no network just now, or a newer Homeroom has taken the place of this one. Nothing of yours is lost.",
  "app.try-again": "Try again",
  "app.seeds-title": "Random networks",
  "app.not-found": "There is nothing at this address",
  "about.title": "What is real here, and what is kept",
  "app.to-home": "To the home page",

  "stage.name": "Stage",
  "stage.you": "You",
  "stage.views": "Views",
  "stage.network": "Map",
  "stage.graph": "Room graph",
  "stage.chairs": "Chairs",
  "stage.keys": "Keys",
  "stage.forge": "Forger’s desk",
  "stage.inspector": "Inspector",
  "stage.log": "Log",
  "stage.addresses": "Addresses",
  "stage.chat-on": "{name}, {device}",
  "stage.past": "You are looking at the past. Nothing can be done there.",
  "stage.device-gone": "This device is gone. {name} cannot use it any more.",
  "stage.arriving": "The small network is starting…",
  "stage.crypto-arriving": "The encryption is on its way, once: {loaded} of {size} MB",
  "crypto.missing-title": "“{title}” cannot play in this page",
  "crypto.missing-webassembly":
    "Its devices encrypt for real, by a program in WebAssembly, and this browser has none, or it is switched off. Some browsers switch it off in their strictest mode.",
  "crypto.missing-secure-context":
    "Its devices encrypt for real, and browsers give a page what that needs only over https, or from this very machine. Open this page by its https address.",
  "crypto.missing-others": "These tutorials play here",

  "note.not-kept":
    "This browser keeps nothing for this page, or has no room left. You can play, but your progress ends with the page.",
  "note.copy":
    "This tutorial is open in another tab. Here is a fresh copy of the step; what you do in it is not kept.",
  "note.given-away": "You went on with this tutorial in another tab.",
  "note.older-version":
    "This tutorial has changed since you were here. The step begins anew, with everything before it done for you.",
  "note.damaged":
    "What this browser had kept of the tutorial could not be read. The step begins anew, with everything before it done for you.",
  "note.continue-here": "Continue here",
  "note.download": "Download what was kept",

  "finish.title": "That was it. Well done!",
  "finish.text":
    "You have finished “{title}”. The network that you played in stays here; look back whenever you like.",
  "finish.next": "Next: {title}.",
} as const;
