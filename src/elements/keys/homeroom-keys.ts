import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { say, type WordsKey } from "../../catalogue/encryption-words.ts";
import type { KnownDevice, KnownPerson, OwnCrypto } from "../../client/crypto/crypto-fact.ts";
import type { KeysPart } from "../../tutorial/tutorial.ts";
import type { Action } from "../../world/action.ts";
import { ActEvent } from "../act-event.ts";
import type { Hand } from "../hand.ts";
import { lookStyles, type ServerLooks } from "../server-look.ts";
import "../addresses/homeroom-address.ts";
import { type KeysOfDevice, type KeysState, keysFold } from "./keys-fold.ts";
import { keysStyles } from "./keys-styles.ts";
import { oneTimeTable } from "./one-time-table.ts";

const parts: readonly KeysPart[] = ["people", "kept", "message-keys", "one-time"];

/**
 * Keys, as one device sees them: each person with their identity and devices, and what signs what; then who holds which
 * message key, and what is kept at the server. The device whose eyes these are can be chosen; it also acts. Fires `homeroom-act`.
 */
export class HomeroomKeys extends LitElement {
  static override properties = {
    state: { attribute: false },
    looks: { attribute: false },
    names: { attribute: false },
    first: { attribute: false },
    readonly: { type: Boolean },
    eyes: { state: true },
  };

  declare state: KeysState;
  declare looks: ServerLooks | undefined;
  /** Host → what it is called: `Bo, phone`. */
  declare names: ReadonlyMap<string, string>;
  /** The part that is spoken of, and stands first. */
  declare first: KeysPart | undefined;
  /** Nothing can be done: the past is looked at. */
  declare readonly: boolean;
  /** The host of the device that looks. */
  declare private eyes: string | undefined;

  static override styles = [lookStyles, keysStyles];

  constructor() {
    super();
    this.state = keysFold.initial;
    this.looks = undefined;
    this.names = new Map();
    this.first = undefined;
    this.readonly = false;
    this.eyes = undefined;
  }

  protected override render(): TemplateResult {
    const hosts = [...this.state.devices].flatMap(([host, { own }]) => (own ? [host] : []));
    // The learner's own devices come first.
    hosts.sort((one, other) => Number(other.startsWith("you/")) - Number(one.startsWith("you/")));
    const host = this.eyes !== undefined && hosts.includes(this.eyes) ? this.eyes : hosts[0];
    const device = host === undefined ? undefined : this.state.devices.get(host);
    if (host === undefined || !device?.own) return html`<p class="none">${say("keys-view.nothing")}</p>`;
    return html`<label class="eyes"
        >${say("keys-view.eyes")}
        <select
          @change=${(event: Event) => {
            this.eyes = (event.target as HTMLSelectElement).value;
          }}
        >
          ${hosts.map((each) => html`<option value=${each} ?selected=${each === host}>${this.#name(each)}</option>`)}
        </select></label
      >
      ${repeat(
        parts.toSorted((one, other) => Number(other === this.first) - Number(one === this.first)),
        (part) => part,
        (part) => this.#part(part, host, device, device.own!),
      )}`;
  }

  /** What another step speaks of is seen at once. */
  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("first")) this.scrollTop = 0;
  }

  #part(part: KeysPart, host: string, device: KeysOfDevice, own: OwnCrypto): TemplateResult {
    switch (part) {
      case "people":
        return html`<h3>${say("keys-view.people")}</h3>
          <div class="people">${[...device.people.values()].map((person) => this.#person(person, device))}</div>`;
      case "kept":
        return html`<h3>${say("keys-view.kept")}</h3>
          ${this.#kept(own)}`;
      case "message-keys":
        return html`<h3>${say("keys-view.message-keys")}</h3>
          ${this.#messageKeys()} ${this.#renew(host, device)}`;
      case "one-time":
        return html`<h3>${say("keys-view.olm")}</h3>
          ${this.#oneTime(host)}`;
    }
  }

  #name(host: string): string {
    return this.names.get(host) ?? host;
  }

  /** From the top down: the identity, the key that it signs for devices, and the devices. */
  #person(person: KnownPerson, eyes: KeysOfDevice): TemplateResult {
    const { user, identity, devices } = person;
    const own = user === eyes.user;
    const vouches = own ? eyes.own?.identity : undefined;
    const standing: [string, WordsKey] = !identity
      ? ["none", "keys-view.no-identity"]
      : identity.changed || identity.wasVerified
        ? ["changed", "keys-view.changed"]
        : identity.verified
          ? ["verified", "keys-view.verified"]
          : ["unverified", "keys-view.unverified"];
    return html`<section class=${standing[0]} aria-label=${user} data-person=${user}>
      <h4><homeroom-address .text=${user} .looks=${this.looks}></homeroom-address></h4>
      <p class="standing">${say(standing[1])}</p>
      ${
        identity
          ? html`<ul class="tree">
              <li>
                ${this.#key("keys-view.master", identity.master)}
                <ul>
                  <li>
                    ${this.#key("keys-view.self-signing", identity.selfSigning ?? "")}
                    <ul>${devices.map((each) => this.#device(each))}</ul>
                  </li>
                  ${
                    vouches?.userSigning === undefined
                      ? nothing
                      : html`<li>
                          ${this.#key("keys-view.user-signing", vouches.userSigning)}
                          <ul>${this.#vouchedFor(eyes)}</ul>
                        </li>`
                  }
                </ul>
              </li>
            </ul>`
          : html`<ul class="tree">${devices.map((each) => this.#device(each))}</ul>`
      }
    </section>`;
  }

  #key(words: WordsKey, key: string): TemplateResult {
    return html`<span class="key">${say(words)} <code>${brief(key)}</code></span>`;
  }

  #device(device: KnownDevice): TemplateResult {
    const words = device.verified
      ? "keys-view.device-verified"
      : device.signed
        ? "keys-view.device-signed"
        : "keys-view.device-unsigned";
    return html`<li class=${device.signed ? "signed" : "unsigned"}>
      <span class=${`key device ${device.verified ? "good" : device.signed ? "" : "open"}`} data-device=${device.id}>
        ${device.name ?? device.id} <code>${brief(device.keys.ed25519)}</code><small>${say(words)}</small>
      </span>
    </li>`;
  }

  /** The people whose identity this account's own has signed. */
  #vouchedFor({ people, user }: KeysOfDevice): TemplateResult | TemplateResult[] {
    const verified = [...people.values()].filter(
      ({ identity, user: each }) => each !== user && identity?.verified,
    );
    if (verified.length === 0)
      return html`<li class="unsigned"><small>${say("keys-view.nobody")}</small></li>`;
    return verified.map(
      ({ user: each, identity }) => html`<li class="signed">
        <span class="key good"><homeroom-address .text=${each} .looks=${this.looks}></homeroom-address> <code>${brief(identity?.master ?? "")}</code></span>
      </li>`,
    );
  }

  #kept({ secretStorage, backup, messageKeys, privateKeys }: OwnCrypto): TemplateResult {
    const here = [
      ...(privateKeys.master ? [say("keys-view.master")] : []),
      ...(privateKeys.selfSigning ? [say("keys-view.self-signing")] : []),
      ...(privateKeys.userSigning ? [say("keys-view.user-signing")] : []),
      ...(backup.readable ? [say("keys-view.backup-key")] : []),
    ];
    return html`<div class="boxes">
      <section aria-label=${say("keys-view.on-device")}>
        <h4>${say("keys-view.on-device")}</h4>
        ${here.length > 0 ? html`<ul>${here.map((each) => html`<li>${each}</li>`)}</ul>` : html`<p class="none">${say("keys-view.no-private")}</p>`}
      </section>
      <section class="box" aria-label=${say("keys-view.storage")}>
        <h4>${say("keys-view.storage")}</h4>
        ${
          secretStorage.key === undefined
            ? html`<p class="none">${say("keys-view.no-storage")}</p>`
            : html`<p>${say(secretStorage.passphrase ? "keys-view.opens-passphrase" : "keys-view.opens-key")}</p>
                <ul>${secretStorage.secrets.map((each) => html`<li><code>${each}</code></li>`)}</ul>`
        }
      </section>
      <section class="box" aria-label=${say("keys-view.backup")}>
        <h4>${say("keys-view.backup")}</h4>
        ${
          backup.version === undefined
            ? html`<p class="none">${say("keys-view.no-backup")}</p>`
            : html`<p>${say("keys-view.backup-of", { version: backup.version, n: messageKeys.backedUp, held: messageKeys.held })}</p>
                <p>${say(backup.active ? "keys-view.backup-on" : "keys-view.backup-off")}</p>`
        }
      </section>
    </div>`;
  }

  /** A table: message keys down, devices across, and from which index on each can read. */
  #messageKeys(): TemplateResult {
    const devices = [...this.state.devices].filter(([, { own }]) => own);
    const makers = new Map(
      devices.flatMap(([, { held }]) =>
        [...held.values()].flat().map(({ session, sender }) => [session, sender] as const),
      ),
    );
    const rows = this.state.sessions.filter((session) => makers.has(session));
    if (rows.length === 0) return html`<p class="none">${say("keys-view.no-message-keys")}</p>`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${say("keys-view.message-keys")}>
      <table>
        <thead>
          <tr>
            <th scope="col">${say("keys-view.session")}</th>
            <th scope="col">${say("keys-view.made-by")}</th>
            ${devices.map(([host]) => html`<th scope="col">${this.#name(host)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (session) => html`<tr>
              <th scope="row"><code>${brief(session)}</code></th>
              <td>${this.#maker(makers.get(session) ?? "")}</td>
              ${devices.map(([, { held }]) => {
                const key = [...held.values()].flat().find((each) => each.session === session);
                return html`<td class=${key ? "good" : "none"}>
                  ${key ? say("keys-view.from-index", { index: key.index }) : say("keys-view.not-held")}
                </td>`;
              })}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  /** A device may seal its next message with a new key, as it does by itself after a while. */
  #renew(host: string, { held, own }: KeysOfDevice): TemplateResult | typeof nothing {
    const [person = "", device = ""] = host.split("/");
    const room = [...held].find(([, keys]) =>
      keys.some(({ sender }) => sender === own?.keys.curve25519),
    )?.[0];
    if (room === undefined) return nothing;
    return html`<p class="renew">
      <button
        data-renew
        ?disabled=${this.readonly}
        @click=${() => this.#act({ type: "newMessageKey", person, device, in: room })}
      >
        ${say("keys-view.renew", { device: this.#name(host) })}
      </button>
      <span role="status">${this.state.renewed.has(host) ? say("keys-view.renewed") : nothing}</span>
    </p>`;
  }

  #maker(curve25519: string): string {
    for (const [host, { own }] of this.state.devices) {
      if (own?.keys.curve25519 === curve25519) return this.#name(host);
    }
    return brief(curve25519);
  }

  #oneTime(eyes: string): TemplateResult {
    const [person = "", device = ""] = eyes.split("/");
    return oneTimeTable({
      state: this.state.oneTime,
      name: (each) =>
        this.#name("host" in each ? each.host : (this.#hostOf(each) ?? `${each.user} ${each.id}`)),
      take: this.readonly
        ? undefined
        : (keys, count) => {
            const { user, device: target } = keys;
            this.#act({ type: "claimKeys", person, device, user, target, count });
          },
    });
  }

  #hostOf({ user, id }: { user: string; id: string }): string | undefined {
    return [...this.state.devices].find(([, each]) => each.user === user && each.id === id)?.[0];
  }

  async demonstrate(action: Action, hand: Hand): Promise<boolean> {
    const { demonstrateKeys } = await import("./keys-demonstration.ts");
    return demonstrateKeys(this, action, hand);
  }

  #act(action: Action): void {
    this.dispatchEvent(new ActEvent(action));
  }
}

function brief(key: string): string {
  return `${key.slice(0, 8)}…`;
}

customElements.define("homeroom-keys", HomeroomKeys);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-keys": HomeroomKeys;
  }
}
