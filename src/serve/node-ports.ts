import { hash } from "node:crypto";
import type { HomeserverPorts } from "../homeserver/ports.ts";
import { provideSha256, type Sha256 } from "../protocol/hashes.ts";
import { htmlPages } from "./html-pages.ts";
import { memoryMedia, noJournal } from "./in-memory.ts";
import { nodeSigner } from "./node-signer.ts";
import { nodeTransport, type TransportChoices } from "./node-transport.ts";
import { fullCost, type ScryptCost, scryptPasswords } from "./scrypt-passwords.ts";
import { sharpThumbnails } from "./sharp-thumbnails.ts";
import { systemChance } from "./system-chance.ts";
import { systemClock } from "./system-clock.ts";

type Choices = {
  passwordCost?: ScryptCost;
  /** Where everything is kept; in memory if absent. */
  data?: Pick<HomeserverPorts, "journal" | "media">;
  urlPreviews?: boolean;
} & TransportChoices;

/** What a homeserver needs of Node. */
export function nodePorts({
  passwordCost = fullCost,
  data,
  urlPreviews = false,
  ...transport
}: Choices = {}): HomeserverPorts {
  provideSha256(nodeSha256);
  return {
    clock: systemClock,
    chance: systemChance,
    transport: nodeTransport(transport),
    signer: nodeSigner(),
    passwords: scryptPasswords(passwordCost),
    journal: data?.journal ?? noJournal(),
    media: data?.media ?? memoryMedia(),
    thumbnails: sharpThumbnails,
    ...(urlPreviews && { pages: htmlPages }),
    report(fact) {
      if (fact.type === "request-failed")
        console.error(`${fact.method} ${fact.path} failed: ${fact.message}`);
    },
  };
}

/** Node writes its hashes as text for less than a copy of their bytes would cost. */
const nodeSha256: Sha256 = {
  bytes: (message) => hash("sha256", message, "buffer"),
  text: (message, encoding) => hash("sha256", message, encoding).slice(0, unpaddedLength),
};
const unpaddedLength = 43;
