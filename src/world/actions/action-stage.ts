import type { DeviceClient } from "../../client/device-client.ts";
import type { HttpRequest } from "../../simulation/http.ts";
import type { Outcome } from "../../simulation/network.ts";
import type { SimulationCommands } from "../../simulation/simulation-port.ts";
import type { ActionResult } from "../action.ts";
import type { Observation } from "../observation.ts";
import type { SceneDevice } from "../scene.ts";
import type { Bindings } from "../world.ts";

/** What an action is played on. */
export interface ActionStage {
  bindings(): Bindings;
  observation(): Observation;
  /** The text that the tutorial's prose has under this key. */
  say(key: string): string;
  device(person: string, name?: string): { scene: SceneDevice; client: DeviceClient } | undefined;
  /** The client in the scene that is signed in as this device id. */
  signedInAs(id: string): DeviceClient | undefined;
  /** The device id of a device's newest session; also of one that is lost. */
  sessionOf(person: string, device: string): string | undefined;
  person(id: string): { name: string; at: string } | undefined;
  addDevice(device: Omit<SceneDevice, "host">): Promise<void>;
  loseDevice(host: string): Promise<void>;
  /** The device's client is stopped, and goes on anew: nothing of what it was doing is left. */
  restart(device: SceneDevice): Promise<void>;
  /** Resolves after so many milliseconds of the world's time, or when it is `ended`. */
  wait(delay: number, ended: AbortSignal): Promise<void>;
  /** The device's store of keys is emptied, as when a browser's data is cleared. */
  loseKeys(device: SceneDevice): Promise<void>;
  /** The recovery key that a person was given, and has written down. */
  recoveryKeyOf(person: string): string | undefined;
  giveRecoveryKey(person: string, key: string): void;
  bindRoom(role: string, id: string): void;
  request(host: string, request: HttpRequest): Promise<Outcome>;
  readonly simulation: Pick<
    SimulationCommands,
    "setLink" | "stopHost" | "startHost" | "crashHost" | "changeSigningKey" | "forge" | "setSpeed"
  >;
}

/** Somebody who acts with a client of theirs. */
export type Actor = { stage: ActionStage; device: SceneDevice; client: DeviceClient };

/** How each action of a topic is played by somebody with a client. */
export type Plays<Topic extends { type: string }> = {
  [Type in Topic["type"]]: (actor: Actor, action: Extract<Topic, { type: Type }>) => Promise<ActionResult>;
};

/** The id of the room that a role, or its id, names. */
export function roomId({ stage }: Actor, ref: string): string {
  return stage.bindings().rooms[ref] ?? ref;
}

/** The id of the user that a role, or their id, names. */
export function userId({ stage }: Actor, ref: string): string {
  return stage.bindings().people[ref]?.user ?? ref;
}

/** The codes of refusals that are the world's own; others are `request-refusal.ts`'s and the protocol's. */
export const refusalCodes = [
  "act/no-device",
  "act/device-exists",
  "act/signed-out",
  "act/signed-in",
  "act/unknown-room",
  "act/unknown-person",
  "act/unknown-event",
  "act/unknown-host",
  "act/nothing-there",
  "address/no-home",
  "request/bad-path",
  "recovery/no-key",
  "recovery/wrong-key",
  "recovery/not-a-key",
  "recovery/no-recovery",
  "recovery/no-passphrase",
  "recovery/secrets-missing",
  "recovery/backup-other-version",
  "recovery/backup-damaged",
  "verification/none",
  "encryption/none",
  "file/empty",
  "file/too-large",
  "file/no-picture",
  "file/gone",
] as const;

type Code = (typeof refusalCodes)[number];

export function refused(
  code: Code,
  facts: Record<string, string | number | boolean> = {},
  field?: string,
): ActionResult {
  return { ok: false, refusal: { code, facts, ...(field !== undefined && { field }) } };
}

export const done: ActionResult = { ok: true };
