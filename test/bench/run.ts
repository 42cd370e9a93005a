// npm run bench [-- NAME…]: all figures, or those of the named benches.
import process from "node:process";
import { chat } from "./chat.ts";
import { encryption } from "./encryption.ts";
import { federatedEvents } from "./federated-events.ts";
import { printFigures } from "./figures.ts";
import { graph } from "./graph.ts";
import { httpMessages } from "./http-messages.ts";
import { hundredServers } from "./hundred-servers.ts";
import { journey } from "./journey.ts";
import { keysQuery } from "./keys-query.ts";
import { largeRoom } from "./large-room.ts";
import { longPolls } from "./long-polls.ts";
import { map } from "./map.ts";
import { memory } from "./memory.ts";
import { messageFetch } from "./message-fetch.ts";
import { roomGrowth } from "./room-growth.ts";
import { serveStart } from "./serve-start.ts";
import { site } from "./site.ts";
import { stateResolution } from "./state-resolution.ts";

const benches = {
  "message-fetch": { title: "One message through the homeserver", run: messageFetch },
  "keys-query": { title: "The keys of many devices", run: keysQuery },
  encryption: { title: "Encryption in a browser", run: encryption },
  "http-messages": { title: "5,000 messages over HTTP", run: httpMessages },
  "serve-start": { title: "npm run serve", run: serveStart },
  "room-growth": { title: "Rooms with much in them", run: roomGrowth },
  "long-polls": { title: "Clients that wait for news", run: longPolls },
  "federated-events": { title: "Events of another server", run: federatedEvents },
  "hundred-servers": { title: "A room on a hundred servers", run: hundredServers },
  "large-room": { title: "A room in which much has happened", run: largeRoom },
  "state-resolution": { title: "Two branches of a room become one", run: stateResolution },
  memory: { title: "The memory of a page, with two clients and all views", run: memory },
  chat: { title: "A chat of 10,000 messages", run: chat },
  graph: { title: "The graph of a room, 1,000 events that do not fold", run: graph },
  map: { title: "The map, with 100 servers and 500 packets in flight", run: map },
  site: { title: "The built site, as a phone gets it", run: site },
  journey: { title: "What a learner waits for", run: journey },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(", ")}; there are ${Object.keys(benches).join(", ")}.`);
  process.exit(2);
}
let within = true;
for (const [name, { title, run }] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.includes(name)) within = printFigures(title, await run()) && within;
}
process.exit(within ? 0 : 1);
