import { expect } from "chai";
import type { HostFact } from "../../../../src/homeserver/ports.ts";
import type { Json, JsonObject } from "../../../../src/protocol/json.ts";
import type { RoomVersionId } from "../../../../src/protocol/room-versions.ts";
import { HostileRoom } from "./hostile-room.ts";

/** What comes of a story. What is not named does not happen. */
export type Outcome = {
  /** What {@link Story.play} gives. */
  answer: unknown;
  /** The codes of events that were dropped, kept and rejected, kept and soft-failed, in any order. */
  dropped?: readonly string[];
  rejected?: readonly string[];
  softFailed?: readonly string[];
  /** How many events were kept as good. */
  stored?: number;
  /** The codes of requests that were refused. */
  refused?: readonly string[];
  /** What is written in the journal beyond kept events and that a transaction was answered: tables. */
  writes?: readonly string[];
  /** The only places of the room's state that may change. */
  changes?: readonly string[];
};

/** Something that a hostile server does, and what exactly comes of it. */
export type Story = {
  /** Goes on from "a hostile server…". */
  name: string;
  /** In rooms of which versions it is played. */
  versions?: readonly RoomVersionId[];
  /** What has to be before; what it gives is handed on. */
  setUp?(scene: HostileRoom): Promise<string>;
  play(scene: HostileRoom, given: string): Promise<unknown>;
  /** Puts things right for the stories that follow. */
  cleanUp?(scene: HostileRoom): Promise<unknown>;
  outcome: Outcome | ((version: RoomVersionId) => Outcome);
};

/** Declares a test for each story and version; all of a version are played one after another against one server. */
export function tellStories(topic: string, stories: readonly Story[], body: JsonObject = {}): void {
  const usual: readonly RoomVersionId[] = ["11"];
  const versions = [...new Set(stories.flatMap((story) => story.versions ?? usual))];
  const count = stories.reduce((sum, story) => sum + (story.versions ?? usual).length, 0);
  describe(`a hostile server: ${topic} (${count} cases)`, () => {
    for (const version of versions) {
      const told = stories.filter((story) => (story.versions ?? usual).includes(version));
      describe(`in version ${version}`, () => {
        let scene: HostileRoom;
        before(async () => {
          scene = await HostileRoom.start(version, body);
          await servesOn(scene);
        });
        for (const story of told) it(story.name, () => playStory(scene, story));
      });
    }
  });
}

async function playStory(scene: HostileRoom, story: Story): Promise<void> {
  const expected = typeof story.outcome === "function" ? story.outcome(scene.version) : story.outcome;
  const given = (await story.setUp?.(scene)) ?? "";
  if (story.setUp) await servesOn(scene);
  const state = await stateOf(scene);
  const { facts, journal } = scene.garden.ports;
  const [firstFact, firstRecord] = [facts.length, journal.records.length];

  const answer = await story.play(scene, given);

  const told = facts.slice(firstFact);
  const written = new Set(journal.records.slice(firstRecord).map(({ table }) => table));
  expect(outcomeOf(answer, told)).to.deep.equal({
    answer: expected.answer,
    dropped: sorted(expected.dropped),
    rejected: sorted(expected.rejected),
    softFailed: sorted(expected.softFailed),
    refused: sorted(expected.refused),
    stored: expected.stored ?? 0,
    failed: [],
  });
  expect([...written].sort()).to.deep.equal(tablesOf(expected, written));
  await hasStateOf(scene, state, expected.changes ?? []);
  await story.cleanUp?.(scene);
  await servesOn(scene);
}

/** What the server has told of, in the same form as what is expected. */
function outcomeOf(answer: unknown, facts: readonly HostFact[]) {
  const codes = (type: HostFact["type"]) =>
    sorted(facts.flatMap((fact) => (fact.type === type && "refusal" in fact ? [fact.refusal.code] : [])));
  return {
    answer,
    dropped: codes("event-dropped"),
    rejected: codes("event-rejected"),
    softFailed: codes("event-soft-failed"),
    refused: codes("request-refused"),
    stored: facts.filter(({ type }) => type === "event-stored").length,
    failed: facts.flatMap((fact) => (fact.type === "request-failed" ? [fact.message] : [])),
  };
}

/** The tables that a story writes to. That a transaction was answered, and how far the stream is, may be among them. */
function tablesOf(
  { rejected = [], softFailed = [], stored = 0, writes = [] }: Outcome,
  written: ReadonlySet<string>,
): string[] {
  const kept = rejected.length + softFailed.length + stored > 0 ? ["room-events"] : [];
  // Of what Ada does in a story, others may be told before it ends.
  const told = stored > 0 ? ["outbound-positions"] : [];
  const mayBe = ["received-transactions", "stream", ...told].filter((table) => written.has(table));
  return [...new Set([...kept, ...writes, ...mayBe])].sort();
}

async function stateOf(scene: HostileRoom): Promise<JsonObject[]> {
  const { list } = (await scene.ada.call("GET", `${scene.path}/state`)).body;
  return list as JsonObject[];
}

async function hasStateOf(
  scene: HostileRoom,
  before: readonly JsonObject[],
  changes: readonly string[],
): Promise<void> {
  const rest = (state: readonly JsonObject[]) =>
    new Map<Json, Json>(
      state
        .filter(({ type, state_key: key }) => !changes.includes(`${type} ${key}`.trim()))
        .map(({ type, state_key: key, event_id: id }) => [`${type} ${key}`, id!]),
    );
  expect(rest(await stateOf(scene))).to.deep.equal(rest(before));
}

/** An honest event and an honest request right after. */
async function servesOn(scene: HostileRoom): Promise<void> {
  const text = `honest ${scene.facts("event-stored").length}`;
  const honest = await scene.event({ content: { msgtype: "m.text", body: text } });
  expect(await scene.send(honest)).to.deep.equal(["ok"]);
  expect(await scene.bodies()).to.include(text);
  expect(await scene.ask("GET", `v1/event/${encodeURIComponent(honest.id)}`)).to.equal("200");
  // What the server has to tell goes out, too.
  const { records } = scene.garden.ports.journal;
  const id = await scene.ada.send(scene.room, `${text}, heard`);
  const position = (records.find(({ key }) => key === id)!.value as JsonObject).stream;
  await scene.links.until("the other server is told", () =>
    records.some(({ table, value }) => table === "outbound-positions" && value === position),
  );
}

function sorted(codes: readonly string[] = []): string[] {
  return [...codes].sort();
}
