import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, TestUser } from "../test-server.ts";
import { claimed, DeviceKeySet, queried } from "./test-keys.ts";

const path = "unstable/org.matrix.msc3814.v1/dehydrated_device";

function dehydrated(user: TestUser, deviceId: string): { device: TestUser; body: JsonObject } {
  const device = new TestUser(user.server, user.id, "", deviceId);
  const keys = new DeviceKeySet(device);
  return {
    device,
    body: {
      device_id: deviceId,
      device_data: { algorithm: "m.dehydration.v1.olm", pickle: "secret" },
      initial_device_display_name: "Dehydrated device",
      device_keys: keys.deviceKeys,
      one_time_keys: keys.oneTimeKeys("A"),
      fallback_keys: keys.fallbackKey("F"),
    },
  };
}

describe("a dehydrated device", () => {
  it("takes messages for a user, and is replaced by the next", async () => {
    const server = await TestServer.start();
    const [ada, bo] = [await server.user("ada"), await server.user("bo")];
    expect((await ada.call("GET", path)).body.errcode).to.equal("M_NOT_FOUND");
    const { device, body } = dehydrated(ada, "DRY1");
    expect(await ada.done("PUT", path, body)).to.deep.equal({ device_id: "DRY1" });
    expect(await ada.done("GET", path)).to.deep.equal({ device_id: "DRY1", device_data: body.device_data });
    expect(Object.keys((await queried(bo, ada.id)).device_keys![ada.id]!)).to.deep.equal(["DRY1"]);
    expect(await claimed(bo, device)).to.deep.equal(["signed_curve25519:A"]);
    for (let n = 0; n < 130; n++) {
      const messages = { [ada.id]: { DRY1: { n } } };
      await bo.done("PUT", `v3/sendToDevice/x/${n}`, { messages });
    }
    const first = await ada.done("GET", `${path}/DRY1/events`);
    expect(first.events).to.have.length(100);
    const second = await ada.done("GET", `${path}/DRY1/events?from=${first.next_batch}`);
    expect(second.events).to.have.length(30);
    expect(second).not.to.have.property("next_batch");
    await ada.done("PUT", path, dehydrated(ada, "DRY2").body);
    expect((await ada.call("GET", `${path}/DRY1/events`)).status).to.equal(403);
    expect(Object.keys((await queried(bo, ada.id)).device_keys![ada.id]!)).to.deep.equal(["DRY2"]);
    ada.server = await server.restarted();
    expect((await ada.done("GET", path)).device_id).to.equal("DRY2");
    expect(await ada.done("DELETE", path, {})).to.deep.equal({ device_id: "DRY2" });
    expect((await ada.call("DELETE", path)).status).to.equal(404);
    expect((await queried(ada, ada.id)).device_keys![ada.id]).to.deep.equal({});
  });

  it("is no device that somebody is signed in at", async () => {
    const ada = await (await TestServer.start()).user("ada");
    const { body } = dehydrated(ada, ada.deviceId);
    expect((await ada.call("PUT", path, body)).status).to.equal(403);
    const { device_keys: _, ...without } = dehydrated(ada, "DRY").body;
    expect((await ada.call("PUT", path, without)).status).to.equal(400);
  });
});
