import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { MadeNetwork } from "./made-network.ts";

type Joined = { ephemeral: { events: JsonObject[] }; unread_notifications: JsonObject };

describe("who reads what was said before they came", () => {
  it("has not read what came since, and goes on to it", async () => {
    const network = await MadeNetwork.start(["garden", "harbor"]);
    const ada = await network.user("ada", "garden");
    const bo = await network.user("bo", "harbor");
    const room = await ada.createRoom({ preset: "public_chat" });
    const early = await ada.send(room, "early");
    const later = await ada.send(room, "later");
    await bo.join(room, "garden");
    const live = await ada.send(room, "live");
    await network.until("heard", async () => (await bo.texts(room)).includes("live"));
    const path = `v3/rooms/${encodeURIComponent(room)}`;
    await bo.done("GET", `${path}/messages?dir=b&limit=50`);

    const look = async (viewer: typeof bo) => {
      const { rooms } = await viewer.done("GET", "v3/sync");
      const { ephemeral, unread_notifications } = (rooms as { join: Record<string, Joined> }).join[room]!;
      const receipts = ephemeral.events.find(({ type }) => type === "m.receipt")?.content ?? {};
      return { read: Object.keys(receipts), unread: unread_notifications.notification_count };
    };
    const read = (event: string) =>
      bo.done("POST", `${path}/receipt/m.read/${encodeURIComponent(event)}`, {});
    await read(later);
    expect(await look(bo)).to.deep.equal({ read: [later], unread: 1 });
    await read(early);
    expect((await look(bo)).read).to.deep.equal([later]);
    await read(live);
    expect(await look(bo)).to.deep.equal({ read: [live], unread: 0 });
    await read(later);
    expect((await look(bo)).read).to.deep.equal([live]);
    await network.until("told", async () => (await look(ada)).read.includes(live));
    await network.end();
  });
});
