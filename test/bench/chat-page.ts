// The page of the chat's bench: one device with a long timeline.
import "../../src/catalogue/late.ts";
import "../../src/elements/chat/chat-parts.ts";
import type { ClientFact } from "../../src/client/client-fact.ts";
import "../../src/elements/chat/homeroom-chat.ts";
import {
  bindings,
  bo,
  chatState,
  cy,
  looks,
  room,
  said,
  signedIn,
  zoe,
} from "../elements/chat/chat-story.ts";

const lines = [
  "Yes",
  "Who brings the tea?",
  "I would say that we meet at noon, and walk from there. ".repeat(3),
];

/** Shows a timeline of so many messages, some with reactions, answers and formatting. */
function show(count: number): void {
  const place = document.createElement("div");
  place.style.cssText = "inline-size: 420px; block-size: 700px";
  const chat = document.createElement("homeroom-chat");
  Object.assign(chat, { host: "you/laptop", person: "You", server: "garden.example", looks, bindings });
  const messages = Array.from({ length: count }, (_, at): ClientFact => {
    const body = `${at} ${lines[at % lines.length]}`;
    return said("!chat", [zoe, bo, cy][at % 5 === 0 ? 0 : (at % 2) + 1] ?? zoe, body, {
      id: `$${at}`,
      ...(at % 11 === 0 && { reactions: [{ key: "👍", senders: [zoe, cy] }] }),
      ...(at % 17 === 1 && { replyTo: `$${at - 1}` }),
      ...(at % 13 === 0 && {
        content: {
          msgtype: "m.text",
          body,
          format: "org.matrix.custom.html",
          formatted_body: `<b>${body}</b>`,
        },
      }),
    });
  });
  chat.state = chatState([
    signedIn,
    room("!chat", "Crowd", { joined: 3 }),
    { type: "open-room", room: "!chat" },
  ]);
  // The fold copies the timeline for each event: ten thousand at once are put there by hand.
  const rooms = new Map(chat.state.rooms);
  const events = messages.flatMap((fact) => (fact.type === "event" ? [fact.event] : []));
  rooms.set("!chat", { ...rooms.get("!chat")!, events });
  chat.state = { ...chat.state, rooms };
  place.append(chat);
  document.body.replaceChildren(place);
}

/** What the bench does with this page. */
export type ChatBench = typeof bench;

const bench = { show };
Object.assign(window, { bench });
