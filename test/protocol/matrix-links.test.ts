import { expect } from "chai";
import fc from "fast-check";
import { formatIdentifier } from "../../src/protocol/identifiers.ts";
import {
  formatMatrixTo,
  formatMatrixUri,
  type MatrixLink,
  parseMatrixLink,
  refusalCodes,
} from "../../src/protocol/matrix-links.ts";
import { isRefusal } from "../../src/protocol/refusal.ts";
import { codeOf } from "./code-of.ts";

/** The link as short as it can be said. */
function brief(text: string) {
  const link = parseMatrixLink(text);
  if (isRefusal(link)) return link;
  const { form, target, event, via, action, ignored } = link;
  const known = {
    form,
    target: target.text,
    event: event?.text,
    via: via.join(),
    action,
    ignored: ignored.join("&"),
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined && value !== ""));
}

const room = "!somewhere:example.org";
const alias = "#somewhere:example.org";
const alice = "@alice:example.org";
const sctlib = "#sctlib:matrix.org";
const elsewhere = { target: room, via: "elsewhere.ca" };

const good: [text: string, brief: object][] = [
  // the examples of https://spec.matrix.org/v1.19/appendices/#uris
  ["https://matrix.to/#/%23somewhere:example.org", { form: "matrix.to", target: alias }],
  ["https://matrix.to/#/!somewhere:example.org?via=elsewhere.ca", { form: "matrix.to", ...elsewhere }],
  [
    "https://matrix.to/#/!somewhere:example.org/$event:example.org?via=elsewhere.ca",
    { form: "matrix.to", ...elsewhere, event: "$event:example.org" },
  ],
  ["https://matrix.to/#/@alice:example.org", { form: "matrix.to", target: alice }],
  ["https://matrix.to/#/%23somewhere%3Aexample.org", { form: "matrix.to", target: alias }],
  [
    "https://matrix.to/#/%21somewhere%3Aexample.org/%24event%3Aexample.org?via=elsewhere.ca",
    { form: "matrix.to", ...elsewhere, event: "$event:example.org" },
  ],
  ["https://matrix.to/#/%40alice%3Aexample.org", { form: "matrix.to", target: alice }],
  ["matrix:r/somewhere:example.org", { form: "matrix-uri", target: alias }],
  ["matrix:roomid/somewhere:example.org?via=elsewhere.ca", { form: "matrix-uri", ...elsewhere }],
  [
    "matrix:roomid/somewhere:example.org/e/event?via=elsewhere.ca",
    { form: "matrix-uri", ...elsewhere, event: "$event" },
  ],
  ["matrix:u/alice:example.org?action=chat", { form: "matrix-uri", target: alice, action: "chat" }],
  // old ones
  ["https://matrix.to/#sctlib:matrix.org", { form: "legacy-matrix.to", target: sctlib }],
  ["https://matrix.to/##sctlib:matrix.org", { form: "legacy-matrix.to", target: sctlib }],
  ["https://matrix.to/#%23sctlib:matrix.org", { form: "legacy-matrix.to", target: sctlib }],
  ["https://matrix.to/#@alice:example.org", { form: "legacy-matrix.to", target: alice }],
  ["https://matrix.to/#/#sctlib:matrix.org", { form: "matrix.to", target: sctlib }],
  // what people and programs make of them
  ["  http://www.matrix.to/#/@alice:example.org/ ", { form: "matrix.to", target: alice }],
  ["matrix.to/#/@alice:example.org", { form: "matrix.to", target: alice }],
  ["https://matrix.to/#/!r:x/$a/b+c", { form: "matrix.to", target: "!r:x", event: "$a/b+c" }],
  ["https://matrix.to/#/@a/b:x", { form: "matrix.to", target: "@a/b:x" }],
  ["MATRIX:u/alice:example.org", { form: "matrix-uri", target: alice }],
  ["matrix://home.example/u/alice:example.org", { form: "matrix-uri", target: alice }],
  ["matrix:user/alice:example.org", { form: "matrix-uri", target: alice }],
  ["matrix:room/a:x/event/e", { form: "matrix-uri", target: "#a:x", event: "$e" }],
  ["matrix:r/a%2Fb:x#fragment", { form: "matrix-uri", target: "#a/b:x" }],
  [
    "matrix:r/a:x?action=join&via=b&via=c:80",
    { form: "matrix-uri", target: "#a:x", via: "b,c:80", action: "join" },
  ],
  // without a meaning
  ["matrix:u/a:x?action=join", { form: "matrix-uri", target: "@a:x", ignored: "action=join" }],
  [
    "matrix:r/a:x?action=chat&com.example.x=1%262",
    { form: "matrix-uri", target: "#a:x", ignored: "action=chat&com.example.x=1%262" },
  ],
  [
    "https://matrix.to/#/#a:x?via=b_c&via=d",
    { form: "matrix.to", target: "#a:x", via: "d", ignored: "via=b_c" },
  ],
  // no links at all
  ["@alice:example.org", { form: "identifier", target: alice }],
  ["#what?:x", { form: "identifier", target: "#what?:x" }],
  ["@Alice:example.org", { form: "identifier", target: "@Alice:example.org" }],
];

const bad: [text: string, code: (typeof refusalCodes)[number]][] = [
  ["", "link/not-matrix"],
  ["https://matrix.org/#/#a:x", "link/not-matrix"],
  ["https://matrix.to/", "link/not-matrix"],
  ["https://matrix.to/#/", "link/no-target"],
  ["https://matrix.to/#", "link/no-target"],
  ["matrix:r/", "link/segments"],
  ["matrix:r//e/x", "link/no-target"],
  ["matrix:somewhere:example.org", "link/segments"],
  ["matrix:r/a:x/e", "link/segments"],
  ["matrix:group/a:x", "link/unknown-type"],
  ["matrix:constructor/a:x", "link/unknown-type"],
  ["matrix:roomid/a:x/x/b", "link/unknown-type"],
  ["https://matrix.to/#/%2Bexample%3Aexample.org", "link/group"],
  ["https://matrix.to/#/%E0", "link/bad-percent-encoding"],
  ["matrix:r/100%:x", "link/bad-percent-encoding"],
  ["$event", "link/event-without-room"],
  ["https://matrix.to/#/$event:x", "link/event-without-room"],
  ["https://matrix.to/#/@alice:x/$event", "link/event-without-room"],
  ["matrix:u/alice:x/e/event", "link/event-without-room"],
  ["https://matrix.to/#/sctlib:matrix.org", "identifier/wrong-sigil"],
  ["https://matrix.to/#sctlib", "identifier/no-server"],
  ["https://matrix.to/#/!r:x/$a b", "identifier/bad-character"],
  ["#sctlib", "identifier/no-server"],
];

describe("links", () => {
  for (const [text, expected] of good) {
    it(`${JSON.stringify(text)} is read`, () => {
      expect(brief(text)).to.deep.equal(expected);
    });
  }

  for (const [text, code] of bad) {
    it(`${JSON.stringify(text)} is refused as ${code}`, () => {
      expect(codeOf(parseMatrixLink(text))).to.equal(code);
      expect(refusalCodes).to.include(code);
    });
  }

  it("are written as in the specification", () => {
    expect(formatMatrixTo(alias)).to.equal("https://matrix.to/#/%23somewhere:example.org");
    expect(formatMatrixTo(room, { event: "$event:example.org", via: ["elsewhere.ca"] })).to.equal(
      "https://matrix.to/#/!somewhere:example.org/$event:example.org?via=elsewhere.ca",
    );
    expect(formatMatrixUri(alias)).to.equal("matrix:r/somewhere:example.org");
    expect(formatMatrixUri(room, { event: "$event", via: ["elsewhere.ca"] })).to.equal(
      "matrix:roomid/somewhere:example.org/e/event?via=elsewhere.ca",
    );
    expect(formatMatrixUri(alice, { action: "chat" })).to.equal("matrix:u/alice:example.org?action=chat");
    expect(() => formatMatrixUri("$event")).to.throw(TypeError);
  });

  it("lead where they were made to lead", () => {
    const localpart = fc
      .string({ unit: "binary", minLength: 1, maxLength: 12 })
      .filter((text) => !text.includes(":") && !text.includes("\u0000"));
    const target = fc
      .record({
        kind: fc.constantFrom("user" as const, "room" as const, "alias" as const),
        localpart,
        server: fc.domain(),
      })
      .map(formatIdentifier)
      .filter((text) => new TextEncoder().encode(text).length <= 255);
    const event = fc
      .string({ unit: fc.constantFrom(..."aZ0-_+/"), minLength: 1, maxLength: 43 })
      .map((text) => `$${text}`);
    const via = fc.array(fc.domain(), { maxLength: 3 });
    fc.assert(
      fc.property(target, event, fc.boolean(), via, (text, eventId, withEvent, servers) => {
        const isUser = text.startsWith("@");
        const options = { via: servers, ...(withEvent && !isUser ? { event: eventId } : {}) };
        for (const link of [formatMatrixTo(text, options), formatMatrixUri(text, options)]) {
          expect(link).to.match(/^[!-~]+$/);
          expect(() => new URL(link)).not.to.throw();
          const parsed = parseMatrixLink(link) as MatrixLink;
          expect(parsed.target.text).to.equal(text);
          expect(parsed.event?.text).to.equal(options.event);
          expect(parsed.via).to.deep.equal(servers);
        }
      }),
    );
  });
});
