import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { withTimeLimit } from "../federation/time-limit.ts";
import { readBytes } from "../http/read-body.ts";
import type { HomeserverPorts, PageReader, PageWords } from "../ports.ts";
import { safeContentType } from "./content-headers.ts";
import { imageSize } from "./image-size.ts";
import type { Media } from "./media.ts";

const limits = {
  /** Bytes of a page that are read: what describes it stands at its beginning. */
  page: 1_048_576,
  /** Bytes of a picture. */
  picture: 10_485_760,
  /** For all that one preview needs, milliseconds. */
  time: 15_000,
  redirects: 5,
  /** Characters of a text of a preview. */
  text: 1000,
  /** How long a preview is given again, milliseconds, and how many are kept. */
  life: 3_600_000,
  kept: 500,
};

type Kept = { preview: JsonObject; until: number };

/**
 * What stands at addresses in messages, in words and a picture. Pages and pictures are hostile until they are read:
 * sizes and times are limited, and the transport refuses private addresses.
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediapreview_url
 */
export class UrlPreviews {
  readonly #ports: HomeserverPorts;
  readonly #media: Media;
  readonly #kept = new Map<string, Kept>();
  readonly #underWay = new Map<string, Promise<JsonObject | Refusal>>();

  constructor(media: Media, ports: HomeserverPorts) {
    this.#media = media;
    this.#ports = ports;
  }

  /** The OpenGraph properties of a page, `{}` where it says nothing. Many who ask at once share one answer. */
  async preview(address: string, asker: string): Promise<JsonObject | Refusal> {
    const { pages } = this.#ports;
    const url = URL.parse(address);
    if (!url || !isWebAddress(url)) {
      const facts = { name: "url", expected: "an address of the web", found: address.slice(0, 100) };
      return { code: "request/invalid-param", facts };
    }
    url.hash = "";
    const now = this.#ports.clock.now();
    const kept = this.#kept.get(url.href);
    if (kept && kept.until > now) return kept.preview;
    if (!pages) throw new Error("Nobody reads pages");
    let underWay = this.#underWay.get(url.href);
    if (!underWay) {
      underWay = this.#make(url, pages, asker).finally(() => this.#underWay.delete(url.href));
      this.#underWay.set(url.href, underWay);
    }
    const preview = await underWay;
    if (!isRefusal(preview)) this.#keep(url.href, { preview, until: now + limits.life });
    return preview;
  }

  async #make(url: URL, pages: PageReader, asker: string): Promise<JsonObject | Refusal> {
    let isPrivate = false;
    const made = await withTimeLimit(this.#ports.clock, limits.time, async (signal) => {
      try {
        return await this.#describe(url, pages, asker, signal);
      } catch (failure) {
        isPrivate = (failure as Error).name === "PrivateAddressError";
        throw failure;
      }
    });
    if (made) return made;
    return { code: isPrivate ? "preview/private-address" : "preview/unreachable", facts: { url: url.href } };
  }

  async #describe(
    url: URL,
    pages: PageReader,
    asker: string,
    signal: AbortSignal,
  ): Promise<JsonObject | undefined> {
    const { response, url: final } = await this.#follow(url, signal);
    if (!response.ok) return undefined;
    const type = safeContentType(response.headers.get("content-type") ?? undefined);
    if (/^image\//i.test(type)) return this.#picture(response, type, asker);
    if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) return {};
    const bytes = await readStart(response, limits.page);
    const words = await pages.read(textOf(bytes, type));
    const { "og:image": image, ...preview } = describedBy(words);
    const pictureUrl = typeof image === "string" ? URL.parse(image, final.href) : undefined;
    if (!pictureUrl || !isWebAddress(pictureUrl)) return preview;
    // A page without its picture is better than none.
    const picture = await this.#fetchPicture(pictureUrl, asker, signal).catch(() => undefined);
    return { ...preview, ...picture };
  }

  async #fetchPicture(url: URL, asker: string, signal: AbortSignal): Promise<JsonObject | undefined> {
    const { response } = await this.#follow(url, signal);
    const type = safeContentType(response.headers.get("content-type") ?? undefined);
    return response.ok && /^image\//i.test(type) ? this.#picture(response, type, asker) : undefined;
  }

  async #picture(response: Response, type: string, asker: string): Promise<JsonObject | undefined> {
    const bytes = await readBytes(response, limits.picture);
    if (isRefusal(bytes)) return undefined;
    const size = imageSize(bytes);
    return {
      "og:image": await this.#media.add(asker, { type }, bytes),
      "og:image:type": type,
      ...(size && { "og:image:width": size.width, "og:image:height": size.height }),
      "matrix:image:size": bytes.length,
    };
  }

  async #follow(url: URL, signal: AbortSignal): Promise<{ response: Response; url: URL }> {
    const headers = { accept: "text/html,image/*;q=0.9", "user-agent": "Homeroom (previews of links)" };
    let at = url;
    for (let count = 0; count <= limits.redirects; count++) {
      const response = await this.#ports.transport.fetch(
        new Request(at, { headers, signal, redirect: "manual" }),
      );
      const location = response.headers.get("location");
      if (response.status < 300 || response.status >= 400 || location === null) return { response, url: at };
      response.body?.cancel().catch(() => undefined);
      const next = URL.parse(location, at.href);
      if (!next || !isWebAddress(next)) throw new TypeError("Redirect to nowhere");
      at = next;
    }
    throw new TypeError("Too many redirects");
  }

  #keep(url: string, kept: Kept): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= limits.kept && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(url, kept);
  }
}

function isWebAddress({ protocol, username, password }: URL): boolean {
  return (protocol === "http:" || protocol === "https:") && username === "" && password === "";
}

/** What the page says of itself as `og:…`, and where it does not, what it says otherwise. */
function describedBy({ metas, title }: PageWords): JsonObject {
  const preview: JsonObject = {};
  for (const { name, content } of metas) {
    if (!/^og:[\w:]{1,60}$/.test(name) || name in preview) continue;
    // The picture's own facts are told of what was fetched.
    if (name.startsWith("og:image:")) continue;
    preview[name] = content.slice(0, name === "og:image" ? 2000 : limits.text);
  }
  const instead = (name: string, value: string | undefined) => {
    if (!(name in preview) && value) preview[name] = value.slice(0, limits.text);
  };
  const meta = (wanted: string) => metas.find(({ name }) => name.toLowerCase() === wanted)?.content;
  instead("og:title", meta("twitter:title") ?? title);
  instead("og:description", meta("twitter:description") ?? meta("description"));
  instead("og:image", meta("twitter:image"));
  return preview;
}

/** The first bytes of a body; the rest is not waited for. */
async function readStart(response: Response, limit: number): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  const start = new Uint8Array(limit);
  let length = 0;
  while (reader && length < limit) {
    const { done, value } = await reader.read();
    if (done) return start.subarray(0, length);
    start.set(value.subarray(0, limit - length), length);
    length += Math.min(value.length, limit - length);
  }
  reader?.cancel().catch(() => undefined);
  return start.subarray(0, length);
}

/** https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding */
function textOf(bytes: Uint8Array, type: string): string {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  const named = /charset\s*=\s*["']?([\w-]+)/i;
  const label = named.exec(type)?.[1] ?? named.exec(start)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
