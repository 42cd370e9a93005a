import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer } from "../test-server.ts";
import { claimed, DeviceKeySet, queried } from "./test-keys.ts";

async function someone() {
  const server = await TestServer.start();
  const ada = await server.user("ada");
  return { server, ada, keys: new DeviceKeySet(ada) };
}

describe("keys of a device", () => {
  it("are given to who asks, with the device's name, and outlive a restart", async () => {
    const { server, ada, keys } = await someone();
    const bo = await server.user("bo");
    const { one_time_key_counts: counts } = await keys.upload({ one_time_keys: keys.oneTimeKeys("A", "B") });
    expect(counts).to.deep.equal({ signed_curve25519: 2 });
    const expected = { ...keys.deviceKeys, unsigned: { device_display_name: "ada's laptop" } };
    for (const round of [1, 2]) {
      const answer = await queried(bo, ada.id);
      expect(answer.device_keys![ada.id], `round ${round}`).to.deep.equal({ [ada.deviceId]: expected });
      bo.server = await server.restarted();
    }
  });

  it("are only those that were asked for", async () => {
    const { server, ada, keys } = await someone();
    const other = await ada.secondDevice();
    await keys.upload();
    await new DeviceKeySet(other).upload();
    const bo = await server.user("bo");
    const body = {
      device_keys: { [ada.id]: [other.deviceId, "NOSUCH"], "@nobody:garden.example": [], [bo.id]: [] },
    };
    const { device_keys: found, failures } = await bo.done("POST", "v3/keys/query", body);
    expect(Object.keys((found as JsonObject)[ada.id] as JsonObject)).to.deep.equal([other.deviceId]);
    expect((found as JsonObject)[bo.id]).to.deep.equal({});
    expect(found).not.to.have.property("@nobody:garden.example");
    expect(failures).to.deep.equal({});
  });

  it("are refused if they are another's, malformed or falsely signed", async () => {
    const { server, ada, keys } = await someone();
    const bo = await server.user("bo");
    const own = keys.deviceKeys;
    const falsely = { ...own, algorithms: ["m.other"] };
    const cases: [string, JsonObject, string][] = [
      ["another user", { device_keys: new DeviceKeySet(bo).deviceKeys }, "M_BAD_JSON"],
      ["another device", { device_keys: { ...own, device_id: "OTHER" } }, "M_BAD_JSON"],
      ["false signature", { device_keys: falsely }, "M_INVALID_SIGNATURE"],
      ["no algorithms", { device_keys: { ...own, algorithms: "none" } }, "M_BAD_JSON"],
      ["keys of numbers", { device_keys: { ...own, keys: { "ed25519:X": 1 } } }, "M_BAD_JSON"],
      ["no object", { device_keys: "mine" }, "M_BAD_JSON"],
      ["a key without name", { one_time_keys: { curve: "abc" } }, "M_INVALID_PARAM"],
      ["a key that is none", { one_time_keys: { "signed_curve25519:A": { signatures: {} } } }, "M_BAD_JSON"],
      [
        "two fallbacks",
        { fallback_keys: { ...keys.fallbackKey("A"), ...keys.fallbackKey("B") } },
        "M_INVALID_PARAM",
      ],
      [
        "falsely signed one-time key",
        {
          device_keys: own,
          one_time_keys: { "signed_curve25519:A": { ...keys.oneTimeKey("A"), key: "other" } },
        },
        "M_INVALID_SIGNATURE",
      ],
    ];
    for (const [name, body, errcode] of cases) {
      const answer = await ada.call("POST", "v3/keys/upload", body);
      expect([answer.status, answer.body.errcode], name).to.deep.equal([400, errcode]);
    }
    expect((await queried(bo, ada.id)).device_keys![ada.id]).to.deep.equal({});
    expect(await claimed(bo, ada)).to.deep.equal([]);
  });

  it("keep a one-time key as it is: the same again does nothing, another by its name is refused", async () => {
    const { server, ada, keys } = await someone();
    const bo = await server.user("bo");
    await keys.upload({ one_time_keys: keys.oneTimeKeys("A", "B") });
    const again = await keys.upload({ one_time_keys: keys.oneTimeKeys("B", "C") });
    expect(again.one_time_key_counts).to.deep.equal({ signed_curve25519: 3 });
    const body = { one_time_keys: { "signed_curve25519:A": keys.oneTimeKey("D"), ...keys.oneTimeKeys("E") } };
    const answer = await ada.call("POST", "v3/keys/upload", body);
    expect([answer.status, answer.body.errcode]).to.deep.equal([400, "M_UNKNOWN"]);
    expect(answer.body.error).to.match(/^One time key signed_curve25519:A already exists/);
    const given = [
      await claimed(bo, ada),
      await claimed(bo, ada),
      await claimed(bo, ada),
      await claimed(bo, ada),
    ];
    expect(given.flat().sort()).to.deep.equal(["A", "B", "C"].map((id) => `signed_curve25519:${id}`));
  });

  it("drop what another identity of the same device had signed", async () => {
    const { server, ada, keys } = await someone();
    const bo = await server.user("bo");
    await keys.upload({ one_time_keys: keys.oneTimeKeys("A"), fallback_keys: keys.fallbackKey("F") });
    const later = new DeviceKeySet(ada, "second");
    await later.upload({ one_time_keys: later.oneTimeKeys("A") });
    expect(await claimed(bo, ada)).to.deep.equal(["signed_curve25519:A"]);
    expect(await claimed(bo, ada)).to.deep.equal([]);
  });

  it("go with their device", async () => {
    for (const end of ["logout", "delete", "password", "deactivate"] as const) {
      const { server, ada } = await someone();
      const bo = await server.user("bo");
      const other = await ada.secondDevice();
      const keys = new DeviceKeySet(other);
      await keys.upload({ one_time_keys: keys.oneTimeKeys("A"), fallback_keys: keys.fallbackKey("F") });
      const auth = {
        type: "m.login.password",
        identifier: { type: "m.id.user", user: "ada" },
        password: "ada-secret",
      };
      if (end === "logout") await other.done("POST", "v3/logout");
      else if (end === "delete") await ada.done("DELETE", `v3/devices/${other.deviceId}`, { auth });
      else if (end === "password")
        await ada.done("POST", "v3/account/password", { auth, new_password: "new" });
      else await ada.done("POST", "v3/account/deactivate", { auth });
      expect((await queried(bo, ada.id)).device_keys![ada.id], end).to.deep.equal({});
      expect(await claimed(bo, other), end).to.deep.equal([]);
    }
  });
});
