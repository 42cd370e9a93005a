import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, type TestUser } from "../test-server.ts";
import { CrossSigningSet, DeviceKeySet, queried, TestKey } from "./test-keys.ts";

const path = "v3/keys/device_signing/upload";

async function pair() {
  const server = await TestServer.start();
  const [ada, bo] = [await server.user("ada"), await server.user("bo")];
  return { server, ada, bo, keys: new CrossSigningSet(ada.id) };
}

async function sign(user: TestUser, target: string, keyId: string, object: JsonObject): Promise<JsonObject> {
  const answer = await user.done("POST", "v3/keys/signatures/upload", { [target]: { [keyId]: object } });
  return answer.failures as JsonObject;
}

const errcodeOf = (failures: JsonObject, user: string, keyId: string) =>
  ((failures[user] as JsonObject | undefined)?.[keyId] as JsonObject | undefined)?.errcode;

describe("cross-signing keys", () => {
  it("come up without a password the first time and as they are; others need it", async () => {
    const { ada, bo, keys } = await pair();
    await ada.done("POST", path, keys.upload);
    await ada.done("POST", path, keys.upload);
    const other = new CrossSigningSet(ada.id, "second");
    await ada.done("POST", path, { self_signing_key: keys.upload.self_signing_key! });
    const replaced = keys.master.sign(keys.object(other.selfSigning, "self_signing"), ada.id);
    for (const body of [other.upload, { self_signing_key: replaced }]) {
      expect((await ada.call("POST", path, body)).status).to.equal(401);
    }
    const challenge = await ada.call("POST", path, other.upload);
    expect(challenge.body.flows).to.deep.equal([{ stages: ["m.login.password"] }]);
    const auth = {
      type: "m.login.password",
      session: challenge.body.session!,
      identifier: { type: "m.id.user", user: ada.id },
      password: "ada-secret",
    };
    expect((await queried(bo, ada.id)).master_keys![ada.id]).to.deep.equal(keys.upload.master_key);
    // The answer may have been lost, and with it the session of the authentication.
    for (let time = 0; time < 2; time++) await ada.done("POST", path, { ...other.upload, auth });
    const answer = await queried(bo, ada.id);
    expect(answer.master_keys![ada.id]).to.deep.equal(other.upload.master_key);
    expect(answer.self_signing_keys![ada.id]).to.deep.equal(other.upload.self_signing_key);
    expect(answer.user_signing_keys).to.deep.equal({});
    const own = await queried(ada, ada.id);
    expect(own.user_signing_keys![ada.id]).to.deep.equal(other.upload.user_signing_key);
  });

  it("are refused if they are not what they say", async () => {
    const { ada, bo, keys } = await pair();
    const { upload } = keys;
    const stranger = new TestKey("stranger");
    const named = { ...keys.object(keys.master, "master"), keys: { "ed25519:other": keys.master.publicKey } };
    const cases: [string, JsonObject, number, string][] = [
      ["no master key", { self_signing_key: upload.self_signing_key! }, 400, "M_MISSING_PARAM"],
      [
        "signed by another",
        { ...upload, self_signing_key: stranger.sign(keys.object(keys.selfSigning, "self_signing"), ada.id) },
        400,
        "M_INVALID_SIGNATURE",
      ],
      [
        "not signed",
        { ...upload, user_signing_key: keys.object(keys.userSigning, "user_signing") },
        400,
        "M_INVALID_SIGNATURE",
      ],
      ["another's", { master_key: new CrossSigningSet(bo.id).upload.master_key! }, 400, "M_INVALID_PARAM"],
      ["another usage", { master_key: upload.self_signing_key! }, 400, "M_INVALID_PARAM"],
      ["another name", { master_key: named }, 400, "M_INVALID_PARAM"],
      ["no object", { master_key: "key" }, 400, "M_BAD_JSON"],
    ];
    for (const [name, body, status, errcode] of cases) {
      const answer = await ada.call("POST", path, body);
      expect([answer.status, answer.body.errcode], name).to.deep.equal([status, errcode]);
    }
    expect((await queried(ada, ada.id)).master_keys).to.deep.equal({});
  });

  it("never share a name with a device", async () => {
    const { server, ada, keys } = await pair();
    const login = (device_id: string) =>
      server.call("POST", "v3/login", {
        body: {
          type: "m.login.password",
          identifier: { type: "m.id.user", user: "ada" },
          password: "ada-secret",
          device_id,
        },
      });
    await login(keys.master.publicKey);
    const taken = await ada.call("POST", path, keys.upload);
    expect([taken.status, taken.body.errcode]).to.deep.equal([403, "M_FORBIDDEN"]);
    const other = new CrossSigningSet(ada.id, "second");
    await ada.done("POST", path, other.upload);
    expect((await login(other.selfSigning.publicKey)).status).to.equal(403);
  });
});

describe("signatures", () => {
  it("of one's devices and by them are seen by all, those of others' keys only by who made them", async () => {
    const { ada, bo, keys, server } = await pair();
    const device = new DeviceKeySet(ada);
    await device.upload();
    await ada.done("POST", path, keys.upload);
    const boKeys = new CrossSigningSet(bo.id);
    await bo.done("POST", path, boKeys.upload);
    const { publicKey: masterId } = keys.master;
    const signedDevice = keys.selfSigning.sign(device.deviceKeys, ada.id);
    expect(await sign(ada, ada.id, ada.deviceId, signedDevice)).to.deep.equal({});
    const signedMaster = device.key.sign(keys.upload.master_key as JsonObject, ada.id, device.keyId);
    expect(await sign(ada, ada.id, masterId, signedMaster)).to.deep.equal({});
    const signedBo = keys.userSigning.sign(boKeys.upload.master_key as JsonObject, ada.id);
    expect(await sign(ada, bo.id, boKeys.master.publicKey, signedBo)).to.deep.equal({});
    bo.server = await server.restarted();
    ada.server = bo.server;
    const seenByBo = await queried(bo, ada.id, bo.id);
    const { unsigned: _, ...seenDevice } = seenByBo.device_keys![ada.id]![ada.deviceId] as JsonObject;
    expect(seenDevice).to.deep.equal(signedDevice);
    expect(seenByBo.master_keys![ada.id]).to.deep.equal(signedMaster);
    expect(seenByBo.master_keys![bo.id]).to.deep.equal(boKeys.upload.master_key);
    expect((await queried(ada, bo.id)).master_keys![bo.id]).to.deep.equal(signedBo);
    // The same keys again do not undo the signature.
    await device.upload();
    const again = (await queried(bo, ada.id)).device_keys![ada.id]![ada.deviceId] as JsonObject;
    expect(again.signatures).to.deep.equal(signedDevice.signatures);
  });

  it("of others that come with one's own keys are dropped", async () => {
    const { ada, bo, keys } = await pair();
    const stranger = new TestKey("stranger");
    const device = new DeviceKeySet(ada);
    const body = { device_keys: stranger.sign(device.deviceKeys, "@cy:garden.example") };
    await ada.done("POST", "v3/keys/upload", body);
    const master = stranger.sign(keys.upload.master_key as JsonObject, "@cy:garden.example");
    await ada.done("POST", path, { ...keys.upload, master_key: master });
    const seen = await queried(bo, ada.id);
    expect(seen.device_keys![ada.id]![ada.deviceId]).to.deep.include(device.deviceKeys);
    expect(seen.master_keys![ada.id]).to.deep.equal(keys.upload.master_key);
  });

  it("are refused one by one", async () => {
    const { ada, bo, keys } = await pair();
    const device = new DeviceKeySet(ada);
    await device.upload();
    await ada.done("POST", path, keys.upload);
    const boKeys = new CrossSigningSet(bo.id);
    await bo.done("POST", path, boKeys.upload);
    const stranger = new TestKey("stranger");
    const own = device.deviceKeys;
    const boMaster = boKeys.upload.master_key as JsonObject;
    const cases: [string, string, string, JsonObject, string][] = [
      ["by a stranger", ada.id, ada.deviceId, stranger.sign(own, ada.id), "M_INVALID_SIGNATURE"],
      [
        "false",
        ada.id,
        ada.deviceId,
        stranger.sign(own, ada.id, `ed25519:${keys.selfSigning.publicKey}`),
        "M_INVALID_SIGNATURE",
      ],
      [
        "of other content",
        ada.id,
        ada.deviceId,
        keys.selfSigning.sign({ ...own, algorithms: [] }, ada.id),
        "M_INVALID_PARAM",
      ],
      ["of no device", ada.id, "NOSUCH", keys.selfSigning.sign(own, ada.id), "M_NOT_FOUND"],
      [
        "by the wrong key",
        bo.id,
        boKeys.master.publicKey,
        keys.selfSigning.sign(boMaster, ada.id),
        "M_INVALID_SIGNATURE",
      ],
      ["of nobody's key", "@cy:garden.example", "x", keys.userSigning.sign(boMaster, ada.id), "M_NOT_FOUND"],
      ["none", bo.id, boKeys.master.publicKey, boMaster, "M_INVALID_SIGNATURE"],
    ];
    for (const [name, user, keyId, object, errcode] of cases) {
      expect(errcodeOf(await sign(ada, user, keyId, object), user, keyId), name).to.equal(errcode);
    }
    // A good one beside a bad one is kept.
    const good = keys.selfSigning.sign(own, ada.id);
    const body = { [ada.id]: { [ada.deviceId]: good, NOSUCH: good } };
    const { failures } = await ada.done("POST", "v3/keys/signatures/upload", body);
    expect(Object.keys((failures as JsonObject)[ada.id] as JsonObject)).to.deep.equal(["NOSUCH"]);
    const seen = (await queried(bo, ada.id)).device_keys![ada.id]![ada.deviceId] as JsonObject;
    expect(seen.signatures).to.deep.equal(good.signatures);
    expect((await ada.call("POST", "v3/keys/signatures/upload", { [ada.id]: 1 })).status).to.equal(400);
  });
});
