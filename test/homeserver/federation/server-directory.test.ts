import { expect } from "chai";
import { ServerDirectory } from "../../../src/homeserver/federation/server-directory.ts";
import type { ServiceTarget } from "../../../src/homeserver/ports.ts";
import { memoryPorts } from "../memory-ports.ts";

type World = {
  wellKnown?: Record<string, (() => Response) | string>;
  services?: Record<string, ServiceTarget[]>;
};

function directory({ wellKnown = {}, services = {} }: World) {
  const ports = memoryPorts();
  const asked: string[] = [];
  ports.transport = {
    async fetch(request) {
      const { href } = new URL(request.url);
      asked.push(href);
      const found = wellKnown[href.replace("https://", "").replace("/.well-known/matrix/server", "")];
      if (found === undefined) throw new TypeError("Nobody there");
      return typeof found === "string" ? Response.json({ "m.server": found }) : found();
    },
    async findServices(name) {
      asked.push(name);
      return services[name] ?? [];
    },
  };
  return { ports, asked, directory: new ServerDirectory(ports) };
}

const target = (host: string, port: number, priority = 0, weight = 0) => ({ host, port, priority, weight });

describe("where a server is", () => {
  const stories: [string, string, World, object][] = [
    ["an IP address", "1.2.3.4", {}, { base: "https://1.2.3.4", connectTo: { host: "1.2.3.4", port: 8448 } }],
    ["an IP address with a port", "1.2.3.4:5", {}, { base: "https://1.2.3.4:5" }],
    ["an IPv6 address", "[::1]", {}, { base: "https://[::1]", connectTo: { host: "[::1]", port: 8448 } }],
    ["a name with a port", "a.example:99", {}, { base: "https://a.example:99" }],
    [
      "delegated to a port",
      "a.example",
      { wellKnown: { "a.example": "b.example:443" } },
      { base: "https://b.example:443" },
    ],
    [
      "delegated to an IP address",
      "a.example",
      { wellKnown: { "a.example": "1.2.3.4" } },
      { base: "https://1.2.3.4", connectTo: { host: "1.2.3.4", port: 8448 } },
    ],
    [
      "delegated to a name",
      "a.example",
      { wellKnown: { "a.example": "b.example" } },
      { base: "https://b.example", connectTo: { host: "b.example", port: 8448 } },
    ],
    [
      "delegated to a name with a service",
      "a.example",
      {
        wellKnown: { "a.example": "b.example" },
        services: {
          "_matrix-fed._tcp.b.example": [target("far.example", 2, 20), target("c.example", 1, 10)],
        },
      },
      { base: "https://b.example", connectTo: { host: "c.example", port: 1 } },
    ],
    [
      "named by a service",
      "a.example",
      {
        services: {
          "_matrix-fed._tcp.a.example": [target("c.example", 1, 0, 1), target("d.example", 2, 0, 9)],
        },
      },
      { base: "https://a.example", connectTo: { host: "d.example", port: 2 } },
    ],
    [
      "named by a service of old",
      "a.example",
      { services: { "_matrix._tcp.a.example": [target("c.example", 1)] } },
      { base: "https://a.example", connectTo: { host: "c.example", port: 1 } },
    ],
    [
      "nowhere else",
      "a.example",
      {},
      { base: "https://a.example", connectTo: { host: "a.example", port: 8448 } },
    ],
    [
      "nonsense",
      "a.example",
      { wellKnown: { "a.example": "not a name" } },
      { base: "https://a.example", connectTo: { host: "a.example", port: 8448 } },
    ],
    [
      "an error",
      "a.example",
      { wellKnown: { "a.example": () => new Response("gone", { status: 404 }) } },
      { base: "https://a.example", connectTo: { host: "a.example", port: 8448 } },
    ],
    [
      "redirected",
      "a.example",
      {
        wellKnown: {
          "a.example": () =>
            new Response(null, { status: 302, headers: { location: "https://z.example/file" } }),
          "z.example/file": "b.example:443",
        },
      },
      { base: "https://b.example:443" },
    ],
    [
      "redirected in a circle",
      "a.example",
      {
        wellKnown: {
          "a.example": () =>
            new Response(null, { status: 301, headers: { location: "/.well-known/matrix/server" } }),
        },
      },
      { base: "https://a.example", connectTo: { host: "a.example", port: 8448 } },
    ],
  ];
  for (const [story, name, world, route] of stories) {
    it(`follows ${story}`, async () => {
      expect(await directory(world).directory.route(name)).to.deep.equal(route);
    });
  }

  it("is asked for again when what was said is old", async () => {
    const hour = 3_600_000;
    const say = (cacheControl: string) => () =>
      Response.json(
        { "m.server": "b.example:1" },
        { headers: cacheControl ? { "cache-control": cacheControl } : {} },
      );
    for (const [cacheControl, life] of [
      ["", 24 * hour],
      ["max-age=7200", 2 * hour],
      ["public, max-age=99999999", 48 * hour],
      ["no-store", 300_000],
    ] as const) {
      const {
        directory: servers,
        ports,
        asked,
      } = directory({ wellKnown: { "a.example": say(cacheControl) } });
      await servers.route("a.example");
      ports.clock.advance(life - 1);
      await servers.route("a.example");
      expect(asked).to.have.length(1);
      ports.clock.advance(1);
      await servers.route("a.example");
      expect(asked).to.have.length(2);
    }
  });

  it("shares one look-up among those who ask at the same time", async () => {
    const { directory: servers, asked } = directory({ wellKnown: { "a.example": "b.example:1" } });
    await Promise.all([servers.route("a.example"), servers.route("a.example")]);
    expect(asked).to.have.length(1);
  });
});
