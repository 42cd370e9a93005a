import assert from "node:assert/strict";
import { afterEach, it } from "node:test";
import { EncryptingDevice } from "./encrypting-device.ts";
import type { Person } from "./person.ts";
import type { Stage } from "./plays.ts";

/** What is sealed for the other server, too, and how its people come to trust each other. */
export function playEncryption(stage: () => Stage): void {
  const devices = new Set<EncryptingDevice>();
  afterEach(() => {
    for (const device of devices) device.stop();
    devices.clear();
  });

  const signIn = async (person: Person): Promise<EncryptingDevice> => {
    const device = await EncryptingDevice.signIn(person);
    devices.add(device);
    return device;
  };

  /** Ada's room, where Bo is and everything is encrypted; both have an identity. */
  const together = async () => {
    const { home, away } = stage();
    const [ada, bo] = await Promise.all([home.person("ada"), away.person("bo")]);
    const [adas, bos] = [await signIn(ada), await signIn(bo)];
    await Promise.all([adas.setUpIdentity(), bos.setUpIdentity()]);
    const encryption = { type: "m.room.encryption", content: { algorithm: "m.megolm.v1.aes-sha2" } };
    const room: string = (
      await ada.does("POST", "v3/createRoom", {
        preset: "trusted_private_chat",
        invite: [bo.id],
        initial_state: [encryption],
      })
    ).room_id;
    await bos.isInvited(room);
    await bo.joins(room, home.serverName);
    await ada.knows(room, bo, "join");
    return { ada, bo, adas, bos, room };
  };

  const talk = async (from: EncryptingDevice, to: EncryptingDevice, room: string, text: string) => {
    const event = await from.says(room, text);
    await to.reads(room, event, text);
    return event;
  };

  it("seal messages for each other, both ways", async () => {
    const { ada, bo, adas, bos, room } = await together();
    await adas.knowsDevices(bo.id, 1);
    const events = [
      await talk(adas, bos, room, "the harbour at noon"),
      await talk(bos, adas, room, "I am there"),
    ];
    for (const person of [ada, bo]) {
      for (const event of events) {
        const { body } = await person.ask("GET", `v3/rooms/${encodeURIComponent(room)}/event/${event}`);
        assert.equal(body.type, "m.room.encrypted");
        assert.ok(!/harbour|there/.test(JSON.stringify(body)));
      }
    }
  });

  it("verify each other by emoji", async () => {
    const { ada, bo, adas, bos, room } = await together();
    await talk(adas, bos, room, "Is it you?");
    await talk(bos, adas, room, "It is");
    await adas.verifications.askPerson(bo.id, room);
    await bos.verificationIs("asked");
    await bos.verifications.accept();
    await adas.verificationIs("ready");
    await adas.verifications.startEmoji();
    const [hers, his] = [await adas.verificationIs("comparing"), await bos.verificationIs("comparing")];
    assert.equal(hers.emoji?.length, 7);
    assert.deepEqual(hers.emoji, his.emoji);
    await Promise.all([adas.verifications.confirm(), bos.verifications.confirm()]);
    await Promise.all([adas.verificationIs("done"), bos.verificationIs("done")]);
    await adas.trusts(bo.id, bos.client.getDeviceId()!);
    await bos.trusts(ada.id, adas.client.getDeviceId()!);
  });

  it("go on with a new device by the recovery key", async () => {
    const { ada, adas, bos, room } = await together();
    const first = await talk(bos, adas, room, "Before the new device");
    const recoveryKey = await adas.setUpRecovery();
    const phone = await signIn(ada);
    await phone.seesSealed(room, first);
    await phone.recover(recoveryKey);
    await phone.reads(room, first, "Before the new device");
    await phone.trusts(ada.id, phone.client.getDeviceId()!);
    await bos.knowsDevices(ada.id, 2);
    await talk(bos, phone, room, "Welcome, new device");
    await talk(phone, bos, room, "Glad to be here");
  });
}
