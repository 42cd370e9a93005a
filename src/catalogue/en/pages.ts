/** What the pages say that are no tutorial. */
export const pages = {
  "app.hero": "Learn Matrix by using it.",
  "app.lead":
    "Matrix is a network for chat that no company owns. A small one, real from end to end, runs inside this tab. Write to the people in it, follow your words from house to house, break things and see what holds.",
  "app.continue": "Continue: {title}",
  "app.continue-at": "Step {number} of {count}: {headline}",
  "app.start-again-from": "You have finished everything that is here. Any tutorial can be played again.",
  "app.promise-account": "No phone number, no e-mail address, nothing to install",
  "app.promise-private": "Nothing leaves this browser",
  "app.promise-offline": "Works without a network after the first visit",
  "app.minutes": "{minutes|# minute|# minutes}",
  "app.steps": "{count|# step|# steps}",
  "app.step-progress": "{done} of {count|# step|# steps}",
  "app.done": "Done",
  "app.not-found-text":
    "The address may have been mistyped, or it names a tutorial or a step that does not exist here. Nothing is lost: your progress is where it was.",
  "app.not-found-step": "{title} has no such step. It begins here:",
  "loaded.title": "This tutorial cannot be played",
  "loaded.no-url": "“{url}” is no web address of a tutorial. It begins with https://.",
  "loaded.not-reached":
    "Nothing answers at {url}. Is there a network, and is the address right? Then try again.",
  "loaded.not-there": "There is nothing to read at {url}. Look whether the address is right.",
  "loaded.not-allowed":
    "The host of {url} does not allow other pages to read it. Whoever runs it can allow that by the header Access-Control-Allow-Origin.",
  "loaded.web-page":
    "At {url} lies a web page, not a tutorial. Its files tutorial.yaml and en.md are wanted as they are: many hosts have a “raw” address for them.",
  "loaded.too-large": "What lies at {url} is larger than a tutorial may be.",
  "loaded.faults": "It lies at {url}, and this is wrong with it:",
  "about.real": "What is real",
  "about.real-text":
    "Everything that answers. The houses on the map are Matrix homeservers: they check passwords, sign events, keep rooms and obey the specification's rules. The devices run matrix-js-sdk, the software that real Matrix apps are made with. What moves on the map is the request that was made, at the moment when it was made. The people in the scene follow a script, but each of them has a real client, and nothing appears in a room that no client sent.",
  "about.not-real": "What is not",
  "about.not-real-text":
    "The network between them. It lives inside this tab, its servers have names that end in .example, and none of it can be reached from outside. So some things that a browser and the internet would add are not played:",
  "about.not-cors":
    "CORS preflights. A browser asks a server for permission before it lets a page talk to it. Here the devices ask no browser, so these OPTIONS requests do not appear.",
  "about.not-tls":
    "DNS, TCP and TLS. A request travels as one packet; looking up names and agreeing on encryption for the line are left out.",
  "about.not-cost":
    "Expensive passwords. They are hashed by a function made for it, but at a low cost, because this is a practice network.",
  "about.stored": "What is stored",
  "about.stored-text":
    "Your place in each tutorial, its small network with your messages, and your choice of theme. All of it is in this browser only. No account, no cookies, no counting of visitors, no request to anybody else.",
  "about.stored-nothing":
    "This browser gives the page no storage. Everything plays, but your progress ends with the page.",
  "about.yours": "What is yours",
  "about.progress": "Your progress",
  "about.progress-text":
    "Take your progress along to another browser: a small file with the steps that you have done. It holds no messages.",
  "about.export": "Export progress",
  "about.import": "Import progress",
  "about.imported": "Your progress was imported.",
  "about.import-fault": "That file is no progress of Homeroom: {fault}",
  "progress.fault-not-json": "it is not JSON.",
  "progress.fault-not-progress": "something else is in it.",
  "progress.fault-newer": "it comes from a newer Homeroom than this one.",
  "progress.fault-damaged": "parts of it are missing or wrong.",
  "about.delete": "Delete everything",
  "about.delete-text":
    "Removes all accounts, messages and progress of Homeroom from this browser. It cannot be undone.",
  "about.delete-ask": "Delete everything that Homeroom keeps in this browser?",
  "about.delete-ask-text": "Your accounts, your messages and your progress will be gone for good.",
  "about.delete-yes": "Yes, delete everything",
  "about.deleted": "Everything was deleted.",
  "about.delete-failed":
    "Some of it could not be deleted, because another tab of Homeroom is open. Close it and try again.",
  "about.browsers": "Browsers",
  "about.browsers-text": "Chrome, Edge, Firefox and Safari of the last two years, on a computer or a phone.",
  "about.source": "Homeroom is open source, under the Apache licence 2.0.",
} as const;
