import { NotThere } from "../client/act-target.ts";
import { networkRefusal, requestRefusal } from "../client/request-refusal.ts";
import { isRefusal } from "../protocol/refusal.ts";
import type { Action, ActionResult, ClientAction, LookTarget } from "./action.ts";
import { type ActionStage, type Actor, done, type Plays, refused } from "./actions/action-stage.ts";
import { encryptionRefusal } from "./actions/encryption-refusal.ts";
import { accountPlays } from "./actions/play-account.ts";
import { encryptionPlays, verificationPlays } from "./actions/play-encryption.ts";
import { filePlays } from "./actions/play-files.ts";
import { findingPlays } from "./actions/play-finding.ts";
import { playForgery } from "./actions/play-forgery.ts";
import { messagePlays } from "./actions/play-messages.ts";
import { notifyPlays } from "./actions/play-notify.ts";
import { roomSettingsPlays } from "./actions/play-room-settings.ts";
import { roomPlays } from "./actions/play-rooms.ts";
import { addressRequest } from "./address-request.ts";
import { findEvent } from "./conditions/event-match.ts";
import { isExchange } from "./conditions/exchange-match.ts";

/** Names what is looked at, so that the log says which one it was. Undefined where there is none. */
export function lookedAt(stage: ActionStage, at: LookTarget): LookTarget | undefined {
  const { exchanges } = stage.observation();
  if ("host" in at) return at;
  if ("exchange" in at) {
    if (at.exchange.id !== undefined) return at;
    const found = exchanges.findLast((exchange) => isExchange(exchange, at.exchange));
    return found && { exchange: { id: found.id } };
  }
  if (at.event.id !== undefined) return at;
  const found = findEvent({ observation: stage.observation(), bindings: stage.bindings() }, at.event);
  return found === undefined ? undefined : { event: { id: found } };
}

const plays: Plays<ClientAction> = {
  ...accountPlays,
  ...roomPlays,
  ...roomSettingsPlays,
  ...findingPlays,
  ...notifyPlays,
  ...messagePlays,
  ...encryptionPlays,
  ...verificationPlays,
  ...filePlays,
};

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
    case "startHost":
    case "crashHost": {
      const known = await stage.simulation[action.type](action.host);
      return known ? done : refused("act/unknown-host", { host: action.host });
    }
    case "changeKey": {
      const key = await stage.simulation.changeSigningKey(action.host);
      return key === undefined ? refused("act/unknown-host", { host: action.host }) : done;
    }
    case "forge":
      return playForgery(stage, action);
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
    const play: (actor: Actor, action: never) => Promise<ActionResult> = plays[action.type];
    return await play({ stage, device: found.scene, client }, action as never);
  } catch (error) {
    if (error instanceof NotThere) {
      if (error.what === "session") return refused("act/signed-out", { person: action.person });
      return refused(error.what === "room" ? "act/unknown-room" : "act/unknown-event");
    }
    return encryptionRefusal(error) ?? { ok: false, refusal: requestRefusal(action.type, error) };
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
