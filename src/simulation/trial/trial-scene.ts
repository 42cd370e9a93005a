import { type RoomVersionId, roomVersions } from "../../protocol/room-versions.ts";
import type { HostName } from "../log.ts";
import { Dice } from "./dice.ts";

export type TrialPerson = { name: string; user: string; home: HostName; device: HostName };

/** Who and what is there in a trial. */
export type TrialScene = {
  seed: string;
  servers: HostName[];
  people: TrialPerson[];
  /** Of its first room; that of its second is the newest. */
  roomVersion: RoomVersionId;
  /** How long people act and things break, milliseconds of world time. */
  duration: number;
};

const serverNames = ["garden", "harbor", "castle", "summit", "meadow", "island", "desert"];
const names = ["ada", "bo", "cy", "dee", "eli", "fay", "gus", "hal", "ida", "jo"];

/** 2 to 7 servers with at least one person each. */
export function drawScene(seed: string): TrialScene {
  const dice = new Dice(`${seed} scene`);
  const servers = serverNames.slice(0, dice.between(2, 7)).map((name) => `${name}.example`);
  const count = Math.min(names.length, servers.length + dice.between(0, 3));
  const people = names.slice(0, count).map((name, index) => {
    const home = servers[index] ?? dice.pick(servers)!;
    return { name, user: `@${name}:${home}`, home, device: `${name}/phone` };
  });
  const roomVersion = dice.pick(Object.keys(roomVersions) as RoomVersionId[])!;
  return { seed, servers, people, roomVersion, duration: dice.between(20, 90) * 1000 };
}
