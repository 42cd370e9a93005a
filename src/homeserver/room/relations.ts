import { isJsonObject, type JsonObject } from "../../protocol/json.ts";
import type { RoomEvent } from "./room-event.ts";

/** What an event says of its relation to another. https://spec.matrix.org/v1.19/client-server-api/#forming-relationships-between-events */
export type Relation = { type: string; eventId: string; key?: string };

export function relationOf(content: JsonObject): Relation | undefined {
  const relation = content["m.relates_to"];
  if (!isJsonObject(relation)) return undefined;
  const { rel_type: type, event_id: eventId, key } = relation;
  if (typeof type !== "string" || typeof eventId !== "string") return undefined;
  return { type, eventId, ...(typeof key === "string" && { key }) };
}

/** Which events of a room relate to which. Those that were redacted relate to nothing any more. */
export class Relations {
  readonly #children = new Map<string, RoomEvent[]>();

  add(event: RoomEvent): void {
    const relation = relationOf(event.pdu.content);
    if (!relation) return;
    const children = this.#children.get(relation.eventId);
    if (children) children.push(event);
    else this.#children.set(relation.eventId, [event]);
  }

  remove(event: RoomEvent, relation: Relation): void {
    const children = this.#children.get(relation.eventId)?.filter((child) => child !== event) ?? [];
    if (children.length > 0) this.#children.set(relation.eventId, children);
    else this.#children.delete(relation.eventId);
  }

  /** The events that relate to one, in the order in which they came. */
  childrenOf(eventId: string, type?: string): RoomEvent[] {
    const children = this.#children.get(eventId) ?? [];
    if (type === undefined) return children;
    return children.filter((child) => relationOf(child.pdu.content)?.type === type);
  }

  /** Events that others relate to in this way. */
  parentsBy(type: string): string[] {
    return [...this.#children.keys()].filter((id) => this.childrenOf(id, type).length > 0);
  }
}
