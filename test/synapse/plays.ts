import { after, before, describe } from "node:test";
import { playEncryption } from "./encryption.ts";
import { playFaults } from "./faults.ts";
import { playMembers } from "./members.ts";
import { type Peer, setUpPeers } from "./peers.ts";
import { playPeople } from "./people.ts";
import { playVersions } from "./versions.ts";

/** The two servers; `home` is where a room begins, `away` where its guests are. */
export type Stage = { home: Peer; away: Peer };

describe("serve and Synapse", () => {
  let peers: Awaited<ReturnType<typeof setUpPeers>>;
  before(async () => {
    peers = await setUpPeers();
    await Promise.all([peers.ours.start(), peers.theirs.start()]);
  });
  after(async () => {
    for (const peer of [peers.ours, peers.theirs]) {
      await peer.kill();
      peer.port.close();
    }
  });

  const ways: [string, () => Stage][] = [
    ["a room of serve, guests of Synapse", () => ({ home: peers.ours, away: peers.theirs })],
    ["a room of Synapse, guests of serve", () => ({ home: peers.theirs, away: peers.ours })],
  ];
  for (const [way, stage] of ways) {
    describe(way, () => {
      playVersions(stage);
      playMembers(stage);
      playPeople(stage);
      playEncryption(stage);
      playFaults(stage);
    });
  }
});
