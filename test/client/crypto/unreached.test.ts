import { expect } from "chai";
import { makeAccount } from "../../../src/client/acts-account.ts";
import { send } from "../../../src/client/acts-messages.ts";
import { createRoom, join } from "../../../src/client/acts-rooms.ts";
import type { ClientFact } from "../../../src/client/client-fact.ts";
import type { UnreachedDevice } from "../../../src/client/crypto/crypto-fact.ts";
import { DeviceClient } from "../../../src/client/device-client.ts";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { liveRequest, plainResponse } from "../../../src/simulation/plain-http.ts";
import { dropStore } from "../../../src/world/storage/crypto-stores.ts";
import { TestServer } from "../../homeserver/test-server.ts";

type Keys = Record<string, Record<string, JsonObject>>;

/** Changes what comes back from the server, on its way to one client. */
type Between = (path: string, body: JsonObject) => void;

/** A device whose client is real, with what it has told and what it has sent. */
type Told = { device: DeviceClient; facts: ClientFact[]; sent: { path: string; body: string }[] };

type Written = { you: Told; bo: Told; room: string; unreached: UnreachedDevice[] };

describe("A key that somebody has changed on its way", () => {
  const open: DeviceClient[] = [];
  afterEach(() => {
    for (const device of open.splice(0)) {
      const { crypto } = device.kept;
      device.stop();
      if (crypto) dropStore(crypto.store);
    }
  });

  async function signUp(server: TestServer, name: string, between: Between = () => undefined): Promise<Told> {
    const told: Told = { facts: [], sent: [] } as never;
    told.device = new DeviceClient({
      baseUrl: "https://garden.example",
      transport: async (request, stopped) => {
        const { pathname } = new URL(request.url);
        told.sent.push({ path: pathname, body: typeof request.body === "string" ? request.body : "" });
        const response = await plainResponse(await server.homeserver.fetch(liveRequest(request, stopped)));
        if (typeof response.body !== "string" || !pathname.includes("/keys/")) return { response };
        const body = JSON.parse(response.body) as JsonObject;
        between(pathname, body);
        return { response: { ...response, body: JSON.stringify(body) } };
      },
      now: () => server.clock.now(),
      report: (facts) => told.facts.push(...facts),
      keptChanged: () => undefined,
      stores: { newName: () => `test/${name}/${crypto.randomUUID()}`, drop: dropStore },
    });
    open.push(told.device);
    await makeAccount(told.device, { name, password: "a b c d e f g", deviceName: `${name}’s laptop` });
    return told;
  }

  /** You write to Bo, and to yourself: what became of Bo's device. */
  async function write(between: Between): Promise<Written> {
    const server = await TestServer.start();
    const bo = await signUp(server, "bo");
    const you = await signUp(server, "you", between);
    const user = bo.device.session!.user;
    const room = await createRoom(you.device, { preset: "private_chat", encrypted: true, invite: [user] });
    await join(bo.device, room);
    await until(() => isMember(you, room, user));
    await send(you.device, room, { text: "for Bo alone" });
    await until(() => latestUnreached(you).length > 0);
    return { you, bo, room, unreached: latestUnreached(you) };
  }

  const changed = (signatures: unknown): void => {
    for (const keys of Object.values(signatures as Keys))
      for (const id of Object.keys(keys)) (keys as JsonObject)[id] = "A".repeat(86);
  };

  const oneTimeKeys: Between = (path, { one_time_keys: users }) => {
    if (!path.endsWith("/keys/claim")) return;
    for (const devices of Object.values(users as Keys))
      for (const keys of Object.values(devices))
        for (const key of Object.values(keys)) changed((key as JsonObject).signatures);
  };

  it("is not used where it is a one-time key, and its device is named", async () => {
    const { you, bo, unreached } = await write(oneTimeKeys);
    expect(unreached).to.deep.equal([{ ...deviceOf(bo), why: "bad-signature" }]);
    expectNothingFor(you, bo);
  });

  it("is not used where it is the device's own, and the device is named", async () => {
    const { you, bo, unreached } = await write((path, { device_keys: users }) => {
      if (!path.endsWith("/keys/query")) return;
      for (const keys of Object.values((users as Keys)["@bo:garden.example"] ?? {})) changed(keys.signatures);
    });
    expect(unreached).to.deep.equal([{ ...deviceOf(bo), why: "bad-device-keys" }]);
    expectNothingFor(you, bo);
  });

  it("does no harm once there is another way to the device, which is not named any more", async () => {
    const { you, bo, room } = await write(oneTimeKeys);
    // His device begins with yours, and yours can answer.
    await send(bo.device, room, { text: "anybody there?" });
    await until(() => hasRead(you, "anybody there?"));
    await you.device.matrix!.getCrypto()!.forceDiscardSession(room);
    await send(you.device, room, { text: "yes" });
    await until(() => latestUnreached(you).length === 0 && hasRead(bo, "yes"));
  });
});

function hasRead({ facts }: Told, text: string): boolean {
  return facts.some((fact) => fact.type === "event" && fact.event.content.body === text);
}

function deviceOf({ device }: Told): { user: string; device: string } {
  const { user, device: id } = device.session!;
  return { user, device: id };
}

function isMember({ facts }: Told, room: string, user: string): boolean {
  return facts.some(
    (fact) =>
      fact.type === "members" &&
      fact.room === room &&
      fact.members.some((member) => member.user === user && member.membership === "join"),
  );
}

function latestUnreached({ facts }: Told): UnreachedDevice[] {
  const fact = facts.findLast(({ type }) => type === "unreached");
  return fact?.type === "unreached" ? fact.devices : [];
}

/** Nothing encrypted went to Bo's device, which shows the message sealed at most. */
function expectNothingFor(you: Told, bo: Told): void {
  const keys = you.sent.filter(({ path }) => path.includes("/sendToDevice/m.room.encrypted/"));
  expect(keys.filter(({ body }) => body.includes(deviceOf(bo).device))).to.deep.equal([]);
  expect(hasRead(bo, "for Bo alone")).to.equal(false);
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = performance.now() + 60_000; !isSo(); ) {
    if (performance.now() > end) throw new Error(`Not so: ${String(isSo)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
