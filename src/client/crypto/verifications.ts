import type { MatrixClient } from "matrix-js-sdk";
import type { VerificationRequest, Verifier } from "matrix-js-sdk/lib/crypto-api/verification.js";
import type { ShownVerification } from "./crypto-fact.ts";
import { cryptoOf, senderOf } from "./crypto-machine.ts";

type Tracked = {
  request: VerificationRequest;
  /** The bytes of the code to be shown, once they are asked for: a second code would call off the first. */
  code?: Uint8ClampedArray;
  /** Resolves when the code is there, or there is none. */
  making?: Promise<void>;
  /** The person said that the emoji match, or that the other device shows so. */
  confirmed: boolean;
  /** This device has read the other one's code. */
  hasRead?: boolean;
  /** The verifier that was set going. */
  running?: Verifier;
  /** The other device was signed out in the middle. */
  isAlone?: boolean;
};

/** Names of methods in the specification. https://spec.matrix.org/v1.19/client-server-api/#key-verification-framework */
const byEmoji = "m.sas.v1";
const byShownCode = "m.qr_code.show.v1";
const byScannedCode = "m.qr_code.scan.v1";

/** Phases of the SDK's, which it gives as numbers. */
const phase = { requested: 2, ready: 3, started: 4, cancelled: 5, done: 6 } as const;

/** There is no such verification, or it is not at that point. */
export class NoVerification extends Error {}

/** A device's verifications, its own and those that others ask for. */
export class Verifications {
  #client: MatrixClient;
  #tracked = new Map<string, Tracked>();
  #tell: (tracked: Tracked) => void;

  /** @param isSigning does a signature for this person still wait for the homeserver? */
  constructor(
    client: MatrixClient,
    tell: (shown: ShownVerification) => void,
    isSigning: (user: string) => boolean = () => false,
  ) {
    this.#client = client;
    this.#tell = (tracked) => {
      const shown = shownVerification(tracked);
      tell(shown.phase === "done" && isSigning(shown.user) ? { ...shown, phase: "signing" } : shown);
    };
    client.on(
      "crypto.verificationRequestReceived" as never,
      ((request: VerificationRequest) => this.#track(request)) as never,
    );
  }

  /** Asks all other devices of the account, or one of them. */
  async askOwn(device?: string): Promise<string> {
    const crypto = cryptoOf(this.#client);
    const user = this.#client.getSafeUserId();
    return this.#track(
      await (device === undefined
        ? crypto.requestOwnUserVerification()
        : crypto.requestDeviceVerification(user, device)),
    );
  }

  /** Asks a person, by a message in a room that both are in. */
  async askPerson(user: string, room: string): Promise<string> {
    return this.#track(await cryptoOf(this.#client).requestVerificationDM(user, room));
  }

  async accept(id?: string): Promise<void> {
    await this.#find(
      id,
      ({ request }) => request.phase === phase.requested && !request.initiatedByMe,
    ).request.accept();
  }

  async startEmoji(id?: string): Promise<void> {
    const { request, making } = this.#find(id, (each) => each.request.phase === phase.ready);
    await making;
    await request.startVerification(byEmoji);
  }

  async confirm(id?: string): Promise<void> {
    const tracked = this.#find(id, (each) => isComparing(each) || isScanned(each));
    const verifier = tracked.request.verifier;
    tracked.confirmed = true;
    verifier?.getReciprocateQrCodeCallbacks()?.confirm();
    await verifier?.getShowSasCallbacks()?.confirm();
    this.#changed(tracked);
  }

  /** The emoji are not the same, or the other device does not show that it has read the code. */
  async deny(id?: string): Promise<void> {
    const { request } = this.#find(id, (each) => isComparing(each) || isScanned(each));
    const { verifier } = request;
    if (!verifier?.getShowSasCallbacks()) return request.cancel();
    // The SDK's own `mismatch` leaves its request to itself: nobody hears when the client is stopped in the middle.
    const { inner } = verifier as unknown as { inner: { cancelWithCode(code: string): unknown } };
    const refusal = inner.cancelWithCode("m.mismatched_sas");
    // It is called off here, whether or not the other device hears of it.
    if (refusal)
      void senderOf(this.#client)
        .makeOutgoingRequest(refusal)
        .catch(() => undefined);
  }

  async cancel(id?: string): Promise<void> {
    await this.#find(id, ({ request }) => isOpen(request)).request.cancel();
  }

  /** A person has these devices now: a verification with one that is gone would wait for ever. */
  devicesAre(user: string, ids: readonly string[]): void {
    for (const tracked of this.#tracked.values()) {
      const { otherUserId, otherDeviceId } = tracked.request;
      if (otherUserId !== user || otherDeviceId === undefined || ids.includes(otherDeviceId)) continue;
      if (!isOpen(tracked.request)) continue;
      tracked.isAlone = true;
      void tracked.request.cancel().catch(() => undefined);
    }
  }

  /** Signatures have come to wait for the homeserver, or wait no more. */
  signaturesChanged(): void {
    for (const tracked of this.#tracked.values())
      if (tracked.request.phase === phase.done) this.#tell(tracked);
  }

  /** The code that the device shows, if it shows one. */
  shownCode(): Uint8ClampedArray | undefined {
    return [...this.#tracked.values()].findLast(({ request, code }) => code && request.phase === phase.ready)
      ?.code;
  }

  /** The device that the newest verification is with which waits for a method. */
  partner(): string | undefined {
    return [...this.#tracked.values()].findLast(({ request }) => request.phase === phase.ready)?.request
      .otherDeviceId;
  }

  /** Reads the code that another device shows. */
  async scan(code: Uint8ClampedArray, id?: string): Promise<void> {
    const tracked = this.#find(id, ({ request }) => request.phase === phase.ready);
    await tracked.making;
    await tracked.request.scanQRCode(code);
    tracked.hasRead = true;
    this.#changed(tracked);
  }

  /** @throws NoVerification */
  #find(id: string | undefined, fits: (tracked: Tracked) => boolean): Tracked {
    const all = id === undefined ? [...this.#tracked.values()] : [this.#tracked.get(id)];
    const found = all.findLast((each) => each !== undefined && fits(each));
    if (!found) throw new NoVerification();
    return found;
  }

  #track(request: VerificationRequest): string {
    const id = request.transactionId ?? "";
    const known = this.#tracked.get(id);
    if (known) return id;
    const tracked: Tracked = { request, confirmed: false };
    this.#tracked.set(id, tracked);
    request.on("change" as never, (() => this.#changed(tracked)) as never);
    this.#changed(tracked);
    return id;
  }

  #changed(tracked: Tracked): void {
    const { request } = tracked;
    const { verifier } = request;
    // Both sides set theirs going; for the emoji that is to accept that they are compared.
    if (verifier && tracked.running !== verifier) {
      tracked.running = verifier;
      verifier.on("show_sas" as never, (() => this.#changed(tracked)) as never);
      verifier.verify().catch(() => undefined);
    }
    if (request.phase === phase.ready && request.otherPartySupportsMethod(byScannedCode))
      tracked.making ??= this.#makeCode(tracked);
    this.#tell(tracked);
  }

  async #makeCode(tracked: Tracked): Promise<void> {
    // Without an identity of one's own there is nothing that a code could say.
    const code = await tracked.request.generateQRCode().catch(() => undefined);
    if (!code) return;
    tracked.code = code;
    this.#tell(tracked);
  }
}

function isOpen({ phase: now }: VerificationRequest): boolean {
  return now !== phase.cancelled && now !== phase.done;
}

function isComparing({ request, confirmed }: Tracked): boolean {
  return !confirmed && Boolean(request.verifier?.getShowSasCallbacks());
}

function isScanned({ request, confirmed }: Tracked): boolean {
  return !confirmed && Boolean(request.verifier?.getReciprocateQrCodeCallbacks());
}

function shownVerification(tracked: Tracked): ShownVerification {
  const { request, code } = tracked;
  const shown: ShownVerification = {
    id: request.transactionId ?? "",
    user: request.otherUserId,
    own: request.isSelfVerification,
    mine: request.initiatedByMe,
    phase: shownPhase(tracked),
    may: {
      emoji: request.otherPartySupportsMethod(byEmoji),
      scan: request.otherPartySupportsMethod(byShownCode),
    },
  };
  if (request.otherDeviceId !== undefined) shown.device = request.otherDeviceId;
  if (request.roomId !== undefined) shown.room = request.roomId;
  const emoji = request.verifier?.getShowSasCallbacks()?.sas.emoji;
  if (emoji) shown.emoji = emoji.map(([symbol, name]) => ({ symbol, name }));
  if (code && request.phase === phase.ready) shown.code = btoa(String.fromCharCode(...code));
  if (tracked.hasRead && shown.phase === "waiting") shown.hasRead = true;
  if (shown.phase === "cancelled") {
    shown.cancelled = {
      code: tracked.isAlone ? "device-gone" : (request.cancellationCode ?? "m.unknown"),
      byMe: request.cancellingUserId === undefined || isCancelledHere(request),
    };
  }
  return shown;
}

/** Of two devices of one account the SDK says only that the account did it. */
function isCancelledHere(request: VerificationRequest): boolean {
  const { cancelInfo } = (request as unknown as { inner: { cancelInfo?: { cancelledbyUs(): boolean } } })
    .inner;
  return cancelInfo?.cancelledbyUs() ?? false;
}

function shownPhase(tracked: Tracked): ShownVerification["phase"] {
  switch (tracked.request.phase) {
    case phase.ready:
      return tracked.hasRead ? "waiting" : "ready";
    case phase.started:
      if (isComparing(tracked)) return "comparing";
      return isScanned(tracked) ? "scanned" : "waiting";
    case phase.done:
      return "done";
    case phase.cancelled:
      // A code that gives way to the emoji is called off alone.
      return tracked.request.cancellationCode === null ? "waiting" : "cancelled";
    default:
      return "asked";
  }
}
