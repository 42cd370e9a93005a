import type { ClientFact, ShownEvent } from "./client-fact.ts";
import { eventsFrom } from "./events-from.ts";
import { namesOfRoomFact } from "./room-facts.ts";

/** What a client has shown, by what it said last about each thing. */
export class ShownState {
  /** Facts that replace one another, under a name for what they are about. */
  readonly latest = new Map<string, string>();
  readonly timelines = new Map<string, ShownEvent[]>();

  /** Takes over a fact of an earlier run. */
  take(fact: ClientFact): void {
    if (fact.type === "session" && fact.session.state === "signed-out") {
      this.latest.clear();
      this.timelines.clear();
      return;
    }
    for (const [name, text] of namesOf(fact)) this.latest.set(name, text);
    if (fact.type === "room-gone") this.forgetRoom(fact.room);
    else if (fact.type === "timeline-reset") this.timelines.set(fact.room, []);
    else if (fact.type === "timeline-cut")
      this.timelines.set(fact.room, eventsFrom(this.#timeline(fact.room), fact.first));
    else if (fact.type === "event-gone") {
      this.timelines.set(
        fact.room,
        this.#timeline(fact.room).filter(({ id }) => id !== fact.event),
      );
    } else if (fact.type === "event") this.#takeEvent(fact);
  }

  /** Is it news? If so it counts as said. */
  isNews(fact: ClientFact): boolean {
    const news = namesOf(fact).filter(([name, text]) => this.latest.get(name) !== text);
    for (const [name, text] of news) this.latest.set(name, text);
    return news.length > 0;
  }

  rooms(): string[] {
    return [...this.latest.keys()].flatMap((name) => (name.startsWith("room ") ? [name.slice(5)] : []));
  }

  forgetRoom(room: string): void {
    this.timelines.delete(room);
    for (const name of this.latest.keys()) if (name.split(" ")[1] === room) this.latest.delete(name);
  }

  #timeline(room: string): ShownEvent[] {
    return this.timelines.get(room) ?? [];
  }

  #takeEvent({ room, event, place, replaces }: Extract<ClientFact, { type: "event" }>): void {
    const events = this.#timeline(room);
    const index = events.findIndex(({ id }) => id === (replaces ?? event.id));
    if (index >= 0) this.timelines.set(room, events.with(index, event));
    else this.timelines.set(room, place === "start" ? [event, ...events] : [...events, event]);
  }
}

/** What a fact is about, as names with a room second, and what it says. */
function namesOf(fact: ClientFact): [name: string, text: string][] {
  switch (fact.type) {
    case "session":
      return [["session", JSON.stringify(fact)]];
    case "room":
      return [[`room ${fact.room.id}`, JSON.stringify(fact.room)]];
    case "members":
      return fact.members.map((member) => [`member ${fact.room} ${member.user}`, JSON.stringify(member)]);
    case "receipt":
      return [[`receipt ${fact.room} ${fact.user} ${fact.thread ?? ""}`, fact.event]];
    case "typing":
    case "history":
    case "read-marker":
      return [[`${fact.type} ${fact.room}`, JSON.stringify(fact)]];
    case "state":
    case "published":
    case "directory":
    case "hierarchy":
    case "found":
      return namesOfRoomFact(fact);
    case "edits":
      return [[`edits ${fact.room} ${fact.event}`, JSON.stringify(fact.versions)]];
    case "upload":
      return [[`upload ${fact.room} ${fact.id}`, JSON.stringify(fact.upload)]];
    case "devices":
    case "open-room":
      return [[fact.type, JSON.stringify(fact)]];
    case "account-data":
      return [[`account-data  ${fact.kind}`, JSON.stringify(fact.content)]];
    case "crypto":
      return [["crypto", JSON.stringify(fact.crypto)]];
    case "person-keys":
      return [[`person-keys  ${fact.person.user}`, JSON.stringify(fact.person)]];
    case "message-keys":
      return [[`message-keys ${fact.room}`, JSON.stringify(fact.sessions)]];
    case "unreached":
      return [["unreached", JSON.stringify(fact.devices)]];
    case "verification":
      return [[`verification  ${fact.verification.id}`, JSON.stringify(fact.verification)]];
    default:
      return [];
  }
}
