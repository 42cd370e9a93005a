import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { LinkedServers } from "../federation/linked-servers.ts";
import type { TestUser } from "../test-server.ts";
import { CrossSigningSet, claimed, DeviceKeySet, queried } from "./test-keys.ts";

async function scene({ shared = true } = {}) {
  const links = new LinkedServers();
  const [garden, harbor] = [await links.start("garden.example"), await links.start("harbor.example")];
  const [ada, bo] = [await garden.user("ada"), await harbor.user("bo")];
  const room = await ada.createRoom({ preset: "public_chat" });
  const path = `v3/join/${encodeURIComponent(room)}?via=garden.example`;
  if (shared) await bo.done("POST", path, {});
  return { links, garden, harbor, ada, bo, room, join: path };
}

/** Polls from `since` on until a device list holds somebody; the token behind it. */
async function hear(user: TestUser, part: "changed" | "left", who: string, since: string): Promise<string> {
  for (let at = since; ; ) {
    const answer = await user.sync({ since: at, timeout: 30_000 });
    at = String(answer.next_batch);
    const lists = answer.device_lists as Record<string, string[]>;
    if (lists[part]!.includes(who)) return at;
  }
}

async function now(user: TestUser): Promise<string> {
  return String((await user.sync()).next_batch);
}

describe("keys across servers", () => {
  it("are queried and claimed, with one request for each server", async () => {
    const { links, harbor, ada, bo } = await scene({ shared: false });
    const cy = await harbor.user("cy");
    for (const user of [bo, cy]) {
      const keys = new DeviceKeySet(user);
      await keys.upload({ one_time_keys: keys.oneTimeKeys("A"), fallback_keys: keys.fallbackKey("F") });
    }
    const signing = new CrossSigningSet(bo.id);
    await bo.done("POST", "v3/keys/device_signing/upload", signing.upload);
    const own = await queried(bo, bo.id);
    const seen = await queried(ada, bo.id, cy.id, "@nobody:harbor.example", "nonsense");
    expect(seen.device_keys![bo.id]).to.deep.equal(own.device_keys![bo.id]);
    expect(Object.keys(seen.device_keys!)).to.deep.equal([bo.id, cy.id]);
    expect(seen.master_keys).to.deep.equal(own.master_keys);
    expect(seen.self_signing_keys).to.deep.equal(own.self_signing_keys);
    expect(seen.user_signing_keys).to.deep.equal({});
    expect(seen.failures).to.deep.equal({});
    expect(links.to("harbor.example", "/user/keys/query")).to.have.length(1);
    const algorithm = "signed_curve25519";
    const wanted = {
      [bo.id]: { [bo.deviceId]: algorithm, NONE: algorithm },
      [cy.id]: { [cy.deviceId]: algorithm },
    };
    const both = await ada.done("POST", "v3/keys/claim", { one_time_keys: wanted });
    expect(both.failures).to.deep.equal({});
    const given = both.one_time_keys as Record<string, Record<string, JsonObject>>;
    expect(given[bo.id]).to.deep.equal({
      [bo.deviceId]: { "signed_curve25519:A": new DeviceKeySet(bo).oneTimeKey("A") },
    });
    expect(Object.keys(given[cy.id]![cy.deviceId]!)).to.deep.equal(["signed_curve25519:A"]);
    expect(links.to("harbor.example", "/user/keys/claim")).to.have.length(1);
    expect(await claimed(ada, bo)).to.deep.equal(["signed_curve25519:F"]);
    const claims = harbor.ports.facts.filter(({ type }) => type === "one-time-key-claimed");
    expect(claims[0]).to.include({ by: "garden.example" });
  });

  it("fail for the servers that do not answer, and for no others", async () => {
    const { links, garden, ada, bo } = await scene();
    const away = await links.start("away.example");
    const di = await away.user("di");
    links.away.add("away.example");
    await new DeviceKeySet(bo).upload();
    const answer = await queried(ada, bo.id, di.id, ada.id);
    expect(Object.keys(answer.device_keys!).sort()).to.deep.equal([ada.id, bo.id]);
    expect(Object.keys(answer.failures!)).to.deep.equal(["away.example"]);
    links.away.clear();
    links.silent.add("harbor.example");
    const one_time_keys = { [bo.id]: { [bo.deviceId]: "signed_curve25519" } };
    const slow = ada.done("POST", "v3/keys/claim", { one_time_keys, timeout: 3000 });
    await links.until("asked", () => links.to("harbor.example", "/user/keys/claim").length > 0);
    garden.clock.advance(3000);
    expect(await slow).to.deep.include({ one_time_keys: {} });
    expect(Object.keys((await slow).failures as JsonObject)).to.deep.equal(["harbor.example"]);
  });

  it("are kept while a room is shared, and followed", async () => {
    const { links, garden, ada, bo } = await scene();
    const keys = new DeviceKeySet(bo);
    let adaAt = await now(ada);
    await keys.upload();
    adaAt = await hear(ada, "changed", bo.id, adaAt);
    const queries = () => links.to("harbor.example", "/user/keys/query").length;
    await queried(ada, bo.id);
    await queried(ada, bo.id);
    expect(queries()).to.equal(1);
    // The first change leaves a gap, for nobody has told so far where the list stands.
    const phone = await bo.secondDevice();
    adaAt = await hear(ada, "changed", bo.id, adaAt);
    expect(links.to("harbor.example", `/user/devices/`)).to.have.length(1);
    await new DeviceKeySet(phone).upload();
    adaAt = await hear(ada, "changed", bo.id, adaAt);
    await bo.done("PUT", `v3/devices/${phone.deviceId}`, { display_name: "Bo's telephone" });
    adaAt = await hear(ada, "changed", bo.id, adaAt);
    const seen = (await queried(ada, bo.id)).device_keys![bo.id] as Record<string, JsonObject>;
    expect(Object.keys(seen).sort()).to.deep.equal([bo.deviceId, phone.deviceId].sort());
    expect(seen[phone.deviceId]!.unsigned).to.deep.equal({ device_display_name: "Bo's telephone" });
    const signing = new CrossSigningSet(bo.id);
    await bo.done("POST", "v3/keys/device_signing/upload", signing.upload);
    adaAt = await hear(ada, "changed", bo.id, adaAt);
    const signed = signing.selfSigning.sign(keys.deviceKeys, bo.id);
    await bo.done("POST", "v3/keys/signatures/upload", { [bo.id]: { [bo.deviceId]: signed } });
    adaAt = await hear(ada, "changed", bo.id, adaAt);
    await phone.done("POST", "v3/logout");
    adaAt = await hear(ada, "changed", bo.id, adaAt);
    const later = await queried(ada, bo.id);
    expect(Object.keys(later.device_keys![bo.id]!)).to.deep.equal([bo.deviceId]);
    const { unsigned: _, ...device } = later.device_keys![bo.id]![bo.deviceId] as JsonObject;
    expect(device).to.deep.equal(signed);
    expect(later.master_keys![bo.id]).to.deep.equal(signing.upload.master_key);
    expect(queries()).to.equal(1);
    expect(links.to("harbor.example", `/user/devices/`)).to.have.length(1);
    // What is known outlives a restart, and needs no other server.
    const again = await links.restart("garden.example", garden);
    ada.server = again;
    links.away.add("harbor.example");
    expect((await queried(ada, bo.id)).device_keys![bo.id]).to.deep.equal(later.device_keys![bo.id]);
  });

  it("are told to servers that did not know of a user, and forgotten with the last room", async () => {
    const { links, ada, bo, room, join } = await scene({ shared: false });
    await new DeviceKeySet(bo).upload();
    let adaAt = await now(ada);
    const boBefore = await now(bo);
    await bo.done("POST", join, {});
    await hear(bo, "changed", ada.id, boBefore);
    adaAt = await hear(ada, "changed", bo.id, adaAt);
    await queried(ada, bo.id);
    await links.until("told of Bo's device", () =>
      links.edusTo("garden.example").some(({ edu_type }) => edu_type === "m.device_list_update"),
    );
    const boAt = await now(bo);
    await bo.done("POST", `v3/rooms/${encodeURIComponent(room)}/leave`);
    await hear(bo, "left", ada.id, boAt);
    adaAt = await hear(ada, "left", bo.id, adaAt);
    const phone = await bo.secondDevice();
    await new DeviceKeySet(phone).upload();
    await bo.done("POST", join, {});
    adaAt = await hear(ada, "changed", bo.id, adaAt);
    const seen = (await queried(ada, bo.id)).device_keys![bo.id]!;
    expect(Object.keys(seen).sort()).to.deep.equal([bo.deviceId, phone.deviceId].sort());
  });

  it("are signed by users of another server, for their own eyes", async () => {
    const { ada, bo } = await scene();
    const [mine, others] = [new CrossSigningSet(ada.id), new CrossSigningSet(bo.id)];
    await ada.done("POST", "v3/keys/device_signing/upload", mine.upload);
    await bo.done("POST", "v3/keys/device_signing/upload", others.upload);
    const signed = mine.userSigning.sign(others.object(others.master, "master"), ada.id);
    const body = { [bo.id]: { [others.master.publicKey]: signed } };
    expect((await ada.done("POST", "v3/keys/signatures/upload", body)).failures).to.deep.equal({});
    expect((await queried(ada, bo.id)).master_keys![bo.id]).to.deep.equal(signed);
    expect((await queried(bo, bo.id)).master_keys![bo.id]).to.deep.equal(others.upload.master_key);
  });
});
