import { expect } from "chai";
import {
  endpointKey,
  endpointLink,
  endpointOf,
  shortRequest,
} from "../../../src/elements/inspector/inspector-endpoint.ts";

const room = encodeURIComponent("!tea:garden.example");

describe("endpoints of the specification", () => {
  it("are found by method and path, with what the path says", () => {
    const endpoint = endpointOf(
      "PUT",
      `https://garden.example/_matrix/client/v3/rooms/${room}/send/m.room.message/m1?x=y`,
    )!;
    expect(endpoint.template).to.equal("/_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}");
    expect(endpoint.section).to.equal("Sending events to a room");
    expect(endpoint.parameters).to.deep.equal({
      roomId: "!tea:garden.example",
      eventType: "m.room.message",
      txnId: "m1",
    });
    expect(endpointLink(endpoint)).to.equal(
      "https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid",
    );
  });

  it("are found with an empty state key, with and without the last slash", () => {
    for (const end of ["m.room.name", "m.room.name/"]) {
      const endpoint = endpointOf("PUT", `/_matrix/client/v3/rooms/${room}/state/${end}`);
      expect(endpoint?.parameters, end).to.include({ eventType: "m.room.name", stateKey: "" });
    }
    expect(endpointOf("GET", `/_matrix/client/v3/rooms/${room}/state`)?.template).to.match(/\/state$/);
  });

  it("prefer the more particular path", () => {
    expect(endpointOf("POST", "/_matrix/client/v3/logout/all")?.template).to.equal(
      "/_matrix/client/v3/logout/all",
    );
    expect(endpointOf("GET", "/_matrix/federation/v1/query/profile")?.template).to.equal(
      "/_matrix/federation/v1/query/profile",
    );
    expect(endpointOf("GET", "/_matrix/federation/v1/query/other")?.template).to.equal(
      "/_matrix/federation/v1/query/{queryType}",
    );
  });

  it("are not found where the specification has none", () => {
    expect(endpointOf("GET", "/_matrix/client/unstable/org.matrix.msc4143/rtc/transports")).to.equal(
      undefined,
    );
    expect(endpointOf("DELETE", "/_matrix/client/v3/sync")).to.equal(undefined);
    expect(endpointOf("GET", "/%E0%A4%A/%")).to.equal(undefined);
  });

  it("have a short form for labels and a key for words", () => {
    const short = (method: string, path: string) =>
      shortRequest(method, `https://garden.example/_matrix/${path}`);
    expect(short("PUT", `client/v3/rooms/${room}/send/m.room.message/m1`)).to.equal(
      "PUT …/send/m.room.message",
    );
    expect(short("POST", "client/v3/register")).to.equal("POST /register");
    expect(short("POST", `client/v3/rooms/${room}/join`)).to.equal("POST …/join");
    expect(short("PUT", "federation/v1/send/4f2")).to.equal("PUT /send");
    expect(short("GET", "client/unstable/some/thing")).to.equal("GET …/thing");
    expect(endpointKey(endpointOf("PUT", "/_matrix/federation/v1/send/1")!)).to.equal(
      "PUT /federation/send/{txnId}",
    );
  });
});
