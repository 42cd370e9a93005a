import { expect } from "chai";
import { TestServer, type TestUser } from "../test-server.ts";
import { CrossSigningSet, DeviceKeySet, listNews } from "./test-keys.ts";

async function scene() {
  const server = await TestServer.start();
  const [ada, bo, cy] = [await server.user("ada"), await server.user("bo"), await server.user("cy")];
  const room = await ada.createRoom({ preset: "public_chat" });
  await bo.done("POST", `v3/join/${room}`);
  return { server, ada, bo, cy, room };
}

async function now(user: TestUser): Promise<string> {
  return String((await user.sync()).next_batch);
}

/** What a device hears by `/sync`, and what `/keys/changes` says of the same time. */
async function heard(user: TestUser, since: string) {
  const { changed, left, since: to } = await listNews(user, since);
  const said = await user.done("GET", `v3/keys/changes?from=${since}&to=${to}`);
  expect(said).to.deep.equal({ changed, left });
  return { changed, left };
}

describe("device lists", () => {
  it("are told only from the second sync on", async () => {
    const { ada } = await scene();
    expect(await ada.sync()).not.to.have.property("device_lists");
  });

  it("are all news to who was away from a room between two syncs", async () => {
    const { ada, bo, room } = await scene();
    const since = await now(ada);
    for (const act of ["leave", "join"])
      await ada.done("POST", `v3/rooms/${encodeURIComponent(room)}/${act}`);
    expect(await heard(ada, since)).to.deep.equal({ changed: [bo.id], left: [] });
  });

  it("change with keys, names, new and gone devices, and cross-signing", async () => {
    const { ada, bo, cy } = await scene();
    const device = await bo.secondDevice();
    const keys = new DeviceKeySet(device);
    const auth = { type: "m.login.password", user: "bo", password: "bo-secret" };
    const signing = new CrossSigningSet(bo.id);
    const changes: [string, () => Promise<unknown>][] = [
      ["keys", () => keys.upload()],
      ["name", () => bo.done("PUT", `v3/devices/${device.deviceId}`, { display_name: "Bo's telephone" })],
      ["cross-signing", () => bo.done("POST", "v3/keys/device_signing/upload", signing.upload)],
      [
        "signature",
        () =>
          bo.done("POST", "v3/keys/signatures/upload", {
            [bo.id]: { [device.deviceId]: signing.selfSigning.sign(keys.deviceKeys, bo.id) },
          }),
      ],
      ["gone", () => bo.done("DELETE", `v3/devices/${device.deviceId}`, { auth })],
      ["new", () => bo.secondDevice()],
    ];
    for (const [name, change] of changes) {
      const [adaBefore, boBefore, cyBefore] = [await now(ada), await now(bo), await now(cy)];
      await change();
      expect(await heard(ada, adaBefore), name).to.deep.equal({ changed: [bo.id], left: [] });
      expect(await heard(bo, boBefore), name).to.deep.equal({ changed: [bo.id], left: [] });
      expect(await heard(cy, cyBefore), name).to.deep.equal({ changed: [], left: [] });
    }
    const still = await now(ada);
    await bo.done("POST", "v3/keys/device_signing/upload", signing.upload);
    expect((await heard(ada, still)).changed).to.deep.equal([]);
  });

  it("are followed while a room is shared", async () => {
    const { ada, bo, cy, room } = await scene();
    const other = await ada.createRoom({ preset: "public_chat" });
    let [adaAt, cyAt] = [await now(ada), await now(cy)];
    const next = async () => {
      const [forAda, forCy] = [await heard(ada, adaAt), await heard(cy, cyAt)];
      [adaAt, cyAt] = [await now(ada), await now(cy)];
      return { ada: forAda, cy: forCy };
    };
    const nothing = { changed: [], left: [] };
    await cy.done("POST", `v3/join/${room}`);
    const joined = await next();
    expect(joined.ada).to.deep.equal({ changed: [cy.id], left: [] });
    expect([...joined.cy.changed].sort()).to.deep.equal([ada.id, bo.id]);
    // A second room in common is no news, nor is the loss of one of two.
    await cy.done("POST", `v3/join/${other}`);
    expect(await next()).to.deep.equal({ ada: nothing, cy: nothing });
    await cy.done("POST", `v3/rooms/${room}/leave`);
    expect(await next()).to.deep.equal({ ada: nothing, cy: { changed: [], left: [bo.id] } });
    await ada.done("POST", `v3/rooms/${other}/kick`, { user_id: cy.id });
    expect(await next()).to.deep.equal({
      ada: { changed: [], left: [cy.id] },
      cy: { changed: [], left: [ada.id] },
    });
    await new DeviceKeySet(cy).upload();
    expect((await next()).ada).to.deep.equal(nothing);
    // An invitation is no room in common.
    await ada.done("POST", `v3/rooms/${room}/invite`, { user_id: cy.id });
    expect((await next()).ada).to.deep.equal(nothing);
    // Left, changed and come again between two syncs: that is a change.
    await cy.done("POST", `v3/join/${room}`);
    await next();
    await cy.done("POST", `v3/rooms/${room}/leave`);
    await new DeviceKeySet(cy, "new").upload();
    await cy.done("POST", `v3/join/${room}`);
    expect((await next()).ada).to.deep.equal({ changed: [cy.id], left: [] });
  });

  it("tell a user's devices whom the user has verified, and nobody else", async () => {
    const { ada, bo, server } = await scene();
    const [mine, others] = [new CrossSigningSet(ada.id), new CrossSigningSet(bo.id)];
    await ada.done("POST", "v3/keys/device_signing/upload", mine.upload);
    await bo.done("POST", "v3/keys/device_signing/upload", others.upload);
    const [adaAt, boAt] = [await now(ada), await now(bo)];
    const signed = mine.userSigning.sign(others.object(others.master, "master"), ada.id);
    await ada.done("POST", "v3/keys/signatures/upload", { [bo.id]: { [others.master.publicKey]: signed } });
    expect((await heard(bo, boAt)).changed).to.deep.equal([]);
    ada.server = await server.restarted();
    expect((await heard(ada, adaAt)).changed).to.deep.equal([bo.id]);
  });

  it("end a long poll", async () => {
    const { ada, bo } = await scene();
    const polled = ada.sync({ since: await now(ada), timeout: 30_000 });
    await new DeviceKeySet(bo).upload();
    expect((await polled).device_lists).to.deep.equal({ changed: [bo.id], left: [] });
  });

  it("ask for tokens that there are", async () => {
    const { ada } = await scene();
    expect((await ada.call("GET", "v3/keys/changes?from=x&to=y")).status).to.equal(400);
    expect((await ada.call("GET", "v3/keys/changes?to=s1")).body.errcode).to.equal("M_MISSING_PARAM");
  });
});
