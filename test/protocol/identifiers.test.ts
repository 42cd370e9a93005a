import { expect } from "chai";
import fc from "fast-check";
import {
  formatIdentifier,
  parseEventId,
  parseIdentifier,
  parseRoomAlias,
  parseRoomId,
  parseServerName,
  parseUserId,
  refusalCodes,
  serverOf,
} from "../../src/protocol/identifiers.ts";
import { isRefusal } from "../../src/protocol/refusal.ts";
import { codeOf } from "./code-of.ts";

const hash = "Nhcu5BS-UMnFX7hBVfVSoXiD7OgH6iRT-xyIuqDnpYQ";
type Refused = [
  parse: (text: string) => unknown,
  text: string,
  code: (typeof refusalCodes)[number],
  facts?: object,
];

// https://spec.matrix.org/v1.19/appendices/#server-name
describe("server names", () => {
  for (const [text, host, hostKind, port] of [
    ["matrix.org", "matrix.org", "dns", undefined],
    ["matrix.org:8888", "matrix.org", "dns", 8888],
    ["1.2.3.4", "1.2.3.4", "ipv4", undefined],
    ["1.2.3.4:1234", "1.2.3.4", "ipv4", 1234],
    ["[1234:5678::abcd]", "[1234:5678::abcd]", "ipv6", undefined],
    ["[1234:5678::abcd]:5678", "[1234:5678::abcd]", "ipv6", 5678],
    ["[::ffff:1.2.3.4]", "[::ffff:1.2.3.4]", "ipv6", undefined],
    ["[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7:8]", "ipv6", undefined],
    ["LOCALHOST", "LOCALHOST", "dns", undefined],
    ["1.2.3", "1.2.3", "dns", undefined],
  ] as const) {
    it(`takes ${text} apart`, () => {
      const expected = { kind: "server", text, host, hostKind };
      expect(parseServerName(text)).to.deep.equal(port === undefined ? expected : { ...expected, port });
    });
  }

  const refused: Refused[] = [
    [parseServerName, "", "identifier/empty-server"],
    [parseServerName, ":8448", "identifier/empty-server"],
    [parseServerName, "ho_st.example", "identifier/bad-server-character", { character: "_", position: 2 }],
    [parseServerName, "münchen.example", "identifier/bad-server-character", { character: "ü", position: 1 }],
    [parseServerName, "a/b", "identifier/bad-server-character", { position: 1 }],
    [parseServerName, "1.2.3.256", "identifier/bad-ipv4"],
    [parseServerName, "[::1", "identifier/bad-ipv6"],
    [parseServerName, "[]", "identifier/bad-ipv6"],
    [parseServerName, "[1::2::3]", "identifier/bad-ipv6"],
    [parseServerName, "[1:2:3:4:5:6:7]", "identifier/bad-ipv6"],
    [parseServerName, "[1:2:3:4:5:6:7:8::]", "identifier/bad-ipv6"],
    [parseServerName, "[:1]", "identifier/bad-ipv6"],
    [parseServerName, "[12345::]", "identifier/bad-ipv6"],
    [parseServerName, "[1.2.3.4::]", "identifier/bad-ipv6"],
    [parseServerName, "[::1]8448", "identifier/bad-ipv6"],
    [parseServerName, "a:", "identifier/bad-port", { port: "", position: 2 }],
    [parseServerName, "a:65536", "identifier/bad-port", { port: "65536" }],
    [parseServerName, "a:80:80", "identifier/bad-port"],
    [parseServerName, "a".repeat(256), "identifier/server-too-long", { bytes: 256, limit: 255 }],
  ];
  testRefusals(refused);
});

describe("user ids", () => {
  it("are of today's grammar or, where asked for, of any", () => {
    expect(parseUserId("@ada.l_=-/+0:ada.example:8448")).to.deep.equal({
      kind: "user",
      text: "@ada.l_=-/+0:ada.example:8448",
      localpart: "ada.l_=-/+0",
      server: "ada.example:8448",
      grammar: "current",
    });
    for (const [localpart, grammar] of [
      ["Ada", "historical"],
      ["#!~", "historical"],
      ["", "non-compliant"],
      ["a da", "non-compliant"],
      ["ädá😀", "non-compliant"],
    ] as const) {
      const text = `@${localpart}:ada.example`;
      const expected = { kind: "user", text, localpart, server: "ada.example", grammar };
      expect(parseUserId(text, { historical: true })).to.deep.equal(expected);
      expect(isRefusal(parseUserId(text))).to.equal(true);
    }
  });

  it("may have 255 bytes", () => {
    expect(isRefusal(parseUserId(`@${"a".repeat(252)}:x`))).to.equal(false);
  });

  const historical = (text: string) => parseUserId(text, { historical: true });
  testRefusals([
    [parseUserId, "", "identifier/empty"],
    [parseUserId, "ada:ada.example", "identifier/wrong-sigil", { expected: "@", found: "a" }],
    [parseUserId, "#ada:ada.example", "identifier/wrong-sigil", { found: "#" }],
    [parseUserId, "😀", "identifier/wrong-sigil", { found: "😀" }],
    [parseUserId, "@ada", "identifier/no-server"],
    [parseUserId, "@:ada.example", "identifier/empty-localpart"],
    [parseUserId, "@aDa:ada.example", "identifier/upper-case", { character: "D", position: 2 }],
    [parseUserId, "@a da:ada.example", "identifier/bad-character", { character: " ", position: 2 }],
    [parseUserId, "@a😀:ada.example", "identifier/bad-character", { character: "😀", codePoint: 0x1f600 }],
    [parseUserId, "@ada:", "identifier/empty-server"],
    [parseUserId, "@ada:ho_st", "identifier/bad-server-character", { position: 7, server: "ho_st" }],
    [parseUserId, "@ada:a:b", "identifier/bad-port", { position: 7 }],
    [parseUserId, `@${"a".repeat(253)}:x`, "identifier/too-long", { bytes: 256, limit: 255 }],
    [historical, `@${"ä".repeat(127)}:x`, "identifier/too-long", { bytes: 257 }],
    [historical, "@a\u0000:x", "identifier/bad-character", { codePoint: 0, position: 2 }],
    [historical, "@\ud83d:x", "identifier/bad-character", { codePoint: 0xd83d, position: 1 }],
  ]);
});

describe("room ids, aliases and event ids", () => {
  it("of all room versions are read", () => {
    const room = { kind: "room", text: "!abc:ada.example", localpart: "abc", server: "ada.example" };
    expect(parseRoomId("!abc:ada.example")).to.deep.equal(room);
    expect(parseRoomId(`!${hash}`)).to.deep.equal({ kind: "room", text: `!${hash}`, localpart: hash });
    expect(parseEventId(`$${hash}`)).to.deep.equal({ kind: "event", text: `$${hash}`, localpart: hash });
    expect(codeOf(parseEventId("$0:ada.example"))).to.equal(undefined);
    expect(codeOf(parseEventId("$acR1l0raoZnm60CBwAVgqbZqoO/mYU81xysh1u7XcJk"))).to.equal(undefined);
    const alias = { kind: "alias", text: "#ä ö/ü:ada.example", localpart: "ä ö/ü", server: "ada.example" };
    expect(parseRoomAlias("#ä ö/ü:ada.example")).to.deep.equal(alias);
  });

  testRefusals([
    [parseRoomId, "!abc", "identifier/no-server"],
    [parseRoomId, `!${hash}A`, "identifier/no-server"],
    [parseRoomId, "!:x", "identifier/empty-localpart"],
    [parseRoomId, "#a:x", "identifier/wrong-sigil", { expected: "!", found: "#" }],
    [parseRoomAlias, "#matrix", "identifier/no-server", { kind: "alias" }],
    [parseRoomAlias, "#:x", "identifier/empty-localpart"],
    [parseRoomAlias, "#a\u0000:x", "identifier/bad-character"],
    [parseEventId, "$", "identifier/empty-localpart"],
    [parseEventId, "$a b", "identifier/bad-character", { position: 2 }],
    [parseIdentifier, "", "identifier/empty"],
    [parseIdentifier, "ada", "identifier/wrong-sigil", { found: "a" }],
  ]);

  it("name their servers", () => {
    expect(serverOf("@ada:ada.example:8448")).to.equal("ada.example:8448");
    expect(serverOf("!a:[::1]:80")).to.equal("[::1]:80");
    expect(serverOf(`!${hash}`)).to.equal(undefined);
  });
});

describe("identifiers", () => {
  const server = fc.oneof(
    fc.domain(),
    fc.ipV4(),
    fc.ipV6().map((address) => `[${address}]`),
    fc.tuple(fc.domain(), fc.integer({ min: 0, max: 65535 })).map(([host, port]) => `${host}:${port}`),
  );
  const anyLocalpart = fc
    .string({ unit: "binary", minLength: 1, maxLength: 20 })
    .filter((text) => !/[:\0]/.test(text));
  const user = fc.string({ unit: fc.constantFrom(..."abcxyz0189._=-/+"), minLength: 1, maxLength: 30 });
  const base64 = fc.string({ unit: fc.constantFrom(..."ABCabc019_-"), minLength: 43, maxLength: 43 });
  const parts = fc.oneof(
    fc.record({ kind: fc.constant("user" as const), localpart: fc.oneof(user, anyLocalpart), server }),
    fc.record({ kind: fc.constantFrom("room" as const, "alias" as const), localpart: anyLocalpart, server }),
    fc.record({ kind: fc.constantFrom("room" as const, "event" as const), localpart: base64 }),
  );

  it("are read as they were put together", () => {
    fc.assert(
      fc.property(parts, (given) => {
        const text = formatIdentifier(given);
        fc.pre(new TextEncoder().encode(text).length <= 255);
        const parsed = parseIdentifier(text);
        expect(parsed).to.deep.include({ ...given, text });
        expect(formatIdentifier(parsed as typeof given)).to.equal(text);
      }),
    );
  });

  it("are read or refused, whatever the text is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.constantFrom("", "@", "!", "#", "$"), (text, sigil) => {
        const parsed = parseIdentifier(sigil + text);
        if (isRefusal(parsed)) expect(refusalCodes).to.include(parsed.code);
        else expect(formatIdentifier(parsed)).to.equal(sigil + text);
      }),
    );
  });
});

function testRefusals(cases: Refused[]): void {
  for (const [parse, text, code, facts] of cases) {
    const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    it(`refuses ${JSON.stringify(shown)} as ${code}`, () => {
      const refusal = parse(text);
      expect(codeOf(refusal)).to.equal(code);
      expect(refusal)
        .to.have.property("facts")
        .that.includes({ text, ...facts });
      expect(refusalCodes).to.include(code);
    });
  }
}
