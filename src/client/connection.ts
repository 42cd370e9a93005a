import type { MatrixClient } from "matrix-js-sdk";
import { type CutOff, cutOffFetch } from "./cut-off-fetch.ts";
import { laterTurn } from "./later-turn.ts";
import { Outbox } from "./outbox.ts";
import { resendIn } from "./resend-in.ts";
import type { Sdk } from "./sdk.ts";

/**
 * A device's way to its homeserver, which the network cuts and mends: what waits for it, and what is sent again when it
 * is back. It outlives the sessions of the device.
 */
export class Connection {
  readonly outbox: Outbox;
  #client: () => MatrixClient | undefined;
  /** May it send by itself what is unsent? */
  #resends = true;
  /** The network came back before the client had found it gone. */
  #retries = false;
  /** The device comes back into the world without its homeserver. */
  #cutOff: CutOff;

  /**
   * @param client the SDK's client that runs now, if one does
   * @param waitingChanged is called when messages begin or cease to wait for the network
   */
  constructor(client: () => MatrixClient | undefined, waitingChanged: () => void) {
    this.#client = client;
    this.outbox = new Outbox(waitingChanged);
  }

  /** A session that was just made has nothing to wait for. */
  begin(): void {
    this.#resends = true;
  }

  /** The device is on its way back into the world: what is unsent waits until it `isBack`. */
  comeBack(cutOff: boolean): void {
    this.#resends = false;
    this.#cutOff = cutOff ? "crypto-starts" : undefined;
  }

  /** The client starts, after its crypto where it encrypts. */
  clientStarts(): void {
    if (!this.#cutOff) return;
    this.#cutOff = "started";
    this.outbox.holdUpkeep();
  }

  /** The device is back in the world: what is unsent is sent again, now and whenever the homeserver is back. */
  isBack(): void {
    this.#resends = true;
    this.#cutOff = undefined;
    this.outbox.retryNow();
    this.resend();
  }

  /** The network may be back. */
  retryNow(): void {
    this.outbox.retryNow();
    const client = this.#client();
    // One that is only about to find the network gone would wait for seconds before it asks again.
    this.#retries = client !== undefined && !client.retryImmediately();
  }

  /** Sends again what the network, not the homeserver, kept from being sent. In order, a room at a time. */
  resend(): void {
    const client = this.#client();
    for (const room of client?.getRooms() ?? []) void resendIn(client!, room);
  }

  /** A fetch that fails while the device is cut off. */
  cutOffFetch(send: typeof fetch): typeof fetch {
    return cutOffFetch(() => this.#cutOff, send);
  }

  /** Follows how the client's syncs fare, as long as it is the one that runs. */
  follow(sdk: Sdk, client: MatrixClient): void {
    client.on(sdk.ClientEvent.Sync, (state, before) => {
      if (this.#client() !== client) return;
      // A client that went on from what it kept is prepared before its homeserver can be reached, and learns of its
      // unsent messages only a moment later.
      if (this.#retries && (state === "RECONNECTING" || state === "ERROR")) {
        this.#retries = false;
        laterTurn(() => client.retryImmediately());
      }
      const isBack = state === "PREPARED" || (state === "SYNCING" && before !== "SYNCING");
      if (isBack && this.#resends) laterTurn(() => this.resend());
    });
  }
}
