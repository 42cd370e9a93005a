import { expect } from "chai";
import { type AuthFacts, type AuthState, authorize, refusalCodes } from "../../../src/protocol/auth-rules.ts";
import { roomIdOfCreate } from "../../../src/protocol/hashes.ts";
import type { JsonObject } from "../../../src/protocol/json.ts";
import type { Pdu } from "../../../src/protocol/pdu.ts";
import type { Refusal } from "../../../src/protocol/refusal.ts";
import { type RoomVersion, type RoomVersionId, roomVersions } from "../../../src/protocol/room-versions.ts";

/** The people of these stories. Ada made the room, and is in it. */
export const ada = "@ada:ada.example";
export const bo = "@bo:bo.example";
export const cy = "@cy:cy.example";

export const versionIds = Object.keys(roomVersions) as RoomVersionId[];
export const since = (first: RoomVersionId) => versionIds.filter((id) => Number(id) >= Number(first));
export const until = (last: RoomVersionId) => versionIds.filter((id) => Number(id) <= Number(last));

const createId = "$Nhcu5BS-UMnFX7hBVfVSoXiD7OgH6iRT-xyIuqDnpYQ";

type Change = Partial<Pdu> & Pick<Pdu, "type">;

/** A room in the middle of its life, of a given version. */
export class RoomStory {
  readonly version: RoomVersion;
  readonly create: Pdu;
  readonly #state = new Map<string, Pdu>();

  constructor(id: RoomVersionId, createContent: JsonObject = {}) {
    this.version = roomVersions[id];
    const creator: JsonObject = this.version.creator === "content" ? { creator: ada } : {};
    this.create = this.event({
      type: "m.room.create",
      state_key: "",
      sender: ada,
      content: { room_version: id, ...creator, ...createContent },
      prev_events: [],
    });
    if (this.version.roomId === "create-event") delete this.create.room_id;
    this.#put(this.create);
    this.member(ada, "join");
  }

  get roomId(): string {
    return this.version.roomId === "create-event" ? roomIdOfCreate(createId) : "!room:ada.example";
  }

  get createId(): string {
    return createId;
  }

  /** An event by Ada, if nothing else is said. */
  event(change: Change): Pdu {
    return {
      room_id: this.roomId,
      sender: ada,
      content: {},
      origin_server_ts: 1,
      depth: 9,
      prev_events: ["$before"],
      auth_events: [],
      hashes: { sha256: "" },
      signatures: {},
      ...change,
    };
  }

  /** Puts somebody's membership into the state, without asking. */
  member(user: string, membership: string): this {
    return this.#put(
      this.event({ type: "m.room.member", sender: user, state_key: user, content: { membership } }),
    );
  }

  joinRule(rule: string): this {
    return this.state("m.room.join_rules", { join_rule: rule });
  }

  powerLevels(content: JsonObject): this {
    return this.state("m.room.power_levels", content);
  }

  state(type: string, content: JsonObject, stateKey = "", sender = ada): this {
    return this.#put(this.event({ type, state_key: stateKey, content, sender }));
  }

  #put(event: Pdu): this {
    this.#state.set(`${event.type}|${event.state_key}`, event);
    return this;
  }

  judge(change: Change, facts: AuthFacts = {}): Refusal | undefined {
    return authorize(this.event(change), this.version, this.authState(), facts);
  }

  /** Judges the create event itself, changed. */
  judgeCreate(change: Partial<Pdu> = {}): Refusal | undefined {
    return authorize({ ...this.create, ...change }, this.version, {
      create: undefined,
      get: () => undefined,
    });
  }

  authState(): AuthState {
    return {
      create: this.create,
      createId,
      get: (type, stateKey) => this.#state.get(`${type}|${stateKey}`),
    };
  }
}

/** The number of a rule, from each version that changed it. */
export type RuleNumbers = Partial<Record<RoomVersionId, string>>;

export function expectAllowed(refusal: Refusal | undefined): void {
  expect(refusal).to.equal(undefined);
}

export function expectRefused(
  refusal: Refusal | undefined,
  code: (typeof refusalCodes)[number],
  id: RoomVersionId,
  rules: RuleNumbers,
): void {
  expect(refusal?.code).to.equal(code);
  expect(refusalCodes).to.include(code);
  const changes = until(id).filter((version) => rules[version] !== undefined);
  expect(refusal?.facts.rule).to.equal(rules[changes.at(-1)!]);
}

/** What someone does to a membership: their own, if nothing else is said. */
export function membership(sender: string, content: JsonObject, target = sender): Change {
  return { type: "m.room.member", sender, state_key: target, content };
}
