import { canonicalBytes } from "../../protocol/canonical-json.ts";
import type { Json, JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { Store } from "../store/store.ts";
import type { Table } from "../store/table.ts";

/** The whole profile, bytes of canonical JSON. https://spec.matrix.org/v1.19/client-server-api/#profiles */
const largestProfile = 65_536;
/** The name of a field, bytes. */
const longestField = 255;

/** Fields that also stand in the user's member events. */
const memberFields: readonly string[] = ["displayname", "avatar_url"];

/** What users tell about themselves. */
export class Profiles {
  readonly #table: Table<JsonObject>;
  readonly #listeners: ((userId: string) => void | Promise<void>)[] = [];

  constructor(store: Store) {
    this.#table = store.table<JsonObject>("profiles");
  }

  /** Calls back when what a user's member events say of them is out of date. */
  onMemberFieldsChanged(listener: (userId: string) => void | Promise<void>): void {
    this.#listeners.push(listener);
  }

  /** A new user is shown by the name that they signed up with, until they choose another. */
  begin(userId: string): void {
    this.#table.set(userId, { displayname: userId.slice(1, userId.indexOf(":")) });
  }

  get(userId: string): JsonObject {
    return this.#table.get(userId) ?? {};
  }

  /** What a member event of the user says of them. */
  memberFields(userId: string): { displayname?: string; avatar_url?: string } {
    const profile = this.get(userId);
    return Object.fromEntries(
      memberFields.filter((name) => name in profile).map((name) => [name, profile[name]]),
    );
  }

  /** Sets a field. Resolves when the user's rooms know of it. */
  async set(userId: string, field: string, value: Json): Promise<Refusal | undefined> {
    if (utf8.encode(field).length > longestField) {
      return { code: "profile/field-too-long", facts: { field, limit: longestField } };
    }
    const profile = { ...this.get(userId), [field]: value };
    if (canonicalBytes(profile).length > largestProfile) {
      return { code: "profile/too-large", facts: { limit: largestProfile } };
    }
    this.#table.set(userId, profile);
    await this.#changed(userId, field);
    return undefined;
  }

  async delete(userId: string, field: string): Promise<void> {
    const { [field]: gone, ...rest } = this.get(userId);
    if (gone === undefined) return;
    this.#table.set(userId, rest);
    await this.#changed(userId, field);
  }

  /** Drops a whole profile, without a word to the user's rooms: they leave them. */
  erase(userId: string): void {
    this.#table.delete(userId);
  }

  async #changed(userId: string, field: string): Promise<void> {
    if (!memberFields.includes(field)) return;
    for (const listener of this.#listeners) await listener(userId);
  }
}

const utf8 = new TextEncoder();
