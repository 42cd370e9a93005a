import { expect } from "chai";
import { inspectorFold } from "../../../src/elements/inspector/inspector-fold.ts";
import { newestExchanges } from "../../../src/elements/inspector/inspector-state.ts";
import { type Har, harOf } from "../../../src/elements/log/har.ts";
import { garden, harbor, MadeLog } from "../made-log.ts";

function har(log: MadeLog, secrets?: boolean): Har {
  const state = log.entries.reduce(inspectorFold.step, inspectorFold.initial);
  const exchanges = [...newestExchanges(state)].reverse();
  return JSON.parse(
    JSON.stringify(harOf(exchanges, { version: "1", ...(secrets === undefined ? {} : { secrets }) })),
  );
}

function scene(): MadeLog {
  const log = new MadeLog().server(garden, "leaf").device("you/laptop", garden);
  log.exchange("you/laptop", garden, "POST", "/_matrix/client/v3/login?access_token=abc&kind=user", {
    body: { type: "m.login.password", password: "secret", identifier: { type: "m.id.user", user: "zoe" } },
    answer: { user_id: "@zoe:garden.example", access_token: "syt_token", device_id: "D" },
    token: "syt_old",
    held: 20,
  });
  return log;
}

describe("a HAR file", () => {
  it("holds requests and responses with their bodies, headers and times", () => {
    const { log } = har(scene());
    expect([log.version, log.creator]).to.deep.equal(["1.2", { name: "Homeroom", version: "1" }]);
    const entry = log.entries[0]!;
    expect(entry.startedDateTime).to.equal("2026-07-08T09:00:00.000Z");
    expect(entry.time).to.equal(180);
    expect(entry.timings).to.deep.equal({ send: 80, wait: 20, receive: 80 });
    expect(entry.request).to.include({ method: "POST", httpVersion: "HTTP/1.1" });
    expect(entry.request.queryString).to.deep.include({ name: "kind", value: "user" });
    expect(JSON.parse(entry.request.postData!.text).identifier.user).to.equal("zoe");
    expect(entry.response.status).to.equal(200);
    expect(entry.response.content.mimeType).to.equal("application/json");
    expect(JSON.parse(entry.response.content.text!).user_id).to.equal("@zoe:garden.example");
  });

  it("masks passwords and tokens unless one asks for them", () => {
    const secret = /"secret|syt_|=abc/;
    expect(JSON.stringify(har(scene()))).not.to.match(secret);
    const open = JSON.stringify(har(scene(), true));
    for (const part of ["secret", "syt_token", "Bearer syt_old", "access_token=abc"])
      expect(open).to.contain(part);
  });

  it("holds what got no answer, and bytes as base64", () => {
    const log = new MadeLog().server(garden, "leaf");
    const lost = log.out(garden, harbor, "PUT", "/_matrix/federation/v1/send/1", { body: { pdus: [] } });
    log.add({ type: "exchange-failed", exchange: lost, reason: "link-cut" });
    const file = log.out(garden, harbor, "GET", "/_matrix/federation/v1/media/download/x");
    const response = {
      status: 200,
      headers: [["content-type", "image/png"]] as [string, string][],
      body: new Uint8Array([1, 2, 255]),
    };
    log.add({ type: "exchange-back", exchange: file, response, arrives: log.at });
    const [first, second] = har(log).log.entries;
    expect(first!.response).to.include({ status: 0, statusText: "link-cut" });
    expect(second!.response.content).to.deep.equal({
      size: 3,
      mimeType: "image/png",
      text: "AQL/",
      encoding: "base64",
    });
  });

  it("tells how large a file is of which the log has only the beginning", () => {
    const log = new MadeLog().server(garden, "leaf");
    const exchange = log.out(garden, harbor, "GET", "/_matrix/federation/v1/media/download/x");
    const response = {
      status: 200,
      headers: [["content-type", "image/png"]] as [string, string][],
      body: new Uint8Array([1, 2, 255]),
      bodySize: 70_000,
    };
    log.add({ type: "exchange-back", exchange, response, arrives: log.at });
    const [entry] = har(log).log.entries;
    expect(entry!.response.content).to.deep.equal({ size: 70_000, mimeType: "image/png" });
    expect(entry!.response.bodySize).to.equal(70_000);
  });
});
