import * as acts from "../client/acts.ts";
import type { DeviceClient } from "../client/device-client.ts";
import { networkRefusal, requestRefusal } from "../client/request-refusal.ts";
import { isRefusal } from "../protocol/refusal.ts";
import type { HttpRequest } from "../simulation/http.ts";
import type { Outcome } from "../simulation/network.ts";
import type { SimulationCommands } from "../simulation/simulation-port.ts";
import type { Action, ActionResult, LookTarget } from "./action.ts";
import { addressRequest } from "./address-request.ts";
import { isExchange } from "./holds.ts";
import type { Observation } from "./observation.ts";
import type { SceneDevice } from "./scene.ts";
import type { Bindings } from "./world.ts";

/** What an action is played on. */
export interface ActionStage {
  bindings(): Bindings;
  observation(): Observation;
  /** The text that the tutorial's prose has under this key. */
  say(key: string): string;
  device(person: string, name?: string): { scene: SceneDevice; client: DeviceClient } | undefined;
  /** The device id of a device's newest session; also of one that is lost. */
  sessionOf(person: string, device: string): string | undefined;
  person(id: string): { name: string; at: string } | undefined;
  addDevice(device: Omit<SceneDevice, "host">): Promise<void>;
  loseDevice(host: string): Promise<void>;
  bindRoom(role: string, id: string): void;
  request(host: string, request: HttpRequest): Promise<Outcome>;
  readonly simulation: Pick<SimulationCommands, "setLink" | "stopHost" | "startHost" | "setSpeed">;
}

/** The codes of refusals that are this file's own; others are `request-refusal.ts`'s and the protocol's. */
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
] as const;

type Code = (typeof refusalCodes)[number];

function refused(
  code: Code,
  facts: Record<string, string | number | boolean> = {},
  field?: string,
): ActionResult {
  return { ok: false, refusal: { code, facts, ...(field !== undefined && { field }) } };
}

const done: ActionResult = { ok: true };

/** Names what is looked at, so that the log says which one it was. Undefined where there is none. */
export function lookedAt(stage: ActionStage, at: LookTarget): LookTarget | undefined {
  const { exchanges, messages } = stage.observation();
  const { rooms, people } = stage.bindings();
  if ("host" in at) return at;
  if ("exchange" in at) {
    if (at.exchange.id !== undefined) return at;
    const found = exchanges.findLast((exchange) => isExchange(exchange, at.exchange));
    return found && { exchange: { id: found.id } };
  }
  const { id, in: room, from } = at.event;
  if (id !== undefined) return at;
  const found = messages.findLast(
    (message) =>
      (room === undefined || message.room === (rooms[room] ?? room)) &&
      (from === undefined || message.sender === (people[from]?.user ?? from)),
  );
  return found && { event: { id: found.event } };
}

/** Does what a person does, and says what became of it. Anything but a bug is a value. */
export async function playAction(stage: ActionStage, action: Action): Promise<ActionResult> {
  switch (action.type) {
    case "look":
    case "answer":
    case "writeAddress":
      // Being in the log is all that they do.
      return done;
    case "cutLink":
    case "mendLink":
      return setLink(stage, action.between, { cut: action.type === "cutLink" });
    case "setLink": {
      const { latency, loss } = action;
      return setLink(stage, action.between, {
        ...(latency !== undefined && { latency }),
        ...(loss !== undefined && { loss }),
      });
    }
    case "stopHost":
    case "startHost": {
      const known = await stage.simulation[action.type](action.host);
      return known ? done : refused("act/unknown-host", { host: action.host });
    }
    case "setSpeed":
      await stage.simulation.setSpeed(action.speed);
      return done;
    default:
      return playWithDevice(stage, action);
  }
}

async function setLink(
  stage: ActionStage,
  [one, other]: [string, string],
  change: { cut?: boolean; latency?: number; loss?: number },
): Promise<ActionResult> {
  const host = (name: string): string => stage.device(name)?.scene.host ?? name;
  const known = await stage.simulation.setLink(host(one), host(other), change);
  return known ? done : refused("act/unknown-host", { host: `${one} – ${other}` });
}

type DeviceAction = Extract<Action, { person: string }> & { person: string };

async function playWithDevice(stage: ActionStage, action: DeviceAction): Promise<ActionResult> {
  const person = stage.person(action.person);
  if (!person) return refused("act/unknown-person", { person: action.person });
  if (action.type === "addDevice") {
    const { device: name, kind = "phone", client = "bubbles" } = action;
    if (stage.device(action.person, name)) return refused("act/device-exists", { device: name }, "device");
    await stage.addDevice({ person: action.person, name, kind, client });
    return done;
  }
  const found = stage.device(action.person, action.device);
  if (!found) return refused("act/no-device", { person: action.person, device: action.device ?? "" });
  if (action.type === "loseDevice") {
    await stage.loseDevice(found.scene.host);
    return done;
  }
  if (action.type === "openAddress") return openAddress(stage, found.scene.host, action.text);
  const { client } = found;
  const signsIn = action.type === "signUp" || action.type === "signIn";
  if (signsIn && client.session) return refused("act/signed-in", { user: client.session.user });
  if (!signsIn && !client.session) return refused("act/signed-out", { person: action.person });
  try {
    return await playWithClient(stage, action, found);
  } catch (error) {
    if (error instanceof acts.NotThere) {
      if (error.what === "session") return refused("act/signed-out", { person: action.person });
      return refused(error.what === "room" ? "act/unknown-room" : "act/unknown-event");
    }
    return { ok: false, refusal: requestRefusal(action.type, error) };
  }
}

async function playWithClient(
  stage: ActionStage,
  action: DeviceAction,
  { scene, client }: { scene: SceneDevice; client: DeviceClient },
): Promise<ActionResult> {
  const room = (ref: string): string => stage.bindings().rooms[ref] ?? ref;
  const user = (ref: string): string => stage.bindings().people[ref]?.user ?? ref;
  const deviceName = scene.name;
  switch (action.type) {
    case "signUp": {
      const session = await acts.makeAccount(client, {
        name: action.name,
        password: action.password,
        deviceName,
      });
      return { ok: true, user: session.user };
    }
    case "signIn": {
      const session = await acts.signIn(client, { name: action.name, password: action.password, deviceName });
      return { ok: true, user: session.user };
    }
    case "signOut":
      await acts.signOut(client, action.everywhere ?? false);
      return done;
    case "endSession": {
      const target = stage.sessionOf(action.person, action.target) ?? action.target;
      await acts.endSession(client, target, action.password ?? "");
      return done;
    }
    case "createRoom": {
      const { as: role, invite, name, topic, preset, direct, alias, roomVersion } = action;
      const id = await acts.createRoom(client, {
        ...(invite && { invite: invite.map(user) }),
        ...(name !== undefined && { name }),
        ...(topic !== undefined && { topic }),
        ...(preset !== undefined && { preset }),
        ...(direct !== undefined && { direct }),
        ...(alias !== undefined && { alias }),
        ...(roomVersion !== undefined && { roomVersion }),
      });
      if (role !== undefined) stage.bindRoom(role, id);
      client.showRoom(id);
      return { ok: true, room: id };
    }
    case "join": {
      const id = await acts.join(client, room(action.room));
      client.showRoom(id);
      return { ok: true, room: id };
    }
    case "leave":
      await acts.leave(client, room(action.room));
      return done;
    case "invite":
      await acts.invite(client, room(action.room), user(action.user));
      return done;
    case "send": {
      const text = action.text ?? stage.say(action.say ?? "");
      client.showRoom(room(action.in));
      return { ok: true, event: await acts.send(client, room(action.in), text) };
    }
    case "redact":
      return { ok: true, event: await acts.redact(client, room(action.in), action.event, action.reason) };
    case "retry":
      return { ok: true, event: await acts.retry(client, room(action.in), action.event) };
    case "discard":
      await acts.discard(client, room(action.in), action.event);
      return done;
    case "setTyping":
      await acts.setTyping(client, room(action.in), action.typing);
      return done;
    case "markRead":
      await acts.markRead(client, room(action.in), action.event);
      return done;
    case "openRoom":
      client.openRoom(action.room === null ? null : room(action.room));
      return done;
    case "loadOlder":
      await acts.loadOlder(client, room(action.in));
      return done;
    case "listDevices":
      await client.tellDevices();
      return done;
    case "setDisplayName":
      await acts.setDisplayName(client, action.name);
      return done;
    default:
      throw new Error(`No way to play ${action.type}`);
  }
}

async function openAddress(stage: ActionStage, host: string, text: string): Promise<ActionResult> {
  const asked = addressRequest(text);
  if (isRefusal(asked)) return { ok: false, refusal: { ...asked, field: "text" } };
  const outcome = await stage.request(host, {
    method: "GET",
    url: asked.url,
    headers: [["accept", "application/json"]],
  });
  return "failed" in outcome ? { ok: false, refusal: networkRefusal(outcome.failed) } : done;
}
