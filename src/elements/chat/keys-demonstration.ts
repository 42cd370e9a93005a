import type { Action } from "../../world/action.ts";
import type { VerificationAction } from "../../world/actions/encryption-action.ts";
import type { Hand } from "../hand.ts";
import type { ChatControls } from "./chat-controls.ts";
import { verificationShown } from "./chat-keys-fold.ts";
import type { HomeroomChat } from "./homeroom-chat.ts";
import type { RoomPlays } from "./room-demonstration.ts";

type Of<Type extends Action["type"]> = Extract<Action, { type: Type }>;
type Play = () => Promise<void>;

/** One way through a device's controls for each thing that can be done with its keys. */
export class KeysPlays {
  readonly #chat: HomeroomChat;
  readonly #hand: Hand;
  readonly #at: ChatControls;
  readonly #rooms: RoomPlays;

  constructor(chat: HomeroomChat, hand: Hand, at: ChatControls, rooms: RoomPlays) {
    this.#chat = chat;
    this.#hand = hand;
    this.#at = at;
    this.#rooms = rooms;
  }

  of(action: Action): Play | undefined {
    switch (action.type) {
      case "setUpRecovery":
        return action.password === undefined ? () => this.#setUpRecovery(action) : undefined;
      case "recover":
        return () => this.#recover(action);
      case "resetIdentity": {
        const { password } = action;
        return password === undefined ? undefined : () => this.#resetIdentity(password);
      }
      case "acceptIdentity":
        return () => this.#acceptIdentity();
      case "askToVerify":
        return this.#asking(action);
      case "acceptVerification":
      case "compareEmoji":
      case "confirmVerification":
      case "denyVerification":
      case "cancelVerification":
      case "scanCode":
        return this.#isShown(action) ? () => this.#goOn(action.type) : undefined;
      default:
        return undefined;
    }
  }

  /** The pane goes on with the verification that it shows, whichever that is. */
  #isShown(action: VerificationAction): boolean {
    if (action.type === "scanCode") return action.from === undefined;
    const id = "id" in action ? action.id : undefined;
    return id === undefined || verificationShown(this.#chat.state.keys)?.id === id;
  }

  #asking({ user, in: room, target }: Of<"askToVerify">): Play | undefined {
    if (user !== undefined) return room === undefined ? undefined : () => this.#askPerson(room, user);
    return target === undefined ? () => this.#askOwn() : undefined;
  }

  async #encryption() {
    if (this.#chat.pane !== "encryption") {
      const account = await this.#at.account();
      await this.#hand.click(await this.#at.find(account, '[data-pane="encryption"]'));
    }
    return this.#at.part("homeroom-chat-encryption");
  }

  async #askOwn(): Promise<void> {
    const pane = await this.#encryption();
    await this.#hand.click(await this.#at.find(pane, '[data-act="ask"]:enabled'));
  }

  async #askPerson(room: string, user: string): Promise<void> {
    const card = await this.#rooms.member(room, user);
    await this.#hand.click(await this.#at.find(card, '[data-act="verify-person"]:enabled'));
  }

  async #goOn(step: VerificationAction["type"]): Promise<void> {
    if (this.#chat.pane !== "verification") {
      const banner = await this.#at.part("homeroom-chat-keys-banner");
      await this.#hand.click(await this.#at.find(banner, '[data-pane="verification"]'));
    }
    const pane = await this.#at.part("homeroom-chat-verification");
    await this.#hand.click(await this.#at.find(pane, `[data-act="${step}"]:enabled`));
  }

  async #setUpRecovery({ passphrase }: Of<"setUpRecovery">): Promise<void> {
    const pane = await this.#encryption();
    if (passphrase !== undefined)
      await this.#hand.type(await this.#at.find<HTMLInputElement>(pane, "#passphrase"), passphrase);
    await this.#hand.click(await this.#at.find(pane, '[data-act="set-up-recovery"]:enabled'));
  }

  async #recover({ key, passphrase }: Of<"recover">): Promise<void> {
    const pane = await this.#encryption();
    const written = passphrase ?? key;
    if (written === undefined) await this.#hand.click(await this.#at.find(pane, '[data-act="from-notes"]'));
    else await this.#hand.type(await this.#at.find<HTMLInputElement>(pane, "#key"), written);
    await this.#hand.click(await this.#at.find(pane, '[data-act="recover"]:enabled'));
  }

  async #resetIdentity(password: string): Promise<void> {
    const pane = await this.#encryption();
    await this.#hand.click(await this.#at.find(pane, '[data-act="reset"]:enabled'));
    await this.#hand.type(await this.#at.find<HTMLInputElement>(pane, "#password"), password);
    await this.#hand.click(await this.#at.find(pane, '[data-act="reset-now"]:enabled'));
  }

  async #acceptIdentity(): Promise<void> {
    await this.#at.closePane();
    const banner = await this.#at.part("homeroom-chat-keys-banner");
    await this.#hand.click(await this.#at.find(banner, '[data-act="accept-identity"]:enabled'));
  }
}
