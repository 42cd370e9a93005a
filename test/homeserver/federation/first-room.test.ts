import { expect } from "chai";
import { type RoomVersionId, roomVersions } from "../../../src/protocol/room-versions.ts";
import { MadeNetwork } from "./made-network.ts";

describe("a room on two servers", () => {
  for (const version of Object.keys(roomVersions) as RoomVersionId[]) {
    it(`carries messages both ways in version ${version}`, async () => {
      const network = await MadeNetwork.start(["garden", "harbor"], { roomVersion: version });
      const ada = await network.user("ada", "garden");
      const bo = await network.user("bo", "harbor");
      const room = await ada.createRoom({ preset: "public_chat" });
      const joined = await bo.join(room, "garden");
      expect(joined).to.deep.equal({ status: 200, body: { room_id: room } });
      await ada.send(room, "hello harbor");
      await bo.send(room, "hello garden");
      const both = ["hello garden", "hello harbor"];
      for (const person of [ada, bo]) {
        await network.until("both messages", async () => (await person.texts(room)).length === 2);
        expect((await person.texts(room)).sort()).to.deep.equal(both);
      }
      expect(await bo.state(room)).to.deep.equal(await ada.state(room));
      await network.end();
    });
  }
});
