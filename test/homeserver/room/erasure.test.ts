import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { MadeNetwork } from "../federation/made-network.ts";
import { TestServer, type TestUser } from "../test-server.ts";

type Event = { type: string; event_id: string; sender: string; state_key?: string; content: JsonObject };

const pathOf = (room: string) => `v3/rooms/${encodeURIComponent(room)}`;

/** Ends the account of a user whose password was made by the test's server. */
async function erase(user: Pick<TestUser, "id" | "done">, name: string): Promise<void> {
  const identifier = { type: "m.id.user", user: name };
  const auth = { type: "m.login.password", identifier, password: `${name}-secret` };
  await user.done("POST", "v3/account/deactivate", { auth, erase: true });
}

/** Cy says something while Bo is there and Ada has left, and is erased; then Ada comes back, and Dee for the first time. */
async function story() {
  const server = await TestServer.start();
  const [bo, ada, cy, dee] = [
    await server.user("bo"),
    await server.user("ada"),
    await server.user("cy"),
    await server.user("dee"),
  ];
  const room = await cy.createRoom({ preset: "public_chat", name: "Tea" });
  const path = pathOf(room);
  await bo.done("POST", `${path}/join`);
  await ada.done("POST", `${path}/join`);
  const early = await cy.send(room, "early words");
  await ada.done("POST", `${path}/leave`);
  await cy.setState(room, "m.room.topic", { topic: "words of before" });
  await cy.setState(room, "m.room.topic", { topic: "words of now" });
  const late = await cy.send(room, "late words");
  const edited = await bo.send(room, "asked");
  const reply = await cy.send(room, {
    msgtype: "m.text",
    body: "answered words",
    "m.relates_to": { rel_type: "m.thread", event_id: edited },
  });
  await erase(cy, "cy");
  await ada.done("POST", `${path}/join`);
  await dee.done("POST", `${path}/join`);
  return { server, room, path, bo, ada, cy, dee, early, late, edited, reply };
}

/** Events as servers have them: no schema of the client-server API says what those look like. */
async function inFederationFormat({ server, token }: TestUser): Promise<unknown> {
  const filter = encodeURIComponent(JSON.stringify({ event_format: "federation" }));
  const url = `https://garden.example/_matrix/client/v3/sync?filter=${filter}`;
  const headers = { authorization: `Bearer ${token}` };
  return (await server.homeserver.fetch(new Request(url, { headers }))).json();
}

/** Everything that one gets to read of a room, as text. */
async function allReadable({ room, path, edited, late }: Awaited<ReturnType<typeof story>>, user: TestUser) {
  const relations = `${path.replace("v3", "v1")}/relations/${edited}`;
  const messages = await user.done("GET", `${path}/messages?dir=b&limit=100`);
  const answers = {
    messages,
    sync: await user.sync(),
    federationFormat: await inFederationFormat(user),
    event: await user.done("GET", `${path}/event/${late}`),
    context: await user.done("GET", `${path}/context/${late}`),
    relations: await user.done("GET", relations),
    asked: await user.done("GET", `${path}/event/${edited}`),
    search: await user.done("POST", "v3/search", {
      search_categories: { room_events: { search_term: "words", keys: ["content.body"] } },
    }),
    topic: await user.done("GET", `${path}/state/m.room.topic`),
  };
  const texts = Object.entries(answers).map(([way, body]) => {
    const words = ["early words", "late words", "answered words", "words of before", "words of now"];
    return [way, words.filter((each) => JSON.stringify(body).includes(each))] as const;
  });
  return { seen: Object.fromEntries(texts), messages: messages.chunk as Event[], room };
}

describe("an account that is erased", () => {
  it("leaves those who come later redacted copies, by every way to read", async () => {
    const told = await story();
    const { seen, messages } = await allReadable(told, told.dee);
    const inForce = ["words of now"];
    expect(seen).to.deep.equal({
      messages: inForce,
      sync: inForce,
      federationFormat: inForce,
      event: [],
      context: inForce,
      relations: [],
      asked: [],
      search: [],
      topic: inForce,
    });
    const copy = messages.find(({ event_id }) => event_id === told.late);
    expect(copy).to.include({ type: "m.room.message", sender: told.cy.id });
    expect(copy?.content).to.deep.equal({});
    const member = messages.find(({ sender, state_key }) => sender === told.cy.id && state_key === sender);
    expect(member?.content).to.deep.equal({ membership: "leave" });
    expect(
      messages.some(({ event_id }) => event_id === told.edited),
      "what others said stays",
    ).to.equal(true);
  });

  it("leaves those who were there what they could see", async () => {
    const told = await story();
    const { seen } = await allReadable(told, told.bo);
    expect(seen.messages).to.have.length(5);
    expect(seen.search).to.include.members(["early words", "late words", "answered words"]);
    expect(seen.relations).to.deep.equal(["answered words"]);
    expect(seen.event).to.deep.equal(["late words"]);
  });

  it("leaves those who come back what they could see before they went", async () => {
    const told = await story();
    const { seen } = await allReadable(told, told.ada);
    expect(seen.messages).to.deep.equal(["early words", "words of now"]);
    expect(seen.event).to.deep.equal([]);
  });

  it("stays erased over a restart", async () => {
    const told = await story();
    const server = await told.server.restarted();
    for (const user of [told.dee, told.bo]) user.server = server;
    expect((await allReadable(told, told.dee)).seen.messages).to.deep.equal(["words of now"]);
    expect((await allReadable(told, told.bo)).seen.messages).to.have.length(5);
  });

  it("keeps its words from newcomers when it is only deactivated no more than before", async () => {
    const server = await TestServer.start();
    const [bo, cy] = [await server.user("bo"), await server.user("cy")];
    const room = await cy.createRoom({ preset: "public_chat" });
    const id = await cy.send(room, "stays");
    const identifier = { type: "m.id.user", user: "cy" };
    const auth = { type: "m.login.password", identifier, password: "cy-secret" };
    await cy.done("POST", "v3/account/deactivate", { auth });
    await bo.done("POST", `${pathOf(room)}/join`);
    const event = await bo.done("GET", `${pathOf(room)}/event/${id}`);
    expect(event.content).to.include({ body: "stays" });
  });

  it("leaves servers that come later redacted copies, and those that were there the events", async () => {
    const network = await MadeNetwork.start(["garden", "harbor"]);
    const host = await network.user("ada", "garden");
    const cy = await network.user("cy", "garden");
    const bo = await network.user("bo", "harbor");
    const early = await host.createRoom({ preset: "public_chat" });
    const late = await host.createRoom({ preset: "public_chat" });
    for (const room of [early, late]) {
      await cy.join(room, "garden");
      await cy.send(room, "words of before");
    }
    await bo.join(early, "garden");
    await erase(cy, "cy");
    await bo.join(late, "garden");
    const copies = async (room: string): Promise<unknown[]> => {
      const page = await bo.done("GET", `${pathOf(room)}/messages?dir=b&limit=50`);
      const messages = (page.chunk as Event[]).filter(({ type }) => type === "m.room.message");
      return messages.map(({ content }) => content.body);
    };
    await network.until("history fetched", async () => (await copies(late)).length > 0);
    expect(await copies(late)).to.deep.equal([undefined]);
    await network.until("history fetched", async () => (await copies(early)).length > 0);
    expect(await copies(early)).to.deep.equal(["words of before"]);
    await network.end();
  });
});
